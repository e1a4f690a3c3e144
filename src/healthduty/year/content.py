r"""What a file of the year holds: a path, bytes or a text → bytes or a text, and what it is called.

A text on one line is a path, unless a bracket begins it; so calendars, ledgers and records are
all asked for in the same way.

Source: semantics 12 (every fault names its place).

>>> content_of("日期\n2027-02-05\n", "")
('日期\n2027-02-05\n', '')
"""

from __future__ import annotations

import os
from pathlib import Path

from healthduty.records.intake import refuse, unopened
from healthduty.said import Said

FileSource = str | bytes | os.PathLike[str]
"""A path, the bytes of a file, or its text."""


def content_of(source: FileSource, name: str) -> tuple[str | bytes, str]:
    """Return what a source holds, and its name: the file's own where none is given.

    Raises:
        SourceError: a file that can't be opened.
    """
    if isinstance(source, bytes):
        return source, name
    if isinstance(source, str) and (source.startswith(("[", "{")) or _has_lines(source)):
        return source, name
    path = Path(source)
    name = name or path.name
    try:
        return path.read_bytes(), name
    except (OSError, ValueError) as error:  # a path with a NUL in it is a ValueError
        hint = Said("a text on one line is taken for a path", "一行文字按文件路径处理")
        refuse(name, unopened(name, error, hint))


def _has_lines(text: str) -> bool:
    return "\n" in text or "\r" in text
