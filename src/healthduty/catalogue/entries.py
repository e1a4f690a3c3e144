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
from healthduty.said import Said, joined

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
        meant = _meant(name, _NAMES)
        raise UnknownNameError(
            Said(
                f"no agreement `{name}` in the catalogue; {meant}",
                f"目录里没有责任书`{name}`，{meant.zh}",
            )
        )
    return loads(*_file(f"{name}.json"))


@functools.cache
def records(name: str) -> tuple[Record, ...]:
    """Return the records that are shipped with an entry: invented facilities, or a real county's.

    Raises:
        UnknownNameError: where no records are shipped under this name.
    """
    if name not in _RECORDED:
        meant = _meant(name, _RECORDED)
        raise UnknownNameError(
            Said(
                f"no records are shipped for `{name}`; {meant}",
                f"`{name}`没有附带考核数据，{meant.zh}",
            )
        )
    text, source = _file(f"{name}.records.json")
    return tuple(read_records_json(text, get(name), name=source))


def _file(name: str) -> tuple[str, str]:
    """Return the text of a file of the catalogue, and the name by which its faults are told."""
    data = importlib.resources.files("healthduty.catalogue") / "data" / name
    return data.read_text(encoding="utf-8"), name


def _meant(name: str, known: Sequence[str]) -> Said:
    nearest = [f"`{each}`" for each in difflib.get_close_matches(name, known, n=3)]
    if nearest:
        return Said(f"did you mean {' or '.join(nearest)}?", f"是不是{'或'.join(nearest)}？")
    listed = joined(f"`{each}`" for each in known)
    return Said(f"there are {listed}", f"有{listed.zh}")
