"""Points and what they do: lose, earn or add; where added points count; from what they go.

Source: semantics 5 (from what to what) and 8 (points shown are always decimals).

>>> to_points("0.5"), FULL
(Fraction(1, 2), Share(part=Fraction(1, 1)))
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.errors import RuleError
from healthduty.exact import Number, decimal_places, show, to_fraction
from healthduty.rules.measure import Word
from healthduty.said import Said


class Effect(Word):
    """What the points of a rule do."""

    LOSE = "lose"
    """Taken from what is there: the item starts full."""
    EARN = "earn"
    """Given up to the item's points: the item starts at zero."""
    ADD = "add"
    """Added; `Placement` says where."""


class Placement(Word):
    """Where added points count."""

    INSIDE = "inside"
    """Inside the item's points: they make up for losses, never more."""
    BEYOND = "beyond"
    """On top of the item's points, under the bonus cap of section and agreement."""
    APART = "apart"
    """Reported beside the total, in none of its sums."""


class Reach(Word):
    """From what a rule takes its points."""

    PART = "part"
    """From the part, or the indicator or section, that the rule stands in."""
    INDICATOR = "indicator"
    """From the indicator around the part; may pass the part's points."""
    SECTION = "section"
    """From the section around the indicator; may pass the indicator's points."""
    TOTAL = "total"
    """From the total (从总分中扣)."""


class Pick(Word):
    """Which rules of a group count."""

    ALL = "all"
    BEST = "best"
    """The one that is best for the unit (就高)."""
    WORST = "worst"
    """The dearest one (就低, 不重复扣分)."""


def refuse_idle(effect: Effect, reach: Reach, where: Placement) -> None:
    """Refuse a reach where nothing is lost, and a placement where nothing is added."""
    if effect is not Effect.LOSE and reach is not Reach.PART:
        raise RuleError(
            Said(
                f"`reach` says from what points are lost: leave it out of a rule that {effect}s",
                "`reach`说的是分从哪里扣：不扣分的规则不写",
            )
        )
    if effect is not Effect.ADD and where is not Placement.BEYOND:
        raise RuleError(
            Said(
                f"`where` says where added points count: leave it out of a rule that {effect}s",
                "`where`说的是加的分算在哪里：不加分的规则不写",
            )
        )


def to_points(value: Number) -> Fraction:
    """Convert points: not negative, and a decimal, since points shown are always decimals."""
    points = to_fraction(value, "points")
    if points < 0:
        raise RuleError(
            Said(
                f"points `{show(points)}` are negative: the kind of rule gives the sign",
                f"分值`{show(points)}`是负数：扣还是加由规则的种类决定，分值不写负号",
            )
        )
    if decimal_places(points) is None:
        raise RuleError(
            Said(
                f"points `{points}` are no decimal: points shown are always decimals",
                f"分值`{points}`除不尽：分值要是小数",
            )
        )
    return points


def to_optional_points(value: Number | None) -> Fraction | None:
    """Convert points where there are any."""
    return None if value is None else to_points(value)


def _to_part(value: Number) -> Fraction:
    part = to_fraction(value, "share")
    if not 0 <= part <= 1:
        raise RuleError(
            Said(
                f"a share of the points lies between 0 and 1, not `{show(part)}`",
                f"占分值的比例在0和1之间，不能是`{show(part)}`",
            )
        )
    return part


@attrs.frozen
class Share:
    """A share of the points of the item that the rule stands in; `FULL` is all of them."""

    part: Fraction = attrs.field(converter=_to_part)


FULL = Share(Fraction(1))
"""All points of the item: 得满分 when earned, 不得分 when lost."""

Points = Fraction | Share
"""Points as a number or as a share of the item's points."""


def to_points_or_share(value: Points | Number) -> Points:
    """Take a share as it is and anything else as points; a share of nothing is 0 points."""
    if isinstance(value, Share):
        return value if value.part else Fraction(0)
    return to_points(value)


def to_optional_points_or_share(value: Points | Number | None) -> Points | None:
    """Take a share as it is, anything else as points, where there are any."""
    return None if value is None else to_points_or_share(value)
