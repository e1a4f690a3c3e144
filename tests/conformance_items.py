"""Conformance cases for sections 3 and 4 of the contract: items, parts, excused items."""

from __future__ import annotations

from typing import Any

from conformance_case import (
    CHECKS,
    FAULTS,
    REGISTER,
    SATISFACTION,
    Case,
    Check,
    check,
    each,
    one,
    section,
)
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import Excusal, FullPoints, MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.model.indicator import Indicator, Part
from healthduty.records.record import MISSING, NOT_APPLICABLE, Judged, Statement
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import FULL, Reach
from healthduty.rules.rule import Band, Bands, Bonus, CaseBand, Deduction, Forfeit
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow

_ERRORS = Measure("errors", "差错", kind=MeasureKind.CASES)
_PEERS = Measure("peers_mean", "同类平均", unit="分", kind=MeasureKind.AMOUNT)
_EACH = Deduction(Cases(FAULTS), points=2)
_ERROR = Deduction(Cases(_ERRORS), points=1)


def _reaching(reach: str) -> Deduction:
    return Deduction(Cases(FAULTS), points=2, reach=reach)


def _family(own: tuple[Any, ...], *parts: Part, points: int = 10) -> Agreement:
    """Make an agreement of one indicator with parts, in a section of its own."""
    item = Indicator("1.1", "条目", points=points, rules=own, parts=parts)
    return Agreement("示例", measures=(FAULTS, _ERRORS, REGISTER), parts=(section(item),))


def _excused(way: Excusal, *, own: Excusal | None = None) -> Agreement:
    """Make a section of 4 + 6 points and an indicator of 5; the first may not apply."""
    return Agreement(
        "示例",
        measures=(FAULTS, _ERRORS, SATISFACTION, _PEERS),
        parts=(
            section(
                Indicator("1.1", points=4, rules=_EACH, excused=own),
                Indicator("1.2", points=6, rules=_ERROR),
            ),
            Indicator(
                "2",
                points=5,
                rules=Deduction(StepsBelow(SATISFACTION, target=90, step=5), points=1),
            ),
        ),
        excused=way,
    )


def _not_applicable(total: str | None, items: dict[str, str], lines: str = "") -> tuple[Check, ...]:
    """Write down what the agreements of `_excused` make of 1.1 not applying; 1.2 lost 2 of 6."""
    values = {"faults": NOT_APPLICABLE, "errors": 2, "satisfaction": 84, "peers_mean": "3.456"}
    return (check(values, total, lines, items=items),)


ITEMS = (
    Case(
        "item-floor-zero",
        "an item stops at 0 (扣完为止); what was no longer there is given back",
        "§3.3: min(amount, left − floor); §7: the floor is a line",
        one((_EACH, _ERROR), 5, [FAULTS, _ERRORS]),
        (
            check({"faults": 2, "errors": 1}, "0", "1 rule -4 -4\n1 rule -1 -1"),
            check(
                {"faults": 3, "errors": 1},
                "0",
                "1 rule -6 -5\n1 floor 1 0\n1 rule -1 0\n1 floor 1 0",
            ),
            check({"faults": 1, "errors": 9}, "0", "1 rule -2 -2\n1 rule -9 -3\n1 floor 6 0"),
        ),
    ),
    Case(
        "item-floor-below-zero",
        "an item may fall to −2 (倒扣), and no further; the total stops at 0",
        "§3.3: a negative floor; §6.4: the total has a floor of its own for its own deductions",
        Agreement(
            "示例",
            measures=(FAULTS, _ERRORS),
            parts=(
                Indicator("1", points=2, rules=_EACH, floor=-2),
                Indicator("2", points=5, rules=_ERROR),
            ),
        ),
        (
            check({"faults": 1}, "5", items={"1": "0", "2": "5"}),
            check({"faults": 2}, "3", items={"1": "-2", "2": "5"}),
            check({"faults": 5}, "3", "1 rule -10 -4\n1 floor 6 0\n2 rule 0 0"),
            check({"faults": 5, "errors": 4}, "-1", items={"1": "-2", "2": "1"}),
        ),
    ),
    Case(
        "part-below-zero",
        "a part at −2 pulls its indicator to −1, though the indicator's own floor is 0",
        "§3.3: a floor bounds what is taken and gives nothing back",
        _family(
            (Deduction(Cases(_ERRORS), points=1),),
            Part("1.1.1", points=2, rules=_EACH, floor=-2),
            Part("1.1.2", points=1, rules=Deduction(Once(Flag(REGISTER)), points=1)),
            points=3,
        ),
        (
            check({"faults": 2, "register": True}, "-2", items={"1.1.1": "-2", "1.1": "-2"}),
            check({"faults": 2, "register": False}, "-1", items={"1.1": "-1"}),
            check(
                {"faults": 2, "register": False, "errors": 3},
                "-1",
                "1.1.1 rule -4 -4\n1.1.2 rule 0 0\n1.1 rule -3 0\n1.1 floor 3 0",
            ),
        ),
    ),
    Case(
        "item-no-floor",
        "without a floor every case goes on taking points",
        "§3.3: floor None",
        one(_EACH, 5, [FAULTS], item={"floor": None}),
        each("faults", (2, "1"), (3, "-1"), (50, "-95")),
    ),
    Case(
        "item-earns-then-loses",
        "two rules earn up to the points, then deductions follow",
        "§3.1, §3.2: earning starts at 0, each up to P; §3.3: then losses",
        one(
            (
                _EACH,
                Bands(SATISFACTION, "earn", [Band(3, low=90), Band(1, low=60)]),
                Bands(CHECKS, "earn", [Band(3, low=4), Band(2, low=2)]),
            ),
            5,
            [FAULTS, SATISFACTION, CHECKS],
        ),
        (
            check(
                {"satisfaction": 95, "checks": 5},
                "5",
                "1 start -5 -5\n1 rule 0 0\n1 rule 3 3\n1 rule 3 2\n1 ceiling -1 0",
            ),
            check({"satisfaction": 70, "checks": 2}, "3"),
            check({"satisfaction": 95, "checks": 5, "faults": 1}, "3"),
            check({"satisfaction": 70, "checks": 0, "faults": 1}, "0"),
        ),
    ),
    Case(
        "item-bonus-inside",
        "a bonus inside the points makes up for losses, never more",
        "§3.4: min(amount, P − left), after all losses, wherever it is written",
        one(
            (Bonus(Cases("awards"), points=1, where="inside"), _EACH),
            5,
            [Measure("awards", "表彰", kind=MeasureKind.CASES), FAULTS],
        ),
        (
            check({"awards": 1, "faults": 0}, "5", "1 rule 1 0\n1 ceiling -1 0\n1 rule 0 0"),
            check({"awards": 1, "faults": 1}, "4", "1 rule 1 1\n1 rule -2 -2"),
            check({"awards": 3, "faults": 1}, "5"),
            check({"awards": 2, "faults": 9}, "2"),
        ),
    ),
    Case(
        "item-forfeit",
        "below 60 % the item forfeits what is left; a bonus beyond the points survives",
        "§3.5: takes what is left, if that is above 0; decisions: bonuses beyond survive",
        one(
            (
                Forfeit(Compare(SATISFACTION, "<", 60)),
                Deduction(StepsBelow(SATISFACTION, target=90, step=10), points=1),
                Bonus(Cases("awards"), points=1, where="inside"),
                Bonus(StepsAbove("reports", target=2, step=1), points="0.5"),
            ),
            5,
            [
                SATISFACTION,
                Measure("awards", "表彰", kind=MeasureKind.CASES),
                Measure("reports", "信息", unit="篇"),
            ],
        ),
        (
            check({"satisfaction": 60, "reports": 4}, "3", bonus="1", items={"1": "2"}),
            check(
                {"satisfaction": 59, "reports": 4, "awards": 1},
                "1",
                bonus="1",
                items={"1": "0"},
            ),
            check({"satisfaction": 20, "reports": 0}, "0", items={"1": "0"}),
        ),
    ),
    Case(
        "item-floor-and-forfeit",
        "a forfeit does not lift an item that has fallen below 0",
        "§3.5: if that is above 0",
        one(
            (_EACH, Forfeit(Flag(REGISTER, expected=False))),
            3,
            [FAULTS, REGISTER],
            item={"floor": -5},
        ),
        (
            check({"faults": 1, "register": True}, "1"),
            check({"faults": 1, "register": False}, "0", "1 rule -2 -2\n1 forfeit -1 -1"),
            check({"faults": 3, "register": False}, "-3"),
        ),
    ),
    Case(
        "part-unshared-points",
        "10 points, 3 + 3 of them in parts: the other 4 are the indicator's own, and start full",
        "§3.1: unshared points start full where the item has losing rules of its own",
        _family((_EACH,), Part("1.1.1", points=3, rules=_ERROR), Part("1.1.2", points=3)),
        (
            check({}, "10", items={"1.1.1": "3", "1.1.2": "3", "1.1": "10"}),
            check({"errors": 5}, "7", items={"1.1.1": "0", "1.1.2": "3", "1.1": "7"}),
            check({"errors": 5, "faults": 3}, "1", items={"1.1": "1"}),
            check({"errors": 5, "faults": 9}, "0", items={"1.1.2": "3", "1.1": "0"}),
        ),
    ),
    Case(
        "part-sum-alone",
        "10 points, 3 + 3 in parts and no rule for the rest: the parts alone count",
        "§3.1: otherwise the parts' sum alone counts; the header is a finding, not an amount",
        _family((), Part("1.1.1", points=3, rules=_ERROR), Part("1.1.2", points=3, rules=_EACH)),
        (
            check({}, "6", full="6", items={"1.1": "6", "1": "6"}),
            check({"errors": 1, "faults": 1}, "3", items={"1.1.1": "2", "1.1.2": "1"}),
        ),
    ),
    Case(
        "part-earns",
        "an indicator with an earning rule of its own adds it to what its parts earned",
        "§3.1, §3.2: its own points start at 0 and are earned, up to P",
        _family(
            (Bands(REGISTER, "earn", [CaseBand(Flag(REGISTER), 6)]),),
            Part("1.1.1", points=6, rules=_ERROR),
        ),
        (
            check({"register": True}, "10", items={"1.1.1": "6", "1.1": "10"}),
            check({"register": False, "errors": 1}, "5"),
            check({"register": True, "errors": 3}, "9", items={"1.1.1": "3", "1.1": "9"}),
        ),
    ),
    Case(
        "reach-indicator",
        "a part's rule that reaches the indicator may take more than the part has",
        "§3: the account of a losing rule is the nearest such node around it",
        _family(
            (Deduction(Once(Flag(REGISTER, expected=False)), points=1),),
            Part("1.1.1", points=3, rules=_reaching("indicator")),
            Part("1.1.2", points=3, rules=_ERROR),
        ),
        (
            check({"faults": 4, "register": True}, "2", items={"1.1.1": "3", "1.1": "2"}),
            check({"faults": 4, "register": False, "errors": 1}, "0", items={"1.1": "0"}),
        ),
    ),
    Case(
        "reach-section",
        "an indicator's rule that reaches the section may take from the others",
        "§3, §5: steps 2 to 6 with the rules that reach the section",
        Agreement(
            "示例",
            measures=(FAULTS, _ERRORS),
            parts=(
                section(
                    Indicator("1.1", points=3, rules=_reaching("section")),
                    Indicator("1.2", points=5, rules=_ERROR),
                ),
            ),
        ),
        (
            check({"faults": 3}, "2", items={"1.1": "3", "1.2": "5", "1": "2"}),
            check({"faults": 3, "errors": 4}, "0", items={"1.2": "1", "1": "0"}),
        ),
    ),
    Case(
        "reach-total",
        "a rule that takes from the total (从总分扣) leaves its item alone",
        "§6.4: up to what is left above the floor",
        Agreement(
            "示例",
            measures=(FAULTS, _ERRORS),
            parts=(
                Indicator("1", points=3, rules=_reaching("total")),
                Indicator("2", points=5, rules=_ERROR),
            ),
        ),
        (
            check({"faults": 3}, "2", items={"1": "3", "2": "5"}),
            check({"faults": 7}, "0", items={"1": "3", "2": "5"}),
        ),
    ),
    Case(
        "item-without-points",
        "an item without points takes from the section around it",
        "§3: an item without points has no account of its own; §5: the header is theirs",
        Agreement(
            "示例",
            measures=(FAULTS, _ERRORS),
            parts=(
                section(
                    Indicator("1.1", "台账", rules=_EACH),
                    Indicator("1.2", "差错", rules=_ERROR),
                    points=10,
                ),
            ),
            points=10,
        ),
        (
            check({"faults": 2, "errors": 1}, "5", items={"1.1": "0", "1.2": "0", "1": "5"}),
            check({"faults": 5, "errors": 1}, "0", items={"1": "0"}),
        ),
    ),
    Case(
        "no-points-at-all",
        "deductions without any points are a list of deductions, without a total",
        "§3: if there is none, the sheet is a list of deductions and has no total",
        Agreement(
            "示例",
            measures=(FAULTS, _ERRORS),
            parts=(section(Indicator("1.1", rules=_EACH), Indicator("1.2", rules=_ERROR)),),
        ),
        (check({"faults": 2, "errors": 1}, None, earned=None),),
    ),
    Case(
        "exhaustion",
        "once the 4 points are gone, each further accident takes 1 from the total (扣满)",
        "§3: only where the item is used up by losing rules or a forfeit, before bonuses inside",
        Agreement(
            "示例",
            measures=(FAULTS, _ERRORS, REGISTER, Measure("other", kind=MeasureKind.CASES)),
            parts=(
                Indicator(
                    "1",
                    points=4,
                    rules=(
                        _EACH,
                        Deduction(Cases(_ERRORS), points=1, reach="total", on_exhaustion=True),
                        Forfeit(Flag(REGISTER, expected=False)),
                        Bonus(Cases(_ERRORS), points=1, where="inside", cap=1),
                    ),
                ),
                Indicator("2", points=6, rules=Deduction(Cases("other"), points=1)),
            ),
        ),
        (
            check({"faults": 1, "errors": 3, "register": True}, "9", items={"1": "3"}),
            check({"faults": 2, "errors": 3, "register": True}, "4", items={"1": "1", "2": "6"}),
            check({"faults": 0, "errors": 3, "register": False}, "3", items={"1": "0", "2": "6"}),
            check({"faults": 0, "errors": 0, "register": True}, "10"),
        ),
    ),
    Case(
        "item-judged",
        "points without a rule are given by judgement, from 0 to the points",
        "§3: the record's value under the item's number is what it earned, rounded",
        one((), 5, []),
        (
            check({"1": Judged("3.5", "台账不全")}, "3.5"),
            check({"1": Judged(0)}, "0"),
            check({"1": (Judged(3), Judged(4), Judged(4))}, "3.67"),
            check({"1": Judged("5.5")}, None),
            check({}, None),
        ),
    ),
    Case(
        "item-evidence-required",
        "what was observed without written evidence forfeits the item",
        "§3.5: a forfeit; semantics 7",
        one(
            Deduction(StepsBelow(SATISFACTION, target=90, step=5), points=1),
            5,
            [SATISFACTION],
            item={"evidence_required": True},
        ),
        (
            check({"satisfaction": 84}, "4"),
            check({"satisfaction": Statement(84, unevidenced=True)}, "0"),
        ),
    ),
    Case(
        "forfeit-of-section",
        "an indicator's forfeit may empty the whole section",
        "§3.5: scope section",
        Agreement(
            "示例",
            measures=(FAULTS, _ERRORS),
            parts=(
                section(
                    Indicator(
                        "1.1",
                        points=3,
                        rules=(_EACH, Forfeit(Compare(FAULTS, ">", 1), scope=Reach.SECTION)),
                    ),
                    Indicator("1.2", points=5, rules=_ERROR),
                ),
                Indicator("2", points=2, rules=Deduction(Cases(_ERRORS), points=FULL)),
            ),
        ),
        (
            check({"faults": 1}, "8", items={"1.1": "1", "1.2": "5", "1": "6", "2": "2"}),
            check({"faults": 2, "errors": 0}, "2", items={"1.1": "0", "1.2": "5", "1": "0"}),
        ),
    ),
    Case(
        "excused-full",
        "what does not apply counts as reached",
        "§4: full points: it earns P",
        _excused(FullPoints()),
        _not_applicable("12", {"1.1": "4", "1.2": "4", "1": "8", "2": "4"}),
    ),
    Case(
        "excused-zero",
        "what does not apply earns nothing",
        "§4: zero: it earns 0",
        _excused(ZeroPoints()),
        _not_applicable("8", {"1.1": "0", "1.2": "4", "1": "4", "2": "4"}),
    ),
    Case(
        "excused-peers-mean",
        "what does not apply earns what its peers earned on average, given as 3.456",
        "§4: peers' mean: it earns what the record gives (rounded)",
        _excused(PeersMean(_PEERS.code)),
        _not_applicable("11.46", {"1.1": "3.46", "1.2": "4", "1": "7.46", "2": "4"}),
    ),
    Case(
        "excused-peers-mean-outside",
        "a mean above the item's 4 points, or below 0, is cut to what the item can earn",
        "§4: peers' mean: from 0 to P; one that is missing or not applicable leaves no total",
        _excused(PeersMean(_PEERS.code)),
        tuple(
            check(
                {"faults": NOT_APPLICABLE, "errors": 2, "satisfaction": 84, "peers_mean": mean},
                total,
                items=items,
            )
            for mean, total, items in (
                ("4.5", "12", {"1.1": "4"}),
                ("-1", "8", {"1.1": "0"}),
                (NOT_APPLICABLE, None, {}),
                (MISSING, None, {}),
            )
        ),
    ),
    Case(
        "excused-moved-from-around",
        "the agreement moves points to 1.1, which can't give its own to itself: it counts as full",
        "§4: a way from around does not apply to the item that it moves points to",
        _excused(MovedTo("1.1")),
        (
            *_not_applicable("12", {"1.1": "4", "1.2": "4", "1": "8", "2": "4"}),
            check(
                {"faults": 1, "errors": NOT_APPLICABLE, "satisfaction": 84},
                "9",
                "1.1 rule -2 -2\n1.1 moved 3 3\n1.2 rule 0 0\n1.2 excused -6 -6\n2 rule -1 -1",
                items={"1.1": "5", "1.2": "0", "2": "4"},
            ),
        ),
    ),
    Case(
        "excused-judged-section",
        "a section that is judged as a whole, and an indicator of text-only parts, do not apply",
        "§4: what is judged as a whole is excused as a whole",
        Agreement(
            "示例",
            measures=(_ERRORS,),
            parts=(
                section(Indicator("1.1"), points=10),
                Indicator("2", points=5, parts=(Part("2.1"),), excused=ZeroPoints()),
                Indicator("3", points=5, rules=_ERROR),
            ),
            excused=Rescaled(),
        ),
        (
            check({"1": 8, "2": 4, "errors": 1}, "16", items={"1": "8", "2": "4", "3": "4"}),
            check(
                {"1": NOT_APPLICABLE, "2": 4, "errors": 1},
                "16",
                "1 start -10 -10\n1 rule 0 0\n1 excused 0 0\n2 start -5 -5\n2 rule 4 4\n"
                "3 rule -1 -1\n- rescaled 8 8",
                items={"1": "0", "2": "4", "3": "4"},
            ),
            check({"1": 8, "2": NOT_APPLICABLE, "errors": 1}, "12", items={"2": "0"}),
        ),
    ),
    Case(
        "excused-moved",
        "4 points move to 1.2, which earned 4 of 6: it gets 2.67 more",
        "§4: + its earned × excused points ÷ its own points (rounded), as its last step",
        _excused(FullPoints(), own=MovedTo("1.2")),
        _not_applicable("10.67", {"1.1": "0", "1.2": "6.67", "1": "6.67", "2": "4"}),
    ),
    Case(
        "excused-rescaled-section",
        "the section earned 4 of the 6 that apply: 6.67 of its 10",
        "§4: sum × F ÷ (F − excused), rounded, within the section",
        _excused(Rescaled("section")),
        (
            check(
                {"faults": NOT_APPLICABLE, "errors": 2, "satisfaction": 84},
                "10.67",
                items={"1.1": "0", "1.2": "4", "1": "6.67", "2": "4"},
            ),
            check({"faults": 1, "errors": 2, "satisfaction": 84}, "10", items={"1": "6"}),
            check({"faults": NOT_APPLICABLE, "errors": NOT_APPLICABLE, "satisfaction": 84}, None),
        ),
    ),
    Case(
        "excused-rescaled-total",
        "8 of the 11 points that apply are 10.91 of 15",
        "§4: the same at the total",
        _excused(Rescaled("total")),
        _not_applicable("10.91", {"1.1": "0", "1.2": "4", "1": "4", "2": "4"}),
    ),
    Case(
        "excused-own-way",
        "the item's own way goes before the agreement's",
        "§4: by the item's own `excused`, else around it, else the agreement's",
        _excused(ZeroPoints(), own=FullPoints()),
        _not_applicable("12", {"1.1": "4", "1.2": "4", "1": "8", "2": "4"}),
    ),
    Case(
        "excused-in-part",
        "a rule that reads what does not apply is silent; the item is scored by the others",
        "§1: silent; §4: excused only where none of its rules can speak",
        one((_EACH, _ERROR), 5, [FAULTS, _ERRORS], excused=ZeroPoints()),
        (
            check({"faults": NOT_APPLICABLE, "errors": 1}, "4", items={"1": "4"}),
            check({"faults": 1, "errors": NOT_APPLICABLE}, "3"),
            check({"faults": NOT_APPLICABLE, "errors": NOT_APPLICABLE}, "0"),
        ),
    ),
)
