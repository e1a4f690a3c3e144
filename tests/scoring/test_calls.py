"""Calling the scorer: what it takes, what it refuses, and what a sheet tells one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from healthduty.errors import UsageError
from healthduty.model.excusal import FullPoints
from healthduty.model.indicator import Section
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import StepsBelow
from healthduty.scoring.score import bounds, score
from scoring.making import item, make

RATE = Measure("rate", "满意率", unit="%")
AGREEMENT = make(item(Deduction(StepsBelow("rate", target=90, step=5), points=1)), measures=(RATE,))


def test_what_is_no_agreement_is_refused() -> None:
    """A path is not an agreement; it must be loaded first."""
    with pytest.raises(UsageError, match="`str` is no agreement: load it first"):
        score("agreement.json", {})  # type: ignore[arg-type]


def test_what_is_no_record_is_refused() -> None:
    """Several records are scored one by one."""
    with pytest.raises(UsageError, match="`list` is no record of one facility"):
        score(AGREEMENT, [{"rate": 83}])  # type: ignore[arg-type]


def test_a_plain_mapping_stands_for_a_record() -> None:
    """In a notebook nobody wants to name a facility to try a value."""
    assert score(AGREEMENT, {"rate": 83}).total == Decimal(9)


def test_one_line_can_be_told_alone() -> None:
    """A line's sentence is the same alone and among all others."""
    sheet = score(AGREEMENT, {"rate": 83})
    for lang in ("zh", "en"):
        assert tuple(sheet.sentence(line, lang) for line in sheet.lines) == sheet.sentences(lang)


def test_a_sheet_knows_its_bounds() -> None:
    """Semantics 7: without the rate, anything from no step to eighteen may be lost."""
    sheet = score(AGREEMENT, {})
    assert (sheet.total, sheet.bounds) == (None, bounds(AGREEMENT, {}))
    assert (sheet.bounds.low, sheet.bounds.high) == (Decimal(0), Decimal(10))


def test_an_empty_section_is_never_excused() -> None:
    """A section without items has nothing that could fail to apply."""
    agreement = make(
        item(Deduction(StepsBelow("rate", target=90, step=5), points=1)),
        Section("2", excused=FullPoints()),
        measures=(RATE,),
    )
    assert score(agreement, {"rate": 90}).total == Decimal(10)
