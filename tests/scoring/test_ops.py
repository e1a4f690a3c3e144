"""The operations of a plan: pure data, small enough to send to another machine."""

from __future__ import annotations

import pickle

from healthduty.rules.rule import Forfeit, Group
from healthduty.scoring.ops import (
    FilledSlot,
    MonthsSlot,
    UnevidencedSlot,
    ValueSlot,
    counting_rules,
)
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score
from scoring.making import BY_BAND, BY_LINE, EACH, FEW, NO_LEDGER, RATE, SHORT, UNKEPT, item, make

EVERYTHING = make(
    item(SHORT, UNKEPT, Group((FEW, EACH)), Forfeit(NO_LEDGER), evidence_required=True),
    item(BY_BAND, BY_LINE, number="2"),
)


def test_a_plan_pickles_and_comes_back_the_same() -> None:
    """A plan can be sent to other machines: it holds data, and no function of a rule."""
    made = plan(EVERYTHING).plan
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own


def test_a_groups_members_count_in_place_of_the_group() -> None:
    """Three rules and a group of two make four amounts that count, and the forfeits."""
    refs = plan(EVERYTHING).plan.refs[0].rules
    counted = [ref.rule for ref in counting_rules(refs)]
    assert counted == [SHORT, UNKEPT, FEW, EACH, Forfeit(NO_LEDGER), None]


def test_members_of_groups_in_groups_count_too() -> None:
    """However deep a rule stands in groups, it is the one that counts."""
    nested = make(Group((Group((SHORT, UNKEPT), pick="worst"), FEW)))
    counted = [ref.rule for ref in counting_rules(plan(nested).plan.refs[0].rules)]
    assert counted == [SHORT, UNKEPT, FEW]


def test_slots_that_look_alike_stand_apart() -> None:
    """A value, a filled sample and the months of a period are never taken for one another."""
    made = plan(make(SHORT, FEW)).plan
    assert [type(slot) for slot in made.slots] == [ValueSlot, FilledSlot]
    assert len({(type(slot), slot) for slot in (MonthsSlot(), UnevidencedSlot(()))}) == 2
    assert made.slots[0] == ValueSlot(RATE, odd_scale=True)


def test_a_plan_scores_after_its_journey() -> None:
    """The agreement travels with its plan, so a copy of it scores the same."""
    agreement = pickle.loads(pickle.dumps(make(SHORT)))  # noqa: S301 - our own
    assert score(agreement, {"rate": "83%"}).total == score(make(SHORT), {"rate": "83%"}).total
