"""Rules of one item that are at odds with each other, or with what is asked.

A loss where nothing is earned (0-5%得满分，高于5%扣2分), a line that ends where all is forfeit
(完成率x5, 低于60%不得分 of 60 %), points for those alone who fall short (未达标但有提高的得2分), a
most for each of many that their total is held against (每名教师带教不超过2人), so much for each
case of any of a list, counted by what is listed (有下列情形之一的，每件扣2分): the words mean
something else, or do not say what.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause(
...     "结余率0-5%得满分，低于0不得分，高于5%扣2分", points=5
... ).findings.codes
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.context import Context, Draft, Fault
from healthduty.rules.condition import Comparator, Compare
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, CaseBand, Curve, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Once
from healthduty.rules.threshold import Multiple
from healthduty.said import Said

_SHORT = re.compile(r"未(?:能)?(?:达到?|达标|完成)[^,，]{0,4}(?:但|然而)")
_MOST = 12
"""So many rules are looked at: what is at odds stands near."""
_NOT_EARNED = Said("points lost where none are earned", "这一情形本来不得分，又扣分")
_NO_LINE = Said(
    "a line that ends where all is lost: a share of the target?",
    "按比例得分的终点即不得分的界限：是否指目标值的比例？",
)
_ONLY_SHORT = Said(
    "only who falls short earns: what does the target earn?", "只写了未达标的得分：达标得几分？"
)
_ANY_OF = re.compile(r"(?:情形|情况|问题|行为|现象)之一的?[,，]?每[^,，;；。]{1,4}扣")
_ONE_CASE = Said(
    "one case may show several of the list: once for it, or for each of them?",
    "同一件可能有几种情形：按件扣一次，还是按情形分别扣？",
)
_EACH = Said(
    "a most for each of them, held against all together", "每一个的上限，却按合计考核：是否逐个看？"
)


def doubt_at_odds(context: Context) -> Iterator[Fault]:
    """Go through rules that another rule, or what is asked, speaks against."""
    near = context.drafts[:_MOST]
    counted = [draft for draft in near if _counts(draft.rule)]
    if counted[1:] and _ANY_OF.search(context.plain):
        yield Fault("clause-doubt", _ONE_CASE, counted[0].first, counted[-1].end)
    for draft in near:
        message = next((said for other in near if (said := _against(draft, other))), None)
        message = message or _of_one(context, draft)
        if message is not None:
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _counts(rule: Rule) -> bool:
    """Whether a rule takes points for each case."""
    return isinstance(rule, Deduction) and isinstance(rule.tally, Cases)


def _against(draft: Draft, other: Draft) -> Said | None:
    """Return what speaks against a rule in another one of the same part."""
    if draft.part != other.part:
        return None
    match draft.rule, other.rule:
        case Deduction(tally=Once(condition=Compare() as lost)), Bands(measure=code) as bands:
            outside = lost.measure == code and _is_outside(lost, bands)
            return _NOT_EARNED if outside else None
        case Forfeit(when=Compare() as lost), Curve(measure=code, knots=knots):
            at_end = lost.comparator is Comparator.LESS and lost.threshold == knots[-1].at
            return _NO_LINE if lost.measure == code and at_end else None
        case _:
            return None


def _is_outside(lost: Compare, bands: Bands) -> bool:
    """Whether what is lost is beyond the best band, where no other earns."""
    ranges = [band for band in bands.bands if isinstance(band, Band)]
    whole = len(ranges) == len(bands.bands) and bands.otherwise is None
    if bands.effect is not Effect.EARN or not whole:
        return False
    if lost.comparator is Comparator.MORE:
        ends = [band.high for band in ranges]
        known = [end for end in ends if isinstance(end, Fraction)]
        return len(known) == len(ends) and max(known) == lost.threshold
    starts = [band.low for band in ranges]
    first = [start for start in starts if isinstance(start, Fraction)]
    below = lost.comparator is Comparator.LESS
    return below and len(first) == len(starts) and min(first) == lost.threshold


def _of_one(context: Context, draft: Draft) -> Said | None:
    """Return what speaks against one rule by itself."""
    match draft.rule:
        case Bands(effect=Effect.EARN, bands=(CaseBand(),), measure=code):
            others = len(context.drafts) - 1
            short = _SHORT.match(code) is not None and not others
            return _ONLY_SHORT if short else None
        case Forfeit(when=Compare() as lost) | Deduction(tally=Once(condition=Compare() as lost)):
            each = isinstance(lost.threshold, Multiple) and lost.threshold.factor > 1
            return _EACH if each and lost.comparator is Comparator.MORE else None
        case _:
            return None
