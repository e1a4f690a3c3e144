"""Points that people give by what they saw: 根据平时表现打分, 由专家组综合评分, 优秀9—10分.

Whoever assesses gives points between nothing and all that the item has; where the text lists a
range of points for each level, between the least and the most of them.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 16 (judgement).

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("由专家组根据现场演示情况打分", points=5).rules[0].code
'现场演示情况'
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context, Draft
from healthduty.clauses.facts import read_facts
from healthduty.clauses.judged import BY_SIGHT, build_judged, judged_by
from healthduty.clauses.occasions import Graded
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import LEVELS, LEVELS_FAILED, Kind
from healthduty.clauses.text.phrases import Tokens, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import Assumption, Judgement
from healthduty.said import Said

_PANEL = (
    r"(?:[^,，、按照]{0,8}?(?:专家|评委|评审|考评|考核|评议|测评|督导|检查|评估)"
    r"(?:小组|组|员|人员|人|团|会|领导小组)?"
    r"|主管(?:部门|领导)|科主任|带教老师|领导小组)"
)
_BY = r"(?:根据|依据|按照?|视|结合|参照|就)"
_LEADS = "(?:进行|予以|给予)?"
_HOW = rf"(?:{_LEADS}(?:综合|现场|逐项|集体|主观|统一|酌情|客观|当场|直接)){{0,2}}{_LEADS}"
_JUDGES = r"(?:评议|评定|评价|评审|评估|考评|测评)?"
_GIVES = r"(?:[给打评赋计记得]分|评定分数|评定得分)"
_BY_WHAT = re.compile(
    rf"(?:同时|并|再)?(?:由?{_PANEL})?{_BY}(?P<seen>[^,，]{{2,24}}?)(?:由{_PANEL})?{_HOW}{_JUDGES}{_GIVES}"
)
_UP_TO = re.compile(rf"{_BY}(?P<seen>[^,，]{{2,24}}?)(?:的?不同|分别)?")
_MARKS = r"[给打评赋计记]分"  # 检查得分 is what was got, and nobody's judgement
_BY_WHOM = re.compile(rf"(?:由|经|请)?{_PANEL}{_HOW}{_JUDGES}{_MARKS}")
_FREELY = re.compile(
    rf"(?:综合|主观|集体|现场|酌情)(?:评议|评定|评价|评审|评估|考评)?(?:后)?{_MARKS}"
)
_SEES = re.compile(
    r"(?:情况|表现|程度|质量|水平|价值|效果|成效|态度|能力|业绩|贡献|难度|影响力?|意义|进度|进展|特色|汇报|答辩|演示|印象|内容|[^比]性)$"
)
_COMPUTED = re.compile(r"率|比例|占比|百分|得分|结果|公式|标准|细则|名次|排名|等级|档次|下列|以下")
_BY_HAND = ("打分", "评分")
_RULED = re.compile(r"率$|比例|占比|百分|公式|标准|细则|要求|规定|办法|下列|以下|附[件表]")
"""What decides by itself how many points there are; by 名次 or 统计数据 somebody has to."""
_PHRASE_ENDS = frozenset({None, Kind.COMMA, Kind.STOP, Kind.OPEN, Kind.CLOSE, Kind.LABEL})
_SEVERAL = 2
_RANGE = [Kind.NUMBER, Kind.DASH, Kind.NUMBER]
_RANGE_OF_POINTS = [*_RANGE, Kind.POINTS]
_NUMBER_WITHIN = 3  # 5分以内


def build_by_assessor(context: Context, segment: Segment) -> bool:
    """Read `[who] 根据 what (打|给|评)分` without a number: points between 0 and the item's."""
    words = words_of(segment.tokens, context.plain).strip("的")
    if segment.closed not in _PHRASE_ENDS:
        return False  # 综合考核记分在80以下
    given = _BY_WHAT.fullmatch(words)
    if given is not None:
        seen = given["seen"]
        by_eye = _SEES.search(seen) or "酌情" in words
        by_hand = words.endswith(_BY_HAND) and not _RULED.search(seen)
        if not by_hand and (_COMPUTED.search(seen) or not by_eye):
            return False
    elif not (_BY_WHOM.fullmatch(words) or _FREELY.fullmatch(words)):
        return False
    context.claim(segment.first, segment.end, Taken.RULE, BY_SIGHT)
    if _FREELY.fullmatch(words) and words == context.plain.strip("。 "):
        return True  # 酌情评分 alone: what an item without rules is anyway
    name = judged_by(context, "" if given is None else given["seen"])
    if name == context.pending_words():
        context.use_pending()
    context.add([Judgement(name, Effect.EARN, least=0, most=FULL)], segment)
    return True


def build_up_to(context: Context, segment: Segment, action: Action) -> bool:
    """Read 按整洁程度不同，最高得8分: an assessor's points, of which only the most is said."""
    given = _UP_TO.fullmatch(context.last_waiting())
    most = action.amounts[0] if action.amounts else None
    if given is None or not isinstance(most, Fraction):
        return False
    loses = "扣" in words_of(segment.tokens, context.text)
    name = judged_by(context, given["seen"])
    waiting = context.pending[-1:]
    context.use_pending()
    for held in waiting:
        context.explain(held, BY_SIGHT)
    effect = Effect.LOSE if loses else Effect.EARN
    context.add([Judgement(name, effect, least=0, most=most)], segment)
    return True


def at_least_of(context: Context, segment: Segment, action: Action) -> bool:
    """Read 最低得2分 behind 最高得8分 as the least of what the assessor gives."""
    last, least = context.last(), action.amounts[0] if action.amounts else None
    if last is None or last.sentence != context.sentence or not isinstance(least, Fraction):
        return False
    rule = last.rule
    if not isinstance(rule, Judgement) or rule.least or rule.most == FULL:
        return False
    context.extend(last, attrs.evolve(rule, least=least), segment)
    return True


def read_range(context: Context, segment: Segment) -> bool:
    """Read points between two numbers without a verb: 优秀9—10分, （7—8分）, ，1—3分.

    They are for the level before them, or say between what the judgement before them lies.
    """
    tokens = segment.tokens
    read = _range(tokens) or _up_to(tokens)
    if read is None:
        return False
    low, high, at = read
    words = words_of(tokens[:at], context.plain).strip("的")
    if not words and segment.inside:
        words = context.pending_words()
    if not words and segment.after is Kind.COLON:
        words = context.subject
    last = context.last()
    if any(token.kind in {Kind.EACH, Kind.EVERY} for token in tokens):
        message = Said("points by judgement for each of something", "每一个都酌情计分")
        context.fault(segment, message, hint=Said("give one number", "写一个分数"))
        return True
    level = read_facts(words)
    fails = isinstance(level, Graded) and LEVELS_FAILED.issuperset(level.levels)
    if segment.inside and fails and tokens[-1].kind is Kind.UNDER:  # 考核不合格（85分以下）
        context.claim(segment.first, segment.end, Taken.NUMBER, "from what on it fails")
        return True
    if isinstance(level, Graded):
        action = Action(done=Done.JUDGED, effect=Effect.EARN, least=low, amounts=(high,))
        build_judged(context, segment, action, level)
        context.pending.clear()
        return True
    if words or last is None or last.sentence != context.sentence or not low:
        return False
    rule = last.rule
    if not isinstance(rule, Judgement) or rule.most != FULL:
        return False
    context.extend(last, attrs.evolve(rule, least=low, most=high), segment)
    return True


def judged_within(action: Action, tokens: tuple[Token, ...]) -> tuple[Action, tuple[Token, ...]]:
    """Take `[在] [NUMBER DASH] NUMBER POINTS [以内]` out of the occasion: 在0-3分内酌情给分."""
    if action.done is not Done.JUDGED or action.amounts:
        return action, tokens
    kinds = [token.kind for token in tokens]
    for at in range(len(tokens) - len(_RANGE_OF_POINTS) + 1):
        low, high = tokens[at].value, tokens[at + 2].value
        if (
            kinds[at : at + len(_RANGE_OF_POINTS)] != _RANGE_OF_POINTS
            or low is None
            or high is None
        ):
            continue
        begin = at - (kinds[at - 1 : at] == [Kind.EQUAL])
        end = at + len(_RANGE_OF_POINTS)
        end += kinds[end : end + 1] == [Kind.WITHIN]
        return attrs.evolve(action, least=low, amounts=(high,)), tokens[:begin] + tokens[end:]
    most = (
        tokens[-3].value
        if kinds[-1:] == [Kind.WITHIN] and len(tokens) > _NUMBER_WITHIN - 1
        else None
    )
    if most is not None and words_of(tokens[-2:-1], "分" * tokens[-2].end) == "分":
        begin = len(tokens) - _NUMBER_WITHIN - (kinds[-4:-3] == [Kind.EQUAL])
        return attrs.evolve(action, least=Fraction(0), amounts=(most,)), tokens[:begin]
    return action, tokens


def _range(tokens: Tokens) -> tuple[Fraction, Fraction, int] | None:
    """Read `… NUMBER DASH NUMBER POINTS` at the end: the ends in order, and where it begins."""
    at = len(tokens) - len(_RANGE) - 1
    kinds = [token.kind for token in tokens]
    if at < 0 or kinds[at:-1] != _RANGE or kinds[-1] is not Kind.POINTS:
        return None
    ends = [value for token in tokens[at:] if (value := token.value) is not None]
    if len(ends) != _SEVERAL:
        return None
    return min(ends), max(ends), at


def _up_to(tokens: Tokens) -> tuple[Fraction, Fraction, int] | None:
    """Read `… NUMBER 分 (以下 | 以内)` at the end, as a range from nothing."""
    at = len(tokens) - len(_RANGE)
    if at < 0 or tokens[-1].kind not in {Kind.UNDER, Kind.WITHIN} or tokens[-2].text != "分":
        return None
    value = tokens[at].value
    return None if value is None else (Fraction(0), value, at)


def join_judged_levels(context: Context) -> None:
    """Make one judgement of 优秀得9—10分，良好得7—8分: whoever assesses says the level, too.

    As rules of their own their points would be added up.
    """
    drafts: list[Draft] = []
    run: list[Judgement] = []
    for draft in context.drafts:
        rule = draft.rule
        if not isinstance(rule, Judgement) or not _goes_down(context, drafts, run, draft):
            run = [rule] if isinstance(rule, Judgement) else []
            drafts.append(draft)
            continue
        run.append(rule)
        first = drafts[-1]
        name = context.topic or "等次"
        first.rule = attrs.evolve(run[0], code=name, least=rule.least, assumption=_BY_LEVEL)
        first.end = draft.end
        for at in range(first.first, first.end):
            context.claims[at] = (Taken.RULE, BY_SIGHT)
    context.drafts = drafts


_BY_LEVEL = Assumption(assumed.BY_LEVEL)


def _goes_down(context: Context, drafts: list[Draft], run: list[Judgement], draft: Draft) -> bool:
    """Whether a judgement's points lie below those before it, of which the first are all."""
    rule = draft.rule
    if not run or not isinstance(rule, Judgement) or drafts[-1].part != draft.part:
        return False
    before, first = run[-1], run[0]
    if rule.effect is not Effect.EARN or before.effect is not Effect.EARN:
        return False
    ends = (before.least, rule.most, first.most)
    if not all(isinstance(end, Fraction) for end in ends) or draft.part:
        return False
    levels = {first.code, rule.code} <= set(LEVELS)
    below = isinstance(rule.most, Fraction) and rule.most <= before.least
    return below and (levels or first.most == context.points)
