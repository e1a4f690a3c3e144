"""Points under a heading get its verb: 年龄错误0.5分/项 under 扣分标准, 获奖5分 under 加分项.

Those that have a verb of their own keep it. In a column of faults (缺陷, 扣分原因) whatever stands
there is one; under 扣分标准 alone, which many use for parts as well (登记管理2分), only what is
plainly wrong or short, where all of it is. Under 加减分 what is lost comes off the total: there are
no points of an item that it could come off.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5, 6, 11.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("年龄错误0.5分/项", heading="缺陷内容 | 扣分标准").rules[0]
>>> type(rule).__name__, str(rule.points), rule.tally.measure
('Deduction', '1/2', '年龄错误')
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done, read_amount
from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import kind_at, words_of
from healthduty.clauses.text.tokens import Token
from healthduty.clauses.verbless import OFFENCE, is_amiss, is_spared
from healthduty.model.veto import BarHonours
from healthduty.rules.points import Effect, Reach
from healthduty.rules.rule import Assumption, Bands, Deduction, Judgement

_MOST = 100
"""A number without 分 is no more points than this."""
_FROM_TOTAL = Assumption(assumed.FROM_TOTAL)
_PARTING = frozenset({Kind.WORD, Kind.LIST, Kind.LACK, Kind.UNIT, Kind.EXPLAINED, Kind.SHARED})
_NEW_SENTENCE = frozenset({Kind.STOP, Kind.LABEL})
_PER = frozenset({Kind.SLASH, Kind.EACH})
_SHORT = frozenset(
    {Kind.LESS, Kind.MORE, Kind.LACK, Kind.EACH_LESS, Kind.EACH_MORE, Kind.EACH_LACK, Kind.FOUND}
)
_STATED = frozenset({Kind.MULTIPLY, Kind.EQUAL, Kind.WORTH, Kind.FULL, Kind.PART_OF})
"""What stands in the points of a formula, of a part or of the whole item."""
_AFTER_BOUND = frozenset({Kind.NUMBER, Kind.ABOVE, Kind.UNDER, Kind.DASH, Kind.SLASH})


def under_heading(context: Context, segments: Sequence[Segment]) -> list[Segment]:
    """Return segments whose points without a verb have that of the heading over them."""
    over = context.over
    if over.vetoes and all(segment.action is None for segment in segments):
        return _vetoed(context, segments)
    if over.effect is None:
        return list(segments)
    bare = [at for at in range(len(segments)) if _is_bare(context, segments, at)]
    takes = over.effect is Effect.LOSE and not over.faults
    if takes and not all(_is_wrong(context, segments, at) for at in bare):
        return list(segments)  # parts, or bands, some of which are low
    scored = list(segments)
    for at in bare:
        scored[at] = _scored(segments[at], over.effect) or segments[at]
    return scored


def _vetoed(context: Context, segments: Sequence[Segment]) -> list[Segment]:
    """Return segments of which the last cancels; several sentences are a list of what does."""
    found = list(segments)
    if sum(segment.after in _NEW_SENTENCE for segment in found[1:]):
        context.vetoing, context.veto_said = (BarHonours(),), False
    elif found and any(token.kind is Kind.WORD for token in found[-1].tokens):
        last = found[-1]
        found[-1] = attrs.evolve(last, acts=last.end, action=Action(done=Done.VETO))
    return found


def _scored(segment: Segment, effect: Effect) -> Segment | None:
    """Return a segment with the heading's verb before its points."""
    at = _points_at(segment.tokens) or 0
    action = _action(segment.tokens, at, effect)
    return None if action is None else attrs.evolve(segment, acts=segment.first + at, action=action)


def _is_bare(context: Context, segments: Sequence[Segment], at: int) -> bool:
    """Whether a segment ends in points that have no verb, and are not stated of a part."""
    segment = segments[at]
    points = _points_at(segment.tokens) if segment.action is None else None
    if points is None or not _may_be_points(context, segment.tokens, points):
        return False
    if segment.inside and not points and segment.tokens[-1].kind is Kind.UNIT:
        return False  # 缺课（1分/次） is read with what it stands behind
    if at and segments[at - 1].action is not None and segment.after not in _NEW_SENTENCE:
        return False  # 获国家级命名加5分，省级3分 goes on with the verb before it
    return not _STATED & {token.kind for token in segment.tokens}


def _is_wrong(context: Context, segments: Sequence[Segment], at: int) -> bool:
    """Whether points under 扣分标准 are for a fault or a shortfall: parts stand there as well."""
    segment = segments[at]
    own = segment.tokens[: _points_at(segment.tokens)]
    words = own or (segments[at - 1].tokens if at else ())
    if not words:
        return segment.tokens[-1].kind is Kind.UNIT  # 1分/处, of what is asked beside it
    said = words_of(words, context.plain)
    wrong = is_amiss(said) or (own and (SAYS_WRONG.search(said) or OFFENCE.search(said)))
    return bool(wrong or _SHORT & {token.kind for token in words}) and not is_spared(said)


def _points_at(tokens: Sequence[Token]) -> int | None:
    """Return where `[各] NUMBER ["-" NUMBER] [分] [PER UNIT]` begins that ends a segment."""
    end = len(tokens)
    if end > 1 and tokens[-1].kind is Kind.UNIT and tokens[-2].kind in _PER:
        end -= 2
    if end and tokens[end - 1].kind is Kind.POINTS:
        end -= 1
    if not end or tokens[end - 1].kind is not Kind.NUMBER:
        return None
    begin = end - 1
    if kind_at(tokens, begin - 1) is Kind.DASH and kind_at(tokens, begin - 2) is Kind.NUMBER:
        begin -= 2
    return begin - 1 if begin and _is_shared(tokens[begin - 1]) else begin


def _is_shared(token: Token) -> bool:
    """Whether a word before points says that each of a list costs them: 各1."""
    return token.kind is Kind.SHARED or token.text == "各"


def _may_be_points(context: Context, tokens: Sequence[Token], at: int) -> bool:
    """Whether a number may be points: with 分, or alone behind words and within the item's."""
    if at and tokens[at - 1].kind in _AFTER_BOUND:
        return False
    number = next(token for token in tokens[at:] if token.kind is Kind.NUMBER)
    if any(token.kind is Kind.POINTS for token in tokens[at:]):
        return True
    most = context.points or Fraction(_MOST)
    alone = at == 0 or tokens[at - 1].kind in _PARTING
    return alone and not number.spelt and number.value is not None and 0 < number.value <= most


def _action(tokens: Sequence[Token], at: int, effect: Effect) -> Action | None:
    """Return what points do whose verb the heading is, or None where no number is told."""
    read = read_amount(effect, tokens, at)
    if read is not None and read[1] == len(tokens) and read[0].amounts:
        return read[0]
    values = [token.value for token in tokens[at:] if token.kind is Kind.NUMBER]
    least, most = values[0], values[-1]
    if least is None or most is None:
        return None
    per = tokens[-1].text if tokens[-1].kind is Kind.UNIT else ""
    each = _is_shared(tokens[at])
    done = Action(done=Done.POINTS, effect=effect, amounts=(most,), per_unit=per, each=each)
    return done if len(values) == 1 else attrs.evolve(done, done=Done.JUDGED, least=least)


def take_from_total(context: Context) -> None:
    """Take what is lost under 加减分 from the total, where no item's points are stated."""
    worth = context.points if context.points is not None else context.stated
    if worth is not None or context.parts:
        return
    for draft in context.drafts if context.over.total else ():
        match draft.rule:
            case (Deduction() | Bands() | Judgement()) as rule if _of_item(rule):
                draft.rule = attrs.evolve(rule, reach=Reach.TOTAL, assumption=_FROM_TOTAL)
            case _:
                continue


def _of_item(rule: Deduction | Bands | Judgement) -> bool:
    """Whether a rule takes from the item, and says nothing else that is assumed."""
    loses = isinstance(rule, Deduction) or rule.effect.value == "lose"
    return loses and rule.reach is Reach.PART and rule.assumption is None
