"""Tallies: what an inspector counts before multiplying by the points (每低5%, 每少一次).

Each tally turns an observation into a number that is never negative: steps short of a target,
steps beyond it, how many are lacking, how many cases, or simply once.

Source: semantics 4 (steps: complete unless the text says otherwise), 10 (required counts round
down), 15 (sampling).

>>> StepsBelow("satisfaction", target=90, step=5).counting
<Counting.COMPLETE: 'complete'>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, assert_never

import attrs

from healthduty.errors import RuleError
from healthduty.exact import Number, show, to_fraction
from healthduty.rules.condition import (
    Condition,
    condition_measures,
    condition_thresholds,
    to_condition,
)
from healthduty.rules.measure import Word, name_twice, to_code
from healthduty.rules.threshold import (
    Threshold,
    threshold_measures,
    to_number,
    to_optional_number,
    to_threshold,
)
from healthduty.said import Said


class Counting(Word):
    """How a step that was begun but not completed counts."""

    COMPLETE = "complete"
    """Only complete steps count: the default reading of 每低5%扣."""
    STARTED = "started"
    """A started step counts whole: 不足5%按5%计."""
    PROPORTIONAL = "proportional"
    """Steps count with their fraction: 按比例."""


def _positive(_: object, attribute: attrs.Attribute[Any], value: Fraction | None) -> None:
    if value is not None and value <= 0:
        raise RuleError(
            Said(
                f"{attribute.name} must be above 0, not `{show(value)}`",
                f"`{attribute.name}`必须大于0，不能是`{show(value)}`",
            )
        )


def _not_negative(_: object, attribute: attrs.Attribute[Any], value: Fraction) -> None:
    if value < 0:
        raise RuleError(
            Said(
                f"{attribute.name} must not be negative: `{show(value)}`",
                f"`{attribute.name}`不能是负数：`{show(value)}`",
            )
        )


@attrs.frozen
class _Steps:
    """The fields that steps below and steps above share."""

    measure: str = attrs.field(converter=to_code)
    target: Threshold = attrs.field(kw_only=True, converter=to_threshold)
    step: Fraction | None = attrs.field(
        default=None, kw_only=True, converter=to_optional_number, validator=_positive
    )
    counting: Counting = attrs.field(kw_only=True, converter=Counting)
    relative: bool = attrs.field(default=False, kw_only=True)

    @counting.default
    def _counting_of_step(self) -> str:
        return Counting.PROPORTIONAL if self.step is None else Counting.COMPLETE

    def __attrs_post_init__(self) -> None:
        """Refuse a share of the target that would be counted in steps."""
        if self.step is None and self.counting is not Counting.PROPORTIONAL:
            raise RuleError(
                Said("without a step the tally is proportional", "没有写每多少一档，就是按比例计")
            )
        if self.relative and self.step is None:
            raise RuleError(
                Said(
                    "without a step there is nothing that could be relative",
                    "没有写每多少一档，也就没有目标值的百分比可言",
                )
            )


@attrs.frozen
class StepsBelow(_Steps):
    """Steps by which the value falls short of the target (每低5%).

    `step` is in the measure's unit; with `relative` it is a percentage of the target (a
    percent step on a count). Without a step the tally is the unmet share: (target − value) ÷
    target.
    """


@attrs.frozen
class StepsAbove(_Steps):
    """Steps by which the value exceeds the target (每超1%); fields as `StepsBelow`.

    Without a step the tally is the excess as a share of the target.
    """


@attrs.frozen
class Lacking:
    """How many are lacking of a required number (每少一次): complete steps of `step`.

    A required number that does not come out whole is rounded down. `prorated` takes the share
    of the year that the record's period covers (4 a year ask 2 at the half-year). Where fewer
    were available in a sample than asked, the required number is what was available.
    """

    measure: str = attrs.field(converter=to_code)
    required: Threshold = attrs.field(kw_only=True, converter=to_threshold)
    step: Fraction = attrs.field(
        default=Fraction(1), kw_only=True, converter=to_number, validator=_positive
    )
    prorated: bool = attrs.field(default=False, kw_only=True)


def _to_weights(
    weights: Mapping[str, Number] | Iterable[tuple[str, Number]],
) -> tuple[tuple[str, Fraction], ...]:
    pairs = weights.items() if isinstance(weights, Mapping) else weights
    return tuple((value, to_fraction(weight, f"weight of {value}")) for value, weight in pairs)


@attrs.frozen
class ByAttribute:
    """What a case weighs by one of its attributes: {"serious": 2, "light": 1}.

    With `points=1` on the rule the weights are the points; otherwise they multiply them.
    `otherwise` is the weight of values that are not named; None makes such a case a fault.
    """

    attribute: str
    weights: tuple[tuple[str, Fraction], ...] = attrs.field(converter=_to_weights)
    otherwise: Fraction | None = attrs.field(
        default=None, kw_only=True, converter=to_optional_number
    )

    def __attrs_post_init__(self) -> None:
        """Refuse negative weights, a tally being never negative; no value, and one twice."""
        if any(weight < 0 for _, weight in self.weights) or (self.otherwise or 0) < 0:
            raise RuleError(Said("a case can't weigh less than nothing", "一例的权重不能是负数"))
        if not self.weights:
            raise RuleError(
                Said(
                    f"no value of `{self.attribute}` is weighed: name at least one",
                    f"`{self.attribute}`没有给任何一个值定权重：至少写一个",
                )
            )
        twice = name_twice(value for value, _ in self.weights)
        if twice is not None:
            raise RuleError(
                Said(
                    f"the value `{twice}` of `{self.attribute}` is weighed twice",
                    f"`{self.attribute}`的值`{twice}`定了两次权重",
                )
            )


def _to_pairs(
    pairs: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    return tuple((attribute, value) for attribute, value in items)


@attrs.frozen
class Cases:
    """How many cases were found (每发现一例): complete steps of `step` past the first `free`.

    `by` weighs each case by an attribute, and then there is no step; `where` counts only cases
    with these attributes. The free cases are the first ones as recorded.
    """

    measure: str = attrs.field(converter=to_code)
    free: Fraction = attrs.field(
        default=Fraction(0), kw_only=True, converter=to_number, validator=_not_negative
    )
    step: Fraction = attrs.field(
        default=Fraction(1), kw_only=True, converter=to_number, validator=_positive
    )
    by: ByAttribute | None = attrs.field(default=None, kw_only=True)
    where: tuple[tuple[str, str], ...] = attrs.field(default=(), kw_only=True, converter=_to_pairs)

    def __attrs_post_init__(self) -> None:
        """Refuse an attribute asked for twice, weights in steps, and a part of a free case."""
        attributes = [attribute for attribute, _ in self.where]
        twice = name_twice(attributes)
        if twice is not None:
            raise RuleError(
                Said(
                    f"the attribute `{twice}` is asked for twice: a case has one value",
                    f"个案的`{twice}`要求了两次：一例只有一个值",
                )
            )
        if self.by is not None:
            if self.step != 1:
                raise RuleError(
                    Said(
                        "weighed cases are not counted in steps: leave `step` or `by` out",
                        "按权重计的个案不再分档：`step`和`by`只写一个",
                    )
                )
            if self.by.attribute in attributes:
                raise RuleError(
                    Said(
                        f"all cases with the `{self.by.attribute}` asked for weigh the same:"
                        " leave `by` out and put the weight into the points",
                        f"要求了同一`{self.by.attribute}`的个案，权重都一样：不写`by`，把权重乘进分值",
                    )
                )
        if (self.by or self.where) and self.free.denominator != 1:
            raise RuleError(
                Said(
                    "cases with attributes are free as a whole or not at all:"
                    f" `free` is a whole number, not `{show(self.free)}`",
                    f"分类计的个案，一例要么免扣，要么不免：`free`是整数，不能是`{show(self.free)}`",
                )
            )


@attrs.frozen
class Once:
    """One, where the condition holds (未公示的扣0.5分)."""

    condition: Condition = attrs.field(converter=to_condition)


Tally = StepsBelow | StepsAbove | Lacking | Cases | Once
"""The closed union of tallies."""


def tally_measures(tally: Tally) -> Iterator[str]:
    """Go through the codes of the measures that a tally reads, its own first."""
    match tally:
        case StepsBelow() | StepsAbove():
            yield tally.measure
            yield from threshold_measures(tally.target)
        case Lacking():
            yield tally.measure
            yield from threshold_measures(tally.required)
        case Cases():
            yield tally.measure
        case Once():
            yield from condition_measures(tally.condition)
        case _:
            assert_never(tally)


def tally_thresholds(tally: Tally) -> Iterator[Threshold]:
    """Go through the thresholds of a tally."""
    match tally:
        case StepsBelow() | StepsAbove():
            yield tally.target
        case Lacking():
            yield tally.required
        case Cases():
            return
        case Once():
            yield from condition_thresholds(tally.condition)
        case _:
            assert_never(tally)
