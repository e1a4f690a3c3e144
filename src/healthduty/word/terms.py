"""The terms of an agreement in the words of a document: grades, money, vetoes, duties, and so on.

Each function says one thing in one or two sentences that an official would sign. Bounds are
written with （含） or （不含）, since 以上 and 以下 are read in two ways.

Source: semantics 3, 5–10; vocabulary “Grade scale”, “Veto”, “Funding policy”, “Obligation”.

>>> grades_text(GradeScale.of(优秀=90, 合格=60, 不合格=None), {})
'总分90分（含）以上为优秀，60分（含）至90分（不含）为合格，60分（不含）以下为不合格。'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from healthduty.exact import RoundingMode, show
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import (
    Excusal,
    FullPoints,
    MovedTo,
    PeersMean,
    Rescaled,
    Within,
    ZeroPoints,
)
from healthduty.model.funding import FundingPolicy
from healthduty.model.grades import Consequence, GradeScale
from healthduty.model.obligation import Every, Obligation
from healthduty.model.party import Phase, ResponsiblePerson, Term
from healthduty.model.veto import Veto
from healthduty.word.numerals import counted, day_text, numeral
from healthduty.wording import Measures, condition_text
from healthduty.wording.effects import effect_text, subject_text

_EVERY = {
    Every.ONCE: "",
    Every.DAY: "每天",
    Every.WEEK: "每周",
    Every.MONTH: "每月",
    Every.QUARTER: "每季度",
    Every.HALF_YEAR: "每半年",
    Every.YEAR: "每年",
    Every.EVENT: "每次事项发生后",
}
_MODES = {
    RoundingMode.HALF_UP: "四舍五入",
    RoundingMode.HALF_EVEN: "四舍六入五成双",
    RoundingMode.DOWN: "舍去尾数",
    RoundingMode.UP: "尾数进位",
}
_CANCELS = re.compile(r"否决|取消|不得|降低")


def _bound(number: Fraction, inside: bool) -> str:  # noqa: FBT001 - reads as a sentence
    return f"{show(number)}分（{'含' if inside else '不含'}）"


def _bands(lows: Sequence[tuple[Fraction | None, bool]]) -> Iterator[str]:
    """Go through bands, best first, in words: from each lower bound up to the band above."""
    above: tuple[Fraction, bool] | None = None
    for low, inside in lows:
        if low is None:
            yield "任何总分" if above is None else f"{_bound(above[0], not above[1])}以下"
            continue
        if above is None:
            yield f"{_bound(low, inside)}以上"
        else:
            yield f"{_bound(low, inside)}至{_bound(above[0], not above[1])}"
        above = (low, inside)


def grades_text(scale: GradeScale, measures: Measures) -> str:
    """Return the grades with their bands, and what a grade asks beyond its band."""
    bands = _bands([(grade.low, grade.low_in) for grade in scale.grades])
    text = "，".join(
        f"{band}为{grade.name}" for band, grade in zip(bands, scale.grades, strict=True)
    )
    asked = "".join(
        f"评为{grade.name}的，还须{condition_text(grade.when, measures, 'zh')}；"
        "达不到的，评为下一等次。"
        for grade in scale.grades
        if grade.when is not None
    )
    return f"总分{text}。{asked}"


def funding_text(policy: FundingPolicy, measures: Measures) -> str:
    """Return how much a pool pays, by which total, and what lowers it."""
    amounts = [
        f"人均{show(policy.per_head)}元" if policy.per_head else "",
        f"定额{show(policy.fixed)}元" if policy.fixed else "",
    ]
    known = "，".join(filter(None, amounts))
    bands = _bands([(tier.low, tier.low_in) for tier in policy.tiers])
    tiers = "；".join(
        f"{band}的，拨付{_percent(tier.share)}"
        for band, tier in zip(bands, policy.tiers, strict=True)
    )
    head = f"{policy.name or policy.code}{f'（{known}）' if known else ''}按考核总分拨付"
    lowered = "".join(
        f"{(each.text or condition_text(each.when, measures, 'zh')).rstrip('。')}的，"
        f"最多拨付{_percent(each.share)}。"
        for each in policy.overrides
    )
    return f"{head}：{tiers}。{lowered}"


def _percent(share: Fraction) -> str:
    return f"{show(share * 100)}%"


def veto_text(veto: Veto, measures: Measures, agreement: Agreement) -> str:
    """Return the event, what it does, to whom and for how long, and when it does not apply."""
    event = veto.title.rstrip("。；")
    if not event or _CANCELS.search(event):  # a title that says the effect would say it twice
        event = condition_text(veto.when, measures, "zh")
    subject = subject_text(veto, "zh")
    effects = "，并".join(effect_text(effect, "zh", agreement) for effect in veto.effects)
    lasts = f"（{veto.lasts}）" if veto.lasts else ""
    exempt = ""
    if veto.exempt is not None:
        exempt = f"{condition_text(veto.exempt, measures, 'zh')}的除外。"
    return f"{event}的，{subject}{effects}{lasts}。{exempt}"


def excusal_text(excused: Excusal) -> str:
    """Return what happens where an item does not apply, without the full stop."""
    head = "不涉及的指标经甲方核准后"
    match excused:
        case FullPoints():
            return f"{head}按满分计"
        case ZeroPoints():
            return f"{head}不得分"
        case MovedTo():
            return f"{head}，其分值按比例并入第{excused.number}项"
        case PeersMean():
            return f"{head}按同类单位的平均得分计"
        case Rescaled():
            where = "所在大项" if excused.within is Within.SECTION else "总分"
            return f"{head}按合理缺项处理，在{where}内按“得分÷（满分－缺项分值）×满分”折算"
        case _:
            assert_never(excused)


def rounding_text(places: int, mode: RoundingMode) -> str:
    """Return how what does not come out even is cut."""
    kept = "保留整数" if not places else f"保留{counted(places)}位小数"
    return f"不能除尽的分数{kept}，{_MODES[mode]}"


def consequence_text(consequence: Consequence) -> str:
    """Return what follows, and for which grades."""
    text = consequence.text.rstrip("。；")
    if not consequence.grades:
        return f"{text}。"
    return f"考核等次为{'、'.join(consequence.grades)}的：{text}。"


def term_text(term: Term) -> str:
    """Return from when to when the agreement binds."""
    start = f"自{day_text(term.start)}起" if term.start is not None else "自签订之日起"
    if term.end is not None:
        end = f"至{day_text(term.end)}止"
    else:
        end = "至下一年度目标责任书发布之日止" if term.until_successor else "长期有效"
    if term.end is not None and term.until_successor:
        end += "；期满后有效期延至下一年度目标责任书发布之日止"
    return f"{start}{end}。"


def phases_text(phases: Sequence[Phase]) -> str:
    """Return the phases of the term, each with its days; a side that is not said is the term's."""
    told = []
    for number, phase in enumerate(phases, 1):
        first = "" if phase.first is None else f"自{day_text(phase.first)}起"
        last = "" if phase.last is None else f"至{day_text(phase.last)}止"
        days = f"（{first}{last}）" if first or last else ""
        told.append(f"第{numeral(number)}阶段：{phase.name}{days}")
    return "；".join(told) + "。"


_SUCCESSOR = "责任人变动的，由接任者继续履行，本责任书不因人员变动而失效。"


def closing_texts(term: Term | None) -> Iterator[str]:
    """Go through what a term says of those who come after."""
    if term is not None and term.successor_bound:
        yield _SUCCESSOR


def person_text(person: ResponsiblePerson, items: Mapping[str, str]) -> str:
    """Return who answers, for what, from when to when, and with which duties.

    `items` are the words for items by number; one that is not there is called by its number.
    """
    rank = {"first": "第一责任人", "direct": "直接责任人"}.get(person.rank, person.rank)
    since = "" if person.since is None else f"自{day_text(person.since)}起"
    until = "" if person.until is None else f"至{day_text(person.until)}止"
    named = "、".join(f"“{items.get(number, number)}”" for number in person.items)
    charge = f"，负责{named}" if named else ""
    duties = "；".join(duty.rstrip("。；") for duty in person.duties)
    days = f"（{since}{until}）" if since or until else ""
    return f"{person.post}是{rank}{days}{charge}{f'，职责为：{duties}' if duties else ''}。"


def duty_text(duty: Obligation) -> str:
    """Return a duty: how often, how many, of what, by when."""
    per = f"每{duty.per}" if duty.per else ""
    often = f"{_EVERY[duty.every]}{per}{show(duty.times)}{duty.unit}"
    if duty.every is Every.EVENT:
        often = _EVERY[duty.every]
    parts = [often, *_deadlines(duty)]
    if duty.offsets:
        parts.append("各期之间可以相抵")
    if not duty.late_counts:
        parts.append("逾期的不计")
    return f"{duty.title or duty.code}：{'，'.join(filter(None, parts))}。"


def _deadlines(duty: Obligation) -> Iterable[str]:
    if duty.due is not None:
        yield f"{day_text(duty.due)}前完成"
    if duty.by:
        yield f"{_day_of_year(duty.by)}前完成"
    if duty.within is not None:
        days = f"{duty.within}个{'工作日' if duty.working_days else '自然日'}内完成"
        yield (
            days if duty.every is Every.EVENT else f"期满后{days}" if duty.within else "期满前完成"
        )


def _day_of_year(by: str) -> str:
    """Return a day that comes back: 11-30, 02-end, 25 or end.

    >>> _day_of_year("11-30"), _day_of_year("02-end"), _day_of_year("25")
    ('每年11月30日', '每年2月底', '每期最后一个月25日')
    """
    month, _, day = by.rpartition("-")
    written = "底" if day == "end" else f"{int(day)}日"
    return f"每年{int(month)}月{written}" if month else f"每期最后一个月{written}"
