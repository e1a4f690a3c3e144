"""Two years, and two runs, beside each other."""

from __future__ import annotations

import copy
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from healthduty.errors import UnknownNameError, UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.grades import GradeScale
from healthduty.model.indicator import Indicator, Section
from healthduty.records.record import MISSING, Origin, Record, Statement
from healthduty.results.over_time import beside
from healthduty.results.runs import compare_runs
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import StepsBelow
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet

RATE = Measure("rate", "接种率", unit="%")
LEVEL = Measure("level", "档案质量", levels=("优", "良", "差"))
SHOTS = Indicator(
    "1.1", "接种", points=10, rules=Deduction(StepsBelow(RATE, target=90, step=5), points=1)
)
LAST = Agreement(
    "2012年责任书",
    year=2012,
    measures=(RATE, LEVEL),
    parts=(
        Section("1", "公卫", parts=(SHOTS, Indicator("1.2", "协管", points=5))),
        Indicator("2", "旧项", points=5),
    ),
    grades=GradeScale.of(合格=15, 不合格=None),
    funding=(FundingPolicy("pool", "经费", fixed=100, tiers=(Tier(15, 1), Tier(None, "0.5"))),),
)
THIS = attrs.evolve(
    LAST,
    title="2013年责任书",
    year=2013,
    parts=(
        Section(
            "1",
            "公卫",
            parts=(
                Indicator("1.1", "协管", points=5),
                attrs.evolve(SHOTS, number="1.2", points=12),
                Indicator("1.3", "新项", points=3),
            ),
        ),
    ),
)


def last(key: str, rate: object = "80%", second: object = 4, third: object = 5) -> ScoreSheet:
    """Score by last year's agreement."""
    values = {"rate": rate, "1.2": second, "2": third, "level": "良"}
    return score(LAST, Record(key, values))  # type: ignore[arg-type]  # plain values


def this(key: str, rate: object = "85%", second: object = 5, third: object = 3) -> ScoreSheet:
    """Score by this year's agreement, which numbers the items otherwise."""
    values = {"rate": rate, "1.1": second, "1.3": third, "level": "优"}
    return score(THIS, Record(key, values))  # type: ignore[arg-type]  # plain values


# ----------------------------------------------------------------------------- two years


def points(items: object, key: str = "a") -> list[tuple[object, ...]]:
    """Return each item's number with its points in both years."""
    years = beside([last(key)], [this(key)], items=items)  # type: ignore[arg-type]  # each way
    return [
        (each.number, *(item and item.earned for item in (each.before, each.after)))
        for each in years.facility(key).items
    ]


def test_items_are_found_again_though_they_have_other_numbers() -> None:
    """By number and title, title, measures; what has no match stands alone."""
    assert points("items") == [
        ("1", 12, 19),
        ("1.1", 4, 5),
        ("1.2", 8, 11),
        ("1.3", None, 3),
        ("2", 5, None),
    ]


def test_items_may_go_by_their_numbers_their_measures_or_as_told() -> None:
    """By numbers 1.1 is 1.1, whatever it has become; by measures only what reads any."""
    assert points("numbers")[1:] == [
        ("1.1", 8, 5),
        ("1.2", 4, 11),
        ("1.3", None, 3),
        ("2", 5, None),
    ]
    assert [each for each in points("measures") if each[1] is not None and each[2] is not None] == [
        ("1.2", 8, 11)
    ]
    assert points({"1.1": "1.2", "1.2": "1.1", "2": "1.3"}) == [
        ("1", 12, 19),
        ("1.1", 4, 5),
        ("1.2", 8, 11),
        ("1.3", 5, 3),
    ]
    assert points({"1.1": "1.2"})[1:] == [
        ("1.1", None, 5),
        ("1.2", 8, 11),
        ("1.3", None, 3),
        ("1.2", 4, None),
        ("2", 5, None),
    ]
    years = beside([last("a")], [this("a")])
    assert [each.change for each in years.facility("a").items] == [7, 1, 3, None, None]
    for wrong in ({"9": "1.1"}, {"1.1": "9"}):
        with pytest.raises(UnknownNameError):
            points(wrong)


def test_facilities_that_are_new_or_gone_stand_there_alone() -> None:
    """This year's first; a change is only told where both totals are."""
    years = beside([last("a"), last("z")], [this("b"), this("a"), this("c", MISSING)])
    assert [(each.facility, each.change) for each in years.facilities] == [
        ("b", None),
        ("a", Decimal(2)),
        ("c", None),
        ("z", None),
    ]
    assert years.findings.codes == (
        "compare-item-new",
        "compare-item-gone",
        "compare-full-differs",
    )
    assert years.table("en").rows == (
        ("b", "", "19", "", "", "合格", "new"),
        ("a", "17", "19", "+2", "合格", "合格", ""),
        ("c", "", "", "", "", "", "new"),
        ("z", "17", "", "", "合格", "", "gone"),
    )
    assert str(years).splitlines()[0] == "单位  上年  本年  增减  上年等次  本年等次  备注"
    with pytest.raises(UnknownNameError):
        years.facility("y")
    with pytest.raises(UsageError, match="two sheets"):
        beside([last("a"), last("a")], [])


def test_shares_compare_what_was_worth_something_else() -> None:
    """8 of 10 and 11 of 12: points rose by three, the share by 11.67."""
    table = beside([last("a")], [this("a")]).items_table()
    assert table.rows[2] == ("1.2", "接种", "8", "11", "+3", "80", "91.67")
    one = beside([last("a"), last("b", "90%")], [this("a"), this("b", MISSING)])
    assert one.items_table("en").rows[2][2:] == ("8", "11", "+3", "80", "91.67")
    assert one.items_table(facility="b").rows[2][2:] == ("10", "", "", "100.00", "")


def test_what_was_observed_stands_in_its_own_unit() -> None:
    """Percentage points of a rate; levels have no difference."""
    years = beside([last("a")], [this("a")])
    assert years.values_table("a", "en").rows == (
        ("接种率", "80%", "85%", "+5%"),
        ("档案质量", "良", "优", ""),
    )
    assert years.facility("a").values[0].change == Fraction(5)
    lone = beside([], [this("a")])
    assert lone.values_table("a").rows == ()
    lost = beside([last("a", MISSING)], [this("a", "70%")])
    assert lost.values_table("a").rows[0] == ("接种率", "", "70%", "")
    fell = beside([last("a")], [this("a", "70%")])
    assert fell.values_table("a").rows[0][3] == "-10%"
    assert years._repr_html_().startswith("<div")


def test_a_measure_in_another_unit_is_not_compared() -> None:
    """80 % and 800 ‰ are told apart by nobody who reads a column."""
    other = attrs.evolve(THIS, measures=(Measure("rate", "接种率", unit="‰"), LEVEL))
    years = beside([last("a")], [score(other, Record("a", {"rate": "850‰"}))])
    assert [each.measure.code for each in years.facility("a").values] == ["level"]


# ------------------------------------------------------------------------------ two runs


def test_two_equal_runs_differ_in_nothing() -> None:
    """Nobody is listed."""
    run = compare_runs([last("a"), last("b")], [last("b"), last("a")])
    assert (run.changed, run.same, run.findings.codes) == ((), 2, ())
    assert "2" in run.table().notes[0]


def test_a_run_over_other_data_says_so() -> None:
    """Total, grade, rank and money move; the item and the record's digest say why."""
    run = compare_runs([last("a"), last("b", "85%")], [last("a", "40%", 0, 0), last("b", "85%")])
    (change,) = run.changed
    assert (change.name, change.total, change.entered) == ("a", Decimal(-17), ("record",))
    assert (change.rank_before, change.rank_after) == (2, 2)
    assert change.money == {"pool": (Decimal(100), Decimal(50))}
    assert str(run).splitlines()[2].split() == [
        *("a", "17", "0", "-17", "合格", "→", "不合格", "2", "100.00", "→", "50.00"),
        *("1.1", "接种：8", "→", "0", "数据不同"),
    ]
    assert run._repr_html_().startswith("<div")


def test_a_unit_that_only_others_passed_is_listed_for_its_rank() -> None:
    """Its own data are the same: others moved."""
    run = compare_runs([last("a"), last("b", "75%")], [last("a"), last("b", "90%")])
    moved = {each.name: each for each in run.changed}
    assert (moved["a"].rank_before, moved["a"].rank_after) == (1, 2)
    assert moved["a"].entered == ()
    assert run.findings.codes == ()
    assert run.table("en").rows[0][-1] == "others moved"


def test_another_agreement_and_another_cohort_are_named() -> None:
    """By the digests that differ; a facility in one run only is new or gone."""
    cheaper = attrs.evolve(
        SHOTS, rules=Deduction(StepsBelow(RATE, target=90, step=5), points="0.5")
    )
    first = LAST.parts[0]
    assert isinstance(first, Section)
    section = attrs.evolve(first, parts=(cheaper, *first.parts[1:]))
    new = attrs.evolve(LAST, parts=(section, *LAST.parts[1:]))
    record = Record("a", {"rate": Statement("80%", origin=Origin("cohort", "1")), "1.2": 4, "2": 5})
    other = Record("a", {"rate": Statement("80%", origin=Origin("cohort", "2")), "1.2": 4, "2": 5})
    run = compare_runs([score(LAST, record), last("z")], [score(new, other), last("n")])
    assert [each.entered for each in run.changed] == [("agreement", "record", "cohort"), (), ()]
    assert [row[-1] for row in run.table("en").rows] == [
        "the agreement, its data, the cohort",
        "it is new",
        "it is gone",
    ]


def test_a_result_that_nothing_explains_is_a_finding() -> None:
    """The same digests always give the same score, unless the library changed."""

    class Odd(ScoreSheet):
        """A sheet of another version of the library."""

        @property
        def total(self) -> Decimal:
            return Decimal(1)

    honest = last("a")
    odd = copy.copy(honest)
    odd.__class__ = Odd
    run = compare_runs([honest], [odd])
    assert run.findings.codes == ("compare-unexplained",)
    assert run.table("en").rows[0][-1] == "the library"


def test_an_item_that_only_one_run_has_is_a_change() -> None:
    """Two agreements of one total: an item was taken out."""
    shorter = attrs.evolve(LAST, parts=LAST.parts[:1])
    record = Record("a", {"rate": "80%", "1.2": 4, "2": 5})
    run = compare_runs([score(LAST, record)], [score(shorter, record)])
    assert run.table("en").rows[0][7] == "2 旧项: 5 → —"


def test_a_lost_total_is_a_change() -> None:
    """From 17 to nothing, with the item that can't be told."""
    run = compare_runs([last("a")], [last("a", MISSING)])
    assert run.changed[0].total is None
    assert "1.1 接种: 8 → ?" in run.table("en").text()
