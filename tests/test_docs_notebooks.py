"""The worked notebooks run, and the pages that are committed are what they make.

Pictures are compared by their size only: a newer matplotlib may draw the same bars with other
edges. `python docs/render_notebooks.py` writes all anew.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

import healthduty as hd

DOCS = Path(__file__).parents[1] / "docs"
STEMS = ("score-a-county", "word-table-to-results")


def load_script() -> ModuleType:
    """Load the script that renders, by its path."""
    spec = importlib.util.spec_from_file_location("rendering", DOCS / "render_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


rendering = load_script()


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run all notebooks once and write their pages into a folder of the tests."""
    for package in ("docx", "matplotlib", "numpy", "xlsxwriter"):
        pytest.importorskip(package)
    from healthduty.plot.fonts import FontError, find_font

    try:
        find_font()
    except FontError as error:
        pytest.skip(str(error))
    folder = tmp_path_factory.mktemp("docs")
    rendering.render_all(folder)
    return folder


def names_below(docs: Path) -> list[str]:
    """Return all files of the rendered notebooks, both languages, by their paths."""
    folders = [docs / lang / "notebooks" for lang in rendering.LANGUAGES]
    return sorted(str(path.relative_to(docs)) for each in folders for path in each.iterdir())


def size_of(picture: Path) -> bytes:
    """Return width and height as they stand in a PNG's head."""
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    return content[16:24]


def test_what_is_committed_is_what_the_notebooks_make(rendered: Path) -> None:
    """Every page, every data file, every notebook to download; of pictures the size."""
    assert names_below(DOCS) == names_below(rendered)
    for name in names_below(rendered):
        committed, fresh = DOCS / name, rendered / name
        if fresh.suffix == ".png":
            assert size_of(committed) == size_of(fresh), name
        else:
            assert committed.read_text("utf-8") == fresh.read_text("utf-8"), name


def test_the_data_file_holds_the_records_of_the_catalogue() -> None:
    """The file of the first notebook is not a second set of invented figures."""
    agreement = hd.catalogue.get("township-hospital-targets")
    records = hd.read_records(rendering.SOURCES / "township-hospitals.csv", agreement)
    shipped = hd.catalogue.records("township-hospital-targets")
    assert not records.findings
    assert [each.facility for each in records] == [each.facility for each in shipped]
    for read, known in zip(records, shipped, strict=True):
        assert hd.score(agreement, read).total == hd.score(agreement, known).total


@pytest.mark.parametrize("stem", STEMS)
def test_both_languages_have_the_same_code_and_as_many_texts(stem: str) -> None:
    """Whoever adds a paragraph in one language is reminded of the other."""
    path = rendering.SOURCES / f"{stem.replace('-', '_')}.py"
    cells = rendering.cells_of(path.read_text(encoding="utf-8"))
    langs = [cell.lang for cell in cells if cell.lang]
    assert langs[::2] == ["en"] * len(langs[::2])
    assert langs[1::2] == ["zh"] * len(langs[::2])


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_notebook_to_download_is_one(stem: str, lang: str) -> None:
    """It has the version that Jupyter asks for, the page's title and code that can be compiled."""
    path = DOCS / lang / "notebooks" / f"{stem}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert book["cells"][0]["source"].startswith("# ")
    code = [cell["source"] for cell in book["cells"] if cell["cell_type"] == "code"]
    for text in code:
        compile(text, path.name, "exec")
    ids = [cell["id"] for cell in book["cells"]]
    assert len(set(ids)) == len(ids)


def test_a_cell_shows_what_it_ends_in() -> None:
    """What is printed, the value at the end, its HTML on one line; nothing for None."""
    source = (
        'above\n# %% [markdown] lang="zh"\n# # 一\n#\n# 二\n\n# %%\nprint(1)\n6 * 7\n# %%\nNone\n'
    )
    text, first, second = rendering.cells_of(source)
    assert (text.text, text.lang, first.text) == ("# 一\n\n二", "zh", "print(1)\n6 * 7")
    outputs = rendering.run_cells([text, first, second], "page")
    assert outputs[1].printed == "1\n42\n"
    assert outputs[2] == rendering.Output()
    page = rendering.page_of([text, first, second], outputs, "zh", "page")
    assert "```python\nprint(1)\n6 * 7\n```\n\n```text\n1\n42\n```\n" in page
