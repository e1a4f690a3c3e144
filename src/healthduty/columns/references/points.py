"""What rows are seen to earn, where a reference is of points: an item's, or the total.

Source: “Points are counted without what is still to be worked out” (`results.cohort`).

>>> from healthduty.columns.gathering import gather
>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.scoring.plan import plan
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> found = gather({"机构": ["南关", "北关"], "1": [3, None]}, agreement)
>>> look_with(plan(agreement), "auto")(found, None).states.tolist()
[0, 1]
"""

from __future__ import annotations

from collections.abc import Mapping

from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.columns.gathered_scores import score_gathered
from healthduty.columns.gathering import Gathered
from healthduty.columns.noted import Noted
from healthduty.columns.references.rows import LookAtPoints
from healthduty.columns.references.seen import Seen, seen_of_points
from healthduty.columns.summary import written_order
from healthduty.results.references import Subject
from healthduty.rules.measure import Measure
from healthduty.scoring.ops import Plan, counting_rules
from healthduty.scoring.plan import Planned


def look_with(planned: Planned, engine: str, *, threads: int | None = None) -> LookAtPoints:
    """Return what scores rows and looks at their points; `threads` are as for `run`."""

    def look(found: Gathered, subject: Subject) -> Seen:
        made = planned.plan
        keep = [(what, n) for n in range(len(made.nodes) - 1) for what in ("inside", "unsure")]
        keep = [] if subject is None else keep
        scored, prepared = score_gathered(
            planned, found, Noted(), keep=keep, engine=engine, threads=threads
        )
        unit = 10**made.places
        if subject is None or isinstance(subject, Measure):
            points, known = scored.outcomes.total, scored.outcomes.known
            return seen_of_points(points, known, np.zeros(len(found), dtype=bool), unit)
        node = next(n for n in written_order(made) if made.refs[n].number == subject.number)
        kept = scored.results.kept
        excused = excused_rows(made, prepared.slots, subject.number, len(found))
        return seen_of_points(kept["inside", node], ~kept["unsure", node], excused, unit)

    return look


def excused_rows(made: Plan, slots: Mapping[int, Integers], number: str, length: int) -> Array:
    """Return the rows where an item with a number is excused: none of its rules can speak."""
    excused = np.zeros(length, dtype=bool)
    for node, ref in zip(made.nodes, made.refs, strict=True):
        rules = [rule for rule in counting_rules(ref.rules) if rule.slots]
        if ref.number != number or ref.excusal is None or not node.full or not rules:
            continue
        silent = np.ones(length, dtype=bool)
        for rule in rules:
            masks = [mask for slot in rule.slots if (mask := slots[slot].na) is not None]
            silent &= np.logical_or.reduce(masks) if masks else False
        excused |= silent
    return excused
