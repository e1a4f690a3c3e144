"""Roll-up: rates by their counts, counts by adding, scores by their mean, nothing guessed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.errors import RuleError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.record import (
    MISSING,
    NOT_APPLICABLE,
    Case,
    Observation,
    Record,
    Statement,
)
from healthduty.results.resolved import put_values
from healthduty.results.rollup import Mean, RolledUp, Scored, mean_of, roll_up, scores_of
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL
from healthduty.rules.rule import Curve, Knot
from healthduty.said import chinese
from healthduty.scoring.score import score

RATE = Measure("m", "管理率", unit="%")
COUNT = Measure("m", "次数", unit="次", absent="zero")
AMOUNT = Measure("m", "收入", unit="万元")
LEVEL = Measure("m", "等级", levels=("优", "良", "差"))
FLAG = Measure("m", "事故", kind="flag")
CASES = Measure("m", "案件", kind="cases")


def rolled(measure: Measure, *values: Any, flag: str | None = None) -> RolledUp:  # noqa: ANN401
    """Roll up these values of units called a, b, c."""
    records = [Record(chr(ord("a") + n), {"m": value}) for n, value in enumerate(values)]
    return roll_up(measure, records, flag)


@pytest.mark.parametrize(
    ("measure", "values", "value"),
    [
        (RATE, (Ratio(9, 10), "500/1000"), Ratio(509, 1010)),
        (RATE, (Ratio(0, 0), "17/20"), Ratio(17, 20)),
        (RATE, (Statement("1/3"), Observation("1/2", reviewed="2/2")), Ratio(3, 5)),
        (COUNT, (3, "4次", MISSING), 7),
        (AMOUNT, ("1.5", Decimal("-0.25")), Fraction(5, 4)),
        (AMOUNT, ("1.5", "2.5"), 4),
        (LEVEL, ("优", "差", "良"), "差"),
        (CASES, (3, [Case("1")]), 4),
        (CASES, ([Case("1")], [Case("1"), Case("")], None), (Case("a/1"), Case("b/1"), Case(""))),
        (CASES, (Case("1"), [Case("2")]), (Case("a/1"), Case("b/2"))),
        (COUNT, (3, NOT_APPLICABLE), 3),
        (COUNT, (NOT_APPLICABLE, NOT_APPLICABLE), NOT_APPLICABLE),
    ],
)
def test_what_several_make_together(measure: Measure, values: Any, value: Any) -> None:  # noqa: ANN401
    """By the kind of the measure; the agreed value of each counts."""
    found = rolled(measure, *values)
    assert (found.value, found.findings.codes) == (value, ())


def test_a_rate_that_was_divided_can_not_be_rolled_up() -> None:
    """Rates are never averaged: the unit is named, and the value is missing."""
    found = rolled(RATE, "9/10", "50%", 50)
    assert found.value is MISSING
    assert found.findings.codes == ("rollup-no-pair", "rollup-no-pair")
    assert "`b`" in found.findings[0].message
    assert found.statement == Statement(MISSING, evidence="3 × m")


def test_who_is_missing_leaves_no_sum() -> None:
    """And so does a value that can't be read; a list of units without any has none either."""
    assert rolled(AMOUNT, 1, MISSING).findings.codes == ("rollup-missing",)
    assert rolled(AMOUNT, 1, "many").findings.codes == ("value-unreadable",)
    assert rolled(AMOUNT, 1, "many").value is MISSING
    assert rolled(AMOUNT).value is MISSING


def test_a_flag_says_all_or_any() -> None:
    """A system is in place where all have it; an accident happened where one had it."""
    assert rolled(FLAG, "是", "否", flag="all").value is False
    assert rolled(FLAG, "是", "否", flag="any").value is True
    assert rolled(FLAG, "是", "否").findings.codes == ("rollup-flag",)
    with pytest.raises(RuleError):
        rolled(FLAG, "是", flag="most")


@pytest.mark.parametrize(
    ("measure", "value"),
    [(RATE, "83%"), (RATE, "17/20"), (COUNT, 3), (LEVEL, "良"), (CASES, [Case("1")])],
)
def test_the_roll_up_of_one_unit_is_the_unit(measure: Measure, value: Any) -> None:  # noqa: ANN401
    """There is nothing to add, so even a bare rate stands."""
    assert rolled(measure, value).value == value


PAIRS = st.builds(
    lambda top, rest: Ratio(top, top + rest), st.integers(0, 10**6), st.integers(0, 10**6)
)
GROUPS = st.lists(st.lists(PAIRS, min_size=1, max_size=4), min_size=1, max_size=4)


@given(GROUPS)
def test_a_roll_up_of_roll_ups_is_the_roll_up(groups: list[list[Ratio]]) -> None:
    """Villages to townships to the county, or villages to the county: the same rate."""
    towns = [rolled(RATE, *group).value for group in groups]
    county = rolled(RATE, *towns).value
    at_once = rolled(RATE, *(pair for group in groups for pair in group)).value
    # A rate of nothing is not applicable, and one unit alone is itself: 0/0 and N/A are one.
    nothing = (NOT_APPLICABLE, Ratio(0, 0))
    assert county == at_once or (county in nothing and at_once in nothing)


# ------------------------------------------------------------------------------------ scores


def test_the_means() -> None:
    """Plain, by population, and the worst."""
    scores = [Scored("a", 90, weight=1000), Scored("b", "75.5", weight=3000)]
    assert mean_of(scores).value == Fraction("82.75")
    assert mean_of(scores, "weighted").value == Fraction("79.125")
    assert mean_of(scores, Mean.WORST).value == Fraction("75.5")
    assert mean_of(scores, "weighted").statement().value == Decimal("79.13")
    evidence = mean_of(scores, "weighted").statement().evidence
    assert evidence == f"weighted mean of {len(scores)} units"
    assert chinese(evidence) == f"{len(scores)}个单位得分加权平均"
    assert mean_of(scores[:1]).statement().evidence == "plain mean of 1 unit"
    assert mean_of(scores).statement(places=0).value == 83


def test_a_unit_without_score_or_weight_leaves_no_mean() -> None:
    """It is told and not left out."""
    assert mean_of([Scored("a", 90), Scored("b", None)]).findings.codes == ("rollup-no-total",)
    lacking = mean_of([Scored("a", 90), Scored("b", 80, weight=1)], Mean.WEIGHTED)
    assert (lacking.value, lacking.findings.codes) == (None, ("rollup-no-weight",))
    assert lacking.statement().value is MISSING
    negative = mean_of([Scored("a", 90, weight=-1)], Mean.WEIGHTED)
    assert "`-1`" in negative.findings[0].message
    nothing = mean_of([Scored("a", 90, weight=0)], Mean.WEIGHTED)
    assert nothing.findings.codes == ("rollup-no-weight",)
    assert mean_of([]).value is None


SCORES = st.lists(
    st.lists(
        st.tuples(st.decimals(0, 100, places=2), st.integers(1, 10**6)), min_size=1, max_size=4
    ),
    min_size=1,
    max_size=4,
)


@given(SCORES, st.sampled_from(list(Mean)))
def test_a_mean_of_means_is_the_mean(groups: list[list[tuple[Decimal, int]]], way: Mean) -> None:
    """With the weights that every level hands on; and it lies between the lowest and the best."""
    scored = [[Scored(str(n), points, weight=w) for n, (points, w) in enumerate(g)] for g in groups]
    above = Mean.WEIGHTED if way is Mean.PLAIN else way
    towns = [mean_of(group, way).scored(str(n)) for n, group in enumerate(scored)]
    at_once = mean_of([each for group in scored for each in group], way)
    assert mean_of(towns, above).value == at_once.value
    points = [each.points or 0 for group in scored for each in group]
    assert min(points) <= (at_once.value or 0) <= max(points)
    assert mean_of(scored[0][:1], way).value == scored[0][0].points


def test_an_indicator_that_is_the_units_result() -> None:
    """The county's item on its townships is scored by their mean, a value like any other."""
    town = Agreement("镇责任书", parts=(Indicator("1", points=100),))
    sheets = [
        score(town, Record(name, {"1": points}, population=people))
        for name, points, people in (("a", 90, 1000), ("b", 81, 2000))
    ]
    mean = mean_of(scores_of(sheets), Mean.WEIGHTED)
    children = Measure("children", "乡镇考核平均分", kind="amount")
    line = Curve(children, "earn", (Knot(0, 0), Knot(100, FULL)))
    county = Agreement(
        "县责任书", measures=(children,), parts=(Indicator("1", points=10, rules=line),)
    )
    put = put_values(Record("county", {}), county, {"children": mean.statement()})
    assert put.findings.codes == ()
    assert score(county, put.record).total == Decimal("8.4")
    own = put_values(Record("county", {"children": 85}), county, {"children": mean.statement()})
    assert own.findings.codes == ("resolved-differs",)
    assert score(county, own.record).total == Decimal("8.5")


def test_what_is_no_measure_is_compared_as_it_stands() -> None:
    """A judgement goes by the number of its item; what does not apply is no number either."""
    agreement = Agreement("示例", measures=(COUNT,), parts=(Indicator("1", points=5),))
    record = Record("a", {"1": 4, "m": NOT_APPLICABLE})
    same = put_values(record, agreement, {"1": Statement(4), "m": Statement(NOT_APPLICABLE)})
    assert same.findings.codes == ()
    other = put_values(record, agreement, {"1": Statement(5), "m": Statement(3)})
    assert other.findings.codes == ("resolved-differs", "resolved-differs")
    assert other.record.values["1"] == 4


def test_a_population_that_is_no_number_weighs_nothing() -> None:
    """The sheet says so already; the mean says that the unit has no weight."""
    town = Agreement("镇责任书", parts=(Indicator("1", points=100),))
    sheet = score(town, Record("a", {"1": 90}, population="many"))
    assert scores_of([sheet])[0].weight is None
    assert scores_of([score(town, Record("a", {"1": 90}))])[0].weight is None
