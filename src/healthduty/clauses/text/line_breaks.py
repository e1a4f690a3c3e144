r"""Where a line of a cell only wraps, and where it ends: 未记录重要诊⏎疗措施 is one phrase.

Tables that were printed break their lines where the column is full, in the middle of words; who
types lists ends a line where a duty or a consequence ends. A line goes on unless it or the next
one says that it does not: it ends a sentence or with points, the next one has a number or begins
as faults and cases do, or the line is too short to be a full one.

Source: seeds A and E (cells of printed tables); semantics 12.

>>> sorted(wraps("未记录重要诊\n疗措施减2分\n未签名减1分"))
[6]
"""

from __future__ import annotations

import itertools
import re

_LINE = re.compile(r"[^\r\n\v\f\u2028]+")
_ENDED = re.compile(
    r"(?:[。；;！!：:.．]|分(?:[/／每][\u4e00-\u9fff]{1,2})?[)）\]】]?|为止|[%％‰]|以[上下内外]|之内"
    r"|[\d０-９]|[)）][.]?)$"
)
_LABEL = re.compile(
    r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、．.](?!\d)|[\u2460-\u249b★☆▲△●◆■※•·√□]"
    r"|第[一二三四五六七八九十\d]{1,3}[条项章])"
)
_BEGINS = re.compile(
    r"[每毎未没缺凡若优良≥≤＜＞<>《]|无(?!关|法)|不|发现|出现|发生|存在|否则|其[中他它余]|如[有果未发]"
    r"|少[于一二1-9]|达[到不]|低于|高于|超[过出]|[得加]分|有(?!关|效)|查[看阅]|现场|抽[查取]|迟|漏"
    r"|按|对|备注|说明|注[：:]|基本|较|是|否|差|一般|合格|规范|完成"
)
_NEXT = re.compile(r"\d{1,2}[.、．)）](?=[\u4e00-\u9fff])")
"""The number of the next of a list: 使用假药的 12⏎2.未按规定报告的 3."""
_GOES_ON = frozenset(
    "每低高少缺超扣得加减奖达于为至第按以满及和或、,，-≥≤><=不未的与由将被把其各该"
)
_SCALE = frozenset("0123456789.０１２３４５６７８９")
_CONTINUES = frozenset("0123456789.%％‰分次例项份户人个、,-)）以扣")
_COMPARES = frozenset("≥≤≧≦＞＜><")
_NUMERALS = frozenset("一二两三四五六七八九十")
_COUNTED = frozenset("次例项份户人个起处条件张名位台")
_POINTS = re.compile(r"(?:扣|减|得|加|计|记|给)(?:[\d０-９.]|[一二两三四五六七八九十半]分)")
_RANGE = re.compile(r"\d{1,3}分?[-—–～~－至]\d{1,3}分?")
"""A line of nothing but the points of a level: 9—10."""
_ROW = re.compile(r"[|\uff5c]\s{0,9}[-+]?\d{1,3}(?:\.\d{1,2})?$")
"""A row of two cells, whose points are a column: 95%以上 | 5."""
_COMPARED = r"(?:[≥≤≧≦＞＜><]|不[低少高多大]于|不超过|达到?|至少|控制在)"
_BOUND = re.compile(rf"{_COMPARED}\s*[\d０-９][\d０-９.]*[A-Za-z\u4e00-\u9fff/]{{1,6}}$")
_HELD = re.compile(rf"[A-Za-z\u2160-\u2188\u4e00-\u9fff].*{_COMPARED}")
"""A bound that ends a line, and another quantity's in the next: ≤40DDDs⏎预防使用率≤30%."""
_STOPS = re.compile(r"[，,、；;。：:]")
_SCORES = re.compile(r"[\d０-９]|[扣分]")
_ALIKE = 3
_FULL = 0.4
"""A line that is shorter than this share of the longest one was not broken by the column."""


def wraps(text: str) -> frozenset[int]:
    """Return where lines end that go on in the next one; linear in the length of the text."""
    lines = [found for found in _LINE.finditer(text) if found.group().strip()]
    if not lines[1:]:
        return frozenset()
    widest = max(len(line.group().strip()) for line in lines)
    return frozenset(
        before.end()
        for before, after in itertools.pairwise(lines)
        if _goes_on(before.group().strip(), after.group().strip(), widest)
    )


def _goes_on(before: str, after: str, widest: int) -> bool:
    """Whether a line goes on in the one behind it."""
    if _ROW.search(before[-20:]) or before[:_ALIKE] == after[:_ALIKE]:
        return False  # 项目合法⏎项目公开: members of a list begin alike
    if before[-1] in _SCALE:
        return after[0] in _CONTINUES and _NEXT.match(after) is None
    if before[-1] in _NUMERALS and after[0] in _COUNTED:
        return True
    if before[-1] in _GOES_ON:
        return _LABEL.match(after) is None
    if _ENDED.search(before[-6:]) or _LABEL.match(after) or _RANGE.fullmatch(after):
        return False
    if _BOUND.search(before[-20:]) and _HELD.match(after[:40]):
        return False
    if _POINTS.match(after):
        return True  # 每处⏎减1分
    if after[0] in _COMPARES and _SCORES.search(before) is None:
        return True  # 满意度⏎≥95%
    stops = _STOPS.search(before) is not None
    if _BEGINS.match(after) or (not stops and len(before) < _FULL * widest):
        return False
    listed = not (stops or _STOPS.search(after))
    return not listed or _SCORES.search(before + after) is not None
