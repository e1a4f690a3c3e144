"""Numbers that scans and bad prints have damaged: mended where one thing alone can be meant."""

from __future__ import annotations

import pytest

from healthduty.clauses.clause import read_clause
from healthduty.clauses.text.folding import fold
from healthduty.clauses.text.misprints import mended
from healthduty.rules.condition import Flag
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Once

MENDED = {
    "扣O.5分": "扣0.5分",
    "每少I个": "每少1个",
    "每低l0%": "每低10%",
    "合格率8O%以上": "合格率80%以上",
    "满意度测评N90%": "满意度测评≥90%",
    "感染率W3%": "感染率≤3%",
    "知晓率280%": "知晓率≥80%",
    "扣0一5分": "扣0-5分",
    "扣0，5分": "扣0.5分",
}

LEFT_ALONE = (
    "I类切口感染率≤0.5%",
    "O型血储备不足",
    "IC卡发放率≥90%",
    "N95口罩缺1个",
    "收入增长率280%",
    "增幅250%",
    "完成率200%",
    "一年一次",
    "分别扣5、3分",
    "XRD检查",
)


@pytest.mark.parametrize("text", MENDED)
def test_what_can_only_be_one_number_is_mended(text: str) -> None:
    """Each character keeps its place."""
    assert mended(text)[0] == MENDED[text]
    assert len(mended(text)[0]) == len(text)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_may_well_be_meant_is_left_alone(text: str) -> None:
    """Letters in names stay, and rates that may pass 100 %."""
    assert mended(text) == (text, frozenset())


def test_a_lost_dash_between_two_numbers_is_put_back() -> None:
    """Thousands that are apart stay together."""
    assert fold("每 15 30 分钟").folded == "每15-30分钟"
    assert fold("10 000元").folded == "10000元"


def test_what_was_mended_is_said_by_the_rule_or_by_a_finding() -> None:
    """Also where it stands in the requirement's cell, and nothing unread is hidden by that."""
    rule = read_clause("无记录扣05分").rules[0]
    assert rule.assumption is not None
    asked = read_clause("每低1%扣1分，另见7", requirement="签约率280%")
    assert "clause-assumed" in asked.findings.codes
    assert "clause-unread" in asked.findings.codes


def test_a_zero_before_another_digit_is_a_lost_point_before_points_and_rates_only() -> None:
    """05 before anything else is no number that could be told."""
    assert read_clause("未公示扣025分").rules == (Deduction(Once(Flag("未公示")), points="0.25"),)
    assert not read_clause("每少05次扣1分", requirement="培训4次").rules
