"""Rules that never fire, always fire, or are odd in themselves; assumptions."""

from __future__ import annotations

import attrs
import pytest

from checks.faults import FAULTS, SHORT
from checks.making import LOSES, codes, item, make, only
from healthduty.checks.check import check
from healthduty.findings import Severity
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.model.veto import Veto, ZeroTotal
from healthduty.rules.condition import AllOf, AnyOf, Compare, Condition, Flag, Level, Not
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import (
    Assumption,
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    Reading,
    Rule,
    Times,
)
from healthduty.rules.tally import (
    ByAttribute,
    Cases,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
)
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple

ACCIDENT = Flag("accident")
IMPOSSIBLE = Compare("visits", "<", 0)


def never(tally: Tally, **fields: object) -> bool:
    """Return whether a deduction by this tally is found never to fire."""
    rule = Deduction(tally, points=1, **fields)  # type: ignore[arg-type]
    return "rule-never" in codes(make(item(LOSES, rule)))


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        (StepsBelow("rate", target=5, step=5), False),
        (StepsBelow("rate", target=4, step=5), True),
        (StepsBelow("rate", target=4, step=5, counting="started"), False),
        (StepsBelow("rate", target=0, step=5, counting="started"), True),
        (StepsBelow("visits", target=0, step=1), True),
        (StepsBelow("growth", target=0, step=5), False),
        (StepsBelow("visits", target=4, step=50, relative=True), False),
        (StepsBelow("visits", target=4, step=101, relative=True), True),
        (StepsAbove("rate", target=100, step=1), True),
        (StepsAbove("rate", target=95, step=5), False),
        (StepsAbove("rate", target=96, step=5), True),
        (StepsAbove("rate", target=96), False),
        (StepsAbove("rate", target=100), True),
        (StepsAbove("done", target=100, step=5), False),
        (StepsAbove("deaths", target=1000, step=1), True),
        (StepsAbove("visits", target=1000, step=1), False),
        (StepsAbove("rate", target=Given("last_year"), step=1), False),
        (StepsBelow("rate", target=Multiple(2, "last_year"), step=1), False),
        (StepsAbove("rate", target=ByKind({"centre": 100, "station": 90}), step=1), False),
        (StepsAbove("rate", target=ByKind({"centre": 100, "station": 99.5}), step=1), True),
        (StepsAbove("rate", target=ByKind({"centre": 100}, default=90), step=1), False),
        (StepsAbove("rate", target=ByKind({"centre": 90}), step=1), False),
        (Lacking("visits", required=1), False),
        (Lacking("visits", required="0.9"), True),
        (Lacking("visits", required=4, step=5), True),
        (Lacking("visits", required=0, prorated=True), True),
        (Lacking("visits", required=Given("surveys")), False),
        (Cases("complaints", free=3, step=2), False),
        (Cases("complaints", by=ByAttribute("grade", {"轻": 0})), True),
        (Cases("complaints", by=ByAttribute("grade", {"轻": 0}, otherwise=1)), False),
        (Once(IMPOSSIBLE), True),
        (Once(ACCIDENT), False),
    ],
)
def test_tallies_that_can_never_count(tally: Tally, expected: bool) -> None:  # noqa: FBT001 - expected
    """What a measure can be decides whether a tally can ever be above 0."""
    assert never(tally) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Compare("visits", "<", 0), True),
        (Compare("visits", "<", "0.5"), False),
        (Compare("visits", "=", "0.5"), True),
        (Compare("rate", ">", 100), True),
        (Compare("rate", ">=", 100), False),
        (Compare("done", ">", 100), False),
        (Compare("growth", "<", -50), False),
        (AllOf((Compare("rate", ">", 90), Compare("rate", "<", 80))), True),
        (AllOf((Compare("rate", ">=", 90), Compare("rate", "<=", 90))), False),
        (AllOf((Compare("rate", ">=", 90), Compare("rate", "<", 90))), True),
        (AllOf((Compare("visits", ">", 1), Compare("visits", "<", 2))), True),
        (AllOf((Compare("hours", ">", 1), Compare("hours", "<", 2))), False),
        (AllOf((Compare("rate", ">", 90), Compare("last_year", "<", 80))), False),
        (AllOf((ACCIDENT, Not(ACCIDENT))), True),
        (AllOf((Flag("complaints"), Compare("complaints", "<", 1))), True),
        (AllOf((Flag("complaints", expected=False), Compare("complaints", "<", 1))), False),
        (AllOf((Level("quality", "优"), Level("quality", ("良", "差")))), True),
        (AllOf((Level("quality", "优"), Not(Level("quality", "差")))), False),
        (Not(Level("quality", ("优", "良", "差"))), True),
        (AnyOf((Compare("visits", "<", 0), ACCIDENT)), False),
        (AnyOf((Compare("visits", "<", 0), Compare("rate", ">", 100))), True),
        (Not(AnyOf((ACCIDENT, Not(ACCIDENT)))), True),
        (Not(AllOf((ACCIDENT, Compare("rate", ">=", 0)))), False),
        (Compare("rate", ">", Blank("x")), False),
        (Compare("rate", ">", ByKind({"centre": 100, "station": 101})), True),
        (AllOf((Compare("rate", ">", Given("last_year")), Compare("rate", "<", 0))), True),
    ],
)
def test_conditions_that_can_never_hold(condition: Condition, expected: bool) -> None:  # noqa: FBT001 - expected
    """A condition is impossible where some measure is left without a value."""
    agreement = make(item(LOSES, Forfeit(condition)))
    assert ("rule-never" in codes(agreement)) is expected


@pytest.mark.parametrize(
    "rule",
    [
        Deduction(Once(ACCIDENT), points=1, when=IMPOSSIBLE),
        Deduction(Once(ACCIDENT), points=1, when=Not(ACCIDENT)),
        Deduction(StepsBelow("rate", target=90, step=5), points=1, when=Compare("rate", ">", 85)),
        Deduction(Once(ACCIDENT), points=1, times=Times(2, IMPOSSIBLE)),
        Bonus(StepsAbove("rate", target=100, step=1), points=1),
        Bands("rate", "lose", (Band(5, high=60),), when=IMPOSSIBLE),
        Curve("rate", "lose", (Knot(60, 5), Knot(90, 0)), when=IMPOSSIBLE),
        Judgement("order", "lose", when=IMPOSSIBLE),
        Group((LOSES, Deduction(Once(IMPOSSIBLE), points=1)), pick="worst"),
    ],
)
def test_every_kind_of_rule_that_never_fires(rule: Rule) -> None:
    """Whatever kind a rule is, if nothing can set it off, that is the one finding."""
    assert codes(make(item(LOSES, rule))) == ["rule-never"]


def test_a_condition_beside_the_tally_may_leave_room() -> None:
    """85 % or less and above 80 % leaves a step: no finding."""
    rule = attrs.evolve(SHORT, when=Compare("rate", ">", 80))
    assert codes(make(item(LOSES, rule))) == []


def test_too_many_alternatives_are_taken_as_possible() -> None:
    """A condition that unfolds into thousands of cases is not looked through, and not accused."""
    several = AnyOf(tuple(Compare("visits", "=", number) for number in range(9)))
    other = AnyOf(tuple(Compare("surveys", "=", number) for number in range(9)))
    assert codes(make(item(LOSES, Forfeit(AllOf((several, other)))))) == []


@pytest.mark.parametrize(
    ("condition", "exempt", "expected"),
    [
        (ACCIDENT, None, []),
        (IMPOSSIBLE, None, ["rule-never"]),
        (ACCIDENT, ACCIDENT, ["rule-never"]),
        (ACCIDENT, Compare("visits", ">=", 12), []),
        (ACCIDENT, IMPOSSIBLE, ["rule-never"]),
        (Not(IMPOSSIBLE), None, ["rule-always"]),
        (Not(IMPOSSIBLE), ACCIDENT, []),
    ],
)
def test_vetoes_that_can_never_or_must_always_apply(
    condition: Condition, exempt: Condition | None, expected: list[str]
) -> None:
    """A veto's event must be possible, beyond its exemption, and not certain."""
    veto = Veto("fraud", when=condition, exempt=exempt, effects=ZeroTotal())
    assert codes(make(item(), vetoes=(veto,))) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Forfeit(Compare("rate", "<=", 100)), ["rule-always"]),
        (Forfeit(AnyOf((ACCIDENT, Not(ACCIDENT)))), ["rule-always"]),
        (Bonus(Once(Compare("visits", ">=", 0)), points=1), ["rule-always"]),
        (Deduction(Once(Compare("visits", ">=", 0)), points=1, when=ACCIDENT), []),
        (Forfeit(Compare("growth", "<=", 100)), []),
    ],
)
def test_rules_that_always_fire(rule: Rule, expected: list[str]) -> None:
    """A condition that every value meets takes the points of every facility."""
    assert codes(make(item(LOSES, rule))) == expected


def test_a_rule_that_waits_for_exhaustion_in_vain() -> None:
    """Deductions from the total once an item is used up need an item that can be used up."""
    beyond = Deduction(Once(ACCIDENT), points=1, reach="total", on_exhaustion=True)
    assert codes(make(item(LOSES, beyond))) == []
    assert codes(make(item(SHORT, beyond, points=18))) == []
    assert only(
        make(item(attrs.evolve(SHORT, cap=3), Bonus(Once(ACCIDENT), points=1), beyond))
    ) == (
        "warning rule-never: item 1: the deduction never fires:"
        " the item's rules take at most 3 of 5 points"
    )
    assert codes(make(item(LOSES, beyond, floor=None))) == ["rule-never"]
    assert only(make(item(LOSES, attrs.evolve(beyond, reach="indicator")))) == (
        "warning rule-never: item 1: the deduction never fires:"
        " it waits for the points that it takes itself"
    )
    assert codes(make(item(number="1"), item(beyond, number="2", points=None))) == ["rule-never"]
    part = Part("1.1", points=5, rules=LOSES)
    assert codes(make(item(beyond, parts=(part,)))) == []
    earns = Bands("rate", "earn", (Band(5, low=90),), otherwise=0)
    assert codes(make(item(earns, attrs.evolve(SHORT, cap=3), beyond))) == []


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        (StepsBelow("growth", target=0), True),
        (StepsBelow("growth", target=-5, step=5, relative=True), True),
        (StepsBelow("growth", target=5, step=5, relative=True), False),
        (StepsBelow("growth", target=0, step=5), False),
        (StepsAbove("growth", target=ByKind({"centre": 0, "station": 5})), True),
        (StepsBelow("growth", target=Given("last_year")), False),
    ],
)
def test_shares_of_nothing(tally: Tally, expected: bool) -> None:  # noqa: FBT001 - expected
    """A target of 0 has no share."""
    agreement = make(item(LOSES, Deduction(tally, points=1)))
    assert ("share-of-nothing" in codes(agreement)) is expected


@pytest.mark.parametrize(
    ("curve", "expected"),
    [
        (Curve("rate", "earn", (Knot(60, 0), Knot(90, 5)), below=0, above=5), []),
        (Curve("rate", "earn", (Knot(60, 5), Knot(90, 0))), []),
        (Curve("rate", "earn", (Knot(60, 3), Knot(80, 3), Knot(90, FULL))), []),
        (Curve("rate", "earn", (Knot(60, 0), Knot(90, 5)), above=0), ["curve-not-monotone"]),
        (
            Curve("rate", "earn", (Knot(60, Share("0.5")), Knot(80, 1), Knot(90, 5))),
            ["curve-not-monotone"],
        ),
    ],
)
def test_curves_that_turn(curve: Curve, expected: list[str]) -> None:
    """A curve that only rises, or only falls, is as it should be."""
    assert codes(make(item(curve))) == expected


def test_bounds_of_judgements() -> None:
    """The least of a judgement is at most its most, in points or as a share of the item."""
    assert codes(make(item(Judgement("order", "lose", least=5)))) == []
    assert codes(make(item(Judgement("order", "lose", least=6)))) == ["judgement-bounds"]
    half = Judgement("order", "lose", least=3, most=Share("0.5"))
    assert "judgement-bounds" in codes(make(item(half, LOSES)))


def test_what_a_record_calls_a_judgement() -> None:
    """Judgements, measures and judged items stand in the record by code: each needs its own."""
    assert codes(make(item(Judgement("a", "lose"), Judgement("b", "lose")))) == []
    judged = Indicator("order", points=5)
    found = codes(make(judged, item(Judgement("order", "lose"), number="2")))
    assert found == ["points-judged", "judgement-clash"]
    within = Group((Judgement("a", "lose"), Judgement("a", "lose")))
    assert codes(make(item(within))) == ["judgement-twice"]


def test_rules_that_reach_for_a_section() -> None:
    """A rule may take from the section around it, at any depth, or from its own section."""
    far = attrs.evolve(LOSES, reach="section")
    inner = Indicator("1.1", points=5, parts=(Part("1.1.1", points=5, rules=(LOSES, far)),))
    assert codes(make(Section("1", parts=(inner,), rules=far))) == []
    assert codes(make(item(LOSES, Forfeit(ACCIDENT, scope="section")))) == ["reach-nowhere"]
    assert codes(make(item(LOSES, Group((far, far))))) == ["reach-nowhere"]
    assert codes(make(item(), rules=(far,))) == ["reach-nowhere"]


def test_evidence_needs_a_value() -> None:
    """Evidence can be required where a rule of the item reads a measure."""
    assert codes(make(item(evidence_required=True))) == []
    part = Part("1.1", points=5, rules=LOSES)
    bare = Indicator("1", points=5, parts=(part,), evidence_required=True)
    assert codes(make(bare)) == ["evidence-nothing"]


def test_every_assumption_is_listed() -> None:
    """Assumptions of the agreement, an item, a rule and a group's member, with other readings."""
    steps = Assumption("不足5%是否计", about="steps")
    named = Assumption("一处还是每处", readings=(Reading("each", SHORT),))
    rules = Group((attrs.evolve(SHORT, assumption=steps), attrs.evolve(SHORT, assumption=named)))
    marked = make(
        item(rules, points=36, assumption=Assumption("分值为自定")),
        assumption=Assumption("支出应为收入"),
    )
    findings = check(marked)
    assert [str(finding) for finding in findings] == [
        "assumption assumption: 支出应为收入",
        "assumption assumption: item 1: 分值为自定",
        "assumption assumption: item 1: 不足5%是否计 (other readings: started, proportional)",
        "assumption assumption: item 1: 一处还是每处 (other readings: each)",
    ]
    assert len(findings.of(Severity.ASSUMPTION)) == len(findings)


def test_messages_name_what_can_not_happen() -> None:
    """The sentence about a dead rule says which measure can't do what."""
    lacking = Deduction(Lacking("visits", required=4, step=5), points=1)
    weightless = Deduction(Cases("complaints", by=ByAttribute("grade", {"轻": 0})), points=1)
    started = Deduction(StepsBelow("rate", target=0, step=5, counting="started"), points=1)
    relative = Deduction(StepsAbove("rate", target=80, step=50, relative=True), points=1)
    whys = [
        only(make(item(LOSES, rule))).partition("never fires: ")[2]
        for rule in (lacking, weightless, started, relative)
    ]
    assert whys == [
        "`巡查` can't lack 5 of what is required",
        "no case of `投诉` counts",
        "`满意率` is never below 0%",
        "`满意率` is never 50% of it above 80%",
    ]


def test_measures_that_are_not_there_stop_no_check() -> None:
    """Rules over unknown measures are found as such; nothing is said about when they fire."""
    curve = Curve("nobody", "lose", (Knot(1, 0), Knot(2, 5), Knot(3, 1)))
    rules = (SHORT, Forfeit(ACCIDENT), curve, Deduction(StepsBelow("nobody", target=0), points=1))
    found = codes(make(item(*rules), measures=(Measure("other", "其他"),)))
    assert set(found) == {
        "measure-unknown",
        "measure-unused",
        "curve-not-monotone",
        "share-of-nothing",
    }
    assert FAULTS["rule-never"]
