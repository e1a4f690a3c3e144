"""The page on Word files is true: its examples run, and print what it says."""

from __future__ import annotations

from pathlib import Path

from test_readme import run

PAGE = (Path(__file__).parents[2] / "docs/en/how-to/word-files.md").read_text(encoding="utf-8")


def test_the_examples_run_and_print_what_the_page_says() -> None:
    """A reader who copies an example sees the printed result."""
    assert run(PAGE, "word-files.md") == []
