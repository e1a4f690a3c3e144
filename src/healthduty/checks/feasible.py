"""Whether a condition can hold at all: a count below 0 can't, nor a rate above 90 % and below 80 %.

A condition is taken apart into alternatives, each a row of (measure, values that it may have);
an alternative in which some measure is left without a value is dropped, and a condition without
alternatives can never hold. What an agreement alone can't tell (a value given with the record, an
open blank) is taken as possible, so the answer “never” is always a proof.

Source: semantics 2, 3; vocabulary “Target” (thresholds by kind of facility).

>>> from healthduty.rules.condition import Compare
>>> visits = Measure("visits", unit="次")
>>> possible([Compare("visits", "<", 0)], {"visits": visits})
False
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.checks.values import NUMERIC_KINDS, Values, compared, domain, is_whole
from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
    condition_thresholds,
)
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold

MOST_TERMS = 64
"""Alternatives that are followed; a condition with more of them is taken as possible."""

Term = Mapping[str, Values]
"""One way in which a condition can hold: what each measure may be then."""

HAPPENED_KINDS = frozenset({MeasureKind.FLAG, MeasureKind.COUNT, MeasureKind.CASES})
"""The kinds of which one can ask whether it happened."""


@attrs.frozen
class Look:
    """The measures by code, and the kind of facility that thresholds are looked up for."""

    measures: Mapping[str, Measure]
    kind: str | None = None

    def number(self, threshold: Threshold | None) -> Fraction | None:
        """Return the number that a threshold is for this kind, or None where it can't be told."""
        match threshold:
            case None | Given() | Multiple() | Blank():
                return None
            case Fraction():
                return threshold
            case ByKind():
                return threshold.of(self.kind)
            case _:
                assert_never(threshold)

    def values(self, condition: Compare | Flag | Level) -> Values | None:
        """Return where a simple condition holds, or None where it can't be told."""
        measure = self.measures.get(condition.measure)
        if measure is None:
            return None
        match condition:
            case Compare():
                number = self.number(condition.threshold)
                if number is None or measure.kind not in NUMERIC_KINDS:
                    return None
                held = compared(condition.comparator, number, whole=is_whole(measure))
            case Flag():
                if measure.kind not in HAPPENED_KINDS:
                    return None
                seen = Values.between(1, None, whole=True)
                held = seen if condition.expected else seen.complement()
            case Level():
                if not set(condition.levels) <= set(measure.levels):
                    return None  # no level measure, or a level that it does not have
                held = level_values(condition.levels, measure)
            case _:
                assert_never(condition)
        return held & domain(measure)

    def where(self, condition: Condition, measure: Measure) -> Values | None:
        """Return the values of a measure at which a condition holds, None if others matter."""
        match condition:
            case Compare() | Flag() | Level():
                return self.values(condition) if condition.measure == measure.code else None
            case Not():
                inner = self.where(condition.condition, measure)
                return None if inner is None else domain(measure) - inner
            case AllOf() | AnyOf():
                held = [self.where(part, measure) for part in condition.conditions]
                known = [values for values in held if values is not None]
                if len(known) < len(held):
                    return None
                return _join(known, every=isinstance(condition, AllOf))
            case _:
                assert_never(condition)


def _join(parts: Sequence[Values], *, every: bool) -> Values:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole & part if every else whole | part
    return whole


def level_values(levels: Iterable[str], measure: Measure) -> Values:
    """Return the places of these levels among a measure's; unknown ones have none."""
    return Values.of(place for place, name in enumerate(measure.levels) if name in set(levels))


def kinds_of(thresholds: Iterable[Threshold | None]) -> tuple[str | None, ...]:
    """Return the kinds of facility that thresholds tell apart; None stands for all others.

    Others are left out where some threshold has no number for them: that is the record's fault.
    """
    tables = [threshold for threshold in thresholds if isinstance(threshold, ByKind)]
    named: dict[str | None, None] = {kind: None for table in tables for kind, _ in table.values}
    if all(table.default is not None for table in tables):
        named[None] = None
    return tuple(named)


def possible(conditions: Sequence[Condition], measures: Mapping[str, Measure]) -> bool:
    """Return whether all these conditions can hold together for some kind of facility."""
    kinds = kinds_of(t for condition in conditions for t in condition_thresholds(condition))
    return not kinds or any(possible_for(conditions, Look(measures, kind)) for kind in kinds)


def possible_for(conditions: Sequence[Condition], look: Look) -> bool:
    """Return whether all these conditions can hold together for one kind of facility."""
    return bool(_product([_terms(condition, look, negated=False) for condition in conditions]))


def always(condition: Condition, measures: Mapping[str, Measure]) -> bool:
    """Return whether a condition holds whatever is observed."""
    return not possible([Not(condition)], measures)


def _terms(condition: Condition, look: Look, *, negated: bool) -> list[Term]:
    match condition:
        case Compare() | Flag() | Level():
            values = look.values(condition)
            if values is None:
                return [{}]
            if negated:
                values = domain(look.measures[condition.measure]) - values
            return [{condition.measure: values}] if values else []
        case Not():
            return _terms(condition.condition, look, negated=not negated)
        case AllOf() | AnyOf():
            parts = [_terms(part, look, negated=negated) for part in condition.conditions]
            if isinstance(condition, AllOf) == negated:
                return _bounded([term for part in parts for term in part])
            return _product(parts)
        case _:
            assert_never(condition)


def _product(parts: Sequence[list[Term]]) -> list[Term]:
    terms: list[Term] = [{}]
    for part in parts:
        joined = (_both(one, other) for one in terms for other in part)
        terms = _bounded([term for term in joined if term is not None])
    return terms


def _bounded(terms: list[Term]) -> list[Term]:
    return terms if len(terms) <= MOST_TERMS else [{}]


def _both(one: Term, other: Term) -> Term | None:
    """Return what both alternatives leave of every measure, None where one has nothing left."""
    joined = dict(one)
    for code, values in other.items():
        left = joined[code] & values if code in joined else values
        if not left:
            return None
        joined[code] = left
    return joined
