"""Pots that are spent exactly, and money on its way: held back, released, returned."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.errors import RuleError, UnknownNameError, UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.indicator import Indicator
from healthduty.records.record import Record
from healthduty.scoring.score import score
from healthduty.year.money import (
    By,
    Claim,
    claims_of,
    share_pot,
    share_pots,
    table_of_pots,
    yuan_text,
)
from healthduty.year.withholding import (
    Account,
    Move,
    Movement,
    give_back,
    release,
    withhold,
)

UNITS = (
    Claim("甲站", score="92.5", population=4100),
    Claim("乙站", score=71, population=2050),
    Claim("丙站", score=-3, population=1030),
)


def test_a_pot_by_score_and_people() -> None:
    """1.25 yuan a head for 7,180 people (row E1), shared by score × people: spent to the fen."""
    pot = share_pot("协管经费", "8975", UNITS)
    assert [yuan_text(part.yuan) for part in pot.parts] == ["6,485.84", "2,489.16", "0.00"]
    assert (pot.left, pot.findings.codes) == (0, ())


@pytest.mark.parametrize(
    ("by", "parts"),
    [
        (By.SCORE, ["56.57", "43.43", "0.00"]),
        (By.POPULATION, ["57.10", "28.55", "14.35"]),
        ("equally", ["33.34", "33.33", "33.33"]),
    ],
)
def test_the_other_ways(by: By, parts: list[str]) -> None:
    """By score, by people, equally; a score below 0 claims nothing."""
    assert [yuan_text(part.yuan) for part in share_pot("p", 100, UNITS, by).parts] == parts


def test_a_share_that_can_not_be_told_leaves_the_pot_alone() -> None:
    """What one unit would get is taken from the others: nobody is paid on a guess."""
    open_score = (*UNITS, Claim("丁站", population=900))
    pot = share_pot("p", 100, open_score)
    assert (pot.parts, pot.left, pot.findings.codes) == ((), 100, ("money-claim-open",))
    assert "`丁站` has no score" in pot.findings[0].message
    assert share_pot("p", 100, open_score, By.POPULATION).left == 0
    nobody = share_pot("p", 100, [Claim("戊站", score=90)])
    assert "no population" in nobody.findings[0].message


def test_a_pot_that_nobody_earned_stays() -> None:
    """All scores 0, or half a fen: a finding, and nothing is spent."""
    assert share_pot("p", 100, [Claim("甲", score=0, population=5)]).findings.codes == (
        "money-not-shared",
    )
    assert share_pot("p", "0.005", UNITS).left == Fraction("0.005")


def test_several_pots_beside_each_other() -> None:
    """Each spent by itself; the table adds up in both directions."""
    pots = share_pots([("甲款", 100, By.EQUALLY), ("乙款", "50.01", By.SCORE)], UNITS)
    table = table_of_pots(pots)
    assert table.headings == ("单位", "甲款", "乙款", "合计")
    assert table.rows[0] == ("甲站", "33.34", "28.29", "61.63")
    assert table.rows[-1] == ("合计", "100.00", "50.01", "150.01")
    assert pots[0].table("en").rows[-1] == ("total", "", "100.00")
    with pytest.raises(UsageError, match="called"):
        share_pots([("甲款", 1, By.SCORE), ("甲款", 2, By.SCORE)], UNITS)
    with pytest.raises(UsageError, match="twice"):
        share_pot("p", 1, (UNITS[0], UNITS[0]))


def test_claims_come_from_sheets() -> None:
    """The total after vetoes and the people; what has no total claims nothing yet."""
    agreement = Agreement("示例", parts=(Indicator("1", points=100),))
    scored = score(agreement, Record("a", {"1": 80}, population=3000, name="甲站"))
    missing = score(agreement, Record("b", {}))
    assert claims_of([scored, missing]) == (
        Claim("甲站", score=80, population=3000),
        Claim("b"),
    )


AMOUNTS = st.integers(0, 10**9).map(lambda fen: Fraction(fen, 100))
CLAIMS = st.lists(
    st.builds(
        lambda name, points, people: Claim(str(name), score=points, population=people),
        st.integers(),
        st.decimals(0, 120, places=2),
        st.integers(1, 10**6),
    ),
    min_size=1,
    max_size=10,
    unique_by=lambda claim: claim.unit,
)


@given(AMOUNTS, CLAIMS, st.sampled_from(list(By)))
def test_a_pot_is_spent_exactly_or_not_at_all(yuan: Fraction, claims: list[Claim], by: By) -> None:
    """Every fen of it, none negative; the better of two units of one size never gets less."""
    pot = share_pot("p", yuan, claims, by)
    if pot.findings:
        assert pot.left == yuan
        return
    assert pot.left == 0
    assert all(part.yuan >= 0 and (part.yuan * 100).denominator == 1 for part in pot.parts)
    better = sorted(pot.parts, key=lambda part: part.weight)
    amounts = {part.weight: [] for part in better}
    for part in better:
        amounts[part.weight].append(part.yuan)
    ordered = list(amounts.values())
    assert all(max(low) <= min(high) for low, high in pairwise(ordered))


# ----------------------------------------------------------------------------- withholding


def test_withheld_and_released_after_correction() -> None:
    """A fifth held back in July, half of it released in November, the rest returned."""
    account = withhold(
        Account("甲站", "协管经费", "751.03"), share="0.2", reason="整改", on="2024-07-10"
    )
    assert (account.withheld, account.paid) == (Fraction("150.21"), Fraction("600.82"))
    half = release(account, share="0.5", on="2024-11-05")
    assert (half.withheld, half.paid) == (Fraction("75.10"), Fraction("675.93"))
    over = give_back(half, reason="逾期未整改")
    assert (over.withheld, over.returned, over.paid) == (0, Fraction("75.10"), Fraction("675.93"))
    assert [each.move for each in over.movements] == [Move.WITHHOLD, Move.RELEASE, Move.RETURN]
    table = over.table()
    assert table.rows[0] == ("", "应拨", "751.03", "")
    assert table.rows[1] == ("2024-07-10", "暂扣", "150.21", "整改")
    assert table.rows[-2] == ("", "实拨", "675.93", "")
    assert account.movements == over.movements[:1]


def test_the_account_of_a_portion() -> None:
    """What a unit gets of a pot is what is due to it."""
    part = share_pot("协管经费", 100, UNITS, By.EQUALLY).parts[0]
    assert Account.of(part) == Account("甲站", "协管经费", "33.34")


def test_the_account_of_a_sheet() -> None:
    """What a unit gets by its own score is due to it; what can't be told yet is not."""
    policy = FundingPolicy(
        "协管", "协管经费", per_head="1.25", tiers=(Tier(80, 1), Tier(None, "0.5"))
    )
    agreement = Agreement("示例", parts=(Indicator("1", points=100),), funding=(policy,))
    sheet = score(agreement, Record("a", {"1": 70}, population=3001, name="甲站"))
    assert Account.of_sheet(sheet, "协管") == Account("甲站", "协管经费", "1875.63")
    with pytest.raises(UnknownNameError, match="no money `x`"):
        Account.of_sheet(sheet, "x")
    for record in (Record("a", {}), Record("a", {"1": 70})):
        with pytest.raises(RuleError, match="can't be told"):
            Account.of_sheet(score(agreement, record), "协管")


def test_no_more_is_withheld_than_is_paid() -> None:
    """Two findings of 70 % each hold back all, and not more."""
    account = Account("甲", "p", 100)
    for _ in range(2):
        account = withhold(account, share="0.7")
    assert (account.withheld, account.paid) == (100, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Account("甲", "p", -1),
        lambda: Account("甲", "p", "0.001"),
        lambda: Account("甲", "p", 5, [Movement("release", Fraction(1))]),
        lambda: Account("甲", "p", 5, [Movement("withhold", Fraction(6))]),
        lambda: Account("甲", "p", 5, [Movement("withhold", Fraction(-1))]),
        lambda: withhold(Account("甲", "p", 5), share="1.2"),
        lambda: release(Account("甲", "p", 5), share=-1),
    ],
)
def test_money_that_is_not_there_does_not_move(wrong: Any) -> None:  # noqa: ANN401 - a call
    """Half a fen, a release of nothing, more than was due, a share above the whole."""
    with pytest.raises(RuleError):
        wrong()


@given(
    AMOUNTS,
    st.lists(
        st.tuples(
            st.sampled_from([withhold, release, give_back]),
            st.fractions(0, 1, max_denominator=30),
        ),
        max_size=8,
    ),
)
def test_no_fen_is_lost_on_the_way(yuan: Fraction, moves: list[tuple[Any, Fraction]]) -> None:
    """Paid, withheld and returned are always what was due; none of them is negative."""
    account = Account("甲", "p", yuan)
    for move, share in moves:
        account = move(account, share=share)
        assert account.paid + account.withheld + account.returned == yuan
        assert min(account.paid, account.withheld, account.returned) >= 0
    done = release(account)
    assert (done.withheld, done.paid + done.returned) == (0, yuan)
