"""The agreement as a Word file: what is in it is what was agreed, in the official layout."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

import healthduty as hd
from healthduty.exact import show
from healthduty.model.agreement import Supersedes
from healthduty.model.indicator import Node, Part, Section, children_of
from healthduty.model.party import Party, ResponsiblePerson, Role, Term
from healthduty.word.agreement import agreement_content, write_agreement_docx
from healthduty.word.articles import articles_of, is_tabled
from healthduty.word.indicators import table_of
from opened_word import W, lines_of, rows_of, text_of, xml_of
from strategies import agreements
from strategy_trees import with_changes

TABLED = [name for name in hd.catalogue.names() if is_tabled(hd.catalogue.get(name))]


def walk(nodes: Iterable[Node]) -> list[Node]:
    """Return nodes and all below them, in written order."""
    return [each for node in nodes for each in (node, *walk(children_of(node)))]


def read_back(agreement: hd.Agreement) -> hd.Agreement:
    """Read an agreement's own Word file, knowing its measures as law 1 does."""

    def reader(text: str, **asked: object) -> hd.ClauseReading:
        return hd.read_clause(text, **(asked | {"measures": agreement.measures}))

    return hd.read_agreement(agreement_content(agreement), name="书.docx", reader=reader).agreement


def bare(thing: Any) -> Any:  # noqa: ANN401 - any record of the model
    """Return rules without citations, and their codes without the item's name before them."""
    if isinstance(thing, tuple):
        return tuple(map(bare, thing))
    if not attrs.has(type(thing)):
        return thing
    changes = {}
    for field in attrs.fields(type(thing)):
        value = getattr(thing, field.name)
        named = field.name in ("code", "measure") and isinstance(value, str)
        changes[field.name] = value.rpartition("·")[2] if named else bare(value)
        if field.name in ("citation", "assumption"):
            changes[field.name] = None
    return attrs.evolve(thing, **changes)


# -------------------------------------------------------------------- what is in it


@pytest.mark.parametrize("name", TABLED)
def test_the_written_agreement_is_read_back_item_for_item(name: str) -> None:
    """Numbers, titles, points and rules of every item survive the way through Word."""
    agreement = hd.catalogue.get(name)
    items, back = walk(agreement.parts), walk(read_back(agreement).parts[-1].parts)
    assert [item.title for item in back] == [item.title for item in items]
    assert [item.points for item in back] == [item.points for item in items]
    dotted = [at for at, item in enumerate(items) if "." in item.number]
    assert [back[at].number for at in dotted] == [items[at].number for at in dotted]
    for item, other in zip(items, back, strict=True):
        if item.rules:
            assert bare(other.rules) == bare(item.rules), item.number


def titled(agreement: hd.Agreement) -> hd.Agreement:
    """Give the items of a drawn agreement titles, as any real one has."""
    titles = {node.number: {"title": f"指标{i}号"} for i, node in enumerate(agreement.nodes())}
    return attrs.evolve(agreement, parts=with_changes(agreement.parts, titles))


def is_printable(agreement: hd.Agreement) -> bool:
    """Whether a table tells items from parts: there are points, and parts have theirs."""
    parts = [node.parts for node in agreement.nodes() if isinstance(node, hd.Indicator)]
    alone = any(len(each) == 1 or any(part.points is None for part in each) for each in parts)
    return is_tabled(agreement) and not alone


@settings(max_examples=15)  # each is written as a file and read again
@given(agreement=agreements().map(titled).filter(is_printable))
def test_any_agreement_is_read_back(agreement: hd.Agreement) -> None:
    """Law 1 holds through a Word table: whatever the rules, the same come back."""
    back = walk(read_back(agreement).parts[-1].parts)
    back = [item for item in back if item.title != "本大项共同评分"]
    items = walk(agreement.parts)
    assert [item.points for item in back] == [item.points for item in items]
    for item, other in zip(items, back, strict=True):
        if not isinstance(item, Section):
            assert bare(other.rules) == bare(item.rules)


@pytest.mark.parametrize("name", TABLED)
def test_every_number_of_the_table_is_the_agreements(name: str) -> None:
    """Read by zip and ElementTree alone: each item has its row, the total is the sum stated."""
    agreement = hd.catalogue.get(name)
    rows = rows_of(agreement_content(agreement))
    column = rows[0].index("分值")
    printed = {row[0]: row[column] for row in rows[1:-1]}
    for node in agreement.nodes():
        if isinstance(node, Part) and not children_of(node):
            points = "" if node.points is None else show(node.points)
            assert printed[node.number] == points
            assert node.title in "".join(next(row for row in rows if row[0] == node.number))
    full = agreement.points or hd.score(agreement, hd.Record("x", {})).full
    assert full is not None
    assert rows[-1][:2] == ["合计", show(Fraction(full))]


def test_front_and_closing_are_read_back(tmp_path: Path) -> None:
    """Title, parties, grades, term, successor and copies: as agreed."""
    agreement = attrs.evolve(
        hd.catalogue.get("township-hospital-targets"),
        term=Term("2024-01-01", "2024-12-31", successor_bound=True),
        responsible=(ResponsiblePerson("院长"), ResponsiblePerson("公卫科科长", rank="direct")),
    )
    write_agreement_docx(agreement, tmp_path / "书.docx", copies=4)
    back = hd.read_agreement(tmp_path / "书.docx").agreement
    assert back.title == agreement.title
    assert [party.name for party in back.parties] == [party.name for party in agreement.parties]
    assert back.grades == agreement.grades
    assert back.term == agreement.term
    assert back.copies == 4
    assert [(each.post, each.rank) for each in back.responsible] == [
        ("院长", "first"),
        ("公卫科科长", "direct"),
    ]
    assert back.points == Fraction(50)


def test_money_by_tier_is_read_back() -> None:
    """The tiers of a pool, per head, with their bounds."""
    agreement = hd.catalogue.get("supervision-coordination")
    pool, back = agreement.funding[0], read_back(agreement).funding[0]
    assert back.per_head == pool.per_head
    assert back.tiers == pool.tiers


def test_a_party_takes_the_place_of_the_responsible_one() -> None:
    """The file of one unit names that unit, and nobody else as 乙方."""
    lines = lines_of(agreement_content(hd.catalogue.get("county-safety-2014"), party="某镇卫生院"))
    assert "乙方：某镇卫生院" in lines
    assert not any("示例县医疗卫生单位" in line for line in lines)
    named = Party("x", "丙站", role="other")
    lines = lines_of(agreement_content(hd.catalogue.get("county-safety-2014"), party=named))
    assert "乙方：丙站" in lines


def test_an_agreement_without_points_has_its_items_in_words() -> None:
    """No table is attached where nothing is scored, and every item is in the text."""
    agreement = hd.catalogue.get("school-clinic-posts")
    text = "\n".join(lines_of(agreement_content(agreement)))
    assert "附件" not in text
    for node in agreement.nodes():
        for words in (node.title, getattr(node, "requirement", "")):
            assert all(line in text for line in words.split("\n"))


def test_targets_in_words_are_not_lost() -> None:
    """What is asked as a number stands in the text, though nothing is scored by it."""
    agreement = hd.catalogue.get("deputy-leaders-duty")
    assert not is_tabled(agreement)
    text = "".join(lines_of(agreement_content(agreement)))
    goals = [goal for node in agreement.nodes() if isinstance(node, Part) for goal in node.targets]
    assert goals
    assert text.count("目标值：") == sum(
        bool(node.targets) for node in agreement.nodes() if isinstance(node, Part)
    )


def test_every_limit_of_an_item_is_told_below_the_table() -> None:
    """Floors, caps, evidence and excusals are no part of a clause, and are not lost."""
    item = hd.Indicator("1.1", "台账", points=5, floor=-2, evidence_required=True)
    section = Section("1", "管理", parts=(item,), cap=4)
    table = table_of(hd.Agreement("示例", parts=(section,)))
    assert table.notes == (
        "注：第1.1项，无书面依据的不得分。最低得-2分。",
        "注：第1项，合计最高得4分。",
    )


def test_the_office_of_a_section_stands_beside_its_items() -> None:
    """An item without an office of its own is assessed by its section's."""
    items = (
        hd.Indicator("1.1", "甲", points=1),
        hd.Indicator("1.2", "乙", points=1, office="医政科"),
    )
    agreement = hd.Agreement("示例", parts=(Section("1", "管理", parts=items, office="公卫科"),))
    rows = [[cell.text for cell in row] for row in table_of(agreement).rows]
    assert [row[-1] for row in rows[:3]] == ["考核单位", "公卫科", "医政科"]


def test_many_levels_leave_room_for_the_text() -> None:
    """However deep sections stand, no column is narrower than a character."""
    part: Node = hd.Indicator(
        "1", "台账", points=1, requirement="要求" * 50, method="查", office="科"
    )
    for depth in range(6):
        part = Section(str(depth), "大项", parts=(part,))  # type: ignore[arg-type]
    table = table_of(hd.Agreement("示例", parts=(part,)))  # type: ignore[arg-type]
    assert table.landscape
    assert min(table.widths) > 8
    assert sum(table.widths) == pytest.approx(225)


def test_how_points_are_cut_is_an_article() -> None:
    """Rounding, caps and the charge-once clause are signed too."""
    item = hd.Indicator("1", "台账", points=5)
    agreement = hd.Agreement(
        "示例",
        parts=(item,),
        cap=110,
        bonus_points=12,
        bonus_cap=10,
        charge_once=True,
        total_places=1,
        supersedes=Supersedes("旧责任书", 2023),
    )
    text = "".join(words.text for words in articles_of(agreement))
    for told in (
        "考核以5分为满分",
        "加分项目合计12分",
        "各项加分合计最高10分",
        "总分最高110分",
        "不重复计算",
        "不能除尽的分数保留两位小数，四舍五入",
        "总分保留一位小数",
        "2023年度《旧责任书》即行废止",
    ):
        assert told in text


def test_open_blanks_are_printed_to_be_filled_by_hand() -> None:
    """A template's blanks are lines on the paper, each with its name."""
    text = "".join(lines_of(agreement_content(hd.catalogue.get("hospital-targets-template"))))
    assert text.count("____") >= 25


def test_text_from_data_can_not_break_the_file() -> None:
    """Tags, entities, control characters and braces are text."""
    evil = "<w:p/>&amp;{{ 7 * 7 }}\x0b\x1b[2J】\uffff\ud800"
    item = hd.Indicator("1", evil, points=5, requirement=f"{evil}\n{evil}")
    lines = lines_of(agreement_content(hd.Agreement(f"{evil}责任书", parts=(item,))))
    assert lines[0] == "<w:p/>&amp;{{ 7 * 7 }}��[2J】��责任书"


# --------------------------------------------------------------------------- the layout


def test_the_page_is_that_of_official_documents() -> None:
    """A4, margins of 37 and 28 mm, a type area of 156 × 225 mm, page numbers on both sides."""
    content = agreement_content(hd.catalogue.get("township-hospital-targets"))
    body = xml_of(content, "word/document.xml")
    first, *_ = body.iter(f"{W}sectPr")
    size, margin = first.find(f"{W}pgSz"), first.find(f"{W}pgMar")
    assert size is not None
    assert margin is not None
    mm = {
        name: round(int(each.attrib[f"{W}{name}"]) * 25.4 / 1440)
        for each in (size, margin)
        for name in ("w", "h", "top", "left", "right", "bottom")
        if f"{W}{name}" in each.attrib
    }
    assert (mm["w"], mm["h"], mm["top"], mm["left"]) == (210, 297, 37, 28)
    assert mm["w"] - mm["left"] - mm["right"] == 156
    assert mm["h"] - mm["top"] - mm["bottom"] == 225
    kinds = [each.attrib[f"{W}type"] for each in first.iter(f"{W}footerReference")]
    assert sorted(kinds) == ["default", "even"]
    assert xml_of(content, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        footers = [name for name in archive.namelist() if "footer" in name and "rels" not in name]
    for name in footers:
        footer = xml_of(content, name)
        assert text_of(footer) == "—  —"
        assert [each.text for each in footer.iter(f"{W}instrText")] == [" PAGE "]


def test_the_styles_name_the_official_fonts() -> None:
    """Each style sets the East-Asian font, and the body 16 points on lines of 28."""
    styles = xml_of(agreement_content(hd.catalogue.get("county-safety-2014")), "word/styles.xml")
    known = {each.attrib[f"{W}styleId"]: each for each in styles.iter(f"{W}style")}

    def look(style: str) -> tuple[str, int, str | None]:
        fonts, size = (known[style].find(f"{W}rPr/{W}{name}") for name in ("rFonts", "sz"))
        line = known[style].find(f"{W}pPr/{W}spacing")
        assert fonts is not None
        assert size is not None
        height = None if line is None else line.attrib[f"{W}line"]
        return fonts.attrib[f"{W}eastAsia"], int(size.attrib[f"{W}val"]), height

    assert look("GwTitle") == ("方正小标宋简体", 44, "700")
    assert look("GwBody") == ("仿宋_GB2312", 32, "560")
    assert look("GwFirst") == ("黑体", 32, "560")
    assert look("GwSecond") == ("楷体_GB2312", 32, "560")
    assert look("GwPageOdd") == ("宋体", 28, "320")


def test_the_table_has_its_headings_on_every_page() -> None:
    """The first row repeats, and columns fill the type area."""
    content = agreement_content(hd.catalogue.get("township-hospital-targets"))
    table = list(xml_of(content, "word/document.xml").iter(f"{W}tbl"))[-1]
    first, second, *_ = table.iter(f"{W}tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert second.find(f"{W}trPr/{W}tblHeader") is None
    widths = [int(each.attrib[f"{W}w"]) for each in table.iter(f"{W}gridCol")]
    assert round(sum(widths) * 25.4 / 1440) == 156


def test_a_wide_table_lies_broadside() -> None:
    """With more columns than fit upright, the attachment turns; the articles stay upright."""
    item = hd.Indicator("1.1.1", "台账", points=5, method="查", office="科", requirement="全")
    inner = Section("1.1", "内", parts=(item,))
    agreement = hd.Agreement("示例责任书", parts=(Section("1", "外", parts=(inner,)),))
    sections = list(xml_of(agreement_content(agreement), "word/document.xml").iter(f"{W}pgSz"))
    orients = [each.attrib.get(f"{W}orient") for each in sections]
    assert orients == [None, "landscape"]


def test_signature_places_stand_side_by_side(tmp_path: Path) -> None:
    """Both seals and both signatures, and a day that no calendar has is printed as agreed."""
    path = tmp_path / "书.docx"
    write_agreement_docx(hd.catalogue.get("county-safety-2014"), path)
    (left, right), *others = rows_of(path, 0)
    assert not others
    assert left.split("\n") == [
        "甲方（盖章）：",
        "示例县卫生局",
        "卫生局（签字）：",
        "2014年2月30日",
    ]
    assert right.split("\n")[-1] == "2014年2月30日"


def test_an_official_page_number_is_no_unread_footer(tmp_path: Path) -> None:
    """— 1 — in a footer says nothing that a reader of the agreement could miss."""
    path = tmp_path / "书.docx"
    write_agreement_docx(hd.catalogue.get("county-safety-2014"), path)
    assert "file-part-unread" not in hd.read_agreement(path).findings.codes


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """Where the folder does not exist nothing is written; an old file is replaced whole."""
    agreement = hd.catalogue.get("county-safety-2014")
    with pytest.raises(OSError, match="No such file"):
        write_agreement_docx(agreement, tmp_path / "none" / "书.docx")
    path = tmp_path / "书.docx"
    path.write_bytes(b"old")
    write_agreement_docx(agreement, path)
    assert path.read_bytes()[:2] == b"PK"
    assert [each.name for each in tmp_path.iterdir()] == ["书.docx"]


def test_the_role_of_other_parties_is_told() -> None:
    """Who is neither issuer nor responsible is named beside them."""
    agreement = hd.catalogue.get("supervision-coordination")
    others = [party.name for party in agreement.parties if party.role is Role.OTHER]
    assert f"相关方：{'、'.join(others)}" in lines_of(agreement_content(agreement))
