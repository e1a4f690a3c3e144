r"""`read_agreement`: a table or a document to an agreement, with everything it was read from.

Source: docs/en/explanation/how-tables-are-read.md; “read_agreement(source)”.

>>> reading = read_agreement("考核内容\t分值\t评分标准\n台账\t5\t无台账扣2分\n培训\t5\t缺1次扣1分")
>>> [(item.number, item.title, str(item.points)) for item in reading.agreement.parts]
[('1', '台账', '5'), ('2', '培训', '5')]
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from healthduty.checks.codes import found
from healthduty.clauses.clause import read_clause
from healthduty.documents.documents import read_document
from healthduty.documents.intake import Source, contents_of
from healthduty.documents.items import ClauseReader
from healthduty.documents.passages import AgreementReading
from healthduty.documents.titles import split
from healthduty.findings import Finding, Findings
from healthduty.grids.grid import Block, Contents
from healthduty.said import Said
from healthduty.sources import Place


def read_agreement(
    source: Source, *, name: str = "", reader: ClauseReader = read_clause
) -> AgreementReading:
    """Read an agreement from a file, from pasted rows or from text.

    `source` is a path (.xlsx, .xls, .ods, .docx, .csv or text), a file's bytes or the text
    itself; `name` is what its places are called by. Where the source holds several agreements
    the first is read, and a finding names the others. `reader` reads single clauses.

    Raises:
        ImportError: a file of Excel or Word without its extra.
        OSError: a path that can't be opened.
        SourceError: a file that can't be read at all, with its faults.
        UsageError: a source that is none of these.
    """
    contents = contents_of(source, name)
    groups = split(contents.blocks)
    reading = _read(groups[0], contents, reader)
    if len(groups) == 1:
        return reading
    return attrs.evolve(reading, findings=Findings((*reading.findings, _others(groups[1:]))))


def read_agreements(
    source: Source, *, name: str = "", reader: ClauseReader = read_clause
) -> tuple[AgreementReading, ...]:
    """Read every agreement of a source, in order; arguments and errors as `read_agreement`."""
    contents = contents_of(source, name)
    return tuple(_read(group, contents, reader) for group in split(contents.blocks))


def _read(group: Sequence[Block], contents: Contents, reader: ClauseReader) -> AgreementReading:
    reading = read_document(group, contents.source, reader)
    return attrs.evolve(reading, findings=contents.findings + reading.findings)


def _others(groups: Sequence[Sequence[Block]]) -> Finding:
    """Name the agreements that were left out: where each begins, and with what words."""
    begins = [group[0].place for group in groups]
    places = [place for place in begins if place != Place()]
    listed = Said("; ".join(map(str, places)), "；".join(place.text() for place in places))
    return found(
        "text-several",
        Said(
            f"the source holds {len(groups)} more agreements, which are not read: {listed}",
            f"文件里还有{len(groups)}份责任书，未读取：{listed.zh}",
        ),
        place=begins[0],
        hint=Said("read_agreements reads each", "用read_agreements逐份读取"),
    )
