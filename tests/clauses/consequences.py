"""What follows from what: refusals, otherwise, whose line is lost, who is excepted, what holds too.

Consequences that are no points, 否则 behind what is asked and behind what is earned, a line of
several that is lost, points of somebody else, bases, floors, and bounds that tie to facts.
"""

from __future__ import annotations

from typing import TypedDict, Unpack

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.model.veto import (
    BarHonours,
    ForceGrade,
    Veto,
    VetoEffect,
    WithholdMoney,
    ZeroTotal,
)
from healthduty.rules.condition import AllOf, AnyOf, Compare, Condition, Flag
from healthduty.rules.points import Reach
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
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _earned(when: Condition | str, points: int, otherwise: int | None = None) -> Rule:
    """Earn these points where a condition holds, or a fact of these words."""
    when = Flag(when) if isinstance(when, str) else when
    first = when
    while isinstance(first, AllOf):
        first = first.conditions[0]
    assert isinstance(first, Flag | Compare)
    return Bands(first.measure, "earn", (CaseBand(when, points),), otherwise=otherwise)


def _left(fact: str, most: int, least: int = 0) -> Judgement:
    """Let an assessor give points where a fact does not hold."""
    when = Flag(fact, expected=False)
    return Judgement(f"未做到{fact}时的得分", "earn", least=least, most=most, when=when)


def _line(number: str, title: str, points: int | str, *rules: Rule) -> Part:
    """One of several lines of an item."""
    return Part(number, title, points=points, rules=rules)


def _veto(event: str, *effects: VetoEffect) -> Veto:
    return Veto(event, event, when=Flag(event), effects=effects)


class _Said(TypedDict, total=False):
    """What a case states besides its rules."""

    points: int
    requirement: str
    states: int
    parts: tuple[Part, ...]
    vetoes: tuple[Veto, ...]
    assumed: bool
    unread: bool


def _case(text: str, pattern: str, *rules: Rule, **said: Unpack[_Said]) -> ClauseCase:
    """Return a case with its rules, and what else it states."""
    return ClauseCase(text=text, pattern=pattern, rules=rules, **said)


_LIST_OF_EVENTS = "有下列情形之一的，不予通过评审：（一）未按规定设置科室；（二）发生事故两起以上的"

CASES: tuple[ClauseCase, ...] = (
    # --- what is refused, voided, forced --------------------------------------------------------
    _case(
        "未取得放射诊疗许可开展诊疗的，不予校验。",
        "veto",
        vetoes=(_veto("未取得放射诊疗许可开展诊疗", ForceGrade("不予校验")),),
    ),
    _case(
        "有效期届满未延续；不予换证。\n检测设备不能正常使用；不予评定等级。",
        "veto",
        vetoes=(
            _veto("有效期届满未延续", ForceGrade("不予换证")),
            _veto("检测设备不能正常使用", ForceGrade("不予评定等级")),
        ),
    ),
    _case(
        "有2人未取得資格不予執業許可",
        "veto",
        vetoes=(_veto("有2人未取得資格", ForceGrade("不予执业许可")),),
    ),
    _case(
        "出借许可证，此项不得分2.伪造检测报告，总评得分为零分",
        "veto",
        Forfeit(Flag("出借许可证")),
        vetoes=(_veto("伪造检测报告", ZeroTotal()),),
    ),
    _case(
        "隐瞒聚集性疫情的，将取消当月考核。", "veto", vetoes=(_veto("隐瞒聚集性疫情", ZeroTotal()),)
    ),
    _case(
        "发生暴发未报告，当月考核为零分",
        "veto",
        vetoes=(_veto("发生暴发未报告", ZeroTotal()),),
    ),
    _case(
        "关键项目达不到要求的记“0”分，评为不合格，不予评定等级。",
        "veto",
        Forfeit(Flag("关键项目达不到要求")),
        vetoes=(_veto("关键项目达不到要求", ForceGrade("不合格"), ForceGrade("不予评定等级")),),
    ),
    _case(
        "8项标准中有一项为零分，即视为不达标。",
        "veto",
        vetoes=(_veto("8项标准中有一项为零分", ForceGrade("不达标")),),
    ),
    _case(
        "年终考核未达85分的，不能评为优秀",
        "veto",
        vetoes=(_veto("年终考核未达85分", BarHonours()),),
    ),
    _case(
        "凡出现一项不合格的，不得授予示范单位称号",
        "veto",
        vetoes=(_veto("出现一项不合格", BarHonours()),),
    ),
    _case("有重大差错年度评先一票否决。", "veto", vetoes=(_veto("有重大差错", BarHonours()),)),
    _case("认真兑现一票否决，无通报扣2分", "veto", _once("无通报", 2)),
    _case("少否决一个单位扣2分", "veto", _each("否决单位缺少", 2)),
    _case(
        _LIST_OF_EVENTS,
        "veto list",
        vetoes=(
            _veto("未按规定设置科室", ForceGrade("不予通过评审")),
            _veto("发生事故两起以上", ForceGrade("不予通过评审")),
        ),
    ),
    _case(
        "有下列情况之一的为不合格单位，同时实行一票否决。1.年度内被通报批评2次的；"
        "2.因监管不到位，发生死亡1人以上事故的；或发生其他重大事故。",
        "veto list",
        vetoes=(
            _veto("年度内被通报批评2次", ForceGrade("不合格")),
            _veto("因监管不到位，发生死亡1人以上事故", ForceGrade("不合格")),
            _veto("发生其他重大事故", ForceGrade("不合格")),
        ),
    ),
    _case(
        "病假每天扣4分（换班者只扣分，未换班者除了扣分外还扣除当天奖金）",
        "veto",
        _each("病假", 4),
        vetoes=(_veto("未换班", WithholdMoney()),),
    ),
    _case(
        "发现使用过期试剂1例，当月绩效奖金全部扣除",
        "veto",
        vetoes=(_veto("发现使用过期试剂1例", WithholdMoney()),),
    ),
    _case(
        "缺知情同意书，判为丙级病历", "veto", vetoes=(_veto("缺知情同意书", ForceGrade("丙级")),)
    ),
    _case(
        "受到行政处罚的，考核等次不得确定为优秀",
        "veto",
        vetoes=(_veto("受到行政处罚", BarHonours()),),
    ),
    _case("不配合抽检的，本次检查按零分计算", "veto", vetoes=(_veto("不配合抽检", ZeroTotal()),)),
    _case(
        "虚报数据的，追回经费，取消次年申报资格",
        "veto",
        vetoes=(_veto("虚报数据", BarHonours()),),
        assumed=True,
    ),
    _case(
        "不按要求整改的，暂停拨付补助资金",
        "veto",
        vetoes=(_veto("不按要求整改", WithholdMoney()),),
    ),
    _case(
        "被媒体曝光的，视情节给予通报批评或取消评优资格",
        "veto",
        vetoes=(_veto("被媒体曝光", BarHonours()),),
    ),
    _case(
        "不得出租科室，发现一例取消评优资格",
        "veto",
        vetoes=(_veto("出租科室", BarHonours()),),
    ),
    _case(
        "造成后果的，取消年终评优资格并扣发当月奖金",
        "veto",
        vetoes=(_veto("造成后果", BarHonours(), WithholdMoney()),),
    ),
    _case(
        "发生重大事故不予换证（因不可抗力除外）",
        "veto",
        vetoes=(
            Veto(
                "发生重大事故",
                "发生重大事故",
                when=Flag("发生重大事故"),
                effects=ForceGrade("不予换证"),
                exempt=Flag("不可抗力"),
            ),
        ),
    ),
    _case("未公开的，通报批评，扣1分", "consequence", _once("未公开", 1), assumed=True),
    # --- otherwise ------------------------------------------------------------------------------
    _case("有预案得2分，否则扣1分", "otherwise", _earned("有预案", 2, 1), assumed=True),
    _case("有预案得2分，否则扣2分", "otherwise", _earned("有预案", 2, 0), assumed=True),
    _case(
        "有部署得2分，有总结得3分，否则扣1分",
        "otherwise",
        _earned("有部署", 2, 1),
        _earned("有总结", 3, 2),
        assumed=True,
    ),
    _case(
        "定期巡查，得2分，否则视情况扣分。",
        "otherwise",
        _earned("定期巡查", 2),
        _left("定期巡查", 2),
        assumed=True,
    ),
    _case(
        "台账完整得3分；否则酌情扣1—2分",
        "otherwise",
        _earned("台账完整", 3),
        _left("台账完整", 2, 1),
        assumed=True,
    ),
    _case(
        "落实责任制，得2分；否则相应扣分。",
        "otherwise",
        _earned("落实责任制", 2),
        _left("落实责任制", 2),
        points=5,
        assumed=True,
    ),
    _case(
        "全部签约得4分，否则按比例扣分",
        "otherwise",
        Curve("签约的比例", "earn", (Knot(0, 0), Knot(100, 4))),
        points=4,
        assumed=True,
    ),
    _case(
        "签约率达到80%得4分，否则按比例扣分",
        "otherwise",
        Curve("签约率", "earn", (Knot(0, 0), Knot(80, 4))),
    ),
    _case(
        "环境整洁，无卫生死角，否则出现一例扣2分",
        "otherwise",
        _each("未做到环境整洁，无卫生死角", 2),
    ),
    _case("如实上报，否则一次扣5分", "otherwise", _each("未做到如实上报", 5)),
    _case("环境整洁，否则每处扣1分", "otherwise", _each("未做到环境整洁", 1)),
    _case("环境整洁。否则扣2分", "otherwise", _once("未做到环境整洁", 2)),
    _case("按期归档，否则，扣2分", "otherwise", _once("未做到按期归档", 2)),
    _case("按期归档，否则不得分", "otherwise", Forfeit(Flag("未做到按期归档"))),
    _case("签约率达到80%，否则不得分", "otherwise", Forfeit(Compare("签约率", "<", 80))),
    _case(
        "签约率达到80%，否则每低1%扣1分",
        "otherwise",
        Deduction(StepsBelow("签约率", target=80, step=1), points=1),
        assumed=True,
    ),
    _case("台账完整得3分，否则每缺一项扣1分", "otherwise", _each("未做到台账完整", 1), points=3),
    _case(
        "优得5分，良得3分，否则扣1分",
        "otherwise",
        Bands("等次", "earn", (LevelBand("优", 5), LevelBand("良", 3))),
        unread=True,
    ),
    # --- a line of several ----------------------------------------------------------------------
    _case(
        "制定方案计1分，无方案不计分；定期召开例会计1分，少于每月一次不计分，领导参加活动计2分，"
        "未分工负责的计0分。",
        "line",
        parts=(
            _line("1", "制定方案", 1, _earned("制定方案", 1), Forfeit(Flag("无方案"))),
            _line(
                "2",
                "定期召开例会",
                1,
                _earned("定期召开例会", 1),
                Forfeit(Compare("召开例会次数", "<", 12)),
            ),
            _line(
                "3",
                "领导参加活动",
                2,
                _earned("领导参加活动", 2),
                Forfeit(Flag("未分工负责")),
            ),
        ),
        assumed=True,
    ),
    _case(
        "有组织得2分，有方案得2分，未开展工作该项不得分",
        "line",
        _earned("有组织", 2),
        _earned("有方案", 2),
        Forfeit(Flag("未开展工作")),
        points=4,
    ),
    _case(
        "控烟宣传（共6分）展板3处以上（4分，少一处扣1分）、标语（1分）、网站（1分）",
        "line",
        points=6,
        states=6,
        parts=(
            _line("1", "展板3处以上", 4, Deduction(Lacking("展板", required=3), points=1)),
            _line("2", "标语", 1),
            _line("3", "网站", 1),
        ),
    ),
    _case(
        "每季度培训少于1次扣2分",
        "by the period",
        Deduction(Once(Compare("培训", "<", 4)), points=2),
        assumed=True,
    ),
    _case(
        "例会少于每月2次的扣1分",
        "by the period",
        Deduction(Once(Compare("例会", "<", 24)), points=1),
        assumed=True,
    ),
    # --- for whom, and who is excepted ----------------------------------------------------------
    _case(
        "使用二次供水的场所，无合格的水质检测报告，扣5分",
        "for whom",
        _once("使用二次供水的场所，无合格的水质检测报告", 5),
    ),
    _case(
        "设有食堂的学校，未取得许可证的，扣3分",
        "for whom",
        _once("设有食堂的学校，未取得许可证", 3),
    ),
    _case(
        "提供住宿的场所：床单不洁每处扣1分，未换洗扣2分",
        "for whom",
        _each("提供住宿的场所，床单不洁", 1),
        _once("提供住宿的场所，未换洗", 2),
    ),
    _case("有二次供水的单位无检测报告扣5分", "for whom", _once("有二次供水的单位无检测报告", 5)),
    _case("急诊除外，处方不合格每张扣0.5分", "exception", _each("处方不合格（急诊除外）", "0.5")),
    _case("无人值守扣2分（停电除外）", "exception", _once("无人值守（停电除外）", 2)),
    _case("脱岗每次扣2分，节假日除外", "exception", _each("脱岗（节假日除外）", 2)),
    _case(
        "上班必须着装（周六除外），不着装扣2分，着装不整扣1分",
        "exception",
        _once("不着装（周六除外）", 2),
        _once("着装不整", 1),
    ),
    _case("未制定预案扣分管领导1分。", "whose", unread=True),
    _case("未建立小组扣学校负责人操行分2分。", "whose", unread=True),
    _case("脱岗扣科主任、护士长各1分", "whose", unread=True),
    _case("未公开信息的扣基础分2分", "whose", _once("未公开信息", 2)),
    _case(
        "录用每条加5分。瞒报每次扣10分",
        "of the total",
        Bonus(Cases("录用"), points=5),
        Deduction(Cases("瞒报"), points=10, reach=Reach.TOTAL),
        requirement="（二）加减分",
        assumed=True,
    ),
    # --- bases and floors -----------------------------------------------------------------------
    _case(
        "每月报送信息不少于2条，每少一条扣5分，每月完成报送任务的得基础分60分。",
        "base",
        Deduction(Lacking("报送信息", required=24), points=5),
        states=60,
        assumed=True,
    ),
    _case("得基准分8分，每投诉一次扣2分", "base", _each("投诉", 2), points=8, states=8),
    _case("乱收费每次扣1分，扣完得负分", "floor", _each("乱收费", 1)),
    _case("发现目录外药品扣2分，本项可倒计扣分。", "floor", _once("发现目录外药品", 2)),
    _case("“医疗安全”项目可以扣至负分，其余项目扣完为止。", "floor", unread=True),
    _case("迟报一天扣5分，累计最低至50分", "floor", _each("迟报", 5)),
    # --- what holds too -------------------------------------------------------------------------
    _case(
        "无安全制度或者每学期外伤超过5%不得分",
        "or",
        Forfeit(AnyOf((Flag("无安全制度"), Compare("每学期外伤", ">", 5)))),
    ),
    _case(
        "制度健全，每年培训2次，得3分",
        "together",
        _earned(AllOf((Flag("制度健全"), Flag("每年培训2次"))), 3),
    ),
    _case(
        "每天安排专家出诊，每位专家每周至少出1次门诊，得4分",
        "together",
        _earned("每天安排专家出诊，每位专家每周至少出1次门诊", 4),
    ),
    _case(
        "满意度达90%以上，无有效投诉，得3分",
        "together",
        _earned(AllOf((Compare("满意度", ">=", 90), Flag("无有效投诉"))), 3),
    ),
    _case(
        "受到处罚2次以上，扣2分",
        "condition",
        Deduction(Once(Compare("受到处罚", ">=", 2)), points=2),
    ),
    _case(
        "性别比在107及以下的，计5分；高于107的，按幅度分段计分。",
        "condition",
        Bands("性别比", "earn", (Band(5, high=107, high_in=True),)),
        unread=True,
    ),
)
