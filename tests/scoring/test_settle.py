"""Settling: from what to what, in which order, and what each cap, floor and forfeit takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from healthduty.exact import Ratio, Rounding
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import (
    Excusal,
    FullPoints,
    MovedTo,
    PeersMean,
    Rescaled,
    ZeroPoints,
)
from healthduty.model.indicator import Part
from healthduty.records.record import NOT_APPLICABLE
from healthduty.rules.condition import Flag
from healthduty.rules.rule import Bonus, Deduction, Forfeit, Group
from healthduty.rules.tally import Cases, Once, StepsBelow
from scoring.making import (
    ACCIDENT,
    BY_BAND,
    BY_LINE,
    EACH,
    FEW,
    NO_LEDGER,
    PEERS,
    PRAISE,
    RATE,
    SHORT,
    UNKEPT,
    codes,
    earned,
    item,
    make,
    scored,
    section,
    total,
)

PRAISED = Bonus(Cases(PRAISE), points=1)
"""A point beyond the item's for each praise."""

MADE_UP = Bonus(Cases(PRAISE), points=1, where="inside")
"""A point for each praise, within the item's points."""

# ----------------------------------------------------------------- one item (semantics 5)


def test_an_item_starts_full_and_runs_out() -> None:
    """Semantics 5: 3 visits and the ledger cost 5, of 4 points: 扣完为止."""
    assert total(make(item(FEW, UNKEPT, points=4)), visits=1, ledger=False) == 0


@pytest.mark.parametrize(("floor", "left"), [(0, 0), (1, 1), ("-0.5", "-0.5"), (None, -1)])
def test_an_item_falls_to_its_floor(floor: Any, left: Any) -> None:  # noqa: ANN401
    """Semantics 5: 5 points due of 4: to 0, to the stated floor, or with no bottom (倒扣)."""
    agreement = make(item(FEW, UNKEPT, points=4, floor=floor), floor=None)
    assert total(agreement, visits=1, ledger=False) == Decimal(left)


def test_an_item_with_earning_rules_starts_at_nothing() -> None:
    """Semantics 5: 85 % earns 3; what is lost comes off that, and praise makes up for it."""
    agreement = make(item(BY_BAND, UNKEPT, MADE_UP, points=5))
    assert total(agreement, rate=85, ledger=True) == 3
    assert total(agreement, rate=85, ledger=False) == 1
    assert total(agreement, rate=85, ledger=False, praise=9) == 5


def test_earning_never_passes_the_points() -> None:
    """Semantics 5: two ways to earn 5 and 10 make 10 of 10, no more."""
    assert total(make(BY_BAND, BY_LINE), rate=90) == 10


def test_a_forfeit_takes_what_is_left() -> None:
    """Semantics 5: after 0.5 is lost the forfeit takes 9.5, and a second one finds nothing."""
    sheet = scored(
        make(SHORT, Forfeit(NO_LEDGER), Forfeit(Flag(ACCIDENT))),
        {"rate": 85, "ledger": False, "accident": True},
    )
    assert sheet.total == 0
    assert [line.effective for line in sheet.lines] == [Decimal("-0.5"), Decimal("-9.5"), 0]


def test_a_forfeit_never_lifts_what_is_below_zero() -> None:
    """Semantics 5: an item that owes a point owes it after the forfeit, too."""
    agreement = make(item(FEW, Forfeit(NO_LEDGER), points=2, floor=None), floor=None)
    assert total(agreement, visits=1, ledger=False) == -1


def test_a_bonus_beyond_the_points_survives_a_forfeit() -> None:
    """Semantics 5: an award is another fact than the forfeit of the item's points."""
    sheet = scored(
        make(SHORT, PRAISED, Forfeit(NO_LEDGER)), {"ledger": False, "praise": 2, "rate": 90}
    )
    assert (sheet.items[0].earned, sheet.bonus, sheet.total) == (0, 2, 2)


def test_a_bonus_apart_is_in_no_sum() -> None:
    """Points that are reported beside the total move it by nothing."""
    sheet = scored(make(SHORT, attrs.evolve(PRAISED, where="apart")), {"rate": 90, "praise": 3})
    assert (sheet.total, sheet.bonus, sheet.apart) == (10, 0, 3)


@pytest.mark.parametrize("rules", [(FEW, UNKEPT), (UNKEPT, FEW)])
def test_written_order_never_changes_the_points(rules: Any) -> None:  # noqa: ANN401
    """Semantics 5: it only decides which rule found less than it asked for."""
    sheet = scored(make(item(*rules, points=4)), {"visits": 1, "ledger": False})
    assert sheet.total == 0
    first = 3 if rules[0] is FEW else 2
    assert [line.effective for line in sheet.lines if line.effective] == [-first, first - 4]


# ------------------------------------------------------------------- parts (semantics 5)


def test_parts_make_the_item() -> None:
    """Semantics 5: an indicator of 5 points with parts of 2 and 3."""
    agreement = make(
        item(
            points=5, parts=(Part("1.1", points=2, rules=UNKEPT), Part("1.2", points=3, rules=FEW))
        )
    )
    assert earned(agreement, ledger=False, visits=3) == {"1": 2, "1.1": 0, "1.2": 2}


def test_what_parts_leave_over_is_the_items_own() -> None:
    """Semantics 5: 3 of 5 points are the part's; the rest is what the item itself can lose."""
    agreement = make(item(EACH, points=5, parts=(Part("1.1", points=3, rules=FEW),)))
    assert earned(agreement, visits=0, complaints=0) == {"1": 2, "1.1": 0}
    assert earned(agreement, visits=0, complaints=9) == {"1": 0, "1.1": 0}


# -------------------------------------------------------------------- reach (semantics 5)


def test_a_part_may_take_from_its_indicator_and_an_item_from_its_section() -> None:
    """Semantics 5: what reaches further may pass the points of where it is written."""
    deep = Part("1.1.1", points=1, rules=attrs.evolve(FEW, reach="indicator"))
    wide = attrs.evolve(EACH, reach="section")
    agreement = make(
        section(
            item(number="1.1", points=None, parts=(deep, Part("1.1.2", points=4, rules=UNKEPT))),
            item(wide, number="1.2", points=2),
        )
    )
    found = earned(agreement, visits=0, complaints=3, ledger=True)
    assert found == {"1": 0, "1.1": 1, "1.1.1": 1, "1.1.2": 4, "1.2": 2}


def test_deductions_from_the_total_come_last() -> None:
    """Semantics 5: 从总分扣: 12 with the bonus, less 3 complaints, is 9."""
    agreement = make(SHORT, PRAISED, attrs.evolve(EACH, reach="total"))
    assert total(agreement, rate=90, praise=2, complaints=3) == 9


def test_deductions_on_exhaustion() -> None:
    """Semantics 5: 扣满后从大项扣: only where the item has nothing left do 5 more go."""
    late = Deduction(Once(NO_LEDGER), points=5, reach="section", on_exhaustion=True)
    agreement = make(
        section(item(FEW, late, number="1.1", points=3), item(SHORT, number="1.2", points=7))
    )
    values = {"ledger": False, "rate": 90}
    assert total(agreement, visits=1, **values) == 2
    assert total(agreement, visits=2, **values) == 8
    assert total(agreement, visits=0, ledger=True, rate=90) == 7


def test_a_forfeit_exhausts_too() -> None:
    """Semantics 5: an item whose points were forfeited is used up."""
    late = Deduction(Once(NO_LEDGER), points=5, reach="section", on_exhaustion=True)
    agreement = make(
        section(
            item(late, Forfeit(Flag(ACCIDENT)), number="1.1", points=3),
            item(SHORT, number="1.2", points=7),
        )
    )
    values = {"ledger": False, "rate": 90}
    assert total(agreement, accident=True, **values) == 2
    assert total(agreement, accident=False, **values) == 10


def test_a_forfeit_of_the_section_takes_all_that_its_items_left() -> None:
    """Semantics 5: 缺一项则本大项不得分."""
    agreement = make(
        section(item(SHORT, Forfeit(NO_LEDGER, scope="section"), number="1.1")),
        item(FEW, number="2"),
    )
    found = earned(agreement, rate=85, ledger=False, visits=4)
    assert found == {"1": 0, "1.1": Decimal("9.5"), "2": 10}


# ---------------------------------------------------- sections, bonuses, the total (semantics 5)


def test_a_sections_cap_cuts_the_bonus_first() -> None:
    """Semantics 5: 10 + 4 under a cap of 12 is 10 + 2; under a cap of 9 it is 9 + 0."""
    sheets = [
        scored(
            make(section(item(SHORT, PRAISED, number="1.1"), cap=cap)), {"rate": 90, "praise": 4}
        )
        for cap in (12, 9)
    ]
    assert [(sheet.items[0].earned, sheet.bonus) for sheet in sheets] == [(10, 2), (9, 0)]


def test_a_section_has_rules_of_its_own() -> None:
    """Semantics 5: a section loses from the sum of its items, and adds to it."""
    agreement = make(
        section(item(SHORT, number="1.1"), rules=(UNKEPT, MADE_UP, PRAISED), number="1")
    )
    sheet = scored(agreement, {"rate": 85, "ledger": False, "praise": 1})
    assert (sheet.items[0].earned, sheet.items[0].bonus, sheet.total) == (
        Decimal("8.5"),
        1,
        Decimal("9.5"),
    )


def test_the_bonus_cap_and_the_total_cap() -> None:
    """Semantics 5: 10 + 8 bonuses, capped at 5 together, and the total at 12."""
    agreement = make(SHORT, PRAISED, bonus_cap=5)
    assert total(agreement, rate=90, praise=8) == 15
    assert total(attrs.evolve(agreement, cap=12), rate=90, praise=8) == 12


def test_the_agreements_own_rules() -> None:
    """Semantics 5: the total earns, adds and loses by rules of its own, never below its floor."""
    agreement = make(item(SHORT), rules=(EACH, MADE_UP, PRAISED))
    assert total(agreement, rate=85, praise=1) == 11
    assert total(agreement, rate=85, complaints=99) == 0


def test_a_published_total_may_be_rounded() -> None:
    """Semantics 8: an agreement may publish whole points."""
    agreement = make(SHORT, total_places=0)
    assert total(agreement, rate=85) == 10
    assert total(attrs.evolve(agreement, rounding=Rounding(2, "down")), rate=85) == 9


# -------------------------------------------------------------- excused items (semantics 7)


def excusing(way: Excusal) -> Agreement:
    """Return an agreement of two sections: 1.1 (4 points) may not apply; 1.2 and 2.1 have 6, 10."""
    return make(
        section(
            item(UNKEPT, number="1.1", points=4, excused=way), item(FEW, number="1.2", points=6)
        ),
        section(item(SHORT, number="2.1"), number="2"),
    )


VALUES = {"ledger": NOT_APPLICABLE, "visits": 1, "rate": 85}
"""1.2 lost 3 of 6, 2.1 lost 0.5 of 10."""


@pytest.mark.parametrize(
    ("way", "points"),
    [
        (FullPoints(), "16.5"),  # 4 + 3 + 9.5
        (ZeroPoints(), "12.5"),
        (MovedTo("1.2"), "14.5"),  # 3 of 6 moves half of 4
        (MovedTo("2.1"), "16.3"),  # 9.5 of 10 moves 3.8 of 4
        (PeersMean(PEERS), "15.75"),  # 3.25 instead
        (Rescaled("section"), "14.5"),  # 3 × 10 ÷ 6 = 5
        (Rescaled("total"), "15.63"),  # 12.5 × 20 ÷ 16 = 15.625
    ],
)
def test_six_ways_with_points_that_do_not_apply(way: Excusal, points: str) -> None:
    """Semantics 7: full, zero, moved, the peers' mean, rescaled in the section or the total."""
    assert total(excusing(way), peers="3.25", **VALUES) == Decimal(points)


def test_an_item_is_excused_only_where_none_of_its_rules_can_speak() -> None:
    """Semantics 7: a ledger that does not apply silences its rule; the visits still count."""
    agreement = make(item(UNKEPT, FEW, excused=ZeroPoints()))
    assert total(agreement, ledger=NOT_APPLICABLE, visits=1) == 7
    assert total(agreement, ledger=NOT_APPLICABLE, visits=NOT_APPLICABLE) == 0


def test_where_everything_is_excused_there_is_no_score() -> None:
    """Semantics 7: nothing is left that could be scaled up."""
    agreement = make(item(UNKEPT), excused=Rescaled())
    sheet = scored(agreement, {"ledger": NOT_APPLICABLE})
    assert (sheet.full, sheet.earned, sheet.total) == (10, None, None)
    within = make(
        section(item(UNKEPT, number="1.1")), item(FEW, number="2"), excused=Rescaled("section")
    )
    assert total(within, ledger=NOT_APPLICABLE, visits=4) is None


def test_bonuses_are_never_scaled_up() -> None:
    """Semantics 7: 3 of 6 make 5 of 10; the praise stays 1."""
    agreement = make(
        section(
            item(UNKEPT, number="1.1", points=4),
            item(FEW, PRAISED, number="1.2", points=6),
            excused=Rescaled("section"),
        )
    )
    assert total(agreement, ledger=NOT_APPLICABLE, visits=1, praise=1) == 6


def test_a_rescaling_that_does_not_come_out_even_is_rounded_once() -> None:
    """Semantics 8: 8 of 12 points are 8 × 14 ÷ 12 = 9.333… of 14."""
    agreement = make(
        item(UNKEPT, number="1", points=2), item(FEW, number="2", points=12), excused=Rescaled()
    )
    assert total(agreement, ledger=NOT_APPLICABLE, visits=0) == Decimal("9.33")


def test_the_items_of_an_indicator_are_excused_one_by_one() -> None:
    """Semantics 7: of an indicator's parts only the one that does not apply is excused."""
    parts = (Part("1.1", points=2, rules=UNKEPT), Part("1.2", points=3, rules=FEW))
    agreement = make(item(points=5, parts=parts), excused=ZeroPoints())
    found = earned(agreement, ledger=NOT_APPLICABLE, visits=3)
    assert found == {"1": 2, "1.1": 0, "1.2": 2}


def test_an_excused_items_mean_and_moved_points_stand_on_lines() -> None:
    """Every way leaves a line: what an item earned instead, and what it got from another."""
    sheet = scored(excusing(MovedTo("1.2")), VALUES)
    lines = {(line.number, line.kind.value): line.effective for line in sheet.lines}
    assert lines["1.1", "excused"] == -4
    assert lines["1.2", "moved"] == 2


def test_a_silent_group_is_excused_like_its_members() -> None:
    """A group of rules none of which can speak is as if it were not there."""
    agreement = make(item(Group((UNKEPT, SHORT), pick="worst"), excused=ZeroPoints()))
    values = {"ledger": NOT_APPLICABLE, "rate": Ratio(0, 0)}
    assert total(agreement, **values) == 0
    assert codes(scored(agreement, values)) == ["rate-of-nothing"]


def test_moved_points_follow_what_the_named_item_earned() -> None:
    """An item that earned nothing gets nothing of what moves to it."""
    agreement = make(
        item(UNKEPT, number="1", excused=MovedTo("2")), item(FEW, number="2", points=4)
    )
    assert total(agreement, ledger=NOT_APPLICABLE, visits=0) == 0
    assert total(agreement, ledger=NOT_APPLICABLE, visits=4) == 14


def test_points_that_move_to_an_item_without_points_are_lost() -> None:
    """Nothing can be earned in proportion to nothing."""
    agreement = make(item(UNKEPT, number="1", excused=MovedTo("2")), item(number="2", points=None))
    assert total(agreement, ledger=NOT_APPLICABLE) == 0


# ---------------------------------------------------------- steps of a proportional deduction


def test_printed_lines_add_up_to_the_printed_total() -> None:
    """Semantics 8: each line is rounded once, so three thirds of a point take 0.99."""
    third = Deduction(StepsBelow(RATE, target=90, step=15, counting="proportional"), points=1)
    agreement = make(
        *(item(third, number=str(place), points=1) for place in range(1, 4)),
    )
    assert total(agreement, rate=85) == Decimal("2.01")


def test_a_section_that_is_judged_as_a_whole_is_excused_as_a_whole() -> None:
    """Its judgement does not apply: by its own way, or the next one outward."""
    judged = section(item(points=None, number="1.1"), points=4)
    agreement = make(judged, item(FEW, number="2"))
    values = {"1": NOT_APPLICABLE, "visits": 4}
    assert total(agreement, **values) == 14
    assert total(attrs.evolve(agreement, excused=ZeroPoints()), **values) == 10
    whole = section(item(points=None, number="1.1.1"), number="1.1", points=4)
    inner = section(whole, item(FEW, number="1.2", points=6))
    within = make(inner, excused=Rescaled("section"))
    assert total(within, **{"1.1": NOT_APPLICABLE, "visits": 3}) == Decimal("8.33")


def test_points_do_not_move_from_an_item_to_itself() -> None:
    """A way of the section is passed over at the item it names; the agreement's is the next."""
    items = (item(UNKEPT, number="1.1"), item(FEW, number="1.2"))
    agreement = make(section(*items, excused=MovedTo("1.1")), excused=ZeroPoints())
    assert total(agreement, ledger=NOT_APPLICABLE, visits=4) == 10
    assert total(agreement, ledger=True, visits=NOT_APPLICABLE) == 20
    alone = make(section(*items, excused=MovedTo("1.1")), excused=MovedTo("1.1"))
    assert total(alone, ledger=NOT_APPLICABLE, visits=4) == 20


def test_a_peers_mean_is_cut_to_what_the_item_can_earn() -> None:
    """Neither more than the item's points nor less than nothing, and the sheet says so."""
    for mean, points in (("4.01", "16.5"), ("-0.5", "12.5"), ("4", "16.5")):
        sheet = scored(excusing(PeersMean(PEERS)), {**VALUES, "peers": mean})
        assert sheet.total == Decimal(points)
        assert ("peers-mean-outside" in sheet.findings.codes) == (mean != "4")
