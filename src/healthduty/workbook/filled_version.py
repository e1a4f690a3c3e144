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
from healthduty.results.agreement_difference import Remark
from healthduty.results.agreements import diff
from healthduty.said import Language, Said
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
        message = Said(
            f"the workbook is of version {about.version}, later than {VERSION}",
            f"工作簿的版本是{about.version}，比{VERSION}新",
        )
        finding = Finding(
            "workbook-version",
            message,
            place=place,
            hint=Said("update healthduty", "升级healthduty"),
        )
        raise SourceError(place.source or "workbook", (finding,))
    if about.digest == digest(agreement):
        return
    raise SourceError(place.source or "workbook", tuple(_faults(about, agreement, place)))


def _faults(about: About, agreement: Agreement, place: Place) -> Iterator[Finding]:
    made_for = _embedded(about)
    message = Said(
        "the workbook was made for another version of the agreement",
        "工作簿是按责任书的另一个版本做的",
    )
    hint = Said(
        "hand out a fresh one, or score it with the agreement it was made for",
        "发新的工作簿，或用原来那一版责任书评分",
    )
    if made_for is None:
        message = Said(
            f"{message}, and what it holds of that can't be read",
            f"{message.zh}，其中保存的版本也读不出来",
        )
    elif made_for.title != agreement.title:
        message = Said(
            f"the workbook was made for another agreement: `{made_for.title}`",
            f"工作簿是按另一份责任书做的：`{made_for.title}`",
        )
    yield Finding("workbook-version", message, place=place, hint=hint)
    told = [] if made_for is None else list(differences(made_for, agreement))
    if len(told) > _MOST:
        told[_MOST:] = [
            Said(f"and {len(told) - _MOST} more changes", f"另有{len(told) - _MOST}处改动")
        ]
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
    found = diff(before, after)
    for english, own in zip(found.remarks("en"), found.remarks("zh"), strict=True):
        yield Said(_line(english, "en"), _line(own, "zh"))


def _line(remark: Remark, lang: Language) -> str:
    space, comma, colon = (" ", ", ", ": ") if lang == "en" else ("", "、", "：")
    sorts = comma.join(sort.text(lang) for sort in remark.sorts)
    label = f"{space}`{remark.label}`" if remark.label else ""
    text = f"{colon}{remark.text}" if remark.text else ""
    return f"{sorts}{space}{remark.kind}{label}{text}"
