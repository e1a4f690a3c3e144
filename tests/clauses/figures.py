"""Numbers as they are printed: misprinted, of money, of a list, in formulas, by sayings.

Constructions met in public tables, each reworded: what is a quantity, what is a step, which target
a rule is about, and what is no target at all.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.points import FULL
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Judgement,
    Knot,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Multiple


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _below(name: str, target: int, step: int, points: int | str) -> Deduction:
    """Lose these points for each step short of the target."""
    return Deduction(StepsBelow(name, target=target, step=step), points=points)


def _line(name: str, at: int, points: int) -> Curve:
    """Earn by a line up to these points."""
    return Curve(name, "earn", (Knot(0, 0), Knot(at, points)))


_MISPRINTED = (
    ClauseCase(
        text="未设置意见箱扣05分，未公开电话扣025分",
        pattern="misprint",
        rules=(_once("未设置意见箱", "0.5"), _once("未公开电话", "0.25")),
        assumed=True,
    ),
    ClauseCase(
        text="每少1次扣O.5分",
        pattern="misprint",
        points=3,
        requirement="健康讲座每年4次",
        rules=(Deduction(Lacking("健康讲座", required=4), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="每少I处扣l分",
        pattern="misprint",
        points=4,
        requirement="禁烟标识12处",
        rules=(Deduction(Lacking("禁烟标识", required=12), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="每低2个百分点扣0.5分",
        pattern="misprint",
        points=4,
        requirement="诊断符合率295%",
        rules=(_below("诊断符合率", 95, 2, "0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="病历合格率N90%，每低1%扣1分",
        pattern="misprint",
        points=5,
        rules=(_below("病历合格率", 90, 1, 1),),
        assumed=True,
    ),
    ClauseCase(
        text="压疮发生率W2%，每高1%扣1分",
        pattern="misprint",
        points=5,
        rules=(Deduction(StepsAbove("压疮发生率", target=2, step=1), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="记录不整洁扣0一3分",
        pattern="misprint",
        points=5,
        rules=(Judgement("记录不整洁", "lose", least=0, most=3),),
        assumed=True,
    ),
    ClauseCase(
        text="收入增长率280%，每低1%扣1分",
        pattern="no misprint",
        points=5,
        rules=(_below("收入增长率", 280, 1, 1),),
    ),
    ClauseCase(
        text="地面积水每处扣.5分，扣完为止",
        pattern="no misprint",
        points=5,
        rules=(_each("地面积水", "0.5"),),
    ),
)

_LISTED = (
    ClauseCase(
        text="1 起病时间不清扣1分 2 发病经过不清扣2分",
        pattern="list numbers",
        points=5,
        rules=(_once("起病时间不清", 1), _once("发病经过不清", 2)),
    ),
    ClauseCase(
        text="查相关资料 2.2项：无改水经费扣3分，未列入预算扣2分",
        pattern="list numbers",
        points=5,
        requirement="2.2有改水工作经费",
        rules=(_once("无改水经费", 3), _once("未列入预算", 2)),
    ),
    ClauseCase(
        text="查台账.现场查看.记录不全扣1分.",
        pattern="stops",
        points=5,
        rules=(_once("记录不全", 1),),
    ),
    ClauseCase(
        text="核实随访真实性.1份不真实不得分.",
        pattern="stops",
        points=5,
        rules=(Forfeit(Compare("随访真实性不真实", ">=", 1)),),
    ),
)

_FORMULAS = (
    ClauseCase(
        text="筛查率≥5‰，得8分。<5‰，筛查率/5‰X8分.",
        pattern="formula",
        points=8,
        rules=(_line("筛查率", 5, 8),),
    ),
    ClauseCase(
        text="服药率≥75%得6分.服药率<75%.得分=服药率/75%X6 分.",
        pattern="formula",
        points=6,
        rules=(_line("服药率", 75, 6),),
    ),
    ClauseCase(
        text="1.建档人数：____人 2.真实人数：____人 3.真实率=②/①×100% 4.真实率≥100%，得20分"
        " 5.真实率<100%，得分=真实率/100%×20分",
        pattern="formula",
        points=20,
        rules=(_line("真实率", 100, 20),),
    ),
    ClauseCase(
        text="得分=（实际完成率÷95%）×5分",
        pattern="formula",
        points=5,
        rules=(_line("完成率", 95, 5),),
    ),
    ClauseCase(
        text="得分=5×（实际值/90%）",
        pattern="formula",
        points=5,
        requirement="建档率≥90%",
        rules=(_line("建档率", 90, 5),),
    ),
    ClauseCase(
        text="签约率（已签约/应签约×100%）≥60%，每低1%扣1分",
        pattern="formula",
        points=5,
        rules=(_below("签约率", 60, 1, 1),),
    ),
    ClauseCase(
        text="不达标扣1分",
        pattern="two targets",
        points=5,
        requirement="CT阳性率≥60%，大型X光机阳性率≥50%",
        rules=(
            Deduction(
                Once(
                    AnyOf(
                        (
                            Compare("CT阳性率", "<", 60),
                            Compare("大型X光机阳性率", "<", 50),
                        )
                    )
                ),
                points=1,
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="资金到位情况按比例得分",
        pattern="proportion",
        points=5,
        rules=(Curve("资金到位率", "earn", (Knot(0, 0), Knot(100, FULL))),),
    ),
    ClauseCase(
        text="未按要求随访的按比例扣分",
        pattern="proportion",
        points=5,
        rules=(Curve("未按要求随访比例", "lose", (Knot(0, 0), Knot(100, FULL))),),
    ),
    ClauseCase(
        text="报表全部上报得5分，未全部上报的按比例得分",
        pattern="proportion",
        points=5,
        rules=(_line("报表上报比例", 100, 5),),
    ),
)

_STEPS = (
    ClauseCase(
        text="下降5%扣0.2分",
        pattern="steps",
        requirement="理论考试100%合格",
        rules=(_below("理论考试", 100, 5, "0.2"),),
        assumed=True,
    ),
    ClauseCase(
        text="誤差控制在5%以內記4分，超過0.1個百分點扣1分。",
        pattern="steps",
        points=4,
        rules=(Deduction(StepsAbove("誤差", target=5, step="0.1"), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="治愈率每2个百分点内递增加1分，每2个百分点内递减扣1分",
        pattern="steps",
        points=20,
        requirement="治愈率≥80%",
        rules=(
            Bonus(StepsAbove("治愈率", target=80, step=2), points=1),
            _below("治愈率", 80, 2, 1),
        ),
    ),
    ClauseCase(
        text="每递增1%加0.5分，每递减1%扣0.5分",
        pattern="steps",
        points=20,
        requirement="好转率≥80%",
        rules=(
            Bonus(StepsAbove("好转率", target=80, step=1), points="0.5"),
            _below("好转率", 80, 1, "0.5"),
        ),
    ),
    ClauseCase(
        text="出生性別比控制在112以內記10分，每上升1個百分點扣0.5分",
        pattern="steps",
        points=10,
        rules=(Deduction(StepsAbove("出生性別比", target=112, step=1), points="0.5"),),
    ),
    ClauseCase(
        text="不及时报送每扣1分",
        pattern="steps",
        points=5,
        rules=(_each("不及时报送", 1),),
    ),
)

_TARGETS = (
    ClauseCase(
        text="每低1个百分点扣2分",
        pattern="two targets",
        points=50,
        requirement="城镇居民健康素养知晓率≥85，农村居民≥80",
        rules=(
            _below("城镇居民健康素养知晓率", 85, 1, 2),
            _below("农村居民健康素养知晓率", 80, 1, 2),
        ),
    ),
    ClauseCase(
        text="走访5户家庭，未达标扣1分；查阅3所学校台账，未达标扣1分。",
        pattern="two targets",
        points=2,
        requirement="家长知晓率≥80%，学生近视率≤40%",
        rules=(
            Deduction(Once(Compare("家长知晓率", "<", 80)), points=1),
            Deduction(Once(Compare("学生近视率", ">", 40)), points=1),
        ),
    ),
    ClauseCase(
        text="建档率未达标扣2分，续签率未达标扣3分",
        pattern="two targets",
        points=5,
        requirement="建档率≥60%，续签率≥40%",
        rules=(
            Deduction(Once(Compare("建档率", "<", 60)), points=2),
            Deduction(Once(Compare("续签率", "<", 40)), points=3),
        ),
    ),
    ClauseCase(
        text="每月不良事件上报≥2件，达标加1分，不达标扣1分",
        pattern="targets",
        rules=(
            Bonus(Once(Compare("不良事件上报", ">=", 24)), points=1),
            Deduction(Once(Compare("不良事件上报", "<", 24)), points=1),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="每缺一次扣1分",
        pattern="how often",
        points=10,
        requirement="一月一巡查，一季一讲评，半年一考核",
        rules=(
            Deduction(Lacking("巡查", required=12), points=1),
            Deduction(Lacking("讲评", required=4), points=1),
            Deduction(Lacking("考核", required=2), points=1),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="少一次扣0.1分/次",
        pattern="how often",
        requirement="护士长查房1次/组/周",
        rules=(Deduction(Lacking("护士长查房", required=Multiple(52, "组数")), points="0.1"),),
        assumed=True,
    ),
)

_UNITS = (
    ClauseCase(
        text="每少10㎡扣0.5分",
        pattern="units",
        points=5,
        requirement="治疗室面积≥50㎡",
        rules=(_below("治疗室面积", 50, 10, "0.5"),),
    ),
    ClauseCase(
        text="抗菌药物使用强度≤40DDDs，每超1扣0.5分",
        pattern="units",
        points=5,
        rules=(Deduction(StepsAbove("抗菌药物使用强度", target=40, step=1), points="0.5"),),
    ),
    ClauseCase(
        text="测评得分90分以上得5分，80-89分得3分，80分以下不得分",
        pattern="units",
        points=5,
        rules=(
            Bands(
                "测评得分",
                "earn",
                (Band(5, low=90), Band(3, low=80, high=90), Band(0, high=80)),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="每月业务学习2次，三基考试1次，缺1次扣1分",
        pattern="how often",
        points=5,
        rules=(
            Deduction(Lacking("业务学习", required=24), points=1),
            Deduction(Lacking("三基考试", required=12), points=1),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="坚持每周一清扫、每季一评比，缺一次扣1分",
        pattern="how often",
        points=5,
        rules=(
            Deduction(Lacking("清扫", required=52), points=1),
            Deduction(Lacking("评比", required=4), points=1),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="访视率≥90%（出院后7天内），每低1%扣0.5分",
        pattern="deadlines",
        points=5,
        rules=(_below("访视率", 90, 1, "0.5"),),
    ),
    ClauseCase(
        text="按达标率计分",
        pattern="proportion",
        points=5,
        requirement="血压达标率≥60%",
        rules=(Curve("血压达标率", "earn", (Knot(0, 0), Knot(60, FULL))),),
    ),
    ClauseCase(
        text="甲级病案率≥90%（含90%），低于90%每1%扣0.5分",
        pattern="steps",
        points=5,
        rules=(_below("甲级病案率", 90, 1, "0.5"),),
    ),
)

_NO_TARGETS = (
    ClauseCase(
        text="记录不全扣2元；未书写扣0.1分/份",
        pattern="money",
        rules=(_each("未书写", "0.1"),),
    ),
    ClauseCase(
        text="发现一份丙级病历扣300元，其中书写者扣200元，科主任和质控员各扣50元",
        pattern="money",
    ),
    ClauseCase(
        text="甲类扣3分/例扣100元/例乙类扣0.2分/例",
        pattern="money",
        rules=(_each("甲类", 3), _each("乙类", "0.2")),
    ),
    ClauseCase(
        text="床位使用率90%达标，每升降1个百分点，绩效工资上下浮2%",
        pattern="money",
        targets=(Target("床位使用率", ">=", 90),),
        unread=True,
    ),
    ClauseCase(
        text="被市级刊物录用的每条30元（简讯每条10元）",
        pattern="money",
    ),
    ClauseCase(
        text="丙级病历记严重差错一次，调病案室学习两周。",
        pattern="what follows",
    ),
    ClauseCase(
        text="动态管理率达30%得满分，每低5%扣2分（动态管理是指年内至少有过一次服务记录）",
        pattern="what a word means",
        points=20,
        rules=(_below("动态管理率", 30, 5, 2),),
    ),
    ClauseCase(
        text="入院记录未在患者入院后24小时内完成；首程未在8小时内完成。",
        pattern="deadlines",
    ),
)

CASES = (
    *_MISPRINTED,
    *_LISTED,
    *_FORMULAS,
    *_STEPS,
    *_TARGETS,
    *_UNITS,
    *_NO_TARGETS,
)
