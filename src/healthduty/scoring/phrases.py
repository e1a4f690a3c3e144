"""What the sentences of a plan have in common, in one language: names, targets, steps, words.

All that is the same for every record is put into words once for a plan; `sentences` fills in the
numbers of one record.

Source: the mission: every lost point explained with its clause.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from healthduty.exact import show, show_pair
from healthduty.rules.condition import Condition
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bonus, Deduction
from healthduty.rules.tally import StepsAbove, StepsBelow
from healthduty.scoring.lines import LineKind
from healthduty.scoring.ops import (
    BandsOp,
    CasesOp,
    FilledSlot,
    LackingOp,
    PlainStepsOp,
    Plan,
    RuleRef,
    StepsOp,
    UnevidencedSlot,
    ValueSlot,
    WeightedSlot,
)
from healthduty.wording import Language, check_language, condition_text, line_kind_text
from healthduty.wording.figures import figure

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "comma": "，",
        "colon": "：",
        "list": "、",
        "points": "分",
        "target": "，目标",
        "met": "，达到",
        "below": "，低",
        "above": "，超",
        "yes": "是",
        "no": "否",
        "holds": "成立",
        "fails": "不成立",
        "silent": "不适用，不计",
        "unknown": "缺数据，无法计分",
        "nothing": "目标为0，无法按比例计算",
        "due": "应{verb}{points}分",
        "cap": "最高{verb}{points}分",
        "left": "只余{points}分",
        "taken": "实{verb}{points}分",
        "plain": "{verb}{points}分",
        "none": "不{verb}分",
        "band": "，第{place}档",
        "no_band": "，不在各档内",
        "required": "，应有",
        "lacking": "，计缺{count}，每缺{step}{verb}{points}分",
        "cases": "，计{count}，每{step}{verb}{points}分",
        "steps": "，每{step}{verb}{points}分，计{count}档",
        "share": "，为目标的{count}倍，乘{points}分",
        "of_target": "目标的",
        "judgement": "评判",
        "evidence": "无书面佐证",
        "left_forfeit": "，余下{points}分不得",
        "no_forfeit": "，不属此情形",
        "rounded": "按规定位数取舍",
        "kind": "机构类别",
        "members": "（{}）",
        "unexhausted": "，条目未扣完",
        "held": "符合“{}”的条件{}：",
        "unheld": "不符合“{}”的条件{}",
        "because": "，{condition}{observed}，{factor}",
        "doubled": "加倍计分",
        "halved": "减半计分",
        "factor": "按{}倍计分",
        "product": "，{}＝{}分",
        "aside": "（{}）",
        "where": "，其中{which}的{count}",
        "is": "{}为{}",
        "charged": "，{}已按他项扣分",
        "free": "，免计{}",
        "weight": "{value}{count}计{weight}",
        "weights": "{value}{count}各计{weight}",
        "among": "，其中{}{}",
        "more": "等",
        "nameless": "其他",
        "sample": "（抽查应查{asked}{unit}，实有{there}{unit}，所缺不计）",
        "excused_full": "按满分计",
        "excused_zero": "不得分",
        "excused_moved": "{points}分移至{number}",
        "excused_rescaled": "{points}分不计，其余条目折算",
        "excused_mean": "按{mean}计{points}分",
        "excused_cut": "{mean}不在0至{full}分之间，计{points}分",
    },
    "en": {
        "comma": ", ",
        "colon": ": ",
        "list": ", ",
        "points": "",
        "target": ", target ",
        "met": ": met",
        "below": ": short by ",
        "above": ": over by ",
        "yes": "yes",
        "no": "no",
        "holds": "holds",
        "fails": "does not hold",
        "silent": "not applicable, no effect",
        "unknown": "no data, not scored",
        "nothing": "a share of a target of 0 can't be told",
        "due": "{points} due",
        "cap": "at most {points}",
        "left": "{points} left",
        "taken": "{points} {verb}",
        "plain": "{points} {verb}",
        "none": "nothing {verb}",
        "band": ": band {place}",
        "no_band": ": in no band",
        "required": ", required ",
        "lacking": ": {count} counted as lacking, {points} {verb} for each {step}",
        "cases": ": {count} counted, {points} {verb} for each {step}",
        "steps": ", {points} {verb} for each {step}, {count} counted",
        "share": ", {count} of the target, times {points}",
        "of_target": " of the target",
        "judgement": "judgement ",
        "evidence": "no written evidence",
        "left_forfeit": ", the {points} left are forfeited",
        "no_forfeit": ", nothing forfeited",
        "rounded": "rounded",
        "kind": "kind of facility",
        "members": " ({})",
        "unexhausted": ", the item is not used up",
        "held": "condition met: {}{}: ",
        "unheld": "condition not met: {}{}",
        "because": ", {factor} as {condition}{observed}",
        "doubled": "doubled",
        "halved": "halved",
        "factor": "times {}",
        "product": ", {} = {}",
        "aside": " ({})",
        "where": ", of these {count} with {which}",
        "is": "{} {}",
        "charged": ", {} charged under another rule",
        "free": ", {} free",
        "weight": "{count} {value} at {weight}",
        "weights": "{count} {value} at {weight} each",
        "among": ", by {}: {}",
        "more": ", …",
        "nameless": "others",
        "sample": " ({there}{unit} there of {asked}{unit} to look at: the rest don't count)",
        "excused_full": "counts as full",
        "excused_zero": "earns nothing",
        "excused_moved": "its {points} move to {number}",
        "excused_rescaled": "its {points} drop out, the rest is scaled up",
        "excused_mean": "{mean}, earns {points}",
        "excused_cut": "{mean} is not within 0 to {full}, earns {points}",
    },
}
VERBS = {
    "zh": {Effect.LOSE: "扣", Effect.EARN: "得", Effect.ADD: "加"},
    "en": {Effect.LOSE: "lost", Effect.EARN: "earned", Effect.ADD: "added"},
}


Frame = tuple[str, str]
"""What stands before and behind a number."""


class PointWords(NamedTuple):
    """How points of one effect are told: none at all, or a number in one of these frames."""

    none: str
    plain: Frame
    due: Frame
    cap: Frame
    left: Frame
    taken: Frame


class StepWords(NamedTuple):
    """What stands around the numbers of a sentence about steps, in every record.

    `met` is “，目标90%，达到”. Else `off` “，目标90%，低”, `each` “个百分点，每5个百分点扣0.5分，
    计” and `behind` “档” stand before, between and behind two numbers. A target that the record
    gives is left out.
    """

    met: str
    off: str
    each: str
    behind: str


class Phrases:
    """What a plan's sentences have in common, in one language; each is worded once."""

    def __init__(self, plan: Plan, lang: Language) -> None:
        """Put the names of all slots into words."""
        check_language(lang)
        self.plan = plan
        self.lang: Language = lang
        self.words = WORDS[lang]
        self.verbs = VERBS[lang]
        self.measures = {measure.code: measure for measure in plan.agreement.measures}
        self.labels = [self._label(place) for place in range(len(plan.slots))]
        self.heads = [self._head(place) for place in range(len(plan.slots))]
        self.units = [self._unit(place) for place in range(len(plan.slots))]
        self.levels = [self._levels(place) for place in range(len(plan.slots))]
        self.kinds = {
            kind: line_kind_text(kind.value, lang) + self.words["colon"] for kind in LineKind
        }
        self.bands = self._bands()
        self.points = {effect: self._points(verb) for effect, verb in VERBS[lang].items()}
        self.counts: dict[int, Frame] = {}
        self.steps: dict[int, StepWords] = {}
        self.conditions: dict[int, str] = {}

    def _bands(self) -> list[str]:
        """Return the words for the bands by their place; those for none come last, at −1."""
        ops = (op for op in self.plan.ops if isinstance(op, BandsOp))
        most = max((len(op.cases) for op in ops), default=0)
        words = [self.words["band"].format(place=place) for place in range(1, most + 1)]
        return [*words, self.words["no_band"]]

    def _points(self, verb: str) -> PointWords:
        comma = self.words["comma"]
        none = comma + self.words["none"].format(verb=verb)
        frames = (
            _frame(comma + self.words[word], "{points}", verb=verb)
            for word in ("plain", "due", "cap", "left", "taken")
        )
        return PointWords(none, *frames)

    def _label(self, place: int) -> str:
        slot = self.plan.slots[place]
        if isinstance(slot, (ValueSlot, FilledSlot, WeightedSlot)):
            return slot.measure.label
        if isinstance(slot, UnevidencedSlot):
            return self.words["evidence"]
        return getattr(slot, "code", self.words["kind"])

    def _head(self, place: int) -> str:
        """Return what stands before a value: “满意率” before 83%, “台账：” before yes and no."""
        measure = getattr(self.plan.slots[place], "measure", None)
        if isinstance(measure, Measure) and measure.kind is MeasureKind.FLAG:
            return self.labels[place] + self.words["colon"]
        return self.labels[place] + ("" if self.lang == "zh" else " ")

    def _unit(self, place: int) -> str:
        slot = self.plan.slots[place]
        if isinstance(slot, (ValueSlot, FilledSlot, WeightedSlot)):
            return slot.measure.suffix
        return ""

    def _levels(self, place: int) -> tuple[str, ...] | None:
        """Return the words for a slot's numbers, where it holds a level or yes and no."""
        slot = self.plan.slots[place]
        measure = slot.measure if isinstance(slot, (ValueSlot, FilledSlot, WeightedSlot)) else None
        if measure is not None and measure.kind is MeasureKind.LEVEL:
            return measure.levels
        if measure is not None and measure.kind is MeasureKind.FLAG:
            return self.words["no"], self.words["yes"]
        return None

    def gap_unit(self, slot: int) -> str:
        """Return the unit of a difference: percentage points between rates."""
        unit = self.units[slot]
        if unit != "%":
            return unit
        return "个百分点" if self.lang == "zh" else " percentage points"

    def target(self, slot: int, target_n: int, target_q: int) -> str:
        """Return a target in words: “，目标90%”."""
        return f"{self.words['target']}{show_pair(target_n, target_q)}{self.units[slot]}"

    def step_words(self, ref: RuleRef, op: PlainStepsOp | StepsOp) -> StepWords:
        """Return what is said of steps below or above; the target unless the record gives it."""
        known = self.steps.get(op.out)
        if known is None:
            known = self.steps[op.out] = self._step_words(ref, op)
        return known

    def _step_words(self, ref: RuleRef, op: PlainStepsOp | StepsOp) -> StepWords:
        if isinstance(op, PlainStepsOp):
            target_q = abs(op.weight)
            below = op.weight > 0
            target = self.target(op.slot, op.target if below else -op.target, target_q)
        else:
            below = op.sign > 0
            target = "" if op.dynamic else self.target(op.slot, op.target_n, op.target_q)
        before, behind = self.count_frame(ref, op)
        return StepWords(
            met=target + self.words["met"],
            off=target + self.words["below" if below else "above"],
            each=self.gap_unit(op.slot) + before,
            behind=behind,
        )

    def count_frame(self, ref: RuleRef, op: PlainStepsOp | StepsOp | LackingOp | CasesOp) -> Frame:
        """Return what stands around the count: “，每5个百分点扣0.5分，计” and “档”."""
        known = self.counts.get(op.out)
        if known is None:
            known = self.counts[op.out] = self._count_frame(ref, op)
        return known

    def _count_frame(self, ref: RuleRef, op: PlainStepsOp | StepsOp | LackingOp | CasesOp) -> Frame:
        rule = ref.rule
        assert isinstance(rule, (Deduction, Bonus))  # noqa: S101 - only these count
        tally = rule.tally
        modifiers = None if isinstance(op, PlainStepsOp) else op.modifiers
        divisor = 1 if modifiers is None else modifiers.per_d
        points = figure(Fraction(op.per, divisor * 10**self.plan.places))
        if isinstance(op, LackingOp):
            form, step = "lacking", show_pair(op.step_n, op.step_q) + self.units[op.slot]
        elif isinstance(op, CasesOp):
            form, step = "cases", show_pair(op.step_n, op.step_q) + self.units[op.slot]
        else:
            assert isinstance(tally, (StepsBelow, StepsAbove))  # noqa: S101 - these make steps
            if tally.step is None:
                form, step = "share", ""
            else:
                form, step = "steps", show(tally.step) + self.gap_unit(op.slot)
                if tally.relative:
                    share, of = f"{show(tally.step)}%", self.words["of_target"]
                    step = of + share if self.lang == "zh" else share + of
        return _frame(
            self.words[form], "{count}", step=step, verb=self.verbs[ref.effect], points=points
        )

    def condition(self, place: int, condition: Condition) -> str:
        """Return a condition in words."""
        known = self.conditions.get(place)
        if known is None:
            known = condition_text(condition, self.measures, self.lang)
            self.conditions[place] = known
        return known


def _frame(form: str, number: str, **words: str) -> Frame:
    """Fill in the words of a form; return what stands before and behind its `number`."""
    before, _, behind = form.partition(number)
    return before.format(**words), behind.format(**words)
