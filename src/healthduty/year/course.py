"""The course of a review (复核过程): every step in order, and the table that is printed and signed.

Who stated which value, on which day, on what evidence; who objected, and why; what was decided.

Source: “nothing overwritten, the whole course kept and printable”.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import attrs

from healthduty.display import Table
from healthduty.model.agreement import Agreement
from healthduty.model.party import Day
from healthduty.records.record import Observation, Statement, Value
from healthduty.results.telling import value_text
from healthduty.rules.measure import Word
from healthduty.said import in_language
from healthduty.wording import Language, check_language
from healthduty.wording.phrase import Phrase
from healthduty.year.objections import Decision, Objection, Ruling


class StepKind(Word):
    """What a step is."""

    SELF_ASSESSED = "self_assessed"
    VERIFIED = "verified"
    REVIEWED = "reviewed"
    """A value that stood as reviewed in the record that was given."""
    OBJECTED = "objected"
    DECIDED = "decided"


@attrs.frozen
class Step:
    """One step of one value's course; `value` is None where the step states none.

    `about` is the value's code, or what the objection named where that is no value; `number` and
    `ruling` are those of the objection and of the decision.
    """

    kind: StepKind
    about: str
    value: Value = None
    on: Day | None = None
    by: str = ""
    reason: str = ""
    evidence: str = ""
    number: str = ""
    ruling: Ruling | None = None


_STAGES = (StepKind.SELF_ASSESSED, StepKind.VERIFIED, StepKind.REVIEWED)


def stages_of(code: str, value: Value) -> tuple[Step, ...]:
    """Return the stages of a value as steps; one without stages stands as verified."""
    observation = value if isinstance(value, Observation) else Observation(verified=_stated(value))
    stages = zip(
        _STAGES,
        (observation.self_assessed, observation.verified, observation.reviewed),
        strict=True,
    )
    return tuple(
        Step(kind, code, _bare(each), each.on, each.assessor, evidence=each.evidence)
        for kind, each in stages
        if each is not None
    )


def _stated(value: Value) -> Statement | None:
    if value is None or isinstance(value, Statement):
        return value
    assert not isinstance(value, Observation)  # noqa: S101 - asked before
    return Statement(value)


def _bare(statement: Statement) -> Statement:
    """Return a value with nothing but whether it was evidenced; the step has the rest."""
    return Statement(statement.value, unevidenced=statement.unevidenced)


def step_of(what: Objection | Decision, about: str) -> Step:
    """Return an objection or a decision as a step of a value's course."""
    if isinstance(what, Objection):
        return Step(
            StepKind.OBJECTED,
            about,
            what.claimed,
            what.raised_on,
            what.by,
            what.reason,
            what.evidence,
            what.number,
        )
    return Step(
        StepKind.DECIDED,
        about,
        what.value,
        what.decided_on,
        what.by,
        what.reason,
        what.evidence,
        what.objection,
        what.ruling,
    )


_HEADINGS = (
    Phrase("数据项", "value of"),
    Phrase("环节", "step"),
    Phrase("日期", "day"),
    Phrase("单位或人员", "by"),
    Phrase("值", "value"),
    Phrase("理由", "reason"),
    Phrase("证据", "evidence"),
)
_TITLE = Phrase("复核过程", "course of the review")
_KINDS = {
    StepKind.SELF_ASSESSED: Phrase("自评", "self assessed"),
    StepKind.VERIFIED: Phrase("核实", "verified"),
    StepKind.REVIEWED: Phrase("复核（原有）", "reviewed before"),
}
_OBJECTED = Phrase("异议{0}", "objection {0}")
_DECIDED = Phrase("复核{0}：{1}", "decision {0}: {1}")
_RULINGS = {
    Ruling.UPHELD: Phrase("采纳", "upheld"),
    Ruling.PARTLY: Phrase("部分采纳", "partly upheld"),
    Ruling.REJECTED: Phrase("维持", "rejected"),
}


def course_table(
    agreement: Agreement,
    steps: Iterable[Step],
    name: str,
    notes: Sequence[str],
    lang: Language = "zh",
) -> Table:
    """Return the steps as a table; the value that they are about stands at the first of them.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    rows: list[tuple[str, ...]] = []
    before = ""
    for step in steps:
        measure = agreement.measure(step.about)
        title = _title(agreement, step.about) if measure is None else measure.label
        value = "" if step.value is None else value_text(step.value, measure, lang)
        rows.append(
            (
                "" if title == before else title,
                _kind_text(step, lang),
                str(step.on or ""),
                step.by,
                value,
                step.reason,
                in_language(step.evidence, lang),
            )
        )
        before = title
    return Table(
        headings=tuple(heading(lang) for heading in _HEADINGS),
        rows=tuple(rows),
        title=" · ".join(filter(None, (_TITLE(lang), agreement.title, name))),
        notes=tuple(notes),
        most=24,
    )


def _title(agreement: Agreement, about: str) -> str:
    node = next((node for node in agreement.nodes() if node.number == about), None)
    return about if node is None else f"{about} {node.title}".strip()


def _kind_text(step: Step, lang: Language) -> str:
    match step.kind:
        case StepKind.OBJECTED:
            return _OBJECTED(lang, step.number)
        case StepKind.DECIDED:
            ruling = "" if step.ruling is None else _RULINGS[step.ruling](lang)
            return _DECIDED(lang, step.number, ruling)
        case StepKind.SELF_ASSESSED | StepKind.VERIFIED | StepKind.REVIEWED:
            return _KINDS[step.kind](lang)
        case _:
            assert_never(step.kind)
