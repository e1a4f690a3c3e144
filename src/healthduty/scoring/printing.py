"""How a score sheet shows itself to people: table, text, HTML, one item explained.

A mixin over the sheet's numbers and lines; nothing is computed here.

Source: the public face: `print(sheet)`, a table in a notebook, `sheet.explain("2.2")`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from healthduty.checks.codes import CODES
from healthduty.display import Table, same_places
from healthduty.errors import UnknownNameError
from healthduty.findings import Finding, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Section
from healthduty.said import Said, chinese, joined
from healthduty.scoring.face import ItemResult, SheetFace
from healthduty.scoring.lines import Line, LineKind
from healthduty.scoring.outcome import VetoResult
from healthduty.sources import Place
from healthduty.wording import Language, check_language
from healthduty.wording.effects import title_text, veto_effects_text, veto_name_text

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "item": "条目",
        "title": "内容",
        "full": "满分",
        "change": "增减",
        "earned": "得分",
        "total": "合计",
        "none": "无法计总分",
        "deducted": "扣分合计",
        "vetoed": "否决后总分",
        "bonus": "加分：{}",
        "apart": "另计加分：{}",
        "grade": "等次：{}",
        "veto": "一票否决：{}",
        "unknown": "{}（待核实）",
        "at_stake": "{}（待核实；如属实：{}）",
        "money": "经费：{} {}（{}）",
        "yuan": "{:,.2f}元",
        "no_money": "无法计算",
        "honour": "荣誉：{}",
        "barred": "{}（因{}取消）",
        "open": "{}（待核实{}后确定）",
        "citation": "依据：{}",
        "reading": "假设：{}",
        "points": "满分{full}，得{earned}分",
        "no_points": "？",
        "list": "、",
        "error": "错误 {code} {title}（{place}）：{text}",
        "warning": "提醒 {code} {title}（{place}）：{text}",
        "assumption": "假设 {code} {title}（{place}）：{text}",
        "assumed": "假设（{place}）：{text}",
        "whole": "全表",
        "column": "数据项{}",
    },
    "en": {
        "item": "item",
        "title": "title",
        "full": "full",
        "change": "change",
        "earned": "earned",
        "total": "total",
        "none": "no total",
        "deducted": "deducted in all",
        "vetoed": "total after vetoes",
        "bonus": "bonus: {}",
        "apart": "bonus apart: {}",
        "grade": "grade: {}",
        "veto": "veto: {}",
        "unknown": "{} (not known yet)",
        "at_stake": "{} (not known yet; if so: {})",
        "money": "money: {} {} ({})",
        "yuan": "{:,.2f} yuan",
        "no_money": "can't be told",
        "honour": "honour: {}",
        "barred": "{} (barred by {})",
        "open": "{} (open until {} is known)",
        "citation": "according to {}",
        "reading": "assumption: {}",
        "points": "{earned} of {full}",
        "no_points": "?",
        "list": ", ",
        "error": "error {code} ({place}): {text}",
        "warning": "warning {code} ({place}): {text}",
        "assumption": "assumption {code} ({place}): {text}",
        "assumed": "assumption ({place}): {text}",
        "whole": "whole sheet",
        "column": "column {}",
    },
}

_WEIGHTS = (Severity.ERROR, Severity.WARNING, Severity.ASSUMPTION)
"""What a printed sheet tells, in this order; notes are for whoever asks for the findings."""


class _Row(NamedTuple):
    """One row of the printed sheet: an item, a line that explains it, or a sum."""

    number: str
    text: str
    full: Decimal | None = None
    change: Decimal | None = None
    earned: Decimal | None = None
    strong: bool = False
    faint: bool = False


class Printed(SheetFace):
    """The printing of a score sheet."""

    # --- one item ----------------------------------------------------------------------------

    def explain(self, number: str, lang: Language = "zh") -> str:
        """Return why an item earned what it earned: line by line, with the clause.

        A section is explained with all that stands in it.

        Raises:
            UnknownNameError: where the agreement has no such item; names the nearest ones.
            UsageError: an unknown language.
        """
        check_language(lang)
        numbers = [item.number for item in self.items]
        if number not in numbers:
            near = difflib.get_close_matches(number, numbers)
            listed = joined(f"`{each}`" for each in near)
            meant = Said(f"; near it: {listed}", f"；相近的有{listed.zh}") if near else ""
            title = self.agreement.title
            raise UnknownNameError(
                Said(
                    f"no item `{number}` in `{title}`{meant}",
                    f"`{title}`没有条目`{number}`{chinese(meant)}",
                )
            )
        told = self._told(lang)
        first, *others = self.items[numbers.index(number) :]
        text = self._explained(first, told, lang)
        for item in others:
            if item.depth <= first.depth:
                break
            text += self._explained(item, told, lang)
        return "\n".join(text)

    def _explained(
        self, item: ItemResult, told: Mapping[str, list[tuple[Line, str]]], lang: Language
    ) -> list[str]:
        words = _WORDS[lang]
        earned = words["no_points"] if item.earned is None else item.earned
        points = words["points"].format(full=item.full, earned=earned)
        text = ["  ".join((f"{item.number} {item.title}".strip(), points))]
        node = self.agreement.item(item.number)
        requirement = node.text if isinstance(node, Section) else node.requirement
        if requirement:
            text.append(f"  「{requirement}」")
        for line, sentence in told.get(item.number, ()):
            change = f"{line.effective:+f}" if line.effective else "0"
            text.append(f"  {change:>6}  {sentence}")
            text += [f"          {note}" for note in _notes(line, words)]
        return text

    def _told(self, lang: Language) -> dict[str, list[tuple[Line, str]]]:
        """Return each item's lines with their sentences, by its number."""
        told: dict[str, list[tuple[Line, str]]] = {}
        for line, sentence in zip(self.lines, self.sentences(lang), strict=True):
            told.setdefault(line.number, []).append((line, sentence))
        return told

    # --- the whole sheet ---------------------------------------------------------------------

    def table(self, lang: Language = "zh") -> Table:
        """Return the sheet as a table: items with their points, lines with their sentences.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = _WORDS[lang]
        rows = [*self._item_rows(lang), *self._sum_rows(words)]
        period = self.record.period.label if self.record.period is not None else ""
        columns = (
            [row.number for row in rows],
            [row.text for row in rows],
            same_places(row.full for row in rows),
            same_places((row.change for row in rows), sign=True),
            same_places(row.earned for row in rows),
        )
        return Table(
            headings=tuple(words[name] for name in ("item", "title", "full", "change", "earned")),
            rows=tuple(zip(*columns, strict=True)),
            title=" · ".join(filter(None, (self.agreement.title, self.record.name, period))),
            notes=(*self._outcome_notes(lang), *self._finding_notes(lang)),
            right=(2, 3, 4),
            strong=frozenset(place for place, row in enumerate(rows) if row.strong),
            faint=frozenset(place for place, row in enumerate(rows) if row.faint),
        )

    def _item_rows(self, lang: Language) -> Iterator[_Row]:
        told = self._told(lang)
        for item in self.items:
            full, earned = (item.full, item.earned) if item.full else (None, None)
            strong = item.kind == "section"
            yield _Row(item.number, item.title, full, None, earned, strong=strong)
            yield from _line_rows(told.get(item.number, ()))
        yield from _line_rows(told.get("", ()))

    def _sum_rows(self, words: Mapping[str, str]) -> Iterator[_Row]:
        if self.full is not None:
            yield _Row("", words["total"], self.full, None, self.earned, strong=True)
        elif self.lines:
            yield _Row("", words["deducted"], change=self.deducted.copy_negate(), strong=True)
        if self.total != self.earned:
            yield _Row("", words["vetoed"], earned=self.total, strong=True)

    def _outcome_notes(self, lang: Language) -> Iterator[str]:
        words = _WORDS[lang]
        if self.total is None and (self.full is not None or not self.lines):
            yield words["none"]
        for name, points in (("bonus", self.bonus), ("apart", self.apart)):
            if points:
                yield words[name].format(points)
        titles = {each.veto.code: each.veto.title or each.veto.code for each in self.vetoes}
        for result in self.vetoes:
            if result.applies is not False:
                yield words["veto"].format(_veto_text(result, self.agreement, lang))
        if self.grade:
            yield words["grade"].format(self.grade)
        for honour in self.honours:
            text = honour.text
            if not honour.granted:
                word = "barred" if honour.barred_by else "open"
                named = (titles[code] for code in honour.barred_by or honour.open_by)
                text = words[word].format(text, words["list"].join(named))
            yield words["honour"].format(text)
        for money in self.money:
            amount = money.amount
            yuan = words["no_money"] if amount is None else words["yuan"].format(amount)
            yield words["money"].format(money.name or money.code, yuan, money.reason(lang))

    def _finding_notes(self, lang: Language) -> Iterator[str]:
        """Go through the findings, what weighs most first; the same remark is made once."""
        words = _WORDS[lang]
        order = {item.number: place for place, item in enumerate(self.items)}
        told = [each for each in self.findings if each.severity in _WEIGHTS]
        told.sort(key=lambda each: (_WEIGHTS.index(each.severity), order.get(each.place.item, -1)))
        remarks: dict[tuple[str, ...], list[Finding]] = {}
        for each in told:
            said = (each.severity, each.code, each.message, each.hint)
            remarks.setdefault(said, []).append(each)
        for first, *others in remarks.values():
            places = dict.fromkeys(_place_text(each.place, lang) for each in (first, *others))
            # An assumption's text is the agreement's own; what the library says has a title.
            own = first.code == Severity.ASSUMPTION.value
            yield words["assumed" if own else first.severity.value].format(
                code=first.code,
                title=CODES[first.code].title,
                place=words["list"].join(places),
                text=first.text(lang),
            )

    def __str__(self) -> str:
        """Return the sheet as aligned Chinese text."""
        return self.table().text()

    def __repr__(self) -> str:
        """Return facility, total and grade."""
        total = "no total" if self.total is None else f"total {self.total}"
        grade = f", {self.grade}" if self.grade else ""
        return f"<ScoreSheet {self.record.facility}: {total}{grade}>"

    def _repr_html_(self) -> str:
        return self.table().html()


def _veto_text(result: VetoResult, agreement: Agreement, lang: Language) -> str:
    """Return a veto with what it does; one that is not settled with what it would do."""
    if result.applies:
        return veto_name_text(result.veto, lang, agreement)
    title = title_text(result.veto)
    effects = veto_effects_text(result.veto, lang, agreement)
    words = _WORDS[lang]
    return words["at_stake"].format(title, effects) if effects else words["unknown"].format(title)


def _place_text(place: Place, lang: Language) -> str:
    words = _WORDS[lang]
    if place.column and place == Place(column=place.column):
        return words["column"].format(place.column)
    return place.item or place.text(lang) or words["whole"]


def _line_rows(told: Iterable[tuple[Line, str]]) -> Iterator[_Row]:
    """Go through the rows of the lines that moved something; the others stay in `lines`."""
    for line, sentence in told:
        moved = line.raw_units or line.effective_units or line.bonus_units
        if moved or line.kind in (LineKind.ROUNDING, LineKind.EXCUSED):
            yield _Row("", sentence, change=line.effective or None, faint=True)


def _notes(line: Line, words: Mapping[str, str]) -> Iterator[str]:
    if line.citation is not None:
        yield words["citation"].format(line.citation)
    if line.assumption is not None and line.kind in (LineKind.RULE, LineKind.FORFEIT):
        yield words["reading"].format(line.assumption.text)
