"""What stands in the cells: every term of a workbook computed on one facility's whole numbers.

A formula goes into a file together with its result. The results are computed here, with Python's
integers, and what they give for items and total is held against the score before it is written.

Source: docs/en/explanation/live-formulas.md, “The number beside the formula”.

>>> from healthduty.columns.spans import Span
>>> x = Terms()
>>> rate = x.leaf("rate", Span(0, 100))
>>> steps = x.floor(x.most(x.sub(90, rate), 0), 5)
>>> Evaluator(x).values({"rate": 83})[steps.place]
1
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

from healthduty.workbook.formulas_terms import Argument, Term, Terms, Truth

_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "floor": operator.floordiv,
    "least": min,
    "most": max,
    "ge": operator.ge,
    "gt": operator.gt,
    "le": operator.le,
    "lt": operator.lt,
    "eq": operator.eq,
    "ne": operator.ne,
    "both": operator.and_,
    "either": operator.or_,
}


class _Leaf(NamedTuple):
    """Where a leaf's number goes, and its name."""

    place: int
    name: Hashable


class Evaluator:
    """Computes all terms, again and again for another facility."""

    def __init__(self, terms: Terms) -> None:
        """Take the terms as they are by now."""
        self._count = len(terms.made)
        self._constants: list[int] = []
        self._leaves: list[_Leaf] = []
        self._binary: list[tuple[Callable[[Any, Any], Any] | None, Any, int, int, int]] = []
        known: dict[int, int] = {}
        for term in terms.made:
            if term.op == "leaf":
                self._leaves.append(_Leaf(term.place, term.name))
                continue
            self._binary.append(self._row(term, known))

    def _row(
        self, term: Term, known: dict[int, int]
    ) -> tuple[Callable[[Any, Any], Any] | None, Any, int, int, int]:
        if term.op == "among":
            value, *places = term.args
            return None, frozenset(places), term.place, self._at(value, known), -1
        at = [self._at(each, known) for each in term.args]
        if term.op == "where":
            truth, one, other = at
            return None, truth, term.place, one, other
        if term.op == "no":
            return None, None, term.place, at[0], -1
        return _BINARY[term.op], None, term.place, at[0], at[1]

    def _at(self, argument: Argument, known: dict[int, int]) -> int:
        """Return the place of an argument; constants stand behind all terms."""
        if isinstance(argument, Term):
            return argument.place
        if argument not in known:
            known[argument] = self._count + len(self._constants)
            self._constants.append(argument)
        return known[argument]

    def values(self, leaves: Mapping[Hashable, int | bool]) -> list[Any]:
        """Return what every term is, at its place, for the numbers of one facility."""
        values: list[Any] = [0] * self._count
        values += self._constants
        for place, name in self._leaves:
            values[place] = leaves[name]
        for step, extra, place, a, b in self._binary:
            if step is not None:
                values[place] = step(values[a], values[b])
            elif extra is None:
                values[place] = not values[a]
            elif b < 0:
                values[place] = values[a] in extra
            else:
                values[place] = values[a] if values[extra] else values[b]
        return values


def value_at(values: list[Any], thing: Argument | Truth) -> Any:  # noqa: ANN401 - a number or a truth
    """Return what a term is among the values, or the constant that it is."""
    return values[thing.place] if isinstance(thing, Term) else thing
