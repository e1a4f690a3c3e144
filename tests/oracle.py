"""The oracle: a slow, obvious scorer in `Fraction`, written from the contract alone.

It follows docs/en/explanation/how-a-point-is-lost.md section by section and shares no code with
the scorer: it walks the agreement as it stands, has no plan and keeps no lines. What the contract
says about *points* is here; messages, lines and digests are not.

Where a value is missing, or the data is at fault, the rule counts nothing, the code lands in
`OracleResult.missing`, and there is no total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.model.agreement import Agreement
from healthduty.model.excusal import (
    Excusal,
    FullPoints,
    MovedTo,
    PeersMean,
    Rescaled,
    Within,
    ZeroPoints,
)
from healthduty.model.indicator import Indicator, Node, Part, Section
from healthduty.records.record import (
    Record,
)
from healthduty.rules.points import Effect, Placement, Reach
from healthduty.rules.rule import (
    Deduction,
    Forfeit,
    Group,
    Rule,
    effect_of,
    placement_of,
    reach_of,
)
from oracle_amounts import (
    Silent,
    children_of,
    full_points,
    single_rules,
    unshared,
    where_number,
)
from oracle_beside import Beside, takeable
from oracle_values import ZERO, OracleMissing, reads, round_to

TOTAL = "(total)"
"""The account of what is taken from the total."""
NOWHERE = "(nowhere)"
"""The account of what nobody around has points for."""


@attrs.frozen
class OracleResult:
    """What the contract says of one record; every number is exact.

    `items` holds the inside points of every section, indicator and part by number; `amounts` the
    amount of each rule, by the number it stands in ("" for the agreement) and its place there,
    after rounding and its own cap; `missing` the codes because of which there is no total.
    `honours` are those that the grade brings, by code: granted, barred, or None while open.
    """

    earned: Fraction | None
    total: Fraction | None
    full: Fraction | None
    items: dict[str, Fraction]
    bonus: Fraction
    apart: Fraction
    grade: str | None
    honours: dict[str, bool | None]
    money: dict[str, Fraction | None]
    missing: set[str]
    excused: set[str]
    amounts: dict[tuple[str, int], Fraction]


def oracle(agreement: Agreement, record: Record) -> OracleResult:
    """Score one record by the contract."""
    return _Oracle(agreement, record).result()


class _Oracle(Beside):
    """One agreement, one record, and what was found on the way."""

    def __init__(self, agreement: Agreement, record: Record) -> None:
        super().__init__(agreement, record)
        self.amounts: dict[tuple[str, int], Fraction] = {}
        self.apart = ZERO
        self.losses: dict[str, Fraction] = defaultdict(Fraction)  # by account
        self.forfeits: dict[str, bool] = defaultdict(bool)  # by number
        self.excused: dict[str, tuple[Node, Excusal, str]] = {}  # and within which account
        self._find_excused(agreement, ())

    # ----------------------------------------------------------------- 3. An item

    def item(self, path: tuple[Node, ...]) -> tuple[Fraction, Fraction]:
        """Score a part or an indicator; return its inside points and its bonuses beyond them."""
        node = path[-1]
        assert isinstance(node, Part)
        children = [self.item((*path, child)) for child in children_of(node)]
        beyond = sum((bonus for _, bonus in children), ZERO)
        points = full_points(node) or ZERO
        if node.number in self.excused:
            inside = self.excused_points(node)
        elif is_judged(path):
            inside = self.judged_item(node)
        else:
            inside = self.start(path, sum((earned for earned, _ in children), ZERO))
        if node.evidence_required and node.number not in self.excused:
            self.forfeits[node.number] |= any(map(self.lacks_evidence, single_rules(node.rules)))
        inside, own = self.run(path, inside, points, node.floor)
        inside += self.moved_to(node, inside)
        self.items[node.number] = inside
        return inside, beyond + own

    def start(self, path: tuple[Node, ...], parts: Fraction) -> Fraction:
        """Return what an item starts from, given what its parts earned."""
        node = path[-1]
        earns = any(effect_of(rule) is Effect.EARN for rule in node.rules)
        if not children_of(node):
            return ZERO if earns else full_points(node) or ZERO
        return parts + (ZERO if earns else unshared(node))

    def judged_item(self, node: Node) -> Fraction:
        """Return what the record gives an item that has points and no rule."""
        points = self.judged(node.number)
        if points is None or not 0 <= points <= (node.points or ZERO):
            self.missing.add(node.number)
            return ZERO
        return min(self.rounded(points), node.points or ZERO)

    def run(
        self,
        path: tuple[Node, ...],
        left: Fraction,
        points: Fraction,
        floor: Fraction | None,
    ) -> tuple[Fraction, Fraction]:
        """Go through steps 2 to 6; return what is left, and the bonuses beyond the points."""
        node = path[-1]
        own = self.own_amounts(node)
        for rule, amount in own:
            if effect_of(rule) is Effect.EARN:
                left += max(ZERO, min(amount, points - left))
            elif isinstance(rule, Forfeit):
                self.forfeits[forfeited(path, rule)] |= self.forfeit_holds(rule)
            elif effect_of(rule) is Effect.LOSE and not waits(rule):
                self.losses[account(self.agreement, path, rule)] += amount
        owed = self.losses[node.number]
        left -= takeable(owed, left, floor)
        used_up = owed > 0 and floor is not None and left <= floor
        for rule, amount in own:
            if waits(rule) and (used_up or self.forfeits[node.number]):
                self.losses[account(self.agreement, path, rule)] += amount
        for rule, amount in own:
            if placement_of(rule) is Placement.INSIDE:
                left += max(ZERO, min(amount, points - left))
        self.apart += placed(own, Placement.APART)
        if self.forfeits[node.number]:
            left = min(left, ZERO)
        return left, placed(own, Placement.BEYOND)

    def own_amounts(self, where: Node | Agreement) -> list[tuple[Rule, Fraction]]:
        """Return the rules that stand here with their amounts; a forfeit has none of its own."""
        result: list[tuple[Rule, Fraction]] = []
        for index, rule in enumerate(where.rules):
            amount: Fraction | Silent = ZERO
            if not isinstance(rule, Forfeit):
                try:
                    amount = self.amount(rule, where)
                except OracleMissing as error:
                    self.missing.add(str(error))
            spoken = ZERO if isinstance(amount, Silent) else amount
            if not isinstance(rule, Forfeit):
                self.amounts[where_number(where), index] = spoken
            result.append((rule, spoken))
        return result

    def lacks_evidence(self, rule: Rule) -> bool:
        """Tell whether something that a rule needs was observed without written evidence."""
        if any(map(self.not_applicable, reads(rule))):
            return False
        known = {code for code in reads(rule) if self.agreement.measure(code) is not None}
        if not isinstance(rule, (Forfeit, Group)) and rule.when is not None:
            try:
                if not self.holds(rule.when):
                    known &= set(reads(rule.when))
            except OracleMissing:  # the rule is missing, and with it the total
                return False
        return any(map(self.unevidenced, known))

    def forfeit_holds(self, rule: Forfeit) -> bool:
        """Tell whether a forfeit takes what is left."""
        try:
            return self.applies(rule.when)
        except OracleMissing as error:
            self.missing.add(str(error))
            return False

    # ------------------------------------------------------------- 4. Excused items

    def _find_excused(self, node: Node | Agreement, path: tuple[Node, ...]) -> None:
        for child in children_of(node):
            self._find_excused(child, (*path, child))
        if isinstance(node, Agreement) or not node.points:
            return
        single = isinstance(node, Part) and not children_of(node)
        if (single or is_judged(path)) and self.none_can_speak(path):
            sections = [one for one in reversed(path[:-1]) if isinstance(one, Section)]
            within = sections[0].number if sections else TOTAL
            self.excused[node.number] = (node, self.way_of(path), within)

    def way_of(self, path: tuple[Node, ...]) -> Excusal:
        """Return the item's own way, else the next outward that does not move to this very item."""
        node = path[-1]
        if node.excused is not None:
            return node.excused
        outward = [*(one.excused for one in reversed(path[:-1])), self.agreement.excused]
        for way in outward:
            if way is not None and way != MovedTo(node.number):
                return way
        return FullPoints()

    def none_can_speak(self, path: tuple[Node, ...]) -> bool:
        """Tell whether an item is ruled or judged, and nothing of it is applicable."""
        node = path[-1]
        if is_judged(path):
            return self.not_applicable(node.number)
        ruled = [codes for rule in single_rules(node.rules) if (codes := list(reads(rule)))]
        return bool(ruled) and all(any(map(self.not_applicable, codes)) for codes in ruled)

    def excused_points(self, node: Node) -> Fraction:
        """Return what an excused item earns."""
        _, way, _ = self.excused[node.number]
        match way:
            case FullPoints():
                return node.points or ZERO
            case PeersMean():
                if node.points is None:
                    return ZERO
                try:
                    mean = self.number(way.measure)
                except OracleMissing as error:
                    self.missing.add(str(error))
                    return ZERO
                return max(ZERO, min(self.rounded(mean), node.points))
            case ZeroPoints() | MovedTo() | Rescaled():
                return ZERO
            case _:
                assert_never(way)

    def moved_to(self, node: Part, earned: Fraction) -> Fraction:
        """Return the points that excused items move to this one."""
        moved, full = ZERO, full_points(node)
        for item, way, _ in self.excused.values():
            if isinstance(way, MovedTo) and way.number == node.number:
                moved += item.points or ZERO
        return self.rounded(earned * moved / full) if full else ZERO

    def rescaled(self, earned: Fraction, full: Fraction, within: str) -> Fraction:
        """Scale up what is left of a section's or the total's points."""
        excused = ZERO
        for item, way, section in self.excused.values():
            if isinstance(way, Rescaled):
                account = TOTAL if way.within is Within.TOTAL else section
                excused += (item.points or ZERO) if account == within else ZERO
        if not excused:
            return earned
        if excused >= full:
            self.missing.add("(all excused)")
            return ZERO
        return self.rounded(earned * full / (full - excused))

    # ------------------------------------------------------- 5. A section, 6. the total

    def section(self, path: tuple[Node, ...]) -> tuple[Fraction, Fraction]:
        """Score a section; return its inside points and its bonuses beyond them."""
        node = path[-1]
        if not isinstance(node, Section):
            return self.item(path)
        inside, beyond = self.sum_of(node, path)
        full = full_points(node) or ZERO
        if node.number in self.excused:
            inside = self.excused_points(node)
        elif is_judged(path):
            inside = self.judged_item(node)
        inside = self.rescaled(inside, full, node.number)
        inside, own = self.run(path, inside, full, node.floor)
        beyond += own
        if node.cap is not None:
            excess = max(ZERO, inside + beyond - node.cap)
            cut = min(excess, beyond)
            beyond, inside = beyond - cut, inside - (excess - cut)
        self.items[node.number], self.beyond[node.number] = inside, beyond
        return inside, beyond

    def sum_of(
        self, node: Section | Agreement, path: tuple[Node, ...]
    ) -> tuple[Fraction, Fraction]:
        """Return what the items of a section, or of the agreement, earned together."""
        results = [self.section((*path, child)) for child in node.parts]
        inside = sum((earned for earned, _ in results), ZERO)
        if not any(effect_of(rule) is Effect.EARN for rule in node.rules):
            inside += unshared(node)
        return inside, sum((bonus for _, bonus in results), ZERO)

    def result(self) -> OracleResult:
        """Score the whole agreement."""
        agreement = self.agreement
        inside, bonus = self.sum_of(agreement, ())
        full = full_points(agreement)
        inside = self.rescaled(inside, full or ZERO, TOTAL)
        for rule, amount in self.own_amounts(agreement):
            match effect_of(rule), placement_of(rule):
                case (Effect.EARN, _) | (_, Placement.INSIDE):
                    inside += max(ZERO, min(amount, (full or ZERO) - inside))
                case _, Placement.BEYOND:
                    bonus += amount
                case _, Placement.APART:
                    self.apart += amount
                case _:
                    self.losses[TOTAL] += amount
        if agreement.bonus_cap is not None:
            bonus = min(bonus, agreement.bonus_cap)
        earned: Fraction | None = self.published(inside + bonus)
        vetoes = self.vetoes()
        summed = self.scores() and not self.nowhere()
        if self.missing or not summed:
            earned = None
        total = earned
        if earned is not None:
            total = self.zeroed(earned, vetoes)
        return OracleResult(
            earned=earned,
            total=total,
            full=(full or ZERO) if summed else None,
            items=self.items,
            bonus=bonus,
            apart=self.apart,
            grade=(grade := self.grade(total, vetoes)),
            honours=self.honours(grade),
            money={policy.code: self.money(policy, total, vetoes) for policy in agreement.funding},
            missing=self.missing,
            excused=set(self.excused),
            amounts=self.amounts,
        )

    def published(self, earned: Fraction) -> Fraction:
        """Take deductions from the total, cap it and round it."""
        agreement = self.agreement
        earned -= takeable(self.losses[TOTAL], earned, agreement.floor)
        if agreement.cap is not None:
            earned = min(earned, agreement.cap)
        if agreement.total_places is not None:
            earned = round_to(earned, agreement.total_places, agreement.rounding.mode)
        return earned

    def scores(self) -> bool:
        """Tell whether there is anything at all to score: a rule, or a judgement."""
        paths = list(_paths(self.agreement.parts, ()))
        rules = [*self.agreement.rules, *(rule for path in paths for rule in path[-1].rules)]
        if not full_points(self.agreement):  # a forfeit has nothing to take
            rules = [rule for rule in rules if not isinstance(rule, Forfeit)]
        return bool(rules or judged_nodes(self.agreement))

    def nowhere(self) -> bool:
        """Tell whether some rule takes points that nobody around it has."""
        paths = [*_paths(self.agreement.parts, ()), ()]
        return any(
            account(self.agreement, path, rule) == NOWHERE
            for path in paths
            for rule in (path[-1] if path else self.agreement).rules
            if effect_of(rule) is Effect.LOSE and not isinstance(rule, Forfeit)
        )


def placed(amounts: Iterable[tuple[Rule, Fraction]], where: Placement) -> Fraction:
    """Return the sum of the points that are added there."""
    return sum((amount for rule, amount in amounts if placement_of(rule) is where), ZERO)


def waits(rule: Rule) -> bool:
    """Tell whether a rule counts only where its item is exhausted."""
    return isinstance(rule, Deduction) and rule.on_exhaustion


def is_judged(path: tuple[Node, ...]) -> bool:
    """Tell whether an item has points and no rule, nor any around it below the agreement."""
    node = path[-1]
    return (
        node.points is not None
        and not any(one.rules for one in (*path, *_under(node)))
        and all(full_points(one) is None for one in _under(node))
    )


def judged_nodes(agreement: Agreement) -> list[Node]:
    """Return the items that are scored by judgement, because there is no rule."""
    return [path[-1] for path in _paths(agreement.parts, ()) if is_judged(path)]


def account(agreement: Agreement, path: tuple[Node, ...], rule: Rule) -> str:
    """Return the number of the node that a losing rule takes from, TOTAL or NOWHERE."""
    around = list(reversed(path))
    match reach_of(rule):
        case Reach.PART:
            pass
        case Reach.INDICATOR:
            while around and not isinstance(around[0], (Indicator, Section)):
                around.pop(0)
        case Reach.SECTION:
            while around and not isinstance(around[0], Section):
                around.pop(0)
        case Reach.TOTAL:
            around = []
    for node in around:
        if full_points(node) is not None:
            return node.number
    return TOTAL if full_points(agreement) is not None else NOWHERE


def forfeited(path: tuple[Node, ...], rule: Forfeit) -> str:
    """Return the number of the node that a forfeit empties."""
    kinds: dict[Reach, tuple[type, ...]] = {
        Reach.PART: (Part, Section),
        Reach.INDICATOR: (Indicator,),
        Reach.SECTION: (Section,),
    }
    around = (one.number for one in reversed(path) if isinstance(one, kinds[rule.scope]))
    return next(around, path[-1].number)


def _under(node: Node) -> Iterator[Node]:
    for child in children_of(node):
        yield child
        yield from _under(child)


def _paths(nodes: Iterable[Node], path: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    for node in nodes:
        yield (*path, node)
        yield from _paths(children_of(node), (*path, node))
