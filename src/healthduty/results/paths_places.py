"""The places that make a difference: where a measure must stop for anything to change.

Between the numbers that the rules hold a measure against, every amount only rises or only falls;
so the places where anything changes are found by halving, and of the places that do the same only
the nearest is kept. Nothing is assumed about which direction helps. A measure that is held against
another one that moves as well is tried place by place.

Source: “exact”; semantics 4 (steps).
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator
from fractions import Fraction

from healthduty.results.paths_effects import Board, Cluster, Effect, Places
from healthduty.results.paths_moves import Mover
from healthduty.scoring.conditions import resolve
from healthduty.scoring.ops import AmountOp, CurveOp, LackingOp, Operand, RuleRef, StepsOp

MOST_PLACES = 5_000
"""Places that are tried one by one where nothing is known about what happens between them."""

MOST_TOGETHER = 100_000
"""Places of a cluster's measures, taken together, that are tried."""


class Candidates:
    """Finds the places of a board's clusters."""

    def __init__(self, board: Board) -> None:
        """Keep the board."""
        self.board = board

    def _cuts(self, cluster: Cluster, index: int) -> list[int] | None:
        """Return where stretches begin on which a mover's effects only rise or only fall.

        None where that is not known.
        """
        mover = cluster.movers[index]
        if mover.per is None:
            return None
        codes = {each.code for each in cluster.movers} - {mover.code}
        begins = {mover.low, mover.start, mover.start + 1}
        for slot, operand in self.board.sides:
            ends = {self.board.codes[slot], self.board.codes.get(operand.slot, "")}
            if mover.code in ends:
                if ends & codes:
                    return None
                begins.update(self._begins(mover, slot, operand))
        mixed = any(self._mixes(ref, mover.code, codes) for ref in cluster.amounts)
        if mixed or self._bends(cluster, mover.code):
            return None
        return sorted(place for place in begins if mover.low <= place <= mover.high)

    def _bends(self, cluster: Cluster, code: str) -> bool:
        """Tell whether a knot, or a target that shares are taken of, moves with this measure."""
        slots = {slot for slot, each in self.board.codes.items() if each == code}
        return any(self._moved_by(ref.op) & slots for ref in cluster.amounts)

    @staticmethod
    def _moved_by(op: AmountOp | None) -> set[int]:
        """Return the slots whose values bend an amount, instead of only raising or lowering it."""
        if isinstance(op, CurveOp):
            return {knot.at.slot for knot in op.knots}
        if isinstance(op, StepsOp) and op.relative and op.dynamic is not None:
            return {op.dynamic.slot}
        return set()

    def _mixes(self, ref: RuleRef, code: str, others: set[str]) -> bool:
        """Tell whether a rule holds this measure against another one that moves as well."""
        operand = getattr(ref.op, "dynamic", None)
        if operand is None:
            return False
        ends = {
            self.board.codes[getattr(ref.op, "slot", -1)],
            self.board.codes.get(operand.slot, ""),
        }
        relative = isinstance(ref.op, StepsOp) and ref.op.relative
        mine = self.board.codes.get(operand.slot, "") == code
        return code in ends and bool(ends & others or (mine and (relative or len(ends) == 1)))

    def _begins(self, mover: Mover, slot: int, operand: Operand) -> Iterator[int]:
        """Go through where a value passes what it is held against; both may be this measure."""
        gaps = [self._gap(mover, place, slot, operand) for place in (0, 1)]
        slope = gaps[1] - gaps[0]
        if slope:
            root = -gaps[0] / slope
            yield math.ceil(root)
            yield math.floor(root) + 1

    def _gap(self, mover: Mover, place: int, slot: int, operand: Operand) -> Fraction:
        """Return value less threshold at a place, on the straight line that places make."""
        num, den = list(self.board.prepared.num), list(self.board.prepared.den)
        assert mover.per is not None  # noqa: S101 - only lines are asked
        for each, code in self.board.codes.items():
            if code == mover.code:
                now = Fraction(num[each], den[each]) + (place - mover.start) * mover.per
                num[each], den[each] = now.numerator, now.denominator
        return Fraction(num[slot], den[slot]) - Fraction(*resolve(operand, num, den))

    def all_of(self, cluster: Cluster) -> tuple[list[list[int]], bool]:
        """Return for each mover the places that make a difference, and whether these are all.

        Of places that do the same, whatever the others of the cluster do, the nearest is there.
        """
        cuts = [self._cuts(cluster, index) for index in range(len(cluster.movers))]
        stands = [
            self._tried(mover) if cut is None else _nearest(mover, cut)
            for mover, cut in zip(cluster.movers, cuts, strict=True)
        ]
        whole = all(
            mover.whole and (cut is not None or mover.high - mover.low < MOST_PLACES)
            for mover, cut in zip(cluster.movers, cuts, strict=True)
        )
        found: list[list[int]] = []
        for index, (mover, cut) in enumerate(zip(cluster.movers, cuts, strict=True)):
            if cut is None:
                found.append(stands[index])
                continue
            others = [*stands[:index], [mover.start], *stands[index + 1 :]]
            if math.prod(map(len, others)) > MOST_PLACES:
                others, whole = [[each.start] for each in cluster.movers], False
            places: set[int] = set()
            for stand in itertools.product(*others):
                places.update(self._runs(cluster, index, stand, cut))
            found.append(sorted(places))
        return found, whole

    def _tried(self, mover: Mover) -> list[int]:
        """Return all places; where these are too many, those up to what it is held against."""
        low, high = mover.low, mover.high
        if high - low >= MOST_PLACES:
            begins = [mover.start, *self._against(mover)]
            low, high = max(low, min(begins)), min(high, max(begins))
        step = 1 + (high - low) // MOST_PLACES
        return sorted({*range(low, high + 1, step), mover.start, high})

    def _against(self, mover: Mover) -> Iterator[int]:
        """Go through the places at which a measure meets what it is held against as it stands."""
        dynamic = [
            (op.slot, op.dynamic)
            for op in self.board.plan.ops
            if isinstance(op, (StepsOp, LackingOp)) and op.dynamic is not None
        ]
        for slot, operand in (*self.board.sides, *dynamic):
            codes = self.board.codes
            if mover.code in {codes[slot], codes.get(operand.slot, "")}:
                yield from self._begins(mover, slot, operand)

    def _runs(self, cluster: Cluster, index: int, stand: Places, cuts: list[int]) -> Iterator[int]:
        """Go through the nearest place of each run that does the same, the others standing."""
        mover = cluster.movers[index]

        @functools.cache
        def seen(place: int) -> Effect | None:
            return self.board.seen(cluster, (*stand[:index], place, *stand[index + 1 :]))

        ends = [*(begin - 1 for begin in cuts[1:]), mover.high]
        for first, last in zip(cuts, ends, strict=True):
            near, far = (first, last) if first >= mover.start else (last, first)
            way = 1 if far >= near else -1
            while True:
                yield near
                same = seen(near)
                if seen(far) == same:
                    break
                reach = 1
                while abs(far - near) > 2 * reach and seen(near + way * 2 * reach) == same:
                    reach *= 2
                inside, outside = 0, min(2 * reach, abs(far - near))
                while outside - inside > 1:
                    middle = (inside + outside) // 2
                    if seen(near + way * middle) == same:
                        inside = middle
                    else:
                        outside = middle
                near += way * outside


def _nearest(mover: Mover, cuts: list[int]) -> list[int]:
    """Return the nearest place of each stretch."""
    ends = [*(begin - 1 for begin in cuts[1:]), mover.high]
    return [first if first >= mover.start else last for first, last in zip(cuts, ends, strict=True)]
