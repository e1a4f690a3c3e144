r"""A ledger of many units: each unit's own rows become the values of its own record.

The rows of a county's ledger name their facility. Here each record gets what its rows say, and a
row that belongs to no record is told: a name that is spelled in another way would otherwise cost
its unit every duty.

Source: “from submissions … the values that feed rules”; semantics 12, 14.

>>> import datetime
>>> from healthduty.calendars import DaySpan
>>> from healthduty.model.obligation import Obligation
>>> from healthduty.rules.measure import Measure
>>> from healthduty.year.submission_files import read_submissions
>>> visits = Obligation("visits", "巡查", times=4, measure="visits")
>>> agreement = Agreement("示例", measures=(Measure("visits", "巡查"),), obligations=(visits,))
>>> text = "单位,工作要求,日期,次数\n甲站,巡查,2024-03-05,3\n乙站,巡查,2024-03-06,1\n"
>>> year = Scope(DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)))
>>> fed = feed_ledger([Record("甲站", {})], agreement, read_submissions(text, agreement), year)
>>> fed[0].values["visits"].value, fed.findings.codes
(3, ('submission-facilities', 'submission-facility-unknown'))
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.records.collection import Records
from healthduty.records.intake import listed, near_it
from healthduty.records.record import Case, Record
from healthduty.said import Said, labelled
from healthduty.year.feeding import feed
from healthduty.year.obligations import Fulfilment, fulfilments
from healthduty.year.occasions import Scope
from healthduty.year.submission_files import SubmissionReading
from healthduty.year.submission_rows import SubmissionRow
from healthduty.year.submissions import Submission

Events = Mapping[str, Mapping[str, Sequence[Case]]]
"""The events of each facility, by its key, and in it by the duty's code."""

_NONE: Events = MappingProxyType({})


def feed_ledger(
    records: Iterable[Record],
    agreement: Agreement,
    reading: SubmissionReading,
    scope: Scope | Callable[[Record], Scope],
    events: Events = _NONE,
) -> Records:
    """Put what each unit did for its duties into its record; nothing in it is overwritten.

    `scope` is one for all, or says for each record by what its duties are looked at: from when
    it answers, how many households it has. A row belongs to the record of its facility's code,
    or else of its name; rows without a facility belong to the only record, where there is one.
    The findings are those of the records, of the ledger, and of each unit's duties, in this order.
    """
    units = tuple(records)
    before = records.findings if isinstance(records, Records) else Findings()
    held, told = hold_ledger(units, agreement, reading, scope, events)
    findings = [*before, *told]
    fed = []
    for each in held:
        put = feed(each.unit, agreement, each.fulfilments)
        fed.append(put.record)
        findings += [_of(each.unit, found) for found in (*each.findings, *put.findings)]
    return Records(fed, findings=Findings(findings))


@attrs.frozen
class Held:
    """One unit, how it fulfilled each duty by its rows of a ledger, and what was found of that."""

    unit: Record
    fulfilments: tuple[Fulfilment, ...]
    findings: Findings


def hold_ledger(
    units: Sequence[Record],
    agreement: Agreement,
    reading: SubmissionReading,
    scope: Scope | Callable[[Record], Scope],
    events: Events = _NONE,
) -> tuple[tuple[Held, ...], Findings]:
    """Hold each unit's duties against its own rows; rows go to units as `feed_ledger` has it.

    The findings are those of the ledger, rows that belong to nobody among them.
    """
    own, strangers = _share(units, reading.rows)
    held = []
    for unit, submissions in zip(units, own, strict=True):
        look = scope(unit) if callable(scope) else scope
        found, told = fulfilments(agreement, submissions, look, events.get(unit.facility, {}))
        held.append(Held(unit, found, told))
    return tuple(held), Findings([*reading.findings, *strangers])


class _Owners:
    """Whose a row is: the places of the records of its facility."""

    def __init__(self, units: Sequence[Record]) -> None:
        self.units = units
        self.keys: dict[str, list[int]] = {}
        self.names: dict[str, list[int]] = {}
        for place, unit in enumerate(units):
            self.keys.setdefault(unit.facility, []).append(place)
            self.names.setdefault(unit.name, []).append(place)

    def of(self, row: SubmissionRow) -> list[int]:
        """Return the records that a row belongs to: those of one facility, or none."""
        if not row.facility:
            return [0] if len(self.units) == 1 else []
        found = self.keys.get(row.facility) or self.called(row)
        return found if len({self.units[place].facility for place in found}) == 1 else []

    def called(self, row: SubmissionRow) -> list[int]:
        """Return the records of whatever facilities have the row's name."""
        return self.names.get(row.facility) or self.names.get(row.name) or []


def _share(
    units: Sequence[Record], rows: Iterable[SubmissionRow]
) -> tuple[list[list[Submission]], list[Finding]]:
    """Return the submissions of each record, in the records' order, and what belongs to none."""
    owners, own = _Owners(units), [list[Submission]() for _ in units]
    strange: dict[str, list[SubmissionRow]] = {}
    for row in rows:
        places = owners.of(row)
        for place in places:
            own[place].append(row.submission)
        if not places:
            strange.setdefault(row.facility, []).append(row)
    return own, [_stranger(lost, owners) for lost in strange.values()]


def _stranger(rows: Sequence[SubmissionRow], owners: _Owners) -> Finding:
    """Return that rows of one facility feed nothing, at the place of the first of them."""
    row, code = rows[0], "submission-facility-unknown"
    if not row.facility:
        message = Said(
            f"rows without a facility feed nothing: {len(rows)}",
            f"有{len(rows)}行没有写单位，未计入任何单位",
        )
        return Finding(code, message, place=row.place)
    if called := owners.called(row):
        several = listed(owners.units[place].facility for place in called)
        message = Said(
            f"`{row.name}` is the name of {several}: rows that feed nothing: {len(rows)}",
            f"{several.zh}都叫`{row.name}`：有{len(rows)}行未计入任何单位",
        )
        hint = Said("write the code beside the name", "在名称旁写上代码")
        return Finding(code, message, place=row.place, hint=hint)
    message = Said(
        f"`{row.name}` has no record: rows that feed nothing: {len(rows)}",
        f"`{row.name}`没有考核数据：有{len(rows)}行未计入任何单位",
    )
    near = difflib.get_close_matches(row.name, owners.names, n=2, cutoff=0.6)
    return Finding(code, message, place=row.place, hint=near_it(near))


def _of(unit: Record, finding: Finding) -> Finding:
    return attrs.evolve(finding, message=labelled(unit.name, finding.message))
