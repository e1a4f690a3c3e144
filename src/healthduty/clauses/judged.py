"""Points that no count decides: by an assessor's judgement, and in proportion to what was done.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 8 (proportional).

>>> _share_subject(Where(("完成率",))), _share_subject(Where(("未达标",)))
('完成率', '')
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action
from healthduty.clauses.amounts import FURTHER, lost_from
from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG, trimmed
from healthduty.clauses.judged_each import build_judged_each
from healthduty.clauses.names.measured import held_measure, says_needed, says_unmet
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import (
    Else,
    Graded,
    Held,
    Many,
    Nothing,
    Nth,
    Occasion,
    Ranked,
    Short,
    Single,
    Steps,
    Where,
)
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import RATE_UNITS, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Effect, Placement, Reach
from healthduty.rules.rule import (
    Assumption,
    Bands,
    CaseBand,
    Curve,
    Deduction,
    Judgement,
    Knot,
    Rule,
)
from healthduty.rules.tally import StepsBelow
from healthduty.rules.threshold import Threshold
from healthduty.said import Said

_BY_CASE = ("按次", "按例", "按人", "按项", "每次", "每例")
_ONE_OF = re.compile(r"[一1每](?:项|处|例|次|人|份|个|件|户)(?:不|未|无)")
_OF_NOTHING = re.compile(r"^(?:降低|下降|减少|未?完成|超出|提高)的?(?:比例|部分)$")
_BY_WHOM = re.compile(r"(?:由|经)[^,，]{0,8}(?:组|委|专家|人员|员|部门|领导|办|小组|单位)$")
_BY_LEADS = re.compile(r"^(?:由[^,，]{2,12}?)?(?:根据|依据|按照?|视|结合|参照)")
_ANY_STATE = re.compile(
    r"(?:(?:具体|实际|有关|相关|工作|任务|项目)?(?:完成|开展|落实|执行|进展)?(?:的)?(?:情况|程度|情节|进度)(?:轻重)?)+"
)
_BY_STATE = re.compile(r"(?<=..)[的者]?[,，]?(?:根据|依据|视)[^,，]{0,8}$")
_BY = re.compile(r"由|按|根据|依据|视")
"""How words begin that say who judges, or by what, and not what is judged."""

_BY_RATE = re.compile(
    r"按照?(.{2,60}?(?:率|比例|百分比|百分率|占比))(?:的(?:比例|百分比))?(?:计算|计分|记分|折算|赋分)?"
)
_OWN_SHARE = re.compile(
    r"按照?(?!实际|完成|目标|应|相应)([^,;。]{0,12}(?:人数|户数|次数|数量|[^指]数|量|人员)(?:所占|占[^,;。]{1,8})?的?(?:比例|百分比))"
)
_ALL_OF = re.compile(r"全部|全额|全数|全员|足额|100%|百分之百")
_BY_RULE = re.compile(r"^按(?:照?(?:政策|规定|要求|标准|计划)|时|期)")
_LESS = re.compile(rf"{_OF_NOTHING.pattern}|^(?:未|没有|不)能?(?:{_ALL_OF.pattern})")
_STATE = re.compile(
    r"(?:每[年季月周]度?)?(?P<what>(?!根据|依据|视|按).{2,}(?:完成|落实|执行|开展|到位|覆盖))"
    r"(?:情况|程度|进度)"
)
_RATE_NAME = re.compile(r"率|比例|度$")
_SEVERAL = 2
_NAMELESS = "酌情"
_FITS = Assumption(assumed.AS_FITS)


def build_judged(context: Context, segment: Segment, action: Action, occasion: Single) -> None:
    """记录不规范扣0.5-2分: an assessor's points, named by the words before them."""
    bound = _bound(context, occasion)
    name = _seen(context, segment, action) or _judged_name(context, occasion)
    fits = not action.amounts and "相应" in words_of(segment.tokens, context.text)
    if fits and (_of_several(context) or name == _NAMELESS):
        message = Said("a judgement for each of several points", "几项分数，扣哪一项的没有写明")
        context.fault(segment, message, hint=Said("state each part", "请逐项写明"))
        return
    if bound is not None:
        name = trimmed(words_of(segment.occasion, context.plain)) or f"{bound.measure}不达标"
    ranged = action.each and action.least is not None  # 县级、市级分别加1-3分
    if name is None and build_judged_each(context, segment, action, occasion):
        return
    if name is None or ranged:
        context.fault(
            segment,
            Said("points by judgement for each of something", "每一个都酌情计分"),
            hint=Said(
                "give one number, or leave the number of cases out", "写一个分数，或不写每例"
            ),
        )
        return
    least = action.least or Fraction(0)
    most = action.amounts[0] if action.amounts else FULL
    if action.at_least and isinstance(most, Fraction):
        least, most = most, FULL  # 最低扣0.5分，最高扣2分: the most follows
    if isinstance(most, Fraction) and least > most:
        context.fault(segment, Said("a range that goes back", "范围前后颠倒"))
        return
    where = action.where if action.effect is Effect.ADD else Placement.BEYOND
    further = action.further and action.reach is Reach.PART
    rule = Judgement(
        name,
        action.effect,
        least=least,
        most=most,
        reach=Reach.TOTAL if further else lost_from(action),
        where=where,
        when=bound,
        assumption=FURTHER if further else _FITS if fits else None,
    )
    context.add([rule], segment, occasion=occasion)


def _of_several(context: Context) -> bool:
    """Whether 扣相应的分数 may take what each of several things before it is worth."""
    earned = [draft for draft in context.drafts[-_SEVERAL:] if isinstance(draft.rule, Bands)]
    return len(context.parts) >= _SEVERAL or len(earned) >= _SEVERAL


def _bound(context: Context, occasion: Single) -> Compare | None:
    """Return the bound that has to be missed first: 参保率未达到97%的，酌情扣0.5-1分."""
    single = occasion.bounds.single if isinstance(occasion, Held) and occasion.subject else None
    if not isinstance(occasion, Held) or single is None:
        return None
    return Compare(held_measure(context, occasion), *single)


def _judged_name(context: Context, occasion: Single) -> str | None:
    """Return what is judged, None where it is judged for each of something."""
    match occasion:
        case Graded() if _ONE_OF.search(occasion.words):
            return None  # 其余一处不合格扣1-2分
        case Where() if any(_ONE_OF.search(fact) for fact in occasion.facts):
            return None
        case Where() if any(fact.endswith(_BY_CASE) for fact in occasion.facts):
            return None  # 按次扣1-3分
        case Where() if not _BY.match(occasion.facts[0]):
            return _BY_STATE.sub("", "、".join(occasion.facts)).rstrip("、")
        case Graded():
            return _BY_STATE.sub("", occasion.subject + "、".join(occasion.levels))
        case Nothing() | Where():
            return context.pending_words() or context.subject or context.topic or _NAMELESS
        case Else():
            return "其他"
        case Steps() | Short() | Many() | Held() | Nth() | Ranked():
            return None
        case _:
            assert_never(occasion)


def _seen(context: Context, segment: Segment, action: Action) -> str:
    """Return what 根据工作质量酌情给分 judges; nothing where the words say something else."""
    words = words_of(segment.occasion, context.plain)
    if action.effect is not Effect.EARN or not (_BY_LEADS.match(words) or _BY_WHOM.match(words)):
        return ""
    context.claim(segment.first, segment.end, Taken.RULE, BY_SIGHT)
    seen = _BY_LEADS.sub("", words).strip("的") or words
    return context.pending_words() or context.subject or context.topic or seen


BY_SIGHT = "by what the points are judged"
"""What words before 给分 say that is no part of a name."""


def judged_by(context: Context, words: str) -> str:
    """Return what is judged by its quality; of 完成情况 alone what the words around it name."""
    words = words.strip("的")
    before = context.pending_words() or context.subject or context.topic
    return before or words or "酌情" if not words or _ANY_STATE.fullmatch(words) else words


def build_share(context: Context, segment: Segment, action: Action, occasion: Occasion) -> None:
    """按比例得分: a straight line up to the goal; 按比例扣分: the unmet share."""
    if action.effect is Effect.ADD:
        context.fault(
            segment, Said("a bonus in proportion, without its step", "按比例加分，没有写步长")
        )
        return
    if isinstance(occasion, Ranked):
        context.fault(segment, Said("a share of the points of another place", "按别处分值的比例"))
        return
    if _build_own_share(context, segment, action):
        return
    subject = _share_subject(occasion)
    indices = _share_goals(context, subject)
    found = _share_of(context, occasion, subject, indices)
    if found is None and _share_of_done(context, segment, occasion):
        return
    if found is None and _share_of_fact(context, segment, action, occasion):
        return
    if found is None:
        context.fault(
            segment, Said("a share of a quantity that nothing names", "按比例计，没有写指标")
        )
        return
    measure, target = found
    points = action.amounts[0] if action.amounts else FULL
    if action.effect is Effect.EARN:
        rule: Rule = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(target, points)))
    else:
        rule = Deduction(StepsBelow(measure, target=target), points=points)
    context.add([rule], segment, indices[-1:], occasion=occasion)


def _share_of_done(context: Context, segment: Segment, occasion: Occasion) -> bool:
    """Read 办证计8分，按完成比例计分: a line over how much of the fact before it was done.

    So is 全额上交得2分，未全额上交的按比例得分: all that is short of 全额 is a share.
    """
    last = context.last()
    if last is None or context.sentence - last.sentence > 1:
        return False
    words = (token.text for token in segment.tokens if token.kind is Kind.PROPORTION)
    done = last.sentence == context.sentence and any("完成" in text for text in words)
    less = isinstance(occasion, Where) and _LESS.search(occasion.facts[0]) is not None
    match last.rule:
        case Bands(
            bands=(CaseBand(when=Flag(measure=fact), points=Fraction() as points),),
            effect=Effect.EARN,
            otherwise=None,
        ) if done or (less and _ALL_OF.search(fact)):
            context.quantities.forget(fact)
            context.explain(segment, "how much of it was done")
            share = f"{fact.removesuffix('完成')}完成率" if done else f"{_what_of_all(fact)}比例"
            measure = context.quantities.measure(share, None, "%")
            line = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(100, points)))
            context.extend(last, line, segment)
            last.occasion = None
            return True
        case _:
            return False


def _what_of_all(fact: str) -> str:
    """Return what the share is of: 征收上交 of 按政策全额征收上交."""
    return _BY_RULE.sub("", _ALL_OF.sub("", fact).split("，")[-1])


def _share_of_fact(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Read 体检未按要求的按比例扣分, and 核查完成情况按比例给分: the words name the share."""
    said = words_of(segment.occasion, context.plain).strip("的者,，")
    said = context.last_waiting() if isinstance(occasion, Nothing) else said
    fact = said if isinstance(occasion, (Where, Graded, Nothing)) else ""
    state = _STATE.fullmatch(fact)
    if action.effect is Effect.EARN and state is not None:
        name = f"{name_of(state['what'])}率"
    elif (
        action.effect is Effect.LOSE
        and SAYS_WRONG.search(simplified(fact))
        and not says_unmet(fact)
    ):
        name = f"{fact}比例"
    else:
        return False
    points = action.amounts[0] if action.amounts else FULL
    measure = context.quantities.measure(name, None, "%")
    context.add([Curve(measure, action.effect, (Knot(0, 0), Knot(100, points)))], segment)
    return True


def _build_own_share(context: Context, segment: Segment, action: Action) -> bool:
    """按未参检人数所占比例扣分: the words of the share name its own quantity."""
    texts = (token.text for token in segment.tokens if token.kind is Kind.PROPORTION)
    found = next((share for text in texts if (share := _OWN_SHARE.match(text))), None)
    if found is None:
        return False
    measure = context.quantities.measure(name_of(found.group(1)), None, "%")
    points = action.amounts[0] if action.amounts else FULL
    knots = (Knot(0, 0), Knot(100, points))
    context.add([Curve(measure, action.effect, knots)], segment)
    return True


def build_by_rate(context: Context, segment: Segment, words: str) -> bool:
    """按实际体检人数占应检人数的百分比计算, 按参保率得分: a line from 0 to 100 % of a rate."""
    found = _BY_RATE.fullmatch(words)
    name = "" if found is None else name_of(found.group(1))
    if not name or _OF_NOTHING.search(name):
        return False
    measure, target = context.quantities.measure(name, None, "%"), Fraction(100)
    indices = context.goals_for(name, RATE_UNITS)
    if indices and isinstance(goal := context.goals[indices[-1]].bounds.low, Fraction):
        context.quantities.forget(measure.code)
        measure, target = context.goal_measure(indices[-1]), goal
    line = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(target, FULL)))
    context.add([line], segment, indices[-1:])
    return True


def _share_subject(occasion: Occasion) -> str:
    """Return the quantity that the words before name; 未达标 names none."""
    match occasion:
        case Held() | Many():
            return occasion.subject
        case Where():
            fact = occasion.facts[0]
            unnamed = says_unmet(fact) or says_needed(fact) or _OF_NOTHING.search(fact)
            return "" if unnamed else fact
        case _:
            return ""


def _share_goals(context: Context, subject: str) -> list[int]:
    """Return the goals that a share is of: that of the subject, else the last of any unit."""
    named = context.goals_for(subject, RATE_UNITS)
    return named or context.goals_for("", context.recent_units())


def _share_of(
    context: Context, occasion: Occasion, subject: str, indices: list[int]
) -> tuple[Measure, Threshold] | None:
    """Return the quantity of a share and what is all of it: the goal, or 100 % of a rate."""
    target: Threshold | None
    if indices:
        measure, target = context.goal_measure(indices[-1]), context.goals[indices[-1]].target
    elif isinstance(occasion, Held) and occasion.subject:
        measure, target = held_measure(context, occasion), occasion.bounds.high
        if target is None and occasion.bounds.unit == "%":  # 80%以上的按比例得分: up to all of it
            target = Fraction(100)
    else:
        name = subject or context.subject or context.topic
        if not _RATE_NAME.search(name):
            return None
        measure, target = context.quantities.measure(name, None, "%"), Fraction(100)
    return None if target is None else (measure, target)
