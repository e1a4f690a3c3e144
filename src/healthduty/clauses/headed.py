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
from healthduty.clauses.cells import BORDER
from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.points_over import each_costs
from healthduty.clauses.segments import Segment, bounds_score
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at, words_of
from healthduty.clauses.text.tokens import Token
from healthduty.clauses.verbless import OFFENCE, is_amiss, is_spared
from healthduty.model.veto import BarHonours
from healthduty.rules.points import FULL, Effect, Reach
from healthduty.rules.rule import Assumption, Bands, Deduction, Judgement
from healthduty.said import Said

_MOST = 100
"""A number without 分 is no more points than this."""
_FROM_TOTAL = Assumption(assumed.FROM_TOTAL)
_PARTING = frozenset({Kind.WORD, Kind.LIST, Kind.LACK, Kind.UNIT, Kind.EXPLAINED, Kind.SHARED})
_NEW_SENTENCE = frozenset({Kind.STOP, Kind.LABEL})
_PER = frozenset({Kind.SLASH, Kind.EACH})
_SIGNS = frozenset({Kind.DASH, Kind.PLUS})
_OF_EACH = frozenset({Kind.EACH, Kind.NUMBER, Kind.UNIT})
_MOST_BACK = 2
"""What is counted may stand between a fault and its points."""
_SHORT = frozenset(
    {Kind.LESS, Kind.MORE, Kind.LACK, Kind.EACH_LESS, Kind.EACH_MORE, Kind.EACH_LACK, Kind.FOUND}
)
_STATED = frozenset({Kind.MULTIPLY, Kind.EQUAL, Kind.WORTH, Kind.FULL, Kind.PART_OF})
"""What stands in the points of a formula, of a part or of the whole item."""
_NUMBERS = frozenset({Kind.NUMBER})
_AFTER_BOUND = frozenset({Kind.NUMBER, Kind.ABOVE, Kind.UNDER, Kind.DASH, Kind.SLASH})


def under_heading(context: Context, segments: Sequence[Segment]) -> list[Segment]:
    """Return segments whose points without a verb have that of the heading over them."""
    over = context.over
    if over.vetoes and all(segment.action is None for segment in segments):
        return _vetoed(context, segments)
    if over.points is not None:
        return each_costs(segments, over.points)
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
    action = _action(segment.tokens, at + _is_signed(segment.tokens, at), effect)
    return None if action is None else attrs.evolve(segment, acts=segment.first + at, action=action)


def _is_bare(context: Context, segments: Sequence[Segment], at: int) -> bool:
    """Whether a segment ends in points that have no verb, and are not stated of a part."""
    segment = segments[at]
    points = _points_at(segment.tokens) if segment.action is None else None
    if bounds_score(segment.tokens, context.points):
        return False  # 低于90分，每1分扣0.5分
    if points is None or not _may_be_points(context, segment.tokens, points):
        return False
    if segment.inside and not points and segment.tokens[-1].kind is Kind.UNIT:
        return False  # 缺课（1分/次） is read with what it stands behind
    if at and segments[at - 1].action is not None and segment.after not in _NEW_SENTENCE:
        return False  # 获国家级命名加5分，省级3分 goes on with the verb before it
    cell = _is_own_cell(context, segment.tokens[points])
    if cell and context.text.startswith(BORDER, segment.tokens[-1].end):
        return False  # 核对医嘱 | 5 | 未核对扣5分: what the row is worth
    return not _STATED & {token.kind for token in segment.tokens[points if cell else 0 :]}


def _is_wrong(context: Context, segments: Sequence[Segment], at: int) -> bool:
    """Whether points under 扣分标准 are for a fault or a shortfall: parts stand there as well."""
    segment = segments[at]
    points = _points_at(segment.tokens) or 0
    words = segment.tokens[:points]
    own = bool(words)
    if _is_own_cell(context, segment.tokens[points]):
        words, own = _before_cell(segments, at, words), True
    elif not words and at:
        words = segments[at - 1].tokens
    if not words:
        return segment.tokens[-1].kind is Kind.UNIT  # 1分/处, of what is asked beside it
    said = words_of(words, context.plain)
    wrong = is_amiss(said) or (own and (SAYS_WRONG.search(said) or OFFENCE.search(said)))
    return bool(wrong or _SHORT & {token.kind for token in words}) and not is_spared(said)


def _before_cell(
    segments: Sequence[Segment], at: int, words: tuple[Token, ...]
) -> tuple[Token, ...]:
    """Return the words before a cell of points, with the fault they count: 未消毒（每件） | 1."""
    for back in range(at - 1, max(-1, at - 1 - _MOST_BACK), -1):
        if not _OF_EACH.issuperset(token.kind for token in words):
            break
        words = (*segments[back].tokens, *words)
    return words


def _points_at(tokens: Sequence[Token]) -> int | None:
    """Return where `[各 | SIGN] NUMBER ["-" NUMBER] [分] [PER UNIT]` begins that ends a segment."""
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
    begin -= begin > 0 and _is_signed(tokens, begin - 1)
    return begin - 1 if begin and _is_shared(tokens[begin - 1]) else begin


def _is_signed(tokens: Sequence[Token], at: int) -> bool:
    """Whether points begin with a sign, which says no more than the heading: 超量 | -2."""
    return kind_at(tokens, at) in _SIGNS and kind_at(tokens, at - 1) not in _AFTER_BOUND


def _is_shared(token: Token) -> bool:
    """Whether a word before points says that each of a list costs them: 各1."""
    return token.kind is Kind.SHARED or token.text == "各"


def _may_be_points(context: Context, tokens: Sequence[Token], at: int) -> bool:
    """Whether a number may be points: with 分, or alone behind words and within the item's."""
    if _is_own_cell(context, tokens[at]):
        return True
    ranked = (
        bool(at)
        and tokens[at - 1].kind is Kind.ABOVE
        and _NUMBERS.isdisjoint(token.kind for token in tokens[:at])
    )  # 省级以上5分
    if (
        at
        and tokens[at - 1].kind in _AFTER_BOUND
        and not (ranked and tokens[-1].kind is Kind.POINTS)
    ):
        return False
    number = next(token for token in tokens[at:] if token.kind is Kind.NUMBER)
    if any(token.kind is Kind.POINTS for token in tokens[at:]):
        return True
    most = context.points or Fraction(_MOST)
    alone = at == 0 or tokens[at - 1].kind in _PARTING
    return alone and not number.spelt and number.value is not None and 0 < number.value <= most


def _is_own_cell(context: Context, token: Token) -> bool:
    """Whether the border of two cells stands right before some points: 涂改3处以上 | 5."""
    return context.text[max(0, token.start - 1) : token.start] == BORDER


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


def take_from_total(context: Context, tokens: Tokens) -> None:
    """Take what is lost under 加减分 from the total, where no item's points are stated.

    So is what follows in a sentence that takes 每次从总分中扣2分: it does not say it again.
    """
    worth = context.points if context.points is not None else context.stated
    if worth is not None or context.parts:
        return
    before, carried = None, False
    for draft in context.drafts:
        carried = before is not None and _goes_on(tokens, before, draft, carried=carried)
        rule = draft.rule
        total = context.over.total or carried
        if total and isinstance(rule, Judgement) and rule.most == FULL and _loses(rule):
            said = Said("how many points at most is not said", "没有写最多扣几分")
            context.faults.append(Fault("clause-doubt", said, draft.first, draft.end))
        if total and isinstance(rule, (Deduction, Bands, Judgement)) and _of_item(rule):
            draft.rule = attrs.evolve(rule, reach=Reach.TOTAL, assumption=_told(rule.assumption))
        before = draft


def _goes_on(tokens: Tokens, before: Draft, draft: Draft, *, carried: bool) -> bool:
    """Whether a rule goes on in the sentence of one that says that it takes from the total."""
    said = any(token.kind is Kind.FROM_TOTAL for token in tokens[before.first : before.end])
    ends = any(token.text.startswith("。") for token in tokens[before.end : draft.first])
    total = isinstance(before.rule, Deduction) and before.rule.reach is Reach.TOTAL
    return total and (said or carried) and not ends


def _of_item(rule: Deduction | Bands | Judgement) -> bool:
    """Whether a rule takes from the item."""
    return _loses(rule) and rule.reach is Reach.PART


def _told(assumption: Assumption | None) -> Assumption:
    """Return what is assumed of a rule, and that it takes from the total."""
    if assumption is None:
        return _FROM_TOTAL
    return attrs.evolve(assumption, text=assumed.both(assumption.text, assumed.FROM_TOTAL))


def _loses(rule: Deduction | Bands | Judgement) -> bool:
    return isinstance(rule, Deduction) or rule.effect is Effect.LOSE
