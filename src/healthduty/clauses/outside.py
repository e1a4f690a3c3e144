"""What lies outside a range: 温度超出2～8℃, 湿度不在45%—75%之间.

The words turn the range round: not within it, but below its lower end or above its upper one. With
more than the range behind it (超出2～8℃未处理) it is a fact in its own words.

Source: semantics 3 (comparators).

>>> from healthduty.clauses.text.tokens import tokens_of
>>> found = read_outside(tokens_of("温度超出2-8℃"), "温度超出2-8℃")
>>> [str(part.bounds.single[1]) for part in found.parts]
['2', '8']
"""

from __future__ import annotations

import re

from healthduty.clauses.context import Context
from healthduty.clauses.facts import trimmed
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Either, Held, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Bounds, Tokens, kind_at, read_bounds, words_of

_LEAVES = re.compile(
    r"(?:超出|超过|超|偏离|(?:不|未|没有?)(?:能)?(?:控制|保持|维持|稳定|处)?(?:在|于)"
    r"|(?:低于|小于)(?:或者?|、)?(?:高于|大于|超过)|(?:高于|大于)(?:或者?|、)?(?:低于|小于))"
    r"(?:了|规定的?|要求的?)?$"
)
_REST = re.compile(r"(?:的)?(?:正常|规定|要求)?(?:范围|区间)?(?:之?[内间外]|以[内外])?的?")
_EXCEEDS = re.compile(r"(?:超出|超过|超)了?$")
_OUT = re.compile(r"(?:之|以)外")
_STATES = frozenset({"℃", "mmHg", ""})
"""Units in which a state is measured, and nothing that passes a limit by so much."""
_COMPARES = frozenset({Kind.MORE, Kind.LESS, Kind.AT_LEAST, Kind.AT_MOST, Kind.EQUAL})


def read_outside(tokens: Tokens, text: str) -> Either | Where | None:
    """Read `[subject] (超出 | 不在 | 偏离) range [范围] [words]`, None for anything else."""
    dash = next((at for at, token in enumerate(tokens) if token.kind is Kind.DASH), 0)
    at = next((at for at in range(max(0, dash - 3), dash) if _is_range(tokens, at)), None)
    read = None if at is None else read_bounds(tokens, at)
    if read is None or at is None:
        return None
    (bounds, end), before = read, words_of(tokens[:at], text)
    if kind_at(tokens, at) in _COMPARES:
        before = words_of(tokens[: at + 1], text)
    rest = words_of(tokens[end:], text)
    leaves = _LEAVES.search(before)
    if leaves is None and not (_OUT.match(rest) and _REST.fullmatch(rest)):
        return None
    how_far = leaves is not None and _EXCEEDS.match(leaves.group()) and bounds.unit not in _STATES
    if how_far and "范围" not in rest and "区间" not in rest:
        return None  # 超过5-10分钟扣1分: so much beyond what is asked
    subject = name_of(trimmed(before if leaves is None else before[: leaves.start()]))
    if not _REST.fullmatch(rest):
        return Where((trimmed(words_of(tokens, text)),))
    below = Bounds(high=bounds.low, high_in=not bounds.low_in, unit=bounds.unit)
    above = Bounds(low=bounds.high, low_in=False, unit=bounds.unit)
    return Either((Held(subject, below), Held(subject, above)))


def explain_outside(context: Context, segment: Segment, occasion: Either) -> None:
    """Explain the words that say that a range is left: they show in its two bounds."""
    match occasion.parts:
        case (
            Held(subject=subject, bounds=Bounds(low=None)),
            Held(subject=other, bounds=Bounds(high=None)),
        ) if subject == other and not occasion.every and context.drafts:
            for held in (segment,) if segment.occasion else (*context.heard[-1:], segment):
                context.explain(held, "what lies outside a range")
        case _:
            return


def _is_range(tokens: Tokens, at: int) -> bool:
    """Whether a range of two numbers begins here."""
    read = read_bounds(tokens, at)
    return read is not None and None not in {read[0].low, read[0].high}
