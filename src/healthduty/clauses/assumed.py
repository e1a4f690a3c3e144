"""What a reading assumes where the text leaves it open, in the words of both languages.

A rule carries its assumption in Chinese, as its agreement is: it stands on score sheets and in
notices. The finding of a reading says the same in English, as all findings do.

Source: semantics 11 (assumptions are visible), 4, 9, 10.

>>> said(year_total("季度"))
"a duty by the 季度 is held against the year's total"
"""

from __future__ import annotations

import re

from healthduty.said import Said

COMPLETE_STEPS = "不满一档的部分不计"
ANY_OF_LIST = "所列情形有一种即适用，只计一次"
ONCE = "有此情形的只扣一次，不按次数累计"
FURTHER = "另扣的分从总分中扣，可以超过本项分值"
ANY_MISSED = "前面的目标有一项未达到即适用"
OF_ALL = "没有写目标值，按100%计"
NONE_DONE = "前面各项都没有做才适用"
TIMES_LAST = "只对紧接在前的一条规则加倍"
UP_TO_NEXT = "一档的上限到下一档的起点为止"
AND_MORE = "最高的次数也包括更多的次数"
INSIDE = "达到基数以后加的分在本项分值以内"
CAP_OF_ALL = "最高分数是前面各条合计的上限"
LOST = "没有写“扣”字，按扣分处理"
AGAINST = "所记的分是对过错的记分，按扣分处理"
AT_LEAST = "写明的数是该档的最低线"
AT_MOST = "写明的数是该档的最高限"
EACH_STEP = "没有写“每”字，按每一档计"
MISPRINT = "印错的数字按唯一可能的读法"
BY_LEVEL = "各档分值合为一个范围，由评定的人给分"
SCALED = "各档分值另有满分，折算到本项分值"
CARRIED = "句首的“每”也管后面并列的情形"
ADDS_UP = "所列各项可以累计，每一个都计分"
NO_END = "没有写满分，每一个都计分，不设上限"
REST_IN_FULL = "“只得”以外的情形得满分"
EACH_FAULT = "“各”指各种情形，不按所列的每个对象分别扣"
FULL_MEANT = "没有写几分，按满分处理"
FROM_TOTAL = "所列为总分的加减分，扣分从总分中扣"
LEFT_OF_EARNED = "“否则”所扣的分从前面可得的分中扣"
GIVEN_OF_EARNED = "“否则”酌情扣分后余下的得分由评定的人给出"
BY_SHARE = "按做到的比例得分"
EACH_UP_TO = "最高分多于一次的分，每次都计"
ITEM_VETO = "单项否决按本项不得分处理"
FROM_GOAL = "所写的数按与目标值的差距计"
NOT_EARNED = "与指标同时要求的没有做到，本项不得分"
ADDED = "没有写“加”字，按加分处理"
BY_MATTER = "同一事项只按最高的一档记一次，不同事项的分累加"
BEST_OF_ALL = "就高是在前面各条之间"
MOST_OF_UNWANTED = "越低越好的指标没有写比较，按不超过读取"
BETWEEN = "两端之间按直线内插"
ONLY_ASKED = "只写了要求，没有写怎样得分，由评定的人给分"
AS_FITS = "“相应”没有写几分，由评定的人酌情扣分"
OF_TARGET = "百分点按目标值的百分比计"
EACH_PERSON = "对每个人的要求，每少一次都计，不以全年合计考核"
ALL_IN_FULL = "没有写全部做到的得几分，按满分处理"
MET_OR_NOT = "达到所写的数值得该项的分，达不到的不得分"

_ENGLISH = {
    COMPLETE_STEPS: "only complete steps count",
    ANY_OF_LIST: "once, where any of the list holds",
    ONCE: "once, however often it happens",
    FURTHER: "further points come off the total and may pass the item's points",
    ANY_MISSED: "where any of the targets before it is missed",
    OF_ALL: "no target is stated: all of it, 100 %",
    NONE_DONE: "where nothing at all was done of what stands before it",
    TIMES_LAST: "it multiplies the rule right before it, and none before that",
    UP_TO_NEXT: "a range goes up to where the next one begins",
    AND_MORE: "the highest number stands for itself and more",
    INSIDE: "what comes on top of the base stays inside the item's points",
    CAP_OF_ALL: "the most is for all of the rules before it together",
    LOST: "no verb stands there: points beside a fault are lost",
    AGAINST: "points that are recorded for faults are lost",
    AT_LEAST: "a number without a comparison is the least of its band",
    AT_MOST: "a number without a comparison is the most of its band",
    EACH_STEP: "for each step, though no 每 stands there",
    MISPRINT: "a misprinted number is read as the only one that it can be",
    FROM_TOTAL: "it stands under points that are added to the total or come off it",
    LEFT_OF_EARNED: "what is lost otherwise comes off what could be earned before it",
    GIVEN_OF_EARNED: "what judgement leaves otherwise is given by the assessor as points",
    EACH_UP_TO: "each time counts, for the most is more than one time's points",
    ITEM_VETO: "a veto on one item takes all of its points",
    FROM_GOAL: "the number is a distance from the goal",
    MOST_OF_UNWANTED: "less of it is better, and nothing compares: at most",
    BETWEEN: "between both ends the points go straight from the one to the other",
    ONLY_ASKED: "it only says what is asked, and not what earns points: the assessor gives them",
    MET_OR_NOT: "who reaches the number has the points beside it, and nobody else any of them",
    ALL_IN_FULL: "no points stand there for all of it: full points",
    OF_TARGET: "percentage points of what is no rate are a share of its target",
    EACH_PERSON: "a duty to each person: each time that one lacks it counts",
    AS_FITS: "no number stands there: the assessor says how many points fit",
    NOT_EARNED: "what is asked together with the rate was not done: none of the points",
    BY_SHARE: "points by the share that was done",
    BY_LEVEL: "the levels' points are one range, in which the assessor gives points",
    SCALED: "the levels' points are a scale of their own: the item's points in proportion",
    CARRIED: "what the sentence counts by at its head holds for the faults that follow",
    ADDS_UP: "each of what is listed counts, and they add up",
    NO_END: "no points of the item are stated: each counts, without an end",
    REST_IN_FULL: "whom `只得` does not hold for earns all points",
    EACH_FAULT: "for each fault, and not for each of the things that are listed",
    ADDED: "no verb stands there: points beside praise are added",
    BY_MATTER: "each matter is recorded once, under its highest rank, and several matters add up",
    BEST_OF_ALL: "the best of all rules before it",
    FULL_MEANT: "no number stands there: all of the points",
}
_OWNED = re.compile(r"所计为“(?P<whose>[^”]{1,24})”的分，评分表即为其而设")
_YEAR = re.compile(r"按(?P<period>.{1,4})提出的要求，以全年合计考核")
_OF_ALL_OF_THEM = re.compile(r"每(?P<per>.{1,6})的数量要求，按全体合计考核")
_EACH_JUDGED = re.compile(
    r"每(?P<unit>.{0,4}?)(?:可扣(?P<points>[\d.-]+)分|酌情扣分)，合计由评定的人给出"
)


def year_total(period: str) -> str:
    """Return the assumption of a duty by the month (semantics 10)."""
    return f"按{period}提出的要求，以全年合计考核"


def total_of_all(per: str) -> str:
    """Return the assumption of a number for each object: 每人每年不少于4次."""
    return f"每{per}的数量要求，按全体合计考核"


def each_judged(unit: str, least: str, most: str) -> str:
    """Return the assumption of a judgement for each case, whose sum the assessor gives."""
    points = f"可扣{least}-{most}分" if most else "酌情扣分"
    return f"每{unit}{points}，合计由评定的人给出"


def owned(whose: str) -> str:
    """Return the assumption that points of somebody are those of the sheet itself."""
    return f"所计为“{whose}”的分，评分表即为其而设"


def owner_in(assumption: str) -> str:
    """Return whose points an assumption says they are; nothing for another."""
    found = _OWNED.search(assumption)
    return "" if found is None else found["whose"]


def both(*assumptions: str) -> str:
    """Return several assumptions as one."""
    return "；".join(assumptions)


def said(assumption: str) -> str:
    """Return an assumption of ours in English; any other as it is."""
    return Said("; ".join(map(_english, assumption.split("；"))), assumption)


def _english(assumption: str) -> str:
    year = _YEAR.fullmatch(assumption)
    if year is not None:
        return f"a duty by the {year['period']} is held against the year's total"
    of_each = _OF_ALL_OF_THEM.fullmatch(assumption)
    if of_each is not None:
        return f"so many for each {of_each['per']} are held against the total of all"
    each = _EACH_JUDGED.fullmatch(assumption)
    if each is not None:
        points = f"{each['points']} points" if each["points"] else "points by judgement"
        return f"{points} for each {each['unit']}: the assessor gives the sum"
    whose = owner_in(assumption)
    if whose:
        return f"points of `{whose}`, whom the sheet is about"
    return _ENGLISH.get(assumption, assumption)
