"""What was read from a whole source: each cell and paragraph, and what it was taken for.

The promise that nothing is dropped is kept here: a reading's passages hold every text of the
source. One that was read as a clause carries the clause reader's answer.

Source: semantics 12 (nothing is dropped); the contract's first promise.

>>> print(Passage("2024年", Place("表.xlsx", row=1, column="A"), TakenFor.TITLE))
表.xlsx, row 1, column A: title `2024年`
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs

from healthduty.clauses.reading import ClauseReading
from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.sources import Place


class TakenFor(enum.StrEnum):
    """What a cell or a paragraph was taken for."""

    TITLE = "title"
    PARTY = "party"
    HEADER = "header"
    """A heading of a table, also where it is repeated."""
    NUMBER = "number"
    """An item's own number, or a page's."""
    SECTION = "section"
    ITEM = "item"
    REQUIREMENT = "requirement"
    TARGET = "target"
    POINTS = "points"
    SCORING = "scoring"
    METHOD = "method"
    OFFICE = "office"
    TOTAL = "total"
    GRADES = "grades"
    FUNDING = "funding"
    CONSEQUENCE = "consequence"
    TERM = "term"
    COPIES = "copies"
    SIGNATURE = "signature"
    NOTE = "note"
    """Words around the items: a preamble, a remark, a closing line."""
    FILLED = "filled in later"
    """What belongs to one facility's assessment and not to the agreement."""
    UNREAD = "unread"
    """What was not understood; a finding says so."""


@attrs.frozen
class Passage:
    """A cell or a paragraph: its text, its place, what it was taken for, and for which item."""

    text: str
    place: Place
    taken: TakenFor
    item: str = attrs.field(default="", kw_only=True)
    clause: ClauseReading | None = attrs.field(default=None, kw_only=True)

    def __str__(self) -> str:
        """Return where it stands, what it was taken for, and the text."""
        item = f" of {self.item}" if self.item else ""
        return f"{self.place}: {self.taken.value}{item} `{self.text}`"


def _to_passages(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(passages)


@attrs.frozen(kw_only=True)
class AgreementReading:
    """An agreement as far as it was understood, with everything that it was read from."""

    agreement: Agreement
    findings: Findings = attrs.field(default=Findings())
    passages: tuple[Passage, ...] = attrs.field(default=(), converter=_to_passages)

    @property
    def clauses(self) -> tuple[Passage, ...]:
        """The passages that were read as clauses, each with the clause reader's answer."""
        return tuple(passage for passage in self.passages if passage.clause is not None)

    @property
    def understood(self) -> bool:
        """Whether nothing was left unread, neither a passage nor a part of a clause."""
        unread = (passage.taken is TakenFor.UNREAD for passage in self.passages)
        return not any(unread) and all(
            passage.clause is None or passage.clause.understood for passage in self.passages
        )
