"""Assessments (考核): several occasions of scoring, and how they make the year's score.

Monthly and quarterly checks, half-year and year-end: their scores are averaged, weighted, or the
last one counts. A combined score is an assessment again, so daily checks may be averaged first
and then weigh so much in the year.

Source: vocabulary “Assessment”; “how they combine (weights, last counts, average)”;
rows A2 (each half-year), E2 (daily inspections count toward the year's score).

>>> daily = combine([Assessment("3月", 90), Assessment("9月", 80)], Combine.AVERAGE)
>>> year = [daily.assessment("平时", weight=40), Assessment("年终", 95, weight=60)]
>>> show(combine(year, Combine.WEIGHTED).points)
'91'
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.display import Table
from healthduty.exact import Number, divide, scaled_decimal, show, to_fraction
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.party import Day, to_optional_day
from healthduty.rules.measure import Word
from healthduty.said import Said, joined
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

_WHOLE = (Fraction(1), Fraction(10), Fraction(100))
"""What weights add up to: parts of one, of ten, or percent."""


class Combine(Word):
    """How several assessments make one score."""

    AVERAGE = "average"
    WEIGHTED = "weighted"
    LAST = "last"
    """The latest one counts; a re-assessment replaces what was before it."""


def _to_points(points: Number | None) -> Fraction | None:
    return None if points is None else to_fraction(points, "points")


def _to_weight(weight: Number | None) -> Fraction | None:
    return None if weight is None else to_fraction(weight, "weight")


@attrs.frozen
class Assessment:
    """One occasion of scoring: points, None where there is no total; full points; day; weight."""

    name: str
    points: Fraction | None = attrs.field(converter=_to_points)
    full: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_points)
    on: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    weight: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_weight)

    @classmethod
    def of(
        cls, sheet: ScoreSheet, name: str, *, on: Day | None = None, weight: Number | None = None
    ) -> Assessment:
        """Return the assessment of a sheet: its total after vetoes, out of its full points."""
        return cls(name, sheet.total, full=sheet.full, on=on, weight=weight)


@attrs.frozen
class Combined:
    """The score of several assessments: exact `points`, None where they can't be told."""

    way: Combine
    assessments: tuple[Assessment, ...]
    points: Fraction | None
    findings: Findings

    def assessment(
        self, name: str, *, on: Day | None = None, weight: Number | None = None
    ) -> Assessment:
        """Return the score as one assessment among others."""
        full = next((each.full for each in self.assessments), None)
        return Assessment(name, self.points, full=full, on=on, weight=weight)

    def published(self, places: int = 2) -> Decimal | None:
        """Return the points rounded half up, as they are published."""
        if self.points is None:
            return None
        return scaled_decimal(
            divide(self.points.numerator * 10**places, self.points.denominator), places
        )

    def table(self, lang: Language = "zh") -> Table:
        """Return the assessments and what they make.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        zh = lang == "zh"
        headings = (
            ("考核", "日期", "权重", "得分") if zh else ("assessment", "day", "weight", "points")
        )
        rows = [
            (each.name, str(each.on or ""), _shown(each.weight), _shown(each.points))
            for each in self.assessments
        ]
        published = self.published()
        rows.append((_WAYS[lang][self.way], "", "", "" if published is None else str(published)))
        return Table(headings=headings, rows=tuple(rows), right=(2, 3))

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


_WAYS = {
    "zh": {Combine.AVERAGE: "平均", Combine.WEIGHTED: "加权合计", Combine.LAST: "以末次为准"},
    "en": {Combine.AVERAGE: "average", Combine.WEIGHTED: "weighted", Combine.LAST: "the last"},
}


def _shown(value: Fraction | None) -> str:
    return "" if value is None else show(value)


def combine(assessments: Iterable[Assessment], way: Combine | str) -> Combined:
    """Return the one score of several assessments; one that has none leaves none, and is told."""
    parts, way = tuple(assessments), Combine(way)
    findings = list(_faults(parts, way))
    blocked = bool(Findings(findings).errors)
    points = None if blocked else _points(parts, way)
    return Combined(way, parts, points, Findings(findings))


def _points(parts: Sequence[Assessment], way: Combine) -> Fraction:
    scores = [each.points or Fraction(0) for each in parts]
    match way:
        case Combine.AVERAGE:
            return sum(scores, Fraction(0)) / len(scores)
        case Combine.WEIGHTED:
            weights = [each.weight or Fraction(0) for each in parts]
            pairs = zip(scores, weights, strict=True)
            return sum((score * weight for score, weight in pairs), Fraction(0)) / sum(weights)
        case Combine.LAST:
            days = [each.on if isinstance(each.on, datetime.date) else _NEVER for each in parts]
            return scores[days.index(max(days))]
        case _:
            assert_never(way)


_NEVER = datetime.date.min


def _faults(parts: Sequence[Assessment], way: Combine) -> Iterator[Finding]:
    """Yield what keeps assessments from making one score."""
    if not parts:
        yield Finding("assessment-none", Said("there is no assessment", "一次考核也没有"))
        return
    counting = _latest(parts) if way is Combine.LAST else parts
    for each in counting:
        if each.points is None:
            yield Finding(
                "assessment-open", Said(f"`{each.name}` has no total", f"`{each.name}`没有总分")
            )
    fulls = {each.full for each in parts if each.full is not None}
    if len(fulls) > 1 and way is not Combine.LAST:
        shown = joined(show(full) for full in sorted(fulls))
        message = Said(
            f"the assessments are of {shown} points: they don't average as they are",
            f"各次考核的满分不一致（{shown.zh}分），不能直接平均",
        )
        yield Finding("assessment-full-differs", message)
    if way is Combine.WEIGHTED:
        yield from _weight_faults(parts)
    if way is Combine.LAST:
        yield from _day_faults(parts, counting)


def _latest(parts: Sequence[Assessment]) -> list[Assessment]:
    """Return the assessments of the latest day; several only where nobody can tell the last."""
    days = [each.on for each in parts if isinstance(each.on, datetime.date)]
    return [each for each in parts if not days or each.on == max(days)]


def _weight_faults(parts: Sequence[Assessment]) -> Iterator[Finding]:
    for each in parts:
        if each.weight is None:
            yield Finding(
                "assessment-weight", Said(f"`{each.name}` has no weight", f"`{each.name}`没有权重")
            )
        elif each.weight < 0:
            yield Finding(
                "assessment-weight",
                Said(
                    f"`{each.name}` weighs `{show(each.weight)}`",
                    f"`{each.name}`的权重为`{show(each.weight)}`",
                ),
            )
    total = sum((each.weight or Fraction(0) for each in parts), Fraction(0))
    if total <= 0:
        yield Finding(
            "assessment-weight", Said("the weights make nothing together", "权重合计为零")
        )
    elif total not in _WHOLE:
        message = Said(
            f"the weights make {show(total)}: they are taken as parts of that",
            f"权重合计为{show(total)}，按各占合计的份额计算",
        )
        yield Finding("assessment-weights-sum", message, severity=Severity.WARNING)


def _day_faults(parts: Sequence[Assessment], latest: Sequence[Assessment]) -> Iterator[Finding]:
    for each in parts:
        if not isinstance(each.on, datetime.date) and len(parts) > 1:
            said = Said("no day", "没有日期")
            if each.on:
                day = f"`{each.on}`"
                said = Said(f"{day}, no day of the calendar", f"的日期写作{day}，日历上没有这一天")
            message = Said(
                f"`{each.name}` has {said}: which is the last?",
                f"`{each.name}`{said.zh}，无法判断哪次考核在最后",
            )
            yield Finding("assessment-undated", message)
    days = {each.on for each in parts if isinstance(each.on, datetime.date)}
    if len(latest) > 1 and days:
        names = [f"`{each.name}`" for each in latest]
        message = Said(
            f"{' and '.join(names)} are of one day: which is the last?",
            f"{'、'.join(names)}在同一天，无法判断哪次考核在最后",
        )
        yield Finding("assessment-same-day", message)
