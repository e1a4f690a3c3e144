"""Fields and values of an agreement in words that an official understands.

Rules, conditions and thresholds are worded as in every clause; what has no words of its own is
said field by field.

Source: “printed in words an official understands”; the vocabulary.

>>> value_text(Fraction(5, 2), {}, "zh"), field_text("points", "zh"), value_text(None, {}, "zh")
('2.5', '分值', '无')
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from healthduty.exact import Rounding, RoundingMode
from healthduty.model.agreement import Supersedes
from healthduty.model.excusal import FullPoints, MovedTo, PeersMean, Rescaled, Within, ZeroPoints
from healthduty.model.funding import Override, Tier
from healthduty.model.grades import Grade, GradeScale
from healthduty.model.indicator import Target
from healthduty.model.party import Term
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level, Not
from healthduty.rules.rule import (
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
)
from healthduty.wording import Language, condition_text, rule_text
from healthduty.wording.effects import effect_text
from healthduty.wording.figures import figure
from healthduty.wording.phrase import Measures, Phrase

_FIELDS: dict[str, tuple[str, str]] = {
    "title": ("名称", "title"),
    "number": ("条目号", "number"),
    "year": ("年度", "year"),
    "first": ("首日", "first day"),
    "last": ("末日", "last day"),
    "version": ("版本", "version"),
    "points": ("分值", "points"),
    "bonus_points": ("加分分值", "bonus points"),
    "rules": ("评分标准", "scoring"),
    "floor": ("最低分", "floor"),
    "cap": ("最高分", "cap"),
    "bonus_cap": ("加分上限", "bonus cap"),
    "requirement": ("考核要求", "requirement"),
    "text": ("内容", "text"),
    "method": ("考核方法", "method"),
    "targets": ("目标值", "targets"),
    "evidence_required": ("须有佐证材料", "evidence required"),
    "excused": ("不适用时", "where it does not apply"),
    "office": ("考核科室", "office"),
    "term": ("责任期", "term"),
    "rounding": ("小数处理", "rounding"),
    "total_places": ("总分小数位", "decimals of the total"),
    "charge_once": ("不重复扣分", "one case charged once"),
    "grades": ("等次", "grades"),
    "copies": ("份数", "copies"),
    "supersedes": ("替代", "supersedes"),
    "source": ("来源", "source"),
    "code": ("代码", "code"),
    "name": ("名称", "name"),
    "unit": ("单位", "unit"),
    "kind": ("类型", "kind"),
    "levels": ("等级", "levels"),
    "absent": ("空白时", "where blank"),
    "numerator": ("分子", "numerator"),
    "denominator": ("分母", "denominator"),
    "when": ("情形", "where"),
    "effects": ("后果", "effects"),
    "exempt": ("豁免", "exemption"),
    "subject": ("对象", "subject"),
    "lasts": ("期限", "lasts"),
    "per_head": ("人均经费（元）", "yuan a head"),
    "fixed": ("定额经费（元）", "fixed yuan"),
    "tiers": ("拨付档次", "tiers"),
    "overrides": ("另行拨付", "overrides"),
    "every": ("频次", "every"),
    "times": ("次数", "times"),
    "per": ("每个", "for each"),
    "due": ("到期日", "due"),
    "by": ("每期截止", "by"),
    "within": ("期限天数", "within days"),
    "working_days": ("按工作日", "working days"),
    "late_counts": ("逾期计入", "late counts"),
    "offsets": ("可抵补", "surplus offsets"),
    "measure": ("数据项", "measure"),
    "party": ("责任方", "party"),
    "role": ("身份", "role"),
    "level": ("级别", "level"),
    "parent": ("上级", "parent"),
    "post": ("岗位", "post"),
    "rank": ("责任", "rank"),
    "since": ("起", "since"),
    "until": ("止", "until"),
    "items": ("条目", "items"),
    "duties": ("职责", "duties"),
    "signed_on": ("签订日期", "signed on"),
    "grade": ("等次", "grade"),
}
"""What the fields of an agreement's records are called."""

_KINDS = {
    "section": ("大项", "section"),
    "indicator": ("指标", "indicator"),
    "part": ("得分点", "part"),
    "measure": ("数据项", "measure"),
    "veto": ("一票否决", "veto"),
    "fundingpolicy": ("经费", "funding"),
    "obligation": ("工作要求", "duty"),
    "phase": ("阶段", "phase"),
    "consequence": ("奖惩", "consequence"),
    "party": ("签约方", "party"),
    "responsibleperson": ("责任人", "responsible person"),
    "signature": ("签字", "signature"),
    "agreement": ("责任书", "agreement"),
}
_WORDS: dict[str, str] = {
    "rate": "率",
    "completion": "完成率",
    "growth": "增长率",
    "count": "计数",
    "amount": "数量",
    "level": "等级",
    "flag": "是否",
    "cases": "事例",
    "error": "视为缺报",
    "none_found": "视为未发现",
    "zero": "视为零",
    "once": "一次",
    "day": "每日",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
    "event": "每次事件",
    "issuer": "甲方",
    "responsible": "乙方",
    "other": "另一方",
    "honour": "评优评先",
    "praise": "表扬",
    "money": "经费",
    "accountability": "问责",
    "correction": "整改",
    "notice": "通报",
}
"""The words of closed lists in Chinese; a file and English have the key."""

_NONE = Phrase("无", "none")
_YES, _NO = Phrase("是", "yes"), Phrase("否", "no")
_LIST = Phrase("；", "; ")
_COLON = Phrase("{0}：{1}", "{0}: {1}")


def field_text(field: str, lang: Language) -> str:
    """Return what a field is called; the field's own name where it has no other."""
    return _FIELDS.get(field, (field, field.replace("_", " ")))[lang == "en"]


def kind_text(kind: str, lang: Language) -> str:
    """Return what a record of this class, in lower case, is called."""
    return _KINDS[kind][lang == "en"]


_LISTS = {
    "items": ("条目", "items"),
    "measures": ("数据项", "measures"),
    "vetoes": ("一票否决", "vetoes"),
    "funding": ("经费", "funding"),
    "phases": ("阶段", "phases"),
    "obligations": ("工作要求", "duties"),
    "consequences": ("奖惩", "consequences"),
    "parties": ("签约方", "parties"),
    "responsible": ("责任人", "responsible persons"),
    "signatures": ("签字", "signatures"),
}


def list_text(name: str, lang: Language) -> str:
    """Return what a list of the agreement is called."""
    return _LISTS[name][lang == "en"]


def record_text(record: Any, measures: Measures, lang: Language) -> str:  # noqa: ANN401 - of the model
    """Return all that a record says beyond its defaults and what it is called, field by field."""
    said = []
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        if not field.eq or field.name in _CALLED or value in (None, "", (), field.default):
            continue
        said.append(_COLON(lang, field_text(field.name, lang), value_text(value, measures, lang)))
    return _LIST(lang).join(said)


_CALLED = frozenset({"number", "title", "name", "code", "parts", "post"})
"""The fields by which a record is called; they stand beside it."""


def value_text(value: Any, measures: Measures, lang: Language) -> str:  # noqa: ANN401 - of the model
    """Return the value of a field in words."""
    match value:
        case None | "" | ():
            return _NONE(lang)
        case bool():
            return (_YES if value else _NO)(lang)
        case enum.StrEnum():
            return _WORDS.get(value.value, value.value) if lang == "zh" else value.value
        case str() | datetime.date() | int():
            return str(value)
        case Fraction():
            return figure(value)
        case tuple():
            return _LIST(lang).join(value_text(each, measures, lang) for each in value)
        case _:
            return _said(value, measures, lang)


def _said(record: Any, measures: Measures, lang: Language) -> str:  # noqa: ANN401 - of the model
    """Return a record inside a field in words: as a clause, in a sentence, or field by field."""
    match record:
        case Deduction() | Bonus() | Bands() | Curve() | Judgement() | Forfeit() | Group():
            return rule_text(record, measures, lang)
        case Compare() | Flag() | Level() | AllOf() | AnyOf() | Not():
            return condition_text(record, measures, lang)
        case Target():
            held = Compare(record.measure, record.comparator, record.value)
            return condition_text(held, measures, lang)
        case GradeScale():
            return _LIST(lang).join(_grade(each, measures, lang) for each in record.grades)
        case Tier():
            return _tier(record, lang)
        case (
            ForceGrade()
            | LowerGrade()
            | CapGrade()
            | BarHonours()
            | WithholdMoney()
            | ZeroSection()
            | ZeroTotal()
        ):
            return effect_text(record, lang)
        case _ if type(record) in _SAID:
            text = _SAID[type(record)][lang == "en"]
            return text.format(**_parts(record, measures, lang))
        case _:
            return record_text(record, measures, lang) or str(record)


_SAID: dict[type, tuple[str, str]] = {
    FullPoints: ("按满分计", "full points"),
    ZeroPoints: ("不得分", "no points"),
    MovedTo: ("分值转入{number}", "points moved to {number}"),
    PeersMean: ("按同类平均得分计", "the peers' mean"),
    Rescaled: ("其余分值按比例折算（{within}）", "the rest scaled up ({within})"),
    Override: ("{when}的，拨付{share}", "{share} where {when}"),
    Term: ("{start}至{end}", "{start} to {end}"),
    Supersedes: ("《{title}》（{year}）", "{title} ({year})"),
    Rounding: ("保留{places}位小数，{mode}", "{places} decimals, {mode}"),
}
"""Records that have a sentence of their own."""

_MODES = {
    RoundingMode.HALF_UP: "四舍五入",
    RoundingMode.HALF_EVEN: "四舍六入五成双",
    RoundingMode.DOWN: "舍去",
    RoundingMode.UP: "进位",
    Within.SECTION: "大项内",
    Within.TOTAL: "总分内",
}


def _parts(record: Any, measures: Measures, lang: Language) -> Mapping[str, str]:  # noqa: ANN401 - of the model
    """Return the fields of a record in words."""
    words: dict[str, str] = {}
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        if field.name == "share":
            words[field.name] = figure(value * 100, "%")
        elif lang == "zh" and value in _MODES:
            words[field.name] = _MODES[value]
        else:
            words[field.name] = value_text(value, measures, lang)
    return words


def _grade(grade: Grade, measures: Measures, lang: Language) -> str:
    sign = "≥" if grade.low_in else ">"
    text = grade.name if grade.low is None else f"{grade.name}{sign}{figure(grade.low)}"
    if grade.when is None:
        return text
    held = condition_text(grade.when, measures, lang)
    return f"{text}（{held}）" if lang == "zh" else f"{text} ({held})"


def _tier(tier: Tier, lang: Language) -> str:
    share = figure(tier.share * 100, "%")
    if tier.low is None:
        return f"其余{share}" if lang == "zh" else f"otherwise {share}"
    low = f"{'≥' if tier.low_in else '>'}{figure(tier.low)}"
    return _COLON(lang, low, share)
