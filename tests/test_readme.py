"""What a newcomer reads first must be true: every example and both commands.

The ```python blocks of a page run in order and share their names. A ```text block right after one
(with nothing but prose between) is what it prints, to the character.
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.zh.md", "docs/en/tutorial.md")
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: what it is said to be, its text, and the line its text begins at."""

    language: str
    text: str
    line: int


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a Markdown text, in order."""
    return [
        Block(match[1], match[2], page.count("\n", 0, match.start(2)) + 1)
        for match in FENCE.finditer(page)
    ]


def examples(page: str) -> list[tuple[Block, str | None]]:
    """Return every Python block with the output that is printed below it, if any is."""
    found = blocks(page)
    followers = [*found[1:], None]
    return [
        (block, after.text if after is not None and after.language == "text" else None)
        for block, after in zip(found, followers, strict=True)
        if block.language == "python"
    ]


def commands(page: str) -> list[str]:
    """Return the lines of the shell blocks of a page."""
    return [
        line for block in blocks(page) if block.language == "sh" for line in block.text.splitlines()
    ]


def run(page: str, name: str) -> list[tuple[int, str, str]]:
    """Run a page's examples; return line, expected and printed output where the two differ."""
    names: dict[str, object] = {"__name__": name}
    differences = []
    for block, expected in examples(page):
        printed = io.StringIO()
        code = "\n" * (block.line - 1) + block.text  # a traceback then names the page's own line
        with contextlib.redirect_stdout(printed):
            exec(compile(code, name, "exec"), names)
        if expected is not None and printed.getvalue() != expected:
            differences.append((block.line, expected, printed.getvalue()))
    return differences


def read(page: str) -> str:
    """Return the text of a page of the project."""
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_run_and_print_what_the_page_says(page: str) -> None:
    """A reader who copies an example sees the printed result."""
    assert examples(read(page))
    assert run(read(page), page) == []


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_a_readme_shows_an_output(page: str) -> None:
    """At least one example says what comes out, so that the test above compares something."""
    assert [expected for _, expected in examples(read(page)) if expected]


def test_both_readmes_have_the_same_commands_and_code() -> None:
    """The Chinese page is no older than the English one."""
    english, chinese = read("README.md"), read("README.zh.md")
    assert commands(chinese) == commands(english)
    assert len(examples(chinese)) == len(examples(english))


def test_the_two_commands_are_run_before_a_change_lands() -> None:
    """`.ci/run` holds the README's two commands as they stand there, each on a line of its own."""
    promised = commands(read("README.md"))
    assert len(promised) == 2
    assert [line for line in promised if line not in read(".ci/run").splitlines()] == []


PAGE = """Text
```python
answer = 6 * 7
print(answer)
```
prints
```text
42
```
and
```python
assert answer == 42
```
```sh
one && two
```
"""


def test_a_wrong_output_is_noticed() -> None:
    """The comparison has teeth: a page that promises 43 fails at its line."""
    assert run(PAGE, "page") == []
    assert run(PAGE.replace("42\n```\nand", "43\n```\nand"), "page") == [(3, "43\n", "42\n")]
    assert commands(PAGE) == ["one && two"]


def test_a_broken_example_is_noticed() -> None:
    """An example that raises fails the page."""
    with pytest.raises(AssertionError):
        run(PAGE.replace("answer == 42", "answer == 43"), "page")
