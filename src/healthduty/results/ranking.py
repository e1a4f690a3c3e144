"""Ranking: the sheets of several facilities beside each other, best first.

Equal totals share a rank and the next one is skipped (1, 2, 2, 4); facilities without a total
stand last, without a rank.

Source: the public face: the ranking that `healthduty score` prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import attrs

from healthduty.display import Table
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language

_HEADINGS = {
    "zh": ("名次", "机构", "名称", "得分", "总分", "等次", "经费（元）", "备注"),
    "en": ("rank", "facility", "name", "earned", "total", "grade", "money (yuan)", "remarks"),
}
_REMARKS = {"zh": ("一票否决", "无法计总分"), "en": ("veto", "no total")}


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


def ranking_table(ranked: Sequence[Ranked], lang: Language = "zh") -> Table:
    """Return a ranking as a table; columns that no facility fills are left out."""
    headings = _HEADINGS[lang]
    rows = [_row(entry, lang) for entry in ranked]
    always = {0, 1, 4}
    kept = [
        column
        for column in range(len(headings))
        if column in always or any(row[column] for row in rows)
    ]
    title = ranked[0].sheet.agreement.title if ranked else ""
    return Table(
        headings=tuple(headings[column] for column in kept),
        rows=tuple(tuple(row[column] for column in kept) for row in rows),
        title=title,
        right=tuple(place for place, column in enumerate(kept) if column in (0, 3, 4, 6)),
    )


def _row(entry: Ranked, lang: Language) -> tuple[str, ...]:
    sheet = entry.sheet
    money = [pool.amount for pool in sheet.money if pool.amount is not None]
    veto, none = _REMARKS[lang]
    vetoed = any(result.applies for result in sheet.vetoes)
    reasons = dict.fromkeys(finding.code for finding in sheet.findings.errors)
    remarks = [veto] if vetoed else []
    if sheet.total is None:
        remarks.append(
            f"{none}：{'、'.join(reasons)}" if lang == "zh" else f"{none}: {', '.join(reasons)}"
        )
    name = sheet.record.name if sheet.record.name != sheet.record.facility else ""
    return (
        "" if entry.rank is None else str(entry.rank),
        sheet.record.facility,
        name,
        str(sheet.earned) if sheet.earned is not None and sheet.earned != sheet.total else "",
        "" if sheet.total is None else str(sheet.total),
        sheet.grade or "",
        f"{sum(money):,.2f}" if money else "",
        "；".join(remarks),
    )


def ranking_rows(ranked: Iterable[Ranked]) -> list[dict[str, Any]]:
    """Return one plain row a facility: rank, points, grade, money, then each item's points."""
    rows = []
    for entry in ranked:
        sheet = entry.sheet
        row: dict[str, Any] = {
            "rank": entry.rank,
            "facility": sheet.record.facility,
            "name": sheet.record.name,
            "full": sheet.full,
            "earned": sheet.earned,
            "total": sheet.total,
            "grade": sheet.grade,
        }
        row.update({f"money {pool.code}": pool.amount for pool in sheet.money})
        row.update({item.number: item.earned + item.bonus for item in sheet.items})
        row["errors"] = "；".join(str(finding) for finding in sheet.findings.errors)
        rows.append(row)
    return rows
