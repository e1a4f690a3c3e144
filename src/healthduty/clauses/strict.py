"""A text that `write_clause` wrote, as a reading: its own grammar takes it whole.

What the text does not settle is an assumption here as well: 每低5个百分点 counts complete steps,
whoever wrote it.

Source: docs/en/explanation/how-text-is-read.md, “Why two grammars”; semantics 11.

>>> reading = read_strict("未公示的，扣1分。", ())
>>> reading is not None and reading.measures[0].kind.value
'flag'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from healthduty.checks.codes import found
from healthduty.clauses.amounts import COMPLETE_STEPS
from healthduty.clauses.canonical.grammar import read_canonical, stated_points
from healthduty.clauses.reading import ClauseReading
from healthduty.clauses.text.pieces import Piece, Taken
from healthduty.errors import RuleError
from healthduty.findings import Finding, Findings
from healthduty.rules.condition import AllOf, AnyOf, Condition, Flag, Level, Not
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.rule import (
    Bands,
    Bonus,
    CaseBand,
    Deduction,
    Forfeit,
    Group,
    LevelBand,
    Rule,
    members_of,
    rule_measures,
)
from healthduty.rules.tally import Cases, Counting, Once, StepsAbove, StepsBelow
from healthduty.sources import Citation, Place, Span


def read_strict(text: str, measures: Iterable[Measure]) -> ClauseReading | None:
    """Read a canonical text, None where it is none."""
    given = {measure.code: measure for measure in measures}
    taken = read_canonical(text, given)
    if not taken:
        return None
    rules = tuple(_cited(each.rule, text, each.span) for each in taken)
    try:
        used = tuple(_measures(rules, given))
    except RuleError:
        return None  # a name that can't be a code
    stated = stated_points(text)
    pieces = [Piece(each.span, Taken.RULE) for each in taken]
    if stated is not None:
        pieces.insert(0, Piece(stated[1], Taken.POINTS))
    return ClauseReading(
        text=text,
        rules=rules,
        measures=used,
        points=None if stated is None else stated[0],
        pieces=tuple(pieces),
        findings=Findings(_assumed(rules)),
    )


def _cited(rule: Rule, text: str, span: Span) -> Rule:
    """Return a rule with its characters, and with the assumption of complete steps."""
    citation = Citation(text=text, span=span)
    if isinstance(rule, Group):
        members = tuple(_cited(member, text, span) for member in rule.rules)
        return attrs.evolve(rule, rules=members, citation=citation)
    return attrs.evolve(
        rule, citation=citation, assumption=COMPLETE_STEPS if _counts_complete(rule) else None
    )


def _counts_complete(rule: Rule) -> bool:
    """Whether a rule counts complete steps, which the text does not say."""
    if not isinstance(rule, (Deduction, Bonus)) or not isinstance(
        rule.tally, (StepsBelow, StepsAbove)
    ):
        return False
    return rule.tally.counting is Counting.COMPLETE


def _assumed(rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        for member in members_of(rule):
            span = None if member.citation is None else member.citation.span
            if member.assumption is not None and member.citation is not None and span is not None:
                words = member.citation.text[span.start : span.end]
                yield found(
                    "clause-assumed",
                    f"`{words}`: {member.assumption.text}",
                    place=Place(character=span.start + 1),
                    citation=member.citation,
                )


# -------------------------------------------------------------------------- measures


def _measures(rules: Iterable[Rule], given: dict[str, Measure]) -> Iterator[Measure]:
    """Go through the measures that rules name: given ones, and new ones by how they are used."""
    seen: set[str] = set()
    for rule in rules:
        kinds = dict(_uses(rule))
        for code in rule_measures(rule):
            if code in seen:
                continue
            seen.add(code)
            kind, levels = kinds.get(code, (None, ()))
            if code in given:
                yield given[code]
            elif kind is None:
                yield Measure(code)
            else:
                yield Measure(code, kind=kind, levels=levels)


Use = tuple[str, tuple[MeasureKind, tuple[str, ...]]]


def _uses(rule: Rule) -> Iterator[Use]:
    """Go through what the measures of a rule must be: a fact, a level, cases."""
    for member in members_of(rule):
        match member:
            case Deduction() | Bonus():
                yield from _of_condition(member.when)
                for times in member.times:
                    yield from _of_condition(times.when)
                if isinstance(member.tally, Cases):
                    yield member.tally.measure, (MeasureKind.CASES, ())
                if isinstance(member.tally, Once):
                    yield from _of_condition(member.tally.condition)
            case Bands():
                yield from _of_bands(member)
            case Forfeit():
                yield from _of_condition(member.when)
            case _:
                yield from _of_condition(member.when)


def _of_bands(rule: Bands) -> Iterator[Use]:
    yield from _of_condition(rule.when)
    levels = [band.levels for band in rule.bands if isinstance(band, LevelBand)]
    if levels:
        named = dict.fromkeys(level for each in levels for level in each)
        yield rule.measure, (MeasureKind.LEVEL, tuple(named))
    for band in rule.bands:
        if isinstance(band, CaseBand):
            yield from _of_condition(band.when)


def _of_condition(condition: Condition | None) -> Iterator[Use]:
    match condition:
        case Flag():
            yield condition.measure, (MeasureKind.FLAG, ())
        case Level():
            yield condition.measure, (MeasureKind.LEVEL, condition.levels)
        case AllOf() | AnyOf():
            for part in condition.conditions:
                yield from _of_condition(part)
        case Not():
            yield from _of_condition(condition.condition)
        case _:
            return
