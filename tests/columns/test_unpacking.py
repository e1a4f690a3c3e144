"""Columns of a batch out of Arrow's memory: as NumPy takes them, by machine code and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.columns import kernel, unpacking
from healthduty.columns.arrow import column_of_arrow
from healthduty.columns.slabs import taken

INT32, INT64 = (st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (32, 64))
CELLS = {
    pa.int32(): INT32 | st.integers(-2, 2),
    pa.int64(): INT64 | INT32 | st.integers(-2, 2),
}
CODES = [pytest.param(unpacking.unpack, id="plain")]
if kernel.compiled() is not None and (machine := unpacking.unpacker()) is not None:
    CODES.append(pytest.param(machine, id="compiled"))


@st.composite
def arrays(draw: st.DrawFn) -> list[pa.Array]:
    """Draw arrays of one length, of which some begin in the midst of their memory."""
    length, before = draw(st.integers(0, 40)), draw(st.integers(0, 11))
    made = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from([*CELLS]))
        cells = CELLS[kind] if draw(st.booleans()) else st.none() | CELLS[kind]
        size = before + length
        made.append(pa.array(draw(st.lists(cells, min_size=size, max_size=size)), kind)[before:])
        if length and draw(st.booleans()):  # anything may stand under a null
            blank = draw(st.lists(st.booleans(), min_size=length, max_size=length))
            numbers = np.array(made[-1].fill_null(draw(CELLS[kind])))
            made[-1] = pa.array(numbers, mask=np.array(blank))
    return made


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("block", [8, 8_192])
@given(drawn=arrays())
def test_a_column_is_what_numpy_makes_of_it(
    code: Callable[..., None], block: int, drawn: list[pa.Array]
) -> None:
    """The numbers, the blanks and the ends; what needs more than 32 bits is left to others."""
    if code is unpacking.unpack:
        unpacking._BLOCK = block  # noqa: SLF001 - machine code has it built in
    with np.errstate(over="ignore"):  # below the lowest comes the highest, as in machine code
        made = unpacking.unpacked(drawn, code=code)
    for array, column in zip(drawn, made, strict=True):
        usual = column_of_arrow(array)
        (theirs,) = taken([usual])
        assert theirs is not None
        wide = max(map(abs, [theirs.low, -theirs.high - 1]), default=0) > 2**31
        if not len(array) or not -(2**31) <= theirs.low <= theirs.high < 2**31:
            assert column is None
            assert wide or not len(array)
            continue
        assert column is not None
        assert column.ends is not None
        (ours,) = taken([column])
        assert ours is not None
        assert ours.tops.dtype == np.int32
        assert ours.tops.tolist() == theirs.tops.tolist()
        assert (ours.low, ours.high, ours.places) == (theirs.low, theirs.high, theirs.places)
        assert ours.least == theirs.least or min(ours.least, theirs.least) > ours.high
        assert _truths(column.null) == _truths(usual.null)
        assert [column.cell(row) for row in range(len(array))] == array.to_pylist()


def _truths(null: Any) -> list[bool]:  # noqa: ANN401 - an array of truths, or None
    return [] if null is None else list(null.tolist())


@pytest.mark.parametrize("code", CODES)
def test_other_types_are_left_to_others(code: Callable[..., None]) -> None:
    """Truths, texts and floats, beside numbers."""
    arrays = [pa.array([True]), pa.array([3]), pa.array([0.5]), pa.array(["3"]), pa.array([None])]
    made = unpacking.unpacked(arrays, code=code)
    assert [column is None for column in made] == [True, False, True, True, True]


def test_a_batch_is_unpacked_where_the_kernel_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """And by NumPy where it is not: to load it takes longer than a small batch."""
    monkeypatch.setattr(unpacking, "is_loaded", lambda: False)
    assert unpacking.unpacker() is None
