"""The lines of a clause: what each earns, with what is lost of it, whatever mark stands between.

甲得2分，缺一项扣0.5分，乙得3分，每低1%扣1分 are two lines in one sentence; so are
甲率、乙率各得1分，每低5%扣0.2分. 阵地建设4分 before lines of 4 points says what all are worth.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; vocabulary “Part”.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("甲率、乙率达65%以上各得1分，每低5%扣0.2分")
>>> [(part.title, str(part.points)) for part in reading.parts]
[('甲率', '1'), ('乙率', '1')]
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction

import attrs

from healthduty.clauses.context import MOST_IN_RULE, Context, Draft
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, Forfeit, effect_of, rule_measures

_SEVERAL = 2


def lines_of(sentences: list[list[Draft]]) -> list[list[Draft]]:
    """Return the lines of all sentences, in order."""
    return [line for drafts in sentences for line in _lines(drafts)]


def _lines(drafts: list[Draft]) -> list[list[Draft]]:
    """Return the lines of one sentence: each begins with what earns, behind what is lost."""
    runs: list[list[Draft]] = []
    for draft in drafts:
        last = runs[-1][-1] if runs else None
        if last is None or (_earns(draft) and not _earns(last)):
            runs.append([])
        runs[-1].append(draft)
    names = [rule_name(run[0]) for run in runs]
    if not all(map(_earns, drafts[:1])) or len(set(names)) < len(names):
        return [drafts]
    return [line for run in runs for line in _by_quantity(run)]


def _by_quantity(run: list[Draft]) -> list[list[Draft]]:
    """Return a line for each of 甲率、乙率各得1分，每低5%扣0.2分: all lose of their own."""
    earned = [draft for draft in run if _earns(draft)]
    if not _SEVERAL <= len(earned) < len(run) or len(run) > MOST_IN_RULE:
        return [run]
    by_name = {rule_name(draft): [draft] for draft in earned}
    for draft in run[len(earned) :]:
        own = by_name.get(rule_name(draft))
        if own is None or isinstance(draft.rule, Forfeit):
            return [run]
        own.append(draft)
    lose = all(len(line) >= _SEVERAL for line in by_name.values())
    return list(by_name.values()) if lose and len(by_name) == len(earned) else [run]


def _earns(draft: Draft) -> bool:
    return effect_of(draft.rule) is Effect.EARN and points_of(draft) is not None


def rule_name(draft: Draft) -> str:
    """Return the first quantity that a rule is about."""
    return next(iter(rule_measures(draft.rule)), "")


def points_of(draft: Draft | None) -> Fraction | None:
    """Return the most that the bands of a draft earn, None where that is no number."""
    rule = None if draft is None else draft.rule
    if not isinstance(rule, Bands):
        return None
    points = [band.points for band in rule.bands]
    numbers = [each for each in points if isinstance(each, Fraction)]
    return max(numbers) if len(numbers) == len(points) else None


def head_of_lines(context: Context) -> Fraction | None:
    """Return the points of the one part that all rules stand behind: 阵地建设4分，甲得2分，…."""
    part = context.parts[0] if len(context.parts) == 1 else None
    if part is None or any(draft.part != 1 for draft in context.drafts):
        return None
    return part.points if context.points in {None, part.points} else None


def take_sum(context: Context, tokens: Tokens) -> None:
    """Take 宣传教育（10分）：甲（4分），乙（6分） for an item of 10 points that has two parts.

    Several such sums behind each other are what the item's sections are worth.
    """
    spans, worths = context.part_spans, [part.points or Fraction(0) for part in context.parts]
    heads = _heads(worths) if len(spans) == len(worths) == len(context.part_words) else []
    full = sum((worths[head] for head in heads), start=Fraction(0))
    if not heads or context.points not in {None, full}:
        return
    ruled = {draft.part - 1 for draft in context.drafts}
    if not ruled.isdisjoint(heads) or not all(_leads(tokens, spans[head][1]) for head in heads):
        return
    for head in heads:
        _claim(context, head)
    context.stated = full if context.stated in {None, worths[0]} else context.stated
    for draft in context.drafts:
        draft.part -= bisect_left(heads, draft.part) if draft.part else 0
    among = frozenset(heads)
    context.parts[:] = [part for at, part in enumerate(context.parts) if at not in among]
    spans[:] = [span for at, span in enumerate(spans) if at not in among]
    context.part_words[:] = [w for at, w in enumerate(context.part_words) if at not in among]
    context.parts[:] = [attrs.evolve(p, number=str(n)) for n, p in enumerate(context.parts, 1)]


def _leads(tokens: Tokens, end: int) -> bool:
    """Whether points end a heading or a sentence: 国家级8分、省级5分、市级3分 is no sum."""
    end += kind_at(tokens, end) is Kind.CLOSE
    return kind_at(tokens, end) in {Kind.COLON, Kind.STOP, Kind.LABEL}


def _heads(worths: list[Fraction]) -> list[int]:
    """Return which points are the sum of those behind them, where all of them are such sums."""
    heads: list[int] = []
    at = 0
    while at < len(worths):
        heads.append(at)
        rest = worths[at]
        at += 1
        while at < len(worths) and rest > 0:
            rest -= worths[at]
            at += 1
        if rest or at - heads[-1] <= _SEVERAL:
            return []
    return heads


def _claim(context: Context, head: int) -> None:
    """Say what the words of a part are that is a sum."""
    for at in range(*context.part_spans[head][:2]):
        context.claims[at] = (Taken.POINTS, "what all lines are worth")


def take_head(context: Context, points: Fraction) -> None:
    """Take a part that is made of lines for the item itself."""
    context.stated = points if context.stated is None else context.stated
    if context.part_spans:
        _claim(context, 0)
    context.parts.clear()
    context.part_spans.clear()
    context.part_words.clear()
    for draft in context.drafts:
        draft.part = 0
