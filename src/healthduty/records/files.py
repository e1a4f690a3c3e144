"""Records as JSON, both ways: `read_records_json` and `write_records_json` are opposites.

A file is a list of objects, one for each record: facility, name, kind, population, period and
values by measure's code. What is written reads back as the same records; a float comes back as
the decimal that prints it, None as MISSING, a list of cases as a tuple.

Source: vocabulary “Record”; semantics 1, 12.

>>> print(write_records_json([Record("nanguan", {"satisfaction": "83%", "surveys": 1})]), end="")
[
{"facility": "nanguan", "values": {"satisfaction": "83%", "surveys": 1}}
]
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import cast

from healthduty.errors import NumberError, RuleError
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.model.party import Day
from healthduty.records.cells import Cells, Found, conflict, observe_stages, read_judgement
from healthduty.records.collection import Records
from healthduty.records.days import check_days, span_of
from healthduty.records.entries import label_of
from healthduty.records.headers import Holds
from healthduty.records.intake import Intake, near_it, shown
from healthduty.records.json_data import read_data, step
from healthduty.records.json_values import (
    ShapeError,
    json_of_day,
    json_of_number,
    json_of_value,
    value_of_json,
)
from healthduty.records.plausible import Placed, check_together
from healthduty.records.record import Period, Record, Value
from healthduty.records.sheets import heading_of
from healthduty.records.subject import Told, read_population, read_subject
from healthduty.records.wanting import check_wanting
from healthduty.records.wide import record_of
from healthduty.said import Said, chinese, labelled, reason_of
from healthduty.scalars import own
from healthduty.sources import Place

_KEYS = {
    Holds.FACILITY: "facility",
    Holds.NAME: "name",
    Holds.KIND: "kind",
    Holds.POPULATION: "population",
    Holds.PERIOD: "period",
}


def read_records_json(text: str, agreement: Agreement, *, name: str = "") -> Records:
    """Return the records of a JSON text; `name` is what its places are called by.

    Raises:
        SourceError: no JSON, or no list of records, with all faults.
    """
    intake = Intake(agreement, name)
    return read_objects(read_data(text, name), intake)


def read_objects(found: object, intake: Intake) -> Records:
    """Return the records of a parsed JSON list, each an object with `facility` and `values`.

    Raises:
        SourceError: what is no list, or an empty one.
    """
    root = Place(intake.source, path="$")
    if not isinstance(found, Sequence) or isinstance(found, str):
        intake.report(
            "record-json-list",
            Said("records stand in a list: […]", "记录应当放在列表里：[…]"),
            root,
        )
        intake.refuse()
    if not found:
        intake.report("record-no-rows", Said("the list holds no record", "列表里没有记录"), root)
        intake.refuse()
    unknown: dict[str, list[Place]] = {}
    placed = []
    for index, item in enumerate(found):
        place = Place(intake.source, path=f"$[{index}]")
        if isinstance(item, Mapping):
            placed.append((_record(item, place, intake, unknown), place))
        else:
            intake.report(
                "record-json-record",
                Said(f"`{shown(dump(item))}` is no record", f"`{shown(dump(item))}`不是记录"),
                place,
            )
    _check_objects(placed, [item for item in found if isinstance(item, Mapping)], unknown, intake)
    return Records((record for record, _ in placed), findings=Findings(intake.findings))


def _check_objects(
    placed: Sequence[Placed],
    items: Sequence[Mapping[str, object]],
    unknown: Mapping[str, Sequence[Place]],
    intake: Intake,
) -> None:
    for key, places in unknown.items():
        several = len(places) > 1
        more = (
            Said(f" ({len(places)} records)", f"（{len(places)}条记录）")
            if several
            else Said("", "")
        )
        near = intake.names.nearest(key, {})
        hint = near_it(near)
        message = Said(
            f"`{shown(key)}` is no measure of the agreement: nothing reads it{more}",
            f"责任书里没有指标`{shown(key)}`：没有规则用到它{more.zh}",
        )
        intake.warn("record-measure-unknown", message, places[0], hint=hint)
    given = {code for record, _ in placed for code in record.values}
    identity = {holds for holds, key in _KEYS.items() if any(key in item for item in items)}
    root = Place(intake.source, path="$")
    check_wanting(given, identity, root, intake)
    values = Place(intake.source, path="$[*].values")
    columns = {code: Place(values.source, path=step(values.path, code)) for code in given}
    check_together(placed, columns, intake)


def _record(
    item: Mapping[str, object], place: Place, intake: Intake, unknown: dict[str, list[Place]]
) -> Record:
    _check_keys(item, place, intake)
    parts = _parts(item, place, intake)
    told = Told(place, parts.get, lambda holds: _at(place, _KEYS[holds]))
    subject = read_subject(told, intake)
    values: dict[str, object] = {}
    for key, raw in _values(item, place, intake).items():
        at = _at(_at(place, "values"), key)
        code = _code(key, intake)
        if code is None:
            unknown.setdefault(key, []).append(at)
        value, found = _shaped(raw, code, intake)
        intake.add(found, at)
        span = span_of(intake.agreement, subject.period)
        check_days(value, span, label_of(code or key, intake), at, intake)
        if (code or key) in values:
            message = labelled(
                label_of(code or key, intake), Said("the value is told twice", "数据重复填报")
            )
            intake.report(
                "record-value-twice",
                message,
                at,
                hint=Said("once by code or by name", "代码或名称只写一次"),
            )
        values[code or key] = conflict(values.get(code or key, value), value)
    return record_of(subject, values)


def _at(place: Place, key: str) -> Place:
    return Place(place.source, path=step(place.path, key))


def _check_keys(item: Mapping[str, object], place: Place, intake: Intake) -> None:
    known = (*_KEYS.values(), "values")
    for key in item:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            hint = near_it(near)
            message = Said(
                f"a record has no `{shown(str(key))}`: it is not read",
                f"记录里没有`{shown(str(key))}`这一项，未读取",
            )
            intake.warn("record-key-unknown", message, _at(place, str(key)), hint=hint)


def _parts(item: Mapping[str, object], place: Place, intake: Intake) -> dict[Holds, object]:
    """Return what a record says of whom it speaks; what has no shape for it says nothing."""
    parts: dict[Holds, object] = {}
    for holds, key in _KEYS.items():
        raw = own(item.get(key))
        if isinstance(raw, (Mapping, list, bool)):
            try:
                raw = _part(holds, raw)
            except (ShapeError, NumberError, RuleError) as error:
                intake.report("record-value-shape", reason_of(error), _at(place, key))
                raw = None
        parts[holds] = raw
    return parts


def _part(holds: Holds, raw: object) -> object:
    if holds is Holds.PERIOD and isinstance(raw, Mapping):
        return _period(raw)
    if holds is Holds.POPULATION and isinstance(raw, Mapping):
        return value_of_json(raw)
    raise ShapeError(
        Said(f"`{_KEYS[holds]}` is one text or number", f"`{_KEYS[holds]}`应当是一个文本或数")
    )


def _period(raw: Mapping[str, object]) -> Period:
    label, months = raw.get("label"), raw.get("months")
    days = [raw.get("start"), raw.get("end")]
    if not isinstance(label, str) or raw.keys() - {"label", "months", "start", "end"}:
        raise ShapeError(
            Said(
                "a period has a `label`, and may have `months`, `start` and `end`",
                "期间要有`label`，可以有`months`、`start`和`end`",
            )
        )
    if any(day is not None and not isinstance(day, str) for day in days):
        raise ShapeError(
            Said("`start` and `end` of a period are texts", "期间的`start`和`end`应当是文本")
        )
    start, end = cast(list[Day | None], days)
    if months is None:
        return Period(label, start=start, end=end)
    if not isinstance(months, int) or isinstance(months, bool):
        raise ShapeError(Said("`months` is a whole number", "`months`应当是整数"))
    return Period(label, months=months, start=start, end=end)


def _values(item: Mapping[str, object], place: Place, intake: Intake) -> Mapping[str, object]:
    given = item.get("values", {})
    if isinstance(given, Mapping):
        return {heading_of(key): own(raw) for key, raw in given.items()}
    message = Said(
        "`values` is an object with a value for each measure", "`values`应当是对象，每个指标一个值"
    )
    intake.report("record-value-shape", message, _at(place, "values"))
    return {}


def _code(key: str, intake: Intake) -> str | None:
    """Return the measure or judgement that a key names, by its code or else its name."""
    if key in intake.measures or key in intake.needs.judgements:
        return key
    uses = [use for use in intake.names.find(key, {}) if use.stage is None and not use.unit]
    named = [use for use in uses if use.holds in (Holds.VALUE, Holds.JUDGED)]
    return named[0].target if len(named) == 1 else None


def _shaped(raw: object, code: str | None, intake: Intake) -> tuple[object, Found]:
    """Return the value that an object stands for; one that is none stays, as its JSON text."""
    try:
        value = value_of_json(raw)
    except (ShapeError, NumberError, RuleError) as error:
        hint = error.hint if isinstance(error, ShapeError) else ""
        return dump(raw), (Finding("record-value-shape", reason_of(error), hint=hint),)
    return value, _found(code, value, intake)


def _found(code: str | None, value: object, intake: Intake) -> Found:
    """Return what is wrong with a value; the value itself stays as it is written."""
    if code is None:
        return ()
    measure = intake.measures.get(code)
    if measure is None:
        return read_judgement(code, Cells(value=value))[1]
    return observe_stages(measure, value)


# ------------------------------------------------------------------------------ out


def write_records_json(records: Iterable[Record]) -> str:
    """Return records as a JSON text, a line for each.

    Raises:
        NumberError: a number that JSON does not have, named by facility and measure.
        UsageError: a value that is none.
    """
    lines = ",\n".join(dump(json_of_record(record)) for record in records)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def json_of_record(record: Record) -> dict[str, object]:
    """Return the JSON form of a record, as dicts, lists, texts, ints and Decimals.

    Raises:
        NumberError: a number that JSON does not have, named by facility and measure.
        UsageError: a value that is none.
    """
    parts = {
        "name": record.name if record.name != record.facility else None,
        "kind": record.kind,
        "population": _json_of_population(record),
        "period": _json_of_period(record.period),
    }
    said = {key: part for key, part in parts.items() if part is not None}
    values = {code: _json_of_value(record, code, value) for code, value in record.values.items()}
    return {"facility": record.facility, **said, "values": values}


def _json_of_population(record: Record) -> object:
    """Return the number of people; a text that is none, as it was written in the data."""
    if record.population is None:
        return None
    try:
        return json_of_number(read_population(record.population))
    except NumberError as error:
        if isinstance(record.population, str):
            return record.population
        raise NumberError(
            Said(
                f"facility `{record.facility}`, population: {error}",
                f"单位`{record.facility}`，人口数：{chinese(reason_of(error))}",
            )
        ) from error


def _json_of_value(record: Record, code: str, value: Value) -> object:
    try:
        return json_of_value(value)
    except NumberError as error:
        raise NumberError(
            Said(
                f"facility `{record.facility}`, `{code}`: {error}",
                f"单位`{record.facility}`，`{code}`：{chinese(reason_of(error))}",
            )
        ) from error


def _json_of_period(period: Period | None) -> object:
    if period is None:
        return None
    if period == Period(period.label):
        return period.label
    parts = {
        "label": period.label,
        "months": period.months,
        "start": json_of_day(period.start),
        "end": json_of_day(period.end),
    }
    return {key: part for key, part in parts.items() if part is not None}


def dump(thing: object) -> str:
    """Return the JSON text of dicts, lists, texts, ints and Decimals, on one line.

    The standard library writes no Decimal; this is no more than what records need.
    """
    if isinstance(thing, Mapping):
        pairs = (f"{dump(str(key))}: {dump(value)}" for key, value in thing.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(thing, (list, tuple)):
        return f"[{', '.join(map(dump, thing))}]"
    if isinstance(thing, Decimal):
        return format(thing, "f")
    return json.dumps(thing, ensure_ascii=False, default=str)
