"""Money that follows the total: tiers with holes, tiers beside the grades, shares out of range.

Source: vocabulary “Funding policy”; row E1 (from 80 all, from 60 70 %, below 60 half; half, too,
for a breach of discipline).

>>> from healthduty.model.funding import FundingPolicy, Tier
>>> from healthduty.model.indicator import Indicator
>>> policy = FundingPolicy("aid", fixed=100, tiers=(Tier(80, 1), Tier(60, "0.7")))
>>> item = Indicator("1", points=100)
>>> print(*check_tiers(Agreement("示例", parts=(item,), funding=(policy,))))
warning tiers-hole: funding[0].tiers: totals below 60 get no money, and no tier says so
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from healthduty.checks.codes import found
from healthduty.checks.outcomes import begins, grades_of, leaves_hole, too_high
from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.tree import grow, has_total
from healthduty.said import Said, chinese, joined
from healthduty.sources import Place


def check_pools(agreement: Agreement) -> Iterator[Finding]:
    """Yield pools with one code, without money, and shares that are none."""
    for code, count in Counter(policy.code for policy in agreement.funding).items():
        if count > 1:
            message = Said(
                f"{count} pools have the code `{code}`", f"{count}笔经费用同一个代码`{code}`"
            )
            yield found("pool-duplicate", message, place=Place(path="funding"))
    for index, policy in enumerate(agreement.funding):
        place = Place(path=f"funding[{index}]")
        if policy.per_head < 0 or policy.fixed < 0:
            yield found(
                "pool-empty",
                Said(f"pool `{policy.code}` takes money", f"经费`{policy.code}`的金额为负"),
                place=place,
            )
        elif not policy.per_head and not policy.fixed:
            yield found(
                "pool-empty",
                Said(f"pool `{policy.code}` has no money", f"经费`{policy.code}`没有金额"),
                place=place,
            )
        yield from _shares(policy, f"funding[{index}]")


def _shares(policy: FundingPolicy, path: str) -> Iterator[Finding]:
    shares = [(f"tiers[{inner}]", tier.share) for inner, tier in enumerate(policy.tiers)]
    shares += [(f"overrides[{inner}]", each.share) for inner, each in enumerate(policy.overrides)]
    for inner, share in shares:
        if not 0 <= share <= 1:
            yield found(
                "share-out-of-range",
                Said(
                    f"a share of {show(share)} of `{policy.code}`",
                    f"`{policy.code}`的拨付比例写成{show(share)}",
                ),
                place=Place(path=f"{path}.{inner}"),
                hint=Said("write 0.7 for 70 %", "70%写作0.7"),
            )


def check_tiers(agreement: Agreement) -> Iterator[Finding]:
    """Yield tiers with holes, in the wrong order, out of reach, or beside the grades."""
    root = grow(agreement)
    for index, policy in enumerate(agreement.funding):
        path = f"funding[{index}]"
        place = Place(path=f"{path}.tiers")
        yield from _order(policy, path)
        yield from _hole(policy, agreement, place)
        yield from _beside_grades(policy, agreement, path)
        yield from _idle_overrides(policy, path)
        bounds = [(tier.low, tier.low_in) for tier in policy.tiers]
        if has_total(root):
            for inner, why in too_high(bounds, agreement, root):
                tier_place = Place(path=f"{path}.tiers[{inner}]")
                yield found(
                    "tier-unreachable",
                    Said(f"no total gets there: {why}", f"没有总分能达到该档：{chinese(why)}"),
                    place=tier_place,
                )
        elif len(bounds) > 1:
            message = Said(
                f"`{policy.code}` has tiers, but there is no total that they could follow",
                f"`{policy.code}`按总分分档，但责任书没有总分",
            )
            yield found("grades-without-total", message, place=place)


def _order(policy: FundingPolicy, path: str) -> Iterator[Finding]:
    for inner, (upper, lower) in enumerate(pairwise(policy.tiers), start=1):
        why = ""
        if not _stands_above(upper, lower):
            why = Said("begins no lower than the tier above it", "起点不低于上一档")
        elif lower.share > upper.share:
            why = Said(
                f"pays {show(lower.share)}, the tier above it {show(upper.share)}",
                f"拨付{show(lower.share)}，上一档只拨付{show(upper.share)}",
            )
        if why:
            yield found(
                "tiers-order",
                Said(f"the tier {why}", f"该档{chinese(why)}"),
                place=Place(path=f"{path}.tiers[{inner}]"),
            )


def _stands_above(upper: Tier, lower: Tier) -> bool:
    if upper.low is None:
        return False
    if lower.low is None or upper.low > lower.low:
        return True
    return upper.low == lower.low and lower.low_in and not upper.low_in


def _hole(policy: FundingPolicy, agreement: Agreement, place: Place) -> Iterator[Finding]:
    if not policy.tiers:
        yield found(
            "tiers-hole",
            Said(f"pool `{policy.code}` has no tiers", f"经费`{policy.code}`没有分档"),
            place=place,
        )
        return
    last = min(
        policy.tiers, key=lambda tier: (tier.low is not None, tier.low or 0, not tier.low_in)
    )
    if last.low is not None and leaves_hole(last.low, agreement, low_in=last.low_in):
        below = f"{'below' if last.low_in else 'up to'} {show(last.low)}"
        under = f"{show(last.low)}分{'以下（不含）' if last.low_in else '及以下'}"
        yield found(
            "tiers-hole",
            Said(
                f"totals {below} get no money, and no tier says so",
                f"总分{under}不拨款，却没有一档写明",
            ),
            place=place,
        )


def _beside_grades(policy: FundingPolicy, agreement: Agreement, path: str) -> Iterator[Finding]:
    grades = grades_of(agreement)
    bounds = [(grade.low, grade.low_in) for grade in grades if grade.low is not None]
    for inner, tier in enumerate(policy.tiers):
        if not bounds or tier.low is None or (tier.low, tier.low_in) in bounds:
            continue
        listed = joined(begins(low, low_in=low_in) for low, low_in in bounds)
        yield found(
            "tiers-disagree",
            Said(
                f"the tier begins {begins(tier.low, low_in=tier.low_in)}, the grades {listed}",
                f"该档起点为{chinese(begins(tier.low, low_in=tier.low_in))}，等次的起点为"
                f"{listed.zh}",
            ),
            place=Place(path=f"{path}.tiers[{inner}]"),
        )


def _idle_overrides(policy: FundingPolicy, path: str) -> Iterator[Finding]:
    lowest = min((tier.share for tier in policy.tiers), default=None)
    for inner, override in enumerate(policy.overrides):
        if lowest is not None and lowest < override.share <= 1:
            yield found(
                "override-idle",
                Said(
                    f"an override to {show(override.share)} lowers nothing in the lowest tier,"
                    f" which pays {show(lowest)}",
                    f"降到{show(override.share)}的规定对最低一档不起作用，该档本来拨付"
                    f"{show(lowest)}",
                ),
                place=Place(path=f"{path}.overrides[{inner}]"),
            )


FUNDING_CHECKS = (check_pools, check_tiers)
"""Everything about money, in the order in which it is reported."""
