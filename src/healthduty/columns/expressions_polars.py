"""An agreement as expressions of Polars: whole numbers in Int64, or Int128 where proven needed.

Each level of expressions reads the columns of the one before; `Scoring.apply` puts them one after
the other on a frame, lazy or not, and nothing runs before the frame does.

Source: “for users who live in Polars or DuckDB”.

>>> import polars as pl
>>> from healthduty.model.indicator import Indicator
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> frame = pl.DataFrame({"facility": ["南关", "北关"], "1": [3, None]})
>>> to_polars(agreement).apply(frame)["total"].to_list()
[Decimal('3.00'), None]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from healthduty.columns.expressed import inputs_of
from healthduty.columns.expressions import Program, program_of
from healthduty.columns.readings import Fixed, Numbers, Pairs, Reading, Readings, Truths, Words
from healthduty.columns.staging import levels_of
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.scoring.plan import plan

_MOST_DIGITS = 38


@attrs.frozen(eq=False)
class Scoring:
    """Expressions level by level; the last gives the results.

    `levels` are lists of `polars.Expr`, each of which reads the columns of the level before. The
    first reads those of the user, the last leaves the results alone.
    """

    levels: tuple[tuple[Any, ...], ...]
    kinds: Mapping[str, str]
    """What the columns hold that are read: integers, words or truths."""

    def apply(self, frame: Any) -> Any:  # noqa: ANN401 - of polars
        """Return the scores of a frame's rows: facility, total, earned, grade, items, unread.

        Raises:
            UsageError: a column that is missing, or holds something else than it must.
        """
        self._check(frame.collect_schema())
        first, *between, last = self.levels
        made = frame.select(first)
        for level in between:
            made = made.with_columns(level)
        return made.select(last)

    def _check(self, schema: Mapping[str, Any]) -> None:
        """Refuse columns of another kind, all at once."""
        faults = []
        for name, kind in self.kinds.items():
            if name not in schema:
                faults.append(f"`{name}` is missing")
            elif not _holds(schema[name], kind):
                faults.append(f"`{name}` holds {schema[name]}, not {kind}")
        if faults:
            raise UsageError(f"expressions read plain columns: {'; '.join(faults)}")


def _holds(dtype: Any, kind: str) -> bool:  # noqa: ANN401 - of polars
    import polars as pl  # an optional extra

    if dtype == pl.Null:
        return True
    if kind == "integers":
        return bool(dtype.is_integer())
    if kind == "truths":
        return bool(dtype == pl.Boolean)
    return dtype in (pl.String, pl.Categorical, pl.Enum)


class Polars:
    """The words of Polars."""

    def __init__(self) -> None:
        """Find the library.

        Raises:
            ImportError: without it.
        """
        try:
            import polars as pl  # an optional extra
        except ImportError as error:
            raise ImportError("expressions for Polars need it: pip install polars") from error
        self.pl = pl

    def named(self, name: str) -> Any:  # noqa: ANN401 - an expression
        """Return a column."""
        return self.pl.col(name)

    def literal(self, value: int, *, wide: bool) -> Any:  # noqa: ANN401 - as above
        """Return a number."""
        return self.pl.lit(value, dtype=self.pl.Int128 if wide else self.pl.Int64)

    def truth(self, *, holds: bool) -> Any:  # noqa: ANN401 - as above
        """Return yes or no."""
        return self.pl.lit(holds, dtype=self.pl.Boolean)

    def cast(self, value: Any, *, wide: bool) -> Any:  # noqa: ANN401 - as above
        """Return a number in 128 bits or in 64."""
        return value.cast(self.pl.Int128 if wide else self.pl.Int64)

    def op(self, name: str, args: Sequence[Any]) -> Any:  # noqa: ANN401 - as above
        """Return a step over what it reads."""
        if name == "where":
            truth, a, b = args
            return self.pl.when(truth).then(a).otherwise(b)
        if name in ("least", "most"):
            of = self.pl.min_horizontal if name == "least" else self.pl.max_horizontal
            return of(*args)
        return getattr(args[0], _METHODS[name])(*args[1:])

    def floor(self, top: Any, bottom: Any, *, signed: bool) -> Any:  # noqa: ANN401, ARG002 - as above
        """Return a quotient rounded down, as Polars does."""
        return top.floordiv(bottom)

    def is_null(self, cell: Any) -> Any:  # noqa: ANN401 - as above
        """Return where a cell is null."""
        return cell.is_null()

    def integer(self, cell: Any, otherwise: int) -> Any:  # noqa: ANN401 - as above
        """Return a cell in 64 bits."""
        return cell.cast(self.pl.Int64, strict=False).fill_null(otherwise)

    def rest(self, number: Any, divisor: int) -> Any:  # noqa: ANN401 - as above
        """Return what is left of a division."""
        return number.mod(divisor)

    def is_word(self, cell: Any, word: str) -> Any:  # noqa: ANN401 - as above
        """Return where a cell is a word."""
        return cell.cast(self.pl.String).eq(word).fill_null(value=False)

    def has_margin(self, cell: Any) -> Any:  # noqa: ANN401 - as above
        """Return where blanks stand around a word."""
        text = cell.cast(self.pl.String)
        return text.ne(text.str.strip_chars()).fill_null(value=False)

    def is_true(self, cell: Any) -> Any:  # noqa: ANN401 - as above
        """Return where a cell is yes."""
        return cell.cast(self.pl.Boolean).fill_null(value=False)

    def is_kind(self, cell: Any, kind: str) -> Any:  # noqa: ANN401, ARG002 - as above
        """Return yes: the schema is looked at before."""
        return self.truth(holds=True)


_METHODS = {
    "add": "add",
    "sub": "sub",
    "mul": "mul",
    "both": "and_",
    "either": "or_",
    "no": "not_",
    "at_least": "ge",
    "more": "gt",
    "at_most": "le",
    "less": "lt",
    "equal": "eq",
}


def to_polars(
    agreement: Agreement,
    *,
    columns: Mapping[str, str | Reading] | None = None,
    items: bool = False,
    period: str | None = None,
) -> Scoring:
    """Return expressions of Polars that score the rows of a frame; `columns` is as for `to_sql`.

    Raises:
        UsageError: what no expression says, by its items.
        ImportError: without Polars.
    """
    planned, words = plan(agreement), Polars()
    readings = Readings(planned.plan, columns or {}, period)
    program = program_of(planned, readings, items=items)
    inputs = inputs_of(program.columns, words)
    facility = words.named(readings.reading("facility").column).alias("facility")
    first = [facility, *_named(inputs.cells)]
    second = [*_named(inputs.made), inputs.unread.alias("unread")]
    levels, results = levels_of(program, words)
    between = [tuple(_named(level.made)) for level in levels]
    last = ["facility", *_results(program, results, words), "unread"]
    return Scoring((tuple(first), tuple(second), *between, tuple(last)), dict(_kinds(program)))


def _named(made: Mapping[str, Any]) -> list[Any]:
    return [one.alias(name) for name, one in made.items()]


def _kinds(program: Program) -> Iterator[tuple[str, str]]:
    """Go through the columns that are read, with what they must hold."""
    for column in program.columns.values():
        match source := column.source:
            case Numbers():
                yield source.reading.column, "integers"
            case Pairs():
                yield source.reading.column, "integers"
                yield source.reading.of, "integers"
            case Words():
                yield source.column, "words"
            case Truths():
                yield source.column, "truths"
            case Fixed():
                pass


def _results(program: Program, made: Mapping[str, Any], words: Polars) -> Iterator[Any]:
    """Go through the columns of the result."""
    pl = words.pl
    read = ~pl.col("unread")

    def points(name: str, known: Any) -> Any:  # noqa: ANN401 - an expression
        kind = pl.Decimal(_MOST_DIGITS, program.places)
        number = made[name].cast(kind) / 10**program.places
        return pl.when(known & read).then(number.cast(kind)).alias(name)

    yield points("total", made["known"])
    yield points("earned", ~made["unknown"])
    if program.grades:
        grade = pl.lit(None, dtype=pl.String)
        for place, name in enumerate(program.grades):
            grade = pl.when(made["grade"] == place).then(pl.lit(name)).otherwise(grade)
        yield pl.when(read).then(grade).alias("grade")
    for name, number in program.items.items():
        yield points(name, ~made[f"unsure {number}"])
