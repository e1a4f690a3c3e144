"""Made-up tables and the listing that they are read into, for the tests of `read_agreement`."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from healthduty.documents.passages import AgreementReading
from healthduty.exact import show
from healthduty.model.indicator import Section
from healthduty.wording import rule_text


def pasted(*rows: str) -> str:
    """Return rows as they are pasted from a spreadsheet; cells are written with | between."""
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)


def excel(rows: Sequence[str], *merged: str) -> bytes:
    """Return an .xlsx of these rows, with these areas merged."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("考核表")
    for area in merged:
        sheet.merge_range(area, "")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.split("|")):
            if cell.strip():
                sheet.write_string(number, column, cell.strip())
    book.close()
    return buffer.getvalue()


def listing(reading: AgreementReading) -> list[str]:
    """Return one line an item: number, title, points, its rules in Chinese; sections with §."""
    agreement = reading.agreement
    measures = {measure.code: measure for measure in agreement.measures}
    lines = []
    for node in agreement.nodes():
        mark = "§" if isinstance(node, Section) else ""
        points = "" if node.points is None else f" {show(node.points)}"
        rules = "；".join(rule_text(rule, measures, "zh") for rule in node.rules)
        lines.append(f"{mark}{node.number} {node.title}{points}{': ' + rules if rules else ''}")
    return lines


def codes(reading: AgreementReading) -> list[str]:
    """Return the codes of a reading's findings, without the assumption on steps."""
    return [code for code in reading.findings.codes if code != "clause-assumed"]
