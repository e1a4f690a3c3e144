"""One number for several: both rates below one bound, each unit short, the part above a bound."""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.rules.condition import AllOf, AnyOf, Comparator, Compare, Condition, Flag
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, CaseBand, Deduction, Forfeit, Rule
from healthduty.rules.tally import Lacking, Once, StepsAbove, StepsBelow


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


def _short(name: str, required: int, points: int | str) -> Deduction:
    return Deduction(Lacking(name, required=required), points=points)


_ONE_SHORT = (
    _case("水样不足一份扣0.1分", _short("采集水样", 30, "0.1"), asked="采集水样30份", assumed=True),
    _case("义诊不到1次扣1分", _short("义诊", 6, 1), asked="全年义诊6次", assumed=True),
    _case("义诊6次，少于1次扣1分", _short("义诊", 6, 1), assumed=True),
    _case("义诊少于1次扣1分", _once(_below("义诊", 1), 1)),
    _case("义诊少于1次扣1分", _once(_below("义诊", 1), 1), asked="义诊不少于1次"),
    _case("义诊不足1次不得分", Forfeit(_below("义诊", 1)), asked="义诊全年6次"),
)


def _over(name: str, target: int, step: int, points: int | str) -> Deduction:
    return Deduction(StepsAbove(name, target=target, step=step), points=points)


_PART_ABOVE = (
    _case("招待费不超过20万元，超出部分每2万元扣1分", _over("招待费", 20, 2, 1), assumed=True),
    _case(
        "超过部分每万元扣0.5分",
        _over("招待费", 20, 1, "0.5"),
        asked="招待费不超过20万元",
        assumed=True,
    ),
    _case(
        "纯收入800万元，不足部分每10万元扣1分",
        Deduction(StepsBelow("纯收入", target=800, step=10), points=1),
        assumed=True,
    ),
)

_RUNGS = (
    _case(
        "义诊不足5次扣1分，不足4次扣2分",
        Bands("义诊", Effect.LOSE, (Band(2, high=4), Band(1, high=5))),
        asked="义诊6次",
    ),
    _case(
        "候诊超过12分钟扣1分，超过15分钟扣3分",
        Bands(
            "候诊",
            Effect.LOSE,
            (Band(3, low=15, low_in=False), Band(1, low=12, low_in=False)),
        ),
        asked="候诊不超过11分钟",
    ),
    # a range ends where the goal begins
    _case(
        "90%-94%扣1分，低于90%扣3分",
        Bands("回访率", Effect.LOSE, (Band(1, low=90, high=95), Band(3, high=90))),
        asked="回访率≥95%",
    ),
)

_SCORES_BETWEEN = (
    _case(
        "台账评分≥92分得5分，85分≤台账评分＜92分得3分，台账评分＜85分不得分",
        Bands(
            "台账评分",
            Effect.EARN,
            (Band(5, low=92), Band(3, low=85, high=92), Band(0, high=85)),
        ),
    ),
    _case(
        "65分＜台账评分≤75分扣1分，台账评分≤65分扣3分",
        Bands(
            "台账评分",
            Effect.LOSE,
            (Band(1, low=65, low_in=False, high=75, high_in=True), Band(3, high=65, high_in=True)),
        ),
    ),
)


def _under(name: str, target: int, step: int, points: int | str) -> Deduction:
    return Deduction(StepsBelow(name, target=target, step=step), points=points)


_OF_WHOM = (
    # the first bound says of whom the share is
    _case(
        "入科体征评分≥8分比例≥40%，每低4%扣0.3分",
        _under("入科体征评分≥8分比例", 40, 4, "0.3"),
        assumed=True,
    ),
    _case(
        "每超2%扣1分",
        _over("留观>48小时的患者占比", 6, 2, 1),
        asked="留观>48小时的患者占比不超过6%",
        assumed=True,
    ),
    _case(
        "留观超过48小时患者比例≤6%，每超2%扣1分",
        _over("留观超过48小时患者比例", 6, 2, 1),
        assumed=True,
    ),
    # two bounds of two things
    _case(
        "每低5分扣1分",
        _under("台账评分", 80, 5, 1),
        asked="台账评分≥80分",
        assumed=True,
    ),
)

CASES = _OF_WHOM + _SCORES_BETWEEN + _RUNGS + _BOTH_RATES + _ONE_SHORT + _PART_ABOVE
