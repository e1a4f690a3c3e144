"""The shipped records: made by a script, and holding every kind of value that a bureau meets."""

from __future__ import annotations

import pytest

from catalogue.make_records import DATA, make, texts
from healthduty import catalogue
from healthduty.exact import Ratio
from healthduty.records.reading import read_records
from healthduty.records.record import Judged, Missing, NotApplicable, Observation, Record, stated
from healthduty.scoring.score import score

RECORDED = ("township-hospital-targets", "county-year-report", "supervision-coordination")
THIRTY = ("township-hospital-targets", "supervision-coordination")


@pytest.mark.parametrize("name", RECORDED)
def test_the_shipped_file_is_what_the_script_makes(name: str) -> None:
    """To the byte: nobody edits the file by hand."""
    file = f"{name}.records.json"
    assert (DATA / file).read_text(encoding="utf-8") == texts()[file]


@pytest.mark.parametrize("name", RECORDED)
def test_reading_gives_back_what_was_made(name: str) -> None:
    """Pairs, judgements, cases, stages and absences survive the file."""
    assert catalogue.records(name) == make()[name]


@pytest.mark.parametrize("name", THIRTY)
def test_thirty_facilities_each_with_its_own_key_name_kind_and_people(name: str) -> None:
    """They are invented, and say so."""
    shipped = catalogue.records(name)
    assert len(shipped) == len({record.facility for record in shipped}) == 30
    assert len({record.name for record in shipped}) == 30
    assert all(record.name.startswith("示例") for record in shipped)
    assert len({record.kind for record in shipped}) == 2
    assert all(5_000 < int(str(record.population)) < 70_000 for record in shipped)
    assert {record.period.label for record in shipped if record.period} == {"2024"}


@pytest.mark.parametrize("name", RECORDED)
def test_every_value_is_one_of_the_agreement(name: str) -> None:
    """A value stands under a measure's code, or under the number of an item that is judged."""
    agreement = catalogue.get(name)
    judged = {node.number for node in agreement.nodes() if node.points and not node.rules}
    known = judged | {measure.code for measure in agreement.measures}
    assert {code for record in catalogue.records(name) for code in record.values} <= known


@pytest.mark.parametrize("name", RECORDED)
def test_a_user_reads_the_file_like_any_other(name: str) -> None:
    """By its path, without a remark, and to the same records."""
    read = read_records(DATA / f"{name}.records.json", catalogue.get(name))
    assert tuple(read) == catalogue.records(name)
    assert not read.findings


def kinds(name: str) -> set[type]:
    """Return the types of all values of an entry's records, as stated and as agreed."""
    values = [value for record in catalogue.records(name) for value in record.values.values()]
    return {type(value) for value in values} | {type(stated(value)[0]) for value in values}


def test_hospitals_show_every_kind_of_value() -> None:
    """Pairs, judgements by one and by several, stages, cases, absences."""
    assert kinds("township-hospital-targets") >= {
        bool,
        int,
        str,
        tuple,
        Ratio,
        Judged,
        Observation,
        Missing,
        NotApplicable,
    }


def test_stations_show_breaches_cases_and_absences() -> None:
    """One station has a breach for certain: the faultless one."""
    assert kinds("supervision-coordination") >= {int, str, tuple, Ratio, Judged, NotApplicable}
    assert catalogue.records("supervision-coordination")[1].values["breaches"]


@pytest.mark.parametrize("name", THIRTY)
def test_what_does_not_apply_has_a_reason_and_an_approver(name: str) -> None:
    """An absence that keeps the points is somebody's decision."""
    absences = [
        value
        for record in catalogue.records(name)
        for value in record.values.values()
        if isinstance(value, NotApplicable)
    ]
    assert absences
    assert all(absence.reason and absence.approver for absence in absences)


def unscored(record: Record, name: str) -> bool:
    """Return whether a record has no total."""
    return score(catalogue.get(name), record).total is None


@pytest.mark.parametrize("name", THIRTY)
def test_only_the_records_with_a_missing_value_have_no_total(name: str) -> None:
    """Everything else can be read, and nothing is wrong with it."""
    for record in catalogue.records(name):
        missing = any(isinstance(value, Missing) for value in record.values.values())
        assert unscored(record, name) == missing
        errors = set(score(catalogue.get(name), record).findings.errors.codes)
        assert errors == ({"value-missing"} if missing else set())


@pytest.mark.parametrize("name", THIRTY)
def test_two_records_wait_for_a_value_and_every_grade_is_given(name: str) -> None:
    """A ranking of them shows what a bureau sees."""
    agreement = catalogue.get(name)
    grades = [score(agreement, record).grade for record in catalogue.records(name)]
    assert grades.count(None) == 2
    assert agreement.grades is not None
    assert {grade.name for grade in agreement.grades.grades} == set(grades) - {None}
