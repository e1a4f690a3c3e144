"""Sums that do not come out: points lost of what was not earned, points that nobody can earn.

Where bands earn, whatever stands in none of them has nothing to lose; where all that can be earned
is less than the item has, and something is lost besides, the rest of the points stood there from
the beginning, and was lost in the reading.

Source: semantics 5 (from what to what), 9 (bands).

>>> from healthduty.clauses.clause import read_clause
>>> text = "未开展的扣2分；满意率90%以上得3分，80%至90%得2分"
>>> "clause-doubt" in read_clause(text, points=5).findings.codes
True
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.second_look.holdings import texts_in
from healthduty.exact import show
from healthduty.rules.condition import Flag
from healthduty.rules.points import Effect, Reach
from healthduty.rules.rule import Band, Bands, CaseBand, Curve, Deduction, Rule, effect_of
from healthduty.said import Said

_NEAR = 4
_DENIES = re.compile(r"(?:全年)?(?:无|没有|未[发出]|不[发出])")
"""That nothing happened: who earns all for it has nothing to lose where it did."""


def doubt_reckoned(context: Context) -> Iterator[Fault]:
    """Go through rules of one part that contradict each other, or leave points to nobody."""
    yield from _of_unearned(context)
    yield from _of_nobody(context)


def _of_unearned(context: Context) -> Iterator[Fault]:
    """Go through bands that take points where other bands of the quantity earned none."""
    drafts = context.drafts
    for at, draft in enumerate(drafts):
        for earned in drafts[max(0, at - _NEAR) : at + _NEAR]:
            if _loses_unearned(earned, draft):
                message = Said(
                    "lost where nothing was earned: are all points there at first?",
                    "没有得分的情形又扣分：是否先得满分？",
                )
                yield Fault("clause-doubt", message, draft.first, draft.end)
                break


def _loses_unearned(earned: Draft, lost: Draft) -> bool:
    """Whether one rule earns nothing in some band in which the other takes points."""
    match earned.rule, lost.rule:
        case (
            Bands(measure=name, effect=Effect.EARN, otherwise=None) as gains,
            Bands(measure=own, effect=Effect.LOSE) as losses,
        ) if name == own and earned.part == lost.part:
            return any(
                isinstance(band, Band) and not any(_holds(each, band) for each in gains.bands)
                for band in losses.bands
            )
        case (
            Bands(effect=Effect.EARN, bands=(CaseBand(when=Flag(measure=well)),), otherwise=None),
            Deduction(reach=Reach.PART),
        ) if _DENIES.match(well) and earned.part == lost.part:
            return not set(_pairs(earned.rule)).isdisjoint(_pairs(lost.rule))
        case _:
            return False


def _holds(gain: object, loss: Band) -> bool:
    """Whether a band earns somewhere in another; ends that are no numbers are not compared."""
    if not isinstance(gain, Band):
        return True
    for low, high in ((gain.low, loss.high), (loss.low, gain.high)):
        if isinstance(low, Fraction) and isinstance(high, Fraction) and low >= high:
            return False
    return True


def _of_nobody(context: Context) -> Iterator[Fault]:
    """Go through an item of which less can be earned than it has, and something is lost besides.

    So where what earns most has something better above it: 持平得2分，上升不得分 of 3 points.
    """
    if context.parts or context.points is None:
        return
    earning = [draft for draft in context.drafts if effect_of(draft.rule) is Effect.EARN]
    said = {pair for draft in earning for pair in _pairs(draft.rule)}
    losing = any(
        isinstance(draft.rule, Deduction)
        and draft.rule.reach is Reach.PART
        and said.isdisjoint(_pairs(draft.rule))  # 未落实扣2分 behind 落实得2分
        for draft in context.drafts
    )
    most = [_most(draft.rule) for draft in earning]
    sums = list(itertools.accumulate(each for each in most if each is not None))
    halfway = any(_HALFWAY.search(each) for draft in earning for each in _best(draft.rule))
    if not (losing or halfway) or not sums or len(sums) < len(most) or sums[-1] >= context.points:
        return
    message = Said(
        f"{show(sums[-1])} of {show(context.points)} points can be earned: and the others?",
        f"最多得{show(sums[-1])}分，本项{show(context.points)}分：其余如何得分？",
    )
    yield Fault("clause-doubt", message, earning[0].first, earning[-1].end)


_HALFWAY = re.compile(r"持平$|(?:^|·)(?:基本|部分|大部分)(?=[完达落合符到])|较[好规完]")
"""What earns less than all points, and has something better above it: 持平得2分 of 3."""


def _best(rule: Rule) -> Iterator[str]:
    """Go through the names of what a rule pays most for."""
    bands = rule.bands if isinstance(rule, Bands) else ()
    most = max((b.points for b in bands if isinstance(b.points, Fraction)), default=None)
    for band in bands:
        if band.points == most:
            yield from texts_in(band)


def _pairs(rule: Rule) -> Iterator[str]:
    """Go through all runs of two characters in the words of a rule."""
    for words in texts_in(rule):
        yield from map("".join, itertools.pairwise(words))


def _most(rule: Rule) -> Fraction | None:
    """Return what a rule can earn at most, None where that is not a number."""
    match rule:
        case Bands(bands=bands):
            points = [band.points for band in bands]
        case Curve(knots=knots):
            points = [knot.points for knot in knots]
        case _:
            return None
    numbers = [each for each in points if isinstance(each, Fraction)]
    return max(numbers) if numbers and len(numbers) == len(points) else None
