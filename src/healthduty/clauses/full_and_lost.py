"""All points for a goal, and what its quantity loses otherwise: ≤3%得满分，3%—5%扣2分.

Who reaches the goal has all points, and who does not loses so much of all of them: the item starts
full. Values that neither the goal nor a loss speaks of would lose nothing, which is doubted.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5 (from what to what).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("报废率≤3%得满分，3%—5%扣2分，5%以上不得分", points=5)
>>> [type(rule).__name__ for rule in reading.rules]
['Bands', 'Forfeit']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from healthduty.clauses.context import MOST_IN_RULE, RECENT, Context, Draft, Fault
from healthduty.rules.condition import Comparator, Compare
from healthduty.rules.points import Effect
from healthduty.rules.rule import AnyBand, Band, Bands, Deduction, Forfeit, Rule
from healthduty.rules.tally import Once
from healthduty.said import Said

LEFT_OPEN = Said(
    "all points for the goal, and not for all other values is said what they lose",
    "达到目标得满分，没有写明其余数值都扣多少",
)
_NEAR = 1  # 95%以上, 90%—94%: one band goes up to the next

_Range = tuple[Fraction | None, Fraction | None]


def loses_otherwise(draft: Draft, drafts: Iterable[Draft]) -> bool:
    """Whether points are lost for other values of the one quantity that a draft earns for."""
    goal = draft.rule.bands[0] if isinstance(draft.rule, Bands) else None
    if not isinstance(goal, Band) or (goal.low is None) is (goal.high is None):
        return False
    return any(
        _range_of(other.rule, goal) is not None
        for other in drafts
        if other.part == draft.part and _measure(other.rule) == _measure(draft.rule)
        if not isinstance(other.rule, Forfeit)
    )


def leaves_open(draft: Draft, drafts: Iterable[Draft]) -> bool:
    """Whether some values beside the goal of a draft lose nothing: ≥95%得满分，80%以下扣2分."""
    goal = draft.rule.bands[0] if isinstance(draft.rule, Bands) else None
    if not isinstance(goal, Band):
        return False
    lost = [
        found
        for other in drafts
        if other.part == draft.part and _measure(other.rule) == _measure(draft.rule)
        for found in _ranges(other.rule)
    ]
    below = goal.low is not None
    edge = goal.low if below else goal.high
    for _ in lost[:MOST_IN_RULE]:
        if not isinstance(edge, Fraction):
            break
        near = (own for own in lost if _begins_at(own, edge, below=below))
        further = next(near, None)
        if further is None:
            break
        edge = further[0] if below else further[1]
    return edge is not None


def up_to_goal(draft: Draft, drafts: Iterable[Draft]) -> None:
    """Let 90%—94%扣2分 go up to the 95 % of the goal."""
    goal = draft.rule.bands[0] if isinstance(draft.rule, Bands) else None
    if not isinstance(goal, Band):
        return
    for other in drafts:
        rule = other.rule
        if other.part == draft.part and isinstance(rule, Bands) and _is_lost(draft, rule):
            other.rule = _all_up_to(rule, goal)


def _all_up_to(rule: Bands, goal: Band) -> Bands:
    """Return bands the nearest of which goes up to a goal: 6.0—6.5 does, 5.5—6.0 behind it not."""
    ends = [band.high if goal.low is not None else band.low for band in _numbered(rule)]
    known = [end for end in ends if isinstance(end, Fraction)]
    near = max(known, default=None) if goal.low is not None else min(known, default=None)
    bands = (
        _up_to(band, goal)
        if isinstance(band, Band)
        and (band.high if goal.low is not None else band.low) in {near, None}
        else band
        for band in rule.bands
    )
    return attrs.evolve(rule, bands=tuple(bands))


def _numbered(rule: Bands) -> Iterator[Band]:
    """Go through the bands of a rule that lie between numbers."""
    yield from (band for band in rule.bands if isinstance(band, Band))


def _up_to(band: AnyBand, goal: Band) -> AnyBand:
    """Return a band that ends near a goal, or has no end there, as one that ends at it.

    不足3次 and 超过12% are no ranges: they end where they say.
    """
    if not isinstance(band, Band):
        return band
    if isinstance(goal.low, Fraction):
        near = band.high is None and isinstance(band.low, Fraction) and band.low < goal.low
        ranged = band.low is not None or band.high_in
        gap = goal.low - band.high if ranged and isinstance(band.high, Fraction) else Fraction(0)
        near = near or 0 < gap <= _NEAR
        return attrs.evolve(band, high=goal.low, high_in=False) if near else band
    if not isinstance(goal.high, Fraction):
        return band
    near = band.low is None and isinstance(band.high, Fraction) and goal.high < band.high
    ranged = band.high is not None or band.low_in
    gap = band.low - goal.high if ranged and isinstance(band.low, Fraction) else Fraction(0)
    near = near or 0 < gap <= _NEAR
    return attrs.evolve(band, low=goal.high, low_in=not goal.high_in) if near else band


def begin_at_goals(context: Context) -> None:
    """Let 90%—94%扣2分 go up to the 95 % that are asked for, or that lose nothing."""
    for draft in context.drafts:
        rule = draft.rule
        if not isinstance(rule, Bands) or rule.effect is not Effect.LOSE:
            continue
        for index in range(max(0, len(context.goals) - RECENT), len(context.goals)):
            single = context.goals[index].bounds.single
            if single is None or context.goal_measure(index).code != rule.measure:
                continue
            asked = context.goals[index].bounds
            goal = Band(0, low=asked.low, high=asked.high, high_in=asked.high_in)
            rule = _all_up_to(rule, goal)
            if _is_apart(rule, goal):
                context.faults.append(Fault("clause-doubt", LEFT_OPEN, draft.first, draft.end))
        draft.rule = rule


def _is_apart(rule: Bands, goal: Band) -> bool:
    """Whether there is room between a goal and the nearest of several bands: ≥95%，90%—92%扣1分."""
    ends = [band.high for band in rule.bands if isinstance(band, Band)]
    tops = [_number(end) for end in ends if end is not None]
    known = [top for top in tops if top is not None]
    bound = _number(goal.low)
    return bound is not None and len(ends) > 1 and bool(known) and max(known) < bound


def _is_lost(draft: Draft, rule: Bands) -> bool:
    """Whether bands take points for values of the quantity that a draft earns for."""
    return rule.effect is Effect.LOSE and rule.measure == _measure(draft.rule)


def _begins_at(own: _Range, edge: Fraction, *, below: bool) -> bool:
    """Whether a range goes on from an edge, downwards or upwards."""
    near, far = (own[1], own[0]) if below else (own[0], own[1])
    goes_on = far is None or (far < edge if below else far > edge)
    if near is None or not goes_on:
        return False
    return near + _NEAR >= edge if below else near - _NEAR <= edge


def _range_of(rule: Rule, goal: Band) -> _Range | None:
    """Return the first range of a rule that lies outside the goal."""
    edge = goal.low if goal.low is not None else goal.high
    if not isinstance(edge, Fraction):
        return None
    for low, high in _ranges(rule):
        if goal.low is not None and (high <= edge if high is not None else (low or 0) < edge):
            return low, high
        if goal.high is not None and (low is None or low >= edge):
            return low, high
    return None


def _ranges(rule: Rule) -> Iterator[_Range]:
    """Go through the values for which a rule takes points."""
    match rule:
        case Bands(effect=Effect.LOSE, bands=bands):
            for band in bands:
                if isinstance(band, Band):
                    yield _number(band.low), _number(band.high)
        case (
            Deduction(tally=Once(condition=Compare(comparator=sign, threshold=Fraction() as bound)))
            | Forfeit(when=Compare(comparator=sign, threshold=Fraction() as bound))
        ):
            under = sign in {Comparator.LESS, Comparator.AT_MOST}
            if under or sign in {Comparator.MORE, Comparator.AT_LEAST}:
                yield (None, bound) if under else (bound, None)
        case _:
            return


def _number(value: object) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _measure(rule: Rule) -> str:
    """Return the one quantity whose values a rule looks at."""
    match rule:
        case Bands(measure=measure):
            return measure
        case (
            Deduction(tally=Once(condition=Compare(measure=measure)))
            | Forfeit(when=Compare(measure=measure))
        ):
            return measure
        case _:
            return ""
