"""How a table prints: aligned under Chinese, on light pages and dark ones, and harmlessly."""

from __future__ import annotations

import re
from decimal import ROUND_UP, Decimal, localcontext
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.display import Table, pad, printable, same_places, wrap
from healthduty.findings import Findings
from healthduty.sources import display_width

SHEET = Table(
    headings=("条目", "内容", "满分", "增减"),
    rows=(
        ("1", "接受监督", "21", ""),
        ("1.1", "患者满意", "3", ""),
        ("", "满意率83%，目标90%，低7个百分点，每5个百分点扣0.5分，计1档，扣0.5分", "", "-0.5"),
        ("", "合计", "21", ""),
    ),
    title="示例目标责任书",
    notes=("等次：优秀",),
    right=(2, 3),
    strong=frozenset({0, 3}),
    faint=frozenset({2}),
)


# ------------------------------------------------------------------------------------ text


def test_a_table_is_aligned_by_the_width_of_what_is_seen() -> None:
    """A Chinese character takes two columns; numbers stand right, what explains steps back."""
    assert SHEET.text().splitlines() == [
        "示例目标责任书",
        "条目  内容                                          满分  增减",
        "----  --------------------------------------------  ----  ----",
        "1     接受监督                                        21",
        "1.1   患者满意                                         3",
        "        满意率83%，目标90%，低7个百分点，每5个百分        -0.5",
        "        点扣0.5分，计1档，扣0.5分",
        "      合计                                            21",
        "等次：优秀",
    ]


CELLS = st.text(st.sampled_from("满意率（）。，0.5 %abc-"), max_size=60)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4))
def test_every_column_begins_where_its_heading_begins(rows: list[tuple[str, str, str]]) -> None:
    """Whatever the cells hold, no line reaches into the next column or beyond the last one."""
    table = Table(("甲", "乙", "丙"), (*rows, ("x", "x", "x")), right=(1,))
    head, rule, *body = table.text().splitlines()
    widths = [len(dashes) for dashes in rule.split("  ")]
    starts = [0, widths[0] + 2, widths[0] + widths[1] + 4]
    assert display_width(head) <= len(rule)
    for line in body:
        assert display_width(line) <= len(rule)
        for start in starts[1:]:
            assert at_column(line, start - 2, start).strip() == ""


def at_column(line: str, start: int, end: int) -> str:
    """Return the characters of a line that begin in these columns of a terminal."""
    found, column = "", 0
    for character in line:
        found += character if start <= column < end else ""
        column += display_width(character)
    return found


def test_a_column_in_which_nothing_stands_is_not_printed() -> None:
    """An agreement without points has no column of points, neither in text nor in HTML."""
    table = Table(("条目", "分值", "评分标准"), (("1", "", "有制度"), ("2", "", "")), right=(1,))
    assert table.text().splitlines()[0] == "条目  评分标准"
    assert "分值" not in table.html()


def test_a_table_without_rows_shows_its_headings() -> None:
    """Nobody takes an empty result for a failure to print."""
    assert Table(("名次", "机构"), ()).text().splitlines() == ["名次  机构", "----  ----"]


def test_a_long_note_wraps_and_its_rest_steps_back() -> None:
    """A note takes the table's width, or 76 columns under a narrow one."""
    table = Table(("a",), (("x",),), notes=("假设：" + "很长" * 40,))
    lines = table.text().splitlines()[3:]
    assert [display_width(line) for line in lines] == [76, 78, 16]
    assert [line.startswith("  ") for line in lines] == [False, True, True]


def test_a_table_prints_itself() -> None:
    """`print(table)` gives the text, a notebook takes the HTML."""
    assert str(SHEET) == SHEET.text()
    assert SHEET._repr_html_() == SHEET.html()


def test_text_is_filled_up_on_either_side() -> None:
    """Padding counts columns; what is too wide stays as it is."""
    assert pad("满意", 6) == "满意  "
    assert pad("满意", 6, right=True) == "  满意"
    assert pad("满意率", 4) == "满意率"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("满意率 90%", 10),
        ("e\N{COMBINING ACUTE ACCENT}", 1),
        ("a\N{ZERO WIDTH SPACE}b", 2),
        ("\N{ZERO WIDTH NO-BREAK SPACE}满意", 4),
        ("葛\N{VARIATION SELECTOR-17}", 2),
        ("a\N{SOFT HYPHEN}b", 3),
        ("❤", 1),
        ("❤\N{VARIATION SELECTOR-16}", 2),
        ("1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}", 2),
        ("✅", 2),
        ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{FIRE ENGINE}", 2),
        ("\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}", 2),
        ("\N{EMOJI MODIFIER FITZPATRICK TYPE-4}", 2),
        ("中\N{ZERO WIDTH JOINER}国", 4),
        ("\N{VARIATION SELECTOR-16}", 0),
        ("", 0),
    ],
)
def test_width_is_what_a_terminal_shows(text: str, columns: int) -> None:
    """A mark on another character takes no column, an emoji two, however many make it."""
    assert display_width(text) == columns


# -------------------------------------------------------------------------------- wrapping


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 10, [""]),
        ("一二三四五", 4, ["一二", "三四", "五"]),
        ("one two three", 7, ["one two", "three"]),
        ("第一行\n第二行", 20, ["第一行", "第二行"]),
        ("一二，三四。五", 4, ["一二，", "三四。", "五"]),
        ("一二三（四五）", 8, ["一二三", "（四五）"]),
        ("一二三“四五”", 7, ["一二三", "“四五”"]),
        ("每低扣0.5分止", 8, ["每低扣", "0.5分止"]),
        ("低4.7个百分点", 6, ["低", "4.7个", "百分点"]),
        ("目标90%以上", 6, ["目标", "90%以", "上"]),
        ("达到90‰（含）", 9, ["达到90‰", "（含）"]),
        ("20学时, then", 8, ["20学时,", "then"]),
        ("x" * 25, 10, ["x" * 10, "x" * 10, "x" * 5]),
        ("一 " + "x" * 12, 10, ["一", "x" * 10, "xx"]),
        ("一", 1, ["一"]),
        (
            "e\N{COMBINING ACUTE ACCENT}" * 3,
            2,
            ["e\N{COMBINING ACUTE ACCENT}" * 2, "e\N{COMBINING ACUTE ACCENT}"],
        ),
        ("一二" + "\N{VARIATION SELECTOR-17}三", 4, ["一二\N{VARIATION SELECTOR-17}", "三"]),
        ("  indented text", 10, ["  indented", "text"]),
    ],
)
def test_a_line_breaks_where_a_reader_expects_it(text: str, most: int, lines: list[str]) -> None:
    """Words stay whole, numbers keep their unit, no line begins or ends with the wrong mark."""
    assert wrap(text, most) == lines


@given(st.text(st.sampled_from("满意（）「，。0.5% ab(\n"), max_size=80), st.integers(4, 30))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, most: int) -> None:
    """But for spaces, the lines hold the text; only closing marks may stand out."""
    lines = wrap(text, most)
    squeezed = "".join("".join(lines).split())
    assert squeezed == "".join(text.split())
    assert all(display_width(line.rstrip("），。")) <= most + 1 for line in lines)


# ---------------------------------------------------------------------------------- numbers


def test_numbers_of_a_column_have_equally_many_decimals() -> None:
    """So their points stand under each other; what is not there stays blank."""
    numbers = [Decimal("47.7"), None, Decimal(50), Decimal("0.25"), Decimal(0)]
    assert same_places(numbers) == ["47.70", "", "50.00", "0.25", "0.00"]
    assert same_places([Decimal(50), Decimal(7)]) == ["50", "7"]
    assert same_places([]) == []


def test_changes_carry_their_sign() -> None:
    """What was added has a plus; nothing has no sign, not even as the negative of nothing."""
    numbers = [Decimal("-0.5"), Decimal(2), Decimal(0), Decimal(0).copy_negate(), None]
    assert same_places(numbers, sign=True) == ["-0.5", "+2.0", "0.0", "0.0", ""]


def test_no_decimal_context_changes_a_printed_number() -> None:
    """Whoever rounds to three digits in their own program sees the same numbers here."""
    with localcontext() as context:
        context.prec, context.rounding = 3, ROUND_UP
        assert same_places([Decimal("123456.75"), Decimal("1E+3")]) == ["123456.75", "1000.00"]
        assert same_places([Decimal("-12345.6")], sign=True) == ["-12345.6"]


# ----------------------------------------------------------------------------- hostile text

HOSTILE = (
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></tr></table><h1>",
    "&lt;b&gt;",
    "javascript:alert(1)",
)


class Tags(HTMLParser):
    """Collects the tags and the texts of a fragment."""

    def __init__(self, fragment: str) -> None:
        """Read the whole fragment."""
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; none has another attribute than these."""
        assert {name for name, _ in attrs} <= {"style", "class", "scope"}
        self.tags.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See that tags close in order."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    """In title, heading, cell and note the text is shown as it is written."""
    table = Table((text,), ((text,),), title=text, notes=(text,), strong=frozenset({0}))
    page = Tags(table.html())
    expected = ["div", "table", "caption", "thead", "tr", "th", "tbody", "tr", "td", "p"]
    assert page.tags == expected
    assert page.open == []
    assert page.texts == [text] * 4


def test_line_breaks_show_in_html() -> None:
    """A title and its requirement stand on two lines, and only a break is added for it."""
    page = Tags(Table(("指标",), (("培训\n每季度<1次",),)).html())
    assert page.tags.count("br") == 1
    assert page.texts == ["指标", "培训", "每季度<1次"]


@pytest.mark.parametrize(
    "text",
    ["\x1b[2J\x1b]0;title\x07", "a\rb", "a\x85b", "南\u202e关", "a\u2028b", "\ud800", "a\x00b"],
)
def test_no_text_commands_a_terminal(text: str) -> None:
    """Escape sequences, returns and turned text from a data file are replaced, in both forms."""
    table = Table((text,), ((text,),), title=text, notes=(text,))
    for printed in (printable(text), table.text(), table.html()):
        assert "\N{REPLACEMENT CHARACTER}" in printed
        assert [each for each in printed if each != "\n" and not each.isprintable()] == []


def test_ordinary_text_is_printed_as_it_is() -> None:
    """Line breaks stay, tabs become spaces, accents and rare characters are left alone."""
    assert printable("第一行\r\n第二行\tx") == "第一行\n第二行 x"
    assert printable("José 𠮷野 ①℃") == "José 𠮷野 ①℃"


# ------------------------------------------------------------------------- light and dark


def test_colours_suit_a_light_page_and_a_dark_one() -> None:
    """No colour but greys with alpha: everything else is the page's own."""
    html = SHEET.html()
    colours = re.findall(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^)]*\)", html)
    assert set(colours) == {"rgba(128,128,128,.35)"}
    assert set(re.findall(r"(?<![-\w])color:([^;\"]+)", html)) == {"inherit"}
    assert set(re.findall(r"background[-a-z]*:([^;\"]+)", html)) == {"none"}


def test_rows_stand_out_and_step_back() -> None:
    """Sums are bold; what explains a row is paler, inset, and not parted from it by a rule."""
    rows = re.findall(r"<tr[^>]*>.*?</tr>", SHEET.html())[1:]
    assert ["font-weight:600" in row for row in rows] == [True, False, False, True]
    assert ["opacity" in row for row in rows] == [False, False, True, False]
    assert ["border-top" in row for row in rows] == [True, True, False, True]
    assert ["padding-left" in row for row in rows] == [False, False, True, False]


def test_numbers_never_break_and_stand_right() -> None:
    """A right-aligned column is set without line breaks, with figures of one width."""
    html = SHEET.html()
    assert html.count("text-align:right;white-space:nowrap") == 2 * 5
    assert "font-variant-numeric:tabular-nums" in html


def test_a_fragment_stands_by_itself() -> None:
    """No style sheet, script or picture from elsewhere is needed, and notebooks' own are undone."""
    html = SHEET.html()
    assert html.startswith('<div class="healthduty"')
    assert html.endswith("</div>")
    assert not re.search(r"<style|<script|<link|url\(|src=|href=", html)
    for setting in ("table-layout:auto", "background:none", "text-align:left"):
        assert setting in html


def test_no_finding_is_a_title_without_an_empty_head() -> None:
    """Headings above nothing look like a table whose rows were lost."""
    assert Findings().table().text() == "没有检查提示"
    assert "<th " not in Findings().table("en").html()
