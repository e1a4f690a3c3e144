"""The figures of the documents that are scored by rules, one by one.

Rules compare without citation and assumption, so an equal rule is the same number of points for
the same shortfall.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from catalogue.look import duties, item, rules, targets
from healthduty import catalogue
from healthduty.model.agreement import Agreement
from healthduty.model.funding import Override, Tier
from healthduty.model.grades import Consequence
from healthduty.model.indicator import Indicator, Part, Target, children_of
from healthduty.model.obligation import Every, Obligation
from healthduty.rules.condition import AnyOf, Flag
from healthduty.rules.points import Pick
from healthduty.rules.rule import Deduction, Group, Rule
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, Multiple

# ------------------------------------------------------------ township-hospital-targets


@pytest.fixture(scope="module")
def hospital() -> Agreement:
    """Return the township hospital's book."""
    return catalogue.get("township-hospital-targets")


def test_hospitals_study_each_week_keep_three_notebooks_and_sit_an_exam(
    hospital: Agreement,
) -> None:
    """52 weeks, 3 notebooks of 10,000 characters, 1 exam; the points are ours."""
    assert item(hospital, "1.1.1").targets == (Target("study_weeks", ">=", 52),)
    assert item(hospital, "1.1.2").targets == (Target("notebooks", ">=", 3),)
    assert item(hospital, "1.1.3").targets == (Target("exams", ">=", 1),)
    assert "三本" in item(hospital, "1.1").requirement
    assert "一万字" in item(hospital, "1.1").requirement
    for number in ("1.1.1", "1.1.2", "1.1.3", "1.3", "3.3"):
        (rule,) = rules(hospital, number)
        assert rule.assumption is not None
        assert "本目录所定" in rule.assumption.text


def test_the_ethics_archive_costs_half_a_point_once(hospital: Agreement) -> None:
    """Checked each half-year; no archive or no check −0.5, once."""
    archive = Deduction(Once(Flag("ethics_archive", expected=False)), points="0.5")
    check = Deduction(Lacking("ethics_checks", required=2, prorated=True), points="0.5", cap="0.5")
    assert rules(hospital, "2.1")[0] == Group((archive, check), pick=Pick.WORST)


def test_surveys_and_satisfaction(hospital: Agreement) -> None:
    """2 surveys of 100 sheets, −0.5 each; 90 %, each 5 % short −0.5."""
    assert rules(hospital, "2.1")[1:] == (
        Deduction(Lacking("surveys", required=2, prorated=True), points="0.5"),
        Deduction(StepsBelow("satisfaction", target=90, step=5), points="0.5"),
    )
    measure = hospital.measure("surveys")
    assert measure is not None
    assert "一百份" in measure.name


def test_special_drugs_cost_one_point_once(hospital: Agreement) -> None:
    """No system, no checks, no prescriptions and seal card: −1; other readings are kept."""
    names = ("drug_system", "drug_checks", "drug_prescriptions")
    lacking = AnyOf(Flag(name, expected=False) for name in names)
    (rule,) = rules(hospital, "2.2")
    assert rule == Deduction(Once(lacking), points=1)
    assert rule.assumption is not None
    assert [reading.label for reading in rule.assumption.readings] == ["各扣一次", "三样都缺才扣"]
    assert rule.assumption.readings[0].rule == Group(
        Deduction(Once(Flag(name, expected=False)), points=1) for name in names
    )


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("2.3", Deduction(StepsBelow("licensed", target=65, step=5), points=1)),
        ("2.4", Deduction(Cases("family_planning_cases"), points=2)),
        ("3.2", Deduction(StepsBelow("bed_use", target=55, step=5), points=1)),
    ],
)
def test_licences_family_planning_and_beds(hospital: Agreement, number: str, rule: Rule) -> None:
    """65 %: each 5 % −1; each case −2; 55 %: each 5 % −1."""
    assert rules(hospital, number) == (rule,)


def test_growth_surplus_admissions_and_visits(hospital: Agreement) -> None:
    """+10 %, the surplus met, both counts above last year; each 1 % short −0.1."""
    goals = {"income_growth": 10, "surplus": 100, "admissions_growth": 0, "visits_growth": 0}
    each = [
        Deduction(StepsBelow(code, target=goal, step=1), points="0.1")
        for code, goal in goals.items()
    ]
    (rule,) = rules(hospital, "3.1")
    assert rule == Group(each)
    assert rule.assumption is not None
    assert [reading.rule for reading in rule.assumption.readings] == [
        each[0],
        Group(each, pick=Pick.WORST),
    ]
    assumption = item(hospital, "3.1").assumption
    assert assumption is not None
    assert "“支出”" in assumption.text


def test_incidents_need_records(hospital: Agreement) -> None:
    """An incident that was handled and written down costs nothing."""
    (rule,) = rules(hospital, "3.3")
    assert isinstance(rule, Deduction)
    assert rule.tally == Cases("incidents", where={"查处记录": "无"})


def test_the_hospitals_points_and_grades_are_ours_and_say_so(hospital: Agreement) -> None:
    """No points are printed: every indicator carries the assumption, and so does the whole."""
    indicators = [node for node in hospital.nodes() if isinstance(node, Indicator)]
    assert sum(node.points or 0 for node in indicators) == hospital.points == 50
    assert all(node.assumption and "本目录所定" in node.assumption.text for node in indicators)
    assert hospital.assumption is not None
    assert "50分" in hospital.assumption.text
    assert hospital.grades is not None
    assert [(grade.name, grade.low) for grade in hospital.grades.grades] == [
        ("优秀", 45),
        ("合格", 30),
        ("不合格", None),
    ]


def test_the_hospitals_duties(hospital: Agreement) -> None:
    """Each week, each half-year, each year."""
    assert duties(hospital) == {
        "study": (Every.WEEK, 1),
        "exam": (Every.YEAR, 1),
        "ethics-check": (Every.HALF_YEAR, 1),
        "survey": (Every.YEAR, 2),
    }


# ------------------------------------------------------------ hospital-targets-template


def test_the_template_has_25_blanks_19_rates_and_6_counts() -> None:
    """One of the rates, disputes, is a ceiling."""
    template = catalogue.get("hospital-targets-template")
    blanks = template.blanks()
    assert len(blanks) == 25
    assert blanks == tuple(measure.code for measure in template.measures)
    rates = [measure.code for measure in template.measures if measure.unit == "%"]
    assert len(rates) == 19
    assert set(blanks) - set(rates) == {
        "outpatient_visits",
        "admissions",
        "lectures",
        "trained",
        "recruits",
        "leaders",
    }
    asked = targets(template)
    assert asked == {code: ("<=" if code == "disputes" else ">=", Blank(code)) for code in blanks}


def test_each_blank_is_worth_four_points_of_ours() -> None:
    """25 × 4 = 100, and every indicator says that its points are ours."""
    template = catalogue.get("hospital-targets-template")
    leaves = [
        node
        for node in template.nodes()
        if isinstance(node, Part) and node.points and not children_of(node)
    ]
    assert [node.points for node in leaves] == [4] * 25
    assert template.points == 100
    scored = [node for node in template.nodes() if isinstance(node, Indicator) and node.points]
    assert all(node.assumption is not None for node in scored)
    assert rules(template, "1.2") == (
        Deduction(StepsAbove("disputes", target=Blank("disputes"), step="0.1"), points="0.4"),
    )


# ------------------------------------------------------------------- county-year-report


def test_the_countys_printed_targets() -> None:
    """8 per thousand, 200 per ten thousand, 2,300 bags; next year 90 and about 65 %."""
    agreement = catalogue.get("county-year-report")
    asked = targets(agreement)
    assert asked["under5_mortality"] == ("<=", 8)
    assert asked["birth_defects"] == ("<=", 200)
    assert asked["blood"] == (">=", 100)
    assert "2300" in item(agreement, "1.1").requirement
    assert asked["visits_county"] == (">=", 90)
    assert asked["visits_base"] == (">=", 65)
    units = {measure.code: measure.unit for measure in agreement.measures}
    assert (units["under5_mortality"], units["birth_defects"]) == ("‰", "1/万")


def test_the_countys_other_targets_are_ours_and_say_so() -> None:
    """Printed targets are marked as such; “about” is an assumption."""
    agreement = catalogue.get("county-year-report")
    printed = {"1.1", "2.1", "2.2"}
    for node in agreement.nodes():
        if isinstance(node, Indicator) and node.points:
            assert node.assumption is not None
            ours = node.assumption.text.startswith("目标、")
            assert ours == (node.number not in printed), node.number
    about = item(agreement, "4.2").assumption
    assert about is not None
    assert "左右" in about.text


def test_the_countys_real_figures() -> None:
    """As the report prints them."""
    (record,) = catalogue.records("county-year-report")
    values = dict(record.values)
    blood = values.pop("blood")
    assert str(blood) == "Ratio(2548, 2300)"
    assert getattr(blood, "printed", "") == "110.78%"
    assert values == {
        "under5_mortality": "5.6‰",
        "birth_defects": "109.68/万",
        "two_cancer": "100.36%",
        "prenatal": "100.07%",
        "newborn_screening": "99.9%",
        "hearing_screening": "99.47%",
        "contracts": "49.87%",
        "key_group_contracts": "79.82%",
        "hypertension_management": "81.82%",
        "hypertension_control": "78.94%",
        "diabetes_management": "80.75%",
        "diabetes_control": "83.39%",
        "psychosis_management": "97.57%",
        "psychosis_standard": "90.04%",
        "psychosis_medication": "90.84%",
    }


# ------------------------------------------------------------- supervision-coordination


@pytest.fixture(scope="module")
def coordination() -> Agreement:
    """Return the plan for supervision and coordination."""
    return catalogue.get("supervision-coordination")


def test_a_head_brings_one_yuan_twenty_five(coordination: Agreement) -> None:
    """From 80 all, from 60 70 %, below or with a breach half."""
    (policy,) = coordination.funding
    assert policy.per_head == Fraction(5, 4)
    assert policy.fixed == 0
    assert policy.tiers == (Tier(80, 1), Tier(60, "0.7"), Tier(None, "0.5"))
    assert policy.overrides == (Override(Flag("breaches"), "0.5", "发生违法违纪事件"),)
    assert "30元" in coordination.source


def test_failed_duty_costs_money_that_nobody_printed(coordination: Agreement) -> None:
    """And a notice; both for the lowest grade."""
    assert [
        (each.kind.value, each.grades)
        for each in coordination.consequences
        if isinstance(each, Consequence)
    ] == [
        ("praise", ("良好",)),
        ("money", ("不合格",)),
        ("notice", ("不合格",)),
        ("accountability", ()),
    ]


def test_two_to_four_at_a_station_three_to_five_at_a_branch(coordination: Agreement) -> None:
    """The station's number is scored, the branch's is the authority's own duty."""
    assert item(coordination, "1.1").targets == (
        Target("staff", ">=", 2),
        Target("staff", "<=", 4),
    )
    branch = item(coordination, "1.4")
    assert branch.targets == (
        Target("branch_supervisors", ">=", 3),
        Target("branch_supervisors", "<=", 5),
    )
    assert branch.points is None


@pytest.mark.parametrize(
    ("number", "target"),
    [
        ("1.2", Target("training_hours", ">=", 20)),
        ("1.3", Target("training_quarters", ">=", 4)),
        ("2.1", Target("coverage", ">=", 100)),
        ("2.2", Target("visits", ">=", Multiple(4, "units"))),
        ("2.3", Target("campaigns", ">=", 100)),
    ],
)
def test_the_stations_targets(coordination: Agreement, number: str, target: Target) -> None:
    """20 hours, each quarter, 100 %, 4 visits a unit, 100 %."""
    assert item(coordination, number).targets == (target,)


def test_complaints_have_five_working_days_and_one(coordination: Agreement) -> None:
    """Light ones are settled, serious ones reported up."""
    within = {
        duty.code: (duty.within, duty.working_days, duty.every)
        for duty in coordination.obligations
        if duty.within
    }
    assert within == {
        "light-complaints": (5, True, Every.EVENT),
        "serious-complaints": (1, True, Every.EVENT),
    }
    assert "5个工作日" in item(coordination, "3.1").requirement
    assert "1个工作日" in item(coordination, "3.2").requirement


def test_the_stations_other_duties(coordination: Agreement) -> None:
    """Informants each quarter, 20 class hours a person, 4 visits a unit."""
    by_code: dict[str, Obligation] = {duty.code: duty for duty in coordination.obligations}
    assert by_code["informants"].every is Every.QUARTER
    training = by_code["training"]
    assert (int(training.times), training.unit, training.per) == (20, "学时", "人")
    visits = by_code["visits"]
    assert (int(visits.times), visits.per) == (4, "单位")


def test_the_hundred_points_behind_are_ours_and_say_so(coordination: Agreement) -> None:
    """The document assesses by 100 points and prints none of them."""
    scored = [node for node in coordination.nodes() if isinstance(node, Indicator) and node.points]
    assert sum(node.points or 0 for node in scored) == coordination.points == 100
    assert all(node.assumption and "本目录所定" in node.assumption.text for node in scored)


def test_the_heads_of_station_answer_first_and_directly(coordination: Agreement) -> None:
    """The hospital's head is head of the office, the deputy its deputy."""
    assert [(person.party, person.rank) for person in coordination.responsible] == [
        ("station", "first"),
        ("station", "direct"),
        ("point", "direct"),
    ]
