"""Every how-to is true: its examples run in order, and print what the page says.

So do all Chinese pages but the notebooks, which have a test of their own. A block with a title is
a file that the examples read. A page that needs what is not installed is skipped, and says so.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from test_readme import run

DOCS = Path(__file__).parents[1] / "docs"
FOLDER = DOCS / "en/how-to"
CHINESE = [
    page
    for page in sorted(DOCS.glob("zh/**/*.md"))
    if page.parent.name != "notebooks" and "```python" in page.read_text(encoding="utf-8")
]
PAGES = [*sorted(FOLDER.glob("*.md")), *CHINESE]
FILE = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', flags=re.DOTALL | re.MULTILINE)
NEEDS = {
    "columns": ("numpy",),
    "compare": ("numpy",),
    "data": ("xlsxwriter", "python_calamine"),
    "data-workbook": ("xlsxwriter", "python_calamine"),
    "duties": ("chinese_calendar",),
    "export": ("numpy", "pandas"),
    "many": ("numpy",),
    "many-facilities": ("numpy", "polars", "pyarrow", "duckdb"),
    "pictures": ("matplotlib",),
    "result-workbook": ("xlsxwriter",),
    "review": ("chinese_calendar",),
    "word-files": ("docx", "docxtpl"),
}
"""The packages of extras that a page's examples use."""


@pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: "-".join(page.relative_to(DOCS).with_suffix("").parts)
)
def test_a_how_to_is_true(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its examples run in a folder of their own; a reader who copies them sees the same."""
    for package in NEEDS.get(page.stem, ()):
        pytest.importorskip(package)
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    for name, content in FILE.findall(text):
        Path(name).write_text(content, encoding="utf-8")
    assert run(text, page.name) == []


def test_there_are_how_to_pages() -> None:
    """The folders were found, and the Chinese pages that have examples."""
    assert PAGES[0].parent == FOLDER
    assert len(CHINESE) > 28
