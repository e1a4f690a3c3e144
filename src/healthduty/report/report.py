"""The report: a county overview and every facility's sheet in one self-contained HTML file.

It fetches nothing and runs nothing, so it can be sent, filed and opened in ten years; it follows
the reader's light or dark screen, and prints on A4 with a page for each facility.

Source: the public face: `healthduty score -o x.html`.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> page = render_report([score(agreement, Record("南关", {"1": 4}))])
>>> page.startswith("<!doctype html>"), "南关" in page, "<script" in page
(True, True, False)
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

import attrs

from healthduty.convert.files import replace_file
from healthduty.display import same_places
from healthduty.errors import UsageError
from healthduty.report.markup import Content, Markup, element, table_of
from healthduty.report.overview import anchor, facts, heat_of, items_of, name_of, ranking_of
from healthduty.report.style import STYLE
from healthduty.results.ranking import Ranked, rank
from healthduty.said import Said
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

MOST_SHEETS = 200
"""So many facilities have their sheets in the file, the first of the ranking."""

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "sheets": "评分表",
        "of": " / 满分{}",
        "none": "无法计总分",
        "back": "↑ 返回排名",
        "assessors": "考核人签字：",
        "unit": "被考核单位签字（盖章）：",
        "date": "日期：",
        "digests": "核对码：{}",
        "agreement": "责任书",
        "record": "考核数据",
        "cohort": "参照单位",
        "rest": "本文件只含排名前{}个单位的评分表；其余单位请另行导出。",
    },
    "en": {
        "sheets": "Sheets",
        "of": " of {}",
        "none": "no total",
        "back": "↑ back to the ranking",
        "assessors": "Assessed by:",
        "unit": "For the unit:",
        "date": "Date:",
        "digests": "Digests: {}",
        "agreement": "agreement",
        "record": "record",
        "cohort": "cohort",
        "rest": "This file holds the sheets of the first {} units; write the others apart.",
    },
}


def render_report(
    sheets: Iterable[ScoreSheet], lang: Language = "zh", *, most_sheets: int = MOST_SHEETS
) -> str:
    """Return the report of sheets of one agreement as an HTML page.

    The overview shows every facility; of more than `most_sheets`, the best ranked have their
    sheets in the file, and a note says so.

    Raises:
        UsageError: an unknown language; no sheet at all, or sheets of several agreements.
    """
    check_language(lang)
    ranked = rank(sheets)
    if not ranked:
        raise UsageError(Said("a report needs a sheet", "报告里至少要有一家的评分表"))
    titles = {entry.sheet.digests["agreement"]: entry.sheet.agreement.title for entry in ranked}
    if len(titles) > 1:
        both = ", ".join(f"`{title}`" for title in titles.values())
        raise UsageError(
            Said(
                f"a report is of one agreement: {both} are several",
                f"一份报告只出一份责任书的结果，这里有几份：{both}",
            )
        )
    body = element("body", *_contents(ranked, most_sheets, lang))
    title = ranked[0].sheet.agreement.title
    code = "zh-CN" if lang == "zh" else "en"
    head = element("head", _meta(), element("title", title), Markup(f"<style>{STYLE}</style>"))
    return f"<!doctype html>\n{element('html', head, body, lang=code)}\n"


def write_report(
    sheets: Iterable[ScoreSheet],
    path: str | os.PathLike[str],
    lang: Language = "zh",
    *,
    most_sheets: int = MOST_SHEETS,
) -> None:
    """Write the report to a file, in one step: on any error an old file stays as it was.

    Raises:
        UsageError: as `render_report`.
        OSError: where the file can't be written.
    """
    replace_file(path, render_report(sheets, lang, most_sheets=most_sheets).encode())


def _meta() -> Markup:
    return Markup(
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">"
    )


def _contents(ranked: Sequence[Ranked], most: int, lang: Language) -> list[Content]:
    """Return the parts of the page; a single facility has no overview."""
    first = ranked[0].sheet
    periods = dict.fromkeys(
        entry.sheet.record.period.label for entry in ranked if entry.sheet.record.period
    )
    parts: list[Content] = [element("h1", first.agreement.title, id="top")]
    if len(periods) == 1:
        parts.append(element("p", *periods, kind="about"))
    if len(ranked) > 1:
        parts += [
            facts(ranked, lang),
            ranking_of(ranked, most, lang),
            items_of([entry.sheet for entry in ranked], lang),
            heat_of(ranked, most, lang),
        ]
    if len(ranked) > most:
        parts.append(element("p", _WORDS[lang]["rest"].format(most), kind="note"))
    shown = ranked[:most]
    alone = len(ranked) == 1
    parts += [_unit(place, each.sheet, lang, alone=alone) for place, each in enumerate(shown)]
    return parts


def _unit(place: int, sheet: ScoreSheet, lang: Language, *, alone: bool) -> Markup:
    """Return one facility's sheet, with lines for those who sign it."""
    words = _WORDS[lang]
    table = attrs.evolve(sheet.table(lang), title="")  # the heading above says it
    facility = sheet.record.facility
    beside = [] if name_of(sheet) == facility else [element("span", facility, kind="about")]
    signed = [element("span", words[who]) for who in ("assessors", "unit", "date")]
    digests = "  ".join(f"{words.get(key, key)} {code}" for key, code in sheet.digests.items())
    back = [element("p", element("a", words["back"], href="#top"), kind="back note")]
    return element(
        "section",
        element("h2", name_of(sheet)),
        *beside,
        element("div", *_result(sheet, words), kind="result"),
        table_of(table),
        element("div", *signed, kind="signatures"),
        element("p", words["digests"].format(digests), kind="digests"),
        *([] if alone else back),  # where there is no ranking, nothing leads to it
        kind="unit",
        id=anchor(place),
    )


def _result(sheet: ScoreSheet, words: dict[str, str]) -> list[Content]:
    """Return the total in large figures, of how many, and the grade."""
    total, full = same_places([sheet.total, sheet.full])
    of = [element("small", words["of"].format(full))] if full else []
    parts: list[Content] = [element("span", total or words["none"], *of, kind="total")]
    if sheet.grade:
        parts.append(element("span", sheet.grade, kind="grade"))
    return parts
