"""From terms to formulas: which of them get a cell of their own, and what stands in it.

A term that is asked for by name has a cell, and so has one that is needed twice or would make a
formula too long to be read. The others are written into the formula that needs them. Nothing but
functions that every spreadsheet has: INT, MIN, MAX, IF, AND, OR, NOT.

Source: docs/en/explanation/live-formulas.md.

>>> from healthduty.columns.spans import Span
>>> x = Terms()
>>> rate = x.leaf("rate", Span(0, 100))
>>> steps = x.mul(x.floor(x.most(x.sub(90, rate), 0), 5), 50)
>>> laid = lay_out(x, [steps], {"rate": "I8"}, lambda place: f"D{20 + place}")
>>> laid.rows[0].formula, laid.address(steps)
('INT(MAX(90-I8,0)/5)*50', 'D20')
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple

from healthduty.workbook.formulas_terms import Argument, Term, Terms, Truth

_LONGEST = 120
_DEEPEST = 8
_SHORT = 14

_COMPARE, _ADD, _MULTIPLY, _ATOM = range(4)
_SIGNS: Mapping[str, tuple[str, int]] = {
    "add": ("+", _ADD),
    "sub": ("-", _ADD),
    "mul": ("*", _MULTIPLY),
    "ge": (">=", _COMPARE),
    "gt": (">", _COMPARE),
    "le": ("<=", _COMPARE),
    "lt": ("<", _COMPARE),
    "eq": ("=", _COMPARE),
    "ne": ("<>", _COMPARE),
}
_FUNCTIONS: Mapping[str, str] = {
    "least": "MIN",
    "most": "MAX",
    "both": "AND",
    "either": "OR",
    "no": "NOT",
    "where": "IF",
}
_FLAT = frozenset({"least", "most", "both", "either"})


class Helper(NamedTuple):
    """A cell of its own: the term that stands in it, and its formula without the `=`."""

    term: Term
    formula: str


class Laid(NamedTuple):
    """Where terms stand: the helper cells in order, and the place of each."""

    rows: tuple[Helper, ...]
    places: Mapping[int, str]

    def address(self, thing: Argument | Truth) -> str:
        """Return the cell of a term that has one, or the constant that it is."""
        if isinstance(thing, bool):
            return "TRUE" if thing else "FALSE"
        return str(thing) if isinstance(thing, int) else self.places[thing.place]


class _Piece(NamedTuple):
    """A text that stands for a term: how tightly it holds together, and how deep it is."""

    text: str
    tie: int
    depth: int


def lay_out(
    terms: Terms,
    roots: Iterable[Argument | Truth],
    leaves: Mapping[Hashable, str],
    cell: Callable[[int], str],
) -> Laid:
    """Give each root a cell, and whatever else should have one.

    `leaves` are the cells of the leaves, by their names; `cell` is the place of the first, the
    second … cell of a step.
    """
    asked = {root.place for root in roots if isinstance(root, Term)}
    uses = _uses(terms, asked)
    rows: list[Helper] = []
    places: dict[int, str] = {}
    pieces: dict[int, _Piece] = {}
    for term in terms.made:  # arguments were made before what needs them
        if term.place not in uses:
            continue
        if term.op == "leaf":
            places[term.place] = leaves[term.name]
            pieces[term.place] = _Piece(leaves[term.name], _ATOM, 0)
            continue
        piece = _piece(term, pieces)
        shared = uses[term.place] > 1 and len(piece.text) > _SHORT
        if term.place in asked or shared or _is_long(piece):
            places[term.place] = cell(len(rows))
            rows.append(Helper(term, piece.text))
            piece = _Piece(places[term.place], _ATOM, 0)
        pieces[term.place] = piece
    return Laid(tuple(rows), places)


def _is_long(piece: _Piece) -> bool:
    return len(piece.text) > _LONGEST or piece.depth > _DEEPEST


def _uses(terms: Terms, asked: set[int]) -> dict[int, int]:
    """Return how often each term that is needed for the roots is used."""
    uses = dict.fromkeys(asked, 0)
    for term in reversed(terms.made):
        if term.place in uses:
            for argument in term.args:
                if isinstance(argument, Term):
                    uses[argument.place] = uses.get(argument.place, 0) + 1
    return uses


def _piece(term: Term, pieces: Mapping[int, _Piece]) -> _Piece:
    parts = [
        pieces[each.place] if isinstance(each, Term) else _constant(each) for each in term.args
    ]
    depth = max(part.depth for part in parts)
    if term.op in _SIGNS:
        return _infix(term.op, *parts, depth=depth)
    if term.op == "floor":
        top, bottom = parts
        inner = f"{_tied(top, _MULTIPLY)}/{_tied(bottom, _ATOM)}"
        return _Piece(f"INT({inner})", _ATOM, depth + 1)
    if term.op == "among":
        value, *others = parts
        tests = [f"{_tied(value, _ADD)}={other.text}" for other in others]
        text = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        return _Piece(text, _COMPARE if len(tests) == 1 else _ATOM, depth + 1)
    name = _FUNCTIONS[term.op]
    texts = [_flattened(name, part.text) if term.op in _FLAT else part.text for part in parts]
    return _Piece(f"{name}({','.join(texts)})", _ATOM, depth + 1)


def _constant(number: int) -> _Piece:
    return _Piece(str(number), _ATOM if number >= 0 else _ADD, 0)


def _infix(op: str, one: _Piece, two: _Piece, *, depth: int) -> _Piece:
    sign, tie = _SIGNS[op]
    left = _tied(one, _ADD if tie == _COMPARE else tie)
    # What is taken away, and what a comparison is held against, stands for itself.
    right = _tied(two, tie + 1 if op == "sub" or tie == _COMPARE else tie)
    if right.startswith("-"):
        right = f"({right})"
    return _Piece(f"{left}{sign}{right}", tie, depth)


def _tied(piece: _Piece, tie: int) -> str:
    return piece.text if piece.tie >= tie else f"({piece.text})"


def _flattened(name: str, text: str) -> str:
    """Return MIN(a,b) as a,b inside another MIN, where the whole text is one call."""
    start = f"{name}("
    if not text.startswith(start) or not text.endswith(")"):
        return text
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth and character == ")":
            return text[len(start) : -1] if place == len(text) - 1 else text
    return text
