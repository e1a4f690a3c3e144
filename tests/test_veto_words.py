"""What a veto does, in the words that the agreement, the sheet and the notice share."""

from __future__ import annotations

from typing import get_args

import pytest

from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.grades import Consequence
from healthduty.model.indicator import Section
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
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.scoring.score import score
from healthduty.wording.effects import effect_text, veto_effects_text, veto_name_text

AGREEMENT = Agreement(
    "示例责任书",
    parts=(Section("2", "公共卫生"),),
    consequences=(Consequence("honour", "先进单位。", code="award"),),
    funding=(FundingPolicy("pool", "公卫补助", per_head=1, tiers=(Tier(None, 1),)),),
)

# An effect, what it does by the agreement's own names, and what without knowing them.
EFFECTS: list[tuple[VetoEffect, str, str, str]] = [
    (ForceGrade("不合格"), "考核等次直接评为不合格", "graded 不合格", "考核等次直接评为不合格"),
    (LowerGrade(), "考核等次降低一个等次", "grade lowered by 1", "考核等次降低一个等次"),
    (LowerGrade(2), "考核等次降低两个等次", "grade lowered by 2", "考核等次降低两个等次"),
    (LowerGrade(12), "考核等次降低12个等次", "grade lowered by 12", "考核等次降低12个等次"),
    (CapGrade("合格"), "考核等次不得高于合格", "graded 合格 at most", "考核等次不得高于合格"),
    (BarHonours(), "取消评先评优资格", "no honours", "取消评先评优资格"),
    (
        BarHonours(("award", "other")),
        "取消“先进单位”“other”的评选资格",
        "no honour “先进单位”, “other”",
        "取消“award”“other”的评选资格",
    ),
    (WithholdMoney(), "不予拨付考核经费", "the money withheld", "不予拨付考核经费"),
    (
        WithholdMoney("0.3", pool="pool"),
        "扣减“公卫补助”的30%",
        "30% of “公卫补助” withheld",
        "扣减“pool”的30%",
    ),
    (ZeroSection("2"), "“公共卫生”大项不计分", "nothing counts of “公共卫生”", "“2”大项不计分"),
    (ZeroTotal(), "考核总分计零分", "a total of zero", "考核总分计零分"),
]


@pytest.mark.parametrize(("effect", "zh", "en", "plain"), EFFECTS)
def test_an_effect_in_both_languages(effect: VetoEffect, zh: str, en: str, plain: str) -> None:
    """What is named by code is called as the agreement calls it, where it is at hand."""
    assert effect_text(effect, "zh", AGREEMENT) == zh
    assert effect_text(effect, "en", AGREEMENT) == en
    assert effect_text(effect, "zh") == plain


def test_every_kind_of_effect_is_worded() -> None:
    """A kind that is added to the union stands in the list above."""
    assert {type(effect) for effect, *_ in EFFECTS} == set(get_args(VetoEffect))


def test_a_veto_says_whom_it_hits_and_for_how_long() -> None:
    """Persons by 相关责任人, others as the agreement says; the unit itself need not be named."""
    effects = (BarHonours(), LowerGrade())
    persons = Veto("v", "造假。", when=Flag("v"), effects=effects, subject="persons", lasts="两年")
    assert veto_name_text(persons, "zh") == (
        "造假（相关责任人取消评先评优资格；考核等次降低一个等次；期限：两年）"
    )
    assert veto_name_text(persons, "en") == (
        "造假 (persons responsible: no honours; grade lowered by 1; for 两年)"
    )
    head = Veto("v", when=Flag("v"), effects=BarHonours(), subject="院长")
    assert veto_name_text(head, "zh") == "v（院长取消评先评优资格）"
    assert veto_effects_text(Veto("v", when=Flag("v"), effects=()), "zh") == ""
    assert veto_name_text(Veto("v", when=Flag("v"), effects=()), "zh") == "v"


def test_a_veto_that_is_not_settled_says_what_it_would_do() -> None:
    """Whoever must find out the fact reads what hangs on it."""
    fraud = Veto("fraud", "造假。", when=Flag("fraud"), effects=BarHonours())
    quiet = Veto("quiet", "约谈", when=Flag("fraud"), effects=())
    sheet = score(
        Agreement("示例", measures=(Measure("fraud", kind="flag"),), vetoes=(fraud, quiet)), {}
    )
    notes = sheet.table().notes, sheet.table("en").notes
    assert "一票否决：造假（待核实；如属实：取消评先评优资格）" in notes[0]
    assert "一票否决：约谈（待核实）" in notes[0]
    assert "veto: 造假 (not known yet; if so: no honours)" in notes[1]


def test_an_unknown_language_is_refused() -> None:
    """The words are there in two languages."""
    with pytest.raises(UsageError, match="`fr`"):
        effect_text(ZeroTotal(), "fr")  # type: ignore[arg-type]
