"""The summary of many facilities by indicator: where the points went.

What an indicator lost is its full points less what it earned, and whatever its rules took from
accounts around it: from a section, from the total.

Source: the issue's “`.summary()` by indicator (points lost, share of facilities that lost any)”.

>>> ItemSummary("1.1", "", Decimal(5), 3, Decimal(2), Decimal("0.6667"), 1).share
Decimal('0.3333')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, overload

import attrs

from healthduty.columns.engine_numpy import Results
from healthduty.columns.extras import Array, np
from healthduty.display import Table
from healthduty.exact import divide, scaled_decimal
from healthduty.rules.points import Effect
from healthduty.scoring.ops import NodeRef, Plan, RuleRef

_SHARE_PLACES = 4


@attrs.frozen
class ItemSummary:
    """One indicator over all facilities whose points it can be told of.

    `lost` is the sum of the points that they lost by it, `mean` that over the facilities (to
    0.0001), `losers` how many lost any.
    """

    number: str
    title: str
    full: Decimal
    facilities: int
    lost: Decimal
    mean: Decimal | None
    losers: int

    @property
    def share(self) -> Decimal | None:
        """The share of the facilities that lost any, to 0.0001."""
        if not self.facilities:
            return None
        units = divide(self.losers * 10**_SHARE_PLACES, self.facilities)
        return scaled_decimal(units, _SHARE_PLACES)


@attrs.frozen(repr=False)
class Summary(Sequence[ItemSummary]):
    """All indicators in written order."""

    items: tuple[ItemSummary, ...]

    @overload
    def __getitem__(self, index: int) -> ItemSummary: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[ItemSummary, ...]: ...
    def __getitem__(self, index: int | slice) -> ItemSummary | tuple[ItemSummary, ...]:
        """Return one indicator's summary, or those of a slice."""
        return self.items[index]

    def __len__(self) -> int:
        """Return how many indicators there are."""
        return len(self.items)

    def __iter__(self) -> Iterator[ItemSummary]:
        """Go through them in order."""
        return iter(self.items)

    def table(self) -> Table:
        """Return the summary as a table."""
        return Table(
            headings=("number", "title", "full", "lost", "mean", "losers", "share"),
            rows=tuple(
                (
                    item.number,
                    item.title,
                    str(item.full),
                    str(item.lost),
                    "" if item.mean is None else str(item.mean),
                    str(item.losers),
                    "" if item.share is None else str(item.share),
                )
                for item in self.items
            ),
            right=(2, 3, 4, 5, 6),
        )

    def to_frame(self) -> Any:  # noqa: ANN401 - pandas is an extra
        """Return the summary as a pandas frame.

        Raises:
            ImportError: without pandas.
        """
        try:
            import pandas as pd  # an optional extra
        except ImportError as error:
            raise ImportError("a frame needs pandas: pip install healthduty[columns]") from error
        rows = [{**attrs.asdict(item), "share": item.share} for item in self.items]
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        """Return the table as text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def summary_of(plan: Plan, results: Results) -> Summary:
    """Return the summary of a run that kept what nodes earned and terms took."""
    indicators = [place for place in written_order(plan) if plan.refs[place].kind == "indicator"]
    return Summary(tuple(_item(plan, results, place) for place in indicators))


def written_order(plan: Plan) -> list[int]:
    """Return the nodes as they are written, each before what is in it; not the agreement."""
    return sorted(range(len(plan.nodes) - 1), key=lambda place: _path(plan, place))


def _path(plan: Plan, place: int) -> tuple[int, ...]:
    """Return where a node stands from the top: the places of the nodes around it, and its own."""
    path: list[int] = []
    while place >= 0:
        path.append(place)
        place = plan.nodes[place].parent
    return tuple(reversed(path))


def _item(plan: Plan, results: Results, place: int) -> ItemSummary:
    ref, full = plan.refs[place], plan.nodes[place].full
    sure = ~results.kept["unsure", place]
    lost = full - results.kept["inside", place] + _taken_around(plan, results, place)
    lost = lost[sure]
    total = int(lost.sum(dtype=None if lost.dtype == object else np.int64)) if len(lost) else 0
    mean = None
    if len(lost):
        units = divide(total * 10**_SHARE_PLACES, len(lost) * 10**plan.places)
        mean = scaled_decimal(units, _SHARE_PLACES)
    return ItemSummary(
        ref.number,
        ref.title,
        scaled_decimal(full, plan.places),
        len(lost),
        scaled_decimal(total, plan.places),
        mean,
        int((lost > 0).sum()),
    )


def _taken_around(plan: Plan, results: Results, place: int) -> Array:
    """Return what the rules of an indicator and its parts took from accounts around it."""
    inner = _below(plan, place)
    taken: Array = np.zeros(len(results.earned), dtype=results.earned.dtype)
    for node in inner:
        for rule in _takers(plan.refs[node]):
            if rule.account not in inner:
                taken = taken + results.kept["taken", rule.term]
    return taken


def _takers(ref: NodeRef) -> Iterator[RuleRef]:
    return (rule for rule in ref.rules if rule.effect is Effect.LOSE and rule.term >= 0)


def _below(plan: Plan, place: int) -> set[int]:
    """Return a node and all nodes in it: they stand before it."""
    inner = {place}
    for node in reversed(plan.nodes[:place]):
        if node.parent in inner:
            inner.add(node.node)
    return inner
