"""Agreements as files: `load`, `save`, `loads`, `dumps`.

Keys stand in declared order and defaults are left out, so equal agreements make equal files.
Reading reports every fault at once, each with its path. Writing replaces a file in one step:
whoever reads it meanwhile sees the old one or the new one, and a failure leaves the old one.

Source: “Files”; data safety (a temporary file beside the target, then rename).

>>> print(dumps(Agreement("示例", year=2024)), end="")
{"format": "healthduty/agreement", "version": 1, "agreement": {"title": "示例", "year": 2024}}
>>> loads(dumps(Agreement("示例", year=2024))).year
2024
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from pathlib import Path

from healthduty.convert.documents import read_content, read_document, write_document
from healthduty.convert.jsontext import Json
from healthduty.convert.reader import reader
from healthduty.convert.writer import writer
from healthduty.errors import SourceError
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.records.encodings import other_format
from healthduty.said import Said, chinese
from healthduty.sources import Place


def load(path: str | os.PathLike[str]) -> Agreement:
    """Read an agreement from its file (JSON, UTF-8).

    Raises:
        SourceError: with every fault of the file, each with its place.
        OSError: where the file can't be opened.
    """
    path = Path(path)
    return loads(read_utf8(path), path.name)


def loads(text: str, source: str = "") -> Agreement:
    """Read an agreement from JSON text; `source` names it in findings.

    Raises:
        SourceError: with every fault of the text, each with its place.
    """
    return read_document(text, source, "agreement", _read)


def from_data(data: object, source: str = "", path: str = "$") -> Agreement:
    """Read an agreement from plain data, as it stands under `agreement` in a file.

    Raises:
        SourceError: with every fault of the data, each with its path.
    """
    return read_content(data, source, path, _read, [])


def _read(data: object) -> Agreement:
    return reader().structure(data, Agreement)


def save(agreement: Agreement, path: str | os.PathLike[str]) -> None:
    """Write an agreement to a file (JSON, UTF-8), replacing the old one in one step.

    Raises:
        RuleError, NumberError: as `dumps`.
        OSError: where the file can't be written; the old one is untouched.
    """
    replace_file(path, dumps(agreement).encode())


def dumps(agreement: Agreement) -> str:
    """Return an agreement as JSON text, the same for equal agreements.

    Raises:
        RuleError: where no file can hold it: nested deeper than 60 levels, half a character.
        NumberError: a year or another whole number of absurd length.
    """
    return write_document("agreement", to_data(agreement))


def to_data(agreement: Agreement) -> Json:
    """Return an agreement as plain data, as it stands under `agreement` in a file."""
    data: Json = writer().unstructure(agreement)
    return data


def read_utf8(path: Path) -> str:
    """Read a file as UTF-8, with or without a byte order mark.

    Raises:
        SourceError: where it is not UTF-8, or no text at all.
    """
    content = path.read_bytes()
    if what := other_format(content):
        hint = Said(
            "an agreement's file is JSON, as `save` writes it", "责任书文件是`save`写出的JSON"
        )
        finding = Finding(
            "json-encoding",
            Said(f"this is {what}, no JSON", f"这是{chinese(what)}，不是JSON"),
            place=Place(path.name),
            hint=hint,
        )
        raise SourceError(path.name, (finding,))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        message = Said(f"byte {error.start + 1} is not UTF-8", f"第{error.start + 1}字节不是UTF-8")
        place = Place(path.name, row=row)
        finding = Finding(
            "json-encoding",
            message,
            place=place,
            hint=Said("save the file as UTF-8", "另存为UTF-8"),
        )
        raise SourceError(path.name, (finding,)) from None


def replace_file(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file in one step: first beside the target, then renamed over it.

    A link is followed, an existing file keeps its permissions. On any error the old file
    stays as it was and the temporary one is removed. What is there and is no plain file (a folder,
    a device, a pipe) is refused: renaming over it would take it away.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        kind = errno.EISDIR if target.is_dir() else errno.EINVAL
        raise OSError(kind, os.strerror(kind), str(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
