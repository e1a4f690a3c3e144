"""Where something stands: a place in a file, a span of a text, the citation of a clause.

Every rule carries its `Citation`, every fault its `Place`; an official who is asked "who
says so?" can point at the article and the characters.

>>> print(Place("数据.csv", row=3, column="满意率"))
数据.csv, row 3, column 满意率
>>> print(caret_line("满意率达90%", 3, 7))
      ^^^^^
"""

from __future__ import annotations

import functools
import re
import unicodedata

import attrs

from healthduty.said import Language, Said, in_language

_LETTERS = re.compile("[A-Z]{1,3}")

_PARTS: dict[Language, dict[str, str]] = {
    "zh": {
        "comma": "，",
        "sheet": "“{}”表",
        "row": "第{}行",
        "column": "“{}”列",
        "character": "第{}字",
        "item": "第{}项",
    },
    "en": {
        "comma": ", ",
        "sheet": "sheet {}",
        "row": "row {}",
        "column": "column {}",
        "character": "character {}",
        "item": "item {}",
    },
}


@attrs.frozen
class Place:
    """Where in a source a fault or a value stands; empty parts are left out when printed.

    `source` is a file's name or what stands for it; `row` and `character` count from 1;
    `column` is a heading or a letter; `path` is a JSON path into a file (`$.parts[0].points`) or
    into an agreement (`vetoes[0].when`), of which officials read the Chinese; `item` is the number
    of an item of the agreement. A cell of a workbook goes by its name.

    >>> print(Place("数据.xlsx", sheet="数据", row=7, column="D"))
    数据.xlsx, 数据!D7
    """

    source: str = ""
    sheet: str = attrs.field(default="", kw_only=True)
    row: int | None = attrs.field(default=None, kw_only=True)
    column: str = attrs.field(default="", kw_only=True)
    character: int | None = attrs.field(default=None, kw_only=True)
    path: str = attrs.field(default="", kw_only=True)
    item: str = attrs.field(default="", kw_only=True)

    def __str__(self) -> str:
        """Return the parts that are known, widest first."""
        return self.text("en")

    def text(self, lang: Language = "zh") -> str:
        """Return the parts that are known, widest first, in a language.

        >>> Place("数据.csv", row=3, column="满意率").text()
        '数据.csv，第3行，“满意率”列'
        >>> Place(item="2.1").text(), Place(item="（三）").text()
        ('第2.1项', '（三）项')
        >>> Place(path="vetoes[0].when").text(), Place(path="$.vetoes[0].when").text()
        ('一票否决第1项，情形', '$.vetoes[0].when')
        """
        words = _PARTS[lang]
        parts = [self.source] if self.source else []
        if self.sheet and self.row is not None and _LETTERS.fullmatch(self.column):
            return words["comma"].join([*parts, f"{self.sheet}!{self.column}{self.row}"])
        if self.sheet:
            parts.append(words["sheet"].format(self.sheet))
        if self.row is not None:
            parts.append(words["row"].format(self.row))
        if self.column:
            parts.append(words["column"].format(self.column))
        if self.character is not None:
            parts.append(words["character"].format(self.character))
        if self.path:
            parts.append(_path_text(self.path, lang))
        if self.item:
            parts.append(_item_text(self.item, lang))
        return words["comma"].join(parts)


def _path_text(path: str, lang: Language) -> str:
    """Return a path: one into a file as its author wrote it, one into an agreement in words."""
    if lang == "en" or isinstance(path, Said) or path.startswith("$"):
        return in_language(path, lang)
    return _PARTS[lang]["comma"].join(_STEP.sub(_step_in_chinese, step) for step in path.split("."))


def _step_in_chinese(step: re.Match[str]) -> str:
    """Return one step: the field as officials call it, and which of several it is."""
    name, index = _FIELDS.get(step[1], step[1]), step[2]
    return name if index is None else f"{name}第{int(index) + 1}项"


_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_FIELDS = {
    "consequences": "奖惩",
    "due": "期限",
    "effects": "后果",
    "end": "止日",
    "exempt": "免责情形",
    "funding": "经费拨付",
    "grades": "等次",
    "items": "条目",
    "measures": "数据项",
    "obligations": "工作要求",
    "overrides": "另行拨付的情形",
    "parties": "签约各方",
    "parts": "条目",
    "phases": "阶段",
    "responsible": "责任人",
    "signatures": "签字",
    "signed_on": "日期",
    "since": "起日",
    "start": "起日",
    "supersedes": "被替代的责任书",
    "term": "有效期",
    "tiers": "档次",
    "until": "止日",
    "vetoes": "一票否决",
    "when": "情形",
}
"""The fields of an agreement in which something may be found, as officials call them."""


def _item_text(item: str, lang: Language) -> str:
    """Return an item by its number: 第2.1项; in Chinese （三） needs no 第, and 第三条 nothing."""
    if lang == "zh" and item.startswith("第"):
        return item
    if lang == "zh" and item.startswith(tuple("（(〔［[【")):
        return f"{item}项"
    return _PARTS[lang]["item"].format(item)


@attrs.frozen
class Span:
    """Characters of a text: from `start` (counted from 0) up to but without `end`."""

    start: int
    end: int


@attrs.frozen
class Citation:
    """The words that a rule rests on: document, article, text, and the characters in it."""

    document: str = ""
    article: str = attrs.field(default="", kw_only=True)
    text: str = attrs.field(default="", kw_only=True)
    span: Span | None = attrs.field(default=None, kw_only=True)

    def __str__(self) -> str:
        """Return document and article with the cited words in Chinese quotation marks."""
        head = " ".join(part for part in (self.document, self.article) if part)
        words = self.text[self.span.start : self.span.end] if self.span else self.text
        return f"{head}「{words}」" if words else head


def display_width(text: str) -> int:
    r"""Return how many columns of a terminal `text` takes: a Chinese character or an emoji two.

    Marks that stand on another character, joiners, variation selectors and byte order marks take
    none. An emoji that several make together takes two, as terminals that can show it do.

    >>> display_width("满意率 90%"), display_width("e\u0301"), display_width("❤\ufe0f")
    (10, 1, 2)
    """
    if text.isascii():
        return len(text)
    total = last = 0
    before = " "
    for character in text:
        width = _width(character)
        if character == _EMOJI_STYLE:
            total, last = total + (last == 1), 2  # ❤ takes one column, and two as an emoji
        elif width and not _joins(before, character):
            total, last = total + width, width
        before = character
    return total


_JOINER = "\N{ZERO WIDTH JOINER}"
_EMOJI_STYLE = "\N{VARIATION SELECTOR-16}"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def _joins(before: str, character: str) -> bool:
    """Tell whether a character melts into the one before: an emoji's person, tool or skin."""
    if before == _JOINER:
        return unicodedata.category(character) == "So"
    return "\U0001f3fb" <= character <= "\U0001f3ff" and _width(before) == 2  # noqa: PLR2004


@functools.lru_cache(maxsize=16_384)
def _width(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH and character != _SOFT_HYPHEN:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})
"""Marks on a character, marks around one, and what only tells how to show others."""


def caret_line(text: str, start: int, end: int) -> str:
    """Return the line of `^` that stands right under `text[start:end]`."""
    return " " * display_width(text[:start]) + "^" * max(1, display_width(text[start:end]))
