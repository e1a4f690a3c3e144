"""Several requirements in one cell, each with points of its own: they are parts of the item.

签约率≥70%得3分，每低5%扣1分；续签率≥60%得2分，每低2%扣0.5分: who falls short of the first loses
from its 3 points, and never from the 2 of the second.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5; vocabulary “Part”.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("签约率≥70%得3分，每低5%扣1分；续签率≥60%得2分，每低2%扣0.5分")
>>> [(part.title, str(part.points), len(part.rules)) for part in reading.parts]
[('签约率', '3', 1), ('续签率', '2', 1)]
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.asked_with import lost_without
from healthduty.clauses.context import RECENT, Context, Draft, Fault
from healthduty.clauses.lines import head_of_lines, lines_of, points_of, take_head
from healthduty.clauses.segments import Segment
from healthduty.clauses.starts_full import earned_first, earns_apart
from healthduty.clauses.text.lexicon import Kind
from healthduty.model.indicator import Part
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, Deduction, Forfeit, Rule, effect_of, rule_measures
from healthduty.rules.tally import Once, StepsAbove, StepsBelow
from healthduty.said import Said

_ITEM = re.compile(r"[本该此全整]项|本指标")
ALL_OR_LINE = Said("all of the item, or this line of it?", "是本项不得分，还是只这一处不得分？")
_SEVERAL = 2
_RUN = 2  # so many characters say that two facts are about one thing
_NEGATED = re.compile(r"未能?|没有?|无|不")


def apportion(context: Context) -> None:
    """Make a part of each line that states its points and what is lost of them.

    Where the lines don't make the item's points, or one of them states none, points that are
    earned would pay for points that are lost elsewhere: that is reported, and not guessed.
    """
    head = head_of_lines(context)
    if (context.parts or context.in_parts) and head is None:
        return
    worth = context.points if context.points is not None else context.stated
    worth = worth if head is None else head
    sentences = _sentences(context)
    lines = lines_of([drafts for drafts in sentences if not _is_of_item(drafts)])
    worths = [line_worth(drafts) for drafts in lines]
    losing = [drafts for drafts, one in zip(lines, worths, strict=True) if one and loses_of(drafts)]
    if not losing and head is None:
        _pair(context)
    if len(lines) < _SEVERAL or not (losing or _lost_once(worths)):
        return
    points = [line_points(drafts, one) for drafts, one in zip(lines, worths, strict=True)]
    full = sum((each or 0 for each in points), start=Fraction(0))
    stated = worth is None and all(worths)
    if None not in points and (stated or worth == full):
        if head is not None:
            take_head(context, head)
        for drafts, one, each in zip(lines, worths, points, strict=True):
            _part(context, drafts, one, each)
        for draft in (each for drafts in sentences if _is_of_item(drafts) for each in drafts):
            if not draft.whole:  # 弄虚作假的不得分
                context.faults.append(Fault("clause-doubt", ALL_OR_LINE, draft.first, draft.end))
    elif worth is not None and head is None and not _rest(context, lines, points, worth):
        _report_each(context, losing, worth)


def _rest(
    context: Context, lines: list[list[Draft]], points: list[Fraction | None], worth: Fraction
) -> bool:
    """Give the lines that state no points what the others leave of the item's, where they lose.

    甲率≥95%得2分，每低5%扣0.5分；现场抽查，1家未摆放扣0.4分 in an item of 4 points: 2 are left.
    """
    known = sum((each or 0 for each in points), start=Fraction(0))
    others = [
        draft for line, one in zip(lines, points, strict=True) if one is None for draft in line
    ]
    losing = any(
        one is not None and loses_of(line) for line, one in zip(lines, points, strict=True)
    )
    bare = losing and all(_takes(draft.rule) or isinstance(draft.rule, Forfeit) for draft in others)
    if not (others and bare and known < worth) or any(draft.whole for draft in others):
        return False
    for drafts, one in zip(lines, points, strict=True):
        if one is not None:
            _part(context, drafts, line_worth(drafts), one)
    _part(context, others, None, worth - known)
    rest = worth - known
    message = Said(
        f"the points that are left, {rest}, are taken for this", f"其余{rest}分按归这一处读取"
    )
    context.faults.append(Fault("clause-assumed", message, others[0].first, others[-1].end))
    return True


def _sentences(context: Context) -> list[list[Draft]]:
    """Return the drafts of each sentence, with those that only go on with the one before."""
    sentences: list[list[Draft]] = []
    seen = -1
    for draft in context.drafts:
        new = draft.sentence != seen
        if new and not (sentences and of_last(draft, sentences[-1][:RECENT])):
            sentences.append([])
        seen = draft.sentence
        sentences[-1].append(draft)
    return sentences


def _is_of_item(drafts: list[Draft]) -> bool:
    """Whether a sentence only says what takes all: 弄虚作假的本项不得分."""
    return all(isinstance(draft.rule, Forfeit) for draft in drafts)


def _lost_once(worths: list[Draft | None]) -> bool:
    """Whether one line only earns, and another only loses: 未测评扣2分；率≥90%得3分，≥80%得2分."""
    earned = any(each is not None for each in worths)
    return earned and any(each is None for each in worths)


def line_points(drafts: list[Draft], worth: Draft | None) -> Fraction | None:
    """Return what a line is worth: what it earns, or all that it can lose, each of it once."""
    if worth is not None:
        return points_of(worth)
    lost = Fraction(0)
    for draft in drafts:
        rule = draft.rule
        once = isinstance(rule, Deduction) and isinstance(rule.tally, Once) and not rule.times
        points = rule.points if once and isinstance(rule, Deduction) else None
        if not isinstance(points, Fraction):
            return None
        lost += points
    return lost


def of_last(draft: Draft, before: list[Draft]) -> bool:
    """Whether a sentence only says what is lost, or all of it, of what the one before is about."""
    names = {name for each in before for name in rule_measures(each.rule)}
    if before and line_worth(before) is not None and _steps_of(draft.rule, names):
        return True  # 建档率达80%得3分；每低5%扣0.5分
    if not before or not isinstance(draft.rule, Forfeit) or len(before) < _SEVERAL:
        return False
    lost = {name for name in rule_measures(draft.rule) if name not in names}
    denied = all(_NEGATED.sub("", name, count=1) in names for name in lost)  # 验收不合格
    return loses_of(before) and denied


def _steps_of(rule: Rule, names: set[str]) -> bool:
    """Whether a rule loses points by steps of a quantity that was named."""
    steps = isinstance(rule, Deduction) and isinstance(rule.tally, StepsBelow | StepsAbove)
    numbered = isinstance(rule, Deduction) and isinstance(rule.points, Fraction)
    return steps and numbered and names.issuperset(rule_measures(rule))


def _pair(context: Context) -> None:
    """Make parts of 有甲得3分，无甲不得分；有乙得2分，无乙不得分: each takes its own."""
    groups: list[list[Draft]] = []
    paired = False
    for draft in context.drafts:
        if effect_of(draft.rule) is Effect.EARN and points_of(draft) is not None:
            groups.append([draft])
            continue
        if not isinstance(draft.rule, Forfeit):
            return
        own = _line_of(draft, groups[-RECENT:])
        if own is not None:
            own.append(draft)
            paired = True
    full = sum((points_of(group[0]) or 0 for group in groups), start=Fraction(0))
    worth = context.points if context.points is not None else context.stated
    if paired and len(groups) >= _SEVERAL and worth in {None, full}:
        for group in groups:
            _part(context, group, group[0], points_of(group[0]))
    elif paired and len(groups) >= _SEVERAL:
        for draft in (each for group in groups for each in group[1:]):
            context.faults.append(Fault("clause-doubt", ALL_OR_LINE, draft.first, draft.end))


def note_whole(context: Context, segment: Segment, before: int) -> None:
    """Mark what 本项不得分 takes: all of the item; among parts, of which is doubtful."""
    says = any(t.kind is Kind.NOTHING and _ITEM.search(t.text) for t in segment.tokens)
    for draft in context.drafts[before:] if says else ():
        draft.whole = True
        if draft.part > 1:
            context.faults.append(Fault("clause-doubt", ALL_OR_LINE, segment.first, segment.end))


def _line_of(draft: Draft, groups: list[list[Draft]]) -> list[Draft] | None:
    """Return the line that a forfeit takes: the one right before it, or that of its opposite.

    定期开会得3分，少于每月一次不得分，有乙得2分: right behind what earns, it is lost of that.
    """
    last = groups[-1] if groups else None
    near = last is not None and last[0].sentence == draft.sentence
    if near and _takes_back(draft, last[:1] if last else []):
        return last
    beside = near and last is not None and len(last) == 1 and not draft.whole
    whole = (g for g in reversed(groups) if _takes_back(draft, g[:1], whole=True))
    named = next(whole, last if beside else None)
    if named is not None or draft.whole:
        return named
    return next((g for g in reversed(groups) if _takes_back(draft, g[:1])), None)


def _takes_back(draft: Draft, before: list[Draft], *, whole: bool = False) -> bool:
    """Whether a forfeit is for the opposite of the one fact that a sentence earns points for.

    `whole`: all of its words are in the fact's, and not only some of them.
    """
    if len(before) != 1 or not isinstance(draft.rule, Forfeit):
        return False
    earned = before[0].rule
    if not isinstance(earned, Bands) or earned.effect is not Effect.EARN:
        return False
    names = "".join(rule_measures(earned))
    lost = "".join(rule_measures(draft.rule))
    bare = _NEGATED.sub("", lost, count=1)
    if whole:
        return _NEGATED.match(lost) is not None and len(bare) >= _RUN and bare in names
    runs = {bare[at : at + _RUN] for at in range(len(bare) - _RUN + 1)}
    return _NEGATED.match(lost) is not None and any(run in names for run in runs)


def line_worth(drafts: list[Draft]) -> Draft | None:
    """Return the draft that states a sentence's points: its first, and the only one that earns."""
    earning = [draft for draft in drafts if effect_of(draft.rule) is Effect.EARN]
    return earning[0] if earning == drafts[:1] and points_of(earning[0]) is not None else None


def loses_of(drafts: list[Draft]) -> bool:
    """Whether a sentence states its points once, and then what is lost of them."""
    first = drafts[0].rule
    once = isinstance(first, Bands) and len(first.bands) == 1 and first.otherwise is None
    return once and any(_takes(draft.rule) for draft in drafts[1:])


def _takes(rule: Rule) -> bool:
    return effect_of(rule) is Effect.LOSE and not isinstance(rule, Forfeit)


def _part(
    context: Context, drafts: list[Draft], worth: Draft | None, points: Fraction | None
) -> None:
    """Make a part of a line; its points need no rule where the others say what is lost."""
    number = str(len(context.parts) + 1)
    names = (name for draft in drafts for name in rule_measures(draft.rule))
    context.parts.append(Part(number, next(names, number), points=points))
    for draft in drafts:
        draft.part = len(context.parts)
    if worth is None or not loses_of(drafts) or earned_first(worth, drafts[1:]):
        return
    if earns_apart(context, worth, drafts[1:]):
        return
    rest = None if _says_lost(drafts) else lost_without(worth.rule)
    if rest is None:
        context.drafts.remove(worth)
    else:
        worth.rule = rest


def _says_lost(drafts: list[Draft]) -> bool:
    """Whether a sentence says itself what its points are lost without: 验收不合格不得分."""
    asked = set(rule_measures(drafts[0].rule))
    return any(
        isinstance(draft.rule, Forfeit)
        and asked.issuperset(_NEGATED.sub("", name, count=1) for name in rule_measures(draft.rule))
        for draft in drafts[1:]
    )


def _report_each(context: Context, losing: list[list[Draft]], worth: Fraction) -> None:
    """Report the lines whose points are neither all of the item's nor what others leave of them."""
    for drafts in losing:
        if points_of(drafts[0]) != worth:  # a line of all points is the item itself
            _report(context, drafts, worth)


def _report(context: Context, drafts: list[Draft], worth: Fraction) -> None:
    message = Said(
        f"points of its own beside an item of {worth}: part of the item, or all of it?",
        f"本项{worth}分之外另有分值：是其中一部分，还是全部？",
    )
    fault = Fault("clause-points", message, drafts[0].first, drafts[-1].end)
    context.faults.append(fault)
