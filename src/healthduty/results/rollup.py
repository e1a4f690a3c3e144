"""Roll-up: the results of the units below become one value of the unit above.

Rates add up by their numerators and denominators and are never averaged: 90 % of ten and 50 % of
a thousand are not 70 %. Counts, amounts and cases add up; of levels the worst counts; a flag is
true where all, or where any, say so. Scores have a mean, plain or weighted, or the worst counts.

Source: vocabulary “Cascade”; semantics 2 (a pair is never divided first), 14.

>>> rate = Measure("rate", "管理率", unit="%")
>>> below = [Record("a", {"rate": Ratio(9, 10)}), Record("b", {"rate": "500/1000"})]
>>> roll_up(rate, below).value
Ratio(509, 1010)
>>> mean = mean_of([Scored("a", 90, weight=1), Scored("b", 60, weight=2)], Mean.WEIGHTED)
>>> show(mean.value)
'70'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, assert_never

import attrs

from healthduty.display import Table
from healthduty.errors import NumberError
from healthduty.exact import Number, Ratio, divide, scaled_decimal, show, to_fraction
from healthduty.findings import Finding, Findings
from healthduty.records.observe import State, observe
from healthduty.records.record import (
    MISSING,
    NOT_APPLICABLE,
    Case,
    Missing,
    Plain,
    Record,
    Statement,
    stated,
)
from healthduty.results.sightings import ratio_of
from healthduty.results.telling import value_text
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind, Word
from healthduty.said import Said, labelled
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language
from healthduty.wording.phrase import Phrase

Pair = tuple[int, int]


class AllOrAny(Word):
    """When a flag is true of all units below."""

    ALL = "all"
    """Where every one says so: a system is in place everywhere."""
    ANY = "any"
    """Where one of them says so: an accident happened."""


_MEASURE, _UNITS = Phrase("数据项", "measure"), Phrase("单位数", "units")
_VALUE, _SCORE = Phrase("汇总", "together"), Phrase("得分", "score")
_WAY, _WEIGHT = Phrase("方式", "way"), Phrase("权重合计", "weight")
_UNTOLD = Phrase("无法计算", "can't be told")


@attrs.frozen
class RolledUp:
    """One value of several units, and what was found; MISSING where it can't be told."""

    measure: Measure
    value: Plain
    units: int
    findings: Findings

    @property
    def statement(self) -> Statement:
        """The value as it goes into the upper unit's record, with its source."""
        evidence = Said(f"{self.units} × {self.measure.code}", f"由{self.units}个单位汇总")
        return Statement(self.value, evidence=evidence)

    def table(self, lang: Language = "zh") -> Table:
        """Return the value as a table of one row, with what was found below it.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        told = value_text(self.value, self.measure, lang)
        return Table(
            headings=tuple(phrase(lang) for phrase in (_MEASURE, _UNITS, _VALUE)),
            rows=((self.measure.label, f"{self.units}", told),),
            notes=tuple(each.line(lang) for each in self.findings),
            right=(1, 2),
        )

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


_SAY_WHICH = Said('give flag="all" or flag="any"', '写flag="all"或flag="any"')


def roll_up(
    measure: Measure, records: Iterable[Record], flag: AllOrAny | str | None = None
) -> RolledUp:
    """Return one measure's value of all units together, from their agreed values.

    Units to which the measure does not apply are left out. A unit whose value is missing or
    can't be added up leaves no sum: it is a finding, and the value is MISSING.
    """
    units = [(each, stated(each.values.get(measure.code))[0]) for each in records]
    findings: list[Finding] = []
    known = [
        _Part(record, value, pair)
        for record, value in units
        if (pair := _read(measure, record, value, findings, alone=len(units) == 1)) is not None
    ]
    wanted = None if flag is None else AllOrAny(flag)
    if measure.kind is MeasureKind.FLAG and wanted is None:
        message = Said(
            f"`{measure.code}` is true where all say so, or where any does: say which",
            f"`{measure.code}`是全部单位为“是”才算“是”，还是有一个为“是”就算“是”，请写明",
        )
        findings.append(Finding("rollup-flag", message, hint=_SAY_WHICH))
    if findings or not units:
        value: Plain = MISSING
    elif not known:
        value = NOT_APPLICABLE
    else:
        value = known[0].value if len(units) == 1 else _together(measure, known, wanted)
    return RolledUp(measure, value, len(units), Findings(findings))


class _Part(NamedTuple):
    """A unit's record, its value, and the value as it is read."""

    record: Record
    value: Plain
    pair: Pair


def _read(
    measure: Measure, record: Record, value: Plain, findings: list[Finding], *, alone: bool
) -> Pair | None:
    """Return a unit's value as it is read; None, with a finding, where it can't be added up.

    A value that does not apply is None without a finding: there is nothing to add.
    """
    faults: list[Finding] = []
    seen = observe(measure, value, faults)
    errors = Findings(faults).errors
    if seen is State.NOT_APPLICABLE and not errors:
        return None
    if errors:
        findings += [
            attrs.evolve(each, message=labelled(record.name, each.message)) for each in errors
        ]
        return None
    if isinstance(seen, State):
        message = Said(
            f"`{record.name}` lacks `{measure.code}`", f"`{record.name}`没有`{measure.code}`"
        )
        findings.append(Finding("rollup-missing", message))
        return None
    if measure.kind not in RATE_KINDS:
        return seen
    if not alone and ratio_of(value) is None:
        message = Said(
            f"`{record.name}` gives `{measure.code}` without its two counts",
            f"`{record.name}`的`{measure.code}`没有分别填分子分母",
        )
        hint = Said("rates are never averaged: write 17/20", "比率不能直接平均：请写成17/20")
        findings.append(Finding("rollup-no-pair", message, hint=hint))
    return seen


def _together(measure: Measure, parts: Sequence[_Part], flag: AllOrAny | None) -> Plain:
    """Return the value of several units whose values can be added up."""
    kind = measure.kind
    match kind:
        case MeasureKind.RATE | MeasureKind.COMPLETION | MeasureKind.GROWTH:
            ratios = [ratio for part in parts if (ratio := ratio_of(part.value)) is not None]
            top = sum((each.numerator for each in ratios), Fraction(0))
            return Ratio(top, sum((each.denominator for each in ratios), Fraction(0)))
        case MeasureKind.COUNT | MeasureKind.AMOUNT:
            return _sum(parts)
        case MeasureKind.CASES:
            lists = [_list(part) for part in parts]
            known = [each for each in lists if each is not None]
            # Where one unit gives its number only, the others' cases can't be told from it.
            return sum(known, ()) if len(known) == len(parts) else _sum(parts)
        case MeasureKind.LEVEL:
            return measure.levels[max(part.pair[0] for part in parts)]
        case MeasureKind.FLAG:
            said = [part.pair[0] != 0 for part in parts]
            return all(said) if flag is AllOrAny.ALL else any(said)
        case _:
            assert_never(kind)


def _sum(parts: Iterable[_Part]) -> Plain:
    total = sum((Fraction(*part.pair) for part in parts), Fraction(0))
    return total.numerator if total.denominator == 1 else total


def _list(part: _Part) -> tuple[Case, ...] | None:
    """Return a unit's cases, each id with the unit's key before it; None for a bare number."""
    value = part.value
    if value is None or isinstance(value, Missing):
        return ()
    cases = (value,) if isinstance(value, Case) else value
    if not isinstance(cases, (tuple, list)):
        return None
    facility = part.record.facility
    return tuple(
        attrs.evolve(case, id=f"{facility}/{case.id}" if case.id else "")
        for case in cases
        if isinstance(case, Case)
    )


# ------------------------------------------------------------------------------------ scores


class Mean(Word):
    """How scores of units below become one score."""

    PLAIN = "plain"
    """Every unit counts once."""
    WEIGHTED = "weighted"
    """Every unit counts by its weight, e.g. its population."""
    WORST = "worst"
    """The lowest score counts (就低)."""


_WAYS = {
    Mean.PLAIN: Phrase("平均", "plain mean"),
    Mean.WEIGHTED: Phrase("加权平均", "weighted mean"),
    Mean.WORST: Phrase("就低", "the worst"),
}


def _to_weight(weight: Number | None) -> Fraction | None:
    return None if weight is None else to_fraction(weight, "weight")


def _to_points(points: Number | None) -> Fraction | None:
    return None if points is None else to_fraction(points, "score")


@attrs.frozen
class Scored:
    """A unit's score, None where there is none, and its weight among its neighbours."""

    name: str
    points: Fraction | None = attrs.field(converter=_to_points)
    weight: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_weight)


def scores_of(sheets: Iterable[ScoreSheet]) -> tuple[Scored, ...]:
    """Return the totals of sheets after vetoes, each unit weighing as many as its population."""
    return tuple(
        Scored(sheet.record.name, sheet.total, weight=_population(sheet.record)) for sheet in sheets
    )


def _population(record: Record) -> Fraction | None:
    if record.population is None:
        return None
    try:
        return to_fraction(record.population, "population")
    except NumberError:  # the sheet has said so already
        return None


@attrs.frozen
class MeanScore:
    """One score of several units; `value` is exact, in points, and None where it can't be told.

    `weight` is what the units weigh together, so that a mean of means is the mean.
    """

    value: Fraction | None
    weight: Fraction
    way: Mean
    units: int
    findings: Findings

    def scored(self, name: str) -> Scored:
        """Return it as one score among others, for the next level."""
        return Scored(name, self.value, weight=self.weight)

    def statement(self, places: int = 2) -> Statement:
        """Return the score, rounded half up, as it goes into the upper unit's record."""
        counted = f"{self.units} unit{'' if self.units == 1 else 's'}"
        evidence = Said(
            f"{_WAYS[self.way]('en')} of {counted}",
            f"{self.units}个单位得分{_WAYS[self.way]('zh')}",
        )
        if self.value is None:
            return Statement(MISSING, evidence=evidence)
        units = divide(self.value.numerator * 10**places, self.value.denominator)
        value: Decimal = scaled_decimal(units, places)
        return Statement(value, evidence=evidence)

    def table(self, lang: Language = "zh") -> Table:
        """Return the score, rounded as its statement, as a table of one row; findings below it.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        score = _UNTOLD(lang) if self.value is None else str(self.statement().value)
        return Table(
            headings=tuple(phrase(lang) for phrase in (_WAY, _UNITS, _WEIGHT, _SCORE)),
            rows=((_WAYS[self.way](lang), f"{self.units}", show(self.weight), score),),
            notes=tuple(each.line(lang) for each in self.findings),
            right=(1, 2, 3),
        )

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _weightless(unit: Scored) -> Said:
    """Return why a unit can't be weighed."""
    if unit.weight is None:
        return Said(f"`{unit.name}` has no weight", f"`{unit.name}`没有权重")
    weight = f"`{show(unit.weight)}`"
    return Said(f"`{unit.name}` has the weight {weight}", f"`{unit.name}`的权重为{weight}")


def mean_of(scores: Iterable[Scored], way: Mean | str = Mean.PLAIN) -> MeanScore:
    """Return one score of several; a unit without a score or a weight leaves none, and is told.

    A plain mean of means is the mean of all where each counts as many units as it has: give
    `WEIGHTED` on every level above the first.
    """
    units, way = tuple(scores), Mean(way)
    findings: list[Finding] = []
    for each in units:
        if each.points is None:
            message = Said(f"`{each.name}` has no score", f"`{each.name}`没有得分")
            findings.append(Finding("rollup-no-total", message))
        if way is Mean.WEIGHTED and (each.weight is None or each.weight < 0):
            findings.append(Finding("rollup-no-weight", _weightless(each)))
    weights = [each.weight or Fraction(0) for each in units]
    if way is not Mean.WEIGHTED:
        weights = [Fraction(1)] * len(units)
    weight = sum(weights, Fraction(0))
    if not findings and not weight:
        message = Said("there is no unit that weighs anything", "没有一个单位有权重")
        findings.append(Finding("rollup-no-weight", message))
    value = None if findings else _mean(units, weights, way)
    return MeanScore(value, weight, way, len(units), Findings(findings))


def _mean(units: Sequence[Scored], weights: Sequence[Fraction], way: Mean) -> Fraction:
    points = [each.points or Fraction(0) for each in units]
    if way is Mean.WORST:
        return min(points)
    weighed = (each * weight for each, weight in zip(points, weights, strict=True))
    return sum(weighed, Fraction(0)) / sum(weights, Fraction(0))
