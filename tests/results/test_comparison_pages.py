"""The pages on comparing, on honours and on what changed are true: their examples run."""

from __future__ import annotations

from pathlib import Path

import pytest

from test_readme import examples, run

FOLDER = Path(__file__).parents[2] / "docs/en/how-to"


@pytest.mark.parametrize("name", ["compare.md", "honours-and-ranks.md", "what-changed.md"])
def test_the_examples_run_and_print_what_the_page_says(name: str) -> None:
    """A reader who copies an example sees the printed result."""
    page = (FOLDER / name).read_text(encoding="utf-8")
    assert examples(page)
    assert run(page, name) == []
