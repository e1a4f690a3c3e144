"""The figures of one facility's sheet, in whole units, and whether the formulas give the same.

They are read off the score sheet. Before formulas are written beside them, the terms are computed
for this facility and held against them: a sheet whose formulas would give anything else is written
as values, and says so.

Source: docs/en/explanation/live-formulas.md, “The number beside the formula”.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs

from healthduty.model.grades import ConsequenceKind
from healthduty.scoring.outcome import FEN
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language
from healthduty.workbook.formulas_cases import CaseValues
from healthduty.workbook.formulas_entries import Entry
from healthduty.workbook.formulas_inputs import Sort
from healthduty.workbook.formulas_outcome import BARRED, GRANTED, NO_GRADE, NOT_BROUGHT, OPEN
from healthduty.workbook.formulas_template import Template
from healthduty.workbook.formulas_values import value_at
from healthduty.workbook.result_rows import BodyRow, RowResult, row_results, written_order
from healthduty.workbook.result_shape import RowTerms, Values

_GRANTED = {True: GRANTED, False: BARRED, None: OPEN}


@attrs.frozen
class Figures:
    """What a facility's sheet shows: points in points scale, money in fen, None for what is open.

    `points` and `bonus` are by node; `applies` by veto; `grade` is a place, −1 for none.
    """

    rows: list[RowResult]
    points: dict[int, int | None]
    bonus: dict[int, int]
    full: int | None
    earned: int | None
    apart: int
    applies: list[bool | None]
    total: int | None
    grade: int
    honours: list[int]
    money: list[tuple[int | None, Fraction | None]]


def figures_of(
    template: Template, body: tuple[BodyRow, ...], sheet: ScoreSheet, lang: Language
) -> Figures:
    """Read the figures off a sheet."""
    plan, unit = template.plan, 10**template.plan.places
    items = dict(zip(written_order(plan), sheet.items, strict=True))
    scale = sheet.agreement.grades
    grade = None if scale is None or sheet.grade is None else scale.index(sheet.grade)
    return Figures(
        row_results(plan, body, sheet, lang),
        {node: units_of(item.earned, unit) for node, item in items.items()},
        {node: units_of(item.bonus, unit) or 0 for node, item in items.items()},
        units_of(sheet.full, unit),
        units_of(sheet.earned, unit),
        units_of(sheet.apart, unit) or 0,
        [result.applies for result in sheet.vetoes],
        units_of(sheet.total, unit),
        NO_GRADE if grade is None else grade,
        _honours(sheet),
        [(units_of(each.amount, FEN), each.share) for each in sheet.money],
    )


def _honours(sheet: ScoreSheet) -> list[int]:
    """Return what becomes of every honour that the agreement knows, in its order."""
    brought = iter(sheet.honours)
    return [
        NOT_BROUGHT
        if each.grades and sheet.grade not in each.grades
        else _GRANTED[next(brought).granted]
        for each in sheet.agreement.consequences
        if each.kind is ConsequenceKind.HONOUR
    ]


def units_of(number: Decimal | None, unit: int) -> int | None:
    """Return a decimal in whole units."""
    return None if number is None else int(Fraction(number) * unit)


def agrees(
    template: Template, terms: tuple[RowTerms, ...], figures: Figures, values: Values
) -> bool:
    """Return whether the terms of a facility give the figures of its sheet."""
    return _rows_agree(terms, figures, values) and _outcome_agrees(template, figures, values)


def cases_agree(template: Template, entries: tuple[Entry, ...], cases: CaseValues) -> bool:
    """Return whether the columns beside a facility's cases give what its rules count."""
    tallies = {tally.place: place for place, tally in enumerate(cases.listed.tallies)}
    for row, entry in zip(template.rows, entries, strict=True):
        if row.sort is not Sort.WEIGHED or entry.state:
            continue
        place = tallies[row.slot]
        is_listed = cases.sum(("of", cases.listed.tallies[place].measure)) > 0
        if is_listed and entry.num != cases.sum(("adds", place)):
            return False
    return True


def _rows_agree(terms: tuple[RowTerms, ...], figures: Figures, values: Values) -> bool:
    return all(
        value_at(values, row.change) == result.points
        for row, result in zip(terms, figures.rows, strict=True)
    )


def _outcome_agrees(template: Template, figures: Figures, values: Values) -> bool:
    written, followed = template.written, template.followed

    def has(term: object) -> object:
        return value_at(values, term)  # type: ignore[arg-type]  # a term, or the constant it is

    points = all(
        bool(has(written.unsure.get(node, False)))
        if earned is None
        else (has(written.inside[node]), has(written.beyond[node])) == (earned, figures.bonus[node])
        for node, earned in figures.points.items()
    )
    vetoes = all(
        (bool(has(fact.holds)), bool(has(fact.unknown))) == (applies is True, applies is None)
        for fact, applies in zip(followed.vetoes, figures.applies, strict=True)
    )
    earned = figures.earned is None or has(written.earned) == figures.earned
    total = bool(has(followed.known)) == (figures.total is not None)
    total = total and (figures.total is None or has(followed.total) == figures.total)
    honours = [has(state) for _, state in followed.honours] == figures.honours
    money = all(
        (has(pool.fen) if has(pool.known) else None) == amount
        for pool, (amount, _) in zip(followed.money, figures.money, strict=True)
    )
    ends = total and honours and money and has(followed.grade) == figures.grade
    return points and vetoes and earned and ends
