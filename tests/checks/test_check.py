"""`check` as a whole: nothing on a sound agreement, exactly one thing on each faulty one."""

from __future__ import annotations

import attrs
import pytest

from checks.faults import COMPANIONS, FAULTS
from checks.making import LOSES, codes, item, make
from checks.sound import SOUND
from healthduty.checks.check import CHECKS, check
from healthduty.checks.codes import CODES
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.sources import Citation


def test_a_sound_agreement_has_no_findings() -> None:
    """Every kind of rule, veto, grade, tier and date, and nothing to remark on."""
    assert str(check(SOUND)) == "no findings"


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_found_and_nothing_else(code: str) -> None:
    """The smallest agreement with a fault has exactly this finding."""
    assert codes(FAULTS[code]) == [*COMPANIONS.get(code, []), code]


@pytest.mark.parametrize("code", FAULTS)
def test_a_finding_says_what_where_and_how_bad(code: str) -> None:
    """A finding has its code's severity and a sentence; all but a few have a place."""
    finding = next(each for each in check(FAULTS[code]) if each.code == code)
    assert finding.severity is CODES[code].severity
    assert not finding.message.endswith(".")
    whole = {
        "sum-total",
        "sum-bonus",
        "bonus-unbounded",
        "agreement-without-scores",
        "deductions-without-points",
        "forfeit-of-total",
        "nesting-depth",
    }
    assert bool(str(finding.place)) == (code not in whole)


def test_a_finding_about_a_rule_carries_its_citation() -> None:
    """An official who asks who says so gets the clause."""
    citation = Citation("县责任书", article="第三条", text="每超1%扣1分")
    never = attrs.evolve(FAULTS["rule-never"].item("1").rules[1], citation=citation)
    (finding,) = check(make(item(LOSES, never)))
    assert finding.citation is citation


def test_the_same_finding_is_said_once() -> None:
    """Two equal rules with the same fault in one item are one finding."""
    never = FAULTS["rule-never"].item("1").rules[1]
    assert codes(make(item(LOSES, never, never))) == ["rule-never"]


def test_what_is_no_agreement_is_refused() -> None:
    """A wrong call raises; only data are found."""
    with pytest.raises(UsageError, match="check takes an agreement, not a `str`"):
        check("目标责任书")  # type: ignore[arg-type]


def test_each_check_is_a_plain_function() -> None:
    """Every check can be run alone, and is in the list once."""
    assert len(set(CHECKS)) == len(CHECKS)
    assert all(
        list(each(Agreement("空"))) == [] for each in CHECKS if each.__name__ != "check_scores"
    )
