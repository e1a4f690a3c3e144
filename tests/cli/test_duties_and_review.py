"""`duties` and `review`: a ledger held against duties, objections and what they changed."""

from __future__ import annotations

import argparse
import csv
import datetime
import json
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

import healthduty as hd
from healthduty.cli import main
from healthduty.cli.days import day, objects
from healthduty.cli.exits import DONE, FAULTY, MISUSED

pytest.importorskip("chinese_calendar")

VISITS = hd.Measure("visits", "巡查", unit="次")
AGREEMENT = hd.Agreement(
    "示例站责任书",
    year=2024,
    measures=(VISITS,),
    parts=(
        hd.Indicator(
            "1",
            "巡查",
            points=4,
            rules=hd.Deduction(hd.Lacking(VISITS, required=4), points=1),
        ),
    ),
    obligations=(
        hd.Obligation("visits", "每季度巡查一次", every="quarter", measure=VISITS),
        hd.Obligation("check", "11月底前检查一次", by="11-30"),
        hd.Obligation("files", "每户每季度随访", every="quarter", per="户"),
    ),
)
LEDGER = """单位名称,工作要求,日期,次数
南关站,每季度巡查一次,2024-02-05,1
南关站,每季度巡查一次,2024-05-06,1
东街站,每季度巡查一次,2024-05-07,2
"""
OBJECTIONS = {
    "format": "healthduty/review",
    "version": 1,
    "review": {
        "objections": [
            {"about": "visits", "reason": "漏登", "raised_on": "2024-12-24", "claimed": 4}
        ],
        "decisions": [{"objection": "1", "ruling": "upheld", "decided_on": "2024-12-27"}],
    },
}


class Run:
    """What a command returned and printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
        """Run it."""
        self.code = main(arguments)
        self.out, self.err = capsys.readouterr()


Command = Callable[..., Run]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Return a function that runs a command in a folder with all files."""
    monkeypatch.chdir(tmp_path)
    hd.save(AGREEMENT, "agreement.json")
    Path("台账.csv").write_text(LEDGER, encoding="utf-8")
    Path("data.csv").write_text("机构,巡查\n南关站,\n东街站,3\n", encoding="utf-8")
    Path("复核.json").write_text(json.dumps(OBJECTIONS), encoding="utf-8")
    return lambda *arguments: Run(capsys, arguments)


# --------------------------------------------------------------------------------- duties


def test_each_unit_has_its_table(run: Command) -> None:
    """By the day that is asked for; findings go to the standard error, by unit."""
    done = run("duties", "agreement.json", "台账.csv", "--until", "2024-06-30", "--objects", "户=3")
    assert done.code == DONE
    titles = [line for line in done.out.splitlines() if "2024-06-30" in line]
    assert titles == ["南关站 · 2024-06-30", "东街站 · 2024-06-30"]
    assert "东街站：`visits`：别处多做的1次，不抵补所缺的1次" in done.err
    assert "submission-facilities" not in done.err


def test_without_units_there_is_one_table(run: Command) -> None:
    """A unit's own ledger need not name it."""
    Path("own.csv").write_text("工作要求,日期\n每季度巡查一次,2024-02-05\n", encoding="utf-8")
    done = run("duties", "agreement.json", "own.csv", "--json", "--objects", "户=甲户,乙户")
    units = json.loads(done.out)["units"]
    assert len(units) == 1
    visits, check, files = units[0]["duties"]
    assert (visits["required"], visits["lacking"], visits["until"]) == ("4", "3", "2024-12-31")
    # 30 November 2024 was a Saturday.
    assert check["periods"][0]["due"] == "2024-12-02"
    assert files["required"] == "8"


def test_a_calendar_of_one_s_own_moves_deadlines(run: Command) -> None:
    """Days off beside those that were announced."""
    off = '{"years": [2024], "off": ["2024-11-30", "2024-12-01", "2024-12-02"]}'
    Path("off.json").write_text(off, encoding="utf-8")
    done = run("duties", "agreement.json", "台账.csv", "--json", "--calendar", "off.json")
    check = json.loads(done.out)["units"][0]["duties"][1]
    assert check["periods"][0]["due"] == "2024-12-03"


def test_what_was_done_goes_into_the_records(run: Command) -> None:
    """What stood there stays, and is told; a unit without a record is told too."""
    done = run(
        *("duties", "agreement.json", "台账.csv", "--objects", "户=3"),
        *("--data", "data.csv", "--records", "fed.json", "--lang", "en"),
    )
    assert done.out.endswith("written: fed.json\n")
    assert "the record's own value stands" in done.err
    fed = hd.read_records("fed.json", AGREEMENT)
    assert [hd.score(AGREEMENT, record).total for record in fed] == [2, 3]


def test_a_list_of_units_needs_no_column_for_what_the_ledger_brings(run: Command) -> None:
    """That the data lack 巡查 is no fault where the duty becomes it; another measure's lack is."""
    Path("units.csv").write_text("机构\n南关站\n东街站\n", encoding="utf-8")
    call = ("duties", "agreement.json", "台账.csv", "--objects", "户=3", "--data", "units.csv")
    done = run(*call, "--records", "fed.json")
    assert (done.code, "record-column-missing" in done.err) == (DONE, False)
    fed = hd.read_records("fed.json", AGREEMENT)
    assert [hd.score(AGREEMENT, record).total for record in fed] == [2, 1]

    other = hd.Measure("rate", "满意率", unit="%")
    short = hd.Deduction(hd.StepsBelow(other, target=90, step=1), points=1)
    lost = hd.Indicator("2", points=1, rules=short)
    more = attrs.evolve(AGREEMENT, measures=(VISITS, other), parts=(*AGREEMENT.parts, lost))
    hd.save(more, "agreement.json")
    done = run(*call)
    assert (done.code, done.err.count("record-column-missing")) == (FAULTY, 1)


@pytest.mark.parametrize("ending", [".csv", ".json", ".txt"])
def test_the_tables_are_written_by_the_ending(run: Command, ending: str) -> None:
    """A row for each unit and duty, or what is printed otherwise."""
    call = ("duties", "agreement.json", "台账.csv", "--objects", "户=3")
    printed = run(*call).out
    done = run(*call, "-o", f"duties{ending}")
    assert (done.code, done.out) == (DONE, f"已写入：duties{ending}\n")
    text = Path(f"duties{ending}").read_text(encoding="utf-8-sig")
    if ending == ".csv":
        rows = list(csv.reader(text.splitlines()))
        assert [row[0] for row in rows] == ["单位", *["南关站"] * 3, *["东街站"] * 3]
        assert {len(row) for row in rows} == {9}
    elif ending == ".json":
        assert json.loads(text) == json.loads(run(*call, "--json").out)
    else:
        assert text == printed


def test_faults_of_the_ledger_are_listed(run: Command) -> None:
    """The rest is held all the same, and the exit code says that something is wrong."""
    Path("台账.csv").write_text(LEDGER + "南关站,巡 察,2024-13-01,1\n", encoding="utf-8")
    done = run("duties", "agreement.json", "台账.csv", "--lang", "en")
    assert done.code == FAULTY
    assert "台账.csv, row 5" in done.err
    assert "东街站" in done.out


def test_an_agreement_without_duties_says_so(run: Command) -> None:
    """There is nothing to hold a ledger against."""
    hd.save(hd.Agreement("甲", year=2024), "none.json")
    Path("own.csv").write_text("工作要求,日期\n巡查,2024-02-05\n", encoding="utf-8")
    done = run("duties", "none.json", "own.csv")
    assert done.out == "责任书没有列出工作要求\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("台账.xls",), "no file `台账.xls`"),
        (("台账.csv", "-o", "a.xlsx"), "can't write `a.xlsx`: write .csv, .json, .txt"),
        (("台账.csv", "-o", "台账.csv"), "`台账.csv` is read here: write another file"),
        (("台账.csv", "--records", "a.json"), "`--records` writes the records of `--data`"),
        (("台账.csv", "--calendar", "off.json"), "no file `off.json`"),
        (("台账.csv", "--objects", "户=3多"), "--objects: number of 户"),
        (
            ("台账.csv", "--data", "data.csv", "--records", "data.csv"),
            "`data.csv` is read here: write another file",
        ),
    ],
)
def test_what_can_not_be_done_is_said(
    run: Command, arguments: tuple[str, ...], message: str
) -> None:
    """Wrong usage exits with 2 and writes nothing."""
    before = {path: path.read_bytes() for path in Path.cwd().iterdir()}
    done = run("duties", "agreement.json", *arguments, "--lang", "en")
    assert (done.code, done.out) == (MISUSED, "")
    assert message in done.err
    assert {path: path.read_bytes() for path in Path.cwd().iterdir()} == before


def test_an_agreement_without_an_end_has_no_year(run: Command) -> None:
    """Nobody can tell how many quarters there are."""
    hd.save(hd.Agreement("甲"), "open.json")
    done = run("duties", "open.json", "台账.csv", "--lang", "en")
    assert (done.code, "no term that ends" in done.err) == (MISUSED, True)


@pytest.mark.parametrize("text", ["2024-02-30", "六月", "2024-6", ""])
def test_a_day_is_a_day(text: str) -> None:
    """Written as 2024-06-30; any other is refused by argparse."""
    assert day("2024-06-30") == datetime.date(2024, 6, 30)
    with pytest.raises(argparse.ArgumentTypeError, match="write it like 2024-06-30"):
        day(text)


@pytest.mark.parametrize("text", ["户", "=3", "户="])
def test_objects_have_a_kind_and_a_number(text: str) -> None:
    """Or names; one name alone is one household."""
    assert objects("户 = 30") == ("户", "30")
    assert objects("户=甲户、乙户") == ("户", ("甲户", "乙户"))
    with pytest.raises(argparse.ArgumentTypeError, match="write it like 户=30"):
        objects(text)


# --------------------------------------------------------------------------------- review


def test_the_course_and_the_difference_are_shown(run: Command) -> None:
    """What was stated, objected and decided; and what it changed, line by line."""
    done = run("review", "agreement.json", "data.csv", "东街站", "复核.json")
    assert done.code == DONE
    course, difference = done.out.split("\n\n")
    assert "复核1：采纳" in course
    assert difference.splitlines()[-1].split() == ["总分", "3", "4", "+1"]


def test_what_came_late_changes_nothing(run: Command) -> None:
    """Told on 2 December, five working days: 24 December is too late."""
    call = ("review", "agreement.json", "data.csv", "东街站", "复核.json", "--json")
    late = json.loads(run(*call, "--told", "2024-12-02", "--object", "5").out)
    assert (late["before"]["total"], late["after"]["total"]) == ("3", "3")
    assert "objection-late" in [each["code"] for each in late["findings"]]
    in_time = json.loads(run(*call, "--told", "2024-12-20", "--object", "5").out)
    assert in_time["after"]["total"] == "4"


def test_the_reviewed_records_are_written(run: Command) -> None:
    """The other units' as they were."""
    done = run(
        *("review", "agreement.json", "data.csv", "东街站", "复核.json"),
        *("--records", "reviewed.json"),
    )
    assert done.out.endswith("已写入：reviewed.json\n")
    records = hd.read_records("reviewed.json", AGREEMENT)
    assert [hd.score(AGREEMENT, record).total for record in records] == [None, 4]


@pytest.mark.parametrize(
    ("facility", "objections", "message"),
    [
        ("西街站", "复核.json", "no record of a facility `西街站`"),
        ("东街站", "复合.json", "no file `复合.json`"),
    ],
)
def test_who_or_what_is_not_there_is_named(
    run: Command, facility: str, objections: str, message: str
) -> None:
    """Wrong usage exits with 2."""
    done = run("review", "agreement.json", "data.csv", facility, objections, "--lang", "en")
    assert (done.code, message in done.err) == (MISUSED, True)


def test_a_broken_file_is_refused_with_all_its_faults(run: Command) -> None:
    """Each by its place."""
    broken = {**OBJECTIONS, "review": {"objections": [{"abuot": "visits"}], "decisions": 3}}
    Path("复核.json").write_text(json.dumps(broken), encoding="utf-8")
    done = run("review", "agreement.json", "data.csv", "东街站", "复核.json", "--lang", "en")
    assert (done.code, done.out) == (FAULTY, "")
    assert done.err.count("复核.json, $.review") >= 2


def test_the_data_are_not_written_over(run: Command) -> None:
    """Not even by the records that were made of them."""
    done = run(
        *("review", "agreement.json", "data.csv", "东街站", "复核.json"),
        *("--records", "data.csv", "--lang", "en"),
    )
    assert (done.code, "is read here" in done.err) == (MISUSED, True)


# ------------------------------------------------------------------------------- template


def test_a_template_asks_for_samples_by_name(run: Command) -> None:
    """What is not counted has none."""
    openpyxl = pytest.importorskip("openpyxl")
    done = run("template", "agreement.json", "-o", "填报.xlsx", "--sample", "巡查")
    assert done.code == DONE
    cells = [
        cell.value
        for row in openpyxl.load_workbook("填报.xlsx")["数据"].iter_rows()
        for cell in row
    ]
    assert "hd|verified|asked|visits" in cells
    done = run("template", "agreement.json", "-o", "other.xlsx", "--sample", "巡 查")
    assert (done.code, Path("other.xlsx").exists()) == (MISUSED, False)
