"""The data workbook: what a bureau hands out to be filled in, made from the agreement itself.

For a county one sheet with a row for each unit; for a unit a sheet of its own; for an assessing
office the units again, with no more than the items that it assesses. Cells that are no input are
locked, those that are have hints, drop-downs and input checks, and a sheet holds the agreement.
What comes back is read by `read_filled`, from .xlsx, .xls or .ods, one file or a folder of them.

Source: “the data workbook”; vocabulary “Record” (自评, 核实).

>>> [layout.value for layout in Layout]
['county', 'facility', 'office']
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.records.headers import Stage
from healthduty.records.record import Period
from healthduty.records.samples import SAMPLED
from healthduty.records.workbooks import MOST_CELLS
from healthduty.rules.measure import to_names
from healthduty.said import Said
from healthduty.wording import Language, check_language
from healthduty.wording.phrase import Phrase
from healthduty.workbook.styles import (
    Book,
    Look,
    open_book,
    put_file,
    safe_text,
    sheet_names,
)
from healthduty.workbook.template_about import (
    CASES,
    NAME,
    SHOWN,
    PageAbout,
    about_of,
    codes_of,
    list_places,
    write_about,
)
from healthduty.workbook.template_asked import Asked, asked_of, offices_of
from healthduty.workbook.template_cases import labels_of, listed_of, write_cases
from healthduty.workbook.template_checks import NOT_APPLICABLE, needs_list
from healthduty.workbook.template_clauses import write_clauses
from healthduty.workbook.template_codes import Code, Layout
from healthduty.workbook.template_form import Facility, FacilityLike, Form, kinds_of
from healthduty.workbook.template_rows import write_rows
from healthduty.workbook.template_unit import write_unit

STAGES = (Stage.SELF_ASSESSED, Stage.VERIFIED)
"""The stages that a workbook has columns for where nothing else is said: 自评 and 核实."""

_DATA = Phrase("数据", "data")
_CASES = Phrase("个案明细", "cases")
_AGREEMENT = Phrase("责任书", "agreement")
_NO_OFFICE = Phrase("未定科室", "no office")
_TITLE = Phrase("{0} 考核数据表", "{0}: data")
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def write_template(  # noqa: PLR0913 - each is one thing that a bureau decides
    agreement: Agreement,
    path: str | os.PathLike[str],
    *,
    layout: str = "county",
    facilities: Iterable[FacilityLike] = (),
    stages: Sequence[str | None] = STAGES,
    evidence: bool = True,
    samples: Iterable[str] | None = None,
    period: Period | str | int | None = None,
    lang: Language = "zh",
) -> tuple[Path, ...]:
    """Write the workbook that is filled in for an agreement; return the files written.

    `layout` is `county` (a row for each unit), `facility` (a sheet for each unit) or `office` (a
    sheet for each assessing office, with its items). Where `path` ends in .xlsx, all sheets are
    in that file; otherwise it is a folder, and each unit or office gets a file of its own.
    `facilities` are names, (key, name, kind, population), or records; without any there are rows
    to name them in. `stages` may be empty: then each value has one column, and no stage.
    `samples` are the codes or names of what is counted in a sample, each with two columns more;
    by default what may be lacking by an item whose method speaks of one (抽查病历50份).

    Raises:
        ImportError: without XlsxWriter (`pip install healthduty[excel]`).
        UsageError: an unknown layout, stage or language; a sample of what is not counted; more
            units than a sheet can hold.
        OSError: where a file can't be written; one that was there before is untouched.
    """
    check_language(lang)
    maker = _Maker(
        agreement,
        _layout(layout),
        tuple(map(Facility.of, facilities)),
        tuple(map(_stage, stages)) or (None,),
        evidence,
        None if samples is None else _samples(samples, agreement),
        lang,
        period.label if isinstance(period, Period) else str(period or ""),
    )
    target = Path(path)
    parts = maker.parts()
    if target.suffix.lower() == ".xlsx":
        put_file(target, maker.make(parts))
        return (target,)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for part, name in zip(parts, _file_names(part.name for part in parts), strict=True):
        written.append(target / name)
        put_file(written[-1], maker.make([part]))
    return tuple(written)


def _layout(name: str) -> Layout:
    try:
        return Layout(name)
    except ValueError:
        known = ", ".join(f"`{layout.value}`" for layout in Layout)
        raise UsageError(f"`{name}` is no layout: {known}") from None


def _stage(name: str | None) -> Stage | None:
    try:
        return None if name is None else Stage(name)
    except ValueError:
        known = ", ".join(f"`{stage.value}`" for stage in Stage)
        raise UsageError(f"`{name}` is no stage: {known}") from None


def _samples(names: Iterable[str], agreement: Agreement) -> frozenset[str]:
    """Return the codes of what is counted in a sample, named by code or by name."""
    names = to_names(names)
    counted = [measure for measure in agreement.measures if measure.kind in SAMPLED]
    known = {name: each.code for each in counted for name in (each.name, each.code) if name}
    wrong = [f"`{name}`" for name in names if name not in known]
    if wrong:
        raise UsageError(
            Said(
                f"{', '.join(wrong)}: nothing that the agreement counts",
                f"责任书里没有这样的计数数据项：{'、'.join(wrong)}",
            )
        )
    return frozenset(known[name] for name in names)


def _file_names(names: Iterable[str]) -> list[str]:
    """Return names that files may have, all different."""
    used: set[str] = set()
    found = []
    for name in names:
        plain = _NO_FILE_NAME.sub("_", name).strip(" .")[:80] or "_"
        made, count = plain, 1
        while made.casefold() in used:
            count += 1
            made = f"{plain} ({count})"
        used.add(made.casefold())
        found.append(f"{made}.xlsx")
    return found


@attrs.frozen
class _Part:
    """One sheet to fill: what it is called, whose it is, and what it asks."""

    name: str
    asked: tuple[Asked, ...]
    facilities: tuple[Facility, ...]
    office: str = ""


@attrs.frozen
class _Maker:
    """What all files of one call have in common."""

    agreement: Agreement
    layout: Layout
    facilities: tuple[Facility, ...]
    stages: tuple[Stage | None, ...]
    evidence: bool
    samples: frozenset[str] | None
    lang: Language
    period: str

    def parts(self) -> list[_Part]:
        """Return the sheets to fill, in order."""
        asked = asked_of(self.agreement, self.lang, self.samples)
        if self.layout is Layout.COUNTY:
            return [_Part(_DATA(self.lang), asked, self.facilities)]
        if self.layout is Layout.FACILITY:
            if not self.facilities:
                return [_Part(_DATA(self.lang), asked, ())]
            return [_Part(_named(each), asked, (each,)) for each in self.facilities]
        return [
            _Part(
                office or _NO_OFFICE(self.lang),
                tuple(each for each in asked if _assesses(office, each)),
                self.facilities,
                office,
            )
            for office in offices_of(asked)
        ]

    def make(self, parts: Sequence[_Part]) -> bytes:
        """Return a workbook with these sheets to fill."""
        buffer = io.BytesIO()
        book = open_book(buffer, self.agreement.title)
        look = Look(book)
        fixed = (_CASES(self.lang), _AGREEMENT(self.lang), NAME(self.lang))
        names = sheet_names([part.name for part in parts], taken=fixed)
        asked = tuple({each.target: each for part in parts for each in part.asked}.values())
        listed = listed_of(asked, self.agreement)
        labels = labels_of(listed)
        facilities = tuple(dict.fromkeys(each for part in parts for each in part.facilities))
        lists = self._lists(asked, tuple(labels), facilities)
        places = list_places(fixed[2], lists)
        pages = []
        for part, name in zip(parts, names, strict=True):
            form = Form(
                self.agreement,
                part.asked,
                part.facilities,
                self.stages,
                self.evidence,
                self.lang,
                self.period,
                look,
                places,
            )
            codes = self._write_part(book, name, part, form)
            pages.append(PageAbout(name, self.layout.value, part.office, codes_of(codes)))
        if listed:
            form = attrs.evolve(form, facilities=facilities)
            codes = write_cases(book, fixed[0], tuple(labels), self.agreement, form)
            pages.append(PageAbout(fixed[0], CASES, "", codes_of(codes)))
        write_clauses(book, fixed[1], self.agreement, look, self.lang)
        pages.append(PageAbout(fixed[1], SHOWN))
        about = about_of(self.agreement, self.layout, self.stages, pages, labels)
        write_about(book, fixed[2], about, lists, look)
        book.close()
        return buffer.getvalue()

    def _write_part(self, book: Book, name: str, part: _Part, form: Form) -> tuple[Code, ...]:
        title = _TITLE(self.lang, self.agreement.title)
        if self.layout is Layout.FACILITY:
            facility = part.facilities[0] if part.facilities else None
            return write_unit(book, name, title, facility, form)
        if part.office:
            title = f"{title}（{part.office}）"
        columns = len(part.asked) * 6 * len(self.stages)
        if (len(part.facilities) + 40) * columns > MOST_CELLS:
            raise UsageError(
                Said(
                    f"{len(part.facilities)} facilities are too many for one sheet:"
                    " write a workbook for each county or office",
                    f"一张表放不下{len(part.facilities)}家：请按县区分别出表",
                )
            )
        return write_rows(book, name, safe_text(title), part.asked, form)

    def _lists(
        self, asked: Iterable[Asked], labels: tuple[str, ...], facilities: Sequence[Facility]
    ) -> list[tuple[str, ...]]:
        """Return the words of the drop-downs that are too long to stand in the check itself."""
        levels = (each.measure.levels for each in asked if each.measure is not None)
        choices = [
            kinds_of(self.agreement),
            labels,
            tuple(each.key for each in facilities),
            tuple(each.name for each in facilities),
            *((*words, NOT_APPLICABLE) for words in levels if words),
        ]
        return [words for words in dict.fromkeys(choices) if words and needs_list(words)]


def _named(facility: Facility) -> str:
    return facility.name if facility.name == facility.key else f"{facility.key} {facility.name}"


def _assesses(office: str, asked: Asked) -> bool:
    return office in asked.offices if office else not asked.offices
