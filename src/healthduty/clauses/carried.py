"""A 每 before the first of several faults holds for the others: 每处发现积水扣1分、垃圾扣0.5分.

Who writes 每处 or 1份 before a fault and goes on with a comma counts what follows in the same way.
A number behind its fault (迟报每次扣1分，漏报扣2分) is for that fault alone. Nor does it hold for
what an office lacks (发现1例漏报扣1分，未建登记本扣2分), unless the first is a lack as well.

Source: semantics 11 (once or each is an assumption, where the text does not say it).

>>> from healthduty.clauses.clause import read_clause
>>> [rule.tally.measure for rule in read_clause("每处发现积水扣1分、垃圾扣0.5分").rules]
['积水', '垃圾']
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context
from healthduty.clauses.occasions import Graded, Many, Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import TIMES, Kind
from healthduty.clauses.text.phrases import kind_at, words_of
from healthduty.rules.points import Effect
from healthduty.rules.rule import Assumption, Bonus, Deduction
from healthduty.rules.tally import Cases, Once

CARRIED = Assumption(assumed.CARRIED)
_ONCE = Assumption(assumed.ONCE)

_GOES_ON = frozenset({None, Kind.LIST, Kind.COMMA})
_HEADS = frozenset({Kind.EACH, Kind.FOUND})
_ALL = -1
"""No sentence: the head of all of them."""
_HEADING = 4
_OF_NOTHING = frozenset({"项", "条", "款", "点"})
"""Units of no thing: 一项无防护措施 counts what is lacking, and not what lacks it."""
_DENIED = re.compile(r"[^,，、]{0,6}?(?:未|没有?|无(?!故)|不|缺)")
_LACKS = re.compile(r"(?:未|没有?|无(?!故|证|菌)|不)")
_WORSE = re.compile(
    r"(?:并|且|从而)?(?:造成|构成|导致|引发|引起|致使|影响)|其中|超过|低于|少于"
    r"|(?:(?:情节|后果|性质|问题)(?:特别)?)?[严恶][重劣](?:后果|问题|的|者)?$"
)


@attrs.frozen
class Head:
    """What a list of faults is counted by, 每处 or 1份: its sentence, and whether of a lack.

    Where each of several faults says what it is counted by (`own`), one that does not stands alone.
    `adds`: what is counted adds points, and so must what it counts besides.
    """

    sentence: int
    unit: str
    denied: bool
    own: bool = False
    adds: bool = False


def note_heading(context: Context, segment: Segment) -> bool:
    """Keep `EACH UNIT words` before a colon for all that follows: 每份病历：缺首页扣5分；…."""
    tokens = segment.tokens
    each = kind_at(tokens, 0) is Kind.EACH and kind_at(tokens, 1) is Kind.UNIT
    if not each or len(tokens) > _HEADING or tokens[1].text in TIMES | _OF_NOTHING:
        return False
    if any(token.kind is not Kind.WORD for token in tokens[2:]):
        return False
    context.head = Head(_ALL, tokens[1].text, denied=True)
    context.explain(segment, "what each fault below is counted by")
    return True


def note_head(context: Context, segment: Segment, before: int) -> None:
    """Keep `(EACH | FOUND | ε) [1] UNIT words` before a rule by cases, for what follows it."""
    made = context.drafts[before:]
    head = _head(context, segment) if len(made) == 1 else None
    rule = made[0].rule if made else None
    of_all = isinstance(context.head, Head) and context.head.sentence == _ALL
    cases = isinstance(rule, Deduction | Bonus) and isinstance(rule.tally, Cases)
    if head is not None and cases and not of_all:
        last = _in_force(context)
        adds = isinstance(rule, Bonus)
        context.head = attrs.evolve(head, own=last is not None, adds=adds)


def _head(context: Context, segment: Segment) -> Head | None:
    """Return what a segment begins to count by, where words follow it."""
    tokens = segment.occasion or (context.pending[-1].tokens if context.pending else ())
    begins = int(kind_at(tokens, 0) in _HEADS)
    number = kind_at(tokens, begins) is Kind.NUMBER
    at = begins + number
    if not (begins or number) or kind_at(tokens, at) is not Kind.UNIT:
        return None
    if number and tokens[begins].value != 1:
        return None
    words = words_of(tokens[at + 1 :], context.plain).strip("的")
    if not words or tokens[at].text in TIMES | _OF_NOTHING:
        return None
    return Head(context.sentence, tokens[at].text, _DENIED.match(words) is not None)


def carried(context: Context, segment: Segment, action: Action, occasion: Occasion) -> Occasion:
    """Return a further fault of a list as cases, where the first was counted by its head."""
    head = _in_force(context)
    plain = action.done is Done.POINTS and action.effect is not Effect.EARN and not action.each
    if head is None or head.own or head.adds is (action.effect is Effect.LOSE):
        return occasion
    words = _fault(occasion)
    beside = segment.after in _GOES_ON or head.sentence == _ALL
    plain = plain and len(action.amounts) == 1 and beside
    if not plain or not words or _WORSE.match(words):
        return occasion
    if _LACKS.match(words) and not head.denied:
        return occasion
    return Many(words, Fraction(1), head.unit, behind=True, carried=True)


def _in_force(context: Context) -> Head | None:
    """Return the head of this sentence, or of all of them."""
    head = context.head
    return head if isinstance(head, Head) and head.sentence in {_ALL, context.sentence} else None


def _fault(occasion: Occasion) -> str:
    """Return the words of a fault that could be counted."""
    match occasion:
        case Where(facts=facts, every=False):
            return "、".join(facts)
        case Graded(words=words):
            return words
        case _:
            return ""


def say_carried(context: Context, before: int, *, carries: bool) -> None:
    """Say of the rules of a further fault that they count each time, or that they do not."""
    if _in_force(context) is None:
        return
    for draft in context.drafts[before:]:
        rule = draft.rule
        if not isinstance(rule, Deduction | Bonus) or rule.assumption is not None:
            continue
        if carries and isinstance(rule.tally, Cases):
            draft.rule = attrs.evolve(rule, assumption=CARRIED)
        elif isinstance(rule.tally, Once) and isinstance(draft.occasion, Where):
            draft.rule = attrs.evolve(rule, assumption=_ONCE)
