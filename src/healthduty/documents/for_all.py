r"""A standard that is for all items of a table: 评分办法 | 完成得满分，每低1%扣0.5分，每少1次扣1分.

It stands in a row of its own below the items, behind a colon, or in a note below the table. Each
item that says nothing of its scoring itself gets the statements that fit its target: a rate has no
每少1次, a count no 1%. A sentence of a note that names an item is for that item alone.

Source: docs/en/explanation/how-tables-are-read.md, “Around the table”.

>>> fitting("完成得满分，每低1%扣0.5分，每少1次扣1分", "讲座12次")
'完成得满分，每少1次扣1分'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from healthduty.documents.column import Column
from healthduty.documents.drafts import SCORES, Clause, Draft, Kind
from healthduty.documents.headings import role_of
from healthduty.documents.spelling import fold
from healthduty.grids.grid import Cell, Paragraph

_HEADING = "评分标准"
"""What stands over a standard that is for all items."""
_OF_RATE = re.compile(r"%|‰|百分[之点]|/10万")
_OF_COUNT = re.compile(r"每[少缺差][^,，。;；%]{0,4}[次人名例场篇份户件个项期天台](?!百分点)")
_STATEMENT = re.compile(r"[^,，。;；\n]+[,，。;；\n]*")
_SENTENCE = re.compile(r"[^。;；\n]+[。;；\n]*")
_ORDINAL = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳])\s*")
_NOTE = re.compile(
    r"^\s*(?:注|备注|说明|附注|(?:评分|计分|考核)(?:说明|[办方]法)?)\d*\s*[:：、.]\s*"
)
_OF_TARGETS = re.compile(
    r"每[^,，。;；]{0,4}[低少差超高降下缺]|(?:完成|达标|达到|低于|未达)[^,，。;；]*(?:满分|不得分)"
)
"""How a note scores whatever has a target."""
_BOUND = re.compile(
    r"(?P<name>[^,，。;；:：\s]*?)(?:均|都|全部)?"
    r"(?:达到?|不低于|不少于|不超过|不高于|低于|高于|超过|少于|[≥≤<>])\s*\d"
)
_HEAD = re.compile(
    r"(?:(?:[各每所有]*项?(?:考核)?(?:指标|目标|任务)(?:值|率|数)?|(?:未|没有?)?能?(?:完成|达标|达到|低于)"
    r"(?:目标|任务|要求|标准|指标)?值?|(?:完成|达标)率|实际(?:完成)?值|的|者|时|凡|如|若|则|再|比|较|超额)*)"
)
"""What may stand before points for whatever has a target; 满意度每低1% is about that alone."""
_WHICHEVER = re.compile(
    r"(?:[各每所有]*项?(?:指标|目标|任务)?的?)?(?:实际)?(?:完成率|达标率|完成值|实际值|指标值|完成|凡|如)?"
)
"""A bound of any target; one of a quantity that is named is about that alone: 使用率达到90%."""
_GRADED = re.compile(r"\d分\s*(?:\([^()]*\))?(?:以上|以下|及以上|-)|为(?:优秀|良好|合格)|总分")
"""What a note says of the whole."""


def standard_of(cells: Sequence[Cell]) -> Paragraph | None:
    """Return what a row says behind 评分办法, in a cell of its own or behind a colon."""
    if len(cells) == 1:
        label, colon, words = cells[0].text.partition("：")
        found = colon and role_of(label) is Column.SCORING and SCORES.search(fold(words))
        return Paragraph(words, cells[0].place) if found else None
    if len(cells) != 2 or role_of(cells[0].text) is not Column.SCORING:  # noqa: PLR2004 - these two
        return None
    words = cells[1].text
    return Paragraph(words, cells[1].place) if SCORES.search(fold(words)) else None


def give_to_all(standard: Paragraph, drafts: Iterable[Draft]) -> list[str] | None:
    """Give a standard to the items that have none; return the statements that fit none of them.

    None where each item has a standard of its own.
    """
    items = _unscored(drafts)
    given = set()
    for item in items:
        text = fitting(standard.text, _asked(item))
        given.update(_STATEMENT.findall(text))
        _give(item, attrs.evolve(standard, text=text))
    unfit = [words for words in _STATEMENT.findall(standard.text) if words not in given]
    return [words for words in unfit if SCORES.search(fold(words))] if items else None


def give_notes(notes: Sequence[Paragraph], drafts: Iterable[Draft]) -> list[str]:
    """Give what notes say of targets to the items that have one and no standard.

    Return what each of the notes says besides: all of it where they score no target.
    """
    items = [item for item in _unscored(drafts) if item.kind is Kind.PLAIN and _number(item)]
    said = [_SENTENCE.findall(_NOTE.sub("", note.text)) for note in notes]
    to = {words: _named(words, items) for sentences in said for words in sentences}
    general = [words for words, named in to.items() if not named and _is_general(words)]
    if not items or not any(SCORES.search(fold(words)) for words in general):
        return [note.text for note in notes]
    to |= dict.fromkeys(general, items)
    first = next(note for note, own in zip(notes, said, strict=True) if {*own} & {*general})
    for item in items:
        own = [_ORDINAL.sub("", words) for words, named in to.items() if item in named]
        _give(item, attrs.evolve(first, text=fitting("".join(own), _asked(item))))
    return [
        "".join(words for words in sentences if not to[words])
        if any(to[words] for words in sentences)
        else note.text
        for note, sentences in zip(notes, said, strict=True)
    ]


def _unscored(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the items that say nothing of their scoring, nor does what they ask."""
    return [
        item
        for draft in drafts
        for item in draft.walk()
        if not (item.children or item.parts or item.is_scored)
        and not SCORES.search(fold(_asked(item)))
    ]


def _asked(item: Draft) -> str:
    """Return what an item asks, with the unit of its target."""
    for clause in item.clauses[:1]:
        asked = [words.text for words in (clause.requirement, clause.target) if words is not None]
        return "\n".join((*asked, clause.unit))
    return ""


def _number(item: Draft) -> bool:
    return any(character.isdecimal() for character in _asked(item))


def _named(words: str, items: Iterable[Draft]) -> list[Draft]:
    """Return the items that a sentence names with points to lose or to get."""
    if not SCORES.search(fold(words)):
        return []
    named = [item for item in items if item.title and item.title in words]
    return [
        item
        for item in named
        if not any(item.title in one.title and item.title != one.title for one in named)
    ]


def _is_general(words: str) -> bool:
    """Whether a sentence scores targets, whichever, and is no grade of the whole."""
    folded = fold(words)
    scored = list(_OF_TARGETS.finditer(folded))
    if not scored or _GRADED.search(folded):
        return False
    heads = [re.split("[,，。;；:：]", folded[: found.start()])[-1].strip() for found in scored]
    return all(_HEAD.fullmatch(_ORDINAL.sub("", head)) for head in heads) and all(
        _WHICHEVER.fullmatch(bound["name"]) for bound in _BOUND.finditer(folded)
    )


def _give(item: Draft, standard: Paragraph) -> None:
    clause, *others = item.clauses or [Clause()]
    item.clauses = [attrs.evolve(clause, scoring=standard, heading=_HEADING), *others]


def fitting(text: str, asked: str) -> str:
    """Return the statements of a standard that fit what is asked; all where none would be left."""
    unfit = _OF_COUNT if _OF_RATE.search(fold(asked)) else _OF_RATE
    fit = [words for words in _STATEMENT.findall(text) if not unfit.search(fold(words))]
    left = "".join(fit)
    return (
        left if any(character.isdecimal() for character in asked) and SCORES.search(left) else text
    )
