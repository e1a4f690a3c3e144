"""What is no JSON: the mistakes that people make, each with its place and what to write instead."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.json_faults import JsonFault
from healthduty.strict_json import JsonError, read_json

QUOTES = 'texts and keys stand in plain quotation marks: "…"'
TABLE = "it looks like a table (CSV)"
CHINESE_END = 'a Chinese quotation mark ends no text: write "'


def fault(text: str) -> JsonFault:
    """Read a text that is no JSON and return what is said of it."""
    with pytest.raises(JsonError) as caught:
        read_json(text)
    assert not caught.value.deep
    return caught.value.fault


@pytest.mark.parametrize(
    ("text", "position", "hint"),
    [
        ("[“a”]", 1, QUOTES),
        ("[\N{FULLWIDTH QUOTATION MARK}a]", 1, QUOTES),
        ("[「a」]", 1, QUOTES),
        ("['a']", 1, QUOTES),
        ("[‘a’]", 1, QUOTES),
        ("{a: 1}", 1, QUOTES),
        ("[中心]", 1, QUOTES),
        ('["a”, "b"]', 7, CHINESE_END),
        ('{"a”: "b"}', 7, CHINESE_END),
        ('{"a”: b}', 1, CHINESE_END),
        ('["a”,\n1]', 5, CHINESE_END),
        ('{"a"：1}', 4, "write a plain `:` for it"),
        ("[1，2]", 2, "write a plain `,` for it"),
        ("[1、2]", 2, "write a plain `,` for it"),
        ("\N{FULLWIDTH LEFT SQUARE BRACKET}1]", 0, "write a plain `[` for it"),
        ("[1】", 2, "write a plain `]` for it"),
        ('["a": 1]', 4, "a comma is missing before it"),
        ('["a" "b"]', 5, "a comma is missing before it"),
        ('{"a" 1}', 5, "a colon is missing before it"),
        ("[1,]", 2, "take it out"),
        ('{"a": 1 ,\n}', 8, "take it out"),
        ("[83%]", 3, 'a number with its unit stands in quotation marks: "83%"'),
        ("[8.3‰]", 4, 'a number with its unit stands in quotation marks: "83%"'),
        ("[８]", 1, "write the digits 0 to 9"),
        ("[05]", 2, "a number begins with no 0 that says nothing"),
        ("[.5]", 1, "a number is written 5, -5 or 0.5"),
        ("[+5]", 1, "a number is written 5, -5 or 0.5"),
        ("[5.]", 2, "a number is written 5, -5 or 0.5"),
        ("[True]", 1, "write true"),
        ("[None]", 1, "write null"),
        ("[1 // x\n]", 3, "there are no comments in JSON"),
        ("# x\n[1]", 0, "a file of an agreement begins with {, one of records with ["),
        ("[1 # x\n]", 3, "there are no comments in JSON"),
        (r'["C:\data"]', 4, r"a backslash inside a text is written \\"),
        ('["a\n"]', 3, r"its closing quotation mark is missing, or a line break is meant: \n"),
        ('["a\x00"]', 3, ""),
        ('["a”\n]', 4, CHINESE_END),
        ("{} {}", 3, "a file holds one value; several stand in a list: […, …]"),
        ('["a', 1, "its closing quotation mark is missing"),
        ('["“a”', 1, "its closing quotation mark is missing"),
        ('{"a": [1, "]"', 13, "still open: it should end with ]}"),
        ('{"a": [1]', 9, "still open: it should end with }"),
        ("<html>", 0, "it looks like a web page or XML"),
        ("\n 机构;满意率", 2, TABLE),
        ("目标责任书", 0, "a file of an agreement begins with {, one of records with ["),
        ("", 0, ""),
        ('{"a": }', 6, ""),
    ],
)
def test_a_mistake_has_its_place_and_its_hint(text: str, position: int, hint: str) -> None:
    """The character is named at which the text goes wrong, and what to do about it."""
    found = fault(text)
    assert (found.position, found.hint) == (position, hint)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n", "the file holds nothing"),
        ("[1,]", "a comma stands behind the last entry"),
        ("[：]", "`：` can't stand here in JSON"),
        ("x" * 50, f"this is no JSON: it begins with `{'x' * 40}…`"),
        ("\x1b[2J", "this is no JSON: it begins with `�[2J`"),
    ],
)
def test_the_message_says_what_stands_there(text: str, message: str) -> None:
    """In our own words, and with nothing that could command a terminal."""
    assert fault(text).message == message


WRITTEN = json.dumps(
    {"标题": "示“例”", "分值": [1, 2.5, True, None, {"a": ""}]}, ensure_ascii=False
)


@given(st.integers(0, len(WRITTEN)), st.sampled_from("“”：，'%#\\\n\x00}]{[\",a1é🙂"))
def test_whatever_is_wrong_is_one_fault_inside_the_text(place: int, character: str) -> None:
    """One character put anywhere into a sound text makes another sound text, or one fault."""
    text = WRITTEN[:place] + character + WRITTEN[place:]
    try:
        read_json(text)
    except JsonError as error:
        found = error.fault
    else:
        found = JsonFault(0, "sound")
    assert 0 <= found.position <= len(text)
    assert found.message
