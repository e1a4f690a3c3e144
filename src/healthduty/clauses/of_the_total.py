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

import re
from collections.abc import Iterator, Sequence

from healthduty.clauses.actions import Done
from healthduty.clauses.consequences import FOLLOWS
from healthduty.clauses.context import Context, Fault
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.pieces import Taken
from healthduty.said import Said

_PERIOD = "(?:年度|年终|全年|月度|当月|季度|当季|半年|每月|每季度?|年底)"
_TOTAL = re.compile(
    r"总(?:得|成|评|积)?分|总成绩|总评|(?:考[核评]|评价|评定|评审|评估)结果|(?:等次|等级)(?=[:,])"
    rf"|(?:{_PERIOD}|综合|标化|标准化|最终|最后|评审|评估|累计|合计|量化){{1,2}}(?:考[核评]|评价)?(?:得|评|总|记|积)?(?:分数?值?|成绩)"
    rf"|{_PERIOD}(?:综合|绩效|目标|质量)?考[核评](?=[^,;。]{{0,6}}\d)"
    r"|(?:考[核评]|评价|测评)(?:得|总|记|积)?(?:分数?|成绩)(?=[^,;。]{0,8}\d)"
    r"|[积记]分(?=[^,;。\d]{0,6}(?:达到?|超过|满|不足|低于|在)\d)|满分(?:为|是|:)?\d{1,4}分(?=[,;。])"
    r"|(?:^|[,;。:\n且])得分(?!分别|为?\d{1,2}分(?:[,;。、]|$))(?=[^,;。]{0,6}\d)"
)
_SCORE = re.compile(
    r"\d(?:分|%)?(?:\(不?含\))?(?:及?以[上下]|[-至到]\d|者|的|时|,|为|是|[评定])|\d分"
)
_GRADE = re.compile(
    r"(?:为|是|属于?|达到|[评定判])[“\"]?"
    r"(?:优秀?|优良|良好?|一般|中等?|基本合格|合格|不合格|及格|不及格|较?差|达标|不达标|[A-E甲乙丙丁一二三四五](?:级|等|档))"
    r"[”\"]?(?:等次|等级|单位|档次?|标准|科室|机构|者|的)?(?=[,;。:)\n]|$)"
    r"|(?:方可|才可|才能|方能|方为|才算)(?=[评发颁通认命授申参进继予合达])"
)
_ENDS = re.compile(
    rf"{FOLLOWS.pattern}|(?:解除|终止)[^,;。]{{0,8}}(?:协议|合同)|注销|兑现|拨付|[全足]额发放|整改|淘汰|退出|续签|续聘|停[业诊]"
)
_BRACKETED = re.compile(
    r"(?:优秀?|优良|良好?|一般|中等?|基本合格|合格|不合格|及格|不及格|较?差|[A-E甲乙丙丁]级?)[(:](\d{1,3})分?(及?以[上下]|-\d{1,3}分?)"
)
"""优（90分以上）、良（80—89分）."""
_LOW = re.compile(
    r"(?:低于|不足|未达到?|不满|少于|小于)\d{2,3}(?:\.\d)?分(?:的|者)?,|\d分以下(?:的|者)?,"
)
"""A low score that something follows from: nobody sets it as a target."""
_OUTCOME = "what follows from the total"
_BANDS = frozenset({Kind.ABOVE, Kind.UNDER})  # 总分60分以下评为不合格
_BEGINS = frozenset({Kind.STOP, Kind.LABEL})
_LONGEST = 400
"""No sentence about the total has more characters."""


def without_outcomes(context: Context, segments: Sequence[Segment]) -> list[Segment]:
    """Return segments without the sentences that say what follows from the total; tell of these."""
    kept: list[Segment] = []
    run: list[Segment] = []
    for sentence in _sentences(segments):
        if _is_outcome(context, sentence, goes_on=bool(run)):
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


def _is_outcome(context: Context, sentence: Sequence[Segment], *, goes_on: bool) -> bool:
    """Whether a sentence ties scores of the total to grades, or to what a low one brings."""
    start, end = sentence[0].tokens[0].start, sentence[-1].tokens[-1].end
    if end - start > _LONGEST:
        return False
    words = context.text[start : end + 1]
    if _is_scale(context, words):
        return True
    grades = sum(1 for _ in _GRADE.finditer(words))
    total = _TOTAL.search(words)
    ends = (total or goes_on) and _ENDS.search(words, total.end() if total else 0)
    low = total is not None and _LOW.search(words, total.start()) is not None
    if not (grades or ends or low):
        return False
    begins = 0 if goes_on and total is None else -1 if total is None else total.end()
    if begins < 0 or not _SCORE.search(words, begins):
        return False
    done = {segment.action.done for segment in sentence if segment.action and _scores(segment)}
    banded = any(token.kind in _BANDS for segment in sentence for token in segment.occasion[-1:])
    return not done or (done == {Done.VETO} and (grades > 1 or banded))


def _is_scale(context: Context, words: str) -> bool:
    """Whether grades stand with their scores in brackets, and the item has fewer points."""
    found = [match.groups() for match in _BRACKETED.finditer(words)]
    best = max((int(number) for number, _ in found), default=0)
    return (
        len(found) > 1
        and any("以" in bound for _, bound in found)
        and (context.points is None or best > context.points)
    )


def _scores(segment: Segment) -> bool:
    """Whether a segment says what something costs; 总分80分 only looks like a cap."""
    action = segment.action
    if action is None or (action.done is Done.POINTS and not action.amounts):
        return False
    caps = [token.text for token in segment.tokens if token.kind is Kind.CAP]
    return not (action.done is Done.CAP and all(text.startswith("总") for text in caps))


def tell_outcomes(context: Context, run: Sequence[Segment]) -> None:
    """Claim sentences, and say that what they hold is no rule of an item."""
    if not run:
        return
    first, end = run[0].first, run[-1].end
    context.claim(first, end, Taken.NUMBER, _OUTCOME)
    message = Said(
        "what follows from the total, and no points of an item", "是总分的等次或后果，不是评分规则"
    )
    context.faults.append(Fault("clause-doubt", message, first, end))
