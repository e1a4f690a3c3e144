"""What became of the facilities of files: how many, which grades, where the points went.

The points themselves stand in the file that was written. What is kept here is small, however many
facilities there were.

Source: “Larger than memory”; `.summary()` by indicator.

>>> counts = {"优秀": 3, "合格": 1, "": 0}
>>> ends = Decimal(80), Decimal(98), Decimal("92.5")
>>> FileScores(Agreement("示例"), 4, 4, counts, *ends, None, Findings(()), (), None)
示例
项目        数值
----------  ----
单位数         4
有总分         4
最低分        80
平均分      92.5
最高分        98
等次：优秀     3
等次：合格     1
无等次         0
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import attrs

from healthduty.columns.summary import Summary
from healthduty.display import Table
from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.wording import Language, check_language

_SHOWN = 10


@attrs.frozen(repr=False)
class FileScores:
    """What became of the facilities of a file or a folder.

    `rows` are facilities, `known` those with a total; `grades` tells how many have each grade, and
    how many none under "". `lowest`, `highest` and `mean` (to 0.0001) are of the totals; `summary`
    tells by indicator where the points went, if it was wanted. `path` is the file that was
    written, if any; `notes` are as `ScoreTable.plan_notes`.
    """

    agreement: Agreement
    rows: int
    known: int
    grades: Mapping[str, int]
    lowest: Decimal | None
    highest: Decimal | None
    mean: Decimal | None
    summary: Summary | None
    findings: Findings
    notes: tuple[str, ...]
    path: Path | None

    def table(self, lang: Language = "zh") -> Table:
        """Return how the facilities fared, as a table.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = _WORDS[lang]
        ends = zip(words.ends, (self.lowest, self.mean, self.highest), strict=True)
        rows = [(words.rows, f"{self.rows}"), (words.known, f"{self.known}")]
        rows += [(name, "" if value is None else str(value)) for name, value in ends]
        rows += [
            (f"{words.grade}{name}" if name else words.none, f"{count}")
            for name, count in self.grades.items()
        ]
        notes = [*map(str, self.findings.errors[:_SHOWN])]
        if self.path is not None:
            notes.insert(0, f"{words.path}{self.path}")
        return Table(
            words.headings, tuple(rows), title=self.agreement.title, notes=tuple(notes), right=(1,)
        )

    def __repr__(self) -> str:
        """Return the table as text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


class _Words(NamedTuple):
    """What the table of a run is told in."""

    headings: tuple[str, str]
    rows: str
    known: str
    ends: tuple[str, str, str]
    grade: str
    none: str
    path: str


_WORDS: Mapping[Language, _Words] = {
    "zh": _Words(
        ("项目", "数值"),
        "单位数",
        "有总分",
        ("最低分", "平均分", "最高分"),
        "等次：",
        "无等次",
        "结果文件：",
    ),
    "en": _Words(
        ("what", "how many"),
        "facilities",
        "with a total",
        ("lowest", "mean", "highest"),
        "grade ",
        "no grade",
        "written to ",
    ),
}
