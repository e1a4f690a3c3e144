"""Lines of their own behind a part: 证章分开1分，未落实不得分；废证率≤1%得1分，每高0.1%扣0.1分.

A sentence that states its points, and what is lost of them, is a part beside the one before it. So
is what follows points that close a part (每缺一项扣1分（4分）；道路不通扣2分, of 6 points). And
该项不得分 behind all parts, for what none of them is about, takes the item.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; vocabulary “Part”.

>>> from healthduty.clauses.clause import read_clause
>>> text = "证章分开1分，未落实不得分；废证率≤1%得1分，每高0.1%扣0.1分"
>>> [(part.title, len(part.rules)) for part in read_clause(text, points=2).parts]
[('证章分开', 1), ('废证率', 1)]
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import attrs

from healthduty.clauses.apportioned import line_points, line_worth, loses_of, of_last
from healthduty.clauses.context import RECENT, Context, Draft
from healthduty.clauses.lines import lines_of, points_of, rule_name
from healthduty.clauses.starts_full import earned_first, earns_apart
from healthduty.model.indicator import Part
from healthduty.rules.rule import Forfeit

_PAIR = 2  # so many characters say that two names are about one thing


def part_lines(context: Context) -> None:
    """Make parts of the lines behind a part that state their own points, and free 该项不得分."""
    spans = context.part_spans
    if not spans or len(spans) != len(context.parts) or len(spans) != len(context.part_words):
        return
    _take_whole(context)
    for number in range(len(spans), max(0, len(spans) - RECENT), -1):
        own = [draft for draft in context.drafts if draft.part == number]
        lines = _later(own, spans[number - 1][2])
        found = [(line, _points(context, line, number)) for line in lines]
        made = [(line, points) for line, points in found if points]
        full = sum((points for _, points in made), start=Fraction(0))
        head = _makes(own, lines, context.parts[number - 1].points)
        if 0 < len(made) <= RECENT and not head and _fits(context, full):
            for line, points in reversed(made):
                _insert(context, number, line, points)


def _later(drafts: list[Draft], sentence: int) -> list[list[Draft]]:
    """Return the lines of a part that stand in later sentences than its points."""
    lines: list[list[Draft]] = []
    seen = sentence
    for draft in drafts:
        if draft.sentence <= sentence:
            continue
        if draft.sentence != seen and not (lines and of_last(draft, lines[-1][:RECENT])):
            lines.append([])
        seen = draft.sentence
        if lines:
            lines[-1].append(draft)
    return lines


def _makes(own: list[Draft], lines: list[list[Draft]], points: Fraction | None) -> bool:
    """Whether all lines behind a part make its points: it is a sum, and no line of its own."""
    later = {id(draft) for line in lines for draft in line}
    here = [draft for draft in own if id(draft) not in later]
    every = lines_of([*([here] if here else []), *lines])
    worths = [points_of(line_worth(line)) for line in every]
    return None not in worths and sum(each or 0 for each in worths) == points


def _points(context: Context, line: list[Draft], number: int) -> Fraction | None:
    """Return the points of a line: those that it states, or what it loses behind a closed part."""
    worth = line_worth(line)
    if worth is not None:
        return line_points(line, worth) if loses_of(line) else None
    begin = context.part_spans[number - 1][0]
    closed = any(draft.part == number and draft.end <= begin for draft in context.drafts)
    if not closed or context.points is None:
        return None
    stated = sum((part.points or 0 for part in context.parts), start=Fraction(0))
    return line_points(line, None) or max(context.points - stated, Fraction(0))


def _fits(context: Context, full: Fraction) -> bool:
    """Whether further points stay within the item's."""
    worth = context.points if context.points is not None else context.stated
    stated = sum((part.points or 0 for part in context.parts), start=Fraction(0))
    return worth is None or stated + full <= worth


def _insert(context: Context, number: int, line: list[Draft], points: Fraction) -> None:
    """Make a line the part behind another."""
    title = rule_name(line[0])
    for draft in context.drafts:
        draft.part += draft.part > number
    for draft in line:
        draft.part = number + 1
    context.parts.insert(number, Part("0", title, points=points))
    context.parts[:] = [attrs.evolve(p, number=str(n)) for n, p in enumerate(context.parts, 1)]
    context.part_spans.insert(number, (line[0].first, line[0].end, line[0].sentence))
    context.part_words.insert(number, title)
    if line_worth(line) is None or earned_first(line[0], line[1:]):
        return
    if not earns_apart(context, line[0], line[1:]):
        context.drafts.remove(line[0])


def _take_whole(context: Context) -> None:
    """Give the item what takes all of it behind its last part, and is about none of them."""
    last = context.part_spans[-1][2]
    names = "，".join(part.title for part in context.parts[-RECENT:])
    many = Counter(draft.sentence for draft in context.drafts)
    for draft in context.drafts:
        forfeit = draft.whole and isinstance(draft.rule, Forfeit) and draft.part
        if not forfeit or draft.sentence <= last or many[draft.sentence] > 1:
            continue
        name = rule_name(draft)
        if not any(name[at : at + _PAIR] in names for at in range(len(name) - 1)):
            draft.part = 0
