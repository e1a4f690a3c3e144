"""The result notice: each number on it is the sheet's, and the lost points add up."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

import healthduty as hd
from healthduty.calendars import OwnCalendar
from healthduty.errors import RuleError
from healthduty.results.losses import losses_of
from healthduty.word.notice import write_notice_docx, write_notices
from opened_word import lines_of, rows_of
from strategies import scored

TOWNSHIP = "township-hospital-targets"
DAY = datetime.date(2024, 12, 16)


def sheets(name: str = TOWNSHIP) -> list[hd.ScoreSheet]:
    """Return the sheets of the records that are shipped with an agreement."""
    agreement = hd.catalogue.get(name)
    return [hd.score(agreement, record) for record in hd.catalogue.records(name)]


def written(sheet: hd.ScoreSheet, folder: Path, **how: object) -> Path:
    """Return the path of a sheet's notice."""
    path = folder / "通知.docx"
    write_notice_docx(sheet, path, **how)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("place", [9, 17, 29])
def test_every_number_of_the_notice_is_the_sheets(place: int, tmp_path: Path) -> None:
    """Total, grade, each item's change, and a sum that leads from full points to those earned."""
    sheet = sheets()[place]
    path = written(sheet, tmp_path)
    told = f"考核满分{sheet.full}分，你单位总分{sheet.total}分，考核等次为{sheet.grade}。"
    assert told in lines_of(path)
    head, *rows, total = rows_of(path)
    assert head == ["条目", "指标", "分值", "增减", "事由", "依据"]
    by_item: dict[str, Decimal] = {}
    for line in sheet.lines:
        by_item[line.number] = by_item.get(line.number, Decimal(0)) + line.effective
    lost = {number: points for number, points in by_item.items() if points}
    assert {row[0]: Decimal(row[3]) for row in rows} == lost
    assert sheet.full is not None
    assert sheet.earned is not None
    assert Decimal(total[1]) == sheet.full
    assert Decimal(total[2]) == sheet.earned - sheet.full == sum(Decimal(row[3]) for row in rows)
    assert total[-1] == f"满分{sheet.full}分，得分{sheet.earned}分"


def test_every_lost_point_has_its_reason_and_its_clause(tmp_path: Path) -> None:
    """The sentence is the sheet's own; the clause is what the agreement says of it."""
    sheet = sheets()[29]
    rows = {row[0]: row for row in rows_of(written(sheet, tmp_path))[1:-1]}
    sentences = dict(zip(sheet.lines, sheet.sentences(), strict=True))
    for line, sentence in sentences.items():
        if line.effective and line.number:
            assert sentence in rows[line.number][4].split("\n")
        if line.effective and line.citation is not None:
            assert str(line.citation) in rows[line.number][5].split("\n")


@settings(max_examples=25)  # a notice of each is made in the next test
@given(case=scored())
def test_the_changes_make_up_the_loss(case: tuple[hd.Agreement, hd.Record]) -> None:
    """Of any sheet with a total: full points and all changes are the points earned."""
    sheet = hd.score(*case)
    if sheet.full is not None and sheet.earned is not None:
        assert sheet.full + sum(loss.change for loss in losses_of(sheet)) == sheet.earned


def test_who_lost_nothing_is_told_so(tmp_path: Path) -> None:
    """Instead of an empty table stands a sentence."""
    item = hd.Indicator("1", "台账", points=5)
    sheet = hd.score(hd.Agreement("示例责任书", parts=(item,)), hd.Record("甲", {"1": 5}))
    lines = lines_of(written(sheet, tmp_path))
    assert sheet.total == sheet.full
    assert "各项指标均未失分。" in lines


def test_a_veto_is_told_with_both_totals(tmp_path: Path) -> None:
    """The arithmetic stays visible beside what the veto made of it."""
    veto = hd.Veto("v", "发生责任事故", when=hd.Flag("accident"), effects=hd.ZeroTotal())
    agreement = hd.Agreement(
        "示例责任书",
        measures=(hd.Measure("accident", "发生责任事故", kind="flag"),),
        parts=(hd.Indicator("1", "台账", points=5),),
        vetoes=(veto,),
    )
    sheet = hd.score(agreement, hd.Record("甲", {"1": 4, "accident": True}))
    lines = lines_of(written(sheet, tmp_path))
    assert "一票否决：发生责任事故（考核总分计零分）。" in lines
    assert "否决前得4分，否决后总分0分。" in lines


def test_without_a_total_the_notice_says_why(tmp_path: Path) -> None:
    """A missing value leaves no number that could be taken for a total."""
    agreement = hd.catalogue.get(TOWNSHIP)
    lines = lines_of(written(hd.score(agreement, hd.Record("甲", {})), tmp_path))
    (told,) = [line for line in lines if line.startswith("目前尚不能计算总分")]
    assert "原因：" in told
    assert not any("你单位总分" in line for line in lines)


def test_assumptions_are_told_once_with_all_their_items(tmp_path: Path) -> None:
    """How open wordings were read stands on the notice, the same reading only once."""
    sheet = sheets()[9]
    lines = lines_of(written(sheet, tmp_path))
    readings = {each.message for each in sheet.findings if each.code == "assumption"}
    for reading in readings:
        assert sum(f"：{reading.rstrip('。')}。" in line for line in lines) == 1


def test_the_day_until_which_one_may_object(tmp_path: Path) -> None:
    """Five working days from the day after the notice; holidays are the calendar's."""
    sheet = sheets()[0]
    text = "".join(lines_of(written(sheet, tmp_path, dated=DAY)))
    assert "请于2024年12月23日（含当日）前向示例区卫生局提出书面复核申请" in text
    holiday = OwnCalendar(off=[datetime.date(2024, 12, 18)], years=[2024])
    text = "".join(lines_of(written(sheet, tmp_path, dated=DAY, work=holiday)))
    assert "请于2024年12月24日（含当日）前" in text
    text = "".join(lines_of(written(sheet, tmp_path, within=10, issuer="县卫健局")))
    assert "请自收到本通知次日起10个工作日内向县卫健局提出" in text
    with pytest.raises(RuleError, match="at least 1 working day"):
        written(sheet, tmp_path, within=0)


def test_every_unit_has_its_notice_or_none_has(tmp_path: Path) -> None:
    """A folder of notices, each to its own unit with its own total."""
    scored = sheets()[8:12]
    paths = write_notices(iter(scored), tmp_path, dated=DAY)
    assert [path.name for path in paths] == [
        f"考核结果通知（{sheet.record.name}）.docx" for sheet in scored
    ]
    for path, sheet in zip(paths, scored, strict=True):
        lines = lines_of(path)
        assert f"{sheet.record.name}：" in lines
        assert any(f"你单位总分{sheet.total}分" in line for line in lines)
    with pytest.raises(RuleError):
        write_notices(scored, tmp_path / "none", within=0)
    assert not (tmp_path / "none").exists()


def test_the_notice_names_what_it_rests_on(tmp_path: Path) -> None:
    """The digests of agreement and record stand on it, cut to what an eye compares."""
    sheet = sheets()[0]
    text = "".join(lines_of(written(sheet, tmp_path)))
    assert sheet.digests["agreement"][:12] in text
    assert sheet.digests["record"][:12] in text


def test_money_and_honours_follow_on_the_notice(tmp_path: Path) -> None:
    """What each pool pays, to the fen, and why that share."""
    sheet = sheets("supervision-coordination")[1]
    lines = lines_of(written(sheet, tmp_path))
    for money in sheet.money:
        assert f"{money.name}：{money.amount:,.2f}元（{money.reason()}）。" in lines
