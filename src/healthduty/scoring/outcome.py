"""What follows from the total: vetoes, grade, honours, money.

A veto leaves the arithmetic as it is and states its effect beside it. Grade and money follow
the published total.

Source: semantics 6, 8, 9; rows A2 (honours barred), E1 (money by tier).
"""

from __future__ import annotations

import enum
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
from healthduty.records.record import Record
from healthduty.said import Said, chinese, joined, labelled, reason_of
from healthduty.scoring.facts import Facts
from healthduty.scoring.ops import Plan, Test, ValueSlot
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
    """An honour that the grade brings, the vetoes that bar it, and those that still may."""

    code: str
    text: str
    barred_by: tuple[str, ...] = ()
    open_by: tuple[str, ...] = ()

    @property
    def granted(self) -> bool | None:
        """Whether nothing bars it; None while a fact is missing of a veto that would."""
        if self.barred_by:
            return False
        return None if self.open_by else True


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
    honours = _honours(agreement, grade, vetoes)
    findings += _open_honours(plan, facts, honours)
    money = []
    for policy, overrides in zip(agreement.funding, plan.override_conditions, strict=True):
        paid = _withheld(policy, effects, _share(policy, overrides, total, facts))
        findings += _open_money(plan, facts, policy, overrides, paid)
        money.append(_money(policy, _population(policy, record, findings), paid))
    return Outcome(
        None if points is None else scaled_decimal(points, plan.places),
        grade,
        vetoes,
        honours,
        tuple(money),
        tuple(findings),
    )


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
            Said(
                f"total {show(total)} lies within 0.01 of the boundary of `{grade.name}`"
                f" at {show(grade.low)}",
                f"总分{show(total)}与`{grade.name}`的界线{show(grade.low)}分相差不到0.01分",
            ),
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
        bars = [each for each in vetoes if _bars(each.veto, consequence.code)]
        barring = tuple(each.veto.code for each in bars if each.applies)
        leaving = tuple(each.veto.code for each in bars if each.applies is None)
        honours.append(Honour(consequence.code, consequence.text, barring, leaving))
    return tuple(honours)


def _open_honours(plan: Plan, facts: Facts, honours: tuple[Honour, ...]) -> list[Finding]:
    """Name, for each honour that is open, the vetoes and the facts that are missing of them."""
    tests = zip(plan.agreement.vetoes, plan.vetoes, strict=True)
    missing = {veto.code: _labels(plan, facts.lacking(*pair)) for veto, pair in tests}
    return [
        Finding(
            "honour-open",
            Said(
                f"`{honour.text or honour.code}` is neither granted nor barred: veto `{code}` can't"
                f" be told without {missing[code]}",
                f"`{honour.text or honour.code}`既不能给予也不能取消：缺{missing[code].zh}，无"
                f"法判断一票否决`{code}`",
            ),
            severity=Severity.WARNING,
        )
        for honour in honours
        if honour.granted is None
        for code in honour.open_by
    ]


_KIND_OF_FACILITY = Said("kind of facility", "机构类别")


def _labels(plan: Plan, slots: list[int]) -> Said:
    """Return the names of what is missing, as a message lists them."""
    found = (plan.slots[slot] for slot in slots)
    names = [
        slot.measure.label if isinstance(slot, ValueSlot) else _KIND_OF_FACILITY for slot in found
    ]
    return joined(Said(f"`{name}`", f"`{chinese(name)}`") for name in dict.fromkeys(names))


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
    share = paid.share
    withheld = [
        effect.share
        for effect in effects
        if isinstance(effect, WithholdMoney) and effect.pool in ("", policy.code)
    ]
    if share is None or not withheld:
        return paid
    for part in withheld:
        share *= 1 - part
    return _Share(share, ShareReason.WITHHELD)


def _open_money(
    plan: Plan, facts: Facts, policy: FundingPolicy, overrides: tuple[Test, ...], paid: _Share
) -> list[Finding]:
    """Say why a pool's money can't be told, as far as it is not for want of a population."""
    if paid.share is not None:
        return []
    why = Said("there is no total that its money could follow", "没有总分，无法据以拨付")
    if paid.why is ShareReason.FACT_MISSING:
        missing = _labels(plan, facts.lacking(*overrides))
        why = Said(
            f"an override can't be told without {missing}", f"缺{missing.zh}，无法判断是否降档"
        )
    message = labelled(f"`{policy.code}`", why)
    return [Finding("money-open", message, severity=Severity.WARNING)]


def _population(policy: FundingPolicy, record: Record, findings: list[Finding]) -> Fraction | None:
    if not policy.per_head:
        return Fraction(0)
    if record.population is None:
        findings.append(
            Finding(
                "population-missing",
                Said(
                    f"`{policy.code}` is paid per head, and the record has no population",
                    f"`{policy.code}`按人口拨付，但没有填报人口数",
                ),
            )
        )
        return None
    try:
        population, _ = read_number(record.population, "population")
    except NumberError as error:
        findings.append(Finding("population-unreadable", reason_of(error)))
        return None
    if population < 0 or population.denominator != 1:
        findings.append(
            Finding(
                "population-unreadable",
                Said(
                    f"population is `{record.population}`: people are counted in whole numbers",
                    f"人口数为`{record.population}`：应当是整数",
                ),
            )
        )
        return None
    return population


def _share(
    policy: FundingPolicy, overrides: tuple[Test, ...], total: Fraction | None, facts: Facts
) -> _Share:
    if total is None:
        return _Share(None, ShareReason.NO_TOTAL)
    paid = _tier_share(policy, total)
    for override, test in zip(policy.overrides, overrides, strict=True):
        truth = facts.truth(test)
        if truth is None:
            return _Share(None, ShareReason.FACT_MISSING)
        if truth:
            least = _Share(override.share, ShareReason.OVERRIDE, override.text)
            paid = min(paid, least, key=lambda each: each.share or 0)
    return paid


def _tier_share(policy: FundingPolicy, total: Fraction) -> _Share:
    for tier in policy.tiers:
        if tier.low is None:
            return _Share(tier.share, ShareReason.ANY_TOTAL)
        if total > tier.low or (total == tier.low and tier.low_in):
            return _Share(tier.share, ShareReason.TIER, show(tier.low))
    return _Share(Fraction(0), ShareReason.BELOW_TIERS)
