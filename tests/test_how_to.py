"""Every how-to is true: its examples run in order, and print what the page says.

A page that needs what is not installed is skipped, and says so.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from test_readme import run

FOLDER = Path(__file__).parents[1] / "docs/en/how-to"
PAGES = sorted(FOLDER.glob("*.md"))
NEEDS = {
    "compare": ("numpy",),
    "data-workbook": ("xlsxwriter", "python_calamine"),
    "many-facilities": ("numpy", "polars", "pyarrow", "duckdb"),
    "pictures": ("matplotlib",),
    "result-workbook": ("xlsxwriter",),
    "word-files": ("docx", "docxtpl"),
}
"""The packages of extras that a page's examples use."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_how_to_is_true(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its examples run in a folder of their own; a reader who copies them sees the same."""
    for package in NEEDS.get(page.stem, ()):
        pytest.importorskip(package)
    monkeypatch.chdir(tmp_path)
    assert run(page.read_text(encoding="utf-8"), page.name) == []


def test_there_are_how_to_pages() -> None:
    """The folder was found."""
    assert PAGES
