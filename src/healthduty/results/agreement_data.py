"""Differences of agreements as files: what changed from year to year is kept like an agreement.

A file is `{"format": "healthduty/difference", "version": 1, "difference": …}`; the values in it
are written as they stand in the file of an agreement, and read as strictly.

Source: semantics 12 (nothing is dropped); “difference of two agreements”.

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.results.agreements import diff
>>> one = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> difference = diff(one, Agreement("示例", parts=(Indicator("1", "台账", points=6),)))
>>> loads_difference(dumps_difference(difference)) == difference
True
"""

from __future__ import annotations

import typing
from typing import Any

from healthduty.convert.documents import read_document, write_document
from healthduty.convert.faults import FaultError, listed
from healthduty.convert.hints import Field, element_of, fields_of
from healthduty.convert.jsontext import Json, shortened
from healthduty.convert.leaves import read_flag, read_list, read_object, read_text
from healthduty.convert.reader import reader
from healthduty.convert.writer import writer
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.results.agreement_difference import (
    LISTS,
    AgreementDifference,
    Dropped,
    Entry,
    FieldChange,
    ListChange,
)
from healthduty.rules.measure import Measure
from healthduty.said import Said

NAME = "difference"
_SIDES = ("before", "after")
_FIELDS = {
    "difference": (*_SIDES, "title", "changes", "items", "lists", "measures"),
    "list": ("entries", "dropped"),
    "dropped": ("kind", "path", "label", "record"),
    "change": ("field", *_SIDES),
    "entry": ("kind", "label", "was", "added", "changes", "moved", "parts"),
}
_WORDS = {
    "difference": "责任书差异",
    "list": "清单",
    "dropped": "已删内容",
    "change": "变化",
    "entry": "条目",
}
_NODES: dict[str, type] = {"section": Section, "indicator": Indicator, "part": Part}


# ------------------------------------------------------------------------------------- out


def dumps_difference(difference: AgreementDifference) -> str:
    """Return a difference as JSON text, the same for equal differences.

    Raises:
        RuleError: where no file can hold it: nested deeper than 60 levels, half a character.
    """
    return write_document(NAME, difference_data(difference))


def difference_data(difference: AgreementDifference) -> dict[str, Json]:
    """Return a difference as plain data, as it stands under `difference` in a file."""
    data: dict[str, Json] = {
        "before": difference.before,
        "after": difference.after,
        "title": difference.title,
        "changes": _changes_data(difference.changes),
        "items": None if difference.items is None else _list_data(difference.items),
        "lists": {each.field: _list_data(each) for each in difference.lists},
        "measures": _write(difference.measures),
    }
    return data


def _write(value: object) -> Json:
    data: Json = writer().unstructure(value)
    return data


def _list_data(change: ListChange) -> Json:
    return {
        "entries": [_entry_data(each) for each in change.entries],
        "dropped": [
            {
                "kind": type(each.record).__name__.lower(),
                "path": each.path,
                "label": each.label,
                "record": _write(each.record),
            }
            for each in change.dropped
        ],
    }


def _changes_data(changes: tuple[FieldChange, ...]) -> Json:
    return [
        {"field": each.field, "before": _write(each.before), "after": _write(each.after)}
        for each in changes
    ]


def _entry_data(entry: Entry) -> Json:
    data: dict[str, Json] = {"kind": entry.kind, "label": entry.label}
    if entry.was:
        data["was"] = entry.was
    else:
        data["added"] = _write(entry.added)
    if entry.changes:
        data["changes"] = _changes_data(entry.changes)
    if entry.moved:
        data["moved"] = True
    if entry.parts is not None:
        data["parts"] = [_entry_data(each) for each in entry.parts]
    return data


# -------------------------------------------------------------------------------------- in


def loads_difference(text: str, source: str = "") -> AgreementDifference:
    """Read a difference from JSON text; `source` names it in findings.

    Raises:
        SourceError: with the faults of the text, each with its place.
    """
    return read_document(text, source, NAME, _read)


def _read(data: object) -> AgreementDifference:
    entries = _object(data, "difference")
    fields = {field.name: field for field in fields_of(Agreement)}
    lists = read_object(entries.get("lists", {}))
    items = entries.get("items")
    return AgreementDifference(
        _text(entries, "before"),
        _text(entries, "after"),
        _text(entries, "title"),
        changes=_changes(entries, Agreement),
        lists=tuple(
            _list(name, data, _element(_known(name, LISTS, fields))) for name, data in lists.items()
        ),
        items=None if items is None else _list("parts", items, None),
        measures=tuple(_record(each, Measure) for each in read_list(entries.get("measures", []))),
    )


def _object(data: object, what: str) -> dict[str, object]:
    """Return an object that has no fields but its own.

    Raises:
        FaultError: what is no object, or has a field that nobody knows.
    """
    entries = read_object(data)
    for name in entries:
        if name not in _FIELDS[what]:
            message = Said(
                f"`{shortened(name)}` is no field of a {what}",
                f"{_WORDS[what]}没有`{shortened(name)}`这一项",
            )
            raise FaultError("json-unknown-field", message, _fields(_FIELDS[what]))
    return entries


def _fields(names: typing.Iterable[str]) -> Said:
    known = listed(names)
    return Said(f"its fields: {known}", f"可用的有：{known.zh}")


def _text(entries: dict[str, object], name: str) -> str:
    """Return a text that has to be there.

    Raises:
        FaultError: where it is missing, or no text.
    """
    if name not in entries:
        raise FaultError("json-missing", Said(f"`{name}` is missing", f"缺`{name}`"))
    return read_text(entries[name])


def _known(name: str, known: typing.Iterable[str], fields: dict[str, Field]) -> Field:
    """Return a field by its name.

    Raises:
        FaultError: where there is no such field.
    """
    if name not in known:
        message = Said(f"`{shortened(name)}` is no field of it", f"它没有`{shortened(name)}`这一项")
        raise FaultError("json-unknown-field", message, _fields(known))
    return fields[name]


def _element(field: Field) -> type:
    return typing.cast(type, element_of(field.type))


def _record(data: object, kind: type) -> Any:  # noqa: ANN401 - a record of the model
    return reader().structure(data, kind)


def _changes(entries: dict[str, object], kind: type) -> tuple[FieldChange, ...]:
    """Read what changed in a record's fields, each value by the field's own type."""
    fields = {field.name: field for field in fields_of(kind)}
    found = []
    for each in read_list(entries.get("changes", [])):
        change = _object(each, "change")
        name = _text(change, "field")
        field = _known(name, fields, fields)
        found.append(FieldChange(name, *(_value(change, side, field) for side in _SIDES)))
    return tuple(found)


def _value(change: dict[str, object], side: str, field: Field) -> Any:  # noqa: ANN401 - a value of the model
    """Read the value of a field on one side of a change, by the field's own type."""
    if side not in change:
        raise FaultError("json-missing", Said(f"`{side}` is missing", f"缺`{side}`"))
    value: object = reader().structure(change[side], typing.cast("type[object]", field.type))
    convert = typing.cast(typing.Callable[[object], object] | None, field.converter)
    return value if convert is None else convert(value)


def _list(name: str, data: object, kind: type | None) -> ListChange:
    """Read a list that changed; `kind` is the class of its records, None for items."""
    change = _object(data, "list")
    entries = tuple(_entry(each, kind) for each in read_list(change.get("entries")))
    dropped = []
    for each in read_list(change.get("dropped", [])):
        gone = _object(each, "dropped")
        record = _record(gone.get("record"), _class(gone, kind))
        dropped.append(Dropped(_text(gone, "path"), _text(gone, "label"), record))
    return ListChange(name, entries, tuple(dropped))


def _class(entry: dict[str, object], kind: type | None) -> type:
    """Return the class of an entry's record; of an item, the one that it names."""
    if kind is not None:
        return kind
    name = _text(entry, "kind")
    if name not in _NODES:
        message = Said(
            f"`{shortened(name)}` is no kind of item", f"`{shortened(name)}`不是条目的种类"
        )
        known = listed(_NODES)
        hint = Said(f"kinds of item: {known}", f"条目的种类有：{known.zh}")
        raise FaultError("json-unknown-kind", message, hint)
    return _NODES[name]


def _entry(data: object, kind: type | None) -> Entry:
    entry = _object(data, "entry")
    own = _class(entry, kind)
    was, parts = read_text(entry.get("was", "")), entry.get("parts")
    return Entry(
        _text(entry, "kind"),
        _text(entry, "label"),
        was,
        _changes(entry, own),
        None if was else _record(entry.get("added"), own),
        None if parts is None else tuple(_entry(each, None) for each in read_list(parts)),
        moved=read_flag(entry.get("moved", False)),
    )
