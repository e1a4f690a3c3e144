"""Paths: what moves and by which units, what is refused, and how the answer is told."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path as File

import pytest

from healthduty import catalogue
from healthduty.errors import NumberError, UsageError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.grades import Grade, GradeScale
from healthduty.model.indicator import Indicator, Section
from healthduty.model.veto import Veto, ZeroSection, ZeroTotal
from healthduty.records.record import (
    NOT_APPLICABLE,
    Case,
    Judged,
    Observation,
    Record,
    Sample,
    Statement,
    Value,
)
from healthduty.results.paths import cheapest_tenths, cost_curve, paths_to
from healthduty.results.paths_plans import Path, Unreachable
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level
from healthduty.rules.measure import Measure
from healthduty.rules.points import Pick
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given
from healthduty.scoring.score import score
from test_readme import run

PAGE = File(__file__).parents[2] / "docs/en/how-to/reach-a-grade.md"

RATE = Measure("rate", "满意率", unit="%")
VISITS = Measure("visits", "巡查", unit="次")
ARCHIVE = Measure("archive", "有档案", kind="flag")
LEVEL = Measure("level", "评价", levels=("优", "良", "差"))
CASES = Measure("cases", "违规", kind="cases")
LAST = Measure("last", "上年巡查", unit="次")


def one(measures: tuple[Measure, ...], *rules: Rule, points: int = 10) -> Agreement:
    """Return an agreement of one indicator."""
    return Agreement("示例", measures=measures, parts=(Indicator("1", points=points, rules=rules),))


def found(agreement: Agreement, values: dict[str, Value], goal: object, **said: object) -> Path:
    """Return the path that there must be."""
    path = paths_to(agreement, Record("x", values), goal, **said)  # type: ignore[arg-type]
    assert isinstance(path, Path)
    return path


def moves(path: Path) -> list[tuple[str, object, str]]:
    """Return what moves, to what, and by how many units."""
    return [(change.measure, change.after, str(change.units)) for change in path.changes]


# ------------------------------------------------------------------------------ units of its own


@pytest.mark.parametrize(
    ("value", "after", "units"),
    [
        (Ratio(166, 200), Ratio(179, 200), "13"),  # 89.5: no complete step short
        ("166/200", Ratio(179, 200), "13"),
        ("83%", Fraction(8901, 100), "601/100"),  # in hundredths
        ("83.125%", Fraction(89005, 1000), "5.88"),  # in what makes hundredths and it whole
        (Fraction(250, 3), Fraction(89 * 300 + 1, 300), "1701/300"),  # on its own third
    ],
)
def test_a_rate_moves_on_its_base_or_in_hundredths(value: Value, after: object, units: str) -> None:
    """The nearest value that is less than one step of 1 % short of 90 %."""
    rule = Deduction(StepsBelow(RATE, target=90, step=1), points=1)
    path = found(one((RATE,), rule), {"rate": value}, 10)
    assert moves(path) == [("rate", after, str(Fraction(units)))]


def test_a_band_open_below_is_passed_by_the_least_that_can_be() -> None:
    """Above 90 and not at it: one more patient, or one hundredth."""
    rule = Bands(RATE, "earn", (Band(10, low=Fraction("90.001")),))
    agreement = one((RATE,), rule)
    assert moves(found(agreement, {"rate": "90%"}, 10)) == [
        ("rate", Fraction(90001, 1000), "1/1000")
    ]
    assert moves(found(agreement, {"rate": Ratio(90, 100)}, 10)) == [("rate", Ratio(91, 100), "1")]


@pytest.mark.parametrize(
    ("measure", "rule", "before", "after", "units"),
    [
        (VISITS, Deduction(Lacking(VISITS, required=4), points=2), 1, 4, "3"),
        (VISITS, Deduction(StepsAbove(VISITS, target=4, step=1), points=2), 6, 4, "2"),
        (ARCHIVE, Deduction(Once(Flag("archive", expected=False)), points=3), "否", True, "1"),
        (ARCHIVE, Deduction(Once(Flag("archive")), points=3), True, False, "1"),
        (LEVEL, Bands(LEVEL, "earn", (LevelBand("优", 10),)), "差", "优", "2"),
        (CASES, Deduction(Cases(CASES, free=1), points=2), 3, 1, "2"),
    ],
)
def test_which_direction_helps_is_found_from_the_rules(
    measure: Measure, rule: Rule, before: Value, after: object, units: str
) -> None:
    """Up, down, over, level by level: always the least that gives all points."""
    path = found(one((measure,), rule), {measure.code: before}, 10)
    assert moves(path) == [(measure.code, after, units)]


@pytest.mark.parametrize(
    ("rule", "after"),
    [
        (Bands(RATE, "earn", (Band(10, low=40, high=60),)), 40),
        (Curve(RATE, "earn", (Knot(0, 0), Knot(50, 10), Knot(100, 0))), Fraction(4998, 100)),
        (Bonus(Once(AllOf((Compare("rate", ">", 40), Compare("rate", "<", 60)))), points=10), "?"),
        (Forfeit(AnyOf((Compare("rate", "<", 40), Compare("rate", ">", 45)))), 40),
    ],
)
@pytest.mark.parametrize("start", [10, 95])
def test_what_helps_only_in_the_middle_is_not_passed_over(
    rule: Rule, after: object, start: int
) -> None:
    """Both ends are worth the same: a band, a peak, a condition on two sides."""
    agreement = one((RATE,), rule)
    before = score(agreement, {"rate": start}).total
    assert before is not None
    path = found(agreement, {"rate": start}, before + 4 if after == "?" else 10)
    assert path.exact
    value = path.record.values["rate"]
    assert 30 < value < 70  # type: ignore[operator]
    if start == 10 and after != "?":
        assert value == after


def test_of_cases_the_dear_ones_come_off_first() -> None:
    """A serious case weighs 3: taking it off is worth three light ones."""
    light, grave = (Case(str(n), None, {"情节": kind}) for n, kind in enumerate(("轻", "重")))
    by = ByAttribute("情节", {"轻": 1, "重": 3})
    agreement = one((CASES,), Deduction(Cases(CASES, by=by), points=1))
    path = found(agreement, {"cases": (light, grave, light)}, 8)
    assert moves(path) == [("cases", (light, light), "1")]


def test_a_long_list_of_cases_that_are_alike_is_still_exact() -> None:
    """Thirty cases without attributes: only their number matters."""
    cases = tuple(Case(str(number)) for number in range(30))
    path = found(one((CASES,), Deduction(Cases(CASES), points="0.5")), {"cases": cases}, 7)
    assert path.exact
    assert len(path.record.values["cases"]) == 6  # type: ignore[arg-type]


def test_a_sample_stays_one_and_what_lacks_evidence_still_does() -> None:
    """Found in a sample of 10, and observed without a paper."""
    agreement = one((VISITS,), Deduction(Lacking(VISITS, required=10), points=1))
    sample = Sample(5, asked=10, available=8)
    path = found(agreement, {"visits": Observation(verified=Statement(sample))}, 10)
    assert path.record.values["visits"] == Sample(8, asked=10, available=8)
    unwritten = {"visits": Statement(5, unevidenced=True)}
    kept = found(agreement, unwritten, 10).record.values["visits"]
    assert kept == Statement(10, unevidenced=True)


def test_what_an_assessor_judges_moves_only_when_let() -> None:
    """By the least part of a point, within what he may give."""
    agreement = one((), Judgement("award", "earn", least=2))
    stays = paths_to(agreement, {"award": Judged(3)}, 5)
    assert isinstance(stays, Unreachable)
    assert stays.held == ("award",)
    path = found(agreement, {"award": Judged(3)}, 5, judgements=True)
    assert moves(path) == [("award", Judged(5), "2")]
    assert moves(found(agreement, {"award": 3}, 5, limits={"award": (0, 6)})) == moves(path)
    assert "3分" in path.table().text()


def test_last_years_value_moves_only_where_it_is_named() -> None:
    """What rules only hold others against is nobody's to change."""
    agreement = one((VISITS, LAST), Deduction(Lacking(VISITS, required=Given("last")), points=1))
    values: dict[str, Value] = {"visits": 2, "last": 8}
    assert moves(found(agreement, values, 10)) == [("visits", 8, "6")]
    cheap = found(agreement, values, 10, costs={"visits": 5, "last": 1})
    assert moves(cheap) == [("last", 2, "6")]
    mixed = found(agreement, values, 10, limits={"last": (6, None)}, costs={"visits": 5, "last": 1})
    assert moves(mixed) == [("visits", 6, "4"), ("last", 6, "2")]


# ------------------------------------------------------------------------------- rules together


def test_items_that_share_a_measure_move_together() -> None:
    """One rate, two items: what one gains the other may lose, and the best of both is found."""
    up = Indicator("1", points=10, rules=Deduction(StepsBelow(RATE, target=90, step=10), points=4))
    down = Indicator(
        "2", points=10, rules=Deduction(StepsAbove(RATE, target=60, step=10), points=3)
    )
    agreement = Agreement("示例", measures=(RATE,), parts=(up, down))
    path = found(agreement, {"rate": 50}, 14)
    assert path.changes[0].items == (("1", Decimal(10)), ("2", Decimal(-6)))
    assert path.sheet.total == 14
    refused = paths_to(agreement, {"rate": 50}, 19)
    assert isinstance(refused, Unreachable)
    assert refused.best is not None
    assert refused.best.sheet.total == max(
        score(agreement, {"rate": rate}).total or 0 for rate in range(101)
    )


def test_groups_forfeits_and_caps_are_seen_through() -> None:
    """The worst of two counts; a forfeit on both waits behind; the section is capped."""
    other = Measure("other", "合格率", unit="%")
    worst = Group(
        tuple(Deduction(StepsBelow(each, target=90, step=10), points=3) for each in (RATE, other)),
        pick=Pick.WORST,
    )
    both = AllOf((Compare("rate", "<", 50), Compare("other", "<", 50)))
    item = Indicator("1.1", points=10, rules=(worst, Forfeit(both)))
    bonus = Indicator("1.2", points=2, rules=Bonus(Cases(CASES), points=1))
    agreement = Agreement(
        "示例",
        measures=(RATE, other, CASES),
        parts=(Section("1", parts=(item, bonus), cap=11),),
    )
    values: dict[str, Value] = {"rate": 40, "other": 40, "cases": 0}
    assert moves(found(agreement, values, 7)) == [("cases", 5, "5")]
    path = found(agreement, values, 7, fixed="cases")
    assert path.sheet.total == 9
    assert [(move[0], str(move[2])) for move in moves(path)] == [
        ("rate", "3001/100"),
        ("other", "3001/100"),
    ]


def test_where_less_is_more_less_is_found() -> None:
    """A section's cap cuts its bonus first; what is left of it is out of the losing rule's reach.

    12 inside and 5 beyond under a cap of 12 are 12 and 0, of which 11 are lost; 10 inside leave
    2 beyond, and these stay. Nobody would write this; exact is exact.
    """
    item = Indicator("1.1.1", points=12, rules=(Deduction(Lacking(VISITS, required=6), points=2),))
    extra = Indicator("1.1.2", rules=(Bonus(Cases(CASES), points=5),))
    inner = Section("1.1", parts=(item, extra), cap=12)
    outer = Section("1", parts=(inner,), rules=(Deduction(Once(Flag("archive")), points=11),))
    agreement = Agreement("示例", measures=(VISITS, CASES, ARCHIVE), parts=(outer,))
    values: dict[str, Value] = {"visits": 6, "cases": 1, "archive": True}
    assert score(agreement, values).total == 1
    path = found(agreement, values, 2, fixed=("cases", "archive"))
    assert moves(path) == [("visits", 5, "1")]


def test_a_section_that_a_veto_takes_out_may_cost_less_the_less_it_has() -> None:
    """Capped at 10 before the section is taken out: 20 − 10 leave 0, 10 − 0 leave 10."""
    zeroed = Section(
        "1",
        parts=(
            Indicator("1.1", points=10, rules=Deduction(Lacking(VISITS, required=5), points=2)),
        ),
    )
    other = Section(
        "2", parts=(Indicator("2.1", points=10, rules=Deduction(Cases(CASES), points=1)),)
    )
    veto = Veto("fraud", "造假", when=Flag("archive"), effects=(ZeroSection("1"),))
    agreement = Agreement(
        "示例", measures=(VISITS, CASES, ARCHIVE), parts=(zeroed, other), vetoes=(veto,), cap=10
    )
    values: dict[str, Value] = {"visits": 5, "cases": 0, "archive": True}
    assert score(agreement, values).total == 0
    assert moves(found(agreement, values, 10, fixed="archive")) == [("visits", 0, "5")]
    assert moves(found(agreement, values, 10)) == [("archive", False, "1")]


def test_what_waits_for_an_item_to_run_out_is_waited_for() -> None:
    """扣满: what the section loses once the item has nothing left counts only then."""
    item = Indicator(
        "1.1",
        points=4,
        rules=(
            Deduction(Lacking(VISITS, required=4), points=1),
            Deduction(Cases(CASES), points=3, reach="section", on_exhaustion=True),
        ),
    )
    agreement = Agreement(
        "示例",
        measures=(VISITS, CASES),
        parts=(Section("1", parts=(item, Indicator("1.2", points=10))),),
    )
    values: dict[str, Value] = {"visits": 0, "cases": 2, "1.2": 10}
    assert score(agreement, values).total == 4
    assert moves(found(agreement, values, 11)) == [("visits", 1, "1")]


def test_a_veto_and_a_grades_own_condition_are_part_of_the_goal() -> None:
    """100 points are no 优秀 while the accident stands and the archive is not there."""
    scale = GradeScale((Grade("优秀", 90, when=Flag("archive")), Grade("合格", 60), Grade("差")))
    agreement = Agreement(
        "示例",
        measures=(VISITS, CASES, ARCHIVE),
        parts=(Indicator("1", points=100, rules=Deduction(Lacking(VISITS, required=4), points=5)),),
        vetoes=(Veto("accident", "事故", when=Flag("cases"), effects=(ZeroTotal(),)),),
        grades=scale,
    )
    values: dict[str, Value] = {"visits": 2, "cases": 1, "archive": False}
    path = found(agreement, values, "优秀")
    assert moves(path) == [("cases", 0, "1"), ("archive", True, "1")]
    assert [change.gain for change in path.changes] == [Decimal(90), Decimal(0)]
    assert "本身不加分" in path.sentences()[1]


def test_what_is_not_applicable_or_missing_never_moves() -> None:
    """A rule that turns on while its value is missing is no way out."""
    rules = (
        Deduction(Lacking(VISITS, required=4), points=1),
        Deduction(StepsBelow(RATE, target=90, step=1), points=1, when=Level("level", "优")),
        Bands(LEVEL, "lose", (LevelBand("差", 3),)),
    )
    agreement = one((VISITS, RATE, LEVEL), *rules)
    path = found(agreement, {"visits": 2, "level": "差"}, 8)
    assert moves(path) == [("level", "良", "1")]
    path = found(agreement, {"visits": NOT_APPLICABLE, "level": "差", "rate": 90}, 10)
    assert moves(path) == [("level", "良", "1")]


# -------------------------------------------------------------------------------- what is refused


def test_a_record_without_a_total_has_no_path() -> None:
    """The findings say what is missing."""
    refused = paths_to(one((VISITS,), Deduction(Lacking(VISITS, required=4), points=1)), {}, 5)
    assert isinstance(refused, Unreachable)
    assert refused.best is None
    assert refused.findings.codes == ("value-missing",)
    assert "value-missing" in refused.table("en").text()
    assert cost_curve(refused.before.agreement, {}).steps == ()
    assert cheapest_tenths(refused.before.agreement, {}).rows == ()


def test_what_is_said_is_looked_at_first() -> None:
    """Unknown names, negative costs, limits that are no values: all are wrong calls."""
    agreement = one((VISITS, RATE), Deduction(Lacking(VISITS, required=4), points=1))
    record = Record("x", {"visits": 1})
    with pytest.raises(UsageError, match="no measure `vists`, `x`"):
        paths_to(agreement, record, 5, costs={"vists": 1}, fixed=["x"])
    with pytest.raises(UsageError, match="a cost is never negative"):
        paths_to(agreement, record, 5, costs={"visits": -1})
    with pytest.raises(UsageError, match="`优秀` is neither points nor a grade"):
        paths_to(agreement, record, "优秀")
    with pytest.raises(UsageError, match="is no limit of `visits`"):
        paths_to(agreement, record, 5, limits={"visits": ("many", None)})
    with pytest.raises(NumberError):
        paths_to(agreement, record, float("nan"))


def test_a_goal_that_is_reached_costs_nothing() -> None:
    """No change, and the record is as it was."""
    agreement = one((VISITS,), Deduction(Lacking(VISITS, required=4), points=1))
    record = Record("x", {"visits": 4})
    path = found(agreement, {"visits": 4}, 10, costs={"visits": 1})
    assert path.changes == ()
    assert path.cost == 0
    assert path.record == record
    assert "无需改变" in path.table().text()


# ---------------------------------------------------------------------------- too much to look at

FEW = 300
"""Looks at pairs of choices that are too few for the station below."""


def test_too_much_to_look_at_leaves_a_real_plan_and_says_between_what() -> None:
    """Never a guess in silence: the plan scores, and the bound is below its price."""
    agreement = catalogue.get("supervision-coordination")
    record = catalogue.records("supervision-coordination")[11]
    codes = [measure.code for measure in agreement.measures if measure.code != "units"]
    costs = {code: place + 1 for place, code in enumerate(codes)}
    exact = paths_to(agreement, record, 95, costs=costs)
    rough = paths_to(agreement, record, 95, costs=costs, most_looks=FEW)
    assert isinstance(exact, Path)
    assert exact.exact
    assert isinstance(rough, Path)
    assert not rough.exact
    assert rough.at_least <= exact.price <= rough.price
    total = score(agreement, rough.record).total
    assert total is not None
    assert total >= 95
    assert "none costs less than" in rough.table("en").text()
    curve = cost_curve(agreement, record, costs=costs, most_looks=FEW)
    assert not curve.exact
    assert "every row works" in curve.table("en").text()
    nothing = paths_to(agreement, record, 95, costs=costs, most_looks=1)
    assert isinstance(nothing, Unreachable)
    assert not nothing.proven


# ------------------------------------------------------------------------------------ the figures


def test_a_tenth_is_cheapest_where_its_price_is_least() -> None:
    """Each measure alone; what can't gain by itself is not there."""
    agreement = one(
        (VISITS, RATE, ARCHIVE),
        Deduction(Lacking(VISITS, required=4), points=1),
        Deduction(StepsBelow(RATE, target=90, step=10), points=2),
        Deduction(Once(Flag("archive", expected=False)), points=1),
    )
    record = Record("x", {"visits": 1, "rate": Ratio(70, 100), "archive": True})
    rows = cheapest_tenths(agreement, record, costs={"visits": 30, "rate": 4, "archive": 1}).rows
    assert [(row.change.measure, str(row.per_tenth)) for row in rows] == [
        ("rate", "1/5"),  # one more of a hundred, 4, for two points
        ("visits", "3"),
    ]
    assert rows[0].total == 5
    alone = cheapest_tenths(agreement, record)
    assert "0.05" in alone.table().text()


def test_the_page_is_true() -> None:
    """A reader who copies an example sees the printed result."""
    assert run(PAGE.read_text(encoding="utf-8"), PAGE.name) == []
