"""What a heading means: measures, pairs, stages, units, judgements, and words of every table."""

from __future__ import annotations

import pytest

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.records.headers import LONG_WORDS, Holds, Names, Stage, Use, names_of
from healthduty.records.needs import needs_of
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Judgement

AGREEMENT = Agreement(
    "示例",
    measures=(
        Measure("satisfaction", "满意率", unit="%"),
        Measure("contract", "签约率", unit="%", numerator="签约人数", denominator="常住人口"),
        Measure("elderly", "管理率（老年人）", unit="%", denominator="常住人口"),
        Measure("surveys", "问卷调查", unit="次"),
        Measure("time", "时间", unit="分钟", kind="amount"),
        Measure("conduct_rate", "行风", unit="%"),
    ),
    parts=(
        Section(
            "3",
            parts=(
                Indicator("3.1", "行风", rules=Judgement("conduct", "lose", most=2)),
                Indicator("3.2", "健康教育", points=5),
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def names() -> Names:
    """Return the headings of the example."""
    return names_of(AGREEMENT, needs_of(AGREEMENT))


@pytest.mark.parametrize(
    "heading",
    ["满意率", " 满 意 率\n", "satisfaction", "SATISFACTION", "\uff33atisfaction"],
)
def test_spelling_makes_no_difference(names: Names, heading: str) -> None:
    """Code or name, spaces, capitals and full-width letters: the same column."""
    assert names.find(heading) == (Use(Holds.VALUE, "satisfaction"),)


@pytest.mark.parametrize(
    ("heading", "unit"), [("满意率（%）", "%"), ("满意率(‰)", "‰"), ("满意率【％】", "%")]
)
def test_a_unit_stands_in_brackets(names: Names, heading: str, unit: str) -> None:
    """The unit is kept, for the reader to hold against the measure's."""
    assert names.find(heading) == (Use(Holds.VALUE, "satisfaction", None, unit),)


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("满意率（自评）", Stage.SELF_ASSESSED),
        ("满意率(核实)", Stage.VERIFIED),
        ("满意率-复核", Stage.REVIEWED),
        ("满意率自评", Stage.SELF_ASSESSED),
        ("satisfaction_verified", Stage.VERIFIED),
        ("满意率（%）（核实）", Stage.VERIFIED),
        ("满意率（核实）（%）", Stage.VERIFIED),
    ],
)
def test_a_stage_stands_behind(names: Names, heading: str, stage: Stage) -> None:
    """Who stated the value is part of the heading."""
    (use,) = names.find(heading)
    assert (use.target, use.stage) == ("satisfaction", stage)


@pytest.mark.parametrize(
    ("heading", "holds"),
    [
        ("签约率/分子", Holds.NUMERATOR),
        ("签约率分子", Holds.NUMERATOR),
        ("签约率（分母）", Holds.DENOMINATOR),
        ("contract_num", Holds.NUMERATOR),
        ("contract_den", Holds.DENOMINATOR),
        ("签约人数", Holds.NUMERATOR),
        ("签约人数（人）", Holds.NUMERATOR),
    ],
)
def test_the_counts_of_a_rate_are_found(names: Names, heading: str, holds: Holds) -> None:
    """By the name that the measure gives them, or by the rate's own with a word behind."""
    (use,) = names.find(heading)
    assert (use.holds, use.target) == (holds, "contract")


def test_one_column_serves_several(names: Names) -> None:
    """Two rates have the same denominator, and it is the population as well."""
    assert names.find("常住人口") == (
        Use(Holds.DENOMINATOR, "contract"),
        Use(Holds.DENOMINATOR, "elderly"),
        Use(Holds.POPULATION),
    )


def test_brackets_may_belong_to_the_name(names: Names) -> None:
    """The whole heading is looked up before anything is taken off it."""
    assert names.find("管理率(老年人)（%）") == (Use(Holds.VALUE, "elderly", None, "%"),)


@pytest.mark.parametrize(
    "heading",
    [
        "满意率（门诊）",
        "满意率（自评）（核实）",
        "满意率（%）（‰）",
        "满意率/分子/分母",
        "满意率得分",
        "问卷调查/分子",
        "机构（自评）",
        "机构（%）",
        "满意度",
        "contractnum",
        "",
        "满" * 10_000,
        "(" * 10_000,
    ],
)
def test_what_is_not_known_is_not_guessed(names: Names, heading: str) -> None:
    """Another bracket, two stages, a pair of a count: none of them is a column."""
    assert names.find(heading) == ()


@pytest.mark.parametrize("heading", ["3.2", "3.2 得分", "健康教育", "3.2健康教育", "３．２（分）"])
def test_points_are_found_by_number_or_title(names: Names, heading: str) -> None:
    """An item without rules is scored by an assessor."""
    (use,) = names.find(heading)
    assert (use.holds, use.target) == (Holds.JUDGED, "3.2")


@pytest.mark.parametrize(
    ("heading", "holds"),
    [("conduct", Holds.JUDGED), ("conduct理由", Holds.REASON), ("conduct_考核人", Holds.ASSESSOR)],
)
def test_what_is_said_of_a_judgement_is_found(names: Names, heading: str, holds: Holds) -> None:
    """The reason and the assessor stand beside the points."""
    assert names.find(heading) == (Use(holds, "conduct"),)


def test_a_measure_wins_over_a_title(names: Names) -> None:
    """An item's title that is a measure's name is the measure."""
    assert names.find("行风") == (Use(Holds.VALUE, "conduct_rate"),)


def test_a_measure_wins_over_a_word(names: Names) -> None:
    """时间 is the period, unless the agreement has a measure of that name."""
    assert names.find("时间") == (Use(Holds.VALUE, "time"),)
    assert names.find("考核期") == (Use(Holds.PERIOD),)


def test_the_words_of_a_long_table_are_its_own(names: Names) -> None:
    """指标 heads a column of names in a long table, and nothing in a wide one."""
    assert names.find("指标") == ()
    assert names.find("指标", LONG_WORDS) == (Use(Holds.MEASURE),)


def test_a_code_wins_over_a_name() -> None:
    """Where one measure's name is another's code, the code is meant."""
    agreement = Agreement("示例", measures=(Measure("a", "b"), Measure("b", "c")))
    names = names_of(agreement, needs_of(agreement))
    assert [names.find(heading) for heading in "abc"] == [
        (Use(Holds.VALUE, "a"),),
        (Use(Holds.VALUE, "b"),),
        (Use(Holds.VALUE, "b"),),
    ]


def test_near_headings_are_named(names: Names) -> None:
    """Whoever mistyped a name sees which one was meant."""
    assert names.nearest("满意度") == ("满意率",)
    assert names.nearest("院长签字") == ()
