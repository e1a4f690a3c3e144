r"""`healthduty read`: clauses, a table or a document, shown as they were understood.

A text of clauses has one on each line. A table (.xlsx, .xls, .ods, .csv, rows with tabs) or a
document (.docx, or a text that names parties, calls itself an agreement, or has a title or
headings as regulations have) is read as a whole.

Source: the public face; docs/en/command-line.md.

>>> is_clauses("满意率达90%以上，每低5%扣0.5分\n未公示扣1分")
True
>>> is_clauses("甲方：县卫生局\n乙方：各乡镇卫生院"), is_clauses("一、检验科\n1、质控\n二、药剂科")
(False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from healthduty.clauses.clause import read_clause
from healthduty.clauses.constructors import python_text
from healthduty.clauses.reading import ClauseReading
from healthduty.convert.files import to_data
from healthduty.documents.passages import AgreementReading, Passage
from healthduty.documents.titles import is_title
from healthduty.findings import Finding, Findings
from healthduty.model.indicator import Node
from healthduty.said import Language
from healthduty.wording.points import points_text

_AGREEMENT = re.compile(r"责任书|責任書|责任状|甲\s*方|乙\s*方")

_HEADING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]{1,3}[章条节]|[一二三四五六七八九十]{1,3}、)(?!.*[扣加得][\d半一二]).+$",
    re.MULTILINE,
)
_HEADINGS = 2


def is_clauses(text: str) -> bool:
    """Whether a text is clauses, one on each line, and not a table or a document.

    A document names parties, has a title, or headings that score nothing themselves.
    """
    whole = "\t" in text or _AGREEMENT.search(text) is not None
    headed = len(_HEADING.findall(text)) >= _HEADINGS
    return not (whole or headed or any(map(is_title, text.splitlines())))


def read_clauses(text: str) -> list[ClauseReading]:
    """Read each line that holds more than space."""
    return [read_clause(line) for line in text.splitlines() if line.strip()]


def clauses_text(readings: Iterable[ClauseReading], lang: Language) -> str:
    """Return readings one below the other, with an empty line between."""
    return "\n\n".join(reading.text_in(lang) for reading in readings)


def agreement_text(reading: AgreementReading, lang: Language) -> str:
    """Return each clause with its item and place, then what is of the whole, and its findings."""
    agreement = reading.agreement
    items = {node.number: node for node in agreement.nodes()}
    shown = [
        f"{_head(each, items.get(each.item), lang)}\n{each.clause.text_in(lang)}"
        for each in reading.clauses
        if each.clause is not None and (each.clause.lines() or each.clause.findings)
    ]
    notes = "\n".join(agreement.table(lang).notes)
    others = "\n".join(finding.line(lang) for finding in _own_findings(reading))
    return "\n\n".join(part for part in (agreement.title, *shown, notes, others) if part)


_SHORT_NAME = 14  # 自费率, 大型设备检查阳性率


def _head(passage: Passage, item: Node | None, lang: Language) -> str:
    """Return the item that a clause is of, its points, and where it stands."""
    # Where the item has no name but the clause, it is read on the next line.
    begun = item is not None and passage.text.startswith(item.title)
    named = item is not None and not (begun and len(item.title) > _SHORT_NAME)
    words = [item.title] if item is not None and named else []
    if item is not None and item.points is not None:
        words.append(points_text(item.points, lang))
    said = ("，" if lang == "zh" else ", ").join(words)
    return " ".join(part for part in (passage.item, said, f"({passage.place.text(lang)})") if part)


def _own_findings(reading: AgreementReading) -> Iterator[Finding]:
    """Go through the findings that no clause shows."""
    told = {
        (finding.code, finding.message)
        for passage in reading.clauses
        if passage.clause is not None
        for finding in passage.clause.findings
    }
    return (f for f in reading.findings if (f.code, f.message) not in told)


def clauses_python(readings: Iterable[ClauseReading]) -> str:
    """Return the Python that makes what was read, clause by clause."""
    made = [f"# {reading.text}\n{reading.python()}".rstrip() for reading in readings]
    return "\n\n".join(["import healthduty as hd", *made])


def agreement_python(reading: AgreementReading) -> str:
    """Return the Python that makes the agreement."""
    return f"import healthduty as hd\n\nagreement = {python_text(reading.agreement)}"


def clauses_json(readings: Iterable[ClauseReading]) -> list[dict[str, Any]]:
    """Return the readings as plain data."""
    return [reading.to_dict() for reading in readings]


def agreement_json(reading: AgreementReading) -> dict[str, Any]:
    """Return agreement, findings and passages as plain data."""
    return {
        "agreement": to_data(reading.agreement),
        "findings": [finding.to_dict() for finding in reading.findings],
        "passages": [
            {
                "text": passage.text,
                "place": str(passage.place),
                "taken": passage.taken.value,
                "item": passage.item,
                "clause": None if passage.clause is None else passage.clause.to_dict(),
            }
            for passage in reading.passages
        ],
    }


def faults(readings: Iterable[ClauseReading]) -> Findings:
    """Return the errors of all readings."""
    return Findings(f for reading in readings for f in reading.findings.errors)
