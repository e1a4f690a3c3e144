"""From a record to a plan's integers: one pair for each slot, or why there is none.

All that is wrong with a record is found here, all at once, and named; the scorer behind it only
meets integers.

Source: “How a point is lost”, section 1; semantics 1, 2, 6 (one case charged once), 7, 10, 15.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    Case,
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
from healthduty.scoring.ops import (
    FilledSlot,
    JudgedSlot,
    KindSlot,
    MonthsSlot,
    Plan,
    Slot,
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
    charged = _charged_elsewhere(plan, record) if plan.agreement.charge_once else {}
    values = record.values
    for place, slot in enumerate(plan.slots):
        if type(slot) is ValueSlot:
            value = values.get(slot.measure.code, MISSING)
            if type(value) is Observation or type(value) is Statement:
                value = stated(value)[0]
            outcome: Pair | State = observe(slot.measure, value, findings)
            if slot.odd_scale and type(outcome) is tuple and 0 < outcome[0] <= outcome[1]:
                _report_scale(slot, outcome, findings)
        else:
            outcome = _special(slot, record, charged.get(place, frozenset()), findings)
        if type(outcome) is tuple:
            num.append(outcome[0])
            den.append(outcome[1])
        else:
            assert isinstance(outcome, State)  # noqa: S101 - a slot has a pair or a state
            num.append(0)
            den.append(1)
            absent[place] = outcome
    return Prepared(num, den, absent, findings)


def _report_scale(slot: ValueSlot, pair: Pair, findings: list[Finding]) -> None:
    value = show(Fraction(*pair))
    findings.append(
        Finding(
            "rate-scale",
            f"{slot.measure.label}: `{value}` reads as {value}{slot.measure.suffix}",
            severity=Severity.WARNING,
            place=Place(column=slot.measure.code),
            hint="write 0.85 as 85, or as a pair of counts",
        )
    )


def _special(
    slot: Slot, record: Record, charged: frozenset[int], findings: list[Finding]
) -> Pair | State:
    match slot:
        case ValueSlot():
            value, _ = stated(record.values.get(slot.measure.code, MISSING))
            return observe(slot.measure, value, findings)
        case FilledSlot():
            return _filled(slot.measure, record, findings)
        case WeightedSlot():
            return _weighted(slot, record, charged, findings)
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
                f"kind of facility `{record.kind or ''}` has no threshold",
                hint=f"thresholds are set for {kinds}",
            )
        )
        return State.FAULT
    return threshold.numerator, threshold.denominator


# --- cases -------------------------------------------------------------------------------------


def _cases(value: object) -> tuple[Case, ...] | None:
    if isinstance(value, Case):
        return (value,)
    if isinstance(value, (tuple, list)) and all(isinstance(item, Case) for item in value):
        return tuple(value)
    return None


def _counted(slot: WeightedSlot, cases: Sequence[Case]) -> list[int]:
    """Return which cases count under the slot's `where`, as places in the list."""
    return [
        place
        for place, case in enumerate(cases)
        if all(case.attribute(name) == wanted for name, wanted in slot.tally.where)
    ]


def _weighted(
    slot: WeightedSlot, record: Record, charged: frozenset[int], findings: list[Finding]
) -> Pair | State:
    value, _ = stated(record.values.get(slot.measure.code, MISSING))
    cases = _cases(value)
    if cases is None:
        return _bare_count(slot, value, findings)
    free = slot.tally.free.numerator // slot.tally.free.denominator
    counting = [cases[place] for place in _counted(slot, cases)[free:] if place not in charged]
    by = slot.tally.by
    if by is None:
        return len(counting), 1
    weights = dict(by.weights)
    total = Fraction(0)
    for case in counting:
        weight = weights.get(case.attribute(by.attribute) or "", by.otherwise)
        if weight is None:
            findings.append(
                Finding(
                    "case-attribute",
                    f"{slot.measure.label}: case `{case.id}` has `{by.attribute}`"
                    f" `{case.attribute(by.attribute) or ''}`, which has no weight",
                    place=Place(column=slot.measure.code),
                    hint="known: " + "、".join(weights),
                )
            )
            return State.FAULT
        total += weight
    return total.numerator, total.denominator


def _bare_count(slot: WeightedSlot, value: object, findings: list[Finding]) -> Pair | State:
    pair = observe(slot.measure, value, findings)
    if isinstance(pair, State) or pair[0] == 0:
        return pair
    if slot.tally.by is not None or slot.tally.where:
        findings.append(
            Finding(
                "case-list-needed",
                f"{slot.measure.label}: a count of `{show(Fraction(*pair))}` does not say which"
                " attributes the cases have",
                place=Place(column=slot.measure.code),
                hint="give the list of cases",
            )
        )
        return State.FAULT
    rest = max(Fraction(0), Fraction(*pair) - slot.tally.free)
    return rest.numerator, rest.denominator


def _charged_elsewhere(plan: Plan, record: Record) -> dict[int, frozenset[int]]:
    """Return, by slot, the cases that are charged under a dearer rule (不重复扣分)."""
    dearest: dict[str, tuple[Fraction, int, int]] = {}
    dropped: dict[int, set[int]] = {}
    for place, slot in enumerate(plan.slots):
        if not isinstance(slot, WeightedSlot):
            continue
        cases = _cases(stated(record.values.get(slot.measure.code, MISSING))[0]) or ()
        for index in _counted(slot, cases):
            key = cases[index].id
            if not key:
                continue
            cost = slot.cost * _weight(slot, cases[index])
            known = dearest.get(key)
            if known is None:
                dearest[key] = (cost, place, index)
            elif cost > known[0]:
                dropped.setdefault(known[1], set()).add(known[2])
                dearest[key] = (cost, place, index)
            else:
                dropped.setdefault(place, set()).add(index)
    return {place: frozenset(indexes) for place, indexes in dropped.items()}


def _weight(slot: WeightedSlot, case: Case) -> Fraction:
    by = slot.tally.by
    if by is None:
        return Fraction(1)
    return dict(by.weights).get(case.attribute(by.attribute) or "", by.otherwise) or Fraction(0)


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
            return _refuse(slot, "value-unreadable", str(error), findings)
        least, most = Fraction(*slot.least), Fraction(*slot.most)
        if number != 0 and not least <= number <= most:
            return _refuse(
                slot,
                "judgement-outside",
                f"`{show(number)}` lies outside {show(least)} to {show(most)}",
                findings,
            )
        points.append(number)
    if not points:
        return State.MISSING if slot.required else (0, 1)
    mean = sum(points, Fraction(0)) / len(points)
    return mean.numerator, mean.denominator


def _refuse(slot: JudgedSlot, code: str, message: str, findings: list[Finding]) -> State:
    findings.append(
        Finding(code, f"judgement {slot.code}: {message}", place=Place(column=slot.code))
    )
    return State.FAULT


# --- what the sheet says about a record --------------------------------------------------------


def remarks(plan: Plan, record: Record, prepared: Prepared) -> list[Finding]:
    """Return what a sheet must say about the record beyond faults: what is missing or assumed.

    Missing values that scoring needs are errors; blanks read as none found are assumptions;
    values that no rule reads are warnings.
    """
    return [
        *_missing(plan, prepared),
        *_assumed(plan, record),
        *_charged_once(plan, record),
        *_unknown(plan, record),
    ]


def _slot_label(slot: Slot) -> tuple[str, str]:
    match slot:
        case ValueSlot() | FilledSlot() | WeightedSlot():
            return slot.measure.code, slot.measure.label
        case JudgedSlot():
            return slot.code, f"judgement {slot.code}"
        case KindSlot() | MonthsSlot() | UnevidencedSlot():
            return "", type(slot).__name__
        case _:
            assert_never(slot)


def _missing(plan: Plan, prepared: Prepared) -> list[Finding]:
    labels = dict.fromkeys(
        _slot_label(plan.slots[place])
        for place, state in prepared.absent.items()
        if state is State.MISSING
    )
    return [
        Finding(
            "value-missing",
            f"{label}: no value",
            place=Place(column=code),
            hint="the sheet's bounds say between what the total lies",
        )
        for code, label in labels
    ]


def _assumed(plan: Plan, record: Record) -> list[Finding]:
    needed = dict.fromkeys(
        slot.measure
        for slot in plan.slots
        if isinstance(slot, (ValueSlot, FilledSlot, WeightedSlot))
    )
    words = {Absent.NONE_FOUND: "none found", Absent.ZERO: "zero"}
    return [
        Finding(
            "blank-assumed",
            f"{measure.label}: blank, taken as {words[measure.absent]}",
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


def _charged_once(plan: Plan, record: Record) -> list[Finding]:
    if not plan.agreement.charge_once:
        return []
    found = []
    for place, indexes in _charged_elsewhere(plan, record).items():
        slot = plan.slots[place]
        assert isinstance(slot, WeightedSlot)  # noqa: S101 - only these have cases
        cases = _cases(stated(record.values.get(slot.measure.code, MISSING))[0]) or ()
        names = "、".join(cases[index].id for index in sorted(indexes))
        found.append(
            Finding(
                "case-charged-once",
                f"{slot.measure.label}: `{names}` charged under a dearer rule",
                severity=Severity.NOTE,
                place=Place(column=slot.measure.code),
            )
        )
    return found


def _unknown(plan: Plan, record: Record) -> list[Finding]:
    known = {measure.code for measure in plan.agreement.measures}
    known |= {slot.code for slot in plan.slots if isinstance(slot, JudgedSlot)}
    return [
        Finding(
            "value-unknown",
            f"`{code}` is no measure of the agreement",
            severity=Severity.WARNING,
            place=Place(column=code),
        )
        for code in record.values
        if code not in known
    ]
