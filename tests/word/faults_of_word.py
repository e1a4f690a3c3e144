"""The smallest fault behind each finding of a bureau's own template, by its code."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import docx

from healthduty import catalogue
from healthduty.errors import SourceError
from healthduty.findings import Finding
from healthduty.scoring.score import score
from healthduty.word.context import context_of
from healthduty.word.templates import fill_template

FAULTS: dict[str, str] = {
    "template-broken": "{{ 失分 }}",
    "template-unknown": "{{ 总份 }}",
    "template-unsafe": "{{ 总分.format(1) }}",
}
"""What stands in the template."""

_NAME = "township-hospital-targets"


def example(code: str) -> Finding:
    """Return the finding that shows a code."""
    document = docx.Document()
    document.add_paragraph(FAULTS[code])
    template = io.BytesIO()
    document.save(template)
    sheet = score(catalogue.get(_NAME), catalogue.records(_NAME)[0])
    with tempfile.TemporaryDirectory() as folder:
        try:
            fill_template(template.getvalue(), context_of(sheet), Path(folder) / "out.docx")
        except SourceError as error:
            found = [each for each in error.findings if isinstance(each, Finding)]
            return next(finding for finding in found if finding.code == code)
    raise AssertionError(code)
