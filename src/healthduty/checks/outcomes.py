"""What follows from a total: vetoes without effect, grades with holes, unknown names.

A veto must change something that is there: a grade of the scale, an honour, a pool, a section.
A grade scale must give every total one grade, and each of its grades to some total.

Source: semantics 6 (vetoes), 9 (grades: bands are ordered, a shared boundary is the upper's).

>>> from healthduty.model.grades import GradeScale
>>> from healthduty.model.indicator import Indicator
>>> scale = GradeScale.of(优秀=90, 合格=60)
>>> item = Indicator("1", points=100)
>>> print(*check_grades(Agreement("示例", parts=(item,), grades=scale)))
warning grades-hole: grades: totals below 60 get no grade
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from healthduty.checks.amounts import highest_total, measures_of
from healthduty.checks.codes import found
from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.grades import ConsequenceKind, Grade
from healthduty.model.indicator import Section
from healthduty.model.tree import Spot, grow, has_total, spots_of
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    VetoEffect,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.sources import Place

_GRADES = Place(path="grades")


def grades_of(agreement: Agreement) -> tuple[Grade, ...]:
    """Return the agreement's grades, none where it has no scale."""
    return agreement.grades.grades if agreement.grades else ()


def check_vetoes(agreement: Agreement) -> Iterator[Finding]:
    """Yield vetoes that change nothing, or name what is not there."""
    for code, count in Counter(veto.code for veto in agreement.vetoes).items():
        if count > 1:
            message = f"{count} vetoes have the code `{code}`"
            yield found("veto-duplicate", message, place=Place(path="vetoes"))
    for index, veto in enumerate(agreement.vetoes):
        path, name = f"vetoes[{index}]", f"veto `{veto.code}`"
        if not veto.effects:
            yield found(
                "veto-without-effect",
                f"{name} does nothing",
                place=Place(path=path),
                citation=veto.citation,
            )
        for inner, effect in enumerate(veto.effects):
            place = Place(path=f"{path}.effects[{inner}]")
            for code, why in _effect_faults(agreement, effect):
                yield found(code, f"{name} {why}", place=place, citation=veto.citation)


def _effect_faults(agreement: Agreement, effect: VetoEffect) -> Iterator[tuple[str, str]]:
    """Go through what keeps an effect from changing anything: a code and the reason."""
    match effect:
        case ForceGrade() | CapGrade() | LowerGrade():
            yield from _grade_effect(agreement, effect)
        case BarHonours():
            yield from _honour_effect(agreement, effect)
        case WithholdMoney():
            yield from _money_effect(agreement, effect)
        case ZeroSection():
            yield from _section_effect(agreement, effect)
        case ZeroTotal():
            if not has_total(grow(agreement)):
                yield "veto-without-effect", "zeroes the total, but there is none"
        case _:
            assert_never(effect)


def _grade_effect(
    agreement: Agreement, effect: ForceGrade | CapGrade | LowerGrade
) -> Iterator[tuple[str, str]]:
    names = [grade.name for grade in grades_of(agreement)]
    if not names:
        yield "veto-without-effect", "moves the grade, but there are no grades"
    elif isinstance(effect, LowerGrade):
        if effect.steps <= 0:
            yield "veto-without-effect", f"lowers the grade by {effect.steps} steps"
        elif len(names) == 1:
            yield "veto-without-effect", "lowers the grade, but there is only one"
    elif effect.grade not in names:
        yield "grade-unknown", f"names the grade `{effect.grade}`, which is not in the scale"
    elif isinstance(effect, CapGrade) and effect.grade == names[0]:
        yield "veto-without-effect", f"allows at most `{effect.grade}`, which is the best grade"


def _honour_effect(agreement: Agreement, effect: BarHonours) -> Iterator[tuple[str, str]]:
    honours = [each for each in agreement.consequences if each.kind is ConsequenceKind.HONOUR]
    if not honours:
        yield "veto-without-effect", "bars honours, but no consequence is an honour"
        return
    for code in effect.codes:
        if code not in {honour.code for honour in honours}:
            yield "consequence-unknown", f"bars the honour `{code}`, which is not there"


def _money_effect(agreement: Agreement, effect: WithholdMoney) -> Iterator[tuple[str, str]]:
    if not agreement.funding:
        yield "veto-without-effect", "withholds money, but there is no funding"
    elif effect.pool and effect.pool not in {policy.code for policy in agreement.funding}:
        yield "pool-unknown", f"withholds money of `{effect.pool}`, which is not there"
    if effect.share == 0:
        yield "veto-without-effect", "withholds a share of 0"
    elif not 0 < effect.share <= 1:
        yield "share-out-of-range", f"withholds a share of {show(effect.share)}"


def _section_effect(agreement: Agreement, effect: ZeroSection) -> Iterator[tuple[str, str]]:
    number = effect.number.strip()
    sections = [spot for spot in spots_of(agreement) if isinstance(spot.node, Section)]
    named = next((spot for spot in sections if spot.number == number), None)
    if named is None:
        yield "section-unknown", f"zeroes section `{effect.number}`, which is not there"
    elif not named.has_account:
        yield "veto-without-effect", f"zeroes section `{effect.number}`, which has no points"


def check_grades(agreement: Agreement) -> Iterator[Finding]:
    """Yield scales with holes, in the wrong order, or with grades that no total reaches."""
    if agreement.grades is None:
        return
    grades = grades_of(agreement)
    for name, count in Counter(grade.name for grade in grades).items():
        if count > 1:
            yield found("grade-duplicate", f"{count} grades are called `{name}`", place=_GRADES)
    yield from _order(grades)
    yield from _hole(agreement, grades)
    root = grow(agreement)
    if not has_total(root):
        message = "there are grades, but no total that they could follow"
        yield found("grades-without-total", message, place=_GRADES)
        return
    for index, why in too_high(((grade.low, grade.low_in) for grade in grades), agreement, root):
        message = f"no total gets `{grades[index].name}`: {why}"
        yield found("grade-unreachable", message, place=Place(path=f"grades[{index}]"))


def too_high(
    bounds: Iterable[tuple[Fraction | None, bool]], agreement: Agreement, root: Spot
) -> Iterator[tuple[int, str]]:
    """Go through the lower bounds (and whether they are included) above every total."""
    most = highest_total(root, measures_of(agreement))
    for index, (low, low_in) in enumerate(bounds):
        if low is not None and most is not None and (low > most or (low == most and not low_in)):
            yield (
                index,
                f"it begins {begins(low, low_in=low_in)}, the highest total is {show(most)}",
            )


def begins(low: Fraction, *, low_in: bool) -> str:
    """Return a lower bound in words."""
    return f"at {show(low)}" if low_in else f"above {show(low)}"


def _order(grades: tuple[Grade, ...]) -> Iterator[Finding]:
    for index, (upper, lower) in enumerate(pairwise(grades), start=1):
        place = Place(path=f"grades[{index}]")
        if upper.low is None:
            if upper.when is None:
                message = f"no total gets `{lower.name}`: `{upper.name}` before it takes all"
                yield found("grade-unreachable", message, place=place)
            continue
        if lower.low is None:
            continue
        # The same bound twice: only a condition, or an open bound, sends a total further down.
        equal = upper.low == lower.low and (upper.when is not None or not upper.low_in)
        if upper.low > lower.low or (equal and (lower.low_in or not upper.low_in)):
            continue
        yield found(
            "grades-order",
            f"`{lower.name}` begins {begins(lower.low, low_in=lower.low_in)}, but stands below"
            f" `{upper.name}`, which begins {begins(upper.low, low_in=upper.low_in)}",
            place=place,
        )


def _hole(agreement: Agreement, grades: tuple[Grade, ...]) -> Iterator[Finding]:
    if not grades:
        yield found("grades-hole", "the scale has no grades", place=_GRADES)
        return
    last = grades[-1]
    if last.when is not None:
        message = f"totals that do not meet the condition of `{last.name}` get no grade"
        yield found("grades-hole", message, place=_GRADES)
    if last.low is not None and leaves_hole(last.low, agreement, low_in=last.low_in):
        below = f"{'below' if last.low_in else 'up to'} {show(last.low)}"
        yield found("grades-hole", f"totals {below} get no grade", place=_GRADES)


def leaves_hole(low: Fraction, agreement: Agreement, *, low_in: bool) -> bool:
    """Return whether a total can lie below the lowest bound of a scale."""
    floor = agreement.floor
    return floor is None or floor < low or (floor == low and not low_in)


def check_consequences(agreement: Agreement) -> Iterator[Finding]:
    """Yield consequences for grades that the scale does not have."""
    names = {grade.name for grade in grades_of(agreement)}
    for index, consequence in enumerate(agreement.consequences):
        for name in consequence.grades:
            if name not in names:
                yield found(
                    "grade-unknown",
                    f"`{consequence.text}` follows from the grade `{name}`,"
                    " which is not in the scale",
                    place=Place(path=f"consequences[{index}]"),
                )


OUTCOME_CHECKS = (check_vetoes, check_grades, check_consequences)
"""Everything about outcomes, in the order in which it is reported."""
