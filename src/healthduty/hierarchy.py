"""The cascade (层层分解): an upper agreement's targets handed down to the units below it.

A target that is a number of things is shared out equally, by population or by given shares, so
that the parts add up; each unit gets an agreement of its own with its own numbers. A rate is
asked of everybody alike and never shared out. Results go up again by `results.rollup`.

Source: vocabulary “Cascade”; row A11 (city, district, institution, community), B1.

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.measure import Measure
>>> from healthduty.rules.rule import Deduction
>>> blood = Measure("blood", "无偿献血", unit="袋")
>>> rule = Deduction(StepsBelow(blood, target=2300, step=1, relative=True), points=1)
>>> upper = Agreement("县责任书", measures=(blood,), parts=(Indicator("1", points=5, rules=rule),))
>>> towns = [
...     Child(Party("a", "甲镇"), population=30000),
...     Child(Party("b", "乙镇"), population=9999),
... ]
>>> down = cascade(upper, towns, [HandDown("blood", Way.POPULATION)])
>>> [show(part) for part in down.shared[0].parts]
['1725', '575']
>>> down.agreements[1].title
'县责任书（乙镇）'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any, assert_never

import attrs

from healthduty.display import Table
from healthduty.errors import RuleError, UsageError
from healthduty.exact import Number, show, to_fraction
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Target
from healthduty.model.party import Party, ResponsiblePerson, Role
from healthduty.results.shares import divide_out
from healthduty.rules.condition import Compare
from healthduty.rules.measure import RATE_KINDS, MeasureKind, Word, kind_word, name_twice, to_code
from healthduty.rules.rule import Band, Bands, Curve, Knot
from healthduty.rules.tally import Lacking, StepsAbove, StepsBelow
from healthduty.rules.threshold import Threshold
from healthduty.said import Said, joined, labelled, reason_of
from healthduty.wording import Language, check_language
from healthduty.wording.phrase import Phrase

_NUMBERS = frozenset({MeasureKind.COUNT, MeasureKind.AMOUNT, MeasureKind.CASES})
"""The kinds of measures whose targets are numbers of things, which can be shared out."""


class Way(Word):
    """By what a target is handed down."""

    EQUALLY = "equally"
    POPULATION = "population"
    SHARES = "shares"
    """By the share that each child is given."""


_WAYS = {Way.EQUALLY: "平均", Way.POPULATION: "人口数", Way.SHARES: "份额"}


def _to_optional(value: Number | None) -> Fraction | None:
    return None if value is None else to_fraction(value, Said("a child's number", "下级单位的数"))


def _to_numbers(values: Mapping[str, Number]) -> Mapping[str, Fraction]:
    return MappingProxyType({name: to_fraction(each, name) for name, each in values.items()})


def _to_responsible(persons: Iterable[ResponsiblePerson]) -> tuple[ResponsiblePerson, ...]:
    return tuple(persons)


@attrs.frozen
class Child:
    """A unit below: its party, people served, given share, blanks of its own, who answers."""

    party: Party
    population: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_optional)
    share: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_optional)
    blanks: Mapping[str, Fraction] = attrs.field(
        default=MappingProxyType({}), kw_only=True, converter=_to_numbers, hash=False
    )
    responsible: tuple[ResponsiblePerson, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_responsible
    )

    @property
    def label(self) -> str:
        """What people call it."""
        return self.party.name or self.party.code


@attrs.frozen
class HandDown:
    """One target to hand down: every number that a measure is held against, or a blank's total.

    `what` is the measure's code or the blank's name; a blank needs its `total`. The parts are
    multiples of 10^−places.
    """

    what: str = attrs.field(converter=to_code)
    way: Way = attrs.field(default=Way.EQUALLY, converter=Way)
    total: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_optional)
    places: int = attrs.field(default=0, kw_only=True)


@attrs.frozen
class Shared:
    """A target and its parts, in the order of the children."""

    what: str
    total: Fraction
    parts: tuple[Fraction, ...]


_UNIT, _SUM = Phrase("单位", "unit"), Phrase("合计", "total")


@attrs.frozen
class Cascade:
    """The agreements of the units below, in their order; none while there are errors."""

    children: tuple[Child, ...]
    agreements: tuple[Agreement, ...]
    shared: tuple[Shared, ...]
    findings: Findings

    def table(self, lang: Language = "zh") -> Table:
        """Return who got what: a row a child, a column a target, the totals last.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        names = [f"{self._label(each.what)} {show(each.total)}" for each in self.shared]
        rows = [
            (child.label, *(show(each.parts[place]) for each in self.shared))
            for place, child in enumerate(self.children)
        ]
        rows.append((_SUM(lang), *(show(sum(each.parts)) for each in self.shared)))
        right = tuple(range(1, len(names) + 1))
        return Table(headings=(_UNIT(lang), *names), rows=tuple(rows), right=right)

    def _label(self, what: str) -> str:
        """Return what people call a target: its measure by name; a blank has no other."""
        measures = (agreement.measure(what) for agreement in self.agreements[:1])
        return next((each.label for each in measures if each is not None), what)

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def cascade(upper: Agreement, children: Sequence[Child], targets: Iterable[HandDown]) -> Cascade:
    """Hand an agreement's targets down to the units below and make their agreements.

    The responsible party of the upper agreement is the issuer of the lower ones. What can't be
    shared out is a finding; while one of them is an error there are no agreements, since their
    parts would not add up.

    Raises:
        UsageError: no children, two with one code, or a target that is handed down twice.
        UnknownNameError: a child's blank that the agreement does not have.
    """
    below, wanted = tuple(children), tuple(targets)
    if not below or name_twice(child.party.code for child in below) is not None:
        raise UsageError(
            Said(
                "an agreement is handed down to units, each with a code of its own",
                "责任书要分解到下级单位，每个单位一个编码，不能重复",
            )
        )
    if (twice := name_twice(target.what for target in wanted)) is not None:
        raise UsageError(
            Said(
                f"`{twice}` is handed down twice: name it once",
                f"`{twice}`分解了两次，只能写一次",
            )
        )
    shared: list[Shared] = []
    findings: list[Finding] = []
    for target in wanted:
        _share(upper, below, target, shared, findings)
    if Findings(findings).errors:
        return Cascade(below, (), tuple(shared), Findings(findings))
    agreements = tuple(_lower(upper, child, place, shared) for place, child in enumerate(below))
    return Cascade(below, agreements, tuple(shared), Findings(findings))


# --------------------------------------------------------------------------- what is shared


def _share(
    upper: Agreement,
    children: Sequence[Child],
    target: HandDown,
    shared: list[Shared],
    findings: list[Finding],
) -> None:
    """Share out each number of a target, or say why it can't be shared."""
    totals = list(_totals(upper, target, findings))
    weights = [_weight(child, target.way) for child in children]
    unknown = [
        child.label for child, weight in zip(children, weights, strict=True) if weight is None
    ]
    if totals and unknown:
        names = joined(f"`{name}`" for name in unknown)
        message = Said(
            f"`{target.what}` is handed down by {target.way.value}, which {names} lacks",
            f"`{target.what}`按{_WAYS[target.way]}分解，{names.zh}却没有填写",
        )
        findings.append(Finding("cascade-weight-missing", message))
        return
    known = [weight for weight in weights if weight is not None]
    for total in totals:
        try:
            parts = divide_out(total, known, places=target.places)
        except RuleError as error:
            findings.append(
                Finding("cascade-indivisible", labelled(f"`{target.what}`", reason_of(error)))
            )
        else:
            shared.append(Shared(target.what, total, parts))
            findings += _idle(shared[-1], children)


def _idle(shared: Shared, children: Sequence[Child]) -> Iterator[Finding]:
    """Yield who gets nothing of something: nobody can fall short of it, by no share of it."""
    idle = [
        f"`{child.label}`"
        for child, part in zip(children, shared.parts, strict=True)
        if shared.total and not part
    ]
    if idle:
        names, total = joined(idle), show(shared.total)
        message = Said(
            f"of {total} `{shared.what}` nothing is left for {names}",
            f"`{shared.what}`共{total}，分解后{names.zh}一个也没有分到",
        )
        yield Finding("cascade-nothing-left", message, severity=Severity.WARNING)


def _weight(child: Child, way: Way) -> Fraction | None:
    if way is Way.EQUALLY:
        return Fraction(1)
    return child.population if way is Way.POPULATION else child.share


def _totals(upper: Agreement, target: HandDown, findings: list[Finding]) -> Iterator[Fraction]:
    """Go through the numbers that a target hands down, each once."""
    what, measure = target.what, upper.measure(target.what)
    if what in upper.blanks():
        if target.total is None:
            message = Said(f"blank `{what}` has no total yet", f"空白`{what}`还没有填总数")
            findings.append(Finding("cascade-total-missing", message))
        else:
            yield target.total
        return
    if measure is None:
        message = Said(
            f"`{what}` is no measure and no open blank of `{upper.title}`",
            f"`{upper.title or '责任书'}`里没有数据项`{what}`，也没有这样的未填空白",
        )
        findings.append(Finding("cascade-unknown", message))
        return
    if measure.kind not in _NUMBERS:
        findings.append(Finding("cascade-not-shared", _not_shared(what, measure.kind)))
        return
    numbers, others, steps = _held_against(upper, what)
    findings += _staying(what, others, steps)
    if not numbers:
        message = Said(f"nothing is held against `{what}`", f"没有给`{what}`规定目标值")
        findings.append(Finding("cascade-no-target", message))
    yield from numbers


def _not_shared(what: str, kind: MeasureKind) -> Said:
    """Return why a measure of a kind has nothing to share out."""
    alike = Said("no number of things", "不是可以分的数量")
    if kind in RATE_KINDS:
        alike = Said("asked of everybody alike", "对各单位要求相同")
    word = kind_word(kind)
    return Said(
        f"`{what}` is a {word}, {alike}: it is not shared out",
        f"`{what}`是{word.zh}指标，{alike.zh}，不作分解",
    )


def _staying(what: str, others: int, steps: Sequence[Fraction]) -> Iterator[Finding]:
    """Yield what of a measure's rules stays as it is."""
    if others:
        message = Said(
            f"targets of `{what}` that are no plain number: {others}; they stay",
            f"`{what}`有{others}个目标值不是具体的数，保持不变",
        )
        yield Finding("cascade-target-stays", message, severity=Severity.WARNING)
    if steps:
        sizes = joined(map(show, steps))
        message = Said(
            f"`{what}` is counted in steps of {sizes}, which stay",
            f"`{what}`的步长{sizes.zh}不随之分解，保持不变",
        )
        yield Finding("cascade-step-stays", message, severity=Severity.ASSUMPTION)


def _held_against(upper: Agreement, code: str) -> tuple[list[Fraction], int, list[Fraction]]:
    """Return the numbers that a measure is held against, how many other targets, its steps."""
    numbers: dict[Fraction, None] = {}
    steps: dict[Fraction, None] = {}
    others = 0
    for rule in _with_measure(upper, code):
        for threshold in _thresholds(rule):
            if isinstance(threshold, Fraction):
                numbers[threshold] = None
            elif threshold is not None:
                others += 1
        if isinstance(rule, (StepsBelow, StepsAbove)) and rule.step and not rule.relative:
            steps[rule.step] = None
    return list(numbers), others, [step for step in steps if step != 1]


_Holder = StepsBelow | StepsAbove | Lacking | Compare | Bands | Curve | Target
_HOLDERS = (StepsBelow, StepsAbove, Lacking, Compare, Bands, Curve, Target)
"""What holds a measure against thresholds."""


def _with_measure(thing: Any, code: str) -> Iterator[_Holder]:  # noqa: ANN401 - of the model
    """Go through whatever holds this measure against something, anywhere in a record."""
    if isinstance(thing, tuple):
        for part in thing:
            yield from _with_measure(part, code)
        return
    if isinstance(thing, _HOLDERS) and thing.measure == code:
        yield thing
    if attrs.has(type(thing)):
        for field in attrs.fields(type(thing)):
            yield from _with_measure(getattr(thing, field.name), code)


def _thresholds(holder: _Holder) -> list[Threshold | None]:
    match holder:
        case StepsBelow() | StepsAbove():
            return [holder.target]
        case Lacking():
            return [holder.required]
        case Compare():
            return [holder.threshold]
        case Bands():
            bands = [band for band in holder.bands if isinstance(band, Band)]
            return [edge for band in bands for edge in (band.low, band.high)]
        case Curve():
            return [knot.at for knot in holder.knots]
        case Target():
            return [holder.value]
        case _:
            assert_never(holder)


# ---------------------------------------------------------------------- the lower agreement


def _lower(upper: Agreement, child: Child, place: int, shared: Sequence[Shared]) -> Agreement:
    """Return a child's agreement: its own parties, numbers and blanks."""
    parts = {(each.what, each.total): each.parts[place] for each in shared}
    blanks = upper.blanks()
    agreement: Agreement = _with_parts(upper, parts)
    own: dict[str, Number] = {
        each.what: each.parts[place] for each in shared if each.what in blanks
    }
    own |= child.blanks
    issuer, names = _issuer(upper, child)
    party = attrs.evolve(child.party, role=Role.RESPONSIBLE, parent=issuer.code if issuer else "")
    lower = agreement.fill(own) if own else agreement
    return attrs.evolve(
        lower,
        title=f"{upper.title}（{child.label}）",
        parties=(party,) if issuer is None else (issuer, party),
        responsible=child.responsible,
        obligations=[
            attrs.evolve(duty, party=names.get(duty.party, duty.party))
            for duty in upper.obligations
        ],
        signatures=(),
        supersedes=None,
    )


def _issuer(upper: Agreement, child: Child) -> tuple[Party | None, dict[str, str]]:
    """Return who issues the lower agreement, and what the upper parties' codes become there."""
    by_role = {party.role: party for party in reversed(upper.parties)}
    above, own = by_role.get(Role.ISSUER), by_role.get(Role.RESPONSIBLE)
    issuer = own or above
    if issuer is None:
        return None, {}
    names = {own.code: child.party.code} if own else {}
    if above is not None:
        names[above.code] = issuer.code
    # Whoever stands above the issuer has no part in the lower agreement.
    return attrs.evolve(issuer, role=Role.ISSUER, parent=""), names


_Parts = Mapping[tuple[str, Fraction], Fraction]


def _with_parts(thing: Any, parts: _Parts) -> Any:  # noqa: ANN401 - any record of the model
    """Rebuild what is held against a number that was shared; all else stays the same object."""
    if isinstance(thing, tuple):
        members = tuple(_with_parts(part, parts) for part in thing)
        return members if any(a is not b for a, b in zip(members, thing, strict=True)) else thing
    if not attrs.has(type(thing)):
        return thing
    changed = {
        field.name: new
        for field in attrs.fields(type(thing))
        if (new := _with_parts(old := getattr(thing, field.name), parts)) is not old
    }
    thing = attrs.evolve(thing, **changed) if changed else thing
    return _scaled(thing, parts) if isinstance(thing, _HOLDERS) else thing


def _scaled(holder: _Holder, parts: _Parts) -> _Holder:
    """Return a holder with its numbers replaced by their parts."""

    def part(threshold: Threshold) -> Threshold:
        if isinstance(threshold, Fraction):
            return parts.get((holder.measure, threshold), threshold)
        return threshold

    def edge(threshold: Threshold | None) -> Threshold | None:
        return None if threshold is None else part(threshold)

    match holder:
        case StepsBelow() | StepsAbove():
            return attrs.evolve(holder, target=part(holder.target))
        case Lacking():
            return attrs.evolve(holder, required=part(holder.required))
        case Compare():
            return attrs.evolve(holder, threshold=part(holder.threshold))
        case Bands():
            bands = [
                attrs.evolve(band, low=edge(band.low), high=edge(band.high))
                if isinstance(band, Band)
                else band
                for band in holder.bands
            ]
            return attrs.evolve(holder, bands=bands)
        case Curve():
            knots = [Knot(part(knot.at), knot.points) for knot in holder.knots]
            return attrs.evolve(holder, knots=knots)
        case Target():
            return attrs.evolve(holder, value=part(holder.value))
        case _:
            assert_never(holder)
