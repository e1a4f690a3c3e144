"""Letters in running text: what begins with a quantity, what bars from honours, what notes say."""

from __future__ import annotations

import datetime

import pytest

from healthduty.documents.agreements import read_agreement
from healthduty.documents.passages import AgreementReading
from healthduty.model.indicator import Indicator


def letter(*lines: str) -> AgreementReading:
    """Read a letter whose title stands before these lines."""
    return read_agreement("\n".join(("示例县2024年防保工作目标责任书", *lines)))


def titles(reading: AgreementReading) -> list[str]:
    """Return the titles of the innermost items, each with its number."""
    items = (each for each in reading.agreement.nodes() if isinstance(each, Indicator))
    return [f"{item.number} {item.title}" for item in items]


def test_an_item_may_begin_with_an_age_a_type_or_a_time() -> None:
    """2.2型 is the second item, about type 2, and no path of numbers."""
    reading = letter(
        "一、主要任务",
        "1.35岁以上人群首诊测压率≥95%。",
        "2.2型糖尿病随访率≥65%。",
        "3.0-6岁儿童眼保健率≥77%。",
        "4.24小时内调查率≥90%。",
    )
    assert titles(reading) == [
        "1.1 35岁以上人群首诊测压率≥95%",
        "1.2 2型糖尿病随访率≥65%",
        "1.3 0-6岁儿童眼保健率≥77%",
        "1.4 24小时内调查率≥90%",
    ]


def test_items_whose_lines_were_lost_are_told_apart_by_such_numbers() -> None:
    """Behind a stop they go on counting."""
    reading = letter("一、主要任务", "1.高血压随访率≥70%。2.2型糖尿病随访率≥65%。")
    assert titles(reading) == ["1.1 高血压随访率≥70%", "1.2 2型糖尿病随访率≥65%"]


def test_a_path_of_numbers_stays_one() -> None:
    """Behind it may stand any word, without a space."""
    reading = letter("一、主要任务", "1.1年度计划齐全", "1.2个人档案完整", "1.3日常巡查到位")
    assert titles(reading) == ["1.1 年度计划齐全", "1.2 个人档案完整", "1.3 日常巡查到位"]


def test_a_numbered_heading_behind_the_title_is_no_second_title() -> None:
    """一、考核指标 holds items."""
    reading = letter("一、考核指标", "1.建档率≥90%。", "二、工作措施", "1.每季度例会1次。")
    assert titles(reading) == ["1.1 建档率≥90%", "2.1 每季度例会1次"]


@pytest.mark.parametrize(
    "text",
    [
        "年底统一考核。谎报疫情的，取消当年评先资格。",
        "（一）年底统一考核。\n（二）谎报疫情的，取消评优评先资格。",
        "有下列情形之一的，取消评优资格：\n1.谎报疫情的；",
        "（一）有下列情形之一的，直接确定为不合格等次：\n1.谎报疫情的；",
    ],
)
def test_what_bars_from_honours_is_a_veto_wherever_it_stands(text: str) -> None:
    """A section of words about the assessment may hold one, without calling it that."""
    reading = letter("一、主要任务", "1.建档率≥90%。", "二、考核奖惩", *text.split("\n"))
    assert [veto.code for veto in reading.agreement.vetoes] == ["谎报疫情"]
    assert not [each for each in reading.findings if each.severity.value == "error"]


def test_what_a_bad_result_bars_from_is_no_event() -> None:
    """It follows from the total."""
    text = "考核得分排在末位的，取消评优资格。"
    reading = letter("一、主要任务", "1.建档率≥90%。", "二、考核奖惩", text)
    assert not reading.agreement.vetoes
    assert text.strip("。") in [each.text for each in reading.agreement.consequences]


def test_grades_beside_a_veto_are_not_doubted() -> None:
    """Both are read, each from its own sentence."""
    text = "90分以上为优秀，60分以下为不合格。谎报疫情的，一票否决。"
    reading = letter("一、主要任务", "1.建档率≥90%。", "二、考核奖惩", text)
    assert reading.agreement.grades is not None
    assert [veto.code for veto in reading.agreement.vetoes] == ["谎报疫情"]
    assert {each.severity.value for each in reading.findings} <= {"assumption"}


@pytest.mark.parametrize("text", ["注：获市级通报表扬加1分。", "说明：未签到的一律不得分。"])
def test_a_note_that_scores_is_told(text: str) -> None:
    """No item has it, and nobody would miss it."""
    rows = "考核内容\t分值\t评分标准\n台账\t5\t无台账扣2分\n培训\t5\t缺1次扣1分\n"
    reading = read_agreement(f"示例县考核表\n{rows}{text}")
    assert "text-unread" in [each.code for each in reading.findings]


def test_parties_are_called_by_their_names_alone() -> None:
    """（甲方） behind a name is no part of it."""
    text = "示例县卫生健康局（甲方）与示例镇卫生院（以下简称乙方）签订本责任书。"
    reading = letter(text, "一、主要任务", "1.建档率≥90%。")
    assert [each.name for each in reading.agreement.parties] == ["示例县卫生健康局", "示例镇卫生院"]


def test_a_term_may_state_its_end_alone() -> None:
    """It begins when it is signed."""
    reading = letter("一、主要任务", "1.建档率≥90%。", "有效期至2024年12月31日。")
    assert reading.agreement.term is not None
    assert reading.agreement.term.end == datetime.date(2024, 12, 31)


def test_a_name_takes_the_quantity_of_its_title_alone() -> None:
    """What is asked of it is left out."""
    rows = "考核内容\t分值\t评分标准\n随访率达95%\t5\t漏访1例扣1分\n0-6岁儿童建册\t5\t漏报1例扣1分"
    reading = read_agreement(rows)
    codes = {each.code for each in reading.agreement.measures}
    assert {"随访率·漏访", "0-6岁儿童建册·漏报"} <= codes


@pytest.mark.parametrize(
    ("title", "stated"), [("专项行动（6分，每项3分）", 6), ("专项行动（每项3分）", None)]
)
def test_points_for_each_item_stand_once_over_them(title: str, stated: int | None) -> None:
    """Without them the section would be worth nothing."""
    reading = letter(f"一、{title}", "1.建档率≥90%，每低1%扣1分。", "2.漏登1例扣1分。")
    section = reading.agreement.item("1")
    assert (section.title, section.points) == ("专项行动", stated)
    assert [reading.agreement.item(f"1.{at}").points for at in (1, 2)] == [3, 3]


def test_a_number_of_things_is_no_number_by_the_quarter() -> None:
    """每季度 speaks of how often, and not of how many leaflets."""
    reading = letter("一、宣传", "1.专栏每季度更换1次，发放折页2000份。")
    targets = reading.agreement.item("1.1").targets
    assert [(each.measure, each.value) for each in targets] == [("专栏更换", 4), ("发放折页", 2000)]


def test_who_sets_the_targets_may_be_called_by_the_signing() -> None:
    """签订单位 stands beside 责任单位."""
    reading = letter("签订单位：示例县卫健局", "责任单位：示例镇卫生院", "一、任务", "1.建档。")
    assert [each.name for each in reading.agreement.parties] == ["示例县卫健局", "示例镇卫生院"]


_ROWS = "考核指标\t目标值\t分值\t评分标准\n"


def test_an_attachments_number_stands_before_the_title() -> None:
    """附件2 is no title, and hides none."""
    reading = read_agreement(
        f"附件2\n示例县考评细则（满分100分）\n{_ROWS}建档率\t≥90%\t5\t每低1%扣1分"
    )
    assert reading.agreement.title == "示例县考评细则（满分100分）"


@pytest.mark.parametrize("name", ["3岁以下儿童建册率", "6个月内婴儿访视率", "24小时内核实率"])
def test_an_age_in_a_name_is_no_target(name: str) -> None:
    """The bound of the next column is the name's own."""
    rows = f"{_ROWS}{name}\t≥90%\t5\t每低1%扣1分\n建档率\t≥90%\t5\t每低1%扣1分"
    reading = read_agreement(rows)
    (rule,) = reading.agreement.item("1").rules
    assert {each.severity.value for each in reading.findings} <= {"assumption", "warning"}
    assert rule.tally.measure == name
    assert not reading.agreement.item("1").targets


def test_a_note_may_hold_grades_and_a_veto() -> None:
    """Neither hides the other."""
    note = "备注：90分以上为优秀，60分以下为不合格。发生可避免死亡的单位不得评为优秀。"
    reading = read_agreement(f"示例县考核表\n{_ROWS}建档率\t≥90%\t5\t每低1%扣1分\n{note}")
    assert reading.agreement.grades is not None
    assert [veto.code for veto in reading.agreement.vetoes] == ["发生可避免死亡"]
