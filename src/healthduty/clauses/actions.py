"""What is done with points: 扣0.5分, 得满分, 酌情扣0.5-2分, 不得分, 最高加2分.

An action is read from the first scoring word of a segment on; what stands before it is the
occasion. It takes all that belongs to the points, and says where it ended.

Source: the patterns of published scoring tables; semantics 5 (from what to what).

>>> from healthduty.clauses.text.tokens import tokens_of
>>> action, end = read_action(tokens_of("扣0.5-2分"), 0)
>>> action.effect.value, action.least, action.amounts
('lose', Fraction(1, 2), (Fraction(2, 1),))
"""

from __future__ import annotations

import enum
import re
from fractions import Fraction

import attrs

from healthduty.clauses.amounts_listed import amounts_listed
from healthduty.clauses.text.lexicon import RATES, Kind
from healthduty.clauses.text.phrases import Tokens, kind_at, read_figure
from healthduty.clauses.text.tokens import Token
from healthduty.rules.points import FULL, Effect, Placement, Points, Reach, Share


class Done(enum.Enum):
    """Which sort of action a segment has."""

    POINTS = enum.auto()
    JUDGED = enum.auto()
    PROPORTION = enum.auto()
    FORFEIT = enum.auto()
    SPARED = enum.auto()
    CAP = enum.auto()
    USED_UP = enum.auto()
    BELOW_ZERO = enum.auto()
    LOWEST = enum.auto()
    TIMES = enum.auto()
    PLACED = enum.auto()
    WITHIN_POINTS = enum.auto()
    PRORATED = enum.auto()
    STARTED = enum.auto()
    COMPLETED = enum.auto()
    BEST = enum.auto()
    ADDS_UP = enum.auto()
    FREE = enum.auto()
    VETO = enum.auto()

    __hash__ = object.__hash__  # as for kinds of token


@attrs.frozen(kw_only=True)
class Action:
    """What a segment does: `amounts` are several where the text lists them (分别扣0.2、0.1分)."""

    done: Done
    effect: Effect = Effect.LOSE
    amounts: tuple[Points, ...] = ()
    least: Fraction | None = None
    per_unit: str = ""
    whose: str = ""
    factor: Fraction | None = None
    further: bool = False
    at_least: bool = False
    each: bool = False
    together: bool = False
    reach: Reach = Reach.PART
    where: Placement = Placement.BEYOND


_POINTS = Action(done=Done.POINTS)
_MODIFIERS = frozenset(
    {
        Kind.JUDGED,
        Kind.LEAST_POINTS,
        Kind.PROPORTION,
        Kind.SHARED,
        Kind.FROM_TOTAL,
        Kind.FROM_SECTION,
        Kind.FROM_INDICATOR,
        Kind.INSIDE,
        Kind.APART,
        Kind.TIMES,
        Kind.TOGETHER,
    }
)
_VERBS = {
    Kind.LOSE: Effect.LOSE,
    Kind.FURTHER: Effect.LOSE,
    Kind.EARN: Effect.EARN,
    Kind.ADD: Effect.ADD,
    Kind.LOSE_TOTAL: Effect.LOSE,
}
_PLAIN = {
    Kind.LOSE: _POINTS,
    Kind.FURTHER: Action(done=Done.POINTS, further=True),
    Kind.EARN: Action(done=Done.POINTS, effect=Effect.EARN),
    Kind.ADD: Action(done=Done.POINTS, effect=Effect.ADD),
    Kind.LOSE_TOTAL: Action(done=Done.POINTS, reach=Reach.TOTAL),
}
"""What each verb does with nothing before it."""
_ALONE = {
    Kind.NOTHING: Done.FORFEIT,
    Kind.SPARED: Done.SPARED,
    Kind.USED_UP: Done.USED_UP,
    Kind.BELOW_ZERO: Done.BELOW_ZERO,
    Kind.STARTED: Done.STARTED,
    Kind.COMPLETED: Done.COMPLETED,
    Kind.PRORATED: Done.PRORATED,
    Kind.WITHIN_POINTS: Done.WITHIN_POINTS,
    Kind.BEST: Done.BEST,
    Kind.ONCE_ONLY: Done.BEST,
    Kind.ADDS_UP: Done.ADDS_UP,
    Kind.FREE: Done.FREE,
    Kind.VETO: Done.VETO,
    Kind.CANCEL: Done.VETO,
}
_OF_VETO = frozenset({Kind.WORD, Kind.LIST, Kind.EXPLAINED})
BEGINNINGS = (
    _MODIFIERS
    | frozenset(_VERBS)
    | frozenset(_ALONE)
    | frozenset({Kind.FULL, Kind.CAP, Kind.DRAIN, Kind.HALF, Kind.LOWEST})
)
"""The kinds of token that an action can begin with."""

REACHES = {
    Kind.FROM_TOTAL: Reach.TOTAL,
    Kind.FROM_SECTION: Reach.SECTION,
    Kind.FROM_INDICATOR: Reach.INDICATOR,
}
"""From what points are taken, by the words that say so."""

PLACES = {Kind.INSIDE: Placement.INSIDE, Kind.APART: Placement.APART}
"""Where added points count, by the words that say so."""

_WHOLE = re.compile(r"满分|全分|全部分")
_TOGETHER = re.compile(r"累计|合计|总计|总分|总值|总[加扣奖]|[加扣奖]分上限")
_FACTORS = {"加": 2, "双": 2, "翻": 2, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3}
_OF_POINTS = ("的分值", "分值", "的分数", "分数", "的得分", "的分", "的标准分", "标准分")
_STATES = frozenset({Kind.NUMBER, Kind.EQUAL, Kind.WORTH})
_PHRASE_ENDS = frozenset({None, Kind.COMMA, Kind.STOP, Kind.OPEN, Kind.CLOSE, Kind.LABEL})
_NEXT_FAULT = ("无", "未", "缺", "没有", "不")
_BEFORE_CAP = frozenset(_VERBS) | frozenset({Kind.POINTS, Kind.CAP, Kind.SCORE, Kind.PLUS})

# No action that anyone wrote has more: without an end, each word of a list of nothing but such
# words would be looked at again from every one before it.
_MOST_MODIFIERS = 8

_PERCENT = 100
_SCORED_BY = ("得分", "分值", "分数")
_OWN_POINTS = re.compile(
    r"(?:本|该|此)?(?:项|指标)?(?:的)?(?:基[础本准]|标准|权重|考核|目标|质量|综合|应得|所得|相应){0,3}"
    r"(?:分值|分数|得分|分|考核)?"
)
_AS_FITS = re.compile(r"(?:相应|一定|适当|部分)的?(?:分值|分数|得分|分)")
_NO_OWNER = re.compile(r"^[完光掉至到]|[多少最以]|其中|分别|每|款|罚|奖金|工资")
_OF_OWNERS = frozenset({Kind.WORD, Kind.LIST, Kind.POINTS, Kind.SHARED, Kind.WORTH})
_LONGEST_NAME = 16
_RANGE = 2  # a range has two ends
_UNIT = 4  # no word that stands for a unit is longer

Read = tuple[Action, int]
"""An action, and where it ended."""


def read_action(tokens: Tokens, at: int) -> Read | None:
    """Read `action := modifier* (alone | cap | verb amount | FULL | HALF | ε)`, or None."""
    shape, begin = _POINTS, at
    while kind_at(tokens, at) in _MODIFIERS and at - begin < _MOST_MODIFIERS:
        shape = _modified(shape, tokens[at].kind, tokens[at].text)
        at += 1
    kind = kind_at(tokens, at)
    if kind in {Kind.CAP, Kind.DRAIN}:
        together = shape.together or _TOGETHER.search(tokens[at].text) is not None
        return _cap(attrs.evolve(shape, together=together), tokens, at + 1)
    if kind is Kind.LOWEST and at == begin:
        read = _cap(shape, tokens, at + 1)
        return None if read is None else (attrs.evolve(read[0], done=Done.LOWEST), read[1])
    if kind is not None and kind in _ALONE:
        return _alone(shape, _ALONE[kind], tokens, at)
    if kind is not None and kind in _VERBS:
        return _amount(_with_verb(shape, kind), tokens, at + 1)
    bare = kind is Kind.HALF or (kind is Kind.FULL and _WHOLE.search(tokens[at].text) is not None)
    if bare and kind_at(tokens, at + 1) not in _STATES:  # 满分为100分
        return _amount(attrs.evolve(shape, effect=Effect.EARN), tokens, at)
    if at == begin:
        return None
    return _only_modified(shape, tokens[at - 1], at)


def _only_modified(shape: Action, last: Token, end: int) -> Read | None:
    """Return what modifiers alone say: 加倍, （单列）; the others need points behind them."""
    if shape.done is Done.TIMES or last.text.endswith("平均分"):  # 缺1例扣1人平均分
        return shape, end
    if last.kind is Kind.PROPORTION and last.text.startswith(_SCORED_BY):
        return attrs.evolve(shape, effect=Effect.EARN), end  # 得分按完成比例计算
    return (attrs.evolve(shape, done=Done.PLACED), end) if last.kind is Kind.APART else None


def _alone(shape: Action, done: Done, tokens: Tokens, at: int) -> Read | None:
    """Read what needs no number: 不得分, 扣完为止; a veto takes the words behind it."""
    if shape.done is Done.TIMES and done is not Done.FORFEIT:
        return None
    end = at + 1
    while done is Done.VETO and kind_at(tokens, end) in _OF_VETO:
        end += 1  # 取消责任人当年评先资格
    return attrs.evolve(shape, done=done), end


def read_amount(effect: Effect, tokens: Tokens, at: int) -> Read | None:
    """Read points that a sign stands before instead of a verb: -2分/处."""
    return _amount(Action(done=Done.POINTS, effect=effect), tokens, at)


def _with_verb(shape: Action, verb: Kind) -> Action:
    """Return what 扣, 另扣, 扣总分, 得 or 加 does."""
    if shape is _POINTS:
        return _PLAIN[verb]
    if verb is Kind.LOSE:
        return shape if shape.effect is Effect.LOSE else attrs.evolve(shape, effect=Effect.LOSE)
    return attrs.evolve(
        shape,
        effect=_VERBS[verb],
        further=shape.further or verb is Kind.FURTHER,
        reach=Reach.TOTAL if verb is Kind.LOSE_TOTAL else shape.reach,
    )


def _modified(shape: Action, kind: Kind, words: str) -> Action:
    """Return an action with what a word before its verb says."""
    match kind:
        case Kind.JUDGED:
            return attrs.evolve(shape, done=Done.JUDGED)
        case Kind.LEAST_POINTS:
            return attrs.evolve(shape, done=Done.JUDGED, at_least=True)
        case Kind.PROPORTION:
            return attrs.evolve(shape, done=Done.PROPORTION)
        case Kind.TIMES:
            return attrs.evolve(shape, done=Done.TIMES, factor=_factor(words))
        case Kind.SHARED:
            return attrs.evolve(shape, each=True)
        case Kind.TOGETHER:
            return attrs.evolve(shape, together=True)
        case Kind.INSIDE | Kind.APART:
            return attrs.evolve(shape, where=PLACES[kind])
        case _:
            return attrs.evolve(shape, reach=REACHES[kind])


def _factor(words: str) -> Fraction:
    """Return by what 加倍, 减半 or 按三倍 multiplies."""
    if words.startswith(("减", "折")) or "0.5" in words:
        return Fraction(1, 2)
    if "1.5" in words:
        return Fraction(3, 2)
    return Fraction(_FACTORS[words.removeprefix("按")[0]])


def _amount(shape: Action, tokens: Tokens, at: int) -> Read | None:
    """Read `amount := SHARED* (numbers | FULL | HALF | share | POINTS [cap] | cap | ε)`."""
    begin = at
    while kind_at(tokens, at) is Kind.SHARED and at - begin < _MOST_MODIFIERS:
        shape, at = attrs.evolve(shape, each=True), at + 1
    match kind_at(tokens, at):
        case Kind.CAP:
            return _cap(shape, tokens, at + 1)
        case Kind.FULL if kind_at(tokens, at + 1) is Kind.NUMBER:  # 得基准分8分
            return _numbers(shape, tokens, at + 1)
        case Kind.FULL:
            return attrs.evolve(shape, amounts=(FULL,)), at + 1
        case Kind.HALF:
            return attrs.evolve(shape, amounts=(Share(Fraction(1, 2)),)), at + 1
        case Kind.NUMBER:
            return _numbers(shape, tokens, at)
        case Kind.DASH | Kind.PLUS if kind_at(tokens, at + 1) is Kind.NUMBER:  # 扣-2分
            return _numbers(shape, tokens, at + 1)
        case Kind.OF_POINTS:
            return _share_of_points(shape, tokens, at + 1) or (shape, at)
        case Kind.POINTS:
            return _points_alone(shape, tokens, at + 1)
        case Kind.WORD if shape.effect is Effect.LOSE and shape.done is Done.POINTS:
            return _of_whom(shape, tokens, at)
        case _:
            return shape, at


def _of_whom(shape: Action, tokens: Tokens, at: int) -> Read | None:
    """Read `words [各] NUMBER POINTS` behind 扣: 扣分管领导1分 are his, 扣基础分2分 the item's.

    扣相应的分数 leaves to the assessor how many.
    """
    end = at
    while kind_at(tokens, end) in _OF_OWNERS and end - at < _MOST_MODIFIERS:
        end += 1
    words = "".join(token.text for token in tokens[at:end])
    if _AS_FITS.fullmatch(words):
        return attrs.evolve(shape, done=Done.JUDGED), end
    if (
        kind_at(tokens, end) is not Kind.NUMBER
        or len(words) > _LONGEST_NAME
        or _NO_OWNER.search(words)
    ):
        return shape, at
    own = _OWN_POINTS.fullmatch(words) is not None
    read = _numbers(shape, tokens, end)
    if read is None or tokens[read[1] - 1].kind is Kind.NUMBER:
        return shape, at
    return read if own else (attrs.evolve(read[0], whose=words), read[1])


def _points_alone(shape: Action, tokens: Tokens, at: int) -> Read | None:
    """Read `[TOGETHER] [CAP cap]` behind 扣分 without a number: 扣分合计不超过3分, 扣分0.5/项."""
    if kind_at(tokens, at) is Kind.NUMBER and tokens[at].value is not None:
        of_each = kind_at(tokens, at + 1) is Kind.SLASH and kind_at(tokens, at + 2) is Kind.UNIT
        if of_each or kind_at(tokens, at + 1) in _PHRASE_ENDS:
            amounts = (tokens[at].value or Fraction(0),)
            return _per_unit(attrs.evolve(shape, amounts=amounts), tokens, at + 1)
    begin = at + (kind_at(tokens, at) is Kind.COLON)
    if kind_at(tokens, begin) is Kind.NUMBER and kind_at(tokens, begin + 1) is Kind.POINTS:
        return _numbers(shape, tokens, begin)  # 扣分：2分
    if kind_at(tokens, at) is Kind.TOGETHER:
        shape, at = attrs.evolve(shape, together=True), at + 1
    return _cap(shape, tokens, at + 1) if kind_at(tokens, at) is Kind.CAP else (shape, at)


def _share_of_points(shape: Action, tokens: Tokens, at: int) -> Read | None:
    """Read `NUMBER %` behind 该项分值的."""
    read = read_figure(tokens, at) if kind_at(tokens, at) is Kind.NUMBER else None
    if read is None or not isinstance(read[0].value, Fraction) or read[0].unit != "%":
        return None
    return attrs.evolve(shape, amounts=(Share(read[0].value / _PERCENT),)), read[1]


def _numbers(shape: Action, tokens: Tokens, at: int) -> Read | None:
    """Read `share | range POINTS | list POINTS [以内] [per unit]`."""
    begin, first = at, tokens[at].value
    if first is None:
        return None
    share = _share(first, tokens, at + 1)
    if share is not None:
        return attrs.evolve(shape, amounts=(share[0],)), share[1]
    signed = at > 0 and tokens[at - 1].text.endswith("-")  # 扣分标准：-3
    listed = amounts_listed(first, tokens, at + 1)
    if listed is None:
        return None
    amounts, dashed, at = listed
    none_last = kind_at(tokens, at - 1) is Kind.NOTHING  # 5分、3分、0分
    if kind_at(tokens, at) is Kind.POINTS:
        at += 1
    elif not (_ends_bare(tokens, at, begin) or (not dashed and (none_last or signed))):
        return None
    if dashed:
        if len(amounts) != _RANGE:
            return None
        least, most = sorted(amounts)
        judged = attrs.evolve(shape, done=Done.JUDGED, least=least, amounts=(most,))
        return _per_unit(judged, tokens, at)
    shape = attrs.evolve(shape, amounts=tuple(amounts))
    if kind_at(tokens, at) is Kind.WITHIN:
        return _per_unit(attrs.evolve(shape, done=Done.JUDGED, least=Fraction(0)), tokens, at + 1)
    return _per_unit(shape, tokens, at)


def _ends_bare(tokens: Tokens, at: int, begin: int) -> bool:
    """Whether a phrase ends behind 扣 and a number or a range: 无签名扣1，不熟扣1-3; 扣1/处."""
    lost = at - begin in {1, _RANGE + 1} and kind_at(tokens, begin - 1) is Kind.LOSE
    more = kind_at(tokens, at) is Kind.WORD and tokens[at].text.startswith(_NEXT_FAULT)
    more = more or [kind_at(tokens, at), kind_at(tokens, at + 1)] == [Kind.SLASH, Kind.UNIT]
    return lost and not tokens[begin].spelt and (more or kind_at(tokens, at) in _PHRASE_ENDS)


def _per_unit(shape: Action, tokens: Tokens, at: int) -> Read:
    """Read `[('/' | EACH | '/' EACH) UNIT | '/' WORD]` behind points: 扣1分/次, 扣2分/客户."""
    if kind_at(tokens, at) is Kind.SLASH and kind_at(tokens, at + 1) is Kind.EACH:
        at += 1  # 扣1分/每次
    if kind_at(tokens, at) in {Kind.SLASH, Kind.EACH} and kind_at(tokens, at + 1) is Kind.UNIT:
        return attrs.evolve(shape, per_unit=tokens[at + 1].text), at + 2
    if kind_at(tokens, at) is Kind.SLASH and kind_at(tokens, at + 1) is Kind.WORD:
        unit = tokens[at + 1].text
        return (attrs.evolve(shape, per_unit=unit), at + 2) if len(unit) <= _UNIT else (shape, at)
    return shape, at


def _share(value: Fraction, tokens: Tokens, at: int) -> tuple[Share, int] | None:
    """Read `% [的分值 | FULL | POINTS]` behind a number: 扣50%的分值."""
    if kind_at(tokens, at) is not Kind.UNIT or RATES.get(tokens[at].text) != "%":
        return None
    if not 0 <= value <= _PERCENT:
        return None
    at += 1
    of_points = kind_at(tokens, at) is Kind.WORD and tokens[at].text.startswith(_OF_POINTS)
    if of_points or kind_at(tokens, at) in {Kind.FULL, Kind.POINTS}:
        at += 1
    return Share(value / _PERCENT), at


def _cap(shape: Action, tokens: Tokens, at: int) -> Read | None:
    """Read `CAP [verb] [POINTS] NUMBER POINTS [UNTIL]`: 最高扣2分, 扣完2分为止, 扣分不超过3分."""
    begin = at
    while kind_at(tokens, at) in _BEFORE_CAP and at - begin < _MOST_MODIFIERS:
        effect = _VERBS.get(tokens[at].kind, shape.effect)
        shape, at = attrs.evolve(shape, effect=effect), at + 1
    if kind_at(tokens, at) is not Kind.NUMBER or kind_at(tokens, at + 1) is not Kind.POINTS:
        return None
    most = tokens[at].value
    if most is None:
        return None
    end = at + 3 if kind_at(tokens, at + 2) is Kind.UNTIL else at + 2
    if shape.done is Done.JUDGED:
        return attrs.evolve(shape, amounts=(most,), least=Fraction(0)), end
    return _per_unit(attrs.evolve(shape, done=Done.CAP, amounts=(most,), least=None), tokens, end)
