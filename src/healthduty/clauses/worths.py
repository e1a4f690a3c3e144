"""Points without a verb: （5分）, 其中制度2分, 各占1分, 优5分, and 得分=完成率×5分.

Source: the patterns of published scoring tables (nested points; by formula).

>>> from healthduty.clauses.clause import read_clause
>>> [str(part.points) for part in read_clause("其中制度2分，台账3分").parts]
['2', '3']
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.banded import build_otherwise
from healthduty.clauses.building import build
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.completing import all_waiting
from healthduty.clauses.context import RECENT, Context, Fault
from healthduty.clauses.earlier import led_as_before
from healthduty.clauses.facts import without_number
from healthduty.clauses.goals import read_goals
from healthduty.clauses.itemised import EACH_ITEM
from healthduty.clauses.lexicon import LEVELS_FAILED, RATE_UNITS, Kind
from healthduty.clauses.occasions import Else, Graded, Held, Many, Occasion, Where
from healthduty.clauses.phrases import read_figure, words_of
from healthduty.clauses.pieces import Taken
from healthduty.clauses.quantities import name_of
from healthduty.clauses.segments import Segment
from healthduty.clauses.tokens import Token
from healthduty.clauses.verbless import IS_LOST, is_amiss, read_cases
from healthduty.model.indicator import Part
from healthduty.rules.condition import Comparator
from healthduty.rules.points import FULL, Effect, Points
from healthduty.rules.rule import Curve, Knot, effect_of, rule_measures
from healthduty.rules.threshold import Threshold
from healthduty.said import Said

_FOR_EACH = re.compile(
    r"^(?:以上|上述)?每[一1]?(?:项|个|条|处|所|家|点|名|人|次|份|户|类|部分|方面)"
)
_SIGNS = {"-": Effect.LOSE, "+": Effect.ADD}
_SAID = re.compile(
    r"^.*?(?<!^)按照?(?![时期])|^按照?(?![时期])|^(?:该|本)?项?实际(?:值|数)?|^实际|(?:实际)?(?:完成)?值$"
)
_TARGET = re.compile(r"(?:目标|规定|要求|标准)(?:值|数|率|比例)?$")
_LONGEST_PART = 30
_ALL = 100  # ×100% makes a rate, and no points
_COMPUTES = re.compile(r"(?:来|进行)?计算(?:得分|分值|分数)?|(?:为|即为)?(?:实际|最后)?得分|")
_WHOLE = re.compile(
    r"(?:本|该|此)?(?:项|指标)?(?:标准)?(?:分值|满分|总分|标准分|权重(?!分)|权数|分)"
)
_SPLIT = re.compile(r"[、]|和|及")
_AROUND = frozenset({Kind.WORTH, Kind.FULL, Kind.SHARED})
_RATE_ENDS = ("率", "比例", "度", "比")
_WORTH = re.compile(
    r"^(?:本项|该项|此项|本指标|小计|合计|共|总计|总分|分值|标准分|满分|基础分|权重|计|为|占|,|:)*$"
)


def read_worth(context: Context, segment: Segment) -> bool:
    """Read `[其中] [words] [WORTH] NUMBER [POINTS]` at the end of a segment without a verb."""
    tokens = segment.tokens
    if any(token.kind is Kind.MULTIPLY for token in tokens):
        return _unread_formula(context, segment)
    if _is_points_ahead(context, segment):
        context.claim(segment.first, segment.end, Taken.POINTS)
        return True
    if any(token.kind is Kind.PART_OF for token in tokens):
        _begin_parts(context)
        tokens = tuple(token for token in tokens if token.kind is not Kind.PART_OF)
    if [token.kind for token in tokens] == [Kind.WORTH, Kind.NUMBER]:
        return _whole(context, segment, tokens[1].value)  # 分值：4
    points = tokens[-2].value if len(tokens) > 1 else None
    if points is None or tokens[-1].kind is not Kind.POINTS:
        return False
    before = tokens[:-2]
    sign = words_of(before, context.text)
    if sign in _SIGNS:
        return _signed(context, segment, points, _SIGNS[sign])
    if before and before[-1].kind is Kind.DASH:
        before = before[:-1]  # 优秀—3分
    bare = tuple(token for token in before if token.kind not in _AROUND)
    words = words_of(bare, context.plain)
    if any(token.kind is Kind.SHARED for token in before):
        return _shared(context, segment, words, points)
    if not bare and not segment.inside and _waiting(context, segment, points):
        return True
    if _WORTH.match(words):
        return _bracketed(context, segment, points)
    return _worth_of(context, segment, bare, points)


def _shared(context: Context, segment: Segment, words: str, points: Fraction) -> bool:
    """Read 制度、台账各1分; 有制度、有人员，各占2分; 各1分 beside a list in the requirement."""
    if not words and context.pending:
        words = context.pending_words()
        context.use_pending()
    if not words:
        context.fault(segment, EACH_ITEM, hint=Said("state each part", "请逐项写明"))
        return True
    return _parts(context, segment, _members(context, words, points), points)


def _unread_formula(context: Context, segment: Segment) -> bool:
    """Report points by a formula that is not ours: ×6分 behind a bracket."""
    if not any(token.kind is Kind.POINTS for token in segment.tokens):
        return False
    message = Said("points by a formula", "分数按公式计算")
    hint = Said("得分=完成率×本项分值 is read", "可以写成：得分=完成率×本项分值")
    context.fault(segment, message, hint=hint)
    return True


def _worth_of(
    context: Context, segment: Segment, bare: tuple[Token, ...], points: Fraction
) -> bool:
    """Read points for a level, bound or number (优秀5分), as before (，省级2分), or of a part."""
    occasion = read_occasion(bare, context.plain)
    goes_on = _effect_before(context)
    lost = goes_on is not Effect.EARN and occasion is not None
    if lost and read_cases(context, segment, occasion, points):
        return True
    if isinstance(occasion, Many) and (occasion.each or goes_on is not Effect.EARN):
        occasion = None  # 2年5分 goes on with 3年以上8分, and says nothing by itself
    if isinstance(occasion, Else) and goes_on is Effect.EARN:
        build_otherwise(context, segment, points)  # 优5分，良3分，其他1分
        return True
    if isinstance(occasion, Graded) and _is_fault(context, occasion):
        return _part(context, segment, occasion.words, points)  # 制度不健全3分 takes them
    if isinstance(occasion, (Graded, Held, Many)) and not context.in_parts:
        action = Action(done=Done.POINTS, effect=goes_on or Effect.EARN, amounts=(points,))
        build(context, segment, action, occasion)
        context.pending.clear()
        return True
    if goes_on is not None and isinstance(occasion, Where) and not segment.inside:
        if goes_on is Effect.EARN and is_amiss(occasion.facts[0]):
            context.faults.append(Fault("clause-doubt", IS_LOST, segment.first, segment.end))
        action = Action(done=Done.POINTS, effect=goes_on, amounts=(points,))
        build(context, segment, action, led_as_before(context, segment, occasion))
        return True
    if context.in_parts and isinstance(occasion, Held) and occasion.subject:
        for goal in read_goals(bare, context.plain, group=len(context.goals)):
            context.add_goal(goal, None)  # 满意度≥90%5分，每低5%扣1分
        return _part(context, segment, occasion.subject, points)
    if any(token.kind is Kind.NUMBER for token in bare):
        return False
    return _part(context, segment, name_of(words_of(bare, context.plain)), points)


def _is_fault(context: Context, occasion: Graded) -> bool:
    """Whether a level is a fault of its own thing, and none of several of one thing."""
    last = context.last()
    before = None if last is None else last.occasion
    goes_on = isinstance(before, Graded) and occasion.subject in {"", before.subject}
    return bool(occasion.subject) and not goes_on and LEVELS_FAILED.issuperset(occasion.levels)


def _effect_before(context: Context) -> Effect | None:
    """Return what points do that go on with a rule: 国家级加3分，省级2分."""
    last = context.last()
    if last is None or context.in_parts or last.sentence != context.sentence:
        return None
    return effect_of(last.rule)


def _is_points_ahead(context: Context, segment: Segment) -> bool:
    """Whether the item's points stand before a bracket with its rules: 10（未开展扣10分）."""
    first = segment.tokens[0]
    alone = len(segment.tokens) == 1 and segment.first == 0 and segment.closed is Kind.OPEN
    return alone and first.kind is Kind.NUMBER and first.value == context.points is not None


def _signed(context: Context, segment: Segment, points: Fraction, effect: Effect) -> bool:
    """Read `，－1分` and `，＋2分`: points with a sign, for the words before the comma."""
    if not context.pending:
        return False
    occasion = read_occasion(context.pending[-1].tokens, context.plain)
    if occasion is None:
        return False
    build(context, segment, Action(done=Done.POINTS, effect=effect, amounts=(points,)), occasion)
    context.use_pending()
    return True


def _waiting(context: Context, segment: Segment, points: Fraction) -> bool:
    """Read 80%以上，5分: points for the bounds or the level that stand before the comma."""
    if not context.pending:
        return False
    occasion = read_occasion(context.pending[-1].tokens, context.plain)
    if context.in_parts or context.listed_worths:
        return _part_of_goal(context, segment, points, occasion)
    if not isinstance(occasion, (Graded, Held)):
        return False
    if isinstance(occasion, Graded) and occasion.words in occasion.levels:
        context.use_pending()  # 优秀，5分: a level is no name of its own
    action = Action(done=Done.POINTS, effect=Effect.EARN, amounts=(points,))
    build(context, segment, action, occasion)
    context.use_pending()
    return True


def _part_of_goal(
    context: Context, segment: Segment, points: Fraction, occasion: Occasion | None
) -> bool:
    """Read 满意度≥90%，5分 among numbered parts: a part, whose rules the bound is the goal of."""
    if isinstance(occasion, Held) and occasion.subject:
        name = occasion.subject
    else:
        name = name_of(all_waiting(context)) if context.listed_worths else ""
    if not name:
        return False
    context.pending.clear()
    return _part(context, segment, name, points)


def _begin_parts(context: Context) -> None:
    """组织管理10分，其中…: what was worth 10 points is the item itself."""
    if not context.in_parts or (len(context.parts) == 1 and not context.drafts):
        if len(context.parts) == 1:
            context.stated = context.parts.pop().points
            context.part_spans.clear()
        context.in_parts = True


def _whole(context: Context, segment: Segment, points: Fraction | None) -> bool:
    """Take points for the item's; 有制度，1分；有台账，1分 states them for several things."""
    again = context.stated is not None and context.pending and not segment.inside
    if points is None or again or context.stated not in {None, points}:
        return False
    context.stated = points
    context.claim(segment.first, segment.end, Taken.POINTS)
    return True


def _bracketed(context: Context, segment: Segment, points: Fraction) -> bool:
    """（5分）: of the part whose name stands before the bracket, or of the item."""
    if _of_band(context, segment, points):
        return True
    apart = segment.inside or segment.tokens[0].kind is Kind.WORTH
    if apart and context.later_worths and _behind_rules(context, segment, points):
        return True
    if not context.pending or not apart or not context.later_worths:
        return _whole(context, segment, points)
    name = name_of(all_waiting(context)) or name_of(context.pending_words())
    if not name:
        return _whole(context, segment, points)
    context.pending.clear()
    return _part(context, segment, name, points)


def _of_band(context: Context, segment: Segment, points: Fraction) -> bool:
    """Read ≥90%（5分）；80%-89%（3分）: bounds or levels without a name of their own."""
    waiting = context.pending[-1] if context.pending and segment.inside else None
    if waiting is None or waiting.closed is not Kind.OPEN or context.in_parts:
        return False
    occasion = read_occasion(waiting.tokens, context.plain)
    level = isinstance(occasion, Graded) and occasion.words in occasion.levels
    bare = isinstance(occasion, Held) and not occasion.subject
    if not isinstance(occasion, (Graded, Held)) or not (level or bare) or not context.later_worths:
        return False
    context.use_pending()
    action = Action(done=Done.POINTS, effect=Effect.EARN, amounts=(points,))
    build(context, segment, action, occasion)
    return True


def _behind_rules(context: Context, segment: Segment, points: Fraction) -> bool:
    """Read 出现一例未查处扣2分（5分）: points behind the rules that take from them."""
    before = len(context.parts) if context.in_parts else 0
    recent = context.drafts[-RECENT:]
    mine = [d for d in recent if d.sentence == context.sentence and d.part == before]
    if not mine or segment.closed is not Kind.CLOSE:
        return False
    names = (name for draft in mine for name in rule_measures(draft.rule))
    title = next(names, "") or context.subject
    if not title or not _part(context, segment, title, points):
        return False
    for draft in mine:
        draft.part = len(context.parts)
    return True


def _members(context: Context, words: str, points: Fraction) -> list[str]:
    """Split a list at each 、; at 和 and 及, too, unless the item's points say otherwise."""
    marked = words.split("、")
    return marked if len(marked) * points == context.points else _SPLIT.split(words)


def _parts(context: Context, segment: Segment, names: list[str], points: Fraction) -> bool:
    """制度、台账各1分: a part of so many points for each name."""
    for name in without_number(tuple(names)):
        _part(context, segment, name_of(name), points)
    return True


def _part(context: Context, segment: Segment, name: str, points: Fraction) -> bool:
    if _FOR_EACH.match(name):
        context.fault(segment, EACH_ITEM, hint=Said("state each part", "请逐项写明"))
        return True
    context.in_parts = True
    context.parts.append(Part(str(len(context.parts) + 1), name, points=points))
    context.part_spans.append((segment.first, segment.end, context.sentence))
    context.subject = name
    context.claim(segment.first, segment.end, Taken.POINTS)
    return True


def read_formula(context: Context, segment: Segment) -> bool:
    """Read `[得分 '='] quantity ['÷' 目标值] '×' (NUMBER POINTS | 分值) [words]`.

    A straight line: up to the target where the formula divides by it, up to 100 % otherwise.
    """
    tokens = segment.tokens
    times = _first(tokens, Kind.MULTIPLY)
    earns = segment.action is None or segment.action.effect is Effect.EARN
    if times is None or not earns:
        return False
    equals, slash = _first(tokens, Kind.EQUALS), _first(tokens, Kind.SLASH)
    start = 0 if equals is None else equals + 1
    if slash is not None and slash > times:  # 得分=分值×监测率÷95%
        rest = (*tokens[times + 1 :], tokens[times], *tokens[start:times])
        tokens, equals, start = rest, None, 0
        times, slash = _first(tokens, Kind.MULTIPLY), _first(tokens, Kind.SLASH)
    if times is None:
        return False
    factors = tokens[start : times if slash is None else slash]
    points = _factor(tokens[times + 1 :], context.text)
    name = name_of(_SAID.sub("", words_of(factors, context.plain)))
    divisor = "" if slash is None else words_of(tokens[slash + 1 : times], context.text)
    number = None if slash is None else read_figure(tokens, slash + 1)
    if number is not None and number[1] == times and points is not None:  # 参保率÷98%×5分
        measure = context.quantities.measure(name, None, number[0].unit)
        context.add(
            [Curve(measure, Effect.EARN, (Knot(0, 0), Knot(number[0].value, points)))], segment
        )
        _use_under(context)
        return True
    if points is not None and slash is not None and _is_quotient(context, tokens, equals, divisor):
        rule = _line(context, f"{name}占{name_of(divisor)}的比例", [], points)
        context.add([] if rule is None else [rule], segment)
        return rule is not None
    if points is None or (slash is not None and not _TARGET.match(divisor)):
        return False
    indices: list[int] = []
    if slash is not None:
        indices = context.goals_for(name, RATE_UNITS) or context.goals_for("", RATE_UNITS)
    if not indices and not name.endswith(_RATE_ENDS):
        return False
    rule = _line(context, name, indices, points)
    if rule is not None:
        context.add([rule], segment, indices[-1:])
    return rule is not None


def _is_quotient(
    context: Context, tokens: tuple[Token, ...], equals: int | None, divisor: str
) -> bool:
    """Whether points are the share of one number in another: 得分=到位数/应到位数×5分."""
    signs = [token.kind for token in tokens if token.kind in {Kind.SLASH, Kind.MULTIPLY}]
    plain = len(signs) == 2 and not any(c.isdecimal() for c in divisor)  # noqa: PLR2004
    goal = bool(context.goals) and _TARGET.match(divisor) is not None
    return plain and equals is not None and 1 < len(divisor) <= _LONGEST_PART and not goal


def _use_under(context: Context) -> None:
    """监测率不足95%的，得分=分值×监测率÷95%: the bound says when, and is nothing to reach."""
    bounds = context.goals[-1].bounds if context.goals and context.pending else None
    if bounds is not None and bounds.single is not None and bounds.single[0] is Comparator.LESS:
        context.use_pending()


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


def _first(tokens: tuple[Token, ...], kind: Kind) -> int | None:
    """Return where the first token of a kind stands."""
    return next((index for index, token in enumerate(tokens) if token.kind is kind), None)


def _factor(tokens: tuple[Token, ...], text: str) -> Points | None:
    """Read the points of a formula: 5分, 本项分值."""
    if [token.kind for token in tokens[:2]] == [Kind.NUMBER, Kind.POINTS]:
        return tokens[0].value
    words = words_of(tokens, text)
    bare = bool(tokens) and tokens[0].kind is Kind.NUMBER and tokens[0].value != _ALL
    if bare and _COMPUTES.fullmatch(words_of(tokens[1:], text)):
        return tokens[0].value  # 管理率/85%*10计算得分
    return FULL if _WHOLE.match(words) else None
