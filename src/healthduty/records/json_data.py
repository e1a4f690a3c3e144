"""JSON that holds data: read strictly, all its faults told at once, each with its place.

A number with a point comes as a `Decimal`; one too long for any record comes as its text, for
whoever reads the value to refuse.

Source: semantics 1 (exact numbers), 12; “Data safety”.

>>> read_data('[{"rate": 83.5}]')
[{'rate': Decimal('83.5')}]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthduty.findings import Finding
from healthduty.records.intake import refuse, shown
from healthduty.said import Said
from healthduty.sources import Place
from healthduty.strict_json import JsonError, Repeated, Token, place_of, read_json

_SURROGATE = re.compile("[\ud800-\udfff]")


def step(path: str, key: str) -> str:
    """Return the path of a key: `$[0].kind`, `$[0]["3.2"]`."""
    word = shown(key)
    return f"{path}.{word}" if key.isidentifier() else f'{path}["{word}"]'


def read_data(text: str, source: str = "") -> object:
    """Return what a JSON text holds, as dicts, lists, texts, numbers, booleans and None.

    Raises:
        SourceError: what is no JSON, or no JSON that data should be in.
    """
    try:
        found = read_json(text)
    except JsonError as error:
        code = "record-json-depth" if error.deep else "record-json"
        place = place_of(error.fault, text, source)
        refuse(source, Finding(code, error.fault.message, place=place, hint=error.fault.hint))
    if faults := list(_faults(found, "$", source)):
        refuse(source, *faults)
    return found


def _faults(thing: object, path: str, source: str) -> Iterator[Finding]:
    """Go through what the parser let pass, in written order."""
    place = Place(source, path=path)
    match thing:
        case Token() if not thing.finite:
            message, hint = (
                Said(f"`{thing}` is no number", f"`{thing}`不是数"),
                Said("write null where there is none", "没有数据时写null"),
            )
            yield Finding("record-json-number", message, place=place, hint=hint)
        case str() if _SURROGATE.search(thing):
            yield Finding(
                "record-json-text",
                Said("the text holds half a character", "文本里有半个字符"),
                place=place,
            )
        case dict():
            for key in thing.keys_twice if isinstance(thing, Repeated) else ():
                message = Said(
                    f"the key `{shown(key)}` is there twice", f"键`{shown(key)}`出现两次"
                )
                yield Finding("record-json-twice", message, place=place)
            for key, value in thing.items():
                yield from _faults(value, step(path, key), source)
        case list():
            for index, value in enumerate(thing):
                yield from _faults(value, f"{path}[{index}]", source)
