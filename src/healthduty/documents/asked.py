"""What a row asks for: its requirement or its name, with the target behind it.

Source: the contract's “Levels”; semantics 12, 16.

>>> from healthduty.sources import Place
>>> asked_of(Clause(target=Paragraph("≥80", Place()), unit="%"), "规范管理率").text
'规范管理率≥80%'
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.names.bare import is_bare
from healthduty.clauses.names.goal_names import kinds_that_do
from healthduty.clauses.names.unwanted import is_unwanted
from healthduty.documents.drafts import Clause
from healthduty.documents.spelling import fold
from healthduty.grids.grid import Paragraph

_QUANTITY = re.compile(
    r"(?:[率度比数量费值额]|比例|占比|时间|时限|时长|天数|住院日|人次|成本|收入)$"
)
_OF_A_QUANTITY = re.compile(r"(?:[率度]|比例|占比|时间|时限|时长|天数|住院日|费用?|强度)$")
"""How the name of an item ends that cases may be of: 检查阳性率, 等候时间."""
_CASE = re.compile(
    r"(?P<name>[A-Za-z\u4e00-\u9fff]{1,5}?)(?:均|应)?(?:≥|≤|<|>|不低于|不超过|不少于|不高于|达到?)\s*\d[\d.]*[^\d,;]{0,4}"
)
_SO_MANY = re.compile(
    r"(?:全?年|每(?:年|半年|季度?|个?月|[两二2三3]个?月))?(?:均|应)?(?:至少|≥|不低于|不少于|不超过|≤|达到?)?"
    r"(?:开展|举办|进行)?(?:\d[\d.]*|[一二两三四六])[^\d,;]{0,2}(?:以上)?"
)
_BETWEEN_KINDS = re.compile(r"[,;。\n]")
_WATCHED = re.compile(r"监测比较|监测|持续改进|合理|适宜|无|/|-+")
"""What stands where a target would, and asks for nothing."""
_SIGNS = frozenset("≥≤<>")
_BEFORE_BOUND = re.compile(r"(?P<words>[^\d≥≤<>=,，;；。]{2,40}?)\s*(?=[≥≤<>=\d])")
_SAYS_ONLY_HOW = re.compile(
    r"(?:全市|全县|全区)?(?:比|较)?(?:全?年度?内?|本年度?|当年|每(?:年|半年|季度?|个?月|[两二2三3]个?月)|上年|去年|同期)"
    r"|达到?|控制|保持|维持|稳定|[不未]?(?:低于|少于|超过|高于|大于|小于)|至少|最多|力争|确保|实现|完成|均|都|应|须|要"
    r"|同比|环比|增长|提高|上升|下降|降低|减少|增加|增幅|降幅|逐[步年]|以上|[在到至为]"
)
"""How high a target is, or for what time, and not what it is about."""
_OF_ITSELF = 4
_BETWEEN = re.compile(r"[,;、。\n]")
_MOST_SHARED = 6
_PLAIN = re.compile(r"\d{1,9}(?:\.\d{1,6})?分?")
_NONE = re.compile(r"0(?:\.0{1,6})?[^\d,，。;；]{0,3}")
_OF_A_RATE = re.compile(r"(?:[率度比数量]|比例)$")
"""How a name ends that a bound may stand behind, whatever numbers it holds (0-6岁儿童管理率)."""
_OF_NAME = re.compile(
    r"\d{1,3}(?:[-~至]\d{1,3})?(?:周?岁|个月|月龄|型|个?小时|个?工作日|[天针剂])(?:以?[上下内])?"
)
"""Numbers that a quantity is called by: 3岁以下儿童系统管理率."""
_COMPUTED = re.compile(
    r"(?:[^=,;。\n]{2,30}=)?[^=/÷,;。\d\n]{3,60}[/÷][^/÷;。\n]{3,60}?(?:[×*xX]\s*(?:100\s*%?|1000‰))?"
)
_HELD = re.compile(r"[≥≤<>]|达到?|不低于|不少于|不超过|[扣得加减]\s*\d")
_MUST_NOT = re.compile(r"无(?!偿|害|线)[^\d]|杜绝|严禁|不得|未发生|不发生")
"""What must not be, beside the name of an item: 技术服务执法 | 无违法违规."""
_UNCOMPARED = re.compile(r"\d{1,9}(?:\.\d{1,6})?(?![以及至~-])[^\d,，。;；以及]{0,4}")
_FALLS = re.compile(r"降|减|负|逆|反|越?低|少|↓|小")
_RISES = re.compile(r"[提升增]|正|越?高|多|↑|大")


def _compared(direction: str) -> str:
    """Return the comparison that a direction gives a bare number: 逐步降低 is at most.

    >>> _compared("逐步降低↓"), _compared("正向指标"), _compared("监测比较")
    ('不超过', '不低于', '')
    """
    words = fold(direction)
    falls, rises = _FALLS.search(words) is not None, _RISES.search(words) is not None
    if falls is rises:
        return ""
    return "不超过" if falls else "不低于"


def defines(text: str) -> bool:
    """Return whether a text says how a rate is computed, and not how high it must be.

    >>> defines("签约人数/常住人口×100%"), defines("签约率=签约人数÷常住人口"), defines("5次/年")
    (True, True, False)
    """
    folded = fold(text).strip(" 。;")
    return _COMPUTED.fullmatch(folded) is not None and _HELD.search(folded) is None


def asked_of(clause: Clause, title: str) -> Paragraph | None:
    """Return what a clause asks: its requirement, else the item's name; the target behind it."""
    if clause.target is None:
        words = clause.requirement
        of_title = words is not None and (
            (_OF_A_QUANTITY.search(title) and _is_cases(words.text)) or _is_of_kinds(words.text)
        )
        if words is not None and of_title:
            return attrs.evolve(words, text=f"{title}：{words.text}")
        return words
    target = clause.target.text
    if _WATCHED.fullmatch(fold(target).strip()):
        return clause.requirement or Paragraph(title, clause.target.place)
    if clause.unit and fold(target)[-1:].isdecimal():
        target += clause.unit
    name = clause.requirement.text if clause.requirement else title
    if clause.direction and _UNCOMPARED.fullmatch(fold(target)):
        target = f"{_compared(clause.direction)}{target}"
    if _NONE.fullmatch(fold(target)):
        target = f"≤{target}"  # 投诉 | 0次
    elif _PLAIN.fullmatch(fold(target)):
        # CMI值 | 0.95, 满意度 | 95分, 投诉 | 2: a number that no unit ends
        target = f"{'≤' if is_unwanted(name) else '达'}{target}"
    if _MUST_NOT.match(fold(target)):
        return Paragraph(f"{name}，{target}", clause.target.place)
    if _names_itself(target) and not _shared(name, target):
        own = f"{name}，{target}" if clause.requirement else target
        return Paragraph(own, clause.target.place)
    of_name = _OF_A_RATE.search(name) is not None
    if not of_name and any(character.isdecimal() for character in _OF_NAME.sub("", fold(name))):
        return Paragraph(f"{name}，{target}", clause.target.place)
    if _OF_A_QUANTITY.search(name) and _is_cases(target):
        return Paragraph(f"{name}：{target}", clause.target.place)
    return Paragraph(f"{name}{target[_shared(name, target) :]}", clause.target.place)


def _names_itself(target: str) -> bool:
    """Whether a target says what is to reach it, and needs no title before it.

    >>> _names_itself("切口感染率≤1%"), _names_itself("全年≥85%"), _names_itself("门诊≥50%")
    (True, False, False)
    """
    found = _BEFORE_BOUND.match(fold(target))
    words = "" if found is None else _SAYS_ONLY_HOW.sub("", found["words"])
    return len(words) >= _OF_ITSELF or (len(words) > 1 and _QUANTITY.search(words) is not None)


def begins_bare(text: str) -> bool:
    """Whether a text begins with a bound of what the row is called by: ≥40%，废片率≤2%.

    >>> begins_bare("≥40%，废片率≤2%"), begins_bare("废片率≤2%"), begins_bare("3次，有记录")
    (True, False, False)
    """
    first = _BETWEEN.split(fold(text).strip("。;"), maxsplit=1)[0]
    return is_bare(text) or (first[:1] in _SIGNS and is_bare(first))


def _is_cases(text: str) -> bool:
    """Whether a text holds one quantity to a bound for each of several: CT≥70%，MRI≥60%.

    >>> _is_cases("CT≥70%，MRI≥60%"), _is_cases("甲片率≥40%，废片率≤2%")
    (True, False)
    """
    cases = [_CASE.fullmatch(piece.strip()) for piece in _BETWEEN.split(fold(text).strip("。;"))]
    names = [case["name"] for case in cases if case is not None]
    return len(cases) > 1 and len(names) == len(cases) and not any(map(_QUANTITY.search, names))


def _is_of_kinds(text: str) -> bool:
    """Whether a text holds one quantity to a number for each kind of facility, and names it not.

    >>> _is_of_kinds("乡镇卫生院每月至少1次，村卫生室每两月至少1次"), _is_of_kinds("卫生院义诊≥2次")
    (True, False)
    """
    pieces = [piece.strip() for piece in _BETWEEN_KINDS.split(fold(text).strip("。;"))]
    of_kinds = [(piece, kinds_that_do(piece)) for piece in pieces]
    return len(pieces) > 1 and all(
        kinds and _SO_MANY.fullmatch(piece[piece.index(kinds) + len(kinds) :])
        for piece, kinds in of_kinds
    )


def _shared(name: str, target: str) -> int:
    """Return how much of a target says the end of the name again: 水质监测 | 监测覆盖率100%.

    >>> _shared("水质监测", "监测覆盖率100%"), _shared("满意度", "满意")
    (2, 0)
    """
    longest = min(len(name), len(target), _MOST_SHARED)
    lengths = (n for n in range(longest, 1, -1) if name.endswith(target[:n]))
    return next((n for n in lengths if target[:n].isalpha()), 0)
