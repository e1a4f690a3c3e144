"""Numbers with their units, and what a value is held against: 90%以上, 80%（含）—90%, ____次.

Each production is a function that takes the tokens and where to begin, and returns what it read
with where it ended, or None.

Source: semantics 2 (units), 3 (以上 以下 以内 include, 超过 低于 exclude, （含） wins), 9.

>>> from healthduty.clauses.text.tokens import tokens_of
>>> bounds, end = read_bounds(tokens_of("低于60%"), 0)
>>> bounds.high, bounds.high_in, bounds.unit
(Fraction(60, 1), False, '%')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import attrs

from healthduty.clauses.text.lexicon import ONE_UNIT, Kind
from healthduty.clauses.text.tokens import Token, tokens_of
from healthduty.rules.condition import Comparator
from healthduty.rules.threshold import Blank, Threshold

Tokens = Sequence[Token]

PER_YEAR = {
    "学期": 2,
    "年": 1,
    "年度": 1,
    "半年": 2,
    "季度": 4,
    "季": 4,
    **dict.fromkeys(("春秋", "春、秋", "春季", "水期"), 2),
    "半月": 24,
    "月": 12,
    "旬": 36,
    "周": 52,
    "星期": 52,
    **dict.fromkeys(
        ("2个月", "两个月", "二个月", "2月", "两月", "二月", "双月", "单月", "隔月"), 6
    ),
    **dict.fromkeys(("3个月", "三个月", "3月", "三月"), 4),
    **dict.fromkeys(("4个月", "四个月", "4月", "四月"), 3),
    **dict.fromkeys(("6个月", "六个月", "6月", "六月"), 2),
    **dict.fromkeys(("2周", "两周", "二周", "半个月"), 24),
    "天": 365,
    "日": 365,
}
"""How often a year has each period."""

_COMPARING = frozenset({Kind.AT_LEAST, Kind.MORE, Kind.AT_MOST, Kind.LESS, Kind.EQUAL})
_SUFFIXES = frozenset(
    {
        Kind.ABOVE,
        Kind.UNDER,
        Kind.WITHIN,
        Kind.BEYOND,
        Kind.INCLUDED,
        Kind.EXCLUDED,
        Kind.AS_MOST,
        Kind.AS_LEAST,
    }
)
_UNDER = frozenset({Kind.LESS, Kind.AT_MOST})
_OVER = frozenset({Kind.MORE, Kind.AT_LEAST})
_REACHES = frozenset(
    ["达到", "到达", "达", "完成", "未达到", "没有达到", "没达到", "未能达到", "达不到", "未达"]
)
"""Words of reaching a goal, whichever way it is counted."""
_HOLDS = frozenset({Kind.AT_MOST, Kind.AT_LEAST})
_CLOSED = {Kind.INCLUDED: True, Kind.EXCLUDED: False}
_ALL = 100  # per cent
_FRACTION = 3  # tokens of 1/4
_MOST_PARTS = 20
_RATE_ENDS = ("率", "比例", "占比")
_NONE_OF_RATE = re.compile(r"(?:率|比例|占比)(?:为|是|等于|达到?|控制在)?$")
_LONGEST_WHOLE = 16
_OF_WHICH = ("标准", "计划", "任务")
_MOST_SUFFIXES = 6
_HELD = frozenset({"次", "场", "期"})
_JOINTS = frozenset({"且", "并", "而", "但", "至"})
_BETWEEN = frozenset({"之间", "之间的"})
_LEADING = frozenset(
    {Kind.ABOVE, Kind.UNDER, Kind.WITHIN, Kind.BEYOND, Kind.AS_MOST, Kind.AS_LEAST}
)


@attrs.frozen
class Figure:
    """A number or a blank with its unit: points of a rate have the rate's."""

    value: Threshold
    unit: str = ""


@attrs.frozen
class Bounds:
    """Between what a value has to lie; an open side is None.

    `bare`: no word of comparison; `reached`: no other than 达到 or 未达到; `loose`: a range, 以上
    or 以下 without a word that says whether its end is inside; `period` where the number is by the
    month or the quarter, `per` the object that it is for.
    """

    low: Threshold | None = None
    high: Threshold | None = None
    low_in: bool = True
    high_in: bool = False
    unit: str = ""
    bare: bool = False
    reached: bool = False
    loose: bool = False
    period: str = ""
    per: str = ""

    @property
    def single(self) -> tuple[Comparator, Threshold] | None:
        """The one comparison that this is, or None for a range."""
        if self.low is not None and self.high is not None:
            same = self.low == self.high and self.low_in and self.high_in
            return (Comparator.EQUAL, self.low) if same else None
        if self.low is not None:
            return (Comparator.AT_LEAST if self.low_in else Comparator.MORE, self.low)
        if self.high is not None:
            return (Comparator.AT_MOST if self.high_in else Comparator.LESS, self.high)
        return None


def kind_at(tokens: Tokens, at: int) -> Kind | None:
    """Return the kind of the token at a place, None beyond the end."""
    return tokens[at].kind if 0 <= at < len(tokens) else None


def words_of(tokens: Tokens, text: str) -> str:
    """Return the words that tokens stand on."""
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def read_figure(tokens: Tokens, at: int) -> tuple[Figure, int] | None:
    """Read `figure := (NUMBER | BLANK) [UNIT]`."""
    kind = kind_at(tokens, at)
    if kind is Kind.BLANK:
        value: Threshold | None = Blank("")
    elif kind is Kind.NUMBER:
        value = tokens[at].value
    else:
        return None
    if value is None:
        return None
    words = tokens[at].text
    if words.startswith(("百分之", "千分之")):
        return Figure(value, "%" if words[0] == "百" else "‰"), at + 1
    part = _part_of_one(tokens, at)
    if part is not None:
        return Figure(part * _ALL, "%"), at + _FRACTION
    if kind_at(tokens, at + 1) is Kind.UNIT:
        unit = tokens[at + 1].text
        if unit == "成" and isinstance(value, Fraction):
            return Figure(value * 10, "%"), at + 2
        return Figure(value, ONE_UNIT.get(unit, unit)), at + 2
    return Figure(value), at + 1


def _part_of_one(tokens: Tokens, at: int) -> Fraction | None:
    """Return the share that 1/4 is; 120/80mmHg and 5/次 are none."""
    kinds = [token.kind for token in tokens[at : at + _FRACTION]]
    if kinds != [Kind.NUMBER, Kind.SLASH, Kind.NUMBER]:
        return None
    part, whole = tokens[at].value, tokens[at + 2].value
    counted = kind_at(tokens, at + _FRACTION) in {Kind.UNIT, Kind.POINTS, Kind.SLASH}
    if counted or not part or not whole or part >= whole or whole > _MOST_PARTS:
        return None
    return part / whole


def read_bounds(tokens: Tokens, at: int) -> tuple[Bounds, int] | None:
    """Read `bounds := INTERVAL | bound [['且'] bound] | range`.

    bound := [comparator] figure ['/' object] ['/' period] suffix*
    range := figure [INCLUDED | EXCLUDED] DASH figure suffix* ['之间']
    """
    if kind_at(tokens, at) is Kind.INTERVAL:
        return _interval(tokens[at].text), at + 1
    first = _bound(tokens, at)
    if first is None:
        return None
    bounds, end = first
    if kind_at(tokens, end) is Kind.DASH:
        ranged = _range(bounds, tokens, end + 1)
        end = ranged[1] if ranged else end
        between = ranged and kind_at(tokens, end) is Kind.WORD and tokens[end].text in _BETWEEN
        return (ranged[0], end + 1) if ranged and between else ranged
    if bounds.bare:
        return bounds, end
    joint = kind_at(tokens, end) is Kind.WORD and tokens[end].text in _JOINTS
    joint = joint or (kind_at(tokens, end) is Kind.LIST and kind_at(tokens, end + 1) in _COMPARING)
    second = _bound(tokens, end + joint)
    met = None if second is None or second[0].bare else both_of(bounds, second[0])
    if met is None or second is None:
        return bounds, end
    return met, second[1]


def read_sandwich(tokens: Tokens, at: int) -> tuple[Bounds, int, int] | None:
    """Read `figure sign WORD sign figure`, both signs one way: 70%≤管理率<75%, 75%>管理率≥70%.

    Returns the bounds, where the word stands and where it all ended.
    """
    first = _score_or_figure(tokens, at)
    way = None if first is None else _way_of(kind_at(tokens, first[1]))
    if first is None or way is None:
        return None
    word = first[1] + 1
    if kind_at(tokens, word) is not Kind.WORD or kind_at(tokens, word + 1) not in way:
        return None
    second = _score_or_figure(tokens, word + 2)
    if second is None:
        return None
    closed = [kind_at(tokens, sign) in _HOLDS for sign in (first[1], word + 1)]
    ends = [(first[0].value, closed[0]), (second[0].value, closed[1])]
    (low, low_in), (high, high_in) = ends if way is _UNDER else reversed(ends)
    unit = second[0].unit or first[0].unit
    return Bounds(low, high, low_in=low_in, high_in=high_in, unit=unit), word, second[1]


def _score_or_figure(tokens: Tokens, at: int) -> tuple[Figure, int] | None:
    """Read `figure | NUMBER POINTS`: the 80分 of 80分≤评分<90分 are a value, and no points."""
    read = read_figure(tokens, at)
    if read is None or kind_at(tokens, read[1]) is not Kind.POINTS:
        return read
    return attrs.evolve(read[0], unit="分"), read[1] + 1


def _way_of(sign: Kind | None) -> frozenset[Kind] | None:
    """Return the signs that point the same way."""
    return next((way for way in (_UNDER, _OVER) if sign in way), None)


def _interval(text: str) -> Bounds:
    """Read `[90%,95%)`."""
    low, high = (read_figure(tokens_of(end), 0) for end in text[1:-1].split(","))
    if low is None or high is None:
        raise AssertionError("an interval has two numbers")
    return Bounds(
        low[0].value,
        high[0].value,
        low_in=text.startswith("["),
        high_in=text.endswith("]"),
        unit=high[0].unit or low[0].unit,
    )


def _bound(tokens: Tokens, at: int) -> tuple[Bounds, int] | None:
    """Read `bound := [comparator [EQUAL]] figure ['/' object] ['/' period] suffix*`."""
    comparator = kind_at(tokens, at)
    word = comparator if comparator in _COMPARING else None
    start = at if word is None else at + 1
    if kind_at(tokens, start) is Kind.EQUAL:
        start += 1  # 控制在为
    often = tokens[start].text[1:] if word and kind_at(tokens, start) is Kind.EVERY else ""
    start += 1 if often else word is not None and is_share(tokens, start)
    read = read_figure(tokens, start)
    if read is None:
        return None
    figure, end = read
    period, per, end = _per_period(tokens, end, figure.unit)
    period = period or often.removeprefix("个")
    suffixes: list[Kind] = []
    while kind_at(tokens, end) in _SUFFIXES and len(suffixes) < _MOST_SUFFIXES:
        suffixes.append(tokens[end].kind)
        end += 1
    made = _bounded(figure, word, suffixes)
    if made is None:
        return None
    reached = word is not None and not suffixes and tokens[at].text in _REACHES
    if period or per or reached:
        made = attrs.evolve(made, period=period, per=per, reached=reached)
    return made, end


def is_share(tokens: Tokens, at: int) -> bool:
    """Whether a share of another quantity begins here: 不低于总门诊量的30%."""
    if kind_at(tokens, at) is not Kind.WORD or kind_at(tokens, at + 1) is not Kind.NUMBER:
        return False
    words, value = tokens[at].text, tokens[at + 1].value
    whole = words.endswith(("的", "数")) or (
        words.endswith(_OF_WHICH) and value is not None and value >= _ALL / 2
    )
    short = whole and 1 < len(words) <= _LONGEST_WHOLE
    return short and kind_at(tokens, at + 2) is Kind.UNIT and tokens[at + 2].text == "%"


def is_plain(tokens: Tokens, at: int, bounds: Bounds) -> bool:
    """Whether a number is just that, with no unit and no word before it; not 漏报率为0.

    A proportion (医护比1:1.2) is more, and has a note.
    """
    none = bounds.low == 0 and at > 0 and _NONE_OF_RATE.search(tokens[at - 1].text) is not None
    return bounds.bare and not bounds.unit and not (none or tokens[at].note)


def signed(bounds: Bounds, name: str) -> Bounds:
    """Give bounds of a rate that lost its sign (管理率≥80) the sign that it must have."""
    if bounds.bare and bounds.low == 0 and _NONE_OF_RATE.search(name):
        return Bounds(high=Fraction(0), high_in=True, unit=bounds.unit or "%")  # 漏报率为0
    if bounds.unit or not name.endswith(_RATE_ENDS):
        return bounds
    values = [value for value in (bounds.low, bounds.high) if value is not None]
    whole = all(isinstance(value, Fraction) and 1 < value <= _ALL for value in values)
    return attrs.evolve(bounds, unit="%") if whole else bounds


def _per_period(tokens: Tokens, at: int, counted: str) -> tuple[str, str, int]:
    """Read `['/' object] ['/' period]`, in either order: 4次/年, 1次/组/周, 4次/年/人."""
    period = per = ""
    while kind_at(tokens, at) is Kind.SLASH and kind_at(tokens, at + 1) is Kind.UNIT:
        unit = tokens[at + 1].text
        if not period and unit in PER_YEAR:
            period = unit
        elif not per and (period or _is_period(tokens, at + 2) or counted in _HELD):
            per = unit  # 200元/人次 is no number for each
        else:
            break
        at += 2
    return period, per, at


def _is_period(tokens: Tokens, at: int) -> bool:
    """Whether `'/' period` stands here."""
    slash = kind_at(tokens, at) is Kind.SLASH and kind_at(tokens, at + 1) is Kind.UNIT
    return slash and tokens[at + 1].text in PER_YEAR


def _bounded(figure: Figure, word: Kind | None, suffixes: list[Kind]) -> Bounds | None:
    """Return the bound that words before and behind a figure make, None if they contradict."""
    side = next((kind for kind in suffixes if kind in _LEADING), None)
    said = next((_CLOSED[kind] for kind in suffixes if kind in _CLOSED), None)
    value, unit = figure.value, figure.unit
    match word, side:
        case (Kind.LESS, Kind.ABOVE | Kind.BEYOND) | (Kind.MORE, Kind.UNDER | Kind.WITHIN):
            return None
        case (None, None) | (Kind.EQUAL, None):
            inside = said is not False
            return Bounds(value, value, low_in=inside, high_in=inside, unit=unit, bare=True)
        case (Kind.LESS, _):
            return Bounds(high=value, high_in=said or False, unit=unit)
        case (Kind.MORE, _) | (_, Kind.BEYOND):
            return Bounds(low=value, low_in=said or False, unit=unit)
        case (_, Kind.UNDER | Kind.WITHIN | Kind.AS_MOST):
            loose = word in {None, Kind.EQUAL} and said is None
            return Bounds(high=value, high_in=said is not False, unit=unit, loose=loose)
        case (_, Kind.ABOVE | Kind.AS_LEAST) | (Kind.AT_LEAST, _):
            loose = word in {None, Kind.EQUAL} and said is None
            return Bounds(low=value, low_in=said is not False, unit=unit, loose=loose)
        case _:
            return Bounds(high=value, high_in=said is not False, unit=unit)


def _range(first: Bounds, tokens: Tokens, at: int) -> tuple[Bounds, int] | None:
    """Read the upper end of a range; a range's upper end is outside unless it is said."""
    read = _bound(tokens, at)
    if read is None or not first.bare:
        return None
    second, end = read
    # （含） behind the upper end is about that end; without a word the band above has it.
    said = any(token.kind is Kind.INCLUDED for token in tokens[at:end])
    low, high = first.low, second.high if second.high is not None else second.low
    if isinstance(low, Fraction) and isinstance(high, Fraction) and low > high:
        low, high = high, low
    unit = second.unit or first.unit
    loose = not any(token.kind in {Kind.INCLUDED, Kind.EXCLUDED} for token in tokens[at:end])
    made = Bounds(low, high, low_in=first.low_in, high_in=said, unit=unit, loose=loose)
    return made, end


def both_of(first: Bounds, second: Bounds) -> Bounds | None:
    """Return where both hold: one gives the lower end, the other the upper; None otherwise."""
    if first.unit and second.unit and first.unit != second.unit:
        return None
    lower = next((b for b in (first, second) if b.low is not None and b.high is None), None)
    upper = next((b for b in (first, second) if b.high is not None and b.low is None), None)
    if lower is None or upper is None:
        return None
    unit = first.unit or second.unit
    return Bounds(lower.low, upper.high, low_in=lower.low_in, high_in=upper.high_in, unit=unit)
