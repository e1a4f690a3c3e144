r"""What all pictures share: a figure of its own, colours everybody can tell apart, saving.

No picture touches pyplot or the settings of matplotlib: figures can be made in threads and
servers, and a notebook shows what a function returns.

Source: “PNG, SVG, PDF”; the palette of Okabe and Ito, for all kinds of colour vision.

>>> label("城乡居民健康档案电子建档率", 16)
'城乡居民健康档案\n电子建档率'
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs

from healthduty.convert.files import replace_file
from healthduty.display import printable, wrap
from healthduty.errors import UsageError
from healthduty.exact import show
from healthduty.model.agreement import Agreement
from healthduty.model.grades import GradeScale
from healthduty.plot.extras import Axes, Figure, Patch, mpl

BLUE, SKY, GREEN, YELLOW = "#0072B2", "#56B4E9", "#009E73", "#F0E442"
ORANGE, RED, PURPLE, GREY = "#E69F00", "#D55E00", "#CC79A7", "#8C8C8C"
INK, FAINT = "#222222", "#D9D9D9"

SERIES = (BLUE, ORANGE, GREEN, RED, PURPLE, SKY, "#000000", GREY)
"""Colours of lines beside each other; no yellow, which a thin line on white does not show."""

_GRADES = (BLUE, SKY, YELLOW, ORANGE, RED)
"""From the best grade to the worst; light and dark differ too, so grey prints tell them apart."""

FORMATS = frozenset({".png", ".svg", ".pdf"})
_DPI, _SCREEN = 200, 100
_MOST_PIXELS = 2**15
"""The tallest picture of dots that programs open; a longer one has coarser dots."""


@contextmanager
def drawing(family: str) -> Iterator[None]:
    """Set texts in a family while a figure is made; what was set before comes back."""
    settings: Any = {
        "font.family": [family, "sans-serif"],
        "axes.unicode_minus": False,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": GREY,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 12,
        "axes.titlelocation": "left",
        "font.size": 9,
    }
    with mpl.rc_context(settings):
        yield


class Picture(Figure):  # type: ignore[misc, unused-ignore]  # Any without the extra
    """A figure that a notebook shows, though pyplot was never asked."""

    def _repr_png_(self) -> bytes:
        file = io.BytesIO()
        self.savefig(file, format="png", dpi=_SCREEN)
        return file.getvalue()


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure of so many inches."""
    return Picture(figsize=(width, height), layout="constrained", facecolor="white")


def set_ticks(axes: Axes, family: str, *, size: float = 9) -> None:
    """Set the labels of both axes in a family: they are made only when the figure is drawn."""
    axes.tick_params(axis="both", labelfontfamily=family, labelsize=size, length=0)


def label(text: str, most: int) -> str:
    """Return a text as it stands in a picture: wrapped, and no mathematics, whatever is in it."""
    return "\n".join(wrap(printable(text), most)).replace("$", r"\$")


BACKED: Any = {"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85}
"""What stands behind a number, so that it can be read across a line."""


def lines_in(text: str) -> int:
    """Return how many lines a label takes."""
    return text.count("\n") + 1


def row_height(labels: Iterable[str]) -> float:
    """Return how many inches a row of bars needs for its label of the most lines."""
    return max(0.25, 0.06 + 0.14 * max(map(lines_in, labels), default=1))


# ---------------------------------------------------------------------------------- grades


@attrs.frozen
class Marks:
    """The boundaries of grades, each with its name, and the colour of every grade."""

    lows: tuple[tuple[str, Fraction], ...]
    colours: dict[str, str]

    def colour(self, grade: str | None) -> str:
        """Return the colour of a grade; blue where there are no grades, grey where it is none."""
        if not self.colours:
            return BLUE
        return GREY if grade is None else self.colours.get(grade, GREY)


def marks_of(agreements: Sequence[Agreement]) -> Marks:
    """Return the grades of some agreements; nothing where they don't all have the same."""
    scales = {agreement.grades for agreement in agreements}
    scale = scales.pop() if len(scales) == 1 else None
    return Marks((), {}) if scale is None else _marks(scale)


def _marks(scale: GradeScale) -> Marks:
    grades = scale.grades
    last = max(1, len(grades) - 1)
    places = [round(place * (len(_GRADES) - 1) / last) for place in range(len(grades))]
    return Marks(
        tuple((grade.name, grade.low) for grade in grades if grade.low is not None),
        {grade.name: _GRADES[place] for grade, place in zip(grades, places, strict=True)},
    )


def draw_marks(axes: Axes, marks: Marks) -> None:
    """Draw the boundaries of grades as dashed lines, the name of the grade above them."""
    for name, low in marks.lows:
        axes.axvline(float(low), color=GREY, linestyle=(0, (4, 3)), linewidth=0.9, zorder=0.5)
        axes.annotate(
            label(f"{name} {show(low)}", 20),
            (float(low), 1),
            xycoords=("data", "axes fraction"),
            xytext=(2, 2),
            textcoords="offset points",
            fontsize=8,
            va="bottom",
        )


def legend(figure: Figure, marks: Marks, grades: Iterable[str | None], without: str) -> None:
    """Name the colours of the grades that occur, the best first; `without` is for none."""
    met = set(grades)
    if not marks.colours:
        return
    entries = [(name, colour) for name, colour in marks.colours.items() if name in met]
    if not met <= set(marks.colours):
        entries.append((without, GREY))
    figure.legend(
        handles=[Patch(color=colour, label=label(name, 20)) for name, colour in entries],
        loc="outside lower center",
        ncols=min(6, len(entries)),
        frameon=False,
    )


def number(points: Decimal | None) -> float:
    """Return points as a place in a picture; nothing is decided by it."""
    return float("nan") if points is None else float(points)


# ---------------------------------------------------------------------------------- saving


def save_picture(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Write a picture as .png, .svg or .pdf, by the file's ending, in one step.

    Equal figures make equal files: no time of writing stands in them.

    Raises:
        OSError: where the file can't be written; an old one is untouched.
        UsageError: another ending.
    """
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        raise UsageError(f"a picture is .png, .svg or .pdf, not `{ending}`")
    tallest = max(figure.get_size_inches())
    dates = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
    file = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "healthduty"}):
        figure.savefig(
            file,
            format=ending[1:],
            dpi=min(_DPI, int(_MOST_PIXELS / tallest)),
            metadata=dates.get(ending),
        )
    replace_file(path, file.getvalue())
