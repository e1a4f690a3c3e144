"""The codes that say what a cell of the data workbook holds, whoever moved it where.

Above the columns of every sheet, and beside the rows of a unit's own sheet, stands a hidden code:
`hd|verified|value|satisfaction`. People rename headings, move and insert columns; the codes go
with them, and what stands under none of them is reported.

Source: “the data workbook”; semantics 12 (nothing is dropped).

>>> code = Code(Part.VALUE, "satisfaction", Stage.VERIFIED)
>>> str(code), read_code("hd|verified|value|satisfaction") == code, read_code("满意率") is None
('hd|verified|value|satisfaction', True, True)
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

import attrs

from healthduty.records.headers import Holds, Stage
from healthduty.wording.phrase import Phrase

_MARK = "hd"


class Part(enum.StrEnum):
    """What a cell holds of a unit, of a value, or of a case."""

    FACILITY = "facility"
    NAME = "name"
    KIND = "kind"
    POPULATION = "population"
    PERIOD = "period"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    ASKED = "asked"
    AVAILABLE = "available"
    REASON = "reason"
    EVIDENCE = "evidence"
    ASSESSOR = "assessor"
    DATE = "date"
    MEASURE = "measure"
    STAGE = "stage"
    CASE = "case"
    ATTRIBUTE = "attribute"
    HERE = "here"
    """The column in which the rows that say of whom the sheet is have their cell."""
    SHOWN = "shown"
    """What only people read: a heading, a unit, a clause."""


SUBJECT = (Part.FACILITY, Part.NAME, Part.KIND, Part.POPULATION, Part.PERIOD)
"""The parts that say of whom a row or a sheet is."""

PAIR = (Part.NUMERATOR, Part.DENOMINATOR)
"""The parts that make a rate, beside the rate itself."""

SAMPLE = (Part.ASKED, Part.AVAILABLE)
"""The parts that make a sample, beside what was found in it (抽查)."""

VALUE = (*SAMPLE, Part.VALUE, *PAIR, Part.REASON, Part.EVIDENCE)
"""The parts that make a value at one stage, with what is said of it."""

ASIDE = (Part.ASSESSOR, Part.DATE)
"""The parts that are said once for all values of a stage."""

HOLDS: Mapping[Part, Holds] = {
    part: Holds[part.name] for part in Part if part not in (Part.HERE, Part.SHOWN)
}
"""What each part is to the reader of data files."""


@attrs.frozen
class Code:
    """What a cell holds: of which measure, judgement or attribute, and at which stage."""

    part: Part
    target: str = ""
    stage: Stage | None = None

    def __str__(self) -> str:
        """Return the text that stands in the workbook."""
        return "|".join((_MARK, self.stage or "", self.part, self.target))


def read_code(text: str) -> Code | None:
    """Return the code that a cell holds, or None where it holds none."""
    mark, _, rest = text.partition("|")
    stage, _, rest = rest.partition("|")
    part, _, target = rest.partition("|")
    if mark != _MARK or part not in _PARTS or stage not in _STAGES:
        return None
    return Code(Part(part), target, Stage(stage) if stage else None)


_PARTS = frozenset(part.value for part in Part)
_STAGES = frozenset({"", *(stage.value for stage in Stage)})


class Layout(enum.StrEnum):
    """What a sheet is filled for."""

    COUNTY = "county"
    """All units of a county: a row for each, the measures across."""
    FACILITY = "facility"
    """One unit: a row for each measure."""
    OFFICE = "office"
    """All units, and of the measures those that one office assesses."""


STAGE_WORDS: Mapping[Stage | None, Phrase] = {
    None: Phrase("", ""),
    Stage.SELF_ASSESSED: Phrase("自评", "self-assessed"),
    Stage.VERIFIED: Phrase("核实", "verified"),
    Stage.REVIEWED: Phrase("复核", "reviewed"),
}
"""What the stages are called in headings."""

PART_WORDS: Mapping[Part, Phrase] = {
    Part.FACILITY: Phrase("机构编码", "facility code"),
    Part.NAME: Phrase("机构名称", "facility"),
    Part.KIND: Phrase("机构类别", "kind of facility"),
    Part.POPULATION: Phrase("服务人口", "population served"),
    Part.PERIOD: Phrase("考核期", "period"),
    Part.VALUE: Phrase("数值", "value"),
    Part.NUMERATOR: Phrase("分子", "numerator"),
    Part.DENOMINATOR: Phrase("分母", "denominator"),
    Part.ASKED: Phrase("应查数", "asked for"),
    Part.AVAILABLE: Phrase("实有数", "available"),
    Part.REASON: Phrase("理由", "reason"),
    Part.EVIDENCE: Phrase("依据", "evidence"),
    Part.ASSESSOR: Phrase("人", "by"),
    Part.DATE: Phrase("日期", "date"),
    Part.MEASURE: Phrase("数据项", "item"),
    Part.STAGE: Phrase("阶段", "stage"),
    Part.CASE: Phrase("个案编号", "number of the case"),
    Part.ATTRIBUTE: Phrase("属性", "attribute"),
    Part.HERE: Phrase("", ""),
    Part.SHOWN: Phrase("", ""),
}
"""What the parts are called in headings."""
