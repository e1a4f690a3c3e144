"""Words that change what a score is: each shows in a rule, or is told in both languages."""

from __future__ import annotations

import re

import pytest

from healthduty.clauses.clause import read_clause
from healthduty.clauses.reading import ClauseReading
from healthduty.clauses.second_look.operators import KINDS, OPERATORS
from healthduty.findings import Finding
from healthduty.said import in_language

TOLD = {
    # a word, and a clause in which no rule has it
    "依次": "迟报每次扣1分，后续单位依次下调",
    "递减": "中心得8分，站点在此基础上递减",
    "翻番": "漏登每例扣0.2分，重点人群扣分翻番",
    "减半": "误诊每例扣2分，主动讨论的减半扣分",
    "累加": "缺页扣1分，缺签名扣1分，累加",
    "相加": "缺岗每次扣1分，两个科室的得分相加",
    "抵扣": "投诉每起扣2分，获表扬的可抵扣1分",
    "冲抵": "投诉每起扣2分，年终可用加分冲抵",
    "平均": "脱岗每次扣1分，取各季度平均分",
    "权重": "脱岗每次扣1分，权重为30%",
    "四舍五入": "脱岗每次扣1分，四舍五入",
    "只": "两个专科中只建成一个的得2分",
    "任何": "任何一个班组未交接扣1分",
    "任": "任一病区未查房扣1分",
    "减免": "脱岗每次扣1分，情节轻微的予以减免",
    "豁免": "脱岗每次扣1分，急诊科豁免",
    "视同": "早退视同旷工，旷工每次扣2分",
    "视为": "旷工每次扣2分，未请假视为旷工",
    "等同": "旷工每次扣2分，早退等同旷工",
    "顶格": "脱岗每次扣1分，屡教不改的顶格处理",
    "单独": "脱岗、早退同时存在的扣3分，单独存在的扣1分",
    "占": "年终考核县级占70%、乡级占30%，漏报每例扣1分",
    "分摊": "脱岗每次扣1分，由两个科室分摊",
    "初次": "初次发现责令改正，再次发现扣2分",
    "加倍": "错登1例扣0.1分，属于慢病患者的加倍扣分",
    "该份": "抽查5份病历，签名系伪造的，该份病历不得分",
    "保底": "保底1分，每缺一份扣0.5分",
    "第3例": "自第3例起每例扣2分",
    "获省级": "获国家级表彰加4分，获省级表彰的减半",
    "以后": "第一季度未报扣1分，以后每季度未报加扣1分",
    "折算": "完成率90%得5分，不足的按实际完成率折算",
    "退出": "综合考核进入前10名加2分，退出前10名扣2分",
    "每": "医师签名未覆盖到每一页的扣1分",
}

SHOWN = (
    "排名第1至3名的依次得6分、4分、2分",
    "前三名依次加3、2、1分",
    "迟报扣1分，瞒报加倍扣分",
    "首诊推诿扣2分，造成后果的双倍扣分",
    "任一指标每低2%扣1分",
    "平均住院日不超过9天，每超1天扣1分",
    "医药费用减免政策未公示扣1分",
    "出院患者平均费用低于8000元得3分",
    "防汛物资储备逐年递减的扣1分",
    "处方比例每超1个百分点扣0.2分",
    "获市级表彰加1分，获省级表彰加2分，取最高分，不累加",
    "未设权重指标库扣1分",
    "值班医师3名以上得3分，仅1名得1分，0名得0分",
    "漏登每例扣0.5分，按月通报",
    "护理并发症登记不全扣1分",
    "按时完成得3分，未完成的不得分",
    "超标的每超1个百分点扣1分，超过部分不足1个百分点的不扣分",
)


def warnings(reading: ClauseReading) -> list[Finding]:
    """Return what is told of a reading, its assumptions apart."""
    return [f for f in reading.findings if f.code != "clause-assumed"]


@pytest.mark.parametrize("word", TOLD)
def test_a_word_that_no_rule_has_is_told_at_its_place(word: str) -> None:
    """A finding lies over the word, and says so in Chinese as well."""
    text = TOLD[word]
    at = text.index(word)
    found = [
        finding
        for finding in warnings(read_clause(text))
        if finding.citation is not None
        and (span := finding.citation.span) is not None
        and span.start <= at < span.end
    ]
    assert found, [str(f.message) for f in warnings(read_clause(text))]
    assert all(in_language(f.message, "zh") != str(f.message) for f in found)


@pytest.mark.parametrize("text", SHOWN)
def test_a_word_that_a_rule_has_or_a_name_needs_is_not_told(text: str) -> None:
    """No finding says that an operator shows in no rule."""
    messages = [str(finding.message) for finding in read_clause(text).findings]
    assert not any("shows in no rule" in message for message in messages), messages


def test_each_line_says_in_both_languages_what_it_changes() -> None:
    """Without Chinese it could not be shown; with a group of its own it would be another line."""
    said = [operator.changes for operator in OPERATORS] + [changes for changes, _ in KINDS.values()]
    assert all(each.zh != str(each) for each in said)
    assert not any(re.compile(operator.words).groups for operator in OPERATORS)


OVERLAPS = {
    "漏报每例扣1分，其中死亡病例每例扣3分": "as well",
    "未建档每人扣0.5分，孕产妇未建档每人扣1分": "as well",
    "逾期三天以内每天扣0.5分，三天以上每天扣1分": "a bound",
    "第二次考核不合格扣3分": "further times",
    "漏报每例扣1分，非工作日漏报每例扣2分": "",
    "漏报每例扣1分，迟报每例扣0.5分": "",
}


@pytest.mark.parametrize("text", OVERLAPS)
def test_cases_that_two_rules_count_are_told(text: str) -> None:
    """The second rule takes some of what the first takes, and the words don't say whether both."""
    told = [str(finding.message) for finding in warnings(read_clause(text))]
    expected = OVERLAPS[text]
    if expected:
        assert any(expected in message for message in told), told
    else:
        assert not told


EXEMPT = {
    "脱岗每次扣1分，已经整改的不扣分": True,
    "脱岗每次扣1分，有正当理由的不扣分": True,
    "脱岗每次扣1分，未发生的不扣分": False,
    "年报完成率达到95%不扣分，每降低1%扣1分": False,
}


@pytest.mark.parametrize("text", EXEMPT)
def test_who_is_let_off_behind_a_rule_is_told(text: str) -> None:
    """已经整改的不扣分 takes cases out of the rule; 未发生的不扣分 says only that all is well."""
    told = any("exemption" in str(f.message) for f in warnings(read_clause(text)))
    assert told is EXEMPT[text]
