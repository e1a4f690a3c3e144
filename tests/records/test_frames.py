"""Records out of data frames: numpy's numbers, pandas' blanks, and NaN, which nobody can read."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from healthduty.convert.record_data import record_data
from healthduty.records.files import read_records_json, write_records_json
from healthduty.records.record import MISSING, Observation, Record, Statement
from records.reading_agreement import AGREEMENT, read, read_clean

numpy = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")

REFUSED = "is `nan`: only finite numbers are taken (write MISSING or None where there is no value)"


def test_a_record_of_numpys_numbers_is_the_record_of_pythons() -> None:
    """It prints, compares, is written and digested alike."""
    record = Record(
        "南关",
        {
            "surveys": numpy.int64(2),
            "satisfaction": numpy.float64(93.5),
            "register": numpy.bool_(1),
            "income": Statement(numpy.float32(0.1)),
            "complaints": Observation(verified=numpy.int16(0)),
            "quality": pandas.NA,
        },
    )
    plain = Record(
        "南关",
        {
            "surveys": 2,
            "satisfaction": 93.5,
            "register": True,
            "income": Statement(0.1),
            "complaints": Observation(verified=0),
            "quality": None,
        },
    )
    assert record == plain
    assert record_data(record) == record_data(plain)
    assert read_records_json(write_records_json([record]), AGREEMENT)[0].values["surveys"] == 2


def test_the_rows_of_a_frame_are_records() -> None:
    """Nullable columns keep their kind, and what they leave blank is missing."""
    frame = pandas.DataFrame(
        {
            "机构": ["南关", "北关"],
            "人口": pandas.array([32000, None], dtype="Int64"),
            "满意率": pandas.array([93.5, None], dtype="Float64"),
            "问卷调查": pandas.array([2, 1], dtype="Int64"),
            "台账": pandas.array([True, None], dtype="boolean"),
        }
    )
    south, north = read_clean(frame.to_dict("records"))
    assert (south.population, north.population) == (32000, None)
    assert dict(south.values) == {"satisfaction": 93.5, "surveys": 2, "register": True}
    assert dict(north.values) == {"satisfaction": MISSING, "surveys": 1, "register": MISSING}


def test_nan_in_place_of_a_number_is_refused_with_what_to_write() -> None:
    """Of a measure, of half a pair, of an assessor, of the population."""
    nan = float("nan")
    row = {
        "机构": "南关",
        "人口": nan,
        "满意率": nan,
        "conduct": nan,
        "问卷调查": numpy.float64(nan),
    }
    pair = {"机构": "北关", "人口": 1, "满意率": 93, "签约人数": nan, "服务人数": 1000}
    at = "数据.csv, row 1, column"
    assert list(map(str, read([row]).findings.errors)) == [
        f"error record-population-unreadable: {at} 人口: population {REFUSED}",
        f"error value-unreadable: {at} 满意率: 满意率 {REFUSED}",
        f"error record-judgement-unreadable: {at} conduct: judgement conduct {REFUSED}",
        f"error value-unreadable: {at} 问卷调查: 问卷调查 {REFUSED}",
    ]
    assert list(map(str, read([pair]).findings.errors)) == [
        f"error record-pair-unreadable: {at} 签约人数: 签约率 {REFUSED}"
    ]


def test_nan_among_words_is_a_blank() -> None:
    """A frame has no other blank for a name, a kind, a reason or an assessor."""
    nan = float("nan")
    row = {
        "机构编码": "01",
        "机构": nan,
        "类别": nan,
        "满意率": 93,
        "conduct": 1,
        "conduct理由": nan,
    }
    (record,) = read_clean([row])
    assert (record.name, record.kind) == ("01", None)
    assert str(record.values["conduct"]) == "Judged(points=Fraction(1, 1), reason='', assessor='')"


def test_a_day_that_is_not_there_is_none() -> None:
    """NaT is a day to Python, and no day to the calendar."""
    row = {"机构": "南关", "满意率（核实）": numpy.int64(93), "满意率核实人": "李某"}
    days = [pandas.Timestamp("2024-12-05"), pandas.NaT]
    for day, expected in zip(days, (datetime.date(2024, 12, 5), None), strict=True):
        (record,) = read_clean([{**row, "满意率核实日期": day}])
        value = record.values["satisfaction"]
        assert isinstance(value, Observation)
        assert value.agreed == Statement(93, assessor="李某", on=expected)


def test_the_population_may_be_numpys() -> None:
    """People are counted in any integer."""
    assert read_clean([{"机构": "南关", "人口": numpy.int32(5), "满意率": 93}])[
        0
    ].population == Fraction(5)
    assert Record("南关", {}, population=pandas.NA) == Record("南关", {})
    assert Record("南关", {}, population=numpy.int32(5)) == Record("南关", {}, population=5)
