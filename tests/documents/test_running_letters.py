"""Letters in running text: what begins with a quantity, what bars from honours, what notes say."""

from __future__ import annotations

import datetime

import pytest

from healthduty.documents.agreements import read_agreement
from healthduty.documents.passages import AgreementReading
from healthduty.model.indicator import Indicator, Section


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


_LEAD = "三、有下列情形之一的，取消单位当年评先评优资格："


@pytest.mark.parametrize(
    ("lead", "effect"),
    [
        (_LEAD, "BarHonours(codes=())"),
        ("三、凡发生以下情况之一的，年度考核定为不合格：", "ForceGrade(grade='不合格')"),
        ("三、凡發生以下情況之一的，年度考核定爲不合格：", "ForceGrade(grade='不合格')"),
    ],
)
def test_a_heading_that_bars_is_a_list_of_vetoes(lead: str, effect: str) -> None:
    """Read as items, the events would do nothing."""
    reading = read_agreement(
        f"示例院目标责任书\n一、建立台账。\n二、加强培训。\n{lead}\n（一）发生群体上访的；\n（二）骗取基金的。"
    )
    vetoes = reading.agreement.vetoes
    assert [veto.code for veto in vetoes] == ["发生群体上访", "骗取基金"]
    assert {str(each) for veto in vetoes for each in veto.effects} == {effect}


def test_a_heading_that_lists_what_is_lost_is_no_veto() -> None:
    """有下列情形之一的，每次扣1分 takes points."""
    reading = read_agreement(
        "示例院目标责任书\n一、有下列情形之一的，每次扣1分：\n（一）迟报；\n（二）漏报。"
    )
    assert reading.agreement.vetoes == ()


def test_the_most_of_a_bonus_section_may_be_said_in_more_words() -> None:
    """累计加分不超过5分 in brackets behind the title."""
    reading = read_agreement(
        "示例院目标责任书\n一、台账（100分）\n1.未建台账扣5分。\n"
        "二、加分项目（累计加分不超过5分）\n1.获省级表彰加3分。\n2.获市级表彰加2分，每次。"
    )
    assert reading.agreement.bonus_cap == 5


def test_a_traditional_letter_has_title_term_and_veto() -> None:
    """責, 決 and days in Chinese numerals are read as in a simplified one."""
    agreement = read_agreement(
        "示例區衛生健康委員會２０２６年度目標責任書\n一、建立臺賬。\n二、獎懲\n"
        "1、發生重大事故的，實行一票否決。\n"
        "三、有效期自二〇二六年一月一日至二〇二六年十二月三十一日。"
    ).agreement
    assert agreement.title == "示例區衛生健康委員會２０２６年度目標責任書"
    assert [veto.code for veto in agreement.vetoes] == ["發生重大事故"]
    assert agreement.term is not None
    assert str(agreement.term.end) == "2026-12-31"


def test_a_list_of_losses_ends_with_a_full_stop_or_none() -> None:
    """Under 扣分项目 it comes off the total, in the library's own words, too."""
    agreement = read_agreement(
        "示例院目标责任书\n一、建立台账（100分）\n二、扣分项目\n"
        "1.未完成支援任务的，扣1分。\n2.被通报的，每次扣2分"
    ).agreement
    rules = [rule for node in agreement.nodes() for rule in node.rules]
    assert [rule.reach.value for rule in rules] == ["total", "total"]


def test_an_item_with_several_targets_has_their_points() -> None:
    """（6分） behind the first and （4分） behind the second are 10, and each loses its own."""
    reading = letter(
        "一、重点人群健康管理（20分）",
        "1.高血压规范管理率≥62%（6分）；血压控制率≥45%（4分）。每低1个百分点各扣0.4分。",
        "2.报告率100%（5分）、报告及时率100%（5分），漏报1例扣2分。",
    )
    (section,) = reading.agreement.parts
    assert isinstance(section, Section)
    assert [item.points for item in section.parts] == [10, 10]
    first = section.parts[0]
    assert isinstance(first, Indicator)
    assert [(part.points, len(part.rules)) for part in first.parts] == [(6, 1), (4, 1)]
    assert not reading.findings.errors


def test_money_that_is_earned_by_is_no_whole_number() -> None:
    """49.5万元 is a sum as good as 50万元."""
    source = "示例院目标责任书\n一、完成筹资任务50万元得5分，完成40-50万元得3分。（5分）"
    (measure,) = read_agreement(source).agreement.measures
    assert measure.kind.value == "amount"


def test_a_line_to_be_filled_in_names_no_party() -> None:
    """被考核单位：　考核时间： is blank, and 考核时间 is nobody."""
    reading = letter("被考核单位：          考核时间：     年  月  日", "一、建档率≥90%（5分）。")
    assert all("时间" not in party.name for party in reading.agreement.parties)
