"""A mail merge: thirty units, a file each, with their own names and numbers, or no file at all."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

import healthduty as hd
from healthduty.errors import SourceError, UnknownNameError, UsageError
from healthduty.hierarchy import Child, HandDown, Way, cascade
from healthduty.model.party import Party, ResponsiblePerson
from healthduty.word.merging import agreement_for, merge_agreements
from healthduty.word.saving import file_name, file_names, replace_files
from opened_word import lines_of

TEMPLATE = "hospital-targets-template"


def units(count: int) -> list[Child]:
    """Return units, each with numbers of its own in two blanks of the template."""
    names = hd.catalogue.get(TEMPLATE).blanks()[:2]
    return [
        Child(
            Party(f"u{at}", f"第{at:02}镇卫生院"),
            blanks={names[0]: 50 + at, names[1]: 60 + at},
            responsible=[ResponsiblePerson(f"{at:02}院院长")],
        )
        for at in range(count)
    ]


def bureau_template(*paragraphs: str) -> bytes:
    """Return a bureau's own Word file with these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_thirty_units_have_thirty_files(tmp_path: Path) -> None:
    """Each names its own unit, person and numbers, and nobody else's."""
    agreement, children = hd.catalogue.get(TEMPLATE), units(30)
    paths = merge_agreements(agreement, children, tmp_path)
    assert [path.name for path in sorted(tmp_path.iterdir())] == sorted(p.name for p in paths)
    first, second = agreement.blanks()[:2]
    for path, child in list(zip(paths, children, strict=True))[::7]:
        text = "\n".join(lines_of(path))
        assert f"乙方：{child.label}" in text
        assert f"{child.responsible[0].post}是第一责任人" in text
        assert text.count("镇卫生院\n") == 2  # the party, and where it signs
        assert f"____（{first}）" not in text
        assert f"____（{second}）" not in text
    assert agreement_for(agreement, children[3]).blanks() == agreement.blanks()[2:]


def test_a_cascade_brings_its_own_agreements(tmp_path: Path) -> None:
    """The shared targets stand in the files of the units below."""
    blood = hd.Measure("blood", "无偿献血", unit="袋")
    rule = hd.Deduction(hd.StepsBelow(blood, target=2300, step=100), points=1)
    upper = hd.Agreement(
        "县责任书", measures=(blood,), parts=(hd.Indicator("1", "献血", points=5, rules=rule),)
    )
    towns = [
        Child(Party("a", "甲镇"), population=30000),
        Child(Party("b", "乙镇"), population=9999),
    ]
    down = cascade(upper, towns, [HandDown("blood", Way.POPULATION)])
    first, second = merge_agreements(upper, down, tmp_path)
    assert (first.name, second.name) == ("县责任书（甲镇）.docx", "县责任书（乙镇）.docx")
    assert "无偿献血达到1725袋以上" in "".join(lines_of(first))
    assert "无偿献血达到575袋以上" in "".join(lines_of(second))
    failed = cascade(upper, towns, [HandDown("blood", Way.SHARES)])
    with pytest.raises(UsageError, match="the cascade has errors"):
        merge_agreements(upper, failed, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_bureau_s_own_template_is_merged(tmp_path: Path) -> None:
    """The same units over a template from outside."""
    template = bureau_template("{{ 责任书 }}", "乙方：{{ 乙方 }}，{{ 份数 }}")
    paths = merge_agreements(
        hd.catalogue.get(TEMPLATE), units(2), tmp_path, copies=3, template=template
    )
    assert [lines_of(path)[1] for path in paths] == [
        "乙方：第00镇卫生院，一式三份",
        "乙方：第01镇卫生院，一式三份",
    ]


def test_either_all_files_or_none(tmp_path: Path) -> None:
    """What fails at any unit leaves the folder as it was."""
    agreement = hd.catalogue.get(TEMPLATE)
    (tmp_path / "old.txt").write_text("old", encoding="utf-8")
    wrong = [*units(2), Child(Party("x", "外院"), blanks={"没有的空": 1})]
    with pytest.raises(UnknownNameError):
        merge_agreements(agreement, wrong, tmp_path)
    with pytest.raises(SourceError):
        merge_agreements(agreement, units(2), tmp_path, template=bureau_template("{{ 总分 }}"))
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]


def test_units_are_told_apart(tmp_path: Path) -> None:
    """No units, or two with one code, are faults of the call."""
    agreement = hd.catalogue.get(TEMPLATE)
    with pytest.raises(UsageError, match="there are none"):
        merge_agreements(agreement, [], tmp_path)
    with pytest.raises(UsageError, match="two units have the code `u0`"):
        merge_agreements(agreement, [*units(1), *units(1)], tmp_path)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("责任书（甲镇）", "责任书（甲镇）"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("甲/乙\\丙:丁*戊?", "甲_乙_丙_丁_戊_"),
        ("\x00\n\u202e甲", "_ _甲"),
        ("nul", "_nul"),
        ("COM1.甲", "_COM1.甲"),
        (" . ", "_"),
        ("", "_"),
        ("长" * 200, "长" * 60),
    ],
)
def test_names_are_names_of_files(text: str, name: str) -> None:
    """Whatever a unit is called, its file stays in its folder, on every system."""
    assert file_name(text) == name


def test_equal_names_get_a_count() -> None:
    """Two units of one name, or names that differ in case alone, don't overwrite each other."""
    assert [*file_names(["甲", "甲", "甲（2）", "A", "a"], ".docx")] == [
        "甲.docx",
        "甲（2）.docx",
        "甲（2）（2）.docx",
        "A.docx",
        "a（2）.docx",
    ]


def test_a_full_disk_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing takes its place before everything is on the disk; nothing temporary stays."""
    (tmp_path / "a").write_bytes(b"old")
    opened = Path.open

    def full(path: Path, *how: object) -> object:
        if path.name == "b":
            raise OSError(28, "No space left on device")
        return opened(path, *how)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space"):
        replace_files(tmp_path, {"a": b"new", "b": b"new"})
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_duties_and_persons_pass_to_the_new_party() -> None:
    """Nothing of the unit's agreement points at a party that is no longer there."""
    old = hd.catalogue.get("supervision-coordination")
    new = agreement_for(old, Child(Party("x", "丙院")))
    codes = {party.code for party in new.parties}
    gone = {party.code for party in old.parties} - codes
    assert gone
    assert not gone & {each.party for each in (*new.obligations, *new.responsible)}
    assert "x" in {each.party for each in new.obligations}
