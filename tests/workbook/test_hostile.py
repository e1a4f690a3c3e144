"""More than fifty hostile files: a fault with its place, or what they say; nothing is ever run.

And the other way round: whatever stops a workbook from being written, the old file is still there.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

from healthduty.errors import SourceError
from healthduty.findings import Finding
from healthduty.records.collection import Records
from healthduty.records.reading import read_records
from healthduty.workbook.filled import read_filled
from healthduty.workbook.template import write_template
from workbook.hostile import AGREEMENT, FILES, READ, REFUSED

Reader = Callable[[Path], Records]

READERS: dict[str, Reader] = {
    "read_records": lambda path: read_records(path, AGREEMENT),
    "read_filled": lambda path: read_filled(path, AGREEMENT),
}


def test_there_are_enough_of_them() -> None:
    """The issue asks for forty."""
    assert len(FILES) >= 50


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("what", REFUSED)
def test_what_can_t_be_read_is_refused_by_name(what: str, reader: str, tmp_path: Path) -> None:
    """Each fault has its code and says of which file it is; no other exception gets out."""
    hostile = REFUSED[what]
    path = tmp_path / hostile.name
    path.write_bytes(hostile.build())
    with pytest.raises(SourceError) as caught:
        READERS[reader](path)
    findings = [each for each in caught.value.findings if isinstance(each, Finding)]
    assert tuple(each.code for each in findings) == hostile.codes
    assert {each.place.source for each in findings} == {hostile.name}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("what", READ)
def test_what_can_be_read_is_read_and_told(what: str, reader: str, tmp_path: Path) -> None:
    """Values stand as they were written, never calculated; what is odd has its cell."""
    hostile = READ[what]
    path = tmp_path / hostile.name
    path.write_bytes(hostile.build())
    records = READERS[reader](path)
    assert records.findings.codes == hostile.codes, records.findings
    for finding in records.findings:
        assert str(finding.place).startswith(hostile.name)
    if hostile.values is not None:
        values = records[0].values
        found = tuple(values.get(code) for code in ("satisfaction", "surveys"))
        assert tuple(each if isinstance(each, str) else None for each in found) == hostile.values


def test_a_day_that_counts_from_1904_is_that_day(tmp_path: Path) -> None:
    """A Mac's workbook is four years off for whoever does not look."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(READ["days that count from 1904"].build())
    value = read_records(path, AGREEMENT)[0].values["satisfaction"]
    assert str(getattr(value, "on", None)) == "2024-03-05"


def test_a_folder_of_all_of_them_is_read_to_its_end(tmp_path: Path) -> None:
    """One hostile file keeps nobody else's from being read."""
    some = list(FILES.values())[::3]
    for number, hostile in enumerate(some):
        (tmp_path / f"{number:03}{hostile.name}").write_bytes(hostile.build())
    records = read_filled(tmp_path, AGREEMENT)
    assert len(records) >= sum(not each.refused for each in some)
    assert set(records.findings.codes) >= {code for each in some for code in each.codes}


def test_a_folder_or_nothing_is_no_file(tmp_path: Path) -> None:
    """What can't be opened is a fault with its name."""
    folder = tmp_path / "a.xlsx"
    folder.mkdir()
    with pytest.raises(SourceError, match=r"a\.xlsx"):
        read_records(folder, AGREEMENT)
    with pytest.raises(SourceError):
        read_filled(folder, AGREEMENT)
    with pytest.raises(SourceError):
        read_filled("\0.xlsx", AGREEMENT)


# -------------------------------------------------------------------------- the way out


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return the path of a workbook that stands there already."""
    path = tmp_path / "数据.xlsx"
    path.write_bytes(b"the old file")
    return path


def untouched(path: Path) -> bool:
    """Return whether the old file is there, and nothing beside it."""
    return path.read_bytes() == b"the old file" and list(path.parent.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full when the last byte should be there for good."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_template(AGREEMENT, old)
    assert untouched(old)


def test_a_file_that_can_t_be_replaced_stays(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows, a workbook that is open in Excel can't be replaced."""

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PermissionError):
        write_template(AGREEMENT, old)
    assert untouched(old)


def test_who_has_the_old_file_open_keeps_it(old: Path) -> None:
    """A reader meanwhile sees the whole old file, the next one the whole new one."""
    with old.open("rb") as file:
        write_template(AGREEMENT, old)
        assert file.read() == b"the old file"
    assert old.read_bytes().startswith(b"PK")


def test_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    """A folder by the name of the target stays, and nothing is left beside it."""
    target = tmp_path / "数据.xlsx"
    target.mkdir()
    with pytest.raises(OSError, match=r"数据\.xlsx"):
        write_template(AGREEMENT, target)
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Nothing is made up on the way."""
    with pytest.raises(FileNotFoundError):
        write_template(AGREEMENT, tmp_path / "none" / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system can't kill so")
def test_a_kill_in_the_middle_of_a_write_leaves_the_old_file(old: Path) -> None:
    """The process dies when everything is written but nothing renamed."""
    script = textwrap.dedent(
        """
        import os, signal, sys
        sys.path.insert(0, sys.argv[2])
        from workbook.hostile import AGREEMENT
        from healthduty.workbook.template import write_template
        os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
        write_template(AGREEMENT, sys.argv[1])
        """
    )
    tests = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", script, str(old), tests], check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert old.read_bytes() == b"the old file"


def test_no_text_of_an_agreement_becomes_a_formula(tmp_path: Path) -> None:
    """Names that begin with = + - @ are written as the texts that they are."""
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "a.xlsx"
    names = ["=1+1", "+86", "-卫生院", "@南关", "=cmd|' /C calc'!A0"]
    for layout in ("county", "facility"):
        write_template(AGREEMENT, path, facilities=names, layout=layout)
        book = openpyxl.load_workbook(path)
        cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        assert {cell.value for cell in cells} >= set(names)
