"""Targets by quarter beside those of the year, and columns that name the items of a section."""

from __future__ import annotations

import pytest

import healthduty as hd
from documents.tabling import codes, excel, listing


def _read(rows: list[str], *merged: str) -> hd.AgreementReading:
    return hd.read_agreement(excel(rows, *merged), name="表.xlsx")


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        (
            [
                "考核指标|||2025年目标值||分值|计分方法",
                "类别|名称|计量单位|一季度|全年||",
                "业务|出院人次|人次|2000|9000|10|每少100人次扣1分",
                "|药占比|%|29|28|5|每超1个百分点扣0.5分",
            ],
            ("A1:C1", "D1:E1", "F1:F2", "G1:G2", "A3:A4"),
        ),
        (
            [
                "类别|名称|计量单位|上半年目标|全年目标|分值|计分方法",
                "业务|出院人次|人次|4500|9000|10|每少100人次扣1分",
                "|药占比|%|29|28|5|每超1个百分点扣0.5分",
            ],
            ("A2:A3",),
        ),
    ],
)
def test_the_year_is_the_target_and_its_parts_are_told(
    rows: list[str], merged: tuple[str, ...]
) -> None:
    """A column for a quarter is no further target, and it is said that nothing reads it."""
    reading = _read(rows, *merged)
    assert listing(reading)[1:] == [
        "1.1 出院人次 10: 出院人次不少于9000人次，每少100人次扣1分",
        "1.2 药占比 5: 药占比不超过28%，每超1个百分点扣0.5分",
    ]
    assert codes(reading) == ["table-column-unknown", "text-untitled"]


def test_the_target_of_a_quarter_alone_is_one() -> None:
    """A sheet for one quarter has its own targets."""
    rows = ["指标名称|一季度目标|分值|计分方法", "签约率|≥70%|10|每低1%扣1分"]
    reading = _read([*rows, "随访率|≥80%|5|每低1%扣1分"])
    assert listing(reading)[0] == "1 签约率 10: 签约率达到70%以上，每低1个百分点扣1分"
    assert "table-column-unknown" not in codes(reading)


def test_what_was_scored_by_quarters_is_no_target() -> None:
    """完成情况 over 一季度 | 全年 is filled in as the year goes."""
    rows = ["指标名称|目标值|分值|评分标准|完成情况|", "||||一季度|全年"]
    rows += ["签约率|≥70%|10|每低1%扣1分|20%|71%", "随访率|≥80%|5|每低1%扣1分||"]
    reading = _read(rows, "A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1")
    assert listing(reading)[0] == "1 签约率 10: 签约率达到70%以上，每低1个百分点扣1分"
    assert codes(reading) == ["text-untitled"]


def test_a_column_of_short_contents_names_the_items() -> None:
    """采供血 | 采血量 | 全血≥12吨: the middle one is what the items are called."""
    rows = [
        "目标分类|目标内容|分值|目标要求|计分标准",
        "采供血|采血量|15|全年采集全血≥12吨|每少0.1吨扣1分",
        "|血液报废率|10|≤1%|每超0.1个百分点扣0.5分",
        "服务|献血者满意度|10|≥95%|每低1个百分点扣1分",
    ]
    reading = _read(rows, "A2:A3")
    assert listing(reading) == [
        "§1 采供血",
        "1.1 采血量 15: 采集全血达到12吨以上，每低0.1吨扣1分",
        "1.2 血液报废率 10: 血液报废率不超过1%，每超0.1个百分点扣0.5分",
        "§2 服务",
        "2.1 献血者满意度 10: 献血者满意度达到95%以上，每低1个百分点扣1分",
    ]
    assert codes(reading) == ["text-untitled"]


def test_items_that_are_called_by_their_sort_ask_for_nothing() -> None:
    """加分 | 获省级表彰加2分: the first cell is no clause that lacks its points."""
    rows = ["序号|项目|评分标准", "1|加分|获省级表彰加2分", "2|减分|被通报批评1次扣2分"]
    reading = _read(rows)
    assert not reading.findings.errors
    assert [line[:4] for line in listing(reading)] == ["1 加分", "2 减分"]


def test_what_must_not_be_stands_apart_from_the_items_name() -> None:
    """服务执法 | 无违规行为 is no quantity 服务执法无违规行为."""
    rows = ["考核指标|目标值|分值|评分标准", "服务执法|无违规行为|10|发现1起扣5分"]
    reading = _read([*rows, "随访率|≥80%|5|每低1%扣1分"])
    assert listing(reading)[0] == "1 服务执法 10: 服务执法·违规，每发现1起扣5分"


def test_how_a_rate_is_computed_asks_for_nothing() -> None:
    """指标说明 with a formula names no quantity: the item does."""
    rows = [
        "三级指标|指标说明|分值|评分标准",
        "签约率|签约人数/常住人口数×100%|10|≥70%得满分，每降低1个百分点扣0.5分",
        "随访率|面访次数不少于4次/年|5|每少1次扣1分",
    ]
    reading = _read(rows)
    assert listing(reading) == [
        "1 签约率 10: 签约率达到70%以上，每低1个百分点扣0.5分",
        "2 随访率 5: 面访次数不少于4次，每少1次扣1分",
    ]


def test_a_mark_beside_a_name_is_held_and_no_points() -> None:
    """患者满意度 | ≥92分 asks for a mark."""
    rows = ["考核项目|目标任务|分值|计分办法", "患者满意度|≥92分|10|每低1分扣1分"]
    reading = _read([*rows, "签约率|≥70%|5|每低1%扣1分"])
    assert listing(reading)[0] == "1 患者满意度 10: 患者满意度达到92分以上，每低1分扣1分"
    assert codes(reading) == ["text-untitled"]


def test_a_column_that_says_what_is_lost_is_the_standard_whatever_its_heading() -> None:
    """打分口径 is no known heading: nothing else says how the items are scored."""
    rows = ["指标名称|计算单位|目标值|权重分|打分口径", "床位使用率|%|85|10|每低1%扣1分"]
    reading = _read([*rows, "平均住院日|天|8|10|每超0.5天扣1分"])
    assert listing(reading) == [
        "1 床位使用率 10: 床位使用率达到85%以上，每低1个百分点扣1分",
        "2 平均住院日 10: 平均住院日不超过8天，每超0.5天扣1分",
    ]
    assert "table-column-unknown" not in codes(reading)


def test_how_it_is_checked_is_no_part_of_what_is_asked() -> None:
    """考核办法 beside 评分标准 is how an item is looked at, and no second requirement."""
    rows = ["三级指标|分值|考核标准|评分标准|考核办法"]
    rows += ["建档率|6|≥90%|每低2个百分点扣0.5分|系统", "讲座|6|每年≥12次|每少1次扣0.5分|资料"]
    reading = _read(rows)
    assert listing(reading) == [
        "1 建档率 6: 建档率达到90%以上，每低2个百分点扣0.5分",
        "2 讲座 6: 讲座不少于12次，每少1次扣0.5分",
    ]
    assert [item.method for item in reading.agreement.parts] == ["系统", "资料"]


def test_a_list_of_targets_in_an_items_cell_is_called_by_its_first() -> None:
    """1.…；2.…；3.… are its targets: the first number is not the item's."""
    rows = ["考核内容|考核指标|分值|评分细则"]
    rows += ["艾滋病|1.检测率100%；2.随访率≥95%|10|每项指标5分，未达标每低1个百分点扣0.5分"]
    rows += ["结核病|服药率≥90%|5|每低1%扣1分"]
    reading = _read(rows)
    assert [line.partition(":")[0] for line in listing(reading)][1] == "1.1 检测率100% 10"
    part = reading.agreement.parts[0]
    assert isinstance(part, hd.Section)
    (item,) = part.parts
    assert isinstance(item, hd.Indicator)
    assert [(each.title, each.points, len(each.rules)) for each in item.parts] == [
        ("检测率", 5, 1),
        ("随访率", 5, 1),
    ]


def test_a_column_of_goals_names_the_items_beside_one_of_targets() -> None:
    """目标 | 目标值: what is to be reached, and how high."""
    rows = ["序号|目标|目标值|分值|考核办法", "1|基础护理合格率|≥90%|10|每低1%扣1分"]
    reading = _read([*rows, "2|跌倒发生率|≤0.05‰|10|每升高0.01‰扣1分"])
    assert listing(reading) == [
        "1 基础护理合格率 10: 基础护理合格率达到90%以上，每低1个百分点扣1分",
        "2 跌倒发生率 10: 跌倒发生率不超过0.05‰，每超0.01个千分点扣1分",
    ]


def test_a_first_column_of_numbers_numbers_the_rows() -> None:
    """项目 over 一, 1, 2: sections and items are called by the column beside it."""
    rows = ["项目|考核内容|得分标准|满分", "一|传染病管理||15"]
    rows += ["1|网络直报率100%|漏报1例扣2分|10", "2|查漏补种，每年2次|少一次扣2.5分|5"]
    reading = _read([*rows, "二|慢病管理||10", "1|死因监测|每漏1例扣1分|10"])
    assert [line.partition(":")[0] for line in listing(reading)] == [
        "§1 传染病管理 15",
        "1.1 网络直报率100% 10",
        "1.2 查漏补种，每年2次 5",
        "§2 慢病管理 10",
        "2.1 死因监测 10",
    ]
    assert not reading.findings.errors


def test_a_remark_that_excepts_something_is_told() -> None:
    """经评审不可避免的除外 in 备注 changes what counts, and no rule has it."""
    rows = ["指标|目标|分值|评分标准|备注"]
    rows += [
        "孕产妇死亡|0|20|发生1例扣10分|经评审不可避免的除外",
        "建册率|≥90%|5|每低1%扣1分|见台账",
    ]
    reading = _read(rows)
    assert codes(reading).count("table-remark") == 1
