"""What is told while a reference is worked out: who is lacking, who is left out, who ties.

The same sentences for a few units and for a million: who is meant comes as a sequence that knows
how many there are, and of which only the first are looked at.

Source: semantics 7 (absent data are different things), 12 (nobody is left out in silence), 14.

>>> told: list[Finding] = []
>>> teller = Teller(Reference("place", of="total", way="rank"), told)
>>> teller.ties([(2, ["甲", "乙"]), (5, Crowd([], 3))])
>>> print(told[0])
note cohort-tie: `place`: `甲`, `乙` share rank 2; 3 units share rank 5
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

import attrs

from healthduty.findings import Finding, Severity
from healthduty.results.among import group_text, named
from healthduty.results.references import Absentees, Reference
from healthduty.rules.measure import name_twice
from healthduty.said import Said, in_language

TOLD = 5
"""Ties that a finding names before it only counts."""


@attrs.frozen
class Crowd(Sequence[str]):
    """Units of which only the first are known by name; its length is of them all."""

    first: Sequence[str]
    size: int

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        """Return a name, or names, of the first."""
        return self.first[index]

    def __len__(self) -> int:
        """Return how many there are, named or not."""
        return self.size


NOBODY = Crowd((), 0)


@attrs.frozen
class Teller:
    """Tells of one reference; what it finds is added to `findings`."""

    reference: Reference
    findings: list[Finding]

    def no_group(self, names: Sequence[str]) -> None:
        """Name those of whom it is not known among whom they are compared."""
        among = self.reference.among.value.removeprefix("same_")
        word = {"kind": "类别", "level": "层级"}.get(among, among)
        en, zh = _named(names)
        self._tell("cohort-no-group", f"the {among} is not known for {en}", f"{zh}的{word}未知")

    def aside(self, names: Sequence[str]) -> None:
        """Name those to whom it does not apply: they are no members."""
        en, zh = _named(names)
        self._tell(
            "cohort-not-applicable",
            f"`{self.reference.of}` does not apply to {en}: left out",
            f"`{self.reference.of}`对{zh}不适用：不计入",
            Severity.NOTE,
        )

    def faults(self, names: Sequence[str], fault: str) -> None:
        """Name those whose value can't be read."""
        en, zh = _named(names)
        text = Said(f"{en}: {fault}", f"{zh}：{in_language(fault, 'zh')}")
        self._absentees("cohort-fault", text)

    def missing(self, names: Sequence[str]) -> None:
        """Name those who have no value."""
        en, zh = _named(names)
        of = self.reference.of
        self._absentees("cohort-missing", Said(f"`{of}` is missing for {en}", f"{zh}缺`{of}`"))

    def _absentees(self, code: str, text: Said) -> None:
        if self.reference.absentees is Absentees.LEAVE_OUT:
            left = f"{text}: left out", f"{text.zh}：不计入"
            self._tell("cohort-left-out", *left, Severity.WARNING)
            return
        hint = Said(
            'nothing is worked out; absentees="leave_out" goes on without them',
            '不作计算；absentees="leave_out" 时不计这些单位',
        )
        self._tell(code, text, text.zh, hint=hint)

    def newcomers(self, names: Sequence[str]) -> None:
        """Name those who had no value last year."""
        en, zh = _named(names)
        of = self.reference.of
        self._tell(
            "cohort-no-last-year",
            f"last year's `{of}` is missing for {en}",
            f"{zh}缺上年的`{of}`",
            Severity.WARNING,
        )

    def old_faults(self, names: Sequence[str], fault: str) -> None:
        """Name those whose value of last year can't be read."""
        en, zh = _named(names)
        self._tell(
            "cohort-fault", f"last year's {en}: {fault}", f"上年{zh}：{in_language(fault, 'zh')}"
        )

    def nobody(self, group: str) -> None:
        """Tell that a group has nobody to compare."""
        en, zh = group_text(group, "en"), group_text(group, "zh")
        self._tell(
            "cohort-nobody",
            f"there is nobody to compare among {en}",
            f"{zh}中没有可比较的单位",
            Severity.WARNING,
        )

    def alone(self, name: str) -> None:
        """Tell that a unit has no others."""
        self._tell(
            "cohort-nobody",
            f"`{name}` has no others to be compared with",
            f"`{name}`没有可比较的其他单位",
            Severity.WARNING,
        )

    def bare(self, names: Sequence[str]) -> None:
        """Name those whose rate comes without the two counts that would be added up."""
        en, zh = _named(names)
        of = self.reference.of
        self._tell(
            "cohort-no-pair",
            f"`{of}` comes without its two counts from {en}",
            f"{zh}的`{of}`没有分子、分母",
            hint=Said(
                'write 17/20, or ask for way="plain_mean"',
                '请写成 17/20，或改用 way="plain_mean"',
            ),
        )

    def weightless(self, names: Sequence[str]) -> None:
        """Name those without a population; nobody, where no population is above 0."""
        if not names:
            self._tell("cohort-no-weight", "nobody has a population", "没有一个单位有人口数")
            return
        en, zh = _named(names)
        self._tell("cohort-no-weight", f"no population for {en}", f"{zh}没有人口数")

    def rounded(self, places: int) -> None:
        """Tell that the exact number is too long."""
        self._tell(
            "cohort-rounded",
            f"the exact number is too long for a record: rounded to {places} decimals",
            f"精确值过长，记录容纳不下：保留{places}位小数",
            Severity.ASSUMPTION,
        )

    def ties(self, ties: Sequence[tuple[int, Sequence[str]]], more: int = 0) -> None:
        """Tell who shares a rank; of many ties the first, `more` being those not even given."""
        if not ties:
            return
        first, more = ties[:TOLD], more + max(0, len(ties) - TOLD)
        en = [f"{_named(names)[0]} share rank {place}" for place, names in first]
        zh = [f"{_named(names)[1]}并列第{place}名" for place, names in first]
        if more:
            en, zh = [*en, f"and {more} more ties"], [*zh, f"另有{more}组并列"]
        self._tell("cohort-tie", "; ".join(en), "；".join(zh), Severity.NOTE)

    def _tell(
        self, code: str, en: str, zh: str, severity: Severity = Severity.ERROR, hint: str = ""
    ) -> None:
        name = self.reference.code
        text = Said(f"`{name}`: {en}", f"`{name}`：{zh}")
        self.findings.append(Finding(code, text, severity=severity, hint=hint))


def _named(names: Sequence[str]) -> tuple[str, str]:
    """Return who is meant, in English and in Chinese; without a name, how many."""
    if not names[:1]:
        return f"{len(names)} units", f"{len(names)}个单位"
    en = named(names)
    return en, in_language(en, "zh")


LAST_YEAR = Said(" of last year", "上年")
THIS_YEAR = Said("", "")


def twice(facilities: Iterable[str], when: Said = THIS_YEAR) -> list[Finding]:
    """Return the finding of a facility that stands twice: it would count twice."""
    units = list(facilities)
    # Of a million nearly always none: to say so takes one set.
    found = None if len(set(units)) == len(units) else name_twice(units)
    return [] if found is None else [twice_finding(f"`{found}`", when)]


def twice_finding(who: str, when: Said) -> Finding:
    """Return the finding of a facility that has two records."""
    text = Said(f"{who} has two records{when}", f"{who}{when.zh}有两份记录")
    hint = Said("give one record for each facility", "每个单位只能有一份记录")
    return Finding("cohort-twice", text, hint=hint)
