"""A heat map: facility × indicator, how much of its points each one earned.

Source: “heat map”; vocabulary “Score sheet”.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> heat_of([score(agreement, Record("甲院", {"1": 4}))]).shares
((0.8,),)
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from healthduty.errors import UsageError
from healthduty.plot.canvas import (
    GREY,
    drawing,
    label,
    new_figure,
    number,
    row_height,
    set_ticks,
)
from healthduty.plot.extras import Axes, Figure, mpl
from healthduty.plot.fonts import find_font
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

_MOST_WRITTEN = 900
"""Cells with their points written in; more of them would be a grey of figures."""

_LABEL, _NAME = 22, 28
_COLOURS = "YlOrBr_r"
"""One hue, for every kind of colour vision: pale is full, the darker the more was lost."""

_MISSING = "#B8C4CC"
_DARK = 0.45
_WORDS = {
    "zh": {"share": "得分率", "missing": "灰色：尚不能计算"},
    "en": {"share": "share of the points earned", "missing": "grey: can't be told"},
}


@attrs.frozen
class Heat:
    """Rows of shares of points, from 0 to 1; NaN where an item can't be told or is not there."""

    facilities: tuple[str, ...]
    items: tuple[str, ...]
    shares: tuple[tuple[float, ...], ...]
    points: tuple[tuple[str, ...], ...]


def heat_of(sheets: Iterable[ScoreSheet]) -> Heat:
    """Return how much of its points each item earned at each facility.

    The columns are the items with points that have none below them, by number, in the order of
    the first sheet that has them.
    """
    kept = tuple(sheets)
    found = [_leaves(sheet) for sheet in kept]
    names = dict.fromkeys(name for each in found for name in each)
    return Heat(
        tuple(sheet.record.name for sheet in kept),
        tuple(names),
        tuple(tuple(each.get(name, _NONE)[0] for name in names) for each in found),
        tuple(tuple(each.get(name, _NONE)[1] for name in names) for each in found),
    )


_NONE = (float("nan"), "")


def _leaves(sheet: ScoreSheet) -> dict[str, tuple[float, str]]:
    """Return the share and the points of each item that has points and nothing below it."""
    items = sheet.items
    depths = [*(item.depth for item in items[1:]), 0]
    return {
        f"{item.number} {item.title}".strip(): (
            number(item.earned) / number(item.full),
            "" if item.earned is None else f"{item.earned:f}",
        )
        for item, below in zip(items, depths, strict=True)
        if item.full and below <= item.depth
    }


def plot_heat(
    sheets: Iterable[ScoreSheet],
    *,
    lang: Language = "zh",
    font: str | os.PathLike[str] | None = None,
) -> Figure:
    """Return facilities × indicators as colours: dark where points were lost.

    Where there are not too many cells, each has its points written in.

    Raises:
        FontError: no font with Chinese characters.
        ImportError: without matplotlib (`pip install healthduty[plot]`).
        UsageError: an unknown language, no sheets, or none that has points.
    """
    check_language(lang)
    kept = tuple(sheets)
    heat = heat_of(kept)
    if not heat.facilities or not heat.items:
        raise UsageError("a heat map is drawn of facilities and items with points")
    family = find_font(font)
    names = [label(item, _LABEL) for item in heat.items]
    rows = [label(name, _NAME) for name in heat.facilities]
    small = len(rows) > _FEW_ROWS
    height = row_height(rows) * (0.7 if small else 1)
    size = (3.4 + 0.42 * len(names), 1.9 + height * len(rows))
    with drawing(family):
        figure = new_figure(*size)
        axes = figure.add_subplot()
        _paint(figure, axes, heat, lang)
        axes.set_xticks(range(len(names)), names, rotation=90)
        axes.set_yticks(range(len(rows)), rows)
        axes.xaxis.tick_top()
        titles = dict.fromkeys(sheet.agreement.title for sheet in kept)
        figure.suptitle(label(" · ".join(titles), 60), fontsize=12)
        set_ticks(axes, family, size=6 if small else 8)
    return figure


_FEW_ROWS = 80
_IN_A_CELL: Any = {"ha": "center", "va": "center", "fontsize": 7, "in_layout": False}
"""No cell's text reaches out of the map: hundreds of them need no measuring for the layout."""


def _paint(figure: Figure, axes: Axes, heat: Heat, lang: Language) -> None:
    colours = mpl.colormaps[_COLOURS].with_extremes(bad=_MISSING)
    image = axes.imshow(heat.shares, cmap=colours, vmin=0, vmax=1, aspect="auto")
    axes.spines[:].set_visible(False)
    axes.set_xticks([at - 0.5 for at in range(1, len(heat.items))], minor=True)
    axes.set_yticks([at - 0.5 for at in range(1, len(heat.facilities))], minor=True)
    axes.grid(which="minor", color="white", linewidth=0.8)
    axes.tick_params(which="minor", length=0)
    bar = figure.colorbar(image, ax=axes, shrink=min(1.0, 12 / len(heat.facilities)), pad=0.01)
    bar.set_label(_WORDS[lang]["share"])
    bar.outline.set_visible(False)
    if any(share != share for row in heat.shares for share in row):  # noqa: PLR0124 - NaN alone
        axes.set_xlabel(_WORDS[lang]["missing"], color=GREY)
    if len(heat.facilities) * len(heat.items) <= _MOST_WRITTEN:
        _write(axes, heat.points, heat.shares)


def _write(axes: Axes, points: Sequence[Sequence[str]], shares: Sequence[Sequence[float]]) -> None:
    for row, texts in enumerate(points):
        for column, text in enumerate(texts):
            colour = "white" if shares[row][column] < _DARK else "black"
            axes.text(column, row, text, color=colour, **_IN_A_CELL)
