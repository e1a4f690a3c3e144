"""A column to integers: by the whole array exactly what is read value by value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from healthduty.columns.column import Holding, coded, column_of
from healthduty.columns.floats import decimals
from healthduty.columns.integers import gathered
from healthduty.columns.many import score_many
from healthduty.exact import read_number
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.observe import State
from healthduty.records.reading import read_records
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import StepsBelow
from healthduty.scoring.score import score

WRITTEN = st.builds(
    lambda top, places: top / 10**places, st.integers(-(10**13), 10**13), st.integers(0, 8)
)
FLOATS = st.lists(st.one_of(WRITTEN, st.floats(width=64)), min_size=1, max_size=8)


@given(FLOATS)
def test_a_float_is_the_decimal_that_prints_it(values: list[float]) -> None:
    """Whatever is taken by the array is the number that `read_number` reads, not computed."""
    tops, places, known = decimals(np.array(values))
    for value, top, taken in zip(values, tops.tolist(), known.tolist(), strict=True):
        if taken:
            number, computed = read_number(value)
            assert Fraction(top, 10**places) == number
            assert not computed
        else:
            assert top == 0


@given(st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=8), st.integers(0, 4))
def test_plain_decimals_are_all_taken(tops: list[int], places: int) -> None:
    """Floats of a few decimals need no second look."""
    made, scale, known = decimals(np.array([top / 10**places for top in tops]))
    assert known.all()
    assert [Fraction(top, 10**scale) for top in made.tolist()] == [
        Fraction(t, 10**places) for t in tops
    ]
    assert scale <= places


def test_one_and_true_and_one_point_zero_are_told_apart() -> None:
    """Equal values of several types are several distinct values."""
    column = column_of([1, True, 1.0, "1", 1])
    assert column.values.tolist() == [0, 1, 2, 3, 0]
    assert [type(value) for value in column.distinct] == [int, bool, float, str]


def test_lists_stay_one_object_a_row() -> None:
    """What can't be told apart cheaply is not."""
    column = coded([[1], [1], None])
    assert column.holding is Holding.OBJECTS
    assert column.cell(0) == [1]


def test_a_short_float_is_what_it_prints_as() -> None:
    """A float of four bytes is 0.1, and not the double that it becomes."""
    column = column_of(np.array([0.1, 2.0], dtype=np.float32))
    assert column.distinct == [0.1, 2.0]


def test_an_integer_beyond_64_bits_is_kept() -> None:
    """Unsigned and Python's own integers become values, not negative numbers."""
    assert column_of(np.array([2**64 - 1], dtype=np.uint64)).distinct == [2**64 - 1]
    assert column_of([10**30]).distinct == [10**30]


def test_denominators_that_have_no_small_multiple_stay_their_own() -> None:
    """Pairs with odd denominators are columns of pairs."""
    pairs = [(1, 10**9 + 7), (2, 10**9 + 9), State.MISSING]
    made = gathered(pairs, np.array([0, 1, 2, 0])).integers
    assert made.den.tolist() == [10**9 + 7, 10**9 + 9, 1, 10**9 + 7]
    assert made.lost is not None
    assert made.lost.tolist() == [False, False, True, False]


def test_what_a_cell_was_to_one_measure_it_is_to_those_of_its_sort_alone() -> None:
    """A text that was read once is not read again; another unit, kind or heading reads it anew."""
    measures = (
        Measure("rate", unit="%"),
        Measure("twin", unit="%"),
        Measure("mille", unit="‰"),
        Measure("visits", unit="人次"),
        Measure("yuan", unit="元", kind="amount"),
    )
    rules = [Deduction(StepsBelow(each, target=90, step=5), points=1) for each in measures]
    parts = [
        Indicator(f"{place}", "…", points=9, rules=rule) for place, rule in enumerate(rules, 1)
    ]
    agreement = Agreement("示例", measures=measures, parts=parts)
    cells = ["83", "0.5", "-3", "12万", "八成", None, True, 1, 1.0, Decimal(1)]
    columns = {"机构": [f"f{row}" for row in range(len(cells))]}
    columns |= {"rate": cells, "twin": cells, "mille（%）": cells, "visits": cells, "yuan": cells}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    sheets = [score(agreement, record) for record in read_records(rows, agreement)]
    for _ in range(2):  # the second time everything is known
        table = score_many(agreement, columns)
        assert table.totals == [sheet.total for sheet in sheets]
        for place, earned in enumerate(zip(*table.items.values(), strict=True)):
            assert list(earned) == [item.earned for item in sheets[place].items]
        negative = {each.place.column for each in table.findings if each.code == "value-negative"}
        assert {"rate", "twin", "mille（%）", "visits"} <= negative
