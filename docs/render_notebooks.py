"""Render the worked notebooks: each source is run once, and makes a page in each language.

The sources stand in `docs/notebooks`, in percent format, as editors with Jupyter open them. Text
cells say for which language they are; code is the same for all. For each language there is a page
with all outputs, its pictures, the data that the notebook reads, and the notebook to download.

    python docs/render_notebooks.py

Run it after a change that moves an output; a test renders afresh and compares.
"""

from __future__ import annotations

import ast
import contextlib
import html
import io
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import attrs

DOCS = Path(__file__).parent
SOURCES = DOCS / "notebooks"
LANGUAGES = ("en", "zh")

_HEAD = re.compile(r'^# %%(?P<text> \[markdown\])?(?: lang="(?P<lang>\w+)")?\n', flags=re.MULTILINE)
_DOWNLOAD = {"en": "Download this page as a Jupyter notebook", "zh": "下载本页的 Jupyter 笔记本"}
_DPI = 96


@attrs.frozen
class Cell:
    """A cell of a source: its text; code where `lang` is empty, else Markdown in that language."""

    text: str
    lang: str = ""


@attrs.frozen
class Output:
    """What a cell of code made: what it printed, what it showed as HTML, its picture."""

    printed: str = ""
    shown: str = ""
    picture: bytes = b""


def cells_of(source: str) -> list[Cell]:
    """Return the cells of a source, in order; what stands above the first one is none."""
    heads = list(_HEAD.finditer(source))
    ends = [*(head.start() for head in heads[1:]), len(source)]
    return [
        Cell(_plain(body) if head["text"] else body, head["lang"] or "")
        for head, end in zip(heads, ends, strict=True)
        for body in (source[head.end() : end].strip("\n"),)
    ]


def _plain(body: str) -> str:
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in body.split("\n"))


def run_cells(cells: list[Cell], name: str) -> dict[int, Output]:
    """Run the code of a notebook in a namespace and a folder of its own; outputs by cell."""
    names: dict[str, Any] = {"__name__": name}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for data in SOURCES.glob("*.csv"):
            shutil.copy(data, folder)
        return {
            at: _run(cell.text, names, f"{name}, cell {at}")
            for at, cell in enumerate(cells)
            if not cell.lang
        }


def _run(code: str, names: dict[str, Any], name: str) -> Output:
    """Run a cell as a notebook does: the value of an expression at its end is shown."""
    *before, last = ast.parse(code, name).body
    printed, value = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(before, []), name, "exec"), names)  # noqa: S102 - as a notebook
            value = eval(compile(ast.Expression(last.value), name, "eval"), names)  # noqa: S307
        else:
            exec(compile(code, name, "exec"), names)  # noqa: S102 - as a notebook
    return _shown(printed.getvalue(), value)


def _shown(printed: str, value: Any) -> Output:  # noqa: ANN401 - whatever a cell ends in
    if value is None:
        return Output(printed)
    if hasattr(value, "savefig"):
        file = io.BytesIO()
        value.savefig(file, format="png", dpi=_DPI)
        return Output(printed, picture=file.getvalue())
    if hasattr(value, "_repr_html_"):
        # Markdown ends a block of HTML at an empty line; none can stand in one line.
        return Output(printed, shown=value._repr_html_().replace("\n", " "))
    return Output(printed + repr(value) + "\n")


def page_of(cells: list[Cell], outputs: dict[int, Output], lang: str, stem: str) -> str:
    """Return the Markdown page of a notebook in a language."""
    parts: list[str] = []
    for at, cell in enumerate(cells):
        if cell.lang == lang:
            parts.append(cell.text)
        if not cell.lang:
            parts += [f"```python\n{cell.text}\n```", *_output_parts(outputs[at], stem, at)]
    parts.insert(1, f"[{_DOWNLOAD[lang]}]({stem}.ipynb)")
    return "\n\n".join(parts) + "\n"


def _output_parts(output: Output, stem: str, at: int) -> list[str]:
    parts = []
    if output.printed:
        parts.append(f"```text\n{output.printed}```")
    if output.shown:
        parts.append(f'<div style="overflow-x:auto">{output.shown}</div>')
    if output.picture:
        parts.append(f"![{html.escape(stem)}]({stem}-{at}.png)")
    return parts


def notebook_of(cells: list[Cell], lang: str) -> str:
    """Return a notebook to download, without outputs: whoever opens it runs it."""
    listed: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": f"cell-{at}", "metadata": {}, "source": cell.text}
        if cell.lang
        else {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{at}",
            "metadata": {},
            "outputs": [],
            "source": cell.text,
        }
        for at, cell in enumerate(cells)
        if cell.lang in ("", lang)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": listed,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def render_all(docs: Path = DOCS) -> list[Path]:
    """Run every source and write its files below `docs`; return their paths."""
    written: dict[Path, bytes] = {}
    for source in sorted(SOURCES.glob("*.py")):
        cells = cells_of(source.read_text(encoding="utf-8"))
        outputs, stem = run_cells(cells, source.name), source.stem.replace("_", "-")
        for lang in LANGUAGES:
            folder = docs / lang / "notebooks"
            written[folder / f"{stem}.md"] = page_of(cells, outputs, lang, stem).encode()
            written[folder / f"{stem}.ipynb"] = notebook_of(cells, lang).encode()
            for at, output in outputs.items():
                if output.picture:
                    written[folder / f"{stem}-{at}.png"] = output.picture
            for data in SOURCES.glob("*.csv"):
                written[folder / data.name] = data.read_bytes()
    for path, content in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(written)


if __name__ == "__main__":
    for path in render_all():
        sys.stdout.write(f"{path.relative_to(DOCS)}\n")
