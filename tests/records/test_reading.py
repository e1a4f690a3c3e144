"""`read_records`: what it takes, what it gives back, what it refuses."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from healthduty.errors import SourceError, UnknownNameError, UsageError
from healthduty.exact import Ratio
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.model.party import Term
from healthduty.records.collection import Records
from healthduty.records.reading import read_records
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Record,
    Statement,
)
from healthduty.rules.measure import Absent, Measure
from healthduty.rules.rule import Deduction, Judgement
from healthduty.rules.tally import StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind
from records.reading_agreement import AGREEMENT, read, read_clean

WIDE = "机构,满意率\n南关,93%\n"
RECORDS = [Record("南关", {"satisfaction": "93%"})]


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".txt", ".CSV", ""])
def test_a_path_is_read_by_what_is_in_it(tmp_path: Path, ending: str) -> None:
    """The file's ending does not matter; its name stands in every place."""
    path = tmp_path / f"数据{ending}"
    path.write_text("机构\t满意率\n南关\t九成\n", encoding="gb18030")
    for source in (path, str(path)):
        records = read_records(source, AGREEMENT)
        assert [record.facility for record in records] == ["南关"]
        assert {each.place.source for each in records.findings} == {f"数据{ending}"}


def test_a_json_file_is_read(tmp_path: Path) -> None:
    """With its mark, as some programs write it."""
    path = tmp_path / "数据.json"
    path.write_text('\ufeff[{"facility": "南关", "values": {"satisfaction": "93%"}}]', "utf-8")
    assert list(read_records(path, AGREEMENT)) == RECORDS


@pytest.mark.parametrize(
    "source",
    [
        WIDE,
        WIDE.encode("gb18030"),
        "机构,指标,数值\r南关,满意率,93%\r",
        '[{"facility": "南关", "values": {"satisfaction": "93%"}}]',
        b'[{"facility": "\xe5\x8d\x97\xe5\x85\xb3", "values": {"satisfaction": "93%"}}]',
        '[{"\u673a\u6784": "南关", "满意率": "93%"}]',
        [{"机构": "南关", "满意率": "93%"}],
        ({"facility": name, "satisfaction": "93%"} for name in ("南关",)),
        [{"facility": "南关", "values": {"满意率": "93%"}}],
        [{"facility": "南关", AGREEMENT.measures[0]: "93%"}],
    ],
    ids=[
        "text",
        "bytes",
        "long",
        "json",
        "json bytes",
        "flat json",
        "dicts",
        "a generator",
        "records as dicts",
        "measures as keys",
    ],
)
def test_every_source_gives_the_same_record(source: object) -> None:
    """A table, a text, dicts or JSON: what is observed does not depend on the form."""
    assert list(read_clean(source)) == RECORDS  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [3, None, {"facility": "南关"}])
def test_what_is_no_source_is_a_fault_of_the_call(source: object) -> None:
    """A single dict would be read as its keys."""
    with pytest.raises(UsageError, match="records are read from a path, a text or dicts"):
        read_records(source, AGREEMENT)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", ["nowhere.csv", "x" * 5000, "a\0b"])
def test_a_file_that_is_not_there_is_refused(source: str) -> None:
    """Under the same exception as a file that can't be read; with a hint for a one-line text."""
    with pytest.raises(SourceError) as caught:
        read_records(source, AGREEMENT)
    (finding,) = caught.value.findings
    assert isinstance(finding, Finding)
    assert finding.code == "record-file"
    assert finding.message.startswith("the file can't be opened: ")
    assert finding.hint == "a text on one line is taken for a path"


def test_the_name_stands_in_every_place() -> None:
    """Where a text has no file, its caller names it."""
    with pytest.raises(SourceError, match=r"upload: 1 fault\n  error record-quotes: upload, row 1"):
        read_records('"a\n', AGREEMENT, name="upload")


def test_a_source_without_a_name_is_called_data() -> None:
    """The exception needs something to begin with; the places leave it out."""
    with pytest.raises(SourceError, match=r"^data: 1 fault\n  error record-quotes: row 1: "):
        read_records('"a\n', AGREEMENT)


def test_a_refused_source_tells_what_was_found_before() -> None:
    """Notes and warnings are not lost when a table turns out to have no rows."""
    with pytest.raises(SourceError) as caught:
        read("考核数据\n机构,院长,满意率\n")
    assert [finding.code for finding in caught.value.findings if isinstance(finding, Finding)] == [
        "record-row-above",
        "record-column-unknown",
        "record-column-assumed",
        "record-no-rows",
    ]


def test_no_dicts_are_refused() -> None:
    """An empty list is a mistake."""
    with pytest.raises(SourceError, match="the list holds no record"):
        read([])


def test_what_is_excused_already_stays_so() -> None:
    """Dicts may hold the absence itself, with its approver."""
    excuse = NotApplicable("停业", approver="县卫生局")
    row = {
        "机构": "南关",
        "满意率": excuse,
        "签约人数": excuse,
        "服务人数": None,
        "conduct": excuse,
    }
    record = read_clean([row])[0]
    assert dict(record.values) == {"satisfaction": excuse, "contract": excuse, "conduct": excuse}


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ({"满意率": 93}, {"record-facility-column"}),
        ({"指标": "满意率", "数值": 93}, {"record-facility-column"}),
        ({"指标": "满意率"}, {"record-facility-column", "record-value-column"}),
    ],
)
def test_dicts_without_a_facility_are_refused(row: dict[str, object], codes: set[str]) -> None:
    """As a table is; a long one tells at once that it has no value either."""
    with pytest.raises(SourceError) as caught:
        read([row])
    found = {each.code for each in caught.value.findings if isinstance(each, Finding)}
    assert codes <= found


@pytest.mark.parametrize("text", [",\n,,\n", '""\n', "sep=;\n", "\n \n　\n"])
def test_cells_that_hold_nothing_are_an_empty_file(text: str) -> None:
    """Delimiters and quotation marks alone are no table."""
    with pytest.raises(SourceError, match=r"record-empty: 数据\.csv: the file holds nothing"):
        read(text)


def test_dicts_keep_what_they_hold() -> None:
    """Numbers, pairs, cases and judgements are values already."""
    case = Case("1", datetime.date(2024, 3, 5))
    row = {
        "机构": "南关",
        "人口": 3000,
        "考核期": 2024,
        "满意率": Decimal("93.5"),
        "签约人数": 0,
        "服务人数": 10,
        "surveys": 0,
        "register": True,
        "complaints": (case,),
        "conduct": Judged(1),
        "quality": Observation("优", "良"),
        "income": None,
    }
    record = read_clean([row])[0]
    assert dict(record.values) == {
        "satisfaction": Decimal("93.5"),
        "contract": Ratio(0, 10),
        "surveys": 0,
        "register": True,
        "complaints": (case,),
        "conduct": Judged(1),
        "quality": Observation("优", "良"),
        "income": MISSING,
    }
    assert (record.population, record.period and record.period.label) == (3000, "2024")


def test_dicts_are_judged_by_the_rules_of_their_values() -> None:
    """Zero points are points; NaN is a fault, a computed float a warning."""
    rows = [
        {"机构": "南关", "满意率": float("nan"), "conduct": 0},
        {"机构": "北关", "满意率": 91.66666666666667, "conduct": Decimal("0.5")},
    ]
    records = read(rows)
    assert [record.values["conduct"] for record in records] == [Judged(0), Judged("0.5")]
    assert [(each.code, each.place.row, each.place.column) for each in records.findings] == [
        ("record-column-assumed", None, ""),
        ("value-unreadable", 1, "满意率"),
        ("value-computed", 2, "满意率"),
    ]


def test_every_stage_is_looked_at() -> None:
    """A self-assessment that can't be read is a fault, though the verified value scores."""
    rows = [{"机构": "南关", "满意率": Observation("九成", Statement("93%", on="2024-02-30"))}]
    assert [each.code for each in read(rows).findings.errors] == [
        "value-unreadable",
        "record-date-impossible",
    ]


def test_a_dict_may_lack_a_key() -> None:
    """What one lacks and another has is blank."""
    rows = [{"机构": "南关", "满意率": 93}, {"机构": "北关", "surveys": 2, "满意率": 90}]
    assert read_clean(rows)[0].values["surveys"] == MISSING


def test_rows_that_are_no_dicts_are_told() -> None:
    """One stray entry does not hide the others."""
    records = read([{"facility": "南关", "values": {"satisfaction": 93}}, 5])  # type: ignore[list-item]
    assert len(records) == 1
    assert records.findings.errors.codes == ("record-json-record",)


def test_records_are_a_sequence() -> None:
    """They are indexed, sliced, counted and gone through; a slice keeps the findings."""
    records = read("机构,满意率\n南关,93\n北关,九成\n西关,91\n")
    assert [record.facility for record in records[1:]] == ["北关", "西关"]
    assert records[1:].findings == records.findings
    assert records[-1].facility == "西关"
    assert (len(records), repr(records)) == (3, "3 records, 2 findings")
    assert repr(read_records([{"机构": "南关", "满意率": 1}], AGREEMENT)) == "1 record, 2 findings"
    assert repr(Records(RECORDS, findings=records.findings[:1])) == "1 record, 1 finding"


def test_a_record_is_found_by_key_or_by_name() -> None:
    """The key first: a name may be another's key."""
    records = Records((Record("02", {}, name="01"), Record("01", {}, name="南关")))
    assert records.find("01").name == "南关"
    assert records.find("南关").facility == "01"
    with pytest.raises(UnknownNameError, match="no record of a facility `北关`"):
        records.find("北关")


# ------------------------------------------------------------------------ what is wanting


ASSUMED = "assumption record-column-assumed: row 1"
WARNED = "warning record-column-missing: row 1"


def wanting(agreement: Agreement) -> list[str]:
    """Return what an agreement misses in a table that has nothing but the facility."""
    return [str(finding) for finding in read_records("机构\n南关\n", agreement).findings]


@pytest.mark.parametrize(
    ("absent", "expected"),
    [
        (Absent.ERROR, "error record-column-missing: row 1: there is no `a`, which item 1 reads"),
        (
            Absent.ZERO,
            f"{ASSUMED}: there is no `a`, which item 1 reads: zero is assumed",
        ),
        (
            Absent.NONE_FOUND,
            f"{ASSUMED}: there is no `a`, which item 1 reads: none found is assumed",
        ),
    ],
)
def test_a_missing_column_weighs_what_a_blank_means(absent: Absent, expected: str) -> None:
    """An error by default; an assumption where the measure says what a blank is."""
    rule = Deduction(StepsBelow("a", target=1, step=1), points=1)
    agreement = Agreement(
        "示例", measures=(Measure("a", absent=absent),), parts=(Indicator("1", rules=rule),)
    )
    assert wanting(agreement) == [expected]


def test_points_that_earn_must_be_given() -> None:
    """Without them the total can't be told; what takes or adds is none where it is missing."""
    agreement = Agreement(
        "示例",
        parts=(
            Indicator("1", points=5),
            Indicator("2", points=5, rules=Judgement("effort", "earn")),
            Indicator("3", points=5, rules=Judgement("conduct", "lose")),
        ),
    )
    assert wanting(agreement) == [
        "error record-column-missing: row 1: there is no `1`, which item 1 reads",
        "error record-column-missing: row 1: there is no `effort`, which item 2 reads",
    ]


def test_the_kind_is_asked_for_by_thresholds_of_kinds() -> None:
    """Without it no threshold can be chosen."""
    rule = Deduction(StepsBelow("a", target=ByKind({"x": 1}), step=1), points=1)
    agreement = Agreement(
        "示例",
        measures=(Measure("a", absent=Absent.ZERO),),
        parts=(Indicator("1", rules=rule),),
    )
    assert wanting(agreement)[1:] == [
        f"{WARNED}: there is no kind, which a threshold by kind of facility asks for",
    ]


# ------------------------------------------------------------------------- 85 or 0.85


def scale(unit: str, target: object, *cells: str, kind: str = "rate") -> list[str]:
    """Return the severity with which a column of cells is doubted beside a target."""
    rule = Deduction(StepsAbove("a", target=target, step=1), points=1)  # type: ignore[arg-type]
    agreement = Agreement(
        "示例",
        measures=(Measure("a", "率", unit=unit, kind=kind),),
        parts=(Indicator("1", rules=rule),),
    )
    rows = "".join(f"{index},{cell}\n" for index, cell in enumerate(cells))
    records = read_records("机构,率\n" + rows, agreement)
    return [each.severity.value for each in records.findings if each.code == "record-rate-scale"]


@pytest.mark.parametrize(
    ("unit", "target", "cells", "expected"),
    [
        ("%", 90, ("0.93", "0.9"), ["error"]),
        ("%", 90, ("0.93", "1"), ["error"]),
        ("%", 10, ("0.93", "0"), ["error"]),
        ("%", 90, ("0.93",), ["warning"]),
        ("%", 90, ("0.93", "", "不适用"), ["warning"]),
        ("%", 90, ("0.93", "1.01"), []),
        ("%", 90, ("0.93", "91%"), []),
        ("%", 90, ("0.93%", "0.9%"), []),
        ("%", 90, ("0.93", "0.9%"), ["warning"]),
        ("%", 90, ("0.93", "1/1000"), ["warning"]),
        ("%", 90, ("0.93", "1/2"), []),
        ("%", 90, ("0", "0"), []),
        ("%", 90, ("", "—"), []),
        ("%", 90, ("九成",), []),
        ("%", "9.99", ("0.93", "0.9"), []),
        ("%", ByKind({"x": 5, "y": 90}), ("0.93", "0.9"), ["error"]),
        ("‰", 100, ("0.93", "0.9"), ["error"]),
        ("‰", 90, ("0.93", "0.9"), []),
        ("1/10万", 20, ("0.93", "0.9"), []),
    ],
)
def test_shares_beside_a_target_in_percent(
    unit: str, target: object, cells: tuple[str, ...], expected: list[str]
) -> None:
    """Refused for a column, doubted for one record; what carries its unit says what it means."""
    assert scale(unit, target, *cells) == expected


def test_growth_may_be_small() -> None:
    """Half a percent of growth beside a target of 10 % is a bad year, not a wrong unit."""
    assert scale("%", 10, "0.5", "0.9", kind="growth") == []
    assert scale("%", 10, "0.5", "0.9", kind="completion") == ["error"]


# ------------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("term", "day", "span"),
    [
        (None, "2023-12-31", "the term, 2024-01-01 to 2024-12-31"),
        (Term("2024-03-01", "2025-02-28"), "2024-02-29", "the term, 2024-03-01 to 2025-02-28"),
        (Term("2024-03-01", "2025-02-28"), "2024-03-01", ""),
        (Term("2024-03-01", "2025-02-28"), "2025-02-28", ""),
        (Term("2024-03-01", "2025-02-28", until_successor=True), "2026-01-01", ""),
        (
            Term("2024-03-01", "2025-02-28", until_successor=True),
            "2024-02-29",
            "the term from 2024-03-01",
        ),
        (Term(end="2025-02-28"), "2025-03-01", "the term until 2025-02-28"),
        (Term("2024-02-30"), "2025-01-01", "the term, 2024-01-01 to 2024-12-31"),
    ],
)
def test_days_are_held_against_the_term(term: Term | None, day: str, span: str) -> None:
    """Its first and last day are in it; without a term the year is."""
    agreement = Agreement(
        "示例", year=2024, term=term, measures=(Measure("a", "事件", kind="cases"),)
    )
    findings = read_records(f"机构,指标,数值,日期\n南关,事件,,{day}\n", agreement).findings
    assert [each.message for each in findings] == (
        [f"事件: {day} is not in {span}"] if span else []
    )


def test_an_agreement_without_year_and_term_takes_every_day() -> None:
    """There is nothing to hold it against."""
    agreement = Agreement("示例", measures=(Measure("a", "事件", kind="cases"),))
    assert not read_records("机构,指标,数值,日期\n南关,事件,,1999-01-01\n", agreement).findings


def test_a_generator_is_read_once() -> None:
    """A source that can be gone through only once is no trouble."""

    def rows() -> Iterator[dict[str, object]]:
        yield {"机构": "南关", "满意率": 93}

    assert len(read_clean(rows())) == 1
