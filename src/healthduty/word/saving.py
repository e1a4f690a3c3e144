"""Many files into one folder: names that every system takes, all of them written or none.

Source: “Safety”: a full disk, a kill in the middle of a write: never half a file.

>>> file_name("责任书（甲镇/卫生院）"), file_name("CON"), file_name("  .. ")
('责任书（甲镇_卫生院）', '_CON', '_')
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from healthduty.display import printable

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\ufffd]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 180
"""Bytes of a name; file systems take 255, and an ending and a count must still find room."""


def file_name(text: str) -> str:
    """Return a text as the name of a file on any system, without an ending."""
    name = unicodedata.normalize("NFC", printable(text).replace("\n", " "))
    name = _FORBIDDEN.sub("_", name).strip(" .") or "_"
    name = f"_{name}" if _RESERVED.match(name) else name
    return name.encode()[:_LONGEST].decode(errors="ignore").rstrip(" .")


def file_names(texts: Iterable[str], ending: str) -> Iterator[str]:
    """Go through the file names of some texts; one that is there already gets a count.

    >>> list(file_names(["甲", "甲", "A", "a"], ".docx"))
    ['甲.docx', '甲（2）.docx', 'A.docx', 'a（2）.docx']
    """
    taken: set[str] = set()
    for text in texts:
        plain = name = file_name(text)
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{plain}（{count}）"
        taken.add(name.casefold())
        yield name + ending


def replace_files(folder: str | os.PathLike[str], contents: Mapping[str, bytes]) -> None:
    """Write files into a folder: none takes its place before all of them are on the disk.

    Raises:
        OSError: where one can't be written; the folder is as it was.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".healthduty-", dir=target))
    try:
        for name, content in contents.items():
            with (beside / name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for name in contents:
            (beside / name).replace(target / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
