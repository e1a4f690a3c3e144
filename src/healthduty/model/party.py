"""Who signs, who answers, and for how long: parties, persons, signatures, term and phases.

The issuing party (甲方) oversees the responsible party (乙方); a person answers for the duty
from one day to another, and a successor keeps it (接任者继续履行).

Source: vocabulary “Party”, “Responsible person”; rows A2, A4.

>>> Party("county-bureau", "县卫生局", role="issuer").level
''
"""

from __future__ import annotations

import datetime
import enum

import attrs

from healthduty.calendars import DaySpan
from healthduty.errors import RuleError
from healthduty.rules.measure import to_names

Day = datetime.date | str
"""A day as agreed. A text that names no day of the calendar stays a text: signed “30 February”
is a fact of the document, and a finding of its check."""


def to_day(value: Day) -> Day:
    """Take an ISO date as a date; any other text stays as it is written."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return value


def to_optional_day(value: Day | None) -> Day | None:
    """Take a day where there is one."""
    return None if value is None else to_day(value)


class Role(enum.StrEnum):
    """A party's side of the agreement."""

    ISSUER = "issuer"
    """甲方: the authority that sets the targets."""
    RESPONSIBLE = "responsible"
    """乙方: the unit or post that must reach them."""
    OTHER = "other"


@attrs.frozen
class Party:
    """An organisation, a post or a person that signs.

    `level` is province, city, county, township or village; `parent` the code of the party
    above it.
    """

    code: str
    name: str = ""
    role: Role = attrs.field(default=Role.OTHER, kw_only=True, converter=Role)
    level: str = attrs.field(default="", kw_only=True)
    parent: str = attrs.field(default="", kw_only=True)
    kind: str = attrs.field(default="", kw_only=True)


@attrs.frozen
class ResponsiblePerson:
    """Who answers for the agreement or some of its items, from one day to another.

    `rank` is first (第一责任人) or direct (直接责任人); `items` are numbers of sections or
    indicators, none meaning all of them.
    """

    post: str
    rank: str = "first"
    party: str = attrs.field(default="", kw_only=True)
    since: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    until: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    items: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=to_names)
    duties: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=to_names)


@attrs.frozen
class Signature:
    """A place for a signature, and the day on which it was given."""

    party: str
    post: str = ""
    signed_on: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)


@attrs.frozen
class Term:
    """From when to when the agreement binds.

    `until_successor` leaves the end open until the next year's agreement is published.
    """

    start: Day | None = attrs.field(default=None, converter=to_optional_day)
    end: Day | None = attrs.field(default=None, converter=to_optional_day)
    until_successor: bool = attrs.field(default=False, kw_only=True)
    successor_bound: bool = attrs.field(default=False, kw_only=True)
    """The agreement binds whoever follows the responsible person in office."""


@attrs.frozen
class Phase:
    """A stretch of the term with a name; a side that is not said is the term's."""

    name: str
    first: Day | None = attrs.field(default=None, converter=to_optional_day)
    last: Day | None = attrs.field(default=None, converter=to_optional_day)

    def days(self, term: DaySpan) -> DaySpan | None:
        """Return its days; None where they are no days of the calendar, or run backwards."""
        return span_of_days(self.first or term.first, self.last or term.last)


def span_of_days(first: Day | None, last: Day | None) -> DaySpan | None:
    """Return the days from one to another; None where there are none that a calendar tells.

    A side that is open, “30 February”, an end before the beginning, and 9999-12-31 are none.
    """
    if not isinstance(first, datetime.date) or not isinstance(last, datetime.date):
        return None
    try:
        return DaySpan(first, last)
    except RuleError:
        return None
