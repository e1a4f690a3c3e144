"""What every file of ours has in common: its head, and how all its faults are raised at once.

A document is `{"format": "healthduty/agreement", "version": 1, "agreement": …}`: the head says
what it is before anything else is read, so that a file of another kind, or of a later version,
is refused in one sentence and not in a hundred.

Source: semantics 12 (nothing is dropped); “Files” (canonical, versioned).

>>> print(write_document("agreement", {"title": "示例"}), end="")
{"format": "healthduty/agreement", "version": 1, "agreement": {"title": "示例"}}
>>> read_document('{"format": "healthduty/plan"}', "a.json", "agreement", str)
Traceback (most recent call last):
healthduty.errors.SourceError: a.json: 3 faults
...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from healthduty.convert.faults import FaultError, findings_of, join, listed, nearest
from healthduty.convert.jsontext import (
    Json,
    depth_of,
    read_json,
    shortened,
    shown,
    write_json,
)
from healthduty.convert.leaves import read_object, repeated_keys
from healthduty.convert.reader import CAUGHT
from healthduty.errors import RuleError, SourceError
from healthduty.findings import Finding
from healthduty.said import Said, chinese
from healthduty.strict_json import MOST_DEPTH

VERSION = 1
"""The version of the format that is written; a higher one can't be read."""

_BLOCKING = frozenset({"json-missing", "json-format", "json-version"})
"""Faults of the head after which the content would only be misread."""

Content = TypeVar("Content")


def format_of(name: str) -> str:
    """Return what the first field of a file says."""
    return f"healthduty/{name}"


def read_document(text: str, source: str, name: str, read: Callable[[object], Content]) -> Content:
    """Read a document: check its head, then `read` what stands under `name`.

    Raises:
        SourceError: with every fault of the text, each with its place.
    """
    findings: list[Finding] = []
    root = read_json(text, source, findings)
    if findings:
        raise SourceError(source or name, tuple(findings))
    faults = list(_faults_of_head(root, name))
    findings += [finding for path, fault in faults for finding in findings_of(fault, source, path)]
    if not isinstance(root, dict) or _BLOCKING.intersection(each.code for each in findings):
        raise SourceError(source or name, tuple(findings))
    return read_content(root[name], source, f"$.{name}", read, findings)


def read_content(
    data: object,
    source: str,
    path: str,
    read: Callable[[object], Content],
    findings: list[Finding],
) -> Content:
    """Read plain data that stands at `path`; `findings` are the faults met before.

    Raises:
        SourceError: with those and every fault of the data, each with its place.
    """
    try:
        content = read(data)
    except CAUGHT as error:
        findings = [*findings, *findings_of(error, source, path)]
    else:
        if not findings:
            return content
    raise SourceError(source or path.lstrip("$.") or "data", tuple(findings))


def _faults_of_head(root: object, name: str) -> Iterator[tuple[str, Exception]]:
    try:
        entries = read_object(root)
    except FaultError as fault:
        yield "$", fault
        return
    yield from (("$", fault) for fault in repeated_keys(entries))
    known = ("format", "version", name)
    for field in known:
        if field not in entries:
            hint = Said(
                f"a file begins with `format`, `version` and then `{name}`",
                f"文件开头是`format`、`version`，然后是`{name}`",
            )
            yield (
                "$",
                FaultError("json-missing", Said(f"`{field}` is missing", f"缺`{field}`"), hint),
            )
    if "format" in entries:
        yield from _faults_of_format(entries["format"], name)
    if "version" in entries:
        yield from _faults_of_version(entries["version"])
    for field in entries if "format" in entries else ():
        if field not in known:
            message = Said(
                f"`{shortened(field)}` is no field of the file",
                f"文件里没有`{shortened(field)}`这一项",
            )
            meant = nearest(field, known) or Said(
                f"its fields: {listed(known)}", f"可用的有：{listed(known).zh}"
            )
            yield join("$", field), FaultError("json-unknown-field", message, meant)


def _faults_of_format(value: object, name: str) -> Iterator[tuple[str, Exception]]:
    if value != format_of(name):
        message = Said(
            f"expected the text `{format_of(name)}`, found {shown(value)}",
            f"应当是文本`{format_of(name)}`，写的是{chinese(shown(value))}",
        )
        yield "$.format", FaultError("json-format", message)


def _faults_of_version(value: object) -> Iterator[tuple[str, Exception]]:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        message = Said(
            f"expected {VERSION}, found {shown(value)}",
            f"应当是{VERSION}，写的是{chinese(shown(value))}",
        )
        yield "$.version", FaultError("json-version", message)
    elif value > VERSION:
        message = Said(
            f"version {shortened(str(value))} is newer than {VERSION}",
            f"版本{shortened(str(value))}比{VERSION}新",
        )
        yield (
            "$.version",
            FaultError("json-version", message, Said("update healthduty", "升级healthduty")),
        )


def write_document(name: str, content: Json) -> str:
    """Print a document canonically.

    Raises:
        RuleError: where no file can hold the content: it is nested too deep, or a text holds
            half a character.
    """
    data: Json = {"format": format_of(name), "version": VERSION, name: content}
    if depth_of(data) > MOST_DEPTH:
        raise RuleError(
            Said(
                f"a file nests at most {MOST_DEPTH} levels, this {name} is deeper",
                f"文件最多套{MOST_DEPTH}层，这个更深",
            )
        )
    text = write_json(data)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        around = shortened(text[max(0, error.start - 10) : error.start + 10])
        raise RuleError(
            Said(
                f"`{around}` holds half a character: no file can keep it",
                f"`{around}`里有半个字，文件存不下",
            )
        ) from None
    return text
