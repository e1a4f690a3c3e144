"""What is wrong with a text that is no JSON: where, in our own words, and what to write instead.

The standard library names a position and a sentence that changes from one Python to the next.
People who write an agreement by hand make few mistakes, and the same ones: Chinese punctuation,
a comma too many or too few, single quotation marks, a number that JSON does not know.

Source: RFC 8259; semantics 12 (nothing is dropped).

>>> fault_of('{"points"：5}', 9, "Expecting ':' delimiter")
JsonFault(position=9, message="`：` can't stand here in JSON", hint='write a plain `:` for it')
"""

from __future__ import annotations

import re

import attrs

from healthduty.display import printable
from healthduty.exact import plain_text


@attrs.frozen
class JsonFault:
    """Where a text stops being JSON (a character, from 0), what stands there, and what to do."""

    position: int
    message: str
    hint: str = ""


STRINGS_AND_BRACKETS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', flags=re.DOTALL)
"""The texts and the brackets of a JSON text; a bracket inside a text is none."""

_PLAIN = {**dict.fromkeys("“”„‟「」『』‘’'`", '"'), "、": ",", "【": "[", "】": "]"}
"""What people write, and what JSON has in its place; full-width forms fold by themselves."""

_MARKS = frozenset('":,[]{}')
_QUOTES = 'texts and keys stand in plain quotation marks: "…"'
_WORDS = {
    "True": "true",
    "False": "false",
    "None": "null",
    "nil": "null",
    "NULL": "null",
    "TRUE": "true",
    "FALSE": "false",
    "undefined": "null",
}
"""What other languages call JSON's three words."""

_WORD = re.compile(r"[^\W\d]\w*")
_DELIMITERS = (",", "\t", ";", "，")


def fault_of(text: str, position: int, reason: str) -> JsonFault:
    """Return what is wrong with a text; `position` and `reason` are those of the json module.

    Only the beginning of `reason` is looked at, which is the same in every Python.
    """
    if not text.strip():
        return JsonFault(0, "the file holds nothing")
    if reason.startswith("Unterminated string"):
        hint = _quotes_hint(text[position:]) or "its closing quotation mark is missing"
        return JsonFault(position, "the text that begins here never ends", hint)
    if position >= len(text.rstrip()):
        return JsonFault(position, "the file ends before its JSON does", _open_hint(text))
    if (start := _beginning(text)) is not None and start >= position:
        return _no_json(text, start)
    if (comma := _trailing_comma(text, position)) is not None:
        return JsonFault(comma, "a comma stands behind the last entry", "take it out")
    if reason.startswith("Extra data"):
        hint = "a file holds one value; several stand in a list: […, …]"
        return JsonFault(position, "something follows the end of the JSON", hint)
    character = text[position]
    if not character.isprintable():
        message = "a line break or control character stands inside a text"
        return JsonFault(position, message, _line_hint(text, position))
    message = f"`{character}` can't stand here in JSON"
    return JsonFault(position, message, _hint(text, position, reason))


def _line_hint(text: str, position: int) -> str:
    if text[position] not in "\r\n":
        return ""
    hint = r"its closing quotation mark is missing, or a line break is meant: \n"
    return _quotes_hint(_last_text(text[:position])) or hint


def _beginning(text: str) -> int | None:
    """Return where a text begins that begins as no JSON of ours does; None where it may be JSON."""
    start = len(text) - len(text.lstrip())
    return None if _plain(text[start]) in {"[", "{", '"'} else start


def _plain(character: str) -> str:
    return _PLAIN.get(character) or plain_text(character)


def _no_json(text: str, start: int) -> JsonFault:
    line = printable(text[start:].split("\n", 1)[0].strip())
    if line.startswith("<"):
        hint = "it looks like a web page or XML"
    elif any(mark in line for mark in _DELIMITERS):
        hint = "it looks like a table (CSV)"
    else:
        hint = "a file of an agreement begins with {, one of records with ["
    shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
    return JsonFault(start, f"this is no JSON: it begins with `{shown}`", hint)


_SHOWN = 40
"""Characters of the user's text that a message repeats."""


def _trailing_comma(text: str, position: int) -> int | None:
    """Return where a comma stands that no entry follows; some Pythons name the bracket behind."""
    if text[position] == ",":
        return position if text[position + 1 :].lstrip()[:1] in ("]", "}") else None
    before = text[:position].rstrip()
    return len(before) - 1 if text[position] in "]}" and before.endswith(",") else None


def _hint(text: str, position: int, reason: str) -> str:
    """Return what to write in place of the character at which the text goes wrong."""
    character, before = text[position], text[:position]
    plain = _plain(character)
    if plain != character and plain in _MARKS:
        return _QUOTES if plain == '"' else f"write a plain `{plain}` for it"
    if text.startswith(("//", "/*", "#"), position):
        return "there are no comments in JSON"
    if character == "\\":
        return r"a backslash inside a text is written \\"
    if hint := _number_hint(text, position):
        return hint
    if hint := _quotes_hint(_last_text(before)):
        return hint
    if word := _WORD.match(text, position):
        return f"write {_WORDS[word[0]]}" if word[0] in _WORDS else _QUOTES
    if reason.startswith("Expecting ','"):
        return "a comma is missing before it"
    if reason.startswith("Expecting ':'"):
        return "a colon is missing before it"
    return ""


def _number_hint(text: str, position: int) -> str:
    character, before = text[position], text[position - 1 : position]
    if character in "%‰" and before.isdigit():
        return 'a number with its unit stands in quotation marks: "83%"'
    if character.isdigit() and not character.isascii():
        return "write the digits 0 to 9"
    if character.isdigit() and before in ("0", "-"):
        return "a number begins with no 0 that says nothing"
    if character in "+.":
        return "a number is written 5, -5 or 0.5"
    return ""


def _last_text(before: str) -> str:
    """Return the last text in quotation marks that stands before a fault."""
    texts = [match[0] for match in STRINGS_AND_BRACKETS.finditer(before) if match[0][0] == '"']
    return texts[-1] if texts else ""


def _quotes_hint(text: str) -> str:
    """Return the hint for a text that a Chinese quotation mark was meant to end."""
    line = text.split("\n", 1)[0]
    unpaired = line.count("“") != line.count("”")
    return 'a Chinese quotation mark ends no text: write "' if unpaired else ""


def _open_hint(text: str) -> str:
    """Return which bracket of a text is still open at its end."""
    still: list[str] = []
    for match in STRINGS_AND_BRACKETS.finditer(text):
        if match[0] in ("[", "{"):
            still.append(match[0])
        elif match[0] in ("]", "}") and still:
            still.pop()
    closing = "".join("]" if mark == "[" else "}" for mark in reversed(still))
    return f"still open: it should end with {closing[:_SHOWN]}" if closing else ""
