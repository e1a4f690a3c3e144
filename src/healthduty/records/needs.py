"""What an agreement asks of the data: which measures, which judgements, held against what.

A column that no rule reads may be missing; one that a rule reads may not. And whether 0.85 can
mean 0.85 % depends on the target that stands beside it. Both are read off the agreement once,
before a file is opened.

Source: semantics 2 (0.85 beside a target of 90 %), 7 (missing data), 16 (points without a rule
are scored by judgement).

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import StepsBelow
>>> rule = Deduction(StepsBelow("satisfaction", target=90, step=5), points=1)
>>> needs = needs_of(Agreement("示例", parts=(Indicator("1", points=5, rules=rule),)))
>>> needs.measures, needs.thresholds
({'satisfaction': 'item 1'}, {'satisfaction': (Fraction(90, 1),)})
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Node, Part, Section, Target, children_of
from healthduty.model.tree import grow, is_judged, walk
from healthduty.rules.condition import Compare, Condition, condition_measures
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, Curve, Judgement, rule_measures
from healthduty.rules.tally import ByAttribute, Cases, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind, Threshold
from healthduty.said import Said


@attrs.frozen
class JudgementNeed:
    """Points that an assessor gives: where they stand, under which titles, and whether they earn.

    Without a judgement that earns, the points of its item can't be told; one that takes or adds
    points is none where it is missing.
    """

    owner: str
    titles: tuple[str, ...] = ()
    earns: bool = attrs.field(default=True, kw_only=True)


@attrs.frozen
class Needs:
    """What the data of one agreement must and may hold.

    `measures` gives for each measure that is read who reads it first; `judgements` are by code
    or by the number of an item without rules; `attributes` are those by which cases are weighed
    or picked; `thresholds` the fixed numbers that a measure is held against, in its unit; `kind`
    and `population` name who needs these, or are empty. `numbered` has the number of each item
    with each measure that it reads, for people head a column 2.1 满意率.
    """

    measures: Mapping[str, str]
    numbered: tuple[tuple[str, str], ...]
    judgements: Mapping[str, JudgementNeed]
    attributes: tuple[str, ...]
    thresholds: Mapping[str, tuple[Fraction, ...]]
    kind: str
    population: str


def needs_of(agreement: Agreement) -> Needs:
    """Return what the agreement asks of its data."""
    measures: dict[str, str] = {}
    for code, owner in _needed(agreement):
        measures.setdefault(code, owner)
    thresholds: dict[str, list[Fraction]] = {}
    things = tuple(within(agreement))
    for thing in things:
        for code, threshold in _held_against(thing):
            thresholds.setdefault(code, []).extend(_fixed(threshold))
    pools = (policy.code for policy in agreement.funding if policy.per_head)
    return Needs(
        measures=measures,
        numbered=tuple(dict.fromkeys(_numbered(agreement))),
        judgements=dict(_judgements(agreement)),
        attributes=tuple(dict.fromkeys(_attributes(things))),
        thresholds={code: tuple(values) for code, values in thresholds.items() if values},
        kind=""
        if not _asks_kind(things)
        else Said("a threshold by kind of facility", "按机构类别定的目标值"),
        population=next((Said(f"the money of `{code}`", f"经费`{code}`") for code in pools), ""),
    )


def _needed(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """Go through the measures that anything reads, each with who reads it."""
    for node in agreement.nodes():
        for rule in node.rules:
            yield from (
                (code, Said(f"item {node.number}", f"{node.number}项"))
                for code in rule_measures(rule)
            )
    for rule in agreement.rules:
        yield from ((code, Said("the total", "总分")) for code in rule_measures(rule))
    for condition, owner in _conditions(agreement):
        yield from ((code, owner) for code in condition_measures(condition))


def _numbered(agreement: Agreement) -> Iterator[tuple[str, str]]:
    for node in agreement.nodes():
        for rule in node.rules if node.number else ():
            yield from ((node.number, code) for code in rule_measures(rule))


def _conditions(agreement: Agreement) -> Iterator[tuple[Condition | None, str]]:
    for veto in agreement.vetoes:
        yield veto.when, Said(f"veto {veto.code}", f"一票否决{veto.code}")
        yield veto.exempt, Said(f"veto {veto.code}", f"一票否决{veto.code}")
    for grade in agreement.grades.grades if agreement.grades else ():
        yield grade.when, Said(f"grade {grade.name}", f"等次{grade.name}")
    for policy in agreement.funding:
        for override in policy.overrides:
            yield override.when, Said(f"the money of {policy.code}", f"经费{policy.code}")


def within(thing: object) -> Iterator[object]:
    """Go through a thing and every record inside it, but for what is no part of its meaning."""
    if isinstance(thing, tuple):
        for part in thing:
            yield from within(part)
        return
    kind: Any = type(thing)
    names = _fields(kind)
    if names is not None:
        yield thing
        for name in names:
            yield from within(getattr(thing, name))


@functools.cache
def _fields(kind: type[Any]) -> tuple[str, ...] | None:
    """Return the fields of a record that are part of its meaning; None for what is no record."""
    if not attrs.has(kind):
        return None
    # Citations and assumptions are not: the latter hold other readings.
    return tuple(field.name for field in attrs.fields(kind) if field.eq)


def _held_against(thing: object) -> Iterator[tuple[str, Threshold]]:
    match thing:
        case StepsBelow() | StepsAbove():
            yield thing.measure, thing.target
        case Compare():
            yield thing.measure, thing.threshold
        case Target():
            yield thing.measure, thing.value
        case Bands():
            for band in thing.bands:
                if isinstance(band, Band):
                    bounds = (band.low, band.high)
                    yield from ((thing.measure, bound) for bound in bounds if bound is not None)
        case Curve():
            yield from ((thing.measure, knot.at) for knot in thing.knots)


def _fixed(threshold: Threshold) -> Iterator[Fraction]:
    if isinstance(threshold, Fraction):
        yield threshold
    elif isinstance(threshold, ByKind):
        yield from (value for _, value in threshold.values)
        if threshold.default is not None:
            yield threshold.default


def _attributes(things: Iterable[object]) -> Iterator[str]:
    for thing in things:
        if isinstance(thing, ByAttribute):
            yield thing.attribute
        elif isinstance(thing, Cases):
            yield from (attribute for attribute, _ in thing.where)


def _asks_kind(things: Iterable[object]) -> bool:
    return any(isinstance(thing, ByKind) and thing.default is None for thing in things)


def _judgements(agreement: Agreement) -> Iterator[tuple[str, JudgementNeed]]:
    for thing in within(agreement.rules):
        if isinstance(thing, Judgement):
            yield (
                thing.code,
                JudgementNeed(Said("the total", "总分"), earns=thing.effect is Effect.EARN),
            )
    judged = frozenset(
        spot.node.number
        for spot in walk(grow(agreement))
        if isinstance(spot.node, (Part, Section)) and is_judged(spot)
    )
    for part in agreement.parts:
        yield from _judgements_of(part, judged)


def _judgements_of(node: Node, judged: frozenset[str]) -> Iterator[tuple[str, JudgementNeed]]:
    """Go through the judgements of a node, and of what is `judged` as a whole in it."""
    owner = Said(f"item {node.number}", f"{node.number}项")
    for thing in within(node.rules):
        if isinstance(thing, Judgement):
            yield thing.code, JudgementNeed(owner, earns=thing.effect is Effect.EARN)
    for child in children_of(node):
        yield from _judgements_of(child, judged)
    if node.number in judged:
        yield node.number, JudgementNeed(owner, (node.title,) if node.title else ())
