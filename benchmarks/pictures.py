"""Pictures: how long ours take, in multiples of bare matplotlib drawing the same marks and texts.

    python benchmarks/pictures.py [--turns N]

Ours starts from score sheets and ends with a file. The rival has every bar, line, cell and text
of our finished picture before its clock starts, with its place, size and colour, and hands them to
matplotlib's own calls: nothing is worked out, wrapped or laid out, and no font is looked for. Both
files must show the same number of marks and the very same texts before anything is timed.
"""

from __future__ import annotations

import argparse
import functools
import platform
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from timing import compare

import healthduty as hd
from healthduty.plot.canvas import BACKED, save_picture
from healthduty.plot.fonts import find_font
from healthduty.results.ranking import rank
from healthduty.scoring.sheet import ScoreSheet

GOAL = 2.0
"""The issue's: at most twice the time in which the library draws the same bare."""

NAME = "township-hospital-targets"
ENDINGS = (".png", ".svg", ".pdf")
DPI = 200
"""What our pictures of dots are saved with."""


def scored(shift: int = 0) -> list[ScoreSheet]:
    """Score what the catalogue ships; `shift` gives each facility another one's values."""
    agreement, records = hd.catalogue.get(NAME), hd.catalogue.records(NAME)
    moved = [*records[shift:], *records[:shift]]
    sheets = [
        hd.score(agreement, attrs.evolve(values, facility=own.facility, name=own.name))
        for own, values in zip(records, moved, strict=True)
    ]
    for sheet in sheets:
        _ = sheet.lines, sheet.items, sheet.findings, sheet.total, sheet.bounds
    return sheets


def pictures() -> dict[str, Callable[[], Figure]]:
    """Return what is drawn, by name: the five pictures of thirty facilities."""
    sheets = scored()
    years = {"2022": scored(2), "2023": scored(1), "2024": sheets}
    return {
        "waterfall": lambda: hd.plot_waterfall(sheets[8]),
        "ranking": lambda: hd.plot_ranking(rank(sheets)),
        "heat map": lambda: hd.plot_heat(sheets),
        "year over year": lambda: hd.plot_years(years),
        "score and bounds": lambda: hd.plot_bounds(sheets),
    }


# ------------------------------------------------------------------ what a finished picture holds


class Call(NamedTuple):
    """One of matplotlib's calls on axes, with everything that it is given."""

    method: Callable[..., object]
    given: tuple[Any, ...]
    named: dict[str, Any]


def calls_of(axes: Axes) -> list[Call]:
    """Return matplotlib's calls that draw what stands on finished axes, ready to be made."""
    collections = [_collection(each) for each in axes.collections]
    lines = [_line(each) for each in axes.lines]
    return [*_bars(axes), *lines, *collections, *_cells(axes), *_texts(axes), *_frame(axes)]


def _bars(axes: Axes) -> list[Call]:
    bars: list[Any] = [each for container in axes.containers for each in container]
    if not bars:
        return []
    places = [bar.get_y() + bar.get_height() / 2 for bar in bars]
    look = {
        "left": [bar.get_x() for bar in bars],
        "color": [bar.get_facecolor() for bar in bars],
        "height": bars[0].get_height(),
    }
    return [Call(Axes.barh, (places, [bar.get_width() for bar in bars]), look)]


def _line(line: Any) -> Call:  # noqa: ANN401 - a line as matplotlib has it, without types
    names = ("color", "linewidth", "linestyle", "zorder")
    look = {name: getattr(line, f"get_{name}")() for name in names}
    x, y = line.get_data()
    if line.get_transform() == line.axes.get_xaxis_transform(which="grid"):  # a boundary of grades
        return Call(Axes.axvline, (x[0],), look)
    marks = {"marker": line.get_marker(), "markersize": line.get_markersize()}
    return Call(Axes.plot, (x, y), look | marks)


def _collection(each: Any) -> Call:  # noqa: ANN401 - a LineCollection, or the dots of scatter
    if isinstance(each, LineCollection):
        styles: Any = each.get_linestyle()
        names = ("colors", "linewidths", "clip_on")
        look = {name: getattr(each, f"get_{name}")() for name in names}
        dotted = "-" if styles[0][1] is None else ":"
        return Call(_segments, (each.get_segments(),), look | {"linestyle": dotted})
    look = {"s": each.get_sizes(), "color": each.get_facecolors(), "zorder": each.get_zorder()}
    return Call(Axes.scatter, tuple(each.get_offsets().T), look)


def _segments(axes: Axes, parts: Any, **look: Any) -> None:  # noqa: ANN401 - arrays
    axes.add_collection(LineCollection(parts, **look), autolim=False)


def _cells(axes: Axes) -> list[Call]:
    look = {"vmin": 0, "vmax": 1, "aspect": "auto"}
    return [Call(Axes.imshow, (image.get_array(), image.get_cmap()), look) for image in axes.images]


def _texts(axes: Axes) -> list[Call]:
    texts: list[Any] = list(axes.texts)
    calls = []
    for text in texts:
        names = ("color", "fontsize", "fontweight", "ha", "va")
        look = {name: getattr(text, f"get_{name}")() for name in names}
        if text.get_bbox_patch() is not None:
            look["bbox"] = BACKED
        if isinstance(text, Annotation):
            look |= {"xycoords": text.xycoords, "textcoords": text.anncoords}
            look["xytext"] = text.xyann
            calls.append(Call(Axes.annotate, (text.get_text(), text.xy), look))
        else:
            calls.append(Call(Axes.text, (*text.get_position(), text.get_text()), look))
    return calls


def _frame(axes: Axes) -> list[Call]:
    """Return the calls for ends, ticks with their labels, the title and the names of the axes."""
    calls = [
        Call(Axes.tick_params, (), {"which": "both", "length": 0}),
        Call(Axes.set_title, (axes.get_title(loc="left"),), {"y": 1}),
        Call(Axes.set_xlabel, (axes.get_xlabel(),), {}),
        Call(Axes.set_ylabel, (axes.get_ylabel(),), {}),
        Call(Axes.set_xlim, axes.get_xlim(), {}),
        Call(Axes.set_ylim, axes.get_ylim(), {}),
    ]
    for axis, set_ticks in ((axes.xaxis, Axes.set_xticks), (axes.yaxis, Axes.set_yticks)):
        labels = axis.get_ticklabels()
        look = {"fontsize": labels[0].get_fontsize(), "rotation": labels[0].get_rotation()}
        words = [each.get_text() for each in labels]
        calls.append(Call(set_ticks, (list(axis.get_majorticklocs()), words), look))
        if minor := list(axis.get_minorticklocs()):
            calls.append(Call(set_ticks, (minor,), {"minor": True}))
            calls.append(Call(Axes.grid, (), {"which": "minor", "color": "white"}))
    if axes.xaxis.get_ticks_position() == "top":
        calls.append(Call(_top, (), {}))
    return calls


def _top(axes: Axes) -> None:
    axes.xaxis.tick_top()


class Bare:
    """A finished picture as matplotlib's calls."""

    def __init__(self, picture: Figure) -> None:
        """Take everything that a picture holds, once it has been laid out."""
        picture.draw_without_rendering()
        self.size = tuple(picture.get_size_inches())
        bars = [each for each in picture.axes if each.get_label() == "<colorbar>"]
        self.parts = [
            (each.get_position().bounds, calls_of(each))
            for each in picture.axes
            if each not in bars
        ]
        self.scales = [(each.get_position().bounds, each.get_ylabel()) for each in bars]
        self.title = picture.get_suptitle()
        self.legend = [
            (text.get_text(), handle.get_facecolor())
            for legend in picture.legends
            for text, handle in zip(legend.get_texts(), legend.get_patches(), strict=True)
        ]

    def drawn(self) -> Figure:
        """Draw it again."""
        figure = Figure(figsize=self.size, facecolor="white")
        for place, calls in self.parts:
            axes = figure.add_axes(place)
            for method, given, named in calls:
                method(axes, *given, **named)
        for place, name in self.scales:
            image = figure.axes[0].images[0]
            figure.colorbar(image, cax=figure.add_axes(place)).set_label(name)
        if self.title:
            figure.suptitle(self.title, fontsize=12)
        if self.legend:
            handles = [mpl.patches.Patch(color=colour, label=name) for name, colour in self.legend]
            figure.legend(handles=handles, loc="lower center", ncols=6, frameon=False)
        return figure


def content_of(picture: Figure) -> tuple[Counter[str], Counter[str]]:
    """Return how often each text and each sort of mark is seen in a drawn picture."""
    picture.draw_without_rendering()
    texts: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    for axes in picture.axes:
        labels = [*axes.get_xticklabels(), *axes.get_yticklabels(), *axes.texts]
        texts.update(each.get_text() for each in labels)
        texts.update([axes.get_xlabel(), axes.get_ylabel(), axes.get_title(loc="left")])
        marks["bars"] += sum(map(len, axes.containers))
        marks["lines"] += len(axes.lines)
        marks["cells"] += sum(np.asarray(each.get_array()).size for each in axes.images)
        marks["others"] += sum(len(each.get_paths()) for each in axes.collections)
    texts.update(text.get_text() for legend in picture.legends for text in legend.get_texts())
    texts[picture.get_suptitle()] += 1
    del texts[""]
    return texts, marks


def main() -> int:
    """Time everything, print a table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--turns", type=int, default=7)
    turns = parser.parse_args().turns
    print(f"matplotlib {mpl.__version__}, Python {platform.python_version()}, {turns} turns\n")
    print(f"{'picture':<18}{'texts':>6}{'marks':>7}  " + "".join(f"{e:<30}" for e in ENDINGS))
    rows = [_row(name, make, turns) for name, make in pictures().items()]
    return 1 if any(rows) else 0


def _row(name: str, make: Callable[[], Figure], turns: int) -> bool:
    """Print one picture's ratios; true where one misses the goal."""
    with mpl.rc_context(_settings()), tempfile.TemporaryDirectory() as folder:
        bare = Bare(make())
        content = content_of(bare.drawn())
        assert content == content_of(make()), name
        told: list[str] = []
        missed = False
        for ending in ENDINGS:
            path = Path(folder, f"picture{ending}")
            ours = functools.partial(_saved, lambda path: save_picture(make(), path), path)
            rival = functools.partial(
                _saved, lambda path: bare.drawn().savefig(path, dpi=DPI), path
            )
            ratio = compare(ours, rival, turns)
            missed = missed or ratio.median > GOAL
            ms = f"{1000 * ratio.seconds:.0f} : {1000 * ratio.rival_seconds:.0f} ms"
            told.append(f"{ratio.median:4.2f} ({ratio.low:.2f}–{ratio.high:.2f}) {ms}")
    texts, marks = (sum(each.values()) for each in content)
    print(f"{name:<18}{texts:>6}{marks:>7}  " + "".join(f"{each:<30}" for each in told))
    return missed


def _saved(save: Callable[[Path], None], path: Path, turn: int) -> None:
    del turn  # every turn does the same
    save(path)


def _settings() -> Any:  # noqa: ANN401 - matplotlib names every setting
    """Return what a bare user would set once: a font that has the characters, no spines."""
    return {
        "font.family": [find_font(), "sans-serif"],
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "font.size": 9,
    }


if __name__ == "__main__":
    sys.exit(main())
