"""A section's cap that leaves nothing of its bonuses: the section then has none."""

from __future__ import annotations

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.model.veto import Veto, ZeroSection
from healthduty.records.record import Record
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Bonus
from healthduty.rules.tally import Cases
from healthduty.scoring.score import score

PRAISE = Measure("praise", "表彰", kind="cases")
FRAUD = Measure("fraud", "弄虚作假", kind="flag")
AGREEMENT = Agreement(
    "封顶",
    measures=(PRAISE, FRAUD),
    parts=(
        Section(
            "一",
            parts=(
                Indicator("1", points=5),
                Indicator("2", rules=Bonus(Cases(PRAISE), points="1.25")),
            ),
            cap=5,
        ),
        Section("二", parts=(Indicator("3", points=5),)),
    ),
    vetoes=(Veto("fraud", when=Flag(FRAUD), effects=ZeroSection("一")),),
)


def test_a_bonus_that_was_cut_to_nothing_is_not_the_sections() -> None:
    """5 points and 1.25 beyond them, capped at 5: the section has 5 and no bonus."""
    sheet = score(AGREEMENT, Record("a", {"1": 5, "3": 5, "praise": 1, "fraud": "否"}))
    section = sheet.items[0]
    assert (str(section.earned), str(section.bonus)) == ("5", "0")


def test_a_veto_takes_no_bonus_that_was_cut_already() -> None:
    """Zeroing the section takes its 5 points; the bonus never came into the total."""
    sheet = score(AGREEMENT, Record("a", {"1": 5, "3": 5, "praise": 1, "fraud": "是"}))
    assert sheet.earned == 10
    assert sheet.total == 5
