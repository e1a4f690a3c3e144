"""Cases that stand before the points of them all: 未登记的；未公示的；未报告等情形扣2分.

Each sentence of the list ends as a case does (的, 者), or the last one gathers them (等情形), and
none has points of its own. Each of them costs what the last one says, an assumption.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11.

>>> from healthduty.clauses.clause import read_clause
>>> rules = read_clause("未登记的；未公示的；未报告等情形扣2分").rules
>>> [rule.tally.condition.measure for rule in rules]
['未登记', '未公示', '未报告']
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context, Fault
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import LEVELS, LEVELS_FAILED, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.tokens import Token
from healthduty.rules.points import Effect
from healthduty.said import Said

_BEGINS = frozenset({Kind.STOP, Kind.LABEL, Kind.COLON})
_DONE = frozenset({Done.POINTS, Done.JUDGED, Done.FORFEIT})
_COUNTS = frozenset({Kind.EACH, Kind.NUMBER, Kind.FOUND})
_STEPS = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})
_PLAIN = frozenset({Kind.WORD, Kind.LIST, Kind.EXPLAINED, Kind.LACK, Kind.FOUND})
_OF_POINTS = frozenset({Kind.POINTS, Kind.WORTH, Kind.FULL})
_WELL = tuple(level for level in LEVELS if level not in LEVELS_FAILED and level[1:])
"""How words end that say what is well, and cost nothing: 制度健全."""
_GATHERS = re.compile(r"的?(?:等|之类)的?(?:情形|情况|行为|问题|现象)(?:之一)?的?$")
_CASE_ENDS = ("的", "者")
_SEMICOLONS = ";；"
_TAIL = 12
_MOST = 24
"""No list of cases has more segments."""


def with_cases_before(context: Context, segments: Sequence[Segment]) -> list[Segment]:
    """Return segments in which each case of a list has the points that stand behind the last."""
    found = list(segments)
    for at in range(1, len(found)):
        action = found[at].action
        if action is None or action.done not in _DONE or not (action.amounts or _takes(action)):
            continue
        plain = action.effect is not Effect.LOSE
        begin = at
        while begin and at - begin < _MOST and found[begin].after not in _BEGINS:
            begin -= 1
        own = at if _is_case_of(found[at]) else at - 1
        words = _words(context, found[own]) if own >= begin else ""
        gathered = _GATHERS.search(words) is not None
        if not (gathered or words.endswith(_CASE_ENDS)):
            continue
        cases = _cases_before(context, found, begin, gathered=gathered, plain=plain)
        steps = any(token.kind in _STEPS for token in found[at].occasion)  # 每少一次 is no case
        if not cases or steps or any(not _is_plain(each, plain=plain) for each in found[begin:at]):
            continue
        several = action.amounts[1:] != ()
        if several and len(action.amounts) != len(cases) + 1:
            continue
        well = not plain and any(_words(context, found[case]).endswith(_WELL) for case in cases)
        if well or action.effect is Effect.EARN:
            said = Said("for the cases before it as well?", "前面各项是否同样计分？")
            context.faults.append(Fault("clause-doubt", said, found[at].first, found[at].end))
            continue
        _share_out(found, at, cases, action)
        found[own] = _without_gathering(found[own])
        said = Said("each of the cases before it costs the same", "前面所列各种情形同样计分")
        context.faults.append(Fault("clause-assumed", said, found[at].first, found[at].end))
    return found


def _share_out(found: list[Segment], at: int, cases: Sequence[int], action: Action) -> None:
    """Give each case the points of the last, 分别 in their order."""
    several = action.amounts[1:] != ()
    amounts = action.amounts if several else action.amounts * (len(cases) + 1)
    for case, amount in itertools.zip_longest((at, *cases), reversed(amounts)):
        costs = attrs.evolve(action, each=False, amounts=() if amount is None else (amount,))
        if case == at:
            found[at] = attrs.evolve(found[at], action=costs)
        else:
            costs = _for_each(costs, found[at])
            found[case] = attrs.evolve(found[case], acts=found[case].end, action=costs)


def _takes(action: Action) -> bool:
    return action.done is Done.FORFEIT


def _cases_before(
    context: Context, segments: Sequence[Segment], begin: int, *, gathered: bool, plain: bool
) -> list[int]:
    """Return the last segments of the sentences of a list that ends where one begins."""
    cases: list[int] = []
    last, least = begin - 1, max(0, begin - _MOST)
    while last >= least:
        end = segments[last].tokens[-1].end
        parted = context.text[end : end + 1] in _SEMICOLONS and end < len(context.text)
        if not parted or not _is_plain(segments[last], plain=plain):
            break
        if not (gathered or _ends(context, segments[last])):
            break
        first = last
        while first > least and segments[first].after not in _BEGINS:
            first -= 1
        if not all(_is_plain(each, plain=plain) for each in segments[first:last]):
            break
        cases.append(last)
        if segments[first].after is Kind.COLON:
            break
        last = first - 1
    return cases


def _is_case_of(segment: Segment) -> bool:
    """Whether a segment names its case itself: 超范围执业的扣2分, and not 每项扣2分."""
    return any(token.kind is Kind.WORD for token in segment.occasion)


def _is_plain(segment: Segment, *, plain: bool) -> bool:
    """Whether a segment has no points, and, where it has to be `plain`, no number either."""
    action = segment.action
    idle = action is None or (action.done is Done.POINTS and not action.amounts)
    kinds = {token.kind for token in segment.occasion}
    return idle and (kinds <= _PLAIN if plain else _OF_POINTS.isdisjoint(kinds))


def _words(context: Context, segment: Segment) -> str:
    """Return the end of a segment's words, without how its cases are counted."""
    tokens = segment.occasion
    while tokens and tokens[-1].kind in {*_COUNTS, Kind.UNIT}:
        tokens = tokens[:-1]
    return words_of(tokens, context.text)[-_TAIL:]


def _ends(context: Context, segment: Segment) -> bool:
    """Whether the words of a segment end as a case does."""
    return _words(context, segment).endswith(_CASE_ENDS)


def _for_each(action: Action, segment: Segment) -> Action:
    """Return what each case costs: for each time where the last one says so."""
    units = [token.text for token in segment.occasion if token.kind is Kind.UNIT]
    counted = any(token.kind in _COUNTS for token in segment.occasion)
    return attrs.evolve(action, per_unit=units[-1]) if units and counted else action


def _without_gathering(segment: Segment) -> Segment:
    """Return the last case without 等情形, which is no part of its name."""
    return attrs.evolve(segment, tokens=tuple(map(_trimmed, segment.tokens)))


def _trimmed(token: Token) -> Token:
    tail = _GATHERS.search(token.text) if token.kind is Kind.WORD else None
    if tail is None or not tail.start():
        return token
    end = token.end - len(tail.group())
    return attrs.evolve(token, text=token.text[: tail.start()], end=end)
