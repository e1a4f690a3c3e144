"""From bytes to text: marks, UTF-8, GB18030, and what is none of them."""

from __future__ import annotations

import pytest

from healthduty.errors import SourceError
from healthduty.records.encodings import read_text

TEXT = "机构,满意率\n南关街道社区卫生服务中心,83%\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "gbk", "utf-16 little", "utf-16 big"],
)
def test_every_usual_encoding_reads_the_same(data: bytes) -> None:
    """Whatever a Chinese spreadsheet saves, the same text comes out."""
    assert read_text(data) == TEXT


def test_a_rare_character_of_gb18030_is_read() -> None:
    """Names hold characters that GBK does not have: four bytes each."""
    text = "机构\n㐂镇\U00020000村卫生室\n"
    assert read_text(text.encode("gb18030")) == text


def test_a_short_gb18030_word_that_reads_as_utf8_is_no_second_encoding() -> None:
    """模 alone is valid UTF-8 by accident; the file around it says what it is."""
    text = "机构,等次\n南关街道,模\n"
    assert text.encode("gb18030").count(b"\xc4\xa3") == 1
    assert read_text(text.encode("gb18030")) == text


def test_ascii_needs_no_encoding() -> None:
    """Codes and numbers are the same in all of them."""
    assert read_text(b"facility,surveys\nnanguan,2\n") == "facility,surveys\nnanguan,2\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_row_of_a_foreign_encoding_is_counted_as_a_spreadsheet_counts(end: str) -> None:
    """A line break inside quotation marks makes no new row, whatever ends the lines."""
    head = end.join(["机构,满意率", f'"南{end}关",83%', ""]).encode()
    with pytest.raises(SourceError, match="row 3: the file is UTF-8, but this row is GB18030"):
        read_text(head + "北关,91%".encode("gb18030"))


def test_the_delimiter_does_not_hide_a_foreign_cell() -> None:
    """Cells are told apart by tabs and semicolons too, before the encoding is known."""
    row = "南关街道;".encode() + "优秀".encode("gb18030")
    with pytest.raises(SourceError, match="row 1: the file is UTF-8, but this row is GB18030"):
        read_text(row)


def test_a_cell_too_long_for_any_table_still_has_its_encoding_looked_at() -> None:
    """A file of one endless line is refused for its encoding, and not by a crash."""
    data = b"\xff" + b"x" * 200_000
    with pytest.raises(SourceError, match="row 1: this row is neither UTF-8 nor GB18030"):
        read_text(data)


def test_a_web_page_is_known_in_capitals_too() -> None:
    """Old programs write their tags in capitals."""
    with pytest.raises(SourceError, match="this is a web page, no text"):
        read_text(b"<HTML><TABLE>")
