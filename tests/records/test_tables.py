"""From text to rows: delimiters and quotation marks."""

from __future__ import annotations

import pytest

from healthduty.errors import SourceError
from healthduty.records.tables import delimiter_of, read_rows


@pytest.mark.parametrize("mark", [",", "\t", ";", "，"])
def test_each_delimiter_is_found(mark: str) -> None:
    """The header says what divides the cells."""
    text = f"机构{mark}满意率{mark}问卷调查\n南关{mark}83%{mark}2\n"
    assert read_rows(text) == [["机构", "满意率", "问卷调查"], ["南关", "83%", "2"]]


def test_a_title_does_not_decide_the_delimiter() -> None:
    """A full-width comma in a title above the header divides nothing."""
    assert delimiter_of("2024年，全县考核\n\n机构;满意率\n") == ";"


def test_the_delimiter_with_more_cells_wins() -> None:
    """A comma inside one heading does not make a table of commas."""
    assert delimiter_of("机构;满意率;收入,元\n") == ";"


def test_one_column_is_read_as_one() -> None:
    """Where nothing divides, each line is one cell."""
    assert read_rows("机构\n南关\n") == [["机构"], ["南关"]]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_what_excel_says_of_the_delimiter_is_believed(mark: str) -> None:
    """A first line `sep=;` is no row of the table, but it is counted as one."""
    for end in ("\r\n", "\n", "\r"):
        assert read_rows(f"sep={mark}{end}a{mark}b{end}") == [[], ["a", "b"]]


def test_each_kind_of_line_break_ends_a_row() -> None:
    """Files put together from several programs mix them; inside quotation marks they stay."""
    text = '机构,满意率\r\n南关,93\r北关,91\n"西\r\n关",88\n'
    assert read_rows(text) == [
        ["机构", "满意率"],
        ["南关", "93"],
        ["北关", "91"],
        ["西\r\n关", "88"],
    ]


def test_quotation_marks_keep_delimiters_and_line_breaks() -> None:
    """What stands between quotation marks is one cell."""
    assert read_rows('机构,备注\n南关,"一,二\n三 ""四"""\n') == [
        ["机构", "备注"],
        ["南关", '一,二\n三 "四"'],
    ]


def test_blank_rows_are_counted() -> None:
    """Row 3 of a spreadsheet is row 3 here, though row 2 is empty."""
    assert read_rows("a,b\n\nc,d\n") == [["a", "b"], [], ["c", "d"]]


def test_other_line_separators_divide_nothing() -> None:
    """A form feed or a Unicode line separator inside a cell stays in it."""
    assert read_rows("a,b\nc\u2028d,e\x0cf\n") == [["a", "b"], ["c\u2028d", "e\x0cf"]]


def test_an_endless_first_line_is_no_crash() -> None:
    """A line longer than any cell is refused with its row."""
    with pytest.raises(SourceError, match="row 1: a cell holds more than 131072 characters"):
        read_rows("x" * 200_000)
