"""Bands that leave a gap, overlap, or can't be reached.

Bands are looked at with the measure's own range in mind: a rate ends at 100 %, and between “more
than 1” and “1 or less” lies no count. Below the lowest or above the highest band nothing need be
said where the points taper off (60分以下不得分); where they are highest there, the end was
forgotten. Ladders without upper bounds (≥95, ≥90, ≥80) are no overlap: the first band counts.

Source: semantics 3, 9 (a shared boundary belongs to the upper band).

>>> from healthduty.model.indicator import Indicator
>>> rate = Measure("rate", "满意率", unit="%")
>>> rule = Bands("rate", "earn", (Band(5, low=90, high=100), Band(3, low=80, high=85)))
>>> item = Indicator("1", points=5, rules=rule)
>>> for finding in check_bands(Agreement("示例", measures=(rate,), parts=(item,))):
...     print(finding.code, finding.message)
band-gap `满意率` in no band: from 85% and below 90%, or exactly 100%
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.checks.amounts import measures_of, worth
from healthduty.checks.codes import found
from healthduty.checks.feasible import Look, kinds_of, level_values
from healthduty.checks.values import (
    NUMERIC_KINDS,
    Stretch,
    Values,
    describe,
    domain,
    is_whole,
)
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.tree import Spot, each_rule, spots_of
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import AnyBand, Band, Bands, CaseBand, LevelBand, rule_thresholds
from healthduty.said import Said, chinese


@attrs.frozen
class _Laid:
    """Bands laid out over the values that their measure can have, for one kind of facility.

    `spread` has the values of each band, in written order, None where they can't be told.
    """

    rule: Bands
    measure: Measure
    kind: str | None
    spread: tuple[Values | None, ...]
    points: tuple[Fraction, ...]

    @property
    def suffix(self) -> str:
        """What a message adds where bounds depend on the kind of facility."""
        return Said(f" (for `{self.kind}`)", f"（`{self.kind}`）") if self.kind else ""

    @property
    def known(self) -> list[Values]:
        """The bands that can be told."""
        return [values for values in self.spread if values is not None]


def check_bands(agreement: Agreement) -> Iterator[Finding]:
    """Yield gaps, overlaps and bands out of reach, each rule's own, kinds of facility in turn."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            measure = measures.get(rule.measure) if isinstance(rule, Bands) else None
            if not isinstance(rule, Bands) or measure is None or not _fits(rule, measure):
                continue
            for kind in kinds_of(rule_thresholds(rule)):
                laid = _lay(rule, measure, Look(measures, kind), spot.full)
                findings = [*_unreachable(laid), *_overlaps(laid), *_gaps(laid)]
                yield from (_placed(spot, rule, finding) for finding in findings)
                if findings:
                    break  # the other kinds would mostly say the same again


def _placed(spot: Spot, rule: Bands, finding: Finding) -> Finding:
    return attrs.evolve(finding, place=spot.place, citation=rule.citation)


def _fits(rule: Bands, measure: Measure) -> bool:
    """Return whether all bands can be asked of the measure; where not, its kind is a finding."""
    by_level = measure.kind is MeasureKind.LEVEL
    return all(
        (isinstance(band, LevelBand) and by_level)
        or (isinstance(band, Band) and measure.kind in NUMERIC_KINDS)
        or isinstance(band, CaseBand)
        for band in rule.bands
    )


def _lay(rule: Bands, measure: Measure, look: Look, full: Fraction) -> _Laid:
    return _Laid(
        rule,
        measure,
        look.kind,
        tuple(_values_of(band, measure, look) for band in rule.bands),
        tuple(worth(band.points, full) for band in rule.bands),
    )


def _values_of(band: AnyBand, measure: Measure, look: Look) -> Values | None:
    match band:
        case Band():
            low, high = look.number(band.low), look.number(band.high)
            if (low is None) != (band.low is None) or (high is None) != (band.high is None):
                return None
            spread = Values.between(
                low, high, low_in=band.low_in, high_in=band.high_in, whole=is_whole(measure)
            )
            return spread & domain(measure)
        case LevelBand():
            return level_values(band.levels, measure)
        case CaseBand():
            return look.where(band.when, measure)
        case _:
            assert_never(band)


def _earlier(laid: _Laid, index: int) -> Values:
    taken = Values()
    for values in laid.spread[:index]:
        taken |= values or Values()
    return taken


def _unreachable(laid: _Laid) -> Iterator[Finding]:
    for index, (band, values) in enumerate(zip(laid.rule.bands, laid.spread, strict=True)):
        if values is None or isinstance(band, LevelBand) or values - _earlier(laid, index):
            continue
        why = (
            Said("the bands before it take all its values", "前面的档次已包含它的全部取值")
            if values
            else Said("there is no such value", "没有这样的取值")
        )
        yield found(
            "band-unreachable",
            Said(
                f"`{laid.measure.label}`: band {index + 1} can't be reached{laid.suffix}: {why}",
                f"`{laid.measure.label}`：第{index + 1}档不可能落入{chinese(laid.suffix)}："
                f"{chinese(why)}",
            ),
        )


def _overlaps(laid: _Laid) -> Iterator[Finding]:
    for index, (band, values) in enumerate(zip(laid.rule.bands, laid.spread, strict=True)):
        taken = _earlier(laid, index)
        if values is None or isinstance(band, CaseBand):
            continue
        if isinstance(band, Band) and not values - taken:
            continue
        common = (values & taken).stretches
        twice = Values(tuple(piece for piece in common if not _on_ladder(band, values, piece)))
        if twice:
            yield found(
                "band-overlap",
                Said(
                    f"`{laid.measure.label}` in two bands{laid.suffix}: "
                    f"{describe(twice, laid.measure)}",
                    f"`{laid.measure.label}`的下列取值同时落入两档{chinese(laid.suffix)}："
                    f"{chinese(describe(twice, laid.measure))}",
                ),
                hint=Said("the first one written counts", "按先写的一档算"),
            )


def _on_ladder(band: AnyBand, values: Values, piece: Stretch) -> bool:
    """Return whether a band merely has no bound on the side where earlier ones stand."""
    if not isinstance(band, Band):
        return False
    lowest, highest = values.stretches[0][0], values.stretches[-1][1]
    return (
        (band.low is None and band.high is None)
        or (band.high is None and piece[1] == highest)
        or (band.low is None and piece[0] == lowest)
    )


def _gaps(laid: _Laid) -> Iterator[Finding]:
    if laid.rule.otherwise is not None or len(laid.known) < len(laid.spread):
        return
    covered = _earlier(laid, len(laid.spread))
    left = domain(laid.measure) - covered
    if not covered or not left:
        return
    gaps = Values(tuple(piece for piece in left.stretches if _is_gap(laid, covered, piece)))
    if gaps:
        words = describe(gaps, laid.measure)
        yield found(
            "band-gap",
            Said(
                f"`{laid.measure.label}` in no band{laid.suffix}: {words}",
                f"`{laid.measure.label}`的下列取值不在任何一档{chinese(laid.suffix)}："
                f"{chinese(words)}",
            ),
        )
    elif laid.measure.kind is MeasureKind.LEVEL and laid.rule.effect is Effect.EARN:
        words = describe(left, laid.measure)
        yield found(
            "band-silent",
            Said(
                f"`{laid.measure.label}` in no band, so that it earns nothing: {words}",
                f"`{laid.measure.label}`的下列等次不在任何一档，不得分：{chinese(words)}",
            ),
            hint=Said(
                "give `otherwise=0` to say that this is meant", "本意如此时，写明`otherwise=0`"
            ),
        )


def _is_gap(laid: _Laid, covered: Values, piece: Stretch) -> bool:
    """Return whether values without a band were forgotten, not left to count for nothing."""
    start, end = piece
    first, last = covered.stretches[0][0], covered.stretches[-1][1]
    if first < start and end < last:
        return True
    if laid.measure.kind is MeasureKind.LEVEL:
        # The best level may lose nothing, the worst may earn nothing, without a word.
        return start >= last if laid.rule.effect is Effect.LOSE else end <= first
    single = not is_whole(laid.measure) and start[:2] == end[:2]
    # 3 points from 80, 5 from 90 to 95, and nothing above: an end was forgotten. Where the
    # points taper off, nothing need be said.
    at_first, at_last = _points_at(laid, first, low=True), _points_at(laid, last, low=False)
    return single or (at_first > at_last if end <= first else at_last > at_first)


def _points_at(laid: _Laid, cut: tuple[int, Fraction, int], *, low: bool) -> Fraction:
    """Return the points of the first band that touches the outer end of what is covered."""
    ends = _ends(laid.spread, low=low)
    return next(points for end, points in zip(ends, laid.points, strict=True) if end == cut)


def _ends(spread: Sequence[Values | None], *, low: bool) -> list[tuple[int, Fraction, int] | None]:
    return [
        (values.stretches[0][0] if low else values.stretches[-1][1]) if values else None
        for values in spread
    ]
