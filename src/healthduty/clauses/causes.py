"""From tokens to an occasion: what stands before the points, read by its first telling word.

Each production reads one sort of occasion and gives None where the numbers make no sense in it.

Source: the patterns of published scoring tables; semantics 3 (comparators), 4 (steps).

>>> from healthduty.clauses.text.tokens import tokens_of
>>> read_occasion(tokens_of("满意率每低5%"), "满意率每低5%")
Steps(subject='满意率', below=True, step=Fraction(5, 1), unit='%', bounds=None, complete=False)
"""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

import attrs

from healthduty.clauses.each import EACHES, PASSED, SAID_UNDONE, WITH_WHOM, has_numbers, read_each
from healthduty.clauses.facts import SAYS_WRONG, read_facts, trimmed
from healthduty.clauses.goals import read_goals
from healthduty.clauses.held import read_held, says_of_whom
from healthduty.clauses.names.quantities import name_of
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
)
from healthduty.clauses.outside import read_outside
from healthduty.clauses.text.lexicon import DEEDS, RATE_UNITS, RATES, TIMES, UNIT, Kind
from healthduty.clauses.text.numerals import chinese_number
from healthduty.clauses.text.phrases import Tokens, kind_at, read_bounds, read_figure, words_of
from healthduty.clauses.text.tokens import Token

_APPEARS = frozenset({"发现", "出现", "发生", "查实", "查出"})
_FROM_TARGET = re.compile(
    r"(?:低于|高于|超过|超出|少于|不足|较|比)(?:目标|规定|标准|要求|计划|任务|指标)(?:值|数|要求)?$"
)
_TIMES = frozenset({"次", "场", "期", "回"})
_MOST_PARTS = 4
_PLACES = ("内", "中", "里", "上")
_MOST_CUT = 40
_ONE = 2  # 一次 is a number and its unit
_ALL = re.compile(r"每一?(?:项|个)(?:指标|目标|率)?")
_LACKS_OR = re.compile(
    rf"每(?:少|缺)(?:1|一)(?P<unit>{UNIT})(?P<one>[^或\d]{{2,12}})或者?每?(?:少|缺)(?:1|一)(?:{UNIT})(?P<other>.{{2,12}})"
)
_FROM_LAST = re.compile(r"(?:后|倒数)第?(?:\d|[一二三四五六七八九十])")
_NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十百]{1,12}")


def read_occasion(tokens: Tokens, text: str) -> Occasion | None:
    """Read what stands before the points, None where its numbers make no sense.

    occasion := steps | short | many | nth | ranked | else | held | graded | facts | ε
    """
    if not tokens:
        return Nothing()
    if tokens[0].kind is Kind.OTHERWISE and len(tokens) > 1:
        return _otherwise(tokens, text)
    for index, token in enumerate(tokens):
        if token.kind in EACHES:
            several = (
                _either_lack(tokens, index)
                or _of_all(tokens, index, text)
                or _within_each(tokens, index, text)
                or _that_fall(tokens, index, text)
            )
            return several or read_each(tokens, index, text)
    if tokens[-1].kind is Kind.EVERY and tokens[-1].text[0] in "每各":
        return _every_day(tokens, text)
    found = next((at for at, token in enumerate(tokens) if token.kind is Kind.FOUND), None)
    whole = (
        (None if not found else _that_fall(tokens, found, text))
        or _so_often(tokens, text)
        or read_outside(tokens, text)
        or _respectively(tokens, text)
        or _either(tokens, text)
        or _one_more(tokens, text)
    )
    if whole is not None:
        return whole
    return None if _is_beyond(tokens) else _by_word(tokens, text)


def _by_word(tokens: Tokens, text: str) -> Occasion | None:
    """Read an occasion without 每 by the first word that tells what it is, else as facts."""
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
                held = read_held(tokens, index, text)
                if held is None and says_of_whom(tokens, index, text):
                    return read_facts(words_of(tokens, text))
                if held is not None:
                    return held
    return None if _stray(tokens) else read_facts(words_of(tokens, text))


def _otherwise(tokens: Tokens, text: str) -> Else | None:
    """Read `OTHERWISE occasion`: 否则一次, 否则每低1%, 否则发现1例."""
    rest = read_occasion(tokens[1:], text)
    return None if rest is None else Else(rest)


def _is_beyond(tokens: Tokens) -> bool:
    """Whether a number says how far from the target, and no bound: 低于目标值10个百分点以上."""
    return any(
        token.kind is Kind.NUMBER
        and kind_at(tokens, at + 1) is Kind.UNIT
        and tokens[at + 1].text.endswith("点")
        and _FROM_TARGET.search(tokens[at - 1].text) is not None
        for at, token in enumerate(tokens)
        if at
    )


def _so_often(tokens: Tokens, text: str) -> Where | None:
    """Read `EVERY WORD NUMBER UNIT`: 每半年开展一次, 每两年组织1次 say only how often."""
    kinds = [token.kind for token in tokens]
    if kinds != [Kind.EVERY, Kind.WORD, Kind.NUMBER, Kind.UNIT] or tokens[-1].text not in _TIMES:
        return None
    return None if SAYS_WRONG.search(tokens[1].text) else Where((words_of(tokens, text),))


def _either_lack(tokens: Tokens, at: int) -> Many | None:
    """Read `每少一种机构或少一项制度`: each that is lacking, of one kind or the other."""
    if tokens[at].kind is not Kind.EACH_LACK or at:
        return None
    words = "".join(token.text for token in tokens)  # in simplified characters, as the units
    found = _LACKS_OR.fullmatch(words.rstrip("的"))
    if found is None:
        return None
    one, other = name_of(found["one"]), name_of(found["other"])
    return Many(f"{one}或{other}缺少", Fraction(1), found["unit"]) if one and other else None


def _every_day(tokens: Tokens, text: str) -> Steps | Many:
    """Read `words EVERY`: 逾期每日 are cases, 超过部分每天 steps above what is asked."""
    before, unit = tokens[:-1], tokens[-1].text[1:]
    if PASSED.fullmatch(words_of(before, text)):
        return Steps("", tokens[0].text[0] not in "超高大", Fraction(1), unit)
    return Many(name_of(words_of(before, text)) or "次数", Fraction(1), unit)


def _of_all(tokens: Tokens, at: int, text: str) -> Steps | None:
    """Read `每 (项 | 个) [指标] EACH …`: 每项指标每低1% is about all that were required."""
    if at or tokens[0].text != "每" or kind_at(tokens, 1) is not Kind.UNIT:
        return None
    begin = next((i for i, token in enumerate(tokens) if i and token.kind in EACHES), None)
    if begin is None or not _ALL.fullmatch(words_of(tokens[:begin], text)):
        return None
    steps = read_each(tokens[begin:], 0, text)
    of_all = isinstance(steps, Steps) and not steps.subject and steps.bounds is None
    return attrs.evolve(steps, subject="各项指标") if of_all and isinstance(steps, Steps) else None


def _within_each(tokens: Tokens, at: int, text: str) -> Many | None:
    """Read `每 UNIT [WORD] (NUMBER | EACH) UNIT fault`: 每份1处不规范 counts places, in all."""
    if at or tokens[0].text != "每" or kind_at(tokens, 1) is not Kind.UNIT:
        return None
    begin = _INNER + (kind_at(tokens, _INNER) is Kind.WORD)
    if kind_at(tokens, begin) not in {Kind.NUMBER, *EACHES} or tokens[1].text not in _WHOLES:
        return None
    if kind_at(tokens, begin + 1) is not Kind.UNIT or tokens[begin + 1].text in _WHOLES:
        return None
    inner = read_occasion(tokens[begin:], text)
    if not isinstance(inner, Many) or inner.step != 1 or not SAYS_WRONG.search(inner.subject):
        return None
    whole = name_of(words_of(tokens[_INNER:begin], text))
    return attrs.evolve(inner, subject=f"{whole}{inner.subject}", each=True)


def _that_fall(tokens: Tokens, at: int, text: str) -> Many | None:
    """Read `[name] (EACH [1] | FOUND 1) UNIT [noun] (LESS | MORE) figure` as those that fall short.

    单苗接种率每有1种低于90% counts the vaccines; 成绩每有一个项目低于80分 has their noun, and
    病历质量每份低于90分 no number.
    """
    bare = kind_at(tokens, at) is Kind.EACH and kind_at(tokens, at + 1) is Kind.UNIT
    unit = at + (1 if bare else _INNER)
    if not bare and (kind_at(tokens, at + 1) is not Kind.NUMBER or tokens[at + 1].value != 1):
        return None
    if kind_at(tokens, unit) is not Kind.UNIT or tokens[unit].text in RATES:
        return None
    bound = unit + 1 + (kind_at(tokens, unit + 1) is Kind.WORD and not bare)
    if kind_at(tokens, bound) not in {Kind.LESS, Kind.MORE} or len(tokens) > bound + _FIGURE:
        return None
    if kind_at(tokens, bound + 1) is not Kind.NUMBER:
        return None
    name = words_of(tokens[:at], text) + words_of(tokens[bound:], text)
    noun = words_of(tokens[unit + 1 : bound], text)
    subject = f"{name}的{noun}" if noun else name
    return Many(subject, Fraction(1), tokens[unit].text, each=tokens[at].kind in EACHES)


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


def _respectively(tokens: Tokens, text: str) -> Either | None:
    """Read `names 分别 bounds`: 甲率、乙率分别低于90%、85%."""
    if not any(token.kind is Kind.SHARED and token.text == "分别" for token in tokens):
        return None
    goals = read_goals(tokens, text)
    if not 1 < len(goals) <= _MOST_PARTS or not all(goal.bounds.single for goal in goals):
        return None
    return Either(tuple(Held(goal.name, goal.bounds) for goal in goals), listed=True)


def _either(tokens: Tokens, text: str) -> Either | None:
    """Read `part (或 part)+` or `part (且 part)+`, where at least one part is a bound."""
    for word, every in (("或", False), ("且", True)):
        if not any(word in token.text for token in tokens):
            continue
        tokens = _cut_at(tokens, word)
        cuts = [i for i, t in enumerate(tokens) if t.kind is Kind.WORD and t.text.startswith(word)]
        if not cuts or len(cuts) > _MOST_PARTS:
            continue
        edges = [0, *cuts, len(tokens)]
        read = [_part(tokens[a:b], text, word) for a, b in itertools.pairwise(edges) if a < b]
        parts = _of_one_bound([part for part in read if part is not None])
        bounds = [part for part in parts if isinstance(part, Held)]
        if every and not all(part.subject for part in bounds):
            continue  # 大于12且不超过18 are the two ends of one range
        if len(parts) == len(read) > 1 and bounds:
            return Either(tuple(parts), every=every)
    return None


def _of_one_bound(parts: list[Held | Where]) -> list[Held | Where]:
    """Give 建档率 of 建档率或随访率低于60% the bound behind it: both names end alike."""
    shared: list[Held | Where] = []
    for part in reversed(parts):
        later = shared[-1] if shared else None
        if isinstance(part, Where) and isinstance(later, Held) and len(part.facts) == 1:
            name = name_of(part.facts[0])
            alike = later.subject[-1:] == name[-1:] and not SAYS_WRONG.search(name)
            shared.append(attrs.evolve(later, subject=name) if alike else part)
        else:
            shared.append(part)
    return shared[::-1]


_OR_A_BOUND = frozenset({Kind.LESS, Kind.MORE, Kind.AT_LEAST, Kind.AT_MOST})


def _cut_at(tokens: Tokens, word: str) -> Tokens:
    """Cut 无制度或者外伤 of 无制度或者外伤超过5%: the fact ends where 或 begins the bound."""
    cut: list[Token] = []
    for at, token in enumerate(tokens):
        inside = token.text.rfind(word, 1) if token.kind is Kind.WORD else -1
        often = kind_at(tokens, at + 1) is Kind.EVERY
        bound = kind_at(tokens, at + 3 if often else at + 1) in _OR_A_BOUND
        bound = bound or (word == "且" and _rate_follows(tokens, at))
        if inside < 1 or not bound or len(cut) > _MOST_CUT:
            cut.append(token)
            continue
        middle = token.start + inside
        cut.append(attrs.evolve(token, text=token.text[:inside], end=middle))
        cut.append(attrs.evolve(token, text=token.text[inside:], start=middle))
    return cut


def _rate_follows(tokens: Tokens, at: int) -> bool:
    """Whether a word is the name of a rate whose bound follows: …且准确率96%以上."""
    rate = kind_at(tokens, at + 1) is Kind.NUMBER and kind_at(tokens, at + 2) is Kind.UNIT
    return rate and tokens[at + 2].text in RATES and tokens[at].text.endswith("率")


def _one_more(tokens: Tokens, text: str) -> Many | None:
    """Read `words NUMBER words 一次`: 停电超过4小时迟报一次 are cases, whatever stands inside."""
    if len(tokens) <= _ONE:
        return None
    before, number, unit = tokens[:-_ONE], tokens[-_ONE], tokens[-1]
    counted = unit.kind is Kind.UNIT and unit.text not in TIMES and unit.text not in RATES
    wrong = before[-1].kind is Kind.WORD and SAYS_WRONG.search(before[-1].text)
    plain = all(
        token.kind not in {Kind.LACK, *EACHES}
        and (token.kind is not Kind.LIST or kind_at(before, at + 1) is Kind.NUMBER)  # 1、3项
        for at, token in enumerate(before)
    )
    if not (counted and (number.spelt or (wrong and plain)) and number.value == 1):
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
        held = read_held(tokens, index, text)
        if isinstance(held, Held):
            return held if held.bounds.single is not None else None
    facts = None if has_numbers(tokens) else read_facts(words_of(tokens, text))
    if not isinstance(facts, Where) or facts.facts[-1].endswith(_PLACES):
        return None  # 系统内或档案动态管理率≥30% is of one quantity
    return facts


_FIGURE = 3  # a comparison, a number, its unit
_INNER = 2
_WHOLES = frozenset({"份", "人", "名", "户", "例", "家", "本", "册", "床", "台", "件", "个"})
"""In each of which several faults may be found, and are counted wherever they are."""
_FOUND_TRUE = re.compile(
    r"^(?:一?经)?(?:上级|有关部门)?(?:查证属实|查证|查实|核实|调查属实|认定)的?$"
)
"""What only says that a case is true: 经查实发生一例."""


def _counted(tokens: Tokens, at: int, text: str) -> Occasion | None:
    """Read `[subject] (LACK | FOUND) NUMBER UNIT [以上] [words]`: counted without 每."""
    read = read_figure(tokens, at + 1)
    if read is None or not isinstance(read[0].value, Fraction) or not read[0].value:
        return None
    (figure, end), number = read, read[0].value
    more = kind_at(tokens, end) is Kind.ABOVE
    while kind_at(tokens, end) in {Kind.ABOVE, Kind.INCLUDED}:
        end += 1
    if kind_at(tokens, end) in {Kind.UNDER, Kind.WITHIN}:
        return _so_few(tokens, at, text)
    if kind_at(tokens, end) is Kind.NUMBER:
        return None
    if any(token.kind is Kind.LIST for token in tokens[:at]) and has_numbers(tokens[:at]):
        return None  # 总支每年4篇，支部每年2篇、缺1篇
    subject = name_of(trimmed(_FOUND_TRUE.sub("", words_of(tokens[:at], text))))
    behind = words_of(tokens[end:], text)
    noun = name_of(behind)
    says = trimmed(behind) if SAYS_WRONG.match(behind) or not noun else ""
    if SAYS_WRONG.search(says) and subject not in {"有", ""}:
        noun = subject + says  # 工作经历有一人达不到要求
    elif not noun and SAYS_WRONG.search(behind):
        noun = says
    verb = tokens[at].text
    if tokens[at].kind is Kind.LACK:
        if figure.unit in RATE_UNITS:
            return Steps(subject, below=True, step=number, unit=figure.unit)
        noun = f"{verb[1:]}{noun}" if noun in WITH_WHOM else noun  # 少检查一个单位
        undone = verb[1:] in DEEDS or SAID_UNDONE.fullmatch(verb)
        said = verb if verb == "缺报" or (undone and not (subject or noun)) else "缺少"
        short = Short(subject or noun, number, figure.unit, each=False, or_more=more, verb=said)
        return attrs.evolve(short, others="".join(token.note for token in tokens[at + 1 : end]))
    if verb in {"漏报", "漏"}:
        name = subject + verb if subject else verb + noun  # 漏一项阳性体征
    elif subject and SAYS_WRONG.match(noun) and not noun.startswith(subject):
        name = subject + noun  # 卫生间管理有一处不符
    else:
        name = noun or subject or verb
    return Many(name, number, figure.unit, each=False, or_more=more)


def _so_few(tokens: Tokens, at: int, text: str) -> Held | None:
    """Read `[subject] (漏报 | 缺少) NUMBER UNIT (以下 | 以内) [words]`: 漏报3例以内."""
    read = read_bounds(tokens, at + 1)
    subject = name_of(trimmed(words_of(tokens[:at], text)))
    noun = "" if read is None else name_of(words_of(tokens[read[1] :], text))
    lack = tokens[at].kind is Kind.LACK and not (subject or noun)
    if read is None or read[0].unit in RATE_UNITS or lack:
        return None  # 缺2项以内: of what?
    found = tokens[at].kind is Kind.FOUND and not tokens[at].text.startswith("漏")
    name = (noun or subject) if found else subject + tokens[at].text + noun
    return Held(name, read[0]) if name else None


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


def _ranked(tokens: Tokens, at: int, text: str) -> Ranked | Where:
    """Read `[words] RANK`: 前三名, 第一名, 第2至5名, 11名以后; 后三名 is a fact, of how many."""
    words = tokens[at].text
    if _FROM_LAST.search(words):
        return Where((trimmed(words_of(tokens, text)),))
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
