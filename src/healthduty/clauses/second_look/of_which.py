"""Rules behind several things that are about one of them, and may be about the others.

A forfeit behind two faults, a share behind two parts, a fault of one part in another: the words
leave open to which they belong, and the reader took the last. So it is with a heading's sum, which
was taken for a part of its own, and with 从总分中, which the rule behind it does not say again.

Source: semantics 5 (from what to what), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("从总分中扣2分的：被通报。被曝光的，扣5分").findings.codes
False
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from healthduty.clauses.context import RECENT, Context, Draft, Fault
from healthduty.clauses.per_matter import counts_by_matter
from healthduty.clauses.second_look.holdings import texts_in
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.points import Effect, Reach
from healthduty.rules.rule import Band, Bands, Curve, Deduction, Forfeit, effect_of
from healthduty.said import Said

_PAIR = 2
_SEVERAL = 2
_BACK = 6  # rules that a list before another makes
_OF_LINES = "what all lines are worth"
_ENDS = frozenset({Kind.CLOSE, Kind.STOP, Kind.COMMA, Kind.LIST})
_BY_CHANCE = Said(
    "as much as the parts behind it: their sum?", "与后面各部分之和相同：是否为合计？"
)
_OF_WHICH = Said("of which of those before it?", "指前面的哪一项，还是各项？")


def doubt_of_which(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through rules whose place was chosen, where others would fit as well."""
    yield from _behind_several(context, tokens)
    yield from _from_the_total(context, tokens)
    yield from _by_matter(context)
    yield from _of_other_parts(context)
    yield from _shares_behind(context)
    yield from _sum_of_parts(context, tokens)


def _behind_several(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through rules without a thing of their own behind several: 各扣1分，4次不得分."""
    for at, draft in enumerate(context.drafts):
        rule = draft.rule
        if at < _SEVERAL or not isinstance(rule, (Forfeit, Deduction)):
            continue
        last = context.drafts[at - 1]
        group = [
            each
            for each in context.drafts[max(0, at - _BACK) : at]
            if each.occasion is not None
            and each.occasion == last.occasion
            and (each.sentence, each.part) == (draft.sentence, draft.part)
        ]
        if len(group) < _SEVERAL or draft.occasion == last.occasion or draft.first < last.end:
            continue
        names = [_pairs_of("".join(texts_in(each.rule))) for each in group]
        own = _pairs_of("".join(texts_in(rule)))
        said = [t.text for t in tokens[draft.first : draft.end] if t.kind is Kind.WORD]
        unsaid = all(_pairs_of(simplified("".join(said))).isdisjoint(name) for name in names)
        meets = [not own.isdisjoint(name) for name in names]
        if unsaid and any(meets) and not all(meets):
            yield Fault("clause-doubt", _OF_WHICH, draft.first, draft.end)


def _from_the_total(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through losses right behind one that comes off the total, where nothing says of what."""
    for before, draft in itertools.pairwise(context.drafts):
        if not isinstance(before.rule, Deduction) or not isinstance(draft.rule, Deduction):
            continue
        total = before.rule.reach is Reach.TOTAL and draft.rule.reach is Reach.PART
        said = any(t.kind is Kind.FROM_TOTAL for t in tokens[before.first : before.end])
        between = "".join(token.text for token in tokens[before.end : draft.first])
        if total and said and "。" not in between:
            message = Said("off the total as well?", "是否也从总分中扣？")
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _by_matter(context: Context) -> Iterator[Fault]:
    """Go through points of which one matter has the highest, behind others that have not."""
    for before, draft in itertools.pairwise(context.drafts):
        beside = effect_of(before.rule) is effect_of(draft.rule) and before.part == draft.part
        if beside and counts_by_matter(draft.rule) and not counts_by_matter(before.rule):
            message = Said("the highest of those before it as well?", "前面各项是否也只取最高？")
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _of_other_parts(context: Context) -> Iterator[Fault]:
    """Go through rules of a part whose words are another's: 纪律2分，效率3分。违反纪律…."""
    if len(context.parts) < _SEVERAL:
        return
    titles = [_pairs_of(part.title) for part in context.parts[:RECENT]]
    for draft in context.drafts:
        if not 0 < draft.part <= len(titles):
            continue
        own = _pairs_of("".join(texts_in(draft.rule)))
        if not titles[draft.part - 1].isdisjoint(own):
            continue
        if any(not title.isdisjoint(own) for title in titles):
            message = Said("in a part that its words are not about", "与所在部分的名称不符")
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _shares_behind(context: Context) -> Iterator[Fault]:
    """Go through shares of the last of several parts: A达75%（1分），B达90%（1分），按比例."""
    rules: dict[int, list[Draft]] = {}
    for draft in context.drafts:
        rules.setdefault(draft.part, []).append(draft)
    for number in range(2, len(context.part_spans) + 1):
        before, own = rules.get(number - 1, []), rules.get(number, [])
        if len(before) != 1 or len(own) != 1:
            continue
        sentence = context.part_spans[number - 1][2]
        beside = context.part_spans[number - 2][2] == sentence == own[0].sentence
        behind = own[0].end > context.part_spans[number - 1][1] + 1
        shared = isinstance(own[0].rule, Curve) and _is_one_bound(before[0])
        if beside and behind and shared and number == len(context.part_spans):
            yield Fault("clause-doubt", _OF_WHICH, own[0].first, own[0].end)


def _is_one_bound(draft: Draft) -> bool:
    """Whether a rule earns all from one bound on, and nothing below it."""
    rule = draft.rule
    bands = rule.bands if isinstance(rule, Bands) and rule.effect is Effect.EARN else ()
    return len(bands) == 1 and isinstance(bands[0], Band) and bands[0].low is not None


def _sum_of_parts(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through points that are as many as those behind them: 有制度（3分）；甲（2分），乙（1分）.

    Behind a colon they are what the others make; without one that may be by chance.
    """
    for index, token in enumerate(tokens):
        taken, note = context.claims[index]
        if taken is Taken.POINTS and note == _OF_LINES and kind_at(tokens, index + 1) in _ENDS:
            behind = {kind_at(tokens, index + 1), kind_at(tokens, index + 2)}
            if token.kind is Kind.POINTS and Kind.COLON not in behind:
                yield Fault("clause-doubt", _BY_CHANCE, index, index + 1)
    points = [part.points or 0 for part in context.parts]
    worth = context.points if context.points is not None else context.stated
    ruled = any(draft.part == 1 and isinstance(draft.rule, Deduction) for draft in context.drafts)
    if len(points) <= _SEVERAL or len(context.part_spans) < len(points):
        return
    if worth != sum(points) and not ruled and points[0] and points[0] == sum(points[1:]):
        first, end, _ = context.part_spans[0]
        yield Fault("clause-doubt", _BY_CHANCE, first, end)


def _pairs_of(words: str) -> frozenset[str]:
    """Return all runs of two characters in some words."""
    plain = simplified(words)
    return frozenset(plain[at : at + _PAIR] for at in range(len(plain) - 1))
