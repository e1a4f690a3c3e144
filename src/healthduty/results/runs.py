"""Two runs beside each other: whose total, grade, rank or money changed, and why.

The same agreement over other data, another version of the agreement, or another version of the
library: the digests of both sheets say what entered differently, the items what it came to.

Source: “difference of two runs”; semantics 13 (identity: the same digests always
give the same score).

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", points=5),))
>>> one, two = (score(agreement, Record("a", {"1": each})) for each in (3, 4))
>>> [(each.name, each.entered) for each in compare_runs([one], [two]).changed]
[('a', ('record',))]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from healthduty.display import Table, same_places
from healthduty.findings import Finding, Findings
from healthduty.ranks import ranks
from healthduty.results.among import named
from healthduty.results.over_time import beside, by_facility
from healthduty.results.year_changes import ItemChange, difference
from healthduty.said import Said
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language


@attrs.frozen
class RunChange:
    """A facility whose result differs between two runs; a side without a sheet is None.

    `rank_before` and `rank_after` are those among all facilities of their run. `entered` names
    the digests that differ: agreement, record, cohort. Where none does and the result differs,
    the library itself has changed.
    """

    name: str
    before: ScoreSheet | None
    after: ScoreSheet | None
    rank_before: int | None
    rank_after: int | None
    items: tuple[ItemChange, ...]
    entered: tuple[str, ...]

    @property
    def total(self) -> Decimal | None:
        """The points of the total gained or lost; None where one run has none."""
        one = None if self.before is None else self.before.total
        two = None if self.after is None else self.after.total
        return difference(one, two)

    @property
    def money(self) -> Mapping[str, tuple[Decimal | None, Decimal | None]]:
        """The yuan of every pool before and after, where they differ."""
        one, two = _money(self.before), _money(self.after)
        codes = dict.fromkeys((*one, *two))
        pairs = {code: (one.get(code), two.get(code)) for code in codes}
        return {code: pair for code, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def differs(self) -> bool:
        """Whether anything but what entered is another: points, grade, rank, money, presence."""
        if self.before is None or self.after is None:
            return True
        one, two = self.before, self.after
        results = (one.total, one.grade, self.rank_before) != (
            two.total,
            two.grade,
            self.rank_after,
        )
        return results or bool(self.money) or bool(self.items)


@attrs.frozen
class RunDifference:
    """What differs between two runs, a change a facility, in the order of the second run."""

    changes: tuple[RunChange, ...]
    same: int
    findings: Findings

    @property
    def changed(self) -> tuple[RunChange, ...]:
        """The facilities whose result differs."""
        return tuple(each for each in self.changes if each.differs)

    def table(self, lang: Language = "zh") -> Table:
        """Return whose result differs, in what, by which items, and what entered differently.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        zh, changed = lang == "zh", self.changed
        columns = (
            [each.name for each in changed],
            same_places(None if each.before is None else each.before.total for each in changed),
            same_places(None if each.after is None else each.after.total for each in changed),
            same_places((each.total for each in changed), sign=True),
            [_moved(_grade(each.before), _grade(each.after)) for each in changed],
            [_moved(_text(each.rank_before), _text(each.rank_after)) for each in changed],
            ["; ".join(_yuan(*pair) for pair in each.money.values()) for each in changed],
            [_items_text(each.items, lang) for each in changed],
            [_cause(each, lang) for each in changed],
        )
        headings = (
            ("单位", "前次", "本次", "增减", "等次", "名次", "经费（元）", "条目", "原因")
            if zh
            else (
                "unit",
                "before",
                "after",
                "change",
                "grade",
                "rank",
                "yuan",
                "items",
                "because of",
            )
        )
        count = f"结果相同的单位：{self.same}" if zh else f"units with the same result: {self.same}"
        return Table(
            headings=headings,
            rows=tuple(zip(*columns, strict=True)),
            notes=(count, *(each.line(lang) for each in self.findings)),
            right=(1, 2, 3),
        )

    def __str__(self) -> str:
        """Return whose result differs as text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def compare_runs(before: Iterable[ScoreSheet], after: Iterable[ScoreSheet]) -> RunDifference:
    """Compare the sheets of two runs, facility by facility; items by their numbers.

    Raises:
        UsageError: a facility with two sheets in one run.
    """
    one, two = by_facility(before), by_facility(after)
    years = beside(one.values(), two.values())
    ranks_before, ranks_after = _ranks(one), _ranks(two)
    changes = [
        RunChange(
            each.name,
            each.before,
            each.after,
            ranks_before.get(each.facility),
            ranks_after.get(each.facility),
            tuple(item for item in each.items if _differs(item)),
            _entered(each.before, each.after),
        )
        for each in years.facilities
    ]
    same = sum(not each.differs for each in changes)
    findings = [*years.findings, *_tell(changes)]
    return RunDifference(tuple(changes), same, Findings(findings))


def _tell(changes: Iterable[RunChange]) -> Iterable[Finding]:
    """Tell of results that differ though nothing that entered does."""
    odd = [
        each.name
        for each in changes
        if each.before is not None
        and each.after is not None
        and not each.entered
        and (each.items or each.total or each.before.grade != each.after.grade or each.money)
    ]
    if odd:
        text = Said(
            f"nothing that entered differs, but the result does: {named(odd)}",
            f"所用的责任书和数据都没有变化，结果却不同：{named(odd).zh}",
        )
        hint = Said(
            "the library itself has changed: see the changelog's starred entries",
            "评分程序本身有变化：见更新日志中带星号的条目",
        )
        yield Finding("compare-unexplained", text, hint=hint)


def _differs(item: ItemChange) -> bool:
    if item.before is None or item.after is None:
        return True
    one, two = item.before, item.after
    return (one.earned, one.bonus, one.full) != (two.earned, two.bonus, two.full)


def _ranks(sheets: Mapping[str, ScoreSheet]) -> dict[str, int]:
    """Return the ranks of a run's facilities by their totals; none without a total."""
    known = {key: sheet.total for key, sheet in sheets.items()}
    totals = {key: points for key, points in known.items() if points is not None}
    return dict(zip(totals, ranks(list(totals.values())), strict=True))


def _entered(before: ScoreSheet | None, after: ScoreSheet | None) -> tuple[str, ...]:
    """Return the names of the digests that differ."""
    if before is None or after is None:
        return ()
    names = dict.fromkeys((*before.digests, *after.digests))
    return tuple(name for name in names if before.digests.get(name) != after.digests.get(name))


def _money(sheet: ScoreSheet | None) -> dict[str, Decimal | None]:
    return {} if sheet is None else {pool.code: pool.amount for pool in sheet.money}


def _grade(sheet: ScoreSheet | None) -> str:
    return "" if sheet is None else sheet.grade or ""


def _text(rank: int | None) -> str:
    return "" if rank is None else str(rank)


def _moved(before: str, after: str) -> str:
    """Return a change from one word to another; the word alone where there is none."""
    return before if before == after else f"{before or '—'} → {after or '—'}"


def _yuan(before: Decimal | None, after: Decimal | None) -> str:
    one, two = ("" if each is None else f"{each:,.2f}" for each in (before, after))
    return _moved(one, two)


def _items_text(items: Iterable[ItemChange], lang: Language) -> str:
    """Return the items that changed, a line each; a section changes by its items alone."""
    both = ((item, item.after or item.before) for item in items)
    leaves = [item for item, known in both if known is not None and known.kind != "section"]
    return "\n".join(_item_text(item, lang) for item in leaves)


def _item_text(item: ItemChange, lang: Language) -> str:
    """Return an item and what became of its points."""
    name = f"{item.number} {item.title}".strip()
    one, two = (
        "" if each is None else "?" if each.earned is None else str(each.earned)
        for each in (item.before, item.after)
    )
    return f"{name}：{_moved(one, two)}" if lang == "zh" else f"{name}: {_moved(one, two)}"


_CAUSES = {
    "zh": {
        "agreement": "责任书不同",
        "record": "数据不同",
        "cohort": "参照数据不同",
        "new": "本次新增",
        "gone": "本次没有",
        "others": "自身数据未变，他人名次变动",
        "library": "程序版本不同",
    },
    "en": {
        "agreement": "the agreement",
        "record": "its data",
        "cohort": "the cohort",
        "new": "it is new",
        "gone": "it is gone",
        "others": "others moved",
        "library": "the library",
    },
}


def _cause(change: RunChange, lang: Language) -> str:
    """Return what entered differently, in words."""
    words = _CAUSES[lang]
    if change.before is None:
        return words["new"]
    if change.after is None:
        return words["gone"]
    if change.entered:
        return ("、" if lang == "zh" else ", ").join(
            words.get(each, each) for each in change.entered
        )
    only_rank = not change.items and not change.total and not change.money
    return words["others" if only_rank else "library"]
