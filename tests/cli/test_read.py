"""`healthduty read`: what a text was understood as, and scoring straight from a table."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.cli import main

Captured = pytest.CaptureFixture[str]

TABLE = (
    "考核内容,分值,评分标准\n"
    "健康档案,5,建档率达到90%以上，每低1个百分点扣0.5分\n"
    "培训,5,全年培训4次，每少1次扣1分\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Give the standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_clauses_come_from_the_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Each line is a clause, whatever encoding Chinese Excel gave it."""
    given(monkeypatch, "未公示扣1分\n\n发现1例扣2分\n".encode("gb18030"))
    assert main(["read", "-"]) == 0
    out = capsys.readouterr().out
    assert "= 未公示的，扣1分" in out
    assert "= 发现，每发现1例扣2分" in out


def test_what_was_not_understood_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """A script sees by the exit code that something is left to read by hand."""
    given(monkeypatch, "满意率每低 %扣1分".encode())
    assert main(["read", "-"]) == 1
    assert "clause-unread" in capsys.readouterr().out


def test_json_holds_rules_as_agreement_files_do(capsys: Captured) -> None:
    """The rules of `--json` can be put into an agreement's file as they stand."""
    Path("clauses.txt").write_text("未公示扣0.5分", encoding="utf-8")
    assert main(["read", "clauses.txt", "--json"]) == 0
    (clause,) = json.loads(capsys.readouterr().out)
    (rule,) = clause["rules"]
    assert (rule["kind"], rule["points"]) == ("deduction", "0.5")
    assert clause["pieces"] == [{"start": 0, "end": 8, "taken": "rule", "note": ""}]


def test_python_of_a_table_makes_its_agreement(capsys: Captured) -> None:
    """What `--python` prints for a table runs, and is the agreement that was read."""
    Path("table.csv").write_text(TABLE, encoding="utf-8")
    assert main(["read", "table.csv", "--python"]) == 0
    names: dict[str, object] = {}
    exec(capsys.readouterr().out, names)  # noqa: S102 - our own output is what is tested
    assert names["agreement"] == hd.read_agreement(Path("table.csv")).agreement


def test_json_of_a_table_holds_agreement_and_passages(capsys: Captured) -> None:
    """The whole reading, with a place for each cell."""
    Path("table.csv").write_text(TABLE, encoding="utf-8")
    assert main(["read", "table.csv", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [part["number"] for part in data["agreement"]["parts"]] == ["1", "2"]
    assert {passage["taken"] for passage in data["passages"]} >= {"header", "points", "scoring"}


def test_a_table_is_scored_as_it_stands(capsys: Captured) -> None:
    """Where nothing blocks it, no agreement file is needed between the table and the ranking."""
    Path("table.csv").write_text(TABLE, encoding="utf-8")
    Path("data.csv").write_text("机构,健康档案·建档率,培训\n甲,88%,3\n乙,92%,4\n", encoding="utf-8")
    assert main(["score", "table.csv", "data.csv", "--json"]) == 0
    sheets = json.loads(capsys.readouterr().out)["sheets"]
    assert [(sheet["facility"], sheet["total"]) for sheet in sheets] == [("乙", "10"), ("甲", "8")]


def test_a_table_with_errors_is_not_scored(capsys: Captured) -> None:
    """What was not understood stops the score, and says where it stands."""
    Path("table.csv").write_text("考核内容,分值,评分标准\n台账,5,每低 %扣1分\n", encoding="utf-8")
    Path("data.csv").write_text("机构,台账\n甲,1\n", encoding="utf-8")
    assert main(["score", "table.csv", "data.csv"]) == 1
    assert "第2行" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_wrong_usage(capsys: Captured) -> None:
    """No file, no reading."""
    assert main(["read", "nothing.txt"]) == 2
    assert "没有文件`nothing.txt`" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "县中医医院药剂科质量考核细则（试行）\n1、处方调剂（20分）。未双签的每张扣1分\n",
        "一、检验科\n1、室内质控（20分）。未双签的每张扣1分\n二、药剂科\n1、供应（5分）。缺货每种扣1分\n",
    ],
)
def test_a_text_with_a_title_or_headings_is_a_document(text: str, capsys: Captured) -> None:
    """Regulations in a .txt are read as the same in Word: by items, and not line by line."""
    Path("细则.txt").write_text(text, encoding="utf-8")
    main(["read", "细则.txt", "--json"])
    assert json.loads(capsys.readouterr().out)["agreement"]["parts"]
