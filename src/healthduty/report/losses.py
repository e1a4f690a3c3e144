"""Where the points went: each indicator over all units, and each unit by indicator.

Source: what a county overview asks first; semantics 1 (exact until it is drawn).

>>> share_class(Decimal(5), Decimal("4.9")), share_class(Decimal(5), Decimal(0))
('lost-1', 'lost-10')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from healthduty.exact import divide, scaled_decimal
from healthduty.scoring.face import ItemResult
from healthduty.scoring.sheet import ScoreSheet

_INDICATOR = "indicator"
_CLASSES = 10
_PLACES = 2


@attrs.frozen
class ItemLoss:
    """What the units lost by one indicator; `told` are those whose points can be told.

    `mean` is in points, to 0.01 half up, and None where of no unit they can be told.
    """

    number: str
    title: str
    full: Decimal
    told: int
    lost: Fraction
    losers: int

    @property
    def mean(self) -> Decimal | None:
        """Points lost by a unit on average."""
        if not self.told:
            return None
        each = self.lost * 10**_PLACES / self.told
        return scaled_decimal(divide(each.numerator, each.denominator), _PLACES)


def indicators_of(sheet: ScoreSheet) -> tuple[ItemResult, ...]:
    """Return the indicators of a sheet: neither the sections around them nor their parts."""
    return tuple(item for item in sheet.items if item.kind == _INDICATOR)


def losses_by_item(sheets: Sequence[ScoreSheet]) -> tuple[ItemLoss, ...]:
    """Return what was lost by each indicator, in written order; one agreement for all sheets."""
    columns = zip(*(indicators_of(sheet) for sheet in sheets), strict=True)
    return tuple(_loss(column) for column in columns)


def _loss(column: Sequence[ItemResult]) -> ItemLoss:
    first = column[0]
    told = Counter((item.full, item.earned) for item in column)
    lost = [
        (Fraction(full) - Fraction(earned), units)
        for (full, earned), units in told.items()
        if earned is not None
    ]
    return ItemLoss(
        number=first.number,
        title=first.title,
        full=first.full,
        told=sum(units for _, units in lost),
        lost=sum((points * units for points, units in lost), start=Fraction(0)),
        losers=sum(units for points, units in lost if points > 0),
    )


def share_class(full: Decimal, earned: Decimal | None) -> str:
    """Return how dark a cell is: nothing lost, then each tenth of its points begun; or unknown."""
    if earned is None:
        return "unknown"
    lost = Fraction(full) - Fraction(earned)
    if lost <= 0 or not full:
        return ""
    begun = -(-lost * _CLASSES // Fraction(full))
    return f"lost-{min(_CLASSES, int(begun))}"
