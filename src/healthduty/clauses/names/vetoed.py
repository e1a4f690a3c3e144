"""The event of a veto, out of the words around it: who is hit by it is no part of it.

Source: semantics 6 (facts with evidence).

>>> event_in("年内发生责任事故的单位"), event_in("全年每發生一例漏報的")
('发生责任事故', '漏報')
"""

from __future__ import annotations

import re

from healthduty.clauses.text.folding import fold

_WHO = re.compile(
    r"(?:的责任人|的(?:教?职工|员工|医[师生]|护士)|(?:该|其)?(?:相关)?的?(?:单位|机构|卫生院|科室|个人|(?<!无证)(?<!无资质)人员|者))?[的者]?"
    r"(?:该月|当月|本月|实行|予以|一律|列[为入]|作为|将|给予|被|并|直接|当年|年度|本年度|该项|考核|同时|其|则|即|就|还|另"
    r"|除了?扣分[之以]?外){0,8}$"
)
_WHO_REACH = 40  # who is hit stands at the end of the words, within so many characters
_LEAD = re.compile(
    r"^(?:实行(?=[^,，]{2,}等$)|(?:凡|如|若|对|年内|全年|当年|年度内|本年度)+"
    r"|[一二三四五六七八九十]是"
    r"|每?再?(?:发生|出现|发现|查实)(?:[一1]|任何一?)(?:人次|例次|例|起|次|件|人)(?:\(?(?:含1[例起次件人]|含)\)?)?(?:及?以上)?的?(?=.{2}))+"
)
_OF_YEAR = re.compile(
    r"^(?:并且?|且|均|都|一律|要)?(?:给予|予以|实行|执行|被|按)?$"
    r"|(?:全年|年度|当年|本年度|年终|年底)(?:的?(?:工作|考核|目标管理|综合)){0,2}$|^(?:年度|年终|全年|当年)?(?:工作|考核)$|^(?:年度|综合|绩效|考核){0,3}(?:等次|结果|等级)$"
)
THE_ITEM = re.compile(r"(?:此|该|本|单)(?:项|指标)(?:工作)?(?:达到|属于?|为|是|作为|列为|实行)?")
_ONLY_WHO = re.compile(
    r"(?:(?:该|其|所在|本)?(?:单位|科室|医院|部门)?的?(?:主要|分管|直接|相关)?(?:负责|责任|当事)?"
    r"(?:人员?|领导|单位|科室|个人|领导?班子|成员)[及和、与]?)+"
)
"""Who is hit, and no event: 主要负责人不得评优 goes on with what was said before."""
QUOTES = "\"“”「」'"


def event_in(words: str) -> str:
    """Return the event in some words, without who is hit by it, in the characters they have."""
    told = fold(words.strip("，,、的" + QUOTES))
    who = _WHO.search(told.folded, max(0, len(told.folded) - _WHO_REACH))
    event = _OF_YEAR.sub("", told.folded if who is None else told.folded[: who.start()])
    nothing = THE_ITEM.fullmatch(event) or _ONLY_WHO.fullmatch(event)
    event = "" if nothing else _LEAD.sub("", event)
    at = told.folded.find(event)
    return told.plain[at : at + len(event)] if at >= 0 else event
