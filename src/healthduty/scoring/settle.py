"""Settle a plan's nodes: from amounts to what every item, section and the total earned.

Children come first. In each node: start, earn, lose, inside bonuses, forfeit, bonuses beyond;
then the caps of section, bonus and total. One pass, integers only; what every term really took
is kept, so that lines can be written afterwards.

Source: “How a point is lost”, sections 3 to 6.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, assert_never

from healthduty.exact import divide
from healthduty.model.excusal import FullPoints, MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.records.observe import State
from healthduty.scoring.conditions import Integers
from healthduty.scoring.ops import (
    NO_LIMIT,
    NodeOp,
    NodeRef,
    NodeRow,
    Plan,
    Term,
    counting_rules,
)
from healthduty.scoring.prepare import Prepared
from healthduty.scoring.rows import EarnerRow, LoserRow


class Adjustments:
    """What bites beyond single rules; by node, in points scale."""

    __slots__ = (
        "all_excused",
        "bonus_cut",
        "cut",
        "excused",
        "forfeited",
        "moved",
        "scaled",
        "total_cut",
        "total_rounding",
    )

    def __init__(self) -> None:
        """Start with nothing."""
        self.forfeited: dict[int, tuple[int, int]] = {}
        """Points taken by a forfeit, and the condition that took them."""
        self.excused: dict[int, int] = {}
        """What an excused item earned more, or less, than by its silent rules."""
        self.scaled: dict[int, int] = {}
        """What rescaling added to a section or the total."""
        self.moved: dict[int, int] = {}
        """What moved points added to the item that they moved to."""
        self.cut: dict[int, tuple[int, int]] = {}
        """What a cap cut: from the inside points and from the bonus account."""
        self.bonus_cut = 0
        self.total_cut = 0
        self.total_rounding = 0
        self.all_excused = False


class Settled(NamedTuple):
    """Earned points by node (`inside` its points, `beyond` them), `taken` by term; the total."""

    inside: list[int]
    beyond: list[int]
    taken: list[int]
    exhausted: list[bool]
    adjustments: Adjustments
    bonus: int
    apart: int
    earned: int | None


class Excused(NamedTuple):
    """The items that do not apply: what each earns instead, where points moved or dropped out."""

    earns: dict[int, int]
    moved: dict[int, list[int]]
    dropped: dict[int, int]


NOBODY = Excused({}, {}, {})


def excuse(plan: Plan, prepared: Prepared) -> Excused:
    """Find the items all of whose own rules are silent: none of them can speak."""
    silent = {slot for slot, state in prepared.absent.items() if state is State.NOT_APPLICABLE}
    excused = Excused({}, {}, {})
    if not silent:
        return NOBODY
    for index, ref in enumerate(plan.refs):
        full = plan.nodes[index].full
        if ref.excusal is None or not full or not _all_silent(ref, silent):
            continue
        match ref.excusal:
            case FullPoints():
                excused.earns[index] = full
            case ZeroPoints():
                excused.earns[index] = 0
            case PeersMean():
                excused.earns[index] = _peers_mean(plan, prepared, ref.excusal_slot, full)
            case MovedTo():
                excused.earns[index] = 0
                excused.moved.setdefault(ref.moved_to, []).append(full)
            case Rescaled():
                excused.earns[index] = 0
                excused.dropped[ref.section] = excused.dropped.get(ref.section, 0) + full
            case _:
                assert_never(ref.excusal)
    return excused


def _all_silent(ref: NodeRef, silent: set[int]) -> bool:
    """Whether an item has rules, and each reads something that is not applicable."""
    rules = [rule for rule in counting_rules(ref.rules) if rule.slots]
    return bool(rules) and all(rule.slots & silent for rule in rules)


def _peers_mean(plan: Plan, prepared: Prepared, slot: int, full: int) -> int:
    """Return what the peers earned on average, rounded, within what the item can earn."""
    points = Fraction(prepared.num[slot], prepared.den[slot]) * 10**plan.places
    bottom = points.denominator * plan.granule
    mean = plan.granule * divide(points.numerator, bottom, plan.rounding)
    return max(0, min(mean, full))


class _Working(NamedTuple):
    """What is being filled while nodes are settled: by node, and `taken` by term."""

    inside: list[int]
    beyond: list[int]
    taken: list[int]
    exhausted: list[bool]
    adjustments: Adjustments


def settle(plan: Plan, amounts: Integers, holds: list[bool], excused: Excused = NOBODY) -> Settled:
    """Settle all nodes; `earned` is None where every point of a sum was excused."""
    count = len(plan.nodes)
    plain = excused is NOBODY
    inside = list(plan.settling.at_full) if plain else [0] * count
    working = _Working(inside, [0] * count, [0] * plan.terms, [False] * count, Adjustments())
    if plain:
        _settle_losers(plan.settling.losers, amounts, working)
        _settle_earners(plan.settling.earners, amounts, working)
    _settle_branches(plan, amounts, holds, excused, working)
    taken = working.taken
    apart = sum(
        _take_gains(node.apart, amounts, NO_LIMIT, taken) for node in plan.settling.with_apart
    )
    bonus, earned = _total(plan, amounts, excused, working)
    return Settled(*working, bonus, apart, earned)


# The short ways are the same as the general one, without asking each item for what it does not
# have: only what is lost, or earned, is touched.


def _settle_losers(rows: tuple[LoserRow, ...], amounts: Integers, working: _Working) -> None:
    """Settle the items that start full and lose by one rule of their own: most items do."""
    inside, _, taken, exhausted, _ = working
    for index, parent, room, amount_at, cap, place in rows:
        amount = amounts[amount_at]
        if amount:
            if amount > cap:  # noqa: PLR1730 - a call of min() an item is what this loop saves
                amount = cap
            if amount >= room:
                amount = room
                exhausted[index] = True
            taken[place] = amount
            inside[index] -= amount
            inside[parent] -= amount


def _settle_earners(rows: tuple[EarnerRow, ...], amounts: Integers, working: _Working) -> None:
    """Settle the items that start at 0 and earn by one rule."""
    inside, taken = working.inside, working.taken
    for index, parent, most, amount_at, place in rows:
        amount = amounts[amount_at]
        if amount:
            taken[place] = amount = min(amount, most)
            inside[index] += amount
            inside[parent] += amount


def _settle_branches(
    plan: Plan, amounts: Integers, holds: list[bool], excused: Excused, working: _Working
) -> None:
    """Settle all other nodes but the last, children first."""
    inside, beyond, taken, exhausted, adjustments = working
    rows: tuple[NodeRow, ...] = plan.nodes[:-1]
    for row in plan.settling.branches if excused is NOBODY else rows:
        index, parent, full, floor, start, earn, lose, make_up, add, _, forfeits, cap = row
        left = inside[index] + start
        if excused.dropped:
            left = _rescale(plan, plan.nodes[index], left, excused, adjustments)
        if earn:
            left += _take_gains(earn, amounts, full - left, taken)
        if lose:
            due, lost = _take_losses(lose, amounts, left - floor, exhausted, taken)
            left -= lost
            exhausted[index] = due and left <= floor
        if make_up:
            left += _take_gains(make_up, amounts, full - left, taken)
        if forfeits:
            left = _forfeit(plan.nodes[index], left, holds, exhausted, adjustments)
        if excused is not NOBODY:
            left = _excused_or_moved(plan, plan.nodes[index], left, excused, adjustments)
        extra = beyond[index]
        if add:
            extra += _take_gains(add, amounts, NO_LIMIT, taken)
        if left + extra > cap:
            left, extra = _cut(plan.nodes[index], left, extra, adjustments)
            beyond[index] = extra  # nothing may be left of it
        inside[index] = left
        inside[parent] += left
        if extra:
            beyond[index] = extra
            beyond[parent] += extra


def _take_gains(terms: tuple[Term, ...], amounts: Integers, room: int, taken: Integers) -> int:
    """Add amounts up to the room that there is; return what was added."""
    if not terms:
        return 0
    room = max(room, 0)
    before = room
    for amount_at, cap, _, place in terms:
        amount = amounts[amount_at]
        if amount:
            taken[place] = amount = min(amount, cap, room)
            room -= amount
    return before - room


def _take_losses(
    terms: tuple[Term, ...], amounts: Integers, room: int, exhausted: list[bool], taken: Integers
) -> tuple[bool, int]:
    """Take amounts while something is left; return whether any was due, and what was taken."""
    if not terms:
        return False, 0
    room = max(room, 0)
    before = room
    due = False
    for amount_at, cap, gate, place in terms:
        amount = amounts[amount_at]
        if amount and (gate < 0 or exhausted[gate]):
            due = True
            taken[place] = amount = min(amount, cap, room)
            room -= amount
    return due, before - room


def _forfeit(
    node: NodeOp, left: int, holds: list[bool], exhausted: list[bool], adjustments: Adjustments
) -> int:
    for place in node.forfeits:
        if holds[place]:
            exhausted[node.node] = True
            if left > 0:
                adjustments.forfeited[node.node] = (left, place)
                return 0
            return left
    return left


def _rescale(
    plan: Plan, node: NodeOp, left: int, excused: Excused, adjustments: Adjustments
) -> int:
    """Scale a sum up to the full points; where every point dropped out there is no score."""
    dropped = excused.dropped.get(node.node, 0)
    if not dropped:
        return left
    rest = node.full - dropped
    if rest <= 0:
        adjustments.all_excused = True
        return left
    scaled = plan.granule * divide(left * node.full, rest * plan.granule, plan.rounding)
    adjustments.scaled[node.node] = scaled - left
    return scaled


def _excused_or_moved(
    plan: Plan, node: NodeOp, left: int, excused: Excused, adjustments: Adjustments
) -> int:
    if node.node in excused.earns:
        adjustments.excused[node.node] = excused.earns[node.node] - left
        left = excused.earns[node.node]
    moved = excused.moved.get(node.node)
    if moved and node.full > 0:
        more = plan.granule * divide(left * sum(moved), node.full * plan.granule, plan.rounding)
        adjustments.moved[node.node] = more
        left += more
    return left


def _cut(node: NodeOp, left: int, extra: int, adjustments: Adjustments) -> tuple[int, int]:
    over = left + extra - node.cap
    from_bonus = min(over, max(extra, 0))
    adjustments.cut[node.node] = (over - from_bonus, from_bonus)
    return left - (over - from_bonus), extra - from_bonus


def _total(
    plan: Plan, amounts: Integers, excused: Excused, working: _Working
) -> tuple[int, int | None]:
    """Settle the agreement's own node: bonus cap, deductions from the total, total cap."""
    inside, beyond, taken, exhausted, adjustments = working
    node = plan.nodes[-1]
    left = inside[-1] + node.start
    if excused.dropped:
        left = _rescale(plan, node, left, excused, adjustments)
    for terms in (node.earn, node.inside):
        left += _take_gains(terms, amounts, node.full - left, taken)
    bonus = beyond[-1] + _take_gains(node.beyond, amounts, NO_LIMIT, taken)
    if bonus > plan.bonus_cap:
        adjustments.bonus_cut = bonus - plan.bonus_cap
        bonus = plan.bonus_cap
    earned = left + bonus
    earned -= _take_losses(node.lose, amounts, earned - node.floor, exhausted, taken)[1]
    if earned > node.cap:
        adjustments.total_cut = earned - node.cap
        earned = node.cap
    if plan.total_granule:
        rounded = plan.total_granule * divide(earned, plan.total_granule, plan.rounding)
        adjustments.total_rounding, earned = rounded - earned, rounded
    inside[-1] = left
    return bonus, None if adjustments.all_excused else earned
