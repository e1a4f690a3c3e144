"""What can't be a rule is refused in both languages: `check` lists it for who wrote the file."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.cli import main
from healthduty.cli.exits import FAULTY

SOURCES = sorted((Path(hd.__file__).parent / "rules").glob("*.py"))


def plain_refusals(source: Path) -> list[str]:
    """Return what is raised in one language only."""
    raised = [
        node.exc
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    ]
    return [
        f"{source.name}:{error.lineno}"
        for error in raised
        if error.args and isinstance(error.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)
    ]


def test_every_refusal_of_a_rule_has_its_chinese() -> None:
    """None is left that an official would read in English."""
    assert len(SOURCES) > 5
    assert [each for source in SOURCES for each in plain_refusals(source)] == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            {"tally": {"kind": "steps_below", "measure": "m", "target": 9, "step": 0}},
            "`step`必须大于0，不能是`0`",
        ),
        (
            {"tally": {"kind": "cases", "measure": "m"}, "points": -1},
            "分值`-1`是负数：扣还是加由规则的种类决定，分值不写负号",
        ),
    ],
)
def test_a_file_with_such_a_rule_is_explained_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: dict[str, object], said: str
) -> None:
    """With its path in the file; nothing but the code and the names of fields is English."""
    path = tmp_path / "责任书.json"
    item = {"kind": "indicator", "number": "1", "points": 5}
    deduction = {"kind": "deduction", "points": 1, **rule}
    agreement = {
        "title": "示例",
        "measures": [{"code": "m"}],
        "parts": [{**item, "rules": [deduction]}],
    }
    text = {"format": "healthduty/agreement", "version": 1, "agreement": agreement}
    path.write_text(json.dumps(text), encoding="utf-8")
    assert main(["check", str(path)]) == FAULTY
    out = capsys.readouterr().out
    assert out.startswith("错误 json-")
    assert said in out
