"""What follows from the total, as formulas: vetoes, grade, honours, money.

The steps are those of `scoring.outcome`, on terms: a truth that can't be told yet is a second
truth beside it, a grade the place of its name, an honour a state, money whole fen.

Source: “How a point is lost”, section 6; semantics 6, 8, 9.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from healthduty.columns.amounts import divided
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
from healthduty.scoring.ops import AT_LEAST, Plan, Test
from healthduty.scoring.outcome import FEN
from healthduty.workbook.formulas import Written
from healthduty.workbook.formulas_terms import Number, Slot, Terms, Truth

NO_GRADE = -1
NOT_BROUGHT, GRANTED, BARRED, OPEN = 0, 1, 2, 3
"""What becomes of an honour; not brought is one that the grade does not bring."""


class Fact(NamedTuple):
    """A truth, and where it can't be told yet."""

    holds: Truth
    unknown: Truth


class PoolTerms(NamedTuple):
    """The money of a pool: whole fen, the share as a pair, and where they can't be told."""

    policy: FundingPolicy
    fen: Number
    share: Number
    whole: int
    known: Truth


class Followed(NamedTuple):
    """What follows from a total, on terms; the total is in points scale.

    `told` says that the points before vetoes are known, `known` that the total is.
    """

    told: Truth
    vetoes: tuple[Fact, ...]
    total: Number
    known: Truth
    grade: Number
    honours: tuple[tuple[Consequence, Number], ...]
    money: tuple[PoolTerms, ...]


def follow(terms: Terms, plan: Plan, written: Written, people: Slot | None) -> Followed:
    """Return what follows; `people` is the population, where any money is paid per head."""
    terms.open(("outcome", 0))
    made = _Follow(terms, plan, written, people).all()
    terms.close()
    return made


class _Follow:
    """One plan's outcomes on their way."""

    def __init__(self, terms: Terms, plan: Plan, written: Written, people: Slot | None) -> None:
        self.x, self.plan, self.written, self.people = terms, plan, written, people
        self.agreement = plan.agreement
        self.vetoes = tuple(self._veto(*tests) for tests in plan.vetoes)
        self.effects: list[tuple[VetoEffect, Truth]] = [
            (effect, fact.holds)
            for veto, fact in zip(self.agreement.vetoes, self.vetoes, strict=True)
            for effect in veto.effects
        ]

    def all(self) -> Followed:
        x = self.x
        told: Truth = x.no(self.written.unknown) if self.plan.totals else False
        known = told
        for fact in self.vetoes:
            known = x.both(known, x.no(fact.unknown))
        total = self._vetoed()
        grade = self._graded_after(x.where(known, self._graded(total), NO_GRADE))
        honours = tuple(
            (each, self._honour(each, grade))
            for each in self.agreement.consequences
            if each.kind is ConsequenceKind.HONOUR
        )
        money = tuple(
            self._money(policy, tests, total, known)
            for policy, tests in zip(
                self.agreement.funding, self.plan.override_conditions, strict=True
            )
        )
        return Followed(told, self.vetoes, total, known, grade, honours, money)

    # --- vetoes ------------------------------------------------------------------------------

    def _fact(self, test: Test, *, otherwise: bool) -> Fact:
        """Return whether a condition holds; what is not applicable does not."""
        if test.place < 0:
            return Fact(otherwise, unknown=False)
        x, amounts = self.x, self.written.amounts
        na, lost = amounts.absence(test.reads)
        raw = amounts.tested[test.place].raw
        return Fact(x.both(raw, x.no(x.either(na, lost))), x.both(lost, x.no(na)))

    def _veto(self, when: Test, exempt: Test) -> Fact:
        x = self.x
        happened, exempted = self._fact(when, otherwise=False), self._fact(exempt, otherwise=False)
        unknown = x.either(happened.unknown, exempted.unknown)
        may_be = x.both(x.either(happened.holds, happened.unknown), x.no(exempted.holds))
        return Fact(x.both(may_be, x.no(unknown)), x.both(may_be, unknown))

    def _vetoed(self) -> Number:
        """Return the total after what vetoes take out of it; they move none below 0."""
        x, written = self.x, self.written
        numbers = {ref.number: index for index, ref in enumerate(self.plan.refs)}
        zeroed: dict[int, Truth] = {}
        nothing: Truth = False
        for effect, applies in self.effects:
            if isinstance(effect, ZeroTotal):
                nothing = x.either(nothing, applies)
            elif isinstance(effect, ZeroSection) and effect.number in numbers:
                index = numbers[effect.number]
                zeroed[index] = x.either(zeroed.get(index, False), applies)
        total = written.earned
        for index, applies in zeroed.items():
            taken = x.most(x.add(written.inside[index], written.beyond[index]), 0)
            left = x.most(x.least(total, 0), x.sub(total, taken))
            total = x.where(applies, left, total)
        return x.where(nothing, x.least(written.earned, 0), total)

    # --- grades ------------------------------------------------------------------------------

    def _graded(self, total: Number) -> Number:
        """Return the place of the first grade that is reached; none where one can't be told."""
        x, scale = self.x, self.agreement.grades
        place: Number = NO_GRADE
        grades = scale.grades if scale else ()
        for index in range(len(grades) - 1, -1, -1):
            fact = self._fact(self.plan.grade_conditions[index], otherwise=True)
            here = x.where(fact.unknown, NO_GRADE, x.where(fact.holds, index, place))
            low = grades[index].low
            inside = True if low is None else self._reaches(total, low, closed=grades[index].low_in)
            place = x.where(inside, here, place)
        return place

    def _reaches(self, total: Number, low: Fraction, *, closed: bool) -> Truth:
        exact = low * 10**self.plan.places
        least = math.ceil(exact) if closed else math.floor(exact) + 1
        return self.x.compare(AT_LEAST, total, least)

    def _graded_after(self, grade: Number) -> Number:
        """Apply vetoes to a grade: lowered first, then capped or forced; the worst counts."""
        x, scale = self.x, self.agreement.grades
        if scale is None:
            return NO_GRADE
        worst = len(scale.grades) - 1
        has = x.compare(AT_LEAST, grade, 0)
        steps: Number = 0
        for effect, applies in self.effects:
            if isinstance(effect, LowerGrade):
                steps = x.add(steps, x.where(applies, effect.steps, 0))
        grade = x.where(has, x.least(x.add(grade, steps), worst), grade)
        for effect, applies in self.effects:
            if isinstance(effect, (ForceGrade, CapGrade)):
                limit = scale.index(effect.grade) or 0
                hit = applies if isinstance(effect, ForceGrade) else x.both(applies, has)
                grade = x.where(hit, x.most(grade, limit), grade)
        return grade

    # --- honours -----------------------------------------------------------------------------

    def _honour(self, consequence: Consequence, grade: Number) -> Number:
        x = self.x
        barred: Truth = False
        still_open: Truth = False
        for veto, fact in zip(self.agreement.vetoes, self.vetoes, strict=True):
            if _bars(veto, consequence.code):
                barred = x.either(barred, fact.holds)
                still_open = x.either(still_open, fact.unknown)
        state = x.where(barred, BARRED, x.where(still_open, OPEN, GRANTED))
        if not consequence.grades:
            return state
        scale = self.agreement.grades
        names = [each.name for each in scale.grades] if scale else []
        places = [place for place, name in enumerate(names) if name in consequence.grades]
        return x.where(x.among(grade, places) if places else False, state, NOT_BROUGHT)

    # --- money -------------------------------------------------------------------------------

    def _money(
        self, policy: FundingPolicy, tests: Sequence[Test], total: Number, known: Truth
    ) -> PoolTerms:
        x = self.x
        whole, share = self._share(policy, tests, total)
        for test in tests:
            known = x.both(known, x.no(self._fact(test, otherwise=False).unknown))
        people: Number = 0
        if policy.per_head and self.people is not None:
            people = self.people.num
            known = x.both(known, x.no(x.either(self.people.lost, self.people.na)))
        d = math.lcm(policy.per_head.denominator, policy.fixed.denominator)
        amount = x.add(x.mul(people, int(policy.per_head * d)), int(policy.fixed * d))
        n, bottom = _lowest(FEN, d * whole)
        fen = divided(x, x.mul(x.mul(amount, share), n), bottom, 0)
        return PoolTerms(policy, fen, share, whole, known)

    def _share(
        self, policy: FundingPolicy, tests: Sequence[Test], total: Number
    ) -> tuple[int, Number]:
        """Return the share of a pool over a common denominator."""
        x = self.x
        withheld = [
            (1 - effect.share, applies)
            for effect, applies in self.effects
            if isinstance(effect, WithholdMoney) and effect.pool in ("", policy.code)
        ]
        shares = [tier.share for tier in policy.tiers]
        shares += [override.share for override in policy.overrides]
        common = math.lcm(*(each.denominator for each in shares))
        whole = common * math.prod(part.denominator for part, _ in withheld)
        share: Number = 0
        for tier in reversed(policy.tiers):
            reached = (
                True if tier.low is None else self._reaches(total, tier.low, closed=tier.low_in)
            )
            share = x.where(reached, int(tier.share * whole), share)
        for override, test in zip(policy.overrides, tests, strict=True):
            holds = self._fact(test, otherwise=False).holds
            share = x.where(holds, x.least(share, int(override.share * whole)), share)
        for part, applies in withheld:
            less = x.mul(x.floor(share, part.denominator), part.numerator)
            share = x.where(applies, less, share)
        return whole, share


def _lowest(n: int, d: int) -> tuple[int, int]:
    shared = math.gcd(n, d)
    return n // shared, d // shared


def _bars(veto: Veto, code: str) -> bool:
    return any(
        isinstance(effect, BarHonours) and (not effect.codes or code in effect.codes)
        for effect in veto.effects
    )
