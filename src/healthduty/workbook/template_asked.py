"""What an agreement asks a unit to fill in: each measure and each judgement once, in its order.

A measure stands with the first item that reads it, and names the others; what a veto, a grade or
the money reads follows, and last whatever nothing reads yet. So the sheet is filled from top to
bottom as the agreement is read.

Source: vocabulary “Measure”, “Judgement”, “Section” (the office that assesses it); semantics 12
(nothing is dropped).

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import Lacking
>>> rule = Deduction(Lacking("surveys", required=2), points="0.5")
>>> agreement = Agreement(
...     "示例",
...     measures=(Measure("surveys", "问卷调查", unit="次"),),
...     parts=(Indicator("1", "患者满意", points=3, rules=rule), Indicator("2", "台账", points=2)),
... )
>>> [(asked.target, asked.heading, asked.clause) for asked in asked_of(agreement)][1]
('2', '2 台账', '0至2分，由考核人评定')
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

import attrs

from healthduty.exact import show
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import Excusal, PeersMean
from healthduty.model.indicator import Node, Section, children_of
from healthduty.model.tree import Spot, grow, is_judged, walk
from healthduty.records.needs import within
from healthduty.records.samples import SAMPLED
from healthduty.rules.condition import condition_measures
from healthduty.rules.measure import RATE_KINDS, Measure
from healthduty.rules.points import Share
from healthduty.rules.rule import Group, Judgement, Rule, members_of, rule_measures
from healthduty.rules.tally import Lacking
from healthduty.wording import Language, rule_text
from healthduty.wording.phrase import Phrase

_TOTAL = Phrase("总分", "the total")
_BESIDE = Phrase("一票否决、等次与经费", "vetoes, grades and money")
_UNREAD = Phrase("其他数据", "other data")
_JUDGED = Phrase("{0}至{1}分，由考核人评定", "{0} to {1} points, by an assessor")

Bounds = tuple[Fraction, Fraction | None]
"""The fewest and the most points of a judgement; None where there is no most."""

_UNBOUNDED: Bounds = (Fraction(0), None)


@attrs.frozen
class Asked:
    """One thing to fill in: a measure's value, or the points of a judgement.

    `numbers` are the items that read it, `group` the heading above it, `clause` how the first of
    them scores it. `least` and `most` bound a judgement's points; `offices` assess it;
    `sampled` is what is counted in a sample (抽查).
    """

    target: str
    label: str
    measure: Measure | None = None
    numbers: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    group: str = attrs.field(default="", kw_only=True)
    clause: str = attrs.field(default="", kw_only=True)
    points: Fraction | None = attrs.field(default=None, kw_only=True)
    least: Fraction = attrs.field(default=Fraction(0), kw_only=True)
    most: Fraction | None = attrs.field(default=None, kw_only=True)
    offices: frozenset[str] = attrs.field(default=frozenset(), kw_only=True)
    evidence_required: bool = attrs.field(default=False, kw_only=True)
    sampled: bool = attrs.field(default=False, kw_only=True)

    @property
    def judged(self) -> bool:
        """Whether an assessor's points are asked for, and no measure."""
        return self.measure is None

    @property
    def paired(self) -> bool:
        """Whether it is a rate whose two counts the agreement names."""
        measure = self.measure
        rate = measure is not None and measure.kind in RATE_KINDS
        return rate and measure is not None and bool(measure.numerator or measure.denominator)

    @property
    def heading(self) -> str:
        """The label with the numbers of its items before it and its unit behind."""
        numbers = "、".join(self.numbers)
        unit = f"（{self.measure.unit}）" if self.measure is not None and self.measure.unit else ""
        return f"{numbers} {self.label}".strip() + unit


def asked_of(
    agreement: Agreement, lang: Language = "zh", samples: Collection[str] | None = None
) -> tuple[Asked, ...]:
    """Return everything that the agreement asks for, each thing once.

    `samples` are the codes of what is counted in a sample; by default `sampled_of` tells.
    """
    counted = sampled_of(agreement) if samples is None else samples
    gathering = _Gathering(agreement, lang, frozenset(counted))
    for part in agreement.parts:
        gathering.take_node(part, "", "")
    gathering.take_rules(agreement.rules, _TOTAL(lang))
    for code in _beside(agreement):
        gathering.add(code, _BESIDE(lang))
    for measure in agreement.measures:
        gathering.add(measure.code, _UNREAD(lang))
    return tuple(gathering.found.values())


_SAMPLING = re.compile("抽查|抽检|抽样|抽取")


def sampled_of(agreement: Agreement) -> set[str]:
    """Return the measures that are counted in a sample, by the method of their items (考核方法).

    Only what may be lacking of a required number has a sample that can matter, and only the method
    tells: a requirement of four 抽查 a year is what the unit itself has to do.
    """
    counted = {measure.code for measure in agreement.measures if measure.kind in SAMPLED}
    return counted.intersection(code for part in agreement.parts for code in _sampled(part, ""))


def _sampled(node: Node, method: str) -> Iterator[str]:
    """Go through the measures of a node and what is below it that are counted in a sample."""
    method += "" if isinstance(node, Section) else node.method
    if _SAMPLING.search(method):
        yield from (each.measure for each in within(node.rules) if isinstance(each, Lacking))
    for child in children_of(node):
        yield from _sampled(child, method)


def offices_of(asked: tuple[Asked, ...]) -> tuple[str, ...]:
    """Return the offices that assess anything, in order; "" where something has none."""
    named = dict.fromkeys(office for each in asked for office in sorted(each.offices))
    unassigned = any(not each.offices for each in asked)
    return (*named, "") if unassigned else tuple(named)


def _beside(agreement: Agreement) -> Iterator[str]:
    """Go through the measures that are read beside the items, in written order."""
    for veto in agreement.vetoes:
        yield from condition_measures(veto.when)
        yield from condition_measures(veto.exempt)
    for grade in agreement.grades.grades if agreement.grades else ():
        yield from condition_measures(grade.when)
    for policy in agreement.funding:
        for override in policy.overrides:
            yield from condition_measures(override.when)
    yield from _peers(agreement.excused)
    for node in agreement.nodes():
        yield from _peers(node.excused)


def _peers(excused: Excusal | None) -> Iterator[str]:
    if isinstance(excused, PeersMean):
        yield excused.measure


@attrs.define
class _Gathering:
    """What was found so far, by its code, and what is known of the agreement."""

    agreement: Agreement
    lang: Language
    samples: frozenset[str]
    found: dict[str, Asked] = attrs.Factory(dict)
    measures: Mapping[str, Measure] = attrs.field(init=False)
    spots: Mapping[int, Spot] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Look up measures by code and full points by item."""
        self.measures = {measure.code: measure for measure in self.agreement.measures}
        self.spots = {id(spot.node): spot for spot in walk(grow(self.agreement))}

    def take_node(self, node: Node, group: str, office: str) -> None:
        """Add what a node and everything below it ask for."""
        office = node.office or office
        if isinstance(node, Section) or not group:
            group = f"{node.number} {node.title}".strip()
        self.take_rules(node.rules, group, node, office)
        if is_judged(self.spots[id(node)]):
            most = node.points or Fraction(0)
            clause = _JUDGED(self.lang, "0", show(most))
            self._add(node.number, group, node, office, clause, (Fraction(0), most))
        for child in children_of(node):
            self.take_node(child, group, office)

    def take_rules(
        self, rules: tuple[Rule, ...], group: str, node: Node | None = None, office: str = ""
    ) -> None:
        """Add what rules read, and what an assessor gives by them."""
        for rule in rules:
            clause = rule_text(rule, self.measures, self.lang)
            for code in filter(self.measures.__contains__, rule_measures(rule)):
                self._add(code, group, node, office, clause)
            for member in members_of(rule) if isinstance(rule, Group) else (rule,):
                if isinstance(member, Judgement):
                    bounds = self._bounds(member, node)
                    self._add(member.code, group, node, office, clause, bounds)

    def _bounds(self, rule: Judgement, node: Node | None) -> Bounds:
        if not isinstance(rule.most, Share):
            return rule.least, rule.most
        spot = self.spots.get(id(self.agreement if node is None else node))
        full = Fraction(0) if spot is None else spot.full
        return rule.least, rule.most.part * full

    def add(self, code: str, group: str) -> None:
        """Add a measure that no item reads, where it is not there yet."""
        if code not in self.found and code in self.measures:
            self._add(code, group, None, "", "")

    def _add(
        self,
        target: str,
        group: str,
        node: Node | None,
        office: str,
        clause: str,
        bounds: Bounds = _UNBOUNDED,
    ) -> None:
        asked = self.found.get(target)
        if asked is None:
            measure = self.measures.get(target)
            label = measure.label if measure else (node.title if node else "") or target
            points = node.points if node else None
            least, most = bounds
            asked = Asked(
                target,
                label,
                measure,
                group=group,
                clause=clause,
                points=points,
                least=least,
                most=most,
                sampled=target in self.samples,
            )
        number = (node.number,) if node is not None and node.number else ()
        self.found[target] = attrs.evolve(
            asked,
            numbers=tuple(dict.fromkeys((*asked.numbers, *number))),
            offices=asked.offices | ({office} if office else set()),
            evidence_required=asked.evidence_required
            or bool(getattr(node, "evidence_required", 0)),
        )
