"""A Word file whose items are all in a table: what stands below the table is read as well."""

from __future__ import annotations

import datetime
import io

import pytest

from documents.tabling import excel
from healthduty.checks.check import check
from healthduty.documents.agreements import read_agreement
from healthduty.documents.passages import AgreementReading, TakenFor


def word_file(*below: str) -> bytes:
    """Return a file with a title, a table of one item, and lines below it."""
    docx = pytest.importorskip("docx")
    file = docx.Document()
    file.add_paragraph("示例区目标责任书")
    table = file.add_table(0, 3)
    for row in (("序号", "考核内容", "评分标准"), ("1", "满意", "满意率达90%以上，每低5%扣2分")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in below:
        file.add_paragraph(line)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def test_grades_below_the_only_table_are_the_agreements() -> None:
    """They are no mere note: whoever has 90 points has a grade."""
    text = "90分以上为优秀，70分以上为合格，70分以下为不合格。"
    reading = read_agreement(word_file(text), name="责任书.docx")
    grades = reading.agreement.grades
    assert grades is not None
    assert [(grade.name, grade.low) for grade in grades.grades] == [
        ("优秀", 90),
        ("合格", 70),
        ("不合格", None),
    ]
    assert [each.taken for each in reading.passages if each.text == text] == [TakenFor.GRADES]


def test_money_below_the_only_table_is_the_agreements() -> None:
    """The tiers of a funding policy are read from there, too."""
    text = "80分以上全额拨付；60分至80分拨付70%经费；60分以下拨付50%"
    reading = read_agreement(word_file(text), name="责任书.docx")
    (policy,) = reading.agreement.funding
    assert [tier.low for tier in policy.tiers] == [80, 60, None]


@pytest.mark.parametrize(
    ("text", "lows"),
    [
        ("等次：优秀 ≥ 90，良好 80-89，合格 70-79，不合格 <70", [90, 80, 70, None]),
        ("优秀（≥90分）、良好（80≤x<90）、合格（60≤x<80）、不合格（<60）", [90, 80, 60, None]),
        ("优秀：90—100；良好：80—89.9；一般：60—79.9；差：60以下", [90, 80, 60, None]),
    ],
)
def test_grades_are_told_by_signs_and_ranges_without_the_word_points(
    text: str, lows: list[int | None]
) -> None:
    """A name of a grade and a range of bare numbers is a scale."""
    grades = read_agreement(word_file(text), name="责任书.docx").agreement.grades
    assert grades is not None
    assert [grade.low for grade in grades.grades] == lows


@pytest.mark.parametrize(
    "text", ["优秀 3个，良好 5个", "优秀率≥90%，合格率≥95%", "优秀 20%，良好 30%"]
)
def test_how_many_are_excellent_is_no_scale(text: str) -> None:
    """Shares and counts of people have a unit behind them."""
    assert read_agreement(word_file(text), name="责任书.docx").agreement.grades is None


def test_signatures_below_the_only_table_are_the_agreements() -> None:
    """A line to sign on that names nobody is no party whose name is blank; the day is both's."""
    reading = read_agreement(
        word_file("甲方（签字）：          乙方（签字）：", "2026年1月5日"), name="责任书.docx"
    )
    day = datetime.date(2026, 1, 5)
    signed = [(each.party, each.signed_on) for each in reading.agreement.signatures]
    assert signed == [("甲方", day), ("乙方", day)]
    assert "text-party-blank" not in reading.findings.codes


def test_a_note_says_several_things_in_one_cell() -> None:
    """Numbered statements are read one by one: the scale is one, whatever else is vetoed."""
    scale = "1.总分100分，90分以上为优秀，60—89分为合格，60分以下为不合格。"
    note = f"备注：{scale}2.出现造假的，一票否决。"
    reading = read_agreement(word_file(note), name="责任书.docx")
    grades, (veto,) = reading.agreement.grades, reading.agreement.vetoes
    assert grades is not None
    assert [grade.low for grade in grades.grades] == [90, 60, None]
    assert "造假" in veto.title
    assert "clause-doubt" not in reading.findings.codes


def test_who_is_assessed_signs_for_the_second_side() -> None:
    """A place to fill in names no party of the agreement: nobody is told that one is unknown."""
    reading = read_agreement(word_file("被考核单位（盖章）："), name="责任书.docx")
    assert [(each.party, each.post) for each in reading.agreement.signatures] == [
        ("", "被考核单位")
    ]
    assert "party-unknown" not in check(reading.agreement).codes


def test_an_annexs_number_stands_above_the_title() -> None:
    """附件2 is no title, and nothing that the title may not stand behind."""
    source = "附件2\n示例县2026年度考核评分表\n指标\t分值\t评分标准\n台账\t5\t未建台账扣1分\n"
    reading = read_agreement(source)
    assert reading.agreement.title == "示例县2026年度考核评分表"
    assert (reading.agreement.year, "text-untitled" in reading.findings.codes) == (2026, False)


def test_money_by_points_beside_a_veto_blocks_nothing() -> None:
    """Only the sentence with the veto is read as a clause; every band of money is kept."""
    source = (
        "示例市医院\n2026年度科室目标责任书\n甲方：示例市医院\n乙方：内科\n一、目标（5分）\n"
        "1.未建台账扣1分。（5分）\n二、奖惩\n1.年终考核95分以上的，奖励10000元；90—94分的奖励5000元。\n"
        "2.出现造假的，实行一票否决。\n"
    )
    reading = read_agreement(source)
    assert reading.agreement.title == "2026年度科室目标责任书"
    assert [each.kind.value for each in reading.agreement.consequences] == ["money", "money"]
    assert len(reading.agreement.vetoes) == 1
    assert not reading.findings.errors


def test_passages_stand_in_the_order_of_the_document() -> None:
    """Paragraph 10 stands behind paragraph 9."""
    reading = read_agreement(
        word_file(*(f"注{number}" for number in range(12))), name="责任书.docx"
    )
    notes = [each.text for each in reading.passages if each.text.startswith("注")]
    assert notes == [f"注{number}" for number in range(12)]


@pytest.mark.parametrize(
    ("note", "unread"),
    [
        ("注：1.每项扣完为止。2.发现一例造假扣总分5分。", ["发现一例造假扣总分5分"]),
        (
            "备注：1、非法行医的取消评优资格；2、90分以上为优秀，70分以下为不合格。",
            ["非法行医的取消评优资格"],
        ),
        ("注：每项扣完为止，不得倒扣。", []),
        ("90分以上为优秀，70分以上为合格，70分以下为不合格。", []),
        ("80分以上全额拨付；60分至80分拨付70%经费；60分以下扣减50%", []),
    ],
)
def test_points_in_a_note_are_told(note: str, unread: list[str]) -> None:
    """What a note takes away stands in no item, so nobody would miss it."""
    table = read_agreement(excel(["考核内容|分值|评分标准", "台账|5|无台账扣5分", note], "A3:C3"))
    assert _unread(table) == unread


def test_points_in_a_line_below_a_words_table_are_told() -> None:
    """The same line below a table of a Word file."""
    reading = read_agreement(word_file("注：发现造假的，一例扣总分5分"), name="责任书.docx")
    assert _unread(reading) == ["注：发现造假的，一例扣总分5分"]


def _unread(reading: AgreementReading) -> list[str]:
    """Return the sentences that a reading tells as not read."""
    return [str(f.message).split("`")[1] for f in reading.findings if f.code == "text-unread"]


def test_who_fills_in_a_sheet_is_no_party() -> None:
    """考核人员 and 被考核人 sign the sheet of one unit; the agreement names neither."""
    reading = read_agreement(word_file("考核人员签字：    被考核人签字："), name="责任书.docx")
    assert reading.agreement.parties == ()


def test_a_statements_number_is_no_part_of_a_mark() -> None:
    """2.90分以上为优秀 begins with 2. and says 90."""
    note = "注：1.满分100分。2.90分以上为优秀，60分以下为不合格。"
    grades = read_agreement(word_file(note), name="责任书.docx").agreement.grades
    assert grades is not None
    assert [grade.low for grade in grades.grades] == [90, None]


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("80分以上全额拨付；60分至80分扣减经费的10%；60分以下扣减30%", ["1", "9/10", "7/10"]),
        ("80分以上全额拨付；60分至80分拨付70%经费；60分以下拨付50%", ["1", "7/10", "1/2"]),
        ("90分以上全额拨付；80—90分的核减补助5%；80分以下减拨20%", ["1", "19/20", "4/5"]),
    ],
)
def test_what_is_taken_off_the_money_is_not_what_is_paid(text: str, tiers: list[str]) -> None:
    """扣减30% leaves seven tenths."""
    (policy,) = read_agreement(word_file(text), name="责任书.docx").agreement.funding
    assert [str(tier.share) for tier in policy.tiers] == tiers


@pytest.mark.parametrize(
    "text",
    [
        "85分以上的，补助资金全额拨付；70分—85分的，每低1分扣补助资金的1%；70分以下的，扣减30%",
        "季度考核占30%，年终考核占70%",
        "年度得分中半年考核按40%、年终考核按60%计算",
        "平时检查得分×40%＋年终考核得分×60%",
    ],
)
def test_what_no_part_of_an_agreement_holds_is_told(text: str) -> None:
    """Money by the point, and what each assessment of a year weighs."""
    reading = read_agreement(word_file(text), name="责任书.docx")
    assert reading.agreement.funding == ()
    assert len(_unread(reading)) == 1


def test_a_share_of_a_rate_weighs_no_assessment() -> None:
    """年终考核 beside a percentage of something else."""
    reading = read_agreement(word_file("年终考核合格率达到90%。"), name="责任书.docx")
    assert _unread(reading) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("90分（含）以上为优秀，75分至90分为达标，75分以下为未达标", ["优秀", "达标", "未达标"]),
        (
            "90分以上为先进单位，60分以上为一般，60分以下为落后单位",
            ["先进单位", "一般", "落后单位"],
        ),
        ("85分以上为“好”，60—85分为一般，60分以下为“差”", ["好", "一般", "差"]),
    ],
)
def test_a_band_is_called_by_any_name_behind_its_points(text: str, names: list[str]) -> None:
    """A lowest band that is left out would leave its units without a grade."""
    grades = read_agreement(word_file(text), name="责任书.docx").agreement.grades
    assert grades is not None
    assert [grade.name for grade in grades.grades] == names


def test_a_term_from_the_signing_has_its_end() -> None:
    """From when it is signed, to a day."""
    text = "本责任书自签订之日起生效，至2026年12月31日止。"
    term = read_agreement(word_file(text), name="责任书.docx").agreement.term
    assert term is not None
    assert term.end == datetime.date(2026, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "90分以上（含90分）为优秀，80分以上不满90分为良好，60分以上不满80分为合格，不满60分为不合格",
        "90分（含）以上为优秀，80分（含）以上、90分以下为良好，60分以上80分以下为合格，60分以下为不合格",
        "得分≥90为优秀，80≤得分＜90为良好，60≤得分＜80为合格，得分＜60为不合格",
    ],
)
def test_two_bounds_side_by_side_are_one_band(text: str) -> None:
    """80分以上不满90分 begins at 80; a grade without a beginning would hold for everyone."""
    grades = read_agreement(word_file(text), name="责任书.docx").agreement.grades
    assert grades is not None
    assert [grade.low for grade in grades.grades] == [90, 80, 60, None]


def test_bounds_of_two_grades_are_two_bands() -> None:
    """What lies between belongs to neither."""
    text = "优秀：90分以上；不合格：60分以下"
    grades = read_agreement(word_file(text), name="责任书.docx").agreement.grades
    assert grades is not None
    assert [(grade.name, grade.low) for grade in grades.grades] == [("优秀", 90), ("不合格", None)]


@pytest.mark.parametrize(("words", "copies"), [("一式叁份", 3), ("壹式贰份", 2), ("一式两份", 2)])
def test_copies_in_the_numerals_of_contracts(words: str, copies: int) -> None:
    """叁 is three."""
    reading = read_agreement(word_file(f"本责任书{words}。"), name="责任书.docx")
    assert reading.agreement.copies == copies


def test_a_note_beside_its_heading_is_one() -> None:
    """备注 in the first cell and the note in the next; places to sign are no points either."""
    rows = [
        "序号|考核内容|分值|评分标准",
        "1|台账|5|无台账扣5分",
        "备注|85分以上为优秀，85分以下为合格。",
        "考核人签字：||被考核人签字：|",
    ]
    reading = read_agreement(excel(["示例院考核表", *rows], "A1:D1", "B4:D4"))
    assert [node.title for node in reading.agreement.nodes()] == ["台账"]
    assert reading.agreement.grades is not None
    assert not reading.findings.errors


def test_grades_in_letters_are_any_of_their_names() -> None:
    """A等, A级 and A类."""
    text = "90分以上为A等，75～89分为B等，75分以下为C等。"
    grades = read_agreement(word_file(text), name="责任书.docx").agreement.grades
    assert grades is not None
    assert [grade.name for grade in grades.grades] == ["A等", "B等", "C等"]


def test_money_may_follow_the_grades() -> None:
    """优秀的全额拨付: the limits are those of the line above, and 不合格 is what is left."""
    lines = (
        "考核得分90分以上为优秀，75分以上为合格，75分以下为不合格。",
        "优秀的全额拨付补助；合格的拨付补助的90%；不合格的拨付60%，并限期整改。",
    )
    (policy,) = read_agreement(word_file(*lines), name="责任书.docx").agreement.funding
    assert [(tier.low, str(tier.share)) for tier in policy.tiers] == [
        (90, "1"),
        (75, "9/10"),
        (None, "3/5"),
    ]
