"""Points listed in the order of what they are for: 95%、90%、85%以上分别得5、3、1分.

The members of the list are bounds or numbers of one quantity, or levels of one thing; each takes
the points that stand at its place.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 9 (bands).

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("接种率达95%、90%以上的，分别得5、3分").rules[0]
>>> [(str(band.low), str(band.points)) for band in rule.bands]
[('95', '5'), ('90', '3')]
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action
from healthduty.clauses.banded import add_band, band_of, build_graded
from healthduty.clauses.building import build
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG, read_facts, trimmed
from healthduty.clauses.judged_rows import GUIDE
from healthduty.clauses.names.measured import held_measure
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Graded, Held, Many, Occasion, Short, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import RATE_UNITS, UNIT, Kind
from healthduty.clauses.text.phrases import Bounds, Tokens, read_bounds, words_of
from healthduty.clauses.text.tokens import Token
from healthduty.rules.points import Effect
from healthduty.rules.threshold import Threshold

_SEVERAL = 2
_BETWEEN = re.compile(r"[、，,]|或者?|(?:以及|及|和|与)")
_ONE_OF_EACH = re.compile(rf"每?[一1](?P<unit>{UNIT})$")
_TIE = re.compile(r"[的者]?")
_MARK = re.compile(r"[A-E甲乙丙丁]")
_AROUND_LEVELS = re.compile(
    r"[“”\"「」『』]|^(?:按照?|分为?|分成|根据)|(?:[二两三四五六2-6]个)?(?:等次|等级|档次|层次)$"
)


def read_respective(context: Context, segment: Segment, action: Action) -> bool:
    """Read `[name] bound ('、' bound)+` or `level ('、' level)+` before as many points."""
    count = len(action.amounts)
    if count < _SEVERAL:
        return False
    waiting = segment.occasion or (context.pending[-1].tokens if context.pending else ())
    if not waiting:
        return False
    if not (
        _read_levels(context, segment, action, waiting)
        or _read_bounds(context, segment, action, waiting)
        or _read_occasions(context, segment, action)
        or _read_phrases(context, segment, action)
    ):
        return False
    context.use_pending()
    return True


def _read_levels(context: Context, segment: Segment, action: Action, tokens: Tokens) -> bool:
    """Read 优、良、中分别得5、3、1分, A、B、C级, 按“好、中、差”三个等次."""
    words = _AROUND_LEVELS.sub("", trimmed(words_of(tokens, context.plain)))
    *others, last = re.split(r"[、/]", words)
    tail = last[1:] if others and all(_MARK.fullmatch(each) for each in others) else ""
    read = [read_facts(each + tail) for each in others] + [read_facts(last)]
    levels = [one for one in read if isinstance(one, Graded) and len(one.levels) == 1]
    if len(levels) < len(read) or len(read) != len(action.amounts):
        return False
    if any(level.subject for level in levels[1:]):
        return False
    for level, points in zip(levels, action.amounts, strict=True):
        one = attrs.evolve(action, amounts=(points,), each=False)
        build_graded(context, segment, one, level)
    return True


def _read_bounds(context: Context, segment: Segment, action: Action, tokens: Tokens) -> bool:
    """Read 95%、90%、85%以上, 1天、2天、3天: each a band, one without a word a least."""
    found = _bounds(tokens, context.plain)
    if found is None or len(found[1]) != len(action.amounts):
        return False
    subject, bounds = found
    bounds = _all_alike(bounds)
    measure = held_measure(context, Held(subject, bounds[-1]))
    lows = [bound.low for bound in bounds if isinstance(bound.low, Fraction)]
    for bound, points in zip(bounds, action.amounts, strict=True):
        one = attrs.evolve(action, amounts=(points,), each=False)
        ended = _ended(bound, max(lows, default=Fraction(0)))
        band = band_of(bound if action.effect is Effect.EARN else ended, points)
        add_band(context, segment, one, measure, band)
    return True


def _read_occasions(context: Context, segment: Segment, action: Action) -> bool:
    """Read 少建一个或已建但未达标的分别扣1分、3分: occasions of different sorts, in order."""
    before = context.pending[-1] if context.pending else None
    goes_on = before is not None and segment.occasion and segment.occasion[0].text[0] in "但且"
    tokens = (*before.tokens, *segment.occasion) if before and goes_on else segment.occasion
    members = _members(tokens)
    if len(members) != len(action.amounts) or action.effect is not Effect.LOSE:
        return False
    read = [read_occasion(member, context.plain) for member in members]
    counted = [isinstance(one, Short | Many) for one in read]
    each = isinstance(read[-1], Short | Many) and read[-1].each  # 甲、乙每份分别扣1、2分: of all
    if None in read or each or not any(counted) or not all(map(_has_words, read)):
        return False
    if not any("或" in token.text for token in tokens):
        read = [_counted_as(one, read[-1]) for one in read]
    for one, points in zip(read, action.amounts, strict=True):
        if one is not None:
            build(context, segment, attrs.evolve(action, amounts=(points,), each=False), one)
    return True


def _counted_as(one: Occasion | None, last: Occasion | None) -> Occasion | None:
    """Return 迟报 of 迟报、漏报、瞒报一例 as cases, which the last of the list counts."""
    if isinstance(one, Where) and isinstance(last, Many) and last.step == 1:
        return Many("、".join(one.facts), last.step, last.unit)
    return one


def _read_phrases(context: Context, segment: Segment, action: Action) -> bool:
    """Read 受警告，记过或撤职一次，分别扣1分、2分、3分: kinds of case, which commas and 或 part.

    A number behind the last of them is how each is counted.
    """
    if segment.occasion or action.effect is not Effect.LOSE:
        return False
    waiting = context.pending[-len(action.amounts) :]
    said = "，".join(trimmed(words_of(held.tokens, context.plain)) for held in waiting)
    counted = _ONE_OF_EACH.search(said)
    facts = _BETWEEN.split(said if counted is None else said[: counted.start()])
    parted = "，" in said or "或" in said
    if len(facts) != len(action.amounts) or min(map(len, facts)) < _SEVERAL or not parted:
        return False
    if any(char.isdecimal() for fact in facts for char in fact):
        return False
    for fact, points in zip(facts, action.amounts, strict=True):
        one = attrs.evolve(action, amounts=(points,), each=False)
        of_each = counted is not None and Many(fact, Fraction(1), counted["unit"])
        build(context, segment, one, of_each or Where((fact,)))
    for held in waiting:
        context.use_words(held)
        context.explain(held, GUIDE)  # what ties the kinds is in no rule
    context.pending.clear()
    return True


def _has_words(one: Occasion | None) -> bool:
    """Whether an occasion counts something, or says what is wrong."""
    return not isinstance(one, Where) or SAYS_WRONG.search(one.facts[0]) is not None


def _members(tokens: Tokens) -> list[Tokens]:
    """Cut tokens at 、 and before 或."""
    members: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is Kind.LIST:
            members.append([])
        elif token.kind is Kind.WORD and token.text.startswith("或"):
            lead = 1 + token.text.startswith("或者")
            members.append([attrs.evolve(token, text=token.text[lead:], start=token.start + lead)])
        else:
            members[-1].append(token)
    return [tuple(token for token in member if token.text) for member in members]


def _bounds(tokens: Tokens, text: str) -> tuple[str, list[Bounds]] | None:
    """Return the name and the bounds of a list, None where the tokens are anything else."""
    first = next((at for at in range(len(tokens)) if read_bounds(tokens, at)), len(tokens))
    found: list[Bounds] = []
    at = first
    while (read := read_bounds(tokens, at)) is not None:
        found.append(read[0])
        at = read[1]
        if at == len(tokens) or tokens[at].kind is not Kind.LIST:
            break
        at += 1
    rest = words_of(tokens[at:], text)
    if len(found) < _SEVERAL or not _TIE.fullmatch(rest) or len({b.unit for b in found} - {""}) > 1:
        return None
    return name_of(trimmed(words_of(tokens[:first], text))), found


def _all_alike(bounds: list[Bounds]) -> list[Bounds]:
    """Give bare bounds what their first or last one says; among bare rates each is a least."""
    unit = next((bound.unit for bound in bounds if bound.unit), "")
    said = next((bound for bound in (bounds[-1], bounds[0]) if not bound.bare), None)
    rate = unit in RATE_UNITS
    alike = []
    for bound in bounds:
        value: Threshold | None = bound.low if bound.low is not None else bound.high
        if not bound.bare or (said is None and not rate):
            alike.append(attrs.evolve(bound, unit=unit))
        elif said is not None and said.low is None:
            alike.append(attrs.evolve(said, high=value, unit=unit))
        else:
            alike.append(Bounds(low=value, unit=unit))
    return alike


def _ended(bound: Bounds, top: Fraction) -> Bounds:
    """Let the largest of several exact numbers stand for more of them, too: 迟报3天."""
    whole = bound.bare and bound.low == top
    return attrs.evolve(bound, high=None, high_in=False) if whole else bound
