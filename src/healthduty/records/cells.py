"""From cells to a value: a rate with its pair, an absence with its reason, a judgement, a day.

What a text means for its measure is for `observe` to say; it is asked here only for what it would
find, so that the finding has a place. The value stays as it was written. What can't be read stays
too, in a form that no measure takes, so that whoever scores the record meets the fault again.

Source: semantics 1, 2, 7 (not applicable, with reason and approver).

>>> from healthduty.rules.measure import Measure
>>> rate = Measure("satisfaction", "满意率", unit="%")
>>> read_cell(rate, " 83% "), read_cell(rate, "不适用（当年停业）")[0]
(('83%', ()), NotApplicable(reason='当年停业', approver=''))
>>> read_pair(rate, Cells(numerator="249", denominator="300"))[0]
Ratio(249, 300)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from healthduty.errors import NumberError
from healthduty.exact import Ratio, plain_text
from healthduty.findings import Finding, Severity
from healthduty.model.party import Day
from healthduty.records.headers import Stage
from healthduty.records.intake import shown
from healthduty.records.observe import NAN_HINT, NOT_APPLICABLE_WORDS, observe
from healthduty.records.plain import as_text, as_written, is_blank, number_of
from healthduty.records.record import (
    MISSING,
    Judged,
    NotApplicable,
    Observation,
    Statement,
)
from healthduty.records.samples import SAMPLED, sample_of
from healthduty.records.units import in_unit
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind
from healthduty.said import Said, joined, reason_of
from healthduty.scalars import is_nan

Found = tuple[Finding, ...]
"""What was found in a cell; the caller knows where that is."""

MOST_CHARACTERS = 32_767
"""What one cell of a spreadsheet can hold."""

_EXCUSED = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, NOT_APPLICABLE_WORDS), key=len, reverse=True))})"
    r"\s*(?:[(（](?P<inside>.*)[)）]|[:：](?P<after>.*))?",
    flags=re.DOTALL | re.IGNORECASE,
)


@attrs.frozen
class Cells:
    """The cells that make one value: a number, a pair, a sample, with what was said about it."""

    value: object = None
    numerator: object = None
    denominator: object = None
    asked: object = None
    available: object = None
    unit: str = ""
    reason: str = ""
    assessor: str = ""
    day: Day | None = None
    evidence: str = ""


def read_excuse(raw: object, reason: str = "", approver: str = "") -> NotApplicable | None:
    """Return that a value is not applicable, where the cell says so; else None."""
    if isinstance(raw, NotApplicable):
        return raw
    if not isinstance(raw, str) or not (said := _EXCUSED.fullmatch(raw.strip())):
        return None
    own = (said["inside"] or said["after"] or "").strip()
    return NotApplicable(own or reason, approver=approver)


def read_cell(measure: Measure, raw: object, unit: str = "") -> tuple[object, Found]:
    """Return the value that one cell holds, and what `observe` finds in it.

    `unit` is what the heading says where it is not the measure's own.
    """
    if isinstance(raw, str):
        raw = raw.strip()
        if not raw:
            return MISSING, ()
        if len(raw) > MOST_CHARACTERS:
            return raw, ()  # told where the row was read
        if excuse := read_excuse(raw):
            return excuse, ()
    if raw is None:
        return MISSING, ()
    raw = in_unit(raw, unit, measure)
    return raw, observe_stages(measure, raw)


_UNREMARKABLE = {
    **dict.fromkeys(RATE_KINDS, re.compile(r"\d{1,2}(?:\.\d{1,6})?%?", flags=re.ASCII)),
    MeasureKind.COUNT: re.compile(r"\d{1,9}", flags=re.ASCII),
    MeasureKind.AMOUNT: re.compile(r"-?\d{1,9}(?:\.\d{1,6})?", flags=re.ASCII),
}
"""Numbers in which `observe` finds nothing; a file holds hundreds of thousands of them."""


def observe_stages(measure: Measure, value: object) -> Found:
    """Return what `observe` finds in a value, at each of its stages."""
    form = _UNREMARKABLE.get(measure.kind)
    if form is not None and isinstance(value, str) and form.fullmatch(value):
        return ()
    findings: list[Finding] = []
    for plain in _plain_values(value):
        observe(measure, plain, findings)
        if isinstance(plain, str) and plain_text(plain).lower() == "nan":
            message = Said(
                f"{measure.label}: `{plain}` counts as missing",
                f"{measure.label}：`{plain}`按缺报处理",
            )
            findings.append(Finding("record-nan", message, severity=Severity.WARNING))
    return tuple(findings)


def _plain_values(value: object) -> Iterable[object]:
    """Go through what a value says at each of its stages."""
    if isinstance(value, Observation):
        stages = (value.self_assessed, value.verified, value.reviewed)
        return [statement.value for statement in stages if statement is not None]
    return [value.value if isinstance(value, Statement) else value]


def read_pair(measure: Measure, cells: Cells) -> tuple[object, Found]:
    """Return the pair that two cells make, with the rate printed beside it, and what was found.

    With neither of the two, the printed rate is the value.
    """
    parts = (cells.numerator, cells.denominator)
    if all(map(is_blank, parts)):
        return read_cell(measure, cells.value, cells.unit)
    excuses = [excuse for part in parts if (excuse := read_excuse(part))]
    if excuses and all(is_blank(part) or read_excuse(part) for part in parts):
        return excuses[0], ()
    written = "/".join("" if is_blank(part) else as_written(part) for part in parts)
    if any(map(is_blank, parts)):
        top_wanting = is_blank(parts[0])
        wanting = Said("numerator", "分子") if top_wanting else Said("denominator", "分母")
        message = Said(
            f"{measure.label}: `{shown(written)}` has no {wanting}",
            f"{measure.label}：`{shown(written)}`没有{wanting.zh}",
        )
        return written, (Finding("record-pair-incomplete", message),)
    printed = None
    if not is_blank(cells.value):
        printed = as_written(in_unit(cells.value, cells.unit, measure))
    try:
        top, bottom = (number_of(part, measure.label) for part in parts)
    except NumberError as error:
        hint = NAN_HINT if any(map(is_nan, parts)) else ""
        return written, (Finding("record-pair-unreadable", reason_of(error), hint=hint),)
    findings: list[Finding] = []
    ratio = Ratio(top, bottom, printed=printed)
    observe(measure, ratio, findings)
    return ratio, tuple(findings)


def read_judgement(code: str, cells: Cells) -> tuple[object, Found]:
    """Return an assessor's points, and what was found; what can't be read stays as written."""
    raw = cells.value
    if is_blank(raw):
        return MISSING, ()
    if excuse := read_excuse(raw, cells.reason, cells.assessor):
        return excuse, ()
    if isinstance(raw, (Judged, Statement, Observation, tuple, list)):
        return raw, ()
    what = Said(f"judgement {code}", f"评判{code}")
    try:
        points = number_of(as_text(raw).removesuffix("分") if isinstance(raw, str) else raw, what)
    except NumberError as error:
        hint = NAN_HINT if is_nan(raw) else ""
        return raw, (Finding("record-judgement-unreadable", reason_of(error), hint=hint),)
    judged = Judged(points, cells.reason, assessor=cells.assessor)
    if points < 0:
        message = Said(
            f"{what}: `{as_text(raw)}` is negative", f"{what.zh}：`{as_text(raw)}`是负数"
        )
        hint = Said(
            "write the points taken or given; the rule says which",
            "写扣掉或得到的分数，是扣是得由规则决定",
        )
        return judged, (Finding("record-judgement-negative", message, hint=hint),)
    return judged, ()


def read_value(measure: Measure, cells: Cells) -> tuple[object, Found]:
    """Return the value that the cells of one measure make, and what was found."""
    if excuse := read_excuse(cells.value, cells.reason, cells.assessor):
        return excuse, ()
    sample = cells.asked, cells.available
    if measure.kind in RATE_KINDS:
        value, found = read_pair(measure, cells)
        return value, (*found, *unused_parts(measure, _NO_SAMPLE_OF_RATE, sample))
    unused = unused_parts(measure, _NO_PAIR, (cells.numerator, cells.denominator))
    if measure.kind in SAMPLED and not all(map(is_blank, sample)):
        told = in_unit(cells.value, cells.unit, measure)
        value, found = sample_of(measure, told, *sample)
        return value, (*found, *unused)
    unused = (*unused, *unused_parts(measure, _NO_SAMPLE, sample))
    value, found = read_cell(measure, cells.value, cells.unit)
    return value, (*found, *unused)


_NO_PAIR = Said("only a rate has a numerator and a denominator", "只有比率有分子分母")


_NO_SAMPLE_OF_RATE = Said(
    "a rate's sample is its numerator and denominator", "比率的抽查数填在分子分母"
)
_NO_SAMPLE = Said("only what is counted has a sample", "只有计数的数据项填抽查数")


def unused_parts(measure: Measure, why: Said, parts: Iterable[object]) -> Found:
    """Return that cells hold what the measure has no place for, and why; nothing of blank ones."""
    unread = [part for part in parts if part is not None and not is_blank(part)]
    if not unread:
        return ()
    told = joined(f"`{shown(as_written(part))}`" for part in unread)
    message = Said(
        f"{measure.label}: {told} not read: {why}",
        f"{measure.label}：{told.zh}未读取，{why.zh}",
    )
    return (Finding("record-part-unused", message, severity=Severity.WARNING),)


def settled(stages: Mapping[Stage | None, object]) -> object:
    """Return the value that statements at several stages make; one that says nothing is none.

    >>> settled({Stage.VERIFIED: 3, Stage.REVIEWED: MISSING}).agreed.value
    3
    """
    said = {stage: value for stage, value in stages.items() if not is_blank(value)}
    if not said:
        return MISSING
    plain = said.pop(None, None)
    if not said:
        return plain
    named = {stage.value: value for stage, value in said.items() if stage is not None}
    observation = Observation(**named)  # type: ignore[arg-type]  # observe refuses what is no value
    if plain is None:
        return observation
    return conflict(
        plain.value if isinstance(plain, Statement) else plain, observation.agreed.value
    )


def conflict(first: object, second: object) -> object:
    """Return what two cells say of one value: the value, or both in a form that none can be.

    >>> conflict("83%", "83%"), conflict("83%", "85%")
    ('83%', '(83% ≠ 85%)')
    """
    if is_blank(first) or is_blank(second):
        return second if is_blank(first) else first
    one, other = as_written(first), as_written(second)
    return first if one == other else f"({one} ≠ {other})"


def read_cells(target: str, cells: Cells, measure: Measure | None) -> tuple[object, Found]:
    """Return the value that cells make: of a measure, or an assessor's points where it is none."""
    return read_judgement(target, cells) if measure is None else read_value(measure, cells)
