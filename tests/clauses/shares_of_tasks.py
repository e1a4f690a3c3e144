"""Shares of a number that is asked for, last year's beside a target, steps named later.

完成率≥90% of 3000 is 2700: the number was asked for, and no rate besides. 与上年比 leaves the
target alone. Units of blood and weight, stars in names, and what an item's own words leave out.
"""

from __future__ import annotations

from fractions import Fraction

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.points import FULL, Placement, Points
from healthduty.rules.rule import Band, Bands, Bonus, Curve, Deduction, Forfeit, Knot
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given, Multiple


def _line(measure: str, target: int, points: Points) -> Curve:
    """Earn points up to a target."""
    return Curve(measure, "earn", (Knot(0, points=0), Knot(target, points=points)))


def _each(measure: str, required: int, points: str, step: int = 1) -> Deduction:
    """Lose points for each that is lacking."""
    return Deduction(Lacking(measure, required=required, step=step), points=points)


def _below(measure: str, target: int, points: str, step: str = "1") -> Deduction:
    """Lose points for each step below a target."""
    return Deduction(StepsBelow(measure, target=target, step=step), points=points)


_BLOOD = "采集血小板"
_LAST = Given("上年医疗性收入占比")

SHARES = (
    ClauseCase(
        text="完成率≥90%得8分，80%-90%得5分，低于80%不得分",
        pattern="shares of a number",
        points=8,
        requirement="采集血小板≥3000治疗量",
        rules=(
            Bands(
                _BLOOD,
                "earn",
                (
                    Band(8, low=2700),
                    Band(5, low=2400, high=2700),
                    Band(0, high=2400),
                ),
            ),
        ),
    ),
    ClauseCase(
        text="完成80%以上得6分，其余不得分",
        pattern="shares of a number",
        points=6,
        requirement="免费孕检≥1500人次",
        rules=(Bands("免费孕检", "earn", (Band(6, low=1200),), otherwise=0),),
    ),
    ClauseCase(
        text="完成目标得满分；完成90%以上得8分；90%以下不得分",
        pattern="shares of a number",
        points=10,
        requirement="门诊人次达9.5",
        rules=(
            Bands(
                "门诊人次",
                "earn",
                (Band(FULL, low="9.5"), Band(8, low="8.55"), Band(0, high="8.55")),
            ),
        ),
    ),
    ClauseCase(
        text="按完成率计分，低于70%不得分",
        pattern="shares of a number",
        points=6,
        requirement="出院≥9000人次",
        rules=(_line("出院", 9000, FULL), Forfeit(Compare("出院", "<", 6300))),
    ),
    ClauseCase(
        text="完成率达到100%得9分，90%-99%得6分，90%以下不得分",
        pattern="shares of a number",
        points=9,
        requirement="35岁以上人群筛查2000人",
        rules=(
            Bands(
                "35岁以上人群筛查",
                "earn",
                (Band(9, low=2000), Band(6, low=1800, high=2000), Band(0, high=1800)),
            ),
        ),
    ),
    ClauseCase(
        text="完成率≥100%得满分，每低1%扣1分，低于75%得0分",
        pattern="shares of a number",
        points=9,
        requirement="门诊4000人次",
        rules=(
            Deduction(StepsBelow("门诊", target=4000, step=1, relative=True), points=1),
            Forfeit(Compare("门诊", "<", 3000)),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="每完成50万元得1分，超额完成的每40万元加0.5分，最高加2分",
        pattern="beyond all of it",
        points=8,
        requirement="争取项目资金400万元",
        rules=(
            _line("项目资金", 400, 8),
            Bonus(StepsAbove("项目资金", target=400, step=40), points="0.5", cap=2),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="实际值/目标值×100，最高100分",
        pattern="formula",
        points=100,
        requirement="职工满意度≥85%",
        rules=(_line("职工满意度", 85, Fraction(100)),),
    ),
)

OTHERS = (
    ClauseCase(
        text="与上年比，每提高1个百分点得1分，最高4分；下降不得分",
        pattern="last year's beside a target",
        points=4,
        requirement="医疗性收入占比≥32%",
        rules=(
            Bands("医疗性收入占比", "earn", (Band(0, low=_LAST),)),
            Bonus(
                StepsAbove("医疗性收入占比", target=_LAST, step=1),
                points=1,
                cap=4,
                where=Placement.INSIDE,
            ),
            Forfeit(Flag("医疗性收入占比下降")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="比上年同期每降低1个百分点扣1分，降低5个百分点以上不得分",
        pattern="last year's beside a target",
        points=5,
        requirement="中医诊疗占比≥35%",
        rules=(
            Deduction(
                StepsBelow("中医诊疗占比", target=Given("上年同期中医诊疗占比"), step=1), points=1
            ),
            Forfeit(Compare("中医诊疗占比", "<=", Multiple(1, "上年同期中医诊疗占比", plus=-5))),
        ),
        assumed=True,
    ),
)

NAMED = (
    ClauseCase(
        text="每少1条扣0.2分，市级采用每少1条扣0.4分",
        pattern="a step that a later one names",
        points=5,
        requirement="信息不少于20条，市级采用不少于4条",
        rules=(_each("信息", 20, "0.2"), _each("市级采用", 4, "0.4")),
    ),
    ClauseCase(
        text="每低1%扣0.2分，其中新生儿访视率每低1%扣0.5分",
        pattern="a step that a later one names",
        points=5,
        requirement="产后访视率≥92%，新生儿访视率≥93%",
        rules=(_below("产后访视率", 92, "0.2"), _below("新生儿访视率", 93, "0.5")),
        assumed=True,
    ),
    ClauseCase(
        text="少更换1次扣1分，讲座少1次扣2分",
        pattern="a step that a later one names",
        points=8,
        requirement="宣传栏每季度更换1次；健康讲座不少于6次",
        rules=(_each("宣传栏更换", 4, "1"), _each("健康讲座", 6, "2")),
        assumed=True,
    ),
    ClauseCase(
        text="高血压规范管理率≥62%（6分）；血压控制率≥45%（4分）。每低1个百分点各扣0.4分",
        pattern="parts",
        points=10,
        parts=(
            Part(
                "1",
                "高血压规范管理率≥62%",
                points=6,
                rules=(_below("高血压规范管理率", 62, "0.4"),),
            ),
            Part("2", "血压控制率≥45%", points=4, rules=(_below("血压控制率", 45, "0.4"),)),
        ),
        assumed=True,
    ),
)

UNITS = (
    ClauseCase(
        text="全血每少0.1吨扣1分；血小板每少100治疗量扣0.5分",
        pattern="units of blood",
        points=12,
        requirement="采集全血≥11吨，血小板≥2500治疗量",
        rules=(_below("采集全血", 11, "1", step="0.1"), _each("血小板", 2500, "0.5", step=100)),
        units=(("采集全血", "吨"), ("血小板", "治疗量")),
        assumed=True,
    ),
    ClauseCase(
        text="每少采50U扣0.5分",
        pattern="units of blood",
        points=5,
        requirement="采集全血≥4000U",
        rules=(_each("采集全血", 4000, "0.5", step=50),),
        units=(("采集全血", "单位"),),
    ),
    ClauseCase(
        text="骨科手术占比▲≥25%，每低1个百分点扣0.5分",
        pattern="stars",
        points=5,
        rules=(_below("骨科手术占比", 25, "0.5"),),
        assumed=True,
    ),
)

LEFT_OUT = (
    ClauseCase(
        text="发现1处扣0.3分",
        pattern="names",
        points=6,
        requirement="无乱堆杂物、无乱拉电线、无卫生死角",
        rules=(Deduction(Cases("乱堆杂物、乱拉电线、卫生死角"), points="0.3"),),
    ),
    ClauseCase(
        text="无组织扣2分",
        pattern="names",
        points=4,
        requirement="成立领导小组，有专职人员",
        rules=(Deduction(Once(Flag("无组织")), points=2),),
    ),
    ClauseCase(
        text="每份不规范扣0.5分",
        pattern="names",
        points=5,
        requirement="规范管理率达65%",
        rules=(Deduction(Cases("管理不规范"), points="0.5"),),
    ),
    ClauseCase(
        text="每漏报1例扣2分",
        pattern="names",
        points=10,
        requirement="法定传染病报告率１００％",
        rules=(Deduction(Cases("漏报"), points=2),),
    ),
)

_ONE_CASE = Forfeit(Compare("走失", ">=", 1))

TOGETHER = (
    ClauseCase(
        text="每低1%扣1分，低于90%不得分",
        pattern="of all that was asked",
        points=10,
        requirement="建卡率≥95%，建证率≥95%",
        rules=(
            _below("建卡率", 95, "1"),
            _below("建证率", 95, "1"),
            Forfeit(AnyOf((Compare("建卡率", "<", 90), Compare("建证率", "<", 90)))),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="发生一例不得分",
        pattern="none is asked",
        points=5,
        requirement="走失≤0",
        rules=(_ONE_CASE,),
    ),
    ClauseCase(
        text="一例不得分",
        pattern="none is asked",
        points=5,
        requirement="走失0例",
        rules=(_ONE_CASE,),
    ),
)

BESIDE = (
    ClauseCase(
        text="少1种扣0.5分",
        pattern="bounds side by side",
        points=6,
        requirement="不少于10种的印刷资料、不少于6种的影像资料",
        rules=(_each("印刷资料", 10, "0.5"), _each("影像资料", 6, "0.5")),
    ),
    ClauseCase(
        text="抽查检出率/3‰×1.5分；（1.5）抽查检出率超过3‰按1.5分计算",
        pattern="formula",
        points="1.5",
        rules=(Curve("抽查检出率", "earn", (Knot(0, 0), Knot(3, "1.5"))),),
    ),
    ClauseCase(
        text="实际值≥85得10分；75≤实际值＜85得8分；实际值＜75得0分",
        pattern="in the unit of the goal",
        points=10,
        requirement="病床使用率80%",
        rules=(
            Bands(
                "病床使用率", "earn", (Band(10, low=85), Band(8, low=75, high=85), Band(0, high=75))
            ),
        ),
    ),
    ClauseCase(
        text="国家级1项得10分，省级1项得5分，市级1项得2分，累计最高10分",
        pattern="ranks beside a number",
        points=10,
        requirement="科研立项5项",
        rules=(
            Bands("科研立项，国家级", "earn", (Band(10, low=1),)),
            Curve("科研立项，省级", "earn", (Knot(0, 0), Knot(2, 10))),
            Curve("科研立项，市级", "earn", (Knot(0, 0), Knot(5, 10))),
        ),
        assumed=True,
    ),
)

CASES = (*SHARES, *OTHERS, *NAMED, *UNITS, *LEFT_OUT, *TOGETHER, *BESIDE)
