"""Degrees of one thing, several qualities of it, options with letters, and goals by group."""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.model.veto import BarHonours, Veto
from healthduty.rules.condition import AllOf, Compare, Flag
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Deduction,
    Forfeit,
    Judgement,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow


def _case(
    text: str,
    *rules: Rule,
    points: int | str | None = None,
    asked: str = "",
    heading: str = "",
    assumed: bool = False,
    unread: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="about",
        points=points,
        requirement=asked,
        heading=heading,
        rules=rules,
        assumed=assumed,
        unread=unread,
    )


def _degrees(measure: str, **points: int | str) -> Bands:
    """Earn by how well something is done."""
    bands = tuple(LevelBand((level,), worth) for level, worth in points.items())
    return Bands(measure, Effect.EARN, bands)


def _held(words: str, points: int | str) -> Bands:
    """Earn where the words hold."""
    return Bands(words, Effect.EARN, (CaseBand(Flag(words), points),))


def _once(words: str, points: int) -> Deduction:
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    return Deduction(Cases(words), points=points)


def _lacks(measure: str, required: int, points: str) -> Deduction:
    return Deduction(Lacking(measure, required=required), points=points)


_QUALITIES = (
    _case(
        "台账真实得3分，不真实不得分；台账完整得2分，不完整不得分",
        _degrees("台账真实程度", 真实=3, 不真实=0),
        _degrees("台账完整程度", 完整=2, 不完整=0),
    ),
    _case(
        "消毒记录真实，得0.5分；不真实按0分计算。领用登记齐全，得0.5分；不齐全按0分计算。",
        _degrees("消毒记录", 真实="0.5", 不真实=0),
        _degrees("领用登记", 齐全="0.5", 不齐全=0),
        points=1,
        asked="抽查某月消毒记录，查看消毒记录是否真实、领用登记是否齐全",
    ),
    _case("台账真实得3分，台账完整得2分", _held("台账真实", 3), _held("台账完整", 2)),
    _case("台账真实得3分，完整得2分", _held("台账真实", 3), _held("台账完整", 2), points=5),
    _case("台账规范得3分，完整得2分", _degrees("台账", 规范=3, 完整=2), points=3),
    _case(
        "台账规范得3分，台账基本规范得2分，台账不规范不得分",
        _degrees("台账", 规范=3, 基本规范=2, 不规范=0),
    ),
    _case(
        "报表上交及时、准确各得2分",
        _held("报表上交及时", 2),
        _held("报表上交准确", 2),
        points=4,
    ),
    _case("报表上交及时、准确得4分", _held("报表上交及时、准确", 4), points=4),
    _case("制度健全得3分，不完善得2分", _degrees("制度", 健全=3, 不完善=2)),
)


def _of_change(measure: str, *bands: Band) -> Bands:
    return Bands(measure, Effect.EARN, bands)


_CHANGES = (
    _case(
        "家庭病床数较上年增长8%以上得4分，持平得2分，下降不得分",
        _of_change("家庭病床数较上年增长", Band(4, low=8), Band(2, low=0), Band(0, high=0)),
        points=4,
    ),
    _case(
        "人均药费较上年下降2%以上得3分；与上年基本持平得1分；上升不得分",
        _of_change("人均药费较上年下降", Band(3, low=2), Band(1, low=0), Band(0, high=0)),
        points=3,
    ),
    _case(
        "手术例数比上年增长6%以上得5分，持平或减少不得分",
        _of_change("手术例数比上年增长", Band(5, low=6), Band(0, high=0, high_in=True)),
    ),
)


def _from(measure: str, low: int, points: int) -> Bands:
    return Bands(measure, Effect.EARN, (Band(points, low=low),))


def _below(measure: str, target: int, points: str) -> Deduction:
    return Deduction(StepsBelow(measure, target=target, step=1), points=points)


_EACH_OF_SEVERAL = (
    _case(
        "筛查率达到85%、复诊率达到70%各得3分，达不到不得分",
        _from("筛查率", 85, 3),
        _from("复诊率", 70, 3),
        points=6,
    ),
    _case(
        "筛查率≥85%、复诊率≥70%、转诊率≥95%各计2分",
        _from("筛查率", 85, 2),
        _from("复诊率", 70, 2),
        _from("转诊率", 95, 2),
    ),
    ClauseCase(
        text="筛查率≥85%、复诊率≥70%各得3分，每低1个百分点扣0.1分",
        pattern="about",
        points=6,
        parts=(
            Part("1", "筛查率", points=3, rules=(_below("筛查率", 85, "0.1"),)),
            Part("2", "复诊率", points=3, rules=(_below("复诊率", 70, "0.1"),)),
        ),
        assumed=True,
    ),
    _case(
        "筛查率≥85%、复诊率≥70%得6分，达不到不得分",
        Bands(
            "筛查率",
            Effect.EARN,
            (CaseBand(AllOf((Compare("筛查率", ">=", 85), Compare("复诊率", ">=", 70))), 6),),
            otherwise=0,
        ),
        points=6,
    ),
)


def _options(*options: tuple[str, int | str]) -> Bands:
    bands = tuple(CaseBand(Flag(words), points) for words, points in options)
    return Bands(options[0][0], Effect.EARN, bands)


_OPTIONS = (
    _case(
        "A.有台账2分 B.台账不全1分 C.无台账0分",
        _options(("有台账", 2), ("台账不全", 1)),
        Forfeit(Flag("无台账")),
        points=2,
    ),
    _case(
        "A、有专职人员得3分 B、有兼职人员得2分 C、无人员得0分",
        _options(("有专职人员", 3), ("有兼职人员", 2)),
        Forfeit(Flag("无人员")),
        points=3,
    ),
    _case(
        "A.配齐设备，且能正常使用0.5分；B.未配设备0分",
        _options(("配齐设备，且能正常使用", "0.5")),
        Forfeit(Flag("未配设备")),
        points="0.5",
    ),
    _case(
        "A.达到85%及以上得4分 B.70%-84%得2分 C.低于70%不得分",
        Bands(
            "复核率",
            Effect.EARN,
            (Band(4, low=85), Band(2, low=70, high=85), Band(0, high=70)),
        ),
        points=4,
        asked="复核率",
        assumed=True,
    ),
    _case("A级得5分，B级得3分", _degrees("等次", A级=5, B级=3), points=5),
    _case("没有扣1分", _once("没有应急预案", 1), asked="是否有应急预案"),
    _case("有，得3分；无不得分", _degrees("是否有应急预案", 有=3, 无=0), asked="是否有应急预案"),
    _case(
        "是，得3分；否，得0分", _degrees("物品摆放是否整齐", 是=3, 否=0), asked="物品摆放是否整齐"
    ),
    ClauseCase(
        text="A.有预案（1分）；B.有演练（1分）",
        pattern="about",
        points=2,
        parts=(
            Part("1", "有预案", points=1, rules=(_held("有预案", 1),)),
            Part("2", "有演练", points=1, rules=(_held("有演练", 1),)),
        ),
    ),
)

_GROUPS = (
    _case(
        "每低1个百分点扣1分",
        _below("重点人群履约率", 80, "1"),
        _below("一般人群履约率", 60, "1"),
        asked="重点人群履约率达80%以上，一般人群达60%以上",
        assumed=True,
    ),
    _case(
        "每低1个百分点扣1分",
        _below("糖尿病患者随访率", 80, "1"),
        _below("高血压患者随访率", 85, "1"),
        asked="糖尿病患者随访率≥80%，高血压患者≥85%",
        assumed=True,
    ),
    _case(
        "筛查率常住人口≥40%，65岁以上老年人≥70%，每低1%扣1分",
        _below("筛查率常住人口", 40, "1"),
        _below("65岁以上老年人筛查率", 70, "1"),
        assumed=True,
    ),
    _case(
        "每低1%扣1分",
        _below("高血压随访率", 80, "1"),
        _below("结核病随访率", 90, "1"),
        asked="随访率：高血压≥80%，结核病≥90%",
        assumed=True,
    ),
    _case(
        "孕产妇建册率≥90%得2分，0-6岁儿童≥85%得2分",
        _from("孕产妇建册率", 90, 2),
        _from("0-6岁儿童建册率", 85, 2),
        points=4,
    ),
    _case(
        "老年人体检≥500人，孕产妇≥100人，每少1人扣0.1分",
        Deduction(Lacking("老年人体检", required=500), points="0.1"),
        Deduction(Lacking("孕产妇", required=100), points="0.1"),
    ),
)

_SHARE = "单项得分低于该项分值70%"
_OF_A_SAMPLE = (
    _case(
        "抽查8份65岁以上老人体检表，发现1份不真实扣2分，1份不完整扣1分，3份以上不真实不得分",
        _each("65岁以上老人体检表不真实", 2),
        _each("65岁以上老人体检表不完整", 1),
        Forfeit(Compare("65岁以上老人体检表不真实", ">=", 3)),
    ),
    _case(
        "抽查8份病历，不合格每份扣1分；不规范每份扣0.5分",
        _each("病历不合格", 1),
        _each("病历不规范", "0.5"),
    ),
    _case("不整洁扣1分", _once("台账不整洁", 1), asked="台账是否整洁"),
    _case("不整洁扣1分", _once("台账不整洁", 1), asked="台账有无缺页，是否整洁"),
    ClauseCase(
        text="单项得分低于该项分值70%的，取消评优资格",
        pattern="about",
        vetoes=(Veto(_SHARE, _SHARE, when=Flag(_SHARE), effects=BarHonours()),),
    ),
)

_OF_ONE = (
    _case("复诊少1次扣0.3分/人", _each("复诊缺少", "0.3"), asked="每年2次复诊"),
    _case("病历缺1项扣0.2分/份", _each("病历缺少", "0.2")),
    _case("义诊少1次扣0.5分/次", _lacks("义诊", 4, "0.5"), asked="义诊每年4次"),
    _case("少2次扣1分/人", asked="每年2次复诊", unread=True),
    _case("是否有专人负责，是否有方案，缺1项扣2分", _each("有专人负责，有方案缺少", 2)),
    _case("有无花名册、有无汇总表，缺一项扣1分", _each("花名册、汇总表缺少", 1)),
    _case("未建台账的，该项工作不得分", Forfeit(Flag("未建台账"))),
    _case("未开展此项工作不得分", Forfeit(Flag("未开展此项工作"))),
    _case("未开展健康教育工作不得分", Forfeit(Flag("未开展健康教育工作"))),
)

_TIMED = (
    _case(
        "出院后7天内随访率达85%得3分，每低1%扣0.1分",
        _below("出院后7天内随访率", 85, "0.1"),
        points=3,
        assumed=True,
    ),
    _case(
        "孕12周前建卡率≥80%得2分，80%以下不得分",
        Bands("孕12周前建卡率", Effect.EARN, (Band(2, low=80), Band(0, high=80))),
        points=2,
    ),
)


_OTHER_UNITS = (
    _case(
        "每少1种（个、次）扣0.5分",
        _lacks("折页", 10, "0.5"),
        _lacks("展板", 3, "0.5"),
        _lacks("义诊", 6, "0.5"),
        asked="折页不少于10种，展板不少于3个，义诊不少于6次",
    ),
    _case(
        "缺1次（期）扣0.5分",
        _lacks("义诊", 6, "0.5"),
        _lacks("板报", 4, "0.5"),
        asked="义诊不少于6次，板报不少于4期",
    ),
    _case(
        "义诊每月1次，板报每两月1次，每少1次扣1分",
        _lacks("义诊", 12, "1"),
        _lacks("板报", 6, "1"),
        assumed=True,
    ),
    _case("每发放1份（张）加1分", Bonus(Cases("发放"), points=1)),
)


def _given(deed: str, most: int) -> Judgement:
    """Give what is left of the points by judgement, where it was not done."""
    flag = Flag(deed, expected=False)
    return Judgement(f"未做到{deed}时的得分", Effect.EARN, least=0, most=most, when=flag)


_JUDGED_OTHERWISE = (
    _case(
        "按期完成整改得满分，否则酌情得分",
        Bands("按期完成整改", Effect.EARN, (CaseBand(Flag("按期完成整改"), FULL),)),
        _given("按期完成整改", 4),
        points=4,
        assumed=True,
    ),
    _case(
        "按期完成整改计满分，其他情况酌情记分。",
        Bands("按期完成整改", Effect.EARN, (CaseBand(Flag("按期完成整改"), FULL),)),
        _given("按期完成整改", 4),
        points=4,
        assumed=True,
    ),
    _case(
        "缺签名每处扣0.5分，其他情况酌情扣分",
        _each("缺签名", "0.5"),
        Judgement("其他", Effect.LOSE),
        points=4,
    ),
)

_PER_HEAD = (
    _case(
        "每千人口护士数达到3.2人得4分，每少0.1人扣0.5分",
        Deduction(StepsBelow("每千人口护士数", target="3.2", step="0.1"), points="0.5"),
        points=4,
        assumed=True,
    ),
    _case(
        "药师每万人口达到1.5人得3分，每少0.5人扣1分",
        Deduction(StepsBelow("药师每万人口", target="1.5", step="0.5"), points=1),
        points=3,
        assumed=True,
    ),
    _case(
        "每百张开放床位发生跌倒1例扣2分",
        Deduction(Cases("每百张开放床位发生跌倒"), points=2),
    ),
    _case("每百人投诉1次扣1分", unread=True),
)

CASES = (
    *_QUALITIES,
    *_CHANGES,
    *_EACH_OF_SEVERAL,
    *_OPTIONS,
    *_GROUPS,
    *_OF_A_SAMPLE,
    *_OF_ONE,
    *_TIMED,
    *_OTHER_UNITS,
    *_JUDGED_OTHERWISE,
    *_PER_HEAD,
)
