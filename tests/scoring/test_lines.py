"""The lines of a sheet: every cap, floor, rescaling and rounding that bites is one of its own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.model.agreement import Agreement
from healthduty.model.excusal import MovedTo, PeersMean, Rescaled
from healthduty.records.record import NOT_APPLICABLE
from healthduty.rules.condition import Flag
from healthduty.rules.rule import Assumption, Bonus, Deduction, Forfeit, Group
from healthduty.rules.tally import Cases, Once
from healthduty.sources import Citation
from scoring.making import (
    ACCIDENT,
    BY_BAND,
    BY_LINE,
    EACH,
    FEW,
    NO_LEDGER,
    PEERS,
    PRAISE,
    SHORT,
    UNKEPT,
    item,
    line_points,
    make,
    scored,
    section,
)

PRAISED = Bonus(Cases(PRAISE), points=1)
INSIDE = attrs.evolve(PRAISED, where="inside")
APART = attrs.evolve(PRAISED, where="apart", cap=2)
LATE = Deduction(Once(NO_LEDGER), points=5, reach="section", on_exhaustion=True)
GONE = {"ledger": NOT_APPLICABLE, "visits": 1, "rate": 85}

# Each case: what is scored, over which values, and its lines: item, kind, raw, effective.
LINES: dict[str, tuple[Agreement, dict[str, Any], str]] = {
    "a rule": (make(SHORT), {"rate": 85}, "1 rule -0.5 -0.5"),
    "nothing is due": (make(SHORT), {"rate": 90}, "1 rule 0 0"),
    "a cap gives back": (
        make(attrs.evolve(FEW, cap=1)),
        {"visits": 1},
        "1 rule -3 -1; 1 cap 2 0",
    ),
    "a floor gives back": (
        make(item(FEW, UNKEPT, points=4)),
        {"visits": 1, "ledger": False},
        "1 rule -3 -3; 1 rule -2 -1; 1 floor 1 0",
    ),
    "cap and floor": (
        make(item(attrs.evolve(FEW, cap=2), points=1)),
        {"visits": 1},
        "1 rule -3 -1; 1 cap 1 0; 1 floor 1 0",
    ),
    "a start at zero, and a ceiling": (
        make(BY_BAND, INSIDE),
        {"rate": 85, "praise": 9},
        "1 start -10 -10; 1 rule 3 3; 1 rule 9 7; 1 ceiling -2 0",
    ),
    "a bonus beyond": (
        make(SHORT, PRAISED),
        {"rate": 90, "praise": 2},
        "1 rule 0 0; 1 rule 2 2",
    ),
    "a bonus apart moves nothing": (
        make(SHORT, APART),
        {"rate": 90, "praise": 3},
        "1 rule 0 0; 1 rule 0 0",
    ),
    "a forfeit": (
        make(SHORT, Forfeit(NO_LEDGER)),
        {"rate": 85, "ledger": False},
        "1 rule -0.5 -0.5; 1 forfeit -9.5 -9.5",
    ),
    "the same forfeit twice": (
        make(SHORT, Forfeit(NO_LEDGER), Forfeit(NO_LEDGER)),
        {"rate": 90, "ledger": False},
        "1 rule 0 0; 1 forfeit -10 -10; 1 forfeit 0 0",
    ),
    "a rounding": (
        make(BY_LINE),
        {"rate": 77},
        "1 start -10 -10; 1 rule 5.67 5.67; 1 rounding 0 0",
    ),
    "a gate that stayed closed": (
        make(section(item(FEW, LATE, number="1.1"))),
        {"visits": 3, "ledger": False},
        "1.1 rule -1 -1; 1.1 rule 0 0",
    ),
    "a gate that opened": (
        make(section(item(FEW, LATE, number="1.1", points=3), item(SHORT, number="1.2"))),
        {"visits": 1, "ledger": False, "rate": 90},
        "1.1 rule -3 -3; 1.1 rule -5 -5; 1.2 rule 0 0",
    ),
    "all of a group, capped": (
        make(Group((FEW, UNKEPT), cap=4)),
        {"visits": 1, "ledger": False},
        "1 rule -3 -3; 1 rule -2 -1; 1 group_cap 1 0",
    ),
    "the worst of a group": (
        make(Group((UNKEPT, FEW), pick="worst")),
        {"visits": 1, "ledger": False},
        "1 rule -2 0; 1 not_picked 2 0; 1 rule -3 -3",
    ),
    "of equals the first is picked": (
        make(Group((FEW, EACH), pick="worst")),
        {"visits": 2, "complaints": 2},
        "1 rule -2 -2; 1 rule -2 0; 1 not_picked 2 0",
    ),
    "the best of a group that cost nothing": (
        make(Group((FEW, UNKEPT), pick="best")),
        {"visits": 1, "ledger": True},
        "1 rule -3 0; 1 not_picked 3 0; 1 rule 0 0",
    ),
    "a member's own cap": (
        make(Group((attrs.evolve(FEW, cap=1), UNKEPT), pick="worst")),
        {"visits": 1, "ledger": False},
        "1 rule -3 0; 1 cap 2 0; 1 not_picked 1 0; 1 rule -2 -2",
    ),
    "a group that ran out": (
        make(item(Group((FEW, UNKEPT)), points=4)),
        {"visits": 1, "ledger": False},
        "1 rule -3 -3; 1 rule -2 -1; 1 floor 1 0",
    ),
    "a group apart": (
        make(SHORT, Group((APART, attrs.evolve(APART, points=2)), pick="best", cap=1)),
        {"rate": 90, "praise": 1},
        "1 rule 0 0; 1 rule 0 0; 1 rule 0 0",
    ),
    "silent members of a group": (
        make(Group((SHORT, UNKEPT), pick="worst")),
        {"rate": NOT_APPLICABLE, "ledger": NOT_APPLICABLE},
        "1 rule 0 0; 1 rule 0 0; 1 excused 0 0",
    ),
    "points that move": (
        make(
            item(UNKEPT, number="1", points=4, excused=MovedTo("2")),
            item(FEW, number="2", points=6),
        ),
        GONE,
        "1 rule 0 0; 1 excused -4 -4; 2 rule -3 -3; 2 moved 2 2",
    ),
    "the peers' mean": (
        make(item(UNKEPT, points=4, excused=PeersMean(PEERS))),
        {**GONE, "peers": "3.25"},
        "1 rule 0 0; 1 excused -0.75 -0.75",
    ),
    "rescaled in a section": (
        make(
            section(
                item(UNKEPT, number="1.1", points=4),
                item(FEW, number="1.2", points=6),
                excused=Rescaled("section"),
            )
        ),
        GONE,
        "1.1 rule 0 0; 1.1 excused -4 -4; 1.2 rule -3 -3; 1 rescaled 2 2",
    ),
    "rescaled in the total": (
        make(item(UNKEPT, number="1"), item(FEW, number="2"), excused=Rescaled()),
        GONE,
        "1 rule 0 0; 1 excused -10 -10; 2 rule -3 -3; - rescaled 7 7",
    ),
    "a section's cap": (
        make(section(item(SHORT, PRAISED, number="1.1"), cap=9)),
        {"rate": 90, "praise": 4},
        "1.1 rule 0 0; 1.1 rule 4 4; 1 section_cap -5 -5",
    ),
    "the caps of bonuses and total, and its rounding": (
        make(SHORT, PRAISED, bonus_cap="2.5", cap="11.7", total_places=0),
        {"rate": 90, "praise": 4},
        (
            "1 rule 0 0; 1 rule 4 4; - bonus_cap -1.5 -1.5; - total_cap -0.8 -0.8;"
            " - total_rounding 0.3 0.3"
        ),
    ),
    "deductions from the total": (
        make(SHORT, rules=EACH),
        {"rate": 90, "complaints": 12},
        "1 rule 0 0; - rule -12 -10; - floor 2 0",
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_each_line_of_a_sheet(name: str) -> None:
    """Semantics 5: what each rule says, what really counted, and what each limit gave back."""
    agreement, values, expected = LINES[name]
    sheet = scored(agreement, values)
    found = [
        f"{number or '-'} {kind} {raw} {effective}"
        for number, kind, raw, effective in line_points(sheet)
    ]
    assert "; ".join(found) == expected


@pytest.mark.parametrize("name", LINES)
def test_full_and_lines_make_what_was_earned(name: str) -> None:
    """Semantics 5: full + Σ effective lines = earned, exactly, and so do the raw ones."""
    agreement, values, _ = LINES[name]
    sheet = scored(agreement, values)
    assert sheet.full is not None
    assert sheet.full + sum(line.effective for line in sheet.lines) == sheet.earned
    assert sheet.full + sum(line.raw for line in sheet.lines) == sheet.earned


def test_a_line_names_its_item_and_its_points() -> None:
    """Number, title and full points stand on every line; those of the total have no number."""
    agreement = make(item(SHORT, title="患者满意"), rules=UNKEPT)
    first, second = scored(agreement, {"rate": 85, "ledger": False}).lines
    assert (first.number, first.title, first.full) == ("1", "患者满意", 10)
    assert (second.number, second.title, second.effective) == ("", "示例", -2)


def test_a_bonus_says_what_counts_beyond_or_apart() -> None:
    """Of 3 praises the cap of 2 counts, beyond the points and apart from the total."""
    agreement = make(SHORT, attrs.evolve(PRAISED, cap=2), APART)
    lines = scored(agreement, {"rate": 90, "praise": 3}).lines
    assert [line.bonus for line in lines] == [0, 2, 0, 2]


def test_a_rounding_names_the_exact_points() -> None:
    """Semantics 8: 17/3 points were rounded to 5.67; of a loss the sign is kept."""
    earned = scored(make(BY_LINE), {"rate": 77}).lines[-1]
    assert (earned.exact, earned.raw, earned.effective) == (Fraction(17, 3), 0, 0)
    lost = scored(make(attrs.evolve(BY_LINE, effect="lose")), {"rate": 77}).lines
    assert [line.exact for line in lost] == [None, Fraction(-17, 3)]


def test_a_line_carries_the_words_that_its_rule_rests_on() -> None:
    """Citation and assumption are the rule's own, or else its group's."""
    own = Citation("责任书", article="一", text="每低5%扣0.5分")
    around = Citation("责任书", article="二")
    reading = Assumption("合计最多扣3分")
    group = Group((attrs.evolve(SHORT, citation=own), FEW), citation=around, assumption=reading)
    sheet = scored(
        make(group, Forfeit(Flag(ACCIDENT))), {"rate": 85, "visits": 3, "accident": True}
    )
    assert [line.citation for line in sheet.lines] == [own, around, None]
    assert [line.assumption for line in sheet.lines] == [reading, reading, None]


def test_a_line_of_no_rule_has_neither_words_nor_reading() -> None:
    """Caps of the total rest on the agreement itself."""
    line = scored(make(SHORT, cap=5), {"rate": 90}).lines[-1]
    assert (line.kind.value, line.citation, line.assumption, line.exact) == (
        "total_cap",
        None,
        None,
        None,
    )


def test_a_forfeit_that_another_node_pays_shows_there_once() -> None:
    """Two items forfeit one section: the first line takes it, the second finds nothing."""
    wide = Forfeit(NO_LEDGER, scope="section")
    agreement = make(
        section(item(SHORT, wide, number="1.1"), item(FEW, wide, number="1.2"), number="1")
    )
    sheet = scored(agreement, {"rate": 85, "visits": 4, "ledger": False})
    assert line_points(sheet) == [
        ("1.1", "rule", Decimal("-0.5"), Decimal("-0.5")),
        ("1.1", "forfeit", Decimal("-19.5"), Decimal("-19.5")),
        ("1.2", "rule", 0, 0),
        ("1.2", "forfeit", 0, 0),
    ]
