"""The score table: what a bureau gets when it scores all its facilities at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from healthduty.columns.many import score_many
from healthduty.errors import UnknownNameError, UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import PeersMean
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Section
from healthduty.model.veto import BarHonours, Veto
from healthduty.records.record import Case, NotApplicable, Record
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Cases, Lacking, StepsBelow
from healthduty.scoring.score import score

RATE = Measure("satisfaction", "满意率", unit="%")
SURVEYS = Measure("surveys", "问卷调查", unit="次")
BREACHES = Measure("breaches", "违规", unit="例", kind="cases")
ACCIDENT = Measure("accident", "责任事故", kind="flag")

AGREEMENT = Agreement(
    "示例目标责任书",
    measures=(RATE, SURVEYS, BREACHES, ACCIDENT),
    parts=(
        Section(
            "1",
            "接受监督",
            parts=(
                Indicator(
                    "1.1",
                    "患者满意",
                    points=60,
                    rules=(
                        Deduction(Lacking(SURVEYS, required=2), points=5),
                        Deduction(StepsBelow(RATE, target=90, step=5), points=5, cap=20),
                    ),
                ),
                Indicator(
                    "1.2",
                    "依法执业",
                    points=40,
                    rules=Deduction(Cases(BREACHES), points=10, reach="total"),
                ),
            ),
        ),
    ),
    vetoes=(Veto("accident", when=Flag(ACCIDENT), effects=BarHonours()),),
    grades=GradeScale((Grade("优秀", 90), Grade("合格", 60), Grade("不合格"))),
    funding=(
        FundingPolicy("pool", "经费", per_head="1.25", tiers=(Tier(80, 1), Tier(None, "0.7"))),
    ),
    consequences=(Consequence("honour", "评优", code="honour", grades=("优秀",)),),
)

COLUMNS: dict[str, Any] = {
    "机构": ["南关", "北关", "东关", "西关"],
    "满意率": ["83%", 90.0, "95", None],
    "surveys": [1, 2, 2, 2],
    "违规": [0, 3, None, 1],
    "责任事故": ["否", "是", False, False],
    "服务人口": [8000, 12000, "3.2万", 5],
}


def test_a_table_of_columns_scores_every_row() -> None:
    """Totals, grades, honours and money stand beside each other, in the source's order."""
    table = score_many(AGREEMENT, COLUMNS)
    assert table.facilities == ["南关", "北关", "东关", "西关"]
    assert table.totals == [Decimal(90), Decimal(70), Decimal(100), None]
    assert table.grades == ["优秀", "合格", "优秀", None]
    assert table.honours == {"honour": ["granted", None, "granted", None]}
    assert table.money == {"pool": [Decimal(10000), Decimal(10500), Decimal(40000), None]}
    assert table.rank() == [2, 3, 1, None]


def test_a_veto_bars_the_honour_in_its_row_alone() -> None:
    """An accident bars, a missing answer leaves open, and neither moves the arithmetic."""
    columns = {**COLUMNS, "满意率": [95, 95, 95, 95], "违规": [0, 0, 0, 0]}
    columns["责任事故"] = ["是", None, "否", "不适用"]
    table = score_many(AGREEMENT, columns)
    assert table.earned == [Decimal(95), Decimal(100), Decimal(100), Decimal(100)]
    assert table.totals == [Decimal(95), None, Decimal(100), Decimal(100)]
    assert table.honours["honour"] == ["barred", None, "granted", "granted"]


def test_the_sheet_of_one_facility_is_the_full_one() -> None:
    """A row explains itself as a single record does, by key or by its place."""
    table = score_many(AGREEMENT, COLUMNS)
    sheet = table.sheet("南关")
    assert sheet.total == table.totals[0]
    assert sheet.record.facility == "南关"
    assert table.sheet(3).total is None
    with pytest.raises(UnknownNameError, match="no facility `中关`"):
        table.sheet("中关")
    with pytest.raises(UnknownNameError, match="no row 4"):
        table.sheet(4)


def test_the_summary_says_where_the_points_went() -> None:
    """Points lost by indicator, those taken from the total included, and by how many."""
    first, second = score_many(AGREEMENT, COLUMNS).summary()
    assert (first.number, first.facilities, first.lost, first.losers) == ("1.1", 3, Decimal(10), 1)
    assert (second.lost, second.losers, second.share) == (Decimal(40), 2, Decimal("0.5"))


def test_faults_are_listed_by_column_with_the_first_rows() -> None:
    """Each kind of fault once a column, with how many rows and which first."""
    columns = {**COLUMNS, "满意率": ["183%", "x", "y", "-3"]}
    found = [str(finding) for finding in score_many(AGREEMENT, columns).findings]
    assert any("rate-above-whole: row 1, column 满意率" in text for text in found)
    assert any("value-unreadable: row 2, column 满意率" in t and "2 rows: 2, 3" in t for t in found)
    assert any("value-negative: row 4, column 满意率" in text for text in found)


@pytest.mark.parametrize(
    ("cells", "odd"),
    [
        ([0.83, 0.9, 1.0, 0.85], True),
        (["0.83", "0.9", None, "1"], True),
        (["0.83%", "0.9%", "0.5%", "1%"], False),
        ([0.83, 0.9, 1.0, 85.0], False),
        ([0, 0, 0, 0], False),
    ],
)
def test_shares_beside_a_target_in_percent_are_reported(cells: list[Any], *, odd: bool) -> None:
    """A column of 0.85 beside a target of 90 % is an error that says which is meant."""
    codes = score_many(AGREEMENT, {**COLUMNS, "满意率": cells}).findings.errors.codes
    assert ("record-rate-scale" in codes) == odd


def test_a_facility_that_is_there_twice_is_reported() -> None:
    """Both rows are scored, and the second is told."""
    table = score_many(AGREEMENT, {**COLUMNS, "机构": ["南关", "北关", "南关", "西关"]})
    assert "record-facility-twice" in table.findings.errors.codes
    assert len(table) == 4


def test_a_row_of_totals_is_left_out_and_told() -> None:
    """What stands below the facilities is none of them."""
    table = score_many(AGREEMENT, {**COLUMNS, "机构": ["南关", "北关", "东关", "合计"]})
    assert table.facilities == ["南关", "北关", "东关"]
    assert "record-row-total" in table.findings.codes


def test_a_column_that_a_rule_reads_may_not_be_wanting() -> None:
    """It is told once, no row has a total, and an unknown column is told too."""
    columns = {name: cells for name, cells in COLUMNS.items() if name != "surveys"}
    table = score_many(AGREEMENT, {**columns, "其他": [1, 2, 3, 4]})
    assert table.totals == [None] * 4
    assert "record-column-missing" in table.findings.errors.codes
    assert "record-column-unknown" in table.findings.codes


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_frames_come_in_and_go_out(kind: str) -> None:
    """Every library's frame gives the same table, and takes it back."""
    pytest.importorskip("narwhals")
    library = pytest.importorskip(kind)
    columns = {**COLUMNS, "满意率": [83.0, 90.0, 95.0, None], "服务人口": [8000, 12000, 32000, 5]}
    columns["责任事故"] = [False, True, False, False]
    frame = library.table(columns) if kind == "pyarrow" else library.DataFrame(columns)
    table = score_many(AGREEMENT, frame)
    assert table.totals == [Decimal(90), Decimal(70), Decimal(100), None]
    back = table.to_frame(kind, exact=True, items=True)
    totals = back["total"].to_pylist() if kind == "pyarrow" else list(back["total"])
    assert totals == [Decimal(90), Decimal(70), Decimal(100), None]
    floats = table.to_frame(kind)
    assert floats["total"][0] == 90.0 or floats["total"][0].as_py() == 90.0


def test_a_pair_of_columns_is_never_divided_first() -> None:
    """A third of the rows is odd: 0/0 is not applicable, n/0 is at fault, half a pair too."""
    columns = {
        "facility": ["a", "b", "c", "d", "e"],
        "满意率/分子": [17, 2, 0, 3, None],
        "满意率/分母": [20, 3, 0, 0, 5],
        "surveys": [2] * 5,
        "accident": [False] * 5,
    }
    table = score_many(AGREEMENT, columns)
    assert table.totals == [Decimal(95), Decimal(80), Decimal(100), None, None]
    assert table.sheet("b").total == Decimal(80)
    codes = table.findings.codes
    assert {"rate-of-nothing", "rate-without-base", "record-pair-incomplete"} <= set(codes)


def test_stages_and_units_in_headings_are_understood() -> None:
    """The last stage counts, and ‰ beside a measure in % goes with the number."""
    columns = {
        "机构": ["南关", "北关"],
        "满意率（自评）": ["95%", "95%"],
        "满意率（核实）": ["80%", None],
        "surveys": [2, 2],
        "accident": [0, 0],
    }
    table = score_many(AGREEMENT, columns)
    assert table.totals == [Decimal(90), Decimal(100)]
    assert any("row by row" in note for note in table.plan_notes)
    mille = {**columns, "满意率（‰）": [800, 950]}
    del mille["满意率（自评）"], mille["满意率（核实）"]
    assert score_many(AGREEMENT, mille).totals == [Decimal(90), Decimal(100)]


def test_a_file_is_read_by_its_columns(tmp_path: Path) -> None:
    """A .csv scores as its columns do, with the file's own row numbers."""
    path = tmp_path / "数据.csv"
    path.write_text("机构,满意率,surveys,accident\n南关,83%,2,否\n北关,x,2,否\n", encoding="utf-8")
    table = score_many(AGREEMENT, path)
    assert table.totals == [Decimal(95), None]
    place = next(f.place for f in table.findings if f.code == "value-unreadable")
    assert str(place) == "数据.csv, row 3, column 满意率"


def test_a_case_that_is_charged_once_goes_row_by_row() -> None:
    """Rows that list cases are scored singly, and the table says how many."""
    agreement = attrs.evolve(AGREEMENT, charge_once=True)
    values = {"satisfaction": 95, "surveys": 2, "accident": False}
    records = [
        Record("a", {**values, "breaches": (Case("1"), Case("2"))}),
        Record("b", {**values, "breaches": 1}),
    ]
    table = score_many(agreement, records)
    assert table.totals == [Decimal(80), Decimal(90)]
    assert table.plan_notes == ("scored row by row, because a case is charged only once: 1",)


def test_a_few_long_floats_do_not_slow_the_column() -> None:
    """They go through the single scorer, and are reported as computed."""
    rates = [90.0] * 2_000
    rates[7] = 100 / 3
    columns = {"facility": list(map(str, range(2_000))), "满意率": rates}
    columns |= {"surveys": [2] * 2_000, "accident": [False] * 2_000}
    table = score_many(AGREEMENT, columns)
    assert table.totals[7] == Decimal(80)
    assert table.totals[8] == Decimal(100)
    assert "value-computed" in table.findings.codes
    assert any("for their many decimals: 1" in note for note in table.plan_notes)


def test_what_is_no_table_is_refused() -> None:
    """A wrong call raises, with a sentence."""
    with pytest.raises(UsageError, match="no agreement"):
        score_many("x", COLUMNS)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no table of columns"):
        score_many(AGREEMENT, 3)
    with pytest.raises(UsageError, match="several lengths: `a` 1, `b` 2"):
        score_many(AGREEMENT, {"a": [1], "b": [1, 2]})
    with pytest.raises(UsageError, match="none of pandas"):
        score_many(AGREEMENT, COLUMNS).to_frame("excel")


def test_a_table_prints_its_best_facilities() -> None:
    """As text and in a notebook, with what is wrong below."""
    table = score_many(AGREEMENT, COLUMNS)
    assert repr(table).startswith("<ScoreTable: 4 facilities")
    assert str(table).splitlines()[3].split() == ["1", "东关", "100", "优秀"]
    assert "<table" in table._repr_html_()
    assert "4 facilities, 1 without a total; operations:" in table.describe()


def test_a_peers_mean_that_does_not_apply_is_told() -> None:
    """As on the sheet of that facility: the item earns nothing else."""
    rate, peers = Measure("rate", "完成率", unit="%"), Measure("peers", "同类平均", unit="分")
    lost = Deduction(StepsBelow("rate", target=90, step=5), points=1)
    item = Indicator("1", "任务", points=10, rules=(lost,), excused=PeersMean("peers"))
    agreement = Agreement("示例", measures=(rate, peers), parts=(item,))
    records = [
        Record("a", {"rate": NotApplicable(), "peers": NotApplicable()}),
        Record("b", {"rate": "90%", "peers": NotApplicable()}),
        Record("c", {"rate": NotApplicable(), "peers": 4}),
    ]
    table = score_many(agreement, records)
    assert table.totals == [None, Decimal(10), Decimal(4)]
    (found,) = table.findings.errors
    assert (found.code, found.place.row, found.place.column) == ("value-missing", 1, "peers")
    assert "value-missing" in score(agreement, records[0]).findings.errors.codes
