"""The list of cases: which case counts under which rule, and what it weighs there.

A facility's cases stand in rows of their own: measure, number in the file, how many, attributes.
Beside them each rule that weighs cases, or that charges one only once, has its columns: whether
the case counts, its weight, what the rule would charge for it, and what it adds to the tally.
Where a case is charged once, further columns choose: the dearest charge among all rows of the same
number, and whether it is this row and this rule that charges it.

Source: “How a point is lost”, section 2; semantics 6; docs/en/explanation/live-formulas.md.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction

import attrs

from healthduty.columns.spans import Span
from healthduty.records.record import Case, Record
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.scoring.cases import case_list
from healthduty.scoring.ops import Charge, Plan, WeightedSlot
from healthduty.workbook.formulas import WrittenAmounts
from healthduty.workbook.formulas_terms import MOST, Number, Terms, Truth, is_wide, span_of

NO_WEIGHT = -1
"""Stands where a tally has no weight for what a case is."""

MOST_COUNT = 9_999
"""How many alike one row may stand for."""


@attrs.frozen
class CaseTally:
    """What one rule counts of the list: the slot it is read for, and weights as whole numbers.

    `measure` is a place among the list's measures; weights are over `scale`; `otherwise` may be
    `NO_WEIGHT`; the first `free` cases are free.
    """

    place: int
    slot: WeightedSlot
    measure: int
    scale: int
    weights: tuple[tuple[str, int], ...]
    otherwise: int
    free: int

    @property
    def most(self) -> int:
        """The most that one case weighs."""
        return max([self.otherwise, *(weight for _, weight in self.weights), 0])

    @property
    def asks(self) -> bool:
        """Whether it asks for attributes: a bare number does not tell which cases count."""
        return self.slot.tally.by is not None or bool(self.slot.tally.where)

    def bare(self) -> int:
        """Return what is free of a bare number of cases, over the scale."""
        return int(self.slot.tally.free * self.scale)


@attrs.frozen
class CaseList:
    """What an agreement's list of cases has: measures with their labels, attributes, tallies."""

    measures: tuple[Measure, ...]
    labels: tuple[str, ...]
    attributes: tuple[str, ...]
    tallies: tuple[CaseTally, ...]

    @property
    def charges(self) -> tuple[int, ...]:
        """The places of the tallies that charge a case only once."""
        return tuple(
            place for place, tally in enumerate(self.tallies) if tally.slot.charge is not None
        )

    def tally_of(self, slot: int) -> CaseTally:
        """Return the tally that a slot is read for."""
        return next(tally for tally in self.tallies if tally.place == slot)


def case_list_of(plan: Plan) -> CaseList | None:
    """Return an agreement's list of cases; None where no rule asks which cases they are."""
    slots = [
        (place, slot) for place, slot in enumerate(plan.slots) if isinstance(slot, WeightedSlot)
    ]
    measures = tuple(dict.fromkeys(slot.measure for _, slot in slots))
    wanted = [value for _, slot in slots for _, value in slot.tally.where]
    counted = all(measure.kind is not MeasureKind.AMOUNT for measure in measures)
    if not slots or not counted or "" in wanted:  # an empty cell is no attribute that is empty
        return None
    names: dict[str, None] = {}
    for _, slot in slots:
        names |= dict.fromkeys(name for name, _ in slot.tally.where)
        names |= {} if slot.tally.by is None else {slot.tally.by.attribute: None}
    labels = tuple(
        measure.label
        if [each.label for each in measures].count(measure.label) == 1
        else f"{measure.label}（{measure.code}）"
        for measure in measures
    )
    tallies = tuple(_tally(place, slot, measures) for place, slot in slots)
    return CaseList(measures, labels, tuple(names), tallies)


def _tally(place: int, slot: WeightedSlot, measures: tuple[Measure, ...]) -> CaseTally:
    by, free = slot.tally.by, slot.tally.free
    pairs = () if by is None else by.weights
    numbers = [weight for _, weight in pairs]
    numbers += [by.otherwise] if by is not None and by.otherwise is not None else []
    scale = math.lcm(free.denominator, *(number.denominator for number in numbers))
    otherwise = Fraction(1) if by is None else by.otherwise
    return CaseTally(
        place,
        slot,
        measures.index(slot.measure),
        scale,
        tuple((value, int(weight * scale)) for value, weight in pairs),
        NO_WEIGHT if otherwise is None else int(otherwise * scale),
        free.numerator // free.denominator,
    )


# --- what a rule charges for a case --------------------------------------------------------------


def prices_of(terms: Terms, amounts: WrittenAmounts, listed: CaseList) -> tuple[Number, ...] | None:
    """Return what each tally's rule charges for a case, over its weight; None if beyond a cell.

    All are over one denominator, so that charges of several rules can be compared.
    """
    charges = [tally.slot.charge for tally in listed.tallies]
    wholes = [1 if charge is None else _whole(charge) for charge in charges]
    common = math.lcm(
        *(whole * tally.scale for whole, tally in zip(wholes, listed.tallies, strict=True))
    )
    prices: list[Number] = []
    for place, (tally, charge) in enumerate(zip(listed.tallies, charges, strict=True)):
        if charge is None:
            prices.append(0)
            continue
        terms.open(("price", place))
        price = terms.mul(_price(terms, amounts, charge), common // (wholes[place] * tally.scale))
        terms.close()
        prices.append(price)
        if is_wide(price) or span_of(price).hi * max(tally.most, 1) >= MOST:
            return None
    return tuple(prices)


def _whole(charge: Charge) -> int:
    return charge.per_d * math.prod(d for _, _, d in charge.times)


def _price(x: Terms, amounts: WrittenAmounts, charge: Charge) -> Number:
    """Return points × factors while their conditions hold, times the denominators of all."""
    price: Number = charge.per_n
    silent: Truth = False
    for place, n, d in charge.times:
        price = x.where(_held(x, amounts, place), x.mul(price, n), x.mul(price, d))
        silent = x.either(silent, amounts.absence(amounts.plan.condition_reads[place])[0])
    price = x.without(silent, price)
    return price if charge.when < 0 else x.where(_held(x, amounts, charge.when), price, 0)


def _held(x: Terms, amounts: WrittenAmounts, place: int) -> Truth:
    """Return whether a condition holds; one that reads something absent does not."""
    na, lost = amounts.absence(amounts.plan.condition_reads[place])
    return x.both(amounts.tested[place].raw, x.no(x.either(na, lost)))


# --- the cases of a facility ---------------------------------------------------------------------


@attrs.frozen
class Listed:
    """One row of the list: a case of a measure (its place), or an empty row to be filled in."""

    measure: int = -1
    case: Case = attrs.field(factory=Case)
    count: int = 0


def listed_cases(listed: CaseList, record: Record) -> list[Listed]:
    """Return a facility's rows: its cases by measure, as recorded, and one that is empty."""
    rows = [
        Listed(place, case, 1)
        for place, measure in enumerate(listed.measures)
        for case in case_list(record, measure.code) or ()
    ]
    return [*rows, Listed()]


def case_texts(listed: CaseList, rows: list[Listed]) -> list[str]:
    """Return the texts of rows that decide a point: cells must hold them as they are."""
    return [
        text
        for row in rows
        for text in (row.case.id, *(row.case.attribute(name) or "" for name in listed.attributes))
    ]


class CaseValues:
    """What stands in the columns of a facility's cases: the same steps as in the cells.

    A column has a key: what it is, and the place of its measure or tally.
    """

    def __init__(self, listed: CaseList, rows: list[Listed], prices: list[int]) -> None:
        """Compute all columns; `prices` are by tally."""
        self.listed, self.rows, self.prices = listed, rows, prices
        self.columns: dict[Hashable, list[int]] = {"bad": [0] * len(rows)}
        for place in range(len(listed.measures)):
            self.columns["of", place] = [row.count * (row.measure == place) for row in rows]
        for place, tally in enumerate(listed.tallies):
            self._matched(place, tally)
        if listed.charges:
            self._chosen()
        for place, tally in enumerate(listed.tallies):
            self._added(place, tally)

    def sum(self, key: Hashable) -> int:
        """Return the sum of a column."""
        return sum(self.columns[key])

    def under(self, row: int, names: Sequence[str], join: str) -> str:
        """Return the names of the rules under which a row adds to a tally, with `join` between."""
        added = (name for place, name in enumerate(names) if self.columns["adds", place][row] > 0)
        return join.join(added)

    def _matched(self, place: int, tally: CaseTally) -> None:
        known: Mapping[str, int] = dict(tally.weights)
        by, counts, weighs = tally.slot.tally.by, [], []
        for row, count in zip(self.rows, self.columns["of", tally.measure], strict=True):
            case = row.case
            fits = all(case.attribute(name) == value for name, value in tally.slot.tally.where)
            counts.append(count if fits else 0)
            value = "" if by is None else case.attribute(by.attribute) or ""
            weighs.append(known.get(value, tally.otherwise))
        self.columns["counts", place], self.columns["weighs", place] = counts, weighs
        price = self.prices[place]
        self.columns["price", place] = [
            price * max(weight, 0) if count else 0
            for count, weight in zip(counts, weighs, strict=True)
        ]

    def _chosen(self) -> None:
        """Choose, for each number in the file, the row and the rule that charge the case."""
        charges = self.listed.charges
        prices = [self.columns["price", place] for place in charges]
        most = [max(each) for each in zip(*prices, strict=True)]
        ids = [row.case.id for row in self.rows]
        dearest = [
            max(other for other, its in zip(most, ids, strict=True) if its == own) if own else 0
            for own in ids
        ]
        rules = [
            max((each[row] == top) * (len(charges) - rank) for rank, each in enumerate(prices))
            if top
            else 0
            for row, top in enumerate(dearest)
        ]
        first = [
            max(rule for rule, its in zip(rules, ids, strict=True) if its == own) if top else 0
            for own, top in zip(ids, dearest, strict=True)
        ]
        here, seen = [], set()
        for own, rule, winner in zip(ids, rules, first, strict=True):
            wins = rule > 0 and rule == winner and own not in seen
            seen |= {own} if wins else set()
            here.append(int(wins))
        self.columns |= {"most": most, "dearest": dearest, "rule": rules}
        self.columns |= {"first": first, "here": here}

    def _added(self, place: int, tally: CaseTally) -> None:
        counts, weighs = self.columns["counts", place], self.columns["weighs", place]
        kept = counts
        if tally.slot.charge is not None:
            code = len(self.listed.charges) - self.listed.charges.index(place)
            kept = [
                count
                if not row.case.id or not dearest
                else int(here and winner == code and count > 0)
                for row, count, dearest, here, winner in zip(
                    self.rows,
                    counts,
                    self.columns["dearest"],
                    self.columns["here"],
                    self.columns["first"],
                    strict=True,
                )
            ]
        self.columns["kept", place] = kept
        self.columns["adds", place] = [
            paid * max(weight, 0)
            for paid, weight in zip(_past(kept, tally.free), weighs, strict=True)
        ]
        self.columns["lacks", place] = [
            int(weight < 0 and paid > 0)
            for paid, weight in zip(_past(counts, tally.free), weighs, strict=True)
        ]


def _past(counts: list[int], free: int) -> list[int]:
    """Return how many of each row lie past the first free ones."""
    paid, so_far = [], 0
    for count in counts:
        before, so_far = so_far, so_far + count
        paid.append(max(0, so_far - max(free, before)))
    return paid


def weight_span(tally: CaseTally, most: int) -> Span:
    """Return between what so many cases weigh, over the scale."""
    return Span(0, most * max(tally.most, tally.scale))
