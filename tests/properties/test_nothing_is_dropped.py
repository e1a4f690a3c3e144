"""Every digit and every scoring word of a clause is accounted for (semantics 12).

Each lies in a piece that became a rule, a target, points or a veto, or in a number that is
explained, or in a piece that was not understood and that a finding names. What counts as a scoring
word is said here again, apart from the reader's own tables.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clauses import all_cases
from healthduty.clauses.clause import read_clause
from healthduty.clauses.reading import ClauseReading, Piece, Taken

SCORING = re.compile(
    r"(?<![克折回抵暗纽代])扣(?![押压留件子眼环住缴款发问题帽好紧牢])|不得分|满分(?!率)|酌情|(?<!可)否决"
    r"|[得加奖]\d+(?:\.\d+)?分(?![别管析类级工组布诊娩配钟支部期局院段])"
)
"""Words that move points, as someone would list them who never saw the grammar."""

PAID = re.compile(
    r"每(?:\d|[一二两三])?[次场期块个例人份项][\u4e00-\u9fff]{0,6}?\d+(?:\.\d+)?分"
    r"(?=[，。；,;、）)]|$)"
)
"""Points for each of something, without a verb: 不足5次的每次2分."""

TEXTS = tuple(case.text for case in all_cases())
MARKS = st.sampled_from(["，", "；", "。", "、", "\n", "：", "", " ", "（", "）"])
LETTERS = st.sampled_from(
    list(
        "扣得加奖分不每低少缺满酌情否决取消0123456789.%％‰一二半两次项例、，；。（）至—_以上下内超高"
    )
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw clauses put together, with a few characters changed, lost or added."""
    parts = draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3))
    text = draw(MARKS).join(parts)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(LETTERS | st.just("")) + text[at + draw(st.integers(0, 2)) :]
    return text


def piece_at(reading: ClauseReading, index: int) -> Piece | None:
    """Return the piece that a character lies in."""
    return next((p for p in reading.pieces if p.span.start <= index < p.span.end), None)


@given(texts())
@example("扣分")
@example("１２３")
@example("每低5%扣")
@example("不扣分，扣押药品3件")
@example("扣压举报材料的，得每例扣6分")
@example("扣罚分：无故缺课（1分/次）")
@example("扣少否决一个单位扣2每分")
@example("全镇擂台赛第0一名加5分，第二名加3分，第三名加1分")
@example("迟报每次扣0.2分，漏报每例扣0.5分0项合计扣分不超过3分")
@example("迟报每次扣0.2分,以上两项合计扣分不超过分")
@example("建立警示教育基地，本项不得1分得")
def test_every_digit_and_scoring_word_is_accounted_for(text: str) -> None:
    """A number or a scoring word that no rule has is explained or reported, never dropped."""
    reading = read_clause(text)
    for index, character in enumerate(text):
        if character.isdecimal():
            piece = piece_at(reading, index)
            assert piece is not None, (character, index)
            assert piece.taken not in {Taken.TEXT, Taken.SUBJECT} or piece.note, (piece, text)
    for match in SCORING.finditer(text):
        piece = piece_at(reading, match.start())
        assert piece is not None, match
        assert piece.taken is not Taken.TEXT or piece.note, (piece, match)


@given(texts())
@example("讲座每年5次。5次以下每次讲座2分")
@example("4块以下者每块广告2.5分")
@example("少于3期每期1分，每次不少于40人")
def test_points_for_each_are_never_part_of_a_target(text: str) -> None:
    """Points behind 每次 score, whatever stands before them: they name nothing to reach."""
    reading = read_clause(text)
    for match in PAID.finditer(text):
        piece = piece_at(reading, match.end() - 1)
        assert piece is not None, match
        assert piece.taken not in {Taken.TARGET, Taken.TEXT} or piece.note, (piece, match)


@given(texts())
def test_what_was_not_understood_has_a_finding_at_its_place(text: str) -> None:
    """Each unread piece lies in the characters that some finding cites."""
    reading = read_clause(text)
    cited = [
        finding.citation.span
        for finding in reading.findings
        if finding.citation is not None and finding.citation.span is not None
    ]
    for piece in reading.pieces:
        if piece.taken is Taken.UNREAD:
            assert any(
                s.start <= piece.span.start and piece.span.end <= s.end for s in cited
            ) or any(piece.span.start <= s.start < piece.span.end for s in cited), piece


@given(texts())
def test_pieces_stand_in_order_and_apart(text: str) -> None:
    """Pieces never overlap, and each lies within the text."""
    reading = read_clause(text)
    ends = 0
    for piece in reading.pieces:
        assert ends <= piece.span.start < piece.span.end <= len(text)
        ends = piece.span.end


@given(texts())
def test_rules_cite_their_characters(text: str) -> None:
    """Each rule cites characters of the text, and all it needs of measures is in the reading."""
    reading = read_clause(text)
    for rule in reading.rules:
        assert rule.citation is not None
        span = rule.citation.span
        assert span is not None
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "。", "（）", "满意率", "　"])
def test_a_text_without_scoring_is_read_as_nothing(text: str) -> None:
    """Nothing that scores: no rule, no finding."""
    reading = read_clause(text)
    assert (reading.rules, len(reading.findings)) == ((), 0)


ODD = "7919"
"""A number that nothing asks for, and nothing follows from."""


@pytest.mark.parametrize("tail", [f" {ODD}", f"、其他情况{ODD}", f"，未写诊断 {ODD}", f"。另{ODD}"])
def test_a_number_behind_a_clause_is_never_lost_in_its_piece(tail: str) -> None:
    """It stands in a rule, a target or a name, or a finding is about it, or it is explained.

    主诉超过25个字、未写诊断 2 was a piece that became a target of 25, and had nothing of the 2.
    """
    lost = []
    for case in all_cases():
        text = case.text.rstrip("。；;， ") + tail
        reading = read_clause(
            text, points=case.points, requirement=case.requirement or None, measures=case.measures
        )
        at = text.rfind(ODD)
        piece = piece_at(reading, at)
        read = (reading.rules, reading.parts, reading.targets, reading.vetoes, reading.points)
        explained = piece is not None and (piece.taken is Taken.NUMBER or piece.note)
        spans = [f.citation.span for f in reading.findings if f.citation is not None]
        told = any(span is not None and span.start <= at < span.end for span in spans)
        if ODD not in repr(read) and not explained and not told:
            lost.append(text)
    assert lost == []
