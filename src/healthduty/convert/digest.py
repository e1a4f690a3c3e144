"""Digests: sixty-four characters that say which agreement and which record made a score.

A SHA-256 over the plain data: keys sorted, defaults left out, numbers normalised, so that 0.50,
0.5 and 1/2 are one number. Citations and assumptions are outside: who says a rule, and how it
came to be read so, is no part of what it costs. A field that is added later moves no digest.

In a record a number is the same as an int, a Decimal, a float or a text (85, "85", 85.0); what
only the measure can settle stays as it is written ("85%" is not yet 85). A value that is missing
and one that is not there are the same.

Source: semantics 13 (identity).

>>> from healthduty.model.indicator import Indicator
>>> agreements = [Agreement("示例", parts=(Indicator("1", points=p),)) for p in ("0.50", 0.5)]
>>> len({digest(agreement) for agreement in agreements})
1
>>> digest(Record("nanguan", {"surveys": "1"})) == digest(Record("nanguan", {"surveys": 1}))
True
"""

from __future__ import annotations

import functools
import hashlib
import json
import weakref

from healthduty.convert.jsontext import Json
from healthduty.convert.record_data import record_data
from healthduty.convert.writer import writer
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.records.record import Record

OUTSIDE = ("citation", "assumption")
"""The fields that no digest looks at."""

_KNOWN: dict[int, tuple[weakref.ref[Agreement], str]] = {}
"""Digests of the agreements that are alive: one agreement scores many records."""


def digest(thing: Agreement | Record) -> str:
    """Return the digest of an agreement or a record: 64 hexadecimal digits.

    Raises:
        UsageError: for anything else, and for a record with a value that is none.
    """
    match thing:
        case Agreement():
            return _digest_of_agreement(thing)
        case Record():
            return digest_of_data("record", record_data(thing))
        case _:
            raise UsageError(f"a `{type(thing).__name__}` has no digest")


def digest_of_data(name: str, data: Json) -> str:
    """Return the digest of plain data; `name` keeps things of different kinds apart."""
    text = json.dumps({name: data}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # A lone surrogate is no reason to refuse a score: it is as good an identity as any text.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _digest_of_agreement(agreement: Agreement) -> str:
    key = id(agreement)  # hashing the whole agreement would cost as much as its digest
    known = _KNOWN.get(key)
    if known is not None and known[0]() is agreement:
        return known[1]
    result = digest_of_data("agreement", writer(OUTSIDE).unstructure(agreement))
    forget = functools.partial(_forget, key)
    _KNOWN[key] = (weakref.ref(agreement, forget), result)
    return result


def _forget(key: int, reference: weakref.ref[Agreement]) -> None:
    # The number of a dead object may already be that of a new one, with an entry of its own.
    if key in _KNOWN and _KNOWN[key][0] is reference:
        del _KNOWN[key]
