"""Writing: clauses that are read back, and an item as a table of targets prints it."""

from __future__ import annotations

import pytest

from healthduty.clauses.canonical.grammar import read_canonical
from healthduty.clauses.canonical.writing import write_clause, write_item
from healthduty.errors import NumberError, RuleError, UsageError
from healthduty.model.indicator import Indicator, Part, Target
from healthduty.rules.condition import Compare, Flag, Level
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, Deduction, Forfeit, Group, Judgement, LevelBand, Rule
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow
from healthduty.rules.threshold import Given

RATE = Measure("satisfaction", "满意率", unit="%")
SURVEYS = Measure("surveys", "问卷调查", unit="次")
BELOW = Deduction(StepsBelow(RATE, target=90, step=5), points="0.5", cap=2)
FEW = Deduction(Lacking(SURVEYS, required=2), points="0.5")


def once(condition: Compare | Flag | Level) -> Deduction:
    """Return a deduction of one point where the condition holds."""
    return Deduction(Once(condition), points=1)


def test_each_clause_ends_in_a_full_stop() -> None:
    """One rule or several; what a group holds stays inside its clause."""
    assert write_clause(BELOW, measures=(RATE,)) == (
        "满意率达到90%以上，每低5个百分点扣0.5分，最高扣2分。"
    )
    assert write_clause((Group((FEW, BELOW), cap=3), FEW), measures=(RATE, SURVEYS)) == (
        "以下各项合计，最高扣3分：问卷调查不少于2次，每少1次扣0.5分；"
        "满意率达到90%以上，每低5个百分点扣0.5分，最高扣2分。"
        "问卷调查不少于2次，每少1次扣0.5分。"
    )
    assert write_clause(()) == ""


def test_without_measures_codes_stand_for_themselves() -> None:
    """A code that is not among the measures is its own name, without a unit."""
    assert write_clause(FEW) == "surveys不少于2，每少1项扣0.5分。"


def test_the_points_of_the_item_stand_in_front() -> None:
    """Where they are given."""
    assert write_clause(FEW, measures=(SURVEYS,), points=5) == (
        "（5分）问卷调查不少于2次，每少1次扣0.5分。"
    )
    assert write_clause((), points="0.5") == "（0.5分）"


def test_clauses_in_english() -> None:
    """For a reader of English; only the Chinese is read back."""
    assert write_clause((FEW, FEW), measures=(SURVEYS,), points=1, lang="en") == (
        "(1 point)"
        " 问卷调查 no fewer than 2次, 0.5 points deducted for every 1次 lacking."
        " 问卷调查 no fewer than 2次, 0.5 points deducted for every 1次 lacking."
    )


def test_a_wrong_call_is_refused() -> None:
    """An unknown language even where nothing is written, and points that are none."""
    with pytest.raises(UsageError, match="unknown language `fr`"):
        write_clause((), lang="fr")  # type: ignore[arg-type]
    with pytest.raises(RuleError, match="negative"):
        write_clause((), points=-1)
    with pytest.raises(NumberError, match="not a number"):
        write_clause((), points="some")


# ------------------------------------------------------------------- names, units, codes

CHECKS = (Measure("a", "检查", unit="次"), Measure("b", "检查", unit="项"))


@pytest.mark.parametrize(
    ("rule", "measures", "text"),
    [
        (once(Compare("a", "<", 1)), CHECKS, "检查【a】低于1次的，扣1分。"),
        (once(Compare("b", "<", Given("a"))), CHECKS, "检查【b】低于检查【a】的，扣1分。"),
        (once(Compare("检查", "<", 1)), CHECKS, "检查【检查】低于1的，扣1分。"),
        (once(Compare("检查", "<", 1)), CHECKS[:1], "检查【检查】低于1的，扣1分。"),
        (once(Compare("a", "<", 1)), CHECKS[:1], "检查低于1次的，扣1分。"),
        (
            once(Flag("f")),
            (Measure("f", "无检查", kind="flag"), Measure("g", "无检查", kind="flag")),
            "无检查【f】的，扣1分。",
        ),
        (
            once(Flag("f", expected=False)),
            (Measure("f", "无检查", kind="flag"), Measure("g", "无检查", kind="flag")),
            "「无检查」【f】为否的，扣1分。",
        ),
        (
            once(Compare("c", "<", 1)),
            (Measure("c", "甲", unit="5床"),),
            "甲低于1「5床」的，扣1分。",
        ),
        (
            once(Compare("c", "<", 1)),
            (Measure("c", "甲", unit="元/人"),),
            "甲低于1元/人的，扣1分。",
        ),
        (
            once(Compare("c", "<", 1)),
            (Measure("c", "甲", unit="分，"),),
            "甲低于1「分，」的，扣1分。",
        ),
    ],
)
def test_a_clause_says_which_measure_and_which_unit(
    rule: Rule, measures: tuple[Measure, ...], text: str
) -> None:
    """A code stands behind a name only where the name alone would not tell, and is read back."""
    assert write_clause(rule, measures=measures) == text
    taken = read_canonical(text, {measure.code: measure for measure in measures})
    assert taken is not None
    assert [each.rule for each in taken] == [rule]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (once(Compare("人均学时", "<", 1)), "人均学时低于1的，扣1分。"),
        (once(Compare("0-6岁儿童健康管理率", "<", 60)), "0-6岁儿童健康管理率低于60的，扣1分。"),
        (once(Compare("x", "<", Given("0-6岁值"))), "x低于「0-6岁值」的，扣1分。"),
        (once(Compare("x", "<", Given("上年（同期）值"))), "x低于上年（同期）值的，扣1分。"),
        (once(Compare("x", "<", Given("上年（含）"))), "x低于「上年（含）」的，扣1分。"),
        (once(Compare("x不", ">", 1)), "「x不」超过1的，扣1分。"),
        (once(Compare("x", ">", Given("y的-2倍"))), "x超过「y的-2倍」的，扣1分。"),
        (once(Compare("（甲）率", "<", 60)), "「（甲）率」低于60的，扣1分。"),
        (once(Compare("仅当", "<", 60)), "「仅当」低于60的，扣1分。"),
        (once(Compare("率" * 61, "<", 60)), f"「{'率' * 61}」低于60的，扣1分。"),
        (Deduction(Cases("上报不及时"), points=1), "上报不及时，每发现1例扣1分。"),
        (
            Bands("x", Effect.LOSE, (LevelBand("优从总分中", 1), LevelBand("优", 2))),
            "x：「优从总分中」扣1分，优扣2分。",
        ),
        (
            Bands("x", Effect.LOSE, (LevelBand("不论多少", 1), LevelBand("优的", 2))),
            "x：「不论多少」扣1分，「优的」扣2分。",
        ),
        (Judgement("x按直线内插", Effect.LOSE), "「x按直线内插」酌情扣分。"),
    ],
)
def test_a_name_is_quoted_only_where_it_would_be_misread(rule: Rule, text: str) -> None:
    """Names that end in 时 or hold brackets stand plain; pieces of grammar do not."""
    assert write_clause(rule) == text
    taken = read_canonical(text, {})
    assert taken is not None
    assert [each.rule for each in taken] == [rule]


# ----------------------------------------------------------------------------- whole items


def test_an_item_as_a_table_of_targets_prints_it() -> None:
    """Its matters line by line in a fixed order, then its parts."""
    item = Indicator(
        "2.1",
        "患者满意",
        points=3,
        requirement="每年调查2次",
        targets=(Target(RATE, ">=", 90), Target(SURVEYS, "=", 2)),
        method="查看问卷",
        office="医政科",
        rules=(FEW, BELOW),
        floor=-1,
        evidence_required=True,
        parts=(
            Part("2.1.1", "公示", points="0.5", rules=Forfeit(Flag("未公示")), floor=None),
            Part("2.1.2"),
        ),
    )
    assert write_item(item, measures=(RATE, SURVEYS)) == (
        "2.1 患者满意（3分）\n"
        "考核要求：每年调查2次\n"
        "目标值：满意率达到90%以上；问卷调查为2次\n"
        "考核方法：查看问卷\n"
        "考核单位：医政科\n"
        "评分标准：问卷调查不少于2次，每少1次扣0.5分。"
        "满意率达到90%以上，每低5个百分点扣0.5分，最高扣2分。\n"
        "最低得分为-1分。\n"
        "无书面依据的，本项不得分。\n"
        "　　2.1.1 公示（0.5分）\n"
        "　　评分标准：未公示的，本项不得分。\n"
        "　　扣分不设下限，可以倒扣。\n"
        "　　2.1.2"
    )


def test_the_clauses_of_an_item_name_its_measures_as_the_agreement_does() -> None:
    """What two measures are called is told apart by the code, in targets and rules alike."""
    item = Indicator("1", rules=once(Compare("b", "<", 1)), targets=Target("a", ">", 0))
    assert write_item(item, measures=CHECKS) == (
        "1\n目标值：检查【a】超过0次\n评分标准：检查【b】低于1项的，扣1分。"
    )


def test_kinds_of_measure_may_be_given_by_name() -> None:
    """A flag over cases is found or not found, whatever it is called."""
    found = Measure("f", "违规", kind=MeasureKind.CASES)
    assert write_clause(once(Flag("f")), measures=(found,)) == "有「违规」情形的，扣1分。"
