"""Tables of what can be had for what: the frontier of a group of moves, joined step by step.

An entry is a choice of moves: its price, and what it makes on each **axis** (what an item loses,
what a section earns, whether a veto's fact is there). An entry that costs as much as another one
or more, and is nowhere better, is dropped. Where a table grows beyond what can be looked at, it
is thinned in two ways: once to choices that there really are, once to choices that are at least
as good and as cheap as what was left out; the truth lies between the two.

Source: “the curve score → least cost”, “exact”.

>>> axis = Axis("sum", 0)
>>> one = Table((axis,), {(0,): (0, None), (5,): (2, None), (4,): (3, None)}).pruned()
>>> sorted(one.entries)
[(0,), (5,)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from healthduty.rules.measure import Word

Values = tuple[int, ...]
Picks = Any
"""What was chosen: nothing, one cluster's places, or a pair of choices."""


class Join(Word):
    """How two choices make one on an axis."""

    SUM = "sum"
    MOST = "most"
    LEAST = "least"
    ANY = "any"


class Axis(NamedTuple):
    """What is counted where; `way` is 1 where more is better, −1 where less is, else 0."""

    kind: str
    place: int
    at: int = -1
    join: Join = Join.SUM
    way: int = 1


_JOINS: dict[Join, Callable[[int, int], int]] = {
    Join.SUM: lambda one, other: one + other,
    Join.MOST: max,
    Join.LEAST: min,
    Join.ANY: lambda one, other: one or other,
}


class TooMuchError(ArithmeticError):
    """More would have to be looked at than was agreed."""


class Budget:
    """How much may be looked at, and what happens then.

    Without a `width` too much is an error; with one, tables are thinned to about so many entries,
    to real choices or (`hopeful`) to ones that are at least as good.
    """

    def __init__(self, most: int, width: int | None = None, *, hopeful: bool = False) -> None:
        """Start with nothing looked at."""
        self.most, self.width, self.hopeful, self.spent = most, width, hopeful, 0

    def spend(self, looks: int) -> None:
        """Count looks."""
        self.spent += looks
        if self.spent > self.most:
            raise TooMuchError(self.spent)


class Table:
    """Entries by what they make on the axes: the least price, and the choice."""

    def __init__(self, axes: tuple[Axis, ...], entries: dict[Values, tuple[int, Picks]]) -> None:
        """Keep axes and entries."""
        self.axes, self.entries = axes, entries

    def joined(self, other: Table, budget: Budget) -> Table:
        """Return all choices of both tables together."""
        budget.spend(len(self.entries) * len(other.entries))
        extra = [place for place, axis in enumerate(other.axes) if axis not in self.axes]
        axes = (*self.axes, *(other.axes[place] for place in extra))
        shared = [
            (place, other.axes.index(axis), _JOINS[axis.join])
            for place, axis in enumerate(self.axes)
            if axis in other.axes
        ]
        if len(axes) == len(shared) == 1 and axes[0].join is Join.SUM:
            return self._summed(other)
        entries: dict[Values, tuple[int, Picks]] = {}
        right = [
            (values, tuple(values[place] for place in extra), *rest)
            for values, rest in other.entries.items()
        ]
        for one, (price, picks) in self.entries.items():
            for two, added, more, chosen in right:
                values = list(one)
                for here, there, join in shared:
                    values[here] = join(values[here], two[there])
                key, cost = (*values, *added), price + more
                known = entries.get(key)
                if known is None or cost < known[0]:
                    entries[key] = (cost, (picks, chosen))
        return Table(axes, entries)

    def _summed(self, other: Table) -> Table:
        """Return what `joined` does, on one axis that is added up: most tables are like this."""
        entries: dict[Values, tuple[int, Picks]] = {}
        prices: dict[int, int] = {}
        right = [(values[0], *rest) for values, rest in other.entries.items()]
        for (one,), (price, picks) in self.entries.items():
            for two, more, chosen in right:
                key, cost = one + two, price + more
                known = prices.get(key)
                if known is None or cost < known:
                    prices[key] = cost
                    entries[(key,)] = (cost, (picks, chosen))
        return Table(self.axes, entries)

    def changed(self, axes: tuple[Axis, ...], change: Callable[[Values], Values]) -> Table:
        """Return the table on other axes: `change` says what an entry makes on them."""
        entries: dict[Values, tuple[int, Picks]] = {}
        for values, (price, picks) in self.entries.items():
            made = change(values)
            known = entries.get(made)
            if known is None or price < known[0]:
                entries[made] = (price, picks)
        return Table(axes, entries)

    def pruned(self, budget: Budget | None = None) -> Table:
        """Return the table less what costs as much as something else and is nowhere better."""
        ways = [place for place, axis in enumerate(self.axes) if axis.way]
        entries: dict[Values, tuple[int, Picks]] = {}
        for group in self._alike(ways):
            kept = list(self._best(group, ways))
            if budget is not None and budget.width is not None and len(kept) > budget.width:
                kept = list(self._thinned(kept, ways, budget))
            for values, price, picks in kept:
                known = entries.get(values)
                if known is None or price < known[0]:
                    entries[values] = (price, picks)
        return Table(self.axes, entries)

    def _alike(self, ways: list[int]) -> Iterable[list[tuple[Values, int, Picks]]]:
        """Return the entries in groups that differ only where there is a better and a worse."""
        groups: dict[Values, list[tuple[Values, int, Picks]]] = {}
        fixed = [place for place in range(len(self.axes)) if place not in ways]
        for values, (price, picks) in self.entries.items():
            key = tuple(values[place] for place in fixed)
            groups.setdefault(key, []).append((values, price, picks))
        return groups.values()

    def _worth(self, values: Values, ways: list[int]) -> Values:
        return tuple(values[place] * self.axes[place].way for place in ways)

    def _best(
        self, group: list[tuple[Values, int, Picks]], ways: list[int]
    ) -> Iterator[tuple[Values, int, Picks]]:
        """Go through what nothing else is better than, at the price; the cheapest first."""
        if not ways:
            yield from group
            return
        ranked = sorted(
            (
                (price, [-each for each in self._worth(values, ways)], values, picks)
                for values, price, picks in group
            ),
            key=lambda entry: entry[:2],
        )
        front: list[list[int]] = []
        for price, worst, values, picks in ranked:
            if any(all(a <= b for a, b in zip(known, worst, strict=True)) for known in front):
                continue
            if len(ways) == 1:
                front = [worst]
            else:
                front = [
                    known
                    for known in front
                    if not all(b <= a for a, b in zip(known, worst, strict=True))
                ]
                front.append(worst)
            yield values, price, picks

    def _thinned(
        self, kept: list[tuple[Values, int, Picks]], ways: list[int], budget: Budget
    ) -> Iterator[tuple[Values, int, Picks]]:
        """Go through fewer entries: every so many-th one, or one that is as good as all of them."""
        assert budget.width is not None  # noqa: S101 - asked before
        size = -(-len(kept) // budget.width)
        for first in range(0, len(kept), size):
            part = kept[first : first + size]
            if not budget.hopeful:
                yield part[0]
                continue
            best = list(part[0][0])
            for place in ways:
                way = self.axes[place].way
                best[place] = max((values[place] for values, _, _ in part), key=way.__mul__)
            yield tuple(best), min(price for _, price, _ in part), None
        if not budget.hopeful and (len(kept) - 1) % size:
            yield kept[-1]  # the furthest that can be reached is never left out
