"""From tokens to an occasion: what stands before the points, read by its first telling word.

Each production reads one sort of occasion and gives None where the numbers make no sense in it.

Source: the patterns of published scoring tables; semantics 3 (comparators), 4 (steps).

>>> from healthduty.clauses.tokens import tokens_of
>>> read_occasion(tokens_of("满意率每低5%"), "满意率每低5%")
Steps(subject='满意率', below=True, step=Fraction(5, 1), unit='%', bounds=None, complete=False)
"""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

import attrs

from healthduty.clauses.facts import BEGINS_FACT, SAYS_WRONG, read_facts, trimmed
from healthduty.clauses.lexicon import DURATIONS, RATE_UNITS, RATES, TIMES, Kind
from healthduty.clauses.numerals import chinese_number
from healthduty.clauses.occasions import (
    Either,
    Else,
    Held,
    Many,
    Nothing,
    Nth,
    Occasion,
    Ranked,
    Short,
    Steps,
    Where,
    counted_in,
)
from healthduty.clauses.phrases import (
    Bounds,
    Tokens,
    kind_at,
    read_bounds,
    read_figure,
    read_sandwich,
    words_of,
)
from healthduty.clauses.quantities import name_of
from healthduty.clauses.tokens import Token

_EACHES = frozenset({Kind.EACH, Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})
_GOAL_WORDS = re.compile(
    r"于?(?:目标|规定|要求|标准|指标|任务|达标|基准)(?:值|数|线|要求|任务|标准)?"
)
_OVER = re.compile(r"超过|超出|高出|高于|超的?$")
_UNDER = re.compile(r"低于|不足|未达|下降|降低")
_NEGATED = re.compile(r"未|没|不|无")
_GOVERNS = re.compile(r"(?:未|没有?|不)(?:能)?(?:对|将|给|为|把|向)")
_CHANGED = re.compile(r"(?:下降|降低|减少|低于?|少于?|上升|升高|增加|提高|超过?|超出|高于?)$")
_UNREACHED = re.compile(r"(?:未|没有?|不)(?:能)?(?:达到?|符合|满足)(?:要求|标准|规定)")
_DOWN = frozenset({"下降", "降低", "减少", "低", "低于", "少", "少于"})
_TIME = re.compile(r"(?:时间|时限|时长|日期?|天数|周期|间隔|期限|年限)$")
_APPEARS = frozenset({"发现", "出现", "发生", "查实", "查出"})
_NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十百]{1,12}")


def read_occasion(tokens: Tokens, text: str) -> Occasion | None:
    """Read what stands before the points, None where its numbers make no sense.

    occasion := steps | short | many | nth | ranked | else | held | graded | facts | ε
    """
    if not tokens:
        return Nothing()
    for index, token in enumerate(tokens):
        if token.kind in _EACHES:
            return _each(tokens, index, text)
    last = tokens[-1]
    if last.kind is Kind.EVERY and last.text[0] in "每各":  # 逾期每日
        return Many(name_of(words_of(tokens[:-1], text)) or "次数", Fraction(1), last.text[1:])
    whole = _either(tokens, text) or _one_more(tokens, text)
    if whole is not None:
        return whole
    for index, token in enumerate(tokens):
        match token.kind:
            case Kind.OTHERWISE:
                return Else()
            case Kind.ORDINAL:
                return _nth(tokens, index, text)
            case Kind.RANK:
                return _ranked(tokens, index, text)
            case Kind.LACK | Kind.FOUND:
                return _counted(tokens, index, text)
            case _:
                held = _held(tokens, index, text)
                if held is not None:
                    return held
    return None if _stray(tokens) else read_facts(words_of(tokens, text))


def _stray(tokens: Tokens) -> bool:
    """Whether words that should be a fact hold a rate or points, which no fact does."""
    return any(
        token.kind is Kind.NUMBER
        and not token.spelt
        and (
            kind_at(tokens, at + 1) is Kind.POINTS
            or (kind_at(tokens, at + 1) is Kind.UNIT and tokens[at + 1].text in RATES)
        )
        for at, token in enumerate(tokens)
    )


def _either(tokens: Tokens, text: str) -> Either | None:
    """Read `part (或 part)+` or `part (且 part)+`, where at least one part is a bound."""
    for word, every in (("或", False), ("且", True)):
        cuts = [i for i, t in enumerate(tokens) if t.kind is Kind.WORD and t.text.startswith(word)]
        if not cuts or len(cuts) > _MOST_PARTS:
            continue
        edges = [0, *cuts, len(tokens)]
        read = [_part(tokens[a:b], text, word) for a, b in itertools.pairwise(edges) if a < b]
        parts = [part for part in read if part is not None]
        bounds = [part for part in parts if isinstance(part, Held)]
        if every and not all(part.subject for part in bounds):
            continue  # 大于12且不超过18 are the two ends of one range
        if len(parts) == len(read) > 1 and bounds:
            return Either(tuple(parts), every=every)
    return None


def _one_more(tokens: Tokens, text: str) -> Many | None:
    """Read `words NUMBER words 一次`: 停电超过4小时迟报一次 are cases, whatever stands inside."""
    if len(tokens) <= _ONE:
        return None
    before, number, unit = tokens[:-_ONE], tokens[-_ONE], tokens[-1]
    counted = unit.kind is Kind.UNIT and unit.text not in TIMES and unit.text not in RATES
    if not (counted and number.spelt and number.value == 1):
        return None
    if not any(token.kind is Kind.NUMBER and not token.spelt for token in before):
        return None
    return Many(name_of(trimmed(words_of(before, text))), Fraction(1), unit.text, each=False)


def _part(tokens: Tokens, text: str, word: str) -> Held | Where | None:
    """Read one side of 或: a bound, or a fact without a number."""
    head = tokens[0]
    word += "者" * head.text.startswith(word + "者")
    if head.text == word:
        tokens = tokens[1:]
    elif head.kind is Kind.WORD and head.text.startswith(word):
        cut = attrs.evolve(head, text=head.text[len(word) :], start=head.start + len(word))
        tokens = (cut, *tokens[1:])
    if not tokens:
        return None
    for index in range(len(tokens)):
        held = _held(tokens, index, text)
        if isinstance(held, Held):
            return held if held.bounds.single is not None else None
    facts = None if _numbers(tokens) else read_facts(words_of(tokens, text))
    return facts if isinstance(facts, Where) else None


def _each(tokens: Tokens, at: int, text: str) -> Occasion | None:
    """Read `[subject] [bounds] EACH [于 bound] [words] [NUMBER] [UNIT] [words]`."""
    before, each = tokens[:at], tokens[at]
    bounds, subject = _subject_and_bounds(before, text)
    inner, begin = _between(tokens, at + 1, text)
    read = _step(tokens, begin)
    if read is None:
        return None
    step, unit, end = read
    rest = tokens[end:]
    twice = any(token.kind is Kind.EVERY or token.kind in _EACHES for token in rest)
    twice = twice or _or_so_many(rest)
    if _numbers(rest) or step <= 0 or twice:
        return None  # 每例每月, 每村每发现一次: counted in two ways at once
    behind = words_of(rest, text)
    if each.kind in {Kind.EACH_MORE, Kind.EACH_LESS} or unit in RATE_UNITS:
        if end == begin or (end == begin + 1 and tokens[begin].text in _SIGNS):
            return None  # 每低 %: the number is lost
        below = _way(each.kind, words_of(before, text))
        complete = each.text.endswith("满")
        name = subject or inner or name_of(behind)
        return Steps(name, below, step, unit, bounds, complete=complete)
    if each.kind is Kind.EACH_LACK:
        return Short(subject or inner or name_of(behind), step, unit, bounds=bounds)
    if bounds is not None:
        subject = name_of(trimmed(words_of(before, text)))  # 暂存超过48小时的每次
    fault = inner and (SAYS_WRONG.search(inner) or inner.startswith(("少", "超")))
    if inner and (fault or not behind or unit in DURATIONS):
        return Many(subject + inner + name_of(behind), step, unit)  # 每延迟一天, 每迟一天报送
    if not subject and not behind:
        subject = _unreached(words_of(before, text))
    return _many(subject, each, behind, step, unit)


def _or_so_many(tokens: Tokens) -> bool:
    """Whether 或 and another number follow: 每少一种机构或少一项制度."""
    some = any(token.kind is Kind.WORD and "或" in token.text for token in tokens)
    return some and any(
        token.kind is Kind.NUMBER and kind_at(tokens, at + 1) is Kind.UNIT
        for at, token in enumerate(tokens)
    )


def _unreached(words: str) -> str:
    """Return 未达到要求 where it is all that is said of a case; it names nothing otherwise."""
    fact = trimmed(words)
    return fact if _UNREACHED.fullmatch(fact) else ""


def _numbers(tokens: Tokens) -> bool:
    """Whether some words hold a number that is not a deadline (每有1例未在30分钟内处置)."""
    return any(
        token.kind is Kind.NUMBER
        and not token.spelt
        and not (kind_at(tokens, at + 1) is Kind.UNIT and tokens[at + 1].text in TIMES)
        for at, token in enumerate(tokens)
    )


_MOST_PARTS = 4
_ONE = 2  # 一次 is a number and its unit
_VERB = 4
"""No word that says what was done wrong is longer."""

_SIGNS = frozenset({"%", "‰"})
"""Units that are nothing without a number; 个百分点 alone is one of them."""


def _between(tokens: Tokens, at: int, text: str) -> tuple[str, int]:
    """Read `[words]` before the number of a step: 每迟报1例; 每低于目标值1% names nothing."""
    if kind_at(tokens, at) is not Kind.WORD or kind_at(tokens, at + 1) is not Kind.NUMBER:
        return "", at
    named = not _GOAL_WORDS.fullmatch(tokens[at].text)
    return (name_of(words_of(tokens[at : at + 1], text)) if named else ""), at + 1


def _step(tokens: Tokens, at: int) -> tuple[Fraction, str, int] | None:
    """Read `[NUMBER] [UNIT]`: how much is one step, and where it ends; 1 where no number is."""
    read = read_figure(tokens, at)
    if read is not None and isinstance(read[0].value, Fraction):
        return read[0].value, read[0].unit, read[1]
    if read is None and kind_at(tokens, at) is Kind.UNIT:
        unit = tokens[at].text
        return Fraction(1), RATES.get(unit, unit), at + 1
    return Fraction(1), "", at


def _way(kind: Kind, before: str) -> bool | None:
    """Return whether steps go below the target, None where the words say neither way."""
    if kind is Kind.EACH_MORE:
        return False
    if kind in {Kind.EACH_LESS, Kind.EACH_LACK}:
        return True
    if _OVER.search(before):
        return False
    return True if _UNDER.search(before) else None


def _many(subject: str, each: Token, behind: str, step: Fraction, unit: str) -> Occasion | None:
    """Read what is counted: behind the unit (每发现一例违规), else before it (迟报每次)."""
    noun = name_of(behind)
    if not unit and not noun:
        return None
    if unit in DURATIONS and not noun and subject:
        return Many(subject, step, unit)
    name = _counted_name(subject, noun, each, unit)
    return Many(name, step, unit, behind=bool(noun) and not subject)


def _counted_name(subject: str, noun: str, each: Token, unit: str) -> str:
    """Return what cases are called, from the words before 每 and those behind the unit."""
    if subject and noun:
        if noun.startswith(("不", "未", "无", "没")):
            return subject + noun
        return noun if len(noun) > 1 else subject
    verb = each.text.removeprefix("每").removeprefix("再")
    return noun or subject or verb or counted_in(unit)


def _subject_and_bounds(before: Tokens, text: str) -> tuple[Bounds | None, str]:
    """Return the bounds before 每, where there are any, and the words before these."""
    for index, token in enumerate(before):
        read = read_bounds(before, index)
        if read is not None and not token.spelt:
            return read[0], name_of(words_of(before[:index], text))
    return None, name_of(trimmed(words_of(before, text)))


def _counted(tokens: Tokens, at: int, text: str) -> Occasion | None:
    """Read `[subject] (LACK | FOUND) NUMBER UNIT [以上] [words]`: counted without 每."""
    read = read_figure(tokens, at + 1)
    if read is None or not isinstance(read[0].value, Fraction):
        return None
    (figure, end), number = read, read[0].value
    more = kind_at(tokens, end) is Kind.ABOVE
    while kind_at(tokens, end) in {Kind.ABOVE, Kind.INCLUDED}:
        end += 1
    if kind_at(tokens, end) in {Kind.UNDER, Kind.WITHIN, Kind.NUMBER}:
        return None
    if any(token.kind is Kind.LIST for token in tokens[:at]) and _numbers(tokens[:at]):
        return None  # 总支每年4篇，支部每年2篇、缺1篇
    subject = name_of(trimmed(words_of(tokens[:at], text)))
    noun = name_of(words_of(tokens[end:], text))
    verb = tokens[at].text
    if tokens[at].kind is Kind.LACK:
        if figure.unit in RATE_UNITS:
            return Steps(subject, below=True, step=number, unit=figure.unit)
        return Short(subject or noun, number, figure.unit, each=False, or_more=more)
    name = subject + verb if subject and verb in {"漏报", "漏"} else noun or subject or verb
    return Many(name, number, figure.unit, each=False, or_more=more)


def _held(tokens: Tokens, at: int, text: str) -> Occasion | None:
    """Read `[subject] bounds [words]`, where the number is one that a value is held against."""
    sandwich = read_sandwich(tokens, at)
    if sandwich is not None and sandwich[2] == len(tokens):
        return Held(name_of(words_of(tokens[sandwich[1] : sandwich[1] + 1], text)), sandwich[0])
    step = _change(tokens, at, text)
    if step is not None:
        return step
    read = read_bounds(tokens, at)
    if read is None:
        return None
    bounds, end = read
    if any(token.kind is Kind.NUMBER for token in tokens[end:]):
        return None
    if bounds.bare and not bounds.unit:
        return None
    if any(token.kind is Kind.NUMBER and not token.spelt for token in tokens[:at]):
        return None  # another bound stands before this one
    before = words_of(tokens[:at], text)
    subject = name_of(trimmed(before))
    rest = words_of(tokens[end:], text).strip("的者,，时")
    if rest and _GOVERNS.match(before) and not bounds.bare:
        return None  # 未对评分≥30分的孕妇随访 is a fact
    negated = _NEGATED.search(before) is not None
    within = (tokens[at].kind in {Kind.NUMBER, Kind.EQUAL} or negated) and not bounds.bare
    if within and bounds.unit in TIMES and not _times(before, subject, rest):
        return None  # 未在24小时内报告, 三年内未发展党员 are facts
    if not bounds.bare or bounds.unit in RATE_UNITS or bounds.low != bounds.high:
        return Held(subject or name_of(rest), bounds)
    return _so_many(tokens[at], bounds, before, rest)


def _so_many(number: Token, bounds: Bounds, before: str, rest: str) -> Many | None:
    """Read `words NUMBER UNIT words` as cases: 迟交1次报表, 信息一处不真实; None for a fact."""
    value, unit = bounds.low, bounds.unit
    if not isinstance(value, Fraction):
        return None
    subject = name_of(trimmed(before))
    wrong = value == 1 and unit not in TIMES and BEGINS_FACT.match(rest)
    if number.spelt and subject and wrong:
        return Many(subject + rest, value, unit, each=False)
    inside_words = number.spelt and before and (rest or value != 1)  # 一次, 两项
    if inside_words or (unit in TIMES and rest):  # 连续3天未留样
        return None
    name = name_of(rest) or subject or rest or counted_in(unit)
    if subject and rest and len(subject) <= _VERB and name != subject:
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
    way = _CHANGED.search(before)
    if way is None or tokens[-1].kind is not Kind.UNIT:
        return None
    subject = name_of(before[: way.start()])
    return Steps(subject, way.group() in _DOWN, read[0].value, read[0].unit)


def _times(before: str, subject: str, rest: str) -> bool:
    """Whether a length of time is what is held: 急救反应时间, 平均住院日, or nothing but it."""
    if _NEGATED.search(before):
        return False
    return _TIME.search(subject) is not None if subject else not rest


def _nth(tokens: Tokens, at: int, text: str) -> Occasion:
    """Read `[subject] ORDINAL [words]`: 第二次, 首次, 第3次以上."""
    words = tokens[at].text
    more = "以上" in words or "以后" in words or words.endswith("起")
    number = _NUMERAL.search(words)
    behind = name_of(words_of(tokens[at + 1 :], text))
    subject = name_of(words_of(tokens[:at], text)) or ("" if behind in _APPEARS else behind)
    if number is None:
        return Nth(subject, 1 if words.startswith(("首", "初")) else 2, and_more=words == "再次")
    return Nth(subject, _whole(number.group()), and_more=more)


def _ranked(tokens: Tokens, at: int, text: str) -> Ranked:
    """Read `[words] RANK`: 前三名, 第一名, 第2至5名, 11名以后."""
    words = tokens[at].text
    numbers = [_whole(found) for found in _NUMERAL.findall(words)]
    subject = name_of(words_of(tokens[:at], text)) + ("排名" if "排名" in words else "")
    subject = "" if subject.endswith(("列", "居", "位")) and "排名" not in words else subject
    if "前" in words:
        return Ranked(1, numbers[0], subject=subject)
    if words.endswith(("后", "外")):
        return Ranked(numbers[0] + words.endswith("外"), None, subject=subject)
    return Ranked(numbers[0], numbers[-1], subject=subject)


def _whole(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else int(chinese_number(numeral))
