"""The reader: plain data → model, every fault gathered with its path; built on first use.

cattrs finds its way through the attrs classes by their type hints. What a file may hold is
decided here, strictly: each class an object with known fields, each union an object with a
known `kind`, each tuple a list, nothing coerced. A field's own converter runs where the field
is read, so that its sentence carries the field's path.

Source: semantics 12 (nothing is dropped); the format of docs/en/agreement.schema.json.

>>> from healthduty.rules.tally import Cases
>>> reader().structure({"kind": "cases", "measure": "complaints", "free": 2}, Cases).free
Fraction(2, 1)
"""

from __future__ import annotations

import datetime
import enum
import functools
import types
import typing
from collections.abc import Callable, Iterable
from fractions import Fraction

import attrs
from cattrs import Converter
from cattrs.errors import (
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from healthduty.convert.faults import FaultError, UnknownFieldsError, listed, nearest
from healthduty.convert.hints import (
    Field,
    element_of,
    fields_of,
    members_of_union,
    value_of_pairs,
)
from healthduty.convert.jsontext import shortened
from healthduty.convert.kinds import KIND_OF, PARTS, Kinds, table_of
from healthduty.convert.leaves import (
    expected,
    read_exact,
    read_flag,
    read_list,
    read_object,
    read_text,
    read_whole,
    read_word,
    repeated_keys,
)
from healthduty.model.indicator import Part
from healthduty.said import Said, chinese

Hook = Callable[[object, object], object]
"""What cattrs calls with a value and the type that is wanted."""

CAUGHT = (FaultError, BaseValidationError, ValueError)
"""What a fault of the file raises; anything else is a fault of ours and passes through."""


@functools.cache
def reader() -> Converter:
    """Return the converter that reads plain data into the model."""
    converter = Converter()
    for kind, read in ((int, read_whole), (bool, read_flag), (Fraction, read_exact)):
        converter.register_structure_hook(kind, _leaf(read))
    # To cattrs a word of a closed list (a StrEnum) is a text: one hook serves both.
    converter.register_structure_hook(str, _read_text_or_word)
    converter.register_structure_hook_factory(attrs.has, functools.partial(_class_hook, converter))
    converter.register_structure_hook_factory(
        lambda hint: hint is Part, lambda _: _kinds_hook(converter, PARTS, numbers=False)
    )
    converter.register_structure_hook_factory(
        lambda hint: element_of(hint) is not None, functools.partial(_tuple_hook, converter)
    )
    converter.register_structure_hook_factory(
        lambda hint: members_of_union(hint) is not None, functools.partial(_union_hook, converter)
    )
    return converter


def _leaf(read: Callable[[object], object]) -> Hook:
    return lambda value, _: read(value)


def _read_text_or_word(value: object, kind: object) -> str:
    if isinstance(kind, type) and issubclass(kind, enum.StrEnum):
        return read_word(value, kind)
    return read_text(value)


@functools.cache
def _class_hook(converter: Converter, kind: type) -> Hook:
    """Return the hook that reads an object into a class, every fault of it gathered."""
    overrides: dict[str, typing.Any] = {
        field.name: override(struct_hook=_field_hook(converter, field)) for field in fields_of(kind)
    }
    structure = make_dict_structure_fn(
        typing.cast(type[object], kind),
        converter,
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=True,
        **overrides,
    )
    tagged = kind in KIND_OF

    def read(value: object, _: object) -> object:
        entries = read_object(value)
        faults = repeated_keys(entries)
        plain = {k: v for k, v in entries.items() if k != "kind"} if tagged else entries
        result = None
        try:
            result = structure(plain, kind)
        except BaseValidationError as error:
            faults.extend(_with_values(each, plain) for each in error.exceptions)
        if faults:
            raise ClassValidationError(kind.__name__, faults, kind)
        return result

    return read


def _with_values(error: Exception, entries: dict[str, object]) -> Exception:
    """Give fields that are not known the values they hold, which say what was meant."""
    if isinstance(error, ForbiddenExtraKeysError):
        return UnknownFieldsError(error.cl, {name: entries[name] for name in error.extra_fields})
    return error


def _field_hook(converter: Converter, field: Field) -> Hook:
    convert = typing.cast(Callable[[object], object] | None, field.converter)

    def read(value: object, hint: object) -> object:
        result = _structured(converter, value, hint)
        return result if convert is None else convert(result)

    return read


def _structured(converter: Converter, value: object, hint: object) -> object:
    """Read a value by a type hint, which cattrs' own types would have be a class."""
    return converter.structure(value, typing.cast(type[object], hint))


def _tuple_hook(converter: Converter, hint: object) -> Hook:
    pairs, element = value_of_pairs(hint), element_of(hint)
    if pairs is not None:
        return lambda value, _: tuple(_read_entries(converter, value, pairs).items())

    def read(value: object, _: object) -> object:
        return _read_all(read_list(value), lambda entry: _structured(converter, entry, element))

    return read


def _read_all(entries: list[object], read: Callable[[object], object]) -> tuple[object, ...]:
    """Read every entry of a list, all faults at once."""
    results, faults = _gather(enumerate(entries), read)
    if faults:
        raise IterableValidationError("list", faults, list)
    return tuple(results)


def _read_entries(converter: Converter, value: object, hint: object) -> dict[str, object]:
    """Read an object whose keys are the user's own; the order stays as written."""
    entries = read_object(value)
    names, bad_names = _gather(((key, key) for key in entries), read_text)
    values, faults = _gather(entries.items(), lambda entry: _structured(converter, entry, hint))
    faults = [*repeated_keys(entries), *bad_names, *faults]
    if faults:
        raise IterableValidationError("object", faults, dict)
    return dict(zip(map(str, names), values, strict=True))


def _gather(
    entries: Iterable[tuple[int | str, object]], read: Callable[[object], object]
) -> tuple[list[object], list[Exception]]:
    """Read every entry; return what was read, and every fault with its index or key."""
    results: list[object] = []
    faults: list[Exception] = []
    for index, value in entries:
        try:
            results.append(read(value))
        except CAUGHT as error:
            error.add_note(IterableValidationNote(f"at {index}", index, object))
            faults.append(error)
    return results, faults


def _union_hook(converter: Converter, hint: object) -> Hook:
    """Return the hook of a union: None, a day, a number, and what a table of kinds names."""
    members = members_of_union(hint) or frozenset()
    others = members - {types.NoneType, Fraction}
    read: Hook
    if others == {datetime.date, str}:
        read = _leaf(read_text)  # the field's converter makes a day of it where it names one
    elif table := table_of(typing.cast(frozenset[type], others)):
        read = _kinds_hook(converter, table, numbers=Fraction in members)
    elif len(members - {types.NoneType}) == 1:
        (only,) = members - {types.NoneType}
        read = _leaf(lambda value: _structured(converter, value, only))
    else:
        raise TypeError(f"no table of kinds for the union {hint}")
    if types.NoneType not in members:
        return read
    return lambda value, wanted: None if value is None else read(value, wanted)


def _kinds_hook(converter: Converter, table: Kinds, *, numbers: bool) -> Hook:
    def read(value: object, _: object) -> object:
        if numbers and not isinstance(value, (dict, list)):
            return read_exact(value)
        one = Said("an object", "对象")
        what = Said("a number or an object", "数或对象") if numbers else one
        member = table.members[_kind_named(read_object(value, what), table)]
        return _class_hook(converter, member)(value, member)

    return read


def _kind_named(entries: dict[str, object], table: Kinds) -> str:
    """Return the kind that an object names.

    Raises:
        FaultError: where it names none, or one that is not in the table.
    """
    known = Said(
        f"kinds of {table.name}: {listed(table.members)}",
        f"{chinese(table.name)}的种类：{listed(table.members).zh}",
    )
    if "kind" not in entries:
        raise FaultError("json-missing", Said("`kind` is missing", "缺`kind`"), known)
    kind = entries["kind"]
    if not isinstance(kind, str):
        raise expected(Said("a text as `kind`", "文本`kind`"), kind)
    if kind not in table.members:
        near = nearest(kind, table.members)
        message = Said(
            f"`{shortened(kind)}` is no kind of {table.name}",
            f"{chinese(table.name)}没有`{shortened(kind)}`这一种",
        )
        raise FaultError(
            "json-unknown-kind",
            message,
            Said(f"{near} {known}".strip(), f"{chinese(near)}{known.zh}"),
        )
    return kind
