"""Hypothesis draws parts, indicators, sections and whole agreements around the rules.

The trees are such that the contract leaves no question open: numbers are unique, headers state
the sum of their items, and what has no points has an account around it. `scruffy=True` breaks
one such thing on purpose, for the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import strategies as st

from healthduty.exact import Rounding, RoundingMode
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import (
    Excusal,
    FullPoints,
    MovedTo,
    PeersMean,
    Rescaled,
    Within,
    ZeroPoints,
)
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Node, Part, Section, children_of
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    Veto,
    VetoEffect,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect, Reach
from healthduty.rules.rule import Deduction, Rule
from healthduty.rules.tally import StepsBelow
from healthduty.rules.threshold import Blank
from oracle_amounts import full_points
from strategy_rules import (
    ITEM_POINTS,
    POINTS,
    Draw,
    Pool,
    Seat,
    a_condition,
    a_forfeit,
    a_rule,
    chance,
    pick,
)

ZERO = Fraction(0)
FLOORS: tuple[Fraction | None, ...] = (Fraction(-2), None, Fraction(-5))
GRADES = ("优秀", "良好", "合格", "不合格")
_ROUNDINGS = st.builds(
    Rounding, st.sampled_from([2, 2, 2, 1, 3, 0]), st.sampled_from(list(RoundingMode))
)

_WITHIN_SECTION = (Reach.PART, Reach.PART, Reach.PART, Reach.SECTION, Reach.TOTAL)
_AT_TOP = (Reach.PART, Reach.PART, Reach.TOTAL)
_IN_PART = (Reach.INDICATOR, *_WITHIN_SECTION)
_IN_TOP_PART = (Reach.INDICATOR, *_AT_TOP)


@attrs.frozen
class _Place:
    """Where an item stands: its number, whether in a section, whether points may be stated."""

    number: str
    in_section: bool = True
    pointless: bool = False

    def under(self, index: int) -> _Place:
        return attrs.evolve(self, number=f"{self.number}.{index}")


# ------------------------------------------------------------------------------ items


def some_rules(draw: Draw, pool: Pool, seat: Seat, scopes: tuple[Reach, ...]) -> tuple[Rule, ...]:
    """Draw the rules of an item: what it loses or earns, perhaps a bonus and a forfeit."""
    rules: list[Rule] = []
    if seat.points is not None and chance(draw, 28):
        rules += [a_rule(draw, pool, seat, Effect.EARN) for _ in range(pick(draw, (1, 2)))]
        if chance(draw, 35):
            rules.append(a_rule(draw, pool, seat, Effect.LOSE))
    else:
        rules += [a_rule(draw, pool, seat, Effect.LOSE) for _ in range(pick(draw, (1, 2, 1, 3)))]
    if chance(draw, 22):
        rules.append(a_rule(draw, pool, seat, Effect.ADD))
    if scopes and chance(draw, 12):
        rules.append(a_forfeit(draw, pool, scopes))
    return tuple(reversed(rules)) if chance(draw, 30) else tuple(rules)


def a_floor(draw: Draw) -> Fraction | None:
    """Draw what an item can't fall below; mostly 0."""
    return pick(draw, FLOORS) if chance(draw, 15) else ZERO


def a_part(draw: Draw, pool: Pool, place: _Place) -> Part:
    """Draw a part; one in eight has no points."""
    reaches = _IN_PART if place.in_section else _IN_TOP_PART
    if chance(draw, 12):
        seat = Seat(None, (Reach.PART, *reaches))
        return Part(place.number, rules=some_rules(draw, pool, seat, (Reach.INDICATOR,)))
    points = draw(ITEM_POINTS)
    scopes = (Reach.PART, Reach.INDICATOR) + ((Reach.SECTION,) if place.in_section else ())
    rules = some_rules(draw, pool, Seat(points, reaches), scopes) if chance(draw, 92) else ()
    evidence = chance(draw, 10)
    floor = a_floor(draw)
    return Part(place.number, points=points, rules=rules, floor=floor, evidence_required=evidence)


def an_indicator(draw: Draw, pool: Pool, place: _Place) -> Indicator:
    """Draw an indicator: with rules, with parts, judged, or without points."""
    reaches = _WITHIN_SECTION if place.in_section else _AT_TOP
    if place.pointless or chance(draw, 8):
        outward: tuple[Reach, ...] = (Reach.SECTION,) if place.in_section else ()
        seat = Seat(None, reaches)
        rules = some_rules(draw, pool, seat, outward) if chance(draw, 80) else ()
        return Indicator(place.number, rules=rules)
    way = draw(st.integers(0, 99))
    if way >= 92:
        return Indicator(place.number, points=draw(ITEM_POINTS))
    scopes = (Reach.PART, Reach.SECTION) if place.in_section else (Reach.PART,)
    if way >= 74:
        parts = [a_part(draw, pool, place.under(i + 1)) for i in range(pick(draw, (2, 1, 3)))]
        points = sum((part.points or ZERO for part in parts), ZERO)
        if not points or chance(draw, 40):
            points += draw(ITEM_POINTS)
        own = chance(draw, 50)
        rules = some_rules(draw, pool, Seat(points, reaches), scopes) if own else ()
        floor = a_floor(draw)
        whole = Indicator(place.number, points=points, rules=rules, parts=parts, floor=floor)
        return attrs.evolve(whole, evidence_required=chance(draw, 10))
    points = draw(ITEM_POINTS)
    return Indicator(
        place.number,
        points=points,
        rules=some_rules(draw, pool, Seat(points, reaches), scopes),
        floor=a_floor(draw),
        evidence_required=chance(draw, 10),
    )


def a_section(draw: Draw, pool: Pool, place: _Place, depth: int = 1) -> Section:
    """Draw a section; one in eight holds sections, one in twelve has items without points."""
    members: list[Section | Indicator]
    if depth and chance(draw, 12):
        count = pick(draw, (1, 2))
        members = [a_section(draw, pool, place.under(i + 1), depth - 1) for i in range(count)]
    else:
        if chance(draw, 8):
            place = attrs.evolve(place, pointless=True)
        count = pick(draw, (1, 2, 3))
        members = [an_indicator(draw, pool, place.under(i + 1)) for i in range(count)]
    bare = Section(place.number, parts=members)
    full = full_points(bare)
    if full is None:
        full = draw(ITEM_POINTS)
    return attrs.evolve(
        bare,
        points=full + pick(draw, (1, 5)) if chance(draw, 10) else full,
        rules=section_rules(draw, pool, full),
        floor=a_floor(draw),
        cap=full + pick(draw, (0, 1, -1)) if chance(draw, 15) and full >= 1 else None,
    )


def section_rules(draw: Draw, pool: Pool, full: Fraction | None) -> tuple[Rule, ...]:
    """Draw the own rules of a section or of the agreement; mostly none."""
    if not chance(draw, 30):
        return ()
    seat = Seat(full, (Reach.PART, Reach.TOTAL))
    effects = (Effect.LOSE, Effect.LOSE, Effect.ADD) + ((Effect.EARN,) if full else ())
    return tuple(
        a_rule(draw, pool, seat, pick(draw, effects)) for _ in range(pick(draw, (1, 1, 2)))
    )


def total_rules(draw: Draw, pool: Pool, full: Fraction | None) -> tuple[Rule, ...]:
    """Draw the agreement's own rules; around it there is nothing for exhaustion to reach."""
    return tuple(
        attrs.evolve(rule, on_exhaustion=False) if isinstance(rule, Deduction) else rule
        for rule in section_rules(draw, pool, full)
    )


# ------------------------------------------------------------- grades, vetoes, money


def a_scale(draw: Draw, pool: Pool, full: Fraction) -> GradeScale:
    """Draw grades at shares of the full points, best first."""
    shares = (Fraction(9, 10), Fraction(3, 4), Fraction(3, 5))
    count = pick(draw, (2, 1, 3))
    grades = [
        Grade(
            GRADES[index],
            full * shares[index],
            low_in=not chance(draw, 20),
            when=a_condition(draw, pool, 0) if chance(draw, 20) else None,
        )
        for index in range(count)
    ]
    if chance(draw, 85):
        grades.append(Grade(GRADES[count]))
    return GradeScale(grades)


def a_veto(draw: Draw, pool: Pool, names: tuple[str, ...], sections: tuple[str, ...]) -> Veto:
    """Draw a veto: mostly an event that is flagged, with one or two effects."""
    event = Flag(pool.need(MeasureKind.FLAG, MeasureKind.CASES).code)
    makers: list[Callable[[], VetoEffect]] = [
        BarHonours,
        lambda: WithholdMoney(pick(draw, (Fraction(1), Fraction(1, 2)))),
        ZeroTotal,
    ]
    if names:
        makers += [
            lambda: ForceGrade(pick(draw, names)),
            lambda: CapGrade(pick(draw, names)),
            lambda: LowerGrade(pick(draw, (1, 2))),
        ]
    if sections:
        makers.append(lambda: ZeroSection(pick(draw, sections)))
    effects = [pick(draw, makers)() for _ in range(pick(draw, (1, 1, 2)))]
    return Veto(
        pool.name("veto"),
        when=event if chance(draw, 70) else a_condition(draw, pool),
        effects=effects,
        exempt=a_condition(draw, pool, 0) if chance(draw, 20) else None,
    )


def a_funding(draw: Draw, pool: Pool, full: Fraction) -> FundingPolicy:
    """Draw one pool of money with its tiers."""
    tiers = [Tier(full * Fraction(4, 5), 1), Tier(full / 2, "0.7", low_in=False)]
    if chance(draw, 80):
        tiers.append(Tier(None, "0.5"))
    overrides = [Override(a_condition(draw, pool, 0), "0.5")] if chance(draw, 25) else []
    return FundingPolicy(
        "pool", per_head="1.25", fixed=pick(draw, (0, 1000)), tiers=tiers, overrides=overrides
    )


# --------------------------------------------------------------------------- excusals


def an_excusal(draw: Draw, pool: Pool, numbers: tuple[str, ...], *, sections: bool) -> Excusal:
    """Draw what happens to items that do not apply."""
    way = draw(st.integers(0, 5))
    if way == 1 and sections:
        return Rescaled(Within.SECTION)
    if way == 2:
        return ZeroPoints()
    if way == 3 and numbers:
        return MovedTo(pick(draw, numbers))
    if way == 4:
        if all(measure.code != "peers" for measure in pool.measures):
            pool.measures.append(Measure("peers", unit="分", kind=MeasureKind.AMOUNT))
        return PeersMean("peers")
    return Rescaled(Within.TOTAL) if way == 0 else FullPoints()


def with_changes(nodes: Iterable[Any], changes: dict[str, dict[str, Any]]) -> tuple[Any, ...]:
    """Rebuild a tree with some fields of some numbers changed."""
    rebuilt = []
    for node in nodes:
        evolved = attrs.evolve(node, **changes.get(node.number, {}))
        if children_of(node):
            evolved = attrs.evolve(evolved, parts=with_changes(children_of(node), changes))
        rebuilt.append(evolved)
    return tuple(rebuilt)


def excusable(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes that may say what happens to what does not apply."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, Section) or not children_of(node):
            found.append(node)
        found += excusable(children_of(node))
    return found


# ------------------------------------------------------------------------- agreements


def a_tree(draw: Draw, pool: Pool, *, pointless: bool) -> tuple[Section | Indicator, ...]:
    """Draw the sections, and perhaps an indicator that stands in none."""
    parts: list[Section | Indicator] = []
    for index in range(pick(draw, (1, 2))):
        place = _Place(str(index + 1), pointless=pointless)
        if pointless:
            members = [an_indicator(draw, pool, place.under(i + 1)) for i in range(2)]
            parts.append(Section(place.number, parts=members))
        else:
            parts.append(a_section(draw, pool, place))
    if chance(draw, 20):
        number = str(len(parts) + 1)
        place = _Place(number, in_section=False, pointless=pointless)
        parts.append(an_indicator(draw, pool, place))
    return tuple(parts)


@st.composite
def agreements(
    draw: Draw, *, blanks: bool = False, charge_once: bool = False, scruffy: bool = False
) -> Agreement:
    """Draw a whole agreement that can be scored.

    `blanks` leaves some thresholds open; `charge_once` charges a case only once; `scruffy` breaks
    something that the checks should find (the scorer must still not fall over).
    """
    pool = Pool(draw, blanks=blanks)
    pointless = chance(draw, 4)
    parts = a_tree(draw, pool, pointless=pointless)
    bare = Agreement("示例目标责任书", year=2024, parts=parts)
    full = full_points(bare)
    stated = full
    if pointless:
        ruled = any(node.rules for node in bare.nodes())
        stated = Fraction(100) if ruled and not chance(draw, 25) else None
    elif full is not None and all(isinstance(part, Section) for part in parts):
        stated = full if chance(draw, 70) else None
    agreement = attrs.evolve(
        bare,
        points=stated,
        rules=total_rules(draw, pool, stated or full),
        bonus_cap=draw(POINTS) if chance(draw, 25) else None,
        cap=(stated or ZERO) + pick(draw, (0, 1)) if stated and chance(draw, 20) else None,
        floor=a_floor(draw),
        rounding=draw(_ROUNDINGS),
        total_places=pick(draw, (1, 0, 2)) if chance(draw, 25) else None,
        charge_once=charge_once,
    )
    agreement = beside(draw, pool, agreement, stated or full or Fraction(100))
    agreement = excusing(draw, pool, agreement)
    agreement = attrs.evolve(agreement, measures=tuple(pool.measures))
    return a_scruffy(draw, agreement) if scruffy else agreement


def beside(draw: Draw, pool: Pool, agreement: Agreement, full: Fraction) -> Agreement:
    """Add grades, vetoes and money."""
    scale = a_scale(draw, pool, full) if chance(draw, 60) else None
    names = tuple(grade.name for grade in scale.grades) if scale else ()
    sections = tuple(part.number for part in agreement.parts if isinstance(part, Section))
    count = pick(draw, (1, 2)) if chance(draw, 35) else 0
    return attrs.evolve(
        agreement,
        grades=scale,
        vetoes=tuple(a_veto(draw, pool, names, sections) for _ in range(count)),
        funding=(a_funding(draw, pool, full),) if chance(draw, 20) else (),
        consequences=(Consequence("honour", "评优评先", grades=names[:1]),) if names else (),
    )


def excusing(draw: Draw, pool: Pool, agreement: Agreement) -> Agreement:
    """Say what happens to what does not apply: for the agreement, and for up to two nodes."""
    numbers = tuple(
        node.number for node in agreement.nodes() if isinstance(node, Part) and node.points
    )
    sections = all(isinstance(part, Section) for part in agreement.parts)
    if chance(draw, 70):
        way = an_excusal(draw, pool, numbers, sections=sections)
        agreement = attrs.evolve(agreement, excused=way)
    changes: dict[str, dict[str, Any]] = {}
    nodes = excusable(part for part in agreement.parts if isinstance(part, Section))
    for _ in range(pick(draw, (0, 0, 1, 2)) if nodes else 0):
        way = an_excusal(draw, pool, numbers, sections=True)
        changes[pick(draw, nodes).number] = {"excused": way}
    for number, change in changes.items():
        if change["excused"] == MovedTo(number):  # nothing says of itself that it moves to itself
            change["excused"] = FullPoints()
    return attrs.evolve(agreement, parts=with_changes(agreement.parts, changes))


@st.composite
def items(draw: Draw, measures: tuple[Measure, ...] = (), *, blanks: bool = False) -> Indicator:
    """Draw an indicator as it stands in a section; over these measures where they are given."""
    pool = Pool(draw, measures, closed=bool(measures), blanks=blanks)
    return an_indicator(draw, pool, _Place("1.1"))


# ---------------------------------------------------------------------------- scruffy


def a_scruffy(draw: Draw, agreement: Agreement) -> Agreement:
    """Break one thing that a check should find."""
    if not agreement.measures:
        return attrs.evolve(agreement, points=Fraction(77))
    nodes = list(agreement.nodes())
    first, last = nodes[0], nodes[-1]
    unknown = Deduction(StepsBelow("nobody_knows", target=90, step=5), points=1)
    top = Deduction(StepsBelow(agreement.measures[0], target=90, step=5), points=1, reach="section")
    ways: list[tuple[str, dict[str, dict[str, Any]], dict[str, Any]]] = [
        ("unknown measure", {last.number: {"rules": (*last.rules, unknown)}}, {}),
        ("number twice", {last.number: {"number": first.number}}, {}),
        ("number missing", {last.number: {"number": ""}}, {}),
        ("header that disagrees", {first.number: {"points": Fraction(77)}}, {}),
        ("no header", {first.number: {"points": None}}, {}),
        ("total that disagrees", {}, {"points": Fraction(77)}),
        ("measure twice", {}, {"measures": (*agreement.measures, agreement.measures[0])}),
        ("grades in disorder", {}, {"grades": GradeScale.of(合格=60, 优秀=90)}),
        ("grade twice", {}, {"grades": GradeScale([Grade("合格", 60), Grade("合格", 50)])}),
        ("cap above the points", {first.number: {"cap": Fraction(999)}}, {}),
        ("reach without a section", {}, {"rules": (top,)}),
        ("excused to nowhere", {}, {"excused": MovedTo("nowhere")}),
        ("veto without effect", {}, {"vetoes": (Veto("v", when=Flag("nobody"), effects=()),)}),
        ("veto on no section", {}, {"vetoes": (_zeroes("nowhere"),)}),
        ("blank", {last.number: {"rules": (_open(),)}}, {}),
    ]
    _, changes, evolved = pick(draw, ways)
    if "cap" in changes.get(first.number, {}) and not isinstance(first, Section):
        changes = {}
    return attrs.evolve(agreement, parts=with_changes(agreement.parts, changes), **evolved)


def _zeroes(number: str) -> Veto:
    return Veto("v", when=Flag("nobody"), effects=ZeroSection(number))


def _open() -> Rule:
    target = Blank("open")
    return Deduction(StepsBelow("nobody_knows", target=target, step=5), points=1)
