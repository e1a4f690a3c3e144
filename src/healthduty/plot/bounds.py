"""Score against bounds: between what each facility's total lies while values are missing.

Source: “score against bounds”; semantics 7 (bounds contain every completion).

>>> Reach("甲", Decimal("80.5"), Decimal(92), None).text
'80.5–92'
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from healthduty.errors import UsageError
from healthduty.plot.canvas import (
    BACKED,
    GREY,
    INK,
    draw_marks,
    drawing,
    label,
    legend,
    marks_of,
    new_figure,
    number,
    row_height,
    set_ticks,
)
from healthduty.plot.extras import Axes, Figure
from healthduty.plot.fonts import find_font
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

_ROWS, _LABEL = 50, 28
_WORDS = {
    "zh": {"points": "总分（点：已定；线：最低至最高）", "no grade": "等次未定"},
    "en": {"points": "total (dot: known; line: lowest to highest)", "no grade": "grade open"},
}


@attrs.frozen
class Reach:
    """A facility's lowest and highest possible total, its grade where both have the same."""

    name: str
    low: Decimal
    high: Decimal
    grade: str | None

    @property
    def text(self) -> str:
        """The number beside the line: one, or both ends."""
        return f"{self.low:f}" if self.low == self.high else f"{self.low:f}–{self.high:f}"


def reaches_of(sheets: Iterable[ScoreSheet]) -> tuple[Reach, ...]:
    """Return the bounds of the sheets that have some, the highest lower end first."""
    found = []
    for sheet in sheets:
        bounds = sheet.bounds
        if bounds.low is not None and bounds.high is not None:
            same = bounds.low_grade == bounds.high_grade
            grade = bounds.low_grade if same else None
            found.append(Reach(sheet.record.name, bounds.low, bounds.high, grade))
    return tuple(sorted(found, key=lambda each: (each.low, each.high), reverse=True))


def plot_bounds(
    sheets: Iterable[ScoreSheet],
    *,
    lang: Language = "zh",
    font: str | os.PathLike[str] | None = None,
) -> Figure:
    """Return each facility's total as a dot, or the line on which it lies while values are missing.

    A facility whose grade is settled whatever the missing values are has its colour; any other is
    grey. Sheets without points at all are left out.

    Raises:
        FontError: no font with Chinese characters.
        ImportError: without matplotlib (`pip install healthduty[plot]`).
        UsageError: an unknown language, or no sheet with points.
    """
    check_language(lang)
    kept = tuple(sheets)
    reaches = reaches_of(kept)
    if not reaches:
        raise UsageError("bounds are drawn of sheets with points, and there are none")
    family = find_font(font)
    marks = marks_of([sheet.agreement for sheet in kept])
    columns = math.ceil(len(reaches) / _ROWS)
    rows = math.ceil(len(reaches) / columns)
    with drawing(family):
        height = row_height(label(each.name, _LABEL) for each in reaches)
        figure = new_figure(2.6 + 4.6 * columns, 1.4 + height * max(rows, 4))
        panels = figure.subplots(1, columns, squeeze=False, sharex=True)[0]
        for place, axes in enumerate(panels):
            part = reaches[place * rows : (place + 1) * rows]
            _column(axes, part, [marks.colour(each.grade) for each in part])
            draw_marks(axes, marks)
            axes.set_ylim(rows - 0.4, -0.6)
            axes.set_xlabel(_WORDS[lang]["points"])
            set_ticks(axes, family, size=8)
        most = [number(sheet.full) for sheet in kept if sheet.full is not None]
        most += [number(each.high) for each in reaches]
        least = min(number(each.low) for each in reaches)
        panels[0].set_xlim(min(0.0, least), max(most) * 1.12)
        titles = dict.fromkeys(sheet.agreement.title for sheet in kept)
        figure.suptitle(label(" · ".join(titles), 80), fontsize=12)
        legend(figure, marks, [each.grade for each in reaches], _WORDS[lang]["no grade"])
    return figure


def _column(axes: Axes, reaches: Sequence[Reach], colours: Sequence[str]) -> None:
    places = range(len(reaches))
    low = [number(each.low) for each in reaches]
    high = [number(each.high) for each in reaches]
    axes.hlines(places, low, high, colors=list(colours), linewidth=4, capstyle="round")
    axes.scatter(low, places, color=list(colours), s=26, zorder=3)
    axes.scatter(high, places, color=list(colours), s=26, zorder=3)
    axes.set_yticks(places, [label(each.name, _LABEL) for each in reaches])
    for place, each in enumerate(reaches):
        axes.annotate(
            each.text,
            (high[place], place),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            bbox=BACKED,
            color=INK if each.low == each.high else GREY,
        )
