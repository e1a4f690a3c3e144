"""Among whom each row is compared, and by how many people it weighs.

Source: `results.among`; “mean weighted by population” of a `Reference`.

>>> groups_of(Among.SAME_LEVEL, ["甲", "乙"], ["甲院", "乙"], None, {"甲": "county"}).codes.tolist()
[0, -1]
>>> weights = weights_of(coded(["3.2万", None, 8000]), 3, records=False)
>>> weights.num.tolist(), weights.known.tolist()
([32000, 0, 8000], [True, False, True])
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, assert_never

from healthduty.columns.column import Column, Holding, coded
from healthduty.columns.extras import Array, np
from healthduty.columns.references.seen import integers
from healthduty.columns.references.tally import Groups, Weights
from healthduty.errors import NumberError
from healthduty.records.plain import as_text, is_blank
from healthduty.records.record import Record
from healthduty.records.subject import read_population
from healthduty.results.among import Among
from healthduty.results.figures import people_of


def groups_of(
    among: Among,
    facilities: Sequence[str],
    names: Sequence[str],
    kinds: Column | None,
    levels: Mapping[str, str],
) -> Groups:
    """Return the groups in which rows are compared."""
    match among:
        case Among.ALL:
            return Groups()
        case Among.SAME_KIND:
            column = coded([None] * len(facilities)) if kinds is None else kinds.coded()
            distinct, codes = column.distinct, column.values
            if column.holding is Holding.OBJECTS:
                distinct, codes = list(column.values), np.arange(len(column))
            return _groups([as_text(raw) for raw in distinct], codes)
        case Among.SAME_LEVEL:
            known = coded(
                levels.get(key, levels.get(name)) or ""
                for key, name in zip(facilities, names, strict=True)
            )
            return _groups(known.distinct, known.values)
        case _:
            assert_never(among)


def _groups(texts: Sequence[str], codes: Array) -> Groups:
    """Return the groups of codes into texts; an empty one is not known."""
    names = tuple(dict.fromkeys(filter(None, texts)))
    places = {name: place for place, name in enumerate(names)}
    renumbered = np.array([places.get(text, -1) for text in texts], dtype=np.int64)
    small = renumbered.astype(np.int16) if len(names) < 2**15 else renumbered
    return Groups(names, small[codes])


def weights_of(column: Column | None, length: int, *, records: bool) -> Weights:
    """Return by what people each row weighs; `records` tells what was read into records."""
    if column is None:
        return Weights(np.zeros(length, dtype=np.int64), np.zeros(length, dtype=bool))
    if column.holding is Holding.INTEGERS:
        known = column.values >= 0
        known = known if column.null is None else known & ~column.null
        return Weights(np.where(known, column.values, 0), known)
    column = column.coded()
    distinct, codes = column.distinct, column.values
    if column.holding is Holding.OBJECTS:
        distinct, codes = list(column.values), np.arange(len(column))
    people = [_people(raw, records=records) for raw in distinct]
    shared = math.lcm(*(each.denominator for each in people if each is not None))
    nums = integers([0 if each is None else int(each * shared) for each in people])
    known = np.array([each is not None for each in people], dtype=bool)
    return Weights(nums[codes], known[codes], shared)


def _people(raw: Any, *, records: bool) -> Fraction | None:  # noqa: ANN401 - a cell
    if records:
        return people_of(Record("", {}, population=raw))
    if is_blank(raw):
        return None
    try:
        people = read_population(raw)
    except NumberError:
        return None
    return people if people >= 0 else None
