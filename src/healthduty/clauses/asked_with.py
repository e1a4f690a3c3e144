"""What is asked beside a rate whose steps say the rest: 达80%以上，建档得5分，每低1%扣1分.

The item starts with its points, and the steps say what a rate below its target costs. The fact that
had to hold with it has no step: without it the points are not earned at all.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11.

>>> from healthduty.clauses.clause import read_clause
>>> text = "服务率达80%以上，建立档案得5分，每下降1个百分点扣0.1分"
>>> [type(rule).__name__ for rule in read_clause(text, points=5).rules]
['Forfeit', 'Deduction']
"""

from __future__ import annotations

import re
from collections.abc import Collection

from healthduty.clauses import assumed
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag
from healthduty.rules.rule import Assumption, Bands, CaseBand, Forfeit, Rule

_SAYS_SO = re.compile(r"(?:达到|符合|满足)(?:了)?(?:要求|标准|规定|目标)")
_NOT_EARNED = Assumption(assumed.NOT_EARNED)


def lost_without(rule: Rule, stepped: Collection[str] | None = None) -> Forfeit | None:
    """Return what is lost where a fact does not hold that points were earned for with a rate.

    `stepped` are the quantities whose steps say the rest, where that is not known yet.
    """
    match rule:
        case Bands(bands=(CaseBand(when=AllOf(conditions=conditions)),), otherwise=None):
            facts = [each for each in conditions if isinstance(each, Flag)]
            if any(_SAYS_SO.match(each.measure) for each in facts):
                return None  # 达90%，达到要求的得15分: that is the rate itself
            rated = any(
                isinstance(each, Compare) and (stepped is None or each.measure in stepped)
                for each in conditions
            )
        case _:
            return None
    if not rated or len(facts) + 1 < len(conditions) or not facts:
        return None
    lacking = tuple(Flag(each.measure, expected=not each.expected) for each in facts)
    return Forfeit(lacking[0] if len(lacking) == 1 else AnyOf(lacking), assumption=_NOT_EARNED)
