"""Measures of other items, which a clause may mean by their whole names: found without a search.

A table of thousands of items hands all of them to each clause. They are kept by the spelling that
names are compared in, and a clause looks up its own names alone.

Source: “the same quantity named twice in one table is one measure”; “time linear in the text”.

>>> known = Known([Measure("患者满意率", unit="%")])
>>> known.find("患者满意率").unit, known.find("满意率")
('%', None)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthduty.clauses.text.folding import simplified
from healthduty.rules.measure import Measure


class Known:
    """Measures by their codes and names; of two with one name the first is meant."""

    def __init__(self, measures: Iterable[Measure] = ()) -> None:
        """Begin with these measures."""
        self._measures: dict[str, Measure] = {}
        self._named: dict[str, list[str]] = {}
        for measure in measures:
            self.add(measure)

    def __iter__(self) -> Iterator[Measure]:
        """Go through the measures, in the order in which they came."""
        return iter(self._measures.values())

    def __contains__(self, measure: object) -> bool:
        """Whether this very measure is among them."""
        return isinstance(measure, Measure) and self._measures.get(measure.code) == measure

    def get(self, code: str) -> Measure | None:
        """Return the measure of this code."""
        return self._measures.get(code)

    def add(self, measure: Measure) -> None:
        """Add a measure, or put it in the place of the one with its code."""
        if measure.code in self._measures and self._measures[measure.code].label != measure.label:
            self.discard(measure.code)
        if measure.code not in self._measures:
            for name in _names(measure):
                self._named.setdefault(name, []).append(measure.code)
        self._measures[measure.code] = measure

    def discard(self, code: str) -> None:
        """Take a measure away, where it is there."""
        measure = self._measures.pop(code, None)
        for name in () if measure is None else _names(measure):
            self._named[name].remove(code)

    def named_in(self, text: str) -> Iterator[Measure]:
        """Go through the measures whose code or name a text holds."""
        for measure in self:
            if measure.code in text or (measure.name and measure.name in text):
                yield measure

    def find(self, name: str) -> Measure | None:
        """Return the measure with a name in the spelling that names are compared in."""
        codes = self._named.get(name)
        return self._measures[codes[0]] if codes else None


def _names(measure: Measure) -> set[str]:
    return {simplified(measure.code), simplified(measure.label)}
