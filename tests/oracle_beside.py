"""The oracle's last words: vetoes, the grade, the money, which stand beside the arithmetic.

Written from docs/en/explanation/how-a-point-is-lost.md alone; shares no code with the scorer.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from healthduty.exact import RoundingMode
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy
from healthduty.model.grades import ConsequenceKind, Grade
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
from healthduty.records.record import (
    Record,
)
from oracle_amounts import (
    Amounts,
)
from oracle_values import ZERO, OracleMissing, round_to


class Beside(Amounts):
    """What follows from a total: nothing here changes what was earned."""

    def __init__(self, agreement: Agreement, record: Record) -> None:
        """Keep what the arithmetic finds: points by number, what is missing, what was taken."""
        super().__init__(agreement, record)
        self.items: dict[str, Fraction] = {}
        self.beyond: dict[str, Fraction] = {}  # of sections
        self.missing: set[str] = set()

    def vetoes(self) -> list[VetoEffect]:
        """Return what the vetoes that apply do."""
        effects: list[VetoEffect] = []
        for veto in self.agreement.vetoes:
            try:
                if self.veto_holds(veto):
                    effects += veto.effects
            except OracleMissing as error:
                self.missing.add(str(error))
        return effects

    def veto_holds(self, veto: Veto) -> bool:
        """Tell whether a veto's event is there and no exemption is."""
        try:
            if veto.exempt is not None and self.applies(veto.exempt):
                return False
        except OracleMissing:  # an event that did not happen needs no exemption
            if not self.applies(veto.when):
                return False
            raise
        return self.applies(veto.when)

    def zeroed(self, total: Fraction, vetoes: Iterable[VetoEffect]) -> Fraction:
        """Take zeroed sections out of the total, or all of it."""
        if any(isinstance(effect, ZeroTotal) for effect in vetoes):
            return min(total, ZERO)
        for number in {effect.number for effect in vetoes if isinstance(effect, ZeroSection)}:
            total -= takeable(self.items[number] + self.beyond[number], total, ZERO)
        return total

    def grade(self, total: Fraction | None, vetoes: list[VetoEffect]) -> str | None:
        """Return the grade of the total after lowering, capping and forcing."""
        scale = self.agreement.grades
        if scale is None:
            return None
        names = [grade.name for grade in scale.grades]
        place = None
        try:
            if total is not None:
                reached = (self.reached(grade, total) for grade in scale.grades)
                place = next((i for i, there in enumerate(reached) if there), None)
        except OracleMissing:
            return None
        last = len(names) - 1
        results = [] if place is None else [place]
        lowered = sum(effect.steps for effect in vetoes if isinstance(effect, LowerGrade))
        if place is not None:
            results.append(min(place + lowered, last))
        for effect in vetoes:
            if isinstance(effect, CapGrade) and place is not None:
                results.append(names.index(effect.grade))
            if isinstance(effect, ForceGrade):
                results.append(names.index(effect.grade))
        place = max(results, default=None)
        return None if place is None else names[place]

    def honours(self, grade: str | None) -> dict[str, bool | None]:
        """Return the honours that a grade brings: granted, barred (False), or open (None)."""
        found: dict[str, bool | None] = {}
        for honour in self.agreement.consequences:
            brings = not honour.grades or grade in honour.grades
            if honour.kind is ConsequenceKind.HONOUR and brings:
                states = [self.barred(veto, honour.code) for veto in self.agreement.vetoes]
                found[honour.code] = False if True in states else None if None in states else True
        return found

    def barred(self, veto: Veto, code: str) -> bool | None:
        """Tell whether a veto bars an honour; None where a fact of it is missing."""
        bars = [effect.codes for effect in veto.effects if isinstance(effect, BarHonours)]
        if not any(not codes or code in codes for codes in bars):
            return False
        try:
            return self.veto_holds(veto)
        except OracleMissing:
            return None

    def reached(self, grade: Grade, total: Fraction) -> bool:
        """Tell whether a total lies in a grade's band or above, and meets its condition."""
        if grade.low is not None and (
            total < grade.low or (total == grade.low and not grade.low_in)
        ):
            return False
        return grade.when is None or self.applies(grade.when)

    def money(
        self, policy: FundingPolicy, total: Fraction | None, vetoes: list[VetoEffect]
    ) -> Fraction | None:
        """Return the yuan of one pool, to the fen."""
        if total is None or (policy.per_head and self.record.population is None):
            return None
        share = ZERO
        for tier in policy.tiers:
            if tier.low is None or total > tier.low or (total == tier.low and tier.low_in):
                share = tier.share
                break
        try:
            share = min([share, *(o.share for o in policy.overrides if self.applies(o.when))])
        except OracleMissing:
            return None
        for effect in vetoes:
            if isinstance(effect, WithholdMoney) and effect.pool in ("", policy.code):
                share *= 1 - effect.share
        population = Fraction(str(self.record.population or 0))
        money = (policy.per_head * population + policy.fixed) * share
        return round_to(money, 2, RoundingMode.HALF_UP)


def takeable(amount: Fraction, left: Fraction, floor: Fraction | None) -> Fraction:
    """Return how much of an amount can be taken from what is left above the floor."""
    return amount if floor is None else max(ZERO, min(amount, left - floor))
