"""The catalogue: published agreements as files of ours, to learn from, to copy and to score by.

Facts and figures are those of the documents; the wording is ours, and places are called 示例.
What a document leaves open and a score needs (points, most of all) carries an assumption that
says so. A file is read when it is first asked for, and once.

Source: rows A1–E2; docs/en/explanation/source-rows.md says which file of `data/` holds which row.

>>> names()[0]
'township-hospital-targets'
>>> get("supervision-coordination").funding[0].per_head
Fraction(5, 4)
>>> [record.name for record in records("county-year-report")]
['示例县']
"""

from __future__ import annotations

import difflib
import functools
import importlib.resources
from collections.abc import Sequence

from healthduty.convert.files import loads
from healthduty.errors import UnknownNameError
from healthduty.model.agreement import Agreement
from healthduty.records.files import read_records_json
from healthduty.records.record import Record

_NAMES = (
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
_RECORDED = (
    "township-hospital-targets",
    "county-year-report",
    "supervision-coordination",
    "legal-services-report",
    "district-year-report",
)


def names() -> tuple[str, ...]:
    """Return the names of all entries, in the order of the documents."""
    return _NAMES


@functools.cache
def get(name: str) -> Agreement:
    """Return an agreement of the catalogue; asked again, the very same one.

    Raises:
        UnknownNameError: where the catalogue has no such entry; names the nearest ones.
    """
    if name not in _NAMES:
        raise UnknownNameError(f"no agreement `{name}` in the catalogue; {_meant(name, _NAMES)}")
    return loads(*_file(f"{name}.json"))


@functools.cache
def records(name: str) -> tuple[Record, ...]:
    """Return the records that are shipped with an entry: invented facilities, or a real county's.

    Raises:
        UnknownNameError: where no records are shipped under this name.
    """
    if name not in _RECORDED:
        raise UnknownNameError(f"no records are shipped for `{name}`; {_meant(name, _RECORDED)}")
    text, source = _file(f"{name}.records.json")
    return tuple(read_records_json(text, get(name), name=source))


def _file(name: str) -> tuple[str, str]:
    """Return the text of a file of the catalogue, and the name by which its faults are told."""
    data = importlib.resources.files("healthduty.catalogue") / "data" / name
    return data.read_text(encoding="utf-8"), name


def _meant(name: str, known: Sequence[str]) -> str:
    nearest = difflib.get_close_matches(name, known, n=3)
    if nearest:
        return f"did you mean {' or '.join(f'`{each}`' for each in nearest)}?"
    return f"there are {', '.join(f'`{each}`' for each in known)}"
