"""Constructions met in scoring tables as they are printed, each reworded; found by reading them.

Words before a fact that belong to it, several goals with one step, thousands, numbers in words
behind 每季度, points of their own for several requirements, formulas, scanned decimals.
"""

from __future__ import annotations

from fractions import Fraction

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import BarHonours, Veto
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.points import FULL
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Judgement,
    Knot,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str, cap: int | str | None = None) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points, cap=cap)


def _short(measure: str, target: int | str, step: int | str, points: int | str) -> Deduction:
    """Lose these points for each step below the target."""
    return Deduction(StepsBelow(measure, target=target, step=step), points=points)


def _above(measure: str, target: int | str, step: int | str, points: int | str) -> Deduction:
    """Lose these points for each step above the target."""
    return Deduction(StepsAbove(measure, target=target, step=step), points=points)


CASES: tuple[ClauseCase, ...] = (
    # --- words before a fact belong to it -----------------------------------------------------
    ClauseCase(
        text="对检查指出的隐患未能及时处置，并上报主管部门的扣3分",
        pattern="facts",
        rules=(_once("对检查指出的隐患未能及时处置，并上报主管部门", 3),),
    ),
    ClauseCase(
        text="预案与本院情况不相符，可操作性差的，扣2分",
        pattern="facts",
        rules=(
            Deduction(Once(AnyOf((Flag("预案与本院情况不相符"), Flag("可操作性差")))), points=2),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="年初有部署，季度有督查，年终有总结的得2分",
        pattern="facts",
        rules=(
            Bands(
                "年初有部署，季度有督查，年终有总结",
                "earn",
                (CaseBand(Flag("年初有部署，季度有督查，年终有总结"), 2),),
            ),
        ),
    ),
    ClauseCase(
        text="无实施细则的扣1分",
        pattern="facts",
        rules=(_once("无实施细则", 1),),
    ),
    ClauseCase(
        text="村医未取得岗位培训合格证的，每有1人扣0.5分",
        pattern="cases",
        rules=(_each("村医未取得岗位培训合格证", "0.5"),),
        units=(("村医未取得岗位培训合格证", "人"),),
    ),
    # --- several goals, one step --------------------------------------------------------------
    ClauseCase(
        text="环境物表合格率≥90%，消毒液合格率≥95%，每降低5%扣0.5分",
        pattern="steps",
        rules=(
            _short("环境物表合格率", 90, 5, "0.5"),
            _short("消毒液合格率", 95, 5, "0.5"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="抗菌药物使用率：急诊≤40%，住院≤60%，每超过1%扣0.2分",
        pattern="steps",
        rules=(
            _above("急诊抗菌药物使用率", 40, 1, "0.2"),
            _above("住院抗菌药物使用率", 60, 1, "0.2"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="基金结余率控制在15%以内，药占比控制在35%以内，超出不得分",
        pattern="forfeit",
        rules=(Forfeit(AnyOf((Compare("基金结余率", ">", 15), Compare("药占比", ">", 35)))),),
        assumed=True,
    ),
    ClauseCase(
        text="专项经费按收入的2%比例提取，每低于10%扣0.5分",
        pattern="steps",
        targets=(Target("专项经费按收入", ">=", 2),),
        unread=True,
    ),
    # --- numbers as they are printed ----------------------------------------------------------
    ClauseCase(
        text="投入8千元以上得3分，5千—8千元得2分，800元以下得0分",
        pattern="bands",
        rules=(
            Bands(
                "投入",
                "earn",
                (
                    Band(3, low=8000),
                    Band(2, low=5000, high=8000),
                    Band(0, high=800, high_in=True),
                ),
            ),
        ),
        units=(("投入", "元"),),
    ),
    ClauseCase(
        text="安全员未持证的，每人扣0。5分",
        pattern="cases",
        rules=(_each("安全员未持证", "0.5"),),
        units=(("安全员未持证", "人"),),
    ),
    ClauseCase(
        text="孕产妇死亡率控制在15/10万以内，每超1个十万分点扣1分",
        pattern="steps",
        rules=(_above("孕产妇死亡率", 15, 1, 1),),
        units=(("孕产妇死亡率", "1/10万"),),
        assumed=True,
    ),
    ClauseCase(
        text="分管院长每季度主持召开一次分析会，得2分，每少一次扣0.5分",
        pattern="lacking",
        states=2,
        rules=(Deduction(Lacking("分析会", required=4), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="健康宣传橱窗每2个月更新1次，少1次扣0.5分",
        pattern="lacking",
        rules=(Deduction(Lacking("健康宣传橱窗更新", required=6), points="0.5"),),
        units=(("健康宣传橱窗更新", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="院长每半年、科主任每季度至少讲课1次，缺1次扣1分",
        pattern="lacking",
        unread=True,
        rules=(_each("缺次", 1),),
    ),
    ClauseCase(
        text="每次培训有通知、有签到、有小结，缺一样扣0.1分",
        pattern="cases",
        rules=(_each("每次培训有通知、有签到、有小结缺少", "0.1"),),
        units=(("每次培训有通知、有签到、有小结缺少", "样"),),
    ),
    # --- points of their own ------------------------------------------------------------------
    ClauseCase(
        text="签约率≥65%得3分，每低5个百分点扣1分；续约率≥70%得2分，不足的不得分",
        pattern="parts",
        points=5,
        parts=(
            Part("1", "签约率", points=3, rules=(_short("签约率", 65, 5, 1),)),
            Part(
                "2",
                "续约率",
                points=2,
                rules=(Bands("续约率", "earn", (Band(2, low=70), Band(0, high=70))),),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="机构健全，分工明确，责任落实，得3分，缺一项扣1分",
        pattern="cases",
        states=3,
        rules=(_each("机构健全，分工明确，责任落实缺少", 1),),
        units=(("机构健全，分工明确，责任落实缺少", "项"),),
    ),
    # --- formulas and proportions -------------------------------------------------------------
    ClauseCase(
        text="规范管理率=规范管理人数/建档人数×100%，达到70%得满分，每低1%扣0.2分",
        pattern="steps",
        rules=(_short("规范管理率", 70, 1, "0.2"),),
        assumed=True,
    ),
    ClauseCase(
        text="得分＝完成率×权重分",
        pattern="formula",
        rules=(Curve("完成率", "earn", (Knot(0, 0), Knot(100, FULL))),),
    ),
    ClauseCase(
        text="护患比达到1:8得2分",
        pattern="formula",
        unread=True,
    ),
    # --- consequences -------------------------------------------------------------------------
    ClauseCase(
        text="发生一级甲等事故该项不得分并取消当年评优资格",
        pattern="veto",
        rules=(Forfeit(Flag("发生一级甲等事故")),),
        vetoes=(
            Veto(
                "发生一级甲等事故",
                "发生一级甲等事故",
                when=Flag("发生一级甲等事故"),
                effects=(BarHonours(),),
            ),
        ),
    ),
    ClauseCase(
        text="挪用专项资金的，一票否决，本项不得分",
        pattern="veto",
        rules=(Forfeit(Flag("挪用专项资金")),),
        vetoes=(
            Veto(
                "挪用专项资金",
                "挪用专项资金",
                when=Flag("挪用专项资金"),
                effects=(BarHonours(),),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="发生重伤事故，安全考核得分清零",
        pattern="forfeit",
        rules=(Forfeit(Flag("发生重伤事故")),),
    ),
    ClauseCase(
        text="排查每月不少于1次，得3分；缺1次扣0.5分",
        pattern="lacking",
        states=3,
        rules=(Deduction(Lacking("排查", required=12), points=Fraction(1, 2)),),
        units=(("排查", "次"),),
        assumed=True,
    ),
    # --- the second reading of printed tables --------------------------------------------------
    ClauseCase(
        text="全年组织廉政学习不少于4次，每增加一次加1分",
        pattern="bonus",
        rules=(Bonus(StepsAbove("廉政学习", target=4, step=1), points=1),),
        units=(("廉政学习", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="设有公示栏、但内容陈旧或未盖章各扣1分",
        pattern="facts",
        rules=(_once("内容陈旧", 1), _once("未盖章", 1)),
    ),
    ClauseCase(
        text="扣压举报材料的，每例扣6分",
        pattern="cases",
        rules=(_each("扣压举报材料", 6),),
        units=(("扣压举报材料", "例"),),
    ),
    ClauseCase(
        text="制度和人员不落实的各扣0.5分",
        pattern="facts",
        rules=(_once("制度不落实", "0.5"), _once("人员不落实", "0.5")),
    ),
    ClauseCase(
        text="矛盾排查不力，导致越级上访的，每例扣3分",
        pattern="cases",
        rules=(_each("矛盾排查不力，导致越级上访", 3),),
        units=(("矛盾排查不力，导致越级上访", "例"),),
    ),
    ClauseCase(
        text="少开或未开的，按次扣1-3分",
        pattern="judged",
        rules=(Judgement("少开或未开", "lose"),),
        assumed=True,
    ),
    ClauseCase(
        text="合法率达92%12分，下降1个百分点扣1分",
        pattern="steps",
        states=12,
        rules=(_short("合法率", 92, 1, 1),),
        assumed=True,
    ),
    ClauseCase(
        text="少建一个或已建，但未达标的分别扣1分、3分",
        pattern="facts",
        rules=(
            Deduction(Cases("缺个"), points=1),
            Deduction(Once(Flag("已建，但未达标")), points=3),
        ),
    ),
    ClauseCase(
        text="决定率达100%得2分；征收率90%以上得2分；到位率60%以上得2分；低于指标按比例扣分",
        pattern="bands",
        points=6,
        rules=(
            Curve("决定率", "earn", (Knot(0, 0), Knot(100, 2))),
            Curve("征收率", "earn", (Knot(0, 0), Knot(90, 2))),
            Curve("到位率", "earn", (Knot(0, 0), Knot(60, 2))),
        ),
    ),
    ClauseCase(
        text="漏报迟报平均每例每月扣0.2分",
        pattern="cases",
        unread=True,
    ),
    ClauseCase(
        text="人均培训学时达到20学时，每少1学时扣0.5分",
        pattern="steps",
        rules=(_short("人均培训学时", 20, 1, "0.5"),),
        units=(("人均培训学时", "学时"),),
        assumed=True,
    ),
)
