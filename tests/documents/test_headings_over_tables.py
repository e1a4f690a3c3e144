"""A table under a numbered heading of a letter: its rows are that section's items."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from documents.tabling import codes, excel, listing
from healthduty.documents.agreements import read_agreement
from healthduty.documents.passages import AgreementReading

_HEAD = ("考核内容", "分值", "评分标准")
_ROWS = (_HEAD, ("台账", "60", "无台账扣5分"), ("例会", "40", "缺席一次扣2分"))


def letter(*blocks: str | Sequence[Sequence[str]]) -> AgreementReading:
    """Return what is read of a Word file of paragraphs and tables."""
    docx = pytest.importorskip("docx")
    file = docx.Document()
    for block in ("示例院目标责任书", *blocks):
        if isinstance(block, str):
            file.add_paragraph(block)
            continue
        table = file.add_table(0, len(block[0]))
        for row in block:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    file.save(stream)
    return read_agreement(stream.getvalue(), name="责任书.docx")


def outline(reading: AgreementReading) -> list[str]:
    """Return number, title and points of each item."""
    return [line.partition(":")[0] for line in listing(reading)]


@pytest.mark.parametrize(
    "heading",
    [
        ("二、目标任务及评分标准（100分）",),
        ("二、目标任务及评分标准（100分）", "具体指标和评分标准详见下表："),
        ("二、目标任务及评分标准（共100分）：",),
    ],
)
def test_a_heading_with_points_holds_the_table_below_it(heading: tuple[str, ...]) -> None:
    """Read beside each other, its points would count twice."""
    reading = letter("一、责任期限。", *heading, _ROWS, "三、附则", "一式两份。")
    assert outline(reading) == [
        "1 责任期限",
        "§2 目标任务及评分标准 100",
        "2.1 台账 60",
        "2.2 例会 40",
        "§3 附则",
    ]
    assert "sum-total" not in codes(reading)


def test_each_of_several_headings_has_its_own_table() -> None:
    """Two parts, two tables."""
    reading = letter("一、公共卫生（60分）", _ROWS[:2], "二、综合管理（40分）", (_HEAD, *_ROWS[2:]))
    assert outline(reading) == ["§1 公共卫生 60", "1.1 台账 60", "§2 综合管理 40", "2.1 例会 40"]


def test_a_heading_of_bonuses_says_what_its_table_does() -> None:
    """Under 加分项目 points are added, and are none of the 100."""
    bonus = (_HEAD, ("省级表彰", "3", "获省级表彰加3分"))
    reading = letter("一、目标任务（100分）", _ROWS, "二、加分项目", bonus)
    assert outline(reading)[3:] == ["§2 加分项目", "2.1 省级表彰"]
    assert reading.agreement.item("2.1").points is None


def test_a_heading_and_the_tables_own_sum_are_held_against_each_other() -> None:
    """The one says 90, the other 100."""
    reading = letter("一、目标任务（90分）", (*_ROWS, ("合计", "100", "")))
    assert "table-subtotal-differs" in codes(reading)


def test_a_heading_in_a_sheets_row_holds_the_table_too() -> None:
    """The rows above a header are lines, as the paragraphs above a table are."""
    rows = ["示例院考核表", "一、目标任务（100分）", *("|".join(row) for row in _ROWS)]
    reading = read_agreement(excel(rows, "A1:C1", "A2:C2"))
    assert outline(reading) == ["§1 目标任务 100", "1.1 台账 60", "1.2 例会 40"]


@pytest.mark.parametrize("last", ["二、台账缺一份扣1分。（5分）", "二、加强培训。每月一次。"])
def test_an_item_before_a_table_stays_one(last: str) -> None:
    """What is asked or scored is no heading: the table is an attachment."""
    reading = letter("一、建立台账。", last, _ROWS)
    assert [line.split()[0] for line in outline(reading)][2:] == ["§附1", "附1.1", "附1.2"]


def test_what_the_listed_events_bring_stands_once_over_them() -> None:
    """The lead of a list under 一票否决 says what each of its events does."""
    reading = letter(
        "一、一票否决",
        "有下列情形之一的，年度考核直接定为不合格等次：",
        "（一）发生重大责任事故的；",
        "（二）瞒报疫情的。",
    )
    effects = [str(effect) for veto in reading.agreement.vetoes for effect in veto.effects]
    assert effects == ["ForceGrade(grade='不合格')"] * 2
    assert [each.code for each in reading.agreement.vetoes] == ["发生重大责任事故", "瞒报疫情"]
    plain = letter("一、一票否决", "（一）发生重大责任事故的；", "（二）瞒报疫情的。")
    assert {str(e) for veto in plain.agreement.vetoes for e in veto.effects} == {
        "BarHonours(codes=())"
    }


@pytest.mark.parametrize("title", ["三、四级手术占比", "一、二级医院转诊率", "二、三类疫苗接种率"])
def test_a_list_of_ranks_is_no_number_and_name(title: str) -> None:
    """三、四级 are two ranks; 三、手术 is the third item."""
    reading = letter((_HEAD, (title, "60", "无记录扣5分"), ("三、手术", "40", "缺一次扣2分")))
    assert [line.split()[1] for line in outline(reading)] == [title, "手术"]


def test_sections_below_the_heading_of_a_sheet_count_on_from_it() -> None:
    """一、 stands above the first header, 二、 inside the table: they are sections side by side."""
    head = "指标|标准值|分值|计算方法"
    rows = ["示例中心考核评分表|||", "一、医疗质量（20分）|||", head]
    rows += ["治愈好转率|≥85%|20|每降低1%扣0.5分", "二、医疗安全（10分）|||", head]
    rows += ["走失|0|10|发生一例扣5分"]
    areas = ("A1:D1", "A2:D2", "A5:D5")
    reading = read_agreement(excel(rows, *areas), name="表.xlsx")
    assert listing(reading) == [
        "§1 医疗质量 20",
        "1.1 治愈好转率 20: 治愈好转率达到85%以上，每低1个百分点扣0.5分",
        "§2 医疗安全 10",
        "2.1 走失 10: 走失，每发现1例扣5分",
    ]
    assert codes(reading) == []


def test_a_line_about_the_annex_has_no_points_besides_its_table() -> None:
    """总分100分，具体见附表 says what the table below holds: its points are no item's."""
    reading = letter(
        "一、考核内容：总分100分，其中管理60分、服务40分。具体见附表。",
        "二、考核结果：90分以上为优秀。",
        "附表：考核表",
        _ROWS,
    )
    assert [line for line in outline(reading) if line[-2:] in {"60", "40"}] == [
        "附1.1 台账 60",
        "附1.2 例会 40",
    ]
    assert "sum-total" not in codes(reading)
