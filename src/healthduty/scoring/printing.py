"""How a score sheet shows itself: table, text, HTML, plain data, a frame, one item explained.

A mixin over the sheet's numbers and lines; nothing is computed here.

Source: the public face: `print(sheet)`, a table in a notebook, `sheet.explain("2.2")`.
"""

from __future__ import annotations

import abc
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from healthduty.display import Table
from healthduty.errors import UnknownNameError
from healthduty.findings import Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Section
from healthduty.records.record import Record
from healthduty.scoring.lines import Line, LineKind
from healthduty.scoring.outcome import Honour, Money, VetoResult
from healthduty.wording import Language

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "item": "条目",
        "title": "内容",
        "full": "满分",
        "raw": "应计",
        "effective": "实计",
        "earned": "得分",
        "why": "说明",
        "total": "合计",
        "bonus": "加分",
        "apart": "另计加分",
        "none": "无法计总分",
        "deducted": "扣分合计",
        "grade": "等次",
        "veto": "一票否决",
        "vetoed": "否决后总分",
        "unknown": "待核实",
        "money": "经费",
        "yuan": "元",
        "honour": "荣誉",
        "barred": "取消，因",
        "assumption": "假设",
        "according": "依据",
        "of": "满分",
        "got": "，得",
        "points": "分",
    },
    "en": {
        "item": "item",
        "title": "title",
        "full": "full",
        "raw": "raw",
        "effective": "effective",
        "earned": "earned",
        "why": "why",
        "total": "total",
        "bonus": "bonus",
        "apart": "bonus apart",
        "none": "no total",
        "deducted": "deducted in all",
        "grade": "grade",
        "veto": "veto",
        "vetoed": "total after vetoes",
        "unknown": "not known",
        "money": "money",
        "yuan": "yuan",
        "honour": "honour",
        "barred": "barred by",
        "assumption": "assumption",
        "according": "according to",
        "of": "of",
        "got": ", earned",
        "points": "",
    },
}


@attrs.frozen
class ItemResult:
    """What a section, an indicator or a part earned of its full points; `bonus` is beyond them.

    `depth` counts from 0 at the top; points are exact decimals.
    """

    number: str
    title: str
    depth: int
    kind: str
    full: Decimal
    earned: Decimal
    bonus: Decimal


def signed(points: Decimal) -> str:
    """Print points with their sign; nothing as an empty text."""
    return f"{points:+f}" if points else ""


class Printed(abc.ABC):
    """The printing of a score sheet."""

    record: Record

    @property
    @abc.abstractmethod
    def agreement(self) -> Agreement:
        """The agreement that was scored by."""

    @property
    @abc.abstractmethod
    def full(self) -> Decimal | None:
        """All points."""

    @property
    @abc.abstractmethod
    def earned(self) -> Decimal | None:
        """Points before vetoes."""

    @property
    @abc.abstractmethod
    def total(self) -> Decimal | None:
        """Points after vetoes."""

    @property
    @abc.abstractmethod
    def bonus(self) -> Decimal:
        """Points beyond the items' points."""

    @property
    @abc.abstractmethod
    def apart(self) -> Decimal:
        """Points beside the total."""

    @property
    @abc.abstractmethod
    def deducted(self) -> Decimal:
        """The sum of what was lost."""

    @property
    @abc.abstractmethod
    def grade(self) -> str | None:
        """The grade."""

    @property
    @abc.abstractmethod
    def vetoes(self) -> tuple[VetoResult, ...]:
        """The vetoes."""

    @property
    @abc.abstractmethod
    def honours(self) -> tuple[Honour, ...]:
        """The honours."""

    @property
    @abc.abstractmethod
    def money(self) -> tuple[Money, ...]:
        """The money."""

    @property
    @abc.abstractmethod
    def lines(self) -> tuple[Line, ...]:
        """All lines."""

    @property
    @abc.abstractmethod
    def items(self) -> tuple[ItemResult, ...]:
        """All items."""

    @property
    @abc.abstractmethod
    def findings(self) -> Findings:
        """All findings."""

    @property
    @abc.abstractmethod
    def digests(self) -> Mapping[str, str]:
        """All digests."""

    @abc.abstractmethod
    def sentences(self, lang: Language = "zh") -> tuple[str, ...]:
        """All sentences."""

    # --- one item ----------------------------------------------------------------------------

    def explain(self, number: str, lang: Language = "zh") -> str:
        """Return why an item earned what it earned: line by line, with the clause.

        Raises:
            UnknownNameError: where the agreement has no such item.
        """
        words = _WORDS[lang]
        item = next((item for item in self.items if item.number == number), None)
        if item is None:
            raise UnknownNameError(f"no item `{number}` in `{self.agreement.title}`")
        head = f"{item.number} {item.title}".rstrip()
        points = f"{words['of']}{item.full}{words['got']}{item.earned}{words['points']}"
        if lang == "en":
            points = f"{item.earned} {words['of']} {item.full}"
        text = [f"{head}  {points}"]
        node = self.agreement.item(number)
        requirement = node.text if isinstance(node, Section) else node.requirement
        if requirement:
            text.append(f"  「{requirement}」")
        for line, sentence in zip(self.lines, self.sentences(lang), strict=True):
            if line.number == number:
                text.append(f"  {signed(line.effective) or '0':>6}  {sentence}")
                text += [f"          {note}" for note in _notes(line, words)]
        return "\n".join(text)

    # --- the whole sheet ---------------------------------------------------------------------

    def table(self, lang: Language = "zh") -> Table:
        """Return the sheet as a table: items with their points, lines with their sentences."""
        words = _WORDS[lang]
        rows, strong, faint = self._rows(lang)
        period = self.record.period.label if self.record.period is not None else ""
        title = " · ".join(filter(None, (self.agreement.title, self.record.name, period)))
        return Table(
            headings=(
                words["item"],
                words["title"],
                words["full"],
                words["effective"],
                words["earned"],
            ),
            rows=tuple(rows),
            title=title,
            notes=tuple(self._notes(lang)),
            right=(2, 3, 4),
            strong=frozenset(strong),
            faint=frozenset(faint),
        )

    def _rows(self, lang: Language) -> tuple[list[tuple[str, ...]], set[int], set[int]]:
        words = _WORDS[lang]
        told: dict[str, list[tuple[Line, str]]] = {}
        for line, sentence in zip(self.lines, self.sentences(lang), strict=True):
            told.setdefault(line.number, []).append((line, sentence))
        rows: list[tuple[str, ...]] = []
        strong, faint = set(), set()
        for item in self.items:
            if item.kind == "section":
                strong.add(len(rows))
            points = (str(item.full), "", str(item.earned)) if item.full else ("", "", "")
            rows.append((item.number, item.title, *points))
            for line, sentence in told.get(item.number, []):
                if _tells(line):
                    faint.add(len(rows))
                    rows.append(("", sentence, "", signed(line.effective), ""))
        for line, sentence in told.get("", []):
            faint.add(len(rows))
            rows.append(("", sentence, "", signed(line.effective), ""))
        strong.add(len(rows))
        if self.full is None:
            rows.append(("", words["deducted"], "", signed(-self.deducted) or "0", ""))
        else:
            earned = words["none"] if self.earned is None else str(self.earned)
            rows.append(("", words["total"], str(self.full), "", earned))
        return rows, strong, faint

    def _notes(self, lang: Language) -> Iterator[str]:
        words = _WORDS[lang]
        colon = "：" if lang == "zh" else ": "
        if self.bonus:
            yield f"{words['bonus']}{colon}{self.bonus}"
        if self.apart:
            yield f"{words['apart']}{colon}{self.apart}"
        for result in self.vetoes:
            if result.applies or result.applies is None:
                state = "" if result.applies else f"（{words['unknown']}）"
                yield f"{words['veto']}{colon}{result.veto.title or result.veto.code}{state}"
        if self.total != self.earned and self.total is not None:
            yield f"{words['vetoed']}{colon}{self.total}"
        if self.grade:
            yield f"{words['grade']}{colon}{self.grade}"
        for honour in self.honours:
            barred = f"（{words['barred']} {'、'.join(honour.barred_by)}）"
            yield f"{words['honour']}{colon}{honour.text}{'' if honour.granted else barred}"
        for money in self.money:
            amount = (
                words["none"] if money.amount is None else f"{money.amount:,.2f} {words['yuan']}"
            )
            yield f"{words['money']}{colon}{money.name or money.code} {amount}（{money.reason}）"
        for finding in self.findings:
            if finding.severity is not Severity.NOTE:
                yield str(finding)

    def __str__(self) -> str:
        """Return the sheet as aligned Chinese text."""
        return self.table().text()

    def __repr__(self) -> str:
        """Return facility, total and grade."""
        total = "no total" if self.total is None else f"total {self.total}"
        grade = f", {self.grade}" if self.grade else ""
        return f"<ScoreSheet {self.record.facility}: {total}{grade}>"

    def _repr_html_(self) -> str:
        return self.table().html()

    # --- plain data --------------------------------------------------------------------------

    def to_rows(self, lang: Language = "zh") -> list[dict[str, Any]]:
        """Return one plain row a line: item, kind of line, points as Decimals, sentence."""
        return [
            {
                "facility": self.record.facility,
                "number": line.number,
                "title": line.title,
                "kind": line.kind.value,
                "full": line.full,
                "raw": line.raw,
                "effective": line.effective,
                "bonus": line.bonus,
                "sentence": sentence,
                "citation": str(line.citation or ""),
                "assumption": line.assumption.text if line.assumption else "",
            }
            for line, sentence in zip(self.lines, self.sentences(lang), strict=True)
        ]

    def to_dict(self, lang: Language = "zh") -> dict[str, Any]:
        """Return the sheet as plain data for JSON: points as decimal strings."""
        lines = self.to_rows(lang)
        for line in lines:
            del line["facility"]
            line.update({key: str(line[key]) for key in ("full", "raw", "effective", "bonus")})
        return {
            "agreement": self.agreement.title,
            "facility": self.record.facility,
            "name": self.record.name,
            "period": self.record.period.label if self.record.period else None,
            "full": _text(self.full),
            "earned": _text(self.earned),
            "total": _text(self.total),
            "bonus": str(self.bonus),
            "apart": str(self.apart),
            "grade": self.grade,
            "vetoes": [
                {"code": result.veto.code, "title": result.veto.title, "applies": result.applies}
                for result in self.vetoes
            ],
            "honours": [
                {"text": honour.text, "granted": honour.granted, "barred_by": [*honour.barred_by]}
                for honour in self.honours
            ],
            "money": [
                {
                    "code": money.code,
                    "amount": _text(money.amount),
                    "share": None if money.share is None else str(money.share),
                    "reason": money.reason,
                }
                for money in self.money
            ],
            "items": [
                {
                    "number": item.number,
                    "title": item.title,
                    "kind": item.kind,
                    "full": str(item.full),
                    "earned": str(item.earned),
                    "bonus": str(item.bonus),
                }
                for item in self.items
            ],
            "lines": lines,
            "findings": [
                {
                    "severity": finding.severity.value,
                    "code": finding.code,
                    "place": str(finding.place),
                    "message": finding.message,
                    "hint": finding.hint,
                }
                for finding in self.findings
            ],
            "digests": dict(self.digests),
        }

    def to_frame(self) -> Any:  # noqa: ANN401 - pandas is an extra
        """Return the lines as a pandas frame: one row a line, points as exact Decimals.

        Raises:
            ImportError: without pandas (`pip install healthduty[columns]`).
        """
        try:
            import pandas as pd  # an optional extra
        except ImportError as error:
            raise ImportError("a frame needs pandas: pip install healthduty[columns]") from error
        return pd.DataFrame(self.to_rows())


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)


def _tells(line: Line) -> bool:
    """Whether a line belongs on the printed sheet: what did nothing stays in `lines`."""
    return bool(line.raw_units or line.effective_units or line.bonus_units) or (
        line.kind in (LineKind.ROUNDING, LineKind.EXCUSED)
    )


def _notes(line: Line, words: dict[str, str]) -> Iterator[str]:
    if line.citation is not None:
        yield f"{words['according']} {line.citation}"
    if line.assumption is not None and line.kind in (LineKind.RULE, LineKind.FORFEIT):
        yield f"{words['assumption']} {line.assumption.text}"
