"""The forecast: what the year's sheet will be if the rest of the year goes as so far.

What adds up over the year (visits, yuan, cases) is projected by the share of the term that is
over; a completion grows against its plan; a rate stays the pair that it is, and a level or a flag
as it stands. Required numbers are those of the whole year. Beside it stands between what the
total can still end: from the worst rest of the year to the best one.

Source: “a forecast if the rest of the year goes as so far”; semantics 10, 11.

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import Lacking
>>> visits = Measure("visits", "巡查", unit="次")
>>> rule = Deduction(Lacking(visits, required=12, prorated=True), points=1)
>>> item = Indicator("1", "巡查", points=10, rules=(rule,))
>>> agreement = Agreement("示例", year=2024, measures=(visits,), parts=(item,))
>>> half = forecast(agreement, Record("nanguan", {"visits": 5}, period="2024-H1"), "2024-06-30")
>>> half.now.total, half.sheet.total, half.bounds.low, half.bounds.high
(Decimal('9'), Decimal('8'), Decimal('3'), Decimal('10'))
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.calendars import DaySpan
from healthduty.display import Table, same_places
from healthduty.errors import UsageError
from healthduty.exact import UNIT_SCALES, Ratio, divide, show
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.party import Day, to_day
from healthduty.records.observe import State, observe
from healthduty.records.record import Case, Period, Plain, Record, Sample, Value, stated
from healthduty.results.paths_effects import Board
from healthduty.results.paths_frontier import Frontier
from healthduty.results.paths_moves import FAR, Mover
from healthduty.results.paths_plans import decimal_of
from healthduty.results.paths_words import shown
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.said import Said
from healthduty.scoring.completions import Bounds
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.sources import Place
from healthduty.wording import Language, check_language

_YEAR = 12
_WORDS = {
    "zh": {
        "headings": "数据项|截至目前|预计全年|推算方法",
        "title": "按目前进度推算（已过{}）",
        "total": "合计得分",
        "bounds": "其余时间最差为{}分，最好为{}分。",
        "ways": "按时间推算|分母不变、分子按时间推算|保持现状",
    },
    "en": {
        "headings": "measure|so far|by the end|how",
        "title": "the year if it goes on as so far ({} of it is over)",
        "total": "total",
        "bounds": "the worst rest of the year makes {}, the best one {}",
        "ways": "grows with time|grows with time against its plan|as it stands",
    },
}


@attrs.frozen
class Projected:
    """One measure: what it is now, what it will be, and the exact number that this comes from.

    `exact` is None for what stands as it is; `open` says that the rest of the year can change it.
    """

    measure: Measure
    now: Plain
    then: Plain
    exact: Fraction | None
    open: bool


@attrs.frozen(eq=False)
class Forecast:
    """The sheet now beside the sheet at the end, and between what the total can still end.

    `record` is the record that the rest of the year would make. `bounds` are exact for what adds
    up and for rates that go on with as many as so far; levels, flags and what is judged stand.
    """

    elapsed: Fraction
    values: tuple[Projected, ...]
    record: Record
    now: ScoreSheet
    sheet: ScoreSheet
    bounds: Bounds
    findings: Findings

    def table(self, lang: Language = "zh") -> Table:
        """Return what grows and what stands, with the totals last.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = _WORDS[lang]
        grows, against, stands = words["ways"].split("|")
        rows: list[tuple[str, ...]] = []
        for each in self.values:
            plan_kind = each.measure.kind is MeasureKind.COMPLETION
            way = stands if each.exact is None else against if plan_kind else grows
            now, then = (shown(each.measure, value, lang) for value in (each.now, each.then))
            rows.append((each.measure.label, now, then, way))
        totals = same_places([self.now.total, self.sheet.total])
        rows.append((words["total"], *totals, ""))
        low, high = (_points(each) for each in (self.bounds.low, self.bounds.high))
        return Table(
            headings=tuple(words["headings"].split("|")),
            rows=tuple(rows),
            title=words["title"].format(show(self.elapsed * 100, 1) + "%"),
            notes=() if self.bounds.low is None else (words["bounds"].format(low, high),),
            right=(1, 2),
            strong=frozenset({len(rows) - 1}),
        )

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _points(total: Decimal | None) -> str:
    return "" if total is None else show(Fraction(total))


def forecast(
    agreement: Agreement,
    record: Record | Mapping[str, Value],
    as_of: Day,
    *,
    term: DaySpan | None = None,
    stands: Iterable[str] = (),
) -> Forecast:
    """Return the year-end sheet if the rest of the term goes as so far.

    `as_of` is the last day that the record covers; `term` is by default the agreement's own, or
    its year. What adds up is divided by the share of the term's months that are over; counts come
    out at the nearest whole number, which is an assumption that is listed. `stands` names what
    does not add up, such as a number of staff; last year's value and samples never do.

    Raises:
        UsageError: a day outside the term, no term at all, a measure that there is not.
    """
    kept = record if isinstance(record, Record) else Record("", record)
    span = term or _term_of(agreement)
    elapsed = _elapsed(span, as_of)
    still = frozenset((stands,) if isinstance(stands, str) else stands)
    unknown = sorted(code for code in still if agreement.measure(code) is None)
    if unknown:
        raise UsageError("the agreement has no measure " + ", ".join(f"`{x}`" for x in unknown))
    now = score(agreement, kept)
    still |= _references(now)
    values = [
        _projected(measure, plain, elapsed, stand=measure.code in still)
        for measure in agreement.measures
        if not isinstance(
            observe(measure, plain := stated(kept.values.get(measure.code))[0], []), State
        )
        and measure.code in kept.values
    ]
    then = attrs.evolve(
        kept,
        values={**kept.values, **{each.measure.code: each.then for each in values}},
        period=Period(_label(agreement, span), months=_YEAR, start=span.first, end=span.last),
    )
    sheet = score(agreement, then)
    return Forecast(
        elapsed, tuple(values), then, now, sheet, _bounds(sheet, values, elapsed), _assumed(values)
    )


def _label(agreement: Agreement, span: DaySpan) -> str:
    return str(agreement.year or span.last.year)


def _term_of(agreement: Agreement) -> DaySpan:
    """Return the agreement's term, or its year."""
    term = agreement.term
    if (
        term is not None
        and isinstance(term.start, datetime.date)
        and isinstance(term.end, datetime.date)
    ):
        return DaySpan(term.start, term.end)
    if agreement.year is None:
        raise UsageError(
            Said(
                "the agreement names neither a term nor a year: say `term`",
                "责任书没有写明责任期，也没有年度：请给出`term`",
            )
        )
    return DaySpan(datetime.date(agreement.year, 1, 1), datetime.date(agreement.year, 12, 31))


def _elapsed(span: DaySpan, as_of: Day) -> Fraction:
    day = to_day(as_of)
    if isinstance(day, str) or day not in span:
        raise UsageError(
            Said(f"`{day}` is no day of the term, {span}", f"`{day}`不在责任期{span}之内")
        )
    over = span.until(day)
    assert over is not None  # noqa: S101 - the day is one of them
    return over.months / span.months


def _references(sheet: ScoreSheet) -> frozenset[str]:
    """Return the measures that rules only hold others against."""
    board = Board.of(sheet)
    codes = (measure.code for measure in sheet.agreement.measures)
    return frozenset(code for code in codes if board.is_reference(code))


# --- projecting --------------------------------------------------------------------------------


def _projected(measure: Measure, value: Plain, elapsed: Fraction, *, stand: bool) -> Projected:
    pair = observe(measure, value, [])
    assert not isinstance(pair, State)  # noqa: S101 - only what has a value is projected
    exact = Fraction(*pair) / elapsed
    kind = measure.kind
    if stand or isinstance(value, Sample):
        return Projected(measure, value, value, None, open=False)
    match kind:
        case MeasureKind.COUNT | MeasureKind.CASES:
            count = divide(exact.numerator, exact.denominator)
            return Projected(measure, value, _cases(value, count), exact, open=True)
        case MeasureKind.AMOUNT:
            return Projected(measure, value, exact, exact, open=True)
        case MeasureKind.COMPLETION:
            if isinstance(value, Ratio) and value.denominator:
                then = Ratio(value.numerator / elapsed, value.denominator)
                return Projected(measure, value, then, exact, open=True)
            return Projected(measure, value, exact, exact, open=True)
        case MeasureKind.RATE:
            return Projected(measure, value, value, None, open=True)
        case MeasureKind.GROWTH | MeasureKind.LEVEL | MeasureKind.FLAG:
            return Projected(measure, value, value, None, open=False)
        case _:
            assert_never(kind)


def _cases(value: Plain, count: int) -> Plain:
    """Return so many cases; those that are to come are like those that were, in their order."""
    cases = (value,) if isinstance(value, Case) else value
    if not isinstance(cases, (tuple, list)):
        return count
    known = [each for each in cases if isinstance(each, Case)]
    more = [
        Case(f"forecast-{number + 1}", None, known[number % len(known)].attributes)
        for number in range(count - len(known))
    ]
    return (*known, *more)


def _assumed(values: Iterable[Projected]) -> Findings:
    return Findings(
        Finding(
            "forecast-projected",
            Said(
                f"{each.measure.label}: {shown(each.measure, each.now, 'en')} so far makes"
                f" {show(each.exact)} by the end, taken as {shown(each.measure, each.then, 'en')}",
                f"{each.measure.label}：至今为{shown(each.measure, each.now, 'zh')}，"
                f"照此推算到期末为{show(each.exact)}，按{shown(each.measure, each.then, 'zh')}计",
            ),
            severity=Severity.ASSUMPTION,
            place=Place(column=each.measure.code),
            hint=Said(
                "name it in `stands` if it does not add up over the year",
                "不随时间累加的，写进`stands`",
            ),
        )
        for each in values
        if each.exact is not None
    )


# --- between what it can end -------------------------------------------------------------------


def _bounds(sheet: ScoreSheet, values: Iterable[Projected], elapsed: Fraction) -> Bounds:
    """Return the totals and grades of the worst and of the best rest of the year."""
    if sheet.total is None:
        return sheet.bounds
    board = Board.of(sheet)
    movers = []
    for each in values:
        mover = board.mover(each.measure.code)
        if mover is not None and (reach := _reach(each, elapsed)) is not None:
            movers.append(_between(each, mover, *reach))
    ends = [Frontier(board, movers, None, worst=worst).reached for worst in (True, False)]
    low = min(ends[0], key=lambda found: found.total)
    high = max(ends[1], key=lambda found: found.total)
    return Bounds(decimal_of(low.total), decimal_of(high.total), low.grade, high.grade)


def _reach(each: Projected, elapsed: Fraction) -> tuple[Fraction, Fraction | None] | None:
    """Return from what to what a measure can still come, in its unit; None where it stands."""
    if not each.open:
        return None
    pair = observe(each.measure, each.now, [])
    assert not isinstance(pair, State)  # noqa: S101 - as projected
    now = Fraction(*pair)
    if each.exact is not None:
        return now, None
    whole = UNIT_SCALES[each.measure.unit]
    return now * elapsed, whole - (whole - now) * elapsed


def _between(each: Projected, mover: Mover, least: Fraction, most: Fraction | None) -> Mover:
    """Return a mover that takes every place a measure can still come to."""
    if mover.per is None:  # a list of cases: more of each sort, as many as could matter
        return _more_cases(each, mover)
    low = min(mover.start, math.floor(least / mover.per))
    high = FAR if most is None else max(mover.start, math.ceil(most / mover.per))
    return attrs.evolve(mover, low=max(low, mover.low), high=min(high, mover.high))


_MANY = 200
"""Cases of a sort that exhaust whatever they are charged against."""


def _more_cases(each: Projected, mover: Mover) -> Mover:
    """Return a mover over the cases that there are, and many more of each sort there is."""
    now = each.now if isinstance(each.now, (tuple, list)) else (each.now,)
    known = tuple(case for case in now if isinstance(case, Case))
    sorts = list(dict.fromkeys(case.attributes for case in known)) or [()]
    lists = [
        known,
        *((*known, *(Case("", None, sort) for _ in range(_MANY))) for sort in sorts),
    ]
    then = each.then
    values = [then, *lists]
    return attrs.evolve(
        mover,
        start=0,
        low=0,
        high=len(values) - 1,
        value=values.__getitem__,
        units=lambda place: Fraction(place),  # noqa: PLW0108 - nothing has a price here
        whole=True,
    )
