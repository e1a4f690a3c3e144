"""Review (复核): from self-assessed to verified, objected to and reviewed, nothing overwritten.

A `Review` holds the record as it was verified, every objection and every decision. What it makes
of them is made anew each time: a record in which the decided values stand as reviewed, the sheets
before and after, their difference, the whole course as a table. Objecting and deciding return a
new review; the old one stays what it was.

Source: “Objection and review”; vocabulary “Record” (the last agreed one scores).

>>> from healthduty.model.indicator import Indicator
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> review = Review(agreement, Record("某站", {"1": 3}))
>>> review = review.object(Objection("1", "台账已补全", by="某站", claimed="4.5"))
>>> review = review.decide(Decision("1", "upheld", "查看原件属实"))
>>> str(review.difference.total.change), len(review.steps)
('1.5', 3)
"""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from healthduty.convert.documents import read_content, read_document, write_document
from healthduty.convert.jsontext import Json
from healthduty.display import Table
from healthduty.errors import UnknownNameError, UsageError
from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.records.needs import needs_of
from healthduty.records.record import Missing, Observation, Plain, Record, Statement, Value
from healthduty.results.behind import codes_of_item
from healthduty.results.differing import SheetDifference, differ
from healthduty.rules.measure import name_twice
from healthduty.said import Said
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language
from healthduty.wording.phrase import Phrase
from healthduty.year.course import Step, course_table, stages_of, step_of
from healthduty.year.keeping import read_entries, read_fields, write_entries
from healthduty.year.objections import Decision, Objection, ReviewTerms, Ruling, date_of
from healthduty.year.review_checks import Course, check_course

_OWN = Phrase("自评得分", "self assessed")
_VERIFIED = Phrase("核实得分", "verified")
_REVIEWED = Phrase("复核得分", "reviewed")
_UNTIL = Phrase("异议截止日：{0}", "objections until {0}")
_LATE = Phrase("逾期提出的异议：{0}", "objections raised late: {0}")
_OPEN = Phrase("待复核的异议：{0}", "objections not decided yet: {0}")
_TOTAL = Phrase("总分：核实{0}分，复核后{1}分", "total: {0} verified, {1} after review")
_LIST = Phrase("、", ", ")


def _to_objections(objections: Iterable[Objection]) -> tuple[Objection, ...]:
    """Give each objection without a number the next one that is free."""
    given = tuple(objections)
    taken = {each.number for each in given}
    free = (str(count) for count in itertools.count(1) if str(count) not in taken)
    return tuple(each if each.number else attrs.evolve(each, number=next(free)) for each in given)


def _to_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    return tuple(decisions)


@attrs.frozen(eq=False, repr=False)
class Review:
    """The course of one unit's result: its record, objections and decisions, in written order.

    What is wrong with them is a finding, and what can't count does not; all of it is kept.
    """

    agreement: Agreement
    given: Record
    terms: ReviewTerms = attrs.field(factory=ReviewTerms)
    objections: tuple[Objection, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_objections
    )
    decisions: tuple[Decision, ...] = attrs.field(default=(), kw_only=True, converter=_to_decisions)

    # --- what happens ------------------------------------------------------------------------

    def object(self, *objections: Objection) -> Review:
        """Return the review with these objections added; each has its number there.

        Raises:
            UsageError: an objection with the number of another.
        """
        made = attrs.evolve(self, objections=(*self.objections, *objections))
        if (twice := name_twice(each.number for each in made.objections)) is not None:
            raise UsageError(
                Said(f"two objections have the number `{twice}`", f"有两条异议的编号都是`{twice}`")
            )
        return made

    def decide(self, *decisions: Decision) -> Review:
        """Return the review with these decisions added.

        Raises:
            UnknownNameError: a decision on an objection that is not there.
        """
        numbers = [each.number for each in self.objections]
        for decision in decisions:
            if decision.objection not in numbers:
                known = ", ".join(f"`{number}`" for number in numbers) or "none"
                raise UnknownNameError(
                    Said(
                        f"no objection `{decision.objection}`; there are {known}",
                        f"没有异议`{decision.objection}`；有{known}",
                    )
                )
        return attrs.evolve(self, decisions=(*self.decisions, *decisions))

    # --- what it makes -----------------------------------------------------------------------

    @functools.cached_property
    def record(self) -> Record:
        """The record with each decided value as reviewed; what was stated before stands beside."""
        reviewed = {
            code: self._reviewed(code, decision)
            for code, decision in self._counting.items()
            if decision.ruling is not Ruling.REJECTED
        }
        return attrs.evolve(self.given, values={**self.given.values, **reviewed})

    def _reviewed(self, code: str, decision: Decision) -> Observation:
        """Return a value with the decided one as its last stage."""
        value, objection = self.given.values.get(code), self._objection(decision)
        statement = Statement(
            self._value(decision),
            assessor=decision.by,
            on=decision.decided_on,
            evidence=decision.evidence or (objection.evidence if objection else ""),
        )
        if isinstance(value, Observation):
            return attrs.evolve(value, reviewed=statement)
        return Observation(verified=value if _is_there(value) else None, reviewed=statement)

    @functools.cached_property
    def before(self) -> ScoreSheet:
        """The sheet by the verified values: nothing that was reviewed counts."""
        return score(self.agreement, _without(self.given, verified=True))

    @functools.cached_property
    def after(self) -> ScoreSheet:
        """The sheet by the last agreed values."""
        return score(self.agreement, self.record)

    @functools.cached_property
    def self_assessed(self) -> ScoreSheet:
        """The sheet by the unit's own values; where it stated none, the verified one counts."""
        return score(self.agreement, _without(self.given, verified=False))

    @functools.cached_property
    def difference(self) -> SheetDifference:
        """What the review changed, line by line."""
        return differ(self.before, self.after, (_VERIFIED, _REVIEWED))

    @functools.cached_property
    def own_difference(self) -> SheetDifference:
        """What the verification changed of the unit's own assessment, line by line."""
        return differ(self.self_assessed, self.before, (_OWN, _VERIFIED))

    # --- where it stands ---------------------------------------------------------------------

    @property
    def late(self) -> tuple[Objection, ...]:
        """The objections that came after their deadline."""
        return tuple(each for each in self.objections if self.terms.is_late(each))

    @property
    def open(self) -> tuple[Objection, ...]:
        """The objections that wait for a decision; late ones don't, unless one admits them."""
        decided = {each.objection for each in self.decisions if self._counts(each)}
        waiting = (each for each in self.objections if each.number not in decided)
        return tuple(each for each in waiting if not self.terms.is_late(each))

    def overdue(self, on: datetime.date) -> tuple[Objection, ...]:
        """Return the open objections whose deadline for a decision has passed on a day."""
        ends = ((each, self.terms.decision_until(each)) for each in self.open)
        return tuple(each for each, end in ends if end is not None and end < on)

    @functools.cached_property
    def _counting(self) -> Mapping[str, Decision]:
        """The decision that counts for each value that one was made on: the last of them."""
        ordered = sorted(
            enumerate(self.decisions),
            key=lambda pair: (date_of(pair[1].decided_on) or datetime.date.min, pair[0]),
        )
        found = ((self.about(each), each) for _, each in ordered if self._counts(each))
        return {code: decision for code, decision in found if code is not None}

    def _objection(self, decision: Decision) -> Objection | None:
        return next((o for o in self.objections if o.number == decision.objection), None)

    def _counts(self, decision: Decision) -> bool:
        objection = self._objection(decision)
        if objection is None or (self.terms.is_late(objection) and not decision.late_admitted):
            return False
        return decision.ruling is Ruling.REJECTED or self._value(decision) is not None

    def _value(self, decision: Decision) -> Plain:
        """Return the value that a decision puts in place; None where it names none."""
        if decision.value is not None or decision.ruling is not Ruling.UPHELD:
            return decision.value
        objection = self._objection(decision)
        return None if objection is None else objection.claimed

    @functools.cached_property
    def _codes(self) -> frozenset[str]:
        """The codes of all values that there can be: measures, judgements, judged items."""
        measures = (measure.code for measure in self.agreement.measures)
        return frozenset((*measures, *needs_of(self.agreement).judgements))

    def about(self, what: Objection | Decision) -> str | None:
        """Return the code of the value that an objection or a decision is about.

        None where that can't be told: no such measure or item, or an item that reads several
        values where none of them is named.
        """
        if isinstance(what, Decision):
            if what.measure:
                return what.measure if what.measure in self._codes else None
            objection = self._objection(what)
            return None if objection is None else self.about(objection)
        if what.about in self._codes:
            return what.about
        codes = self._codes_of_item(what.about)
        return codes[0] if len(codes) == 1 else None

    def _codes_of_item(self, number: str) -> tuple[str, ...]:
        try:
            return codes_of_item(self.agreement, number)
        except UnknownNameError:
            return ()

    # --- the course --------------------------------------------------------------------------

    @functools.cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step: all stages of all values, every objection, every decision.

        In the agreement's order by value, its stages first, each objection with its decisions
        behind it; at the end what is about no value. A value without stages counts as verified,
        and is a step where something was objected to.
        """
        disputes: dict[str, list[Step]] = {}
        for objection in self.objections:
            answers = [each for each in self.decisions if each.objection == objection.number]
            codes = (self.about(objection), *map(self.about, answers))
            about = next((code for code in codes if code is not None), objection.about)
            steps = [step_of(each, self.about(each) or about) for each in answers]
            disputes.setdefault(about, []).extend((step_of(objection, about), *steps))
        values = self.given.values
        measures = (measure.code for measure in self.agreement.measures)
        found: list[Step] = []
        for code in dict.fromkeys((*measures, *values, *disputes)):
            value = values.get(code)
            if isinstance(value, Observation) or (code in disputes and _is_there(value)):
                found += stages_of(code, value)
            found += disputes.get(code, ())
        lost = (each for each in self.decisions if self._objection(each) is None)
        return (*found, *(step_of(each, self.about(each) or "") for each in lost))

    def course(self, lang: Language = "zh") -> Table:
        """Return the whole course as a table: each step with day, who, what, value, evidence.

        Raises:
            UsageError: an unknown language.
        """
        return course_table(
            self.agreement, self.steps, self.given.name, tuple(self._notes(lang)), lang
        )

    def _notes(self, lang: Language) -> Iterator[str]:
        until = self.terms.objections_until
        if until is not None:
            yield _UNTIL(lang, str(until))
        for phrase, objections in ((_LATE, self.late), (_OPEN, self.open)):
            if objections:
                yield phrase(lang, _LIST(lang).join(each.number for each in objections))
        total = self.difference.total
        if total.before is not None and total.after is not None:
            yield _TOTAL(lang, f"{total.before:f}", f"{total.after:f}")

    def __str__(self) -> str:
        """Return the course as aligned Chinese text."""
        return self.course().text()

    def __repr__(self) -> str:
        """Return the facility, and how many objections wait for a decision."""
        return (
            f"<Review {self.given.facility}: {len(self.objections)} objections,"
            f" {len(self.open)} open>"
        )

    def _repr_html_(self) -> str:
        return self.course().html()

    # --- findings ----------------------------------------------------------------------------

    @functools.cached_property
    def findings(self) -> Findings:
        """What is wrong with objections and decisions, and what was late."""
        course = Course(
            self.objections,
            self.decisions,
            self.terms,
            about=self.about,
            codes=self._codes_of_item,
            value=self._value,
            counts=self._counts,
        )
        return Findings(check_course(course))

    # --- files -------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Json]:
        """Return objections and decisions as plain data; `from_dict` reads them back."""
        return {
            "objections": write_entries(self.objections, ("claimed",)),
            "decisions": write_entries(self.decisions, ("value",)),
        }

    @classmethod
    def from_dict(
        cls, data: Json, agreement: Agreement, record: Record, terms: ReviewTerms | None = None
    ) -> Review:
        """Read objections and decisions into the review of a record.

        Raises:
            SourceError: with every fault of the data, each with its path.
        """
        read = functools.partial(_read_course, agreement, record, terms)
        return read_content(data, "", "$", read, [])


def write_review(review: Review) -> str:
    """Return a review's objections and decisions as JSON text.

    Raises:
        RuleError: a text with half a character.
        NumberError: a value that no file can hold.
    """
    return write_document("review", review.to_dict())


def read_review(
    text: str,
    agreement: Agreement,
    record: Record,
    terms: ReviewTerms | None = None,
    *,
    name: str = "",
) -> Review:
    """Read what `write_review` wrote into the review of a record; `name` is the file's.

    Raises:
        SourceError: with every fault of the text, each with its place.
    """
    read = functools.partial(_read_course, agreement, record, terms)
    return read_document(text, name, "review", read)


def _read_course(
    agreement: Agreement, record: Record, terms: ReviewTerms | None, data: object
) -> Review:
    # Each field is read as what it is; the dict can't say so.
    found: Any = read_fields(
        data,
        {
            "objections": lambda each: read_entries(each, Objection, ("claimed",)),
            "decisions": lambda each: read_entries(each, Decision, ("value",)),
        },
        what=Said("a review", "复核材料"),
    )
    return Review(agreement, record, terms or ReviewTerms(), **found)


def _is_there(value: Value) -> bool:
    return value is not None and not isinstance(value, Missing)


def _without(record: Record, *, verified: bool) -> Record:
    """Return a record less what was reviewed; without `verified` what was self-assessed counts.

    What was not self-assessed was not the unit's to state: its verified value stays.
    """
    values = dict(record.values)
    for code, value in values.items():
        if isinstance(value, Observation):
            keeps = verified or value.self_assessed is None
            values[code] = attrs.evolve(
                value, verified=value.verified if keeps else None, reviewed=None
            )
    return attrs.evolve(record, values=values)
