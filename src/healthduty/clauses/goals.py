"""What must be reached: 满意率达90%以上, 每年不少于4次, 分别达到90%、80%, 不低于上年.

A goal is a quantity with its bound. It becomes the target of a rule that follows, or a target of
its own where no rule does.

Source: semantics 3 (comparators), 10 (a duty by the month, for the year); vocabulary “Target”.

>>> from healthduty.clauses.text.tokens import tokens_of
>>> text = "培训每季度不少于1次"
>>> goal = read_goals(tokens_of(text), text)[0]
>>> goal.name, goal.bounds.low, goal.bounds.unit, goal.by_period
('培训', Fraction(4, 1), '次', '季度')
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.names.goal_names import (
    OBJECTS,
    bare_bound,
    done_within,
    is_kind,
    kind_in,
    kinds_that_do,
    names_before,
    plain_words,
    ranks_what,
    share_of,
    split_kind,
)
from healthduty.clauses.names.quantities import name_of, sums_up
from healthduty.clauses.text.lexicon import RATE_UNITS, TIMES, Kind
from healthduty.clauses.text.phrases import (
    PER_YEAR,
    Bounds,
    Tokens,
    is_plain,
    kind_at,
    read_bounds,
    read_sandwich,
    signed,
    words_of,
)
from healthduty.clauses.text.sayings import duties_said
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold

_EVERY = re.compile("|".join(sorted(PER_YEAR, key=len, reverse=True)))
_COMPARING = frozenset({Kind.AT_LEAST, Kind.MORE, Kind.AT_MOST, Kind.LESS})
_AND = frozenset({"和", "与"})
_TWO = 2  # a table has at least two kinds
_OTHERS = re.compile(
    r"^(上一?年度?|去年|往年|上年同期|去年同期|前[一二两三四五1-5]年(?:平均)?|(?:全[省市县区国]|[省市县区])(?:平均(?:水平|值|数)?)|[^,，、]{0,8}?(?:平均(?:水平|值|数)|核定(?:数|值|标准)|计划数|控制数|基数))(?:同期)?(?:水平|的?平均水平|平均值|平均)?"
)
_BESIDE = re.compile(
    r"(?:与|同|和)((?:上一?年度?|去年|往年|上年同期|去年同期|同期|全[省市县区国]|[省市县区])"
    r"[^,，、与同和]{0,8}?)(?:同期|水平|比例|比重|比率|数|值|率){0,2}(?:相比较?|比较|对比)$"
)
_BESIDE_REACH = 30
_RATE_ENDS = ("率", "比例", "比重", "占比", "满意度")

_UNDONE = ("未", "没", "不", "无", "仍")
_COMPUTED = ("×", "x", "X", "乘以", "按")  # 符合例数/总例数×100%, 作者排序按20%递减
_COUNTED_OFTEN = frozenset({"次", "期", "篇", "场", "条", "份", "版"})
_OFTEN = 12
"""More of another thing than that is a number for the year: 每季度更换1次，资料2000份."""
_YEARLY = re.compile(r"年|共计?|累计|合计|总")


_OWN_EACH = frozenset({Kind.EVERY, Kind.EACH})


@attrs.frozen(kw_only=True)
class Goal:
    """A quantity and what it has to reach; `group` is shared by goals that stand together.

    `by_period` is the period that the text counts by where the bound was taken to the year,
    `group` numbers the segment it stands in, `per` is the object for each of which so many are
    asked, `bare` whether no word of comparison stands there, `kinds` the kinds of facility that
    have to do it: 乡镇卫生院至少开展9次健康咨询.
    """

    name: str
    bounds: Bounds
    by_period: str = ""
    per: str = ""
    bare: bool = False
    group: int = 0
    growth: bool = False
    kinds: str = ""

    @property
    def rate(self) -> bool:
        """Whether it is a rate."""
        return self.bounds.unit in RATE_UNITS

    @property
    def target(self) -> Threshold | None:
        """The bound that has to be reached, or kept under."""
        return self.bounds.low if self.bounds.low is not None else self.bounds.high

    def by_kind(self, name: str, values: ByKind) -> Goal:
        """Return the goal of a quantity for several kinds of facility."""
        low = values if self.bounds.low is not None else None
        high = values if low is None else None
        return attrs.evolve(self, name=name, bounds=attrs.evolve(self.bounds, low=low, high=high))


@attrs.frozen(kw_only=True)
class _Asked:
    """What holds for all goals of one bound: the period, the object of 每, the group."""

    period: str
    per: str
    group: int
    growth: bool
    kinds: str


def read_goals(tokens: Tokens, text: str, group: int = 0) -> list[Goal]:
    """Read what a segment without points asks to reach; nothing where it asks nothing.

    goals := sandwich* | names bounds ('、' names bounds)* | kinds | name comparator 上年…
    """
    sayings = _by_sayings(tokens, text, group)
    if sayings:
        return sayings
    special = (
        _against_others(tokens, text, group)
        or _beside_others(tokens, text, group)
        or _by_kind(tokens, text, group)
    )
    if special is not None:
        return [special]
    goals: list[Goal] = []
    start = at = 0
    while at < len(tokens):
        sandwich = read_sandwich(tokens, at)
        if sandwich is not None:  # 70%≤管理率<75%
            bounds, word, end = sandwich
            goals.append(
                Goal(
                    name=name_of(words_of(tokens[word : word + 1], text)),
                    bounds=bounds,
                    group=group,
                )
            )
            start = at = end
            continue
        computed = at and tokens[at - 1].text.endswith(_COMPUTED)
        read = None if computed or _only_said(tokens, at) else read_bounds(tokens, at)
        if read is None or is_plain(tokens, at, read[0]) or _in_name(tokens, at, read[1]):
            at += 1
            continue
        made, end = _goals(tokens, (start, at), read, text, group)
        last = goals[-1] if goals else None  # 每月业务学习1次、护理查房1次
        goals.extend(in_period(goal, last, tokens[start:end]) for goal in made)
        if kind_at(tokens, end) is not Kind.LIST or not made:
            break
        start = at = end + 1
    return _within_too(goals)


def _within_too(goals: list[Goal]) -> list[Goal]:
    """Give times of a list the word behind the last of them: 城区2小时、农村4小时内到达."""
    last = goals[-1].bounds if goals else Bounds()
    if last.high is None or last.unit not in TIMES:
        return goals
    return [
        attrs.evolve(goal, bounds=attrs.evolve(last, high=goal.bounds.low, unit=goal.bounds.unit))
        if goal.bare and goal.bounds.unit in TIMES and goal.bounds.low is not None
        else goal
        for goal in goals
    ]


def _by_sayings(tokens: Tokens, text: str, group: int) -> list[Goal]:
    """Read 一月一督查、一季一通报: duties by the period; none where some words are no saying."""
    made = []
    for deed, period in duties_said(words_of(tokens, text)):
        often = PER_YEAR.get(period, 1)
        bounds = Bounds(low=Fraction(often), unit="次")
        by_period = period if often > 1 else ""
        made.append(Goal(name=deed, bounds=bounds, by_period=by_period, group=group))
    return made


def _in_name(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a number is part of the name that a later word compares: 2联以上联用比例不超过."""
    if tokens[at].kind in _COMPARING or kind_at(tokens, end) is not Kind.WORD:
        return False
    within = tokens[end - 1].kind is Kind.WITHIN  # 2小时内报告率100%
    timed = tokens[end - 1 - within].text in TIMES
    if timed and tokens[end].text.startswith(_UNDONE):
        return True  # 72小时未完成
    timed = timed and kind_at(tokens, end + 1) is not None
    if timed and tokens[end].text.endswith(("率", "比例")):
        return True  # 急救3分钟出车率100%
    rest = [token.kind for token in tokens[end:]]
    compared = next((i for i, kind in enumerate(rest) if kind in _COMPARING), None)
    if compared is None or Kind.LIST not in rest[:compared]:
        return compared is not None
    rate = tokens[end + compared - 1].text.endswith(("率", "比例"))  # 每年1次为学校体检的覆盖率
    return rate and tokens[end - 1].text == "次" and Kind.NUMBER not in rest[:compared]


def _only_said(tokens: Tokens, at: int) -> bool:
    """Whether a number in Chinese numerals is only said, and asks for nothing (一人一档)."""
    spelt = tokens[at].kind is Kind.NUMBER and tokens[at].spelt
    divided = at > 0 and tokens[at - 1].text.endswith("分")  # 分两次拨付
    return spelt and (divided or not _counts(tokens, at))


def _counts(tokens: Tokens, at: int) -> bool:
    """Whether a number in Chinese numerals asks for something: it has a unit and ends there."""
    if kind_at(tokens, at - 1) in _COMPARING or tokens[at].text.startswith(("百分", "千分")):
        return True
    if kind_at(tokens, at + 1) is not Kind.UNIT:
        return False
    asked = any(token.kind is Kind.EVERY for token in tokens[:at])  # 每季度召开一次例会
    return asked or kind_at(tokens, at + 2) in {None, Kind.ABOVE}


def _goals(
    tokens: Tokens, names: tuple[int, int], first: tuple[Bounds, int], text: str, group: int
) -> tuple[list[Goal], int]:
    """Read `names [SHARED] bounds (('、' | 和) bounds)*`, one goal for each name.

    Returns none where there are more or fewer names than bounds; and where it ended.
    """
    several, end = _bounds_listed(tokens, *first)
    before = tokens[names[0] : names[1]]
    if len({token.text for token in before if token.kind is Kind.EVERY}) > 1:
        return [], end  # 正职每半年、副职每季度1次: not one number for the year
    behind = () if kind_at(tokens, end) is Kind.LIST else tokens[end:]
    labels = names_before(before, behind, text, len(several))
    if len(several) == 1:
        several *= len(labels)
    if len(several) != len(labels):
        return [], end
    asked = _Asked(
        period=first[0].period or _period(before) or _period(behind),
        per=first[0].per or _per_object(before),
        group=group,
        growth=any(token.kind is Kind.GROWTH for token in before),
        kinds=kinds_that_do(plain_words(before, text)) if behind and not labels[1:] else "",
    )
    labels = ["" if label == "以" else label for label in labels]  # 以32%为基准
    labels = [share_of(label, tokens, names[1]) for label in labels]
    last = several[0] if several[-1].bare else several[-1]  # 分别不超过20%、60%
    done = done_within(behind) if first[0].unit in TIMES else ""
    labels = [label.removesuffix(done) + done for label in labels]
    made = [
        _goal(label, _closed_like(one, last), asked)
        for label, one in zip(labels, several, strict=True)
    ]
    return made, end


def _bounds_listed(tokens: Tokens, first: Bounds, end: int) -> tuple[list[Bounds], int]:
    """Read `(('、' | 和) bounds)*` behind a first bound."""
    several = [first]
    while kind_at(tokens, end) is Kind.LIST or (
        kind_at(tokens, end) is Kind.WORD and tokens[end].text in _AND
    ):
        more = read_bounds(tokens, end + 1)
        if more is None:
            break
        several.append(more[0])
        end = more[1]
    return several, end


def _per_object(tokens: Tokens) -> str:
    """Return the object of 每户 and 每人, of which each needs the number."""
    for at, token in enumerate(tokens[:-1]):
        if at and tokens[at - 1].text.endswith("平均"):
            return ""  # 平均每名医师: a mean, and no number for each
        if token.kind is Kind.EACH and token.text == "每" and tokens[at + 1].kind is Kind.UNIT:
            return tokens[at + 1].text if tokens[at + 1].text in OBJECTS else ""
    return ""


def _closed_like(bounds: Bounds, last: Bounds) -> Bounds:
    """Give a bare member of a list the word that stands behind its last one (90%、60%以上)."""
    if not bounds.bare or last.bare:
        return bounds if bounds.unit else attrs.evolve(bounds, unit=last.unit)
    unit = bounds.unit or last.unit
    if last.low is not None:
        return attrs.evolve(last, low=bounds.low, unit=unit)
    return attrs.evolve(last, high=bounds.low, unit=unit)


def _goal(name: str, bounds: Bounds, asked: _Asked) -> Goal:
    """Return the goal of one name: a number by the period for the year, one by 每户 for each."""
    bare = bounds.bare
    bounds = bare_bound(bounds, name)  # 问卷调查2次, 病床使用率55%: at least
    by_period = ""
    if bounds.unit not in RATE_UNITS and sums_up(name, bounds.unit):
        factor = PER_YEAR.get(asked.period, 1)
        by_period = asked.period if factor > 1 else ""
        bounds = attrs.evolve(
            bounds,
            low=_in_all(bounds.low, factor, asked.per),
            high=_in_all(bounds.high, factor, asked.per),
        )
    return Goal(
        name=name,
        bounds=signed(bounds, name),
        by_period=by_period,
        per=asked.per if bounds.unit not in RATE_UNITS else "",
        bare=bare,
        group=asked.group,
        growth=asked.growth,
        kinds=asked.kinds,
    )


def in_period(goal: Goal, last: Goal | None, tokens: Tokens) -> Goal:
    """Return 三基考试1次 behind 每月业务学习2次 as a duty by the month, too; so behind 每人."""
    ends = goal.bounds.low
    if last is None or not ((last.by_period or last.per) and isinstance(ends, Fraction)):
        return goal
    units = {goal.bounds.unit, last.bounds.unit}
    often = (units <= _COUNTED_OFTEN or bool(last.per)) and ends <= _OFTEN
    own = goal.by_period or goal.per or not (len(units) == 1 or often)
    alike = goal.bare or is_kind(goal.name) or (last.bounds.low is not None and not last.bare)
    own = own or not alike or not sums_up(goal.name, goal.bounds.unit)
    if own or any(token.kind in _OWN_EACH or _YEARLY.search(token.text) for token in tokens):
        return goal
    low = _in_all(ends, PER_YEAR.get(last.by_period, 1), last.per)
    bounds = attrs.evolve(goal.bounds, low=low)
    return attrs.evolve(goal, bounds=bounds, by_period=last.by_period, per=last.per)


def _in_all(value: Threshold | None, factor: int, per: str) -> Threshold | None:
    """Return a number for the year; with `per` so many times the number of these objects."""
    if not isinstance(value, Fraction):
        return value
    return Multiple(value * factor, f"{per}数") if per else value * factor


def _period(tokens: Tokens) -> str:
    """Return the period of 每年, 每季度 among some tokens, or nothing."""
    for token in tokens:
        found = _EVERY.search(token.text) if token.kind is Kind.EVERY else None
        if found is not None:
            return found.group()
    return ""


def _by_kind(tokens: Tokens, text: str, group: int) -> Goal | None:
    """Read `[name] kind bound ('、' kind bound)+`: a threshold by kind of facility."""
    values: dict[str, Fraction] = {}
    made: list[Bounds] = []
    name = ""
    at = start = 0
    while at < len(tokens):
        read = read_bounds(tokens, at)
        if read is None:
            at += 1
            continue
        bounds, end = read
        words = plain_words(tokens[start:at], text).strip("、")
        label = kind_in(words)
        value = bounds.low if bounds.low is not None else bounds.high
        if not made:
            name, first = split_kind(words)
            label = first if name else label and (first or label)
        if not label or label in values or not isinstance(value, Fraction):
            return None
        if ranks_what(label, bounds.unit):
            return None
        values[label] = value
        made.append(bounds)
        start = at = end
    if len(values) < _TWO or len({b.unit for b in made}) > 1 or start < len(tokens):
        return None
    return Goal(name=name, bounds=_of_kinds(made[-1], ByKind(values)), group=group)


def _of_kinds(last: Bounds, values: ByKind) -> Bounds:
    """Return the bound of all kinds, which the last of them says; a bare one is a least."""
    if last.bare or last.low is not None:
        return attrs.evolve(last, low=values, high=None, bare=False, low_in=True, high_in=False)
    return attrs.evolve(last, high=values)


def _against_others(tokens: Tokens, text: str, group: int) -> Goal | None:
    """Read `name comparator 上年…`: a bound that comes with the record."""
    for at, token in enumerate(tokens[:-1]):
        if token.kind not in _COMPARING or tokens[at + 1].kind is not Kind.WORD:
            continue
        found = _OTHERS.match(tokens[at + 1].text)
        name = "" if found is None else name_of(plain_words(tokens[:at], text))
        if found is None or not name:
            continue
        given = Given(found.group(1) + name)
        upper = token.kind in {Kind.AT_MOST, Kind.LESS}
        bounds = Bounds(
            low=None if upper else given,
            high=given if upper else None,
            unit="%" if name.endswith(_RATE_ENDS) else "",
            low_in=token.kind is not Kind.MORE,
            high_in=token.kind is Kind.AT_MOST,
        )
        return Goal(name=name, bounds=bounds, group=group)
    return None


def _beside_others(tokens: Tokens, text: str, group: int) -> Goal | None:
    """Read `name 与全省平均…相比`: what the steps that follow go away from."""
    found = _BESIDE.search(words_of(tokens, text)[-_BESIDE_REACH:])
    if found is None:
        return None
    words = words_of(tokens, text)
    name = name_of(words[: len(words) - len(found.group())])
    if not name:
        return None
    unit = "%" if name.endswith(_RATE_ENDS) else ""
    return Goal(name=name, bounds=Bounds(low=Given(found.group(1) + name), unit=unit), group=group)


def named_blanks(goal: Goal) -> Goal:
    """Name the blanks of a goal after what they are for."""
    low, high = goal.bounds.low, goal.bounds.high
    if isinstance(low, Blank):
        low = Blank(goal.name)
    if isinstance(high, Blank):
        high = Blank(goal.name)
    return attrs.evolve(goal, bounds=attrs.evolve(goal.bounds, low=low, high=high))
