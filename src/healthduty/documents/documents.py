"""A document: its front, its items in text and tables, its closing words, as one agreement.

Source: docs/en/explanation/how-tables-are-read.md, “Running text” and “Around the table”.

>>> from healthduty.clauses.reading import ClauseReading
>>> lines = [Paragraph("示例责任书", Place()), Paragraph("一、建立台账。（5分）", Place())]
>>> reading = read_document(lines, "", lambda text, **_: ClauseReading(text=text))
>>> reading.agreement.title, str(reading.agreement.item("1").points)
('示例责任书', '5')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from healthduty.checks.check import check
from healthduty.documents.closings import copies_of, day_of, is_signature
from healthduty.documents.drafts import (
    LISTS,
    Clause,
    Draft,
    Kind,
    cancelling,
    give_numbers,
    kind_of,
    points_of_targets,
    shared_points,
    stated_points,
    titled_points,
)
from healthduty.documents.for_all import give_notes
from healthduty.documents.frames import COSTS, Frame
from healthduty.documents.fronts import parties_of, year_of
from healthduty.documents.items import ClauseReader, Reader, build
from healthduty.documents.markers import Style, first_marker
from healthduty.documents.outcomes import funding_of, grades_of, uncounted
from healthduty.documents.outline import Outline, outline
from healthduty.documents.passages import AgreementReading, Passage, TakenFor
from healthduty.documents.sorting import Sorted
from healthduty.documents.spelling import LONGEST_HEADLINE, fold
from healthduty.documents.titles import (
    chapter_title,
    is_above_title,
    is_annex,
    is_name,
    is_title,
    plain_title,
    title_before,
)
from healthduty.exact import show
from healthduty.findings import Finding, Findings
from healthduty.grids.grid import Block, Paragraph
from healthduty.model.agreement import Agreement
from healthduty.model.party import Party, Signature
from healthduty.said import Said
from healthduty.sources import Place

_FRAMEWORK = re.compile(
    r"(?:前言|序言|引言|总则|附则|背景|总结|其他事项|其他说明|有关说明|说明|(?:监督|督促)(?:检查|与考核|和考核|考核)?"
    r"|(?:监督)?考核(?:评价|办法|方式|方法|奖惩|与奖惩|及奖惩|和奖惩|评估|与评价|结果(?:的)?(?:运用|应用))?"
    r"|检查(?:与|和)?考核|(?:考核)?评价(?:与|和)?(?:考核)?|绩效评估|奖惩.{0,6}|奖励.{0,6}|(?:责任)?追究.{0,4}"
    r"|(?:考[核评])?结果(?:的)?(?:运用|应用|使用)|(?:考[核评]|评定)?等[次级](?:评定|划分|确定)?|(?:经费|资金)拨付"
    r"|签字.{0,4}|签章|签署|落款|有效期.{0,4}|生效.{0,4}|适用范围|罚则)"
)
_LASTS = re.compile(
    r"(?:本|此|该)?(?:目标)?(?:管理)?(?:责任书|责任状|协议书?|合同书?)?"
    r"(?:的?有效期|自[^,。;]{0,8}(?:签[订字署]|盖章)[^,。;]{0,4}(?:之日)?起?)"
)
"""How long an agreement lasts, which is nothing to reach: 有效期一年."""
_PREFACE = re.compile(r"(?:前言|序言|引言|总则|背景)(?=本|为|根据|随着|\s)")
_SCORED = re.compile(
    r"\(\s*\d+(?:\.\d+)?\s*分\)|扣(?![减除发拨留罚]?[^,，。;；]{0,8}?(?:\d%|经费|资金|补助|奖金|绩效|元))"
    r"|不得分|[得加奖]\s*\d+(?:\.\d+)?\s*分"
)
"""Words of an item: its points, or what they are lost by; 90分以上 is none."""

_TO_TABLE = re.compile(r"(?:[下附]|如下)表|见表|如下[:。]?$")

_ANNEX = re.compile(
    r"(?:[见按以]|参照)(?:后?附的?)?附?[表件](?!现)|附后|(?:考核|评分)(?:细则|标准|表)(?:见|另)附"
)
_LOST = re.compile(r"扣\s*\d|不得分|每[低高少超下降增]")
_WEIGHTY = frozenset({"sum-section", "sum-indicator", "sum-total", "number-twice", "number-gap"})
"""What the checks find that tells whether reading went right."""


def read_document(
    blocks: Sequence[Block], source: str, read_clause: ClauseReader
) -> AgreementReading:
    """Return the agreement that blocks make, with every cell and paragraph of them."""
    reader = Reader(read_clause, source)
    sorted_blocks = Sorted(reader)
    sorted_blocks.sort(blocks)
    order = {key: index for index, key in enumerate(dict.fromkeys(map(_part_of, blocks)))}
    return _Document(reader, sorted_blocks, Frame(reader), order).read()


@attrs.define
class _Document:
    """One document on its way."""

    reader: Reader
    sorted: Sorted
    frame: Frame
    order: Mapping[tuple[str, str], int]
    """The sheets, tables and paragraphs, in the order of the source."""
    title: str = ""

    def read(self) -> AgreementReading:
        """Read everything that was sorted."""
        self._give_notes()
        sketch = outline(self._titled(self.sorted.lines))
        tables = self.sorted.drafts(with_text=bool(sketch.drafts))
        headed = [(draft, table) for table in tables if (draft := _head_of(table, sketch.drafts))]
        beside = [table for table in tables if all(table is not each for _, each in headed)]
        drafts = [*sketch.drafts, *beside]
        for draft, table in headed:
            _go_on(draft, table, drafts)
        give_numbers(drafts)
        for draft in sketch.drafts:
            if beside and _is_about_annex(draft):
                draft.kind = Kind.WORDS  # its points are those of the table
            else:
                _prepare(draft, self.reader)
        for draft, table in headed:
            _put(draft, table, self.reader)
        parties = self._front(sketch)
        for draft in sketch.continued:
            message = Said(
                f"`{draft.label}` goes on counting the plain numbers before it",
                f"`{draft.label}`接着前面不带括号的编号往下数",
            )
            place = attrs.evolve(draft.place, item=draft.number)
            self.reader.report("text-numbering", message, place)
        for draft in drafts:
            self._frame_of(draft)
        items = build(drafts, self.reader)
        for line in (*sketch.tail, *self.sorted.notes):
            self.frame.closing(line)
        front = "\n".join(line.text for line in sketch.front)
        parties = parties or self.frame.signers()
        bonus = _bonus(drafts)
        frame = self.frame
        agreement = Agreement(
            self.title,
            year=year_of(self.title) or year_of(front) or frame.year(),
            parties=parties,
            responsible=frame.responsible.values(),
            term=frame.term,
            measures=self.reader.naming.measures.values(),
            parts=items,
            points=None if headed else self.sorted.total(),
            bonus_points=bonus,
            bonus_cap=bonus,
            vetoes=self.reader.vetoes.values(),
            grades=frame.grades,
            funding=frame.funding,
            consequences=frame.consequences.values(),
            signatures=_of_parties(frame.signatures, parties),
            copies=frame.copies,
            source=self.reader.document,
        )
        return _checked(agreement, self.reader, self.order)

    def _give_notes(self) -> None:
        """Give the items of tables what the lines around the tables say of their scoring."""
        drafts = [draft for _, table in self.sorted.tables for draft in table.drafts]
        notes = [*self.sorted.lines, *self.sorted.notes]
        rests = dict(zip(map(id, notes), give_notes(notes, drafts), strict=True))
        for lines in (self.sorted.lines, self.sorted.notes):
            for at, line in enumerate(lines):
                if rests[id(line)] != line.text:
                    self.reader.take(line.text, line.place, TakenFor.NOTE)
                    lines[at] = attrs.evolve(line, text=rests[id(line)])
            lines[:] = [line for line in lines if line.text]

    def _titled(self, lines: Sequence[Paragraph]) -> list[Paragraph]:
        """Take the title off the lines: lines of their own, and what running text begins with."""
        rest: list[Paragraph] = []
        for line in lines:
            chapter, text = chapter_title(line.text)
            if chapter:
                self.title = chapter
            again = bool(self.title and first_marker(text))  # 一、考核指标 behind the title
            above = not rest or (not self.title and is_above_title(rest))
            if is_title(text) and above and not again:
                self._entitle(line, text)
                continue
            if not rest and is_annex(text):
                self.reader.take(line.text, line.place, TakenFor.NOTE)
                continue
            running = title_before(text) or self._begun(text)
            if running and not rest:
                self.title = self.title or plain_title(running)
                self.reader.take(running, line.place, TakenFor.TITLE)
                text = text[text.find(running) + len(running) :].strip()
            if chapter:
                self.reader.take(chapter, line.place, TakenFor.TITLE)
            if text:
                rest.append(attrs.evolve(line, text=text))
        if not self.title:
            rest = self._headed(rest)
        if not self.title:
            message = Said("no line names the agreement", "没有一行写明责任书名称")
            self.reader.report("text-untitled", message, self.sorted.place())
        return rest

    def _headed(self, lines: list[Paragraph]) -> list[Paragraph]:
        """Take the one name above a table for its title, whatever it ends in; return the others."""
        names = [line for line in self.sorted.above if is_name(line.text)]
        if len(names) != 1 or names[0] not in lines:
            return lines
        self._entitle(names[0], names[0].text)
        return [line for line in lines if line is not names[0]]

    def _begun(self, text: str) -> str:
        """Return the title where a line begins with it once more."""
        plain = text.lstrip("*# ")
        return self.title if self.title and plain.startswith(self.title) else ""

    def _entitle(self, line: Paragraph, text: str) -> None:
        self.reader.take(line.text, line.place, TakenFor.TITLE)
        self.title = self.title or plain_title(text)

    def _front(self, sketch: Outline) -> tuple[Party, ...]:
        """Read the lines before the items; return the parties that they name."""
        parties: tuple[Party, ...] = ()
        words = [
            Paragraph(each.text, each.place) for each in sketch.drafts if each.kind is Kind.WORDS
        ]
        for line in (*sketch.front, *words, *sketch.tail, *self.sorted.notes):
            found, prose = parties_of(line.text)
            if not found or (parties and not _completes(parties, found)) or _signs(line.text):
                continue
            parties = (*parties, *found)
            if prose:
                message = Said(
                    f"`{found[0].name}` and `{found[1].name}` are taken for the parties",
                    f"`{found[0].name}`和`{found[1].name}`作为签约双方",
                )
                self.reader.report("text-parties", message, line.place)
            for party in found:
                if not party.name:
                    message = Said(f"the name of {party.code} is blank", f"{party.code}的名称未填")
                    self.reader.report("text-party-blank", message, line.place)
        for line in sketch.front:
            # Where a table holds the items, the lines below it stand here too.
            signed = _signs(line.text) or (self.frame.signatures and day_of(line.text))
            paid = funding_of(line.text, self.frame.grades)[0]
            follows = grades_of(line.text) or paid or any(uncounted(line.text))
            if signed or follows or COSTS.search(fold(line.text)):
                self.frame.closing(line)
                continue
            named = bool(parties_of(line.text)[0])
            self.reader.take(line.text, line.place, TakenFor.PARTY if named else TakenFor.NOTE)
            self.frame.terms(line.text)
        for page in sketch.pages:
            self.reader.take(page.text, page.place, TakenFor.NUMBER)
        return parties

    def _frame_of(self, draft: Draft) -> None:
        """Read what an item says about the agreement itself: term, copies, what follows."""
        words = draft.kind is Kind.WORDS
        for each in draft.walk() if words else (draft,):
            asked = (clause.requirement for clause in each.clauses)
            for text in dict.fromkeys((each.text, *(line.text for line in asked if line))):
                self.frame.terms(text)
                self.frame.follows(text, strict=not words)
        if words:
            self._words(draft)
        for child in draft.children:
            self._frame_of(child)

    def _words(self, draft: Draft) -> None:
        """Make one text of a section that is words alone."""
        lines: list[str] = []
        told: list[Paragraph] = []
        tops = () if LISTS.search(fold(draft.text)) else tuple(map(id, draft.children))
        for each in draft.walk():
            words = (each.title, each.text) if each.children else (each.text,)
            for text in filter(None, words):
                self.frame.sign(text)
                self.reader.take(text, each.place, TakenFor.SECTION, draft.number)
            lines.append(" ".join(filter(None, (each.label, *words))))
            if not told or id(each) in tops:
                told.append(Paragraph("", each.place))
            said = each.text if each is draft else "：\n".join(filter(None, words))
            so_far = f"{told[-1].text}\n{each.label}{said}"
            told[-1] = attrs.evolve(told[-1], text=so_far.strip())
        draft.text = "\n".join(lines)
        draft.children.clear()
        self.frame.outcome(draft.text, attrs.evolve(draft.place, item=draft.number))
        for line in told:
            for sentence in cancelling(line.text):
                veto = attrs.evolve(line, text=sentence)
                self.reader.clause(veto, draft, taken=TakenFor.CONSEQUENCE, printed=sentence)


def _prepare(draft: Draft, reader: Reader) -> None:
    """Make an outline's item ready: its kind, its points, its one clause."""
    words = "\n".join(each.text for each in draft.walk())
    folded = fold(words)
    named = _FRAMEWORK.fullmatch(fold(draft.title)) or _PREFACE.match(fold(draft.text))
    copied = not draft.children and copies_of(words) is not None
    graded = not draft.children and (grades_of(words) or funding_of(words)[0])
    lasts = not draft.children and _LASTS.match(folded) is not None
    if (named or copied or graded or lasts) and not _SCORED.search(folded):
        draft.kind = Kind.WORDS
        return
    printed = draft.title
    each, total, title = shared_points(printed) if draft.children else (None, None, printed)
    points, title = (total, title) if each is not None else titled_points(printed)
    draft.title = title or printed
    several = None if draft.children else points_of_targets(draft.text)
    stated = points if several is None else several
    stated = stated if stated is not None else stated_points(draft.text)[0]
    draft.points = stated if stated is not None else draft.points
    draft.kind = kind_of(draft.title) if draft.kind is Kind.PLAIN else draft.kind
    if draft.children:
        reader.take(printed, draft.place, TakenFor.SECTION, draft.number)
    if draft.text and (not draft.children or _SCORED.search(fold(draft.text))):
        draft.clauses.append(Clause(requirement=Paragraph(draft.text, draft.place)))
        draft.text = "" if draft.children else draft.text
    elif draft.text:
        reader.take(draft.text, draft.place, TakenFor.SECTION, draft.number)
    for child in draft.children:
        child.kind = draft.kind
        child.points = each
        _prepare(child, reader)


def _is_about_annex(draft: Draft) -> bool:
    """Whether an item only says what a table apart from it holds: 总分100分，具体见附表."""
    folded = fold(draft.text)
    return not draft.children and bool(_ANNEX.search(folded)) and not _LOST.search(folded)


def _head_of(table: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the item that is no more than the heading of the table right below it."""
    for top in drafts:
        for each in top.walk():
            last = each.lines[-1] if each.lines else Paragraph(each.text, each.place)
            points, rest = stated_points(each.text)
            words = fold(rest)
            scored = kind_of(rest) is Kind.PLAIN and _SCORED.search(words)
            if last.place != table.place or each.children or scored:
                continue
            bare = len(rest) <= LONGEST_HEADLINE and not re.search("[。;]", words)
            if _TO_TABLE.search(words) or (bare and (each is top or points is not None)):
                return each
    return None


def _go_on(head: Draft, table: Draft, drafts: list[Draft]) -> None:
    """Put the sections of a table that count on from its heading beside that: 一、 over 二、."""
    style = _style(head)
    for at, row in enumerate(table.children):
        if style is None or head not in drafts or _style(row) != style or not row.children:
            continue
        if row.ordinal == (head.ordinal or 0) + 1:
            behind = drafts.index(head) + 1
            drafts[behind:behind] = table.children[at:]
            table.children, table.points = table.children[:at], None
            return


def _style(draft: Draft) -> Style | None:
    """Return how an item's printed number is written."""
    marker = first_marker(draft.label)
    return None if marker is None else marker.style


def _put(draft: Draft, table: Draft, reader: Reader) -> None:
    """Make the rows of a table the items of its heading; what the heading is, they are."""
    draft.kind = kind_of(draft.title)
    draft.children, draft.subtotal = table.children, table.points
    draft.clauses.clear()
    reader.take(draft.text, draft.place, TakenFor.SECTION, draft.number)
    draft.text = ""
    if draft.kind is not Kind.PLAIN:
        for each in draft.walk():
            each.kind = draft.kind
    give_numbers(draft.children, draft.number, draft.article)
    if draft.points is not None and draft.subtotal not in (None, draft.points):
        message = Said(
            f"the heading says {show(draft.points)} points, the table {show(draft.subtotal)}",
            f"标题写{show(draft.points)}分，表中合计{show(draft.subtotal)}分",
        )
        reader.report("table-subtotal-differs", message, draft.place)


def _signs(text: str) -> bool:
    """Whether a line is a place to sign that names nobody, as in 甲方（签字）：　　乙方（签字）."""
    return is_signature(text) and not any(party.name for party in parties_of(text)[0])


def _of_parties(signatures: Sequence[Signature], parties: Sequence[Party]) -> list[Signature]:
    """Return places for signatures: of a side that the text names, else of a post alone."""
    known = {party.code for party in parties}
    return [
        each if each.party in known or not each.post else attrs.evolve(each, party="")
        for each in signatures
    ]


def _bonus(drafts: Sequence[Draft]) -> Fraction | None:
    """Return what the bonus sections state as the most that can be added."""
    stated = [
        draft.points if draft.points is not None else draft.subtotal
        for draft in drafts
        if draft.kind is Kind.BONUS and draft.children
    ]
    known = [points for points in stated if points is not None]
    if not known or len(known) != len(stated):
        return None
    return sum(known, Fraction(0))


def _checked(
    agreement: Agreement, reader: Reader, order: Mapping[tuple[str, str], int]
) -> AgreementReading:
    """Add what the checks find of sums and numbers, at the places of their items."""

    def place_of(each: Passage | Finding) -> tuple[int, int]:
        return order.get(_part_of(each), -1), each.place.row or 0

    places = {passage.item: passage.place for passage in reader.passages if passage.item}
    for finding in check(agreement):
        if finding.code in _WEIGHTY:
            item = finding.place.item
            at = attrs.evolve(places.get(item, Place(reader.document)), item=item)
            reader.findings.append(attrs.evolve(finding, place=at))
    return AgreementReading(
        agreement=agreement,
        findings=Findings(sorted(reader.findings, key=place_of)),
        passages=sorted(reader.passages, key=place_of),
    )


def _completes(parties: Sequence[Party], found: Sequence[Party]) -> bool:
    """Whether one line names the side that another has left open (甲方 here, 乙方 there)."""
    return len(parties) == len(found) == 1 and parties[0].code != found[0].code


def _part_of(each: Block | Passage | Finding) -> tuple[str, str]:
    """Return the sheet, the table or the paragraph in which something stands."""
    return each.place.sheet, each.place.path
