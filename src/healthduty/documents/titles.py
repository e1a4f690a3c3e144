"""Titles: which lines name an agreement, and where one agreement ends and the next begins.

A page that holds several marks them by 【篇一：…】 or 第二篇, by a title behind the signatures
of the one before, or by nothing but the words “…责任书为贯彻…” behind a date.

Source: the requirement files with several agreements in one; seeds 000.

>>> is_title("县卫生系统2014年度安全生产目标责任书"), is_title("签订目标责任书，落实责任。")
(True, False)
>>> title_before("卫生工作目标责任书为进一步落实政策")
'卫生工作目标责任书'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from healthduty.documents.markers import markers
from healthduty.documents.spelling import fold
from healthduty.grids.grid import Block, Grid, Paragraph

_AGREEMENT = r"(?:责任书|责任状|承诺书|目标书)"
_TABLE = (
    r"(?:考核表|评分表|计分表|考核评分表|评分标准|考核标准|考核细则|评分细则|考核办法|指标体系"
    r"|考核指标|评价表|评分办法|实施细则|任务分解表|考核方案|目标任务|(?:评价|评估|考评)(?:标准|细则|办法))"
)
_BEHIND = (
    r"(?:范文|范本|模[版板]|样本|\d+篇|[一二三四五六七八九十]+篇|\([^()]{0,20}\)|_[^,。]{0,30})*"
)
_TITLE = re.compile(rf"[^,。;!?]{{0,60}}?(?:{_AGREEMENT}|{_TABLE}){_BEHIND}")
_CONTRACT = re.compile(rf"[^,。;!?]{{0,60}}?{_AGREEMENT}{_BEHIND}")
_RUNNING = re.compile(
    rf"(?P<title>[^,。;:!?《》]{{2,40}}?{_AGREEMENT}{_BEHIND})"
    r"(?=为了|为[^期]|根据|依据|按照|尊敬|随着|[一1]、|第一)"
)
_CHAPTER = re.compile(
    r"【篇[一二三四五六七八九十\d]+\s*:?\s*(?P<a>[^【】]*)】|(?<![\u4e00-\u9fff])第[一二三四五六七八九十]+篇\s*:?"
    r"|(?<=篇)第[一二三四五六七八九十]+篇\s*:?"
)
_SIGNED = re.compile(r"(?:签章|签字|盖章|日期|年\s*月\s*日)\)?\s*:?[-\s]*(?=\S{0,50})")
_ANEW = re.compile(
    rf"[^\s【]{{0,40}}?(?:为|根据)[^。]{{4,200}}?(?:签订|制定|特制|制订)[^。]{{0,30}}?{_AGREEMENT}"
)
_LONGEST_TITLE = 60
_LOOK_AHEAD = 300
"""So many characters behind a signature may tell that another agreement begins."""

_MOST_ABOVE, _LONGEST_ABOVE = 3, 30
_SHORTEST_NAME = 4
_WORDS = re.compile("[,。;:!?]")
_NO_NAME = re.compile(
    r"(?:院|局|委|会|中心|站|所|[科处]室?|办公室|部|公司|[日月]|单位|_+)"
    r"(?:\([^()]*\))?$|^第|\([^()]*(?:章|签[字名]|填|_)[^()]*\)$"
)
"""How the name of a unit ends, a date, or a place to fill in."""
_ATTACHED = re.compile(r"附件|附表|附:")
_ANNEX = re.compile(r"附[件表录]?\s*[\d一二三四五六七八九十]{0,3}(?:[-—之]\d)?\s*:?")


def is_title(text: str) -> bool:
    """Whether a line is nothing but the title of an agreement or of its table."""
    folded = fold(text).strip('*# -"“”')
    return 0 < len(folded) <= _LONGEST_TITLE and _TITLE.fullmatch(folded) is not None


def is_contract(text: str) -> bool:
    """Whether a line is nothing but the title of an agreement, and no attached table's."""
    folded = fold(text).strip('*# -"“”')
    if not 0 < len(folded) <= _LONGEST_TITLE or _ATTACHED.match(folded):
        return False
    return _CONTRACT.fullmatch(folded) is not None


def is_annex(text: str) -> bool:
    """Whether a line says no more than that an annex begins.

    >>> is_annex("附件2："), is_annex("附件：考核表")
    (True, False)
    """
    return _ANNEX.fullmatch(fold(text).strip()) is not None


def is_above_title(lines: Sequence[Paragraph]) -> bool:
    """Whether lines may stand above a title: a few names, such as the hospital's, and no words.

    >>> from healthduty.sources import Place
    >>> is_above_title([Paragraph("示例市人民医院", Place())])
    True
    >>> is_above_title([Paragraph("为落实各项工作，现签订如下：", Place())])
    False
    """
    return len(lines) <= _MOST_ABOVE and all(
        len(line.text) <= _LONGEST_ABOVE
        and not _WORDS.search(fold(line.text))
        and not any(markers(line.text))
        for line in lines
    )


def is_name(text: str) -> bool:
    """Whether a line above a table is short and names it: neither a unit, a date nor a statement.

    >>> is_name("高质量发展监测指标"), is_name("示例市人民医院"), is_name("被考核单位：")
    (True, False, False)
    >>> is_name("医疗质量月度考核（扣分制）"), is_name("示例市人民医院（盖章）")
    (True, False)
    """
    words = fold(text).strip()
    plain = not _WORDS.search(words) and not any(markers(words)) and not is_annex(words)
    return _SHORTEST_NAME <= len(words) <= _LONGEST_ABOVE and plain and not _NO_NAME.search(words)


def title_before(text: str) -> str:
    """Return the title that a running text begins with (…责任书为贯彻…); nothing where none."""
    match = _RUNNING.match(fold(text).lstrip("*# "))
    if match is None:
        return ""
    skipped = len(text) - len(text.lstrip("*# "))
    return text[skipped + match.start("title") : skipped + match.end("title")]


_COLLECTED = re.compile(r"(?:\(?[\d一二三四五六七八九十]{1,3}篇\)?|_.*)$")


def plain_title(text: str) -> str:
    """Return a title without what a page adds that holds several: (二篇), 十篇.

    >>> plain_title("2024年乡镇卫生院目标责任书（二篇）")
    '2024年乡镇卫生院目标责任书'
    """
    title = text.strip().strip("*# -").strip()
    match = _COLLECTED.search(fold(title))
    return title[: match.start()].strip() if match else title


@attrs.define
class _Group:
    """The blocks of one agreement so far; it has a body once it has more than titles."""

    blocks: list[Block] = attrs.Factory(list)
    body: bool = False


def split(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], ...]:
    """Return the blocks of each agreement of a source, in order."""
    groups = [_Group()]
    for block in blocks:
        if isinstance(block, Grid):
            groups[-1].blocks.append(block)
            groups[-1].body = True
            continue
        for piece, anew in _pieces(block):
            titled = is_contract(piece.text)
            if groups[-1].body and (anew or titled):
                groups.append(_Group())
            groups[-1].blocks.append(piece)
            if not titled and (len(piece.text) > _LONGEST_TITLE or any(markers(piece.text))):
                groups[-1].body = True
    return tuple(tuple(group.blocks) for group in groups if group.blocks)


def _pieces(line: Paragraph) -> Iterator[tuple[Paragraph, bool]]:
    """Cut a line where another agreement begins; say of each piece whether it begins one."""
    folded = fold(line.text)
    cuts = {match.start() for match in _CHAPTER.finditer(folded)}
    for signed in _SIGNED.finditer(folded):
        anew = _ANEW.match(folded, signed.end(), signed.end() + _LOOK_AHEAD)
        if anew is not None and not _SIGNED.search(anew[0]):
            cuts.add(signed.end())
    starts = sorted({0, *cuts})
    for start, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
        text = line.text[start:end].strip()
        if text:
            yield Paragraph(text, line.place), start in cuts


def chapter_title(text: str) -> tuple[str, str]:
    """Return the title that 【篇一：…】 names, and what follows it; nothing where there is none.

    >>> chapter_title("【篇二：卫生工作目标责任书】为落实")
    ('卫生工作目标责任书', '为落实')
    """
    match = _CHAPTER.match(fold(text))
    if match is None:
        return "", text
    title = text[match.start("a") : match.end("a")] if match["a"] else ""
    return title.strip(), text[match.end() :].lstrip("*# -")
