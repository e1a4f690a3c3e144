"""From rules to operations: what each becomes, and what can't be computed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.model.veto import Veto, ZeroTotal
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level, Not
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import (
    Band,
    Bands,
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
from healthduty.scoring.lower import Lowering
from healthduty.scoring.ops import Modifiers, PlainStepsOp
from healthduty.scoring.plan import plan
from healthduty.scoring.reads import LoweringError, Reads
from healthduty.scoring.scale import Scale
from scoring.making import (
    COMPLAINTS,
    DEATHS,
    EACH,
    FEW,
    GROWTH,
    HOMES,
    LAST,
    LEDGER,
    NO_LEDGER,
    QUALITY,
    RATE,
    SHORT,
    UNKEPT,
    VISITS,
    make,
    scored,
    total,
)

# --------------------------------------------------------------------------- what rules become


def test_the_commonest_rule_is_seven_integers() -> None:
    """Each 5 % below 90 %, half a point: in hundredths of a point, all of it whole numbers."""
    (op,) = plan(make(SHORT)).plan.ops
    assert op == PlainStepsOp(out=0, slot=0, target=90, weight=1, step_n=5, step_q=1, per=50)


def test_steps_above_carry_their_sign() -> None:
    """Above a ceiling of 8.5 by 0.5 at a time, 2 points: target and weight are negative."""
    rule = Deduction(StepsAbove(DEATHS, target="8.5", step="0.5"), points=2)
    (op,) = plan(make(rule)).plan.ops
    # (value × 2 − 17) ÷ (0.5 × 2): both sides of 8.5 are doubled.
    assert op == PlainStepsOp(out=0, slot=0, target=-17, weight=-2, step_n=2, step_q=2, per=200)


def test_what_several_rules_read_is_read_once() -> None:
    """A measure, and a condition, stand once in the plan, however many rules name them."""
    made = plan(make(UNKEPT, attrs.evolve(EACH, when=NO_LEDGER), Forfeit(NO_LEDGER))).plan
    assert len(made.conditions) == 1
    assert len(made.slots) == 2


def test_only_what_may_not_come_out_even_is_rounded() -> None:
    """A third of 10 points is rounded, half of them is not."""
    third, half = (
        plan(make(Deduction(Once(NO_LEDGER), points=Share(Fraction(1, n))))).plan for n in (3, 2)
    )
    assert third.loops.once[0].modifiers == Modifiers(per_d=3, granule=1)
    assert half.loops.once[0].modifiers is None


def test_a_condition_and_factors_are_modifiers() -> None:
    """Doubled without a ledger, only where there was an accident: both stand beside the steps."""
    rule = attrs.evolve(SHORT, when=Flag("accident"), times=Times(2, NO_LEDGER))
    (op,) = plan(make(rule)).plan.loops.steps
    assert op.modifiers == Modifiers(when=0, times=((1, 2, 1),))


# ----------------------------------------------------------------- thresholds (semantics 14)


@pytest.mark.parametrize(
    ("target", "last", "steps"),
    [
        (Given(LAST), "93%", 4),  # 93 − 83 = 10
        (Multiple("1.1", LAST), "80%", 2),  # 88 − 83 = 5
        (Multiple(1, LAST, plus=5), "86%", 3),  # 91 − 83 = 8
        (Multiple(1, LAST, plus="-2.5"), "86%", 0),  # 83.5 − 83 = 0.5
    ],
)
def test_what_depends_on_others_is_a_value_of_the_record(
    target: Given | Multiple, last: str, steps: int
) -> None:
    """Semantics 14: last year's value comes with the record; each whole 2.5 % short is a point."""
    agreement = make(Deduction(StepsBelow(RATE, target=target, step="2.5"), points=1))
    assert total(agreement, rate="83%", last=last) == 10 - steps


def test_a_threshold_by_kind_of_facility() -> None:
    """A centre must reach 90 %, a station 80 %, any other 70 %."""
    target = ByKind({"中心": 90, "站": 80}, default=70)
    agreement = make(Deduction(StepsBelow(RATE, target=target, step=5), points=1))
    totals = [scored(agreement, {"rate": 70}, kind=kind).total for kind in ("中心", "站", None)]
    assert totals == [6, 8, 10]


def test_a_required_number_may_be_a_multiple() -> None:
    """Four visits a home, five homes: 18 of 20 lack two."""
    agreement = make(Deduction(Lacking(VISITS, required=Multiple(4, HOMES)), points=1))
    assert total(agreement, visits=18, homes=5) == 8


# ------------------------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Compare(RATE, ">=", 85), True),
        (Compare(RATE, ">", 85), False),
        (Compare(RATE, "<=", Given(LAST)), True),
        (Flag(LEDGER), True),
        (Flag(LEDGER, expected=False), False),
        (Flag(COMPLAINTS), True),
        (Level(QUALITY, ("优", "良")), True),
        (Level(QUALITY, "差"), False),
        (AllOf((Flag(LEDGER), Compare(RATE, "=", 85))), True),
        (AllOf((Flag(LEDGER), Compare(RATE, "<", 85))), False),
        (AnyOf((NO_LEDGER, Compare(RATE, "=", 85))), True),
        (AnyOf((NO_LEDGER, Compare(RATE, "<", 85))), False),
        (Not(Flag(LEDGER)), False),
        (Not(AllOf((NO_LEDGER,))), True),
    ],
)
def test_conditions_hold_or_not(condition: Any, holds: bool) -> None:  # noqa: ANN401, FBT001
    """85 % against last year's 85 %, a ledger, one complaint, files that are good."""
    agreement = make(Deduction(Once(condition), points=3))
    values = {"rate": 85, "last": 85, "ledger": True, "complaints": 1, "quality": "良"}
    assert total(agreement, **values) == (7 if holds else 10)


def test_bands_may_hold_conditions_and_bounds_given_with_the_record() -> None:
    """Better than last year earns all, a ledger at least half."""
    rule = Bands(RATE, "earn", (Band(FULL, low=Given(LAST)), CaseBand(Flag(LEDGER), Share("0.5"))))
    totals = [
        total(make(rule), rate=rate, last=80, ledger=ledger)
        for rate, ledger in ((80, False), (79, True), (79, False))
    ]
    assert totals == [10, 5, 0]


def test_bands_of_conditions_alone_take_a_measure_of_any_kind() -> None:
    """A flag's bands are its conditions."""
    rule = Bands(LEDGER, "lose", (CaseBand(NO_LEDGER, 4),), otherwise=1)
    assert [total(make(rule), ledger=kept) for kept in (True, False)] == [9, 6]


# ----------------------------------------------------------------------- what can't be lowered

REFUSED: dict[str, tuple[Rule, str, str]] = {
    "an unknown measure": (
        Deduction(StepsBelow("nobody", target=90, step=5), points=1),
        "measure-unknown",
        "measure `nobody` is not in the agreement",
    ),
    "steps of a level": (
        Deduction(StepsBelow(QUALITY, target=90, step=5), points=1),
        "measure-kind",
        "measure `quality` is a level: no steps of it",
    ),
    "a share that lacks": (
        Deduction(Lacking(RATE, required=4), points=1),
        "measure-kind",
        "measure `rate` is a rate: no counting of it",
    ),
    "cases of a flag": (
        Deduction(Cases(LEDGER), points=1),
        "measure-kind",
        "measure `ledger` is a flag: no cases of it",
    ),
    "a level as a target": (
        Deduction(StepsBelow(RATE, target=Given(QUALITY), step=5), points=1),
        "measure-kind",
        "measure `quality` is a level: no number of it",
    ),
    "a multiple of a flag": (
        Deduction(StepsBelow(RATE, target=Multiple(2, LEDGER), step=5), points=1),
        "measure-kind",
        "measure `ledger` is a flag: no multiple of it",
    ),
    "a level compared": (
        Deduction(Once(Compare(QUALITY, ">=", 1)), points=1),
        "measure-kind",
        "measure `quality` is a level: no comparison of it",
    ),
    "a rate as yes or no": (
        Deduction(Once(Flag(RATE)), points=1),
        "measure-kind",
        "measure `rate` is a rate: no yes or no of it",
    ),
    "a rate's levels": (
        Deduction(Once(Level(RATE, "优")), points=1),
        "measure-kind",
        "measure `rate` is a rate: no level of it",
    ),
    "a level that the measure lacks": (
        Deduction(Once(Level(QUALITY, ("优", "极差"))), points=1),
        "level-not-of-measure",
        "`极差` is no level of `quality`",
    ),
    "bands by number of a level": (
        Bands(QUALITY, "lose", (Band(1, low=1),)),
        "measure-kind",
        "measure `quality` is a level: no bands of it",
    ),
    "bands by level of a rate": (
        Bands(RATE, "lose", (LevelBand("优", 1),)),
        "measure-kind",
        "measure `rate` is a rate: no bands of it",
    ),
    "bands by number and by level": (
        Bands(QUALITY, "lose", (LevelBand("差", 3), Band(1, low=1))),
        "measure-kind",
        "bands by number and by level do not mix",
    ),
    "a curve of a flag": (
        Curve(LEDGER, "earn", (Knot(0, 0), Knot(1, 10))),
        "measure-kind",
        "measure `ledger` is a flag: no curve of it",
    ),
    "a judgement whose least is above its most": (
        Judgement("整洁", "lose", least=3, most=Share("0.2")),
        "judgement-bounds",
        "judgement `整洁` of 1: least > most",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_rule_that_cannot_be_computed_is_an_error(name: str) -> None:
    """The rule is named with its item, and the agreement has no total."""
    rule, code, message = REFUSED[name]
    (finding,) = plan(make(rule)).findings.errors
    assert (finding.code, finding.message, finding.place.item) == (code, message, "1")
    assert not plan(make(rule)).plan.totals


def test_the_other_rules_of_an_item_are_lowered_all_the_same() -> None:
    """All faults come at once, and what can be computed has its line."""
    bad = Deduction(StepsBelow("nobody", target=90, step=5), points=1)
    sheet = scored(make(bad, SHORT, attrs.evolve(UNKEPT, when=Flag(GROWTH))), {"rate": 83})
    assert [line.ref.rule for line in sheet.lines if line.ref] == [SHORT]
    assert sheet.findings.codes == ("measure-unknown", "measure-kind")
    assert sheet.total is None


def test_a_blank_is_named_and_blocks_the_total() -> None:
    """Semantics 16: a template that is not filled yet can't be scored."""
    agreement = make(Deduction(StepsBelow(RATE, target=Blank("满意率目标"), step=5), points=1))
    (finding,) = plan(agreement).findings
    assert str(finding) == "error blank-open: item 1: blank `满意率目标` is not filled"
    assert scored(agreement, {"rate": 83}).total is None
    assert total(agreement.fill({"满意率目标": 90}), rate=83) == Decimal(9)


def test_a_veto_that_cannot_be_tested_is_named() -> None:
    """Without knowing what would veto the total there is none."""
    veto = Veto("fraud", when=Flag("nobody"), effects=ZeroTotal())
    (finding,) = plan(make(SHORT, vetoes=(veto,))).findings
    assert str(finding) == (
        "error measure-unknown: veto fraud: measure `nobody` is not in the agreement"
    )


@pytest.mark.parametrize("rule", [Forfeit(NO_LEDGER), Group((FEW, SHORT))])
def test_a_forfeit_and_a_group_make_no_amount_of_their_own(rule: Rule) -> None:
    """A forfeit takes what is left, a group picks among amounts: there is nothing to lower."""
    lowering = Lowering(Reads(()), Scale(places=2, granule=1, rounding=0))
    with pytest.raises(LoweringError) as caught:
        lowering.amount(rule, Fraction(10), "1")
    assert caught.value.code == "rule-misplaced"
