"""Item numbers: missing, twice, or left out, in every way that agreements number."""

from __future__ import annotations

import pytest

from checks.making import codes, item, make, only
from healthduty.checks.check import check
from healthduty.checks.numbering import chinese_number, write_chinese
from healthduty.model.indicator import Section


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        (["1", "2", "3"], ""),
        (["1", "2", "4"], "`3` is"),
        (["4", "2", "1"], "`3` is"),
        (["2", "3"], ""),
        (["1.1", "1.2", "1.4"], "`1.3` is"),
        (["1.9", "1.10", "1.12"], "`1.11` is"),
        (["一", "二", "四"], "`三` is"),
        (["九", "十", "十三"], "`十一`, `十二` are"),
        (["十九", "二十", "二十二"], "`二十一` is"),
        (["（一）", "（二）", "（四）"], "`(三)` is"),
        (["第一条", "第三条"], "`第二条` is"),
        (["1、", "2、", "4、"], "`3、` is"),
        (["１", "２", "４"], "`3` is"),
        (["1", "10", "20"], ""),
        (["10", "20", "30"], ""),
        (["1", "一", "3"], "`2` is"),
        (["1", "2.3"], ""),
        (["A", "C"], ""),
        (["三三", "三五"], ""),
        (["1", "6"], ""),
        (["一百零一", "一百零三"], "`一百零二` is"),
        (["9" * 5000, "1"], ""),
    ],
)
def test_numbers_left_out(numbers: list[str], missing: str) -> None:
    """A small hole between neighbours that are written alike is found, with the number."""
    findings = check(make(*(item(number=number) for number in numbers)))
    assert [finding.code for finding in findings] == ["number-gap"] * bool(missing)
    assert all(finding.message.startswith(f"{missing} left out") for finding in findings)


def test_only_neighbours_are_compared() -> None:
    """Each section numbers its own items; a section may go on where the last one ended."""
    one = Section("1", parts=(item(number="1.1"), item(number="1.2")))
    two = Section("2", parts=(item(number="3"), item(number="4")))
    assert codes(make(one, two)) == []


def test_numbers_missing_and_twice() -> None:
    """Each item without a number is found, by its path; a number twice is found once."""
    section = Section("1", parts=(item(number="1.1"), item(number=" ", title="公示")))
    assert only(make(section)) == (
        "warning number-missing: parts[0].parts[1]: the item `公示` has no number"
    )
    thrice = make(item(number="1"), Section("2", parts=(item(number="1"), item(number="1 "))))
    assert only(thrice) == "error number-twice: item 1: 3 items have the number `1`"


@pytest.mark.parametrize("number", range(1, 100))
def test_chinese_numbers_read_back(number: int) -> None:
    """Every number from 1 to 99 is read as it is written."""
    assert chinese_number(write_chinese(number)) == number
