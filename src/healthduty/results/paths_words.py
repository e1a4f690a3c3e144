"""The words of paths: headings and sentences, and a value as an official writes it.

Source: style: “a pretty table for whatever people look at”.

>>> shown(Measure("rate", "满意率", unit="%"), Ratio(170, 200), "zh")
'85%（170/200）'
"""

from __future__ import annotations

from fractions import Fraction

from healthduty.exact import Ratio, show
from healthduty.records.observe import State, observe
from healthduty.records.record import Judged, Plain
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind
from healthduty.wording import Language
from healthduty.wording.figures import number_text

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "path": "数据项|现状|应达到|变动|费用|得分增减|考核项",
        "path to": "达到{}的最小改变",
        "grade": "“{}”",
        "points": "{}分",
        "graded": "{}分（{}）",
        "leads": "总分由{}升至{}。",
        "reached": "现总分{}，目标已达到，无需改变。",
        "cost": "合计费用{}。",
        "gap": "数据组合过多，未能穷尽：此方案可行，最低不会少于{}。",
        "price": "{}项、{}个单位",
        "item": "{}项{}分",
        "move": "{}由{}改为{}：{}。",
        "no points": "本身不加分，为等次条件或其他项所需",
        "unreachable": "“{}”无法达到",
        "not found": "未找到达到“{}”的方案，也未能证明没有",
        "furthest": "最多可达到如下",
        "semicolon": "；",
        "held": "未允许变动的数据项：{}。",
        "faults": "代码|原因",
        "curve": "总分|等次|最低费用|变动项数|数据项",
        "curve title": "总分与最低代价",
        "thinned": "数据组合过多，未能穷尽：各行均可行，或有更省的方案。",
        "tenths": "数据项|现状|改为|得分增减|每0.1分{}",
        "tenths title": "哪里提分最省",
        "cost unit": "费用",
        "own unit": "变动",
        "list": "、",
        "yes": "是",
        "no": "否",
        "cases": "{}例",
        "judged": "{}分",
        "levels": "{}级",
    },
    "en": {
        "path": "measure|now|to reach|change|cost|points|items",
        "path to": "the least change that reaches {}",
        "grade": "{}",
        "points": "{} points",
        "graded": "{} ({})",
        "leads": "the total rises from {} to {}",
        "reached": "the total is {}: the goal is reached, nothing has to change",
        "cost": "it costs {} in all",
        "gap": "too many combinations to try them all: this one works, and none costs less than {}",
        "price": "{} measures, {} units",
        "item": "item {} {}",
        "move": "{} from {} to {}: {}",
        "no points": "no points of its own; the grade or other items ask for it",
        "unreachable": "`{}` can't be reached",
        "not found": "no path to `{}` was found, and none was ruled out",
        "furthest": "this is how far one gets",
        "semicolon": "; ",
        "held": "could move, but were not let: {}",
        "faults": "code|why",
        "curve": "total|grade|least cost|measures|which",
        "curve title": "totals and what they cost at least",
        "thinned": "too many combinations to try them all: every row works, cheaper ones may exist",
        "tenths": "measure|now|to|points|{} per 0.1",
        "tenths title": "where points come cheapest",
        "cost unit": "cost",
        "own unit": "units",
        "list": ", ",
        "yes": "yes",
        "no": "no",
        "cases": "{} cases",
        "judged": "{} points",
        "levels": "{} levels",
    },
}


def shown(measure: Measure | None, value: Plain, lang: Language) -> str:
    """Return a value as an official writes it: a rate with its pair, a level by its name."""
    words = WORDS[lang]
    if measure is None:
        points = value.points if isinstance(value, Judged) else None
        return str(value) if points is None else words["judged"].format(show(points))
    pair = observe(measure, value, [])
    assert not isinstance(pair, State)  # noqa: S101 - only what is there moves
    number = Fraction(*pair)
    match measure.kind:
        case MeasureKind.FLAG:
            return words["yes" if number else "no"]
        case MeasureKind.LEVEL:
            return measure.levels[int(number)]
        case MeasureKind.CASES if not measure.unit:
            return words["cases"].format(show(number))
        case _:
            text = number_text(number, measure)
    if isinstance(value, Ratio):
        counts = f"{show(value.numerator)}/{show(value.denominator)}"
        return f"{text}（{counts}）" if lang == "zh" else f"{text} ({counts})"
    return text


def units_text(
    measure: Measure | None, before: Plain, after: Plain, units: Fraction, lang: Language
) -> str:
    """Return by how many units a measure moves, and up or down; a flag only turns over."""
    if measure is None:
        return show(units)
    if measure.kind is MeasureKind.FLAG:
        return ""
    if measure.kind is MeasureKind.LEVEL:
        return WORDS[lang]["levels"].format(show(units))
    ends = [observe(measure, value, []) for value in (before, after)]
    low, high = (Fraction(*end) for end in ends if isinstance(end, tuple))
    number = ("+" if high > low else "-") + show(units)
    if measure.kind not in RATE_KINDS:
        return number + measure.suffix
    if isinstance(after, Ratio):
        return number
    return number + (_POINTS.get(measure.unit, measure.suffix) if lang == "zh" else measure.suffix)


_POINTS = {"%": "个百分点", "‰": "个千分点"}
