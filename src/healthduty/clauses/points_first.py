"""Points that stand before what they are for: 5分：≥90%；3分：80%—89%, 得4分（资料齐全）.

A list of such pairs is read as if the points stood behind, where nothing else in it scores.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("5分：知晓率≥90%；3分：知晓率≥80%").rules[0]
>>> [(str(band.low), str(band.points)) for band in rule.bands]
[('90', '5'), ('80', '3')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from healthduty.clauses.actions import Done
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind

_SEVERAL = 2
_ENDS = frozenset({Kind.STOP, Kind.CLOSE, None})
_BEGINS = frozenset({None, Kind.STOP, Kind.LABEL, Kind.COLON, Kind.LIST, Kind.CLOSE, Kind.COMMA})


def points_last(segments: Sequence[Segment]) -> list[Segment]:
    """Return segments with the points of each pair behind what they are for."""
    pairs = list(_pairs(segments))
    if len(pairs) < _SEVERAL:
        return list(segments)
    ordered = list(segments)
    for begin, end in pairs:
        points, *words = segments[begin:end]
        if points.tokens[0].kind is Kind.LIST:  # 5分（≥90%）、3分（≥80%）
            behind = points.first + 1
            acts = max(points.acts, behind)
            points = attrs.evolve(points, first=behind, acts=acts, tokens=points.tokens[1:])
        first = attrs.evolve(words[0], after=points.after, inside=False)
        rest = [attrs.evolve(each, inside=False) for each in words[1:]]
        moved = [attrs.evolve(each, closed=Kind.COMMA) for each in (first, *rest)]
        last = attrs.evolve(points, after=Kind.COMMA, closed=Kind.STOP)
        ordered[begin:end] = [*moved, last]
    return ordered


def _pairs(segments: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """Go through where points alone lead up to words, and where these end."""
    at = 0
    while at < len(segments):
        end = _end_of(segments, at) if _is_points(segments[at]) else at
        if end > at + 1:
            yield at, end
        at = max(at + 1, end)


def _is_points(segment: Segment) -> bool:
    """Whether a segment is nothing but points, and leads up to something: 5分：, 得5分（."""
    if segment.closed not in {Kind.COLON, Kind.OPEN} or segment.after not in _BEGINS:
        return False
    if segment.action is not None:
        scores = segment.action.done in {Done.POINTS, Done.FORFEIT}
        return scores and not segment.occasion and not segment.inside
    kinds = [token.kind for token in segment.tokens if token.kind is not Kind.LIST]
    return kinds == [Kind.NUMBER, Kind.POINTS] and not segment.inside


def _end_of(segments: Sequence[Segment], at: int) -> int:
    """Return where the words behind points end; `at` where they score themselves."""
    end = at + 1
    while end < len(segments):
        segment = segments[end]
        if segment.action is not None or any(t.kind is Kind.POINTS for t in segment.tokens):
            return at
        end += 1
        if segment.closed in _ENDS:
            break
    return end
