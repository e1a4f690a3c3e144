"""Which item of one agreement is which of another (2012 → 2013): numbers, titles, measures.

An item that has its number and its title is the same. Otherwise the title tells, then what is
asked, then the measures that its rules read; last the number alone, where the titles resemble each
other. So an item that was renumbered is found under its new number, and another one that took
over its old number is not taken for it.

Source: row A5 (2013 continues 2012 with changes, and numbers an item twice).

>>> from healthduty.model.indicator import Indicator
>>> one = Agreement("示例", parts=(Indicator("1", "协管"), Indicator("2", "应急")))
>>> two = Agreement(
...     "示例", parts=(Indicator("1", "防病"), Indicator("1", "协管"), Indicator("2", "应急"))
... )
>>> match(spots(one), spots(two))
[None, 0, 1]
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction

import attrs

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Node, Section, children_of
from healthduty.rules.rule import rule_measures

_ALIKE = Fraction(1, 2)
"""How much of two titles has to agree before a shared number alone makes them one item."""


@attrs.frozen(eq=False)
class Spot:
    """An item, its path in the agreement, and where the item around it stands in the list."""

    path: str
    node: Node
    parent: int | None
    children: list[int] = attrs.field(factory=list)

    @property
    def asked(self) -> str:
        """What the item asks, in its own words."""
        return self.node.text if isinstance(self.node, Section) else self.node.requirement

    @property
    def measures(self) -> frozenset[str]:
        """The measures that its own rules read."""
        return frozenset(code for rule in self.node.rules for code in rule_measures(rule))


def spots(agreement: Agreement) -> list[Spot]:
    """Return all items of an agreement in written order, each with its path."""
    found: list[Spot] = []
    for index, node in enumerate(agreement.parts):
        _walk(node, f"parts[{index}]", None, found)
    return found


def _walk(node: Node, path: str, parent: int | None, found: list[Spot]) -> int:
    own = len(found)
    found.append(Spot(path, node, parent))
    for index, child in enumerate(children_of(node)):
        found[own].children.append(_walk(child, f"{path}.parts[{index}]", own, found))
    return own


def match(before: Sequence[Spot], after: Sequence[Spot]) -> list[int | None]:
    """Return for each item after the place of the same item before; None where it is new."""
    return _Matching(before, after).run()


_Key = Callable[[Spot], Hashable]


class _Matching:
    """Items on their way to their counterparts, the surest first."""

    def __init__(self, before: Sequence[Spot], after: Sequence[Spot]) -> None:
        self.before, self.after = before, after
        self.found: list[int | None] = [None] * len(after)
        self.free = set(range(len(before)))

    def run(self) -> list[int | None]:
        """Match what agrees in most first."""
        self._pass(_number_and_title)
        for key in (_title, _asked, _read):
            self._pass(key, around=True)
            self._pass(key, single=True)
        self._by_number()
        return self.found

    def _pass(self, key: _Key, *, around: bool = False, single: bool = False) -> None:
        """Match items with equal keys in written order: within matched items, or single ones."""
        open_after = [place for place, was in enumerate(self.found) if was is None]
        old = [(self._key(self.before, place, key, around), place) for place in sorted(self.free)]
        new = [(self._key(self.after, place, key, around), place) for place in open_after]
        counts = Counter(key for key, _ in old), Counter(key for key, _ in new)
        waiting: dict[Hashable, list[int]] = {}
        for name, place in old:
            waiting.setdefault(name, []).append(place)
        for name, place in new:
            if name is None or not waiting.get(name):
                continue
            if single and not counts[0][name] == counts[1][name] == 1:
                continue
            self._take(place, waiting[name].pop(0))

    def _key(self, side: Sequence[Spot], place: int, key: _Key, around: bool) -> Hashable:  # noqa: FBT001 - of `_pass`
        """Return what an item is matched by; None where there is nothing to go by."""
        spot = side[place]
        own = key(spot)
        if own in _NOTHING:
            return None
        if not around:
            return (type(spot.node), own)
        if spot.parent is None:
            return (type(spot.node), own, "top")
        parent = spot.parent if side is self.before else self.found[spot.parent]
        return None if parent is None else (type(spot.node), own, parent)

    def _take(self, place: int, was: int) -> None:
        self.found[place] = was
        self.free.discard(was)

    def _by_number(self) -> None:
        """Match items that share nothing but their number, where the titles resemble each other."""
        for place, spot in enumerate(self.after):
            if self.found[place] is not None or not spot.node.number:
                continue
            was = next((old for old in sorted(self.free) if _alike(self.before[old], spot)), None)
            if was is not None:
                self._take(place, was)


_NOTHING: frozenset[Hashable] = frozenset({"", frozenset()})
"""What nothing can be matched by."""


def _number_and_title(spot: Spot) -> Hashable:
    return (spot.node.number, spot.node.title) if spot.node.number else ""


def _title(spot: Spot) -> Hashable:
    return spot.node.title


def _asked(spot: Spot) -> Hashable:
    return spot.asked


def _read(spot: Spot) -> Hashable:
    return spot.measures


def _alike(before: Spot, after: Spot) -> bool:
    """Tell whether two items with one number are the same, by their titles."""
    one, two = before.node, after.node
    if type(one) is not type(two) or one.number != two.number:
        return False
    if not one.title or not two.title or one.title in two.title or two.title in one.title:
        return True
    matcher = difflib.SequenceMatcher(None, one.title, two.title, autojunk=False)
    return Fraction(matcher.ratio()) >= _ALIKE
