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
_WITH_CARE = (
    r"积极|认真|严格|切实|有序|依法|统筹|统一|全面|及时|定期|按时|主动|坚决|自觉|坚持|继续|深入"
    r"|按(?:要求|规定|计划|时间)|要"
)
_DUTY = re.compile(
    rf"[^,，]{{0,12}}(?:应当?|必须|须|负责|请).{{2}}|(?:{_WITH_CARE}|将[^,，]{{2,12}})*"
    r"(?:建立|制[定订]|开展|组织|实施|落实|加强|统筹|协调|完善|健全|提供|推行|推进|引导|负责|做[好到]|设[立置]"
    r"|配[备置合]|执行|遵守|保持|确保|检查|返回|归档|上报|签字|修改|高度重视|完成|指导|督促|协助|服从|履行|爱护)"
    rf"|(?:{_WITH_CARE}).{{3}}|(?:上下?班|工作|作息|服务|开放|营业|门诊)时间"
    r"|.{2,}(?:完善|健全|到位|整洁|规范|齐全|整齐|良好|明确)$"
)
"""What begins or ends as a duty does: that it is one needs no name where a fault has its own."""
_OWN_FAULT = re.compile(r"[^,，、]{2,}?(?:未|没有|不|缺)[^,，]+|(?:未|没有|无|不)[^,，]{4,}")
_BAD = re.compile(r"私|截留|挪用|套取|骗|冒|挤占|擅自|虚|弄|收受|索[要取]|造成")
_WHOLE_FAULT = 4
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
    if _DUTY.match(words) and not SCOPE.search(words[-_PAIR:]) and rule is not None:
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
        _OWN_FAULT.match(fault) or (len(fault) >= _WHOLE_FAULT and _says_wrong(fault))
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
