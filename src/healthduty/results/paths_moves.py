"""What can still move before the deadline: each measure's values, from the one that it has.

A measure moves in units of its own: a count by whole ones, a rate by whole numerators of the
base that it was counted on, a level by steps, a flag over, cases by taking one off the list. A
percentage without its base, and an amount, move in hundredths, or in finer steps where the value
or one of the rules' numbers has more decimals, so that every number of a rule can be met exactly.

Source: “the least change that reaches the grade”; semantics 1, 2, 7.

>>> move = mover_of(Measure("rate", "满意率", unit="%"), Ratio(166, 200))
>>> move.start, move.value(170), str(move.units(170))
(166, Ratio(170, 200), '4')
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.exact import UNIT_SCALES, Ratio, number_text
from healthduty.records.observe import State, observe
from healthduty.records.record import Case, Judged, Plain, Sample
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind
from healthduty.scoring.ops import JudgedSlot

FAR = 10**9
"""Units beyond which nobody looks: what no rule ends, ends where no more points can be had."""

_HUNDREDTHS = 100
_FINEST = 10**6
_MOST_CASES = 12
_PAIR = re.compile(r"(\d+)\s*/\s*(\d+)")


@attrs.frozen
class Mover:
    """A measure (or a judgement) that may move: its places are whole numbers from `low` to `high`.

    `value` makes a record's value of a place, `units` says how many units of the measure a place
    is away from `start`. `per` is what one place is worth in the measure's unit; None where
    places stand in no line (levels, flags, lists of cases), and then all of them are tried.
    `whole` is false where not every value that it could take is among its places.
    """

    code: str
    start: int
    low: int
    high: int
    per: Fraction | None
    value: Callable[[int], Plain]
    units: Callable[[int], Fraction]
    whole: bool = True


def mover_of(
    measure: Measure, value: Plain, held: Iterable[Fraction] = (), *, alike: bool = True
) -> Mover | None:
    """Return how a measure moves from a value; None where there is no value to move from.

    `held` are the numbers that the rules hold it against; `alike` says that cases with the same
    attributes are as good as one another, whatever their ids.
    """
    pair = observe(measure, value, [])
    if isinstance(pair, State):
        return None
    now = Fraction(*pair)
    match measure.kind:
        case MeasureKind.FLAG:
            return _listed(measure.code, int(now), (False, True))
        case MeasureKind.LEVEL:
            return _listed(measure.code, int(now), measure.levels)
        case MeasureKind.COUNT | MeasureKind.CASES:
            cases = _cases(value)
            return _counted(measure, value, now) if cases is None else _fewer(measure, cases, alike)
        case MeasureKind.RATE | MeasureKind.COMPLETION | MeasureKind.GROWTH:
            based = _based(measure, value)
            return based or _on_a_line(measure, value, now, held)
        case MeasureKind.AMOUNT:
            return _on_a_line(measure, value, now, held)
        case _:
            assert_never(measure.kind)


def _listed(code: str, start: int, values: Iterable[Plain]) -> Mover:
    known = tuple(values)
    units = _away(start)
    return Mover(code, start, 0, len(known) - 1, None, known.__getitem__, units)


def _away(start: int, size: Fraction | int = 1) -> Callable[[int], Fraction]:
    """Return what counts the places between the start and another one, each of a size."""
    return lambda place: Fraction(abs(place - start) * size)


def _cases(value: Plain) -> tuple[Case, ...] | None:
    if isinstance(value, Case):
        return (value,)
    if isinstance(value, (tuple, list)):
        return tuple(each for each in value if isinstance(each, Case))
    return None


def _fewer(measure: Measure, cases: tuple[Case, ...], alike: bool) -> Mover:  # noqa: FBT001
    """Cases are taken off the list one by one; of a long list of unlike ones the last ones are."""
    most = len(cases)
    same = alike and len({case.attributes for case in cases}) <= 1
    kept = [cases[:count] for count in range(most, -1, -1)]
    if not same and most <= _MOST_CASES:
        kept = [
            tuple(cases[place] for place in places)
            for count in range(most, -1, -1)
            for places in itertools.combinations(range(most), count)
        ]
    move = _listed(measure.code, 0, kept)
    return attrs.evolve(
        move,
        units=lambda place: Fraction(most - len(kept[place])),
        whole=same or most <= _MOST_CASES,
    )


def _counted(measure: Measure, value: Plain, now: Fraction) -> Mover:
    """Return how a count moves: by whole ones; of a sample, what was found in it."""
    start = int(now)

    def at(place: int) -> Plain:
        return attrs.evolve(value, value=place) if isinstance(value, Sample) else place

    return Mover(measure.code, start, 0, FAR, Fraction(1), at, _away(start))


def _based(measure: Measure, value: Plain) -> Mover | None:
    """Return how a rate moves on its own base; None where the base is not known in whole ones."""
    if isinstance(value, str) and (found := _PAIR.fullmatch(number_text(value))):
        value = Ratio(found[1], found[2])
    if not isinstance(value, Ratio):
        return None
    top, bottom = value.numerator, value.denominator
    if top.denominator != 1 or bottom.denominator != 1 or bottom <= 0:
        return None
    start, base = int(top), int(bottom)
    high = max(start, base) if measure.kind is MeasureKind.RATE else FAR
    low = -FAR if measure.kind is MeasureKind.GROWTH else 0
    per = Fraction(UNIT_SCALES[measure.unit], base)
    return Mover(
        measure.code, start, low, high, per, lambda place: Ratio(place, base), _away(start)
    )


def _on_a_line(measure: Measure, value: Plain, now: Fraction, held: Iterable[Fraction]) -> Mover:
    """Return how a number moves whose base is not known: in hundredths, or finer ones."""
    parts = math.lcm(_HUNDREDTHS, now.denominator)
    finer = math.lcm(parts, *(each.denominator for each in held))
    parts = finer if finer <= max(_FINEST, parts) else parts
    rate = measure.kind in RATE_KINDS
    signed = measure.kind in (MeasureKind.GROWTH, MeasureKind.AMOUNT)
    high = FAR * parts
    if measure.kind is MeasureKind.RATE:
        high = max(int(now * parts), UNIT_SCALES[measure.unit] * parts)

    def at(place: int) -> Plain:
        number = Fraction(place, parts)
        if isinstance(value, Sample) and not rate:
            return attrs.evolve(value, value=number)
        return int(number) if number.denominator == 1 else number

    low = -FAR * parts if signed else 0
    size = Fraction(1, parts)
    start = int(now * parts)
    return Mover(measure.code, start, low, high, size, at, _away(start, size))


def judged_mover(slot: JudgedSlot, now: Fraction, granule: Fraction) -> Mover:
    """Return how an assessor's points move: 0, or within what he may give, by the least part."""
    least, most = Fraction(*slot.least), Fraction(*slot.most)
    steps = range(-(-least // granule), most // granule + 1)
    points = sorted({Fraction(0), least, most, now, *(granule * step for step in steps)})
    move = _listed(slot.code, points.index(now), map(Judged, points))
    return attrs.evolve(move, units=lambda place: abs(points[place] - now))
