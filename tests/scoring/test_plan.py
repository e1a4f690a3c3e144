"""The plan: an agreement as integers, and what keeps it from being scored."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from healthduty.exact import Rounding
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import FullPoints, MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Grade, GradeScale
from healthduty.model.indicator import Indicator, Part
from healthduty.model.tree import grow, has_total
from healthduty.records.record import Statement
from healthduty.rules.condition import Flag
from healthduty.rules.points import Share
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Times,
)
from healthduty.rules.tally import Cases, Once, StepsBelow
from healthduty.rules.threshold import Blank
from healthduty.scoring.ops import NO_LIMIT
from healthduty.scoring.plan import plan
from scoring.making import (
    BY_BAND,
    BY_LINE,
    EACH,
    FEW,
    NO_LEDGER,
    PRAISE,
    RATE,
    SHORT,
    UNKEPT,
    VISITS,
    item,
    make,
    plan_codes,
    scored,
    section,
    total,
)

# ------------------------------------------------------------------------------ kept plans


def test_the_plan_of_the_same_agreement_is_kept() -> None:
    """Scoring a facility after the other lowers the agreement once."""
    agreement = make(SHORT)
    assert plan(agreement) is plan(agreement)


def test_an_equal_agreement_has_a_plan_of_its_own() -> None:
    """Plans go by the very agreement: its citations, which no comparison sees, stay with it."""
    assert plan(make(SHORT)) is not plan(make(SHORT))


def test_only_the_last_few_plans_are_kept() -> None:
    """A program that scores by many agreements does not fill the memory with their plans."""
    first = make(SHORT)
    kept = plan(first)
    others = [make(SHORT) for _ in range(16)]
    for other in others:
        plan(other)
    assert plan(first) is not kept
    assert plan(others[-1]) is plan(others[-1])


def test_words_are_made_once_a_language() -> None:
    """The names of measures are put into words once for all facilities."""
    planned = plan(make(SHORT))
    assert planned.phrases("zh") is planned.phrases("zh")
    assert planned.phrases("zh") is not planned.phrases("en")


# ------------------------------------------------------------------------------ the scale


@pytest.mark.parametrize(
    ("agreement", "places"),
    [
        (make(SHORT), 2),
        (make(attrs.evolve(SHORT, points="0.125")), 3),
        (make(attrs.evolve(SHORT, cap="1.0625")), 4),
        (make(item(SHORT, points="10.0001")), 4),
        (make(item(SHORT, floor="-1.00001")), 5),
        (make(section(item(SHORT, number="1.1"), cap="9.999")), 3),
        (make(SHORT, bonus_cap="2.0005"), 4),
        (make(SHORT, cap="100.00001"), 5),
        (make(SHORT, rounding=Rounding(4)), 4),
        (make(SHORT, total_places=3), 3),
        (make(Deduction(Once(NO_LEDGER), points=Share("0.0125"))), 3),
        (make(Deduction(Once(NO_LEDGER), points="0.25", times=Times("0.25", NO_LEDGER))), 4),
        (make(Deduction(Once(NO_LEDGER), points=Share(Fraction(1, 3)))), 2),
        (make(Bands(RATE, "earn", (Band("0.125", low=9),), otherwise="0.0625")), 4),
        (make(Bands(RATE, "earn", (Band("0.125", low=9),))), 3),
        (make(Judgement("整洁", "lose", least="0.125")), 3),
        (make(Group((SHORT, attrs.evolve(UNKEPT, cap="0.001")), cap="0.00001")), 5),
        (make(BY_LINE), 2),
        (make(Forfeit(NO_LEDGER)), 2),
    ],
)
def test_every_point_cap_and_floor_is_a_whole_number_of_the_scale(
    agreement: object, places: int
) -> None:
    """Semantics 1: the points scale has the decimals that the agreement's own numbers need."""
    assert plan(agreement).plan.places == places  # type: ignore[arg-type]


# ------------------------------------------------------------------------------ the nodes


def test_nodes_stand_children_first_with_their_points() -> None:
    """Two items of 4 and 6 points in a section of a 10-point agreement, in hundredths."""
    agreement = make(
        section(item(SHORT, number="1.1", points=4), item(FEW, number="1.2", points=6))
    )
    made = plan(agreement).plan
    assert [(ref.number, ref.kind, ref.depth) for ref in made.refs] == [
        ("1.1", "indicator", 1),
        ("1.2", "indicator", 1),
        ("1", "section", 0),
        ("", "agreement", -1),
    ]
    assert [node.full for node in made.nodes] == [400, 600, 1000, 1000]
    assert [node.parent for node in made.nodes] == [2, 2, 3, -1]
    assert made.settling.at_full == (400, 600, 1000, 0)


def test_items_that_lose_or_earn_by_one_rule_are_settled_the_short_way() -> None:
    """Most items have one deduction, or one table that earns; all others are branches."""
    agreement = make(
        item(SHORT, number="1"),
        item(SHORT, FEW, number="2"),
        item(BY_BAND, number="3"),
        item(SHORT, Forfeit(NO_LEDGER), number="4"),
        item(SHORT, number="5", floor=11),
        item(number="6"),
    )
    made = plan(agreement).plan.settling
    assert [node for node, *_ in made.losers] == [0]
    assert [node for node, *_ in made.earners] == [2, 5]
    assert [node for node, *_ in made.branches] == [1, 3, 4]


def test_an_item_without_a_bottom_may_fall_for_ever() -> None:
    """No floor is a floor so low that nothing reaches it."""
    made = plan(make(item(SHORT, floor=None), item(FEW, number="2", floor=-2))).plan
    assert [node.floor for node in made.nodes[:-1]] == [-NO_LIMIT, -200]


def test_bonuses_stand_where_they_count() -> None:
    """Inside the points, beyond them, or apart."""
    bonuses = [Bonus(Cases(PRAISE), points=1, where=where) for where in ("inside", "apart")]
    made = plan(make(item(SHORT, *bonuses, Bonus(Cases(PRAISE), points=1)))).plan
    node = made.nodes[0]
    assert [len(terms) for terms in (node.inside, node.beyond, node.apart)] == [1, 1, 1]
    assert made.settling.with_apart == (node,)


# --------------------------------------------------------------- no points printed (semantics 16)


def test_points_without_a_rule_are_judged() -> None:
    """Semantics 16: an item of 5 points and no rule earns what the assessor gives, 0 to 5."""
    agreement = make(item(number="1", points=5))
    assert [total(agreement, **{"1": points}) for points in (0, "3.5", 5)] == [0, Fraction(7, 2), 5]
    assert scored(agreement, {"1": 6}).findings.codes == ("judgement-outside",)


def test_deductions_without_points_are_a_list_without_a_total() -> None:
    """Semantics 16: where nobody prints points the sheet lists what is taken off."""
    sheet = scored(make(item(FEW, points=None)), {"visits": 1})
    assert (sheet.full, sheet.earned, sheet.total) == (None, None, None)
    assert sheet.deducted == 3
    assert not plan(sheet.agreement).plan.totals


def test_losses_of_an_item_without_points_go_to_the_section_that_has_some() -> None:
    """Semantics 16: a section of 5 points whose items print none loses what they lose."""
    agreement = make(section(item(FEW, number="1.1", points=None), points=5))
    sheet = scored(agreement, {"visits": 1})
    assert (sheet.full, sheet.total) == (5, 2)


def test_an_agreement_with_neither_points_nor_rules_says_so() -> None:
    """Semantics 16: duties without points are an agreement all the same; it has no total."""
    agreement = make(Indicator("1", "学习", requirement="每周一次"))
    (finding,) = plan(agreement).findings
    assert str(finding) == "note agreement-without-scores: the agreement has no points to score"
    sheet = scored(agreement, {})
    assert (sheet.full, sheet.total, sheet.lines) == (None, None, ())


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        (make(item(Forfeit(NO_LEDGER), points=None)), False),
        (make(item(Forfeit(NO_LEDGER), points=0)), False),
        (make(item(Forfeit(NO_LEDGER), points=5)), True),
        (make(item(FEW, points=None)), False),
        (make(item(FEW, points=None), points=5), True),
        (make(item(Bonus(Once(NO_LEDGER), points=1), points=None)), True),
        (make(points=100), False),
        (make(item(points=5)), True),
        (make(section(item(number="1.1", points=None), points=5)), True),
    ],
)
def test_there_is_a_total_where_something_can_move_a_point(
    agreement: Agreement, *, expected: bool
) -> None:
    """The plan and the checks ask the same: a forfeit of nothing moves no point."""
    assert plan(agreement).plan.totals is expected
    assert has_total(grow(agreement)) is expected


def test_a_rule_that_is_refused_is_a_rule_all_the_same() -> None:
    """An agreement whose only rule names no known measure is not said to have no scores."""
    assert plan_codes(make(Deduction(Once(Flag("nobody")), points=1))) == ["measure-unknown"]


# ------------------------------------------------------------------------------ what is refused


def test_a_number_that_stands_twice_is_an_error() -> None:
    """Judgements, vetoes and explanations go by the number: it must name one item."""
    (finding,) = plan(make(item(SHORT), item(FEW))).findings
    assert str(finding) == "error number-twice: item 1: number `1` is used twice"


def test_every_open_blank_is_named_once_with_its_first_item() -> None:
    """A template's blanks are listed by their names, each where it stands first."""
    rule = Deduction(StepsBelow(RATE, target=Blank("目标"), step=5), points=1)
    agreement = make(
        section(item(rule, number="1.1"), Indicator("1.2", parts=(Part("a", rules=rule),))),
        vetoes=(),
        rules=Deduction(StepsBelow(VISITS, target=Blank("次数"), step=1), points=1),
    )
    assert [str(finding) for finding in plan(agreement).findings] == [
        "error blank-open: item 1.1: blank `目标` is not filled",
        "error blank-open: blank `次数` is not filled",
    ]


def test_a_forfeit_of_the_total_is_refused() -> None:
    """What zeroes the total is a veto: it stands beside the arithmetic."""
    (finding,) = plan(make(SHORT, rules=Forfeit(NO_LEDGER))).findings
    assert str(finding) == ("error rule-misplaced: what zeroes the total is a veto, not a forfeit")


@pytest.mark.parametrize("number", ["9", "1"])
def test_points_move_to_another_item_that_exists(number: str) -> None:
    """Excused points can't go to an item that is not there, nor to the item itself."""
    agreement = make(item(SHORT, excused=MovedTo(number)), item(FEW, number="2"))
    (finding,) = plan(agreement).findings
    assert str(finding) == (
        f"error excusal-target: item 1: points move to item `{number}`: no such item"
    )


def test_an_item_without_rules_moves_no_points() -> None:
    """A requirement that is kept as text has nothing to move, and no fault."""
    agreement = make(item(SHORT), item(number="2", points=None, excused=MovedTo("9")))
    assert plan_codes(agreement) == []


def test_the_peers_mean_is_a_measure_of_the_agreement() -> None:
    """Semantics 14: what peers earned comes with the record, under a measure that is there."""
    (finding,) = plan(make(SHORT, excused=PeersMean("nobody"))).findings
    assert str(finding) == (
        "error measure-unknown: item 1: measure `nobody` is not in the agreement"
    )


def test_the_nearest_way_with_excused_points_counts() -> None:
    """The item's own, else the section's, else the agreement's: full points by default."""
    agreement = make(
        section(
            item(SHORT, number="1.1", excused=ZeroPoints()),
            item(SHORT, number="1.2"),
            excused=Rescaled("section"),
        ),
        item(SHORT, number="2"),
    )
    ways = {ref.number: ref.excusal for ref in plan(agreement).plan.refs}
    assert ways["1.1"] == ZeroPoints()
    assert ways["1.2"] == Rescaled("section")
    assert ways["2"] == FullPoints()
    assert ways["1"] is None


def test_grades_and_money_name_what_they_ask() -> None:
    """A grade's condition and an override's are tested too; a fault says whose it is."""
    nobody = Flag("nobody")
    agreement = make(
        SHORT,
        grades=GradeScale((Grade("优", 9, when=nobody), Grade("差"))),
        funding=(FundingPolicy("aid", tiers=(Tier(None, 1),), overrides=(Override(nobody, 0),)),),
    )
    assert [finding.message.split(":")[0] for finding in plan(agreement).findings] == [
        "grade 优",
        "funding aid",
    ]


# ------------------------------------------------------------------------------ evidence


def test_evidence_that_no_rule_needs_forfeits_nothing() -> None:
    """An item that is judged reads no measure of which evidence could be missing."""
    agreement = make(item(evidence_required=True))
    assert total(agreement, **{"1": Statement(8, unevidenced=True)}) == 8


def test_evidence_is_asked_of_every_measure_of_the_item() -> None:
    """Semantics 7: one value without written evidence forfeits the item that requires it."""
    agreement = make(item(SHORT, EACH, evidence_required=True))
    values = {"rate": 90, "complaints": 0}
    assert total(agreement, **values) == 10
    assert total(agreement, **{**values, "complaints": Statement(0, unevidenced=True)}) == 0
