"""Rules to text: the clauses that are read back rule for rule, and an item as officials print it.

Source: “How text is read”; law 1: what is written is read back.

>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import StepsBelow
>>> satisfaction = Measure("satisfaction", "满意率", unit="%")
>>> rule = Deduction(StepsBelow(satisfaction, target=90, step=5), points="0.5", cap=2)
>>> write_clause(rule, measures=(satisfaction,))
'满意率达到90%以上，每低5个百分点扣0.5分，最高扣2分。'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthduty.exact import Number, show
from healthduty.model.indicator import Indicator, Part
from healthduty.rules.condition import Compare
from healthduty.rules.measure import Measure
from healthduty.rules.points import to_points
from healthduty.rules.rule import Rule
from healthduty.wording import Language, check_language, condition_text, points_text, rule_text
from healthduty.wording.names import Vocabulary


def write_clause(
    rules: Rule | Iterable[Rule],
    *,
    measures: Iterable[Measure] = (),
    points: Number | None = None,
    lang: Language = "zh",
) -> str:
    """Return the canonical clauses of one rule or several, each ended by a full stop.

    `measures` are the agreement's: they give names and units; a code that is not among them
    stands for itself. `points` are what the item is worth; where given, they stand in front:
    （5分）. The Chinese text is read back to equal rules as long as conditions and groups nest
    no deeper than twenty brackets; citation and assumption are no part of it.

    Raises:
        UsageError: an unknown language.
        NumberError, RuleError: points that are no number, negative, or no decimal.
    """
    check_language(lang)
    words = Vocabulary(measures)
    several = rules if isinstance(rules, Iterable) else (rules,)
    clauses = [rule_text(rule, words, lang) for rule in several]
    stated = "" if points is None else points_text(to_points(points), lang)
    if lang == "zh":
        return (f"（{stated}）" if stated else "") + "".join(f"{clause}。" for clause in clauses)
    return " ".join(([f"({stated})"] if stated else []) + [f"{clause}." for clause in clauses])


def write_item(indicator: Part, *, measures: Iterable[Measure] = ()) -> str:
    """Return an indicator as a table of targets prints it, in Chinese: one line for each matter.

    Number, title and points; requirement, targets, method and office; the rules, each a clause;
    the floor where points may fall below nothing; then its parts in the same way, two full-width
    spaces further in. A text of several lines goes on behind one such space more. `read_item`
    reads it back, but for what is not printed: excusals, citations, assumptions.

    >>> print(write_item(Indicator("2.1", "患者满意", points=3, requirement="每年调查2次")))
    2.1 患者满意（3分）
    考核要求：每年调查2次
    """
    words = Vocabulary(measures)
    return "\n".join(_item(indicator, words, ""))


HANGING = "　"
"""What stands before the further lines of a text; twice before the lines of a part."""

BELOW = 2 * HANGING
NO_FLOOR = "扣分不设下限，可以倒扣。"
EVIDENCE = "无书面依据的，本项不得分。"


def _item(item: Part, words: Vocabulary, indent: str) -> Iterator[str]:
    for line in _matters(item, words):
        yield indent + line.replace("\n", f"\n{indent}{HANGING}")
    for part in item.parts if isinstance(item, Indicator) else ():
        yield from _item(part, words, indent + BELOW)


def _matters(item: Part, words: Vocabulary) -> Iterator[str]:
    head = " ".join(filter(None, (item.number, item.title)))
    yield head if item.points is None else f"{head}（{points_text(item.points, 'zh')}）"
    if item.requirement:
        yield f"考核要求：{item.requirement}"
    if item.targets:
        held = (Compare(goal.measure, goal.comparator, goal.value) for goal in item.targets)
        yield "目标值：" + "；".join(condition_text(each, words, "zh") for each in held)
    if item.method:
        yield f"考核方法：{item.method}"
    if item.office:
        yield f"考核单位：{item.office}"
    if item.rules:
        yield f"评分标准：{write_clause(item.rules, measures=words.values())}"
    yield from _limits(item)


def _limits(item: Part) -> Iterator[str]:
    if item.floor is None:
        yield NO_FLOOR
    elif item.floor:
        yield f"最低得分为{show(item.floor)}分。"
    if item.evidence_required:
        yield EVIDENCE
