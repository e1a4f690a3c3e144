"""Scoring tables: headers, levels, merged cells, parts, bonuses, totals, notes; nothing dropped."""

from __future__ import annotations

import io
from fractions import Fraction

import pytest

from documents.tabling import codes, excel, listing, pasted
from healthduty.checks.check import check
from healthduty.documents.agreements import read_agreement
from healthduty.documents.column import Column
from healthduty.documents.headings import find_header, role_of
from healthduty.documents.intake import contents_of
from healthduty.documents.passages import AgreementReading, TakenFor
from healthduty.documents.spelling import squeeze
from healthduty.findings import Severity
from healthduty.grids.grid import Grid, grid_of_rows
from healthduty.model.indicator import Section
from healthduty.rules.rule import Group, Judgement
from healthduty.sources import Place

HEADS = {
    "序号": Column.NUMBER,
    "一级指标": Column.LEVEL,
    "三 级 指 标": Column.LEVEL,
    "考核内容": Column.LEVEL,
    "主要指标": Column.LEVEL,
    "評價指標": Column.LEVEL,
    "指标要求": Column.REQUIREMENT,
    "目标值（%）": Column.TARGET,
    "2024年目标值": Column.TARGET,
    "分值": Column.POINTS,
    "標準分值": Column.POINTS,
    "标准分（100分）": Column.POINTS,
    "权重": Column.POINTS,
    "评分标准": Column.SCORING,
    "扣分标准": Column.SCORING,
    "考核及评分标准": Column.SCORING,
    "计分办法": Column.SCORING,
    "考核方法": Column.METHOD,
    "资料来源": Column.METHOD,
    "责任科室": Column.OFFICE,
    "牵头科室": Column.OFFICE,
    "得分": Column.FILLED,
    "自评\n得分": Column.FILLED,
    "扣分原因": Column.FILLED,
    "备注": Column.REMARK,
    "建立健康档案并且及时更新，内容真实完整": Column.UNKNOWN,
    "张三": Column.UNKNOWN,
}


@pytest.mark.parametrize("heading", HEADS)
def test_a_heading_is_known_by_its_word_or_its_ending(heading: str) -> None:
    """However it is spaced, bracketed or spelled."""
    assert role_of(heading) is HEADS[heading]


@pytest.mark.parametrize(
    ("row", "roles"),
    [
        ("项目|考核标准|分值", "level requirement points"),
        ("项目|考核标准|分值|评分细则", "level requirement points scoring"),
        ("指标|单位|目标值|分值", "level unit target points"),
        ("指标|评分标准|单位", "level scoring office"),
        ("考核要求|分值|扣分标准", "level points scoring"),
    ],
)
def test_words_that_can_be_two_things_are_settled_by_their_neighbours(row: str, roles: str) -> None:
    """考核标准 beside 评分细则 is what is asked; alone it would be how it is scored."""
    header = find_header(grid_of_rows([row.split("|")], Place()))
    assert header is not None
    expected = roles if "评分细则" in row or "考核标准" not in row else "level scoring points"
    assert " ".join(role.value for role in header.roles) == expected


def test_a_header_of_two_rows_reads_by_its_lower_words() -> None:
    """指标 over 一级 and 二级, 得分 over 自评 and 考核."""
    rows = [
        "指标||分值|评分标准|得分|",
        "一级指标|二级指标|||自评|考核",
        "管理|会议|5|缺1次扣1分||",
    ]
    [grid] = contents_of(excel(rows, "A1:B1", "C1:C2", "D1:D2", "E1:F1"), "表.xlsx").blocks
    assert isinstance(grid, Grid)
    header = find_header(grid)
    assert header is not None
    assert (header.height, header.headings[:2]) == (2, ("一级指标", "二级指标"))
    assert header.levels() == (0, 1)
    assert header.roles[4:] == (Column.FILLED, Column.FILLED)


HEAD = "一级指标|二级指标|指标要求|分值|评分标准"
ROWS = (
    "一、组织管理（20分）|会议|每年召开会议不少于4次|8|每少一次扣1分",
    "|台账|建立台账|12|未建立台账的不得分",
    "二、公共卫生（30分）|档案|健康档案建档率达80%以上|30|每低1%扣0.5分，最高扣10分",
)
READ = [
    "§1 组织管理 20",
    "1.1 会议 8: 会议不少于4次，每少1次扣1分",
    "1.2 台账 12: 未建立台账的不得分",
    "§2 公共卫生 30",
    "2.1 档案 30: 健康档案建档率达到80%以上，每低1个百分点扣0.5分，最高扣10分",
]


def shape(reading: AgreementReading) -> list[tuple[str, ...]]:
    """Return number, title and points of every item."""
    return [(n.number, n.title, str(n.points)) for n in reading.agreement.nodes()]


def test_a_table_of_two_levels_is_sections_of_indicators() -> None:
    """Numbers within the section; the points of the title and of the column each at its item."""
    reading = read_agreement(pasted(HEAD, *ROWS))
    assert [line.split(":")[0] for line in listing(reading)] == [
        line.split(":")[0] for line in READ
    ]
    rules = [len(node.rules) for node in reading.agreement.nodes()]
    assert rules == [0, 1, 1, 0, 1]
    assert codes(reading) == ["text-untitled"]


def test_merged_blank_and_repeated_section_cells_read_the_same() -> None:
    """A section over its rows, above blanks, or repeated by an export: one agreement."""
    merged = read_agreement(excel([HEAD, *ROWS], "A2:A3"))
    blank = read_agreement(pasted(HEAD, *ROWS))
    repeated = read_agreement(pasted(HEAD, ROWS[0], "一、组织管理（20分）" + ROWS[1], ROWS[2]))
    assert merged.agreement.parts == blank.agreement.parts == repeated.agreement.parts


def test_rows_with_points_under_one_indicator_are_its_parts() -> None:
    """Section → indicator → part: the indicator spans rows that have points each."""
    rows = [
        "项目|指标|考核内容|分值|评分标准",
        "公共卫生|慢病管理|高血压规范管理率≥70%|6|每低5%扣1分",
        "||糖尿病规范管理率≥60%|4|每低5%扣1分",
        "|健康教育|讲座12次|5|每少1次扣0.5分",
    ]
    for source in (pasted(*rows), excel(rows, "A2:A4", "B2:B3")):
        reading = read_agreement(source)
        assert shape(reading) == [
            ("1", "公共卫生", "None"),
            ("1.1", "慢病管理", "None"),
            ("1.1.1", "高血压规范管理率≥70%", "6"),
            ("1.1.2", "糖尿病规范管理率≥60%", "4"),
            ("1.2", "健康教育", "5"),
        ]
        targets = [
            rule.tally.target for part in reading.agreement.item("1.1").parts for rule in part.rules
        ]
        assert targets == [70, 60]


def test_merged_points_belong_to_what_spans_the_same_rows() -> None:
    """Points over both rows of an indicator are its own; its rows add to what it says."""
    rows = [
        "指标|考核要求|分值|评分标准",
        "档案管理|建档率达80%|10|每低1%扣0.5分",
        "|更新率达90%||每低1%扣0.2分",
    ]
    reading = read_agreement(excel(rows, "A2:A3", "C2:C3"))
    [item] = reading.agreement.parts
    assert (item.points, len(item.rules), item.parts) == (10, 2, ())
    assert [rule.tally.target for rule in item.rules] == [80, 90]


def test_a_points_column_belongs_to_the_level_on_its_left() -> None:
    """一级指标 and 二级指标 with a column of points each."""
    reading = read_agreement(
        pasted(
            "一级指标|分值|二级指标|分值|评分标准",
            "组织管理|20|会议|8|缺一次扣1分",
            "||台账|12|无台账扣2分",
        )
    )
    assert shape(reading) == [
        ("1", "组织管理", "20"),
        ("1.1", "会议", "8"),
        ("1.2", "台账", "12"),
    ]


def test_target_and_unit_columns_are_read_with_the_name() -> None:
    """高血压规范管理率 | ≥70%, 健康讲座 | 12 | 次."""
    reading = read_agreement(
        pasted(
            "指标|单位|目标值|分值|评分标准",
            "高血压规范管理率|%|≥70|10|每低1个百分点扣0.5分",
            "健康讲座|次|12|5|每少一次扣0.5分",
        )
    )
    assert [rule.tally.measure for item in reading.agreement.parts for rule in item.rules] == [
        "高血压规范管理率",
        "健康讲座",
    ]
    first, second = (item.rules[0].tally for item in reading.agreement.parts)
    assert (first.target, second.required) == (70, 12)


def test_a_target_without_scoring_is_kept_as_a_target() -> None:
    """指标 | 目标值 and nothing else: an agreement without scores is still one."""
    reading = read_agreement(pasted("指标|目标值", "住院病历合格率|≥95%", "门诊人次|≥20000人次"))
    targets = [
        (t.measure, t.comparator.value, t.value) for i in reading.agreement.parts for t in i.targets
    ]
    assert targets == [("住院病历合格率", ">=", 95), ("门诊人次", ">=", 20000)]


def test_a_percentage_cell_is_read_as_it_is_shown() -> None:
    """0.9 in a cell that shows 90% asks for 90%, not for 0.9."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("表")
    for column, heading in enumerate(["指标", "目标值", "分值", "评分标准"]):
        sheet.write(0, column, heading)
    for column, value in enumerate(["患者满意率", 0.9, 5, "每低5%扣1分"]):
        sheet.write(
            1, column, value, book.add_format({"num_format": "0%"}) if column == 1 else None
        )
    book.close()
    [item] = read_agreement(buffer.getvalue(), name="表.xlsx").agreement.parts
    assert (item.rules[0].tally.target, item.rules[0].tally.step) == (90, 5)


def test_points_inside_the_text_are_the_items() -> None:
    """台账齐全（2分） without a column of points."""
    reading = read_agreement(pasted("考核内容|评分标准", "台账齐全（2分）|缺1项扣0.5分"))
    [item] = reading.agreement.parts
    assert (item.title, item.points) == ("台账齐全", 2)


def test_a_title_and_its_column_that_disagree_are_reported() -> None:
    """The column is taken."""
    reading = read_agreement(pasted("考核内容|分值|评分标准", "台账（5分）|4|无台账扣1分"))
    assert reading.agreement.parts[0].points == 4
    assert "table-points-differ" in codes(reading)


def test_printed_paths_are_the_numbers_and_running_numbers_are_citations() -> None:
    """2.1 in the number column is the item's number; 7 is only what the sheet calls it."""
    reading = read_agreement(
        pasted("序号|指标|分值|评分标准", "2.1|台账|5|无台账扣1分", "2.2|培训|5|缺1次扣1分")
    )
    assert [item.number for item in reading.agreement.parts] == ["2.1", "2.2"]
    reading = read_agreement(pasted("序号|指标|分值|评分标准", "7|台账|5|无台账扣1分"))
    [item] = reading.agreement.parts
    assert (item.number, item.rules[0].citation.article) == ("1", "7")


def test_a_header_that_is_repeated_on_the_next_page_is_skipped() -> None:
    """And the section goes on behind it."""
    plain = read_agreement(pasted(HEAD, *ROWS))
    paged = read_agreement(pasted(HEAD, ROWS[0], HEAD, *ROWS[1:]))
    assert paged.agreement.parts == plain.agreement.parts


def test_rows_of_one_cell_are_sections() -> None:
    """一、组织管理（20分） across the table."""
    rows = [
        "考核内容|分值|评分标准",
        "一、组织管理（10分）||",
        "台账|10|无台账扣2分",
        "二、其他||",
        "培训|5|缺1次扣1分",
    ]
    reading = read_agreement(excel(rows, "A2:C2", "A4:C4"))
    assert shape(reading) == [
        ("1", "组织管理", "10"),
        ("1.1", "台账", "10"),
        ("2", "其他", "None"),
        ("2.1", "培训", "5"),
    ]


def test_what_sort_of_points_it_is_may_stand_where_numbers_do() -> None:
    """加分项 in the column of numbers begins a section; its points are none of the last one's."""
    reading = read_agreement(
        pasted(
            "序号|考核项目|考核内容|评分标准|分值",
            "1|管理|台账|无台账扣2分|6",
            "2||培训|少一次扣1分|4",
            "加分项||媒体报道|市级每篇加1分|3",
            "扣分项||有责投诉|每起扣2分|",
            "合计||||10",
        )
    )
    assert "sum-section" not in codes(reading)
    assert reading.agreement.points == 10
    assert [part.title for part in reading.agreement.parts] == ["管理", "加分项", "扣分项"]


def test_bonus_sections_add_at_most_their_points_and_count_nowhere_else() -> None:
    """加分项（5分）: the items' points are caps, the section's the agreement's bonus cap."""
    reading = read_agreement(
        pasted(
            "项目|内容|分值|评分标准",
            "管理|台账|10|无台账扣2分",
            "加分项（5分）|表彰|3|获市级表彰加2分，获省级表彰加3分",
            "|创新|2|",
            "合计||10|",
        )
    )
    agreement = reading.agreement
    assert (agreement.points, agreement.bonus_points, agreement.bonus_cap) == (10, 5, 5)
    first, second = agreement.item("2").parts
    assert (first.points, second.points) == (None, None)
    assert isinstance(first.rules[0], Group)
    assert first.rules[0].cap == 3
    assert isinstance(second.rules[0], Judgement)
    assert second.rules[0].most == 2
    assert "sum-total" not in codes(reading)


def test_stated_totals_are_held_against_the_items() -> None:
    """合计 90 over items of 80, 小计 15 over a section of 20: both are told with their places."""
    reading = read_agreement(
        pasted(
            "项目|内容|分值|评分标准",
            "管理（20分）|台账|20|无台账扣2分",
            "小计||15|",
            "服务|满意|60|每低于90%的1个百分点扣1分",
            "总分||90|",
        ),
        name="表.txt",
    )
    found = {f.code: f for f in reading.findings}
    assert "90" in found["sum-total"].message
    assert str(found["table-subtotal-differs"].place) == "表.txt, row 3, column A"


def test_weights_in_percent_are_points_of_a_hundred() -> None:
    """An assumption, said at the cell."""
    reading = read_agreement(
        pasted("指标|权重|评分标准", "台账|40%|无台账扣2分", "培训|60%|缺1次扣1分")
    )
    assert [item.points for item in reading.agreement.parts] == [40, 60]
    weights = [f for f in reading.findings if f.code == "table-weight"]
    assert [f.severity for f in weights] == [Severity.ASSUMPTION] * 2


def test_points_that_are_no_number_are_an_error_with_its_cell() -> None:
    """5-10 is no number of points."""
    reading = read_agreement(pasted("指标|分值|评分标准", "台账|5-10|无台账扣2分"))
    [fault] = [f for f in reading.findings if f.code == "table-points-unread"]
    assert str(fault.place) == "row 2, column B"
    assert reading.agreement.parts[0].points is None


def test_notes_below_the_table_are_grades_money_and_vetoes() -> None:
    """What stands under a table belongs to the whole."""
    rows = [
        "2024年示例镇卫生院目标管理考核表||",
        "考核内容|分值|评分标准",
        "台账|100|无台账扣20分",
        "注：90分以上为优秀，80—89分为良好，60—79分为合格，60分以下为不合格。||",
        "80分以上全额拨付补助经费，60—80分拨付70%，60分以下拨付50%。||",
        "发生重大医疗事故的，一票否决。||",
    ]
    for source in (pasted(*rows), excel(rows, "A1:C1", "A4:C4", "A5:C5", "A6:C6")):
        agreement = read_agreement(source).agreement
        assert (agreement.title, agreement.year) == ("2024年示例镇卫生院目标管理考核表", 2024)
        assert len(agreement.parts) == 1
        assert agreement.grades is not None
        assert [(g.name, g.low) for g in agreement.grades.grades] == [
            ("优秀", 90),
            ("良好", 80),
            ("合格", 60),
            ("不合格", None),
        ]
        [policy] = agreement.funding
        assert [(t.low, t.share) for t in policy.tiers] == [
            (80, 1),
            (60, Fraction(7, 10)),
            (None, Fraction(1, 2)),
        ]
        assert len(agreement.vetoes) == 1


def test_a_section_of_vetoes_cancels() -> None:
    """一票否决 as the name of a section: its rows are events, not items."""
    reading = read_agreement(
        pasted(
            "项目|考核内容|分值|评分标准",
            "管理|台账|10|无台账扣2分",
            "一票否决|发生重大医疗责任事故||",
            "|弄虚作假||",
        )
    )
    assert len(reading.agreement.vetoes) == 2
    assert [node.number for node in reading.agreement.nodes()] == ["1", "1.1", "2"]


def test_methods_and_offices_stand_at_their_items() -> None:
    """考核方法 and 责任科室; a merged office answers for the item where it begins."""
    reading = read_agreement(
        pasted("指标|分值|评分标准|考核方法|责任科室", "台账|5|无台账扣1分|查资料|办公室")
    )
    [item] = reading.agreement.parts
    assert (item.method, item.office) == ("查资料", "办公室")


def test_a_column_that_is_not_known_is_reported_and_its_cells_are_kept() -> None:
    """Nothing is guessed."""
    reading = read_agreement(pasted("指标|分值|评分标准|张三", "台账|5|无台账扣1分|甲"))
    assert "table-column-unknown" in codes(reading)
    kept = [p.text for p in reading.passages if p.taken is TakenFor.UNREAD]
    assert kept == ["甲"]


def test_a_remark_that_scores_is_reported() -> None:
    """备注: 瞒报倒扣2分 is no rule, and no silence."""
    reading = read_agreement(pasted("指标|分值|评分标准|备注", "台账|5|无台账扣1分|瞒报倒扣2分"))
    assert "table-remark" in codes(reading)


def test_a_table_without_a_header_is_text_and_says_so() -> None:
    """Rows of numbers are no agreement."""
    reading = read_agreement(pasted("台账|甲|1", "培训|乙|2", "会议|丙|3"))
    assert "table-headerless" in codes(reading)
    assert reading.agreement.parts == ()


def test_two_tables_stand_under_their_titles() -> None:
    """Two headers, two titles: two sections."""
    reading = read_agreement(
        pasted(
            "卫生院考核表||",
            "考核内容|分值|评分标准",
            "台账|10|无台账扣2分",
            "村卫生室考核表||",
            "一级指标|二级指标|评分标准",
            "服务|培训（5分）|缺1次扣1分",
        )
    )
    assert [(n.number, n.title) for n in reading.agreement.nodes()] == [
        ("1", "卫生院考核表"),
        ("1.1", "台账"),
        ("2", "村卫生室考核表"),
        ("2.1", "服务"),
        ("2.1.1", "培训"),
    ]


def test_one_quantity_named_twice_is_one_measure_and_vague_names_are_told_apart() -> None:
    """患者满意率 in two items is one value of the record; 未公示 in two items are two facts."""
    reading = read_agreement(
        pasted(
            "指标|分值|评分标准",
            "服务态度|5|患者满意率低于90%的，每低1%扣0.5分",
            "收费管理|5|未公示的扣1分",
            "院务公开|5|未公示的扣1分",
        )
    )
    flags = [m.code for m in reading.agreement.measures if m.kind.value == "flag"]
    assert flags == ["收费管理，未公示", "院务公开，未公示"]
    assert "measure-duplicate" not in check(reading.agreement).codes
    assert "measure-unknown" not in check(reading.agreement).codes


def test_a_name_inside_another_items_name_is_another_quantity() -> None:
    """签约率 is not 重点人群签约率 of the item before, nor 不清洁 a list that holds it."""
    reading = read_agreement(
        pasted(
            "指标|分值|评分标准",
            "重点人群|5|重点人群签约率≥60%，每低1%扣0.5分",
            "全体居民|5|签约率≥30%，每低1%扣0.5分",
            "病房|5|有一处摆放混乱、不清洁或有杂物扣2分",
            "走廊|5|有一处不清洁扣2分",
        )
    )
    assert [measure.code for measure in reading.agreement.measures] == [
        "重点人群签约率",
        "全体居民·签约率",
        "摆放混乱、不清洁或有杂物",
        "走廊，不清洁",
    ]


def test_a_name_that_was_told_apart_is_not_taken_for_the_next_items() -> None:
    """合格率 of the first item is not 合格率 of the second, whatever they have in common."""
    reading = read_agreement(
        pasted(
            "指标|分值|评分标准",
            "门诊病历|5|合格率达90%以上，每低5%扣0.5分",
            "处方书写|5|合格率达90%以上，每低5%扣0.5分",
        )
    )
    assert [measure.code for measure in reading.agreement.measures] == [
        "门诊病历·合格率",
        "处方书写·合格率",
    ]


@pytest.mark.parametrize(
    "source",
    [
        pasted(HEAD, *ROWS, "合计||||", "注：满分50分。||||"),
        pasted(
            "项目|分值|评分标准|备注|得分", "台账|5|无台账扣1分|甲|4.5", "说明文字很长" * 9 + "||||"
        ),
        pasted("甲|乙", "丙|丁", "戊|己"),
        excel([HEAD, *ROWS, "考核人：||被考核单位负责人：||"], "A2:A3"),
    ],
    ids=["totals and notes", "remarks", "no header", "signatures"],
)
def test_every_cell_is_a_passage_once(source: str | bytes) -> None:
    """Nothing is dropped: each cell with text is in the reading, with its place."""
    reading = read_agreement(source)
    [grid] = contents_of(source).blocks
    assert isinstance(grid, Grid)
    told = squeeze(" ".join(passage.text for passage in reading.passages))
    for row in range(len(grid.rows)):
        for cell in grid.cells(row):
            assert squeeze(cell.text) in told, cell.text
    places = {passage.place for passage in reading.passages}
    assert places <= {cell.place for row in grid.rows for cell in row}


FAULT_TABLES = {
    "faults and points": (
        "项目|分值|缺陷内容|扣分标准",
        "基本信息|5|电话填写不全|1分",
        "||出生日期写错|0.5分/处",
        "诊断|10|主要诊断选错|5分",
    ),
    "columns that are blank elsewhere": (
        "项目|分值|扣分原因|应扣分|实扣分",
        "基本信息|5|电话填写不全|1|",
        "||出生日期写错|0.5/处|",
        "诊断|10|主要诊断选错|5|",
    ),
    "lines of one cell": (
        "项目|分值|扣分内容|扣分",
        "基本信息|5|电话填写不全\n出生日期写错|1\n0.5/处",
        "诊断|10|主要诊断选错|5",
    ),
}


@pytest.mark.parametrize("rows", FAULT_TABLES.values(), ids=FAULT_TABLES)
def test_faults_and_what_they_cost_may_stand_in_two_columns(rows: tuple[str, ...]) -> None:
    """Each fault is a rule of its item, with the points beside it."""
    reading = read_agreement(excel(rows))
    assert listing(reading) == [
        "1 基本信息 5: 「电话填写不全」为是的，扣1分；出生日期写错，每发现1处扣0.5分",
        "2 诊断 10: 「主要诊断选错」为是的，扣5分",
    ]


def test_a_column_of_losses_is_the_standard_where_words_are_printed_in_it() -> None:
    """扣分 is left blank in most forms; words in it are a standard where no column has one."""
    rows = ("项目|考核标准|分值|扣分", "档案|建档率≥90%|10|每低1个百分点1分")
    assert listing(read_agreement(pasted(*rows))) == [
        "1 档案 10: 档案·建档率达到90%以上，每低1个百分点扣1分",
    ]
    filled = ("项目|评分标准|分值|扣分", "档案|每缺1份扣1分|10|缺2份，扣2分")
    assert listing(read_agreement(pasted(*filled))) == ["1 档案 10: 档案缺少，每发现1份扣1分"]


def test_points_alone_beside_what_is_added_are_for_it() -> None:
    """获省级表彰 | 5分 under 加分项; an event beside 一票否决 cancels."""
    reading = read_agreement(
        excel(
            (
                "一级指标|考核内容|标准分|评分标准",
                "加分项|获省级表彰||5分",
                "一票否决|||发生重大医疗事故",
                "管理|年度计划|5|无计划扣2分",
            )
        )
    )
    assert listing(reading)[0] == "1 加分项: 「加分项·获省级表彰」为是的，加5分"
    assert [veto.code for veto in reading.agreement.vetoes] == ["发生重大医疗事故"]
    assert codes(reading) == ["text-untitled"]


def test_a_quantity_that_one_clause_measures_in_parts_is_measured_so_in_all() -> None:
    """每超0.5天 of one item makes an amount of what another holds against whole days."""
    reading = read_agreement(
        pasted(
            "项目|分值|评分标准",
            "报告|5|报告发放控制在3天以内，每超1天扣1分",
            "复核|5|报告发放控制在3天以内，每超0.5天扣1分",
        )
    )
    [measure] = reading.agreement.measures
    assert (measure.code, measure.kind.value) == ("报告发放", "amount")


def test_a_bound_beside_a_name_with_a_number_in_it_is_its_target() -> None:
    """0-6岁儿童管理率 | ≥90%: one sentence, as beside a name without numbers."""
    table = pasted(
        "考核内容 | 分值 | 指标要求 | 评分标准",
        "0-6岁儿童管理率 | 5 | ≥90% | 每低1个百分点扣0.5分",
        "2型糖尿病规范管理率 | 5 | ≥64% | 每低1个百分点扣0.5分",
    )
    reading = read_agreement(table)
    assert listing(reading) == [
        "1 0-6岁儿童管理率 5: 0-6岁儿童管理率达到90%以上，每低1个百分点扣0.5分",
        "2 2型糖尿病规范管理率 5: 2型糖尿病规范管理率达到64%以上，每低1个百分点扣0.5分",
    ]
    assert codes(reading) == ["text-untitled"]


@pytest.mark.parametrize(
    "heading", ["考核办法及评分标准", "评分标准及考核方法", "考核标准及方法", "扣分标准及办法"]
)
def test_a_column_of_how_it_is_checked_and_scored_is_the_standard(heading: str) -> None:
    """It is read beside the requirement, and not as one text with it."""
    table = pasted(
        f"考核项目 | 分值 | 考核内容 | {heading}",
        "健康教育 | 5 | 每两月举办1次讲座 | 宣传栏少1期扣0.5分，讲座少1次扣0.5分",
    )
    assert listing(read_agreement(table)) == [
        "1 健康教育 5: 健康教育·宣传栏缺少，每发现1期扣0.5分；讲座不少于6次，每少1次扣0.5分"
    ]


def test_a_column_of_items_with_their_points_is_a_level() -> None:
    """项目及分值 holds 一、机构管理20分, and no points alone."""
    table = pasted(
        "项目及分值 | 考核内容 | 分值 | 评分标准",
        "一、机构管理20分 | 按时上下班，有人值守 | 10 | 发现1次无人值守扣1分",
        " | 环境整洁 | 10 | 环境脏乱扣2分",
    )
    reading = read_agreement(table)
    assert listing(reading)[0] == "§1 机构管理 20"
    assert codes(reading) == ["text-untitled"]


def test_a_total_may_stand_in_one_cell_with_its_word() -> None:
    """合计：10分 in a row across the table is no section."""
    reading = read_agreement(
        excel(["考核内容|分值|评分标准", "台账|5|无台账扣5分", "合计：10分"], "A3:C3")
    )
    assert listing(reading) == ["1 台账 5: 无台账的，扣5分"]
    assert reading.agreement.points == 10
    assert codes(reading) == ["sum-total", "text-untitled"]


def test_what_stands_under_a_veto_is_named_by_its_standard() -> None:
    """医疗事故 is the event's heading there, and no event of its own."""
    table = pasted(
        "项目 | 指标 | 分值 | 评分标准",
        "台账 | 建立台账 | 5 | 无台账扣5分",
        "一票否决 | 医疗事故 | | 发生负主要责任的医疗事故，年度考核定为不合格",
    )
    vetoes = read_agreement(table).agreement.vetoes
    assert [veto.code for veto in vetoes] == ["发生负主要责任的医疗事故"]


def test_a_code_has_the_first_words_of_a_long_title() -> None:
    """Items whose titles begin alike are told apart by more of them."""
    table = pasted(
        "考核内容 | 分值 | 评分标准",
        "按时上下班，实行轮流值班 | 5 | 无人值守每次扣1分",
        "按时上下班，节假日值班 | 5 | 无人值守每次扣1分",
        "0～6岁儿童管理 | 5 | 漏访每人扣1分",
    )
    assert [measure.code for measure in read_agreement(table).agreement.measures] == [
        "按时上下班·无人值守",
        "按时上下班节假日值班·无人值守",
        "0-6岁儿童管理·漏访",
    ]


def test_points_left_of_what_they_are_for_belong_to_it() -> None:
    """项目 | 分值 | 内容: as many points as contents are theirs, and not the section's."""
    rows = [
        "项目|标准分|考核内容|评分标准",
        "管理（10分）|4|例会|缺席一次扣1分",
        "|6|台账|未建立扣2分",
    ]
    reading = read_agreement(excel(rows, "A2:A3"), name="表.xlsx")
    (section,) = reading.agreement.parts
    assert isinstance(section, Section)
    assert (section.points, [part.points for part in section.parts]) == (10, [4, 6])
    assert not reading.findings.errors


def test_points_of_a_section_left_of_its_contents_stay_its_own() -> None:
    """One number beside a section of two rows is the section's."""
    rows = ["项目|标准分|考核内容|评分标准", "管理|10|例会|缺席一次扣1分", "||台账|未建立扣2分"]
    (section,) = read_agreement(excel(rows, "A2:A3"), name="表.xlsx").agreement.parts
    assert isinstance(section, Section)
    assert (section.points, [part.points for part in section.parts]) == (10, [None, None])


def test_a_subtotal_below_rows_that_hold_none_is_their_sum() -> None:
    """小计 70 below two rows of 40 and 30 says nothing against the last of them; 65 does."""
    rows = ["序号|项目|分值|评分标准", "1|台账|40|无台账扣2分", "2|培训|30|缺一次扣1分"]
    assert "table-subtotal-differs" not in codes(read_agreement(pasted(*rows, "小计||70|")))
    reading = read_agreement(pasted(*rows, "小计||65|"))
    [told] = [f for f in reading.findings if f.code == "table-subtotal-differs"]
    assert "2 rows" in told.message


def test_a_number_that_is_only_asked_blocks_nothing() -> None:
    """（80分合格） beside a rate: no points hang on it, so it is a doubt and no error."""
    reading = read_agreement(
        pasted("项目|考核要求|分值|评分标准", "三基考核|合格率≥95%（80分合格）|5|每低5%扣1分")
    )
    assert "clause-unread" not in codes(reading)
    assert "clause-doubt" in codes(reading)
