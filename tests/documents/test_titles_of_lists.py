"""What an item is called whose cell holds a numbered list, or only a number before its words."""

from __future__ import annotations

import healthduty as hd
from documents.tabling import excel


def _titles(agreement: hd.Agreement) -> list[str]:
    return [each.title for each in agreement.nodes() if isinstance(each, hd.Indicator)]


def test_a_list_in_a_cell_is_called_by_its_first_words() -> None:
    """Not by all its lines; a name that a narrow column breaks stays whole."""
    listed = "1.开单率100%，开方率100%；\n2.宣讲12场"
    rows = ("考核指标|分值|评分办法", f"{listed}|10|每少1场扣1分", "高血压\n管理率|5|每低1%扣1分")
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    assert _titles(reading.agreement) == ["开单率100%", "高血压\n管理率"]


def test_rows_that_count_within_a_section_are_called_without_their_number() -> None:
    """1、, 2、 in the column beside the points are no part of a name."""
    rows = (
        "项目|考核内容及标准|标准分|扣分办法",
        "一、管理（20分）|1、台账登记规范|10|缺项一处扣1分",
        "|2、处方合格率≥95%|10|每有一张不合格扣1分",
    )
    reading = hd.read_agreement(excel(rows, "A2:A3"), name="表.xlsx")
    assert [each.title for each in reading.agreement.nodes()][-2:] == [
        "台账登记规范",
        "处方合格率≥95%",
    ]
    assert not [each.code for each in reading.agreement.measures if each.code[:1].isdigit()]


def test_a_section_that_nobody_merged_stands_in_the_number_column() -> None:
    """一、公共卫生 alone in its row names what follows; a bare 一 is a number and no name."""
    rows = ("序号|指标|分值|评分标准", "一、公共卫生|||", "1|建册率≥90%|10|每低1%扣1分")
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    (section,) = reading.agreement.parts
    assert isinstance(section, hd.Section)
    assert (section.title, [item.title for item in section.parts]) == ("公共卫生", ["建册率≥90%"])


def test_contents_and_standard_in_one_column_say_what_a_row_is_called() -> None:
    """检查内容及评分标准: each row by its own first words, without what a fault costs."""
    rows = (
        "项目|检查内容及评分标准|分值",
        "核心制度|1.查房落实到位，记录不规范每处扣0.5分|10",
        "|2.发生纠纷负主要责任的每起扣5分，次要责任扣2分|15",
    )
    reading = hd.read_agreement(excel(rows, "A2:A3"), name="表.xlsx")
    titles = [each.title for each in reading.agreement.nodes()][-2:]
    assert titles == ["查房落实到位", "发生纠纷负主要责任"]


def test_a_task_is_each_items_own() -> None:
    """完成任务数 of two items are two rates."""
    head = "示例责任书\n指标\t分值\t评分标准\n"
    standard = "完成任务数得10分，未完成按比例扣分"
    reading = hd.read_agreement(f"{head}两癌筛查\t10\t{standard}\n免费婚检\t10\t{standard}\n")
    codes = [measure.code for measure in reading.agreement.measures]
    assert codes == ["两癌筛查·任务数完成率", "免费婚检·任务数完成率"]
