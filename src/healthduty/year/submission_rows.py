"""One row of a ledger → one submission: which duty, which day, how many, for whom, for when.

A duty goes by its code or its title, a day and a number as people write them. A blank count is
one, which is an assumption where the ledger has a column for it.

Source: semantics 10 (late, per object), 12 (nothing is dropped).

>>> from healthduty.model.agreement import Agreement
>>> agreement = Agreement("示例", obligations=(Obligation("visits", "巡查"),))
>>> reader = RowReader(Intake(agreement, "台账.csv"), {Column.DUTY: 0, Column.DATE: 1})
>>> row = Row(Place("台账.csv", row=2), ("巡查", "2024-03-32"))
>>> reader.read(row, ("工作要求", "日期")).submission.on, reader.intake.findings[0].code
('2024-03-32', 'record-date-impossible')
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from healthduty.errors import NumberError
from healthduty.exact import number_text, show
from healthduty.findings import Severity
from healthduty.grids.grid import column_letter
from healthduty.model.obligation import Every, Obligation
from healthduty.records.days import read_day
from healthduty.records.headers import fold
from healthduty.records.intake import Intake, listed, near_it, shown
from healthduty.records.plain import as_text, is_blank, number_of
from healthduty.records.sheets import Row
from healthduty.records.totals import is_total
from healthduty.said import Said, reason_of
from healthduty.scalars import is_nan
from healthduty.sources import Place
from healthduty.year.submission_columns import Column, period_label
from healthduty.year.submissions import Submission


@attrs.frozen
class SubmissionRow:
    """A submission of a ledger, where it stands, and whose it is: the facility's code and name.

    Both are empty where the ledger names no facility; the code is the name where it has no code.
    """

    submission: Submission
    place: Place
    facility: str = ""
    name: str = ""


@attrs.define
class RowReader:
    """The rows of one table on their way to submissions; `columns` is where each thing stands.

    `duty` is what a row is of that names none.
    """

    intake: Intake
    columns: Mapping[Column, int]
    duty: str = ""
    lettered: bool = False
    """Whether cells go by letters, as those of a workbook do."""
    uncounted: list[Place] = attrs.Factory(list)
    called: dict[str, tuple[str, ...]] = attrs.Factory(dict)
    """The codes of the duties that a text names: a ledger says the same few again and again."""
    unasked: dict[str, Place] = attrs.Factory(dict)
    """The duties that are owed to no object, though a row names one, and where."""

    def read(self, row: Row, headings: Sequence[str]) -> SubmissionRow | None:
        """Return the submission of a row; None, with a finding, where its count is no number."""
        duty = self._duty(row, headings)
        obligation = self._obligation(duty)
        name = self._text(Column.NAME, row)
        facility = self._text(Column.CODE, row) or name
        if not facility and (Column.NAME in self.columns or Column.CODE in self.columns):
            message = Said("the row names no facility", "这一行没有写单位")
            self.intake.report("submission-facility-missing", message, row.place)
        day = self._day(row, headings)
        count = self._count(row, headings, obligation)
        said = {
            "of": self._object(row, headings, obligation),
            "period": self._period(row),
            "case": self._event(row, obligation),
            "evidence": self._text(Column.EVIDENCE, row),
        }
        if count is None:  # only now: all faults of the row are told
            return None
        made = Submission(duty, day, count, **said)
        return SubmissionRow(made, row.place, facility, name or facility)

    # --- the cells ---------------------------------------------------------------------------

    def _cell(self, column: Column, row: Row) -> object:
        index = self.columns.get(column)
        return None if index is None else row.cells[index]

    def _text(self, column: Column, row: Row) -> str:
        return as_text(self._cell(column, row))

    def _at(self, column: Column, row: Row, headings: Sequence[str]) -> Place:
        index = self.columns[column]
        if self.lettered:
            return attrs.evolve(row.place, column=column_letter(index))
        return row.at(headings[index])

    def _duty(self, row: Row, headings: Sequence[str]) -> str:
        """Return the code of the duty that a row names; what names none stays as it is written."""
        said = self._text(Column.DUTY, row) or self.duty
        if not said:
            message = Said("the row names no duty", "这一行没有写工作要求")
            self.intake.report("submission-duty-missing", message, row.place)
            return ""
        place = self._at(Column.DUTY, row, headings) if Column.DUTY in self.columns else row.place
        if said not in self.called:
            self.called[said] = _called(said, self.intake.agreement.obligations)
        found = self.called[said]
        if len(found) > 1:
            message = Said(
                f"`{shown(said)}` is the title of {listed(found)}",
                f"{listed(found).zh}的名称都是`{shown(said)}`",
            )
            hint = Said("write the code in place of the title", "用代码代替名称")
            self.intake.report("submission-duty-ambiguous", message, place, hint=hint)
        elif not found:
            self._report_unknown(said, place)
        return found[0] if len(found) == 1 else said

    def _report_unknown(self, said: str, place: Place) -> None:
        if is_total(said):
            message = Said(
                f"`{shown(said)}` looks like a row of totals", f"`{shown(said)}`像是合计行"
            )
            self.intake.report(
                "submission-duty-unknown", message, place, hint=Said("leave it out", "去掉这一行")
            )
            return
        duties = self.intake.agreement.obligations
        names = {fold(name): name for each in duties for name in (each.code, each.title) if name}
        near = difflib.get_close_matches(fold(said), names, n=2, cutoff=0.4)
        hint = near_it([names[name] for name in near])
        message = Said(
            f"`{shown(said)}` is no duty of the agreement", f"责任书里没有工作要求`{shown(said)}`"
        )
        self.intake.report("submission-duty-unknown", message, place, hint=hint)

    def _obligation(self, code: str) -> Obligation | None:
        return next((each for each in self.intake.agreement.obligations if each.code == code), None)

    def _day(self, row: Row, headings: Sequence[str]) -> datetime.date | str | None:
        day, found = read_day(self._cell(Column.DATE, row))
        place = self._at(Column.DATE, row, headings)
        self.intake.add(found, place)
        if day is None:
            message = Said(
                "the row has no date: nobody can tell whether it was in time",
                "这一行没有日期，无法判断是否按时",
            )
            self.intake.report("submission-date-missing", message, place)
        return day

    def _count(self, row: Row, headings: Sequence[str], duty: Obligation | None) -> Fraction | None:
        if Column.COUNT not in self.columns:
            return Fraction(1)
        raw, place = self._cell(Column.COUNT, row), self._at(Column.COUNT, row, headings)
        if is_blank(raw) or is_nan(raw):
            self.uncounted.append(place)
            return Fraction(1)
        if isinstance(raw, str):
            raw = number_text(raw)
            raw = raw.removesuffix(duty.unit if duty else "").strip() or raw
        try:
            count = number_of(raw, Said("the count", "数量"))
        except NumberError as error:
            self._refuse_count(reason_of(error), place)
            return None
        if count < 0:
            number = f"`{show(count)}`"
            message = Said(
                f"the count is {number}: it can't be negative", f"数量为{number}：不能是负数"
            )
            self._refuse_count(message, place)
            return None
        return count

    def _refuse_count(self, message: str, place: Place) -> None:
        hint = Said("until it is mended the row counts for nothing", "改正之前，这一行不计入")
        self.intake.report("submission-count-unreadable", message, place, hint=hint)

    def _object(self, row: Row, headings: Sequence[str], duty: Obligation | None) -> str:
        said = self._text(Column.OBJECT, row)
        if said and duty is not None and not duty.per:
            self.unasked.setdefault(duty.code, self._at(Column.OBJECT, row, headings))
        return said

    def _period(self, row: Row) -> str:
        """Return the period that a row names: by its label, or by a day of it."""
        raw = self._cell(Column.PERIOD, row)
        said = period_label(as_text(raw))
        day, _ = read_day(said)  # a text that names neither is for the duty's calendar to refuse
        return day.isoformat() if isinstance(day, datetime.date) else said

    def _event(self, row: Row, duty: Obligation | None) -> str:
        said = self._text(Column.CASE, row)
        if not said and duty is not None and duty.every is Every.EVENT:
            message = Said(
                f"`{duty.code}` is a duty of an event, and the row names none",
                f"`{duty.code}`是发生事件才做的工作要求，这一行没有写明是哪个事件",
            )
            self.intake.report("submission-event-missing", message, row.place)
        return said

    # --- what is told once -------------------------------------------------------------------

    def finish(self) -> None:
        """Report what is told once for all rows."""
        if self.uncounted:
            message = Said(
                f"rows without a count: {len(self.uncounted)}; each counts as one",
                f"有{len(self.uncounted)}行没有写数量，每行按一次计",
            )
            self.intake.report(
                "submission-count-blank", message, self.uncounted[0], severity=Severity.ASSUMPTION
            )
        for code, place in self.unasked.items():
            message = Said(
                f"`{code}` is owed to no object in particular: whom a row names is not read",
                f"`{code}`没有规定具体对象，行里写的对象未读取",
            )
            hint = Said("the duty's `per` says to whom it is owed", "工作要求的`per`写明对谁做")
            self.intake.note("submission-object-unused", message, place, hint=hint)


def _called(said: str, duties: Sequence[Obligation]) -> tuple[str, ...]:
    """Return the codes of the duties that a text may name; a code itself wins over titles."""
    if any(each.code == said for each in duties):
        return (said,)
    word = fold(said)
    return tuple(each.code for each in duties if word in (fold(each.code), fold(each.title)))
