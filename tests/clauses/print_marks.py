"""Points in the marks of print: a stop before them, a sign or nothing instead of a verb.

What is printed 缺签名；扣1分, 未建档-2分, 有2 or 职责明确（1分） is read as if verb and comma stood
there. Beside it what such marks leave open: full points, each of one, points for blame.
"""

from __future__ import annotations

import attrs

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.rule import (
    Bands,
    Bonus,
    CaseBand,
    Deduction,
    Forfeit,
    Judgement,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _any(points: int | str, *facts: str) -> Deduction:
    """Lose these points once where any of the facts holds."""
    return Deduction(Once(AnyOf(tuple(map(Flag, facts)))), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _earned(words: str, points: int | str) -> Rule:
    """Earn these points where the words hold."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _added(words: str, points: int | str) -> Bonus:
    """Gain these points once where the words hold."""
    return Bonus(Once(Flag(words)), points=points)


def _levels(measure: str, *bands: tuple[str, int]) -> Bands:
    """Points for levels."""
    return Bands(measure, "earn", tuple(LevelBand((level,), points) for level, points in bands))


def _summed(what: str) -> Judgement:
    """Points that are lost for each case by judgement: the assessor gives their sum."""
    return Judgement(what, "lose")


def _case(
    text: str,
    pattern: str,
    *rules: Rule,
    points: int | None = None,
    asked: str = "",
    states: int | str | None = None,
    parts: tuple[Part, ...] = (),
) -> ClauseCase:
    """Return a clause with the rules that must be read from it."""
    return ClauseCase(
        text=text,
        pattern=pattern,
        rules=rules,
        points=points,
        requirement=asked,
        states=states,
        parts=parts,
    )


def _assuming(case: ClauseCase) -> ClauseCase:
    """Return a case of which some rule carries an assumption."""
    return attrs.evolve(case, assumed=True)


def _unread(case: ClauseCase) -> ClauseCase:
    """Return a case of which something is reported."""
    return attrs.evolve(case, unread=True)


_STOPS = (
    _case("口罩佩戴不规范；扣2分", "stop", _once("口罩佩戴不规范", 2)),
    _case(
        "垃圾桶未加盖；扣1分。\n\n通风不良；扣2分。\n有蚊蝇孳生；扣2分。",
        "stop",
        _once("垃圾桶未加盖", 1),
        _once("通风不良", 2),
        _once("有蚊蝇孳生", 2),
    ),
    _case("病案归档不及时。扣1分", "stop", _once("病案归档不及时", 1)),
    _case("病案归档不及时\n扣1分", "stop", _once("病案归档不及时", 1)),
    _case("满意度低于85%；扣1分", "stop", Deduction(Once(Compare("满意度", "<", 85)), points=1)),
    _case("投诉未登记；不得分", "stop", Forfeit(Flag("投诉未登记"))),
    _case("应设置公示栏；未设置；扣1分", "stop", _once("未设置公示栏", 1)),
    _assuming(_case("无操作规程；记录不全；扣2分", "stop", _any(2, "无操作规程", "记录不全"))),
    _assuming(_case("地面不洁，有积水、杂物；扣2分", "stop", _any(2, "地面不洁", "有积水、杂物"))),
    _case("更衣间未做到每4小时消毒一次；扣2分", "stop", _once("更衣间未做到每4小时消毒一次", 2)),
    _case("有部署、有检查。得2分", "stop", _earned("有部署、有检查", 2)),
    _case("迟到：扣0.5分；旷工：扣2分", "stop", _once("迟到", "0.5"), _once("旷工", 2)),
    _case("药柜未上锁；每次扣2分", "stop", _each("药柜未上锁", 2)),
    _unread(_case("不得随地吐痰；扣1分", "stop")),
    _unread(_case("有培训计划；扣2分", "stop")),
)
"""Points alone behind a stop are for the fault before it; for a duty nobody knows."""

_SIGNS = (
    _case(
        "成立了专班的+4分；未成立专班的-2分，未及时调整成员的-1分",
        "sign",
        _once("未成立专班", 2),
        _once("未及时调整成员", 1),
        points=4,
    ),
    _case(
        "按期上报的＋10分；每少报送1份月报－1分，扣完为止",
        "sign",
        _each("月报缺少", 1),
        points=10,
    ),
    _case("台账齐全+5分，有1个村未建台账-1分", "sign", _each("村未建台账", 1), points=5),
    _case(
        "1、门窗一处不整洁-1分2、设备未登记-2分3、走廊有烟头-1分",
        "sign",
        _each("门窗不整洁", 1),
        _once("设备未登记", 2),
        _once("走廊有烟头", 1),
        points=5,
    ),
    _case(
        "洗手间有异味-1分楼道堆放杂物-1分",
        "sign",
        _once("洗手间有异味", 1),
        _once("楼道堆放杂物", 1),
        points=3,
    ),
    _case("未签字—2分/份；漏报－0.5分/次", "sign", _each("未签字", 2), _each("漏报", "0.5")),
    _case("无标识扣-2分，无日期扣－0.5分", "sign", _once("无标识", 2), _once("无日期", "0.5")),
    _case(
        "获市级表彰+2分，被通报批评-3分",
        "sign",
        _added("获市级表彰", 2),
        _once("被通报批评", 3),
        points=10,
    ),
    _case("有方案+2分，有小结+3分", "sign", _earned("有方案", 2), _earned("有小结", 3), points=5),
    _case(
        "优秀-5分，良好-3分，一般-1分",
        "sign",
        _levels("等次", ("优秀", 5), ("良好", 3), ("一般", 1)),
    ),
    _assuming(
        _case(
            "满意度≥90%+5分，每低1个百分点-1分",
            "sign",
            Deduction(StepsBelow("满意度", target=90, step=1), points=1),
            points=5,
        )
    ),
)
"""A sign is a verb: minus takes, plus earns the item's points or adds to them."""

_NO_VERB = (
    _case(
        "是4;否0",
        "levels",
        _levels("健康档案专柜", ("是", 4), ("否", 0)),
        points=4,
        asked="建立健康档案专柜",
    ),
    _case(
        "登记全3；登记不全1；无0",
        "levels",
        _levels("缺勤登记", ("全", 3), ("不全", 1), ("无", 0)),
        points=3,
        asked="缺勤登记",
    ),
    _case(
        "全得3分；不全得1分；无得0分",
        "levels",
        _levels("健康处方", ("全", 3), ("不全", 1), ("无", 0)),
        points=3,
        asked="健康处方",
    ),
    _case(
        "有2分；无0分",
        "levels",
        _levels("年度计划", ("有", 2), ("无", 0)),
        points=2,
        asked="年度计划",
    ),
    _case(
        "符合5，基本符合3，不符合0",
        "levels",
        _levels("布局", ("符合", 5), ("基本符合", 3), ("不符合", 0)),
        points=5,
        asked="布局",
    ),
    _case("无签名扣2无日期扣1", "no 分", _once("无签名", 2), _once("无日期", 1)),
    _case("漏项或涂改 扣分 0.5/处", "no 分", _each("漏项或涂改", "0.5")),
    _case("未加盖公章 扣分 2", "no 分", _once("未加盖公章", 2)),
    _case(
        "院内有应急小组（2分），职责明确（1分）",
        "facts",
        parts=(
            Part("1", "院内有应急小组", points=2, rules=(_earned("院内有应急小组", 2),)),
            Part("2", "职责明确", points=1, rules=(_earned("职责明确", 1),)),
        ),
    ),
    _case("开展控烟宣传（2分）", "facts", _earned("开展控烟宣传", 2), points=2, states=2),
)
"""Levels and facts with nothing but a number behind them."""

_FULL = (
    _case("列入年度考核，记3分，迟报一次扣1分", "full", _each("迟报", 1), states=3),
    _case("按要求报送计3分，漏报一次扣2分", "full", _each("漏报", 2), states=3),
    _case(
        "全年工作例会2次以上记4分，缺1次扣2分",
        "full",
        Deduction(Lacking("工作例会", required=2), points=2),
        states=4,
    ),
    _case("落实专项经费记2分，未落实不记分", "full", Forfeit(Flag("未落实专项经费")), states=2),
    _case(
        "急救预案完备，得2分。急救车不在位扣1分",
        "full",
        _once("急救车不在位", 1),
        states=2,
    ),
    _case("有转诊登记表得3分，漏登1例扣1分", "full", _earned("有转诊登记表", 3), _each("漏登", 1)),
    _case(
        "制定方案得3分，方案不完善扣1分",
        "full",
        _earned("制定方案", 3),
        _once("方案不完善", 1),
        points=3,
    ),
    _case(
        "各科有防护措施得4分，有1个科未落实防护措施扣1分",
        "full",
        _each("科未落实防护措施", 1),
        points=4,
    ),
    _case("受表扬得2分，受批评扣1分", "full", _earned("受表扬", 2), _once("受批评", 1)),
    _case("计10分，每发现一处涂改扣1分", "full", _each("涂改", 1), states=10),
    _case(
        "有方案得2分，有总结得2分，缺一项扣2分", "full", _earned("有方案", 2), _earned("有总结", 2)
    ),
    _case("有计划得2分，无计划扣2分", "full", _once("无计划", 2), points=2),
    _case(
        "全年无违法得3分，无违纪得3分，有一起违法扣10分，有一起违纪扣5分",
        "full",
        _earned("全年无违法", 3),
        _earned("无违纪", 3),
        _each("违法", 10),
        _each("违纪", 5),
    ),
)
"""Points that stand before what is lost of them are the item's."""

_ONE = (
    _case("投诉一次经查实扣2分", "each", _each("投诉经查实", 2)),
    _case("值班人员脱岗者1人1次扣5分", "each", _each("值班人员脱岗", 5)),
    _case("超范围执业一个科室扣1分", "each", _each("超范围执业的科室", 1)),
    _case("病房管理有一处不符扣1分", "each", _each("病房管理不符", 1)),
    _case("半年未开展一次演练扣2分", "each", _once("半年未开展一次演练", 2)),
    _case("仅一人值守扣1分", "each", _once("仅一人值守", 1)),
    _assuming(_case("标签不清，每处扣0.1—0.3分", "judged", _summed("标签不清"))),
    _assuming(_case("病房管理有一处不符扣1-2分", "judged", _summed("病房管理不符"))),
    _assuming(_case("违规用药按例扣1-3分", "judged", _summed("违规用药"))),
    _assuming(_case("病历质量差酌情扣1-2分（每份）", "judged", _summed("病历质量差"))),
)
"""One of something in a fault is each of it, by judgement too."""

_BLAME = (
    _assuming(_case("使用过期药品，一次记3分", "blame", _each("使用过期药品", 3))),
    _assuming(
        _case(
            "有下列不良行为之一的，一次记6分：（一）出租执照，造成后果；（二）伪造处方、病历",
            "blame",
            _each("出租执照，造成后果", 6),
            _each("伪造处方、病历", 6),
        )
    ),
    _assuming(
        _case("发生差错记2分，造成事故记6分", "blame", _once("发生差错", 2), _once("造成事故", 6))
    ),
    _case("无差错记5分", "blame", _earned("无差错", 5)),
    _case("化解投诉记2分", "blame", _earned("化解投诉", 2)),
    _assuming(_case("迟到每次计1分，旷工每天计5分", "blame", _each("迟到", 1), _each("旷工", 5))),
)
"""Points that are recorded for faults are held against somebody."""

CASES: tuple[ClauseCase, ...] = (*_STOPS, *_SIGNS, *_NO_VERB, *_FULL, *_ONE, *_BLAME)
"""All of them."""
