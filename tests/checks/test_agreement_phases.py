"""Phases in an agreement: kept, checked, compared, said in Word; they move no point."""

from __future__ import annotations

import attrs
import pytest

import healthduty as hd
from healthduty.convert.digest import digest
from healthduty.results.agreements import diff
from healthduty.word.articles import articles_of

PLAN = (
    hd.Phase("部署", last="2024-03-31"),
    hd.Phase("推进", "2024-04-01", "2024-11-30"),
    hd.Phase("总结", "2024-12-01", "2024-12-30"),
)
AGREEMENT = hd.Agreement("示例", year=2024, phases=PLAN)


def told(agreement: hd.Agreement) -> list[str]:
    """Return what the check says of phases."""
    return [str(each) for each in hd.check(agreement) if each.code.startswith("phase-")]


def test_a_gap_is_found_in_the_calendar_year() -> None:
    """D1: the 31st of December is in no phase."""
    assert told(AGREEMENT) == ["warning phase-gap: phases: 2024-12-31 is in no phase"]


def test_the_term_goes_before_the_year() -> None:
    """An agreement to 30 December has no gap."""
    assert told(attrs.evolve(AGREEMENT, term=hd.Term("2024-01-01", "2024-12-30"))) == []


def test_without_a_term_the_phases_bound_themselves() -> None:
    """What lies between them is looked at all the same; nothing can lie outside."""
    phases = (
        hd.Phase("一", "2024-01-01", "2024-01-31"),
        hd.Phase("二", "2024-03-01", "2024-03-31"),
    )
    found = told(hd.Agreement("示例", phases=phases))
    assert found == ["warning phase-gap: phases: 2024-02-01 to 2024-02-29 is in no phase"]
    assert told(hd.Agreement("示例", phases=(hd.Phase("一"), hd.Phase("二")))) == []


@pytest.mark.parametrize(
    ("phase", "code"),
    [
        (hd.Phase("三", "2024-02-30"), "phase-undated"),
        (hd.Phase("三", last="9999-12-31"), "phase-undated"),
        (hd.Phase("三", "2024-05-01", "2024-04-01"), "phase-backwards"),
        (hd.Phase("三", "2025-01-01", "2025-01-31"), "phase-outside"),
        (hd.Phase("三", "2024-01-01", "2024-01-01"), "phase-overlap"),
    ],
)
def test_each_fault_of_a_phase_is_found(phase: hd.Phase, code: str) -> None:
    """All of them at once, beside the gap."""
    agreement = attrs.evolve(AGREEMENT, phases=(*PLAN, phase))
    codes = [each.code for each in hd.check(agreement)]
    assert {code, "phase-gap"} <= set(codes)


@pytest.mark.parametrize("year", [-1, 0, 9999, 10**9])
def test_a_year_that_no_calendar_has_is_no_term(year: int) -> None:
    """The check goes on; another finding says what is odd about the year."""
    assert hd.Agreement("示例", year=year).days is None
    hd.check(attrs.evolve(AGREEMENT, year=year))


def test_phases_are_kept_in_the_file() -> None:
    """A day that the calendar does not have stays as it was written."""
    odd = attrs.evolve(AGREEMENT, phases=(hd.Phase("一", "2024-02-30"), hd.Phase("二")))
    for agreement in (AGREEMENT, odd):
        assert hd.loads(hd.dumps(agreement)) == agreement
    assert "phases" not in hd.dumps(hd.Agreement("示例"))


def test_they_move_the_digest_and_no_other() -> None:
    """Who agrees on phases has another agreement; who does not, the one that there was."""
    assert digest(AGREEMENT) != digest(attrs.evolve(AGREEMENT, phases=()))
    assert '"phases"' not in hd.dumps(attrs.evolve(AGREEMENT, phases=()))


def test_two_versions_are_compared_by_their_phases() -> None:
    """A phase is known again by its name."""
    longer = attrs.evolve(PLAN[2], last="2024-12-31")
    after = attrs.evolve(AGREEMENT, phases=(*PLAN[:2], longer, hd.Phase("验收")))
    lines = [remark.text or remark.label for remark in diff(AGREEMENT, after).remarks("zh")]
    assert any("2024-12-30" in line and "2024-12-31" in line for line in lines)
    kinds = {remark.kind for remark in diff(AGREEMENT, after).remarks("zh")}
    assert kinds == {"阶段"}


def test_the_word_file_says_them() -> None:
    """In order, each with its days."""
    text = "".join(words.text for words in articles_of(AGREEMENT))
    assert "第一阶段：部署（至2024年3月31日止）；第二阶段：推进（自2024年4月1日起至" in text
