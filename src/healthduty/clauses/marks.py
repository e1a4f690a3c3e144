"""Marks of print that stand for words: a stop before points alone, a sign instead of a verb.

通风不好；扣2分 and 通风不好，扣2分 say the same: what a stop, or a line's end, sets off from points
that name nothing is what they are for. -2分 behind a fault takes, +5分 beside it earns.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> [str(rule.points) for rule in read_clause("通风不好；扣2分。未发文-1分", points=5).rules]
['2', '1']
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action, Done, read_amount
from healthduty.clauses.each import EACHES
from healthduty.clauses.facts import BEGINS_FACT, SAYS_WRONG
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import LEVELS, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.tokens import Token
from healthduty.clauses.verbless import OFFENCE, is_amiss
from healthduty.rules.points import Effect

_ZERO = frozenset({"0分", "零分", "〇分"})
_ALONE = frozenset({Done.POINTS, Done.FORFEIT, Done.JUDGED})
_EACH_TIME = frozenset({Kind.EACH, Kind.NUMBER, Kind.UNIT, Kind.SHARED})
_SET_OFF = frozenset({Kind.STOP, Kind.COLON})
_LEADS_ON = frozenset({Kind.COLON, Kind.OPEN})
_COUNTS = EACHES | {Kind.LACK, Kind.FOUND}
_FAILED = _COUNTS | {Kind.LESS, Kind.MORE}
_DUTY = re.compile(
    r"^(?:应当?|须|必须|需要?|要|严禁|禁止|杜绝|不得|不准|不许|确保|保证|防止|避免|做到)"
    r"|[,，、\u4e00-\u9fff](?:应当|必须|不得|严禁)"
)
_GOOD = re.compile(
    r"^(?:能够?|有|已|按|定期|及时|认真|积极|建立|制定|成立|开展|设[立置有]|配备|做好)"
)
"""How words begin that say what is well: behind 扣分, nobody knows whether it is meant to lack."""
_HONOUR = re.compile(
    r"获|奖|表彰|表扬|先进|荣誉|称号|等[奖次]|名次|创新|特色|推广|宣传报道|刊[登发]|第[一二三]名"
)
_SIGNS = frozenset({Kind.DASH, Kind.PLUS})
_AFTER_BOUND = frozenset({Kind.NUMBER, Kind.ABOVE, Kind.UNDER, Kind.POINTS, Kind.RANK})
_LEVEL_ENDS = tuple(level for level in LEVELS if level[0] not in "不未")
_MOST_BACK = 6
"""So many sentences before points alone may be what they are for."""


def marked(segments: Sequence[Segment], text: str, worth: Fraction | None) -> list[Segment]:
    """Return segments with a verb for each sign, and a comma for each stop before points alone."""
    found = list(_with_verbs(_earned_options(segments, worth), text, worth))
    alone = [at for at in range(1, len(found)) if _stands_alone(found[at])]
    seen = [words_of(found[at - 1].tokens, text) for at in alone]
    # 有异味；扣1分。有积粪；扣1分。 lists what is there and should not be.
    amiss = any(words.startswith("有") and _says_wrong(words) for words in seen)
    for at in alone:
        _tie(found, at, text, amiss=amiss)
    return found


def _earned_options(segments: Sequence[Segment], worth: Fraction | None) -> Sequence[Segment]:
    """Return segments with a verb for each option: 有记录2分；记录不全1分；无记录0分.

    A last one of 0 says that they are no parts: fewer and fewer of the item's points are earned.
    """
    last = segments[-1].tokens if segments else ()
    amiss = any(SAYS_WRONG.search(token.text) for token in last[:-1])
    if not amiss or last[-1].text not in _ZERO:
        return segments
    stated = [at for at, segment in enumerate(segments[:-1]) if _is_plain_worth(segment)]
    points = [segments[at].tokens[-2].value or Fraction(0) for at in stated]
    falls = all(more > less for more, less in itertools.pairwise(points))
    if not points or not falls or worth not in {None, points[0]}:
        return segments
    if any(segment.action is not None for segment in segments[:-1]):
        return segments
    made = list(segments)
    for at, amount in zip(stated, points, strict=True):
        earns = Action(done=Done.POINTS, effect=Effect.EARN, amounts=(amount,))
        made[at] = attrs.evolve(made[at], acts=made[at].end - 2, action=earns)
    return made


def _is_plain_worth(segment: Segment) -> bool:
    """Whether a segment is words and the points behind them."""
    kinds = [token.kind for token in segment.tokens]
    worth = kinds[-2:] == [Kind.NUMBER, Kind.POINTS] and not segment.inside
    return worth and segment.action is None and kinds[0] is Kind.WORD


def _stands_alone(segment: Segment) -> bool:
    """Whether a sentence begins with points that nothing in it is for."""
    action = segment.action
    if action is None or action.done not in _ALONE or segment.after not in _SET_OFF:
        return False
    if segment.inside or segment.closed in _LEADS_ON:
        return False
    each_time = _EACH_TIME.issuperset(_kinds(segment.occasion))  # ；每次扣2分
    return not segment.occasion or (each_time and action.effect is Effect.LOSE)


def _kinds(tokens: Iterable[Token]) -> set[Kind]:
    return {token.kind for token in tokens}


def _tie(segments: list[Segment], at: int, text: str, *, amiss: bool) -> None:
    """Make commas of the stops between points and the words that they are for."""
    action = segments[at].action
    loses = action is not None and action.effect is Effect.LOSE
    if segments[at].after is Kind.COLON:
        if _leads_to_points(segments[at - 1], text, loses=loses):
            _set_comma(segments, at)
        return
    for later in range(at, max(0, at - _MOST_BACK), -1):
        if segments[later].after is not Kind.STOP:
            continue
        near = later == at and not segments[at].occasion
        there = amiss and near and words_of(segments[later - 1].tokens, text).startswith("有")
        if not (there or _may_be_for(segments[later - 1], text, loses=loses, near=near)):
            return
        _set_comma(segments, later)


def _set_comma(segments: list[Segment], at: int) -> None:
    """Put a comma between a segment and the one before it."""
    segments[at - 1] = attrs.evolve(segments[at - 1], closed=Kind.COMMA)
    segments[at] = attrs.evolve(segments[at], after=Kind.COMMA)


def _leads_to_points(segment: Segment, text: str, *, loses: bool) -> bool:
    """Whether words before a colon are what the points behind it are for: 迟到：扣1分.

    A heading (考核纪律：扣5分) says nothing that could hold; 有计划：得2分 does.
    """
    if not _may_be_for(segment, text, loses=loses, near=not loses):
        return False
    words = words_of(segment.tokens, text)
    return loses or _says_well(words)


def _may_be_for(segment: Segment, text: str, *, loses: bool, near: bool) -> bool:
    """Whether the words before a stop can be what points behind it are for.

    Right before them any words can, but for duties and what is well; further back only faults.
    """
    kinds = _kinds(segment.tokens)
    if segment.action is not None or segment.inside or Kind.POINTS in kinds:
        return False
    words = words_of(segment.tokens, text)
    if is_check(words) or not (Kind.WORD in kinds or kinds & _COUNTS):
        return False
    if not loses or kinds & _FAILED:
        return near
    if _DUTY.search(words):
        return False
    return _says_wrong(words) or (near and not _says_well(words))


def _says_well(words: str) -> bool:
    """Whether some words begin or end as what is in order does: 有记录, 定期检查, 资料齐全."""
    return _GOOD.match(words) is not None or words.endswith(_LEVEL_ENDS)


def _says_wrong(words: str) -> bool:
    """Whether some words say that something is wrong."""
    return bool(BEGINS_FACT.match(words) or SAYS_WRONG.search(words)) or is_amiss(words)


def _with_verbs(
    segments: Sequence[Segment], text: str, worth: Fraction | None
) -> Iterable[Segment]:
    """Return segments with an action where a sign and points end them: 未发文-2分, 有专人+5分.

    A dash before points is a sign behind something wrong, behind what is counted, and wherever
    another one is: 优秀-5分 alone ties a level to its points.
    """
    if all(_sign_at(segment) is None for segment in segments):
        return segments
    bounds = sum(
        _sign_of(segment) is None and _sign_at(segment) is not None for segment in segments
    )
    signs = [
        _sign_at(segment) if bounds == 1 and _fails(segment) else _sign_of(segment)
        for segment in segments
    ]
    tied = [s.tokens[at].kind for s, at in zip(segments, signs, strict=True) if at is not None]
    if not tied:
        return segments
    takes = Kind.PLUS in tied or any(
        _is_taken(segment, at, text)
        for segment, at in zip(segments, signs, strict=True)
        if at is not None and segment.tokens[at].kind is Kind.DASH
    )
    gives = _gives(segments, signs, text, worth)
    return [
        segment if at is None else _with_verb(segment, at, text, takes=takes, gives=gives)
        for segment, at in zip(segments, signs, strict=True)
    ]


def _sign_of(segment: Segment) -> int | None:
    """Return where a segment's sign stands; None where a dash ties a band to its points."""
    at = _sign_at(segment)
    if at is None or segment.tokens[at].kind is Kind.PLUS:
        return at
    return None if _ends_in_bound(segment.tokens[:at]) else at


def _sign_at(segment: Segment) -> int | None:
    """Return where `SIGN NUMBER POINTS` stand that end a segment without a verb."""
    tokens = segment.tokens if segment.action is None else ()
    for at in range(len(tokens) - 2):
        number, points = tokens[at + 1].kind, tokens[at + 2].kind
        if tokens[at].kind in _SIGNS and number is Kind.NUMBER and points is Kind.POINTS:
            return None if at and tokens[at - 1].kind is Kind.NUMBER else at
    return None


def _fails(segment: Segment) -> bool:
    """Whether a bound is missed: 低于60%-5分 alone loses, in a list of bands it earns."""
    return any(token.kind is Kind.LESS for token in segment.tokens)


def _ends_in_bound(before: Sequence[Token]) -> bool:
    """Whether a number stands before a dash, and no step: 90%—5分, but 每缺1次-1分."""
    if not before or before[-1].kind is not Kind.UNIT:
        return bool(before) and before[-1].kind in _AFTER_BOUND
    return not any(token.kind in _COUNTS for token in before)


def _is_taken(segment: Segment, at: int, text: str) -> bool:
    """Whether what stands before a dash and points is wrong, or nothing at all."""
    before = segment.tokens[:at]
    words = words_of(before, text)
    wrong = _says_wrong(words) or OFFENCE.search(words) is not None
    return not before or wrong or any(token.kind in _FAILED for token in before)


def _gives(
    segments: Sequence[Segment], signs: Sequence[int | None], text: str, worth: Fraction | None
) -> Effect:
    """Return whether +5分 earns the item's points, or adds to them.

    It earns where it is all of the item's or stays within them, unless it is for an honour; where
    the item's points are not known, one that stands before all that is taken.
    """
    plus, honours, others, ahead = [], False, 0, True
    for segment, at in zip(segments, signs, strict=True):
        if at is not None and segment.tokens[at].kind is Kind.PLUS:
            plus.append(segment.tokens[at + 1].value or Fraction(0))
            ahead = ahead and not others
            words = words_of(segment.tokens[:at], text)
            honours = honours or _HONOUR.search(words) is not None
        action = segment.action
        scores = action is not None and action.done in _ALONE
        taken = scores and action is not None and action.effect is Effect.LOSE
        others += taken or (at is not None and segment.tokens[at].kind is Kind.DASH)
    if worth is None:
        earns = len(plus) == 1 and ahead and others > 0
    else:
        earns = worth in {sum(plus), *plus} or (sum(plus) < worth and not honours)
    return Effect.EARN if earns else Effect.ADD


def _with_verb(segment: Segment, at: int, text: str, *, takes: bool, gives: Effect) -> Segment:
    """Return a segment whose sign is its verb; itself where a dash only ties a level to points."""
    sign, words = segment.tokens[at], words_of(segment.tokens[:at], text)
    level = sign.kind is Kind.DASH and words.endswith(_LEVEL_ENDS)
    if sign.kind is Kind.DASH and (not takes or (level and not _says_wrong(words))):
        return segment
    effect = Effect.LOSE if sign.kind is Kind.DASH else gives
    read = read_amount(effect, segment.tokens, at + 1)
    if read is None or read[1] < len(segment.tokens):
        return segment
    return attrs.evolve(segment, acts=segment.first + at, action=read[0])
