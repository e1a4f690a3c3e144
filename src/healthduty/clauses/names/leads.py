"""What the first of a list stands under, and those behind it too: 省主委4分，副主委3分.

A list of posts goes through one rank after the other; the rank stands before the first of each run
only. 副主委 of the country and 副主委 of the province are two things, with points of their own.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> led(["全国主委", "副主委", "省主委", "副主委"], [0, 0, 1, 1])
['全国主委', '全国副主委', '省主委', '省副主委']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from healthduty.clauses.context import MOST_IN_RULE, Context, Draft, Fault
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.rule import Bands, Bonus, CaseBand, Rule
from healthduty.rules.tally import Once
from healthduty.said import Said

_RANK = re.compile(
    r"(?:国际|国家|中央|全国|部|全?省|全?市|厅|州|全?县|全?区|乡镇?|院|校|SCI|核心)"
    r"(?:[、/](?:国际|国家|中央|部|省|市|厅|州|县|区|乡))*级?(?:及?以上)?"
)
_ORDINAL = re.compile(r"第?[一二三四五六特甲乙丙]$")
"""What the members of a run differ in: 省级一等奖, 二等奖."""
_SEVERAL = 2
_TAIL = 2
"""So many characters two names end in alike: 全国主委, 省主委."""
_LONGEST = 40

_TWICE = Said("one name twice, with different points", "同一名称出现两次，分值不同")


def led(names: list[str], sentences: list[int]) -> list[str]:
    """Return names with what the first of their run stands under, where the runs say what it is."""
    starts = _starts(names, sentences)
    if len(starts) < _SEVERAL:
        return names
    ends = [*starts[1:], len(names)]
    leads = [_lead(names[start:end]) for start, end in zip(starts, ends, strict=True)]
    if not all(leads):
        heads = [names[at].partition("、")[0][:_LONGEST] for at in starts]
        tail = _common_end(heads).removeprefix("级")
        leads = [head[: len(head) - len(tail)] if len(tail) >= _TAIL else "" for head in heads]
    if not all(leads) or len(set(leads)) < len(leads):
        return names
    whole = list(names)
    for lead, start, end in zip(leads, starts, ends, strict=True):
        for at in range(start + 1, end):
            whole[at] = names[at] if names[at].startswith(lead) else lead + names[at]
    return whole


def _starts(names: list[str], sentences: list[int]) -> list[int]:
    """Return where runs begin: with a sentence, or with a rank."""
    return [
        at
        for at, name in enumerate(names)
        if at == 0 or sentences[at] != sentences[at - 1] or _RANK.match(name)
    ]


def _lead(run: list[str]) -> str:
    """Return what stands before what the first of a run has in common with another of it."""
    head = run[0].partition("、")[0][:_LONGEST]
    tails = (_common_end([head, name[:_LONGEST]]) for name in run[1:])
    tail = max(tails, key=len, default="")
    return _ORDINAL.sub("", head[: len(head) - len(tail)]) if len(tail) >= _TAIL else ""


def _common_end(heads: list[str]) -> str:
    """Return what all heads end in."""
    tail = heads[0] if heads else ""
    for head in heads:
        while not head.endswith(tail):
            tail = tail[1:]
    return tail


def lead_names(context: Context) -> None:
    """Give parts and facts that one name is used twice for what their run stands under."""
    parts = context.parts
    if len(context.part_spans) == len(parts) <= MOST_IN_RULE:
        names = [part.title for part in parts]
        whole = led(names, [span[2] for span in context.part_spans])
        if len(set(names)) < len(names):
            context.parts[:] = [
                attrs.evolve(part, title=title) for part, title in zip(parts, whole, strict=True)
            ]
            _doubt_twice(context, whole, [span[:2] for span in context.part_spans])
    facts = [(draft, name) for draft in context.drafts if (name := _fact(draft.rule))]
    names = [name for _, name in facts]
    if len(set(names)) == len(names) or len(names) > MOST_IN_RULE:
        return
    whole = led(names, [draft.sentence for draft, _ in facts])
    for (draft, name), title in zip(facts, whole, strict=True):
        if title != name:
            draft.rule = _about(context, draft.rule, title)
    _forget(context, set(names) - set(whole))


def _doubt_twice(context: Context, names: list[str], spans: list[tuple[int, int]]) -> None:
    """Report the first name that still stands twice."""
    seen: set[str] = set()
    for name, (first, end) in zip(names, spans, strict=True):
        if name in seen:
            context.faults.append(Fault("clause-doubt", _TWICE, first, end))
            return
        seen.add(name)


def _forget(context: Context, names: set[str]) -> None:
    used = {name for draft in context.drafts for name in _names(draft)}
    for name in names - used:
        context.quantities.forget(name)


def _names(draft: Draft) -> Iterator[str]:
    if name := _fact(draft.rule):
        yield name


def _fact(rule: Rule) -> str:
    """Return the one fact that points are earned or added for; nothing for another rule."""
    match rule:
        case Bonus(tally=Once(condition=Flag(measure=name))):
            return name
        case Bands(bands=(CaseBand(when=Flag(measure=name)),), otherwise=None):
            return name
        case _:
            return ""


def _about(context: Context, rule: Rule, name: str) -> Rule:
    """Return a rule about a fact of another name."""
    flag = Flag(context.quantities.measure(name, MeasureKind.FLAG))
    match rule:
        case Bonus():
            return attrs.evolve(rule, tally=Once(flag))
        case Bands(bands=(CaseBand(points=points),)):
            return attrs.evolve(rule, measure=flag.measure, bands=(CaseBand(flag, points),))
        case _:
            return rule
