"""What must be said beside the points: faults, what is missing, what was assumed.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from healthduty.checks.codes import CODES
from healthduty.findings import Finding, Severity
from healthduty.scoring.sheet import ScoreSheet
from healthduty.sources import Place
from healthduty.wording import Language
from healthduty.workbook.result_words import WORDS
from healthduty.workbook.styles import lines_of

_WEIGHTS = (Severity.ERROR, Severity.WARNING, Severity.ASSUMPTION)


def finding_texts(sheet: ScoreSheet, lang: Language) -> list[str]:
    """Return a sheet's findings as sentences, what weighs most first, each remark once."""
    places: dict[Finding, list[str]] = {}
    for weight in _WEIGHTS:
        for finding in sheet.findings.of(weight):
            remark = attrs.evolve(finding, place=Place(), citation=None)
            places.setdefault(remark, []).append(_where(finding.place, lang))
    return [_text(remark, where, lang) for remark, where in places.items()]


def _where(place: Place, lang: Language) -> str:
    return place.item or place.column or str(place) or WORDS[lang]["whole"]


def _text(remark: Finding, where: list[str], lang: Language) -> str:
    severity = WORDS[lang][f"severity_{remark.severity.value}"]
    own = remark.code == Severity.ASSUMPTION.value
    title = CODES[remark.code].title if remark.code in CODES and lang == "zh" and not own else ""
    hint = f"（{remark.hint}）" if remark.hint else ""
    listed = "、".join(dict.fromkeys(where))
    return f"{severity}{' ' if title else ''}{title}（{listed}）：{remark.message}{hint}"


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
