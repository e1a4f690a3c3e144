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

import attrs

from healthduty.checks.codes import found
from healthduty.clauses.actions import PLACES, REACHES, Action, Done
from healthduty.clauses.apportioned import note_whole
from healthduty.clauses.asking import is_aside, read_asked
from healthduty.clauses.assessed import build_by_assessor, judged_within, read_range
from healthduty.clauses.bases import note_base, states_base
from healthduty.clauses.between import note_between
from healthduty.clauses.bounds_in_words import fault_in_words
from healthduty.clauses.building import build
from healthduty.clauses.carried import carried, note_head, note_heading, say_carried
from healthduty.clauses.consequences import says_what_follows
from healthduty.clauses.context import Context, Fault
from healthduty.clauses.demerits import against
from healthduty.clauses.drained import drained, taken_at_once
from healthduty.clauses.each_behind import read_each_behind
from healthduty.clauses.each_target import read_each_target
from healthduty.clauses.each_under import read_each_under
from healthduty.clauses.earlier import MODIFIERS, occasion_of
from healthduty.clauses.excepted import is_exception
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.finishing import finish
from healthduty.clauses.floors import read_floor, sink_with
from healthduty.clauses.formulas import read_equation, read_formula
from healthduty.clauses.from_goal import held_from_goal
from healthduty.clauses.headed import under_heading
from healthduty.clauses.heading import heading_over
from healthduty.clauses.in_brackets import lacks_before
from healthduty.clauses.itemised import itemise
from healthduty.clauses.judged_rows import read_judged_rows
from healthduty.clauses.line_by_line import read_asked_lines
from healthduty.clauses.line_ends import says_line_end
from healthduty.clauses.listed_before import with_cases_before
from healthduty.clauses.listed_below import begin_listing, read_member
from healthduty.clauses.marks import marked
from healthduty.clauses.modifying import modify
from healthduty.clauses.names.as_before import led_as_before
from healthduty.clauses.names.compared import with_quantity
from healthduty.clauses.names.completing import completed
from healthduty.clauses.names.for_whom import for_whom
from healthduty.clauses.names.known import Known
from healthduty.clauses.names.looked_at import note_check
from healthduty.clauses.names.measured import says_needed, says_unmet
from healthduty.clauses.names.quantities import Quantities, name_of
from healthduty.clauses.occasions import Else, Nothing, Occasion, Where
from healthduty.clauses.of_the_total import without_outcomes
from healthduty.clauses.only_earns import note_only
from healthduty.clauses.otherwise import read_otherwise
from healthduty.clauses.part_steps import count_held, read_part_step
from healthduty.clauses.points_first import points_last
from healthduty.clauses.reading import ClauseReading
from healthduty.clauses.required import read_requirement
from healthduty.clauses.respective import read_respective
from healthduty.clauses.second_bound import read_second_bound
from healthduty.clauses.segments import Segment, names_joined, segments_of
from healthduty.clauses.several_missed import missed_apart
from healthduty.clauses.shares import build_by_rate
from healthduty.clauses.spared import read_spared
from healthduty.clauses.strict import read_strict
from healthduty.clauses.text.folding import fold
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token, tokens_of
from healthduty.clauses.too_seldom import of_year
from healthduty.clauses.unsaid import ask_occasion, ask_points
from healthduty.clauses.verbless import read_bare_levels, read_bare_number, read_per_unit
from healthduty.clauses.vetoed_together import vetoed_together
from healthduty.clauses.vetoes import mentions_veto, read_listed, read_veto
from healthduty.clauses.worths import behind_rules, in_brackets, make_all, read_worth
from healthduty.exact import Number, show
from healthduty.findings import Findings
from healthduty.rules.measure import Measure
from healthduty.rules.points import Effect, to_points
from healthduty.said import Said

Occasions = tuple[Token, ...]

_MOST_TOKENS = 200
"""A segment of more tokens is no clause that anyone wrote: it is reported, not read."""

_NO_SUBJECT = re.compile(
    r"^(?:注|其中|备注|说明)|(?:要求|标准|内容|办法|方法|公式|说明|备注|考核|扣分|加分|得分|扣罚分|奖励分|罚分)$"
)
_HOPED = ("力争", "争取", "尽量", "原则上")
_MARKED = ("打分", "评分", "评定分数")
_SCORED_BY = re.compile("得分按")  # 得分按参检率计算
_AS_COUNTED = ("计算", "计分", "记分", "折算", "赋分")
_RATE_ENDS = ("率", "比例", "占比")
_HEADINGS = ([Kind.ADD, Kind.POINTS], [Kind.LOSE, Kind.POINTS])
"""加分： and 扣分： are headings, and no points that lack their number."""
_KEPT = 4  # phrases of a sentence that the next may take up
_SAMPLE = 3  # 抽查, a number and its unit


def read_clause(  # noqa: PLR0913 - each is told of a clause by another cell
    text: str,
    *,
    points: Number | None = None,
    requirement: str | None = None,
    measures: Iterable[Measure] = (),
    known: Iterable[Measure] = (),
    heading: str = "",
    asks: bool = False,
) -> ClauseReading:
    """Read a clause into rules, with what each part of the text was taken for.

    `points` are the item's, from its own cell; `requirement` is the text of the cell beside it,
    where targets may stand; `measures` are found by code or name, or by a name with words left out
    (管理率 for 健康管理率); `known` by their whole name alone, as those of other items are; others
    are made from the words. `heading` is what stands over the clause, its column's heading or its
    group's title: under 扣分标准 or 缺陷内容 points without a verb are lost, under 加分项 added,
    and what stands under 一票否决 cancels.
    `asks` says that the text is itself such a requirement: points behind a fact (有制度，2分) are
    then an item's or a part's, for its rules or its assessor, and the fact earns nothing by itself.

    Raises:
        NumberError: points that are no number.
    """
    worth = None if points is None else to_points(points)
    measures = tuple(measures)
    known = known if isinstance(known, Known) else Known(known)
    folded = fold(text)
    over = heading_over(folded.folded, requirement or "", heading)
    # Under 扣分项 the library's own wording, too, is what comes off the total.
    own = text.endswith("。") and not over.total
    strict = read_strict(text, (*measures, *known.named_in(text))) if own else None
    if strict is not None:
        return _with_points(strict, worth)
    context = Context(folded.folded, folded.plain, Quantities(measures, known), worth, asks)
    context.over = over
    tokens = names_joined(tokens_of(folded.folded), folded.folded)
    lines = read_asked_lines(context, tokens, requirement) if requirement else None
    if requirement and lines is None:
        read_requirement(context, requirement)
    segments = under_heading(context, without_outcomes(context, segments_of(tokens)))
    context.listed_worths = make_all(segments, worth)
    segments = in_brackets(segments) if context.listed_worths else segments
    segments = behind_rules(segments, worth)
    context.later_worths = sum(map(_is_worth, segments)) > 1
    context.missed_apart = missed_apart(context, segments)
    levels = not context.over.faults and read_bare_levels(context, segments)
    if levels or read_judged_rows(context, segments):
        segments = []
    segments = vetoed_together(marked(segments, folded.plain, worth), folded.plain)
    segments = with_cases_before(context, against(context, segments, requirement or ""))
    for segment in points_last(segments):
        if lines is not None:
            lines.before(segment)
        _read_segment(context, segment)
    if lines is not None:
        lines.close()
    itemise(context, tokens, requirement)
    reading = finish(context, folded, tokens)
    return _with_points(reading, worth)


def _is_worth(segment: Segment) -> bool:
    """Whether a segment is nothing but points in brackets."""
    kinds = [token.kind for token in segment.tokens]
    if segment.action is not None or kinds[-2:] != [Kind.NUMBER, Kind.POINTS]:
        return False
    return segment.inside or (kinds[:-2] == [Kind.WORTH] and segment.after is Kind.COMMA)


def _with_points(reading: ClauseReading, points: Fraction | None) -> ClauseReading:
    """Report points in the text that its cell contradicts."""
    if points is None or reading.points is None or points == reading.points:
        return reading
    message = Said(
        f"the text says {show(reading.points)} points, its cell {show(points)}",
        f"条文写{show(reading.points)}分，分值栏写{show(points)}分",
    )
    fault = found("clause-points", message)
    return attrs.evolve(reading, findings=Findings((*reading.findings, fault)))


def _read_segment(context: Context, segment: Segment) -> None:
    """Read one segment: what it asks, what it costs, or how that counts."""
    if segment.after in {Kind.STOP, Kind.LABEL}:
        context.sentence += 1
        _keep_earlier(context)
        context.pending.clear()
        context.heard.clear()
    if len(segment.tokens) > _MOST_TOKENS:
        context.fault(
            segment,
            Said(
                f"{len(segment.tokens)} words and numbers without a comma",
                f"{len(segment.tokens)}个词和数之间没有逗号",
            ),
            hint=Said("cut it into clauses", "请断句"),
        )
        return
    if is_aside(segment):
        context.claim(segment.first, segment.end, Taken.NUMBER, "a proportion that is only told")
        return
    if any(token.kind is Kind.ODDS for token in segment.tokens):
        message = Said("a proportion of two numbers", "两个数之比")
        context.fault(
            segment,
            message,
            hint=Said("write it as a rate: 护士数占医师数的125%", "写成比率：护士数占医师数的125%"),
        )
        return
    if _is_bare_number(context, segment):
        return
    _explain(context, segment)
    if segment.closed is Kind.COLON and [each.kind for each in segment.tokens] in _HEADINGS:
        context.claim(segment.first, segment.end, Taken.TEXT, "a heading")
        return
    if read_formula(context, segment) or read_each_under(context, segment):
        return
    if note_between(context, segment) or says_line_end(context, segment):
        return
    if segment.tokens[0].kind is Kind.TOGETHER and segment.action is None:
        ask_points(context, segment)  # 合计扣分不超过分: the number is lost
    elif segment.action is None:
        if not (read_listed(context, segment) or read_member(context, segment)):
            _read_words(context, segment)
    else:
        context.listing = None
        _act(context, segment, segment.action)


def _is_bare_number(context: Context, segment: Segment) -> bool:
    """Whether a number stands alone: it asks for nothing and costs nothing, so it is unread.

    In brackets the item's points are said once more: 检出率/3‰×1.5分；（1.5）.
    """
    alone = segment.action is None and [each.kind for each in segment.tokens] == [Kind.NUMBER]
    if alone and segment.inside and segment.tokens[0].value == context.points:
        context.claim(segment.first, segment.end, Taken.POINTS, "what the item is worth")
    return alone and bool(segment.first)


def _keep_earlier(context: Context) -> None:
    """Keep the words of a sentence that ends: 制定培训计划。未制定扣2分 takes them up."""
    waiting = [held for held in context.pending[-_KEPT:] if held.action is None]
    context.earlier = [words_of(held.tokens, context.plain) for held in waiting]


def _explain(context: Context, segment: Segment) -> None:
    """Claim numbers that score nothing, the size of a sample; report words without a bound."""
    for at, token in enumerate(segment.tokens, segment.first):
        if token.kind is Kind.SAMPLE:
            context.claim(at, at + _SAMPLE, Taken.NUMBER, "the size of a sample")
        if token.kind is Kind.VAGUE:
            if token.text.startswith(_HOPED):
                context.hoped = context.sentence
            context.faults.append(
                Fault(
                    "clause-vague",
                    Said("no bound can be told from this word", "这个词说不出界限"),
                    at,
                    at + 1,
                )
            )


def _act(context: Context, segment: Segment, action: Action) -> None:
    """Read a segment that has an action."""
    if action.done is Done.USED_UP:
        action = drained(segment, action)
    match action.done:
        case Done.USED_UP:
            note = "no more than the item's points"
            context.claim(segment.first, segment.end, Taken.RULE, note)
        case Done.SPARED:
            read_spared(context, segment)
        case Done.ADDS_UP:
            context.adds_up = True
            context.claim(segment.first, segment.end, Taken.RULE, "what each earns adds up")
        case Done.BELOW_ZERO | Done.LOWEST:
            read_floor(context, segment, action)
        case Done.VETO if mentions_veto(context, segment):
            context.claim(segment.first, segment.end, Taken.TEXT, "it only mentions a veto")
            _read_words(context, attrs.evolve(segment, action=None, acts=segment.end))
        case Done.VETO:
            read_veto(context, segment)
        case _:
            context.vetoing = ()
            _score(context, segment, action)


def _score(context: Context, segment: Segment, action: Action) -> None:
    """Make the rules of a segment, or change those before it."""
    action, tokens = _placed(action, _without_sample(segment.occasion))
    action, tokens = taken_at_once(segment, *judged_within(action, tokens))
    listed = action.done is Done.POINTS and read_respective(context, segment, action)
    if listed or begin_listing(context, segment, action):
        context.pending.clear()
        return
    occasion = _occasion(context, segment, action, tokens)
    if occasion is None:
        ask_occasion(context, segment)
        return
    if isinstance(occasion, Else):
        opposite = read_otherwise(context, segment, action, occasion)
        if opposite is None:
            context.pending.clear()
            return
        occasion = opposite
    occasion = with_quantity(context, led_as_before(context, segment, occasion))
    occasion = of_year(context, segment, action, occasion)
    if action.effect is Effect.LOSE:
        occasion = for_whom(context, segment, occasion)
    single, occasion = occasion, carried(context, segment, action, occasion)
    if action.effect is Effect.LOSE and not (context.goals and _says_of_goal(occasion)):
        occasion = completed(context, occasion)
    if action.done in MODIFIERS:
        modify(context, segment, action, occasion)
    elif not (
        read_each_target(context, segment, action, occasion)
        or states_base(context, segment, action, occasion)
        or read_part_step(context, segment, action, occasion)
    ):
        before = len(context.drafts)
        build(context, segment, action, occasion)
        if len(context.drafts) > before:
            _note_made(context, segment, before, carries=single is not occasion)
        if not count_held(context, before):
            said = Said("what is less than a step, of no steps", "“不足”所说的不是按步扣分的规则")
            context.fault(segment, said)
        context.pending.clear()


def _note_made(context: Context, segment: Segment, before: int, *, carries: bool) -> None:
    """Keep what the words of new rules say of them besides, for whoever reads on."""
    sink_with(context, segment, before)
    note_base(context, segment, before)
    note_only(context, segment, before)
    note_whole(context, segment, before)
    say_carried(context, before, carries=carries)
    note_head(context, segment, before)


def _occasion(
    context: Context, segment: Segment, action: Action, tokens: Occasions
) -> Occasion | None:
    """Return what the points of a segment are for, by the first reading that fits."""
    if action.done is Done.CAP:
        return Nothing()
    return (
        lacks_before(context, segment, action, tokens)
        or held_from_goal(context, segment, action, tokens)
        or occasion_of(context, action, tokens)
        or fault_in_words(context, action, tokens)
    )


def _says_of_goal(occasion: Occasion) -> bool:
    """Whether an occasion only says that the goal before it is missed or met: 未完成."""
    fact = occasion.facts[0] if isinstance(occasion, Where) else ""
    return says_unmet(fact) or says_needed(fact)


def _placed(action: Action, tokens: Occasions) -> tuple[Action, Occasions]:
    """Take 在本项分值内 and 从总分中 out of the occasion, where they stand before it."""
    said = [token.kind for token in tokens if token.kind in PLACES or token.kind in REACHES]
    if not said:
        return action, tokens
    for kind in said:
        where, reach = PLACES.get(kind, action.where), REACHES.get(kind, action.reach)
        action = attrs.evolve(action, where=where, reach=reach)
    return action, tuple(token for token in tokens if token.kind not in said)


def _without_sample(tokens: Occasions) -> Occasions:
    """Return tokens without the size of a sample."""
    sampled = any(token.kind is Kind.SAMPLE for token in tokens)
    return tuple(_kept_of(tokens)) if sampled else tokens


def _kept_of(tokens: Occasions) -> Iterator[Token]:
    """Leave out the size of a sample: 抽查, its number and its unit.

    抽查一次不合格 samples nothing: it says what is counted.
    """
    skip = 0
    for at, token in enumerate(tokens):
        if token.kind is Kind.SAMPLE:
            behind = tokens[at + 1 : at + _SAMPLE + 1]
            one = len(behind) == _SAMPLE and behind[0].value == 1
            skip = 1 if one and SAYS_WRONG.search(behind[-1].text) else _SAMPLE
        if not skip:
            yield token
        skip = max(0, skip - 1)


def _read_words(context: Context, segment: Segment) -> None:
    """Read a segment without an action: points of the item or a part, goals, or just words."""
    points = (read_range, read_worth, read_second_bound, read_bare_number, read_per_unit)
    if any(read(context, segment) for read in (*points, read_each_behind, read_equation)):
        return
    words = words_of(segment.tokens, context.plain)
    if words.endswith(_AS_COUNTED) and build_by_rate(context, segment, words):
        return
    if _SCORED_BY.match(words) and segment.tokens[0].kind is Kind.SCORE:
        if not build_by_rate(context, segment, words.removeprefix("得分")):
            message = Said("by what the points go is not understood", "得分按什么计算，没有读懂")
            context.fault(segment, message)
        return
    if words.endswith(_MARKED) and build_by_assessor(context, segment):
        return
    if note_check(context, segment):
        return
    asks = read_asked(context, segment)
    if not asks and segment.closed is Kind.OPEN and words.endswith(_RATE_ENDS):
        context.subject = name_of(words)  # 签约率（城区≥30%，农村≥50%）
    if not asks and segment.closed is Kind.COLON:
        words = name_of(words_of(segment.tokens, context.plain))
        if words and not _NO_SUBJECT.search(words) and not note_heading(context, segment):
            context.subject = words
        return
    if not says_what_follows(words) and not is_exception(words):  # 未公示的，通报批评，扣1分
        context.pending.append(segment)
        context.heard.append(segment)
