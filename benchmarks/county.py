"""The sample of the benchmarks: sixty items as a county mixes them, facilities, and the rival.

The mix: 25 step rules, a third of their values exactly on a step; 15 counts of cases, capped; 10
unmet shares of a target; 5 tables of bands; 5 yes or no; in six sections of ten. Values stand as
people write them: texts with and without %, whole numbers, floats from a spreadsheet.

The rival is `loop`: what a careful user would write by hand for this one mix, in `Decimal`, with
the same work: parse the plain values, apply every cap and floor, round the shares half up, keep
the points of each item, of each section, and the total.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import healthduty as hd

ZERO = Decimal(0)
CENT = Decimal("0.01")
STEPS = (("5", "0.5"), ("1", "0.1"), ("2", "0.2"), ("0.5", "0.05"), ("10", "1"))
TARGETS = (95, 90, 85, 80, 70, 60)
BANDS = ((95, 5), (80, 3), (60, 1))
NAMES = {
    "steps": "健康档案规范建档率",
    "cases": "不良事件报告不及时",
    "share": "重点人群规范管理率",
    "bands": "患者综合满意率",
    "flag": "制度未上墙公示",
}

Values = dict[str, hd.Value]


class Item(NamedTuple):
    """One item as the rival knows it: a kind and its numbers."""

    kind: str
    code: str
    full: Decimal
    target: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    points: Decimal = Decimal(0)
    cap: Decimal = Decimal(0)


class Points(NamedTuple):
    """What both sides must agree on; None is for what can't be told."""

    items: Sequence[Decimal | None]
    sections: Sequence[Decimal | None]
    total: Decimal | None


def county_items(seed: int = 1) -> list[list[Item]]:
    """Return six sections of ten items, mixed."""
    dice = random.Random(seed)
    kinds = ["steps"] * 25 + ["cases"] * 15 + ["share"] * 10 + ["bands"] * 5 + ["flag"] * 5
    dice.shuffle(kinds)
    items = [_item(kind, f"m{place:02}", dice) for place, kind in enumerate(kinds)]
    return [items[start : start + 10] for start in range(0, 60, 10)]


def _item(kind: str, code: str, dice: random.Random) -> Item:
    full = Decimal(dice.choice((3, 4, 5)))
    if kind == "steps":
        step, points = dice.choice(STEPS)
        target = Decimal(dice.choice(TARGETS))
        return Item(kind, code, full, target, Decimal(step), Decimal(points), full - 1)
    if kind == "cases":
        each = Decimal(dice.choice(("0.5", "1", "0.2")))
        return Item(kind, code, full, points=each, cap=full - 2)
    if kind == "share":
        return Item(kind, code, full, Decimal(dice.choice(TARGETS)), points=full)
    if kind == "bands":
        return Item(kind, code, Decimal(5))
    return Item(kind, code, full, points=Decimal(2))


def county_agreement(sections: Sequence[Sequence[Item]]) -> hd.Agreement:
    """Return the same sixty items as an agreement."""
    measures: list[hd.Measure] = []
    parts: list[hd.Section] = []
    for number, items in enumerate(sections, 1):
        indicators: list[hd.Indicator] = []
        for place, item in enumerate(items, 1):
            measure = _measure(item)
            measures.append(measure)
            rule = _rule(item, measure)
            indicators.append(
                hd.Indicator(f"{number}.{place}", measure.name, points=item.full, rules=rule)
            )
        parts.append(hd.Section(str(number), f"第{number}部分", parts=indicators))
    return hd.Agreement("县级目标责任书", measures=measures, parts=parts)


def _measure(item: Item) -> hd.Measure:
    name = NAMES[item.kind] + item.code[1:]
    if item.kind == "flag":
        return hd.Measure(item.code, name, kind="flag")
    return hd.Measure(item.code, name, unit="例" if item.kind == "cases" else "%")


def _rule(item: Item, measure: hd.Measure) -> hd.Rule:
    if item.kind == "steps":
        tally = hd.StepsBelow(measure, target=item.target, step=item.step)
        return hd.Deduction(tally, points=item.points, cap=item.cap)
    if item.kind == "cases":
        return hd.Deduction(hd.Cases(measure), points=item.points, cap=item.cap)
    if item.kind == "share":
        return hd.Deduction(hd.StepsBelow(measure, target=item.target), points=item.points)
    if item.kind == "bands":
        lows = [low for low, _ in BANDS]
        highs = [None, *lows]
        bands = [
            hd.Band(points, low=low, high=high)
            for (low, points), high in zip(BANDS, highs, strict=False)
        ]
        return hd.Bands(measure, "earn", bands)
    return hd.Deduction(hd.Once(hd.Flag(measure)), points=item.points)


def county_values(sections: Sequence[Sequence[Item]], count: int, seed: int) -> list[Values]:
    """Return the plain values of so many facilities, no two alike."""
    dice = random.Random(seed)
    return [
        {item.code: _value(item, dice) for items in sections for item in items}
        for _ in range(count)
    ]


def _value(item: Item, dice: random.Random) -> hd.Value:
    if item.kind == "flag":
        return dice.random() < 0.2
    if item.kind == "cases":
        return dice.choice((0, 0, 0, 1, 1, 2, 3, 5, 9))
    if item.kind == "steps" and dice.random() < 1 / 3:
        return _written(item.target - item.step * dice.randrange(4), dice)
    tenths = dice.choice((dice.randrange(500, 1001), dice.randrange(50, 101) * 10))
    return _written(Decimal(tenths) / 10, dice)


def _written(value: Decimal, dice: random.Random) -> hd.Value:
    """Write a rate as one of the ways that are met: 83.5%, 83.5 as text or as a float, 83."""
    form = dice.random()
    if form < 0.5:
        return f"{value}%"
    if form < 0.6:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)


# --- the rival ---------------------------------------------------------------------------------


def parse(value: hd.Value) -> Decimal:
    """Read a plain value as a careful user would: exactly as it is written, floats too."""
    return Decimal(str(value).rstrip("%"))


def parse_all(sections: Sequence[Sequence[Item]], values: Values) -> dict[str, Decimal | bool]:
    """Return a facility's values parsed beforehand: yes and no stay as they are."""
    return {
        item.code: value if isinstance(value := values[item.code], bool) else parse(value)
        for items in sections
        for item in items
    }


def loop(sections: Sequence[Sequence[Item]], values: Mapping[str, hd.Value]) -> Points:
    """Score a facility by hand, from plain values or from parsed ones."""
    earned: list[Decimal] = []
    sums = [_section(items, values, earned) for items in sections]
    return Points(earned, sums, sum(sums, ZERO))


def _section(
    items: Sequence[Item], values: Mapping[str, hd.Value], earned: list[Decimal]
) -> Decimal:
    """Append the points of each item to `earned`; return their sum."""
    total = lost = ZERO
    for kind, code, full, target, step, points, cap in items:
        value = values[code]
        if kind == "flag":
            lost = points if value else ZERO
        else:
            number = value if isinstance(value, Decimal) else Decimal(str(value).rstrip("%"))
            if kind == "steps":
                gap = target - number
                lost = min(gap // step * points, cap) if gap > 0 else ZERO
            elif kind == "cases":
                lost = min(number * points, cap)
            elif kind == "share":
                gap = target - number
                lost = (gap * points / target).quantize(CENT, ROUND_HALF_UP) if gap > 0 else ZERO
            else:
                lost = full - next((won for low, won in BANDS if number >= low), ZERO)
        left = max(full - lost, ZERO)
        earned.append(left)
        total += left
    return total
