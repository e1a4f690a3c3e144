"""Facts of which only one can count, because together they would pass the item's points.

全部落实得5分，部分落实得3分 in an item of 5 points states what is earned in each case, and not two
things that add up: the best case that holds is the one that counts.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 9 (bands).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("按期办结得5分，延期办结得3分", points=5)
>>> [str(band.points) for band in reading.rules[0].bands]
['5', '3']
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.clauses.context import MOST_IN_RULE, Context, Draft, Fault
from healthduty.clauses.occasions import counted_in
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.verbless import IS_LOST
from healthduty.exact import show
from healthduty.rules.condition import Condition, Flag, condition_measures
from healthduty.rules.points import Effect, Points
from healthduty.rules.rule import Band, Bands, CaseBand, Forfeit, Rule, effect_of
from healthduty.said import Said

_NONE = re.compile(r"^(?:无|没有?|未(?:发生|出现|发现|有)|不发生)")
_APPEARS = frozenset({"发生", "出现", "发现", "存在"})
_DEGREE = re.compile("正常|全面|全部|完全|充分|基本|大部分|少部分|部分|较好|初步")
_SEVERAL = 2


@attrs.frozen
class _Case:
    """A draft that gives points where one condition holds."""

    draft: Draft
    when: Condition
    points: Fraction
    otherwise: Points | None


def join_exclusive(context: Context) -> None:
    """Make one rule of cases whose best gives all points of the item, or of their part."""
    for part, drafts in _by_part(context).items():
        worth = _worth(context, part)
        gaining = [draft for draft in drafts if not _loses(draft.rule)]
        cases = [case for draft in gaining if (case := _case(draft)) is not None]
        if not _SEVERAL <= len(cases) == len(gaining) <= MOST_IN_RULE:
            continue
        points = [case.points for case in cases]
        alone = all(case.otherwise is None for case in cases[:-1])
        one = _of_degrees(cases) if worth is None else max(points) == worth < sum(points)
        if one and alone:
            _join(context, cases)


def _of_degrees(cases: list[_Case]) -> bool:
    """Whether cases say how far one thing was done: 能够正常开展得2分，能够部分开展得1分."""
    names = [next(condition_measures(case.when)) for case in cases]
    falling = all(a.points > b.points for a, b in itertools.pairwise(cases))
    stems = {_DEGREE.sub("", name) for name in names}
    return falling and len({*names}) == len(names) and len(stems) == 1


def _by_part(context: Context) -> dict[int, list[Draft]]:
    """Return the rules of each part, in order."""
    found: dict[int, list[Draft]] = {}
    for draft in context.drafts:
        found.setdefault(draft.part, []).append(draft)
    return found


def join_none(context: Context) -> None:
    """Make a band of 无死亡得5分 before 1例得3分: none is the number 0."""
    for none, counted in itertools.pairwise(list(context.drafts)):
        case, rule = _case(none), counted.rule
        if case is None or not isinstance(case.when, Flag) or not isinstance(rule, Bands):
            continue
        named = _NONE.sub("", case.when.measure, count=1)
        numbers = all(isinstance(band, Band) for band in rule.bands)
        counted_as = context.quantities.known(rule.measure)
        unnamed = counted_as is not None and counted_as.label in {
            counted_in(counted_as.unit),
            *_APPEARS,
        }
        lacks = _NONE.match(case.when.measure) is not None and (named == rule.measure or unnamed)
        if lacks and numbers and rule.effect is Effect.EARN and none.part == counted.part:
            zero = Band(case.points, low=0, high=0, high_in=True)
            counted.rule = attrs.evolve(rule, bands=(zero, *rule.bands))
            if unnamed and counted_as is not None:  # 无投诉得3分，1例得2分
                context.quantities.forget(counted_as.code)
                one = context.quantities.measure(named, counted_as.kind, counted_as.unit)
                counted.rule = attrs.evolve(counted.rule, measure=one.code)
            for at in range(none.first, none.end):
                context.claims[at] = (Taken.RULE, "none of what the bands count")
            counted.first = none.first
            context.quantities.forget(case.when.measure)
            context.drafts.remove(none)


def _worth(context: Context, part: int) -> Fraction | None:
    """Return the points of a part, or of the item."""
    if part:
        return context.parts[part - 1].points
    return context.points if context.points is not None else context.stated


def _loses(rule: Rule) -> bool:
    return isinstance(rule, Forfeit) or effect_of(rule) is Effect.LOSE


def _case(draft: Draft) -> _Case | None:
    """Return a draft as a case, None where it is another rule."""
    match draft.rule:
        case Bands(
            bands=(CaseBand(when=when, points=Fraction() as points),),
            otherwise=otherwise,
            effect=Effect.EARN,
        ):
            return _Case(draft, when, points, otherwise)
        case _:
            return None


def _join(context: Context, cases: list[_Case]) -> None:
    """Put one rule in the place of the first case: the best stands first."""
    first, last = cases[0].draft, cases[-1].draft
    ordered = sorted(cases, key=lambda case: -case.points)
    code = next(condition_measures(ordered[0].when))
    bands = tuple(CaseBand(case.when, case.points) for case in ordered)
    first.rule = Bands(code, Effect.EARN, bands, otherwise=cases[-1].otherwise)
    first.end, first.occasion, first.full = max(first.end, last.end), None, False
    context.faults = [fault for fault in context.faults if fault.message != IS_LOST]
    gone = {id(case.draft) for case in cases[1:]}
    context.drafts = [draft for draft in context.drafts if id(draft) not in gone]


def report_passing(context: Context) -> Iterator[Fault]:
    """Go through items whose bands and facts would earn more than all of their points."""
    for part, own in _by_part(context).items():
        worth = _worth(context, part)
        drafts = [draft for draft in own if _most(draft.rule) is not None]
        made = sum((_most(draft.rule) or 0 for draft in drafts), start=Fraction(0))
        if worth and len(drafts) >= _SEVERAL and made > worth:
            message = Said(
                f"{show(made)} points are earned of {show(worth)}: only one of them counts?",
                f"得分合计{show(made)}分，超过{show(worth)}分：是否只取其一？",
            )
            yield Fault("clause-doubt", message, drafts[0].first, drafts[-1].end)


def _most(rule: Rule) -> Fraction | None:
    """Return the most that bands earn, None for other rules."""
    if not isinstance(rule, Bands) or rule.effect is not Effect.EARN:
        return None
    points = [band.points for band in rule.bands if isinstance(band.points, Fraction)]
    return max(points) if len(points) == len(rule.bands) else None
