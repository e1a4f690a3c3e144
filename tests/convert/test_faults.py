"""Faults of a file: every code with its exact message, place and hint, and all of them at once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cattrs.errors import IterableValidationError

from healthduty.convert.faults import FaultError, findings_of
from healthduty.convert.files import from_data, load, loads
from healthduty.convert.reader import reader
from healthduty.errors import SourceError


def faults(agreement: object) -> list[str]:
    """Return the faults of an agreement as plain data, less severity and the file's own path."""
    text = json.dumps(
        {"format": "healthduty/agreement", "version": 1, "agreement": agreement},
        ensure_ascii=False,
    )
    return faults_of_text(text)


def faults_of_text(text: str) -> list[str]:
    """Return the faults of a whole file in the same way."""
    with pytest.raises(SourceError) as caught:
        loads(text, "a.json")
    assert str(caught.value).startswith("a.json: ")
    return [
        re.sub(r"a\.json, \$\.agreement(?=[.:\[])", "$", str(finding).removeprefix("error "))
        for finding in caught.value.findings
    ]


def item(**fields: object) -> dict[str, Any]:
    """Return an agreement with one indicator, as plain data."""
    return {"title": "示例", "parts": [{"kind": "indicator", "number": "1", **fields}]}


def rule(**fields: object) -> dict[str, Any]:
    """Return an agreement with one rule, as plain data."""
    return {"title": "示例", "rules": [fields]}


CASES = {"kind": "cases", "measure": "complaints"}
ONE = "$.parts[0]"
RULE = "$.rules[0]"


# ------------------------------------------------------------------------------- each code


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"title": 5}, f"{ONE}.title: expected a text, found the number `5`"),
        ({"title": None}, f"{ONE}.title: expected a text, found null"),
        ({"points": True}, f"{ONE}.points: expected a number, found true"),
        ({"points": [3]}, f"{ONE}.points: expected a number, found a list"),
        ({"points": {}}, f"{ONE}.points: expected a number, found an object"),
        (
            {"evidence_required": "false"},
            f"{ONE}.evidence_required: expected true or false, found the text `false`",
        ),
        (
            {"evidence_required": 1},
            f"{ONE}.evidence_required: expected true or false, found the number `1`",
        ),
        ({"rules": {}}, f"{ONE}.rules: expected a list, found an object"),
        ({"rules": "扣"}, f"{ONE}.rules: expected a list, found the text `扣`"),
        ({"rules": ["扣"]}, f"{ONE}.rules[0]: expected an object, found the text `扣`"),
        ({"excused": "zero"}, f"{ONE}.excused: expected an object, found the text `zero`"),
        (
            {"excused": {"kind": ["zero"]}},
            f"{ONE}.excused: expected a text as `kind`, found a list",
        ),
        (
            {"citation": {"span": {"start": 1.0, "end": 3}}},
            f"{ONE}.citation.span.start: expected a whole number, found the number `1.0`",
        ),
    ],
)
def test_json_type(fields: dict[str, object], fault: str) -> None:
    """Nothing is coerced: what has the wrong type is told, with what was expected and found."""
    assert faults(item(**fields)) == [f"json-type: {fault}"]


def test_the_traps_of_coercion() -> None:
    """A free count of true, one of 1.7 in a text, a code 5 and a bare share are all faults."""
    tally = {**CASES, "measure": 5, "free": True, "where": {"severity": 1}}
    assert faults(rule(kind="deduction", tally=tally, points="half")) == [
        f"json-type: {RULE}.tally.measure: expected a text, found the number `5`",
        f"json-type: {RULE}.tally.free: expected a number, found true",
        f"json-type: {RULE}.tally.where.severity: expected a text, found the number `1`",
        (
            f"json-value: {RULE}.points: the text `half` is no number"
            ' (write it like 90, "0.5" or "1/3")'
        ),
    ]


def test_json_missing() -> None:
    """A field that must be there is named at the object that lacks it, with all that it needs."""
    assert faults(rule(kind="deduction", tally={"kind": "steps_below"})) == [
        (
            f"json-missing: {RULE}.tally: `measure` is missing"
            " (`steps_below` needs `measure`, `target`)"
        ),
        (
            f"json-missing: {RULE}.tally: `target` is missing"
            " (`steps_below` needs `measure`, `target`)"
        ),
        f"json-missing: {RULE}: `points` is missing (`deduction` needs `tally`, `points`)",
    ]


def test_a_kind_that_is_missing() -> None:
    """An object of a union that does not say its kind is told all kinds that there are."""
    assert faults(item(excused={"measure": "mean"})) == [
        (
            f"json-missing: {ONE}.excused: `kind` is missing (kinds of excusal: `full_points`,"
            " `zero_points`, `moved_to`, `peers_mean`, `rescaled`)"
        )
    ]


def test_json_unknown_kind() -> None:
    """An unknown kind is answered with the nearest and with all, never read as a missing field."""
    assert faults(rule(kind="dedution", tally=CASES, points=1)) == [
        (
            f"json-unknown-kind: {RULE}: `dedution` is no kind of rule (did you mean `deduction`?"
            " kinds of rule: `deduction`, `bonus`, `bands`, `curve`, `judgement`, `forfeit`,"
            " `group`)"
        )
    ]
    assert faults(rule(kind="deduction", tally={"kind": "扣"}, points=1)) == [
        (
            f"json-unknown-kind: {RULE}.tally: `扣` is no kind of tally (kinds of tally:"
            " `steps_below`, `steps_above`, `lacking`, `cases`, `once`)"
        )
    ]


def test_a_kind_of_another_union_is_unknown_here() -> None:
    """A tally is no rule, whatever it looks like."""
    (fault,) = faults(rule(**CASES))
    assert fault.startswith(f"json-unknown-kind: {RULE}: `cases` is no kind of rule (")


def test_json_unknown_field() -> None:
    """An unknown field is named with its path, and with what it may have been meant for."""
    assert faults({"title": "示例", "yeer": 2024, "term": {"start": None, "从": None}}) == [
        (
            "json-unknown-field: $.term.从: `从` is no field of a term"
            " (its fields: `start`, `end`, `until_successor`, `successor_bound`)"
        ),
        "json-unknown-field: $.yeer: `yeer` is no field of an agreement (did you mean `year`?)",
    ]


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("sections", [{"kind": "section"}], "did you mean `parts`?"),
        ("考核项", [{"kind": "indicator", "number": "1"}], "did you mean `parts`?"),
        ("deductions", {"kind": "deduction"}, "did you mean `rules`?"),
        ("mesures", [], "did you mean `measures`?"),
        ("part", [], "did you mean `parts`?"),
        ("sections", "two", "did you mean `citation`?"),
        ("yeer", 2024, "did you mean `year`?"),
    ],
)
def test_a_field_that_holds_others_is_known_by_what_it_holds(
    name: str, value: object, hint: str
) -> None:
    """A list of sections was meant for `parts`, whatever it is called."""
    (fault,) = faults({"title": "示例", name: value})
    message = f"json-unknown-field: $.{name}: `{name}` is no field of an agreement ({hint})"
    assert fault == message


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04\x14\x00", "an Excel or Word file (or another archive)"),
        (b"%PDF-1.7", "a PDF"),
        (b"<!doctype html>", "a web page"),
    ],
)
def test_what_is_no_text_is_told_by_its_format(content: bytes, what: str, tmp_path: Path) -> None:
    """A workbook in place of an agreement's file is named, not its first odd byte."""
    path = tmp_path / "考核表.json"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        load(path)
    assert list(map(str, caught.value.findings)) == [
        (
            f"error json-encoding: 考核表.json: this is {what}, no JSON"
            " (an agreement's file is JSON, as `save` writes it)"
        )
    ]


def test_a_kind_where_none_belongs_is_an_unknown_field() -> None:
    """What is of one class only names no kind."""
    assert faults({"title": "示例", "term": {"kind": "term"}}) == [
        (
            "json-unknown-field: $.term.kind: `kind` is no field of a term"
            " (its fields: `start`, `end`, `until_successor`, `successor_bound`)"
        )
    ]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (
            {"points": -1},
            f"{ONE}.points: points `-1` are negative: the kind of rule gives the sign",
        ),
        (
            {"points": "1/3"},
            f"{ONE}.points: points `1/3` are no decimal: points shown are always decimals",
        ),
        (
            {"points": "９"},
            f'{ONE}.points: the text `９` is no number (write it like 90, "0.5" or "1/3")',
        ),
        (
            {"points": "1/0"},
            f'{ONE}.points: the text `1/0` is no number (write it like 90, "0.5" or "1/3")',
        ),
        (
            {"targets": [{"measure": "m", "comparator": "≥", "value": 90}]},
            f"{ONE}.targets[0].comparator: `≥` is none of `>=`, `>`, `<=`, `<`, `=`",
        ),
        (
            {"rules": [{"kind": "judgement", "code": "j", "effect": "loose"}]},
            (
                f"{ONE}.rules[0].effect: `loose` is none of `lose`, `earn`, `add`"
                " (did you mean `lose`?)"
            ),
        ),
        (
            {
                "rules": [
                    {"kind": "forfeit", "when": {"kind": "flag", "measure": "m"}, "scope": "total"}
                ]
            },
            f"{ONE}.rules[0]: what zeroes the total is a veto, not a forfeit",
        ),
        (
            {"rules": [{"kind": "group", "rules": []}]},
            f"{ONE}.rules[0]: a group of no rules means nothing",
        ),
    ],
)
def test_json_value(fields: dict[str, object], fault: str) -> None:
    """What the model refuses is told in its own words, at the field or else at the object."""
    assert faults(item(**fields)) == [f"json-value: {fault}"]


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("NaN", "the number is `NaN`: only finite numbers are taken"),
        ("-Infinity", "the number is `-Infinity`: only finite numbers are taken"),
        (
            "9" * 5_000,
            "the number is too long: at most 40 digits and an exponent within ±30 are taken",
        ),
        ("9" * 100, "the number is too long: at most 40 digits are taken"),
        (
            "1e99999999999999999999",
            "the number is too long: at most 40 digits and an exponent within ±30 are taken",
        ),
        (
            "1e31",
            "the number is too long: at most 40 digits and an exponent within ±30 are taken",
        ),
    ],
)
@pytest.mark.parametrize("field", ["points", "year"])
def test_numbers_that_no_number_can_be(field: str, number: str, message: str) -> None:
    """NaN and numbers of absurd size are refused by path, for points and for whole numbers."""
    text = '{"format": "healthduty/agreement", "version": 1, "agreement": {"title": "示例", %s}}'
    found = faults_of_text(text % f'"{field}": {number}')
    if field == "year" and number == "1e31":
        message, code = "expected a whole number, found the number `1E+31`", "json-type"
    else:
        code = "json-value"
    assert found == [f"{code}: $.{field}: {message}"]


def test_a_text_that_is_half_a_character() -> None:
    """A lone surrogate can't be kept in UTF-8; it is refused where it stands, keys included."""
    table = {"kind": "by_kind", "values": {"\ud800": 1}}
    rules = [
        {"kind": "curve", "measure": "m", "effect": "lose", "knots": [{"at": table, "points": 0}]}
    ]
    assert faults({"title": "\udfff", "rules": rules}) == [
        "json-value: $.title: `\\udfff` holds half a character",
        'json-value: $.rules[0].knots[0].at.values["\\\\ud800"]: `\\ud800` holds half a character',
    ]


def test_json_duplicate_key() -> None:
    """A key that stands twice is told, beside whatever else is wrong with the object."""
    text = (
        '{"format": "healthduty/agreement", "version": 1, "version": 1, "agreement":'
        ' {"title": "a", "title": "b", "year": "x", "rules": [{"kind": "curve", "measure": "m",'
        ' "effect": "lose", "knots": [{"points": 0, "at": {"kind": "by_kind", "values":'
        ' {"centre": 1, "centre": 2}}}]}]}}'
    )
    assert faults_of_text(text) == [
        "json-duplicate-key: a.json, $: `version` stands here twice",
        "json-duplicate-key: $: `title` stands here twice",
        "json-type: $.year: expected a whole number, found the text `x`",
        "json-duplicate-key: $.rules[0].knots[0].at.values: `centre` stands here twice",
    ]


# -------------------------------------------------------------------------------- the head


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (
            {"format": "healthduty/records", "version": 1, "agreement": {}},
            [
                (
                    "json-format: a.json, $.format: expected the text `healthduty/agreement`,"
                    " found the text `healthduty/records`"
                )
            ],
        ),
        (
            {"format": 1, "version": "1", "agreement": {}},
            [
                (
                    "json-format: a.json, $.format: expected the text `healthduty/agreement`,"
                    " found the number `1`"
                ),
                "json-version: a.json, $.version: expected 1, found the text `1`",
            ],
        ),
        (
            {"format": "healthduty/agreement", "version": 2, "agreement": {"new": 1}},
            ["json-version: a.json, $.version: version 2 is newer than 1 (update healthduty)"],
        ),
        (
            {"format": "healthduty/agreement", "version": 1, "agreement": {"title": ""}, "x": 1},
            [
                (
                    "json-unknown-field: a.json, $.x: `x` is no field of the file"
                    " (its fields: `format`, `version`, `agreement`)"
                )
            ],
        ),
        (
            {"format": "healthduty/agreement", "version": True, "agreement": {}},
            ["json-version: a.json, $.version: expected 1, found true"],
        ),
        (
            {"title": "示例"},
            [
                f"json-missing: a.json, $: `{name}` is missing"
                " (a file begins with `format`, `version` and then `agreement`)"
                for name in ("format", "version", "agreement")
            ],
        ),
        (
            {"format": "healthduty/agreement", "version": 1, "agreements": [], "x": 1},
            [
                (
                    "json-missing: a.json, $: `agreement` is missing"
                    " (a file begins with `format`, `version` and then `agreement`)"
                ),
                (
                    "json-unknown-field: a.json, $.agreements: `agreements` is no field of the file"
                    " (did you mean `agreement`?)"
                ),
                (
                    "json-unknown-field: a.json, $.x: `x` is no field of the file"
                    " (its fields: `format`, `version`, `agreement`)"
                ),
            ],
        ),
        ([], ["json-type: a.json, $: expected an object, found a list"]),
        (None, ["json-type: a.json, $: expected an object, found null"]),
    ],
)
def test_the_head_of_a_file(head: object, found: list[str]) -> None:
    """A file of another kind or a later version is refused in a sentence, before its content."""
    assert faults_of_text(json.dumps(head)) == found


def test_a_fault_of_the_head_does_not_hide_those_of_the_content() -> None:
    """Where the file is plainly an agreement, its content is read and all is told."""
    text = '{"format": "healthduty/agreement", "version": 1, "note": "", "agreement": {}}'
    assert faults_of_text(text) == [
        (
            "json-unknown-field: a.json, $.note: `note` is no field of the file"
            " (its fields: `format`, `version`, `agreement`)"
        ),
        "json-missing: $: `title` is missing (an agreement needs `title`)",
    ]


def test_plain_data_names_the_path_it_was_found_at() -> None:
    """An agreement inside another document is told by the path from that document's root."""
    with pytest.raises(SourceError) as caught:
        from_data({"title": 1}, "case.json", "$.agreement")
    assert str(caught.value) == (
        "case.json: 1 fault\n"
        "  error json-type: case.json, $.agreement.title: expected a text, found the number `1`"
    )


def test_a_text_without_a_name() -> None:
    """A text that comes from nowhere is told by its path alone."""
    with pytest.raises(SourceError) as caught:
        loads("[]")
    assert str(caught.value) == (
        "agreement: 1 fault\n  error json-type: $: expected an object, found a list"
    )
    with pytest.raises(SourceError, match=r"^agreement: 1 fault\n"):
        from_data([], path="$.agreement")
    with pytest.raises(SourceError, match=r"^data: 1 fault\n"):
        from_data([])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            '{"format": ',
            (
                "json-syntax: a.json, row 1, character 12: the file ends before its JSON does"
                " (still open: it should end with })"
            ),
        ),
        ("[" * 61, "json-depth: a.json, row 1, character 61: nested deeper than 60 levels"),
    ],
)
def test_what_is_no_json(text: str, fault: str) -> None:
    """A text that can't be read at all is one finding, at the character."""
    assert faults_of_text(text) == [fault]


def test_a_union_without_kinds_is_refused_when_it_is_met() -> None:
    """A new union of the model can't be forgotten: reading it fails for want of a table."""
    with pytest.raises(TypeError, match=r"^no table of kinds for the union int \| str$"):
        reader().get_structure_hook(int | str)


def test_a_fault_of_ours_is_no_finding() -> None:
    """An error that no file can cause passes through, for somebody to mend."""
    with pytest.raises(ZeroDivisionError):
        list(findings_of(ZeroDivisionError(), "a.json"))
    fault = FaultError("json-type", "…")
    fault.add_note("a note that names no step of the path")
    group = IterableValidationError("list", [fault], list)
    assert [str(finding) for finding in findings_of(group, "a.json")] == [
        "error json-type: a.json, $: …"
    ]


def test_long_names_and_values_are_cut() -> None:
    """A message stays readable whatever the file holds."""
    cut = "字" * 40 + "…"
    (fault,) = faults({"title": "示例", "字" * 5_000: 1})
    assert fault.startswith(
        f'json-unknown-field: $["{cut}"]: `{cut}` is no field of an agreement (its fields: `title`'
    )
