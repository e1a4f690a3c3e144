"""The sheets that say where the results come from: the agreement itself, and all digests.

Source: semantics 13 (identity); “sheet of the agreement; a sheet with the digests and
what entered”.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthduty.convert.digest import digest
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.tree import grow, is_judged, walk
from healthduty.results.ranking import Ranked
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language
from healthduty.workbook.styles import (
    BORDER,
    FAINT,
    HEAD_FONT,
    SECTION_FILL,
    Look,
    Page,
    height_of,
    safe_text,
    set_page,
)

_AGREEMENT_WIDTHS = (8.0, 44.0, 9.0, 62.0)


def write_agreement(
    page: Page, agreement: Agreement, look: Look, words: Mapping[str, str], lang: Language
) -> None:
    """Write the items of the agreement with their points and rules, and what follows."""
    table = agreement.table(lang)
    judged = {spot.number for spot in walk(grow(agreement)) if is_judged(spot)}
    rows = [(*row[:-1], row[-1] or words["judged"] * (row[0] in judged)) for row in table.rows]
    title = words["agreement_title"].format(agreement.title)
    page.merge_range(0, 0, 0, 3, "", look.title())
    page.write_string(0, 0, safe_text(title), look.title())
    page.set_row(0, 30)
    for column, (heading, width) in enumerate(zip(table.headings, _AGREEMENT_WIDTHS, strict=True)):
        page.write_string(1, column, heading, look.head())
        page.set_column(column, column, width)
    for place, row in enumerate(rows):
        strong = {"bg_color": SECTION_FILL} if place in table.strong else {}
        for column, text in enumerate(row):
            centred = column == 0 or column in table.right
            align = "center" if centred else "left"
            form = look.of(text_wrap=True, align=align, **BORDER, **strong)
            page.write_string(place + 2, column, safe_text(text), form)
        page.set_row(place + 2, height_of(zip(row, _AGREEMENT_WIDTHS, strict=True)))
    for place, note in enumerate(table.notes):
        at, form = len(table.rows) + 3 + place, look.of(text_wrap=True, valign="top")
        page.merge_range(at, 0, at, 3, "", form)
        page.write_string(at, 0, safe_text(note), form)
        page.set_row(at, height_of([(note, sum(_AGREEMENT_WIDTHS))], 15))
    page.freeze_panes(2, 0)
    set_page(page, repeat=(1, 1), footer=agreement.title, pages=words["pages"])


def write_origin(
    page: Page,
    ranked: Sequence[Ranked],
    remarks: Sequence[str],
    look: Look,
    words: Mapping[str, str],
) -> None:
    """Write the digests of the agreement and of every record, and what are values, not formulas."""
    agreement = ranked[0].sheet.agreement
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, words["origin_title"], look.of(font_name=HEAD_FONT, font_size=14))
    page.set_row(0, 28)
    page.write_string(1, 0, words["origin_note"], look.of(font_color=FAINT))
    rows = [
        (words["agreement"], agreement.title),
        (words["origin_agreement"], digest(agreement)),
        (words["origin_version"], f"healthduty {_version()}"),
        (words["origin_values"], "\n".join(remarks) or words["origin_none"]),
    ]
    label, text = look.of(bg_color=SECTION_FILL, **BORDER), look.of(text_wrap=True, **BORDER)
    for at, (name, value) in enumerate(rows, start=3):
        page.write_string(at, 0, name, label)
        page.write_string(at, 1, safe_text(value), text)
        page.set_row(at, height_of([(value, 90)], 18))
    first = len(rows) + 4
    page.write_string(first, 0, words["facility"], look.head())
    page.write_string(first, 1, words["origin_record"], look.head())
    for at, entry in enumerate(ranked, start=first + 1):
        codes = _digests(entry.sheet)
        page.write_string(at, 0, safe_text(entry.sheet.record.name), text)
        page.write_string(at, 1, safe_text(codes), text)
        page.set_row(at, height_of([(codes, 90)], 15))
    set_page(page, landscape=False, footer=agreement.title, pages=words["pages"])


def _digests(sheet: ScoreSheet) -> str:
    """Return what entered beside the agreement: the record's digest first, the others by name."""
    try:
        digests = dict(sheet.digests)
    except UsageError as error:  # a value that is none has no digest
        return str(error)
    record = digests.pop("record")
    others = [f"{name}: {code}" for name, code in digests.items() if name != "agreement"]
    return "\n".join([record, *others])


def _version() -> str:
    from importlib.metadata import version

    return version("healthduty")
