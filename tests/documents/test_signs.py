"""Points with a sign, and what is lost under 扣分项: added to the total, or taken off it."""

from __future__ import annotations

import pytest

import healthduty as hd
from documents.tabling import excel

_SIGNED = ["项目|评分标准|分值", "台账|未建立扣2分|20", "表彰|每次加2分|+3", "投诉|每起扣2分|-5"]
_LISTED = [
    "类别|项目|分值|评分标准",
    "基础|台账|20|未建立扣2分",
    "加分项|表彰|3|每次加2分",
    "扣分项|投诉|5|每起扣2分",
]


@pytest.mark.parametrize("rows", [_SIGNED, _LISTED])
@pytest.mark.parametrize(("complaints", "total"), [(0, 20), (1, 18), (2, 16), (9, 15)])
def test_what_is_lost_comes_off_the_total(rows: list[str], complaints: int, total: int) -> None:
    """Up to the points that stand beside it, which are no part of the full points."""
    agreement = hd.read_agreement(excel(rows), name="表.xlsx").agreement
    names = {measure.code: measure for measure in agreement.measures}
    record = dict.fromkeys(names, 0) | {
        code: complaints for code in names if code.endswith("投诉") or "投诉" in code
    }
    record |= {code: False for code, each in names.items() if each.kind is hd.MeasureKind.FLAG}
    assert hd.score(agreement, record).total == total


@pytest.mark.parametrize("row", ["通报批评||-3", "扣分项（3分）|通报批评扣3分|"])
def test_what_costs_its_points_needs_no_standard(row: str) -> None:
    """通报批评 | -3 is what it costs once."""
    rows = ["项目|评分标准|分值", "台账|未建立扣2分|20", row]
    agreement = hd.read_agreement(excel(rows), name="表.xlsx").agreement
    (rule,) = agreement.parts[1].rules
    assert isinstance(rule, hd.Deduction)
    assert (rule.points, rule.reach) == (3, hd.Reach.TOTAL)
