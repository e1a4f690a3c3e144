"""What follows from the totals of many: vetoes, grades, honours, money, as columns.

The steps are those of `scoring.outcome`; a truth is a column of 1, 0 and −1, a grade the place of
its name, money whole fen. Nothing here is wide: what a total can be is bounded by the agreement.

Source: “How a point is lost”, section 6; semantics 6, 8, 9.

>>> from healthduty.columns.engine_numpy import run
>>> from healthduty.model.agreement import Agreement
>>> from healthduty.scoring.plan import plan
>>> made = plan(Agreement("示例")).plan
>>> nobody = np.zeros(2, dtype=np.int64), np.zeros(2, dtype=bool)
>>> outcomes_of(made, run(made, {}, 2), nobody).known.tolist()  # there is nothing to score
[False, False]
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from healthduty.columns.engine_numpy import Results
from healthduty.columns.extras import Array, np
from healthduty.model.funding import FundingPolicy
from healthduty.model.grades import Consequence, ConsequenceKind
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
from healthduty.scoring.ops import Plan, Test
from healthduty.scoring.outcome import FEN

NO_GRADE = -1
"""The place of no grade."""

NOT_BROUGHT, GRANTED, BARRED, OPEN = 0, 1, 2, 3
"""What becomes of an honour; not brought is one that the grade does not bring."""

_MOST = 2**62
"""What 64 bits hold with room for one addition."""


@attrs.frozen(eq=False)
class Outcomes:
    """What follows from the totals, by row.

    `total` are integers in points scale, `known` where there is one; `grades` are places in the
    scale; `honours` by code what becomes of each; `money` by pool whole fen, and where it is told.
    """

    total: Array
    known: Array
    grades: Array
    honours: Mapping[str, Array]
    money: Mapping[str, tuple[Array, Array]]


def sections_zeroed(plan: Plan) -> tuple[int, ...]:
    """Return the nodes whose points a veto may take out of the total."""
    numbers = {ref.number: index for index, ref in enumerate(plan.refs)}
    effects = [effect for veto in plan.agreement.vetoes for effect in veto.effects]
    return tuple(
        dict.fromkeys(
            numbers[effect.number]
            for effect in effects
            if isinstance(effect, ZeroSection) and effect.number in numbers
        )
    )


def outcomes_of(plan: Plan, results: Results, population: tuple[Array, Array]) -> Outcomes:
    """Return what follows from a run; `population` are people, and where they are told."""
    return _Follow(plan, results, population).outcomes()


class _Follow:
    """One run's outcomes on their way."""

    def __init__(self, plan: Plan, results: Results, population: tuple[Array, Array]) -> None:
        self.plan, self.results, self.population = plan, results, population
        self.agreement = plan.agreement
        self.length = len(results.earned)
        self.applies = [self._veto(*tests) for tests in plan.vetoes]
        self.effects: list[tuple[VetoEffect, Array]] = [
            (effect, applies == 1)
            for veto, applies in zip(self.agreement.vetoes, self.applies, strict=True)
            for effect in veto.effects
        ]

    def outcomes(self) -> Outcomes:
        """Return everything."""
        known = ~self.results.unknown if self.plan.totals else np.zeros(self.length, dtype=bool)
        for applies in self.applies:
            known &= applies >= 0
        total = self._vetoed()
        grades = self._graded_after(self._graded(total, known))
        honours: dict[str, Array] = {}
        for each in self.agreement.consequences:
            if each.kind is ConsequenceKind.HONOUR:
                state = self._honour(each, grades)
                before = honours.get(each.code, state)
                honours[each.code] = np.where(state == NOT_BROUGHT, before, state)
        money = {
            policy.code: self._money(policy, tests, total, known)
            for policy, tests in zip(
                self.agreement.funding, self.plan.override_conditions, strict=True
            )
        }
        return Outcomes(total, known, grades, honours, money)

    # --- vetoes ------------------------------------------------------------------------------

    def _truth(self, test: Test, default: int) -> Array:
        if test.place < 0:
            return np.full(self.length, default, dtype=np.int8)
        return self.results.truths[test]

    def _veto(self, when: Test, exempt: Test) -> Array:
        happened, exempted = self._truth(when, 0), self._truth(exempt, 0)
        applies = np.where((happened == -1) | (exempted == -1), -1, 1)
        return np.where((happened == 0) | (exempted == 1), 0, applies).astype(np.int8)

    def _vetoed(self) -> Array:
        """Return the total after what vetoes take out of it; they move none below 0."""
        earned = self.results.earned
        numbers = {ref.number: index for index, ref in enumerate(self.plan.refs)}
        zeroed: dict[int, Array] = {}
        nothing = np.zeros(self.length, dtype=bool)
        for effect, applies in self.effects:
            if isinstance(effect, ZeroTotal):
                nothing |= applies
            elif isinstance(effect, ZeroSection) and effect.number in numbers:
                index = numbers[effect.number]
                zeroed[index] = zeroed.get(index, False) | applies
        total = earned
        for index, applies in zeroed.items():
            kept = self.results.kept
            taken = kept["inside", index].astype(earned.dtype) + kept["beyond", index]
            left = np.maximum(np.minimum(total, 0), total - np.maximum(taken, 0))
            total = np.where(applies, left, total)
        return np.where(nothing, np.minimum(earned, 0), total) if nothing.any() else total

    # --- grades ------------------------------------------------------------------------------

    def _graded(self, total: Array, known: Array) -> Array:
        grades = np.full(self.length, NO_GRADE, dtype=np.int64)
        scale = self.agreement.grades
        if scale is None:
            return grades
        undecided = known.copy()
        for place, grade in enumerate(scale.grades):
            inside = undecided
            if grade.low is not None:
                inside = inside & self._reaches(total, grade.low, closed=grade.low_in)
            truth = self._truth(self.plan.grade_conditions[place], 1)
            grades[inside & (truth == 1)] = place
            undecided = undecided & ~(inside & (truth != 0))
        return grades

    def _reaches(self, total: Array, low: Fraction, *, closed: bool) -> Array:
        """Return where a total is at least, or above, so many points."""
        exact = low * 10**self.plan.places
        least = math.ceil(exact) if closed else math.floor(exact) + 1
        if abs(least) > _MOST and total.dtype != object:
            return np.full(self.length, least < 0)
        reached: Array = total >= least
        return reached

    def _graded_after(self, grades: Array) -> Array:
        """Apply vetoes to grades: lowered first, then capped or forced; the worst counts."""
        scale = self.agreement.grades
        if scale is None:
            return grades
        worst = len(scale.grades) - 1
        has = grades >= 0
        for effect, applies in self.effects:
            if isinstance(effect, LowerGrade):
                lower = np.minimum(grades + effect.steps, worst)
                grades = np.where(applies & has, lower, grades)
        before = grades
        for effect, applies in self.effects:
            if isinstance(effect, (ForceGrade, CapGrade)):
                limit = scale.index(effect.grade) or 0
                hit = applies if isinstance(effect, ForceGrade) else applies & has
                grades = np.where(hit, np.maximum(grades, limit), grades)
        return np.where((before < 0) & (grades >= 0), np.maximum(grades, 0), grades)

    # --- honours -----------------------------------------------------------------------------

    def _honour(self, consequence: Consequence, grades: Array) -> Array:
        state = np.full(self.length, GRANTED, dtype=np.int8)
        for veto, applies in zip(self.agreement.vetoes, self.applies, strict=True):
            if _bars(veto, consequence.code):
                state = np.where((applies == -1) & (state == GRANTED), OPEN, state)
                state = np.where(applies == 1, BARRED, state)
        if consequence.grades:
            scale = self.agreement.grades
            names = [grade.name for grade in scale.grades] if scale else []
            places = [place for place, name in enumerate(names) if name in consequence.grades]
            state = np.where(np.isin(grades, places), state, NOT_BROUGHT)
        return state.astype(np.int8)

    # --- money -------------------------------------------------------------------------------

    def _money(
        self, policy: FundingPolicy, tests: Sequence[Test], total: Array, known: Array
    ) -> tuple[Array, Array]:
        """Return whole fen by row, and where they can be told."""
        common, shares = self._shares(policy, tests, total)
        known = known.copy()
        for test in tests:
            known &= self._truth(test, 0) >= 0
        people: Array = np.zeros(self.length, dtype=np.int64)
        if policy.per_head:
            people, told = self.population
            known &= told
        d = math.lcm(policy.per_head.denominator, policy.fixed.denominator)
        each, fixed = int(policy.per_head * d), int(policy.fixed * d)
        most_people = max(map(abs, _ends(people)))
        most_share = max(map(abs, _ends(shares)))
        bottom = d * common
        peak = 2 * FEN * (abs(each) * most_people + abs(fixed)) * most_share + 2 * bottom
        if peak > _MOST or people.dtype == object:
            people, shares = people.astype(object), shares.astype(object)
        top = 2 * FEN * (people * each + fixed) * shares
        fen = np.sign(top) * ((abs(top) + bottom) // (2 * bottom))
        return np.where(known, fen, 0), known

    def _shares(
        self, policy: FundingPolicy, tests: Sequence[Test], total: Array
    ) -> tuple[int, Array]:
        """Return each row's share of a pool as integers over one denominator."""
        withheld = [
            (1 - effect.share, applies)
            for effect, applies in self.effects
            if isinstance(effect, WithholdMoney) and effect.pool in ("", policy.code)
        ]
        fixed: list[Fraction] = [tier.share for tier in policy.tiers] + [
            each.share for each in policy.overrides
        ]
        common = math.lcm(*(share.denominator for share in fixed))
        whole = common * math.prod(part.denominator for part, _ in withheld)
        dtype: Any = np.int64 if whole * max([Fraction(1), *fixed]) < _MOST else object
        shares = np.zeros(self.length, dtype=dtype)
        undecided = np.ones(self.length, dtype=bool)
        for tier in policy.tiers:
            here = undecided.copy()
            if tier.low is not None:
                here &= self._reaches(total, tier.low, closed=tier.low_in)
            shares[here] = int(tier.share * whole)
            undecided &= ~here
        for override, test in zip(policy.overrides, tests, strict=True):
            least = np.minimum(shares, int(override.share * whole))
            shares = np.where(self._truth(test, 0) == 1, least, shares)
        for part, applies in withheld:
            less = shares // part.denominator * part.numerator
            shares = np.where(applies, less, shares)
        return whole, shares


def _ends(values: Array) -> tuple[int, int]:
    return (int(values.min()), int(values.max())) if len(values) else (0, 0)


def _bars(veto: Veto, code: str) -> bool:
    return any(
        isinstance(effect, BarHonours) and (not effect.codes or code in effect.codes)
        for effect in veto.effects
    )
