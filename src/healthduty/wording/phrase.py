"""Phrases in both languages, and the names that the agreement itself gives to things.

A phrase stands in Chinese and in English side by side. A name stands as it is where nothing in
it could be taken for the clause around it, otherwise in quotation marks: 满意率, but 「优、良率」.

Source: vocabulary “Measure”; the clause has to be read back, whatever a bureau calls its data.

>>> AT = Phrase("达到{0}以上", "at least {0}")
>>> AT("zh", "90%"), AT("en", "90%")
('达到90%以上', 'at least 90%')
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Literal

import attrs

from healthduty.errors import UsageError
from healthduty.rules.measure import Measure

Language = Literal["zh", "en"]
"""The languages that a text can be in."""

Measures = Mapping[str, Measure]
"""The agreement's measures by code; a code that is not there stands for itself, without unit."""


@attrs.frozen
class Phrase:
    """One phrase in both languages, with numbered places for what varies."""

    zh: str
    en: str

    def __call__(self, lang: Language, *parts: str) -> str:
        """Return the phrase with its places filled."""
        return (self.zh if lang == "zh" else self.en).format(*parts)


_LANGUAGES = frozenset({"zh", "en"})
_COMMA = Phrase("，", ", ")


def check_language(lang: str) -> None:
    """Refuse a language that there are no words for.

    Raises:
        UsageError: `lang` is neither `zh` nor `en`.
    """
    if lang not in _LANGUAGES:
        raise UsageError(f"unknown language `{lang}`: `zh` and `en` are spoken here")


def listed(parts: Iterable[str], lang: Language) -> str:
    """Join the parts of a clause by commas, leaving out empty ones."""
    return _COMMA(lang).join(part for part in parts if part)


# What would be taken for the grammar of a clause if a name held it.
_SPECIAL = {
    "zh": re.compile(
        r"[，；：。、「」\n]|^\s|\s$|^$|^_|^[是否]$"
        r"|达到|低于|超过|少于|等于|满足|以上|以下|以内|酌情|其余|且|或|为|的$"
        r"|[加减的至每前计扣得]\d"
        r"|^\W*\d[\d./]*\W*\w?$"  # nothing but a number, at most with a unit
    ),
    "en": re.compile(
        r"[,;:()“”\n]|^\s|\s$|^$|^_"
        r"|\b(?:at|above|added|and|below|deducted|earned|equal|fewer|for|found|from|is|less|most"
        r"|no|not|of|on|only|or|otherwise|over|plus|times|to|when|where|yes)\b"
        r"|^\W*\d[\d./]*\W*\w?$",
        re.IGNORECASE,
    ),
}


@functools.lru_cache(maxsize=2048)
def name_text(name: str, lang: Language) -> str:
    """Return a name of the agreement's own, in quotation marks where it needs them.

    >>> name_text("满意率", "zh"), name_text("优、良", "zh"), name_text("3", "en")
    ('满意率', '「优、良」', '“3”')
    """
    return quoted(name, lang) if _SPECIAL[lang].search(name) else name


def word_text(name: str, lang: Language) -> str:
    """Return a short name that may stand beside a number: quoted where not all letters."""
    return name_text(name, lang) if name.isalpha() else quoted(name, lang)


def quoted(name: str, lang: Language) -> str:
    """Return a name in quotation marks; a closing mark inside is doubled."""
    if lang == "zh":
        return f"「{name.replace('」', '」」')}」"
    return f"“{name.replace('”', '””')}”"


def label_text(code: str, measures: Measures, lang: Language) -> str:
    """Return what a measure is called, by its code."""
    measure = measures.get(code)
    return name_text(code if measure is None else measure.label, lang)
