"""Actions: what is done with points, and where that ends."""

from __future__ import annotations

from fractions import Fraction

import pytest

from healthduty.clauses.actions import Action, Done, read_action
from healthduty.clauses.text.tokens import tokens_of
from healthduty.rules.points import FULL, Effect, Placement, Reach, Share

F = Fraction
LOSE = Action(done=Done.POINTS)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("扣0.5分", Action(done=Done.POINTS, amounts=(F(1, 2),))),
        ("得满分", Action(done=Done.POINTS, effect=Effect.EARN, amounts=(FULL,))),
        ("加2分", Action(done=Done.POINTS, effect=Effect.ADD, amounts=(F(2),))),
        ("扣50%的分值", Action(done=Done.POINTS, amounts=(Share(F(1, 2)),))),
        ("分别扣0.2、0.1分", Action(done=Done.POINTS, amounts=(F(1, 5), F(1, 10)), each=True)),
        ("扣0.5-2分", Action(done=Done.JUDGED, least=F(1, 2), amounts=(F(2),))),
        ("扣1分以内", Action(done=Done.JUDGED, least=F(0), amounts=(F(1),))),
        ("酌情扣分", Action(done=Done.JUDGED)),
        ("酌情扣分,", Action(done=Done.JUDGED)),
        ("按比例得分", Action(done=Done.PROPORTION, effect=Effect.EARN)),
        ("不得分", Action(done=Done.FORFEIT)),
        ("不扣分", Action(done=Done.SPARED)),
        ("最高扣2分", Action(done=Done.CAP, amounts=(F(2),))),
        ("扣完2分为止", Action(done=Done.CAP, amounts=(F(2),))),
        ("扣完为止", Action(done=Done.USED_UP)),
        ("加倍扣分", Action(done=Done.TIMES, factor=F(2))),
        ("减半扣分", Action(done=Done.TIMES, factor=F(1, 2))),
        ("另扣2分", Action(done=Done.POINTS, amounts=(F(2),), further=True)),
        ("从总分中扣2分", Action(done=Done.POINTS, amounts=(F(2),), reach=Reach.TOTAL)),
        ("扣1分/次", Action(done=Done.POINTS, amounts=(F(1),), per_unit="次")),
        ("单列", Action(done=Done.PLACED, where=Placement.APART)),
        ("取消评优资格", Action(done=Done.VETO)),
    ],
)
def test_what_is_done_with_points_is_read_whole(text: str, action: Action) -> None:
    """The verb, its modifiers, the amount and what belongs to it are one action."""
    read = read_action(tokens_of(text), 0)
    assert read is not None
    assert read[0] == action


@pytest.mark.parametrize("text", ["满意率", "酌情", "分别", "扣1-2-3分", "最高扣分", "扣1、2"])
def test_half_an_action_is_none(text: str) -> None:
    """A modifier without a verb, or a range with three ends, does nothing with points."""
    read = read_action(tokens_of(text), 0)
    assert read is None or read[0].amounts == ()


def test_an_action_ends_where_its_points_end() -> None:
    """What follows the points is the next segment's."""
    tokens = tokens_of("扣1分无台账")
    read = read_action(tokens, 0)
    assert read is not None
    assert [token.text for token in tokens[read[1] :]] == ["无台账"]
