"""Among whom a unit is compared: all of them, those of its kind, those of its level.

Source: “ranking within kinds”, “quotas per kind”; vocabulary “Party” (a party has a
level), “Record” (a facility has a kind).

>>> group_of(Record("nanguan", {}, kind="中心"), Among.SAME_KIND, {})
'中心'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.rules.measure import Word
from healthduty.said import Said, joined
from healthduty.wording import Language

EVERYBODY = ""
"""The name of the one group that all are in."""


class Among(Word):
    """Among whom a unit is compared."""

    ALL = "all"
    SAME_KIND = "same_kind"
    """With the facilities of its kind (中心卫生院 / 一般卫生院)."""
    SAME_LEVEL = "same_level"
    """With the parties of its level, province to village."""


def levels_of(agreement: Agreement) -> dict[str, str]:
    """Return the level of each party of an agreement, by its code and by its name."""
    named = {each.name: each.level for each in agreement.parties if each.name and each.level}
    return named | {each.code: each.level for each in agreement.parties if each.level}


def group_of(record: Record, among: Among, levels: Mapping[str, str]) -> str | None:
    """Return the group in which a unit is compared; None where its kind or level is not known."""
    match among:
        case Among.ALL:
            return EVERYBODY
        case Among.SAME_KIND:
            return record.kind or None
        case Among.SAME_LEVEL:
            return levels.get(record.facility, levels.get(record.name)) or None
        case _:
            assert_never(among)


def group_text(group: str, lang: Language) -> str:
    """Return a group in words: its name, or that it is everybody."""
    if group != EVERYBODY:
        return group
    return "全部" if lang == "zh" else "all"


_NAMED = 5
"""Units that a message names before it only counts."""


def named(units: Sequence[str]) -> Said:
    """Return the first units by name, and how many more there are.

    >>> named(["甲", "乙"]), named(["甲"] * 7)[-10:], named(["甲"] * 6).zh
    ('`甲`, `乙`', 'and 2 more', '`甲`、`甲`、`甲`、`甲`、`甲`等6个')
    """
    first = joined(f"`{unit}`" for unit in units[:_NAMED])
    rest = len(units) - _NAMED
    return Said(f"{first} and {rest} more", f"{first.zh}等{len(units)}个") if rest > 0 else first
