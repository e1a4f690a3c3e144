"""Whose points are taken: 扣所在科室5分, 扣当事人3分, on a sheet of just that department or person.

A sheet of a department says whose points it takes where it fines somebody else beside them. So the
first owner that a text names is the one whom its sheet is about; a leader answers on a sheet of his
own, and so does whoever is named as a second one.

Source: vocabulary “Party”, “Responsible person”; semantics 11 (assumptions are visible).

>>> is_concerned("所在科室"), is_concerned("当事人"), is_concerned("分管领导")
(True, True, False)
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.assumed import both, owned, owner_in
from healthduty.clauses.context import RECENT, Context, Draft
from healthduty.clauses.names.completing import all_waiting
from healthduty.clauses.names.subjects import whole_of
from healthduty.clauses.occasions import Many, Nothing, Occasion, Single, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.idle import MONEY_NOTE
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.points import Effect
from healthduty.rules.rule import Assumption, Bands, Bonus, Deduction, Judgement
from healthduty.said import Said

_UNITS = (
    r"(?:临床|医技|行政|职能|护理)?(?:科室?|病[区房]|护理单元|部门|单位|班[组级]?|小组|支部|机构|医院|卫生院|卫生室|中心|村|学校"
    r"|窗口|门店|股室|处室|室)"
)
_PERSONS = (
    r"(?:当[事班]|值班|接诊|管床|首诊|主[管治]|经办|违规|违纪|相关|有关|(?:直接|主要)?责任)?(?:人员?|者)"
    r"|(?:当班|值班|接诊|管床|首诊|主[管治])?(?:医务人员|医[生师]|护士)|个人|本人|职工|员工|村医|学员|学生"
)
_WHEN = r"(?:的|相应的?|对应的?|(?:[当本该全]?[年月季]度?|年终))"
_WHAT = (
    r"(?:绩效|效能|诚信|信用|医德|医风|行风|作风|服务|质量|质控|安全|目标|管理|综合|考[核评]|工作)"
)
_ACCOUNT = rf"{_WHEN}{{0,3}}(?:{_WHAT}{{1,6}}总?(?:得?分值?|分数|成绩)|{_WHAT}{{0,3}}绩效|分)"
"""An account of points that is kept of somebody: 当月绩效, 相应的质控分, 年度医德医风考评分值."""
_PAY = re.compile(r"绩效(?!考核|分)|工资|奖金|津贴|补助|补贴")
_CONCERNED = re.compile(
    rf"(?:给|其|该|所|每|对|涉事|责任|相关|有关|所属|所在|直接|违规|违纪|当事|各|本|[^,，]{{1,8}}所[在属])*(?:的)?"
    rf"(?:{_UNITS}|{_PERSONS})(?:[和及、或/]?(?:{_UNITS}|{_PERSONS}))?(?:{_ACCOUNT})?|其?{_ACCOUNT}"
)
_GROUPS = frozenset({"集体", "团队", "科室集体", "科室或个人", "个人或科室", "单位或个人"})
_LEADERS = re.compile(
    r"领导|负责人|主任(?!医)|[院科所站校组]长|护士长|书记|主管(?!医|护)|经理|法人"
)


def is_concerned(whose: str) -> bool:
    """Whether an owner of points may be whom the sheet is about: a department, who did it."""
    whose = simplified(whose)
    known = _CONCERNED.fullmatch(whose) is not None and _LEADERS.search(whose) is None
    return known or whose in _GROUPS


def owner_first(context: Context, action: Action, occasion: Single) -> tuple[Action, Single]:
    """Take 科室 of 收到锦旗，科室加2分 for whose points they are, and not for what happened."""
    if action.done is not Done.POINTS or action.effect is Effect.EARN:
        return action, occasion
    subject = occasion.facts[-1] if isinstance(occasion, Where) else ""
    many = isinstance(occasion, Many) and action.per_unit  # 科室加2分/次
    subject = occasion.subject if isinstance(occasion, Many) and many else subject
    before, _, whose = subject.rpartition("，")
    if not whose or not is_concerned(whose):
        return action, occasion
    asked = whole_of(context.asked) if action.effect is Effect.ADD else ""
    words = before or all_waiting(context) or asked
    owned_by = attrs.evolve(action, whose=whose)
    if not words:
        return (owned_by, Nothing()) if context.drafts else (action, occasion)
    if isinstance(occasion, Many):
        return owned_by, attrs.evolve(occasion, subject=words)
    return owned_by, Where((words,))


def refuse_owner(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Report points of somebody whom the sheet is not about; False for points that are its own.

    Behind points that a text has taken from another, or right behind its own (扣1分，扣责任人2分),
    a second owner has points on a sheet of his own.
    """
    whose = action.whose
    if not whose:
        return False
    share = not any(isinstance(each, Fraction) for each in action.amounts)
    if share and _PAY.search(whose):  # 扣护士长年终绩效的20%
        context.claim(segment.first, segment.end, Taken.NUMBER, MONEY_NOTE)
        return True
    others = {_owner(draft) for draft in context.drafts[-RECENT:]} - {"", whose}
    last = context.last()
    follows = isinstance(occasion, Nothing) and not context.pending
    beside = last is not None and (
        last.occasion == occasion or (follows and last.sentence == context.sentence)
    )
    if is_concerned(whose) and not others and not beside:
        return False
    message = Said(
        f"points of `{whose}`, and not of the item", f"扣的是`{whose}`的分，不是本项的分"
    )
    context.fault(segment, message)
    return True


def say_owner(context: Context, segment: Segment, action: Action, before: int) -> None:
    """Say of the rules of a segment whose points they are."""
    if not action.whose:
        return
    for draft in context.drafts[before:]:
        rule = draft.rule
        if isinstance(rule, Deduction | Bonus | Judgement | Bands):
            text = owned(action.whose)
            held = rule.assumption
            said = (
                Assumption(text) if held is None else attrs.evolve(held, text=both(held.text, text))
            )
            draft.rule = attrs.evolve(rule, assumption=said)
    for index in range(segment.first, segment.end):
        if index < segment.acts and segment.tokens[index - segment.first].text != action.whose:
            continue
        context.claims[index] = (Taken.RULE, "whose points they are")


def _owner(draft: Draft) -> str:
    """Return whose points a rule takes, where it says so."""
    assumption = draft.rule.assumption
    return "" if assumption is None else owner_in(assumption.text)
