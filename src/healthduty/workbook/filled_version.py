"""Whether a filled workbook was made for this very agreement, and if not, what differs.

A value that was filled in under another target, another unit or another item is no value of this
agreement. So a workbook of another version is refused as a whole, and what changed between the
two is listed: whoever made the change sees at once which workbooks have to be filled in anew.

Source: semantics 13 (identity); “refused with the difference”.

>>> list(differences(Agreement("示例"), Agreement("示例", year=2024)))
['changed agreement `示例`: year: none → 2024']
"""

from __future__ import annotations

from collections.abc import Iterator

from healthduty.convert.digest import digest
from healthduty.convert.files import loads
from healthduty.errors import HealthdutyError, SourceError
from healthduty.findings import Finding, Severity
from healthduty.model.agreement import Agreement
from healthduty.results.agreements import diff
from healthduty.sources import Place
from healthduty.workbook.template_about import VERSION, About

_MOST = 50
"""Changes that are listed; a workbook of quite another agreement differs in everything."""


def check_version(about: About, agreement: Agreement, place: Place) -> None:
    """Refuse a workbook that was made for another agreement, or by a later version.

    Raises:
        SourceError: with one finding that says so, and one for each difference.
    """
    if about.version > VERSION:
        message = f"the workbook is of version {about.version}, later than {VERSION}"
        finding = Finding("workbook-version", message, place=place, hint="update healthduty")
        raise SourceError(place.source or "workbook", (finding,))
    if about.digest == digest(agreement):
        return
    raise SourceError(place.source or "workbook", tuple(_faults(about, agreement, place)))


def _faults(about: About, agreement: Agreement, place: Place) -> Iterator[Finding]:
    made_for = _embedded(about)
    message = "the workbook was made for another version of the agreement"
    hint = "hand out a fresh one, or score it with the agreement it was made for"
    if made_for is None:
        message += ", and what it holds of that can't be read"
    elif made_for.title != agreement.title:
        message = f"the workbook was made for another agreement: `{made_for.title}`"
    yield Finding("workbook-version", message, place=place, hint=hint)
    told = [] if made_for is None else list(differences(made_for, agreement))
    if len(told) > _MOST:
        told[_MOST:] = [f"and {len(told) - _MOST} more changes"]
    for text in told:
        yield Finding("workbook-difference", text, severity=Severity.NOTE, place=place)


def _embedded(about: About) -> Agreement | None:
    """Return the agreement that the workbook was made for; None where it can't be read."""
    try:
        agreement = loads(about.agreement)
    except HealthdutyError:
        return None
    return agreement if digest(agreement) == about.digest else None


def differences(before: Agreement, after: Agreement) -> Iterator[str]:
    """Go through what makes one agreement the other, a line for each change."""
    for remark in diff(before, after).remarks("en"):
        sorts = ", ".join(sort.value for sort in remark.sorts)
        label = f" `{remark.label}`" if remark.label else ""
        text = f": {remark.text}" if remark.text else ""
        yield f"{sorts} {remark.kind}{label}{text}"
