"""Names of sheets, texts of cells, widths and heights: what any workbook of ours may hold."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.sources import display_width
from healthduty.workbook.styles import (
    column_letters,
    height_of,
    lines_of,
    put_file,
    quoted_name,
    safe_text,
    sheet_names,
    width_of,
)

ANY = st.text(max_size=60)


@given(st.lists(ANY, max_size=8))
def test_names_of_sheets_are_lawful_and_differ(wanted: list[str]) -> None:
    """Whatever facilities are called: at most 31 units, no forbidden character, none twice."""
    names = sheet_names(wanted, taken=("排名",))
    assert len(names) == len(wanted)
    assert len({name.casefold() for name in (*names, "排名", "history")}) == len(names) + 2
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'"
        assert name[-1] != "'"


def test_a_lawful_name_stays_as_it_is() -> None:
    """Only what has to change does."""
    assert sheet_names(["南关街道社区卫生服务中心", "b's"]) == ("南关街道社区卫生服务中心", "b's")


@given(ANY)
def test_texts_of_cells_have_no_control_characters(text: str) -> None:
    """What commands a terminal or breaks XML is replaced, the rest is kept."""
    kept = safe_text(text)
    assert all(
        character == "\n" or character.isprintable() or ord(character) > 0x9F for character in kept
    )
    if text.isprintable():
        assert kept == text


def test_a_text_that_is_too_long_says_so() -> None:
    """It ends in a remark, and no character is cut in two."""
    kept = safe_text("𠮷" * 20_000)
    assert kept.endswith("略）")
    assert len(kept.encode("utf-16-le")) <= 2 * 32_767
    assert set(kept[:100]) == {"𠮷"}


@pytest.mark.parametrize(
    ("column", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_columns_have_letters(column: int, letters: str) -> None:
    """A, …, Z, AA, …, XFD."""
    assert column_letters(column) == letters


def test_a_name_in_a_formula_is_quoted() -> None:
    """An apostrophe in it is doubled."""
    assert quoted_name("b's") == "'b''s'"


@given(ANY, st.integers(5, 60))
def test_a_row_is_high_enough_for_its_text(text: str, width: int) -> None:
    """There are at least as many lines as the width of the text needs."""
    needed = sum(max(1, display_width(line) / width) for line in text.split("\n"))
    assert lines_of(text, width) >= needed - 1e-9
    assert 18 <= height_of([(text, width)]) <= 409


def test_columns_are_as_wide_as_their_texts_within_bounds() -> None:
    """A Chinese character takes two."""
    assert width_of(["满意率"], least=4) == 8
    assert width_of(["长" * 100], most=40) == 40


def test_a_file_that_is_open_is_written_to() -> None:
    """In place of a path."""
    buffer = io.BytesIO()
    put_file(buffer, b"content")
    assert buffer.getvalue() == b"content"
