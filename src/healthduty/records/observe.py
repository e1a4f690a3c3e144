"""From a value as written to exact integers: the step between a record and a score.

`observe` takes a measure and a value and returns a pair of integers (numerator, denominator,
in the measure's unit; a level's place, 1 or 0 for a flag), or the kind of absence; whatever is
wrong or noteworthy is a finding. Nothing here knows a rule.

Source: semantics 1, 2, 7.

>>> from healthduty.rules.measure import Measure
>>> observe(Measure("satisfaction", unit="%"), "８３．５％", [])
(167, 2)
>>> observe(Measure("register", "台账", kind="flag"), "√", [])
(1, 1)
"""

from __future__ import annotations

import enum
import functools
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from healthduty.errors import NumberError
from healthduty.exact import (
    COMPUTED_DIGITS,
    UNIT_SCALES,
    Ratio,
    number_text,
    plain_text,
    read_number,
    read_rate,
    show,
)
from healthduty.findings import Finding, Severity
from healthduty.records.record import Case, Judged, Missing, NotApplicable, Sample
from healthduty.rules.measure import RATE_KINDS, Absent, Measure, MeasureKind, kind_word
from healthduty.said import Said, labelled, reason_of
from healthduty.scalars import is_nan
from healthduty.sources import Place

Pair = tuple[int, int]

MOST_COUNT = 10**12
"""A count up to this is taken without a closer look at its length."""

_PLAIN_UP_TO = {
    MeasureKind.COUNT: MOST_COUNT,
    MeasureKind.CASES: MOST_COUNT,
    MeasureKind.AMOUNT: MOST_COUNT,
    MeasureKind.RATE: 100,
    MeasureKind.COMPLETION: MOST_COUNT,
    MeasureKind.GROWTH: MOST_COUNT,
    MeasureKind.LEVEL: -1,
    MeasureKind.FLAG: -1,
}
"""Numbers from 0 up to this read as they are, whatever the unit of the rate."""

_WHOLE_KINDS = frozenset({MeasureKind.COUNT, MeasureKind.CASES})

_SHOWN = 40
"""Characters of a user's text that a message repeats."""

_PLAIN_NUMBER = re.compile(r"(\d{1,12})(?:\.(\d{1,9}))?(%)?", re.ASCII)
"""The numbers that most cells hold."""

_MOST_PLACES = 12
"""Places before or after the point of a number of ordinary size."""

_LONG_INT = 1_000
"""Bits of an int that is shown by its first digits, in base 16."""


class State(enum.Enum):
    """Why there is no number."""

    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"
    FAULT = "fault"
    """There is a value, but it can't be read: it scores as missing."""


YES = frozenset({"是", "有", "√", "✓", "✔", "对", "y", "yes", "true", "t", "1", "已"})
NO = frozenset({"否", "无", "×", "✗", "✘", "错", "n", "no", "false", "f", "0", "未", "没有"})
NOT_APPLICABLE_WORDS = frozenset({"不适用", "缺项", "合理缺项", "n/a", "na", "不涉及"})
MISSING_WORDS = frozenset(
    {"", "—", "——", "-", "--", "－", "/", "缺失", "未报", "null", "none", "nan"}
)
NAN_HINT = Said("write MISSING or None where there is no value", "没有数据时写MISSING或None")
"""NaN may be a frame's blank cell or the result of a division: nobody can tell."""
_NONE_WORDS = frozenset({"无", "没有"})


def observe(measure: Measure, value: object, findings: list[Finding]) -> Pair | State:
    """Return the value as a pair of integers in the measure's unit, or why there is none.

    Appends what it finds to `findings`, each naming the measure; a missing value is not a
    finding yet, because its weight depends on the rules that need it.
    """
    # The commonest values first: small whole numbers, yes and no, texts, floats.
    kind = type(value)
    if kind is int and 0 <= value <= _PLAIN_UP_TO[measure.kind]:  # type: ignore[operator]  # an int
        return value, 1  # type: ignore[return-value]  # as above
    if kind is bool and measure.kind is MeasureKind.FLAG:
        return int(value), 1  # type: ignore[call-overload]  # a bool
    if isinstance(value, str) and (plain := _plain_text(measure, value)) is not None:
        return plain
    if isinstance(value, (str, float)):
        pair = _cached(measure, value)
        return pair if pair is not None else _observe_written(measure, value, findings)
    if isinstance(value, Decimal):
        pair = _plain_decimal(measure, value)
        return pair if pair is not None else _observe_plain(measure, value, findings)
    match value:
        case None | Missing():
            return _absent(measure)
        case NotApplicable():
            return State.NOT_APPLICABLE
        case Judged() | Case():
            return observe(measure, (value,), findings)
        case tuple() | list():
            return _observe_list(measure, value, findings)
        case Sample():
            return observe(measure, value.value, findings)
        case bool() | int() | Fraction() | Ratio():
            return _observe_plain(measure, value, findings)
        case _:  # whatever a caller without a type checker passes
            return _fault(
                measure,
                "value-type",
                Said(
                    f"`{type(value).__name__}` is no value", f"`{type(value).__name__}`不是可填的值"
                ),
                findings,
            )


def _absent(measure: Measure) -> Pair | State:
    return (0, 1) if measure.absent is not Absent.ERROR else State.MISSING


def _place(measure: Measure) -> Place:
    return Place(column=measure.code)


def _fault(
    measure: Measure, code: str, message: str, findings: list[Finding], hint: str = ""
) -> State:
    text = labelled(measure.label, message)
    findings.append(Finding(code, text, place=_place(measure), hint=hint))
    return State.FAULT


def _warn(measure: Measure, code: str, message: str, findings: list[Finding]) -> None:
    findings.append(
        Finding(
            code,
            labelled(measure.label, message),
            severity=Severity.WARNING,
            place=_place(measure),
        )
    )


@functools.lru_cache(maxsize=65_536)
def _cached(measure: Measure, value: str | float) -> Pair | None:
    """Return the pair of a text or a float that reads without any finding, else None."""
    findings: list[Finding] = []
    outcome = _observe_written(measure, value, findings)
    return outcome if isinstance(outcome, tuple) and not findings else None


def _observe_written(measure: Measure, value: str | float, findings: list[Finding]) -> Pair | State:
    if isinstance(value, str):
        return _observe_text(measure, value, findings)
    text = float.__repr__(value)
    plain = _plain_text(measure, text) if len(text) <= COMPUTED_DIGITS else None
    return plain if plain is not None else _observe_plain(measure, value, findings)


def _plain_text(measure: Measure, text: str) -> Pair | None:
    """Read what most cells hold — digits, a point, the measure's own % — without any detour."""
    known = _plain_number(text)
    if known is None:
        return None
    top, bottom, percent = known
    return None if percent and measure.unit != "%" else _plain_pair(measure, top, bottom)


@functools.lru_cache(maxsize=65_536)
def _plain_number(text: str) -> tuple[int, int, bool] | None:
    """Return the number of a plain text in lowest terms, and whether it carries a %."""
    found = _PLAIN_NUMBER.fullmatch(text)
    if found is None:
        return None
    whole, part, percent = found.groups(default="")
    top, bottom = int(whole + part), 10 ** len(part)
    shared = math.gcd(top, bottom)
    return top // shared, bottom // shared, bool(percent)


def _plain_decimal(measure: Measure, value: Decimal) -> Pair | None:
    """Read a Decimal of ordinary size; any other goes the general way."""
    if not value.is_finite() or not -_MOST_PLACES <= value.adjusted() <= _MOST_PLACES:
        return None
    return _plain_pair(measure, *value.as_integer_ratio())


def _plain_pair(measure: Measure, top: int, bottom: int) -> Pair | None:
    """Return a pair, which is in lowest terms, where nothing about it is noteworthy."""
    kind = measure.kind
    if not 0 <= top <= _PLAIN_UP_TO[kind] * bottom or bottom > MOST_COUNT:
        return None
    return None if bottom != 1 and kind in _WHOLE_KINDS else (top, bottom)


def _observe_text(measure: Measure, text: str, findings: list[Finding]) -> Pair | State:
    word = plain_text(text).lower() if len(text) < 12 else ""  # noqa: PLR2004 - longest word
    if word in MISSING_WORDS and len(text) < 12:  # noqa: PLR2004 - as above
        return _absent(measure)
    if word in NOT_APPLICABLE_WORDS:
        return State.NOT_APPLICABLE
    return _observe_plain(measure, text, findings)


def _observe_plain(
    measure: Measure,
    value: bool | str | int | float | Decimal | Fraction | Ratio,  # noqa: FBT001 - a value
    findings: list[Finding],
) -> Pair | State:
    match measure.kind:
        case MeasureKind.FLAG:
            return _observe_flag(measure, value, findings)
        case MeasureKind.LEVEL:
            return _observe_level(measure, value, findings)
        case MeasureKind.COUNT | MeasureKind.CASES:
            if isinstance(value, str) and plain_text(value) in _NONE_WORDS:
                return 0, 1
            return _observe_count(measure, value, findings)
        case MeasureKind.AMOUNT:
            return _observe_number(measure, value, findings)
        case MeasureKind.RATE | MeasureKind.COMPLETION | MeasureKind.GROWTH:
            return _observe_rate(measure, value, findings)
        case _:
            assert_never(measure.kind)


def _as_number(value: object) -> Fraction | None:
    """Return the number that a value is, however it is written, or None where it is none.

    Where a value is as good as a number, every way to write that number must mean the same:
    1, "1", 1.0 and "01" are one value to a record's digest.
    """
    try:
        return read_number(value)[0]
    except NumberError:
        return None


def _shown(value: object) -> str:
    """Return a value as a message can carry it; Python itself prints no int of 5,000 digits."""
    text = hex(value) if isinstance(value, int) and value.bit_length() > _LONG_INT else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _observe_flag(measure: Measure, value: object, findings: list[Finding]) -> Pair | State:
    if isinstance(value, bool):
        return int(value), 1
    word = number_text(value).lower() if isinstance(value, str) else ""
    if word in YES:
        return 1, 1
    if word in NO:
        return 0, 1
    number = _as_number(value)
    if number is not None and number in (0, 1):
        return int(number), 1
    message = Said(
        f"`{_shown(value)}` is neither yes nor no", f"`{_shown(value)}`既不是“是”也不是“否”"
    )
    return _fault(
        measure, "flag-unreadable", message, findings, Said("write 是 or 否", "写“是”或“否”")
    )


def _observe_level(measure: Measure, value: object, findings: list[Finding]) -> Pair | State:
    number = _as_number(value)
    if number is not None:  # levels may be called 1, 2, 3
        names: Sequence[object] = [_as_number(level) for level in measure.levels]
    else:
        names = measure.levels
    name = value.strip() if number is None and isinstance(value, str) else number
    if name is not None and name in names:
        return names.index(name), 1
    levels = "、".join(measure.levels)
    message = Said(f"`{_shown(value)}` is none of its levels", f"`{_shown(value)}`不在等次之中")
    return _fault(
        measure, "level-unknown", message, findings, Said(f"levels: {levels}", f"等次有：{levels}")
    )


def _observe_count(measure: Measure, value: object, findings: list[Finding]) -> Pair | State:
    pair = _observe_number(measure, value, findings)
    if isinstance(pair, State):
        return pair
    if pair[0] < 0:
        return _fault(
            measure, "value-negative", Said(f"`{value}` is negative", f"`{value}`是负数"), findings
        )
    if pair[1] != 1:
        return _fault(
            measure,
            "count-not-whole",
            Said(f"`{value}` is no whole number", f"`{value}`不是整数"),
            findings,
        )
    return pair


def _observe_number(measure: Measure, value: object, findings: list[Finding]) -> Pair | State:
    try:
        number, computed = read_number(_without_unit(measure, value), measure.label)
    except NumberError as error:
        return _unreadable(measure, value, error, findings)
    if computed:
        _warn(
            measure,
            "value-computed",
            Said(
                f"`{value}` looks computed: give both counts",
                f"`{value}`像是算出来的：请分别填分子分母",
            ),
            findings,
        )
    return number.numerator, number.denominator


def _unreadable(
    measure: Measure, value: object, error: NumberError, findings: list[Finding]
) -> State:
    hint = NAN_HINT if is_nan(value) else ""
    findings.append(Finding("value-unreadable", reason_of(error), place=_place(measure), hint=hint))
    return State.FAULT


def _without_unit(measure: Measure, value: object) -> object:
    """Return a text less the measure's unit, once; anything else as it is."""
    unit = number_text(measure.unit)
    if not unit or not isinstance(value, str) or not (text := number_text(value)).endswith(unit):
        return value
    # What is a number as it stands keeps all its digits, whatever the unit.
    return text.removesuffix(unit) if _as_number(text) is None else value


def _observe_rate(measure: Measure, value: object, findings: list[Finding]) -> Pair | State:
    if isinstance(value, Ratio):
        outcome: Fraction | Ratio = value
    elif isinstance(value, float):
        return _bounded_rate(measure, _observe_number(measure, value, findings), value, findings)
    else:
        try:
            outcome = read_rate(value, measure.unit, measure.label)
        except NumberError as error:
            return _unreadable(measure, value, error, findings)
    if isinstance(outcome, Ratio):
        return _bounded_rate(measure, _observe_ratio(measure, outcome, findings), value, findings)
    pair = (outcome.numerator, outcome.denominator)
    return _bounded_rate(measure, pair, value, findings)


def _observe_ratio(measure: Measure, ratio: Ratio, findings: list[Finding]) -> Pair | State:
    top, bottom = ratio.numerator, ratio.denominator
    if bottom == 0 and top == 0:
        _warn(
            measure,
            "rate-of-nothing",
            Said("0/0 counts as not applicable", "0/0按不适用处理"),
            findings,
        )
        return State.NOT_APPLICABLE
    if bottom == 0:
        return _fault(
            measure,
            "rate-without-base",
            Said(f"{show(top)} of 0 can't be", f"分母为0，分子却是{show(top)}"),
            findings,
        )
    if bottom < 0:
        return _fault(
            measure,
            "value-negative",
            Said(f"{ratio} has a negative base", f"{ratio}的分母是负数"),
            findings,
        )
    numerator = top.numerator * bottom.denominator * UNIT_SCALES[measure.unit]
    pair = numerator, top.denominator * bottom.numerator
    if ratio.printed is not None:
        _compare_printed(measure, ratio, pair, findings)
    return pair


def _compare_printed(measure: Measure, ratio: Ratio, pair: Pair, findings: list[Finding]) -> None:
    text = number_text(ratio.printed or "")
    try:
        printed = read_rate(text, measure.unit, measure.label)
    except NumberError as error:
        findings.append(Finding("value-unreadable", reason_of(error), place=_place(measure)))
        return
    if isinstance(printed, Ratio):
        return
    digits = "".join(character for character in text if character.isdigit() or character == ".")
    places = len(digits.partition(".")[2])
    exact = Fraction(*pair)
    # A printed rate stands for everything that rounds or cuts to it: within one last place.
    if abs(printed - exact) >= Fraction(1, 10**places):
        _warn(
            measure,
            "rate-disagrees",
            Said(
                f"printed `{ratio.printed}`, but {show(ratio.numerator)} of"
                f" {show(ratio.denominator)} make {show(exact)}{measure.suffix}: the pair counts",
                f"写的是`{ratio.printed}`，而{show(ratio.denominator)}分之"
                f"{show(ratio.numerator)}得{show(exact)}{measure.suffix}：以分子分母为准",
            ),
            findings,
        )


def _bounded_rate(
    measure: Measure, pair: Pair | State, value: object, findings: list[Finding]
) -> Pair | State:
    if isinstance(pair, State) or measure.kind not in RATE_KINDS:
        return pair
    if pair[0] < 0 and measure.kind is not MeasureKind.GROWTH:
        return _fault(
            measure, "value-negative", Said(f"`{value}` is negative", f"`{value}`是负数"), findings
        )
    whole = UNIT_SCALES[measure.unit] * pair[1]
    if measure.kind is MeasureKind.RATE and pair[0] > whole:
        _warn(
            measure,
            "rate-above-whole",
            Said(f"`{value}` is more than the whole", f"`{value}`超过了全部"),
            findings,
        )
    return pair


def _observe_list(
    measure: Measure, values: Sequence[object], findings: list[Finding]
) -> Pair | State:
    if measure.kind is MeasureKind.FLAG and all(isinstance(value, Case) for value in values):
        return int(bool(values)), 1
    if measure.kind in (MeasureKind.CASES, MeasureKind.COUNT) and all(
        isinstance(value, Case) for value in values
    ):
        return len(values), 1
    return _fault(
        measure,
        "value-type",
        Said(
            f"a list is no value of a {measure.kind.value}",
            f"{kind_word(measure.kind).zh}不能填列表",
        ),
        findings,
    )
