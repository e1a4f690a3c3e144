"""Conditions and thresholds on a record's integers."""

from __future__ import annotations

import pytest

from healthduty.rules.condition import Compare
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Once
from healthduty.scoring.conditions import compare, resolve
from healthduty.scoring.ops import AT_LEAST, AT_MOST, EQUAL, LESS, MORE, Operand
from scoring.making import RATE, make, total


@pytest.mark.parametrize(
    ("comparator", "held"),
    [
        (">=", [False, True, True]),
        (">", [False, False, True]),
        ("<=", [True, True, False]),
        ("<", [True, False, False]),
        ("=", [False, True, False]),
    ],
    ids=["以上 达到 不低于", "超过 高于", "以下 不超过", "低于 不足", "为"],
)
def test_what_stands_on_the_number_itself(comparator: str, held: list[bool]) -> None:
    """Semantics 3: 以上 and 以下 include the number, 超过 and 低于 exclude it.

    The three values lie a hair below 62.5, on it, and a hair above.
    """
    rule = Deduction(Once(Compare(RATE, comparator, "62.5")), points=1)
    values = ("62.4999999", 62.5, "62.5000001")
    assert [total(make(rule), rate=rate) == 9 for rate in values] == held


def test_the_codes_of_comparators() -> None:
    """The plan names comparators by small numbers: each does what its name says."""
    codes = (AT_LEAST, MORE, AT_MOST, LESS, EQUAL)
    assert [compare(code, 1, 2) for code in codes] == [False, False, True, True, False]
    assert [compare(code, 2, 2) for code in codes] == [True, False, True, False, True]
    assert [compare(code, 3, 2) for code in codes] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("operand", "pair"),
    [
        (Operand(9, 2), (9, 2)),
        (Operand(0, 1, 0, 1, 1), (7, 3)),
        (Operand(0, 1, 0, 3, 2), (21, 6)),
        (Operand(1, 2, 0, 3, 2), (48, 12)),
    ],
)
def test_a_threshold_is_a_pair_that_is_never_divided(
    operand: Operand, pair: tuple[int, int]
) -> None:
    """A number; the value 7/3; 3/2 of it; and a half more, all exact."""
    assert resolve(operand, [7], [3]) == pair
