"""The rectification list (整改清单): what was found, what is done about it, by whom, until when.

The list itself is any table for people: that of corrective items, of a sheet, or one of one's own.

Source: vocabulary “Rectification”; row C2 (finding, measure, persons, time).

>>> import pathlib, tempfile
>>> table = Table(
...     headings=("问题", "整改措施", "责任人", "时限"), rows=(("缺台账", "补建", "院长", "即日"),)
... )
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "清单.docx")
...     write_rectification_docx(table, path, unit="示例镇卫生院")
...     path.read_bytes()[:2]
b'PK'
"""

from __future__ import annotations

import datetime
import os
from typing import Protocol, runtime_checkable

from healthduty.convert.files import replace_file
from healthduty.display import Table
from healthduty.errors import UsageError
from healthduty.word.numerals import OPEN_DAY, day_text
from healthduty.word.official import Page
from healthduty.word.styles import Style
from healthduty.word.tabled import add_table

_BROAD = 6
"""A list with more columns than this is set broadside."""


@runtime_checkable
class Tabled(Protocol):
    """Whatever shows itself to people as a table."""

    def table(self) -> Table:
        """Return the table, in Chinese."""


def write_rectification_docx(  # noqa: PLR0913 - all but two are the letterhead's
    items: Tabled | Table,
    path: str | os.PathLike[str],
    *,
    unit: str,
    issuer: str = "",
    dated: datetime.date | None = None,
    report_by: datetime.date | None = None,
    title: str = "考核发现问题整改清单",
) -> None:
    """Write the list of what a unit has to correct, in one step.

    `items` are corrective items, or any table; `unit` is who corrects, `issuer` who found it and
    gets the report until `report_by`. Who corrects signs on the left, who accepts it on the right.

    Raises:
        ImportError: without python-docx (`pip install healthduty[word]`).
        OSError: where the file can't be written; an old one is untouched.
        UsageError: something that shows itself as no table, or a list with nothing in it.
    """
    table = items.table() if isinstance(items, Tabled) else items
    if not isinstance(table, Table):
        raise UsageError(f"a list is made of a table, not of {type(items)}")
    if not table.rows:
        raise UsageError("there is nothing to correct: the list is empty")
    page = Page(title, issuer)
    if sum(any(row[place] for row in table.rows) for place in range(len(table.headings))) > _BROAD:
        page.lay_broadside()
    page.title(title)
    page.add(Style.FLUSH, f"{unit}：")
    page.add(Style.BODY, _opening(issuer, report_by))
    add_table(page, table)
    _sign(page, unit, issuer)
    if dated is not None:
        page.blank()
        day = day_text(dated)
        page.add(Style.CLOSING, f"{issuer}　{day}" if issuer else f"{day}印发")
    replace_file(path, page.content())


def _sign(page: Page, unit: str, issuer: str) -> None:
    """Add the places to sign for who corrects and who accepts it."""
    page.blank()
    left = ["整改单位（盖章）：", unit, "负责人（签字）：", OPEN_DAY]
    right = ["验收单位（盖章）：", issuer, "验收人（签字）：", OPEN_DAY]
    page.side_by_side([left, right], Style.SIGNATURE)


def _opening(issuer: str, report_by: datetime.date | None) -> str:
    report = ""
    if report_by is not None:
        to = f"向{issuer}" if issuer else ""
        report = f"，于{day_text(report_by)}前{to}书面报告整改结果"
    return f"现将考核中发现的问题列出如下。请逐项落实整改措施、责任人和时限{report}。"
