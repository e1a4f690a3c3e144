"""Records as JSON, in and out."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from healthduty.errors import NumberError, SourceError, UsageError
from healthduty.exact import Ratio
from healthduty.records.files import read_records_json, write_records_json
from healthduty.records.json_data import read_data
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Period,
    Record,
    Sample,
    Statement,
    Value,
)
from healthduty.strict_json import MOST_DEPTH
from records.reading_agreement import AGREEMENT

DAY = datetime.date(2024, 3, 5)
VALUES: tuple[tuple[Value, str], ...] = (
    (93, "93"),
    (Decimal("93.50"), "93.5"),
    (Decimal("0.0000001"), "0.0000001"),
    (-(10**30), "-1000000000000000000000000000000"),
    ("93%", '"93%"'),
    ('a "quoted"\n\\ text', '"a \\"quoted\\"\\n\\\\ text"'),
    (True, "true"),
    (MISSING, "null"),
    (Fraction(1, 3), '{"fraction": "1/3"}'),
    (Ratio(249, 300), '{"numerator": 249, "denominator": 300}'),
    (
        Ratio(249, 300, printed="83%"),
        '{"numerator": 249, "denominator": 300, "printed": "83%"}',
    ),
    (Ratio(Fraction(1, 3), 0), '{"numerator": {"fraction": "1/3"}, "denominator": 0}'),
    (NotApplicable(), '{"absent": "not_applicable"}'),
    (
        NotApplicable("停业", approver="县卫生局"),
        '{"absent": "not_applicable", "reason": "停业", "approver": "县卫生局"}',
    ),
    (
        Case("1", DAY, {"程度": "重"}, note="x"),
        '{"case": {"id": "1", "on": "2024-03-05", "attributes": {"程度": "重"}, "note": "x"}}',
    ),
    ((Case("1"), Case()), '{"cases": [{"id": "1"}, {}]}'),
    ((), '{"cases": []}'),
    (
        Judged("0.5", "迟报", assessor="甲"),
        '{"judged": {"points": 0.5, "reason": "迟报", "assessor": "甲"}}',
    ),
    ((Judged(1), Judged(2)), '{"judged": [{"points": 1}, {"points": 2}]}'),
    (Sample(2, asked=10, available=8), '{"sample": {"value": 2, "asked": 10, "available": 8}}'),
    (Statement(93), '{"value": 93}'),
    (
        Statement("93%", assessor="甲", on=DAY, unevidenced=True),
        '{"value": "93%", "assessor": "甲", "on": "2024-03-05", "unevidenced": true}',
    ),
    (
        Statement(93, evidence="表"),
        '{"value": 93, "evidence": "表"}',
    ),
    (Statement(MISSING, on="2024-02-30"), '{"value": null, "on": "2024-02-30"}'),
    (
        Observation(95, Statement(93, assessor="甲")),
        '{"self_assessed": {"value": 95}, "verified": {"value": 93, "assessor": "甲"}}',
    ),
    (
        Observation(reviewed=Ratio(9, 10)),
        '{"reviewed": {"value": {"numerator": 9, "denominator": 10}}}',
    ),
)


@pytest.mark.parametrize(("value", "text"), VALUES, ids=lambda each: str(each)[:40])
def test_each_kind_of_value_has_its_form(value: Value, text: str) -> None:
    """It is written in one way, and reads back as the same value."""
    written = write_records_json([Record("南关", {"satisfaction": value})])
    assert written == f'[\n{{"facility": "南关", "values": {{"satisfaction": {text}}}}}\n]\n'
    assert read_records_json(written, AGREEMENT)[0].values["satisfaction"] == value


@pytest.mark.parametrize(
    ("value", "normal"),
    [
        (0.1, Decimal("0.1")),
        (0.30000000000000004, Decimal("0.30000000000000004")),
        (None, MISSING),
        ([Case("1")], (Case("1"),)),
        ([Judged(1), Judged(2)], (Judged(1), Judged(2))),
        (Fraction(1, 2), Decimal("0.5")),
    ],
)
def test_what_has_several_spellings_comes_back_in_one(value: Value, normal: Value) -> None:
    """A float is the decimal that prints it, None is missing, a list is a tuple."""
    written = write_records_json([Record("南关", {"satisfaction": value})])
    assert read_records_json(written, AGREEMENT)[0].values["satisfaction"] == normal


@pytest.mark.parametrize(
    "record",
    [
        Record("01", {}, name="南关", kind="中心", population=32000, period="2024"),
        Record("01", {}, population=Decimal("0.5")),
        Record("01", {}, population=Fraction(1, 3)),
        Record("01", {}, period=Period("2024-H1")),
        Record("01", {}, period=Period("试点期", months=7, start=DAY, end="2024-02-30")),
        Record("01", {}, period=Period("试点期", months=3)),
        Record("01", {}, period=Period("2024", start=DAY)),
        Record("01", {"conduct": 1, "1.1": "x", "": 0, "不是数据项": True}),
    ],
)
def test_a_record_comes_back_whole(record: Record) -> None:
    """Name, kind, population and period are kept, and values that no rule reads."""
    assert list(read_records_json(write_records_json([record]), AGREEMENT)) == [record]


def test_no_records_are_an_empty_list() -> None:
    """Which is refused when it is read: an empty file is a mistake."""
    assert write_records_json([]) == "[]\n"


@pytest.mark.parametrize("value", [float("nan"), Decimal("Infinity"), 10**200])
def test_a_number_that_json_has_not_is_refused(value: Value) -> None:
    """The facility and the measure are named."""
    with pytest.raises(NumberError, match="facility `南关`, `satisfaction`: "):
        write_records_json([Record("南关", {"satisfaction": value})])


def test_a_population_that_json_has_not_is_refused() -> None:
    """The facility is named."""
    with pytest.raises(NumberError, match="facility `南关`, population: "):
        write_records_json([Record("南关", {}, population=float("nan"))])


def test_a_population_that_is_no_number_stays_a_text() -> None:
    """It was reported when it was read; the file keeps what was written."""
    written = write_records_json([Record("南关", {}, population="约三千")])
    records = read_records_json(written, AGREEMENT)
    assert records[0].population == "约三千"
    assert "record-population-unreadable" in records.findings.codes


@pytest.mark.parametrize("value", [object(), [1], (Case(), Judged(1)), {"a": 1}])
def test_what_is_no_value_is_not_written(value: object) -> None:
    """That is a fault of the program."""
    with pytest.raises(UsageError):
        write_records_json([Record("南关", {"satisfaction": value})])  # type: ignore[dict-item]


def test_a_measure_may_go_by_its_name() -> None:
    """Codes or names, as in a table."""
    text = '[{"facility": "南关", "values": {"满意率": 93, "1.9": 1}}]'
    records = read_records_json(text, AGREEMENT, name="数据.json")
    assert dict(records[0].values) == {"satisfaction": 93, "1.9": 1}
    assert [str(each.place) for each in records.findings if each.severity == "warning"] == [
        '数据.json, $[0].values["1.9"]'
    ]


def test_a_measure_by_its_code_and_by_its_name_is_told_twice() -> None:
    """Where the two differ, neither is scored."""
    text = '[{"facility": "南关", "values": {"satisfaction": 93, "满意率": 39}}]'
    records = read_records_json(text, AGREEMENT)
    assert records.findings.errors.codes == ("record-value-twice",)
    assert records[0].values["satisfaction"] == "(93 ≠ 39)"


def test_a_stage_of_null_is_none() -> None:
    """A form that leaves its blanks as null is read."""
    stages = '{"self_assessed": 95, "verified": null}'
    text = f'[{{"facility": "南关", "values": {{"satisfaction": {stages}}}}}]'
    assert read_records_json(text, AGREEMENT)[0].values["satisfaction"] == Observation(95)


def test_missing_may_be_said_in_words() -> None:
    """The long form of null."""
    text = '[{"facility": "南关", "values": {"satisfaction": {"absent": "missing"}}}]'
    assert read_records_json(text, AGREEMENT)[0].values["satisfaction"] == MISSING


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ('{"fraction": "1/0"}', 'a fraction is written as "1/3"'),
        ('{"fraction": 3}', "`fraction` is a text"),
        (
            '{"absent": "missing", "reason": "x"}',
            "what is missing has no reason: what is not applicable has",
        ),
        ('{"absent": "not_applicable", "reason": 1}', "`reason` is a text"),
        ('{"case": []}', "`case` is an object"),
        ('{"case": {"day": "x"}}', "`day` has no place in `case`"),
        ('{"case": {"attributes": {"程度": 1}}}', "`程度` is a text"),
        ('{"cases": {}}', "`cases` is a list"),
        ('{"judged": {"reason": "x"}}', "`points` is wanting"),
        ('{"judged": [1]}', "`judged` is an object"),
        ('{"judged": 1}', "`judged` is a list"),
        ('{"sample": 3}', "`sample` is an object"),
        ('{"value": {"value": 1}}', "a statement can't state another"),
        ('{"verified": {"verified": 1}}', "a stage can't have stages"),
        ('{"verified": 1, "value": 2}', "`verified` has no place beside `value`"),
        ('{"value": 1, "on": 5}', "`on` is a text"),
        (
            '{"numerator": true, "denominator": 1}',
            "numerator is `True`: a yes or no is not a number",
        ),
        ('{"anything": 1}', "an object with `anything` is no value"),
    ],
)
def test_a_form_that_is_none_is_told(form: str, message: str) -> None:
    """The value stays as its text, which scores as unreadable."""
    text = f'[{{"facility": "南关", "values": {{"satisfaction": {form}}}}}]'
    records = read_records_json(text, AGREEMENT)
    told = [each.message for each in records.findings if each.code == "record-value-shape"]
    assert told == [message]
    assert records[0].values["satisfaction"] == form


@pytest.mark.parametrize(
    "period",
    [
        '{"label": 2024}',
        '{"label": "x", "months": "3"}',
        '{"label": "x", "months": true}',
        '{"label": "x", "months": 1.5}',
        '{"label": "x", "months": 13}',
        '{"label": "x", "start": 1}',
        '{"label": "x", "ende": "x"}',
        "[]",
    ],
)
def test_a_period_that_is_none_is_told(period: str) -> None:
    """The record stays, without a period."""
    text = f'[{{"facility": "南关", "period": {period}, "values": {{"satisfaction": 93}}}}]'
    records = read_records_json(text, AGREEMENT)
    assert records.findings.errors.codes == ("record-value-shape",)
    assert records[0].period is None


def test_days_are_held_against_the_record_s_own_period() -> None:
    """The data's period may differ from the agreement's year."""
    period = (
        '{"label": "2023-11至2024-10", "months": 12, "start": "2023-11-01", "end": "2024-10-31"}'
    )
    cases = '{"cases": [{"on": "2023-11-02"}, {"on": "2024-11-02"}]}'
    values = f'{{"satisfaction": 93, "complaints": {cases}}}'
    text = f'[{{"facility": "南关", "period": {period}, "values": {values}}}]'
    outside = [
        each
        for each in read_records_json(text, AGREEMENT).findings
        if each.code == "record-date-outside"
    ]
    assert [each.message for each in outside] == [
        "有效投诉: 2024-11-02 is not in the term, 2023-11-01 to 2024-10-31"
    ]


def test_numbers_keep_their_digits() -> None:
    """Nothing passes through binary floating point."""
    assert read_data("[0.1, 1e2, 123456789012345678901234567890.5]") == [
        Decimal("0.1"),
        Decimal(100),
        Decimal("123456789012345678901234567890.5"),
    ]


@pytest.mark.parametrize("depth", [MOST_DEPTH, MOST_DEPTH + 1])
def test_nesting_is_bounded_to_the_level(depth: int) -> None:
    """Sixty levels are read, sixty-one refused; brackets in texts don't count."""
    text = "[" * (depth - 1) + '["[[[\\"[["]' + "]" * (depth - 1)
    if depth <= MOST_DEPTH:
        assert read_data(text)
    else:
        with pytest.raises(SourceError, match="nested deeper than 60 levels"):
            read_data(text)


def test_an_endless_text_is_no_crash() -> None:
    """A quotation mark that never closes is refused in linear time."""
    with pytest.raises(SourceError, match="row 1, character 2: the text that begins here never"):
        read_data('["' + "\\\\" * 500_000)
