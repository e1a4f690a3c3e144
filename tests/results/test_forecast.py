"""The forecast: what grows, what stands, and between what the year can still end."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthduty.calendars import DaySpan
from healthduty.errors import UsageError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.model.party import Term
from healthduty.records.record import Case, Record, Sample, Value
from healthduty.results.forecast import Forecast, forecast
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Bonus, Deduction, Rule
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given
from healthduty.scoring.score import score
from test_readme import run

PAGE = Path(__file__).parents[2] / "docs/en/how-to/forecast.md"
VISITS = Measure("visits", "巡查", unit="次")
INCOME = Measure("income", "收入", unit="万元")
RATE = Measure("rate", "满意率", unit="%")
DONE = Measure("done", "完成率", unit="%", kind="completion")
FLAG = Measure("flag", "有档案", kind="flag")
CASES = Measure("cases", "违规", kind="cases")
LAST = Measure("last", "上年巡查", unit="次")


def one(measures: tuple[Measure, ...], *rules: Rule) -> Agreement:
    """Return an agreement of one indicator, of 2024."""
    part = Indicator("1", points=20, rules=rules)
    return Agreement("示例", year=2024, measures=measures, parts=(part,))


def then(found: Forecast) -> dict[str, object]:
    """Return the projected values."""
    return {each.measure.code: each.then for each in found.values}


def test_each_kind_goes_its_own_way() -> None:
    """At the end of September three quarters are over."""
    values: dict[str, Value] = {
        "visits": 10,
        "income": "30.3",
        "rate": Ratio(3, 4),
        "done": Ratio(60, 100),
        "flag": True,
        "cases": 2,
        "last": 7,
    }
    measures = (VISITS, INCOME, RATE, DONE, FLAG, CASES, LAST)
    rules = (
        Deduction(Lacking(VISITS, required=Given("last")), points=1),
        Deduction(StepsBelow(RATE, target=90, step=5), points=1),
        Deduction(Once(Flag("flag", expected=False)), points=1),
        Deduction(Cases(CASES), points=1),
    )
    found = forecast(one(measures, *rules), Record("x", values), "2024-09-30")
    assert found.elapsed == Fraction(3, 4)
    assert then(found) == {
        "visits": 13,  # 40/3
        "income": Fraction(404, 10),
        "rate": Ratio(3, 4),
        "done": Ratio(80, 100),
        "flag": True,
        "cases": 3,  # 8/3
        "last": 7,  # only held against: not this year's
    }
    assert found.values[0].exact == Fraction(40, 3)
    assert found.findings.codes == ("forecast-projected",) * 4
    assert "40/3" not in str(found.findings)
    assert "≈13.3333" in found.findings[0].message


def test_cases_to_come_are_like_those_that_were() -> None:
    """Two in half a year, one of them serious: the same two again."""
    by = ByAttribute("情节", {"轻": 1, "重": 3})
    agreement = one((CASES,), Deduction(Cases(CASES, by=by), points=1))
    known = (Case("1", None, {"情节": "重"}), Case("2", None, {"情节": "轻"}))
    found = forecast(agreement, Record("x", {"cases": known}, period="2024-H1"), "2024-06-30")
    assert (found.now.total, found.sheet.total) == (16, 12)
    assert (found.bounds.low, found.bounds.high) == (0, 16)


def test_a_term_across_new_year_has_its_own_share() -> None:
    """1 November to 31 October: at the end of January a quarter is over."""
    agreement = Agreement(
        "示例",
        measures=(VISITS,),
        parts=(Indicator("1", points=20, rules=Deduction(Lacking(VISITS, required=8), points=1)),),
        term=Term("2023-11-01", "2024-10-31"),
    )
    found = forecast(agreement, {"visits": 2}, "2024-01-31")
    assert found.elapsed == Fraction(1, 4)
    assert then(found) == {"visits": 8}
    other = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 1, 31))
    assert forecast(agreement, {"visits": 2}, "2024-01-31", term=other).sheet.total == 14


def test_required_numbers_are_the_whole_years_at_the_end() -> None:
    """Half of 12 by June; all of them in the forecast."""
    agreement = one((VISITS,), Deduction(Lacking(VISITS, required=12, prorated=True), points=1))
    record = Record("x", {"visits": 6}, period="2024-H1")
    found = forecast(agreement, record, "2024-06-30")
    assert (found.now.total, found.sheet.total) == (20, 20)
    assert (found.bounds.low, found.bounds.high) == (14, 20)
    assert found.record.period is not None
    assert (found.record.period.label, found.record.period.months) == ("2024", 12)


def test_what_stands_does_not_grow_and_is_not_open() -> None:
    """A number of staff, and what was found in a sample."""
    agreement = one((VISITS,), Deduction(Lacking(VISITS, required=12), points=1))
    for value, stands in ((6, ["visits"]), (Sample(6, asked=12, available=12), ())):
        found = forecast(agreement, Record("x", {"visits": value}), "2024-06-30", stands=stands)
        assert then(found) == {"visits": value}
        assert found.bounds.low == found.bounds.high == found.sheet.total == 14
        assert not found.findings


def test_a_rate_can_still_go_half_way_in_half_a_year() -> None:
    """80 of 100 by June: between 80 and 180 of 200."""
    agreement = one((RATE,), Deduction(StepsBelow(RATE, target=100, step=10), points=1))
    found = forecast(agreement, Record("x", {"rate": Ratio(80, 100)}), "2024-06-30")
    assert (found.bounds.low, found.sheet.total, found.bounds.high) == (14, 18, 19)


def test_without_a_total_there_are_the_sheets_own_bounds() -> None:
    """A missing value leaves the forecast open, and says so."""
    agreement = one((VISITS, RATE), Deduction(StepsBelow(RATE, target=90, step=5), points=1))
    found = forecast(agreement, {"visits": 1}, "2024-06-30")
    assert found.sheet.total is None
    assert found.bounds == found.sheet.bounds
    assert found.sheet.findings.errors.codes == ("value-missing",)
    assert "推算" in found.table().text()


def test_a_wrong_call_is_refused() -> None:
    """A day outside the term, no term, an unknown measure."""
    agreement = one((VISITS,), Deduction(Lacking(VISITS, required=12), points=1))
    with pytest.raises(UsageError, match="no day of the term"):
        forecast(agreement, {"visits": 1}, "2025-01-01")
    with pytest.raises(UsageError, match="no measure `staff`"):
        forecast(agreement, {"visits": 1}, "2024-06-30", stands="staff")
    with pytest.raises(UsageError, match="neither a term nor a year"):
        forecast(Agreement("示例"), {}, "2024-06-30")


RULES = st.sampled_from(
    [
        Deduction(Lacking(VISITS, required=20), points=1),
        Deduction(StepsAbove(VISITS, target=10, step=3), points=2, cap=7),
        Bonus(Cases(CASES, free=2), points="0.5", cap=3),
        Deduction(Cases(CASES), points=1),
        Deduction(StepsBelow(RATE, target=90, step=7), points=2),
        Deduction(StepsBelow(DONE, target=100), points=5),
    ]
)


@settings(max_examples=60)
@given(st.lists(RULES, min_size=1, max_size=4, unique=True), st.data())
def test_every_rest_of_the_year_lies_within_the_bounds(
    rules: list[Rule], data: st.DataObject
) -> None:
    """Whatever more is done, found, and counted: the total is between lowest and highest."""
    agreement = one((VISITS, RATE, DONE, CASES), *rules)
    visits, cases = data.draw(st.integers(0, 25)), data.draw(st.integers(0, 8))
    good, done = data.draw(st.integers(0, 40)), data.draw(st.integers(0, 100))
    so_far: dict[str, Value] = {
        "visits": visits,
        "cases": cases,
        "rate": Ratio(good, 40),
        "done": Ratio(done, 100),
    }
    found = forecast(agreement, Record("x", so_far), "2024-06-30")
    ending: dict[str, Value] = {
        "visits": visits + data.draw(st.integers(0, 60)),
        "cases": cases + data.draw(st.integers(0, 60)),
        "rate": Ratio(good + data.draw(st.integers(0, 40)), 80),
        "done": Ratio(done + data.draw(st.integers(0, 200)), 100),
    }
    total = score(agreement, ending).total
    assert total is not None
    assert found.bounds.low is not None
    assert found.bounds.high is not None
    assert found.bounds.low <= total <= found.bounds.high


def test_the_page_is_true() -> None:
    """A reader who copies an example sees the printed result."""
    assert run(PAGE.read_text(encoding="utf-8"), PAGE.name) == []
