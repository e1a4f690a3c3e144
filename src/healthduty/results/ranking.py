"""Ranking: the sheets of several facilities beside each other, best first.

Equal totals share a rank and the next one is skipped (1, 2, 2, 4); facilities without a total
stand last, without a rank. Key and name stand under the headings that a table of data has.

Source: the public face: the ranking that `healthduty score` prints.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> sheets = [score(agreement, Record(each, {"1": each})) for each in ("3", "4.5")]
>>> print(ranking_table(rank(sheets), "en").text())
示例
rank  name  total
----  ----  -----
   1  4.5     4.5
   2  3       3.0
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal, Inexact

import attrs

from healthduty.checks.codes import CODES
from healthduty.display import Table, same_places
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "rank": "名次",
        "facility": "编码",
        "name": "机构",
        "period": "考核期",
        "full": "满分",
        "earned": "得分",
        "total": "总分",
        "grade": "等次",
        "money": "经费（元）",
        "remarks": "备注",
        "errors": "错误",
        "veto": "一票否决",
        "none": "无法计总分",
        "because": "{}：{}",
        "list": "、",
        "and": "；",
    },
    "en": {
        "rank": "rank",
        "facility": "facility",
        "name": "name",
        "period": "period",
        "full": "full",
        "earned": "earned",
        "total": "total",
        "grade": "grade",
        "money": "money (yuan)",
        "remarks": "remarks",
        "errors": "errors",
        "veto": "veto",
        "none": "no total",
        "because": "{}: {}",
        "list": ", ",
        "and": "; ",
    },
}
_COLUMNS = (
    "rank",
    "facility",
    "name",
    "period",
    "earned",
    "total",
    "grade",
    "money",
    "remarks",
)
_RIGHT = ("rank", "earned", "total", "money")
_EXACT = Context(prec=200, traps=[Inexact])
"""Adds without rounding, whatever context the caller has set."""


@attrs.frozen
class Ranked:
    """A facility's sheet and its rank; None without a total."""

    rank: int | None
    sheet: ScoreSheet


def rank(sheets: Iterable[ScoreSheet]) -> tuple[Ranked, ...]:
    """Rank sheets by their totals, best first; equal totals keep the order they came in."""
    totals = [(sheet.total, sheet) for sheet in sheets]
    scored = [(total, sheet) for total, sheet in totals if total is not None]
    scored.sort(key=lambda pair: pair[0], reverse=True)
    ranked: list[Ranked] = []
    place, before = 0, Decimal(0)
    for index, (total, sheet) in enumerate(scored, start=1):
        if not ranked or total != before:
            place, before = index, total
        ranked.append(Ranked(place, sheet))
    return (*ranked, *(Ranked(None, sheet) for total, sheet in totals if total is None))


def ranked_of(sheets: Iterable[ScoreSheet | Ranked]) -> tuple[Ranked, ...]:
    """Return a ranking as it is; sheets that nobody has ranked yet are ranked here."""
    given = tuple(sheets)
    ready = tuple(each for each in given if isinstance(each, Ranked))
    if len(ready) == len(given):
        return ready
    return rank(each.sheet if isinstance(each, Ranked) else each for each in given)


def ranking_table(sheets: Iterable[ScoreSheet | Ranked], lang: Language = "zh") -> Table:
    """Return a ranking as a table: key, period and points before vetoes where they say more.

    Sheets that nobody has ranked yet are ranked here.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    return _table(ranked_of(sheets), lang)


def _table(ranked: Sequence[Ranked], lang: Language) -> Table:
    words = _WORDS[lang]
    sheets = [entry.sheet for entry in ranked]
    periods = [_period(sheet) for sheet in sheets]
    one_period = len(set(periods)) == 1
    vetoed = any(sheet.earned != sheet.total for sheet in sheets)
    columns = (
        ["" if entry.rank is None else str(entry.rank) for entry in ranked],
        [_key(sheet) for sheet in sheets],
        [sheet.record.name for sheet in sheets],
        ["" if one_period else period for period in periods],
        same_places(each.earned if vetoed else None for each in sheets),
        same_places(sheet.total for sheet in sheets),
        [sheet.grade or "" for sheet in sheets],
        [_yuan(sheet) for sheet in sheets],
        [_remarks(sheet, lang) for sheet in sheets],
    )
    titles = dict.fromkeys(sheet.agreement.title for sheet in sheets)
    return Table(
        headings=tuple(words[name] for name in _COLUMNS),
        rows=tuple(zip(*columns, strict=True)),
        title=" · ".join(filter(None, (*titles, periods[0] if one_period else ""))),
        right=tuple(place for place, name in enumerate(_COLUMNS) if name in _RIGHT),
    )


def _period(sheet: ScoreSheet) -> str:
    return "" if sheet.record.period is None else sheet.record.period.label


def _key(sheet: ScoreSheet) -> str:
    """Return the key where it says more than the name."""
    return sheet.record.facility if sheet.record.facility != sheet.record.name else ""


def _yuan(sheet: ScoreSheet) -> str:
    amounts = [pool.amount for pool in sheet.money if pool.amount is not None]
    return f"{functools.reduce(_EXACT.add, amounts):,.2f}" if amounts else ""


def _remarks(sheet: ScoreSheet, lang: Language) -> str:
    words = _WORDS[lang]
    remarks = [words["veto"]] if any(result.applies for result in sheet.vetoes) else []
    if sheet.total is None:
        codes = dict.fromkeys(sheet.findings.errors.codes)
        # Officials read what a code is called; who looks it up in English, the code itself.
        why = words["list"].join(CODES[code].title if lang == "zh" else code for code in codes)
        remarks.append(words["because"].format(words["none"], why) if why else words["none"])
    return words["and"].join(remarks)


def ranking_rows(
    sheets: Iterable[ScoreSheet | Ranked], lang: Language = "zh"
) -> list[list[object]]:
    """Return a ranking for a spreadsheet: a row of headings, then a row a facility.

    Behind rank, points, grade and money come the points of every item, bonuses included, and
    the errors. Points and money are `Decimal`s, what can't be told is None.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    words = _WORDS[lang]
    rows = [_row(entry, lang) for entry in ranked_of(sheets)]
    last = words["errors"]
    headings = [*dict.fromkeys(each for row in rows for each in row if each != last), last]
    return [list(headings), *([row.get(heading) for heading in headings] for row in rows)]


def _row(entry: Ranked, lang: Language) -> dict[str, object]:
    sheet, words = entry.sheet, _WORDS[lang]
    fixed = {
        "rank": entry.rank,
        "facility": sheet.record.facility,
        "name": sheet.record.name,
        "period": _period(sheet),
        "full": sheet.full,
        "earned": sheet.earned,
        "total": sheet.total,
        "grade": sheet.grade,
        "errors": words["and"].join(each.line(lang) for each in sheet.findings.errors),
    }
    row: dict[str, object] = {words[name]: value for name, value in fixed.items()}
    for pool in sheet.money:
        _put(row, f"{words['money']} {pool.name or pool.code}", pool.amount)
    for item in sheet.items:
        points = None if item.earned is None else _EXACT.add(item.earned, item.bonus)
        _put(row, f"{item.number} {item.title}".strip(), points)
    return row


def _put(row: dict[str, object], heading: str, value: object) -> None:
    """Add an entry; a heading that is there already, of items with one number, gets a count."""
    count, free = 1, heading
    while free in row:
        count += 1
        free = f"{heading} ({count})"
    row[free] = value
