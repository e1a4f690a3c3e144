"""Points by a formula: 得分=完成率×5分, 参保率÷98%×10分, 得分=（实际值/目标值）×分值.

Source: the patterns of published scoring tables (by formula).

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("得分=（服药率/75%）×6分", points=6).rules[0].knots[1].at
Fraction(75, 1)
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.context import Context
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.segments import Segment
from healthduty.clauses.shares import share_name
from healthduty.clauses.text.lexicon import RATE_UNITS, Kind
from healthduty.clauses.text.phrases import Figure, kind_at, read_figure, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token
from healthduty.rules.condition import Comparator
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import FULL, Effect, Points
from healthduty.rules.rule import Curve, Knot
from healthduty.rules.threshold import Threshold
from healthduty.said import Said

_SAID = re.compile(
    r"^(?:最后|最终|实际)?(?:得分|分值|分数)(?:即|则)?(?:为|是|等于)(?:实际(?=.{2}))?|^.*?(?<!^)按照?(?![时期])(?:实际(?=.{2}))?|^按照?(?![时期])(?:实际(?=.{2}))?|^(?:该|本)?项?实际(?:值|数)?|^实际|(?:实际)?(?:完成)?值$"
)
_TARGET = re.compile(r"(?:目标|规定|要求|标准|任务|计划)(?:值|数|率|比例)?$")
_DONE = re.compile(r"实际|完成")
_COMPLETED = re.compile(r"(?:目标|任务|指标|计划)?完成率")
"""How much of the goal was done, whatever is counted."""
_NUMBER_DONE = re.compile(r"(?:完成|达到|达标)(?:数量?|量|额|个数)?")
"""A number that says nothing of what was done: 完成数÷任务数 beside 免费婚检."""
_HUNDRED = [Kind.MULTIPLY, Kind.NUMBER, Kind.UNIT]
_LONGEST = 30
_ALL = 100  # ×100% makes a rate, and no points
_COMPUTES = re.compile(
    r"(?:来|进行)?计算(?:得分|分值|分数)?|(?:为|即为)?(?:实际|最后)?得分|[计记给赋]分|"
)
_MARK = re.compile(r"(?:得分|成绩|分数|分值?)$")
_BARE_MARK = 4  # 考核得分: of what?
_BARE_RATE = re.compile(r"(?:完成|达标)?率|")
"""What says of no quantity how much of it was done."""
_WHOLE = re.compile(r"(?:本|该|此)?(?:项|指标)?(?:标准)?(?:分值|满分|总分|标准分|权重分?|权数|分)")
_RATE_ENDS = ("率", "比例", "度", "比")
_POINTS_ARE = re.compile(r"分(?:值|数)?$")
_COMPUTED = frozenset({Kind.SLASH, Kind.MULTIPLY})
_TIMES_ALL = [Kind.MULTIPLY, Kind.NUMBER, Kind.UNIT]
_COMPARED = frozenset({Kind.AT_LEAST, Kind.AT_MOST, Kind.LESS, Kind.MORE, Kind.ABOVE})


def read_formula(context: Context, segment: Segment) -> bool:
    """Read `[得分 '='] quantity ['÷' 目标值] '×' (NUMBER POINTS | 分值) [words]`.

    A straight line: up to the target where the formula divides by it, up to 100 % otherwise.
    """
    earns = segment.action is None or segment.action.effect is Effect.EARN
    ordered = _in_order(segment) if earns else None
    if ordered is None:
        return False
    tokens, said = ordered
    times, slash = _first(tokens, Kind.MULTIPLY), _first(tokens, Kind.SLASH)
    points = None if times is None else _factor(context, tokens[times + 1 :])
    if times is None:
        return False
    if points is None:
        return slash is None and _by_mark(context, segment, tokens[:times], tokens[times + 1 :])
    factors = tokens[: times if slash is None else slash]
    name = name_of(_SAID.sub("", words_of(factors, context.plain).rstrip("%％")))  # 到位率%×5分
    name = context.topic if len(name) > 1 and context.topic.endswith(name) else name
    if slash is None:
        of_goal = _COMPLETED.fullmatch(name) is not None and not len(context.asked) > 1
        indices = context.goals_for("", context.recent_units()) if of_goal else []
        return name.endswith(_RATE_ENDS) and _add_line(
            context, segment, name, indices if len(indices) == 1 else [], points
        )
    number = read_figure(tokens, slash + 1)
    if number is not None and number[1] == times:  # 参保率÷98%×5分
        return _by_number(context, segment, name, number[0], points)
    divisor = words_of(tokens[slash + 1 : times], context.text)
    if said and name and _is_quotient(context, tokens, divisor):
        asked = share_name(context) if _NUMBER_DONE.fullmatch(name) else ""
        share = asked or f"{name}占{name_of(divisor)}的比例"
        return _add_line(context, segment, share, [], points)
    if not _TARGET.match(divisor):
        return False
    indices = context.goals_for(name, RATE_UNITS) or context.goals_for("", RATE_UNITS)
    if not indices and (not name or _DONE.search(name)):  # 实际完成数÷任务数×5分 beside 100例
        indices = context.goals_for("", context.recent_units())
    goes = bool(indices) or name.endswith(_RATE_ENDS)
    return goes and _add_line(context, segment, name, indices, points)


def _by_mark(
    context: Context, segment: Segment, named: tuple[Token, ...], factor: tuple[Token, ...]
) -> bool:
    """Read 考核得分×3% of an item of 3 points: a mark out of 100 that was given elsewhere."""
    name = name_of(words_of(named, context.plain))
    share = [token.kind for token in factor] == [Kind.NUMBER, Kind.UNIT] and factor[1].text == "%"
    if not (share and name and _MARK.search(name)) or factor[0].value != context.points:
        return False
    title = context.topic if len(name) <= _BARE_MARK else ""
    name = name if not title or name in title else f"{title}·{name}"
    measure = context.quantities.measure(name, MeasureKind.AMOUNT, "分")
    line = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(_ALL, context.points or FULL)))
    context.add([line], segment)
    context.explain(segment, "a formula")
    return True


def _in_order(segment: Segment) -> tuple[tuple[Token, ...], bool] | None:
    """Return a formula with its points behind ×, and whether it says that it makes points."""
    if _first(segment.tokens, Kind.MULTIPLY) is None:
        return None
    plain = tuple(token for token in segment.tokens if token.kind is not Kind.EMPHASIS)
    tokens = _without_hundred(plain)
    times, equals = _first(tokens, Kind.MULTIPLY), _first(tokens, Kind.EQUALS)
    slash = _first(tokens, Kind.SLASH)
    if times is None:
        return None
    start = 0 if equals is None else equals + 1
    if slash is not None and slash > times:  # 得分=分值×监测率÷95%
        tokens = (*tokens[times + 1 :], tokens[times], *tokens[start:times])
        start = 0
    said = equals is not None or kind_at(tokens, len(tokens) - 1) is Kind.POINTS
    return tokens[start:], said


def _add_line(
    context: Context, segment: Segment, name: str, indices: list[int], points: Points
) -> bool:
    """Add the line of a formula; False where nothing says up to where it goes."""
    rule = _line(context, name, indices, points)
    if rule is not None:
        _drop_said(context, rule)
        context.add([rule], segment, indices[-1:])
        context.explain(segment, "a formula")
    return rule is not None


def _drop_said(context: Context, rule: Curve) -> None:
    """Leave out the lines of all points that a formula says again: 按比例得分，得分=A/B×分值."""
    part = len(context.parts) if context.in_parts else 0
    while (last := context.last()) is not None and last.part == part:
        line = last.rule
        if not (isinstance(line, Curve) and _pays_all(context, line) and _pays_all(context, rule)):
            return
        if line.measure != rule.measure:
            context.quantities.forget(line.measure)
        context.drafts.pop()


def _pays_all(context: Context, line: Curve) -> bool:
    """Whether a line ends with all points: no other line beside it could earn any more."""
    return line.effect is Effect.EARN and line.knots[-1].points in {FULL, context.points}


def _by_number(context: Context, segment: Segment, name: str, most: Figure, points: Points) -> bool:
    """Make the line of 参保率÷98%×5分; 实际值÷90%×5分 is about what was required."""
    indices = context.goals_for("" if _BARE_RATE.fullmatch(name) else name, RATE_UNITS)
    if name and indices and context.goals[indices[-1]].target != most.value:
        indices = []  # 完成率/95% beside another bound
    name = name or context.subject or context.topic
    if not (name or indices):
        return False
    if indices:
        measure = context.goal_measure(indices[-1])
    else:
        measure = context.quantities.measure(name, None, most.unit)
    line = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(most.value, points)))
    context.add([line], segment, indices[-1:])
    _use_under(context, most.value)
    return True


def _is_quotient(context: Context, tokens: tuple[Token, ...], divisor: str) -> bool:
    """Whether points are the share of one number in another: 得分=到位数/应到位数×5分."""
    signs = [token.kind for token in tokens if token.kind in {Kind.SLASH, Kind.MULTIPLY}]
    plain = len(signs) == 2 and not any(c.isdecimal() for c in divisor)  # noqa: PLR2004
    goal = bool(context.goals) and _TARGET.match(divisor) is not None
    return plain and 1 < len(divisor) <= _LONGEST and not goal


def _use_under(context: Context, target: Threshold) -> None:
    """监测率不足95%的，得分=分值×监测率÷95%: the bound says when, and is nothing to reach."""
    bounds = context.goals[-1].bounds if context.goals else None
    if bounds is None:
        return
    between = bounds.low is not None and bounds.high == target  # 70%～90%，得分=满意度/90%×10
    if not between and (bounds.single is None or bounds.single[0] is not Comparator.LESS):
        return
    if context.pending:
        context.use_pending()
    elif bounds.high == target:  # 监测率<95%。得分=监测率/95%×5分
        context.used_goals.add(len(context.goals) - 1)


def _line(context: Context, name: str, indices: list[int], points: Points) -> Curve | None:
    """Return the line up to the target, or up to 100 % where the formula names none."""
    target: Threshold | None = Fraction(100)
    if indices:
        measure, target = context.goal_measure(indices[-1]), context.goals[indices[-1]].target
    else:
        measure = context.quantities.measure(name, None, "%")
    if target is None:
        return None
    return Curve(measure, Effect.EARN, (Knot(0, 0), Knot(target, points)))


def _without_hundred(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Leave out ×100% before the points: A÷B×100%×5分 is a share of 5."""
    for at in range(len(tokens) - len(_HUNDRED)):
        end = at + len(_HUNDRED)
        hundred = [token.kind for token in tokens[at:end]] == _HUNDRED
        if hundred and tokens[at + 1].value == _ALL and tokens[end].kind is Kind.MULTIPLY:
            return tokens[:at] + tokens[end:]
    return tokens


def _first(tokens: tuple[Token, ...], kind: Kind) -> int | None:
    """Return where the first token of a kind stands."""
    return next((index for index, token in enumerate(tokens) if token.kind is kind), None)


def _factor(context: Context, tokens: tuple[Token, ...]) -> Points | None:
    """Read the points of a formula: 5分, 本项分值; ×100 of an item of 100 points."""
    if [token.kind for token in tokens[:2]] == [Kind.NUMBER, Kind.POINTS]:
        return tokens[0].value
    words = words_of(tokens, context.text)
    bare = bool(tokens) and tokens[0].kind is Kind.NUMBER
    bare = bare and (tokens[0].value != _ALL or context.points == _ALL)
    if bare and _COMPUTES.fullmatch(words_of(tokens[1:], context.text)):
        return tokens[0].value  # 管理率/85%*10计算得分
    return FULL if _WHOLE.match(words) else None


def read_equation(context: Context, segment: Segment) -> bool:
    """Read `name '=' formula` as what a rate is; report points by a formula that is not ours."""
    kinds = [token.kind for token in segment.tokens]
    if Kind.EQUALS not in kinds:
        return False
    at = kinds.index(Kind.EQUALS)
    left = words_of(segment.tokens[:at], context.plain)
    if _POINTS_ARE.search(left):
        context.fault(
            segment,
            Said("points by a formula", "分数按公式计算"),
            hint=Said("得分=完成率×本项分值 is read", "可以写成：得分=完成率×本项分值"),
        )
        return True
    whole = kinds[-len(_TIMES_ALL) :] == _TIMES_ALL  # 高值药品指平均价以上的: no bound
    if not _COMPUTED.isdisjoint(kinds[at:]) and (whole or _COMPARED.isdisjoint(kinds)):
        context.subject = name_of(left)
        context.claim(segment.first, segment.end, Taken.NUMBER, "how a rate is computed")
        return True
    return False
