"""What a reading assumes where the text leaves it open, in the words of both languages.

A rule carries its assumption in Chinese, as its agreement is: it stands on score sheets and in
notices. The finding of a reading says the same in English, as all findings do.

Source: semantics 11 (assumptions are visible), 4, 9, 10.

>>> said(year_total("季度"))
"a duty by the 季度 is held against the year's total"
"""

from __future__ import annotations

import re

COMPLETE_STEPS = "不满一档的部分不计"
ANY_OF_LIST = "所列情形有一种即适用，只计一次"
ONCE = "有此情形的只扣一次，不按次数累计"
FURTHER = "另扣的分从总分中扣，可以超过本项分值"
ANY_MISSED = "前面的目标有一项未达到即适用"
TIMES_LAST = "只对紧接在前的一条规则加倍"
UP_TO_NEXT = "一档的上限到下一档的起点为止"
AND_MORE = "最高的次数也包括更多的次数"
INSIDE = "达到基数以后加的分在本项分值以内"
CAP_OF_ALL = "最高分数是前面各条合计的上限"
LOST = "没有写“扣”字，按扣分处理"
AT_LEAST = "写明的比率是该档的最低线"
AT_MOST = "写明的比率是该档的最高限"
BY_LEVEL = "各档分值合为一个范围，由评定的人给分"

_ENGLISH = {
    COMPLETE_STEPS: "only complete steps count",
    ANY_OF_LIST: "once, where any of the list holds",
    ONCE: "once, however often it happens",
    FURTHER: "further points come off the total and may pass the item's points",
    ANY_MISSED: "where any of the targets before it is missed",
    TIMES_LAST: "it multiplies the rule right before it, and none before that",
    UP_TO_NEXT: "a range goes up to where the next one begins",
    AND_MORE: "the highest number stands for itself and more",
    INSIDE: "what comes on top of the base stays inside the item's points",
    CAP_OF_ALL: "the most is for all of the rules before it together",
    LOST: "no verb stands there: points beside a fault are lost",
    AT_LEAST: "a rate without a comparison is the least of its band",
    AT_MOST: "a rate without a comparison is the most of its band",
    BY_LEVEL: "the levels' points are one range, in which the assessor gives points",
}
_YEAR = re.compile(r"按(?P<period>.{1,4})提出的要求，以全年合计考核")


def year_total(period: str) -> str:
    """Return the assumption of a duty by the month (semantics 10)."""
    return f"按{period}提出的要求，以全年合计考核"


def both(*assumptions: str) -> str:
    """Return several assumptions as one."""
    return "；".join(assumptions)


def said(assumption: str) -> str:
    """Return an assumption of ours in English; any other as it is."""
    return "; ".join(map(_english, assumption.split("；")))


def _english(assumption: str) -> str:
    year = _YEAR.fullmatch(assumption)
    if year is not None:
        return f"a duty by the {year['period']} is held against the year's total"
    return _ENGLISH.get(assumption, assumption)
