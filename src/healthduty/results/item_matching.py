"""Which of this year's items is which of last year's: the same item, its number, its measures.

Source: “matched by number, or a mapping, or by measure”; row A5 (2013 numbers an item
twice).

>>> from healthduty.model.indicator import Indicator
>>> one = Agreement("示例", parts=(Indicator("1.7", "协管"),))
>>> two = Agreement("示例", parts=(Indicator("1.6", "协管"), Indicator("1.7", "应急")))
>>> matched(one, two, Match.ITEMS), matched(one, two, Match.NUMBERS)
([0, None], [None, 0])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import assert_never

from healthduty.errors import UnknownNameError
from healthduty.model.agreement import Agreement
from healthduty.results.agreement_matching import Spot, spots
from healthduty.results.agreement_matching import match as same_items
from healthduty.results.among import named
from healthduty.rules.measure import Word


class Match(Word):
    """By what last year's items are found among this year's."""

    ITEMS = "items"
    """As the difference of two agreements finds them: number and title, title, measures."""
    NUMBERS = "numbers"
    MEASURES = "measures"
    """By the measures that their rules read, where no two items read the same."""


def matched(
    before: Agreement, after: Agreement, items: Match | str | Mapping[str, str]
) -> list[int | None]:
    """Return for each item after, in written order, the place of the same item before.

    A mapping names last year's numbers and what they are now; other numbers stay as they are.

    Raises:
        UnknownNameError: a mapping that names an item which no agreement has.
    """
    old, new = spots(before), spots(after)
    if isinstance(items, Mapping):
        return _mapped(old, new, items)
    way = Match(items)
    match way:
        case Match.ITEMS:
            return same_items(old, new)
        case Match.NUMBERS:
            return _paired([spot.node.number for spot in old], [spot.node.number for spot in new])
        case Match.MEASURES:
            return _paired(_read(old), _read(new))
        case _:
            assert_never(way)


def _mapped(old: Sequence[Spot], new: Sequence[Spot], items: Mapping[str, str]) -> list[int | None]:
    numbers = [spot.node.number for spot in old]
    now = [spot.node.number for spot in new]
    unknown = [each for each in items if each not in numbers]
    unknown += [each for each in items.values() if each not in now]
    if unknown:
        raise UnknownNameError(f"no item {named(unknown)} in the agreement of its year")
    # A number that another item took over names nothing of last year's any more.
    taken = set(items.values()) - set(items)
    moved = [items.get(number, "" if number in taken else number) for number in numbers]
    return _paired(moved, now)


def _read(side: Sequence[Spot]) -> list[Hashable]:
    """Return what each item is told by: the measures of its rules, nothing where two read them."""
    counts = Counter(spot.measures for spot in side)
    return [spot.measures if counts[spot.measures] == 1 else "" for spot in side]


_NOTHING: frozenset[Hashable] = frozenset({"", frozenset()})
"""What nothing can be matched by."""


def _paired(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int | None]:
    """Return for each key the place of its equal before, each taken once; nothing has no equal."""
    waiting: dict[Hashable, list[int]] = {}
    for place, key in enumerate(old):
        waiting.setdefault(key, []).append(place)
    found = (None if key in _NOTHING else waiting.get(key) for key in new)
    return [places.pop(0) if places else None for places in found]
