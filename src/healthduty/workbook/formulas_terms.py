"""The arithmetic of formulas: what an engine computes, kept as terms that a cell can hold.

The engine that scores columns is written over an arithmetic: numbers in blocks, or intervals that
prove how wide they get. Here it meets a third one. Every step becomes a `Term`: what is done, to
which terms, and between what numbers the result can lie. The same step on the same terms is one
term, so that what a sheet shows twice is computed in one cell.

A spreadsheet has nothing but doubles. All terms are whole numbers, and as long as every number on
the way stays below `MOST`, sums and products are exact and INT(a/b) is the true quotient; a term
that may leave that range is `wide`, and what needs it is written as a value.

Source: docs/en/explanation/live-formulas.md; “live formulas”.

>>> x = Terms()
>>> rate = x.leaf("rate", Span(0, 100))
>>> steps = x.floor(x.most(x.sub(90, rate), 0), 5)
>>> steps.op, steps.span, x.floor(x.most(x.sub(90, rate), 0), 5) is steps
('floor', Span(lo=0, hi=18), True)
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import NamedTuple

from healthduty.columns.spans import Key, Proof, Span, compared
from healthduty.scoring.ops import AT_LEAST, AT_MOST, LESS, MORE

MOST = 10**13
"""Whole numbers of a formula stay below this: no program rounds, cuts or evens them out there."""

_SPACE = ("space", 0)


class Term:
    """One step of a computation, or a number or truth that stands in a cell (`leaf`).

    `args` are terms and constants; `key` is the amount, condition or settling that needed it
    first. A truth has the span 0 to 1.
    """

    __slots__ = ("args", "key", "name", "op", "place", "span", "truth", "wide")

    def __init__(  # noqa: PLR0913 - the fields of a record
        self,
        place: int,
        op: str,
        args: tuple[Argument, ...],
        span: Span,
        *,
        truth: bool,
        wide: bool,
        key: Key | None = None,
        name: Hashable = None,
    ) -> None:
        """Keep what it is; `Terms` makes them."""
        self.place, self.op, self.args, self.span = place, op, args, span
        self.truth, self.wide, self.key, self.name = truth, wide, key, name

    def __repr__(self) -> str:
        """Return the step, for whoever debugs."""
        return f"<{self.op} {self.place} {self.span.lo}…{self.span.hi}>"


Argument = Term | int
Number = Term | int
Truth = Term | bool


class Slot(NamedTuple):
    """What stands for a slot of the plan: numerator, denominator, and where it is absent."""

    num: Number
    den: Number
    lost: Truth = False
    na: Truth = False


def span_of(number: Number) -> Span:
    """Return between what a term lies."""
    return Span(number, number) if isinstance(number, int) else number.span


def is_wide(thing: object) -> bool:
    """Return whether a term may leave what a spreadsheet computes exactly."""
    return isinstance(thing, Term) and thing.wide


class Terms:
    """Arithmetic on terms; it takes the place of a `columns.spans.Proof`, call for call."""

    proves = True

    def __init__(self) -> None:
        """Start with nothing; slots are put in by `slots`."""
        self.made: list[Term] = []
        self.slots: Mapping[int, Slot] = {}
        self.kept: dict[tuple[str, int], Number | Truth] = {}
        self._known: dict[tuple[object, ...], Term] = {}
        self._open: list[Key] = []
        # Spans are worked out by the very proof that the lanes of columns rest on.
        self._proof = Proof({}, {})
        self._proof.open(_SPACE)

    # --- making ------------------------------------------------------------------------------

    def leaf(self, name: Hashable, span: Span, *, truth: bool = False) -> Term:
        """Return the term of a number (or truth) that stands in a cell of its own."""
        return self._term("leaf", (), span, truth=truth, name=name)

    def _term(
        self,
        op: str,
        args: tuple[Argument, ...],
        span: Span,
        *,
        truth: bool = False,
        name: Hashable = None,
    ) -> Term:
        key = (op, name, *(arg if isinstance(arg, int) else (arg.place,) for arg in args))
        known = self._known.get(key)
        if known is None:
            wide = span.hi >= MOST or span.lo <= -MOST or any(map(_is_far, args))
            place, asker = len(self.made), self._open[-1] if self._open else None
            known = Term(place, op, args, span, truth=truth, wide=wide, key=asker, name=name)
            self.made.append(known)
            self._known[key] = known
        return known

    def _step(self, op: str, a: Number, b: Number) -> Number:
        """Return a step of two numbers, of which the proof says between what it lies."""
        result = getattr(self._proof, op)(span_of(a), span_of(b))
        if isinstance(a, int) and isinstance(b, int):
            return int(result.lo)
        return self._term(op, (a, b), result)

    # --- what stands in the cells ------------------------------------------------------------

    def open(self, key: Key) -> None:
        """Begin what a cell's label names: an amount, a condition, the settling."""
        self._open.append(key)

    def close(self) -> None:
        """End it."""
        self._open.pop()

    def current(self) -> Key:
        """Return what was begun last and has not ended."""
        return self._open[-1]

    def num(self, slot: int) -> Number:
        """Return a slot's numerator."""
        return self.slots[slot].num

    def den(self, slot: int) -> Number:
        """Return a slot's denominator, which is above 0."""
        return self.slots[slot].den

    def lost(self, slot: int) -> Truth:
        """Return where a slot's value is missing or at fault."""
        return self.slots[slot].lost

    def na(self, slot: int) -> Truth:
        """Return where a slot is not applicable."""
        return self.slots[slot].na

    # --- arithmetic --------------------------------------------------------------------------

    def add(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002 - as a block
        """Return a + b."""
        if a == 0 and isinstance(a, int):
            return b
        return a if b == 0 and isinstance(b, int) else self._step("add", a, b)

    def sub(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002 - as above
        """Return a − b."""
        return a if b == 0 and isinstance(b, int) else self._step("sub", a, b)

    def mul(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002 - as above
        """Return a × b."""
        if isinstance(a, int):
            a, b = b, a
        if isinstance(b, int) and b in (0, 1):
            return a if b else 0
        return self._step("mul", a, b)

    def floor(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002 - as above
        """Return a ÷ b rounded down; b is above 0."""
        return a if b == 1 and isinstance(b, int) else self._step("floor", a, b)

    def least(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002 - as above
        """Return the smaller; where the spans tell already which it is, that one."""
        one, two = span_of(a), span_of(b)
        if one.hi <= two.lo:
            return a
        return b if two.hi <= one.lo else self._step("least", a, b)

    def most(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002 - as above
        """Return the larger; where the spans tell already which it is, that one."""
        one, two = span_of(a), span_of(b)
        if one.lo >= two.hi:
            return a
        return b if two.lo >= one.hi else self._step("most", a, b)

    def where(self, truth: Truth, a: Number, b: Number) -> Number:
        """Return a where it holds, else b."""
        if isinstance(truth, bool):
            return a if truth else b
        if a is b or (isinstance(a, int) and isinstance(b, int) and a == b):
            return a
        one, two = span_of(a), span_of(b)
        span = Span(min(one.lo, two.lo), max(one.hi, two.hi))
        return self._term("where", (truth, a, b), span)

    def without(self, truth: Truth, a: Number) -> Number:
        """Return a, and 0 where it holds."""
        return self.where(truth, 0, a)

    def limited(self, place: int, amount: Number, cap: int, room: Number | None) -> Number:  # noqa: ARG002 - as above
        """Return an amount cut to its cap, and to a room that is fixed."""
        if isinstance(room, int):
            cap = min(cap, max(room, 0))
        return self.least(amount, cap)

    # --- truths ------------------------------------------------------------------------------

    def compare(self, comparator: int, a: Number, b: Number) -> Truth:
        """Return where a stands in the relation to b; codes as in `ops`."""
        if isinstance(a, int) and isinstance(b, int):
            return compared(comparator, a, b)
        told = _told(comparator, span_of(a), span_of(b))
        return self._truth(_RELATIONS[comparator], a, b) if told is None else told

    def _truth(self, op: str, *args: Argument) -> Term:
        return self._term(op, args, Span(0, 1), truth=True)

    def differs(self, a: Number) -> Truth:
        """Return where a is not 0."""
        return a != 0 if isinstance(a, int) else self._truth("ne", a, 0)

    def among(self, a: Number, places: Collection[int]) -> Truth:
        """Return where a is one of some integers."""
        if isinstance(a, int):
            return a in places
        return self._truth("among", a, *sorted(places))

    def both(self, a: Truth, b: Truth) -> Truth:
        """Return where both hold."""
        if isinstance(a, bool):
            return b if a else False
        if isinstance(b, bool):
            return a if b else False
        return a if a is b else self._truth("both", a, b)

    def either(self, a: Truth, b: Truth) -> Truth:
        """Return where either holds."""
        if isinstance(a, bool):
            return True if a else b
        if isinstance(b, bool):
            return True if b else a
        return a if a is b else self._truth("either", a, b)

    def no(self, a: Truth) -> Truth:
        """Return where it does not hold."""
        if isinstance(a, bool):
            return not a
        if a.op == "no":
            (inner,) = a.args
            assert isinstance(inner, Term)  # noqa: S101 - a constant is turned round at once
            return inner
        return self._truth("no", a)

    # --- results -----------------------------------------------------------------------------

    def wants(self, what: str, place: int) -> bool:  # noqa: ARG002 - of any node
        """Return whether a result is kept: a sheet shows all of them."""
        return True

    def keep(self, what: str, place: int, value: Number | Truth) -> None:
        """Keep a result, for a cell of its own."""
        self.kept[what, place] = value


_RELATIONS = ("ge", "gt", "le", "lt", "eq")


def _is_far(argument: Argument) -> bool:
    if isinstance(argument, int):
        return not -MOST < argument < MOST
    return argument.wide


def _told(comparator: int, one: Span, two: Span) -> bool | None:
    """Return what the spans say of a comparison; None where they leave it open."""
    if comparator in (AT_LEAST, LESS):
        if one.lo >= two.hi:
            return comparator == AT_LEAST
        return None if one.hi >= two.lo else comparator == LESS
    if comparator in (AT_MOST, MORE):
        if one.hi <= two.lo:
            return comparator == AT_MOST
        return None if one.lo <= two.hi else comparator == MORE
    return False if one.hi < two.lo or one.lo > two.hi else None
