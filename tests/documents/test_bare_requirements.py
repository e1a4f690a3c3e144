"""A requirement that is one bound is the target of the item that stands beside it."""

from __future__ import annotations

import pytest

import healthduty as hd

HEAD = "指标\t要求\t分值\t评分标准\n"


@pytest.mark.parametrize(
    ("row", "measure", "written"),
    [
        (
            "患者满意度\t≥90%\t10\t每低1%扣1分",
            ("患者满意度", "%"),
            "患者满意度达到90%以上，每低1个百分点扣1分",
        ),
        (
            "无偿献血\t全年2300袋\t10\t每低目标值的5%扣1分",
            ("无偿献血", "袋"),
            "无偿献血达到2300袋以上，每低目标值的5%扣1分",
        ),
        (
            "差错率\t控制在3‰以内\t5\t每高1‰扣1分",
            ("差错率", "‰"),
            "差错率不超过3‰，每超1个千分点扣1分",
        ),
        (
            "患者满意度\t门诊满意率≥90%\t10\t每低1%扣1分",
            ("门诊满意率", "%"),
            "门诊满意率达到90%以上",
        ),
        (
            "病床使用率\t85%-93%\t5\t每偏离1%扣0.2分",
            ("病床使用率", "%"),
            "病床使用率不超过93%，每超1个百分点扣0.2分",
        ),
        (
            "手术台次\t同比增长10%\t5\t每少1个百分点扣0.5分",
            ("手术台次同比增长", "%"),
            "手术台次同比增长达到10%以上，每低1个百分点扣0.5分",
        ),
        (
            "微创手术占比\t逐步提高\t4\t较上年每下降1个百分点扣0.5分",
            ("微创手术占比", "%"),
            "微创手术占比达到上年微创手术占比以上，每低1个百分点扣0.5分",
        ),
        (
            "31天内再入院率\t≤2%\t3\t每高1个百分点扣0.3分",
            ("31天内再入院率", "%"),
            "31天内再入院率不超过2%，每超1个百分点扣0.3分",
        ),
        ("CMI值\t0.95\t3\t每低0.01扣0.5分", ("CMI值", ""), "CMI值达到0.95以上，每低0.01扣0.5分"),
    ],
)
def test_the_item_says_what_the_bound_is_of(
    row: str, measure: tuple[str, str], written: str
) -> None:
    """The name is the item's, unless the requirement has one of its own; nothing is doubted."""
    reading = hd.read_agreement(f"示例责任书\n{HEAD}{row}\n")
    assert [(each.code, each.unit) for each in reading.agreement.measures] == [measure]
    assert {finding.code for finding in reading.findings} <= {"clause-assumed"}
    (item,) = reading.agreement.parts
    assert isinstance(item, hd.Indicator)
    assert written in hd.write_clause(item.rules, measures=reading.agreement.measures)


def test_the_cell_is_cited_where_it_stands() -> None:
    """What a target was read from is the requirement's cell, though the name is another's."""
    reading = hd.read_agreement(f"示例责任书\n{HEAD}满意率\t≥90%\t5\t按规定办理\n")
    targets = reading.agreement.parts[0].targets
    assert [str(target.value) for target in targets] == ["90"]


def test_two_items_that_grow_are_two_measures() -> None:
    """同比增长 alone is not of one quantity in all items."""
    rows = "门诊人次\t同比增长5%\t5\t每低1%扣1分\n住院人次\t同比增长8%\t5\t每低1%扣1分\n"
    reading = hd.read_agreement(f"示例责任书\n{HEAD}{rows}")
    codes = [each.code for each in reading.agreement.measures]
    assert codes == ["门诊人次同比增长", "住院人次同比增长"]


@pytest.mark.parametrize(
    ("way", "comparator"),
    [
        ("逐步降低↓", "<="),
        ("负向指标", "<="),
        ("逐步提高", ">="),
        ("正向", ">="),
        ("监测比较", ">="),
    ],
)
def test_a_column_says_which_way_is_better(way: str, comparator: str) -> None:
    """A bare target is the most where less is better; nothing said leaves it to the reader."""
    text = f"示例责任书\n指标\t指标导向\t目标值\t分值\n门诊收入增幅\t{way}\t5%\t10\n"
    (item,) = hd.read_agreement(text).agreement.parts
    assert isinstance(item, hd.Indicator)
    assert [str(target.comparator) for target in item.targets] == [comparator]


def test_a_target_that_compares_stands_as_it_is() -> None:
    """≥ is said; the direction beside it is what it is."""
    text = "示例责任书\n指标\t指标导向\t目标值\t分值\n签约率\t逐步提高\t≥70%\t10\n"
    (item,) = hd.read_agreement(text).agreement.parts
    assert isinstance(item, hd.Indicator)
    assert [(str(each.comparator), each.value) for each in item.targets] == [(">=", 70)]
