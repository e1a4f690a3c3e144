"""The same sixty items over columns, as each way of scoring them starts from and goes about it.

The mix is that of `county.py`. A `Sample` holds the same rows in every form: integer columns for
the engines, Polars and DuckDB, a pandas frame of floats as a user has it, and a few facilities in
`Decimal` for the loop. `points` of an item are hundredths, a total that can't be told is −1.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from county import BANDS, Item, county_agreement, county_items, loop

from healthduty.columns.engine_numpy import Integers
from healthduty.columns.engines import run
from healthduty.model.agreement import Agreement
from healthduty.scoring.ops import Plan
from healthduty.scoring.plan import plan

TENTHS, CENTS = 10, 100
MISSING = 0.02
LOOPED = 300
"""So many facilities are scored by the loop; the others would take as long each."""


class Sample(NamedTuple):
    """The same rows in each of the forms that a way starts from; frames only where they fit."""

    rows: int
    sections: Sequence[Sequence[Item]]
    agreement: Agreement
    plan: Plan
    slots: dict[int, Integers]
    wide: dict[int, Integers]
    polars: pl.DataFrame
    pandas: pd.DataFrame | None
    duck: Any
    decimals: list[dict[str, Decimal | bool]]

    @property
    def items(self) -> list[Item]:
        """All items."""
        return [item for section in self.sections for item in section]


def sample(rows: int, *, seed: int = 7, frames: bool = True, edges: bool = False) -> Sample:
    """Return so many facilities; with `edges` every rate stands on a step, a band, or beside it."""
    dice = np.random.default_rng(seed)
    sections = county_items()
    agreement = county_agreement(sections)
    made = plan(agreement).plan
    items = {item.code: item for section in sections for item in section}
    tenths = {code: _values(item, rows, dice, edges=edges) for code, item in items.items()}
    slots: dict[int, Integers] = {}
    wide: dict[int, Integers] = {}
    for place, slot in enumerate(made.slots):
        values, lost, den = tenths[slot.measure.code]  # type: ignore[union-attr]  # all are values
        slots[place] = Integers(np.where(lost, np.int32(0), values), den, _or_none(lost))
        if frames:
            wide[place] = Integers(slots[place].num.astype(np.int64), den, _or_none(lost))
    columns = {
        code: pl.Series(np.where(lost, np.int32(0), values)).set(pl.Series(lost), None)
        for code, (values, lost, _) in tenths.items()
    }
    frame = pl.DataFrame(columns)
    return Sample(
        rows,
        sections,
        agreement,
        made,
        slots,
        wide,
        frame,
        _pandas(items, tenths, rows) if frames else None,
        _duck(frame) if frames else None,
        [_decimals(items, tenths, row) for row in range(min(rows, LOOPED))],
    )


def _values(
    item: Item, rows: int, dice: np.random.Generator, *, edges: bool
) -> tuple[Any, Any, int]:
    """Return a measure's values as integers, where they are missing, and over what they stand."""
    none = np.zeros(rows, dtype=bool)
    if item.kind == "flag":
        return (dice.random(rows) < 0.2).astype(np.int32), none, 1
    if item.kind == "cases":
        return dice.choice(np.array([0, 0, 0, 1, 1, 2, 3, 5, 9], np.int32), rows), none, 1
    values = dice.integers(500, 1001, rows)
    step = int(item.step * TENTHS)
    if edges:
        lows = np.array([int(low) * TENTHS for low, _ in BANDS])
        on = dice.choice(lows, rows) if item.kind == "bands" else _on_steps(item, step, rows, dice)
        values = on + dice.integers(-1, 2, rows)
    elif item.kind == "steps":
        on = int(item.target * TENTHS) - step * dice.integers(0, 4, rows)
        values = np.where(dice.random(rows) < 1 / 3, on, values)
    return values.astype(np.int32), dice.random(rows) < MISSING, TENTHS


def _on_steps(item: Item, step: int, rows: int, dice: np.random.Generator) -> Any:  # noqa: ANN401 - an array
    target = int(item.target * TENTHS)
    return target - step * dice.integers(0, max(1, min(12, (target - 1) // step)), rows)


def _or_none(mask: Any) -> Any:  # noqa: ANN401 - an array, or None
    return mask if mask.any() else None


def _pandas(items: dict[str, Item], tenths: dict[str, Any], rows: int) -> pd.DataFrame:
    frame: dict[str, Any] = {"facility": [f"facility {row}" for row in range(rows)]}
    for code, item in items.items():
        values, lost, den = tenths[code]
        frame[code] = values.astype(bool) if item.kind == "flag" else values
        if den == TENTHS:
            frame[code] = np.where(lost, np.nan, values / TENTHS)
    return pd.DataFrame(frame)


def _duck(frame: pl.DataFrame) -> Any:  # noqa: ANN401 - a connection
    """Return DuckDB with the columns in a table of its own, as BIGINT."""
    duck = duckdb.connect()
    wide = frame.with_columns(pl.all().cast(pl.Int64)).to_arrow()
    duck.register("frame", wide)
    duck.execute("CREATE TABLE facilities AS SELECT * FROM frame")
    return duck


def _decimals(
    items: dict[str, Item], tenths: dict[str, Any], row: int
) -> dict[str, Decimal | bool]:
    """Return a facility in `Decimal`; what is missing is 0, because the loop knows no missing."""
    made: dict[str, Decimal | bool] = {}
    for code, item in items.items():
        values, lost, den = tenths[code]
        value = 0 if lost[row] else int(values[row])
        made[code] = bool(value) if item.kind == "flag" else Decimal(value) / den
    return made


# --- the ways ----------------------------------------------------------------------------------


def by_engine(
    given: Sample, engine: str, *, threads: int = 2, items: bool = False, wide: bool = False
) -> Any:  # noqa: ANN401 - an array
    """Score integer columns by the plan, with one of the engines; return it and what it kept."""
    keep = [("inside", node) for node in range(len(given.plan.nodes) - 1)] if items else []
    slots = given.wide if wide else given.slots
    results = run(given.plan, slots, given.rows, engine=engine, keep=keep, threads=threads)
    return np.where(results.unknown, -1, results.earned), results.kept


def polars_points(item: Item) -> pl.Expr:
    """Return an item's points in hundredths, as a careful user writes it for Polars on integers."""
    value, full = pl.col(item.code), int(item.full * CENTS)
    each, cap = int(item.points * CENTS), int(item.cap * CENTS)
    target = int(item.target * TENTHS)
    if item.kind == "steps":
        steps = ((target - value) // int(item.step * TENTHS)).clip(lower_bound=0)
        return full - (steps * each).clip(upper_bound=cap)
    if item.kind == "cases":
        return full - (value * each).clip(upper_bound=cap)
    if item.kind == "share":
        gap = (target - value).clip(lower_bound=0)
        return full - ((2 * gap * full + target) // (2 * target))
    if item.kind == "bands":
        points = pl.when(value.is_null()).then(None)
        for low, won in BANDS:
            points = points.when(value >= low * TENTHS).then(won * CENTS)
        return points.otherwise(0)
    return full - value * each


def by_polars(given: Sample, engine: str, *, items: bool = False) -> pl.DataFrame:
    """Score integer columns by hand-written expressions."""
    points = [polars_points(item).cast(pl.Int32).alias(item.code) for item in given.items]
    names = [item.code for item in given.items]
    total = pl.sum_horizontal(names, ignore_nulls=False).alias("total")
    lazy = given.polars.lazy().select(points).with_columns(total)
    return (lazy if items else lazy.select("total")).collect(engine=engine)  # type: ignore[call-overload, no-any-return]


def sql_points(item: Item) -> str:
    """Return an item's points in hundredths, as a careful user writes it in SQL on integers."""
    value, full = item.code, int(item.full * CENTS)
    each, cap, target = int(item.points * CENTS), int(item.cap * CENTS), int(item.target * TENTHS)
    if item.kind == "steps":
        step = int(item.step * TENTHS)
        points = f"{full} - least(greatest({target} - {value}, 0) // {step} * {each}, {cap})"
    elif item.kind == "cases":
        points = f"{full} - least({value} * {each}, {cap})"
    elif item.kind == "share":
        gap = f"greatest({target} - {value}, 0)"
        points = f"{full} - (2 * {gap} * {full} + {target}) // {2 * target}"
    elif item.kind == "bands":
        whens = " ".join(f"WHEN {value} >= {low * TENTHS} THEN {won * CENTS}" for low, won in BANDS)
        points = f"CASE {whens} ELSE 0 END"
    else:
        points = f"{full} - {value} * {each}"
    # greatest and least pass over what is missing.
    return f"CASE WHEN {value} IS NULL THEN NULL ELSE {points} END"


def by_duckdb(given: Sample) -> Any:  # noqa: ANN401 - an Arrow table
    """Score BIGINT columns by hand-written SQL."""
    total = " + ".join(f"({sql_points(item)})" for item in given.items)
    return given.duck.sql(f"SELECT {total} AS total FROM facilities").to_arrow_table()  # noqa: S608 - ours


def by_pandas(given: Sample) -> pd.DataFrame:
    """Score a data frame of floats as a user writes it."""
    assert given.pandas is not None
    points: dict[str, Any] = {}
    for item in given.items:
        value, full, each = given.pandas[item.code], float(item.full), float(item.points)
        if item.kind == "steps":
            steps = ((float(item.target) - value).clip(lower=0) / float(item.step)) // 1
            points[item.code] = full - (steps * each).clip(upper=float(item.cap))
        elif item.kind == "cases":
            points[item.code] = full - (value * each).clip(upper=float(item.cap))
        elif item.kind == "share":
            gap = (float(item.target) - value).clip(lower=0)
            points[item.code] = full - (gap * full / float(item.target)).round(2)
        elif item.kind == "bands":
            won = pd.Series(0.0, index=value.index)
            for low, more in reversed(BANDS):
                won = won.mask(value >= low, float(more))
            points[item.code] = won.mask(value.isna())
        else:
            points[item.code] = full - value * each
    made = pd.DataFrame(points)
    made["total"] = made.sum(axis=1, skipna=False)
    return made


def by_float_polars(given: Sample) -> pl.DataFrame:
    """Score the same floats in Polars, item by item, by `//` and `round`: not exact either."""
    assert given.pandas is not None
    points = []
    for item in given.items:
        value, full, each = pl.col(item.code), float(item.full), float(item.points)
        if item.kind == "steps":
            steps = (float(item.target) - value).clip(lower_bound=0) // float(item.step)
            made = full - (steps * each).clip(upper_bound=float(item.cap))
            points.append(made.alias(item.code))
        elif item.kind == "share":
            gap = (float(item.target) - value).clip(lower_bound=0)
            made = full - (gap * full / float(item.target)).round(2)
            points.append(made.alias(item.code))
    frame = pl.from_pandas(given.pandas.drop(columns="facility"))
    return frame.select(points)


def by_loop(given: Sample) -> list[Decimal | None]:
    """Score the first facilities one by one, from ready `Decimal`s."""
    return [loop(given.sections, values).total for values in given.decimals]


def copying(given: Sample) -> list[Any]:
    """Copy every column once, on two threads: the limit of the machine."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda column: column.num.copy(), given.slots.values()))
