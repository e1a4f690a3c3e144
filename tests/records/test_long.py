"""A long table: a row for each value."""

from __future__ import annotations

import datetime

import pytest

from healthduty.exact import Ratio
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Period,
    Record,
    Statement,
)
from records.reading_agreement import read, read_clean

DAY = datetime.date(2024, 3, 5)


HEADER = "机构,指标,阶段,数值,考核人,日期,佐证,理由,编号,程度"


def values(*rows: str) -> dict[str, object]:
    """Return the values that rows of one facility make."""
    text = "\n".join([HEADER, *(f"南关,{row}" for row in rows), "北关,满意率,,93,,,,,,"])
    record = read(text + "\n").find("南关")
    return dict(record.values)


def test_the_rows_of_a_facility_make_one_record() -> None:
    """Wherever they stand in the file."""
    text = (
        "机构编码,机构,类别,人口,考核期,指标,数值\n"
        "01,南关,中心,3.2万,2024,满意率,93\n"
        "02,北关,,,2024,surveys,2\n"
        "01,南关,,,2024,问卷调查,1\n"
    )
    assert list(read_clean(text)) == [
        Record(
            "01",
            {"satisfaction": "93", "surveys": "1"},
            name="南关",
            kind="中心",
            population=32000,
            period=Period("2024"),
        ),
        Record("02", {"surveys": "2"}, name="北关", period=Period("2024")),
    ]


def test_each_period_is_a_record() -> None:
    """The rows of two quarters are not mixed."""
    text = "机构,考核期,指标,数值\n南关,2024-Q1,满意率,93\n南关,2024-Q2,满意率,91\n"
    assert [dict(record.values) for record in read_clean(text)] == [
        {"satisfaction": "93"},
        {"satisfaction": "91"},
    ]


def test_a_bare_value_stays_bare() -> None:
    """Where nobody is named, nobody stated it."""
    assert values("满意率,,93%,,,,,,") == {"satisfaction": "93%"}


def test_a_statement_has_assessor_day_and_evidence() -> None:
    """Without a stage it is a statement all the same."""
    assert values("满意率,,93%,李某,2024/3/5,调查表,,,") == {
        "satisfaction": Statement("93%", assessor="李某", on=DAY, evidence="调查表")
    }


def test_stages_are_gathered() -> None:
    """Self-assessed, verified, reviewed: in any order, in a column or with the name."""
    rows = ("满意率,复核,90%,,,,,,", "满意率,自评,95%,,,,,,", "满意率（核实）,,93%,,,无,,,")
    assert values(*rows) == {
        "satisfaction": Observation(
            Statement("95%"), Statement("93%", unevidenced=True), Statement("90%")
        )
    }


def test_a_stage_without_a_value_is_none() -> None:
    """An assessor who left the cell blank agreed to nothing new."""
    rows = ("满意率,自评,95%,,,,,,", "满意率,核实,,李某,,,,,")
    assert values(*rows) == {"satisfaction": Observation(Statement("95%"))}
    assert values("满意率,核实,,李某,,,,,") == {"satisfaction": MISSING}


@pytest.mark.parametrize("word", ["无", "否", "没有", "×", "no"])
def test_no_evidence_is_said_in_words(word: str) -> None:
    """A blank says nothing of the evidence; 无 says that there was none."""
    assert values(f"满意率,,93%,,,{word},,,") == {
        "satisfaction": Statement("93%", unevidenced=True)
    }


def test_a_pair_stands_in_one_row_or_in_two() -> None:
    """Both counts beside each other, or each as a row of its own."""
    one = read_clean("机构,指标,数值,分子,分母\n南关,满意率,93,,\n南关,签约率,70.1%,701,1000\n")
    two = read_clean("机构,指标,数值\n南关,满意率,93\n南关,签约人数,701\n南关,签约率/分母,1000\n")
    assert one[0].values["contract"] == two[0].values["contract"] == Ratio(701, 1000)


def test_several_assessors_give_points() -> None:
    """Their mean is for the score; each keeps the reason."""
    rows = ("conduct,,0.5,甲,,,迟报,,", "conduct,,1,乙,,,漏报,,")
    assert values(*rows) == {
        "conduct": (Judged("0.5", "迟报", assessor="甲"), Judged(1, "漏报", assessor="乙"))
    }


def test_points_have_their_day_and_evidence() -> None:
    """The assessor stays with the points."""
    assert values("conduct,核实,1,甲,2024-03-05,通报,迟报,,") == {
        "conduct": Observation(
            verified=Statement(Judged(1, "迟报", assessor="甲"), on=DAY, evidence="通报")
        )
    }


def test_the_last_day_of_several_counts() -> None:
    """Two assessors on two days: the later one closes the judgement."""
    rows = ("conduct,,0.5,甲,2024-03-04,甲表,,,", "conduct,,1,乙,2024-03-05,乙表,,,")
    assert values(*rows)["conduct"] == Statement(
        (Judged("0.5", assessor="甲"), Judged(1, assessor="乙")), on=DAY, evidence="甲表；乙表"
    )


def test_points_that_can_not_be_read_count_for_nobody() -> None:
    """One assessor's word beside another's number is no mean."""
    assert values("conduct,,0.5,甲,,,,,", "conduct,,酌情,乙,,,,,") == {
        "conduct": Statement("(0.5 ≠ 酌情)", assessor="甲、乙")
    }


def test_two_assessors_may_excuse_a_judgement() -> None:
    """The first one's reason is kept."""
    rows = ("conduct,,不适用,甲,,,停业,,", "conduct,,不适用,乙,,,停业,,", "conduct,,,丙,,,,,")
    assert values(*rows) == {"conduct": NotApplicable("停业", approver="甲")}


def test_what_is_not_applicable_has_reason_and_approver() -> None:
    """The assessor approved it."""
    assert values("满意率,,不适用,李某,,,当年停业,,") == {
        "satisfaction": NotApplicable("当年停业", approver="李某")
    }


def test_dated_cases_are_gathered_with_their_attributes() -> None:
    """Each row is a case: by its number, its day or what the rules weigh it by."""
    rows = (
        "有效投诉,,,,2024-03-05,,,1,重",
        "有效投诉,,1,,,,,2,",
        "有效投诉,,,,20240306,,,,",
        "有效投诉,,是,,,,,,轻",
    )
    assert values(*rows) == {
        "complaints": (
            Case("1", DAY, {"程度": "重"}),
            Case("2"),
            Case(on=DAY.replace(day=6)),
            Case(attributes={"程度": "轻"}),
        )
    }


@pytest.mark.parametrize(
    ("row", "expected"), [("有效投诉,,3,,,,,,", "3"), ("有效投诉,,无,,,,,,", "无")]
)
def test_a_number_of_cases_is_a_number(row: str, expected: str) -> None:
    """Where no case is told of by itself."""
    assert values(row) == {"complaints": expected}


def test_a_dated_number_of_cases_is_a_number() -> None:
    """Three cases by 5 March are a count with a day."""
    assert values("有效投诉,,3,,2024-03-05,,,,") == {"complaints": Statement("3", on=DAY)}


def test_cases_beside_a_number_count_for_nobody() -> None:
    """Which of the two holds can't be told."""
    assert values("有效投诉,,,,,,,1,", "有效投诉,,3,,,,,,") == {"complaints": "(3 ≠ 1 cases)"}


def test_a_number_of_a_rate_is_no_case() -> None:
    """A running number beside a rate makes no case of it."""
    assert values("满意率,,93,,,,,7,") == {"satisfaction": "93"}


@pytest.mark.parametrize(
    ("unit", "cell", "expected"),
    [("%", "93", "93"), ("‰", "930", "930‰"), ("", "93", "93"), ("1/万", "9300", "9300/万")],
)
def test_a_row_may_give_its_unit(unit: str, cell: str, expected: str) -> None:
    """单位 beside a column for the facility is the unit of the number."""
    records = read_clean(f"机构,指标,单位,数值\n南关,满意率,{unit},{cell}\n")
    assert records[0].values["satisfaction"] == expected


def test_without_another_column_the_same_word_is_the_facility() -> None:
    """单位 heads the unit of a number, and the unit that is assessed."""
    assert read_clean("单位,指标,数值\n南关,满意率,93\n")[0].facility == "南关"


def test_a_unit_of_ten_thousands_is_counted_out() -> None:
    """万元 and 万人 in a column of their own."""
    text = (
        "机构,指标,计量单位,数值\n南关,满意率,%,93\n南关,业务收入,万元,35\n"
        "南关,签约人数,人,7000\n南关,服务人数,万人,1\n"
    )
    record = read_clean(text)[0]
    assert record.values["income"] == "350000"
    assert record.values["contract"] == Ratio(7000, 10_000)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-05", DAY),
        ("2024-3-5", DAY),
        ("2024/03/05", DAY),
        ("2024.3.5", DAY),
        ("2024年3月5日", DAY),
        ("２０２４年３月５日", DAY),
        ("20240305", DAY),
        ("2024/3/5 0:00", DAY),
        ("2024-03-05 09:30:00", DAY),
        ("2024-02-30", "2024-02-30"),
        ("年底", "年底"),
        ("45356", "45356"),
    ],
)
def test_days_are_read_as_people_write_them(written: str, day: datetime.date | str) -> None:
    """What is no day stays as it was written."""
    assert values(f"满意率,,93,,{written},,,,")["satisfaction"] == Statement("93", on=day)


def test_what_two_rows_say_of_a_facility_is_put_together() -> None:
    """A kind that stands in one row only holds for all."""
    text = "机构,类别,人口,指标,数值\n南关,,,满意率,93\n南关,中心,3000,问卷调查,2\n"
    record = read_clean(text)[0]
    assert (record.kind, record.population) == ("中心", 3000)


def test_rows_without_a_facility_stay_apart() -> None:
    """Two nameless rows are two records, each reported."""
    records = read("机构,指标,数值\n,满意率,93\n,满意率,91\n")
    assert [record.facility for record in records] == ["row 2", "row 3"]
    assert records.findings.codes == ("record-column-assumed", *["record-facility-missing"] * 2)


def test_a_stage_that_is_none_leaves_the_value() -> None:
    """The value counts as one without a stage."""
    assert values("满意率,初稿,93,,,,,,") == {"satisfaction": "93"}


def test_a_column_that_is_there_twice_is_told() -> None:
    """The first counts."""
    records = read("机构,指标,数值,结果\n南关,满意率,93,39\n")
    assert records[0].values["satisfaction"] == "93"
    assert records.findings.errors.codes == ("record-column-twice",)


@pytest.mark.parametrize("day", [DAY, datetime.datetime(2024, 3, 5, 9, 30, tzinfo=datetime.UTC)])
def test_a_day_may_be_a_date_already(day: datetime.date) -> None:
    """Dicts from a spreadsheet library hold dates."""
    rows = [{"机构": "南关", "指标": "满意率", "数值": 93, "日期": day}]
    assert read(rows)[0].values["satisfaction"] == Statement(93, on=DAY)


def test_two_facilities_may_say_the_same() -> None:
    """Only one facility's second word is a fault."""
    read_clean("机构,指标,数值\n南关,满意率,93\n北关,满意率,93\n")
