"""Shapes in which points stand: judged, one of several, of parts, on top of a base, without a verb.

Reworded from constructions of public tables, with the other ways in which officials write them.
"""

from __future__ import annotations

import attrs

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.model.veto import BarHonours, Veto, VetoEffect, ZeroTotal
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.points import FULL, Points
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _off(words: str) -> Forfeit:
    """Lose all that is left where the words hold."""
    return Forfeit(Flag(words))


def _judged(what: str, least: int = 0, most: Points | int = FULL) -> Judgement:
    """Points that an assessor gives."""
    return Judgement(what, "earn", least=least, most=most)


def _levels(measure: str, *bands: tuple[str, int]) -> Bands:
    """Points for levels."""
    return Bands(measure, "earn", tuple(LevelBand((level,), points) for level, points in bands))


def _cases(*bands: tuple[str, int]) -> Bands:
    """Points for facts, of which the first that holds counts."""
    return Bands(bands[0][0], "earn", tuple(CaseBand(Flag(fact), each) for fact, each in bands))


def _from(measure: str, *bands: tuple[int, int]) -> Bands:
    """Points from so much on."""
    return Bands(measure, "earn", tuple(Band(points, low=low) for low, points in bands))


def _more(measure: str, above: int, step: int, points: int | str, cap: int | None = None) -> Bonus:
    """Points inside the item for each step above a base."""
    tally = StepsAbove(measure, target=above, step=step)
    return Bonus(tally, points=points, cap=cap, where="inside")


def _short(measure: str, target: int, step: int, counting: str, points: int | str = 1) -> Deduction:
    """Lose points for each step below a target."""
    return Deduction(
        StepsBelow(measure, target=target, step=step, counting=counting), points=points
    )


def _parts(*facts: tuple[str, int], earned: bool = True) -> tuple[Part, ...]:
    """Parts that are earned by their fact, or judged."""
    return tuple(
        Part(str(n), fact, points=points, rules=(_cases((fact, points)),) if earned else ())
        for n, (fact, points) in enumerate(facts, 1)
    )


def _case(
    text: str,
    pattern: str,
    *rules: Rule,
    points: int | None = None,
    asked: str = "",
    parts: tuple[Part, ...] = (),
) -> ClauseCase:
    """Return one case; `asked` is its requirement."""
    return ClauseCase(
        text=text,
        pattern=pattern,
        points=points,
        requirement=asked,
        rules=rules,
        parts=parts,
    )


def _assuming(case: ClauseCase) -> ClauseCase:
    """Return a case of which some rule carries an assumption."""
    return attrs.evolve(case, assumed=True)


def _unread(case: ClauseCase) -> ClauseCase:
    """Return a case of which something must be reported."""
    return attrs.evolve(case, unread=True)


def _vetoing(case: ClauseCase, event: str, effect: VetoEffect) -> ClauseCase:
    """Return a case with a veto on one event."""
    veto = Veto(event, event, when=Flag(event), effects=(effect,))
    return attrs.evolve(case, vetoes=(veto,))


_JUDGED = (
    _case("由评审组根据现场答辩情况打分", "judged", _judged("现场答辩情况"), points=10),
    _case("按服务态度评分，最高5分", "judged", _judged("服务态度", most=5), points=5),
    _case("专家综合评议打分", "judged", _judged("课题创新"), points=8, asked="课题创新"),
    _case(
        "由考评小组在4分以内酌情赋分",
        "judged",
        _judged("工作亮点", most=4),
        points=4,
        asked="工作亮点",
    ),
    _assuming(
        _case(
            "发现推诿病人视情节扣1-2分/例",
            "judged",
            Judgement("推诿病人", "lose"),
        )
    ),
    _assuming(
        _case(
            "台账不全酌情扣1-2分，每发现一处",
            "judged",
            Judgement("台账不全", "lose"),
        )
    ),
    _assuming(
        _case(
            "优秀得9—10分，良好得7—8分，一般得4—6分，差得0—3分",
            "judged",
            _judged("环境卫生", 0, 10),
            points=10,
            asked="环境卫生",
        )
    ),
    _assuming(
        _case(
            "一档8-10分，二档5-7分，三档0-4分",
            "judged",
            _judged("宣传效果", 0, 10),
            points=10,
            asked="宣传效果",
        )
    ),
    _assuming(
        _case(
            "成效突出的得7-9分，成效一般的得4-6分，成效不明显的得0-3分",
            "judged",
            _judged("帮扶成效", 0, 9),
            points=9,
            asked="帮扶成效",
        )
    ),
)
"""Points that people give; for each case such points have no rule, and are reported."""

_ONE_OF = (
    _case(
        "按期办结得6分，延期办结得4分，未办结不得分",
        "one of",
        _cases(("按期办结", 6), ("延期办结", 4)),
        _off("未办结"),
        points=6,
    ),
    _case(
        "国家级得9分，省级得6分，市级得3分",
        "one of",
        _cases(("国家级", 9), ("省级", 6), ("市级", 3)),
        points=9,
        asked="课题立项",
    ),
    _case(
        "参与且通过者6分；参与未通过者0分；未安排参与者4分",
        "one of",
        _levels("能力验证", ("参与且通过", 6), ("未安排参与", 4), ("参与未通过", 0)),
        points=6,
        asked="能力验证",
    ),
    _case(
        "甲类成果12分，乙类成果8分，丙类成果0分",
        "one of",
        _levels("成果", ("甲类成果", 12), ("乙类成果", 8), ("丙类成果", 0)),
        points=12,
        asked="成果",
    ),
    _case(
        "优、良、中、差分别得8、6、4、0分",
        "one of",
        _levels("内务", ("优", 8), ("良", 6), ("中", 4), ("差", 0)),
        asked="内务",
    ),
    _case(
        "A、B、C级分别得6、4、2分",
        "one of",
        _levels("评定", ("A级", 6), ("B级", 4), ("C级", 2)),
        asked="评定",
    ),
    _case(
        "覆盖率达95%、85%、75%以上的，分别得6、4、2分",
        "one of",
        _from("覆盖率", (95, 6), (85, 4), (75, 2)),
    ),
    _case("98%、90%得6、4分", "one of", _from("及时率", (98, 6), (90, 4)), asked="及时率"),
    _assuming(
        _case(
            "覆盖率98%得6分，90%得4分",
            "one of",
            _from("覆盖率", (98, 6), (90, 4)),
        )
    ),
    _assuming(
        _case(
            "药占比30%得6分，35%得4分，40%得2分",
            "one of",
            Bands(
                "药占比",
                "earn",
                tuple(
                    Band(points, high=high, high_in=True)
                    for high, points in ((30, 6), (35, 4), (40, 2))
                ),
            ),
        )
    ),
    _assuming(
        _case(
            "无院感暴发得8分，暴发1起得3分",
            "one of",
            _cases(("无院感暴发", 8)),
            Bands("暴发", "earn", (Band(3, low=1),)),
            points=8,
        )
    ),
    _case(
        "无投诉得8分，投诉1起得3分，投诉2起及以上不得分",
        "one of",
        Bands(
            "投诉",
            "earn",
            (
                Band(8, low=0, high=0, high_in=True),
                Band(3, low=1, high=1, high_in=True),
                Band(0, low=2),
            ),
        ),
        points=8,
    ),
    _case(
        "获国家级表彰每次加6分，省级加4分、市级加2分",
        "one of",
        *(
            Bonus(Cases(f"获{rank}表彰"), points=points)
            for rank, points in (("国家级", 6), ("省级", 4), ("市级", 2))
        ),
    ),
)
"""Of what is listed with points one counts."""

_OF_PARTS = (
    _case(
        "每项得2分",
        "parts",
        points=4,
        asked="①有应急预案②有值班表",
        parts=_parts(("有应急预案", 2), ("有值班表", 2)),
    ),
    _case(
        "各2分",
        "parts",
        points=6,
        asked="（1）有章程；（2）有名册；（3）有会议记录",
        parts=_parts(("有章程", 2), ("有名册", 2), ("有会议记录", 2)),
    ),
    _case(
        "1.有章程；2.有名册。每项2分。",
        "parts",
        points=4,
        parts=_parts(("有章程", 2), ("有名册", 2)),
    ),
    _case(
        "章程、名册、账目三项各2分",
        "parts",
        points=6,
        parts=_parts(("章程", 2), ("名册", 2), ("账目", 2), earned=False),
    ),
    _case(
        "有章程、有名册，各占3分",
        "parts",
        points=6,
        parts=_parts(("有章程", 3), ("有名册", 3)),
    ),
    _case(
        "有车辆，3分；有司机，2分；有票据，5分",
        "parts",
        points=10,
        parts=_parts(("有车辆", 3), ("有司机", 2), ("有票据", 5)),
    ),
    _assuming(
        _case(
            "1.有回访，2分。2.知晓率≥80%，6分，每低5%扣1分，低于60%不得分。",
            "parts",
            points=8,
            parts=(
                Part("1", "有回访", points=2, rules=(_cases(("有回访", 2)),)),
                Part(
                    "2",
                    "知晓率",
                    points=6,
                    rules=(
                        _short("知晓率", 80, 5, "complete"),
                        Forfeit(Compare("知晓率", "<", 60)),
                    ),
                ),
            ),
        )
    ),
    _assuming(
        _case(
            "1、有回访2分；2、知晓率≥80%6分，每低5%扣1分。",
            "parts",
            points=8,
            parts=(
                Part("1", "有回访", points=2, rules=(_cases(("有回访", 2)),)),
                Part("2", "知晓率", points=6, rules=(_short("知晓率", 80, 5, "complete"),)),
            ),
        )
    ),
)
"""Points of parts: listed in the requirement, behind commas, or for a bound."""

_ON_TOP = (
    _assuming(
        _case(
            "入户率达到50%得5分，每提高10个百分点多得1分，最高得9分",
            "base",
            _from("入户率", (50, 5)),
            _more("入户率", 50, 10, 1, 4),
            points=9,
        )
    ),
    _assuming(
        _case(
            "入户率≥50%，加2分，再每增加5%多加1分，最多得9分",
            "base",
            _from("入户率", (50, 2)),
            _more("入户率", 50, 5, 1, 7),
            points=9,
        )
    ),
    _assuming(
        _case(
            "入户率达到50%得5分，在此基础上每增加10%加1分，加满9分为止",
            "base",
            _from("入户率", (50, 5)),
            _more("入户率", 50, 10, 1, 4),
            points=9,
        )
    ),
    _assuming(
        _case(
            "入户率达到80%得9分，每高1个百分点加0.5分",
            "base",
            _from("入户率", (80, 9)),
            Bonus(StepsAbove("入户率", target=80, step=1), points="0.5"),
            points=9,
        )
    ),
    _case(
        "知晓率≥80%，每低5%（不足5%按5%计）扣1分", "part steps", _short("知晓率", 80, 5, "started")
    ),
    _case(
        "每低5个百分点（含不足5个百分点）扣1分",
        "part steps",
        _short("知晓率", 80, 5, "started"),
        asked="知晓率≥80%",
    ),
    _case(
        "每低5%扣1分，不足5%的扣1分",
        "part steps",
        _short("知晓率", 80, 5, "started"),
        asked="知晓率≥80%",
    ),
    _case(
        "每低5%扣1分，不足部分按比例扣分",
        "part steps",
        _short("知晓率", 80, 5, "proportional"),
        asked="知晓率≥80%",
    ),
    _assuming(
        _case(
            "低于80%的，每5个百分点扣1分",
            "part steps",
            _short("知晓率", 80, 5, "complete"),
            asked="知晓率≥80%",
        )
    ),
    _case(
        "每缺1天（不足1天按1天计）扣1分",
        "part steps",
        Deduction(Lacking("脱产学习", required=5), points=1),
        asked="脱产学习不少于5天",
    ),
)
"""What comes on top of a base, and what is less than a step."""

_ENDS = (
    _case(
        "逾期3天以内扣1分，逾期3天以上扣3分",
        "ends",
        Bands("逾期", "lose", (Band(1, low=0, low_in=False, high=3, high_in=True), Band(3, low=3))),
    ),
    _case(
        "延误1周以内扣1分",
        "ends",
        Bands("延误", "lose", (Band(1, low=0, low_in=False, high=1, high_in=True),)),
    ),
    _case(
        "漏报3例以内扣1分，4例以上扣3分",
        "ends",
        Bands("漏报", "lose", (Band(1, low=0, low_in=False, high=3, high_in=True), Band(3, low=4))),
    ),
    _assuming(
        _case(
            "参检率低于70%不得分，70%-89%得4分，90%-99%得6分",
            "ends",
            Bands(
                "参检率",
                "earn",
                (
                    Band(8, low=100),
                    Band(0, high=70),
                    Band(4, low=70, high=90),
                    Band(6, low=90, high=100),
                ),
            ),
            points=8,
            asked="参检率100%",
        )
    ),
)
"""Bands without an end."""

_NO_VERB = (
    _assuming(
        _case(
            "缺术前小结5；无知情同意书3",
            "no verb",
            _once("缺术前小结", 5),
            _once("无知情同意书", 3),
            points=20,
        )
    ),
    _assuming(
        _case(
            "登记不全 -2；无交接记录 -1",
            "no verb",
            _once("登记不全", 2),
            _once("无交接记录", 1),
            points=5,
        )
    ),
    _case(
        "无处方-3分、无医嘱-2分",
        "no verb",
        _once("无处方", 3),
        _once("无医嘱", 2),
        points=5,
    ),
    _assuming(
        _case(
            "台账不健全2分；人员不到位3分",
            "no verb",
            _once("台账不健全", 2),
            _once("人员不到位", 3),
            points=5,
        )
    ),
    _case("无交接记录扣2，漏签名扣0.5", "no verb", _once("无交接记录", 2), _once("漏签名", "0.5")),
    _case(
        "无差错3分，无纠纷2分",
        "no verb",
        points=5,
        parts=_parts(("无差错", 3), ("无纠纷", 2), earned=False),
    ),
    _case("发现漏登的，扣1分（每例）", "behind", _each("发现漏登", 1)),
    _case("迟报扣0.5分，每次", "behind", _each("迟报", "0.5")),
    _case("漏登扣1分/每例", "behind", _each("漏登", 1)),
)
"""Points without a verb, and 每次 behind the points."""

_BROUGHT = (
    _case("出现漏种一例扣3分，扣完为止，不倒扣", "brings", _each("漏种", 3)),
    _case("出现漏种一例扣3分，不得出现负分", "brings", _each("漏种", 3)),
    _case("出现漏种一例扣3分，直至扣完", "brings", _each("漏种", 3)),
    _case("虚报的按零分处理", "brings", _off("虚报")),
    _case("虚报的，成绩无效", "brings", _off("虚报")),
    _case("未开展义诊的，全部扣除", "brings", _off("未开展义诊")),
    _case("虚报数据的，通报批评并扣3分", "brings", _once("虚报数据", 3)),
    _case("虚报数据的扣3分，并处罚款200元", "brings", _once("虚报数据", 3)),
    _case("虚报数据的扣3分，扣绩效200元", "brings", _once("虚报数据", 3)),
    _vetoing(
        _case(
            "发生责任事故，年度目标考核计0分",
            "brings",
        ),
        "发生责任事故",
        ZeroTotal(),
    ),
    _vetoing(
        _case(
            "发生责任事故，总分归零",
            "brings",
        ),
        "发生责任事故",
        ZeroTotal(),
    ),
    _vetoing(
        _case(
            "发生责任事故的，失去评先资格",
            "brings",
        ),
        "发生责任事故",
        BarHonours(),
    ),
    _vetoing(
        _case(
            "发生责任事故的，不得推荐为先进",
            "brings",
        ),
        "发生责任事故",
        BarHonours(),
    ),
    _vetoing(
        _case(
            "发生责任事故的，不列入评优范围",
            "brings",
        ),
        "发生责任事故",
        BarHonours(),
    ),
)
"""What a fault brings, in other words."""

_ELSEWHERE = (
    _assuming(
        _case(
            "6分：≥95%；4分：85%～94%；0分：＜85%",
            "points first",
            Bands("回访率", "earn", (Band(6, low=95), Band(4, low=85, high=95), Band(0, high=85))),
            asked="回访率",
        )
    ),
    _assuming(
        _case(
            "≥95%（6分）；85%-94%（4分）；＜85%（0分）",
            "points first",
            Bands("回访率", "earn", (Band(6, low=95), Band(4, low=85, high=95), Band(0, high=85))),
            asked="回访率",
        )
    ),
    _case(
        "优秀（6分）、良好（4分）、一般（2分）",
        "points first",
        _levels("内务", ("优秀", 6), ("良好", 4), ("一般", 2)),
        asked="内务",
    ),
    _case(
        "扣4分：无值班表；扣1分：值班表过期",
        "points first",
        _once("无值班表", 4),
        _once("值班表过期", 1),
    ),
    _assuming(
        _case(
            "有下列情形之一的，扣5分：（1）虚报；（2）瞒报",
            "list below",
            Deduction(Once(AnyOf((Flag("虚报"), Flag("瞒报")))), points=5),
        )
    ),
    _case(
        "出现以下问题的，每次扣2分：①迟报；②漏报", "list below", _each("迟报", 2), _each("漏报", 2)
    ),
    _case(
        "有下列行为之一的，该项不得分：虚报；瞒报",
        "list below",
        Forfeit(AnyOf((Flag("虚报"), Flag("瞒报")))),
    ),
    _assuming(
        _case(
            "迟到一次扣1分，旷工一次扣2分，最多扣5分",
            "most of all",
            Group((_each("迟到", 1), _each("旷工", 2)), cap=5),
        )
    ),
    _case(
        "迟到一次扣1分，最多扣2分，旷工一次扣2分，最多扣4分",
        "most of all",
        Deduction(Cases("迟到"), points=1, cap=2),
        Deduction(Cases("旷工"), points=2, cap=4),
    ),
)
"""Points before what they are for, lists behind their points, a most behind several rules."""

_APART = (
    _case(
        "跌倒发生率达标加2分，不达标扣2分",
        "apart",
        Bonus(Once(Flag("跌倒发生率达标")), points=2),
        _once("跌倒发生率不达标", 2),
    ),
    _case(
        "第一名得3分，其余依次递减1分",
        "apart",
        Bands(
            "排名",
            "earn",
            tuple(Band(4 - place, low=place, high=place, high_in=True) for place in (1, 2, 3)),
        ),
    ),
    _case(
        "有值班表得4分，无值班表不得分；有交接本得2分，无交接本不得分。",
        "apart",
        points=6,
        parts=(
            Part("1", "有值班表", points=4, rules=(_cases(("有值班表", 4)), _off("无值班表"))),
            Part("2", "有交接本", points=2, rules=(_cases(("有交接本", 2)), _off("无交接本"))),
        ),
    ),
    _case(
        "有值班表得4分，有交接本得2分，无交接本不得分，虚报不得分",
        "apart",
        _off("虚报"),
        points=6,
        parts=(
            Part("1", "有值班表", points=4, rules=(_cases(("有值班表", 4)),)),
            Part("2", "有交接本", points=2, rules=(_cases(("有交接本", 2)), _off("无交接本"))),
        ),
    ),
    _case(
        "一是有值班表得4分；二是有交接本得2分",
        "apart",
        _cases(("有值班表", 4)),
        _cases(("有交接本", 2)),
    ),
    _case(
        "优得5分，良得3分，其余得1分",
        "apart",
        attrs.evolve(_levels("等次", ("优", 5), ("良", 3)), otherwise=1),
    ),
    _case(
        "优5分，良3分，其他1分",
        "apart",
        attrs.evolve(_levels("内务", ("优", 5), ("良", 3)), otherwise=1),
        asked="内务",
    ),
    _assuming(
        _case("迟到一次1分、早退一次1分", "no verb", _each("迟到", 1), _each("早退", 1), points=5)
    ),
    _assuming(
        _case("缺签名1分/处，涂改0.5分/处", "no verb", _each("缺签名", 1), _each("涂改", "0.5"))
    ),
    _assuming(
        _case("有烟头1分，有积水1分", "no verb", _once("有烟头", 1), _once("有积水", 1), points=2)
    ),
    _case(
        "不迟到2分、不早退2分",
        "no verb",
        points=4,
        parts=_parts(("不迟到", 2), ("不早退", 2), earned=False),
    ),
    _case("无警示标志；扣2分", "apart", _once("无警示标志", 2)),
    _assuming(
        _case(
            "地面不洁扣2分；门窗不净扣2分；桌面有灰尘1分",
            "apart",
            _once("地面不洁", 2),
            _once("门窗不净", 2),
            _once("桌面有灰尘", 1),
            points=15,
        )
    ),
    _unread(
        _case(
            "未完成任务的，按比例扣减补助经费",
            "apart",
        )
    ),
)
"""What must not run together: gain and loss, one part's forfeit and the other's."""

_IN_FRONT = (
    _case(
        "消毒有登记（扣2分），物品摆放整齐（扣1分），早退（扣1分）",
        "in brackets",
        _once("消毒无登记", 2),
        _once("未做到物品摆放整齐", 1),
        _once("早退", 1),
    ),
    _case(
        "学习计划、学习小结（每项扣0.5分）", "in brackets", _each("学习计划、学习小结缺少", "0.5")
    ),
    _case(
        "每周例会一次，有小结，有签到（每项扣0.5分）",
        "in brackets",
        _each("每周例会一次，有小结，有签到缺少", "0.5"),
    ),
    _case("科室培训有签到（每少一次扣0.3分）", "in brackets", _each("科室培训无签到", "0.3")),
    _assuming(
        _case(
            "少一件-1\n摆放乱-1",
            "no verb",
            _each("用物准备缺少", 1),
            _once("摆放乱", 1),
            points=5,
            asked="用物准备",
        )
    ),
    _case("建立应急预案（-2分）", "in brackets", _once("未做到建立应急预案", 2)),
    _case("无差错事故（扣5分）", "in brackets", _once("差错事故", 5)),
    _case(
        "发现一件过期物资扣（5分），未挂牌扣分（2分）",
        "in brackets",
        _each("过期物资", 5),
        _once("未挂牌", 2),
    ),
    _assuming(
        _case("技能考核80分及格，每低2分扣1分", "score", _short("技能考核", 80, 2, "complete"))
    ),
    _case(
        "低于75分扣2分/次，低于60分全扣",
        "score",
        _each("操作考核成绩低于75分", 2),
        Forfeit(Compare("操作考核成绩", "<", 60)),
        points=4,
        asked="操作考核成绩≥80分",
    ),
    _case(
        "扣罚分：无故缺课（1分/次），考核不及格的（60分以下）3分/次，违反院规（2分/次）、操作规范（2分/次）",
        "no verb",
        _each("无故缺课", 1),
        _each("考核不及格", 3),
        _each("违反院规", 2),
        _each("违反操作规范", 2),
    ),
    _case("奖励分：发表论文（3分/篇）", "no verb", Bonus(Cases("发表论文"), points=3)),
    _assuming(_case("无执业资质，1人2分", "no verb", _each("无执业资质", 2), points=6)),
    _assuming(
        _case(
            "审阅报告每份0.5分，普通片每张1分",
            "no verb",
            Bonus(Cases("审阅报告"), points="0.5"),
            Bonus(Cases("普通片"), points=1),
        )
    ),
    _case(
        "提前完工的，在原有分值基础上加1分",
        "on top",
        Bonus(Once(Flag("提前完工")), points=1),
    ),
)
"""Where points stand: in brackets behind what is asked, behind a stroke, under a heading."""

_SEVERAL_PARTS = (
    _case(
        "服务站1)设立宣传岗位，并安排专人（1分）；2)公开服务电话（2分）",
        "parts",
        points=3,
        parts=_parts(("设立宣传岗位，并安排专人", 1), ("公开服务电话", 2)),
    ),
    _case(
        "库房整洁，标签齐全，摆放规范2分。账本装订及时、保管完好1分。",
        "parts",
        points=3,
        parts=_parts(("库房整洁，标签齐全，摆放规范", 2), ("账本装订及时、保管完好", 1)),
    ),
    _assuming(
        _case(
            "农户参与率达60%以上，且抽验合格得4分，每下降1个百分点扣1分；抽验不合格不得分；站点达标得2分，未达标不得分",
            "parts",
            points=6,
            parts=(
                Part(
                    "1",
                    "农户参与率",
                    points=4,
                    rules=(_short("农户参与率", 60, 1, "complete"), _off("抽验不合格")),
                ),
                Part(
                    "2",
                    "站点达标",
                    points=2,
                    rules=(
                        Bands("站点达标", "earn", (CaseBand(Flag("站点达标"), 2),), otherwise=0),
                    ),
                ),
            ),
        )
    ),
    _case(
        "有明确分工，得2分；有专项经费，得1分。没有的不得分",
        "parts",
        _cases(("有明确分工", 2)),
        Bands("有专项经费", "earn", (CaseBand(Flag("有专项经费"), 1),), otherwise=0),
        points=3,
    ),
    _case(
        "出入登记（5分），体检登记（5分），入户核实不达标不得分",
        "parts",
        points=10,
        parts=(
            Part("1", "出入登记", points=5, rules=(_off("出入登记，入户核实不达标"),)),
            Part("2", "体检登记", points=5, rules=(_off("体检登记，入户核实不达标"),)),
        ),
    ),
    _case(
        "1.营造宣传氛围，根据配合情况酌情打分（4分）。2.报送信息不少于6篇（6分），每少一篇扣1分",
        "parts",
        points=10,
        parts=(
            Part("1", "营造宣传氛围", points=4, rules=(_judged("配合情况"),)),
            Part(
                "2",
                "报送信息不少于6篇",
                points=6,
                rules=(Deduction(Lacking("报送信息", required=6), points=1),),
            ),
        ),
    ),
    _case(
        "单位获得过国家（9分）、省（6分）、市（3分）级命名",
        "one of",
        _levels("单位获得过命名", ("国家级", 9), ("省级", 6), ("市级", 3)),
    ),
)
"""What points belong to: parts of a sentence, each of several parts, ranks of one thing."""

_NOT_ALL = (
    _assuming(
        _case(
            "有专职人员但未落实待遇的只得1分；没有专职人员不得分",
            "only",
            Bands(
                "有专职人员但未落实待遇",
                "earn",
                (CaseBand(Flag("有专职人员但未落实待遇"), 1),),
                otherwise=2,
            ),
            _off("没有专职人员"),
            points=2,
        )
    ),
    _assuming(
        _case(
            "接诊率低于90%的只得2分",
            "only",
            Bands("接诊率", "earn", (Band(2, high=90),), otherwise=5),
            points=5,
        )
    ),
    attrs.evolve(
        _case(
            "热心公益，给3分；推诿扯皮，酌情扣1-2分",
            "starts full",
            Judgement("推诿扯皮", "lose", least=1, most=2),
        ),
        states=3,
    ),
    _assuming(
        _case(
            "知晓率达80%以上；宣传册发放率达100%，各得1分，否则各扣1分",
            "each",
            Bands("知晓率", "earn", (Band(1, low=80),), otherwise=0),
            Bands("宣传册发放率", "earn", (Band(1, low=100),), otherwise=0),
        )
    ),
    _case(
        "受提醒谈话，书面检查或通报一次，分别扣1分、2分和3分",
        "each",
        _each("受提醒谈话", 1),
        _each("书面检查", 2),
        _each("通报", 3),
    ),
    _case(
        "不学习不钻研不进取的各扣1分",
        "each",
        _once("不学习", 1),
        _once("不钻研", 1),
        _once("不进取", 1),
    ),
)
"""What is earned or lost beside other points: 只得, 否则各扣, 分别 behind commas."""

CASES: tuple[ClauseCase, ...] = (
    *_IN_FRONT,
    *_SEVERAL_PARTS,
    *_NOT_ALL,
    *_APART,
    *_ELSEWHERE,
    *_JUDGED,
    *_ONE_OF,
    *_OF_PARTS,
    *_ON_TOP,
    *_ENDS,
    *_NO_VERB,
    *_BROUGHT,
)
