"""The difference of two score sheets, explained line by line.

One unit is scored twice: before and after a review, before and after correction, this run and the
last one. Which items moved, by which lines, because of which values; and what became of grade,
vetoes, honours and money. The points of all causes add up to the change of the total, exactly.

Source: “the sheet before and after, the difference explained line by line”,
“difference of two runs”; semantics 5 (every cap that bites is a line).

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> before, after = (score(agreement, Record("某站", {"1": points})) for points in (3, "4.5"))
>>> difference = differ(before, after)
>>> str(difference.total.change), [str(cause.points) for cause in difference.causes]
('1.5', ['1.5'])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import attrs

from healthduty.display import Table
from healthduty.errors import UsageError
from healthduty.exact import to_decimal
from healthduty.findings import Finding, Findings, Severity
from healthduty.records.headers import Holds, holds_words
from healthduty.records.record import MISSING
from healthduty.results.behind import codes_of_line
from healthduty.results.changes import (
    Changes,
    Fate,
    ItemChange,
    LineChange,
    PointShift,
    ValueChange,
)
from healthduty.results.difference_text import sentences_of, table_of
from healthduty.results.telling import alike
from healthduty.rules.rule import Rule
from healthduty.said import Said, chinese
from healthduty.scoring.face import ItemResult
from healthduty.scoring.lines import Line, LineKind
from healthduty.scoring.sheet import ScoreSheet
from healthduty.sources import Place
from healthduty.wording import Language
from healthduty.wording.phrase import Phrase

_ROOT = "agreement"
"""The kind of the node that stands for the whole agreement."""


@attrs.frozen(eq=False, repr=False)
class SheetDifference(Changes):
    """The changes from one sheet to another, with their printing."""

    def table(self, lang: Language = "zh") -> Table:
        """Return the items that moved, each with the lines and values behind it, the total last.

        Raises:
            UsageError: an unknown language.
        """
        return table_of(self, lang)

    def sentences(self, lang: Language = "zh") -> tuple[str, ...]:
        """Return the same in sentences: the total, each line that changed, what follows.

        Raises:
            UsageError: an unknown language.
        """
        return sentences_of(self, lang)

    def __str__(self) -> str:
        """Return the aligned Chinese table."""
        return self.table().text()

    def __repr__(self) -> str:
        """Return the total before and after."""
        return f"<SheetDifference {self.total.before} → {self.total.after}>"

    def _repr_html_(self) -> str:
        return self.table().html()


def differ(
    before: ScoreSheet, after: ScoreSheet, names: tuple[Phrase, Phrase] | None = None
) -> SheetDifference:
    """Return what changed from one sheet to the other, and why.

    Sheets of two agreements are compared as far as their items have the same numbers; an item
    of one of them only is a finding. `names` head the two columns of points.

    Raises:
        UsageError: what is no sheet, or two agreements that share no number of an item.
    """
    for sheet in (before, after):
        if not isinstance(sheet, ScoreSheet):
            raise UsageError(f"`{type(sheet).__name__}` is no score sheet")
    one = before.digests["agreement"] == after.digests["agreement"]
    findings = [] if one else list(_of_two(before, after))
    values = tuple(_values(before, after))
    lines = _lines(before, after, {value.code: value for value in values}, titled=one)
    old, new = (
        {_key(each, titled=one): each for each in reversed(sheet.items)}
        for sheet in (before, after)
    )
    items = tuple(
        _item(old.get(key), new.get(key), lines.pop(key, ()))
        for key in dict.fromkeys(_key(each, titled=one) for each in (*before.items, *after.items))
    )
    whole = tuple(change for changes in lines.values() for change in changes)
    findings += _about_the_unit(before, after)
    extra = {} if names is None else {"names": names}
    return SheetDifference(
        before, after, items, whole, values, findings=Findings(findings), **extra
    )


_Node = tuple[str, str] | None
"""A node by its number and title; None is the whole agreement."""


def _key(item: ItemResult, *, titled: bool) -> _Node:
    # Of two agreements only the numbers count: a title may have been reworded.
    return item.number, item.title if titled else ""


def _item(
    old: ItemResult | None, new: ItemResult | None, lines: tuple[LineChange, ...]
) -> ItemChange:
    item = new or old
    assert item is not None  # noqa: S101 - a key comes from one of the two
    earned = PointShift(_with_bonus(old), _with_bonus(new))
    untold = any(each is not None and each.earned is None for each in (old, new))
    points = None if untold else to_decimal(sum(map(_points, lines), Fraction(0)))
    return ItemChange(item.number, item.title, item.kind, earned, points, lines)


def _points(change: LineChange) -> Fraction:
    return Fraction(change.points)


def _with_bonus(item: ItemResult | None) -> Decimal | None:
    if item is None or item.earned is None:
        return None
    return to_decimal(Fraction(item.earned) + Fraction(item.bonus))


# ------------------------------------------------------------------------------------- lines


def _lines(
    before: ScoreSheet, after: ScoreSheet, values: Mapping[str, ValueChange], *, titled: bool
) -> dict[_Node, tuple[LineChange, ...]]:
    """Return the lines that changed, by the node that they stand under."""
    old, new = _keyed(before, titled=titled), _keyed(after, titled=titled)
    changes: dict[_Node, list[LineChange]] = {}
    for key in dict.fromkeys((*old, *new)):
        (was, said), (now, says) = old.get(key, (None, "")), new.get(key, (None, ""))
        if was is not None and now is not None and (said, *_shown(was)) == (says, *_shown(now)):
            continue
        fate = Fate.APPEARED if was is None else Fate.VANISHED if now is None else Fate.CHANGED
        codes = dict.fromkeys(code for line in (was, now) if line for code in codes_of_line(line))
        behind = tuple(values[code] for code in codes if code in values)
        changes.setdefault(key.node, []).append(LineChange(fate, was, now, behind))
    return {node: tuple(each) for node, each in changes.items()}


class _LineKey(NamedTuple):
    """What makes a line of one sheet the same line of the other."""

    node: _Node
    kind: LineKind
    rule: Rule | None
    group: Rule | None
    nth: int
    """Which of several that are the same in all else."""


def _keyed(sheet: ScoreSheet, *, titled: bool) -> dict[_LineKey, tuple[Line, str]]:
    met: Counter[_LineKey] = Counter()
    keyed = {}
    for line, sentence in zip(sheet.lines, sheet.sentences(), strict=True):
        whole = line.node.kind == _ROOT
        node = None if whole else (line.number, line.title if titled else "")
        rule, group = (None, None) if line.ref is None else (line.ref.rule, line.ref.group)
        key = _LineKey(node, line.kind, rule, group, 0)
        keyed[key._replace(nth=met[key])] = line, sentence
        met[key] += 1
    return keyed


def _shown(line: Line) -> tuple[Decimal, ...]:
    return line.raw, line.effective, line.bonus


# ------------------------------------------------------------------------------------ values


def _values(before: ScoreSheet, after: ScoreSheet) -> Iterator[ValueChange]:
    """Yield the values that are read otherwise, measures in the agreement's order first."""
    sheets = before, after
    codes = dict.fromkeys(
        (
            *(measure.code for sheet in sheets for measure in sheet.agreement.measures),
            *(code for sheet in sheets for code in sheet.record.values),
        )
    )
    for code in codes:
        measures = before.agreement.measure(code), after.agreement.measure(code)
        old, new = (sheet.record.values.get(code, MISSING) for sheet in sheets)
        if not alike(measures[1] or measures[0], old, new):
            yield ValueChange(code, old, new, measures)


# ---------------------------------------------------------------------------------- findings


def _of_two(before: ScoreSheet, after: ScoreSheet) -> Iterator[Finding]:
    """Yield the items that only one of two agreements has.

    Raises:
        UsageError: where they share none.
    """
    old, new = ({item.number: None for item in sheet.items} for sheet in (before, after))
    titles = [f"`{sheet.agreement.title}`" for sheet in (before, after)]
    if not old.keys() & new.keys() and (old or new):
        raise UsageError(f"no item of {titles[0]} has the number of one of {titles[1]}")
    message = Said(
        f"the sheets are of two agreements, {titles[0]} and {titles[1]}: items of one number"
        " are compared",
        f"两份评分表依据不同的责任书{titles[0]}和{titles[1]}：按编号相同的条目比较",
    )
    yield Finding("difference-agreements", message, severity=Severity.WARNING)
    for numbers, others, title in ((old, new, titles[0]), (new, old, titles[1])):
        for number in numbers:
            if number not in others:
                text = Said(
                    f"only {title} has this item: all its points are a change",
                    f"只有{title}有这个条目：它的分全部算作变化",
                )
                place = Place(item=number)
                yield Finding("difference-item", text, severity=Severity.WARNING, place=place)


def _about_the_unit(before: ScoreSheet, after: ScoreSheet) -> Iterator[Finding]:
    """Yield in what the records differ besides their values: points may move by that alone."""
    for what in ("facility", "kind", "population", "period"):
        old, new = getattr(before.record, what), getattr(after.record, what)
        if old != new:
            said = [
                Said("none", "无") if each is None else f"`{getattr(each, 'label', each)}`"
                for each in (old, new)
            ]
            text = Said(
                f"{what}: before {said[0]}, after {said[1]}",
                f"{holds_words(Holds(what)).zh}：前为{chinese(said[0])}，后为{chinese(said[1])}",
            )
            yield Finding("difference-unit", text, severity=Severity.NOTE)
