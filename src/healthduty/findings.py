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
from typing import TypedDict, overload

import attrs

from healthduty.display import Table
from healthduty.said import Language, in_language
from healthduty.sources import Citation, Place


class Severity(enum.StrEnum):
    """How much a finding weighs: an error blocks a total, the others inform."""

    ERROR = "error"
    WARNING = "warning"
    ASSUMPTION = "assumption"
    NOTE = "note"

    def text(self, lang: Language = "zh") -> str:
        """Return the word for it in a language."""
        return _SEVERITIES[self] if lang == "zh" else self.value


_SEVERITIES = {
    Severity.ERROR: "错误",
    Severity.WARNING: "提醒",
    Severity.ASSUMPTION: "假设",
    Severity.NOTE: "说明",
}


@attrs.frozen
class Finding:
    """One fault or remark: code, message, severity, place, hint, citation.

    Message and hint are English; where they are `Said`, they carry their Chinese.
    """

    code: str
    message: str
    severity: Severity = attrs.field(default=Severity.ERROR, kw_only=True)
    place: Place = attrs.field(default=Place(), kw_only=True)
    hint: str = attrs.field(default="", kw_only=True)
    citation: Citation | None = attrs.field(default=None, kw_only=True)

    def __str__(self) -> str:
        """Return the one line that a log shows, in English."""
        return self.line("en")

    def line(self, lang: Language = "zh") -> str:
        """Return it on one line in a language: severity, code, place, message and hint.

        >>> from healthduty.said import Said
        >>> text = Said("items make 95, the header says 100", "各条目合计95分，写明100分")
        >>> Finding("sum-section", text, place=Place(item="2.1")).line()
        '错误 sum-section：第2.1项：各条目合计95分，写明100分'
        """
        place, colon = self.place.text(lang), _COLONS[lang]
        where = f"{place}{colon}" if place else ""
        return f"{self.severity.text(lang)} {self.code}{colon}{where}{self.text(lang)}"

    def text(self, lang: Language = "zh") -> str:
        """Return message and hint in a language."""
        message, hint = in_language(self.message, lang), in_language(self.hint, lang)
        return message + _BRACKETS[lang].format(hint) if hint else message

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


_COLONS: dict[Language, str] = {"zh": "：", "en": ": "}
_BRACKETS: dict[Language, str] = {"zh": "（{}）", "en": " ({})"}


def _to_findings(items: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(items)


class _TableWords(TypedDict):
    """What the table of findings says in a language."""

    headings: tuple[str, ...]
    title: str
    none: str


_TABLE: dict[Language, _TableWords] = {
    "zh": {
        "headings": ("级别", "代码", "位置", "内容"),
        "title": "检查提示{}条",
        "none": "没有检查提示",
    },
    "en": {
        "headings": ("severity", "code", "place", "message"),
        "title": "{} findings",
        "none": "no findings",
    },
}


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

    def table(self, lang: Language = "zh") -> Table:
        """Return them as a table: severity, code, place, message with its hint."""
        words = _TABLE[lang]
        return Table(
            headings=words["headings"] if self.items else (),
            rows=tuple(
                (item.severity.text(lang), item.code, item.place.text(lang), item.text(lang))
                for item in self.items
            ),
            title=words["title"].format(len(self.items)) if self.items else words["none"],
        )

    def _repr_html_(self) -> str:
        return self.table().html()
