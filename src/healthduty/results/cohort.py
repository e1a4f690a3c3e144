"""A cohort: what references find among a set of facilities, frozen, then put into their records.

References are worked out in written order, and what an earlier one found is there for a later
one. Where one is of points, the records are scored first; what is still to be worked out does
not apply yet. The numbers are frozen under one digest, which every value that they become names
as its origin, and so does every sheet.

Source: semantics 13 (identity), 14 (what depends on others is resolved first); semantics 2 (a
rate is never averaged without its counts).

>>> rate, county = Measure("rate", "接种率", unit="%"), Measure("county", unit="%")
>>> agreement = Agreement("示例", measures=(rate, county))
>>> records = [Record("a", {"rate": "9/10"}), Record("b", {"rate": "500/1000"})]
>>> cohort = resolve_references(agreement, records, [Reference("county", of=rate)])
>>> cohort.records[0].values["county"].value
Ratio(509, 1010)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from healthduty.convert.digest import digest, digest_of_data
from healthduty.convert.writer import writer
from healthduty.display import Table
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.records.record import (
    NOT_APPLICABLE,
    Origin,
    Plain,
    Record,
    Statement,
)
from healthduty.results.among import group_of, group_text, levels_of
from healthduty.results.figure_findings import LAST_YEAR, twice
from healthduty.results.figure_values import worth_text
from healthduty.results.figures import Figure, Seen, evidence_of, figures_of, value_of
from healthduty.results.references import (
    OWN,
    Reference,
    Subject,
    Way,
    check_references,
    subject_of,
    subject_text,
    way_text,
)
from healthduty.results.resolved import Resolved, put_values
from healthduty.results.sightings import look, look_at_points, look_back
from healthduty.rules.measure import Measure
from healthduty.said import labelled
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

ORIGIN = "cohort"
"""What a sheet calls the cohort among its digests."""


@attrs.frozen
class Cohort:
    """References and what they came to, the records with those values, and what was found.

    `records` are in the order in which they came in. `digest` is of the agreement, the
    references, every record that was looked at and the numbers: not of the records' order.
    """

    agreement: Agreement
    figures: tuple[Figure, ...]
    records: tuple[Record, ...]
    findings: Findings
    digest: str
    levels: Mapping[str, str] = attrs.field(factory=dict, repr=False, hash=False)

    def put(self, record: Record) -> Resolved:
        """Put the frozen numbers into a record that was no part of the cohort.

        Each gets what its group has; a place among the others it has none.
        """
        values = {
            each.reference.code: Statement(
                each.value,
                evidence=evidence_of(each, subject_of(each.reference, self.agreement)),
                origin=Origin(ORIGIN, self.digest),
            )
            for each in self.figures
            if each.reference.way not in OWN
            and group_of(record, each.reference.among, self.levels) == each.group
        }
        return put_values(record, self.agreement, values)

    def figure(self, code: str, group: str = "") -> Figure | None:
        """Return what a reference came to in a group; None where it came to nothing."""
        wanted = (each for each in self.figures if each.reference.code == code)
        return next((each for each in wanted if each.group == group), None)

    def table(self, lang: Language = "zh") -> Table:
        """Return what every reference came to, group by group.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        rows = tuple(_row(each, self.agreement, lang) for each in self.figures)
        headings = (
            ("参照", "取自", "方式", "范围", "单位数", "结果")
            if lang == "zh"
            else ("reference", "of", "way", "among", "units", "result")
        )
        title = f"{'参照数据' if lang == 'zh' else 'cohort'} {self.digest[:12]}"
        return Table(headings=headings, rows=rows, title=title, right=(4,))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON: numbers as texts, exact."""
        return {
            "digest": self.digest,
            "agreement": digest(self.agreement),
            "figures": [_figure_data(each) for each in self.figures],
            "findings": [each.to_dict() for each in self.findings],
        }

    def __str__(self) -> str:
        """Return what every reference came to, as text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def resolve_references(
    agreement: Agreement,
    records: Iterable[Record],
    references: Iterable[Reference],
    *,
    last_year: Iterable[Record | ScoreSheet] = (),
    levels: Mapping[str, str] | None = None,
) -> Cohort:
    """Work references out among records, freeze them, and put them into the records.

    `last_year` holds last year's records, or its sheets where points are asked for. `levels`
    gives the level of a facility by its key; without it the agreement's parties tell.
    A value that stands in a record already stays, and where it differs that is a finding.

    Raises:
        RuleError, UnknownNameError: a reference that the agreement can't have.
    """
    wanted, units, before = tuple(references), tuple(records), tuple(last_year)
    check_references(wanted, agreement)
    findings = [*twice(each.facility for each in units)]
    findings += twice((_record_of(each).facility for each in before), LAST_YEAR)
    known = levels_of(agreement) if levels is None else dict(levels)
    worked = _Work(agreement, units, wanted, before, known)
    figures = () if findings else worked.figures()
    frozen = _digest(agreement, units, wanted, figures, before)
    put = [_put(each, agreement, worked.values_of(each), Origin(ORIGIN, frozen)) for each in units]
    findings += [*worked.findings, *(found for _, told in put for found in told)]
    resolved = tuple(record for record, _ in put)
    return Cohort(agreement, figures, resolved, Findings(findings), frozen, known)


class _Work:
    """The references on their way to their figures, one after the other."""

    def __init__(
        self,
        agreement: Agreement,
        units: tuple[Record, ...],
        references: tuple[Reference, ...],
        before: tuple[Record | ScoreSheet, ...],
        levels: Mapping[str, str],
    ) -> None:
        self.agreement, self.units, self.references = agreement, units, references
        self.before = {_record_of(each).facility: each for each in before}
        self.levels = levels
        self.findings: list[Finding] = []
        self.done: dict[str, dict[str, Statement]] = {each.facility: {} for each in units}
        self.open = [each.code for each in references]

    def figures(self) -> tuple[Figure, ...]:
        """Work all references out, in written order."""
        found: list[Figure] = []
        for reference in self.references:
            found += self._figures(reference)
            self.open.remove(reference.code)
        return tuple(found)

    def values_of(self, record: Record) -> dict[str, Statement]:
        """Return what was worked out for a record."""
        return self.done[record.facility]

    def _figures(self, reference: Reference) -> tuple[Figure, ...]:
        """Work one reference out, and keep what it makes of every record."""
        subject = subject_of(reference, self.agreement)
        seen = self._look(reference, subject)
        figures = figures_of(reference, subject, self._target(reference), seen, self.findings)
        by_group = {each.group: each for each in figures}
        for each in seen:
            figure = None if each.group is None else by_group.get(each.group)
            value = None if figure is None else value_of(figure, subject, each)
            if figure is not None and value is not None:
                said = Statement(value, evidence=evidence_of(figure, subject))
                self.done[each.record.facility][reference.code] = said
        return figures

    def _target(self, reference: Reference) -> Measure:
        """Return the measure that a reference becomes; it was checked that there is one."""
        return self.agreement.measure(reference.code) or Measure(reference.code)

    def _look(self, reference: Reference, subject: Subject) -> list[Seen]:
        """Return what is seen of every unit, each in its group."""
        if reference.way is Way.LAST_YEAR:
            sights = [look_back(subject, self.before.get(each.facility)) for each in self.units]
        elif isinstance(subject, Measure):
            sights = [look(subject, each) for each in self.units]
        else:
            sights = [look_at_points(subject, self._scored(each)) for each in self.units]
        groups = [group_of(each, reference.among, self.levels) for each in self.units]
        rows = zip(self.units, groups, sights, strict=True)
        return [Seen(record, group, sight) for record, group, sight in rows]

    def _scored(self, record: Record) -> ScoreSheet:
        """Score a record with what is known so far; what is still to come does not apply yet."""
        done = self.done[record.facility]
        known = put_values(record, self.agreement, done).record.values
        values = {**known, **dict.fromkeys(self.open, NOT_APPLICABLE)}
        return score(self.agreement, attrs.evolve(record, values=values))


def _record_of(each: Record | ScoreSheet) -> Record:
    return each.record if isinstance(each, ScoreSheet) else each


def _put(
    record: Record, agreement: Agreement, values: Mapping[str, Statement], origin: Origin
) -> tuple[Record, list[Finding]]:
    """Put what was worked out into a record; findings name the facility."""
    put = put_values(
        record,
        agreement,
        {code: attrs.evolve(each, origin=origin) for code, each in values.items()},
    )
    found = (
        attrs.evolve(each, message=labelled(record.name, each.message)) for each in put.findings
    )
    return put.record, list(found)


# ------------------------------------------------------------------------------- identity


def _digest(
    agreement: Agreement,
    units: Sequence[Record],
    references: Sequence[Reference],
    figures: Sequence[Figure],
    before: Sequence[Record | ScoreSheet],
) -> str:
    data: dict[str, Any] = {
        "agreement": digest(agreement),
        "references": [writer().unstructure(each) for each in references],
        "records": sorted(digest(each) for each in units),
        "figures": sorted(map(_figure_data, figures), key=str),
        "last_year": sorted(map(_digest_before, before)),
    }
    return digest_of_data(ORIGIN, data)


def _digest_before(each: Record | ScoreSheet) -> str:
    return " ".join(each.digests.values()) if isinstance(each, ScoreSheet) else digest(each)


def _figure_data(figure: Figure) -> dict[str, Any]:
    return {
        "code": figure.reference.code,
        "group": figure.group,
        "units": figure.units,
        "value": _plain_data(figure.value),
        "own": {name: _plain_data(value) for name, value in sorted(figure.own.items())},
    }


def _plain_data(value: Plain) -> str | None:
    return None if value is None else str(value)


# ----------------------------------------------------------------------------------- words

_SHOWN = 4
"""Units whose own values a table shows."""


def _row(figure: Figure, agreement: Agreement, lang: Language) -> tuple[str, ...]:
    reference = figure.reference
    measure = agreement.measure(reference.code) or Measure(reference.code)
    subject = subject_of(reference, agreement)
    own = [f"{name} {worth_text(value, measure)}" for name, value in figure.own.items()]
    more = ["…"] if len(own) > _SHOWN else []
    return (
        measure.label,
        subject_text(subject, lang),
        way_text(reference, lang),
        group_text(figure.group, lang),
        str(figure.units),
        ("、" if lang == "zh" else ", ").join(own[:_SHOWN] + more)
        or worth_text(figure.value, measure),
    )
