"""Sentences in two languages: an English text that carries its Chinese with it.

What the library says about the user's data is written once, where the fault is met, in both
languages side by side. A `Said` is the English text itself, so that logs, tests and filters see
an ordinary string; whoever prints for officials asks for the other language. What was only ever
said in one language stays as it is.

Source: semantics 11 and 12: what is assumed or refused must be understood by whoever signs.

>>> text = Said("`abc` is no number", "“abc”不是数")
>>> text, in_language(text, "zh"), in_language("plain", "zh")
('`abc` is no number', '“abc”不是数', 'plain')
>>> labelled("满意率", text).zh
'满意率：“abc”不是数'
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Self

Language = Literal["zh", "en"]
"""The languages that a text can be in."""


class Said(str):
    """An English sentence with the same sentence in Chinese (`zh`).

    It equals, sorts and hashes as the English text: the Chinese adds no fact.
    """

    __slots__ = ("zh",)

    zh: str

    def __new__(cls, en: str, zh: str) -> Self:
        """Keep both; the parts of either may be `Said` themselves."""
        said = super().__new__(cls, en)
        said.zh = chinese(zh)
        return said

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # str makes one argument
        """Let copies and pickles keep the Chinese."""
        return str(self), self.zh


def in_language(text: str, lang: Language) -> str:
    """Return a text in a language: its Chinese where that is asked for and there is one."""
    if lang == "zh":
        return text.zh if isinstance(text, Said) else text
    return str(text)


def chinese(text: str) -> str:
    """Return a text's Chinese, or the text where it was said in one language only."""
    return in_language(text, "zh")


def reason_of(error: Exception) -> str:
    """Return an exception's own text, with its Chinese where it was raised with one.

    >>> reason_of(ValueError(Said("no number", "不是数"))).zh
    '不是数'
    """
    text = error.args[0] if error.args else ""
    return text if isinstance(text, Said) else str(error)


def labelled(label: str, text: str) -> Said:
    """Return a text behind the name of what it is about."""
    return Said(f"{label}: {text}", f"{chinese(label)}：{chinese(text)}")


def joined(texts: Iterable[str]) -> Said:
    """Return texts as one list: with commas, in Chinese with 、.

    >>> joined(["`a`", "`b`"]).zh
    '`a`、`b`'
    """
    parts = list(texts)
    return Said(", ".join(parts), "、".join(chinese(part) for part in parts))
