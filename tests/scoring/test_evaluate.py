"""What could be told and what could not: silent, unknown and unsure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs

from healthduty.model.excusal import PeersMean
from healthduty.model.indicator import Part
from healthduty.model.veto import BarHonours, Veto
from healthduty.records.record import NOT_APPLICABLE
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import Deduction, Forfeit, Group
from healthduty.rules.tally import StepsBelow
from healthduty.rules.threshold import Given
from scoring.making import (
    ACCIDENT,
    EACH,
    FEW,
    HOMES,
    LEDGER,
    NO_LEDGER,
    PEERS,
    RATE,
    SHORT,
    UNKEPT,
    VISITS,
    codes,
    earned,
    item,
    make,
    scored,
    section,
    told,
    total,
)

AFTER = Flag(ACCIDENT)
"""Only after an accident."""

SHARE = Deduction(StepsBelow(VISITS, target=Given(HOMES)), points=1)
"""The unmet share of the homes, of a point."""


def test_a_missing_value_leaves_only_its_own_item_open() -> None:
    """Semantics 7: the item, what stands around it and the total can't be told; the rest can."""
    agreement = make(
        section(item(SHORT, number="1.1"), item(FEW, number="1.2")), item(UNKEPT, number="2")
    )
    found = earned(agreement, visits=3, ledger=False)
    assert found == {"1": None, "1.1": None, "1.2": 9, "2": 8}


def test_what_takes_from_a_section_leaves_the_section_open() -> None:
    """A rule that reaches further makes both its item and what it takes from unsure."""
    wide = attrs.evolve(SHORT, reach="total")
    found = earned(make(section(item(wide, FEW, number="1.1"))), visits=3)
    assert found == {"1": None, "1.1": None}


def test_a_part_leaves_its_indicator_open() -> None:
    """Semantics 7: one part that can't be told is enough."""
    parts = (Part("1.1", points=2, rules=UNKEPT), Part("1.2", points=3, rules=FEW))
    assert earned(make(item(points=5, parts=parts)), ledger=True) == {
        "1": None,
        "1.1": 2,
        "1.2": None,
    }


def test_a_rule_that_reads_something_not_applicable_is_silent() -> None:
    """Semantics 7: not applicable beats missing: the rule does not speak at all."""
    guarded = attrs.evolve(SHORT, when=Flag(LEDGER))
    agreement = make(guarded, FEW)
    assert total(agreement, ledger=NOT_APPLICABLE, visits=3) == 9
    assert told(agreement, ledger=NOT_APPLICABLE, visits=3)[0] == "台账：不适用，不计"


def test_a_condition_on_what_is_absent_does_not_hold() -> None:
    """Nobody forfeits an item on a fact that nobody knows; the total waits for it."""
    agreement = make(SHORT, Forfeit(Flag(ACCIDENT)))
    assert earned(agreement, rate=85) == {"1": None}
    assert scored(agreement, {"rate": 85}).lines[1].effective == 0
    assert total(agreement, rate=85, accident=NOT_APPLICABLE) == Decimal("9.5")


def test_a_share_of_nothing_leaves_the_other_items_alone() -> None:
    """No share of 0 homes: only this item can't be told."""
    agreement = make(item(SHARE, number="1"), item(FEW, number="2"))
    values: dict[str, Any] = {"visits": 3, "homes": 0}
    assert earned(agreement, **values) == {"1": None, "2": 9}
    assert codes(scored(agreement, values)) == ["share-of-nothing"]


def test_several_shares_of_nothing_are_all_named() -> None:
    """Each item that can't be told is named, beside what is missing."""
    agreement = make(item(SHARE, number="1"), item(SHARE, SHORT, number="2"))
    sheet = scored(agreement, {"visits": 3, "homes": 0})
    assert [str(finding).split(" (")[0] for finding in sheet.findings] == [
        "error value-missing: column rate: 满意率: no value",
        "error share-of-nothing: item 1: a share of a target of 0 can't be told",
        "error share-of-nothing: item 2: a share of a target of 0 can't be told",
    ]


def test_the_peers_mean_must_be_given() -> None:
    """Semantics 14: an excused item that earns its peers' mean needs to know it."""
    agreement = make(item(UNKEPT, excused=PeersMean(PEERS)))
    sheet = scored(agreement, {"ledger": NOT_APPLICABLE})
    assert (sheet.total, codes(sheet)) == (None, ["value-missing"])
    assert total(agreement, ledger=NOT_APPLICABLE, peers="7.5") == Decimal("7.5")


def test_a_group_whose_members_are_all_silent_is_no_choice() -> None:
    """Of two groups the one that can speak counts, though the silent one would be better."""
    inner = Group((SHORT,), pick="worst")
    group = Group((inner, FEW), pick="best")
    assert total(make(group), rate=NOT_APPLICABLE, visits=2) == 8
    assert total(make(group), rate=85, visits=2) == Decimal("9.5")


def test_a_group_of_an_unknown_member_is_unknown() -> None:
    """Nobody can pick the dearest while one of them is missing."""
    agreement = make(item(Group((SHORT, EACH), pick="worst")), item(FEW, number="2"))
    assert earned(agreement, complaints=1, visits=4) == {"1": None, "2": 10}


def test_what_was_left_out_made_no_line_dearer() -> None:
    """The lines of a sheet without a total still show what the other rules took."""
    sheet = scored(make(SHORT, UNKEPT, Forfeit(NO_LEDGER)), {"ledger": False})
    assert [line.effective for line in sheet.lines] == [0, -2, -8]


def test_a_rule_that_is_not_in_force_asks_for_nothing() -> None:
    """Where there was no accident, nobody misses what is counted only after one."""
    agreement = make(attrs.evolve(EACH, when=AFTER), attrs.evolve(SHARE, when=AFTER), UNKEPT)
    sheet = scored(agreement, {"accident": False, "ledger": False, "complaints": "?"})
    assert (sheet.total, sheet.findings.codes) == (8, ("value-unreadable",))
    assert scored(agreement, {"accident": False, "ledger": False}).findings.errors.codes == ()
    assert total(agreement, accident=False, ledger=True, visits=3, homes=0) == 10
    assert total(agreement, accident=True, ledger=True, visits=3, homes=0) is None
    assert total(agreement, complaints=0, ledger=True, visits=3, homes=3) is None


def test_what_another_rule_needs_stays_missing() -> None:
    """Not needed here, but the next rule, or a veto, asks for the same value."""
    off = attrs.evolve(SHORT, when=AFTER)
    event = Veto("low", when=Compare(RATE, "<", 60), effects=BarHonours())
    for agreement in (make(off, SHORT), make(off, FEW, vetoes=(event,))):
        sheet = scored(agreement, {"accident": False, "visits": 4})
        assert (sheet.total, codes(sheet)) == (None, ["value-missing"])
    assert total(make(off, FEW), accident=False, visits=4) == 10


def test_a_rule_that_is_not_in_force_is_there_to_pick() -> None:
    """The best of two for the unit is the one that costs nothing, though its value is missing."""
    off = attrs.evolve(SHORT, when=AFTER)
    agreement = make(Group((off, FEW), pick="best"), Group((off, UNKEPT), pick="worst"))
    assert total(agreement, accident=False, visits=2, ledger=False) == 8


def test_a_peers_mean_that_does_not_apply_leaves_no_total() -> None:
    """The item does not apply, and what stands in for it neither: bounds hold both ends."""
    agreement = make(item(UNKEPT, excused=PeersMean(PEERS)))
    sheet = scored(agreement, {"ledger": NOT_APPLICABLE, "peers": NOT_APPLICABLE})
    assert (sheet.total, sheet.items[0].earned, codes(sheet)) == (None, None, ["value-missing"])
    assert (sheet.bounds.low, sheet.bounds.high) == (0, 10)
