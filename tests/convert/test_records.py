"""Records as JSON: every form of a value comes back, and every fault of one is told by path."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from healthduty.convert.record_data import record_to_data
from healthduty.convert.records import parse_records, write_records
from healthduty.errors import NumberError, RuleError, SourceError, UsageError
from healthduty.exact import Ratio
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Period,
    Record,
    Statement,
)
from sample_agreement import OBSERVED


def written(value: Any) -> object:  # noqa: ANN401 - any value
    """Return a value as it is written."""
    values = record_to_data(Record("a", {"x": value}))["values"]
    assert isinstance(values, dict)
    return values["x"]


def back(value: Any) -> object:  # noqa: ANN401 - any value
    """Write a value to a file and read it again."""
    return parse_records(write_records([Record("a", {"x": value})]))[0].values["x"]


def faults(value: str, **fields: str) -> list[str]:
    """Return the faults of a bare list of one record whose fields are given as JSON."""
    fields = {"facility": '"a"', "values": f'{{"x": {value}}}', **fields}
    entries = ", ".join(f'"{name}": {field}' for name, field in fields.items())
    text = f"[{{{entries}}}]"
    with pytest.raises(SourceError) as caught:
        parse_records(text, "a.json")
    return [
        str(finding).removeprefix("error ").replace("a.json, $[0].", "")
        for finding in caught.value.findings
    ]


def test_everything_comes_back_as_it_was() -> None:
    """Every form of a value, and of whom the record speaks."""
    text = write_records([OBSERVED, Record("b", {})])
    assert parse_records(text) == (OBSERVED, Record("b", {}))
    assert write_records(parse_records(text)) == text


def test_the_record_that_is_compared_is_compared_in_full() -> None:
    """What a pair was printed as is no part of equality, and comes back all the same."""
    ratio = parse_records(write_records([OBSERVED]))[0].values["ratio"]
    assert isinstance(ratio, Ratio)
    assert ratio.printed == "51.1%"


def test_a_bare_list_is_read_too() -> None:
    """What another program writes need not have our head."""
    (record,) = parse_records('[{"facility": "a", "values": {"x": 83.5}, "period": 2024}]')
    assert record == Record("a", {"x": Decimal("83.5")}, period="2024")


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (85, 85),
        (Decimal("85.0"), Decimal("85.0")),
        (0.1, Decimal("0.1")),
        (Fraction(85), 85),
        (Fraction(1, 8), Decimal("0.125")),
        (Fraction(1, 3), {"kind": "fraction", "value": "1/3"}),
        (Fraction(1, 2**40), {"kind": "fraction", "value": "1/1099511627776"}),
        ("83%", "83%"),
        (True, True),
        (None, None),
        (MISSING, {"kind": "missing"}),
        (NotApplicable(), {"kind": "not_applicable"}),
        (Ratio(1, 3), {"kind": "ratio", "numerator": 1, "denominator": 3}),
        ([Case("1")], [{"kind": "case", "id": "1"}]),
        (Statement(7), {"kind": "statement", "value": 7}),
        (Observation(7), {"kind": "observation", "self_assessed": 7}),
        (
            Observation(verified=Statement(Fraction(1, 3), assessor="李")),
            {
                "kind": "observation",
                "verified": {
                    "kind": "statement",
                    "value": {"kind": "fraction", "value": "1/3"},
                    "assessor": "李",
                },
            },
        ),
        (
            Statement((Judged("0.5"),)),
            {"kind": "statement", "value": [{"kind": "judged", "points": "0.5"}]},
        ),
    ],
)
def test_forms(value: object, form: object) -> None:
    """Each value has one form, in which a number can't be taken for a text nor for a rate."""
    assert written(value) == form
    assert written(back(value)) == form


def test_a_number_that_was_computed_stays_a_float() -> None:
    """So that its observation says so; a number that only has many digits stays a decimal."""
    computed = back(100 / 3)
    assert isinstance(computed, float)
    assert computed == 100 / 3
    assert back(Decimal("33.3333333333333333333")) == Decimal("33.3333333333333333333")
    assert isinstance(back(0.1), Decimal)


def test_null_is_as_good_as_nothing() -> None:
    """Of whom a record speaks may be left open in so many words."""
    text = '[{"facility": "a", "values": {}, "kind": null, "population": null, "period": null}]'
    assert parse_records(text) == (Record("a", {}),)


def test_what_was_said_of_a_value_may_be_left_out() -> None:
    """A stage may be the value alone, and a period its label alone."""
    text = (
        '[{"facility": "a", "period": "2024-H1", "population": "5.2e4", "values":'
        ' {"x": {"kind": "observation", "verified": {"kind": "ratio", "numerator": 1,'
        ' "denominator": 2}, "reviewed": null}}}]'
    )
    assert parse_records(text) == (
        Record(
            "a",
            {"x": Observation(verified=Statement(Ratio(1, 2)))},
            period=Period("2024-H1", months=6),
            population="5.2e4",
        ),
    )


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("NaN", "json-value: values.x: the number is `NaN`: only finite numbers are taken"),
        (
            "1" * 5_000,
            (
                "json-value: values.x: the number is too long: at most 40 digits"
                " and an exponent within ±30 are taken"
            ),
        ),
        ("[1]", "json-type: values.x[0]: expected an object, found the number `1`"),
        (
            '[{"kind": "case"}, {"kind": "judged", "points": 1}]',
            "json-value: values.x: a list holds cases or judgements, not both",
        ),
        (
            '[{"kind": "ratio", "numerator": 1, "denominator": 2}]',
            (
                "json-unknown-kind: values.x[0]: `ratio` is no kind of value of a list"
                " (kinds of value of a list: `case`, `judged`)"
            ),
        ),
        (
            '{"numerator": 1, "denominator": 2}',
            (
                "json-missing: values.x: `kind` is missing (kinds of value: `ratio`, `sample`,"
                " `judged`, `case`, `missing`, `not_applicable`, `fraction`, `statement`,"
                " `observation`)"
            ),
        ),
        (
            '{"kind": "ratio", "numerator": "1%", "denominator": 2}',
            (
                "json-value: values.x.numerator: the text `1%` is no number"
                ' (write it like 90, "0.5" or "1/3")'
            ),
        ),
        (
            '{"kind": "ratio", "numerator": 1}',
            (
                "json-missing: values.x: `denominator` is missing"
                " (`ratio` needs `numerator`, `denominator`)"
            ),
        ),
        (
            '{"kind": "case", "attributes": {"severity": 1}}',
            "json-type: values.x.attributes.severity: expected a text, found the number `1`",
        ),
        (
            '{"kind": "statement", "value": {"kind": "statement", "value": 1}}',
            (
                "json-unknown-kind: values.x.value: `statement` is no kind of value (kinds of"
                " value: `ratio`, `sample`, `judged`, `case`, `missing`, `not_applicable`,"
                " `fraction`)"
            ),
        ),
        (
            '{"kind": "missing", "reason": "停业"}',
            "json-unknown-field: values.x.reason: `reason` is no field of `missing` (it has none)",
        ),
        (r'"\ud800"', r"json-value: values.x: `\ud800` holds half a character"),
    ],
)
def test_faults_of_a_value(value: str, fault: str) -> None:
    """Nothing is guessed: a value that has none of the forms is told by its path."""
    assert faults(value) == [fault]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"facility": "1"}, "json-type: facility: expected a text, found the number `1`"),
        ({"values": "[]"}, "json-type: values: expected an object, found a list"),
        (
            {"values": '{"x": 1, "x": 2}'},
            "json-duplicate-key: values: `x` stands here twice",
        ),
        ({"population": "true"}, "json-type: population: expected a number, found true"),
        ({"population": '"五万"'}, "json-value: population: the number is `五万`: not a number"),
        ({"period": "true"}, "json-type: period: expected a text, found true"),
        (
            {"period": '{"label": "2024", "months": 13}'},
            "json-value: period: a period has 1 to 12 months, not 13",
        ),
        (
            {"polulation": "1"},
            (
                "json-unknown-field: polulation: `polulation` is no field of a record"
                " (did you mean `population`?)"
            ),
        ),
    ],
)
def test_faults_of_a_record(fields: dict[str, str], fault: str) -> None:
    """Of whom a record speaks is read as strictly as what it says."""
    assert faults("1", **fields) == [fault]


def test_all_faults_of_all_records_at_once() -> None:
    """A file is read to its end, whatever is wrong at its beginning."""
    text = json.dumps(
        {
            "format": "healthduty/records",
            "version": 1,
            "records": [{"facility": 1, "values": {}}, 5, {"facility": "a", "values": {"2.1": {}}}],
        }
    )
    with pytest.raises(SourceError) as caught:
        parse_records(text, "a.json")
    assert [
        (finding.code, finding.place.path)  # type: ignore[attr-defined]
        for finding in caught.value.findings
    ] == [
        ("json-type", "$.records[0].facility"),
        ("json-type", "$.records[1]"),
        ("json-missing", '$.records[2].values["2.1"]'),
    ]


def test_an_agreement_is_no_file_of_records() -> None:
    """The head says what a file is."""
    text = '{"format": "healthduty/agreement", "version": 1, "agreement": {"title": "示例"}}'
    with pytest.raises(SourceError, match=r"json-format: \$\.format: expected the text"):
        parse_records(text)


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), Decimal("NaN"), 1e300])
def test_a_number_that_is_none_is_not_written(value: Any) -> None:  # noqa: ANN401 - any value
    """What no file could say is refused, not turned into something else."""
    with pytest.raises(NumberError):
        write_records([Record("a", {"x": value})])


def test_what_is_no_value_is_not_written() -> None:
    """A wrong call is refused."""
    with pytest.raises(UsageError, match=r"^`set` is no value of a record$"):
        write_records([Record("a", {"x": {1}})])  # type: ignore[arg-type]


def test_half_a_character_is_not_written() -> None:
    """No UTF-8 file could keep it."""
    with pytest.raises(RuleError, match="holds half a character"):
        write_records([Record("\ud800", {})])
