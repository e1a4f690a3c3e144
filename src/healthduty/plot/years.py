"""Year over year: the totals of the same facilities in one period after another.

Source: “year over year”.

>>> courses = [Course("甲", (Fraction(90), Fraction(80))), Course("乙", (Fraction(85), None))]
>>> means_of(courses), courses[0].change
((Fraction(175, 2), Fraction(80, 1)), Fraction(-10, 1))
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from healthduty.errors import UsageError
from healthduty.exact import divide, show_scaled
from healthduty.plot.canvas import (
    BLUE,
    SERIES,
    drawing,
    label,
    new_figure,
    set_ticks,
)
from healthduty.plot.extras import Axes, Figure, LineCollection
from healthduty.plot.fonts import find_font
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

_FEW = 8
"""So many facilities have a colour each; of more, the mean and those that moved most do."""

_MOVERS = 3
_LABEL = 30
_GAP = 0.045
"""The least distance of two names, as a part of the height."""

_NAMES, _BEFORE = 0.9, 0.02
"""How far short of a period further on the names begin, and how far before them the leaders end."""

_WORDS = {
    "zh": {"points": "总分", "mean": "平均"},
    "en": {"points": "total", "mean": "mean"},
}


@attrs.frozen
class Course:
    """One facility's totals, a place a period; None where it has none."""

    name: str
    totals: tuple[Fraction | None, ...]

    @property
    def change(self) -> Fraction:
        """What its last total is above its first one; 0 with fewer than two."""
        known = [total for total in self.totals if total is not None]
        return known[-1] - known[0] if known else Fraction(0)


def courses_of(periods: Mapping[str, Sequence[ScoreSheet]]) -> tuple[Course, ...]:
    """Return each facility's totals by period; a facility is known by its key.

    Raises:
        UsageError: a facility that is twice in one period.
    """
    names: dict[str, str] = {}
    totals: list[dict[str, Fraction | None]] = []
    for period, sheets in periods.items():
        found: dict[str, Fraction | None] = {}
        for sheet in sheets:
            key = sheet.record.facility
            if key in found:
                raise UsageError(f"`{key}` is there twice in `{period}`")
            found[key] = None if sheet.total is None else Fraction(sheet.total)
            names[key] = sheet.record.name
        totals.append(found)
    return tuple(
        Course(name, tuple(found.get(key) for found in totals)) for key, name in names.items()
    )


def means_of(courses: Sequence[Course]) -> tuple[Fraction | None, ...]:
    """Return the mean of each period over the facilities that have a total in it."""
    columns = zip(*(course.totals for course in courses), strict=True)
    known = [[total for total in column if total is not None] for column in columns]
    return tuple(sum(each, Fraction(0)) / len(each) if each else None for each in known)


def plot_years(
    periods: Mapping[str, Sequence[ScoreSheet]],
    *,
    lang: Language = "zh",
    font: str | os.PathLike[str] | None = None,
) -> Figure:
    """Return the totals of facilities over periods (`{"2023": sheets, "2024": sheets}`) as lines.

    Few facilities have a colour each. Of many, the mean stands out, with the three that rose and
    the three that fell most. A period without a total leaves a gap.

    Raises:
        FontError: no font with Chinese characters.
        ImportError: without matplotlib (`pip install healthduty[plot]`).
        UsageError: an unknown language, fewer than two periods, or no total in any.
    """
    check_language(lang)
    courses = courses_of(periods)
    if len(periods) <= 1 or all(total is None for each in courses for total in each.totals):
        raise UsageError("years are drawn beside each other: give two periods with totals or more")
    family = find_font(font)
    few = len(courses) <= _FEW
    with drawing(family):
        figure = new_figure(2.8 + 1.5 * len(periods), 5.2)
        axes = figure.add_subplot()
        shown = courses if few else _movers(courses)
        for course in () if few else courses:
            _line(axes, course.totals, "#C4C4C4", width=0.7)
        ends = [(course.name, course.totals) for course in shown]
        for (_, totals), colour in zip(ends, SERIES if few else SERIES[1:], strict=False):
            _line(axes, totals, colour)
        if not few:
            ends.append((_WORDS[lang]["mean"], means_of(courses)))
            _line(axes, ends[-1][1], BLUE, width=2.6)
        _name(axes, ends, list(periods))
        axes.set_xticks(range(len(periods)), [label(period, 16) for period in periods])
        axes.set_xlim(-0.15, len(periods) - 1 + 0.12)
        axes.set_ylabel(_WORDS[lang]["points"])
        axes.set_title(label(_title(periods), 60), y=1)  # else the ticks are measured for it
        set_ticks(axes, family)
    return figure


def _movers(courses: Sequence[Course]) -> tuple[Course, ...]:
    """Return the three that rose most and the three that fell most."""
    ordered = sorted(courses, key=lambda course: course.change, reverse=True)
    rose = [course for course in ordered[:_MOVERS] if course.change > 0]
    fell = [course for course in ordered[-_MOVERS:] if course.change < 0]
    return (*rose, *fell)


def _line(axes: Axes, totals: Sequence[Fraction | None], colour: str, width: float = 1.8) -> None:
    heights = [float("nan") if total is None else float(total) for total in totals]
    mark = "o" if width > 1 else ""
    axes.plot(range(len(totals)), heights, color=colour, linewidth=width, marker=mark, markersize=4)


def _name(
    axes: Axes, ends: Sequence[tuple[str, Sequence[Fraction | None]]], periods: Sequence[str]
) -> None:
    """Write each line's name and last total at its end, none upon another."""
    last = []
    for line, (name, totals) in zip(axes.lines[-len(ends) :], ends, strict=True):
        known = [(at, total) for at, total in enumerate(totals) if total is not None]
        if known:
            at, total = known[-1]
            when = "" if at + 1 == len(periods) else f"（{periods[at]}）"
            last.append((at, float(total), f"{name} {_shown(total)}{when}", line.get_color()))
    low, high = axes.get_ylim()
    places = spread([height for _, height, _, _ in last], (high - low) * _GAP)
    names = len(periods) - _NAMES
    leads = []
    for place, (at, height, text, _) in zip(places, last, strict=True):
        # In ink: its leader has the line's colour, in which a name could be too pale to read.
        axes.text(names, place, label(text, _LABEL), va="center")
        leads.append([(at, height), (names - _BEFORE, place)])
    # One collection of lines: arrows are cut off at what they point to, one by one and each time.
    drawn = LineCollection(leads, colors=[colour for *_, colour in last], clip_on=False)
    drawn.set(linewidth=1, linestyle=":")
    axes.add_collection(drawn, autolim=False)


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Return heights moved as little as need be for a gap between each two, in their order.

    >>> spread([1.0, 1.0, 5.0], 1.0)
    [0.5, 1.5, 5.0]
    """
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    groups: list[tuple[list[int], float]] = []  # members from below, the middle of them
    for index in order:
        members, middle = [index], heights[index]
        while groups and middle - gap * (len(members) - 1) / 2 < (
            groups[-1][1] + gap * (len(groups[-1][0]) - 1) / 2 + gap
        ):
            below, _ = groups.pop()
            members = [*below, *members]
            middle = sum(heights[each] for each in members) / len(members)
        groups.append((members, middle))
    moved = [0.0] * len(heights)
    for members, middle in groups:
        for place, index in enumerate(members):
            moved[index] = middle + gap * (place - (len(members) - 1) / 2)
    return moved


def _shown(total: Fraction) -> str:
    return show_scaled(divide(total.numerator * 100, total.denominator), 2)


def _title(periods: Mapping[str, Sequence[ScoreSheet]]) -> str:
    titles = [sheet.agreement.title for sheets in periods.values() for sheet in sheets[:1]]
    return " · ".join(dict.fromkeys(titles))
