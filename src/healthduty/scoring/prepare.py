"""From a record to a plan's integers: one pair for each slot, or why there is none.

All that is wrong with a record is found here, all at once, and named; the scorer behind it only
meets integers.

Source: “How a point is lost”, section 1; semantics 1, 2, 6 (one case charged once), 7, 10, 15.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple, assert_never

import attrs

from healthduty.errors import NumberError
from healthduty.exact import plain_text, read_number, show
from healthduty.findings import Finding, Severity
from healthduty.records.observe import (
    MISSING_WORDS,
    NOT_APPLICABLE_WORDS,
    Pair,
    State,
    observe,
)
from healthduty.records.record import (
    MISSING,
    PERIOD_LABELS,
    Judged,
    Missing,
    NotApplicable,
    Observation,
    Record,
    Sample,
    Statement,
    stated,
)
from healthduty.rules.measure import Absent, Measure
from healthduty.said import Said, chinese, reason_of
from healthduty.scoring.cases import case_list, charged_elsewhere, weighted
from healthduty.scoring.conditions import test_conditions
from healthduty.scoring.ops import (
    FilledSlot,
    JudgedSlot,
    KindSlot,
    MonthsSlot,
    Plan,
    Slot,
    SpecialSlot,
    UnevidencedSlot,
    ValueSlot,
    WeightedSlot,
)
from healthduty.sources import Place

YEAR = 12


class Prepared(NamedTuple):
    """A record's integers: `num`/`den` by slot; `absent` the slots that have none, with why."""

    num: list[int]
    den: list[int]
    absent: dict[int, State]
    findings: list[Finding]


def prepare(plan: Plan, record: Record) -> Prepared:
    """Read every value that the plan needs; faults become findings, never exceptions."""
    num: list[int] = []
    den: list[int] = []
    absent: dict[int, State] = {}
    findings: list[Finding] = []
    values = record.values
    for place, slot in enumerate(plan.slots):
        if isinstance(slot, ValueSlot):
            value = values.get(slot.measure.code, MISSING)
            if type(value) is Observation or type(value) is Statement:
                value = stated(value)[0]
            outcome: Pair | State = observe(slot.measure, value, findings)
            if slot.odd_scale and type(outcome) is tuple and 0 < outcome[0] <= outcome[1]:
                _report_scale(slot, outcome, findings)
        else:
            outcome = _special(slot, record, findings)
        if type(outcome) is tuple:
            num.append(outcome[0])
            den.append(outcome[1])
        else:
            assert isinstance(outcome, State)  # noqa: S101 - a slot has a pair or a state
            num.append(0)
            den.append(1)
            absent[place] = outcome
    # A measure may have several slots, and what is wrong with its value is said once.
    prepared = Prepared(num, den, absent, list(dict.fromkeys(findings)))
    return _charge_once(plan, record, prepared) if plan.agreement.charge_once else prepared


def _charge_once(plan: Plan, record: Record, prepared: Prepared) -> Prepared:
    """Weigh again the cases of rules that charge, without those charged under a dearer one."""
    charged = charged_cases(plan, record, prepared)
    for place, dropped in charged.items():
        if place in prepared.absent:
            continue
        slot = plan.slots[place]
        assert isinstance(slot, WeightedSlot)  # noqa: S101 - only these have cases
        outcome = weighted(slot, record, dropped, [])
        assert isinstance(outcome, tuple)  # noqa: S101 - of these cases all were weighed before
        prepared.num[place], prepared.den[place] = outcome
    return prepared


def charged_cases(plan: Plan, record: Record, prepared: Prepared) -> dict[int, frozenset[int]]:
    """Return, by slot, the cases that are charged under a dearer rule, as places in their list."""
    if not plan.agreement.charge_once:
        return {}
    return charged_elsewhere(plan, record, _held(plan, prepared), _silent(plan, prepared))


def _held(plan: Plan, prepared: Prepared) -> list[bool]:
    """Test the conditions; one that reads something absent does not hold."""
    holds = test_conditions(plan, prepared.num, prepared.den, ())
    return [
        held and not reads & prepared.absent.keys()
        for held, reads in zip(holds, plan.condition_reads, strict=True)
    ]


def _silent(plan: Plan, prepared: Prepared) -> set[int]:
    """Return the conditions that read something not applicable."""
    states = prepared.absent
    slots = {slot for slot, state in states.items() if state is State.NOT_APPLICABLE}
    return {place for place, reads in enumerate(plan.condition_reads) if reads & slots}


def _report_scale(slot: ValueSlot, pair: Pair, findings: list[Finding]) -> None:
    value = show(Fraction(*pair))
    findings.append(
        Finding(
            "rate-scale",
            Said(
                f"{slot.measure.label}: `{value}` reads as {value}{slot.measure.suffix}",
                f"{slot.measure.label}：`{value}`读作{value}{slot.measure.suffix}",
            ),
            severity=Severity.WARNING,
            place=Place(column=slot.measure.code),
            hint=Said("write 0.85 as 85, or as a pair of counts", "0.85写作85，或填分子分母"),
        )
    )


def _special(slot: SpecialSlot, record: Record, findings: list[Finding]) -> Pair | State:
    match slot:
        case FilledSlot():
            return _filled(slot.measure, record, findings)
        case WeightedSlot():
            return weighted(slot, record, (), findings)
        case KindSlot():
            return _by_kind(slot, record, findings)
        case MonthsSlot():
            return (YEAR if record.period is None else record.period.months), YEAR
        case JudgedSlot():
            return _judged(slot, record, findings)
        case UnevidencedSlot():
            codes = slot.codes
            missing = any(stated(record.values.get(code, MISSING))[1] for code in codes)
            return int(missing), 1
        case _:
            assert_never(slot)


def _filled(measure: Measure, record: Record, findings: list[Finding]) -> Pair | State:
    value, _ = stated(record.values.get(measure.code, MISSING))
    pair = observe(measure, value, findings)
    if isinstance(value, Sample) and isinstance(pair, tuple):
        lacking = max(Fraction(0), value.asked - value.available)
        filled = Fraction(*pair) + lacking
        return filled.numerator, filled.denominator
    return pair


def _by_kind(slot: KindSlot, record: Record, findings: list[Finding]) -> Pair | State:
    threshold = slot.table.of(record.kind)
    if threshold is None:
        kinds = "、".join(kind for kind, _ in slot.table.values)
        findings.append(
            Finding(
                "kind-unknown",
                Said(
                    f"kind of facility `{record.kind or ''}` has no threshold",
                    f"机构类别`{record.kind or ''}`没有对应的目标值",
                ),
                hint=Said(f"thresholds are set for {kinds}", f"有目标值的类别：{kinds}"),
            )
        )
        return State.FAULT
    return threshold.numerator, threshold.denominator


# --- judgements --------------------------------------------------------------------------------


def _judged(slot: JudgedSlot, record: Record, findings: list[Finding]) -> Pair | State:
    value, _ = stated(record.values.get(slot.code, MISSING))
    word = plain_text(value).lower() if isinstance(value, str) else None
    if value is None or isinstance(value, Missing) or word in MISSING_WORDS:
        return State.MISSING if slot.required else (0, 1)
    if isinstance(value, NotApplicable) or word in NOT_APPLICABLE_WORDS:
        return State.NOT_APPLICABLE
    given = value if isinstance(value, (tuple, list)) else (value,)
    points: list[Fraction] = []
    for item in given:
        try:
            number = item.points if isinstance(item, Judged) else read_number(item, "points")[0]
        except NumberError as error:
            return _refuse(slot, "value-unreadable", reason_of(error), findings)
        least, most = Fraction(*slot.least), Fraction(*slot.most)
        if number != 0 and not least <= number <= most:
            return _refuse(
                slot,
                "judgement-outside",
                Said(
                    f"`{show(number)}` lies outside {show(least)} to {show(most)}",
                    f"`{show(number)}`不在{show(least)}至{show(most)}分之内",
                ),
                findings,
            )
        points.append(number)
    if not points:
        return State.MISSING if slot.required else (0, 1)
    mean = sum(points, Fraction(0)) / len(points)
    return mean.numerator, mean.denominator


def _refuse(slot: JudgedSlot, code: str, message: str, findings: list[Finding]) -> State:
    findings.append(
        Finding(
            code,
            Said(f"judgement {slot.code}: {message}", f"评判{slot.code}：{chinese(message)}"),
            place=Place(column=slot.code),
        )
    )
    return State.FAULT


# --- what the sheet says about a record --------------------------------------------------------


def remarks(
    plan: Plan, record: Record, prepared: Prepared, unneeded: Collection[int] = ()
) -> list[Finding]:
    """Return what a sheet must say about the record beyond faults: what is missing or assumed.

    Missing values that scoring needs are errors, all but the slots that turned out `unneeded`;
    blanks read as none found are assumptions; values that no rule reads are warnings.
    """
    return [
        *_period(record),
        *_missing(plan, prepared, unneeded),
        *_assumed(plan, record),
        *_charged_once(plan, record, prepared),
        *_unknown(plan, record),
    ]


def _slot_label(slot: Slot) -> tuple[str, str]:
    """Return the code and the name of what a slot needs of the record."""
    if isinstance(slot, (ValueSlot, FilledSlot, WeightedSlot)):
        return slot.measure.code, slot.measure.label
    code: str = getattr(slot, "code", "")
    return code, Said(f"judgement {code}", f"评判{code}")


def _period(record: Record) -> list[Finding]:
    """Say of a period whose label means nothing that it counts as a whole year."""
    if record.period is None or record.period.understood:
        return []
    return [
        Finding(
            "period-unknown",
            Said(
                f"period `{record.period.label}` is not understood: it counts as {YEAR} months",
                f"期间`{record.period.label}`看不懂，按{YEAR}个月计",
            ),
            severity=Severity.WARNING,
            hint=Said(
                f"understood are {PERIOD_LABELS}; or say when it starts",
                f"可写{PERIOD_LABELS}；或写明起始日",
            ),
        )
    ]


def _missing(plan: Plan, prepared: Prepared, unneeded: Collection[int]) -> list[Finding]:
    labels = dict.fromkeys(
        _slot_label(plan.slots[place])
        for place, state in prepared.absent.items()
        if state is State.MISSING and place not in unneeded
    )
    return [
        Finding(
            "value-missing",
            Said(f"{label}: no value", f"{chinese(label)}：没有数据"),
            place=Place(column=code),
            hint=Said(
                "the sheet's bounds say between what the total lies", "总分的范围见评分表的上下限"
            ),
        )
        for code, label in labels
    ]


def _assumed(plan: Plan, record: Record) -> list[Finding]:
    needed = dict.fromkeys(
        slot.measure
        for slot in plan.slots
        if isinstance(slot, (ValueSlot, FilledSlot, WeightedSlot))
    )
    words = {Absent.NONE_FOUND: Said("none found", "未发现"), Absent.ZERO: Said("zero", "零")}
    return [
        Finding(
            "blank-assumed",
            Said(
                f"{measure.label}: blank, taken as {words[measure.absent]}",
                f"{measure.label}：未填，按{words[measure.absent].zh}计",
            ),
            severity=Severity.ASSUMPTION,
            place=Place(column=measure.code),
        )
        for measure in needed
        if measure.absent is not Absent.ERROR and _is_blank(measure, record)
    ]


def _is_blank(measure: Measure, record: Record) -> bool:
    value, _ = stated(record.values.get(measure.code, MISSING))
    if isinstance(value, str):
        # A blank reads as missing under a measure that has no way round it.
        return observe(attrs.evolve(measure, absent=Absent.ERROR), value, []) is State.MISSING
    return value is None or isinstance(value, Missing)


def _charged_once(plan: Plan, record: Record, prepared: Prepared) -> list[Finding]:
    found = []
    for place, dropped in charged_cases(plan, record, prepared).items():
        slot = plan.slots[place]
        assert isinstance(slot, WeightedSlot)  # noqa: S101 - only these have cases
        cases = case_list(record, slot.measure.code) or ()
        names = "、".join(cases[index].id for index in sorted(dropped))
        message = Said(
            f"{slot.measure.label}: `{names}` charged under a dearer rule",
            f"{slot.measure.label}：`{names}`已按扣分更重的规则扣过",
        )
        column = Place(column=slot.measure.code)
        found.append(Finding("case-charged-once", message, severity=Severity.NOTE, place=column))
    return found


def _unknown(plan: Plan, record: Record) -> list[Finding]:
    known = {measure.code for measure in plan.agreement.measures}
    known |= {slot.code for slot in plan.slots if isinstance(slot, JudgedSlot)}
    return [
        Finding(
            "value-unknown",
            Said(f"`{code}` is no measure of the agreement", f"责任书里没有指标`{code}`"),
            severity=Severity.WARNING,
            place=Place(column=code),
        )
        for code in record.values
        if code not in known
    ]
