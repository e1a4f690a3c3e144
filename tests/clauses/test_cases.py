"""Each clause is read as its case states; what is known to be missed is listed, with its reason."""

from __future__ import annotations

import attrs
import pytest

from clauses import FILES, cases_of
from clauses.cases import ClauseCase
from clauses.judging import faults_of, read_case
from clauses.missed import MISSED, missed

CASES = [(name, case) for name in FILES for case in cases_of(name)]


@pytest.mark.parametrize(
    ("name", "case"), CASES, ids=[f"{name}-{case.text[:24]}" for name, case in CASES]
)
def test_a_clause_is_read_as_its_case_states(name: str, case: ClauseCase) -> None:
    """Rules, targets, parts, vetoes and points; and a finding where one is due."""
    found = faults_of(case, read_case(case))
    if missed(case.text):
        assert found, f"{name}: read now, take it off the list of what is missed"
    else:
        assert not found


@pytest.mark.parametrize("name", FILES)
def test_a_scoring_columns_heading_leaves_parts_and_bands_as_they_are(name: str) -> None:
    """扣分标准 stands over what is earned, too: only a fault's points get their verb from it."""
    for case in cases_of(name):
        if not case.heading:
            alone = read_case(case)
            for heading in ("评分标准", "扣分标准"):
                headed = read_case(attrs.evolve(case, heading=heading))
                same = (headed.rules, headed.parts, headed.targets, headed.vetoes)
                assert same == (alone.rules, alone.parts, alone.targets, alone.vetoes), case.text


def test_no_text_has_two_cases() -> None:
    """Each text stands once, with one requirement, one heading and one number of points."""
    keys = [(case.text, case.requirement, case.heading, case.points) for _, case in CASES]
    assert len(keys) == len(set(keys))


def test_what_is_missed_is_a_case() -> None:
    """Each entry of the list is how a case begins."""
    texts = [case.text for _, case in CASES]
    assert all(any(text.startswith(begins) for text in texts) for begins in MISSED)
