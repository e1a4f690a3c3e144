"""Events that stand before the one veto of them all: 瞒报的；造假的；发生事故的，一票否决.

Each sentence of the list ends as a case does (的, 者) and costs nothing itself, so that what is
vetoed at the end is each of them. They are read as a list behind its heading is.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 6.

>>> from healthduty.clauses.clause import read_clause
>>> [veto.code for veto in read_clause("一是瞒报的；二是造假被查实的，被一票否决").vetoes]
['瞒报', '造假被查实']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from healthduty.clauses.actions import Done
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of

_BEGINS = frozenset({Kind.STOP, Kind.LABEL, Kind.COLON})
_ENDS = frozenset({Kind.STOP, Kind.COMMA, None})
_CASE_ENDS = ("的", "者")
_GO_ON = ";；\n"
_OCCURS = re.compile(r"发生|出现|存在|造成|违反|违规|瞒报|谎报|弄虚作假|被")
_VERBS = 2
_MOST = 24
"""No list of events has more segments."""


def vetoed_together(segments: Sequence[Segment], text: str) -> list[Segment]:
    """Return segments with each veto of several sentences before them as their heading."""
    found = list(segments)
    at = len(found)
    while at > 1:
        at -= 1
        action = found[at].action
        if action is None or action.done is not Done.VETO or found[at].closed not in _ENDS:
            continue
        begin = _list_begins(found, at, text)
        if begin < at:
            found[begin : at + 1] = _headed(found[begin : at + 1], text)
            at = begin
    return found


def _list_begins(segments: Sequence[Segment], at: int, text: str) -> int:
    """Return where the list before a veto begins; `at` where there are not several sentences."""
    begin, sentences = at, 0
    last = at if _has_event(segments[at], text) else at - 1
    least = max(0, at - _MOST)
    while last >= least:
        first = last
        while first > least and segments[first].after not in _BEGINS:
            first -= 1
        counted = segments[first].after is Kind.LABEL and text[segments[first].tokens[0].start - 1]
        idle = all(_is_idle(each) or each is segments[at] for each in segments[first : last + 1])
        if not idle or not (counted == "是" or _is_case(segments[last], text, own=last == at)):
            break  # 三是… is one of a list, however it ends
        begin, sentences = first, sentences + 1
        before = segments[first - 1].tokens[-1].end if first else len(text)
        if text[before : before + 1] not in _GO_ON:
            break
        last = first - 1
    return begin if sentences > 1 else at


def _has_event(veto: Segment, text: str) -> bool:
    """Whether an event stands right before the veto: more than 被, 实行, 一律."""
    return len(words_of(veto.occasion, text)) > _VERBS


def _is_case(segment: Segment, text: str, *, own: bool) -> bool:
    """Whether a segment ends as a case does; `own`: the veto's, before its verb."""
    tokens = segment.occasion if own else segment.tokens
    words = words_of(tokens, text)
    return words.endswith(_CASE_ENDS) or (not own and _OCCURS.match(words) is not None)


def _is_idle(segment: Segment) -> bool:
    """Whether a segment costs nothing: 考核记分 names points, and says none."""
    action = segment.action
    return action is None or (action.done is Done.POINTS and not action.amounts)


def _headed(segments: Sequence[Segment], text: str) -> list[Segment]:
    """Return the veto of some segments as a heading, and each sentence before it as one event."""
    *before, veto = segments
    head = attrs.evolve(
        veto,
        first=veto.acts,
        tokens=veto.tokens[veto.acts - veto.first :],
        after=Kind.STOP,
        closed=Kind.COLON,
        inside=False,
    )
    if _has_event(veto, text):
        own = attrs.evolve(veto, end=veto.acts, tokens=veto.occasion, action=None)
        before = [*before, own]
    events: list[Segment] = []
    for segment in before:
        if events and segment.after not in _BEGINS:
            joined = (*events[-1].tokens, *segment.tokens)
            events[-1] = attrs.evolve(events[-1], end=segment.end, acts=segment.end, tokens=joined)
        else:
            events.append(
                attrs.evolve(segment, acts=segment.end, action=None, after=Kind.STOP, inside=False)
            )
    return [head, *events]
