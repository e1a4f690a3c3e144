"""Which measures may move, how far, and at what cost: what a user says about a path.

Source: “with costs per unit of a measure where given”; semantics 14 (what others
decide is no unit's to move).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from healthduty.errors import UsageError
from healthduty.exact import Number, show, to_fraction
from healthduty.model.agreement import Agreement
from healthduty.records.observe import State, observe
from healthduty.records.record import MISSING, Judged, Value, stated
from healthduty.results.paths_effects import Board
from healthduty.results.paths_moves import Mover
from healthduty.rules.rule import Judgement, members_of
from healthduty.said import Said
from healthduty.scoring.ops import JudgedSlot, Plan

Limits = Mapping[str, tuple[Value, Value]]
"""Between what a measure can be, by its code; None leaves a side open."""


@attrs.frozen
class Choice:
    """What may move: costs by code (none where `priced` is false), limits, what stays."""

    costs: Mapping[str, Fraction]
    limits: Limits
    fixed: frozenset[str]
    judgements: bool
    priced: bool

    @classmethod
    def of(
        cls,
        agreement: Agreement,
        costs: Mapping[str, Number] | None,
        limits: Limits | None,
        fixed: Iterable[str],
        *,
        judgements: bool,
    ) -> Choice:
        """Take what a user says.

        Raises:
            UsageError: codes that the agreement doesn't have, a negative cost.
            NumberError: a cost that is no number.
        """
        bounds = dict(limits or {})
        stay = frozenset((fixed,) if isinstance(fixed, str) else fixed)
        known = {measure.code for measure in agreement.measures} | _judged(agreement)
        named = [*(costs or {}), *bounds, *sorted(stay)]
        unknown = [code for code in dict.fromkeys(named) if code not in known]
        if unknown:
            listed = ", ".join(f"`{code}`" for code in unknown)
            raise UsageError(f"the agreement has no measure {listed}")
        prices = {
            code: to_fraction(each, Said(f"cost of {code}", f"{code}的成本"))
            for code, each in (costs or {}).items()
        }
        for code, price in prices.items():
            if price < 0:
                raise UsageError(f"`{code}` costs `{show(price)}`: a cost is never negative")
        return cls(prices, bounds, stay, judgements, costs is not None)

    def lets(self, code: str, *, reference: bool, judged: bool) -> bool:
        """Tell whether a measure may move."""
        if code in self.fixed or (self.priced and code not in self.costs):
            return False
        named = code in self.costs or code in self.limits
        if judged:
            return named or self.judgements
        return named or not reference


def _judged(agreement: Agreement) -> set[str]:
    """Return every code that a judgement may have: a rule's, or an item's number."""
    codes = {node.number for node in agreement.nodes()}
    for node in (agreement, *agreement.nodes()):
        for rule in node.rules:
            codes |= {each.code for each in members_of(rule) if isinstance(each, Judgement)}
    return codes


def movers_of(board: Board, choice: Choice) -> tuple[list[Mover], tuple[str, ...]]:
    """Return the measures that may move, and the codes of those that could but are not let.

    Raises:
        UsageError: a limit that can't be read.
    """
    movers: list[Mover] = []
    held: list[str] = []
    for code in _codes(board.plan):
        mover = board.mover(code)
        if mover is None:
            continue
        judged = board.plan.agreement.measure(code) is None
        reference = not judged and board.is_reference(code)
        if choice.lets(code, reference=reference, judged=judged):
            movers.append(_within(board, mover, choice.limits.get(code)))
        elif not reference:
            held.append(code)
    return movers, tuple(held)


def _codes(plan: Plan) -> list[str]:
    """Return the codes of what can be observed or judged, in the agreement's order."""
    judged = [slot.code for slot in plan.slots if isinstance(slot, JudgedSlot)]
    return list(dict.fromkeys([*(each.code for each in plan.agreement.measures), *judged]))


def _within(board: Board, mover: Mover, limit: tuple[Value, Value] | None) -> Mover:
    """Return a mover that stays within its limits; where it stands, it may stand."""
    if limit is None:
        return mover
    ends = [_read(board, mover, each) for each in limit]
    if mover.per is not None:
        low = mover.low if ends[0] is None else -(-ends[0] // mover.per)
        high = mover.high if ends[1] is None else ends[1] // mover.per
    else:
        least = min(end for end in ends if end is not None) if None not in ends else ends[0]
        most = max(end for end in ends if end is not None) if None not in ends else ends[1]
        inside = [
            place
            for place in range(mover.low, mover.high + 1)
            if _lies(_read(board, mover, mover.value(place)), least, most)
        ]
        low, high = min(inside, default=mover.start), max(inside, default=mover.start)
    low, high = max(mover.low, int(low)), min(mover.high, int(high))
    return attrs.evolve(mover, low=min(low, mover.start), high=max(high, mover.start))


def _lies(value: Fraction | None, least: Fraction | None, most: Fraction | None) -> bool:
    assert value is not None  # noqa: S101 - a place has a value
    return (least is None or value >= least) and (most is None or value <= most)


def _read(board: Board, mover: Mover, value: Value) -> Fraction | None:
    """Return a limit, or a place's value, in the measure's unit; None where a side is open."""
    plain = stated(value)[0]
    if plain is None or plain is MISSING:
        return None
    measure = board.plan.agreement.measure(mover.code)
    if measure is None:
        return plain.points if isinstance(plain, Judged) else to_fraction(plain, mover.code)  # type: ignore[arg-type]
    pair = observe(measure, plain, [])
    if isinstance(pair, State):
        raise UsageError(f"`{plain}` is no limit of `{mover.code}`, a {measure.kind.value}")
    return Fraction(*pair)
