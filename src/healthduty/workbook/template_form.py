"""What the sheets of one data workbook share: what is asked, of whom, at which stages, its look.

Source: “the data workbook”; vocabulary “Record” (自评, 核实, 复核).

>>> Facility.of(("01", "南关中心", "中心", 32000)).name, Facility.of("北关站").key
('南关中心', '北关站')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import attrs

from healthduty.errors import UsageError
from healthduty.exact import Number
from healthduty.model.agreement import Agreement
from healthduty.records.days import Span, span_of
from healthduty.records.headers import Stage
from healthduty.records.needs import within
from healthduty.records.record import Record
from healthduty.records.subject import read_population
from healthduty.rules.threshold import ByKind
from healthduty.wording import Language
from healthduty.workbook.styles import BORDER, HEAD_FILL, HEAD_FONT, Format, Look, Page
from healthduty.workbook.styles import safe_text as safe
from healthduty.workbook.template_asked import Asked
from healthduty.workbook.template_checks import Check, Lists, choice, day_check, population_check
from healthduty.workbook.template_codes import PART_WORDS, STAGE_WORDS, Code, Part

VERIFIED_FILL, REVIEWED_FILL, CLOSED_FILL = "#EAF4E6", "#F6EAF1", "#F1F2F4"
ROOM = 200
"""Rows of a list that can be filled."""


@attrs.frozen
class Facility:
    """A unit that the workbook is filled for: its key, name, kind, and the people it serves."""

    key: str
    name: str = attrs.field()
    kind: str = ""
    population: Number | None = None

    @name.default
    def _name_of_key(self) -> str:
        return self.key

    @classmethod
    def of(cls, told: FacilityLike) -> Facility:
        """Take a unit, its key alone, (key, name, kind, population), or a record of it.

        Raises:
            UsageError: anything else.
        """
        match told:
            case Facility():
                return told
            case str():
                return cls(told)
            case Record():
                return cls(told.facility, told.name, told.kind or "", told.population)
            case tuple() | list() if 1 <= len(told) <= 4:  # noqa: PLR2004 - see below
                key, name, kind, population = [*told, None, None, None][:4]
                people = cast("Number | None", population)
                return cls(str(key), str(name or key), str(kind or ""), people)
        raise UsageError(f"a facility is (key, name, kind, population), not `{told!r}`")


FacilityLike = Facility | str | Record | Sequence[object]
"""Whatever `write_template` takes for a unit."""


@attrs.frozen
class Form:
    """One data workbook on its way: what it asks, of whom, and the formats of its cells."""

    agreement: Agreement
    asked: tuple[Asked, ...]
    facilities: tuple[Facility, ...]
    stages: tuple[Stage | None, ...]
    evidence: bool
    lang: Language
    period: str
    look: Look
    lists: Lists

    @property
    def span(self) -> Span:
        """The days of the agreement's term."""
        return span_of(self.agreement)

    def head_of(self, part: Part, stage: Stage | None, asked: Asked | None = None) -> str:
        """Return what a column is headed: 自评值, 核实分子, 核实得分, 依据."""
        lang, word = self.lang, PART_WORDS[part](self.lang)
        said = STAGE_WORDS[stage](lang)
        if part is Part.VALUE and asked is not None and asked.judged:
            word = "得分" if lang == "zh" else "points"
        elif part is Part.VALUE and stage is not None and lang == "zh":
            word = "值"
        return f"{said}{word}" if lang == "zh" else f"{said} {word}".strip()

    def input(self, stage: Stage | None, *, long: bool = False, day: bool = False) -> Format:
        """Return the format of a cell to fill in; each stage has a colour of its own."""
        fills = {Stage.VERIFIED: VERIFIED_FILL, Stage.REVIEWED: REVIEWED_FILL}
        shade = {"bg_color": fills[stage]} if stage in fills else {}
        how = {"text_wrap": True, "align": "left", "indent": 1} if long else {"align": "center"}
        return self.look.input(**shade, **how, **({"num_format": "yyyy-mm-dd"} if day else {}))

    def subject_input(self, part: Part) -> Format:
        """Return the format of a cell that says of whom the data is."""
        if part is Part.POPULATION:
            return self.look.input(num_format="#,##0", align="left", indent=1)
        # A code such as 01 is a text: as a number it would lose its zero.
        return self.look.input(num_format="@", align="left", indent=1, text_wrap=True)

    def closed(self) -> Format:
        """Return the format of a cell in which nothing belongs."""
        return self.look.of(bg_color=CLOSED_FILL, **BORDER)

    def label(self, **properties: object) -> Format:
        """Return the format of a cell that people read beside the cells to fill in."""
        body: dict[str, object] = {"text_wrap": True, "align": "left", **BORDER, **properties}
        # A text that touches its border is hard to read.
        return self.look.of(**body, **({"indent": 1} if body["align"] == "left" else {}))

    def part_head(self, stage: Stage | None) -> Format:
        """Return the format of the lower headings, in the colour of their cells."""
        fills = {Stage.VERIFIED: VERIFIED_FILL, Stage.REVIEWED: REVIEWED_FILL}
        fill = fills.get(stage, HEAD_FILL) if stage is not None else HEAD_FILL
        return self.look.of(
            bg_color=fill,
            align="center",
            text_wrap=True,
            font_size=9,
            font_name=HEAD_FONT,
            **BORDER,
        )

    def subject_check(self, part: Part) -> Check | None:
        """Return the input check of what is said of a unit."""
        if part is Part.POPULATION:
            return population_check(self.lang)
        kinds = kinds_of(self.agreement)
        if part is Part.KIND and kinds:
            check = choice(kinds, self.lists, self.lang)
            # A kind that no threshold names may have one all the same: the default's.
            return {**check, "error_type": "warning"}
        return None

    def day_check(self) -> Check:
        """Return the input check of a day on which something was stated."""
        return day_check(self.span, self.lang)


def kinds_of(agreement: Agreement) -> tuple[str, ...]:
    """Return the kinds of facility that any threshold of the agreement names."""
    tables = (thing for thing in within(agreement) if isinstance(thing, ByKind))
    return tuple(dict.fromkeys(kind for table in tables for kind, _ in table.values))


def write_subject(
    page: Page, row: int, column: int, part: Part, facility: Facility | None, form: Form
) -> None:
    """Write what is known of a unit into the cell where it belongs; who it is, is locked."""
    known: object = getattr(facility, _FIELDS[part]) if facility and part in _FIELDS else None
    if part is Part.PERIOD:
        known = form.period
    style = form.subject_input(part)
    if facility is not None and part in (Part.FACILITY, Part.NAME):
        style = form.label(num_format="@")
    if known is None or known == "":
        page.write_blank(row, column, None, style)
    elif part is Part.POPULATION:
        number = read_population(known)
        page.write_number(row, column, int(number), style)
    else:
        page.write_string(row, column, safe(str(known)), style)


_FIELDS: Mapping[Part, str] = {
    Part.FACILITY: "key",
    Part.NAME: "name",
    Part.KIND: "kind",
    Part.POPULATION: "population",
}


def write_codes(page: Page, row: int, codes: Iterable[Code], form: Form) -> None:
    """Write the hidden row of codes above the cells to fill in."""
    style = form.look.of(font_size=8)
    for column, code in enumerate(codes):
        page.write_string(row, column, str(code), style)
    page.set_row(row, None, None, {"hidden": True})


def protect(page: Page) -> None:
    """Lock everything but the cells to fill in; without a password, for it is no secret."""
    freely = ("format_columns", "format_rows", "insert_rows", "sort", "autofilter")
    page.protect("", dict.fromkeys(freely, True))


def write_comment(page: Page, row: int, column: int, text: str) -> None:
    """Write a hint that shows when somebody points at a cell."""
    lines = text.count("\n") + 1 + len(text) // 24
    how = {"x_scale": 2.4, "y_scale": max(0.8, 0.24 * lines), "font_size": 9, "author": ""}
    page.write_comment(row, column, safe(text)[:2000], how)
