"""What stands over a clause says of the points under it: 扣分标准, 缺陷内容, 加分项, 一票否决.

A table's column, a group of items or the text's own first line (扣罚分：) may say once what each
clause under it leaves out: that its points are lost, or added, or that what it names cancels.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5, 6, 11.

>>> heading_over("", "加分项", "").effect.value, heading_over("", "", "评分标准").effect
('add', None)
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.actions import Action
from healthduty.clauses.points_over import points_over
from healthduty.clauses.text.folding import fold
from healthduty.rules.points import Effect

_TOTAL = re.compile(
    r"(?:^|[\n;；。)）、.．])(?:加减分|加扣分|奖[惩罚扣]分|附加分|总分加减|减分项|扣分项|加分与扣分)(?:项目?|部分|标准|情况)?"
    r"(?=[:：;；。\n(]|$)"
    r"|(?:加减分|加扣分|减分|扣分)(?:项目?)?(?:直接|均|一律|全部|都){0,2}(?:计入|纳入|记入|列入)[^,;。\d]{0,4}总分"
    r"|(?:以下|下列|以上|上述)[^,;。\d]{0,10}(?:从|在)总分(?:中|内|里)(?:直接)?(?:加减|扣减|扣除|扣分)(?:分)?(?=[:;。\n]|$)"
)
_FAULTS = re.compile(
    r"缺陷|(?:扣|减|失|罚)分(?:项目?(?!标)|原因|内容|情形|情况|事项|理由|因素|行为)|(?:存在|主要|常见|发现|检查|[及和与])的?问题|问题描述|^问题|不合格(?:项|内容)"
    r"|违[规约法纪](?:行为|情形|内容)|不良(?:执业)?行为|差错(?:内容|情形)"
)
_LOSES = re.compile(r"[扣罚]分|扣罚|减分|应扣|实扣|扣减|失分|扣除")
_ADDS = re.compile(r"加分|奖励?分|附加分")
_BOTH = re.compile(r"加减|加扣|[奖][惩罚扣]|加分[^|]*扣|扣分[^|]*加")
_VETOES = re.compile(r"否决(?:项目?|指标|情形|条款|事项|内容|条件)?$|一票否决")
_NUMBERED = r"(?:[一二三四五六七八九十]{1,2}、|\d{1,2}[.、)]|\([一二三四五六七八九十\d]{1,2}\))?"
_OWN = re.compile(
    rf"{_NUMBERED}(?:扣罚?分|罚分|减分|奖励?分|加分)(?:项目?|标准|内容|情形)?(?=[:：。\n])"
)
"""A heading that the text itself begins with: 扣罚分："""
_GROUP = re.compile(
    rf"{_NUMBERED}[^,，。;；:：\d]{{0,6}}(?:扣罚?分|罚分|减分|奖励?分|附加分|加分|一票否决|否决)"
    r"(?:项目?|指标|标准|内容|情形|事项|条款)?(?:\(\d{1,3}分\))?"
)
"""A requirement that is nothing but the title of its group: 加分项目, 一票否决."""
_COLUMNS = re.compile(r"\((?P<heads>[^()\d]*(?:缺陷|扣分|罚分|减分)[^()\d]*)\)$")
"""The columns' headings behind a requirement: 首页填写（缺陷内容 | 扣分标准）."""
_LONGEST = 40


@attrs.frozen
class Heading:
    """What stands over a clause says: `effect` of its points, whether all of it is wrong.

    `vetoes`: what it names cancels; `total`: what it takes comes off the total.
    `points`: what it takes or adds for each case under it.
    """

    effect: Effect | None = None
    faults: bool = False
    vetoes: bool = False
    total: bool = False
    points: Action | None = None


NO_HEADING = Heading()


def heading_over(text: str, requirement: str, heading: str) -> Heading:
    """Return what the heading of a clause says, or else its own first line, or its group's title.

    `text` is folded; a requirement tells where it is nothing but its group's title.
    """
    asked = fold(requirement[-_LONGEST:]).folded if requirement else ""
    own, columns, group = (
        _OWN.match(text[:_LONGEST]),
        _COLUMNS.search(asked),
        _GROUP.fullmatch(asked),
    )
    total = any(_TOTAL.search(each) for each in (text, requirement, heading))
    over = (
        own[0] if own else "",
        fold(heading).folded if heading else "",
        columns["heads"] if columns else "",
        group[0] if group else "",
    )
    said = [_said(words) for words in over if words]
    found = next((each for each in said if each != NO_HEADING), NO_HEADING)
    vetoes = any(each.vetoes for each in said)
    # What a text puts under 扣罚分： itself is all lost.
    faults = found.faults or (own is not None and found.effect is Effect.LOSE)
    points = points_over(fold(heading).folded) if heading else None
    return attrs.evolve(found, faults=faults, vetoes=vetoes, total=total, points=points)


def _said(words: str) -> Heading:
    """Return what the words of a heading say of points and of what stands under them."""
    faults = _FAULTS.search(words) is not None
    effect = None
    if not _BOTH.search(words):
        loses = faults or _LOSES.search(words) is not None
        effect = Effect.LOSE if loses else Effect.ADD if _ADDS.search(words) else None
    return Heading(effect, faults, _VETOES.search(words) is not None)
