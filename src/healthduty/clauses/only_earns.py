"""只得: who earns only some of the points, where all others earn them all.

没有专人的不得分；有专人但未落实待遇的只得1分 starts full: 只 says that the case earns less than the
item has, and not that nothing else earns anything.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5, 11.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("有方案但未落实的只得1分", points=3).rules[0]
>>> str(rule.bands[0].points), str(rule.otherwise)
('1', '3')
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.segments import Segment
from healthduty.rules.points import FULL, Effect, Share
from healthduty.rules.rule import Assumption, Band, Bands, CaseBand, effect_of

_ONLY = ("只", "仅")
_REST = Assumption(assumed.REST_IN_FULL)


def note_only(context: Context, segment: Segment, before: int) -> None:
    """Let all others earn all points beside 只得1分, where nothing before it earns any."""
    verb = segment.tokens[segment.acts - segment.first :][:1]
    made = context.drafts[before:]
    if not (verb and verb[0].text.startswith(_ONLY)) or len(made) != 1:
        return
    part = made[0].part
    earlier = context.drafts[max(0, before - RECENT) : before]
    if any(draft.part == part and effect_of(draft.rule) is Effect.EARN for draft in earlier):
        return
    worth = context.parts[part - 1].points if part else context.points or context.stated
    match made[0].rule:
        case (
            Bands(effect=Effect.EARN, bands=(Band() | CaseBand() as band,), otherwise=None) as rule
        ):
            reaches = isinstance(band, Band) and band.high is None  # 80%以上只得3分
            points = band.points
            less = worth is None or isinstance(points, Share)
            less = less or (isinstance(points, Fraction) and worth is not None and points < worth)
            if less and not reaches:
                made[0].rule = attrs.evolve(rule, otherwise=worth or FULL, assumption=_REST)
        case _:
            return
