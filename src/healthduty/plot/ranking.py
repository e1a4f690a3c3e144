"""The ranking as a picture: a bar for every facility, its grade as colour, the boundaries drawn.

Source: “ranking with grades”; semantics 9; `results.ranking`.

>>> plot_ranking([])
Traceback (most recent call last):
    ...
healthduty.errors.UsageError: a ranking is drawn of facilities, and there are none
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence

from healthduty.errors import UsageError
from healthduty.plot.canvas import (
    BACKED,
    GREY,
    INK,
    Marks,
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
from healthduty.results.ranking import Ranked, ranked_of
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

_ROWS = 50
"""Facilities in one column of bars; three hundred stand in six."""

_LABEL = 28
_WORDS = {
    "zh": {"points": "总分", "none": "无法计总分", "grade": "等次", "no grade": "无等次"},
    "en": {"points": "total", "none": "no total", "grade": "grade", "no grade": "no grade"},
}


def plot_ranking(
    ranked: Iterable[ScoreSheet | Ranked],
    *,
    lang: Language = "zh",
    font: str | os.PathLike[str] | None = None,
) -> Figure:
    """Return a ranking as bars, the best at the top; many facilities stand in several columns.

    A bar has its grade's colour, and the boundaries of grades are drawn where all facilities have
    the same. One without a total has its name, and no bar. Sheets that nobody has ranked yet are
    ranked here.

    Raises:
        FontError: no font with Chinese characters.
        ImportError: without matplotlib (`pip install healthduty[plot]`).
        UsageError: an unknown language, or nothing to rank.
    """
    check_language(lang)
    entries = ranked_of(ranked)
    if not entries:
        raise UsageError("a ranking is drawn of facilities, and there are none")
    family = find_font(font)
    marks = marks_of([entry.sheet.agreement for entry in entries])
    columns = math.ceil(len(entries) / _ROWS)
    rows = math.ceil(len(entries) / columns)
    with drawing(family):
        height = row_height(map(_name, entries))
        figure = new_figure(2.2 + 4.6 * columns, 1.4 + height * max(rows, 4))
        panels = figure.subplots(1, columns, squeeze=False, sharex=True)[0]
        for place, axes in enumerate(panels):
            _column(axes, entries[place * rows : (place + 1) * rows], marks, lang)
            axes.set_ylim(rows - 0.4, -0.6)
            set_ticks(axes, family, size=8)
        _frame(figure, panels, entries, lang)
        legend(figure, marks, [entry.sheet.grade for entry in entries], _WORDS[lang]["no grade"])
    return figure


def _column(axes: Axes, entries: Sequence[Ranked], marks: Marks, lang: Language) -> None:
    totals = [number(entry.sheet.total) for entry in entries]
    drawn = [0.0 if math.isnan(total) else total for total in totals]
    colours = [marks.colour(entry.sheet.grade) for entry in entries]
    axes.barh(range(len(entries)), drawn, color=colours, height=0.68)
    axes.set_yticks(range(len(entries)), map(_name, entries))
    for place, entry in enumerate(entries):
        total = entry.sheet.total
        axes.annotate(
            _WORDS[lang]["none"] if total is None else f"{total:f}",
            (max(0.0, drawn[place]), place),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            bbox=BACKED,
            color=GREY if total is None else INK,
        )
    draw_marks(axes, marks)


def _name(entry: Ranked) -> str:
    rank = "" if entry.rank is None else f"{entry.rank}  "
    return label(f"{rank}{entry.sheet.record.name}", _LABEL)


def _frame(
    figure: Figure, panels: Sequence[Axes], entries: Sequence[Ranked], lang: Language
) -> None:
    """Set the axis from 0, or below where somebody is, to the full points; title and unit."""
    sheets = [entry.sheet for entry in entries]
    known = [number(sheet.total) for sheet in sheets if sheet.total is not None]
    full = [number(sheet.full) for sheet in sheets if sheet.full is not None]
    panels[0].set_xlim(min([0.0, *known]), max([*known, *full, 1.0]) * 1.08)
    for axes in panels:
        axes.set_xlabel(_WORDS[lang]["points"])
    titles = dict.fromkeys(sheet.agreement.title for sheet in sheets)
    figure.suptitle(label(" · ".join(titles), 80), fontsize=12)
