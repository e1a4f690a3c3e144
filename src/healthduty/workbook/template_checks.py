"""Input checks: what Excel lets a person type into a cell, and what it says beside the cell.

The checks spare a bureau a round of corrections; they are no guard. Whatever is pasted past them
is met again by the reader. 不适用 passes everywhere, a pair as 249/300 where a rate stands.

Source: “units, hints, drop-downs, ranges and input checks”; semantics 1, 2, 7.

>>> check_of(Asked("surveys", "问卷调查", Measure("surveys", unit="次")), Part.VALUE, "F7", {})[
...     "value"
... ]
'=OR(AND(ISNUMBER(F7),F7>=0,F7=INT(F7)),F7="无",LEFT(F7,3)="不适用")'
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from healthduty.exact import UNIT_SCALES, show
from healthduty.records.days import Span
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.wording import Language
from healthduty.wording.phrase import Phrase
from healthduty.workbook.template_asked import Asked
from healthduty.workbook.template_codes import PAIR, SAMPLE, Part

Check = dict[str, Any]
"""What XlsxWriter takes for a check of a range."""

Lists = Mapping[tuple[str, ...], str]
"""Where the words of a drop-down stand that are too long for the check itself."""

NOT_APPLICABLE = "不适用"
_YES_NO = ("是", "否", NOT_APPLICABLE)
_MOST_LIST, _MOST_TITLE, _MOST_MESSAGE = 255, 32, 255
_FIRST, _LAST = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)

_TITLE = Phrase("请核对", "Please check")
_WHOLE = Phrase("填非负整数", "a whole number, 0 or more")
_RATE = Phrase(
    "填0至{0}之间的数（单位{1}），也可填“分子/分母”", "0 to {0} ({1}), or a pair such as 249/300"
)
_COMPLETION = Phrase("填非负数（单位{0}），可以超过100%", "0 or more ({0}); may exceed 100%")
_GROWTH = Phrase("填增长率（单位{0}），下降填负数", "growth ({0}); negative where it fell")
_AMOUNT = Phrase("填数值{0}", "a number {0}")
_POINTS = Phrase("填{0}至{1}分", "{0} to {1} points")
_ANY_POINTS = Phrase("填分值，不填负数", "points, 0 or more")
_LIST = Phrase("请从下拉列表中选择", "choose from the list")
_DAY = Phrase("填{0}至{1}之间的日期，如2024-03-05", "a date from {0} to {1}, such as 2024-03-05")
_PERSONS = Phrase("填整数（人）", "a whole number of people")
_ELSE = Phrase("；不适用请填“不适用（原因）”", "; or 不适用 (reason) where it does not apply")


def check_of(
    asked: Asked, part: Part, cell: str, lists: Lists, lang: Language = "zh"
) -> Check | None:
    """Return the check of the cells that hold one part of a value; None where any text goes.

    `cell` is the first of them, by its name.
    """
    if part in PAIR or part in SAMPLE:
        return _number(f"{cell}>=0", cell, _WHOLE(lang), lang)
    if part is not Part.VALUE:
        return None
    if asked.measure is None:
        return _points(asked, cell, lang)
    return _of_measure(asked.measure, cell, lists, lang)


def _of_measure(measure: Measure, cell: str, lists: Lists, lang: Language) -> Check:
    unit = measure.suffix
    match measure.kind:
        case MeasureKind.LEVEL:
            return choice((*measure.levels, NOT_APPLICABLE), lists, lang)
        case MeasureKind.FLAG:
            return choice(_YES_NO, lists, lang)
        case MeasureKind.COUNT | MeasureKind.CASES:
            whole = f"{cell}>=0,{cell}=INT({cell})"
            return _number(whole, cell, _WHOLE(lang), lang, f'{cell}="无"')
        case MeasureKind.AMOUNT:
            return _number("", cell, _AMOUNT(lang, f"（{unit}）" if unit else ""), lang)
        case MeasureKind.RATE:
            most = show(UNIT_SCALES[measure.unit])
            within = f"{cell}>=0,{cell}<={most}"
            return _number(within, cell, _RATE(lang, most, unit), lang, _pair(cell))
        case MeasureKind.COMPLETION:
            return _number(f"{cell}>=0", cell, _COMPLETION(lang, unit), lang, _pair(cell))
        case MeasureKind.GROWTH:
            return _number("", cell, _GROWTH(lang, unit), lang, _pair(cell))
        case _:
            assert_never(measure.kind)


def _pair(cell: str) -> str:
    return f'ISNUMBER(FIND("/",{cell}))'


def _points(asked: Asked, cell: str, lang: Language) -> Check:
    if asked.most is None:
        return _number(f"{cell}>=0", cell, _ANY_POINTS(lang), lang)
    least, most = show(asked.least), show(asked.most)
    within = f"OR({cell}=0,AND({cell}>={least},{cell}<={most}))"
    return _number(within, cell, _POINTS(lang, least, most), lang)


def _number(within: str, cell: str, said: str, lang: Language, *others: str) -> Check:
    """Return the check of a number within bounds, beside other things that pass."""
    number = ",".join(filter(None, (f"ISNUMBER({cell})", within)))
    ways = [f"AND({number})", *others, f'LEFT({cell},3)="{NOT_APPLICABLE}"']
    formula = f"=OR({','.join(ways)})"
    return {"validate": "custom", "value": formula, **_told(said + _ELSE(lang), lang)}


def choice(words: Iterable[str], lists: Lists, lang: Language) -> Check:
    """Return the check of a drop-down: of the words themselves, or of where they stand."""
    words = tuple(words)
    short = len(",".join(words)) <= _MOST_LIST and not any("," in word for word in words)
    source: object = list(words) if short else lists[words]
    return {"validate": "list", "source": source, **_told(_LIST(lang), lang)}


def needs_list(words: Iterable[str]) -> bool:
    """Return whether the words of a drop-down must stand in cells of their own."""
    words = tuple(words)
    return len(",".join(words)) > _MOST_LIST or any("," in word for word in words)


def day_check(span: Span, lang: Language) -> Check:
    """Return the check of a day: within the term, where the agreement has one."""
    first, last = span[0] or _FIRST, span[1] or _LAST
    said = _DAY(lang, str(first), str(last))
    bounds = {"minimum": first, "maximum": last}
    return {"validate": "date", "criteria": "between", **bounds, **_told(said, lang)}


def population_check(lang: Language) -> Check:
    """Return the check of a number of people."""
    said = _told(_PERSONS(lang), lang)
    return {"validate": "integer", "criteria": ">=", "value": 0, **said}


def _told(said: str, lang: Language) -> dict[str, str]:
    said = said[:_MOST_MESSAGE]
    title = _TITLE(lang)[:_MOST_TITLE]
    return {"input_message": said, "error_title": title, "error_message": said}
