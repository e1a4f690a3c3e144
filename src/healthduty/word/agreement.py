"""The agreement itself as a Word file: what the two parties sign.

Title, parties, articles, the places for seals and signatures; on a page of its own the table of
indicators, each with number, requirement, points and scoring standard.

Source: GB/T 9704-2012 (layout; the attachment on a new page); rows A2, A4; “Word”.

>>> import pathlib, tempfile
>>> from healthduty.model.indicator import Indicator
>>> agreement = Agreement("示例目标责任书", parts=(Indicator("1", "台账", points=5),))
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "责任书.docx")
...     write_agreement_docx(agreement, path)
...     path.read_bytes()[:2]
b'PK'
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import attrs

from healthduty.convert.files import replace_file
from healthduty.model.agreement import Agreement
from healthduty.model.party import Day, Party, Role, Signature
from healthduty.word.articles import articles_of, is_tabled, party_lines
from healthduty.word.indicators import table_of
from healthduty.word.numerals import OPEN_DAY, day_text
from healthduty.word.official import Page
from healthduty.word.styles import Style

_PREAMBLE = "为明确工作目标，落实工作责任，经甲乙双方商定，订立本责任书。"
_SIDES = ((Role.ISSUER, "甲方", "负责人"), (Role.RESPONSIBLE, "乙方", "负责人"))


def write_agreement_docx(
    agreement: Agreement,
    path: str | os.PathLike[str],
    *,
    party: Party | str | None = None,
    copies: int | None = None,
) -> None:
    """Write an agreement as a Word file that can be printed and signed, in one step.

    `party` takes the place of the responsible party (乙方). `copies` is how many there are
    (一式两份): as the agreement says, or two. Blanks that are still open are printed to be filled
    in by hand.

    Raises:
        ImportError: without python-docx (`pip install healthduty[word]`).
        OSError: where the file can't be written; an old one is untouched.
    """
    replace_file(path, agreement_content(agreement, party=party, copies=copies))


def agreement_content(
    agreement: Agreement, *, party: Party | str | None = None, copies: int | None = None
) -> bytes:
    """Return the bytes of an agreement's Word file; arguments as `write_agreement_docx`."""
    if party is not None:
        agreement = with_party(agreement, party)
    issuer = next((each.name for each in agreement.parties if each.role is Role.ISSUER), "")
    page = Page(agreement.title, issuer)
    page.title(agreement.title)
    for line in party_lines(agreement.parties):
        page.add(Style.FLUSH, line)
    page.add(Style.BODY, _PREAMBLE)
    *articles, last = articles_of(agreement, copies)
    for words in articles:
        page.add(words.style, words.text, lead=words.lead)
    page.add(last.style, last.text, lead=last.lead, keep=True)
    tabled = is_tabled(agreement)
    annex = f"{agreement.title}考核评分标准"
    if tabled:
        page.blank()
        page.add(Style.BODY, f"附件：{annex}", keep=True)
    page.blank()
    page.side_by_side(_signatures(agreement), Style.SIGNATURE)
    if tabled:
        _annex(page, agreement, annex)
    return page.content()


def with_party(agreement: Agreement, party: Party | str) -> Agreement:
    """Return the agreement with another responsible party, whose duties are those of the old one.

    What the old one signed is left out.
    """
    old = [each.code for each in agreement.parties if each.role is Role.RESPONSIBLE]
    new = Party(old[0] if old else "乙方", party) if isinstance(party, str) else party
    kept = [each for each in agreement.parties if each.role is not Role.RESPONSIBLE]

    def code(party: str) -> str:
        return new.code if party in old else party

    return attrs.evolve(
        agreement,
        parties=(*kept, attrs.evolve(new, role=Role.RESPONSIBLE)),
        responsible=[attrs.evolve(each, party=code(each.party)) for each in agreement.responsible],
        obligations=[attrs.evolve(each, party=code(each.party)) for each in agreement.obligations],
        signatures=[each for each in agreement.signatures if each.party not in old],
    )


def _annex(page: Page, agreement: Agreement, title: str) -> None:
    """Add the table of indicators, on pages of its own."""
    table = table_of(agreement)
    page.turn(landscape=table.landscape)
    page.add(Style.ANNEX, "附件")
    page.add(Style.ANNEX_TITLE, title)
    page.table(table.widths, table.rows)
    for note in table.notes:
        page.add(Style.SMALL, note)


def _signatures(agreement: Agreement) -> list[list[str]]:
    """Return each side's lines: seal, who signs, the day."""
    sides = []
    for role, word, post in _SIDES:
        parties = [each for each in agreement.parties if each.role is role]
        codes = {each.code for each in parties}
        signed = [each for each in agreement.signatures if each.party in codes]
        names = "、".join(each.name for each in parties if each.name)
        lines = [f"{word}（盖章）：", names] if names else [f"{word}（盖章）："]
        lines += _posts(signed) or [f"{post}（签字）："]
        sides.append([*lines, _day(signed)])
    return sides


def _posts(signed: Iterable[Signature]) -> list[str]:
    """Return who signs; a seal (卫生局（盖章）) has a place of its own already."""
    posts = [each.post for each in signed if each.post and "盖章" not in each.post]
    return [post if post.endswith("：") else f"{post}（签字）：" for post in dict.fromkeys(posts)]


def _day(signed: Iterable[Signature]) -> str:
    days: list[Day] = [each.signed_on for each in signed if each.signed_on is not None]
    return day_text(days[0]) if days else OPEN_DAY
