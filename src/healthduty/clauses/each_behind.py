"""每次 behind the points: 发现差错扣1分（每例）, 迟报扣0.5分，每次.

Officials write what is counted before the points, behind them, or in brackets. Behind them it
makes cases of the fact before it; of a judgement it makes one over all cases.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> tally = read_clause("迟报扣0.5分（每次）").rules[0].tally
>>> type(tally).__name__, tally.measure
('Cases', '迟报')
"""

from __future__ import annotations

import attrs

from healthduty.clauses.context import Context
from healthduty.clauses.judged_each import judged_for_each
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import RATES, TIMES, Kind
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bonus, Deduction, Judgement
from healthduty.rules.tally import Cases, Once
from healthduty.said import Said

_EACH = frozenset({Kind.EACH, Kind.EVERY, Kind.SLASH})
_OF_EACH = _EACH | {Kind.NUMBER, Kind.UNIT, Kind.FOUND}


def read_each_behind(context: Context, segment: Segment) -> bool:
    """Read `(每 | '/') [一] UNIT` behind a rule, as what that rule counts."""
    last = context.last()
    unit = _unit(segment)
    if last is None or not unit or last.sentence != context.sentence or context.pending:
        return False
    match last.rule:
        case (
            Deduction(tally=Once(condition=Flag(measure=name)))
            | Bonus(tally=Once(condition=Flag(measure=name))) as rule
        ):
            context.quantities.forget(name)
            cases = Cases(context.quantities.measure(name, MeasureKind.CASES, unit))
            last.rule, last.end = attrs.evolve(rule, tally=cases), segment.end
            context.claim(segment.first, segment.end, Taken.RULE)
        case Deduction(tally=Cases()) | Bonus(tally=Cases()):
            context.claim(segment.first, segment.end, Taken.RULE)
        case Judgement(effect=Effect.LOSE) as rule:
            last.rule, last.end = judged_for_each(rule, unit), segment.end
            for at in range(last.first, last.end):
                context.claims[at] = (Taken.RULE, "the points for one case")
        case Judgement():
            message = Said("points by judgement for each of something", "每一个都酌情计分")
            context.fault(segment, message, hint=Said("give one number", "写一个分数"))
        case _:
            return False
    return True


def _unit(segment: Segment) -> str:
    """Return the unit of 每次, （/例） or 一次 right behind points; nothing for other words."""
    tokens = segment.tokens
    kinds = [token.kind for token in tokens]
    if not _OF_EACH.issuperset(kinds) or any(t.value not in {None, 1} for t in tokens):
        return ""
    if kinds[0] is Kind.EVERY and len(tokens) == 1:
        return tokens[0].text[1:]
    led = kinds[0] in _EACH or (kinds[0] is Kind.NUMBER and segment.after is None)
    unit = tokens[-1].text if kinds[-1] is Kind.UNIT and led else ""
    return "" if unit in RATES or (unit in TIMES and kinds[0] is Kind.NUMBER) else unit
