"""What stands in almost every table: how far from the goal, how often in all, up to so much.

Written without a look at the grammar, as an official would, to see what the usual wordings give.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import Band, Bands, Bonus, CaseBand, Deduction, Forfeit, LevelBand
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow


def _below(
    measure: str, target: int, points: str, step: int = 1, *, share: bool = False
) -> Deduction:
    """Lose points for each step below a target."""
    tally = StepsBelow(measure, target=target, step=step, relative=share)
    return Deduction(tally, points=points)


def _above(measure: str, target: int, points: str, step: int = 1) -> Deduction:
    """Lose points for each step above a target."""
    return Deduction(StepsAbove(measure, target=target, step=step), points=points)


def _each(words: str, points: str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _off(measure: str, sign: str, value: int) -> Forfeit:
    """Lose all that is left from there on."""
    return Forfeit(Compare(measure, sign, value))


def _levels(**points: int) -> Bands:
    """Points for levels."""
    bands = tuple(LevelBand((level,), worth) for level, worth in points.items())
    return Bands("等次", "earn", bands)


FROM_THE_GOAL = [
    ClauseCase(
        text="建册率达到≥50%，每低1%扣0.2分",
        pattern="two words of comparison",
        points=5,
        rules=(_below("建册率", 50, "0.2"),),
        assumed=True,
    ),
    ClauseCase(
        text="带教考核平均分≥80分，每低1分扣0.2分",
        pattern="a mark",
        points=5,
        rules=(_below("带教考核平均分", 80, "0.2"),),
        assumed=True,
    ),
    ClauseCase(
        text="抗菌药物使用强度控制在40DDDs以下，每超1个DDDs扣0.5分",
        pattern="DDDs",
        points=5,
        rules=(_above("抗菌药物使用强度", 40, "0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="每月平均住院日不超过9天，每超1天扣1分",  # an average is not summed
        pattern="an average by the month",
        points=5,
        rules=(_above("平均住院日", 9, "1"),),
        assumed=True,
    ),
    ClauseCase(
        text="过期无菌包1包扣1分",
        pattern="each",
        points=5,
        rules=(_each("过期无菌包", "1"),),
    ),
    ClauseCase(
        text="每超过30秒扣1分",
        pattern="a step in another unit",
        points=5,
        requirement="操作时间≤5分钟",
        rules=(Deduction(StepsAbove("操作时间", target=5, step="0.5"), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="药占比控制在30%以内，每超1个百分点扣1分，超过5个百分点不得分",
        pattern="distance from the goal",
        points=10,
        rules=(_above("药占比", 30, "1"), _off("药占比", ">", 35)),
        assumed=True,
    ),
    ClauseCase(
        text="药占比≤30%，每超1%扣1分，超过10%不得分",
        pattern="distance from the goal",
        points=10,
        rules=(_above("药占比", 30, "1"), _off("药占比", ">", 40)),
        assumed=True,
    ),
    ClauseCase(
        text="费用增长率≤5%，每超1%扣1分，超过8%不得分",  # beyond the goal already: a value
        pattern="distance from the goal",
        points=5,
        rules=(_above("费用增长率", 5, "1"), _off("费用增长率", ">", 8)),
        assumed=True,
    ),
    ClauseCase(
        text="健康管理率达到65%，每降低1%扣0.3分，降低10%以上不得分",
        pattern="distance from the goal",
        points=5,
        rules=(_below("健康管理率", 65, "0.3"), _off("健康管理率", "<=", 55)),
        assumed=True,
    ),
    ClauseCase(
        text="规范管理率达到65%，每下降1个百分点扣0.3分，下降超过10个百分点的扣5分",
        pattern="distance from the goal",
        points=8,
        rules=(
            _below("规范管理率", 65, "0.3"),
            Deduction(Once(Compare("规范管理率", "<", 55)), points=5),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="满意度≥90%，每低1%扣1分，低于目标10个百分点及以上不得分",
        pattern="distance from the goal",
        points=10,
        rules=(_below("满意度", 90, "1"), _off("满意度", "<=", 80)),
        assumed=True,
    ),
    ClauseCase(
        text="满意度≥90%，每低1%扣0.5分，低于80%不得分",  # a value
        pattern="distance from the goal",
        points=10,
        rules=(_below("满意度", 90, "0.5"), _off("满意度", "<", 80)),
        assumed=True,
    ),
    ClauseCase(
        text="平均住院日≤9天，每超1天扣1分，超过3天不得分",
        pattern="distance from the goal",
        points=5,
        rules=(_above("平均住院日", 9, "1"), _off("平均住院日", ">", 12)),
        assumed=True,
    ),
    ClauseCase(
        text="每少完成1%扣0.1分，低于80%不得分",
        pattern="distance from the goal",
        points=10,
        requirement="年度业务收入完成3000万元",
        rules=(
            _below("年度业务收入", 3000, "0.1", share=True),
            _off("年度业务收入", "<", 2400),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="床位使用率每低于85%一个百分点，扣0.2分",
        pattern="distance from the goal",
        points=4,
        rules=(_below("床位使用率", 85, "0.2"),),
        assumed=True,
    ),
    ClauseCase(
        text="药占比每高于30%1个百分点扣0.5分",
        pattern="distance from the goal",
        points=4,
        rules=(_above("药占比", 30, "0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="漏报率为0，每漏报一例扣2分",
        pattern="distance from the goal",
        points=10,
        rules=(_each("漏报", "2"),),
        targets=(Target("漏报率", "<=", 0),),
    ),
]

IN_ALL = [
    ClauseCase(
        text="发生一起医疗事故扣5分，发生二起及以上不得分",
        pattern="how often in all",
        points=10,
        rules=(_each("医疗事故", "5"), _off("医疗事故", ">=", 2)),
    ),
    ClauseCase(
        text="接到投诉每次扣1分，年度累计3次以上不得分",
        pattern="how often in all",
        points=5,
        rules=(_each("接到投诉", "1"), _off("接到投诉", ">=", 3)),
    ),
    ClauseCase(
        text="在市级以上报刊发表一篇稿件加1分，最高加5分",
        pattern="how often in all",
        rules=(Bonus(Cases("在市级以上报刊发表稿件"), points=1, cap=5),),
    ),
    ClauseCase(
        text="被评为先进集体加2分，最多加4分",
        pattern="how often in all",
        rules=(Bonus(Cases("被评为先进集体"), points=2, cap=4),),
        assumed=True,
    ),
    ClauseCase(
        text="每增加一名高级职称人员加0.5分，最多加2分",
        pattern="how often in all",
        rules=(Bonus(Cases("新增高级职称人员"), points="0.5", cap=2),),
    ),
]

WHOLE_TASKS = [
    ClauseCase(
        text="完成全年任务得10分；完成80%以上得8分；80%以下不得分",
        pattern="bands",
        points=10,
        rules=(
            Bands(
                "全年任务完成率",
                "earn",
                (Band(10, low=100), Band(8, low=80), Band(0, high=80)),
            ),
        ),
    ),
    ClauseCase(
        text="完成目标任务得10分，每降低1%扣0.5分",
        pattern="bands",
        points=10,
        rules=(_below("目标任务完成率", 100, "0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="知晓率达到85%及以上得5分，每下降1%扣0.5分，下降到75%以下不得分",
        pattern="bands",
        points=5,
        rules=(_below("知晓率", 85, "0.5"), _off("知晓率", "<=", 75)),
        assumed=True,
    ),
    ClauseCase(
        text="全面完成得5分，基本完成得3分，未完成得0分",
        pattern="bands",
        points=5,
        rules=(_levels(全面完成=5, 基本完成=3, 未完成=0),),
    ),
]

OF_EACH_SENTENCE = [
    ClauseCase(
        text="建档率达到80%以上得3分；每低于5个百分点扣0.5分；"
        "动态使用率达到60%以上得2分；每低于5个百分点扣0.5分",
        pattern="parts",
        points=5,
        parts=(
            Part("1", "建档率", points=3, rules=(_below("建档率", 80, "0.5", 5),)),
            Part("2", "动态使用率", points=2, rules=(_below("动态使用率", 60, "0.5", 5),)),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="各科室每月质控考核低于90分的，每低1分扣0.1分",  # a score is no sum of the year
        pattern="steps",
        points=5,
        rules=(_below("各科室质控考核", 90, "0.1"),),
        assumed=True,
    ),
    ClauseCase(
        text="每月考核低于80分扣2分",
        pattern="steps",
        points=5,
        rules=(Deduction(Once(Compare("考核", "<", 80)), points=2),),
        assumed=True,
    ),
    ClauseCase(
        text="完成任务得10分；完成80%以上得8分；低于80%不得分",
        pattern="bands",
        points=10,
        requirement="住院人次达到3000人次",
        rules=(
            Bands("住院人次", "earn", (Band(10, low=3000), Band(8, low=2400), Band(0, high=2400))),
        ),
    ),
]

WORDS = [
    ClauseCase(
        text="每有1人取得中级职称加0.5分，高级职称加1分",
        pattern="bonus",
        rules=(
            Bonus(Cases("取得中级职称"), points="0.5"),
            Bonus(Cases("高级职称"), points=1),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="按月发放补助得5分，拖欠1个月扣1分",
        pattern="cases",
        points=5,
        rules=(_each("拖欠", "1"),),
    ),
    ClauseCase(
        text="有场所得2分，无场所得0分",
        pattern="bands",
        points=2,
        rules=(
            Bands("有场所", "earn", (CaseBand(Flag("有场所"), 2),)),
            Forfeit(Flag("无场所")),
        ),
    ),
    ClauseCase(
        text="设备完好率100%得2分，每有1台设备带病运行扣0.5分",  # it starts full, and says so
        pattern="cases",
        points=2,
        rules=(_each("设备带病运行", "0.5"),),
    ),
    ClauseCase(
        text="预约诊疗率≥50%，达到得满分，每降低1%扣0.1分，低于30%不得分",
        pattern="steps",
        points=5,
        rules=(_below("预约诊疗率", 50, "0.1"), _off("预约诊疗率", "<", 30)),
        assumed=True,
    ),
    ClauseCase(
        text="投诉案件办结率100%，每有一起未办结扣0.5分",
        pattern="targets",
        points=3,
        rules=(_each("未办结", "0.5"),),
        targets=(Target("投诉案件办结率", ">=", 100),),
    ),
]

WITHOUT_WORDS = [
    ClauseCase(
        text="入院诊断未填写 2/项",
        pattern="points without a verb",
        points=5,
        rules=(_each("入院诊断未填写", "2"),),
        assumed=True,
    ),
    ClauseCase(
        text="一项未做到-0.5",
        pattern="points without a verb",
        points=2,
        requirement="着装整齐",
        rules=(_each("着装整齐，未做到", "0.5"),),
        assumed=True,
    ),
]

RESPECTIVELY = [
    ClauseCase(
        text="迟报、漏报、瞒报一例分别扣1分、2分、5分",
        pattern="respectively",
        points=5,
        rules=(_each("迟报", "1"), _each("漏报", "2"), _each("瞒报", "5")),
    ),
    ClauseCase(
        text="被评为国家级、省级、市级先进的，分别加5、3、2分",
        pattern="respectively",
        rules=tuple(
            Bonus(Once(Flag(f"被评为{rank}级先进")), points=worth)
            for rank, worth in (("国家", 5), ("省", 3), ("市", 2))
        ),
    ),
    ClauseCase(
        text="按照“好、较好、一般、差”四个等次分别得10分、8分、6分、0分",
        pattern="respectively",
        points=10,
        rules=(_levels(好=10, 较好=8, 一般=6, 差=0),),
    ),
    ClauseCase(
        text="优、良、差分别得5、3、0分",
        pattern="respectively",
        points=5,
        rules=(_levels(优=5, 良=3, 差=0),),
    ),
    ClauseCase(
        text="满意率95%、90%、85%以上分别得5分、3分、0分",
        pattern="respectively",
        points=5,
        rules=(Bands("满意率", "earn", (Band(5, low=95), Band(3, low=90), Band(0, low=85))),),
    ),
]

CASES: tuple[ClauseCase, ...] = (
    *FROM_THE_GOAL,
    *IN_ALL,
    *WHOLE_TASKS,
    *OF_EACH_SENTENCE,
    *WORDS,
    *WITHOUT_WORDS,
    *RESPECTIVELY,
)
