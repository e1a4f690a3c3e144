"""Canonical thresholds and conditions, read back: 上年门诊人次的1.1倍, 满意率低于60%且无制度.

Source: `healthduty.wording.conditions` writes what is read here.

>>> from healthduty.wording.names import Vocabulary
>>> condition(Scanner("无制度或检查低于1", Vocabulary(()))).conditions[0]
Flag(measure='无制度', expected=True)
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.canonical.scan import NotCanonicalError, Scanner
from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Comparator,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
)
from healthduty.rules.measure import Measure
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
from healthduty.wording.figures import unit_of
from healthduty.wording.names import NAME_IN_WHEN

_BEGINS_NUMBER = re.compile(r"-?[0-9]|____（|（")
_FACTOR_FOLLOWS = re.compile(r"的-?[0-9]")
_PLUS_FOLLOWS = re.compile(r"加[0-9]")
_LESS_FOLLOWS = re.compile(r"减[0-9]")
_ADDS_POINTS = re.compile(r"加[0-9]++(?:[./][0-9]++)?分(?=[，；）。])")
_COMPARATORS = {
    "达到": Comparator.AT_LEAST,
    "超过": Comparator.MORE,
    "不超过": Comparator.AT_MOST,
    "低于": Comparator.LESS,
    "等于": Comparator.EQUAL,
}
_ANSWERS = {"是": True, "否": False}
_FOUND = {"有「": True, "无「": False}


# ------------------------------------------------------------------------- thresholds


def bound(scanner: Scanner, measure: Measure | None, *, knot: bool = False) -> Threshold:
    """Read bound = ``（`` by-kind ``）`` | threshold; points stand behind that of a knot."""
    if not scanner.at("（"):
        return threshold(scanner, measure, knot=knot)
    scanner.open()
    found = _by_kind(scanner, unit_of(measure))
    scanner.close()
    return found


def threshold(scanner: Scanner, measure: Measure | None, *, knot: bool = False) -> Threshold:
    """Read threshold = ``____（`` name ``）`` unit | figure | reference."""
    unit = unit_of(measure)
    if scanner.take("____（"):
        blank = Blank(scanner.name())
        scanner.need("）" + unit)
        return blank
    if scanner.sees(_BEGINS_NUMBER):
        return scanner.figure(unit)
    return _reference(scanner, unit, knot=knot)


def _reference(scanner: Scanner, unit: str, *, knot: bool) -> Threshold:
    """Read reference = label [``的`` figure ``倍``] [``加`` figure | ``减`` figure].

    What a knot adds are its points (上年值加3分), unless more follows (上年值加3分加1分).
    """
    code = scanner.label()
    factor = None
    if scanner.sees(_FACTOR_FOLLOWS):
        scanner.need("的")
        factor = scanner.figure("倍")
    plus = Fraction(0)
    if scanner.sees(_PLUS_FOLLOWS) and not (knot and scanner.sees(_ADDS_POINTS)):
        scanner.need("加")
        plus = scanner.figure(unit)
    elif scanner.sees(_LESS_FOLLOWS):
        scanner.need("减")
        plus = -scanner.figure(unit)
    if factor is None and not plus:
        return Given(code)
    return Multiple(1 if factor is None else factor, code, plus=plus)


def adds_number(scanner: Scanner) -> bool:
    """Tell whether what follows the name at the beginning of a band makes a threshold of it."""
    if scanner.sees(_PLUS_FOLLOWS):
        return not scanner.sees(_ADDS_POINTS)
    return scanner.sees(_FACTOR_FOLLOWS) or scanner.sees(_LESS_FOLLOWS)


def _by_kind(scanner: Scanner, unit: str) -> ByKind:
    """Read by-kind = word figure {``、`` word figure} [``、其余`` figure]."""
    values: list[tuple[str, Fraction]] = []
    default = None
    while default is None:
        if scanner.take("其余"):
            default = scanner.figure(unit)
        else:
            kind = scanner.word()
            values.append((kind, scanner.figure(unit)))
        if not scanner.take("、"):
            break
    return ByKind(values, default=default)


# ------------------------------------------------------------------------- conditions


def when(scanner: Scanner) -> Condition:
    """Read when = condition, which ends in ``时``."""
    names, scanner.names = scanner.names, NAME_IN_WHEN
    found = condition(scanner)
    scanner.names = names
    return found


def condition(scanner: Scanner) -> Condition:
    """Read condition = member {``且`` member} | member {``或`` member}."""
    members = [_member(scanner)]
    for word, several in (("且", AllOf), ("或", AnyOf)):
        if scanner.at(word):
            while scanner.take(word):
                members.append(_member(scanner))
            return several(members)
    return members[0]


def _member(scanner: Scanner) -> Condition:
    """Read member = ``（`` condition ``）`` | ``不满足（`` condition ``）`` | simple."""
    negated = scanner.take("不满足")
    if not (negated or scanner.at("（")):
        return _simple(scanner)
    scanner.open()
    inner = condition(scanner)
    scanner.close()
    return Not(inner) if negated else inner


def _simple(scanner: Scanner) -> Condition:
    """Read simple = (``有`` | ``无``) quoted ``情形`` | label [sign bound | ``为`` value].

    Sign and bound = ``达到`` bound ``以上`` | (``超过`` | ``不超过`` | ``低于`` | ``等于``) bound.
    """
    for written, expected in _FOUND.items():
        if scanner.at(written):
            scanner.need(written[0])
            code = scanner.code_of(scanner.quoted())
            scanner.need("情形")
            return Flag(code, expected=expected)
    answers = scanner.at("「")
    code = scanner.label()
    if scanner.take("为"):
        return _value(scanner, code, answers=answers)
    comparator = scanner.find(_COMPARATORS)
    if comparator is None:
        return Flag(code)
    held = bound(scanner, scanner.measure(code))
    if comparator is Comparator.AT_LEAST:
        scanner.need("以上")
    return Compare(code, comparator, held)


def _value(scanner: Scanner, code: str, *, answers: bool) -> Condition:
    """Read value = ``是`` | ``否`` | bound that is no name | levels."""
    if scanner.sees(_BEGINS_NUMBER):
        return Compare(code, Comparator.EQUAL, bound(scanner, scanner.measure(code)))
    begun = scanner.place
    names = levels(scanner)
    if answers and scanner.text[begun : scanner.place] in _ANSWERS:
        return Flag(code, expected=_ANSWERS[names[0]])
    return Level(code, names)


def levels(scanner: Scanner) -> tuple[str, ...]:
    """Read levels = name {``、`` name}."""
    names = [scanner.name()]
    while scanner.take("、"):
        names.append(scanner.name())
    return tuple(names)


def tried(scanner: Scanner, measure: Measure | None) -> Threshold | None:
    """Read a bound with （含） or （不含） behind it, or return None and stay where it began."""
    place, depth = scanner.place, scanner.depth
    try:
        found = bound(scanner, measure)
    except NotCanonicalError:
        found = None
    if found is None or not (scanner.at("（含）") or scanner.at("（不含）")):
        scanner.place, scanner.depth = place, depth
        return None
    return found
