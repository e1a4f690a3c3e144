"""Each row of the source documents works from end to end, and the page that says so is true.

The page docs/en/explanation/source-rows.md names, row by row, what must work, where it is, and
the test that shows it. The tests below are those of rows that other files don't hold.
"""

from __future__ import annotations

import ast
import datetime
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from healthduty import catalogue
from healthduty.calendars import DaySpan, OwnCalendar
from healthduty.checks.check import check
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Part
from healthduty.records.record import Case, Record, Statement
from healthduty.results.resolved import put_values
from healthduty.scoring.score import bounds, score
from healthduty.year.assessments import Assessment, Combine, combine
from healthduty.year.conduct import ConductAccount, Demerit
from healthduty.year.feeding import feed
from healthduty.year.obligations import fulfilments
from healthduty.year.occasions import Scope, occasions
from healthduty.year.phases import Phase, check_phases, phase_on
from healthduty.year.submissions import Submission

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/en/explanation/source-rows.md"
ROWS = (
    *(f"A{number}" for number in range(1, 13)),
    *(f"B{number}" for number in range(1, 5)),
    "C1",
    "C2",
    "D1",
    "E1",
    "E2",
)
SHARED_TABLE = ROOT.parent / "shared" / "domain.md"


def table() -> list[tuple[str, str, str, str]]:
    """Return the rows of the page: row, what must work, where it is, which tests show it."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [(row[0], row[1], row[2], row[3]) for row in cells if re.fullmatch(r"[A-E]\d+", row[0])]


def term(agreement: Agreement) -> DaySpan:
    """Return the days of an agreement's term."""
    assert agreement.term is not None
    first, last = agreement.term.start, agreement.term.end
    assert isinstance(first, datetime.date)
    assert isinstance(last, datetime.date)
    return DaySpan(first, last)


# ------------------------------------------------------------------------------ the page is true


def test_every_row_of_the_documents_stands_once() -> None:
    """A1 to E2, in order, none twice and none left out."""
    assert tuple(row for row, *_ in table()) == ROWS


def test_every_named_test_exists() -> None:
    """`tests/…::name` is a function of that file; a file alone holds tests."""
    for row, _, _, tests in table():
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", tests)
        assert named, row
        for file, name in named:
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            functions = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
            wanted = {name} if name else {each for each in functions if each.startswith("test_")}
            assert wanted, (row, file)
            assert wanted <= functions, (row, file, name)


def test_every_entry_and_page_that_is_named_exists() -> None:
    """`name` is an entry of the catalogue, [a page](…) is there; each entry belongs to a row."""
    named = set()
    for row, _, where, _ in table():
        entries = re.findall(r"`([\w-]+)`", where)
        pages = re.findall(r"\]\(([\w./-]+)\)", where)
        assert entries or pages, row
        assert set(entries) <= set(catalogue.names()), (row, entries)
        for page in pages:
            assert (PAGE.parent / page).resolve().is_file(), (row, page)
        named |= set(entries)
    assert named == set(catalogue.names())


def test_no_row_of_the_documents_is_unknown_here() -> None:
    """The documents' own list of rows, where it stands beside the checkout."""
    if not SHARED_TABLE.exists():
        pytest.skip("the documents don't stand beside this checkout")
    rows = re.findall(r"^\| ([A-E]\d+) \|", SHARED_TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(rows) == ROWS


# ------------------------------------------------------------------------------------ A7, A9–A12


def test_seven_blanks_are_filled_for_a_clinic() -> None:
    """A7: filled, nothing is open; the combination of antibiotics is a ceiling."""
    agreement = catalogue.get("township-duties-2024")
    assert len(agreement.blanks()) == 7
    filled = agreement.fill(dict.fromkeys(agreement.blanks(), 60))
    assert not check(filled).errors
    medicine = filled.item("2.1")
    assert isinstance(medicine, Part)
    (target,) = medicine.targets
    assert (target.comparator.value, target.value) == ("<=", 60)
    (followup,) = filled.obligations
    year = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    quarters = occasions(followup, Scope(year))
    assert [str(each.days.last) for each in quarters] == [
        "2024-03-31",
        "2024-06-30",
        "2024-09-30",
        "2024-12-31",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "safety-duties-by-post",
        "conduct-duties-2011",
        "levels-of-duty",
        "city-appearance-duties",
        "township-duties-2024",
    ],
)
def test_an_agreement_without_points_is_one_all_the_same(name: str) -> None:
    """A7, A9–A12: it is checked and printed, and a sheet says that there is no total."""
    agreement = catalogue.get(name)
    assert "agreement-without-scores" in check(agreement).codes
    sheet = score(agreement, Record("示例", {}))
    assert (sheet.total, sheet.full) == (None, None)
    assert agreement.title in str(agreement)


def test_who_runs_a_trade_answers_for_its_conduct() -> None:
    """A10: all of 100 % sign; each post has its items."""
    agreement = catalogue.get("conduct-duties-2011")
    coverage = agreement.item("1.2")
    assert isinstance(coverage, Part)
    assert coverage.targets[0].value == 100
    assert {person.rank for person in agreement.responsible} == {"first", "direct"}


def test_four_levels_each_have_their_duties() -> None:
    """A11: city, district, institution, community, each under the one before."""
    agreement = catalogue.get("levels-of-duty")
    levels = [party.level for party in agreement.parties]
    assert levels == ["city", "district", "institution", "community"]
    parents = [party.parent for party in agreement.parties[1:]]
    assert parents == [party.code for party in agreement.parties[:-1]]
    assert {each.kind.value for each in agreement.consequences} == {"honour", "accountability"}


def test_a_month_without_a_meeting_is_lacking() -> None:
    """A12: two in June make up for none in July."""
    agreement = catalogue.get("city-appearance-duties")
    year = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    days = [f"2024-{month:02}-10" for month in range(1, 13) if month != 7] + ["2024-06-20"]
    (met,), _ = fulfilments(agreement, [Submission("meeting", day) for day in days], Scope(year))
    assert (str(met.lacking), str(met.surplus)) == ("1", "1")
    put = feed(Record("示例", {}), agreement, [met])
    stated = put.record.values["meetings"]
    assert isinstance(stated, Statement)
    assert stated.value == 11


# ---------------------------------------------------------------------------------------- B2–B4


def test_what_a_report_contradicts_is_found() -> None:
    """B2: 172.44 % of 156 are no 270 cases; 144 and 125 aren't either; the pair prevails."""
    agreement = catalogue.get("legal-services-report")
    (record,) = catalogue.records("legal-services-report")
    sheet = score(agreement, record)
    disagree = [each for each in sheet.findings if each.code == "rate-disagrees"]
    assert ["172.44%" in each.message for each in disagree] == [True]
    assert sheet.total == 100
    consistent = {**record.values, "cases_on_last_year": Ratio(269, 156, printed="172.44%")}
    assert "rate-disagrees" not in score(agreement, Record("x", consistent)).findings.codes
    parts = Statement(144 + 125, evidence="一般程序144起，简易程序125起")
    put = put_values(record, agreement, {"cases": parts})
    assert put.findings.codes == ("resolved-differs",)
    assert put.record.values["cases"] == 270


def test_law_education_weighs_no_less_than_five_percent() -> None:
    """B2: 6 % of the units, 5 % of the weight; a point less costs what the rule says."""
    agreement = catalogue.get("legal-services-report")
    (record,) = catalogue.records("legal-services-report")
    less = Record("x", {**record.values, "case_rate": "5%", "education_weight": "4%"})
    assert score(agreement, less).total == 100 - 10 - 8


def test_twelve_points_of_conduct_run_through_a_year() -> None:
    """B3: the 12-point system that is named there, from the demerits to the consequence."""
    account = ConductAccount(thresholds=((6, "谈话"), (12, "调整岗位")))
    course = account.course([Demerit("2024-03-01", 6, "迟报"), Demerit("2024-09-01", 6, "脱岗")])
    assert [each.consequence for each in course.crossings] == ["谈话", "调整岗位"]
    assert course.balance_on("2025-01-01") == 12


def test_the_week_that_the_plan_skips_is_lacking() -> None:
    """B4: ten weeks are planned of eleven; the one from 17 to 23 March is not there."""
    agreement = catalogue.get("weekly-plan")
    begins = ["03-03", "03-10", "03-24", "03-31", "04-07", "04-14", "04-21", "04-28", "05-05"]
    made = [Submission("weekly", f"2014-{day}") for day in [*begins, "05-12"]]
    found, findings = fulfilments(agreement, made, Scope(term(agreement)))
    assert not findings.errors
    lacking = [met.occasion for met in found[0].met if met.lacking]
    assert [(str(each.days.first), str(each.days.last)) for each in lacking] == [
        ("2014-03-17", "2014-03-23")
    ]
    put = feed(Record("示例科室", {}), agreement, found)
    assert score(agreement, put.record).total == 10


def test_a_year_from_november_has_its_own_quarters() -> None:
    """B4: data from 1 November to 31 October: quarters end in January, April, July, October."""
    (duty,) = (
        each
        for each in catalogue.get("supervision-plan-duties").obligations
        if each.code == "guidance_quarterly"
    )
    days = DaySpan(datetime.date(2016, 11, 1), datetime.date(2017, 10, 31))
    ends = [str(each.days.last) for each in occasions(duty, Scope(days))]
    assert ends == ["2017-01-31", "2017-04-30", "2017-07-31", "2017-10-31"]


# ------------------------------------------------------------------------------------------- C1


def test_a_standard_that_is_not_printed_leaves_the_total_open() -> None:
    """C1: 62.2 % and 62.1 % “reach the standard”, whose number nobody prints: bounds, no total."""
    agreement = catalogue.get("district-year-report")
    (record,) = catalogue.records("district-year-report")
    sheet = score(agreement, record)
    assert sheet.total is None
    assert set(sheet.findings.errors.codes) == {"value-missing"}
    known = bounds(agreement, record)
    assert (known.low, known.high) == (10, 40)
    told = {**record.values, "file_rate_last_year": "77%", "city_standard": "63%"}
    assert score(agreement, Record("x", told)).total == 40
    late = {**told, "city_standard": "64.1%", "waiting": 25}
    assert score(agreement, Record("x", late)).total == 40 - 1 - 2 - 4


def test_quarters_by_work_units_make_the_year() -> None:
    """C1: four quarters, weighed by the work units that each of them had."""
    units = {"第一季度": 1200, "第二季度": 1500, "第三季度": 900, "第四季度": 1400}
    points = (90, 80, 85, 95)
    quarters = [
        Assessment(name, each, weight=weight)
        for (name, weight), each in zip(units.items(), points, strict=True)
    ]
    year = combine(quarters, Combine.WEIGHTED)
    exact = Fraction(sum(a * b for a, b in zip(points, units.values(), strict=True)), 5000)
    assert year.points == exact == Fraction("87.5")


# ------------------------------------------------------------------------------------------- D1

PHASES = (
    Phase("宣传发动", None, "2023-03-31"),
    Phase("组织实施", "2023-04-01", "2023-11-30"),
    Phase("总结考评", "2023-12-01", "2023-12-30"),
)


def test_one_day_of_december_is_in_no_phase() -> None:
    """D1: three phases, and the 31st of December left over."""
    days = term(catalogue.get("civilised-city-plan"))
    found = check_phases(PHASES, days)
    assert found.codes == ("phase-gap",)
    assert "2023-12-31" in found[0].message
    assert [each.name for each in phase_on(PHASES, days, datetime.date(2023, 4, 1))] == ["组织实施"]


def test_a_plan_that_came_late_and_one_meeting_cost_ten() -> None:
    """D1: due on 28 March, two meetings a year, checked at the year's end."""
    agreement = catalogue.get("civilised-city-plan")
    made = [
        Submission("plan", "2023-03-29"),
        Submission("supervisors", "2023-06-01"),
        Submission("self_check", "2023-12-20"),
    ]
    found, _ = fulfilments(agreement, made, Scope(term(agreement)))
    put = feed(Record("示例医院", {}), agreement, found)
    assert score(agreement, put.record).total == 30 - 5 - 5
    in_time = [*made, Submission("supervisors", "2023-10-01")]
    in_time[0] = Submission("plan", "2023-03-28")
    found, _ = fulfilments(agreement, in_time, Scope(term(agreement)))
    assert score(agreement, feed(Record("x", {}), agreement, found).record).total == 30


# ------------------------------------------------------------------------------------------- E1


def test_complaints_have_five_working_days_and_a_holiday_does_not_count() -> None:
    """E1: one settled on the fifth working day, one on the sixth."""
    agreement = catalogue.get("supervision-coordination")
    year = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    off = [datetime.date(2024, 5, day) for day in (1, 2, 3)]
    scope = Scope(year, work=OwnCalendar(off=off, years=[2024]))
    code = "light-complaints"
    made = [
        Submission(code, "2024-05-10", case="1"),
        Submission(code, "2024-06-11", case="2"),
    ]
    events = {code: (Case("1", "2024-04-30"), Case("2", "2024-06-03"))}
    found, _ = fulfilments(agreement, made, scope, events)
    (light,) = (each for each in found if each.obligation.code == code)
    assert (str(light.required), str(light.lacking), str(light.late)) == ("2", "1", "1")


def test_a_stations_year_from_its_duties_to_its_money() -> None:
    """E1: four visits a unit, 20 hours a person, each quarter a training; then 1.25 yuan a head."""
    agreement = catalogue.get("supervision-coordination")
    year = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    units, people = ("甲店", "乙店"), ("张", "王")
    made = [
        *(
            Submission("visits", f"2024-{month:02}-05", of=unit)
            for month in (1, 4, 7, 10)
            for unit in units
        ),
        Submission("visits", "2024-11-05", of="甲店"),  # a fifth: makes up for no other
        *(Submission("training", "2024-03-01", 20, of=person) for person in people),
        *(Submission("informants", f"2024-{month:02}-20") for month in (2, 5, 8)),
    ]
    scope = Scope(year, objects={"单位": units, "人": people})
    found, _ = fulfilments(agreement, made, scope)
    lacking = {each.obligation.code: each.lacking for each in found}
    assert (lacking["visits"], lacking["training"], lacking["informants"]) == (0, 0, 1)
    record = catalogue.records("supervision-coordination")[0]
    rest = {code: value for code, value in record.values.items() if code != "training_quarters"}
    put = feed(attrs.evolve(record, values=rest), agreement, found)
    sheet = score(agreement, put.record)
    assert sheet.total == 97.5
    (money,) = sheet.money
    assert money.amount == Decimal("1.25") * Decimal(str(record.population))
    breached = attrs.evolve(put.record, values={**put.record.values, "breaches": 1})
    (halved,) = score(agreement, breached).money
    assert halved.share == Fraction(1, 2)


# ------------------------------------------------------------------------------------------- E2


def test_monthly_reports_are_due_at_the_months_end() -> None:
    """E2: ten in time, one late, one not at all; the plan by the end of February."""
    agreement = catalogue.get("supervision-plan-duties")
    work = OwnCalendar(off=[], years=[2017, 2018])
    made = [
        Submission("monthly", f"2017-{month:02}-28")
        for month in range(1, 13)
        if month not in (5, 8)
    ]
    made += [
        Submission("monthly", "2017-06-08", period="2017-05"),
        Submission("plan", "2017-02-28"),
        Submission("trainings", "2017-03-01"),
        Submission("trainings", "2017-09-01"),
    ]
    found, _ = fulfilments(agreement, made, Scope(term(agreement), work=work))
    put = feed(Record("示例协管站", {"hazard_declarations": "100%"}), agreement, found)
    cases = put.record.values["late_reports"]
    assert isinstance(cases, Statement)
    assert [case.attribute("period") for case in cases.value] == ["2017-05", "2017-08"]  # type: ignore[union-attr]
    assert score(agreement, put.record).total == 60 - 4


def test_the_plans_contradict_themselves_and_each_duty_says_its_own() -> None:
    """E2: guidance each quarter, or twice a year; the year's check in November or December."""
    agreement = catalogue.get("supervision-plan-duties")
    days = term(agreement)
    found, _ = fulfilments(agreement, [], Scope(days))
    asked = {
        each.obligation.code: each.required
        for each in found
        if each.obligation.code.startswith("guidance")
    }
    assert asked == {"guidance_quarterly": 4, "guidance_twice": 2}
    ends = {
        str(occasions(duty, Scope(days))[0].due)
        for duty in agreement.obligations
        if duty.code.startswith("year_check")
    }
    assert len(ends) == 3


def test_daily_inspections_count_toward_the_year() -> None:
    """E2: the mean of the daily checks is three tenths of the year, the year's check the rest."""
    daily = combine([Assessment("3月", 90), Assessment("7月", 70)], Combine.AVERAGE)
    parts = [daily.assessment("日常检查", weight=30), Assessment("年度考核", 90, weight=70)]
    assert combine(parts, Combine.WEIGHTED).points == 87
