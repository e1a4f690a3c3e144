"""Bounds and readings asked of an agreement; tests/scoring/test_calls.py has the other calls."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from healthduty.errors import UsageError
from healthduty.model.indicator import Part
from healthduty.rules.rule import Assumption, Deduction, Group, Reading, Rule, readings_of
from healthduty.rules.tally import StepsBelow
from healthduty.said import chinese
from healthduty.scoring.score import ReadingResult, bounds, other_readings, readings, score
from scoring.making import EACH, FEW, NO_LEDGER, RATE, SHORT, UNKEPT, item, make, section

OPEN = attrs.evolve(SHORT, assumption=Assumption("不足5%是否计入", about="steps"))
"""Each 5 % below 90 %, half a point, the text being silent on begun steps."""


@pytest.mark.parametrize("ask", [bounds, readings])
def test_what_is_no_agreement_or_no_record_is_refused(ask: Any) -> None:  # noqa: ANN401
    """A wrong call is told as such: which of the two, and what was given."""
    with pytest.raises(UsageError, match="`str` is no agreement: load it first"):
        ask("agreement.json", {})
    with pytest.raises(UsageError, match="`list` is no record of one facility"):
        ask(make(SHORT), [{"rate": 90}])


# ---------------------------------------------------------------- readings (semantics 4 and 11)


def test_the_total_under_each_way_to_count_steps() -> None:
    """Semantics 4: 83 % is 7 short: one whole step as assumed, two started, 1.4 proportional."""
    agreement = make(OPEN)
    assert score(agreement, {"rate": 83}).total == 9.5
    found = {result.label: str(result.total) for result in readings(agreement, {"rate": 83})}
    assert found == {"started": "9", "proportional": "9.3"}


def test_other_readings_are_called_in_both_languages() -> None:
    """An official reads what the other way to count is; its English name is what it equals."""
    found = readings(make(OPEN), {"rate": 83})
    assert [each.reading() for each in found] == ["不足一档按一档计", "按比例计"]
    assert [each.reading("en") for each in found] == ["started", "proportional"]
    tally = StepsBelow(RATE, target=90, step=5, counting="started")
    started = attrs.evolve(OPEN, tally=tally)
    assert readings_of(started)[0].label == "complete"
    assert chinese(readings_of(started)[0].label) == "不足一档不计"
    named = Assumption("一次扣分还是逐次扣分", readings=(Reading("只扣一次", UNKEPT),))
    (other,) = readings(make(attrs.evolve(FEW, assumption=named)), {"visits": 1, "ledger": False})
    assert (other.reading(), other.reading("en")) == ("只扣一次", "只扣一次")
    with pytest.raises(UsageError, match="`fr`"):
        other.reading("fr")  # type: ignore[arg-type]


def test_readings_that_the_rule_names() -> None:
    """Semantics 11: once or each: the agreement says which other rule the words may mean."""
    once = attrs.evolve(UNKEPT, points=1)
    assumed = attrs.evolve(
        FEW, assumption=Assumption("一次扣分还是逐次扣分", readings=(Reading("once", once),))
    )
    found = readings(make(assumed), {"visits": 1, "ledger": False})
    assert found == (ReadingResult("1", "once", score(make(once), {"ledger": False}).total),)


@pytest.mark.parametrize(
    ("rule", "labels"),
    [
        (SHORT, []),
        (attrs.evolve(SHORT, assumption=Assumption("五分之一不计", about="points")), []),
        (attrs.evolve(EACH, assumption=Assumption("档次", about="steps")), []),
        (
            Deduction(
                StepsBelow(RATE, target=90),
                points=1,
                assumption=Assumption("按比例", about="steps"),
            ),
            [],
        ),
        (OPEN, ["started", "proportional"]),
        (Group((OPEN, FEW)), ["started", "proportional"]),
        (
            Group(
                (Group((FEW, OPEN)),), assumption=Assumption("合计", readings=(Reading("a", FEW),))
            ),
            ["a", "started", "proportional"],
        ),
    ],
)
def test_which_rules_have_other_readings(rule: Rule, labels: list[str]) -> None:
    """Semantics 11: only what carries an assumption that can be read in another way."""
    assert [label for _, label, _ in other_readings(make(rule))] == labels


def test_each_reading_replaces_one_rule_and_no_other() -> None:
    """Semantics 11: in sections, items, parts and the total; the number says where."""
    agreement = make(
        section(
            item(OPEN, number="1.1", parts=(Part("1.1.1", points=1, rules=OPEN),)),
            rules=OPEN,
        ),
        rules=Group((UNKEPT, OPEN)),
    )
    found = list(other_readings(agreement))
    assert [(number, label) for number, label, _ in found] == [
        ("", "started"),
        ("", "proportional"),
        ("1", "started"),
        ("1", "proportional"),
        ("1.1", "started"),
        ("1.1", "proportional"),
        ("1.1.1", "started"),
        ("1.1.1", "proportional"),
    ]
    assert len({other for _, _, other in found}) == 8
    assert agreement not in {other for _, _, other in found}


def test_an_unheld_condition_is_no_reading() -> None:
    """An agreement without assumptions has one reading."""
    assert readings(make(attrs.evolve(SHORT, when=NO_LEDGER)), {"rate": 83, "ledger": True}) == ()
