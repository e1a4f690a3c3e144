"""What happens to the points of an item that does not apply to a facility (合理缺项).

Source: semantics 7: full points, zero, points moved to a named item, the peers' mean, or
earned ÷ (full − excused) × full within the section or the total, never on bonuses.

>>> Rescaled("section").within
<Within.SECTION: 'section'>
"""

from __future__ import annotations

import enum

import attrs

from healthduty.rules.measure import to_code


class Within(enum.StrEnum):
    """Over what the rest of the points is scaled up."""

    SECTION = "section"
    TOTAL = "total"


@attrs.frozen
class FullPoints:
    """An item that does not apply counts as reached."""


@attrs.frozen
class ZeroPoints:
    """An item that does not apply earns nothing."""


@attrs.frozen
class MovedTo:
    """The points move to the item `number`, in the proportion that it earned."""

    number: str


@attrs.frozen
class PeersMean:
    """The item earns what its peers earned on average, given with the record as `measure`."""

    measure: str = attrs.field(converter=to_code)


@attrs.frozen
class Rescaled:
    """The points drop out and the rest is scaled up: earned ÷ (full − excused) × full."""

    within: Within = attrs.field(default=Within.TOTAL, converter=Within)


Excusal = FullPoints | ZeroPoints | MovedTo | PeersMean | Rescaled
"""The closed union of what can happen to excused points."""
