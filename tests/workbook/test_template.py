"""What stands in a data workbook: cells to fill in, locks, checks, hints, and the hidden sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import healthduty as hd
from healthduty.convert.digest import digest
from healthduty.errors import UsageError
from healthduty.grids.excel import read_book
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.model.party import Term
from healthduty.records.headers import Stage
from healthduty.rules.condition import Flag, Level
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction, Judgement
from healthduty.rules.tally import Lacking, Once, StepsBelow
from healthduty.rules.threshold import ByKind, Given
from healthduty.workbook.template import write_template
from healthduty.workbook.template_about import pieces_of, read_about
from healthduty.workbook.template_asked import asked_of
from healthduty.workbook.template_codes import read_code
from healthduty.workbook.template_rows import HOW_TO_FILL

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

Page = Any
"""A sheet of openpyxl."""

AGREEMENT = Agreement(
    "示例目标责任书",
    year=2024,
    term=Term("2023-11-01", "2024-10-31"),
    measures=(
        Measure("satisfaction", "满意率", unit="%"),
        Measure("screening", "筛查完成率", unit="%", kind="completion"),
        Measure("growth", "收入增幅", unit="%", kind="growth"),
        Measure("income", "业务收入", unit="万元"),
        Measure("surveys", "问卷调查", unit="次"),
        Measure("register", "台账", kind="flag"),
        Measure("quality", "质量等级", levels=("优", "良", "差")),
        Measure("last_year", "上年满意率", unit="%"),
        Measure("unread", "备用数据", unit="次"),
    ),
    parts=(
        Section(
            "一",
            "服务",
            office="医政科",
            parts=(
                Indicator(
                    "1",
                    "满意",
                    points=10,
                    rules=(
                        Deduction(
                            StepsBelow("satisfaction", target=Given("last_year"), step=5), points=1
                        ),
                        Deduction(
                            Lacking("surveys", required=ByKind({"中心": 4, "站": 2})), points=1
                        ),
                    ),
                ),
                Indicator("2", "健康教育", points=4, parts=(Part("2.1", "讲座", points=4),)),
                Indicator("3", "作风", points=5, rules=Judgement("j", "lose", least="0.5", most=2)),
            ),
        ),
        Indicator(
            "4",
            "管理",
            points=5,
            office="办公室",
            rules=(
                Deduction(Once(Flag("register", expected=False)), points=1),
                Deduction(Once(Level("quality", "差")), points=2),
                Deduction(StepsBelow("screening", target=90, step=1), points="0.1"),
                Deduction(StepsBelow("growth", target=5, step=1), points="0.1"),
                Deduction(StepsBelow("income", target=100, step=10), points="0.1"),
            ),
        ),
    ),
)


def sheet_of(path: Path, name: str = "数据") -> Page:
    """Return a sheet of a workbook."""
    return openpyxl.load_workbook(path)[name]


def columns_of(page: Page) -> dict[str, int]:
    """Return the columns of a sheet by their codes."""
    return {
        str(cell.value): cell.column
        for row in page.iter_rows(max_row=30)
        for cell in row
        if (read_code(str(cell.value or "")) and cell.column > 1)
        or str(cell.value) == "hd||facility|"
    }


def checks_of(page: Page) -> Iterator[tuple[str, Any]]:
    """Go through the input checks: the code of the column, and the check."""
    names = {column: code for code, column in columns_of(page).items()}
    for check in page.data_validations.dataValidation:
        for area in check.sqref.ranges:
            yield names[area.min_col], check


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a county's workbook for two units."""
    path = tmp_path_factory.mktemp("county") / "数据.xlsx"
    units = [("01", "南关中心", "中心", 32000), ("02", "北关站", "站", None)]
    write_template(AGREEMENT, path, facilities=units, period="2024")
    return path


def test_everything_that_is_asked_has_its_cells(county: Path) -> None:
    """Every measure, read or not, and every judgement, in the order of the agreement."""
    targets = [code.target for text in columns_of(sheet_of(county)) if (code := read_code(text))]
    assert list(dict.fromkeys(filter(None, targets))) == [
        *("satisfaction", "last_year", "surveys", "2.1", "j", "register", "quality"),
        *("screening", "growth", "income", "unread"),
    ]


def test_only_cells_to_fill_in_are_open(county: Path) -> None:
    """The sheet is protected without a password; who the units are can't be overwritten."""
    page = sheet_of(county)
    assert page.protection.sheet
    assert not page.protection.password
    columns = columns_of(page)
    open_cells = {
        cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked
    }
    first = page.cell(7, columns["hd|verified|value|satisfaction"]).coordinate
    assert first in open_cells
    assert "A7" not in open_cells
    assert "B7" not in open_cells
    assert "C7" in open_cells
    assert {int("".join(filter(str.isdigit, name))) for name in open_cells} == {7, 8}


def test_heads_are_frozen_and_codes_hidden(county: Path) -> None:
    """Whoever scrolls still sees the unit and the measure; nobody sees the codes."""
    page = sheet_of(county)
    assert page.freeze_panes == "C7"
    assert page.row_dimensions[6].hidden
    book = openpyxl.load_workbook(county)
    assert book.sheetnames == ["数据", "个案明细", "责任书", "关于本表"]
    assert book["关于本表"].sheet_state == "hidden"
    assert book["责任书"]["B3"].value == "服务"


@pytest.mark.parametrize(
    ("code", "passes"),
    [
        ("satisfaction", ">=0,{0}<=100"),
        ("screening", "AND(ISNUMBER({0}),{0}>=0)"),
        ("growth", "AND(ISNUMBER({0}))"),
        ("income", "AND(ISNUMBER({0}))"),
        ("surveys", "{0}=INT({0})"),
        ("register", '"是,否,不适用"'),
        ("quality", '"优,良,差,不适用"'),
        ("2.1", "{0}>=0,{0}<=4"),
        ("j", "OR({0}=0,AND({0}>=0.5,{0}<=2))"),
    ],
)
def test_each_kind_has_its_input_check(county: Path, code: str, passes: str) -> None:
    """Whole numbers, shares up to 100 unless they are completions, lists, bounded points."""
    page = sheet_of(county)
    checks = dict(checks_of(page))
    check = checks[f"hd|verified|value|{code}"]
    cell = str(check.sqref).partition(":")[0]
    assert passes.format(cell) in str(check.formula1)
    assert check.type in ("custom", "list")
    assert check.prompt
    assert "不适用" in str(check.formula1)


def test_days_lie_in_the_term(county: Path) -> None:
    """The agreement binds from 1 November to 31 October."""
    check = dict(checks_of(sheet_of(county)))["hd|verified|date|"]
    assert (check.type, check.formula1, check.formula2) == ("date", "45231", "45596")


def test_hints_say_how_it_is_scored(county: Path) -> None:
    """The name of a measure carries its clause and its office."""
    page = sheet_of(county)
    column = columns_of(page)["hd|self_assessed|value|surveys"]
    comment = page.cell(3, column).comment.text
    assert "每少1次扣1分" in comment
    assert "医政科" in comment
    assert page.cell(3, column).value == "1 问卷调查（次）"


def test_the_title_is_printed_over_every_page(county: Path, tmp_path: Path) -> None:
    """In its own cells it would be cut off where only the first columns are repeated."""
    page = sheet_of(county)
    assert page.print_area.startswith("'数据'!$A$3:")
    title, note = page.oddHeader.center.text.split("\n")
    assert title == "示例目标责任书 考核数据表"
    assert note == HOW_TO_FILL("zh")
    write_template(AGREEMENT, tmp_path / "en.xlsx", lang="en")
    page = sheet_of(tmp_path / "en.xlsx", "data")
    assert "\n" not in page.oddHeader.center.text  # a note too long for a margin is left out whole
    assert page.oddFooter.right.text.startswith("page")


def test_hints_follow_the_language(tmp_path: Path) -> None:
    """What was agreed stays, all else is said in English."""
    write_template(AGREEMENT, tmp_path / "en.xlsx", lang="en")
    page = sheet_of(tmp_path / "en.xlsx", "data")
    column = columns_of(page)["hd|self_assessed|value|surveys"]
    assert "assessed by 医政科" in page.cell(3, column).comment.text


def test_what_a_person_judges_says_so(county: Path) -> None:
    """An item with points and no rule has no blank where the others have their standard."""
    page = openpyxl.load_workbook(county)["责任书"]
    rows = {row[0].value: row[4].value for row in page.iter_rows(min_row=3) if row[0].value}
    assert rows["2.1"] == "由考核人评定"


def test_the_hidden_sheet_says_what_it_was_made_for(county: Path) -> None:
    """Layout, stages, sheets, codes, and the agreement that can be read again."""
    about = read_about(read_book(county.read_bytes()))
    assert about is not None
    assert (about.layout.value, about.digest) == ("county", digest(AGREEMENT))
    assert about.stages == (Stage.SELF_ASSESSED, Stage.VERIFIED)
    assert [page.name for page in about.pages] == ["数据", "个案明细", "责任书"]
    assert hd.loads(about.agreement) == AGREEMENT


def test_long_lists_stand_in_cells(tmp_path: Path) -> None:
    """Excel takes 255 characters in a check; a hundred units are more."""
    path = tmp_path / "数据.xlsx"
    write_template(AGREEMENT, path, facilities=[f"第{i}社区卫生服务中心" for i in range(100)])
    page = sheet_of(path, "个案明细")
    check = dict(checks_of(page))["hd||name|"]
    assert check.formula1.startswith("'关于本表'!$")
    assert check.formula1.endswith("$100")


def test_an_office_sees_its_items_alone(tmp_path: Path) -> None:
    """What no office assesses has a sheet of its own: nothing is lost between two offices."""
    path = tmp_path / "数据.xlsx"
    write_template(AGREEMENT, path, layout="office", facilities=["南关"])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["医政科", "办公室", "未定科室"]
    asked = {
        name: {code.target for text in columns_of(book[name]) if (code := read_code(text))} - {""}
        for name in book.sheetnames[:3]
    }
    assert asked["未定科室"] == {"unread"}
    assert asked["医政科"] == {"satisfaction", "last_year", "surveys", "2.1", "j"}
    assert set.union(*asked.values()) == {each.target for each in asked_of(AGREEMENT)}


def test_every_agreement_of_the_catalogue_has_its_workbook(tmp_path: Path) -> None:
    """Even one without any score has something to look up; each is known by its hidden sheet."""
    for name in hd.catalogue.names():
        agreement = hd.catalogue.get(name)
        path = tmp_path / f"{name}.xlsx"
        write_template(agreement, path, layout="facility", facilities=["南关"], lang="en")
        about = read_about(read_book(path.read_bytes()))
        assert about is not None
        assert about.digest == digest(agreement)


def test_names_that_no_sheet_or_file_may_have(tmp_path: Path) -> None:
    """Slashes, colons, long names and doubles become names that Excel and Windows take."""
    names = ["南关/街道:中心", "南关?街道*中心", "长" * 60, "长" * 60 + "二", "'x'", "CON:"]
    paths = write_template(AGREEMENT, tmp_path / "units", layout="facility", facilities=names)
    assert len({path.name for path in paths}) == len(names)
    assert not any(set('\\/:*?"<>|') & set(path.name) for path in paths)
    write_template(AGREEMENT, tmp_path / "a.xlsx", layout="facility", facilities=names)
    assert len(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames) == len(names) + 3


def test_more_units_than_can_be_read_back_are_refused(tmp_path: Path) -> None:
    """What is written can be read: a province takes a workbook for each county."""
    units = [str(number) for number in range(200_000)]
    with pytest.raises(UsageError, match="a workbook for each county"):
        write_template(AGREEMENT, tmp_path / "a.xlsx", facilities=units)
    assert not (tmp_path / "a.xlsx").exists()


def test_pieces_lose_no_space() -> None:
    """A program that trims cells can't take anything from the agreement's text."""
    text = "满意率  达标 " * 2_000
    pieces = pieces_of(text, 100)
    assert "".join(piece.strip() for piece in pieces[:-1]) + pieces[-1] == text
    assert max(map(len, pieces)) == 100
