"""Cases: which count, what they weigh, and under which rule one is charged."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from healthduty.model.agreement import Agreement
from healthduty.records.record import NOT_APPLICABLE, Case, Statement
from healthduty.rules.condition import Flag
from healthduty.rules.points import Share
from healthduty.rules.rule import Bonus, Deduction, Group, Rule, Times
from healthduty.rules.tally import ByAttribute, Cases
from healthduty.scoring.score import bounds
from scoring.making import (
    ACCIDENT,
    BREACHES,
    COMPLAINTS,
    EACH,
    LEDGER,
    NO_LEDGER,
    codes,
    earned,
    item,
    make,
    scored,
    total,
)

HEAVY = Case("1", None, {"程度": "重"})
LIGHT = Case("2", None, {"程度": "轻"})
PLAIN = Case("3")

BY_DEGREE = ByAttribute("程度", {"重": 2, "轻": "0.5"})


def cases(**options: object) -> Rule:
    """Return a deduction of a point for each complaint."""
    return Deduction(Cases(COMPLAINTS, **options), points=1)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------ what counts


def test_a_case_alone_is_a_list_of_one() -> None:
    """Whoever has one case need not wrap it in a list."""
    assert total(make(cases(where={"程度": "重"})), complaints=HEAVY) == 9


def test_only_cases_of_a_kind_count() -> None:
    """Of three complaints one is heavy."""
    assert total(make(cases(where={"程度": "重"})), complaints=(HEAVY, LIGHT, PLAIN)) == 9


def test_cases_weigh_by_an_attribute() -> None:
    """A heavy one 2, a light one 0.5, whatever else 1."""
    by = attrs.evolve(BY_DEGREE, otherwise=1)
    assert total(make(cases(by=by)), complaints=(HEAVY, LIGHT, PLAIN)) == Decimal("6.5")


def test_the_first_cases_as_recorded_are_free() -> None:
    """The heavy one stands first, so the light one costs."""
    agreement = make(cases(by=BY_DEGREE, free=1))
    assert total(agreement, complaints=(HEAVY, LIGHT)) == Decimal("9.5")
    assert total(agreement, complaints=(LIGHT, HEAVY)) == 8


def test_a_case_whose_attribute_has_no_weight_is_a_fault() -> None:
    """Nobody said what such a case costs: the sheet names it, and has no total."""
    sheet = scored(make(cases(by=BY_DEGREE)), {"complaints": (HEAVY, PLAIN)})
    (finding,) = sheet.findings
    assert str(finding) == (
        "error case-attribute: column complaints: 投诉: case `3` has `程度` ``,"
        " which has no weight (known: 重、轻)"
    )
    assert sheet.total is None


@pytest.mark.parametrize("options", [{"by": BY_DEGREE}, {"where": {"程度": "重"}}])
def test_a_bare_number_does_not_say_what_the_cases_are(options: dict[str, object]) -> None:
    """Two complaints, but how heavy? None is none, though."""
    agreement = make(cases(**options))
    sheet = scored(agreement, {"complaints": 2})
    (finding,) = sheet.findings
    assert str(finding) == (
        "error case-list-needed: column complaints: 投诉: a count of `2` does not say"
        " which attributes the cases have (give the list of cases)"
    )
    assert sheet.total is None
    assert total(agreement, complaints=0) == 10


def test_a_number_that_cannot_be_read_is_a_fault_here_too() -> None:
    """A weighed rule reads the same values as any other."""
    sheet = scored(make(cases(by=BY_DEGREE)), {"complaints": -1})
    assert codes(sheet) == ["value-negative"]
    assert sheet.total is None


# ------------------------------------------------------------- charged once (semantics 6)


def once(*rules: Rule) -> Agreement:
    """Return an agreement that charges a case once, with an item of 10 points for each rule."""
    items = (item(rule, number=str(place)) for place, rule in enumerate(rules, 1))
    return make(*items, charge_once=True)


BREACH = Deduction(Cases(BREACHES), points=2)
A, B, C = Case("a"), Case("b"), Case("c")


def test_a_case_is_charged_under_the_dearest_rule() -> None:
    """Semantics 6: complaint b is a breach too: it costs 2 there, and nothing here."""
    sheet = scored(once(EACH, BREACH), {"complaints": (A, B), "breaches": (B, C)})
    assert [each.earned for each in sheet.items] == [9, 6]
    (finding,) = sheet.findings
    assert str(finding) == (
        "note case-charged-once: column complaints: 投诉: `b` charged under a dearer rule"
    )


def test_without_the_clause_a_case_is_charged_wherever_it_counts() -> None:
    """Semantics 6: only where the agreement says so is a case charged once."""
    agreement = attrs.evolve(once(EACH, BREACH), charge_once=False)
    assert earned(agreement, complaints=(A, B), breaches=(B, C)) == {"1": 8, "2": 6}


def test_of_equals_the_first_written_charges() -> None:
    """Semantics 6: the same rule in two items charges a complaint in the first."""
    assert earned(once(EACH, EACH), complaints=(A, B)) == {"1": 8, "2": 10}


def test_a_case_without_an_id_is_charged_wherever_it_counts() -> None:
    """Nobody can tell that it is the same one."""
    assert earned(once(EACH, BREACH), complaints=(Case(),), breaches=(Case(),)) == {
        "1": 9,
        "2": 8,
    }


def test_a_count_is_charged_wherever_it_counts() -> None:
    """A bare number names no case; its free ones are free."""
    rules = (Deduction(Cases(COMPLAINTS, free=1), points=1), BREACH)
    assert earned(once(*rules), complaints=3, breaches=1) == {"1": 8, "2": 8}
    assert earned(once(*rules), complaints=1, breaches=0) == {"1": 10, "2": 10}


def test_weights_and_factors_make_a_rule_dear() -> None:
    """A heavy complaint, doubled where there is no ledger, costs 4: more than the breach's 3."""
    complaint = Deduction(Cases(COMPLAINTS, by=BY_DEGREE), points=1, times=Times(2, NO_LEDGER))
    agreement = once(complaint, attrs.evolve(BREACH, points=3))
    cases_ = {"complaints": (HEAVY,), "breaches": (HEAVY,)}
    assert earned(agreement, **cases_, ledger=False) == {"1": 6, "2": 10}
    assert earned(agreement, **cases_, ledger=True) == {"1": 10, "2": 7}


def test_a_rule_whose_condition_does_not_hold_charges_nothing() -> None:
    """The dearer rule asks for a ledger: without one the other rule charges."""
    dear = attrs.evolve(BREACH, when=Flag(LEDGER))
    agreement = once(EACH, dear)
    assert earned(agreement, complaints=(A,), breaches=(A,), ledger=True) == {"1": 10, "2": 8}
    assert earned(agreement, complaints=(A,), breaches=(A,), ledger=False) == {"1": 9, "2": 10}


def test_a_share_of_the_points_is_compared_exactly() -> None:
    """A third of 10 points is dearer than 3.33, and cheaper than 3.34."""
    third = Deduction(Cases(COMPLAINTS), points=Share(Fraction(1, 3)))
    for points, expected in (("3.33", {"1": Decimal("6.67"), "2": 10}), ("3.34", {"1": 10})):
        agreement = once(third, Deduction(Cases(BREACHES), points=points))
        found = earned(agreement, complaints=(A,), breaches=(A,))
        assert expected.items() <= found.items()


def test_a_case_that_nobody_can_weigh_is_a_fault_wherever_it_is_charged() -> None:
    """Semantics 6: complaint b is charged as a breach; what a costs here nobody can tell."""
    agreement = once(Deduction(Cases(COMPLAINTS, by=BY_DEGREE), points=1), BREACH)
    sheet = scored(agreement, {"complaints": (A, HEAVY, B), "breaches": (B,)})
    assert codes(sheet) == ["case-attribute", "case-charged-once"]
    assert [each.earned for each in sheet.items] == [None, 8]


def test_a_bonus_charges_nothing() -> None:
    """What is praised in one place is not thereby free of charge in another."""
    agreement = once(EACH, Group((Bonus(Cases(BREACHES), points=3),)))
    sheet = scored(agreement, {"complaints": (A,), "breaches": Statement((A,))})
    assert (sheet.items[0].earned, sheet.bonus) == (9, 3)


def test_a_missing_list_leaves_the_others_charged() -> None:
    """A measure that can't be told charges nobody away."""
    lists = attrs.evolve(COMPLAINTS, absent="error")
    agreement = once(EACH, BREACH)
    agreement = attrs.evolve(agreement, measures=(lists, BREACHES))
    assert earned(agreement, breaches=(A,)) == {"1": None, "2": 8}


# ------------------------------------------------------------ charged once, with doubts

TWICE = Case("a")


def doubled(*rules: Rule) -> Agreement:
    """Return an agreement of one item that charges a case only once."""
    return make(item(*rules), charge_once=True)


def test_a_rule_not_in_force_leaves_no_doubt_what_is_charged() -> None:
    """The dearer rule is known not to hold: its cases may stay missing, the total is sure."""
    breaches = attrs.evolve(BREACHES, absent="error")
    dear = Deduction(Cases(breaches), points=3, when=Flag(LEDGER))
    measures = (COMPLAINTS, breaches, LEDGER)
    agreement = make(item(EACH, dear), charge_once=True, measures=measures)
    values = {"complaints": (TWICE,), "ledger": False}
    known = bounds(agreement, values)
    assert (total(agreement, **values), known.low, known.high) == (9, 9, 9)


def test_a_silent_rule_leaves_no_doubt_what_is_charged() -> None:
    """A factor asks for something not applicable: the rule is silent, whatever else is missing."""
    dear = Deduction(Cases(BREACHES), points=3, when=NO_LEDGER, times=(Times(2, Flag(ACCIDENT)),))
    values = {"complaints": (TWICE,), "breaches": (TWICE,), "accident": NOT_APPLICABLE}
    agreement = doubled(EACH, dear)
    known = bounds(agreement, values)
    assert (total(agreement, **values), known.low, known.high) == (9, 9, 9)


def test_a_rule_that_charges_nothing_takes_no_case_from_another() -> None:
    """A light case weighs nothing in both: it stays in the list, and is the one that is free."""
    by = ByAttribute("程度", {"重": 2, "轻": 0})
    idle = Deduction(Cases(BREACHES, by=by), points=3, when=Flag(LEDGER))
    counts = Deduction(Cases(COMPLAINTS, by=by, free=1), points=1)
    found = (LIGHT, HEAVY)
    values = {"complaints": found, "breaches": found, "ledger": False}
    assert total(doubled(idle, counts), **values) == 8
