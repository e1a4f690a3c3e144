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
from healthduty.clauses.assumed import said, year_total
from healthduty.clauses.both_hold import read_both, read_both_waiting
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.completing import NONE
from healthduty.clauses.context import MOST_IN_RULE, RECENT, Context, Fault
from healthduty.clauses.facts import BEGINS_FACT, SAYS_WRONG, same_rank, untied
from healthduty.clauses.lexicon import DEEDS, Kind
from healthduty.clauses.measured import says_needed
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
from healthduty.clauses.phrases import both_of, words_of
from healthduty.clauses.pieces import Taken
from healthduty.clauses.segments import Segment
from healthduty.clauses.tokens import Token
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
_AS_IF = re.compile(
    r"(?:均|都|一律|则)?(?:按照?|视为|视同)[^,，、]{0,10}(?:不合格|不达标|未完成|缺席|旷工|无效|处理)"
)
_BY = re.compile(r"按|根据|依据|视")
_GOES_ON = re.compile(r"(?:并且?|且|又|也|还|及(?![时早格]))(?![发列行购])")
_LED_TO = re.compile(r"导致|造成|引发|引起|致使|以致|从而")
_HAPPENED = re.compile(r"[^,，]{0,8}(?:出现|发生|发现|存在)(?!率)")
_NOT_DONE = re.compile(
    r"(?:仍|且)?(?:未|没有?|拒不)(?:能)?(?:及时|有效|立即|按|主动|进行|采取|上报|报告|处)"
)
_TOPIC = re.compile(r"^对.{2,}|(?:中|时|后|前|期间|部分|处|方面|案件|材料|复印件|当事人)$")
_ONLY = re.compile(r"只|仅|虽|(?:年内|当年|辖区内?|本年度)?(?:如|若)?有|已")
_POOR = re.compile(
    r"[差少低弱慢乱脏旧过超擅私]|虚|应付|推诿|投诉|通报|事故|案件|纠纷|只|仅|其他|其它|等$"
)
_NONE_OF = re.compile(r"(?:无|未(?:发生|出现|发现)|没有(?:发生|出现)?|不(?:徇私|弄虚|存在)).")
"""How words begin that say that nothing is wrong: what points are earned for."""
_IN_LISTS = frozenset({None, Kind.LIST, Kind.COMMA, Kind.STOP})
_EXCEPT = re.compile(r"(?:除|非)[^,，]{1,24}(?:以外|之外|外|除外)的?")
_VERIFIED = re.compile(
    r"(?:且|并)?(?:经[^,，]{0,6})?(?:查证|核实|查实|认定|调查|情况)?属实|(?:且)?经?(?:调查|核查)?查实"
)
_ENDS_OF_RANGE = 2
_SHARED_START = 2
"""So many characters say that two members of a list begin with the same thing."""
_OF_FACTS = frozenset({Kind.WORD, Kind.LIST, Kind.OPEN, Kind.CLOSE, Kind.EXPLAINED, Kind.SLASH})


def occasion_of(context: Context, action: Action, tokens: Occasions) -> Occasion | None:
    """Return what stands before the points, in the segment or in the words before it."""
    words = words_of(tokens, context.text)
    last = context.last()
    if _ALSO.fullmatch(words) and last is not None and isinstance(last.occasion, Where):
        return last.occasion  # 不得分且从总分中扣5分: one occasion, two consequences
    if _OR.match(words) and context.pending:
        return _either(context, tokens)
    both = read_both(context, tokens)
    if both is not None:
        return both
    occasion = read_occasion(tokens, context.plain)
    if action.per_unit:
        return counted_by(occasion, action.per_unit)
    if isinstance(occasion, Graded) and action.effect is Effect.LOSE and context.pending:
        graded = Where((occasion.words,))  # 细则不符合实际，操作性差的
        joined = graded if occasion.linked else _with_pending(context, action, graded)
        occasion = occasion if joined is graded else joined
    elif isinstance(occasion, Where) and action.done not in MODIFIERS:
        return _verified(context, occasion) or _with_pending(context, action, occasion)
    if not isinstance(occasion, Nothing) or not context.pending or action.done in MODIFIERS:
        return occasion
    several = _pending_facts(context) or _range_waiting(context) or read_both_waiting(context)
    several = several or _bounds_waiting(context, action)
    if several is not None:
        return several
    return _waiting(context, action)


def _waiting(context: Context, action: Action) -> Occasion | None:
    """Return what the last words that wait say, with those before them where they go on."""
    earlier = _as_goal(context, context.pending[-1])
    asks = isinstance(earlier, Held) and _asks(earlier)
    if asks and action.done is Done.POINTS and action.effect is Effect.LOSE:
        return Nothing()  # 满意率90%以上，扣1分: what must be reached is no reason to lose points
    if isinstance(earlier, Held) and action.effect is Effect.LOSE and not asks:
        return _facts_and_bound(context, earlier)
    fact: Occasion | None = Where((earlier.words,)) if isinstance(earlier, Graded) else earlier
    if isinstance(fact, Where) and len(context.pending) > 1 and not _BY.match(fact.facts[0]):
        named = context.pending.pop()  # 机构健全，分工明确，责任落实，得3分
        joined = _with_pending(context, action, fact)
        context.pending.append(named)
        return earlier if joined is fact else joined
    return earlier


def _verified(context: Context, occasion: Where) -> Many | None:
    """Join 接到举报1次，经查属实的: each case that is verified."""
    if not context.pending or not _VERIFIED.fullmatch(occasion.facts[0]):
        return None
    held = context.pending[-1]
    cases = read_occasion(held.tokens, context.plain)
    if not isinstance(cases, Many) or cases.step != 1 or cases.or_more:
        return None
    context.use_words(held)
    context.pending.clear()
    return attrs.evolve(cases, subject=f"{cases.subject}，{occasion.facts[0]}")


def of_sentence_before(
    context: Context, segment: Segment, action: Action, occasion: Occasion
) -> Occasion:
    """Read 无警示标志；扣2分: points alone in a sentence are for the fault before it."""
    alone = isinstance(occasion, Nothing) and segment.after is Kind.STOP and not segment.occasion
    loses = action.done in {Done.POINTS, Done.FORFEIT} and action.effect is Effect.LOSE
    before = context.earlier[-1].strip("的者") if alone and loses and context.earlier else ""
    return Where((before,)) if BEGINS_FACT.match(before) else occasion


def led_as_before(context: Context, segment: Segment, occasion: Occasion) -> Occasion:
    """Give a member of a list what stands before and behind the one before it.

    获国家级表彰加3分，省级加2分: 获省级表彰. 参与创建卫生镇加1分、卫生村加0.5分: 参与创建卫生村.
    """
    last = context.last()
    before = None if last is None else last.occasion
    if isinstance(before, Many) and segment.after in _IN_LISTS:
        return _counted_as_before(before, occasion)
    if not isinstance(occasion, Where) or not isinstance(before, Where):
        return occasion
    fact, first = occasion.facts[0], before.facts[-1]
    if len(occasion.facts) > 1 or segment.after not in _IN_LISTS or SAYS_WRONG.search(fact):
        return occasion
    if fact.startswith("非") and len(first) >= len(fact) and first.endswith(fact[1:]):
        return Where((first[: 1 - len(fact)] + fact,))  # …交易的，产区得1分，非产区得2分
    ranked = same_rank(first, fact)
    begins = fact[:_SHARED_START]
    at = first.find(begins) if segment.after is Kind.LIST and begins not in DEEDS else 0
    if ranked is None and at <= 0:
        return occasion
    return Where((ranked if ranked is not None else first[:at] + fact,))


def _counted_as_before(before: Many, occasion: Occasion) -> Occasion:
    """Count a further rank as the first is: 获国家级表彰每次加5分，省级加2分."""
    match occasion:
        case Where(facts=(fact,)):
            ranked = same_rank(before.subject, fact)
            return occasion if ranked is None else attrs.evolve(before, subject=ranked)
        case Many():
            ranked = same_rank(before.subject, occasion.subject)
            return occasion if ranked is None else attrs.evolve(occasion, subject=ranked)
        case _:
            return occasion


def _facts_and_bound(context: Context, held: Held) -> Held | Either:
    """Join 未达标，图像不清，监控点少于90%的: the facts before a bound that is failed."""
    plain = [segment for segment in context.pending[-RECENT:-1] if _is_plain(context, segment)]
    words = [untied(words_of(segment.tokens, context.plain)) for segment in plain]
    if not held.subject or not _any_wrong(words) or held.bounds.single is None:
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


def _with_pending(context: Context, action: Action, occasion: Where) -> Where:
    """Take the words before a fact into it, where they are part of what it says.

    对事故未吸取教训，并落实措施的: one fact. 细则不符合实际，操作性差的: two of them.
    有计划，有检查，有总结的，得1分: all together.
    """
    held = [segment for segment in context.pending[-RECENT:] if _is_plain(context, segment)]
    words = [untied(words_of(segment.tokens, context.plain)) for segment in held]
    first = occasion.facts[0]
    if not words or held[-1] is not context.pending[-1]:
        return occasion
    good = not SAYS_WRONG.search(first) or _NONE_OF.match(first)
    earned = action.effect is Effect.EARN and good and not says_needed(first)
    if earned:
        joined = Where(("，".join((*words, *occasion.facts)),))
    elif _is_one_fact(action, words[-1], first):
        held = held[-1:]
        joined = Where((f"{words[-1]}，{first}", *occasion.facts[1:]), every=occasion.every)
    elif action.effect is Effect.LOSE and _any_wrong(words) and not occasion.every:
        joined = _wrong_with(words, occasion)
    else:
        return occasion
    for segment in held[:-1]:
        context.reclaim(segment, Taken.RULE)
    context.use_pending()
    return joined


def _is_one_fact(action: Action, before: str, fact: str) -> bool:
    """Whether a fact goes on with the words before its comma: what happened, and what was not done.

    出现违规行为，未及时处置的; 诊断错误，导致误诊的; 询问记录中，未注明时间的; 只有制度，未落实的.
    """
    loses = action.effect is Effect.LOSE
    if loses and (_LED_TO.match(fact) or (SAYS_WRONG.search(fact) and _is_topic(before))):
        return True
    if loses and _HAPPENED.match(before) and _NOT_DONE.match(fact):
        return True
    restricted = _ONLY.match(before) and BEGINS_FACT.match(fact) and fact not in NONE
    return _GOES_ON.match(fact) is not None or bool(restricted)


def _is_topic(words: str) -> bool:
    """Whether words say only where or when a fault was found: 询问笔录中, 制作完成后."""
    return _TOPIC.search(words) is not None and not SAYS_WRONG.search(words)


def _wrong_with(words: list[str], occasion: Where) -> Where:
    """Return facts with those before the commas, from the first that says what is wrong on.

    未对设备维护，校准的 is one fact: 校准 alone says nothing that could cost points.
    """
    first = occasion.facts[0]
    begins = next(at for at, fact in enumerate(words) if SAYS_WRONG.search(fact))
    if _AS_IF.fullmatch(first):
        return Where(tuple(words[begins:]))  # 化验缺项，按不合格扣10分
    if not (SAYS_WRONG.search(first) or _POOR.search(first)):
        return Where(("，".join((*words[begins:], first)), *occasion.facts[1:]))
    return Where((*words[begins:], *occasion.facts))


def _any_wrong(words: list[str]) -> bool:
    return any(SAYS_WRONG.search(fact) for fact in words)


def _is_plain(context: Context, segment: Segment) -> bool:
    """Whether a segment is words alone: no goal, no number, no heading."""
    return (
        segment.closed is Kind.COMMA
        and not _EXCEPT.fullmatch(words_of(segment.tokens, context.plain))
        and (segment.first, segment.end) not in context.goal_spans[-RECENT:]
        and all(token.kind in _OF_FACTS for token in segment.tokens)
    )


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
    if isinstance(bound, Held) and bound.subject and bound.bounds.single is not None:
        return Either((bound, Where(facts)))
    return Where((before or untied(words_of(held.tokens, context.plain)), *facts))


def _pending_facts(context: Context) -> Where | Either | None:
    """Return the segments that wait as a list of facts (未建档，未随访的，扣1分), or none."""
    if not 1 < len(context.pending) <= RECENT:
        return None
    words = [untied(words_of(held.tokens, context.plain)) for held in context.pending]
    if _OR.match(words[-1]):  # 无标识，或标识破损的，扣1分
        return _joined(context, context.pending[-2], (_OR.sub("", words[-1]),))
    if not all(BEGINS_FACT.match(fact) for fact in words):
        return None
    for held in context.pending:
        context.claim(held.first, held.end, Taken.RULE)
    if _HAPPENED.match(words[-2]) and _NOT_DONE.match(words[-1]):
        words[-2:] = [f"{words[-2]}，{words[-1]}"]  # 发生事故，未及时上报
    return Where(tuple(words))


def _asks(held: Held) -> bool:
    """Whether a bound says what must be reached."""
    single = held.bounds.single
    return single is not None and single[0] in {Comparator.AT_LEAST, Comparator.EQUAL}
