"""Targets with points beside them that nothing else scores, and what is lost behind 不得分.

A target in a standard with its points is met or not (住院日≤9天（2分）): who reaches it has them.
每项达标得2分 gives each target of the requirement its own. What costs more where nothing is left to
lose (造假不得分，并扣2分) comes off the total.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.points import Reach
from healthduty.rules.rule import Band, Bands, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Once


def _least(measure: str, number: int, points: int) -> Bands:
    """Earn points from a number on."""
    return Bands(measure, "earn", (Band(points, low=number),))


def _most(measure: str, number: int, points: int) -> Bands:
    """Earn points up to a number."""
    return Bands(measure, "earn", (Band(points, high=number, high_in=True),))


def _part(number: int, title: str, *rules: Rule, points: int) -> Part:
    return Part(str(number), title, points=points, rules=rules)


_ASKED = "开单率≥80%；候检时间≤3天"
_EACH = (_least("开单率", 80, 2), _most("候检时间", 3, 2))

_MET = (
    ClauseCase(
        text="预约就诊率≥50%（1分），候检时间≤3天（2分）",
        pattern="goals with points",
        points=3,
        parts=(
            _part(1, "预约就诊率≥50%", _least("预约就诊率", 50, 1), points=1),
            _part(2, "候检时间≤3天", _most("候检时间", 3, 2), points=2),
        ),
        assumed=True,
    ),
    *(
        ClauseCase(
            text=text, pattern="goals with points", points=4, requirement=_ASKED, rules=_EACH
        )
        for text in ("每项指标达到要求得2分", "达标一项得2分", "完成1项得2分", "每完成一项得2分")
    ),
    ClauseCase(
        text="每项2分",
        pattern="goals with points",
        points=4,
        requirement=_ASKED,
        parts=(
            _part(1, "开单率", _EACH[0], points=2),
            _part(2, "候检时间", _EACH[1], points=2),
        ),
        assumed=True,
    ),
)


def _lost(*rules: Rule, text: str, asked: str = "", assumed: bool = False) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="behind nothing left",
        points=5,
        requirement=asked,
        rules=rules,
        assumed=assumed,
    )


def _off_total(condition: Flag | Compare, points: int) -> Deduction:
    return Deduction(Once(condition), points=points, reach=Reach.TOTAL)


_FAKED = Forfeit(Flag("伪造台账"))

_NOTHING_LEFT = (
    _lost(_FAKED, _off_total(Flag("伪造台账"), 2), text="伪造台账的不得分并倒扣2分", assumed=True),
    _lost(_FAKED, _off_total(Flag("伪造台账"), 2), text="伪造台账的不得分，另扣2分", assumed=True),
    _lost(_FAKED, _off_total(Flag("伪造台账"), 3), text="伪造台账的不得分，并扣3分", assumed=True),
    _lost(
        Forfeit(Compare("开单率", "<", 80)),
        _off_total(Compare("开单率", "<", 60), 1),
        text="未达标不得分，低于60%倒扣1分",
        asked="开单率≥80%",
        assumed=True,
    ),
    # Named again, it is the item's, as the canonical wording of both rules says it.
    _lost(
        _FAKED,
        Deduction(Once(Flag("伪造台账")), points=2),
        text="伪造台账的，本项不得分；伪造台账的，扣2分",
    ),
    # Nothing is forfeited: the item itself falls below 0.
    _lost(
        Deduction(Cases("漏报"), points=1),
        Deduction(Once(Flag("瞒报")), points=3),
        text="漏报1例扣1分；瞒报的倒扣3分",
        assumed=True,
    ),
)

CASES: tuple[ClauseCase, ...] = (*_MET, *_NOTHING_LEFT)
