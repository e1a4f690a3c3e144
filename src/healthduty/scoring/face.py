"""The face of a score sheet: what can be asked of it, and the same as plain data.

`SheetFace` names the numbers, lines and sentences that a sheet has; `to_dict`, `to_rows` and
`to_frame` hand them on to JSON, reporting scripts and pandas. Nothing is computed here.

Source: the public face: `sheet.to_dict()`, `sheet.to_frame()`.
"""

from __future__ import annotations

import abc
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.lines import Line
from healthduty.scoring.outcome import Honour, Money, VetoResult
from healthduty.wording import Language


@attrs.frozen
class ItemResult:
    """What a section, an indicator or a part earned of its full points; `bonus` is beyond them.

    `depth` counts from 0 at the top; points are exact decimals. `earned` is None where a value
    that it needs is missing.
    """

    number: str
    title: str
    depth: int
    kind: str
    full: Decimal
    earned: Decimal | None
    bonus: Decimal


class SheetFace(abc.ABC):
    """What can be asked of a score sheet."""

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
            **self._outcome_dict(),
            "items": [
                {
                    "number": item.number,
                    "title": item.title,
                    "kind": item.kind,
                    "full": str(item.full),
                    "earned": _text(item.earned),
                    "bonus": str(item.bonus),
                }
                for item in self.items
            ],
            "lines": lines,
            "findings": [finding.to_dict() for finding in self.findings],
            "digests": dict(self.digests),
        }

    def _outcome_dict(self) -> dict[str, Any]:
        return {
            "vetoes": [
                {"code": result.veto.code, "title": result.veto.title, "applies": result.applies}
                for result in self.vetoes
            ],
            "honours": [
                {
                    "code": honour.code,
                    "text": honour.text,
                    "granted": honour.granted,
                    "barred_by": [*honour.barred_by],
                    "open_by": [*honour.open_by],
                }
                for honour in self.honours
            ],
            "money": [
                {
                    "code": money.code,
                    "name": money.name,
                    "amount": _text(money.amount),
                    "share": None if money.share is None else str(money.share),
                    "reason": money.reason("en"),
                }
                for money in self.money
            ],
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
