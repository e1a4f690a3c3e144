"""A bureau's own template: every name is filled or is a finding, and no template runs code."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import pytest

import healthduty as hd
from healthduty.errors import SourceError, UnknownNameError, UsageError
from healthduty.word.context import FIELDS, PLACEHOLDERS, context_of, placeholders
from healthduty.word.templates import fill_template
from opened_word import lines_of, rows_of

NAME = "township-hospital-targets"


def sheet() -> hd.ScoreSheet:
    """Return a sheet with some lost points."""
    return hd.score(hd.catalogue.get(NAME), hd.catalogue.records(NAME)[9])


def template(*paragraphs: str, row: tuple[str, ...] = (), header: str = "") -> bytes:
    """Return a Word file with paragraphs, and a table whose middle row repeats over 失分."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if row:
        table = document.add_table(rows=3, cols=len(row))
        for place, text in enumerate(("{%tr for 行 in 失分 %}", "", "{%tr endfor %}")):
            table.cell(place, 0).text = text
        for column, text in enumerate(row):
            table.cell(1, column).text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def faults(data: bytes, context: object = None) -> list[tuple[str, str]]:
    """Return what is wrong with a template: code and message of each finding."""
    with pytest.raises(SourceError) as raised:
        fill_template(data, context or context_of(sheet()), "unused.docx")  # type: ignore[arg-type]
    assert not Path("unused.docx").exists()
    return [(each.code, each.message) for each in raised.value.findings]  # type: ignore[attr-defined]


def test_a_template_is_filled_with_the_sheet_s_numbers(tmp_path: Path) -> None:
    """Texts, choices, and a table row for every lost point, each number the sheet's."""
    form = template(
        "{{ 单位 }}：总分{{ 总分 }}分，满分{{ 满分 }}分，{{ 等次 }}",
        "{% if 一票否决 %}否决：{{ 一票否决 | join('、') }}{% else %}无否决{% endif %}",
        row=("{{ loop.index }}", "{{ 行.条目 }}", "{{ 行.增减 }}", "{{ 行.事由 }}"),
        header="{{ 责任书 }}",
    )
    path, scored = tmp_path / "通知.docx", sheet()
    fill_template(form, context_of(scored), path)
    lines = lines_of(path)
    assert lines[0] == (
        f"{scored.record.name}：总分{scored.total}分，满分{scored.full}分，{scored.grade}"
    )
    assert lines[1] == "无否决"
    rows = rows_of(path)
    assert [row[0] for row in rows] == [str(at) for at in range(1, len(rows) + 1)]
    assert scored.earned is not None
    assert scored.full is not None
    assert sum(Decimal(row[2]) for row in rows) == scored.earned - scored.full
    with zipfile.ZipFile(path) as archive:
        headers = [archive.read(name) for name in archive.namelist() if "header" in name]
    assert any(scored.agreement.title.encode() in header for header in headers)


def test_every_name_is_documented_and_there() -> None:
    """What `placeholders` lists is what a context has, fields of rows included."""
    scored = sheet()
    for of, context in (
        ("sheet", context_of(scored)),
        ("agreement", context_of(scored.agreement)),
    ):
        assert [name for name, _ in PLACEHOLDERS[of]] == list(context)
        assert [row[0] for row in placeholders(of).rows] == list(context)
        for name, rows in context.items():
            if isinstance(rows, list) and rows and not isinstance(rows[0], str):
                assert tuple(rows[0]) == FIELDS[name]
    with pytest.raises(UnknownNameError, match="no placeholders of `page`"):
        placeholders("page")
    paid = hd.catalogue.get("supervision-coordination")
    rows = context_of(hd.score(paid, hd.catalogue.records("supervision-coordination")[0]))["经费"]
    assert [tuple(row) for row in rows] == [FIELDS["经费"]]


def test_no_value_is_blank_in_silence() -> None:
    """What can't be told says so."""
    context = context_of(hd.score(hd.catalogue.get(NAME), hd.Record("甲", {})))
    assert context["总分"] == "暂不能计算"
    assert context["等次"] == "无"
    assert all(value or isinstance(value, list) for value in context.values())


def test_every_unknown_name_is_listed_at_once() -> None:
    """In the text, in a table, in a header, in the branch not taken, in a row that never comes."""
    form = template(
        "{{ 总份 }}{% if 满分 %}x{% else %}{{ 没有 }}{% endif %}",
        "{% for 一 in 经费 %}{{ 一.钱 }}{% endfor %}",
        row=("{{ 行.条目 }}", "{{ 行.分 }}"),
        header="{{ 页眉 }}",
    )
    assert sorted(message for _, message in faults(form)) == [
        "`一.钱` names nothing",
        "`总份` names nothing",
        "`没有` names nothing",
        "`行.分` names nothing",
        "`页眉` names nothing",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "{{ 总分.__class__ }}",
        "{{ 总分['__class__'] }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 总分.format(1) }}",
        "{{ 失分.append(1) }}",
        "{{ 总分 | attr('__class__') }}",
        "{{ 失分 | map(attribute='__class__') | list }}",
        "{{ self._TemplateReference__context }}",
        "{{ 总分 * 999999999 }}",
        "{{ 'x' ~ 总分 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% if 9 ** 9 ** 9 %}x{% endif %}",
        "{{ 总分 | join(9 ** 9 ** 9) }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% for a in range(999999999) %}x{% endfor %}",
        "{% for a, b in 失分 %}x{% endfor %}",
        "{% for a in 明细 %}" * 3 + "x" + "{% endfor %}" * 3,
        "{% for a in 失分 recursive %}x{% endfor %}",
        "{% set x = 1 %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% macro m() %}{% endmacro %}",
        "{% extends 'x' %}",
        "{% block b %}{% endblock %}",
        "{{ [1, 2] }}",
        "{{ {'a': 1} }}",
        "{{ 总分 is callable }}",
        "{{ 总分 | default('') }}",
        "{{ 失分[总分] }}",
    ],
)
def test_a_template_runs_no_code(code: str) -> None:
    """Calls, attributes, arithmetic, files and definitions are findings before anything is done."""
    found = faults(template(code))
    assert {each for each, _ in found} <= {"template-unsafe", "template-unknown"}
    assert found


@pytest.mark.parametrize("text", ["{% if 总分 %}x", "{{ 总分", "{{ " + "(" * 5000, "{{ 总 分 }}"])
def test_a_broken_tag_is_a_finding(text: str) -> None:
    """What can't be read is told with its reason, however deep its brackets are."""
    ((code, message),) = faults(template(text))
    assert code == "template-broken"
    assert "the template can't be filled" in message


def test_a_list_or_a_row_is_not_printed() -> None:
    """Python's brackets have no place in a document."""
    form = template("{{ 失分 }}", row=("{{ 行 }}", "{{ 行.条目 }}"))
    assert sorted(faults(form)) == [
        ("template-broken", "`失分` is no text: go through it, or join it"),
        ("template-broken", "`行` is no text: go through it, or join it"),
    ]


@pytest.mark.parametrize("data", [b"", b"PK", b"text", b"PK\x03\x04" + b"\0" * 60])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    """Nothing but an archive with a document in it is a template."""
    with pytest.raises(SourceError):
        fill_template(data, {}, "unused.docx")


def test_another_archive_and_a_bomb_are_refused() -> None:
    """A spreadsheet is no template, and what unpacks to too much is not opened."""
    for name, content, code in (
        ("xl/workbook.xml", b"<a/>", "file-format"),
        ("word/document.xml", b"\0" * (70 * 2**20), "file-too-large"),
        ("word/document.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "file-entities"),
        ("word/document.xml", b"<a/>", "template-broken"),
    ):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        assert [found for found, _ in faults(file.getvalue())] == [code]


def test_data_is_text_and_never_markup_or_template(tmp_path: Path) -> None:
    """Tags, braces and control characters in a value are printed as they are."""
    path = tmp_path / "x.docx"
    evil = "<w:p>&{{ 7 * 7 }}{% x %}\x0b\uffff"
    fill_template(template("{{ 名 }}"), {"名": evil}, path)
    assert lines_of(path)[0] == "<w:p>&{{ 7 * 7 }}{% x %}��"


def test_own_names_can_be_added(tmp_path: Path) -> None:
    """A bureau's own words, numbers and lists beside those of the sheet."""
    path = tmp_path / "x.docx"
    own = {**context_of(sheet()), "联系人": "张", "电话": 12345678, "抄送": ["甲", "乙"]}
    fill_template(template("{{ 联系人 }}{{ 电话 }}{{ 抄送 | join('，') }}"), own, path)
    assert lines_of(path)[0] == "张12345678甲，乙"


def test_a_context_holds_plain_data_alone() -> None:
    """An object is refused by its name, before a template could look into it."""
    with pytest.raises(UsageError, match="`表` is no text, list or row"):
        fill_template(template("{{ 表 }}"), {"表": sheet()}, "unused.docx")


def test_an_agreement_fills_a_template_too(tmp_path: Path) -> None:
    """One row an item, with number, points and the scoring standard."""
    agreement = hd.catalogue.get("supervision-coordination")
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).text, table.cell(2, 0).text = "{%tr for 行 in 指标 %}", "{%tr endfor %}"
    for column, name in enumerate(("条目", "分值", "评分标准")):
        table.cell(1, column).text = f"{{{{ 行.{name} }}}}"
    file = io.BytesIO()
    document.save(file)
    path = tmp_path / "x.docx"
    fill_template(file.getvalue(), context_of(agreement), path)
    rows = {row[0]: row for row in rows_of(path)}
    for number in ("1.1", "2.2", "4.1"):
        item = agreement.item(number)
        assert rows[number][1] == str(item.points)
        assert rows[number][2] == hd.write_clause(item.rules, measures=agreement.measures)
