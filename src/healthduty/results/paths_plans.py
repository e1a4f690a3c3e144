"""What a path is: the moves, what they cost and gain, and how officials see them.

Source: “Ahead of the deadline”; vocabulary “Score sheet”.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs

from healthduty.display import Table, same_places
from healthduty.exact import Number, decimal_places, show, to_decimal, to_fraction
from healthduty.findings import Findings
from healthduty.records.record import Plain, Record
from healthduty.results.paths_frontier import Price
from healthduty.results.paths_words import WORDS, shown, units_text
from healthduty.rules.measure import Measure
from healthduty.said import in_language
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language


@attrs.frozen
class Change:
    """One measure that moves: from what to what, by how many units, at what cost.

    `measure` is its code; a judgement is named by its own code and has no `of`. `cost` is None
    where no costs were given. `gain` is what the total gains by it, the changes being made in
    this order; `items` are the items whose points change, each with how much.
    """

    measure: str
    of: Measure | None
    before: Plain
    after: Plain
    units: Fraction
    cost: Fraction | None
    gain: Decimal
    items: tuple[tuple[str, Decimal], ...]

    @property
    def name(self) -> str:
        """What people call the measure."""
        return self.measure if self.of is None else self.of.label

    def moved(self, lang: Language) -> str:
        """Return by how many units it moves, and up or down."""
        return units_text(self.of, self.before, self.after, self.units, lang)


@attrs.frozen(eq=False)
class Path:
    """The cheapest moves that reach a goal; none where it is reached already.

    `before` and `sheet` are the sheets without and with them, `record` what would have to be
    observed. `price` says money, measures and units; nothing costs less than `at_least`. The two
    are the same where the answer is exact, as it is unless there was too much to look at.
    """

    goal: str | Fraction
    changes: tuple[Change, ...]
    price: Price
    at_least: Price
    record: Record
    sheet: ScoreSheet
    before: ScoreSheet
    priced: bool

    @property
    def exact(self) -> bool:
        """Whether it is proven that nothing cheaper reaches the goal."""
        return self.price == self.at_least

    @property
    def cost(self) -> Fraction | None:
        """What the moves cost together; None where no costs were given."""
        return self.price.money if self.priced else None

    def table(self, lang: Language = "zh") -> Table:
        """Return the moves as a table, with what they lead to below.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = WORDS[lang]
        columns = (
            [change.name for change in self.changes],
            [shown(change.of, change.before, lang) for change in self.changes],
            [shown(change.of, change.after, lang) for change in self.changes],
            [change.moved(lang) for change in self.changes],
            ["" if change.cost is None else show(change.cost) for change in self.changes],
            same_places([change.gain for change in self.changes], sign=True),
            [words["list"].join(number for number, _ in change.items) for change in self.changes],
        )
        return Table(
            headings=tuple(words["path"].split("|")),
            rows=tuple(zip(*columns, strict=True)),
            title=words["path to"].format(self.goal_text(lang)),
            notes=self._notes(lang),
            right=(3, 4, 5),
        )

    def goal_text(self, lang: Language) -> str:
        """Return the goal in words."""
        if isinstance(self.goal, str):
            return WORDS[lang]["grade"].format(self.goal)
        return WORDS[lang]["points"].format(show(self.goal))

    def sentences(self, lang: Language = "zh") -> tuple[str, ...]:
        """Return one sentence a move, and one about what they lead to.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = WORDS[lang]
        told = []
        for change in self.changes:
            items = words["list"].join(
                words["item"].format(number, show(Fraction(points)))
                for number, points in change.items
            )
            told.append(
                words["move"].format(
                    change.name,
                    shown(change.of, change.before, lang),
                    shown(change.of, change.after, lang),
                    items or words["no points"],
                )
            )
        return (*told, *self._notes(lang))

    def _notes(self, lang: Language) -> tuple[str, ...]:
        words = WORDS[lang]
        if not self.changes:
            return (words["reached"].format(_total(self.sheet, lang)),)
        notes = [words["leads"].format(_total(self.before, lang), _total(self.sheet, lang))]
        if self.priced:
            notes.append(words["cost"].format(show(self.price.money)))
        if not self.exact:
            notes.append(words["gap"].format(price_text(self.at_least, self.priced, lang)))
        return tuple(notes)

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


@attrs.frozen(eq=False)
class Unreachable:
    """No moves reach the goal: how far one gets, and what stood still.

    `best` is the path to the highest total that there is; None where the record as it stands has
    no total, and `findings` say why. `held` are the codes of measures that could move but were
    not let. `proven` is false where there was too much to look at.
    """

    goal: str | Fraction
    before: ScoreSheet
    best: Path | None
    held: tuple[str, ...] = ()
    proven: bool = True

    @property
    def findings(self) -> Findings:
        """The errors that leave the record as it stands without a total."""
        return self.before.findings.errors

    def table(self, lang: Language = "zh") -> Table:
        """Return how far one gets, as a table.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = WORDS[lang]
        goal = self.goal if isinstance(self.goal, str) else show(self.goal)
        title = words["unreachable" if self.proven else "not found"].format(goal)
        if self.best is None:
            rows = tuple((each.code, in_language(each.message, lang)) for each in self.findings)
            return Table(headings=tuple(words["faults"].split("|")), rows=rows, title=title)
        table = self.best.table(lang)
        notes = [*table.notes]
        if self.held:
            measure = self.before.agreement.measure
            names = [(found.label if (found := measure(code)) else code) for code in self.held]
            notes.append(words["held"].format(words["list"].join(names)))
        return attrs.evolve(
            table, title=f"{title}{words['semicolon']}{words['furthest']}", notes=tuple(notes)
        )

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


@attrs.frozen
class CurveStep:
    """A total that can be reached, its grade, and the least price of it or of any higher one."""

    total: Decimal
    grade: str | None
    price: Price
    changes: tuple[tuple[str, Plain], ...]
    """The codes of what moves, and to what."""
    labels: tuple[str, ...]
    """The names of what moves."""


@attrs.frozen
class CostCurve:
    """Every total from the present one up that nothing higher is as cheap as, in order.

    Where `exact` is false there was too much to look at: each step is a real one, and there may
    be cheaper ones.
    """

    steps: tuple[CurveStep, ...]
    priced: bool
    exact: bool

    def price_of(self, total: Number) -> Price | None:
        """Return the least price of so many points or more; None where they can't be reached."""
        goal = to_fraction(total, "total")
        return next((step.price for step in self.steps if step.total >= goal), None)

    def table(self, lang: Language = "zh") -> Table:
        """Return the curve as a table.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = WORDS[lang]
        columns = (
            same_places([step.total for step in self.steps]),
            [step.grade or "" for step in self.steps],
            [show(step.price.money) if self.priced else "" for step in self.steps],
            [str(step.price.measures) for step in self.steps],
            [words["list"].join(step.labels) for step in self.steps],
        )
        return Table(
            headings=tuple(words["curve"].split("|")),
            rows=tuple(zip(*columns, strict=True)),
            title=words["curve title"],
            notes=() if self.exact else (words["thinned"],),
            right=(0, 2, 3),
        )

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


@attrs.frozen
class Tenth:
    """Where a measure alone gains points most cheaply: the move, and what a tenth comes to.

    `per_tenth` is in the unit of the costs where these were given, else in units of the measure.
    """

    change: Change
    total: Decimal
    per_tenth: Fraction


@attrs.frozen
class Tenths:
    """The measures that alone can gain points, the cheapest tenth of a point first."""

    rows: tuple[Tenth, ...]
    priced: bool

    def table(self, lang: Language = "zh") -> Table:
        """Return them as a table.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        words = WORDS[lang]
        columns = (
            [row.change.name for row in self.rows],
            [shown(row.change.of, row.change.before, lang) for row in self.rows],
            [shown(row.change.of, row.change.after, lang) for row in self.rows],
            same_places([row.change.gain for row in self.rows], sign=True),
            [show(row.per_tenth) for row in self.rows],
        )
        heading = words["tenths"].format(words["cost unit" if self.priced else "own unit"])
        return Table(
            headings=tuple(heading.split("|")),
            rows=tuple(zip(*columns, strict=True)),
            title=words["tenths title"],
            right=(3, 4),
        )

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _total(sheet: ScoreSheet, lang: Language) -> str:
    assert sheet.total is not None  # noqa: S101 - a path starts from a total and leads to one
    points = show(Fraction(sheet.total))
    return points if sheet.grade is None else WORDS[lang]["graded"].format(points, sheet.grade)


def price_text(price: Price, priced: bool, lang: Language) -> str:  # noqa: FBT001 - what it says
    """Return a price in words: the money where there is any, else measures and units."""
    if priced:
        return show(price.money)
    return WORDS[lang]["price"].format(price.measures, show(price.units))


def decimal_of(points: Fraction) -> Decimal:
    """Return points as a decimal: published points always come out even."""
    assert decimal_places(points) is not None  # noqa: S101 - as said
    return to_decimal(points)
