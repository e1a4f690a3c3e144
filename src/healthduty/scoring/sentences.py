"""The sentence of a line: why these points, in Chinese or English, with the scored numbers.

Value, target, shortfall, tally, product, cap, what was left: each number is the one that was
scored. A sentence is made when it is asked for.

Source: the mission: every lost point explained with its clause.
"""

from __future__ import annotations

from typing import assert_never

from healthduty.exact import show, show_pair, show_scaled
from healthduty.records.observe import State
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bonus, Deduction, Forfeit, Group, Judgement
from healthduty.rules.tally import Counting, StepsAbove, StepsBelow
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
    OnceOp,
    Plan,
    RuleRef,
    StepsOp,
    UnevidencedSlot,
    ValueSlot,
    WeightedSlot,
)
from healthduty.scoring.prepare import Prepared
from healthduty.scoring.run import band_of, lacking_required, resolve, steps_count
from healthduty.scoring.trace import count_of
from healthduty.wording import Language, condition_text, line_kind_text, rule_text

_VERBS = {
    "zh": {Effect.LOSE: "扣", Effect.EARN: "得", Effect.ADD: "加"},
    "en": {Effect.LOSE: "lose", Effect.EARN: "earn", Effect.ADD: "add"},
}
_YES = {"zh": ("否", "是"), "en": ("no", "yes")}


class Teller:
    """Tells the lines of one sheet in one language."""

    def __init__(
        self, plan: Plan, prepared: Prepared, evaluation: Evaluation, lang: Language
    ) -> None:
        """Keep the numbers that were scored."""
        self.plan = plan
        self.num, self.den = prepared.num, prepared.den
        self.prepared = prepared
        self.evaluation = evaluation
        self.holds = evaluation.computed.holds
        self.amounts = evaluation.computed.amounts
        self.lang: Language = lang
        self.chinese = lang == "zh"
        self.verbs = _VERBS[lang]
        self.measures = {measure.code: measure for measure in plan.agreement.measures}

    def sentence(self, line: Line) -> str:
        """Return one line's sentence."""
        if line.kind is not LineKind.RULE:
            return self._adjustment(line)
        ref = line.ref
        assert ref is not None  # noqa: S101 - a rule's line has its rule
        assert ref.op is not None  # noqa: S101 - and its operation
        if ref.op.out in self.evaluation.silent:
            return self._unscored(ref, "不适用，不计" if self.chinese else "not applicable: no effect")
        if ref.op.out in self.evaluation.unknown:
            return self._unscored(ref, "缺数据，无法计分" if self.chinese else "no data: not scored")
        if ref.op.out in self.evaluation.shares_of_nothing:
            text = "目标为0，无法按比例计算" if self.chinese else "a share of a target of 0"
            return self._unscored(ref, text)
        return self._observed(ref) + self._points(line, ref)

    def _unscored(self, ref: RuleRef, text: str) -> str:
        labels = dict.fromkeys(
            self._slot_label(slot) for slot in sorted(ref.slots) if slot in self.prepared.absent
        )
        return ("、" if self.chinese else ", ").join(labels) + ("：" if self.chinese else ": ") + text

    # --- what was observed -------------------------------------------------------------------

    def _observed(self, ref: RuleRef) -> str:
        op = ref.op
        match op:
            case StepsOp():
                return self._steps(op, ref)
            case LackingOp():
                return self._lacking(op)
            case CasesOp():
                return self._cases(op)
            case OnceOp():
                return self._once(op, ref)
            case BandsOp():
                return self._bands(op)
            case CurveOp():
                return self._value(op.slot)
            case JudgeOp():
                return self._judgement(op, ref)
            case GroupOp() | None:
                return ""
            case _:
                assert_never(op)

    def _steps(self, op: StepsOp, ref: RuleRef) -> str:
        unit = self._unit(op.slot)
        target_n, target_q = op.target_n, op.target_q
        if op.dynamic is not None:
            target_n, target_q = resolve(op.dynamic, self.num, self.den)
        target = show_pair(target_n, target_q)
        head = self._value(op.slot)
        if self.chinese:
            head = f"{head}，目标{target}{unit}"
        else:
            head = f"{head}, target {target}{unit}"
        bottom = self.den[op.slot]
        gap = op.sign * (target_n * bottom - self.num[op.slot] * target_q)
        if gap <= 0:
            return head + ("，达到" if self.chinese else ": met")
        off = show_pair(gap, bottom * target_q)
        points = "个百分点" if unit == "%" and self.chinese else unit
        if self.chinese:
            word = "低" if op.sign > 0 else "超"
            head = f"{head}，{word}{off}{points}"
        else:
            word = "short by" if op.sign > 0 else "over by"
            head = f"{head}: {word} {off}{unit}"
        return head + self._step_count(op, ref, unit)

    def _step_count(self, op: StepsOp, ref: RuleRef, unit: str) -> str:
        rule = ref.rule
        assert isinstance(rule, (Deduction, Bonus))  # noqa: S101 - steps come from these
        tally = rule.tally
        assert isinstance(tally, (StepsBelow, StepsAbove))  # noqa: S101 - as above
        if tally.counting is Counting.COMPLETE:
            count_n, count_d = steps_count(op, self.num, self.den)
            count = str(count_n // count_d)
        else:
            count = show(count_of(op, self.prepared))
        each = show_scaled(op.per, self.plan.places)
        verb = self.verbs[ref.effect]
        if tally.step is None:
            share = "的比例" if self.chinese else " of the target"
            return f"，未达{share}{count}×{each}分" if self.chinese else f", {count}{share} × {each}"
        step = show(tally.step) + ("%" if tally.relative else unit)
        if self.chinese:
            of_target = "目标的" if tally.relative else ""
            return f"，每{of_target}{step}{verb}{each}分，计{count}档"
        of_target = " of the target" if tally.relative else ""
        return f"; {each} for each {step}{of_target}, {count} steps"

    def _lacking(self, op: LackingOp) -> str:
        required = lacking_required(op, self.num, self.den)
        unit = self._unit(op.slot)
        count = count_of(op, self.prepared)
        each = show_scaled(op.per, self.plan.places)
        head = self._value(op.slot)
        if self.chinese:
            head = f"{head}，应有{required}{unit}"
            return f"{head}，缺{show(count)}，每缺一{each}分" if count else f"{head}，达到"
        head = f"{head}, required {required}{unit}"
        return f"{head}: {show(count)} lacking, {each} each" if count else f"{head}: met"

    def _cases(self, op: CasesOp) -> str:
        count = show(count_of(op, self.prepared))
        each = show_scaled(op.per, self.plan.places)
        head = self._value(op.slot)
        if count == "0":
            return head
        if self.chinese:
            return f"{head}，计{count}，每一{each}分"
        return f"{head}: {count} counted, {each} each"

    def _once(self, op: OnceOp, ref: RuleRef) -> str:
        rule = ref.rule
        assert isinstance(rule, (Deduction, Bonus))  # noqa: S101 - once comes from these
        held = self.holds[op.condition]
        if self.chinese:
            return self._words(ref) + ("：是" if held else "：否")
        return self._words(ref) + (": yes" if held else ": no")

    def _words(self, ref: RuleRef) -> str:
        """Return the words of a rule's condition; they are the same for every record."""
        tally = getattr(ref.rule, "tally", None)
        when = tally.condition if tally is not None else getattr(ref.rule, "when", None)
        return condition_text(when, self.measures, self.lang)

    def _bands(self, op: BandsOp) -> str:
        place = band_of(op, self.num, self.den, self.holds)
        head = self._value(op.slot)
        if place < 0:
            return head + ("，不在各档内" if self.chinese else ": in no band")
        return head + (f"，第{place + 1}档" if self.chinese else f": band {place + 1}")

    def _judgement(self, op: JudgeOp, ref: RuleRef) -> str:
        code = ref.rule.code if isinstance(ref.rule, Judgement) else ""
        given = show_pair(self.num[op.slot], self.den[op.slot])
        if self.chinese:
            return f"评判{code}：{given}分"
        return f"judgement {code}: {given}"

    # --- what it makes -----------------------------------------------------------------------

    def _points(self, line: Line, ref: RuleRef) -> str:
        assert ref.op is not None  # noqa: S101 - a rule's line has an operation
        amount = self.amounts[ref.op.out]
        places = self.plan.places
        taken = abs(line.effective_units) or line.bonus_units
        verb = self.verbs[ref.effect]
        if not amount:
            none = {"扣": "不扣分", "得": "不得分", "加": "不加分"} if self.chinese else {}
            return "，" + none[verb] if self.chinese else f": {verb} nothing"
        due = show_scaled(amount, places)
        parts = [f"应{verb}{due}分" if self.chinese else f"{due} due"]
        if amount > ref.cap:
            cap = show_scaled(ref.cap, places)
            parts.append(f"最高{verb}{cap}分" if self.chinese else f"at most {cap}")
        counted = show_scaled(taken, places)
        if taken != amount:
            if taken < min(amount, ref.cap):
                parts.append(f"只余{counted}分" if self.chinese else f"{counted} left")
            parts.append(f"实{verb}{counted}分" if self.chinese else f"{verb} {counted}")
        else:
            parts[0] = f"{verb}{due}分" if self.chinese else f"{verb} {due}"
        return "，" + "，".join(parts) if self.chinese else "; " + ", ".join(parts)

    # --- adjustments -------------------------------------------------------------------------

    def _adjustment(self, line: Line) -> str:
        name = line_kind_text(line.kind.value, self.lang)
        places = self.plan.places
        rule = None if line.ref is None else line.ref.rule
        colon = "：" if self.chinese else ": "
        if line.kind is LineKind.FORFEIT:
            return name + colon + self._forfeit(line, rule)
        if line.kind is LineKind.ROUNDING and line.exact is not None:
            exact = show(abs(line.exact), 6)
            return f"{name}{colon}{exact}" + (" 取舍到规定位数" if self.chinese else " rounded")
        points = show_scaled(line.effective_units or line.raw_units, places)
        sign = "" if points.startswith("-") else "+"
        text = f"{name}{colon}{sign}{points}" + ("分" if self.chinese else "")
        if isinstance(rule, Group) and line.kind is LineKind.GROUP_CAP:
            text += f"（{rule_text(rule, self.measures, self.lang)}）" if self.chinese else ""
        return text

    def _forfeit(self, line: Line, rule: object) -> str:
        if isinstance(rule, Forfeit):
            words = condition_text(rule.when, self.measures, self.lang)
        else:
            words = "无书面佐证" if self.chinese else "no written evidence"
        ref = line.ref
        held = ref is not None and self.holds[ref.condition]
        taken = show_scaled(-line.effective_units, self.plan.places)
        if self.chinese:
            return words + (f"：是，余下{taken}分不得" if held else "：否")
        return words + (f": yes, the {taken} left are forfeited" if held else ": no")

    # --- values ------------------------------------------------------------------------------

    def _slot_label(self, slot: int) -> str:
        kept = self.plan.slots[slot]
        if isinstance(kept, (ValueSlot, FilledSlot, WeightedSlot)):
            return kept.measure.label
        if isinstance(kept, UnevidencedSlot):
            return "佐证" if self.chinese else "evidence"
        return getattr(kept, "code", "机构类别" if self.chinese else "kind of facility")

    def _unit(self, slot: int) -> str:
        kept = self.plan.slots[slot]
        return kept.measure.suffix if isinstance(kept, (ValueSlot, FilledSlot, WeightedSlot)) else ""

    def _value(self, slot: int) -> str:
        """Return a measure's name and value."""
        kept = self.plan.slots[slot]
        assert isinstance(kept, (ValueSlot, FilledSlot, WeightedSlot))  # noqa: S101 - has a measure
        measure = kept.measure
        if self.prepared.absent.get(slot) is State.MISSING:
            return measure.label
        if measure.kind is MeasureKind.LEVEL:
            value = measure.levels[self.num[slot]]
        elif measure.kind is MeasureKind.FLAG:
            value = _YES[self.lang][self.num[slot]]
        else:
            value = show_pair(self.num[slot], self.den[slot]) + measure.suffix
        return f"{measure.label}{value}" if self.chinese else f"{measure.label} {value}"
