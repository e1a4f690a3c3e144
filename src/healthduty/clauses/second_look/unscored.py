"""Faults among others that no rule has: 未佩戴标牌的；病历不合规范的等情形记1分.

Where some sentences score, one that says what is wrong and neither scores nor stands in a name was
left out: its points stand with another one of the list, and whoever commits it loses nothing. So
is a duty between parts that each have their points.

Source: semantics 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("不书写病历的；泄露隐私的。开错处方的扣4分")
>>> "clause-doubt" in reading.findings.codes
True
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator

from healthduty.clauses.context import Context, Fault
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.second_look.left_over import told_in
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.said import Said

_STOPS = frozenset({Kind.STOP, Kind.LABEL})
_OPEN = frozenset({Kind.WORD, Kind.LIST, Kind.COMMA, Kind.OPEN, Kind.CLOSE})
_A_FAULT = re.compile(r"(?<!目)的(?:(?:等)?(?:情[形况]|行为))?$")
_BEGINS = re.compile(
    r"未|没有?|无(?!菌|障碍|偿)|不(?!断|少于|低于)|违反|擅自|弄虚|虚[报构假]|伪造|骗|泄露|出具虚假"
)
_BARE = re.compile(r"(?:未(?![来婚]|成年)|没有|无(?!菌|障碍|偿|线)|违反|擅自)[^,，、的]{2,16}$")
"""A fault that ends without 的, in a list whose last member has the points."""
_SCOPE = re.compile(
    r"之一|[下上]列|以[下上]|上述|^对|^[凡如若]|合理缺项|处理|处罚|执行|负责|^备?注"
)
_SHORTEST = 4
_SEMICOLONS = frozenset(";；")


def doubt_unscored(context: Context, tokens: Tokens, names: str) -> Iterator[Fault]:
    """Go through sentences among those that score that nothing was made of; `names` has all names.

    One that only leads up to a list, or says what follows, lacks nothing.
    """
    if context.asks or not (context.drafts or context.vetoes):
        return
    told = told_in(context)
    said = simplified(names)
    barred = (index for index, (taken, _) in context.claims.items() if taken is Taken.VETO)
    scored = max((*(draft.end for draft in context.drafts), *barred))
    numbers = list(itertools.accumulate(int(token.kind in _STOPS) for token in tokens))
    for _, run in itertools.groupby(range(len(tokens)), key=numbers.__getitem__):
        members = [index for index in run if tokens[index].kind not in _STOPS]
        if not members or not told.isdisjoint(members):
            continue
        if not all(_is_free(context, tokens, index) for index in members):
            continue
        words = simplified(words_of(tokens[members[0] : members[-1] + 1], context.text))
        if words.rstrip("的") in said:
            continue
        message = None
        end = members[-1] + 1
        listed = end < len(tokens) and tokens[end].text in _SEMICOLONS
        if _is_fault(words, listed=listed and end < scored):
            message = Said("a fault, and no points are read for it", "写了问题，没有读出扣几分")
        elif _is_between_parts(context, tokens, numbers, members) and not is_check(words):
            message = Said("between parts with points, and in none", "写在各部分之间，没有分值")
        if message is not None:
            yield Fault("clause-doubt", message, members[0], members[-1] + 1)


def _is_fault(words: str, *, listed: bool) -> bool:
    """Whether a sentence only names what is wrong: 泄露隐私的; `listed`: a semicolon follows."""
    if len(words) < _SHORTEST or _SCOPE.search(words) or is_check(words):
        return False
    if listed and _BARE.match(words):
        return True
    wrong = listed or _BEGINS.search(words) or SAYS_WRONG.search(words)
    return bool(wrong) and _A_FAULT.search(words) is not None


def _is_between_parts(
    context: Context, tokens: Tokens, sentences: list[int], members: list[int]
) -> bool:
    """Whether words end with a semicolon right before a part's sentence, and right behind one's."""
    at = members[-1] + 1
    if len(members) > 1 or at >= len(tokens) or tokens[at].text not in _SEMICOLONS:
        return False
    behind = bisect.bisect_left(context.part_spans, (at, 0, 0))
    if not 0 < behind < len(context.part_spans) or len(tokens[members[0]].text) <= _SHORTEST:
        return False
    near = (context.part_spans[behind - 1][0], context.part_spans[behind][0])
    return [sentences[each] - sentences[members[0]] for each in near] == [-1, 1]


def _is_free(context: Context, tokens: Tokens, index: int) -> bool:
    """Whether a token is a word or a mark of which nothing was made."""
    taken, note = context.claims.get(index, (Taken.TEXT, ""))
    return tokens[index].kind in _OPEN and taken is Taken.TEXT and not note
