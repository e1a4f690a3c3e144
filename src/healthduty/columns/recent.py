"""What was found out about the last few agreements: the same one is scored by month after month.

Source: the architecture's “One plan, two engines”: what hangs on the agreement is done once.

>>> kept: Recent[str] = Recent(2)
>>> agreement = [1]
>>> kept.of(agreement, "headings", lambda: "found out"), kept.of(agreement, "headings", lambda: "")
('found out', 'found out')
>>> kept.of([1], "headings", lambda: "equal, but another one")
'equal, but another one'
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Recent(Generic[Found]):
    """The last few things that were found out, each about one thing and under one key."""

    def __init__(self, most: int = 16) -> None:
        """Keep so many."""
        self._most = most
        self._kept: OrderedDict[tuple[int, Hashable], tuple[object, Found]] = OrderedDict()

    def of(self, thing: object, key: Hashable, find: Callable[[], Found]) -> Found:
        """Return what is known of a thing, which `find` finds out where nothing is."""
        # By identity, as `scoring.plan` keeps plans: what is kept here can't lose its id.
        known = self._kept.get((id(thing), key))
        if known is not None and known[0] is thing:
            return known[1]
        found = find()
        self._kept[id(thing), key] = thing, found
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return found
