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
from healthduty.said import Said, chinese
from healthduty.sources import Place

_GRADES = Place(path="grades")


def grades_of(agreement: Agreement) -> tuple[Grade, ...]:
    """Return the agreement's grades, none where it has no scale."""
    return agreement.grades.grades if agreement.grades else ()


def check_vetoes(agreement: Agreement) -> Iterator[Finding]:
    """Yield vetoes that change nothing, or name what is not there."""
    for code, count in Counter(veto.code for veto in agreement.vetoes).items():
        if count > 1:
            message = Said(
                f"{count} vetoes have the code `{code}`", f"{count}条一票否决用同一个代码`{code}`"
            )
            yield found("veto-duplicate", message, place=Place(path="vetoes"))
    for index, veto in enumerate(agreement.vetoes):
        path = f"vetoes[{index}]"
        name = Said(f"veto `{veto.code}`", f"一票否决`{veto.code}`")
        if not veto.effects:
            yield found(
                "veto-without-effect",
                Said(f"{name} does nothing", f"{name.zh}没有写明后果"),
                place=Place(path=path),
                citation=veto.citation,
            )
        for inner, effect in enumerate(veto.effects):
            place = Place(path=f"{path}.effects[{inner}]")
            for code, why in _effect_faults(agreement, effect):
                yield found(
                    code,
                    Said(f"{name} {why}", f"{name.zh}{chinese(why)}"),
                    place=place,
                    citation=veto.citation,
                )


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
                yield (
                    "veto-without-effect",
                    Said("zeroes the total, but there is none", "总分记零，但责任书没有总分"),
                )
        case _:
            assert_never(effect)


def _grade_effect(
    agreement: Agreement, effect: ForceGrade | CapGrade | LowerGrade
) -> Iterator[tuple[str, str]]:
    names = [grade.name for grade in grades_of(agreement)]
    if not names:
        yield (
            "veto-without-effect",
            Said("moves the grade, but there are no grades", "要改变等次，但没有等次"),
        )
    elif isinstance(effect, LowerGrade):
        if effect.steps <= 0:
            yield (
                "veto-without-effect",
                Said(f"lowers the grade by {effect.steps} steps", f"等次降{effect.steps}级"),
            )
        elif len(names) == 1:
            yield (
                "veto-without-effect",
                Said("lowers the grade, but there is only one", "等次要降级，但只有一个等次"),
            )
    elif effect.grade not in names:
        yield (
            "grade-unknown",
            Said(
                f"names the grade `{effect.grade}`, which is not in the scale",
                f"定为`{effect.grade}`，但等次里没有这一等",
            ),
        )
    elif isinstance(effect, CapGrade) and effect.grade == names[0]:
        yield (
            "veto-without-effect",
            Said(
                f"allows at most `{effect.grade}`, which is the best grade",
                f"最高只能评`{effect.grade}`，而这本来就是最高等次",
            ),
        )


def _honour_effect(agreement: Agreement, effect: BarHonours) -> Iterator[tuple[str, str]]:
    honours = [each for each in agreement.consequences if each.kind is ConsequenceKind.HONOUR]
    if not honours:
        yield (
            "veto-without-effect",
            Said(
                "bars honours, but no consequence is an honour", "取消评先资格，但没有任何评先奖励"
            ),
        )
        return
    for code in effect.codes:
        if code not in {honour.code for honour in honours}:
            yield (
                "consequence-unknown",
                Said(
                    f"bars the honour `{code}`, which is not there",
                    f"取消荣誉`{code}`，但没有这项荣誉",
                ),
            )


def _money_effect(agreement: Agreement, effect: WithholdMoney) -> Iterator[tuple[str, str]]:
    if not agreement.funding:
        yield (
            "veto-without-effect",
            Said("withholds money, but there is no funding", "扣拨经费，但没有经费"),
        )
    elif effect.pool and effect.pool not in {policy.code for policy in agreement.funding}:
        yield (
            "pool-unknown",
            Said(
                f"withholds money of `{effect.pool}`, which is not there",
                f"扣拨经费`{effect.pool}`，但没有这笔经费",
            ),
        )
    if effect.share == 0:
        yield "veto-without-effect", Said("withholds a share of 0", "扣拨比例为0")
    elif not 0 < effect.share <= 1:
        yield (
            "share-out-of-range",
            Said(f"withholds a share of {show(effect.share)}", f"扣拨比例写成{show(effect.share)}"),
        )


def _section_effect(agreement: Agreement, effect: ZeroSection) -> Iterator[tuple[str, str]]:
    number = effect.number.strip()
    sections = [spot for spot in spots_of(agreement) if isinstance(spot.node, Section)]
    named = next((spot for spot in sections if spot.number == number), None)
    if named is None:
        yield (
            "section-unknown",
            Said(
                f"zeroes section `{effect.number}`, which is not there",
                f"`{effect.number}`大项记零，但没有这一大项",
            ),
        )
    elif not named.has_account:
        yield (
            "veto-without-effect",
            Said(
                f"zeroes section `{effect.number}`, which has no points",
                f"`{effect.number}`大项记零，但它没有分值",
            ),
        )


def check_grades(agreement: Agreement) -> Iterator[Finding]:
    """Yield scales with holes, in the wrong order, or with grades that no total reaches."""
    if agreement.grades is None:
        return
    grades = grades_of(agreement)
    for name, count in Counter(grade.name for grade in grades).items():
        if count > 1:
            yield found(
                "grade-duplicate",
                Said(f"{count} grades are called `{name}`", f"{count}个等次都叫`{name}`"),
                place=_GRADES,
            )
    yield from _order(grades)
    yield from _hole(agreement, grades)
    root = grow(agreement)
    if not has_total(root):
        message = Said(
            "there are grades, but no total that they could follow",
            "有等次，却没有可据以评定的总分",
        )
        yield found("grades-without-total", message, place=_GRADES)
        return
    for index, why in too_high(((grade.low, grade.low_in) for grade in grades), agreement, root):
        message = Said(
            f"no total gets `{grades[index].name}`: {why}",
            f"没有总分能评为`{grades[index].name}`：{chinese(why)}",
        )
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
                Said(
                    f"it begins {begins(low, low_in=low_in)}, the highest total is {show(most)}",
                    f"起点为{chinese(begins(low, low_in=low_in))}，总分最高只有{show(most)}分",
                ),
            )


def begins(low: Fraction, *, low_in: bool) -> str:
    """Return a lower bound in words."""
    if low_in:
        return Said(f"at {show(low)}", f"{show(low)}分")
    return Said(f"above {show(low)}", f"{show(low)}分（不含）")


def _order(grades: tuple[Grade, ...]) -> Iterator[Finding]:
    for index, (upper, lower) in enumerate(pairwise(grades), start=1):
        place = Place(path=f"grades[{index}]")
        if upper.low is None:
            if upper.when is None:
                message = Said(
                    f"no total gets `{lower.name}`: `{upper.name}` before it takes all",
                    f"没有总分能评为`{lower.name}`：前面的`{upper.name}`已包含全部",
                )
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
            Said(
                f"`{lower.name}` begins {begins(lower.low, low_in=lower.low_in)}, but stands below"
                f" `{upper.name}`, which begins {begins(upper.low, low_in=upper.low_in)}",
                f"`{lower.name}`的起点为{chinese(begins(lower.low, low_in=lower.low_in))}，却排"
                f"在起点为{chinese(begins(upper.low, low_in=upper.low_in))}的`{upper.name}`之后",
            ),
            place=place,
        )


def _hole(agreement: Agreement, grades: tuple[Grade, ...]) -> Iterator[Finding]:
    if not grades:
        yield found("grades-hole", Said("the scale has no grades", "没有写出等次"), place=_GRADES)
        return
    last = grades[-1]
    if last.when is not None:
        message = Said(
            f"totals that do not meet the condition of `{last.name}` get no grade",
            f"不符合`{last.name}`条件的总分评不上任何等次",
        )
        yield found("grades-hole", message, place=_GRADES)
    if last.low is not None and leaves_hole(last.low, agreement, low_in=last.low_in):
        below = f"{'below' if last.low_in else 'up to'} {show(last.low)}"
        under = f"{show(last.low)}分{'以下（不含）' if last.low_in else '及以下'}"
        yield found(
            "grades-hole",
            Said(f"totals {below} get no grade", f"总分{under}评不上任何等次"),
            place=_GRADES,
        )


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
                    Said(
                        f"`{consequence.text}` follows from the grade `{name}`,"
                        " which is not in the scale",
                        f"`{consequence.text}`以等次`{name}`为条件，但没有这一等次",
                    ),
                    place=Place(path=f"consequences[{index}]"),
                )


OUTCOME_CHECKS = (check_vetoes, check_grades, check_consequences)
"""Everything about outcomes, in the order in which it is reported."""
