"""The chart of `columns.py`: nanoseconds a row by the number of rows, a line for each way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot
from matplotlib.ticker import FuncFormatter

OURS, RIVALS, LIMIT = "#0b6e4f", "#8a8f98", "#c1121f"


def draw(rows: Sequence[int], costs: Mapping[str, Sequence[float]], path: Path) -> None:
    """Draw what a row costs; `costs` are nanoseconds, one for each number of rows.

    Lines of ours are green, the machine's limit is red and dotted; each has its name at its end.
    """
    mpl.rcParams.update({"font.size": 9, "svg.fonttype": "path", "svg.hashsalt": "healthduty"})
    figure, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    for name, cost in costs.items():
        ours = name.startswith(("Numba", "NumPy", "score_many"))
        limit = name.startswith("copy")
        colour = OURS if ours else LIMIT if limit else RIVALS
        style = ":" if limit else "-" if ours else "--"
        axes.plot(rows, cost, style, color=colour, marker="o", markersize=3)
    for name, height in _apart({name: cost[-1] for name, cost in costs.items()}).items():
        ours = name.startswith(("Numba", "NumPy", "score_many"))
        colour = OURS if ours else LIMIT if name.startswith("copy") else "#4a4e57"
        offset = {"xytext": (6, 0), "textcoords": "offset points", "va": "center"}
        axes.annotate(name, (rows[-1], height), color=colour, **offset)
    axes.set(xscale="log", yscale="log", xlabel="rows", ylabel="nanoseconds a row, on the clock")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda count, _: f"{count:,.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda cost, _: f"{cost:,.0f}"))
    axes.set_xticks(rows)
    axes.minorticks_off()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(visible=True, axis="y", alpha=0.3)
    axes.set_xlim(rows[0] * 0.8, rows[-1] * 30)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def _apart(heights: Mapping[str, float], least: float = 1.35) -> dict[str, float]:
    """Return heights on a logarithmic scale, so far apart that names can stand at them."""
    made: dict[str, float] = {}
    below = 0.0
    for name, height in sorted(heights.items(), key=lambda each: each[1]):
        below = made[name] = max(height, below * least)
    return made
