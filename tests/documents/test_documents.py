"""Running text: titles, parties, numbers of every style, points, vetoes, closing words."""

from __future__ import annotations

import io
from fractions import Fraction

import pytest

from documents.tabling import codes, listing
from healthduty.clauses.reading import ClauseReading
from healthduty.documents.agreements import read_agreement, read_agreements
from healthduty.documents.closings import day_of
from healthduty.documents.intake import contents_of
from healthduty.documents.markers import markers
from healthduty.documents.passages import TakenFor
from healthduty.documents.spelling import squeeze
from healthduty.grids.grid import Grid
from healthduty.model.grades import ConsequenceKind
from healthduty.model.party import Role

TEXT = """示例县乡镇卫生院2024年度目标责任书
甲方：示例县卫生健康局
乙方：示例镇卫生院
为做好全年工作，签订本责任书。
一、组织管理（20分）
1、每年召开会议不少于4次，每少一次扣1分。（8分）
2、建立台账，未建立台账的不得分。（12分）
二、公共卫生（80分）
（一）健康档案
1.健康档案建档率达80%以上，每低1个百分点扣0.5分。（50分）
（二）慢性病管理。高血压规范管理率达____%以上。（30分）
三、奖惩
1、90分以上为优秀，80-89分为良好，80分以下为合格。
2、对考核优秀的单位给予表彰。
3、发生重大医疗责任事故的，一票否决。
四、附则
1、本责任书自2024年1月1日起至2024年12月31日止。
2、责任人如有变动，接任者继续履行。
3、本责任书一式三份。
甲方（签字）：          乙方（签字）：
2024年2月30日
"""


def test_a_whole_agreement_is_read() -> None:
    """Title, year, parties, sections, points, rules, blank, veto, term, copies, signatures."""
    agreement = read_agreement(TEXT).agreement
    assert (agreement.title, agreement.year) == ("示例县乡镇卫生院2024年度目标责任书", 2024)
    assert [(p.name, p.role, p.level) for p in agreement.parties] == [
        ("示例县卫生健康局", Role.ISSUER, "county"),
        ("示例镇卫生院", Role.RESPONSIBLE, "township"),
    ]
    assert [line.split(":")[0] for line in listing(read_agreement(TEXT))] == [
        "§1 组织管理 20",
        "1.1 每年召开会议不少于4次 8",
        "1.2 建立台账 12",
        "§2 公共卫生 80",
        "§2.1 健康档案",
        "2.1.1 健康档案建档率达80%以上 50",
        "2.2 慢性病管理 30",
        "§3 奖惩",
        "§4 附则",
    ]
    assert [len(node.rules) for node in agreement.nodes()] == [0, 1, 1, 0, 0, 1, 0, 0, 0]
    assert len(agreement.blanks()) == 1
    assert len(agreement.vetoes) == 1
    assert agreement.grades is not None
    assert [grade.low for grade in agreement.grades.grades] == [90, 80, None]
    assert ConsequenceKind.PRAISE in {each.kind for each in agreement.consequences}
    assert agreement.term is not None
    assert (str(agreement.term.start), str(agreement.term.end)) == ("2024-01-01", "2024-12-31")
    assert agreement.term.successor_bound
    assert agreement.copies == 3
    assert [each.signed_on for each in agreement.signatures] == ["2024-02-30", "2024-02-30"]


def test_a_rule_cites_its_article_and_its_characters() -> None:
    """Whoever asks who says so gets the article as printed."""
    rule = read_agreement(TEXT, name="书.txt").agreement.item("2.1.1").rules[0]
    assert rule.citation is not None
    assert (rule.citation.document, rule.citation.article) == ("书.txt", "二、（一）1.")
    assert rule.citation.span is not None


def test_findings_stand_at_their_lines() -> None:
    """An assumption of the clause reader names row, character and item."""
    [first, *_] = [
        f for f in read_agreement(TEXT, name="书.txt").findings if f.code == "clause-assumed"
    ]
    assert (first.place.source, first.place.row, first.place.item) == ("书.txt", 10, "2.1.1")
    assert first.place.character is not None


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("一、甲；二、乙", "一、 二、"),
        ("（一）甲；(二)乙", "（一） (二)"),
        ("1.甲；2．乙；3、丙", "1. 2． 3、"),
        ("（1）甲；⑵乙；3）丙", "（1） ⑵ 3）"),
        ("①甲；②乙", "① ②"),
        ("㈠甲㈡乙⒊丙", "㈠ ㈡ ⒊"),
        ("第一条 甲", "第一条"),
        ("第十二章 甲", "第十二章"),
        ("达到1.5倍，第一、二季度，100分之1，2024年", ""),
    ],
)
def test_numbers_of_every_style_are_seen(text: str, labels: str) -> None:
    """And what only looks like a number is not."""
    found = [text[m.start : m.end].strip() for m in markers(text)]
    assert found == labels.split()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一、甲\n1、乙\n2、丙\n二、丁", ["1", "1.1", "1.2", "2"]),
        ("第一条 甲\n（一）乙\n1.丙\n第二条 丁", ["1", "1.1", "1.1.1", "2"]),
        ("1.甲\n（1）乙\n①丙\n②丁\n2.戊", ["1", "1.1", "1.1.1", "1.1.2", "2"]),
        ("一、服务1、建档；2、随访。二、监督", ["1", "1.1", "1.2", "2"]),
        ("一、服务\n1、建档\n（二）质量\n1、病历\n三、其他", ["1", "1.1", "2", "2.1", "3"]),
        ("七、甲\n八、乙\n十、丙", ["7", "8", "10"]),
        ("一、医生：职责：\n- 体检\n- 救治\n二、护士", ["1", "1.1", "1.2", "2"]),
        ("1.1 甲\n1.2 乙", ["1", "2"]),
    ],
    ids=["usual", "articles", "deep", "one line", "lost heading", "gap", "bullets", "dotted"],
)
def test_items_are_counted_as_they_are_printed(text: str, numbers: list[str]) -> None:
    """Numbers are paths of what is printed, whatever the style."""
    reading = read_agreement("目标责任书\n" + text)
    found = [node.number for node in reading.agreement.nodes()]
    assert found == numbers


def test_a_bracketed_number_that_goes_on_counting_plain_ones_is_an_assumption() -> None:
    """（二） behind 一、 with no （一）."""
    reading = read_agreement("目标责任书\n一、服务\n1、建档\n（二）质量\n1、病历\n三、其他")
    assert codes(reading) == ["text-numbering"]


def test_a_line_of_numbers_alone_is_one_item() -> None:
    """Twenty thousand times “1、” begins one item, and is looked through once."""
    reading = read_agreement(
        "目标责任书\n" + "1、" * 20_000, reader=lambda text, **_: ClauseReading(text=text)
    )
    assert [node.number for node in reading.agreement.nodes()] == ["1"]


def test_numbers_that_are_missing_or_twice_are_told() -> None:
    """What the checks say of numbers tells whether reading went right."""
    reading = read_agreement("目标责任书\n一、甲\n二、乙\n四、丙\n五、丁\n五、戊")
    assert sorted(codes(reading)) == ["number-gap", "number-twice"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲方：示例局\n乙方：示例院", ["示例局", "示例院"]),
        ("甲方（盖章）：示例局  乙方（盖章）：示例院", ["示例局", "示例院"]),
        ("甲方:示例局签章:乙方:示例院签章:日期:", ["示例局", "示例院"]),
        ("甲方：____\n乙方：示例院", ["", "示例院"]),
        ("考核单位：示例局　被考核单位：示例院", ["示例局", "示例院"]),
        ("为落实任务，示例局与示例院签订本责任书。", ["示例局", "示例院"]),
        ("示例局（签字）：示例院（签字）：", ["示例局", "示例院"]),
    ],
)
def test_parties_are_found_wherever_they_are_named(text: str, names: list[str]) -> None:
    """In lines of their own, in prose, in the places for signatures."""
    agreement = read_agreement(f"目标责任书\n{text}\n一、台账\n二、培训").agreement
    behind = read_agreement(f"目标责任书\n一、台账\n二、培训\n{text}").agreement
    assert [party.name for party in agreement.parties or behind.parties] == names


def test_parties_from_prose_are_assumed_and_blank_ones_reported() -> None:
    """Neither is silent."""
    assert "text-parties" in codes(read_agreement("责任书\n示例局与示例院签订本责任书。\n一、台账"))
    assert "text-party-blank" in codes(read_agreement("责任书\n甲方：____\n乙方：示例院\n一、台账"))


def test_a_blank_that_nothing_scored_waits_for_is_reported() -> None:
    """____岁以上居民 is no target."""
    reading = read_agreement("目标责任书\n一、组织____岁以上居民接受筛查。\n二、管理率达到____%。")
    assert len(reading.agreement.blanks()) == 1
    assert "text-blank" in codes(reading)


def test_who_answers_first_is_kept() -> None:
    """第一责任人 and 直接责任人."""
    text = "目标责任书\n一、责任\n1、主要负责人是第一责任人，分管领导是直接责任人。\n2、建立台账"
    persons = read_agreement(text).agreement.responsible
    assert [(p.post, p.rank) for p in persons] == [
        ("主要负责人", "first"),
        ("分管领导", "direct"),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇一四年二月三十日", "2014-02-30"),
        ("二○二四年十二月五日", "2024-12-05"),
        ("2024年3月5日", "2024-03-05"),
        ("2024.3.5", "2024-03-05"),
        ("年  月  日", None),
    ],
)
def test_days_are_read_as_written(text: str, day: str | None) -> None:
    """A day that does not exist is a finding of the check, not ours to mend."""
    assert day_of(text) == day


def test_several_agreements_in_one_source_are_split() -> None:
    """By 【篇一】, by titles behind signatures, by the words that begin another."""
    source = (
        "目标责任书三篇\n"
        "【篇一：示例局责任书】示例局责任书为做好工作，制定本责任书。\n一、台账\n日期：\n"
        "【篇二：示例院责任书】示例院责任书为做好工作，制定本责任书。\n一、培训\n二、会议\n"
        "甲方：示例局签章：乙方：示例院签章：日期：卫生目标责任书为进一步落实，签订2013年度目标责任书。\n"
        "一、随访\n"
        "示例站责任书\n一、建档"
    )
    readings = read_agreements(source)
    assert [reading.agreement.title for reading in readings] == [
        "示例局责任书",
        "示例院责任书",
        "卫生目标责任书",
        "示例站责任书",
    ]
    assert [len(reading.agreement.parts) for reading in readings] == [1, 2, 1, 1]
    first = read_agreement(source)
    assert first.agreement == readings[0].agreement
    assert "3 more" in next(f.message for f in first.findings if f.code == "text-several")


def test_a_text_with_a_table_keeps_both() -> None:
    """The articles of a contract and its attached table: 附1."""
    docx = pytest.importorskip("docx")
    made = docx.Document()
    for line in ("示例院目标责任书", "一、建立台账。", "二、加强培训。", "附件：考核评分表"):
        made.add_paragraph(line)
    table = made.add_table(rows=2, cols=3)
    for column, cells in enumerate(
        zip(("考核内容", "分值", "评分标准"), ("会议", "5", "缺1次扣1分"), strict=True)
    ):
        for row, text in enumerate(cells):
            table.cell(row, column).text = text
    made.add_paragraph("注：90分以上为优秀，90分以下为合格。")
    buffer = io.BytesIO()
    made.save(buffer)
    agreement = read_agreement(buffer.getvalue(), name="书.docx").agreement
    assert [node.number for node in agreement.nodes()] == ["1", "2", "附1", "附1.1"]
    assert agreement.grades is not None


def test_money_without_tiers_is_no_policy() -> None:
    """经费 is named in many an item that pays by no score."""
    reading = read_agreement("责任书\n一、会同财政部门拟定经费拨付方案。\n二、经费按时拨付。")
    assert reading.agreement.funding == ()


def test_money_by_tiers_with_an_override() -> None:
    """Traditional characters, the score in brackets, a breach beside the lowest tier."""
    text = (
        "協管責任書\n一、完成巡查\n二、經費\n"
        "對完成工作(考核分值80分以上)的,全額撥付經費;有漏項(考核分值60分至80分)的,撥付70%經費;"
        "對發生違紀事件或考核分值在60分以下的,撥付50%經費。"
    )
    reading = read_agreement(text)
    [policy] = reading.agreement.funding
    assert [(tier.low, tier.share) for tier in policy.tiers] == [
        (80, 1),
        (60, Fraction(7, 10)),
        (None, Fraction(1, 2)),
    ]
    assert [override.share for override in policy.overrides] == [Fraction(1, 2)]


@pytest.mark.parametrize("source", [TEXT, "责任书\n前言。\n谢谢大家！", "没有标题的一段话。"])
def test_every_line_is_a_passage(source: str) -> None:
    """Nothing is dropped: what is not an item's number stands in a passage."""
    reading = read_agreement(source)
    told = squeeze("".join(passage.text for passage in reading.passages))
    for block in contents_of(source).blocks:
        assert not isinstance(block, Grid)
        first = next(iter(markers(block.text)), None)
        words = block.text[first.end :] if first is not None and first.start == 0 else block.text
        assert squeeze(words).rstrip("。") in told, block.text


def test_what_is_read_says_what_it_was_taken_for() -> None:
    """Title, parties, items, closing lines."""
    taken = {passage.taken for passage in read_agreement(TEXT).passages}
    assert {
        TakenFor.TITLE,
        TakenFor.PARTY,
        TakenFor.NOTE,
        TakenFor.SECTION,
        TakenFor.REQUIREMENT,
        TakenFor.SIGNATURE,
    } <= taken


LISTED = """示例县2024年度卫生院目标责任书
一、重点工作（100分）
（一）签约服务（100分）。签约率达到40%以上，每低1个百分点扣1分。
二、加分项目
1.获国家级命名的，5分；
2.获省级命名的，3分。
三、扣分项目
1.发生医疗纠纷的，每起2分；
2.被县级通报批评的，每次3分。
四、结果运用
优秀的全额拨付，合格的拨付90%，不合格的扣减20%。"""


def test_lists_of_bonuses_and_of_losses_say_once_what_their_points_do() -> None:
    """加分项目 adds, 扣分项目 takes from the total, and 结果运用 scores nothing."""
    reading = read_agreement(LISTED)
    assert [line for line in listing(reading) if ":" in line] == [
        "1.1 签约服务 100: 签约服务·签约率达到40%以上，每低1个百分点扣1分",
        "2.1 获国家级命名: 「获国家级命名」为是的，加5分",
        "2.2 获省级命名: 「获省级命名」为是的，加3分",
        "3.1 发生医疗纠纷: 发生医疗纠纷，每发现1起从总分中扣2分",
        "3.2 被县级通报批评: 被县级通报批评，每发现1次从总分中扣3分",
    ]
    assert not {code for code in codes(reading) if code.startswith("clause")}
