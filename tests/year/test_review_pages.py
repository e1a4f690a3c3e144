"""The pages on objections, corrections and people are true: their examples print what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from test_readme import examples, run

PAGES = Path(__file__).parents[2] / "docs" / "en" / "how-to"


@pytest.mark.parametrize("name", ["objections", "corrections", "people"])
def test_the_examples_run_and_print_what_the_page_says(name: str) -> None:
    """A reader who copies an example sees the printed result."""
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert [expected for _, expected in examples(page) if expected]
    assert run(page, f"{name}.md") == []
