r"""A reading as people see it: the text with what was understood underlined, and what it means.

Under the text stand `~` where it became a rule, a target, points or a veto, `.` where a number was
explained, and `^` where something was not understood. Underlines stand right under Chinese.

Source: the public face, `healthduty read`.

>>> from healthduty.sources import Span
>>> pieces = (Piece(Span(0, 3), Taken.TEXT), Piece(Span(3, 8), Taken.RULE))
>>> print("\n".join(underlined("按要求，扣1分", pieces)))
按要求，扣1分
      ~~~~~~~
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence

from healthduty.clauses.text.pieces import Piece, Taken
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import Veto
from healthduty.rules.condition import Compare
from healthduty.rules.rule import Rule
from healthduty.sources import display_width
from healthduty.wording import Language, Measures, condition_text, rule_text

_MARKS = {
    Taken.SUBJECT: "~",
    Taken.TARGET: "~",
    Taken.RULE: "~",
    Taken.POINTS: "~",
    Taken.VETO: "~",
    Taken.NUMBER: ".",
    Taken.TEXT: " ",
    Taken.UNREAD: "^",
}
_COLOURS = {
    Taken.UNREAD: "text-decoration:underline wavy #c62828;text-underline-offset:.2em",
    Taken.NUMBER: "text-decoration:underline dotted currentColor;text-underline-offset:.2em",
    Taken.TEXT: "opacity:.75",
}
_UNDERSTOOD = "text-decoration:underline;text-underline-offset:.2em"
WIDTH = 96
"""Columns of a line of text and of the marks under it."""


def underlined(text: str, pieces: Sequence[Piece], width: int = WIDTH) -> Iterator[str]:
    """Go through the lines of a text, each with its marks below where it has any."""
    marks = [" "] * len(text)
    for piece in pieces:
        for index in range(piece.span.start, min(piece.span.end, len(text))):
            marks[index] = _MARKS[piece.taken]
    for start, end in _lines(text, width):
        yield text[start:end]
        under = "".join(
            marks[index] * display_width(text[index]) for index in range(start, end)
        ).rstrip()
        if under:
            yield under


def _lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Go through the parts of a text that fit a line; a line break of its own ends one."""
    start = used = 0
    for index, character in enumerate(text):
        if character in "\r\n":
            if start < index:
                yield start, index
            start, used = index + 1, 0
            continue
        used += display_width(character)
        if used > width:
            yield start, index
            start, used = index, display_width(character)
    if start < len(text):
        yield start, len(text)


def meanings(
    rules: Iterable[Rule],
    targets: Iterable[Target],
    parts: Iterable[Part],
    vetoes: Iterable[Veto],
    measures: Measures,
    lang: Language,
) -> Iterator[str]:
    """Go through what was understood, one canonical line each."""
    for target in targets:
        compare = Compare(target.measure, target.comparator, target.value)
        yield f"> {condition_text(compare, measures, lang)}"
    for rule in rules:
        yield f"= {rule_text(rule, measures, lang)}"
    for part in parts:
        yield f"# {part.title} {part.points}"
        yield from (f"  = {rule_text(rule, measures, lang)}" for rule in part.rules)
    for veto in vetoes:
        yield f"! {condition_text(veto.when, measures, lang)}"


def marked_html(text: str, pieces: Sequence[Piece]) -> str:
    """Return the text with its pieces underlined, as a fragment of HTML."""
    made: list[str] = []
    at = 0
    for piece in pieces:
        made.append(_escaped(text[at : piece.span.start]))
        words = _escaped(text[piece.span.start : piece.span.end])
        style = _COLOURS.get(piece.taken, _UNDERSTOOD)
        title = html.escape(piece.note or piece.taken.value)
        made.append(f'<span style="{style}" title="{title}">{words}</span>')
        at = piece.span.end
    made.append(_escaped(text[at:]))
    return "".join(made)


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
