"""What follows from the total: vetoes, grade, honours, money."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.errors import UsageError
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    Veto,
    VetoEffect,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.records.record import NOT_APPLICABLE
from healthduty.rules.condition import AllOf, Compare, Flag
from healthduty.rules.rule import Bonus, Deduction
from healthduty.rules.tally import Cases
from healthduty.rules.threshold import ByKind
from healthduty.scoring.outcome import Honour, Money, ShareReason
from healthduty.scoring.sheet import ScoreSheet
from scoring.making import (
    ACCIDENT,
    COMPLAINTS,
    EACH,
    LEDGER,
    NO_LEDGER,
    PRAISE,
    RATE,
    VISITS,
    codes,
    item,
    make,
    scored,
    section,
)

SCALE = GradeScale.of(优=9, 良=7, 中=5, 差=None)
HAPPENED = Flag(ACCIDENT)

GRADED = make(EACH, grades=SCALE)
"""10 points, a point for each complaint."""


def vetoed(*effects: VetoEffect, **options: Any) -> Agreement:  # noqa: ANN401
    """Return the graded agreement with a veto on accidents."""
    veto = Veto("accident", "责任事故", when=HAPPENED, effects=effects, **options)
    return attrs.evolve(GRADED, vetoes=(veto,))


def sheet_of(agreement: Agreement, complaints: int = 0, **values: Any) -> ScoreSheet:  # noqa: ANN401
    """Score over an accident, unless a test says otherwise."""
    return scored(agreement, {"accident": True, "complaints": complaints, **values})


def found(sheet: ScoreSheet, code: str) -> Finding:
    """Return a sheet's finding of this code."""
    return next(finding for finding in sheet.findings if finding.code == code)


# ---------------------------------------------------------------------- grades (semantics 9)


@pytest.mark.parametrize(
    ("complaints", "grade"),
    [(0, "优"), (1, "优"), (2, "良"), (3, "良"), (4, "中"), (5, "中"), (6, "差"), (10, "差")],
)
def test_a_shared_boundary_belongs_to_the_upper_band(complaints: int, grade: str) -> None:
    """Semantics 9: 9 to 10, 7 to 9, 5 to 7, below 5: nine points are 优, seven 良."""
    assert sheet_of(GRADED, complaints).grade == grade


def test_a_boundary_may_be_outside() -> None:
    """Semantics 9: 超过9分 is more than nine."""
    scale = GradeScale((Grade("优", 9, low_in=False), Grade("良")))
    grades = [sheet_of(make(EACH, grades=scale), number).grade for number in (0, 1)]
    assert grades == ["优", "良"]


def test_a_total_below_all_bands_has_no_grade() -> None:
    """A scale with a hole at the bottom gives none."""
    assert sheet_of(make(EACH, grades=GradeScale.of(优=9))).grade == "优"
    assert sheet_of(make(EACH, grades=GradeScale.of(优=9)), 3).grade is None


def test_a_grade_may_ask_for_more_than_its_band() -> None:
    """Semantics 9: 优 asks for a ledger, too; without one the next grade down is given."""
    scale = GradeScale((Grade("优", 9, when=Flag(LEDGER)), Grade("良", 7), Grade("差")))
    agreement = make(EACH, grades=scale)
    grades = [sheet_of(agreement, ledger=kept).grade for kept in (True, False, NOT_APPLICABLE)]
    assert grades == ["优", "良", "良"]


def test_a_grade_waits_for_a_fact_that_is_missing() -> None:
    """Nobody knows yet whether it is 优 or 良."""
    scale = GradeScale((Grade("优", 9, when=Flag(LEDGER)), Grade("良")))
    agreement = make(EACH, grades=scale)
    sheet = sheet_of(agreement)
    assert (sheet.total, sheet.grade) == (10, None)
    assert sheet_of(agreement, 4).grade == "良"


@pytest.mark.parametrize(
    ("points", "near"),
    [("0.98", False), ("0.99", True), ("1", True), ("1.01", True), ("1.02", False)],
)
def test_a_total_beside_a_boundary_is_said(points: str, near: bool) -> None:  # noqa: FBT001
    """Semantics 8: within a hundredth of nine points a remark stands on the sheet."""
    agreement = make(
        Deduction(Cases(COMPLAINTS), points=points), grades=GradeScale.of(优=9, 差=None)
    )
    assert (codes(sheet_of(agreement, 1)) == ["grade-boundary"]) is near


def test_the_remark_names_the_boundary() -> None:
    """Total, grade and bound, as a note."""
    (finding,) = sheet_of(GRADED, 1).findings
    assert str(finding) == (
        "note grade-boundary: total 9 lies within 0.01 of the boundary of `优` at 9"
    )


# ---------------------------------------------------------------------- vetoes (semantics 6)


def test_a_veto_leaves_the_arithmetic_visible() -> None:
    """Semantics 6: nine points were earned; the veto's effect stands beside them."""
    sheet = sheet_of(vetoed(ZeroTotal()), 1)
    assert (sheet.earned, sheet.total, sheet.grade) == (9, 0, "差")
    assert [result.applies for result in sheet.vetoes] == [True]
    assert [line.effective for line in sheet.lines] == [-1]


def test_a_veto_needs_its_event() -> None:
    """Semantics 6: a veto is a fact with evidence, never inferred from a low score."""
    sheet = sheet_of(vetoed(ZeroTotal()), 10, accident=False)
    assert (sheet.total, sheet.vetoes[0].applies) == (0, False)
    assert sheet_of(vetoed(ZeroTotal()), accident=NOT_APPLICABLE).total == 10


@pytest.mark.parametrize(
    ("effects", "complaints", "grade"),
    [
        ((ForceGrade("差"),), 0, "差"),
        ((ForceGrade("良"),), 0, "良"),
        ((CapGrade("中"),), 0, "中"),
        ((CapGrade("良"),), 4, "中"),
        ((LowerGrade(),), 0, "良"),
        ((LowerGrade(2),), 0, "中"),
        ((LowerGrade(9),), 0, "差"),
        ((LowerGrade(), CapGrade("良")), 2, "中"),
        ((LowerGrade(), LowerGrade()), 0, "中"),
        ((ForceGrade("良"), CapGrade("中")), 0, "中"),
    ],
)
def test_what_a_veto_does_to_the_grade(
    effects: tuple[VetoEffect, ...], complaints: int, grade: str
) -> None:
    """Semantics 6: forced, capped or lowered; of several the worst counts; the total stays."""
    sheet = sheet_of(vetoed(*effects), complaints)
    assert sheet.grade == grade
    assert sheet.total == 10 - complaints


def test_a_cap_at_the_best_grade_lowers_none() -> None:
    """At most 优 leaves 优 as it is."""
    assert sheet_of(vetoed(CapGrade("优")), accident=True).grade == "优"


def test_a_forced_grade_stands_without_a_total() -> None:
    """A grade that is forced needs no points, and one that is capped does."""
    agreement = make(item(EACH, points=None), measures=(COMPLAINTS, ACCIDENT), grades=SCALE)
    grades = [
        sheet_of(attrs.evolve(agreement, vetoes=vetoed(effect).vetoes)).grade
        for effect in (ForceGrade("差"), CapGrade("差"), LowerGrade())
    ]
    assert grades == ["差", None, None]


def test_a_grade_without_a_scale_is_none() -> None:
    """Forcing a grade in an agreement without grades does nothing."""
    agreement = attrs.evolve(vetoed(ForceGrade("差")), grades=None)
    assert sheet_of(agreement).grade is None


def test_a_zeroed_section_leaves_the_total() -> None:
    """Semantics 6: 8 and 1 of section 1 go, 10 of section 2 stay; bonuses of the section, too."""
    agreement = make(
        section(item(EACH, Bonus(Cases(PRAISE), points=1), number="1.1"), number="1"),
        section(item(Deduction(Cases(VISITS), points=1), number="2.1"), number="2"),
        vetoes=vetoed(ZeroSection("1"), ZeroSection("9")).vetoes,
    )
    sheet = sheet_of(agreement, 2, praise=1, visits=0)
    assert (sheet.earned, sheet.total) == (19, 10)


def test_zeroing_never_takes_more_than_there_is() -> None:
    """Semantics 6: a total that is negative already stays as it is; one that is not stops at 0."""
    agreement = make(
        section(item(EACH, number="1.1", floor=None), number="1", floor=None),
        rules=Deduction(Cases(VISITS), points=1),
        floor=None,
        vetoes=vetoed(ZeroSection("1")).vetoes,
    )
    totals = [
        sheet_of(agreement, taken, visits=off).total for taken, off in ((2, 5), (2, 9), (12, 0))
    ]
    assert totals == [0, -1, -2]
    zeroed = attrs.evolve(agreement, vetoes=vetoed(ZeroTotal()).vetoes)
    assert [sheet_of(zeroed, taken, visits=0).total for taken in (2, 12)] == [0, -2]


def test_an_exemption_lifts_a_veto() -> None:
    """Semantics 6: an accident that was reported in time vetoes nothing."""
    agreement = vetoed(ZeroTotal(), exempt=Flag(LEDGER))
    found = [
        sheet_of(agreement, accident=accident, ledger=ledger).vetoes[0].applies
        for accident, ledger in (
            (True, True),
            (True, False),
            (False, None),
            (True, None),
            (None, True),
            (None, False),
        )
    ]
    assert found == [False, True, False, None, False, None]


def test_a_veto_that_nobody_can_tell_leaves_no_total() -> None:
    """Semantics 6: the arithmetic is known, the total is not."""
    sheet = sheet_of(vetoed(ZeroTotal()), accident=None)
    assert (sheet.earned, sheet.total, sheet.grade) == (10, None, None)
    assert codes(sheet) == ["value-missing"]


def test_a_veto_may_ask_for_several_facts() -> None:
    """An accident with a bad rate: one that is missing leaves it open."""
    both = AllOf((HAPPENED, Compare(RATE, "<", 60)))
    agreement = attrs.evolve(
        vetoed(ZeroTotal()), vetoes=(Veto("v", when=both, effects=ZeroTotal()),)
    )
    found = [sheet_of(agreement, rate=rate).vetoes[0].applies for rate in (59, 60, None)]
    assert found == [True, False, None]


# ----------------------------------------------------------------------------------- honours

HONOURS = (
    Consequence("honour", "先进集体", code="unit", grades=("优", "良")),
    Consequence("honour", "先进个人", code="person"),
    Consequence("accountability", "约谈", grades=("差",), code="talk"),
)


def test_honours_come_with_grades() -> None:
    """Two honours for 优, one for whoever; being summoned is no honour."""
    agreement = attrs.evolve(GRADED, consequences=HONOURS)
    assert sheet_of(agreement, 0).honours == (
        Honour("unit", "先进集体"),
        Honour("person", "先进个人"),
    )
    assert [honour.code for honour in sheet_of(agreement, 6).honours] == ["person"]


@pytest.mark.parametrize(
    ("bars", "barred"), [(BarHonours(), [True, True]), (BarHonours("person"), [False, True])]
)
def test_an_accident_bars_honours_and_moves_no_point(bars: BarHonours, barred: list[bool]) -> None:
    """Semantics 6: all honours or the named ones; the total and the grade stay."""
    sheet = sheet_of(attrs.evolve(vetoed(bars), consequences=HONOURS))
    assert [not honour.granted for honour in sheet.honours] == barred
    assert sheet.honours[1].barred_by == ("accident",)
    assert (sheet.total, sheet.grade) == (10, "优")


def test_what_is_no_honour_is_passed_over() -> None:
    """Accountability that stands before the honour in the list hides none."""
    consequences = (
        Consequence("accountability", "约谈", code="talk"),
        Consequence("honour", "先进集体", code="unit"),
    )
    sheet = sheet_of(attrs.evolve(GRADED, consequences=consequences))
    assert [honour.code for honour in sheet.honours] == ["unit"]


def test_an_honour_is_open_while_nobody_knows_of_the_accident() -> None:
    """Neither granted nor barred: the sheet, its data and its findings say what is waited for."""
    agreement = attrs.evolve(vetoed(BarHonours("person")), consequences=HONOURS)
    sheet = sheet_of(agreement, accident=None)
    (honour,) = sheet.honours
    assert (honour.granted, honour.barred_by, honour.open_by) == (None, (), ("accident",))
    assert "荣誉：先进个人（待核实责任事故后确定）" in str(sheet)
    assert "honour: 先进个人 (open until 责任事故 is known)" in sheet.table("en").text()
    assert sheet.to_dict()["honours"] == [
        {
            "code": "person",
            "text": "先进个人",
            "granted": None,
            "barred_by": [],
            "open_by": ["accident"],
        }
    ]
    assert str(sheet.findings[-1]) == (
        "warning honour-open: `先进个人` is neither granted nor barred: veto `accident` can't be"
        " told without `责任事故`"
    )


def test_another_veto_bars_what_would_be_open() -> None:
    """The ledger is not kept, which bars at once; of the accident nobody need know."""
    unkept = Veto("unkept", when=NO_LEDGER, effects=BarHonours())
    agreement = vetoed(BarHonours())
    agreement = attrs.evolve(
        agreement, vetoes=(*agreement.vetoes, unkept), consequences=HONOURS[1:2]
    )
    sheet = sheet_of(agreement, accident=None, ledger=False)
    assert [honour.granted for honour in sheet.honours] == [False]
    assert "honour-open" not in codes(sheet)
    assert "荣誉：先进个人（因unkept取消）" in str(sheet)


def test_an_honour_waits_for_the_exemption_and_for_the_kind_of_facility() -> None:
    """Each fact that is missing of a veto is named: its event's, and its exemption's."""
    few = Compare(VISITS, "<", ByKind({"中心": 4}))
    agreement = attrs.evolve(
        vetoed(BarHonours(), exempt=AllOf((Flag(LEDGER), few))), consequences=HONOURS[1:2]
    )
    sheet = sheet_of(agreement, visits=3)
    assert [honour.granted for honour in sheet.honours] == [None]
    assert sheet.findings[-1].message.endswith("can't be told without `台账`, `kind of facility`")


def test_a_veto_without_honours_bars_none() -> None:
    """A veto of another kind leaves honours as they are."""
    agreement = attrs.evolve(vetoed(CapGrade("良")), consequences=HONOURS)
    assert [honour.granted for honour in sheet_of(agreement).honours] == [True, True]


# ------------------------------------------------------------------------------------- money

POOL = FundingPolicy(
    "aid",
    "协管经费",
    per_head="1.25",
    fixed=1000,
    tiers=(Tier(8, 1), Tier(6, "0.7"), Tier(None, "0.5")),
    overrides=(Override(Flag(LEDGER, expected=False), "0.5", "违规"),),
)
PAID = attrs.evolve(GRADED, funding=(POOL,))


def money_of(
    agreement: Agreement = PAID,
    complaints: int = 0,
    population: Any = 10_001,  # noqa: ANN401
    **values: Any,  # noqa: ANN401
) -> Money:
    """Return what the pool pays, with a ledger unless a test says otherwise."""
    found = {"complaints": complaints, "ledger": True, "accident": True, **values}
    return scored(agreement, found, population=population).money[0]


@pytest.mark.parametrize(
    ("complaints", "share", "yuan", "why"),
    [
        (2, "1", "13501.25", "总分8以上"),
        (3, "7/10", "9450.88", "总分6以上"),
        (4, "7/10", "9450.88", "总分6以上"),
        (5, "1/2", "6750.63", "其余总分"),
    ],
)
def test_money_follows_the_tier(complaints: int, share: str, yuan: str, why: str) -> None:
    """1.25 × 10,001 + 1,000 = 13,501.25 yuan, times the tier's share, to the fen, half up."""
    money = money_of(complaints=complaints)
    assert (money.share, money.amount, money.reason()) == (Fraction(share), Decimal(yuan), why)


def test_a_tier_may_exclude_its_bound() -> None:
    """超过8分 is more than eight."""
    tiers = (Tier(8, 1, low_in=False), Tier(None, "0.5"))
    agreement = attrs.evolve(PAID, funding=(attrs.evolve(POOL, tiers=tiers),))
    assert [money_of(agreement, number).share for number in (1, 2)] == [1, Fraction(1, 2)]


def test_below_every_tier_nothing_is_paid() -> None:
    """A pool without a lowest tier pays nothing there, and says so."""
    agreement = attrs.evolve(PAID, funding=(attrs.evolve(POOL, tiers=(Tier(8, 1),)),))
    money = money_of(agreement, 5)
    assert (money.amount, money.reason(), money.reason("en")) == (
        0,
        "低于各档",
        "below every tier",
    )


def test_an_override_lowers_and_never_raises() -> None:
    """Without a ledger half is paid, in its own words; who has less already keeps less."""
    money = money_of(ledger=False)
    assert (money.share, money.why, money.reason()) == (
        Fraction(1, 2),
        ShareReason.OVERRIDE,
        "违规",
    )
    tiers = (Tier(8, 1), Tier(None, "0.4"))
    agreement = attrs.evolve(PAID, funding=(attrs.evolve(POOL, tiers=tiers),))
    assert money_of(agreement, 9, ledger=False).share == Fraction(2, 5)


def test_a_fact_of_an_override_that_is_missing_leaves_the_money_open() -> None:
    """Nobody knows yet whether all or half is paid."""
    money = money_of(ledger=None)
    assert (money.amount, money.share, money.reason("en")) == (
        None,
        None,
        "a fact is not known yet",
    )
    assert str(found(sheet_of(PAID, ledger=None), "money-open")) == (
        "warning money-open: `aid`: an override can't be told without `台账`"
    )


@pytest.mark.parametrize(
    ("effects", "share"),
    [
        ((WithholdMoney("0.3"),), "7/10"),
        ((WithholdMoney("0.3", pool="aid"),), "7/10"),
        ((WithholdMoney("0.3", pool="other"),), "1"),
        ((WithholdMoney("0.5"), WithholdMoney("0.5")), "1/4"),
        ((WithholdMoney(),), "0"),
    ],
)
def test_a_veto_withholds_a_share_of_a_pool(effects: Any, share: str) -> None:  # noqa: ANN401
    """Semantics 6: a share of what would be paid, of all pools or of the named one."""
    money = money_of(attrs.evolve(vetoed(*effects), funding=(POOL,)))
    assert money.share == Fraction(share)
    assert (money.why is ShareReason.WITHHELD) is (share != "1")


def test_without_a_total_there_is_no_money() -> None:
    """Neither a tier nor an override decides, and nothing can be withheld of it."""
    missing = money_of(complaints="many")  # type: ignore[arg-type]
    assert (missing.amount, missing.why) == (None, ShareReason.NO_TOTAL)
    agreement = attrs.evolve(vetoed(WithholdMoney("0.3")), funding=(POOL,))
    withheld = money_of(agreement, "many")  # type: ignore[arg-type]
    assert (withheld.amount, withheld.reason()) == (None, "无总分")
    breach = sheet_of(PAID, "many", ledger=False)  # type: ignore[arg-type]
    assert (breach.money[0].amount, breach.money[0].why) == (None, ShareReason.NO_TOTAL)
    assert str(found(breach, "money-open")) == (
        "warning money-open: `aid`: there is no total that its money could follow"
    )


@pytest.mark.parametrize(
    ("population", "finding"),
    [
        (
            None,
            "error population-missing: `aid` is paid per head, and the record has no population",
        ),
        ("许多", "error population-unreadable: population is `许多`: not a number"),
        (
            -5,
            "error population-unreadable: population is `-5`: people are counted in whole numbers",
        ),
        (
            "10000.5",
            (
                "error population-unreadable: population is `10000.5`:"
                " people are counted in whole numbers"
            ),
        ),
    ],
)
def test_people_are_counted(population: Any, finding: str) -> None:  # noqa: ANN401
    """Money per head needs a number of heads; the sheet says what is wrong with it."""
    sheet = scored(PAID, {"complaints": 0, "ledger": True}, population=population)
    assert (sheet.money[0].amount, sheet.money[0].share) == (None, 1)
    assert [str(each) for each in sheet.findings] == [finding]


def test_a_pool_that_is_not_paid_per_head_needs_no_population() -> None:
    """A fixed sum is paid whatever the number of people."""
    agreement = attrs.evolve(PAID, funding=(attrs.evolve(POOL, per_head=0),))
    assert money_of(agreement, population=None).amount == 1000


def test_reasons_are_told_in_two_languages() -> None:
    """Any other language is refused."""
    money = money_of()
    assert (money.reason(), money.reason("en")) == ("总分8以上", "total of 8 or more")
    with pytest.raises(UsageError, match="`fr`"):
        money.reason("fr")  # type: ignore[arg-type]
