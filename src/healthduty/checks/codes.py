"""All finding codes: what each means and how much it weighs, in one table.

A code is stable: scripts filter by it, and the documentation has one entry for each. The codes
of values, of score sheets and of files stand here beside those of the checks, so that there is
one list.

An **error** says that the agreement (or the value) can't be scored as it is written, or
contradicts itself in its points. A **warning** says that something is probably not meant. An
**assumption** is a reading that the text left open. A **note** is worth knowing.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> CODES["sum-section"].severity.value
'error'
>>> print(found("sum-section", "its items make 95 points, the header says 100"))
error sum-section: its items make 95 points, the header says 100
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from healthduty.findings import Finding, Severity
from healthduty.sources import Citation, Place


class Code(NamedTuple):
    """What a code means, in one line, and how much its findings weigh."""

    severity: Severity
    meaning: str


_E, _W, _A, _N = Severity.ERROR, Severity.WARNING, Severity.ASSUMPTION, Severity.NOTE

_AGREEMENT = {
    # points
    "sum-section": Code(_E, "a section's items make other points than its header states"),
    "sum-indicator": Code(_E, "an indicator's parts make other points than the indicator states"),
    "sum-total": Code(_E, "the sections make other points than the agreement states"),
    "sum-bonus": Code(_W, "the bonus rules reach another bonus than the agreement declares"),
    "bonus-unbounded": Code(_W, "a bonus is declared, but no cap bounds what can be added"),
    "cap-above-points": Code(_W, "a rule goes up to more points than there are to take or to earn"),
    "cap-below-points": Code(_W, "a cap keeps a section or the total from its own full points"),
    "floor-above-points": Code(
        _W, "the points below which an item can't fall are more than it has"
    ),
    "earnings-short": Code(_W, "earning rules can't reach the item's points"),
    "deductions-short": Code(_N, "deductions can't use up the item's points"),
    "points-missing": Code(_E, "a rule needs the points of an item that states none"),
    "points-zero": Code(_W, "a rule moves 0 points, or takes from an item of 0 points"),
    "points-judged": Code(_N, "points without a rule: an assessor judges them"),
    "deductions-without-points": Code(_W, "points are taken from what states no points: no total"),
    "agreement-without-scores": Code(_N, "the agreement has no points and no rules"),
    # rules
    "rule-never": Code(_W, "a rule, a veto or a condition that nothing observed can set off"),
    "rule-always": Code(_W, "a rule or a veto whose condition holds whatever is observed"),
    "share-of-nothing": Code(_E, "a share of a target that is 0 or less"),
    "group-single": Code(_N, "a group of one rule"),
    "curve-not-monotone": Code(_N, "a curve that rises and falls"),
    "judgement-bounds": Code(_E, "a judgement whose least is above its most"),
    "judgement-twice": Code(_W, "two judgements with the same code: one value decides both"),
    "judgement-clash": Code(_E, "a judgement stands in the record where something else stands"),
    "reach-nowhere": Code(_W, "a rule takes from a section, and there is none around it"),
    "forfeit-of-total": Code(_W, "a forfeit among the agreement's own rules"),
    "evidence-nothing": Code(_W, "evidence is required, but no rule of the item reads a measure"),
    # bands
    "band-gap": Code(_W, "values, or levels, between bands or at their full end are in no band"),
    "band-silent": Code(_N, "the worst levels are in no band and earn nothing"),
    "band-overlap": Code(_W, "values, or a level, lie in two bands"),
    "band-unreachable": Code(_W, "a band that no value can lie in"),
    # measures and targets
    "measure-duplicate": Code(_E, "two measures have the same code"),
    "measure-name-twice": Code(_W, "two measures have the same name"),
    "measure-unknown": Code(_E, "a measure is named that the agreement does not have"),
    "measure-unused": Code(_N, "a measure that nothing reads"),
    "measure-kind": Code(_E, "a rule asks of a measure what its kind can't answer"),
    "level-duplicate": Code(_E, "a measure names a level twice"),
    "level-not-of-measure": Code(_E, "a rule names a level that the measure does not have"),
    "blank-open": Code(_E, "a blank is not filled yet"),
    "scale-odd": Code(_W, "a target of 1 or less for a measure in percent"),
    "unit-differs": Code(_W, "a rate is held against a measure with another unit"),
    "target-without-rule": Code(_W, "a target on a measure that no rule of the item reads"),
    "rule-without-target": Code(_N, "a rule asks for what the item's targets do not mention"),
    "target-disagrees": Code(_W, "the rules of an item ask for something else than its target"),
    "target-unreachable": Code(_W, "no value of the measure can reach the target"),
    # numbers, dates, parties
    "number-missing": Code(_W, "an item has no number"),
    "number-twice": Code(_E, "two items have the same number"),
    "number-gap": Code(_W, "a number is left out between its neighbours"),
    "date-impossible": Code(_W, "a date that is no day of the calendar"),
    "dates-reversed": Code(_W, "an end that lies before its start"),
    "signed-after-term": Code(_W, "a signature from after the end of the term"),
    "year-signature": Code(_W, "a signature from another year than the agreement's"),
    "year-term": Code(_W, "the agreement's year lies outside its term"),
    "supersedes-itself": Code(_W, "the agreement replaces itself"),
    "supersedes-later": Code(_W, "the agreement replaces one of a later year"),
    "party-unknown": Code(_W, "a party is named that the agreement does not have"),
    "party-duplicate": Code(_W, "two parties have the same code"),
    "party-loop": Code(_W, "parties stand above each other in a circle"),
    "item-unknown": Code(_W, "a person answers for an item that the agreement does not have"),
    "obligation-duplicate": Code(_E, "two obligations have the same code"),
    "obligation-impossible": Code(
        _W, "a duty that nobody can do: no times, or a negative deadline"
    ),
    # outcomes
    "veto-without-effect": Code(_W, "a veto changes nothing"),
    "veto-duplicate": Code(_W, "two vetoes have the same code"),
    "grade-unknown": Code(_E, "a grade is named that the scale does not have"),
    "grade-duplicate": Code(_E, "two grades have the same name"),
    "grades-order": Code(_E, "grades do not stand from the best down"),
    "grades-hole": Code(_W, "some totals get no grade"),
    "grade-unreachable": Code(_W, "a grade that no total can reach"),
    "grades-without-total": Code(
        _W, "grades or funding tiers, but no total that they could follow"
    ),
    "consequence-unknown": Code(_E, "a veto names a consequence that the agreement does not have"),
    "section-unknown": Code(_E, "a veto zeroes a section that the agreement does not have"),
    "pool-unknown": Code(_E, "a veto withholds money of a pool that the agreement does not have"),
    "pool-duplicate": Code(_W, "two funding pools have the same code"),
    "pool-empty": Code(_W, "a funding pool without money, or with less than none"),
    "tiers-order": Code(_E, "funding tiers do not stand from the best down"),
    "tiers-hole": Code(_W, "some totals get no funding tier"),
    "tiers-disagree": Code(_W, "a funding tier begins where no grade begins"),
    "tier-unreachable": Code(_W, "a funding tier that no total can reach"),
    "share-out-of-range": Code(_W, "a share of money that is not between 0 and 1"),
    "override-idle": Code(_N, "an override that leaves the lowest tier's share as it is"),
    "excusal-target": Code(_E, "excused points move to an item that can't take them"),
    "excusal-nowhere": Code(
        _W, "excused points are to be rescaled within a section: there is none"
    ),
    # readings
    "assumption": Code(_A, "a reading that the text does not settle"),
    "nesting-depth": Code(_E, "sections or conditions are nested too deeply to be looked at"),
}

_VALUES = {
    "value-type": Code(_E, "a value of a type that the measure can't have"),
    "value-unreadable": Code(_E, "a value that is no number"),
    "value-negative": Code(_E, "a negative value where there can be none"),
    "value-computed": Code(_W, "a number with so many digits that it was computed, not counted"),
    "count-not-whole": Code(_E, "a count that is not whole"),
    "flag-unreadable": Code(_E, "a value that is neither yes nor no"),
    "level-unknown": Code(_E, "a value that is none of the measure's levels"),
    "rate-of-nothing": Code(_W, "0 of 0: the rate does not apply"),
    "rate-without-base": Code(_E, "a rate with a denominator of 0"),
    "rate-disagrees": Code(_W, "a printed rate that its two counts do not make"),
    "rate-above-whole": Code(_W, "a proportion above the whole"),
}

_SCORES = {
    "value-missing": Code(_E, "a value that scoring needs is missing"),
    "value-unknown": Code(_W, "a value under a name that the agreement does not have"),
    "blank-assumed": Code(_A, "a blank that the measure takes as none found, or as zero"),
    "rate-scale": Code(_W, "a percentage of at most 1 beside a target of 10 % or more"),
    "kind-unknown": Code(_E, "a threshold by kind of facility, and none for this kind"),
    "judgement-outside": Code(_E, "an assessor's points outside the bounds of the judgement"),
    "case-attribute": Code(_E, "a case with an attribute that has no weight"),
    "case-list-needed": Code(_E, "a bare count where the cases' attributes decide"),
    "case-charged-once": Code(_N, "cases that are charged under a dearer rule"),
    "rule-misplaced": Code(_E, "a rule that means nothing where it stands"),
    "grade-boundary": Code(_N, "a total within 0.01 of the boundary of a grade"),
    "population-missing": Code(_E, "money per head, and a record without a population"),
    "population-unreadable": Code(_E, "a population that is no whole number of people"),
}

_AGREEMENT_FILES = {
    "json-encoding": Code(_E, "a file that is not UTF-8"),
    "json-syntax": Code(_E, "a text that is no JSON"),
    "json-depth": Code(_E, "brackets nested too deeply"),
    "json-format": Code(_E, "a file of another format"),
    "json-version": Code(_E, "a version of the format that can't be read"),
    "json-missing": Code(_E, "a field that must be there is not"),
    "json-unknown-field": Code(_E, "a field that the format does not have"),
    "json-duplicate-key": Code(_E, "a key that stands twice in one object"),
    "json-unknown-kind": Code(
        _E, "a kind of rule, tally or condition that the format does not have"
    ),
    "json-type": Code(_E, "a value of another type"),
    "json-value": Code(_E, "a value of the right type that can't be meant"),
}

_DATA_FILES = {
    # the file as a whole
    "record-file": Code(_E, "a file that can't be opened"),
    "record-not-text": Code(_E, "a workbook, a picture or a web page instead of a text"),
    "record-encoding": Code(_E, "neither UTF-8 nor GB18030"),
    "record-encoding-mixed": Code(_E, "UTF-8 and GB18030 in one file"),
    "record-nul": Code(_E, "a NUL character, as in UTF-16 without its mark"),
    "record-quotes": Code(_E, "quotation marks that don't pair"),
    "record-empty": Code(_E, "nothing in the file"),
    "record-no-rows": Code(_E, "no record below the header, or in the list"),
    "record-facility-column": Code(_E, "no column names the facility"),
    "record-value-column": Code(_E, "a long table without a column for the value"),
    # JSON
    "record-json": Code(_E, "a text that is no JSON"),
    "record-json-depth": Code(_E, "brackets nested too deeply"),
    "record-json-number": Code(_E, "NaN or an infinity"),
    "record-json-twice": Code(_E, "a key that stands twice in one object"),
    "record-json-text": Code(_E, "a text with half a character"),
    "record-json-list": Code(_E, "records that stand in no list"),
    "record-json-record": Code(_E, "an entry of the list that is no record"),
    # columns
    "record-column-unknown": Code(_W, "a column that the agreement does not know; not read"),
    "record-column-unused": Code(_N, "a running number or remarks; not read"),
    "record-column-unnamed": Code(_E, "values under no heading; not read"),
    "record-column-twice": Code(_E, "two columns for the same thing"),
    "record-column-alone": Code(_E, "half of a pair of columns; not read"),
    "record-column-missing": Code(_E, "no column for what a rule reads"),
    "record-column-assumed": Code(_A, "no column, where the measure says what a blank means"),
    "record-name-ambiguous": Code(_E, "a heading that two measures go by; not read"),
    "record-unit": Code(_E, "another unit than the measure's"),
    "record-key-unknown": Code(_W, "a key of a JSON record that means nothing"),
    # rows
    "record-row-above": Code(_N, "a row above the header"),
    "record-row-empty": Code(_W, "an empty row between others"),
    "record-row-short": Code(_W, "a row with fewer cells than the header"),
    "record-row-long": Code(_E, "a row with more cells than the header"),
    "record-row-total": Code(_W, "a row of totals that is read as a facility"),
    "record-facility-missing": Code(_E, "a row without a facility"),
    "record-facility-twice": Code(_E, "a facility that is there twice in one period"),
    "record-facility-differs": Code(_E, "rows of one facility that contradict each other"),
    "record-measure-missing": Code(_E, "a row that names no measure"),
    "record-measure-unknown": Code(_W, "a measure that the agreement does not know"),
    "record-measure-differs": Code(_E, "a measure's code and name that don't belong together"),
    "record-value-twice": Code(_E, "a value that is told twice"),
    "record-value-shape": Code(_E, "a JSON object that is no value"),
    "record-stage-unknown": Code(_E, "a stage that is none of the three"),
    "record-reason-unused": Code(_N, "a reason that belongs to nothing"),
    # cells
    "record-cell-long": Code(_E, "a cell longer than any spreadsheet's"),
    "record-character-lost": Code(_W, "a mark that stands for a lost character"),
    "record-nan": Code(_W, "NaN, which counts as missing"),
    "record-pair-incomplete": Code(_E, "a numerator without its denominator, or the reverse"),
    "record-pair-unreadable": Code(_E, "a numerator or denominator that is no number"),
    "record-judgement-unreadable": Code(_E, "judged points that are no number"),
    "record-judgement-negative": Code(_E, "judged points below 0"),
    "record-date-impossible": Code(_E, "a day that the calendar does not have"),
    "record-date-unreadable": Code(_E, "a text that is no date"),
    "record-date-outside": Code(_W, "a day outside the agreement's term"),
    "record-period-unreadable": Code(_W, "a period of no known form"),
    "record-period-year": Code(_W, "data of another year than the agreement's"),
    "record-population-unreadable": Code(_E, "a population that is no whole number"),
    "record-population-negative": Code(_E, "a population below 0"),
    "record-rate-scale": Code(_E, "a column of at most 1 beside a target of 10 % or more"),
}

CODES: Mapping[str, Code] = MappingProxyType(
    {**_AGREEMENT, **_VALUES, **_SCORES, **_AGREEMENT_FILES, **_DATA_FILES}
)
"""Every code with its severity and its meaning, in the order of the documentation.

A few findings of data files weigh less where less depends on them, e.g. a missing column for the
kind of facility; the severity here is the heavier one.
"""

_NOWHERE = Place()


def found(
    code: str,
    message: str,
    *,
    place: Place = _NOWHERE,
    hint: str = "",
    citation: Citation | None = None,
) -> Finding:
    """Return a finding with the severity that its code has in the table."""
    severity = CODES[code].severity
    return Finding(code, message, severity=severity, place=place, hint=hint, citation=citation)
