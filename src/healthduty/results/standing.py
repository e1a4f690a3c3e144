"""Standing (排名): units in the order of their totals, equals told apart as it was declared.

Tie-breaks come one after the other: an item's points, a measure, the population. What they leave
over shares the rank. Where one of those who tie lacks the value, nothing is decided among them.

Source: “ranking with ties and declared tie-breaks”; semantics 8 (grade and money
follow the published total: so does the rank).

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", points=5), Indicator("2", points=5)))
>>> sheets = [score(agreement, Record(f"{a}+{b}", {"1": a, "2": b})) for a, b in ((4, 5), (5, 4))]
>>> [(each.rank, each.sheet.record.name) for each in stand(sheets, [ByItem("1")]).places]
[(1, '5+4'), (2, '4+5')]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.convert.digest import digest
from healthduty.display import Table, same_places
from healthduty.errors import NumberError, UnknownNameError, UsageError
from healthduty.exact import show, to_fraction
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.ranks import Direction, ranks
from healthduty.results.among import Among, group_of, levels_of, named
from healthduty.results.sightings import look, points_of
from healthduty.rules.measure import Measure, name_twice, to_code
from healthduty.said import Said
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language, number_text


@attrs.frozen
class ByItem:
    """Whoever has more points of an item stands before."""

    number: str


@attrs.frozen
class ByMeasure:
    """Whoever has the better value of a measure stands before; of levels always the first."""

    measure: str = attrs.field(converter=to_code)
    direction: Direction = attrs.field(converter=Direction)


@attrs.frozen
class ByPopulation:
    """Whoever serves more people, or fewer, stands before."""

    direction: Direction = attrs.field(converter=Direction)


TieBreak = ByItem | ByMeasure | ByPopulation
"""The closed union of what tells equals apart."""


@attrs.frozen
class StandingPlace:
    """A unit's place: its rank in its group, None without a total, and what decided it.

    `decided` is the value of every tie-break that was asked about it, in their order.
    """

    rank: int | None
    sheet: ScoreSheet
    group: str = ""
    decided: tuple[Fraction, ...] = ()


@attrs.frozen
class Standing:
    """All places, group by group, best first; whoever has no total stands last."""

    agreement: Agreement | None
    places: tuple[StandingPlace, ...]
    breaks: tuple[TieBreak, ...]
    findings: Findings

    @property
    def groups(self) -> dict[str, tuple[StandingPlace, ...]]:
        """The places of each group."""
        names = dict.fromkeys(each.group for each in self.places)
        return {name: tuple(each for each in self.places if each.group == name) for name in names}

    def place(self, facility: str) -> StandingPlace:
        """Return the place of a facility, by its key.

        Raises:
            UnknownNameError: where it does not stand here.
        """
        for each in self.places:
            if each.sheet.record.facility == facility:
                return each
        raise UnknownNameError(
            Said(f"no facility `{facility}` stands here", f"这里没有`{facility}`")
        )

    def table(self, lang: Language = "zh") -> Table:
        """Return rank, unit, total and what decided between equals.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        zh = lang == "zh"
        heads = ("范围", "名次", "单位", "总分") if zh else ("among", "rank", "unit", "total")
        headings = (*heads, *(_break_text(each, self.agreement, lang) for each in self.breaks))
        columns = (
            [each.group for each in self.places],
            ["" if each.rank is None else str(each.rank) for each in self.places],
            [each.sheet.record.name for each in self.places],
            same_places(each.sheet.total for each in self.places),
            *(
                [_decided(each, place, self) for each in self.places]
                for place in range(len(self.breaks))
            ),
            [each.sheet.grade or "" for each in self.places],
        )
        title = "" if self.agreement is None else self.agreement.title
        return Table(
            headings=(*headings, "等次" if zh else "grade"),
            rows=tuple(zip(*columns, strict=True)),
            title=title,
            notes=tuple(each.line(lang) for each in self.findings),
            right=(1, 3, *range(4, 4 + len(self.breaks))),
        )

    def __str__(self) -> str:
        """Return the places as text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


_GROUPS = {Among.ALL: "范围", Among.SAME_KIND: "机构类别", Among.SAME_LEVEL: "层级"}


def stand(
    sheets: Iterable[ScoreSheet],
    breaks: Iterable[TieBreak] = (),
    *,
    among: Among | str = Among.ALL,
    levels: Mapping[str, str] | None = None,
) -> Standing:
    """Put sheets in the order of their totals, those of one group among themselves.

    `breaks` tell equals apart, one after the other. `levels` gives the level of a facility by
    its key; without it the agreement's parties tell. A unit whose group is not known has no rank.

    Raises:
        UsageError: sheets of several agreements, or two of one facility.
        UnknownNameError: a tie-break by what the agreement does not have.
    """
    entries, rules, way = tuple(sheets), tuple(breaks), Among(among)
    agreement = _agreement_of(entries)
    if agreement is None:
        return Standing(None, (), rules, Findings())
    for rule in rules:
        _check(rule, agreement)
    known = levels_of(agreement) if levels is None else levels
    groups: dict[str | None, list[ScoreSheet]] = {}
    for sheet in entries:
        groups.setdefault(group_of(sheet.record, way, known), []).append(sheet)
    findings: list[Finding] = []
    places: list[StandingPlace] = []
    lost = groups.pop(None, [])
    for group, members in groups.items():
        places += _places(group or "", members, rules, agreement, findings)
    if lost:
        names = named([each.record.name for each in lost])
        message = Said(
            f"the {way.value.removeprefix('same_')} is not known for {names}",
            f"不知道{names.zh}的{_GROUPS[way]}",
        )
        findings.append(Finding("standing-no-group", message))
    places += [StandingPlace(None, sheet) for sheet in lost]
    return Standing(agreement, tuple(places), rules, Findings(findings))


def _agreement_of(sheets: Sequence[ScoreSheet]) -> Agreement | None:
    """Return the one agreement of all sheets."""
    if (twice := name_twice(sheet.record.facility for sheet in sheets)) is not None:
        raise UsageError(
            Said(
                f"`{twice}` has two sheets: a unit stands once",
                f"`{twice}`有两张评分表：一家只能有一张",
            )
        )
    agreements = list(dict.fromkeys(digest(sheet.agreement) for sheet in sheets))
    if len(agreements) > 1:
        raise UsageError(f"sheets of {len(agreements)} agreements can't be ranked together")
    return sheets[0].agreement if sheets else None


def _check(rule: TieBreak, agreement: Agreement) -> None:
    """Refuse a tie-break that the agreement does not have."""
    if isinstance(rule, ByItem):
        agreement.item(rule.number)
    if isinstance(rule, ByMeasure) and agreement.measure(rule.measure) is None:
        raise UnknownNameError(f"no measure `{rule.measure}` in `{agreement.title}`")


def _places(
    group: str,
    sheets: Sequence[ScoreSheet],
    rules: Sequence[TieBreak],
    agreement: Agreement,
    findings: list[Finding],
) -> list[StandingPlace]:
    """Return the places of one group."""
    scored = [(sheet.total, sheet) for sheet in sheets]
    ranked = [sheet for total, sheet in scored if total is not None]
    order = ranks([total for total, _ in scored if total is not None])
    places: list[StandingPlace] = []
    for rank, equals in _shared(order).items():
        start = [StandingPlace(rank, ranked[each], group) for each in equals]
        places += _told_apart(start, list(rules), agreement, findings)
    open_ones = [sheet for total, sheet in scored if total is None]
    if open_ones:
        names = named([each.record.name for each in open_ones])
        text = Said(f"no rank without a total: {names}", f"没有总分，不排名次：{names.zh}")
        findings.append(Finding("standing-no-total", text, severity=Severity.WARNING))
    return [*places, *(StandingPlace(None, sheet, group) for sheet in open_ones)]


def _told_apart(
    equals: list[StandingPlace],
    rules: list[TieBreak],
    agreement: Agreement,
    findings: list[Finding],
) -> list[StandingPlace]:
    """Tell equals apart by the first rule, and what it leaves over by the others."""
    if len(equals) == 1 or not rules:
        return equals
    values = [_value(rules[0], each.sheet, agreement) for each in equals]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        rows = zip(equals, values, strict=True)
        lacking = [each.sheet.record.name for each, value in rows if value is None]
        text = _unbroken(rules[0], agreement, named(lacking), equals[0].rank)
        findings.append(Finding("standing-open", text, severity=Severity.WARNING))
        return equals
    order = ranks(known, _direction(rules[0], agreement))
    told: list[StandingPlace] = []
    for own, together in _shared(order).items():
        rank = (equals[0].rank or 0) + own - 1
        share = [
            attrs.evolve(equals[each], rank=rank, decided=(*equals[each].decided, known[each]))
            for each in together
        ]
        told += _told_apart(share, rules[1:], agreement, findings)
    return told


def _shared(order: Sequence[int]) -> dict[int, list[int]]:
    """Return for each rank, best first, the places in the list of those who have it."""
    found: dict[int, list[int]] = {rank: [] for rank in sorted(set(order))}
    for place, rank in enumerate(order):
        found[rank].append(place)
    return found


def _direction(rule: TieBreak, agreement: Agreement) -> Direction:
    """Return which of two values stands before; a level is its place, the first being 0."""
    if isinstance(rule, ByItem):
        return Direction.HIGHER
    measure = agreement.measure(rule.measure) if isinstance(rule, ByMeasure) else None
    return Direction.LOWER if measure is not None and measure.levels else rule.direction


def _value(rule: TieBreak, sheet: ScoreSheet, agreement: Agreement) -> Fraction | None:
    """Return what a tie-break looks at, as an exact number; None where the unit lacks it."""
    match rule:
        case ByItem():
            points = points_of(sheet, rule.number)
            return None if points is None else Fraction(points)
        case ByMeasure():
            return look(
                agreement.measure(rule.measure) or Measure(rule.measure), sheet.record
            ).number
        case ByPopulation():
            try:
                people = sheet.record.population
                return None if people is None else to_fraction(people, "population")
            except NumberError:  # the sheet says so
                return None
        case _:
            assert_never(rule)


def _unbroken(rule: TieBreak, agreement: Agreement | None, names: Said, rank: int | None) -> Said:
    """Return that a tie-break can't tell equals apart."""
    en, zh = _break_text(rule, agreement, "en"), _break_text(rule, agreement, "zh")
    return Said(
        f"`{en}` is missing for {names}: rank {rank} stays shared",
        f"{names.zh}没有`{zh}`：第{rank}名仍然并列",
    )


def _break_text(rule: TieBreak, agreement: Agreement | None, lang: Language) -> str:
    """Return what a tie-break looks at, in words."""
    match rule:
        case ByItem():
            return f"{rule.number}得分" if lang == "zh" else f"points of {rule.number}"
        case ByMeasure():
            measure = None if agreement is None else agreement.measure(rule.measure)
            return rule.measure if measure is None else measure.label
        case ByPopulation():
            return "服务人口" if lang == "zh" else "population"
        case _:
            assert_never(rule)


def _decided(place: StandingPlace, index: int, standing: Standing) -> str:
    """Return the value by which a unit was told apart; nothing where it was not asked."""
    if index >= len(place.decided):
        return ""
    rule, value = standing.breaks[index], place.decided[index]
    if isinstance(rule, ByMeasure) and standing.agreement is not None:
        measure = standing.agreement.measure(rule.measure)
        if measure is not None and measure.levels:
            return measure.levels[int(value)]
        return number_text(value, measure)
    return show(value)
