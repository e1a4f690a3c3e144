"""The intake of one source of records: what is known of the agreement, and what was found.

Every step of reading — bytes, rows, headings, cells — appends to one list of findings, so that
all faults of a file are told at once, in the order in which they were met.

Source: semantics 12 (nothing is dropped).

>>> intake = Intake(Agreement("示例"), "数据.csv")
>>> intake.warn("record-row-empty", "the row is empty", Place("数据.csv", row=3))
>>> print(intake.findings[0])
warning record-row-empty: 数据.csv, row 3: the row is empty
"""

from __future__ import annotations

import errno
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NoReturn

import attrs

from healthduty.errors import SourceError
from healthduty.findings import Finding, Severity
from healthduty.model.agreement import Agreement
from healthduty.records.headers import Names, names_of
from healthduty.records.needs import Needs, needs_of
from healthduty.rules.measure import Measure
from healthduty.said import Said, joined
from healthduty.sources import Place

MOST_SHOWN = 40
"""Characters of a user's text that a message repeats."""


def shown(text: str) -> str:
    """Return a user's text for a message: on one line, and cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_SHOWN else line[:MOST_SHOWN] + "…"


def listed(names: Iterable[str]) -> Said:
    """Return names for a message: in backticks, separated by commas."""
    return joined(f"`{shown(name)}`" for name in names)


def near_it(names: Sequence[str]) -> str:
    """Return the hint that names what may have been meant, or no hint."""
    if not names:
        return ""
    return Said(f"near it: {listed(names)}", f"相近的有：{listed(names).zh}")


def refuse(source: str, *findings: Finding) -> NoReturn:
    """Refuse a source that can't be read at all, with every fault that was found.

    Raises:
        SourceError: always.
    """
    raise SourceError(source or "data", findings)


_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "这是文件夹",
    errno.EACCES: "没有读取权限",
    errno.ENAMETOOLONG: "路径太长",
}


def unopened(name: str, error: Exception, hint: str = "") -> Finding:
    """Return that a file can't be opened, and why: in the system's words where it is rare.

    >>> unopened("数据.csv", FileNotFoundError(errno.ENOENT, "No such file or directory")).line()
    '错误 record-file：数据.csv：文件打不开：没有这个文件'
    """
    reason = str(getattr(error, "strerror", None) or error).lower()
    why = _REASONS.get(getattr(error, "errno", None) or 0, f"`{reason}`")
    message = Said(f"the file can't be opened: {reason}", f"文件打不开：{why}")
    return Finding("record-file", message, place=Place(name), hint=hint)


_RECENT: OrderedDict[int, tuple[Agreement, Needs, Names]] = OrderedDict()
_MOST_RECENT = 16


def _asked(agreement: Agreement) -> tuple[Needs, Names]:
    """Return what an agreement asks of its data; that of the last few agreements is kept."""
    # By identity, as plans are: a table of one row would pay more for this than for its score.
    known = _RECENT.get(id(agreement))
    if known is not None and known[0] is agreement:
        return known[1:]
    needs = needs_of(agreement)
    names = names_of(agreement, needs)
    _RECENT[id(agreement)] = (agreement, needs, names)
    while len(_RECENT) > _MOST_RECENT:
        _RECENT.popitem(last=False)
    return needs, names


@attrs.define
class Intake:
    """One source on its way to records; `source` is what its places are called by.

    `sheet` is the sheet of a workbook that is being read; elsewhere it is empty.
    """

    agreement: Agreement
    source: str = ""
    sheet: str = attrs.field(default="", kw_only=True)
    findings: list[Finding] = attrs.Factory(list)
    periods: set[str] = attrs.Factory(set)
    """The labels of periods that were looked at."""
    needs: Needs = attrs.field(init=False)
    names: Names = attrs.field(init=False)
    measures: dict[str, Measure] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Read off the agreement what the data must hold, and by which names."""
        self.needs, self.names = _asked(self.agreement)
        self.measures = {measure.code: measure for measure in self.agreement.measures}

    @property
    def place(self) -> Place:
        """The source as a whole, or the sheet of it that is being read."""
        return Place(self.source, sheet=self.sheet)

    def report(
        self,
        code: str,
        message: str,
        place: Place,
        *,
        severity: Severity = Severity.ERROR,
        hint: str = "",
    ) -> None:
        """Add a finding."""
        self.findings.append(Finding(code, message, severity=severity, place=place, hint=hint))

    def warn(self, code: str, message: str, place: Place, *, hint: str = "") -> None:
        """Add a finding that does not keep a total from being told."""
        self.report(code, message, place, severity=Severity.WARNING, hint=hint)

    def note(self, code: str, message: str, place: Place, *, hint: str = "") -> None:
        """Add a remark."""
        self.report(code, message, place, severity=Severity.NOTE, hint=hint)

    def add(self, findings: Iterable[Finding], place: Place) -> None:
        """Add what was found in one cell, at that cell's place."""
        self.findings.extend(
            Finding(each.code, each.message, severity=each.severity, place=place, hint=each.hint)
            for each in findings
        )

    def refuse(self) -> NoReturn:
        """Refuse the source with everything that was found.

        Raises:
            SourceError: always.
        """
        refuse(self.source, *self.findings)
