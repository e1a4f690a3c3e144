"""A count found in a sample, from the cells that tell of it (抽查：应查数、实有数).

An inspector was to look at ten notebooks, the unit had eight, six were in order: 应查10，实有8，
合格6. What was not there to look at is not held against the unit, so all three numbers make the
value. Two of them make none: nobody can tell which one was left out, or why.

Source: semantics 15 (fewer available than asked; the sample is kept with the record), 12.

>>> notebooks = Measure("notebooks", "合格学习笔记", unit="本")
>>> sample_of(notebooks, "6", "10", "8")[0] == Sample(6, asked=10, available=8)
True
>>> value, found = sample_of(notebooks, "6", "10", "")
>>> value, found[0].code
('6（应查10，实有？）', 'record-sample-incomplete')
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from healthduty.exact import show
from healthduty.findings import Finding, Severity
from healthduty.records.observe import Pair, State, observe
from healthduty.records.plain import as_written, is_blank
from healthduty.records.record import Sample
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.said import Said

Found = tuple[Finding, ...]
"""What was found in the cells; the caller knows where they are."""

SAMPLED = frozenset({MeasureKind.COUNT, MeasureKind.CASES})
"""The kinds that may be counted in a sample. Of a rate, its two counts are the sample."""

_VALUE = Said("value", "数值")
_ASKED, _AVAILABLE = Said("number asked for", "应查数"), Said("number available", "实有数")
_UNKNOWN = "？"


def sample_of(
    measure: Measure, value: object, asked: object, available: object
) -> tuple[object, Found]:
    """Return the sample that three cells make, and what was found in them.

    Of what makes no sample the value is the three as they were written, which no measure takes:
    whoever scores the record meets the fault again.
    """
    cells = ((_VALUE, value), (_ASKED, asked), (_AVAILABLE, available))
    wanting = [name for name, cell in cells if is_blank(cell)]
    if wanting:
        return _broken(value, asked, available), (_incomplete(measure, wanting[0]),)
    findings: list[Finding] = []
    parts = (measure, _part(measure, _ASKED), _part(measure, _AVAILABLE))
    told = [observe(part, cell, findings) for part, (_, cell) in zip(parts, cells, strict=True)]
    numbers = [Fraction(*pair) for pair in told if isinstance(pair, tuple)]
    if len(numbers) < len(cells):
        # 不适用 in one of three cells is no fault of its own, but leaves the sample without it.
        silent = () if findings else (_incomplete(measure, _first_silent(told)),)
        return _broken(value, asked, available), (*findings, *silent)
    sample = Sample(numbers[0], asked=numbers[1], available=numbers[2])
    return sample, (*findings, *_exceeded(measure, sample))


def _part(measure: Measure, name: Said) -> Measure:
    """Return what one number of a measure's sample is: a count of the same things."""
    return Measure(measure.code, f"{measure.label}{name.zh}", unit=measure.unit, kind="count")


def _first_silent(told: Sequence[Pair | State]) -> Said:
    names = (_VALUE, _ASKED, _AVAILABLE)
    return next(name for name, pair in zip(names, told, strict=True) if not isinstance(pair, tuple))


def _broken(value: object, asked: object, available: object) -> str:
    told = [_UNKNOWN if is_blank(cell) else as_written(cell) for cell in (value, asked, available)]
    return f"{told[0]}（应查{told[1]}，实有{told[2]}）"


def _incomplete(measure: Measure, wanting: Said) -> Finding:
    message = Said(
        f"{measure.label}: the sample has no {wanting}",
        f"{measure.label}：抽查没有填{wanting.zh}",
    )
    hint = Said(
        "give how many were asked for, how many there were, and how many were found",
        "应查数、实有数和结果都要填，没有的填0",
    )
    return Finding("record-sample-incomplete", message, hint=hint)


def _exceeded(measure: Measure, sample: Sample) -> Found:
    """Return that more were counted than there were; a thing may be at fault more than once."""
    if measure.kind is not MeasureKind.COUNT or sample.value <= sample.available:
        return ()
    found, there = show(sample.value), show(sample.available)
    message = Said(
        f"{measure.label}: `{found}` found of `{there}` that were available",
        f"{measure.label}：实有`{there}`，却查得`{found}`",
    )
    return (Finding("record-sample-exceeded", message, severity=Severity.WARNING),)
