"""What follows from the total: vetoes, grade, honours, money.

A veto leaves the arithmetic as it is and states its effect beside it. Grade and money follow
the published total.

Source: semantics 6, 8, 9; rows A2 (honours barred), E1 (money by tier).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import attrs

from healthduty.errors import NumberError
from healthduty.exact import divide, read_number, scaled_decimal, show
from healthduty.findings import Finding, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy
from healthduty.model.grades import ConsequenceKind
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
from healthduty.records.observe import State
from healthduty.records.record import Record
from healthduty.scoring.ops import Plan, Test
from healthduty.wording import Language, check_language

FEN = 100
"""Money is rounded to the hundredth of a yuan."""


@attrs.frozen
class VetoResult:
    """A veto and whether it applies; None where a fact that it needs is missing."""

    veto: Veto
    applies: bool | None


@attrs.frozen
class Honour:
    """An honour that the grade brings, and the vetoes that bar it."""

    code: str
    text: str
    barred_by: tuple[str, ...] = ()

    @property
    def granted(self) -> bool:
        """Whether nothing bars it."""
        return not self.barred_by


class ShareReason(enum.StrEnum):
    """Why a pool pays the share that it pays."""

    TIER = "tier"
    ANY_TOTAL = "any_total"
    BELOW_TIERS = "below_tiers"
    OVERRIDE = "override"
    WITHHELD = "withheld"
    NO_TOTAL = "no_total"
    FACT_MISSING = "fact_missing"


_REASONS = {
    "zh": {
        ShareReason.TIER: "总分{}以上",
        ShareReason.ANY_TOTAL: "其余总分",
        ShareReason.BELOW_TIERS: "低于各档",
        ShareReason.OVERRIDE: "{}",
        ShareReason.WITHHELD: "一票否决扣发",
        ShareReason.NO_TOTAL: "无总分",
        ShareReason.FACT_MISSING: "事实待核实",
    },
    "en": {
        ShareReason.TIER: "total of {} or more",
        ShareReason.ANY_TOTAL: "any other total",
        ShareReason.BELOW_TIERS: "below every tier",
        ShareReason.OVERRIDE: "{}",
        ShareReason.WITHHELD: "withheld by veto",
        ShareReason.NO_TOTAL: "no total",
        ShareReason.FACT_MISSING: "a fact is not known yet",
    },
}


@attrs.frozen
class Money:
    """The money of one pool: yuan, the share of the full amount, and why that share.

    `detail` is the tier's lower bound, or the words of the override.
    """

    code: str
    name: str
    amount: Decimal | None
    share: Fraction | None
    why: ShareReason
    detail: str = ""

    def reason(self, lang: Language = "zh") -> str:
        """Return why that share, in words."""
        check_language(lang)
        return _REASONS[lang][self.why].format(self.detail)


@attrs.frozen
class Outcome:
    """Total after vetoes, grade, honours, money."""

    total: Decimal | None
    grade: str | None
    vetoes: tuple[VetoResult, ...]
    honours: tuple[Honour, ...]
    money: tuple[Money, ...]
    findings: tuple[Finding, ...]


def outcome(
    plan: Plan,
    record: Record,
    facts: Facts,
    inside: list[int],
    beyond: list[int],
    earned: int | None,
) -> Outcome:
    """Return what follows from `earned` (in points scale; None where it can't be told).

    `inside` and `beyond` are what each node earned, for vetoes that zero a section.
    """
    agreement = plan.agreement
    if not (agreement.vetoes or agreement.grades or agreement.funding or agreement.consequences):
        plain = None if earned is None else scaled_decimal(earned, plan.places)
        return Outcome(plain, None, (), (), (), ())
    vetoes = tuple(
        VetoResult(veto, facts.veto(*plan.vetoes[place]))
        for place, veto in enumerate(agreement.vetoes)
    )
    effects = [effect for result in vetoes if result.applies for effect in result.veto.effects]
    if any(result.applies is None for result in vetoes):
        earned = None
    points = None if earned is None else _vetoed(plan, earned, effects, inside, beyond)
    total: Fraction | None = None if points is None else Fraction(points, 10**plan.places)
    grade = None if total is None else _grade(agreement, plan, total, facts)
    grade = _grade_after(agreement, grade, effects)
    findings = [] if total is None else _boundary_findings(agreement, total)
    money = []
    for policy, overrides in zip(agreement.funding, plan.override_conditions, strict=True):
        paid = _withheld(policy, effects, _share(policy, overrides, total, facts))
        money.append(_money(policy, _population(policy, record, findings), paid))
    return Outcome(
        None if points is None else scaled_decimal(points, plan.places),
        grade,
        vetoes,
        _honours(agreement, grade, vetoes),
        tuple(money),
        tuple(findings),
    )


class Facts:
    """Conditions that may be unknown: true, false, or None where a value is missing."""

    def __init__(
        self,
        absent: Mapping[int, State],
        holds: list[bool],
        exempt: list[bool] | None = None,
        grades: list[bool] | None = None,
    ) -> None:
        """Keep what is absent and what holds: for bounds apart for exemptions and grades."""
        self.absent = absent
        self.holds = holds
        self.exempt = holds if exempt is None else exempt
        self.grades = holds if grades is None else grades

    def truth(self, test: Test) -> bool | None:
        """Return whether a condition holds; one on what is not applicable does not."""
        return self._truth(test, self.holds)

    def grade(self, test: Test) -> bool | None:
        """Return whether what a grade asks beyond its band is met."""
        return True if test.place < 0 else self._truth(test, self.grades)

    def veto(self, when: Test, exempt: Test) -> bool | None:
        """Return whether a veto applies: its event happened, and nothing exempts from it."""
        happened = self._truth(when, self.holds)
        if happened is False:
            return False
        exempted = self._truth(exempt, self.exempt)
        if exempted:
            return False
        return None if happened is None or exempted is None else True

    def _truth(self, test: Test, holds: list[bool]) -> bool | None:
        if test.place < 0:
            return False
        states = {self.absent[slot] for slot in test.reads if slot in self.absent}
        if State.NOT_APPLICABLE in states:
            return False
        return None if states else holds[test.place]


def _vetoed(
    plan: Plan, earned: int, effects: list[VetoEffect], inside: list[int], beyond: list[int]
) -> int:
    numbers = {ref.number: index for index, ref in enumerate(plan.refs)}
    lost = set()
    for effect in effects:
        if isinstance(effect, ZeroTotal):
            return min(earned, 0)
        if isinstance(effect, ZeroSection) and effect.number in numbers:
            lost.add(numbers[effect.number])
    for index in lost:
        taken = inside[index] + beyond[index]
        earned = max(min(earned, 0), earned - max(taken, 0))
    return earned


def _grade(agreement: Agreement, plan: Plan, total: Fraction, facts: Facts) -> str | None:
    if agreement.grades is None:
        return None
    for place, grade in enumerate(agreement.grades.grades):
        if grade.low is not None and (
            total < grade.low or (total == grade.low and not grade.low_in)
        ):
            continue
        truth = facts.grade(plan.grade_conditions[place])
        if truth is None:
            return None
        if truth:
            return grade.name
    return None


def _grade_after(agreement: Agreement, grade: str | None, effects: list[VetoEffect]) -> str | None:
    """Apply vetoes to a grade: lowered first, then capped or forced; the worst counts.

    A forced grade stands even where there is no total.
    """
    scale = agreement.grades
    if scale is None:
        return None
    place = None if grade is None else scale.index(grade)
    if place is not None:
        steps = sum(effect.steps for effect in effects if isinstance(effect, LowerGrade))
        place = min(place + steps, len(scale.grades) - 1)
    limits = [
        scale.index(effect.grade) or 0
        for effect in effects
        if isinstance(effect, ForceGrade) or (isinstance(effect, CapGrade) and place is not None)
    ]
    forced = any(isinstance(effect, ForceGrade) for effect in effects)
    if place is not None or forced:
        place = max([*limits, place or 0])
    return None if place is None else scale.grades[place].name


def _boundary_findings(agreement: Agreement, total: Fraction) -> list[Finding]:
    grades = agreement.grades.grades if agreement.grades else ()
    return [
        Finding(
            "grade-boundary",
            f"total {show(total)} lies within 0.01 of the boundary of `{grade.name}`"
            f" at {show(grade.low)}",
            severity=Severity.NOTE,
        )
        for grade in grades
        if grade.low is not None and abs(total - grade.low) <= Fraction(1, 100)
    ]


def _honours(
    agreement: Agreement, grade: str | None, vetoes: tuple[VetoResult, ...]
) -> tuple[Honour, ...]:
    honours = []
    for consequence in agreement.consequences:
        if consequence.kind is not ConsequenceKind.HONOUR:
            continue
        if consequence.grades and grade not in consequence.grades:
            continue
        barring = tuple(
            result.veto.code
            for result in vetoes
            if result.applies and _bars(result.veto, consequence.code)
        )
        honours.append(Honour(consequence.code, consequence.text, barring))
    return tuple(honours)


def _bars(veto: Veto, code: str) -> bool:
    return any(
        isinstance(effect, BarHonours) and (not effect.codes or code in effect.codes)
        for effect in veto.effects
    )


class _Share(NamedTuple):
    """The share that a pool pays, why, and the tier or override behind it."""

    share: Fraction | None
    why: ShareReason
    detail: str = ""


def _money(policy: FundingPolicy, population: Fraction | None, paid: _Share) -> Money:
    if paid.share is None or population is None:
        return Money(policy.code, policy.name, None, *paid)
    yuan = (policy.per_head * population + policy.fixed) * paid.share
    fen = divide(yuan.numerator * FEN, yuan.denominator)
    return Money(policy.code, policy.name, scaled_decimal(fen, 2), *paid)


def _withheld(policy: FundingPolicy, effects: list[VetoEffect], paid: _Share) -> _Share:
    for effect in effects:
        if isinstance(effect, WithholdMoney) and effect.pool in ("", policy.code):
            share = None if paid.share is None else paid.share * (1 - effect.share)
            paid = _Share(share, ShareReason.WITHHELD)
    return paid


def _population(policy: FundingPolicy, record: Record, findings: list[Finding]) -> Fraction | None:
    if not policy.per_head:
        return Fraction(0)
    if record.population is None:
        findings.append(
            Finding(
                "population-missing",
                f"`{policy.code}` is paid per head, and the record has no population",
            )
        )
        return None
    try:
        population, _ = read_number(record.population, "population")
    except NumberError as error:
        findings.append(Finding("population-unreadable", str(error)))
        return None
    if population < 0 or population.denominator != 1:
        findings.append(
            Finding(
                "population-unreadable",
                f"population is `{record.population}`: people are counted in whole numbers",
            )
        )
        return None
    return population


def _share(
    policy: FundingPolicy, overrides: tuple[Test, ...], total: Fraction | None, facts: Facts
) -> _Share:
    paid = _tier_share(policy, total)
    for override, test in zip(policy.overrides, overrides, strict=True):
        truth = facts.truth(test)
        if truth is None:
            return _Share(None, ShareReason.FACT_MISSING)
        if truth and (paid.share is None or override.share < paid.share):
            paid = _Share(override.share, ShareReason.OVERRIDE, override.text)
    return paid


def _tier_share(policy: FundingPolicy, total: Fraction | None) -> _Share:
    if total is None:
        return _Share(None, ShareReason.NO_TOTAL)
    for tier in policy.tiers:
        if tier.low is None:
            return _Share(tier.share, ShareReason.ANY_TOTAL)
        if total > tier.low or (total == tier.low and tier.low_in):
            return _Share(tier.share, ShareReason.TIER, show(tier.low))
    return _Share(Fraction(0), ShareReason.BELOW_TIERS)
