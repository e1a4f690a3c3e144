"""A value as people read it, and whether two values are read alike.

`85%`, `51.1%（511/1000）`, `3例`, `无数据`: what stands in the course of a review, and behind each
line of a difference. Two values are alike where a rule would read the same from both, however
they are written; what is absent is alike only what is absent in the same way.

Source: vocabulary “Record”; semantics 2 (a rate and its pair), 7 (absences are different things).

>>> from healthduty.exact import Ratio
>>> rate = Measure("rate", "满意率", unit="%")
>>> value_text(Ratio(249, 300), rate), value_text("83", rate), value_text(MISSING, rate)
('83%（249/300）', '83%', '无数据')
>>> alike(rate, "83%", Ratio(249, 300)), alike(rate, "83%", 84)
(True, False)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from healthduty.errors import NumberError
from healthduty.exact import Ratio, read_number, show
from healthduty.records.observe import observe
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    Missing,
    NotApplicable,
    Observation,
    Plain,
    Sample,
    Value,
    stated,
)
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.wording import Language, number_text
from healthduty.wording.phrase import Phrase

_MISSING = Phrase("无数据", "no data")
_NOT_APPLICABLE = Phrase("不适用", "not applicable")
_BECAUSE = Phrase("{0}（{1}）", "{0} ({1})")
_POINTS = Phrase("{0}分", "{0} points")
_SAMPLE = Phrase("{0}（抽查{1}，实有{2}）", "{0} (sample of {1}, {2} there)")
_UNEVIDENCED = Phrase("{0}（无佐证）", "{0} (without evidence)")
_AND = Phrase("、", ", ")
_FLAGS = (Phrase("否", "no"), Phrase("是", "yes"))
_STAGES = {
    "self_assessed": Phrase("自评", "self assessed"),
    "verified": Phrase("核实", "verified"),
    "reviewed": Phrase("复核", "reviewed"),
}


def value_text(value: Value, measure: Measure | None, lang: Language = "zh") -> str:
    """Return the value that scores, as people read it; a text that can't be read stands as it is.

    Without a measure (an assessor's points under an item's number) a number is points.
    """
    plain, unevidenced = stated(value)
    text = _plain_text(plain, measure, lang)
    return _UNEVIDENCED(lang, text) if unevidenced else text


def _plain_text(plain: Plain, measure: Measure | None, lang: Language) -> str:
    match plain:
        case None | Missing():
            return _MISSING(lang)
        case NotApplicable(reason=reason):
            word = _NOT_APPLICABLE(lang)
            return _BECAUSE(lang, word, reason) if reason else word
        case Sample():
            sizes = show(plain.asked), show(plain.available)
            return _SAMPLE(lang, _plain_text(plain.value, measure, lang), *sizes)
        case Case():
            return _plain_text((plain,), measure, lang)
        case Judged():
            return _judged([plain], lang)
        case tuple() | list():
            judged = [each for each in plain if isinstance(each, Judged)]
            return _judged(judged, lang) if judged else _number(len(plain), measure, lang)
        case Ratio():
            pair = f"{show(plain.numerator)}/{show(plain.denominator)}"
            text = _number(plain, measure, lang)
            return pair if text == str(plain) else _BECAUSE(lang, text, pair)
        case _:
            return _number(plain, measure, lang)


def _judged(judged: Iterable[Judged], lang: Language) -> str:
    texts = []
    for each in judged:
        points = _POINTS(lang, show(each.points))
        texts.append(_BECAUSE(lang, points, each.reason) if each.reason else points)
    return _AND(lang).join(texts)


def _number(plain: Plain, measure: Measure | None, lang: Language) -> str:
    """Return a number with its unit, a level by its name, yes or no; else the text itself."""
    if measure is None:
        number = _bare(plain)
        return str(plain) if number is None else _POINTS(lang, show(number))
    pair = observe(measure, plain, [])
    if not isinstance(pair, tuple):
        return str(plain)
    if measure.kind is MeasureKind.LEVEL:
        return measure.levels[pair[0]]
    if measure.kind is MeasureKind.FLAG:
        return _FLAGS[bool(pair[0])](lang)
    return number_text(Fraction(*pair), measure)


def _bare(plain: object) -> Fraction | None:
    try:
        return read_number(plain)[0]
    except NumberError:
        return None


def stage_text(value: Value, lang: Language = "zh") -> str:
    """Return the stage that scores: 自评, 核实, 复核; nothing where the value has no stages."""
    if not isinstance(value, Observation):
        return ""
    for stage in ("reviewed", "verified", "self_assessed"):
        if getattr(value, stage) is not None:
            return _STAGES[stage](lang)
    return ""


def alike(measure: Measure | None, one: Value, other: Value) -> bool:
    """Tell whether a rule reads the same from both: the value, and whether it is evidenced."""
    (first, bare), (second, other_bare) = stated(one), stated(other)
    return bare == other_bare and _read(measure, first) == _read(measure, second)


def _read(measure: Measure | None, plain: Plain) -> object:
    match plain:
        case None | Missing():
            return MISSING
        case NotApplicable():
            return "not applicable"
        case Sample():
            return plain
        case Case() | Judged():
            return (plain,)
        case tuple() | list():
            return tuple(plain)
        case _:
            seen = None if measure is None else observe(measure, plain, [])
            number = Fraction(*seen) if isinstance(seen, tuple) else _bare(plain)
            # What can't be read is alike only where it is written alike.
            return repr(plain) if number is None else number
