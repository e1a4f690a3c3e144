"""The difference of two sheets: every cause with its values, and nothing else."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import attrs
import pytest

from healthduty import catalogue
from healthduty.errors import UsageError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Section
from healthduty.model.veto import BarHonours, Veto, ZeroTotal
from healthduty.records.record import MISSING, NotApplicable, Observation, Record, Statement
from healthduty.results.changes import Fate, Whole
from healthduty.results.differing import SheetDifference, differ
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Cases, Lacking, StepsBelow
from healthduty.scoring.lines import LineKind
from healthduty.scoring.score import score

RATE = Measure("rate", "满意率", unit="%")
VISITS = Measure("visits", "巡查", unit="次")
COMPLAINTS = Measure("complaints", "投诉", unit="件", kind="cases")
ACCIDENT = Measure("accident", "事故", kind="flag")
AGREEMENT = Agreement(
    "示例站责任书",
    measures=(RATE, VISITS, COMPLAINTS, ACCIDENT),
    parts=(
        Section(
            "1",
            "服务",
            parts=(
                Indicator(
                    "1.1",
                    "满意",
                    points=6,
                    rules=Deduction(StepsBelow(RATE, target=90, step=5), points=1, cap=2),
                ),
                Indicator(
                    "1.2", "巡查", points=4, rules=Deduction(Lacking(VISITS, required=4), points=1)
                ),
            ),
        ),
        Indicator("2", "台账", points=5),
    ),
    rules=(Deduction(Cases(COMPLAINTS), points="0.5"),),
    vetoes=(
        Veto("accident", "责任事故", when=Flag("accident"), effects=(ZeroTotal(), BarHonours())),
    ),
    grades=GradeScale((Grade("合格", low=11), Grade("不合格"))),
    consequences=(Consequence("honour", "先进单位", code="honour", grades=("合格",)),),
    funding=(
        FundingPolicy("pool", "考核经费", fixed=1000, tiers=(Tier(11, 1), Tier(None, "0.5"))),
    ),
)
VALUES: dict[str, Any] = {"rate": "82%", "visits": 3, "2": 4, "complaints": 1, "accident": False}


def record(**values: Any) -> Record:  # noqa: ANN401 - any value
    """Return the unit's record with some values of its own."""
    named = {code.replace("item", ""): value for code, value in values.items()}
    return Record("南关站", {**VALUES, **named})


def differed(**values: Any) -> SheetDifference:  # noqa: ANN401 - any value
    """Return the difference that these values make."""
    return differ(score(AGREEMENT, record()), score(AGREEMENT, record(**values)))


def test_a_line_says_what_it_said_and_says_now() -> None:
    """82 % was one step short, 90 % is none: one point, and the value with its stage."""
    value = Observation("95%", Statement("82%"), Statement(Ratio(180, 200)))
    difference = differed(rate=value)
    assert [str(each) for each in (difference.total.before, difference.total.after)] == [
        "11.5",
        "12.5",
    ]
    (cause,) = difference.causes
    assert (cause.number, str(cause.points), cause.what) == ("1.1", "1", None)
    assert cause.line is not None
    assert cause.line.fate is Fate.CHANGED
    assert cause.line.values[0].text() == "满意率：82% → 复核90%（180/200）"
    assert difference.sentences()[:2] == (
        (
            "1.1 满意：满意率：82% → 复核90%（180/200）；原：满意率82%，目标90%，低8个百分点，"
            "每5个百分点扣1分，计1档，扣1分；现：满意率90%，目标90%，达到，不扣分（+1分）"
        ),
        "总分：11.5 → 12.5（+1分）",
    )


def test_items_have_their_points_and_what_their_own_lines_add() -> None:
    """A section has what its items earn; its own lines moved nothing, so it is no cause."""
    items = {item.number: item for item in differed(visits=4).items}
    assert [str(items["1"].earned.change), str(items["1"].points)] == ["1", "0"]
    assert [str(items["1.2"].earned.change), str(items["1.2"].points)] == ["1", "1"]
    assert [number for number, item in items.items() if item.changed] == ["1.2"]


def test_a_cap_that_begins_to_bite_is_a_line_that_appears() -> None:
    """At 70 % four steps are due and the cap gives two back."""
    difference = differed(rate="70%")
    kinds = [(c.line.kind, c.fate, str(c.points)) for c in _item(difference, "1.1").lines]
    assert kinds == [
        (LineKind.RULE, Fate.CHANGED, "-1"),
        (LineKind.CAP, Fate.APPEARED, "0"),
    ]
    back = differ(difference.after, difference.before)
    assert [c.fate for c in _item(back, "1.1").lines] == [Fate.CHANGED, Fate.VANISHED]


def test_rules_of_the_total_stand_by_themselves() -> None:
    """A deduction from the total belongs to no item."""
    difference = differed(complaints=3)
    assert not any(item.changed for item in difference.items)
    assert [str(change.points) for change in difference.whole] == ["-1"]
    assert [cause.number for cause in difference.causes] == [""]
    assert "投诉：1件 → 3件" in difference.table().text()


def test_a_value_that_moves_no_point_is_told_all_the_same() -> None:
    """84 % is still one step short: a changed line, no cause, and named below the table."""
    difference = differed(rate="84%")
    assert (difference.causes, [each.code for each in difference.idle]) == ((), ["rate"])
    assert [change.points for change in _item(difference, "1.1").lines] == [0]
    assert "数据有变、得分未变：满意率：82% → 84%" in difference.table().text()
    assert difference


def test_the_same_value_in_another_spelling_is_no_difference() -> None:
    """82 %, 164 of 200, and a statement of it are read alike."""
    for same in ("82", Ratio(164, 200), Statement("82%"), Observation("82%")):
        assert not differed(rate=same)
    assert differed().table().notes == ("两份评分表没有差别",)
    assert differed().sentences("en") == ("total: 11.5 → 11.5 (0)", "nothing differs")


def test_vetoes_grade_honours_and_money() -> None:
    """An accident: the arithmetic stays, and what follows from it is told, with its points."""
    difference = differed(accident=True)
    (cause,) = difference.causes
    assert (cause.what, str(cause.points)) == (Whole.VETOES, "-11.5")
    assert (difference.earned.change, difference.grade.before, difference.grade.after) == (
        0,
        "合格",
        "不合格",
    )
    assert difference.vetoes["accident"].changed
    assert difference.honours["honour"].after is None
    assert str(difference.money["pool"].after) == "500"
    text = difference.table().text()
    for told in (
        "一票否决的影响",
        "等次：合格 → 不合格",
        "责任事故”：否 → 是",
        "1,000.00 → 500.00",
    ):
        assert told in text


def test_where_there_is_no_total_what_can_be_told_is_told() -> None:
    """The visits are missing: their item is open, the rate's change stands."""
    difference = differed(visits=MISSING, rate="90%")
    assert (difference.total.after, difference.total.change) == (None, None)
    assert difference.open == ("1", "1.2")
    assert [(cause.number, str(cause.points)) for cause in difference.causes] == [("1.1", "1")]
    assert "缺数据，无法比较：1、1.2" in difference.table().text()
    assert any("无法确定" in sentence for sentence in difference.sentences())


def test_an_agreement_without_points_has_deductions_to_compare() -> None:
    """A list of deductions has a sum in place of a total."""
    item = Indicator("1", "巡查", rules=Deduction(Lacking(VISITS, required=4), points=1))
    agreement = Agreement("示例", measures=(VISITS,), parts=(item,))
    before, after = (score(agreement, {"visits": count}) for count in (1, 3))
    difference = differ(before, after)
    assert (difference.total.change, str(difference.deducted.change)) == (None, "-2")
    assert difference.table().rows[-1][1:] == ("扣分合计", "3", "1", "-2")
    assert difference.sentences()[-1] == "扣分合计：3 → 1（-2分）"


def test_not_applicable_appears_with_its_line() -> None:
    """An item that is excused has a line of its own, with the value behind it."""
    difference = differed(visits=NotApplicable("无辖区"))
    (rule, excused) = _item(difference, "1.2").lines
    assert [rule.line.kind, excused.line.kind] == [LineKind.RULE, LineKind.EXCUSED]
    assert [value.code for value in excused.values] == ["visits"]
    assert "巡查：3次 → 不适用（无辖区）" in difference.table().text()


def test_two_agreements_are_compared_by_their_numbers() -> None:
    """2012 and 2013: items of one number side by side, the others named; both ways add up."""
    one, other = (catalogue.get(f"street-centre-{year}") for year in (2012, 2013))
    difference = differ(score(one, Record("a", {})), score(other, Record("a", {})))
    assert difference.findings.codes[0] == "difference-agreements"
    more = attrs.evolve(
        AGREEMENT, title="新责任书", parts=(*AGREEMENT.parts, Indicator("3", "培训", points=2))
    )
    values = {**VALUES, "3": "1.5"}
    grown = differ(score(AGREEMENT, record()), score(more, Record("南关站", values)))
    assert [(each.code, each.place.item) for each in grown.findings][1:] == [
        ("difference-item", "3")
    ]
    assert [(c.what and c.what.value, str(c.points)) for c in grown.causes] == [
        (None, "-2"),
        (None, "1.5"),
        ("full", "2"),
    ]
    assert str(grown.total.change) == "1.5"
    assert "满分不同" in grown.table().text()


def test_what_can_not_be_compared_is_refused() -> None:
    """No common number, or no sheet at all."""
    elsewhere = score(Agreement("别处", parts=(Indicator("九", points=5),)), {"九": 1})
    with pytest.raises(UsageError, match="no item of `示例站责任书`"):
        differ(score(AGREEMENT, record()), elsewhere)
    with pytest.raises(UsageError, match="no score sheet"):
        differ(elsewhere, "sheet")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="unknown language"):
        differed().table("fr")  # type: ignore[arg-type]


def test_it_shows_itself() -> None:
    """As text, in a notebook, and in one line."""
    difference = differed(rate="90%")
    assert str(difference) == difference.table().text()
    assert difference._repr_html_().startswith('<div class="healthduty"')
    assert repr(difference) == "<SheetDifference 11.5 → 12.5>"


def test_a_shipped_agreement_adds_up_between_any_two_of_its_records() -> None:
    """Every pair of the township hospitals that have totals."""
    agreement = catalogue.get("township-hospital-targets")
    sheets = [score(agreement, each) for each in catalogue.records("township-hospital-targets")]
    known = [sheet for sheet in sheets if sheet.total is not None]
    for before, after in pairwise(known):
        difference = differ(before, after)
        change = difference.total.change
        assert change is not None
        assert sum(Fraction(cause.points) for cause in difference.causes) == Fraction(change)


def _item(difference: SheetDifference, number: str) -> Any:  # noqa: ANN401 - an item's change
    return next(item for item in difference.items if item.number == number)
