"""Points that no count decides: by an assessor's judgement.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; vocabulary “Judgement”.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("记录不规范扣0.5-2分", points=5).rules[0]
>>> rule.code, str(rule.least), str(rule.most)
('记录不规范', '1/2', '2')
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action
from healthduty.clauses.amounts import FURTHER, lost_from
from healthduty.clauses.context import Context
from healthduty.clauses.facts import trimmed
from healthduty.clauses.judged_each import build_judged_each
from healthduty.clauses.names.measured import held_measure
from healthduty.clauses.occasions import (
    Else,
    Graded,
    Held,
    Many,
    Nothing,
    Nth,
    Ranked,
    Short,
    Single,
    Steps,
    Where,
)
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Compare
from healthduty.rules.points import FULL, Effect, Placement, Reach
from healthduty.rules.rule import (
    Assumption,
    Bands,
    Judgement,
)
from healthduty.said import Said

_BY_CASE = ("按次", "按例", "按人", "按项", "每次", "每例")
_ONE_OF = re.compile(r"[一1每](?:项|处|例|次|人|份|个|件|户)(?:不|未|无)")
_BY_WHOM = re.compile(r"(?:由|经)[^,，]{0,8}(?:组|委|专家|人员|员|部门|领导|办|小组|单位)$")
_BY_LEADS = re.compile(r"^(?:由[^,，]{2,12}?)?(?:根据|依据|按照?|视|结合|参照)")
_ANY_STATE = re.compile(
    r"(?:(?:具体|实际|有关|相关|工作|任务|项目)?(?:完成|开展|落实|执行|进展)?(?:的)?(?:情况|程度|情节|进度)(?:轻重)?)+"
)
_BY_STATE = re.compile(r"(?<=..)[的者]?[,，]?(?:根据|依据|视)[^,，]{0,8}$")
_BY = re.compile(r"由|按|根据|依据|视")
"""How words begin that say who judges, or by what, and not what is judged."""

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
