"""The plan: an agreement lowered to integers, once, for every engine and every facility.

`plan(agreement)` settles how many points each node has, lowers every rule to an operation,
and orders the nodes so that settling goes straight through, children first. What cannot be
scored (an open blank, an unknown measure) is a finding of the plan, and the plan has no total.

Source: “How a point is lost”; semantics 16.

>>> from healthduty.model.indicator import Indicator
>>> made = plan(Agreement("示例", parts=(Indicator("1", points=5),)))
>>> made.plan.refs[0].number, made.plan.nodes[0].full
('1', 500)
"""

from __future__ import annotations

from collections import OrderedDict

import attrs

from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement, blanks_in
from healthduty.model.excusal import MovedTo, PeersMean, Rescaled, Within
from healthduty.model.indicator import Part, Section
from healthduty.model.tree import (
    Spot,
    excusal_of,
    grow,
    has_total,
    is_judged,
    is_scored,
    upwards,
    walk,
)
from healthduty.rules.condition import Condition, condition_measures
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect, Placement, Reach
from healthduty.rules.rule import (
    Bonus,
    Deduction,
    Forfeit,
    Group,
    Rule,
    effect_of,
    placement_of,
    reach_of,
    rule_measures,
)
from healthduty.said import Said, labelled, reason_of
from healthduty.scoring.loops import loops_of, settling_of
from healthduty.scoring.lower import Lowering
from healthduty.scoring.ops import (
    NO_LIMIT,
    GroupOp,
    NodeOp,
    NodeRef,
    Plan,
    RuleRef,
    Term,
    Test,
    counting_rules,
    when_of,
)
from healthduty.scoring.phrases import Phrases
from healthduty.scoring.reads import LoweringError, Reads
from healthduty.scoring.scale import scale_of
from healthduty.sources import Place
from healthduty.wording import Language


@attrs.frozen
class Planned:
    """A plan, the findings that keep it from giving a total, and its words once asked for."""

    plan: Plan
    findings: Findings
    _phrases: dict[Language, Phrases] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def phrases(self, lang: Language) -> Phrases:
        """Return what the sentences of this plan have in common in one language."""
        if lang not in self._phrases:
            self._phrases[lang] = Phrases(self.plan, lang)
        return self._phrases[lang]


_RECENT: OrderedDict[int, Planned] = OrderedDict()
_MOST_RECENT = 16


def plan(agreement: Agreement) -> Planned:
    """Lower an agreement; the last few agreements' plans are kept."""
    # By identity: hashing a large agreement would cost more than scoring a facility, and the
    # kept plan holds the agreement, so that its id can't be given to another one meanwhile.
    known = _RECENT.get(id(agreement))
    if known is not None and known.plan.agreement is agreement:
        return known
    made = _Planner(agreement).plan()
    _RECENT[id(agreement)] = made
    while len(_RECENT) > _MOST_RECENT:
        _RECENT.popitem(last=False)
    return made


class _Planner:
    """Builds one plan."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.root = grow(agreement)
        self.spots = tuple(upwards(self.root))
        self.scale = scale_of(agreement, self.spots)
        self.reads = Reads(agreement.measures)
        self.lowering = Lowering(self.reads, self.scale, charge_once=agreement.charge_once)
        self.faults: list[Finding] = []
        self.terms = 0
        count = len(self.spots)
        self.earn: list[list[Term]] = [[] for _ in range(count)]
        self.lose: list[list[Term]] = [[] for _ in range(count)]
        self.added: dict[Placement, list[list[Term]]] = {
            place: [[] for _ in range(count)] for place in Placement
        }
        self.forfeits: list[list[int]] = [[] for _ in range(count)]
        self.rules: list[list[RuleRef]] = [[] for _ in range(count)]
        self.numbers: dict[str, int] = {}

    def plan(self) -> Planned:
        """Lower everything, children first."""
        self._number()
        self._open_blanks()
        # Written order is pre-order: the terms of an account stand as the text has them.
        for spot in walk(self.root):
            self._lower_node(spot)
        refs = tuple(self._ref(spot) for spot in self.spots)
        nodes = tuple(self._node(spot) for spot in self.spots)
        agreement, reads, scale, ops = self.agreement, self.reads, self.scale, self.lowering.ops
        vetoes = tuple(self._veto(index) for index in range(len(agreement.vetoes)))
        grades, overrides = self._grades(), self._overrides()
        totals = self._has_totals()
        if not is_scored(self.root):
            self._fault(
                "agreement-without-scores",
                Said("the agreement has no points to score", "责任书没有可评的分"),
                "",
                Severity.NOTE,
            )
        made = Plan(
            agreement=agreement,
            places=scale.places,
            slots=reads.slots,
            conditions=tuple(reads.conditions),
            condition_reads=tuple(map(reads.behind, range(len(reads.conditions)))),
            ops=tuple(ops),
            loops=loops_of(ops),
            nodes=nodes,
            settling=settling_of(nodes),
            refs=refs,
            terms=self.terms,
            bonus_cap=scale.limit(agreement.bonus_cap),
            vetoes=vetoes,
            grade_conditions=grades,
            override_conditions=overrides,
            granule=scale.granule,
            total_granule=self._total_granule(),
            rounding=agreement.rounding.code,
            totals=totals,
        )
        return Planned(made, Findings(self.faults))

    def _total_granule(self) -> int:
        places = self.agreement.total_places
        return 0 if places is None else 10 ** (self.scale.places - places)

    def _has_totals(self) -> bool:
        blocked = any(fault.severity is Severity.ERROR for fault in self.faults)
        return not blocked and has_total(self.root)

    def _fault(
        self, code: str, message: str, item: str, severity: Severity = Severity.ERROR
    ) -> None:
        place = Place(item=item) if item else Place()
        self.faults.append(Finding(code, message, severity=severity, place=place))

    def _open_blanks(self) -> None:
        """List every open blank once, with the first item that it stands in."""
        names = self.agreement.blanks()
        items = self._items_with_blanks() if names else {}
        for name in names:
            self._fault(
                "blank-open",
                Said(f"blank `{name}` is not filled", f"空白`{name}`未填"),
                items.get(name, ""),
            )

    def _items_with_blanks(self) -> dict[str, str]:
        items: dict[str, str] = {}
        for spot in walk(self.root):
            if isinstance(spot.node, (Part, Section)):
                targets = spot.node.targets if isinstance(spot.node, Part) else ()
                for name in blanks_in((spot.node.rules, targets)):
                    items.setdefault(name, spot.node.number)
        return items

    def _refuse(self, error: LoweringError, item: str, where: str = "") -> None:
        if error.code != "blank-open":  # open blanks are listed by name already
            text = reason_of(error)
            self._fault(error.code, labelled(where, text) if where else text, item)

    def _number(self) -> None:
        for spot in walk(self.root):
            node = spot.node
            if isinstance(node, Agreement):
                continue
            if node.number in self.numbers:
                self._fault(
                    "number-twice",
                    Said(f"number `{node.number}` is used twice", f"编号`{node.number}`用了两次"),
                    node.number,
                )
            self.numbers.setdefault(node.number, spot.index)

    # --- rules -------------------------------------------------------------------------------

    def _lower_node(self, spot: Spot) -> None:
        node = spot.node
        number = "" if isinstance(node, Agreement) else node.number
        for rule in node.rules:
            try:
                self.rules[spot.index].append(self._rule(rule, spot))
            except LoweringError as error:
                self._refuse(error, number)
        if is_judged(spot):
            self._judge(spot, number)
        if isinstance(node, Part) and node.evidence_required:
            self._require_evidence(spot.index)

    def _judge(self, spot: Spot, number: str) -> None:
        op, reads = self.lowering.judged_item(number, spot.full)
        term = self._term(op.out, NO_LIMIT)
        index = spot.index
        self.earn[index].append(term)
        self.rules[index].append(
            RuleRef(None, index, index, Effect.EARN, term.place, op, NO_LIMIT, reads)
        )

    def _require_evidence(self, index: int) -> None:
        rules = counting_rules(tuple(self.rules[index]))
        asked = [place for ref in rules for place in self._evidence(ref)]
        if not asked:
            return
        place = self.reads.joined(tuple(asked), every=False)
        self.forfeits[index].append(place)
        self.rules[index].append(
            RuleRef(
                None, index, index, Effect.LOSE, -1, None, NO_LIMIT, frozenset(), condition=place
            )
        )

    def _evidence(self, ref: RuleRef) -> list[int]:
        """Return the conditions that a rule lacks evidence: for its `when`, for all it reads."""
        if ref.rule is None or isinstance(ref.rule, Group):
            return []  # an assessor's own judgement reads no measure
        codes = tuple(dict.fromkeys(rule_measures(ref.rule)))
        if not codes:
            return []
        place, when = self.reads.unevidenced(codes, ref.slots), when_of(ref)
        if when < 0:
            return [place]
        # Where the `when` is known not to hold, nothing but that has to be known.
        first = tuple(dict.fromkeys(condition_measures(ref.rule.when)))
        return [
            self.reads.unevidenced(first, ref.slots),
            self.reads.joined((place, when), every=True),
        ]

    def _term(self, amount: int, cap: int, gate: int = -1) -> Term:
        self.terms += 1
        return Term(amount, cap, gate, self.terms - 1)

    def _rule(self, rule: Rule, spot: Spot) -> RuleRef:
        if isinstance(rule, Forfeit):
            return self._forfeit(rule, spot)
        ref = self._amount(rule, spot)
        effect, placement = effect_of(rule), placement_of(rule)
        home = account = spot.index
        if effect is Effect.LOSE:
            account = spot.account(reach_of(rule)).index
        assert ref.op is not None  # noqa: S101 - only forfeits have none
        gate = home if isinstance(rule, Deduction) and rule.on_exhaustion else -1
        term = self._term(ref.op.out, ref.cap, gate)
        if placement is not None:
            self.added[placement][home].append(term)
        elif effect is Effect.EARN:
            self.earn[home].append(term)
        else:
            self.lose[account].append(term)
        return ref._replace(account=account, term=term.place, gate=gate, placement=placement)

    def _amount(self, rule: Rule, spot: Spot) -> RuleRef:
        lowering, limit = self.lowering, self.scale.limit
        effect, home = effect_of(rule), spot.index
        if isinstance(rule, Group):
            members = tuple(
                self._amount(member, spot)._replace(group=rule) for member in rule.rules
            )
            pairs = [(member.op.out, member.cap) for member in members if member.op is not None]
            group: GroupOp = lowering.group(rule, pairs)
            reads: frozenset[int] = frozenset().union(*(member.slots for member in members))
            cap = limit(rule.cap)
            return RuleRef(rule, home, home, effect, -1, group, cap, reads, members=members)
        op, reads = lowering.amount(rule, spot.full, spot.number)
        own_cap = rule.cap if isinstance(rule, (Deduction, Bonus)) else None
        return RuleRef(rule, home, home, effect, -1, op, limit(own_cap), reads)

    def _forfeit(self, rule: Forfeit, spot: Spot) -> RuleRef:
        place = self.reads.condition(rule.when)
        home = account = spot.index
        if spot is self.root:
            raise LoweringError(
                "rule-misplaced",
                Said(
                    "what zeroes the total is a veto, not a forfeit",
                    "使总分记零的是一票否决，不是“不得分”",
                ),
            )
        if rule.scope is not Reach.PART:
            around = spot.account(rule.scope)
            account = home if around is self.root else around.index
        self.forfeits[account].append(place)
        return RuleRef(
            rule,
            home,
            account,
            Effect.LOSE,
            -1,
            None,
            NO_LIMIT,
            self.reads.behind(place),
            condition=place,
        )

    # --- outcomes ----------------------------------------------------------------------------

    def _veto(self, index: int) -> tuple[Test, Test]:
        veto = self.agreement.vetoes[index]
        where = Said(f"veto {veto.code}", f"一票否决{veto.code}")
        return self._outcome_test(veto.when, where), self._outcome_test(veto.exempt, where)

    def _grades(self) -> tuple[Test, ...]:
        scale = self.agreement.grades
        return tuple(
            self._outcome_test(grade.when, Said(f"grade {grade.name}", f"等次{grade.name}"))
            for grade in (scale.grades if scale else ())
        )

    def _overrides(self) -> tuple[tuple[Test, ...], ...]:
        return tuple(
            tuple(
                self._outcome_test(
                    override.when, Said(f"funding {policy.code}", f"经费{policy.code}")
                )
                for override in policy.overrides
            )
            for policy in self.agreement.funding
        )

    def _outcome_test(self, when: Condition | None, where: str) -> Test:
        if when is None:
            return Test(-1, frozenset())
        try:
            place = self.reads.condition(when)
        except LoweringError as error:
            self._refuse(error, "", where)
            return Test(-1, frozenset())
        return Test(place, self.reads.behind(place))

    # --- nodes -------------------------------------------------------------------------------

    def _node(self, spot: Spot) -> NodeOp:
        node, index, limit = spot.node, spot.index, self.scale.limit
        boundless = node.floor is None or not spot.has_account
        floor = -NO_LIMIT if boundless else limit(node.floor)
        start = 0 if self.earn[index] else limit(spot.unshared)
        cap = node.cap if isinstance(node, (Section, Agreement)) else None
        return NodeOp(
            node=index,
            parent=-1 if spot.parent is None else spot.parent.index,
            full=limit(spot.full),
            floor=floor,
            start=start,
            earn=tuple(self.earn[index]),
            lose=tuple(self.lose[index]),
            inside=tuple(self.added[Placement.INSIDE][index]),
            beyond=tuple(self.added[Placement.BEYOND][index]),
            apart=tuple(self.added[Placement.APART][index]),
            forfeits=tuple(self.forfeits[index]),
            cap=limit(cap),
        )

    def _ref(self, spot: Spot) -> NodeRef:
        node = spot.node
        number = "" if isinstance(node, Agreement) else node.number
        rules = tuple(self.rules[spot.index])
        excusal = excusal_of(spot)
        slot, moved_to = -1, -1
        if isinstance(excusal, PeersMean):
            slot = self._peers_slot(excusal, number)
        elif isinstance(excusal, MovedTo) and rules:
            moved_to = self.numbers.get(excusal.number, -1)
            if moved_to in (-1, spot.index):
                message = Said(
                    f"points move to item `{excusal.number}`: no such item",
                    f"分值移给`{excusal.number}`项，但没有这一项",
                )
                self._fault("excusal-target", message, number)
        section = spot.section()
        within_total = isinstance(excusal, Rescaled) and excusal.within is Within.TOTAL
        around = self.root if section is None or within_total else section
        return NodeRef(
            number=number,
            title=node.title,
            depth=sum(1 for _ in spot.around()) - 1,
            kind=type(node).__name__.lower(),
            unshared=self.scale.limit(spot.unshared),
            excusal=excusal,
            excusal_slot=slot,
            moved_to=moved_to,
            section=around.index,
            rules=rules,
        )

    def _peers_slot(self, excusal: PeersMean, number: str) -> int:
        try:
            return self.reads.value_slot(
                excusal.measure, frozenset(MeasureKind), Said("mean", "平均")
            )
        except LoweringError as error:
            self._refuse(error, number)
            return -1
