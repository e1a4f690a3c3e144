"""From tokens to an occasion that counts by steps: 满意率每低5%, 每少一次, 每发现一例, 每处.

Source: the patterns of published scoring tables; semantics 4 (steps).

>>> from healthduty.clauses.text.tokens import tokens_of
>>> read_each(tokens_of("满意率每低5%"), 1, "满意率每低5%").step
Fraction(5, 1)
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.facts import SAYS_WRONG, read_facts, trimmed, unreached
from healthduty.clauses.names.compared import is_compared
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Many, Occasion, Short, Steps, counted_in
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import (
    DEEDS,
    DURATIONS,
    LEVELS_FAILED,
    ONE_UNIT,
    RATE_UNITS,
    RATES,
    TIMES,
    Kind,
)
from healthduty.clauses.text.phrases import (
    Bounds,
    Tokens,
    kind_at,
    read_bounds,
    read_figure,
    words_of,
)
from healthduty.clauses.text.tokens import Token
from healthduty.rules.condition import Comparator

EACHES = frozenset({Kind.EACH, Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})
"""The kinds of token that begin a step."""

_GOAL_WORDS = re.compile(
    r"于?(?:年度|全年|考核)?(?:目标|规定|要求|标准|指标|任务|达标|基准)(?:值|数|线|要求|任务|标准)?"
)
_BOTH_WAYS = re.compile(
    r"(?:或|、|/|每).*(?:低|降|少|不足|减|滑|缩)|(?:低|降|少|不足|减|滑|缩).*(?:或|、|/|每).*[高升超增多提上突大]"
    r"|[浮波]动|偏[离差]|增减|升降"
)
_OVER = re.compile(r"超过|超出|超标|高出|高于|超额(?:完成)?|超的?$")
_TOO_MUCH = re.compile(r"(?<=[率例比度])超标$")
_UNDER = re.compile(r"低于|不足|未达|下降|降低")
_MISSED = re.compile(
    r"(?:未|没有?|不|达不)(?:能)?(?:达到?|完成|到|足)(?:规定|要求|目标|标准|任务|计划|指标)的?"
    r"(?:次数|户次数?|人次数?|人数|数量|数|值|量|标准|要求)?$"
)


def short_of_task(words: str) -> str:
    """Return what falls short of its task, in words before a comma; nothing where they say more.

    >>> short_of_task("管理人数未完成任务数的"), short_of_task("未完成任务")
    ('管理人数', '')
    """
    words = trimmed(words)
    missed = _MISSED.search(words)
    name = "" if missed is None else words[: missed.start()]
    return name if len(name) > 1 and not SAYS_WRONG.search(name) else ""


_REACHES_TO = re.compile(r"(?:到|在|于|给|向)[^,，]{0,8}的?$")
PASSED = re.compile(
    r"(?:低于|超过|超出|高于|不足|未?达不?到?|少于|大于|小于)"
    r"(?:规定|要求|目标|标准|指标|上限|下限|限额|任务|基准|控制|合格|范围|部分)+(?:值|数|线|要求|标准|比例|的|者|,)*"
)
"""What says only on which side of the target a value lies: 低于标准每1%."""
_TURNS = re.compile(
    r"(?:以|之)?内?(?:的)?(?:(?P<down>递减|递降|下降|降低|减少)|递增|递升|上升|提高|增加|增长)(?:的|者|,)*"
)
"""Which way a step goes, said behind it: 每2个百分点内递增."""
_SAYS_WAY = re.compile(r"^[每没]再?(?:超过|超出|高于|高出|大于|多于|低于|少于|高|低)")
_ALL_SO = re.compile(r"[^,，、\d未没不无]{0,8}(?:均|都)(?![未没不无])")
"""What is so of every one of them: 每个单位均建成."""
_NOT_SO_OFTEN = re.compile(
    r"(?:未|没有|不)(?:能|做到|按|达到|坚持|实行|执行|保证|严格|要求|规定)*$"
)
_SIGNS = frozenset({"%", "‰"})
"""Units that are nothing without a number; 个百分点 alone is one of them."""


def read_each(tokens: Tokens, at: int, text: str) -> Occasion | None:
    """Read `[subject] [bounds] EACH [goal] [words] [NUMBER] [UNIT] [words]`."""
    before, each = tokens[:at], tokens[at]
    daily = _before_pair(before, each)
    before = before[:-1] if daily else before
    bounds, subject = _subject_and_bounds(before, text)
    bounds, behind_goal = _goal_inside(tokens, at, bounds)
    inner, begin = _between(tokens, behind_goal, text)
    read = _step(tokens, begin)
    if read is None:
        return None
    step, unit, end = read
    if bounds is not None and not bounds.unit and unit == "分":
        bounds = attrs.evolve(bounds, unit=unit)  # 低于90分的，每低1分
    if _is_every(tokens, at, begin, end, text):
        return read_facts(words_of(tokens, text))
    rest = tokens[end:]
    pair = _in_pairs(rest) or (daily if not rest else "")
    if pair and each.kind is Kind.EACH and step == 1 and unit and not _means(before, text):
        return _many(subject, each, "", step, unit + pair)
    of_sheet = each.kind is Kind.EACH and (not subject or kind_at(rest, 0) is Kind.LACK)
    lacking = _lacking_of_each(subject, rest, text) if of_sheet else None
    if of_sheet and step == 1 and unit and _is_out_of_bounds(rest):
        return Many(trimmed(words_of(rest, text)), step, unit, each=True)  # 每个团队少于3人
    if lacking is not None or step <= 0 or _counts_twice(rest):
        return lacking  # 平均每例每月, 每村每2次: counted in two ways at once
    behind = words_of(rest, text)
    passed = PASSED.fullmatch(words_of(before, text)) is not None
    passed = passed and (unit in DURATIONS or unit.endswith("元"))
    if each.kind in {Kind.EACH_MORE, Kind.EACH_LESS} or unit in RATE_UNITS or passed:
        if end == begin or (end == begin + 1 and tokens[begin].text in _SIGNS):
            return None  # 每低 %: the number is lost
        turn = _TURNS.fullmatch(simplified(behind))
        behind = behind if turn is None else ""
        below = _way(each.kind, words_of(before, text)) if turn is None else bool(turn["down"])
        complete = each.text.endswith("满")
        against = _compared_with(each, words_of(tokens[at + 1 : begin], text))
        inner = "" if against else inner
        name = _TOO_MUCH.sub("", subject) or inner or name_of(behind)
        both = each.kind is Kind.EACH_MORE and _BOTH_WAYS.search(each.text) is not None
        apart = each.kind is Kind.EACH_LACK and "差" in each.text
        return Steps(name, below, step, unit, bounds, complete, against, both=both, apart=apart)
    if each.kind is Kind.EACH_LACK:
        others = tokens[end - 1].note if kind_at(tokens, end - 1) is Kind.UNIT else ""
        short = Short("", step, unit, bounds=bounds, others=others)
        return _short(each, subject, inner, behind, short)
    many = Many(subject, step, unit)
    return _one_found(each, many, (words_of(before, text), inner, behind), bounds)


def _one_found(
    each: Token, many: Many, words: tuple[str, str, str], bounds: Bounds | None
) -> Occasion | None:
    """Return the cases that 每 counts, by the words before it, inside it and behind its unit."""
    before, inner, behind = words
    subject, step, unit = many.subject, many.step, many.unit
    if bounds is not None and _short_of(bounds, unit) and not (inner or behind):
        return Short(subject, step, unit, bounds=bounds)  # 少于4次，每次
    side = None if bounds is None else bounds.single
    alone = not (inner or behind) and bounds is not None and bounds.unit == unit
    if side is not None and alone and (unit == "分" or unit in DURATIONS):
        below = side[0] is Comparator.LESS  # 低于90分每1分, 高于8天每1天
        return Steps(subject, below, step, unit, bounds)
    if bounds is not None:
        subject = name_of(trimmed(before))  # 暂存超过48小时的每次
    fault = inner and (SAYS_WRONG.search(inner) or inner.startswith(("少", "超")))
    if inner and (fault or not behind or unit in DURATIONS):
        return Many(subject + inner + name_of(behind), step, unit)  # 每延迟一天, 每迟一天报送
    if not subject and not behind:
        subject = unreached(before)
    made = _many(subject, each, behind, step, unit)
    return attrs.evolve(made, deed=inner) if inner and isinstance(made, Many) else made


SAID_UNDONE = re.compile(r"[少缺](?:随访|访视|管理|考核|更换|建档|接种|体检|签约|巡查)")
"""What was not done, and with whom stands in the unit: 每少随访1人次."""


_LEFT_OUT = re.compile(r"漏(?!报)[\u4e00-\u9fff]{1,2}|缺(?:检|种|访|诊|课|考)")
"""Who was left out of what is done with each: 每漏签1户, 每漏检1人."""


def _lack_verb(each: Token, lacking: str) -> str:
    """Return what cases are called by: 漏报, or what was not done where no thing stands there."""
    deed = each.text.lstrip("每")
    undone = not lacking and (deed[1:] in DEEDS or SAID_UNDONE.fullmatch(deed))  # 每少参加1次
    said = next((word for word in ("漏报", "缺报") if word in deed), "")
    said = said or (deed if _LEFT_OUT.fullmatch(deed) else "")
    return said or (deed if undone else "缺少")


def _goal_inside(tokens: Tokens, at: int, before: Bounds | None) -> tuple[Bounds | None, int]:
    """Read `(EACH_LESS | EACH_MORE) [NUMBER UNIT]` before a step: 每低于85%一个百分点.

    Returns the goal, here or `before`, and where the step begins.
    """
    kinds = [token.kind for token in tokens[at + 1 : at + 5]]
    value = tokens[at + 1].value if kinds == [Kind.NUMBER, Kind.UNIT] * 2 else None
    if value is None or tokens[at].kind not in {Kind.EACH_LESS, Kind.EACH_MORE}:
        return before, at + 1
    unit = RATES.get(tokens[at + 2].text, tokens[at + 2].text)
    less = tokens[at].kind is Kind.EACH_LESS
    goal = Bounds(high=value, unit=unit) if less else Bounds(low=value, low_in=False, unit=unit)
    return goal, at + 3


def _compared_with(each: Token, words: str) -> str:
    """Return what a step is held against, inside 每 or behind it: 每高于县平均值, 每低于上年."""
    inside = _SAYS_WAY.sub("", each.text)
    return next((one for one in (inside, words) if is_compared(one)), "")


def _with_noun(subject: str, noun: str) -> str:
    """Return a subject with what is lacking of it: 县级每少一次督导, 每月每少开展一次检查."""
    known = not subject or noun in subject or SAYS_WRONG.search(noun)
    return subject if known else subject + noun


def _is_out_of_bounds(rest: Tokens) -> bool:
    """Whether what is counted is a thing that misses a bound: `WORD (LESS | MORE) NUMBER UNIT`."""
    kinds = [token.kind for token in rest[:_MOST_BEFORE]]
    missed = kinds[:2] in ([Kind.WORD, Kind.LESS], [Kind.WORD, Kind.MORE])
    return missed and kinds[2:] in (
        [Kind.NUMBER, Kind.UNIT],
        [Kind.NUMBER, Kind.UNIT, Kind.WORD],
    )


_LACKS = frozenset({Kind.LACK, Kind.EACH_LACK})


def _lacking_of_each(subject: str, rest: Tokens, text: str) -> Many | None:
    """Read `[words] [EVERY] LACK 1 UNIT [words]` behind 每份: 每份档案每年少一次随访."""
    lacks = (at for at, token in enumerate(rest[:_MOST_BEFORE]) if token.kind in _LACKS)
    at = next(lacks, None)
    behind = [] if at is None else [token.kind for token in rest[at + 1 :]]
    counted = behind in ([Kind.NUMBER, Kind.UNIT], [Kind.NUMBER, Kind.UNIT, Kind.WORD])
    if at is None or not counted or rest[at + 1].value != 1:
        return None
    if at and rest[at].kind is Kind.EACH_LACK:
        return None  # 每村卫生室每缺1次: of what?
    if any(token.kind not in {Kind.WORD, Kind.LIST, Kind.EVERY} for token in rest[:at]):
        return None
    of = name_of("".join(text[t.start : t.end] for t in rest[:at] if t.kind is not Kind.EVERY))
    unit = rest[at + 2].text
    name = subject + of + name_of(words_of(rest[at + 3 :], text))
    deed = rest[at].text  # 每人少随访一次
    bare = deed if SAID_UNDONE.fullmatch(deed) else f"缺{unit}"
    return Many(f"{name}缺少" if name else bare, Fraction(1), unit, each=True)


def _is_every(tokens: Tokens, at: int, begin: int, end: int, text: str) -> bool:
    """Whether 每一页 is a part of the fact and counts nothing: 指印未覆盖到笔录的每一页.

    So is how often something was to be done, behind 未: 未做到每4小时更换一次.
    """
    unit = tokens[end - 1]
    often = unit.kind is Kind.UNIT and unit.text in TIMES and end < len(tokens)
    if often and _NOT_SO_OFTEN.search(words_of(tokens[:at], text)):
        return True
    if tokens[at].text == "每" and _ALL_SO.match(words_of(tokens[end:], text)):
        return True  # 每个成员单位均建成中医馆
    if tokens[at].text != "每" or begin == len(tokens) or tokens[begin].text != "一":
        return False
    before, behind = words_of(tokens[:at], text), words_of(tokens[end:], text).strip("的者")
    inside = _REACHES_TO.search(before) is not None or (before.endswith("的") and behind != "")
    return inside and SAYS_WRONG.search(before) is not None


def _short(each: Token, subject: str, inner: str, behind: str, short: Short) -> Many | Short:
    """Return what each that is lacking is of: 县级每少一次督导; 经费每缺1项或未达标准."""
    if subject and behind[:1] == "或" and SAYS_WRONG.search(behind):
        behind = behind.removesuffix(short.unit).rstrip("一1")  # 每少一份或不规范一份
        return Many(f"{subject}缺少{trimmed(behind)}", short.step, short.unit)
    subject = _with_noun(subject, name_of(behind))
    behind = f"{each.text[_PLAIN:]}{behind}" if behind in WITH_WHOM else behind
    lacking = subject or inner or name_of(behind)
    return attrs.evolve(short, subject=lacking, verb=_lack_verb(each, lacking))


def _short_of(bounds: Bounds, unit: str) -> bool:
    """Whether what is counted is what a number falls short by: 少于4次，每次."""
    below = bounds.low is None and bounds.high is not None and not bounds.high_in
    return below and bounds.unit == unit and unit not in TIMES


def _means(before: Tokens, text: str) -> bool:
    """Whether 平均 stands before 每."""
    return _MEAN.search(words_of(before, text)) is not None


def _before_pair(before: Tokens, each: Token) -> str:
    """Return the period of 每天每项, where it stands right before 每."""
    often = before[-1] if before and each.text == "每" else None
    return often.text[1:].removeprefix("个") if often and often.kind is Kind.EVERY else ""


def _in_pairs(rest: Tokens) -> str:
    """Return the second unit of 每份每天, 每站每发现一次: each of the one for each of the other."""
    kinds = [token.kind for token in rest]
    if kinds == [Kind.EVERY] and rest[0].text.startswith("每"):
        return rest[0].text.removeprefix("每").removeprefix("个")
    one = kinds == [Kind.EACH, Kind.NUMBER, Kind.UNIT] and rest[1].value == 1
    return rest[-1].text if one or kinds == [Kind.EACH, Kind.UNIT] else ""


def _counts_twice(rest: Tokens) -> bool:
    """Whether what follows a step counts as well: 每村每2次; 每少一份或不规范一份 is one step."""
    kinds = [token.kind for token in rest]
    if kinds == [Kind.WORD, Kind.NUMBER, Kind.UNIT] and rest[1].value == 1:
        fault = rest[0].text.startswith("或") and SAYS_WRONG.search(rest[0].text)
        if fault:
            return False
    twice = any(token.kind is Kind.EVERY or token.kind in EACHES for token in rest)
    return twice or has_numbers(rest) or _or_so_many(rest)


def _or_so_many(tokens: Tokens) -> bool:
    """Whether 或 and another number follow: 每少一种机构或少一项制度."""
    some = any(token.kind is Kind.WORD and "或" in token.text for token in tokens)
    return some and any(
        token.kind is Kind.NUMBER and kind_at(tokens, at + 1) is Kind.UNIT
        for at, token in enumerate(tokens)
    )


def has_numbers(tokens: Tokens) -> bool:
    """Whether some words hold a number that is not a deadline (每有1例未在30分钟内处置)."""
    return any(
        token.kind is Kind.NUMBER
        and not token.spelt
        and not (kind_at(tokens, at + 1) is Kind.UNIT and tokens[at + 1].text in TIMES)
        for at, token in enumerate(tokens)
    )


WITH_WHOM = frozenset({"单位", "科室", "部门", "企业", "机构", "村", "村居", "学校", "场所"})
"""Names with which something is done; they say nothing by themselves: 少检查一个单位."""
_MEAN = re.compile(r"(?:平|人|户|院)均$")
_MOST_PARTS = 4
_MOST_BEFORE = 8
_PLAIN = 2  # 每少, 每缺
_ONE = 2  # 一次 is a number and its unit


def _between(tokens: Tokens, at: int, text: str) -> tuple[str, int]:
    """Read `[words]` before the number of a step: 每迟报1例; 每低于目标值1% names nothing."""
    if kind_at(tokens, at) is not Kind.WORD or kind_at(tokens, at + 1) is not Kind.NUMBER:
        return "", at
    named = not _GOAL_WORDS.fullmatch(tokens[at].text)
    return (name_of(words_of(tokens[at : at + 1], text)) if named else ""), at + 1


def _step(tokens: Tokens, at: int) -> tuple[Fraction, str, int] | None:
    """Read `[NUMBER] [UNIT] [INCLUDED]`: how much is one step, and where it ends; else 1."""
    read = read_figure(tokens, at)
    if read is not None and isinstance(read[0].value, Fraction):
        end = read[1]
        while kind_at(tokens, end) is Kind.INCLUDED:  # 每低5%（含5%）
            end += 1
        return read[0].value, read[0].unit, end
    if read is None and kind_at(tokens, at) is Kind.UNIT:
        unit = tokens[at].text
        return Fraction(1), ONE_UNIT.get(unit, unit), at + 1
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
    noun = name_of(behind) or (behind.strip("的") if behind.strip("的") in LEVELS_FAILED else "")
    if not unit and not noun:  # 不及时上报每扣1分
        return Many(subject, step, "次") if subject and each.text == "每" else None
    if unit in DURATIONS and not noun and subject:
        return Many(subject, step, unit)
    name = _counted_name(subject, noun, each, unit)
    return Many(name, step, unit, behind=bool(noun) and not subject)


def _counted_name(subject: str, noun: str, each: Token, unit: str) -> str:
    """Return what cases are called, from the words before 每 and those behind the unit."""
    if subject and noun:
        found = each.text.endswith(("发现", "出现", "发生", "查出"))
        if noun.startswith(("不", "未", "无", "没")) or (found and noun not in subject):
            return subject + noun  # 公共场所每发现1个烟蒂
        wrong = SAYS_WRONG.search(subject) or subject.startswith(("发现", "查出"))
        if wrong and len(noun) > 1 and not SAYS_WRONG.search(noun):
            return f"{subject.removeprefix('发现').removeprefix('查出')}的{noun}"  # 未落实的每小项
        return noun if len(noun) > 1 else subject
    verb = each.text.lstrip("每没按逐").removeprefix("再")
    return noun or subject or verb or counted_in(unit)


def _subject_and_bounds(before: Tokens, text: str) -> tuple[Bounds | None, str]:
    """Return the bounds before 每, where there are any, and the words before these.

    巡访未达到规定次数的，每缺1次 is about 巡访.
    """
    for index, token in enumerate(before):
        read = read_bounds(before, index)
        if read is not None and not token.spelt:
            return read[0], name_of(words_of(before[:index], text))
    words = trimmed(words_of(before, text))
    if PASSED.fullmatch(words):
        return None, ""
    missed = _MISSED.search(words)
    return None, name_of(words if missed is None else words[: missed.start()] or words)
