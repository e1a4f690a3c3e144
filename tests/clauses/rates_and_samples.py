"""Rates by formula and by band, what a sample shows, parts with their own points, rhythms.

As the tables of township hospitals and village clinics word them: a rate earns by its share of the
goal, a sample loses by the sheet, and each line of a cell states what it is worth.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL
from healthduty.rules.rule import Band, Bands, Bonus, Curve, Deduction, Forfeit, Knot, Rule
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow
from healthduty.rules.threshold import Multiple


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _below(name: str, target: int, points: int | str) -> Deduction:
    """Lose these points for each percentage point short of the target."""
    return Deduction(StepsBelow(name, target=target, step=1), points=points)


def _lacking(name: str, required: int, points: int | str) -> Deduction:
    """Lose these points for each that lacks of the number required."""
    return Deduction(Lacking(name, required=required), points=points)


def _line(name: str, target: int, points: int | str = FULL) -> Curve:
    """Earn by the share of the target that was reached."""
    return Curve(name, "earn", (Knot(0, 0), Knot(target, points)))


def _bands(name: str, effect: str, *bands: tuple[int, int | None, int | None]) -> Bands:
    """Earn or lose points between two bounds, the lower of which belongs to the band."""
    made = tuple(Band(points, low=low, high=high) for points, low, high in bands)
    return Bands(name, effect, made)


def _case(  # noqa: PLR0913 - whatever a case may state
    text: str,
    *rules: Rule,
    points: int | None = None,
    asked: str = "",
    targets: tuple[Target, ...] = (),
    parts: tuple[Part, ...] = (),
    assumed: bool = False,
    unread: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="rates and samples",
        points=points,
        requirement=asked,
        rules=rules,
        targets=targets,
        parts=parts,
        assumed=assumed,
        unread=unread,
    )


_BY_SHARE = (
    _case(
        "建卡率≥80%得满分，低于80%按比例得分（建卡率/80%×4分）",
        _line("建卡率", 80),
        points=4,
    ),
    _case(
        "建卡率≥80%得满分，低于80%按比例得分（建卡率/80%×3分）",
        _line("建卡率", 80),
        _line("建卡率", 80, 3),
        points=4,
    ),
    _case(
        "实际值达到目标值得满分，不足目标值的，得分=实际值/目标值×8",
        _line("产后访视率", 85),
        points=8,
        asked="产后访视率≥85%",
    ),
    _case(
        "实际值未达到目标值的扣2分",
        Deduction(Once(Compare("产后访视率", "<", 85)), points=2),
        asked="产后访视率≥85%",
    ),
    _case(
        "完成任务得6分，未完成的按实际完成率/65%×6计分",
        _line("体检率", 65, 6),
        points=6,
        asked="体检率≥65%",
    ),
    _case("未达标的按实际值/目标值×6计分", _line("体检率", 65, 6), points=6, asked="体检率≥65%"),
    _case("按实际体检率/65%×6分计算", _line("老人体检率", 65, 6), points=6, asked="老人体检率≥65%"),
    _case(
        "完成率/95%×6分",
        _line("完成率", 95, 6),
        points=6,
        asked="体检率≥65%",
    ),
    _case(
        "85%及以上得满分；60%（含）～85%，得分=好评率/85%×8；低于60%不得分",
        _line("好评率", 85),
        Forfeit(Compare("好评率", "<", 60)),
        points=8,
        asked="好评率≥85%",
    ),
)

_LACKING = (
    _case("每少管理1人扣0.1分", _lacking("糖尿病管理", 800, "0.1"), asked="糖尿病管理800人"),
    _case("每少随访1人次，扣0.1分", _each("少随访", "0.1")),
    _case("少考核一次扣1分", _lacking("村卫生室考核", 2, 1), asked="每年对村卫生室考核不少于2次"),
    _case("手册每份缺1项扣0.1分", _each("手册缺少", "0.1")),
    _case("每份缺1项扣0.1分", _each("手册项目齐全，缺项", "0.1"), asked="手册项目齐全"),
    _case("每村卫生室每缺1次扣0.1分", unread=True),
    _case("每份手册少1页扣0.1分", _each("手册缺少", "0.1")),
)

_IN_PARTS = (
    _case(
        "①建卡率（3分）：达到85%得3分，每低1%扣0.2分；②访视率（2分）：达到90%得2分，每低1%扣0.1分",
        points=5,
        parts=(
            Part("1", "建卡率", points=3, rules=(_below("建卡率", 85, "0.2"),)),
            Part("2", "访视率", points=2, rules=(_below("访视率", 90, "0.1"),)),
        ),
    ),
    _case(
        "①任务完成率（3分）：按照实际完成比例得分；②访视率（2分）：每低1%扣0.1分",
        points=5,
        asked="访视率≥90%",
        parts=(
            Part("1", "任务完成率", points=3, rules=(_line("任务完成率", 100),)),
            Part("2", "访视率", points=2, rules=(_below("访视率", 90, "0.1"),)),
        ),
    ),
    _case(
        "甲率（3分），乙率（2分），按比例得分",
        points=5,
        asked="甲率≥64%，乙率≥50%",
        parts=(
            Part("1", "甲率", points=3, rules=(_line("甲率", 64),)),
            Part("2", "乙率", points=2, rules=(_line("乙率", 50),)),
        ),
    ),
)

_DOWN_FROM = (
    _case(
        "合格率低于90%但高于80%的扣1分，低于80%的扣2分",
        _bands("合格率", "lose", (1, 80, 90), (2, None, 80)),
        points=5,
        assumed=True,
    ),
    _case(
        "合格率95%以上不扣分，90%-94%扣1分，85%-89%扣2分，85%以下扣5分",
        _bands("合格率", "lose", (1, 90, 95), (2, 85, 90), (5, None, 85)),
        points=5,
        assumed=True,
    ),
    _case(
        "90%-94%扣1分，85%-89%扣2分，85%以下扣5分",
        _bands("合格率", "lose", (1, 90, 95), (2, 85, 90), (5, None, 85)),
        points=5,
        asked="合格率≥95%",
        assumed=True,
    ),
    _case(
        "缺项率6%-10%扣1分，11%-20%扣2分，20%以上扣3分",
        Bands(
            "缺项率",
            "lose",
            (
                Band(1, low=5, low_in=False, high=11),
                Band(2, low=11, high=20, high_in=True),
                Band(3, low=20, low_in=False),
            ),
        ),
        points=5,
        asked="缺项率≤5%",
        assumed=True,
    ),
    _case(
        "好评度≥95%得5分；95%＞好评度≥90%得4分；好评度＜90%得0分",
        _bands("好评度", "earn", (5, 95, None), (4, 90, 95), (0, None, 90)),
        points=5,
    ),
)

_BY_CASES = (
    _case("抽问20人，知晓率≥85%得6分，每减少1人知晓扣0.5分", _each("知晓缺少", "0.5"), points=6),
    _case(
        "满意率≥90%得6分，漏登1例扣1分",
        _bands("满意率", "earn", (6, 90, None)),
        _each("漏登", 1),
        points=6,
    ),
)

_RHYTHMS = (
    _case("讲座少1次扣0.5分", _lacking("讲座", 6, "0.5"), asked="每两月举办1次讲座", assumed=True),
    _case("例会少1次扣1分", _lacking("例会", 4, 1), asked="每3月召开1次例会", assumed=True),
    _case("例会少1次扣1分", _lacking("例会", 12, 1), asked="每月召开1次例会", assumed=True),
)

_OF_EACH = (
    _case(
        "指标每低1%扣0.2分",
        _below("访视率", 90, "0.2"),
        _below("建册率", 85, "0.2"),
        asked="访视率≥90%；建册率≥85%",
    ),
    _case(
        "各指标每低1%扣0.2分",
        _below("访视率", 90, "0.2"),
        _below("建册率", 85, "0.2"),
        asked="访视率≥90%；建册率≥85%",
    ),
    _case(
        "两率各3分，每低1%扣0.2分",
        points=6,
        asked="访视率≥90%，建册率≥85%",
        parts=(
            Part("1", "访视率", points=3, rules=(_below("访视率", 90, "0.2"),)),
            Part("2", "建册率", points=3, rules=(_below("建册率", 85, "0.2"),)),
        ),
    ),
    _case("10份手册中，每发现1份漏填扣1分", _each("漏填", 1)),
    _case("伪造手册的，本项（4分）不得分", Forfeit(Flag("伪造手册")), points=4),
)

_VISITS = (Measure("随访", unit="次"),)
_NOT_THE_DEED = tuple(
    ClauseCase(
        text=text,
        pattern="rates and samples",
        requirement="每年随访4次",
        measures=_VISITS,
        rules=(rule,),
    )
    for text, rule in (
        ("随访不规范1次扣0.1分", _each("随访不规范", "0.1")),
        ("漏随访1次扣0.1分", _each("漏随访", "0.1")),
        ("每人少随访一次扣0.1分", _each("少随访", "0.1")),
        ("每举办1次随访加0.5分", Bonus(Cases("随访"), points="0.5")),
    )
)
_FOLLOWED_UP = (
    _case("随访少1次扣0.1分", _each("随访缺少", "0.1"), asked="每年随访4次", assumed=True),
    _case(
        "缺一次扣0.5分",
        _each("四类慢病随访缺少", "0.5"),
        asked="四类慢病每季度随访一次",
        assumed=True,
    ),
)
"""What each person is to have, though no word says who they are."""
_AGAINST_ALL = (
    _case(
        "指导少一次扣0.5分",
        Deduction(Lacking("联系点指导", required=Multiple(4, "人数")), points="0.5"),
        asked="每人每年联系点指导不少于4次",
        assumed=True,
    ),
)
_TEAMS = (_case("每个团队少于3人扣2分", _each("团队少于3人", 2)),)
_SAID_TWICE = (
    _case("每季度开展考评1次，全年4次，少1次扣1分", _lacking("考评", 4, 1), assumed=True),
    _case("讲座每季度1次，全年累计不少于4次", targets=(Target("讲座", ">=", 4),), assumed=True),
    _case(
        "讲座每季度1次，全年累计不少于6次",
        targets=(Target("讲座", ">=", 4), Target("累计", ">=", 6)),
        assumed=True,
    ),
)

CASES = (
    *_BY_SHARE,
    *_BY_CASES,
    *_RHYTHMS,
    *_LACKING,
    *_IN_PARTS,
    *_DOWN_FROM,
    *_OF_EACH,
    *_NOT_THE_DEED,
    *_TEAMS,
    *_FOLLOWED_UP,
    *_AGAINST_ALL,
    *_SAID_TWICE,
)
