"""Values of records in JSON, both ways: a form for each kind of value.

A number, a text, true or false stand for themselves, null for a missing value. What has parts is
an object with the names of its parts: a pair, an absence with its reason, cases, judgements, a
sample, a statement with its evidence, the stages of a value.

Source: vocabulary “Record”; semantics 2, 7, 15.

>>> json_of_value(Ratio(249, 300, printed="83%"))
{'numerator': 249, 'denominator': 300, 'printed': '83%'}
>>> value_of_json({"numerator": 249, "denominator": 300})
Ratio(249, 300)
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import cast

import attrs

from healthduty.errors import HealthdutyError, UsageError
from healthduty.exact import Number, Ratio, decimal_places, read_number, to_decimal
from healthduty.model.party import Day
from healthduty.records.intake import listed
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    Missing,
    NotApplicable,
    Observation,
    Origin,
    Sample,
    Statement,
    Value,
)
from healthduty.said import Said

Json = Mapping[str, object]

_FRACTION = re.compile(r"(-?\d+)/([1-9]\d*)")


class ShapeError(HealthdutyError, ValueError):
    """An object that is none of the forms in which a value may stand."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep what is wrong, and what may have been meant."""
        super().__init__(message)
        self.hint = hint


# ------------------------------------------------------------------------------ in


def value_of_json(raw: object) -> Value:
    """Return the value that a parsed JSON value stands for; what is no JSON stays as it is.

    Raises:
        ShapeError: an object of no known form, a part that is wanting, unknown or of another type.
        NumberError: a part that is no number.
    """
    if raw is None:
        return MISSING
    if isinstance(raw, Mapping):
        return _form_of(raw)(raw)
    if isinstance(raw, list) and not all(isinstance(each, (Case, Judged)) for each in raw):
        raise ShapeError(
            Said(
                'a list is no value: write {"cases": […]} or {"judged": […]}',
                '列表不是值：写{"cases": […]}或{"judged": […]}',
            )
        )
    return cast(Value, raw)


def _form_of(raw: Json) -> Callable[[Json], Value]:
    for wanted, (others, read) in _FORMS.items():
        if wanted in raw:
            unknown = [key for key in raw if key != wanted and key not in others]
            if unknown:
                hint = _meant(unknown, others - raw.keys())
                raise ShapeError(
                    Said(
                        f"{listed(unknown)} has no place beside `{wanted}`",
                        f"{listed(unknown).zh}不能与`{wanted}`并列",
                    ),
                    hint,
                )
            return read
    if not raw:
        raise ShapeError(Said("an empty object is no value", "空对象不是值"))
    raise ShapeError(
        Said(f"an object with {listed(raw)} is no value", f"带{listed(raw).zh}的对象不是值"),
        _meant(raw, _FORMS),
    )


def _meant(names: Iterable[str], known: Iterable[str]) -> str:
    """Return the hint that names the key that was probably meant, or no hint."""
    for name in names:
        if near := difflib.get_close_matches(name[:_LONGEST_KEY], known, n=1):
            return Said(f"did you mean `{near[0]}`?", f"是不是`{near[0]}`？")
    return ""


_LONGEST_KEY = 60
"""No key of ours is longer; comparing longer ones would only cost time."""


def _ratio(raw: Json) -> Ratio:
    printed = raw.get("printed")
    return Ratio(
        _number(raw, "numerator"),
        _number(raw, "denominator"),
        printed=None if printed is None else str(printed),
    )


def _fraction(raw: Json) -> Fraction:
    match = _FRACTION.fullmatch(_text(raw, "fraction"))
    if match is None:
        raise ShapeError(Said('a fraction is written as "1/3"', '分数写成"1/3"'))
    return Fraction(int(match[1]), int(match[2]))


def _absence(raw: Json) -> Missing | NotApplicable:
    kind = raw["absent"]
    if kind == "not_applicable":
        return NotApplicable(_text(raw, "reason"), approver=_text(raw, "approver"))
    if kind != "missing":
        raise ShapeError(
            Said(
                "`absent` is `missing` or `not_applicable`",
                "`absent`应当是`missing`或`not_applicable`",
            )
        )
    if len(raw) > 1:
        raise ShapeError(
            Said(
                "what is missing has no reason: what is not applicable has",
                "缺报没有理由，不适用才有",
            )
        )
    return MISSING


def _cases(raw: Json) -> tuple[Case, ...]:
    return tuple(_one_case(case) for case in _objects(raw, "cases"))


def _case(raw: Json) -> Case:
    return _one_case(raw["case"])


def _one_case(raw: object) -> Case:
    case = _object(raw, "case", {"id", "on", "attributes", "note"})
    attributes = _object(case.get("attributes", {}), "attributes")
    pairs = {name: _text(attributes, name) for name in attributes}
    return Case(_text(case, "id"), _day(case, "on"), pairs, note=_text(case, "note"))


def _judged(raw: Json) -> Judged | tuple[Judged, ...]:
    if isinstance(raw["judged"], Mapping):
        return _one_judged(raw["judged"])
    return tuple(_one_judged(judged) for judged in _objects(raw, "judged"))


def _one_judged(raw: object) -> Judged:
    judged = _object(raw, "judged", {"points", "reason", "assessor"})
    return Judged(
        _number(judged, "points"), _text(judged, "reason"), assessor=_text(judged, "assessor")
    )


def _sample(raw: Json) -> Sample:
    sample = _object(raw["sample"], "sample", {"value", "asked", "available"})
    value, asked, available = (_number(sample, name) for name in ("value", "asked", "available"))
    return Sample(value, asked=asked, available=available)


def _statement(raw: Json) -> Statement:
    unevidenced = raw.get("unevidenced", False)
    if not isinstance(unevidenced, bool):
        raise ShapeError(Said("`unevidenced` is true or false", "`unevidenced`应当是true或false"))
    value = value_of_json(raw["value"])
    if isinstance(value, (Statement, Observation)):
        raise ShapeError(Said("a statement can't state another", "陈述里不能再有陈述"))
    return Statement(
        value,
        assessor=_text(raw, "assessor"),
        on=_day(raw, "on"),
        evidence=_text(raw, "evidence"),
        unevidenced=unevidenced,
        origin=_origin(raw.get("origin")),
    )


def _origin(raw: object) -> Origin | None:
    if raw is None:
        return None
    origin = _object(raw, "origin", {"name", "digest"})
    return Origin(_text(origin, "name"), _text(origin, "digest"))


def _observation(raw: Json) -> Observation:
    return Observation(*(_stage(raw.get(stage)) for stage in _STAGES))


def _stage(raw: object) -> Statement | None:
    value = None if raw is None else value_of_json(raw)
    if isinstance(value, Observation):
        raise ShapeError(Said("a stage can't have stages", "阶段里不能再分阶段"))
    return value if value is None or isinstance(value, Statement) else Statement(value)


_STAGES = ("self_assessed", "verified", "reviewed")
_FORMS: Mapping[str, tuple[frozenset[str], Callable[[Json], Value]]] = {
    "numerator": (frozenset({"denominator", "printed"}), _ratio),
    "denominator": (frozenset({"numerator", "printed"}), _ratio),
    "fraction": (frozenset(), _fraction),
    "absent": (frozenset({"reason", "approver"}), _absence),
    "cases": (frozenset(), _cases),
    "case": (frozenset(), _case),
    "judged": (frozenset(), _judged),
    "sample": (frozenset(), _sample),
    "value": (frozenset({"assessor", "on", "evidence", "unevidenced", "origin"}), _statement),
    **{stage: (frozenset(_STAGES), _observation) for stage in _STAGES},
}
"""By the key that makes the form: what may stand beside it, and what reads it."""


def _number(raw: Json, name: str) -> Number:
    if name not in raw:
        raise ShapeError(Said(f"`{name}` is wanting", f"缺`{name}`"))
    value = raw[name]
    if isinstance(value, Mapping) and "fraction" in value:
        return _fraction(value)
    return read_number(value, name)[0]


def _text(raw: Json, name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str):
        raise ShapeError(Said(f"`{name}` is a text", f"`{name}`应当是文本"))
    return value


def _day(raw: Json, name: str) -> Day | None:
    value = raw.get(name)
    return value if value is None or isinstance(value, datetime.date) else _text(raw, name)


def _object(raw: object, what: str, keys: set[str] | None = None) -> Json:
    if not isinstance(raw, Mapping):
        raise ShapeError(Said(f"`{what}` is an object", f"`{what}`应当是对象"))
    if keys is not None and (unknown := [key for key in raw if key not in keys]):
        hint = _meant(unknown, keys - raw.keys())
        raise ShapeError(
            Said(
                f"{listed(unknown)} has no place in `{what}`",
                f"`{what}`里不能有{listed(unknown).zh}",
            ),
            hint,
        )
    return raw


def _objects(raw: Json, name: str) -> list[object]:
    value = raw[name]
    if not isinstance(value, list):
        raise ShapeError(Said(f"`{name}` is a list", f"`{name}`应当是列表"))
    return value


# ------------------------------------------------------------------------------ out


def json_of_value(value: Value) -> object:
    """Return the JSON form of a value, as dicts, lists, texts, ints and Decimals.

    Raises:
        NumberError: a number that JSON does not have: NaN, an infinity, one too long.
        UsageError: what is no value.
    """
    match value:
        case Observation():
            stages = {stage: getattr(value, stage) for stage in _STAGES}
            return {stage: json_of_value(said) for stage, said in stages.items() if said}
        case Statement():
            return _json_of_statement(value)
        case tuple() | list():
            return _json_of_list(value)
        case _:
            return _json_of_plain(value)


def _json_of_list(values: Sequence[object]) -> object:
    cases = [_json_of_case(case) for case in values if isinstance(case, Case)]
    judged = [_json_of_judged(one) for one in values if isinstance(one, Judged)]
    if len(cases) == len(values):
        return {"cases": cases}
    if len(judged) == len(values):
        return {"judged": judged}
    raise UsageError("a list is a value where it holds cases, or judgements, and nothing else")


def _json_of_plain(value: object) -> object:
    match value:
        case None | Missing():
            return None
        case NotApplicable():
            return _filled(absent="not_applicable", reason=value.reason, approver=value.approver)
        case str() | bool():
            return value
        case Ratio():
            pair = _filled(numerator=value.numerator, denominator=value.denominator)
            return pair if value.printed is None else {**pair, "printed": value.printed}
        case Sample():
            parts = (value.value, value.asked, value.available)
            names = ("value", "asked", "available")
            return {"sample": dict(zip(names, map(json_of_number, parts), strict=True))}
        case Case():
            return {"case": _json_of_case(value)}
        case Judged():
            return {"judged": _json_of_judged(value)}
        case int() | float() | Decimal() | Fraction():
            return json_of_number(value)
        case _:  # whatever a caller without a type checker passes
            raise UsageError(f"a `{type(value).__name__}` is no value of a record")


def json_of_number(number: Number) -> object:
    """Return a number as JSON has it: an int, a Decimal, or an object with the fraction.

    Raises:
        NumberError: as `read_number`.
    """
    exact = read_number(number)[0]
    if exact.denominator == 1:
        return exact.numerator
    if decimal_places(exact) is None:
        return {"fraction": f"{exact.numerator}/{exact.denominator}"}
    return to_decimal(exact)


def _json_of_statement(statement: Statement) -> object:
    rest = _filled(
        assessor=statement.assessor,
        on=json_of_day(statement.on),
        evidence=statement.evidence,
        unevidenced=statement.unevidenced or None,
        origin=None if statement.origin is None else attrs.asdict(statement.origin),
    )
    return {"value": json_of_value(statement.value), **rest}


def _json_of_case(case: Case) -> object:
    attributes = dict(case.attributes) or None
    return _filled(id=case.id, on=json_of_day(case.on), attributes=attributes, note=case.note)


def _json_of_judged(judged: Judged) -> object:
    rest = _filled(reason=judged.reason, assessor=judged.assessor)
    return {"points": json_of_number(judged.points), **rest}


def json_of_day(day: Day | None) -> str | None:
    """Return the JSON form of a day: ISO, or the text that names none."""
    return day.isoformat() if isinstance(day, datetime.date) else day


def _filled(**parts: object) -> dict[str, object]:
    """Return the parts that say something; numbers always do."""
    return {
        name: json_of_number(part) if isinstance(part, Fraction) else part
        for name, part in parts.items()
        if part is not None and part != ""
    }
