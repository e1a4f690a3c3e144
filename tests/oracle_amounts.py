"""The oracle's section 2: tallies and amounts.

Written from docs/en/explanation/how-a-point-is-lost.md alone; shares no code with the scorer.
"""

from __future__ import annotations

import enum
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Node, Part, Section
from healthduty.records.record import (
    Case,
    Judged,
    Record,
    Sample,
)
from healthduty.rules.points import Effect, Pick, Points, Reach, Share
from healthduty.rules.rule import (
    AnyBand,
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    LevelBand,
    Rule,
    effect_of,
    reach_of,
)
from healthduty.rules.tally import (
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
)
from oracle_values import ZERO, OracleMissing, Values, is_decimal, plain_number, reads


class Silent(enum.Enum):
    """The amount of a rule that reads something not applicable: the rule is as if not there."""

    SILENT = "silent"


SILENT = Silent.SILENT


def full_points(node: Node | Agreement) -> Fraction | None:
    """Return the full points of a node, or None where neither it nor its items have any."""
    fulls = [full_points(child) for child in children_of(node)]
    known = [full for full in fulls if full is not None]
    return sum(known, ZERO) + unshared(node) if known else node.points


def unshared(node: Node | Agreement) -> Fraction:
    """Return the points of a node that are its own, beside those of what stands in it."""
    children = children_of(node)
    fulls = [full_points(child) for child in children]
    own = node.rules if isinstance(node, Part) else ()
    counts = (
        any(effect_of(rule) is Effect.EARN for rule in own)
        or any(_loses(rule) and reach_of(rule) is Reach.PART for rule in own)
        or any(
            full is None and _has_losses(child) for full, child in zip(fulls, children, strict=True)
        )
        or all(full is None for full in fulls)
    )
    shared = sum((full for full in fulls if full is not None), ZERO)
    return max(ZERO, (node.points or ZERO) - shared) if counts else ZERO


def _loses(rule: Rule) -> bool:
    return effect_of(rule) is Effect.LOSE and not isinstance(rule, Forfeit)


def _has_losses(node: Node) -> bool:
    return any(map(_loses, node.rules)) or any(map(_has_losses, children_of(node)))


def children_of(node: Node | Agreement) -> tuple[Node, ...]:
    """Return what stands right under a node, in written order."""
    return node.parts if isinstance(node, (Agreement, Section, Indicator)) else ()


def where_number(where: Node | Agreement) -> str:
    """Return the number of a node; the agreement has none."""
    return "" if isinstance(where, Agreement) else where.number


def single_rules(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Go through the rules that do the counting, those of groups one by one."""
    for rule in rules:
        if isinstance(rule, Group):
            yield from single_rules(rule.rules)
        else:
            yield rule


class Amounts(Values):
    """What each rule of one agreement amounts to for one record."""

    def __init__(self, agreement: Agreement, record: Record) -> None:
        """Find out first which cases are charged elsewhere."""
        super().__init__(agreement, record)
        self.charged: dict[tuple[int, str], set[str]] = {}
        if agreement.charge_once:
            self._charge_once()

    def count(self, tally: Tally, charged: set[str] | None) -> Fraction:
        """Return what an inspector counts; `charged` are the case ids charged elsewhere."""
        match tally:
            case StepsBelow() | StepsAbove():
                return self.steps(tally)
            case Lacking():
                required = self.threshold(tally.required)
                if tally.prorated:
                    months = self.record.period.months if self.record.period else 12
                    required = required * months / 12
                sample = self.plain(tally.measure)
                unavailable = ZERO
                if isinstance(sample, Sample):
                    unavailable = max(ZERO, sample.asked - sample.available)
                lacking = math.floor(required) - self.number(tally.measure) - unavailable
                return Fraction(math.floor(max(ZERO, lacking) / tally.step))
            case Cases():
                return self.cases(tally, charged or set())
            case Once():
                return Fraction(self.holds(tally.condition))
            case _:
                assert_never(tally)

    def steps(self, tally: StepsBelow | StepsAbove) -> Fraction:
        """Return by how many steps the value is on the wrong (or right) side of the target."""
        target, value = self.threshold(tally.target), self.number(tally.measure)
        gap = target - value if isinstance(tally, StepsBelow) else value - target
        step = tally.step
        if step is None or tally.relative:
            if target <= 0:
                raise OracleMissing(tally.measure)  # nothing can be a share of nothing
            step = target if step is None else step * target / 100
        steps = max(ZERO, gap) / step
        return {
            Counting.COMPLETE: Fraction(math.floor(steps)),
            Counting.STARTED: Fraction(math.ceil(steps)),
            Counting.PROPORTIONAL: steps,
        }[tally.counting]

    def case_list(self, tally: Cases) -> list[Case] | None:
        """Return the cases that a tally counts, or None where only their number is known."""
        value = self.plain(tally.measure)
        if isinstance(value, Case):
            value = (value,)
        if not isinstance(value, (tuple, list)):
            return None
        return [
            case
            for case in value
            if all(case.attribute(name) == wanted for name, wanted in tally.where)
        ]

    def cases(self, tally: Cases, charged: set[str]) -> Fraction:
        """Return how many cases count, or what those that count weigh."""
        cases = self.case_list(tally)
        if cases is None:
            found = self.number(tally.measure)
            if found and (tally.by or tally.where):
                raise OracleMissing(tally.measure)  # a bare number has no attributes
            return Fraction(math.floor(max(ZERO, found - tally.free) / tally.step))
        cases = [case for case in cases if case.id not in charged]
        if tally.by is None:
            return Fraction(math.floor(max(ZERO, len(cases) - tally.free) / tally.step))
        counted = cases[math.floor(tally.free) :]
        return sum((self.weight(tally, case) for case in counted), ZERO)

    def weight(self, tally: Cases, case: Case) -> Fraction:
        """Return what one case weighs."""
        if tally.by is None:
            return Fraction(1)
        found = case.attribute(tally.by.attribute)
        weight = dict(tally.by.weights).get(found or "", tally.by.otherwise)
        if weight is None:
            raise OracleMissing(tally.measure)
        return weight

    def amount(self, rule: Rule, where: Node | Agreement) -> Fraction | Silent:
        """Return the amount of a rule: rounded where it may not come out even, and capped."""
        if isinstance(rule, Group):
            return self.group(rule, where)
        if any(self.not_applicable(code) for code in reads(rule)):
            return SILENT
        assert not isinstance(rule, Forfeit)
        if rule.when is not None and not self.holds(rule.when):
            return ZERO  # nothing else that it reads can be missing
        for code in reads(rule):
            if self.agreement.measure(code) is not None:
                self.number(code)
        exact = self.exact(rule, where)
        if self.uneven(rule, where):
            exact = self.rounded(exact)
        cap = rule.cap if isinstance(rule, (Deduction, Bonus)) else None
        return exact if cap is None else min(exact, cap)

    def exact(self, rule: Rule, where: Node | Agreement) -> Fraction:
        """Return the amount of a single rule before rounding and cap."""
        match rule:
            case Deduction() | Bonus():
                charged = self.charged.get((id(rule), where_number(where)))
                amount = self.count(rule.tally, charged) * self.points(rule.points, where)
                for times in rule.times:
                    amount *= times.factor if self.holds(times.when) else 1
                return amount
            case Bands():
                for band in rule.bands:
                    if self.in_band(rule.measure, band):
                        return self.points(band.points, where)
                return ZERO if rule.otherwise is None else self.points(rule.otherwise, where)
            case Curve():
                return self.curve(rule, where)
            case Judgement():
                return self.judgement(rule, where)
            case Forfeit() | Group():
                raise AssertionError(rule)
            case _:
                assert_never(rule)

    def points(self, points: Points, where: Node | Agreement) -> Fraction:
        """Return points as a number: a share is one of the item that the rule stands in."""
        if isinstance(points, Share):
            return points.part * (full_points(where) or ZERO)
        return points

    def uneven(self, rule: Rule, where: Node | Agreement) -> bool:
        """Tell whether the amount of this rule may not come out even."""
        match rule:
            case Deduction() | Bonus():
                tally = rule.tally
                proportional = (
                    isinstance(tally, (StepsBelow, StepsAbove))
                    and tally.counting is Counting.PROPORTIONAL
                )
                factors = [times.factor for times in rule.times]
                if isinstance(tally, Cases) and tally.by is not None:
                    factors += [weight for _, weight in tally.by.weights]
                    factors += [tally.by.otherwise or ZERO]
                factors.append(self.points(rule.points, where))
                return proportional or not all(map(is_decimal, factors))
            case Bands():
                chosen = [band.points for band in rule.bands]
                chosen += [] if rule.otherwise is None else [rule.otherwise]
                return not all(is_decimal(self.points(points, where)) for points in chosen)
            case Curve() | Judgement():
                return True
            case Forfeit() | Group():
                return False
            case _:
                assert_never(rule)

    def in_band(self, code: str, band: AnyBand) -> bool:
        """Tell whether a band holds."""
        match band:
            case LevelBand():
                return self.level(code) in band.levels
            case CaseBand():
                return self.holds(band.when)
            case Band():
                value = self.number(code)
                if band.low is not None:
                    low = self.threshold(band.low)
                    if value < low or (value == low and not band.low_in):
                        return False
                if band.high is not None:
                    high = self.threshold(band.high)
                    if value > high or (value == high and not band.high_in):
                        return False
                return True
            case _:
                assert_never(band)

    def curve(self, rule: Curve, where: Node | Agreement) -> Fraction:
        """Return the points at the value, on straight lines between the knots."""
        value = self.number(rule.measure)
        knots = [(self.threshold(knot.at), self.points(knot.points, where)) for knot in rule.knots]
        if value < knots[0][0]:
            return knots[0][1] if rule.below is None else self.points(rule.below, where)
        if value > knots[-1][0]:
            return knots[-1][1] if rule.above is None else self.points(rule.above, where)
        at = [points for place, points in knots if place == value]
        if at:
            return at[-1]
        left = max(i for i, (place, _) in enumerate(knots) if place < value)
        (x0, y0), (x1, y1) = knots[left], knots[left + 1]
        return y0 + (y1 - y0) * (value - x0) / (x1 - x0)

    def judgement(self, rule: Judgement, where: Node | Agreement) -> Fraction:
        """Return the assessor's points, or the mean of several."""
        points = self.judged(rule.code)
        if points is None:
            if rule.effect is Effect.EARN:
                raise OracleMissing(rule.code)
            return ZERO
        if points != 0 and not rule.least <= points <= self.points(rule.most, where):
            raise OracleMissing(rule.code)
        return points

    def judged(self, code: str) -> Fraction | None:
        """Return the mean of what assessors gave, or None where nobody gave anything."""
        value = self.plain(code)
        if value is None:
            return None
        given = list(value) if isinstance(value, (tuple, list)) else [value]
        points = [one.points if isinstance(one, Judged) else plain_number(one) for one in given]
        return sum(points, ZERO) / len(points)

    def group(self, rule: Group, where: Node | Agreement) -> Fraction | Silent:
        """Return the sum, the dearest or the cheapest of the members, under the group's cap."""
        amounts = [self.amount(member, where) for member in rule.rules]
        spoken = [amount for amount in amounts if not isinstance(amount, Silent)]
        if not spoken:
            return SILENT
        loses = effect_of(rule) is Effect.LOSE
        match rule.pick:
            case Pick.ALL:
                amount = sum(spoken, ZERO)
            case Pick.WORST:
                amount = max(spoken) if loses else min(spoken)
            case Pick.BEST:
                amount = min(spoken) if loses else max(spoken)
            case _:
                assert_never(rule.pick)
        return amount if rule.cap is None else min(amount, rule.cap)

    def price(self, rule: Deduction, tally: Cases, case: Case, where: Node | Agreement) -> Fraction:
        """Return what a rule charges for a case; nothing where it is silent or not in force."""
        try:
            if any(map(self.not_applicable, reads(rule))) or not self.holds(rule.when):
                return ZERO
            price = self.weight(tally, case) * self.points(rule.points, where)
            for times in rule.times:
                price *= times.factor if self.holds(times.when) else 1
        except OracleMissing:  # the rule is missing, and with it the total
            return ZERO
        return price

    def _charge_once(self) -> None:
        """Let every case count only under the dearest of the rules that would count it."""
        best: dict[str, tuple[Fraction, tuple[int, str]]] = {}
        seen: dict[tuple[int, str], set[str]] = defaultdict(set)
        for node in (*self.agreement.nodes(), self.agreement):
            for rule in single_rules(node.rules):
                if not isinstance(rule, Deduction) or not isinstance(rule.tally, Cases):
                    continue
                key = (id(rule), where_number(node))
                for case in self.case_list(rule.tally) or []:
                    if not case.id:
                        continue
                    price = self.price(rule, rule.tally, case, node)
                    seen[key].add(case.id)
                    # What charges nothing takes no case from another.
                    if price > 0 and (case.id not in best or price > best[case.id][0]):
                        best[case.id] = (price, key)
        for key, ids in seen.items():
            self.charged[key] = {one for one in ids if one in best and best[one][1] != key}
