"""Cases that two rules count: 漏报每例扣1分，其中死亡每例扣3分; 3天以内每天1分，3天以上每天2分.

Rules add up. Where the second counts some of what the first counts, such a case costs both, and the
words do not say whether it should; where a bound stands in the name alone, no case is told apart.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("漏报每例扣1分，死亡病例漏报每例扣3分")
>>> [str(f.message) for f in reading.findings]
['`死亡病例漏报每例扣3分`: `死亡病例漏报` counts for `漏报` as well: both, or this instead?']
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.second_look.left_over import told_in
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens
from healthduty.rules.condition import Comparator, Compare, Flag
from healthduty.rules.points import Effect, Reach
from healthduty.rules.rule import Band, Bands, Deduction, Rule
from healthduty.rules.tally import Cases, Lacking, Once
from healthduty.said import Said

_BOUND = re.compile(r"(?<![岁级])(?<![任级]及)(?<!责任)(?:以[内上下外]|之[内外])$")
_TIMES = frozenset({"次", "例", "起"})
_OTHER = re.compile(r"[非无不未没]")
_BEYOND = re.compile(
    r"(?:超过|超|迟|逾期|延误|大于|多于|满|不足|少于|低于)\d{1,4}(?:分钟|个?小时|天)?"
)
"""A bound inside a name: of 超过3天 and 超过10天 the second are some of the first."""
_ALL_OF = re.compile(r"(?:均|都|全部?|两项|三项)(?:未|无|没|不|缺)")
_SO_MANY = re.compile(r"(?:累计|连续|达到?|超过|满)*\d{1,4}(?:个|天|次|小时|日|月)*(?:及?以上)?")
_NONE = re.compile(r"(?:无|没有|未)(?!按|及时)")
_LED = 2  # where 其中 stands at the head of a rule


def doubt_overlaps(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through cases that the rule before counts too, and cases with a bound in their name."""
    told = told_in(context)
    for draft in context.drafts:
        if _BOUND.search(_counted(draft.rule, once=False)) and draft.first not in told:
            message = Said("a bound that only the name has", "界限只写在名称里，没有读入规则")
            yield Fault("clause-doubt", message, draft.first, draft.end)
        if _stops(context, draft.rule) and draft.first not in told:
            message = Said(
                "further times lose nothing: is that meant?", "再发生时不再扣分：是否如此？"
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
    for before, draft in itertools.pairwise(context.drafts):
        if _none_and_each(context, before, draft) and draft.first not in told:
            message = Said(
                "where there is none, both count: is that meant?",
                "一个也没有时两项都扣：是否如此？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
        if _none_at_all(before, draft):
            message = Said(
                "where none is done, what stands before counts as well: is that meant?",
                "都没有做到时，前面各项也扣：是否如此？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
        if _goes_up(before, draft):
            message = Said(
                "each time counts, and so many as well: both, or this instead?",
                "每次都扣，达到次数又扣：两项都扣，还是只按此项扣？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
        wide, narrow = _counted(before.rule), _counted(draft.rule)
        if not wide or not narrow or draft.first in told or draft.part != before.part:
            continue
        led = any(t.kind is Kind.PART_OF for t in tokens[draft.first : draft.first + _LED])
        within = narrow.endswith(wide) and narrow != wide and not _OTHER.match(narrow)
        within = within or _is_beyond(wide, narrow) or _is_more_of(wide, narrow)
        if within or (led and draft.sentence == before.sentence):
            message = Said(
                f"`{narrow}` counts for `{wide}` as well: both, or this instead?",
                f"`{narrow}`也计入`{wide}`：两项都扣，还是只按此项扣？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _none_and_each(context: Context, before: Draft, draft: Draft) -> bool:
    """Whether none of something costs once, and each that is lacking as well: 无扣3分，缺一种扣2分.

    Where those that are lacking take all points anyway, it makes no difference.
    """
    match before.rule, draft.rule:
        case (
            Deduction(tally=Once(condition=Flag(measure=none))),
            Deduction(
                tally=Lacking(measure=code, required=Fraction() as required, step=step),
                points=Fraction() as each,
            ),
        ):
            worth = context.parts[draft.part - 1].points if draft.part else context.points
            beside = draft.sentence == before.sentence and draft.part == before.part
            less = worth is None or required / step * each < worth
            thing, known = _NONE.sub("", none), context.quantities.known(code)
            label = "" if known is None else known.label
            same = thing in label or label in thing or thing == context.seen[1]
            return beside and less and same and _NONE.match(none) is not None
        case _:
            return False


def _none_at_all(before: Draft, draft: Draft) -> bool:
    """Whether 均未参加扣2分 stands behind what each of them costs."""
    lacks = isinstance(before.rule, Deduction) and isinstance(before.rule.tally, Lacking)
    alike = (lacks or _counted(before.rule)) and before.sentence == draft.sentence
    return bool(alike) and _ALL_OF.match(_counted(draft.rule)) is not None


def _goes_up(before: Draft, draft: Draft) -> bool:
    """Whether so many times cost more than each of them: 缺席一次扣2分，两次以上扣5分."""
    match before.rule, draft.rule:
        case (
            Deduction(tally=Cases(measure=each), reach=Reach.PART),
            Deduction(
                tally=Once(condition=Compare(measure=many, comparator=comparator)),
                reach=Reach.PART,
            ),
        ):
            above = comparator in {Comparator.AT_LEAST, Comparator.MORE}
            return above and each == many and before.part == draft.part
        case _:
            return False


def _is_beyond(wide: str, narrow: str) -> bool:
    """Whether two names differ in a bound alone: 超过3个工作日, 超过10个工作日.

    The second may be no more than its bound: 停机超过30分钟, 超过2小时.
    """
    bounds = [_BEYOND.search(name) for name in (wide, narrow)]
    if wide == narrow or not all(bounds):
        return False
    return _BEYOND.sub("", narrow) in {"", _BEYOND.sub("", wide)}


def _is_more_of(wide: str, narrow: str) -> bool:
    """Whether one name says so many of the other: 旷工, 旷工3天以上."""
    return narrow.startswith(wide) and _SO_MANY.fullmatch(narrow.removeprefix(wide)) is not None


def _stops(context: Context, rule: Rule) -> bool:
    """Whether the last time that is named loses, and further ones nothing: 第二次不合格扣3分."""
    bands = rule.bands if isinstance(rule, Bands) and rule.effect is Effect.LOSE else ()
    ends = [band for band in bands if isinstance(band, Band)]
    if not isinstance(rule, Bands) or not ends or len(ends) < len(bands):
        return False
    measure = context.quantities.known(rule.measure)
    times = measure is not None and measure.unit in _TIMES
    return times and all(band.high is not None and band.low == band.high for band in ends)


def _counted(rule: Rule, *, once: bool = True) -> str:
    """Return what is lost for each case of, or once."""
    match rule:
        case Deduction(tally=Cases(measure=measure), reach=Reach.PART):
            return measure
        case Deduction(tally=Once(condition=Flag(measure=measure)), reach=Reach.PART) if once:
            return measure
        case _:
            return ""
