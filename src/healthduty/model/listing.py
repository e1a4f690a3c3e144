"""The agreement as a table: what must be reached, for how many points, and how they are lost.

Source: vocabulary “Agreement”; the table of 指标 / 要求 / 分值 / 评分标准 that officials know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from healthduty.display import Table, same_places
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
    nodes = [node for part in parts for node in _walk(part)]
    points = same_places(
        None if node.points is None else Decimal(show(node.points)) for node in nodes
    )
    rows = [
        (node.number, _words(node), full, _clauses(node.rules, named, lang))
        for node, full in zip(nodes, points, strict=True)
    ]
    whole = _clauses(rules, named, lang)
    if whole:
        rows.append(("", "", "", whole))
    return Table(
        headings=_HEADINGS[lang],
        rows=tuple(rows),
        title=title,
        notes=tuple(notes),
        right=(2,),
        strong=frozenset(place for place, node in enumerate(nodes) if isinstance(node, Section)),
    )


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in children_of(node):
        yield from _walk(child)


def _words(node: Node) -> str:
    """Return the title of a node and, on a line of its own, what it asks."""
    text = node.text if isinstance(node, Section) else node.requirement
    return "\n".join(filter(None, (node.title, text)))


def _clauses(rules: Iterable[Rule], measures: Mapping[str, Measure], lang: Language) -> str:
    """Return rules in words; where they are several, each is marked where it begins."""
    clauses = [rule_text(rule, measures, lang) for rule in rules]
    return "\n".join(f"· {clause}" for clause in clauses) if len(clauses) > 1 else "".join(clauses)
