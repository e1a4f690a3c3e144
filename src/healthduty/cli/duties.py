"""`duties`: a ledger held against the duties of an agreement, unit by unit.

Source: docs/en/how-to/duties.md; semantics 10, 14 (what was done becomes a value in the record).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from healthduty.checks.check import check
from healthduty.cli.days import work_calendar
from healthduty.cli.exits import WrongUsageError
from healthduty.cli.intake import agreement_named, is_file, no_file, records_of
from healthduty.cli.output import refuse_ending, refuse_overwriting, report, show_tables, write
from healthduty.display import Table
from healthduty.errors import NumberError
from healthduty.exact import show
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.model.obligation import Every
from healthduty.records.collection import Records
from healthduty.records.files import write_records_json
from healthduty.records.record import Record
from healthduty.records.wanting import tells_wanting
from healthduty.said import Language, Said, in_language, labelled, reason_of
from healthduty.year.duty_tables import duties_table
from healthduty.year.ledgers import Held, feed_ledger, hold_ledger
from healthduty.year.obligations import Fulfilment
from healthduty.year.occasions import Scope
from healthduty.year.people import year_of
from healthduty.year.submission_files import SubmissionReading, read_submissions

_SEVERAL = "submission-facilities"
"""That a ledger is of several facilities need not be said where each has a table of its own."""

_UNIT = Said("facility", "单位")
_NO_DUTIES = Said("the agreement names no duties", "责任书没有列出工作要求")
_NO_TERM = Said(
    "the agreement has no term that ends, and no year", "责任书没有写明责任期的止日，也没有年度"
)
_RECORDS_OF_DATA = Said(
    "`--records` writes the records of `--data`: give them",
    "`--records`写出的是`--data`的考核数据：请给出`--data`",
)


def hold_duties(options: argparse.Namespace) -> int:
    """`duties`: say of each unit what was required, done, late and is lacking."""
    agreement = agreement_named(options.agreement, options.lang)
    _refuse(options)
    scope, told = _scope(agreement, options)
    reading = read_submissions(options.ledger, agreement)
    units = _units(reading, agreement, options.data)
    held, found = hold_ledger(units, agreement, reading, scope)
    if options.records is None:
        findings = units.findings + found + Findings(_found(held))
    else:
        fed = feed_ledger(units, agreement, reading, scope)
        findings = fed.findings  # the same, and where a value of the data's own was left standing
        write(options.records, write_records_json(fed).encode())
    known = (each for each in findings if each.code != _SEVERAL)
    findings = Findings((*check(agreement).errors, *told, *known))
    _show(held, findings, options)
    return report(findings, [], options.lang)


def _refuse(options: argparse.Namespace) -> None:
    """Refuse what can't be read or written before anything is done."""
    if not is_file(options.ledger):
        raise WrongUsageError(no_file(options.ledger))
    if options.records is not None and options.data is None:
        raise WrongUsageError(_RECORDS_OF_DATA)
    refuse_ending(options.output)
    read = [Path(options.agreement), options.ledger, options.data]
    refuse_overwriting([options.output, options.records], read)


def _scope(agreement: Agreement, options: argparse.Namespace) -> tuple[Scope, Findings]:
    """Return by what the duties are looked at."""
    term = year_of(agreement)
    if term is None:
        raise WrongUsageError(_NO_TERM)
    work, told = work_calendar(options.calendar)
    try:
        scope = Scope(
            term, until=options.until or term.last, objects=dict(options.objects), work=work
        )
    except NumberError as error:
        raise WrongUsageError(labelled("--objects", reason_of(error))) from None
    return scope, told


def _units(reading: SubmissionReading, agreement: Agreement, data: Path | None) -> Records:
    """Return the units: those of the data, else those that the ledger names, else one."""
    if data is not None:
        units = records_of(data, agreement)
        return attrs.evolve(units, findings=_without_fed(units.findings, agreement))
    names = {row.facility: row.name for row in reading.rows if row.facility}
    named = [Record(key, {}, name=name or key) for key, name in names.items()]
    return Records(named or [Record(agreement.title, {})])


def _without_fed(findings: Findings, agreement: Agreement) -> Iterator[Finding]:
    """Leave out that the data have no column for what a duty becomes: the ledger brings it."""
    # Of an event only who gives its cases can tell what was required.
    fed = {duty.measure for duty in agreement.obligations if duty.every is not Every.EVENT}
    measures = [measure for measure in agreement.measures if measure.code in fed]
    for finding in findings:
        if not any(tells_wanting(finding, measure) for measure in measures):
            yield finding


def _found(held: Sequence[Held]) -> Iterator[Finding]:
    """Go through what was found of each unit's duties, by its name where there are several."""
    for each in held:
        for finding in each.findings:
            message = labelled(each.unit.name, finding.message)
            yield attrs.evolve(finding, message=message) if len(held) > 1 else finding


# ------------------------------------------------------------------------------ what is shown


def _show(held: Sequence[Held], findings: Findings, options: argparse.Namespace) -> None:
    """Print the tables, or write them, by the file's ending."""
    tables = [_table(each, options.lang, named=len(held) > 1) for each in held]
    data = {
        "findings": [finding.to_dict() for finding in findings],
        "units": [_unit(each) for each in held],
    }
    text = "\n\n".join(table.text() for table in tables)
    if not any(each.fulfilments for each in held):
        text = in_language(_NO_DUTIES, options.lang)
    also = [] if options.records is None else [options.records]
    show_tables(text, _rows(held, tables, options.lang), data, options, also)


def _table(held: Held, lang: Language, *, named: bool) -> Table:
    table = duties_table(held.fulfilments, lang)
    return attrs.evolve(table, title=f"{held.unit.name} · {table.title}") if named else table


def _rows(
    held: Sequence[Held], tables: Sequence[Table], lang: Language
) -> Iterator[tuple[str, ...]]:
    """Go through the rows of all tables, each with its unit."""
    for place, (each, table) in enumerate(zip(held, tables, strict=True)):
        if place == 0:
            yield (in_language(_UNIT, lang), *table.headings)
        for row in table.rows:
            yield (each.unit.name, *row)


def _unit(held: Held) -> dict[str, object]:
    return {
        "facility": held.unit.facility,
        "name": held.unit.name,
        "duties": [_duty(each) for each in held.fulfilments],
    }


def _duty(found: Fulfilment) -> dict[str, object]:
    """Return how a duty stands as plain data; numbers are texts, as points are."""
    duty = found.obligation
    numbers = ("required", "done", "late", "counted", "lacking")
    return {
        "code": duty.code,
        "title": duty.title,
        "unit": duty.unit,
        "until": str(found.until),
        **{name: show(getattr(found, name)) for name in numbers},
        "periods": [
            {
                "period": met.occasion.label,
                "due": str(met.occasion.due),
                **{name: show(getattr(met, name)) for name in numbers},
                "open": met.open,
            }
            for met in found.met
        ],
    }
