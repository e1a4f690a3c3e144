"""What follows from the total, and no item scores: 总分85分以上为良好，60分以下为差.

The total's grades, its pass mark and what a low one brings are read where an agreement's grades
and consequences are. In a clause they are told, so that no number in them becomes a target of an
item, or points that it loses.

Source: semantics 9 (grades), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("标化分85%以上为良好，60%—85%为一般，60%以下为差")
>>> reading.targets, [str(finding.code) for finding in reading.findings]
((), ['clause-doubt'])
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from healthduty.clauses.actions import Done
from healthduty.clauses.consequences import FOLLOWS, OUTCOME
from healthduty.clauses.context import Context, Fault
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.points import Share
from healthduty.said import Said

_PERIOD = "(?:年度|年终|全年|月度|当月|季度|当季|半年|每月|每季度?|年底)"
_GRADES = (
    "(?:优秀?|优良|良好?|一般|中等?|基本合格|合格|不合格|及格|不及格|较?差|达标|不达标"
    "|[A-E甲乙丙丁一二三四五](?:级|等|档))"
)
_RECORDED = re.compile(
    r"累[计积][^,;。\d]{0,8}[记扣积]分(?!最|不得?超|至多|上限|以)(?=[^,;。\d]{0,6}\d)"
    r"|[记扣积]分[^,;。\d]{0,4}累[计积](?!最|不得?超|至多|上限|以)(?=[^,;。\d]{0,6}\d)"
    r"|累[计积]被?[扣记](?:满|达到?|足)?\d{1,3}分(?:及?以上)?(?:的|者)|[扣记]满\d{1,3}分(?:的|者|,(?=[暂停解终取注]))"
    r"|[记积]分(?=[^,;。\d]{0,6}(?:达到?|超过|满|不足|低于|在)\d)|[记积]分周期|分[\"”]?[记积]分制"
)
"""The sum of points that were recorded, which nobody aims at: 累计记分达9分, 记分周期."""
_TOTAL = re.compile(
    r"总(?:得|成|评|积)?分|总成绩|总评|(?:考[核评]|评价|评定|评审|评估)结果|(?:等次|等级)(?=[:,])|考[核评]等[次级](?=为)"
    r"|考[核评]为?(?=(?:优秀|良好|合格|基本合格|不合格)(?:的|者))"
    r"|\d{2,3}分(?:\(不?含[^()]{0,6}\))?以[上下](?=(?:的|者)?,?(?:不予|全额|足额)[拨发返兑支])"
    rf"|(?:{_PERIOD}|综合|标化|标准化|最终|最后|评审|评估|累计|合计|量化){{1,2}}(?:考[核评]|评价)?(?:得|评|总|记|积)?(?:分数?值?|成绩)"
    rf"|{_PERIOD}(?:综合|绩效|目标|质量)?考[核评](?=[^,;。]{{0,6}}\d)"
    r"|(?:考[核评]|评价|测评)(?:得|总|记|积)?(?:分数?|成绩)(?=[^,;。]{0,8}\d)"
    r"|满分(?:为|是|:)?\d{1,4}分(?=[,;。])"
    r"|(?:^|[,;。:\n且]|个?[年月季]度?|[两二三2-3]次)得分(?!率|分别|为?\d{1,2}分(?:[,;。、]|$))(?=[^,;。]{0,6}\d)"
)
_SCORE = re.compile(
    r"\d(?:分|%)?(?:\(不?含\))?(?:及?以[上下]|[-~至到]\d|者|的|时|,|为|是|[评定])|\d分"
)
_WHERE = re.compile(
    r"\d分?(?:\(不?含[^()]{0,6}\))?(?:及?其?以[上下])?(?:\(不?含[^()]{0,6}\))?(?:的|者|时)(?=[,;。:\u4e00-\u9fff])"
)
"""A score that is a condition of what follows: 考核得分90分以上的."""
_GRADE = re.compile(
    rf"(?:为|是|属于?|达到|[评定判])[“\"]?{_GRADES}"
    r"[”\"]?(?:等次|等级|单位|档次?|标准|科室|机构|者|的)?(?=[,;。:)\n]|$)"
    r"|(?:方可|才可|才能|方能|方为|才算)(?=[评发颁通认命授申参进继予合达])"
)
_OF_GRADE = re.compile(
    r"(?:^|[,;。\n]|考[核评])(?:凡|对|如)?(?:年度|当年)?(?:考[核评]|评[价定估审])?(?:结果|等次|等级)?(?:[评定]?为)?[“\"]?"
    rf"{_GRADES}[”\"]?(?:等[次级]|单位|档次?|科室|机构)?(?:的|者|[是属系:])"
)
"""A grade that leads up to what it takes or brings: 优秀：得分≥90分; 基本合格的，按70%补助."""
_AWARDED = re.compile(
    r"\d(?:分|%)?[^;。\d]{0,30}(?:的|者)(?:单位|机构|科室|个人)?,?(?:则|即|可|应|可以)?(?:直接)?(?:[评认确判]定|评|定|命名)为(?!一?次)"
)
"""What a bound is a condition of: 占比90%以上，无失信企业的，评为守信企业."""
_MONEY = re.compile(
    r"保证金|经费|资金|补[助贴]|奖金|工资|津贴|费用|预留金|质保金|绩效(?!考[核评]|评价)"
)
_ENDS = re.compile(
    rf"{FOLLOWS.pattern}|(?:解除|终止|中止)[^,;。]{{0,8}}(?:协议|合同)|注销|兑现|拨付|[全足]额(?:发放|给予|返|拨|补)|整改|淘汰|退出|续签|续聘|停[业诊止]"
    r"|按\d{1,3}%的?(?:比例|标准)?(?:支付|发放|拨付|兑现|补助|给予)"
    r"|暂[停缓]|返[还回]|退[还回]|诫勉|谈话|离岗|不予(?:支付|结算|发放|校验)|挂钩|奖励?[^,;。\d]{0,12}\d[\d.]{0,8}万?元"
    rf"|(?:给予|发放|享受|扣[减除发罚]?|核[减拨]|补[助发])[^,;。]{{0,12}}(?:{_MONEY.pattern})"
)
_BRACKETED = re.compile(
    r"(?:优秀?|优良|良好?|一般|中等?|基本合格|合格|不合格|及格|不及格|较?差|[A-E甲乙丙丁]级?)[(:](\d{1,3})分?(及?以[上下]|-\d{1,3}分?)"
)
"""优（90分以上）、良（80—89分）."""
_NAMED = re.compile(
    r"(\d{1,4})分(?:\([^()]{0,8}\))?(?:及?其?以[上下])?(?:\([^()]{0,8}\))?(?:的|者)?,?(?:[评认确判]定|评|定)?(?:为|是|属于?)[“\"]?"
    r"(?!满|得|[及合]格(?:分|线|标准))[^\d,;。、:]"
)
"""Bands of a score with a name each: 8—10分为守信、5—7分为失信."""
_PARTED = re.compile(
    r"(?:划?分|设)(?:为|成)(?:[^,;。]{0,80}?)(?:[一二三四五六七八两\d]{1,2}|几)个?(?:等[次级]?|级别?|档次?|类|种)"
    r"(?=[,;。:(]|$|\d)"
)
_OF_SCALE = re.compile(r"考[核评]|[记积扣评]分|分值|等[次级]|信用|星级|\d分")
"""What is parted into grades or sizes of points: 考核结果分为四个等次."""
_WHOSE_FULL = re.compile(
    r"(?:考[核评]|评[审价估定]|测评|检查|机构|医院|卫生院|药店|单位|中心)的?满分(?:为|是|:)?\d{2,4}分"
)
"""The full score of an assessment or of whom it is for: 乙等医院满分为900分."""
_RECKONED = re.compile(
    r"(?:得|总|实际)分=\d{2,4}-[^,;。\d]{0,4}扣|[加减]分后[^,;。]{0,6}总[数分]|合理缺项[^;。]{0,40}(?:折算|换算|÷)"
)
"""How the total is reckoned: 考核得分=100-总扣分."""
_LOW = re.compile(
    r"(?:低于|不足|未达到?|不满|少于|小于)\d{2,3}(?:\.\d)?分(?:的|者)?,|\d分以下(?:的|者)?,"
)
"""A low score that something follows from: nobody sets it as a target."""
_WHOSE = re.compile(
    r"(?:如|若|凡|对)?(?:为|属于?|系)[^,;。\d]{1,20}的,|(?:优秀|良好)(?:等[次级]|单位)?的?(?:比例|率|名额)"
)
"""For whom it follows, and for how many: 如为条线管理的，…; 优秀比例不超过20%."""
_PAID = re.compile(r"[^,;。\n]{0,30}")
"""A sum of money behind a comma: 考核优秀的，奖励5万元."""
_HONOURS = re.compile(r"评[优先选]|先进|荣誉|称号|优秀|否决")
_BANDS = frozenset({Kind.ABOVE, Kind.UNDER})  # 总分60分以下评为不合格
_BEGINS = frozenset({Kind.STOP, Kind.LABEL})
_BEFORE_MONEY = frozenset({Kind.MONEY, Kind.COMMA})
_SEVERAL = 2
_NEAR = 20
_LONGEST = 400
"""No sentence about the total has more characters."""


def without_outcomes(context: Context, segments: Sequence[Segment]) -> list[Segment]:
    """Return segments without the sentences that say what follows from the total; tell of these."""
    kept: list[Segment] = []
    run: list[Segment] = []
    vetoed = any(_cancels(segment) for segment in segments)
    for sentence in _sentences(segments):
        event = vetoed and _is_event(sentence)
        if not event and _is_outcome(context, sentence, goes_on=bool(run)):
            run.extend(sentence)
            continue
        tell_outcomes(context, run)
        run = []
        kept.extend(sentence)
    tell_outcomes(context, run)
    return kept


def _sentences(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Go through the sentences of a text."""
    sentence: list[Segment] = []
    for segment in segments:
        if segment.after in _BEGINS and sentence:
            yield sentence
            sentence = []
        sentence.append(segment)
    if sentence:
        yield sentence


def _cancels(segment: Segment) -> bool:
    """Whether a segment vetoes or cancels something."""
    return segment.action is not None and segment.action.done is Done.VETO


def _is_event(sentence: Sequence[Segment]) -> bool:
    """Whether a sentence only says when: one of a list that is vetoed, 年终记分在80以下的；."""
    ends = sentence[-1].tokens[-1].text.endswith(("的", "者"))
    return ends and not any(_cancels(segment) for segment in sentence)


def _is_outcome(context: Context, sentence: Sequence[Segment], *, goes_on: bool) -> bool:
    """Whether nothing in a sentence scores, and it speaks of the total or of what that brings."""
    start, end = sentence[0].tokens[0].start, sentence[-1].tokens[-1].end
    if end - start > _LONGEST:
        return False
    if sentence[-1].closed in _BEFORE_MONEY and (paid := _PAID.match(context.text, end + 1)):
        end = paid.end()
    words = context.text[start : end + 1]
    if any(_scores(segment, words[segment.tokens[0].start - start :]) for segment in sentence):
        return False
    if goes_on and _WHOSE.match(words):
        return True
    vetoes = [segment for segment in sentence if _cancels(segment)]
    if _is_scale(context, words) or (not vetoes and _AWARDED.search(words)):
        return True
    recorded = _RECORDED.search(words)
    total = recorded or _TOTAL.search(words)
    withheld = any(segment.action is not None and segment.action.amounts for segment in sentence)
    if goes_on and withheld and not vetoes:
        return True  # 被督办的，另扣保证金的10%
    heads = sum(1 for _ in _OF_GRADE.finditer(words))
    grades = sum(1 for _ in _GRADE.finditer(words)) + heads
    if not total and not (goes_on and (grades or _SCORE.search(words))):
        return False
    begins = total.end() if total else 0
    ends = _ENDS.search(words, begins) is not None
    where = total is not None and (_LOW.search(words) or _WHERE.search(words)) is not None
    if not (grades or ends or where or recorded):
        return False
    graded = goes_on or ends  # 考核等次为优秀的，按标准的120%发放
    full = total is not None and total[0].startswith("满分")  # 满分100分 is no band
    scored = _SCORE.search(words, total.start() if total and not full else begins)
    if not (recorded or (graded and heads) or scored):
        return False
    banded = any(token.kind in _BANDS for segment in vetoes for token in segment.occasion[-1:])
    plain = not vetoes or grades > 1 or banded or recorded is not None
    return plain or (heads > 0 and total is not None) or _HONOURS.search(words) is None


def _is_scale(context: Context, words: str) -> bool:
    """Whether some words say how the total is graded, parted or reckoned."""
    found = [match.groups() for match in _BRACKETED.finditer(words)]
    named = [match[1] for match in _NAMED.finditer(words)]
    bands = (
        len(named) >= _SEVERAL
        or (named and _has_several(context.text))
        or (len(found) >= _SEVERAL and any("以" in bound for _, bound in found))
    )
    best = max((int(number) for number in (*named, *(n for n, _ in found))), default=0)
    if bands and (context.points is None or best > context.points):
        return True
    parted = _PARTED.search(words) is not None and _OF_SCALE.search(words) is not None
    told = parted or _WHOSE_FULL.search(words) or _RECKONED.search(words)
    return bool(told)


def _has_several(text: str) -> bool:
    """Whether a text has several bands with a name each, in whichever sentences."""
    return len(list(itertools.islice(_NAMED.finditer(text), _SEVERAL))) == _SEVERAL


def _scores(segment: Segment, words: str) -> bool:
    """Whether a segment, with which some words begin, says what something costs.

    总分80分 only looks like a cap, 累计记分8分 is a sum, and 扣减2%的保证金 is money.
    """
    action = segment.action
    if action is None or action.done in {Done.VETO, Done.USED_UP}:
        return False
    own = segment.tokens[-1].end - segment.tokens[0].start
    summed = _RECORDED.search(words[: own + 1]) is not None
    if action.done is Done.POINTS:
        at = segment.tokens[segment.acts - segment.first].start - segment.tokens[0].start
        shares = all(isinstance(amount, Share) for amount in action.amounts)
        money = (
            shares and _MONEY.search(words[at : at + _NEAR].split(",", maxsplit=1)[0]) is not None
        )
        return bool(action.amounts) and not money and not summed
    caps = [token.text for token in segment.tokens if token.kind is Kind.CAP]
    of_all = summed or all(text.startswith("总") for text in caps)
    return not (action.done is Done.CAP and of_all)


def tell_outcomes(context: Context, run: Sequence[Segment]) -> None:
    """Claim sentences, and say that what they hold is no rule of an item."""
    if not run:
        return
    first, end = run[0].first, run[-1].end
    context.claim(first, end, Taken.NUMBER, OUTCOME)
    message = Said(
        "what follows from the total, and no points of an item", "是总分的等次或后果，不是评分规则"
    )
    context.faults.append(Fault("clause-doubt", message, first, end))
