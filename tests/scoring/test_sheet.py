"""The score sheet: its numbers, items, findings and digests."""

from __future__ import annotations

from decimal import Decimal

import attrs

from healthduty.convert.digest import digest
from healthduty.model.indicator import Part
from healthduty.records.record import Record
from healthduty.rules.condition import Flag
from healthduty.rules.rule import Assumption, Bonus, Forfeit, Group
from healthduty.rules.tally import Cases
from healthduty.scoring.face import ItemResult
from healthduty.scoring.score import score
from healthduty.sources import Citation
from scoring.making import (
    ACCIDENT,
    BY_BAND,
    EACH,
    FEW,
    PRAISE,
    SHORT,
    UNKEPT,
    item,
    make,
    scored,
    section,
)

PRAISED = Bonus(Cases(PRAISE), points=1)


def test_the_numbers_of_a_sheet() -> None:
    """Full, earned, total, bonus and what stands apart, as exact decimals."""
    apart = attrs.evolve(PRAISED, where="apart")
    sheet = scored(make(SHORT, PRAISED, apart), {"rate": 85, "praise": 2})
    numbers = (sheet.full, sheet.earned, sheet.total, sheet.bonus, sheet.apart, sheet.deducted)
    assert numbers == (10, Decimal("11.5"), Decimal("11.5"), 2, 2, Decimal("0.5"))
    assert all(isinstance(number, Decimal) for number in numbers)


def test_a_plain_agreement_has_no_grade_no_honours_and_no_money() -> None:
    """What was not agreed does not follow."""
    sheet = scored(make(SHORT), {"rate": 85})
    assert (sheet.grade, sheet.vetoes, sheet.honours, sheet.money) == (None, (), (), ())


def test_what_was_taken_off_in_all() -> None:
    """Deductions and forfeits, as they counted; a cap of the total is nobody's deduction."""
    agreement = make(SHORT, FEW, PRAISED, Forfeit(Flag(ACCIDENT)), cap=5)
    sheet = scored(agreement, {"rate": 85, "visits": 3, "praise": 9, "accident": False})
    assert (sheet.total, sheet.deducted) == (5, Decimal("1.5"))
    gone = scored(agreement, {"rate": 85, "visits": 3, "praise": 0, "accident": True})
    assert (gone.total, gone.deducted) == (0, 10)


def test_every_item_in_written_order() -> None:
    """Sections, indicators and parts, each with its depth, full points and what it earned."""
    agreement = make(
        section(
            item(
                SHORT,
                PRAISED,
                number="1.1",
                title="满意",
                parts=(Part("1.1.1", "巡查", points=4, rules=FEW),),
            ),
            title="服务",
        ),
        item(UNKEPT, number="2", points=3),
    )
    sheet = scored(agreement, {"rate": 85, "visits": 3, "praise": 1, "ledger": False})
    d = Decimal
    assert sheet.items == (
        ItemResult("1", "服务", 0, "section", d(10), d("8.5"), d(1)),
        ItemResult("1.1", "满意", 1, "indicator", d(10), d("8.5"), d(1)),
        ItemResult("1.1.1", "巡查", 2, "part", d(4), d(3), d(0)),
        ItemResult("2", "", 0, "indicator", d(3), d(1), d(0)),
    )


# ------------------------------------------------------------------ assumptions (semantics 11)


def test_every_assumption_stands_on_the_sheet() -> None:
    """Semantics 11: those of the agreement, of items and of rules, with the words behind them."""
    clause = Citation("责任书", article="一")
    agreement = make(
        item(
            attrs.evolve(SHORT, assumption=Assumption("不足5%不计"), citation=clause),
            assumption=Assumption("10分为示例"),
        ),
        assumption=Assumption("收入应为支出"),
    )
    findings = scored(agreement, {"rate": 85}).findings
    assert [str(finding) for finding in findings] == [
        "assumption assumption: 收入应为支出",
        "assumption assumption: item 1: 10分为示例",
        "assumption assumption: item 1: 不足5%不计",
    ]
    assert [finding.citation for finding in findings] == [None, None, clause]


def test_a_groups_assumption_is_one_finding() -> None:
    """Semantics 11: it stands on the line of each member, and is said once."""
    group = Group((SHORT, FEW), assumption=Assumption("合计"))
    findings = scored(make(group), {"rate": 85, "visits": 3}).findings
    assert findings.codes == ("assumption",)


def test_the_order_of_findings() -> None:
    """What is wrong with the agreement, then with the record, then what was assumed."""
    bad = attrs.evolve(UNKEPT, when=Flag("nobody"))
    agreement = make(bad, SHORT, EACH, BY_BAND, assumption=Assumption("示例"), total_places=0)
    assert scored(agreement, {"rate": "?", "other": 1}).findings.codes == (
        "measure-unknown",
        "value-unreadable",
        "blank-assumed",
        "value-unknown",
        "assumption",
    )


# ---------------------------------------------------------------------- identity (semantics 13)


def test_a_sheet_names_what_it_was_made_of() -> None:
    """Semantics 13: the digests of agreement and record, and nobody can change them."""
    agreement, record = make(SHORT), Record("nanguan", {"rate": "85%"})
    sheet = score(agreement, record)
    assert dict(sheet.digests) == {"agreement": digest(agreement), "record": digest(record)}
    assert sheet.digests is sheet.digests


def test_the_same_agreement_and_record_give_the_same_sheet() -> None:
    """Semantics 13: equal digests, equal total; numbers may be written otherwise."""
    one = score(make(SHORT), Record("nanguan", {"rate": 85.0}))
    same = score(make(SHORT), Record("nanguan", {"rate": "85"}))
    other = score(make(SHORT), Record("nanguan", {"rate": "84"}))
    assert one.digests == same.digests
    assert one.lines == same.lines
    assert one.digests["agreement"] == other.digests["agreement"]
    assert one.digests["record"] != other.digests["record"]
