"""Honours (评先): so many units, best first; whoever is under a veto is barred.

A quota is a number of units or a share of them, rounded down, in each group of the standing. A
tie at the edge is a finding and never decided; a unit whose veto is not settled keeps its place
open.

Source: “quotas for honours with vetoed units barred”; row A2 (an accident in the year
bars honours); semantics 6 (a veto is a fact, never inferred from a low score).

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.results.standing import stand
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", points=9),))
>>> sheets = [score(agreement, Record(each, {"1": each})) for each in ("5", "9", "7")]
>>> [each.place.sheet.record.name for each in award(stand(sheets), Quota("先进", count=2)).winners]
['9', '7']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

import attrs

from healthduty.display import Table, same_places
from healthduty.errors import RuleError
from healthduty.exact import Number, show, to_fraction
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.veto import BarHonours, Veto
from healthduty.results.among import named
from healthduty.results.standing import Standing, StandingPlace
from healthduty.rules.measure import Word, to_names
from healthduty.said import Said, labelled
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language


def to_share(share: Number | None) -> Fraction | None:
    """Take a share of the units as a number or as a percentage: `0.3`, `"30%"`.

    Raises:
        NumberError: what is no number.
        RuleError: a share that is not within 0 and all.
    """
    if share is None:
        return None
    text = share.strip() if isinstance(share, str) else ""
    percent = text.endswith(("%", "％"))
    number = to_fraction(text[:-1] if percent else share, "share") / (100 if percent else 1)
    if not 0 <= number <= 1:
        raise RuleError(f"the share `{share}` is not within 0 and 100%")
    return number


def places_of(count: int | None, share: Fraction | None, units: int) -> int:
    """Return how many of so many units a quota takes: its count, its share rounded down.

    Of both the smaller; without either, all of them.

    >>> places_of(None, Fraction(3, 10), 7), places_of(1, Fraction(3, 10), 7)
    (2, 1)
    """
    wanted = [units] if count is None else [units, count]
    if share is not None:
        wanted.append(share.numerator * units // share.denominator)
    return min(wanted)


@attrs.frozen
class Quota:
    """An honour and how many may have it in each group: `count`, or a `share` of all units there.

    `grades` are those that it asks for, any where none is named. `code` is the consequence of
    the agreement that the honour is; where the sheet bars it, it is barred. `reserve` more units
    stand by.

    Raises:
        RuleError: neither a count nor a share, or one that can't be.
    """

    name: str
    count: int | None = attrs.field(default=None, kw_only=True)
    share: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_share)
    grades: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=to_names)
    code: str = attrs.field(default="", kw_only=True)
    reserve: int = attrs.field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a quota that says nothing."""
        if self.count is None and self.share is None:
            raise RuleError(f"`{self.name}`: say how many, by `count` or by `share`")
        if (self.count or 0) < 0 or self.reserve < 0:
            raise RuleError(f"`{self.name}`: so few can't be honoured")


class Result(Word):
    """What became of a unit."""

    WINNER = "winner"
    TIED = "tied"
    """It ties with others at the edge: there are fewer places than units."""
    OPEN = "open"
    """A veto is not settled yet; its place is kept."""
    RESERVE = "reserve"
    BARRED = "barred"
    OTHER_GRADE = "other_grade"
    BEHIND = "behind"
    UNRANKED = "unranked"


_TEXTS = {
    "zh": {
        Result.WINNER: "入选",
        Result.TIED: "末位并列，待定",
        Result.OPEN: "待核实",
        Result.RESERVE: "候补",
        Result.BARRED: "取消资格",
        Result.OTHER_GRADE: "等次不符",
        Result.BEHIND: "名额已满",
        Result.UNRANKED: "无名次",
    },
    "en": {
        Result.WINNER: "chosen",
        Result.TIED: "tie at the edge, undecided",
        Result.OPEN: "open",
        Result.RESERVE: "reserve",
        Result.BARRED: "barred",
        Result.OTHER_GRADE: "another grade",
        Result.BEHIND: "no place left",
        Result.UNRANKED: "no rank",
    },
}


@attrs.frozen
class Candidate:
    """A unit, what became of it, and the vetoes or the grade that decided that."""

    place: StandingPlace
    result: Result
    because: str = ""

    def reason(self, lang: Language = "zh") -> str:
        """Return in words what became of it, and by what.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        text = _TEXTS[lang][self.result]
        if not self.because:
            return text
        return f"{text}：{self.because}" if lang == "zh" else f"{text}: {self.because}"


@attrs.frozen
class Awards:
    """Who has an honour, who does not, and why; in the order of the standing."""

    quota: Quota
    candidates: tuple[Candidate, ...]
    findings: Findings

    def of(self, result: Result | str) -> tuple[Candidate, ...]:
        """Return the units with one result."""
        wanted = Result(result)
        return tuple(each for each in self.candidates if each.result is wanted)

    @property
    def winners(self) -> tuple[Candidate, ...]:
        """Who has the honour for certain."""
        return self.of(Result.WINNER)

    @property
    def reserves(self) -> tuple[Candidate, ...]:
        """Who stands by, best first."""
        return self.of(Result.RESERVE)

    def table(self, lang: Language = "zh") -> Table:
        """Return every unit with what became of it.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        places = [each.place for each in self.candidates]
        columns = (
            [each.group for each in places],
            ["" if each.rank is None else str(each.rank) for each in places],
            [each.sheet.record.name for each in places],
            same_places(each.sheet.total for each in places),
            [each.sheet.grade or "" for each in places],
            [each.reason(lang) for each in self.candidates],
        )
        headings = (
            ("范围", "名次", "单位", "总分", "等次", "结果")
            if lang == "zh"
            else ("among", "rank", "unit", "total", "grade", "result")
        )
        return Table(
            headings=headings,
            rows=tuple(zip(*columns, strict=True)),
            title=self.quota.name,
            notes=tuple(each.line(lang) for each in self.findings),
            right=(1, 3),
        )

    def __str__(self) -> str:
        """Return every unit with what became of it, as text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def award(standing: Standing, quota: Quota) -> Awards:
    """Give an honour to the first units of each group, as many as the quota says."""
    findings = list(standing.findings)
    chosen: list[Candidate] = []
    for group, places in standing.groups.items():
        chosen += _award(places, quota, group, findings)
    return Awards(quota, tuple(chosen), Findings(findings))


_HINT = Said(
    "declare a tie-break, or decide and note why", "请写明并列时如何排序，或研究决定后注明理由"
)


def _award(
    places: Sequence[StandingPlace], quota: Quota, group: str, findings: list[Finding]
) -> list[Candidate]:
    """Choose among the units of one group."""
    free = places_of(quota.count, quota.share, len(places))
    if not free and quota.share:
        share, units = show(quota.share * 100), len(places)
        nobody = Said(f"{share}% of {units} is nobody", f"{units}个单位的{share}%不足一个名额")
        text = labelled(_of(quota, group), nobody)
        findings.append(Finding("honours-nobody", text, severity=Severity.WARNING))
    standing_by = quota.reserve
    chosen: list[Candidate] = []
    for _, equals in groupby(_in_line(places, quota), key=_stands):
        seen = list(equals)
        chosen += [each for each in seen if each.result not in _RUNNING]
        running = [each for each in seen if each.result in _RUNNING]
        if len(running) <= free:
            chosen += running
            free -= len(running)
        elif free:
            names, left = _names(running), _count(free)
            tie = Said(f"{names} tie for {left}", f"{names.zh}并列，只剩{left.zh}")
            text = labelled(_of(quota, group), tie)
            findings.append(Finding("honours-tied", text, hint=_HINT))
            chosen += [attrs.evolve(each, result=Result.TIED) for each in running]
            free = 0
        else:
            result = Result.RESERVE if standing_by > 0 else Result.BEHIND
            standing_by -= len(running)
            chosen += [attrs.evolve(each, result=result, because="") for each in running]
    _tell_of_open(chosen, quota, group, findings)
    order = {each.sheet.record.facility: index for index, each in enumerate(places)}
    return sorted(chosen, key=lambda each: order[each.place.sheet.record.facility])


_RUNNING = frozenset({Result.WINNER, Result.OPEN})


def _in_line(places: Sequence[StandingPlace], quota: Quota) -> list[Candidate]:
    """Return the units in the order in which they may have the honour.

    A unit whose veto is not settled has no total yet. It stands where its points would put it
    without the veto, before its equals: so its place is kept.
    """
    line = [_barred(each, quota) for each in places if each.rank is not None]
    for place in places:
        if place.rank is not None:
            continue
        candidate = _barred(place, quota)
        at = len(line)
        if candidate.result is Result.OPEN:
            behind = (n for n, each in enumerate(line) if _points(each) <= _points(candidate))
            at = next(behind, at)
        line.insert(at, candidate)
    return line


def _points(candidate: Candidate) -> Fraction:
    """Return the total, or what it would be without the veto; nothing without either."""
    sheet = candidate.place.sheet
    points = sheet.earned if sheet.total is None else sheet.total
    return Fraction(-1) if points is None else Fraction(points)


def _stands(candidate: Candidate) -> object:
    """Return what equals have in common: their rank; whoever has none stands alone."""
    place = candidate.place
    return place.sheet.record.facility if place.rank is None else place.rank


def _tell_of_open(
    chosen: Sequence[Candidate], quota: Quota, group: str, findings: list[Finding]
) -> None:
    kept = [each for each in chosen if each.result is Result.OPEN]
    if kept:
        names = _names(kept)
        told = Said(
            f"a veto is not settled for {names}; the place is kept",
            f"{names.zh}是否一票否决尚未确定，名额予以保留",
        )
        text = labelled(_of(quota, group), told)
        findings.append(Finding("honours-open", text, severity=Severity.WARNING))


def _of(quota: Quota, group: str) -> str:
    if not group:
        return f"`{quota.name}`"
    return Said(f"`{quota.name}` among `{group}`", f"`{quota.name}`（`{group}`）")


def _names(candidates: Sequence[Candidate]) -> Said:
    return named([each.place.sheet.record.name for each in candidates])


def _count(places: int) -> Said:
    return Said("one place" if places == 1 else f"{places} places", f"{places}个名额")


def _barred(place: StandingPlace, quota: Quota) -> Candidate:
    """Return a unit that runs for the honour, or why it does not."""
    sheet = place.sheet
    barred = list(dict.fromkeys(_vetoes(sheet, quota)))
    if barred:
        return Candidate(place, Result.BARRED, "、".join(barred))
    if place.rank is None:
        unsettled = [each.veto for each in sheet.vetoes if each.applies is None]
        if not unsettled or sheet.earned is None:
            return Candidate(place, Result.UNRANKED)
        because = "、".join(dict.fromkeys(veto.title or veto.code for veto in unsettled))
        return Candidate(place, Result.OPEN, because)
    if quota.grades and sheet.grade not in quota.grades:
        return Candidate(place, Result.OTHER_GRADE, sheet.grade or "")
    return Candidate(place, Result.WINNER)


def _vetoes(sheet: ScoreSheet, quota: Quota) -> Iterator[str]:
    """Go through the vetoes that bar a unit."""
    for result in sheet.vetoes:
        if result.applies and _bars(result.veto, quota.code):
            yield result.veto.title or result.veto.code


def _bars(veto: Veto, code: str) -> bool:
    """Tell whether a veto bars an honour: each does, but one that names other honours only."""
    codes = [each.codes for each in veto.effects if isinstance(each, BarHonours)]
    return not codes or any(not each or code in each for each in codes)
