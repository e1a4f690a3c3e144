"""Thresholds: the number that an observation is held against (目标值).

A plain number, or one that depends: on the kind of facility (中心卫生院 / 一般卫生院), on what
comes with the record (last year's value, the province's mean), on a multiple of another
measure (每户 4 次), or a blank that is still to be filled (____%).

Source: vocabulary “Target”; semantics 14 (what depends on others is a value in the record).

>>> ByKind({"centre": 95, "station": 90}).of("station")
Fraction(90, 1)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.errors import RuleError
from healthduty.exact import Number, show, to_fraction
from healthduty.rules.measure import Measure, name_twice, to_code
from healthduty.said import Said


def _to_table(
    values: Mapping[str, Number] | Iterable[tuple[str, Number]],
) -> tuple[tuple[str, Fraction], ...]:
    pairs = values.items() if isinstance(values, Mapping) else values
    return tuple((kind, to_fraction(value, f"threshold for {kind}")) for kind, value in pairs)


def to_number(value: Number) -> Fraction:
    """Convert a rule's number; a float that looks computed is refused."""
    return to_fraction(value)


def to_optional_number(value: Number | None) -> Fraction | None:
    """Convert a rule's number where there is one."""
    return None if value is None else to_fraction(value)


@attrs.frozen
class ByKind:
    """A number for each kind of facility; `default` for kinds that are not named."""

    values: tuple[tuple[str, Fraction], ...] = attrs.field(converter=_to_table)
    default: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_optional_number)

    def __attrs_post_init__(self) -> None:
        """Refuse a table without a kind, and a kind that is named twice."""
        if not self.values:
            raise RuleError(
                Said(
                    "a threshold by kind of facility names no kind: give the number alone",
                    "按机构类别定的目标值，一个类别也没有写：直接写数",
                )
            )
        twice = name_twice(kind for kind, _ in self.values)
        if twice is not None:
            raise RuleError(
                Said(f"the kind of facility `{twice}` is named twice", f"机构类别`{twice}`写了两次")
            )

    def of(self, kind: str | None) -> Fraction | None:
        """Return the number for `kind`, or None where there is none."""
        return dict(self.values).get(kind or "", self.default)


@attrs.frozen
class Given:
    """A number that comes with the record as the measure `measure`, e.g. last year's value."""

    measure: str = attrs.field(converter=to_code)


@attrs.frozen
class Multiple:
    """`factor` times the measure `measure`, plus `plus` (in the unit of what is held against)."""

    factor: Fraction = attrs.field(converter=to_number)
    measure: str = attrs.field(converter=to_code)
    plus: Fraction = attrs.field(default=Fraction(0), kw_only=True, converter=to_number)

    def __attrs_post_init__(self) -> None:
        """Refuse none of a measure: what is left is a number."""
        if not self.factor:
            raise RuleError(
                Said(
                    "a multiple by 0 is a number: give the number alone",
                    "乘以0就是一个数：直接写数",
                )
            )


@attrs.frozen
class Blank:
    """A number that the agreement leaves open (____); `Agreement.fill` sets it by its name."""

    name: str


Threshold = Fraction | ByKind | Given | Multiple | Blank
"""The closed union of thresholds."""


def to_threshold(value: Threshold | Measure | Number) -> Threshold:
    """Take a threshold as it is, a measure as `Given`, and anything else as a number.

    Once a measure, and nothing more, is the measure itself.

    >>> to_threshold(Multiple(1, "last_year"))
    Given(measure='last_year')
    """
    if isinstance(value, Multiple) and value.factor == 1 and not value.plus:
        return Given(value.measure)
    # A Fraction as it is, whatever its size: checks try thresholds that they compute.
    if isinstance(value, (Fraction, ByKind, Given, Multiple, Blank)):
        return value
    return Given(value) if isinstance(value, Measure) else to_fraction(value, "threshold")


def to_optional_threshold(value: Threshold | Measure | Number | None) -> Threshold | None:
    """Take a threshold where there is one."""
    return None if value is None else to_threshold(value)


def threshold_measures(threshold: Threshold | None) -> tuple[str, ...]:
    """Return the codes of the measures that a threshold looks up in the record."""
    return (threshold.measure,) if isinstance(threshold, (Given, Multiple)) else ()


def show_threshold(threshold: Threshold) -> str:
    """Return a threshold in a few characters, for messages and codes; not for officials."""
    match threshold:
        case Fraction():
            return show(threshold)
        case ByKind():
            values = [f"{kind} {show(value)}" for kind, value in threshold.values]
            rest = [] if threshold.default is None else [f"otherwise {show(threshold.default)}"]
            return "/".join(values + rest)
        case Given():
            return f"[{threshold.measure}]"
        case Multiple():
            sign = "+" if threshold.plus > 0 else ""
            plus = f"{sign}{show(threshold.plus)}" if threshold.plus else ""
            return f"{show(threshold.factor)}×[{threshold.measure}]{plus}"
        case Blank():
            return f"____({threshold.name})"
        case _:
            assert_never(threshold)
