"""What the others reach, marks that were given elsewhere, and what an item is called.

A share may end where the mean of the others stands, which comes with the record. A bound that has
no name is about what the item does so often; 完成 beside a number is that the number is reached.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.model.veto import BarHonours, Veto
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.points import FULL, Points
from healthduty.rules.rule import Band, Bands, CaseBand, Curve, Deduction, Forfeit, Knot
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given, Threshold


def _line(measure: str, target: Threshold | int, points: Points | int) -> Curve:
    """Earn points up to a target."""
    return Curve(measure, "earn", (Knot(0, points=0), Knot(target, points=points)))


def _each(measure: str, required: int, points: str) -> Deduction:
    """Lose points for each that is lacking."""
    return Deduction(Lacking(measure, required=required), points=points)


def _below(measure: str, target: Threshold | int, points: str) -> Deduction:
    """Lose points for each percentage point below a target."""
    return Deduction(StepsBelow(measure, target=target, step=1), points=points)


_MEAN = Given("全县平均基层就诊率")

OTHERS = (
    ClauseCase(
        text="以全县平均值为基准，高于或等于平均值得满分，低于平均值的按比例得分",
        pattern="a share of others",
        points=8,
        requirement="基层就诊率",
        rules=(_line("基层就诊率", _MEAN, FULL),),
    ),
    ClauseCase(
        text="达到全县平均水平得8分，低于全县平均水平的按比例得分",
        pattern="a share of others",
        points=8,
        requirement="基层就诊率",
        rules=(_line("基层就诊率", _MEAN, 8),),
    ),
    ClauseCase(
        text="达到全县平均水平得8分，不足的按比例得分",
        pattern="a share of others",
        points=8,
        requirement="基层就诊率",
        rules=(_line("基层就诊率", _MEAN, 8),),
    ),
    ClauseCase(
        text="≥全县平均值得满分，低于平均值按比例扣分",
        pattern="a share of others",
        points=8,
        requirement="基层就诊率",
        rules=(Deduction(StepsBelow("基层就诊率", target=_MEAN), points=FULL),),
    ),
    ClauseCase(
        text="不低于上年得满分，低于上年的按比例得分",
        pattern="a share of others",
        points=5,
        requirement="住院人次",
        rules=(_line("住院人次", Given("上年住院人次"), FULL),),
    ),
    ClauseCase(
        text="达到或高于全县平均值得满分，每低1%扣0.5分",
        pattern="below others",
        points=8,
        requirement="基层就诊率",
        rules=(_below("基层就诊率", _MEAN, "0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="低于平均值的按比例得分",
        pattern="a share of others",
        points=8,
        requirement="基层就诊率",
        unread=True,
    ),
)

CALLED = (
    ClauseCase(
        text="全年不少于6次，每少1次扣1分",
        pattern="called by the item",
        points=6,
        requirement="3.应急演练（6分）",
        rules=(_each("应急演练", 6, "1"),),
    ),
    ClauseCase(
        text="≥4项，每少1项扣1分",
        pattern="called by the item",
        points=4,
        requirement="适宜技术推广",
        rules=(_each("适宜技术推广", 4, "1"),),
    ),
    ClauseCase(
        text="达标得分，未达标不得分",
        pattern="met or missed",
        points=5,
        requirement="急救成功率≥85%",
        rules=(Bands("急救成功率", "earn", (Band(FULL, low=85), Band(0, high=85))),),
        assumed=True,
    ),
    ClauseCase(
        text="完成得5分，未完成不得分",
        pattern="met or missed",
        points=5,
        requirement="新技术立项2项",
        rules=(Bands("新技术立项", "earn", (Band(5, low=2), Band(0, high=2))),),
    ),
    ClauseCase(
        text="每低1%扣0.2分",
        pattern="numbers before an age",
        points=4,
        requirement="5.65岁以上老年人中医辨识率达70%",
        rules=(_below("65岁以上老年人中医辨识率", 70, "0.2"),),
        assumed=True,
    ),
    ClauseCase(
        text="每低1%扣0.5分",
        pattern="cases of a quantity",
        points=6,
        requirement="检查阳性率：CT≥65%，彩超≥60%",
        rules=(_below("CT检查阳性率", 65, "0.5"), _below("彩超检查阳性率", 60, "0.5")),
        assumed=True,
    ),
    ClauseCase(
        text="每超1天扣0.5分",
        pattern="cases of a quantity",
        points=6,
        requirement="平均住院日：内科≤9天，外科≤8天",
        rules=(
            Deduction(StepsAbove("内科平均住院日", target=9, step=1), points="0.5"),
            Deduction(StepsAbove("外科平均住院日", target=8, step=1), points="0.5"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="上半年不低于45%，全年不低于95%，每低1个百分点扣0.2分",
        pattern="by period",
        points=4,
        requirement="预算执行率达到序时进度",
        rules=(_below("上半年预算执行率", 45, "0.2"), _below("全年预算执行率", 95, "0.2")),
        assumed=True,
    ),
    ClauseCase(
        text="少1期扣1分",
        pattern="called by what is done",
        points=6,
        requirement="每2个月更换1次宣传栏内容",
        rules=(_each("宣传栏内容", 6, "1"),),
        assumed=True,
    ),
    ClauseCase(
        text="每漏查1人扣0.5分",
        pattern="left out",
        points=6,
        requirement="两癌筛查",
        rules=(Deduction(Cases("两癌筛查漏查"), points="0.5"),),
    ),
    ClauseCase(
        text="超时1份扣1分",
        pattern="no bound is a name",
        points=6,
        requirement="急诊报告≤30分钟，普通报告≤2小时",
        rules=(Deduction(Cases("超时"), points=1),),
    ),
)

MARKS = (
    ClauseCase(
        text="按机关党委考核结果折算：得分=考核得分×4%",
        pattern="a mark given elsewhere",
        points=4,
        requirement="党建工作",
        rules=(_line("党建工作·考核得分", 100, 4),),
        units=(("党建工作·考核得分", "分"),),
    ),
    ClauseCase(
        text="考核得分×6%",
        pattern="a mark given elsewhere",
        points=4,
        requirement="党建工作",
        unread=True,
    ),
    ClauseCase(
        text="每低1%扣0.5分，低于20%不得分",
        pattern="below a ceiling",
        points=5,
        requirement="药占比≥25%",
        rules=(
            _below("药占比", 25, "0.5"),
            Forfeit(Compare("药占比", "<", 20)),
        ),
        assumed=True,
    ),
)

SHARES = (
    ClauseCase(
        text="体检率达65%以上，得分按完成比例计算",
        pattern="a share, said of the points",
        points=12,
        rules=(_line("体检率", 65, FULL),),
    ),
    ClauseCase(
        text="得分按实际完成率计算",
        pattern="a share, said of the points",
        points=12,
        requirement="体检率达65%以上",
        rules=(_line("体检率", 65, FULL),),
    ),
    ClauseCase(
        text="得分按完成情况计算",
        pattern="a share, said of the points",
        points=12,
        requirement="体检率达65%以上",
        unread=True,
    ),
    ClauseCase(
        text="得分=实际值/62%×8，超过按8分计",
        pattern="formula",
        points=8,
        requirement="血压控制率≥62%",
        rules=(_line("血压控制率", 62, 8),),
    ),
)

CASES_NAMED = (
    ClauseCase(
        text="无收受礼金、提成等违规行为，查实一例扣4分",
        pattern="what must not be",
        points=8,
        rules=(Deduction(Cases("收受礼金、提成等违规"), points=4),),
    ),
    ClauseCase(
        text="三基考核合格率100%，一人不合格扣1分",
        pattern="who fails a rate",
        points=5,
        rules=(Deduction(Cases("三基考核不合格"), points=1),),
        targets=(Target("三基考核合格率", ">=", 100),),
    ),
    ClauseCase(
        text="0件得10分；1件得8分；2件及以上得0分",
        pattern="bands of a count",
        points=10,
        requirement="有效投诉",
        rules=(
            Bands(
                "有效投诉",
                "earn",
                (
                    Band(10, low=0, high=0, high_in=True),
                    Band(8, low=1, high=1, high_in=True),
                    Band(0, low=2),
                ),
            ),
        ),
    ),
)

FAULTS = (
    ClauseCase(
        text="能够正常开展心理疏导的得2分，能够部分开展心理疏导的得1分",
        pattern="how far one thing was done",
        rules=(
            Bands(
                "能够正常开展心理疏导",
                "earn",
                (
                    CaseBand(Flag("能够正常开展心理疏导"), 2),
                    CaseBand(Flag("能够部分开展心理疏导"), 1),
                ),
            ),
        ),
    ),
    ClauseCase(
        text="为0得满分，否则不得分",
        pattern="none at all",
        points=5,
        requirement="低风险组死亡率≤0",
        rules=(Bands("低风险组死亡率", "earn", (Band(FULL, high=0, high_in=True),), otherwise=0),),
    ),
    ClauseCase(
        text="瞒报取消评优资格并扣8分",
        pattern="points beside a veto",
        points=20,
        rules=(Deduction(Once(Flag("瞒报")), points=8),),
        vetoes=(Veto("瞒报", "瞒报", when=Flag("瞒报"), effects=(BarHonours(),)),),
    ),
    ClauseCase(
        text="达标得3分，持平得2分，上升不得分",
        pattern="what changes, and not that it does",
        points=3,
        requirement="剖宫产率下降",
        rules=(
            Bands(
                "剖宫产率下降达标",
                "earn",
                (
                    CaseBand(Flag("剖宫产率下降达标"), 3),
                    CaseBand(Flag("剖宫产率持平"), 2),
                ),
            ),
            Forfeit(Flag("剖宫产率上升")),
        ),
    ),
    ClauseCase(
        text="记录不完整扣0.5分，不及时扣1分",
        pattern="two faults of one thing",
        points=3,
        rules=(
            Deduction(Once(Flag("记录不完整")), points="0.5"),
            Deduction(Once(Flag("记录不及时")), points=1),
        ),
    ),
    ClauseCase(
        text="扣科室3分",
        pattern="a fault in the cell beside",
        points=20,
        requirement="因管理工作不到位受院级通报批评",
        heading="扣分标准",
        rules=(Deduction(Once(Flag("因管理工作不到位受院级通报批评")), points=3),),
    ),
    ClauseCase(
        text="每项扣2分",
        pattern="a fault in the cell beside",
        points=20,
        requirement="科室无质控小组，开展工作不到位",
        heading="扣分标准",
        rules=(Deduction(Cases("科室无质控小组，开展工作不到位"), points=2),),
    ),
    ClauseCase(
        text="查阅资料和实地查看无岗位职责和工作制度扣2分",
        pattern="where it was looked for",
        points=5,
        rules=(Deduction(Once(Flag("无岗位职责和工作制度")), points=2),),
        assumed=True,
    ),
    ClauseCase(
        text="考核外伤率下降情况，下降40%以上得2分；40%以下得1分；没有下降的不得分",
        pattern="no change at all",
        points=2,
        rules=(
            Bands(
                "外伤率下降",
                "earn",
                (
                    Band(2, low=40),
                    Band(1, low=0, low_in=False, high=40, high_in=True),
                    Band(0, high=0, high_in=True),
                ),
            ),
        ),
    ),
)

CASES = (*OTHERS, *CALLED, *MARKS, *SHARES, *CASES_NAMED, *FAULTS)
