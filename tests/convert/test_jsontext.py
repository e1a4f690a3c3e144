"""JSON as text: what is refused before any field is looked at, and how lines are laid out."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from healthduty.convert.jsontext import (
    LINE_WIDTH,
    Json,
    depth_of,
    read_json,
    shown,
    write_json,
)
from healthduty.errors import NumberError
from healthduty.findings import Finding
from healthduty.sources import display_width
from healthduty.strict_json import MOST_DEPTH, Repeated, Token

LIST = " (a file holds one value; several stand in a list: […, …])"


def faults(text: str) -> list[str]:
    """Read a text that has faults and return them as they print."""
    findings: list[Finding] = []
    assert read_json(text, "a.json", findings) is None
    return list(map(str, findings))


def value_of(text: str) -> object:
    """Read a text that has none."""
    findings: list[Finding] = []
    value = read_json(text, "a.json", findings)
    assert findings == []
    return value


def test_numbers_stay_as_they_are_written() -> None:
    """A number with a point is the decimal of its digits, one without is an int."""
    assert value_of("[0.10, 1e2, -3, 12345678901234567890.5]") == [
        Decimal("0.10"),
        Decimal("1e2"),
        -3,
        Decimal("12345678901234567890.5"),
    ]


@pytest.mark.parametrize(
    "number",
    ["NaN", "Infinity", "-Infinity", "7" * 5_000, "0." + "3" * 5_000, "1e999999999999999999"],
)
def test_a_number_that_no_number_can_be_is_kept_as_a_token(number: str) -> None:
    """NaN, infinities and absurd lengths pass the reader, for the field to refuse with its path."""
    assert value_of(f"[{number}]") == [Token(number)]
    assert isinstance(value_of(number), Token)


def test_a_key_twice_is_remembered() -> None:
    """The last value stands, and the object tells which keys stood twice."""
    value = value_of('{"points": 1, "title": "", "points": 2, "title": "", "x": 0}')
    assert isinstance(value, Repeated)
    assert value == {"points": 2, "title": "", "x": 0}
    assert value.keys_twice == ("points", "title")


def test_a_byte_order_mark_is_no_fault() -> None:
    """A file that an editor has marked as UTF-8 reads like any other."""
    assert value_of("\ufeff[1]") == [1]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "a.json, row 1, character 1: the file holds nothing"),
        ('{"a": 1,\n "b": }', "a.json, row 2, character 7: `}` can't stand here in JSON"),
        (
            "[1,\n]",
            "a.json, row 1, character 3: a comma stands behind the last entry (take it out)",
        ),
        ("\ufeff{} {}", f"a.json, row 1, character 4: something follows the end of the JSON{LIST}"),
    ],
)
def test_what_is_no_json_is_told_with_row_and_character(text: str, fault: str) -> None:
    """A text that breaks off or goes wrong is one finding at the very character."""
    assert faults(text) == [f"error json-syntax: {fault}"]


@pytest.mark.parametrize("bomb", ["[" * 100_000, '{"a":' * 100_000, "[\n" * 61 + "]" * 61])
def test_a_nesting_bomb_is_refused_before_it_goes_off(bomb: str) -> None:
    """Nesting is counted before anything recurses, and the bracket that is too much is named."""
    (fault,) = faults(bomb)
    assert fault.startswith("error json-depth: a.json, row ")
    assert fault.endswith(": nested deeper than 60 levels")


def test_the_deepest_nesting_that_is_read() -> None:
    """Sixty levels are read, and brackets inside a text count for nothing."""
    value_of("[" * MOST_DEPTH + "]" * MOST_DEPTH)
    assert value_of(json.dumps("[{" * 100 + '\\"')) == "[{" * 100 + '\\"'


def test_place_of_a_bomb() -> None:
    """The place of the fault is the bracket that passes the limit."""
    assert faults("[\n" * 61) == [
        "error json-depth: a.json, row 61, character 1: nested deeper than 60 levels"
    ]


# -------------------------------------------------------------------------------- printing


def test_what_fits_stands_on_one_line() -> None:
    """A list or an object is broken only where it would pass the width of a line."""
    value: Json = {"kind": "given", "measure": "last_year", "none": None, "yes": True, "of": [1, 2]}
    assert write_json(value) == (
        '{"kind": "given", "measure": "last_year", "none": null, "yes": true, "of": [1, 2]}\n'
    )


def test_a_line_never_passes_the_width_where_it_can_be_broken() -> None:
    """With the comma behind it, and with Chinese taking two columns a character."""
    value: Json = [{"标题": "考" * count + "a", "分值": [1, 2]} for count in range(60)]
    text = write_json(value)
    assert json.loads(text) == value
    breakable = [line for line in text.splitlines() if "{" in line and line.strip() != "{"]
    assert breakable
    assert max(map(display_width, breakable)) == LINE_WIDTH
    assert '    "标题": "' in text


def test_empty_lists_and_objects_are_never_broken() -> None:
    """However far in they stand."""
    value: Json = []
    for _ in range(10):
        value = {"a rather long key, so that nothing fits on one line": value}
    assert write_json(value).count("[]") == 1
    assert write_json([{}, []]) == "[{}, []]\n"


def test_decimals_are_printed_exactly() -> None:
    """Not by way of a float, and without zeros that say nothing."""
    assert write_json([Decimal("0.10"), Decimal("1E+2"), Decimal("0.1234567890123456789")]) == (
        "[0.1, 100, 0.1234567890123456789]\n"
    )


@pytest.mark.parametrize(
    "number", [Decimal("NaN"), Decimal("1e31"), pytest.param(10**5_000, id="long")]
)
def test_a_number_that_could_not_be_read_back_is_refused(number: Json) -> None:
    """What no file may hold is not written."""
    with pytest.raises(NumberError):
        write_json(number)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "null"),
        (False, "false"),
        (5, "the number `5`"),
        (Decimal("0.50"), "the number `0.50`"),
        (Token("NaN"), "the number `NaN`"),
        ("五" * 50, f"the text `{'五' * 40}…`"),
        ("\ud800", "the text `\\ud800`"),
        ([], "a list"),
        ({}, "an object"),
    ],
)
def test_values_in_messages(value: object, words: str) -> None:
    """A message calls a value what JSON calls it, and shows no more of it than fits."""
    assert shown(value) == words


def test_depth_counts_levels() -> None:
    """A plain value has none, an empty list has one."""
    values: list[Json] = ["a", [], {"a": [{}]}, [[], [[]]]]
    assert list(map(depth_of, values)) == [0, 1, 3, 3]
