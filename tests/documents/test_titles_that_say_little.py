"""规范管理率 below 高血压 and below 糖尿病: two quantities; and what a bonus section may add."""

from __future__ import annotations

import pytest

from documents.tabling import codes, excel, listing, pasted
from healthduty.documents.agreements import read_agreement

_STEPS = "每低1个百分点扣0.5分"


def _measures(*rows: str, head: str = "一级指标|二级指标|目标值|分值|评分标准") -> list[str]:
    reading = read_agreement(pasted("示例考核表", head, *rows))
    return [measure.code for measure in reading.agreement.measures]


def test_a_rate_that_says_nothing_takes_the_title_around_it() -> None:
    """Read as one, the second of them could not be filled in."""
    assert _measures(
        f"高血压|规范管理率|≥65%|10|{_STEPS}",
        f"|血压控制率|≥45%|10|{_STEPS}",
        f"糖尿病|规范管理率|≥60%|10|{_STEPS}",
        "|管理人数|120|10|每少1人扣0.5分",
    ) == ["高血压规范管理率", "血压控制率", "糖尿病规范管理率", "糖尿病管理人数"]


def test_a_rate_with_a_name_stays_shared() -> None:
    """患者满意率 in two sections is one quantity."""
    assert _measures(f"服务|患者满意率|≥90%|10|{_STEPS}", f"行风|患者满意率|≥90%|10|{_STEPS}") == [
        "患者满意率"
    ]


def test_rows_of_one_item_are_told_apart_by_it() -> None:
    """Parts of an item whose requirement names no more than a rate."""
    found = _measures(
        f"高血压|规范管理率≥65%|10|{_STEPS}",
        f"|控制率≥45%|10|{_STEPS}",
        f"糖尿病|规范管理率≥60%|10|{_STEPS}",
        f"|控制率≥40%|10|{_STEPS}",
        head="考核项目|考核要求|分值|评分标准",
    )
    assert found == [
        "高血压规范管理率",
        "高血压控制率",
        "糖尿病规范管理率",
        "糖尿病控制率",
    ]


@pytest.mark.parametrize("heading", ["最高加分", "加分上限", "分值"])
def test_the_most_that_is_added_stands_in_its_column(heading: str) -> None:
    """最高加分 is no column that is filled in later."""
    rows = (f"加分内容|加分标准|{heading}", "媒体宣传|每篇加0.3分|1", "新技术|每项加0.5分|2")
    reading = read_agreement(excel(["示例院加分项目表", *rows], "A1:C1"))
    assert [line.rpartition("，")[2] for line in listing(reading)] == ["最高加1分", "最高加2分"]


def test_the_most_that_is_lost_is_told() -> None:
    """No rule holds it."""
    source = pasted("示例表", "扣分情形|扣分标准|最高扣分", "迟报|每次扣1分|3", "漏报|每次扣2分|4")
    assert "table-column-unknown" in codes(read_agreement(source))


def test_a_bonus_section_says_its_most_in_brackets() -> None:
    """加分（最高5分）: the section adds no more, and nothing of it is of the 100."""
    rows = [
        "考核内容|分值|评分标准",
        "台账|100|无台账扣5分",
        "加分项（最高5分）",
        "表彰||获市级表彰加2分",
    ]
    agreement = read_agreement(excel(["示例考核表", *rows], "A1:C1", "A4:C4")).agreement
    assert agreement.bonus_cap == 5
    assert [node.points for node in agreement.nodes()] == [100, None, None]


def test_items_of_one_title_keep_their_own_facts() -> None:
    """迟报 of 报表 in one table is not 迟报 of 报表 in another."""
    found = _measures(
        "公卫|报表|5|迟报一次扣1分",
        "医疗|报表|5|迟报一次扣2分",
        head="一级指标|二级指标|分值|评分标准",
    )
    assert found == ["报表·迟报", "2.1·迟报"]


def test_a_row_with_points_is_no_header() -> None:
    """加分 and 试点任务 are headings elsewhere; beside 每项加1分 they are a row."""
    rows = (
        "类别|内容|标准",
        "加分|获省级及以上表彰|每项加2分",
        "加分|承担试点任务|每项加1分，最多加2分",
        "减分|被上级通报批评|每次减2分",
    )
    reading = read_agreement(excel(["示例院加减分表", *rows], "A1:C1"))
    assert listing(reading) == [
        "1 加分: 「获省级及以上表彰」，每发现1项加2分；承担试点任务，每发现1项加1分，最高加2分",
        "2 减分: 被上级通报批评，每发现1次从总分中扣2分",
    ]


def test_how_much_of_its_task_is_done_is_told_apart_by_the_item() -> None:
    """完成年度计划 in two items speaks of two plans, whoever handed them down."""
    found = _measures(
        "村道绿化|8|完成年度计划得8分，完成90%以上得6分，其余不得分",
        "改厕|8|完成年度计划得8分，完成90%以上得6分，其余不得分",
        "巡讲|5|完成县下达任务得5分，完成80%得3分",
        "献血|5|完成县下达任务得5分，完成80%得3分",
        head="考核项目|分值|评分标准",
    )
    assert found == [
        "村道绿化·年度计划完成率",
        "改厕·年度计划完成率",
        "巡讲·县下达任务完成率",
        "献血·县下达任务完成率",
    ]


def test_what_every_office_makes_and_holds_is_told_apart_by_the_item() -> None:
    """A plan, a meeting or a training of one item is not that of the next; an accident is."""
    clauses = "未制定工作计划扣1分，专题会议每年2次，少1次扣1分，发生安全事故扣5分"
    assert _measures(f"消防|10|{clauses}", f"信访|10|{clauses}", head="考核项目|分值|评分标准") == [
        "消防·未制定工作计划",
        "消防·专题会议",
        "发生安全事故",
        "信访·未制定工作计划",
        "信访·专题会议",
    ]
