"""Makes the records that the catalogue ships.

Thirty invented facilities for each of two agreements, and the counties and the district whose
year reports print their figures.

    python tests/catalogue/make_records.py

writes them into the package. Every number is drawn from a hash of facility and measure, so the
same script makes the same files on every machine, and a new measure moves no other value. Most
facilities are ordinary; the first ones stand where things are decided: on a step, just beside
it, on a tier's boundary, with a value missing, not applicable, or reviewed after an objection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from healthduty.exact import Ratio
from healthduty.records.files import write_records_json
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Record,
    Statement,
    Value,
)

DATA = Path(__file__).parents[2] / "src" / "healthduty" / "catalogue" / "data"
FACILITIES = 30
YEAR = "2024"

Values = dict[str, Value]


class Dice:
    """Draws for one facility: whole numbers that depend on nothing but its key and a name."""

    def __init__(self, facility: str) -> None:
        """Keep the facility's key."""
        self.facility = facility

    def between(self, name: str, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        drawn = hashlib.sha256(f"{self.facility}/{name}".encode()).digest()
        return low + int.from_bytes(drawn[:8]) % (high - low + 1)

    def once_in(self, name: str, times: int) -> bool:
        """Return whether one of so many facilities is this one."""
        return self.between(f"{name}?", 1, times) == 1

    def ratio(self, name: str, base: int, low: int, high: int) -> Ratio:
        """Return about `low` to `high` per mille of `base`, as the two counts."""
        return Ratio(base * self.between(name, low, high) // 1000, base)

    def cases(self, name: str, one_in: int, most: int, **attributes: tuple[str, ...]) -> Value:
        """Return the dated cases of a facility that has any, else the count 0."""
        if not self.once_in(name, one_in):
            return 0
        return tuple(
            Case(
                f"{name}-{number}",
                f"{YEAR}-{self.between(f'{name} month {number}', 1, 12):02d}"
                f"-{self.between(f'{name} day {number}', 1, 28):02d}",
                {
                    attribute: words[
                        self.between(f"{name} {attribute} {number}", 1, len(words)) - 1
                    ]
                    for attribute, words in attributes.items()
                },
            )
            for number in range(1, self.between(f"{name} count", 1, most) + 1)
        )


def percent(tenths: int) -> str:
    """Print tenths of a per cent as a report does."""
    return f"{Decimal(tenths) / 10}%"


# -------------------------------------------------------------- township-hospital-targets


def hospital_values(dice: Dice) -> Values:
    """Return what an ordinary township hospital reports."""
    staff, beds = dice.between("staff", 18, 90), dice.between("beds", 12, 80) * 366
    return {
        "study_weeks": dice.between("study_weeks", 44, 52),
        "notebooks": 2 if dice.once_in("notebooks", 5) else 3,
        "exams": 0 if dice.once_in("exams", 9) else 1,
        "1.2": Judged(Decimal(dice.between("1.2", 4, 8)) / 2, "座谈与制度", assessor="考核组"),
        "integrity_cases": dice.cases("integrity_cases", 8, 2),
        "ethics_archive": not dice.once_in("ethics_archive", 12),
        "ethics_checks": 1 if dice.once_in("ethics_checks", 6) else 2,
        "surveys": 1 if dice.once_in("surveys", 4) else 2,
        "satisfaction": dice.ratio("satisfaction", 200, 740, 975),
        "drug_system": True,
        "drug_checks": not dice.once_in("drug_checks", 7),
        "drug_prescriptions": not dice.once_in("drug_prescriptions", 10),
        "licensed": dice.ratio("licensed", staff, 520, 920),
        "family_planning_cases": dice.cases("family_planning_cases", 15, 2),
        "income_growth": percent(dice.between("income_growth", -60, 190)),
        "surplus": percent(dice.between("surplus", 820, 1150)),
        "admissions_growth": percent(dice.between("admissions_growth", -80, 120)),
        "visits_growth": percent(dice.between("visits_growth", -50, 150)),
        "bed_use": dice.ratio("bed_use", beds, 350, 820),
        "incidents": dice.cases("incidents", 5, 2, 查处记录=("有", "有", "无")),
    }


FAULTLESS_HOSPITAL: Values = {
    "study_weeks": 52,
    "notebooks": 3,
    "exams": 1,
    "1.2": Judged(4, "制度齐全，座谈反映良好", assessor="考核组"),
    "integrity_cases": 0,
    "ethics_archive": True,
    "ethics_checks": 2,
    "surveys": 2,
    "satisfaction": Ratio(188, 200),
    "drug_system": True,
    "drug_checks": True,
    "drug_prescriptions": True,
    "licensed": Ratio(41, 50),
    "family_planning_cases": 0,
    "income_growth": "12.4%",
    "surplus": "103%",
    "admissions_growth": "3.1%",
    "visits_growth": "5.6%",
    "bed_use": Ratio(9150, 14640),
    "incidents": 0,
}

HOSPITALS: Mapping[int, Values] = {
    1: FAULTLESS_HOSPITAL,
    # exactly one step short: 85 of 90, 60 of 65, 50 of 55, 9 of 10
    2: FAULTLESS_HOSPITAL
    | {
        "satisfaction": Ratio(170, 200),
        "licensed": Ratio(30, 50),
        "bed_use": Ratio(7320, 14640),
        "income_growth": "9%",
    },
    # a hair short of that step
    3: FAULTLESS_HOSPITAL
    | {
        "satisfaction": Ratio(171, 200),
        "licensed": Ratio(601, 1000),
        "bed_use": Ratio(7321, 14640),
        "income_growth": "9.01%",
    },
    4: {"exams": MISSING},
    5: {"satisfaction": MISSING, "surveys": 1},
    6: {"bed_use": NotApplicable("住院楼改建，全年停床", approver="示例区卫生局")},
    # what the hospital said, what the assessors found, what remained after its objection
    7: {
        "licensed": Observation(
            self_assessed=Ratio(40, 50),
            verified=Statement(
                Ratio(28, 50), assessor="考核组", on="2024-12-12", evidence="证件与花名册"
            ),
            reviewed=Statement(
                Ratio(31, 50), assessor="复核组", on="2024-12-20", evidence="补交注册证3份"
            ),
        )
    },
    8: {"1.2": (Judged("3.5", "座谈", assessor="甲"), Judged(3, "制度", assessor="乙"))},
    # so much is wrong that items run out
    9: {
        "ethics_archive": False,
        "surveys": 0,
        "satisfaction": "38%",
        "licensed": Ratio(9, 30),
        "family_planning_cases": (
            Case("fp-1", "2024-03-04"),
            Case("fp-2", "2024-05-17"),
            Case("fp-3", "2024-09-09"),
            Case("fp-4", "2024-11-21"),
        ),
        "bed_use": "28.5%",
    },
}


# ---------------------------------------------------------------- supervision-coordination


def station_values(dice: Dice) -> Values:
    """Return what an ordinary coordination station reports."""
    units = dice.between("units", 24, 180)
    slack = dice.between("slack", 0, 140)
    watched = units - units * dice.between("coverage", 0, 40 + slack) // 1000
    return {
        "staff": dice.between("staff", 1, 5),
        "training_hours": dice.between("training_hours", 12, 26),
        "training_quarters": dice.between("training_quarters", 2, 4),
        "units": units,
        "coverage": Ratio(watched, units),
        "visits": 4 * units - units * dice.between("visits", 0, 100 + 8 * slack) // 1000,
        "campaigns": percent(dice.between("campaigns", 780, 1000)),
        "late_complaints": dice.cases("late_complaints", 2, 4, 情节=("较轻", "较轻", "较重")),
        "late_emergencies": dice.cases("late_emergencies", 14, 1),
        "rules_posted": dice.between("rules_posted", 3, 5),
        "4.2": Judged(Decimal(dice.between("4.2", 4, 10)) / 2, "抽看档案", assessor="监督中心"),
        "breaches": dice.cases("breaches", 25, 1),
    }


FAULTLESS_STATION: Values = {
    "staff": 3,
    "training_hours": 20,
    "training_quarters": 4,
    "units": 60,
    "coverage": Ratio(60, 60),
    "visits": 240,
    "campaigns": "100%",
    "late_complaints": 0,
    "late_emergencies": 0,
    "rules_posted": 5,
    "4.2": Judged(5, "一户一档，成册", assessor="监督中心"),
    "breaches": 0,
}

BREACH = {"breaches": (Case("breach-1", "2024-08-15", note="骗取经费"),)}
"""What halves the money whatever the total."""

TWENTY_LESS: Values = {"training_hours": 0, "training_quarters": 0}
"""20 of the 100 points: 20 hours of 0.5 and 4 quarters of 2.5."""

STATIONS: Mapping[int, Values] = {
    1: FAULTLESS_STATION,
    2: FAULTLESS_STATION | BREACH,
    # 80 to the point, and half a point below it
    3: FAULTLESS_STATION | TWENTY_LESS,
    4: FAULTLESS_STATION | TWENTY_LESS | {"4.2": Judged("4.5", "底档不全", assessor="监督中心")},
    # 60 to the point: 15 for visits and 5 for the rules are gone, too
    5: FAULTLESS_STATION | TWENTY_LESS | {"visits": 90, "rules_posted": 0},
    6: FAULTLESS_STATION
    | TWENTY_LESS
    | {"visits": 90, "rules_posted": 0, "staff": 0, "coverage": Ratio(48, 60)},
    7: {"campaigns": NotApplicable("本年没有下达专项任务", approver="示例市卫生局")},
    8: {"coverage": MISSING},
    9: {"training_hours": MISSING},
    # 99 %: exactly one step of coverage short; 95 % and 94.9 % of the campaigns: one step, one step
    10: FAULTLESS_STATION
    | {"units": 100, "coverage": Ratio(99, 100), "visits": 400, "campaigns": "95%"},
    11: FAULTLESS_STATION
    | {"units": 200, "coverage": Ratio(199, 200), "visits": 800, "campaigns": "95.1%"},
}


# -------------------------------------------------------------------------------- files


def facilities(
    prefix: str,
    name: Callable[[int], tuple[str, str]],
    ordinary: Callable[[Dice], Values],
    chosen: Mapping[int, Values],
) -> tuple[Record, ...]:
    """Return the records of thirty facilities; `chosen` replaces values of the first ones."""
    records = []
    for number in range(1, FACILITIES + 1):
        dice = Dice(f"{prefix}-{number:02d}")
        title, kind = name(number)
        values = ordinary(dice) | chosen.get(number, {})
        population = dice.between("population", 60, 620) * 100 + dice.between("people", 0, 99)
        records.append(
            Record(dice.facility, values, name=title, kind=kind, population=population, period=YEAR)
        )
    return tuple(records)


def hospital(number: int) -> tuple[str, str]:
    """Return a township hospital's name and kind: every fifth is a central one."""
    central = number % 5 == 0
    return f"示例{number:02d}镇{'中心' if central else ''}卫生院", (
        "中心卫生院" if central else "一般卫生院"
    )


def station(number: int) -> tuple[str, str]:
    """Return the name and kind of what holds a station: every third is a community centre."""
    if number % 3 == 0:
        return f"示例{number:02d}社区中心", "社区卫生服务中心"
    return f"示例{number:02d}镇卫生院", "乡镇卫生院"


COUNTY: Values = {
    "blood": Ratio(2548, 2300, printed="110.78%"),
    "under5_mortality": "5.6‰",
    "birth_defects": "109.68/万",
    "two_cancer": "100.36%",
    "prenatal": "100.07%",
    "newborn_screening": "99.9%",
    "hearing_screening": "99.47%",
    "contracts": "49.87%",
    "key_group_contracts": "79.82%",
    "hypertension_management": "81.82%",
    "hypertension_control": "78.94%",
    "diabetes_management": "80.75%",
    "diabetes_control": "83.39%",
    "psychosis_management": "97.57%",
    "psychosis_standard": "90.04%",
    "psychosis_medication": "90.84%",
}
"""The figures as the county's year report prints them; its year is blanked out there."""


LEGAL: Values = {
    "case_rate": "6.8%",
    "cases": 270,
    "cases_last_year": 156,
    "cases_on_last_year": Ratio(270, 156, printed="172.44%"),
    "education_weight": "5%",
}
"""As printed: the number of cases and the percentage don't agree, and that is the point."""

DISTRICT: Values = {
    "file_rate": "78.1%",
    "file_rate_last_year": MISSING,
    "hypertension_standard": "62.2%",
    "diabetes_standard": "62.1%",
    "city_standard": MISSING,
    "waiting": 15,
}
"""As printed; last year's rate and the city's standard are named there without a number."""


def make() -> dict[str, tuple[Record, ...]]:
    """Return the records of every entry that has some."""
    return {
        "township-hospital-targets": facilities("hospital", hospital, hospital_values, HOSPITALS),
        "county-year-report": (Record("county", COUNTY, name="示例县"),),
        "supervision-coordination": facilities("station", station, station_values, STATIONS),
        "legal-services-report": (Record("county", LEGAL, name="示例县"),),
        "district-year-report": (Record("district", DISTRICT, name="示例区"),),
    }


def texts() -> dict[str, str]:
    """Return what stands in each file, by its name."""
    return {f"{name}.records.json": write_records_json(records) for name, records in make().items()}


if __name__ == "__main__":
    for file, text in texts().items():
        (DATA / file).write_text(text, encoding="utf-8", newline="\n")
