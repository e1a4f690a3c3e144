"""The sheet of cases: a row for each case found, and for each further assessor's points.

A count says how many, a case says which: its day, its number in the file, the attributes by which
the agreement weighs it. Nobody's name belongs here. Where several assessors give points for one
item, the first stands on the unit's own sheet or here, and the others here.

Source: vocabulary “Measure” (dated cases), “Judgement” (by one assessor or the mean of several);
the architecture's “data safety” (case lists carry no patient identity).

>>> labels_of((Asked("2", "台账", numbers=("2",)), Asked("x", "台账", numbers=("2",))))
{'2 台账': '2', '2 台账 x': 'x'}
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from healthduty.model.agreement import Agreement
from healthduty.records.headers import Stage
from healthduty.records.needs import needs_of, within
from healthduty.rules.measure import MeasureKind
from healthduty.rules.tally import Cases
from healthduty.wording.phrase import Phrase
from healthduty.workbook.styles import FAINT, HEAD_FONT, PAGES, TITLE_SIZE, Book, Page, set_page
from healthduty.workbook.styles import safe_text as safe
from healthduty.workbook.template_asked import Asked
from healthduty.workbook.template_checks import choice
from healthduty.workbook.template_codes import PART_WORDS, STAGE_WORDS, Code, Part
from healthduty.workbook.template_form import (
    ROOM,
    Form,
    protect,
    write_codes,
)

TITLE, HOW, HEAD, CODES, FIRST = range(5)
"""The rows of the sheet, from the title to the first case."""

_WIDTHS = {
    Part.FACILITY: 12.0,
    Part.NAME: 22.0,
    Part.MEASURE: 28.0,
    Part.STAGE: 8.0,
    Part.DATE: 12.0,
    Part.CASE: 12.0,
    Part.VALUE: 10.0,
    Part.ATTRIBUTE: 12.0,
    Part.ASSESSOR: 12.0,
    Part.REASON: 24.0,
    Part.EVIDENCE: 24.0,
}
_TITLE = Phrase("个案明细", "Cases")
_COUNT = Phrase("例数或得分", "cases or points")
_ASSESSOR = Phrase("考核人", "assessor")
_HOW = Phrase(
    "一例一行；同日同类的几例可写一行并填例数。不得填写患者姓名、证件号码。"
    "多名考核人为同一项评分的，各写一行。",
    "One row a case; several alike on one day may share a row with their number. No patient's name"
    " or identity number. Where several assessors give points for one item, each has a row.",
)


def labels_of(asked: Iterable[Asked]) -> dict[str, str]:
    """Return what is asked for by the label that a list shows, each label once."""
    labels: dict[str, str] = {}
    for each in asked:
        label = f"{'、'.join(each.numbers)} {each.label}".strip()
        labels[label if label not in labels else f"{label} {each.target}"] = each.target
    return labels


def listed_of(asked: Iterable[Asked], agreement: Agreement) -> tuple[Asked, ...]:
    """Return what may stand in a list of cases: measures with cases, and judgements."""
    weighed = {
        thing.measure
        for thing in within(agreement)
        if isinstance(thing, Cases) and (thing.by or thing.where)
    }
    return tuple(each for each in asked if each.judged or _has_cases(each, weighed))


def _has_cases(asked: Asked, weighed: set[str]) -> bool:
    measure = asked.measure
    return measure is not None and (measure.kind is MeasureKind.CASES or measure.code in weighed)


def write_cases(
    book: Book, name: str, labels: Sequence[str], agreement: Agreement, form: Form
) -> tuple[Code, ...]:
    """Write the sheet of cases; return the codes of its columns."""
    page = book.add_worksheet(name)
    attributes = needs_of(agreement).attributes
    codes = _codes(attributes, form.stages)
    look = form.look
    title = look.of(font_name=HEAD_FONT, font_size=TITLE_SIZE)
    page.write_string(TITLE, 0, f"{_TITLE(form.lang)}　{safe(agreement.title)}", title)
    page.set_row(TITLE, 28)
    page.write_string(HOW, 0, _HOW(form.lang), look.of(font_color=FAINT, font_size=9))
    for column, code in enumerate(codes):
        page.write_string(HEAD, column, safe(_head(code, form)), look.head())
        long = code.part in (Part.REASON, Part.EVIDENCE, Part.MEASURE)
        style = form.input(None, long=long, day=code.part is Part.DATE)
        if code.part in (Part.FACILITY, Part.NAME, Part.CASE):
            style = form.subject_input(Part.FACILITY)
        for row in range(FIRST, FIRST + ROOM):
            page.write_blank(row, column, None, style)
        page.set_column(column, column, _WIDTHS[code.part])
        _add_check(page, column, code, labels, form)
    page.set_row(HEAD, 24)
    write_codes(page, CODES, codes, form)
    page.freeze_panes(FIRST, 2)
    set_page(page, repeat=(HEAD, HEAD), footer=agreement.title, pages=PAGES[form.lang])
    protect(page)
    return codes


def _head(code: Code, form: Form) -> str:
    match code.part:
        case Part.ATTRIBUTE:
            return code.target
        case Part.VALUE:
            return _COUNT(form.lang)
        case Part.ASSESSOR:
            return _ASSESSOR(form.lang)
        case _:
            return PART_WORDS[code.part](form.lang)


def _codes(attributes: Iterable[str], stages: Sequence[Stage | None]) -> tuple[Code, ...]:
    staged = [Code(Part.STAGE)] if len(stages) > 1 else []
    return (
        *map(Code, (Part.FACILITY, Part.NAME, Part.MEASURE)),
        *staged,
        *map(Code, (Part.DATE, Part.CASE, Part.VALUE)),
        *(Code(Part.ATTRIBUTE, name) for name in attributes),
        *map(Code, (Part.ASSESSOR, Part.REASON, Part.EVIDENCE)),
    )


def _add_check(page: Page, column: int, code: Code, labels: Sequence[str], form: Form) -> None:
    check = None
    if code.part is Part.MEASURE:
        check = choice(labels, form.lists, form.lang)
    elif code.part is Part.STAGE:
        check = choice([STAGE_WORDS[stage]("zh") for stage in form.stages], form.lists, form.lang)
    elif code.part is Part.DATE:
        check = form.day_check()
    elif code.part is Part.FACILITY and form.facilities:
        keys = [facility.key for facility in form.facilities]
        check = choice(keys, form.lists, form.lang)
    elif code.part is Part.NAME and form.facilities:
        names = [facility.name for facility in form.facilities]
        check = choice(names, form.lists, form.lang)
    if check is not None:
        page.data_validation(FIRST, column, FIRST + ROOM - 1, column, check)
