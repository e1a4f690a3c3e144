"""What changed from one year to the next: an item's points, a measure's value, a facility.

Source: “last year beside this year”, “year over year”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from healthduty.exact import divide, scaled_decimal, to_decimal
from healthduty.model.agreement import Agreement
from healthduty.ranks import total
from healthduty.results.sightings import look
from healthduty.rules.measure import Measure
from healthduty.scoring.face import ItemResult
from healthduty.scoring.sheet import ScoreSheet


@attrs.frozen
class ItemChange:
    """An item of both years, or of one: what it earned, of how many points."""

    number: str
    title: str
    before: ItemResult | None
    after: ItemResult | None

    @property
    def change(self) -> Decimal | None:
        """The points gained, or lost; None where one of them is lacking."""
        return difference(_earned(self.before), _earned(self.after))


@attrs.frozen
class ValueChange:
    """A measure of both years: its numbers in its unit, None where one is lacking."""

    measure: Measure
    before: Fraction | None
    after: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """By how much it grew, in its unit: percentage points of a rate."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@attrs.frozen
class FacilityChange:
    """A facility in both years, or in one: a new one has no sheet before, one that went none after.

    `items` are this year's in written order, then last year's that are no longer there.
    """

    facility: str
    name: str
    before: ScoreSheet | None
    after: ScoreSheet | None
    items: tuple[ItemChange, ...] = attrs.field(default=(), repr=False)

    @property
    def change(self) -> Decimal | None:
        """The points of the total gained, or lost; None where there is none to compare."""
        return difference(total_of(self.before), total_of(self.after))

    @property
    def values(self) -> tuple[ValueChange, ...]:
        """The measures that both agreements know, in this year's order."""
        if self.before is None or self.after is None:
            return ()
        pairs = _measures_of(self.before.agreement, self.after.agreement)
        return tuple(_value_change(old, new, self.before, self.after) for old, new in pairs)


def total_of(sheet: ScoreSheet | None) -> Decimal | None:
    """Return the total of a sheet; None without either."""
    return None if sheet is None else sheet.total


def _earned(item: ItemResult | None) -> Decimal | None:
    return None if item is None else item.earned


def difference(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return by how much a number grew, exactly; None where one is lacking."""
    if before is None or after is None:
        return None
    return to_decimal(Fraction(after) - Fraction(before))


@attrs.frozen
class ItemMean:
    """One item over several facilities: mean points, and the share of the full points in %."""

    number: str
    title: str
    before: Decimal | None
    after: Decimal | None
    share_before: Decimal | None
    share_after: Decimal | None


def means_of(changes: Sequence[FacilityChange]) -> list[ItemMean]:
    """Return every item's means over the facilities that have its points in both years.

    Of an item that only one year has, over those that have its points there; of one facility
    alone whatever is known.
    """
    items: dict[tuple[str, str], list[ItemChange]] = {}
    for change in changes:
        for each in change.items:
            known = items.setdefault((each.number, each.title), [])
            if len(changes) == 1 or _is_known(each):
                known.append(each)
    return [
        ItemMean(
            number,
            title,
            _mean([each.before for each in found]),
            _mean([each.after for each in found]),
            _share([each.before for each in found]),
            _share([each.after for each in found]),
        )
        for (number, title), found in items.items()
    ]


def _is_known(change: ItemChange) -> bool:
    """Tell whether the points are known in each year that has the item."""
    return all(each is None or each.earned is not None for each in (change.before, change.after))


def _known(items: Iterable[ItemResult | None]) -> list[tuple[Fraction, Fraction]]:
    """Return points and full points of the items whose points are known."""
    return [
        (Fraction(each.earned), Fraction(each.full))
        for each in items
        if each is not None and each.earned is not None
    ]


def _mean(items: Sequence[ItemResult | None]) -> Decimal | None:
    known = _known(items)
    return _hundredths(total([points for points, _ in known]), len(known)) if known else None


def _share(items: Sequence[ItemResult | None]) -> Decimal | None:
    known = _known(items)
    full = total([points for _, points in known])
    return _hundredths(100 * total([points for points, _ in known]), full) if full else None


def _hundredths(top: Fraction, bottom: Fraction | int) -> Decimal:
    """Return a quotient to 0.01, half up: a mean of points is shown and decides nothing."""
    value = top / bottom
    return scaled_decimal(divide(value.numerator * 100, value.denominator), 2)


def _measures_of(before: Agreement, after: Agreement) -> Iterator[tuple[Measure, Measure]]:
    """Go through the measures that both know and that mean the same unit."""
    for measure in after.measures:
        old = before.measure(measure.code)
        if old is not None and (old.kind, old.unit) == (measure.kind, measure.unit):
            yield old, measure


def _value_change(old: Measure, new: Measure, before: ScoreSheet, after: ScoreSheet) -> ValueChange:
    return ValueChange(new, look(old, before.record).number, look(new, after.record).number)
