"""Everything that Hypothesis draws: measures, rules, whole agreements, and records for them.

`agreements()` draws what can be scored: every rule kind, tally, condition, threshold, excusal
and veto, on a tree of sections, indicators and parts. `records(agreement)` draws values *on the
boundaries on purpose*: the target less so many steps exactly, and a hair beside it. What the
contract calls a fault of the data is not drawn, so a complete record has a total, unless all of
its items are excused or nobody states points.
"""

from __future__ import annotations

from strategy_records import cases, completions, records, scored
from strategy_rules import KINDS, conditions, measures, rules, tallies, thresholds
from strategy_trees import agreements, items

__all__ = [
    "KINDS",
    "agreements",
    "cases",
    "completions",
    "conditions",
    "items",
    "measures",
    "records",
    "rules",
    "scored",
    "tallies",
    "thresholds",
]
