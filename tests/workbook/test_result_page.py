"""The page about the result workbook is true: its examples run and print what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from test_readme import run

pytest.importorskip("xlsxwriter")

PAGE = Path(__file__).parents[2] / "docs/en/how-to/result-workbook.md"


def test_the_examples_run_and_print_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who copies an example has the workbook."""
    monkeypatch.chdir(tmp_path)
    assert run(PAGE.read_text(encoding="utf-8"), PAGE.name) == []
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"结果.xlsx", "个案.xlsx", "长表.xlsx"}
