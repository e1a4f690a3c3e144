r"""Columns that say what the cells below them earn: A（100%） | B（80%）; 5分 | 3分 | 不得分.

    指标       | 分值 | A（100%）    | B（80%）               | C（0）
    平均住院日 | 10   | ≤8天         | 8～8.5天               | ＞8.5天
    院务公开   | 5    | 内容全面     | 内容全面，更新不及时   | 未公开

A row of bounds is a standard in bands: ≤8天得10分；8～8.5天得8分 …. What its words can't be read as
without a doubt is judged by the level: A得5分，B得4分 …; what each level asks is cited.

Source: the contract's “The header”; bands in every spelling, by number and by level.

>>> earning_of("B（80%）")
Earning(level='B', number=Fraction(80, 1), unit='%')
>>> str(earning_of("得满分").number), earning_of("评分标准")
('100', None)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from healthduty.clauses.reading import ClauseReading
from healthduty.clauses.text.lexicon import table
from healthduty.documents.drafts import cell_points
from healthduty.documents.spelling import fold, squeeze
from healthduty.exact import show, to_fraction
from healthduty.findings import Severity
from healthduty.grids.grid import Paragraph
from healthduty.rules.rule import Band, Bands, CaseBand, Forfeit

GRADES = frozenset(
    table(
        "A B C D E \u2160 \u2161 \u2162 \u2163 优 良 中 差 优秀 良好 一般 较差 合格 不合格 好 是 否"
        " 一档 二档 三档 四档 五档 达标 不达标 完成 未完成 完全达到 部分达到 未达到"
        " 符合 基本符合 不符合 很满意 非常满意 满意 较满意 比较满意 基本满意 不满意"
    )
)
"""Levels that stand over columns."""
_RUN = tuple(f"{number}档" for number in "一二三四五六七八九十")
_EARNS = re.compile(
    r"(?P<level>[^\d(:%]{0,4}?)[等]?级?[(:]?(?:得|计|记|按)?"
    r"(?:(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<unit>%|分)?|(?P<full>满分)|(?P<none>不得分|零分))\)?"
)
_WHOLE = Fraction(100)
_SEVERAL = 2
_STOPS = re.compile("[，,。；;\n]")
_COSTS = re.compile(r"每[^,，;；]{1,12}扣\s*\d")
_NONE = frozenset({"0", "无", "没有", "未发生", "零"})
_COUNT = re.compile(r"[≥>]?\d{1,4}(?:[-~至]\d{1,4})?(?P<unit>[次例件起人项份个宗])(?:及?以上)?")
_TRIMMED = " \n。；;，,"


@attrs.frozen
class Earning:
    """What a column's heading says: a level's name, and how much it earns, in % or in points.

    Without a unit the columns beside it tell which of both is meant.
    """

    level: str
    number: Fraction
    unit: str


def earning_of(heading: str) -> Earning | None:
    """Return what the cells below a heading earn; None where it does not say so."""
    found = _EARNS.fullmatch("".join(fold(heading).split()))
    if found is None or (found["level"] and found["level"] not in GRADES):
        return None
    if found["full"] or found["none"]:
        return Earning(found["level"], _WHOLE if found["full"] else Fraction(0), "%")
    if not found["unit"] and not found["level"]:
        return None  # a number alone is a year, a month, a ward
    return Earning(found["level"], to_fraction(found["number"]), found["unit"] or "")


def earning(headings: Sequence[str]) -> frozenset[int]:
    """Return the columns whose headings say what they earn; one alone says nothing."""
    columns = [at for at, heading in enumerate(headings) if earning_of(heading)]
    return frozenset(columns if len(columns) >= _SEVERAL else ())


Read = Callable[[str], ClauseReading]
Graded = Sequence[tuple[str, Paragraph]]
"""Cells of a row, each with its column's heading."""


@attrs.frozen
class Standard:
    """What the cells of a row say together; where levels are judged, what each of them asks."""

    words: Paragraph
    judged: bool = False
    levels: str = ""


def standard_of(grades: Graded, points: Fraction | None, read: Read) -> Standard | None:
    """Return the standard that a row's cells make below their headings.

    Cells that are all blank are there to be ticked. None where what they earn is a share of points
    that nothing states, or other points than the item's.
    """
    written = [cell for _, cell in grades if cell.text]
    if len(written) == 1 and _COSTS.search(fold(written[0].text)):
        return Standard(written[0])  # 每少1次扣1分, which no level divides
    grades = _in_units(grades)
    told = [each for heading, _ in grades if (each := earning_of(heading)) is not None]
    if not told:  # A | B over 5 | 3
        beside = "，".join(f"{squeeze(heading)}{cell.text}分" for heading, cell in grades)
        return Standard(_as_one(grades, beside))
    earned = _earned(told, points)
    if earned is None:
        return None
    if not any(cell.text for _, cell in grades) and points not in {None, max(earned)}:
        return None  # a column to be ticked is worth what its heading says
    said = "；".join(
        f"{cell.text.strip(_TRIMMED)}得{show(worth)}分"
        for (_, cell), worth in zip(grades, earned, strict=True)
    )
    named = tuple(each.level for each in told)
    if _is_plain(grades) and _is_read(read(said), len(grades), judged=all(named)):
        return Standard(_as_one(grades, said))
    levels = named if all(named) else _RUN
    pairs = list(zip(levels, earned, grades, strict=False))  # more have no names
    said = "，".join(f"{level}得{show(worth)}分" for level, worth, _ in pairs)
    asked = "\n".join(f"{level}：{cell.text}" for level, _, (_, cell) in pairs if cell.text)
    return Standard(_as_one(grades, said), judged=True, levels=asked)


def _in_units(grades: Graded) -> Graded:
    """Return the cells with none as a number: 0 | 1件 | 2件及以上 is 0件 at first.

    >>> from healthduty.sources import Place
    >>> cells = [("A", Paragraph("无", Place())), ("B", Paragraph("1-2次", Place()))]
    >>> [cell.text for _, cell in _in_units(cells)]
    ['0次', '1-2次']
    """
    texts = [fold(cell.text).strip(_TRIMMED) for _, cell in grades]
    counted = [found["unit"] for text in texts if (found := _COUNT.fullmatch(text))]
    none = [at for at, text in enumerate(texts) if text in _NONE]
    if len(none) != 1 or len(counted) < len(texts) - 1 or len({*counted}) != 1:
        return grades
    return [
        (heading, attrs.evolve(cell, text=f"0{counted[0]}") if at in none else cell)
        for at, (heading, cell) in enumerate(grades)
    ]


def _as_one(grades: Graded, text: str) -> Paragraph:
    return attrs.evolve(grades[0][1], text=text)


def _earned(told: Sequence[Earning], points: Fraction | None) -> list[Fraction] | None:
    """Return what each column earns; a number without a unit has that of the columns beside it."""
    units = {each.unit for each in told} - {""}
    shares = "%" in units or all(each.number <= 1 for each in told)
    whole = _WHOLE if "%" in units else Fraction(1)
    earned = []
    for each in told:
        if each.unit == "分" or (not each.unit and not shares):
            earned.append(each.number)
        elif points is None:
            return None
        else:
            earned.append(points * each.number / whole)
    return earned


def _is_plain(grades: Graded) -> bool:
    """Whether no cell says several things, and they are not numbers that nothing compares."""
    texts = [cell.text.strip(_TRIMMED) for _, cell in grades]
    return (
        all(texts)
        and not any(map(_STOPS.search, texts))
        and any(cell_points(text) is None for text in texts)
    )


def _is_read(reading: ClauseReading, count: int, *, judged: bool) -> bool:
    """Whether each cell was read as a case of its own, and nothing of it is doubted.

    What happened or not is as well judged by levels, where these have names.
    """
    if any(each.severity is not Severity.ASSUMPTION for each in reading.findings):
        return False
    bands = [rule for rule in reading.rules if isinstance(rule, Bands)]
    forfeits = [rule for rule in reading.rules if isinstance(rule, Forfeit)]
    if len(bands) != 1 or len(forfeits) > 1 or len(reading.rules) != len(bands) + len(forfeits):
        return False
    (made,) = bands
    by_number = all(isinstance(band, Band) for band in made.bands)
    by_case = not judged and all(isinstance(band, CaseBand) for band in made.bands)
    return (by_number or by_case) and len(made.bands) + len(forfeits) == count
