"""Clause cases set aside before the grammar was written: what is earned and what is added.

Bands by number, count and level, full points, earning on a flag and item by item, proportional
earning, bonuses in all their placements, parts, and points that the text states for the item.
"""

from __future__ import annotations

from fractions import Fraction

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.rules.condition import AllOf, Compare, Flag
from healthduty.rules.points import FULL, Points, Share
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
    LevelBand,
)
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow


def _has(words: str, points: Points | int | str) -> Bands:
    """Earn these points where what the words say is there (有计划得2分)."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _at(points: Points | int | str, low: int, high: int) -> Band:
    """Return the band of whole numbers from `low` to `high`, both counted in."""
    return Band(points, low=low, high=high, high_in=True)


CASES: tuple[ClauseCase, ...] = (
    # bands over a rate, upper first
    ClauseCase(
        text="国家免疫规划疫苗接种率≥95%得5分，90%（含）~95%得3分，低于90%不得分。",
        pattern="bands by number",
        points=5,
        rules=(
            Bands(
                "国家免疫规划疫苗接种率",
                "earn",
                (Band(5, low=95), Band(3, low=90, high=95), Band(0, high=90)),
            ),
        ),
        units=(("国家免疫规划疫苗接种率", "%"),),
    ),
    ClauseCase(
        text=(
            "孕产妇系统管理率９０％以上，得４分；８５％－９０％，得３分；"
            "８０％－８５％，得１分；８０％以下，得０分"
        ),
        pattern="bands by number",
        points=4,
        rules=(
            Bands(
                "孕产妇系统管理率",
                "earn",
                (
                    Band(4, low=90),
                    Band(3, low=85, high=90),
                    Band(1, low=80, high=85),
                    Band(0, high=80),
                ),
            ),
        ),
        units=(("孕产妇系统管理率", "%"),),
    ),
    ClauseCase(
        text=(
            "老年人健康管理率百分之七十以上得五分，百分之六十至百分之七十得三分，"
            "不足百分之六十得零分"
        ),
        pattern="bands by number",
        points=5,
        rules=(
            Bands(
                "老年人健康管理率",
                "earn",
                (Band(5, low=70), Band(3, low=60, high=70), Band(0, high=60)),
            ),
        ),
        units=(("老年人健康管理率", "%"),),
    ),
    ClauseCase(
        text="达标得满分；70%≤率<75%，得2分；率<70%，不得分",
        requirement="65岁及以上老年人中医药健康管理率达到75%",
        pattern="bands by number",
        points=3,
        rules=(
            Bands(
                "65岁及以上老年人中医药健康管理率",
                "earn",
                (Band(FULL, low=75), Band(2, low=70, high=75), Band(0, high=70)),
            ),
        ),
        units=(("65岁及以上老年人中医药健康管理率", "%"),),
    ),
    ClauseCase(
        text="电子健康档案动态使用率：\n≥60%，计3分；\n50%-60%，计2分；\n40%-50%，计1分；\n<40%，计0分。",
        pattern="bands by number",
        points=3,
        rules=(
            Bands(
                "电子健康档案动态使用率",
                "earn",
                (
                    Band(3, low=60),
                    Band(2, low=50, high=60),
                    Band(1, low=40, high=50),
                    Band(0, high=40),
                ),
            ),
        ),
        units=(("电子健康档案动态使用率", "%"),),
    ),
    ClauseCase(
        text="首诊测血压率达95%记2分，不足95%记0分",
        pattern="bands by number",
        rules=(Bands("首诊测血压率", "earn", (Band(2, low=95), Band(0, high=95))),),
        units=(("首诊测血压率", "%"),),
    ),
    ClauseCase(
        text="知晓率低于60%不得分，60%至80%得1分，80%以上得2分。",
        pattern="bands by number",
        points=2,
        rules=(
            Bands("知晓率", "earn", (Band(0, high=60), Band(1, low=60, high=80), Band(2, low=80))),
        ),
        units=(("知晓率", "%"),),
    ),
    ClauseCase(
        text="档案合格率：≥90%/3分，80%~90%/2分，<80%/0分",
        pattern="bands by number",
        points=3,
        rules=(
            Bands(
                "档案合格率",
                "earn",
                (Band(3, low=90), Band(2, low=80, high=90), Band(0, high=80)),
            ),
        ),
        units=(("档案合格率", "%"),),
    ),
    ClauseCase(
        text="产后访视率90%以上得4分，85%-89%得3分，80%-84%得2分，80%以下不得分",
        pattern="bands by number",
        points=4,
        rules=(
            Bands(
                "产后访视率",
                "earn",
                (
                    Band(4, low=90),
                    Band(3, low=85, high=90),
                    Band(2, low=80, high=85),
                    Band(0, high=80),
                ),
            ),
        ),
        units=(("产后访视率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text=("在95%以上的，得满分；在90%以上不足95%的，得该项分值的80%；在90%以下的，不得分。"),
        requirement="严重精神障碍患者规范管理率",
        pattern="bands by number",
        points=5,
        rules=(
            Bands(
                "严重精神障碍患者规范管理率",
                "earn",
                (
                    Band(FULL, low=95),
                    Band(Share(Fraction(4, 5)), low=90, high=95),
                    Band(0, high=90),
                ),
            ),
        ),
        units=(("严重精神障碍患者规范管理率", "%"),),
    ),
    ClauseCase(
        text="完成100%得满分，完成80%以上的得2分，完成60%以上的得1分，其余不得分",
        requirement="病媒生物防制任务完成率",
        pattern="bands by number",
        points=3,
        rules=(
            Bands(
                "病媒生物防制任务完成率",
                "earn",
                (Band(FULL, low=100), Band(2, low=80), Band(1, low=60)),
                otherwise=0,
            ),
        ),
        units=(("病媒生物防制任务完成率", "%"),),
    ),
    # bands over a rate or a quantity where less is better
    ClauseCase(
        text="门诊输液率≤20%得3分，20%＜门诊输液率≤25%得2分，＞25%不得分",
        pattern="bands, less is better",
        points=3,
        rules=(
            Bands(
                "门诊输液率",
                "earn",
                (
                    Band(3, high=20, high_in=True),
                    Band(2, low=20, high=25, low_in=False, high_in=True),
                    Band(0, low=25, low_in=False),
                ),
            ),
        ),
        units=(("门诊输液率", "%"),),
    ),
    ClauseCase(
        text="药占比不超过30%得4分；超过30%但不超过35%得2分；超过35%得0分",
        pattern="bands, less is better",
        points=4,
        rules=(
            Bands(
                "药占比",
                "earn",
                (
                    Band(4, high=30, high_in=True),
                    Band(2, low=30, high=35, low_in=False, high_in=True),
                    Band(0, low=35, low_in=False),
                ),
            ),
        ),
        units=(("药占比", "%"),),
    ),
    ClauseCase(
        text="平均住院日不超过8天得3分，超过8天不超过10天得2分，10天以上（不含10天）不得分",
        pattern="bands, less is better",
        points=3,
        rules=(
            Bands(
                "平均住院日",
                "earn",
                (
                    Band(3, high=8, high_in=True),
                    Band(2, low=8, high=10, low_in=False, high_in=True),
                    Band(0, low=10, low_in=False),
                ),
            ),
        ),
        units=(("平均住院日", "天"),),
    ),
    ClauseCase(
        text="急救反应时间10分钟以内得3分，超过10分钟15分钟以内得1分，超过15分钟不得分",
        pattern="bands, less is better",
        points=3,
        rules=(
            Bands(
                "急救反应时间",
                "earn",
                (
                    Band(3, high=10, high_in=True),
                    Band(1, low=10, high=15, low_in=False, high_in=True),
                    Band(0, low=15, low_in=False),
                ),
            ),
        ),
        units=(("急救反应时间", "分钟"),),
    ),
    ClauseCase(
        text=("孕产妇死亡率≤12/10万得4分，大于12/10万且不超过18/10万得2分，高于18/10万不得分"),
        pattern="bands, less is better",
        points=4,
        rules=(
            Bands(
                "孕产妇死亡率",
                "earn",
                (
                    Band(4, high=12, high_in=True),
                    Band(2, low=12, high=18, low_in=False, high_in=True),
                    Band(0, low=18, low_in=False),
                ),
            ),
        ),
        units=(("孕产妇死亡率", "1/10万"),),
    ),
    ClauseCase(
        text="5岁以下儿童死亡率控制在6‰以内的得3分，超过6‰的不得分",
        pattern="bands, less is better",
        points=3,
        rules=(
            Bands(
                "5岁以下儿童死亡率",
                "earn",
                (Band(3, high=6, high_in=True), Band(0, low=6, low_in=False)),
            ),
        ),
        units=(("5岁以下儿童死亡率", "‰"),),
    ),
    # bands over a count, an amount, or the points of another survey
    ClauseCase(
        text="第三方测评满意度得分95分（含）以上的得3分，85～95分的得2分，85分以下的不得分",
        pattern="bands by count",
        points=3,
        rules=(
            Bands(
                "第三方测评满意度得分",
                "earn",
                (Band(3, low=95), Band(2, low=85, high=95), Band(0, high=85)),
            ),
        ),
        units=(("第三方测评满意度得分", "分"),),
    ),
    ClauseCase(
        text="全年举办健康知识讲座12场及以上得5分，9-11场得3分，6-8场得1分，6场以下不得分",
        pattern="bands by count",
        points=5,
        rules=(
            Bands(
                "健康知识讲座",
                "earn",
                (Band(5, low=12), _at(3, 9, 11), _at(1, 6, 8), Band(0, high=6)),
            ),
        ),
        units=(("健康知识讲座", "场"),),
    ),
    ClauseCase(
        text="组织院感知识培训，四次得4分，三次得3分，两次得2分，一次得1分",
        pattern="bands by count",
        points=4,
        rules=(
            Bands(
                "院感知识培训",
                "earn",
                (Band(4, low=4), _at(3, 3, 3), _at(2, 2, 2), _at(1, 1, 1)),
            ),
        ),
        units=(("院感知识培训", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="家庭医生团队≥3个得2分；2个得1分；1个及以下得0分",
        pattern="bands by count",
        points=2,
        rules=(
            Bands(
                "家庭医生团队",
                "earn",
                (Band(2, low=3), _at(1, 2, 2), Band(0, high=1, high_in=True)),
            ),
        ),
        units=(("家庭医生团队", "个"),),
    ),
    ClauseCase(
        text="中医类别医师2名以上得3分，仅1名得1分，0名得0分",
        pattern="bands by count",
        points=3,
        rules=(Bands("中医类别医师", "earn", (Band(3, low=2), _at(1, 1, 1), _at(0, 0, 0))),),
        units=(("中医类别医师", "名"),),
    ),
    ClauseCase(
        text="专项资金到位额50万元以上得4分，30万元至50万元得2分，30万元以下得0分",
        pattern="bands by count",
        points=4,
        rules=(
            Bands(
                "专项资金到位额",
                "earn",
                (Band(4, low=50), Band(2, low=30, high=50), Band(0, high=30)),
            ),
        ),
        units=(("专项资金到位额", "万元"),),
    ),
    # bands by level
    ClauseCase(
        text="群众评价：优秀5分，良好4分，一般2分，较差0分",
        pattern="bands by level",
        points=5,
        rules=(
            Bands(
                "群众评价",
                "earn",
                (
                    LevelBand("优秀", 5),
                    LevelBand("良好", 4),
                    LevelBand("一般", 2),
                    LevelBand("较差", 0),
                ),
            ),
        ),
    ),
    ClauseCase(
        text="优的得3分、良的得2分、中的得1分、差的不得分",
        pattern="bands by level",
        points=3,
        rules=(
            Bands(
                "等次",
                "earn",
                (
                    LevelBand("优", 3),
                    LevelBand("良", 2),
                    LevelBand("中", 1),
                    LevelBand("差", 0),
                ),
            ),
        ),
    ),
    ClauseCase(
        text="病历书写质量评为甲级得3分，乙级得1分，丙级不得分",
        pattern="bands by level",
        points=3,
        rules=(
            Bands(
                "病历书写质量",
                "earn",
                (LevelBand("甲级", 3), LevelBand("乙级", 1), LevelBand("丙级", 0)),
            ),
        ),
    ),
    ClauseCase(
        text="档案管理规范得3分，基本规范得2分，不规范不得分",
        pattern="bands by level",
        points=3,
        rules=(
            Bands(
                "档案管理",
                "earn",
                (LevelBand("规范", 3), LevelBand("基本规范", 2), LevelBand("不规范", 0)),
            ),
        ),
    ),
    ClauseCase(
        text="考核结果为优秀、良好的得5分，合格的得3分，不合格的得0分",
        pattern="bands by level",
        points=5,
        rules=(
            Bands(
                "考核结果",
                "earn",
                (
                    LevelBand(("优秀", "良好"), 5),
                    LevelBand("合格", 3),
                    LevelBand("不合格", 0),
                ),
            ),
        ),
    ),
    ClauseCase(
        text="A档6分、B档4分、C档2分、D档0分",
        requirement="财务绩效评价等次",
        pattern="bands by level",
        points=6,
        rules=(
            Bands(
                "财务绩效评价等次",
                "earn",
                (
                    LevelBand("A档", 6),
                    LevelBand("B档", 4),
                    LevelBand("C档", 2),
                    LevelBand("D档", 0),
                ),
            ),
        ),
    ),
    ClauseCase(
        text="年度计划全部完成得满分，部分完成得一半分，未完成不得分",
        pattern="bands by level",
        points=4,
        rules=(
            Bands(
                "年度计划",
                "earn",
                (
                    LevelBand("全部完成", FULL),
                    LevelBand("部分完成", Share(Fraction(1, 2))),
                    LevelBand("未完成", 0),
                ),
            ),
        ),
    ),
    # full points
    ClauseCase(
        text="达到要求得满分",
        requirement="急诊室布局合理，标识清晰",
        pattern="full points",
        points=2,
        rules=(_has("达到要求", FULL),),
    ),
    ClauseCase(
        text="重点人群签约率达到60%得满分，每低1个百分点扣0.3分，低于40%不得分",
        pattern="full points",
        points=6,
        rules=(
            Deduction(StepsBelow("重点人群签约率", target=60, step=1), points="0.3"),
            Forfeit(Compare("重点人群签约率", "<", 40)),
        ),
        units=(("重点人群签约率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="按时上报得满分，未按时上报的不得分",
        requirement="每月5日前报送卫生统计报表",
        pattern="full points",
        points=2,
        rules=(Forfeit(Flag("未按时上报")),),
    ),
    ClauseCase(
        text="达标得满分，不达标不得分",
        requirement="病床使用率≥75%",
        pattern="full points",
        points=3,
        rules=(Bands("病床使用率", "earn", (Band(FULL, low=75), Band(0, high=75))),),
        units=(("病床使用率", "%"),),
    ),
    ClauseCase(
        text="分级诊疗上转患者随访率达到95%的得满分，否则不得分。",
        pattern="full points",
        points=3,
        rules=(Bands("分级诊疗上转患者随访率", "earn", (Band(FULL, low=95),), otherwise=0),),
        units=(("分级诊疗上转患者随访率", "%"),),
    ),
    ClauseCase(
        text="冷链温度记录完整的得满分，记录每缺1天扣0.2分",
        pattern="full points",
        points=2,
        rules=(Deduction(Cases("记录缺少"), points="0.2"),),
    ),
    # earning on a flag, item by item
    ClauseCase(text="成立领导小组得1分", pattern="flag", rules=(_has("成立领导小组", 1),)),
    ClauseCase(
        text="有专职人员负责的得1分；有独立办公场所者得1.5分",
        pattern="item by item",
        rules=(_has("有专职人员负责", 1), _has("有独立办公场所", "1.5")),
    ),
    ClauseCase(
        text="有年度培训计划、有课件、有签到、有考核试卷各得0.5分",
        pattern="item by item",
        points=2,
        rules=(
            _has("有年度培训计划", "0.5"),
            _has("有课件", "0.5"),
            _has("有签到", "0.5"),
            _has("有考核试卷", "0.5"),
        ),
    ),
    ClauseCase(
        text="①有年度工作方案得1分；②有半年小结及全年总结得1分；③资料归档齐全得2分。",
        pattern="item by item",
        points=4,
        rules=(
            _has("有年度工作方案", 1),
            _has("有半年小结及全年总结", 1),
            _has("资料归档齐全", 2),
        ),
    ),
    ClauseCase(
        text="1. 主要负责人亲自分管得 1 分\n2. 责任到人得 1 分\n3. 层层签订责任书得 2 分",
        pattern="item by item",
        points=4,
        rules=(_has("主要负责人亲自分管", 1), _has("责任到人", 1), _has("层层签订责任书", 2)),
    ),
    ClauseCase(
        text="急救药品齐备且设备完好，得3分",
        pattern="flag",
        points=3,
        rules=(
            Bands(
                "急救药品齐备",
                "earn",
                (CaseBand(AllOf((Flag("急救药品齐备"), Flag("设备完好"))), 3),),
            ),
        ),
    ),
    ClauseCase(
        text="取得《母婴保健技术服务执业许可证》的得2分（2023年以后取得的同样有效）",
        pattern="flag",
        points=2,
        rules=(_has("取得《母婴保健技术服务执业许可证》", 2),),
    ),
    ClauseCase(
        text="按《疫苗管理法》第45条实施接种前告知的得2分（卫发〔2023〕15号）",
        pattern="flag",
        points=2,
        rules=(_has("按《疫苗管理法》第45条实施接种前告知", 2),),
    ),
    ClauseCase(
        text="建立應急物資儲備庫得二分，定期輪換得一分",
        pattern="item by item",
        points=3,
        rules=(_has("建立應急物資儲備庫", 2), _has("定期輪換", 1)),
    ),
    ClauseCase(
        text="有健康教育宣传橱窗旳得1 分",
        pattern="flag",
        rules=(_has("有健康教育宣传橱窗", 1),),
    ),
    ClauseCase(
        text="6月30日前报送半年总结得1分，12月20日前报送年度总结得1分",
        pattern="item by item",
        points=2,
        rules=(_has("6月30日前报送半年总结", 1), _has("12月20日前报送年度总结", 1)),
    ),
    ClauseCase(
        text="医务人员不良执业行为积分管理落实到位，得2分",
        pattern="flag",
        rules=(_has("医务人员不良执业行为积分管理落实到位", 2),),
    ),
    # earning for each of a count
    ClauseCase(
        text="每开展1次义诊得0.5分，最高得2分",
        pattern="earning per case",
        points=2,
        rules=(Curve("义诊", "earn", (Knot(0, 0), Knot(4, 2))),),
        units=(("义诊", "次"),),
    ),
    ClauseCase(
        text="政务信息被采用，每篇得0.2分，得满3分为止",
        pattern="earning per case",
        points=3,
        rules=(Curve("政务信息被采用", "earn", (Knot(0, 0), Knot(15, 3))),),
        units=(("政务信息被采用", "篇"),),
    ),
    # proportional earning
    ClauseCase(
        text="按完成比例得分",
        requirement="适龄妇女宫颈癌筛查1200人",
        pattern="proportional",
        points=5,
        rules=(Curve("适龄妇女宫颈癌筛查", "earn", (Knot(0, 0), Knot(1200, FULL))),),
        units=(("适龄妇女宫颈癌筛查", "人"),),
    ),
    ClauseCase(
        text="得分＝任务完成率×6分",
        pattern="proportional",
        points=6,
        rules=(Curve("任务完成率", "earn", (Knot(0, 0), Knot(100, 6))),),
        units=(("任务完成率", "%"),),
    ),
    ClauseCase(
        text="得分=实际规范管理率÷目标值×本项分值",
        requirement="高血压患者规范管理率达到70%",
        pattern="proportional",
        points=8,
        rules=(Curve("高血压患者规范管理率", "earn", (Knot(0, 0), Knot(70, FULL))),),
        units=(("高血压患者规范管理率", "%"),),
    ),
    ClauseCase(
        text="达到目标值得满分，未达到目标值的按照实际值/目标值×分值计分",
        requirement="2型糖尿病患者基层规范管理服务率≥62%",
        pattern="proportional",
        points=4,
        rules=(Curve("2型糖尿病患者基层规范管理服务率", "earn", (Knot(0, 0), Knot(62, FULL))),),
        units=(("2型糖尿病患者基层规范管理服务率", "%"),),
    ),
    ClauseCase(
        text="0-6岁儿童健康管理率≥90%得满分，60%～90%按比例得分，低于60%不得分",
        pattern="proportional",
        points=5,
        rules=(
            Curve("0-6岁儿童健康管理率", "earn", (Knot(0, 0), Knot(90, FULL))),
            Forfeit(Compare("0-6岁儿童健康管理率", "<", 60)),
        ),
        units=(("0-6岁儿童健康管理率", "%"),),
    ),
    ClauseCase(
        text="住院分娩率达到99%得满分，95%以下不得分，其间按线性插值计分",
        pattern="proportional",
        points=4,
        rules=(Curve("住院分娩率", "earn", (Knot(95, 0), Knot(99, FULL))),),
        units=(("住院分娩率", "%"),),
    ),
    ClauseCase(
        text="按电子处方流转率乘以3分计算得分",
        pattern="proportional",
        points=3,
        rules=(Curve("电子处方流转率", "earn", (Knot(0, 0), Knot(100, 3))),),
        units=(("电子处方流转率", "%"),),
    ),
    ClauseCase(
        text="完成率达到60%得3分，每提高10个百分点增加1分，加至满分为止",
        requirement="国家监督抽查任务",
        pattern="earning in steps",
        points=7,
        rules=(
            Bands("完成率", "earn", (Band(3, low=60),)),
            Bonus(StepsAbove("完成率", target=60, step=10), points=1, where="inside"),
        ),
        units=(("完成率", "%"),),
        assumed=True,
    ),
    # bonuses, once and for each case
    ClauseCase(
        text="工作经验在省级以上会议交流发言的加1分",
        pattern="bonus once",
        rules=(Bonus(Once(Flag("工作经验在省级以上会议交流发言")), points=1),),
    ),
    ClauseCase(
        text="创建成为国家级推荐标准乡镇卫生院，另加2分。",
        pattern="bonus once",
        rules=(Bonus(Once(Flag("创建成为国家级推荐标准乡镇卫生院")), points=2),),
    ),
    ClauseCase(
        text="获国家级、省级、市级表彰的，分别加3分、2分、1分",
        pattern="bonus once",
        rules=(
            Bonus(Once(Flag("获国家级表彰")), points=3),
            Bonus(Once(Flag("获省级表彰")), points=2),
            Bonus(Once(Flag("获市级表彰")), points=1),
        ),
    ),
    ClauseCase(
        text="论文在核心期刊发表的，每篇加0.5分，最高不超过2分",
        pattern="bonus per case",
        rules=(Bonus(Cases("论文在核心期刊发表"), points="0.5", cap=2),),
    ),
    ClauseCase(
        text="心搏骤停患者救治成功者，每例奖励半分，奖满五分为止",
        pattern="bonus per case",
        rules=(Bonus(Cases("心搏骤停患者救治成功"), points="0.5", cap=5),),
    ),
    ClauseCase(
        text="中医药特色做法被市级以上媒体报道一次奖0.3分（上限1.5分）",
        pattern="bonus per case",
        rules=(Bonus(Cases("中医药特色做法被市级以上媒体报道"), points="0.3", cap="1.5"),),
    ),
    # bonuses per step
    ClauseCase(
        text="每高出1个百分点奖励0.2分，封顶1分",
        requirement="家庭医生签约率40%",
        pattern="bonus per step",
        rules=(Bonus(StepsAbove("家庭医生签约率", target=40, step=1), points="0.2", cap=1),),
        units=(("家庭医生签约率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="每超5%加0.5分",
        requirement="无偿献血任务完成率达到100%",
        pattern="bonus per step",
        rules=(Bonus(StepsAbove("无偿献血任务完成率", target=100, step=5), points="0.5"),),
        units=(("无偿献血任务完成率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="每多服务10人次加0.1分，加满1分为止",
        requirement="中医适宜技术服务不少于500人次",
        pattern="bonus per step",
        rules=(Bonus(StepsAbove("中医适宜技术服务", target=500, step=10), points="0.1", cap=1),),
        units=(("中医适宜技术服务", "人次"),),
        assumed=True,
    ),
    ClauseCase(
        text="患者满意度达90%得满分，每低1%扣0.2分，每高1%加0.1分，最多加0.5分",
        pattern="bonus per step",
        points=3,
        rules=(
            Deduction(StepsBelow("患者满意度", target=90, step=1), points="0.2"),
            Bonus(StepsAbove("患者满意度", target=90, step=1), points="0.1", cap="0.5"),
        ),
        units=(("患者满意度", "%"),),
        assumed=True,
    ),
    # bonuses by rank
    ClauseCase(
        text="全县基本公卫考核排名第一的加3分，第二的加2分，第三的加1分",
        pattern="bonus by rank",
        rules=(Bands("全县基本公卫考核排名", "add", (_at(3, 1, 1), _at(2, 2, 2), _at(1, 3, 3))),),
    ),
    ClauseCase(
        text="年终考核名次第1名加2分，第2至4名加1分",
        pattern="bonus by rank",
        rules=(Bands("年终考核名次", "add", (_at(2, 1, 1), _at(1, 2, 4))),),
    ),
    ClauseCase(
        text="前五名的各加0.5分",
        pattern="bonus by rank",
        rules=(Bands("排名", "add", (_at("0.5", 1, 5),)),),
    ),
    # where the added points count, and which of them
    ClauseCase(
        text="开展延时服务的，在本项分值内加1分",
        pattern="bonus inside",
        points=4,
        rules=(Bonus(Once(Flag("开展延时服务")), points=1, where="inside"),),
    ),
    ClauseCase(
        text="承接互联网诊疗试点的加1分，加分后本项得分不得超过该项满分",
        pattern="bonus inside",
        points=4,
        rules=(Bonus(Once(Flag("承接互联网诊疗试点")), points=1, where="inside"),),
    ),
    ClauseCase(
        text="首创经验被省厅发文推广加2分，加分不计入总分、单列公布",
        pattern="bonus apart",
        rules=(Bonus(Once(Flag("首创经验被省厅发文推广")), points=2, where="apart"),),
    ),
    ClauseCase(
        text="加分项：承办省级现场会加2分，承办市级现场会加1分，加分累计不超过3分",
        pattern="bonus group",
        rules=(
            Group(
                (
                    Bonus(Once(Flag("承办省级现场会")), points=2),
                    Bonus(Once(Flag("承办市级现场会")), points=1),
                ),
                cap=3,
            ),
        ),
    ),
    ClauseCase(
        text="获得国家级表彰的加5分，获得省级表彰的加3分；同一事项就高加分，不重复计算。",
        pattern="bonus group",
        rules=(
            Bonus(Cases("获得国家级表彰"), points=5),
            Bonus(Cases("获得省级表彰"), points=3),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="受市政府通报表扬加2分、受县政府通报表扬加1分（取最高分，不累加）",
        pattern="bonus group",
        rules=(
            Group(
                (
                    Bonus(Once(Flag("受市政府通报表扬")), points=2),
                    Bonus(Once(Flag("受县政府通报表扬")), points=1),
                ),
                pick="best",
            ),
        ),
    ),
    # parts
    ClauseCase(
        text="组织管理10分，其中制度建设4分，人员配备3分，经费保障3分",
        pattern="parts",
        states=10,
        parts=(
            Part("1", "制度建设", points=4),
            Part("2", "人员配备", points=3),
            Part("3", "经费保障", points=3),
        ),
    ),
    ClauseCase(
        text="本项共6分，其中：机构设置2.5分、人员配备2分、设备配置1.5分。",
        pattern="parts",
        states=6,
        parts=(
            Part("1", "机构设置", points="2.5"),
            Part("2", "人员配备", points=2),
            Part("3", "设备配置", points="1.5"),
        ),
    ),
    ClauseCase(
        text="机构、人员、场地各占1分",
        pattern="parts",
        points=3,
        parts=(
            Part("1", "机构", points=1),
            Part("2", "人员", points=1),
            Part("3", "场地", points=1),
        ),
    ),
    ClauseCase(
        text="（一）登记管理（2分）；（二）随访管理（3分）",
        pattern="parts",
        points=5,
        parts=(Part("1", "登记管理", points=2), Part("2", "随访管理", points=3)),
    ),
    ClauseCase(
        text="其中制度2分，每缺一项扣0.5分；台账3分，未建立台账不得分",
        pattern="parts",
        points=5,
        parts=(
            Part(
                "1",
                "制度",
                points=2,
                rules=(Deduction(Cases("制度缺少"), points="0.5"),),
            ),
            Part("2", "台账", points=3, rules=(Forfeit(Flag("未建立台账")),)),
        ),
    ),
    # points that the text states for the item
    ClauseCase(
        text="【5分】传染病疫情报告率达到100%，每迟报1例扣1分",
        pattern="stated points",
        states=5,
        rules=(Deduction(Cases("迟报"), points=1),),
        targets=(Target("传染病疫情报告率", ">=", 100),),
        units=(("传染病疫情报告率", "%"),),
    ),
    ClauseCase(
        text="健康扶贫政策宣传（共10分）：未开展宣传的不得分",
        pattern="stated points",
        states=10,
        rules=(Forfeit(Flag("未开展宣传")),),
    ),
    ClauseCase(
        text="分值：4。未落实分级诊疗制度扣2分",
        pattern="stated points",
        states=4,
        rules=(Deduction(Once(Flag("未落实分级诊疗制度")), points=2),),
    ),
    ClauseCase(
        text="加强成分输血管理，积极参加无偿献血活动。[ 3 分 ]",
        pattern="stated points",
        states=3,
    ),
    ClauseCase(
        text="结核病患者系统管理（满分８分）",
        pattern="stated points",
        states=8,
    ),
)
