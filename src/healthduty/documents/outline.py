"""Running text as an outline: numbered items in items, by the numbers that stand before them.

A number begins an item at the start of a line. Inside a line it does so where it goes on counting
behind a stop (…。2、…) or begins to count right behind a heading (一、基本公共卫生服务1、…). What
stands before the first item is the front, what stands behind the last words of items the tail.

Source: the contract's “Running text”; seeds A1–A12, where line breaks were lost.

>>> lines = [Paragraph("一、服务1、建档；2、随访。", Place()), Paragraph("二、监督", Place())]
>>> [(each.title, [child.text for child in each.children]) for each in outline(lines).drafts]
[('服务', ['建档；', '随访。']), ('监督', [])]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from healthduty.documents.drafts import Draft
from healthduty.documents.markers import Marker, Style, dotted, markers
from healthduty.documents.spelling import LONGEST_HEADLINE, fold, headline
from healthduty.grids.grid import Paragraph
from healthduty.sources import Place

_ROOM = 8
"""Space that may stand between a heading and the number behind it."""

_STOPS = frozenset("。；;：:!！)）”》】\n")
_SOFT = frozenset("，,、和及至")
_PAGE = re.compile(r"\d{1,2}(?=[一二三四五六七八九十]{1,3}、)")
_TAIL = re.compile(
    r"(?:甲方|乙方|签章|签字|盖章|日期|以上(?:是|目标|各项)|本责任书(?:的)?(?:一式|执行|自|由|未尽|经)"
    r"|责任书一式|此责任书|本协议|希望(?:大家|全体)|谢谢|附件|附表)"
)
_SIGNED = re.compile(r"^.{0,24}(?:\((?:签字|签章|盖章|公章|章)\)|签字\s*:|签章\s*:|盖章\s*:)")
_HEADING_ENDS = re.compile(r"[。:;\n]")
_TRIMMED = " \n:：、,，.。;；"


@attrs.frozen
class Outline:
    """A text in three: what stands before its items, the items, what stands behind them.

    `continued` are the items whose bracketed number goes on counting plain ones; `pages` are
    page numbers that stood before an item's number.
    """

    front: tuple[Paragraph, ...]
    drafts: tuple[Draft, ...]
    tail: tuple[Paragraph, ...]
    continued: tuple[Draft, ...] = ()
    pages: tuple[Paragraph, ...] = ()


@attrs.define
class _Open:
    """An item that is still open: its style, its number, the item."""

    style: Style
    value: int
    draft: Draft


@attrs.define
class _Outline:
    front: list[Paragraph] = attrs.Factory(list)
    drafts: list[Draft] = attrs.Factory(list)
    tail: list[Paragraph] = attrs.Factory(list)
    continued: list[Draft] = attrs.Factory(list)
    pages: list[Paragraph] = attrs.Factory(list)
    stack: list[_Open] = attrs.Factory(list)

    def line(self, line: Paragraph) -> None:
        """Read one line: cut it where items begin, and give each piece to its item."""
        text, place = line.text, line.place
        if page := _PAGE.match(fold(text)):
            self.pages.append(Paragraph(page[0], place))
            text = text[page.end() :]
        if path := _dotted_marker(text):
            self._begin(*path, place)
            return
        found = list(self._accepted(text))
        first = found[0].start if found else len(text)
        if text[:first].strip():
            self._continue(Paragraph(text[:first].strip(), place))
        ends = [*(marker.start for marker in found[1:]), len(text)] if found else []
        for marker, end in zip(found, ends, strict=True):
            self._begin(marker, text[marker.end : end].strip(), place)

    def _accepted(self, text: str) -> Iterator[Marker]:
        """Go through the numbers of a line that begin an item, as the items stand so far."""
        open_now = [(each.style, each.value) for each in self.stack]
        since = 0
        for marker in markers(text):
            if marker.start == 0 or self._begins(marker, text, since, open_now):
                _push(open_now, marker, self._continues_plain(marker, open_now))
                since = marker.end
                yield marker

    def _begins(
        self, marker: Marker, text: str, since: int, open_now: Sequence[tuple[Style, int]]
    ) -> bool:
        # No more of the text is looked at than a heading may have: time stays linear.
        near = text[max(since, marker.start - LONGEST_HEADLINE - _ROOM) : marker.start]
        before = near.rstrip()
        stopped = not before or before[-1] in _STOPS or len(before) < len(near)
        goes_on = any(
            style is marker.style and marker.value == value + 1 for style, value in open_now
        )
        if goes_on or self._continues_plain(marker, open_now):
            return stopped or len(marker.label) == 1  # ㈢ and ② are never anything else
        if marker.style in (Style.BULLET, Style.CIRCLED):
            return marker.value <= 1 and stopped
        if marker.value != 1 or any(style is marker.style for style, _ in open_now):
            return False
        if open_now and marker.style < open_now[-1][0]:
            return False
        heading = fold(before).strip()
        headed = 0 < len(heading) <= LONGEST_HEADLINE and not set(heading) & {"。", ";"}
        if not open_now:
            return stopped or before.endswith(("书", "状")) or marker.style is Style.ARTICLE
        return stopped or (headed and before[-1:] not in _SOFT and since > 0)

    def _continues_plain(self, marker: Marker, open_now: Sequence[tuple[Style, int]]) -> bool:
        """Whether a bracketed number goes on counting plain ones: 一、 and then （二）."""
        if marker.style is not Style.BRACKETED or marker.value == 1:
            return False
        if any(style is Style.BRACKETED for style, _ in open_now):
            return False
        return (Style.PLAIN, marker.value - 1) in open_now and len(open_now) > 1

    def _begin(self, marker: Marker, text: str, place: Place) -> None:
        open_now = [(each.style, each.value) for each in self.stack]
        continued = self._continues_plain(marker, open_now)
        depth = _depth(open_now, marker, continued=continued)
        draft = Draft("", place, label=marker.label, ordinal=marker.value or None, text=text)
        if marker.style is Style.BULLET:
            draft.label = ""
        if continued:
            self.continued.append(draft)
        siblings = self.stack[depth - 1].draft.children if depth else self.drafts
        siblings.append(draft)
        style = Style.PLAIN if continued else marker.style
        self.stack[depth:] = [_Open(style, marker.value, draft)]

    def _continue(self, line: Paragraph) -> None:
        """Give a line without a number to the item above it, to the front or to the tail."""
        folded = fold(line.text)
        if not self.stack:
            self.front.append(line)
        elif self.tail or _TAIL.match(folded) or _SIGNED.search(folded):
            self.tail.append(line)
        else:
            draft = self.stack[-1].draft
            draft.text = f"{draft.text}\n{line.text}" if draft.text else line.text
            draft.lines.append(line)


def _dotted_marker(text: str) -> tuple[Marker, str] | None:
    """Return a path at the start of a line (2.1.3) as a number of its depth, and what follows."""
    found = dotted(text)
    if found is None:
        return None
    path, end = found
    depth = min(path.count("."), 2)
    style = (Style.ARABIC_BRACKETED, Style.ARABIC_BRACKETED, Style.CIRCLED)[depth]
    return Marker(style, int(path.rpartition(".")[2]), 0, end, path), text[end:].strip()


def _depth(open_now: Sequence[tuple[Style, int]], marker: Marker, *, continued: bool) -> int:
    """Return how many open items stay around a new one."""
    style = Style.PLAIN if continued else marker.style
    for depth, (other, _) in enumerate(open_now):
        if other >= style:
            return depth
    return len(open_now)


def _push(open_now: list[tuple[Style, int]], marker: Marker, continued: bool) -> None:  # noqa: FBT001
    depth = _depth(open_now, marker, continued=continued)
    open_now[depth:] = [(Style.PLAIN if continued else marker.style, marker.value)]


def outline(lines: Iterable[Paragraph]) -> Outline:
    """Return the outline of lines; each item's title is told apart from its text."""
    reading = _Outline()
    for line in lines:
        reading.line(line)
    for draft in reading.drafts:
        for each in draft.walk():
            _entitle(each)
    return Outline(
        tuple(reading.front),
        tuple(reading.drafts),
        tuple(reading.tail),
        tuple(reading.continued),
        tuple(reading.pages),
    )


def _entitle(draft: Draft) -> None:
    """Give an item its title: the words before the first stop, where they are few."""
    folded = fold(draft.text)
    stop = _HEADING_ENDS.search(folded)
    head = draft.text[: stop.start()] if stop else draft.text
    if draft.children:
        rest = draft.text[stop.end() :].strip() if stop else ""
        if len(head) <= LONGEST_HEADLINE or not rest:
            draft.title, draft.text = head.strip(_TRIMMED), rest
            return
    draft.title = headline(draft.text).strip(_TRIMMED)
