"""The score sheet (评分表): one facility's result, every lost point explained.

Numbers are there at once; lines, sentences, findings, digests and bounds are made when asked
for, from the very integers that were scored.

Source: vocabulary “Score sheet”; semantics 5, 6, 8, 11, 13.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from healthduty.convert.digest import digest
from healthduty.exact import scaled_decimal, show
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import PeersMean
from healthduty.model.indicator import Part
from healthduty.records.observe import State
from healthduty.records.record import Record, origins_of
from healthduty.said import Said
from healthduty.scoring.completions import Bounds, bounds_of
from healthduty.scoring.evaluate import Evaluation, unneeded
from healthduty.scoring.face import ItemResult
from healthduty.scoring.facts import Facts
from healthduty.scoring.lines import Line, LineKind, LineMaker
from healthduty.scoring.outcome import Honour, Money, Outcome, VetoResult, outcome
from healthduty.scoring.plan import Planned
from healthduty.scoring.prepare import Prepared, remarks
from healthduty.scoring.printing import Printed
from healthduty.scoring.sentences import Teller
from healthduty.sources import Place
from healthduty.wording import Language


class ScoreSheet(Printed):
    """The result for one facility.

    `earned` is the arithmetic, `total` what is left of it after vetoes; both are None where
    they can't be told, and `findings` says why. Points are exact `Decimal`s.
    """

    def __init__(
        self,
        planned: Planned,
        record: Record,
        prepared: Prepared,
        evaluation: Evaluation,
    ) -> None:
        """Keep what was computed; `score` makes sheets."""
        self._planned = planned
        self._plan = planned.plan
        self._prepared = prepared
        self._evaluation = evaluation
        self.record = record

    # --- numbers -----------------------------------------------------------------------------

    @property
    def agreement(self) -> Agreement:
        """The agreement that was scored by."""
        return self._plan.agreement

    def _points(self, units: int) -> Decimal:
        return scaled_decimal(units, self._plan.places)

    @property
    def _earned_units(self) -> int | None:
        tells = self._plan.totals and self._evaluation.complete
        return self._evaluation.settled.earned if tells else None

    @property
    def full(self) -> Decimal | None:
        """All points of the agreement, or None where it has no total."""
        return self._points(self._plan.nodes[-1].full) if self._plan.totals else None

    @property
    def earned(self) -> Decimal | None:
        """The points earned, before vetoes."""
        units = self._earned_units
        return None if units is None else self._points(units)

    @property
    def bonus(self) -> Decimal:
        """Points beyond the items' points that count in the total."""
        return self._points(self._evaluation.settled.bonus)

    @property
    def apart(self) -> Decimal:
        """Bonus points that are reported beside the total."""
        return self._points(self._evaluation.settled.apart)

    @property
    def deducted(self) -> Decimal:
        """The sum of what was lost; it stands in for a total where no points are printed."""
        lost = sum(min(0, line.effective_units) for line in self.lines if line.ref is not None)
        return self._points(-lost)

    @functools.cached_property
    def _outcome(self) -> Outcome:
        settled = self._evaluation.settled
        return outcome(
            self._plan,
            self.record,
            Facts(self._prepared.absent, self._evaluation.computed.holds),
            settled.inside,
            settled.beyond,
            self._earned_units,
        )

    @property
    def total(self) -> Decimal | None:
        """The total after vetoes; grade and money follow it."""
        return self._outcome.total

    @property
    def grade(self) -> str | None:
        """The grade after vetoes."""
        return self._outcome.grade

    @property
    def vetoes(self) -> tuple[VetoResult, ...]:
        """Every veto of the agreement, and whether it applies."""
        return self._outcome.vetoes

    @property
    def honours(self) -> tuple[Honour, ...]:
        """The honours that the grade brings, and what bars them."""
        return self._outcome.honours

    @property
    def money(self) -> tuple[Money, ...]:
        """The money of every pool."""
        return self._outcome.money

    # --- lines -------------------------------------------------------------------------------

    @functools.cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in written order, children before their section's own."""
        return LineMaker(self._plan, self._prepared, self._evaluation).lines()

    @functools.cached_property
    def items(self) -> tuple[ItemResult, ...]:
        """Every section, indicator and part with what it earned, in written order."""
        settled, plan = self._evaluation.settled, self._plan
        unsure = self._evaluation.unsure
        order: list[int] = []
        children: dict[int, list[int]] = {}
        for node in plan.nodes:
            children.setdefault(node.parent, []).append(node.node)
        stack = list(reversed(children.get(len(plan.nodes) - 1, [])))
        while stack:
            index = stack.pop()
            order.append(index)
            stack.extend(reversed(children.get(index, [])))
        return tuple(
            ItemResult(
                number=plan.refs[index].number,
                title=plan.refs[index].title,
                depth=plan.refs[index].depth,
                kind=plan.refs[index].kind,
                full=self._points(plan.nodes[index].full),
                earned=None if index in unsure else self._points(settled.inside[index]),
                bonus=self._points(settled.beyond[index]),
            )
            for index in order
        )

    def _teller(self, lang: Language) -> Teller:
        words = self._planned.phrases(lang)
        return Teller(words, self.record, self._prepared, self._evaluation)

    def sentences(self, lang: Language = "zh") -> tuple[str, ...]:
        """Return the sentence of every line, in the order of `lines`."""
        teller = self._teller(lang)
        return tuple(map(teller.sentence, self.lines))

    def sentence(self, line: Line, lang: Language = "zh") -> str:
        """Return one line's sentence."""
        teller = self._teller(lang)
        return teller.sentence(line)

    @functools.cached_property
    def bounds(self) -> Bounds:
        """Between what total and grade lie, whatever the missing values are."""
        return bounds_of(self._plan, self.record, self._prepared)

    # --- findings ----------------------------------------------------------------------------

    @functools.cached_property
    def findings(self) -> Findings:
        """All that a reader of the sheet must know: faults, what is missing, what was assumed."""
        return Findings(
            (
                *self._planned.findings,
                *self._prepared.findings,
                *remarks(
                    self._plan,
                    self.record,
                    self._prepared,
                    unneeded(self._plan, self._evaluation),
                ),
                *self._shares_of_nothing(),
                *self._peers_means(),
                *self._assumptions(),
                *self._outcome.findings,
            )
        )

    def _shares_of_nothing(self) -> list[Finding]:
        return [
            Finding(
                "share-of-nothing",
                Said("a share of a target of 0 can't be told", "目标值为0，无法按其百分比计"),
                place=Place(item=line.number),
            )
            for line in self.lines
            if line.kind is LineKind.RULE
            and line.ref is not None
            and line.ref.op is not None
            and line.ref.op.out in self._evaluation.shares_of_nothing
        ]

    def _peers_means(self) -> list[Finding]:
        """Return what is wrong with the peers' mean of an item that does not apply."""
        found = []
        for index in self._evaluation.excused.earns:
            ref, slot = self._plan.refs[index], self._plan.refs[index].excusal_slot
            if not isinstance(ref.excusal, PeersMean):
                continue
            place, label = (
                Place(item=ref.number),
                Said(f"peers' mean `{ref.excusal.measure}`", f"同类平均`{ref.excusal.measure}`"),
            )
            mean = Fraction(self._prepared.num[slot], self._prepared.den[slot])
            full = Fraction(self._points(self._plan.nodes[index].full))
            if self._prepared.absent.get(slot) is State.NOT_APPLICABLE:
                message = Said(
                    f"{label}: not applicable, and the item earns nothing else",
                    f"{label.zh}：不适用，本项没有其他得分",
                )
                found.append(Finding("value-missing", message, place=place))
            elif not 0 <= mean <= full:
                message = Said(
                    f"{label} is {show(mean)}, outside 0 to {show(full)}: cut to that",
                    f"{label.zh}为{show(mean)}，不在0至{show(full)}分之内，按此范围截取",
                )
                severity = Severity.WARNING
                found.append(Finding("peers-mean-outside", message, severity=severity, place=place))
        return found

    def _assumptions(self) -> list[Finding]:
        """Return every assumption that the total rests on: of agreement, items and rules."""
        agreement = self.agreement
        found = [("", agreement.assumption, agreement.citation)]
        found += [
            (node.number, node.assumption, node.citation)
            for node in agreement.nodes()
            if isinstance(node, Part)
        ]
        found += [(line.number, line.assumption, line.citation) for line in self.lines]
        # A group's assumption stands on each of its members' lines, and is one finding.
        return list(
            dict.fromkeys(
                Finding(
                    "assumption",
                    assumption.text,
                    severity=Severity.ASSUMPTION,
                    place=Place(item=number),
                    citation=citation,
                )
                for number, assumption, citation in found
                if assumption is not None
            )
        )

    @functools.cached_property
    def digests(self) -> Mapping[str, str]:
        """The digests of all that entered: agreement, record, and what values were made from."""
        found = {"agreement": digest(self.agreement), "record": digest(self.record)}
        counts = Counter(found.keys())
        for origin in origins_of(self.record):
            counts[origin.name] += 1
            count = counts[origin.name]
            found[origin.name if count == 1 else f"{origin.name} {count}"] = origin.digest
        return MappingProxyType(found)
