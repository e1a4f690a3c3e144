"""The summary of many facilities by indicator: where the points went.

What an indicator lost is its full points less what it earned, and whatever its rules took from
accounts around it: from a section, from the total.

Source: “`.summary()` by indicator (points lost, share of facilities that lost any)”.

>>> ItemSummary("1.1", "", Decimal(5), 3, Decimal(2), Decimal("0.6667"), 1).share
Decimal('0.3333')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, overload

import attrs

from healthduty.columns.engine_numpy import Results
from healthduty.columns.extras import Array, np
from healthduty.columns.summing import added_up, adder
from healthduty.display import Table
from healthduty.exact import divide, scaled_decimal
from healthduty.rules.points import Effect
from healthduty.scoring.ops import NodeRef, Plan, RuleRef
from healthduty.wording import Language, check_language

_HEADINGS: Mapping[Language, tuple[str, ...]] = {
    "zh": ("条目", "指标", "满分", "失分合计", "平均失分", "失分单位数", "失分单位占比"),
    "en": ("number", "title", "full", "lost", "mean", "losers", "share"),
}
_SHARE_PLACES = 4
_MOST = 2**63 - 1


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

    def table(self, lang: Language = "zh") -> Table:
        """Return the summary as a table.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        return Table(
            headings=_HEADINGS[lang],
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


class Lost(NamedTuple):
    """What facilities lost by one indicator: how many there are, the points, how many lost any."""

    facilities: int
    units: int
    losers: int

    def joined(self, other: Lost) -> Lost:
        """Return the same of two sets of facilities."""
        return Lost(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def summary_of(plan: Plan, results: Results) -> Summary:
    """Return the summary of a run that kept what nodes earned and terms took."""
    return summary_from(plan, lost_of(plan, results))


def kept_for(plan: Plan) -> Iterator[tuple[str, int]]:
    """Go through what a run has to keep for its summary; some of it may come twice."""
    for place in _indicators(plan):
        yield "inside", place
        yield "unsure", place
        yield from (("taken", term) for term in _terms_around(plan, place))


def lost_of(plan: Plan, results: Results) -> dict[int, Lost]:
    """Return what was lost by each indicator, in written order, in points scale."""
    places = _indicators(plan)
    quick = _quickly(plan, results, places)
    return {place: quick.get(place) or _lost(plan, results, place) for place in places}


def _quickly(plan: Plan, results: Results, places: Sequence[int]) -> dict[int, Lost]:
    """Return what was lost by those that machine code adds up: their rules take of them alone."""
    code = adder()
    if code is None:
        return {}
    alone = [place for place in places if not [*_terms_around(plan, place)]]
    kept = results.kept
    columns = [
        (plan.nodes[place].full, kept["inside", place], kept["unsure", place]) for place in alone
    ]
    sums = zip(alone, added_up(columns, code=code), strict=True)
    return {place: Lost(*each) for place, each in sums if each is not None}


def _indicators(plan: Plan) -> list[int]:
    return [place for place in written_order(plan) if plan.refs[place].kind == "indicator"]


def summary_from(plan: Plan, lost: Mapping[int, Lost]) -> Summary:
    """Return the summary of what was lost."""
    return Summary(tuple(_item(plan, place, each) for place, each in lost.items()))


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


def _item(plan: Plan, place: int, lost: Lost) -> ItemSummary:
    ref, facilities, mean = plan.refs[place], lost.facilities, None
    if facilities:
        units = divide(lost.units * 10**_SHARE_PLACES, facilities * 10**plan.places)
        mean = scaled_decimal(units, _SHARE_PLACES)
    return ItemSummary(
        ref.number,
        ref.title,
        scaled_decimal(plan.nodes[place].full, plan.places),
        facilities,
        scaled_decimal(lost.units, plan.places),
        mean,
        lost.losers,
    )


def _lost(plan: Plan, results: Results, place: int) -> Lost:
    lost = plan.nodes[place].full - results.kept["inside", place]
    for term in _terms_around(plan, place):
        lost = lost.astype(results.earned.dtype) + results.kept["taken", term]
    unsure = results.kept["unsure", place]
    if unsure.any():
        lost = lost[~unsure]
    return Lost(len(lost), sum_of(lost), int(np.count_nonzero(lost > 0)))


def sum_of(values: Array) -> int:
    """Return a sum that never wraps."""
    if not len(values):
        return 0
    most = max(abs(int(values.min())), abs(int(values.max())))
    dtype: Any = object if most * len(values) > _MOST else np.int64
    return int(values.sum(dtype=dtype))


def _terms_around(plan: Plan, place: int) -> Iterator[int]:
    """Go through the terms by which an indicator and its parts take from accounts around it."""
    inner = _below(plan, place)
    for node in inner:
        for rule in _takers(plan.refs[node]):
            if rule.account not in inner:
                yield rule.term


def _takers(ref: NodeRef) -> Iterator[RuleRef]:
    return (rule for rule in ref.rules if rule.effect is Effect.LOSE and rule.term >= 0)


def _below(plan: Plan, place: int) -> set[int]:
    """Return a node and all nodes in it: they stand before it."""
    inner = {place}
    for node in reversed(plan.nodes[:place]):
        if node.parent in inner:
            inner.add(node.node)
    return inner
