"""Year over year: last year's sheets beside this year's, facility by facility, item by item.

Items are found again as the difference of the two agreements finds them, by their numbers, by a
mapping, or by their measures. Where full points differ, points don't compare: then the share of
the full points does.

Source: “last year beside this year”, “year over year”; row A5 (2013 continues 2012).

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", points=5),))
>>> last, this = (score(agreement, Record("a", {"1": each})) for each in ("3", "4.5"))
>>> beside([last], [this]).facilities[0].change
Decimal('1.5')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from healthduty.convert.digest import digest
from healthduty.display import Table, same_places
from healthduty.errors import UnknownNameError, UsageError
from healthduty.findings import Finding, Findings, Severity
from healthduty.results.among import named
from healthduty.results.item_matching import Match, matched
from healthduty.results.year_changes import (
    FacilityChange,
    ItemChange,
    ValueChange,
    difference,
    means_of,
    total_of,
)
from healthduty.rules.measure import name_twice
from healthduty.said import Said
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language, number_text


@attrs.frozen
class OverTime:
    """Two years beside each other: this year's facilities first, then those that are gone."""

    facilities: tuple[FacilityChange, ...]
    findings: Findings

    def facility(self, facility: str) -> FacilityChange:
        """Return a facility by its key.

        Raises:
            UnknownNameError: where neither year has it.
        """
        for each in self.facilities:
            if each.facility == facility:
                return each
        raise UnknownNameError(f"no facility `{facility}` in either year")

    def table(self, lang: Language = "zh") -> Table:
        """Return the totals of both years and their change, a row a facility.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = _WORDS[lang]
        columns = (
            [each.name for each in self.facilities],
            same_places(total_of(each.before) for each in self.facilities),
            same_places(total_of(each.after) for each in self.facilities),
            same_places((each.change for each in self.facilities), sign=True),
            [_grade(each.before) for each in self.facilities],
            [_grade(each.after) for each in self.facilities],
            [_remark(each, words) for each in self.facilities],
        )
        return Table(
            headings=words["facilities"],
            rows=tuple(zip(*columns, strict=True)),
            notes=tuple(each.line(lang) for each in self.findings),
            right=(1, 2, 3),
        )

    def items_table(self, lang: Language = "zh", *, facility: str | None = None) -> Table:
        """Return the items of both years: of one facility, or the mean of those in both years.

        Beside the points stand the shares of the full points, in %: points of items that were
        worth something else don't compare.

        Raises:
            UsageError: an unknown language.
            UnknownNameError: a facility that neither year has.
        """
        check_language(lang)
        known = self.facilities if facility is None else (self.facility(facility),)
        rows = means_of([each for each in known if each.before and each.after])
        columns = (
            [each.number for each in rows],
            [each.title for each in rows],
            same_places(each.before for each in rows),
            same_places(each.after for each in rows),
            same_places((difference(each.before, each.after) for each in rows), sign=True),
            same_places(each.share_before for each in rows),
            same_places(each.share_after for each in rows),
        )
        words = _WORDS[lang]
        return Table(
            headings=words["items"],
            rows=tuple(zip(*columns, strict=True)),
            title=words["mean"][0] if facility is None else known[0].name,
            right=(2, 3, 4, 5, 6),
        )

    def values_table(self, facility: str, lang: Language = "zh") -> Table:
        """Return what was observed of one facility in both years, in each measure's unit.

        Raises:
            UsageError: an unknown language.
            UnknownNameError: a facility that neither year has.
        """
        check_language(lang)
        found = self.facility(facility)
        rows = tuple(
            (
                each.measure.label,
                *(_number(value, each) for value in (each.before, each.after)),
                _grown(each),
            )
            for each in found.values
        )
        return Table(headings=_WORDS[lang]["values"], rows=rows, title=found.name, right=(1, 2, 3))

    def __str__(self) -> str:
        """Return the totals of both years as text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "zh": {
        "facilities": ("单位", "上年", "本年", "增减", "上年等次", "本年等次", "备注"),
        "items": ("条目", "指标", "上年", "本年", "增减", "上年得分率%", "本年得分率%"),
        "values": ("数据项", "上年", "本年", "增减"),
        "mean": ("各条目平均得分",),
        "new": ("新增",),
        "gone": ("上年有，本年无",),
    },
    "en": {
        "facilities": (
            "unit",
            "before",
            "after",
            "change",
            "grade before",
            "grade after",
            "remark",
        ),
        "items": ("item", "indicator", "before", "after", "change", "% before", "% after"),
        "values": ("measure", "before", "after", "change"),
        "mean": ("mean points of every item",),
        "new": ("new",),
        "gone": ("gone",),
    },
}


def beside(
    before: Iterable[ScoreSheet],
    after: Iterable[ScoreSheet],
    *,
    items: Match | str | Mapping[str, str] = Match.ITEMS,
) -> OverTime:
    """Put last year's sheets beside this year's: facilities by their keys, items as told.

    `items` finds last year's items again as the difference of the two agreements does, by their
    numbers, by their measures, or by a mapping from last year's numbers to this year's.

    Raises:
        UsageError: a facility with two sheets in one year.
        UnknownNameError: a mapping that names an item which no agreement has.
    """
    old, new = by_facility(before), by_facility(after)
    findings: list[Finding] = []
    known: dict[tuple[str, str], list[int | None]] = {}
    changes = []
    for key in (*new, *(key for key in old if key not in new)):
        one, two = old.get(key), new.get(key)
        name = (two or one or old[key]).record.name
        if one is None or two is None:
            changes.append(FacilityChange(key, name, one, two))
            continue
        both = (digest(one.agreement), digest(two.agreement))
        first = both not in known
        if first:
            known[both] = matched(one.agreement, two.agreement, items)
        paired = _items(one, two, known[both])
        if first:
            findings += _tell_of_items(one, two, paired)
        changes.append(FacilityChange(key, name, one, two, paired))
    return OverTime(tuple(changes), Findings(findings))


def by_facility(sheets: Iterable[ScoreSheet]) -> dict[str, ScoreSheet]:
    """Return sheets by the keys of their facilities.

    Raises:
        UsageError: a facility with two sheets.
    """
    known = tuple(sheets)
    if (twice := name_twice(each.record.facility for each in known)) is not None:
        raise UsageError(f"`{twice}` has two sheets: give one for each facility")
    return {each.record.facility: each for each in known}


# ----------------------------------------------------------------------------------- items


def _items(
    one: ScoreSheet, two: ScoreSheet, places: Sequence[int | None]
) -> tuple[ItemChange, ...]:
    """Return the items of a facility, this year's first, then those that are gone."""
    found = [
        ItemChange(each.number, each.title, None if was is None else one.items[was], each)
        for each, was in zip(two.items, places, strict=True)
    ]
    gone = (each for place, each in enumerate(one.items) if place not in places)
    return (*found, *(ItemChange(each.number, each.title, each, None) for each in gone))


def _tell_of_items(
    one: ScoreSheet, two: ScoreSheet, items: Sequence[ItemChange]
) -> Iterator[Finding]:
    """Go through what keeps points from being compared."""
    new = [each.number or each.title for each in items if each.before is None]
    if new:
        text = Said(f"not in the year before: {named(new)}", f"上一年度没有：{named(new).zh}")
        yield Finding("compare-item-new", text, severity=Severity.NOTE)
    gone = [each.number or each.title for each in items if each.after is None]
    if gone:
        text = Said(
            f"no longer in the year after: {named(gone)}", f"下一年度不再有：{named(gone).zh}"
        )
        yield Finding("compare-item-gone", text, severity=Severity.NOTE)
    other = [each.number for each in items if each.before and each.after and _is_other(each)]
    if other or one.full != two.full:
        where = named(other) if other else Said("the total", "总分")
        text = Said(f"full points differ: {where}", f"满分不同：{where.zh}")
        hint = Said("compare the shares of the full points", "请按得分率比较")
        yield Finding("compare-full-differs", text, severity=Severity.WARNING, hint=hint)


def _is_other(item: ItemChange) -> bool:
    """Tell whether an item was worth something else the year before."""
    before = None if item.before is None else item.before.full
    return before != (None if item.after is None else item.after.full)


# ----------------------------------------------------------------------------------- words


def _grade(sheet: ScoreSheet | None) -> str:
    return "" if sheet is None else sheet.grade or ""


def _remark(change: FacilityChange, words: Mapping[str, tuple[str, ...]]) -> str:
    if change.before is None:
        return words["new"][0]
    return words["gone"][0] if change.after is None else ""


def _number(value: Fraction | None, change: ValueChange) -> str:
    if value is None:
        return ""
    levels = change.measure.levels
    return levels[int(value)] if levels else number_text(value, change.measure)


def _grown(change: ValueChange) -> str:
    if change.change is None or change.measure.levels:
        return ""
    sign = "+" if change.change > 0 else ""
    return sign + number_text(change.change, change.measure)
