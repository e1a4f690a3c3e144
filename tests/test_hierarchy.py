"""The cascade: what is handed down adds up, and every unit has an agreement of its own."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.checks.check import check
from healthduty.convert.files import dumps, loads
from healthduty.errors import RuleError, UnknownNameError, UsageError
from healthduty.hierarchy import Cascade, Child, HandDown, Way, cascade
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section, Target
from healthduty.model.obligation import Obligation
from healthduty.model.party import Party, ResponsiblePerson
from healthduty.records.record import Record
from healthduty.rules.condition import Compare
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Band, Bands, Curve, Deduction, Forfeit, Knot
from healthduty.rules.tally import Lacking, StepsBelow
from healthduty.rules.threshold import Blank, Given
from healthduty.scoring.score import score

BLOOD = Measure("blood", "无偿献血", unit="袋")
RATE = Measure("rate", "管理率", unit="%")
DRILLS = Measure("drills", "演练")
LEVEL = Measure("level", "等级", levels=("优", "差"))

COUNTY = Agreement(
    "县责任书",
    year=2024,
    parties=(
        Party("city", "市卫健委", role="issuer"),
        Party("county", "县卫健局", role="responsible", parent="city"),
    ),
    responsible=(ResponsiblePerson("局长", party="county"),),
    measures=(BLOOD, RATE, DRILLS, LEVEL),
    parts=(
        Section(
            "1",
            points=20,
            parts=(
                Indicator(
                    "1.1",
                    "献血",  # 2,300 bags, as in row B1
                    points=10,
                    targets=Target(BLOOD, ">=", 2300),
                    rules=(
                        Deduction(StepsBelow(BLOOD, target=2300, step=10, relative=True), points=1),
                        Forfeit(Compare(BLOOD, "<", 1150)),
                    ),
                ),
                Indicator(
                    "1.2",
                    "管理",
                    points=5,
                    rules=Deduction(StepsBelow(RATE, target=90, step=5), points=1),
                ),
                Indicator(
                    "1.3",
                    "演练",
                    points=5,
                    rules=Deduction(Lacking(DRILLS, required=Blank("演练次数")), points=1),
                ),
            ),
        ),
    ),
    points=20,
    obligations=(
        Obligation("report", every="month", party="county"),
        Obligation("check", every="half_year", party="city"),
    ),
)
TOWNS = (
    Child(Party("a", "甲镇", level="township"), population=41000, share="0.5"),
    Child(Party("b", "乙镇", level="township"), population=20500, share="0.3"),
    Child(
        Party("c", "丙镇", level="township"),
        population=10300,
        share="0.2",
        responsible=(ResponsiblePerson("镇长", party="c"),),
    ),
)
DRILLS_EQUALLY = HandDown("演练次数", Way.EQUALLY, total=7)


def down(*targets: HandDown, towns: tuple[Child, ...] = TOWNS) -> Cascade:
    """Hand targets of the county down, the drills among them."""
    return cascade(COUNTY, towns, [*targets, DRILLS_EQUALLY])


def parts_of(found: Cascade, what: str, total: int) -> tuple[int, ...]:
    """Return the parts of one number."""
    return next(
        tuple(map(int, each.parts))
        for each in found.shared
        if (each.what, each.total) == (what, total)
    )


@pytest.mark.parametrize(
    ("way", "parts"),
    [
        (Way.EQUALLY, (767, 767, 766)),
        (Way.POPULATION, (1313, 657, 330)),
        (Way.SHARES, (1150, 690, 460)),
    ],
)
def test_the_three_ways(way: Way, parts: tuple[int, ...]) -> None:
    """2,300 bags, equally, by people, by given shares; the parts make 2,300."""
    found = down(HandDown(BLOOD, way))
    assert parts_of(found, "blood", 2300) == parts
    assert sum(parts) == 2300
    assert parts_of(found, "演练次数", 7) == (3, 2, 2)


def test_each_unit_has_its_own_numbers() -> None:
    """Target, forfeit and blank are its own; the rate is asked of everybody alike."""
    third = down(HandDown(BLOOD, Way.SHARES)).agreements[2]
    blood = third.item("1.1")
    assert blood.rules == (
        Deduction(StepsBelow(BLOOD, target=460, step=10, relative=True), points=1),
        Forfeit(Compare(BLOOD, "<", 230)),
    )
    assert blood.targets == (Target(BLOOD, ">=", 460),)
    assert third.item("1.2") == COUNTY.item("1.2")
    assert third.item("1.3").rules == (Deduction(Lacking(DRILLS, required=2), points=1),)
    assert third.blanks() == ()
    sheet = score(third, Record("c", {"blood": 414, "rate": 90, "drills": 2}))
    assert sheet.total == 19  # a tenth short of 460, not of 2,300


def test_each_unit_has_its_own_parties() -> None:
    """Who was responsible above issues below; duties follow; nobody has signed yet."""
    third = down(HandDown(BLOOD)).agreements[2]
    assert third.title == "县责任书（丙镇）"
    assert [(party.code, party.role.value, party.parent) for party in third.parties] == [
        ("county", "issuer", ""),
        ("c", "responsible", "county"),
    ]
    assert [duty.party for duty in third.obligations] == ["c", "county"]
    assert [person.post for person in third.responsible] == ["镇长"]
    assert "party-unknown" not in check(third).codes


def test_lower_agreements_are_whole() -> None:
    """They are agreements like any other: checked, written and read."""
    for agreement in down(HandDown(BLOOD, Way.POPULATION)).agreements:
        assert check(agreement).errors.codes == ()
        assert loads(dumps(agreement)) == agreement


def test_an_upper_agreement_without_parties() -> None:
    """The unit is its only party."""
    bare = attrs.evolve(COUNTY, parties=(), obligations=(), responsible=())
    found = cascade(bare, TOWNS, [HandDown(BLOOD)])
    assert [party.code for party in found.agreements[0].parties] == ["a"]


def test_an_upper_agreement_with_an_issuer_only() -> None:
    """Who issues above issues below, too."""
    alone = attrs.evolve(COUNTY, parties=COUNTY.parties[:1])
    found = cascade(alone, TOWNS, [HandDown(BLOOD), DRILLS_EQUALLY])
    assert [party.code for party in found.agreements[0].parties] == ["city", "a"]
    assert [duty.party for duty in found.agreements[0].obligations] == ["county", "city"]


def test_an_upper_agreement_with_a_unit_only() -> None:
    """It issues what is below it."""
    alone = attrs.evolve(COUNTY, parties=COUNTY.parties[1:])
    found = cascade(alone, TOWNS, [HandDown(BLOOD), DRILLS_EQUALLY])
    assert [party.code for party in found.agreements[0].parties] == ["county", "a"]


def test_two_levels() -> None:
    """County, townships, villages: the villages' parts add up to the county's target."""
    total = Fraction(0)
    for town in down(HandDown(BLOOD, Way.POPULATION)).agreements:
        villages = [Child(Party(f"{town.title}{n}"), population=p) for n, p in enumerate((3, 5, 9))]
        lower = cascade(town, villages, [HandDown(BLOOD, Way.POPULATION)])
        first = lower.shared[0]
        total += sum(first.parts)
        assert all(each.parties[0].code == town.parties[1].code for each in lower.agreements)
    assert total == 2300


def test_bands_and_curves_are_handed_down_too() -> None:
    """Every number that the measure is held against."""
    rules = (
        Bands(BLOOD, "earn", (Band(5, low=200), Band(3, low=100, high=200))),
        Curve(BLOOD, "add", (Knot(200, 0), Knot(400, 2))),
    )
    upper = Agreement("示例", measures=(BLOOD,), parts=(Indicator("1", points=5, rules=rules),))
    towns = [Child(Party(name)) for name in "ab"]
    found = cascade(upper, towns, [HandDown(BLOOD)])
    assert found.agreements[0].item("1").rules == (
        Bands(BLOOD, "earn", (Band(5, low=100), Band(3, low=50, high=100))),
        Curve(BLOOD, "add", (Knot(100, 0), Knot(200, 2))),
    )


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (HandDown(RATE), "cascade-not-shared"),
        (HandDown(LEVEL), "cascade-not-shared"),
        (HandDown("unheard"), "cascade-unknown"),
        (HandDown(DRILLS), "cascade-no-target"),
        (HandDown("演练次数", total=None), "cascade-total-missing"),
        (HandDown("演练次数", total="2.5"), "cascade-indivisible"),
        (HandDown("演练次数", total=-1), "cascade-indivisible"),
    ],
)
def test_what_can_not_be_shared_out_leaves_no_agreements(target: HandDown, code: str) -> None:
    """An agreement whose parts don't add up is not made."""
    found = cascade(COUNTY, TOWNS, [target])
    assert code in found.findings.codes
    assert (found.agreements == ()) == bool(found.findings.errors)
    assert found.agreements == ()


def test_a_weight_that_nobody_gave() -> None:
    """The units that lack it are named."""
    towns = (*TOWNS, Child(Party("d", "丁镇")))
    found = down(HandDown(BLOOD, Way.POPULATION), towns=towns)
    assert found.findings.codes == ("cascade-weight-missing",)
    assert "丁镇" in found.findings[0].message


def test_what_stays_is_told() -> None:
    """A target that is no plain number, a step in bags; a unit that gets nothing."""
    rules = (
        Deduction(StepsBelow(BLOOD, target=Given("last_year"), step=1, relative=True), points=1),
        Deduction(StepsBelow(BLOOD, target=2, step=100), points=1),
    )
    upper = Agreement(
        "示例",
        measures=(BLOOD, Measure("last_year")),
        parts=(Indicator("1", points=5, rules=rules),),
    )
    found = cascade(upper, TOWNS, [HandDown(BLOOD)])
    assert found.findings.codes == (
        "cascade-target-stays",
        "cascade-step-stays",
        "cascade-nothing-left",
    )
    assert "丙镇" in found.findings[2].message
    assert len(found.agreements) == 3


def test_a_wrong_call_is_refused() -> None:
    """No units, one twice, a target twice, a blank that is none."""
    for towns in ((), (TOWNS[0], TOWNS[0])):
        with pytest.raises(UsageError):
            cascade(COUNTY, towns, [])
    with pytest.raises(UsageError, match="twice"):
        down(HandDown(BLOOD), HandDown("blood"))
    strange = attrs.evolve(TOWNS[0], blanks={"床位": 3})
    with pytest.raises(UnknownNameError, match="床位"):
        cascade(COUNTY, [strange], [])
    with pytest.raises(RuleError, match="none of"):
        HandDown(BLOOD, "by area")


def test_blanks_of_ones_own() -> None:
    """What was negotiated unit by unit is filled in; what was handed down stands."""
    town = attrs.evolve(TOWNS[0], blanks={"演练次数": 4})
    (agreement,) = cascade(COUNTY, [town], []).agreements
    assert agreement.item("1.3").rules == (Deduction(Lacking(DRILLS, required=4), points=1),)


def test_the_table_adds_up() -> None:
    """A row a unit, a column a number, the sum below."""
    table = down(HandDown(BLOOD, Way.POPULATION)).table()
    assert table.headings == ("单位", "无偿献血 2300", "无偿献血 1150", "演练次数 7")
    assert table.rows[0] == ("甲镇", "1313", "657", "3")
    assert table.rows[-1] == ("合计", "2300", "1150", "7")


@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=8),
    st.integers(0, 10**5),
    st.sampled_from(list(Way)),
)
def test_the_targets_of_all_units_make_the_upper_one(
    people: list[int], total: int, way: Way
) -> None:
    """Whatever the way: read back from the lower agreements, the targets add up."""
    upper = Agreement(
        "示例",
        measures=(BLOOD,),
        parts=(
            Indicator("1", points=5, rules=Deduction(Lacking(BLOOD, required=total), points=1)),
        ),
    )
    towns = [Child(Party(str(n)), population=p, share=p) for n, p in enumerate(people)]
    lower = cascade(upper, towns, [HandDown(BLOOD, way)]).agreements
    tallies = [rule.tally for each in lower for rule in each.item("1").rules]
    assert sum(tally.required for tally in tallies) == total
