"""The county at a glance: the ranking, where the points went, unit by indicator.

Source: the public face: what `healthduty score -o x.html` shows first.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from healthduty.display import Table, same_places
from healthduty.exact import divide, show
from healthduty.report.losses import indicators_of, losses_by_item, share_class
from healthduty.report.markup import Content, Markup, element, table_of
from healthduty.results.ranking import Ranked, ranking_table
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "ranking": "排名",
        "units": "单位",
        "count": "{}个单位",
        "none": "{}个无法计总分",
        "ungraded": "未定等次",
        "where": "失分分布",
        "item": "条目",
        "title": "内容",
        "full": "满分",
        "mean": "平均失分",
        "losers": "失分单位",
        "heat": "各单位失分热力图",
        "legend": "颜色越深，失分占该项满分的比例越高；“?”表示该项得分无法确定",
    },
    "en": {
        "ranking": "Ranking",
        "units": "units",
        "count": "{} units",
        "none": "{} without a total",
        "ungraded": "no grade",
        "where": "Where the points went",
        "item": "item",
        "title": "title",
        "full": "full",
        "mean": "mean lost",
        "losers": "units that lost",
        "heat": "Points lost, unit by indicator",
        "legend": "the darker, the larger the share of the item's points that was lost; "
        "“?” where an item's points can't be told",
    },
}
_PERCENT = 100
_NAME = 2
"""The column of a ranking in which the name stands."""


def anchor(place: int) -> str:
    """Return the name of the sheet of the facility at a place of the ranking."""
    return f"unit-{place + 1}"


def name_of(sheet: ScoreSheet) -> str:
    """Return what people call the facility: its name, or else its key."""
    return sheet.record.name or sheet.record.facility


def facts(ranked: Sequence[Ranked], lang: Language) -> Markup:
    """Return how many units there are, how many of each grade, how many without a total."""
    words = WORDS[lang]
    grades = Counter(entry.sheet.grade for entry in ranked if entry.rank is not None)
    scale = ranked[0].sheet.agreement.grades
    known = [grade.name for grade in scale.grades] if scale else []
    told = [words["count"].format(len(ranked))]
    told += [f"{grade} {grades[grade]}" for grade in known]
    if known and grades[None]:
        told.append(f"{words['ungraded']} {grades[None]}")
    silent = sum(entry.rank is None for entry in ranked)
    told += [words["none"].format(silent)] if silent else []
    return element("ul", *(element("li", each) for each in told), kind="facts")


def ranking_of(ranked: Sequence[Ranked], linked: int, lang: Language) -> Markup:
    """Return the ranking; the first `linked` facilities lead to their sheets."""
    table = ranking_table(ranked, lang)
    total = table.headings.index("总分" if lang == "zh" else "total")
    cells: dict[tuple[int, int], Content] = {}
    for place, entry in enumerate(ranked):
        row = table.rows[place]
        cells[place, _NAME] = _linked(row[_NAME], place, linked)
        cells[place, total] = _bar(row[total], entry.sheet.total, entry.sheet.full)
    plain = Table(table.headings, table.rows, notes=table.notes, right=table.right)
    return _section("ranking", WORDS[lang]["ranking"], table_of(plain, cells))


def _bar(text: str, part: Decimal | None, whole: Decimal | None) -> Content:
    """Return a number over a bar of its share of the whole."""
    if part is None or not whole:
        return text
    share = max(0, min(_PERCENT, _percent(Fraction(part), Fraction(whole))))
    return Markup(
        f'<span class="bar" style="--share:{share}%"></span>{element("span", text, kind="over")}'
    )


def _percent(part: Fraction, whole: Fraction) -> int:
    share = part * _PERCENT / whole
    return divide(share.numerator, share.denominator)


def items_of(sheets: Sequence[ScoreSheet], lang: Language) -> Markup:
    """Return each indicator with the points that it cost, on average and how many units."""
    words = WORDS[lang]
    losses = losses_by_item(sheets)
    table = Table(
        headings=(
            words["item"],
            words["title"],
            words["full"],
            words["mean"],
            words["losers"],
        ),
        rows=tuple(
            (loss.number, loss.title, full, mean, str(loss.losers))
            for loss, full, mean in zip(
                losses,
                same_places(loss.full for loss in losses),
                same_places(loss.mean for loss in losses),
                strict=True,
            )
        ),
        right=(2, 3, 4),
    )
    cells = {
        (row, 3): _bar(table.rows[row][3], loss.mean, loss.full) for row, loss in enumerate(losses)
    }
    return _section("items", words["where"], table_of(table, cells))


def heat_of(ranked: Sequence[Ranked], linked: int, lang: Language) -> Markup:
    """Return the units below each other, the indicators beside each other, lost points dark."""
    words = WORDS[lang]
    heads = [
        element("th", item.number, scope="col", title=item.title)
        for item in indicators_of(ranked[0].sheet)
    ]
    head = element("tr", element("th", words["units"], scope="col"), *heads)
    rows = [
        _heat_row(_linked(name_of(entry.sheet), place, linked), entry.sheet)
        for place, entry in enumerate(ranked)
    ]
    table = element("table", element("thead", head), element("tbody", *rows), kind="heat")
    wide = element("div", table, kind="wide")
    return _section("heat", words["heat"], wide, element("p", words["legend"], kind="note"))


def _linked(name: str, place: int, linked: int) -> Content:
    """Return a name that leads to the facility's sheet, where that is in the file."""
    return element("a", name, href=f"#{anchor(place)}") if place < linked else name


def _heat_row(name: Content, sheet: ScoreSheet) -> Markup:
    items = indicators_of(sheet)
    cells = [_heat_cell(item.title, item.full, item.earned) for item in items]
    return element("tr", element("th", name, scope="row"), *cells)


@functools.lru_cache(maxsize=2048)  # unit after unit earns the same of an item
def _heat_cell(title: str, full: Decimal, earned: Decimal | None) -> Markup:
    return element("td", _lost(full, earned), kind=share_class(full, earned), title=title)


def _lost(full: Decimal, earned: Decimal | None) -> str:
    """Return what was lost, nothing where nothing was."""
    if earned is None:
        return "?"
    lost = Fraction(full) - Fraction(earned)
    return show(lost) if lost > 0 else ""


def _section(name: str, title: str, *contents: Content) -> Markup:
    return element("section", element("h2", title), *contents, id=name)
