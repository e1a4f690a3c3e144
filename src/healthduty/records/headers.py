"""What a column is: from a heading as people write it to what its cells hold.

Headings are codes or names, with a unit, a stage or a part behind them: 满意率, 满意率（%）,
满意率（自评）, 满意率/分子, satisfaction_den, 3.2得分. Spaces, full-width characters and capitals
make no difference. A heading means what the agreement calls so, else one of the words below, or
it is unknown: nothing is guessed, and one column may serve two rates with the same denominator.

Source: vocabulary “Measure”, “Record”; semantics 2 (rates carry their unit), 12.

>>> from healthduty.records.needs import needs_of
>>> agreement = Agreement("示例", measures=(Measure("satisfaction", "满意率", unit="%"),))
>>> names = names_of(agreement, needs_of(agreement))
>>> [(use.holds.value, use.target, use.stage) for use in names.find(" 满意率（%）（自评）")]
[('value', 'satisfaction', <Stage.SELF_ASSESSED: 'self_assessed'>)]
"""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Iterable, Mapping

import attrs

from healthduty.exact import number_text, plain_text, unit_of_rate
from healthduty.model.agreement import Agreement
from healthduty.records.needs import Needs
from healthduty.records.samples import SAMPLED
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind
from healthduty.said import Said


class Holds(enum.StrEnum):
    """What the cells of a column are."""

    FACILITY = "facility"
    NAME = "name"
    KIND = "kind"
    POPULATION = "population"
    PERIOD = "period"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    ASKED = "number asked for"
    AVAILABLE = "number available"
    JUDGED = "judged points"
    REASON = "reason"
    ASSESSOR = "assessor"
    MEASURE = "measure"
    STAGE = "stage"
    DATE = "date"
    EVIDENCE = "evidence"
    CASE = "case"
    ATTRIBUTE = "attribute of a case"
    UNIT = "unit"
    UNUSED = "nothing that is read"


_HOLDS_WORDS = {
    Holds.FACILITY: "单位",
    Holds.NAME: "单位名称",
    Holds.KIND: "机构类别",
    Holds.POPULATION: "人口数",
    Holds.PERIOD: "期间",
    Holds.VALUE: "数值",
    Holds.NUMERATOR: "分子",
    Holds.DENOMINATOR: "分母",
    Holds.ASKED: "应查数",
    Holds.AVAILABLE: "实有数",
    Holds.JUDGED: "评判分数",
    Holds.REASON: "理由",
    Holds.ASSESSOR: "考核人",
    Holds.MEASURE: "指标",
    Holds.STAGE: "阶段",
    Holds.DATE: "日期",
    Holds.EVIDENCE: "佐证材料",
    Holds.CASE: "案例",
    Holds.ATTRIBUTE: "案例情形",
    Holds.UNIT: "单位（计量）",
    Holds.UNUSED: "不读取的内容",
}


def holds_words(holds: Holds) -> Said:
    """Return what a message calls what a column holds."""
    return Said(holds.value, _HOLDS_WORDS[holds])


class Stage(enum.StrEnum):
    """Who stated a value, by the name of its place in an `Observation`."""

    SELF_ASSESSED = "self_assessed"
    VERIFIED = "verified"
    REVIEWED = "reviewed"


@attrs.frozen
class Use:
    """One thing that a column holds: of which measure or judgement, at which stage, in what unit.

    `unit` is what the heading says; it is empty where the heading says nothing.
    """

    holds: Holds
    target: str = ""
    stage: Stage | None = None
    unit: str = ""


def _words(**lists: str) -> dict[str, Holds]:
    return {word: Holds[name] for name, words in lists.items() for word in words.split()}


_SAMPLE_WORDS = {
    "ASKED": "asked 应查 应查数 应抽 应抽数 应抽查 应抽查数",
    "AVAILABLE": "available 实有 实有数 可查数 实查 实查数 实抽 实抽数 实抽查数",
}

WIDE_WORDS: Mapping[str, Holds] = _words(
    FACILITY="facility facility_code facility_id code id key 机构编码 机构代码 单位编码 单位代码"
    " 编码 代码 组织机构代码 统一社会信用代码",
    NAME="name facility_name 机构 单位 机构名称 单位名称 名称 医疗机构 医疗机构名称 被考核单位"
    " 被考核机构 考核对象 责任单位 医院 医院名称 卫生院 卫生院名称",
    KIND="kind type 类别 类型 机构类别 机构类型 单位类别 单位类型",
    POPULATION="population 人口 人口数 服务人口 服务人口数 常住人口 常住人口数 辖区人口",
    PERIOD="period year 考核期 考核年度 时间 时期 期间 年度 年份",
    UNUSED="no # 序号 备注 说明 remark remarks note notes",
)
"""Headings of a table with a row for each facility, beside those of the agreement's measures."""

LONG_WORDS: Mapping[str, Holds] = {
    **WIDE_WORDS,
    **_words(
        MEASURE="measure indicator 指标 数据项 考核指标 指标名称 指标编码 指标代码",
        VALUE="value 值 数值 结果 指标值 完成值 实际值 完成情况",
        NUMERATOR="numerator 分子",
        DENOMINATOR="denominator 分母",
        **_SAMPLE_WORDS,
        STAGE="stage 阶段",
        ASSESSOR="assessor 考核人 评估人 核实人",
        DATE="date on 日期 考核日期 发生日期",
        EVIDENCE="evidence 证据 佐证 佐证材料",
        REASON="reason 理由 原因 扣分理由 扣分原因",
        UNIT="unit 计量单位",
        CASE="case case_id 案例 案例编号 事件编号 编号",
    ),
}
"""Headings of a table with a row for each value."""

STAGE_WORDS: Mapping[str, Stage] = {
    word: stage
    for stage, words in {
        Stage.SELF_ASSESSED: "self_assessed self 自评 自查 自报",
        Stage.VERIFIED: "verified 核实 核查 核定",
        Stage.REVIEWED: "reviewed 复核 复议",
    }.items()
    for word in words.split()
}
"""Who stated a value, in a heading or in a column of its own."""

_PARTS = _words(
    NUMERATOR="分子 num numerator",
    DENOMINATOR="分母 den denominator",
    **_SAMPLE_WORDS,
    JUDGED="得分 扣分 加分 分数 points",
    REASON="理由 原因 扣分理由 扣分原因 reason",
    ASSESSOR="考核人 评分人 评估人 assessor",
    DATE="日期 时间 考核日期 考核时间 date",
    EVIDENCE="证据 佐证 佐证材料 evidence",
)
_OF_STAGE: Mapping[str, Holds | None] = {
    **{word: holds for word, holds in _PARTS.items() if not word.isascii()},
    "人": Holds.ASSESSOR,
    **dict.fromkeys(("值", "数", "数据", "情况", "结果"), None),
}
"""What may follow a stage in one word: 核实人, 核实日期, 自评值."""

_SUFFIXES: Mapping[str, tuple[Stage | None, Holds | None]] = {
    **dict.fromkeys(("数值", "结果"), (None, None)),
    **{word: (None, holds) for word, holds in _PARTS.items()},
    **{word: (stage, None) for word, stage in STAGE_WORDS.items()},
    **{
        word + said: (stage, holds)
        for word, stage in STAGE_WORDS.items()
        if not word.isascii()
        for said, holds in _OF_STAGE.items()
    },
}
"""What stands behind a name: at which stage its cells are, and which part of the value."""

PAIR = (Holds.NUMERATOR, Holds.DENOMINATOR)
"""What makes a rate, beside the rate itself."""

SAMPLE = (Holds.ASKED, Holds.AVAILABLE)
"""What makes a sample, beside what was found in it (抽查：应查数、实有数)."""

_COUNTED = frozenset({Holds.VALUE, Holds.JUDGED, *PAIR, *SAMPLE})

ASIDE = frozenset({Holds.ASSESSOR, Holds.DATE, Holds.EVIDENCE})
"""What may be said about a value of a measure as well as about an assessor's points."""

_UNITS = frozenset(
    {"元", "万元", "亿元", "人", "万人", "人次", "万人次", "次", "例", "户", "张", "份", "个", "件"}
    | {"场", "分", "天", "小时", "学时", "万", "亿"}
)
_SUFFIX_WORDS = sorted(_SUFFIXES, key=len, reverse=True)
_BARE = "|".join(word for word in _SUFFIX_WORDS if not word.isascii())
_LATIN = "|".join(word for word in _SUFFIX_WORDS if word.isascii())
_SUFFIX = re.compile(
    r"(?P<base>.+?)"
    r"(?:\((?P<round>[^()]+)\)|【(?P<square>[^【】]+)】"
    rf"|[/_\-:·]?(?P<bare>{_BARE})|[/_\-:·](?P<latin>{_LATIN}))"
)
_LONGEST_HEADING = 200
"""A heading with more characters is no heading; the search for suffixes is not tried on it."""


def fold(text: str) -> str:
    """Return what two spellings of the same heading share.

    >>> fold(" 满意率 （％）"), fold("Satisfaction")
    ('满意率(%)', 'satisfaction')
    """
    return "".join(number_text(text).split()).casefold()


_JOINT = "·"
"""Between an item's title and its measure, where a draft had to tell two of one name apart."""


@attrs.frozen
class Names:
    """By which headings an agreement's own measures, judgements and attributes go."""

    uses: Mapping[str, tuple[Use, ...]]
    units: frozenset[str]
    rates: frozenset[str]
    sampled: frozenset[str]
    cases: frozenset[str]
    spelled: tuple[str, ...]

    def find(self, heading: str, words: Mapping[str, Holds] = WIDE_WORDS) -> tuple[Use, ...]:
        """Return what a heading means; nothing where it is unknown.

        `words` are the headings that don't depend on the agreement. A heading that names two
        measures returns both, for the caller to refuse.
        """
        base = fold(heading)
        stage, unit, part = None, "", None
        while len(base) <= _LONGEST_HEADING:
            if uses := self._exact(base, words):
                return self._suffixed(uses, stage, unit, part)
            if not (suffix := _SUFFIX.fullmatch(base)):
                return ()
            base = suffix["base"]
            word = suffix["round"] or suffix["square"] or suffix["bare"] or suffix["latin"]
            said, holds = _SUFFIXES.get(word, (None, None))
            if (said and stage) or (holds and part):
                return ()
            stage, part = stage or said, part or holds
            if word not in _SUFFIXES:
                if unit or not self._is_unit(word):
                    return ()
                unit = unit_of_rate(word) or word
        return ()

    def _is_unit(self, word: str) -> bool:
        known = word in _UNITS or unit_of_rate(word) is not None
        return known or plain_text(word) in self.units

    def says_more(self, text: str) -> bool:
        """Return whether a cell below a heading says what a suffix would: 自评, 核实人, （％）."""
        word = fold(text).removeprefix("(").removesuffix(")")
        return word in _SUFFIXES or self._is_unit(word)

    def _exact(self, base: str, words: Mapping[str, Holds]) -> tuple[Use, ...]:
        own = self.uses.get(base, ())
        word = words.get(base)
        if word is None or (own and word is Holds.UNUSED):
            return own
        if word is not Holds.POPULATION and any(use.holds is Holds.VALUE for use in own):
            return own  # only the population may be a measure as well as what it is called
        return (*own, Use(word))

    def _suffixed(
        self, uses: tuple[Use, ...], stage: Stage | None, unit: str, part: Holds | None
    ) -> tuple[Use, ...]:
        found = (self._one_suffixed(use, stage, unit, part) for use in uses)
        return tuple(use for use in found if use is not None)

    def _one_suffixed(
        self, use: Use, stage: Stage | None, unit: str, part: Holds | None
    ) -> Use | None:
        """Return what is left of a use behind a suffix; None where the suffix makes no sense."""
        holds = use.holds
        if part in PAIR:
            if holds is not Holds.VALUE or use.target not in self.rates:
                return None
            holds = part
        elif part in SAMPLE:
            if holds is not Holds.VALUE or use.target not in self.sampled:
                return None
            holds = part
        elif part is not None:
            if holds is not Holds.JUDGED and not (holds is Holds.VALUE and part in ASIDE):
                return None
            holds = part
        if holds is Holds.DATE and stage is None and use.target in self.cases:
            return None  # of the statement or of a case? a table with a row for each tells
        if stage is not None and not use.target:
            return None
        counted = holds in _COUNTED
        if unit and not (counted or holds is Holds.POPULATION):
            return None
        return attrs.evolve(use, holds=holds, stage=stage, unit=unit)

    def nearest(self, heading: str, words: Mapping[str, Holds] = WIDE_WORDS) -> tuple[str, ...]:
        """Return up to two headings that an unknown one may have been meant for."""
        known = {fold(name): name for name in (*words, *self.spelled)}
        near = difflib.get_close_matches(fold(heading)[:_LONGEST_HEADING], known, n=2, cutoff=0.6)
        return tuple(known[name] for name in near)


def names_of(agreement: Agreement, needs: Needs) -> Names:
    """Return the headings of an agreement's own; a code wins over a name that reads the same."""
    codes = {
        fold(measure.code): (Use(Holds.VALUE, measure.code),) for measure in agreement.measures
    }
    uses: dict[str, list[Use]] = {}
    for use, name in _named(agreement, needs):
        key = fold(name)
        known = uses.setdefault(key, list(codes.get(key, ())))
        if use not in known and not _taken(use, known, by_code=key in codes):
            known.append(use)
    known_by = {**codes, **{key: tuple(found) for key, found in uses.items()}}
    return Names(
        uses={**_by_last_part(agreement.measures), **known_by},
        units=frozenset(
            plain_text(fold(measure.unit)) for measure in agreement.measures if measure.unit
        ),
        rates=frozenset(m.code for m in agreement.measures if m.kind in RATE_KINDS),
        sampled=frozenset(m.code for m in agreement.measures if m.kind in SAMPLED),
        cases=frozenset(m.code for m in agreement.measures if m.kind is MeasureKind.CASES),
        spelled=tuple(_spelled(agreement.measures, needs)),
    )


def _by_last_part(measures: Iterable[Measure]) -> dict[str, tuple[Use, ...]]:
    """Return 建档率 for 健康档案·建档率, a measure of a drafted table, where only one is so."""
    found: dict[str, list[Use]] = {}
    for measure in measures:
        whole = measure.name or measure.code
        if _JOINT in whole:
            key = fold(whole.rpartition(_JOINT)[2])
            found.setdefault(key, []).append(Use(Holds.VALUE, measure.code))
    return {key: tuple(uses) for key, uses in found.items() if key and len(uses) == 1}


def _taken(use: Use, known: Iterable[Use], *, by_code: bool) -> bool:
    """Return whether a name means something else already: a code's own, or a measure's name."""
    measured = any(other.holds is Holds.VALUE for other in known)
    return (use.holds is Holds.VALUE and by_code) or (use.holds is Holds.JUDGED and measured)


def _named(agreement: Agreement, needs: Needs) -> Iterable[tuple[Use, str]]:
    for measure in agreement.measures:
        if measure.name:
            yield Use(Holds.VALUE, measure.code), measure.name
        if measure.kind in RATE_KINDS and measure.numerator:
            yield Use(Holds.NUMERATOR, measure.code), measure.numerator
        if measure.kind in RATE_KINDS and measure.denominator:
            yield Use(Holds.DENOMINATOR, measure.code), measure.denominator
    names = {measure.code: measure.name for measure in agreement.measures if measure.name}
    for number, code in needs.numbered:
        if code in names:
            yield Use(Holds.VALUE, code), number + names[code]
            yield Use(Holds.VALUE, code), f"{number}、{names[code]}"
    for code, need in needs.judgements.items():
        for name in (code, *need.titles, *(code + title for title in need.titles)):
            yield Use(Holds.JUDGED, code), name


def _spelled(measures: Iterable[Measure], needs: Needs) -> Iterable[str]:
    for measure in measures:
        yield from (name for name in (measure.name, measure.code) if name)
    yield from needs.judgements
