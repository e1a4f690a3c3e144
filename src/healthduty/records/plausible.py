"""What only shows when the records of a source are seen together, or beside the agreement.

A facility that is there twice, a rate whose every value is at most 1 beside a target of 90 %:
each value can be read, and yet something is wrong.

Source: semantics 2 (0.85 beside a target of 10 % or more), 12.

>>> from healthduty.model.agreement import Agreement
>>> intake = Intake(Agreement("示例"))
>>> twice = [(Record("南关", {}), Place("数据.csv", row=row)) for row in (2, 3)]
>>> check_together(twice, {}, intake)
>>> intake.findings[0].message
'`南关` is there twice: first at row 2'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from healthduty.errors import NumberError
from healthduty.exact import UNIT_SCALES, show
from healthduty.findings import Severity
from healthduty.records.intake import Intake, shown
from healthduty.records.observe import State, observe
from healthduty.records.plain import is_blank, number_of
from healthduty.records.record import Record, stated
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.said import Said, chinese
from healthduty.sources import Place

Placed = tuple[Record, Place]

_PROPORTIONS = frozenset({MeasureKind.RATE, MeasureKind.COMPLETION})


def check_together(placed: Sequence[Placed], columns: Mapping[str, Place], intake: Intake) -> None:
    """Report what is wrong with records as a whole; `columns` are the places of their measures."""
    check_twice(placed, intake)
    check_scales(placed, columns, intake)


def check_scales(placed: Sequence[Placed], columns: Mapping[str, Place], intake: Intake) -> None:
    """Report columns of shares beside a target in the rate's unit."""
    for code, thresholds in intake.needs.thresholds.items():
        measure = intake.measures.get(code)
        if measure is not None and measure.kind in _PROPORTIONS:
            place = columns.get(code, intake.place)
            _check_scale(measure, max(thresholds), [record for record, _ in placed], place, intake)


def check_twice(placed: Iterable[Placed], intake: Intake) -> None:
    """Report facilities that are there twice in one period."""
    seen: dict[tuple[str, str], Place] = {}
    for record, place in placed:
        key = (record.facility, record.period.label if record.period else "")
        if key not in seen:
            seen[key] = place
            continue
        first = seen[key]
        where = first.path or Said(f"row {first.row}", f"第{first.row}行")
        if (first.source, first.sheet) != (place.source, place.sheet):
            where = Said(str(first), first.text())
        message = Said(
            f"`{shown(record.facility)}` is there twice: first at {where}",
            f"`{shown(record.facility)}`出现两次，第一次在{chinese(where)}",
        )
        hint = Said(
            "give each row its period where they are of different ones",
            "如属不同期间，每行写明期间",
        )
        intake.report("record-facility-twice", message, place, hint=hint)


# ----------------------------------------------------------------------- 85 or 0.85


def _check_scale(
    measure: Measure, target: Fraction, records: Iterable[Record], place: Place, intake: Intake
) -> None:
    """Refuse a column of shares beside a target in the rate's unit; in one record, warn."""
    if target * 10 < UNIT_SCALES[measure.unit]:
        return
    bare: list[Fraction] = []
    for record in records:
        value = stated(record.values.get(measure.code))[0]
        if is_blank(value):
            continue
        pair = observe(measure, value, [])
        if isinstance(pair, State):
            continue
        if pair[0] > pair[1]:
            return  # one value above 1 shows that the column is in the rate's unit
        try:
            bare.append(number_of(value, measure.label))
        except NumberError:
            continue  # a pair, or a number that carries its unit: it says what it means
    if not any(bare):
        return
    several = len(bare) > 1
    if several:
        what = Said(f"every value is at most {show(max(bare))}", f"各值都不超过{show(max(bare))}")
    else:
        what = Said(f"the value is {show(bare[0])}", f"值为{show(bare[0])}")
    intake.report(
        "record-rate-scale",
        Said(
            f"{measure.label}: {what}, beside a target of {show(target)}{measure.suffix}",
            f"{measure.label}：{what.zh}，而目标是{show(target)}{measure.suffix}",
        ),
        place,
        severity=Severity.ERROR if several else Severity.WARNING,
        hint=Said(
            f"0.85 is read as 0.85{measure.suffix}: say which is meant, with a unit in each value",
            f"0.85读作0.85{measure.suffix}：每个值写上单位，说明是哪种",
        ),
    )
