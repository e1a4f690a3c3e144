"""A waterfall: from full points down to the total, a step for every item that lost or gained.

Source: “points lost per indicator (waterfall from 100 to the total)”; semantics 5.

>>> step = Step("2.3 持证上岗", Decimal("47.5"), Decimal("46.5"), Decimal(-1))
>>> step.text, step.colour == RED
('-1', True)
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from decimal import Context, Decimal, Inexact

import attrs

from healthduty.errors import UsageError
from healthduty.plot.canvas import (
    BLUE,
    GREEN,
    GREY,
    INK,
    RED,
    drawing,
    label,
    lines_in,
    new_figure,
    set_ticks,
)
from healthduty.plot.extras import Axes, Figure
from healthduty.plot.fonts import find_font
from healthduty.results.losses import losses_of
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

_LABEL = 30
"""Columns of text beside a bar; a longer name wraps."""

_FEW = Decimal("0.25")
"""Where less than this part of the points was lost, the axis does not begin at 0."""

_EXACT = Context(prec=200, traps=[Inexact])
"""Adds without rounding, whatever context the caller has set."""

_WORDS = {
    "zh": {
        "full": "满分",
        "earned": "得分",
        "total": "总分",
        "veto": "一票否决",
        "whole": "总分调整",
        "points": "分",
        "from": "横轴自{}分起",
    },
    "en": {
        "full": "full points",
        "earned": "earned",
        "total": "total",
        "veto": "veto",
        "whole": "on the total",
        "points": "points",
        "from": "the axis begins at {} points",
    },
}


@attrs.frozen
class Step:
    """One bar: what it is called, from where to where, and the change; None of a sum."""

    name: str
    start: Decimal
    end: Decimal
    change: Decimal | None = None

    @property
    def text(self) -> str:
        """The number beside the bar: a sum, or a signed change."""
        return f"{self.end:f}" if self.change is None else f"{self.change:+f}"

    @property
    def colour(self) -> str:
        """Sums are blue, what was lost is red, what was gained is green."""
        if self.change is None:
            return BLUE
        return RED if self.change < 0 else GREEN


def steps_of(sheet: ScoreSheet, lang: Language = "zh") -> tuple[Step, ...]:
    """Return the bars of a sheet: full points, every change, what was earned, vetoes, the total.

    Raises:
        UsageError: an unknown language, or a sheet without a total.
    """
    check_language(lang)
    words = _WORDS[lang]
    if sheet.full is None or sheet.earned is None or sheet.total is None:
        codes = ", ".join(dict.fromkeys(sheet.findings.errors.codes)) or "no points are stated"
        raise UsageError(f"`{sheet.record.facility}` has no total to fall to: {codes}")
    at, none = sheet.full, Decimal(0)
    steps = [Step(words["full"], none, at)]
    for loss in losses_of(sheet):
        name = f"{loss.number} {loss.title}".strip() or words["whole"]
        before, at = at, _EXACT.add(at, loss.change)
        steps.append(Step(name, before, at, loss.change))
    if sheet.total != sheet.earned:
        change = _EXACT.subtract(sheet.total, sheet.earned)
        steps.append(Step(words["earned"], none, sheet.earned))
        steps.append(Step(words["veto"], sheet.earned, sheet.total, change))
    return (*steps, Step(words["total"], none, sheet.total))


def plot_waterfall(
    sheet: ScoreSheet, *, lang: Language = "zh", font: str | os.PathLike[str] | None = None
) -> Figure:
    """Return a sheet as a waterfall, one bar an item that lost or gained, top to bottom.

    Where little was lost the axis does not begin at 0, and says so.

    Raises:
        FontError: no font with Chinese characters.
        ImportError: without matplotlib (`pip install healthduty[plot]`).
        UsageError: an unknown language, or a sheet without a total.
    """
    steps = steps_of(sheet, lang)
    family = find_font(font)
    names = [label(step.name, _LABEL) for step in steps]
    rows = sum(max(1.0, 0.72 * lines_in(name)) for name in names)
    with drawing(family):
        figure = new_figure(8.2, 1.3 + 0.34 * rows)
        axes = figure.add_subplot()
        _draw(axes, steps)
        axes.set_yticks(range(len(steps)), names)
        axes.invert_yaxis()
        axes.set_title(label(_title(sheet), 64), y=1)  # else the ticks are measured for it
        _limit(axes, steps, lang)
        set_ticks(axes, family)
    return figure


def _title(sheet: ScoreSheet) -> str:
    period = "" if sheet.record.period is None else sheet.record.period.label
    grade = sheet.grade or ""
    return " · ".join(filter(None, (sheet.agreement.title, sheet.record.name, period, grade)))


def _draw(axes: Axes, steps: Sequence[Step]) -> None:
    """Draw the bars, thin lines that lead from each to the next, and the numbers."""
    low = [min(step.start, step.end) for step in steps]
    high = [max(step.start, step.end) for step in steps]
    axes.barh(
        range(len(steps)),
        [float(top) - float(bottom) for bottom, top in zip(low, high, strict=True)],
        left=[float(bottom) for bottom in low],
        color=[step.colour for step in steps],
        height=0.62,
    )
    ends = [float(step.end) for step in steps[:-1]]
    axes.vlines(ends, range(len(ends)), range(1, len(steps)), colors=GREY, linewidth=0.7)
    for place, step in enumerate(steps):
        axes.annotate(
            step.text,
            (float(high[place]), place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=INK,
            fontweight="bold" if step.change is None else "normal",
        )


def _limit(axes: Axes, steps: Sequence[Step], lang: Language) -> None:
    """Set where the axis begins: where little was lost, close below what is left."""
    words = _WORDS[lang]
    ends = [step.end for step in steps]
    low, high = min(ends), max(ends)
    start = 0.0
    if low > 0 and high - low < _FEW * high:
        room = max(float(high - low), float(high) * 0.02)
        start = max(0.0, float(low) - room)
        step = 10 ** math.floor(math.log10(room))
        start = math.floor(start / step) * step
    axes.set_xlim(min(start, float(low) * 1.1 if low < 0 else start), None)
    axes.margins(x=0.09)
    note = (
        f"（{words['from'].format(f'{start:g}')}）"
        if lang == "zh"
        else f" ({words['from'].format(f'{start:g}')})"
    )
    axes.set_xlabel(words["points"] + (note if start else ""))
