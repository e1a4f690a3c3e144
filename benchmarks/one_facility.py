"""One facility, sixty items: how long scoring takes, in multiples of a hand-written loop.

    python benchmarks/one_facility.py [--turns N]

The sample and the rival are in `county.py`. Before anything is timed, both sides must give the
same points for each item, each section and the total of every facility. *Warm* goes round 200
facilities that are all different; *cold* empties every cache of texts before each slice of forty
facilities, none of which was seen before. The agreement is planned once, as a user's is.
"""

from __future__ import annotations

import argparse
import copy
import platform
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from county import (
    Item,
    Points,
    Values,
    county_agreement,
    county_items,
    county_values,
    loop,
    parse_all,
)
from timing import Ratio, compare

import healthduty as hd
from healthduty.scoring.evaluate import Evaluation, evaluate
from healthduty.scoring.plan import plan
from healthduty.scoring.prepare import Prepared, prepare

SLICE = 40
FACILITIES = 200


class Facility(NamedTuple):
    """One facility in each of the forms that a row starts from."""

    values: Values
    parsed: dict[str, Decimal | bool]
    prepared: Prepared


Work = Callable[[Facility], object]


class Row(NamedTuple):
    """One line of the report: what is done to a facility, held against what, and the goal."""

    name: str
    work: Work
    rival: Work
    goal: float | None = None
    caches: bool = True


class Bench:
    """The agreement, its plan, and facilities that were seen before."""

    def __init__(self) -> None:
        """Plan the agreement and hold both sides against each other."""
        self.sections: list[list[Item]] = county_items()
        self.agreement = county_agreement(self.sections)
        self.plan = plan(self.agreement).plan
        self.facilities = self.unseen(FACILITIES, seed=0)
        for facility in self.facilities:
            self.agree(facility)

    def unseen(self, count: int, seed: int) -> list[Facility]:
        """Return facilities that nobody has scored yet."""
        return [
            Facility(
                values,
                parse_all(self.sections, values),
                prepare(self.plan, hd.Record("", values)),
            )
            for values in county_values(self.sections, count, seed)
        ]

    def agree(self, facility: Facility) -> None:
        """Stop where the two sides do not score the same, or where lines do not add up."""
        expected = loop(self.sections, facility.values)
        assert loop(self.sections, facility.parsed) == expected
        sheet = hd.score(self.agreement, facility.values)
        items = [item.earned for item in sheet.items if item.kind == "indicator"]
        sums = [item.earned for item in sheet.items if item.kind == "section"]
        assert Points(items, sums, sheet.total) == expected
        assert expected.total is not None
        units = expected.total * 10**self.plan.places
        assert evaluate(self.plan, facility.prepared).settled.earned == units
        assert self.from_values(facility).settled.earned == units
        assert sheet.full is not None
        lost = sum((line.effective for line in sheet.lines), Decimal(0))
        assert sheet.full + lost == expected.total
        assert len(sheet.sentences()) == len(sheet.lines)

    # --- the rows ------------------------------------------------------------------------------

    def by_hand(self, facility: Facility) -> object:
        """Run the loop from plain values."""
        return loop(self.sections, facility.values)

    def by_hand_parsed(self, facility: Facility) -> object:
        """Run the loop on Decimals that are ready."""
        return loop(self.sections, facility.parsed)

    def compiled(self, facility: Facility) -> object:
        """Compute the numbers of a record that is prepared already."""
        return evaluate(self.plan, facility.prepared)

    def from_values(self, facility: Facility) -> Evaluation:
        """Make a record of plain values, read it, and compute the numbers."""
        return evaluate(self.plan, prepare(self.plan, hd.Record("", facility.values)))

    def sheet(self, facility: Facility) -> object:
        """Make the sheet and ask for the total; no line is made."""
        return hd.score(self.agreement, facility.values).total

    def lines(self, facility: Facility) -> object:
        """Make the sheet with every line."""
        sheet = hd.score(self.agreement, facility.values)
        return sheet.total, sheet.lines

    def sentences(self, facility: Facility) -> object:
        """Make the sheet with every line and its sentence in Chinese."""
        sheet = hd.score(self.agreement, facility.values)
        return sheet.total, sheet.sentences()

    def planned(self, _: Facility) -> object:
        """Plan the agreement anew: plans are kept by identity, so that a copy has none."""
        return plan(copy.copy(self.agreement))

    def rows(self) -> list[Row]:
        """Return what is measured."""
        hand, ready = self.by_hand, self.by_hand_parsed
        return [
            Row("plan → numbers, from a compiled record", self.compiled, hand, 0.5, caches=False),
            Row("… against the loop on ready Decimals", self.compiled, ready, caches=False),
            Row("plain values → numbers", self.from_values, hand, 2),
            Row("plain values → sheet, lines not asked for", self.sheet, hand, 2),
            Row("plain values → sheet with all lines", self.lines, hand),
            Row("plain values → sheet with all sentences", self.sentences, hand, 6.5),
            Row("for comparison: agreement → plan, once", self.planned, hand, caches=False),
        ]

    # --- timing --------------------------------------------------------------------------------

    def warm(self, row: Row, turns: int) -> Ratio:
        """Time a row on facilities that were seen before."""
        slices = FACILITIES // SLICE

        def work_on(work: Work) -> Callable[[int], None]:
            def slice_of(turn: int) -> None:
                start = turn % slices * SLICE
                each(work, self.facilities[start : start + SLICE])

            return slice_of

        return compare(work_on(row.work), work_on(row.rival), turns)

    def cold(self, row: Row, turns: int) -> Ratio:
        """Time a row on facilities that nobody has seen, with every cache of texts empty."""
        unseen = [self.unseen(SLICE, seed=1 + turn) for turn in range(turns)]
        return compare(
            lambda turn: each(row.work, unseen[turn]),
            lambda turn: each(row.rival, unseen[turn]),
            turns,
            before=forget,
        )


def each(work: Work, facilities: Sequence[Facility]) -> None:
    """Do a piece of work on each facility."""
    for facility in facilities:
        work(facility)


def forget() -> None:
    """Empty every cache of a function in the library."""
    for name, module in list(sys.modules.items()):
        if name.startswith("healthduty"):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear"):
                    thing.cache_clear()


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=60, help="turns of each row (default 60)")
    turns = parser.parse_args().turns
    bench = Bench()
    print(f"{platform.python_implementation()} {platform.python_version()}, healthduty", end=" ")
    print(f"{hd.__version__}; {turns} turns of {SLICE} facilities × 60 items")
    print(
        f"{'multiples of the loop: median (quartiles)':44}{'goal':>6}{'warm':>20}{'cold':>20}  µs"
    )
    for row in bench.rows():
        warm = bench.warm(row, turns)
        cold = told(bench.cold(row, turns)) if row.caches else "–"
        goal = "" if row.goal is None else f"≤ {row.goal:g}"
        print(f"{row.name:44}{goal:>6}{told(warm):>20}{cold:>20}", end="")
        print(f"  {warm.seconds / SLICE * 1e6:.0f} : {warm.rival_seconds / SLICE * 1e6:.0f}")


def told(ratio: Ratio) -> str:
    """Return a ratio with its quartiles."""
    return f"{ratio.median:.2f} ({ratio.low:.2f}–{ratio.high:.2f})"


if __name__ == "__main__":
    main()
