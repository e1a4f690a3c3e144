"""What a picture shows is what the sheets say: bars, dots and labels held against the numbers."""

from __future__ import annotations

import math
from decimal import localcontext
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from matplotlib.collections import LineCollection, PathCollection
from numpy.ma import masked

import healthduty as hd
from healthduty.errors import UsageError
from healthduty.exact import show
from healthduty.plot.bounds import plot_bounds, reaches_of
from healthduty.plot.canvas import BLUE, GREEN, GREY, RED, Figure, marks_of
from healthduty.plot.heat import heat_of, plot_heat
from healthduty.plot.ranking import plot_ranking
from healthduty.plot.waterfall import plot_waterfall, steps_of
from healthduty.plot.years import courses_of, means_of, plot_years, spread

NAME = "township-hospital-targets"
AGREEMENT = hd.catalogue.get(NAME)
RECORDS = hd.catalogue.records(NAME)
SHEETS = [hd.score(AGREEMENT, record) for record in RECORDS]


def texts(figure: Figure) -> list[str]:
    """Return what is written in a figure: at marks, axes and titles."""
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    for axes in figure.axes:
        found += [each.get_text() for each in (*axes.get_yticklabels(), *axes.get_xticklabels())]
        found += [axes.get_title(loc="left"), axes.get_xlabel(), axes.get_ylabel()]
    return found


def many(count: int) -> list[hd.ScoreSheet]:
    """Return the sheets of many facilities with long names."""
    return [
        hd.score(
            AGREEMENT,
            attrs.evolve(RECORDS[at % 30], facility=f"f{at}", name=f"第{at}县很长的名字中心卫生院"),
        )
        for at in range(count)
    ]


# ------------------------------------------------------------------------------ waterfall


@pytest.mark.parametrize("place", [8, 9, 29])
def test_a_waterfall_falls_from_full_points_to_the_total(place: int) -> None:
    """Each bar is as long as what its item lost, and begins where the one before it ended."""
    sheet = SHEETS[place]
    (axes,) = plot_waterfall(sheet).axes
    bars = [(bar.get_x(), bar.get_width()) for bar in axes.patches]
    assert sheet.full is not None
    assert sheet.total is not None
    assert bars[0] == (0.0, float(sheet.full))
    assert bars[-1] == (0.0, float(sheet.total))
    lost: dict[str, Fraction] = {}
    for line in sheet.lines:
        lost[line.number] = lost.get(line.number, Fraction(0)) + Fraction(line.effective)
    changes = [change for change in lost.values() if change]
    assert [width for _, width in bars[1:-1]] == pytest.approx([abs(float(c)) for c in changes])
    at = float(sheet.full)
    for (left, width), change in zip(bars[1:-1], changes, strict=True):
        at += float(change)
        assert min(left, left + width) == pytest.approx(at if change < 0 else at - float(change))
    assert at == pytest.approx(float(sheet.total))
    written = [text.get_text() for text in axes.texts]
    assert written == [str(sheet.full), *map(show, changes), str(sheet.total)]


def test_an_axis_that_does_not_begin_at_nothing_says_so() -> None:
    """Little was lost: the axis begins close below the total. Much was: at 0, without a word."""
    near, far = plot_waterfall(SHEETS[9]).axes[0], plot_waterfall(SHEETS[8]).axes[0]
    assert near.get_xlabel() == "分（横轴自42分起）"
    assert near.get_xlim()[0] == 42
    assert far.get_xlabel() == "分"
    assert far.get_xlim()[0] == 0


def test_a_veto_is_a_bar_behind_what_was_earned() -> None:
    """The arithmetic stays visible: earned, then what the veto took, then the total."""
    veto = hd.Veto("v", "事故", when=hd.Flag("accident"), effects=hd.ZeroTotal())
    agreement = hd.Agreement(
        "示例",
        measures=(hd.Measure("accident", "事故", kind="flag"),),
        parts=(hd.Indicator("1", "台账", points=5),),
        vetoes=(veto,),
    )
    sheet = hd.score(agreement, hd.Record("甲", {"1": 4, "accident": True}))
    steps = steps_of(sheet)
    assert [(step.name, step.text) for step in steps] == [
        ("满分", "5"),
        ("1 台账", "-1"),
        ("得分", "4"),
        ("一票否决", "-4"),
        ("总分", "0"),
    ]
    assert [step.colour for step in steps] == [BLUE, RED, BLUE, RED, BLUE]


def test_what_was_gained_rises() -> None:
    """A bonus is green, and leads upwards."""
    rule = hd.Bonus(hd.StepsAbove("rate", target=90, step=1), points=1, cap=2)
    measure = hd.Measure("rate", "满意率", unit="%")
    item = hd.Indicator("1", "满意", points=5, rules=rule)
    agreement = hd.Agreement("示例", measures=(measure,), parts=(item,))
    sheet = hd.score(agreement, hd.Record("甲", {"rate": "95%"}))
    full, gained, total = steps_of(sheet, "en")
    assert (full.name, total.name, total.end) == ("full points", "total", sheet.total)
    assert gained.colour == GREEN
    assert gained.end > gained.start


def test_steps_are_exact_in_any_context() -> None:
    """The caller's precision does not move a bar."""
    with localcontext() as context:
        context.prec = 1
        assert [step.text for step in steps_of(SHEETS[9])][-1] == str(SHEETS[9].total)


def test_without_a_total_there_is_nothing_to_fall_to() -> None:
    """The reason is told instead of a picture."""
    with pytest.raises(UsageError, match="`甲` has no total to fall to: value-missing"):
        plot_waterfall(hd.score(AGREEMENT, hd.Record("甲", {})))


# -------------------------------------------------------------------------------- ranking


def test_a_ranking_has_a_bar_for_every_total() -> None:
    """Widths are totals, colours grades; who has no total has a name and a word."""
    ranked = hd.rank(SHEETS)
    figure = plot_ranking(ranked)
    (axes,) = figure.axes
    totals = [entry.sheet.total for entry in ranked]
    assert [bar.get_width() for bar in axes.patches] == [float(total or 0) for total in totals]
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    for label, entry in zip(labels, ranked, strict=True):
        rank = "" if entry.rank is None else f"{entry.rank}  "
        assert label.replace("\n", "") == rank + entry.sheet.record.name
    written = [text.get_text() for text in axes.texts]
    words = ["无法计总分" if total is None else str(total) for total in totals]
    assert [each for each in written if each in words] == words
    colours = {
        entry.sheet.grade: bar.get_facecolor()
        for entry, bar in zip(ranked, axes.patches, strict=True)
    }
    assert len(set(colours.values())) == len(colours) == 4  # three grades, and none


def test_boundaries_of_grades_are_drawn_where_all_have_the_same() -> None:
    """Each lower bound is a line with its name; two agreements with other grades have none."""
    (axes,) = plot_ranking(hd.rank(SHEETS[:3])).axes
    lines = [line.get_xdata()[0] for line in axes.lines]
    assert lines == [45, 30]
    assert {"优秀 45", "合格 30"} <= {text.get_text() for text in axes.texts}
    other = hd.score(
        hd.Agreement("别", parts=(hd.Indicator("1", points=5),)), hd.Record("x", {"1": 5})
    )
    assert not plot_ranking(hd.rank([*SHEETS[:3], other])).axes[0].lines


def test_many_facilities_stand_in_columns() -> None:
    """Three hundred have six columns of fifty; nobody is left out."""
    figure = plot_ranking(hd.rank(many(300)))
    assert [len(axes.patches) for axes in figure.axes] == [50] * 6
    names = {
        tick.get_text().split("  ")[-1] for axes in figure.axes for tick in axes.get_yticklabels()
    }
    assert len(names) == 300


def test_nothing_is_no_picture() -> None:
    """No facilities, and no points, are told."""
    for draw in (lambda: plot_ranking([]), lambda: plot_heat([]), lambda: plot_bounds([])):
        with pytest.raises(UsageError):
            draw()


# ------------------------------------------------------------------------------- heat map


def test_a_heat_map_has_a_cell_for_every_item_of_every_facility() -> None:
    """A cell is earned ÷ full of an item without items below it; what can't be told is empty."""
    figure = plot_heat(SHEETS)
    (image,) = figure.axes[0].images
    array = image.get_array()
    assert array is not None
    assert array.shape == (30, 12)
    written = iter(text.get_text() for text in figure.axes[0].texts)
    for row, sheet in zip(array, SHEETS, strict=True):
        leaves = [
            item
            for item in sheet.items
            if item.full and not any(o.number.startswith(f"{item.number}.") for o in sheet.items)
        ]
        for cell, item in zip(row, leaves, strict=True):
            assert next(written) == ("" if item.earned is None else str(item.earned))
            if item.earned is None:
                assert cell is masked
            else:
                assert float(cell) == float(item.earned) / float(item.full)


def test_the_heat_of_other_agreements_leaves_gaps() -> None:
    """An item that a facility does not have is no zero."""
    one = hd.score(
        hd.Agreement("甲", parts=(hd.Indicator("1", points=5),)), hd.Record("x", {"1": 5})
    )
    two = hd.score(
        hd.Agreement("乙", parts=(hd.Indicator("2", points=5),)), hd.Record("y", {"2": 0})
    )
    heat = heat_of([one, two])
    assert heat.items == ("1", "2")
    assert heat.shares[0][0] == 1
    assert heat.shares[1][1] == 0
    assert math.isnan(heat.shares[0][1])


# ---------------------------------------------------------------------------------- years


def test_years_are_lines_of_totals() -> None:
    """Few facilities have a line each; who has no total in a period has a gap, never a zero."""
    periods = {"2023": [SHEETS[0], SHEETS[3]], "2024": [SHEETS[3], SHEETS[0]]}
    courses = courses_of(periods)
    assert [course.name for course in courses] == ["示例01镇卫生院", "示例04镇卫生院"]
    (axes,) = plot_years(periods).axes
    first, second = (list(map(float, line.get_ydata())) for line in axes.lines)
    assert first == [float(SHEETS[0].total or 0)] * 2
    assert SHEETS[3].total is None
    assert all(map(math.isnan, second))


def test_of_many_facilities_the_mean_stands_out() -> None:
    """The last line is the exact mean; six that moved most have names."""
    moved = [
        hd.score(AGREEMENT, attrs.evolve(RECORDS[(at * 7) % 30], facility=r.facility, name=r.name))
        for at, r in enumerate(RECORDS)
    ]
    periods = {"2023": moved, "2024": SHEETS}
    (axes,) = plot_years(periods).axes
    known = [Fraction(sheet.total) for sheet in SHEETS if sheet.total is not None]
    means = means_of(courses_of(periods))
    assert means[1] == sum(known) / len(known)
    assert list(axes.lines[-1].get_ydata()) == [float(mean or 0) for mean in means]
    assert len(axes.lines) == 30 + 6 + 1
    assert sum("平均" in text for text in texts(axes.get_figure())) == 1


def test_a_facility_stands_once_in_a_period() -> None:
    """Two sheets of one facility in one year would make two lines of one name."""
    with pytest.raises(UsageError, match="is there twice in `2024`"):
        courses_of({"2024": [SHEETS[0], SHEETS[0]]})
    with pytest.raises(UsageError, match="two periods"):
        plot_years({"2024": SHEETS})


def test_names_do_not_stand_upon_each_other() -> None:
    """Heights keep their order and their distance, and those far apart stay."""
    for heights in ([1.0, 1.0, 1.0, 9.0], [3.0, 2.9, 2.8], [5.0], [0.0, 10.0]):
        moved = spread(heights, 1.0)
        ordered = sorted(moved)
        assert all(b - a >= 1 - 1e-9 for a, b in pairwise(ordered))
        assert sum(moved) == pytest.approx(sum(heights))
    assert spread([0.0, 10.0], 1.0) == [0.0, 10.0]


# --------------------------------------------------------------------------------- bounds


def test_bounds_reach_from_the_lowest_to_the_highest_total() -> None:
    """Each line is the sheet's own bounds; a grade that is settled gives its colour."""
    figure = plot_bounds(SHEETS)
    (axes,) = figure.axes
    reaches = reaches_of(SHEETS)
    by_name = {sheet.record.name: sheet.bounds for sheet in SHEETS}
    (segments,) = (each for each in axes.collections if isinstance(each, LineCollection))
    drawn = [(start[0], end[0]) for start, end in segments.get_segments()]
    assert drawn == [(float(each.low), float(each.high)) for each in reaches]
    for each in reaches:
        assert (each.low, each.high) == (by_name[each.name].low, by_name[each.name].high)
    dots = [each for each in axes.collections if isinstance(each, PathCollection)]
    assert [len(each.get_offsets()) for each in dots] == [30, 30]
    marks = marks_of([AGREEMENT])
    assert marks.colour(None) == GREY
    open_ones = [each for each in reaches if each.low != each.high]
    assert open_ones
    assert {each.text for each in reaches} <= set(texts(figure))


def test_sheets_without_points_have_no_bounds() -> None:
    """Where nothing has points, there is nothing to draw."""
    plain = hd.Agreement("示例", parts=(hd.Indicator("1", "台账"),))
    with pytest.raises(UsageError, match="there are none"):
        plot_bounds([hd.score(plain, hd.Record("甲", {}))])
