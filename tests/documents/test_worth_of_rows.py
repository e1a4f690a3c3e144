"""Rows that state their own points beneath one cell of points are items of a section."""

from __future__ import annotations

import healthduty as hd

HEAD = "考核项目\t权重\t考核指标及要求\t扣分办法\n"


def _read(*rows: tuple[str, str, str, str]) -> hd.AgreementReading:
    lines = "".join("\t".join(row) + "\n" for row in rows)
    return hd.read_agreement(f"示例责任书\n{HEAD}{lines}")


def test_rows_with_points_of_their_own_are_items() -> None:
    """Each is scored out of its own points, and together they make the section's."""
    reading = _read(
        ("医疗服务", "10分", "1.门诊人次增长≥3%（6分）", "每低1个百分点扣1分"),
        ("", "", "2.处方合格率≥95%（4分）", "每低1%扣0.5分"),
        ("群众满意", "5分", "满意度≥90%", "每低1%扣1分"),
    )
    section, item = reading.agreement.parts
    assert isinstance(section, hd.Section)
    assert [(each.title, each.points) for each in section.parts] == [
        ("门诊人次增长≥3%", 6),
        ("处方合格率≥95%", 4),
    ]
    assert isinstance(item, hd.Indicator)
    assert "clause-points" not in reading.findings.codes


def test_a_row_without_points_goes_on_with_the_one_above() -> None:
    """What it says is said of the item that has them."""
    reading = _read(
        ("医疗服务", "10分", "1.门诊人次增长≥3%（6分）", "每低1个百分点扣1分"),
        ("", "", "无违规收费", "每发现一例扣1分"),
        ("", "", "2.处方合格率≥95%（4分）", "每低1%扣0.5分"),
    )
    (section,) = reading.agreement.parts
    assert isinstance(section, hd.Section)
    assert [len(each.rules) for each in section.parts] == [2, 1]


def test_points_that_do_not_make_the_cells_are_told() -> None:
    """Nobody is scored out of points that nobody stated."""
    reading = _read(
        ("医疗服务", "12分", "1.门诊人次增长≥3%（6分）", "每低1个百分点扣1分"),
        ("", "", "2.处方合格率≥95%（4分）", "每低1%扣0.5分"),
    )
    assert "clause-points" in reading.findings.codes


def test_numbered_lines_with_points_are_parts() -> None:
    """What a line of the standard takes all of is its own line's points, and not the item's."""
    head = "考核内容\t考核要求\t分值\t评分标准\n"
    asked, standard = (
        "1.成立小组（2分）；2.例会每年不少于4次（4分）",
        "1.未成立不得分；2.少1次扣0.5分",
    )
    row = f"组织管理\t{asked}\t6\t{standard}\n"
    reading = hd.read_agreement(f"示例责任书\n{head}{row}")
    (item,) = reading.agreement.parts
    assert isinstance(item, hd.Indicator)
    assert [(each.title, each.points, len(each.rules)) for each in item.parts] == [
        ("成立小组", 2, 1),
        ("例会每年不少于4次", 4, 1),
    ]
    assert item.rules == ()


def test_lines_that_differ_in_number_leave_the_rules_with_the_item() -> None:
    """Which line of the standard is whose cannot be told."""
    head = "考核内容\t考核要求\t分值\t评分标准\n"
    row = "组织管理\t1.成立小组（2分）；2.例会每年不少于4次（4分）\t6\t少1次扣0.5分\n"
    (item,) = hd.read_agreement(f"示例责任书\n{head}{row}").agreement.parts
    assert isinstance(item, hd.Indicator)
    assert len(item.rules) == 1
    assert [part.rules for part in item.parts] == [(), ()]
