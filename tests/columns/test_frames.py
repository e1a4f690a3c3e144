"""Frames of any kind to columns: the same cells, however their memory lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from columns.test_table import AGREEMENT
from healthduty.columns import frames
from healthduty.columns.column import Column, Holding
from healthduty.columns.extras import np
from healthduty.columns.frames import Later, columns_of
from healthduty.columns.many import score_many
from healthduty.columns.naming import Texts, all_differ, called, hashes_of, texts_of, totals_among
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.records.headers import Holds
from healthduty.records.intake import Intake
from healthduty.records.totals import is_total

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")


def _cells(columns: Sequence[Column]) -> list[list[Any]]:
    return [[column.cell(row) for row in range(len(column))] for column in columns]


# --- pandas --------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [0, 2**20])
def test_columns_of_one_sort_are_taken_in_one_go(block: int) -> None:
    """Each heading keeps its cells: beside extension columns, twice the same, of many blocks."""
    frame = pd.DataFrame({"a": [1.5, np.nan], "n": [1, 2], "b": [2.5, 3.5], "t": ["x", None]})
    frame["e"] = pd.array([7.5, None], dtype="Float64")  # counts as a float64 for `select_dtypes`
    frame["c"] = [True, False]
    frame["d"] = np.array([4.5, np.nan])
    frame.columns = ["a", "n", "b", "t", "e", "c", "a"]
    with mock.patch.object(frames, "_BLOCK", block):
        table = columns_of(frame)
    assert table.headings == ("a", "n", "b", "t", "e", "c", "a")
    expected = [[1.5, None], [1, 2], [2.5, 3.5], ["x", None], [7.5, None], [True, False]]
    assert _cells(table.columns) == [*expected, [4.5, None]]


def test_small_and_unsigned_numbers_of_pandas_are_numbers() -> None:
    """What numpy holds in few bytes, without a sign or as a short float is what it prints as."""
    frame = pd.DataFrame(
        {
            "short": np.array([0.1, 2.0], dtype=np.float32),
            "tiny": np.array([-3, 4], dtype=np.int8),
            "huge": np.array([2**64 - 1, 0], dtype=np.uint64),
        }
    )
    cells = _cells(columns_of(frame).columns)
    assert cells == [[np.float32(0.1), np.float32(2.0)], [-3, 4], [2**64 - 1, 0]]


# --- streams -------------------------------------------------------------------------------------


class Stream:
    """Whatever hands itself on as an Arrow stream, and is nothing else."""

    def __init__(self, table: Any) -> None:  # noqa: ANN401 - of pyarrow
        """Stand on a table."""
        self._table = table

    def __arrow_c_stream__(self, requested: Any = None) -> Any:  # noqa: ANN401 - a capsule
        """Hand it on."""
        return self._table.__arrow_c_stream__(requested)


def test_a_stream_in_pieces_is_a_frame() -> None:
    """Pieces make one column; polars' own texts and categories are texts."""
    pieces = pa.concat_tables([pa.table({"n": [1, None], "t": ["x", "y"]})] * 2)
    assert _cells(columns_of(Stream(pieces)).columns) == [
        [1, None, 1, None],
        ["x", "y", "x", "y"],
    ]
    frame = pl.DataFrame({"t": ["x", None], "c": pl.Series(["y", "z"], dtype=pl.Categorical)})
    assert _cells(columns_of(frame).columns) == [["x", None], ["y", "z"]]


def test_a_column_is_made_when_it_is_looked_at() -> None:
    """Nobody pays for a column that the agreement does not ask for."""
    asked: list[str] = []

    def make(name: str) -> Column:
        asked.append(name)
        return Column(Holding.INTEGERS, np.array([1]))

    columns = Later([lambda: make("a"), lambda: make("b")])
    assert columns[1] is columns[1]
    assert asked == ["b"]
    assert len(columns[:]) == len(columns)
    assert asked == ["b", "a"]


def test_what_is_no_frame_is_refused() -> None:
    """A number is no table."""
    with pytest.raises(UsageError, match="no table of columns"):
        columns_of(3)


@pytest.mark.parametrize("made", [pd.DataFrame, pl.DataFrame, pa.table])
def test_names_that_stay_in_arrow_are_told_as_others_are(made: Any) -> None:  # noqa: ANN401 - a maker
    """Rows of totals, nameless and twice named ones: the very findings of a plain table."""
    plain = {
        "机构": ["南关 ", "合计", None, "南关", "北关"],
        "满意率": [83.0, 90.0, 95.5, None, 100.0],
        "surveys": [1, 2, 2, 2, 0],
    }
    one, other = score_many(AGREEMENT, plain), score_many(AGREEMENT, made(plain))
    assert other.facilities == one.facilities == ["南关", "row 3", "南关", "北关"]
    assert list(map(str, other.findings)) == list(map(str, one.findings))
    assert other.totals == one.totals


@pytest.mark.parametrize("made", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_where_every_row_is_one_of_totals_none_is_left_out(made: Any) -> None:  # noqa: ANN401 - a maker
    """Somebody calls his one facility 合计: nothing is left out, and nothing of it is told."""
    table = score_many(AGREEMENT, made({"机构": ["合计"], "满意率": [95.5], "surveys": [2]}))
    assert table.facilities == ["合计"]
    assert "record-row-total" not in {each.code for each in table.findings}


# --- names ---------------------------------------------------------------------------------------

NAMES = st.lists(
    st.text(st.sampled_from("ab 关计区院1:\t\u3000\u2003\x85\u00e9"), max_size=4)
    | st.sampled_from(["合计", "总计：", "total", "南关中心卫生院"]),
    max_size=6,
)


@given(NAMES, st.integers(0, 3))
def test_names_are_read_by_their_bytes(names: list[str], start: int) -> None:
    """Blanks around them, totals among them, and hashes: as Python's own texts have it."""
    texts = texts_of(pa.array(names, pa.string()).slice(start))
    stripped = [name.strip() for name in names[start:]]
    assert texts.tolist() == stripped
    assert totals_among(texts).tolist() == [is_total(name) for name in stripped]
    hashes = hashes_of(texts).tolist()
    assert len(set(hashes)) == len(set(stripped))
    assert len(set(zip(hashes, stripped, strict=True))) == len(set(stripped))
    assert all_differ(texts) == (len(set(stripped)) == len(stripped))


@given(st.lists(st.text("甲a", min_size=5, max_size=30), min_size=1, max_size=5))
def test_a_hash_hangs_on_the_text_alone(names: list[str]) -> None:
    """Whether others beside it are equally long makes no difference."""
    together = hashes_of(Texts(pa.array(names, pa.string()))).tolist()
    alone = [hashes_of(Texts(pa.array([name], pa.string()))).tolist()[0] for name in names]
    assert together == alone


def test_a_row_without_a_key_is_called_by_its_name() -> None:
    """The key first, then the name, then the row."""
    named = {
        Holds.FACILITY: texts_of(pa.array(["a1", None, ""])),
        Holds.NAME: texts_of(pa.array(["", "北关", None])),
    }
    intake = Intake(Agreement("示例"))
    keys, names = called(named, range(1, 4), intake)
    assert keys.tolist() == ["a1", "北关", "row 3"]
    assert names.tolist() == ["a1", "北关", "row 3"]
    assert [finding.code for finding in intake.findings] == ["record-facility-missing"]
