"""Laws of reading: the form does not matter, nothing crashes, JSON gives back what it got."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.convert.digest import digest
from healthduty.errors import SourceError
from healthduty.model.agreement import Agreement
from healthduty.records.cells import observe_stages
from healthduty.records.collection import Records
from healthduty.records.files import read_records_json, write_records_json
from healthduty.records.observe import observe
from healthduty.records.reading import read_records
from healthduty.records.record import Record
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.scoring.score import score
from records.reading_agreement import AGREEMENT
from strategies import scored

CODES = [measure.code for measure in AGREEMENT.measures]
CELLS = st.one_of(
    st.integers(-5, 200).map(str),
    st.decimals(-5, 200, places=2).map(str),
    st.sampled_from(["", "—", "是", "√", "×", "优", "差", "九成", "93%", "９３", "7/10", "nan"]),
    st.text(max_size=6),
)
TABLES = st.lists(st.dictionaries(st.sampled_from(CODES), CELLS), min_size=1, max_size=4)


def told(records: Records) -> list[tuple[str, str]]:
    """Return the findings without their places."""
    return sorted((finding.code, finding.message) for finding in records.findings)


def told_or_refused(source: str | bytes) -> bool:
    """Return whether a source has records, or was refused with a reason."""
    try:
        return len(read_records(source, AGREEMENT)) > 0
    except SourceError as error:
        return len(error.findings) > 0


def as_csv(rows: list[list[str]]) -> str:
    """Write rows as a spreadsheet does; a line break makes it a text and not a path."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@given(TABLES)
def test_a_wide_table_and_plain_dicts_say_the_same(rows: list[Mapping[str, str]]) -> None:
    """The same cells make the same records and the same findings."""
    dicts = [
        {"facility": f"f{index}", **{code: row.get(code, "") for code in CODES}}
        for index, row in enumerate(rows)
    ]
    table = as_csv([["facility", *CODES], *[list(row.values()) for row in dicts]])
    one, other = read_records(table, AGREEMENT), read_records(dicts, AGREEMENT)
    assert list(one) == list(other)
    assert told(one) == told(other)


@given(TABLES)
def test_a_long_table_says_what_a_wide_one_says(rows: list[Mapping[str, str]]) -> None:
    """Row by row or column by column: the same values."""
    full = [{code: row.get(code, "") for code in CODES} for row in rows]
    wide = as_csv([["facility", *CODES], *[[f"f{i}", *row.values()] for i, row in enumerate(full)]])
    long = as_csv(
        [
            ["facility", "measure", "value"],
            *[[f"f{i}", code, cell] for i, row in enumerate(full) for code, cell in row.items()],
        ]
    )
    one, other = read_records(wide, AGREEMENT), read_records(long, AGREEMENT)
    assert list(one) == list(other)
    assert told(one) == told(other)


@given(TABLES, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_the_encoding_does_not_matter(rows: list[Mapping[str, str]], encoding: str) -> None:
    """A table of any text reads the same in each encoding, but for a NUL, which is refused."""
    cells = [[f"机构{i}", *(row.get(code, "") for code in CODES)] for i, row in enumerate(rows)]
    text = as_csv([["机构", *CODES], *cells]).replace("\0", "")
    assert read_records(text.encode(encoding), AGREEMENT) == read_records(text, AGREEMENT)


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever comes in, nothing but a refusal with findings is raised."""
    assert told_or_refused(data)


@given(st.text(max_size=120), st.sampled_from(["机构,满意率\n", "机构,指标,数值\n", "["]))
def test_a_text_is_read_or_refused(text: str, head: str) -> None:
    """Below a sound header, too."""
    assert told_or_refused(head + text)


KEYS = (
    *("numerator", "denominator", "cases", "case", "judged", "value", "verified", "absent"),
    *("on", "sample", "points", "id", "attributes", "fraction", "label", "x"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(["facility", "name", "kind", "population", "period", "values", "x"]),
        JSON | st.dictionaries(st.sampled_from([*CODES, "conduct", "x"]), JSON),
    )
)
def test_any_object_is_read_or_refused(item: dict[str, object]) -> None:
    """What has the wrong shape is a finding, and never an exception of another kind."""
    records = read_records([{"facility": "f", "values": {}}, item], AGREEMENT)
    assert len(records) == 2
    assert all(str(finding) for finding in records.findings)


@given(scored())
def test_a_record_scores_the_same_after_json(case: tuple[Agreement, Record]) -> None:
    """What is written reads back: the same digest, and the same points for the same reasons."""
    agreement, record = case
    (back,) = read_records_json(write_records_json([record]), agreement)
    assert digest(back) == digest(record)
    one, other = score(agreement, record), score(agreement, back)
    assert one.to_dict() == other.to_dict()


@given(scored())
def test_json_is_written_in_one_way(case: tuple[Agreement, Record]) -> None:
    """Writing what was read changes nothing."""
    agreement, record = case
    text = write_records_json([record])
    assert write_records_json(read_records_json(text, agreement)) == text


KINDS = [(kind, unit) for kind in MeasureKind for unit in ("%", "‰", "1/10万", "次", "元")]


def kind_is_possible(kind: MeasureKind, unit: str) -> bool:
    """Return whether a measure may have this kind and unit."""
    rates = {MeasureKind.RATE, MeasureKind.COMPLETION, MeasureKind.GROWTH}
    return (kind in rates) == (unit in ("%", "‰", "1/10万"))


@pytest.mark.parametrize(
    ("kind", "unit"), [case for case in KINDS if kind_is_possible(*case)], ids=str
)
def test_what_is_waved_through_is_clean(kind: MeasureKind, unit: str) -> None:
    """Plain numbers are not looked at one by one; nothing would be found in them."""
    levels = ("优", "差") if kind is MeasureKind.LEVEL else ()
    measure = Measure("m", unit=unit, kind=kind, levels=levels)
    wholes = ("", "0", "1", "9", "00", "10", "99", "100", "101", "123456789", "1234567890")
    for sign, whole, rest, mark in itertools.product(
        ("", "-", "+"), wholes, ("", ".", ".5", ".123456", ".1234567"), ("", "%", "‰")
    ):
        text = f"{sign}{whole}{rest}{mark}"
        found: list[object] = []
        observe(measure, text, found)  # type: ignore[arg-type]  # a list of findings
        assert bool(observe_stages(measure, text)) == bool(found), text
