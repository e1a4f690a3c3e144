"""Findings: faults and remarks about the user's data, as values in a list.

A `Finding` has a stable code (each has an entry in the docs), a place, one sentence, and
where it helps a hint. Nothing is dropped and nothing is raised: `Findings` holds them all.

Source: semantics 11 (assumptions are visible) and 12 (nothing is dropped).

>>> print(Finding("sum-section", "items make 95, the header says 100"))
error sum-section: items make 95, the header says 100
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import attrs

from healthduty.display import Table
from healthduty.sources import Citation, Place


class Severity(enum.StrEnum):
    """How much a finding weighs: an error blocks a total, the others inform."""

    ERROR = "error"
    WARNING = "warning"
    ASSUMPTION = "assumption"
    NOTE = "note"


@attrs.frozen
class Finding:
    """One fault or remark: code, message, severity, place, hint, citation."""

    code: str
    message: str
    severity: Severity = attrs.field(default=Severity.ERROR, kw_only=True)
    place: Place = attrs.field(default=Place(), kw_only=True)
    hint: str = attrs.field(default="", kw_only=True)
    citation: Citation | None = attrs.field(default=None, kw_only=True)

    def __str__(self) -> str:
        """Return the one line that a log or a terminal shows."""
        place = f"{self.place}: " if str(self.place) else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.severity.value} {self.code}: {place}{self.message}{hint}"

    def to_dict(self) -> dict[str, str]:
        """Return it as plain data for JSON.

        >>> Finding("blank-open", "not filled", place=Place(item="2.1")).to_dict()["place"]
        'item 2.1'
        """
        return {
            "severity": self.severity.value,
            "code": self.code,
            "place": str(self.place),
            "message": self.message,
            "hint": self.hint,
        }


def _to_findings(items: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(items)


@attrs.frozen(repr=False)
class Findings(Sequence[Finding]):
    """All findings of one look at the data, in the order in which they were met."""

    items: tuple[Finding, ...] = attrs.field(default=(), converter=_to_findings)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: int | slice) -> Finding | Findings:
        """Return one finding, or the findings of a slice."""
        return Findings(self.items[index]) if isinstance(index, slice) else self.items[index]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.items)

    def __iter__(self) -> Iterator[Finding]:
        """Go through them in order."""
        return iter(self.items)

    def __add__(self, other: Iterable[Finding]) -> Findings:
        """Return these and then the others."""
        return Findings((*self.items, *other))

    def __repr__(self) -> str:
        """Return one line a finding, or say that there is none."""
        return str(self)

    def __str__(self) -> str:
        """Return one line a finding, or say that there is none."""
        return "\n".join(map(str, self.items)) if self.items else "no findings"

    @property
    def errors(self) -> Findings:
        """The findings that block a total."""
        return self.of(Severity.ERROR)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in order, one for each finding."""
        return tuple(item.code for item in self.items)

    def of(self, severity: Severity) -> Findings:
        """Return the findings of one severity."""
        return Findings(item for item in self.items if item.severity is severity)

    def table(self) -> Table:
        """Return them as a table: severity, code, place, message."""
        return Table(
            headings=("severity", "code", "place", "message"),
            rows=tuple(
                (
                    item.severity.value,
                    item.code,
                    str(item.place),
                    item.message + (f" ({item.hint})" if item.hint else ""),
                )
                for item in self.items
            ),
            title=f"{len(self.items)} findings" if self.items else "no findings",
        )

    def _repr_html_(self) -> str:
        return self.table().html()
