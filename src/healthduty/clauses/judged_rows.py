r"""A small table of levels in one cell, each with a range of points: 好（9—10）：…, 差 | … | 0—6.

Whoever assesses says the level and gives points within its range, so that all of it is one
judgement, from the least to the most. What each level looks like is the assessor's guide, and no
bound in it is anything to reach. Where the ranges end at another number than the item's points,
they are a scale of their own.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11, 16 (judgement).

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("好(9-10)：整洁。\n中(7-8)：积尘≤2处。\n差(0-6)：积尘>2处。").rules[0]
>>> rule.code, str(rule.least), str(rule.most)
('等次', '0', '10')
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.context import Context
from healthduty.clauses.occasions import UNNAMED
from healthduty.clauses.of_the_total import tell_outcomes
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import LEVELS
from healthduty.exact import to_fraction
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import Assumption, Judgement

_LEVEL = rf"(?:{'|'.join(sorted(LEVELS, key=len, reverse=True))})"
_LEVELS = rf"(?:[A-E甲乙丙丁一二三四]级\({_LEVEL}\)|{_LEVEL}(?:[或、/及和]{_LEVEL}){{0,3}}|[A-E]级)"
_POINTS = r"(\d{1,3}(?:\.\d)?)(?:分?-(\d{1,3}(?:\.\d)?)|分?及?(以[上下]))?分?"
_IS_LEVEL = re.compile(rf"\d?[.、]?{_LEVELS}:?")
_IS_POINTS = re.compile(_POINTS)
_BOTH = re.compile(rf"\d?[.、]?{_LEVELS}(?:\({_POINTS}\)|:?{_POINTS})[:,]?(?=[\u4e00-\u9fff(“]|$)")
_CELLS = re.compile(r"[|\n。;、,]")
_SCORES = re.compile(r"[扣减]|[加得奖](?=分|\d)|否决")
_HEADS = 8  # cells over the table
_LONGEST_HEAD = 8
_SEVERAL = 2
_MOST = 1200
_OF_TOTAL = 60
"""Levels that go up to so many points, and say no more, are grades of the total."""
_SCALED = Assumption(assumed.SCALED)
_BY_LEVEL = Assumption(assumed.BY_LEVEL)

GUIDE = "what the levels look like, for whoever assesses"
"""What the words of such a table were taken for."""

Range = tuple[Fraction, Fraction]
"""The least and the most points of a level."""


def read_judged_rows(context: Context, segments: Sequence[Segment]) -> bool:
    """Read `(level points words | level '|' words '|' points)+` that is all there is."""
    text = context.text
    if not segments or len(text) > _MOST or "-" not in text or _SCORES.search(text):
        return False
    cells = [cell for cell in _CELLS.split(text) if cell]
    ranges = list(_rows(cells, context.points))
    best = max((high for _, high in ranges), default=None)
    goes_down = all(high <= low for (low, _), (_, high) in itertools.pairwise(ranges))
    if len(ranges) < _SEVERAL or not goes_down or not any(low < high for low, high in ranges):
        return False
    scaled = context.points not in {None, best}
    bare = all(_BOTH.fullmatch(cell) for cell in cells)  # 优秀：90-100分；良好：80-89分
    if bare and best is not None and (scaled or context.points is None) and best >= _OF_TOTAL:
        tell_outcomes(context, segments)
        return True
    rule = Judgement(
        context.topic or UNNAMED,
        Effect.EARN,
        least=ranges[-1][0],
        most=FULL if scaled or best is None else best,
        assumption=_SCALED if scaled else _BY_LEVEL,
    )
    end = segments[-1].end
    tokens = tuple(token for segment in segments for token in segment.tokens)
    whole = attrs.evolve(segments[0], end=end, acts=end, tokens=tokens)
    context.add([rule], whole)
    context.explain(whole, GUIDE)
    return True


def _rows(cells: Sequence[str], top: Fraction | None) -> Iterator[Range]:
    """Go through the points of each level; nothing where the cells are no such table."""
    found: list[Range] = []
    level = False
    for at, cell in enumerate(cells):
        both = _BOTH.match(cell)
        points = _IS_POINTS.fullmatch(cell)
        if both is not None:
            found.append(_range([group for group in both.groups() if group is not None], top))
        elif _IS_LEVEL.fullmatch(cell):
            level = True
        elif level and points is not None:
            found.append(_range([group for group in points.groups() if group is not None], top))
            level = False
        elif not found and not level and (at >= _HEADS or len(cell) > _LONGEST_HEAD):
            return
    yield from found


def _range(figures: Sequence[str], top: Fraction | None) -> Range:
    """Return what a level's points lie between; 9分以上 goes up to the item's."""
    low = to_fraction(figures[0])
    match figures[-1]:
        case "以上":
            high = low if top is None else max(top, low)
        case "以下":
            high = Fraction(0)
        case figure:
            high = to_fraction(figure)
    return min(low, high), max(low, high)
