"""The agreement as a table: what must be reached, for how many points, and how they are lost.

Source: vocabulary “Agreement”; the table of 指标 / 要求 / 分值 / 评分标准 that officials know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from healthduty.display import Table
from healthduty.exact import show
from healthduty.model.indicator import Node, Section, children_of
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Rule
from healthduty.wording import Language, rule_text

_HEADINGS = {
    "zh": ("条目", "指标", "分值", "评分标准"),
    "en": ("item", "indicator", "points", "scoring"),
}


def listing(
    title: str,
    parts: Iterable[Node],
    rules: Iterable[Rule],
    measures: Iterable[Measure],
    notes: Iterable[str],
    lang: Language,
) -> Table:
    """Return the items of an agreement as a table, each with its requirement and its rules."""
    named = {measure.code: measure for measure in measures}
    rows: list[tuple[str, ...]] = []
    strong: set[int] = set()
    for part in parts:
        for node in _walk(part):
            if isinstance(node, Section):
                strong.add(len(rows))
            rows.append(_row(node, named, lang))
    whole = "\n".join(rule_text(rule, named, lang) for rule in rules)
    if whole:
        rows.append(("", "", "", whole))
    return Table(
        headings=_HEADINGS[lang],
        rows=tuple(rows),
        title=title,
        notes=tuple(notes),
        right=(2,),
        strong=frozenset(strong),
    )


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in children_of(node):
        yield from _walk(child)


def _row(node: Node, measures: Mapping[str, Measure], lang: Language) -> tuple[str, ...]:
    text = node.text if isinstance(node, Section) else node.requirement
    points = "" if node.points is None else show(node.points)
    clauses = [rule_text(rule, measures, lang) for rule in node.rules]
    return node.number, "\n".join(filter(None, (node.title, text))), points, "\n".join(clauses)
