"""Scanning canonical text: literals, names, labels and numbers, each read once from the left.

A function that reads a production leaves the scanner behind it, or gives up the whole text with
`NotCanonicalError`: nothing is mended and nothing is guessed.

Source: the wording that is read back is `healthduty.wording`.

>>> scanner = Scanner("满意率达到90%以上", Vocabulary(()))
>>> scanner.label(), scanner.take("达到"), scanner.figure("%")
('满意率', True, Fraction(90, 1))
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

import attrs

from healthduty.rules.measure import Measure
from healthduty.wording.names import NAME, QUOTED, Vocabulary

T = TypeVar("T")

MOST_NESTED = 20
"""How deep brackets may nest in a text that is read."""

MOST_FIGURES = 1000
"""How long a number may be; no record holds one of a twentieth of that."""

_NUMBER = re.compile(r"-?[0-9]++(?:\.[0-9]++|/[0-9]++)?")
_LETTERS = re.compile(r"[^\W\d_]++")


class NotCanonicalError(Exception):
    """The text is not what `write_clause` writes."""


@attrs.define
class Scanner:
    """A text that is read from the left; `place` is the next character.

    `names` is the pattern of names without quotation marks: it depends on whether the condition
    around them ends in 的 or in 时.
    """

    text: str
    words: Vocabulary
    place: int = 0
    depth: int = 0
    names: re.Pattern[str] = NAME

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.place == len(self.text)

    def at(self, literal: str) -> bool:
        """Tell whether the text goes on with `literal`."""
        return self.text.startswith(literal, self.place)

    def sees(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether the text goes on as `pattern` says."""
        return pattern.match(self.text, self.place) is not None

    def take(self, literal: str) -> bool:
        """Pass over `literal` if the text goes on with it."""
        if not self.at(literal):
            return False
        self.place += len(literal)
        return True

    def need(self, literal: str) -> None:
        """Pass over `literal`."""
        if not self.take(literal):
            raise NotCanonicalError

    def find(self, table: Mapping[str, T]) -> T | None:
        """Pass over the first key that the text goes on with and return its value, or None."""
        for literal, value in table.items():
            if self.take(literal):
                return value
        return None

    def choose(self, table: Mapping[str, T]) -> T:
        """Pass over the first key that the text goes on with and return its value."""
        found = self.find(table)
        if found is None:
            raise NotCanonicalError
        return found

    def open(self) -> None:
        """``（``, at most so many of them inside one another."""
        self.need("（")
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise NotCanonicalError

    def close(self) -> None:
        """``）``."""
        self.need("）")
        self.depth -= 1

    def name(self) -> str:
        """Read name = quoted | characters up to where grammar begins."""
        return self._either(self.names)

    def word(self) -> str:
        """Read word = quoted | letters."""
        return self._either(_LETTERS)

    def quoted(self) -> str:
        """Read quoted = ``「`` characters, each ``」`` doubled ``」``."""
        found = QUOTED.match(self.text, self.place)
        if found is None:
            raise NotCanonicalError
        self.place = found.end()
        return found.group(1).replace("」」", "」")

    def _either(self, plain: re.Pattern[str]) -> str:
        if self.at("「"):
            return self.quoted()
        found = plain.match(self.text, self.place)
        if found is None:
            raise NotCanonicalError
        self.place = found.end()
        return found.group()

    def label(self) -> str:
        """Read label = name [``【`` code ``】``]; return the code."""
        return self.code_of(self.name())

    def code_of(self, name: str) -> str:
        """Return the code for a name that was read, with what stands behind it in brackets."""
        code = self.code()
        if code is None:
            code = self.words.code_of(name)
        if code is None:
            raise NotCanonicalError
        return code

    def code(self) -> str | None:
        """Read code = ``【`` name ``】``, or return None where there is none."""
        if not self.take("【"):
            return None
        code = self.name()
        self.need("】")
        return code

    def measure(self, code: str) -> Measure | None:
        """Return the measure with this code, or None where there is none."""
        return self.words.get(code)

    def figure(self, unit: str = "") -> Fraction:
        """Read figure = [``-``] digits [``.`` digits | ``/`` digits] unit.

        A unit may begin with a slash (12/10万), so what looks like a fraction may be a number
        and the beginning of its unit.
        """
        found = _NUMBER.match(self.text, self.place)
        if found is None or found.end() - found.start() > MOST_FIGURES:
            raise NotCanonicalError
        whole, slash, _ = found.group().partition("/")
        for written in (found.group(), whole) if slash else (whole,):
            behind = self.place + len(written)
            if self.text.startswith(unit, behind):
                self.place = behind + len(unit)
                return _fraction(written)
        raise NotCanonicalError


def _fraction(written: str) -> Fraction:
    try:
        return Fraction(written)
    except ZeroDivisionError:
        raise NotCanonicalError from None
