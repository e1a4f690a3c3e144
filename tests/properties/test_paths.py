"""Law: a path, applied, reaches its goal when scored, and nothing cheaper does.

The brute force tries every record within the limits and scores it, one by one; what a measure's
places are is `paths_moves`' and tested beside it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import attrs
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.results.paths import cost_curve, paths_to
from healthduty.results.paths_choice import Choice, movers_of
from healthduty.results.paths_effects import Board
from healthduty.results.paths_moves import Mover
from healthduty.results.paths_plans import Path, Unreachable
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from strategies import scored

Found = tuple[tuple[Fraction, int, Fraction], ScoreSheet]


@attrs.frozen
class Small:
    """An agreement, a record, and few places that its measures may take."""

    agreement: Agreement
    record: Record
    limits: dict[str, tuple[object, object]]
    costs: dict[str, int] | None
    movers: list[Mover]

    def told(self) -> dict[str, object]:
        """Return what a caller says."""
        stay = {measure.code for measure in self.agreement.measures} - {
            mover.code for mover in self.movers
        }
        said: dict[str, object] = {"fixed": sorted(stay), "limits": self.limits}
        if self.costs is not None:
            said["costs"] = self.costs
        return said

    def all(self) -> Iterator[Found]:
        """Score every record within the limits, with its price."""
        ranges = [range(mover.low, mover.high + 1) for mover in self.movers]
        board = Board.of(score(self.agreement, self.record))
        for places in itertools.product(*ranges):
            moves = {
                mover.code: (mover, place) for mover, place in zip(self.movers, places, strict=True)
            }
            units = {code: mover.units(place) for code, (mover, place) in moves.items()}
            costs = self.costs or {}
            money = sum((costs.get(code, 0) * each for code, each in units.items()), Fraction(0))
            price = (money, sum(map(bool, units.values())), sum(units.values(), Fraction(0)))
            yield price, score(self.agreement, board.moved(moves))


def _narrow(mover: Mover, reach: int) -> Mover:
    if mover.per is None:
        return mover
    low, high = max(mover.low, mover.start - reach), min(mover.high, mover.start + reach)
    return attrs.evolve(mover, low=low, high=high)


@st.composite
def small(draw: st.DrawFn, *, most: int, reach: int) -> Small:
    """Draw an agreement whose record has a total, and up to so many measures that may move."""
    once = draw(st.booleans())
    agreement, record = draw(scored(missing=False, charge_once=once))
    start = score(agreement, record)
    assume(start.total is not None)
    movable, _ = movers_of(Board.of(start), Choice({}, {}, frozenset(), False, False))  # noqa: FBT003
    movable = [each for each in movable if agreement.measure(each.code) is not None]
    assume(movable)
    chosen = draw(
        st.lists(st.sampled_from(movable), min_size=1, max_size=most, unique_by=lambda m: m.code)
    )
    movers = [_narrow(mover, reach) for mover in chosen]
    assume(all(mover.high - mover.low <= 2 * reach + 8 for mover in movers))
    limits = {
        mover.code: (mover.value(mover.low), mover.value(mover.high))
        for mover in movers
        if mover.per is not None
    }
    costs = None
    if draw(st.booleans()):
        costs = {mover.code: draw(st.integers(0, 9)) for mover in movers}
    return Small(agreement, record, limits, costs, movers)


def _check(case: Small, data: st.DataObject) -> None:
    """Hold the paths to some totals, and to a grade, against all records there are."""
    known = [(price, sheet) for price, sheet in case.all() if sheet.total is not None]
    totals = sorted({sheet.total for _, sheet in known if sheet.total is not None})
    goals: list[object] = [data.draw(st.sampled_from([*totals, totals[-1] + 1]))]
    if case.agreement.grades is not None:
        goals.append(data.draw(st.sampled_from(case.agreement.grades.grades)).name)
    scale = case.agreement.grades
    for goal in goals:
        path = paths_to(case.agreement, case.record, goal, **case.told())  # type: ignore[arg-type]
        prices = []
        for price, sheet in known:
            if isinstance(goal, str):
                assert scale is not None
                place = None if sheet.grade is None else scale.index(sheet.grade)
                wanted = scale.index(goal)
                met = place is not None and wanted is not None and place <= wanted
            else:
                met = sheet.total >= goal  # type: ignore[operator]
            if met:
                prices.append(price)
        note((goal, min(prices, default=None), path))
        if isinstance(path, Unreachable):
            assert path.proven
            assert not prices
            continue
        assert prices
        assert path.exact
        assert attrs.astuple(path.price) == min(prices)
        _reaches(path)


def _reaches(path: Path) -> None:
    """Score the record of a path afresh: it is the sheet, and what its changes add up to."""
    sheet = score(path.sheet.agreement, path.record)
    assert (sheet.total, sheet.grade) == (path.sheet.total, path.sheet.grade)
    assert sheet.total is not None
    assert path.before.total is not None
    gained = sum(Fraction(change.gain) for change in path.changes)
    assert Fraction(path.before.total) + gained == Fraction(sheet.total)
    assert len(path.changes) == path.price.measures


@settings(max_examples=40)
@given(small(most=2, reach=3), st.data())
def test_nothing_cheaper_reaches_the_goal(case: Small, data: st.DataObject) -> None:
    """Two measures near where they stand: the path costs what the cheapest of all records does."""
    _check(case, data)


@settings(max_examples=40)
@given(small(most=3, reach=1), st.data())
def test_measures_that_meet_in_one_rule_move_together(case: Small, data: st.DataObject) -> None:
    """Three measures, a step to each side: whatever rules, groups and caps they share."""
    _check(case, data)


@settings(max_examples=15)
@given(small(most=1, reach=100), st.data())
def test_no_place_that_matters_is_passed_over(case: Small, data: st.DataObject) -> None:
    """One measure over a wide range: halving finds what trying every place finds."""
    _check(case, data)


@settings(max_examples=40)
@given(small(most=2, reach=2))
def test_the_curve_is_what_the_paths_say(case: Small) -> None:
    """Each step of the curve costs what the path to its total does, and each costs more."""
    curve = cost_curve(case.agreement, case.record, **case.told())  # type: ignore[arg-type]
    assert curve.exact
    start = score(case.agreement, case.record).total
    assert curve.steps[0].total >= start  # type: ignore[operator]
    for before, after in itertools.pairwise(curve.steps):
        assert before.total < after.total
        assert before.price < after.price
    for step in curve.steps[-3:]:
        path = paths_to(case.agreement, case.record, step.total, **case.told())  # type: ignore[arg-type]
        assert isinstance(path, Path)
        assert path.price == step.price
        assert path.sheet.total == step.total


@settings(max_examples=40)
@given(small(most=3, reach=1), st.integers(1, 60), st.data())
def test_too_few_looks_leave_a_real_plan_between_its_bounds(
    case: Small, looks: int, data: st.DataObject
) -> None:
    """However little may be looked at: no plan is made up, and no bound is above the truth."""
    known = [(price, sheet.total) for price, sheet in case.all() if sheet.total is not None]
    goal = data.draw(st.sampled_from(sorted({total for _, total in known})))
    least = min(price for price, total in known if total >= goal)
    path = paths_to(case.agreement, case.record, goal, most_looks=looks, **case.told())  # type: ignore[arg-type]
    if isinstance(path, Unreachable):
        assert not path.proven
        return
    total = score(case.agreement, path.record).total
    assert total is not None
    assert total >= goal
    assert attrs.astuple(path.at_least) <= least <= attrs.astuple(path.price)
