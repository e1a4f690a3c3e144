"""Words of a sentence that scores which need no name: how it is checked, duties, what follows.

A scoring standard says more than what it scores: 按时发放，发现截留扣1分，并追究责任 repeats the
duty before its fault, and ends with what happens besides. None of it is in a rule, and nobody
misses it there, so none of it is a doubt.

Source: docs/en/explanation/how-text-is-read.md, “Doubts”; semantics 12.

>>> from healthduty.clauses.clause import read_clause
>>> text = "按时将药具发放到户，发现截留药具扣1分，并按规定处理"
>>> "clause-doubt" in read_clause(text).findings.codes
False
"""

from __future__ import annotations

import bisect
import re

from healthduty.clauses import assumed
from healthduty.clauses.actions import BEGINNINGS
from healthduty.clauses.context import Context, Draft
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.names.duties import says_duty
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.text.lexicon import RATE_UNITS, Kind
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.verbless import says_amiss
from healthduty.rules.points import Effect
from healthduty.rules.rule import Deduction, Forfeit, Judgement, Rule

Named = list[tuple[Draft, tuple[str, ...]]]
"""The drafts of a reading with the names in their rules."""

PARTS = frozenset({Kind.COMMA, Kind.STOP, Kind.COLON, Kind.LABEL, Kind.HEADING})
PHRASE = 8
"""No phrase is looked at further."""

SCOPE = re.compile(
    r"[时的后前中者内外]$|[院室站所科]$|中心|城区|农村|[乡镇村县]|医[师生]|护士|人员|[未无没不缺漏误错违若如凡除]|超过|低于|情况下"
)
"""What says in the words before a colon for whom or when what follows holds."""

WRONG = re.compile(r"[未没无不缺漏误错违]|发现|存在")
"""What says that words are no duty and no way of checking."""

_CHECKED = re.compile(
    r"(?:通过[^,，]{2,16}?)?(?:随机|现场|实地)?(?:抽查|查阅|查看|查验|检查|核查|调阅|审阅|翻阅)"
)
_CHECKED_WHAT = re.compile(r"(?:制度|机制|工作|活动|人员|方案|计划)$")
_EXHORTS = re.compile(r"合理|严格|认真|规范|切实|积极|加强|落实|做好|抓好|依法|科学|全面")
_OWN_FAULT = re.compile(r"[^,，、]{2,}?(?:未|没有|不|缺)[^,，]+|(?:未|没有|无|不)[^,，]{4,}")
_BAD = re.compile(
    r"私|截留|挪用|套取|骗|冒|挤占|擅自|虚|弄|收受|索[要取]|造成|浪费|污染|损坏|遗失|混淆|串换"
)
_WHOLE_FAULT = 4
_MISDONE = re.compile(r"[漏迟错瞒][\u4e00-\u9fff]{1,2}")
"""What was done amiss with what is asked: 按要求通知，漏种一人."""
_FOLLOWS_ON = re.compile(
    r"(?:并|且|同时|另)?(?:承担|按(?:照)?[^,，]{0,8}(?:规定|制度|办法|金额|价)[^,，]{0,4}(?:处理|处罚|赔偿|陪偿|执行)"
    r"|(?:立即|限期|及时)[^,，]{0,4}整改|(?:赔偿|陪偿)|追究[^,，]{0,10}责任|另行处[理置]|责任自负)[^,，]{0,16}"
)
"""What happens besides the points: 并按规定处理, 并承担由此造成的一切后果."""
_ENDS = frozenset({Kind.COMMA, Kind.STOP})
_PAIR = 2


def is_prose(context: Context, tokens: Tokens, index: int, named: Named) -> bool:
    """Whether words only say how it is checked, what is a duty anyway, or what follows.

    抽查病历, 每少1种扣2分; 合理使用抗生素，联用比例≤25%，每超1个百分点扣2分.
    """
    begin = end = index
    while begin > 0 and tokens[begin - 1].kind not in PARTS and index - begin < PHRASE:
        begin -= 1
    while kind_at(tokens, end) not in PARTS and end - index < PHRASE and end < len(tokens):
        end += 1
    words = context.text[tokens[begin].start : tokens[end - 1].end]
    if any(token.kind in BEGINNINGS for token in tokens[begin:end]):
        return index == begin and is_check(tokens[index].text)  # 查看签约数据按比例得分
    behind = bisect.bisect_right(named, index, key=_end)
    if behind and _FOLLOWS_ON.fullmatch(words):
        return True
    if kind_at(tokens, end) not in _ENDS:
        return False
    draft, faults = named[behind] if behind < len(named) else (None, ())
    rule = None if draft is None else draft.rule
    if rule is not None and _gathers_levels(rule):
        return True
    if WRONG.search(words) or _BAD.search(words) or says_amiss(words):
        return False
    duty = words[0] != "对" and says_duty(words) and not SCOPE.search(words[-_PAIR:])
    if duty and rule is not None:
        if "有" in words and any(fault.endswith("缺少") for fault in faults):
            return False  # 每次学习要有笔记，缺一篇: the duty says what is lacking
        steps = isinstance(rule, Deduction) and _is_of_rates(context, faults)
        return steps or _has_own_fault(rule, faults)
    if kind_at(tokens, end) is not Kind.COMMA:
        return False
    if _CHECKED.match(words):
        return not _CHECKED_WHAT.search(words)
    return _EXHORTS.match(words) is not None and _is_of_rates(context, faults)


def _gathers_levels(rule: Rule) -> bool:
    """Whether a rule is one judgement over levels, whose descriptions it does not hold."""
    judged = isinstance(rule, Judgement) and rule.effect is Effect.EARN
    return judged and rule.assumption is not None and assumed.BY_LEVEL in rule.assumption.text


def _has_own_fault(rule: Rule, faults: tuple[str, ...]) -> bool:
    """Whether a rule takes points for a fault that says by itself what is wrong, and with what."""
    judged = isinstance(rule, Judgement) and rule.effect is Effect.LOSE
    if not (judged or isinstance(rule, (Deduction, Forfeit))):
        return False
    return any(
        _OWN_FAULT.match(fault)
        or _MISDONE.fullmatch(fault)
        or (len(fault) >= _WHOLE_FAULT and _says_wrong(fault))
        for fault in faults
    )


def _says_wrong(fault: str) -> bool:
    """Whether a fault says what is wrong behind its first words: 会议无记录, 套取医保资金."""
    wrong = _BAD.search(fault) or SAYS_WRONG.search(fault, _PAIR)
    return wrong is not None or says_amiss(fault)


def _is_of_rates(context: Context, names: tuple[str, ...]) -> bool:
    """Whether a rule is about rates, which have their own names."""
    used = [measure for measure in map(context.quantities.known, names) if measure is not None]
    return bool(used) and all(measure.unit in RATE_UNITS for measure in used)


def _end(pair: tuple[Draft, tuple[str, ...]]) -> int:
    """Return where a draft ends; they stand in written order."""
    return pair[0].end
