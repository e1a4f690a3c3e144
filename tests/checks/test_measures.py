"""Measures that are unknown, unused, doubled or of the wrong kind; open blanks."""

from __future__ import annotations

import attrs
import pytest

from checks.faults import COMPLAINTS, RATE, SHORT
from checks.making import LOSES, codes, item, make, only
from healthduty.checks.check import check
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import PeersMean
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Grade, GradeScale
from healthduty.model.indicator import Section, Target
from healthduty.model.obligation import Obligation
from healthduty.model.veto import Veto, ZeroTotal
from healthduty.rules.condition import Compare, Condition, Flag, Level, Not
from healthduty.rules.measure import Measure
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
    Times,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple

ACCIDENT = Flag("accident")
WITH_TARGET = item(targets=Target("rate", ">=", Given("last_year")))


def places(agreement: Agreement, code: str) -> list[str]:
    """Return the places of the findings with a code."""
    return [str(finding.place) for finding in check(agreement) if finding.code == code]


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        (make(item(SHORT), measures=()), ["item 1"]),
        (make(item(Group((SHORT, LOSES))), measures=()), ["item 1", "item 1"]),
        (make(Section("1", rules=Forfeit(ACCIDENT)), measures=()), ["item 1"]),
        (make(WITH_TARGET, measures=(COMPLAINTS,)), ["item 1", "item 1"]),
        (make(item(excused=PeersMean("peers")), measures=(COMPLAINTS,)), ["item 1"]),
        (
            make(
                item(),
                vetoes=(Veto("v", when=ACCIDENT, exempt=Flag("order"), effects=ZeroTotal()),),
                measures=(COMPLAINTS,),
            ),
            ["vetoes[0].when", "vetoes[0].exempt"],
        ),
        (
            make(
                item(points=100),
                grades=GradeScale((Grade("优", 90, when=ACCIDENT), Grade("差"))),
                measures=(COMPLAINTS,),
            ),
            ["grades[0].when"],
        ),
        (
            make(
                item(points=100),
                funding=(
                    FundingPolicy(
                        "p", fixed=1, tiers=(Tier(None, 1),), overrides=(Override(ACCIDENT, 0),)
                    ),
                ),
                measures=(COMPLAINTS,),
            ),
            ["funding[0].overrides[0].when"],
        ),
        (
            make(
                item(), obligations=(Obligation("plan", measure="plans"),), measures=(COMPLAINTS,)
            ),
            ["obligations[0]"],
        ),
        (make(item(Judgement("order", "lose")), measures=()), []),
    ],
)
def test_unknown_measures_are_found_wherever_they_are_named(
    agreement: Agreement, expected: list[str]
) -> None:
    """Rules, targets, excusals, vetoes, grades, money and duties name measures."""
    assert places(agreement, "measure-unknown") == expected


@pytest.mark.parametrize(
    "rule",
    [
        Deduction(Lacking("surveys", required=Given("x")), points=1),
        Deduction(StepsBelow("rate", target=Multiple(2, "x"), step=1), points=1),
        Deduction(Once(Compare("rate", "<", Given("x"))), points=1),
        Deduction(Once(ACCIDENT), points=1, times=Times(2, Flag("x"))),
        Deduction(Once(ACCIDENT), points=1, when=Not(Flag("x"))),
        Bands("rate", "lose", (Band(1, high=Given("x")),)),
        Bands("rate", "lose", (CaseBand(Flag("x"), 1),)),
        Bands("x", "lose", (Band(1, high=60),)),
        Curve("rate", "lose", (Knot(Given("x"), 1), Knot(100, 0))),
    ],
)
def test_unknown_measures_are_found_wherever_a_rule_looks(rule: Rule) -> None:
    """Thresholds, factors, conditions, bands and knots are looked through."""
    assert codes(make(item(LOSES, rule))) == ["measure-unknown"]


def test_hints_for_misspelt_measures() -> None:
    """A name in place of a code, or a code that is nearly right, is pointed at."""
    by_name = Deduction(StepsBelow("满意率", target=90, step=5), points=1)
    nearly = Deduction(StepsBelow("rates", target=90, step=5), points=1)
    other = Deduction(StepsBelow("zzz", target=90, step=5), points=1)
    hints = [
        check(make(item(SHORT, rule, points=18), measures=(RATE,)))[-1].hint
        for rule in (by_name, nearly, other)
    ]
    assert hints == ["that is the name of `rate`", "did you mean `rate`?", ""]


def test_measures_that_others_are_made_of_are_used() -> None:
    """The counts behind a rate are read, though no rule names them."""
    parts = (Measure("pleased", unit="人"), Measure("asked", unit="人"))
    rate = attrs.evolve(RATE, numerator="pleased", denominator="asked")
    agreement = make(item(SHORT, points=18), measures=(rate, *parts))
    assert codes(agreement) == []
    assert codes(attrs.evolve(agreement, measures=(RATE, *parts))) == ["measure-unused"] * 2


def test_measures_without_a_name_share_none() -> None:
    """No name is no common name."""
    agreement = make(
        item(Deduction(Cases("a"), points=1), Deduction(Cases("b"), points=1)),
        measures=(Measure("a", kind="cases"), Measure("b", kind="cases")),
    )
    assert codes(agreement) == []


ALL = ("rate", "done", "growth", "visits", "hours", "complaints", "accident", "quality")
NUMERIC = set(ALL[:6])


@pytest.mark.parametrize("measure", ALL)
@pytest.mark.parametrize(
    ("make_rule", "kinds"),
    [
        (lambda m: Deduction(StepsBelow(m, target=9, step=1), points=1), NUMERIC),
        (lambda m: Deduction(StepsAbove(m, target=9, step=1), points=1), NUMERIC),
        (lambda m: Deduction(Lacking(m, required=9), points=1), {"visits", "hours", "complaints"}),
        (lambda m: Deduction(Cases(m), points=1), {"visits", "hours", "complaints"}),
        (lambda m: Bonus(Once(Compare(m, ">", 9)), points=1), NUMERIC),
        (lambda m: Forfeit(Flag(m)), {"visits", "complaints", "accident"}),
        (lambda m: Forfeit(Not(Level(m, "差"))), {"quality"}),
        (lambda m: Bands(m, "lose", (Band(5, high=9),)), NUMERIC),
        (lambda m: Bands(m, "lose", (LevelBand(("良", "差"), 5),)), {"quality"}),
        (lambda m: Bands(m, "lose", (CaseBand(ACCIDENT, 5),)), set(ALL)),
        (lambda m: Curve(m, "lose", (Knot(5, 5), Knot(9, 0))), NUMERIC),
        (
            lambda m: Deduction(StepsBelow("visits", target=Multiple(2, m), step=1), points=1),
            NUMERIC,
        ),
        (
            lambda m: Deduction(Once(ACCIDENT), points=1, times=Times(2, Flag(m))),
            {"visits", "complaints", "accident"},
        ),
        (lambda m: Judgement("order", "lose", when=Compare(m, "<", 9)), NUMERIC),
        (
            lambda m: Group((LOSES, Deduction(Cases(m), points=1))),
            {"visits", "hours", "complaints"},
        ),
    ],
)
def test_what_each_kind_of_measure_can_answer(
    measure: str,
    make_rule: object,
    kinds: set[str],
) -> None:
    """Steps need numbers, levels need levels, and nothing else is held against a kind."""
    assert callable(make_rule)
    rule = make_rule(measure)
    found = codes(make(item(LOSES, rule)))
    assert found == ([] if measure in kinds else ["measure-kind"])


def test_kinds_in_outcomes() -> None:
    """A veto that asks a rate whether it happened is found at the veto."""
    veto = Veto("v", when=Flag("rate"), effects=ZeroTotal())
    assert only(make(item(), vetoes=(veto,))) == (
        "error measure-kind: vetoes[0].when:"
        " `满意率` is a rate, which can't say whether it happened"
    )


@pytest.mark.parametrize(
    "condition",
    [Level("quality", "中"), Not(Level("quality", ("优", "中")))],
)
def test_levels_that_are_none(condition: Condition) -> None:
    """A level that the measure does not have is found, and its rule is not called dead."""
    assert codes(make(item(LOSES, Forfeit(condition)))) == ["level-not-of-measure"]
    bands = Bands("quality", "lose", (LevelBand(("良", "差", "中"), 5),))
    assert codes(make(item(bands))) == ["level-not-of-measure"]


def test_open_blanks() -> None:
    """Each blank is one finding, where it stands first; a filled one is none."""
    rules = (
        Deduction(StepsBelow("rate", target=Blank("least"), step=5), points=1),
        Deduction(StepsAbove("rate", target=ByKind({"centre": 99}, default=98), step=1), points=1),
        Forfeit(Compare("rate", "<", Blank("floor"))),
    )
    agreement = make(
        item(*rules, targets=Target("rate", ">=", Blank("least"))),
        item(attrs.evolve(LOSES, when=Compare("rate", "<", Blank("floor"))), number="2"),
        vetoes=(Veto("v", when=Compare("rate", "<", Blank("veto")), effects=ZeroTotal()),),
    )
    assert codes(agreement) == ["blank-open"] * 3
    assert places(agreement, "blank-open") == ["item 1", "item 1", "vetoes[0].when"]
    assert codes(agreement.fill({"least": 90, "floor": 60, "veto": 10})) == []
