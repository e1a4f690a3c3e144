"""The operations that a plan is made of: integers only, read by every engine.

Rules say what an official agreed; operations say what is computed. A handful of them cover
every rule: steps, lacking, cases, once, bands, curve, judgement, and groups of these;
conditions are operations too. An engine needs nothing else: no rule, no text, no unit.

`slot` is the place of a value among a record's integers, `out` the place of an amount (or of a
condition's truth) among the results. Amounts are integers in the plan's points scale.

Source: “How a point is lost”, sections 1 and 2.

>>> Term(amount=0, cap=NO_LIMIT).cap == NO_LIMIT
True
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from healthduty.model.agreement import Agreement
from healthduty.model.excusal import Excusal
from healthduty.rules.measure import Measure
from healthduty.rules.points import Effect, Placement
from healthduty.rules.rule import Rule
from healthduty.rules.tally import Cases
from healthduty.rules.threshold import ByKind
from healthduty.scoring.rows import BandsRow, CountRow, EarnerRow, LoserRow, ShareRow

NO_LIMIT = 10**60
"""Larger than any amount that the accepted numbers can make: no cap, no floor."""

COMPLETE, STARTED, PROPORTIONAL = 0, 1, 2
HALF_UP = 0
AT_LEAST, MORE, AT_MOST, LESS, EQUAL = 0, 1, 2, 3, 4


class ValueSlot(NamedTuple):
    """The value of a measure; `low_hint` is the lowest target that a value of ≤ 1 looks odd by."""

    measure: Measure
    odd_scale: bool = False


class FilledSlot(NamedTuple):
    """The value of a measure plus what a sample lacked to be available."""

    measure: Measure


class Charge(NamedTuple):
    """What a rule charges for one case: points, factors while conditions hold, a condition.

    `serial` tells rules apart that are otherwise the same; `when` is −1 where there is none.
    """

    serial: int
    per_n: int
    per_d: int
    when: int
    times: tuple[tuple[int, int, int], ...]


class WeightedSlot(NamedTuple):
    """The cases of a measure that a tally counts: by attribute, past the free ones, weighted.

    `charge` is there where the agreement charges a case only once, and the rule is one of those
    that charge.
    """

    measure: Measure
    tally: Cases
    charge: Charge | None = None


class KindSlot(NamedTuple):
    """A threshold looked up by the kind of facility."""

    table: ByKind


class MonthsSlot(NamedTuple):
    """The months of the year that the record's period makes, over 12."""


class JudgedSlot(NamedTuple):
    """An assessor's points: the mean of several; 0 or within the bounds, in exact points."""

    code: str
    least: tuple[int, int]
    most: tuple[int, int]
    required: bool


class UnevidencedSlot(NamedTuple):
    """1 where one of the measures was observed without written evidence."""

    codes: tuple[str, ...]


SpecialSlot = FilledSlot | WeightedSlot | KindSlot | MonthsSlot | JudgedSlot | UnevidencedSlot
"""What takes more than reading one value."""

Slot = ValueSlot | SpecialSlot
"""What a record's integers stand for."""


class Operand(NamedTuple):
    """A threshold: n/q, plus kn/kd times the value in `slot` where that is not −1."""

    n: int
    q: int
    slot: int = -1
    kn: int = 0
    kd: int = 1


class CompareOp(NamedTuple):
    """value `comparator` threshold."""

    out: int
    slot: int
    comparator: int
    operand: Operand


class AmongOp(NamedTuple):
    """The value is one of these integers (a level among levels)."""

    out: int
    slot: int
    places: frozenset[int]


class HappenedOp(NamedTuple):
    """The value is above 0, or is not where `expected` is false."""

    out: int
    slot: int
    expected: bool


class LogicOp(NamedTuple):
    """All, or any, of the conditions; `negate` turns the answer round."""

    out: int
    every: bool
    inputs: tuple[int, ...]
    negate: bool = False


ConditionOp = CompareOp | AmongOp | HappenedOp | LogicOp


class Modifiers(NamedTuple):
    """What only some amounts need: condition, factors, how to count, rounding, uneven points.

    `when` is the condition's place or −1; `times` are (condition, n, d); `per_d` divides the
    points; `granule` is the rounding place in points scale, 0 where the amount comes out even;
    `rounding` is the mode's code.
    """

    when: int = -1
    times: tuple[tuple[int, int, int], ...] = ()
    counting: int = COMPLETE
    per_d: int = 1
    granule: int = 0
    rounding: int = 0


class StepsOp(NamedTuple):
    """Steps below (`sign` 1) or above (−1) a target; a relative step is a share of the target.

    count = gap × `step_q` ÷ `step_n`, for a relative step divided by the target too.
    """

    out: int
    slot: int
    sign: int
    target_n: int
    target_q: int
    step_n: int
    step_q: int
    per: int
    modifiers: Modifiers | None
    dynamic: Operand | None
    relative: bool


class PlainStepsOp(NamedTuple):
    """Complete steps from a fixed target, times the points: the commonest rule of all.

    gap = `target` − `weight` × value (both carry the sign); count = gap × `step_q` ÷ `step_n`.
    """

    out: int
    slot: int
    target: int
    weight: int
    step_n: int
    step_q: int
    per: int


class LackingOp(NamedTuple):
    """How many are lacking of a required number, rounded down; `months` prorates."""

    out: int
    slot: int
    required: int
    step_n: int
    step_q: int
    per: int
    modifiers: Modifiers | None
    dynamic: Operand | None
    months: int


class CasesOp(NamedTuple):
    """Cases past the free ones, in complete steps; a weighted slot has both behind it."""

    out: int
    slot: int
    free_n: int
    free_q: int
    step_n: int
    step_q: int
    per: int
    modifiers: Modifiers | None
    weighted: bool


class OnceOp(NamedTuple):
    """The points, where the condition holds."""

    out: int
    condition: int
    per: int
    modifiers: Modifiers | None


class BandCase(NamedTuple):
    """One band: bounds (None is open) or a condition's place; points as a pair."""

    points_n: int
    points_d: int
    low: Operand | None = None
    high: Operand | None = None
    low_in: bool = True
    high_in: bool = False
    condition: int = -1


class BandsOp(NamedTuple):
    """The points of the first band that holds, else `otherwise`."""

    out: int
    slot: int
    cases: tuple[BandCase, ...]
    otherwise: tuple[int, int]
    modifiers: Modifiers


class KnotCase(NamedTuple):
    """A knot of a curve: where, and its points as a pair."""

    at: Operand
    points_n: int
    points_d: int


class CurveOp(NamedTuple):
    """Straight lines between knots; `below` and `above` are points as pairs."""

    out: int
    slot: int
    knots: tuple[KnotCase, ...]
    below: tuple[int, int]
    above: tuple[int, int]
    modifiers: Modifiers


class JudgeOp(NamedTuple):
    """The judged points in the slot, scaled and rounded."""

    out: int
    slot: int
    modifiers: Modifiers


class GroupOp(NamedTuple):
    """The sum (`pick` 0), the largest (1) or the smallest (−1) of capped amounts."""

    out: int
    members: tuple[tuple[int, int], ...]
    pick: int


SingleOp = PlainStepsOp | StepsOp | LackingOp | CasesOp | OnceOp | BandsOp | CurveOp | JudgeOp
"""The operations that make an amount of their own."""

AmountOp = SingleOp | GroupOp
"""The closed union of operations that make an amount."""


# --- what an engine goes through ---------------------------------------------------------------


class Loops(NamedTuple):
    """A plan's operations by the loop that runs them; each begins with its `out`.

    The rows are the short way for the commonest operations, `steps` to `others` the general way
    for the rest. Groups pick among amounts that were made before.
    """

    counts: tuple[CountRow, ...]
    shares: tuple[ShareRow, ...]
    bands: tuple[BandsRow, ...]
    steps: tuple[StepsOp, ...]
    lacking: tuple[LackingOp, ...]
    cases: tuple[CasesOp, ...]
    once: tuple[OnceOp, ...]
    others: tuple[BandsOp | CurveOp | JudgeOp, ...]
    groups: tuple[GroupOp, ...]


class Term(NamedTuple):
    """An amount that counts at a node, up to `cap`; `gate` is the node that must be exhausted."""

    amount: int
    cap: int
    gate: int = -1
    place: int = -1


class NodeOp(NamedTuple):
    """One node's settling; nodes stand children first, the agreement itself last.

    `start` is the points it starts with on top of what its children earned.
    """

    node: int
    parent: int
    full: int
    floor: int
    start: int
    earn: tuple[Term, ...]
    lose: tuple[Term, ...]
    inside: tuple[Term, ...]
    beyond: tuple[Term, ...]
    apart: tuple[Term, ...]
    forfeits: tuple[int, ...]
    cap: int


Terms = tuple[Term, ...]

NodeRow = tuple[
    int, int, int, int, int, Terms, Terms, Terms, Terms, Terms, tuple[int, ...], int
]  # a `NodeOp`, field by field
"""Any other node but the agreement."""


class Settling(NamedTuple):
    """A plan's nodes by how they are settled; the agreement itself is settled last, apart.

    `at_full` is what every node has while no loser has lost and no earner has earned anything.
    """

    losers: tuple[LoserRow, ...]
    earners: tuple[EarnerRow, ...]
    branches: tuple[NodeRow, ...]
    at_full: tuple[int, ...]
    with_apart: tuple[NodeOp, ...]


class RuleRef(NamedTuple):
    """Where a rule stands and what became of it: for lines and explanations.

    `home` is the node it is written at, `account` the node it takes from, `term` its place
    among the terms (−1 for a forfeit or a member of a group), `op` its operation; `slots` are
    all slots that it reads; `group` is the group around a member.
    """

    rule: Rule | None
    home: int
    account: int
    effect: Effect
    term: int
    op: AmountOp | None
    cap: int
    slots: frozenset[int]
    condition: int = -1
    members: tuple[RuleRef, ...] = ()
    gate: int = -1
    placement: Placement | None = None
    group: Rule | None = None


class NodeRef(NamedTuple):
    """What a node of the plan is in the agreement."""

    number: str
    title: str
    depth: int
    kind: str
    unshared: int
    excusal: Excusal | None
    excusal_slot: int
    moved_to: int
    section: int
    rules: tuple[RuleRef, ...]


class Test(NamedTuple):
    """A condition of an outcome: its place (−1 where there is none), and the slots behind it."""

    place: int
    reads: frozenset[int]


class Plan(NamedTuple):
    """An agreement as integers: slots, operations, nodes; pickles small, and is pure data.

    `places` is the number of decimals of the points scale; `condition_reads` are the slots
    behind each condition. Conditions stand in order of need; each of `ops` stands at its `out`,
    groups after their members; `loops` are the same operations as an engine runs them.

    `nodes` stand children first, the agreement last; `settling` are the same nodes as they are
    settled where no item is excused. `vetoes` are pairs of when and exempt.
    """

    agreement: Agreement
    places: int
    slots: tuple[Slot, ...]
    conditions: tuple[ConditionOp, ...]
    condition_reads: tuple[frozenset[int], ...]
    ops: tuple[AmountOp, ...]
    loops: Loops
    nodes: tuple[NodeOp, ...]
    settling: Settling
    refs: tuple[NodeRef, ...]
    terms: int
    bonus_cap: int
    vetoes: tuple[tuple[Test, Test], ...]
    grade_conditions: tuple[Test, ...]
    override_conditions: tuple[tuple[Test, ...], ...]
    granule: int
    total_granule: int
    rounding: int
    totals: bool


def counting_rules(refs: tuple[RuleRef, ...]) -> Iterator[RuleRef]:
    """Go through the rules that count: a group's members in place of the group."""
    for ref in refs:
        if ref.members:
            yield from counting_rules(ref.members)
        else:
            yield ref


def when_of(ref: RuleRef) -> int:
    """Return the condition without which a rule does not count; −1 where there is none."""
    if ref.op is None or isinstance(ref.op, (PlainStepsOp, GroupOp)) or ref.op.modifiers is None:
        return -1
    return ref.op.modifiers.when


def asks_evidence(plan: Plan, op: ConditionOp) -> bool:
    """Return whether a condition is that something was observed without written evidence."""
    return isinstance(op, HappenedOp) and isinstance(plan.slots[op.slot], UnevidencedSlot)
