"""What says that a reading may be wrong although all its numbers were used.

Here all that looks a finished reading over is called, and what is said of it as a whole, of its
names and of its vetoes. Each is a doubt: the rule stands; a person looks at it before it scores.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("每次扣1分").findings.codes
True
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from healthduty.clauses.consequences import doubt_consequences
from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.excepted import EXCEPTS
from healthduty.clauses.judged import BY_SIGHT
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.occasions import Short, Steps
from healthduty.clauses.second_look.good_states import doubt_good_states
from healthduty.clauses.second_look.holdings import is_share, texts_in
from healthduty.clauses.second_look.implausible import doubt_implausible
from healthduty.clauses.second_look.left_over import doubt_left_over
from healthduty.clauses.second_look.names import doubt_in_name, doubt_in_veto
from healthduty.clauses.second_look.not_targets import doubt_targets
from healthduty.clauses.second_look.operators import doubt_operators
from healthduty.clauses.second_look.overlaps import doubt_overlaps
from healthduty.clauses.second_look.passed_over import doubt_passed_over
from healthduty.clauses.second_look.prose import Named
from healthduty.clauses.second_look.rules import doubts_in_rules
from healthduty.clauses.second_look.times import doubt_times
from healthduty.clauses.second_look.unheard import doubt_unheard
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.idle import MONEY_NOTE
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.rule import Bands, LevelBand
from healthduty.said import Said

_SCORES = re.compile(r"\d|[扣得分判]|[评定]为|计算|比例")
_SIGN = re.compile(r"[%‰]|百分|千分|万分|\d/\d")
_RECENT = 40

_TITLE = 8  # 满意率 alone is a title
_OF_VETO = frozenset({Kind.VETO, Kind.CANCEL})
_SAYS_NOTHING = frozenset({Taken.TEXT, Taken.NUMBER, Taken.SUBJECT, Taken.VETO})
_STEPS = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})


def report_doubts(context: Context, tokens: Tokens, read: Iterable[object]) -> None:
    """Add a fault for each doubt; `read` is what the reading holds besides its rules."""
    named = [(draft, tuple(dict.fromkeys(texts_in(draft.rule)))) for draft in context.drafts]
    context.faults.extend(doubts_in_rules(context))
    context.faults.extend(_of_wholes(context, tokens, named))
    context.faults.extend(_of_names(context, named))
    context.faults.extend(_of_vetoes(context, tokens))
    others = tuple(read)
    context.faults.extend(doubt_passed_over(context, tokens, named, list(texts_in(others))))
    context.faults.extend(doubt_left_over(context, tokens, others))
    context.faults.extend(doubt_operators(context, tokens))
    context.faults.extend(doubt_times(context, tokens))
    context.faults.extend(doubt_good_states(context, tokens))
    context.faults.extend(doubt_targets(context, tokens))
    context.faults.extend(doubt_overlaps(context, tokens))
    context.faults.extend(doubt_implausible(context))
    context.faults.extend(doubt_consequences(context, tokens))
    context.faults.extend(doubt_unheard(context, tokens))


def _of_wholes(context: Context, tokens: Tokens, named: Named) -> Iterator[Fault]:
    """Go through what the reading as a whole leaves out: all of it, a sign, a requirement."""
    if not tokens:
        return
    message = _of_nothing(context, tokens)
    if message is not None:
        yield Fault("clause-doubt", message, 0, len(tokens))
    texts = (context.text, *map(simplified, context.asked))
    if _compares_rates(context, named) and not any(_SIGN.search(text) for text in texts):
        message = Said("a rate without its sign: % is meant?", "比率没有写单位：是否为百分数？")
        yield Fault("clause-doubt", message, 0, len(tokens))
    yield from _bounds_without_points(context)
    yield from _exceptions(context, tokens)
    yield from _money(context)
    for draft in context.drafts:
        names = _left_out(context, draft)
        if names:
            listed = "、".join(names)
            message = Said(
                f"`{listed}` is asked for as well: the points stand for one of them?",
                f"还要求了`{listed}`：分值只对应其中一项？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _of_nothing(context: Context, tokens: Tokens) -> Said | None:
    """Return what to say of a standard of which nothing was read; a way of checking is one."""
    found = context.drafts or context.vetoes or context.parts or context.goals
    spared = any(token.kind is Kind.SPARED for token in tokens)
    spared = spared or any(note == BY_SIGHT for _, note in context.claims.values())
    if found or spared or context.faults or context.asks:
        return None
    if context.points is not None and _SCORES.search(context.text):
        steps = any(token.kind in _STEPS for token in tokens)  # 合格率每降低5%
        unread = Said("no rule was read", "没有读出评分规则")
        asked = Said("steps without points: how many for each?", "写了扣分的步长，没有写分数")
        return asked if steps else unread
    kinds = {token.kind for token in tokens}
    words = not kinds.isdisjoint(_OF_VETO) or (Kind.WORD in kinds and len(context.text) > _TITLE)
    taken = {taken for taken, _ in context.claims.values()}
    paid = any(note == MONEY_NOTE for _, note in context.claims.values())
    if not words or paid or not taken <= _SAYS_NOTHING or is_check(context.plain):
        return None
    if any(doubt_consequences(context, tokens)):
        return None  # it says itself that what follows is no points
    return Said("nothing that scores was found in it", "没有读出与评分有关的内容")


def _exceptions(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through words that except something, where nothing was made of them: …的除外."""
    for index, token in enumerate(tokens):
        said = token.kind is Kind.WORD and EXCEPTS.search(token.text) is not None
        if said and context.claims[index][0] is Taken.TEXT:
            message = Said("an exception that no rule has", "例外情形没有读入规则")
            yield Fault("clause-doubt", message, index, index + 1)


def _money(context: Context) -> Iterator[Fault]:
    """Go through money that is taken or paid: no rule of points has it."""
    paid = [index for index in sorted(context.claims) if context.claims[index][1] == MONEY_NOTE]
    message = Said("money, and no points: no rule has it", "是金额，不是分数，没有读入规则")
    for _, run in itertools.groupby(enumerate(paid), key=lambda pair: pair[1] - pair[0]):
        held = [index for _, index in run]
        yield Fault("clause-doubt", message, held[0], held[-1] + 1)


def _compares_rates(context: Context, named: Named) -> bool:
    """Whether some rule holds a rate in per cent against a number."""
    names = {name for draft, own in named if not is_share(draft.rule) for name in own}
    used = map(context.quantities.known, names)
    return any(measure is not None and measure.unit == "%" for measure in used)


def _bounds_without_points(context: Context) -> Iterator[Fault]:
    """Go through bounds for a quantity that has others: 优：率≥95%；良：75%≤率<95%."""
    seen: dict[str, object] = {}
    for index, span in enumerate(context.goal_spans):
        goal = context.goals[index]
        if span is None or index in context.used_goals:
            continue
        if goal.name in seen and seen[goal.name] != goal.target:
            message = Said(
                "several bounds for one quantity, and no points", "同一指标有多个界限，却没有分值"
            )
            yield Fault("clause-doubt", message, *span)
        seen[goal.name] = goal.target


def _left_out(context: Context, draft: Draft) -> list[str]:
    """Return the names of the requirement's goals that a rule could be about as well.

    A rule that names no quantity takes the last that fits; another of its unit, of which no rule
    is, may have been meant too.
    """
    occasion = draft.occasion
    if not isinstance(occasion, (Steps, Short)) or occasion.subject or not draft.goals:
        return []
    units = {context.goals[index].bounds.unit for index in draft.goals}
    own = {
        name for i in draft.goals for name in (context.goals[i].name, context.goal_measure(i).code)
    }
    return [
        goal.name
        for index, goal in enumerate(context.goals[:_RECENT])
        if context.goal_spans[index] is None
        and index not in context.used_goals
        and goal.bounds.unit in units
        and goal.group < 0
        and goal.name not in own
    ]


def _of_names(context: Context, named: Named) -> Iterator[Fault]:
    """Go through the names of rules that say too little or too much."""
    told: set[str] = set()
    for name, first, end in itertools.chain(_in_rules(named), _in_targets(context)):
        doubt = None if name in told else doubt_in_name(context, name)
        told.add(name)
        if doubt is not None:
            yield Fault("clause-doubt", doubt, first, end)


def _in_rules(named: Named) -> Iterator[tuple[str, int, int]]:
    """Go through the names in rules, with the tokens of each."""
    for draft, names in named:
        bands = draft.rule.bands if isinstance(draft.rule, Bands) else ()
        levels = {level for band in bands if isinstance(band, LevelBand) for level in band.levels}
        for name in (each for each in names if each not in levels):
            yield name, draft.first, draft.end


def _in_targets(context: Context) -> Iterator[tuple[str, int, int]]:
    """Go through the names of what must be reached and no rule is about, with their tokens."""
    for index, span in enumerate(context.goal_spans):
        if span is not None and index not in context.used_goals:
            yield context.goal_measure(index).code, *span


def _of_vetoes(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through the events of vetoes that are cut, lead up to a list, or are nothing wrong.

    Each doubt is said once, at the first event that has it.
    """
    told: dict[Said, str] = {}
    for veto in context.vetoes:
        doubt = doubt_in_veto(veto.code)
        if doubt is not None:
            told.setdefault(doubt, veto.code)
    taken = [index for index in sorted(context.claims) if context.claims[index][0] is Taken.VETO]
    for doubt, name in told.items() if taken else ():
        at = next((index for index in taken if tokens[index].text.strip("的") in name), taken[0])
        yield Fault("clause-doubt", doubt, at, at + 1)
