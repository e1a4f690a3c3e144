"""Money that follows the score: per-head amount × population × the tier's coefficient.

Source: vocabulary “Funding policy”; row E1 (1.25 yuan a head; ≥ 80 all, 60–80 70 %, below 60
or with a breach of discipline 50 %).

>>> policy = FundingPolicy(
...     "coordination", "协管经费", per_head="1.25", tiers=(Tier(80, 1), Tier(None, "0.5"))
... )
>>> policy.tiers[0].share
Fraction(1, 1)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.rules.condition import Condition
from healthduty.rules.threshold import to_number, to_optional_number


@attrs.frozen
class Tier:
    """The coefficient for totals from `low` points up to the tier above; None has no bound."""

    low: Fraction | None = attrs.field(converter=to_optional_number)
    share: Fraction = attrs.field(converter=to_number)
    low_in: bool = attrs.field(default=True, kw_only=True)


@attrs.frozen
class Override:
    """A condition that lowers the coefficient to `share` whatever the total (违法违纪拨付50%)."""

    when: Condition
    share: Fraction = attrs.field(converter=to_number)
    text: str = ""


def _to_tiers(tiers: Iterable[Tier]) -> tuple[Tier, ...]:
    return tuple(tiers)


def _to_overrides(overrides: Iterable[Override]) -> tuple[Override, ...]:
    return tuple(overrides)


@attrs.frozen
class FundingPolicy:
    """One pool of money: yuan per head and per facility, tiers best first, overrides.

    Money is `(per_head × population + fixed) × share`, rounded to the fen, half up. An override
    never raises the coefficient.
    """

    code: str
    name: str = ""
    per_head: Fraction = attrs.field(default=Fraction(0), kw_only=True, converter=to_number)
    fixed: Fraction = attrs.field(default=Fraction(0), kw_only=True, converter=to_number)
    tiers: tuple[Tier, ...] = attrs.field(kw_only=True, converter=_to_tiers)
    overrides: tuple[Override, ...] = attrs.field(default=(), kw_only=True, converter=_to_overrides)
