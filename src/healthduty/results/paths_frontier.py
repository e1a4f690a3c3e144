"""The frontier: every total that can be reached before the deadline, and the least price of it.

The price of a plan is first its money, then how many measures move, then by how many units.
Where more would have to be looked at than was agreed, the frontier is thinned and says so: a
plan is a real one all the same, and beside it stands what no plan can cost less than.

Source: “exact, with costs per unit of a measure where given (else the fewest
measures moved)”.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import attrs

from healthduty.results.paths_effects import Board, Cluster, Places
from healthduty.results.paths_moves import Mover
from healthduty.results.paths_places import MOST_TOGETHER, Candidates
from healthduty.results.paths_settling import FACT, TOTAL, ZEROED, Settler
from healthduty.results.paths_tables import Axis, Budget, Picks, Table, TooMuchError
from healthduty.scoring.conditions import condition
from healthduty.scoring.facts import Facts
from healthduty.scoring.ops import LogicOp
from healthduty.scoring.outcome import outcome

MOST_LOOKS = 3_000_000
"""Pairs of choices that are looked at before a frontier is thinned: some seconds."""

_WIDTHS = (300, 100, 30, 8)
"""To how many choices tables are thinned, until the work fits."""

Moves = Mapping[str, tuple[Mover, int]]


@attrs.frozen(order=True)
class Price:
    """What a plan costs: yuan (or whatever the costs are in), measures that move, units.

    Prices compare in this order.
    """

    money: Fraction
    measures: int
    units: Fraction


class Reached(NamedTuple):
    """A total that can be reached, its grade, the price, and the moves that make it."""

    price: int
    total: Fraction
    grade: str | None
    picks: Picks


class Frontier:
    """What can be reached from where a record stands.

    `exact` says that everything was looked at; `covered` that, where it was not, `hopeful` has
    something at least as good and as cheap as whatever was left out.
    """

    def __init__(
        self,
        board: Board,
        movers: Sequence[Mover],
        costs: Mapping[str, Fraction] | None,
        most: int = MOST_LOOKS,
        *,
        worst: bool = False,
    ) -> None:
        """Find every total and its least price; thinned where that would be too much.

        Without `costs` nothing has a price, and only the best (or the `worst`) is found.
        """
        self.board, self.costs, self.worst = board, costs or {}, worst
        self.clusters = board.clusters(movers)
        self.exact = self.covered = True
        self._choices: list[list[list[int]]] = []
        candidates = Candidates(board)
        for cluster in self.clusters:
            places, whole = candidates.all_of(cluster)
            self.exact &= whole
            self.covered &= whole
            self._choices.append(places)
        self._thin_clusters()
        self._prices = _Prices(self.clusters, self._choices, self.costs)
        self._price = _free if costs is None else self._prices.of
        self.reached = self._search(most)

    def _thin_clusters(self) -> None:
        """Leave out places of clusters that have too many together."""
        for places in self._choices:
            while math.prod(map(len, places)) > MOST_TOGETHER:
                self.exact = self.covered = False
                longest = max(places, key=len)
                longest[:] = longest[::2]
        for cluster, places in zip(self.clusters, self._choices, strict=True):
            for mover, kept in zip(cluster.movers, places, strict=True):
                kept[:] = sorted({*kept, mover.start})

    def _tables(self, settler: Settler) -> list[Table]:
        return [
            settler.table(index, itertools.product(*places), self._price)
            for index, places in enumerate(self._choices)
        ]

    def _search(self, most: int) -> list[Reached]:
        """Return what can be reached; the hopeful frontier too where it had to be thinned."""
        self.hopeful: list[Reached] = []
        budgets = [Budget(most), *(Budget(most, width) for width in _WIDTHS)]
        for budget in budgets:
            try:
                found = self._run(budget)
            except TooMuchError:
                self.exact = False
                continue
            if budget.width is not None:
                try:
                    self.hopeful = self._run(Budget(most, budget.width, hopeful=True))
                except TooMuchError:
                    self.covered = False
            return found
        self.covered = False
        return [self._standing()]

    def _standing(self) -> Reached:
        """Return where the record stands: what can always be had."""
        base = self.board.base
        facts = Facts(self.board.prepared.absent, base.computed.holds)
        settled = base.settled
        found = outcome(
            self.board.plan,
            self.board.record,
            facts,
            settled.inside,
            settled.beyond,
            settled.earned,
        )
        return Reached(0, Fraction(found.total or 0), found.grade, None)

    def _run(self, budget: Budget) -> list[Reached]:
        settler = Settler(self.board, self.clusters, worst=self.worst)
        table = settler.settled(self._tables(settler), budget)
        fixed = {axis: value for axis, value in settler.fixed.items() if axis.kind in _LAST}
        return [
            Reached(price, total, grade, picks)
            for values, (price, picks) in table.entries.items()
            for total, grade in self._outcome(
                {**fixed, **dict(zip(table.axes, values, strict=True))}
            )
        ]

    def _outcome(self, values: Mapping[Axis, int]) -> Iterator[tuple[Fraction, str | None]]:
        """Return total and grade after vetoes; nothing where they can't be told."""
        plan, base = self.board.plan, self.board.base
        holds, inside = list(base.computed.holds), list(base.settled.inside)
        beyond = list(base.settled.beyond)
        earned = 0
        for axis, value in values.items():
            if axis.kind == FACT:
                holds[axis.place] = bool(value)
            elif axis.kind == ZEROED:
                inside[axis.place], beyond[axis.place] = value, 0
            else:
                earned = value
        for place, op in enumerate(plan.conditions):
            if isinstance(op, LogicOp) and place not in self.board.unheld:
                holds[place] = condition(op, [], [], holds)
        facts = Facts(self.board.prepared.absent, holds)
        found = outcome(plan, self.board.record, facts, inside, beyond, earned)
        if found.total is not None:
            yield Fraction(found.total), found.grade

    def price(self, entry: int) -> Price:
        """Return a price as money, measures and units."""
        return self._prices.split(entry)

    def moves(self, picks: Picks) -> dict[str, tuple[Mover, int]]:
        """Return the measures that move, and where to."""
        found: dict[str, tuple[Mover, int]] = {}
        stack = [picks]
        while stack:
            pick = stack.pop()
            if pick is None:
                continue
            if isinstance(pick[0], int):
                index, places = pick
                for mover, place in zip(self.clusters[index].movers, places, strict=True):
                    if place != mover.start:
                        found[mover.code] = (mover, place)
            else:
                stack.extend(pick)
        return found


_LAST = frozenset((TOTAL, FACT, ZEROED))


class _Prices:
    """Prices as whole numbers that add up and compare like money, measures, units."""

    def __init__(
        self,
        clusters: Sequence[Cluster],
        choices: Sequence[Sequence[Sequence[int]]],
        costs: Mapping[str, Fraction],
    ) -> None:
        units = {
            mover.code: {place: mover.units(place) for place in places}
            for cluster, group in zip(clusters, choices, strict=True)
            for mover, places in zip(cluster.movers, group, strict=True)
        }
        money = {
            code: {place: costs.get(code, Fraction(0)) * count for place, count in known.items()}
            for code, known in units.items()
        }
        self.unit = _common(units)
        self.coin = _common(money)
        self.radix = 1 + sum(int(max(known.values()) * self.unit) for known in units.values())
        self.measures = 1 + len(units)
        self.known = {
            code: {
                place: self._packed(money[code][place], int(bool(count)), count)
                for place, count in known.items()
            }
            for code, known in units.items()
        }
        self.codes = [[mover.code for mover in cluster.movers] for cluster in clusters]

    def _packed(self, money: Fraction, moved: int, units: Fraction) -> int:
        coins = int(money * self.coin)
        return (coins * self.measures + moved) * self.radix + int(units * self.unit)

    def of(self, index: int, places: Places) -> int:
        """Return the price of a cluster's places."""
        known = self.known
        return sum(
            known[code][place] for code, place in zip(self.codes[index], places, strict=True)
        )

    def split(self, price: int) -> Price:
        """Return what was packed."""
        rest, units = divmod(price, self.radix)
        coins, measures = divmod(rest, self.measures)
        return Price(Fraction(coins, self.coin), measures, Fraction(units, self.unit))


def _free(_: int, __: Places) -> int:
    return 0


def _common(numbers: Mapping[str, Mapping[int, Fraction]]) -> int:
    """Return what makes all of the numbers whole."""
    return math.lcm(*(each.denominator for known in numbers.values() for each in known.values()))
