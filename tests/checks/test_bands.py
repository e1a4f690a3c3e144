"""Gaps, overlaps and bands out of reach, with each measure's own range in mind."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from checks.making import LOSES, codes, item, make, only
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level, Not
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import AnyBand, Band, Bands, CaseBand, Group, LevelBand
from healthduty.rules.threshold import Blank, ByKind, Given

ABOVE = Band(5, low=90)


def found(measure: str, effect: str, *bands: AnyBand, **fields: object) -> list[str]:
    """Return the codes found in an item that has these bands and a rule that takes all."""
    rule = Bands(measure, effect, bands, **fields)  # type: ignore[arg-type]
    rules = (rule,) if effect == "earn" else (LOSES, rule)
    return [code for code in codes(make(item(*rules))) if code.startswith("band")]


def earn(measure: str, *bands: AnyBand, **fields: object) -> list[str]:
    """Return the codes of earning bands."""
    return found(measure, "earn", *bands, **fields)


@pytest.mark.parametrize(
    ("measure", "bands", "expected"),
    [
        # each band starts where the one above it ends
        ("rate", (ABOVE, Band(3, low=80, high=90)), []),
        ("rate", (ABOVE, Band(3, low=80, high=89)), ["band-gap"]),
        ("rate", (Band(5, low=90, low_in=False), Band(3, low=80, high=90)), ["band-gap"]),
        ("rate", (Band(5, low=90, low_in=False), Band(3, low=80, high=90, high_in=True)), []),
        # between whole numbers there is nothing
        ("visits", (Band(5, low=2), Band(3, high=1, high_in=True)), []),
        ("visits", (Band(5, low=1, low_in=False), Band(3, high=2)), []),
        ("visits", (Band(5, low=3), Band(3, high=1, high_in=True)), ["band-gap"]),
        ("hours", (Band(5, low=2), Band(3, high=1, high_in=True)), ["band-gap"]),
        # the ends: what tapers off may stop, what is highest there may not
        ("rate", (Band(5, low=90, high=100), Band(3, low=80, high=90)), ["band-gap"]),
        ("rate", (Band(5, low=90, high=100, high_in=True), Band(3, low=80, high=90)), []),
        ("rate", (Band(5, low=90, high=95), Band(3, low=80, high=90)), ["band-gap"]),
        ("done", (Band(5, low=90, high=100, high_in=True), Band(3, low=80, high=90)), ["band-gap"]),
        ("rate", (Band(3, low=90, high=95), Band(5, low=80, high=90)), ["band-gap"]),
        ("rate", (Band(3, high=10, low=0, low_in=False), Band(5, low=10)), ["band-gap"]),
        (
            "rate",
            (Band(3, low=80, high=85), Band(5, low=85, high=93), Band(3, low=93, high=96)),
            [],
        ),
        ("rate", (Band(5, low=80, high=85),), []),
        ("complaints", (Band(5, high=1), Band(3, low=1, high=3)), []),
        # ladders are no overlap, bounds on both sides are
        ("rate", (Band(5, low=95), Band(3, low=90), Band(1, low=80)), []),
        ("rate", (Band(1, high=60), Band(3, high=80), Band(5, high=100, high_in=True)), []),
        ("rate", (ABOVE, Band(3, low=80, high=90), Band(1)), []),
        ("rate", (ABOVE, Band(3, low=80, high=90, high_in=True)), ["band-overlap"]),
        ("rate", (ABOVE, Band(3, low=80, high=95)), ["band-overlap"]),
        ("rate", (Band(5, low=90, high=95), Band(3, low=80)), ["band-overlap"]),
        ("rate", (Band(5, low=95), ABOVE, Band(3, low=60)), []),
        # out of reach
        ("rate", (Band(5, low=101), ABOVE), ["band-unreachable"]),
        ("rate", (Band(5, low=90, high=80), ABOVE), ["band-unreachable"]),
        ("rate", (ABOVE, Band(4, low=95)), ["band-unreachable"]),
        ("visits", (Band(5, low=5), Band(3, high=0), Band(2, high=5)), ["band-unreachable"]),
        ("done", (Band(5, low=101), Band(4, low=90)), []),
    ],
)
def test_bands_of_numbers(measure: str, bands: tuple[AnyBand, ...], expected: list[str]) -> None:
    """Earning bands over rates, completions, counts and amounts."""
    assert earn(measure, *bands) == expected


def test_what_falls_between_bands_may_be_said_once() -> None:
    """`otherwise` answers for every gap."""
    assert earn("rate", ABOVE, Band(3, low=60, high=80), otherwise=1) == []


def test_escalation_that_stops() -> None:
    """The first case 0.5, the second all: a third must not be free."""
    first, second = Band("0.5", low=1, high=2), Band(FULL, low=2, high=3)
    assert found("complaints", "lose", first, second) == ["band-gap"]
    assert found("complaints", "lose", first, Band(FULL, low=2)) == []
    assert found("complaints", "lose", first, Band(Share("0.1"), low=2, high=3)) == []


def test_the_message_names_the_values() -> None:
    """Whoever reads the finding sees which values are meant, in the measure's unit."""
    rule = Bands("visits", "earn", (Band(5, low=6), Band(3, low=4, high=5), Band(1, high=2)))
    assert only(make(item(rule))).endswith("`巡查` in no band: 2 to 3次, or 5次")
    rule = Bands("rate", "earn", (ABOVE, Band(3, low=50, low_in=False, high=90, high_in=True)))
    assert "`满意率` in two bands: exactly 90%" in only(make(item(rule)))
    rule = Bands("rate", "earn", (ABOVE, Band(3, low=50, high=90), Band(1, high=50), Band(2)))
    assert only(make(item(rule))).endswith(
        "band 4 can't be reached: the bands before it take all its values"
    )
    rule = Bands("rate", "earn", (ABOVE, Band(3, low=-5, high=0)))
    assert only(make(item(rule))).endswith("band 2 can't be reached: there is no such value")


@pytest.mark.parametrize(
    ("effect", "bands", "expected"),
    [
        ("earn", (LevelBand("优", 5), LevelBand("良", 3), LevelBand("差", 0)), []),
        ("earn", (LevelBand("优", 5), LevelBand("差", 0)), ["band-gap"]),
        ("earn", (LevelBand("良", 3), LevelBand("差", 0)), ["band-gap"]),
        ("earn", (LevelBand("优", 5),), ["band-silent"]),
        ("lose", (LevelBand("良", 1), LevelBand("差", 5)), []),
        ("lose", (LevelBand("差", 5),), []),
        ("lose", (LevelBand("良", 1),), ["band-gap"]),
        ("add", (LevelBand("优", 2),), []),
        ("earn", (LevelBand(("优", "良"), 5), LevelBand(("良", "差"), 0)), ["band-overlap"]),
        ("earn", (LevelBand(("优", "良", "差"), 5), LevelBand("差", 0)), ["band-overlap"]),
        ("earn", (LevelBand("优", 5), CaseBand(Not(Level("quality", "优")), 1)), []),
        ("earn", (LevelBand("优", 5), CaseBand(Flag("accident"), 1)), []),
    ],
)
def test_bands_of_levels(effect: str, bands: Iterable[AnyBand], expected: list[str]) -> None:
    """The best level may lose nothing, the worst may earn nothing; all others need one band."""
    assert found("quality", effect, *bands) == expected


def test_bands_by_condition() -> None:
    """A condition over the measure itself counts as a band; over another one it can't be told."""
    low = CaseBand(Compare("rate", "<", 90), 3)
    assert earn("rate", ABOVE, low) == []
    assert earn("rate", ABOVE, CaseBand(Compare("rate", "<", 80), 3)) == ["band-gap"]
    both = AllOf((Compare("rate", ">=", 95), Compare("rate", "<=", 100)))
    assert earn("rate", ABOVE, CaseBand(both, 4)) == ["band-unreachable"]
    assert earn("rate", ABOVE, CaseBand(Flag("accident"), 2), Band(3, low=60, high=80)) == []
    mixed = CaseBand(AnyOf((Compare("rate", "<", 80), Flag("accident"))), 2)
    assert earn("rate", ABOVE, mixed, Band(3, low=60, high=80)) == []
    assert earn("accident", CaseBand(Flag("accident"), 2)) == []


def test_bounds_that_depend() -> None:
    """Bounds by kind are looked at for each kind; what comes with the record can't be."""
    kinds = ByKind({"centre": 95, "station": 90})
    assert earn("rate", Band(5, low=kinds), Band(3, low=80, high=kinds)) == []
    rule = Bands("rate", "earn", (Band(5, low=kinds), Band(3, low=80, high=90)))
    assert only(make(item(rule))).endswith(
        "`满意率` in no band (for `centre`): from 90% and below 95%"
    )
    assert earn("rate", Band(5, low=Given("last_year")), Band(3, low=50, high=60)) == []
    assert earn("rate", Band(5, low=Blank("x")), Band(3, low=50, high=60)) == []
    assert earn("rate", Band(5, low=101, high=Given("last_year")), ABOVE) == []


def test_bands_in_a_group_are_looked_at() -> None:
    """A group's members are checked like any rule."""
    gap = Bands("rate", "lose", (Band(5, high=60), Band(1, low=80, high=90)))
    assert codes(make(item(Group((LOSES, gap), pick="worst")))) == ["band-gap"]


def test_bands_of_the_wrong_kind_are_one_finding() -> None:
    """Bands of numbers over levels are found as such, and not as gaps."""
    rule = Bands("quality", "earn", (Band(5, low=9), Band(3, low=1, high=2)))
    assert codes(make(item(rule))) == ["measure-kind"]
