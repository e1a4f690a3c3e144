"""What must be said beside the points: faults, what is missing, what was assumed.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from healthduty.checks.codes import CODES
from healthduty.findings import Finding, Severity
from healthduty.results.ranking import Ranked
from healthduty.scoring.sheet import ScoreSheet
from healthduty.sources import Place
from healthduty.wording import Language
from healthduty.workbook.result_words import WORDS
from healthduty.workbook.styles import (
    BORDER,
    HEAD_FONT,
    Look,
    Page,
    height_of,
    lines_of,
    safe_text,
    set_page,
)

_WEIGHTS = (Severity.ERROR, Severity.WARNING, Severity.ASSUMPTION)
_HEADINGS = ("facility", "severity", "subject", "place", "message")
_WIDTHS = (24.0, 12.0, 24.0, 22.0, 70.0)
_HEAD = 2


def finding_texts(sheet: ScoreSheet, lang: Language) -> list[str]:
    """Return a sheet's findings as sentences, what weighs most first, each remark once."""
    return [_text(remark, where, lang) for remark, where in _remarks(sheet, lang)]


def _remarks(sheet: ScoreSheet, lang: Language) -> Iterable[tuple[Finding, str]]:
    """Go through a sheet's remarks, what weighs most first, each once with all its places."""
    places: dict[Finding, list[str]] = {}
    for weight in _WEIGHTS:
        for finding in sheet.findings.of(weight):
            remark = attrs.evolve(finding, place=Place(), citation=None)
            places.setdefault(remark, []).append(_where(finding.place, sheet, lang))
    for remark, where in places.items():
        yield remark, WORDS[lang]["list"].join(dict.fromkeys(where))


def _where(place: Place, sheet: ScoreSheet, lang: Language) -> str:
    """Return the place as the workbook shows it: an item's number, a measure's name."""
    if place.item:
        return place.item
    labels = {measure.code: measure.label for measure in sheet.agreement.measures}
    return labels.get(place.column, place.column) or place.text(lang) or WORDS[lang]["whole"]


def subject_of(finding: Finding, lang: Language) -> str:
    """Return what a finding is about: its code's Chinese title, or the code itself."""
    known = CODES.get(finding.code)
    return known.title if lang == "zh" and known is not None and known.title else finding.code


def _text(remark: Finding, where: str, lang: Language) -> str:
    severity, own = remark.severity.text(lang), remark.code == Severity.ASSUMPTION.value
    title = subject_of(remark, lang) if lang == "zh" and not own else ""
    title = "" if title == remark.code else title
    said = WORDS[lang]["finding"].format(where, remark.text(lang))
    return f"{severity}{' ' if title else ''}{title}{said}"


def error_titles(sheet: ScoreSheet, lang: Language) -> list[str]:
    """Return what stands in the way of a total: subjects, each with the places where it does."""
    places: dict[str, list[str]] = {}
    for finding in sheet.findings.errors:
        found = places.setdefault(subject_of(finding, lang), [])
        found.append(_where(finding.place, sheet, lang))
    words = WORDS[lang]
    return [
        words["error_at"].format(subject, words["list"].join(dict.fromkeys(where)))
        for subject, where in places.items()
    ]


def write_notes(page: Page, ranked: Sequence[Ranked], look: Look, lang: Language) -> None:
    """Write the remarks of all facilities, a row each: the long form has no sheets for them."""
    words, agreement = WORDS[lang], ranked[0].sheet.agreement
    title = words["notes_title"].format(agreement.title)
    page.write_string(0, 0, safe_text(title), look.of(font_name=HEAD_FONT, font_size=14))
    page.set_row(0, 28)
    for column, (name, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        page.write_string(_HEAD, column, words[name], look.head())
        page.set_column(column, column, width)
    form, at = look.of(text_wrap=True, **BORDER), _HEAD
    for at, (name, remark, where) in enumerate(_all_remarks(ranked, lang), start=_HEAD + 1):
        if at >= _MOST_ROWS - 1:
            page.write_string(at, 0, words["notes_cut"], form)
            break
        own = remark.code == Severity.ASSUMPTION.value
        subject = "" if own else subject_of(remark, lang)
        texts = (name, remark.severity.text(lang), subject, where, remark.text(lang))
        for column, text in enumerate(texts):
            page.write_string(at, column, safe_text(text), form)
        page.set_row(at, height_of(zip(texts, _WIDTHS, strict=True)))
    if at == _HEAD:
        page.write_string(at + 1, 0, words["origin_none"], form)
    page.freeze_panes(_HEAD + 1, 1)
    page.autofilter(_HEAD, 0, max(at, _HEAD + 1), len(_HEADINGS) - 1)
    set_page(page, repeat=(_HEAD, _HEAD), footer=title, pages=words["pages"])


_MOST_ROWS = 1_048_576


def _all_remarks(ranked: Sequence[Ranked], lang: Language) -> Iterator[tuple[str, Finding, str]]:
    """Go through the remarks with whose they are: those that all facilities share come once."""
    told = [(entry.sheet.record.name, list(_remarks(entry.sheet, lang))) for entry in ranked]
    of_all = dict.fromkeys(told[0][1]) if len(told) > 1 else {}
    for _, remarks in told[1:]:
        own = set(remarks)
        of_all = {remark: None for remark in of_all if remark in own}
    for remark, where in of_all:
        yield WORDS[lang]["all_facilities"], remark, where
    for name, remarks in told:
        for remark, where in remarks:
            if (remark, where) not in of_all:
                yield name, remark, where


def packed(texts: Sequence[str], width: float, most: int) -> tuple[str, ...]:
    r"""Put texts together into cells of a width, each of so many lines at most.

    >>> packed(["a", "b", "c"], 20, 2)
    ('a\nb', 'c')
    """
    cells: list[str] = []
    lines = most
    for text in texts:
        needed = lines_of(text, width)
        if not cells or lines + needed > most:
            cells.append(text)
            lines = needed
        else:
            cells[-1] += "\n" + text
            lines += needed
    return tuple(cells)
