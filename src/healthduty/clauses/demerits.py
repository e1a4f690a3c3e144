"""Points that are held against somebody: 有下列不良行为之一的，一次记12分; 使用过期药品记3分.

记 earns in a scoring standard, and blames in a record of faults. What all points of a text are
recorded for tells which it is: where each is something wrong, or the text calls them so, they are
lost, an assumption.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11.

>>> from healthduty.clauses.clause import read_clause
>>> type(read_clause("使用过期药品，一次记3分").rules[0]).__name__
'Deduction'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.verbless import OFFENCE, is_amiss, is_spared
from healthduty.rules.points import Effect
from healthduty.rules.rule import Assumption, Deduction, Judgement, effect_of

_BLAMES = re.compile(
    r"不良(?:执业|诚信|信用|行为)?[^,，。;；:：]{0,6}(?:行为|记录|记分)"
    r"|(?:下列|以下|违法|违规|违纪|失信)[^,，。;；]{0,10}行为(?!规范)"
)
_AGAINST = Assumption(assumed.AGAINST)
_ONCE = re.compile(r"(?<=.)(?:每|1|一)(?:次|例|起|人次?|项|处|天|日|件|份)的?$")
_HANDLED = re.compile(
    r"(?:及时|主动|积极)?(?:查处|查获|查办|化解|处理|处置|上报|报告|排查|整改|举报|制止|避免|减少|降低|防止|结案|办结"
    r"|受理|调解|登记|无偿|发现[^,，]{0,6}(?:隐患|线索|病例|患者|问题))"
)
"""How words begin that say that somebody saw to what is wrong."""
_WRONGED = re.compile(
    rf"{OFFENCE.pattern}|未[经按依取办]|[未不](?:配|具备|符合|履行|执行|登记|报告|建立)|非法|擅自|转让|出借|出租|超出|不设"
    r"|重复收费|超标准?收费|过度(?:检查|诊疗|医疗|用药)|情节|后果|(?:较|更|最)(?:为)?(?:轻|重|严重)"
)
"""What a record of faults is about, wherever it stands in the words of a case."""
_NUMBERS = frozenset({Done.POINTS, Done.JUDGED})
_TAIL = 20
_MOST = 100
_DIGITS = 3


def against(context: Context, segments: Sequence[Segment], asked: str) -> list[Segment]:
    """Return segments whose recorded points are lost, where they are for what is wrong."""
    segments = _with_records(context, segments)
    recorded = [at for at, segment in enumerate(segments) if _is_recorded(segment)]
    scoring = [s for s in segments if _scores(s)]
    if not recorded or len(recorded) < len(scoring):
        return list(segments)
    named = _BLAMES.search(asked) is not None or any(
        _BLAMES.search(words_of(segment.tokens, context.plain)) for segment in segments
    )
    said = [_is_wrong(context, segments, at) for at in recorded]
    kept = all(_verb(segments[at]).endswith("积") for at in recorded)  # 积2分
    named = named or (kept and _WRONGED.search(context.plain) is not None)
    if False in said or not (named or all(said)):
        return list(segments)
    context.demerits = True
    found = list(segments)
    for at in recorded:
        action = found[at].action
        if action is not None:
            found[at] = attrs.evolve(found[at], action=attrs.evolve(action, effect=Effect.LOSE))
    return found


def _scores(segment: Segment) -> bool:
    """Whether a segment earns, adds or takes a number of points."""
    action = segment.action
    return action is not None and action.done in _NUMBERS and action.amounts != ()


def _is_recorded(segment: Segment) -> bool:
    """Whether a segment ends in 记N分, of more than nothing."""
    action = segment.action
    if action is None or action.done not in _NUMBERS or action.effect is not Effect.EARN:
        return False
    some = len(action.amounts) == 1 and action.amounts[0] != 0
    return some and _verb(segment).endswith(("记", "计", "积"))


def _verb(segment: Segment) -> str:
    """Return the word that an action begins with, nothing where it does not earn."""
    verb = segment.tokens[segment.acts - segment.first]
    return verb.text if verb.kind is Kind.EARN else ""


def _with_records(context: Context, segments: Sequence[Segment]) -> list[Segment]:
    """Read a record of faults whose points stand in a column without a name: 超范围开诊的 2."""
    found = list(segments)
    if context.points is not None or any(s.action for s in found):
        return found
    ends = [at for at, segment in enumerate(found) if _ends_in_number(context, segment)]
    if not ends:
        return found
    if any(_is_number(s) for at, s in enumerate(found) if at not in ends):
        return found
    words = words_of([token for s in found for token in s.tokens], context.plain)
    if not _WRONGED.search(words) or _HANDLED.match(words) or is_spared(words):
        return found
    context.demerits = True
    for at in ends:
        points = found[at].tokens[-1].value or Fraction(0)
        action = Action(done=Done.POINTS, amounts=(points,))
        found[at] = attrs.evolve(found[at], acts=found[at].end - 1, action=action)
    return found


def _ends_in_number(context: Context, segment: Segment) -> bool:
    """Whether a case that ends with 的 has a whole number behind it, and no other."""
    *before, last = segment.tokens
    whole = last.kind is Kind.NUMBER and last.text.isdecimal() and len(last.text) <= _DIGITS
    whole = whole and 0 < int(last.text) <= _MOST
    plain = all(token.kind in {Kind.WORD, Kind.LIST} for token in before)
    return whole and plain and words_of(before, context.plain).endswith(("的", "者"))


def _is_number(segment: Segment) -> bool:
    return any(token.kind is Kind.NUMBER for token in segment.tokens)


def _is_wrong(context: Context, segments: Sequence[Segment], at: int) -> bool | None:
    """Whether points are for something wrong; None where the words do not say."""
    words = words_of(segments[at].occasion, context.plain)
    if at and segments[at - 1].action is None and segments[at].after is Kind.COMMA:
        words = words_of(segments[at - 1].tokens, context.plain) + words
    if is_spared(words) or _HANDLED.match(words):
        return False
    fault = _ONCE.sub("", words)
    wrong = is_amiss(fault) or is_amiss(fault[-_TAIL:]) or OFFENCE.search(fault[-_TAIL:])
    if context.points is None:  # a record of faults, and no item that something could earn
        wrong = wrong or _WRONGED.search(fault) or SAYS_WRONG.search(fault)
    return True if wrong else None


def assume_against(context: Context) -> None:
    """Say of each rule that the points which are recorded are taken for lost."""
    for draft in context.drafts if context.demerits else ():
        taken = isinstance(draft.rule, Deduction | Judgement)
        if taken and effect_of(draft.rule) is Effect.LOSE and draft.rule.assumption is None:
            draft.rule = attrs.evolve(draft.rule, assumption=_AGAINST)
