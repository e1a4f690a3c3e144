"""What a member of a list takes from the one before it: 获国家级表彰加3分，省级加2分.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> [rule.tally.condition.measure for rule in read_clause("获省级表彰加3分，市级加2分").rules]
['获省级表彰', '获市级表彰']
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.actions import Done
from healthduty.clauses.context import Context
from healthduty.clauses.facts import NTH_DOER, SAYS_WRONG, same_rank, untied
from healthduty.clauses.occasions import Graded, Held, Many, Occasion, Where, counted_in
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import DEEDS, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.rules.points import Effect
from healthduty.rules.rule import rule_measures

_IN_LISTS = frozenset({None, Kind.LIST, Kind.COMMA, Kind.STOP})
_SO_MANY = re.compile(r"(?:达到?|不[低少]于|≥)?\d[\d.]*(?:[\u4e00-\u9fff]{1,2})?$")
"""How many of it were asked for: 科研项目立项数5项."""
_RANK = re.compile(
    r"(?:国家|[中央部省市州县区院局校厅处科]|省部|市厅|厅局|地市|县处|乡镇?|镇|街道|全国|世界|国际)级"
    r"(?:及?以上)?(?:的|者)?"
)
_BLAME = re.compile(
    r"(?:负)?(?:[主次全同无]责|(?:主要|次要|全部|完全|同等|直接|间接|一定|轻微)责任)(?:人|者)?$"
)
_LENGTH = re.compile(
    r"(?P<of>[^\d，,]{0,40}?)(?:不足|不满|未满|超过|满|达到?)?\d{1,3}(?:[-至到~]\d{1,3})?"
    r"(?:个?(?:工作日|小时|学时|课时|[月年天周日])|万?元|公里|人次?)(?:及?以[上下内])?$"
)
"""How long or how much something was, which its points go by: 时间在1-3个月."""
_SIGNED = re.compile(r"[为是](?:正|负|正数|负数|正值|负值|零|0)$")
_LED_TO = re.compile(r"(?P<no>(?:但|且|尚)?(?:未|没有?))?(?P<led>造成|导致|引发|引起|致使|酿成)")
_BOUND = re.compile(
    r"(?P<way>低于|不足|少于|不到|高于|超过|大于|小于)\d[\d.]*(?:分|%|天|[\u4e00-\u9fff]{0,2})$"
)
"""How a bound ends what is counted by those that miss it."""
_MARKS = "的,，、;；:： "
_LONGEST = 20
"""A longer requirement is no name."""
_SHARED_START = 2
"""So many characters say that two members of a list begin with the same thing."""


def led_as_before(context: Context, segment: Segment, occasion: Occasion) -> Occasion:
    """Give a member of a list what stands before and behind the one before it.

    获国家级表彰加3分，省级加2分: 获省级表彰. 参与创建卫生镇加1分、卫生村加0.5分: 参与创建卫生村.
    """
    last = context.last()
    before = None if last is None else last.occasion
    done_by = _done_by(context, segment, occasion) or _of_rank(context, segment, occasion)
    if done_by is not None:
        return done_by
    if segment.after in _IN_LISTS and before is not None:
        occasion = _opposite(before, _contrasted(before, occasion))
    if last is not None and isinstance(before, Many) and segment.after in _IN_LISTS:
        if isinstance(occasion, Held):
            return _bound_as_before(context, segment, before, occasion)
        named = context.quantities.known(next(rule_measures(last.rule), ""))
        if isinstance(occasion, Many) and _counts_alone(segment, occasion) and named is not None:
            other = named.label + occasion.unit  # 上访每人次扣2分、每批次扣5分
            return attrs.evolve(occasion, subject=other)
        bare = before.subject == counted_in(before.unit)  # 入选国家级案例的，每个加2分
        subject = named.label if bare and named is not None else before.subject
        return _counted_as_before(attrs.evolve(before, subject=subject), occasion)
    if isinstance(before, Many) and isinstance(occasion, Held):
        return _bound_as_before(context, segment, before, occasion)
    if not isinstance(occasion, Where) or not isinstance(before, Where):
        return occasion
    fact, first = occasion.facts[0], before.facts[-1]
    if len(occasion.facts) > 1 or segment.after not in _IN_LISTS or SAYS_WRONG.search(fact):
        return occasion
    if fact.startswith("非") and len(first) >= len(fact) and first.endswith(fact[1:]):
        return Where((first[: 1 - len(fact)] + fact,))  # …交易的，产区得1分，非产区得2分
    ranked = same_rank(first, fact) or _blamed(first, fact)
    begins = fact[:_SHARED_START]
    at = first.find(begins) if segment.after is Kind.LIST and begins not in DEEDS else 0
    if ranked is None and at <= 0:
        return occasion
    return Where((ranked if ranked is not None else first[:at] + fact,))


def _bound_as_before(context: Context, segment: Segment, before: Many, occasion: Held) -> Occasion:
    """Count 低于80分 as 每份病历低于90分 before it was counted: by those that fall short."""
    words = words_of(segment.occasion, context.plain).strip(_MARKS)
    first, further = _BOUND.search(before.subject), _BOUND.fullmatch(words)
    taken = segment.action is not None and segment.action.done is Done.POINTS
    if (
        not taken
        or occasion.subject
        or first is None
        or further is None
        or first["way"] != further["way"]
    ):
        return occasion
    return attrs.evolve(before, subject=before.subject[: first.start()] + further.group())


def _counts_alone(segment: Segment, occasion: Many) -> bool:
    """Whether a member of a list says only in what else its case is counted: 、每批次扣5分."""
    bare = occasion.subject == counted_in(occasion.unit)
    return segment.after is Kind.LIST and bare and occasion.each


def _of_rank(context: Context, segment: Segment, occasion: Occasion) -> Where | Many | None:
    """Give a rank alone what it is the rank of: 受到表彰的，市级加1分，省级每次加2分."""
    match occasion:
        case Where(facts=(rank, *_)) | Many(subject=rank) if _RANK.fullmatch(rank):
            last = context.last()
            before = None if last is None else last.occasion
            if isinstance(before, Many) and same_rank(before.subject, rank) is not None:
                return None  # 在市级媒体刊发1篇加0.5分，省级1篇加1分
            if isinstance(before, Where) and same_rank(before.facts[-1], rank) is not None:
                return None  # 被评为国家级优秀案例加2分，省级加1分
            words = _ranked(context) or _asked_for(context, segment, occasion)
        case _:
            return None
    words = _SO_MANY.sub("", words)
    if not words:
        return None
    if isinstance(occasion, Many):
        return attrs.evolve(occasion, subject=f"{words}，{rank}")
    last = context.last()
    if last is not None and isinstance(last.occasion, Many) and segment.after in _IN_LISTS:
        said, _, other = last.occasion.subject.rpartition("，")
        if said == words and _RANK.fullmatch(other):  # 国家级每条加3分，省级加2分
            return attrs.evolve(last.occasion, subject=f"{words}，{rank}")
    return Where((f"{words}，{rank}",))


def _ranked(context: Context) -> str:
    """Return what a rank alone is the rank of: what waits, or what the rank before is of."""
    if context.pending:
        words = context.last_waiting()
        context.use_pending()
        return words
    last = context.last()
    match last.occasion if last is not None else None:
        case Where(facts=(*_, said)) | Many(subject=said):
            words, _, rank = said.rpartition("，")
        case _:
            words = rank = ""
    if _RANK.fullmatch(rank):
        return words
    return untied(context.earlier[-1].strip(_MARKS)) if context.earlier else context.subject


def _asked_for(context: Context, segment: Segment, occasion: Occasion) -> str:
    """Return the one thing that is asked for, in short; ranks that earn are levels of it."""
    action = segment.action
    earns = action is None or action.effect is Effect.EARN
    if len(context.asked) != 1 or (earns and isinstance(occasion, Where)):
        return ""
    asked = context.asked[0].strip(_MARKS)
    return asked if len(asked) <= _LONGEST else ""


def _blamed(before: str, fact: str) -> str | None:
    """Return 不良事件次责 for 次责, behind 不良事件主责."""
    blame = _BLAME.search(before) if _BLAME.fullmatch(fact) else None
    return None if blame is None else before[: blame.start()] + fact


def _contrasted(before: Occasion, occasion: Occasion) -> Occasion:
    """Return 泄密未造成后果 for 未造成后果, behind 泄密造成后果: alone it holds of everybody."""
    if not isinstance(occasion, Where) or len(occasion.facts) > 1:
        return occasion
    fact = occasion.facts[0]
    led = _LED_TO.match(fact)
    match before:
        case Where(facts=(first,)) | Many(subject=first) if led is not None:
            head, said, _ = first.rpartition(led["led"])
        case _:
            return occasion
    denied = re.search(r"(?:但|且|尚)?(?:未|没有?)$", head)
    if not said or (denied is None) is (led["no"] is None):
        return occasion
    head = head if denied is None else head[: denied.start()]
    if len(head) <= 1:
        return occasion
    whole = head + fact
    return attrs.evolve(before, subject=whole) if isinstance(before, Many) else Where((whole,))


def _opposite(before: Occasion, occasion: Occasion) -> Occasion:
    """Return 收支结余为负 for 为负, behind 收支结余为正."""
    match before, occasion:
        case Where(facts=(*_, first)), Where(facts=(fact,)) if _SIGNED.fullmatch(fact):
            said = _SIGNED.search(first)
            return (
                occasion if not said or not said.start() else Where((first[: said.start()] + fact,))
            )
        case _:
            return occasion


def _done_by(context: Context, segment: Segment, occasion: Occasion) -> Occasion | None:
    """Read 一等奖得6分（第二完成者得3分）: who else did what stands before the bracket."""
    fact = occasion.facts[0] if isinstance(occasion, Where) else ""
    last = context.last()
    if last is None or not segment.inside or not NTH_DOER.fullmatch(fact):
        return None
    match last.occasion:
        case Many(subject=subject) as before:
            return attrs.evolve(before, subject=subject + fact)
        case Where(facts=(*_, words)) | Graded(words=words):
            return Where((words + fact,))
        case _:
            code = next(rule_measures(last.rule), "")
            measure = context.quantities.known(code)
            return None if measure is None else Where((measure.label + fact,))


def _of_length(before: str, name: str) -> str | None:
    """Return 帮扶时间在3-6个月 for 时间在3-6个月, behind 帮扶时间在1-3个月."""
    first, other = _LENGTH.search(before), _LENGTH.fullmatch(name)
    if first is None or other is None or len(first["of"]) <= len(other["of"]):
        return None
    what = first["of"].removesuffix(other["of"])
    return what + name if other["of"] == "" or what != first["of"] else None


def _counted_as_before(before: Many, occasion: Occasion) -> Occasion:
    """Count a further rank as the first is: 获国家级表彰每次加5分，省级加2分."""
    match occasion:
        case Where(facts=(fact,)) | Graded(words=fact):
            ranked = same_rank(before.subject, fact) or _blamed(before.subject, fact)
            return occasion if ranked is None else attrs.evolve(before, subject=ranked)
        case Many():
            ranked = same_rank(before.subject, occasion.subject)
            ranked = ranked or _of_length(before.subject, occasion.subject)
            return occasion if ranked is None else attrs.evolve(occasion, subject=ranked)
        case _:
            return occasion
