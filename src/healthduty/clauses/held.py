"""From tokens to an occasion that is a number: 满意率低于60%, 超过0.5个百分点, 迟交1次报表.

A number is held against bounds, changes by a step, counts cases, or belongs to a fact.

Source: the patterns of published scoring tables; semantics 3 (comparators), 4 (steps).

>>> from healthduty.clauses.text.tokens import tokens_of
>>> read_held(tokens_of("满意率低于60%"), 1, "满意率低于60%").bounds.high
Fraction(60, 1)
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.facts import BEGINS_FACT, SAYS_WRONG, trimmed, unreached, untied
from healthduty.clauses.names.goal_names import share_of
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Held, Many, Occasion, Steps, counted_in
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import DEEDS, RATE_UNITS, TIMES, Kind
from healthduty.clauses.text.phrases import (
    Bounds,
    Tokens,
    kind_at,
    read_bounds,
    read_figure,
    read_sandwich,
    signed,
    words_of,
)
from healthduty.clauses.text.tokens import Token

_NEGATED = re.compile(r"未|没|不|无")
_GOVERNS = re.compile(r"(?:未|没有?|不)(?:能)?(?:对|将|给|为|把|向)")
_CHANGED = re.compile(r"(?:下降|降低|减少|低于?|少于?|上升|升高|增加|提高|超过?|超出|高于?)$")
_NOT_DONE = re.compile(r"[未没](?!遂).{2,}")
_NOT_KEPT = re.compile(
    r"(?:未能?|没有?|不能)(?:够)?(?:按(?:要求|规定))?(?:每[年季月周]度?)?"
    r"(?:达到?|保持|维持|稳定|控制|召开|开展|举办|组织|完成)?(?:在|到)?$"
)
_FAILS = re.compile(
    r"^[^,，、]{1,12}(?:不合格|不达标|未达标|不符合(?:要求|规定|标准)?|不规范|不到位|未[^,，、]{2,10})$"
)
_DOWN = frozenset({"下降", "降低", "减少", "低", "低于", "少", "少于"})
_TIME = re.compile(r"(?:时间|时限|时长|日期?|天数|周期|间隔|期限|年限)$")
_ONLY = re.compile(r"(?:仅|只)(?:有|配|设|为)?$")
_DELAYED = re.compile(
    r"(?:迟(?:报|到|交|送)?|延[迟误期长后]|推迟|拖[延欠]|逾期|超[期时]|滞后|晚报?)$"
)
_OFTEN = re.compile(r"每个?(?:年度?|半年|季度?|月|周|天|日|学期)$")
_HAS = DEEDS | {"有", "设有", "具有", "配有", "备有", "至少有", "设", "配", "应有", "需有", "拥有"}
"""What says of the thing behind a number only that it is there: 有不少于50㎡场所."""
_ANY = frozenset({"查", "抽查", "检查", "抽", "任", "任何", "任意"})
"""What says before one of something only that it is looked for, or that any will do."""
_SHORT_OF_ALL = re.compile(
    r"(?:但|且|而)?(?:仍|尚)?(?:未|没有?)(?:能)?(?:完全|全部)?(?:达标|达到(?:标准|要求|规定)|完成(?:任务)?|配[齐足])"
)
_STANDS_IN = frozenset((*"XxYyZzPpRrNn", "值", "数值", "指标值", "实际值", "完成值"))
"""What stands for the item's own quantity: 80%≤X＜85%."""
_WHOLE = 100
_LEFT_UNDONE = re.compile(r"^[^未没不无,，]{2,}(?:未|没|不)[^,，]{1,6}$")
_NONE_OF_THEM = re.compile(r"(?:均|都|全部?)(?:不|未|没)")
"""What says of so many that none of them is so: 2项均不满足."""
_DID_WRONG = re.compile(r"(?:漏|错|误|损坏|丢失|遗失|虚|瞒|假)[^,，、未不无没]{0,3}$")
_VERB = 4
"""No word that says what was done wrong is longer."""


def read_held(tokens: Tokens, at: int, text: str) -> Occasion | None:
    """Read `[subject] bounds [words]`, where the number is one that a value is held against."""
    sandwich = read_sandwich(tokens, at)
    if sandwich is not None and sandwich[2] == len(tokens):
        if any(token.kind is Kind.NUMBER for token in tokens[:at]):
            return None  # 50%≤占比<60%或70%<占比≤80%: two ranges of one band
        between = name_of(words_of(tokens[sandwich[1] : sandwich[1] + 1], text))
        before = name_of(trimmed(words_of(tokens[:at], text)))
        return Held(before if between in _STANDS_IN else between, sandwich[0])
    step = _change(tokens, at, text)
    if step is not None:
        return step
    read = read_bounds(tokens, at)
    if read is None:
        return None
    bounds, end = _in_points(tokens, *read)
    if (bounds.bare and not bounds.unit) or _another_number(tokens, at, end):
        return None
    before = words_of(tokens[:at], text)
    subject = share_of(name_of(trimmed(before)), tokens, at)
    rest = trimmed(untied(words_of(tokens[end:], text).strip("的,，")))
    if says_of_whom(tokens, at, text) or (bounds.bare and _of_a_fact(bounds, rest)):
        return None
    if not bounds.bare and _NOT_KEPT.search(before):
        return _not_kept(before, bounds, rest)
    bounds = _short_of_all(bounds, subject, rest)
    negated = _NEGATED.search(before) is not None
    if not bounds.bare and bounds.unit not in RATE_UNITS and _NOT_DONE.match(before):
        return None  # 未每月巡查2次以上
    within = (tokens[at].kind in {Kind.NUMBER, Kind.EQUAL} or negated) and not bounds.bare
    if within and bounds.unit in TIMES and not _times(before, subject, rest):
        return None  # 未在24小时内报告, 三年内未发展党员 are facts
    if not bounds.bare or bounds.unit in RATE_UNITS or bounds.low != bounds.high:
        noun = name_of(rest)
        name = noun if noun and subject in _HAS else subject or noun
        name = "" if name in _STANDS_IN else name
        often = [token.text[1:] for token in tokens[:at] if token.kind is Kind.EVERY]
        period = bounds.period or (often[-1].removeprefix("个") if often else "")
        name = _OFTEN.sub("", name) if period else name
        return Held(name, signed(bounds, name), period=period)
    return _so_many(tokens[at + (tokens[at].kind is Kind.EQUAL)], bounds, before, rest)


def _another_number(tokens: Tokens, at: int, end: int) -> bool:
    """Whether another bound stands before this one, or any number behind it."""
    before = any(token.kind is Kind.NUMBER and not token.spelt for token in tokens[:at])
    return before or any(token.kind is Kind.NUMBER for token in tokens[end:])


def _of_a_fact(bounds: Bounds, rest: str) -> bool:
    """Whether what stands behind a number makes a fact of it: 2项均不满足, 80%留给支部不落实."""
    undone = bounds.unit in RATE_UNITS and _LEFT_UNDONE.search(rest) is not None
    return undone or _NONE_OF_THEM.match(rest) is not None


def _short_of_all(bounds: Bounds, subject: str, rest: str) -> Bounds:
    """Return 达到标准的90%但未达标 as what lies between 90 % and all of it."""
    share = bounds.high is None and subject.endswith("的比例")
    if not share or not _SHORT_OF_ALL.fullmatch(rest):
        return bounds
    return attrs.evolve(bounds, high=Fraction(_WHOLE), high_in=False)


def says_of_whom(tokens: Tokens, at: int, text: str) -> bool:
    """Whether a bound says only of whom something was not done: 未对评分≥30分的孕妇随访."""
    read = read_bounds(tokens, at) if _GOVERNS.match(words_of(tokens[:at], text)) else None
    return read is not None and not read[0].bare and read[1] < len(tokens)


def _in_points(tokens: Tokens, bounds: Bounds, end: int) -> tuple[Bounds, int]:
    """Give bounds the unit 分 that ends the phrase: ≥90分 before 得满分."""
    last = kind_at(tokens, end) is Kind.POINTS and end + 1 == len(tokens) and not bounds.bare
    return (attrs.evolve(bounds, unit=tokens[end].text), end + 1) if last else (bounds, end)


def _not_kept(before: str, bounds: Bounds, rest: str) -> Held | None:
    """Read 管理率未能保持在90%以上 as below 90 %; 未能每季召开1次以上会议 is a fact."""
    subject = name_of(trimmed(_NOT_KEPT.sub("", before)))
    if rest or not subject or bounds.unit not in RATE_UNITS or bounds.single is None:
        return None
    missed = attrs.evolve(
        bounds,
        low=bounds.high,
        high=bounds.low,
        low_in=not bounds.high_in,
        high_in=not bounds.low_in,
    )
    return Held(subject, missed)


def _so_many(number: Token, bounds: Bounds, before: str, rest: str) -> Many | None:
    """Read `words NUMBER UNIT words` as cases: 迟交1次报表, 信息一处不真实; None for a fact."""
    value, unit = bounds.low, bounds.unit
    if not isinstance(value, Fraction):
        return None
    if _ONLY.search(before) and rest:
        return None  # 仅1人且兼职 is a fact
    subject = name_of(trimmed(before)) or unreached(before)
    sought = subject in _ANY
    subject = "" if sought else subject
    wrong = value == 1 and unit not in TIMES and BEGINS_FACT.match(rest)
    if (subject or sought) and wrong:
        return Many(subject + rest, value, unit, each=False)
    if value == 1 and unit not in TIMES and _FAILS.search(rest):
        return Many(subject + rest, value, unit, each=False)  # 考评一个县区不合格
    inside_words = number.spelt and before and (rest or value != 1)  # 一次, 两项
    if inside_words and value == 1 and unit not in TIMES and _DID_WRONG.search(before):
        inside_words = SAYS_WRONG.search(rest) is not None  # 漏检、错检一个器官
    if inside_words or (unit in TIMES and rest):  # 连续3天未留样
        return None
    name = name_of(rest) or subject or rest or counted_in(unit)
    said = len(subject) <= _VERB or SAYS_WRONG.search(subject)
    if subject and rest and said and name != subject:
        name = subject + name_of(rest)  # 迟交1次报表, 超生1个小孩
    return Many(name, value, unit, each=False)


def _change(tokens: Tokens, at: int, text: str) -> Steps | None:
    """Read `words NUMBER 个百分点` at the end: 下降1个百分点, 超过0.5个百分点 are steps."""
    number = at + (tokens[at].kind in {Kind.MORE, Kind.LESS})
    read = read_figure(tokens, number)
    if read is None or read[1] != len(tokens) or not tokens[-1].text.endswith("点"):
        return None
    if kind_at(tokens, number) is not Kind.NUMBER or not isinstance(read[0].value, Fraction):
        return None
    before = words_of(tokens[:number], text)
    way = _CHANGED.search(simplified(before))
    if way is None or tokens[-1].kind is not Kind.UNIT or not read[0].value:
        return None
    subject = name_of(before[: way.start()])
    return Steps(subject, way.group() in _DOWN, read[0].value, read[0].unit, unsaid=True)


def _times(before: str, subject: str, rest: str) -> bool:
    """Whether a length of time is what is held: 急救反应时间, 平均住院日, or nothing but it."""
    if _NEGATED.search(before):
        return False
    if _DELAYED.search(subject):
        return not rest  # 迟报3天以内扣1分
    return _TIME.search(subject) is not None if subject else not rest
