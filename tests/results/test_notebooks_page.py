"""The page on notebooks is true: its examples run, and what they end in shows itself."""

from __future__ import annotations

import ast
from pathlib import Path

from test_readme import examples, run

PAGE = (Path(__file__).parents[2] / "docs/en/notebooks.md").read_text(encoding="utf-8")


def test_the_examples_run_and_print_what_the_page_says() -> None:
    """A reader who copies an example sees the printed result."""
    assert run(PAGE, "notebooks.md") == []


def test_what_a_cell_ends_in_shows_itself_as_a_table() -> None:
    """An agreement, findings, a ranking and sheets: each has the HTML that a notebook asks for."""
    names: dict[str, object] = {}
    shown = []
    for block, _ in examples(PAGE):
        *before, last = ast.parse(block.text).body
        exec(compile(ast.Module(before, []), "page", "exec"), names)  # noqa: S102 - as a notebook
        code = ast.unparse(last)
        if isinstance(last, ast.Expr) and not code.startswith("print"):
            value = eval(code, names)  # noqa: S307 - as a notebook
            shown.append(type(value).__name__)
            assert value._repr_html_().startswith('<div class="healthduty"')
        else:
            exec(code, names)  # noqa: S102 - as a notebook
    assert shown == ["Agreement", "Findings", "Table", "ScoreSheet", "Table"]
