"""The rows of a facility's sheet: sections, indicators, and what each rule did to their points.

An item with one rule is one row, as on paper; an item with several has a row for each, and one of
its own. The rows are the same for every facility of an agreement: a rule that took nothing stands
there with nothing, so that full points and all changes add up to what was earned on every sheet.

Source: “How a point is lost”, section 7; “one sheet a facility”.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

import attrs

from healthduty.exact import show
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import Rescaled
from healthduty.model.indicator import Part, Section
from healthduty.model.tree import spots_of
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Group
from healthduty.scoring.lines import Line, LineKind
from healthduty.scoring.ops import NO_LIMIT, Plan, RuleRef
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, rule_text
from healthduty.workbook.formulas import rows_of
from healthduty.workbook.result_words import WORDS


class RowKind(enum.Enum):
    """What a row of a facility's sheet is."""

    SECTION = enum.auto()
    ITEM = enum.auto()
    ONE = enum.auto()
    """An item with its only rule."""
    START = enum.auto()
    RULE = enum.auto()
    OWN = enum.auto()
    """What caps and rounding of the whole agreement did."""


@attrs.frozen
class BodyRow:
    """One row: the node it belongs to (its place in the plan), its rule, its fixed texts."""

    kind: RowKind
    node: int
    ref: RuleRef | None = None
    number: str = ""
    text: str = ""
    clause: str = ""
    name: str = ""
    """What the row is called where a step of the computation is named."""
    depth: int = 0

    @property
    def has_points(self) -> bool:
        """Whether the row shows the points of its item."""
        return self.kind in (RowKind.SECTION, RowKind.ITEM, RowKind.ONE)


def body_rows(plan: Plan, lang: Language) -> tuple[BodyRow, ...]:
    """Return the rows of an agreement in written order, the agreement's own at the end."""
    return tuple(_Rows(plan, lang).all())


class _Rows:
    """Writes the rows of one plan."""

    def __init__(self, plan: Plan, lang: Language) -> None:
        self.plan, self.lang, self.words = plan, lang, WORDS[lang]
        self.measures: Mapping[str, Measure] = {
            measure.code: measure for measure in plan.agreement.measures
        }
        self.spots = {spot.index: spot.node for spot in spots_of(plan.agreement)}

    def all(self) -> Iterator[BodyRow]:
        last = len(self.plan.nodes) - 1
        for node in written_order(self.plan):
            yield from self._node(node)
        yield from self._rules(last)
        if self._cuts_total(last):
            yield BodyRow(RowKind.OWN, last, text=self.words["own"], name=self.words["whole"])

    def _cuts_total(self, last: int) -> bool:
        """Return whether a cap, a rounding or a rescaling may move the total itself."""
        plan = self.plan
        capped = plan.nodes[-1].cap < NO_LIMIT or plan.bonus_cap < NO_LIMIT
        scaled = (isinstance(r.excusal, Rescaled) and r.section == last for r in plan.refs)
        return capped or bool(plan.total_granule) or any(scaled)

    def _node(self, index: int) -> Iterator[BodyRow]:
        ref, node = self.plan.refs[index], self.spots[index]
        assert not isinstance(node, Agreement)  # noqa: S101 - the agreement stands last, apart
        words = node.text if isinstance(node, Section) else node.requirement
        text = "\n".join(filter(None, (node.title, words)))
        row = BodyRow(RowKind.ITEM, index, None, node.number, text, name=node.number)
        row = attrs.evolve(row, depth=ref.depth)
        if isinstance(node, Section):
            yield attrs.evolve(row, kind=RowKind.SECTION)
            yield from self._rules(index)
            return
        only = self._only_rule(index)
        if only is not None:
            yield attrs.evolve(row, kind=RowKind.ONE, ref=only, clause=self._clause(node, only))
            return
        yield row
        yield from self._rules(index)

    def _only_rule(self, index: int) -> RuleRef | None:
        """Return the rule of an item that has but one, which takes from it alone."""
        rules = self.plan.refs[index].rules
        has_parts = any(node.parent == index for node in self.plan.nodes)
        if len(rules) != 1 or has_parts or rules[0].members or rules[0].account != index:
            return None
        return rules[0]

    def _rules(self, index: int) -> Iterator[BodyRow]:
        ref, node = self.plan.refs[index], self.spots[index]
        short = self.plan.nodes[index].start - ref.unshared
        name = ref.number or self.words["whole"]
        if short:
            yield BodyRow(RowKind.START, index, text=self.words["start"], name=name)
        for place, (rule, depth) in enumerate(rows_of(ref.rules), start=1):
            yield BodyRow(
                RowKind.RULE,
                index,
                rule,
                clause=self._clause(node, rule),
                name=f"{name} {self.words['rule'].format(place)}",
                depth=depth,
            )

    def _clause(self, node: object, ref: RuleRef) -> str:
        """Return a rule in words; one that the agreement implies is an assessor's judgement."""
        if ref.rule is None:
            method = node.method if isinstance(node, Part) else ""
            return self.words["judged_by" if method else "judged"].format(method)
        if isinstance(ref.rule, Group):
            together = self.words[f"group_{ref.rule.pick.value}"]
            cap = ref.rule.cap
            return together + ("" if cap is None else self.words["group_cap"].format(show(cap)))
        return rule_text(ref.rule, self.measures, self.lang)


def written_order(plan: Plan) -> list[int]:
    """Return all nodes but the agreement's own, each before what stands in it."""
    children: dict[int, list[int]] = {}
    for node in plan.nodes:
        children.setdefault(node.parent, []).append(node.node)
    order: list[int] = []
    stack = list(reversed(children.get(len(plan.nodes) - 1, [])))
    while stack:
        index = stack.pop()
        order.append(index)
        stack.extend(reversed(children.get(index, [])))
    return order


# --- what a facility's lines say of them -------------------------------------------------------


@attrs.frozen
class RowResult:
    """What a row shows of one facility: signed points in points scale, bonus, sentences."""

    points: int = 0
    bonus: int = 0
    sentence: str = ""


def row_results(
    plan: Plan, rows: tuple[BodyRow, ...], sheet: ScoreSheet, lang: Language
) -> list[RowResult]:
    """Return what each row shows: the lines of its rule, and those of no single rule."""
    by_rule: dict[int, list[tuple[Line, str]]] = {}
    own: dict[int, list[tuple[Line, str]]] = {}
    starts: dict[int, list[tuple[Line, str]]] = {}
    places = {id(ref): index for index, ref in enumerate(plan.refs)}
    for told in zip(sheet.lines, sheet.sentences(lang), strict=True):
        line = told[0]
        if line.ref is not None:
            by_rule.setdefault(id(line.ref), []).append(told)
        else:
            kept = starts if line.kind is LineKind.START else own
            kept.setdefault(places[id(line.node)], []).append(told)
    results = []
    for row in rows:
        of_rule = [] if row.ref is None else by_rule.get(id(row.ref), [])
        of_node = own.get(row.node, []) if row.kind not in (RowKind.RULE, RowKind.START) else []
        if row.kind is RowKind.START:
            of_node = starts.get(row.node, [])
        result = _result([*of_rule, *of_node])
        if row.kind is RowKind.ONE:  # the points that it starts without need no words here
            start = _result(starts.get(row.node, []))
            result = attrs.evolve(result, points=result.points + start.points)
        results.append(result)
    return results


def _result(told: list[tuple[Line, str]]) -> RowResult:
    shown = [
        sentence
        for place, (line, sentence) in enumerate(told)
        if place == 0 or line.raw_units or line.effective_units or line.kind is LineKind.ROUNDING
    ]
    return RowResult(
        sum(line.effective_units for line, _ in told),
        sum(line.bonus_units for line, _ in told),
        "\n".join(dict.fromkeys(shown)),
    )
