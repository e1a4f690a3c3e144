"""What is counted of a reference while rows go by, group by group, and what it comes to in the end.

A tally holds what its way needs and no more: sums by denominator for means, the two ends for the
best and the worst, distinct values for ranks and percentiles, and who was lacking. Tallies of two
parts of a set are joined to one of both; so a set may come in batches, from anywhere.

Source: semantics 2, 7, 14; the ways of a `Reference`, as `results.figures` works them out.

>>> from healthduty.columns.engine_numpy import Integers
>>> mean = Reference("mean", of="visits", absentees="leave_out")
>>> tally = Tally(mean, Measure("visits"))
>>> numbers = Integers(np.array([3, 5, 4]), 1)
>>> tally.add(Batch(["甲", "乙", "丙"], Groups()), Seen(3, (Part(None, numbers),)))
>>> [each.value for each in tally.freeze(Measure("mean", kind="amount"), [])]
[4]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import attrs

from healthduty.columns.extras import Array, np
from healthduty.columns.references.places import Places, Spread, narrow, places_of, spread_of
from healthduty.columns.references.seen import (
    FAULT,
    MISSING,
    NOT_APPLICABLE,
    Part,
    Seen,
    taken,
)
from healthduty.columns.references.sums import Sums, joined, sum_exactly, sums_of, whole_of
from healthduty.findings import Finding
from healthduty.ranks import Direction
from healthduty.records.record import Plain
from healthduty.results.among import EVERYBODY
from healthduty.results.figure_findings import TOLD, Crowd, Teller
from healthduty.results.figure_values import Shape, is_rate
from healthduty.results.figures import OPPOSITE, Figure
from healthduty.results.references import (
    OWN,
    Absentees,
    Reference,
    Subject,
    Way,
    direction_of,
)
from healthduty.rules.measure import Measure

NAMED = 6
"""So many names are kept: the first five are told, and whether there are more."""


@attrs.frozen(eq=False)
class Groups:
    """The groups that rows are compared in; `codes` tell each row's, −1 where it is not known.

    Without codes all rows are in one group.
    """

    names: tuple[str, ...] = (EVERYBODY,)
    codes: Array | None = None

    def split(self, rows: Array | None) -> Iterator[tuple[str, Array | None]]:
        """Go through the groups of some rows: by name, and which of the rows, in their order.

        None is all of them.
        """
        if self.codes is None:
            yield self.names[0], None
            return
        codes = self.codes if rows is None else self.codes[rows]
        order = np.argsort(codes, kind="stable")
        edges = np.searchsorted(codes[order], np.arange(len(self.names) + 1))
        for code, name in enumerate(self.names):
            if edges[code] < edges[code + 1]:
                yield name, order[edges[code] : edges[code + 1]]

    def unknown(self) -> Array:
        """Return the rows of which the group is not known."""
        return np.flatnonzero(self.codes < 0) if self.codes is not None else np.zeros(0, np.int64)


@attrs.frozen(eq=False)
class Weights:
    """By what each row weighs: integers over `den`, and where it is known."""

    num: Array
    known: Array
    den: int = 1


@attrs.frozen(eq=False)
class Batch:
    """The rows that go by: their names, groups, and weights where they are asked for."""

    names: Sequence[str]
    groups: Groups
    weights: Weights | None = None
    before: int = 0
    """How many rows went by before them."""


@attrs.define(eq=False)
class Met:
    """Units that have something in common: the first by name, and how many there are."""

    first: list[tuple[int, str]] = attrs.Factory(list)
    size: int = 0

    def add(self, names: Sequence[str], rows: Array, before: int) -> None:
        """Add some rows, in their order, of a batch with so many rows before it."""
        more = [(before + row, names[row]) for row in rows[:NAMED].tolist()]
        self.first = sorted([*self.first, *more])[:NAMED]
        self.size += len(rows)

    def join(self, other: Met, before: int) -> None:
        """Add those of the rows behind so many."""
        more = [(before + row, name) for row, name in other.first]
        self.first = [*self.first, *more][:NAMED]
        self.size += other.size

    @property
    def crowd(self) -> Crowd:
        """Return them for telling."""
        return Crowd(tuple(name for _, name in self.first), self.size)


@attrs.frozen(eq=False)
class Frozen:
    """What a reference came to in one group; `units` are those that it was worked out from.

    A unit's own is read off `places`, of which `ranks` are the rank of each value, or how many of
    the others it beats.
    """

    reference: Reference
    group: str
    units: int
    value: Plain = None
    places: Places | None = None
    ranks: Array | None = None

    @property
    def figure(self) -> Figure:
        """Return it as `resolve_references` has it, less what each unit has of its own."""
        return Figure(self.reference, self.group, self.units, self.value)


def _ranks(reference: Reference, subject: Subject, places: Places) -> Array:
    direction: Direction = direction_of(reference, subject)
    if reference.way is Way.PERCENTILE_RANK:
        return places.beaten(direction)
    if reference.way is Way.RANK_FROM_LAST:
        direction = OPPOSITE[direction]
    return places.ranks(direction, reference.ties)


NamesOf = Callable[[Frozen, int], Sequence[str]]
"""Who of a group has a value, by its place among the values."""


@attrs.define(eq=False)
class _OfGroup:
    """What is counted in one group."""

    known: Met = attrs.Factory(Met)
    aside: Met = attrs.Factory(Met)
    missing: Met = attrs.Factory(Met)
    faulty: Met = attrs.Factory(Met)
    fault: str = ""
    bare: Met = attrs.Factory(Met)
    weightless: Met = attrs.Factory(Met)
    tops: Sums = attrs.Factory(dict)
    bottoms: Sums = attrs.Factory(dict)
    spreads: list[Spread] = attrs.Factory(list)

    def join(self, other: _OfGroup, before: int) -> None:
        """Add what was counted of the rows behind so many."""
        for name in ("known", "aside", "missing", "faulty", "bare", "weightless"):
            getattr(self, name).join(getattr(other, name), before)
        self.fault = self.fault or other.fault
        self.tops, self.bottoms = joined(self.tops, other.tops), joined(self.bottoms, other.bottoms)
        self.spreads += other.spreads

    def trim(self) -> None:
        """Keep of all values the ends alone."""
        if len(self.spreads) > 1 or any(len(each.counts) > 2 for each in self.spreads):  # noqa: PLR2004 - the ends
            ends = places_of(self.spreads).ends()
            self.spreads = [Spread(ends.numbers, ends.counts)]


class Tally:
    """What is counted of one reference; it pickles."""

    def __init__(self, reference: Reference, subject: Subject) -> None:
        """Begin with no row."""
        self.reference, self.subject = reference, subject
        self.lost = Met()
        self.rows = 0
        self.groups: dict[str, _OfGroup] = {}

    def add(self, batch: Batch, seen: Seen) -> None:
        """Add rows."""
        batch, groups = attrs.evolve(batch, before=self.rows), batch.groups
        self.rows += seen.length
        self.lost.add(batch.names, groups.unknown(), batch.before)
        for name in _in_order(groups):
            self.groups.setdefault(name, _OfGroup())
        for state in (MISSING, NOT_APPLICABLE, FAULT):
            rows = seen.rows(state)
            for name, at in groups.split(rows) if len(rows) else ():
                self._absent(
                    self.groups[name], state, rows if at is None else rows[at], batch, seen
                )
        for part in seen.parts:
            for name, at in groups.split(part.rows):
                mine = part if at is None else part.taken(at)
                self._known(self.groups[name], mine, batch)

    def join(self, other: Tally) -> None:
        """Add what was counted of the rows behind."""
        self.lost.join(other.lost, self.rows)
        for name, group in other.groups.items():
            self.groups.setdefault(name, _OfGroup()).join(group, self.rows)
            self._trim(self.groups[name])
        self.rows += other.rows

    def _absent(self, of: _OfGroup, state: int, rows: Array, batch: Batch, seen: Seen) -> None:
        met = {MISSING: of.missing, NOT_APPLICABLE: of.aside, FAULT: of.faulty}[state]
        met.add(batch.names, rows, batch.before)
        if state == FAULT and not of.fault:
            of.fault = seen.fault(int(rows[0]))

    def _known(self, of: _OfGroup, part: Part, batch: Batch) -> None:
        length = len(part.numbers.num)
        rows = np.arange(length) if part.rows is None else part.rows
        of.known.add(batch.names, rows, batch.before)
        match self.reference.way:
            case Way.MEAN if is_rate(self.subject):
                self._pool(of, part, rows, batch)
            case Way.MEAN | Way.PLAIN_MEAN:
                of.tops = joined(of.tops, sums_of(part.numbers))
            case Way.WEIGHTED_MEAN:
                self._weigh(of, part, rows, batch)
            case Way.LAST_YEAR:
                pass
            case _:
                of.spreads.append(spread_of(part.numbers))
                self._trim(of)

    def _trim(self, of: _OfGroup) -> None:
        if self.reference.way in (Way.BEST, Way.WORST):
            of.trim()

    @staticmethod
    def _pool(of: _OfGroup, part: Part, rows: Array, batch: Batch) -> None:
        if part.pairs is None:
            of.bare.add(batch.names, rows, batch.before)
            return
        of.tops = joined(of.tops, sums_of(part.pairs[0]))
        of.bottoms = joined(of.bottoms, sums_of(part.pairs[1]))

    @staticmethod
    def _weigh(of: _OfGroup, part: Part, rows: Array, batch: Batch) -> None:
        weights = batch.weights
        assert weights is not None  # noqa: S101 - made where this way is asked for
        told = np.flatnonzero(weights.known[rows])
        if len(told) < len(rows):
            lacking = rows[~weights.known[rows]]
            of.weightless.add(batch.names, lacking, batch.before)
        if len(told):
            mine = weights.num[rows[told]]
            sums = sums_of(taken(part.numbers, told), mine)
            of.tops = joined(of.tops, {den * weights.den: num for den, num in sums.items()})
            of.bottoms = joined(of.bottoms, {weights.den: sum_exactly(mine)})

    # --- in the end ----------------------------------------------------------------------------

    def freeze(
        self, target: Measure, findings: list[Finding], names_of: NamesOf | None = None
    ) -> list[Frozen]:
        """Return what it comes to in each group; where it comes to nothing, findings say why.

        `names_of` says who ties; without it they are counted.
        """
        teller = Teller(self.reference, findings)
        if self.lost.size:
            teller.no_group(self.lost.crowd)
        made = (
            self._frozen(name, group, Shape(self.subject, target, teller), names_of)
            for name, group in self.groups.items()
        )
        return [each for each in made if each is not None]

    def _frozen(
        self, name: str, of: _OfGroup, shape: Shape, names_of: NamesOf | None
    ) -> Frozen | None:
        reference, teller = self.reference, shape.teller
        frozen = Frozen(reference, name, of.known.size)
        if reference.way is Way.LAST_YEAR:
            if of.missing.size:
                teller.newcomers(of.missing.crowd)
            if of.faulty.size:
                teller.old_faults(of.faulty.crowd, of.fault)
            return frozen
        if not self._complete(of, teller):
            return None
        if not of.known.size:
            teller.nobody(name)
            return None
        if reference.way in OWN:
            return self._with_places(frozen, of, teller, names_of)
        value = self._value(of, shape)
        return None if value is None else attrs.evolve(frozen, value=value)

    def _complete(self, of: _OfGroup, teller: Teller) -> bool:
        """Tell whether it can be worked out, naming whoever is lacking or left out."""
        if of.aside.size:
            teller.aside(of.aside.crowd)
        if of.faulty.size:
            teller.faults(of.faulty.crowd, of.fault)
        if of.missing.size:
            teller.missing(of.missing.crowd)
        lacking = of.faulty.size + of.missing.size
        return not lacking or self.reference.absentees is Absentees.LEAVE_OUT

    def _with_places(
        self, frozen: Frozen, of: _OfGroup, teller: Teller, names_of: NamesOf | None
    ) -> Frozen:
        places = places_of(of.spreads)
        ranks = narrow(_ranks(self.reference, self.subject, places))
        frozen = attrs.evolve(frozen, places=places, ranks=ranks)
        if self.reference.way is not Way.PERCENTILE_RANK:
            self._tell_of_ties(frozen, (places, ranks), teller, names_of)
        elif of.known.size == 1:
            teller.alone(of.known.crowd[0])
        return frozen

    @staticmethod
    def _tell_of_ties(
        frozen: Frozen, ranked: tuple[Places, Array], teller: Teller, names_of: NamesOf | None
    ) -> None:
        places, ranks = ranked
        shared = np.flatnonzero(places.counts > 1)
        shared = shared[np.argsort(ranks[shared], kind="stable")]
        ties = [
            (int(ranks[value]), names_of(frozen, value) if names_of else Crowd((), int(count)))
            for value, count in zip(
                shared[:TOLD].tolist(), places.counts[shared[:TOLD]], strict=True
            )
        ]
        teller.ties(ties, len(shared) - len(ties))

    def _value(self, of: _OfGroup, shape: Shape) -> Plain:
        """Return the one value of all; None where they lack what it is worked out from."""
        way, at = self.reference.way, self.reference.at
        match way:
            case Way.MEAN if is_rate(self.subject):
                if of.bare.size:
                    shape.teller.bare(of.bare.crowd)
                    return None
                return shape.pooled(whole_of(of.tops), whole_of(of.bottoms))
            case Way.MEAN | Way.PLAIN_MEAN:
                return shape.number(whole_of(of.tops) / of.known.size)
            case Way.WEIGHTED_MEAN:
                weight = whole_of(of.bottoms)
                if of.weightless.size or not weight:
                    shape.teller.weightless(of.weightless.crowd)
                    return None
                return shape.number(whole_of(of.tops) / weight)
            case _:
                fixed = {Way.MEDIAN: 50, Way.BEST: 100, Way.WORST: 0}
                share = Fraction(fixed.get(way, at or 0))
                direction = direction_of(self.reference, self.subject)
                return shape.number(places_of(of.spreads).percentile(share, direction))


def _in_order(groups: Groups) -> Iterator[str]:
    """Go through the groups in the order in which they first appear."""
    if groups.codes is None:
        yield groups.names[0]
        return
    there, first = np.unique(groups.codes, return_index=True)
    for code in there[np.argsort(first)].tolist():
        if code >= 0:
            yield groups.names[code]
