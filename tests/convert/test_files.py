"""Agreements as files: what comes back is what was written, and a failed write loses nothing."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

from healthduty.convert.files import (
    dumps,
    from_data,
    load,
    loads,
    replace_file,
    save,
    to_data,
)
from healthduty.errors import RuleError, SourceError
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.rules.condition import AnyOf, Condition, Flag, Not
from healthduty.rules.points import FULL
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Once, StepsBelow
from sample_agreement import EVERYTHING


def same(one: Any, other: Any) -> bool:  # noqa: ANN401 - any part of an agreement
    """Compare everything, citations and assumptions too, which `==` leaves out."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if not attrs.has(type(one)):
        return type(one) is type(other) and one == other
    return type(one) is type(other) and all(
        same(getattr(one, field.name), getattr(other, field.name))
        for field in attrs.fields(type(one))
    )


def names(folder: Path) -> list[str]:
    """Return what a folder holds."""
    return sorted(path.name for path in folder.iterdir())


def test_everything_comes_back_as_it_was() -> None:
    """Every class, kind and field, with its type, its citation and its assumption."""
    again = loads(dumps(EVERYTHING))
    assert again == EVERYTHING
    assert same(again, EVERYTHING)
    assert dumps(again) == dumps(EVERYTHING)


def test_a_difference_would_be_seen() -> None:
    """The comparison of the test above looks at citations, which plain equality does not."""
    other = attrs.evolve(EVERYTHING, citation=None)
    assert other == EVERYTHING
    assert not same(other, EVERYTHING)


def test_plain_data_and_back() -> None:
    """The same without the text."""
    assert same(from_data(to_data(EVERYTHING)), EVERYTHING)


def test_defaults_are_left_out() -> None:
    """A file holds what was said, not what goes without saying; None is said where it differs."""
    agreement = Agreement("示例", parts=(Indicator("1", points="2.50", floor=None),))
    assert to_data(agreement) == {
        "title": "示例",
        "parts": [{"kind": "indicator", "number": "1", "points": "2.5", "floor": None}],
    }


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (90, 90),
        ("90.0", 90),
        (0.1, "0.1"),
        ("-0.50", "-0.5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-7, 6), "-7/6"),
        (10**30, 10**30),
        (Fraction(1, 10**30), "0." + "0" * 29 + "1"),
        (Fraction(1, 2**40), "1/1099511627776"),
        (Fraction(10**39 + 1, 10), "1" + "0" * 38 + ".1"),
        (Fraction(2**159, 10**3), f"{2**156}/125"),
    ],
)
def test_equal_numbers_are_written_equal(
    number: int | str | float | Fraction, written: object
) -> None:
    """Whole ones as integers, decimals as texts, and what never comes out even as a pair."""
    rules = Deduction(StepsBelow("m", target=number), points=1)
    agreement = Agreement("示例", rules=rules)
    data = to_data(agreement)
    assert data == {
        "title": "示例",
        "rules": [
            {
                "kind": "deduction",
                "tally": {"kind": "steps_below", "measure": "m", "target": written},
                "points": 1,
            }
        ],
    }
    assert loads(dumps(agreement)) == agreement


@pytest.mark.parametrize("written", ["0.5", '"0.5"', '"1/2"', "5e-1", '"2/4"', "0.50"])
def test_one_number_may_be_written_in_many_ways(written: str) -> None:
    """A reader of JSON numbers and a writer of texts mean the same half point."""
    text = (
        '{"format": "healthduty/agreement", "version": 1, "agreement": {"title": "a", "cap": %s}}'
    )
    assert loads(text % written).cap == Fraction(1, 2)


def test_parts_that_are_indicators_keep_their_parts() -> None:
    """An indicator may stand where a part stands, and nothing of it is lost."""
    inner = Indicator("1.1", parts=(Part("1.1.1", points=1),))
    agreement = Agreement("示例", parts=(Indicator("1", parts=(inner,)),))
    again = loads(dumps(agreement))
    assert same(again, agreement)
    assert type(again.item("1.1")) is Indicator


def test_what_is_nested_too_deep_is_not_written() -> None:
    """What could not be read back is refused at once."""
    condition: Condition = Flag("m")
    for _ in range(30):
        condition = Not(AnyOf((condition, Flag("n"))))
    agreement = Agreement("示例", rules=Deduction(Once(condition), points=FULL))
    message = r"^a file nests at most 60 levels, this agreement is deeper$"
    with pytest.raises(RuleError, match=message):
        dumps(agreement)


def test_half_a_character_is_not_written() -> None:
    """No UTF-8 file could keep it."""
    with pytest.raises(RuleError, match=r"holds half a character: no file can keep it$"):
        dumps(Agreement("\ud83d"))


# --------------------------------------------------------------------------------- on disk


def test_save_and_load(tmp_path: Path) -> None:
    """A file holds UTF-8 with Chinese as it is, ends with a line break, and loads again."""
    path = tmp_path / "责任书.json"
    save(EVERYTHING, path)
    content = path.read_bytes()
    assert "乡镇卫生院目标责任书".encode() in content
    assert content.endswith(b"}\n")
    assert same(load(str(path)), EVERYTHING)
    assert names(tmp_path) == ["责任书.json"]


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    """An editor on Windows may put one there."""
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + dumps(EVERYTHING).encode())
    assert load(path) == EVERYTHING


def test_json_encoding(tmp_path: Path) -> None:
    """A file in another encoding is refused with the row and the byte where that shows."""
    path = tmp_path / "a.json"
    path.write_bytes(b'{\n"title": "' + "责任书".encode("gb18030"))
    with pytest.raises(SourceError) as caught:
        load(path)
    assert str(caught.value) == (
        "a.json: 1 fault\n"
        "  error json-encoding: a.json, row 2: byte 13 is not UTF-8 (save the file as UTF-8)"
    )


def test_faults_name_the_file(tmp_path: Path) -> None:
    """By its name, which is what a person knows it by."""
    path = tmp_path / "责任书.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(SourceError, match=r"error json-type: 责任书\.json, \$: expected an object"):
        load(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is what Python says it is."""
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.json")


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """The old file stays whole and nothing is left beside it, wherever the write fails."""
    path = tmp_path / "a.json"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if failing == "fsync" else Path, failing, fail)
    with pytest.raises(OSError, match="No space left"):
        save(EVERYTHING, path)
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.json"]


def test_what_cannot_be_written_touches_no_file(tmp_path: Path) -> None:
    """An agreement that no file can hold is refused before the file is opened."""
    path = tmp_path / "a.json"
    with pytest.raises(RuleError):
        save(Agreement("\ud83d"), path)
    assert names(tmp_path) == []


def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    """What the link points to is replaced, and whoever could read it still can."""
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_section_reads_as_a_section() -> None:
    """Sections may hold sections."""
    agreement = Agreement("示例", parts=(Section("1", parts=(Section("1.1"),)),))
    assert same(loads(dumps(agreement)), agreement)


def test_what_is_no_plain_file_is_not_taken_away(tmp_path: Path) -> None:
    """Nobody loses a folder or a pipe because it was named as the file to write."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (tmp_path, pipe):
        with pytest.raises(OSError, match=r"directory|Invalid"):
            replace_file(target, b"new")
        assert target.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
