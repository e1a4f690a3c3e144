"""A measure: one thing that is observed of a facility (数据项).

A rate, a count, an amount, a level (优 / 良 / 差), a flag, dated cases. The agreement owns its
measures; rules name them by code, so a rule can be written as `StepsBelow(satisfaction, …)` or
`StepsBelow("satisfaction", …)`.

Source: vocabulary “Measure”; semantics 2 (rates carry their unit), 7 (absent data).

>>> Measure("satisfaction", "满意率", unit="％").kind
<MeasureKind.RATE: 'rate'>
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable
from typing import Never

import attrs

from healthduty.errors import RuleError
from healthduty.exact import unit_of_rate
from healthduty.said import Said


class Word(enum.StrEnum):
    """A word of a closed list, such as `earn` or `beyond`; any other is refused with the list."""

    @classmethod
    def _missing_(cls, value: object) -> Never:
        raise RuleError(
            Said(
                f"`{value}` is none of " + ", ".join(f"`{word}`" for word in cls),
                f"没有`{value}`，可以写" + "、".join(f"`{word}`" for word in cls),
            )
        )


class MeasureKind(Word):
    """What sort of thing a measure is; it decides what a value may look like."""

    RATE = "rate"
    """A true proportion: between 0 and 100 %, or cases per so many people."""
    COMPLETION = "completion"
    """Done against planned, in a rate's unit: may exceed 100 % and earns no more than full."""
    GROWTH = "growth"
    """Change against an earlier period, in a rate's unit: may be negative."""
    COUNT = "count"
    """Whole things: 次, 例, 人, 户."""
    AMOUNT = "amount"
    """A quantity with decimals, such as money or hours; may be negative."""
    LEVEL = "level"
    """One of the measure's `levels`, best first."""
    FLAG = "flag"
    """Yes or no."""
    CASES = "cases"
    """Dated cases with attributes; a bare count of them is taken too."""


_KIND_WORDS = {
    MeasureKind.RATE: "比率",
    MeasureKind.COMPLETION: "完成率",
    MeasureKind.GROWTH: "增长率",
    MeasureKind.COUNT: "次数",
    MeasureKind.CASES: "例数",
    MeasureKind.AMOUNT: "数量",
    MeasureKind.FLAG: "是否",
    MeasureKind.LEVEL: "等次",
}


def kind_word(kind: MeasureKind) -> Said:
    """Return what a message calls a kind of measure."""
    return Said(kind.value, _KIND_WORDS[kind])


RATE_KINDS = frozenset({MeasureKind.RATE, MeasureKind.COMPLETION, MeasureKind.GROWTH})
"""The kinds whose values carry a rate's unit."""

_MEASURED = frozenset(
    {"元", "万元", "亿元", "分", "学时", "课时", "小时", "个小时", "分钟", "秒", "毫秒"}
    | {"公里", "千米", "米", "平方米", "平米", "㎡", "m²", "M²", "m2", "M2", "立方米", "吨", "公斤"}
    | {
        "千克",
        "升",
        "毫升",
        "℃",
        "mmHg",
        "DDDs",
        "DDDS",
        "DDD",
        "DDDs/百人天",
        "成",
        "万人",
        "万人次",
    }
)
"""Units of what has decimals: money, lengths of time, sizes, scores."""


class Absent(Word):
    """What a blank means for a measure. Source: semantics 7."""

    ERROR = "error"
    """Missing: the total cannot be told, only its bounds."""
    NONE_FOUND = "none_found"
    """A negative list (每发现一例…): blank means none was found, an assumption that is listed."""
    ZERO = "zero"
    """Missing counts as zero."""


def _to_unit(unit: str) -> str:
    return unit_of_rate(unit) or unit


def to_names(names: str | Iterable[str]) -> tuple[str, ...]:
    """Take one name or several; a text is one name, never its characters."""
    return (names,) if isinstance(names, str) else tuple(names)


def to_levels(names: str | Iterable[str]) -> tuple[str, ...]:
    """Take the levels that a rule asks for: one or several, each once."""
    levels = to_names(names)
    if not levels:
        raise RuleError(
            Said("no level is named: name at least one", "一个等级也没有写：至少写一个")
        )
    twice = name_twice(levels)
    if twice is not None:
        raise RuleError(Said(f"the level `{twice}` is named twice", f"等级`{twice}`写了两次"))
    return levels


@attrs.frozen(cache_hash=True)
class Measure:
    """One thing observed: `code` is its key in records, `name` what officials call it.

    `unit` is %, ‰, 1/万, 1/10万 or 1/100万 for rates, a counting word or a unit of quantity
    otherwise. `kind` follows from the unit where it is not given: a rate's unit makes a rate,
    levels make a level, money, time and sizes (元, 分钟, ㎡, 分) an amount, anything else a count.
    `numerator` and `denominator` name the two counts that a rate is made of, for data files.

    Raises:
        RuleError: a code that is empty or has spaces; a rate without a rate's unit; a level
            without levels.
    """

    code: str
    name: str = ""
    unit: str = attrs.field(default="", kw_only=True, converter=_to_unit)
    levels: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=to_names)
    kind: MeasureKind = attrs.field(kw_only=True, converter=MeasureKind)
    absent: Absent = attrs.field(kw_only=True, converter=Absent)
    numerator: str = attrs.field(default="", kw_only=True)
    denominator: str = attrs.field(default="", kw_only=True)

    @kind.default
    def _kind_of_unit(self) -> str:
        if self.levels:
            return MeasureKind.LEVEL
        if unit_of_rate(self.unit):
            return MeasureKind.RATE
        return MeasureKind.AMOUNT if self.unit in _MEASURED else MeasureKind.COUNT

    @absent.default
    def _absent_of_kind(self) -> str:
        return Absent.NONE_FOUND if self.kind is MeasureKind.CASES else Absent.ERROR

    def __attrs_post_init__(self) -> None:
        """Refuse what can't be a measure."""
        if not self.code or self.code != "".join(self.code.split()):
            raise RuleError(
                Said(
                    f"measure code `{self.code}` is empty or holds spaces",
                    f"数据项的编码`{self.code}`是空的，或者有空格",
                )
            )
        if self.kind in RATE_KINDS and not unit_of_rate(self.unit):
            raise RuleError(
                Said(
                    f"measure `{self.code}` is a {self.kind.value} without a rate's unit",
                    f"数据项`{self.code}`是{kind_word(self.kind).zh}指标，却没有比率的单位",
                )
            )
        if (self.kind is MeasureKind.LEVEL) != bool(self.levels):
            raise RuleError(
                Said(
                    f"measure `{self.code}`: a level, and only a level, names its levels",
                    f"数据项`{self.code}`：等级类的要写明各等级，别的不写",
                )
            )

    @property
    def label(self) -> str:
        """The name that people read; the code where no name was given."""
        return self.name or self.code

    @property
    def suffix(self) -> str:
        """The unit as it is printed behind a number: `85%`, `3次`, `12/10万`."""
        return self.unit.removeprefix("1") if self.unit.startswith("1/") else self.unit


def name_twice(names: Iterable[str]) -> str | None:
    """Return the first name that stands there twice, or None where each stands once."""
    counts = Counter(names)
    return next((name for name, count in counts.items() if count > 1), None)


def to_code(measure: Measure | str) -> str:
    """Return the code by which a rule names a measure."""
    return measure.code if isinstance(measure, Measure) else measure
