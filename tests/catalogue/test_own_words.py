"""Facts and figures are the documents', the sentences are ours.

The documents stand beside some checkouts and not beside others; without them the comparison is
skipped, and says so.
"""

from __future__ import annotations

import importlib.resources
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthduty.catalogue import entries
from healthduty.convert.jsontext import read_json

SOURCES = Path(__file__).parents[3] / "shared" / "seeds"
LONGEST_RUN = 12
"""So many characters in a row that a document has, too, are its sentence and not ours."""


def folded(text: str) -> str:
    """Return a text without spaces, its punctuation in one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def runs(text: str, length: int = LONGEST_RUN) -> set[str]:
    """Return every run of so many characters."""
    kept = folded(text)
    return {kept[start : start + length] for start in range(len(kept) - length + 1)}


def texts(thing: object) -> Iterator[str]:
    """Go through all texts inside plain data."""
    match thing:
        case str():
            yield thing
        case list():
            for each in thing:
                yield from texts(each)
        case dict():
            yield from texts(list(thing.values()))


def shipped() -> list[tuple[str, str]]:
    """Return every text of every file of the catalogue, with the file's name."""
    folder = importlib.resources.files("healthduty.catalogue") / "data"
    files = sorted(each.name for each in folder.iterdir())
    return [
        (name, text)
        for name in files
        for text in texts(read_json((folder / name).read_text(encoding="utf-8"), name, []))
    ]


def sources() -> Iterator[str]:
    """Go through the documents; in simplified characters too, where the converter is installed."""
    for path in sorted(SOURCES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        yield text
        try:
            import opencc
        except ModuleNotFoundError:
            continue
        yield opencc.OpenCC("t2s").convert(text)


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the documents don't stand beside this checkout")
def test_no_sentence_of_a_document_is_copied() -> None:
    """No text of ours shares twelve characters in a row with a document."""
    theirs = set[str]().union(*(runs(text) for text in sources()))
    assert theirs
    copied = [(name, text) for name, text in shipped() if runs(text) & theirs]
    assert copied == []


def test_a_copied_run_would_be_seen() -> None:
    """Twelve characters are a run, eleven are none; width and spaces make no difference."""
    theirs = runs("每年组织两次以上，问卷（调查）。")
    assert runs("本院 每年组织两次以上,问卷(调 查") & theirs
    assert not runs("每年组织两次以上，问卷") & theirs


def test_the_texts_that_are_compared_are_all_texts() -> None:
    """Requirements, methods, names and assumptions are among them."""
    compared = {text for _, text in shipped()}
    assert "病人满意率" in compared
    assert "查档案，核问卷原件" in compared
    assert "原文写“左右”，此处按不低于65%" in compared


@pytest.mark.parametrize("name", entries.names())
def test_no_party_has_a_real_name(name: str) -> None:
    """A party is an example, or named by what it is."""
    generic = {
        "中心分管负责人",
        "卫生局各科室和下属单位",
        "乡镇卫生院或社区卫生服务中心协管科",
        "村卫生室信息点",
    }
    parties = {party.name for party in entries.get(name).parties}
    assert parties
    assert all(party.startswith("示例") for party in parties - generic)
