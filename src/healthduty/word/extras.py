"""The extra that Word files stand on: python-docx, or one sentence that says how to get it.

It is imported when a file is made: the command line knows of Word files, and has to start without.

Source: the architecture's “Dependencies”: a missing extra says what to install.

>>> new_document().paragraphs
[]
"""

from __future__ import annotations

from typing import Any

_MESSAGE = "a Word file needs python-docx: pip install healthduty[word]"


def new_document() -> Any:  # noqa: ANN401 - of an extra
    """Return a new document.

    Raises:
        ImportError: without python-docx (`pip install healthduty[word]`).
    """
    try:
        from docx import Document  # an optional extra
    except ImportError as error:
        raise ImportError(_MESSAGE) from error
    return Document()


def parse_xml(text: str | bytes) -> Any:  # noqa: ANN401 - of an extra
    """Return the element that a text of Word's XML makes.

    Raises:
        ImportError: without python-docx (`pip install healthduty[word]`).
    """
    try:
        from docx.oxml import parse_xml as parse  # an optional extra
    except ImportError as error:
        raise ImportError(_MESSAGE) from error
    return parse(text)
