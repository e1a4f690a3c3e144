"""What was read and still asks for a second look: each doubt that is due, and few others."""

from __future__ import annotations

import pytest

from clauses import all_cases
from clauses.judging import faults_of, read_case
from clauses.missed import missed
from healthduty.clauses.clause import read_clause
from healthduty.clauses.reading import ClauseReading
from healthduty.findings import Severity
from healthduty.said import in_language


def doubts(reading: ClauseReading) -> list[str]:
    """Return what the doubts of a reading say."""
    return [str(f.message) for f in reading.findings if f.code == "clause-doubt"]


DOUBTFUL = {
    # words that no name has
    "配合征兵，动员青年入伍，每出兵1例加0.5分": "nothing was made of",
    "发生重大事故实行一票否决（因不可抗力除外）": "an exception",
    # names
    "每次扣1分": "does not say what is counted",
    "发现一次不规范扣1分": "does not say what is counted",
    "未开展的扣2分": "and not with what",
    "A药、B药使用率≤10%，每高1%扣1分": "one name for several quantities",
    "病案质控，医师每周至少2次，每少一次扣1分": "who, and not what",
    "疗效分级≥2的患者登记率达90%，每低1%扣1分": "nothing was made of",
    "水质≥Ⅲ类得30分": "a comparison in it",
    # rules
    "没有按乡编制、配变、线路没有按村编制，各扣1分": "a list within a list",
    "未建设备制度扣3分；制度不完善的扣1分；未建器具制度扣3分；制度不完善的扣1分": "a second time",
    "优：完成率≥95%；良：75%≤完成率＜95%；差：完成率＜75%": "several bounds for one quantity",
}


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_hardly_can_be_meant_is_doubted(text: str) -> None:
    """Each of these is read, and its reading is not to be trusted."""
    reading = read_clause(text)
    told = [*doubts(reading), *(str(f.message) for f in reading.findings.errors)]
    assert any(DOUBTFUL[text] in doubt for doubt in told), told


def test_more_points_than_the_item_has_are_doubted() -> None:
    """A single case can't cost more than there is."""
    assert any("more points" in doubt for doubt in doubts(read_clause("迟报扣5分", points=2)))
    assert not doubts(read_clause("迟报扣2分", points=2))


def test_a_second_requirement_of_the_same_unit_is_doubted() -> None:
    """少1种 after two requirements of 种 may be about both."""
    asked = "折页内容不少于12种；播放视频资料不少于6种，按月更换"
    reading = read_clause("视频齐全得9分；少1种扣0.5分", requirement=asked)
    assert any("asked for as well" in doubt for doubt in doubts(reading)) or len(reading.rules) > 1


def test_points_without_any_rule_are_doubted() -> None:
    """Text that scores in words which nobody knows."""
    assert "no rule was read" in doubts(read_clause("首页空白判乙级", points=5))[0]


def test_a_doubt_blocks_nothing_and_speaks_both_languages() -> None:
    """It is a warning, with the same words of the text in both."""
    finding = next(f for f in read_clause("每次扣1分").findings if f.code == "clause-doubt")
    assert finding.severity is Severity.WARNING
    assert in_language(finding.message, "zh") == "`每次扣1分`：名称没有说明计的是什么"


def test_few_readings_that_are_right_are_doubted() -> None:
    """Of the cases that are read as stated, at most one in sixteen."""
    right = [case for case in all_cases() if not missed(case.text)]
    readings = [(case, read_case(case)) for case in right]
    doubted = [case.text for case, reading in readings if doubts(reading)]
    assert not any(faults_of(case, reading) for case, reading in readings[:50])
    assert len(doubted) * 16 <= len(right), doubted
