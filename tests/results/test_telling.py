"""Values as people read them, and what stands behind lines, items and shortfalls."""

from __future__ import annotations

import pytest

from healthduty.errors import UnknownNameError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.records.record import (
    MISSING,
    NOT_APPLICABLE,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Sample,
    Statement,
    Value,
)
from healthduty.results.behind import codes_of_item, codes_of_line, items_reading, path_to
from healthduty.results.shortfalls import shortfalls
from healthduty.results.telling import alike, stage_text, value_text
from healthduty.rules.condition import Compare
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Band, Bands, Bonus, Deduction, Forfeit, Group, Judgement
from healthduty.rules.tally import Cases, Lacking, StepsBelow
from healthduty.scoring.score import score

RATE = Measure("rate", "满意率", unit="%")
VISITS = Measure("visits", "巡查", unit="次")
LEVEL = Measure("level", "等级", levels=("优", "良", "差"))
FLAG = Measure("flag", "制度", kind="flag")
CASES = Measure("cases", "投诉", unit="件", kind="cases")


@pytest.mark.parametrize(
    ("measure", "value", "zh", "en"),
    [
        (RATE, "83%", "83%", "83%"),
        (RATE, Ratio(1, 3), "≈33.3333%（1/3）", "≈33.3333% (1/3)"),
        (VISITS, 3, "3次", "3次"),
        (LEVEL, "良", "良", "良"),
        (FLAG, True, "是", "yes"),
        (FLAG, "无", "否", "no"),
        (CASES, (Case("1"), Case("2")), "2件", "2件"),
        (CASES, Case("1"), "1件", "1件"),
        (
            VISITS,
            Sample(8, asked=10, available=9),
            "8次（抽查10，实有9）",
            "8次 (sample of 10, 9 there)",
        ),
        (None, "2.50", "2.5分", "2.5 points"),
        (None, Judged("1.5", "记录不全"), "1.5分（记录不全）", "1.5 points (记录不全)"),
        (None, (Judged(1), Judged(2)), "1分、2分", "1 points, 2 points"),
        (None, Ratio(1, 3), "1/3", "1/3"),
        (RATE, MISSING, "无数据", "no data"),
        (RATE, None, "无数据", "no data"),
        (RATE, NOT_APPLICABLE, "不适用", "not applicable"),
        (RATE, NotApplicable("停床"), "不适用（停床）", "not applicable (停床)"),
        (VISITS, "四五次", "四五次", "四五次"),
        (RATE, Statement("83%", unevidenced=True), "83%（无佐证）", "83% (without evidence)"),
        (RATE, Observation("95%", "83%"), "83%", "83%"),
    ],
)
def test_a_value_is_told_with_its_unit(
    measure: Measure | None, value: Value, zh: str, en: str
) -> None:
    """Numbers with units, levels by name, absences by what they are."""
    assert (value_text(value, measure), value_text(value, measure, "en")) == (zh, en)


def test_a_stage_has_its_word() -> None:
    """The last that there is; a value without stages has none."""
    staged = Observation("95%", "83%")
    assert [
        stage_text(each) for each in (staged, Observation(reviewed=1), "83%", Observation())
    ] == [
        "核实",
        "复核",
        "",
        "",
    ]
    assert stage_text(Observation("95%"), "en") == "self assessed"


@pytest.mark.parametrize(
    ("measure", "one", "other", "same"),
    [
        (RATE, "83%", Ratio(166, 200), True),
        (RATE, 0.5, "0.5", True),
        (RATE, "83%", Statement("83%", unevidenced=True), False),
        (VISITS, MISSING, None, True),
        (VISITS, MISSING, 0, False),
        (VISITS, NOT_APPLICABLE, NotApplicable("停床"), True),
        (VISITS, NOT_APPLICABLE, MISSING, False),
        (CASES, Case("1"), (Case("1"),), True),
        (CASES, (Case("1"),), 1, False),
        (VISITS, Sample(8, asked=10, available=9), 8, False),
        (None, "2.50", "2.5", True),
        (None, "甲", "乙", False),
    ],
)
def test_values_are_alike_where_they_are_read_alike(
    measure: Measure | None,
    one: Value,
    other: Value,
    same: bool,  # noqa: FBT001 - what is expected
) -> None:
    """However they are written; absences by their kind, cases one by one."""
    assert alike(measure, one, other) is same
    assert alike(measure, other, one) is same


GROUP = Group(
    (
        Deduction(Lacking(VISITS, required=4), points=1),
        Judgement("neatness", "lose", most=1),
    ),
    cap=2,
)
AGREEMENT = Agreement(
    "示例",
    measures=(RATE, VISITS, CASES),
    parts=(
        Section(
            "1",
            parts=(
                Indicator(
                    "1.1",
                    "满意",
                    points=5,
                    parts=(
                        Part(
                            "1.1.1",
                            points=3,
                            rules=Deduction(StepsBelow(RATE, target=90, step=5), points=1),
                        ),
                        Part("1.1.2", points=2, rules=GROUP),
                    ),
                ),
                Indicator("1.2", "台账", points=5),
            ),
        ),
        Indicator(
            "2",
            "投诉",
            points=4,
            rules=(
                Bands(RATE, "earn", (Band(3, low=90),), otherwise=1),
                Bonus(Cases(CASES), points=1),
                Forfeit(Compare(VISITS, "<", 1)),
            ),
        ),
    ),
)


def test_what_an_item_reads() -> None:
    """Its rules' measures and judgements, its parts' too; an item without rules its own number."""
    assert codes_of_item(AGREEMENT, "1.1") == ("rate", "visits", "neatness")
    assert codes_of_item(AGREEMENT, "1") == ("rate", "visits", "neatness", "1.2")
    assert items_reading(AGREEMENT, "visits") == ("1.1.2", "2")
    assert items_reading(AGREEMENT, "1.2") == ("1.2",)
    assert [node.number for node in path_to(AGREEMENT, "1.1.2")] == ["1.1.2", "1.1", "1"]
    with pytest.raises(UnknownNameError, match="no item `3`"):
        path_to(AGREEMENT, "3")


def test_shortfalls_and_the_values_behind_them() -> None:
    """Deductions one by one; what was not earned together; a bonus beyond makes up for nothing."""
    values = {"rate": "82%", "visits": 3, "neatness": "0.5", "1.2": 4, "cases": 2}
    sheet = score(AGREEMENT, values)
    found = [(each.number, str(each.points), each.unearned) for each in shortfalls(sheet)]
    assert found == [
        ("1.1.1", "1", False),
        ("1.1.2", "1", False),
        ("1.1.2", "1/2", False),
        ("1.2", "1", True),
        ("2", "3", True),
    ]
    judged = shortfalls(sheet)[3]
    assert judged.text(sheet) == "评判4分，得4分（满分5分）"
    assert judged.text(sheet, "en").endswith("(of 5)")
    assert [codes_of_line(each.lines[0]) for each in shortfalls(sheet)] == [
        ("rate",),
        ("visits",),
        ("neatness",),
        ("1.2",),
        ("rate",),
    ]
    forfeited = shortfalls(score(AGREEMENT, {**values, "visits": 0}))
    assert [str(each.points) for each in forfeited if each.number == "2"] == ["3", "1"]
