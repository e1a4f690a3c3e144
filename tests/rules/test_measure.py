"""Measures: what follows from what was said of one, and what can't be one."""

from __future__ import annotations

from typing import Any

import pytest

from healthduty.errors import RuleError
from healthduty.rules.measure import Absent, Measure, MeasureKind, name_twice, to_code, to_names


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"unit": "%"}, "rate"),
        ({"unit": "／万"}, "count"),
        ({"unit": "/万"}, "rate"),
        ({"unit": "‰"}, "rate"),
        ({"unit": "元"}, "amount"),
        ({"unit": "学时"}, "amount"),
        ({"unit": "次"}, "count"),
        ({}, "count"),
        ({"levels": ["优", "差"]}, "level"),
        ({"levels": ["优", "差"], "unit": "%"}, "level"),
        ({"kind": "flag"}, "flag"),
        ({"unit": "%", "kind": "growth"}, "growth"),
        ({"unit": "次", "kind": "amount"}, "amount"),
    ],
)
def test_the_kind_follows_from_the_unit(fields: dict[str, Any], kind: str) -> None:
    """Unless it is given: a rate's unit makes a rate, levels make a level, money an amount."""
    assert Measure("m", **fields).kind is MeasureKind(kind)


def test_what_a_blank_means_follows_from_the_kind() -> None:
    """No case listed is none found; any other blank is missing, unless the agreement says more."""
    assert Measure("m", kind="cases").absent is Absent.NONE_FOUND
    assert Measure("m", kind="cases", absent="error").absent is Absent.ERROR
    assert Measure("m").absent is Absent.ERROR
    assert Measure("m", absent="zero").absent is Absent.ZERO


@pytest.mark.parametrize(
    ("written", "unit", "suffix"),
    [
        ("％", "%", "%"),
        ("/十万", "1/10万", "/10万"),
        ("1/10万", "1/10万", "/10万"),
        ("次", "次", "次"),
        ("10元", "10元", "10元"),
        ("", "", ""),
    ],
)
def test_a_unit_has_one_spelling(written: str, unit: str, suffix: str) -> None:
    """And is printed behind a number without the one that it counts per so many."""
    measure = Measure("m", unit=written)
    assert (measure.unit, measure.suffix) == (unit, suffix)


def test_a_measure_is_called_by_its_name() -> None:
    """By its code where it has none; rules name it by its code in any case."""
    named, bare = Measure("m", "满意率"), Measure("m")
    assert (named.label, bare.label) == ("满意率", "m")
    assert to_code(named) == to_code("m") == "m"


@pytest.mark.parametrize("code", ["", " ", "a b", " a", "a\n", "a\u3000b"])
def test_a_code_is_one_word(code: str) -> None:
    """It heads a column and stands in messages."""
    with pytest.raises(RuleError) as caught:
        Measure(code)
    assert str(caught.value) == f"measure code `{code}` is empty or holds spaces"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "rate"}, "measure `m` is a rate without a rate's unit"),
        ({"kind": "rate", "unit": "次"}, "measure `m` is a rate without a rate's unit"),
        ({"kind": "completion"}, "measure `m` is a completion without a rate's unit"),
        ({"kind": "growth", "unit": "元"}, "measure `m` is a growth without a rate's unit"),
        ({"kind": "level"}, "measure `m`: a level, and only a level, names its levels"),
        (
            {"kind": "count", "levels": "优"},
            "measure `m`: a level, and only a level, names its levels",
        ),
    ],
)
def test_what_cannot_be_a_measure(fields: dict[str, Any], sentence: str) -> None:
    """A rate needs its unit and a level its levels."""
    with pytest.raises(RuleError) as caught:
        Measure("m", **fields)
    assert str(caught.value) == sentence


def test_names_are_kept_whole() -> None:
    """One name is one name, never its characters."""
    assert to_names("优良") == ("优良",)
    assert to_names(iter(["优", "良"])) == ("优", "良")
    assert to_names([]) == ()
    assert Measure("m", levels=["优", "良"]).levels == ("优", "良")


def test_the_first_name_that_stands_there_twice() -> None:
    """Or none."""
    assert name_twice(["a", "b", "c", "c", "b"]) == "b"
    assert name_twice(["a", "", ""]) == ""
    assert name_twice(iter(["a", "b"])) is None
    assert name_twice([]) is None
