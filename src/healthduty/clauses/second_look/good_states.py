"""A loss for what is well, and points earned for what is not: 有签到记录扣2分, 无不良后果扣1分.

Who reads the rule beside its text sees that a unit would lose for having done its duty. The words
of a fault say what is wrong; a name that denies something bad, or that only says what is there and
ought to be, does not.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> [str(f.message) for f in read_clause("会议有签到记录扣2分").findings]
['`会议有签到记录扣2分`: `会议有签到记录` is what ought to be: lost where it is not?']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthduty.clauses.context import RECENT, Context, Draft, Fault
from healthduty.clauses.facts import BLAMED, SAYS_WRONG
from healthduty.clauses.second_look.left_over import lost_for
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens
from healthduty.rules.condition import Flag
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, Bonus, CaseBand, Deduction, Judgement, Rule
from healthduty.rules.tally import Cases, Once
from healthduty.said import Said

_OUGHT = re.compile(
    r"有(?:专人|专职)?[^违不差错漏空缺私虚无未涂投死]{0,4}"
    r"(?:记录|制度|计划|方案|总结|台账|签[名字]|措施|预案|档案|登记|规定|流程|标识|专柜|负责人?)$"
)
_DENIED = re.compile(
    r"(?:无|没有|未(?:发生|出现|造成|发现))(?:任何)?(?:不良|严重|恶劣)[^,，不未]{0,4}(?:后果|影响|损失|反应|事件)$"
)
"""Nothing bad came of it; what nothing lies about (无过期) is told with the rules."""
_NOT_DONE = re.compile(r"未(?![发出]|被|受|婚|成年|来)|漏|错(?!峰|时)|违反|擅自|使用(?:未|无)")
"""What begins as a fault does, and hardly earns; that nothing happened (无投诉) does."""
_TELLS = frozenset({Kind.OTHERWISE, Kind.ADD, Kind.PLUS})
"""What says that points are given all the same: 无缺陷病历每份加1分."""
_NEGATES = re.compile(r"[无未]|没有|不得?")


def doubt_good_states(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through rules that take points for what is well, or give them for what is wrong."""
    asked = [simplified(text) for text in context.asked[-RECENT:]]
    for draft in context.drafts:
        for name, cases in _named(draft.rule):
            if _is_well(simplified(name), asked, cases=cases):
                message = Said(
                    f"`{name}` is what ought to be: lost where it is not?",
                    f"`{name}`是应有的状态：是否没有做到才扣？",
                )
                yield Fault("clause-doubt", message, draft.first, draft.end)
        if _pays_for_wrong(draft, tokens):
            message = Said(
                "points for something wrong: lost?", "错误的情形反而得分：是否应为扣分？"
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _named(rule: Rule) -> Iterator[tuple[str, bool]]:
    """Go through what a rule takes points for, and whether it does for each case of it."""
    yield from ((name, False) for name in lost_for(rule))
    if isinstance(rule, Deduction) and isinstance(rule.tally, Cases):
        yield rule.tally.measure, True


def _is_well(name: str, asked: list[str], *, cases: bool) -> bool:
    """Whether a name says what ought to be: the requirement itself, a record, nothing bad.

    有投诉记录每次扣2分 counts what is in a record.
    """
    denied = _DENIED.search(name)
    if denied is not None and not SAYS_WRONG.search(name[: denied.start()]):
        return True  # 漏用一次，未造成不良后果 says before it what was wrong
    if not cases and _OUGHT.search(name) and not SAYS_WRONG.search(name):
        return True
    denies = _NEGATES.search(name) is not None and BLAMED.search(name) is None
    return denies and any(text.startswith(name) for text in asked)


def _pays_for_wrong(draft: Draft, tokens: Tokens) -> bool:
    """Whether an assessor would give points for what is wrong."""
    name = _paid_for(draft.rule)
    held = tokens[draft.first : draft.end]
    if not name or any(token.kind in _TELLS for token in held):
        return False
    if isinstance(draft.rule, Judgement):
        return SAYS_WRONG.search(name) is not None
    return _NOT_DONE.match(name) is not None and "但" not in name


def _paid_for(rule: Rule) -> str:
    """Return what a rule pays for by itself: bands may well pay little for what is wrong."""
    match rule:
        case Judgement(code=code, effect=Effect.EARN, when=None):
            return code
        case Bonus(tally=Cases(measure=name) | Once(condition=Flag(measure=name))):
            return name
        case Bands(effect=Effect.EARN, bands=(CaseBand(when=Flag(measure=name)),), otherwise=None):
            return name
        case _:
            return ""
