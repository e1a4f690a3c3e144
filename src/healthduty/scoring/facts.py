"""Facts that vetoes, grades and money ask for: true, false, or not known yet.

What is not applicable does not hold; what is missing leaves open what depends on it.

Source: “How a point is lost”, section 6; semantics 6 (facts with evidence), 7.

>>> Facts({0: State.MISSING}, [False]).truth(Test(0, frozenset({0}))) is None
True
"""

from __future__ import annotations

from collections.abc import Mapping

from healthduty.records.observe import State
from healthduty.scoring.ops import Test


class Facts:
    """Conditions that may be unknown: true, false, or None where a value is missing."""

    def __init__(
        self,
        absent: Mapping[int, State],
        holds: list[bool],
        exempt: list[bool] | None = None,
        grades: list[bool] | None = None,
    ) -> None:
        """Keep what is absent and what holds: for bounds apart for exemptions and grades."""
        self.absent = absent
        self.holds = holds
        self.exempt = holds if exempt is None else exempt
        self.grades = holds if grades is None else grades

    def lacking(self, *tests: Test) -> list[int]:
        """Return the slots of these conditions that are missing, or at fault."""
        slots = sorted(frozenset().union(*(test.reads for test in tests)))
        return [
            slot
            for slot in slots
            if self.absent.get(slot, State.NOT_APPLICABLE) is not State.NOT_APPLICABLE
        ]

    def truth(self, test: Test) -> bool | None:
        """Return whether a condition holds; one on what is not applicable does not."""
        return self._truth(test, self.holds)

    def grade(self, test: Test) -> bool | None:
        """Return whether what a grade asks beyond its band is met."""
        return True if test.place < 0 else self._truth(test, self.grades)

    def veto(self, when: Test, exempt: Test) -> bool | None:
        """Return whether a veto applies: its event happened, and nothing exempts from it."""
        happened = self._truth(when, self.holds)
        if happened is False:
            return False
        exempted = self._truth(exempt, self.exempt)
        if exempted:
            return False
        return None if happened is None or exempted is None else True

    def _truth(self, test: Test, holds: list[bool]) -> bool | None:
        if test.place < 0:
            return False
        states = {self.absent[slot] for slot in test.reads if slot in self.absent}
        if State.NOT_APPLICABLE in states:
            return False
        return None if states else holds[test.place]
