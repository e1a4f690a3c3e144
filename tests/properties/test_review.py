"""Laws of differences, reviews and corrections.

The causes of a difference make the change of the total, exactly; a review that changes nothing
changes no total, and its course loses no step; the order of decisions on different values does not
matter; what was lost is on the list of corrections, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from healthduty.convert.digest import digest
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.records.record import Observation, Record, Statement, stated
from healthduty.results.differing import differ
from healthduty.results.shortfalls import shortfalls
from healthduty.results.telling import alike
from healthduty.rules.points import Effect
from healthduty.scoring.lines import LineKind
from healthduty.scoring.score import score
from healthduty.year.corrections import read_corrections, write_corrections
from healthduty.year.objections import Decision, Objection, Ruling
from healthduty.year.rectification import Check, rectify
from healthduty.year.review import Review, read_review, write_review
from strategies import agreements, records, scored

LIGHT = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
"""Two records of a whole agreement are much to draw; the laws of lines have tests of their own."""


def total(points: Iterable[Decimal | Fraction | None]) -> Fraction:
    """Add points without rounding."""
    return sum((Fraction(each) for each in points if each is not None), Fraction(0))


@st.composite
def pairs(draw: st.DrawFn, *, missing: bool = False) -> tuple[Agreement, Record, Record]:
    """Draw an agreement and two records of one unit that share some of their values."""
    agreement = draw(agreements())
    one, other = (draw(records(agreement, missing=missing)) for _ in range(2))
    mixed = {code: value for code, value in other.values.items() if draw(st.booleans())}
    return agreement, one, attrs.evolve(one, values={**one.values, **mixed})


@LIGHT
@given(pairs())
def test_the_causes_make_the_change_of_the_total(
    drawn: tuple[Agreement, Record, Record],
) -> None:
    """Lines of items, lines of the whole, vetoes: nothing is left over, nothing counts twice."""
    agreement, one, other = drawn
    difference = differ(score(agreement, one), score(agreement, other))
    note(difference)
    causes = total(cause.points for cause in difference.causes)
    lines = [change.points for change in difference.whole]
    lines += [item.points for item in difference.items if item.points is not None]
    if difference.total.change is not None:
        assert causes == Fraction(difference.total.change)
    if difference.earned.change is not None:
        assert total(lines) == Fraction(difference.earned.change)
    for item in difference.items:
        if item.points is not None:
            assert total(change.points for change in item.lines) == Fraction(item.points)


@LIGHT
@given(scored(), scored())
def test_two_agreements_with_the_same_numbers_add_up_too(
    one: tuple[Agreement, Record], other: tuple[Agreement, Record]
) -> None:
    """Full points that differ are a cause of their own; without a common number nothing is said."""
    before, after = score(*one), score(*other)
    shared = {item.number for item in before.items} & {item.number for item in after.items}
    try:
        difference = differ(before, after)
    except UsageError:
        assert not shared
        return
    if difference.total.change is not None and before.full is not None is not after.full:
        causes = total(cause.points for cause in difference.causes)
        assert causes == Fraction(difference.total.change)


@LIGHT
@given(pairs(missing=True))
def test_what_changed_is_told_and_what_did_not_is_not(
    drawn: tuple[Agreement, Record, Record],
) -> None:
    """With data missing, too: a value that is read otherwise is named, and no other is."""
    agreement, one, other = drawn
    before, after = score(agreement, one), score(agreement, other)
    difference = differ(before, after)
    changed = {change.code for change in difference.values}
    for code, value in other.values.items():
        assert (code in changed) == (
            not alike(agreement.measure(code), one.values.get(code), value)
        )
    for lang in ("zh", "en"):
        assert difference.sentences(lang)
        assert difference.table(lang).rows
    same = differ(before, before)
    assert not same
    assert not same.causes
    if not difference:
        assert before.total == after.total


@LIGHT
@given(pairs())
def test_the_context_of_decimals_has_no_say(drawn: tuple[Agreement, Record, Record]) -> None:
    """A caller who works with one digit gets the same difference."""
    agreement, one, other = drawn
    with localcontext() as context:
        context.prec = 1
        narrow = differ(score(agreement, one), score(agreement, other))
        points = narrow.total.change, tuple(cause.points for cause in narrow.causes)
        told = narrow.table().text()
    difference = differ(score(agreement, one), score(agreement, other))
    assert points == (difference.total.change, tuple(each.points for each in difference.causes))
    assert told == difference.table().text()


# ------------------------------------------------------------------------------------ reviews


@st.composite
def reviews(draw: st.DrawFn) -> tuple[Review, Record]:
    """Draw a review: objections against some of the values, not all of them decided."""
    agreement, one, other = draw(pairs())
    codes = sorted(other.values)
    picked = draw(st.lists(st.sampled_from(codes), max_size=5, unique=True)) if codes else []
    claims = {code: stated(other.values[code])[0] for code in picked}
    made = Review(agreement, one).object(
        *(Objection(code, claimed=claims[code]) for code in picked)
    )
    decisions = [
        Decision(objection, draw(st.sampled_from([Ruling.UPHELD, Ruling.REJECTED])))
        for objection in made.objections
        if draw(st.booleans())
    ]
    return made.decide(*draw(st.permutations(decisions))), other


@LIGHT
@given(reviews(), st.randoms())
def test_the_order_of_decisions_on_different_values_does_not_matter(
    drawn: tuple[Review, Record],
    random: Any,  # noqa: ANN401 - Hypothesis' own
) -> None:
    """The record, and so the sheet and every digest, is the same."""
    review, _ = drawn
    shuffled = list(review.decisions)
    random.shuffle(shuffled)
    other = attrs.evolve(review, decisions=shuffled)
    assert other.record == review.record
    assert list(other.record.values) == list(review.record.values)


@LIGHT
@given(reviews())
def test_the_course_never_loses_a_step(drawn: tuple[Review, Record]) -> None:
    """All stages that were stated, all objections, all decisions; and none overwrites another."""
    review, _ = drawn
    disputed = {objection.about for objection in review.objections}
    stages = 0
    for code, value in review.given.values.items():
        if isinstance(value, Observation):
            parts = (value.self_assessed, value.verified, value.reviewed)
            stages += sum(stage is not None for stage in parts)
        elif code in disputed:
            stages += value is not None and stated(value)[0] is not None
    told = len(review.objections) + len(review.decisions)
    missing = {code for code in disputed if repr(review.given.values[code]) == "MISSING"}
    assert len(review.steps) == stages + told - len(missing)
    for code, value in review.record.values.items():
        given_value = review.given.values[code]
        if value is not given_value:
            assert isinstance(value, Observation)
            before = given_value if isinstance(given_value, Observation) else None
            assert before is None or before.verified == value.verified


@LIGHT
@given(reviews())
def test_a_review_that_changes_nothing_changes_no_total(drawn: tuple[Review, Record]) -> None:
    """Rejected, or upheld with the very value that stood there."""
    review, _ = drawn
    rejected = [attrs.evolve(each, ruling=Ruling.REJECTED) for each in review.decisions]
    assert not attrs.evolve(review, decisions=rejected).difference
    values = review.given.values
    same = Review(review.agreement, _bare(review.given))
    same = same.object(*(Objection(code, claimed=stated(values[code])[0]) for code in values))
    same = same.decide(*(Decision(each, "upheld") for each in same.objections if _claims(each)))
    assert not same.difference
    assert same.before.total == same.after.total


def _claims(objection: Objection) -> bool:
    return objection.claimed is not None


def _bare(record: Record) -> Record:
    # A review states a value with evidence; what was without any would change by that.
    return attrs.evolve(
        record, values={code: Statement(stated(v)[0]) for code, v in record.values.items()}
    )


@LIGHT
@given(reviews())
def test_a_review_is_kept_in_a_file(drawn: tuple[Review, Record]) -> None:
    """Written and read back: the same decisions, the same record; 0.5 is 0.5 however written."""
    review, _ = drawn
    again = read_review(write_review(review), review.agreement, review.given)
    assert again.decisions == review.decisions
    assert [attrs.evolve(each, claimed=None) for each in again.objections] == [
        attrs.evolve(each, claimed=None) for each in review.objections
    ]
    assert digest(again.record) == digest(review.record)
    assert write_review(again) == write_review(review)


# -------------------------------------------------------------------------------- corrections


@LIGHT
@given(scored())
def test_every_lost_point_is_on_the_list_once(drawn: tuple[Agreement, Record]) -> None:
    """What is not lost by a rule is a bonus, an excusal, a cap or a rounding."""
    sheet = score(*drawn)
    note(sheet.lines)
    lost = total(loss.points for loss in shortfalls(sheet))
    check = Check("2024-12-20", "考核组", within=10)
    for per in ("line", "indicator"):
        listed = rectify(sheet, check, per=per)
        assert total(item.lost for item in listed) == lost
        assert read_corrections(write_corrections(listed)) == listed
        again = listed.merge(rectify(sheet, check, per=per))
        assert [item.number for item in again] == [item.number for item in listed]
        assert {item.times for item in again} <= {2}
    if sheet.earned is None or sheet.full is None:
        return
    aside = total(
        line.effective
        for line in sheet.lines
        if (line.ref is None and line.kind is not LineKind.START)
        or (
            line.ref is not None
            and line.ref.effect is not Effect.LOSE
            and _beside(line, sheet.lines)
        )
    )
    # An item of parts may earn more than its own share, and so make up for what its parts lost.
    nodes = {id(line.node): line.node for line in sheet.lines if line.kind is LineKind.START}
    beyond = total(
        max(
            Fraction(0),
            total(
                line.effective
                for line in sheet.lines
                if line.node is node and (line.kind is LineKind.START or _fills(line, sheet.lines))
            ),
        )
        for node in nodes.values()
    )
    assert Fraction(sheet.earned) - Fraction(sheet.full) == aside + beyond - lost


def _fills(line: Any, lines: Iterable[Any]) -> bool:  # noqa: ANN401 - lines
    """Tell whether a line earns what an item that starts at zero lacks."""
    earns = line.ref is not None and line.ref.effect is not Effect.LOSE
    return earns and not _beside(line, lines)


def _beside(line: Any, lines: Iterable[Any]) -> bool:  # noqa: ANN401 - lines
    """Tell whether an added line makes up for nothing that an item that starts at zero lacks."""
    starts = any(each.node is line.node and each.kind is LineKind.START for each in lines)
    return bool(line.bonus_units) or not starts
