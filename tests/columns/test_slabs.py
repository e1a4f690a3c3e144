"""Many columns at a time: the integers, the blanks and the ends that each column has by itself."""

from __future__ import annotations

from fractions import Fraction
from unittest import mock

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from healthduty.columns import slabs
from healthduty.columns.column import Column, Holding, of_array
from healthduty.columns.floats import decimals
from healthduty.columns.slabs import Taken, taken

WRITTEN = st.builds(
    lambda top, places: top / 10**places, st.integers(-(10**13), 10**13), st.integers(0, 8)
)
RATES = st.builds(lambda top, places: top / 10**places, st.integers(0, 9_999), st.integers(0, 3))
ODD = st.sampled_from([1 / 3, float("inf"), float("nan"), -0.0, 2.0**31, -(2.0**31) - 1])
INTEGERS = st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3)


@st.composite
def columns(draw: st.DrawFn) -> list[Column]:
    """Draw columns of one length, with blanks under which anything may lie."""
    length = draw(st.integers(0, 7))
    made = []
    for _ in range(draw(st.integers(1, 5))):
        cells = draw(st.sampled_from([RATES, WRITTEN, WRITTEN | ODD, INTEGERS, st.booleans()]))
        dtype = {INTEGERS: np.int64}.get(cells, np.float64)
        if cells is INTEGERS and draw(st.booleans()):
            cells, dtype = st.integers(-(2**31), 2**31 - 1), np.int32  # type: ignore[assignment]
        values = draw(st.lists(cells, min_size=length, max_size=length))
        array = np.array(values, dtype=bool if cells is not INTEGERS and _truths(values) else dtype)
        null = np.array(draw(st.lists(st.booleans(), min_size=length, max_size=length)), dtype=bool)
        column = of_array(array, null)
        assert column is not None
        made.append(column)
    return made


def _truths(values: list[object]) -> bool:
    return bool(values) and all(isinstance(value, bool) for value in values)


def _there(column: Column) -> list[float]:
    """Return the numbers of the rows that are not blank."""
    there = column.values if column.null is None else column.values[~column.null]
    return list(there.tolist())


@given(columns(), st.sampled_from([1, 3, 2**16]))
@example([Column(Holding.FLOATS, np.array([-0.1, 2147483650.0]))], 1)
def test_each_column_is_what_it_is_alone(drawn: list[Column], cells: int) -> None:
    """Blanks are 0, numbers are exact, and the ends are those of what is there."""
    with mock.patch.object(slabs, "CELLS", cells):
        found = taken(drawn)
    for column, one in zip(drawn, found, strict=True):
        if one is None:
            assert column.holding is Holding.FLOATS
            assert _some_is_left(column)
            continue
        _is_exact(column, one)
        blank = column.null is not None
        ends = [*one.tops.tolist(), *([0] if blank or not len(column) else [])]
        assert (one.low, one.high) == (min(ends), max(ends))
        positive = [top for top in one.tops.tolist() if top > 0]
        assert one.least == min(positive) if positive else one.least > one.high


def _is_exact(column: Column, one: Taken) -> None:
    null = np.zeros(len(column), dtype=bool) if column.null is None else column.null
    for value, top, blank in zip(column.values.tolist(), one.tops.tolist(), null, strict=True):
        if blank:
            assert top == 0
        elif isinstance(value, float):
            assert top / 10**one.places == value
            assert Fraction(top, 10**one.places) == Fraction(repr(value))
        else:
            assert top == value
    if column.holding is Holding.FLOATS:
        tops, places, known = decimals(np.where(null, 0.0, column.values))
        assert known.all()
        assert (tops.tolist(), places) == (one.tops.tolist(), one.places)


def _some_is_left(column: Column) -> bool:
    there = np.array(_there(column))
    return not decimals(there)[2].all()


def test_a_column_that_was_cleared_stays_where_it_is() -> None:
    """What has 0 under its blanks already is not copied."""
    values = np.array([7, 0, 9], dtype=np.int32)
    null = np.array([False, True, False])
    (cleared,) = taken([Column(Holding.INTEGERS, values, null=null, cleared=True)])
    (copied,) = taken([Column(Holding.INTEGERS, values, null=null)])
    assert cleared is not None
    assert copied is not None
    assert np.shares_memory(cleared.tops, values)
    assert not np.shares_memory(copied.tops, values)
    assert cleared.tops.tolist() == copied.tops.tolist() == [7, 0, 9]


def test_more_decimals_further_down_are_met() -> None:
    """What the first rows have is tried first, and not relied on."""
    values = np.append(np.full(500, 83.5), [83.25, 1e9])
    (one,) = taken([Column(Holding.FLOATS, values)])
    assert one is not None
    assert (one.places, one.low, one.high) == (2, 8_325, 10**11)
