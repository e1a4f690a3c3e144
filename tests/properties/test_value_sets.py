"""Laws of sets of values: they hold exactly the numbers that they should, of either sort."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from healthduty.checks.feasible import always, possible
from healthduty.checks.values import Values, compared, domain, is_whole
from healthduty.rules.condition import AllOf, Comparator, Compare, Condition, Flag, Level, Not
from healthduty.rules.condition import AnyOf as AnyOne
from healthduty.rules.measure import Measure
from healthduty.rules.threshold import ByKind
from strategies import conditions, measures

HALVES = [Fraction(number, 2) for number in range(-4, 13)]
BOUNDS = st.none() | st.sampled_from(HALVES)


def contains(values: Values, number: Fraction) -> bool:
    """Return whether a number is in a set, as its cuts say."""
    return any(start <= (0, number, 0) and (0, number, 1) <= end for start, end in values.stretches)


@st.composite
def sets(draw: st.DrawFn, *, whole: bool = False) -> Values:
    """Draw a set of one to three stretches."""
    found = Values()
    for _ in range(draw(st.integers(1, 3))):
        found |= Values.between(
            draw(BOUNDS),
            draw(BOUNDS),
            low_in=draw(st.booleans()),
            high_in=draw(st.booleans()),
            whole=whole,
        )
    return found


@given(sets(), sets())
def test_sets_join_number_by_number(one: Values, other: Values) -> None:
    """Both, either, one without the other, neither: as for each single number."""
    for number in HALVES:
        here, there = contains(one, number), contains(other, number)
        assert contains(one & other, number) == (here and there)
        assert contains(one | other, number) == (here or there)
        assert contains(one - other, number) == (here and not there)
        assert contains(one.complement(), number) == (not here)


@given(sets(), sets())
def test_equal_sets_look_equal(one: Values, other: Values) -> None:
    """A set has one way to be written: what differs from itself by nothing is itself."""
    assert one.complement().complement() == one
    assert (one | other) - (other - one) == one
    assert bool(one) == (one != Values())


@given(sets(whole=True), sets(whole=True))
def test_whole_sets_stay_whole(one: Values, other: Values) -> None:
    """Between two neighbouring whole numbers lies nothing, whatever is joined."""
    for joined in (one & other, one | other, one - other):
        for start, end in joined.stretches:
            assert start[1].denominator == end[1].denominator == 1


@given(st.sampled_from(Comparator), st.sampled_from(HALVES))
def test_comparisons_hold_where_they_should(comparator: Comparator, bound: Fraction) -> None:
    """A comparison's set holds exactly the numbers that stand in this relation."""
    for number in HALVES:
        holds = {
            Comparator.AT_LEAST: number >= bound,
            Comparator.MORE: number > bound,
            Comparator.AT_MOST: number <= bound,
            Comparator.LESS: number < bound,
            Comparator.EQUAL: number == bound,
        }[comparator]
        assert contains(compared(comparator, bound, whole=False), number) == holds
        if number.denominator == 1:
            assert contains(compared(comparator, bound, whole=True), number) == holds


def holds(condition: Condition, values: dict[str, Fraction], known: dict[str, Measure]) -> bool:
    """Return whether a condition holds for these values, slowly; levels by their places."""
    match condition:
        case Compare():
            bound, value = condition.threshold, values[condition.measure]
            if isinstance(bound, ByKind):
                bound = bound.of("centre") or Fraction(0)
            assert isinstance(bound, Fraction)
            whole = is_whole(known[condition.measure])
            return contains(compared(condition.comparator, bound, whole=whole), value)
        case Flag():
            return (values[condition.measure] > 0) == condition.expected
        case Level():
            place = int(values[condition.measure])
            return known[condition.measure].levels[place] in condition.levels
        case AllOf():
            return all(holds(part, values, known) for part in condition.conditions)
        case AnyOne():
            return any(holds(part, values, known) for part in condition.conditions)
        case Not():
            return not holds(condition.condition, values, known)


def is_plain(condition: Condition) -> bool:
    """Return whether all thresholds are numbers."""
    match condition:
        case Compare():
            return isinstance(condition.threshold, Fraction)
        case AllOf() | AnyOne():
            return all(is_plain(part) for part in condition.conditions)
        case Not():
            return is_plain(condition.condition)
    return True


@given(st.data())
def test_what_can_never_hold_never_does(data: st.DataObject) -> None:
    """Where a condition is called impossible, or certain, no values prove otherwise."""
    drawn = data.draw(measures())
    known = {measure.code: measure for measure in drawn}
    condition = data.draw(conditions(drawn).filter(is_plain))
    candidates = [*HALVES, Fraction(60), Fraction(90), Fraction(95), Fraction(100)]
    values = {
        measure.code: data.draw(
            st.sampled_from(
                [
                    number
                    for number in candidates
                    if contains(domain(measure), number)
                    and (number.denominator == 1 or not is_whole(measure))
                ]
            )
        )
        for measure in drawn
    }
    outcome = holds(condition, values, known)
    assert possible([condition], known) or not outcome
    assert outcome or not always(condition, known)
