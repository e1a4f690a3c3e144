"""Ahead of the deadline: the least change that reaches a grade or a total, and what it costs.

What was observed may still move until the year is over. A path is the cheapest choice of moves
that reaches the goal when scored: exactly, whatever rules share a measure, with a grade's own
conditions and the vetoes as part of the goal. Where costs per unit are given, the cheapest one;
else the one that moves the fewest measures, and these by the fewest units.

Source: “`paths_to(grade)`”, “the curve score → least cost”, “where a tenth of a point
is cheapest”.

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.measure import Measure
>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import Lacking
>>> surveys = Measure("surveys", "问卷调查", unit="次")
>>> rule = Deduction(Lacking(surveys, required=4), points=1)
>>> item = Indicator("1", "调查", points=5, rules=(rule,))
>>> agreement = Agreement("示例", measures=(surveys,), parts=(item,))
>>> path = paths_to(agreement, Record("nanguan", {"surveys": 1}), 4)
>>> [(change.before, change.after) for change in path.changes], path.sheet.total
([(1, 3)], Decimal('4'))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from healthduty.errors import NumberError, UsageError
from healthduty.exact import Number, to_fraction
from healthduty.model.agreement import Agreement
from healthduty.records.record import Plain, Record, Value, stated
from healthduty.results.paths_choice import Choice, Limits, movers_of
from healthduty.results.paths_effects import Board
from healthduty.results.paths_frontier import MOST_LOOKS, Frontier, Price, Reached
from healthduty.results.paths_moves import Mover
from healthduty.results.paths_plans import (
    Change,
    CostCurve,
    CurveStep,
    Path,
    Tenth,
    Tenths,
    Unreachable,
    decimal_of,
)
from healthduty.said import Said
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet

_TENTH = Fraction(1, 10)
_NOTHING = Price(Fraction(0), 0, Fraction(0))


def paths_to(  # noqa: PLR0913 - each says something else about what may move
    agreement: Agreement,
    record: Record | Mapping[str, Value],
    goal: str | Number,
    *,
    costs: Mapping[str, Number] | None = None,
    limits: Limits | None = None,
    fixed: Iterable[str] = (),
    judgements: bool = False,
    most_looks: int = MOST_LOOKS,
) -> Path | Unreachable:
    """Return the least change of what was observed that reaches a grade, or so many points.

    `costs` are per unit of a measure (one of those counted, a percentage point where the base is
    not known, a step of a level); what has no cost then stays as it is. `limits` say between what
    a measure can be, `fixed` what does not move. What rules only hold others against (last year's
    value) and what an assessor judges move only where they are named, or `judgements` says so.
    `most_looks` bounds the work; where it is not enough, the path is a real one and says what
    nothing can cost less than (`at_least`).

    Raises:
        UsageError: an unknown grade or measure, a negative cost, a limit that can't be read.
        NumberError: a cost or a goal that is no number.
    """
    wanted = _goal(agreement, goal)
    choice = Choice.of(agreement, costs, limits, fixed, judgements=judgements)
    seen = _look(agreement, record, choice, most_looks)
    if seen.frontier is None:
        return Unreachable(wanted, seen.start, None)
    frontier = seen.frontier
    met = [each for each in frontier.reached if _meets(agreement, wanted, each)]
    hopeful = [each.price for each in frontier.hopeful if _meets(agreement, wanted, each)]
    if met:
        best = min(met, key=lambda each: (each.price, -each.total))
        least = best.price if frontier.exact else _least(frontier, hopeful)
        return _path(seen, wanted, best, frontier.price(least), priced=choice.priced)
    top = max(frontier.reached, key=lambda each: (each.total, -each.price))
    furthest = _path(seen, top.total, top, frontier.price(top.price), priced=choice.priced)
    proven = frontier.exact or (frontier.covered and not hopeful)
    return Unreachable(wanted, seen.start, furthest, seen.held, proven)


def cost_curve(  # noqa: PLR0913 - as `paths_to`
    agreement: Agreement,
    record: Record | Mapping[str, Value],
    *,
    costs: Mapping[str, Number] | None = None,
    limits: Limits | None = None,
    fixed: Iterable[str] = (),
    judgements: bool = False,
    most_looks: int = MOST_LOOKS,
) -> CostCurve:
    """Return every total from the present one up, with the least price of it; as `paths_to`.

    A record that has no total has no curve: no steps.

    Raises:
        UsageError: as `paths_to`.
        NumberError: a cost that is no number.
    """
    choice = Choice.of(agreement, costs, limits, fixed, judgements=judgements)
    frontier = _look(agreement, record, choice, most_looks).frontier
    if frontier is None:
        return CostCurve((), choice.priced, exact=True)
    steps: list[CurveStep] = []
    for each in sorted(frontier.reached, key=lambda each: (each.price, -each.total)):
        total = decimal_of(each.total)
        if not steps or total > steps[-1].total:
            price, changes = frontier.price(each.price), _to(frontier, each)
            labels = tuple(_label(agreement, code) for code, _ in changes)
            steps.append(CurveStep(total, each.grade, price, changes, labels))
    return CostCurve(tuple(steps), choice.priced, frontier.exact)


def cheapest_tenths(
    agreement: Agreement,
    record: Record | Mapping[str, Value],
    *,
    costs: Mapping[str, Number] | None = None,
    limits: Limits | None = None,
    fixed: Iterable[str] = (),
    judgements: bool = False,
) -> Tenths:
    """Return where a tenth of a point is cheapest: each measure alone, the cheapest first.

    Of what a measure alone can gain, the move that gains most for its cost (for its units where no
    costs are given) counts; of equals the shortest.

    Raises:
        UsageError: as `paths_to`.
        NumberError: a cost that is no number.
    """
    choice = Choice.of(agreement, costs, limits, fixed, judgements=judgements)
    start = score(agreement, record)
    rows: list[Tenth] = []
    if start.total is not None:
        board = Board.of(start)
        for mover in movers_of(board, choice)[0]:
            seen = _Seen(start, Frontier(board, [mover], choice.costs), ())
            rows += _tenth(seen, choice)
    rows.sort(key=lambda row: row.per_tenth)
    return Tenths(tuple(rows), choice.priced)


# --- looking -----------------------------------------------------------------------------------


class _Seen(NamedTuple):
    """Where a record stands, what can be reached from there, and what was not let move."""

    start: ScoreSheet
    frontier: Frontier | None
    held: tuple[str, ...]


def _look(
    agreement: Agreement,
    record: Record | Mapping[str, Value],
    choice: Choice,
    most_looks: int,
) -> _Seen:
    start = score(agreement, record)
    if start.total is None:
        return _Seen(start, None, ())
    board = Board.of(start)
    movers, held = movers_of(board, choice)
    return _Seen(start, Frontier(board, movers, choice.costs, most_looks), held)


def _goal(agreement: Agreement, goal: str | Number) -> str | Fraction:
    names = [grade.name for grade in agreement.grades.grades] if agreement.grades else []
    if isinstance(goal, str) and goal in names:
        return goal
    try:
        return to_fraction(goal, Said("goal", "目标"))
    except NumberError as error:
        if not isinstance(goal, str):
            raise
        known = ", ".join(f"`{name}`" for name in names) or "none"
        message = f"`{goal}` is neither points nor a grade of the agreement: grades are {known}"
        raise UsageError(message) from error


def _meets(agreement: Agreement, wanted: str | Fraction, found: Reached) -> bool:
    """Tell whether a result is what is wanted, or better."""
    if isinstance(wanted, Fraction):
        return found.total >= wanted
    if found.grade is None or agreement.grades is None:
        return False
    grade, goal = agreement.grades.index(found.grade), agreement.grades.index(wanted)
    return grade is not None and goal is not None and grade <= goal


def _least(frontier: Frontier, hopeful: Sequence[int]) -> int:
    """Return what nothing can cost less than, where not everything was looked at."""
    return min(hopeful) if frontier.covered and hopeful else 0


# --- telling -----------------------------------------------------------------------------------


def _to(frontier: Frontier, found: Reached) -> tuple[tuple[str, Plain], ...]:
    moves = frontier.moves(found.picks)
    return tuple((code, mover.value(place)) for code, (mover, place) in _ordered(frontier, moves))


def _label(agreement: Agreement, code: str) -> str:
    measure = agreement.measure(code)
    return code if measure is None else measure.label


def _ordered(
    frontier: Frontier, moves: Mapping[str, tuple[Mover, int]]
) -> list[tuple[str, tuple[Mover, int]]]:
    """Return moves in the order in which the agreement names its measures."""
    codes = [measure.code for measure in frontier.board.plan.agreement.measures]
    order = {code: place for place, code in enumerate(codes)}
    return sorted(moves.items(), key=lambda move: (order.get(move[0], len(codes)), move[0]))


def _path(
    seen: _Seen, goal: str | Fraction, found: Reached, at_least: Price, *, priced: bool
) -> Path:
    assert seen.frontier is not None  # noqa: S101 - something was reached
    frontier = seen.frontier
    moves = _ordered(frontier, frontier.moves(found.picks))
    costs = frontier.costs if priced else None
    changes: list[Change] = []
    sheets = [seen.start]
    for count, (_, (mover, place)) in enumerate(moves, 1):
        record = frontier.board.moved(dict(moves[:count]))
        sheets.append(score(seen.start.agreement, record))
        changes.append(_change(mover, place, sheets[-2], sheets[-1], costs))
    return Path(
        goal=goal,
        changes=tuple(changes),
        price=frontier.price(found.price),
        at_least=at_least,
        record=sheets[-1].record,
        sheet=sheets[-1],
        before=seen.start,
        priced=priced,
    )


def _change(
    mover: Mover,
    place: int,
    before: ScoreSheet,
    after: ScoreSheet,
    costs: Mapping[str, Fraction] | None,
) -> Change:
    units = mover.units(place)
    own = stated(before.record.values.get(mover.code))[0]
    measure = before.agreement.measure(mover.code)
    return Change(
        measure=mover.code,
        of=measure,
        before=mover.value(mover.start) if own is None else own,
        after=mover.value(place),
        units=units,
        cost=None if costs is None else costs.get(mover.code, Fraction(0)) * units,
        gain=_less(after.total, before.total),
        items=_gained(before, after),
    )


def _less(one: Decimal | None, other: Decimal | None) -> Decimal:
    return decimal_of(Fraction(one or 0) - Fraction(other or 0))


def _gained(before: ScoreSheet, after: ScoreSheet) -> tuple[tuple[str, Decimal], ...]:
    """Return the items without further ones in them whose points differ, each with how much."""
    found = []
    pairs = list(zip(before.items, after.items, strict=True))
    for place, (old, new) in enumerate(pairs):
        leaf = place + 1 == len(pairs) or pairs[place + 1][0].depth <= old.depth
        if leaf and old.earned is not None and new.earned is not None:
            gain = Fraction(new.earned) + Fraction(new.bonus)
            gain -= Fraction(old.earned) + Fraction(old.bonus)
            if gain:
                found.append((new.number, decimal_of(gain)))
    return tuple(found)


def _tenth(seen: _Seen, choice: Choice) -> list[Tenth]:
    """Return the best that a measure alone can do, if it can do anything."""
    frontier = seen.frontier
    assert frontier is not None and seen.start.total is not None  # noqa: S101, PT018 - as asked
    now = Fraction(seen.start.total)
    gains = [each for each in frontier.reached if each.total > now]
    if not gains:
        return []

    def per_tenth(each: Reached) -> Fraction:
        price = frontier.price(each.price)
        paid = price.money if choice.priced else price.units
        return paid * _TENTH / (each.total - now)

    best = min(gains, key=lambda each: (per_tenth(each), each.price))
    path = _path(seen, best.total, best, frontier.price(best.price), priced=choice.priced)
    (change,) = path.changes
    return [Tenth(change, decimal_of(best.total), per_tenth(best))]
