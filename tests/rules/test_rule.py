"""Rules: what they take, what they refuse, what they read, how else they might be read."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.errors import NumberError, RuleError
from healthduty.rules.condition import AnyOf, Compare, Flag, Not
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Effect, Pick, Placement, Reach
from healthduty.rules.rule import (
    Assumption,
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Reading,
    Rule,
    Times,
    effect_of,
    members_of,
    placement_of,
    reach_of,
    readings_of,
    rule_measures,
    rule_thresholds,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given
from healthduty.sources import Citation

STEPS = StepsBelow("rate", target=90, step=5)
LEDGER = Flag("ledger")
LOW = Compare("rate", "<", Given("last_year"))
LOSING = Deduction(STEPS, points="0.5")
ADDING = Bonus(STEPS, points="0.5")
JUDGED = Judgement("tidiness", "lose")
BAND = Band(FULL, low=90)


def refusal(kind: Any, *arguments: object, **fields: object) -> str:  # noqa: ANN401 - any class
    """Return the sentence with which a rule is refused."""
    with pytest.raises((RuleError, NumberError)) as caught:
        kind(*arguments, **fields)
    return str(caught.value)


# ----------------------------------------------------------------------- what a rule takes


def test_one_of_several_needs_no_list() -> None:
    """Times and levels may stand alone; whatever comes in is kept as a tuple."""
    times = Times("0.5", LEDGER)
    assert Deduction(STEPS, points=1, times=times).times == (times,)
    other = Times(2, LOW)
    assert Bonus(STEPS, points=1, times=[times, other]).times == (times, other)
    assert LevelBand("优", 5) == LevelBand(["优"], "5.0")
    assert Bands("rate", "earn", iter([BAND])).bands == (BAND,)
    assert Curve("rate", "earn", [Knot(60, 0), Knot(90, FULL)]).knots[1].points is FULL
    assert Group(iter([LOSING])).rules == (LOSING,)
    assert Assumption("含糊", readings=[Reading("other", LOSING)]).readings == (
        Reading("other", LOSING),
    )


def test_measures_are_named_by_their_code() -> None:
    """A rule may be written with the measure itself."""
    rate = Measure("rate", unit="%")
    assert Bands(rate, "lose", [BAND]) == Bands("rate", Effect.LOSE, (BAND,))
    knots = (Knot(rate, 0), Knot("90", 1))
    assert Curve(rate, "lose", knots) == Curve(
        "rate", "lose", (Knot(Given("rate"), 0), Knot(90, 1))
    )
    assert Band(1, low=rate, high="95") == Band(1, low=Given("rate"), high=95)


def test_what_goes_without_saying() -> None:
    """Losses are the item's own, added points go beyond it, a band is closed below."""
    assert LOSING.reach is JUDGED.reach is Reach.PART
    assert ADDING.where is Placement.BEYOND
    assert (BAND.low_in, BAND.high_in, BAND.high) == (True, False, None)
    assert (JUDGED.least, JUDGED.most) == (0, FULL)
    assert Forfeit(LEDGER).scope is Reach.PART
    assert Group([LOSING]).pick is Pick.ALL


def test_who_says_so_is_no_part_of_a_rule() -> None:
    """Rules compare and hash without citation and assumption."""
    said = attrs.evolve(LOSING, citation=Citation("责任书"), assumption=Assumption("每低5%"))
    assert said == LOSING
    assert hash(said) == hash(LOSING)
    assert attrs.evolve(LOSING, cap=2) != LOSING


# --------------------------------------------------------------------- what a rule refuses


@pytest.mark.parametrize(
    ("kind", "arguments", "fields", "sentence"),
    [
        (
            Times,
            ("-0.5", LEDGER),
            {},
            "a factor can't be negative: the kind of rule gives the sign",
        ),
        (Times, (1, LEDGER), {}, "a factor of 1 changes nothing: leave it out"),
        (
            Deduction,
            (STEPS,),
            {"points": 1, "times": [Times(2, LEDGER), Times(3, LOW), Times(4, LEDGER)]},
            "two factors have the same condition: give their product as one",
        ),
        (
            Deduction,
            (STEPS,),
            {"points": 1, "on_exhaustion": True},
            "a deduction on exhaustion takes from further out than the item",
        ),
        (
            Deduction,
            (STEPS,),
            {"points": 1, "cap": -1},
            "points `-1` are negative: the kind of rule gives the sign",
        ),
        (Bonus, (STEPS,), {"points": "半"}, "points is `半`: not a number"),
        (Bands, ("rate", "earn", ()), {}, "bands without a band mean nothing"),
        (
            Bands,
            ("rate", "earn", [BAND, Band(1)]),
            {"otherwise": 0},
            "a band without bounds takes every value: leave `otherwise` out",
        ),
        (LevelBand, ((), 1), {}, "no level is named: name at least one"),
        (LevelBand, (("优", "优"), 1), {}, "the level `优` is named twice"),
        (Curve, ("rate", "earn", ()), {}, "a curve needs at least two knots"),
        (
            Curve,
            ("rate", "earn", [Knot(60, 0), Knot("60.0", 0)]),
            {},
            "a curve needs at least two knots",
        ),
        (
            Curve,
            ("rate", "earn", [Knot(60, 0), Knot(90, 1), Knot(90, 2), Knot(90, 3)]),
            {},
            "of three knots at one value the middle one never counts: leave it out",
        ),
        (
            Curve,
            ("rate", "earn", [Knot(Given("last"), 0), Knot(Given("last"), 1), Knot(90, 2)]),
            {"below": 3},
            "two knots at the first value say what holds below: leave `below` out",
        ),
        (Curve, ("rate", "earn", [Knot(60, 0)]), {}, "a curve needs at least two knots"),
        (
            Curve,
            ("rate", "earn", [Knot(90, 0), Knot(Given("last"), 1), Knot(60, 2)]),
            {},
            "the knots of a curve stand in ascending order",
        ),
        (Forfeit, (LEDGER,), {"scope": "total"}, "what zeroes the total is a veto, not a forfeit"),
        (Group, ((),), {}, "a group of no rules means nothing"),
        (
            Group,
            ([LOSING, Forfeit(LEDGER)],),
            {},
            "a forfeit takes what is left: it can't be one of a group",
        ),
        (
            Group,
            ([Group([LOSING]), ADDING],),
            {},
            "the rules of a group have one effect, one reach and one placement",
        ),
        (
            Group,
            ([LOSING, attrs.evolve(LOSING, reach=Reach.TOTAL)],),
            {},
            "the rules of a group have one effect, one reach and one placement",
        ),
        (
            Group,
            ([ADDING, attrs.evolve(ADDING, where=Placement.INSIDE)],),
            {},
            "the rules of a group have one effect, one reach and one placement",
        ),
        (
            Group,
            ([Deduction(STEPS, points=1, reach="total", on_exhaustion=True)],),
            {},
            "a deduction on exhaustion can't be one of a group",
        ),
    ],
)
def test_what_can_mean_nothing_is_refused(
    kind: Any,  # noqa: ANN401 - any class
    arguments: tuple[object, ...],
    fields: dict[str, object],
    sentence: str,
) -> None:
    """In a sentence for whoever wrote the agreement."""
    assert refusal(kind, *arguments, **fields) == sentence


@pytest.mark.parametrize("kind", [Bands, Curve, Judgement])
@pytest.mark.parametrize(
    ("effect", "fields", "sentence"),
    [
        (
            "earn",
            {"reach": "section"},
            "`reach` says from what points are lost: leave it out of a rule that earns",
        ),
        (
            "add",
            {"reach": "total", "where": "apart"},
            "`reach` says from what points are lost: leave it out of a rule that adds",
        ),
        (
            "earn",
            {"where": "inside"},
            "`where` says where added points count: leave it out of a rule that earns",
        ),
        (
            "lose",
            {"reach": "total", "where": "apart"},
            "`where` says where added points count: leave it out of a rule that loses",
        ),
    ],
)
def test_a_reach_is_for_losses_and_a_place_for_additions(
    kind: Any,  # noqa: ANN401 - any class
    effect: str,
    fields: dict[str, object],
    sentence: str,
) -> None:
    """Elsewhere they would count for nothing, and yet make two rules of one."""
    own: dict[Any, tuple[object, ...]] = {
        Bands: ("rate", effect, [BAND]),
        Curve: ("rate", effect, [Knot(60, 0), Knot(90, 1)]),
        Judgement: ("tidiness", effect),
    }
    assert refusal(kind, *own[kind], **fields) == sentence
    plain = kind(*own[kind], reach="part", where="beyond")
    assert plain == kind(*own[kind])


@pytest.mark.parametrize(
    ("kind", "arguments", "fields", "sentence"),
    [
        (
            Bonus,
            (STEPS,),
            {"points": 1, "where": "beynd"},
            "`beynd` is none of `inside`, `beyond`, `apart`",
        ),
        (
            Deduction,
            (STEPS,),
            {"points": 1, "reach": "all"},
            "`all` is none of `part`, `indicator`, `section`, `total`",
        ),
        (Bands, ("rate", "loses", [BAND]), {}, "`loses` is none of `lose`, `earn`, `add`"),
        (Group, ([LOSING],), {"pick": "max"}, "`max` is none of `all`, `best`, `worst`"),
        (
            StepsBelow,
            ("rate",),
            {"target": 90, "step": 5, "counting": "whole"},
            "`whole` is none of `complete`, `started`, `proportional`",
        ),
        (Compare, ("rate", "≥", 1), {}, "`≥` is none of `>=`, `>`, `<=`, `<`, `=`"),
        (Compare, ("rate", 1, 1), {}, "`1` is none of `>=`, `>`, `<=`, `<`, `=`"),
        (
            Measure,
            ("rate",),
            {"unit": "%", "absent": "none"},
            "`none` is none of `error`, `none_found`, `zero`",
        ),
    ],
)
def test_a_word_of_no_list(
    kind: Any,  # noqa: ANN401 - any class
    arguments: tuple[object, ...],
    fields: dict[str, object],
    sentence: str,
) -> None:
    """Is refused with the words that there are."""
    assert refusal(kind, *arguments, **fields) == sentence


def test_what_is_just_not_refused() -> None:
    """The nearest neighbours of the refusals above."""
    assert Times(0, LEDGER).factor == 0
    assert Deduction(STEPS, points=1, reach="total", on_exhaustion=True).on_exhaustion
    jump = [Knot(60, 0), Knot(60, 1), Knot(Given("last"), 1), Knot("60.0", 2)]
    assert len(Curve("rate", "earn", jump).knots) == 4
    assert Curve("rate", "earn", jump, above=1).above == 1
    assert Bands("rate", "earn", [BAND, Band(1, high=60)], otherwise=0).otherwise == 0
    assert len(Bands("rate", "earn", [BAND, Band(1)]).bands) == 2
    assert Forfeit(LEDGER, scope="section").scope is Reach.SECTION
    earning = Judgement("a", "earn", reach="part", where="beyond")
    assert len(Group([earning, Judgement("b", "earn")]).rules) == 2


# ------------------------------------------------------------------ one meaning, one spelling


def test_a_side_without_a_bound_has_no_closure() -> None:
    """There is nothing that could be in or out; where there is a bound the closure counts."""
    assert Band(1, low=60, high_in=True) == Band(1, low=60)
    assert Band(1, high=60, low_in=False) == Band(1, high=60)
    assert Band(1, low_in=False, high_in=True) == Band(1)
    assert Band(1, low=60, low_in=False) != Band(1, low=60)
    assert Band(1, high=60, high_in=True) != Band(1, high=60)
    assert attrs.evolve(Band(1, low=60, low_in=False), low=None).low_in


def test_a_curve_says_each_thing_once() -> None:
    """A knot on which two stretches meet; the points outside where they are the end's anyway."""
    curve = Curve("rate", "earn", [Knot(60, 0), Knot(80, 3), Knot(90, FULL)])
    twice = [Knot(60, 0), Knot(80, 3), Knot("80.0", 3), Knot(90, FULL)]
    assert Curve("rate", "earn", twice) == curve
    assert Curve("rate", "earn", twice, below=0, above=FULL) == curve
    other = Curve("rate", "earn", twice, below=3, above=3)
    assert (other.below, other.above) == (3, 3)


def test_of_one_rule_there_is_nothing_to_pick() -> None:
    """A group of one is all of it, the best and the worst."""
    assert Group([LOSING], pick="worst") == Group([LOSING], pick="best") == Group([LOSING])
    assert Group([LOSING, JUDGED], pick="worst") != Group([LOSING, JUDGED])


def test_conditions_are_held_in_their_plainest_form() -> None:
    """By every rule that waits for one."""
    wordy, plain = Not(AnyOf([LEDGER])), Flag("ledger", expected=False)
    knots = (Knot(60, 0), Knot(90, 1))
    for one, other in (
        (Deduction(STEPS, points=1, when=wordy), Deduction(STEPS, points=1, when=plain)),
        (
            Bonus(STEPS, points=1, times=Times(2, wordy)),
            Bonus(STEPS, points=1, times=Times(2, plain)),
        ),
        (Bonus(STEPS, points=1, when=wordy), Bonus(STEPS, points=1, when=plain)),
        (
            Bands("rate", "earn", [CaseBand(wordy, 1)], when=wordy),
            Bands("rate", "earn", [CaseBand(plain, 1)], when=plain),
        ),
        (Curve("rate", "earn", knots, when=wordy), Curve("rate", "earn", knots, when=plain)),
        (Judgement("a", "lose", when=wordy), Judgement("a", "lose", when=plain)),
        (Forfeit(wordy), Forfeit(plain)),
    ):
        assert one == other


# ------------------------------------------------------------------------- what a rule does


def of_effect(effect: str) -> tuple[Rule, ...]:
    """Return a rule of each kind that may do anything, with the reach or place that it may have."""
    further: dict[str, Any] = {"lose": {"reach": "section"}, "add": {"where": "inside"}}
    fields = further.get(effect, {})
    return (
        Bands("rate", effect, [BAND], **fields),
        Curve("rate", effect, [Knot(60, 0), Knot(90, 1)], **fields),
        Judgement("tidiness", effect, **fields),
    )


@pytest.mark.parametrize(
    ("rule", "effect", "reach", "placement"),
    [
        (LOSING, Effect.LOSE, Reach.PART, None),
        (Deduction(STEPS, points=1, reach="total"), Effect.LOSE, Reach.TOTAL, None),
        (ADDING, Effect.ADD, Reach.PART, Placement.BEYOND),
        (Bonus(STEPS, points=1, where="apart"), Effect.ADD, Reach.PART, Placement.APART),
        (Forfeit(LEDGER, scope="indicator"), Effect.LOSE, Reach.INDICATOR, None),
        *((rule, Effect.LOSE, Reach.SECTION, None) for rule in of_effect("lose")),
        *((rule, Effect.EARN, Reach.PART, None) for rule in of_effect("earn")),
        *((rule, Effect.ADD, Reach.PART, Placement.INSIDE) for rule in of_effect("add")),
        (Group(of_effect("lose")), Effect.LOSE, Reach.SECTION, None),
        (Group([Group(of_effect("add"))]), Effect.ADD, Reach.PART, Placement.INSIDE),
    ],
)
def test_what_a_rule_does_and_where(
    rule: Rule, effect: Effect, reach: Reach, placement: Placement | None
) -> None:
    """Only what is lost reaches further, and only what is added has a place; a group as its own."""
    assert effect_of(rule) is effect
    assert reach_of(rule) is reach
    assert placement_of(rule) is placement


def test_the_members_of_a_group() -> None:
    """The rules that do the counting, in written order, at any depth."""
    group = Group([LOSING, Group([JUDGED, Group([LOSING])])])
    assert list(members_of(group)) == [LOSING, JUDGED, LOSING]
    assert list(members_of(ADDING)) == [ADDING]


@pytest.mark.parametrize(
    ("rule", "codes", "thresholds"),
    [
        (LOSING, ["rate"], [Fraction(90)]),
        (
            Deduction(STEPS, points=1, times=[Times(2, LEDGER), Times("0.5", LOW)], when=LEDGER),
            ["rate", "ledger", "rate", "last_year", "ledger"],
            [Fraction(90), Given("last_year")],
        ),
        (
            Bonus(Cases("awards"), points=1, when=LOW),
            ["awards", "rate", "last_year"],
            [Given("last_year")],
        ),
        (
            Bands(
                "rate",
                "earn",
                [
                    Band(FULL, low=95),
                    Band(1, low=Given("mean"), high=95),
                    Band(0, high=Given("least")),
                    LevelBand("优", 1),
                    CaseBand(LEDGER, "0.5"),
                    CaseBand(LOW, "0.25"),
                ],
                when=Compare("visits", ">", 1),
            ),
            ["rate", "mean", "least", "ledger", "rate", "last_year", "visits"],
            [
                *(Fraction(95), Given("mean"), Fraction(95)),
                *(Given("least"), Given("last_year"), Fraction(1)),
            ],
        ),
        (
            Curve("rate", "lose", [Knot(60, 0), Knot(Given("mean"), 1)], when=LOW),
            ["rate", "mean", "rate", "last_year"],
            [Fraction(60), Given("mean"), Given("last_year")],
        ),
        (JUDGED, [], []),
        (Judgement("tidiness", "lose", when=LOW), ["rate", "last_year"], [Given("last_year")]),
        (Forfeit(LEDGER), ["ledger"], []),
        (
            Group([LOSING, Deduction(Lacking("visits", required=4), points=1)]),
            ["rate", "visits"],
            [Fraction(90), Fraction(4)],
        ),
    ],
)
def test_what_a_rule_reads(rule: Rule, codes: list[str], thresholds: list[object]) -> None:
    """Measures and thresholds, those of its conditions too; a judgement's code is no measure."""
    assert list(rule_measures(rule)) == codes
    assert list(rule_thresholds(rule)) == thresholds


# ---------------------------------------------------------------------------- other readings

UNSETTLED = Assumption("不足5%是否计入", about="steps")


@pytest.mark.parametrize("kind", [Deduction, Bonus])
@pytest.mark.parametrize("tally", [STEPS, StepsAbove("rate", target=10, step=1, relative=True)])
def test_steps_may_be_counted_in_two_other_ways(
    kind: type[Deduction | Bonus], tally: StepsBelow | StepsAbove
) -> None:
    """Where the assumption is about steps and names no reading, all else staying as it is."""
    rule = kind(tally, points="0.5", cap=2, assumption=UNSETTLED)
    started, proportional = readings_of(rule)
    assert [started.label, proportional.label] == ["started", "proportional"]
    for reading in (started, proportional):
        counted = attrs.evolve(tally, counting=reading.label)
        assert reading.rule == kind(counted, points="0.5", cap=2)
    other = kind(attrs.evolve(tally, counting="started"), points=1, assumption=UNSETTLED)
    assert [reading.label for reading in readings_of(other)] == ["complete", "proportional"]


@pytest.mark.parametrize(
    "rule",
    [
        LOSING,
        Deduction(STEPS, points=1, assumption=Assumption("从何处扣", about="reach")),
        Deduction(STEPS, points=1, assumption=Assumption("步长")),
        Deduction(StepsBelow("rate", target=90), points=1, assumption=UNSETTLED),
        Deduction(Lacking("visits", required=4), points=1, assumption=UNSETTLED),
        Bonus(Cases("awards"), points=1, assumption=UNSETTLED),
        Deduction(Once(LEDGER), points=1, assumption=UNSETTLED),
        Judgement("tidiness", "lose", assumption=UNSETTLED),
        Group([LOSING], assumption=UNSETTLED),
    ],
)
def test_nothing_else_is_read_otherwise(rule: Rule) -> None:
    """No assumption, one about something else, no step to count, no tally at all."""
    assert readings_of(rule) == ()


def test_readings_that_are_named_are_all() -> None:
    """What the agreement says itself is not added to."""
    reading = Reading("once", Deduction(Once(LEDGER), points=1))
    for about in ("steps", "list", ""):
        assumption = Assumption("逐项或一次", about=about, readings=[reading])
        assert readings_of(attrs.evolve(LOSING, assumption=assumption)) == (reading,)
