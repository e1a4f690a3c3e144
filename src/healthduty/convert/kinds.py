"""The words by which a file names its kinds: `"kind": "deduction"`, never a class name.

Every closed union of the model has its table here. A class may be renamed, a kind never: files
and digests rest on it. A union that is met without a table is refused when the converter is
built, so a new member can't be forgotten.

Source: the rule kinds of the architecture; the unions of `rules` and `model`.

>>> RULES.members["deduction"].__name__, KIND_OF[RULES.members["deduction"]]
('Deduction', 'deduction')
>>> table_of(frozenset(RULES.members.values())) is RULES
True
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from healthduty.exact import Ratio
from healthduty.model.excusal import FullPoints, MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.records.record import (
    Case,
    Judged,
    NotApplicable,
    Observation,
    Sample,
    Statement,
)
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level, Not
from healthduty.rules.points import Share
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    LevelBand,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple
from healthduty.said import Said


class Kinds(NamedTuple):
    """A closed union: what it is called in messages, and its classes by their kind."""

    name: str
    members: dict[str, type]


CONDITIONS = Kinds(
    Said("condition", "条件"),
    {
        "compare": Compare,
        "flag": Flag,
        "level": Level,
        "all_of": AllOf,
        "any_of": AnyOf,
        "not": Not,
    },
)
TALLIES = Kinds(
    Said("tally", "计数"),
    {
        "steps_below": StepsBelow,
        "steps_above": StepsAbove,
        "lacking": Lacking,
        "cases": Cases,
        "once": Once,
    },
)
THRESHOLDS = Kinds(
    Said("threshold", "目标值"),
    {"by_kind": ByKind, "given": Given, "multiple": Multiple, "blank": Blank},
)
POINTS = Kinds(Said("points", "分数"), {"share": Share})
BANDS = Kinds(Said("band", "档"), {"band": Band, "level_band": LevelBand, "case_band": CaseBand})
RULES = Kinds(
    Said("rule", "规则"),
    {
        "deduction": Deduction,
        "bonus": Bonus,
        "bands": Bands,
        "curve": Curve,
        "judgement": Judgement,
        "forfeit": Forfeit,
        "group": Group,
    },
)
EXCUSALS = Kinds(
    Said("excusal", "缺项处理"),
    {
        "full_points": FullPoints,
        "zero_points": ZeroPoints,
        "moved_to": MovedTo,
        "peers_mean": PeersMean,
        "rescaled": Rescaled,
    },
)
VETO_EFFECTS = Kinds(
    Said("veto effect", "一票否决后果"),
    {
        "force_grade": ForceGrade,
        "lower_grade": LowerGrade,
        "cap_grade": CapGrade,
        "bar_honours": BarHonours,
        "withhold_money": WithholdMoney,
        "zero_section": ZeroSection,
        "zero_total": ZeroTotal,
    },
)
MEMBERS = Kinds(
    Said("member of a section", "大项成员"), {"section": Section, "indicator": Indicator}
)
PARTS = Kinds(Said("part of an indicator", "得分点"), {"part": Part, "indicator": Indicator})
"""An indicator is a part with parts, and may stand where a part stands."""

VALUES = Kinds(
    Said("value", "值"),
    {
        "ratio": Ratio,
        "sample": Sample,
        "judged": Judged,
        "case": Case,
        "not_applicable": NotApplicable,
        "statement": Statement,
        "observation": Observation,
    },
)
"""What a record's value may be besides a number, a text, true or false, null and a list.

Files of records name no kinds (`records.json_values`); digests do.
"""

TABLES = (
    CONDITIONS,
    TALLIES,
    THRESHOLDS,
    POINTS,
    BANDS,
    RULES,
    EXCUSALS,
    VETO_EFFECTS,
    MEMBERS,
    PARTS,
)
"""The unions of an agreement."""

KIND_OF = MappingProxyType(
    {member: kind for table in (*TABLES, VALUES) for kind, member in table.members.items()}
)
"""The kind of each class that has one."""

_BY_MEMBERS = {frozenset(table.members.values()): table for table in TABLES}


def table_of(members: frozenset[type]) -> Kinds | None:
    """Return the table of a union by its classes, plain numbers and None aside."""
    return PARTS if members == {Part} else _BY_MEMBERS.get(members)
