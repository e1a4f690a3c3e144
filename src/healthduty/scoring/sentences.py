"""The sentence of a line: why these points, in Chinese or English, with the scored numbers.

Value, target, shortfall, tally, product, cap, what was left: each number is the one that was
scored. What is the same for every record — names, targets, steps — is put into words once for a
plan; a sentence is made when it is asked for.

Source: the mission: every lost point explained with its clause.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, assert_never

from healthduty.exact import show, show_pair, show_scaled
from healthduty.records.observe import State
from healthduty.rules.condition import Condition
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bonus, Deduction, Forfeit, Group, Judgement
from healthduty.rules.tally import Once, StepsAbove, StepsBelow
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
    OnceOp,
    PlainStepsOp,
    Plan,
    RuleRef,
    SingleOp,
    StepsOp,
    UnevidencedSlot,
    ValueSlot,
    WeightedSlot,
)
from healthduty.scoring.prepare import Prepared
from healthduty.scoring.run import band_of, lacking_required
from healthduty.scoring.trace import count_of
from healthduty.wording import (
    Language,
    check_language,
    condition_text,
    line_kind_text,
    rule_text,
)

_WORDS: dict[str, dict[str, str]] = {
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
        "rounded": "按规定位数取舍",
        "kind": "机构类别",
        "members": "（{}）",
        "unexhausted": "，条目未扣完",
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
        "rounded": "rounded",
        "kind": "kind of facility",
        "members": " ({})",
        "unexhausted": ", the item is not used up",
    },
}
_VERBS = {
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
        self.words = _WORDS[lang]
        self.verbs = _VERBS[lang]
        self.measures = {measure.code: measure for measure in plan.agreement.measures}
        self.labels = [self._label(place) for place in range(len(plan.slots))]
        self.heads = [label if lang == "zh" else label + " " for label in self.labels]
        self.units = [self._unit(place) for place in range(len(plan.slots))]
        self.levels = [self._levels(place) for place in range(len(plan.slots))]
        self.kinds = {
            kind: line_kind_text(kind.value, lang) + self.words["colon"] for kind in LineKind
        }
        self.bands = self._bands()
        self.points = {effect: self._points(verb) for effect, verb in _VERBS[lang].items()}
        self.counts: dict[int, Frame] = {}
        self.steps: dict[int, StepWords] = {}
        self.conditions: dict[int, str] = {}

    def _bands(self) -> list[str]:
        """Return the words for the bands by their place; those for none come last, at −1."""
        ops = (op for op in self.plan.others if isinstance(op, BandsOp))
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
        points = show_scaled(op.per, self.plan.places)
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


class Teller:
    """Tells the lines of one sheet in one language."""

    def __init__(self, phrases: Phrases, prepared: Prepared, evaluation: Evaluation) -> None:
        """Keep the numbers that were scored."""
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
        return self._observed(ref, ref.op) + self._points(line, ref, ref.op.out)

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
                return self._value(op.slot) + (self._count(op, ref) if self.num[op.slot] else "")
            case StepsOp():
                return self._steps(op, ref)
            case BandsOp():
                place = band_of(op, self.num, self.den, self.holds)
                return self._value(op.slot) + self.phrases.bands[place]
            case OnceOp():
                return self._once(op, ref)
            case LackingOp():
                required = lacking_required(op, self.num, self.den)
                head = f"{self._value(op.slot)}{self.words['required']}{required}"
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
        words = self.phrases.condition(op.condition, rule.tally.condition)
        held = self.words["yes" if self.holds[op.condition] else "no"]
        return f"{words}{self.words['colon']}{held}"

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
        words = self.words["evidence"]
        if isinstance(ref.rule, Forfeit):
            words = self.phrases.condition(ref.condition, ref.rule.when)
        states = [self.prepared.absent[slot] for slot in ref.slots if slot in self.prepared.absent]
        if states:
            known = "silent" if State.NOT_APPLICABLE in states else "unknown"
        else:
            known = "yes" if self.holds[ref.condition] else "no"
        text = f"{words}{self.words['colon']}{self.words[known]}"
        if line.effective_units:
            points = show_scaled(-line.effective_units, self.places)
            text += self.words["left_forfeit"].format(points=points)
        return text

    # --- values ------------------------------------------------------------------------------

    def _value(self, slot: int) -> str:
        """Return a measure's name and value."""
        phrases = self.phrases
        levels, top, bottom = phrases.levels[slot], self.num[slot], self.den[slot]
        if levels is not None:
            return phrases.heads[slot] + levels[top]
        value = top if bottom == 1 else show_pair(top, bottom)
        return f"{phrases.heads[slot]}{value}{phrases.units[slot]}"
