"""Word files: how long ours take, in multiples of python-docx writing the same text bare.

    python benchmarks/word.py [--turns N]

The rival gets the very paragraphs and cells that our file holds, and writes them with
python-docx's own calls and no look at all: no fonts, no spacing, no merged cells. What we do
beside that (words of the agreement, clauses, layout, page numbers) is in our time alone.
"""

from __future__ import annotations

import argparse
import io
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import docx
from county import county_agreement, county_items
from timing import compare

import healthduty as hd
from healthduty.word.agreement import agreement_content
from healthduty.word.context import context_of
from healthduty.word.notice import notice_content
from healthduty.word.rectification import write_rectification_docx
from healthduty.word.templates import Template
from healthduty.year.rectification import Check, rectify

GOAL = 2.0
"""The issue's: at most twice the time in which the library writes the same bare."""


class Text(NamedTuple):
    """What a file holds: its paragraphs, and its tables cell by cell."""

    paragraphs: list[str]
    tables: list[list[list[str]]]


def text_of(content: bytes) -> Text:
    """Return the paragraphs and cells of a Word file; a merged cell has its text once."""
    document = docx.Document(io.BytesIO(content))
    tables = []
    for table in document.tables:
        met: list[object] = []  # merged cells come again, the same element each time
        rows = []
        for row in table.rows:
            texts = []
            for cell in row.cells:
                again = any(cell._tc is each for each in met)  # noqa: SLF001 - the only identity
                met.append(cell._tc)  # noqa: SLF001
                texts.append("" if again else cell.text)
            rows.append(texts)
        tables.append(rows)
    return Text([paragraph.text for paragraph in document.paragraphs], tables)


def bare(text: Text) -> bytes:
    """Write paragraphs and cells with python-docx's own calls."""
    document = docx.Document()
    for paragraph in text.paragraphs:
        document.add_paragraph(paragraph)
    for rows in text.tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def bare_template() -> bytes:
    """Return a template of a few lines and one row that repeats."""
    document = docx.Document()
    document.add_paragraph("{{ 责任书 }}")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).text, table.cell(2, 0).text = "{%tr for 行 in 指标 %}", "{%tr endfor %}"
    for column, name in enumerate(("条目", "分值", "评分标准")):
        table.cell(1, column).text = f"{{{{ 行.{name} }}}}"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def listed(sheet: hd.ScoreSheet) -> bytes:
    """Return the list of what a facility has to correct: worked out, written to disk, read."""
    ledger = rectify(sheet, Check("2024-12-20", within=10), responsible="院长")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "清单.docx")
        write_rectification_docx(ledger, path, unit=sheet.record.name)
        return path.read_bytes()


def works() -> dict[str, Callable[[], bytes]]:
    """Return what is timed, by name: agreements, a notice, a list, a filled template."""
    county = county_agreement(county_items())
    hospital = hd.catalogue.get("township-hospital-targets")
    sheet = hd.score(hospital, hd.catalogue.records("township-hospital-targets")[8])
    form = Template.read(bare_template())
    return {
        "agreement, 12 items": lambda: agreement_content(hospital),
        "agreement, 60 items": lambda: agreement_content(county),
        "result notice": lambda: notice_content(sheet),
        "rectification list": lambda: listed(sheet),
        "template, 60 items": lambda: form.filled(context_of(county)),
    }


def main() -> int:
    """Time everything, print a table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--turns", type=int, default=15)
    turns = parser.parse_args().turns
    print(f"Python {platform.python_version()}, {turns} turns; times python-docx bare\n")
    missed = False
    for name, work in works().items():
        text = text_of(work())
        assert text_of(bare(text)) == text
        ratio = compare(lambda _, work=work: work(), lambda _, text=text: bare(text), turns)  # type: ignore[misc]
        goal = None if name.startswith("template") else GOAL
        missed = missed or (goal is not None and ratio.median > goal)
        said = "" if goal is None else f"   goal {goal:g}"
        print(
            f"{name:22} {ratio.median:5.2f} ({ratio.low:.2f}–{ratio.high:.2f})"
            f"   {1000 * ratio.seconds:6.1f} ms{said}"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
