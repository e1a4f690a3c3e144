"""What holds together and what counts apart: conditions in a row, lists of faults, pairs, shares.

All of what points are earned for, any of what costs them, one fault for each person and day, the
part of a standard that was reached, and a verb or a comparison in an unusual place. Reworded from
constructions of public tables.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.rules.condition import AllOf, AnyOf, Compare, Condition, Flag
from healthduty.rules.points import FULL
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Deduction,
    Forfeit,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow
from healthduty.rules.threshold import ByKind


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str, step: int = 1) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words, step=step), points=points)


def _below(measure: str, target: int, points: int | str) -> Deduction:
    """Lose these points for each percentage point below the target."""
    return Deduction(StepsBelow(measure, target=target, step=1), points=points)


def _lacks(measure: str, required: int, points: int | str) -> Deduction:
    """Lose these points for each that is lacking."""
    return Deduction(Lacking(measure, required=required), points=points)


def _earned(measure: str, when: Condition, points: int) -> Rule:
    """Earn these points where a condition holds."""
    return Bands(measure, "earn", (CaseBand(when, points),))


def _case(
    text: str,
    pattern: str,
    *rules: Rule,
    points: int | None = None,
    asked: str = "",
    units: tuple[tuple[str, str], ...] = (),
    assumed: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern=pattern,
        points=points,
        requirement=asked,
        rules=rules,
        units=units,
        assumed=assumed,
    )


_EARNED_TOGETHER = (
    _case(
        "台账记录清楚，装备维护良好，值班制度落实得1分",
        "all of it",
        _earned(
            "台账记录清楚，装备维护良好，值班制度落实",
            Flag("台账记录清楚，装备维护良好，值班制度落实"),
            1,
        ),
        points=1,
    ),
    _case(
        "按规定收集信息，信息库建设规范得2分，专人管理且录入准确率95%以上得1分",
        "all of it, and a rate",
        _earned("按规定收集信息，信息库建设规范", Flag("按规定收集信息，信息库建设规范"), 2),
        _earned("专人管理", AllOf((Flag("专人管理"), Compare("录入准确率", ">=", 95))), 1),
        points=3,
    ),
    _case(
        "设有科普展板，每年更新≥4期，得2分",
        "all of it, and a number",
        _earned("设有科普展板", AllOf((Flag("设有科普展板"), Compare("更新", ">=", 4))), 2),
        points=2,
    ),
    _case(
        "队伍建设，人员到位得2分，一般得1分，不到位不得分",
        "levels, and no list",
        Bands(
            "人员",
            "earn",
            (LevelBand("到位", 2), LevelBand("一般", 1), LevelBand("不到位", 0)),
        ),
        points=2,
    ),
    _case(
        "方案体现分层管理，并认真实施，得3分",
        "分 in a word",
        _earned("方案体现分层管理，并认真实施", Flag("方案体现分层管理，并认真实施"), 3),
        points=3,
    ),
    _case(
        "随访率达80%以上，建立专册得5分，每下降1个百分点扣0.2分",
        "asked with a rate",
        Forfeit(Flag("建立专册", expected=False)),
        _below("随访率", 80, "0.2"),
        points=5,
        assumed=True,
    ),
    _case(
        "有消毒制度，有登记本，合格率达到95%以上得4分，每低1%扣0.5分",
        "asked with a rate",
        Forfeit(AnyOf((Flag("有消毒制度", expected=False), Flag("有登记本", expected=False)))),
        _below("合格率", 95, "0.5"),
        points=4,
        assumed=True,
    ),
)

_FAULTS_TOGETHER = (
    _case(
        "未设独立账户，也未分类核算，无法说明去处的不得分",
        "one fault",
        Forfeit(Flag("未设独立账户，也未分类核算，无法说明去处")),
        points=4,
    ),
    _case(
        "若无原始记录，完全无法核对用量，本项为0分",
        "one fault",
        Forfeit(Flag("无原始记录，完全无法核对用量")),
        points=3,
    ),
    _case(
        "库房无温湿度记录，保管员对近效期药品不清楚，养护记录不及时登记，一处扣1分",
        "any of them counts",
        _each("库房无温湿度记录，保管员对近效期药品不清楚，养护记录不及时登记", 1),
        points=5,
    ),
    _case(
        "在候诊区高声说笑一次扣1分，在诊室内吃零食，看电影发现一次扣2分",
        "any of them counts",
        _each("在候诊区高声说笑", 1),
        _each("在诊室内吃零食，看电影", 2),
        points=5,
    ),
    _case(
        "无应急方案、演练不得分；演练记录不全扣1分",
        "a member of the list",
        Forfeit(Flag("无应急方案、演练")),
        _once("演练记录不全", 1),
        points=3,
        assumed=True,
    ),
    _case(
        "出现疫情、聚集性事件苗头不及时上报扣2分",
        "one fault",
        _once("出现疫情、聚集性事件苗头不及时上报", 2),
        points=4,
        assumed=True,
    ),
    _case(
        "无处理投诉人员签名的，每发现一处扣1分",
        "what is lacking",
        _each("无处理投诉人员签名", 1),
        points=4,
    ),
    _case(
        "输液错用一次，及时纠正，未造成不良后果，扣2分",
        "no target",
        _each("输液错用，及时纠正，未造成不良后果", 2),
        points=6,
    ),
    _case(
        "未开展演练，或演练无记录，或记录不符合要求的，扣2分",
        "either of three",
        Deduction(
            Once(AnyOf((Flag("未开展演练"), Flag("演练无记录"), Flag("记录不符合要求")))), points=2
        ),
        points=3,
        assumed=True,
    ),
    _case(
        "督办不力，工作推诿，造成损失的，扣5分",
        "what it led to",
        _once("督办不力，工作推诿，造成损失", 5),
        points=5,
    ),
    _case(
        "讲座不少于6次得3分，少于6次每次扣0.5分",
        "short of so many",
        _lacks("讲座", 6, "0.5"),
        points=3,
    ),
    _case(
        "首次发现扣1分，再次发现再扣2分",
        "on top of the first",
        Bands("次数", "lose", (Band(1, low=1, high=1, high_in=True), Band(3, low=2))),
        points=5,
    ),
    _case(
        "在市级会议上作经验发言的及被上级转发的加1分",
        "either",
        Bonus(Once(AnyOf((Flag("在市级会议上作经验发言"), Flag("被上级转发")))), points=1),
        assumed=True,
    ),
)

_COUNTED = (
    _case(
        "违规收费，每人每次扣2分",
        "in pairs",
        _each("违规收费", 2),
        points=6,
        units=(("违规收费", "人次"),),
    ),
    _case(
        "消毒不及时，每床每天扣0.5分",
        "in pairs",
        _each("消毒不及时", "0.5"),
        points=4,
        units=(("消毒不及时", "床天"),),
    ),
    _case("发现蟑螂每处每只扣1分", "in pairs", _each("蟑螂", 1), points=4),
    _case("报表未按时公示，每天每项扣0.5分", "in pairs", _each("报表未按时公示", "0.5"), points=5),
    _case("延迟上报3天扣1分", "how long", _each("延迟上报", 1, step=3), points=3, assumed=True),
    _case("误登一名患者扣2分", "each of one", _each("误登患者", 2), points=4),
    _case("漏查、错查一个部位扣1分", "each of one", _each("漏查、错查部位", 1), points=4),
    _case("标识应醒目，否则引起误解扣2分/例", "otherwise", _each("引起误解", 2), points=4),
    _case(
        "有3块以上宣传展板得2分", "so many", Bands("宣传展板", "earn", (Band(2, low=3),)), points=2
    ),
    _case(
        "3项均达到，得6分；2项达到，得4分；3项均未达到，不得分",
        "none of them",
        Bands("3项均达到", "earn", (Band(6, low=3), Band(4, low=2, high=2, high_in=True))),
        Forfeit(Flag("3项均未达到")),
        points=6,
        assumed=True,
    ),
    _case(
        "少一次扣1分",
        "each by its period",
        _lacks("病区巡查", 52, 1),
        _lacks("抽查交接班记录", 52, 1),
        _lacks("检查应急箱", 4, 1),
        points=6,
        asked="每周开展病区巡查一次，抽查交接班记录一次，每季度检查应急箱一次",
        assumed=True,
    ),
    _case(
        "每月一次，缺一次扣1分",
        "named beside it",
        _lacks("召开质控例会", 12, 1),
        points=4,
        asked="召开质控例会",
        assumed=True,
    ),
    _case("每季度业务考试不及格，扣3分", "by the period", _once("业务考试不及格", 3), assumed=True),
)

_HELD = (
    _case(
        "库房面积达到标准的90%但未达标的扣1分；面积达到标准70%-90%的扣2分；小于标准70%的不得分",
        "share of a standard",
        Bands(
            "库房面积占标准的比例",
            "lose",
            (Band(1, low=90, high=100), Band(2, low=70, high=90)),
        ),
        Forfeit(Compare("库房面积占标准的比例", "<", 70)),
        points=3,
    ),
    _case(
        "参训人数低于计划60%的不得分",
        "share of a plan",
        Forfeit(Compare("参训人数占计划的比例", "<", 60)),
        points=3,
    ),
    _case(
        "建册率低于目标85%扣2分",
        "the target itself",
        Deduction(Once(Compare("建册率", "<", 85)), points=2),
        points=4,
        asked="建册率达85%",
    ),
    _case(
        "年末建档率达75%（85%）得12分，每减1%扣1分",
        "two targets",
        Deduction(
            StepsBelow("年末建档率", target=ByKind({"城区": 85}, default=75), step=1), points=1
        ),
        points=12,
        asked="居民建档率≥75%（城区≥85%）",
        assumed=True,
    ),
    _case(
        "物资超出核定的20个品种或经费总额的5%的扣3分",
        "numbers in words",
        _once("物资超出核定的20个品种或经费总额的5%", 3),
        points=6,
    ),
    _case("党费60%留给支部未落实的扣1分", "numbers in words", _once("党费60%留给支部未落实", 1)),
    _case(
        "接种率减1%减0.5分",
        "减 as a step",
        _below("接种率", 95, "0.5"),
        points=4,
        asked="接种率达95%以上",
        assumed=True,
    ),
    _case(
        "得分率每少2%扣1分",
        "a rate of points",
        Deduction(StepsBelow("得分率", target=92, step=2), points=1),
        points=5,
        asked="6-1-2基础质量，按市级细则考评，要求得分率≥92%",
        assumed=True,
    ),
    _case(
        "6-3-2利用橱窗或网站公布名单、价目，每缺少1项扣1分",
        "a number of the list",
        _each("利用橱窗或网站公布名单、价目缺少", 1),
        points=3,
    ),
)

_VERBS = (
    _case("未持证上岗扣满2分", "all of the points", _once("未持证上岗", 2), points=2),
    _case(
        "迟报每次扣0.5分，扣满2分",
        "the most",
        Deduction(Cases("迟报"), points="0.5", cap=2),
        points=3,
    ),
    _case(
        "发现一例误诊扣5分，2例直接扣至20分",
        "up to so many",
        Bands("误诊", "lose", (Band(5, low=1, high=1, high_in=True), Band(20, low=2))),
        points=20,
        assumed=True,
    ),
    _case(
        "未及时组织演练1.5分扣分，无演练记录扣0.5分",
        "the verb behind",
        _once("未及时组织演练", "1.5"),
        _once("无演练记录", "0.5"),
        points=3,
    ),
    _case("超过验收时限扣2分", "限 in a word", _once("超过验收时限", 2), points=4),
    _case(
        "缺登记扣1分组织涣散扣2分发现一处积水扣1分",
        "no mark between",
        _once("缺登记", 1),
        _once("组织涣散", 2),
        _each("积水", 1),
        points=6,
    ),
)

_GOALS_TOGETHER = (
    _case(
        "建档率≥80%，复查率≥60%得满分，否则不得分",
        "all of the points for all goals",
        Bands(
            "建档率",
            "earn",
            (CaseBand(AllOf((Compare("建档率", ">=", 80), Compare("复查率", ">=", 60))), FULL),),
            otherwise=0,
        ),
        points=4,
    ),
    _case(
        "建档率达到80%以上、复查率达到60%以上得满分，每低1个百分点扣0.2分",
        "all of the points for all goals",
        _below("建档率", 80, "0.2"),
        _below("复查率", 60, "0.2"),
        points=4,
        assumed=True,
    ),
)

CASES = (*_GOALS_TOGETHER, *_EARNED_TOGETHER, *_FAULTS_TOGETHER, *_COUNTED, *_HELD, *_VERBS)
