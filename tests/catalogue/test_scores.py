"""Scores worked out by hand, for each entry that has any, and for the shipped records.

What is expected here was added up on paper from the documents' words; no function of the library
had a part in it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from healthduty import catalogue
from healthduty.exact import Ratio
from healthduty.findings import Severity
from healthduty.records.record import Case, Judged, Record, Value
from healthduty.scoring.score import bounds, readings, score
from healthduty.scoring.sheet import ScoreSheet


def sheet_of(name: str, facility: str) -> ScoreSheet:
    """Return the sheet of a shipped record."""
    record = next(each for each in catalogue.records(name) if each.facility == facility)
    return score(catalogue.get(name), record)


def earned(sheet: ScoreSheet) -> dict[str, Decimal]:
    """Return what each item that is scored earned, by its number."""
    return {item.number: item.earned for item in sheet.items if item.full}


# -------------------------------------------------------------- township-hospital-targets

HOSPITAL: dict[str, Value] = {
    "study_weeks": 47,  # 5 weeks × 0.1
    "notebooks": 2,  # 1 × 1
    "exams": 0,  # 1
    "1.2": Judged("2.5", "缺医德考核制度"),  # 4 − 2.5
    "integrity_cases": (Case("a"), Case("b")),  # 2 × 1
    "ethics_archive": False,  # once 0.5, though a check is lacking, too
    "ethics_checks": 1,
    "surveys": 1,  # 0.5
    "satisfaction": Ratio(157, 200),  # 78.5 %: 11.5 short, 2 whole steps × 0.5
    "drug_system": True,
    "drug_checks": False,  # once 1, though two of three are lacking
    "drug_prescriptions": False,
    "licensed": "49.9%",  # 15.1 short, 3 whole steps × 1
    "family_planning_cases": 2,  # 2 × 2
    "income_growth": "7.5%",  # 2.5 short, 2 × 0.1
    "surplus": "96.2%",  # 3.8 short, 3 × 0.1
    "admissions_growth": "-1.4%",  # 1 × 0.1
    "visits_growth": "0%",  # not above last year, but no whole point short
    "bed_use": "44.9%",  # 10.1 short, 2 × 1
    "incidents": (Case("a", None, {"查处记录": "无"}), Case("b", None, {"查处记录": "有"})),
}


def test_a_hospital_by_hand() -> None:
    """Every deduction of the document at work, and none of them more than once."""
    sheet = score(catalogue.get("township-hospital-targets"), Record("by-hand", HOSPITAL))
    assert earned(sheet) == {
        "1": Decimal(8),
        "1.1": Decimal("3.5"),
        "1.1.1": Decimal("1.5"),
        "1.1.2": Decimal(2),
        "1.1.3": Decimal(0),
        "1.2": Decimal("2.5"),
        "1.3": Decimal(2),
        "2": Decimal(11),
        "2.1": Decimal(4),
        "2.2": Decimal(2),
        "2.3": Decimal(3),
        "2.4": Decimal(2),
        "3": Decimal("9.9"),
        "3.1": Decimal("4.4"),
        "3.2": Decimal(3),
        "3.3": Decimal("2.5"),
    }
    assert (sheet.total, sheet.grade) == (Decimal("28.9"), "不合格")


@pytest.mark.parametrize(
    ("number", "label", "total"),
    [
        ("2.1", "各扣一次", "28.4"),  # archive and check 0.5 each
        ("2.1", "两样都缺才扣", "29.4"),  # a check there was, so nothing
        ("2.1", "started", "28.4"),  # 11.5 of 5 are 3 begun steps
        ("2.1", "proportional", "28.75"),  # 2.3 steps × 0.5 = 1.15
        ("2.2", "各扣一次", "27.9"),  # two of three are lacking
        ("2.2", "三样都缺才扣", "29.9"),  # the system is there
        ("2.3", "started", "27.9"),  # 15.1 of 5 are 4 begun steps
        ("2.3", "proportional", "28.88"),  # 3.02 steps
        ("3.1", "只指业务收入", "29.3"),
        ("3.1", "只按差得最多的一项", "29.2"),
        ("3.2", "started", "27.9"),  # 10.1 of 5 are 3 begun steps
        ("3.2", "proportional", "28.88"),  # 2.02 steps
    ],
)
def test_the_hospital_under_the_other_readings(number: str, label: str, total: str) -> None:
    """What the words leave open moves the total by this much."""
    agreement = catalogue.get("township-hospital-targets")
    results = {
        (each.number, each.label): each.total
        for each in readings(agreement, Record("by-hand", HOSPITAL))
    }
    assert results[number, label] == Decimal(total)
    assert len(results) == 12


@pytest.mark.parametrize(
    ("facility", "total", "grade"),
    [
        ("hospital-01", "50", "优秀"),
        ("hospital-02", "47.4", "优秀"),  # one step each: 0.5, 1, 1 and 0.1
        ("hospital-03", "50", "优秀"),  # a hair short of these steps
    ],
)
def test_step_boundaries_of_hospitals(facility: str, total: str, grade: str) -> None:
    """85 of 90 is one whole step of 5; 85.5 is none."""
    sheet = sheet_of("township-hospital-targets", facility)
    assert (sheet.total, sheet.grade) == (Decimal(total), grade)


def test_a_reviewed_value_scores() -> None:
    """80 % was reported, 56 % found, 62 % remained: 3 short of 65, no step of 5."""
    assert earned(sheet_of("township-hospital-targets", "hospital-07"))["2.3"] == Decimal(6)


def test_two_assessors_count_by_their_mean() -> None:
    """3.5 and 3."""
    assert earned(sheet_of("township-hospital-targets", "hospital-08"))["1.2"] == Decimal("3.25")


def test_what_does_not_apply_keeps_its_points() -> None:
    """No bed was open all year."""
    assert earned(sheet_of("township-hospital-targets", "hospital-06"))["3.2"] == Decimal(5)


def test_items_run_out_and_no_further() -> None:
    """38 % is 10 steps: 5 + 1 + 0.5 of 6; 30 % is 7 of 6; four cases are 8 of 6; 28.5 % is 5."""
    items = earned(sheet_of("township-hospital-targets", "hospital-09"))
    assert [items[number] for number in ("2.1", "2.3", "2.4", "3.2")] == [0, 0, 0, 0]


def test_a_missing_exam_leaves_one_point_open() -> None:
    """No total, but the bounds are one point apart."""
    name = "township-hospital-targets"
    sheet = sheet_of(name, "hospital-04")
    open_total = bounds(catalogue.get(name), sheet.record)
    assert sheet.total is None
    assert open_total.low is not None
    assert open_total.high is not None
    assert open_total.high - open_total.low == 1


# --------------------------------------------------------------------- county-safety-2014

SAFETY: dict[str, Value] = {
    "一": Judged(14, "一台压力锅漏检"),
    "二": Judged("12.5", "通道堆物"),
    "三": Judged(15),
    "四": Judged(15),
    "五": Judged(13, "病历缺签名"),
    "六": Judged(15),
    "七": Judged(9, "演练档案不全"),
}


def test_safety_is_judged_item_by_item() -> None:
    """14 + 12.5 + 15 + 15 + 13 + 15 + 9, and both honours."""
    sheet = score(catalogue.get("county-safety-2014"), SAFETY)
    assert (sheet.full, sheet.total) == (Decimal(100), Decimal("93.5"))
    assert [(honour.code, honour.barred_by) for honour in sheet.honours] == [
        ("advanced-unit", ()),
        ("advanced-person", ()),
    ]


def test_an_accident_bars_honours_and_moves_no_point() -> None:
    """One accident in the year: the total stays what the assessors gave."""
    accident: dict[str, Value] = {"accidents": (Case("1", "2014-07-02"),)}
    sheet = score(catalogue.get("county-safety-2014"), SAFETY | accident)
    assert sheet.total == Decimal("93.5")
    assert [honour.barred_by for honour in sheet.honours] == [("accident",), ("accident",)]


# -------------------------------------------------------------- hospital-targets-template


def filled() -> dict[str, int | str]:
    """Return what a bureau might write into the 25 blanks."""
    template = catalogue.get("hospital-targets-template")
    rates: dict[str, int | str] = {
        measure.code: 90 for measure in template.measures if measure.unit == "%"
    }
    counts = {
        "outpatient_visits": 30_000,
        "admissions": 1_200,
        "lectures": 1,
        "trained": 80,
        "recruits": 3,
        "leaders": 2,
    }
    return rates | counts | {"disputes": "0.5"}


def test_a_filled_template_that_is_met_earns_all() -> None:
    """Each value is exactly what its blank says."""
    agreement = catalogue.get("hospital-targets-template").fill(filled())
    assert score(agreement, filled()).total == Decimal(100)


def test_a_filled_template_by_hand() -> None:
    """Three blanks fall short, one ceiling is passed, one rate has run out."""
    agreement = catalogue.get("hospital-targets-template").fill(filled())
    sheet = score(
        agreement,
        filled()
        | {
            "outpatient_visits": 27_500,  # a twelfth short: 4 ÷ 12 = 0.333…, rounded to 0.33
            "recruits": 1,  # two of three short: 2.67
            "files": "87.9%",  # 2.1 short: 2 × 0.4
            "disputes": "0.75%",  # 0.25 above: 2 × 0.4
            "vaccination": "70%",  # 20 short: 8 of 4
        },
    )
    items = earned(sheet)
    assert items["1.1.1"] == Decimal("3.67")
    assert items["4.2.1"] == Decimal("1.33")
    assert items["2.1.1"] == Decimal("3.2")
    assert items["1.2"] == Decimal("3.2")
    assert items["2.3"] == Decimal(0)
    assert sheet.total == Decimal("91.40")


def test_an_open_blank_has_no_total() -> None:
    """24 of 25 blanks are not enough, and the sheet names the one."""
    values = filled()
    del values["leaders"]
    sheet = score(catalogue.get("hospital-targets-template").fill(values), filled())
    assert sheet.total is None
    assert [finding.code for finding in sheet.findings.errors] == ["blank-open"]
    assert sheet.findings.errors[0].place.item == "4.2.2"


# --------------------------------------------------------------------- county-year-report


def test_the_county_by_hand() -> None:
    """Blood pressure 78.94 % of our 80: one whole point short, 0.5; nothing else by a whole one.

    49.87 of 50 and 79.82 of 80 are no whole point short; what exceeds 100 % earns full points.
    """
    sheet = sheet_of("county-year-report", "county")
    assert sheet.total == Decimal("99.5")
    assert {item.number: item.earned for item in sheet.items if item.earned != item.full} == {
        "3": Decimal("41.5"),
        "3.4": Decimal("4.5"),
    }
    assert not sheet.findings.errors
    assert not sheet.findings.of(Severity.WARNING)


# --------------------------------------------------------------- supervision-coordination

STATION: dict[str, Value] = {
    "staff": 5,  # more than four: half of 10
    "training_hours": "16.5",  # 3.5 short: 3 × 0.5
    "training_quarters": 3,  # 1 × 2.5
    "units": 50,
    "coverage": Ratio(48, 50),  # 4 short: 4 × 0.5
    "visits": 188,  # 12 of 200 × 0.1
    "campaigns": "88%",  # 12 short: 2 whole steps of 5 × 1
    "late_complaints": (
        Case("1", "2024-02-01", {"情节": "较轻"}),  # 1 × 1
        Case("2", "2024-05-09", {"情节": "较重"}),  # 2 × 2
        Case("3", "2024-06-30", {"情节": "较重"}),
    ),
    "late_emergencies": 0,
    "rules_posted": 4,  # 1 × 1
    "4.2": Judged(4, "底档缺一户"),
}


def test_a_station_by_hand() -> None:
    """78.8 of 100; the middle tier pays 70 % of 1.25 × 20,480 yuan."""
    sheet = score(
        catalogue.get("supervision-coordination"), Record("by-hand", STATION, population=20_480)
    )
    assert earned(sheet) == {
        "1": Decimal(21),
        "1.1": Decimal(5),
        "1.2": Decimal("8.5"),
        "1.3": Decimal("7.5"),
        "2": Decimal("34.8"),
        "2.1": Decimal(13),
        "2.2": Decimal("13.8"),
        "2.3": Decimal(8),
        "3": Decimal(15),
        "3.1": Decimal(7),
        "3.2": Decimal(4),
        "3.3": Decimal(4),
        "4": Decimal(8),
        "4.1": Decimal(4),
        "4.2": Decimal(4),
    }
    assert (sheet.total, sheet.grade) == (Decimal("78.8"), "合格")
    assert [money.amount for money in sheet.money] == [Decimal(17_920)]


@pytest.mark.parametrize(
    ("facility", "total", "grade", "share"),
    [
        ("station-01", "100", "良好", "1"),
        ("station-02", "100", "良好", "0.5"),  # a breach: half, whatever the total
        ("station-03", "80", "良好", "1"),  # the boundary belongs to the upper tier
        ("station-04", "79.5", "合格", "0.7"),
        ("station-05", "60", "合格", "0.7"),
        ("station-06", "40", "不合格", "0.5"),
        ("station-10", "98.5", "良好", "1"),  # 99 % and 95 %: one step each, 0.5 and 1
        ("station-11", "100", "良好", "1"),  # 99.5 % and 95.1 %: none
    ],
)
def test_tiers_and_money(facility: str, total: str, grade: str, share: str) -> None:
    """1.25 yuan × people × the tier's coefficient, to the fen, half up."""
    sheet = sheet_of("supervision-coordination", facility)
    assert (sheet.total, sheet.grade) == (Decimal(total), grade)
    yuan = Fraction("1.25") * int(str(sheet.record.population)) * Fraction(share)
    fen = (yuan * 200 + 1) // 2
    assert [(money.share, money.amount) for money in sheet.money] == [
        (Fraction(share), Decimal(fen) / 100)
    ]


def test_a_total_on_a_boundary_is_said() -> None:
    """80 and 60 to the point."""
    for facility in ("station-03", "station-05"):
        codes = sheet_of("supervision-coordination", facility).findings.codes
        assert "grade-boundary" in codes


def test_a_breach_says_why_the_money_is_halved() -> None:
    """The reason is the agreement's own."""
    (money,) = sheet_of("supervision-coordination", "station-02").money
    assert money.reason() == "发生违法违纪事件"


@pytest.mark.parametrize(("staff", "points"), [(0, 0), (1, 5), (2, 10), (3, 10), (4, 10), (5, 5)])
def test_two_to_four_supervisors(staff: int, points: int) -> None:
    """Both ends are inside; beside them half the points; without anybody none."""
    record = Record("by-hand", STATION | {"staff": staff}, population=1)
    sheet = score(catalogue.get("supervision-coordination"), record)
    assert earned(sheet)["1.1"] == Decimal(points)


# ---------------------------------------------------------------------- what has no score


@pytest.mark.parametrize(
    "name",
    [
        "deputy-leaders-duty",
        "health-bureau-template",
        "street-centre-2012",
        "street-centre-2013",
        "school-clinic-posts",
    ],
)
def test_an_agreement_without_points_says_so(name: str) -> None:
    """It is an agreement all the same; scoring it gives no total and the reason."""
    sheet = score(catalogue.get(name), {})
    assert (sheet.total, sheet.grade) == (None, None)
    assert "agreement-without-scores" in sheet.findings.codes
