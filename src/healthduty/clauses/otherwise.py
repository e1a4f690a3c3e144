"""否则: what costs points where that which was asked before it is not so.

有计划得2分，否则扣1分 leaves 1 of the 2; 日产日清，否则发现1次扣2分 counts how often it was not
done; 得2分，否则视情况扣分 leaves what an assessor gives of the 2.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5, 11.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("垃圾日产日清，否则发现1次扣2分").rules[0].tally.measure
'未做到垃圾日产日清'
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import RECENT, Context, Draft
from healthduty.clauses.facts import untied
from healthduty.clauses.names.completing import undone_with
from healthduty.clauses.names.measured import flags, says_only_that
from healthduty.clauses.occasions import (
    Else,
    Graded,
    Many,
    Nothing,
    Occasion,
    Short,
    Steps,
    Where,
    counted_in,
)
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.rules.condition import AllOf, AnyOf, Comparator, Compare, Condition, Flag
from healthduty.rules.points import FULL, Effect, Points
from healthduty.rules.rule import Assumption, Band, Bands, CaseBand, Curve, Judgement, Knot
from healthduty.said import Said

_ALL = re.compile(r"全部|全员|均|都|全面|100%")
_NONE_OF = re.compile(r"^(?:无|杜绝|(?:不|未)(?:发生|出现))(?=[^、，不未没]{2,}$)")
_LEFT = Assumption(assumed.LEFT_OF_EARNED)
_GIVEN = Assumption(assumed.GIVEN_OF_EARNED)
_BY_SHARE = Assumption(assumed.BY_SHARE)
_WHOLE = 100


def read_otherwise(
    context: Context, segment: Segment, action: Action, occasion: Else
) -> Occasion | None:
    """Read 否则 and what follows it; return for what the points are where a rule is to be made.

    None says that nothing is left to do. Behind points that are earned it says what is left of
    them; behind words that only ask, that they were not done.
    """
    rest, lines = occasion.rest, _lines(context)
    if isinstance(rest, Steps) or (isinstance(rest, Short) and not lines):
        return rest  # 满意度达到90%，否则每低1%扣1分
    counted = isinstance(rest, Many | Short)
    levels = lines and isinstance(lines[0].occasion, Graded)
    loses = action.effect is Effect.LOSE and action.done is not Done.FORFEIT
    # 按要求完成得满分，否则酌情得分: judged, whether lost or given
    loses = loses or (action.done is Done.JUDGED and action.effect is Effect.EARN and not levels)
    if lines and loses and not counted:
        _left(context, segment, action, lines)
        return None
    if lines and not counted:
        return occasion
    if isinstance(rest, Where):
        return rest  # 否则，未公示的
    return undone(context, occasion)


def _lines(context: Context) -> list[Draft]:
    """Return what earns right before, and does not say yet what holds otherwise.

    有部署得2分，有总结得2分，否则扣1分: each of what one sentence earns points for; a level that
    stands alone is a fact, which holds or does not.
    """
    found: list[Draft] = []
    for draft in reversed(context.drafts[-RECENT:]):
        rule = draft.rule
        earns = isinstance(rule, Bands) and rule.effect is Effect.EARN and rule.otherwise is None
        if not earns or (found and draft.sentence != found[-1].sentence):
            break
        found.append(draft)
    if len(found) == 1 and isinstance(graded := found[0].occasion, Graded):
        rule, fact = found[0].rule, flags(context, (graded.words,))[0]
        if isinstance(rule, Bands):
            case = CaseBand(fact, rule.bands[0].points)
            found[0].rule = attrs.evolve(rule, measure=fact.measure, bands=(case,))
            found[0].occasion = Where((graded.words,))
    return found[::-1]


def _left(context: Context, segment: Segment, action: Action, lines: list[Draft]) -> None:
    """Say what is left of points that are earned where the case does not hold."""
    before = len(context.drafts)
    done = [_left_of(context, segment, action, draft) for draft in lines]
    if not all(done):
        del context.drafts[before:]
        message = Said("what is left otherwise can't be told", "否则得多少分，看不出来")
        context.fault(segment, message)


def _left_of(context: Context, segment: Segment, action: Action, draft: Draft) -> bool:
    """Say what is left of one line's points; False where that can't be told."""
    rule = draft.rule
    points = [band.points for band in rule.bands] if isinstance(rule, Bands) else []
    most = max((each for each in points if isinstance(each, Fraction)), default=None)
    if most is None and FULL in points:
        most = context.points if context.points is not None else context.stated
    if most is None or not isinstance(rule, Bands) or isinstance(draft.occasion, Graded):
        return False
    if action.done is Done.POINTS and action.amounts:
        lost = most if action.amounts[0] == FULL else action.amounts[0]
        if not isinstance(lost, Fraction):
            return False
        left = max(most - lost, Fraction(0))
        context.extend(draft, attrs.evolve(rule, otherwise=left, assumption=_LEFT), segment)
        return True
    if len(rule.bands) > 1:
        return False
    if action.done is Done.PROPORTION:
        return _in_proportion(context, segment, draft, rule, most)
    opposite = _opposite(rule)
    if opposite is None:
        return False
    _judged(context, segment, action, rule, opposite, most)
    return True


def _opposite(earned: Bands) -> Condition | None:
    """Return the condition under which the one band of some bands does not hold."""
    match earned.bands[0]:
        case CaseBand(when=when):
            return _denied(when)
        case Band(low=Fraction() as low, high=None, low_in=True):
            return Compare(earned.measure, "<", low)
        case Band(low=None, high=Fraction() as high, high_in=True):
            return Compare(earned.measure, ">", high)
        case _:
            return None


def _denied(condition: Condition) -> Condition | None:
    """Return the condition that holds where another does not."""
    match condition:
        case Flag(measure=fact, expected=expected):
            return Flag(fact, expected=not expected)
        case Compare(measure=measure, comparator=Comparator.AT_LEAST, threshold=threshold):
            return Compare(measure, "<", threshold)
        case Compare(measure=measure, comparator=Comparator.AT_MOST, threshold=threshold):
            return Compare(measure, ">", threshold)
        case AllOf(conditions=conditions):
            denied = [_denied(each) for each in conditions]
            known = tuple(each for each in denied if each is not None)
            return AnyOf(known) if len(known) == len(denied) else None
        case _:
            return None


def _judged(
    context: Context,
    segment: Segment,
    action: Action,
    earned: Bands,
    opposite: Condition,
    most: Fraction,
) -> None:
    """否则酌情扣分, 否则扣1-2分, 否则相应扣分: an assessor gives what is left of the points."""
    lost = action.amounts[0] if action.amounts else most
    least = most - lost if isinstance(lost, Fraction) and lost < most else Fraction(0)
    rule = Judgement(
        f"未做到{earned.measure}时的得分",
        Effect.EARN,
        least=least,
        most=most - (action.least or Fraction(0)),
        when=opposite,
        assumption=_GIVEN,
    )
    context.add([rule], segment)


def _in_proportion(
    context: Context, segment: Segment, last: Draft, earned: Bands, most: Points
) -> bool:
    """全部参与得2分，否则按比例扣分: a line from nothing to all."""
    match earned.bands[0]:
        case CaseBand(when=Flag(measure=fact)):
            context.quantities.forget(fact)
            done = _ALL.sub("", fact)
            done = undone_with(context, f"未{done}").removeprefix("未") or done
            measure = context.quantities.measure(f"{done}的比例", None, "%")
            line = Curve(
                measure, Effect.EARN, (Knot(0, 0), Knot(_WHOLE, most)), assumption=_BY_SHARE
            )
        case Band(low=Fraction() as low, high=None) if low > 0:
            line = Curve(earned.measure, Effect.EARN, (Knot(0, 0), Knot(low, most)))
        case _:
            return False
    context.extend(last, line, segment)
    last.occasion = None
    return True


def _earned_facts(context: Context) -> list[str]:
    """Return the facts that points are earned for right before: 登记完整得3分，否则每处扣1分."""
    facts = [draft.occasion.facts for draft in _lines(context) if isinstance(draft.occasion, Where)]
    return [fact for each in facts for fact in each]


def _says_otherwise(held: Segment) -> bool:
    """Whether words are nothing but 否则, before a comma."""
    return [token.kind for token in held.tokens] == [Kind.OTHERWISE]


def undone(context: Context, occasion: Else) -> Occasion:
    """Return what was asked before as what was not done: 未做到垃圾日产日清."""
    rest = occasion.rest
    named = isinstance(rest, Many) and not says_only_that(rest.subject)
    if isinstance(rest, Many) and named and rest.subject not in {"", counted_in(rest.unit)}:
        return rest  # 否则每发现一处漏洞 has its own name
    waiting = [held for held in context.pending[-RECENT:] if not _says_otherwise(held)]
    spans = [(held.first, held.end) for held in waiting]
    goal = len(context.goals) - 1
    only = len(waiting) == 1 and goal >= 0 and context.goal_spans[goal] == spans[0]
    if only and not isinstance(rest, Many):
        return Where(("未达标",))
    texts = [untied(words_of(held.tokens, context.plain).strip("，,、；;")) for held in waiting]
    texts = texts or _earned_facts(context) or context.earlier[-RECENT:]
    if not texts:
        return rest if isinstance(rest, Many | Short) else Else()
    for held in waiting:
        context.use_words(held)
        context.explain(held, "what is asked for")
    context.pending.clear()
    name = "未做到" + "，".join(texts)
    if isinstance(rest, Many) and len(texts) == 1 and _NONE_OF.match(texts[0]):
        name = _NONE_OF.sub("", texts[0])  # 无医疗事故，否则每发生一起
    if isinstance(rest, Short):
        return Many(name, rest.step, rest.unit, each=rest.each)
    if isinstance(rest, Many):
        return attrs.evolve(rest, subject=name, behind=False)
    return Nothing() if not name else Where((name,))
