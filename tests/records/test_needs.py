"""What an agreement asks of its data."""

from __future__ import annotations

from fractions import Fraction

from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Grade, GradeScale
from healthduty.model.indicator import Indicator, Part, Section, Target
from healthduty.model.veto import BarHonours, Veto
from healthduty.records.needs import JudgementNeed, needs_of
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import (
    Assumption,
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Judgement,
    Knot,
    Reading,
)
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsBelow
from healthduty.rules.threshold import ByKind, Given


def test_every_reader_of_a_measure_counts() -> None:
    """Items, the total, vetoes, grades and money: each names what it reads."""
    agreement = Agreement(
        "示例",
        parts=(
            Indicator("1", rules=Deduction(Lacking("surveys", required=Given("due")), points=1)),
        ),
        rules=Deduction(Cases("incidents"), points=1),
        vetoes=(
            Veto("accident", when=Flag("accident"), exempt=Flag("saved"), effects=BarHonours()),
        ),
        grades=GradeScale((Grade("优秀", 90, when=Compare("files", ">=", 80)), Grade("合格"))),
        funding=(
            FundingPolicy(
                "pool", tiers=(Tier(None, 1),), overrides=(Override(Flag("breach"), "0.5"),)
            ),
        ),
    )
    assert needs_of(agreement).measures == {
        "surveys": "item 1",
        "due": "item 1",
        "incidents": "the total",
        "accident": "veto accident",
        "saved": "veto accident",
        "files": "grade 优秀",
        "breach": "the money of pool",
    }


def test_fixed_thresholds_are_found_wherever_they_stand() -> None:
    """Steps, bands, curves, conditions and stated targets; by kind of facility too."""
    rules = (
        Deduction(StepsBelow("a", target=90, step=5), points=1),
        Bonus(Once(Compare("b", ">", 50)), points=1),
        Bands("c", "earn", (Band(2, low=60), Band(1, high=ByKind({"x": 7}, default=8)))),
        Curve("d", "earn", (Knot(10, 0), Knot(20, 1))),
        Deduction(StepsBelow("e", target=Given("last"), step=5), points=1),
    )
    item = Indicator("1", points=5, rules=rules, targets=Target("a", ">=", ByKind({"x": 95})))
    assert needs_of(Agreement("示例", parts=(item,))).thresholds == {
        "a": (Fraction(90), Fraction(95)),
        "b": (Fraction(50),),
        "c": (Fraction(60), Fraction(7), Fraction(8)),
        "d": (Fraction(10), Fraction(20)),
    }


def test_another_reading_is_no_need() -> None:
    """What a rule might have meant is no part of what it means."""
    other = Reading("other", Deduction(StepsBelow("b", target=1, step=1), points=1))
    rule = Deduction(
        StepsBelow("a", target=90, step=5), points=1, assumption=Assumption("…", readings=(other,))
    )
    needs = needs_of(Agreement("示例", parts=(Indicator("1", rules=rule),)))
    assert (list(needs.measures), list(needs.thresholds)) == (["a"], ["a"])


def test_judgements_are_by_code_or_by_number() -> None:
    """Points without a rule, nor one around them, are given by an assessor."""
    tree = Section(
        "1",
        parts=(
            Indicator("1.1", "健康教育", points=5),
            Indicator("1.2", points=2, rules=Judgement("conduct", "lose", most=1)),
            Indicator("1.3", points=3, parts=(Part("1.3.1", points=1), Part("1.3.2"))),
            Indicator(
                "1.4",
                points=2,
                parts=(Part("1.4.1", points=2),),
                rules=Deduction(Cases("c"), points=1),
            ),
            Indicator("1.5"),
        ),
    )
    ruled = Section("2", parts=(Indicator("2.1", points=1),), rules=Judgement("extra", "earn"))
    agreement = Agreement("示例", parts=(tree, ruled), rules=Judgement("praise", "add", most=1))
    judgements = needs_of(agreement).judgements
    assert {code: (need.owner, need.earns) for code, need in judgements.items()} == {
        "praise": ("the total", False),
        "1.1": ("item 1.1", True),
        "conduct": ("item 1.2", False),
        "1.3.1": ("item 1.3.1", True),
        "extra": ("item 2", True),
    }
    assert judgements["1.1"].titles == ("健康教育",)


def test_attributes_of_cases_are_needed_once() -> None:
    """By which cases are weighed, and by which they are picked."""
    rules = (
        Deduction(Cases("a", by=ByAttribute("程度", {"重": 2})), points=1),
        Deduction(Cases("a", where={"程度": "重", "科室": "急诊"}), points=1),
    )
    assert needs_of(Agreement("示例", parts=(Indicator("1", rules=rules),))).attributes == (
        "程度",
        "科室",
    )


def test_kind_and_population_are_needed_by_what_depends_on_them() -> None:
    """A threshold by kind without a default, and money by the head."""
    rule = Deduction(StepsBelow("a", target=ByKind({"x": 1}), step=1), points=1)
    pool = FundingPolicy("pool", per_head="1.25", tiers=(Tier(None, 1),))
    needs = needs_of(Agreement("示例", parts=(Indicator("1", rules=rule),), funding=(pool,)))
    assert (needs.kind, needs.population) == (
        "a threshold by kind of facility",
        "the money of `pool`",
    )
    assert (needs_of(Agreement("示例")).kind, needs_of(Agreement("示例")).population) == ("", "")


def test_a_section_that_is_judged_as_a_whole_is_asked_for_by_its_number() -> None:
    """Its indicators have no points of their own; what it earned is the assessor's to say."""
    text = Indicator("1.1", "工作要求")
    agreement = Agreement("示例", parts=(Section("1", "党建工作", parts=(text,), points=6),))
    assert needs_of(agreement).judgements == {"1": JudgementNeed("item 1", ("党建工作",))}
