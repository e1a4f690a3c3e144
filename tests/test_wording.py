"""Rules in words: what an official reads, in Chinese and in English, and that it says it all."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.errors import UnknownNameError, UsageError
from healthduty.rules.condition import AllOf, AnyOf, Compare, Condition, Flag, Level, Not
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import FULL, Effect, Pick, Placement, Reach, Share
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
    Times,
)
from healthduty.rules.tally import (
    ByAttribute,
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
)
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
from healthduty.wording import (
    Language,
    condition_text,
    effect_word,
    line_kind_text,
    number_text,
    points_text,
    rule_text,
    tally_text,
    threshold_text,
)

RATE = Measure("satisfaction", "满意率", unit="%")
MEASURES = {
    measure.code: measure
    for measure in (
        RATE,
        Measure("surveys", "问卷调查", unit="次"),
        Measure("visits", "门诊人次", unit="人次"),
        Measure("visits_before", "上年门诊人次", unit="人次"),
        Measure("deaths", "婴儿死亡率", unit="‰"),
        Measure("measles", "麻疹发病率", unit="1/100万"),
        Measure("growth", "业务收入增长率", unit="%", kind=MeasureKind.GROWTH),
        Measure("breaches", "计划生育违规", kind=MeasureKind.CASES),
        Measure("accidents", "发生责任事故", unit="起", kind=MeasureKind.CASES),
        Measure("no_system", "无制度", kind=MeasureKind.FLAG),
        Measure("archive", "医德档案", kind=MeasureKind.FLAG),
        Measure("records", "台账", levels=("优", "良", "差")),
    )
}
LANGUAGES: tuple[Language, ...] = ("zh", "en")
BELOW = StepsBelow("satisfaction", target=90, step=5)
FOUND = Cases("breaches")
WEIGHTS = {"重大": Fraction(2), "一般": Fraction(1, 2)}


def zh(rule: Rule) -> str:
    """Word a rule in Chinese."""
    return rule_text(rule, MEASURES, "zh")


def en(rule: Rule) -> str:
    """Word a rule in English."""
    return rule_text(rule, MEASURES, "en")


# ------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [
        ("90", RATE, "90%"),
        ("92.3", RATE, "92.3%"),
        ("4", MEASURES["surveys"], "4次"),
        ("1", MEASURES["measles"], "1/100万"),
        ("-5", MEASURES["growth"], "-5%"),
        ("1/3", RATE, "≈0.3333%"),
        ("7", None, "7"),
    ],
)
def test_a_number_carries_its_unit(value: str, measure: Measure | None, text: str) -> None:
    """Each kind of unit stands behind the number as officials write it."""
    assert number_text(Fraction(value), measure) == text


def test_numbers_of_different_units_are_not_confused() -> None:
    """Printed numbers are remembered with their unit."""
    texts = {number_text(Fraction(4), measure) for measure in (RATE, MEASURES["surveys"], None)}
    assert texts == {"4%", "4次", "4"}


# ---------------------------------------------------------------------------- thresholds


@pytest.mark.parametrize(
    ("threshold", "chinese", "english"),
    [
        (Fraction(90), "90%", "90%"),
        (Fraction(100, 3), "100/3%", "100/3%"),
        (
            ByKind({"中心卫生院": 95, "一般卫生院": 90}),
            "中心卫生院95%、一般卫生院90%",
            "中心卫生院 95%, 一般卫生院 90%",
        ),
        (ByKind({"A1": 95}, default=80), "「A1」95%、其余80%", "“A1” 95%, otherwise 80%"),
        (Given("visits_before"), "上年门诊人次", "上年门诊人次"),
        (Given("unknown"), "unknown", "unknown"),
        (Multiple("1.1", "visits_before"), "上年门诊人次的1.1倍", "1.1 times 上年门诊人次"),
        (Multiple(1, "visits_before"), "上年门诊人次", "上年门诊人次"),
        (Multiple(1, "growth", plus=5), "业务收入增长率加5%", "业务收入增长率 plus 5%"),
        (
            Multiple("0.9", "growth", plus=-2),
            "业务收入增长率的0.9倍减2%",
            "0.9 times 业务收入增长率 less 2%",
        ),
        (Blank("盈余"), "____（盈余）%", "____(盈余)%"),
    ],
)
def test_thresholds_in_words(threshold: Threshold, chinese: str, english: str) -> None:
    """A target reads as the agreement would print it, in the unit of what is held against it."""
    assert threshold_text(threshold, RATE, MEASURES, "zh") == chinese
    assert threshold_text(threshold, RATE, MEASURES, "en") == english


# ---------------------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("condition", "chinese", "english"),
    [
        (Compare("satisfaction", ">=", 90), "满意率达到90%以上", "满意率 at least 90%"),
        (Compare("satisfaction", ">", 90), "满意率超过90%", "满意率 over 90%"),
        (Compare("satisfaction", "<=", 90), "满意率不超过90%", "满意率 at most 90%"),
        (Compare("satisfaction", "<", 90), "满意率低于90%", "满意率 below 90%"),
        (Compare("surveys", "=", 0), "问卷调查为0次", "问卷调查 equal to 0次"),
        (
            Compare("visits", "=", Given("visits_before")),
            "门诊人次等于上年门诊人次",
            "门诊人次 equal to 上年门诊人次",
        ),
        (
            Compare("satisfaction", ">=", ByKind({"中心": 95}, default=90)),
            "满意率达到（中心95%、其余90%）以上",
            "满意率 at least (中心 95%, otherwise 90%)",
        ),
        (Flag("no_system"), "无制度", "“无制度” is yes"),
        (Flag("no_system", expected=False), "「无制度」为否", "“无制度” is no"),
        (Flag("archive"), "「医德档案」为是", "“医德档案” is yes"),
        (Flag("breaches"), "有「计划生育违规」情形", "“计划生育违规” found"),
        (Flag("breaches", expected=False), "无「计划生育违规」情形", "no “计划生育违规” found"),
        (Flag("accidents"), "发生责任事故", "“发生责任事故” found"),
        (Level("records", "差"), "台账为差", "台账 is 差"),
        (Level("records", ("良", "3级")), "台账为良、「3级」", "台账 is 良, “3级”"),
        (
            AnyOf((Flag("no_system"), Compare("surveys", "<", 1))),
            "无制度或问卷调查低于1次",
            "“无制度” is yes or 问卷调查 below 1次",
        ),
        (
            AllOf((Flag("no_system"), AnyOf((Flag("archive"), Level("records", "差"))))),
            "无制度且（「医德档案」为是或台账为差）",
            "“无制度” is yes and (“医德档案” is yes or 台账 is 差)",
        ),
        (
            AllOf((Flag("no_system"), AllOf((Flag("archive"), Flag("breaches"))))),
            "无制度且「医德档案」为是且有「计划生育违规」情形",
            "“无制度” is yes and “医德档案” is yes and “计划生育违规” found",
        ),
        (
            AllOf((Flag("no_system"), AnyOf((Flag("archive"),)))),
            "无制度且「医德档案」为是",
            "“无制度” is yes and “医德档案” is yes",
        ),
        (AllOf((Flag("no_system"),)), "无制度", "“无制度” is yes"),
        (AnyOf((Flag("no_system"),)), "无制度", "“无制度” is yes"),
        (Not(Flag("no_system")), "不满足（无制度）", "not (“无制度” is yes)"),
    ],
)
def test_conditions_in_words(condition: Condition, chinese: str, english: str) -> None:
    """Comparators, flags, levels and what joins them, with brackets where they nest."""
    assert condition_text(condition, MEASURES, "zh") == chinese
    assert condition_text(condition, MEASURES, "en") == english


@pytest.mark.parametrize(
    ("name", "chinese", "english"),
    [
        ("满意率", "满意率", "满意率"),
        ("执业医师（助理）持证率", "执业医师（助理）持证率", "执业医师（助理）持证率"),
        ("bed use", "bed use", "bed use"),
        ("2型糖尿病管理率", "2型糖尿病管理率", "2型糖尿病管理率"),
        ("优、良率", "「优、良率」", "优、良率"),
        ("为民服务率", "「为民服务率」", "为民服务率"),
        ("时间或次数", "「时间或次数」", "时间或次数"),
        ("65岁以上管理率", "「65岁以上管理率」", "65岁以上管理率"),
        ("____", "「____」", "“____”"),
        ("90%", "「90%」", "“90%”"),
        ("「甲」", "「「甲」」」", "「甲」"),
        ("“甲”", "“甲”", "““甲”””"),
        ("time to answer", "time to answer", "“time to answer”"),
        ("", "「」", "“”"),
    ],
)
def test_a_name_that_holds_grammar_is_quoted(name: str, chinese: str, english: str) -> None:
    """A bureau may call its data anything; the clause stays readable back."""
    named = Level(name, "优")
    assert condition_text(named, {}, "zh") == f"{chinese}为优"
    assert condition_text(named, {}, "en") == f"{english} is 优"


@pytest.mark.parametrize(
    ("label", "chinese"),
    [
        ("未公示", "未公示"),
        ("发生责任事故", "发生责任事故"),
        ("台账不全", "「台账不全」为是"),
        ("无故迟到或早退", "「无故迟到或早退」为是"),
        ("未按2次要求", "「未按2次要求」为是"),
        ("无", "「无」为是"),
    ],
)
def test_a_flag_that_is_a_sentence_stands_as_it_is(label: str, chinese: str) -> None:
    """Only what reads as one whole sentence needs no 为是 behind it."""
    assert condition_text(Flag(label), {}, "zh") == chinese


def test_a_level_called_yes_is_not_a_flag() -> None:
    """为是 without quotation marks is the answer to a flag."""
    assert condition_text(Level("records", "是"), MEASURES, "zh") == "台账为「是」"
    assert condition_text(Level("records", "yes"), MEASURES, "en") == "台账 is “yes”"


# ------------------------------------------------------------------------------- tallies


@pytest.mark.parametrize(
    ("tally", "chinese", "english"),
    [
        (
            BELOW,
            "满意率达到90%以上，每低5个百分点",
            "满意率 at least 90%, for every 5 percentage points below",
        ),
        (
            StepsAbove("deaths", target=8, step=1, counting="started"),
            "婴儿死亡率不超过8‰，每超1个千分点，不足1个千分点按1个千分点计",
            "婴儿死亡率 at most 8‰, for every 1‰ above, a started step counts whole",
        ),
        (
            StepsBelow("visits", target=Multiple("1.1", "visits_before"), step=5, relative=True),
            "门诊人次达到上年门诊人次的1.1倍以上，每低目标值的5%",
            "门诊人次 at least 1.1 times 上年门诊人次, for every 5% of the target below",
        ),
        (
            StepsBelow("satisfaction", target=90),
            "满意率达到90%以上，按未完成比例",
            "满意率 at least 90%, by the unmet share",
        ),
        (
            Lacking("surveys", required=2),
            "问卷调查不少于2次，每少1次",
            "问卷调查 no fewer than 2次, for every 1次 lacking",
        ),
        (
            Lacking("surveys", required=4, step=2, prorated=True),
            "问卷调查不少于4次（按考核月份折算），每少2次",
            "问卷调查 no fewer than 4次 (prorated by months), for every 2次 lacking",
        ),
        (FOUND, "计划生育违规，每发现1例", "计划生育违规, for every 1 case found"),
        (
            Cases("accidents", step=2, free=3),
            "发生责任事故，每发现2起，前3起不计",
            "发生责任事故, for every 2起 found, the first 3起 free",
        ),
        (
            Cases("breaches", where={"级别": "重大", "区域": "3区"}),
            "计划生育违规（级别为重大、区域为「3区」），每发现1例",
            "计划生育违规 (级别 is 重大, 区域 is “3区”), for every 1 case found",
        ),
        (
            Cases("breaches", by=ByAttribute("级别", WEIGHTS, otherwise=1)),
            "计划生育违规，每发现1例，按级别折算（重大计2、一般计0.5、其余计1）",
            (
                "计划生育违规, for every 1 case found, weighed by 级别"
                " (重大 as 2, 一般 as 0.5, otherwise as 1)"
            ),
        ),
        (Once(Flag("no_system")), "无制度的", "where “无制度” is yes"),
    ],
)
def test_tallies_in_words(tally: Tally, chinese: str, english: str) -> None:
    """What an inspector counts, before any points."""
    assert tally_text(tally, MEASURES, "zh") == chinese
    assert tally_text(tally, MEASURES, "en") == english


# ------------------------------------------------------------------------ deductions, bonuses


@pytest.mark.parametrize(
    ("rule", "chinese"),
    [
        (
            Deduction(BELOW, points="0.5", cap=2),
            "满意率达到90%以上，每低5个百分点扣0.5分，最高扣2分",
        ),
        (
            Deduction(attrs.evolve(BELOW, counting=Counting.STARTED), points="0.5", cap=2),
            "满意率达到90%以上，每低5个百分点扣0.5分，不足5个百分点按5个百分点计，最高扣2分",
        ),
        (
            Deduction(attrs.evolve(BELOW, counting=Counting.PROPORTIONAL), points="0.5"),
            "满意率达到90%以上，每低5个百分点扣0.5分，按比例扣分",
        ),
        (
            Deduction(StepsBelow("satisfaction", target=90), points=3),
            "满意率达到90%以上，按未完成比例扣分，全部未完成扣3分",
        ),
        (
            Deduction(StepsAbove("satisfaction", target=40), points=3),
            "满意率不超过40%，按超出比例扣分，超出一倍扣3分",
        ),
        (
            Deduction(StepsAbove("satisfaction", target=40, step="0.1"), points=1),
            "满意率不超过40%，每超0.1个百分点扣1分",
        ),
        (
            Deduction(Lacking("surveys", required=2), points="0.5"),
            "问卷调查不少于2次，每少1次扣0.5分",
        ),
        (
            Deduction(Cases("breaches", free=1), points=2, reach=Reach.SECTION),
            "计划生育违规，每发现1例从本大项总分中扣2分，前1例不计",
        ),
        (
            Deduction(FOUND, points=2, reach=Reach.INDICATOR),
            "计划生育违规，每发现1例从本指标总分中扣2分",
        ),
        (
            Deduction(FOUND, points=2, cap=5, reach=Reach.TOTAL, on_exhaustion=True),
            "本项扣完的，计划生育违规，每发现1例另从总分中扣2分，最高扣5分",
        ),
        (
            Deduction(
                FOUND,
                points=1,
                times=(Times(2, Flag("no_system")), Times("0.5", Flag("archive"))),
                when=Level("records", "差"),
            ),
            "仅当台账为差时，计划生育违规，每发现1例扣1分，无制度时加倍，「医德档案」为是时减半",
        ),
        (
            Deduction(FOUND, points=1, times=Times(Fraction(1, 3), Flag("no_system"))),
            "计划生育违规，每发现1例扣1分，无制度时按1/3倍计",
        ),
        (Deduction(Once(Flag("no_system")), points=1), "无制度的，扣1分"),
        (Deduction(Once(Flag("no_system")), points=FULL), "无制度的，扣本项全部分值"),
        (Deduction(Once(Flag("no_system")), points=Share("0.5")), "无制度的，扣本项分值的50%"),
        (
            Deduction(Once(Flag("no_system")), points=Share(Fraction(1, 3))),
            "无制度的，扣本项分值的1/3",
        ),
        (
            Bonus(StepsAbove("growth", target=10, step=1), points="0.1", cap=2),
            "业务收入增长率超过10%的，每超1个百分点加0.1分，最高加2分",
        ),
        (
            Bonus(StepsBelow("deaths", target=8, step=1), points=1, where=Placement.INSIDE),
            "婴儿死亡率低于8‰的，每低1个千分点在本项分值内加1分",
        ),
        (
            Bonus(StepsBelow("deaths", target=8), points=1, where=Placement.APART),
            "婴儿死亡率低于8‰的，按未完成比例加分，全部未完成单列加1分",
        ),
    ],
)
def test_deductions_and_bonuses_in_chinese(rule: Rule, chinese: str) -> None:
    """One clause each: when, what is counted, points, begun steps, multipliers, the most."""
    assert zh(rule) == chinese


@pytest.mark.parametrize(
    ("rule", "english"),
    [
        (
            Deduction(attrs.evolve(BELOW, step=1), points=1, cap=2),
            (
                "满意率 at least 90%, 1 point deducted for every 1 percentage point below,"
                " at most 2 points deducted"
            ),
        ),
        (
            Deduction(StepsBelow("satisfaction", target=90), points=3),
            (
                "满意率 at least 90%, deducted by the unmet share,"
                " 3 points deducted where nothing is met"
            ),
        ),
        (
            Deduction(FOUND, points=2, reach=Reach.TOTAL, on_exhaustion=True),
            (
                "once the item's points are used up, 计划生育违规,"
                " 2 points further deducted from the total for every 1 case found"
            ),
        ),
        (
            Deduction(
                Once(Flag("no_system")),
                points=Share("0.5"),
                times=(Times(2, Flag("archive")), Times("0.5", Flag("accidents"))),
                when=Flag("breaches"),
            ),
            (
                "only where “计划生育违规” found, where “无制度” is yes,"
                " 50% of the item's points deducted,"
                " doubled where “医德档案” is yes, halved where “发生责任事故” found"
            ),
        ),
        (
            Bonus(StepsAbove("growth", target=10, step=1), points="0.1", where=Placement.APART),
            (
                "where 业务收入增长率 over 10%, 0.1 points added apart from the total"
                " for every 1 percentage point above"
            ),
        ),
    ],
)
def test_deductions_and_bonuses_in_english(rule: Rule, english: str) -> None:
    """The same, for a reader of English."""
    assert en(rule) == english


# ------------------------------------------------------- bands, curves, judgements, forfeits


@pytest.mark.parametrize(
    ("rule", "chinese", "english"),
    [
        (
            Bands(
                "satisfaction",
                Effect.EARN,
                (Band(5, low=95), Band(3, low=90, high=95), Band(FULL, high=90)),
            ),
            "满意率：95%（含）以上得5分，90%（含）至95%（不含）得3分，90%（不含）以下得满分",
            (
                "满意率: 5 points earned at 95% (included) or more,"
                " 3 points earned from 90% (included) to 95% (excluded),"
                " all the item's points earned at 90% (excluded) or less"
            ),
        ),
        (
            Bands(
                "satisfaction",
                Effect.LOSE,
                (Band(1, low=60, low_in=False, high=80, high_in=True), Band(0, low=90)),
                otherwise=2,
                reach=Reach.TOTAL,
                when=Flag("no_system"),
            ),
            (
                "仅当无制度时，满意率：60%（不含）至80%（含）从总分中扣1分，90%（含）以上从总分中扣0分，"
                "其余从总分中扣2分"
            ),
            (
                "only where “无制度” is yes, 满意率:"
                " 1 point deducted from the total from 60% (excluded) to 80% (included),"
                " 0 points deducted from the total at 90% (included) or more,"
                " otherwise 2 points deducted from the total"
            ),
        ),
        (
            Bands("surveys", Effect.LOSE, (Band(1, high=2), Band(0))),
            "问卷调查：2次（不含）以下扣1分，不论多少扣0分",
            "问卷调查: 1 point deducted at 2次 (excluded) or less, 0 points deducted at any value",
        ),
        (
            Bands(
                "records",
                Effect.ADD,
                (LevelBand(("优", "良"), 2), CaseBand(Flag("no_system"), 1)),
                where=Placement.INSIDE,
            ),
            "台账：优、良在本项分值内加2分，无制度的在本项分值内加1分",
            (
                "台账: 2 points added within the item's points at 优, 良,"
                " 1 point added within the item's points where “无制度” is yes"
            ),
        ),
        (
            Curve("satisfaction", Effect.EARN, (Knot(60, 0), Knot(90, 5)), below=1, above=FULL),
            "满意率按直线内插：60%得0分，90%得5分，低于首点得1分，高于末点得满分",
            (
                "满意率 on straight lines: 0 points earned at 60%, 5 points earned at 90%,"
                " below the first 1 point earned, above the last all the item's points earned"
            ),
        ),
        (
            Judgement("整改质量", Effect.LOSE),
            "整改质量酌情扣分",
            "整改质量 at the assessor's discretion: any points deducted",
        ),
        (
            Judgement("2.1", Effect.LOSE, least="0.5", most=2, reach=Reach.SECTION),
            "「2.1」酌情从本大项总分中扣0.5分至2分",
            "“2.1” at the assessor's discretion: 0.5 points to 2 points deducted from the section",
        ),
        (
            Judgement("j", Effect.ADD, most=Share("0.5"), when=Flag("no_system")),
            "仅当无制度时，j酌情加0分至本项分值的50%",
            (
                "only where “无制度” is yes, j at the assessor's discretion:"
                " 0 points to 50% of the item's points added"
            ),
        ),
        (
            Forfeit(Flag("no_system")),
            "无制度的，本项不得分",
            "where “无制度” is yes, no points for the item",
        ),
        (
            Forfeit(Compare("surveys", "<", 1), scope=Reach.INDICATOR),
            "问卷调查低于1次的，本指标不得分",
            "where 问卷调查 below 1次, no points for the indicator",
        ),
        (
            Forfeit(Flag("no_system"), scope=Reach.SECTION),
            "无制度的，本大项不得分",
            "where “无制度” is yes, no points for the section",
        ),
    ],
)
def test_the_other_rules_in_words(rule: Rule, chinese: str, english: str) -> None:
    """Bands with their closures, curves, an assessor's own points, and what forfeits."""
    assert zh(rule) == chinese
    assert en(rule) == english


# -------------------------------------------------------------------------------- groups

LOST = (Deduction(FOUND, points=1), Deduction(Once(Flag("no_system")), points=2))
WON = (Bonus(FOUND, points=1), Bonus(Once(Flag("no_system")), points=2))


@pytest.mark.parametrize(
    ("group", "chinese"),
    [
        (
            Group(LOST, cap=3),
            "以下各项合计，最高扣3分：计划生育违规，每发现1例扣1分；无制度的，扣2分",
        ),
        (
            Group(LOST, pick=Pick.WORST),
            "以下各项取扣分最多的一项：计划生育违规，每发现1例扣1分；无制度的，扣2分",
        ),
        (
            Group((LOST[0], Group(LOST[1:])), pick=Pick.BEST),
            "以下各项取扣分最少的一项：计划生育违规，每发现1例扣1分；（以下各项合计：无制度的，扣2分）",
        ),
        (
            Group(WON, pick=Pick.BEST, cap=2),
            "以下各项就高加分，最高加2分：计划生育违规，每发现1例加1分；无制度的，加2分",
        ),
        (
            Group(WON, pick=Pick.WORST),
            "以下各项就低加分：计划生育违规，每发现1例加1分；无制度的，加2分",
        ),
    ],
)
def test_groups_in_chinese(group: Group, chinese: str) -> None:
    """Which of several counts, and the most that they come to together."""
    assert zh(group) == chinese


def test_a_group_in_english() -> None:
    """The pick is told from the unit's side, so that loss and bonus read alike."""
    assert en(Group(WON, pick=Pick.BEST, cap=1)) == (
        "of the following the one best for the unit, at most 1 point added:"
        " 计划生育违规, 1 point added for every 1 case found;"
        " where “无制度” is yes, 2 points added"
    )


# -------------------------------------------------------------------------- small tables


LINE_KINDS = (
    "rule",
    "start",
    "cap",
    "not_picked",
    "group_cap",
    "floor",
    "ceiling",
    "forfeit",
    "excused",
    "rescaled",
    "moved",
    "section_cap",
    "bonus_cap",
    "total_cap",
    "rounding",
    "total_rounding",
)


def test_every_kind_of_line_has_a_name_of_its_own() -> None:
    """No two kinds of line are called the same, in either language."""
    for lang in LANGUAGES:
        assert len({line_kind_text(kind, lang) for kind in LINE_KINDS}) == len(LINE_KINDS)
    assert line_kind_text("section_cap", "zh") == "大项封顶"
    assert line_kind_text("section_cap", "en") == "cap of the section"


def test_an_unknown_kind_of_line_is_refused_by_name() -> None:
    """The message names what was asked for and what there is."""
    with pytest.raises(UnknownNameError, match="no line is of kind `ceilings`; kinds: rule, start"):
        line_kind_text("ceilings", "zh")


def test_effects_have_a_word() -> None:
    """The verb of a sentence about points."""
    assert [effect_word(effect, "zh") for effect in Effect] == ["扣", "得", "加"]
    assert [effect_word(effect, "en") for effect in Effect] == ["deducted", "earned", "added"]


@pytest.mark.parametrize(
    "call",
    [
        lambda lang: threshold_text(Fraction(1), None, {}, lang),
        lambda lang: condition_text(Flag("x"), {}, lang),
        lambda lang: tally_text(FOUND, {}, lang),
        lambda lang: rule_text(LOST[0], {}, lang),
        lambda lang: points_text(Fraction(1), lang),
        lambda lang: effect_word(Effect.LOSE, lang),
        lambda lang: line_kind_text("rule", lang),
    ],
)
def test_a_language_without_words_is_refused(call: Any) -> None:  # noqa: ANN401 - any of them
    """Every function says so itself, whatever it was asked to word."""
    with pytest.raises(UsageError, match="unknown language `fr`"):
        call("fr")
