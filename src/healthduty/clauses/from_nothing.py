"""A lowest band of what is too much or wrong begins behind nothing: 超标3%以下扣1分.

Who is not over at all, or not late, or has no fault, loses nothing, though the words have no lower
end.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 9 (bands).

>>> from healthduty.clauses.clause import read_clause
>>> band = read_clause("迟报3天以内扣1分，3天以上扣2分").rules[0].bands[0]
>>> str(band.low), band.low_in
('0', False)
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.rules.condition import Comparator, Compare
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, Deduction, Rule
from healthduty.rules.tally import Once

_EXCESS = re.compile(
    r"(?:超标|超出|超支|超额|超员|超过|逾期|超[期时]|延[误迟期长后]|推迟|滞后|迟[报到交送]?|误差|偏差)(?:率|比例|幅度|天数)?$"
)
_FAULT = re.compile(r"^发现|问题|隐患|缺陷|投诉|事故|纠纷|死亡|案件|差错")
_WHOLE = frozenset({MeasureKind.COUNT, MeasureKind.CASES})


def begin_behind_nothing(context: Context) -> None:
    """Give a lower end of 0 to what is lost up to some excess, 0 itself outside."""
    for draft in context.drafts:
        if any(context.goals[index].bounds.low is not None for index in draft.goals):
            continue  # 不良事件上报≥2件，不达标扣1分: so many are asked for
        rule = _as_bands(draft.rule)
        measure = context.quantities.known(rule.measure) if isinstance(rule, Bands) else None
        if isinstance(rule, Bands) and measure is not None and _is_excess(measure):
            draft.rule = _from_nothing(rule)


def _as_bands(rule: Rule) -> Rule:
    """Return 延期1周以内扣1分 as a band; other rules as they are."""
    match rule:
        case Deduction(tally=Once(condition=Compare() as compare), cap=None, times=()) if (
            compare.comparator in {Comparator.AT_MOST, Comparator.LESS}
        ):
            within = compare.comparator is Comparator.AT_MOST
            band = Band(rule.points, high=compare.threshold, high_in=within)
            return Bands(compare.measure, Effect.LOSE, (band,), reach=rule.reach)
        case _:
            return rule


def _is_excess(measure: Measure) -> bool:
    wrong = SAYS_WRONG.search(measure.label) or _FAULT.search(measure.label)
    return (measure.kind in _WHOLE and wrong is not None) or _EXCESS.search(
        measure.label
    ) is not None


def _from_nothing(rule: Bands) -> Bands:
    """Return bands that lose with a lower end for each that has none."""
    if rule.effect is not Effect.LOSE:
        return rule
    bands = tuple(
        attrs.evolve(band, low=0, low_in=False)
        if isinstance(band, Band) and band.low is None
        else band
        for band in rule.bands
    )
    return attrs.evolve(rule, bands=bands)
