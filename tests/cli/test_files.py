"""The files that the command line writes: for Excel, for programs, to read; never half of one."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.cli import DONE, FAULTY, MISUSED, main

SURVEYS = hd.Measure("surveys", "问卷调查", unit="次")
HOSTILE = hd.Agreement(
    "=1+1",
    measures=(SURVEYS,),
    parts=(
        hd.Indicator(
            "=2",
            "-3",
            points=3,
            rules=hd.Deduction(hd.Lacking(SURVEYS, required=2), points="0.5"),
        ),
        hd.Indicator("一", "@SUM(A1)", points=1, rules=hd.Bonus(hd.Cases(SURVEYS), points=1)),
    ),
    grades=hd.GradeScale.of(**{"+良好": 2, "不合格": None}),
    funding=(hd.FundingPolicy("p", "＝经费", fixed=5, tiers=(hd.Tier(None, 1),)),),
)
KEYS = ("=cmd|'/c calc'!A1", "@a", "+b", "-c", "＝d", "\uff20e", "南关")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with the data of facilities whose names could do harm in a spreadsheet."""
    monkeypatch.chdir(tmp_path)
    hd.save(HOSTILE, "agreement.json")
    records = [{"facility": key, "values": {"surveys": 1}} for key in KEYS]
    records.append({"facility": "北关", "values": {"surveys": "-=x"}})
    path = tmp_path / "data.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def score(*more: str) -> int:
    """Score the data."""
    return main(["score", "agreement.json", "data.json", *more])


# ------------------------------------------------------------------------------------ csv


@pytest.mark.usefixtures("data")
def test_a_csv_opens_in_chinese_excel() -> None:
    """UTF-8 with the byte order mark by which Excel knows it, CRLF, one row a facility."""
    assert score("-o", "scores.csv") == FAULTY
    content = Path("scores.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == len(KEYS) + 2
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0][:4] == ["名次", "编码", "机构", "考核期"]
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.usefixtures("data")
def test_no_cell_of_a_csv_is_a_formula() -> None:
    """A text that a spreadsheet would compute has an apostrophe before it; numbers stay numbers."""
    score("-o", "scores.csv")
    text = Path("scores.csv").read_text(encoding="utf-8-sig")
    headings, *rows = csv.reader(io.StringIO(text, newline=""))
    assert [row[1] for row in rows[:-1]] == [f"'{key}" for key in KEYS[:-1]] + ["南关"]
    assert headings[8:] == ["经费（元） ＝经费", "'=2 -3", "一 @SUM(A1)", "错误"]
    assert {row[7] for row in rows} == {"'+良好", ""}
    for row in (headings, *rows):
        assert [cell for cell in row if cell[:1] in {*"=+-@＝＋－\uff20\t\r\n"}] == []


def test_a_negative_number_in_a_csv_is_a_number(tmp_path: Path) -> None:
    """Below nothing (倒扣) is no formula."""
    rule = hd.Deduction(hd.Lacking(SURVEYS, required=2), points=5)
    item = hd.Indicator("1", "问卷", points=3, rules=rule, floor=None)
    hd.save(
        hd.Agreement("示例", measures=(SURVEYS,), parts=(item,), floor=None), tmp_path / "a.json"
    )
    (tmp_path / "d.csv").write_text("机构,问卷调查\n南关,0\n", encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("a.json", "d.csv", "scores.csv")]
    assert main(["score", paths[0], paths[1], "-o", paths[2]]) == DONE
    row = Path(paths[2]).read_text(encoding="utf-8-sig").splitlines()[1]
    assert row == "1,南关,南关,,3,-7,-7,,-7,"


# ----------------------------------------------------------------------------- json and text


@pytest.mark.usefixtures("data")
def test_a_json_file_holds_what_json_prints(capsys: pytest.CaptureFixture[str]) -> None:
    """The same data, whether they go to a program or to a file; Chinese stays readable."""
    score("-o", "scores.JSON", "--json")
    content = Path("scores.JSON").read_bytes()
    assert content.decode() == capsys.readouterr().out
    assert "南关" in content.decode()


@pytest.mark.usefixtures("data")
def test_a_text_file_holds_the_ranking_and_every_sheet() -> None:
    """For printing: all that was scored, with what is missing and between what a total lies."""
    score("-o", "scores.txt")
    text = Path("scores.txt").read_text(encoding="utf-8")
    assert text.startswith("=1+1\n")
    assert text.endswith("\n")
    for key in ("南关", "北关"):
        assert f"\n\n=1+1 · {key}\n" in text
    assert "错误 value-unreadable 数据无法识别（数据项surveys）" in text
    assert "总分在" in text


# ------------------------------------------------------------------------------ in one step


def break_writing(*_: object) -> None:
    """Stand in for a disk that is full."""
    raise OSError(28, "No space left on device")


def interrupt(*_: object) -> None:
    """Stand in for somebody who presses Ctrl-C."""
    raise KeyboardInterrupt


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(("failure", "code"), [(break_writing, MISUSED), (interrupt, 130)])
def test_a_failure_leaves_the_old_file(
    failure: Callable[..., None],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever goes wrong while writing, the file that was there is there, and nothing else."""
    Path("scores.csv").write_text("last year's", encoding="utf-8")
    before = sorted(Path.cwd().iterdir())
    monkeypatch.setattr(os, "fsync", failure)
    assert score("-o", "scores.csv") == code
    assert Path("scores.csv").read_text(encoding="utf-8") == "last year's"
    assert sorted(Path.cwd().iterdir()) == before
    told = "healthduty: 无法写入`scores.csv`：磁盘已满\n"
    assert capsys.readouterr() == ("", told if code == MISUSED else "")


@pytest.mark.usefixtures("data")
def test_a_folder_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The message says what the user asked for, not what the library tried beside it."""
    assert score("-o", "none/scores.csv") == MISUSED
    told = "healthduty: 无法写入`none/scores.csv`：没有这个文件或文件夹\n"
    assert capsys.readouterr() == ("", told)


@pytest.mark.usefixtures("data")
def test_an_old_file_is_replaced_with_its_permissions() -> None:
    """A new year's scores take the old file's place."""
    path = Path("scores.csv")
    path.write_text("last year's", encoding="utf-8")
    path.chmod(0o640)
    score("-o", "scores.csv")
    assert "last year" not in path.read_text(encoding="utf-8-sig")
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("data")
def test_no_result_is_written_where_the_agreement_is_broken() -> None:
    """A file with last year's scores is not replaced by nothing."""
    Path("scores.csv").write_text("last year's", encoding="utf-8")
    Path("agreement.json").write_text("{", encoding="utf-8")
    assert score("-o", "scores.csv") == FAULTY
    assert Path("scores.csv").read_text(encoding="utf-8") == "last year's"
