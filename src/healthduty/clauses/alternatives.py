"""Levels of one thing that the text lists with points each: one of them is earned, not all.

国家级8分、省级5分、市级3分 beside 8 points are no parts of the item: they would make 16. So are
完全符合规范加10分，大部分符合规范加6分 degrees of one fact. Both become bands, of which one counts.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 9 (bands).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("国家级8分、省级5分、市级3分", points=8, requirement="科研立项")
>>> [str(band.points) for band in reading.rules[0].bands], reading.parts
(['8', '5', '3'], ())
"""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

import attrs

from healthduty.clauses.context import MOST_IN_RULE, Context, Draft
from healthduty.clauses.occasions import UNNAMED, Graded, Where
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import AllOf, Flag, condition_measures
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect, Placement, Points
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Knot,
    LevelBand,
    Rule,
    rule_measures,
)
from healthduty.rules.tally import Cases, Lacking, Once, Tally

_RANK = re.compile(r"(?:国家|中央|全国|部|省|市|县|区|乡镇?|镇|街道|校|院)级?$")
"""A rank, of which something has one: 获得国家（15分）、省（10分）级表彰."""
_TWO = 2
_QUANTITY = re.compile(r"[率数量比额值]")
_DEGREE = re.compile(
    r"(完全|全部|全面|绝大部分|大部分|大多数?|多数|基本|部分|小部分|少部分|少数|个别|完全不|不)"
    r"(?=符合|达到|掌握|落实|完成|执行|规范|按|能|知晓|熟悉|满足)(.{2,})"
)
"""How far something holds, and what."""


def join_parts(context: Context) -> None:
    """Make bands over a level of parts that come down, and together pass the item's points."""
    worth = context.points if context.points is not None else context.stated
    points = [part.points for part in context.parts if part.points is not None]
    spans = context.part_spans
    if not _TWO <= len(points) == len(spans) == len(context.parts):
        return
    down = all(a > b for a, b in itertools.pairwise(points))
    one = len({span[2] for span in spans}) == 1
    ranked = worth is None and all(_RANK.fullmatch(part.title) for part in context.parts[1:])
    worth = points[0] if ranked and _RANK.search(context.parts[0].title) else worth
    if worth is None:
        return
    whole = max(points) == worth and not ranked  # 甲级20分；乙级10分 beside 20 points
    if not ((down and one and points[0] <= worth) or whole) or sum(points) <= worth:
        return
    lost = _lowest(context) if whole else []
    among = [d for d in context.drafts if d.sentence <= spans[-1][2] or d.part]
    counted = any("每" in part.title for part in context.parts)  # 国家级每篇5分 is no level
    if len(points) > MOST_IN_RULE or len(among) > len(lost) or counted:
        return
    named = _of_ranks(context) if ranked else ""
    made = [(part.title, each) for part, each in zip(context.parts, points, strict=True)]
    made += [(fact, Fraction(0)) for _, fact in lost]
    order = [title for title, _ in sorted(made, key=lambda pair: pair[1])]
    name = named or context.topic or UNNAMED
    measure = context.quantities.measure(name, MeasureKind.LEVEL, levels=order)
    bands = tuple(LevelBand((title,), each) for title, each in made)
    rule = Bands(measure, Effect.EARN, bands)
    for draft, _ in lost:
        for code in rule_measures(draft.rule):
            context.quantities.forget(code)
        context.drafts.remove(draft)
    for first, end, _ in spans:
        for at in range(first, end):
            context.claims[at] = (Taken.RULE, "")
    for draft in context.drafts:
        draft.part = 0
    context.drafts.insert(0, Draft(rule, spans[0][0], spans[-1][1], spans[0][2]))
    context.parts.clear()


def _of_ranks(context: Context) -> str:
    """Return what has ranks, and call these in full: 获得国家（15分）、省（10分）级表彰.

    The parts become 国家级 and 省级, and what has them 获得表彰.
    """
    behind = context.pending[-1:]
    tail = words_of(behind[0].tokens, context.plain).strip("的") if behind else ""
    if not tail.startswith("级"):
        return ""
    context.explain(behind[0], "what has the rank")
    first = context.parts[0].title
    found = _RANK.search(first)
    lead = "" if found is None else first[: found.start()]
    for at, part in enumerate(context.parts):
        rank = part.title[len(lead) :] if not at else part.title
        context.parts[at] = attrs.evolve(part, title=f"{rank}级")
    return lead + tail.removeprefix("级")


def _lowest(context: Context) -> list[tuple[Draft, str]]:
    """Return what earns nothing among the parts, each with its words: 丙级病历0分."""
    found: list[tuple[Draft, str]] = []
    for draft in context.drafts:
        if isinstance(draft.rule, Forfeit) and isinstance(draft.rule.when, Flag | AllOf):
            found.append((draft, "且".join(condition_measures(draft.rule.when))))
        elif draft.forfeit and isinstance(draft.occasion, Graded):
            found.append((draft, draft.occasion.words))
    return found


def join_lines(context: Context) -> None:
    """得率6%得40分，低于按比例得分: the line goes up to the 40 points, which are not paid twice."""
    for band, line in itertools.pairwise(list(context.drafts)):
        points = _top(band.rule, line.rule)
        if points is None or not isinstance(line.rule, Curve) or band.part != line.part:
            continue
        first, last = line.rule.knots
        knots = (first, attrs.evolve(last, points=points))
        line.rule = attrs.evolve(line.rule, knots=knots)
        line.first = min(line.first, band.first)
        context.drafts.remove(band)


def lines_for_each(context: Context) -> None:
    """甲率≥75%得1分，乙率≥90%得2分，未达到的按比例得分: a line for each of them, said of all.

    In a sentence of its own the line is said of all the goals right before it.
    """
    for at, line in enumerate(context.drafts):
        last = context.drafts[at - 1] if at else line
        if _top(last.rule, line.rule) is None or _is_named(line):
            continue
        for band in reversed(context.drafts[max(0, at - MOST_IN_RULE) : at - 1]):
            made, apart = _line_to(band.rule), line.sentence != last.sentence
            beside = apart or band.sentence == line.sentence
            if made is None or band.part != line.part or not beside:
                break
            band.rule = made


def _line_to(rule: Rule) -> Curve | None:
    """Return the line up to the one goal that points are earned for."""
    match rule:
        case Bands(
            effect=Effect.EARN,
            bands=(Band(low=Fraction() as low, high=None, points=points),),
            otherwise=None,
        ) if low:
            return Curve(rule.measure, Effect.EARN, (Knot(0, 0), Knot(low, points)))
        case _:
            return None


def _is_named(line: Draft) -> bool:
    """Whether a line names a quantity that it is for: 履约率不足的按比例得分, and not 未达到的."""
    facts = line.occasion.facts if isinstance(line.occasion, Where) else ()
    said = "".join((getattr(line.occasion, "subject", ""), *facts))
    return _QUANTITY.search(said) is not None


def join_short_numbers(context: Context) -> None:
    """6个方面得12分，每少1个扣2分: a line that loses 2 of 12 points for each that is lacking."""
    for band, lost in itertools.pairwise(list(context.drafts)):
        if band.part != lost.part or lost.sentence - band.sentence > 1:
            continue
        line = _falling(context, band.rule, lost.rule)
        if line is not None:
            band.rule, band.end, band.full = line, lost.end, False
            context.drafts.remove(lost)


def _falling(context: Context, band: Rule, lost: Rule) -> Curve | None:
    """Return the line of a number that earns points and loses some for each that it lacks."""
    match band, lost:
        case (
            Bands(
                effect=Effect.EARN,
                bands=(Band(low=Fraction() as number, points=Fraction() as points),),
                otherwise=None,
            ),
            Deduction(
                tally=Cases(step=1, free=0) | Lacking(step=1), points=Fraction() as each, cap=None
            ),
        ) if each and number > 0 and _is_lack(context, band.measure, lost.tally):
            least = number - points / each
            first = Knot(least, 0) if least >= 0 else Knot(0, points - each * number)
            return Curve(band.measure, Effect.EARN, (first, Knot(number, points)))
        case _:
            return None


def _is_lack(context: Context, measure: str, tally: Tally) -> bool:
    """Whether a tally counts what is lacking of a number: of itself, or in its unit."""
    if isinstance(tally, Lacking):
        return tally.measure == measure
    if not isinstance(tally, Cases) or not tally.measure.endswith("缺少"):
        return False
    counted, lacking = map(context.quantities.known, (measure, tally.measure))
    return counted is not None and lacking is not None and counted.unit == lacking.unit


def _top(rule: Rule, line: Rule) -> Points | None:
    """Return the points of a single band that begins where a line of its measure ends."""
    match rule, line:
        case (
            Bands(effect=Effect.EARN, bands=(Band(low=low, points=points),), otherwise=None),
            Curve(effect=Effect.EARN, knots=(_, Knot(at=at))),
        ):
            return points if rule.measure == line.measure and low == at else None
        case _:
            return None


@attrs.frozen
class _Degree:
    """A draft that is one degree of a fact: the fact without its degree, and its case."""

    draft: Draft
    rest: str
    band: CaseBand
    effect: Effect


def join_degrees(context: Context) -> None:
    """Make one rule of facts that differ in their degree, where they follow each other."""
    drafts: list[Draft] = []
    run: list[_Degree] = []
    for draft in context.drafts:
        degree = _degree(draft)
        if degree is not None and run and _beside(run[-1], degree) and len(run) < MOST_IN_RULE:
            run.append(degree)
            drafts[-1] = _joined(run)
            continue
        run = [] if degree is None else [degree]
        drafts.append(draft)
    context.drafts = drafts


def _degree(draft: Draft) -> _Degree | None:
    """Return a draft as a degree of a fact, None where it is another rule."""
    match draft.rule:
        case Bonus(tally=Once(condition=Flag() as flag), points=Fraction() as points, cap=None):
            effect: Effect = Effect.ADD
        case Bands(bands=(CaseBand(when=Flag() as flag, points=points),), otherwise=None) as rule:
            effect = rule.effect
        case _:
            return None
    found = _DEGREE.fullmatch(flag.measure)
    return None if found is None else _Degree(draft, found.group(2), _case(flag, points), effect)


def _case(flag: Flag, points: Points) -> CaseBand:
    return CaseBand(flag, points)


def _beside(before: _Degree, degree: _Degree) -> bool:
    """Whether a degree is a further one of the fact before it, in the same part."""
    verb_only = before.rest.startswith(degree.rest)  # 完全符合要求加10分，大部分符合加6分
    same = verb_only and before.effect is degree.effect
    return same and before.draft.part == degree.draft.part and before.band.when != degree.band.when


def _joined(run: list[_Degree]) -> Draft:
    """Return the draft of degrees: the first case that holds is the one that counts."""
    first, last = run[0], run[-1]
    rule = first.draft.rule
    where = rule.where if isinstance(rule, (Bands, Bonus)) else Placement.BEYOND
    code = next(condition_measures(first.band.when))
    rule = Bands(code, first.effect, tuple(degree.band for degree in run), where=where)
    return attrs.evolve(first.draft, rule=rule, end=last.draft.end, occasion=None)
