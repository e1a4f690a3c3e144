"""Of whom a record speaks: the facility, its kind, its population, and the period.

Source: vocabulary “Record”; semantics 10 (the data's period may differ from the year).

>>> read_population("3.2万人")
Fraction(32000, 1)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import attrs

from healthduty.errors import NumberError
from healthduty.exact import Number, number_text
from healthduty.records.headers import Holds
from healthduty.records.intake import Intake, shown
from healthduty.records.observe import NAN_HINT
from healthduty.records.plain import as_text, as_written, is_blank, number_of
from healthduty.records.record import Period
from healthduty.records.totals import is_total
from healthduty.said import Said, reason_of
from healthduty.scalars import is_nan
from healthduty.sources import Place

_MYRIAD = 10_000


@attrs.frozen
class Subject:
    """The facility, kind, population and period of one record."""

    facility: str
    name: str
    kind: str | None = None
    population: Number | None = None
    period: Period | None = None


@attrs.frozen
class Told:
    """The cells of a row that say of whom it speaks, and where each of them stands."""

    row: Place
    cell: Callable[[Holds], object]
    at: Callable[[Holds], Place]
    coded: bool = False
    """Whether the source has a column for the facility's code beside its name."""


def read_subject(told: Told, intake: Intake) -> Subject:
    """Return of whom a row speaks; one that does not say so is called by its place."""
    code, name = as_text(told.cell(Holds.FACILITY)), as_text(told.cell(Holds.NAME))
    if not code and not name:
        intake.report(
            "record-facility-missing",
            Said("the row names no facility", "这一行没有写单位"),
            told.row,
        )
        number = told.row.row
        name = f"row {number}" if number is not None else told.row.path
    elif not code and told.coded:
        message = Said(
            f"`{shown(name)}` has no code: its name stands in for it",
            f"`{shown(name)}`没有代码，以名称代替",
        )
        intake.report("record-facility-missing", message, told.row)
    if is_total(name) or is_total(code):
        message = Said(
            f"`{shown(name or code)}` looks like a row of totals: it is read as a facility",
            f"`{shown(name or code)}`像是合计行，按单位读取",
        )
        intake.warn(
            "record-row-total", message, told.row, hint=Said("leave such rows out", "去掉合计行")
        )
    kind = as_text(told.cell(Holds.KIND))
    return Subject(
        code or name,
        name or code,
        kind or None,
        _population(told, intake),
        _period(told, intake),
    )


def _population(told: Told, intake: Intake) -> Number | None:
    raw = told.cell(Holds.POPULATION)
    if is_blank(raw):
        return None
    place = told.at(Holds.POPULATION)
    try:
        number = read_population(raw)
    except NumberError as error:
        hint = NAN_HINT if is_nan(raw) else ""
        intake.report("record-population-unreadable", reason_of(error), place, hint=hint)
        return as_written(raw)
    if number < 0:
        message = Said(
            f"population is `{as_text(raw)}`: it can't be negative",
            f"人口数为`{as_text(raw)}`：不能是负数",
        )
        intake.report("record-population-negative", message, place)
    elif number.denominator != 1:
        message = Said(
            f"population is `{as_text(raw)}`: people are counted in whole numbers",
            f"人口数为`{as_text(raw)}`：应当是整数",
        )
        intake.report("record-population-unreadable", message, place)
    return number


_POPULATION = Said("population", "人口数")


def read_population(raw: object) -> Fraction:
    """Return the number of people that a cell holds; 万 counts ten thousand.

    Raises:
        NumberError: where it is no number.
    """
    if not isinstance(raw, str):
        return number_of(raw, _POPULATION)
    text = number_text(raw).removesuffix("人")
    scale = _MYRIAD if text.endswith("万") else 1
    return number_of(text.removesuffix("万"), _POPULATION) * scale


def _period(told: Told, intake: Intake) -> Period | None:
    raw = told.cell(Holds.PERIOD)
    if raw is None or isinstance(raw, Period):
        period = raw
    else:
        period = Period(as_text(raw)) if as_text(raw) else None
    if period is not None and period.label not in intake.periods:
        intake.periods.add(period.label)  # told once, not for every row of a file
        check_period(period, told.at(Holds.PERIOD), intake)
    return period


def check_period(period: Period, place: Place, intake: Intake) -> None:
    """Report a period that can't be read, or that is of another year than the agreement."""
    label = number_text(period.label)
    known = period.understood
    if not known:
        intake.warn(
            "record-period-unreadable",
            Said(
                f"`{shown(label)}` is no period that is known: it counts as a whole year",
                f"`{shown(label)}`不是能识别的期间，按全年处理",
            ),
            place,
            hint=Said(
                "write 2024, 2024上半年, 2024-Q3 or 2024-07", "写2024、2024上半年、2024-Q3或2024-07"
            ),
        )
    years = re.findall(r"\d{4}", label)
    year = intake.agreement.year
    if known and year is not None and years and str(year) not in years:
        message = Said(
            f"the data is of {years[0]}, the agreement of {year}",
            f"数据是{years[0]}年的，责任书是{year}年的",
        )
        intake.warn("record-period-year", message, place)
