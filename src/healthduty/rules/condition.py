"""Conditions: what must hold for a rule to speak (无台账, 满意率低于60%, 等级为差).

They serve as a once-only tally, as a band's case, as what a forfeit or a veto waits for, and
as the `when` of any rule.

Source: semantics 3 (comparators: 以上 以下 include the number, 不满 超过 exclude it).

>>> AnyOf((Flag("no_system"), Compare("checks", "<", 1))).conditions[1].comparator
<Comparator.LESS: '<'>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

import attrs

from healthduty.errors import RuleError
from healthduty.rules.measure import Word, to_code, to_levels
from healthduty.rules.threshold import Threshold, threshold_measures, to_threshold
from healthduty.said import Said


class Comparator(Word):
    """How a value is held against a threshold."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="


_OPPOSITES = {
    Comparator.AT_LEAST: Comparator.LESS,
    Comparator.LESS: Comparator.AT_LEAST,
    Comparator.MORE: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.MORE,
}


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
    levels: tuple[str, ...] = attrs.field(converter=to_levels)


def to_condition(condition: Condition) -> Condition:
    """Take a condition in its plainest form, so that what means the same is equal.

    All or any of one condition is that condition; not a flag is the flag otherwise observed,
    not a comparison the opposite one, and not not is nothing.

    >>> to_condition(Not(AllOf((Compare("rate", ">=", 60),))))
    Compare(measure='rate', comparator=<Comparator.LESS: '<'>, threshold=Fraction(60, 1))
    """
    match condition:
        case AllOf(conditions=(only,)) | AnyOf(conditions=(only,)):
            return only
        case Not(condition=Not(condition=inner)):
            return inner
        case Not(condition=Flag() as flag):
            return Flag(flag.measure, expected=not flag.expected)
        case Not(condition=Compare() as held) if held.comparator in _OPPOSITES:
            return Compare(held.measure, _OPPOSITES[held.comparator], held.threshold)
        case _:  # in its plainest form already: what a condition holds went through here
            return condition


def to_when(condition: Condition | None) -> Condition | None:
    """Take what a rule waits for in its plainest form; None where it waits for nothing."""
    return None if condition is None else to_condition(condition)


def _to_members(
    conditions: Iterable[Condition], kind: type[AllOf | AnyOf]
) -> tuple[Condition, ...]:
    """Return the conditions, each once, those of a condition of the same kind among them."""
    # The hashes that this asks for are kept (`cache_hash`): nested conditions cost no more.
    members: dict[Condition, None] = {}
    for condition in map(to_condition, conditions):
        parts = condition.conditions if isinstance(condition, kind) else (condition,)
        members.update(dict.fromkeys(parts))
    return tuple(members)


def _to_all(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    return _to_members(conditions, AllOf)


def _to_any(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    return _to_members(conditions, AnyOf)


def _not_empty(_: object, __: object, conditions: tuple[Condition, ...]) -> None:
    if not conditions:
        raise RuleError(
            Said("a condition of no conditions means nothing", "一个条件也没有，这样的组合没有意义")
        )


@attrs.frozen(cache_hash=True)
class AllOf:
    """Every one of the conditions holds (且)."""

    conditions: tuple[Condition, ...] = attrs.field(converter=_to_all, validator=_not_empty)


@attrs.frozen(cache_hash=True)
class AnyOf:
    """At least one of the conditions holds (或)."""

    conditions: tuple[Condition, ...] = attrs.field(converter=_to_any, validator=_not_empty)


@attrs.frozen(cache_hash=True)
class Not:
    """The condition does not hold."""

    condition: Condition = attrs.field(converter=to_condition)


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
