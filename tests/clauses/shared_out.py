"""Points that are shared out over several targets, and what one phrase says of each of them."""

from __future__ import annotations

from fractions import Fraction

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import AllOf, Compare, Flag
from healthduty.rules.points import FULL
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Knot,
    Rule,
    Times,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow

ASKED = "早孕建册率≥90%，产后访视率≥85%"


def _part(number: int, points: int, title: str, *rules: Rule) -> Part:
    return Part(str(number), title, points=points, rules=rules)


def _below(measure: str, target: int, points: str) -> Deduction:
    """Lose these points for each percentage point below the target."""
    return Deduction(StepsBelow(measure, target=target, step=1), points=points)


def _five(measure: str, target: int, points: str) -> Deduction:
    """Lose these points for each five percentage points below the target."""
    return Deduction(StepsBelow(measure, target=target, step=5), points=points)


def _fact(words: str, points: int) -> Bands:
    """Earn these points where the words hold."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _above(measure: str, target: int, points: str) -> Deduction:
    """Lose these points for each half above the target."""
    return Deduction(StepsAbove(measure, target=target, step=Fraction(1, 2)), points=points)


def _line(measure: str, target: int) -> Curve:
    """Earn all points at the target, a share below it."""
    return Curve(measure, "earn", (Knot(0, 0), Knot(target, FULL)))


def _reached(measure: str, target: int) -> Bands:
    """Earn all points from the target on, nothing below."""
    return Bands(measure, "earn", (CaseBand(Compare(measure, ">=", target), FULL),), otherwise=0)


def _to(measure: str, target: int, points: int) -> Curve:
    """Earn these points at the target, a share of them below it."""
    return Curve(measure, "earn", (Knot(0, 0), Knot(target, points)))


def _each(measure: str, points: str, reach: str = "part") -> Deduction:
    """Lose these points for each case."""
    return Deduction(Cases(measure), points=points, reach=reach)


_DOUBLED = (Times(2, Flag("上级检查发现上述差错")),)

SAID_OF_ALL = (
    ClauseCase(
        text="卫生宣教（9分）：有宣传阵地（4分），有活动记录（5分）",
        pattern="a heading's sum",
        parts=(
            _part(1, 4, "有宣传阵地", _fact("有宣传阵地", 4)),
            _part(2, 5, "有活动记录", _fact("有活动记录", 5)),
        ),
        states=9,
    ),
    ClauseCase(
        text="建卡率达98%得2分；复查率达90%得3分；低于考核指标的按比例扣分",
        pattern="a share below each",
        points=5,
        rules=(_to("建卡率", 98, 2), _to("复查率", 90, 3)),
    ),
    ClauseCase(
        text="建卡率达98%得2分，复查率达90%得3分，未达到的按比例得分",
        pattern="a share below each",
        points=5,
        rules=(_to("建卡率", 98, 2), _to("复查率", 90, 3)),
    ),
    ClauseCase(
        text="脱岗、串岗一次各扣1分，五次以上不得分",
        pattern="so many of both",
        points=5,
        rules=(
            _each("脱岗", "1"),
            _each("串岗", "1"),
            Forfeit(Compare("脱岗、串岗", ">=", 5)),
        ),
    ),
    ClauseCase(
        text="每年演练2次，授课不少于1次。少1次扣1分，未开展不得分",
        pattern="none of both",
        points=5,
        rules=(
            Deduction(Lacking("演练", required=2), points=1),
            Deduction(Lacking("授课", required=1), points=1),
            Forfeit(AllOf((Compare("演练", "<=", 0), Compare("授课", "<=", 0)))),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="无故缺会一次扣1分，两次（含）以上扣4分",
        pattern="one, and two or more",
        points=5,
        rules=(
            Bands(
                "无故缺会",
                "lose",
                (Band(1, low=1, high=1, high_in=True), Band(4, low=2)),
            ),
        ),
    ),
    ClauseCase(
        text="漏报每例扣1分，错报每例扣2分，凡上级检查发现上述差错的加倍扣分",
        pattern="double for all",
        points=10,
        rules=(
            Deduction(Cases("漏报"), points=1, times=_DOUBLED),
            Deduction(Cases("错报"), points=2, times=_DOUBLED),
        ),
    ),
    ClauseCase(
        text="被县级通报批评的，每次从总分中扣1分；被市级通报批评的，每次扣3分",
        pattern="from the total, too",
        rules=(_each("被县级通报批评", "1", "total"), _each("被市级通报批评", "3", "total")),
        assumed=True,
    ),
    ClauseCase(
        text="作风纪律3分、服务质量2分。违反作风纪律的每次扣1分；被投诉的，每次扣0.5分",
        pattern="of its part, or the item",
        points=5,
        rules=(_each("被投诉", "0.5"),),
        parts=(_part(1, 3, "作风纪律", _each("违反作风纪律", "1")), _part(2, 2, "服务质量")),
    ),
    ClauseCase(
        text="不洗手扣2分，不戴帽扣2分（最多扣3分）",
        pattern="a most in brackets",
        points=6,
        rules=(
            Group(
                (
                    Deduction(Once(Flag("不洗手")), points=2),
                    Deduction(Once(Flag("不戴帽")), points=2),
                ),
                cap=3,
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="获评省级示范单位得4分，市级示范单位得2分，未获评的不得分",
        pattern="none of the ranks",
        points=4,
        rules=(
            Bands(
                "获评省级示范单位",
                "earn",
                (
                    CaseBand(Flag("获评省级示范单位"), 4),
                    CaseBand(Flag("获评市级示范单位"), 2),
                ),
                otherwise=0,
            ),
        ),
    ),
    ClauseCase(
        text="凡被曝光的，市级每次扣2分，县级每次扣1分",
        pattern="ranks of one thing",
        points=5,
        rules=(_each("被曝光，市级", "2"), _each("被曝光，县级", "1")),
    ),
)

ALL_OF_IT = (
    ClauseCase(
        text="责任书签订率每少5%扣1分",
        pattern="no target: all of it",
        points=5,
        rules=(Deduction(StepsBelow("责任书签订率", target=100, step=5), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="完成年度募捐任务得6分，未完成的按完成比例得分；超额完成的，每超10%加1分",
        pattern="more than all of it",
        points=6,
        rules=(
            _to("年度募捐完成率", 100, 6),
            Bonus(StepsAbove("年度募捐完成率", target=100, step=10), points=1),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="满意率≥92%得满分，85%—92%扣2分，85%以下不得分",
        pattern="full, and bands that lose",
        points=8,
        rules=(
            Bands("满意率", "lose", (Band(2, low=85, high=92),)),
            Forfeit(Compare("满意率", "<", 85)),
        ),
    ),
    ClauseCase(
        text="每年不少于2次、未组织扣2分",
        pattern="a fault behind what is asked",
        points=3,
        requirement="应急演练",
        rules=(Deduction(Once(Flag("应急演练，未组织")), points=2),),
    ),
    ClauseCase(
        text="满意率≥90%、未达到扣2分",
        pattern="a fault behind what is asked",
        points=3,
        rules=(Deduction(Once(Compare("满意率", "<", 90)), points=2),),
    ),
    ClauseCase(
        text="未组织义诊（每年不少于3次），每少1次扣1分",
        pattern="a fault behind what is asked",
        points=3,
        rules=(Deduction(Lacking("义诊", required=3), points=1),),
    ),
    ClauseCase(
        text="每半年至少听取一次信访工作汇报，缺一次扣1分",
        pattern="what stands behind the number",
        points=3,
        rules=(Deduction(Lacking("听取信访工作汇报", required=2), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="办件每超期一件扣0.5分",
        pattern="cases that are late",
        points=3,
        rules=(_each("办件超期", "0.5"),),
    ),
    ClauseCase(
        text="超时20秒扣1分，超过2分钟停止操作",
        pattern="longer than asked",
        points=3,
        requirement="操作时间4分钟",
        rules=(Deduction(StepsAbove("操作时间", target=4, step=Fraction(1, 3)), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="使用率超标每1%扣0.5分",
        pattern="longer than asked",
        points=3,
        requirement="设备使用率≤60%",
        rules=(Deduction(StepsAbove("设备使用率", target=60, step=1), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="步骤颠倒扣1分",
        pattern="no floor is lifted",
        points=3,
        rules=(Deduction(Once(Flag("步骤颠倒")), points=1),),
    ),
    ClauseCase(
        text="分为超额完成（95分以上）、完成（80—94分）、基本完成（65—79分）、未完成（65分以下）四个等级",
        pattern="grades of the total",
    ),
)

CASES = (
    *SAID_OF_ALL,
    *ALL_OF_IT,
    ClauseCase(
        text="各3分，每低于目标1个百分点扣0.3分",
        pattern="points for each target",
        points=6,
        requirement=ASKED,
        parts=(
            _part(1, 3, "早孕建册率", _below("早孕建册率", 90, "0.3")),
            _part(2, 3, "产后访视率", _below("产后访视率", 85, "0.3")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="每项5分，每上升0.5个千分点扣1分",
        pattern="points for each target",
        points=10,
        requirement="新生儿死亡率、婴幼儿死亡率分别控制在4‰、7‰以内",
        parts=(
            _part(1, 5, "新生儿死亡率", _above("新生儿死亡率", 4, "1")),
            _part(2, 5, "婴幼儿死亡率", _above("婴幼儿死亡率", 7, "1")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="两项各2分，按比例得分",
        pattern="points for each target",
        points=4,
        requirement=ASKED,
        parts=(
            _part(1, 2, "早孕建册率", _line("早孕建册率", 90)),
            _part(2, 2, "产后访视率", _line("产后访视率", 85)),
        ),
    ),
    ClauseCase(
        text="每项2分，达标得满分，不达标不得分",
        pattern="points for each target",
        points=4,
        requirement=ASKED,
        parts=(
            _part(1, 2, "早孕建册率", _reached("早孕建册率", 90)),
            _part(2, 2, "产后访视率", _reached("产后访视率", 85)),
        ),
    ),
    ClauseCase(
        text="早孕建册率、产后访视率各3分，每低1%扣0.2分，低于60%不得分",
        pattern="said of each part",
        points=6,
        requirement=ASKED,
        parts=(
            _part(
                1,
                3,
                "早孕建册率",
                _below("早孕建册率", 90, "0.2"),
                Forfeit(Compare("早孕建册率", "<", 60)),
            ),
            _part(
                2,
                3,
                "产后访视率",
                _below("产后访视率", 85, "0.2"),
                Forfeit(Compare("产后访视率", "<", 60)),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="各3分，每低1%扣0.2分，产后访视率低于60%不得分",  # named: of that one alone
        pattern="said of each part",
        points=6,
        requirement=ASKED,
        parts=(
            _part(1, 3, "早孕建册率", _below("早孕建册率", 90, "0.2")),
            _part(
                2,
                3,
                "产后访视率",
                _below("产后访视率", 85, "0.2"),
                Forfeit(Compare("产后访视率", "<", 60)),
            ),
        ),
        assumed=True,
    ),
    # --- whose points, and which of them -------------------------------------------------------
    ClauseCase(
        text="出生登记率达100%得12分，出现一例漏登扣4分，出现一例虚报扣6分",
        pattern="full at first",
        rules=(
            Deduction(Cases("漏登"), points=4),
            Deduction(Cases("虚报"), points=6),
        ),
        states=12,
    ),
    ClauseCase(
        text="待孕夫妇参加优生讲座100%得6分，低5个百分点扣1分",
        pattern="full at first",
        rules=(Deduction(StepsBelow("待孕夫妇参加优生讲座", target=100, step=5), points=1),),
        states=6,
        assumed=True,
    ),
    ClauseCase(
        text="过期血率≤2%得满分；2%＜过期血率≤4%扣1分；＞4%不得分",
        pattern="full at first",
        points=4,
        rules=(
            Bands("过期血率", "lose", (Band(1, low=2, low_in=False, high=4, high_in=True),)),
            Forfeit(Compare("过期血率", ">", 4)),
        ),
    ),
    ClauseCase(
        text="回访率≥95%得5分，90%—94%扣2分，90%以下扣4分",
        pattern="full at first",
        points=5,
        rules=(Bands("回访率", "lose", (Band(2, low=90, high=95), Band(4, high=90))),),
    ),
    ClauseCase(
        text="老年人体检率和儿童体检率达到70%以上各得2分，每低5个百分点扣0.4分",
        pattern="lines",
        points=4,
        parts=(
            _part(1, 2, "老年人体检率", _five("老年人体检率", 70, "0.4")),
            _part(2, 2, "儿童体检率", _five("儿童体检率", 70, "0.4")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="宣传阵地8分，有专栏、有橱窗得3分，缺一样扣1分，家访率达90%得5分，每低1%扣0.5分",
        pattern="lines",
        parts=(
            _part(1, 3, "有专栏、有橱窗", Deduction(Cases("有专栏、有橱窗缺少"), points=1)),
            _part(2, 5, "家访率", _below("家访率", 90, "0.5")),
        ),
        states=8,
        assumed=True,
    ),
    ClauseCase(
        text="未组织问卷测评的扣2分；满意度在90%以上的得4分，80%至90%的得2分，80%以下的不得分",
        pattern="lines",
        points=6,
        parts=(
            _part(1, 2, "未组织问卷测评", Deduction(Once(Flag("未组织问卷测评")), points=2)),
            _part(
                2,
                4,
                "满意度",
                Bands(
                    "满意度", "earn", (Band(4, low=90), Band(2, low=80, high=90), Band(0, high=80))
                ),
            ),
        ),
    ),
    ClauseCase(
        text="印章专管2分，未落实不得分；错证率低于1%得3分，每高0.1%扣0.5分；发现出售空白证的，该项不得分",
        pattern="lines",
        points=5,
        rules=(Forfeit(Flag("发现出售空白证")),),
        parts=(
            _part(1, 2, "印章专管", Forfeit(Flag("印章专管，未落实"))),
            _part(
                2,
                3,
                "错证率",
                Deduction(StepsAbove("错证率", target=1, step=Fraction(1, 10)), points="0.5"),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="迟交报表的，每次扣1分，扣完为止（3分）；通道堆放杂物的，扣2分",
        pattern="lines",
        points=5,
        parts=(
            _part(1, 3, "迟交报表", Deduction(Cases("迟交报表"), points=1)),
            _part(2, 2, "通道堆放杂物", Deduction(Once(Flag("通道堆放杂物")), points=2)),
        ),
    ),
    ClauseCase(
        text="建册率（3分），每低5%扣1分；访视率（3分），每低1%扣0.5分",
        pattern="points for each target",
        points=6,
        requirement="早孕建册率≥90%，产后访视率≥85%",
        parts=(
            _part(1, 3, "建册率", _five("早孕建册率", 90, "1")),
            _part(2, 3, "访视率", _below("产后访视率", 85, "0.5")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="输液率不超过30%，激素使用率不超过5%（4分，各2分）。每超1个百分点扣0.5分",
        pattern="points for each target",
        points=4,
        parts=(
            _part(1, 2, "输液率", Deduction(StepsAbove("输液率", target=30, step=1), points="0.5")),
            _part(
                2,
                2,
                "激素使用率",
                Deduction(StepsAbove("激素使用率", target=5, step=1), points="0.5"),
            ),
        ),
        states=4,
        assumed=True,
    ),
    ClauseCase(
        text="建册率≥90%；访视率≥85%；各3分，每低1%扣0.5分",
        pattern="points for each target",
        points=6,
        parts=(
            _part(1, 3, "建册率", _below("建册率", 90, "0.5")),
            _part(2, 3, "访视率", _below("访视率", 85, "0.5")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="签约率达到75%以上（1分），履约率达到90%以上（2分），未达到的按比例得分",
        pattern="points for each target",
        points=3,
        parts=(
            _part(1, 1, "签约率达到75%以上", _line("签约率", 75)),
            _part(2, 2, "履约率达到90%以上", _line("履约率", 90)),
        ),
    ),
    ClauseCase(
        text="签约率≥75%得1分，履约率≥90%得2分，不足的按比例得分",
        pattern="points for each target",
        points=3,
        rules=(
            Curve("签约率", "earn", (Knot(0, 0), Knot(75, 1))),
            Curve("履约率", "earn", (Knot(0, 0), Knot(90, 2))),
        ),
    ),
    ClauseCase(
        text="每项1分，未建立的该项不得分，弄虚作假的本项不得分",
        pattern="points for each of a list",
        points=2,
        requirement="1.有应急预案；2.有值班制度",
        rules=(Forfeit(Flag("弄虚作假")),),
        parts=(
            _part(1, 1, "有应急预案", _fact("有应急预案", 1)),
            _part(2, 1, "有值班制度", _fact("有值班制度", 1)),
        ),
    ),
    ClauseCase(
        text="设立办公室（1分）；能按年度计划开展健康教育工作；有活动记录（2分）",
        pattern="points for each of a list",
        points=3,
        parts=(
            _part(1, 1, "设立办公室", _fact("设立办公室", 1)),
            _part(
                2,
                2,
                "能按年度计划开展健康教育工作，有活动记录",
                _fact("能按年度计划开展健康教育工作，有活动记录", 2),
            ),
        ),
    ),
    ClauseCase(
        text="查五苗接种，缺一苗扣0.2分",
        pattern="cases",
        rules=(Deduction(Cases("缺苗"), points="0.2"),),
    ),
    ClauseCase(
        text="脱岗一次扣当月绩效3分；未交班扣当月绩效2分",
        pattern="whose points",
        rules=(
            Deduction(Cases("脱岗"), points=3),
            Deduction(Once(Flag("未交班")), points=2),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="未交班扣除相应的质控分2分",
        pattern="whose points",
        rules=(Deduction(Once(Flag("未交班")), points=2),),
        assumed=True,
    ),
    ClauseCase(
        text="每投诉一起，扣科室当季医德医风考评分值5分",
        pattern="whose points",
        rules=(Deduction(Cases("投诉"), points=5),),
        assumed=True,
    ),
    ClauseCase(
        text="健康教育（10分）：完成橱窗更新（4分），完成讲座任务（6分）",
        pattern="sums",
        parts=(
            _part(1, 4, "橱窗更新", _fact("完成橱窗更新", 4)),
            _part(2, 6, "讲座任务", _fact("完成讲座任务", 6)),
        ),
        states=10,
    ),
    ClauseCase(
        text="信息管理（18分）：录入率达到98%（10分），反馈率达到95%以上（8分），每低1%扣0.5分",
        pattern="sums",
        parts=(
            _part(1, 10, "录入率达到98%", _below("录入率", 98, "0.5")),
            _part(2, 8, "反馈率达到95%以上", _below("反馈率", 95, "0.5")),
        ),
        states=18,
        assumed=True,
    ),
    ClauseCase(
        text="健康教育10分：讲座4次得4分，每少1次扣1分；橱窗2块得6分，少1块扣3分",
        pattern="sums",
        parts=(
            _part(1, 4, "讲座", Deduction(Lacking("讲座", required=4), points=1)),
            _part(2, 6, "橱窗", Deduction(Lacking("橱窗", required=2), points=3)),
        ),
        states=10,
    ),
    ClauseCase(
        text="讲座4次得4分，少1次扣1分；合格率达95%得6分，每低1%扣1分；伪造记录的本项不得分",
        pattern="lines",
        points=10,
        rules=(Forfeit(Flag("伪造记录")),),
        parts=(
            _part(1, 4, "讲座", Deduction(Lacking("讲座", required=4), points=1)),
            _part(2, 6, "合格率", _below("合格率", 95, "1")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="办结率达90%得5分，每发现一例错报扣1分；回访率达80%得5分，每低1%扣0.5分",
        pattern="lines",
        points=10,
        parts=(
            _part(
                1,
                5,
                "办结率",
                Bands("办结率", "earn", (Band(5, low=90),)),
                Deduction(Cases("错报"), points=1),
            ),
            _part(2, 5, "回访率", _below("回访率", 80, "0.5")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="合格率100%得满分，95%以上扣1分，90%以上扣2分，90%以下扣3分",
        pattern="full at first",
        points=5,
        rules=(
            Bands(
                "合格率",
                "lose",
                (Band(1, low=95, high=100), Band(2, low=90, high=100), Band(3, high=90)),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="感染率≤3%得满分，5%以下扣1分，5%以上扣3分",
        pattern="full at first",
        points=5,
        rules=(
            Bands(
                "感染率",
                "lose",
                (Band(1, low=3, low_in=False, high=5, high_in=True), Band(3, low=5)),
            ),
        ),
    ),
    ClauseCase(
        text="迟交报表一次扣1分（4分）；漏交报表一次扣2分",
        pattern="lines",
        points=6,
        parts=(
            _part(1, 4, "迟交报表", Deduction(Cases("迟交报表"), points=1)),
            _part(2, 2, "漏交报表", Deduction(Cases("漏交报表"), points=2)),
        ),
    ),
    ClauseCase(
        text="每名医师初始分值为12分，迟到一次扣2分",
        pattern="full at first",
        rules=(Deduction(Cases("迟到"), points=2),),
        states=12,
    ),
)
