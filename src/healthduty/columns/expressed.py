"""From a user's columns to what the steps read: numerators, denominators, absence, unread cells.

Written once over the words of an engine. A cell that is null is what its measure says of blanks; a
number below 0 that can't be, or half a case, is at fault, and so missing; what is larger than was
said, or a word that is none, is unread, and its row has no total.

Source: “How a point is lost”, section 1, as far as integers, words and truths go.

>>> from healthduty.columns.expressions_sql import Sql
>>> column = Column(Truths("flag"), 0, 1, Span(0, 1))
>>> inputs_of({3: column}, Sql()).made["n3"]
'(CASE WHEN "x3" THEN 1 ELSE 0 END)'
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, assert_never

from healthduty.columns.readings import Column, Fixed, Numbers, Pairs, Truths, Words
from healthduty.columns.spans import Span
from healthduty.columns.staging import Dialect

Made = Iterator[tuple[str, Any]]
"""Columns by what they are: n, d, l, a, and u where a cell is unread."""


class Inputs(NamedTuple):
    """The cells as integers, by name; the columns of all slots over these; and unread rows."""

    cells: dict[str, Any]
    made: dict[str, Any]
    unread: Any


def inputs_of(columns: Mapping[int, Column], dialect: Dialect) -> Inputs:
    """Return the columns of all slots by name, and where a row holds what can't be read."""
    inputs = Inputs({}, {}, [])
    for slot, column in columns.items():
        for what, expression in _Cells(dialect, column, slot).made():
            if what == "u":
                inputs.unread.append(expression)
            else:
                into = inputs.cells if what in _CELLS else inputs.made
                into[f"{what}{slot}"] = expression
    unread = functools.reduce(
        lambda a, b: dialect.op("either", (a, b)), inputs.unread, dialect.truth(holds=False)
    )
    return inputs._replace(unread=unread)


_CELLS = ("v", "w", "b", "c", "x")
"""The integers of a column and of its second one, where they are blank; words and truths."""


class _Cells:
    """The cells of one slot."""

    def __init__(self, dialect: Dialect, column: Column, slot: int) -> None:
        self.x, self.column, self.slot = dialect, column, slot

    def made(self) -> Made:
        """Return the columns of the slot."""
        match source := self.column.source:
            case Numbers():
                yield from self._numbers(source)
            case Pairs():
                yield from self._pairs(source)
            case Words():
                yield from self._words(source)
            case Truths():
                yield from self._truths(source)
            case Fixed():
                yield "n", self._literal(source.number)
            case _:
                assert_never(source)

    def _literal(self, number: int) -> Any:  # noqa: ANN401 - of an engine
        return self.x.literal(number, wide=False)

    def _compare(self, name: str, left: Any, right: int) -> Any:  # noqa: ANN401 - as above
        return self.x.op(name, (left, self._literal(right)))

    def _any(self, *truths: Any) -> Any:  # noqa: ANN401 - as above
        return functools.reduce(lambda a, b: self.x.op("either", (a, b)), truths)

    def _all(self, *truths: Any) -> Any:  # noqa: ANN401 - as above
        return functools.reduce(lambda a, b: self.x.op("both", (a, b)), truths)

    def _no(self, truth: Any) -> Any:  # noqa: ANN401 - as above
        return self.x.op("no", (truth,))

    def _where(self, truth: Any, a: Any, b: Any) -> Any:  # noqa: ANN401 - as above
        return self.x.op("where", (truth, a, b))

    def _absent(self, blank: Any, faults: list[Any]) -> Made:  # noqa: ANN401 - as above
        """Return where a value is missing: blank, where that is not 0, or at fault."""
        missing = [*faults] if self.column.blank is not None else [blank, *faults]
        if self.column.lost:
            yield "l", self._any(self.x.truth(holds=False), *missing)

    def _integers(self, name: str, most: int, called: str, blank: str) -> Made:
        """Return a column's integers, 0 where it is blank, and where that is."""
        cell = self.x.named(name)
        number = self.x.integer(cell, most + 1)
        yield called, self._where(self.x.is_null(cell), self._literal(0), number)
        yield blank, self.x.is_null(cell)

    def _named(self, what: str) -> Any:  # noqa: ANN401 - as above
        return self.x.named(f"{what}{self.slot}")

    def _beyond(self, number: Any, most: int) -> Any:  # noqa: ANN401 - as above
        return self._any(self._compare("more", number, most), self._compare("less", number, -most))

    def _numbers(self, source: Numbers) -> Made:
        most = source.reading.most
        yield from self._integers(source.reading.column, most, "v", "b")
        number, blank = self._named("v"), self._named("b")
        faults = []
        if source.least is not None:
            faults.append(self._compare("less", number, source.least))
        if source.most is not None:
            faults.append(self._compare("more", number, source.most))
        if source.zero:  # which a blank is too
            nothing = self._compare("equal", number, 0)
            faults = [self._all(fault, self._no(nothing)) for fault in faults]
        if source.whole > 1:
            rest = self.x.rest(number, source.whole)
            faults.append(self._no(self._compare("equal", rest, 0)))
        unread = self._beyond(number, most)
        yield "n", self._where(self._any(unread, *faults), self._literal(0), number)
        yield from self._absent(blank, faults)
        yield "u", unread

    def _pairs(self, source: Pairs) -> Made:
        most = source.reading.most
        yield from self._integers(source.reading.column, most, "v", "b")
        yield from self._integers(source.reading.of, most, "w", "c")
        top, bottom, no_top, no_bottom = map(self._named, "vwbc")
        blank = self._all(no_top, no_bottom)
        half = self._all(self._any(no_top, no_bottom), self._no(blank))
        unread = self._any(self._beyond(top, most), self._beyond(bottom, most), half)
        there = self._no(self._any(no_top, no_bottom, unread))
        nothing = self._all(self._compare("equal", top, 0), self._compare("equal", bottom, 0))
        fault = self._any(self._compare("less", top, 0), self._compare("less", bottom, 1))
        sound = self._all(there, self._no(fault))
        scaled = self.x.op("mul", (top, self._literal(source.scale)))
        yield "n", self._where(sound, scaled, self._literal(0))
        yield "d", self._where(sound, bottom, self._literal(1))
        yield from self._absent(blank, [self._all(there, fault, self._no(nothing))])
        yield "a", self._all(there, nothing)
        yield "u", unread

    def _words(self, source: Words) -> Made:
        yield "x", self.x.named(source.column)
        cell = self._named("x")
        blank = self.x.is_null(cell)
        number = self._literal(source.otherwise or 0)
        known = [self.x.is_word(cell, word) for word, _ in source.words]
        for (_, place), here in zip(source.words, known, strict=True):
            number = self._where(here, self._literal(place or 0), number)
        yield "n", self._where(blank, self._literal(self.column.blank or 0), number)
        other = self._all(self._no(blank), self._no(self._any(*known)))
        faults = [
            here for (_, place), here in zip(source.words, known, strict=True) if place is None
        ]
        if source.open and source.otherwise is None:
            faults.append(other)
        yield from self._absent(blank, faults)
        unread = self.x.has_margin(cell) if source.open else other
        words = self._no(self.x.is_kind(cell, "words"))
        yield "u", self._any(self._all(self._no(blank), unread), self._all(self._no(blank), words))

    def _truths(self, source: Truths) -> Made:
        yield "x", self.x.named(source.column)
        cell = self._named("x")
        blank = self.x.is_null(cell)
        yield "n", self._where(self.x.is_true(cell), self._literal(1), self._literal(0))
        yield from self._absent(blank, [])
        yield "u", self._all(self._no(blank), self._no(self.x.is_kind(cell, "truths")))


__all__ = ["Span", "inputs_of"]
