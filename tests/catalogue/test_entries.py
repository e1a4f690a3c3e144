"""The catalogue's door: names, files that are read once and on first use, words for mistakes."""

from __future__ import annotations

import importlib.resources
import subprocess
import sys

import pytest

from healthduty import catalogue
from healthduty.catalogue import entries
from healthduty.convert.files import dumps
from healthduty.errors import HealthdutyError, UnknownNameError
from healthduty.model.agreement import Agreement
from healthduty.records.record import Record

RECORDED = (
    "township-hospital-targets",
    "county-year-report",
    "supervision-coordination",
    "legal-services-report",
    "district-year-report",
)

READS = """
import sys

opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)

import healthduty
import healthduty.catalogue

count = sum("township-hospital-targets" in each for each in opened)
first = healthduty.catalogue.get("township-hospital-targets")
again = healthduty.catalogue.get("township-hospital-targets")
assert first is again
shipped = [each for each in opened if each.endswith(".json")]
print(count, len(shipped), shipped[0].replace("\\\\", "/").rpartition("/")[2])
"""


def test_the_names_are_those_that_were_agreed() -> None:
    """Scripts name entries; a name that goes away breaks them."""
    assert catalogue.names() == (
        "township-hospital-targets",
        "county-safety-2014",
        "deputy-leaders-duty",
        "health-bureau-template",
        "street-centre-2012",
        "street-centre-2013",
        "hospital-targets-template",
        "school-clinic-posts",
        "county-year-report",
        "supervision-coordination",
        "township-duties-2024",
        "safety-duties-by-post",
        "conduct-duties-2011",
        "levels-of-duty",
        "city-appearance-duties",
        "legal-services-report",
        "weekly-plan",
        "district-year-report",
        "civilised-city-plan",
        "supervision-plan-duties",
    )


@pytest.mark.parametrize("name", catalogue.names())
def test_an_entry_is_an_agreement_and_is_read_once(name: str) -> None:
    """Asked again, it is the very same object."""
    agreement = catalogue.get(name)
    assert isinstance(agreement, Agreement)
    assert catalogue.get(name) is agreement


@pytest.mark.parametrize("name", catalogue.names())
def test_a_file_is_what_its_agreement_is_written_as(name: str) -> None:
    """Loading and dumping gives back the file to the byte, so a change shows as one line."""
    text, _ = entries._file(f"{name}.json")  # noqa: SLF001 - the file behind the door
    assert dumps(catalogue.get(name)) == text


@pytest.mark.parametrize("name", RECORDED)
def test_records_are_shipped(name: str) -> None:
    """They are records, and the very same ones when asked again."""
    shipped = catalogue.records(name)
    assert shipped
    assert all(isinstance(record, Record) for record in shipped)
    assert catalogue.records(name) is shipped


def test_every_file_has_a_name_and_every_name_a_file() -> None:
    """Nothing is shipped that nobody can ask for."""
    folder = importlib.resources.files("healthduty.catalogue") / "data"
    shipped = {each.name for each in folder.iterdir()}
    named = {f"{name}.json" for name in catalogue.names()}
    assert shipped == named | {f"{name}.records.json" for name in RECORDED}


def test_importing_reads_no_file_and_using_one_entry_reads_that_one() -> None:
    """Whoever only scores an agreement of their own pays nothing for the catalogue."""
    done = subprocess.run(
        [sys.executable, "-c", READS], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["0", "1", "township-hospital-targets.json"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        (
            "township_hospital_targets",
            "did you mean `township-hospital-targets` or `hospital-targets-template`?",
        ),
        (
            "street-centre",
            "did you mean `street-centre-2013` or `street-centre-2012`?",
        ),
    ],
)
def test_a_name_nearly_right_is_answered_with_the_right_one(name: str, hint: str) -> None:
    """A slip of the keyboard costs one look at the message."""
    with pytest.raises(UnknownNameError) as caught:
        catalogue.get(name)
    assert str(caught.value) == f"no agreement `{name}` in the catalogue; {hint}"


def test_a_name_like_no_other_is_answered_with_all() -> None:
    """The message is the list of what there is."""
    with pytest.raises(HealthdutyError, match="there are `township-hospital-targets`, `county-"):
        catalogue.get("示例")


def test_an_entry_without_records_says_which_have_some() -> None:
    """The agreement exists; its records don't."""
    with pytest.raises(UnknownNameError) as caught:
        catalogue.records("school-clinic-posts")
    assert str(caught.value) == (
        "no records are shipped for `school-clinic-posts`; there are"
        " `township-hospital-targets`, `county-year-report`, `supervision-coordination`,"
        " `legal-services-report`, `district-year-report`"
    )
