"""Words before a comma that belong to a fact: what led to it, where it was found, further faults.

对事故未吸取教训，并落实措施的 is one fact; 细则不符合实际，操作性差的 are two of them; for
有计划，有检查，有总结的，得1分 all have to hold together.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 12.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("因交接不清，未及时给药扣2分").rules[0].tally.condition.measure
'因交接不清，未及时给药'
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.actions import Action
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.facts import BEGINS_FACT, SAYS_WRONG, untied, without_if
from healthduty.clauses.names.completing import leaves_out
from healthduty.clauses.names.duties import says_duty
from healthduty.clauses.names.for_whom import says_for_whom
from healthduty.clauses.names.measured import says_needed
from healthduty.clauses.names.subjects import NONE
from healthduty.clauses.occasions import Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.verbless import is_amiss, is_spared
from healthduty.rules.points import Effect

_AS_IF = re.compile(
    r"(?:均|都|一律|则)?(?:按照?|视为|视同)[^,，、]{0,10}(?:不合格|不达标|未完成|缺席|旷工|无效|处理)"
)
_GOES_ON = re.compile(
    r"(?:(?:经[^,，]{1,6})?确(?:因|系|属)(?!诊|定)"  # 有投诉，确因服务态度引起的
    r"|并且?|且|又|也|还|但是?|却|及(?![时早格]))(?![发列行购])"
)
_LED_TO = re.compile(
    r"(?:但|且|尚)?(?:未|没有?)?(?:导致|造成|引发|引起|致使|以致|从而)"
    r"|(?:完全|根本|因而|故|因此)?(?:无法|难以)(?!定)"
    r"|致(?!病|残|死|电|词|谢|敬)|(?:从而|严重)?影响(?!力|因素|较|很|不)"
)
_THERE_IS = re.compile(r"[^,，无未没不]{0,4}(?:有|存在)")
_OF_THINGS = re.compile(
    r"(?:过期|失效|破损|损坏|老化|霉变|变质)的?(?=(?:药|物品|试剂|器械|设备|设施|疫苗|食品|耗材|材料|制剂)[^未没无不]{0,4}$)"
)
"""What things are, of which something is asked: 对过期药品应及时处理."""
_CAUSE = re.compile(r"(?:或者?)?(?:因|由于)")
HAPPENED = re.compile(r"[^,，]{0,8}(?:出现|发生|发现|存在)(?!率)")
NOT_DONE = re.compile(
    r"(?:仍|且)?(?:未|没有?|拒不)(?:能)?(?:及时|有效|立即|按|主动|进行|采取|上报|报告|处)"
)
_BY_WHOM = re.compile(r"由[^,，]{0,10}(?:组|委|专家|人员|部门|领导|办|单位|科室?)")
"""Who judges: 物品混乱的，由检查组酌情扣分."""
_WITHOUT_LEAVE = re.compile(
    r"(?:凡|如)?(?:未经|未取得|未办理|未获得?)[^,，、]{0,12}(?:许可|批准|同意|登记|备案|审批|审核|授权|允许)"
)
"""What was not asked for what follows: 未经许可，挂牌开展诊疗活动的."""
_TOPIC = re.compile(r"^对.{2,}|(?:中|时|后|前|期间|部分|处|方面|案件|材料|复印件|当事人)$")
_ONLY = re.compile(
    r"只|仅|虽|(?:年内|当年|辖区内?|本年度|[本该](?:院|单位|科室?|村|站|中心|所|机构))?(?:如|若)?有|已"
)
_POOR = re.compile(
    r"[差少低弱慢乱脏旧过超擅私]|虚|应付|推诿|投诉|通报|事故|案件|纠纷|只|仅|其他|其它|等$"
)
_NONE_OF = re.compile(
    r"(?:无|未(?:发生|出现|发现)|没有(?:发生|出现)?"
    r"|不(?!合格|达标|规范|[全齐足完能符及准清健落够明良当]))."
)
"""How words begin that say that nothing is wrong: what points are earned for."""
_EXCEPT = re.compile(r"(?:除|非)[^,，]{1,24}(?:以外|之外|外|除外)的?")
_CUT = re.compile(r"[的”』」]|[此该本]|上述|以上|其[他它余]|[^,，]{0,12}(?:包括|是指)")
"""What points at something else, defines it, or begins in the middle of a phrase."""
_OF_FACTS = frozenset({Kind.WORD, Kind.LIST, Kind.OPEN, Kind.CLOSE, Kind.EXPLAINED, Kind.SLASH})
_OR = re.compile(r"或者?")


def with_pending(context: Context, action: Action, occasion: Where) -> Where:
    """Take the words before a fact into it, where they are part of what it says.

    对事故未吸取教训，并落实措施的: one fact. 细则不符合实际，操作性差的: two of them.
    有计划，有检查，有总结的，得1分: all together.
    """
    held = [segment for segment in context.pending[-RECENT:] if is_plain(context, segment)]
    words = [untied(words_of(segment.tokens, context.plain)) for segment in held]
    if not words or held[-1] is not context.pending[-1]:
        return occasion
    if occasion.facts[0] in NONE or _BY_WHOM.fullmatch(occasion.facts[0]):
        return occasion
    words, first = _with_cause(words, occasion.facts[0])
    occasion = attrs.evolve(occasion, facts=(first, *occasion.facts[1:]))
    good = not SAYS_WRONG.search(first) or _NONE_OF.match(first)
    earned = action.effect is Effect.EARN and good and not says_needed(first)
    if earned:
        joined = Where(("，".join((*words, *occasion.facts)),))
    elif not words:
        joined = occasion
    elif _is_one_fact(action, words[-1], first):
        tied = _tied(words) if not _LED_TO.match(first) else _wrong_at_end(words)
        held = held[-tied:]
        fact = without_if("，".join((*words[-tied:], first)))
        joined = Where((fact, *occasion.facts[1:]), every=occasion.every)
    elif action.effect is not Effect.LOSE or occasion.every:
        return occasion
    elif any_wrong(words):
        joined = _wrong_with(words, occasion)
    else:
        begins = _finding_from(words, len(words))
        if begins == len(words) or leaves_out(first) or not _is_found(first):
            return occasion
        found = [*words[begins:], first]
        found = found if action.each else ["，".join(found)]  # 空调积灰，滤网堵塞各扣1分
        joined = Where((*found, *occasion.facts[1:]))
    for segment in held[:-1]:
        context.reclaim(segment, Taken.RULE)
    context.use_pending()
    return joined


def _is_one_fact(action: Action, before: str, fact: str) -> bool:
    """Whether a fact goes on with the words before its comma: what happened, and what was not done.

    出现违规行为，未及时处置的; 诊断错误，导致误诊的; 询问记录中，未注明时间的; 只有制度，未落实的.
    """
    loses = action.effect is Effect.LOSE
    if loses and (_LED_TO.match(fact) or (SAYS_WRONG.search(fact) and _is_topic(before))):
        return True
    if loses and HAPPENED.match(before) and NOT_DONE.match(fact):
        return True
    if loses and _WITHOUT_LEAVE.fullmatch(before) and not BEGINS_FACT.match(fact):
        return True
    restricted = _ONLY.match(before) and BEGINS_FACT.match(fact) and fact not in NONE
    return _GOES_ON.match(fact) is not None or bool(restricted)


def _tied(words: list[str]) -> int:
    """Return how many of the last words go on with each other: 未核算，也未整理，无法分清."""
    tied = 1
    while tied < len(words) and _GOES_ON.match(words[-tied]):
        tied += 1
    return tied


def _wrong_at_end(words: list[str]) -> int:
    """Return how many of the last words led to what follows them: 领导不力，推诿，造成损失."""
    wrong = 0
    while wrong < len(words) and _is_found(words[-wrong - 1]):
        wrong += 1
    return max(wrong, 1)


def _is_found(words: str) -> bool:
    """Whether words say what was found: what is wrong, or at least no duty and nothing good."""
    wrong = _is_wrong(words) or _POOR.search(words) is not None
    plain = _CUT.match(words) is None and not is_spared(words)
    return plain and (wrong or not says_duty(words))


def _finding_from(words: list[str], end: int) -> int:
    """Return from which of some words on all say what was found: 控制器故障, 不能显示报警."""
    begins = end
    while begins and _is_found(words[begins - 1]):
        begins -= 1
    return begins


def ties_last(words: list[str]) -> list[str]:
    """Tie the last of a list of faults to the one before it, where it says what that led to."""
    if _LED_TO.match(words[-1]):
        first = len(words) - 1 - _wrong_at_end(words[:-1])
    elif HAPPENED.match(words[-2]) and NOT_DONE.match(words[-1]):
        first = len(words) - 2  # 发生事故，未及时上报
    else:
        return words
    return [*words[:first], "，".join(words[first:])]


def _with_cause(words: list[str], fact: str) -> tuple[list[str], str]:
    """Tie a cause to what it led to: 因工作拖拉，不按时完成任务 is one fact."""
    tied: list[str] = []
    for each in (*words, fact):
        if tied and _CAUSE.match(tied[-1]):
            tied[-1] = f"{_OR.sub('', tied[-1], count=1)}，{each}"
        else:
            tied.append(each)
    return tied[:-1], tied[-1]


def _is_topic(words: str) -> bool:
    """Whether words say only where or when a fault was found: 询问笔录中, 制作完成后."""
    topic = _TOPIC.search(words) is not None and not SAYS_WRONG.search(words)
    return topic or says_for_whom(words)


def _wrong_with(words: list[str], occasion: Where) -> Where:
    """Return facts with those before the commas, from the first that says what is wrong on.

    未对设备维护，校准的 is one fact: 校准 alone says nothing that could cost points.
    """
    first = occasion.facts[0]
    begins = next(at for at, fact in enumerate(words) if _is_wrong(fact))
    while begins and _THERE_IS.match(words[begins]) and _THERE_IS.match(words[begins - 1]):
        begins -= 1  # 院内有空荒地，有卫生死角
    found = words[_finding_from(words, begins) : begins + 1]  # 灯光昏暗，标识破损
    wrong = ("，".join(found), *words[begins + 1 :])
    if _AS_IF.fullmatch(first):
        return Where(wrong)  # 化验缺项，按不合格扣10分
    if not (_is_wrong(first) or _POOR.search(first)):
        return Where(("，".join((*wrong, first)), *occasion.facts[1:]))
    return Where((*wrong, *occasion.facts))


def any_wrong(words: list[str]) -> bool:
    """Whether some of several words say what is wrong."""
    return any(map(_is_wrong, words))


def _is_wrong(fact: str) -> bool:
    said = _OF_THINGS.sub("", fact) if fact.startswith("对") else fact
    wrong = SAYS_WRONG.search(said) is not None or (said == fact and is_amiss(fact))
    return wrong and not is_spared(fact)  # 全年无责任事故，发生一般事故扣2分


def is_plain(context: Context, segment: Segment) -> bool:
    """Whether a segment is words alone: no goal, no number, no heading."""
    return (
        segment.closed is Kind.COMMA
        and not _EXCEPT.fullmatch(words_of(segment.tokens, context.plain))
        and (segment.first, segment.end) not in context.goal_spans[-RECENT:]
        and all(token.kind in _OF_FACTS for token in segment.tokens)
    )
