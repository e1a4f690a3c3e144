"""One facility, sixty items: how long scoring takes, in multiples of a hand-written loop.

    python benchmarks/one_facility.py [--turns N]

The sample and the rival are in `county.py`. Both sides must give the same points for each item,
each section and the total, for every facility, before anything is timed. *Warm* cycles through
200 facilities that are all different; *cold* empties every cache of texts before each slice of
forty facilities that nobody has seen before.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import healthduty as hd
from healthduty import exact
from healthduty.records import observe
from healthduty.scoring.evaluate import evaluate
from healthduty.scoring.plan import plan
from healthduty.scoring.prepare import Prepared, prepare

from county import Item, Points, Values, county_agreement, county_items, county_values
from county import loop, parse_all
from timing import Ratio, Slice, compare

SLICE = 40
FACILITIES = 200


class Facility(NamedTuple):
    """One facility in all the forms that a row starts from."""

    values: Values
    parsed: dict[str, Decimal | bool]
    record: hd.Record
    prepared: Prepared


class Row(NamedTuple):
    """One line of the report: what is done to a facility, held against what, and the goal."""

    name: str
    work: Callable[[Facility], object]
    rival: Callable[[Facility], object]
    goal: float | None
