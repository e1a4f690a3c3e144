"""What points are for, found in the segment or in the words that stand before it.

未建档的，扣1分 has its fact before the comma; 对事故未吸取教训，并落实措施的 is one fact on both
sides of one; 机构健全，分工明确，责任落实，得3分 is earned by all of them together.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 12.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("年初有计划，年终有总结的得1分").rules[0].measure
'年初有计划，年终有总结'
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.asking import SUFFERED
from healthduty.clauses.assumed import said, year_total
from healthduty.clauses.both_hold import read_both, read_both_waiting
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.comma_lists import any_failed, list_before
from healthduty.clauses.context import MOST_IN_RULE, RECENT, Context, Fault
from healthduty.clauses.earned_together import all_together, good_as_well
from healthduty.clauses.facts import BEGINS_FACT, SAYS_WRONG, VERIFIED, untied
from healthduty.clauses.names.facts_before import (
    any_wrong,
    is_plain,
    ties_last,
    with_pending,
)
from healthduty.clauses.occasions import (
    Either,
    Graded,
    Held,
    Many,
    Nothing,
    Occasion,
    Where,
    counted_by,
)
from healthduty.clauses.one_each import lacks_one, read_one
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import RATE_UNITS, Kind
from healthduty.clauses.text.phrases import both_of, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token
from healthduty.rules.condition import Comparator
from healthduty.rules.points import Effect

Occasions = tuple[Token, ...]

MODIFIERS = frozenset(
    {
        Done.CAP,
        Done.TIMES,
        Done.STARTED,
        Done.COMPLETED,
        Done.PRORATED,
        Done.PLACED,
        Done.WITHIN_POINTS,
        Done.BEST,
        Done.FREE,
    }
)
"""What changes the rule before it, and is no rule of its own."""
_ALSO = re.compile(r"[,、]?(?:且|并|并且|同时|还|另)+")
_OR = re.compile(r"或者?")
_BY = re.compile(r"按|根据|依据|视")
_NO_HARM = re.compile(r"(?:但|且|尚)?(?:未|没有?)(?:导致|造成|引发|引起|影响|产生)")
_ENDS_OF_RANGE = 2
_SCORED_IN = RATE_UNITS | {"分"}


def occasion_of(context: Context, action: Action, tokens: Occasions) -> Occasion | None:
    """Return what stands before the points, in the segment or in the words before it."""
    words = words_of(tokens, context.text)
    last = context.last()
    if _ALSO.fullmatch(words) and last is not None and isinstance(last.occasion, Where):
        return last.occasion  # 不得分且从总分中扣5分: one occasion, two consequences
    tokens = () if _ALSO.fullmatch(words) and context.pending else tokens  # 发现一次，并扣5分
    if _OR.match(words) and context.pending:
        return _either(context, tokens)
    both = read_both(context, tokens) or all_together(context, action, tokens)
    if both is not None:
        return both
    occasion = _in_noun(read_occasion(tokens, context.plain))
    counts = action.effect in {Effect.LOSE, Effect.ADD} and _scores(action)
    if isinstance(occasion, Where | Graded) and counts:
        occasion = read_one(tokens, context.plain) or occasion
    if action.per_unit:
        return counted_by(_in_words(context, occasion, words), action.per_unit)
    if isinstance(occasion, Graded) and context.pending:
        occasion = _graded(context, action, occasion)
    elif isinstance(occasion, Where) and action.done not in MODIFIERS:
        return _verified(context, occasion) or with_pending(context, action, occasion)
    if isinstance(occasion, Either):
        return _of_all(action, occasion)
    if isinstance(occasion, Many | Held):
        return list_before(context, action, tokens, occasion)
    if not isinstance(occasion, Nothing) or not context.pending or action.done in MODIFIERS:
        return occasion
    several = (
        _pending_facts(context, action) or _range_waiting(context) or read_both_waiting(context)
    )
    several = several or _bounds_waiting(context, action)
    if several is not None:
        return several
    return _waiting(context, action)


def _in_noun(occasion: Occasion | None) -> Occasion | None:
    """Return 每少一室 as what lacks, in a word that is no unit elsewhere."""
    if isinstance(occasion, Many) and not occasion.unit:
        return lacks_one(occasion.subject, each=occasion.each) or occasion
    return occasion


def _in_words(context: Context, occasion: Occasion | None, words: str) -> Occasion | None:
    """Return 低于70分 of 低于70分扣2分/次 as a fact of what was required, which can be counted.

    烧伤3人以上扣10分/次 counts in two ways at once.
    """
    if not isinstance(occasion, Held) or occasion.bounds.unit not in _SCORED_IN:
        return occasion
    found = [] if occasion.subject else context.goals_for("", {occasion.bounds.unit})
    named = context.goals[found[-1]].name if found else ""
    return Where((named + untied(words),)) if named or occasion.subject else None


def _graded(context: Context, action: Action, occasion: Graded) -> Occasion:
    """Return a level with the words that wait: 细则不符合实际，操作性差的; 有记录，完整得2分."""
    if action.effect is not Effect.LOSE:
        return good_as_well(context, action, occasion) or occasion
    graded = Where((occasion.words,))
    joined = graded if occasion.linked else with_pending(context, action, graded)
    return occasion if joined is graded else joined


def _scores(action: Action) -> bool:
    """Whether points are lost, a number of them or by judgement."""
    return action.done in {Done.POINTS, Done.JUDGED}


def _of_all(action: Action, occasion: Either) -> Either:
    """Return a list of bounds, all of which have to hold where points are earned for them."""
    earns = occasion.listed and action.effect is Effect.EARN and action.done is Done.POINTS
    return attrs.evolve(occasion, every=True, listed=False) if earns else occasion


def _waiting(context: Context, action: Action) -> Occasion | None:
    """Return what the last words that wait say, with those before them where they go on."""
    earlier = _as_goal(context, context.pending[-1])
    if isinstance(earlier, Either):
        return _of_all(action, earlier)
    asks = isinstance(earlier, Held) and _asks(earlier)
    if asks and action.done is Done.POINTS and action.effect is Effect.LOSE:
        return Nothing()  # 满意率90%以上，扣1分: what must be reached is no reason to lose points
    if isinstance(earlier, Held) and action.effect is Effect.LOSE and not asks:
        held = any_failed(context, earlier, behind=1) if _scores(action) else earlier
        return _facts_and_bound(context, earlier) if held is earlier else held
    fact: Occasion | None = Where((earlier.words,)) if isinstance(earlier, Graded) else earlier
    if isinstance(fact, Where) and len(context.pending) > 1 and not _BY.match(fact.facts[0]):
        named = context.pending.pop()  # 机构健全，分工明确，责任落实，得3分
        joined = _verified(context, fact) or with_pending(context, action, fact)
        context.pending.append(named)
        return earlier if joined is fact else joined
    return earlier


def _verified(context: Context, occasion: Where) -> Many | Where | None:
    """Join 接到举报1次，经查属实的: each case that is verified; else the fact that is."""
    fact = occasion.facts[0]
    verified = VERIFIED.fullmatch(simplified(fact)) is not None
    if not context.pending or not (verified or _NO_HARM.match(fact)):
        return None
    held = context.pending[-1]
    cases = read_occasion(held.tokens, context.plain)
    if isinstance(cases, Where) and _NO_HARM.match(fact) and context.pending[1:]:
        fact = f"{untied(words_of(held.tokens, context.plain))}，{fact}"
        context.reclaim(held, Taken.RULE)
        held = context.pending[-2]  # 漏用一次，及时补救，未造成后果
        cases = read_occasion(held.tokens, context.plain)
    if isinstance(cases, Where) and verified:
        words = untied(words_of(held.tokens, context.plain))
        context.use_words(held)
        context.pending.clear()
        return Where((f"{words}，{fact}",))
    if not isinstance(cases, Many) or cases.step != 1 or cases.or_more:
        return None
    context.use_words(held)
    context.pending.clear()
    return attrs.evolve(cases, subject=f"{cases.subject}，{fact}")


def _facts_and_bound(context: Context, held: Held) -> Held | Either:
    """Join 未达标，图像不清，监控点少于90%的: the facts before a bound that is failed."""
    plain = [segment for segment in context.pending[-RECENT:-1] if is_plain(context, segment)]
    words = [untied(words_of(segment.tokens, context.plain)) for segment in plain]
    if not held.subject or not any_wrong(words) or held.bounds.single is None:
        return held
    begins = next(at for at, fact in enumerate(words) if SAYS_WRONG.search(fact))
    for segment in plain[begins:]:
        context.reclaim(segment, Taken.RULE)
    return Either((*(Where((fact,)) for fact in words[begins:]), held), listed=True)


def _range_waiting(context: Context) -> Held | None:
    """Join ≥规定数的80%，＜规定数的90%，得1分: the two ends of one range."""
    waiting = context.pending[-_ENDS_OF_RANGE:]
    if len(waiting) < _ENDS_OF_RANGE or waiting[0].closed is not Kind.COMMA:
        return None
    first, second = (read_occasion(held.tokens, context.plain) for held in waiting)
    if not (isinstance(first, Held) and isinstance(second, Held)):
        return None
    bounds = both_of(first.bounds, second.bounds)
    if bounds is None or second.subject not in {"", first.subject}:
        return None
    low, high = bounds.low, bounds.high
    if not (isinstance(low, Fraction) and isinstance(high, Fraction) and low < high):
        return None
    for held in waiting:
        context.use_words(held)
    context.pending.clear()
    return Held(first.subject, bounds)


def _bounds_waiting(context: Context, action: Action) -> Either | None:
    """Join 病假≥10天，事假≥5天，不得分: any of them; what points are earned for is all of them."""
    waiting = context.pending[-MOST_IN_RULE:]
    earns = action.effect is Effect.EARN and action.done is Done.POINTS
    if len(waiting) == 1 or not (earns or action.done is Done.FORFEIT) or action.each:
        return None
    if any(held.closed is not Kind.COMMA for held in waiting):
        return None
    read = [read_occasion(held.tokens, context.plain) for held in waiting]
    if not all(isinstance(one, Held) and one.subject and one.bounds.single for one in read):
        return None
    parts = [_as_goal(context, held) for held in waiting]
    for held in waiting:
        context.use_words(held)
    context.pending.clear()
    return Either(tuple(p for p in parts if isinstance(p, Held)), every=earns, listed=not earns)


def _as_goal(context: Context, held: Segment) -> Occasion | None:
    """Give a bound in the words before the name and the period that it has as a goal."""
    earlier = read_occasion(held.tokens, context.plain)
    spans = context.goal_spans[-RECENT:]
    if not isinstance(earlier, Held) or spans.count((held.first, held.end)) != 1:
        return earlier
    goal = context.goals[len(context.goals) - len(spans) + spans.index((held.first, held.end))]
    if not goal.by_period:
        return earlier
    message = said(year_total(goal.by_period))
    context.faults.append(Fault("clause-assumed", message, held.first, held.end))
    return Held(goal.name, goal.bounds)


def _either(context: Context, tokens: Occasions) -> Occasion | None:
    """Join 无标识，或标识破损的: the words before the comma hold as well."""
    later = read_occasion(tokens[1:], context.plain) if len(tokens) > 1 else None
    words = _OR.sub("", words_of(tokens, context.plain)) if later is None else ""
    facts = (words.rstrip("的者"),) if words else later.facts if isinstance(later, Where) else ()
    if not facts:
        return None
    return _joined(context, context.pending[-1], facts)


def _joined(context: Context, held: Segment, facts: tuple[str, ...]) -> Where | Either:
    """Join facts to what stands before 或: another fact, or a bound (管床数＜2张，或未安排)."""
    bound = read_occasion(held.tokens, context.plain)
    before = context.pending_words() if held is context.pending[-1] else ""
    context.use_words(held)
    context.use_pending()
    if isinstance(bound, Held) and bound.bounds.single is not None:
        return Either((bound, Where(facts)))
    return Where((before or untied(words_of(held.tokens, context.plain)), *facts))


def _pending_facts(context: Context, action: Action) -> Where | Either | None:
    """Return the segments that wait as a list of facts (未建档，未随访的，扣1分), or none."""
    if not 1 < len(context.pending) <= RECENT:
        return None
    words = [untied(words_of(held.tokens, context.plain)) for held in context.pending]
    if _OR.match(words[-1]):  # 无标识，或标识破损的，扣1分
        begins = len(words) - 1
        while begins > 1 and _OR.match(words[begins - 1]):
            begins -= 1  # 未培训，或无记录，或记录不全的
        facts = tuple(_OR.sub("", fact) for fact in words[begins:])
        for held in context.pending[begins:]:
            context.reclaim(held, Taken.RULE)
        return _joined(context, context.pending[begins - 1], facts)
    if not all(BEGINS_FACT.match(fact) for fact in words):
        return None
    for held in context.pending:
        context.claim(held.first, held.end, Taken.RULE)
    words = ties_last(words)
    if action.effect is Effect.EARN and not action.each:  # 无乱设摊点，无乱停车，得2分
        return Where(("，".join(words),))
    return Where(tuple(words))


def _asks(held: Held) -> bool:
    """Whether a bound says what must be reached."""
    single = held.bounds.single
    if SUFFERED.match(held.subject):
        return False  # 受到处罚2次以上，扣2分
    return single is not None and single[0] in {Comparator.AT_LEAST, Comparator.EQUAL}
