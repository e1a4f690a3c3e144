"""Goals: what must be reached, by which name, for which period."""

from __future__ import annotations

from fractions import Fraction

import pytest

from healthduty.clauses.goals import Goal, named_blanks, read_goals
from healthduty.clauses.names.goal_names import is_kind, names_shared
from healthduty.clauses.text.phrases import Bounds
from healthduty.clauses.text.tokens import tokens_of
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple

F = Fraction


def goals_in(text: str) -> list[Goal]:
    """Return the goals of a text."""
    return read_goals(tokens_of(text), text)


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("满意率达90%以上", [("满意率", F(90))]),
        ("使用率不超过40%", [("使用率", F(40))]),
        ("问卷调查2次", [("问卷调查", F(2))]),
        ("年内举办讲座4次以上", [("讲座", F(4))]),
        ("管理率、控制率分别达到90%、60%", [("管理率", F(90)), ("控制率", F(60))]),
        ("高血压、糖尿病管理率均达到90%", [("高血压管理率", F(90)), ("糖尿病管理率", F(90))]),
        ("签约率50%以上、建档率80%以上", [("签约率", F(50)), ("建档率", F(80))]),
        ("一人一档", []),
        ("认真学习", []),
    ],
)
def test_quantities_with_their_bounds_are_goals(text: str, goals: list[tuple[str, F]]) -> None:
    """Each name gets its bound; a number that asks for nothing is no goal."""
    assert [(goal.name, goal.target) for goal in goals_in(text)] == goals


def test_a_duty_by_the_period_is_taken_to_the_year() -> None:
    """每季度1次 asks for four in the year, and remembers that it did (semantics 10)."""
    goal = goals_in("培训每季度不少于1次")[0]
    assert (goal.target, goal.by_period) == (4, "季度")


def test_a_rate_by_the_period_stays_as_it_is() -> None:
    """每月90% is 90 % in the year too."""
    goal = goals_in("每月报告率达到90%")[0]
    assert (goal.target, goal.by_period) == (90, "")


def test_a_number_for_each_object_is_a_multiple() -> None:
    """每户4次 asks for four times the number of households."""
    assert goals_in("每户随访4次以上")[0].target == Multiple(F(4), "户数")


def test_a_bound_by_kind_of_facility_is_one_goal() -> None:
    """Township and village have thresholds of their own."""
    goal = goals_in("签约率乡镇卫生院90%、村卫生室80%")[0]
    assert goal.target == ByKind({"乡镇卫生院": 90, "村卫生室": 80})


def test_one_kind_of_facility_named_twice_is_no_table() -> None:
    """Of two thresholds for one kind neither is dropped in silence."""
    goals = goals_in("签约率乡镇卫生院90%、村卫生室80%、村卫生室70%")
    assert not any(isinstance(goal.target, ByKind) for goal in goals)


def test_last_year_comes_with_the_record() -> None:
    """不低于上年 is held against a number that the record gives."""
    goal = goals_in("门诊人次不低于上年")[0]
    assert goal.target == Given("上年门诊人次")


def test_a_blank_is_named_after_what_it_is_for() -> None:
    """An empty line in a template asks for the number of its quantity."""
    goal = Goal(name="满意率", bounds=Bounds(low=Blank(""), unit="%"))
    assert named_blanks(goal).target == Blank("满意率")


@pytest.mark.parametrize(
    ("names", "whole"),
    [
        (["高血压", "糖尿病管理率"], ["高血压管理率", "糖尿病管理率"]),
        (["慢性病病人管理率", "控制率"], ["慢性病病人管理率", "慢性病病人控制率"]),
        (["签约", "培训"], ["签约", "培训"]),
    ],
)
def test_a_list_shares_its_head_or_its_lead(names: list[str], whole: list[str]) -> None:
    """What only the first or the last name says holds for the others."""
    assert names_shared(names) == whole


def test_kinds_of_facility_are_known_by_their_ending() -> None:
    """中心卫生院 is a kind of facility, 满意率 is a quantity."""
    assert is_kind("中心卫生院")
    assert not is_kind("满意率")
