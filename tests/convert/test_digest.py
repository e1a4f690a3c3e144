"""Digests: what moves them, what does not, and that they are the same tomorrow."""

from __future__ import annotations

import gc
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest

from healthduty.convert import digest as digests
from healthduty.convert.digest import OUTSIDE, digest, digest_of_data
from healthduty.convert.hints import fields_of
from healthduty.convert.jsontext import Json
from healthduty.convert.kinds import TABLES
from healthduty.errors import RuleError, UsageError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.files import read_records_json, write_records_json
from healthduty.records.record import MISSING, Case, Judged, Observation, Record, Statement
from healthduty.rules.rule import Assumption, Deduction
from healthduty.rules.tally import StepsBelow
from healthduty.rules.threshold import ByKind
from healthduty.sources import Citation
from sample_agreement import EVERYTHING, OBSERVED


def agreement_with(**fields: Any) -> Agreement:  # noqa: ANN401 - any field of a rule
    """Return a small agreement whose one rule has these fields."""
    fields = {"target": 90, "step": 5, "points": 1, **fields}
    tally = StepsBelow("satisfaction", target=fields.pop("target"), step=fields.pop("step"))
    return Agreement("示例", parts=(Indicator("1", points=5, rules=Deduction(tally, **fields)),))


def record_with(value: Any) -> Record:  # noqa: ANN401 - any value
    """Return a record of one value."""
    return Record("nanguan", {"satisfaction": value})


def test_digests_stay_what_they_were() -> None:
    """These two were printed when the format was made; a change here breaks every old sheet."""
    assert digest(agreement_with()) == (
        "cea1a0a99ada0a40fcaa49e4bc08d069c50145836bcf607ad1573061d2fc0b15"
    )
    assert digest(record_with("83%")) == (
        "c359ac438488731489573d861709a76ad68920841f6939b73b6c0c7c6b24f765"
    )


def test_a_digest_is_of_the_sorted_plain_data() -> None:
    """It can be recomputed by anyone: SHA-256 over compact JSON with sorted keys."""
    data: Json = {"title": "示例", "parts": [{"kind": "indicator", "number": "1"}]}
    agreement = Agreement("示例", parts=(Indicator("1"),))
    assert digest(agreement) == digest_of_data("agreement", data)
    turned: Json = {"parts": [{"number": "1", "kind": "indicator"}], "title": "示例"}
    assert digest_of_data("agreement", turned) == digest(agreement)
    assert digest_of_data("record", data) != digest(agreement)


@pytest.mark.parametrize("points", ["0.50", 0.5, Decimal("0.5"), Fraction(1, 2), "5e-1"])
def test_equal_numbers_make_equal_digests(points: object) -> None:
    """However a number was written down."""
    assert digest(agreement_with(points=points)) == digest(agreement_with(points="0.5"))


def test_citations_and_assumptions_are_outside() -> None:
    """Who says a rule, and how it came to be read so, is no part of what it costs."""
    cited = agreement_with(citation=Citation("责任书"), assumption=Assumption("每低5%"))
    assert digest(cited) == digest(agreement_with())
    bare = attrs.evolve(EVERYTHING, citation=None, assumption=None)
    assert digest(bare) == digest(EVERYTHING)


def test_only_what_equality_leaves_out_is_outside() -> None:
    """The fields that no digest looks at are exactly those that `==` leaves out."""
    classes = {kind for table in TABLES for kind in table.members.values()} | {Agreement}
    unequal = {field.name for kind in classes for field in fields_of(kind) if not field.eq}
    named = {field.name for kind in classes for field in fields_of(kind) if field.name in OUTSIDE}
    assert unequal == named == set(OUTSIDE)


def test_a_key_that_is_called_citation_is_inside() -> None:
    """A kind of facility may be called anything."""
    one, other = (agreement_with(target=ByKind({"citation": target})) for target in (90, 95))
    assert digest(one) != digest(other)


@pytest.mark.parametrize(
    "other",
    [
        agreement_with(target=91),
        agreement_with(step="5.01"),
        agreement_with(points=2),
        agreement_with(cap=2),
        agreement_with(reach="section"),
        attrs.evolve(agreement_with(), title="示例二"),
        attrs.evolve(agreement_with(), year=2024),
        attrs.evolve(agreement_with(), floor=None),
    ],
)
def test_whatever_is_agreed_moves_the_digest(other: Agreement) -> None:
    """Each field of the model is inside, its text too."""
    assert digest(other) != digest(agreement_with())


def test_the_order_of_kinds_does_not_matter() -> None:
    """A table by kind of facility is a table."""
    one, other = (ByKind(pairs) for pairs in ({"a": 1, "b": 2}, {"b": 2, "a": 1}))
    assert digest(agreement_with(target=one)) == digest(agreement_with(target=other))


# --------------------------------------------------------------------------------- records


@pytest.mark.parametrize(
    "value",
    [85, "85", " 85.0 ", "８５", "0085", 85.0, np.float64(85), Decimal("85.0"), Fraction(85)],
)
def test_the_same_number_in_a_record(value: object) -> None:
    """A text that is a number is that number."""
    assert digest(record_with(value)) == digest(record_with(85))


def test_different_values_in_a_record() -> None:
    """What only the measure can settle stays as it is written, and no two of these are one."""
    values = [
        85,
        "85.1",
        "85%",
        "85/100",
        Fraction(85, 99),
        "85/99",
        Ratio(85, 100),
        Ratio(85, 100, printed="85%"),
        Ratio(17, 20),
        True,
        "True",
        "是",
        1,
        "",
        Judged(85),
        Case("85"),
        (Case("85"),),
        Statement(85),
        Statement(85, unevidenced=True),
        Observation(85),
        Observation(verified=85),
        float("nan"),
        "nan",
        float("inf"),
        "inf",
        Decimal("1e300"),
        "1E+300",
        10**5_000,
        hex(10**5_000),
        "85①",
    ]
    assert len({digest(record_with(value)) for value in values}) == len(values)


@pytest.mark.parametrize("value", [None, MISSING])
def test_a_missing_value_is_as_good_as_none(value: object) -> None:
    """Saying that a value is missing adds nothing."""
    assert digest(record_with(value)) == digest(Record("nanguan", {}))


def test_the_order_of_values_does_not_matter() -> None:
    """A record is the same whatever column came first."""
    one, other = (Record("a", values) for values in ({"x": 1, "y": 2}, {"y": 2, "x": 1}))
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    "change",
    [
        {"facility": "b"},
        {"kind": "centre"},
        {"population": 7},
        {"period": "2024-H1"},
        {"name": "b"},
    ],
)
def test_of_whom_a_record_speaks_is_inside(change: dict[str, Any]) -> None:
    """Another facility, kind, population or period is another record."""
    record = Record("a", {"x": 1})
    assert digest(attrs.evolve(record, **change)) != digest(record)


def test_a_text_that_is_half_a_character_has_a_digest() -> None:
    """No file could keep it, but a score is not refused for it."""
    assert len(digest(record_with("\ud83d"))) == 64


def test_everything_has_a_digest() -> None:
    """Sixty-four hexadecimal digits, the same each time."""
    for thing in (EVERYTHING, OBSERVED):
        assert int(digest(thing), 16)
        assert len(digest(thing)) == 64
        assert digest(thing) == digest(attrs.evolve(thing))


def test_a_record_keeps_its_digest_in_a_file() -> None:
    """Every form of a value: what the file writes otherwise is the same value."""
    text = write_records_json([OBSERVED])
    assert digest(read_records_json(text, EVERYTHING)[0]) == digest(OBSERVED)


@pytest.mark.parametrize("nothing", [None, MISSING])
def test_nothing_stated_is_nothing(nothing: Any) -> None:  # noqa: ANN401 - any value
    """None means missing in a statement and in a stage too; that somebody stated it is kept."""
    assert digest(record_with(Statement(nothing))) == digest(record_with(Statement(MISSING)))
    staged = Observation(7, Statement(nothing))
    assert digest(record_with(staged)) == digest(record_with(Observation(7, MISSING)))
    assert digest(record_with(staged)) != digest(record_with(Observation(7)))


def test_a_case_has_one_value_of_an_attribute() -> None:
    """However they are given, and in whatever order; of two nobody could say which counts."""
    pairs = (("severity", "serious"), ("ward", "1"))
    case = Case("1", attributes=dict(pairs))
    assert digest(record_with(case)) == digest(record_with(Case("1", attributes=pairs[::-1])))
    with pytest.raises(RuleError) as caught:
        Case("1", attributes=(("severity", "light"), ("severity", "serious")))
    assert str(caught.value) == (
        "the attribute `severity` of a case stands twice: a case has one value"
    )


# ---------------------------------------------------------------------------- wrong, known


def test_nothing_else_has_a_digest() -> None:
    """A wrong call is refused."""
    with pytest.raises(UsageError, match=r"^a `str` has no digest$"):
        digest("agreement")  # type: ignore[arg-type]


def test_what_is_no_value_has_no_digest() -> None:
    """A record may hold anything as long as nobody asks; then it is a wrong call."""
    with pytest.raises(UsageError, match=r"^`set` is no value of a record$"):
        digest(record_with({1}))


def test_an_agreement_is_digested_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One agreement scores many records: its digest is known while it is alive, no longer."""
    agreement = agreement_with(points=4)
    first = digest(agreement)
    assert id(agreement) in digests._KNOWN  # noqa: SLF001 - the cache is the point
    with monkeypatch.context() as patch:
        patch.setattr(digests, "digest_of_data", None)
        assert digest(agreement) == first
    key = id(agreement)
    del agreement
    gc.collect()
    assert key not in digests._KNOWN  # noqa: SLF001 - as above


def test_an_old_entry_is_never_taken_for_a_new_agreement() -> None:
    """An object may get the place in memory of one that is gone."""
    old, new = agreement_with(points=2), agreement_with(points=3)
    digest(old)
    digests._KNOWN[id(new)] = digests._KNOWN[id(old)]  # noqa: SLF001 - as if `new` stood there
    assert digest(new) != digest(old)
    reference = digests._KNOWN[id(new)][0]  # noqa: SLF001 - as above
    digests._forget(id(new), digests._KNOWN[id(old)][0])  # noqa: SLF001 - the late news of `old`
    assert digests._KNOWN[id(new)][0] is reference  # noqa: SLF001 - as above
