"""`cascade`: an agreement's targets handed down to the units below, an agreement for each of them.

Source: vocabulary “Cascade” (层层分解); docs/en/how-to/hand-down.md.

>>> target("无偿献血=人口"), target("床位=equally,300")
(('无偿献血', <Way.POPULATION: 'population'>, None), ('床位', <Way.EQUALLY: 'equally'>, '300'))
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from healthduty.checks.check import check
from healthduty.cli.exits import WrongUsageError
from healthduty.cli.intake import agreement_named, units_of
from healthduty.cli.output import (
    refuse_ending,
    refuse_overwriting,
    report,
    show_tables,
    unwritten,
)
from healthduty.convert.files import dumps
from healthduty.errors import NumberError, UsageError
from healthduty.exact import show
from healthduty.findings import Finding, Findings
from healthduty.hierarchy import Cascade, Child, HandDown, Way, cascade
from healthduty.model.agreement import Agreement
from healthduty.model.party import Party
from healthduty.records.observe import observe
from healthduty.records.record import Record, stated
from healthduty.rules.measure import Measure
from healthduty.said import Said, in_language, reason_of
from healthduty.word.saving import file_names, replace_files

Asked = tuple[str, Way, str | None]
"""What is handed down, by what, and a blank's total."""

_WAYS = {"平均": Way.EQUALLY, "人口": Way.POPULATION, "份额": Way.SHARES}
_SHARE = Measure("share", "份额", kind="amount")
"""The column of a list of units that says how much of each target is theirs."""

_NOTHING = Said("nothing was handed down", "没有可以分解的目标")


def target(text: str) -> Asked:
    """Read what is handed down, by what, and the total of a blank.

    Raises:
        argparse.ArgumentTypeError: not of the form 无偿献血=人口 or 床位=平均,300.
    """
    what, _, told = (part.strip() for part in text.partition("="))
    way, _, total = (part.strip() for part in told.partition(","))
    known = {**_WAYS, **{each.value: each for each in Way}}
    if not what or way not in known:
        raise argparse.ArgumentTypeError(f"`{text}`: write it like 无偿献血=人口 or 床位=平均,300")
    return what, known[way], total or None


def hand_down(options: argparse.Namespace) -> int:
    """`cascade`: share targets out, and write an agreement for each unit."""
    agreement = agreement_named(options.agreement, options.lang)
    refuse_ending(options.output)
    read = [Path(options.agreement), options.units]
    refuse_overwriting([options.output], read)
    listed = units_of(options.units, agreement, _SHARE)
    findings = [*listed.findings]
    try:
        below = [_child(record, findings) for record in listed]
        targets = list(_targets(agreement, options.target))
        down = cascade(agreement, below, targets)
        findings += check(_with_totals(agreement, targets)).errors
    except (UsageError, NumberError) as error:
        raise WrongUsageError(reason_of(error)) from None
    findings += down.findings
    data = {"findings": [each.to_dict() for each in findings], "targets": _shared(down)}
    table = down.table(options.lang)
    text = table.text() if down.shared else in_language(_NOTHING, options.lang)
    written = [] if options.out is None else _write(down, options.out, read)
    show_tables(text, [table.headings, *table.rows], data, options, also=written)
    return report(Findings(findings), [], options.lang)


def _child(record: Record, findings: list[Finding]) -> Child:
    """Return a unit as its row tells of it."""
    told = record.values.get(_SHARE.code)
    share = None if told is None else observe(_SHARE, stated(told)[0], findings)
    return Child(
        Party(record.facility, record.name, kind=record.kind or ""),
        population=record.population,
        share=Fraction(*share) if isinstance(share, tuple) else None,
    )


def _targets(agreement: Agreement, asked: Iterable[Asked]) -> Iterator[HandDown]:
    """Go through what is handed down; a measure may be called by its name."""
    codes = {measure.name: measure.code for measure in reversed(agreement.measures)}
    for what, way, total in asked:
        yield HandDown(codes.get(what, what), way, total=total)


def _with_totals(agreement: Agreement, targets: Iterable[HandDown]) -> Agreement:
    """Fill in what is handed down: a blank that is shared out is open no more."""
    blanks = agreement.blanks()
    return agreement.fill(
        {
            each.what: each.total
            for each in targets
            if each.what in blanks and each.total is not None
        }
    )


def _shared(down: Cascade) -> list[dict[str, object]]:
    """Return who got what as plain data; numbers are texts, as points are."""
    return [
        {
            "what": each.what,
            "total": show(each.total),
            "units": [
                {"facility": child.party.code, "name": child.label, "part": show(part)}
                for child, part in zip(down.children, each.parts, strict=True)
            ],
        }
        for each in down.shared
    ]


def _write(down: Cascade, folder: Path, read: Iterable[Path]) -> list[Path]:
    """Write an agreement for each unit, called by its name; all of them or none."""
    names = list(file_names((child.label for child in down.children), ".json"))
    made = (dumps(agreement).encode() for agreement in down.agreements)
    contents = dict(zip(names, made, strict=False))  # no agreements while there are errors
    refuse_overwriting([folder / name for name in contents], read)
    try:
        replace_files(folder, contents)
    except OSError as error:
        raise WrongUsageError(unwritten(folder, error)) from None
    return [folder / name for name in contents]
