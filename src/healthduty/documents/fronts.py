"""The front of an agreement: title, year, who sets the targets and who must reach them.

Source: the contract's “Running text”: title, parties, year; vocabulary “Party”.

>>> [party.name for party in parties_of("甲方：示例县卫生局 乙方：示例镇卫生院")[0]]
['示例县卫生局', '示例镇卫生院']
>>> year_of("为做好工作，签订2013年度卫生工作目标责任书。")
2013
"""

from __future__ import annotations

import re

from healthduty.clauses.text.numerals import chinese_number
from healthduty.documents.spelling import fold
from healthduty.model.party import Party, ResponsiblePerson, Role

_BLANKS = r"[_\s\uff3fXx×*]*"
_ENDS = (
    r"(?=\s*(?:\((?:签|盖|公)?[章字]|签章|签字|盖章|甲方|乙方|法定|代表|负责人|地址|联系|日期"
    r"|被?考核(?:单位|对象|时间|日期|人|组|得分)|(?:检查|评估|填[表报])(?:时间|日期|人)|总?得分:"
    r"|责任单位|[,。;\n]|\s{2,}|\d{4}年|$))"
)
_ISSUER = re.compile(
    rf"(?:甲方|签订单位|下达单位|(?<!被)考核单位|考核主体|委托方)\s*(?:\([^()]*\))?\s*:\s*(?P<name>[^,。;\n]*?){_ENDS}"
)
_RESPONSIBLE = re.compile(
    rf"(?:乙方|被考核单位|被考核对象|考核对象|责任单位|承办方|单位名称|受检单位)\s*(?:\([^()]*\))?\s*:"
    rf"\s*(?P<name>[^,。;\n]*?){_ENDS}"
)
_BOTH = re.compile(
    r"(?:^|[,。;:]|现由|经|由|》)(?P<a>[^,。;:《》]{2,24}?)(?:现|特)?(?:与|和|同)(?P<b>[^,。;:《》]{2,40}?)"
    r"(?:签订|签署|签定|订立)"
)
_BETWEEN = re.compile(r"明确(?P<a>[^,。;:]{2,20}?)与(?P<b>[^,。;:]{2,24}?)之间")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*年")
_CHINESE_YEAR = re.compile(r"(?P<year>[一二][九〇零○O0][一二三四五六七八九〇零○]{2})年")
_OF_YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*年度?[^,。;]{0,24}(?:责任书|责任状|目标|考核)"
)
_LEVELS = (
    ("village", re.compile(r"村(?:卫生室|委|民)|卫生室$")),
    ("township", re.compile(r"镇|乡|街道|社区|卫生院")),
    ("county", re.compile(r"县|区(?:卫|人民|政府|属)|旗")),
    ("city", re.compile(r"市")),
    ("province", re.compile(r"省|自治区")),
)
_CALLED = re.compile(
    r"\s*[（(](?:以下)?(?:简?称)?[:：为]?[“\"]?(?:[甲乙]方|责任单位|考核单位)[”\"]?[）)]?$"
)
_MADE = re.compile(r"^(?:特|现|由|经|我|本|,)+(?=\S{2})")


def year_of(text: str) -> int | None:
    """Return the year that a text is about: of its 责任书 or 考核 first, else the first year."""
    folded = fold(text)
    found = _OF_YEAR.search(folded) or _YEAR.search(folded)
    if found is not None:
        return int(found["year"])
    written = _CHINESE_YEAR.search(folded)
    if written is None:
        return None
    return int(chinese_number(re.sub("[○O0零]", "\u3007", written["year"])))


def parties_of(text: str) -> tuple[tuple[Party, ...], bool]:
    """Return the parties that a text names, and whether they were taken from its prose.

    A party that is left blank (甲方：____) has no name.
    """
    folded = fold(text)
    found = [
        (match, role)
        for pattern, role in ((_ISSUER, Role.ISSUER), (_RESPONSIBLE, Role.RESPONSIBLE))
        if (match := pattern.search(folded)) is not None
    ]
    if found:
        return tuple(
            party_of(text[m.start("name") : m.end("name")], role) for m, role in found
        ), False
    match = _BOTH.search(folded) or _BETWEEN.search(folded)
    if match is None:
        return (), False
    names = (text[match.start(name) : match.end(name)] for name in ("a", "b"))
    return tuple(map(party_of, names, (Role.ISSUER, Role.RESPONSIBLE))), True


def party_of(name: str, role: Role) -> Party:
    """Return a party by its name as it is written; one of blanks alone has no name."""
    bare = name.strip(" _:：")
    # 各村（社区） keeps its bracket; one that nothing opens or closes is no part of a name.
    paired = _PAIRED.search(bare) is not None and bare[:1] not in "（("
    cleaned = _CALLED.sub("", re.sub(rf"^{_BLANKS}$", "", bare if paired else bare.strip("（）()")))
    cleaned = _MADE.sub("", cleaned)
    return Party(_CODES[role], cleaned, role=role, level=level_of(cleaned))


_PAIRED = re.compile(r"[（(][^（）()]+[）)]$")

_CODES = {Role.ISSUER: "甲方", Role.RESPONSIBLE: "乙方", Role.OTHER: "另一方"}


_ANSWERS = re.compile(
    r"(?P<post>[^,。;:、()\s]{2,16}?)(?:同志)?(?:作为|为|是)(?:[^,。;:]{0,10}?的?)(?P<rank>第一|直接)责任人"
)
_RANKS = {"第一": "first", "直接": "direct"}


def responsible_of(text: str) -> tuple[ResponsiblePerson, ...]:
    """Return who answers for the agreement by a text: 第一责任人, 直接责任人.

    >>> [(each.post, each.rank) for each in responsible_of("院长是第一责任人，科主任为直接责任人")]
    [('院长', 'first'), ('科主任', 'direct')]
    """
    found = _ANSWERS.finditer(fold(text))
    return tuple(
        ResponsiblePerson(text[match.start("post") : match.end("post")], _RANKS[match["rank"]])
        for match in found
    )


def level_of(name: str) -> str:
    """Return the level of an organisation by its name, the lowest that it names.

    >>> level_of("示例县示例镇卫生院"), level_of("示例市卫生局"), level_of("卫生局")
    ('township', 'city', '')
    """
    return next((level for level, pattern in _LEVELS if pattern.search(name)), "")
