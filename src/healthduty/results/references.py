"""References: what a rule asks about others (全县均值, 前三名, 上年), said as plain data.

Each names the measure that it becomes in every record, what it is of (a measure, an item's
points, the total), in which way, and among whom.

Source: semantics 14 (a rank, the peers' mean or best, last year's value become values in the
record before scoring); “References over the whole set”.

>>> Reference("county", of="rate").way
<Way.MEAN: 'mean'>
>>> Reference("place", of="total", way="rank", among="same_kind").better
<Direction.HIGHER: 'higher'>
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.errors import RuleError, UnknownNameError
from healthduty.exact import Number, show, to_fraction
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import PeersMean
from healthduty.model.indicator import Node
from healthduty.model.tree import excusal_of, spots_of
from healthduty.ranks import Direction, Ties
from healthduty.results.among import Among
from healthduty.rules.measure import Measure, MeasureKind, Word, name_twice, to_code
from healthduty.wording import Language

TOTAL = "total"
"""What a reference of the whole score is of."""


class Way(Word):
    """What of the others' values, or of one's place among them, is asked for."""

    MEAN = "mean"
    """Of rates, all numerators over all denominators; of all else, every unit counting once."""
    PLAIN_MEAN = "plain_mean"
    """Every unit counting once, rates too."""
    WEIGHTED_MEAN = "weighted_mean"
    """Every unit counting by its population."""
    MEDIAN = "median"
    BEST = "best"
    WORST = "worst"
    PERCENTILE = "percentile"
    """The value at `at` % of the way from the worst to the best."""
    RANK = "rank"
    """A unit's own place, 1 being the best."""
    RANK_FROM_LAST = "rank_from_last"
    """A unit's own place from the end, 1 being the worst (后三名)."""
    PERCENTILE_RANK = "percentile_rank"
    """How many of the others a unit beats, in % of the others."""
    LAST_YEAR = "last_year"
    """A unit's own value of last year."""


OWN = frozenset({Way.RANK, Way.RANK_FROM_LAST, Way.PERCENTILE_RANK, Way.LAST_YEAR})
"""The ways that give every unit a value of its own."""
DIRECTED = frozenset(
    {Way.BEST, Way.WORST, Way.PERCENTILE, Way.RANK, Way.RANK_FROM_LAST, Way.PERCENTILE_RANK}
)
"""The ways that ask which of two values is the better one."""
_RANKS = frozenset({Way.RANK, Way.RANK_FROM_LAST})
_OF_LEVELS = frozenset({Way.BEST, Way.WORST, Way.LAST_YEAR, *_RANKS, Way.PERCENTILE_RANK})


class Absentees(Word):
    """What becomes of a reference where units lack the value."""

    BLOCK = "block"
    """There is none: whoever is lacking would move it."""
    LEAVE_OUT = "leave_out"
    """It is worked out among the others, and whoever is left out is named."""


def _to_direction(direction: Direction | str | None) -> Direction | None:
    return None if direction is None else Direction(direction)


def _to_percent(at: Number | None) -> Fraction | None:
    return None if at is None else to_fraction(at, "percentile")


@attrs.frozen
class Reference:
    """One number about others: the measure `code` that it becomes, of what, in which way.

    `of` is a measure's code, an item's number (its points without bonuses beyond them) or
    `total`. `direction` says which of two values is the better one; it is needed where that is
    asked, but for points (higher), levels (the first) and cases (fewer). `at` is a percentile
    from 0 to 100. `places` rounds the number half up, as it is published; without it, it is exact.

    Raises:
        RuleError: what contradicts itself, or has no effect in its way.
    """

    code: str = attrs.field(converter=to_code)
    of: str = attrs.field(converter=to_code)
    way: Way = attrs.field(default=Way.MEAN, converter=Way)
    among: Among = attrs.field(default=Among.ALL, kw_only=True, converter=Among)
    direction: Direction | None = attrs.field(default=None, kw_only=True, converter=_to_direction)
    at: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_percent)
    ties: Ties = attrs.field(default=Ties.SHARED, kw_only=True, converter=Ties)
    absentees: Absentees = attrs.field(default=Absentees.BLOCK, kw_only=True, converter=Absentees)
    places: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what can't be meant."""
        name, way = f"reference `{self.code}`", self.way.value
        if self.code == self.of:
            raise RuleError(f"{name}: what is asked of a measure becomes another measure")
        if (self.at is not None) != (self.way is Way.PERCENTILE):
            raise RuleError(f"{name}: `at` goes with `percentile`, and with nothing else")
        if self.at is not None and not 0 <= self.at <= 100:  # noqa: PLR2004 - percent
            raise RuleError(f"{name}: the percentile `{show(self.at)}` is not within 0 to 100")
        if self.direction is not None and self.way not in DIRECTED:
            raise RuleError(f"{name}: `direction` has no effect on a `{way}`")
        if self.ties is not Ties.SHARED and self.way not in _RANKS:
            raise RuleError(f"{name}: `ties` has no effect on a `{way}`")
        if self.way is Way.LAST_YEAR and self.among is not Among.ALL:
            raise RuleError(f"{name}: `among` has no effect on a unit's own value of last year")
        if self.places is not None and (self.places < 0 or self.way in OWN):
            raise RuleError(f"{name}: `places` rounds a number of all, to 0 decimals or more")

    @property
    def better(self) -> Direction:
        """Which of two values is the better one; of what has no other word, the higher."""
        return self.direction or Direction.HIGHER


Subject = Measure | Node | None
"""What a reference is of: a measure, an item, or None for the total."""


def subject_of(reference: Reference, agreement: Agreement) -> Subject:
    """Return what a reference is of; its own measure must be the agreement's.

    Raises:
        UnknownNameError: the agreement has no such measure or item.
        RuleError: what could be two things, or can't be asked of this measure.
    """
    if agreement.measure(reference.code) is None:
        raise UnknownNameError(f"no measure `{reference.code}` in `{agreement.title}`")
    found: list[Subject] = [each for each in agreement.measures if each.code == reference.of]
    found += [each for each in agreement.nodes() if each.number == reference.of][:1]
    found += [None] if reference.of == TOTAL else []
    if not found:
        raise UnknownNameError(f"no measure and no item `{reference.of}` in `{agreement.title}`")
    if len(found) > 1:
        raise RuleError(f"`{reference.of}` is the name of two things in `{agreement.title}`")
    if isinstance(found[0], Measure):
        _refuse(reference, found[0])
    return found[0]


def _refuse(reference: Reference, measure: Measure) -> None:
    """Refuse what can't be asked of a measure."""
    name, kind = f"reference `{reference.code}`", measure.kind
    if kind is MeasureKind.FLAG and reference.way is not Way.LAST_YEAR:
        raise RuleError(f"{name}: yes and no have no `{reference.way.value}`")
    if kind is MeasureKind.LEVEL and reference.way not in _OF_LEVELS:
        raise RuleError(f"{name}: levels have no `{reference.way.value}`")
    if kind in _TELLING:
        if reference.direction is Direction.HIGHER:
            raise RuleError(f"{name}: the better of `{measure.code}` is known already")
    elif reference.way in DIRECTED and reference.direction is None:
        raise RuleError(f"{name}: say which `{measure.code}` is better, `higher` or `lower`")


_TELLING = frozenset({MeasureKind.LEVEL, MeasureKind.CASES})
"""The kinds of measure of which less is better: a level's place, the number of cases."""


def direction_of(reference: Reference, subject: Subject) -> Direction:
    """Return which of two values is the better one; levels by their place, the first the best."""
    if isinstance(subject, Measure) and subject.kind in _TELLING:
        return Direction.LOWER
    return reference.better


def check_references(references: tuple[Reference, ...], agreement: Agreement) -> None:
    """Refuse references that the agreement can't have.

    Raises:
        RuleError, UnknownNameError: as `subject_of`; two references that become one measure.
    """
    if (twice := name_twice(each.code for each in references)) is not None:
        raise RuleError(f"two references become the measure `{twice}`")
    for reference in references:
        subject_of(reference, agreement)


def peers_references(agreement: Agreement) -> tuple[Reference, ...]:
    """Return what items excused at their peers' mean need: the plain mean of the peers' points.

    Whoever the item does not apply to is no peer.
    """
    ways = ((spot.number, excusal_of(spot)) for spot in spots_of(agreement))
    return tuple(
        Reference(way.measure, of=number, way=Way.PLAIN_MEAN)
        for number, way in ways
        if isinstance(way, PeersMean)
    )


_TEXTS = {
    Way.MEAN: ("均值", "mean"),
    Way.PLAIN_MEAN: ("简单平均", "plain mean"),
    Way.WEIGHTED_MEAN: ("按人口加权平均", "mean weighted by population"),
    Way.MEDIAN: ("中位数", "median"),
    Way.BEST: ("最好", "best"),
    Way.WORST: ("最差", "worst"),
    Way.PERCENTILE: ("第{}百分位", "percentile {}"),
    Way.RANK: ("名次", "rank"),
    Way.RANK_FROM_LAST: ("倒数名次", "rank from the last"),
    Way.PERCENTILE_RANK: ("超过其他单位的比例", "share of the others beaten"),
    Way.LAST_YEAR: ("上年值", "last year's value"),
}


def way_text(reference: Reference, lang: Language) -> str:
    """Return in words what is asked."""
    text = _TEXTS[reference.way][lang == "en"]
    return text.format("" if reference.at is None else show(reference.at))


def subject_text(subject: Subject, lang: Language) -> str:
    """Return in words of what it is asked."""
    match subject:
        case None:
            return "总分" if lang == "zh" else "total"
        case Measure():
            return subject.label
        case _:
            words = " ".join(filter(None, (subject.number, subject.title)))
            return f"{words}得分" if lang == "zh" else f"points of {words}"
    assert_never(subject)
