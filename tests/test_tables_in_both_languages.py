"""Whatever shows itself to people as a table does so in Chinese and in English."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import healthduty as hd
from healthduty.display import Table
from healthduty.errors import UsageError

CJK = range(0x4E00, 0xA000)


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Go through every public method and function of the library that returns a table to print."""
    for module in pkgutil.walk_packages(hd.__path__, "healthduty."):
        if module.name.startswith(("healthduty.spark", "healthduty.__main__")):
            continue
        found = importlib.import_module(module.name)
        for name, thing in vars(found).items():
            if getattr(thing, "__module__", "") != module.name or name.startswith("_"):
                continue
            if inspect.isclass(thing):
                methods = inspect.getmembers(thing, inspect.isfunction)
                yield from (
                    (f"{module.name}.{name}.{each}", method)
                    for each, method in methods
                    if not each.startswith("_")
                )
            elif inspect.isfunction(thing):
                yield f"{module.name}.{name}", thing


FOUND = sorted(
    {
        name
        for name, thing in functions()
        if inspect.signature(thing).return_annotation in ("Table", Table)
        and inspect.getmodule(thing) is not None
        and vars(inspect.getmodule(thing)).get("Table") is Table
    }
)
NOT_PRINTED = {
    # what a Word file is made of, by whatever is a table in Chinese
    "healthduty.word.rectification.Tabled.table"
}

LOGGED = {
    # a remark is a line of a log, and so are several: English, the Chinese is in `line` and `table`
    "healthduty.findings.Findings.table"
}


def test_there_are_many() -> None:
    """The search finds what it is after."""
    assert len(FOUND) > 30
    assert "healthduty.hierarchy.Cascade.table" in FOUND


@pytest.mark.parametrize("name", [each for each in FOUND if each not in NOT_PRINTED])
def test_a_table_takes_a_language(name: str) -> None:
    """`lang` is `zh` where nothing is said; what works for others is always told it."""
    thing = dict(functions())[name]
    lang = inspect.signature(thing).parameters["lang"]
    assert lang.default in ("zh", inspect.Parameter.empty)


@pytest.mark.parametrize("name", [each for each in FOUND if each not in LOGGED | NOT_PRINTED])
def test_what_shows_itself_as_a_table_prints_it(name: str) -> None:
    """One rule for all: `print` and a notebook show the table as `table()` gives it, in Chinese."""
    module, _, method = name.rpartition(".")
    module, _, owner = module.rpartition(".")
    found = getattr(importlib.import_module(module), owner, None) if method == "table" else None
    if found is None or inspect.isabstract(found):  # a function shows nothing of itself
        return
    shown = object.__new__(type(owner, (found,), {"__slots__": (), "table": _marked}))
    assert str(shown).endswith("zh")
    assert "zh" in shown._repr_html_()


def _marked(_: object, lang: str = "zh") -> Table:
    return Table(("",), ((lang,),))


# --------------------------------------------------------------------------- some of them, printed

BLOOD = hd.Measure("blood", "无偿献血", unit="袋")
AGREEMENT = hd.Agreement(
    "示例目标责任书",
    measures=(BLOOD,),
    parties=(
        hd.Party("city", "市", role="issuer", level="city"),
        hd.Party("county", "县", role="responsible", level="county"),
    ),
    parts=(
        hd.Indicator(
            "1",
            "献血",
            points=10,
            rules=hd.Deduction(hd.StepsBelow("blood", target=300, step=100), points=1),
        ),
    ),
)
RECORDS = [hd.Record("a", {"blood": 100}, name="甲"), hd.Record("b", {}, name="乙")]


def speaking() -> dict[str, Callable[[Any], Table]]:
    """Return tables by name, each a function of the language."""
    towns = [hd.Child(hd.Party(code, f"{code}镇", level="township")) for code in "ab"]
    down = hd.cascade(AGREEMENT, towns, [hd.HandDown("blood")])
    many = hd.score_many(AGREEMENT, RECORDS)
    scores = hd.scores_of(hd.score(AGREEMENT, record) for record in RECORDS)
    return {
        "cascade": down.table,
        "score table": many.table,
        "summary": many.summary().table,
        "rolled up": hd.roll_up(BLOOD, RECORDS).table,
        "mean": hd.mean_of(scores).table,
        "placeholders": lambda lang: hd.placeholders("sheet", lang),
    }


@pytest.mark.parametrize("name", speaking())
def test_headings_are_said_in_both(name: str) -> None:
    """As many columns in both, none with a heading of the other language; no third one."""
    table = speaking()[name]
    chinese, english = table("zh"), table("en")
    assert len(chinese.headings) == len(english.headings)
    known = "无偿献血"  # what the agreement calls its measure is the same in both
    for ours, theirs in zip(chinese.headings, english.headings, strict=True):
        assert any(ord(character) in CJK for character in ours)
        assert not any(ord(character) in CJK for character in theirs.replace(known, ""))
    with pytest.raises(UsageError, match="unknown language"):
        table("fr")


def test_a_table_of_scores_in_chinese() -> None:
    """What is wrong is said in the language of the headings."""
    table = hd.score_many(AGREEMENT, RECORDS).table()
    assert table.headings == ("名次", "编码", "机构", "总分", "等次")
    assert table.rows[0] == ("1", "a", "甲", "8", "")
    assert "无偿献血" in "".join(table.notes)


def test_what_was_added_up_says_what_is_missing() -> None:
    """One unit lacks its value: no sum, and why."""
    table = hd.roll_up(BLOOD, RECORDS).table()
    assert table.rows == (("无偿献血", "2", "无数据"),)
    assert "`乙`没有`blood`" in table.notes[0]
    assert hd.roll_up(BLOOD, RECORDS[:1]).table("en").rows == (("无偿献血", "1", "100袋"),)


def test_a_mean_is_shown_as_it_is_handed_on() -> None:
    """Rounded half up to 0.01, as its statement is."""
    scores = [hd.Scored("甲", 90, weight=1), hd.Scored("乙", 60, weight=2)]
    assert hd.mean_of(scores, "weighted").table().rows == (("加权平均", "2", "3", "70"),)
    third = hd.mean_of([*scores, hd.Scored("丙", 50)])
    assert third.table("en").rows == (("plain mean", "3", "3", "66.67"),)
    none = hd.mean_of([hd.Scored("甲", None)]).table()
    assert (none.rows[0][-1], len(none.notes)) == ("无法计算", 1)


def test_placeholders_mean_the_same() -> None:
    """Each name has both meanings, with the same fields of its rows."""
    for of in ("sheet", "agreement"):
        both = zip(hd.placeholders(of).rows, hd.placeholders(of, "en").rows, strict=True)
        for (name, meaning), (same, english) in both:
            assert name == same
            rows = english.startswith("rows")
            assert rows == meaning.startswith("多行")
            if rows:
                assert meaning.rpartition("：")[2] == english.rpartition(": ")[2]
