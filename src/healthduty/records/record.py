"""A record (考核数据): what was observed of one facility for one assessment period.

Values stand by the measure's code: numbers, "83%", `Ratio(511, 1000)`, levels, yes and no,
dated cases, an assessor's judgement, or an absence. A value may stand as self-assessed (自评),
verified (核实) and reviewed (复核); the last agreed one scores.

Source: vocabulary “Record”; semantics 2, 7, 10, 15.

>>> record = Record(
...     "nanguan", {"satisfaction": "83%", "surveys": 1}, name="南关街道社区卫生服务中心"
... )
>>> record.values["surveys"]
1
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, cast

import attrs

from healthduty.errors import RuleError
from healthduty.exact import Number, Ratio, number_text, to_fraction
from healthduty.model.party import Day, to_optional_day
from healthduty.rules.measure import name_twice, to_code
from healthduty.said import Said
from healthduty.scalars import own


@attrs.frozen(repr=False)
class Missing:
    """Nothing was observed, and nobody said why; `MISSING` is the one to use."""

    def __repr__(self) -> str:
        """Return the public name."""
        return "MISSING"


MISSING = Missing()
"""Nothing was observed: an error, zero, none found or bounds, as the measure says."""


@attrs.frozen
class NotApplicable:
    """The measure does not apply to this facility, for a reason that somebody approved."""

    reason: str = ""
    approver: str = attrs.field(default="", kw_only=True)


NOT_APPLICABLE = NotApplicable()
"""Does not apply, no reason given."""


def _to_attributes(
    attributes: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    items = attributes.items() if isinstance(attributes, Mapping) else attributes
    pairs = tuple((str(name), str(value)) for name, value in items)
    twice = name_twice(name for name, _ in pairs)
    if twice is not None:
        raise RuleError(
            Said(
                f"the attribute `{twice}` of a case stands twice: a case has one value",
                f"个案的`{twice}`写了两次：一例只有一个值",
            )
        )
    return pairs


@attrs.frozen
class Case:
    """One case: an id by which other measures may name the same one, a day, attributes.

    A case list carries no patient's identity: `id` is a running number of the file.
    """

    id: str = ""
    on: Day | None = attrs.field(default=None, converter=to_optional_day)
    attributes: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_to_attributes)
    note: str = attrs.field(default="", kw_only=True)

    def attribute(self, name: str) -> str | None:
        """Return the value of an attribute, or None where the case lacks it."""
        return dict(self.attributes).get(name)


def _to_points(points: Number) -> Fraction:
    return to_fraction(points, Said("judged points", "评判分数"))


@attrs.frozen
class Judged:
    """An assessor's own points, with the reason."""

    points: Fraction = attrs.field(converter=_to_points)
    reason: str = ""
    assessor: str = attrs.field(default="", kw_only=True)


def _to_number(value: Number) -> Fraction:
    return to_fraction(value, Said("sample", "抽查数"))


@attrs.frozen
class Sample:
    """What was found in a sample: the value, how many were asked for, how many there were.

    Findings in a sample count as found, never extrapolated. Where fewer were available than
    asked, the required number is what was available.
    """

    value: Fraction = attrs.field(converter=_to_number)
    asked: Fraction = attrs.field(kw_only=True, converter=_to_number)
    available: Fraction = attrs.field(kw_only=True, converter=_to_number)


Plain = (
    int
    | str
    | Decimal
    | Fraction
    | float
    | bool
    | Ratio
    | Sample
    | Judged
    | Case
    | Missing
    | NotApplicable
    | None
    | tuple[Case, ...]
    | tuple[Judged, ...]
    | list[Case]
    | list[Judged]
)
"""What a value may be; None is `MISSING`."""


def _to_plain(value: Plain) -> Plain:
    # A frame's scalars become Python's own here, so that nothing later need know of frames.
    return cast(Plain, own(value))


@attrs.frozen
class Origin:
    """What a value was worked out from: its name (cohort, sheets) and its digest."""

    name: str
    digest: str


@attrs.frozen
class Statement:
    """A value as somebody stated it: who, when, on what evidence.

    `unevidenced` says that it was observed without written evidence, which forfeits the item
    where the agreement requires evidence. `origin` is what the value was worked out from, where
    it depends on others; the sheet names its digest.
    """

    value: Plain = attrs.field(converter=_to_plain)
    assessor: str = attrs.field(default="", kw_only=True)
    on: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    evidence: str = attrs.field(default="", kw_only=True)
    unevidenced: bool = attrs.field(default=False, kw_only=True)
    origin: Origin | None = attrs.field(default=None, kw_only=True)


def _to_statement(value: Statement | Plain) -> Statement | None:
    if value is None or isinstance(value, Statement):
        return value
    return Statement(value)


@attrs.frozen
class Observation:
    """A value in its stages: self-assessed, verified, reviewed after an objection."""

    self_assessed: Statement | None = attrs.field(default=None, converter=_to_statement)
    verified: Statement | None = attrs.field(default=None, converter=_to_statement)
    reviewed: Statement | None = attrs.field(default=None, converter=_to_statement)

    @property
    def agreed(self) -> Statement:
        """The last statement that there is: it scores."""
        return self.reviewed or self.verified or self.self_assessed or Statement(MISSING)


Value = Plain | Statement | Observation
"""Whatever may stand for a measure in a record: a plain value, a statement, its stages."""

_YEAR = 12
_PERIODS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"\d{4}年?(?:度|全年)?"), 12),
    (re.compile(r"\d{4}-?(?:H[12]|年?[上下]半年)"), 6),
    (re.compile(r"\d{4}-?(?:Q[1-4]|年?第?[1-4一二三四]季度?)"), 3),
    (re.compile(r"\d{4}(?:-(?:0?[1-9]|1[0-2])|年(?:0?[1-9]|1[0-2])月)"), 1),
)

PERIOD_LABELS = "2024, 2024-H1, 2024上半年, 2024-Q3, 2024年第三季度, 2024-07, 2024年7月"
"""One label of each form that says how many months it makes, for messages."""


def _months_in(label: str) -> int | None:
    plain = number_text(label)
    return next((months for form, months in _PERIODS if form.fullmatch(plain)), None)


@attrs.frozen
class Period:
    """The time that a record covers: a label, and how many months of the year it makes.

    `months` follows from labels such as 2024, 2024-H1, 2024上半年, 2024-Q3 and 2024-07; any other
    label makes 12, and is not `understood` where nothing else is said.
    """

    label: str
    months: int = attrs.field(kw_only=True)
    start: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    end: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)

    @months.default
    def _months_of_label(self) -> int:
        months = _months_in(self.label)
        return _YEAR if months is None else months

    @property
    def understood(self) -> bool:
        """Whether the label, the months or the start say which part of the year it is.

        >>> (
        ...     Period("2024-Q3").understood,
        ...     Period("秋季").understood,
        ...     Period("秋季", months=3).understood,
        ... )
        (True, False, True)
        """
        known = _months_in(self.label) is not None
        return known or self.months != _YEAR or self.start is not None

    def __attrs_post_init__(self) -> None:
        """Refuse a period that is no part of a year."""
        if not 1 <= self.months <= _YEAR:
            raise RuleError(
                Said(
                    f"a period has 1 to 12 months, not {self.months}",
                    f"考核期是1到12个月，不能是{self.months}个月",
                )
            )


def _to_period(period: Period | str | int | None) -> Period | None:
    if period is None or isinstance(period, Period):
        return period
    return Period(str(period))


def _to_population(population: Number | None) -> Number | None:
    return cast("Number | None", own(population))


def _to_values(
    # Any key: a dict literal can't be inferred against a union of mappings.
    values: Mapping[Any, Value],
) -> Mapping[str, Value]:
    return MappingProxyType(
        {to_code(code): cast(Value, own(value)) for code, value in values.items()}
    )


@attrs.frozen
class Record:
    """What was observed of one facility for one period.

    `facility` is its key, `name` what people call it; `kind` picks thresholds by kind of
    facility; `population` (people served) enters the money. A judgement stands in `values` by
    its code, or by the number of the item where the item has no rule.
    """

    facility: str
    values: Mapping[str, Value] = attrs.field(converter=_to_values, hash=False)
    kind: str | None = attrs.field(default=None, kw_only=True)
    population: Number | None = attrs.field(default=None, kw_only=True, converter=_to_population)
    period: Period | None = attrs.field(default=None, kw_only=True, converter=_to_period)
    name: str = attrs.field(kw_only=True)

    @name.default
    def _name_of_key(self) -> str:
        return self.facility


def stated(value: Value) -> tuple[Plain, bool]:
    """Return the plain value that scores, and whether it was observed without evidence."""
    if isinstance(value, Observation):
        value = value.agreed
    if isinstance(value, Statement):
        return value.value, value.unevidenced
    return value, False


def origins_of(record: Record) -> tuple[Origin, ...]:
    """Return what the values that score were worked out from, each once."""
    agreed = (
        value.agreed if isinstance(value, Observation) else value
        for value in record.values.values()
    )
    found = (value.origin for value in agreed if isinstance(value, Statement))
    return tuple(dict.fromkeys(origin for origin in found if origin is not None))
