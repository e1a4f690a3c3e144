"""One number for several: both rates below one bound, each unit short, the part above a bound."""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.rules.condition import AllOf, AnyOf, Comparator, Compare, Condition, Flag
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, CaseBand, Deduction, Forfeit, Rule
from healthduty.rules.tally import Once


def _below(name: str, number: int) -> Compare:
    return Compare(name, Comparator.LESS, number)


def _once(when: Condition, points: int | str) -> Deduction:
    return Deduction(Once(when), points=points)


def _case(
    text: str,
    *rules: Rule,
    asked: str = "",
    points: int | None = 5,
    assumed: bool = False,
    unread: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="bound",
        points=points,
        requirement=asked,
        rules=rules,
        assumed=assumed,
        unread=unread,
    )


_VISITED, _FILED = _below("回访率", 70), _below("归档率", 70)

_BOTH_RATES = (
    _case("回访率或归档率低于70%扣2分", _once(AnyOf((_VISITED, _FILED)), 2)),
    _case("回访率或归档率低于70%不得分", Forfeit(AnyOf((_VISITED, _FILED)))),
    _case("回访率或归档率达不到70%的扣2分", _once(AnyOf((_VISITED, _FILED)), 2)),
    _case("回访率且归档率低于70%扣2分", _once(AllOf((_VISITED, _FILED)), 2)),
    _case("回访率和归档率均低于70%扣2分", _once(AllOf((_VISITED, _FILED)), 2)),
    _case("回访率、归档率两项均低于70%不得分", Forfeit(AllOf((_VISITED, _FILED)))),
    _case("回访率、归档率低于70%不得分", Forfeit(AnyOf((_VISITED, _FILED))), assumed=True),
    _case("回访率与归档率低于70%扣1分", _once(AnyOf((_VISITED, _FILED)), 1), assumed=True),
    _case("回访率、归档率任一项低于70%扣1分", _once(AnyOf((_VISITED, _FILED)), 1), assumed=True),
    _case("回访率、归档率低于70%的各扣1分", _once(_VISITED, 1), _once(_FILED, 1)),
    _case("产量或数量低于70%扣1分", _once(AnyOf((_below("产量", 70), _below("数量", 70))), 1)),
    _case(
        "回访率或归档率达到90%的得5分",
        Bands(
            "回访率",
            Effect.EARN,
            (
                CaseBand(
                    AnyOf(
                        (
                            Compare("回访率", Comparator.AT_LEAST, 90),
                            Compare("归档率", Comparator.AT_LEAST, 90),
                        )
                    ),
                    5,
                ),
            ),
        ),
    ),
    # a fact beside a bound is a fact
    _case("未建台账或归档率低于70%扣1分", _once(AnyOf((Flag("未建台账"), _FILED)), 1)),
    _case("归档率低于70%扣1分", _once(_FILED, 1)),
)

CASES = _BOTH_RATES
