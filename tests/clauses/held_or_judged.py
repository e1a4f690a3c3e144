"""Parts that a fact earns, and the vetoes of several events, of the item alone, or of a grade.

Points behind facts in a list earn for all of the list or for none: where one is a title, whoever
assesses gives the points of each (semantics 16). Wordings of our own.
"""

from __future__ import annotations

from typing import TypedDict, Unpack

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.model.veto import BarHonours, ForceGrade, LowerGrade, Veto, VetoEffect
from healthduty.rules.condition import Compare, Condition, Flag
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, CaseBand, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Lacking, Once


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
    return ClauseCase(text=text, pattern=pattern, rules=rules, **said)


def _part(number: int, title: str, points: int, *rules: Rule) -> Part:
    return Part(str(number), title, points=points, rules=rules)


def _earned(name: str, points: int) -> Bands:
    return Bands(name, Effect.EARN, (CaseBand(Flag(name), points),))


def _veto(event: str, effect: VetoEffect, when: Condition | None = None) -> Veto:
    return Veto(event, event, when=when or Flag(event), effects=effect)


CASES: tuple[ClauseCase, ...] = (
    # --- points behind facts --------------------------------------------------------------------
    _case(
        "有控烟小组（2分），并有巡查记录（1分），烟具清理及时（2分）",
        "facts",
        parts=(
            _part(1, "有控烟小组", 2, _earned("有控烟小组", 2)),
            _part(2, "有巡查记录", 1, _earned("有巡查记录", 1)),
            _part(3, "烟具清理及时", 2, _earned("烟具清理及时", 2)),
        ),
    ),
    _case(
        "有控烟小组（2分），宣传情况（1分）",
        "titles",
        parts=(_part(1, "有控烟小组", 2), _part(2, "宣传", 1)),
    ),
    _case(
        "有台账（2分），建册率≥80%（3分）",
        "facts and bounds",
        parts=(
            _part(1, "有台账", 2, _earned("有台账", 2)),
            _part(2, "建册率≥80%", 3, Bands("建册率", Effect.EARN, (Band(3, low=80),))),
        ),
    ),
    _case(
        "预案健全。设有隔离区（2分）。消毒记录完整（1分）",
        "the sentence before",
        parts=(
            _part(1, "预案健全，设有隔离区", 2, _earned("预案健全，设有隔离区", 2)),
            _part(2, "消毒记录完整", 1, _earned("消毒记录完整", 1)),
        ),
    ),
    _case(
        "督导评估（5分）：督导方案健全（2分），无方案不得分；按季督导（3分），未督导扣1分",
        "a heading with all points",
        points=5,
        states=5,
        parts=(
            _part(1, "督导方案健全", 2, Forfeit(Flag("无方案"))),
            _part(2, "按季督导", 3, Deduction(Once(Flag("未督导")), points=1)),
        ),
    ),
    # --- vetoes ---------------------------------------------------------------------------------
    _case(
        "未经许可，擅自开诊的，检查中发现重大隐患的，判定为不达标。",
        "several events",
        vetoes=(
            _veto("未经许可，擅自开诊", ForceGrade("不达标")),
            _veto("检查中发现重大隐患", ForceGrade("不达标")),
        ),
    ),
    _case(
        "弄虚作假，瞒报数据，取消评优资格。",
        "several events",
        vetoes=(_veto("弄虚作假，瞒报数据", BarHonours()),),
    ),
    _case(
        "加强管理，落实责任，拒不整改的，取消评优资格。",
        "a duty before",
        vetoes=(_veto("拒不整改", BarHonours()),),
    ),
    _case(
        "如无故不参加集中培训的，对其年度考核等次作降一级处理。",
        "the event before",
        vetoes=(_veto("无故不参加集中培训", LowerGrade(1)),),
    ),
    _case("私自收费的，单项否决。", "the item alone", Forfeit(Flag("私自收费"))),
    _case("发生信访积案的，该项一票否决。", "the item alone", Forfeit(Flag("发生信访积案"))),
    _case(
        "参保率低于60%评为差。",
        "a grade",
        vetoes=(_veto("参保率", ForceGrade("差"), Compare("参保率", "<", 60)),),
    ),
    _case(
        "未完成随访任务的不得评为合格等次",
        "a grade",
        vetoes=(_veto("未完成随访任务", ForceGrade("不合格")),),
    ),
    _case("满意度低于80%的，不能评为良好以上等次", "a grade"),
    _case(
        "認真兌現“一票否決”，無通報扣2分", "a mention", Deduction(Once(Flag("無通報")), points=2)
    ),
    _case(
        "达到否决指标时另行通报，漏报一例扣2分",
        "a mention",
        Deduction(Cases("漏报"), points=2),
    ),
    # --- how often ------------------------------------------------------------------------------
    _case(
        "至少半年召开一次家长会，缺1次扣5分",
        "at least by the period",
        Deduction(Lacking("家长会", required=2), points=5),
        assumed=True,
    ),
    _case(
        "至少一季度开展1次巡查，每少一次扣1分",
        "at least by the period",
        Deduction(Lacking("巡查", required=4), points=1),
        assumed=True,
    ),
    _case(
        "对村医每月一次培训，少一次扣3分",
        "towards whom",
        Deduction(Lacking("村医培训", required=12), points=3),
        assumed=True,
    ),
    _case("满意度降低0个百分点扣0.5分", "a step of nothing", unread=True),
)
