"""An agreement's file: round trip is identity; what is read is one or its faults, no crash."""

from __future__ import annotations

import json
from typing import Any

import attrs
import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from healthduty.convert.digest import digest
from healthduty.convert.files import dumps, loads
from healthduty.convert.schema import json_schema
from healthduty.errors import SourceError
from healthduty.model.agreement import Agreement
from sample_agreement import EVERYTHING
from strategies import agreements

SCHEMA = jsonschema.Draft202012Validator(json_schema())
AGREEMENT = dumps(EVERYTHING)

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "share", "1/3", "0.5", "1/0", "2024-02-30", "\ud800", "９"])
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["kind", "x"]), inner),
    max_leaves=4,
)


def with_basis(thing: Any) -> object:  # noqa: ANN401 - any part of an agreement
    """Return all that a thing holds, what `==` leaves out (citations, assumptions) included."""
    if isinstance(thing, tuple):
        return tuple(map(with_basis, thing))
    if not attrs.has(type(thing)):
        return type(thing), thing
    fields = attrs.fields(type(thing))
    return type(thing), tuple(with_basis(getattr(thing, field.name)) for field in fields)


@given(agreements())
def test_an_agreement_comes_back_as_it_was(agreement: Agreement) -> None:
    """`loads(dumps(agreement)) == agreement`, with every citation and assumption."""
    text = dumps(agreement)
    again = loads(text)
    assert again == agreement
    assert with_basis(again) == with_basis(agreement)
    assert dumps(again) == text


@given(agreements())
def test_what_is_written_keeps_to_the_schema(agreement: Agreement) -> None:
    """The published schema takes every file that is written."""
    SCHEMA.validate(json.loads(dumps(agreement)))


@given(agreements())
def test_a_digest_survives_the_file(agreement: Agreement) -> None:
    """A sheet made from a file names the same digest as one made from what was in memory."""
    assert digest(loads(dumps(agreement))) == digest(agreement)


@given(st.data())
def test_a_broken_file_is_read_or_refused(data: st.DataObject) -> None:
    """Whatever stands where something else belongs: each fault has a code, a path, a message."""
    document = json.loads(AGREEMENT)
    for _ in range(data.draw(st.integers(1, 3))):
        break_somewhere(document, data)
    try:
        loads(json.dumps(document), "a.json")
    except SourceError as error:
        for finding in error.findings:
            assert str(finding).startswith("error json-")
            assert ": a.json, $" in str(finding)


def break_somewhere(document: Any, data: st.DataObject) -> None:  # noqa: ANN401 - plain data
    """Replace, remove or rename one entry, anywhere in the document."""
    inner = document
    while True:
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if not isinstance(inner[key], (dict, list)) or data.draw(st.integers(0, 4)) == 0:
            break
        inner = inner[key]
    match data.draw(st.sampled_from(["replace", "replace", "remove", "rename"])):
        case "remove":
            del inner[key]
        case "rename" if isinstance(inner, dict):
            inner[f"{key}s"] = inner.pop(key)
        case _:
            inner[key] = data.draw(JSON)
