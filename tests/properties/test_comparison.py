"""Laws: ranks against a slow count, cohorts without an order, differences that apply exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthduty.convert.digest import digest
from healthduty.errors import UsageError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.grades import GradeScale
from healthduty.model.indicator import Indicator, Section
from healthduty.model.obligation import Obligation
from healthduty.model.party import Party
from healthduty.model.veto import BarHonours, Veto
from healthduty.ranks import (
    Direction,
    Ties,
    beaten,
    mean,
    median,
    percentile,
    pooled,
    ranks,
    total,
)
from healthduty.records.record import Record, stated
from healthduty.results.agreement_data import dumps_difference, loads_difference
from healthduty.results.agreements import diff
from healthduty.results.cohort import resolve_references
from healthduty.results.grade_limits import GradeLimit, limit_grades
from healthduty.results.honours import Quota, award
from healthduty.results.over_time import beside
from healthduty.results.references import Reference
from healthduty.results.runs import compare_runs
from healthduty.results.standing import ByItem, ByPopulation, stand
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from strategies import agreements

NUMBERS = st.lists(st.fractions(-5, 5, max_denominator=4), min_size=1, max_size=8)
DIRECTIONS = st.sampled_from(list(Direction))

# ------------------------------------------------------------------------------ exact numbers


def better(one: Fraction, two: Fraction, direction: Direction) -> bool:
    """Tell whether one value is better than another."""
    return one > two if direction is Direction.HIGHER else one < two


@given(NUMBERS, DIRECTIONS)
def test_a_rank_counts_who_is_better(values: list[Fraction], direction: Direction) -> None:
    """One more than are better; dense: than different values; last: all that are no worse."""
    for value, shared, dense, last in zip(
        values, *(ranks(values, direction, each) for each in Ties), strict=True
    ):
        above = [each for each in values if better(each, value, direction)]
        assert shared == len(above) + 1
        assert dense == len(set(above)) + 1
        assert last == len(above) + values.count(value)


@given(NUMBERS, DIRECTIONS)
def test_whom_a_value_beats_is_counted(values: list[Fraction], direction: Direction) -> None:
    """The others that are worse, of all others."""
    for value, pair in zip(values, beaten(values, direction), strict=True):
        worse = sum(better(value, each, direction) for each in values)
        assert pair == (worse, len(values) - 1)


@given(NUMBERS, DIRECTIONS, st.fractions(0, 100), st.fractions(0, 100))
def test_percentiles_go_from_the_worst_to_the_best(
    values: list[Fraction], direction: Direction, one: Fraction, two: Fraction
) -> None:
    """They never turn back, meet both ends, and the middle is the median either way."""
    low, high = (percentile(values, at, direction) for at in sorted((one, two)))
    assert low == high or better(high, low, direction)
    ends = sorted(values) if direction is Direction.HIGHER else sorted(values, reverse=True)
    assert (percentile(values, 0, direction), percentile(values, 100, direction)) == (
        ends[0],
        ends[-1],
    )
    assert percentile(values, 50, direction) == median(values)
    middle = len(values) // 2
    assert median(values) == (sorted(values)[middle] + sorted(values)[-middle - 1]) / 2


@given(NUMBERS, st.data())
def test_a_mean_lies_between_and_weighs(values: list[Fraction], data: st.DataObject) -> None:
    """Weights that are all equal weigh nothing; a value twice is a weight of two."""
    weights = data.draw(st.lists(st.integers(1, 5), min_size=len(values), max_size=len(values)))
    repeated = [v for v, times in zip(values, weights, strict=True) for _ in range(times)]
    assert mean(values, weights) == mean(repeated) == sum(repeated) / len(repeated)
    assert min(values) <= mean(values) <= max(values)
    assert total(values) == sum(values)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=6))
def test_a_pooled_rate_is_the_mean_weighed_by_denominators(pairs: list[tuple[int, int]]) -> None:
    """That is what adding up the counts means."""
    top, bottom = pooled(pairs)
    assert top / bottom == mean([Fraction(a, b) for a, b in pairs], [b for _, b in pairs])


@pytest.mark.parametrize("at", [-1, 101])
def test_what_is_no_percentile_is_refused(at: int) -> None:
    """So is one of nobody, and a mean of nothing."""
    with pytest.raises(UsageError):
        percentile([1], at)
    with pytest.raises(UsageError):
        median([])
    with pytest.raises(UsageError):
        mean([1, 2], [0, 0])


# ------------------------------------------------------------------------------------ cohorts

RATE = Measure("rate", "接种率", unit="%")
COUNTY = Measure("county", "全县接种率", unit="%")
PLACE = Measure("place", "名次", unit="名")
COUNTED = Agreement("示例", measures=(RATE, COUNTY, PLACE))
BOTH = (
    Reference("county", of=RATE),
    Reference("place", of=RATE, way="rank", direction="higher"),
)
RATES = st.lists(st.tuples(st.integers(0, 9), st.integers(9, 12)), min_size=1, max_size=6)


def got(records: Sequence[Record]) -> dict[str, tuple[object, ...]]:
    """Return what every facility got, by its key."""
    return {
        each.facility: tuple(stated(each.values.get(code))[0] for code in ("county", "place"))
        for each in records
    }


@given(RATES, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(
    rates: list[tuple[int, int]],
    random: Any,  # noqa: ANN401 - Hypothesis' own
) -> None:
    """Neither a value nor the digest; and what stands there already is found again."""
    records = [Record(str(n), {"rate": Ratio(a, b)}) for n, (a, b) in enumerate(rates)]
    cohort = resolve_references(COUNTED, records, BOTH)
    shuffled = random.sample(records, len(records))
    again = resolve_references(COUNTED, shuffled, BOTH)
    assert (got(again.records), again.digest) == (got(cohort.records), cohort.digest)
    assert [each.facility for each in again.records] == [each.facility for each in shuffled]
    resolved = resolve_references(COUNTED, cohort.records, BOTH)
    assert got(resolved.records) == got(cohort.records)
    assert "resolved-differs" not in resolved.findings.codes
    values = [Fraction(a, b) for a, b in rates]
    county = got(cohort.records)["0"][0]
    assert isinstance(county, Ratio)
    assert min(values) <= county.numerator / county.denominator <= max(values)


# --------------------------------------------------------- standing, honours, limits on grades

ACCIDENT = Measure("accident", "责任事故", kind="flag")
SCORED = Agreement(
    "示例",
    measures=(ACCIDENT,),
    parts=(Indicator("1", points=4), Indicator("2", points=4)),
    grades=GradeScale.of(优秀=6, 良好=4, 合格=2, 不合格=None),
    vetoes=(Veto("accident", when=Flag(ACCIDENT), effects=BarHonours()),),
)
POINTS = st.sampled_from([0, 1, 2, 3, 4])
AMONG = st.sampled_from(["all", "same_kind"])


@st.composite
def sheets(draw: st.DrawFn) -> list[ScoreSheet]:
    """Draw the sheets of a few units with many ties, some barred, some not settled."""
    found = []
    for n in range(draw(st.integers(1, 8))):
        accident = draw(st.sampled_from(["否", "否", "否", "是", None]))
        values = {"1": draw(POINTS), "2": draw(POINTS), "accident": accident}
        record = Record(str(n), values, kind=draw(st.sampled_from("AB")), population=draw(POINTS))
        found.append(score(SCORED, record))
    return found


@given(sheets(), AMONG)
def test_a_standing_is_an_order_of_the_same_units(units: list[ScoreSheet], among: str) -> None:
    """Ranks follow the totals, tie-breaks move nobody past a better total, ties share."""
    breaks = (ByItem("1"), ByPopulation("higher"))
    standing = stand(units, breaks, among=among)
    assert {id(each.sheet) for each in standing.places} == {id(each) for each in units}
    for places in standing.groups.values():
        ranked = [each for each in places if each.rank is not None]
        keys = [
            (
                each.sheet.total or Decimal(0),
                each.sheet.items[0].earned or Decimal(0),
                Fraction(each.sheet.record.population or 0),
            )
            for each in ranked
        ]
        assert keys == sorted(keys, reverse=True)
        assert [each.rank for each in ranked] == [
            1 + sum(other > own for other in keys) for own in keys
        ]


@given(sheets(), st.integers(0, 4), AMONG)
def test_honours_are_never_more_than_there_are_and_grow_with_the_quota(
    units: list[ScoreSheet], count: int, among: str
) -> None:
    """No barred unit, nobody before a better one that ran, and one place more takes from no one."""
    standing = stand(units, among=among)
    one, two = (award(standing, Quota("先进", count=n)) for n in (count, count + 1))
    assert len(one.candidates) == len(units)
    for group in standing.groups:
        mine = [each for each in one.candidates if each.place.group == group]
        taken = [each for each in mine if each.result in ("winner", "open")]
        assert len(taken) <= count
        behind = [each for each in mine if each.result in ("behind", "tied")]
        for winner in (each for each in mine if each.result == "winner"):
            assert winner.place.sheet.record.values["accident"] == "否"
            for each in behind:
                assert (winner.place.sheet.total or 0) > (each.place.sheet.total or 0) or (
                    each.place.rank is None
                )
    assert {each.place for each in one.winners} <= {each.place for each in two.winners}


@given(sheets(), st.integers(0, 4), st.integers(0, 4))
def test_a_limit_is_kept_and_lifts_nobody(units: list[ScoreSheet], first: int, second: int) -> None:
    """No more than so many, no better grade than earned, and better totals no worse grades."""
    standing = stand(units)
    limits = [GradeLimit("优秀", count=first), GradeLimit("良好", count=second)]
    limited = limit_grades(standing, limits)
    names = [grade.name for grade in SCORED.grades.grades] if SCORED.grades else []
    grades = [each.grade for each in limited.units]
    assert grades.count("优秀") <= first
    assert grades.count("良好") <= second
    for each in limited.units:
        if each.grade is not None and each.earned is not None:
            assert names.index(each.grade) >= names.index(each.earned)
        assert (each.grade == each.earned) == (not each.passed)
    told = [names.index(each) for each in grades if each is not None]
    assert told == sorted(told)


@given(sheets(), sheets())
def test_a_run_differs_from_itself_in_nothing_and_both_ways_alike(
    one: list[ScoreSheet], two: list[ScoreSheet]
) -> None:
    """Changes there are changes back; and so from year to year."""
    assert compare_runs(one, one).changed == ()
    there, back = compare_runs(one, two), compare_runs(two, one)
    moved = {each.name: each.total for each in there.changed}
    assert moved.keys() == {each.name for each in back.changed}
    for each in back.changed:
        gained = moved[each.name]
        assert each.total == (None if gained is None else -gained)
    assert "compare-unexplained" not in there.findings.codes
    years = beside(one, two)
    assert len(years.facilities) == max(len(one), len(two))


# -------------------------------------------------------------------------------- differences

SLOW = settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)


@st.composite
def revised(draw: st.DrawFn, agreement: Agreement) -> Agreement:
    """Draw next year's agreement: items dropped, turned round, renumbered, worth something else."""
    fields: dict[str, Any] = {"parts": _revised(draw, agreement.parts)}
    if draw(st.booleans()):
        fields["measures"] = draw(st.permutations(agreement.measures))
    if draw(st.booleans()):
        fields["vetoes"] = agreement.vetoes[1:]
    if draw(st.booleans()):
        fields |= {"year": 2025, "cap": draw(st.sampled_from([None, 90]))}
    if draw(st.booleans()):
        fields["parties"] = (Party("a", "甲方", role="issuer"),)
        fields["obligations"] = (Obligation("visits", "巡查", every="quarter", due="2025-11-30"),)
    return attrs.evolve(agreement, **fields)


def _revised(draw: st.DrawFn, parts: tuple[Any, ...]) -> tuple[Any, ...]:
    kept = [_changed(draw, part) for part in parts if draw(st.integers(0, 5))]
    if draw(st.booleans()):
        kept = draw(st.permutations(kept))
    return tuple(kept)


def _changed(draw: st.DrawFn, part: Any) -> Any:  # noqa: ANN401 - any item
    fields: dict[str, Any] = {}
    if not draw(st.integers(0, 3)):
        fields["number"] = draw(st.sampled_from(["1", "1.1", "2.1", "9"]))
    if not draw(st.integers(0, 3)):
        fields["title"] = draw(st.sampled_from(["台账", "培训", "台账管理"]))
    if not draw(st.integers(0, 5)):
        fields |= {"points": draw(st.sampled_from([None, 7])), "rules": part.rules[1:]}
    if isinstance(part, (Section, Indicator)):
        fields["parts"] = _revised(draw, part.parts)
    return attrs.evolve(part, **fields)


@SLOW
@given(agreements(blanks=True), st.data())
def test_a_difference_applied_gives_the_second_agreement(
    one: Agreement, data: st.DataObject
) -> None:
    """Exactly, after a file has kept it too; there and back; and it says what it does."""
    two = data.draw(revised(one) | agreements())
    difference = diff(one, two)
    made = difference.apply(one)
    assert made == two
    assert digest(made) == digest(two) == difference.after
    kept = loads_difference(dumps_difference(difference))
    assert kept == difference
    assert kept.apply(one) == two
    assert diff(two, one).apply(two) == one
    assert bool(difference) == (one != two)
    assert bool(difference.remarks()) == bool(difference)
    assert bool(difference.table("en").rows) == bool(difference)


@SLOW
@given(agreements(), agreements())
def test_a_difference_is_of_one_agreement_alone(one: Agreement, two: Agreement) -> None:
    """Nothing differs from itself, but in another order; it is applied to nothing else."""
    assert not diff(one, one)
    assert diff(one, one).apply(one) == one
    turned = attrs.evolve(one, parts=one.parts[::-1], measures=one.measures[::-1])
    assert diff(one, turned).apply(one) == turned
    if one != two:
        with pytest.raises(UsageError):
            diff(one, two).apply(two)


@SLOW
@given(agreements(), st.data())
def test_what_is_counted_adds_up(one: Agreement, data: st.DataObject) -> None:
    """Items before, less those dropped, more those added, are the items after."""
    two = data.draw(revised(one) | agreements())
    counts = diff(one, two).counts("items")
    before, after = len(list(one.nodes())), len(list(two.nodes()))
    # An entry whose items did not change does not list them, so only what it lists is counted.
    assert before - counts.dropped + counts.added == after
    back = diff(two, one).counts("items")
    assert (back.added, back.dropped) == (counts.dropped, counts.added)
