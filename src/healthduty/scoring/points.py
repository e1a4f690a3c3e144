"""The points side of an agreement: full points, who has an account, who is judged.

Before a rule can be lowered, three questions about the tree must be settled: how many points
each node really has (headers are checks, items count), from which node a losing rule takes, and
which items have points but no rule and are therefore judged.

Source: “How a point is lost”, sections 3 and 5; semantics 16.

>>> from healthduty.model.indicator import Indicator, Section
>>> section = Section("1", parts=(Indicator("1.1", points=3), Indicator("1.2", points=2)))
>>> Outline(Agreement("…", parts=(section,))).full[-1]
Fraction(5, 1)
"""

from __future__ import annotations

from fractions import Fraction

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Node, Part, Section, children_of
from healthduty.rules.points import Effect, Reach
from healthduty.rules.rule import Forfeit, Rule, effect_of, reach_of

ZERO = Fraction(0)


class Outline:
    """The tree as lists: node i with its parent, children, full points; the agreement comes last.

    Nodes stand in post-order, children before their parents, so that settling goes straight
    through.
    """

    def __init__(self, agreement: Agreement) -> None:
        """Walk the agreement once."""
        self.agreement = agreement
        self.nodes: list[Node | Agreement] = []
        self.children: list[tuple[int, ...]] = []
        self.parent: list[int] = []
        self.depth: list[int] = []
        roots = [self._visit(part, 0) for part in agreement.parts]
        self._append(agreement, roots, -1)
        self.root = len(self.nodes) - 1
        self.full: list[Fraction] = []
        self.unshared: list[Fraction] = []
        for index in range(len(self.nodes)):
            shared, unshared = self._points(index)
            self.full.append(shared + unshared)
            self.unshared.append(unshared)
        self.judged = [self._is_judged(index) for index in range(len(self.nodes))]

    def _visit(self, node: Node, depth: int) -> int:
        children = [self._visit(child, depth + 1) for child in children_of(node)]
        return self._append(node, children, depth)

    def _append(self, node: Node | Agreement, children: list[int], depth: int) -> int:
        index = len(self.nodes)
        self.nodes.append(node)
        self.children.append(tuple(children))
        self.parent.append(-1)
        self.depth.append(depth)
        for child in children:
            self.parent[child] = index
        return index

    def _points(self, index: int) -> tuple[Fraction, Fraction]:
        """Return what the children make of a node's points, and what is left over of its own."""
        node, children = self.nodes[index], self.children[index]
        shared = sum((self.full[child] for child in children), ZERO)
        own = node.points or ZERO
        if not children or own <= shared:
            return shared, max(ZERO, own - shared)
        # A section's own rules work on the sum of its items; an indicator's on its own points.
        own_rules = isinstance(node, Part) and self._takes_or_earns(node.rules)
        open_to_rules = own_rules or any(self._without_points(child) for child in children)
        # Points that a header states and no item has are nobody's: a finding, not a gift.
        whole = not shared and not any(self._loses(child) for child in children)
        return shared, own - shared if open_to_rules or whole else ZERO

    @staticmethod
    def _takes_or_earns(rules: tuple[Rule, ...]) -> bool:
        return any(
            effect_of(rule) is Effect.EARN
            or (
                effect_of(rule) is Effect.LOSE
                and reach_of(rule) is Reach.PART
                and not isinstance(rule, Forfeit)
            )
            for rule in rules
        )

    def _loses(self, index: int) -> bool:
        return any(
            effect_of(rule) is Effect.LOSE and not isinstance(rule, Forfeit)
            for rule in self.nodes[index].rules
        ) or any(self._loses(child) for child in self.children[index])

    def _has_rules(self, index: int) -> bool:
        return bool(self.nodes[index].rules) or any(
            self._has_rules(child) for child in self.children[index]
        )

    def _without_points(self, index: int) -> bool:
        """Whether a node loses and has no points: its losses are its parent's."""
        return not self.full[index] and self._loses(index)

    def has_account(self, index: int) -> bool:
        """Whether a node has points, its own or its items', that losses can be taken from."""
        return self.nodes[index].points is not None or bool(self.full[index])

    def _is_judged(self, index: int) -> bool:
        node = self.nodes[index]
        if isinstance(node, Agreement) or not node.points or self._has_rules(index):
            return False
        if any(self.full[child] for child in self.children[index]):
            return False
        while (index := self.parent[index]) != self.root:
            if self.nodes[index].rules:
                return False
        return True

    def account(self, home: int, reach: Reach) -> int:
        """Return the node that a losing rule takes from."""
        index = home
        if reach is Reach.TOTAL:
            return self.root
        wanted: type[object] | None = None
        if reach is Reach.INDICATOR:
            wanted = Indicator
        elif reach is Reach.SECTION:
            wanted = Section
        if wanted is not None:
            index = self._around(home, wanted)
        while index != self.root and not self.has_account(index):
            index = self.parent[index]
        return index

    def _around(self, home: int, wanted: type[object]) -> int:
        index = home
        while index != self.root and not isinstance(self.nodes[index], wanted):
            index = self.parent[index]
        if wanted is Indicator and index == self.root:
            return home
        return index

    def section_of(self, index: int) -> int:
        """Return the section nearest around a node, or the agreement where there is none."""
        index = self.parent[index]
        while index != self.root and not isinstance(self.nodes[index], Section):
            index = self.parent[index]
        return index
