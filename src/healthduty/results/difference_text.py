"""How the difference of two sheets is told: a table, and sentences.

An item that moved, and under it the values that changed and what its lines said before and say
now; at the end the total, and what became of grade, vetoes, honours and money.

Source: “the difference explained line by line”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import attrs

from healthduty.checks.codes_of_review import REVIEW
from healthduty.display import Table, same_places
from healthduty.results.changes import (
    Changes,
    Fate,
    ItemChange,
    LineChange,
    PointShift,
    Shift,
    Whole,
)
from healthduty.said import in_language
from healthduty.wording import Language, check_language, line_kind_text
from healthduty.wording.phrase import Phrase

_HEADINGS = (Phrase("条目", "item"), Phrase("内容", "title"))
_CHANGE = Phrase("增减", "change")
_TOTAL = Phrase("总分", "total")
_DEDUCTED = Phrase("扣分合计", "deducted in all")
_SAID = {
    Fate.APPEARED: (Phrase("新增：{1}", "new: {1}"),),
    Fate.VANISHED: (Phrase("取消：{0}", "gone: {0}"),),
    Fate.CHANGED: (Phrase("原：{0}", "was: {0}"), Phrase("现：{1}", "is: {1}")),
}
_WHOLE = {
    Whole.FULL: Phrase("满分不同", "full points differ"),
    Whole.VETOES: Phrase("一票否决的影响", "what vetoes take"),
}
_SHIFT = Phrase("{0}：{1} → {2}", "{0}: {1} → {2}")
_GRADE = Phrase("等次", "grade")
_VETO = Phrase("一票否决“{0}”", "veto “{0}”")
_HONOUR = Phrase("荣誉“{0}”", "honour “{0}”")
_MONEY = Phrase("经费“{0}”（元）", "money “{0}” (yuan)")
_APART = Phrase("另计加分", "bonus apart")
_IDLE = Phrase("数据有变、得分未变：{0}", "changed without moving a point: {0}")
_OPEN = Phrase("缺数据，无法比较：{0}", "can't be compared for want of data: {0}")
_SAME = Phrase("两份评分表没有差别", "nothing differs")
_NONE = Phrase("无", "none")
_UNTOLD = Phrase("无法确定", "not known")
_YES, _NO = Phrase("是", "yes"), Phrase("否", "no")
_AND = Phrase("；", "; ")
_LIST = Phrase("、", ", ")
_SENTENCE = Phrase("{0}：{1}（{2}分）", "{0}: {1} ({2})")
_CHANGED = Phrase("{0}（{1}分）", "{0} ({1})")
_FINDING = Phrase("{0}：{1}", "{2}")


@attrs.frozen
class _Row:
    """One row of the table: an item, what explains it, or the total."""

    number: str
    text: str
    before: Decimal | None = None
    after: Decimal | None = None
    change: Decimal | None = None
    strong: bool = False
    faint: bool = False


def table_of(changes: Changes, lang: Language) -> Table:
    """Return the changes as a table.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    rows = list(_rows(changes, lang))
    columns = (
        [row.number for row in rows],
        [row.text for row in rows],
        same_places(row.before for row in rows),
        same_places(row.after for row in rows),
        same_places((row.change for row in rows), sign=True),
    )
    headings = (*_HEADINGS, *changes.names, _CHANGE)
    return Table(
        headings=tuple(heading(lang) for heading in headings),
        rows=tuple(zip(*columns, strict=True)),
        title=_title(changes),
        notes=tuple(_notes(changes, lang)),
        right=(2, 3, 4),
        strong=frozenset(place for place, row in enumerate(rows) if row.strong),
        faint=frozenset(place for place, row in enumerate(rows) if row.faint),
    )


def sentences_of(changes: Changes, lang: Language) -> tuple[str, ...]:
    """Return the changes in sentences: each line that changed, the total, what follows from it.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    told = []
    for item in changes.items:
        head = f"{item.number} {item.title}".strip()
        told += [_sentence(head, change, changes, lang, item) for change in item.lines]
    told += [_sentence(_TOTAL(lang), change, changes, lang, None) for change in changes.whole]
    told += [
        _SENTENCE(lang, _TOTAL(lang), _WHOLE[cause.what](lang), f"{cause.points:+f}")
        for cause in changes.causes
        if cause.what is not None
    ]
    told.append(_total(changes, lang))
    return (*told, *_notes(changes, lang))


def _sentence(
    head: str, change: LineChange, changes: Changes, lang: Language, item: ItemChange | None
) -> str:
    text = _AND(lang).join(_told(change, changes, lang))
    untold = item is not None and item.points is None
    points = _UNTOLD(lang) if untold else _signed(change.points)
    return _SENTENCE(lang, head, text, points)


def _told(change: LineChange, changes: Changes, lang: Language) -> list[str]:
    """Return what stands behind one line: its values, and what it said and says."""
    was = changes.before.sentence(change.before, lang) if change.before else ""
    now = changes.after.sentence(change.after, lang) if change.after else ""
    said = (phrase(lang, was, now) for phrase in _SAID[change.fate])
    return [*(value.text(lang) for value in change.values), *said]


def _title(changes: Changes) -> str:
    sheets = changes.before, changes.after
    parts = (
        dict.fromkeys(sheet.agreement.title for sheet in sheets),
        dict.fromkeys(sheet.record.name for sheet in sheets),
        dict.fromkeys(sheet.record.period.label for sheet in sheets if sheet.record.period),
    )
    return " · ".join(filter(None, (" → ".join(filter(None, part)) for part in parts)))


# ------------------------------------------------------------------------------------- rows


def _rows(changes: Changes, lang: Language) -> Iterator[_Row]:
    for item in changes.items:
        if item.changed:
            earned = item.earned
            points = item.points or None
            yield _Row(item.number, item.title, earned.before, earned.after, points)
            yield from _lines(item.lines, changes, lang)
    yield from _lines(changes.whole, changes, lang, counted=True)
    for cause in changes.causes:
        if cause.what is not None:
            yield _Row("", _WHOLE[cause.what](lang), change=cause.points)
    name, shift = _sum(changes)
    yield _Row("", name(lang), shift.before, shift.after, shift.change, strong=True)


def _sum(changes: Changes) -> tuple[Phrase, PointShift]:
    """Return the total, or what was lost in all where no points are printed."""
    if changes.before.full is None and changes.after.full is None:
        return _DEDUCTED, changes.deducted
    return _TOTAL, changes.total


def _lines(
    lines: Sequence[LineChange], changes: Changes, lang: Language, *, counted: bool = False
) -> Iterator[_Row]:
    """Go through the rows that explain; a line of the whole agreement counts by itself."""
    told: set[str] = set()
    for change in lines:
        if counted:
            kind = line_kind_text(change.line.kind.value, lang)
            yield _Row("", kind, change=change.points)
        for text in _told(change, changes, lang):
            if text not in told:  # a value that two lines read is told once
                yield _Row("", text, faint=True)
            told.add(text)


# ------------------------------------------------------------------------------------ notes


def _total(changes: Changes, lang: Language) -> str:
    name, shift = _sum(changes)
    old, new = (_points(each, lang) for each in (shift.before, shift.after))
    text = _SHIFT(lang, name(lang), old, new)
    return text if shift.change is None else _CHANGED(lang, text, _signed(shift.change))


def _signed(points: Decimal) -> str:
    return f"{points:+f}" if points else "0"


def _points(points: Decimal | None, lang: Language) -> str:
    return _UNTOLD(lang) if points is None else f"{points:f}"


def _notes(changes: Changes, lang: Language) -> Iterator[str]:
    if not changes:
        yield _SAME(lang)
    if changes.apart.changed:
        shift = changes.apart
        yield _SHIFT(lang, _APART(lang), f"{shift.before:f}", f"{shift.after:f}")
    if changes.grade.changed:
        words = (each or _NONE(lang) for each in (changes.grade.before, changes.grade.after))
        yield _SHIFT(lang, _GRADE(lang), *words)
    yield from _outcomes(changes, lang)
    if changes.idle:
        yield _IDLE(lang, _AND(lang).join(value.text(lang) for value in changes.idle))
    if changes.open:
        yield _OPEN(lang, _LIST(lang).join(changes.open))
    for finding in changes.findings:
        title = REVIEW[finding.code].title
        yield _FINDING(
            lang, title, finding.place.item or in_language(finding.message, lang), str(finding)
        )


def _outcomes(changes: Changes, lang: Language) -> Iterator[str]:
    """Go through the vetoes, honours and pools that changed."""
    sheets = changes.before, changes.after
    vetoes = {r.veto.code: r.veto.title for sheet in sheets for r in sheet.vetoes}
    honours = {each.code: each.text for sheet in sheets for each in sheet.honours}
    pools = {pool.code: pool.name for sheet in sheets for pool in sheet.money}
    for name, titles, truths in (
        (_VETO, vetoes, changes.vetoes),
        (_HONOUR, honours, changes.honours),
    ):
        for code, truth in truths.items():
            if truth.changed:
                yield _SHIFT(lang, name(lang, titles[code] or code), *_truths(truth, lang))
    for code, money in changes.money.items():
        if money.changed:
            texts = (
                _UNTOLD(lang) if each is None else f"{each:,.2f}"
                for each in (money.before, money.after)
            )
            yield _SHIFT(lang, _MONEY(lang, pools[code] or code), *texts)


def _truths(shift: Shift[bool | None], lang: Language) -> Iterator[str]:
    for truth in (shift.before, shift.after):
        yield _UNTOLD(lang) if truth is None else (_YES if truth else _NO)(lang)
