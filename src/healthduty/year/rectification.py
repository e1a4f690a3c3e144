"""Rectification (整改): from the lost lines of a sheet to a list of corrections, and scored again.

Each loss becomes a corrective item with its sentence as the finding, the clause it rests on, who
answers for it and by when. After correction the corrected values make a new record, named as the
re-assessment that it is; the old record and its sheet stay as they were.

Source: “Rectification”; vocabulary “Rectification”, “Assessment” (re-assessment).

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> sheet = score(
...     Agreement("示例", parts=(Indicator("1", "台账", points=5),)), Record("a", {"1": 3})
... )
>>> ledger = rectify(sheet, Check("2024-12-20", within=10), responsible="办公室主任")
>>> ledger["1"].finding, str(ledger["1"].until)
('评判3分，得3分（满分5分）', '2025-01-03')
>>> str(rescore(sheet, {"1": 5}, on="2025-01-06", by="考核组").sheet.total)
'5'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs

from healthduty.calendars import Weekdays, WorkCalendar, deadline
from healthduty.errors import UnknownNameError
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.model.party import Day, to_day, to_optional_day
from healthduty.model.veto import Veto
from healthduty.records.needs import needs_of
from healthduty.records.record import Plain, Record, Statement
from healthduty.results.behind import codes_of_rule, items_reading, path_to
from healthduty.results.differing import SheetDifference, differ
from healthduty.results.shortfalls import Shortfall, shortfalls
from healthduty.rules.measure import Word, to_names
from healthduty.rules.rule import Rule
from healthduty.said import Said
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import rule_text
from healthduty.wording.names import Vocabulary
from healthduty.wording.phrase import Phrase
from healthduty.year.corrections import Corrections
from healthduty.year.corrective import STATES, CorrectiveItem
from healthduty.year.objections import date_of
from healthduty.year.people import in_charge


class Per(Word):
    """What makes one corrective item."""

    LINE = "line"
    """Each loss by itself."""
    INDICATOR = "indicator"
    """All that was lost under one indicator, its parts included."""


_SOURCE = "整改复查"
"""What a corrected value rests on where nothing else is said."""

_BEFORE = Phrase("整改前", "before")
_AFTER = Phrase("整改后", "after")


@attrs.frozen
class Check:
    """A check whose findings are to be corrected: its day, by whom, and until when.

    `until` is the last day; else so many days `within` the check, working days unless `working` is
    false. `at_once` asks for correction on the spot (立行立改).
    """

    on: Day = attrs.field(converter=to_day)
    by: str = ""
    until: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    within: int | None = attrs.field(default=None, kw_only=True)
    working: bool = attrs.field(default=True, kw_only=True)
    work: WorkCalendar = attrs.field(factory=Weekdays, kw_only=True)
    at_once: bool = attrs.field(default=False, kw_only=True)

    @property
    def deadline(self) -> Day | None:
        """The last day for what this check found; None where none is said.

        Raises:
            RuleError: a time of fewer days than none.
        """
        start = date_of(self.on)
        if self.until is not None or self.within is None or start is None:
            return self.until
        return deadline(start, self.within, self.work, working=self.working)


Posts = str | Iterable[str]
"""One post, or several."""


def rectify(
    sheet: ScoreSheet,
    check: Check,
    *,
    responsible: Posts | Mapping[str, Posts] | None = None,
    actions: Mapping[str, str] | None = None,
    per: Per | str = Per.LINE,
) -> Corrections:
    """Return the corrections of all that a sheet's unit lost, and of the vetoes that apply.

    `responsible` are the posts that answer, for all of it or by item number (what stands around
    an item answers for it too); by default whom the agreement puts in charge on the check's day,
    the directly responsible where there are such. `actions` are the measures to be taken, by item.

    Raises:
        UnknownNameError: a number that the agreement does not have.
    """
    agreement, told = sheet.agreement, _Told(sheet, check, responsible, actions or {})
    named = {**(responsible if isinstance(responsible, Mapping) else {}), **(actions or {})}
    for number in named:
        agreement.item(number)
    items = [told.item(*group) for group in _grouped(sheet, Per(per))]
    items += [told.veto(result.veto) for result in sheet.vetoes if result.applies]
    return Corrections(" · ".join(filter(None, (agreement.title, sheet.record.name))), items)


def _grouped(sheet: ScoreSheet, per: Per) -> Iterator[tuple[str, str, list[Shortfall]]]:
    """Yield what becomes one corrective item each: its number, its cause, its losses."""
    found = shortfalls(sheet)
    if per is Per.LINE:
        yield from ((loss.number, _cause(sheet.agreement, loss), [loss]) for loss in found)
        return
    groups: dict[str, list[Shortfall]] = {}
    for loss in found:
        groups.setdefault(_indicator(sheet.agreement, loss.number), []).append(loss)
    for number, group in groups.items():
        yield number, number or _cause(sheet.agreement, group[0]), group


def _cause(agreement: Agreement, loss: Shortfall) -> str:
    """Return what makes the same loss of another year or check the same: the rules' own words."""
    rules = [line.ref.rule for line in loss.lines if line.ref is not None]
    words = [_words(agreement, rule) for rule in rules if rule is not None]
    return "；".join(words) or loss.title or loss.number


def _indicator(agreement: Agreement, number: str) -> str:
    """Return the number of the indicator that an item stands in; a section stands for itself."""
    path = path_to(agreement, number) if number else ()
    indicators = [node for node in path if isinstance(node, Indicator)]
    return indicators[-1].number if indicators else number


@attrs.frozen
class _Told:
    """Tells the corrective items of one check of one sheet."""

    sheet: ScoreSheet
    check: Check
    responsible: Posts | Mapping[str, Posts] | None
    actions: Mapping[str, str]

    def item(self, number: str, cause: str, found: list[Shortfall]) -> CorrectiveItem:
        """Return the corrective item of these losses of one item."""
        lines = [line for loss in found for line in loss.lines]
        clauses = dict.fromkeys(str(line.citation) for line in lines if line.citation is not None)
        path = path_to(self.sheet.agreement, number) if number else ()
        required = (getattr(node, "requirement", "") for node in path[:1])
        return self._made(
            "；".join(loss.text(self.sheet) for loss in found),
            number,
            cause=cause,
            lost=sum((loss.points for loss in found), Fraction(0)),
            clause="；".join(clauses) or "".join(required),
        )

    def veto(self, veto: Veto) -> CorrectiveItem:
        """Return the corrective item of a veto that applies: it costs more than points."""
        clause = "" if veto.citation is None else str(veto.citation)
        return self._made(veto.title or veto.code, "", cause=veto.code, lost=None, clause=clause)

    def _made(self, finding: str, number: str, **fields: Any) -> CorrectiveItem:  # noqa: ANN401
        path = path_to(self.sheet.agreement, number) if number else ()
        numbers = [node.number for node in path]
        item = CorrectiveItem(
            finding,
            item=number,
            action=next((self.actions[each] for each in numbers if each in self.actions), ""),
            responsible=self._posts(number, numbers),
            deadline=self.check.deadline,
            at_once=self.check.at_once,
            **fields,
        )
        return item.found(self.check.on, self.check.by)

    def _posts(self, number: str, numbers: list[str]) -> tuple[str, ...]:
        """Return the posts that answer for an item: as told, or as the agreement says."""
        match self.responsible:
            case Mapping() as named:
                return next((to_names(named[each]) for each in numbers if each in named), ())
            case None:
                return self._charged(number)
            case posts:
                return to_names(posts)

    def _charged(self, number: str) -> tuple[str, ...]:
        on = date_of(self.check.on)
        charges = () if on is None else in_charge(self.sheet.agreement, on, number or None)
        # What is lost of the total is of no item: it falls on those who answer for all of them.
        persons = [each.person for each in charges if number or not each.person.items]
        direct = [person.post for person in persons if person.rank == "direct"]
        return tuple(dict.fromkeys(direct or [person.post for person in persons]))


# -------------------------------------------------------------------------------- scored again


@attrs.frozen(eq=False)
class Rescored:
    """A re-assessment after correction: its own record and sheet, and what it changed."""

    record: Record
    sheet: ScoreSheet
    difference: SheetDifference
    findings: Findings


def rescore(
    sheet: ScoreSheet,
    values: Mapping[str, Plain],
    *,
    on: Day | None,
    by: str,
    evidence: str = "",
    corrections: Corrections | None = None,
) -> Rescored:
    """Score a unit again with these corrected values, in a record of its own.

    Each value stands there as stated by the re-assessment (复查), with its day, assessor and
    evidence; all others as they were. Where the corrections are given, a value of an item whose
    correction nobody has verified is a finding; it counts all the same.

    Raises:
        UnknownNameError: values that the agreement does not have, all at once.
    """
    agreement = sheet.agreement
    known = {measure.code for measure in agreement.measures} | needs_of(agreement).judgements.keys()
    if unknown := [code for code in values if code not in known]:
        names = ", ".join(f"`{code}`" for code in unknown)
        raise UnknownNameError(f"`{agreement.title}` has no value {names}")
    stated = {
        code: Statement(value, assessor=by, on=on, evidence=evidence or _SOURCE)
        for code, value in values.items()
    }
    record = attrs.evolve(sheet.record, values={**sheet.record.values, **stated})
    after = score(agreement, record)
    findings = Findings(_unverified(agreement, values, corrections or Corrections()))
    return Rescored(record, after, differ(sheet, after, (_BEFORE, _AFTER)), findings)


def _unverified(
    agreement: Agreement, values: Iterable[str], corrections: Corrections
) -> Iterator[Finding]:
    """Yield the corrected values of items whose corrections are not verified."""
    for code in values:
        around = {
            node.number
            for number in items_reading(agreement, code)
            for node in path_to(agreement, number)
        }
        for item in corrections.open:
            if item.item in around and _concerns(agreement, item, code):
                state = item.state.value.replace("_", " ")
                message = Said(
                    f"`{code}` counts as corrected, but correction {item.number}"
                    f" of item `{item.item}` is {state}",
                    f"`{code}`按已整改计算，但`{item.item}`项的整改事项{item.number}"
                    f"状态为{STATES[item.state]('zh')}",
                )
                yield Finding("correction-unverified", message, severity=Severity.WARNING)


def _concerns(agreement: Agreement, item: CorrectiveItem, code: str) -> bool:
    """Tell whether a correction may be about a value: not where its cause is another rule."""
    texts = {_words(agreement, rule): rule for rule in agreement.item(item.item).rules}
    rules = [rule for text, rule in texts.items() if text in item.cause]
    return not rules or any(code in codes_of_rule(rule) for rule in rules)


def _words(agreement: Agreement, rule: Rule) -> str:
    return rule_text(rule, Vocabulary(agreement.measures), "zh")
