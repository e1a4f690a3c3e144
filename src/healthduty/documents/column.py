"""What the columns of a scoring table hold: items, what they ask, their points, how they score.

Source: the contract's “The header”.

>>> Column("scoring").name
'SCORING'
"""

from __future__ import annotations

import enum


class Column(enum.StrEnum):
    """What the cells of a column are."""

    NUMBER = "number"
    LEVEL = "level"
    REQUIREMENT = "requirement"
    TARGET = "target"
    BASE = "a value that standards call by name"
    UNIT = "unit"
    DIRECTION = "which way is better"
    POINTS = "points"
    SCORING = "scoring"
    FAULT = "fault"
    LOST = "points of a fault"
    DEED = "what adds points"
    GAINED = "points of a deed"
    GRADE = "points of a level"
    METHOD = "method"
    OFFICE = "office"
    FILLED = "filled in later"
    REMARK = "remark"
    UNKNOWN = "unknown"
