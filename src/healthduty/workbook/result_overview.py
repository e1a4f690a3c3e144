"""The sheets about all facilities: the ranking, and who lost how much of what.

Where facilities have sheets of their own, the numbers are taken from there by formulas: who changes
a facility's data sees its rank move.

Source: “ranking; … a heat map facility × indicator”.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from healthduty.results.ranking import Ranked
from healthduty.scoring.ops import Plan
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language
from healthduty.workbook.result_findings import error_titles
from healthduty.workbook.result_page import rounded_number
from healthduty.workbook.result_rows import written_order
from healthduty.workbook.result_words import WORDS
from healthduty.workbook.styles import (
    BORDER,
    FAINT,
    HEAD_FILL,
    HEAD_FONT,
    Format,
    Look,
    Page,
    column_letters,
    height_of,
    quoted_name,
    safe_text,
    set_page,
    width_of,
)

_HEAD = 3
_MOST_UPRIGHT = 6
"""Columns behind the first that fit on an upright page."""


At = tuple[str, int]
"""A cell of a score table: its column, and how many rows below the table's first one."""


@attrs.frozen
class Places:
    """Where the results stand: where each facility's score table begins, and cells of any of them.

    `tops` are sheets and rows (from 1), in the order of the ranking; `points` are pairs of full and
    earned points by the number of an item.
    """

    tops: tuple[tuple[str, int], ...]
    total: At
    earned: At
    grade: At | None
    money: tuple[At, ...]
    points: Mapping[int, tuple[At, At]]


@attrs.frozen
class Overview:
    """What the overviews are written from: the ranking, and where its numbers come from."""

    ranked: Sequence[Ranked]
    plan: Plan
    lang: Language
    look: Look
    places: Places | None
    number_format: str

    @property
    def words(self) -> Mapping[str, str]:
        """The words of the workbook."""
        return WORDS[self.lang]

    def reference(self, place: int, at: At) -> str:
        """Return a cell of the score table of the facility at a place in the ranking."""
        assert self.places is not None  # noqa: S101 - asked only where there are formulas
        name, top = self.places.tops[place]
        return f"{quoted_name(name)}!{at[0]}{top + at[1]}"


# --- the ranking -------------------------------------------------------------------------------


def write_ranking(page: Page, over: Overview) -> None:
    """Write the ranking, best first."""
    agreement, words, look = over.plan.agreement, over.words, over.look
    pools = [policy.name or policy.code for policy in agreement.funding]
    one = len({_period(entry.sheet) for entry in over.ranked}) == 1
    headings = [words["rank"], words["facility"], words["key"]]
    headings += [] if one else [words["period"]]
    headings += [words["earned"], words["total"]]
    headings += [words["grade"]] if agreement.grades else []
    headings += [f"{words['money']} {pool}" if len(pools) > 1 else words["money"] for pool in pools]
    headings.append(words["remarks"])
    last = len(headings) - 1
    page.merge_range(0, 0, 0, last, "", look.title())
    page.write_string(0, 0, safe_text(agreement.title), look.title())
    page.set_row(0, 30)
    period = _period(over.ranked[0].sheet) if one else ""
    page.write_string(1, 0, safe_text(period), look.of())
    for column, heading in enumerate(headings):
        page.write_string(_HEAD - 1, column, heading, look.head())
    page.set_row(_HEAD - 1, 22)
    for place, entry in enumerate(over.ranked):
        _RankingRow(page, over, place, entry.sheet, one_period=one).write(entry.rank, last)
    _ranking_widths(page, over, headings)
    page.freeze_panes(_HEAD, 2)
    page.autofilter(_HEAD - 1, 0, _HEAD - 1 + len(over.ranked), last)
    wide = last > _MOST_UPRIGHT
    set_page(
        page,
        landscape=wide,
        repeat=(_HEAD - 1, _HEAD - 1),
        footer=agreement.title,
        pages=words["pages"],
    )


class _RankingRow:
    """Writes one facility's row of the ranking, from left to right."""

    def __init__(
        self, page: Page, over: Overview, place: int, sheet: ScoreSheet, *, one_period: bool
    ) -> None:
        self.page, self.over, self.place, self.sheet = page, over, place, sheet
        self.one_period = one_period
        self.at, self.column = _HEAD + place, 0
        self.points = over.look.of(num_format=over.number_format, align="right", indent=1, **BORDER)
        self.center = over.look.of(align="center", **BORDER)
        self.text = over.look.of(text_wrap=True, **BORDER)

    def write(self, rank: int | None, last: int) -> None:
        over, sheet, places = self.over, self.sheet, self.over.places
        total_column = 4 + (not self.one_period)
        self._rank(rank, total_column)
        self._text(sheet.record.name)
        self._text(sheet.record.facility if sheet.record.facility != sheet.record.name else "")
        if not self.one_period:
            self._text(_period(sheet))
        none = over.words["no_total"]
        for number, address in (
            (sheet.earned, places.earned if places else None),
            (sheet.total, places.total if places else None),
        ):
            self._cell(none if number is None else float(number), address, self.points)
        if over.plan.agreement.grades is not None:
            self._cell(sheet.grade or "", places.grade if places else None, self.center)
        yuan = over.look.of(num_format="#,##0.00", align="right", indent=1, **BORDER)
        for pool, money in enumerate(sheet.money):
            value = over.words["no_money"] if money.amount is None else float(money.amount)
            self._cell(value, places.money[pool] if places else None, yuan)
        remarks = _remarks(sheet, over)
        self.page.write_string(self.at, last, safe_text(remarks), self.text)
        self.page.set_row(self.at, height_of([(remarks, 26), (sheet.record.name, 30)], 20))

    def _rank(self, rank: int | None, total_column: int) -> None:
        value = "" if rank is None else rank
        if self.over.places is None:
            self._plain(value, self.center)
        else:
            letter = column_letters(total_column)
            cell = f"{letter}{self.at + 1}"
            cells = f"{letter}${_HEAD + 1}:{letter}${_HEAD + len(self.over.ranked)}"
            formula = f'=IF(ISNUMBER({cell}),RANK({cell},{cells},0),"")'
            self.page.write_formula(self.at, self.column, formula, self.center, value)
        self.column += 1

    def _text(self, text: str) -> None:
        self.page.write_string(self.at, self.column, safe_text(text), self.text)
        self.column += 1

    def _cell(self, value: float | str, at: At | None, form: Format) -> None:
        if at is not None:
            cell = self.over.reference(self.place, at)
            formula = f'=IF({cell}="","",{cell})'  # an empty cell would count as 0
            self.page.write_formula(self.at, self.column, formula, form, value)
        else:
            self._plain(value, form)
        self.column += 1

    def _plain(self, value: float | str, form: Format) -> None:
        if isinstance(value, str):
            self.page.write_string(self.at, self.column, safe_text(value), form)
        else:
            self.page.write_number(self.at, self.column, value, form)


def _ranking_widths(page: Page, over: Overview, headings: Sequence[str]) -> None:
    records = [entry.sheet.record for entry in over.ranked]
    widths = [7.0, width_of([each.name for each in records], 14, 34)]
    widths.append(width_of([each.facility for each in records], 8, 20))
    widths += [width_of([heading], 10, 24) for heading in headings[3:-1]]
    for column, width in enumerate([*widths, 28.0]):
        page.set_column(column, column, width)


def _period(sheet: ScoreSheet) -> str:
    return "" if sheet.record.period is None else sheet.record.period.label


def _remarks(sheet: ScoreSheet, over: Overview) -> str:
    """Return what a ranking must say of a facility: vetoes, and why there is no total."""
    words = over.words
    titles = [each.veto.title or each.veto.code for each in sheet.vetoes if each.applies]
    remarks = [words["ranking_veto"].format(words["list"].join(titles))] if titles else []
    return "\n".join([*remarks, *error_titles(sheet, over.lang)])


# --- the heat map ------------------------------------------------------------------------------


def heat_nodes(plan: Plan) -> tuple[int, ...]:
    """Return the items of the heat map: indicators with points, and sections that are judged."""
    parents = {node.parent for node in plan.nodes}
    return tuple(
        index
        for index in written_order(plan)
        if plan.nodes[index].full > 0
        and (plan.refs[index].kind == "indicator" or index not in parents)
        and plan.refs[index].kind != "part"
    )


def write_heat(page: Page, over: Overview) -> None:
    """Write which share of each indicator's points each facility lost."""
    words, look, nodes = over.words, over.look, heat_nodes(over.plan)
    title = words["heat_title"].format(over.plan.agreement.title)
    page.write_string(0, 0, safe_text(title), look.of(font_name=HEAD_FONT, font_size=14))
    page.write_string(1, 0, words["heat_note"], look.of(font_color=FAINT))
    page.set_row(0, 28)
    page.merge_range(_HEAD - 1, 0, _HEAD, 0, "", look.head())
    page.write_string(_HEAD - 1, 0, words["facility"], look.head())
    upright = look.of(
        font_name=HEAD_FONT,
        bg_color=HEAD_FILL,
        rotation=270,
        align="center",
        valign="top",
        **BORDER,
    )
    for column, node in enumerate(nodes, start=1):
        ref = over.plan.refs[node]
        page.write_string(_HEAD - 1, column, safe_text(ref.number), look.head())
        page.write_string(_HEAD, column, safe_text(_short(ref.title)), upright)
    longest = max(len(_short(over.plan.refs[node].title)) for node in nodes)
    page.set_row(_HEAD, 14.5 * longest + 8)
    _heat_cells(page, over, nodes)
    names = [entry.sheet.record.name for entry in over.ranked]
    page.set_column(0, 0, width_of(names, 14, 30))
    page.set_column(1, max(len(nodes), 1), 6.2)
    page.freeze_panes(_HEAD + 1, 1)
    set_page(page, repeat=(_HEAD - 1, _HEAD), footer=title, pages=words["pages"])


_MOST_TITLE = 10


def _short(title: str) -> str:
    return title if len(title) <= _MOST_TITLE else title[: _MOST_TITLE - 1] + "…"


def _heat_cells(page: Page, over: Overview, nodes: Sequence[int]) -> None:
    percent = over.look.of(num_format="0%", align="center", **BORDER)
    name = over.look.of(text_wrap=True, **BORDER)
    order = {node: place for place, node in enumerate(written_order(over.plan))}
    for place, entry in enumerate(over.ranked):
        at = _HEAD + 1 + place
        page.write_string(at, 0, safe_text(entry.sheet.record.name), name)
        page.set_row(at, 20)
        items = entry.sheet.items
        for column, node in enumerate(nodes, start=1):
            item = items[order[node]]
            lost: float | str = ""
            if item.earned is not None:
                share = 1 - Fraction(item.earned) / Fraction(item.full)
                lost = rounded_number(share, 6)
            _heat_cell(page, over, (at, column), (place, node), lost, percent)
    if over.ranked and nodes:
        last = _HEAD + len(over.ranked)
        scale = {
            "type": "3_color_scale",
            "min_type": "num",
            "mid_type": "num",
            "max_type": "num",
            "min_value": 0,
            "mid_value": 0.5,
            "max_value": 1,
            "min_color": "#FFFFFF",
            "mid_color": "#FBD38D",
            "max_color": "#E2645B",
        }
        page.conditional_format(_HEAD + 1, 1, last, len(nodes), scale)


def _heat_cell(
    page: Page,
    over: Overview,
    at: tuple[int, int],
    of: tuple[int, int],
    lost: float | str,
    form: Format,
) -> None:
    place, node = of
    if over.places is not None:
        full, points = (over.reference(place, each) for each in over.places.points[node])
        formula = f'=IF(ISNUMBER({points}),ROUND(1-{points}/{full},6),"")'
        page.write_formula(*at, formula, form, lost)
    elif isinstance(lost, str):
        page.write_blank(*at, None, form)
    else:
        page.write_number(*at, lost, form)
