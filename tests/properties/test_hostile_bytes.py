"""The law of hostile workbooks: whatever a file holds, it is read or refused; nothing else happens.

Files of every format, with bytes changed, cut out or doubled: in the file itself, or inside a part
of its archive, where the change survives unpacking. A library that asks for memory without end
would take the test run with it.
"""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

from healthduty.errors import SourceError
from healthduty.workbook.filled import read_filled
from workbook.hostile import AGREEMENT, ONE, hidden, number, ods, old_excel, patched, reach, table

SAMPLES = (
    table(),
    hidden(),
    old_excel(reach(0, 4, 0, 6) + number(0, 0, 1) + number(3, 2, 5)),
    ods("<table:table-row>" + ONE.format("") * 3 + "</table:table-row>"),
)


def changed(data: bytes, dice: random.Random) -> bytes:
    """Return bytes with a few of them changed, cut out or doubled."""
    content = bytearray(data)
    for _ in range(dice.choice((1, 2, 5))):
        at = dice.randrange(len(content) or 1)
        match dice.randrange(4):
            case 0:
                content[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del content[at : at + dice.randrange(20)]
            case 2:
                content[at:at] = content[at : at + dice.randrange(40)]
            case _:
                content[at : at + 1] = bytes([dice.choice(b"0123456789<>/=\xff")])
    return bytes(content)


@given(data=st.sampled_from(SAMPLES), inside=st.booleans(), dice=st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_a_broken_workbook_is_read_or_refused(
    data: bytes,
    inside: bool,  # noqa: FBT001 - drawn
    dice: random.Random,
) -> None:
    """No exception but `SourceError`, no end without a word."""
    if inside and data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = dice.choice(archive.namelist())
            data = patched(data, {name: changed(archive.read(name), dice)})
    else:
        data = changed(data, dice)
    told: object
    try:
        told = read_filled(data, AGREEMENT, name="a")
    except SourceError as error:
        told = error.findings
    assert told
