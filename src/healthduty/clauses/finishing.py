"""From drafts to a reading: rules with their citations, parts, targets, pieces, findings.

Source: docs/en/explanation/how-text-is-read.md, “What a reading holds”; semantics 11, 12.

>>> from healthduty.clauses.clause import read_clause
>>> [target.measure for target in read_clause("满意率90%以上").targets]
['满意率']
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from healthduty.clauses.accounts import claim_rest, findings_of, pieces_of
from healthduty.clauses.adding_up import add_up, add_without_end, cap_as_asked
from healthduty.clauses.alternatives import (
    join_degrees,
    join_lines,
    join_parts,
    join_short_numbers,
    lines_for_each,
)
from healthduty.clauses.apportioned import apportion
from healthduty.clauses.assessed import join_judged_levels
from healthduty.clauses.band_ends import share_ends
from healthduty.clauses.bases import take_bases
from healthduty.clauses.between import draw_between
from healthduty.clauses.context import Context, Draft
from healthduty.clauses.demerits import assume_against
from healthduty.clauses.each_part import rules_for_each_part
from healthduty.clauses.exact_rates import open_exact, reach_top
from healthduty.clauses.excepted import hold_exceptions
from healthduty.clauses.exclusive import join_exclusive, join_none
from healthduty.clauses.facts_worth import earn_facts
from healthduty.clauses.frequencies import join_frequencies
from healthduty.clauses.from_nothing import begin_behind_nothing
from healthduty.clauses.full_and_lost import begin_at_goals
from healthduty.clauses.headed import take_from_total
from healthduty.clauses.in_parts import measure_in_parts
from healthduty.clauses.levelled import join_levels
from healthduty.clauses.lines import take_sum
from healthduty.clauses.named_later import leave_to_named
from healthduty.clauses.names.collected import spread_collected
from healthduty.clauses.names.leads import lead_names
from healthduty.clauses.on_top import place_on_top
from healthduty.clauses.once_or_each import assume_once
from healthduty.clauses.own_lines import part_lines
from healthduty.clauses.parts_shared import forfeit_each_part, share_parts
from healthduty.clauses.reading import ClauseReading
from healthduty.clauses.said_again import use_said_again
from healthduty.clauses.second_look.doubts import report_doubts
from healthduty.clauses.second_look.holdings import texts_in
from healthduty.clauses.second_look.misprints import tell_mended
from healthduty.clauses.second_look.proportions import tell_proportions
from healthduty.clauses.settled import (
    close_bands,
    drop_samples,
    report_conflicts,
    report_failed,
    report_goals,
    tell_conditions,
)
from healthduty.clauses.starts_full import drop_full
from healthduty.clauses.text.folding import Folded
from healthduty.clauses.text.phrases import Tokens
from healthduty.clauses.verbless import lose_without_verb
from healthduty.findings import Findings
from healthduty.model.indicator import Target
from healthduty.rules.rule import Group, Rule
from healthduty.sources import Citation


def finish(context: Context, folded: Folded, tokens: Tokens) -> ClauseReading:
    """Return the reading that the drafts make."""
    _shape(context, tokens)
    tell_mended(context, folded, tokens)
    tell_proportions(context, tokens)
    hold_exceptions(context, tokens)
    claim_rest(context, tokens)
    drop_samples(context)
    report_goals(context)
    report_failed(context)
    tell_conditions(context, tokens)
    use_said_again(context)
    targets = tuple(_targets(context))
    by_part: dict[int, list[Rule]] = {}
    for draft in context.drafts:
        by_part.setdefault(draft.part, []).append(_cited(draft, folded, tokens))
    parts = tuple(
        attrs.evolve(part, rules=tuple(by_part.get(number, ())))
        for number, part in enumerate(context.parts, 1)
    )
    rules = tuple(by_part.get(0, ()))
    measure_in_parts(context, (*targets, *context.vetoes))
    used = context.quantities.used
    report_doubts(context, tokens, (*parts, *targets, *context.vetoes, *used))
    # 无事故得15分，每起扣15分: the fact that is left out is nothing that anybody has to record.
    named = frozenset(texts_in((*rules, *parts, *targets, *context.vetoes)))
    used = tuple(m for m in used if m.code in named or context.quantities.was_given(m))
    return ClauseReading(
        text=folded.original,
        rules=rules,
        measures=used,
        targets=targets,
        points=context.stated,
        parts=parts,
        floor=context.floor,
        vetoes=tuple(context.vetoes),
        pieces=tuple(pieces_of(context, folded, tokens)),
        findings=Findings(findings_of(context, folded, tokens)),
    )


def _shape(context: Context, tokens: Tokens) -> None:
    """Join what is one rule, make parts, and close bands: each step builds on those before it."""
    take_sum(context, tokens)
    leave_to_named(context)
    lose_without_verb(context)
    share_parts(context)
    earn_facts(context)
    lead_names(context)
    add_up(context)
    join_parts(context)
    rules_for_each_part(context)
    join_judged_levels(context)
    join_levels(context)
    forfeit_each_part(context)
    join_degrees(context)
    join_frequencies(context)
    join_none(context)
    join_exclusive(context)
    lines_for_each(context)
    join_lines(context)
    take_bases(context)
    part_lines(context)
    apportion(context)
    place_on_top(context)
    drop_full(context)
    spread_collected(context)
    join_short_numbers(context)
    add_without_end(context)
    cap_as_asked(context)
    begin_behind_nothing(context)
    open_exact(context)
    reach_top(context)
    close_bands(context)
    draw_between(context)
    begin_at_goals(context)
    share_ends(context)
    assume_once(context, tokens)
    assume_against(context)
    take_from_total(context, tokens)
    report_conflicts(context)


def _targets(context: Context) -> Iterator[Target]:
    """Go through what must be reached and no rule is about."""
    for index, (goal, span) in enumerate(zip(context.goals, context.goal_spans, strict=True)):
        if span is None or index in context.used_goals:
            continue
        bounds, measure = goal.bounds, context.goal_measure(index)
        single = bounds.single
        if single is not None:
            yield Target(measure, single[0], single[1])
        elif bounds.low is not None and bounds.high is not None:
            yield Target(measure, ">=" if bounds.low_in else ">", bounds.low)
            # A range of a goal holds its upper end (2—8℃); 70%≤率<75% says that it does not.
            yield Target(measure, "<=" if bounds.high_in or bounds.loose else "<", bounds.high)


def _cited(draft: Draft, folded: Folded, tokens: Tokens) -> Rule:
    """Return the rule of a draft with its characters; the members of a group have the same."""
    span = folded.span(tokens[draft.first].start, tokens[draft.end - 1].end)
    citation = Citation(text=folded.original, span=span)
    rule = draft.rule
    if isinstance(rule, Group):
        members = tuple(attrs.evolve(member, citation=citation) for member in rule.rules)
        return attrs.evolve(rule, rules=members, citation=citation)
    return attrs.evolve(rule, citation=citation)
