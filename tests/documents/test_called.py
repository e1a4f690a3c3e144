"""What quantities of a table are called where their clauses leave that to the item."""

from __future__ import annotations

import pytest

import healthduty as hd
from documents.tabling import codes, excel, listing


def _read(rows: list[str], *merged: str) -> hd.AgreementReading:
    return hd.read_agreement(excel(rows, *merged), name="表.xlsx")


def test_a_share_is_that_of_its_own_item() -> None:
    """占比 in two items is two quantities: each has the name of its item, however long."""
    rows = ["三级指标|评价标准|分值", "县域内住院人次占比|占比达到90%得10分，每低1个百分点扣1分|10"]
    rows += ["达到服务能力标准的乡镇卫生院占比|占比≥90%得8分，不足不得分|8"]
    reading = _read(rows)
    assert [measure.code for measure in reading.agreement.measures] == [
        "县域内住院人次占比",
        "达到服务能力标准的乡镇卫生院占比",
    ]


def test_a_rate_is_called_after_its_section_without_saying_the_work_twice() -> None:
    """健康管理率 of 老年人健康管理 is 老年人健康管理率."""
    rows = [
        "服务项目|考核指标|评分标准|分值",
        "老年人健康管理（9分）|1.健康管理率≥70%|未达标不得分|9",
    ]
    rows += ["儿童健康管理（8分）|2.系统管理率≥85%|未达标不得分|8"]
    assert [each.code for each in _read(rows).agreement.measures] == [
        "老年人健康管理率",
        "儿童系统管理率",
    ]


@pytest.mark.parametrize(
    ("title", "asked", "names"),
    [
        ("检查阳性率", "CT≥70%，彩超≥60%", ["CT检查阳性率", "彩超检查阳性率"]),
        ("甲片率", "≥40%，废片率≤2%", ["甲片率", "废片率"]),
    ],
)
def test_a_requirement_goes_on_from_the_items_name(
    title: str, asked: str, names: list[str]
) -> None:
    """What a cell leaves out stands in the name beside it."""
    rows = ["考核项目|考核要求|权重分|扣分细则", f"{title}|{asked}|10|每低1%扣0.5分，超出1%扣1分"]
    reading = _read([*rows, "投诉|无有效投诉|10|投诉一次扣2分"])
    assert all(name in listing(reading)[0] for name in names)
    assert "clause-unread" not in codes(reading)


def test_the_end_of_a_name_is_not_said_again() -> None:
    """水质监测 | 监测覆盖率100%."""
    rows = ["考核内容|目标值|分值|考核标准", "饮用水水质监测|监测覆盖率100%|4|每低1%扣0.1分"]
    reading = _read([*rows, "传染病及时率|≥99%|4|每低1%扣0.2分"])
    assert listing(reading)[0].startswith("1 饮用水水质监测 4: 饮用水水质监测覆盖率达到100%以上")


def test_a_number_before_an_age_is_none_of_the_name() -> None:
    """3.3岁以下: the third item, of children below three."""
    rows = [
        "工作任务|目标要求|分值|计分办法",
        "一、服务（20分）|1.随访率达60%|8|每低1个百分点扣1分",
    ]
    rows += ["|2.漏报率≤1%|5|每超1个百分点扣1分", "|3.3岁以下托位备案率100%|7|每低1%扣1分"]
    reading = _read(rows, "A2:A4")
    assert "3岁以下托位备案率" in [measure.code for measure in reading.agreement.measures]


def test_a_deposit_is_paid_back_by_the_result() -> None:
    """What a note says of the deposit is money by tiers; what else follows is kept."""
    rows = ["考核内容|分值|评分标准", "收费合规|100|违规收费每例扣5分"]
    rows.append(
        "结果应用：90分以上为优秀，返还全部保证金；60-89分为合格，返还保证金的80%；60分以下为不合格，不予返还。"
    )
    agreement = _read(rows, "A3:C3").agreement
    assert agreement.funding[0].name == "保证金"
    assert [str(tier.share) for tier in agreement.funding[0].tiers] == ["1", "4/5", "0"]
    assert "经费：保证金：≥ 90 100%，≥ 60 80%，其余 0%" in str(agreement)


def test_what_else_a_note_holds_beside_grades_is_kept_and_told() -> None:
    """Money by the point is no part of an agreement; what happens to persons is kept as text."""
    rows = ["考核内容|分值|评分标准", "护理质量|100|不合格每处扣2分"]
    rows.append(
        "备注：95分以上为优秀，90分以上为达标；低于90分的每低1分扣绩效工资100元；两次低于85分的护士长停职。"
    )
    reading = _read(rows, "A3:C3")
    assert [grade.name for grade in reading.agreement.grades.grades] == ["优秀", "达标"]
    assert any("停职" in each.text for each in reading.agreement.consequences)
    assert "text-unread" in codes(reading)


def test_counts_below_levels_are_bands_of_the_count() -> None:
    """0 | 1件 | 2件及以上 below A, B and C say how many, and no level has to be judged."""
    rows = ["指标|权重|A级（100%）|B级（80%）|C级（0）", "续约率|20|≥85%|75%-85%|<75%"]
    rows += ["有效投诉|10|0|1件|2件及以上", "随访服务|30|每少1次扣1分||"]
    reading = _read(rows)
    assert listing(reading)[1:] == [
        "2 有效投诉 10: 有效投诉：等于0件得10分，等于1件得8分，2件（含）以上得0分",
        "3 随访服务 30: 随访服务缺少，每发现1次扣1分",
    ]


def test_points_with_a_sign_stand_among_those_that_are_lost() -> None:
    """+0.5/件 in a column of lost points is added."""
    rows = ["医疗质量月度考核（扣分制）", "项目|扣分内容|扣分值", "病历|出现乙级病历|-2/份"]
    reading = _read([*rows, "奖励|收到锦旗|+0.5/件"], "A1:C1")
    assert reading.agreement.title == "医疗质量月度考核（扣分制）"
    assert "收到锦旗，每发现1件加0.5分" in listing(reading)[-1]


def test_a_party_keeps_its_bracket() -> None:
    """各村（社区） ends with a bracket of its own."""
    lines = ["示例镇2025年工作目标责任书", "镇人民政府与各村（社区）签订如下责任书："]
    reading = hd.read_agreement("\n".join([*lines, "1.参保率达95%，每低1%扣1分（10分）"]))
    assert [party.name for party in reading.agreement.parties] == ["镇人民政府", "各村（社区）"]


def test_nobody_is_asked_for_what_no_rule_is_about() -> None:
    """无事故得15分 beside 每起扣15分 says that all points are there at first."""
    rows = ["指标|分值|评分标准", "医疗事故|15|年内无医疗事故得15分，发生一起医疗事故扣15分"]
    reading = _read([*rows, "台账|85|资料齐全得85分，缺一项扣1分"])
    assert [measure.code for measure in reading.agreement.measures] == ["医疗事故", "台账缺少"]


def test_a_veto_may_stand_where_points_would() -> None:
    """事故控制 | 一票否决: no points, and nothing unread."""
    rows = ["考核内容|考核标准|分值|评分细则", "应急值守|24小时值班|100|脱岗1次扣3分"]
    reading = _read([*rows, "事故控制|不发生事故|一票否决|发生较大事故的考核为不合格"])
    assert "table-points-unread" not in codes(reading)
    assert len(reading.agreement.vetoes) == 1


def test_what_an_indicator_means_may_be_what_is_asked() -> None:
    """指标释义 holds a target in one row, and how a rate is computed in the next."""
    rows = ["二级指标|指标释义|评分标准|分值", "患者发现|总体到位率≥95%|每低1%扣0.5分|6"]
    reading = _read([*rows, "筛查比例|筛查人数/常住人口×100%|达30%得4分，不足不得分|4"])
    assert listing(reading) == [
        "1 患者发现 6: 总体到位率达到95%以上，每低1个百分点扣0.5分",
        "2 筛查比例 4: 筛查比例：30%（含）以上得4分，30%（不含）以下得0分",
    ]


def test_tasks_that_only_say_how_much_are_targets() -> None:
    """工作内容 | 年度任务: the first names the items, and the second says how much of it."""
    rows = ["序号|工作内容|年度任务|分值|奖惩办法", "1|老年人体检|2600人|20|每少10人扣0.5分"]
    rows += ["2|健康讲座|每月1次|12|缺1次扣1分", "3|预防接种|各苗接种率≥95%|16|每低1%扣1分"]
    assert listing(_read(rows)) == [
        "1 老年人体检 20: 老年人体检不少于2600人，每少10人扣0.5分",
        "2 健康讲座 12: 健康讲座不少于12次，每少1次扣1分",
        "3 预防接种 16: 各苗接种率达到95%以上，每低1个百分点扣1分",
    ]


def test_what_is_only_watched_is_no_target() -> None:
    """监测比较 stands where a target would, and is no part of a name."""
    rows = [
        "三级指标|评分标准|分值|目标值",
        "医疗服务收入占比|较上年提高得5分，不升得0分|5|监测比较",
    ]
    reading = _read([*rows, "四级手术比例|每低1%扣1分|5|20%"])
    assert "监测" not in "".join(listing(reading))


def test_kinds_of_facility_have_the_items_quantity() -> None:
    """健康讲座 | 卫生院每月1次，卫生室每两月1次: one quantity, with a number for each kind."""
    rows = ["三级指标|考核要求|分值|评分标准"]
    rows += ["健康讲座|乡镇卫生院每月至少1次，村卫生室每两月至少1次|3|每少1次扣0.25分"]
    reading = _read([*rows, "义诊|不少于2次|2|少一次扣1分"])
    assert listing(reading)[0] == (
        "1 健康讲座 3: 健康讲座不少于（乡镇卫生院12次、村卫生室6次），每少1次扣0.25分"
    )


def test_a_target_may_name_itself() -> None:
    """功能定位 | 出院患者手术占比≥20%: the title of the row is no part of what it asks for."""
    rows = ["二级指标|考核内容及目标值|分值|评分办法"]
    rows += ["功能定位|出院患者四级手术占比≥20%|4|每低1个百分点扣0.4分"]
    rows += ["运行效率|≤8.5天|4|每超0.1天扣0.2分", "平均住院日|全年≤8天|4|每超0.1天扣0.2分"]
    assert listing(_read(rows)) == [
        "1 功能定位 4: 出院患者四级手术占比达到20%以上，每低1个百分点扣0.4分",
        "2 运行效率 4: 运行效率不超过8.5天，每超0.1天扣0.2分",
        "3 平均住院日 4: 平均住院日不超过8天，每超0.1天扣0.2分",
    ]
