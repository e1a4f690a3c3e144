"""Lists and what adds up: what stands once before several of them, and what each of them earns.

A 每 before a list, commas for 、, points in order, ranks that hold for what follows, points that
may be earned again and again.
"""

from __future__ import annotations

from fractions import Fraction

from clauses.cases import ClauseCase
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag
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
    Knot,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _any(words: tuple[str, ...], points: int | str) -> Deduction:
    """Lose these points once where any of the words hold."""
    return Deduction(Once(AnyOf(tuple(map(Flag, words)))), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _line(words: str, at: int | Fraction, points: int) -> Curve:
    """Earn these points where so many are reached, and a share of them below."""
    return Curve(words, "earn", (Knot(0, 0), Knot(at, points)))


def _earned(words: str, points: Points | int | str) -> Rule:
    """Earn these points where the words hold."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _levels(measure: str, *levels: tuple[str, int]) -> Bands:
    """Earn the points of the level that was reached."""
    bands = tuple(LevelBand((level,), points) for level, points in levels)
    return Bands(measure, "earn", bands)


CASES: tuple[ClauseCase, ...] = (
    # --- 每 before several faults ---------------------------------------------------------------
    ClauseCase(
        text="每处发现蛛网扣0.5分、积灰扣0.2分",
        pattern="cases",
        rules=(_each("蛛网", "0.5"), _each("积灰", "0.2")),
        assumed=True,
    ),
    ClauseCase(
        text="查看台账，1份有漏项扣1分，涂改扣0.5分，签名不正确，扣2分",
        pattern="cases",
        rules=(_each("有漏项", 1), _each("涂改", "0.5"), _each("签名不正确", 2)),
        assumed=True,
    ),
    ClauseCase(
        text="一人未佩戴胸牌扣1分，未穿工作服扣2分",
        pattern="cases",
        rules=(_each("未佩戴胸牌", 1), _each("未穿工作服", 2)),
        assumed=True,
    ),
    ClauseCase(
        text="发现一例漏诊扣2分，未建会诊制度扣1分",
        pattern="cases",
        rules=(_each("漏诊", 2), _once("未建会诊制度", 1)),
        assumed=True,
    ),
    # --- commas between the members -------------------------------------------------------------
    ClauseCase(
        text="索要红包，推荐院外购药等一次扣3分",
        pattern="cases",
        rules=(_each("索要红包，推荐院外购药", 3),),
    ),
    ClauseCase(
        text="器械清洗不彻底，包装有破损每件扣0.5分",
        pattern="cases",
        rules=(_each("器械清洗不彻底，包装有破损", "0.5"),),
    ),
    ClauseCase(
        text="初筛率低于90%，复诊率低于80%的扣2分",
        pattern="bounds",
        rules=(
            Deduction(
                Once(AnyOf((Compare("初筛率", "<", 90), Compare("复诊率", "<", 80)))), points=2
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="床位使用率低于80%，高于95%扣1分",
        pattern="bounds",
        rules=(
            Deduction(
                Once(AnyOf((Compare("床位使用率", "<", 80), Compare("床位使用率", ">", 95)))),
                points=1,
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="因交接不清，未及时给药扣2分",
        pattern="flags",
        rules=(_once("因交接不清，未及时给药", 2),),
    ),
    ClauseCase(
        text="门前有垃圾，有污水，地面不整洁扣1分",
        pattern="flags",
        rules=(_any(("门前有垃圾", "有污水", "地面不整洁"), 1),),
        assumed=True,
    ),
    ClauseCase(
        text="本院有预案、流程、培训，无演练，扣2分",
        pattern="flags",
        rules=(_once("本院有预案、流程、培训，无演练", 2),),
        assumed=True,
    ),
    ClauseCase(
        text="按时交接，账目清楚，不迟到，不空岗得3分",
        pattern="earned facts",
        rules=(_earned("按时交接，账目清楚，不迟到，不空岗", 3),),
    ),
    # --- brackets in a list, and 各 over two lists ----------------------------------------------
    ClauseCase(
        text="未召开例会（每月1次）、未开展督导（每季度1次）、台账未更新不得分",
        pattern="forfeit",
        rules=(
            Forfeit(
                AnyOf(
                    tuple(
                        map(
                            Flag,
                            (
                                "未召开例会（每月1次）",
                                "未开展督导（每季度1次）",
                                "台账未更新",
                            ),
                        )
                    )
                )
            ),
        ),
    ),
    ClauseCase(
        text="走廊、楼梯有积水、烟头各扣0.5分",
        pattern="flags",
        rules=(_once("走廊、楼梯有积水", "0.5"), _once("走廊、楼梯有烟头", "0.5")),
        assumed=True,
    ),
    ClauseCase(
        text="台面、柜顶、窗台有灰尘各扣0.3分",
        pattern="flags",
        rules=tuple(_once(f"{place}有灰尘", "0.3") for place in ("台面", "柜顶", "窗台")),
    ),
    ClauseCase(
        text="查房记录、病程书写等每项未及时完成各扣1分",
        pattern="cases",
        rules=(_each("查房记录未及时完成", 1), _each("病程书写未及时完成", 1)),
    ),
    # --- in order -------------------------------------------------------------------------------
    ClauseCase(
        text="早产,低体重儿死亡率分别超过15/10万,8‰的扣5分",
        pattern="bounds",
        rules=(
            Deduction(
                Once(AnyOf((Compare("早产死亡率", ">", 15), Compare("低体重儿死亡率", ">", 8)))),
                points=5,
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="初治率、复治率分别达到95%、90%得3分",
        pattern="bounds",
        rules=(
            Bands(
                "初治率",
                "earn",
                (CaseBand(AllOf((Compare("初治率", ">=", 95), Compare("复治率", ">=", 90))), 3),),
            ),
        ),
    ),
    ClauseCase(
        text="少开一次或未留记录的分别扣1分、0.5分",
        pattern="lacking",
        requirement="召开协调会4次",
        rules=(Deduction(Lacking("协调会", required=4), points=1), _once("未留记录", "0.5")),
    ),
    ClauseCase(
        text="国家级、省级课题每项分别得5、3分",
        pattern="earned cases",
        points=10,
        rules=(_line("国家级课题", 2, 10), _line("省级课题", Fraction(10, 3), 10)),
    ),
    ClauseCase(
        text="管理两率（建档率、随访率）均达90%，每低1%扣0.5分",
        pattern="steps",
        rules=tuple(
            Deduction(StepsBelow(name, target=90, step=1), points="0.5")
            for name in ("建档率", "随访率")
        ),
        assumed=True,
    ),
    # --- ranks that hold for what follows -------------------------------------------------------
    ClauseCase(
        text="全国理事长5分、副理事长4分；省理事长4分，副理事长3分",
        pattern="levels",
        points=5,
        requirement="学会任职",
        rules=(
            _levels(
                "学会任职",
                ("全国理事长", 5),
                ("全国副理事长", 4),
                ("省理事长", 4),
                ("省副理事长", 3),
            ),
        ),
    ),
    ClauseCase(
        text="国家级一等奖8分，二等奖6分；省级一等奖5分，二等奖3分",
        pattern="levels",
        points=8,
        requirement="科技成果",
        rules=(
            _levels(
                "科技成果",
                ("国家级一等奖", 8),
                ("国家级二等奖", 6),
                ("省级一等奖", 5),
                ("省级二等奖", 3),
            ),
        ),
    ),
    ClauseCase(
        text="市级课题主持人加3分、参与人加1分；县级课题主持人加2分，参与人加0.5分",
        pattern="bonus",
        rules=tuple(
            Bonus(Once(Flag(name)), points=points)
            for name, points in (
                ("市级课题主持人", 3),
                ("市级参与人", 1),
                ("县级课题主持人", 2),
                ("县级参与人", "0.5"),
            )
        ),
    ),
    # --- what adds up ---------------------------------------------------------------------------
    ClauseCase(
        text="省级培训班得2分，市级培训班得1分；可累积计分，总分不超过标准分",
        pattern="earned cases",
        points=4,
        rules=(_line("省级培训班", 2, 4), _line("市级培训班", 4, 4)),
        assumed=True,
    ),
    ClauseCase(
        text="主讲4分、助讲2分",
        pattern="earned cases",
        points=8,
        requirement="承担继续教育授课，可累计得分",
        rules=(_line("主讲", 2, 8), _line("助讲", 4, 8)),
        assumed=True,
    ),
    ClauseCase(
        text="获省级通报表扬加2分，可累计加分，最高加6分",
        pattern="bonus",
        rules=(Bonus(Cases("获省级通报表扬"), points=2, cap=6),),
        assumed=True,
    ),
    ClauseCase(
        text="核心期刊每篇3分，普通期刊每篇1分",
        pattern="earned cases",
        points=6,
        rules=(_line("核心期刊", 2, 6), _line("普通期刊", 6, 6)),
    ),
    ClauseCase(
        text="发明专利每项2分，实用新型每项1分，最高4分",
        pattern="earned cases",
        rules=(Group((_line("发明专利", 2, 4), _line("实用新型", 4, 4)), cap=4),),
        assumed=True,
    ),
    ClauseCase(
        text="每个预案2分，共4分",
        pattern="earned cases",
        points=4,
        states=4,
        rules=(_line("预案", 2, 4),),
    ),
    ClauseCase(
        text="发明专利每项得3分，最高得6分",
        pattern="earned cases",
        points=10,
        rules=(_line("发明专利", 2, 6),),
    ),
    ClauseCase(
        text="A、B级分别得5、3分",
        pattern="levels",
        rules=(_levels("等次", ("A级", 5), ("B级", 3)),),
    ),
    ClauseCase(
        text="覆盖率达98%、90%的，分别得4、2分",
        pattern="bands",
        rules=(Bands("覆盖率", "earn", (Band(4, low=98), Band(2, low=90))),),
    ),
    # --- levels and places ----------------------------------------------------------------------
    ClauseCase(
        text="甲级得满分，乙级扣2分，丙级扣4分",
        pattern="levels",
        points=6,
        rules=(
            Bands(
                "等次",
                "lose",
                (LevelBand(("甲级",), 0), LevelBand(("乙级",), 2), LevelBand(("丙级",), 4)),
            ),
        ),
    ),
    ClauseCase(
        text="无纠纷得4分，1起得2分，2起及以上不得分",
        pattern="bands",
        points=4,
        rules=(
            Bands(
                "纠纷",
                "earn",
                (
                    Band(4, low=0, high=0, high_in=True),
                    Band(2, low=1, high=1, high_in=True),
                    Band(0, low=2),
                ),
            ),
        ),
    ),
    ClauseCase(
        text="第一名得4分，第二名得3分，以此类推",
        pattern="bands",
        points=4,
        rules=(
            Bands(
                "排名",
                "earn",
                tuple(
                    Band(5 - place, low=place, high=place, high_in=True) for place in (1, 2, 3, 4)
                ),
            ),
        ),
    ),
    ClauseCase(
        text="新技术1项得2分，2项得4分，以此类推",
        pattern="bands",
        points=6,
        rules=(
            Bands(
                "新技术",
                "earn",
                (
                    Band(2, low=1, high=1, high_in=True),
                    Band(4, low=2, high=2, high_in=True),
                    Band(6, low=3),
                ),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="二等奖加4分（第二完成者加2分）",
        pattern="bonus",
        rules=(
            Bonus(Once(Flag("二等奖")), points=4),
            Bonus(Once(Flag("二等奖第二完成者")), points=2),
        ),
    ),
    ClauseCase(
        text="轻度浪费每次扣1分，中度扣2分",
        pattern="cases",
        rules=(_each("轻度浪费", 1), _each("中度浪费", 2)),
    ),
    ClauseCase(
        text="未设专柜、专账、专人管理的，各扣1分",
        pattern="flags",
        rules=(_once("未设专柜", 1), _once("未设专账", 1), _once("未设专人管理", 1)),
    ),
    ClauseCase(
        text="有执业许可文件得分",
        pattern="earned facts",
        points=2,
        rules=(_earned("有执业许可文件", FULL),),
        assumed=True,
    ),
    ClauseCase(
        text="有登记的每份1分，未登记的扣1分",
        pattern="earned cases",
        points=10,
        rules=(_line("有登记", 10, 10), _once("未登记", 1)),
    ),
    ClauseCase(
        text="每份处方：无诊断扣1分，字迹潦草扣0.5分；超量未签名扣2分",
        pattern="cases",
        rules=(_each("无诊断", 1), _each("字迹潦草", "0.5"), _each("超量未签名", 2)),
        assumed=True,
    ),
    ClauseCase(
        text="发生1起扣2分，2起扣4分，3起扣8分",
        pattern="bands",
        points=8,
        requirement="医疗纠纷",
        rules=(
            Bands(
                "医疗纠纷",
                "lose",
                (
                    Band(2, low=1, high=1, high_in=True),
                    Band(4, low=2, high=2, high_in=True),
                    Band(8, low=3),
                ),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="主编教材4分/部，副主编2分/部",
        pattern="earned cases",
        points=4,
        rules=(_line("主编教材", 1, 4), _line("副主编", 2, 4)),
    ),
    ClauseCase(
        text="论文1篇得2分，专利1项得5分",
        pattern="earned cases",
        points=10,
        rules=(_line("论文", 5, 10), _line("专利", 2, 10)),
        assumed=True,
    ),
    ClauseCase(
        text="在省、市级期刊发表1篇〔项〕分别加1分和0.5分，最多不超过5分",
        pattern="bonus",
        rules=(
            Group(
                (
                    Bonus(Cases("在省级期刊发表"), points=1),
                    Bonus(Cases("在市级期刊发表"), points="0.5"),
                ),
                cap=5,
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="废物混放每处扣1分、未封口每处扣0.5分、交接不全扣0.5分",
        pattern="cases",
        rules=(_each("废物混放", 1), _each("未封口", "0.5"), _once("交接不全", "0.5")),
        assumed=True,
    ),
)
