"""Money: a fixed pot that many units share, spent exactly, to the fen.

What a unit gets by its own score alone (yuan a head × people × the tier's share) stands on its
sheet. Here is what no single sheet can say: pots that are shared by score and people, each of
them to the last fen. What is held back until a fault is corrected is `year.withholding`'s.

Source: vocabulary “Funding policy”; “spends exactly the pot (largest remainder, to
the fen)”; row E1.

>>> units = [Claim("甲站", score=90, population=3000), Claim("乙站", score=60, population=1500)]
>>> pot = share_pot("协管经费", "1000", units)
>>> [(part.unit, show(part.yuan)) for part in pot.parts], show(pot.left)
([('甲站', '750'), ('乙站', '250')], '0')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.display import Table
from healthduty.errors import RuleError, UsageError
from healthduty.exact import Number, divide, show, to_fraction
from healthduty.findings import Finding, Findings
from healthduty.results.shares import divide_out
from healthduty.rules.measure import Word, name_twice
from healthduty.said import Said, labelled, reason_of
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language

_FEN = 2
"""The decimals of a yuan that can be paid out."""


class By(Word):
    """By what a pot is shared."""

    SCORE = "score"
    POPULATION = "population"
    SCORE_AND_POPULATION = "score_and_population"
    """By score × population: each person counts as much as the unit has earned."""
    EQUALLY = "equally"


def _to_score(score: Number | None) -> Fraction | None:
    return None if score is None else to_fraction(score, "score")


def _to_people(people: Number | None) -> Fraction | None:
    return None if people is None else to_fraction(people, "population")


@attrs.frozen
class Claim:
    """What a unit brings to a pot: its score in points and its population, where it has them.

    A score below 0 (倒扣) claims nothing.
    """

    unit: str
    score: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_score)
    population: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_people)


def claims_of(sheets: Iterable[ScoreSheet]) -> tuple[Claim, ...]:
    """Return what the units of these sheets bring: their totals after vetoes, their people.

    Raises:
        NumberError: a population that is no number.
    """
    return tuple(
        Claim(sheet.record.name, score=sheet.total, population=sheet.record.population)
        for sheet in sheets
    )


@attrs.frozen
class Portion:
    """What a unit gets of a pot, in yuan, and the weight that it had."""

    pot: str
    unit: str
    yuan: Fraction
    weight: Fraction


@attrs.frozen
class Pot:
    """A pot and its portions, in the order of the claims; none while there are errors."""

    name: str
    yuan: Fraction
    by: By
    parts: tuple[Portion, ...]
    findings: Findings = attrs.field(default=Findings(), kw_only=True)

    @property
    def left(self) -> Fraction:
        """What is not shared out: nothing, or all of it while there are errors."""
        return self.yuan - sum((part.yuan for part in self.parts), Fraction(0))

    def table(self, lang: Language = "zh") -> Table:
        """Return who gets how much, the sum last.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        zh = lang == "zh"
        rows = [(part.unit, show(part.weight), yuan_text(part.yuan)) for part in self.parts]
        rows.append(("合计" if zh else "total", "", yuan_text(self.yuan - self.left)))
        headings = ("单位", "权重", "金额（元）") if zh else ("unit", "weight", "yuan")
        return Table(headings=headings, rows=tuple(rows), title=self.name, right=(1, 2))

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def yuan_text(amount: Fraction | int) -> str:
    """Return an amount with its two decimals: money is always printed to the fen."""
    fen = divide(amount.numerator * 10**_FEN, amount.denominator)
    whole, rest = divmod(abs(fen), 10**_FEN)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02}"


def share_pot(
    name: str, yuan: Number, claims: Iterable[Claim], by: By | str = By.SCORE_AND_POPULATION
) -> Pot:
    """Share a pot of so many yuan out by what each unit brings; it is spent exactly, to the fen.

    A unit whose score or population is not known leaves the pot unshared, for its share would be
    taken from, or given to, the others: it is a finding.

    Raises:
        UsageError: a unit that claims twice.
        NumberError: an amount that is no number.
    """
    units, way, amount = tuple(claims), By(by), to_fraction(yuan, name)
    if (twice := name_twice(claim.unit for claim in units)) is not None:
        raise UsageError(
            Said(f"`{twice}` claims twice from `{name}`", f"`{name}`：`{twice}`出现两次")
        )
    weights = [_weight(claim, way) for claim in units]
    findings = [
        Finding("money-claim-open", labelled(f"`{name}`", _lacks(claim, way)))
        for claim, weight in zip(units, weights, strict=True)
        if weight is None
    ]
    known = [weight for weight in weights if weight is not None]
    if findings:
        return Pot(name, amount, way, (), findings=Findings(findings))
    try:
        portions = divide_out(amount, known, places=_FEN)
    except RuleError as error:
        finding = Finding("money-not-shared", labelled(f"`{name}`", reason_of(error)))
        return Pot(name, amount, way, (), findings=Findings([finding]))
    rows = zip(units, portions, known, strict=True)
    return Pot(
        name, amount, way, tuple(Portion(name, unit.unit, part, each) for unit, part, each in rows)
    )


def _weight(claim: Claim, by: By) -> Fraction | None:
    """Return what a unit brings to the pot; None where that is not known."""
    score = None if claim.score is None else max(claim.score, Fraction(0))
    people = claim.population
    match by:
        case By.EQUALLY:
            return Fraction(1)
        case By.SCORE:
            return score
        case By.POPULATION:
            return people
        case By.SCORE_AND_POPULATION:
            return None if score is None or people is None else score * people
        case _:
            assert_never(by)


def _lacks(claim: Claim, by: By) -> str:
    """Return what is not known of a unit whose weight is not known."""
    if claim.score is None and by is not By.POPULATION:
        return Said(f"`{claim.unit}` has no score", f"`{claim.unit}`没有得分")
    return Said(f"`{claim.unit}` has no population", f"`{claim.unit}`没有人口数")


def share_pots(
    pots: Iterable[tuple[str, Number, By | str]], claims: Sequence[Claim]
) -> tuple[Pot, ...]:
    """Share several pots out among the same units, each by itself: name, yuan, by what.

    Raises:
        UsageError: two pots of one name, or a unit that claims twice.
    """
    wanted = tuple(pots)
    if (twice := name_twice(name for name, _, _ in wanted)) is not None:
        raise UsageError(Said(f"two pots are called `{twice}`", f"有两笔钱都叫`{twice}`"))
    return tuple(share_pot(name, yuan, claims, by) for name, yuan, by in wanted)


def table_of_pots(pots: Sequence[Pot], lang: Language = "zh") -> Table:
    """Return who gets how much of every pot, a row a unit, the sums last and at the right.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    units = dict.fromkeys(part.unit for pot in pots for part in pot.parts)
    paid = {(pot.name, part.unit): part.yuan for pot in pots for part in pot.parts}
    total = "合计" if lang == "zh" else "total"
    rows = {unit: [paid.get((pot.name, unit), Fraction(0)) for pot in pots] for unit in units}
    sums = [pot.yuan - pot.left for pot in pots]
    texts = [
        (name, *map(yuan_text, amounts), yuan_text(sum(amounts)))
        for name, amounts in (*rows.items(), (total, sums))
    ]
    headings = ("单位" if lang == "zh" else "unit", *(pot.name for pot in pots), total)
    return Table(headings=headings, rows=tuple(texts), right=tuple(range(1, len(pots) + 2)))
