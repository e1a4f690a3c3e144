"""`read_clause`: one cell of a scoring standard to rules, nothing dropped.

The text is folded to one spelling, cut into tokens and then into segments; each segment adds a
goal, a rule, or a change to the rule before it, and what nothing has used is reported. A text that
`write_clause` wrote is read by its own strict grammar.

Source: docs/en/explanation/how-text-is-read.md.

>>> reading = read_clause("满意率达90%以上，每低5%扣0.5分，最高扣2分")
>>> from healthduty.wording import rule_text
>>> print(rule_text(reading.rules[0], {m.code: m for m in reading.measures}, "zh"))
满意率达到90%以上，每低5个百分点扣0.5分，最高扣2分
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial

import attrs

from healthduty.checks.codes import found
from healthduty.clauses.actions import PLACES, REACHES, Action, Done
from healthduty.clauses.building import build
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import Context, Fault
from healthduty.clauses.earlier import MODIFIERS, occasion_of
from healthduty.clauses.finishing import finish
from healthduty.clauses.folding import fold
from healthduty.clauses.goal_names import is_kind, led_by
from healthduty.clauses.goals import Goal, named_blanks, read_goals
from healthduty.clauses.lexicon import Kind
from healthduty.clauses.modifying import modify
from healthduty.clauses.occasions import Held, Nothing, Occasion
from healthduty.clauses.phrases import words_of
from healthduty.clauses.pieces import Taken
from healthduty.clauses.quantities import Quantities, name_of
from healthduty.clauses.reading import ClauseReading
from healthduty.clauses.segments import Segment, names_joined, segments_of
from healthduty.clauses.strict import read_strict
from healthduty.clauses.tokens import Token, tokens_of
from healthduty.clauses.vetoes import read_veto
from healthduty.clauses.worths import read_formula, read_worth
from healthduty.exact import Number, show
from healthduty.findings import Findings
from healthduty.rules.condition import Comparator
from healthduty.rules.measure import Measure
from healthduty.rules.points import to_points

Occasions = tuple[Token, ...]

_MOST_TOKENS = 200
"""A segment of more tokens is no clause that anyone wrote: it is reported, not read."""

_SAMPLED = re.compile(
    r"(?:随机|现场|每次)?(?:抽查|抽取|抽检|抽样|抽访|随访抽|任抽|任查|提问|询问|访谈|走访|查阅|查看)"
)
_NO_SUBJECT = re.compile(r"要求|标准|内容|办法|方法|说明|备注|考核|注|其中|扣分|加分|得分")
_CHANGED = re.compile(r"(?:较|比)[^,]{0,12}(?:下降|增长|提高|减少|上升|降低)(?!率)")
_HOPED = ("力争", "争取", "尽量", "原则上")
_POINTS_ARE = re.compile(r"(?:得|扣|加)分(?:值|数)?$")
_COMPUTED = frozenset({Kind.SLASH, Kind.MULTIPLY})
_COMPARED = frozenset({Kind.AT_LEAST, Kind.AT_MOST, Kind.LESS, Kind.MORE, Kind.ABOVE})
_STEPS = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})
_RATE_ENDS = ("率", "比例", "占比")
_SHORT_NAME = 8
_RANGE = [Kind.NUMBER, Kind.DASH, Kind.NUMBER, Kind.POINTS]
_SAMPLE = 3  # 抽查, a number and its unit


def read_clause(
    text: str,
    *,
    points: Number | None = None,
    requirement: str | None = None,
    measures: Iterable[Measure] = (),
) -> ClauseReading:
    """Read a clause into rules, with what each part of the text was taken for.

    `points` are the item's, from its own cell; `requirement` is the text of the cell beside it,
    where targets may stand; `measures` are found by code or name, others are made from the words.

    Raises:
        NumberError: points that are no number.
    """
    worth = None if points is None else to_points(points)
    measures = tuple(measures)
    strict = read_strict(text, measures) if text.endswith("。") else None
    if strict is not None:
        return _with_points(strict, worth)
    folded = fold(text)
    context = Context(folded.folded, folded.plain, Quantities(measures), worth)
    if requirement:
        _read_requirement(context, requirement)
    tokens = names_joined(tokens_of(folded.folded), folded.folded)
    segments = segments_of(tokens)
    context.later_worths = sum(map(_is_worth, segments)) > 1
    for segment in segments:
        _read_segment(context, segment)
    reading = finish(context, folded, tokens)
    return _with_points(reading, worth)


def _read_requirement(context: Context, requirement: str) -> None:
    """Take the goals of the requirement, whose text is cited by nobody here."""
    folded = fold(requirement)
    before = ""
    tokens = names_joined(tokens_of(folded.folded), folded.folded)
    for segment in segments_of(tokens):
        if segment.action is not None or len(segment.tokens) > _MOST_TOKENS:
            continue
        goals = read_goals(segment.tokens, folded.plain, group=-len(context.goals) - 1)
        if not goals:
            words = name_of(words_of(segment.tokens, folded.plain))
            context.topic = context.topic or words
            before = words or before
            if segment.closed is Kind.COLON:
                context.subject = words
        for goal in goals:
            named = goal if goal.name else attrs.evolve(goal, name=context.subject or before)
            if not _SAMPLED.match(named.name):
                context.add_goal(named_blanks(named), None)
    context.subject = context.subject if context.goals else ""


def _is_worth(segment: Segment) -> bool:
    """Whether a segment is nothing but points in brackets."""
    kinds = [token.kind for token in segment.tokens]
    return segment.inside and kinds[-2:] == [Kind.NUMBER, Kind.POINTS] and segment.action is None


def _with_points(reading: ClauseReading, points: Fraction | None) -> ClauseReading:
    """Report points in the text that its cell contradicts."""
    if points is None or reading.points is None or points == reading.points:
        return reading
    message = f"the text says {show(reading.points)} points, its cell {show(points)}"
    fault = found("clause-points", message)
    return attrs.evolve(reading, findings=Findings((*reading.findings, fault)))


def _read_segment(context: Context, segment: Segment) -> None:
    """Read one segment: what it asks, what it costs, or how that counts."""
    if segment.after in {Kind.STOP, Kind.LABEL}:
        context.sentence += 1
        context.pending.clear()
    if len(segment.tokens) > _MOST_TOKENS:
        context.fault(
            segment,
            f"{len(segment.tokens)} words and numbers without a comma",
            hint="cut it into clauses",
        )
        return
    if any(token.kind is Kind.ODDS for token in segment.tokens):
        message = "a proportion of two numbers"
        context.fault(segment, message, hint="write it as a rate: 护士数占医师数的125%")
        return
    _explain(context, segment)
    if read_formula(context, segment):
        return
    if segment.action is None:
        _read_words(context, segment)
    else:
        _act(context, segment, segment.action)


def _explain(context: Context, segment: Segment) -> None:
    """Claim numbers that score nothing, the size of a sample; report words without a bound."""
    for at, token in enumerate(segment.tokens, segment.first):
        if token.kind is Kind.SAMPLE:
            context.claim(at, at + _SAMPLE, Taken.NUMBER, "the size of a sample")
        if token.kind is Kind.VAGUE:
            if token.text.startswith(_HOPED):
                context.hoped = context.sentence
            context.faults.append(
                Fault("clause-vague", "no bound can be told from this word", at, at + 1)
            )


def _act(context: Context, segment: Segment, action: Action) -> None:
    """Read a segment that has an action."""
    if action.done is Done.USED_UP:
        action = _drained(segment, action)
    match action.done:
        case Done.USED_UP:
            note = "no more than the item's points"
            context.claim(segment.first, segment.end, Taken.RULE, note)
        case Done.SPARED:
            held = read_occasion(segment.occasion, context.plain)
            if isinstance(held, Held) and held.subject and not context.subject:
                context.subject = held.subject  # 95%以上不扣分，90%以上不足95%扣1分
            _hold_spared(context, held)
            context.claim(segment.first, segment.end, Taken.TEXT, "nothing is taken")
            context.pending.clear()
        case Done.BELOW_ZERO:
            context.floor = None
            context.claim(segment.first, segment.end, Taken.RULE, "points may fall below 0")
        case Done.VETO:
            read_veto(context, segment)
        case _:
            _score(context, segment, action)


def _hold_spared(context: Context, held: Occasion | None) -> None:
    """达到10%不扣分，每降低1%扣1分: what costs nothing is what the steps count from."""
    single = held.bounds.single if isinstance(held, Held) else None
    if isinstance(held, Held) and held.subject and single is not None:
        bounds = held.bounds
        if single[0] is Comparator.EQUAL:  # 占总人口的10%不扣分
            bounds = attrs.evolve(bounds, high=None, high_in=False)
        context.used_goals.add(context.hold_goal(held.subject, bounds))


def _drained(segment: Segment, action: Action) -> Action:
    """Take 2分扣完为止 for a cap of 2 points."""
    kinds = [token.kind for token in segment.occasion]
    most = segment.occasion[0].value if kinds == [Kind.NUMBER, Kind.POINTS] else None
    return action if most is None else attrs.evolve(action, done=Done.CAP, amounts=(most,))


def _score(context: Context, segment: Segment, action: Action) -> None:
    """Make the rules of a segment, or change those before it."""
    action, tokens = _placed(action, tuple(_without_sample(segment.occasion)))
    action, tokens = _judged_within(action, tokens)
    occasion = Nothing() if action.done is Done.CAP else occasion_of(context, action, tokens)
    if occasion is None:
        context.fault(segment, "what the points are for was not understood")
    elif action.done in MODIFIERS:
        modify(context, segment, action, occasion)
    else:
        build(context, segment, action, occasion)
        context.pending.clear()


def _placed(action: Action, tokens: Occasions) -> tuple[Action, Occasions]:
    """Take 在本项分值内 and 从总分中 out of the occasion, where they stand before it."""
    for token in tokens:
        where = PLACES.get(token.kind, action.where)
        action = attrs.evolve(action, where=where, reach=REACHES.get(token.kind, action.reach))
    return action, tuple(t for t in tokens if t.kind not in PLACES and t.kind not in REACHES)


def _judged_within(action: Action, tokens: Occasions) -> tuple[Action, Occasions]:
    """Take `[在] NUMBER DASH NUMBER POINTS [以内]` out of the occasion: 在0-3分内酌情给分."""
    if action.done is not Done.JUDGED or action.amounts:
        return action, tokens
    kinds = [token.kind for token in tokens]
    for at in range(len(tokens) - len(_RANGE) + 1):
        low, high = tokens[at].value, tokens[at + 2].value
        if kinds[at : at + len(_RANGE)] != _RANGE or low is None or high is None:
            continue
        begin = at - (kinds[at - 1 : at] == [Kind.EQUAL])
        end = at + len(_RANGE)
        end += kinds[end : end + 1] == [Kind.WITHIN]
        return attrs.evolve(action, least=low, amounts=(high,)), tokens[:begin] + tokens[end:]
    return action, tokens


def _without_sample(tokens: Occasions) -> Iterator[Token]:
    """Leave out the size of a sample: 抽查, its number and its unit."""
    skip = 0
    for token in tokens:
        skip = _SAMPLE if token.kind is Kind.SAMPLE else skip
        if not skip:
            yield token
        skip = max(0, skip - 1)


def _read_words(context: Context, segment: Segment) -> None:
    """Read a segment without an action: points of the item or a part, goals, or just words."""
    if read_worth(context, segment):
        return
    if _read_equation(context, segment):
        return
    if not _read_asked(context, segment) and segment.closed is Kind.COLON:
        words = name_of(words_of(segment.tokens, context.plain))
        if words and not _NO_SUBJECT.search(words):
            context.subject = words
        return
    context.pending.append(segment)


def _read_equation(context: Context, segment: Segment) -> bool:
    """Read `name '=' formula` as what a rate is; report points by a formula that is not ours."""
    kinds = [token.kind for token in segment.tokens]
    if Kind.EQUALS not in kinds:
        return False
    at = kinds.index(Kind.EQUALS)
    left = words_of(segment.tokens[:at], context.plain)
    if _POINTS_ARE.search(left):
        context.fault(segment, "points by a formula", hint="得分=完成率×本项分值 is read")
        return True
    if not _COMPUTED.isdisjoint(kinds[at:]) and _COMPARED.isdisjoint(kinds):
        context.subject = name_of(left)
        context.claim(segment.first, segment.end, Taken.NUMBER, "how a rate is computed")
        return True
    return False


def _read_asked(context: Context, segment: Segment) -> bool:
    """Read the goals of a segment; False where it asks for nothing that could be reached."""
    kinds = {token.kind for token in segment.tokens}
    vague = Kind.VAGUE in kinds or context.hoped == context.sentence
    if vague:
        context.claim(segment.first, segment.end, Taken.TARGET, "no bound can be told")
    if Kind.SAMPLE in kinds:
        context.claim(segment.first, segment.end, Taken.NUMBER, "the size of a sample")
    if vague or Kind.SAMPLE in kinds or not _STEPS.isdisjoint(kinds):
        return False  # 每下降1个百分点，扣1分 asks for nothing
    goals = read_goals(segment.tokens, context.plain, group=len(context.goals))
    for goal in map(named_blanks, map(partial(_named, context, segment), goals)):
        named = goal
        if _CHANGED.match(named.name):
            context.claim(segment.first, segment.end, Taken.NUMBER, "a change that is reported")
        elif _SAMPLED.match(named.name):
            context.claim(segment.first, segment.end, Taken.NUMBER, "the size of a sample")
        elif named.name:
            context.add_goal(named, (segment.first, segment.end))
            context.claim(segment.first, segment.end, Taken.TARGET)
    return bool(goals)


def _named(context: Context, segment: Segment, goal: Goal) -> Goal:
    """Return a goal with the name that it has from the words before it."""
    last = context.goals[-1] if context.goals else None
    if goal.growth and context.subject and goal.name in {"增长率", "下降率"}:
        return attrs.evolve(goal, name=context.subject + goal.name)
    if goal.rate and context.subject.endswith(_RATE_ENDS) and _is_case_of_it(goal.name):
        return attrs.evolve(goal, name=goal.name + context.subject)  # 使用率：门诊≤20%，住院≤60%
    if goal.name:
        return attrs.evolve(goal, name=led_by(goal.name, last.name)) if last else goal
    if segment.inside and last is not None and last.bare and context.goal_spans[-1] is not None:
        context.drop_goal()  # 死亡率为5.6‰（目标是控制在8‰以下）: what was reached, and the goal
        return attrs.evolve(goal, name=last.name)
    return attrs.evolve(goal, name=_name_before(context))


def _is_case_of_it(name: str) -> bool:
    """Whether a name says only of whom a rate is: 门诊, after 使用率."""
    return 0 < len(name) <= _SHORT_NAME and not (name.endswith(_RATE_ENDS) or is_kind(name))


def _name_before(context: Context) -> str:
    """Return what a bound without a name is about: the words before it, or the subject."""
    name = name_of(context.pending_words())
    if name and not any(character.isdecimal() for character in name):
        return name
    return context.subject
