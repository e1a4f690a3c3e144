"""A wide table: a row for each facility."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import healthduty as hd
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.reading import read_records
from healthduty.records.record import (
    MISSING,
    NOT_APPLICABLE,
    Judged,
    NotApplicable,
    Observation,
    Period,
    Record,
    Statement,
)
from healthduty.rules.measure import Measure
from records.reading_agreement import AGREEMENT, read, read_clean


def value(heading: str, cell: str) -> object:
    """Return what one cell under a heading of the satisfaction is read as."""
    return read_clean(f"机构,{heading}\n南关,{cell}\n")[0].values["satisfaction"]


def test_a_facility_may_have_key_and_name() -> None:
    """The key is what the record goes by, the name what people call it."""
    text = "机构编码,机构名称,机构类别,服务人口,考核期,满意率\n01,南关,中心,12345,2024上半年,93\n"
    assert list(read_clean(text)) == [
        Record(
            "01",
            {"satisfaction": "93"},
            name="南关",
            kind="中心",
            population=12345,
            period=Period("2024上半年"),
        )
    ]


def test_a_name_alone_is_the_key() -> None:
    """Most tables have no codes."""
    record = read_clean("单位名称,满意率\n南关,93\n")[0]
    assert (record.facility, record.name, record.kind, record.population) == (
        "南关",
        "南关",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("heading", "cell", "people"),
    [
        ("人口", "１２３４５", 12345),
        ("人口", '"12,345人"', 12345),
        ("人口", "1.2345万", 12345),
        ("人口（万人）", "1.2345", 12345),
        ("人口（人）", "12345", 12345),
        ("人口（万人）", "", None),
        ("人口", "—", None),
    ],
)
def test_people_are_counted_exactly(heading: str, cell: str, people: int | None) -> None:
    """万 is ten thousand, in the cell or in the heading."""
    record = read_clean(f"机构,{heading},满意率\n南关,{cell},93\n")[0]
    assert record.population == people


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("93%", "93%"),
        (" ９３％ ", "９３％"),
        ("", MISSING),
        ("　", MISSING),
        ("—", "—"),
        ("不适用", NOT_APPLICABLE),
        ("N/A", NOT_APPLICABLE),
        ("不适用（当年停业）", NotApplicable("当年停业")),
        ("合理缺项(未开展)", NotApplicable("未开展")),
        ("不涉及：无此科室", NotApplicable("无此科室")),
        ("缺项:  无", NotApplicable("无")),
        ("249/300", "249/300"),
    ],
)
def test_a_value_stays_as_it_is_written(cell: str, expected: object) -> None:
    """Only what is absent is given its own form; `observe` reads the rest."""
    assert value("满意率", cell) == expected


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("满意率（%）", "93", "93"),
        ("满意率（‰）", "930", "930‰"),
        ("满意率（‰）", "93%", "93%"),
        ("满意率（‰）", "—", "—"),
        ("满意率（1/10万）", "93000", "93000/10万"),
    ],
)
def test_a_rate_takes_the_unit_of_its_heading(heading: str, cell: str, expected: str) -> None:
    """930 under ‰ is 93 %; what carries a unit keeps it."""
    assert value(heading, cell) == expected


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("业务收入（元）", "35.5", "35.5"),
        ("业务收入（万元）", "35.55", "355500"),
        ("业务收入（亿元）", "0.1", "10000000"),
        ("业务收入（万）", "1", "10000"),
        ("业务收入（万元）", "约35", "约35"),
    ],
)
def test_ten_thousands_are_counted_out(heading: str, cell: str, expected: str) -> None:
    """万元 for a measure in 元 is ten thousand times the number, exactly."""
    record = read(f"机构,满意率,{heading}\n南关,93,{cell}\n")[0]
    assert record.values["income"] == expected


def test_a_number_in_another_unit_is_readable_for_nobody() -> None:
    """Persons are no visits: the value keeps its unit, so that scoring refuses it too."""
    records = read("机构,满意率,问卷调查（人）\n南关,93,35\n")
    assert records[0].values["surveys"] == "35人"
    assert records.findings.errors.codes == ("record-unit",)


def test_a_pair_stands_with_the_rate_that_was_printed() -> None:
    """The counts are never divided first."""
    text = "机构,满意率,签约率（%）,签约率（分子）,签约率（分母）\n南关,93,70.1,701,1000\n"
    pair = read_clean(text)[0].values["contract"]
    assert pair == Ratio(701, 1000)
    assert isinstance(pair, Ratio)
    assert pair.printed == "70.1"


def test_a_printed_rate_takes_the_unit_of_its_heading() -> None:
    """701 ‰ beside 701 of 1,000 agrees."""
    text = "机构,满意率,签约率（‰）,签约人数,服务人数\n南关,93,701,701,1000\n"
    pair = read_clean(text)[0].values["contract"]
    assert isinstance(pair, Ratio)
    assert pair.printed == "701‰"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ('"1,701","2,000"', Ratio(1701, 2000)),
        (",", "70"),
        ("—,", "70"),
        ("不适用（未开展）,", NotApplicable("未开展")),
        ("700,", "700/"),
        (",1000", "/1000"),
        ("约700,1000", "约700/1000"),
    ],
)
def test_what_two_counts_make(counts: str, expected: object) -> None:
    """Both make a pair, neither leaves the printed rate; half a pair can't be scored."""
    text = f"机构,满意率,签约率,签约人数,服务人数\n南关,93,70,{counts}\n"
    assert read(text)[0].values["contract"] == expected


def test_counts_in_ten_thousands_make_the_same_pair() -> None:
    """7,000 of 1 万 are 7,000 of 10,000."""
    text = "机构,满意率,签约人数（人）,服务人数（万人）\n南关,93,7000,1\n"
    assert read_clean(text)[0].values["contract"] == Ratio(7000, 10_000)


def test_a_population_that_could_be_a_denominator_is_no_fault() -> None:
    """The column is read as what it is called, and is no lone half of a pair."""
    measure = Measure("contract", "签约率", unit="%", denominator="服务人口")
    agreement = Agreement("示例", measures=(measure,))
    records = read_records("机构,服务人口,签约率\n南关,3000,70\n", agreement)
    assert (records[0].population, dict(records[0].values)) == (3000, {"contract": "70"})
    assert str(records.findings) == "no findings"


def test_stages_make_an_observation() -> None:
    """The last stage that says something is agreed; a blank stage is none."""
    text = "机构,满意率（自评）,满意率（核实）,满意率（复核）\n南关,95,93,\n北关,,,\n"
    south, north = (record.values["satisfaction"] for record in read_clean(text))
    assert south == Observation(Statement("95"), Statement("93"), None)
    assert isinstance(south, Observation)
    assert south.agreed == Statement("93")
    assert north == MISSING


def test_a_pair_may_have_stages() -> None:
    """Each stage has its own two counts."""
    text = "机构,满意率,签约率/分子（核实）,签约率/分母（核实）\n南关,93,7,10\n"
    assert read_clean(text)[0].values["contract"] == Observation(verified=Ratio(7, 10))


def test_a_value_beside_its_stages_counts_for_nobody() -> None:
    """Which of the two was agreed can't be told: neither is scored, unless they are the same."""
    records = read("机构,满意率,满意率（核实）\n南关,93,88\n北关,91,91\n西关,,90\n")
    assert [record.values["satisfaction"] for record in records] == [
        "(93 ≠ 88)",
        "91",
        Observation(verified="90"),
    ]


def test_two_columns_of_one_measure_that_differ_count_for_nobody() -> None:
    """Where they agree it is a fault of the table only; where not, of the value too."""
    records = read("机构,满意率,satisfaction\n南关,93,93\n北关,91,81\n西关,,90\n")
    assert [record.values["satisfaction"] for record in records] == ["93", "(91 ≠ 81)", "90"]


def test_a_judgement_has_its_reason_and_assessor() -> None:
    """Points, why, and who said so."""
    text = "机构,满意率,conduct得分,conduct理由,conduct考核人\n南关,93,0.5分,迟报,王某\n"
    assert read_clean(text)[0].values["conduct"] == Judged("0.5", "迟报", assessor="王某")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", MISSING),
        ("—", MISSING),
        ("不适用", NotApplicable("迟报", approver="王某")),
        ("酌情", "酌情"),
        ("-0.5", Judged("-0.5", "迟报", assessor="王某")),
        ("１．５", Judged(Fraction(3, 2), "迟报", assessor="王某")),
    ],
)
def test_points_that_are_none_stay(cell: str, expected: object) -> None:
    """A blank is no judgement; what can't be read stays for the score to refuse."""
    text = f"机构,满意率,conduct,conduct理由,conduct考核人\n南关,93,{cell},迟报,王某\n"
    assert read(text)[0].values["conduct"] == expected


def test_an_unknown_column_is_not_kept_but_told() -> None:
    """Nothing is skipped in silence."""
    records = read("机构,满意率,院长\n南关,93,某\n")
    assert set(records[0].values) == {"satisfaction"}
    assert "record-column-unknown" in records.findings.codes


def test_a_column_without_heading_and_values_is_nothing() -> None:
    """Spreadsheets write empty columns behind the last."""
    assert len(read_clean("机构,满意率,,\n南关,93,,\n")) == 1


def test_a_row_without_facility_is_called_by_its_number() -> None:
    """It stays, and is reported."""
    assert [record.facility for record in read("机构,满意率\n,93\n南关,91\n")] == ["row 2", "南关"]


def test_one_facility_may_have_several_periods() -> None:
    """Two quarters are two records, and no fault."""
    text = "机构,考核期,满意率\n南关,2024-Q1,93\n南关,2024-Q2,91\n"
    assert [record.period and record.period.months for record in read_clean(text)] == [3, 3]


def test_a_period_is_looked_at_once() -> None:
    """A file of another year says so once, not in every row."""
    records = read("机构,考核期,满意率\n南关,2023,93\n北关,2023,91\n")
    assert records.findings.of(records.findings[-1].severity).codes.count("record-period-year") == 1


@pytest.mark.parametrize(
    "period", ["2024", "2024年", "2024年度", "2024上半年", "2024-Q3", "2024-07"]
)
def test_periods_of_the_year_are_no_fault(period: str) -> None:
    """The forms that are documented read without a word."""
    assert len(read_clean(f"机构,考核期,满意率\n南关,{period},93\n")) == 1


def test_the_header_is_the_row_with_most_known_headings() -> None:
    """单位 in a line above the header is the office that filled the table in."""
    text = "考核数据\n单位,县卫生局\n\n机构,满意率,问卷调查\n南关,93,2\n"
    records = read_clean(text)
    assert [record.facility for record in records] == ["南关"]
    assert records.findings.codes == (
        "record-row-above",
        "record-row-above",
        "record-column-assumed",
    )


def test_rows_behind_the_last_are_nothing() -> None:
    """Spreadsheets write empty rows below the table."""
    assert len(read_clean("机构,满意率\n南关,93\n,\n\n,\n")) == 1


def test_repeated_faults_are_each_told() -> None:
    """Two rows with the same wrong value are two findings."""
    records = read("机构,满意率\n南关,九成\n北关,九成\n")
    places = [each.place.row for each in records.findings if each.code == "value-unreadable"]
    assert places == [2, 3]


def test_everything_is_in_the_order_of_the_file() -> None:
    """Faults of the header first, then row by row."""
    text = "机构,院长,满意率,问卷调查\n南关,,九成,二\n,,93,1.5\n"
    assert [(each.code, each.place.row) for each in read(text).findings] == [
        ("record-column-unknown", 1),
        ("record-column-assumed", 1),
        ("value-unreadable", 2),
        ("value-unreadable", 2),
        ("record-facility-missing", 3),
        ("count-not-whole", 3),
    ]


def test_the_example_reads_nothing_that_is_not_there() -> None:
    """What a table lacks is absent from the record, not blank in it."""
    record = read_clean("机构,满意率\n南关,93\n")[0]
    assert set(record.values) == {"satisfaction"}
    assert len(AGREEMENT.measures) > 1


# ------------------------------------------------- who stated a value, when, on what evidence

LATIN = (
    "satisfaction_self,satisfaction_verified,satisfaction_verified_assessor,"
    "satisfaction_verified_date,satisfaction_verified_evidence"
)
STATED = Observation(
    Statement("95"),
    Statement("93", assessor="李某", on="2024-12-05", evidence="调查表汇总"),
)


@pytest.mark.parametrize(
    "headings",
    [
        "满意率（自评）,满意率（核实）,满意率（核实人）,满意率（核实日期）,满意率（核实佐证）",
        "满意率自评值,满意率核实值,满意率核实人,满意率核实日期,满意率核实佐证材料",
        "1 满意率自评,1 满意率（核实）,1、满意率核实考核人,1满意率（核实）日期,满意率/核实/证据",
        LATIN,
    ],
)
def test_a_stage_has_its_assessor_day_and_evidence(headings: str) -> None:
    """What stands behind a stage in the heading is said of that stage, and of no other."""
    text = f"机构,{headings}\n南关,95,93,李某,2024年12月5日,调查表汇总\n北关,95,,李某,,\n"
    south, north = (record.values["satisfaction"] for record in read_clean(text))
    assert south == STATED
    assert north == Observation("95")


def test_a_value_without_stage_may_have_an_assessor_too() -> None:
    """Who counted the surveys, when, and that there is no list of them."""
    header = "机构,满意率,问卷调查,问卷调查考核人,问卷调查日期,问卷调查证据\n"
    text = f"{header}南关,93,2,李某,20241205,无\n"
    value = read_clean(text)[0].values["surveys"]
    assert value == Statement("2", assessor="李某", on="2024-12-05", unevidenced=True)


def test_a_judgement_may_have_a_day() -> None:
    """The assessor stands in the judgement, the day beside it."""
    text = "机构,满意率,conduct,conduct考核人,conduct日期\n南关,93,0.5,王某,2024-12-05\n"
    value = read_clean(text)[0].values["conduct"]
    assert value == Statement(Judged("0.5", assessor="王某"), on="2024-12-05")


def test_the_day_of_a_list_of_cases_is_not_guessed() -> None:
    """It could be a case's or the statement's: such a column is not read, and told."""
    records = read("机构,满意率,有效投诉,有效投诉日期\n南关,93,1,2024-12-05\n")
    assert records[0].values["complaints"] == "1"
    assert "record-column-unknown" in records.findings.codes


def test_a_day_outside_the_year_is_told_where_it_stands() -> None:
    """As in a table with a row for each value."""
    records = read("机构,满意率（核实）,满意率核实日期\n南关,93,2023-12-05\n")
    (finding,) = (each for each in records.findings if each.code == "record-date-outside")
    assert str(finding) == (
        "warning record-date-outside: 数据.csv, row 2, column 满意率核实日期:"
        " 满意率: 2023-12-05 is not in the term, 2024-01-01 to 2024-12-31"
    )


# ------------------------------------------------------------------- headers of several rows


@pytest.mark.parametrize(
    "header",
    [
        "机构,满意率,,,,\n,自评,核实,核实人,核实日期,核实佐证\n",
        "机构,1 满意率,,,,\n机构,（自评）,（核实）,核实人,核实日期,核实证据\n",
        "机构,满意率,满意率,满意率,满意率,满意率\n,自评值,核实值,核实人,核实时间,核实证据\n",
        "机构,满意率,,,,\n,自评,核实,,,\n,,,考核人,日期,证据\n",
        "考核数据,,,,,\n机构,满意率,,,,\n,自评,核实,核实人,核实日期,核实证据\n",
    ],
)
def test_a_header_may_have_several_rows(header: str) -> None:
    """The indicator stands once above its stages, as in a printed table."""
    records = read_clean(f"{header}南关,95,93,李某,2024-12-05,调查表汇总\n")
    assert [dict(record.values) for record in records] == [{"satisfaction": STATED}]


def test_counts_and_units_may_stand_below_too() -> None:
    """What has nothing below it keeps its own heading."""
    text = "机构,签约率,,业务收入,满意率\n,分子,分母,（万元）,\n南关,701,1000,3.5,93\n"
    record = read_clean(text)[0]
    assert dict(record.values) == {
        "contract": Ratio(701, 1000),
        "income": "35000",
        "satisfaction": "93",
    }


def test_a_row_of_data_is_no_header() -> None:
    """A row that names no facility is told, though a stage stands in it."""
    records = read("机构,满意率,台账\n,核实,有\n南关,93,有\n")
    assert [record.facility for record in records] == ["row 2", "南关"]
    assert "record-facility-missing" in records.findings.codes


def test_rows_below_a_header_of_several_are_counted_as_in_the_file() -> None:
    """A fault in the third row is in row 3."""
    records = read("机构,满意率\n,核实\n南关,九成\n")
    (finding,) = records.findings.errors
    assert str(finding.place) == "数据.csv, row 3, column 满意率（核实）"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("人口", "52①人"), ("人口", "52²"), ("考核期", "2024-1①"), ("满意率核实日期", "2024-03-1②")],
)
def test_the_mark_of_a_footnote_is_no_digit(heading: str, cell: str) -> None:
    """52① are not 521 people, and 1② is not the twelfth."""
    records = read(f"机构,满意率（核实）,{heading}\n南关,93,{cell}\n")
    assert [each for each in records.findings.codes if each.endswith("-unreadable")]


def test_a_heading_with_a_footnote_is_no_other_item() -> None:
    """3.2① is not item 3.21."""
    parts = (Indicator("3.2", points=1), Indicator("3.21", points=1))
    agreement = Agreement("示例", parts=parts)
    records = read_records("机构,3.2,3.21,3.2①\n南关,1,1,0\n", agreement)
    assert records.findings.codes == ("record-column-unknown",)


def test_a_drafted_measure_is_known_by_its_last_part() -> None:
    """健康档案·建档率 is 建档率 in everybody's table, unless two items have one."""
    filed = hd.Measure("健康档案·建档率", unit="%")
    signed = hd.Measure("签约服务·建档率", unit="%")
    item = hd.Indicator(
        "1", points=5, rules=(hd.Deduction(hd.StepsBelow(filed, target=90, step=5), points=1),)
    )
    one = hd.Agreement("示例", measures=(filed,), parts=(item,))
    records = read_records("机构,建档率\n南关,83%\n".encode(), one, name="a.csv")
    assert not records.findings.errors
    assert hd.score(one, records[0]).total == 4
    second = attrs.evolve(item, number="2", rules=())
    two = attrs.evolve(one, measures=(filed, signed), parts=(item, second))
    found = read_records("机构,建档率\n南关,83%\n".encode(), two, name="a.csv").findings
    assert "record-column-missing" in found.codes
