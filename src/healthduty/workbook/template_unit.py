"""The sheet of one unit: whose it is above, a row for each measure, its stages side by side.

Every row has its hidden code at the left, every column above; what stands where the two cross is
known from both. Cells in which nothing belongs (分子 of a count) are grey and locked.

Source: “one sheet to fill, per facility”.

>>> [row.part.value for row in subject_rows((Stage.VERIFIED,))][-2:]
['assessor', 'date']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from healthduty.records.headers import Stage
from healthduty.rules.measure import RATE_KINDS
from healthduty.wording import Language
from healthduty.wording.phrase import Phrase
from healthduty.workbook.styles import (
    FAINT,
    HEAD_FONT,
    PAGES,
    SECTION_FILL,
    TITLE_SIZE,
    Book,
    Page,
    column_letters,
    height_of,
    set_page,
)
from healthduty.workbook.styles import safe_text as safe
from healthduty.workbook.template_asked import Asked
from healthduty.workbook.template_checks import check_of
from healthduty.workbook.template_codes import (
    ASIDE,
    PAIR,
    PART_WORDS,
    SAMPLE,
    SUBJECT,
    VALUE,
    Code,
    Part,
)
from healthduty.workbook.template_form import (
    Facility,
    Form,
    protect,
    write_codes,
    write_comment,
    write_subject,
)
from healthduty.workbook.template_rows import HOW_TO_FILL, hint_of

TITLE, HOW, SUBJECTS = range(3)
"""The first rows of the sheet; the others follow from how many there are."""

CODE, NUMBER, LABEL, UNIT, CLAUSE, FIRST = range(6)
"""The columns of the sheet, from the hidden codes to the first cell to fill in."""

_WIDTHS = {CODE: 4.0, NUMBER: 7.0, LABEL: 24.0, UNIT: 7.0, CLAUSE: 38.0}
_PART_WIDTHS = {
    Part.VALUE: 10.0,
    Part.NUMERATOR: 9.0,
    Part.DENOMINATOR: 9.0,
    Part.ASKED: 9.0,
    Part.AVAILABLE: 9.0,
    Part.REASON: 16.0,
    Part.EVIDENCE: 18.0,
}
_HEADS = Phrase("编号|数据项|单位|评分标准", "item|what to fill in|unit|how it is scored")
_SIGNED = Phrase(
    "填报单位（盖章）：　　　　　　　　　填报人：　　　　　　　核实人：　　　　　　　日期：",
    "Unit (seal):                    Filled in by:              Verified by:              Date:",
)


def subject_rows(stages: Sequence[Stage | None]) -> Iterator[Code]:
    """Go through the rows above the table: whose the sheet is, and who stated it when."""
    yield from (Code(part) for part in SUBJECT)
    yield from (Code(part, "", stage) for stage in stages for part in ASIDE)


def columns_of(form: Form) -> tuple[Code, ...]:
    """Return the codes of the columns: what people read, and then the stages."""
    shown = [Code(Part.SHOWN)] * FIRST
    shown[UNIT] = Code(Part.HERE)
    unused = set() if form.evidence else {Part.EVIDENCE}
    if not any(asked.sampled for asked in form.asked):
        unused.update(SAMPLE)
    parts = [part for part in VALUE if part not in unused]
    return (*shown, *(Code(part, "", stage) for stage in form.stages for part in parts))


def write_unit(
    book: Book, name: str, title: str, facility: Facility | None, form: Form
) -> tuple[Code, ...]:
    """Write a sheet for one unit; return the codes of its columns and rows."""
    page = book.add_worksheet(name)
    columns, subjects = columns_of(form), tuple(subject_rows(form.stages))
    look = form.look
    page.write_string(
        TITLE, NUMBER, safe(title), look.of(font_name=HEAD_FONT, font_size=TITLE_SIZE)
    )
    page.set_row(TITLE, 28)
    page.write_string(HOW, NUMBER, HOW_TO_FILL(form.lang), look.of(font_color=FAINT, font_size=9))
    page.set_row(HOW, 18)
    for row, code in enumerate(subjects, SUBJECTS):
        _write_subject_row(page, row, code, facility, form)
    head = SUBJECTS + len(subjects) + 1
    _write_heads(page, head, columns, form)
    write_codes(page, head + 2, columns, form)
    rows = _write_table(page, head + 3, columns, form)
    page.merge_range(
        rows + 1, NUMBER, rows + 1, len(columns) - 1, _SIGNED(form.lang), look.of(align="left")
    )
    page.write_string(rows + 1, CODE, str(Code(Part.SHOWN)), look.of(font_size=8))
    _finish(page, columns, head, title, form.lang)
    return (*columns, *subjects, *(Code(Part.VALUE, asked.target) for asked in form.asked))


def _write_subject_row(
    page: Page, row: int, code: Code, facility: Facility | None, form: Form
) -> None:
    page.write_string(row, CODE, str(code), form.look.of(font_size=8))
    page.set_row(row, 18)
    aside = code.part in ASIDE
    word = form.head_of(code.part, code.stage) if aside else PART_WORDS[code.part](form.lang)
    label = form.part_head(code.stage)
    page.merge_range(row, NUMBER, row, LABEL, word, label)
    page.merge_range(row, UNIT, row, CLAUSE, "", form.label())
    if aside:
        day = code.part is Part.DATE
        page.write_blank(row, UNIT, None, form.input(code.stage, day=day, long=not day))
        page.write_blank(row, CLAUSE, None, form.input(code.stage, day=day, long=not day))
        if day:
            page.data_validation(row, UNIT, row, UNIT, form.day_check())
        return
    write_subject(page, row, UNIT, code.part, facility, form)
    check = form.subject_check(code.part)
    if check is not None:
        page.data_validation(row, UNIT, row, UNIT, check)


def _write_heads(page: Page, row: int, columns: Sequence[Code], form: Form) -> None:
    """Write both rows of headings: the stages, and below each what is filled in."""
    for column, word in enumerate(_HEADS(form.lang).split("|"), NUMBER):
        page.merge_range(row, column, row + 1, column, word, form.look.head())
    column = FIRST
    for stage, group in groupby(columns[FIRST:], key=lambda code: code.stage):
        parts = list(group)
        word = form.head_of(Part.SHOWN, stage) or PART_WORDS[Part.VALUE](form.lang)
        page.merge_range(row, column, row, column + len(parts) - 1, word, form.part_head(stage))
        for at, code in enumerate(parts, column):
            word = PART_WORDS[code.part](form.lang)
            page.write_string(row + 1, at, word, form.part_head(stage))
        column += len(parts)
    page.set_row(row, 18)
    page.set_row(row + 1, 18)


def _write_table(page: Page, row: int, columns: Sequence[Code], form: Form) -> int:
    """Write a row for each thing asked, those of one section under its name; return the end."""
    group = ""
    code = form.look.of(font_size=8)
    section = form.label(bg_color=SECTION_FILL, font_name=HEAD_FONT)
    for asked in form.asked:
        if asked.group != group:
            group = asked.group
            page.write_string(row, CODE, str(Code(Part.SHOWN)), code)
            page.merge_range(row, NUMBER, row, len(columns) - 1, safe(group), section)
            page.set_row(row, 18)
            row += 1
        page.write_string(row, CODE, str(Code(Part.VALUE, asked.target)), code)
        _write_asked(page, row, asked, columns, form)
        row += 1
    return row


def _write_asked(page: Page, row: int, asked: Asked, columns: Sequence[Code], form: Form) -> None:
    unit = asked.measure.suffix if asked.measure is not None else ("分" if asked.judged else "")
    texts = {NUMBER: "、".join(asked.numbers), LABEL: asked.label, UNIT: unit, CLAUSE: asked.clause}
    for column, text in texts.items():
        small = {"font_size": 9, "font_color": FAINT} if column == CLAUSE else {}
        align = "center" if column in (NUMBER, UNIT) else "left"
        page.write_string(row, column, safe(text), form.label(align=align, **small))
    for column, code in enumerate(columns[FIRST:], FIRST):
        if not _belongs(asked, code.part):
            page.write_blank(row, column, None, form.closed())
            continue
        long = code.part in (Part.REASON, Part.EVIDENCE)
        page.write_blank(row, column, None, form.input(code.stage, long=long))
        cell = f"{column_letters(column)}{row + 1}"
        check = check_of(asked, code.part, cell, form.lists, form.lang)
        if check is not None:
            page.data_validation(row, column, row, column, check)
    write_comment(page, row, LABEL, hint_of(asked, form.lang))
    page.set_row(row, height_of([(text, _WIDTHS[column]) for column, text in texts.items()], 20.0))


def _belongs(asked: Asked, part: Part) -> bool:
    """Return whether a part of a value is asked for: counts only of a rate."""
    if part in SAMPLE:
        return asked.sampled
    if part in PAIR:
        return asked.measure is not None and asked.measure.kind in RATE_KINDS
    return True


def _finish(page: Page, columns: Sequence[Code], head: int, title: str, lang: Language) -> None:
    for column, width in _WIDTHS.items():
        page.set_column(column, column, width, None, {"hidden": column == CODE})
    for column, code in enumerate(columns[FIRST:], FIRST):
        page.set_column(column, column, _PART_WIDTHS[code.part])
    page.freeze_panes(head + 3, UNIT)
    set_page(page, repeat=(head, head + 1), footer=title, pages=PAGES[lang])
    protect(page)
