"""What a veto does, in words: 取消评先评优资格, 考核等次降低一个等次, 总分计零分.

The same words stand in the agreement that is signed, on the sheet of the unit that is hit, and in
its notice. What an effect names by code (an honour, a section, a pool of money) is called as the
agreement calls it.

Source: semantics 6 (a veto leaves the arithmetic visible and states its effect beside it).

>>> effect_text(LowerGrade(1), "zh"), effect_text(BarHonours(), "en")
('考核等次降低一个等次', 'no honours')
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from healthduty.model.agreement import Agreement
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    Veto,
    VetoEffect,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.said import Language
from healthduty.wording.figures import figure
from healthduty.wording.phrase import Phrase, check_language

_FORCED = Phrase("考核等次直接评为{0}", "graded {0}")
_LOWERED = Phrase("考核等次降低{0}个等次", "grade lowered by {0}")
_CAPPED = Phrase("考核等次不得高于{0}", "graded {0} at most")
_NO_HONOURS = Phrase("取消评先评优资格", "no honours")
_NO_HONOUR = Phrase("取消{0}的评选资格", "no honour {0}")
_WITHHELD = Phrase("扣减{0}的{1}", "{1} of {0} withheld")
_ALL_WITHHELD = Phrase("不予拨付{0}", "{0} withheld")
_MONEY = Phrase("考核经费", "the money")
_NO_SECTION = Phrase("{0}大项不计分", "nothing counts of {0}")
_NO_TOTAL = Phrase("考核总分计零分", "a total of zero")

_NAME = Phrase("“{0}”", "“{0}”")
_NAMES = Phrase("", ", ")
_SUBJECTS = {"unit": Phrase("", ""), "persons": Phrase("相关责任人", "persons responsible")}
_NAMED = Phrase("{0}（{1}）", "{0} ({1})")
_HIT = Phrase("{0}{1}", "{0}: {1}")
_LASTS = Phrase("期限：{0}", "for {0}")
_EFFECTS = Phrase("；", "; ")

_COUNTED = "零一两三四五六七八九"


def effect_text(effect: VetoEffect, lang: Language, agreement: Agreement | None = None) -> str:
    """Return what one effect does; names are those of the agreement, else the codes.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    match effect:
        case ForceGrade():
            return _FORCED(lang, effect.grade)
        case LowerGrade():
            return _LOWERED(lang, _counted(effect.steps, lang))
        case CapGrade():
            return _CAPPED(lang, effect.grade)
        case BarHonours():
            return _barred(effect, lang, agreement)
        case WithholdMoney():
            return _withheld(effect, lang, agreement)
        case ZeroSection():
            nodes = () if agreement is None else agreement.nodes()
            titles = {node.number: node.title for node in nodes}
            return _NO_SECTION(lang, _NAME(lang, titles.get(effect.number) or effect.number))
        case ZeroTotal():
            return _NO_TOTAL(lang)
        case _:
            assert_never(effect)


def veto_effects_text(veto: Veto, lang: Language, agreement: Agreement | None = None) -> str:
    """Return all that a veto does, to whom, and for how long; nothing where it does nothing.

    >>> from healthduty.rules.condition import Flag
    >>> veto = Veto("a", when=Flag("fraud"), effects=(BarHonours(), LowerGrade()), lasts="一年")
    >>> veto_effects_text(veto, "zh")
    '取消评先评优资格；考核等次降低一个等次；期限：一年'

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    told = [effect_text(effect, lang, agreement) for effect in veto.effects]
    if not told:
        return ""
    subject = subject_text(veto, lang)
    if subject:
        told[0] = _HIT(lang, subject, told[0])
    return _EFFECTS(lang).join([*told, _LASTS(lang, veto.lasts)] if veto.lasts else told)


def veto_name_text(veto: Veto, lang: Language, agreement: Agreement | None = None) -> str:
    """Return a veto by its title with what it does behind it: 造假（取消评先评优资格）.

    Raises:
        UsageError: an unknown language.
    """
    name, effects = title_text(veto), veto_effects_text(veto, lang, agreement)
    return _NAMED(lang, name, effects) if effects else name


def title_text(veto: Veto) -> str:
    """Return what a veto is called, to stand inside a line: its title, else its code."""
    return (veto.title or veto.code).rstrip("。；")


def subject_text(veto: Veto, lang: Language) -> str:
    """Return whom a veto hits beside the unit itself: 相关责任人, or as the agreement says it."""
    known = _SUBJECTS.get(veto.subject)
    return veto.subject if known is None else known(lang)


def _counted(number: int, lang: Language) -> str:
    return _COUNTED[number] if lang == "zh" and 0 < number < len(_COUNTED) else str(number)


def _barred(effect: BarHonours, lang: Language, agreement: Agreement | None) -> str:
    if not effect.codes:
        return _NO_HONOURS(lang)
    texts = {} if agreement is None else {each.code: each.text for each in agreement.consequences}
    return _NO_HONOUR(lang, _names((texts.get(code) or code for code in effect.codes), lang))


def _withheld(effect: WithholdMoney, lang: Language, agreement: Agreement | None) -> str:
    pools = {} if agreement is None else {each.code: each.name for each in agreement.funding}
    pool = _MONEY(lang)
    if effect.pool:
        pool = _NAME(lang, pools.get(effect.pool) or effect.pool)
    if effect.share == 1:
        return _ALL_WITHHELD(lang, pool)
    return _WITHHELD(lang, pool, figure(effect.share * 100, "%"))


def _names(names: Iterable[str], lang: Language) -> str:
    return _NAMES(lang).join(_NAME(lang, name.rstrip("。；")) for name in names)
