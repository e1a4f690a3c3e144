"""Dates, years, parties, duties, and what an agreement replaces."""

from __future__ import annotations

from typing import Any

import pytest

from checks.faults import FAULTS
from checks.making import codes, item, make, only
from healthduty.checks.check import check
from healthduty.model.agreement import Supersedes
from healthduty.model.obligation import Obligation
from healthduty.model.party import Party, ResponsiblePerson, Signature, Term

STATION = (Party("station"),)


def signed(day: str) -> tuple[Signature, ...]:
    """Return the station's signature of a day."""
    return (Signature("station", signed_on=day),)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"term": Term("2024-01-01", "2024-12-31")}, []),
        ({"term": Term("2024-01-01", "2024-01-01")}, []),
        ({"term": Term("2024-02-30", "2024-01-01")}, ["date-impossible"]),
        ({"term": Term("2024-02-30", "年底")}, ["date-impossible"] * 2),
        ({"term": Term("2024-01-01", until_successor=True)}, []),
        (
            {"responsible": (ResponsiblePerson("院长", since="2024-05-01", until="2024-01-01"),)},
            ["dates-reversed"],
        ),
        ({"responsible": (ResponsiblePerson("院长", since="2024-13-01"),)}, ["date-impossible"]),
        ({"responsible": (ResponsiblePerson("院长", until="2024-04-31"),)}, ["date-impossible"]),
        ({"obligations": (Obligation("plan", due="2024-02-30"),)}, ["date-impossible"]),
        ({"obligations": (Obligation("plan", due="2024-02-29"),)}, []),
        # the year and the term
        ({"year": 2024, "term": Term("2023-11-01", "2024-10-31")}, []),
        ({"year": 2022, "term": Term("2023-11-01", "2024-10-31")}, ["year-term"]),
        ({"year": 2025, "term": Term("2023-11-01", "2024-10-31")}, ["year-term"]),
        ({"year": 2024, "term": Term("2023-11-01")}, []),
        ({"year": 2022, "term": Term("2023-11-01", until_successor=True)}, ["year-term"]),
        ({"year": 2025, "term": Term(None, "2024-10-31")}, ["year-term"]),
        ({"year": 2024, "term": Term("2024-12-31", "2023-01-01")}, ["dates-reversed"]),
        # the year and the signatures
        ({"year": 2024, "parties": STATION, "signatures": signed("2024-03-01")}, []),
        ({"year": 2024, "parties": STATION, "signatures": signed("2023-12-20")}, []),
        (
            {"year": 2024, "parties": STATION, "signatures": signed("2023-06-30")},
            ["year-signature"],
        ),
        (
            {"year": 2024, "parties": STATION, "signatures": signed("2025-01-02")},
            ["year-signature"],
        ),
        (
            {"year": 2024, "parties": STATION, "signatures": signed("2022-12-20")},
            ["year-signature"],
        ),
        ({"parties": STATION, "signatures": signed("1999-12-20")}, []),
        (
            {
                "year": 2024,
                "term": Term("2024-01-01", "2024-12-31"),
                "parties": STATION,
                "signatures": signed("2025-02-01"),
            },
            ["signed-after-term"],
        ),
        # what it replaces
        ({"year": 2024, "supersedes": Supersedes("示例目标责任书", 2023)}, []),
        ({"year": 2024, "supersedes": Supersedes("另一责任书", 2024)}, []),
        ({"year": 2024, "version": "2", "supersedes": Supersedes("示例目标责任书", 2024)}, []),
        (
            {"year": 2024, "version": "2", "supersedes": Supersedes("示例目标责任书", 2024, "2")},
            ["supersedes-itself"],
        ),
        ({"supersedes": Supersedes("示例目标责任书")}, ["supersedes-itself"]),
        ({"supersedes": Supersedes("示例目标责任书", 2025)}, []),
        # parties
        ({"parties": (Party("a"), Party("b", parent="a"))}, []),
        ({"parties": (Party("b", parent="a"),)}, ["party-unknown"]),
        ({"parties": (Party("a", parent="a"),)}, ["party-loop"]),
        (
            {"parties": (Party("a", parent="b"), Party("b", parent="c"), Party("c", parent="b"))},
            ["party-loop"],
        ),
        ({"responsible": (ResponsiblePerson("院长", party="x"),)}, ["party-unknown"]),
        ({"obligations": (Obligation("plan", party="x"),)}, ["party-unknown"]),
        ({"signatures": (Signature(""),)}, []),
        # duties
        ({"responsible": (ResponsiblePerson("院长", items=("1",)),)}, []),
        ({"obligations": (Obligation("a"), Obligation("b", within=0))}, []),
        ({"obligations": (Obligation("a", within=-1),)}, ["obligation-impossible"]),
        ({"obligations": (Obligation("a", times="-0.5"),)}, ["obligation-impossible"]),
    ],
)
def test_the_document_around_the_points(fields: dict[str, Any], expected: list[str]) -> None:
    """What is usual passes; what contradicts itself is found."""
    assert codes(make(item(), **fields)) == expected


def test_a_superseding_loop_of_three() -> None:
    """A circle of parties is found once, as it runs."""
    parties = (Party("a", parent="b"), Party("b", parent="c"), Party("c", parent="a"))
    assert only(make(item(), parties=parties)).endswith("`a` → `b` → `c` → `a`")


def test_the_message_names_both_days() -> None:
    """Whoever reads the finding need not look the dates up."""
    (finding,) = check(FAULTS["signed-after-term"])
    assert finding.message == "signed on 2025-02-01, after the term ended on 2024-12-31"
    (finding,) = check(make(item(), year=2022, term=Term("2023-01-01")))
    assert finding.message == "the agreement is for 2022, its term is 2023-01-01 to open"
