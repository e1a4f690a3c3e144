"""How often something is done, as degrees of one thing: 每季度开展一次得4分，每半年一次得2分.

Whoever does it each quarter does it each half-year as well: only the better of the two counts.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 9 (bands).

>>> from healthduty.clauses.clause import read_clause
>>> rules = read_clause("每年体检一次得4分，每两年体检一次得3分", points=8).rules
>>> [str(band.points) for band in rules[0].bands]
['4', '3']
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.context import MOST_IN_RULE, Context, Draft
from healthduty.rules.condition import Flag
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, CaseBand

_OFTEN = re.compile(
    r"(?P<period>每(?:个)?(?:[\d一二两三四五六半]?个?(?:年度?|月|季度?|周|学期|旬)))(?P<what>.{1,60})"
)
_ONCE = re.compile(r"(?:[\d一二两三四]+|[一1])次")
"""How often in a period; what is done stands around it."""


def join_frequencies(context: Context) -> None:
    """Make one rule of facts that differ only in how often, the one with more points first."""
    kept: list[Draft] = []
    for draft in context.drafts:
        before = kept[-1] if kept else None
        first, second = None if before is None else before.rule, draft.rule
        one = before is not None and _is_one_thing(before, draft)
        if before is not None and one and isinstance(first, Bands) and isinstance(second, Bands):
            rule = attrs.evolve(first, bands=(*first.bands, *second.bands))
            before.rule, before.end, before.occasion = rule, draft.end, None
            before.sentence = draft.sentence
        else:
            kept.append(draft)
    context.drafts = kept


def _is_one_thing(before: Draft, draft: Draft) -> bool:
    """Whether two rules earn for the same deed, done more often and less often."""
    if before.part != draft.part or draft.sentence - before.sentence > 1:
        return False
    found = [_often(each) for each in (before, draft)]
    if any(each is None for each in found):
        return False
    (period, what), (other, less) = (each for each in found if each is not None)
    return period != other and what.startswith(less)


def _often(draft: Draft) -> tuple[str, str] | None:
    """Return the period and the deed of the last case that a rule earns for."""
    match draft.rule:
        case Bands(effect=Effect.EARN, bands=bands, otherwise=None) if len(bands) < MOST_IN_RULE:
            case = bands[-1]
        case _:
            return None
    if not isinstance(case, CaseBand) or not isinstance(case.when, Flag):
        return None
    found = _OFTEN.fullmatch(case.when.measure)
    return None if found is None else (found["period"], _ONCE.sub("", found["what"]))
