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
from healthduty.said import Said


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
_QUOTES = Said('texts and keys stand in plain quotation marks: "…"', '文本和键要用英文引号："…"')
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
        return JsonFault(0, Said("the file holds nothing", "文件是空的"))
    if reason.startswith("Unterminated string"):
        hint = _quotes_hint(text[position:]) or Said(
            "its closing quotation mark is missing", "缺结束的引号"
        )
        return JsonFault(
            position, Said("the text that begins here never ends", "从这里开始的文本没有结束"), hint
        )
    if position >= len(text.rstrip()):
        return JsonFault(
            position, Said("the file ends before its JSON does", "文件没有写完"), _open_hint(text)
        )
    if (start := _beginning(text)) is not None and start >= position:
        return _no_json(text, start)
    if (comma := _trailing_comma(text, position)) is not None:
        return JsonFault(
            comma,
            Said("a comma stands behind the last entry", "最后一项后面多了逗号"),
            Said("take it out", "去掉它"),
        )
    if reason.startswith("Extra data"):
        hint = Said(
            "a file holds one value; several stand in a list: […, …]",
            "一个文件只放一个值；多个值放在列表里：[…, …]",
        )
        return JsonFault(
            position, Said("something follows the end of the JSON", "JSON结束后还有内容"), hint
        )
    character = text[position]
    if not character.isprintable():
        message = Said(
            "a line break or control character stands inside a text", "文本里有换行或控制字符"
        )
        return JsonFault(position, message, _line_hint(text, position))
    message = Said(f"`{character}` can't stand here in JSON", f"JSON的这个位置不能写`{character}`")
    return JsonFault(position, message, _hint(text, position, reason))


def _line_hint(text: str, position: int) -> str:
    if text[position] not in "\r\n":
        return ""
    hint = Said(
        r"its closing quotation mark is missing, or a line break is meant: \n",
        r"缺结束的引号；如要换行，写\n",
    )
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
        hint = Said("it looks like a web page or XML", "像是网页或XML")
    elif any(mark in line for mark in _DELIMITERS):
        hint = Said("it looks like a table (CSV)", "像是表格（CSV）")
    else:
        hint = Said(
            "a file of an agreement begins with {, one of records with [",
            "责任书文件以{开头，数据文件以[开头",
        )
    shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
    return JsonFault(
        start,
        Said(f"this is no JSON: it begins with `{shown}`", f"这不是JSON：开头是`{shown}`"),
        hint,
    )


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
        return (
            _QUOTES
            if plain == '"'
            else Said(f"write a plain `{plain}` for it", f"改写成英文的`{plain}`")
        )
    if text.startswith(("//", "/*", "#"), position):
        return Said("there are no comments in JSON", "JSON里不能写注释")
    if character == "\\":
        return Said(r"a backslash inside a text is written \\", r"文本里的反斜杠写成\\")
    if hint := _number_hint(text, position):
        return hint
    if hint := _quotes_hint(_last_text(before)):
        return hint
    if word := _WORD.match(text, position):
        if word[0] not in _WORDS:
            return _QUOTES
        return Said(f"write {_WORDS[word[0]]}", f"写成{_WORDS[word[0]]}")
    if reason.startswith("Expecting ','"):
        return Said("a comma is missing before it", "前面缺逗号")
    if reason.startswith("Expecting ':'"):
        return Said("a colon is missing before it", "前面缺冒号")
    return ""


def _number_hint(text: str, position: int) -> str:
    character, before = text[position], text[position - 1 : position]
    if character in "%‰" and before.isdigit():
        return Said(
            'a number with its unit stands in quotation marks: "83%"', '带单位的数要加引号："83%"'
        )
    if character.isdigit() and not character.isascii():
        return Said("write the digits 0 to 9", "用数字0至9")
    if character.isdigit() and before in ("0", "-"):
        return Said("a number begins with no 0 that says nothing", "数的开头不写多余的0")
    if character in "+.":
        return Said("a number is written 5, -5 or 0.5", "数写成5、-5或0.5")
    return ""


def _last_text(before: str) -> str:
    """Return the last text in quotation marks that stands before a fault."""
    texts = [match[0] for match in STRINGS_AND_BRACKETS.finditer(before) if match[0][0] == '"']
    return texts[-1] if texts else ""


def _quotes_hint(text: str) -> str:
    """Return the hint for a text that a Chinese quotation mark was meant to end."""
    line = text.split("\n", 1)[0]
    unpaired = line.count("“") != line.count("”")
    if not unpaired:
        return ""
    return Said('a Chinese quotation mark ends no text: write "', '中文引号不能结束文本，改用"')


def _open_hint(text: str) -> str:
    """Return which bracket of a text is still open at its end."""
    still: list[str] = []
    for match in STRINGS_AND_BRACKETS.finditer(text):
        if match[0] in ("[", "{"):
            still.append(match[0])
        elif match[0] in ("]", "}") and still:
            still.pop()
    closing = "".join("]" if mark == "[" else "}" for mark in reversed(still))
    if not closing:
        return ""
    return Said(
        f"still open: it should end with {closing[:_SHOWN]}",
        f"括号未闭合：结尾应有{closing[:_SHOWN]}",
    )
