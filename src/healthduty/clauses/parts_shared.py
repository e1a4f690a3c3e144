"""Points that are shared out over several parts, and what one sentence says of all of them.

使用率、上传率各占2分，每低5%扣0.5分: what the first loses comes off its own 2 points. So is
甲达标（2分），乙达标（2分），核查不达标不得分 said of each of them.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; vocabulary “Part”.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "使用率100%，上传率95%"
>>> reading = read_clause("使用率、上传率各占2分，每低5%扣0.5分", requirement=asked)
>>> [len(part.rules) for part in reading.parts]
[1, 1]
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.context import Context, Draft
from healthduty.clauses.text.folding import simplified
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Deduction, Forfeit, effect_of, rule_measures
from healthduty.rules.tally import Cases, Once

_SEVERAL = 2
_OF_ANY = re.compile(
    r"(?:(?:经|入户|现场|实地|抽样|随机)?(?:核查|检查|抽查|验收|考核|检测|抽检|核实)(?:后|时)?)?"
    r"(?:不|未|没有?)(?:能)?(?:达到?|符合|完成|做到|落实|开展|合格|达标|建立|执行)(?:要求|标准|规定|任务|目标|标)?[的者]?"
)
"""What fails, and not in what: 核查不达标, 未做到."""


def share_parts(context: Context) -> None:
    """Give each rule behind a list of parts to the part whose name its quantity has.

    So with 甲率≥95%（3分），乙率≥85%（2分），每低1%各扣0.1分.
    """
    if len(context.part_spans) < _SEVERAL or len(context.part_spans) != len(context.parts):
        return
    first = 0
    for last, span in enumerate(context.part_spans):
        if last + 1 < len(context.parts) and context.part_spans[last + 1] == span:
            continue
        if first < last:
            for draft in context.drafts:
                if draft.part == last + 1:
                    draft.part = _part_of(context, draft, first, last) or draft.part
        first = last + 1
    ruled = {draft.sentence for draft in context.drafts if draft.part}
    for draft in context.drafts:
        at = draft.part - 1
        if at > 0 and not _part_of(context, draft, at, at):
            sentence = context.part_spans[at][2]
            beside = [n for n in range(at) if context.part_spans[n][2] == sentence]
            found = _part_of(context, draft, beside[0], at) if beside else 0
            behind = sentence not in ruled and len(beside) == at and _is_said_apart(draft)
            draft.part = found or (0 if behind else draft.part)


def _is_said_apart(draft: Draft) -> bool:
    """Whether a rule in a sentence behind several parts has a thing of its own, that is none's.

    工作纪律2分、办事效率3分。被投诉的，每次扣1分: it comes off the item, and not off the last part.
    """
    match draft.rule:
        case Deduction(tally=Cases() | Once(condition=Flag())):
            return True
        case _:
            return False


def forfeit_each_part(context: Context) -> None:
    """Give each part of a sentence the bare 不达标不得分 that stands behind the last of them."""
    if len(context.part_spans) < _SEVERAL or len(context.part_spans) != len(context.parts):
        return
    drafts: list[Draft] = []
    for draft in context.drafts:
        match draft.rule:
            case Forfeit(when=Flag(measure=fact)) as rule:
                parts = _beside(context, draft)
            case _:
                drafts.append(draft)
                continue
        said = fact.removeprefix(context.parts[draft.part - 1].title).strip("，") if parts else ""
        parts = parts if _OF_ANY.fullmatch(simplified(said)) else []
        for number in parts:
            name = f"{context.parts[number - 1].title}，{said}"
            flag = Flag(context.quantities.measure(name, MeasureKind.FLAG))
            drafts.append(attrs.evolve(draft, rule=attrs.evolve(rule, when=flag), part=number))
        if parts:
            context.quantities.forget(fact)
        else:
            drafts.append(draft)
    context.drafts = drafts


def _beside(context: Context, draft: Draft) -> list[int]:
    """Return the parts of a rule's sentence, where it is the only rule of several of them."""
    if draft.part != len(context.parts):
        return []
    spans = enumerate(context.part_spans, 1)
    parts = [number for number, span in spans if span[2] == draft.sentence]
    lost = [each for each in context.drafts if each.part in parts and not _earns(each)]
    alone = len(lost) == 1
    return parts if alone and len(parts) >= _SEVERAL else []


def _earns(draft: Draft) -> bool:
    return effect_of(draft.rule) is Effect.EARN


def _part_of(context: Context, draft: Draft, first: int, last: int) -> int:
    """Return the number of the part that a rule's quantity names, 0 where none or several do."""
    names = set(rule_measures(draft.rule))
    among = range(first, last + 1)
    exact = [number for number in among if context.parts[number].title in names]
    found = exact or [  # 满意度 beside 职工满意度
        number
        for number in among
        for name in names
        if name in context.parts[number].title or context.parts[number].title in name
    ]
    return found[0] + 1 if len(set(found)) == 1 else 0
