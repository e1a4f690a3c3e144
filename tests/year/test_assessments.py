"""Several assessments make one score; several offices make one record."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.records.record import MISSING, Case, Judged, Record, Statement
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import StepsBelow
from healthduty.scoring.score import score
from healthduty.year.assessments import Assessment, Combine, combine
from healthduty.year.merging import merge_records, offices_of

QUARTERS = [
    Assessment(f"第{n}季度", points, on=f"2024-{3 * n:02}-28", weight=weight)
    for n, points, weight in ((1, "91.5", 20), (2, 88, 20), (3, 94, 20), (4, 90, 40))
]


def test_the_three_ways() -> None:
    """Average, weighted by the agreed weights, the last one."""
    assert combine(QUARTERS, "average").points == Fraction("90.875")
    assert combine(QUARTERS, "average").published() == Decimal("90.88")
    assert combine(QUARTERS, Combine.WEIGHTED).points == Fraction("90.7")
    assert combine(reversed(QUARTERS), Combine.LAST).points == 90
    assert all(combine(QUARTERS, way).findings.codes == () for way in Combine)


def test_a_re_assessment_replaces() -> None:
    """What is assessed again after correction counts from then on."""
    again = [*QUARTERS, Assessment("复评", 96, on="2025-01-15")]
    assert combine(again, Combine.LAST).points == 96


def test_daily_checks_count_toward_the_year() -> None:
    """E2: the mean of the daily checks is one assessment of the year, with its weight."""
    daily = combine(QUARTERS, Combine.AVERAGE).assessment("平时", weight="0.3")
    year = combine([daily, Assessment("年终", 95, weight="0.7")], Combine.WEIGHTED)
    assert year.points == Fraction("93.7625")
    assert year.findings.codes == ()
    table = year.table()
    assert table.rows[0] == ("平时", "", "0.3", "90.875")
    assert table.rows[-1] == ("加权合计", "", "", "93.76")


@pytest.mark.parametrize(
    ("parts", "way", "codes"),
    [
        ([], "average", ["assessment-none"]),
        ([Assessment("a", None), Assessment("b", 90)], "average", ["assessment-open"]),
        (
            [Assessment("a", 1, full=50), Assessment("b", 1, full=100)],
            "average",
            ["assessment-full-differs"],
        ),
        ([Assessment("a", 90), Assessment("b", 90, weight=100)], "weighted", ["assessment-weight"]),
        (
            [Assessment("a", 90, weight=-1), Assessment("b", 90, weight=101)],
            "weighted",
            ["assessment-weight"],
        ),
        ([Assessment("a", 90, weight=0)], "weighted", ["assessment-weight"]),
        (
            [Assessment("a", 90, on="2024-03-01"), Assessment("b", 80)],
            "last",
            ["assessment-undated"],
        ),
        (
            [Assessment("a", 90, on="2024-03-01"), Assessment("b", 80, on="2024-03-01")],
            "last",
            ["assessment-same-day"],
        ),
        (
            [Assessment("a", 90, on="2024-02-30"), Assessment("b", 1, on="2024-03-01")],
            "last",
            ["assessment-undated"],
        ),
    ],
)
def test_what_makes_no_score(parts: list[Assessment], way: str, codes: list[str]) -> None:
    """It is told, and there are no points."""
    found = combine(parts, way)
    assert (found.points, list(found.findings.codes)) == (None, codes)
    assert found.published() is None


def test_an_open_one_before_the_last_does_not_matter() -> None:
    """Where the last counts, what had no total in March does not keep December back."""
    parts = [Assessment("a", None, on="2024-03-01"), Assessment("b", 80, on="2024-12-01")]
    assert combine(parts, Combine.LAST).points == 80


def test_weights_that_make_something_else() -> None:
    """30 and 60 are taken as parts of 90, and that is told."""
    found = combine(
        [Assessment("a", 90, weight=30), Assessment("b", 60, weight=60)], Combine.WEIGHTED
    )
    assert (found.points, found.findings.codes) == (70, ("assessment-weights-sum",))


PARTS = st.lists(
    st.builds(
        Assessment,
        st.text(max_size=2),
        st.decimals(-5, 120, places=2),
        on=st.dates(),
        weight=st.integers(1, 100),
    ),
    min_size=1,
    max_size=6,
)


@given(PARTS, st.sampled_from(list(Combine)))
def test_a_combined_score_lies_between_the_worst_and_the_best(
    parts: list[Assessment], way: Combine
) -> None:
    """And one assessment alone is itself, whatever the way."""
    found = combine(parts, way)
    points = [each.points for each in parts if each.points is not None]
    if found.points is not None:
        assert min(points) <= found.points <= max(points)
    assert combine(parts[:1], way).points == points[0]


# ------------------------------------------------------------------------- several offices

RATE = Measure("rate", "满意率", unit="%")
COUNT = Measure("count", "例会")
CASES = Measure("cases", "投诉", kind="cases")
TALLY = StepsBelow(RATE, target=90, step=5)
OFFICES = Agreement(
    "示例",
    measures=(RATE, COUNT, CASES),
    parts=(
        Section(
            "1",
            office="医政科",
            parts=(Indicator("1.1", points=5, rules=Deduction(TALLY, points=1)),),
        ),
        Section("2", parts=(Indicator("2.1", points=5, office="公卫科"),)),
        Section("", "总则", office="办公室"),
    ),
)


def test_who_assesses_what() -> None:
    """An item's office is its own or that of its section; a judged item goes by its number."""
    assert offices_of(OFFICES) == {
        "1": ("医政科",),
        "1.1": ("医政科",),
        "rate": ("医政科",),
        "2.1": ("公卫科",),
    }


def test_each_office_its_part() -> None:
    """What one of them says is taken; what both say alike is taken once."""
    merged = merge_records(
        OFFICES,
        {
            "医政科": Record("a", {"rate": "85%", "count": MISSING}, population=3000),
            "公卫科": Record("a", {"rate": "17/20", "2.1": Judged(4), "count": 3}, kind="centre"),
        },
    )
    assert merged.findings.codes == ()
    assert dict(merged.record.values) == {"rate": "85%", "count": 3, "2.1": Judged(4)}
    assert (merged.record.population, merged.record.kind) == (3000, "centre")
    assert score(OFFICES, merged.record).total == 8


def test_the_office_that_assesses_it_stands() -> None:
    """And what the other said is listed."""
    merged = merge_records(
        OFFICES,
        {"公卫科": Record("a", {"rate": 95}), "医政科": Record("a", {"rate": Statement("80%")})},
    )
    assert merged.record.values["rate"] == Statement("80%")
    assert merged.findings.codes == ("merge-overruled",)
    assert "公卫科 `95`" in merged.findings[0].message


@pytest.mark.parametrize(("one", "other"), [(3, 4), ((Case("1"),), (Case("2"),)), ("many", "more")])
@pytest.mark.parametrize("code", ["count", "cases", "unheard"])
def test_where_nobody_assesses_it_nobody_stands(code: str, one: object, other: object) -> None:
    """A conflict leaves the value out: it is missing until the offices agree."""
    parts = {"a": Record("u", {code: one}), "b": Record("u", {code: other})}
    merged = merge_records(OFFICES, parts)
    assert merged.record.values[code] is MISSING
    assert merged.findings.codes == ("merge-conflict",)


def test_offices_that_differ_about_the_unit() -> None:
    """The first stands, and it is told."""
    parts = {"a": Record("u", {}, population=1), "b": Record("u", {}, population=2, period="2024")}
    merged = merge_records(OFFICES, parts)
    assert merged.findings.codes == ("merge-unit-differs",)
    assert merged.record.population == 1
    assert merged.record.period is not None


def test_what_no_office_observed_is_missing() -> None:
    """It is nobody's conflict."""
    parts = {"a": Record("u", {"count": MISSING}), "b": Record("u", {"count": None})}
    merged = merge_records(OFFICES, parts)
    assert (merged.record.values["count"], merged.findings.codes) == (MISSING, ())


def test_an_assessment_of_a_sheet() -> None:
    """Its total, out of its full points."""
    sheet = score(OFFICES, Record("u", {"rate": 90, "2.1": 4}))
    assert Assessment.of(sheet, "年终", weight=60) == Assessment("年终", 9, full=10, weight=60)


def test_offices_assess_one_facility() -> None:
    """Anything else is a wrong call."""
    with pytest.raises(UsageError, match="`a`, `b`"):
        merge_records(OFFICES, {"x": Record("a", {}), "y": Record("b", {})})
    with pytest.raises(UsageError, match="none"):
        merge_records(OFFICES, {})
