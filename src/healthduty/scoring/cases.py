"""Cases: which of them a tally counts, what they weigh, and which rule charges one (不重复扣分).

Source: “How a point is lost”, section 2; semantics 6 (one case is charged once: the dearest).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.records.observe import Pair, State, observe
from healthduty.records.record import MISSING, Case, Record, stated
from healthduty.said import Said
from healthduty.scoring.ops import Charge, Plan, WeightedSlot
from healthduty.sources import Place


def case_list(record: Record, code: str) -> tuple[Case, ...] | None:
    """Return a measure's cases, or None where only their number is known, or nothing."""
    value, _ = stated(record.values.get(code, MISSING))
    if isinstance(value, Case):
        return (value,)
    if isinstance(value, (tuple, list)):
        cases = tuple(item for item in value if isinstance(item, Case))
        return cases if len(cases) == len(value) else None
    return None


def counted(slot: WeightedSlot, cases: Sequence[Case]) -> list[int]:
    """Return which cases count under the tally's `where`, as places in the list."""
    return [
        place
        for place, case in enumerate(cases)
        if all(case.attribute(name) == wanted for name, wanted in slot.tally.where)
    ]


def weighted(
    slot: WeightedSlot, record: Record, charged: Collection[int], findings: list[Finding]
) -> Pair | State:
    """Return what the counted cases weigh; `charged` are charged elsewhere, then some are free."""
    cases = case_list(record, slot.measure.code)
    if cases is None:
        return _bare_count(slot, stated(record.values.get(slot.measure.code, MISSING))[0], findings)
    free = slot.tally.free.numerator // slot.tally.free.denominator
    left = [cases[place] for place in counted(slot, cases) if place not in charged]
    total = Fraction(0)
    for case in left[free:]:
        weight = weight_of(slot, case)
        if weight is None:
            _report_attribute(slot, case, findings)
            return State.FAULT
        total += weight
    return total.numerator, total.denominator


def weight_of(slot: WeightedSlot, case: Case) -> Fraction | None:
    """Return what a case weighs; None where the tally has no weight for its attribute."""
    by = slot.tally.by
    if by is None:
        return Fraction(1)
    return dict(by.weights).get(case.attribute(by.attribute) or "", by.otherwise)


def _report_attribute(slot: WeightedSlot, case: Case, findings: list[Finding]) -> None:
    by = slot.tally.by
    assert by is not None  # noqa: S101 - only these have weights to lack
    known = "、".join(value for value, _ in by.weights)
    findings.append(
        Finding(
            "case-attribute",
            Said(
                f"{slot.measure.label}: case `{case.id}` has `{by.attribute}`"
                f" `{case.attribute(by.attribute) or ''}`, which has no weight",
                f"{slot.measure.label}：案例`{case.id}`的`{by.attribute}`为`"
                f"{case.attribute(by.attribute) or ''}`，没有对应的权重",
            ),
            place=Place(column=slot.measure.code),
            hint=Said(f"known: {known}", f"可用：{known}"),
        )
    )


def _bare_count(slot: WeightedSlot, value: object, findings: list[Finding]) -> Pair | State:
    pair = observe(slot.measure, value, findings)
    if isinstance(pair, State) or pair[0] == 0:
        return pair
    if slot.tally.by is not None or slot.tally.where:
        findings.append(
            Finding(
                "case-list-needed",
                Said(
                    f"{slot.measure.label}: a count of `{show(Fraction(*pair))}` does not say which"
                    " attributes the cases have",
                    f"{slot.measure.label}：只有件数`{show(Fraction(*pair))}`，看不出各案例的情形",
                ),
                place=Place(column=slot.measure.code),
                hint=Said("give the list of cases", "逐例列出"),
            )
        )
        return State.FAULT
    rest = max(Fraction(0), Fraction(*pair) - slot.tally.free)
    return rest.numerator, rest.denominator


_NOBODY = (Fraction(0), -1, -1)


def charged_elsewhere(
    plan: Plan, record: Record, holds: Sequence[bool], silent: Collection[int]
) -> dict[int, frozenset[int]]:
    """Return, by slot, the cases that are charged under a dearer rule; of equals the first.

    `silent` are the conditions on something not applicable: a rule that asks for one of them
    charges nothing, and what charges nothing takes no case from another. A case is known by its
    id; one without an id is charged wherever it counts.
    """
    dearest: dict[str, tuple[Fraction, int, int]] = {}
    counts: list[tuple[str, int, int]] = []
    for place, slot in enumerate(plan.slots):
        if not isinstance(slot, WeightedSlot) or slot.charge is None:
            continue
        cases = case_list(record, slot.measure.code) or ()
        for index in counted(slot, cases):
            case = cases[index]
            if not case.id:
                continue
            price = _price(slot.charge, holds, silent) * (weight_of(slot, case) or 0)
            counts.append((case.id, place, index))
            if price > dearest.get(case.id, _NOBODY)[0]:
                dearest[case.id] = (price, place, index)
    return _dropped(counts, dearest)


def _dropped(
    counts: list[tuple[str, int, int]], dearest: dict[str, tuple[Fraction, int, int]]
) -> dict[int, frozenset[int]]:
    """Return, by slot, the cases that somebody else charges."""
    dropped: dict[int, set[int]] = {}
    for case_id, place, index in counts:
        if case_id in dearest and dearest[case_id][1:] != (place, index):
            dropped.setdefault(place, set()).add(index)
    return {place: frozenset(indexes) for place, indexes in dropped.items()}


def _price(charge: Charge, holds: Sequence[bool], silent: Collection[int]) -> Fraction:
    """Return what a rule charges for a case of weight 1."""
    off = charge.when >= 0 and not holds[charge.when]
    if off or any(place in silent for place, _, _ in charge.times):
        return Fraction(0)
    price = Fraction(charge.per_n, charge.per_d)
    for place, n, d in charge.times:
        if holds[place]:
            price *= Fraction(n, d)
    return price
