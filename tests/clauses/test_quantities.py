"""Quantities: names out of words, and the measures behind them."""

from __future__ import annotations

import pytest

from healthduty.clauses.clause import read_clause
from healthduty.clauses.names.quantities import Quantities, kind_of, name_of, only_leads
from healthduty.rules.measure import Measure, MeasureKind


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("确保患者满意度", "患者满意度"),
        ("年内开展病人问卷调查", "病人问卷调查"),
        ("满意率应", "满意率"),
        ("完成率", "完成率"),
        ("组织管理", "组织管理"),
        ("其中", ""),
        ("情况", ""),
    ],
)
def test_a_name_is_the_words_without_what_ties_them(words: str, name: str) -> None:
    """What leads up to a quantity and what trails behind it is no part of its name."""
    assert name_of(words) == name


def test_words_that_only_lead_up_name_nothing() -> None:
    """年内 and 至少召开 wait for the words behind the number."""
    assert only_leads("年内至少召开")
    assert not only_leads("年内会议")


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("满意率", "%", MeasureKind.RATE),
        ("任务完成率", "%", MeasureKind.COMPLETION),
        ("门诊人次增长率", "%", MeasureKind.GROWTH),
        ("培训", "次", MeasureKind.COUNT),
        ("收入", "万元", MeasureKind.AMOUNT),
    ],
)
def test_a_unit_and_a_name_say_what_sort_of_measure_it_is(
    name: str, unit: str, kind: MeasureKind
) -> None:
    """Completion may pass 100 %, growth may fall below 0: the name tells."""
    assert kind_of(name, unit) is kind


def test_measures_that_are_handed_over_are_found_by_code_and_by_name() -> None:
    """A clause that says 满意率 is about the measure that the agreement calls so."""
    given = Measure("satisfaction", "患者满意率", unit="%")
    quantities = Quantities([given])
    assert quantities.measure("患者满意率", None, "%") is given
    assert quantities.measure("satisfaction", None, "%") is given


def test_those_of_other_items_are_found_by_their_whole_name_alone() -> None:
    """管理率 is 健康管理率 where that was handed over, and not where another item has it."""
    measure = Measure("健康管理率", unit="%")
    assert Quantities([measure]).measure("管理率", unit="%") is measure
    elsewhere = Quantities(known=[measure])
    assert elsewhere.measure("管理率", unit="%").code == "管理率"
    assert elsewhere.measure("健康管理率", unit="%") is measure


def test_of_several_that_fit_the_longest_common_name_wins() -> None:
    """糖尿病患者规范管理率 is about that rate, not about any 管理率."""
    short = Measure("a", "管理率", unit="%")
    long = Measure("b", "糖尿病患者规范管理率", unit="%")
    assert Quantities([short, long]).measure("糖尿病患者规范管理率考核", None, "%") is long


def test_a_flag_is_never_found_by_half_its_words() -> None:
    """未公示价格 is another fact than 未公示."""
    given = Measure("x", "未公示价格", kind=MeasureKind.FLAG)
    assert Quantities([given]).measure("未公示", MeasureKind.FLAG).code == "未公示"


def test_a_name_that_is_taken_by_another_sort_gets_its_unit() -> None:
    """A rate and cases of one name are two measures."""
    quantities = Quantities()
    quantities.measure("报告", None, "%")
    assert quantities.measure("报告", MeasureKind.CASES, "例").code == "报告例数"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("平均住院日≤9天，每超1天扣1分", "amount"),
        ("CMI值不低于1.05", "amount"),
        ("每千人口医师数不低于2.5人", "amount"),
        ("抗菌药物使用强度不超过40DDDs，每超1个DDDs扣0.2分", "amount"),
        ("急救反应时间不超过15分钟，每超1分钟扣1分", "amount"),
        ("出生人口性别比控制在110以内，每超1扣1分", "amount"),
        ("报告发放控制在3天以内，每超0.5天扣1分", "amount"),
        ("业务培训不少于2天，每少1天扣1分", "count"),
        ("每年召开会议4次，每少1次扣0.5分", "count"),
    ],
)
def test_what_has_decimals_is_no_count(text: str, kind: str) -> None:
    """A count is whole: an average, an index, a length of time with decimals would be refused."""
    [measure] = read_clause(text).measures
    assert measure.kind.value == kind
