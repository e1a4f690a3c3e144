"""`check` as a whole: nothing on a sound agreement, exactly one thing on each faulty one."""

from __future__ import annotations

import time
from fractions import Fraction

import attrs
import pytest

from checks.faults import COMPANIONS, FAULTS
from checks.making import LOSES, codes, item, make
from checks.sound import SOUND
from healthduty.checks.check import CHECKS, check
from healthduty.checks.codes import CODES
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy
from healthduty.model.grades import GradeScale
from healthduty.model.indicator import Indicator, Section
from healthduty.model.party import Term
from healthduty.rules.condition import Compare, Flag, Level, Not
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL
from healthduty.rules.rule import (
    Band,
    Bands,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
)
from healthduty.rules.tally import Lacking, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple
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
    findings = [finding for each in CHECKS for finding in each(Agreement("空"))]
    assert [finding.code for finding in findings] == ["agreement-without-scores"]


HUGE = Fraction(10**39, 3)
SMALL = Fraction(1, 10**39)
WHATEVER = (
    Deduction(StepsBelow("a", target=ByKind({"x": HUGE}), step=HUGE, relative=True), points=1),
    Deduction(Lacking("a", required=-HUGE, step=HUGE), points=1, when=Level("b", "")),
    Bands("b", "earn", (LevelBand(("",), FULL), Band(1, low=HUGE, high=-HUGE))),
    Bands("a", "lose", (Band(1, low=ByKind({"": 1}), high=Blank("x")), CaseBand(Flag("b"), 0))),
    Curve("c", "add", (Knot(Given("c"), FULL), Knot(Multiple(SMALL, "b"), 0)), above=FULL),
    Group((Group((Judgement("a", "lose", least=9),)),), pick="best", cap=0),
    Forfeit(Not(Not(Compare("b", "=", Multiple(HUGE, "a", plus=-HUGE)))), scope="section"),
)
HOSTILE = (
    Agreement(""),
    Agreement("表", parts=(Section("", parts=(Section("", parts=(Indicator("", points=0),)),)),)),
    Agreement("表", grades=GradeScale(()), funding=(FundingPolicy("", tiers=()),)),
    Agreement("表", rules=Deduction(StepsBelow("a", target=HUGE, step=SMALL), points=1)),
    Agreement(
        "表",
        measures=(Measure("a", unit="%"), Measure("b", levels=("",)), Measure("a", kind="flag")),
        parts=(Indicator("1", points="0.1", rules=WHATEVER), Section("2", rules=WHATEVER)),
        rules=WHATEVER,
        cap=0,
        floor=None,
        term=Term("昨天", "2024-01-01"),
        year=-1,
    ),
)


@pytest.mark.parametrize("agreement", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_can_be_written_stops_a_check(agreement: Agreement) -> None:
    """Empty, endless and contradictory agreements are found faulty, never raised over."""
    findings = check(agreement)
    assert findings
    assert all(finding.code in CODES for finding in findings)
    assert "nesting-depth" not in findings.codes


def test_a_large_agreement_is_checked_in_seconds() -> None:
    """A thousand items over a thousand measures: every check stays near linear."""
    measures = tuple(Measure(f"m{number}", f"指标{number}", unit="%") for number in range(1000))
    items = tuple(
        Indicator(
            f"{number + 1}",
            points=18,
            rules=Deduction(StepsBelow(measure, target=90, step=5), points=1),
        )
        for number, measure in enumerate(measures)
    )
    start = time.perf_counter()
    assert str(check(Agreement("表", measures=measures, parts=items))) == "no findings"
    assert time.perf_counter() - start < 30
