"""Ranking with declared tie-breaks, honours with quotas, limits on grades."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from healthduty.errors import NumberError, RuleError, UnknownNameError, UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.grades import Grade, GradeScale
from healthduty.model.indicator import Indicator
from healthduty.model.veto import BarHonours, Veto, WithholdMoney
from healthduty.records.record import MISSING, Record
from healthduty.results.grade_limits import GradeLimit, limit_grades
from healthduty.results.honours import Quota, award, places_of, to_share
from healthduty.results.standing import ByItem, ByMeasure, ByPopulation, TieBreak, stand
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet

ACCIDENT = Measure("accident", "责任事故", kind="flag")
FRAUD = Measure("fraud", "弄虚作假", kind="flag", absent="none_found")
LATE = Measure("late", "迟报", kind="flag", absent="none_found")
VISITS = Measure("visits", "巡查", unit="次")
LEVEL = Measure("level", "档案质量", levels=("优", "良", "差"))
AGREEMENT = Agreement(
    "示例县责任书",
    measures=(ACCIDENT, FRAUD, LATE, VISITS, LEVEL),
    parts=(Indicator("1", points=60), Indicator("2", points=40)),
    grades=GradeScale((Grade("优秀", 90), Grade("良好", 80), Grade("合格", 60), Grade("不合格"))),
    vetoes=(
        Veto("accident", "发生责任事故", when=Flag(ACCIDENT), effects=BarHonours()),
        Veto("fraud", "弄虚作假", when=Flag(FRAUD), effects=WithholdMoney()),
        Veto("late", when=Flag(LATE), effects=BarHonours(("punctual",))),
    ),
)


def sheet(key: str, first: object, second: object = 40, **more: object) -> ScoreSheet:
    """Score a facility by the points of both items."""
    facts = {name: more.pop(name) for name in ("kind", "population") if name in more}
    values = {"1": first, "2": second, "accident": "否", **more}
    return score(AGREEMENT, Record(key, values, **facts))  # type: ignore[arg-type]  # plain facts


def ranks(sheets: list[ScoreSheet], *breaks: TieBreak, **more: str) -> list[tuple[object, str]]:
    """Return ranks and units in the order of the standing."""
    standing = stand(sheets, breaks, **more)  # type: ignore[arg-type]  # plain words
    return [(each.rank, each.sheet.record.facility) for each in standing.places]


# ---------------------------------------------------------------------------------- ranks


def test_without_a_tie_break_equals_share_the_rank() -> None:
    """And stay in the order they came in; without a total there is no rank."""
    sheets = [sheet("x", MISSING), sheet("a", 50), sheet("b", 52), sheet("c", 50), sheet("d", 1)]
    assert ranks(sheets) == [(1, "b"), (2, "a"), (2, "c"), (4, "d"), (None, "x")]
    assert stand(sheets).findings.codes == ("standing-no-total",)


def test_tie_breaks_come_one_after_the_other() -> None:
    """By the item, then by visits, then by people; what they leave over is shared."""
    sheets = [
        sheet("a", 50, 40, visits=3, population=10),
        sheet("b", 52, 38, visits=3, population=10),
        sheet("c", 52, 38, visits=4, population=10),
        sheet("d", 52, 38, visits=3, population=20),
        sheet("e", 52, 38, visits=3, population=10),
    ]
    breaks = (ByItem("1"), ByMeasure(VISITS, "higher"), ByPopulation("higher"))
    assert ranks(sheets, *breaks) == [(1, "c"), (2, "d"), (3, "b"), (3, "e"), (5, "a")]
    lower = (ByItem("1"), ByMeasure(VISITS, "lower"), ByPopulation("lower"))
    assert ranks(sheets, *lower) == [(1, "b"), (1, "e"), (3, "d"), (4, "c"), (5, "a")]


def test_of_levels_the_first_stands_before() -> None:
    """Whatever direction is given: the levels' own order says which is better."""
    sheets = [sheet("a", 50, level="良"), sheet("b", 50, level="优")]
    assert ranks(sheets, ByMeasure(LEVEL, "higher")) == [(1, "b"), (2, "a")]
    assert "优" in stand(sheets, [ByMeasure(LEVEL, "lower")]).table().text()


@pytest.mark.parametrize("people", [None, "many"])
def test_whoever_lacks_the_value_leaves_the_tie(people: object) -> None:
    """Neither before nor behind, and no later tie-break decides; it is told."""
    sheets = [
        sheet("a", 50, population=10, visits=3),
        sheet("b", 50, population=people, visits=5),
        sheet("c", 40, population=9),
    ]
    breaks = (ByPopulation("higher"), ByMeasure(VISITS, "higher"))
    assert ranks(sheets, *breaks) == [(1, "a"), (1, "b"), (3, "c")]
    assert [str(each) for each in stand(sheets, breaks).findings] == [
        "warning standing-open: `population` is missing for `b`: rank 1 stays shared"
    ]


def test_kinds_are_ranked_apart() -> None:
    """A centre is first among centres; a unit of no kind has no rank."""
    sheets = [
        sheet("a", 50, kind="站"),
        sheet("b", 55, kind="中心"),
        sheet("c", 52, kind="站"),
        sheet("d", 60),
    ]
    standing = stand(sheets, among="same_kind")
    assert [(each.group, each.rank) for each in standing.places] == [
        ("站", 1),
        ("站", 2),
        ("中心", 1),
        ("", None),
    ]
    assert standing.findings.codes == ("standing-no-group",)
    levels = stand(sheets, among="same_level", levels=dict.fromkeys("abcd", "township"))
    assert levels.place("d").rank == 1


def test_a_standing_of_what_does_not_go_together_is_refused() -> None:
    """Two sheets of a unit, two agreements, a tie-break by what is not there."""
    with pytest.raises(UsageError, match="two sheets"):
        stand([sheet("a", 1), sheet("a", 2)])
    other = score(Agreement("另一份", parts=(Indicator("1", points=5),)), Record("b", {"1": 1}))
    with pytest.raises(UsageError, match="2 agreements"):
        stand([sheet("a", 1), other])
    for rule in (ByItem("9"), ByMeasure("nothing", "higher")):
        with pytest.raises(UnknownNameError):
            stand([sheet("a", 1)], [rule])
    with pytest.raises(UnknownNameError):
        stand([sheet("a", 1)]).place("b")
    assert stand([]).places == ()
    assert stand([], [ByItem("9")]).table().rows == ()


def test_a_standing_prints_what_decided() -> None:
    """A tie-break has a column, filled for those whom it told apart."""
    sheets = [
        sheet("a", 50, 40, visits=3, population=2),
        sheet("b", 52, 38, visits=3, population=1),
    ]
    breaks: list[TieBreak] = [ByItem("1"), ByPopulation("higher")]
    assert str(stand(sheets, breaks)).splitlines() == [
        "示例县责任书",
        "名次  单位  总分  1得分  等次",
        "----  ----  ----  -----  ----",
        "   1  b       90     52  优秀",
        "   2  a       90     50  优秀",
    ]
    assert stand(sheets, breaks)._repr_html_().startswith("<div")
    assert "population" in stand(sheets, breaks[1:]).table("en").headings


# -------------------------------------------------------------------------------- honours


def results(sheets: list[ScoreSheet], quota: Quota) -> dict[str, str]:
    """Return what became of each unit."""
    chosen = award(stand(sheets), quota)
    return {each.place.sheet.record.facility: each.result.value for each in chosen.candidates}


def test_a_barred_unit_takes_no_place() -> None:
    """The next one moves up; every veto bars, but one that bars another honour alone."""
    sheets = [
        sheet("a", 60, accident="是"),
        sheet("b", 59, fraud="是"),
        sheet("c", 58, late="是"),
        sheet("d", 57),
        sheet("e", 56),
    ]
    assert results(sheets, Quota("先进", count=2)) == {
        "a": "barred",
        "b": "barred",
        "c": "winner",
        "d": "winner",
        "e": "behind",
    }
    assert results(sheets, Quota("守时", count=1, code="punctual"))["c"] == "barred"


def test_an_unsettled_veto_keeps_its_place_open() -> None:
    """It has no total yet, and stands where its points would put it."""
    sheets = [sheet("a", 59, accident=None), sheet("b", 60), sheet("c", 59), sheet("d", 58)]
    chosen = award(stand(sheets), Quota("先进", count=2))
    became = {each.place.sheet.record.facility: each for each in chosen.candidates}
    assert {key: each.result.value for key, each in became.items()} == {
        "a": "open",
        "b": "winner",
        "c": "behind",
        "d": "behind",
    }
    assert chosen.findings.codes == ("standing-no-total", "honours-open")
    assert became["a"].reason() == "待核实：发生责任事故"
    far = award(stand(sheets), Quota("先进", count=1))
    assert [each.result.value for each in far.candidates][:2] == ["winner", "behind"]
    assert "honours-open" not in far.findings.codes


def test_a_tie_at_the_edge_is_listed_and_not_decided() -> None:
    """The place stays free, and reserves come behind those who tie."""
    sheets = [sheet("a", 60), sheet("b", 55), sheet("c", 55), sheet("d", 50), sheet("e", 40)]
    quota = Quota("先进", count=2, reserve=1)
    chosen = award(stand(sheets), quota)
    assert [each.result.value for each in chosen.candidates] == [
        "winner",
        "tied",
        "tied",
        "reserve",
        "behind",
    ]
    assert [str(each) for each in chosen.findings] == [
        (
            "error honours-tied: `先进`: `b`, `c` tie for one place"
            " (declare a tie-break, or decide and note why)"
        )
    ]
    assert len(chosen.winners) == len(chosen.reserves) == 1
    full = award(stand(sheets), Quota("先进", count=3))
    assert len(full.winners) == 3


def test_a_share_is_rounded_down_and_goes_by_group() -> None:
    """A third of four is one; of two none, which is told."""
    sheets = [sheet(str(n), 50 + n, kind="站" if n < 4 else "中心") for n in range(6)]
    chosen = award(stand(sheets, among="same_kind"), Quota("先进", share="33%"))
    assert [each.place.sheet.record.facility for each in chosen.winners] == ["3"]
    assert [str(each) for each in chosen.findings] == [
        "warning honours-nobody: `先进` among `中心`: 33% of 2 is nobody"
    ]


def test_only_grades_that_are_named_are_honoured() -> None:
    """A place that nobody has earned stays free; whoever has no total is not ranked."""
    sheets = [sheet("a", 55), sheet("b", 45), sheet("c", MISSING)]
    quota = Quota("先进", count=3, grades="优秀")
    assert results(sheets, quota) == {"a": "winner", "b": "other_grade", "c": "unranked"}


def test_an_award_prints_itself() -> None:
    """Every unit with its reason, in both languages."""
    chosen = award(stand([sheet("a", 60, accident="是"), sheet("b", 59)]), Quota("先进", count=1))
    assert str(chosen).splitlines() == [
        "先进",
        "名次  单位  总分  等次  结果",
        "----  ----  ----  ----  ----------------------",
        "   1  a      100  优秀  取消资格：发生责任事故",
        "   2  b       99  优秀  入选",
    ]
    assert "barred: 发生责任事故" in chosen.table("en").text()
    assert chosen._repr_html_().startswith("<div")


def test_quotas_that_mean_nothing_are_refused() -> None:
    """Neither count nor share, less than none, more than all."""
    wrong: list[dict[str, Any]] = [
        {},
        {"count": -1},
        {"count": 1, "reserve": -1},
        {"share": "130%"},
    ]
    for fields in wrong:
        with pytest.raises(RuleError):
            Quota("先进", **fields)
    with pytest.raises(NumberError):
        Quota("先进", share="many%")
    assert to_share("３０％") == to_share("0.3") == to_share(Fraction(3, 10))
    assert places_of(None, None, 4) == 4
    assert places_of(5, None, 4) == 4


# -------------------------------------------------------------------------------- grades


def test_whoever_is_above_the_limit_gets_the_next_grade() -> None:
    """And counts there before those who earned it: one 优秀, then two 良好, the rest 合格."""
    sheets = [sheet("a", 60), sheet("b", 55), sheet("c", 45), sheet("d", 44), sheet("e", 1)]
    limited = limit_grades(
        stand(sheets), [GradeLimit("优秀", count=1), GradeLimit("良好", share="40%")]
    )
    assert [each.grade for each in limited.units] == ["优秀", "良好", "良好", "合格", "不合格"]
    assert [each.earned for each in limited.units] == ["优秀", "优秀", "良好", "良好", "不合格"]
    assert [each.reason("en") for each in limited.units] == [
        "",
        "the limit of 优秀 is reached",
        "",
        "the limit of 良好 is reached",
        "",
    ]
    assert limited.grade("b") == "良好"
    with pytest.raises(UnknownNameError):
        limited.grade("z")


def test_a_unit_may_pass_two_limits() -> None:
    """Both are named."""
    sheets = [sheet("a", 60), sheet("b", 55), sheet("c", 54)]
    limits = [GradeLimit("优秀", count=1), GradeLimit("良好", count=1)]
    limited = limit_grades(stand(sheets), limits)
    assert [each.grade for each in limited.units] == ["优秀", "良好", "合格"]
    assert limited.units[2].reason() == "优秀、良好名额已满"


def test_a_tie_at_the_limit_stays_open() -> None:
    """Their grade is not told, and a finding names them."""
    sheets = [sheet("a", 60), sheet("b", 55), sheet("c", 55), sheet("d", 51)]
    limited = limit_grades(stand(sheets), [GradeLimit("优秀", count=2)])
    assert [each.grade for each in limited.units] == ["优秀", None, None, "良好"]
    assert limited.units[1].reason() == "优秀名额末位并列，待定"
    assert limited.findings.codes == ("grades-tied",)
    assert "tie at the limit" in limited.table("en").text()
    assert str(limited).splitlines()[0] == "名次  单位  总分  应得等次  评定等次  说明"
    assert limited._repr_html_().startswith("<div")


def test_limits_that_mean_nothing_are_refused() -> None:
    """Of a grade that is not there, of the last one, twice of one, of nothing."""
    standing = stand([sheet("a", 60)])
    with pytest.raises(UnknownNameError):
        limit_grades(standing, [GradeLimit("特优", count=1)])
    with pytest.raises(RuleError, match="last grade"):
        limit_grades(standing, [GradeLimit("不合格", count=1)])
    with pytest.raises(RuleError, match="twice"):
        limit_grades(standing, [GradeLimit("优秀", count=1)] * 2)
    with pytest.raises(RuleError):
        GradeLimit("优秀")
    with pytest.raises(UnknownNameError):
        limit_grades(stand([]), [GradeLimit("优秀", count=1)])
