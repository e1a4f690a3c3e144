"""Tables of faults and deeds: what stands in columns of its own, and what was filled in later."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from documents.tabling import codes, excel, listing, pasted
from healthduty.documents.agreements import read_agreement
from healthduty.model.veto import ForceGrade

STEPS = (
    "序号|操作步骤|分值|缺陷内容|扣分",
    "1|评估|10|未核对腕带|3",
    "|||未解释配合要点|1",
    "2|实施|40|用物少一件|0.5",
    "|||跨越无菌区一次|5",
)
TWO_OF_STEPS = [
    "1 评估 10: 「评估·未核对腕带」为是的，扣3分；未解释配合要点的，扣1分",
    "2 实施 40: 实施·用物缺少，每发现1件扣0.5分；实施·跨越无菌区，每发现1次扣5分",
]
BOTH = (
    "类别|扣分内容|扣分|加分内容|加分",
    "行风|有效投诉|2分/起|收到锦旗|1分/面",
    "科研|课题逾期|3|获市级立项|5",
)
TWO_OF_BOTH = [
    "1 行风: 行风·有效投诉，每发现1起扣2分；行风·收到锦旗，每发现1面加1分",
    "2 科研: 「科研·课题逾期」为是的，扣3分；「科研·获市级立项」为是的，加5分",
]

TABLES: dict[str, tuple[Sequence[str], Sequence[str], list[str]]] = {
    "steps of an operation": (STEPS, (), TWO_OF_STEPS),
    "merged over the faults": (STEPS, ("A2:A3", "B2:B3", "C2:C3", "A4:A5", "B4:B5"), TWO_OF_STEPS),
    "what takes and what adds": (BOTH, (), TWO_OF_BOTH),
    "nothing but faults": (
        ("序号|扣分项目|扣分值", "1|串岗|2分/次", "2|未挂牌上岗|0.5", "3|垃圾混放，每处|1"),
        (),
        [
            "1 串岗: 串岗，每发现1次扣2分",
            "2 未挂牌上岗: 未挂牌上岗的，扣0.5分",
            "3 垃圾混放: 垃圾混放，每发现1处扣1分",
        ],
    ),
    "a record of conduct": (
        ("违规行为|记分", "出借执业证书的|6", "超范围行医的|12"),
        (),
        [
            "1 出借执业证书: 「出借执业证书」为是的，扣6分",
            "2 超范围行医: 「超范围行医」为是的，扣12分",
        ],
    ),
    "nothing but deeds": (
        ("加分项目|加分标准", "获县级通报表扬|1分", "引进新技术|每项2分"),
        (),
        [
            "1 获县级通报表扬: 「获县级通报表扬」为是的，加1分",
            "2 引进新技术: 引进新技术，每发现1项加2分",
        ],
    ),
    "a standard that names faults": (
        (
            "项目|内容|分值|扣分标准|扣分",
            "急诊|首诊负责|6|推诿患者一次|3",
            "病房|查房|9|未查房|1/次",
        ),
        (),
        ["1 急诊 6: 急诊·推诿患者，每发现1次扣3分", "2 病房 9: 病房·未查房，每发现1次扣1分"],
    ),
    "points of each fault": (
        ("类别|扣分内容|分值", "医疗|会诊不及时|2", "|交接班缺记录一次|1", "护理|翻身不到位|1"),
        ("A2:A3",),
        [
            "1 医疗: 「医疗·会诊不及时」为是的，扣2分；交接班缺记录，每发现1次扣1分",
            "2 护理: 「护理·翻身不到位」为是的，扣1分",
        ],
    ),
    "what is wrong is the item": (
        (
            "检查内容|检查结果|扣分|备注",
            "一、院感（30分）|||",
            "1.无菌包过期|□是 □否|5|",
            "2.手卫生不规范|□是 □否|2/人次|",
        ),
        ("A2:D2",),
        [
            "§1 院感 30",
            "1.1 无菌包过期: 无菌包过期的，扣5分",
            "1.2 手卫生不规范: 手卫生不规范，每发现1人次扣2分",
        ],
    ),
    "one cell of points for several": (
        ("项目|缺陷|扣分", "病房|床单不整洁|各1", "|物品乱放|", "抢救室|药品缺一种|2"),
        ("C2:C3",),
        [
            "1 病房: 「病房·床单不整洁」为是的，扣1分；「病房·物品乱放」为是的，扣1分",
            "2 抢救室: 抢救室·药品缺少，每发现1种扣2分",
        ],
    ),
    "two halves": (
        (
            "内容|缺陷|扣分||内容|缺陷|扣分",
            "首页|缺项|1||处方|缺诊断|2",
            "|错项|0.5||||",
            "注：抽查十份||||||",
        ),
        ("A4:G4",),
        [
            "1 首页: 「首页，缺项」为是的，扣1分；「首页·错项」为是的，扣0.5分",
            "2 处方: 「处方·缺诊断」为是的，扣2分",
        ],
    ),
    "points of each level": (
        (
            "项目|总分|技术要求|评分等级|||实际得分",
            "|||A|B|C|",
            "仪表|5|着装整洁|5|4|2|4",
            "核对|10|双人核对|10|8|5|",
        ),
        ("A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2"),
        [
            "1 仪表 5: 着装整洁：A得5分，B得4分，C得2分",
            "2 核对 10: 双人核对：A得10分，B得8分，C得5分",
        ],
    ),
    "what adds beside what takes": (
        ("项目|分值|考核标准|加分|扣分", "宣传|10|每月1篇|每多1篇加1分|每少1篇扣1分"),
        (),
        ["1 宣传 10: 宣传超过12篇的，每超1篇加1分；宣传不少于12篇，每少1篇扣1分"],
    ),
    "a past assessment": (
        ("考核内容|标准分|扣分原因|扣分|得分", "台账|10|缺二月记录|2|8", "培训|10|少1次|1|9"),
        (),
        ["1 台账 10", "2 培训 10"],
    ),
    "a past assessment beside its standard": (
        ("考核内容|标准分|评分标准|扣分原因|扣分", "台账|10|台账齐全|缺记录一处|2"),
        (),
        ["1 台账 10"],
    ),
    "grades of a case history": (
        (
            "项目|缺陷内容|扣分标准",
            "入院记录|迟于24小时完成|5",
            "|缺现病史|丙级",
            "手术|无手术同意书|单否丙级",
        ),
        ("A2:A3",),
        ["1 入院记录: 「迟于24小时完成」为是的，扣5分", "2 手术"],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_faults_and_deeds_have_the_points_beside_them(name: str) -> None:
    """Each in the words that its bureau has for it; what was filled in is no standard."""
    rows, merged, items = TABLES[name]
    reading = read_agreement(excel(rows, *merged))
    assert listing(reading) == items
    assert not {"clause-unread", "table-headerless", "table-column-unknown"} & {*codes(reading)}


def test_a_grade_in_the_cell_of_points_is_forced() -> None:
    """丙级 beside a fault makes the case history one, whatever else it has."""
    rows, merged, _ = TABLES["grades of a case history"]
    vetoes = read_agreement(excel(rows, *merged)).agreement.vetoes
    assert [veto.effects for veto in vetoes] == [(ForceGrade("丙级"),)] * 2


def test_several_costs_of_one_fault_are_not_run_together() -> None:
    """1 and 2 in one cell beside one fault are not 12 points."""
    reading = read_agreement(excel(["项目|缺陷|扣分", "病历|缺签名|1；2"]))
    assert "clause-unread" in codes(reading)
    assert listing(reading) == ["1 病历: 「病历·缺签名」为是的，扣1分"]


@pytest.mark.parametrize("cost", ["", "视情况"])
def test_a_fault_that_costs_no_number_of_points_is_told(cost: str) -> None:
    """Nothing in a column of faults is passed over: what it costs may have been forgotten."""
    rows = ("项目|分值|缺陷内容|扣分标准", "病历|5|缺签名|1分", f"处方|10|用药不当|{cost}")
    reading = read_agreement(pasted(*rows))
    [doubt] = [each for each in reading.findings if each.code == "clause-doubt"]
    assert "用药不当" in str(doubt)
    assert "a fault, and no points for it" in str(doubt)


def test_points_without_a_deed_are_kept() -> None:
    """What stands under 加分 beside an empty cell of deeds is read, and not passed over."""
    reading = read_agreement("指标\t加分内容\t加分\n台账\t\t获奖加2分\n")
    assert any("获奖加2分" in each.text for each in reading.passages)


def test_twelve_points_beside_a_word_that_ends_in_a_verb_are_twelve() -> None:
    """收受回扣 | 12分: the bar between the cells is no 1 of a number."""
    rows = ["序号|不良行为|记分", "1|收受回扣|12分", "2|泄露隐私|6分"]
    reading = read_agreement(excel(rows), name="表.xlsx")
    assert [line.partition(": ")[2] for line in listing(reading)] == [
        "「收受回扣」为是的，扣12分",
        "「泄露隐私」为是的，扣6分",
    ]
