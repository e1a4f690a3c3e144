"""Generators of tables: an agreement, and columns of values, right and wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from healthduty.model.agreement import Agreement
from strategies import agreements, records
from strategy_rules import KINDS, Draw


def _number(draw: Draw, way: str) -> Any:  # noqa: ANN401 - a cell
    if way == "int":
        return draw(st.sampled_from((0, 1, 2, 3, 55, 65, 83, 85, 90, 95, 100, 101, -1, 2**40)))
    if way == "float":
        numbers = (0.0, 0.85, 1.0, 55.0, 66.7, 83.25, 89.999, 90.0, 100.5, -3.2, 0.1 + 0.2, 1 / 3)
        return draw(st.sampled_from(numbers))
    if way == "bool":
        return draw(st.booleans())
    if way == "text":
        return draw(st.sampled_from(("83%", "90", "0.5", "", "不适用", "是", "优", "1/3", "x")))
    return draw(st.sampled_from((Decimal("83.5"), Decimal(90), Decimal("1e3"), Decimal("-2.5"))))


@st.composite
def tables(draw: Draw) -> tuple[Agreement, dict[str, list[Any]]]:
    """Draw a table of which each column holds one kind of cell, right or wrong, or blanks."""
    agreement = draw(agreements())
    rows = draw(st.integers(2, 7))
    columns: dict[str, list[Any]] = {"facility": [f"f{row}" for row in range(rows)]}
    columns["kind"] = [draw(st.sampled_from(KINDS)) for _ in range(rows)]
    given = draw(records(agreement))
    for code in given.values:
        way = draw(st.sampled_from(("int", "int", "float", "float", "bool", "text", "decimal")))
        blank = draw(st.sampled_from((0, 0, 25)))
        columns[code] = [
            None if draw(st.integers(0, 99)) < blank else _number(draw, way) for _ in range(rows)
        ]
    return agreement, columns
