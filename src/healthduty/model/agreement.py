"""The agreement (目标责任书): the whole contract, as one frozen record.

Title, year, parties, term, measures, sections of indicators, vetoes, grade scale, funding,
consequences, obligations, signatures. An agreement without any score is an agreement all the
same. Its numbers may have blanks; `Agreement.fill` fills them for one facility.

Source: vocabulary “Agreement”; semantics 5, 7, 8, 16; rows A1–A12, B1, E1.

>>> from healthduty.model.indicator import Indicator
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> agreement.item("1").title
'台账'
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs

from healthduty.calendars import DaySpan
from healthduty.display import Table
from healthduty.errors import UnknownNameError
from healthduty.exact import Number, Rounding, show, to_fraction
from healthduty.model.excusal import Excusal, FullPoints
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Node, Section, children_of, to_floor, to_rules
from healthduty.model.listing import listing
from healthduty.model.obligation import Obligation
from healthduty.model.party import (
    Day,
    Party,
    Phase,
    ResponsiblePerson,
    Role,
    Signature,
    Term,
    span_of_days,
)
from healthduty.model.veto import Veto
from healthduty.rules.measure import Measure
from healthduty.rules.points import to_optional_points
from healthduty.rules.rule import Assumption, Rule
from healthduty.rules.threshold import Blank
from healthduty.said import Said
from healthduty.sources import Citation
from healthduty.wording import Language

_ROLES = {
    "zh": {Role.ISSUER: "甲方", Role.RESPONSIBLE: "乙方", Role.OTHER: "另一方"},
    "en": {Role.ISSUER: "issuer", Role.RESPONSIBLE: "responsible", Role.OTHER: "other party"},
}


# A named function for each field: the type checker reads from it what the field takes.
def _to_parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple(parties)


def _to_persons(persons: Iterable[ResponsiblePerson]) -> tuple[ResponsiblePerson, ...]:
    return tuple(persons)


def _to_measures(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    return tuple(measures)


def _to_parts(parts: Iterable[Section | Indicator]) -> tuple[Section | Indicator, ...]:
    return tuple(parts)


def _to_vetoes(vetoes: Iterable[Veto]) -> tuple[Veto, ...]:
    return tuple(vetoes)


def _to_policies(policies: Iterable[FundingPolicy]) -> tuple[FundingPolicy, ...]:
    return tuple(policies)


def _to_consequences(consequences: Iterable[Consequence]) -> tuple[Consequence, ...]:
    return tuple(consequences)


def _to_obligations(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    return tuple(obligations)


def _to_phases(phases: Iterable[Phase]) -> tuple[Phase, ...]:
    return tuple(phases)


def _date(day: Day | None) -> datetime.date | None:
    return day if isinstance(day, datetime.date) else None


def _to_signatures(signatures: Iterable[Signature]) -> tuple[Signature, ...]:
    return tuple(signatures)


@attrs.frozen
class Supersedes:
    """Which agreement this one replaces: its title, year and version."""

    title: str
    year: int | None = None
    version: str = ""


@attrs.frozen
class Agreement:
    """A target responsibility agreement.

    `phases` divide its term (阶段). `points` and `bonus_points` are what it states as its total
    and its bonuses. `rules` are those of the total (从总分扣). `bonus_cap` limits all bonuses
    together, `cap` the total. `rounding` is for lines that don't come out even, `total_places` the
    decimals of the published total where the agreement names them. `charge_once` charges one case
    (by its id) only under its dearest rule.
    """

    title: str
    year: int | None = attrs.field(default=None, kw_only=True)
    version: str = attrs.field(default="1", kw_only=True)
    parties: tuple[Party, ...] = attrs.field(default=(), kw_only=True, converter=_to_parties)
    responsible: tuple[ResponsiblePerson, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_persons
    )
    term: Term | None = attrs.field(default=None, kw_only=True)
    phases: tuple[Phase, ...] = attrs.field(default=(), kw_only=True, converter=_to_phases)
    measures: tuple[Measure, ...] = attrs.field(default=(), kw_only=True, converter=_to_measures)
    parts: tuple[Section | Indicator, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_parts
    )
    points: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_optional_points)
    bonus_points: Fraction | None = attrs.field(
        default=None, kw_only=True, converter=to_optional_points
    )
    rules: tuple[Rule, ...] = attrs.field(default=(), kw_only=True, converter=to_rules)
    bonus_cap: Fraction | None = attrs.field(
        default=None, kw_only=True, converter=to_optional_points
    )
    cap: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_optional_points)
    floor: Fraction | None = attrs.field(default=Fraction(0), kw_only=True, converter=to_floor)
    rounding: Rounding = attrs.field(default=Rounding(), kw_only=True)
    total_places: int | None = attrs.field(default=None, kw_only=True)
    excused: Excusal = attrs.field(default=FullPoints(), kw_only=True)
    charge_once: bool = attrs.field(default=False, kw_only=True)
    vetoes: tuple[Veto, ...] = attrs.field(default=(), kw_only=True, converter=_to_vetoes)
    grades: GradeScale | None = attrs.field(default=None, kw_only=True)
    funding: tuple[FundingPolicy, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_policies
    )
    consequences: tuple[Consequence, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_consequences
    )
    obligations: tuple[Obligation, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_obligations
    )
    signatures: tuple[Signature, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_signatures
    )
    copies: int | None = attrs.field(default=None, kw_only=True)
    supersedes: Supersedes | None = attrs.field(default=None, kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
    assumption: Assumption | None = attrs.field(default=None, kw_only=True, eq=False)

    @property
    def days(self) -> DaySpan | None:
        """The days of the term; of the calendar year where no term is stated.

        None where it has no end that can be told: it binds until next year's, and has no year.
        """
        start = None if self.term is None else _date(self.term.start)
        end = None if self.term is None else _date(self.term.end)
        if self.year is not None and datetime.MINYEAR <= self.year <= datetime.MAXYEAR:
            start = start or datetime.date(self.year, 1, 1)
            end = end or datetime.date(self.year, 12, 31)
        return span_of_days(start, end)

    def nodes(self) -> Iterator[Node]:
        """Go through sections, indicators and parts in written order."""
        for part in self.parts:
            yield from _walk(part)

    def item(self, number: str) -> Node:
        """Return the section, indicator or part with this number.

        Raises:
            UnknownNameError: where there is none.
        """
        for node in self.nodes():
            if node.number == number:
                return node
        raise UnknownNameError(
            Said(f"no item `{number}` in `{self.title}`", f"`{self.title}`没有条目`{number}`")
        )

    def measure(self, code: str) -> Measure | None:
        """Return the measure with this code, or None where the agreement has none."""
        return next((measure for measure in self.measures if measure.code == code), None)

    def blanks(self) -> tuple[str, ...]:
        """Return the names of the blanks that are still open, each once, in written order."""
        return tuple(dict.fromkeys(blanks_in(self)))

    def fill(self, values: Mapping[str, Number]) -> Agreement:
        """Return the agreement with these blanks filled; the others stay open.

        Raises:
            UnknownNameError: for names that are no blank of this agreement, all at once.
            NumberError: for a value that is no number.
        """
        names = self.blanks()
        unknown = [name for name in values if name not in names]
        if unknown:
            raise UnknownNameError(
                f"no blank named {', '.join(f'`{name}`' for name in unknown)};"
                f" open blanks: {', '.join(names) or 'none'}"
            )
        numbers = {name: to_fraction(value, f"blank {name}") for name, value in values.items()}
        filled = _fill(self, numbers)
        assert isinstance(filled, Agreement)  # noqa: S101 - for the type checker
        return filled

    def table(self, lang: Language = "zh") -> Table:
        """Return the items as a table: number, indicator, points, how they are scored."""
        return listing(self.title, self.parts, self.rules, self.measures, self._notes(lang), lang)

    def _notes(self, lang: Language) -> Iterator[str]:
        """Go through what stands below the table: parties, grades, vetoes, money."""
        zh = lang == "zh"
        colon, comma = ("：", "，") if zh else (": ", ", ")
        for party in self.parties:
            role = _ROLES[lang][party.role]
            yield f"{role}{colon}{party.name or party.code}"
        if self.grades is not None:
            grades = comma.join(_grade_text(grade) for grade in self.grades.grades)
            yield f"{'等次' if zh else 'grades'}{colon}{grades}"
        for veto in self.vetoes:
            yield f"{'一票否决' if zh else 'veto'}{colon}{veto.title or veto.code}"
        for policy in self.funding:
            tiers = comma.join(_tier_text(tier, lang) for tier in policy.tiers)
            name = policy.name or policy.code
            yield f"{'经费' if zh else 'money'}{colon}{name}{colon if tiers else ''}{tiers}"
        for consequence in self.consequences:
            yield consequence.text

    def __str__(self) -> str:
        """Return the agreement as an aligned table in Chinese."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _grade_text(grade: Grade) -> str:
    if grade.low is None:
        return grade.name
    return f"{grade.name} {'≥' if grade.low_in else '>'} {show(grade.low)}"


def _tier_text(tier: Tier, lang: Language) -> str:
    share = f"{show(tier.share * 100)}%"
    if tier.low is None:
        return f"其余 {share}" if lang == "zh" else f"else {share}"
    return f"{'≥' if tier.low_in else '>'} {show(tier.low)} {share}"


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in children_of(node):
        yield from _walk(child)


def blanks_in(thing: Any) -> Iterator[str]:  # noqa: ANN401 - any record of the model
    """Go through the names of the blanks in a record of the model, or in a tuple of them."""
    if isinstance(thing, Blank):
        yield thing.name
    elif isinstance(thing, tuple):
        for part in thing:
            yield from blanks_in(part)
    else:
        for name in _field_names(type(thing)):
            yield from blanks_in(getattr(thing, name))


def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind)) if attrs.has(kind) else ()


def _fill(thing: Any, numbers: Mapping[str, Fraction]) -> Any:  # noqa: ANN401 - as above
    """Rebuild what holds a blank that is filled; everything else stays the very same object."""
    if isinstance(thing, Blank):
        return numbers.get(thing.name, thing)
    if isinstance(thing, tuple):
        parts = tuple(_fill(part, numbers) for part in thing)
        return parts if any(a is not b for a, b in zip(parts, thing, strict=True)) else thing
    changed = {
        name: new
        for name in _field_names(type(thing))
        if (new := _fill(old := getattr(thing, name), numbers)) is not old
    }
    if not changed:
        return thing
    return attrs.evolve(thing, **changed)
