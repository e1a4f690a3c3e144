"""So many points for each where there are fewer than asked: 不足5次的，每次2分.

Whoever has as many as asked earns all; below that each counts for itself. Both are one line, from
nothing up to the number that is asked.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5, 9.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("不足5次的，每次2分", points=10, requirement="讲座每年5次")
>>> [(knot.at, knot.points) for knot in reading.rules[0].knots]
[(Fraction(0, 1), Fraction(0, 1)), (Fraction(5, 1), Fraction(10, 1))]
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.actions import Done
from healthduty.clauses.context import Context
from healthduty.clauses.names.measured import nameless, units_like
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import RATES, TIMES, Kind
from healthduty.clauses.text.phrases import Tokens, kind_at, read_bounds, words_of
from healthduty.rules.condition import Comparator
from healthduty.rules.measure import Measure
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, Curve, Knot
from healthduty.said import Said

_UNDER = frozenset({Comparator.LESS, Comparator.AT_MOST})
_BETWEEN = re.compile(r"[的者时]?,?(?:则|就)?(?:按照?|以)?")
_BEHIND = re.compile(r"(?:(?:计算|给|计|记|赋|得)(?:得?分)?)?(?:计算)?")
_AMOUNT = 2  # a number and 分


@attrs.frozen(kw_only=True)
class _EachUnder:
    """So many `points` for each `unit` below `number`; `name` as the words have it."""

    number: Fraction
    unit: str
    points: Fraction
    name: str


def read_each_under(context: Context, segment: Segment) -> bool:
    """Read `[name] bound [的 | 者] [','] [按] 每 [一] UNIT [name] [得] NUMBER POINTS`."""
    amount = _amount(segment)
    if amount is None:
        return False
    at = next((i for i, t in enumerate(segment.tokens) if t.kind is Kind.EACH), None)
    if at is None:
        return False
    points, end = amount
    held = None
    before: Tokens = segment.tokens[:at]
    if not any(token.kind is Kind.NUMBER for token in before):
        if not context.pending or not _BETWEEN.fullmatch(words_of(before, context.text)):
            return False
        held = context.pending[-1]
        before = held.tokens
    found = _under(context, before, segment.tokens[at:end], points)
    if found is None:
        return False
    if held is not None:
        context.use_words(held)
    _build(context, segment, found)
    context.pending.clear()
    return True


def _amount(segment: Segment) -> tuple[Fraction, int] | None:
    """Return the points of a segment that earns or has no verb, and where they begin."""
    tokens, action = segment.tokens, segment.action
    if action is not None and (action.effect is not Effect.EARN or action.done is not Done.POINTS):
        return None
    if action is not None and action.amounts:
        points = action.amounts[0] if len(action.amounts) == 1 else None
        return (points, len(segment.occasion)) if isinstance(points, Fraction) else None
    at = next((i for i, t in enumerate(tokens) if t.kind is Kind.POINTS), 0)
    points = tokens[at - 1].value if at > 1 and tokens[at - 1].kind is Kind.NUMBER else None
    behind = "".join(token.text for token in tokens[at + 1 :])
    if points is None or not _BEHIND.fullmatch(behind):
        return None
    return points, at - 1


def _under(context: Context, before: Tokens, each: Tokens, points: Fraction) -> _EachUnder | None:
    """Return what is paid for each below a number, None where the words are not that."""
    begin = next((i for i, _ in enumerate(before) if read_bounds(before, i) is not None), None)
    read = None if begin is None else read_bounds(before, begin)
    single = None if read is None else read[0].single
    if begin is None or read is None or single is None or single[0] not in _UNDER:
        return None
    bounds, end = read
    unit = bounds.unit
    if not isinstance(single[1], Fraction) or not unit or unit in RATES or unit in TIMES:
        return None
    at = 1
    while kind_at(each, at) is Kind.WORD:
        at += 1  # 每举办一次
    deed = words_of(each[1:at], context.plain)
    at += kind_at(each, at) is Kind.NUMBER and each[at].value == 1
    same = kind_at(each, at) is Kind.UNIT and each[at].text in units_like(unit)
    rest = each[at + 1 :]
    plain = all(token.kind in {Kind.WORD, Kind.LIST} for token in rest)
    if not same or not plain or not _BETWEEN.fullmatch(words_of(before[end:], context.text)):
        return None
    name = name_of(words_of(before[:begin], context.plain)) or name_of(
        words_of(rest, context.plain)
    )
    return _EachUnder(number=single[1], unit=unit, points=points, name=name or name_of(deed))


def _build(context: Context, segment: Segment, found: _EachUnder) -> None:
    """Add the line up to all points, or report that the whole is another than the sum."""
    indices = [
        index
        for index in context.goals_for("", units_like(found.unit))
        if context.goals[index].target == found.number
    ]
    measure = _measure(context, found, indices)
    whole, banded = _whole(context, measure, found)
    below = found.points * (found.number - 1)
    if whole is None or whole < below or found.number < 1:
        message = Said(
            "so many for each are more than all of them earn", "每个的分值合计超过达到要求的分值"
        )
        context.fault(segment, message)
        return
    knots = [Knot(0, 0), Knot(found.number, whole)]
    if whole != below + found.points and found.number > 1:
        knots.insert(1, Knot(found.number - 1, below))
    line = Curve(measure, Effect.EARN, tuple(knots))
    if banded:
        context.extend(context.drafts[-1], line, segment)
    else:
        context.add([line], segment, indices)


def _measure(context: Context, found: _EachUnder, indices: list[int]) -> Measure:
    """Return what is counted: what so many are asked of, else what the words name."""
    if indices:
        return context.goal_measure(indices[-1])
    last = context.last()
    banded = None if last is None else last.rule
    known = context.quantities.known(banded.measure) if isinstance(banded, Bands) else None
    if known is not None and known.unit in units_like(found.unit):
        return known
    name = found.name or context.subject or context.topic or nameless(found.unit)
    return context.quantities.measure(name, None, found.unit)


def _whole(context: Context, measure: Measure, found: _EachUnder) -> tuple[Fraction | None, bool]:
    """Return what as many as asked earn, and whether the rule before says it (5次得10分)."""
    last = context.last()
    match None if last is None else last.rule:
        case (
            Bands(
                effect=Effect.EARN,
                bands=(Band(low=low, points=Fraction() as points),),
                otherwise=None,
            ) as rule
        ) if rule.measure == measure.code and low == found.number:
            return points, True
        case _:
            worth = context.parts[-1].points if context.in_parts else context.points
            return (found.points * found.number if worth is None else worth), False
