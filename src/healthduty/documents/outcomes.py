"""What follows from a result: grades, money, honours and accountability, read from their lines.

Source: semantics 9 (80 以上 / 60–80 / 60 以下 reads as ≥ 80, ≥ 60, below); rows A2–A4, A11, E1.

>>> [(grade.name, str(grade.low)) for grade in grades_of("90分以上为优秀，80—89分为良好").grades]
[('优秀', '90'), ('良好', '80')]
>>> policy, _ = funding_of("80分以上全额拨付；60分至80分拨付70%经费；60分以下拨付50%")
>>> [(str(tier.low), str(tier.share)) for tier in policy.tiers]
[('80', '1'), ('60', '7/10'), ('None', '1/2')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.documents.spelling import fold
from healthduty.exact import to_fraction
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Consequence, ConsequenceKind, Grade, GradeScale
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure

_NUMBER = r"\d{1,4}(?:\.\d+)?"
_IN = r"(?:\((?P<{0}>不?含)[^()]*\))?"
_BAND = re.compile(
    rf"(?P<sign>≥|>=|>|<=|≤|<|不低于|不少于|超过|高于|不足|不满|低于)?\s*(?P<a>{_NUMBER})\s*分?\s*{_IN.format('a_in')}"
    rf"(?:\s*(?:-|至|到|~|≤?(?:总?得分|考核得分|x|X)[<≤])\s*(?P<b>{_NUMBER})\s*分?\s*{_IN.format('b_in')}"
    rf"|\s*分?\s*(?P<word>及?以上|及?以下))?\s*{_IN.format('w_in')}"
)
_GRADE = (
    r"优秀|优良|优|良好|良|中等|中|基本合格|不合格|合格|基本称职|不称职|称职|不达标|基本达标|达标|一般"
    r"|较好|好|较差|差|[A-E][级等类档]|[一二三四]等|[一二三]等奖"
)
_NAMED = re.compile(
    rf"[的者]?\s*[,:]?\s*(?:评定?|定|确定|认定|视|判定)?"
    rf"(?:为?\s*[“\"「]?(?P<name>{_GRADE})|为\s*[“\"「]?(?P<other>[\u4e00-\u9fff]{{2,6}}?)"
    r"(?:等次|等级|档次|档)?[”\"」]?\s*(?=[,;。、()\n]|$))"
)
_NO_GRADE = re.compile(r"[扣加得奖罚拨发分]|合格线|全额")
_NAME_BEFORE = re.compile(
    rf"(?P<name>{_GRADE})(?:等次|等级|单位)?\s*[”\"」]?\s*[:(]?\s*(?:为|指)?\s*$"
)
_TIED = re.compile(r"(?:,|、|且|至|到|并|但)?\s*")
_OTHER_UNIT = re.compile(r"\s*[%‰年月日名个次例人户元家项条天]")
_SHARE = re.compile(rf"(?P<all>全额|全部|足额)|(?P<n>{_NUMBER})\s*%|不予|(?P<none>不拨|停拨)")
_TAKEN = re.compile(r"(?:扣[减除发拨留]?|核减|减[发拨少])[^,;。\d]{0,14}$")
_BY_THE_POINT = re.compile(r"每[低少降高超增减下多][^,;。]{0,6}\d[^,;。]{0,4}分|每(?:一|\d+)?分")
_WEIGHED = re.compile(
    r"(?:季度|半年|年[终度末底]|平时|日常|月度|上半年|下半年|专项|不定期)(?:考[核评]|检查|督[导查]|得分|成绩)"
    rf"[^,;。]{{0,12}}?(?:占|按|权重|[x×*])[^,;。]{{0,8}}?{_NUMBER}\s*%"
    rf"|(?:平时|日常|年终|年末|半年|季度|月度)占{_NUMBER}\s*%"
)
_MONEY = re.compile(r"拨付|兑现|拨款|下拨|发放|经费|补助资金|返还|保证金|支付|清算")
_PAID = re.compile(rf"{_MONEY.pattern}|绩效|工资|奖金|\d\s*元")
_PAYS = re.compile(r"拨付|兑现|拨款|下拨|发放|支付|返还|清算|核减|扣[减除发拨留]|享受|不予|停拨")
_DEPOSIT = re.compile(r"(?:服务质量|质量)?保证金|风险金")
_SCORE_WORDS = re.compile(r"分|得分|总分")
_BREACH = re.compile(
    r"(?P<words>(?:发生|出现|有)?[^,。;()]{0,12}?(?:违法|违纪|违规)[^,。;()]{0,12}?)(?=或|的|,|$)"
)
_HEAD = re.compile(rf"(?:人均|每人每年|按每人)\s*(?P<n>{_NUMBER})\s*元")
_BREAKS = re.compile(r"[;。\n]")

_KINDS: tuple[tuple[ConsequenceKind, re.Pattern[str]], ...] = (
    (
        ConsequenceKind.ACCOUNTABILITY,
        re.compile(r"追究|问责|处分|严肃处理|责任追究|诫勉|免职|撤职|停职|待岗|降职|解聘"),
    ),
    (ConsequenceKind.CORRECTION, re.compile(r"整改|改进措施|限期改|原因分析")),
    (ConsequenceKind.NOTICE, re.compile(r"通报|约谈|批评")),
    (ConsequenceKind.HONOUR, re.compile(r"评先|评优|先进(?:单位|集体|个人)|荣誉")),
    (ConsequenceKind.MONEY, re.compile(r"奖惩挂钩|绩效工资|奖金|经费|拨付|扣发|兑现|奖惩|\d万?元")),
    (ConsequenceKind.PRAISE, re.compile(r"表彰|奖励|嘉奖|表扬")),
)
_RESULT = re.compile(
    r"得分|\d分(?:及?以[上下])?的|排名|末位|考核|评价|评估|完成|未|结果|作为|挂钩|[被获]评|对于|对|因|不?合格|优秀|良好|[A-E][级等类档]"
)


@attrs.frozen
class Band:
    """A range of the total as it is written: bounds that may be missing, and whether they count."""

    low: Fraction | None
    low_in: bool
    high: Fraction | None
    start: int
    end: int


def bands_of(text: str) -> Iterator[Band]:
    """Go through the ranges of points in a text."""
    folded = fold(text)
    for band in _ranges(folded):
        if "分" in folded[band.start : band.end + 1]:
            yield band


def _ranges(folded: str) -> Iterator[Band]:
    """Go through the ranges; two bounds side by side make one: 80分以上不满90分."""
    held: Band | None = None
    for band in filter(None, map(_band, _BAND.finditer(folded))):
        if held is not None:
            beside = _TIED.fullmatch(folded, held.end, band.start)
            if beside and held.high is band.low is None and (held.low or 0) < (band.high or 0):
                held = attrs.evolve(held, high=band.high, end=band.end)
                continue
            yield held
        held = band
    if held is not None:
        yield held


def _band(match: re.Match[str]) -> Band | None:
    first, sign, word = to_fraction(match["a"]), match["sign"] or "", match["word"] or ""
    included = "不含" not in (match["a_in"], match["w_in"])
    start, end = match.span()
    if match["b"]:
        second = to_fraction(match["b"])
        low, high = min(first, second), max(first, second)
        kept = match["b_in" if second < first else "a_in"] != "不含"
        return Band(low, kept, high, start, end)
    if word.endswith("以上") or sign in ("≥", ">=", "不低于", "不少于"):
        return Band(first, included, None, start, end)
    if sign in (">", "超过", "高于"):
        return Band(first, False, None, start, end)  # noqa: FBT003 - excluded
    if word.endswith("以下") or sign:
        return Band(None, True, first, start, end)  # noqa: FBT003 - no lower bound to exclude
    return None


def grades_of(text: str) -> GradeScale | None:
    """Return the grade scale that a text sets, or None where it names fewer than two bands."""
    folded = fold(text)
    grades: list[Grade] = []
    for band in _ranges(folded):
        before = _NAME_BEFORE.search(folded[max(0, band.start - 14) : band.start])
        in_points = "分" in folded[max(0, band.start - 1) : band.end + 1]  # 得分<70
        if not in_points and (before is None or _OTHER_UNIT.match(folded, band.end)):
            continue  # 优秀≥90 is a range of points, 优秀率≥90% is none
        name = before["name"] if before else _grade_behind(folded, band.end)
        if name and all(name != grade.name for grade in grades):
            grades.append(Grade(name, band.low, low_in=band.low_in))
    if len(grades) <= 1:
        return None
    ordered = sorted(grades, key=lambda grade: (grade.low is None, -(grade.low or 0)))
    return GradeScale(ordered)


def _grade_behind(folded: str, at: int) -> str:
    """Return the grade that a band is called by: 90分以上为优秀, 75分以下为未达标."""
    match = _NAMED.match(folded, at)
    if match is None:
        return ""
    name = match["name"] or match["other"]
    return "" if match["other"] and _NO_GRADE.search(name) else name


def uncounted(text: str) -> Iterator[tuple[int, int]]:
    """Go through the sentences on money by the point, and on what each assessment weighs.

    No part of an agreement holds either.

    >>> [text[a:b] for text in ("季度考核占30%，年终考核占70%。",) for a, b in uncounted(text)]
    ['季度考核占30%，年终考核占70%']
    """
    folded = fold(text)
    for start, end in sentences_of(folded):
        money = _PAID.search(folded, start, end) and _BY_THE_POINT.search(folded, start, end)
        if money or _WEIGHED.search(folded, start, end):
            yield start, end


def funding_of(
    text: str, scale: GradeScale | None = None
) -> tuple[FundingPolicy | None, tuple[Measure, ...]]:
    """Return the money that follows the points in a text, and the measures that it asks for.

    With the `scale` that stands before it, the text may say it by grades: 优秀的全额拨付.
    """
    folded = fold(text)
    tiers: list[Tier] = []
    overrides: list[Override] = []
    measures: list[Measure] = []
    by_the_point = any(_BY_THE_POINT.search(folded, *sentence) for sentence in uncounted(text))
    if by_the_point or not _MONEY.search(folded):
        return None, ()
    bands = list(bands_of(text))
    nexts = [*(band.start for band in bands[1:]), len(folded)]
    for band, after in zip(bands, nexts, strict=False):
        stop = _BREAKS.search(folded, band.end)
        end = min(after, stop.start()) if stop else after
        share = _share(folded[band.end : end])
        if share is None:
            continue
        if all(tier.low != band.low for tier in tiers):
            tiers.append(Tier(band.low, share, low_in=band.low_in))
        begin = max((each.end() for each in _BREAKS.finditer(folded, 0, band.start)), default=0)
        if breach := _BREACH.search(folded, begin, band.start):
            flag = Measure(breach["words"].removeprefix("对"), kind="flag")
            measures.append(flag)
            overrides.append(Override(Flag(flag), share, text[begin:end].strip()))
    if len(tiers) <= 1 and scale is not None:
        tiers = list(_by_grades(folded, scale))
    if len(tiers) <= 1:
        return None, ()
    head = _HEAD.search(folded)
    ordered = sorted(tiers, key=lambda tier: (tier.low is None, -(tier.low or 0)))
    per_head = to_fraction(head["n"]) if head else Fraction(0)
    deposit = _DEPOSIT.search(folded)
    name = "经费" if deposit is None else deposit.group()
    policy = FundingPolicy(name, name, per_head=per_head, tiers=ordered, overrides=overrides)
    return policy, tuple(measures)


def _by_grades(folded: str, scale: GradeScale) -> Iterator[Tier]:
    """Go through what each grade is paid, none of it twice: 优秀的全额拨付；良好的拨付95%."""
    grades = {grade.name: grade for grade in scale.grades}
    longest = sorted(grades, key=len, reverse=True)
    named = list(re.finditer("|".join(map(re.escape, longest)), folded))
    ends = [*(each.start() for each in named[1:]), len(folded)]
    for each, after in zip(named, ends, strict=False):
        grade = grades.get(each.group())
        stop = _BREAKS.search(folded, each.end())
        words = folded[each.end() : min(after, stop.start()) if stop else after]
        share = _share(words) if grade is not None and _PAYS.search(words) else None
        if grade is not None and share is not None:
            yield Tier(grade.low, share, low_in=grade.low_in)
            del grades[grade.name]


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Go through the pieces between full stops and semicolons: where each begins and ends."""
    start = 0
    for stop in _BREAKS.finditer(text):
        yield start, stop.start()
        start = stop.end()
    yield start, len(text)


def _share(words: str) -> Fraction | None:
    match = _SHARE.search(words)
    if match is None:
        return None
    paid = Fraction(1)
    if not match["all"]:
        paid = to_fraction(match["n"]) / 100 if match["n"] else Fraction(0)
    return 1 - paid if _TAKEN.search(words, 0, match.start()) else paid


def consequences_of(text: str, *, strict: bool = False) -> Iterator[Consequence]:
    """Go through the sentences that say what follows; `strict` takes accountability alone.

    >>> [each.kind.value for each in consequences_of("对完成目标优秀的科室给予表彰和奖励。")]
    ['praise']
    >>> [each.kind.value for each in consequences_of("95分以上的奖励1万元；80分以下的通报批评。")]
    ['money', 'notice']
    """
    folded = fold(text)
    for start, end in sentences_of(folded):
        words = folded[start:end]
        if words.rstrip(" ,").endswith("的"):
            continue  # a case, of which another sentence says what it brings
        kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), None)
        if kind is None or not (_RESULT.search(words) or any(bands_of(words))):
            continue
        if strict and not re.search(r"追究.*责任|取消.*资格|奖惩挂钩", words):
            continue
        yield Consequence(kind, text[start:end].strip(" ,，"))
