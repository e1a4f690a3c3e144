"""Limits on grades (优秀比例): no more than so many units of each group may have one.

A limit is a ceiling. Whoever earned the grade and stands above the limit gets the next grade
down, best first; nobody is lifted to fill a limit. A tie at the edge is a finding, and the grade
of those who tie stays open.

Source: “forced distribution of grades”; semantics 9 (grades), 11 (what is decided is
visible): every changed grade has its reason.

>>> GradeLimit("优秀", share="30%").share
Fraction(3, 10)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

import attrs

from healthduty.display import Table, same_places
from healthduty.errors import RuleError, UnknownNameError
from healthduty.findings import Finding, Findings
from healthduty.model.grades import GradeScale
from healthduty.results.among import named
from healthduty.results.honours import places_of, to_share
from healthduty.results.standing import Standing, StandingPlace
from healthduty.rules.measure import name_twice
from healthduty.said import Said
from healthduty.wording import Language, check_language


@attrs.frozen
class GradeLimit:
    """How many units of each group may have a grade: `count`, or a `share` rounded down.

    Raises:
        RuleError: neither, or what can't be.
    """

    grade: str
    count: int | None = attrs.field(default=None, kw_only=True)
    share: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_share)

    def __attrs_post_init__(self) -> None:
        """Refuse a limit that says nothing."""
        if (self.count is None and self.share is None) or (self.count or 0) < 0:
            raise RuleError(f"`{self.grade}`: say how many, by `count` or by `share`")


@attrs.frozen
class Limited:
    """A unit's grade under the limits, None where it stays open, and the limits that moved it."""

    place: StandingPlace
    grade: str | None
    passed: tuple[str, ...] = ()

    @property
    def earned(self) -> str | None:
        """The grade that the sheet has."""
        return self.place.sheet.grade

    def reason(self, lang: Language = "zh") -> str:
        """Return in words why the grade is not the one that was earned; nothing where it is.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        if not self.passed:
            return ""
        names = ("、" if lang == "zh" else ", ").join(self.passed)
        if self.grade is None:
            tie = "{}名额末位并列，待定" if lang == "zh" else "tie at the limit of {}, undecided"
            return tie.format(names)
        return f"{names}名额已满" if lang == "zh" else f"the limit of {names} is reached"


@attrs.frozen
class LimitedGrades:
    """The grades of all units under the limits, in the order of the standing."""

    limits: tuple[GradeLimit, ...]
    units: tuple[Limited, ...]
    findings: Findings

    def grade(self, facility: str) -> str | None:
        """Return a facility's grade under the limits, by its key.

        Raises:
            UnknownNameError: where it does not stand here.
        """
        for each in self.units:
            if each.place.sheet.record.facility == facility:
                return each.grade
        raise UnknownNameError(f"no facility `{facility}` stands here")

    def table(self, lang: Language = "zh") -> Table:
        """Return the grade earned, the grade under the limits, and why they differ.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        places = [each.place for each in self.units]
        columns = (
            [each.group for each in places],
            ["" if each.rank is None else str(each.rank) for each in places],
            [each.sheet.record.name for each in places],
            same_places(each.sheet.total for each in places),
            [each.earned or "" for each in self.units],
            [each.grade or "" for each in self.units],
            [each.reason(lang) for each in self.units],
        )
        headings = (
            ("范围", "名次", "单位", "总分", "应得等次", "评定等次", "说明")
            if lang == "zh"
            else ("among", "rank", "unit", "total", "earned", "grade", "why")
        )
        notes = tuple(each.line(lang) for each in self.findings)
        return Table(
            headings=headings, rows=tuple(zip(*columns, strict=True)), notes=notes, right=(1, 3)
        )

    def __str__(self) -> str:
        """Return the grades as text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def limit_grades(standing: Standing, limits: Iterable[GradeLimit]) -> LimitedGrades:
    """Limit how many units of each group have a grade; what is above gets the next one down.

    Raises:
        UnknownNameError: a grade that the agreement does not have.
        RuleError: two limits of one grade, or of the last one: nobody could fall below it.
    """
    wanted = tuple(limits)
    scale = None if standing.agreement is None else standing.agreement.grades
    _refuse(wanted, scale)
    names = () if scale is None else tuple(grade.name for grade in scale.grades)
    findings = list(standing.findings)
    units: list[Limited] = []
    for group, places in standing.groups.items():
        units += _limited(places, {each.grade: each for each in wanted}, names, group, findings)
    return LimitedGrades(wanted, tuple(units), Findings(findings))


def _refuse(limits: Sequence[GradeLimit], scale: GradeScale | None) -> None:
    if (twice := name_twice(each.grade for each in limits)) is not None:
        raise RuleError(f"`{twice}` is limited twice")
    for limit in limits:
        place = None if scale is None else scale.index(limit.grade)
        if scale is None or place is None:
            raise UnknownNameError(f"no grade `{limit.grade}` in the agreement")
        if place == len(scale.grades) - 1:
            raise RuleError(f"`{limit.grade}` is the last grade: nobody can fall below it")


def _limited(
    places: Sequence[StandingPlace],
    limits: dict[str, GradeLimit],
    names: tuple[str, ...],
    group: str,
    findings: list[Finding],
) -> list[Limited]:
    """Return the grades of one group, from the best grade down."""
    units = [Limited(each, each.sheet.grade) for each in places]
    for index, name in enumerate(names[:-1]):
        if name not in limits:
            continue
        free = places_of(limits[name].count, limits[name].share, len(places))
        down = names[index + 1]
        holders = [place for place, each in enumerate(units) if each.grade == name]
        # Whoever fell from above stands before those who earned no more than this grade.
        holders.sort(key=lambda place: names.index(units[place].earned or down))
        for _, equals in groupby(holders, key=lambda place: _key(units[place])):
            tied = list(equals)
            if len(tied) <= free:
                free -= len(tied)
                continue
            if free:
                _tell_of_tie([units[place] for place in tied], name, group, findings)
            for place in tied:
                grade = None if free else down
                passed = (*units[place].passed, name)
                units[place] = attrs.evolve(units[place], grade=grade, passed=passed)
            free = 0
    return units


def _key(unit: Limited) -> tuple[str | None, int | None]:
    """Return what equals have in common: the grade that they earned, and their rank."""
    return unit.earned, unit.place.rank


def _tell_of_tie(tied: Sequence[Limited], grade: str, group: str, findings: list[Finding]) -> None:
    names = named([each.place.sheet.record.name for each in tied])
    among = Said(f" among `{group}`", f"（`{group}`）") if group else Said("", "")
    text = Said(
        f"`{grade}`{among}: {names} tie at the limit",
        f"`{grade}`{among.zh}：{names.zh}在名额末位并列",
    )
    hint = Said(
        "declare a tie-break, or decide and note why", "请写明并列时如何排序，或研究决定后注明理由"
    )
    findings.append(Finding("grades-tied", text, hint=hint))
