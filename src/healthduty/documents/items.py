"""Drafts to items: each clause is read, and what was read becomes sections, indicators and parts.

An item with items below it is a section, one without an indicator. The scoring cell is read with
what the other cells ask; what they ask and no rule reads stays a target.

Source: the contract's “Levels”; semantics 11, 12, 16.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Protocol

import attrs

from healthduty.checks.codes import found
from healthduty.clauses.reading import ClauseReading
from healthduty.documents.asked import asked_of, begins_bare
from healthduty.documents.drafts import (
    BESIDE,
    BONUS_WORDS,
    DEMERIT_WORDS,
    LEADS,
    SCORES,
    VETO_WORDS,
    Clause,
    Draft,
    Kind,
)
from healthduty.documents.graded import standard_of
from healthduty.documents.naming import Naming, called, judged_in_code
from healthduty.documents.passages import Passage, TakenFor
from healthduty.documents.printed import is_points
from healthduty.documents.spelling import fold
from healthduty.documents.weights import share_of, weighed, weighed_item, weighed_rules
from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.grids.grid import Paragraph
from healthduty.model.agreement import blanks_in
from healthduty.model.indicator import Indicator, Part, Section, Target
from healthduty.model.veto import Veto
from healthduty.rules.measure import Measure
from healthduty.rules.points import Effect, Placement
from healthduty.rules.rule import Bonus, Deduction, Group, Judgement, Rule, effect_of, rule_measures
from healthduty.said import Said
from healthduty.sources import Citation, Place

_BLANK = re.compile(r"_{2,}")
_HUNDRED = Fraction(100)


class ClauseReader(Protocol):
    """What reads the text of a clause; `healthduty.read_clause` is one."""

    def __call__(  # noqa: PLR0913 - each is told of a clause by another cell
        self,
        text: str,
        *,
        points: Fraction | None = None,
        requirement: str | None = None,
        measures: Iterable[Measure] = (),
        known: Iterable[Measure] = (),
        heading: str = "",
        asks: bool = False,
    ) -> ClauseReading:
        """Return what was read of a clause."""


@attrs.define
class Reader:
    """One source on its way to an agreement: everything that was met so far."""

    read_clause: ClauseReader
    document: str = ""
    naming: Naming = attrs.Factory(Naming)
    findings: list[Finding] = attrs.Factory(list)
    passages: list[Passage] = attrs.Factory(list)
    vetoes: dict[str, Veto] = attrs.Factory(dict)

    def report(self, code: str, message: str, place: Place, *, hint: str = "") -> None:
        """Add a finding; its severity is that of its code."""
        self.findings.append(found(code, message, place=place, hint=hint))

    def take(self, text: str, place: Place, taken: TakenFor, item: str = "") -> None:
        """Keep a cell or a paragraph; one without text is none."""
        if text:
            self.passages.append(Passage(text, place, taken, item=item))

    def clause(  # noqa: PLR0913 - each is told of a clause by another cell
        self,
        words: Paragraph,
        draft: Draft,
        *,
        requirement: str | None = None,
        known: Sequence[Measure] = (),
        taken: TakenFor = TakenFor.SCORING,
        printed: str = "",
        heading: str = "",
    ) -> ClauseReading:
        """Read a clause of an item, and keep its findings, its measures and its vetoes.

        `known` are measures of the same item under the clause reader's own names; `printed` is
        what the cell holds where more is read than that (the item's name before its target);
        `heading` is what stands over it.
        """
        reading = self.read_clause(
            words.text,
            points=draft.points,
            requirement=requirement,
            measures=known,
            known=self.naming.shared(),
            heading=heading,
            asks=taken is not TakenFor.SCORING,
        )
        for each in reading.findings:
            character = None if printed else each.place.character
            at = attrs.evolve(words.place, character=character, item=draft.number)
            self.findings.append(attrs.evolve(each, place=at))
        self._blanks(words, reading, draft)
        settled = self.naming.settle(reading, called(draft.title, draft.outer), draft.number)
        settled = _cited(settled, self.document, draft.article)
        for veto in settled.vetoes:
            self.vetoes.setdefault(veto.code, veto)
        self.passages.append(
            Passage(printed or words.text, words.place, taken, item=draft.number, clause=settled)
        )
        return attrs.evolve(settled, measures=reading.measures)

    def _blanks(self, words: Paragraph, reading: ClauseReading, draft: Draft) -> None:
        """Report the blanks (____) of a text that nothing read is waiting for."""
        blanks = len(_BLANK.findall(fold(words.text)))
        things = (reading.rules, reading.targets, reading.parts, reading.vetoes)
        read = sum(1 for thing in things for _ in blanks_in(thing))
        if read < blanks:
            begun = words.text[:30]
            message = Said(
                f"{blanks - read} of {blanks} blanks in `{begun}` name nothing that is scored",
                f"`{begun}`中{blanks}处空白有{blanks - read}处与评分无关",
            )
            place = attrs.evolve(words.place, item=draft.number)
            self.report("text-blank", message, place)


def _cited(reading: ClauseReading, document: str, article: str) -> ClauseReading:
    """Return a reading whose rules cite the document and the article beside their characters."""

    def cite(rule: Rule) -> Rule:
        old = rule.citation or Citation(text=reading.text)
        return attrs.evolve(rule, citation=attrs.evolve(old, document=document, article=article))

    return attrs.evolve(reading, rules=tuple(map(cite, reading.rules)))


@attrs.define
class _Read:
    """What the clauses of one item say together."""

    rules: list[Rule] = attrs.Factory(list)
    targets: list[Target] = attrs.Factory(list)
    parts: list[Part] = attrs.Factory(list)
    words: list[str] = attrs.Factory(list)
    points: Fraction | None = None
    floor: Fraction | None = Fraction(0)


def build(drafts: Iterable[Draft], reader: Reader) -> tuple[Section | Indicator, ...]:
    """Return the sections and indicators of numbered drafts; vetoes go to the reader."""
    built = (_build(draft, reader) for draft in drafts)
    return tuple(item for item in built if item is not None)


def _build(draft: Draft, reader: Reader) -> Section | Indicator | None:
    for each in (*draft.children, *draft.parts):
        each.outer = draft.title
    if draft.kind is Kind.VETO:
        _read_vetoes(draft, reader)
        return _section(draft, _Read(), ())
    if draft.kind is Kind.WORDS:
        return _section(draft, _Read(), ())
    if draft.children:
        said, before = _read(draft, reader), len(reader.passages)
        section = _section(draft, said, build(draft.children, reader))
        return _weighed(section, draft, reader, before) if draft.weighs else section
    if draft.kind is Kind.DEMERIT:  # its losses come off the total, and from no points of its own
        draft.most, draft.points = draft.points, None
    if draft.of_hundred and draft.points is not None:
        return _by_hundred(draft, draft.points, reader)
    return _indicator(draft, _read(draft, reader), reader)


def _by_hundred(draft: Draft, weight: Fraction, reader: Reader) -> Indicator:
    """Return an item that is scored out of a hundred, and counts by its weight.

    What somebody judges as a whole is judged out of the weight; beside rules it is told.
    """
    before, draft.points = len(reader.passages), _HUNDRED
    item = _indicator(draft, _read(draft, reader), reader)
    share = weight / _HUNDRED
    by_weight = weighed_item(item, share)
    if by_weight is None:
        if item.rules or item.parts:
            message = Said(
                f"`{draft.title}` is scored out of 100 and weighs {show(weight)}: not all of it "
                "could be brought to its weight",
                f"`{draft.title}`以100分计、权重{show(weight)}：有内容不能按权重折算",
            )
            reader.report("text-unread", message, draft.place)
        return attrs.evolve(item, points=weight)
    _show_weighed(reader, before, share)
    return by_weight


def _show_weighed(reader: Reader, first: int, share: Fraction) -> None:
    """Show the clauses from `first` on as they count."""
    for index, passage in enumerate(reader.passages[first:], first):
        if passage.clause is not None:
            rules = tuple(weighed_rules(passage.clause.rules, share))
            clause = attrs.evolve(passage.clause, rules=rules)
            reader.passages[index] = attrs.evolve(passage, clause=clause)


def _weighed(section: Section, draft: Draft, reader: Reader, first: int) -> Section:
    """Return a section by its weight, and its passages from `first` on read likewise."""
    share = share_of(section)
    by_weight = weighed(section, share)
    if share is None or by_weight is None:
        return section
    _show_weighed(reader, first, share)
    weight = f"{show(draft.points or Fraction(0))}%"
    message = Said(
        f"the items of `{draft.title}` count by its weight of {weight}",
        f"`{draft.title}`各条的分值和扣分按权重{weight}折算",
    )
    reader.report("table-weight", message, draft.place)
    return by_weight


def _section(draft: Draft, said: _Read, parts: tuple[Section | Indicator, ...]) -> Section:
    points = draft.points if draft.points is not None else draft.subtotal
    bonus = draft.kind is Kind.BONUS
    return Section(
        draft.number,
        draft.title,
        parts=parts,
        points=None if bonus else points,
        rules=said.rules,
        text="\n".join(filter(None, (draft.text, *said.words))),
        office="、".join(dict.fromkeys(draft.offices)),
        citation=_citation(draft),
    )


def _citation(draft: Draft) -> Citation | None:
    return Citation(article=draft.article) if draft.article else None


def _indicator(draft: Draft, said: _Read, reader: Reader) -> Indicator:
    parts = [_part(part, reader) for part in draft.parts] or said.parts
    points = said.points
    rules = list(said.rules)
    if draft.kind is Kind.BONUS:
        rules, points = _bonuses(rules, points, draft), None
    elif draft.kind is Kind.DEMERIT:
        rules, points = _at_most(rules, draft.most, Effect.LOSE), None
    return Indicator(
        draft.number,
        draft.title,
        points=points,
        rules=rules,
        floor=said.floor,
        requirement=_requirement(draft, said),
        method="\n".join(dict.fromkeys(draft.methods)),
        office="、".join(dict.fromkeys(draft.offices)),
        targets=said.targets,
        parts=parts,
        citation=_citation(draft),
    )


def _requirement(draft: Draft, said: _Read) -> str:
    """Return what an item asks, where that is more than its title."""
    return "\n".join(words for words in said.words if words != draft.title)


def _part(draft: Draft, reader: Reader) -> Part:
    said = _read(draft, reader)
    return Part(
        draft.number,
        draft.title,
        points=said.points,
        rules=said.rules,
        floor=said.floor,
        requirement=_requirement(draft, said),
        method="\n".join(dict.fromkeys(draft.methods)),
        targets=said.targets,
        citation=_citation(draft),
    )


def _bonuses(rules: list[Rule], points: Fraction | None, draft: Draft) -> list[Rule]:
    """Return an item's bonuses, together no more than its points; an assessor's where none."""
    if points is None:
        return rules
    if not rules:
        code = judged_in_code(draft.title) or draft.number
        return [Judgement(code, Effect.ADD, most=points)]
    return _at_most(rules, points, Effect.ADD)


def _at_most(rules: list[Rule], points: Fraction | None, effect: Effect) -> list[Rule]:
    """Return rules of which those of one effect come to no more than some points together."""
    found = [rule for rule in rules if effect_of(rule) is effect]
    others = [rule for rule in rules if effect_of(rule) is not effect]
    if points is None:
        return rules
    if len(found) == 1 and isinstance(found[0], Bonus | Deduction) and found[0].cap is None:
        return [attrs.evolve(found[0], cap=points), *others]
    beyond = [each for each in found if _placed_beyond(each)]
    if len(beyond) > 1:
        return [Group(beyond, cap=points), *(rule for rule in rules if rule not in beyond)]
    return rules


def _placed_beyond(rule: Rule) -> bool:
    return not isinstance(rule, Group) and getattr(rule, "where", None) is Placement.BEYOND


def _read(draft: Draft, reader: Reader) -> _Read:
    said = _Read(points=draft.points)
    for clause in draft.clauses:
        _read_one(clause, draft, said, reader)
    read = {code for rule in said.rules for code in rule_measures(rule)}
    said.targets = [target for target in dict.fromkeys(said.targets) if target.measure not in read]
    return said


def _read_one(clause: Clause, draft: Draft, said: _Read, reader: Reader) -> None:
    words = clause.requirement
    if clause.target is None and words and draft.title and begins_bare(words.text):
        # Beside 患者满意度, the requirement ≥90% is the item's target, as in a column of targets.
        clause = attrs.evolve(clause, target=words, requirement=None)
    asked = asked_of(clause, draft.title)
    over = _OVER.get(draft.kind, "")
    if over and asked is not None and clause.scoring is clause.target is None:
        # What a list of bonuses names with its points is how these are earned: 获省级表彰，3分.
        if draft.most is not None and draft.kind is Kind.DEMERIT:  # 通报批评 | -5
            asked = attrs.evolve(asked, text=BESIDE.join((asked.text, f"{show(draft.most)}分")))
        clause, asked = attrs.evolve(clause, scoring=asked), None
    known: tuple[Measure, ...] = ()
    if asked is not None:
        taken, printed = TakenFor.REQUIREMENT, ""
        if clause.target is not None:
            taken, printed = TakenFor.TARGET, clause.target.text
            if clause.requirement is not None:
                reader.take(*_told(clause.requirement), TakenFor.REQUIREMENT, draft.number)
        reading = reader.clause(asked, draft, taken=taken, printed=printed)
        said.words.append(asked.text)
        known = reading.measures
        _keep(reading, draft, said)
    if clause.graded:
        clause, judged = _with_grades(clause, asked, draft, said, reader)
        if judged:  # the item has levels, whatever it asks
            asked, known = Paragraph(draft.title, draft.place), ()
    if clause.scoring is not None:
        scoring, heading = clause.scoring, over or clause.heading
        if over and asked is not None and is_points(scoring.text):  # 获省级表彰 | 3分
            scoring = attrs.evolve(scoring, text=BESIDE.join((asked.text, scoring.text)))
        reading = reader.clause(
            scoring,
            draft,
            requirement=(asked.text if asked else draft.context) or None,
            known=known,
            heading=heading,
        )
        _keep(reading, draft, said)


def _with_grades(
    clause: Clause, asked: Paragraph | None, draft: Draft, said: _Read, reader: Reader
) -> tuple[Clause, bool]:
    """Return a clause with the standard that its graded cells make; whether levels are judged."""
    for _, cell in clause.graded:
        reader.take(*_told(cell), TakenFor.SCORING, draft.number)
    requirement = (asked.text if asked else draft.context) or draft.title
    read = functools.partial(
        reader.read_clause,
        points=draft.points,
        requirement=requirement,
        known=reader.naming.shared(),
    )
    made = standard_of(clause.graded, draft.points, read)
    if made is None:
        heading, cell = clause.graded[0]
        message = Said(
            f"`{heading}` does not fit the points that the item states, or states none of",
            f"`{heading}`与本条的分值对不上，或者本条没有写分值",
        )
        reader.report("table-points-unread", message, cell.place)
        return clause, False
    said.words += filter(None, (made.levels,))
    words, heading = made.words, ""
    if clause.scoring is not None and not SCORES.search(fold(clause.scoring.text)):
        reader.take(*_told(clause.scoring), TakenFor.REQUIREMENT, draft.number)
        said.words.append(clause.scoring.text)  # 评价标准 is what is asked
    elif clause.scoring is not None:  # what else the row says of its points
        words = attrs.evolve(words, text=f"{made.words.text}\n{clause.scoring.text}")
        heading = clause.heading
    return attrs.evolve(clause, scoring=words, heading=heading), made.judged


_OVER = {Kind.BONUS: BONUS_WORDS, Kind.DEMERIT: DEMERIT_WORDS}
"""What stands over the items of a section, whatever its column is called."""


def _told(words: Paragraph) -> tuple[str, Place]:
    return words.text, words.place


def _keep(reading: ClauseReading, draft: Draft, said: _Read) -> None:
    said.rules += reading.rules
    said.targets += reading.targets
    said.parts += [
        attrs.evolve(part, number=f"{draft.number}.{index}")
        for index, part in enumerate(reading.parts, len(said.parts) + 1)
    ]
    if reading.floor != 0:
        said.floor = reading.floor
    if said.points is None:
        said.points = reading.points


def _read_vetoes(draft: Draft, reader: Reader) -> None:
    """Read each clause below a heading that cancels, but for the heading itself."""
    for each in draft.walk():
        for clause in each.clauses:
            cells = [
                c for c in (clause.requirement, clause.target, clause.scoring) if c is not None
            ]
            for words in cells:
                if words.text == draft.text:
                    reader.take(*_told(words), TakenFor.SECTION, draft.number)
            cells = [words for words in cells if words.text != draft.text]
            titled = clause.requirement is None and each is not draft
            event = [Paragraph(each.title, each.place)] if titled else []
            if _read_with_effect([*event, *cells], each, reader):
                continue
            leads = (text.rstrip("：: ") for text in (draft.text, draft.title))
            lead = next((text for text in leads if LEADS.search(fold(text))), "")
            lead = "" if each is draft else lead
            for words in cells:
                if words.text == each.text and clause.scoring is not None:
                    reader.take(*_told(words), TakenFor.SECTION, draft.number)
                else:
                    _read_veto(words, each, reader, lead)


def _read_with_effect(cells: Sequence[Paragraph], draft: Draft, reader: Reader) -> bool:
    """Read an event beside what it brings as one veto: 发生责任事故 | 取消评优资格."""
    whole = Paragraph("，".join(words.text for words in cells), draft.place)
    if len(cells) <= 1 or not reader.read_clause(whole.text, heading=VETO_WORDS).vetoes:
        return False
    event, *effects = cells
    reading = reader.read_clause(effects[-1].text, heading=VETO_WORDS)
    if reading.vetoes:  # the second cell names an event itself
        return False
    reader.clause(
        attrs.evolve(whole, place=event.place), draft, printed=event.text, heading=VETO_WORDS
    )
    for words in effects:
        reader.take(*_told(words), TakenFor.CONSEQUENCE, draft.number)
    return True


def _read_veto(words: Paragraph, draft: Draft, reader: Reader, lead: str) -> None:
    """Read an event; what it brings may stand once over the list (有下列情形的，总分为0分：)."""
    whole = attrs.evolve(words, text=f"{lead}：\n{words.text}") if lead else words
    printed = words.text if lead else ""
    reading = reader.clause(whole, draft, printed=printed, heading=VETO_WORDS)
    if not reading.vetoes:
        message = Said(
            f"`{words.text[:40]}` stands under a veto and was not read as one",
            f"`{words.text[:40]}`列在一票否决之下，但没有读成一票否决",
        )
        reader.report("table-veto-unread", message, attrs.evolve(words.place, item=draft.number))
