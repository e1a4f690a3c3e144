r"""Lists in the cells of one row: three duties, three numbers of points, three standards.

    检查内容          | 分值 | 扣分标准
    1.病房整洁 2.陪护 | 2 3  | 1.一处扣0.5分 2.超一人扣1分

Where the points' cell has a number on each of its lines, and what is asked has as many statements,
each of them is a part of the item with its own points; and so is the standard divided. The same
holds where the statements have their points themselves: 1.有领导小组（2分） 2.有计划（4分）.

Source: docs/en/explanation/how-tables-are-read.md, “Levels”.

>>> [str(each) for each in listed_points("2\n3分")], listed_points("5")
(['2', '3'], [])
>>> statements_of("1.病房整洁\n2.陪护有序")
['病房整洁', '陪护有序']
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from healthduty.documents.drafts import Clause, Draft, cell_points, titled_points
from healthduty.documents.markers import counting
from healthduty.documents.spelling import headline
from healthduty.grids.grid import Paragraph

_TRIMMED = " \n;；,，、"


def listed_points(text: str) -> list[Fraction]:
    """Return the points of a cell that has some on each of several lines; none of any other."""
    found = [cell_points(line) for line in text.split("\n")]
    several = [each for each in found if each is not None]
    return several if len(several) == len(found) > 1 else []


def stated_in(clauses: Sequence[Clause], worth: Fraction | None) -> list[Fraction]:
    """Return the points that the numbered lines of what is asked state, where they make the item's.

    1.有领导小组（2分） 2.有计划（4分） in an item of 6 points; none where a line states none.
    """
    asked = clauses[0].requirement if len(clauses) == 1 else None
    if asked is None or not counting(asked.text) or counting(asked.text)[0].start:
        return []
    found = [titled_points(each)[0] for each in statements_of(asked.text)]
    points = [each for each in found if each is not None]
    makes = len(points) == len(found) and worth in {None, sum(points, Fraction(0))}
    return points if makes else []


def statements_of(text: str) -> list[str]:
    """Return the statements that are numbered from 1 on, or else the lines."""
    numbers = counting(text)
    if not numbers or numbers[0].start:
        return [line.strip(_TRIMMED) for line in text.split("\n")]
    ends = [*(number.start for number in numbers[1:]), len(text)]
    pairs = zip(numbers, ends, strict=True)
    return [text[number.end : end].strip(_TRIMMED) for number, end in pairs]


def parts_of(clauses: Sequence[Clause], points: Sequence[Fraction], item: Draft) -> list[Draft]:
    """Return the parts of an item whose row lists so many points; none where the lists differ."""
    if len(clauses) != 1 or clauses[0].target is not None:
        return []
    (clause,) = clauses
    asked = _divided(clause.requirement, len(points))
    scored = _divided(clause.scoring, len(points))
    if clause.requirement is None or asked is None or scored is None:
        return []
    return [
        Draft(
            headline(titled_points(words.text)[1]) if words is not None else item.title,
            clause.requirement.place,
            points=worth,
            kind=item.kind,
            clauses=[attrs.evolve(clause, requirement=words, scoring=standard)],
        )
        for words, standard, worth in zip(asked, scored, points, strict=True)
    ]


def _divided(words: Paragraph | None, count: int) -> list[Paragraph | None] | None:
    """Return so many statements of a cell; None where it has another number of them."""
    if words is None:
        return [None] * count
    found = statements_of(words.text)
    return [attrs.evolve(words, text=each) for each in found] if len(found) == count else None
