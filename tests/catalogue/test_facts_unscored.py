"""The facts of the documents without rules: judged ones, templates, duties by post."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from catalogue.look import duties, item, targets
from healthduty import catalogue
from healthduty.model.agreement import Agreement, Supersedes
from healthduty.model.grades import ConsequenceKind
from healthduty.model.indicator import Indicator, Part, Section, children_of
from healthduty.model.obligation import Every
from healthduty.model.party import Role
from healthduty.model.veto import BarHonours
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind

# ------------------------------------------------------------------- county-safety-2014


@pytest.fixture(scope="module")
def safety() -> Agreement:
    """Return the county's safety agreement."""
    return catalogue.get("county-safety-2014")


def test_six_items_of_fifteen_and_one_of_ten(safety: Agreement) -> None:
    """100 points, no rule that says how they are lost, and no item nine."""
    points = {part.number: part.points for part in safety.parts}
    assert points == {
        **dict.fromkeys("一二三四五六", Fraction(15)),
        "七": Fraction(10),
        "八": None,
        "十": None,
    }
    assert safety.points == 100
    assert not any(node.rules for node in safety.nodes())


def test_an_accident_bars_unit_and_persons_from_honours(safety: Agreement) -> None:
    """The veto names both honours, which are consequences of the agreement."""
    (veto,) = safety.vetoes
    assert veto.when == Flag("accidents")
    assert veto.effects == (BarHonours(("advanced-unit", "advanced-person")),)
    honours = [each for each in safety.consequences if each.kind is ConsequenceKind.HONOUR]
    assert [honour.code for honour in honours] == ["advanced-unit", "advanced-person"]


def test_both_sides_check_each_half_year(safety: Agreement) -> None:
    """The unit itself, and the authority."""
    half_yearly = {(duty.code, duty.party) for duty in safety.obligations}
    assert half_yearly == {("self-check", "unit"), ("authority-check", "bureau")}
    assert set(duties(safety).values()) == {(Every.HALF_YEAR, 1)}


def test_two_copies_a_bound_successor_and_a_day_that_never_was(safety: Agreement) -> None:
    """Signed on 30 February 2014: the text is kept as it stands."""
    assert safety.year == 2014
    assert safety.copies == 2
    assert safety.term is not None
    assert safety.term.successor_bound
    assert (safety.term.start, safety.term.end) == (
        datetime.date(2014, 1, 1),
        datetime.date(2014, 12, 31),
    )
    assert {signature.signed_on for signature in safety.signatures} == {"2014-02-30"}


# ------------------------------------------------------------------ deputy-leaders-duty


def test_the_deputys_targets() -> None:
    """25 kinds; 40 %; 60, 50, 80, 90 and 60 %; one assistant physician a station."""
    assert targets(catalogue.get("deputy-leaders-duty")) == {
        "antibiotic_kinds": ("<=", 25),
        "antibiotic_use_inpatients": ("<=", 40),
        "antibiotic_use_outpatients": ("<=", 40),
        "first_visits": (">=", 60),
        "key_group_contracts": (">=", 50),
        "files": (">=", 80),
        "chronic_management": (">=", 90),
        "chronic_control": (">=", 60),
        "assistant_physicians": (">=", 1),
    }


def test_the_deputys_year_end_reward_hangs_on_it() -> None:
    """One consequence, two copies, two signatures."""
    agreement = catalogue.get("deputy-leaders-duty")
    assert [each.kind for each in agreement.consequences] == [ConsequenceKind.MONEY]
    assert agreement.copies == 2
    assert [signature.party for signature in agreement.signatures] == ["centre", "deputy"]


# --------------------------------------------------------------- health-bureau-template


def test_the_bureaus_template() -> None:
    """95 %; the director first, the offices directly; open until next year's is published."""
    agreement = catalogue.get("health-bureau-template")
    assert targets(agreement)["satisfaction"] == (">=", 95)
    assert agreement.term is not None
    assert agreement.term.until_successor
    assert agreement.term.end is None
    ranks = [(person.post, person.rank) for person in agreement.responsible]
    assert ranks[0] == ("卫生局局长", "first")
    assert {rank for _, rank in ranks[1:]} == {"direct"}
    assert all(person.duties for person in agreement.responsible)
    assert len(agreement.signatures) == 2


def test_the_bureau_praises_corrects_and_holds_to_account() -> None:
    """And assesses regularly, which is read as once a year."""
    agreement = catalogue.get("health-bureau-template")
    assert [each.kind.value for each in agreement.consequences] == [
        "praise",
        "correction",
        "accountability",
        "accountability",
    ]
    assert duties(agreement) == {"assessment": (Every.YEAR, 1)}
    assert item(agreement, "3.1").assumption is not None


# --------------------------------------------------------- street-centre-2012 and -2013


def numbers(agreement: Agreement, section: str) -> list[str]:
    """Return the numbers of a section's items."""
    return [child.number for child in children_of(agreement.item(section))]


def test_2012_counts_its_items_and_2013_counts_one_twice() -> None:
    """Nine items of public health; 2013 has two sixes and no nine."""
    before, after = catalogue.get("street-centre-2012"), catalogue.get("street-centre-2013")
    assert numbers(before, "1") == [f"1.{number}" for number in range(1, 10)]
    assert numbers(after, "1") == [f"1.{number}" for number in (1, 2, 3, 4, 5, 6, 6, 7, 8)]
    assert numbers(before, "2") == numbers(after, "2") == [f"2.{n}" for n in range(1, 7)]


def test_2013_continues_2012_with_changes() -> None:
    """It supersedes it; files and referral are worded anew, the rest of the section is not."""
    before, after = catalogue.get("street-centre-2012"), catalogue.get("street-centre-2013")
    assert after.supersedes == Supersedes(before.title, before.year)
    assert before.supersedes is None
    pairs = zip(children_of(before.item("1")), children_of(after.item("1")), strict=True)
    changed = [
        old.number
        for old, new in pairs
        if isinstance(old, Part) and isinstance(new, Part) and old.requirement != new.requirement
    ]
    assert changed == ["1.4", "1.5"]


@pytest.mark.parametrize("year", [2012, 2013])
def test_measles_stay_below_one_in_a_million(year: int) -> None:
    """Two parties, and one number: at most 1 per 1,000,000."""
    agreement = catalogue.get(f"street-centre-{year}")
    assert agreement.year == year
    assert targets(agreement) == {"measles": ("<=", 1)}
    measure = agreement.measure("measles")
    assert measure is not None
    assert (measure.unit, measure.kind) == ("1/100万", MeasureKind.RATE)
    assert [party.role for party in agreement.parties] == [Role.ISSUER, Role.RESPONSIBLE]


# ------------------------------------------------------------------ school-clinic-posts


def test_the_school_clinic_names_targets_and_duties_by_post() -> None:
    """Four posts, each with a goal and three duties; two goals for all."""
    agreement = catalogue.get("school-clinic-posts")
    posts = {person.post: person.items for person in agreement.responsible}
    assert posts == {"医生": ("2",), "护士": ("3",), "保洁员": ("4",), "管理人员": ("5",)}
    for post, (number,) in posts.items():
        section = agreement.item(number)
        assert isinstance(section, Section)
        assert section.title == post
        assert section.text
        assert len(section.parts) == 3
        assert all(isinstance(part, Indicator) and part.requirement for part in section.parts)
    assert len(children_of(agreement.item("1"))) == 2


def test_the_school_clinic_has_no_points_and_no_numbers() -> None:
    """An agreement without scores is an agreement."""
    agreement = catalogue.get("school-clinic-posts")
    assert agreement.points is None
    assert not agreement.measures
    assert not any(node.points or node.rules for node in agreement.nodes())
