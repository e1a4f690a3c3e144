"""Shares that add up: one amount divided among several, to the last unit of it.

Each gets the whole units of its exact share; what is left goes, one unit each, to those whose
shares were cut the most (largest remainder). Of equal remainders the heavier weight comes first,
of equal weights the one that is written first.

Source: “largest remainder, so that the parts add up” and “to the fen”.

>>> [str(share) for share in divide_out(100, [1, 1, 1])]
['34', '33', '33']
>>> [show(share) for share in divide_out("0.05", [3, 2, 0], places=2)]
['0.03', '0.02', '0']
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from healthduty.errors import RuleError
from healthduty.exact import Number, show, to_fraction


def divide_out(
    total: Number, weights: Sequence[Number], *, places: int = 0
) -> tuple[Fraction, ...]:
    """Divide a total by weights into multiples of 10^−places that add up to it exactly.

    Of two weights the heavier never gets less, and a weight that grows alone never gets less
    than before. A weight of 0 gets nothing.

    Raises:
        RuleError: a total that is negative or no multiple of the unit, a negative weight, or
            only weights of 0 for a total above 0.
        NumberError: what is no number.
    """
    amount = to_fraction(total, "the total")
    heavy = [to_fraction(weight, f"weight {place}") for place, weight in enumerate(weights, 1)]
    units = amount * 10**places
    _refuse(amount, units, heavy, places)
    if not units:
        return (Fraction(0),) * len(heavy)
    whole = sum(heavy)
    exact = [units * weight / whole for weight in heavy]
    floors = [share.numerator // share.denominator for share in exact]
    order = sorted(
        range(len(heavy)),
        key=lambda place: (exact[place] - floors[place], heavy[place], -place),
        reverse=True,
    )
    for place in order[: int(units) - sum(floors)]:
        floors[place] += 1
    return tuple(Fraction(share, 10**places) for share in floors)


def _refuse(amount: Fraction, units: Fraction, weights: Sequence[Fraction], places: int) -> None:
    """Refuse what can't be divided out."""
    if amount < 0:
        raise RuleError(f"`{show(amount)}` is negative: nothing can be shared out of it")
    if units.denominator != 1:
        raise RuleError(
            f"`{show(amount)}` is no multiple of {show(Fraction(1, 10**places))}:"
            " shares of that size can't add up to it"
        )
    for place, weight in enumerate(weights, 1):
        if weight < 0:
            raise RuleError(f"weight {place} is `{show(weight)}`: a share can't be negative")
    if units and not any(weights):
        raise RuleError(f"nobody has a share in `{show(amount)}`: every weight is 0")
