"""Conditions: what must hold for a rule to speak (无台账, 满意率低于60%, 等级为差).

They serve as a once-only tally, as a band's case, as what a forfeit or a veto waits for, and
as the `when` of any rule.

Source: semantics 3 (comparators: 以上 以下 include the number, 不满 超过 exclude it).

>>> AnyOf((Flag("no_system"), Compare("checks", "<", 1))).conditions[1].comparator
<Comparator.LESS: '<'>
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from typing import assert_never

import attrs

from healthduty.errors import RuleError
from healthduty.rules.measure import to_code, to_names
from healthduty.rules.threshold import Threshold, threshold_measures, to_threshold


class Comparator(enum.StrEnum):
    """How a value is held against a threshold."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="


@attrs.frozen
class Compare:
    """The measure's value stands in this relation to the threshold."""

    measure: str = attrs.field(converter=to_code)
    comparator: Comparator = attrs.field(converter=Comparator)
    threshold: Threshold = attrs.field(converter=to_threshold)


@attrs.frozen
class Flag:
    """The measure is observed as `expected`; for cases, that there was at least one."""

    measure: str = attrs.field(converter=to_code)
    expected: bool = True


@attrs.frozen
class Level:
    """The measure is observed at one of these levels."""

    measure: str = attrs.field(converter=to_code)
    levels: tuple[str, ...] = attrs.field(converter=to_names)


def _to_conditions(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple(conditions)


def _not_empty(_: object, __: object, conditions: tuple[Condition, ...]) -> None:
    if not conditions:
        raise RuleError("a condition of no conditions means nothing")


@attrs.frozen
class AllOf:
    """Every one of the conditions holds (且)."""

    conditions: tuple[Condition, ...] = attrs.field(converter=_to_conditions, validator=_not_empty)


@attrs.frozen
class AnyOf:
    """At least one of the conditions holds (或)."""

    conditions: tuple[Condition, ...] = attrs.field(converter=_to_conditions, validator=_not_empty)


@attrs.frozen
class Not:
    """The condition does not hold."""

    condition: Condition


Condition = Compare | Flag | Level | AllOf | AnyOf | Not
"""The closed union of conditions."""


def condition_measures(condition: Condition | None) -> Iterator[str]:
    """Go through the codes of the measures that a condition reads, in written order."""
    match condition:
        case None:
            return
        case Compare():
            yield condition.measure
            yield from threshold_measures(condition.threshold)
        case Flag() | Level():
            yield condition.measure
        case AllOf() | AnyOf():
            for part in condition.conditions:
                yield from condition_measures(part)
        case Not():
            yield from condition_measures(condition.condition)
        case _:
            assert_never(condition)


def condition_thresholds(condition: Condition | None) -> Iterator[Threshold]:
    """Go through the thresholds that a condition holds values against."""
    match condition:
        case None | Flag() | Level():
            return
        case Compare():
            yield condition.threshold
        case AllOf() | AnyOf():
            for part in condition.conditions:
                yield from condition_thresholds(part)
        case Not():
            yield from condition_thresholds(condition.condition)
        case _:
            assert_never(condition)
