"""The writer: model → plain data, every field that differs from its default, in declared order.

A field that is added later moves no file and no digest. The loop over the fields is ours and
not cattrs', whose idea of a default may change with a release: digests may not.

Source: semantics 13 (defaults are left out).

>>> from healthduty.rules.tally import Cases
>>> writer().unstructure(Cases("complaints", free=2))
{'kind': 'cases', 'measure': 'complaints', 'free': 2}
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable
from fractions import Fraction

import attrs
from cattrs import Converter

from healthduty.convert.hints import fields_of, is_default, value_of_pairs
from healthduty.convert.jsontext import Json
from healthduty.convert.kinds import KIND_OF
from healthduty.convert.leaves import write_exact


@functools.cache
def writer(without: tuple[str, ...] = ()) -> Converter:
    """Return the converter that writes the model as plain data, less the fields named."""
    return make_writer(without)


def make_writer(without: tuple[str, ...] = ()) -> Converter:
    """Build a converter that writes the model as plain data; the digest of records adds to it."""
    converter = Converter()
    # Everything is written by what it is, not by its type hint: a part that is an indicator
    # keeps its parts.
    converter.register_unstructure_hook(Fraction, write_exact)
    converter.register_unstructure_hook(datetime.date, datetime.date.isoformat)
    converter.register_unstructure_hook(tuple, lambda entries: _write_all(converter, entries))
    converter.register_unstructure_hook(str, str)
    converter.register_unstructure_hook_factory(
        attrs.has, lambda _: functools.partial(write_fields, converter, without=without)
    )
    return converter


def _write_all(converter: Converter, entries: Iterable[object]) -> list[Json]:
    """Write every entry of a list."""
    return [converter.unstructure(entry) for entry in entries]


def write_fields(
    converter: Converter, thing: object, without: tuple[str, ...] = ()
) -> dict[str, Json]:
    """Write the fields of a thing that differ from their defaults, its kind first."""
    kind: type = thing.__class__
    data: dict[str, Json] = {"kind": KIND_OF[kind]} if kind in KIND_OF else {}
    for field in fields_of(kind):
        value = getattr(thing, field.name)
        if field.name in without or is_default(field, thing, value):
            continue
        if value_of_pairs(field.type) is None:
            data[field.name] = converter.unstructure(value)
        else:  # in a file an object; the model refuses a key that stands twice
            data[field.name] = {key: converter.unstructure(entry) for key, entry in value}
    return data
