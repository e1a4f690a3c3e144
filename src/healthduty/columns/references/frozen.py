"""References over a set of any size, frozen: worked out once, then the same for every row.

A set's mean is one number; a rank is read off how many of the set lie at, below and above a value;
last year's values are found again by the facility's key. All of it pickles, so that whoever scores
batches elsewhere scores them with the very numbers of the whole set.

Source: semantics 13 (identity), 14 (what depends on others is resolved first); “References over
the whole set (mean, best, rank, percentile, last year) in a first pass, frozen, then used”.

>>> from healthduty.columns.references.work import freeze_references
>>> rate, county = Measure("rate", "接种率", unit="%"), Measure("county", "全县接种率", unit="%")
>>> agreement = Agreement("示例", measures=(rate, county))
>>> frame = {"机构": ["甲", "乙"], "接种率": ["9/10", "500/1000"]}
>>> frozen = freeze_references(agreement, frame, [Reference("county", of=rate)])
>>> frozen.figure("county").value
Ratio(509, 1010)
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.columns.references.last import Kept, Last
from healthduty.columns.references.places import Places
from healthduty.columns.references.rows import ORIGIN, less_wanting
from healthduty.columns.references.tally import Frozen
from healthduty.convert.digest import digest, digest_of_data
from healthduty.convert.writer import writer
from healthduty.display import Table
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.results.among import group_text
from healthduty.results.figure_values import worth_text
from healthduty.results.figures import Figure
from healthduty.results.references import OWN, Reference, subject_of, subject_text, way_text
from healthduty.rules.measure import Measure
from healthduty.wording import Language, check_language


class References:
    """What references came to over a set, in written order, and what was found on the way.

    `frozen` has for each reference's code what it came to, group by group: nothing where `findings`
    say why. It pickles.
    """

    def __init__(
        self,
        agreement: Agreement,
        references: tuple[Reference, ...],
        frozen: Mapping[str, Sequence[Frozen]],
        findings: Iterable[Finding],
        *,
        levels: Mapping[str, str],
        last: Last | None = None,
    ) -> None:
        """Keep what was worked out; `freeze_references` does it."""
        self.agreement, self.references = agreement, references
        self.frozen, self.findings = dict(frozen), Findings(findings)
        self.levels, self.last = dict(levels), last

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What every reference came to; what is each unit's own is not listed."""
        return tuple(each.figure for found in self.frozen.values() for each in found)

    def figure(self, code: str, group: str = "") -> Figure | None:
        """Return what a reference came to in a group; None where it came to nothing."""
        wanted = (each for each in self.figures if each.reference.code == code)
        return next((each for each in wanted if each.group == group), None)

    def less_wanting(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings less those that a source lacks what references become."""
        return less_wanting(self.agreement, self.references, findings)

    @functools.cached_property
    def digest(self) -> str:
        """The digest of the agreement, the references, and all that they came to.

        Two sets with the same numbers have the same one, whatever the order of their rows and
        however they were cut into batches.
        """
        return digest_of_data(
            ORIGIN,
            {
                "agreement": digest(self.agreement),
                "references": [writer().unstructure(each) for each in self.references],
                "figures": sorted(
                    (_data(each) for found in self.frozen.values() for each in found), key=str
                ),
                "last_year": {} if self.last is None else _last_data(self.last),
            },
        )

    def table(self, lang: Language = "zh") -> Table:
        """Return what every reference came to, group by group.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        zh = lang == "zh"
        headings = ("reference", "of", "way", "among", "units", "result")
        return Table(
            headings=("参照", "取自", "方式", "范围", "单位数", "结果") if zh else headings,
            rows=tuple(_row(each, self.agreement, lang) for each in self.figures),
            title=f"{'参照数据' if zh else 'references'} {self.digest[:12]}",
            notes=tuple(each.line(lang) for each in self.findings),
            right=(4,),
        )

    def __str__(self) -> str:
        """Return what every reference came to, as text."""
        return self.table().text()

    def __repr__(self) -> str:
        """Return how many there are, and how many findings."""
        return f"<References: {len(self.references)}, {len(self.findings)} findings>"

    def _repr_html_(self) -> str:
        return self.table().html()


def _row(figure: Figure, agreement: Agreement, lang: Language) -> tuple[str, ...]:
    reference = figure.reference
    measure = agreement.measure(reference.code) or Measure(reference.code)
    own = "各单位自有" if lang == "zh" else "each its own"
    return (
        measure.label,
        subject_text(subject_of(reference, agreement), lang),
        way_text(reference, lang),
        group_text(figure.group, lang),
        str(figure.units),
        own if reference.way in OWN else worth_text(figure.value, measure),
    )


_BLOCK = 65_536
"""Numbers that are put into words at a time."""


# --- identity ------------------------------------------------------------------------------------


def _data(frozen: Frozen) -> dict[str, Any]:
    return {
        "code": frozen.reference.code,
        "group": frozen.group,
        "units": frozen.units,
        "value": None if frozen.value is None else str(frozen.value),
        "places": None if frozen.places is None else _places_data(frozen.places),
    }


def _places_data(places: Places) -> str:
    """Return the digest of distinct values, each in lowest terms, and how many have it."""
    nums, dens = _lowest(places.numbers)
    return _hashed([nums, dens, places.counts])


def _lowest(numbers: Integers) -> tuple[Array, Array]:
    nums, dens = numbers.num, numbers.den
    if isinstance(dens, int):
        dens = np.full(len(nums), dens, dtype=np.int64 if dens < 2**63 else object)
    shared = np.gcd(nums, dens)
    return nums // shared, dens // shared


def _hashed(columns: Sequence[Array]) -> str:
    made = hashlib.sha256()
    for column in columns:
        for start in range(0, len(column), _BLOCK):  # of ten million not all at once
            text = " ".join(map(str, column[start : start + _BLOCK].tolist()))
            made.update(f"{' ' if start else ''}{text}".encode())
        made.update(b"\n")
    return made.hexdigest()


def _last_data(last: Last) -> dict[str, Any]:
    """Return the digest of what is kept of last year for each reference, by facility."""
    keys = last.keys.texts()
    return {code: _kept_data(keys, kept) for code, kept in last.kept.items()}


def _kept_data(keys: Sequence[str], kept: Kept) -> str:
    cells = (kept.said(cell)[0] for cell in kept.column.texts())
    rows = sorted(f"{key}\t{value}" for key, value in zip(keys, cells, strict=True))
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()
