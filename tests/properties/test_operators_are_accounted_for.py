"""Every word that changes what a score is is accounted for (semantics 12).

As a digit and a scoring word: it shows in a rule that cites it, or is explained, or a finding says
something at its place. The words and how each shows are said here again, apart from the reader's
own table.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
from hypothesis import example, given
from hypothesis import strategies as st

from clauses import all_cases
from healthduty.clauses.clause import read_clause
from healthduty.clauses.reading import ClauseReading, Taken

TEXTS = tuple(case.text for case in all_cases() if len(case.text) <= 60)
MARKS = st.sampled_from(["，", "；", "。", "（", "、", "的，"])


def _holds(value: object, wanted: Callable[[object], bool]) -> bool:
    """Whether something in a record, its fields or its members is as wanted."""
    if wanted(value):
        return True
    if isinstance(value, tuple):
        return any(_holds(member, wanted) for member in value)
    if attrs.has(kind := type(value)):
        fields = [f.name for f in attrs.fields(kind) if f.name != "citation"]
        return any(_holds(getattr(value, name), wanted) for name in fields)
    return False


def _named(*names: str) -> Callable[[object], bool]:
    return lambda value: type(value).__name__ in names


def _has(field: str) -> Callable[[object], bool]:
    return lambda value: bool(getattr(value, field, None))


def _never(value: object) -> bool:
    del value
    return False


_GRADED = _named("Bands", "Group")
WORDS: dict[str, Callable[[object], bool]] = {
    "，其他单位依次减1分": _GRADED,
    "，在此基础上递减": _GRADED,
    "，情节严重的翻倍扣分": lambda value: _has("times")(value) or _named("Bands")(value),
    "，加倍扣分": lambda value: _has("times")(value) or _named("Bands")(value),
    "，减半": lambda value: _has("times")(value) or _named("Bands")(value),
    "，可抵扣1分": _never,
    "，与加分相抵": _never,
    "，取平均分": _never,
    "，四舍五入": _never,
    "，迟报视同漏报": _never,
    "，轻微的予以减免": _never,
    "，急诊科豁免": _never,
    "，顶格扣分": _GRADED,
    "，各科室分摊": _never,
    "，得分相加": lambda value: _has("cap")(value) or _named("Bands", "Curve", "Judgement")(value),
}
"""What may follow a rule, with what would show it. The operator is what is looked for."""

LOOKED_FOR = (
    *("依次", "递减", "翻倍", "加倍", "减半", "抵扣", "相抵", "平均", "四舍五入", "视同", "减免"),
    *("豁免", "顶格", "分摊", "相加"),
)
OPERATORS = {phrase: next(word for word in LOOKED_FOR if word in phrase) for phrase in WORDS}


@st.composite
def clauses(draw: st.DrawFn) -> tuple[str, str]:
    """Draw rules with a phrase among them that changes one; return both."""
    before = draw(st.sampled_from(TEXTS)).rstrip("。；，")
    phrase = draw(st.sampled_from(sorted(WORDS)))
    behind = draw(st.lists(st.sampled_from(TEXTS), max_size=1))
    return draw(MARKS).join([before + phrase, *behind]), phrase


def accounted(reading: ClauseReading, at: int, shows: Callable[[object], bool]) -> bool:
    """Whether the character at a place is explained, told, or in a rule that shows its word."""
    for finding in reading.findings:
        span = finding.citation.span if finding.citation is not None else None
        told = finding.code != "clause-assumed" and span is not None
        if told and span is not None and span.start <= at < span.end:
            return True
    piece = next((p for p in reading.pieces if p.span.start <= at < p.span.end), None)
    if piece is not None and (piece.note or piece.taken in {Taken.UNREAD, Taken.VETO}):
        return True
    rules = (*reading.rules, *(rule for part in reading.parts for rule in part.rules))
    return not rules or any(_holds(rule, shows) for rule in rules)


@given(clauses())
@example(("漏报每例扣1分，可抵扣1分", "，可抵扣1分"))
@example(("漏报每例扣1分，轻微的予以减免", "，轻微的予以减免"))
@example(("漏报扣1分，情节严重的翻倍扣分", "，情节严重的翻倍扣分"))
def test_every_operator_is_accounted_for(drawn: tuple[str, str]) -> None:
    """A word that would change the score is in a rule, explained or told: never swallowed."""
    text, phrase = drawn
    reading = read_clause(text)
    word = OPERATORS[phrase]
    at = text.index(phrase) + phrase.index(word)
    assert accounted(reading, at, WORDS[phrase]), (text, [str(f) for f in reading.findings])
