"""The layout of a wide table: which columns say of whom a row is, and which make one value.

A rate may have its two counts beside it, a value its stages, a judgement its reason and assessor.
What belongs together is found once, from the header; what does not go together is told here.

Source: semantics 2 (rates carry their unit, pairs prevail), 12 (no column is skipped in silence).

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.rules.measure import Measure
>>> intake = Intake(Agreement("示例", measures=(Measure("contract", "签约率", unit="%"),)))
>>> sheet = Sheet(("机构", "签约率/分子", "签约率/分母"), Place("数据.csv", row=1), ())
>>> layout = layout_of(sheet, intake)
>>> layout.identity, [slot.target for slot in layout.slots.values()], intake.findings
({<Holds.NAME: 'name'>: 0}, ['contract'], [])
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs

from healthduty.model.party import Day
from healthduty.records.cells import Cells, Found, conflict
from healthduty.records.days import read_day
from healthduty.records.headers import (
    ASIDE,
    PAIR,
    SAMPLE,
    WIDE_WORDS,
    Holds,
    Stage,
    Use,
    holds_words,
)
from healthduty.records.intake import Intake, near_it, shown
from healthduty.records.plain import as_text
from healthduty.records.sheets import Row, Sheet
from healthduty.records.units import foreign_unit, is_convertible, report_unit, scaled
from healthduty.said import Said
from healthduty.sources import Place

IDENTITY = (Holds.FACILITY, Holds.NAME, Holds.KIND, Holds.POPULATION, Holds.PERIOD)
_VALUED = (Holds.VALUE, Holds.JUDGED, Holds.NUMERATOR)


@attrs.define
class Slot:
    """The columns that make one value: of one measure or judgement, at one stage."""

    target: str
    stage: Stage | None
    columns: dict[Holds, list[int]] = attrs.Factory(dict)
    units: dict[Holds, str] = attrs.Factory(lambda: defaultdict(str))
    told: bool = False
    """Whether the column as a whole was reported, so that its cells need not be."""

    @property
    def valued(self) -> bool:
        """Whether any of the columns holds a value, and not only what is said about one."""
        return any(holds in self.columns for holds in _VALUED)

    @property
    def first(self) -> int:
        """The column by which a fault of the value is placed: the value's, or the numerator's."""
        return next(self.columns[holds][0] for holds in _VALUED if holds in self.columns)

    def cells(self, row: Sequence[object]) -> Cells:
        """Return the cells of a row that make the value."""
        return Cells(
            value=self._cell(Holds.JUDGED if Holds.JUDGED in self.columns else Holds.VALUE, row),
            numerator=self._counted(Holds.NUMERATOR, row),
            denominator=self._counted(Holds.DENOMINATOR, row),
            asked=self._counted(Holds.ASKED, row),
            available=self._counted(Holds.AVAILABLE, row),
            unit=self.units[Holds.VALUE],
            reason=as_text(self._cell(Holds.REASON, row)),
            assessor=as_text(self._cell(Holds.ASSESSOR, row)),
            evidence=as_text(self._cell(Holds.EVIDENCE, row)),
        )

    @property
    def says_aside(self) -> bool:
        """Whether any of the columns says who stated the value, when, or on what evidence."""
        return not ASIDE.isdisjoint(self.columns)

    def day(self, row: Sequence[object]) -> tuple[Day | None, Found]:
        """Return on which day the value of a row was stated, and what was found."""
        return read_day(self._cell(Holds.DATE, row))

    def _counted(self, holds: Holds, row: Sequence[object]) -> object:
        if holds not in self.columns:
            return None
        return scaled(self._cell(holds, row), self.units[holds])

    def _cell(self, holds: Holds, row: Sequence[object]) -> object:
        found: object = None
        for column in self.columns.get(holds, ()):
            found = conflict(found, row[column])
        return found


@attrs.define
class Layout:
    """What the header says: who each row is of, and which columns make which values."""

    identity: dict[Holds, int] = attrs.Factory(dict)
    units: dict[Holds, str] = attrs.Factory(dict)
    slots: dict[tuple[str, Stage | None], Slot] = attrs.Factory(dict)

    def uses(self, column: int) -> bool:
        """Return whether a column says anything: the population may be a denominator as well."""
        placed = (indices for slot in self.slots.values() for indices in slot.columns.values())
        return column in self.identity.values() or any(column in indices for indices in placed)

    def targets(self) -> dict[str, list[Slot]]:
        """Return the slots of each measure and judgement, in the order of the header."""
        found: dict[str, list[Slot]] = {}
        for slot in self.slots.values():
            found.setdefault(slot.target, []).append(slot)
        return found


def layout_of(sheet: Sheet, intake: Intake) -> Layout:
    """Return what a sheet's header says, and report what can't be read or does not go together."""
    layout = Layout()
    for index, heading in enumerate(sheet.headings):
        place = Row(sheet.place, ()).at(heading)
        for use in read_uses(index, sheet, intake, WIDE_WORDS):
            if use.target:
                _place_use(use, index, layout, sheet, intake)
            elif use.holds in layout.identity:
                report_twice(heading, sheet.headings[layout.identity[use.holds]], place, intake)
            else:
                layout.identity[use.holds] = index
                layout.units[use.holds] = use.unit
    for slot in layout.slots.values():
        _check_pair(slot, layout, sheet, intake)
        _check_units(slot, sheet, intake)
    layout.slots = {key: slot for key, slot in layout.slots.items() if slot.valued}
    _check_stages(layout, sheet, intake)
    return layout


def read_uses(
    index: int, sheet: Sheet, intake: Intake, words: Mapping[str, Holds]
) -> tuple[Use, ...]:
    """Return what a column holds; report one that is unknown, unnamed or could be two things."""
    heading = sheet.headings[index]
    place = Row(sheet.place, ()).at(heading)
    if not heading.strip():
        if any(as_text(row.cells[index]) for row in sheet.rows):
            message = Said(
                f"column {index + 1} has values but no heading: it is not read",
                f"第{index + 1}列有数据但没有表头，未读取",
            )
            intake.report("record-column-unnamed", message, sheet.place)
        return ()
    uses = intake.names.find(heading, words)
    if len(targets := targets_of(uses)) > 1:
        report_ambiguous(heading, targets, place, intake)
        return ()
    if not uses:
        near = intake.names.nearest(heading, words)
        hint = near_it(near)
        if any(isinstance(row.cells[index], Mapping) for row in sheet.rows):
            hint = Said(
                "did you mean `values`? an object for each record stands there",
                "是不是`values`？这里每条记录都是一个对象",
            )
        message = Said(
            f"`{shown(heading)}` is nothing that the agreement knows: it is not read",
            f"责任书里没有`{shown(heading)}`，未读取",
        )
        intake.warn("record-column-unknown", message, place, hint=hint)
    if any(use.holds is Holds.UNUSED for use in uses):
        intake.note(
            "record-column-unused",
            Said(f"`{shown(heading)}` is not read", f"`{shown(heading)}`未读取"),
            place,
        )
        return ()
    return uses


def targets_of(uses: Iterable[Use]) -> tuple[str, ...]:
    """Return the measures and judgements whose value a name stands for: at best one."""
    valued = (use.target for use in uses if use.holds in (Holds.VALUE, Holds.JUDGED))
    return tuple(dict.fromkeys(filter(None, valued)))


def report_ambiguous(name: str, targets: Iterable[str], place: Place, intake: Intake) -> None:
    """Report a name that two measures go by."""
    codes = [f"`{code}`" for code in targets]
    message = Said(
        f"`{shown(name)}` could be {' or '.join(codes)}", f"`{shown(name)}`可能是{'或'.join(codes)}"
    )
    hint = Said("write the code in place of the name", "用代码代替名称")
    intake.report("record-name-ambiguous", message, place, hint=hint)


def _place_use(use: Use, index: int, layout: Layout, sheet: Sheet, intake: Intake) -> None:
    key = (use.target, use.stage)
    slot = layout.slots.setdefault(key, Slot(use.target, use.stage))
    columns = slot.columns.setdefault(use.holds, [])
    if columns:
        place = Row(sheet.place, ()).at(sheet.headings[index])
        report_twice(sheet.headings[index], sheet.headings[columns[0]], place, intake)
    columns.append(index)
    slot.units[use.holds] = use.unit


def report_twice(heading: str, first: str, place: Place, intake: Intake) -> None:
    """Report that two columns hold the same thing."""
    message = Said(
        f"`{shown(heading)}` says the same as the column `{shown(first)}`",
        f"`{shown(heading)}`与`{shown(first)}`列重复",
    )
    intake.report("record-column-twice", message, place)


def _check_pair(slot: Slot, layout: Layout, sheet: Sheet, intake: Intake) -> None:
    """Drop, and report, half a pair or a sample, and what is said of what is not there."""
    for both in (PAIR, SAMPLE):
        there = [holds for holds in both if holds in slot.columns]
        if len(there) != 1:
            continue
        other = holds_words(both[1 - both.index(there[0])])
        index = slot.columns.pop(there[0])[0]
        heading = sheet.headings[index]
        message = Said(
            f"`{shown(heading)}` has no {other} beside it: it is not read",
            f"`{shown(heading)}`旁边没有{other.zh}，未读取",
        )
        if not layout.uses(index):
            intake.report("record-column-alone", message, Row(sheet.place, ()).at(heading))
    if not slot.valued:
        for index in (column for columns in slot.columns.values() for column in columns):
            heading = sheet.headings[index]
            measured = slot.target in intake.measures
            wanting = Said("value", "数值") if measured else Said("points", "分数")
            message = Said(
                f"`{shown(heading)}` has no {wanting} beside it: it is not read",
                f"`{shown(heading)}`旁边没有{wanting.zh}，未读取",
            )
            intake.report("record-column-alone", message, Row(sheet.place, ()).at(heading))


def _check_units(slot: Slot, sheet: Sheet, intake: Intake) -> None:
    """Drop a unit that is the measure's own; report one that can't be turned into it."""
    measure = intake.measures.get(slot.target)
    if measure is None or not slot.valued:
        return
    place = Row(sheet.place, ()).at(sheet.headings[slot.first])
    unit = slot.units[Holds.VALUE] = foreign_unit(slot.units[Holds.VALUE], measure)
    if unit and not is_convertible(unit, measure):
        slot.told = True
        report_unit(unit, measure, place, intake)


def _check_stages(layout: Layout, sheet: Sheet, intake: Intake) -> None:
    """Report a value without a stage beside its stages: none can say which of them counts."""
    for target, slots in layout.targets().items():
        plain = layout.slots.get((target, None))
        staged = [slot for slot in slots if slot.stage is not None]
        if plain is not None and staged:
            heading, other = (sheet.headings[slot.first] for slot in (plain, staged[0]))
            message = Said(
                f"`{shown(heading)}` has no stage, and stands beside `{shown(other)}`",
                f"`{shown(heading)}`不分阶段，却与`{shown(other)}`并列",
            )
            intake.report("record-column-twice", message, Row(sheet.place, ()).at(heading))
