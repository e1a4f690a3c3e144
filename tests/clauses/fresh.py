"""Fresh clauses: other sectors beside health, worded as public scoring tables word them.

Schools, villages, party work, safety, environment, supervision, petition, finance and hospital
wards. They were written after the grammar, by one who had not seen it, from the contract alone;
they measure the first try and are never adapted to the grammar.
"""

from __future__ import annotations

from fractions import Fraction

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import BarHonours, Veto
from healthduty.rules.condition import AnyOf, Compare, Flag
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
    Judgement,
    Knot,
    LevelBand,
    Times,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple


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


def _has(words: str, points: Points | int | str) -> Bands:
    """Earn these points where what the words say is there."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _at(points: Points | int | str, low: int, high: int) -> Band:
    """Return the band of whole numbers from `low` to `high`, both counted in."""
    return Band(points, low=low, high=high, high_in=True)


CASES: tuple[ClauseCase, ...] = (
    # forfeits on a flag
    ClauseCase(
        text="无防汛预案的，不得分；预案未以正式文件印发的，不得分。",
        pattern="forfeit",
        points=2,
        rules=(_off("无防汛预案"), _off("预案未以正式文件印发")),
    ),
    ClauseCase(
        text="未建立警示教育基地，本项不得分",
        pattern="forfeit",
        rules=(_off("未建立警示教育基地"),),
    ),
    ClauseCase(
        text="没有值班表的不得分，值班表未上墙扣0.5分",
        pattern="forfeit",
        points=2,
        rules=(_off("没有值班表"), _once("值班表未上墙", "0.5")),
    ),
    ClauseCase(
        text="未召开村民代表会议的，该项不得分。",
        pattern="forfeit",
        rules=(_off("未召开村民代表会议"),),
    ),
    ClauseCase(
        text="没有编制部门预算的，不得分；预算编制不细化的，扣1分。",
        pattern="forfeit",
        points=4,
        rules=(_off("没有编制部门预算"), _once("预算编制不细化", 1)),
    ),
    ClauseCase(
        text="未按期完成“回头看”整改的，不得分。",
        pattern="forfeit",
        rules=(_off("未按期完成“回头看”整改"),),
    ),
    ClauseCase(
        text="使用无资质厂家生产的压力容器的，不得分；未进行检验的，不得分；"
        "档案资料不全的（含安装、验收、登记），每台套扣1分",
        pattern="forfeit",
        points=8,
        rules=(
            _off("使用无资质厂家生产的压力容器"),
            _off("未进行检验"),
            _each("档案资料不全", 1),
        ),
    ),
    ClauseCase(
        text="学校食堂无食品经营许可证，此项不得分",
        pattern="forfeit",
        rules=(_off("学校食堂无食品经营许可证"),),
    ),
    ClauseCase(
        text="河道保洁员工资未按时发放的不得分",
        pattern="forfeit",
        rules=(_off("河道保洁员工资未按时发放"),),
    ),
    ClauseCase(
        text="三年内未发展党员的，不得分",
        pattern="forfeit",
        rules=(_off("三年内未发展党员"),),
    ),
    ClauseCase(
        text="发生亡人火灾的，本项记0分。",
        pattern="forfeit",
        rules=(_off("发生亡人火灾"),),
    ),
    ClauseCase(
        text="超过下达的控制指标，本项不得分",
        requirement="工矿商贸事故死亡人数",
        pattern="forfeit",
        points=4,
        rules=(_off("工矿商贸事故死亡人数超过下达的控制指标"),),
    ),
    ClauseCase(
        text="存在吃空饷情形的，该项得零分",
        pattern="forfeit",
        rules=(_off("存在吃空饷情形"),),
    ),
    ClauseCase(
        text="挤占挪用专项资金的，扣除该项全部分值",
        pattern="forfeit",
        points=6,
        rules=(_off("挤占挪用专项资金"),),
    ),
    ClauseCase(
        text="重大事项未经集体研究决定的，一律不得分",
        pattern="forfeit",
        rules=(_off("重大事项未经集体研究决定"),),
    ),
    ClauseCase(
        text="突发事件信息未在2小时内上报的不得分",
        pattern="forfeit",
        rules=(_off("突发事件信息未在2小时内上报"),),
    ),
    ClauseCase(
        text="发生学生欺凌事件造成恶劣影响的，不得分",
        pattern="forfeit",
        rules=(_off("发生学生欺凌事件造成恶劣影响"),),
    ),
    ClauseCase(
        text="未配备专职安全员，不得分；安全员未持证，每人扣1分；未参加继续教育的，每人扣0.5分。",
        pattern="forfeit",
        points=5,
        rules=(
            _off("未配备专职安全员"),
            _each("安全员未持证", 1),
            _each("未参加继续教育", "0.5"),
        ),
    ),
    ClauseCase(
        text="因值守失误造成财产损失的，本项不得分",
        pattern="forfeit",
        rules=(_off("因值守失误造成财产损失"),),
    ),
    ClauseCase(
        text="制度不健全的扣2分，没有制度的不得分",
        pattern="forfeit",
        points=3,
        rules=(_once("制度不健全", 2), _off("没有制度")),
    ),
    ClauseCase(
        text="查看《授权委托书》，没有授权委托书的，本项不得分；险情发生后没有下达撤人命令的，本项不得分",
        pattern="forfeit",
        points=2,
        rules=(_off("没有授权委托书"), _off("险情发生后没有下达撤人命令")),
    ),
    ClauseCase(
        text="無專人負責信訪工作者，不得分",
        pattern="forfeit",
        rules=(_off("無專人負責信訪工作"),),
    ),
    ClauseCase(
        text="未落实河长制工作的不給分；巡河记录造假的本项不予计分。",
        pattern="forfeit",
        rules=(_off("未落实河长制工作"), _off("巡河记录造假")),
    ),
    # forfeits on several conditions, a count or a number
    ClauseCase(
        text="无会议记录或无签到册的，不得分",
        pattern="forfeit, several",
        rules=(Forfeit(_any("无会议记录", "无签到册")),),
    ),
    ClauseCase(
        text="未开展社会稳定风险评估，或评估流于形式的，不得分",
        pattern="forfeit, several",
        rules=(Forfeit(_any("未开展社会稳定风险评估", "评估流于形式")),),
    ),
    ClauseCase(
        text="无部署、无检查、无总结的，不得分",
        pattern="forfeit, several",
        rules=(Forfeit(_any("无部署", "无检查", "无总结")),),
    ),
    ClauseCase(
        text="学生视力监测覆盖率不足90%的，不得分",
        pattern="forfeit below",
        rules=(Forfeit(Compare("学生视力监测覆盖率", "<", 90)),),
        units=(("学生视力监测覆盖率", "%"),),
    ),
    ClauseCase(
        text="党员大会参会率低于80%的，该项不得分",
        pattern="forfeit below",
        rules=(Forfeit(Compare("党员大会参会率", "<", 80)),),
        units=(("党员大会参会率", "%"),),
    ),
    ClauseCase(
        text="食品安全事故超过2起的不得分",
        pattern="forfeit by count",
        rules=(Forfeit(Compare("食品安全事故", ">", 2)),),
    ),
    ClauseCase(
        text="缺少1项扣1分，缺少3项以上的不得分",
        requirement="采购档案含预算、公告、评审、合同、验收五项资料",
        pattern="forfeit by count",
        points=4,
        rules=(
            _each("采购档案含预算、公告、评审、合同、验收五项资料缺少", 1),
            Forfeit(Compare("采购档案含预算、公告、评审、合同、验收五项资料缺少", ">=", 3)),
        ),
    ),
    ClauseCase(
        text="每有一个整治点位未按期销号的，扣1分。20%以上点位未销号的，此项不得分。",
        pattern="forfeit by count",
        points=10,
        rules=(
            _each("整治点位未按期销号", 1),
            Forfeit(Compare("点位未销号", ">=", 20)),
        ),
    ),
    ClauseCase(
        text="全年未组织演练的不得分，每少一次扣2分",
        requirement="消防演练每半年组织1次",
        pattern="forfeit and lacking",
        points=5,
        rules=(_off("全年未组织演练"), Deduction(Lacking("消防演练", required=2), points=2)),
        units=(("消防演练", "次"),),
        assumed=True,
    ),
    # bands by number, upper first
    ClauseCase(
        text="参保率≥98%得6分；95%≤参保率<98%得4分；90%≤参保率<95%得2分；参保率<90%不得分",
        pattern="bands by number",
        points=6,
        rules=(
            Bands(
                "参保率",
                "earn",
                (
                    Band(6, low=98),
                    Band(4, low=95, high=98),
                    Band(2, low=90, high=95),
                    Band(0, high=90),
                ),
            ),
        ),
        units=(("参保率", "%"),),
    ),
    ClauseCase(
        text="高标准农田任务完成率100%的，得2分，完成率90%以上、不到100%的，得1.5分，"
        "完成率90%以下的，不得分。",
        pattern="bands by number",
        points=2,
        rules=(
            Bands(
                "高标准农田任务完成率",
                "earn",
                (Band(2, low=100), Band("1.5", low=90, high=100), Band(0, high=90)),
            ),
        ),
        units=(("高标准农田任务完成率", "%"),),
    ),
    ClauseCase(
        text="生活垃圾分类准确率：80%及以上，5分；70%～80%，3分；70%以下，0分。",
        pattern="bands by number",
        points=5,
        rules=(
            Bands(
                "生活垃圾分类准确率",
                "earn",
                (Band(5, low=80), Band(3, low=70, high=80), Band(0, high=70)),
            ),
        ),
        units=(("生活垃圾分类准确率", "%"),),
    ),
    ClauseCase(
        text="隐患整改率100%得5分，90%以上得3分，80%以上得1分，80%以下不得分",
        pattern="bands by number",
        points=5,
        rules=(
            Bands(
                "隐患整改率",
                "earn",
                (Band(5, low=100), Band(3, low=90), Band(1, low=80), Band(0, high=80)),
            ),
        ),
        units=(("隐患整改率", "%"),),
    ),
    ClauseCase(
        text="空气质量优良天数比例≥85%得4分，＜85%且≥80%得2分，＜80%不得分",
        pattern="bands by number",
        points=4,
        rules=(
            Bands(
                "空气质量优良天数比例",
                "earn",
                (Band(4, low=85), Band(2, low=80, high=85), Band(0, high=80)),
            ),
        ),
        units=(("空气质量优良天数比例", "%"),),
    ),
    ClauseCase(
        text="群众知晓率：95%（含）以上得3分；85%（含）—95%得2分；75%（含）—85%得1分；75%以下不得分。",
        pattern="bands by number",
        points=3,
        rules=(
            Bands(
                "群众知晓率",
                "earn",
                (
                    Band(3, low=95),
                    Band(2, low=85, high=95),
                    Band(1, low=75, high=85),
                    Band(0, high=75),
                ),
            ),
        ),
        units=(("群众知晓率", "%"),),
    ),
    ClauseCase(
        text="危险废物规范处置率为100%，得5分；低于100%，不得分",
        pattern="bands by number",
        points=5,
        rules=(Bands("危险废物规范处置率", "earn", (Band(5, low=100), Band(0, high=100))),),
        units=(("危险废物规范处置率", "%"),),
    ),
    ClauseCase(
        text="投诉率≤1‰得4分，1‰＜投诉率≤3‰得2分，＞3‰不得分",
        pattern="bands, less is better",
        points=4,
        rules=(
            Bands(
                "投诉率",
                "earn",
                (
                    Band(4, high=1, high_in=True),
                    Band(2, low=1, high=3, low_in=False, high_in=True),
                    Band(0, low=3, low_in=False),
                ),
            ),
        ),
        units=(("投诉率", "‰"),),
    ),
    ClauseCase(
        text="主题党日参学率达到90%以上的计2分，80%以上的计1分，80%以下的不计分",
        pattern="bands by number",
        points=2,
        rules=(
            Bands(
                "主题党日参学率",
                "earn",
                (Band(2, low=90), Band(1, low=80), Band(0, high=80)),
            ),
        ),
        units=(("主题党日参学率", "%"),),
    ),
    ClauseCase(
        text="90%以上的得3分，80%—90%的得2分，60%—80%的得1分，60%以下的不得分。",
        requirement="中学生心理健康测评覆盖率",
        pattern="bands by number",
        points=3,
        rules=(
            Bands(
                "中学生心理健康测评覆盖率",
                "earn",
                (
                    Band(3, low=90),
                    Band(2, low=80, high=90),
                    Band(1, low=60, high=80),
                    Band(0, high=60),
                ),
            ),
        ),
        units=(("中学生心理健康测评覆盖率", "%"),),
    ),
    ClauseCase(
        text="污水集中处理率达到95%的得满分，85%以上不足95%的得50%的分，85%以下不得分",
        pattern="bands by number",
        points=8,
        rules=(
            Bands(
                "污水集中处理率",
                "earn",
                (
                    Band(FULL, low=95),
                    Band(Share(Fraction(1, 2)), low=85, high=95),
                    Band(0, high=85),
                ),
            ),
        ),
        units=(("污水集中处理率", "%"),),
    ),
    ClauseCase(
        text="绩效考核占考核总分不低于8%，得3分；占5%～8%，得1分；低于5%，不得分",
        pattern="bands by number",
        points=3,
        rules=(
            Bands(
                "绩效考核占考核总分的比例",
                "earn",
                (Band(3, low=8), Band(1, low=5, high=8), Band(0, high=5)),
            ),
        ),
        units=(("绩效考核占考核总分的比例", "%"),),
    ),
    # bands by count, by survey, by rank
    ClauseCase(
        text="师生满意度测评90分以上得3分，80—90分得2分，80分以下不得分",
        pattern="bands by count",
        points=3,
        rules=(
            Bands(
                "师生满意度测评",
                "earn",
                (Band(3, low=90), Band(2, low=80, high=90), Band(0, high=80)),
            ),
        ),
        units=(("师生满意度测评", "分"),),
    ),
    ClauseCase(
        text="生均图书20册以上得2分，10—19册得1分，不足10册得0分",
        pattern="bands by count",
        points=2,
        rules=(Bands("生均图书", "earn", (Band(2, low=20), _at(1, 10, 19), Band(0, high=10))),),
        units=(("生均图书", "册"),),
    ),
    ClauseCase(
        text="示范社3家以上的得3分，2家的得2分，1家的得1分，其他不得分",
        pattern="bands by count",
        points=3,
        rules=(
            Bands(
                "示范社",
                "earn",
                (Band(3, low=3), _at(2, 2, 2), _at(1, 1, 1)),
                otherwise=0,
            ),
        ),
        units=(("示范社", "家"),),
    ),
    ClauseCase(
        text="综合排名1—5名得10分，6—10名得8分，11名以后得5分",
        pattern="bands by rank",
        points=10,
        rules=(Bands("综合排名", "earn", (_at(10, 1, 5), _at(8, 6, 10), Band(5, low=11))),),
    ),
    ClauseCase(
        text="平均办理时间不超过3天得4分，超过3天不超过5天得2分，5天以上不得分",
        pattern="bands, less is better",
        points=4,
        rules=(
            Bands(
                "平均办理时间",
                "earn",
                (
                    Band(4, high=3, high_in=True),
                    Band(2, low=3, high=5, low_in=False, high_in=True),
                    Band(0, low=5),
                ),
            ),
        ),
        units=(("平均办理时间", "天"),),
    ),
    # bands by level
    ClauseCase(
        text="第三方测评结果为好的得4分，较好的得3分，一般的得1分，差的不得分",
        pattern="bands by level",
        points=4,
        rules=(
            Bands(
                "第三方测评结果",
                "earn",
                (
                    LevelBand("好", 4),
                    LevelBand("较好", 3),
                    LevelBand("一般", 1),
                    LevelBand("差", 0),
                ),
            ),
        ),
    ),
    ClauseCase(
        text="量化等级为A级的得10分，B级的得8分，C级的得5分，D级的不得分",
        pattern="bands by level",
        points=10,
        rules=(
            Bands(
                "量化等级",
                "earn",
                (
                    LevelBand("A级", 10),
                    LevelBand("B级", 8),
                    LevelBand("C级", 5),
                    LevelBand("D级", 0),
                ),
            ),
        ),
    ),
    ClauseCase(
        text="办学条件达标得6分，基本达标得3分，不达标得0分",
        pattern="bands by level",
        points=6,
        rules=(
            Bands(
                "办学条件",
                "earn",
                (LevelBand("达标", 6), LevelBand("基本达标", 3), LevelBand("不达标", 0)),
            ),
        ),
    ),
    ClauseCase(
        text="民主评议为优秀得5分、良好得4分、合格得3分、不合格得0分",
        pattern="bands by level",
        points=5,
        rules=(
            Bands(
                "民主评议",
                "earn",
                (
                    LevelBand("优秀", 5),
                    LevelBand("良好", 4),
                    LevelBand("合格", 3),
                    LevelBand("不合格", 0),
                ),
            ),
        ),
    ),
    # item by item, one or nothing, full points
    ClauseCase(
        text="设有专门机构得1分，配备专职人员得1分，经费列入预算得2分",
        pattern="item by item",
        points=4,
        rules=(_has("设有专门机构", 1), _has("配备专职人员", 1), _has("经费列入预算", 2)),
    ),
    ClauseCase(
        text="1.有年度计划，得0.5分；2.有实施方案，得0.5分；3.有专题调研报告，得1分。",
        pattern="item by item",
        points=2,
        rules=(
            _has("有年度计划", "0.5"),
            _has("有实施方案", "0.5"),
            _has("有专题调研报告", 1),
        ),
    ),
    ClauseCase(
        text="成立村乡贤理事会，得2分；经常性开展活动，得1分。",
        pattern="item by item",
        points=3,
        rules=(_has("成立村乡贤理事会", 2), _has("经常性开展活动", 1)),
    ),
    ClauseCase(
        text="完成年度造林任务的，得3分，否则不得分。",
        pattern="one or nothing",
        points=3,
        rules=(
            Bands(
                "完成年度造林任务",
                "earn",
                (CaseBand(Flag("完成年度造林任务"), 3),),
                otherwise=0,
            ),
        ),
    ),
    ClauseCase(
        text="建成区域文献检索系统得1分，示教室、阅览室、模拟病房各得0.5分",
        pattern="item by item",
        rules=(
            _has("建成区域文献检索系统", 1),
            _has("示教室", "0.5"),
            _has("阅览室", "0.5"),
            _has("模拟病房", "0.5"),
        ),
    ),
    ClauseCase(
        text="符合要求得满分，有一项不符合扣1分",
        pattern="full points",
        points=5,
        rules=(_each("不符合", 1),),
    ),
    ClauseCase(
        text="达标的得满分，未达标的不得分",
        requirement="九年义务教育巩固率≥95%",
        pattern="full points",
        points=4,
        rules=(Bands("九年义务教育巩固率", "earn", (Band(FULL, low=95), Band(0, high=95))),),
        units=(("九年义务教育巩固率", "%"),),
    ),
    ClauseCase(
        text="结案率100%得满分，每少1个百分点扣0.1分，扣完为止",
        pattern="full points",
        points=3,
        rules=(Deduction(StepsBelow("结案率", target=100, step=1), points="0.1"),),
        units=(("结案率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="全年无责任事故得满分，每发生1起一般事故扣2分，发生较大事故不得分",
        pattern="full points",
        points=10,
        rules=(_each("一般事故", 2), _off("发生较大事故")),
    ),
    ClauseCase(
        text="秸秆综合利用率达95%以上的得5分，每降低1个百分点扣0.5分",
        pattern="full points",
        points=5,
        rules=(Deduction(StepsBelow("秸秆综合利用率", target=95, step=1), points="0.5"),),
        units=(("秸秆综合利用率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="资料齐全得满分，否则不得分",
        pattern="full points",
        points=2,
        rules=(Bands("资料齐全", "earn", (CaseBand(Flag("资料齐全"), FULL),), otherwise=0),),
    ),
    # flags, once
    ClauseCase(
        text="村务未公示的扣0.5分，公示内容不全面的扣0.2分",
        pattern="flag",
        rules=(_once("村务未公示", "0.5"), _once("公示内容不全面", "0.2")),
    ),
    ClauseCase(
        text="危化品仓库未落实双人双锁的，扣1分。",
        pattern="flag",
        rules=(_once("危化品仓库未落实双人双锁", 1),),
    ),
    ClauseCase(
        text="主要负责人未亲自部署的扣1分；未听取专题汇报的扣1分。",
        pattern="flag",
        points=3,
        rules=(_once("主要负责人未亲自部署", 1), _once("未听取专题汇报", 1)),
    ),
    ClauseCase(
        text="新生儿参保率未达到95%的，扣1分",
        pattern="flag of a rate",
        rules=(Deduction(Once(Compare("新生儿参保率", "<", 95)), points=1),),
        units=(("新生儿参保率", "%"),),
    ),
    ClauseCase(
        text="群众文艺团队不足3支的，扣0.5分",
        pattern="flag of a count",
        rules=(Deduction(Once(Compare("群众文艺团队", "<", 3)), points="0.5"),),
        units=(("群众文艺团队", "支"),),
    ),
    ClauseCase(
        text="班子成员中无35周岁以下干部的，扣0.5分；无大专以上学历的，扣0.5分",
        pattern="flag",
        rules=(_once("班子成员中无35周岁以下干部", "0.5"), _once("无大专以上学历", "0.5")),
    ),
    ClauseCase(
        text="未签订协议、未建立台账的，各扣0.5分",
        pattern="list, each",
        rules=(_once("未签订协议", "0.5"), _once("未建立台账", "0.5")),
    ),
    ClauseCase(
        text="未开展岗前培训的，未组织健康体检的，未建立员工档案的，各扣1分，登记不全的，酌情扣分。",
        pattern="list, each",
        points=4,
        rules=(
            _once("未开展岗前培训", 1),
            _once("未组织健康体检", 1),
            _once("未建立员工档案", 1),
            Judgement("登记不全", "lose"),
        ),
    ),
    ClauseCase(
        text="未设举报箱或未公布举报电话的扣0.3分",
        pattern="list, once",
        rules=(Deduction(Once(_any("未设举报箱", "未公布举报电话")), points="0.3"),),
    ),
    ClauseCase(
        text="办公场所无明显标识，或标识破损的，扣0.5分，未张贴制度的，每一项扣0.1分。",
        pattern="list, once",
        points="1.5",
        rules=(
            Deduction(Once(_any("办公场所无明显标识", "标识破损")), points="0.5"),
            _each("未张贴制度", "0.1"),
        ),
    ),
    ClauseCase(
        text="公务用车未执行定点加油的扣一分",
        pattern="flag",
        rules=(_once("公务用车未执行定点加油", 1),),
    ),
    ClauseCase(
        text="2024年3月15日前未上报春耕计划的扣1分",
        pattern="flag",
        rules=(_once("2024年3月15日前未上报春耕计划", 1),),
    ),
    ClauseCase(
        text="缺年度培训计划减1分；试卷雷同的减0.5分",
        pattern="flag",
        rules=(_once("缺年度培训计划", 1), _once("试卷雷同", "0.5")),
    ),
    ClauseCase(
        text="被县级通报的扣1分，被市级通报的扣2分，被省级通报的扣5分",
        pattern="flag",
        rules=(_once("被县级通报", 1), _once("被市级通报", 2), _once("被省级通报", 5)),
    ),
    ClauseCase(
        text="未建立问题清单扣1分，未制定整改方案扣2分（以文件和照片为准）",
        pattern="flag",
        points=3,
        rules=(_once("未建立问题清单", 1), _once("未制定整改方案", 2)),
    ),
    ClauseCase(
        text="无计划、无总结扣1分",
        pattern="list, once",
        rules=(Deduction(Once(_any("无计划", "无总结")), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="断电情况下应急照明持续不足2小时扣0.5分",
        pattern="flag of a rate",
        rules=(Deduction(Once(Compare("断电情况下应急照明持续", "<", 2)), points="0.5"),),
    ),
    ClauseCase(
        text="紫外线灯管有灰尘扣1分，消毒无记录扣1分，科室环境脏乱差扣2分。",
        pattern="flag",
        rules=(
            _once("紫外线灯管有灰尘", 1),
            _once("消毒无记录", 1),
            _once("科室环境脏乱差", 2),
        ),
    ),
    # what is lacking
    ClauseCase(
        text="调度员每缺少一人扣0.5分；负责人每缺少一人扣1分",
        requirement="调度员不少于10名；负责人不少于3名",
        pattern="lacking, required elsewhere",
        points=2,
        rules=(
            Deduction(Lacking("调度员", required=10), points="0.5"),
            Deduction(Lacking("负责人", required=3), points=1),
        ),
        units=(("调度员", "名"), ("负责人", "名")),
    ),
    ClauseCase(
        text="每少一次巡查扣1分，记录不齐全酌情扣分。",
        requirement="开展水源地巡查，一年不少于12次",
        pattern="lacking, required elsewhere",
        points=4,
        rules=(
            Deduction(Lacking("水源地巡查", required=12), points=1),
            Judgement("记录不齐全", "lose"),
        ),
        units=(("水源地巡查", "次"),),
    ),
    ClauseCase(
        text="没少一种规章制度扣0.5分；未装订成册扣0.3分",
        pattern="missing without a number",
        points=2,
        rules=(Deduction(Cases("规章制度缺少"), points="0.5"), _once("未装订成册", "0.3")),
    ),
    ClauseCase(
        text="缺一种图纸扣0.5分；缺少一份资料扣0.2分",
        pattern="missing without a number",
        rules=(
            Deduction(Cases("图纸缺少"), points="0.5"),
            Deduction(Cases("资料缺少"), points="0.2"),
        ),
    ),
    ClauseCase(
        text="每月组织不少于2次集中业务学习，少一次扣0.5分",
        pattern="lacking",
        rules=(Deduction(Lacking("集中业务学习", required=24), points="0.5"),),
        units=(("集中业务学习", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="党委研究综治工作少于2次的，每少一次扣5分",
        pattern="lacking",
        rules=(Deduction(Lacking("党委研究综治工作", required=2), points=5),),
        units=(("党委研究综治工作", "次"),),
    ),
    ClauseCase(
        text="全年完成志愿服务活动8次（须着统一马甲），每少一次扣0.5分。",
        pattern="lacking",
        rules=(Deduction(Lacking("志愿服务活动", required=8), points="0.5"),),
        units=(("志愿服务活动", "次"),),
    ),
    ClauseCase(
        text="信息简报全年不少于10期，每少1期扣0.2分，扣完为止",
        pattern="lacking",
        points=2,
        rules=(Deduction(Lacking("信息简报", required=10), points="0.2"),),
        units=(("信息简报", "期"),),
    ),
    ClauseCase(
        text="安全例会每季度不少于1次，每缺一次扣1分，会议无记录的每次扣0.5分",
        pattern="lacking",
        points=4,
        rules=(
            Deduction(Lacking("安全例会", required=4), points=1),
            _each("会议无记录", "0.5"),
        ),
        units=(("安全例会", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="抽查10户经营单位，健康证每缺1人扣0.5分",
        pattern="missing in a sample",
        rules=(Deduction(Cases("健康证缺少"), points="0.5"),),
    ),
    ClauseCase(
        text="每少1人扣0.5分，扣完为止。",
        requirement="接触职业危害人员咨询指导一年不少于6人次",
        pattern="lacking, required elsewhere",
        points=3,
        rules=(Deduction(Lacking("接触职业危害人员咨询指导", required=6), points="0.5"),),
        units=(("接触职业危害人员咨询指导", "人次"),),
    ),
    ClauseCase(
        text="继续教育每人每年不少于24学时，每少1学时扣0.1分",
        pattern="lacking",
        rules=(
            Deduction(StepsBelow("继续教育", target=Multiple(24, "人数"), step=1), points="0.1"),
        ),
        units=(("继续教育", "学时"),),
        assumed=True,
    ),
    ClauseCase(
        text="家访不少于60户，每少5户扣1分，虚报家访的不得分",
        pattern="lacking",
        points=5,
        rules=(
            Deduction(Lacking("家访", required=60, step=5), points=1),
            _off("虚报家访"),
        ),
        units=(("家访", "户"),),
    ),
    # cases
    ClauseCase(
        text="无故迟到早退，一次扣0.5分，无故旷工一天扣2分",
        pattern="cases",
        points=10,
        rules=(_each("无故迟到早退", "0.5"), _each("无故旷工", 2)),
    ),
    ClauseCase(
        text="发现一次不规范扣1分",
        requirement="严格执行护理技术操作规程",
        pattern="cases",
        points=5,
        rules=(_each("执行护理技术操作规程不规范", 1),),
    ),
    ClauseCase(
        text="不按时上报一次，扣2分。",
        requirement="按时上报各类人事、财务报表",
        pattern="cases",
        rules=(_each("不按时上报各类人事、财务报表", 2),),
    ),
    ClauseCase(
        text="“三会一课”未落实的，每例扣0.5分；党费收缴不规范，每例扣0.5分。",
        pattern="cases",
        rules=(_each("“三会一课”未落实", "0.5"), _each("党费收缴不规范", "0.5")),
    ),
    ClauseCase(
        text="受到党内警告处分的每人扣0.5分，受留党察看处分的每人扣1分，开除党籍的每人扣2分。",
        pattern="cases",
        rules=(
            _each("受到党内警告处分", "0.5"),
            _each("受留党察看处分", 1),
            _each("开除党籍", 2),
        ),
    ),
    ClauseCase(
        text="问题线索移交市级的，每件扣2分，移交县级的，每件扣1分",
        pattern="cases",
        rules=(_each("问题线索移交市级", 2), _each("移交县级", 1)),
    ),
    ClauseCase(
        text="不符合规定的，每处扣1分。",
        requirement="裸露的转动部分应设有防护罩或防护栏杆",
        pattern="cases",
        points=3,
        rules=(_each("裸露的转动部分应设有防护罩或防护栏杆，不符合规定", 1),),
    ),
    ClauseCase(
        text="每发现1次专款违规使用扣0.5分，扣完为止。",
        pattern="cases",
        points=1,
        rules=(_each("专款违规使用", "0.5"),),
    ),
    ClauseCase(
        text="违法建设每宗扣1分，重复信访每批次扣0.5分",
        pattern="cases",
        rules=(_each("违法建设", 1), _each("重复信访", "0.5")),
    ),
    ClauseCase(
        text="月报表每延迟一天扣0.5分",
        pattern="cases",
        rules=(_each("月报表延迟", "0.5"),),
    ),
    ClauseCase(
        text="任查2个月记录，当班无汇报，每一次扣1分；汇报不及时的，每一次扣0.5分",
        pattern="cases",
        points=5,
        rules=(_each("当班无汇报", 1), _each("汇报不及时", "0.5")),
    ),
    ClauseCase(
        text="未配合无主犬整治，造成犬只伤人的，每起扣0.5分。",
        pattern="cases",
        rules=(_each("未配合无主犬整治，造成犬只伤人", "0.5"),),
    ),
    ClauseCase(
        text="校车超员每车次扣5分；驾驶人未持证每人扣3分",
        pattern="cases",
        points=10,
        rules=(_each("校车超员", 5), _each("驾驶人未持证", 3)),
    ),
    ClauseCase(
        text="台账内容填写错误的扣0.1分/处，未归档的扣0.5分/份",
        pattern="cases",
        rules=(_each("台账内容填写错误", "0.1"), _each("未归档", "0.5")),
    ),
    ClauseCase(
        text="每1处裸土未覆盖扣0.2分，最多扣2分；每1台机械未喷码扣0.5分",
        pattern="cases",
        points=6,
        rules=(_each("裸土未覆盖", "0.2", cap=2), _each("机械未喷码", "0.5")),
    ),
    ClauseCase(
        text="科室内发现烟头、烟灰、乱扔纸屑等一次扣1分；私自使用电器，发现一次扣1分",
        pattern="cases",
        points=5,
        rules=(_each("科室内发现烟头、烟灰、乱扔纸屑", 1), _each("私自使用电器", 1)),
    ),
    ClauseCase(
        text="护士未佩戴胸牌上岗，发现一次扣1分、有投诉查实一次扣2分",
        pattern="cases",
        rules=(_each("护士未佩戴胸牌上岗", 1), _each("有投诉查实", 2)),
    ),
    ClauseCase(
        text="作业人员未经三级教育上岗的，每人次扣1分，累计扣分不超过5分",
        pattern="cases, cap",
        points=10,
        rules=(_each("作业人员未经三级教育上岗", 1, cap=5),),
    ),
    ClauseCase(
        text="污水直排口每个扣2分，扣满6分为止。",
        pattern="cases, cap",
        points=10,
        rules=(_each("污水直排口", 2, cap=6),),
    ),
    ClauseCase(
        text="资料不齐全的，每次（项）扣1分",
        pattern="cases",
        rules=(_each("资料不齐全", 1),),
    ),
    ClauseCase(
        text="发生治安案件、刑事案件的，每件分别扣2分、3分",
        pattern="cases, distributed",
        rules=(_each("治安案件", 2), _each("刑事案件", 3)),
    ),
    ClauseCase(
        text="每两次未参加调度会扣1分",
        pattern="cases",
        rules=(Deduction(Cases("未参加调度会", step=2), points=1),),
    ),
    ClauseCase(
        text="系统离线告警每次扣0.1分，前5次不扣分",
        pattern="free cases",
        rules=(Deduction(Cases("系统离线告警", free=5), points="0.1"),),
    ),
    # steps
    ClauseCase(
        text="查现场和资料。每降低 1 个百分点扣 0.5 分",
        requirement="水利设施综合完好率不低于 92%",
        pattern="steps below",
        points=3,
        rules=(Deduction(StepsBelow("水利设施综合完好率", target=92, step=1), points="0.5"),),
        units=(("水利设施综合完好率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="适龄儿童入学率未达到100%，按每下降1%扣0.5分。",
        pattern="steps below",
        rules=(Deduction(StepsBelow("适龄儿童入学率", target=100, step=1), points="0.5"),),
        units=(("适龄儿童入学率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="项目开工率要达到40%，未达到目标每低一个百分点扣0.1分",
        pattern="steps below",
        rules=(Deduction(StepsBelow("项目开工率", target=40, step=1), points="0.1"),),
        units=(("项目开工率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="达标得满分；每低于达标线1个百分点扣2分",
        requirement="垃圾清运及时率≥98%",
        pattern="steps below",
        points=20,
        rules=(Deduction(StepsBelow("垃圾清运及时率", target=98, step=1), points=2),),
        units=(("垃圾清运及时率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="巡查每下降2%扣0.5分，最高扣10分。指导记录每缺1份扣0.1分，最高扣5分。",
        requirement="巡查不少于600户次，指导记录不少于300份",
        pattern="steps below on a count",
        points=15,
        rules=(
            Deduction(StepsBelow("巡查", target=600, step=2, relative=True), points="0.5", cap=10),
            Deduction(Lacking("指导记录", required=300), points="0.1", cap=5),
        ),
        units=(("指导记录", "份"),),
        assumed=True,
    ),
    ClauseCase(
        text="辍学率控制在1%以内，每高出0.1个百分点扣1分",
        pattern="steps above",
        rules=(Deduction(StepsAbove("辍学率", target=1, step="0.1"), points=1),),
        units=(("辍学率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="用水总量控制在1200万立方米以内，每超1%扣0.5分",
        pattern="steps above on an amount",
        rules=(
            Deduction(StepsAbove("用水总量", target=1200, step=1, relative=True), points="0.5"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="投诉处理时间不超过7天，每超1天扣0.5分",
        pattern="steps above on an amount",
        rules=(Deduction(StepsAbove("投诉处理时间", target=7, step=1), points="0.5"),),
        units=(("投诉处理时间", "天"),),
        assumed=True,
    ),
    ClauseCase(
        text="生均公用经费不低于800元，每少50元扣0.5分",
        pattern="steps below on an amount",
        rules=(Deduction(StepsBelow("生均公用经费", target=800, step=50), points="0.5"),),
        units=(("生均公用经费", "元"),),
        assumed=True,
    ),
    ClauseCase(
        text="预算收入完成率95%，每低1%扣0.5分，不足1%按1%计算",
        pattern="started steps",
        rules=(
            Deduction(
                StepsBelow("预算收入完成率", target=95, step=1, counting="started"),
                points="0.5",
            ),
        ),
        units=(("预算收入完成率", "%"),),
    ),
    ClauseCase(
        text="盗窃案件发案数不高于上年，每上升1%扣0.2分",
        pattern="steps above",
        rules=(
            Deduction(
                StepsAbove(
                    "盗窃案件发案数", target=Given("上年盗窃案件发案数"), step=1, relative=True
                ),
                points="0.2",
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="村集体收入达到20万元的得5分，每少1万元扣0.5分",
        pattern="steps below on an amount",
        points=5,
        rules=(Deduction(StepsBelow("村集体收入", target=20, step=1), points="0.5"),),
        units=(("村集体收入", "万元"),),
        assumed=True,
    ),
    ClauseCase(
        text="持证率、复训率分别达到100%、95%，每低5%分别扣1分、0.5分",
        pattern="distributed",
        points=6,
        rules=(
            Deduction(StepsBelow("持证率", target=100, step=5), points=1),
            Deduction(StepsBelow("复训率", target=95, step=5), points="0.5"),
        ),
        units=(("持证率", "%"), ("复训率", "%")),
        assumed=True,
    ),
    ClauseCase(
        text="户厕改造率：平原村90%、山区村75%，每低5%扣1分",
        pattern="steps below",
        rules=(
            Deduction(
                StepsBelow("户厕改造率", target=ByKind({"平原村": 90, "山区村": 75}), step=5),
                points=1,
            ),
        ),
        units=(("户厕改造率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="林木成活率不低于____%，每低1个百分点扣0.3分",
        pattern="blank",
        rules=(
            Deduction(StepsBelow("林木成活率", target=Blank("林木成活率"), step=1), points="0.3"),
        ),
        units=(("林木成活率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="整改完成率达100%，每低10％扣1分，低于60％不得分",
        pattern="steps and forfeit",
        points=6,
        rules=(
            Deduction(StepsBelow("整改完成率", target=100, step=10), points=1),
            Forfeit(Compare("整改完成率", "<", 60)),
        ),
        units=(("整改完成率", "%"),),
        assumed=True,
    ),
    # proportional
    ClauseCase(
        text="未完成任务的按完成率计算得分。",
        requirement="植树造林800亩",
        pattern="proportional",
        points=5,
        rules=(Curve("植树造林", "earn", (Knot(0, 0), Knot(800, FULL))),),
        units=(("植树造林", "亩"),),
    ),
    ClauseCase(
        text="得分=培训合格率×4分",
        pattern="proportional",
        points=4,
        rules=(Curve("培训合格率", "earn", (Knot(0, 0), Knot(100, 4))),),
        units=(("培训合格率", "%"),),
    ),
    ClauseCase(
        text="完成项目投资5000万元，未完成的按比例扣分",
        pattern="proportional",
        points=10,
        rules=(Deduction(StepsBelow("项目投资", target=5000), points=FULL),),
        units=(("项目投资", "万元"),),
    ),
    ClauseCase(
        text="每创建1个美丽庭院得0.5分，最多得3分",
        pattern="earning per case",
        points=3,
        rules=(Curve("美丽庭院", "earn", (Knot(0, 0), Knot(6, 3))),),
        units=(("美丽庭院", "个"),),
    ),
    # judgements
    ClauseCase(
        text="日常工作配合不积极的，扣0.5－3分。",
        pattern="judgement",
        points=5,
        rules=(Judgement("日常工作配合不积极", "lose", least="0.5", most=3),),
    ),
    ClauseCase(
        text="在文明县城创建中达不到要求的，酌情扣0.5－2分。",
        pattern="judgement",
        rules=(Judgement("在文明县城创建中达不到要求", "lose", least="0.5", most=2),),
    ),
    ClauseCase(
        text="未开展民间厨师培训的扣2分，培训不全的，酌情扣分。",
        pattern="judgement",
        points=2,
        rules=(_once("未开展民间厨师培训", 2), Judgement("培训不全", "lose")),
    ),
    ClauseCase(
        text="老党员作用发挥较好的，酌情加1－5分。",
        pattern="judgement",
        rules=(Judgement("老党员作用发挥较好", "add", least=1, most=5),),
    ),
    ClauseCase(
        text="成功创建县级以上平安村的，加1－3分。",
        pattern="judgement",
        rules=(Judgement("成功创建县级以上平安村", "add", least=1, most=3),),
    ),
    ClauseCase(
        text="记录不完整的酌情扣分，最高扣1分",
        pattern="judgement",
        points=3,
        rules=(Judgement("记录不完整", "lose", most=1),),
    ),
    ClauseCase(
        text="整改质量不高，视严重程度扣1至3分",
        pattern="judgement",
        points=5,
        rules=(Judgement("整改质量不高", "lose", least=1, most=3),),
    ),
    ClauseCase(
        text="校园文化建设特色不明显的，适当扣分",
        pattern="judgement",
        points=4,
        rules=(Judgement("校园文化建设特色不明显", "lose"),),
    ),
    ClauseCase(
        text="未做好防汛值守工作的，按镇通报情况，酌情扣0.5－2分。",
        pattern="judgement",
        rules=(Judgement("未做好防汛值守工作", "lose", least="0.5", most=2),),
    ),
    ClauseCase(
        text="根据现场展示情况酌情给0—5分",
        requirement="班级文化展示",
        pattern="judgement",
        points=5,
        rules=(Judgement("班级文化展示", "earn", most=5),),
    ),
    # bonuses
    ClauseCase(
        text="获评国家级、省级、市级文明校园的，分别加5分、3分、1分",
        pattern="bonus once",
        rules=(
            Bonus(Once(Flag("获评国家级文明校园")), points=5),
            Bonus(Once(Flag("获评省级文明校园")), points=3),
            Bonus(Once(Flag("获评市级文明校园")), points=1),
        ),
    ),
    ClauseCase(
        text="每招引1个项目加1分，属高新技术企业的，每个再加0.5分。",
        pattern="bonus per case",
        rules=(
            Bonus(Cases("招引项目"), points=1),
            Bonus(Cases("属高新技术企业"), points="0.5"),
        ),
    ),
    ClauseCase(
        text="在市级以上媒体刊稿的，每篇加0.2分，最多不超过2分。",
        pattern="bonus per case",
        rules=(Bonus(Cases("在市级以上媒体刊稿"), points="0.2", cap=2),),
    ),
    ClauseCase(
        text="民兵连部规范化建设首次达标的，加1分；受到县级以上观摩的，加1分。",
        pattern="bonus once",
        rules=(
            Bonus(Once(Flag("民兵连部规范化建设首次达标")), points=1),
            Bonus(Once(Flag("受到县级以上观摩")), points=1),
        ),
    ),
    ClauseCase(
        text="入党积极分子达到5人以上的，每增加1人加0.5分，最高加2分",
        pattern="bonus per step",
        rules=(Bonus(StepsAbove("入党积极分子", target=5, step=1), points="0.5", cap=2),),
        units=(("入党积极分子", "人"),),
    ),
    ClauseCase(
        text="全镇擂台赛第一名加5分，第二名加3分，第三名加1分",
        pattern="bonus by rank",
        rules=(Bands("全镇擂台赛", "add", (_at(5, 1, 1), _at(3, 2, 2), _at(1, 3, 3))),),
    ),
    ClauseCase(
        text="创建省级卫生镇加3分，创建市级卫生村加1分，累计加分不超过4分",
        pattern="bonus group",
        rules=(
            Group(
                (
                    Bonus(Once(Flag("创建省级卫生镇")), points=3),
                    Bonus(Once(Flag("创建市级卫生村")), points=1),
                ),
                cap=4,
            ),
        ),
    ),
    ClauseCase(
        text="获省级集体荣誉加3分，获市级集体荣誉加2分，同一荣誉按最高分计算，不重复加分",
        pattern="bonus group",
        rules=(
            Bonus(Cases("获省级集体荣誉"), points=3),
            Bonus(Cases("获市级集体荣誉"), points=2),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="按要求完成便民中心创建的，加3分，未完成的，扣3分。",
        pattern="bonus and deduction",
        rules=(
            Bonus(Once(Flag("按要求完成便民中心创建")), points=3),
            _once("未完成", 3),
        ),
    ),
    ClauseCase(
        text="举办镇级节庆活动的，每次加1分，成效显著的，再加1分",
        pattern="bonus per case",
        rules=(
            Bonus(Cases("举办镇级节庆活动"), points=1),
            Bonus(Once(Flag("成效显著")), points=1),
        ),
    ),
    ClauseCase(
        text="每提高1个百分点加0.2分，最高加1分",
        requirement="农村生活污水治理率达到40%",
        pattern="bonus per step",
        rules=(Bonus(StepsAbove("农村生活污水治理率", target=40, step=1), points="0.2", cap=1),),
        units=(("农村生活污水治理率", "%"),),
        assumed=True,
    ),
    # further, multiplied, from the total; vetoes
    ClauseCase(
        text="存在失管失察的，每项扣1分，产生重大影响的，加扣2分。",
        pattern="further",
        rules=(
            _each("存在失管失察", 1),
            Deduction(Once(Flag("产生重大影响")), points=2, reach="total"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="构成重大事故隐患的，不得分，并追加扣除5分",
        pattern="further",
        points=10,
        rules=(
            _off("构成重大事故隐患"),
            Deduction(Once(Flag("构成重大事故隐患")), points=5, reach="total"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="未落实安置帮教措施的，扣0.5分；因此导致重新犯罪的，每例加扣1分",
        pattern="further",
        rules=(
            _once("未落实安置帮教措施", "0.5"),
            Deduction(Cases("因此导致重新犯罪"), points=1, reach="total"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="未及时制止焚烧的，每例扣1分；出现更为严重的环境问题的，酌情加扣1－3分。",
        pattern="further",
        rules=(
            _each("未及时制止焚烧", 1),
            Judgement("出现更为严重的环境问题", "lose", least=1, most=3, reach="total"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="安全隐患每处扣0.5分，重复发生的加倍扣分",
        pattern="multiplier",
        rules=(Deduction(Cases("安全隐患"), points="0.5", times=Times(2, Flag("重复发生"))),),
    ),
    ClauseCase(
        text="因履职不力被问责的，每人次从总分中扣2分",
        pattern="from the total",
        rules=(Deduction(Cases("因履职不力被问责"), points=2, reach="total"),),
    ),
    ClauseCase(
        text="发生较大及以上生产安全事故的，实行一票否决，取消年度评优资格。",
        pattern="veto",
        vetoes=(
            Veto(
                "发生较大及以上生产安全事故",
                "发生较大及以上生产安全事故",
                when=Flag("发生较大及以上生产安全事故"),
                effects=BarHonours(),
            ),
        ),
    ),
    ClauseCase(
        text="发生师德失范行为的，实行一票否决",
        pattern="veto",
        vetoes=(
            Veto(
                "发生师德失范行为",
                "发生师德失范行为",
                when=Flag("发生师德失范行为"),
                effects=BarHonours(),
            ),
        ),
        assumed=True,
    ),
    # parts and stated points
    ClauseCase(
        text="未落实水质监测的扣1分。（2分）",
        pattern="stated points",
        states=2,
        rules=(_once("未落实水质监测", 1),),
    ),
    ClauseCase(
        text="台账管理（3分）：无综合台账不得分；填写不完整、数据不准确，每处扣0.2分",
        pattern="stated points",
        states=3,
        rules=(_off("无综合台账"), _each("填写不完整、数据不准确", "0.2")),
    ),
    ClauseCase(
        text="校园安全共12分，其中人防4分、物防4分、技防4分",
        pattern="parts",
        states=12,
        parts=(
            Part("1", "人防", points=4),
            Part("2", "物防", points=4),
            Part("3", "技防", points=4),
        ),
    ),
    # targets without a rule
    ClauseCase(
        text="确保城乡居民养老保险参保率达到97%以上，森林火灾受害率控制在0.9‰以内",
        pattern="target",
        targets=(
            Target("城乡居民养老保险参保率", ">=", 97),
            Target("森林火灾受害率", "<=", "0.9"),
        ),
        units=(("城乡居民养老保险参保率", "%"), ("森林火灾受害率", "‰")),
    ),
    ClauseCase(
        text="党委理论学习中心组集中学习全年不少于12次",
        pattern="target",
        targets=(Target("党委理论学习中心组集中学习", ">=", 12),),
        units=(("党委理论学习中心组集中学习", "次"),),
    ),
    ClauseCase(
        text="建成区绿化覆盖率≥38%，人均公园绿地面积≥12平方米",
        pattern="target",
        targets=(
            Target("建成区绿化覆盖率", ">=", 38),
            Target("人均公园绿地面积", ">=", 12),
        ),
        units=(("建成区绿化覆盖率", "%"), ("人均公园绿地面积", "平方米")),
    ),
    ClauseCase(
        text="应急响应时间不超过30分钟；音量不小于90分贝",
        pattern="target",
        targets=(Target("应急响应时间", "<=", 30), Target("音量", ">=", 90)),
        units=(("应急响应时间", "分钟"),),
    ),
    ClauseCase(
        text="村级河长每周巡河不少于1次",
        pattern="frequency",
        targets=(Target("村级河长巡河", ">=", 52),),
        assumed=True,
    ),
    ClauseCase(
        text="专任教师学历达标率100%，教师培训覆盖率要达到95%",
        pattern="target",
        targets=(
            Target("专任教师学历达标率", ">=", 100),
            Target("教师培训覆盖率", ">=", 95),
        ),
        units=(("专任教师学历达标率", "%"), ("教师培训覆盖率", "%")),
    ),
    # excused, nothing scores
    ClauseCase(
        text="未设置分校区的，此项不扣分。",
        pattern="excused",
        points=2,
    ),
    ClauseCase(
        text="查阅台账，核对数据，现场抽查主要街道10户管理单位。",
        pattern="nothing scores",
    ),
    ClauseCase(
        text="落实分级负责制，每年部署、每月分析，参加联席会议，不得推诿扯皮。",
        pattern="nothing scores",
    ),
    # long cells
    ClauseCase(
        text="未按计划检维修的，每项扣2分；未对检修人员进行安全交底的，每次扣1分；失修每处扣1分；"
        "擅自拆除安全设施的，每处扣2分；检修完毕未及时恢复的，每处扣1分。",
        pattern="long cell",
        points=6,
        rules=(
            _each("未按计划检维修", 2),
            _each("未对检修人员进行安全交底", 1),
            _each("失修", 1),
            _each("擅自拆除安全设施", 2),
            _each("检修完毕未及时恢复", 1),
        ),
    ),
    ClauseCase(
        text="①无食堂管理制度扣1分；②从业人员无健康证每人扣0.5分，最高扣2分；"
        "③留样不足48小时每次扣0.5分；④发生食物中毒事件不得分。",
        pattern="long cell",
        points=6,
        rules=(
            _once("无食堂管理制度", 1),
            _each("从业人员无健康证", "0.5", cap=2),
            _each("留样不足48小时", "0.5"),
            _off("发生食物中毒事件"),
        ),
    ),
    ClauseCase(
        text="未建立文件收发记录本，扣1分；无记录一次扣0.5分；记录不完整的每次扣0.3分；"
        "文件未分类存档的扣1分",
        pattern="long cell",
        points=3,
        rules=(
            _once("未建立文件收发记录本", 1),
            _each("无记录", "0.5"),
            _each("记录不完整", "0.3"),
            _once("文件未分类存档", 1),
        ),
    ),
    ClauseCase(
        text="未开展网格巡查的扣1分；宣传栏每少一期扣0.5分，讲座每少一场扣1分；"
        "居民知晓率达80%以上，每低5个百分点扣0.5分；被县级以上表彰的加1分。",
        requirement="宣传栏全年不少于6期，讲座全年不少于4场",
        pattern="long cell",
        points=8,
        rules=(
            _once("未开展网格巡查", 1),
            Deduction(Lacking("宣传栏", required=6), points="0.5"),
            Deduction(Lacking("讲座", required=4), points=1),
            Deduction(StepsBelow("居民知晓率", target=80, step=5), points="0.5"),
            Bonus(Once(Flag("被县级以上表彰")), points=1),
        ),
        units=(("宣传栏", "期"), ("讲座", "场"), ("居民知晓率", "%")),
        assumed=True,
    ),
    # what must be reported
    ClauseCase(
        text="量化分级率每下降10%扣0.5分",
        pattern="unread",
        rules=(
            Deduction(StepsBelow("量化分级率", target=Blank("量化分级率"), step=10), points="0.5"),
        ),
        assumed=True,
        unread=True,
    ),
    ClauseCase(
        text="违反财务制度的，每例酌情扣2－4分。",
        pattern="judged",
        rules=(Judgement("违反财务制度", "lose"),),
        assumed=True,
    ),
    ClauseCase(
        text="竞赛获评一、二、三等奖的，每例加3－1分。",
        pattern="unread",
        unread=True,
    ),
    ClauseCase(
        text="未完成任务的，扣除相应分值",
        pattern="judged",
        rules=(Judgement("未完成任务", "lose"),),
        assumed=True,
    ),
    ClauseCase(
        text="按时发放补贴的，产区得2分，非产区得1分",
        pattern="unread",
        unread=True,
    ),
    ClauseCase(
        text="工作台账不全的扣1.5.5分",
        pattern="unread",
        unread=True,
    ),
    ClauseCase(
        text="绿化率达到30%左右",
        pattern="vague",
        vague=True,
    ),
    ClauseCase(
        text="具体扣分办法另行通知",
        pattern="unread",
        unread=True,
    ),
)
