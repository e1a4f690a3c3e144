"""The course of a conduct account: balance on any day, thresholds reached, and what it feeds.

What stands on a day follows from what was entered up to that day, all entries of one day
together; so the order of entries never matters, and a later reversal changes no earlier balance.

Source: row B3; semantics 6 (one case is charged once: the dearest), 14.

>>> scheme = Scheme(Fraction(12), ((Fraction(12), "离岗"),), (1, 1))
>>> course = Course(scheme, (Entry(datetime.date(2024, 5, 1), Fraction(-3), "迟报"),))
>>> str(course.taken_on("2024-05-01")), course.crossings
('3', ())
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

import attrs
from dateutil.relativedelta import relativedelta

from healthduty.display import Table
from healthduty.errors import UsageError
from healthduty.exact import Ratio, show
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.model.party import Day, to_day
from healthduty.records.record import Case, Plain, Record, Statement
from healthduty.results.resolved import Resolved, put_values
from healthduty.rules.measure import Measure, MeasureKind, Word, kind_word
from healthduty.said import Said
from healthduty.wording import Language, check_language

_ZERO = Fraction(0)
_WORDS = {
    "zh": {
        "headings": "日期|事由|事件|决定人|记分|余分|后果",
        "reset": "新周期，恢复{}分",
        "reversed": "撤销：{}",
        "title": "{}记分情况",
        "list": "；",
        "taken": "记{}分",
        "given": "加回{}分",
    },
    "en": {
        "headings": "day|reason|case|by|points|balance|what follows",
        "reset": "a new year starts with {} points",
        "reversed": "reversed: {}",
        "title": "conduct points of {}",
        "list": "; ",
        "taken": "-{}",
        "given": "+{}",
    },
}


class ConductFigure(Word):
    """What of an account a number is."""

    TAKEN = "taken"
    """The points taken within the year."""
    BALANCE = "balance"


@attrs.frozen
class Scheme:
    """What a course needs of its account: points, thresholds by points taken, day of reset."""

    points: Fraction
    thresholds: tuple[tuple[Fraction, str], ...]
    reset: tuple[int, int] | None = None
    carries: bool = False
    below_zero: bool = False


@attrs.frozen
class Entry:
    """What was entered on a day: points taken (below 0) or given back, or a case reversed."""

    on: datetime.date
    points: Fraction
    reason: str = ""
    case: str = ""
    by: str = ""
    reverses: bool = attrs.field(default=False, kw_only=True)

    def order(self) -> tuple[datetime.date, bool, Fraction, str, str, str]:
        """Return what entries are sorted by, so that their own order never matters."""
        return self.on, self.reverses, self.points, self.case, self.reason, self.by


@attrs.frozen
class Crossing:
    """A threshold that was reached on a day, and what follows."""

    on: datetime.date
    taken: Fraction
    """The threshold: so many points taken."""
    consequence: str


def _to_date(day: Day) -> datetime.date:
    date = to_day(day)
    if isinstance(date, str):
        raise UsageError(f"`{date}` is no day of the calendar")
    return date


@attrs.frozen
class Course:
    """One holder's account over the years; entries in order of their days."""

    scheme: Scheme
    entries: tuple[Entry, ...]
    holder: str = ""
    findings: Findings = attrs.field(default=Findings())

    # --- the balance -------------------------------------------------------------------------

    def balance_on(self, day: Day) -> Fraction:
        """Return the points that are left at the end of a day.

        Raises:
            UsageError: a text that is no day.
        """
        left = self._left_on(_to_date(day))
        return left if self.scheme.below_zero else max(_ZERO, left)

    def taken_on(self, day: Day) -> Fraction:
        """Return the points taken in the year of a day, up to its end; all of them, beyond 0 too.

        Raises:
            UsageError: a text that is no day.
        """
        return self.scheme.points - self._left_on(_to_date(day))

    def year_of(self, day: Day) -> datetime.date | None:
        """Return the first day of the account's year that a day lies in; None without a reset.

        Raises:
            UsageError: a text that is no day.
        """
        date = _to_date(day)
        if self.scheme.reset is None:
            return None
        month, last = self.scheme.reset
        begins = date + relativedelta(month=month, day=last)
        return begins if begins <= date else date + relativedelta(years=-1, month=month, day=last)

    def _left_on(self, day: datetime.date) -> Fraction:
        """Return what is left at the end of a day, below 0 too, by all that was known then."""
        changes: dict[datetime.date, Fraction] = {}
        for entry in self._counting(day):
            changes[entry.on] = changes.get(entry.on, _ZERO) + entry.points
        points = left = self.scheme.points
        year = None
        for on in sorted({*changes, day}):
            if self.year_of(on) != year:
                left = self._carried(left, year, self.year_of(on))
                year = self.year_of(on)
            left = min(points, left + changes.get(on, _ZERO))
        return left

    def _carried(
        self, left: Fraction, year: datetime.date | None, new: datetime.date | None
    ) -> Fraction:
        """Return with what a new year starts; each year in between takes up what it can."""
        points = self.scheme.points
        if year is None or new is None or not self.scheme.carries or left >= 0:
            return points
        for _ in range(new.year - year.year):
            left = points + min(left, _ZERO)
        return left

    def _counting(self, day: datetime.date) -> list[Entry]:
        """Return what counts by all that was entered up to a day: each case once."""
        known = [entry for entry in self.entries if entry.on <= day]
        undone = {entry.case: entry.on for entry in known if entry.reverses}
        counting: list[Entry] = []
        dearest: dict[str, Entry] = {}
        for entry in known:
            if entry.reverses or not entry.points:
                continue
            if entry.points > 0 or not entry.case:
                counting.append(entry)
            elif entry.case not in undone or entry.on > undone[entry.case]:
                other = dearest.get(entry.case)
                if other is None or entry.points < other.points:
                    dearest[entry.case] = entry
        return [*counting, *dearest.values()]

    # --- thresholds --------------------------------------------------------------------------

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """The thresholds that were reached, in order of days; one that is reached anew again."""
        found: list[Crossing] = []
        before = _ZERO
        for day in self._days():
            if self._begins(day):
                before = _ZERO
            after = self.taken_on(day)
            found += [
                Crossing(day, taken, consequence)
                for taken, consequence in self.scheme.thresholds
                if before < taken <= after
            ]
            before = after
        return tuple(found)

    def _days(self) -> list[datetime.date]:
        """Return the days on which something happens: entries, and new years between them."""
        days = {entry.on for entry in self.entries}
        if days and self.scheme.reset is not None:
            year, last = self.year_of(min(days)), max(days)
            while year is not None and year <= last:
                days.add(year)
                year = self.year_of(year + relativedelta(years=1, days=1))
            days = {day for day in days if day >= min(entry.on for entry in self.entries)}
        return sorted(days)

    def _begins(self, day: datetime.date) -> bool:
        return self.year_of(day) == day

    # --- what people see ---------------------------------------------------------------------

    def table(self, lang: Language = "zh") -> Table:
        """Return the course as a table: each entry, each new year, and what followed.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = _WORDS[lang]
        return Table(
            headings=tuple(words["headings"].split("|")),
            rows=tuple(self._rows(words)),
            title=words["title"].format(self.holder) if self.holder else "",
            right=(4, 5),
        )

    def _rows(self, words: dict[str, str]) -> Iterator[tuple[str, ...]]:
        crossings = self.crossings
        for day in self._days():
            if self._begins(day):
                opening = show(self._opening(day))
                yield str(day), words["reset"].format(opening), "", "", "", opening, ""
            entries = [entry for entry in self.entries if entry.on == day]
            follows = words["list"].join(each.consequence for each in crossings if each.on == day)
            for place, entry in enumerate(entries, 1):
                last = place == len(entries)
                reason = words["reversed"].format(entry.reason) if entry.reverses else entry.reason
                moved = words["given" if entry.points > 0 else "taken"]
                yield (
                    str(day),
                    reason,
                    entry.case,
                    entry.by,
                    moved.format(show(abs(entry.points))) if entry.points else "",
                    show(self.balance_on(day)) if last else "",
                    follows if last else "",
                )

    def _opening(self, day: datetime.date) -> Fraction:
        """Return with what a new year opens, before anything is entered on its first day."""
        earlier = tuple(entry for entry in self.entries if entry.on < day)
        return attrs.evolve(self, entries=earlier).balance_on(day)

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()

    # --- into the record ---------------------------------------------------------------------

    def feed(
        self,
        record: Record,
        agreement: Agreement,
        code: str,
        day: Day,
        figure: ConductFigure | str = ConductFigure.TAKEN,
    ) -> Resolved:
        """Put what stands on a day into a record that has no value of its own.

        A count or an amount becomes the points taken (or the balance), a rate their share of all
        points, a flag that all points were taken, cases the demerits of the year that count.

        Raises:
            UsageError: a text that is no day, a figure that there is not.
        """
        date, measure = _to_date(day), agreement.measure(code)
        value = None if measure is None else self._value(measure, date, ConductFigure(figure))
        if value is None:
            why = Said("no measure of the agreement", "责任书里没有这个指标")
            if measure is not None:
                kind = kind_word(measure.kind)
                why = Said(f"a {kind}", f"它是{kind.zh}指标")
            message = Said(
                f"a conduct account can't become `{code}`, which is {why}",
                f"记分不能填入`{code}`：{why.zh}",
            )
            return Resolved(record, Findings([Finding("conduct-measure", message)]))
        source = Said(
            f"conduct points of {self.holder or record.name} on {date}",
            f"{self.holder or record.name}截至{date}的记分",
        )
        return put_values(record, agreement, {code: Statement(value, on=date, evidence=source)})

    def _value(self, measure: Measure, day: datetime.date, figure: ConductFigure) -> Plain | None:
        taken = figure is ConductFigure.TAKEN
        number = self.taken_on(day) if taken else self.balance_on(day)
        match measure.kind:
            case MeasureKind.COUNT | MeasureKind.AMOUNT:
                return number.numerator if number.denominator == 1 else number
            case MeasureKind.RATE | MeasureKind.COMPLETION:
                return Ratio(number, self.scheme.points)
            case MeasureKind.FLAG:
                return self.taken_on(day) >= self.scheme.points
            case MeasureKind.CASES:
                return tuple(self._cases(day))
            case MeasureKind.LEVEL | MeasureKind.GROWTH:
                return None
            case _:
                assert_never(measure.kind)

    def _cases(self, day: datetime.date) -> Iterator[Case]:
        year = self.year_of(day)
        for number, entry in enumerate(self._counting(day), 1):
            if entry.points < 0 and (year is None or entry.on >= year):
                points = {"points": show(-entry.points)}
                yield Case(entry.case or f"conduct-{number}", entry.on, points, note=entry.reason)
