"""The frame of an agreement: what its lines say about the agreement itself, and not of an item.

Term, copies, signatures, who answers, grades, money and what else follows; from the sections that
are words alone (附则, 奖惩 …), from the lines behind the items and from the notes below tables.

Source: the contract's “Running text”; rows A2–A4, A11, A12, E1.

>>> from healthduty.clauses.reading import ClauseReading
>>> frame = Frame(Reader(lambda text, **_: ClauseReading(text=text)))
>>> frame.closing(Paragraph("本责任书一式两份。", Place()))
>>> frame.copies, frame.reader.passages[0].taken.value
(2, 'copies')
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from healthduty.documents.closings import copies_of, day_of, is_signature, signatures_of, term_of
from healthduty.documents.drafts import SCORES, Draft, cancelling
from healthduty.documents.fronts import parties_of, party_of, responsible_of
from healthduty.documents.items import Reader
from healthduty.documents.markers import counting
from healthduty.documents.outcomes import (
    bands_of,
    consequences_of,
    funding_of,
    grades_of,
    sentences_of,
    uncounted,
)
from healthduty.documents.passages import TakenFor
from healthduty.documents.spelling import fold
from healthduty.grids.grid import Paragraph
from healthduty.model.funding import FundingPolicy
from healthduty.model.grades import Consequence, ConsequenceKind, GradeScale
from healthduty.model.party import Party, ResponsiblePerson, Role, Signature, Term
from healthduty.said import Said
from healthduty.sources import Place

COSTS = re.compile(
    r"[扣加减罚奖][^,。;%\d]{0,8}\d+(?:\.\d+)?分|不得分(?!别)|(?:记|得|计)[0零]分"
    r"|(?:取消|不得|不能)[^,。;]{0,12}(?:资格|评先|评优)"
)
"""What a note says of points or honours that no part of the agreement holds."""
_CHECKING = re.compile(
    "被?(?:考[核评]|检查|督[导查]|受检|测评)(?:组|人员?|者|单位|对象|领导|负责人|组组长|组成员)?"
    "|(?:填表|制表|审核|复核|经办)人员?"
)
_SIDES = (Role.ISSUER, Role.RESPONSIBLE)


def statements(text: str) -> Iterator[str]:
    """Go through what a note says in one line: numbers that count up behind stops begin statements.

    >>> list(statements("注：1.满分100分。2.90分以上为优秀。发生事故的一票否决。"))
    ['注：', '满分100分。', '90分以上为优秀。发生事故的一票否决。']
    """
    numbers = counting(text)
    ends = [*(number.start for number in numbers), len(text)]
    for start, end in zip([0, *(number.end for number in numbers)], ends, strict=True):
        if words := text[start:end].strip():
            yield words


@attrs.define
class Frame:
    """What was found so far; each text adds to it."""

    reader: Reader
    grades: GradeScale | None = None
    funding: list[FundingPolicy] = attrs.Factory(list)
    consequences: dict[str, Consequence] = attrs.Factory(dict)
    responsible: dict[str, ResponsiblePerson] = attrs.Factory(dict)
    term: Term | None = None
    copies: int | None = None
    signatures: list[Signature] = attrs.Factory(list)

    def closing(self, line: Paragraph) -> None:
        """Read a line below the items, statement by statement, and keep each for what it was."""
        for text in statements(line.text):
            self._statement(attrs.evolve(line, text=text))

    def _statement(self, line: Paragraph) -> None:
        vetoes = cancelling(line.text)
        for words in vetoes:
            veto = attrs.evolve(line, text=words)
            self.reader.clause(veto, Draft("", line.place), taken=TakenFor.CONSEQUENCE)
        taken = self.outcome(line.text, line.place)
        if taken is TakenFor.NOTE and not vetoes:
            taken = self._about(line.text)
        elif taken in {TakenFor.GRADES, TakenFor.FUNDING}:
            self._follows_besides(line.text, paid=taken is TakenFor.FUNDING)
        folded = fold(line.text)
        scores = any(bands_of(line.text)) or SCORES.search(folded) is not None
        if taken is TakenFor.NOTE and scores and not vetoes:
            taken = TakenFor.UNREAD
            self._unread(line.text, line.place)
        else:
            for start, end in sentences_of(folded):
                words = line.text[start:end].strip()
                if COSTS.search(folded, start, end) and words not in vetoes:
                    self._unread(words, line.place)
        self.reader.take(line.text, line.place, taken)

    def _unread(self, text: str, place: Place) -> None:
        message = Said(
            f"`{text[:40]}` names points and was not read", f"`{text[:40]}`写有分数，没有读懂"
        )
        self.reader.report("text-unread", message, place)

    def outcome(self, text: str, place: Place) -> TakenFor:
        """Take grades and money from a text; say what it was."""
        for start, end in uncounted(text):
            self._unread(text[start:end].strip(), place)
        grades = grades_of(text) if self.grades is None else None
        self.grades = grades or self.grades
        policy, measures = funding_of(text, self.grades)
        if policy is not None and not self.funding:
            self.funding.append(policy)
            for measure in measures:
                self.reader.naming.measures.setdefault(measure.code, measure)
            return TakenFor.FUNDING
        return TakenFor.NOTE if grades is None else TakenFor.GRADES

    def _about(self, text: str) -> TakenFor:
        """Take term, copies, signatures and consequences from a text; say what it was."""
        before = len(self.consequences)
        self.terms(text)
        self.follows(text, strict=False)
        self.sign(text)
        if is_signature(text) or day_of(text):
            return TakenFor.SIGNATURE
        if parties_of(text)[0]:
            return TakenFor.PARTY
        if copies_of(text) is not None:
            return TakenFor.COPIES
        if term_of(text) is not None:
            return TakenFor.TERM
        return TakenFor.NOTE if len(self.consequences) == before else TakenFor.CONSEQUENCE

    def terms(self, text: str) -> None:
        """Take term, copies and who answers from a text."""
        copies, term = copies_of(text), term_of(text)
        self.copies = self.copies if copies is None else copies
        for person in responsible_of(text):
            self.responsible.setdefault(person.post, person)
        if term is not None:
            old = self.term or Term()
            self.term = Term(
                old.start if old.start is not None else term.start,
                old.end if old.end is not None else term.end,
                until_successor=old.until_successor or term.until_successor,
                successor_bound=old.successor_bound or term.successor_bound,
            )

    def sign(self, text: str) -> None:
        """Take the places for signatures; a date on a line of its own belongs to all of them."""
        self.signatures += signatures_of(text)
        day = day_of(text)
        if day is not None:
            self.signatures = [attrs.evolve(each, signed_on=day) for each in self.signatures]

    def follows(self, text: str, *, strict: bool) -> None:
        """Take what follows from a result; `strict` takes no more than accountability."""
        for consequence in consequences_of(text, strict=strict):
            self.consequences.setdefault(consequence.text, consequence)

    def _follows_besides(self, text: str, *, paid: bool) -> None:
        """Take what follows besides the grades and the money that were read from a text."""
        for consequence in consequences_of(text):
            if not (paid and consequence.kind is ConsequenceKind.MONEY):
                self.consequences.setdefault(consequence.text, consequence)

    def signers(self) -> tuple[Party, ...]:
        """Return the parties by who signs, for a text that names them nowhere else."""
        posts = list(dict.fromkeys(each.post for each in self.signatures if each.post))
        if any(map(_CHECKING.fullmatch, posts)):
            return ()  # 考核人员签字 below a sheet: who fills it in, and no party
        if len(posts) != len(_SIDES):
            return ()
        message = Said(
            f"`{posts[0]}` and `{posts[1]}` sign: they are taken for the parties",
            f"`{posts[0]}`和`{posts[1]}`签字：作为签约双方",
        )
        self.reader.report("text-parties", message, Place(self.reader.document))
        return tuple(map(party_of, posts, _SIDES))

    def year(self) -> int | None:
        """Return the year of signature."""
        days = [str(each.signed_on) for each in self.signatures if each.signed_on]
        return int(days[0][:4]) if days else None
