"""What was lost, added up by machine code and without: as NumPy adds up columns of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.columns import kernel, summing

INT32 = st.integers(-(2**31), 2**31 - 1)
CODES = [pytest.param(summing.add_up, id="plain")]
if kernel.compiled() is not None and (machine := summing.adder()) is not None:
    CODES.append(pytest.param(machine, id="compiled"))


@st.composite
def columns(draw: st.DrawFn) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Draw columns of one length: full points, what was earned, where that is not known."""
    rows = draw(st.integers(0, 30))
    numbers, truths = (
        st.lists(each, min_size=rows, max_size=rows) for each in (INT32, st.booleans())
    )
    return [
        (draw(INT32 | st.just(2**31)), np.array(draw(numbers), kind), np.array(draw(truths), bool))
        for kind in draw(st.lists(st.sampled_from([np.int32, np.int64]), max_size=3))
    ]


@pytest.mark.parametrize("code", CODES)
@given(drawn=columns())
def test_a_sum_is_that_of_the_column(
    code: Callable[..., None], drawn: list[tuple[int, np.ndarray, np.ndarray]]
) -> None:
    """How many are known, what they lost, how many lost any; what may wrap is left to others."""
    for (full, earned, unsure), sums in zip(drawn, summing.added_up(drawn, code=code), strict=True):
        if earned.dtype != np.int32 or abs(full) >= 2**31:
            assert sums is None
            continue
        lost = [
            full - each for each, doubt in zip(earned.tolist(), unsure, strict=True) if not doubt
        ]
        assert sums == (len(lost), sum(lost), sum(each > 0 for each in lost))


def test_columns_in_pieces_are_left_to_others() -> None:
    """Machine code goes from one number to the next."""
    numbers, doubts = np.zeros((4, 2), np.int32)[:, 0], np.zeros(4, bool)
    assert summing.added_up([(5, numbers, doubts)], code=summing.add_up) == [None]


def test_without_the_kernel_nothing_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """NumPy adds up."""
    monkeypatch.setattr(summing, "is_loaded", lambda: False)
    assert summing.adder() is None
