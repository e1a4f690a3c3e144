"""Phrases: what a clause is made of, in Chinese and in English side by side.

Source: the patterns of published scoring tables.

>>> AT = Phrase("达到{0}以上", "at least {0}")
>>> AT("zh", "90%"), AT("en", "90%")
('达到90%以上', 'at least 90%')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from healthduty.errors import UsageError
from healthduty.rules.measure import Measure
from healthduty.said import Language

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
