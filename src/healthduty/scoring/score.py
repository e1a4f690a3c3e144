"""Score one facility by an agreement: the reference that every other engine must equal.

Source: the public face: `sheet = hd.score(agreement, record)`.

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.measure import Measure
>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import StepsBelow
>>> rate = Measure("satisfaction", "满意率", unit="%")
>>> rule = Deduction(StepsBelow(rate, target=90, step=5), points="0.5", cap=2)
>>> agreement = Agreement(
...     "示例", measures=(rate,), parts=(Indicator("1", "患者满意", points=3, rules=rule),)
... )
>>> score(agreement, Record("某中心", {"satisfaction": "83%"})).total
Decimal('2.5')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import attrs

from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.records.record import Record, Value
from healthduty.rules.rule import Group, Rule, readings_of
from healthduty.said import Language, in_language
from healthduty.scoring.completions import Bounds
from healthduty.scoring.evaluate import evaluate
from healthduty.scoring.plan import Planned, plan
from healthduty.scoring.prepare import prepare
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import check_language


def score(agreement: Agreement, record: Record | Mapping[str, Value]) -> ScoreSheet:
    """Score one record; a plain mapping of values stands for a record without a facility.

    Pure: the same agreement and record give the same sheet. Faults of the data are findings of
    the sheet, and where they matter its total is None.

    Raises:
        UsageError: for arguments that are no agreement or no record.
    """
    planned, kept = _checked(agreement, record)
    prepared = prepare(planned.plan, kept)
    evaluation = evaluate(planned.plan, prepared)
    return ScoreSheet(planned, kept, prepared, evaluation)


def _checked(agreement: Agreement, record: Record | Mapping[str, Value]) -> tuple[Planned, Record]:
    if not isinstance(agreement, Agreement):
        raise UsageError(f"`{type(agreement).__name__}` is no agreement: load it first")
    if isinstance(record, Mapping):
        record = Record("", record)
    if not isinstance(record, Record):
        raise UsageError(f"`{type(record).__name__}` is no record of one facility")
    return plan(agreement), record


def bounds(agreement: Agreement, record: Record | Mapping[str, Value]) -> Bounds:
    """Return the lowest and highest total and grade over all completions of a record.

    The same as `score(agreement, record).bounds`.

    Raises:
        UsageError: as `score`.
    """
    return score(agreement, record).bounds


class ReadingResult(NamedTuple):
    """The total under one other reading of one rule's words."""

    number: str
    label: str
    total: Decimal | None

    def reading(self, lang: Language = "zh") -> str:
        """Return what the other reading is called, in a language: 不足一档按一档计.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        return in_language(self.label, lang)


def readings(
    agreement: Agreement, record: Record | Mapping[str, Value]
) -> tuple[ReadingResult, ...]:
    """Return the total under each other reading of each assumption, one at a time.

    Raises:
        UsageError: as `score`.
    """
    _, kept = _checked(agreement, record)
    return tuple(
        ReadingResult(number, label, score(other, kept).total)
        for number, label, other in other_readings(agreement)
    )


def other_readings(agreement: Agreement) -> Iterator[tuple[str, str, Agreement]]:
    """Go through the agreements that the other readings of assumptions would make."""
    for path, rule in _assumed_rules(agreement, ()):
        for reading in readings_of(rule):
            number = _number_at(agreement, path)
            yield number, reading.label, _replace(agreement, path, reading.rule)


_Path = tuple[tuple[str, int], ...]


def _assumed_rules(thing: object, path: _Path) -> Iterator[tuple[_Path, Rule]]:
    """Find the rules that carry an assumption: in nodes, and in groups."""
    for field in ("rules", "parts"):
        for place, part in enumerate(getattr(thing, field, ())):
            here = (*path, (field, place))
            if field == "rules" and part.assumption is not None:
                yield here, part
            if field == "parts" or isinstance(part, Group):
                yield from _assumed_rules(part, here)


def _number_at(thing: object, path: _Path) -> str:
    number = ""
    for field, place in path:
        number = getattr(thing, "number", number)
        thing = getattr(thing, field)[place]
    return number


def _replace(thing: Any, path: _Path, rule: Rule) -> Any:  # noqa: ANN401 - node, group, agreement
    field, place = path[0]
    parts = list(getattr(thing, field))
    parts[place] = rule if len(path) == 1 else _replace(parts[place], path[1:], rule)
    return attrs.evolve(thing, **{field: tuple(parts)})
