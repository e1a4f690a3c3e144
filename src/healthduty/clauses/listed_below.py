"""Cases that are listed behind their consequence: 有下列情形之一的不得分：①…；②….

The points stand once, before the colon; each member of the list is a case of its own, or any of
them where the text says 之一.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("有下列情形的，每次扣2分：（1）迟报；（2）漏报")
>>> [rule.tally.measure for rule in reading.rules]
['迟报', '漏报']
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import MOST_IN_RULE, Context
from healthduty.clauses.names.measured import LISTED_BELOW
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import AnyOf, Condition, Flag
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect, Points
from healthduty.rules.rule import Assumption, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Once

_ANY = Assumption(assumed.ANY_OF_LIST)
_STARTS = frozenset({Kind.LABEL, Kind.STOP, Kind.COLON, Kind.COMMA})
_MEMBERS = re.compile(r"[、]")
_PLAIN = frozenset({Kind.WORD, Kind.LIST, Kind.EXPLAINED, Kind.OPEN, Kind.CLOSE})
_COUNTING = frozenset({Kind.EACH_LACK, Kind.EACH_LESS, Kind.EACH_MORE, Kind.LACK})
_SHORTEST = 2


@attrs.frozen
class Listing:
    """What each member of a list brings: its action, the unit of 每 (nothing for 之一).

    `labelled`: （一）, ① or 1. begins each member, so that a comma only goes on in it.
    """

    action: Action
    unit: str
    segment: Segment
    labelled: bool = False


def begin_listing(context: Context, segment: Segment, action: Action) -> bool:
    """Begin a list behind `下列情形 … points:`; False where these words announce none."""
    if segment.closed is not Kind.COLON:
        return False
    waiting = context.pending[-1:]
    said = [*(words_of(held.tokens, context.plain) for held in waiting)]
    said.append(words_of(segment.occasion, context.plain))
    plain = action.done is Done.FORFEIT or (action.done is Done.POINTS and len(action.amounts) == 1)
    named = any(LISTED_BELOW.search(words) for words in said)
    counts = any(token.kind in _COUNTING for token in segment.occasion)  # 每缺一项扣1分：…
    loses = plain and action.effect is Effect.LOSE and not counts
    if not named or not loses:
        return False
    unit = next((t.text for t in segment.occasion if t.kind is Kind.UNIT), "")
    one = any(t.kind is Kind.NUMBER and t.value == 1 for t in segment.occasion)  # 一次扣3分：
    each = one or any(t.kind in {Kind.EACH, Kind.FOUND} for t in segment.occasion)
    for held in (*waiting, segment):
        for at in range(held.first, held.end):
            context.claims[at] = (Taken.RULE, "what each of the list below brings")
    context.listing = Listing(action, (unit or action.per_unit or "项") if each else "", segment)
    return True


def read_member(context: Context, segment: Segment) -> bool:
    """Read a member of the list, or several between 、; False for other words."""
    listing = context.listing
    plain = all(token.kind in _PLAIN for token in segment.tokens)
    if not isinstance(listing, Listing) or segment.after not in _STARTS or not plain:
        return False
    words = words_of(segment.tokens, context.plain)
    if segment.after is Kind.LABEL and not listing.labelled:
        listing = context.listing = attrs.evolve(listing, labelled=True)
    if listing.labelled and segment.after is Kind.COMMA:
        return _go_on(context, segment, words)
    parts = [words] if listing.labelled else _MEMBERS.split(words)
    members = [name_of(part) or part for part in parts]
    if any(len(member) < _SHORTEST for member in members):
        return False
    for member in members:
        _add(context, segment, listing, member)
    return True


def _go_on(context: Context, segment: Segment, words: str) -> bool:
    """Take words behind a comma into the member before them: （一）发生事故，造成死亡."""
    last = context.last()
    match None if last is None else last.rule:
        case Deduction(tally=Cases(measure=name) as tally) as rule:
            measure = _longer(context, name, words, MeasureKind.CASES)
            rule = attrs.evolve(rule, tally=attrs.evolve(tally, measure=measure))
        case Deduction(tally=Once(condition=when)) as rule:
            rule = attrs.evolve(rule, tally=Once(_with_words(context, when, words)))
        case Forfeit(when=when) as rule:
            rule = attrs.evolve(rule, when=_with_words(context, when, words))
        case _:
            return False
    if last is not None:
        context.extend(last, rule, segment)
    return True


def _with_words(context: Context, when: Condition, words: str) -> Condition:
    """Return a condition whose last fact goes on with some words."""
    if isinstance(when, AnyOf):
        *before, last = when.conditions
        return AnyOf((*before, _with_words(context, last, words)))
    if not isinstance(when, Flag):
        return when
    return Flag(_longer(context, when.measure, words, MeasureKind.FLAG))


def _longer(context: Context, name: str, words: str, kind: MeasureKind) -> Measure:
    """Return the measure of a name that goes on; that of the name alone is forgotten."""
    known = context.quantities.known(name)
    context.quantities.forget(name)
    unit = "" if known is None else known.unit
    return context.quantities.measure(f"{name}，{words.strip('的')}", kind, unit)


def _add(context: Context, segment: Segment, listing: Listing, member: str) -> None:
    """Add the rule of one member: for each case, all at once, or once where any holds."""
    action = listing.action
    points: Points = action.amounts[0] if action.amounts else Fraction(0)
    if listing.unit:
        cases = Cases(context.quantities.measure(member, MeasureKind.CASES, listing.unit))
        context.add([Deduction(cases, points=points, reach=action.reach)], segment)
        return
    flag = Flag(context.quantities.measure(member, MeasureKind.FLAG))
    last = context.last()
    before = None if last is None or last.first < listing.segment.first else _held(last.rule)
    if last is None or before is None or len(before) >= MOST_IN_RULE:
        context.add([_brings(action, flag, points)], segment)
        return
    assumption = None if action.done is Done.FORFEIT else _ANY
    rule = _brings(action, AnyOf((*before, flag)), points)
    context.extend(last, attrs.evolve(rule, assumption=assumption), segment)


def _held(rule: Rule) -> tuple[Condition, ...] | None:
    """Return the conditions of a rule that a further member joins."""
    match rule:
        case Deduction(tally=Once(condition=when)) | Forfeit(when=when):
            return when.conditions if isinstance(when, AnyOf) else (when,)
        case _:
            return None


def _brings(action: Action, when: Condition, points: Points) -> Deduction | Forfeit:
    """Return what a condition brings: all that is left, or so many points once."""
    if action.done is Done.FORFEIT:
        return Forfeit(when)
    return Deduction(Once(when), points=points, reach=action.reach)
