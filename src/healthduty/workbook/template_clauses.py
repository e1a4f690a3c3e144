"""The sheet with the agreement: every item with its points, requirement, clause and office.

Whoever fills the workbook in looks up here how an item is scored; nothing of it is read back.

Source: “a sheet with the agreement”.

>>> from healthduty.model.indicator import Indicator
>>> list(_cells(Indicator("1", "台账", points=5, method="查资料"), {}, "zh"))
['1', '台账', '', '5', '', '查资料', '']
"""

from __future__ import annotations

from collections.abc import Mapping

from healthduty.exact import show
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Node, Section
from healthduty.model.tree import grow, is_judged, walk
from healthduty.rules.measure import Measure
from healthduty.wording import Language, rule_text
from healthduty.wording.phrase import Phrase
from healthduty.workbook.styles import (
    BORDER,
    HEAD_FONT,
    PAGES,
    SECTION_FILL,
    TITLE_SIZE,
    Book,
    Look,
    height_of,
    set_page,
)
from healthduty.workbook.styles import safe_text as safe

_HEADS = Phrase(
    "编号|考核内容|考核要求|分值|评分标准|考核方法|考核科室",
    "item|indicator|requirement|points|how it is scored|method|office",
)
_WIDTHS = (7, 22, 34, 7, 46, 22, 14)
_POINTS, _RULES = 3, 4
_JUDGED = Phrase("由考核人评定", "judged by an assessor")


def write_clauses(book: Book, name: str, agreement: Agreement, look: Look, lang: Language) -> None:
    """Write the sheet with the agreement's items, vetoes and grades."""
    page = book.add_worksheet(name)
    measures = {measure.code: measure for measure in agreement.measures}
    title = look.of(font_name=HEAD_FONT, font_size=TITLE_SIZE, align="center")
    page.merge_range(0, 0, 0, len(_WIDTHS) - 1, safe(agreement.title), title)
    page.set_row(0, 30)
    for column, word in enumerate(_HEADS(lang).split("|")):
        page.write_string(1, column, word, look.head())
        page.set_column(column, column, _WIDTHS[column])
    row = 2
    for spot in walk(grow(agreement)):
        if isinstance(node := spot.node, Agreement):
            continue
        texts = [safe(text) for text in _cells(node, measures, lang)]
        if is_judged(spot):
            texts[_RULES] = _JUDGED(lang)
        shade = {"bg_color": SECTION_FILL, "font_name": HEAD_FONT}
        own = shade if isinstance(node, Section) else {}
        for column, text in enumerate(texts):
            align = "center" if column in (0, _POINTS) else "left"
            page.write_string(
                row, column, text, look.of(text_wrap=True, align=align, **BORDER, **own)
            )
        page.set_row(row, height_of(zip(texts, _WIDTHS, strict=True)))
        row += 1
    notes = agreement.table(lang).notes
    plain = look.of(text_wrap=True, align="left")
    for number, note in enumerate(notes, row + 1):
        page.merge_range(number, 0, number, len(_WIDTHS) - 1, safe(note), plain)
        page.set_row(number, height_of([(note, sum(_WIDTHS))]))
    page.freeze_panes(2, 2)
    set_page(page, repeat=(1, 1), footer=agreement.title, pages=PAGES[lang])
    page.protect("", {"format_columns": True, "format_rows": True})


def _cells(node: Node, measures: Mapping[str, Measure], lang: Language) -> tuple[str, ...]:
    rules = "\n".join(rule_text(rule, measures, lang) for rule in node.rules)
    points = "" if node.points is None else show(node.points)
    if isinstance(node, Section):
        return node.number, node.title, node.text, points, rules, "", node.office
    return node.number, node.title, node.requirement, points, rules, node.method, node.office
