"""What makes one agreement another (2012 → 2013): the finding of the difference.

Source: “difference of two agreements (2012 → 2013: added, dropped, changed)”; row A5.

>>> from healthduty.model.indicator import Indicator
>>> one = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> two = Agreement("示例", parts=(Indicator("1", "台账", points=6), Indicator("2", points=4)))
>>> difference = diff(one, two)
>>> difference.apply(one) == two, difference.counts("items").added
(True, 1)
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from healthduty.convert.digest import digest
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Node, Section
from healthduty.results.agreement_difference import (
    AgreementDifference,
    Dropped,
    Entry,
    FieldChange,
    ListChange,
)
from healthduty.results.agreement_matching import Spot, match, spots

_KEYS: dict[str, Callable[[Any], object]] = {
    "measures": lambda each: each.code,
    "vetoes": lambda each: each.code,
    "funding": lambda each: each.code,
    "phases": lambda each: each.name,
    "obligations": lambda each: each.code,
    "consequences": lambda each: (each.kind, each.code or each.text),
    "parties": lambda each: each.code,
    "responsible": lambda each: (each.post, each.party),
    "signatures": lambda each: (each.party, each.post),
}
"""The lists of an agreement, and by what their records are known again."""


def diff(before: Agreement, after: Agreement) -> AgreementDifference:
    """Return what makes the first agreement the second."""
    lists = (_list_change(name, getattr(before, name), getattr(after, name)) for name in _KEYS)
    return AgreementDifference(
        digest(before),
        digest(after),
        after.title,
        changes=_changes(before, after, but=(*_KEYS, "parts")),
        lists=tuple(each for each in lists if each is not None),
        items=_item_change(before, after),
        measures=before.measures,
    )


def _changes(before: Any, after: Any, but: Iterable[str] = ()) -> tuple[FieldChange, ...]:  # noqa: ANN401 - records of the model
    """Return the fields in which two records of one class differ; citations don't count."""
    names = [field.name for field in attrs.fields(type(before)) if field.eq]
    pairs = (
        (name, getattr(before, name), getattr(after, name)) for name in names if name not in but
    )
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)


# ----------------------------------------------------------------------------------- lists


def _list_change(field: str, before: Sequence[Any], after: Sequence[Any]) -> ListChange | None:
    """Return what changed in a list of records that are known by a key; None where nothing did."""
    waiting: dict[object, list[int]] = {}
    for place, record in enumerate(before):
        waiting.setdefault(_KEYS[field](record), []).append(place)
    places = (waiting.get(_KEYS[field](record)) for record in after)
    taken = [known.pop(0) if known else None for known in places]
    kept = _in_order([place for place in taken if place is not None])
    entries = []
    for record, was in zip(after, taken, strict=True):
        kind, label = type(record).__name__.lower(), _label(record)
        if was is None:
            entries.append(Entry(kind, label, added=record))
            continue
        changes = _changes(before[was], record)
        entries.append(Entry(kind, label, f"{field}[{was}]", changes, moved=was not in kept))
    gone = [place for left in waiting.values() for place in left]
    dropped = [Dropped(f"{field}[{p}]", _label(before[p]), before[p]) for p in sorted(gone)]
    if not dropped and all(entry.is_same and not entry.moved for entry in entries):
        return None
    return ListChange(field, tuple(entries), tuple(dropped))


def _in_order(places: Sequence[int]) -> frozenset[int]:
    """Return the most places that still stand in their old order: the others were moved.

    >>> sorted(_in_order([0, 3, 1, 2]))
    [0, 1, 2]
    """
    ends: list[int] = []
    chains: dict[int, int | None] = {}
    for place in places:
        at = bisect.bisect_left(ends, place)
        chains[place] = ends[at - 1] if at else None
        ends[at : at + 1] = [place]
    found, place_or_none = set(), ends[-1] if ends else None
    while place_or_none is not None:
        found.add(place_or_none)
        place_or_none = chains[place_or_none]
    return frozenset(found)


def _label(record: Any) -> str:  # noqa: ANN401 - a record of the model
    """Return what people call a record: number and title, or its name, or its code."""
    if hasattr(record, "number"):
        return f"{record.number} {record.title}".strip()
    names = (
        getattr(record, name, "") for name in ("name", "title", "text", "post", "party", "code")
    )
    return next((name for name in names if name), "")


# ----------------------------------------------------------------------------------- items


def _item_change(before: Agreement, after: Agreement) -> ListChange | None:
    """Return what changed among the items; None where nothing did."""
    old, new = spots(before), spots(after)
    work = _Items(old, new, match(old, new))
    tops = [place for place, spot in enumerate(new) if spot.parent is None]
    entries = tuple(work.entry(place) for place in tops)
    kept = {was for was in work.found if was is not None}
    dropped = tuple(
        Dropped(spot.path, _label(spot.node), _bare(spot.node))
        for place, spot in enumerate(old)
        if place not in kept
    )
    old_tops = [place for place, spot in enumerate(old) if spot.parent is None]
    same = [work.found[place] for place in tops] == old_tops
    if same and not dropped and all(entry.is_same for entry in entries):
        return None
    return ListChange("parts", entries, dropped)


class _Items:
    """Matched items on their way to entries."""

    def __init__(self, old: list[Spot], new: list[Spot], found: list[int | None]) -> None:
        self.old, self.new, self.found = old, new, found
        self.staying = self._staying()

    def _staying(self) -> frozenset[int]:
        """Return the old items that stand in the same item as before, in their order."""
        children: dict[int | None, list[int]] = {}
        for place, spot in enumerate(self.new):
            was = self.found[place]
            if was is not None and self._around(spot) == self.old[was].parent:
                children.setdefault(self.old[was].parent, []).append(was)
        return frozenset().union(*(_in_order(places) for places in children.values()))

    def _around(self, spot: Spot) -> int | None:
        """Return the old item that is now around an item; −1 where that is new."""
        if spot.parent is None:
            return None
        was = self.found[spot.parent]
        return -1 if was is None else was

    def entry(self, place: int) -> Entry:
        """Return the entry of an item, with the entries of the items in it."""
        spot, was = self.new[place], self.found[place]
        kind, label = type(spot.node).__name__.lower(), _label(spot.node)
        parts = tuple(self.entry(child) for child in spot.children)
        if was is None:
            return Entry(kind, label, added=_bare(spot.node), parts=parts or None)
        old = self.old[was]
        same = [self.found[child] for child in spot.children] == old.children
        unchanged = same and all(part.is_same for part in parts)
        return Entry(
            kind,
            label,
            old.path,
            _changes(old.node, spot.node, but=("parts",)),
            parts=None if unchanged else parts,
            moved=was not in self.staying,
        )


def _bare(node: Node) -> Node:
    """Return an item without those in it."""
    if isinstance(node, Section):
        return attrs.evolve(node, parts=())
    return attrs.evolve(node, parts=()) if isinstance(node, Indicator) else node
