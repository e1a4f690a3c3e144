"""What the check of each entry finds: exactly what is odd about its document, and our own points.

Every assumption of an entry is listed, no more and no less; errors stand only where the document
itself has one: a number used twice, and the blanks of a template.
"""

from __future__ import annotations

from collections import Counter

import pytest

from healthduty import catalogue
from healthduty.checks.check import check

EXPECTED: dict[str, dict[str, int]] = {
    # once for −1 of 3 points; 1.2 is judged; points, own rules and open readings
    "township-hospital-targets": {"deductions-short": 1, "points-judged": 1, "assumption": 23},
    # no item nine, no rule for 7 × points, two signatures on 30 February
    "county-safety-2014": {
        "number-gap": 1,
        "points-judged": 7,
        "date-impossible": 2,
        "assumption": 1,
    },
    "deputy-leaders-duty": {"agreement-without-scores": 1},
    "health-bureau-template": {"agreement-without-scores": 1, "assumption": 1},
    "street-centre-2012": {"agreement-without-scores": 1},
    "street-centre-2013": {"number-twice": 1, "agreement-without-scores": 1},
    "hospital-targets-template": {"blank-open": 25, "assumption": 16},
    "school-clinic-posts": {"agreement-without-scores": 1},
    "county-year-report": {"assumption": 19},
    "supervision-coordination": {"points-judged": 1, "assumption": 14},
    "township-duties-2024": {"blank-open": 7, "agreement-without-scores": 1},
    "safety-duties-by-post": {"agreement-without-scores": 1},
    "conduct-duties-2011": {"agreement-without-scores": 1},
    "levels-of-duty": {"agreement-without-scores": 1},
    "city-appearance-duties": {"agreement-without-scores": 1},
    "legal-services-report": {"assumption": 3},
    "weekly-plan": {"assumption": 1},
    "district-year-report": {"assumption": 4},
    "civilised-city-plan": {"assumption": 3},
    "supervision-plan-duties": {"assumption": 4},
}


def test_every_entry_is_expected_here() -> None:
    """A new entry brings what its check finds."""
    assert tuple(EXPECTED) == catalogue.names()


@pytest.mark.parametrize("name", catalogue.names())
def test_the_check_finds_exactly_this(name: str) -> None:
    """The codes, each as often as the document gives cause."""
    assert Counter(check(catalogue.get(name)).codes) == EXPECTED[name]


OPEN_BLANKS = {"hospital-targets-template": 25, "township-duties-2024": 7}


@pytest.mark.parametrize(
    ("name", "errors"),
    [
        (name, OPEN_BLANKS.get(name, int(name == "street-centre-2013")))
        for name in catalogue.names()
    ],
)
def test_errors_are_only_those_of_the_documents(name: str, errors: int) -> None:
    """Whatever can be scored has no error."""
    assert len(check(catalogue.get(name)).errors) == errors


def test_the_impossible_day_and_the_absent_item_are_named() -> None:
    """2014: signed on 30 February, and no item nine between eight and ten."""
    found = {finding.code: finding for finding in check(catalogue.get("county-safety-2014"))}
    assert "`2014-02-30`" in found["date-impossible"].message
    assert found["date-impossible"].place.path == "signatures[1].signed_on"
    assert found["number-gap"].place.item == "十"
    assert "`八`" in found["number-gap"].message


def test_the_number_that_2013_uses_twice_is_named() -> None:
    """Two items are called 1.6."""
    errors = check(catalogue.get("street-centre-2013")).errors
    assert [finding.place.item for finding in errors] == ["1.6"]


def test_a_filled_template_has_no_error_left() -> None:
    """25 numbers, and it is an agreement like any other."""
    template = catalogue.get("hospital-targets-template")
    filled = template.fill(dict.fromkeys(template.blanks(), 90))
    assert not check(filled).errors
