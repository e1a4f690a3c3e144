"""`review`: a unit's objections and their decisions, what they changed, and their whole course.

Source: docs/en/how-to/objections.md; vocabulary “Record” (自评, 核实, 复核).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from healthduty.checks.check import check
from healthduty.cli.days import work_calendar
from healthduty.cli.exits import WrongUsageError
from healthduty.cli.intake import agreement_named, is_file, no_file, record_of, records_of
from healthduty.cli.output import print_json, refuse_overwriting, report, write, written_text
from healthduty.display import printable
from healthduty.findings import Findings
from healthduty.records.encodings import read_text
from healthduty.records.files import write_records_json
from healthduty.said import Language
from healthduty.year.objections import ReviewTerms
from healthduty.year.review import Review, read_review


def review_result(options: argparse.Namespace) -> int:
    """`review`: show the course of one unit's result, and what the review changed."""
    agreement = agreement_named(options.agreement, options.lang)
    if not is_file(options.objections):
        raise WrongUsageError(no_file(options.objections))
    sources = [Path(options.agreement), options.data, options.objections]
    refuse_overwriting([options.records], sources)
    records = records_of(options.data, agreement)
    record = record_of(records, options.facility)
    terms, told = _terms(options)
    name = str(options.objections)
    text = read_text(options.objections.read_bytes(), name)
    review = read_review(text, agreement, record, terms, name=name)
    findings = check(agreement).errors + records.findings + told + review.findings
    if options.records is not None:
        reviewed = [review.record if each is record else each for each in records]
        write(options.records, write_records_json(reviewed).encode())
    if options.json:
        print_json(_data(review, findings, options.lang))
    else:
        difference = review.difference.table(options.lang)
        print(printable(f"{review.course(options.lang)}\n\n{difference}"))
        if options.records is not None:
            print(written_text([options.records], options.lang))
    return report(findings, [review.after], options.lang)


def _terms(options: argparse.Namespace) -> tuple[ReviewTerms, Findings]:
    """Return by when objections are to be raised and decided."""
    work, told = work_calendar(options.calendar)
    terms = ReviewTerms(
        told_on=options.told,
        object_within=options.object,
        decide_within=options.decide,
        work=work,
    )
    return terms, told


def _data(review: Review, findings: Findings, lang: Language) -> dict[str, object]:
    """Return a review as plain data: what was raised and decided, and both sheets."""
    return {
        "findings": [finding.to_dict() for finding in findings],
        **review.to_dict(),
        "before": review.before.to_dict(lang),
        "after": review.after.to_dict(lang),
    }
