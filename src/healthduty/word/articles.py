"""The articles of an agreement: what both parties sign, in the order in which officials expect it.

General terms; what is asked beside the table; how it is assessed; vetoes; what follows from the
result; closing terms. An article that would say nothing is left out, and the others close up.

Source: the order of the published agreements (rows A2, A4, A11); GB/T 9704-2012, 7.3.3.

>>> [
...     words.text
...     for words in articles_of(Agreement("示例", year=2024))
...     if words.style is Style.FIRST
... ]
['一、总则', '二、附则']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from healthduty.clauses.canonical.writing import write_clause
from healthduty.exact import show
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Node, Part, Section, children_of
from healthduty.model.party import Party, Role
from healthduty.model.tree import grow, is_judged, walk
from healthduty.results.losses import JUDGED
from healthduty.word.indicators import asked_text, full_points
from healthduty.word.numerals import copies_text, counted, numeral
from healthduty.word.styles import Style
from healthduty.word.terms import (
    closing_texts,
    consequence_text,
    duty_text,
    excusal_text,
    funding_text,
    grades_text,
    person_text,
    phases_text,
    rounding_text,
    term_text,
    veto_text,
)
from healthduty.wording import Measures
from healthduty.wording.names import Vocabulary

DEFAULT_COPIES = 2


@attrs.frozen
class Words:
    """One paragraph: how it looks, its text, and the words that it begins with as a heading."""

    style: Style
    text: str
    lead: str = ""


def is_tabled(agreement: Agreement) -> bool:
    """Whether anything in an agreement is worth points or scored, so that a table is attached."""
    return any(node.points is not None or node.rules for node in agreement.nodes())


def articles_of(agreement: Agreement, copies: int | None = None) -> tuple[Words, ...]:
    """Return the articles, numbered; `copies` overrides what the agreement says of them."""
    makers: tuple[tuple[str, Callable[[], Iterable[Words]]], ...] = (
        ("总则", lambda: _leading(_general(agreement))),
        ("责任目标", lambda: () if is_tabled(agreement) else _asked(agreement)),
        ("考核办法", lambda: _leading(_assessment(agreement))),
        ("一票否决", lambda: _listed(_vetoes(agreement))),
        ("考核结果运用", lambda: _listed(_results(agreement))),
        ("附则", lambda: _listed(_closing(agreement, copies))),
    )
    made: list[Words] = []
    number = 0
    for title, maker in makers:
        words = tuple(maker())
        if words:
            number += 1
            made += [Words(Style.FIRST, f"{numeral(number)}、{title}"), *words]
    return tuple(made)


def _leading(entries: Iterable[tuple[str, str]]) -> Iterator[Words]:
    """Go through entries as paragraphs that begin with a heading of their own."""
    for number, (title, text) in enumerate(entries, 1):
        yield Words(Style.BODY, text, f"（{numeral(number)}）{title}。")


def _listed(texts: Iterable[str]) -> Iterator[Words]:
    """Go through texts, numbered where they are several."""
    several = tuple(texts)
    for number, text in enumerate(several, 1):
        mark = f"（{numeral(number)}）" if len(several) > 1 else ""
        yield Words(Style.BODY, f"{mark}{text}")


def _general(agreement: Agreement) -> Iterator[tuple[str, str]]:
    aim = "乙方应当认真履行本责任书，按期完成各项责任目标，接受甲方的监督和考核"
    if is_tabled(agreement):
        aim += "；考核的内容、要求和评分标准见附件"
    yield "目标任务", f"{aim}。"
    if agreement.term is not None:
        yield "责任期限", term_text(agreement.term)
    elif agreement.year is not None:
        yield "责任期限", f"本责任书适用于{agreement.year}年度工作。"
    if agreement.phases:
        yield "实施步骤", phases_text(agreement.phases)
    if agreement.responsible:
        items = item_names(agreement)
        yield "责任人", "".join(person_text(each, items) for each in agreement.responsible)
    if agreement.obligations:
        yield "工作频次", "".join(map(duty_text, agreement.obligations))
    if is_tabled(agreement):
        sections = [node for node in agreement.nodes() if isinstance(node, Section) and node.text]
        told = [f"{each.title}：{each.text.rstrip('。')}。".lstrip("：") for each in sections]
        if told:
            yield "内容说明", "".join(told)


def item_names(agreement: Agreement) -> dict[str, str]:
    """Return what each item is called by, by its number; a table prints the numbers too."""
    tabled = is_tabled(agreement)
    return {
        node.number: f"{node.number} {node.title}".strip() if tabled else node.title or node.number
        for node in agreement.nodes()
    }


def _asked(agreement: Agreement) -> Iterator[Words]:
    """Go through what is asked, all of it in words: nothing is worth points, so no table is."""
    words = Vocabulary(agreement.measures)
    for number, part in enumerate(agreement.parts, 1):
        yield from _item(part, words, number, 0)


_MARKS = ("（{}）", "{}. ", "（{}）", "{}）")


def _item(node: Node, words: Measures, number: int, depth: int) -> Iterator[Words]:
    """Go through an item and those in it, numbered anew: （一） 1. （1）."""
    counted = numeral(number) if not depth else str(number)
    mark = _MARKS[min(depth, len(_MARKS) - 1)].format(counted)
    told = (node.text,) if isinstance(node, Section) else _requirement(node, words)
    asked = "".join(f"{sentence}。" for sentence in _sentences(told))
    title = node.title or ("" if asked else node.number)
    if not depth and asked and title:
        yield Words(Style.BODY, asked, f"{mark}{title}。")
    elif not depth and children_of(node):
        yield Words(Style.SECOND, f"{mark}{title or asked}")
    else:
        yield Words(Style.BODY, f"{mark}{'：'.join(filter(None, (title, asked)))}")
    for index, child in enumerate(children_of(node), 1):
        yield from _item(child, words, index, depth + 1)


def _requirement(node: Part, words: Measures) -> tuple[str, ...]:
    """Return what an item asks, how it is checked and by whom."""
    checked = f"考核方法：{node.method}" if node.method else ""
    office = f"考核单位：{node.office}" if node.office else ""
    return asked_text(node, words), checked, office


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    """Go through the lines of some texts, without what ends them."""
    lines = (line.rstrip("。；") for text in texts for line in text.split("\n"))
    return filter(None, lines)


def _assessment(agreement: Agreement) -> Iterator[tuple[str, str]]:
    if is_tabled(agreement):
        yield "计分", "".join(f"{text}。" for text in _scoring(agreement))
    if agreement.grades is not None:
        yield "等次", grades_text(agreement.grades, Vocabulary(agreement.measures))


def _scoring(agreement: Agreement) -> Iterator[str]:
    total = full_points(agreement)
    if total is not None:
        yield f"考核以{show(total)}分为满分，按附件逐项计分"
    if any(is_judged(spot) for spot in walk(grow(agreement))):
        yield f"评分标准写明“{JUDGED}”的，由考核人员在该项分值以内评分并说明理由"
    if agreement.rules:
        yield write_clause(agreement.rules, measures=agreement.measures).rstrip("。")
    if agreement.bonus_points is not None:
        yield f"加分项目合计{show(agreement.bonus_points)}分"
    if agreement.bonus_cap is not None:
        yield f"各项加分合计最高{show(agreement.bonus_cap)}分"
    if agreement.cap is not None:
        yield f"总分最高{show(agreement.cap)}分"
    if agreement.floor is None:
        yield "总分不设下限"
    elif agreement.floor:
        yield f"总分最低{show(agreement.floor)}分"
    if agreement.charge_once:
        yield "同一事例涉及多项的，只按其中最重的一项处理，不重复计算"
    yield rounding_text(agreement.rounding.places, agreement.rounding.mode)
    if agreement.total_places is not None:
        places = agreement.total_places
        yield f"总分保留{counted(places)}位小数" if places else "总分保留整数"
    yield excusal_text(agreement.excused)


def _vetoes(agreement: Agreement) -> Iterator[str]:
    words = Vocabulary(agreement.measures)
    for veto in agreement.vetoes:
        yield veto_text(veto, words, agreement)


def _results(agreement: Agreement) -> Iterator[str]:
    words = Vocabulary(agreement.measures)
    for policy in agreement.funding:
        yield funding_text(policy, words)
    yield from map(consequence_text, agreement.consequences)


def _closing(agreement: Agreement, copies: int | None) -> Iterator[str]:
    yield from closing_texts(agreement.term)
    if agreement.supersedes is not None:
        old = agreement.supersedes
        year = "" if old.year is None else f"{old.year}年度"
        yield f"本责任书签订后，{year}《{old.title}》即行废止。"
    count = copies or agreement.copies or DEFAULT_COPIES
    signers = sum(party.role is not Role.OTHER for party in agreement.parties)
    each = "双方" if signers <= DEFAULT_COPIES else "各方"
    kept = f"，{each}各执一份" if count == max(signers, DEFAULT_COPIES) else ""
    yield f"本责任书{copies_text(count)}{kept}，自签字盖章之日起生效。"


def party_lines(parties: Iterable[Party]) -> Iterator[str]:
    """Go through the lines that name the parties; a side without a name is left to fill in."""
    named = tuple(parties)
    for role, word in ((Role.ISSUER, "甲方"), (Role.RESPONSIBLE, "乙方")):
        names = [party.name or party.code for party in named if party.role is role]
        yield f"{word}：{'、'.join(names) or '____________'}"
    others = [party.name or party.code for party in named if party.role is Role.OTHER]
    if others:
        yield f"相关方：{'、'.join(others)}"
