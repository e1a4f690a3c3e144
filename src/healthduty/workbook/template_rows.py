"""The sheet of a county or an office: a row for each unit, the measures across.

Above each measure stand its item and name, how it is scored, and the columns that make its value:
自评值, 自评依据, 核实值, 核实依据; a rate whose counts the agreement names has 分子 and 分母
too, what is counted in a sample 应查数 and 实有数. Who stated the values, and when, stands once for
each unit and stage, at the right.

Source: “one sheet to fill … per county, or per assessing office”.

>>> from healthduty.rules.measure import Measure
>>> surveys = Asked("surveys", "问卷调查", Measure("surveys", unit="次"))
>>> [str(code) for code in codes_of(surveys, (Stage.VERIFIED,), evidence=True)]
['hd|verified|value|surveys', 'hd|verified|evidence|surveys']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from healthduty.records.headers import Stage
from healthduty.wording import Language
from healthduty.wording.phrase import Phrase
from healthduty.workbook.styles import (
    BORDER,
    FAINT,
    HEAD_FILL,
    HEAD_FONT,
    PAGES,
    TITLE_SIZE,
    Book,
    Format,
    Page,
    column_letters,
    height_of,
    set_margin_title,
    set_page,
    width_of,
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

TITLE, HOW, HEAD, CLAUSE, PARTS, CODES, FIRST = range(7)
"""The rows of the sheet, from the title to the first unit."""

_SPARE = 30
"""Rows for units that are not named yet."""

_WIDTHS = {
    Part.FACILITY: 11.0,
    Part.NAME: 22.0,
    Part.KIND: 12.0,
    Part.POPULATION: 10.0,
    Part.PERIOD: 9.0,
    Part.VALUE: 10.0,
    Part.NUMERATOR: 9.0,
    Part.DENOMINATOR: 9.0,
    Part.ASKED: 9.0,
    Part.AVAILABLE: 9.0,
    Part.REASON: 16.0,
    Part.EVIDENCE: 18.0,
    Part.ASSESSOR: 10.0,
    Part.DATE: 12.0,
}
HOW_TO_FILL = Phrase(
    "填写说明：只填有底色的单元格（浅黄为自评，浅绿为核实）；点单元格可见填法，指标名称上有评分标准；"
    "未填视为缺报，不适用请填“不适用（原因）”；无佐证材料的，依据栏填“无”。",
    "Fill in the shaded cells only (yellow: self-assessed, green: verified). Select a cell to see"
    " what goes in; the clause stands on the indicator's name. A blank counts as missing; where"
    " something does not apply write 不适用 (reason); without evidence write 无.",
)
_MOST_CLAUSE_HEIGHT = 58.0
_WIDEST_PAGE = 190.0
"""A sheet up to this width is fitted onto the page; a wider one goes over several, on A3."""

_A3, _A3_SCALE, _A3_WIDTH = 8, 70, 195.0


def codes_of(asked: Asked, stages: Sequence[Stage | None], *, evidence: bool) -> Iterator[Code]:
    """Go through the columns of one measure or judgement, stage by stage."""
    for stage in stages:
        if asked.paired:
            yield from (Code(part, asked.target, stage) for part in PAIR)
        if asked.sampled:
            yield from (Code(part, asked.target, stage) for part in SAMPLE)
        yield Code(Part.VALUE, asked.target, stage)
        if asked.judged:
            yield Code(Part.REASON, asked.target, stage)
        elif evidence:
            yield Code(Part.EVIDENCE, asked.target, stage)


@attrs.frozen
class _Block:
    """The columns of one measure: where they begin, and their codes."""

    asked: Asked
    left: int
    codes: tuple[Code, ...]


def write_rows(
    book: Book, name: str, title: str, asked: Sequence[Asked], form: Form
) -> tuple[Code, ...]:
    """Write a sheet with a row for each unit; return the codes of its columns."""
    page = book.add_worksheet(name)
    codes: list[Code] = [Code(part) for part in SUBJECT]
    blocks = []
    for each in asked:
        across = tuple(codes_of(each, form.stages, evidence=form.evidence))
        blocks.append(_Block(each, len(codes), across))
        codes += across
    aside = [Code(part, "", stage) for stage in form.stages for part in ASIDE]
    codes += aside
    _write_title(page, title, form)
    _write_subject_heads(page, codes, len(codes) - len(aside), form)
    clause = 15.0
    for block in blocks:
        clause = max(clause, _write_head(page, block, form))
    page.set_row(HEAD, 32)
    page.set_row(CLAUSE, min(clause, _MOST_CLAUSE_HEIGHT))
    page.set_row(PARTS, 26)
    write_codes(page, CODES, codes, form)
    facilities: tuple[Facility | None, ...] = form.facilities or (None,) * _SPARE
    styles = [None if code.part in SUBJECT else _style(code, form) for code in codes]
    for row, facility in enumerate(facilities, FIRST):
        _write_unit(page, row, facility, codes, styles, form)
    _add_checks(page, codes, blocks, FIRST + len(facilities) - 1, form)
    _finish(page, codes, title, form)
    if _set_paper(page, codes, blocks):
        # In its own cells the title would be cut off behind the repeated columns.
        page.print_area(HEAD, 0, FIRST + len(facilities) - 1, len(codes) - 1)
        set_margin_title(page, title, HOW_TO_FILL(form.lang))
    return tuple(codes)


def _write_title(page: Page, title: str, form: Form) -> None:
    look = form.look
    page.write_string(TITLE, 0, safe(title), look.of(font_name=HEAD_FONT, font_size=TITLE_SIZE))
    page.set_row(TITLE, 28)
    page.write_string(HOW, 0, HOW_TO_FILL(form.lang), look.of(font_color=FAINT, font_size=9))
    page.set_row(HOW, 18)


def _write_subject_heads(page: Page, codes: Sequence[Code], aside: int, form: Form) -> None:
    """Write the headings that go over all three rows: of whom the row is, and who stated it."""
    for column, code in enumerate(codes):
        if code.target or code.part not in (*SUBJECT, *ASIDE):
            continue
        text = PART_WORDS[code.part](form.lang)
        if code.part in ASIDE:
            text = form.head_of(code.part, code.stage)
        style = form.look.head() if column < aside else form.part_head(code.stage)
        page.merge_range(HEAD, column, PARTS, column, safe(text), style)


def _write_head(page: Page, block: _Block, form: Form) -> float:
    """Write the headings of one measure; return how high its clause wants the row to be."""
    left, right = block.left, block.left + len(block.codes) - 1
    width = sum(_WIDTHS[code.part] for code in block.codes)
    clause = form.look.of(
        font_size=8, font_color=FAINT, text_wrap=True, valign="top", bg_color="#F8FAFC", **BORDER
    )
    head = form.look.of(
        font_name=HEAD_FONT, bg_color=HEAD_FILL, align="center", text_wrap=True, **BORDER
    )
    for row, text, style in (
        (HEAD, block.asked.heading, head),
        (CLAUSE, block.asked.clause, clause),
    ):
        if left == right:
            page.write_string(row, left, safe(text), style)
        else:
            page.merge_range(row, left, row, right, safe(text), style)
    for column, code in enumerate(block.codes, left):
        text = _part_head(code, block.asked, form)
        page.write_string(PARTS, column, safe(text), form.part_head(code.stage))
    write_comment(page, HEAD, left, hint_of(block.asked, form.lang))
    return height_of([(block.asked.clause, width * 1.2)], 15.0)


def _part_head(code: Code, asked: Asked, form: Form) -> str:
    """Return what a column is headed; a count by the name that the agreement gives it."""
    measure = asked.measure
    named = {
        Part.NUMERATOR: measure.numerator if measure else "",
        Part.DENOMINATOR: measure.denominator if measure else "",
    }
    head = form.head_of(code.part, code.stage, asked)
    own = named.get(code.part, "")
    return f"{head}\n{own}" if own else head


_PAIR_HINT = Phrase("分子：{}；分母：{}", "numerator: {}; denominator: {}")
_SAMPLE_HINT = Phrase(
    "抽查：填应查数和实有数，实有数不足的部分不计；未抽查的两栏都不填",
    "a sample: how many were to be looked at, and how many there were (what there was not does not"
    " count); leave both blank where there was none",
)
_OFFICES_HINT = Phrase("考核科室：{}", "assessed by {}")
_EVIDENCE_HINT = Phrase(
    "须有书面佐证：依据栏填“无”的，该项不得分",
    "needs written evidence: with 无 as evidence the item earns nothing",
)


def hint_of(asked: Asked, lang: Language) -> str:
    """Return what a hint says of a measure: its name, how it is scored, who assesses it."""
    lines = [asked.heading, asked.clause]
    measure = asked.measure
    if measure is not None and asked.paired:
        lines.append(_PAIR_HINT(lang, measure.numerator or "—", measure.denominator or "—"))
    if asked.sampled:
        lines.append(_SAMPLE_HINT(lang))
    if asked.offices:
        lines.append(_OFFICES_HINT(lang, "、".join(sorted(asked.offices))))
    if asked.evidence_required:
        lines.append(_EVIDENCE_HINT(lang))
    return "\n".join(filter(None, lines))


def _style(code: Code, form: Form) -> Format:
    long = code.part in (Part.REASON, Part.EVIDENCE)
    return form.input(code.stage, long=long, day=code.part is Part.DATE)


def _write_unit(
    page: Page,
    row: int,
    facility: Facility | None,
    codes: Sequence[Code],
    styles: Sequence[Format | None],
    form: Form,
) -> None:
    for column, style in enumerate(styles):
        if style is None:
            write_subject(page, row, column, codes[column].part, facility, form)
        else:
            page.write_blank(row, column, None, style)
    page.set_row(row, 20)


def _add_checks(
    page: Page, codes: Sequence[Code], blocks: Sequence[_Block], last: int, form: Form
) -> None:
    for column, code in enumerate(codes):
        check = form.subject_check(code.part)
        if code.part is Part.DATE:
            check = form.day_check()
        if check is not None:
            page.data_validation(FIRST, column, last, column, check)
    for block in blocks:
        for column, code in enumerate(block.codes, block.left):
            cell = f"{column_letters(column)}{FIRST + 1}"
            check = check_of(block.asked, code.part, cell, form.lists, form.lang)
            if check is not None:
                page.data_validation(FIRST, column, last, column, check)


def _finish(page: Page, codes: Sequence[Code], title: str, form: Form) -> None:
    names = [facility.name for facility in form.facilities]
    for column, code in enumerate(codes):
        width = _WIDTHS[code.part]
        if code.part is Part.NAME:
            width = width_of(names, width, 36)
        page.set_column(column, column, width)
    page.freeze_panes(FIRST, SUBJECT.index(Part.NAME) + 1)
    set_page(page, repeat=(HEAD, PARTS), footer=title, pages=PAGES[form.lang])
    protect(page)


def _set_paper(page: Page, codes: Sequence[Code], blocks: Sequence[_Block]) -> bool:
    """Let a wide sheet go over pages that each begin with a measure, the names repeated.

    Tell whether it is that wide.
    """
    if sum(_WIDTHS[code.part] for code in codes) <= _WIDEST_PAGE:
        return False
    page.set_paper(_A3)
    page.set_print_scale(_A3_SCALE)
    last = SUBJECT.index(Part.NAME)
    page.repeat_columns(0, last)
    repeated = sum(_WIDTHS[part] for part in SUBJECT[: last + 1])
    used = sum(_WIDTHS[part] for part in SUBJECT)
    breaks = []
    for block in blocks:
        width = sum(_WIDTHS[code.part] for code in block.codes)
        if used + width > _A3_WIDTH:
            breaks.append(block.left)
            used = repeated
        used += width
    page.set_v_pagebreaks(breaks)
    return True
