"""The sentence of a line: why these points, in Chinese or English, with the scored numbers.

Value, target, shortfall, tally, product, cap, what was left: each number is the one that was
scored, and what was observed is told as it was. A sentence is made when it is asked for.

Source: the mission: every lost point explained with its clause.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from healthduty.exact import show, show_pair, show_scaled
from healthduty.model.excusal import FullPoints, MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.records.observe import State, observe
from healthduty.records.record import MISSING, Record, Sample, stated
from healthduty.rules.condition import AllOf, AnyOf, Compare, Condition, Flag, Level, Not
from healthduty.rules.rule import Bands, Bonus, Curve, Deduction, Forfeit, Group, Judgement
from healthduty.rules.tally import Once
from healthduty.scoring.cases import case_list
from healthduty.scoring.conditions import resolve
from healthduty.scoring.evaluate import Evaluation
from healthduty.scoring.lines import Line, LineKind
from healthduty.scoring.ops import (
    BandsOp,
    CasesOp,
    CurveOp,
    FilledSlot,
    GroupOp,
    JudgeOp,
    LackingOp,
    Modifiers,
    NodeRef,
    OnceOp,
    PlainStepsOp,
    RuleRef,
    SingleOp,
    StepsOp,
    ValueSlot,
    WeightedSlot,
)
from healthduty.scoring.phrases import Frame, Phrases
from healthduty.scoring.prepare import Prepared, charged_cases
from healthduty.scoring.run import band_of, lacking_required
from healthduty.scoring.trace import Weighed, count_of, plain_points, weighed_cases
from healthduty.wording import rule_text
from healthduty.wording.figures import figure

_MOST_WEIGHTS = 4
"""So many kinds of cases are told one by one; a sentence stays one line."""


def _of_facts(condition: Condition) -> bool:
    """Tell whether a condition asks of nothing but facts: what is yes or no, or at a level."""
    match condition:
        case Flag() | Level() | Not(condition=Level()):
            return True
        case AllOf() | AnyOf():
            return all(map(_of_facts, condition.conditions))
        case Compare() | Not():
            return False
        case _:
            assert_never(condition)


class Teller:
    """Tells the lines of one sheet in one language."""

    def __init__(
        self, phrases: Phrases, record: Record, prepared: Prepared, evaluation: Evaluation
    ) -> None:
        """Keep what was observed, and the numbers that were scored."""
        self.record = record
        self.phrases = phrases
        self.words = phrases.words
        self.places = phrases.plan.places
        self.prepared = prepared
        self.num, self.den = prepared.num, prepared.den
        self.evaluation = evaluation
        self.holds = evaluation.computed.holds
        self.amounts = evaluation.computed.amounts
        self.unscored = {
            out: word
            for word, outs in (
                ("silent", evaluation.silent),
                ("unknown", evaluation.unknown),
                ("nothing", evaluation.shares_of_nothing),
            )
            for out in outs
        }

    def sentence(self, line: Line) -> str:
        """Return one line's sentence."""
        ref = line.ref
        if line.kind is not LineKind.RULE or ref is None or ref.op is None:
            return self._adjustment(line)
        assert not isinstance(ref.op, GroupOp)  # noqa: S101 - a group's members have the lines
        if ref.op.out in self.unscored:
            return self._unscored(ref, self.unscored[ref.op.out])
        modifiers = None if isinstance(ref.op, PlainStepsOp) else ref.op.modifiers
        if modifiers is None or (modifiers.when < 0 and not modifiers.times):
            return self._observed(ref, ref.op) + self._points(line, ref, ref.op.out)
        return self._modified(line, ref, ref.op, modifiers)

    def _unscored(self, ref: RuleRef, word: str) -> str:
        absent = self.prepared.absent
        labels = dict.fromkeys(
            self.phrases.labels[slot]
            for slot in sorted(ref.slots)
            if word == "nothing"
            or (slot in absent and (absent[slot] is State.NOT_APPLICABLE) == (word == "silent"))
        )
        return self.words["list"].join(labels) + self.words["colon"] + self.words[word]

    # --- what was observed -------------------------------------------------------------------

    def _observed(self, ref: RuleRef, op: SingleOp) -> str:
        match op:
            case PlainStepsOp():
                return self._plain_steps(op, ref)
            case CasesOp():
                return self._cases(op, ref)
            case StepsOp():
                return self._steps(op, ref)
            case BandsOp():
                place = band_of(op, self.num, self.den, self.holds)
                return self._value(op.slot) + self.phrases.bands[place]
            case OnceOp():
                return self._once(op, ref)
            case LackingOp():
                required = lacking_required(op, self.num, self.den)
                observed = self._sampled(op.slot) or self._value(op.slot)
                head = f"{observed}{self.words['required']}{required}"
                count = self._count(op, ref) or self.words["met"]
                return f"{head}{self.phrases.units[op.slot]}{count}"
            case CurveOp():
                return self._value(op.slot)
            case JudgeOp():
                code = ref.rule.code if isinstance(ref.rule, Judgement) else ""
                given = show_pair(self.num[op.slot], self.den[op.slot])
                head = self.words["judgement"] + code + (self.words["colon"] if code else "")
                return head + given + self.words["points"]
            case _:
                assert_never(op)

    def _plain_steps(self, op: PlainStepsOp, ref: RuleRef) -> str:
        out, slot, target, weight, step_n, step_q, _ = op
        words = self.phrases.steps.get(out) or self.phrases.step_words(ref, op)
        bottom = self.den[slot]
        gap = target * bottom - weight * self.num[slot]
        if gap <= 0:
            return self._value(slot) + words.met
        off = show_pair(gap, bottom * abs(weight))
        count = gap * step_q // (bottom * step_n)
        return f"{self._value(slot)}{words.off}{off}{words.each}{count}{words.behind}"

    def _steps(self, op: StepsOp, ref: RuleRef) -> str:
        slot, bottom = op.slot, self.den[op.slot]
        words = self.phrases.step_words(ref, op)
        target_n, target_q, head = op.target_n, op.target_q, self._value(slot)
        if op.dynamic is not None:
            target_n, target_q = resolve(op.dynamic, self.num, self.den)
            head += self.phrases.target(slot, target_n, target_q)
        gap = op.sign * (target_n * bottom - self.num[slot] * target_q)
        if gap <= 0:
            return head + words.met
        off = show_pair(gap, bottom * target_q)
        count = show_pair(*count_of(op, self.prepared))
        return f"{head}{words.off}{off}{words.each}{count}{words.behind}"

    def _count(self, op: LackingOp | CasesOp, ref: RuleRef) -> str:
        """Return what is counted, and what each costs; nothing where nothing is."""
        count, bottom = count_of(op, self.prepared)
        if not count:
            return ""
        before, behind = self.phrases.count_frame(ref, op)
        return f"{before}{show_pair(count, bottom)}{behind}"

    def _once(self, op: OnceOp, ref: RuleRef) -> str:
        rule = ref.rule
        assert isinstance(rule, (Deduction, Bonus))  # noqa: S101 - once comes from these
        assert isinstance(rule.tally, Once)  # noqa: S101 - as above
        return self._settled(op.condition, rule.tally.condition)

    def _sampled(self, slot: int) -> str:
        """Return what was found in a sample of which fewer were there than asked for."""
        filled = self.phrases.plan.slots[slot]
        assert isinstance(filled, FilledSlot)  # noqa: S101 - only these count what is lacking
        value, _ = stated(self.record.values.get(filled.measure.code, MISSING))
        if not isinstance(value, Sample) or value.available >= value.asked:
            return ""
        unit = self.phrases.units[slot]
        note = self.words["sample"].format(
            asked=show(value.asked), there=show(value.available), unit=unit
        )
        return f"{self.phrases.heads[slot]}{show(value.value)}{unit}{note}"

    # --- what it depends on ------------------------------------------------------------------

    def _modified(self, line: Line, ref: RuleRef, op: SingleOp, modifiers: Modifiers) -> str:
        """Tell a rule that counts only where a condition holds, or more often where one does."""
        rule, head = ref.rule, ""
        if modifiers.when >= 0:
            assert isinstance(rule, (Deduction, Bonus, Bands, Curve, Judgement))  # noqa: S101 - single
            assert rule.when is not None  # noqa: S101 - its condition has a place
            held = self.holds[modifiers.when]
            words = self.phrases.condition(modifiers.when, rule.when)
            observed = self._read_by(modifiers.when, rule.when)
            head = self.words["held" if held else "unheld"].format(words, observed)
            if not held:
                return head + self.phrases.points[ref.effect].none
        factors = ""
        if isinstance(op, (StepsOp, LackingOp, CasesOp, OnceOp)):
            factors = self._factors(ref, op, modifiers)
        return head + self._observed(ref, op) + factors + self._points(line, ref, op.out)

    def _factors(
        self, ref: RuleRef, op: StepsOp | LackingOp | CasesOp | OnceOp, modifiers: Modifiers
    ) -> str:
        """Return the factors whose conditions hold, and the product that they make."""
        rule = ref.rule
        assert isinstance(rule, (Deduction, Bonus))  # noqa: S101 - only these have factors
        top, bottom = plain_points(op, self.prepared)
        if not top or (isinstance(op, OnceOp) and not self.holds[op.condition]):
            return ""
        product = Fraction(top, bottom * 10**self.places)
        terms, text = [show(product)], ""
        for times, (place, _, _) in zip(rule.times, modifiers.times, strict=True):
            if self.holds[place]:
                text += self.words["because"].format(
                    condition=self.phrases.condition(place, times.when),
                    observed=self._read_by(place, times.when),
                    factor=self._factor(times.factor),
                )
                terms.append(figure(times.factor))
                product *= times.factor
        if not text:
            return ""
        return text + self.words["product"].format("×".join(terms), show(product))

    def _factor(self, factor: Fraction) -> str:
        usual = {Fraction(2): "doubled", Fraction(1, 2): "halved"}
        if factor in usual:
            return self.words[usual[factor]]
        return self.words["factor"].format(figure(factor))

    def _settled(self, place: int, condition: Condition) -> str:
        """Tell what a condition was held against, and whether it holds.

        Facts say it themselves: “台账：否”, not “「台账」为否：是”.
        """
        if _of_facts(condition):
            return self.words["list"].join(map(self._value, self._read_slots(place)))
        held = self.holds[place]
        known = "yes" if held else "no"
        if not isinstance(condition, Compare):
            known = "holds" if held else "fails"  # yes to “is no or is no” would say nothing
        words = self.phrases.condition(place, condition) + self._read_by(place, condition)
        return f"{words}{self.words['colon']}{self.words[known]}"

    def _read_slots(self, place: int) -> list[int]:
        return sorted(self.phrases.plan.condition_reads[place])

    def _read_by(self, place: int, condition: Condition) -> str:
        """Return the values that a condition was held against, in brackets.

        A condition that is a single fact has said it.
        """
        slots, levels = self.phrases.plan.slots, self.phrases.levels
        fact = isinstance(condition, (Flag, Level))
        told = [
            self._value(slot)
            for slot in self._read_slots(place)
            if isinstance(slots[slot], ValueSlot) and not (fact and levels[slot])
        ]
        return self.words["aside"].format(self.words["list"].join(told)) if told else ""

    # --- cases -------------------------------------------------------------------------------

    @functools.cached_property
    def _charged(self) -> Mapping[int, frozenset[int]]:
        """The cases that are charged under a dearer rule, by slot."""
        return charged_cases(self.phrases.plan, self.record, self.prepared)

    def _cases(self, op: CasesOp, ref: RuleRef) -> str:
        count = self._count(op, ref) if self.num[op.slot] else ""
        slot = self.phrases.plan.slots[op.slot]
        if not isinstance(slot, WeightedSlot):
            return self._value(op.slot) + count
        head, unit = self.phrases.heads[op.slot], self.phrases.units[op.slot]
        cases = case_list(self.record, slot.measure.code)
        if cases is None:  # only their number is known
            value, _ = stated(self.record.values.get(slot.measure.code, MISSING))
            pair = observe(slot.measure, value, [])
            assert isinstance(pair, tuple)  # noqa: S101 - it has been read before
            return f"{head}{show_pair(*pair)}{unit}{count}"
        weighed = weighed_cases(slot, cases, self._charged.get(op.slot, frozenset()))
        return f"{head}{weighed.found}{unit}{self._weighed(slot, weighed, unit)}{count}"

    def _weighed(self, slot: WeightedSlot, weighed: Weighed, unit: str) -> str:
        """Tell which cases count, and what each weighs."""
        words, tally = self.words, slot.tally
        text = ""
        if tally.where:
            which = words["list"].join(words["is"].format(*pair) for pair in tally.where)
            text += words["where"].format(which=which, count=f"{weighed.matching}{unit}")
        if weighed.charged:
            text += words["charged"].format(f"{weighed.charged}{unit}")
        if weighed.free:
            text += words["free"].format(f"{weighed.free}{unit}")
        if tally.by is None or not weighed.weights:
            return text
        told = [
            words["weight" if count == 1 else "weights"].format(
                value=value or words["nameless"], count=f"{count}{unit}", weight=show(weight)
            )
            for value, count, weight in weighed.weights[:_MOST_WEIGHTS]
        ]
        more = words["more"] if len(weighed.weights) > _MOST_WEIGHTS else ""
        return text + words["among"].format(tally.by.attribute, words["list"].join(told) + more)

    # --- what it makes -----------------------------------------------------------------------

    def _points(self, line: Line, ref: RuleRef, out: int) -> str:
        amount = self.amounts[out]
        words = self.phrases.points[ref.effect]
        if not amount:
            return words.none
        taken = abs(line.effective_units) or line.bonus_units
        if taken == amount:
            return self._framed(words.plain, amount)
        if ref.gate >= 0 and not self.evaluation.settled.exhausted[ref.gate]:
            return self.words["unexhausted"] + words.none
        text = self._framed(words.due, amount)
        if amount > ref.cap:
            text += self._framed(words.cap, ref.cap)
        # Nothing taken of one of a group: it was not picked, which a line of its own says.
        if taken < min(amount, ref.cap) and (taken or ref.group is None):
            text += self._framed(words.left, taken)
        return text + self._framed(words.taken, taken)

    def _framed(self, frame: Frame, points: int) -> str:
        before, behind = frame
        return f"{before}{show_scaled(points, self.places)}{behind}"

    # --- adjustments -------------------------------------------------------------------------

    def _adjustment(self, line: Line) -> str:
        name = self.phrases.kinds[line.kind]
        rule = None if line.ref is None else line.ref.rule
        if line.kind is LineKind.FORFEIT and line.ref is not None:
            return name + self._forfeit(line, line.ref)
        if line.kind is LineKind.EXCUSED:
            return name + self._excused(line.node, line.full_units)
        if line.exact_units is not None:
            top, bottom = line.exact_units
            exact = show(Fraction(abs(top), bottom * 10**self.places), 6)
            return f"{name}{exact} {self.words['rounded']}"
        points = show_scaled(line.effective_units or line.raw_units, self.places)
        sign = "" if points.startswith("-") else "+"
        text = f"{name}{sign}{points}{self.words['points']}"
        if isinstance(rule, Group) and line.kind is LineKind.GROUP_CAP:
            text += self.words["members"].format(
                rule_text(rule, self.phrases.measures, self.phrases.lang)
            )
        return text

    def _forfeit(self, line: Line, ref: RuleRef) -> str:
        states = {self.prepared.absent[slot] for slot in ref.slots if slot in self.prepared.absent}
        condition = ref.rule.when if isinstance(ref.rule, Forfeit) else None
        if states:
            known = "silent" if State.NOT_APPLICABLE in states else "unknown"
            asked = self.words["evidence"] if condition is None else self._asked(ref, condition)
            text = f"{asked}{self.words['colon']}{self.words[known]}"
        elif condition is not None:
            text = self._settled(ref.condition, condition)
            if _of_facts(condition) and not self.holds[ref.condition]:
                text += self.words["no_forfeit"]
        else:
            known = "yes" if self.holds[ref.condition] else "no"
            text = f"{self.words['evidence']}{self.words['colon']}{self.words[known]}"
        if line.effective_units:
            points = show_scaled(-line.effective_units, self.places)
            text += self.words["left_forfeit"].format(points=points)
        return text

    def _asked(self, ref: RuleRef, condition: Condition) -> str:
        """Return what a forfeit waits for, where it can't be told whether it came."""
        if _of_facts(condition):
            labels = (self.phrases.labels[slot] for slot in self._read_slots(ref.condition))
            return self.words["list"].join(labels)
        return self.phrases.condition(ref.condition, condition)

    def _excused(self, node: NodeRef, full: int) -> str:
        """Tell what became of the points of an item that does not apply."""
        words, points, excusal = self.words, show_scaled(full, self.places), node.excusal
        assert excusal is not None  # noqa: S101 - only what has a way can be excused
        match excusal:
            case FullPoints():
                return words["excused_full"]
            case ZeroPoints():
                return words["excused_zero"]
            case MovedTo(number):
                return words["excused_moved"].format(points=points, number=number)
            case Rescaled():
                return words["excused_rescaled"].format(points=points)
            case PeersMean():
                return self._peers_mean(node, full)
            case _:
                assert_never(excusal)

    def _peers_mean(self, node: NodeRef, full: int) -> str:
        slot = node.excusal_slot
        if slot in self.prepared.absent:
            silent = self.prepared.absent[slot] is State.NOT_APPLICABLE
            word = self.words["silent" if silent else "unknown"]
            return self.phrases.labels[slot] + self.words["colon"] + word
        mean = Fraction(self.num[slot], self.den[slot]) * 10**self.places
        index = next(i for i, ref in enumerate(self.phrases.plan.refs) if ref is node)
        earned = self.evaluation.excused.earns[index]
        word = "excused_mean" if 0 <= mean <= full else "excused_cut"
        return self.words[word].format(
            mean=self._value(slot),
            full=show_scaled(full, self.places),
            points=show_scaled(earned, self.places),
        )

    # --- values ------------------------------------------------------------------------------

    def _value(self, slot: int) -> str:
        """Return a measure's name and value."""
        phrases = self.phrases
        levels, top, bottom = phrases.levels[slot], self.num[slot], self.den[slot]
        if levels is not None:
            return phrases.heads[slot] + levels[top]
        value = top if bottom == 1 else show_pair(top, bottom)
        return f"{phrases.heads[slot]}{value}{phrases.units[slot]}"
