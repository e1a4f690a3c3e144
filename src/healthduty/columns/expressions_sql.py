"""An agreement as one SELECT, for DuckDB: whole numbers in BIGINT, or HUGEINT where proven needed.

DuckDB divides DECIMAL as DOUBLE, and `//` cuts towards 0; so there are no fractions on the way, and
a quotient that may be below 0 is rounded down in so many words. What is used more than once stands
in a common table expression, so that the text stays as long as the agreement.

Source: “for users who live in Polars or DuckDB”.

>>> from healthduty.model.indicator import Indicator
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> print(to_sql(agreement, "facilities", columns={"1": "book"})[:60])
WITH cells AS (SELECT "facility" AS "facility", (CASE WHEN (
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from healthduty.columns.expressed import inputs_of
from healthduty.columns.expressions import Program, digits_of, program_of
from healthduty.columns.readings import Reading, Readings
from healthduty.columns.staging import levels_of
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.scoring.plan import plan

_KINDS = {"words": "VARCHAR", "truths": "BOOLEAN"}
_MARKS = {"add": "+", "sub": "-", "mul": "*", "both": "AND", "either": "OR"}
_RELATIONS = {"at_least": ">=", "more": ">", "at_most": "<=", "less": "<", "equal": "="}
_MOST_DIGITS = 38
_BLANKS = " \t\r\n\u3000"


class Sql:
    """The words of DuckDB; every expression stands in brackets."""

    def named(self, name: str) -> str:
        """Return a column's name as SQL quotes it."""
        return _quoted(name)

    def literal(self, value: int, *, wide: bool) -> str:
        """Return a number."""
        return f"{value}::HUGEINT" if wide else f"({value})" if value < 0 else str(value)

    def truth(self, *, holds: bool) -> str:
        """Return yes or no."""
        return "TRUE" if holds else "FALSE"

    def cast(self, value: str, *, wide: bool) -> str:
        """Return a number in 128 bits or in 64."""
        return f"CAST({value} AS {'HUGEINT' if wide else 'BIGINT'})"

    def op(self, name: str, args: Sequence[str]) -> str:
        """Return a step over what it reads."""
        if name in _MARKS or name in _RELATIONS:
            return f"({args[0]} {_MARKS.get(name) or _RELATIONS[name]} {args[1]})"
        if name in ("least", "most"):
            return f"{'LEAST' if name == 'least' else 'GREATEST'}({args[0]}, {args[1]})"
        if name == "where":
            return f"(CASE WHEN {args[0]} THEN {args[1]} ELSE {args[2]} END)"
        if name == "no":
            return f"(NOT {args[0]})"
        raise KeyError(name)

    def floor(self, top: str, bottom: str, *, signed: bool) -> str:
        """Return a quotient rounded down."""
        if not signed:
            return f"({top} // {bottom})"
        down = f"-(({bottom} - 1 - {top}) // {bottom})"
        return f"(CASE WHEN {top} < 0 THEN {down} ELSE {top} // {bottom} END)"

    def is_null(self, cell: str) -> str:
        """Return where a cell is null."""
        return f"({cell} IS NULL)"

    def integer(self, cell: str, otherwise: int) -> str:
        """Return a cell in 64 bits; what is no integer has no `|`, and DuckDB refuses it."""
        return f"COALESCE(TRY_CAST(({cell} | 0) AS BIGINT), {otherwise})"

    def rest(self, number: str, divisor: int) -> str:
        """Return what is left of a division."""
        return f"({number} % {divisor})"

    def is_word(self, cell: str, word: str) -> str:
        """Return where a cell is a word."""
        return f"COALESCE(CAST({cell} AS VARCHAR) = {_text(word)}, FALSE)"

    def has_margin(self, cell: str) -> str:
        """Return where blanks stand around a word."""
        text = f"CAST({cell} AS VARCHAR)"
        return f"COALESCE({text} <> TRIM({text}, {_text(_BLANKS)}), FALSE)"

    def is_true(self, cell: str) -> str:
        """Return where a cell is yes."""
        return cell

    def is_kind(self, cell: str, kind: str) -> str:
        """Return whether a column is of words, or of truths: DuckDB knows it of each row."""
        return f"(typeof({cell}) = {_text(_KINDS[kind])})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def to_sql(
    agreement: Agreement,
    table: str,
    *,
    columns: Mapping[str, str | Reading] | None = None,
    items: bool = False,
    period: str | None = None,
) -> str:
    """Return a SELECT for DuckDB that scores the rows of a table.

    `table` is what stands behind FROM: a name, `'年报/*.parquet'`, a subquery. `columns` names the
    column of each code: of a measure, of a judgement, of `facility` and `kind`; a code is its own
    column's name otherwise. `period` is the period of all rows. The result has the facility,
    `total` and `earned` as exact decimals, `grade`, with `items` one column each, and `unread`,
    which holds where a row has what only `score_many` reads: there is no total then.

    Raises:
        UsageError: what no expression says, by its items.
    """
    planned = plan(agreement)
    readings = Readings(planned.plan, columns or {}, period)
    program = program_of(planned, readings, items=items)
    facility = _quoted(readings.reading("facility").column)
    sql = Sql()
    inputs = inputs_of(program.columns, sql)
    levels, results = levels_of(program, sql)
    read = _listed({"facility": facility, **inputs.cells})
    parts = [f"cells AS (SELECT {read} FROM {table})"]  # noqa: S608 - the caller's own table
    taken = _listed({"facility": '"facility"', **inputs.made, "unread": inputs.unread})
    parts.append(f"inputs AS (SELECT {taken} FROM cells)")  # noqa: S608 - our own names
    before = "inputs"
    for number, level in enumerate(levels, 1):
        steps = _listed(level.made)
        parts.append(f"steps_{number} AS (SELECT *, {steps} FROM {before})")  # noqa: S608 - our own names
        before = f"steps_{number}"
    asked = ",\n  ".join(_results(program, results))
    with_parts = ",\n".join(parts)
    return f'WITH {with_parts}\nSELECT\n  "facility",\n  {asked},\n  "unread"\nFROM {before}'


def _listed(made: Mapping[str, str]) -> str:
    """Return columns of a SELECT: expressions by the names that they get."""
    return ", ".join(f"{text} AS {_quoted(name)}" for name, text in made.items())


def _results(program: Program, made: Mapping[str, str]) -> Iterator[str]:
    """Go through the columns of the result."""
    total = f'{made["known"]} AND NOT "unread"'
    earned = f'NOT {made["unknown"]} AND NOT "unread"'
    yield f'CASE WHEN {total} THEN {_points(program, "total", made)} END AS "total"'
    yield f'CASE WHEN {earned} THEN {_points(program, "earned", made)} END AS "earned"'
    if program.grades:
        names = " ".join(
            f"WHEN {place} THEN {_text(name)}" for place, name in enumerate(program.grades)
        )
        grade = f"CASE {made['grade']} {names} END"
        yield f'CASE WHEN NOT "unread" THEN {grade} END AS "grade"'
    for name, number in program.items.items():
        sure = f'NOT {made["unsure " + number]} AND NOT "unread"'
        yield f"CASE WHEN {sure} THEN {_points(program, name, made)} END AS {_quoted(name)}"


def _points(program: Program, name: str, made: Mapping[str, str]) -> str:
    """Return integers in points scale as an exact decimal; a product never rounds."""
    digits, places = digits_of(program, name), program.places
    if digits + places + 1 > _MOST_DIGITS:
        raise UsageError(f"{name}: {digits} digits are more than a DECIMAL of SQL holds")
    one = f"0.{1:0{places}}" if places else "1"
    unit = f"CAST({one} AS DECIMAL({places + 1}, {places}))"
    return f"CAST({made[name]} AS DECIMAL({digits}, 0)) * {unit}"
