"""Arrow batches: what `score_batch` gives row by row is what `score_many` gives."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from columns.test_table import AGREEMENT, COLUMNS
from healthduty.columns.many import score_many
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Cases
from strategy_columns import tables

pa = pytest.importorskip("pyarrow")

from healthduty.columns.arrow import column_of_arrow, points_array  # noqa: E402
from healthduty.columns.batches import BatchScorer, batch_schema, score_batch  # noqa: E402
from healthduty.columns.extras import np  # noqa: E402
from healthduty.columns.naming import hashes_of, texts_of, totals_among  # noqa: E402
from healthduty.columns.slabs import taken  # noqa: E402


def batch_of(columns: dict[str, list[Any]]) -> Any:  # noqa: ANN401 - of pyarrow
    """Return columns as a batch: texts where a column is of several kinds."""
    arrays = {}
    for heading, cells in columns.items():
        kinds = {type(cell) for cell in cells} - {type(None)}
        mixed = len(kinds) > 1
        arrays[heading] = [None if c is None else str(c) for c in cells] if mixed else cells
    return pa.RecordBatch.from_pydict(arrays)


TEXTS = {**COLUMNS, "满意率": ["83%", "90", "95", None], "责任事故": ["否", "是", "否", "否"]}
TEXTS["服务人口"] = ["8000", "12000", "3.2万", "5"]


def test_a_batch_comes_back_row_by_row() -> None:
    """Who, total, points before vetoes, grade, honours and money, in the order of the batch."""
    made = score_batch(AGREEMENT, batch_of(TEXTS))
    assert made.schema.names == [
        "facility",
        "total",
        "earned",
        "grade",
        "honour honour",
        "money pool",
        "findings",
    ]
    table = score_many(AGREEMENT, TEXTS)
    assert made["facility"].to_pylist() == table.facilities
    assert made["total"].to_pylist() == table.totals
    assert made["grade"].to_pylist() == table.grades
    assert made["honour honour"].to_pylist() == table.honours["honour"]
    assert made["money pool"].to_pylist() == table.money["pool"]


def test_what_was_found_stands_in_the_row_that_it_first_concerns() -> None:
    """A missing value is told in its own row, with how many rows of the batch have it."""
    made = score_batch(AGREEMENT, batch_of(TEXTS))
    *sound, faulty = made["findings"].to_pylist()
    assert sound == [None, None, None]
    assert faulty.startswith("error value-missing: row 4, column 满意率:")
    twice = {**TEXTS, "满意率": [None, "90", "95", None]}
    first, *rest = score_batch(AGREEMENT, batch_of(twice))["findings"].to_pylist()
    assert first.endswith("; 2 rows of this batch")
    assert rest == [None, None, None]


def test_a_column_that_is_missing_is_told_in_the_first_row() -> None:
    """What concerns no row concerns the batch."""
    batch = batch_of({key: cells for key, cells in TEXTS.items() if key != "surveys"})
    found = score_batch(AGREEMENT, batch)["findings"].to_pylist()
    assert "record-column-missing" in found[0]


def test_a_row_of_totals_has_no_points_but_a_place() -> None:
    """As many rows come back as went in."""
    columns = {key: [*cells, cells[1]] for key, cells in TEXTS.items()}
    columns["机构"][1] = "全县合计"
    made = score_batch(AGREEMENT, batch_of(columns))
    assert made["total"].to_pylist() == [Decimal(90), None, Decimal(100), None, Decimal(70)]
    assert made["facility"].to_pylist()[1] is None
    assert "record-row-total" in made["findings"].to_pylist()[1]
    alone = score_batch(AGREEMENT, batch_of({key: cells[1:2] for key, cells in columns.items()}))
    assert alone["total"].to_pylist() == [None]


def test_a_row_without_a_name_is_called_by_its_number() -> None:
    """It is scored all the same, and told."""
    made = score_batch(AGREEMENT, batch_of({**TEXTS, "机构": ["南关", None, " 东关", "西关"]}))
    assert made["facility"].to_pylist() == ["南关", "row 2", "东关", "西关"]
    assert "record-facility-missing" in made["findings"].to_pylist()[1]


def test_key_name_and_period_come_back() -> None:
    """Whoever is named by a key and a name keeps both."""
    columns = {"机构编码": [1, 2], "机构名称": ["南关", "北关"], "period": ["2024-Q1", "2024-Q2"]}
    agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
    made = score_batch(agreement, batch_of({**columns, "1": [3, 4]}))
    assert made.schema.names[:3] == ["facility", "name", "period"]
    assert made["facility"].to_pylist() == ["1", "2"]
    assert made["period"].to_pylist() == ["2024-Q1", "2024-Q2"]


def test_the_schema_is_known_beforehand_and_holds_for_an_empty_batch() -> None:
    """An engine asks for it before the first batch comes."""
    scorer = BatchScorer(AGREEMENT, items=True)
    batch = batch_of(TEXTS)
    schema = batch_schema(scorer, batch.schema.names)
    assert score_batch(scorer, batch).schema == schema
    assert score_batch(scorer, batch.slice(0, 0)).schema == schema
    assert [name for name in schema.names if name.startswith("item ")] == [
        "item 1",
        "item 1.1",
        "item 1.2",
    ]


def test_a_scorer_pickles_small_and_scores_the_same_elsewhere() -> None:
    """What travels is the plan; nothing that was met meanwhile."""
    scorer = BatchScorer(AGREEMENT, items=True)
    before = score_batch(scorer, batch_of(TEXTS))
    packed = pickle.dumps(scorer)
    assert len(packed) < 16_000
    assert score_batch(pickle.loads(packed), batch_of(TEXTS)).equals(before)  # noqa: S301 - ours


def test_what_is_no_agreement_is_refused() -> None:
    """The call is wrong, not the data."""
    with pytest.raises(UsageError, match="`dict` is no agreement"):
        score_batch({}, batch_of(TEXTS))  # type: ignore[arg-type]


def test_numbers_stay_where_arrow_has_them() -> None:
    """No copy of plain integers is made, in a slice and beside nulls neither."""
    array = pa.array([1, 2, None, 4, 5], pa.int32()).slice(1)
    column = column_of_arrow(array)
    assert column.values[[0, 2, 3]].tolist() == [2, 4, 5]
    assert column.null is not None
    assert column.null.tolist() == [False, True, False, False]
    address = column.values.__array_interface__["data"][0]
    assert address == array.buffers()[1].address + 4


def test_what_lies_under_a_null_is_cleared_only_in_memory_of_our_own() -> None:
    """A batch that somebody handed over is not written to; one that was read from a file is."""
    values = np.array([7, 8, 9], dtype=np.int32)
    room = pa.allocate_buffer(values.nbytes)
    np.frombuffer(room, np.int32)[:] = values
    array = pa.Array.from_buffers(pa.int32(), 3, [pa.py_buffer(b"\x05"), room], 1)
    (theirs,) = taken([column_of_arrow(array)])
    assert theirs is not None
    assert theirs.tops.tolist() == [7, 0, 9]
    assert np.frombuffer(room, np.int32).tolist() == [7, 8, 9]
    (ours,) = taken([column_of_arrow(array, own=True)])
    assert ours is not None
    assert ours.tops.tolist() == [7, 0, 9]
    assert np.shares_memory(ours.tops, np.frombuffer(room, np.int32))
    frozen = pa.Array.from_buffers(
        pa.int32(), 3, [pa.py_buffer(b"\x05"), pa.py_buffer(values.tobytes())], 1
    )
    assert not column_of_arrow(frozen, own=True).cleared


def test_every_kind_of_arrow_column_is_a_column() -> None:
    """Slices of truths, floats over garbage, dictionaries, exact decimals, small integers."""
    truths = column_of_arrow(pa.array([True, None, False] * 7).slice(5))
    assert truths.texts()[:4] == [False, True, None, False]
    halves = pa.array([Decimal("83.5"), None, Decimal(-2)], pa.decimal128(9, 1))
    assert column_of_arrow(halves).texts() == [83.5, None, -2.0]
    long = pa.array([Decimal("1234567890123.5")], pa.decimal128(20, 1))
    assert column_of_arrow(long).texts() == [Decimal("1234567890123.5")]
    words = pa.array(["优", None, "优"]).dictionary_encode()
    assert column_of_arrow(words).texts() == ["优", None, "优"]
    small = pa.array([1, None], pa.int8())
    assert column_of_arrow(small).texts() == [1, None]


def test_points_are_decimals_of_the_very_integers() -> None:
    """Below 0 too; a number with more digits than a column has is told, and not cut."""
    units = np.array([-5, 0, 10**17])
    made = points_array(units, np.array([True, False, True]), 2)
    assert made.to_pylist() == [Decimal("-0.05"), None, Decimal("1000000000000000.00")]
    measure = Measure("found", "发现", unit="例", kind="cases")
    rule = Deduction(Cases(measure), points=10**9, reach="total")
    item = Indicator("1", points=5, rules=rule)
    agreement = Agreement("示例", measures=(measure,), parts=(item,), floor=None)
    made = score_batch(agreement, batch_of({"机构": ["南", "北"], "发现": [10**12, 1]}))
    assert made["total"].to_pylist() == [None, Decimal(5 - 10**9)]
    assert "score-too-long" in made["findings"].to_pylist()[0]


def test_texts_are_told_apart_by_their_hashes() -> None:
    """Keys of one length and of several; equal ones have equal hashes, wherever they stand."""
    keys = [f"45{number:020}" for number in range(5_000)] + ["南关", "", "北关社区卫生服务中心"]
    made = hashes_of(texts_of(pa.array(keys)))
    assert len(set(made.tolist())) == len(keys)
    assert hashes_of(texts_of(pa.array(keys[-3:]))).tolist() == made[-3:].tolist()
    sliced = hashes_of(texts_of(pa.array(keys).slice(4_999)))
    assert sliced.tolist() == made[4_999:].tolist()


def test_names_of_totals_are_found_among_names() -> None:
    """Only names that end as such a name may are read."""
    names = ["合计", "南关", "全县平均：", "Total", "一计", "", "中心", "sum"]
    made = totals_among(texts_of(pa.array(names))).tolist()
    assert made == [True, False, True, True, False, False, False, True]


@given(tables())
@settings(max_examples=30)
def test_a_batch_scores_as_a_table(drawn: tuple[Agreement, dict[str, Any]]) -> None:
    """Law: any batch has the totals, grades and items of `score_many` over the same columns."""
    agreement, columns = drawn
    batch = pa.RecordBatch.from_pydict(columns)
    table = score_many(agreement, pa.table(columns))
    made = score_batch(BatchScorer(agreement, items=True), batch)
    assert made["facility"].to_pylist() == table.facilities
    assert made["total"].to_pylist() == table.totals
    if agreement.grades is not None:
        assert made["grade"].to_pylist() == table.grades
    for number, earned in table.items.items():
        assert made[f"item {number}"].to_pylist() == earned
    told = "\n".join(filter(None, made["findings"].to_pylist()))
    for finding in table.findings.errors:
        if finding.code not in ("record-rate-scale", "record-facility-twice"):
            assert finding.code in told
