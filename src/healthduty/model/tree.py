"""The agreement as a tree that knows its points: every item with what is around and below it.

Headers are checks, items count: an item's full points are what its parts make, and only where
its own rules (or parts without points) can take them, the points that its header has left over.
A losing rule takes from the nearest node that has points. The checks and the scorer's plan stand
on the same answers.

Source: “How a point is lost”, sections 3 and 5; semantics 5, 16.

>>> from healthduty.model.indicator import Indicator, Section
>>> section = Section("1", points=5, parts=(Indicator("1.1", points=3), Indicator("1.2", points=2)))
>>> root = grow(Agreement("示例", parts=(section,)))
>>> [(spot.number, str(spot.full)) for spot in walk(root)]
[('', '5'), ('1', '5'), ('1.1', '3'), ('1.2', '2')]
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.model.agreement import Agreement
from healthduty.model.excusal import Excusal, FullPoints, MovedTo
from healthduty.model.indicator import Indicator, Node, Part, Section, children_of
from healthduty.rules.condition import Condition
from healthduty.rules.points import Effect, Reach
from healthduty.rules.rule import Forfeit, Group, Rule, effect_of, reach_of
from healthduty.sources import Place

ZERO = Fraction(0)


@attrs.define(eq=False, repr=False)
class Spot:
    """An item, or the agreement itself, with its parent, its children and its points.

    `shared` is what the children's full points make, `unshared` what the node's own rules can
    still take or earn beyond that; both in points. `path` is a path into the agreement.
    """

    node: Node | Agreement
    path: str
    parent: Spot | None
    children: list[Spot] = attrs.field(factory=list)
    shared: Fraction = ZERO
    unshared: Fraction = ZERO
    index: int = -1
    """Its place when children are counted before their parent; the agreement's is the last."""

    @property
    def number(self) -> str:
        """The item's number; nothing for the agreement itself."""
        return "" if isinstance(self.node, Agreement) else self.node.number.strip()

    @property
    def place(self) -> Place:
        """Where a finding about it stands: by its number, or by its path where it has none."""
        return Place(item=self.number) if self.number else Place(path=self.path)

    @property
    def full(self) -> Fraction:
        """The points from which it is scored."""
        return self.shared + self.unshared

    @property
    def has_account(self) -> bool:
        """Whether it has points, stated or its items', that losses can be taken from."""
        return self.node.points is not None or bool(self.full)

    def around(self) -> Iterator[Spot]:
        """Go through the nodes around it, the nearest first, the agreement last."""
        spot = self.parent
        while spot is not None:
            yield spot
            spot = spot.parent

    def section(self) -> Spot | None:
        """Return the section nearest around it, or None where there is none."""
        return next((spot for spot in self.around() if isinstance(spot.node, Section)), None)

    def account(self, reach: Reach) -> Spot:
        """Return the node that a losing rule of this reach takes from."""
        spot = self._around_by_reach(reach)
        while spot.parent is not None and not spot.has_account:
            spot = spot.parent
        return spot

    def _around_by_reach(self, reach: Reach) -> Spot:
        chain = [self, *self.around()]
        if reach is Reach.TOTAL:
            return chain[-1]
        if reach is Reach.PART:
            return self
        wanted = Indicator if reach is Reach.INDICATOR else Section
        default = self if reach is Reach.INDICATOR else chain[-1]
        return next((spot for spot in chain if isinstance(spot.node, wanted)), default)


def takes_points(rule: Rule) -> bool:
    """Return whether a rule takes points by amount; a forfeit takes what is left instead."""
    return effect_of(rule) is Effect.LOSE and not isinstance(rule, Forfeit)


def grow(agreement: Agreement) -> Spot:
    """Return the agreement's own spot, with all others below it."""
    root = Spot(agreement, "", None)
    for index, part in enumerate(agreement.parts):
        root.children.append(_grow(part, f"parts[{index}]", root))
    _share(root)
    for index, spot in enumerate(upwards(root)):
        spot.index = index
    return root


def _grow(node: Node, path: str, parent: Spot) -> Spot:
    spot = Spot(node, path, parent)
    for index, child in enumerate(children_of(node)):
        spot.children.append(_grow(child, f"{path}.parts[{index}]", spot))
    _share(spot)
    return spot


def _share(spot: Spot) -> None:
    """Settle what a node's points are made of, once its children's are settled."""
    spot.shared = sum((child.full for child in spot.children), ZERO)
    rest = (spot.node.points or ZERO) - spot.shared
    if rest > 0 and has_open_points(spot):
        spot.unshared = rest


def has_open_points(spot: Spot) -> bool:
    """Return whether points beyond the children's would be anybody's to lose or to earn."""
    # A section's own rules work on the sum of its items; an indicator's on points of its own.
    own = isinstance(spot.node, Part) and any(
        effect_of(rule) is Effect.EARN or (takes_points(rule) and reach_of(rule) is Reach.PART)
        for rule in spot.node.rules
    )
    if own or not spot.children:
        return True
    if any(not child.full and _loses(child) for child in spot.children):
        return True
    return not spot.shared and not any(_loses(child) for child in spot.children)


def _loses(spot: Spot) -> bool:
    return any(takes_points(rule) for rule in spot.node.rules) or any(
        _loses(child) for child in spot.children
    )


def has_rules(spot: Spot) -> bool:
    """Return whether a node, or anything below it, has a rule."""
    return bool(spot.node.rules) or any(has_rules(child) for child in spot.children)


def is_judged(spot: Spot) -> bool:
    """Return whether an item has points and no rule, so that an assessor judges it."""
    if isinstance(spot.node, Agreement) or not spot.node.points or has_rules(spot):
        return False
    if any(child.full for child in spot.children):
        return False
    return not any(above.node.rules for above in spot.around() if above.parent is not None)


def excusal_of(spot: Spot) -> Excusal | None:
    """Return what happens where an item does not apply; None where it can't be excused.

    Its own way, else the next one outward, at last full points. A way from outside that moves
    points to this very item is passed over: nothing can move from an item to itself.
    """
    single = isinstance(spot.node, Part) and not spot.children
    if not single and not is_judged(spot):
        return None
    if spot.node.excused is not None:
        return spot.node.excused
    outward = (around.node.excused for around in spot.around())
    ways = (way for way in outward if way is not None and not _moves_to(way, spot))
    return next(ways, FullPoints())


def _moves_to(way: Excusal, spot: Spot) -> bool:
    return isinstance(way, MovedTo) and way.number.strip() == spot.number


def takes_from_nothing(spot: Spot) -> bool:
    """Return whether a rule of a node takes points that nobody states."""
    return any(
        takes_points(rule) and not spot.account(reach_of(rule)).has_account
        for rule in spot.node.rules
    )


def has_total(root: Spot) -> bool:
    """Return whether something can move a point, and no point is taken from nothing."""
    return is_scored(root) and not any(takes_from_nothing(spot) for spot in walk(root))


def is_scored(root: Spot) -> bool:
    """Return whether anything can move a point: a rule, or an item to judge.

    A forfeit takes what is left: where nobody has points, it is no rule that moves any.
    """
    return any(
        is_judged(spot)
        or any(bool(root.full) or not isinstance(rule, Forfeit) for rule in spot.node.rules)
        for spot in walk(root)
    )


def walk(spot: Spot) -> Iterator[Spot]:
    """Go through a node and everything below it, in written order."""
    yield spot
    for child in spot.children:
        yield from walk(child)


def upwards(spot: Spot) -> Iterator[Spot]:
    """Go through everything below a node and then the node: children before their parent."""
    for child in spot.children:
        yield from upwards(child)
    yield spot


def spots_of(agreement: Agreement) -> Iterator[Spot]:
    """Go through the agreement itself and all its items, in written order."""
    return walk(grow(agreement))


def each_rule(rules: tuple[Rule, ...]) -> Iterator[Rule]:
    """Go through rules and, right behind each group, its members."""
    for rule in rules:
        yield rule
        if isinstance(rule, Group):
            yield from each_rule(rule.rules)


def outcome_conditions(agreement: Agreement) -> Iterator[tuple[Place, Condition]]:
    """Go through the conditions of vetoes, grades and funding, each with its path."""
    for index, veto in enumerate(agreement.vetoes):
        yield Place(path=f"vetoes[{index}].when"), veto.when
        if veto.exempt is not None:
            yield Place(path=f"vetoes[{index}].exempt"), veto.exempt
    for index, grade in enumerate(agreement.grades.grades if agreement.grades else ()):
        if grade.when is not None:
            yield Place(path=f"grades[{index}].when"), grade.when
    for index, policy in enumerate(agreement.funding):
        for inner, override in enumerate(policy.overrides):
            yield Place(path=f"funding[{index}].overrides[{inner}].when"), override.when
