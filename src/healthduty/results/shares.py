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
from healthduty.said import Said


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
    amount = to_fraction(total, Said("the total", "总数"))
    heavy = [
        to_fraction(weight, Said(f"weight {place}", f"第{place}个权重"))
        for place, weight in enumerate(weights, 1)
    ]
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
        raise RuleError(
            Said(
                f"`{show(amount)}` is negative: nothing can be shared out of it",
                f"`{show(amount)}`是负数，不能分配",
            )
        )
    if units.denominator != 1:
        unit = show(Fraction(1, 10**places))
        raise RuleError(
            Said(
                f"`{show(amount)}` is no multiple of {unit}:"
                " shares of that size can't add up to it",
                f"`{show(amount)}`不是{unit}的整数倍，按此单位分不尽",
            )
        )
    for place, weight in enumerate(weights, 1):
        if weight < 0:
            raise RuleError(
                Said(
                    f"weight {place} is `{show(weight)}`: a share can't be negative",
                    f"第{place}个权重为`{show(weight)}`：份额不能是负数",
                )
            )
    if units and not any(weights):
        raise RuleError(
            Said(
                f"nobody has a share in `{show(amount)}`: every weight is 0",
                f"`{show(amount)}`没有单位可分：权重都是0",
            )
        )
