"""How far a quantity is from its goal: 每超1%扣1分，超过5个百分点不得分 is 5 beyond the goal.

Who steps away from a goal and goes on with a distance means where the steps have led to: behind
≤30%, 超过5个百分点 is above 35%; behind ≥65%, 降低10%以上 is 55% or less. 低于80% names a value, as
does what lies beyond the goal already (≤5%，每超1%扣1分，超过8%不得分). Of a number that was to be
reached, a share is a share of the goal: 完成3000万元，每少1%扣0.1分，低于80%不得分. Behind last
year's number the distance is from that: 下降超过16% is below 84 % of it.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 3, 4.

>>> from healthduty.clauses.clause import read_clause
>>> clause = "药占比≤30%，每超1个百分点扣1分，超过5个百分点不得分"
>>> str(read_clause(clause).rules[1].when.threshold)
'35'
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context, Fault
from healthduty.clauses.names.measured import units_like
from healthduty.clauses.occasions import Held
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import RATE_UNITS, RATES, Kind
from healthduty.clauses.text.phrases import Bounds, words_of
from healthduty.clauses.text.tokens import Token
from healthduty.rules.points import Effect
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import StepsAbove, StepsBelow
from healthduty.rules.threshold import Given, Multiple, Threshold

_AWAY = re.compile(
    r"(?:凡|如|且)?(?:较|比|与)?(?:目标|标准|规定|要求|指标|基准|控制)?(?:值|数|线)?(?:相比)?"
    r"(?:(?P<below>低于|少于|不足|不到|低|少|降低|下降|减少)"
    r"|(?P<above>超过|超出|超|高于|高|多|上升|增加|升高|增长|增高))"
    r"(?P<goal>(?:目标|标准|规定|要求|指标|基准|控制)(?:值|数|线|标准|指标)?的?)?"
    r"(?P<reach>超过|大于|达到|达|在)?"
)
_BEHIND = re.compile(r"[(（]?含?[)）]?[及或]?(?P<more>以上)?(?:[(（]含[)）])?(?:的|者|时)*")
_BY_VALUE = frozenset({"低于", "少于", "不足", "不到"})
"""Words before a value, unless the unit or the goal beside them says that it is a distance."""
_BEYOND = frozenset({"超过", "超出", "高于", "超", "多"})
_STRICT = frozenset({"低于", "少于", "不足", "不到", "超过", "超出", "高于", "大于"})
_PLACES = "百分点"
_ALL = 100
_MOSTLY = 50
_READ = frozenset({Done.POINTS, Done.FORFEIT, Done.JUDGED})


def held_from_goal(
    context: Context, segment: Segment, action: Action, tokens: tuple[Token, ...]
) -> Held | None:
    """Read `verb [GOAL] [reach] NUMBER UNIT [以上]` behind steps as a bound on their quantity.

    None where it is no distance, or no steps with a goal stand before it.
    """
    if action.effect is not Effect.LOSE or action.done not in _READ or action.each:
        return None
    tally = _steps_before(context)
    if tally is None:
        return None
    waiting = None if tokens or not context.pending else context.pending[-1]
    tokens = waiting.tokens if waiting is not None else tokens
    measure = context.quantities.known(tally.measure)
    at = next((at for at, token in enumerate(tokens) if token.kind is Kind.NUMBER), 0)
    said = _AWAY.fullmatch(words_of(tokens[:at], context.plain)) if measure and at else None
    if measure is None or said is None:
        return None
    sure = _PLACES in words_of(tokens[at:], context.text) or "目标" in said[0]
    sure = sure or said["goal"] is not None
    bound = _bound(context, tally, measure.unit, said, tokens[at:], sure=sure)
    if bound is None:
        return None
    if waiting is not None:
        context.use_words(waiting)
    context.explain(waiting or segment, "how far it is from the goal")
    share = tally.relative and said["below"] in _BY_VALUE and (tokens[at].value or 0) >= _MOSTLY
    if not sure and not share:  # 低于80% of a number is so much of it
        message = assumed.said(assumed.FROM_GOAL)
        context.faults.append(Fault("clause-assumed", message, segment.first, segment.end))
    return Held(measure.label, bound)


def _steps_before(context: Context) -> StepsBelow | StepsAbove | None:
    """Return the steps of the rule right before, where their goal is a number."""
    last = context.last()
    rule = None if last is None else last.rule
    if not isinstance(rule, Deduction) or not isinstance(rule.tally, StepsBelow | StepsAbove):
        return None
    return rule.tally if isinstance(rule.tally.target, Fraction | Given) else None


def _bound(
    context: Context,
    tally: StepsBelow | StepsAbove,
    unit: str,
    said: re.Match[str],
    tokens: tuple[Token, ...],
    *,
    sure: bool,
) -> Bounds | None:
    """Return what a number bounds of a quantity in `unit`, None where it is a value by itself.

    `sure`: its unit or the words before it say that it is a distance.
    """
    below = isinstance(tally, StepsBelow)
    if below is (said["below"] is None):
        return None  # the way that the steps do not go
    goal, number = tally.target, tokens[0].value
    edge: Threshold
    behind = 1 + (len(tokens) > 1 and tokens[1].kind is Kind.UNIT)
    counted = RATES.get(tokens[1].text, tokens[1].text) if behind > 1 else ""
    ends = _BEHIND.fullmatch(words_of(tokens[behind:], context.plain) if tokens[behind:] else "")
    if not isinstance(goal, Fraction | Given) or number is None or ends is None:
        return None
    verb = said["below"] or said["above"]
    far = isinstance(goal, Given) or number > goal
    value = not sure and (verb in _BY_VALUE or (verb in _BEYOND and far))
    if tally.relative:
        if counted != "%":
            return None
        share = number if value and verb in _BY_VALUE else _away(tally, Fraction(_ALL), number)
        edge = _times(goal, share / _ALL)
    elif value or not _of_one_sort(counted, unit):
        return None
    elif isinstance(goal, Given):
        edge = Multiple(1, goal.measure, plus=_away(tally, Fraction(0), number))
    else:
        edge = _away(tally, goal, number)
    inside = (said["reach"] or verb) not in _STRICT or ends["more"] is not None
    if below:
        return Bounds(high=edge, high_in=inside, unit=unit)
    return Bounds(low=edge, low_in=inside, unit=unit)


def _times(goal: Fraction | Given, share: Fraction) -> Threshold:
    """Return a share of a goal, or of what will be given."""
    return Multiple(share, goal.measure) if isinstance(goal, Given) else goal * share


def _away(tally: StepsBelow | StepsAbove, start: Fraction, distance: Fraction) -> Fraction:
    """Return where a distance from somewhere leads, the way that the steps go."""
    return start - distance if isinstance(tally, StepsBelow) else start + distance


def _of_one_sort(counted: str, unit: str) -> bool:
    """Whether a distance is in the unit of the quantity, or in another word for it."""
    return counted in RATE_UNITS if unit in RATE_UNITS else counted in units_like(unit)
