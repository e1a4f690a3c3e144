"""The extra that Word files stand on: python-docx, or one sentence that says how to get it.

Source: the architecture's “Dependencies”: a missing extra says what to install.

>>> new_document().paragraphs
[]
"""

from __future__ import annotations

try:
    from docx import Document as new_document  # noqa: N813 - it is a function
    from docx.oxml import parse_xml
except ImportError as error:  # pragma: no cover - the tests need python-docx to be there
    raise ImportError("a Word file needs python-docx: pip install healthduty[word]") from error

__all__ = ["new_document", "parse_xml"]
