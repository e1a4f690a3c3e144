r"""One item as a table of targets prints it, read back: the other half of `write_item`.

A line for each matter, with its word before a colon (考核要求：…, 目标值：…, 评分标准：…); parts
stand below their item, indented by two full-width spaces for each level. What `write_item` wrote
comes back as the same item, but for what it does not print (excusals, citations, assumptions);
what somebody typed by its pattern is read as a clause is.

Source: “How text is read”; law 1: what is written is read back.

>>> reading = read_item("2.1 患者满意（3分）\n考核要求：每年调查2次\n评分标准：每少1次扣0.5分")
>>> reading.item.title, reading.item.points, reading.item.rules[0].points
('患者满意', Fraction(3, 1), Fraction(1, 2))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import attrs

from healthduty.checks.codes import found
from healthduty.clauses.canonical.grammar import (
    read_canonical,
    read_canonical_targets,
    stated_points,
)
from healthduty.clauses.canonical.writing import BELOW, EVIDENCE, HANGING, NO_FLOOR
from healthduty.clauses.clause import read_clause
from healthduty.clauses.reading import ClauseReading
from healthduty.documents.column import Column
from healthduty.documents.headings import role_of
from healthduty.documents.naming import Naming
from healthduty.findings import Finding, Findings
from healthduty.model.indicator import Indicator, Part, Target
from healthduty.rules.measure import Measure
from healthduty.said import Said
from healthduty.sources import Place

_LABEL = re.compile(r"(?P<label>[^：:，,。；;\s]{1,12})[：:](?P<text>.*)", flags=re.DOTALL)
_NUMBER = re.compile(r"\(?（?[\dA-Za-z一二三四五六七八九十百]+(?:[.．\-][\dA-Za-z]+)*[)）、.．]?")
_STATED = re.compile(r"(?P<head>.*?)(?P<points>（[^（）]*分）)", flags=re.DOTALL)
_FLOOR = re.compile(r"最低得分为(?P<points>-?\d+(?:\.\d+)?(?:/\d+)?)分。")


@attrs.frozen(kw_only=True)
class ItemReading:
    """An item, understood as far as it could be.

    `item` has its parts; `measures` are those that its rules and targets name, given or new;
    `clauses` are the readings of its scoring standards and targets, from the top down, with what
    each part of their text was taken for; `findings` have their rows.
    """

    item: Indicator
    measures: tuple[Measure, ...] = ()
    clauses: tuple[ClauseReading, ...] = ()
    findings: Findings = attrs.field(factory=Findings)


@attrs.define
class _Lines:
    """An item's own lines, before they are read: heading first; then what stands below it."""

    head: str
    row: int
    matters: list[tuple[int, str]] = attrs.Factory(list)
    parts: list[_Lines] = attrs.Factory(list)


def read_item(text: str, *, measures: Iterable[Measure] = ()) -> ItemReading:
    """Read one item with its parts from the lines in which `write_item` prints it.

    `measures` are found by code or name; others are made from the words. A line whose word is not
    known, or that says nothing that an item holds, is a finding, and nothing of it is guessed.
    """
    reader = _Reader(tuple(measures))
    top, others = _tree_of(text)
    for line in others:
        reader.unread(line.row, line.head)
    if top is None:
        message = Said("there is nothing to read", "没有可读的内容")
        reader.findings.append(found("file-empty", message))
        top = _Lines("", 1)
    item = reader.indicator(top)
    return ItemReading(
        item=item,
        measures=tuple(reader.naming.measures.values()),
        clauses=tuple(reader.clauses),
        findings=Findings(reader.findings),
    )


def _tree_of(text: str) -> tuple[_Lines | None, list[_Lines]]:
    """Return an item's lines with those of its parts in it, and items that stand beside it."""
    path: list[_Lines] = []
    beside: list[_Lines] = []
    for row, line in enumerate(text.split("\n"), start=1):
        words = line.lstrip(HANGING)
        depth, goes_on = divmod(len(line) - len(words), len(BELOW))
        if not words.strip():
            continue
        matters = path[min(depth, len(path) - 1)].matters if path else []
        if goes_on and matters:
            at, begun = matters[-1]
            matters[-1] = (at, f"{begun}\n{words}")
        elif path and _is_matter(words):
            matters.append((row, words))
        elif path and depth == 0:
            beside.append(_Lines(words, row))
        else:
            del path[max(depth, 1) :]
            made = _Lines(words, row)
            if path:
                path[-1].parts.append(made)
            path.append(made)
    return (path[0] if path else None), beside


def _is_matter(words: str) -> bool:
    """Whether a line is no heading of an item: it has its word, or says how far points fall."""
    fixed = (NO_FLOOR, EVIDENCE)
    return words in fixed or bool(_FLOOR.fullmatch(words) or _LABEL.match(words))


_TEXTS = {Column.REQUIREMENT: "requirement", Column.METHOD: "method", Column.OFFICE: "office"}
"""What an item keeps as text."""


@attrs.define
class _Reader:
    """Reads items from the top down; keeps the measures, the clauses and what was found."""

    given: tuple[Measure, ...]
    naming: Naming = attrs.field(init=False)
    clauses: list[ClauseReading] = attrs.Factory(list)
    findings: list[Finding] = attrs.Factory(list)

    def __attrs_post_init__(self) -> None:
        """Begin with the measures that are known."""
        self.naming = Naming({measure.code: measure for measure in self.given})

    def indicator(self, lines: _Lines) -> Indicator:
        """Read an item and the parts below it."""
        fields = self._fields(lines)
        number, title, points = _heading(lines.head)
        parts = tuple(self._part(each) for each in lines.parts)
        return Indicator(number, title, points=points, parts=parts, **fields)

    def _part(self, lines: _Lines) -> Part:
        if lines.parts:
            return self.indicator(lines)
        fields = self._fields(lines)
        number, title, points = _heading(lines.head)
        return Part(number, title, points=points, **fields)

    def _fields(self, lines: _Lines) -> dict[str, Any]:
        """Return what the lines of an item say, by the names of its fields."""
        fields: dict[str, Any] = {}
        told = [(row, *_matter(words)) for row, words in lines.matters]
        requirement = next((text for _, role, text in told if role is Column.REQUIREMENT), None)
        for row, role, text in told:
            if role in _TEXTS and _TEXTS[role] not in fields:
                fields[_TEXTS[role]] = text
            elif role is Column.TARGET:
                fields["targets"] = (*fields.get("targets", ()), *self._targets(text, lines, row))
            elif role is Column.SCORING:
                reading = self._clause(text, lines, row, requirement)
                fields["rules"] = (*fields.get("rules", ()), *reading.rules)
                if reading.floor != 0:
                    fields["floor"] = reading.floor
            elif text == EVIDENCE:
                fields["evidence_required"] = True
            elif text == NO_FLOOR:
                fields["floor"] = None
            elif floor := _FLOOR.fullmatch(text):
                fields["floor"] = Fraction(floor["points"])
            else:
                self.unread(row, text)
        return fields

    def _targets(self, text: str, lines: _Lines, row: int) -> Sequence[Target]:
        targets = read_canonical_targets(text, self.naming.measures)
        return self._clause(text, lines, row, None).targets if targets is None else targets

    def _clause(self, text: str, lines: _Lines, row: int, requirement: str | None) -> ClauseReading:
        number, title, points = _heading(lines.head)
        known = self.naming.shared()
        reading = read_clause(
            text, points=points, requirement=requirement, measures=self.given, known=known
        )
        self.findings += (
            attrs.evolve(each, place=attrs.evolve(each.place, row=row, item=number))
            for each in reading.findings
        )
        if read_canonical(text, self.naming.measures) is None:
            settled = self.naming.settle(reading, title, number)
        else:  # canonical text names its measures and judgements by the names that they have
            settled = reading
            for measure in reading.measures:
                self.naming.measures.setdefault(measure.code, measure)
        self.clauses.append(settled)
        return settled

    def unread(self, row: int, text: str) -> None:
        """Report a line that is nothing of the item."""
        message = Said(f"`{text[:40]}` was not read", f"`{text[:40]}`没有读懂")
        self.findings.append(found("text-unread", message, place=Place(row=row)))


def _matter(words: str) -> tuple[Column, str]:
    """Return what a line is about, and its text; a line without a word is its own text."""
    label = _LABEL.match(words)
    role = Column.UNKNOWN if label is None else role_of(label["label"])
    return (role, words) if label is None or role is Column.UNKNOWN else (role, label["text"])


def _heading(head: str) -> tuple[str, str, Fraction | None]:
    """Return number, title and points of an item's first line."""
    stated = _STATED.fullmatch(head)
    known = None if stated is None else stated_points(stated["points"])
    points = None if known is None else known[0]
    words = head if stated is None or known is None else stated["head"]
    number, space, title = words.partition(" ")
    if space or _NUMBER.fullmatch(number):
        return number, title, points
    return "", words, points
