"""The JSON Schema: it takes what is written, refuses what is broken, and is up to date."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest

from healthduty.convert.files import dumps, loads
from healthduty.convert.jsontext import write_json
from healthduty.convert.schema import json_schema
from healthduty.errors import SourceError
from healthduty.model.agreement import Agreement
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import StepsBelow
from sample_agreement import EVERYTHING

PUBLISHED = Path(__file__).parents[2] / "docs" / "en" / "agreement.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
DOCUMENT = json.loads(dumps(EVERYTHING))


def test_the_schema_is_a_schema() -> None:
    """It keeps to JSON Schema 2020-12."""
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_published_schema_is_this_one() -> None:
    """docs/en/agreement.schema.json is what `json_schema` returns, printed, never edited."""
    assert PUBLISHED.read_text(encoding="utf-8") == write_json(json_schema())


def test_everything_validates() -> None:
    """Each class, kind and field as it is written."""
    VALIDATOR.validate(DOCUMENT)


def test_the_sample_leaves_nothing_out() -> None:
    """Every field of every class stands in the sample once, so the test above is worth its name."""
    seen: dict[str, set[str]] = {}

    def walk(thing: Any) -> None:  # noqa: ANN401 - any part of an agreement
        if isinstance(thing, tuple):
            for part in thing:
                walk(part)
        elif attrs.has(type(thing)):
            names = seen.setdefault(type(thing).__name__, set())
            for field in attrs.fields(type(thing)):
                value = getattr(thing, field.name)
                if field.default is attrs.NOTHING or value != field.default:
                    names.add(field.name)
                walk(value)

    walk(EVERYTHING)
    definitions: Any = json_schema()["$defs"]
    classes = {
        name: set(definition["properties"]) - {"kind"} | _own_kind(name)
        for name, definition in definitions.items()
        if "properties" in definition
    }
    assert {name: fields - seen.get(name, set()) for name, fields in classes.items()} == {
        name: set() for name in classes
    }


def _own_kind(name: str) -> set[str]:
    """Return the field `kind` of the classes that have one beside no kind of their own."""
    return {"kind"} if name in ("Measure", "Party", "Consequence") else set()


def test_every_definition_is_used_and_described() -> None:
    """No class is left over, and an editor can say of each what it is."""
    schema = json_schema()
    definitions: Any = schema["$defs"]
    text = json.dumps(schema)
    for name, definition in definitions.items():
        assert f'"#/$defs/{name}"' in text
        assert definition["description"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("format",), "healthduty/records"),
        (("agreement",), []),
        (("agreement", "title"), 5),
        (("agreement", "year"), "2024"),
        (("agreement", "points"), -1),
        (("agreement", "points"), "1/3"),
        (("agreement", "points"), True),
        (("agreement", "cap"), "105分"),
        (("agreement", "yeer"), 2024),
        (("agreement", "charge_once"), "false"),
        (("agreement", "measures", 0, "kind"), "ratio"),
        (("agreement", "parts", 0, "kind"), "part"),
        (("agreement", "parts", 0, "parts", 0, "rules", 0, "kind"), "dedution"),
        (("agreement", "parts", 0, "parts", 0, "rules", 0, "tally", "step"), [5]),
        (("agreement", "parts", 0, "parts", 0, "rules", 0, "tally", "target", "values"), []),
        (("agreement", "parts", 0, "parts", 0, "rules", 0, "when"), {"kind": "cases"}),
        (("agreement", "vetoes", 0, "effects", 0), {"kind": "force_grade"}),
        (("agreement", "excused"), None),
        (("agreement", "term", "until_successor"), 1),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(
    path: tuple[str | int, ...], value: object
) -> None:
    """One broken field is one fault for both."""
    broken: Any = copy.deepcopy(DOCUMENT)
    inner = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert not VALIDATOR.is_valid(broken)
    with pytest.raises(SourceError):
        loads(json.dumps(broken))


@pytest.mark.parametrize("written", [90, 90.5, "90.5", "1/3", "-2"])
def test_a_number_may_be_written_in_each_way_that_is_read(written: object) -> None:
    """As a number, as a decimal in a text, as a pair in a text."""
    agreement = Agreement("示例", rules=Deduction(StepsBelow("m", target=1), points=1))
    document: Any = json.loads(dumps(agreement))
    document["agreement"]["rules"][0]["tally"]["target"] = written
    VALIDATOR.validate(document)
    loads(json.dumps(document))


def test_defaults_stand_in_the_schema() -> None:
    """What goes without saying can be looked up."""
    definitions: Any = json_schema()["$defs"]
    assert definitions["Deduction"]["properties"]["reach"] == {
        "$ref": "#/$defs/Reach",
        "default": "part",
    }
    assert definitions["Part"]["properties"]["floor"]["default"] == 0
