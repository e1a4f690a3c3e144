"""What the library says about the user's data, it says in Chinese too.

Every finding that the other tests bring about must be said in both languages, with the same
names, numbers and quoted texts: a translation that loses one of them says something else.

Source: semantics 11 and 12; whoever fills in the data is a bureau's analyst.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checks.test_codes import FILES, MADE, TEXTS, VALUES, YEARLY, example, finding_of
from checks.faults import FAULTS
from healthduty.checks.check import check
from healthduty.checks.codes import CODES
from healthduty.errors import SourceError
from healthduty.findings import Finding
from healthduty.records.reading import read_records
from healthduty.said import Said, chinese
from records.test_bad_data import AGREEMENT
from records.test_bad_data import FILES as BROKEN
from scoring.faults import SCORED

OWN_WORDS = frozenset({"assumption"})
"""The agreement's own words, in the language in which it was written."""

_QUOTED = re.compile(r"`([^`]*)`")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,}")


def faults_of_translation(text: str) -> list[str]:
    """Return what is wrong with a message's or a hint's Chinese."""
    if not isinstance(text, Said):
        return [f"not said in Chinese: {text}"]
    zh = chinese(text)
    lost = [quoted for quoted in _QUOTED.findall(text) if quoted not in zh]
    plain = _QUOTED.sub("", text)
    lost += [number for number in _NUMBER.findall(plain) if number not in zh]
    if lost:
        return [f"{zh} has not {lost} of {text}"]
    return [f"English in {zh}"] if _ENGLISH.search(_QUOTED.sub("", zh)) else []


def faults(finding: Finding) -> list[str]:
    """Return what is wrong with a finding's Chinese."""
    if finding.code in OWN_WORDS:
        return []
    texts = [finding.message, *([finding.hint] if finding.hint else [])]
    return [f"{finding.code}: {fault}" for text in texts for fault in faults_of_translation(text)]


@pytest.mark.parametrize("code", [*FAULTS, *VALUES, *FILES, *SCORED, *TEXTS, *MADE])
def test_every_code_is_said_in_chinese(code: str) -> None:
    """The smallest fault of each code."""
    assert faults(finding_of(code)) == []


@pytest.mark.parametrize("code", YEARLY)
def test_what_the_year_finds_is_said_in_chinese(code: str) -> None:
    """Duties, phases, money, the cascade."""
    assert faults(example(code)) == []


@pytest.mark.parametrize("code", FAULTS)
def test_all_that_a_broken_agreement_has_is_said_in_chinese(code: str) -> None:
    """Also what a check finds beside the fault that it was made for."""
    assert [fault for finding in check(FAULTS[code]) for fault in faults(finding)] == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_what_is_wrong_with_a_data_file_is_said_in_chinese(path: Path) -> None:
    """Each of the broken files, with all that is said about it."""
    try:
        findings = list(read_records(path, AGREEMENT).findings)
    except SourceError as error:
        findings = [each for each in error.findings if isinstance(each, Finding)]
    assert [fault for finding in findings for fault in faults(finding)] == []


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_chinese_title(code: str) -> None:
    """Sheets name a finding by it."""
    assert re.search("[一-鿿]", CODES[code].title)


def test_a_translation_that_loses_a_number_or_a_name_is_found() -> None:
    """The law can fail."""
    text = Said("`a` of 5 points", "`a`的分")
    assert faults_of_translation(text) == ["`a`的分 has not ['5'] of `a` of 5 points"]
    assert faults_of_translation("plain") == ["not said in Chinese: plain"]
    assert faults_of_translation(Said("no value", "no value here")) != []
