"""Corners: bounds that do not come out even, the smallest amounts, rules that read the same first.

Each of these stands for a fault that no other test would have noticed (mutation testing).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from healthduty.exact import Rounding, RoundingMode
from healthduty.findings import Severity
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import Veto, ZeroTotal
from healthduty.records.record import NOT_APPLICABLE, Case
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.points import FULL, Share
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
    Times,
)
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple
from healthduty.scoring.plan import plan
from scoring.making import (
    ACCIDENT,
    BREACHES,
    BY_BAND,
    BY_LINE,
    COMPLAINTS,
    EACH,
    FEW,
    HOMES,
    LAST,
    LEDGER,
    NO_LEDGER,
    PEERS,
    PRAISE,
    RATE,
    SHORT,
    UNKEPT,
    VISITS,
    earned,
    item,
    make,
    scored,
    section,
    total,
)

# --------------------------------------------------- what is read first is read like any other

BELOW_LAST = Deduction(Once(Compare(LAST, "<", 80)), points=1)


def after_last(*rules: Any) -> Agreement:  # noqa: ANN401
    """Return an agreement whose first item reads last year's rate, and the second these rules."""
    return make(item(BELOW_LAST), item(*rules, number="2"))


@pytest.mark.parametrize(
    "rule",
    [
        Bands(RATE, "earn", (Band(10, low=Given(LAST)), Band(4, low=60))),
        Bands(RATE, "earn", (Band(4, high=Given(LAST), low=60), Band(10, low=60))),
        Curve(RATE, "earn", (Knot(60, 4), Knot(Given(LAST), 4), Knot(99, 10))),
        Deduction(StepsBelow(RATE, target=Given(LAST), step=100, counting="started"), points=6),
        Deduction(Lacking(VISITS, required=Given(VISITS)), points=1, when=Compare(RATE, "<", 80)),
    ],
)
def test_a_threshold_that_an_earlier_rule_has_read(rule: Any) -> None:  # noqa: ANN401
    """Last year's rate is what the plan reads first; a rule that waits for it is silent with it."""
    agreement = attrs.evolve(after_last(rule), excused=ZeroPoints())
    silent = "last" in repr(rule)
    given = earned(agreement, last=NOT_APPLICABLE, rate=70, visits=4)
    assert given == {"1": 0, "2": 0 if silent else 10}


@pytest.mark.parametrize(("rate", "points"), [(89, 4), (90, 10), (95, 10), (59, 0)])
def test_bands_from_a_threshold_that_an_earlier_rule_has_read(rate: int, points: int) -> None:
    """Not below last year 10 points, from 60 % 4; the same said from the other side."""
    from_below = Bands(RATE, "earn", (Band(10, low=Given(LAST)), Band(4, low=60)))
    from_above = Bands(RATE, "earn", (Band(4, low=60, high=Given(LAST)), Band(10, low=60)))
    for rule in (from_below, from_above):
        assert earned(after_last(rule), last=90, rate=rate)["2"] == points


# ----------------------------------------------------------- bounds that do not come out even

UNEVEN = Bands(
    RATE,
    "earn",
    (Band(10, low="89.5", low_in=False), CaseBand(NO_LEDGER, 1), Band(4, low="62.5", high="89.5")),
)


@pytest.mark.parametrize(
    ("rate", "points"),
    [("62.4", 0), ("62.5", 4), (63, 4), ("89.4", 4), ("89.5", 0), ("89.6", 10), (90, 10)],
)
def test_bands_beside_a_condition_hold_their_bounds_exactly(rate: object, points: int) -> None:
    """Above 89.5 % ten, from 62.5 % four; just 89.5 % is in neither."""
    assert total(make(item(UNEVEN)), rate=rate, ledger=True) == points


@pytest.mark.parametrize(
    ("rate", "points"),
    [
        (62, 0),
        ("62.5", 0),
        (65, 2),
        ("67.5", 4),
        (70, "5.5"),
        ("72.5", 7),
        ("77.4", 7),
        ("77.5", 10),
        (78, 10),
    ],
)
def test_a_curve_between_uneven_knots(rate: object, points: object) -> None:
    """Straight from 62.5 % to 67.5 %, less steep to 72.5 %, level, and a jump at 77.5 %."""
    knots = (Knot("62.5", 0), Knot("67.5", 4), Knot("72.5", 7), Knot("77.5", 7), Knot("77.5", 10))
    assert total(make(item(Curve(RATE, "earn", knots))), rate=rate) == Decimal(str(points))


@pytest.mark.parametrize(("rate", "points"), [("62.4", 1), ("62.5", 2), ("90.5", 8), ("90.6", 9)])
def test_what_lies_outside_a_curve_with_uneven_ends(rate: object, points: int) -> None:
    """Strictly below and strictly above the ends other points count than at them."""
    curve = Curve(RATE, "earn", (Knot("62.5", 2), Knot("90.5", 8)), below=1, above=9)
    assert total(make(item(curve)), rate=rate) == points


def test_what_lies_outside_a_curve_may_be_a_share_of_the_points() -> None:
    """Below the first knot a tenth of the ten points, above the last all of them."""
    curve = attrs.evolve(BY_LINE, below=Share("0.1"), above=FULL, knots=(Knot(60, 2), Knot(90, 8)))
    assert [total(make(item(curve)), rate=rate) for rate in (59, 60, 90, 91)] == [1, 2, 8, 10]


@pytest.mark.parametrize("rule", [BY_BAND, BY_LINE, Judgement("order", "earn", most=5)])
def test_a_curve_and_a_judgement_may_hang_on_a_condition(rule: Any) -> None:  # noqa: ANN401
    """Without a ledger nothing is earned, whatever was observed."""
    agreement = make(item(attrs.evolve(rule, when=Flag(LEDGER))))
    points = [total(agreement, rate=95, order=5, ledger=kept) for kept in (True, False)]
    assert points[0] in {5, 10}
    assert points[1] == 0


def test_a_judgement_may_leave_no_choice() -> None:
    """Points from 2 to 2: all or nothing."""
    agreement = make(item(Judgement("order", "lose", least=2, most=2)))
    assert [total(agreement, order=points) for points in (0, 2)] == [10, 8]
    assert total(agreement, order=1) is None


def test_an_item_without_a_rule_takes_any_share_of_its_points() -> None:
    """An assessor may give half a point of five."""
    assert total(make(item(points=5)), **{"1": "0.5"}) == Decimal("0.5")


def test_a_required_number_beyond_any_float_is_exact() -> None:
    """One household of 100,000,000,000,000,001 was not visited."""
    rule = Deduction(Lacking(VISITS, required=Multiple(1, HOMES)), points=1)
    assert total(make(rule), homes=10**17 + 1, visits=10**17) == 9


def test_more_than_a_required_number_that_comes_with_the_record() -> None:
    """Twelve visits of ten: nothing lacks, and nothing makes up for what lacks elsewhere."""
    rule = Deduction(Lacking(VISITS, required=Multiple(1, HOMES)), points=1)
    assert total(make(rule, SHORT), homes=10, visits=12, rate=85) == Decimal("9.5")


def test_a_share_of_the_smallest_target() -> None:
    """One visit was asked for and none was paid: the whole share is unmet."""
    fixed, given = StepsBelow(VISITS, target=1), StepsBelow(VISITS, target=Given(HOMES))
    for tally in (fixed, given):
        assert total(make(Deduction(tally, points=4)), visits=0, homes=1) == 6


@pytest.mark.parametrize(
    ("visits", "left"), [(100, 5), (101, "5.5"), (190, "9.5"), (191, 10), (1, "0.5"), (0, 0)]
)
def test_a_step_of_five_percent_of_the_target_is_just_that(visits: int, left: object) -> None:
    """Of 200 visits 5 % are ten, not a hair more or less."""
    rule = Deduction(StepsBelow(VISITS, target=200, step=5, relative=True), points="0.5")
    assert total(make(rule), visits=visits) == Decimal(str(left))


def test_a_small_rate_beside_a_target_of_just_ten_percent() -> None:
    """Ten percent is where a rate of one or less begins to look like a fraction."""
    sheets = [
        scored(make(Deduction(StepsBelow(RATE, target=target, step=1), points=1)), {"rate": "0.5"})
        for target in (10, "9.9")
    ]
    assert ["rate-scale" in sheet.findings.codes for sheet in sheets] == [True, False]


@pytest.mark.parametrize(("count", "left"), [(1, 10), (2, 10), (3, 9), (4, 8)])
def test_free_cases_that_are_no_whole_number(count: int, left: int) -> None:
    """Of a case and a half free the half frees no second one."""
    assert total(make(Deduction(Cases(COMPLAINTS, free="1.5"), points=1)), complaints=count) == left


# ----------------------------------------------------------------------- the smallest amounts

CENT = Decimal("0.01")


def test_a_forfeit_of_a_hundredth() -> None:
    """The smallest item there is, forfeited."""
    agreement = make(item(Forfeit(NO_LEDGER), points=CENT))
    assert [total(agreement, ledger=kept) for kept in (True, False)] == [CENT, 0]


def test_a_hundredth_scaled_up_to_two() -> None:
    """One of two hundredths is excused: the other counts double."""
    items = [item(EACH, points=CENT), item(SHORT, number="2", points=CENT)]
    agreement = make(*items, excused=Rescaled())
    assert total(agreement, complaints=0, rate=NOT_APPLICABLE) == Decimal("0.02")


def test_a_cap_without_a_bonus_cuts_no_bonus() -> None:
    """A section of 10 points may make 8; there is no bonus to cut from."""
    sheet = scored(make(section(item(EACH, number="1.1"), cap=8)), {"complaints": 0})
    assert (sheet.total, sheet.bonus) == (8, 0)


@pytest.mark.parametrize(("mode", "mean"), [("half_up", "3.3"), ("down", "3.2"), ("up", "3.3")])
def test_a_peers_mean_is_rounded_as_the_agreement_says(mode: RoundingMode, mean: str) -> None:
    """3.25 points to one place."""
    agreement = make(
        item(SHORT), excused=PeersMean(PEERS), rounding=Rounding(1, mode), total_places=2
    )
    assert total(agreement, rate=NOT_APPLICABLE, peers="3.25") == Decimal(mean)


@pytest.mark.parametrize(("mode", "scaled"), [("half_up", "16.7"), ("down", "16.6")])
def test_a_rescaling_is_rounded_as_the_agreement_says(mode: RoundingMode, scaled: str) -> None:
    """8.33 of 10 points, scaled to 20, to one place although points have two."""
    items = [item(attrs.evolve(EACH, points="1.67")), item(SHORT, number="2")]
    agreement = make(*items, excused=Rescaled(), rounding=Rounding(1, mode))
    assert total(agreement, complaints=1, rate=NOT_APPLICABLE) == Decimal(scaled)


@pytest.mark.parametrize(("mode", "left"), [("half_up", "7.7"), ("down", "7.8"), ("up", "7.7")])
def test_a_share_is_rounded_coarser_than_points_are_written(mode: RoundingMode, left: str) -> None:
    """Half a step of 4.5 points is 2.25: to one place 2.2 or 2.3, though points have two."""
    half = Deduction(StepsBelow(RATE, target=90, step=10, counting="proportional"), points="4.50")
    items = [item(half), item(Bonus(Cases(PRAISE), points="0.01"), number="2", points=None)]
    agreement = make(*items, rounding=Rounding(1, mode))
    assert total(agreement, rate=85) == Decimal(left)


@pytest.mark.parametrize(("mode", "moved"), [("half_up", "6.7"), ("down", "6.6")])
def test_moved_points_are_rounded_as_the_agreement_says(mode: RoundingMode, moved: str) -> None:
    """The named item earned 2 of 3 points: of the 10 that move there, 6.67 count."""
    items = [
        item(SHORT, excused=MovedTo("2")),
        item(EACH, number="2", points=3),
        item(Bonus(Cases(PRAISE), points="0.01"), number="3", points=None),
    ]
    agreement = make(*items, rounding=Rounding(1, mode))
    given = earned(agreement, rate=NOT_APPLICABLE, complaints=1)
    assert given["2"] == 2 + Decimal(moved)


def test_points_that_move_to_a_hundredth() -> None:
    """The smallest item that points can move to earns them all."""
    items = [item(SHORT, excused=MovedTo("2")), item(EACH, number="2", points=CENT)]
    assert total(make(*items), rate=NOT_APPLICABLE, complaints=0) == 10 + CENT


# -------------------------------------------------------- what is absent touches nothing else


def test_a_group_counts_although_something_else_does_not_apply() -> None:
    """Nobody had an accident to report; the two complaints count all the same."""
    inner = Group((EACH, UNKEPT))
    for group in (inner, Group((FEW, inner))):
        agreement = make(item(group), item(Deduction(Once(Flag(ACCIDENT)), points=1), number="2"))
        values = {"complaints": 2, "ledger": True, "visits": 4, "accident": NOT_APPLICABLE}
        assert earned(agreement, **values) == {"1": 8, "2": 10}


def test_a_forfeit_that_does_not_apply_silences_no_rule() -> None:
    """The forfeit is silent, the rules before it are not."""
    agreement = make(SHORT, EACH, Forfeit(Flag(ACCIDENT)))
    assert total(agreement, rate=85, complaints=2, accident=NOT_APPLICABLE) == Decimal("7.5")


def test_the_cheaper_of_two_while_a_rule_elsewhere_is_not_in_force() -> None:
    """Of a pair one is silent: the other counts, whatever waits for a ledger elsewhere."""
    pair = Group((SHORT, EACH), pick="best")
    waits = Deduction(Lacking(VISITS, required=4), points=1, when=Flag(LEDGER))
    agreement = make(item(pair), item(waits, number="2"))
    values = {"rate": NOT_APPLICABLE, "complaints": 2, "ledger": False}
    assert earned(agreement, **values) == {"1": 8, "2": 10}


def test_every_item_that_misses_something_is_open() -> None:
    """Two items wait for a value each, the third is settled."""
    items = [item(SHORT), item(UNKEPT, number="2"), item(EACH, number="3")]
    assert earned(make(*items), complaints=1) == {"1": None, "2": None, "3": 9}


def test_an_indicator_with_parts_is_not_excused_for_its_own_rule() -> None:
    """Its own rule is silent, its part lost a point of four."""
    part = Part("1.1", points=4, rules=EACH)
    agreement = make(item(SHORT, parts=(part,)))
    assert total(agreement, rate=NOT_APPLICABLE, complaints=1) == 9


# ---------------------------------------------------------------------- how far a forfeit reaches


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ("part", {"1.1.1": 0, "1.1": 6, "1.2": 10, "1": 16}),
        ("indicator", {"1.1.1": 4, "1.1": 0, "1.2": 10, "1": 10}),
        ("section", {"1.1.1": 4, "1.1": 10, "1.2": 10, "1": 0}),
    ],
)
def test_a_forfeit_takes_part_indicator_or_section(scope: str, left: dict[str, int]) -> None:
    """A part that says 整项不得分 empties its indicator, not the whole section."""
    parts = (
        Part("1.1.1", points=4, rules=(EACH, Forfeit(NO_LEDGER, scope=scope))),
        Part("1.1.2", points=6, rules=SHORT),
    )
    whole = section(
        item(number="1.1", parts=parts), item(attrs.evolve(EACH), number="1.2"), number="1"
    )
    given = earned(make(whole), complaints=0, rate=95, ledger=False)
    assert {number: given[number] for number in left} == left


def test_a_forfeit_of_a_section_that_does_not_exist_takes_its_own_item() -> None:
    """An indicator that stands in no section says that the section is forfeited."""
    agreement = make(item(EACH, Forfeit(NO_LEDGER, scope="section")), item(SHORT, number="2"))
    assert earned(agreement, complaints=0, rate=95, ledger=False) == {"1": 0, "2": 10}


# ------------------------------------------------------------------------------- charged once


def once(*rules: Deduction) -> Agreement:
    """Return an agreement of one item that charges a case once."""
    return make(item(*rules), charge_once=True)


def test_a_light_case_is_charged_where_it_weighs_something() -> None:
    """It weighs nothing under the rule of three points, and one under the rule of one."""
    dear = Deduction(Cases(BREACHES, by=ByAttribute("程度", {"重": 1, "轻": 0})), points=3)
    light = (Case("1", None, {"程度": "轻"}),)
    assert total(once(dear, EACH), breaches=light, complaints=light) == 9


def test_what_charges_nothing_is_not_even_the_dearest_by_a_hundredth() -> None:
    """A rule that is not in force takes no case from one that charges 0.01."""
    dear = Deduction(Cases(BREACHES), points=3, when=Flag(LEDGER))
    cheap = attrs.evolve(EACH, points="0.01")
    found = (Case("1"),)
    values = {"breaches": found, "complaints": found, "ledger": False}
    assert total(once(dear, cheap), **values) == Decimal("9.99")


def test_after_a_case_without_an_id_the_next_is_charged_once() -> None:
    """The nameless one counts in both, complaint `b` under the breach only."""
    dear = Deduction(Cases(BREACHES), points=2)
    found = (Case(), Case("b"))
    assert total(once(EACH, dear), complaints=found, breaches=found) == 10 - 1 - 4


def test_half_a_factor_makes_a_rule_the_cheaper_one() -> None:
    """A breach is worth 3, halved where there was an accident: then the other rule's 2 count."""
    dear = Deduction(
        Cases(BREACHES),
        points=3,
        times=(Times("0.5", Flag(ACCIDENT)),),
        when=Compare(RATE, "<", 90),
    )
    other = Deduction(Cases(COMPLAINTS), points=2)
    found = (Case("1"),)
    values = {"breaches": found, "complaints": found}
    totals = [
        total(once(other, dear), **values, accident=accident, rate=rate)
        for accident, rate in ((False, 85), (True, 85), (False, 90))
    ]
    assert totals == [7, 8, 8]


def test_all_cases_that_are_charged_elsewhere_are_named() -> None:
    """The note lists them in the order of the record."""
    dear = Deduction(Cases(BREACHES), points=2)
    found = (Case("a"), Case("b"))
    sheet = scored(once(EACH, dear), {"complaints": found, "breaches": found})
    (finding,) = sheet.findings
    assert finding.message == "投诉: `a、b` charged under a dearer rule"


def test_a_list_of_cases_holds_nothing_else() -> None:
    """A number among the cases is not passed over in silence."""
    rule = Deduction(Cases(COMPLAINTS, where={"程度": "重"}), points=1)
    sheet = scored(make(rule), {"complaints": (Case("1", None, {"程度": "重"}), 3)})
    assert sheet.total is None
    assert sheet.findings


def test_a_case_whose_attribute_is_not_known_is_quoted() -> None:
    """The fault says what the case has, for whoever mends the list."""
    by = ByAttribute("程度", {"重": 2})
    rule = Deduction(Cases(COMPLAINTS, by=by), points=1)
    sheet = scored(make(rule), {"complaints": (Case("7", None, {"程度": "中"}),)})
    assert "case `7` has `程度` `中`" in sheet.findings[0].message


# ----------------------------------------------------------------------------- what is said


@pytest.mark.parametrize("word", ["N/A", "n/a", "不适用"])
def test_a_judgement_does_not_apply_in_any_spelling(word: str) -> None:
    """Capitals or not."""
    agreement = make(item(Judgement("order", "earn", most=5)), item(EACH, number="2"))
    assert total(agreement, order=word, complaints=0) == 20


def test_a_judgement_that_is_no_number_is_quoted() -> None:
    """What was written instead of points is in the message, with the judgement's code."""
    sheet = scored(make(item(Judgement("order", "earn", most=5))), {"order": "很好"})
    (finding,) = sheet.findings
    assert str(finding) == (
        "error value-unreadable: column order: judgement order: points is `很好`: not a number"
    )


def test_a_blank_of_a_target_is_named_with_its_item() -> None:
    """No rule asks for it, but the paper has it open: the item is said."""
    target = Target(VISITS, ">=", Blank("次数"))
    agreement = make(item(EACH), item(SHORT, number="2", targets=target))
    (finding,) = plan(agreement).findings
    assert str(finding) == "error blank-open: item 2: blank `次数` is not filled"


def test_an_exemption_that_cannot_be_tested_is_named() -> None:
    """The measure that it asks for is not in the agreement: the veto says which."""
    veto = Veto("accident", when=Flag(ACCIDENT), effects=ZeroTotal(), exempt=Flag("nobody"))
    (finding,) = plan(make(EACH, vetoes=(veto,))).findings
    assert finding.message == "veto accident: measure `nobody` is not in the agreement"


def test_a_kind_that_nobody_told_has_no_threshold() -> None:
    """The record names no kind of facility: the message leaves it empty."""
    rule = Deduction(StepsBelow(RATE, target=ByKind({"centre": 90}), step=5), points=1)
    (finding,) = scored(make(rule), {"rate": 85}).findings
    assert finding.message == "kind of facility `` has no threshold"


def test_a_period_that_is_not_understood_is_said_in_full() -> None:
    """What it counts as, how grave it is, and which labels are understood."""
    sheet = scored(make(EACH), {"complaints": 0}, period="spring")
    (finding,) = sheet.findings
    assert finding.severity is Severity.WARNING
    assert finding.message == "period `spring` is not understood: it counts as 12 months"
    assert finding.hint.startswith("understood are ")


def test_an_override_may_pay_nothing_at_all() -> None:
    """No ledger, no money, whatever the total."""
    pool = FundingPolicy(
        "aid", fixed=1000, tiers=(Tier(None, "0.5"),), overrides=(Override(NO_LEDGER, 0),)
    )
    sheet = scored(make(EACH, funding=(pool,)), {"complaints": 0, "ledger": False})
    assert (sheet.money[0].share, sheet.money[0].amount) == (0, 0)


def test_where_nobody_lives_only_the_fixed_amount_is_paid() -> None:
    """A population of 0 is a number like any other."""
    pool = FundingPolicy("aid", per_head="1.25", fixed=1000, tiers=(Tier(None, 1),))
    sheet = scored(make(EACH, funding=(pool,)), {"complaints": 0}, population=0)
    assert sheet.money[0].amount == 1000


def test_a_pool_of_money_keeps_its_name() -> None:
    """Paid or not, the sheet shows what the agreement calls it."""
    pool = FundingPolicy("aid", "以奖代补", fixed=1000, tiers=(Tier(6, 1), Tier(None, "0.5")))
    agreement = make(SHORT, funding=(pool,))
    names = [scored(agreement, values).money[0].name for values in ({"rate": 95}, {})]
    assert names == ["以奖代补", "以奖代补"]
