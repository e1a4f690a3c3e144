"""A third set of fresh clauses: the health sector and its neighbours, as public tables word them.

Wards, infection control, insurance funds, canteens, fire safety, logistics, disease control and
inspection. They were written after the grammar, by one who had not seen it, from the contract
alone and from constructions that the earlier sets do not hold; they measure the first try.
"""

from __future__ import annotations

from fractions import Fraction

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import BarHonours, ForceGrade, Veto, VetoEffect
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.points import FULL, Points
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
    Times,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind


def _off(words: str) -> Forfeit:
    """Lose all points where the words hold."""
    return Forfeit(Flag(words))


def _any(*words: str) -> AnyOf:
    """Hold where any of the words does."""
    return AnyOf(tuple(Flag(word) for word in words))


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


def _lacking(measure: str, required: int, points: int | str, step: int = 1) -> Deduction:
    """Lose these points for each step of what is lacking of a required number."""
    return Deduction(Lacking(measure, required=required, step=step), points=points)


def _add(words: str, points: int | str) -> Bonus:
    """Add these points once where the words hold."""
    return Bonus(Once(Flag(words)), points=points)


def _has(words: str, points: Points | int | str) -> Bands:
    """Earn these points where what the words say is there."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _at(points: Points | int | str, low: int, high: int) -> Band:
    """Return the band of whole numbers from `low` to `high`, both counted in."""
    return Band(points, low=low, high=high, high_in=True)


def _veto(event: str, effect: VetoEffect) -> Veto:
    """Return the veto of an event, named by its words."""
    return Veto(event, event, when=Flag(event), effects=effect)


CASES: tuple[ClauseCase, ...] = (
    # forfeits on a flag
    ClauseCase(
        text="科室未成立质控小组的，本条不得分。",
        pattern="forfeit",
        points=2,
        rules=(_off("科室未成立质控小组"),),
    ),
    ClauseCase(
        text="医疗废物暂存处无“三防”设施者，本项零分。",
        pattern="forfeit",
        points=3,
        rules=(_off("医疗废物暂存处无“三防”设施"),),
    ),
    ClauseCase(
        text="未取得放射诊疗许可即开展CT检查的，全项不得分",
        pattern="forfeit",
        rules=(_off("未取得放射诊疗许可即开展CT检查"),),
    ),
    ClauseCase(
        text="病案首页编码弄虚作假，直接判0分",
        pattern="forfeit",
        points=5,
        rules=(_off("病案首页编码弄虚作假"),),
    ),
    ClauseCase(
        text="不得分：未设冷链应急电源；扣1分：应急电源未定期试运行。",
        pattern="forfeit, consequence first",
        points=4,
        rules=(_off("未设冷链应急电源"), _once("应急电源未定期试运行", 1)),
    ),
    ClauseCase(
        text="因监管不力被国家飞行检查通报的，该指标不得分",
        pattern="forfeit",
        rules=(_off("因监管不力被国家飞行检查通报"),),
    ),
    ClauseCase(
        text="消防控制室无人值守的，此项不予赋分；值班人员无证上岗的，每人扣1分",
        pattern="forfeit",
        points=5,
        rules=(_off("消防控制室无人值守"), _each("值班人员无证上岗", 1)),
    ),
    ClauseCase(
        text="非卫生技术人员独立执业，发现一例即不得分",
        pattern="forfeit",
        rules=(_off("非卫生技术人员独立执业"),),
    ),
    ClauseCase(
        text="工会经费未独立核算，不得分；\n账目一年未公布一次，不得分",
        pattern="forfeit",
        points=2,
        rules=(_off("工会经费未独立核算"), _off("账目一年未公布一次")),
    ),
    ClauseCase(
        text="未與定點醫院簽訂服務協議者，本項不得分",
        pattern="forfeit",
        rules=(_off("未與定點醫院簽訂服務協議"),),
    ),
    ClauseCase(
        text="供应商送货无检疫合格证明仍验收入库的，该条目记0分；索证票据未按月装订的扣0.5分",
        pattern="forfeit",
        points=3,
        rules=(
            _off("供应商送货无检疫合格证明仍验收入库"),
            _once("索证票据未按月装订", "0.5"),
        ),
    ),
    ClauseCase(
        text="瞒报、谎报职业病病例的，本项分值全扣",
        pattern="forfeit",
        points=4,
        rules=(_off("瞒报、谎报职业病病例"),),
    ),
    ClauseCase(
        text="科主任未签字确认的视为未开展，不得分",
        requirement="每月开展科室成本分析",
        pattern="forfeit",
        points=2,
        rules=(_off("科主任未签字确认"),),
    ),
    # forfeits on several conditions, a count or a number
    ClauseCase(
        text="无会计档案交接清单、无监交人签字的，不得分",
        pattern="forfeit, several",
        rules=(Forfeit(_any("无会计档案交接清单", "无监交人签字")),),
    ),
    ClauseCase(
        text="有下列情形之一的不得分：①出租科室；②雇用医托。",
        pattern="forfeit, several",
        points=5,
        rules=(Forfeit(_any("出租科室", "雇用医托")),),
    ),
    ClauseCase(
        text="死因监测报告率＜90%或死因编码准确率＜85%的，不得分",
        pattern="forfeit, several",
        rules=(
            Forfeit(
                AnyOf((Compare("死因监测报告率", "<", 90), Compare("死因编码准确率", "<", 85)))
            ),
        ),
    ),
    ClauseCase(
        text="账实相符率达不到100%的，此项无分",
        pattern="forfeit below",
        rules=(Forfeit(Compare("账实相符率", "<", 100)),),
        units=(("账实相符率", "%"),),
    ),
    ClauseCase(
        text="门诊日志漏登率＞10%，不得分。",
        pattern="forfeit above",
        rules=(Forfeit(Compare("门诊日志漏登率", ">", 10)),),
        units=(("门诊日志漏登率", "%"),),
    ),
    ClauseCase(
        text="档案抽查10份，1份不合格扣0.5分，5份以上不合格不得分",
        pattern="forfeit by count",
        points=4,
        rules=(_each("档案不合格", "0.5"), Forfeit(Compare("档案不合格", ">=", 5))),
    ),
    ClauseCase(
        text="每少一次扣2分，全年一次都没有开展的不得分",
        requirement="反恐防暴演练每半年1次",
        pattern="forfeit and lacking",
        points=5,
        rules=(_lacking("反恐防暴演练", 2, 2), _off("全年一次都没有开展")),
        units=(("反恐防暴演练", "次"),),
        assumed=True,
    ),
    # bands by number
    ClauseCase(
        text="电子病历归档率（3分）：≥98%，3分；95%～98%（不含），2分；90%～95%（不含），1分；＜90%，0分",
        pattern="bands by number",
        states=3,
        rules=(
            Bands(
                "电子病历归档率",
                "earn",
                (
                    Band(3, low=98),
                    Band(2, low=95, high=98),
                    Band(1, low=90, high=95),
                    Band(0, high=90),
                ),
            ),
        ),
        units=(("电子病历归档率", "%"),),
    ),
    ClauseCase(
        text="医保拒付率：0.5‰（含）以内得4分；0.5‰至1‰（含）得2分；超过1‰得0分",
        pattern="bands, less is better",
        points=4,
        rules=(
            Bands(
                "医保拒付率",
                "earn",
                (
                    Band(4, high="0.5", high_in=True),
                    Band(2, low="0.5", high=1, low_in=False, high_in=True),
                    Band(0, low=1, low_in=False),
                ),
            ),
        ),
        units=(("医保拒付率", "‰"),),
    ),
    ClauseCase(
        text="按期办结率达到98%（含98%）以上赋3分，达到90%（含90%）以上、不足98%赋1.5分，不足90%赋0分",
        pattern="bands by number",
        points=3,
        rules=(
            Bands(
                "按期办结率",
                "earn",
                (Band(3, low=98), Band("1.5", low=90, high=98), Band(0, high=90)),
            ),
        ),
        units=(("按期办结率", "%"),),
    ),
    ClauseCase(
        text="每千服务人口注册护士数≥3.5人得4分；3.0-3.4人得2分；2.0-2.9人得1分；＜2.0人不得分",
        pattern="bands by number",
        points=4,
        rules=(
            Bands(
                "每千服务人口注册护士数",
                "earn",
                (
                    Band(4, low="3.5"),
                    Band(2, low=3, high="3.5"),
                    Band(1, low=2, high=3),
                    Band(0, high=2),
                ),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="病床周转次数达到36次以上者5分，32次以上者4分，28次以上者3分，不满28次者0分",
        pattern="bands by count",
        points=5,
        rules=(
            Bands(
                "病床周转次数",
                "earn",
                (Band(5, low=36), Band(4, low=32), Band(3, low=28), Band(0, high=28)),
            ),
        ),
        units=(("病床周转次数", "次"),),
    ),
    ClauseCase(
        text="公卫经费结余率不高于5%的得3分；5%—10%的得2分；高于10%的不得分",
        pattern="bands, less is better",
        points=3,
        rules=(
            Bands(
                "公卫经费结余率",
                "earn",
                (
                    Band(3, high=5, high_in=True),
                    Band(2, low=5, high=10, low_in=False, high_in=True),
                    Band(0, low=10, low_in=False),
                ),
            ),
        ),
        units=(("公卫经费结余率", "%"),),
    ),
    ClauseCase(
        text="食堂满意度平均分≥90分计5分，≥80分计3分，≥70分计1分，其余计0分",
        pattern="bands by count",
        points=5,
        rules=(
            Bands(
                "食堂满意度平均分",
                "earn",
                (Band(5, low=90), Band(3, low=80), Band(1, low=70)),
                otherwise=0,
            ),
        ),
        units=(("食堂满意度平均分", "分"),),
    ),
    ClauseCase(
        text="筛查登记400人及以上4分；300-399人3分；200-299人2分；199人及以下不得分",
        pattern="bands by count",
        points=4,
        rules=(
            Bands(
                "筛查登记",
                "earn",
                (
                    Band(4, low=400),
                    _at(3, 300, 399),
                    _at(2, 200, 299),
                    Band(0, high=199, high_in=True),
                ),
            ),
        ),
        units=(("筛查登记", "人"),),
    ),
    ClauseCase(
        text="购烟身份查验率95%以上不扣分，90%以上不足95%扣1分，不足90%扣2分",
        pattern="losing bands",
        points=2,
        rules=(
            Bands(
                "购烟身份查验率",
                "lose",
                (Band(0, low=95), Band(1, low=90, high=95), Band(2, high=90)),
            ),
        ),
        units=(("购烟身份查验率", "%"),),
    ),
    ClauseCase(
        text="手卫生依从率＜60%扣3分，60%-70%扣2分，70%-80%扣1分",
        pattern="losing bands",
        points=3,
        rules=(
            Bands(
                "手卫生依从率",
                "lose",
                (Band(3, high=60), Band(2, low=60, high=70), Band(1, low=70, high=80)),
            ),
        ),
        units=(("手卫生依从率", "%"),),
    ),
    ClauseCase(
        text="公共场所监督覆盖率达100%得3分，达95%得2分，达90%得1分，达不到90%不得分",
        pattern="bands by number",
        points=3,
        rules=(
            Bands(
                "公共场所监督覆盖率",
                "earn",
                (Band(3, low=100), Band(2, low=95), Band(1, low=90), Band(0, high=90)),
            ),
        ),
        units=(("公共场所监督覆盖率", "%"),),
    ),
    ClauseCase(
        text="考评排名第1—3位得5分，第4—8位得3分，第9位及以后得1分",
        pattern="bands by rank",
        points=5,
        rules=(Bands("考评排名", "earn", (_at(5, 1, 3), _at(3, 4, 8), Band(1, low=9))),),
    ),
    ClauseCase(
        text="完成年度目标90%（含）以上得满分，80%（含）～90%得4分，70%（含）～80%得2分，70%以下得0分",
        requirement="适龄女生HPV疫苗接种任务",
        pattern="bands by number",
        points=6,
        rules=(
            Bands(
                "完成年度目标",
                "earn",
                (
                    Band(FULL, low=90),
                    Band(4, low=80, high=90),
                    Band(2, low=70, high=80),
                    Band(0, high=70),
                ),
            ),
        ),
    ),
    # bands by level
    ClauseCase(
        text="专家现场评价分为好、中、差三档，分别得4分、2分、0分",
        pattern="bands by level",
        points=4,
        rules=(
            Bands(
                "专家现场评价",
                "earn",
                (LevelBand("好", 4), LevelBand("中", 2), LevelBand("差", 0)),
            ),
        ),
    ),
    ClauseCase(
        text="信用等级被评为AAA级得3分，AA级得2分，A级得1分",
        pattern="bands by level",
        points=3,
        rules=(
            Bands(
                "信用等级",
                "earn",
                (LevelBand("AAA级", 3), LevelBand("AA级", 2), LevelBand("A级", 1)),
            ),
        ),
    ),
    ClauseCase(
        text="自评结论与实际一致得2分，基本一致得1分，不一致得0分",
        pattern="bands by level",
        points=2,
        rules=(
            Bands(
                "自评结论与实际",
                "earn",
                (LevelBand("一致", 2), LevelBand("基本一致", 1), LevelBand("不一致", 0)),
            ),
        ),
    ),
    ClauseCase(
        text="餐饮量化分级：优秀—3分，良好—2分，一般—1分",
        pattern="bands by level",
        points=3,
        rules=(
            Bands(
                "餐饮量化分级",
                "earn",
                (LevelBand("优秀", 3), LevelBand("良好", 2), LevelBand("一般", 1)),
            ),
        ),
    ),
    # item by item, full points
    ClauseCase(
        text="设立无障碍通道得0.5分，设立母婴室得0.5分，设立老年人优先窗口得1分",
        pattern="item by item",
        points=2,
        rules=(
            _has("设立无障碍通道", "0.5"),
            _has("设立母婴室", "0.5"),
            _has("设立老年人优先窗口", 1),
        ),
    ),
    ClauseCase(
        text="每建成一个健康小屋得0.4分，满分2分",
        pattern="earning per case",
        points=2,
        states=2,
        rules=(Curve("健康小屋", "earn", (Knot(0, 0), Knot(5, 2))),),
        units=(("健康小屋", "个"),),
    ),
    ClauseCase(
        text="全部达标得满分，一项未达标扣0.5分",
        pattern="full points",
        points=5,
        rules=(_each("未达标", "0.5"),),
    ),
    ClauseCase(
        text="按规定使用得满分，发现一笔超范围列支扣2分，扣完为止。",
        requirement="项目资金专款专用",
        pattern="full points",
        points=10,
        rules=(_each("超范围列支", 2),),
    ),
    ClauseCase(
        text="采样点位设置合理，得1分；样品当日送检，得1分；检测结果录入系统，得2分",
        pattern="item by item",
        points=4,
        rules=(
            _has("采样点位设置合理", 1),
            _has("样品当日送检", 1),
            _has("检测结果录入系统", 2),
        ),
    ),
    ClauseCase(
        text="签约服务经费按时拨付到村医的得2分，反之不得分",
        pattern="one or nothing",
        points=2,
        rules=(
            Bands(
                "签约服务经费按时拨付到村医",
                "earn",
                (CaseBand(Flag("签约服务经费按时拨付到村医"), 2),),
                otherwise=0,
            ),
        ),
    ),
    # flags, once
    ClauseCase(
        text="未明确分管院领导，扣1分；未将院感经费纳入预算，扣1分。",
        pattern="flag",
        points=3,
        rules=(_once("未明确分管院领导", 1), _once("未将院感经费纳入预算", 1)),
    ),
    ClauseCase(
        text="职业病危害检测结果未上墙公告，扣去0.5分",
        pattern="flag",
        rules=(_once("职业病危害检测结果未上墙公告", "0.5"),),
    ),
    ClauseCase(
        text="没有设立投诉接待室扣除0.5分；接待记录无处理结果扣除0.2分",
        pattern="flag",
        rules=(_once("没有设立投诉接待室", "0.5"), _once("接待记录无处理结果", "0.2")),
    ),
    ClauseCase(
        text="总务仓库物资无领用签字的，扣0.5分；出入库单与台账不符的，扣1分；",
        pattern="flag",
        points=2,
        rules=(_once("总务仓库物资无领用签字", "0.5"), _once("出入库单与台账不符", 1)),
    ),
    ClauseCase(
        text="核心业务数据未做异地备份，－1分；机房无温湿度记录，－0.5分",
        pattern="flag, minus sign",
        points=3,
        rules=(_once("核心业务数据未做异地备份", 1), _once("机房无温湿度记录", "0.5")),
    ),
    ClauseCase(
        text="医疗机构校验期满未申请校验者，扣二分",
        pattern="flag",
        rules=(_once("医疗机构校验期满未申请校验", 2),),
    ),
    ClauseCase(
        text="无年度控烟计划扣0.5分，无劝阻员扣0.5分，室内有烟蒂扣1.0分",
        pattern="flag",
        points=2,
        rules=(
            _once("无年度控烟计划", "0.5"),
            _once("无劝阻员", "0.5"),
            _once("室内有烟蒂", 1),
        ),
    ),
    ClauseCase(
        text="未组织绩效自评扣0.5分，未公开自评结果扣0.5分，扣满为止",
        pattern="flag",
        points=1,
        rules=(_once("未组织绩效自评", "0.5"), _once("未公开自评结果", "0.5")),
    ),
    ClauseCase(
        text="健康科普作品不足10件的扣1分",
        pattern="flag of a count",
        rules=(Deduction(Once(Compare("健康科普作品", "<", 10)), points=1),),
        units=(("健康科普作品", "件"),),
    ),
    ClauseCase(
        text="培训合格率未达到95%，扣2分；",
        pattern="flag of a rate",
        rules=(Deduction(Once(Compare("培训合格率", "<", 95)), points=2),),
        units=(("培训合格率", "%"),),
    ),
    ClauseCase(
        text="现场提问2名职工，应急流程均不知晓的扣1分",
        pattern="flag",
        points=2,
        rules=(_once("应急流程均不知晓", 1),),
    ),
    ClauseCase(
        text="未配备急救箱或箱内药品过期的扣1分",
        pattern="list, once",
        rules=(Deduction(Once(_any("未配备急救箱", "箱内药品过期")), points=1),),
    ),
    ClauseCase(
        text="制度未修订、未发文、未培训，分别扣0.5分、0.3分、0.2分",
        pattern="list, distributed",
        points=1,
        rules=(_once("制度未修订", "0.5"), _once("未发文", "0.3"), _once("未培训", "0.2")),
    ),
    ClauseCase(
        text="擅自停用污水处理设施扣5分，并移交执法部门处理。",
        pattern="flag",
        points=8,
        rules=(_once("擅自停用污水处理设施", 5),),
    ),
    ClauseCase(
        text="未设置無障礙廁所者，扣１分；標識不清者，扣０．２分",
        pattern="flag",
        rules=(_once("未设置無障礙廁所", 1), _once("標識不清", "0.2")),
    ),
    ClauseCase(
        text="内部审计报告未在3月31日前提交的扣1分，审计发现问题未整改到位的扣2分",
        pattern="flag",
        points=3,
        rules=(
            _once("内部审计报告未在3月31日前提交", 1),
            _once("审计发现问题未整改到位", 2),
        ),
    ),
    ClauseCase(
        text="无心理辅导室、无专（兼）职心理教师，每缺一项扣1分",
        pattern="missing without a number",
        points=2,
        rules=(_each("无心理辅导室、无专（兼）职心理教师", 1),),
    ),
    # what is lacking
    ClauseCase(
        text="急救设备应配8台，缺一台扣0.5分",
        pattern="lacking",
        points=4,
        rules=(_lacking("急救设备", 8, "0.5"),),
        units=(("急救设备", "台"),),
    ),
    ClauseCase(
        text="少开一次扣0.5分，无会议纪要每次扣0.2分",
        requirement="院务会每月至少召开2次",
        pattern="lacking, required elsewhere",
        points=3,
        rules=(_lacking("院务会", 24, "0.5"), _each("无会议纪要", "0.2")),
        units=(("院务会", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="疫情分析报告全年52期，每少2期扣0.5分",
        pattern="lacking",
        rules=(_lacking("疫情分析报告", 52, "0.5", step=2),),
        units=(("疫情分析报告", "期"),),
    ),
    ClauseCase(
        text="储备清单所列物资每少一种扣0.1分",
        pattern="missing without a number",
        rules=(_each("储备清单所列物资缺少", "0.1"),),
    ),
    ClauseCase(
        text="健康教育处方不少于12种，少一种扣0.1分；音像资料不少于6种，少一种扣0.2分。",
        pattern="lacking",
        points=2,
        rules=(_lacking("健康教育处方", 12, "0.1"), _lacking("音像资料", 6, "0.2")),
        units=(("健康教育处方", "种"), ("音像资料", "种")),
    ),
    ClauseCase(
        text="廉政专题学习一季度一次，每缺一次扣1分",
        pattern="lacking",
        points=4,
        rules=(_lacking("廉政专题学习", 4, 1),),
        units=(("廉政专题学习", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="临床用血评价全年60例，缺5例扣1分",
        pattern="lacking",
        rules=(_lacking("临床用血评价", 60, 1, step=5),),
        units=(("临床用血评价", "例"),),
    ),
    ClauseCase(
        text="低于规定次数的，每少一次扣0.5分",
        requirement="县级专家下沉坐诊不少于24次",
        pattern="lacking, required elsewhere",
        points=3,
        rules=(_lacking("县级专家下沉坐诊", 24, "0.5"),),
        units=(("县级专家下沉坐诊", "次"),),
    ),
    ClauseCase(
        text="三基考核每季度一次，缺考1人次扣0.1分",
        pattern="target beside a rule",
        points=2,
        rules=(_each("缺考", "0.1"),),
        targets=(Target("三基考核", ">=", 4),),
        units=(("三基考核", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="带队督查隐患不少于2次，少一次扣3分",
        pattern="lacking",
        points=6,
        rules=(_lacking("带队督查隐患", 2, 3),),
        units=(("带队督查隐患", "次"),),
    ),
    ClauseCase(
        text="病媒生物监测每月开展一次，漏做一次扣0.5分，监测报告漏报一次扣0.2分",
        pattern="lacking and cases",
        points=4,
        rules=(_lacking("病媒生物监测", 12, "0.5"), _each("监测报告漏报", "0.2")),
        units=(("病媒生物监测", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="公共卫生科应有专职人员4人及以上，每少1人，扣0.5分",
        pattern="lacking",
        points=2,
        rules=(_lacking("公共卫生科专职人员", 4, "0.5"),),
    ),
    # cases
    ClauseCase(
        text="一处物品堆放占用疏散通道扣1分",
        pattern="cases",
        points=5,
        rules=(_each("物品堆放占用疏散通道", 1),),
    ),
    ClauseCase(
        text="灭火器压力不足，一具扣0.5分；灭火器过期，一具扣1分",
        pattern="cases",
        points=5,
        rules=(_each("灭火器压力不足", "0.5"), _each("灭火器过期", 1)),
    ),
    ClauseCase(
        text="有一名护士不能复述查对制度扣0.5分",
        pattern="cases",
        rules=(_each("护士不能复述查对制度", "0.5"),),
    ),
    ClauseCase(
        text="每查实一起骗保线索未移送扣2分，扣完为止",
        pattern="cases",
        points=6,
        rules=(_each("骗保线索未移送", 2),),
    ),
    ClauseCase(
        text="患者跌倒隐瞒不报的，扣2分/例；患者跌倒漏报的，扣1分/例",
        pattern="cases",
        rules=(_each("患者跌倒隐瞒不报", 2), _each("患者跌倒漏报", 1)),
    ),
    ClauseCase(
        text="住院患者腕带缺失1人扣0.5分；腕带信息错误1人扣1分",
        pattern="cases",
        points=3,
        rules=(_each("住院患者腕带缺失", "0.5"), _each("腕带信息错误", 1)),
    ),
    ClauseCase(
        text="直饮水机滤芯超期未换的每台扣0.5分，最多扣1.5分",
        pattern="cases, cap",
        points=3,
        rules=(_each("直饮水机滤芯超期未换", "0.5", cap="1.5"),),
    ),
    ClauseCase(
        text="食品留样标签漏填1次扣0.2分，连续3天未留样不得分",
        pattern="cases",
        points=2,
        rules=(_each("食品留样标签漏填", "0.2"), _off("连续3天未留样")),
    ),
    ClauseCase(
        text="保洁工具未分区使用，发现1件扣0.1分，累计以1分为限",
        pattern="cases, cap",
        points=4,
        rules=(_each("保洁工具未分区使用", "0.1", cap=1),),
    ),
    ClauseCase(
        text="不合理处方每张扣0.1分，扣至1分为止",
        pattern="cases, cap",
        points=3,
        rules=(_each("不合理处方", "0.1", cap=1),),
    ),
    ClauseCase(
        text="每5张处方未经药师审核扣0.5分",
        pattern="cases",
        rules=(Deduction(Cases("处方未经药师审核", step=5), points="0.5"),),
    ),
    ClauseCase(
        text="迟交一天扣0.2分，漏交一次扣0.5分",
        requirement="药品不良反应月报按时报送",
        pattern="cases",
        points=2,
        rules=(_each("迟交", "0.2"), _each("漏交", "0.5")),
    ),
    ClauseCase(
        text="公车私用，每发现一辆次扣1分。",
        pattern="cases",
        rules=(_each("公车私用", 1),),
    ),
    ClauseCase(
        text="未落实门前三包的每单位扣0.5分；乱贴小广告每张扣0.1分",
        pattern="cases",
        points=3,
        rules=(_each("未落实门前三包", "0.5"), _each("乱贴小广告", "0.1")),
    ),
    ClauseCase(
        text="集中空调未按期清洗的，一户扣0.5分",
        pattern="cases",
        rules=(_each("集中空调未按期清洗", "0.5"),),
    ),
    ClauseCase(
        text="每有1例危急值未在30分钟内处置扣1分",
        pattern="cases",
        points=5,
        rules=(_each("危急值未在30分钟内处置", 1),),
    ),
    ClauseCase(
        text="报销单未复核每笔扣0.5分、无附件每笔扣1分",
        pattern="cases",
        rules=(_each("报销单未复核", "0.5"), _each("无附件", 1)),
    ),
    ClauseCase(
        text="保安脱岗、睡岗一次扣0.5分",
        pattern="cases",
        rules=(_each("保安脱岗、睡岗", "0.5"),),
    ),
    ClauseCase(
        text="病区氧气瓶未固定，每瓶扣0.3分",
        pattern="cases",
        rules=(_each("病区氧气瓶未固定", "0.3"),),
    ),
    ClauseCase(
        text="违规收费按例扣分，每例1分",
        pattern="cases",
        points=5,
        rules=(_each("违规收费", 1),),
    ),
    ClauseCase(
        text="扣分：护理文书漏签名0.2分/处，护理文书涂改0.1分/处",
        pattern="cases",
        points=2,
        rules=(_each("护理文书漏签名", "0.2"), _each("护理文书涂改", "0.1")),
    ),
    ClauseCase(
        text="发生一般网络安全事件的每起扣2分，发生较大网络安全事件的每起扣5分",
        pattern="cases",
        points=10,
        rules=(_each("一般网络安全事件", 2), _each("较大网络安全事件", 5)),
    ),
    ClauseCase(
        text="日常巡检发现1处积水未清除扣0.1分；年终检查发现1处积水未清除扣0.3分",
        pattern="cases",
        points=2,
        rules=(_each("日常巡检积水未清除", "0.1"), _each("年终检查积水未清除", "0.3")),
    ),
    ClauseCase(
        text="窗口人员态度生硬被投诉，经查属实的，每人每次扣1分",
        pattern="cases",
        points=5,
        rules=(_each("窗口人员态度生硬被投诉，经查属实", 1),),
    ),
    ClauseCase(
        text="样品运输超温每批扣1分，每年允许1批不扣分",
        pattern="free cases",
        rules=(Deduction(Cases("样品运输超温", free=1), points=1),),
    ),
    # steps
    ClauseCase(
        text="病历归档率要求100%，每差1%扣0.2分，最高扣2分",
        pattern="steps below",
        rules=(Deduction(StepsBelow("病历归档率", target=100, step=1), points="0.2", cap=2),),
        units=(("病历归档率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="设备完好率100%，每降1个百分点扣1分，降至90%以下的不得分",
        pattern="steps and forfeit",
        points=5,
        rules=(
            _short("设备完好率", 100, 1, 1),
            Forfeit(Compare("设备完好率", "<=", 90)),
        ),
        units=(("设备完好率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="平均住院日≤7.5天，每增加0.1天扣0.1分",
        pattern="steps above on an amount",
        points=2,
        rules=(_above("平均住院日", "7.5", "0.1", "0.1"),),
        units=(("平均住院日", "天"),),
        assumed=True,
    ),
    ClauseCase(
        text="门诊次均费用增幅不高于3%，每高0.5个百分点扣0.5分",
        pattern="steps above",
        points=3,
        rules=(_above("门诊次均费用增幅", 3, "0.5", "0.5"),),
        units=(("门诊次均费用增幅", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="产前筛查率85%，每少2%扣0.5分",
        pattern="steps below",
        points=4,
        rules=(_short("产前筛查率", 85, 2, "0.5"),),
        units=(("产前筛查率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="预算支付进度达到95%，每慢1个百分点扣0.1分",
        pattern="steps below",
        points=2,
        rules=(_short("预算支付进度", 95, 1, "0.1"),),
        units=(("预算支付进度", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="水电费不超过80万元，每超出2万元扣0.5分",
        pattern="steps above on an amount",
        rules=(_above("水电费", 80, 2, "0.5"),),
        units=(("水电费", "万元"),),
        assumed=True,
    ),
    ClauseCase(
        text="儿童窝沟封闭率未达到12%的，每相差1个百分点扣0.4分",
        pattern="steps below",
        points=4,
        rules=(_short("儿童窝沟封闭率", 12, 1, "0.4"),),
        units=(("儿童窝沟封闭率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="办结满意率以95%为基准，每低2个百分点扣0.5分，每高1个百分点加0.2分",
        pattern="deduction and bonus",
        points=3,
        rules=(
            _short("办结满意率", 95, 2, "0.5"),
            Bonus(StepsAbove("办结满意率", target=95, step=1), points="0.2"),
        ),
        units=(("办结满意率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="有效投诉不超过5件，超1件扣1分",
        pattern="steps above on a count",
        points=4,
        rules=(_above("有效投诉", 5, 1, 1),),
        units=(("有效投诉", "件"),),
    ),
    ClauseCase(
        text="医疗服务收入增长率不低于8%，每少一个点扣0.5分",
        pattern="steps below",
        points=4,
        rules=(_short("医疗服务收入增长率", 8, 1, "0.5"),),
        units=(("医疗服务收入增长率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="在线结算率：县级医院95%、乡镇卫生院85%，每低5个百分点扣0.5分",
        pattern="steps below, by kind",
        points=2,
        rules=(
            Deduction(
                StepsBelow("在线结算率", target=ByKind({"县级医院": 95, "乡镇卫生院": 85}), step=5),
                points="0.5",
            ),
        ),
        units=(("在线结算率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="死亡信息登记率≥95%，每降1个百分点扣0.3分（不足1个百分点的按1个百分点扣）",
        pattern="started steps",
        points=3,
        rules=(
            Deduction(
                StepsBelow("死亡信息登记率", target=95, step=1, counting="started"), points="0.3"
            ),
        ),
        units=(("死亡信息登记率", "%"),),
    ),
    ClauseCase(
        text="每少完成1%扣0.1分",
        requirement="无偿献血招募600人",
        pattern="steps below on a count",
        points=5,
        rules=(
            Deduction(StepsBelow("无偿献血招募", target=600, step=1, relative=True), points="0.1"),
        ),
        units=(("无偿献血招募", "人"),),
        assumed=True,
    ),
    ClauseCase(
        text="儿童眼保健覆盖率应达____%以上，每少1%扣0.1分",
        pattern="blank",
        rules=(
            Deduction(
                StepsBelow("儿童眼保健覆盖率", target=Blank("儿童眼保健覆盖率"), step=1),
                points="0.1",
            ),
        ),
        units=(("儿童眼保健覆盖率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="随访率、失访追踪率分别不低于90%和70%，每低1个百分点各扣0.2分",
        pattern="distributed",
        points=4,
        rules=(_short("随访率", 90, 1, "0.2"), _short("失访追踪率", 70, 1, "0.2")),
        units=(("随访率", "%"), ("失访追踪率", "%")),
        assumed=True,
    ),
    # proportional
    ClauseCase(
        text="按实际完成数占目标数的比例得分",
        requirement="白内障复明手术120例",
        pattern="proportional",
        points=4,
        rules=(Curve("白内障复明手术", "earn", (Knot(0, 0), Knot(120, FULL))),),
        units=(("白内障复明手术", "例"),),
    ),
    ClauseCase(
        text="得分＝参保率÷98%×5分",
        pattern="proportional",
        points=5,
        rules=(Curve("参保率", "earn", (Knot(0, 0), Knot(98, 5))),),
        units=(("参保率", "%"),),
    ),
    ClauseCase(
        text="未达到的，按所差比例扣分",
        requirement="配套资金到位率100%",
        pattern="proportional",
        points=5,
        rules=(Deduction(StepsBelow("配套资金到位率", target=100), points=FULL),),
        units=(("配套资金到位率", "%"),),
    ),
    # judgements
    ClauseCase(
        text="病室物品摆放杂乱的，由检查组酌情扣0.2～1分",
        pattern="judgement",
        points=3,
        rules=(Judgement("病室物品摆放杂乱", "lose", least="0.2", most=1),),
    ),
    ClauseCase(
        text="台账资料不够完善，视情扣1～2分",
        pattern="judgement",
        points=4,
        rules=(Judgement("台账资料不够完善", "lose", least=1, most=2),),
    ),
    ClauseCase(
        text="控烟宣传氛围不浓厚的酌扣0.5-1分",
        pattern="judgement",
        points=2,
        rules=(Judgement("控烟宣传氛围不浓厚", "lose", least="0.5", most=1),),
    ),
    ClauseCase(
        text="整改不到位的，最低扣0.5分，最高扣2分",
        pattern="judgement",
        points=4,
        rules=(Judgement("整改不到位", "lose", least="0.5", most=2),),
    ),
    ClauseCase(
        text="联防联控配合不力的酌情扣分，但最多不超过1.5分",
        pattern="judgement",
        points=3,
        rules=(Judgement("联防联控配合不力", "lose", most="1.5"),),
    ),
    ClauseCase(
        text="改革举措有特色亮点的，酌情加分，最高加2分",
        pattern="judgement",
        rules=(Judgement("改革举措有特色亮点", "add", most=2),),
    ),
    ClauseCase(
        text="带量食谱公示不及时的酌情减分",
        pattern="judgement",
        points=1,
        rules=(Judgement("带量食谱公示不及时", "lose"),),
    ),
    # bonuses
    ClauseCase(
        text="牵头制定地方标准并发布的，每部加1分",
        pattern="bonus per case",
        rules=(Bonus(Cases("牵头制定地方标准并发布"), points=1),),
    ),
    ClauseCase(
        text="职工献血每10人次加0.2分，加分上限为1分",
        pattern="bonus per case",
        rules=(Bonus(Cases("职工献血", step=10), points="0.2", cap=1),),
    ),
    ClauseCase(
        text="网上复诊任务完成率超过100%的，每超10个百分点加0.5分，加分不超过1分",
        pattern="bonus per step",
        rules=(Bonus(StepsAbove("网上复诊任务完成率", target=100, step=10), points="0.5", cap=1),),
        units=(("网上复诊任务完成率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="承接省级适宜技术推广项目的，＋2分；被确定为国家试点的，＋3分",
        pattern="bonus once, plus sign",
        rules=(_add("承接省级适宜技术推广项目", 2), _add("被确定为国家试点", 3)),
    ),
    ClauseCase(
        text="接受中央媒体专访加3分，接受省级媒体专访加1分，加分可累计，但总加分不得超过3分",
        pattern="bonus group",
        rules=(Group((_add("接受中央媒体专访", 3), _add("接受省级媒体专访", 1)), cap=3),),
    ),
    ClauseCase(
        text="获全国技能标兵加3分，获全省技能标兵加2分，只计最高一项",
        pattern="bonus group",
        rules=(Group((_add("获全国技能标兵", 3), _add("获全省技能标兵", 2)), pick="best"),),
    ),
    ClauseCase(
        text="被命名为省级健康促进医院的，奖励1.5分",
        pattern="bonus once",
        rules=(_add("被命名为省级健康促进医院", "1.5"),),
    ),
    # further, multiplied, from the total; vetoes
    ClauseCase(
        text="餐具抽检不合格每批次扣1分；引发食源性疾病的，另行扣3分",
        pattern="further",
        points=5,
        rules=(
            _each("餐具抽检不合格", 1),
            Deduction(Once(Flag("引发食源性疾病")), points=3, reach="total"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="漏报药品不良反应每例扣0.5分，整改后重复出现的双倍扣分",
        pattern="multiplier",
        points=4,
        rules=(
            Deduction(
                Cases("漏报药品不良反应"), points="0.5", times=Times(2, Flag("整改后重复出现"))
            ),
        ),
    ),
    ClauseCase(
        text="护理差错每起扣1分，主动上报的减半扣分",
        pattern="multiplier",
        points=4,
        rules=(
            Deduction(Cases("护理差错"), points=1, times=Times(Fraction(1, 2), Flag("主动上报"))),
        ),
    ),
    ClauseCase(
        text="校园结核病聚集性疫情处置不力的，在年度考核总分中扣3分",
        pattern="from the total",
        rules=(Deduction(Once(Flag("校园结核病聚集性疫情处置不力")), points=3, reach="total"),),
    ),
    ClauseCase(
        text="发生致人死亡的医院火灾，考核直接定为不合格等次",
        pattern="veto",
        vetoes=(_veto("发生致人死亡的医院火灾", ForceGrade("不合格")),),
    ),
    ClauseCase(
        text="虚构医药服务套取基金的，一票否决，取消评先评优资格。",
        pattern="veto",
        vetoes=(_veto("虚构医药服务套取基金", BarHonours()),),
    ),
    # stated points and parts
    ClauseCase(
        text="用工管理（4分）：未签劳动合同的每人扣0.5分，未缴社保的每人扣1分",
        pattern="stated points",
        states=4,
        rules=(_each("未签劳动合同", "0.5"), _each("未缴社保", 1)),
    ),
    ClauseCase(
        text="共计15分。其中，组织实施5分，质量控制6分，资料管理4分。",
        pattern="parts",
        states=15,
        parts=(
            Part("1", "组织实施", points=5),
            Part("2", "质量控制", points=6),
            Part("3", "资料管理", points=4),
        ),
    ),
    # targets without a rule, duties by frequency
    ClauseCase(
        text="65岁及以上老年人健康管理率不低于64%",
        pattern="target",
        targets=(Target("65岁及以上老年人健康管理率", ">=", 64),),
        units=(("65岁及以上老年人健康管理率", "%"),),
    ),
    ClauseCase(
        text="预检分诊率100%，急救车出车时间3分钟以内",
        pattern="target",
        targets=(Target("预检分诊率", ">=", 100), Target("急救车出车时间", "<=", 3)),
        units=(("预检分诊率", "%"), ("急救车出车时间", "分钟")),
    ),
    ClauseCase(
        text="出院患者随访率应在80%以上；住院压疮发生率应低于1‰",
        pattern="target",
        targets=(Target("出院患者随访率", ">=", 80), Target("住院压疮发生率", "<", 1)),
        units=(("出院患者随访率", "%"), ("住院压疮发生率", "‰")),
    ),
    ClauseCase(
        text="食堂每学期开展食品安全自查不少于3次",
        pattern="frequency",
        targets=(Target("食堂食品安全自查", ">=", 6),),
        assumed=True,
    ),
    # excused, nothing scores
    ClauseCase(text="未设产科的机构，此项为合理缺项，不扣分。", pattern="excused", points=3),
    ClauseCase(
        text="查看2022—2024年会议记录，走访科室3个，访谈患者5名。",
        pattern="nothing scores",
    ),
    ClauseCase(
        text="财务科依法代扣代缴个人所得税，加快部分项目结算，分析会由分管院长主持",
        pattern="nothing scores",
    ),
    # long cells
    ClauseCase(
        text="1、未制定停电应急预案扣1分；2、配电室无双人巡检记录，少一次扣0.2分；"
        "3、电工无证上岗一人扣2分；4、发生触电伤亡事故不得分。",
        pattern="long cell",
        points=8,
        rules=(
            _once("未制定停电应急预案", 1),
            _each("配电室无双人巡检记录", "0.2"),
            _each("电工无证上岗", 2),
            _off("发生触电伤亡事故"),
        ),
    ),
    ClauseCase(
        text="晨午检记录每缺1天扣0.1分；因病缺课追踪不到位1例扣0.5分；"
        "疫苗查验率达100%，每低1个百分点扣0.2分；发生聚集性疫情迟报的，不得分。",
        pattern="long cell",
        points=6,
        rules=(
            _each("晨午检记录缺少", "0.1"),
            _each("因病缺课追踪不到位", "0.5"),
            _short("疫苗查验率", 100, 1, "0.2"),
            _off("发生聚集性疫情迟报"),
        ),
        units=(("疫苗查验率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="（一）未设医保办的扣1分；（二）目录外用药未签知情同意书，1例扣0.5分，最多扣2分；"
        "（三）次均住院费用超过6500元的，每超100元扣0.5分；（四）被暂停协议的不得分。",
        pattern="long cell",
        points=6,
        rules=(
            _once("未设医保办", 1),
            _each("目录外用药未签知情同意书", "0.5", cap=2),
            _above("次均住院费用", 6500, 100, "0.5"),
            _off("被暂停协议"),
        ),
        units=(("次均住院费用", "元"),),
        assumed=True,
    ),
    ClauseCase(
        text="督导村卫生室每月1轮，少一轮扣0.5分；督导无反馈单一次扣0.2分；"
        "问题未复核的酌情扣0.5－1分；获县级表扬的加0.5分。",
        pattern="long cell",
        points=6,
        rules=(
            _lacking("督导村卫生室", 12, "0.5"),
            _each("督导无反馈单", "0.2"),
            Judgement("问题未复核", "lose", least="0.5", most=1),
            _add("获县级表扬", "0.5"),
        ),
        assumed=True,
    ),
    # what must be reported
    ClauseCase(text="每超1个百分点扣0.5分", pattern="unread", unread=True),
    ClauseCase(text="视为不达标，扣减相应分数", pattern="unread", unread=True),
    ClauseCase(text="考核得分按附表2折算后计入", pattern="unread", unread=True),
    ClauseCase(
        text="手术安全核查不规范，每例扣0.2—0.5分",
        pattern="judged",
        rules=(Judgement("手术安全核查不规范", "lose"),),
        assumed=True,
    ),
    ClauseCase(text="得分=过程分×0.6+结果分×0.4", pattern="unread", unread=True),
    ClauseCase(text="未完成采样任务的扣？分", pattern="unread", unread=True),
    ClauseCase(text="重点人群随访覆盖率基本达到90%", pattern="vague", vague=True),
)
