"""A rule behind several parts, each with a target of its own, is said of each: 各3分，按比例得分.

建档率≥90%，使用率≥60%，各占2分，按比例得分: what is read of the last of them holds for the others
with their own targets. 达标得满分 of all targets together is a condition for each part.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; vocabulary “Part”.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "建档率≥90%，使用率≥60%"
>>> reading = read_clause("两项各2分，按比例得分", points=4, requirement=asked)
>>> [str(part.rules[0].knots[-1].at) for part in reading.parts]
['90', '60']
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from healthduty.clauses.context import RECENT, Context, Draft, Fault
from healthduty.rules.condition import AllOf, Comparator, Compare
from healthduty.rules.rule import Bands, CaseBand, Curve, Deduction, Rule, rule_measures
from healthduty.said import Said

_MEASURES = frozenset({"measure", "code", "measures"})
_NUMBERS = frozenset({"target", "threshold", "at", "low", "high"})
_TOLD = frozenset({"citation", "assumption"})
_SEVERAL = 2
_OTHER_UNIT = Said(
    "a part in another unit than the step: what does it lose?",
    "与扣分步长单位不同的一项：怎样扣分？",
)


@attrs.frozen
class _Bound:
    """What a part has to reach: a measure with its unit, a number, and how these compare."""

    measure: str
    unit: str
    comparator: Comparator
    value: Fraction
    goal: int = attrs.field(eq=False)


def goals_listed(context: Context, points: Fraction) -> list[str]:
    """Return the goals of 甲率≥90%，乙率≥80%（各3分）: several that wait make a part each.

    甲率≥90%；乙率≥80%，各3分 of 6 points is said of both, and so is （6分，各3分） behind them.
    """
    alone = context.parts[0].points if len(context.parts) == 1 and not context.drafts else None
    worth = context.points if context.points is not None else context.stated or alone
    indices = context.waiting_goals()
    if worth is not None and len(indices) * points != worth:
        indices = context.unused_goals()
    names = [context.goals[index].name for index in indices]
    makes = worth is None or len(names) * points == worth
    several = _SEVERAL <= len(names) == len(set(names)) and all(names)
    if not (several and makes) or (context.parts and alone != worth):
        return []
    if context.parts:
        context.stated = context.parts.pop().points
        context.part_spans.clear()
        context.part_words.clear()
    context.pending.clear()
    return names


def rules_for_each_part(context: Context) -> None:
    """Give parts of one phrase that have no rule those of the one part that has."""
    if len(context.part_spans) < _SEVERAL or len(context.part_spans) != len(context.parts):
        return
    _give_to_own(context)
    for numbers in _groups(context):
        if not _SEVERAL <= len(numbers) <= RECENT:
            continue
        bounds = _bounds(context, numbers)
        if not bounds.keys() >= {*numbers}:
            continue
        of = {bounds[number].measure for number in numbers}
        if _is_named_again(context, numbers):
            continue
        others = _of_one_unit(context, numbers, bounds)
        for said in _by_words(draft for draft in context.drafts if draft.part in numbers):
            model = bounds[said[-1].part]
            if all(
                draft.part == numbers[-1] and _is_of(draft, model.measure, of) for draft in said
            ):
                own = {id(draft) for draft in (*said, *_said_with(context, numbers, said))}
                context.used_goals.update(bounds[number].goal for number in others)
                context.drafts = [draft for draft in context.drafts if id(draft) not in own]
                context.drafts += [
                    attrs.evolve(
                        draft, rule=_of_part(draft.rule, model, bounds[number]), part=number
                    )
                    for number in others
                    for draft in said
                ]


def _give_to_own(context: Context) -> None:
    """Give a step behind several parts to each, where their targets are what it is about."""
    owners = {
        context.goal_measure(goal).code: number
        for number in range(1, min(len(context.parts), RECENT) + 1)
        for goal in _goals_behind(context, number)
    }
    for said in _by_words(draft for draft in context.drafts if draft.goals):
        measures = [next(rule_measures(draft.rule), "") for draft in said]
        numbers = [owners.get(measure) for measure in measures]
        if len({*numbers}) != len(said) or len(said) < _SEVERAL or None in numbers:
            continue
        for draft, number in zip(said, numbers, strict=True):
            if number is not None and draft.first >= context.part_spans[-1][1]:
                draft.part = number


def _of_one_unit(context: Context, numbers: list[int], bounds: Mapping[int, _Bound]) -> list[int]:
    """Return the parts that a step can be said of: 1 % says nothing of a rate in ‰, a doubt."""
    unit = bounds[numbers[-1]].unit
    steps = any(d.part in numbers and isinstance(d.rule, Deduction) for d in context.drafts)
    for number in numbers if steps else ():
        if bounds[number].unit != unit:
            first, end, _ = context.part_spans[number - 1]
            context.faults.append(Fault("clause-doubt", _OTHER_UNIT, first, end))
    return [number for number in numbers if bounds[number].unit == unit or not steps]


def _is_named_again(context: Context, numbers: list[int]) -> bool:
    """Whether the text names the last of several parts again: a rule there is for that one."""
    titles = [context.parts[number - 1].title for number in numbers]
    here = titles if titles[0] in context.text else []
    listed = sum(titles[-1] in title for title in here)
    return context.text.count(titles[-1]) > listed


def _by_words(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """Return rules with those of the same words together."""
    found: dict[tuple[int, int], list[Draft]] = {}
    for draft in drafts:
        found.setdefault((draft.first, draft.end), []).append(draft)
    return list(found.values())


def _is_of(draft: Draft, measure: str, of: Collection[str]) -> bool:
    """Whether a rule is about one part's quantity, unnamed, or about the targets of several."""
    measures = {*rule_measures(draft.rule)}
    if _all_reached(draft.rule) is not None:
        return measures <= {*of}
    return measures == {measure} and not getattr(draft.occasion, "subject", "")


def _all_reached(rule: Rule) -> CaseBand | None:
    """Return the one band of 达标得满分, which was read of all targets."""
    match rule:
        case Bands(bands=(CaseBand(when=AllOf(conditions=conditions)) as band,)):
            return band if all(isinstance(each, Compare) for each in conditions) else None
        case _:
            return None


def _of_part(rule: Rule, model: _Bound, own: _Bound) -> Rule:
    """Return a rule as it is said of a part."""
    band = _all_reached(rule)
    if band is None or not isinstance(rule, Bands):
        held: Rule = _held_to(rule, model, own)
        return held
    reached = attrs.evolve(band, when=Compare(own.measure, own.comparator, own.value))
    return attrs.evolve(rule, measure=own.measure, bands=(reached,))


def _said_with(context: Context, numbers: list[int], said: list[Draft]) -> list[Draft]:
    """Return what parts earn by their targets alone, where a line pays it in shares."""
    if not all(isinstance(draft.rule, Curve) for draft in said):
        return []
    return [
        draft
        for draft in context.drafts
        if draft.part in numbers and draft.occasion is None and isinstance(draft.rule, Bands)
    ]


def _groups(context: Context) -> list[list[int]]:
    """Return the numbers of parts that one phrase names, or that one line stands behind.

    甲率≥90%（1分），乙率≥80%（1分），按比例得分: behind a stop the line is said of all parts.
    """
    groups: dict[tuple[int, int, int], list[int]] = {}
    sentences: dict[int, list[int]] = {}
    for number, span in enumerate(context.part_spans, 1):
        groups.setdefault(span, []).append(number)
        sentences.setdefault(span[2], []).append(number)
    found = {tuple(numbers): numbers for numbers in groups.values()}
    last = context.part_spans[-1][2]
    for draft in context.drafts:
        if not isinstance(draft.rule, Curve) or not 0 < draft.part <= len(context.part_spans):
            continue
        sentence = context.part_spans[draft.part - 1][2]
        own = sentences[sentence]
        if draft.sentence > sentence == last and len(context.parts) <= RECENT:
            own = [*range(1, len(context.parts) + 1)]
        if own[-1] == draft.part and len(own) <= RECENT:
            found.setdefault(tuple(own), own)
    return list(found.values())


def _goals_behind(context: Context, number: int) -> list[int]:
    """Return the goals that stand between a part's points and those of the part before."""
    begin = context.part_spans[number - 2][1] if number > 1 else 0
    end = context.part_spans[number - 1][1]
    spans = enumerate(context.goal_spans[:RECENT])
    return [index for index, span in spans if span is not None and begin <= span[0] < end]


def _bounds(context: Context, numbers: Iterable[int]) -> Mapping[int, _Bound]:
    """Return the one target that each part names, by the number of the part."""
    found: dict[int, _Bound] = {}
    names = [goal.name for goal in context.goals[:RECENT]]
    for number in numbers:
        title = context.parts[number - 1].title
        goals = [index for index, name in enumerate(names) if name == title]
        goals = goals or [index for index, name in enumerate(names) if name.endswith(title)]
        goals = goals or _goals_behind(context, number)
        single = context.goals[goals[0]].bounds.single if len(goals) == 1 else None
        if single is not None and isinstance(single[1], Fraction):
            measure = context.goal_measure(goals[0])
            bound = _Bound(measure.code, measure.unit, single[0], single[1], goals[0])
            found[number] = bound
    return found


def _held_to(value: Any, old: _Bound, new: _Bound) -> Any:  # noqa: ANN401 - whatever a rule holds
    """Return a rule, or what is in it, with another measure and another target."""
    if isinstance(value, tuple):
        return tuple(_held_to(member, old, new) for member in value)
    if not attrs.has(type(value)):
        return value
    changed: dict[str, Any] = {}
    for field in attrs.fields(type(value)):
        member = getattr(value, field.name)
        if field.name in _TOLD or member is None:
            continue
        if field.name in _MEASURES and member == old.measure:
            changed[field.name] = new.measure
        elif field.name in _NUMBERS and member == old.value:
            changed[field.name] = new.value
        elif isinstance(member, tuple) or attrs.has(type(member)):
            changed[field.name] = _held_to(member, old, new)
    return attrs.evolve(value, **changed)
