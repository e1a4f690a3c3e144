"""The page about data files is true: its examples are read, and its table of codes is complete."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

import healthduty as hd

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "en" / "data-files.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def names() -> dict[str, object]:
    """Run the page's Python blocks, and compare what each prints with the text below it."""
    found: dict[str, object] = {}
    for (language, text), after in zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True):
        if language == "python":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(text, found)  # noqa: S102 - running the page's blocks is the test
            assert printed.getvalue() == (after[1] if after[0] == "text" else "")
    return found


@pytest.mark.parametrize("text", [text for language, text in BLOCKS if language in ("csv", "json")])
def test_an_example_of_a_file_is_read_without_a_finding(
    text: str, names: dict[str, object]
) -> None:
    """Whoever copies an example has a file without a fault."""
    agreement = names["agreement"]
    assert isinstance(agreement, hd.Agreement)
    records = hd.read_records(text, agreement)
    assert len(records) > 0
    assert str(records.findings) == "no findings"


def test_the_page_shows_each_form() -> None:
    """There is a wide table, one with a header of two rows, samples, a long one, and JSON."""
    assert [language for language, _ in BLOCKS if language in ("csv", "json")] == [
        "csv",
        "csv",
        "csv",
        "csv",
        "json",
    ]


def test_the_table_of_codes_is_complete() -> None:
    """Each code that reading can give has one line on the page, and no other has."""
    sources = (ROOT / "src" / "healthduty" / "records").glob("*.py")
    given = {code for path in sources for code in _codes(path.read_text(encoding="utf-8"))}
    documented = re.findall(r"^\| `(record-[a-z0-9-]+)` \|", PAGE, flags=re.MULTILINE)
    assert sorted(documented) == sorted(given)


def _codes(source: str) -> list[str]:
    return re.findall(r'"(record-[a-z0-9-]+)"', source)
