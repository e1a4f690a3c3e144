"""Self-assessed, verified, objected to, reviewed: what counts, what waits, what is kept."""

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pytest

from healthduty.calendars import OwnCalendar
from healthduty.errors import RuleError, SourceError, UnknownNameError, UsageError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.records.record import MISSING, NOT_APPLICABLE, Observation, Record, Statement
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Lacking, StepsBelow
from healthduty.year.course import StepKind
from healthduty.year.objections import Decision, Objection, ReviewTerms, Ruling
from healthduty.year.review import Review, read_review, write_review

RATE, VISITS = Measure("rate", "满意率", unit="%"), Measure("visits", "巡查", unit="次")
SHORT = Deduction(StepsBelow(RATE, target=90, step=5), points=1)
LACKS = Deduction(Lacking(VISITS, required=4), points=1)
AGREEMENT = Agreement(
    "示例站责任书",
    measures=(RATE, VISITS),
    parts=(
        Section("1", parts=(Indicator("1.1", "满意", points=5, rules=SHORT),)),
        Indicator("2", "巡查", points=5, rules=LACKS, evidence_required=True),
        Indicator("3", "台账", points=5),
    ),
)
RECORD = Record(
    "南关站",
    {
        "rate": Observation(
            Statement("95%", assessor="南关站", on="2024-12-02"),
            Statement("82%", assessor="考核组", on="2024-12-18", evidence="问卷"),
        ),
        "visits": Observation(4, 3),
        "3": "3.5",
    },
)
# Friday; 25 December is given off here, so five working days end on the 30th.
TERMS = ReviewTerms(
    told_on="2024-12-20",
    object_within=5,
    decide_within=3,
    work=OwnCalendar([datetime.date(2024, 12, 25)], years=[2024, 2025]),
)
REVIEW = Review(AGREEMENT, RECORD, TERMS)


def one(about: str, **fields: Any) -> Review:  # noqa: ANN401 - any field
    """Return the review with one objection in time."""
    return REVIEW.object(Objection(about, **{"raised_on": "2024-12-24", **fields}))


def test_the_last_agreed_value_scores_and_nothing_is_overwritten() -> None:
    """Upheld: the claimed value stands as reviewed, beside what was stated before."""
    review = one("rate", claimed="92%", evidence="问卷原件").decide(
        Decision("1", "upheld", decided_on="2024-12-26", by="复核组")
    )
    value = review.record.values["rate"]
    assert isinstance(value, Observation)
    assert value.self_assessed == Statement("95%", assessor="南关站", on="2024-12-02")
    assert value.verified is not None
    assert value.reviewed == Statement(
        "92%", assessor="复核组", on="2024-12-26", evidence="问卷原件"
    )
    totals = [str(sheet.total) for sheet in (review.self_assessed, review.before, review.after)]
    assert totals == ["13.5", "11.5", "12.5"]
    assert RECORD.values["rate"] is review.given.values["rate"]
    assert review.findings.codes == ()
    assert REVIEW.objections == ()


def test_what_a_decision_puts_in_place() -> None:
    """Partly: its own value; rejected: none; upheld with a value: that one, not the claimed."""
    partly = one("rate", claimed="92%").decide(Decision("1", "partly", value="86%"))
    assert partly.record.values["rate"].agreed.value == "86%"  # type: ignore[union-attr]
    rejected = one("rate", claimed="92%").decide(Decision("1", "rejected", "问卷无误"))
    assert rejected.record == RECORD
    assert not rejected.difference
    assert rejected.open == ()
    other = one("rate", claimed="92%").decide(Decision("1", "upheld", value="91%"))
    assert other.record.values["rate"].agreed.value == "91%"  # type: ignore[union-attr]
    with pytest.raises(RuleError, match="state none"):
        Decision("1", "rejected", value="86%")
    with pytest.raises(RuleError, match="none of `upheld`"):
        Decision("1", "granted")


@pytest.mark.parametrize(
    ("about", "code"),
    [("rate", "rate"), ("1.1", "rate"), ("1", "rate"), ("2", "visits"), ("3", "3"), ("9", None)],
)
def test_what_an_objection_is_about(about: str, code: str | None) -> None:
    """A measure, an item or a section that reads one value, an item that is judged."""
    review = one(about)
    assert review.about(review.objections[0]) == code
    assert review.findings.codes == (() if code else ("objection-unknown",))


def test_an_objection_to_an_item_of_several_values_lets_the_decision_name_one() -> None:
    """Without that nothing can be put in place; a rejection needs none."""
    both = Indicator("1", "全部", points=5, rules=(SHORT, LACKS))
    review = Review(Agreement("示例", measures=(RATE, VISITS), parts=(both,)), RECORD)
    review = review.object(Objection("1", claimed=4))
    assert review.findings.codes == ("objection-unclear",)
    assert review.decide(Decision("1", "upheld")).record == RECORD
    named = review.decide(Decision("1", "upheld", measure=VISITS))
    assert named.findings.codes == ()
    assert str(named.difference.total.change) == "1"
    assert [step.about for step in named.steps][-2:] == ["visits", "visits"]


def test_a_late_objection_is_kept_and_changes_nothing_unless_it_is_admitted() -> None:
    """Five working days from the day after, the day off not counted: the 30th is in time."""
    assert str(TERMS.objections_until) == "2024-12-30"
    assert one("rate", raised_on="2024-12-30").late == ()
    review = one("rate", raised_on="2024-12-31", claimed="92%")
    assert (review.late, review.open) == (review.objections, ())
    assert review.findings.codes == ("objection-late",)
    decided = review.decide(Decision("1", "upheld"))
    assert decided.record == RECORD
    assert decided.findings.codes == ("objection-late", "decision-idle")
    admitted = review.decide(Decision("1", "upheld", late_admitted=True))
    assert str(admitted.difference.total.change) == "1"
    assert len(decided.steps) == len(admitted.steps) == len(REVIEW.steps) + 2
    assert "逾期提出的异议：1" in str(review)


def test_what_waits_and_what_waits_too_long() -> None:
    """Three working days for a decision; after them an open objection is overdue."""
    review = one("rate", claimed="92%")
    assert [str(TERMS.decision_until(each)) for each in review.open] == ["2024-12-30"]
    assert review.overdue(datetime.date(2024, 12, 30)) == ()
    assert review.overdue(datetime.date(2024, 12, 31)) == review.open
    assert "待复核的异议：1" in str(review)
    valueless = one("rate").decide(Decision("1", "upheld"))
    assert valueless.open == valueless.objections
    assert Review(AGREEMENT, RECORD, objections=review.objections).overdue(datetime.date.max) == ()
    assert ReviewTerms(told_on="年底", object_within=5).objections_until is None


def test_of_several_decisions_on_one_value_the_last_counts() -> None:
    """By day, whatever order they were written in; a last rejection leaves what was verified."""
    review = one("rate", claimed="92%").object(Objection("1.1", claimed="88%"))
    first = Decision("1", "upheld", decided_on="2024-12-26")
    second = Decision("2", "partly", value="86%", decided_on="2024-12-27")
    for order in ((first, second), (second, first)):
        made = review.decide(*order)
        assert made.record.values["rate"].agreed.value == "86%"  # type: ignore[union-attr]
        assert "decision-again" in made.findings.codes
        assert [step.kind for step in made.steps].count(StepKind.DECIDED) == 2
    taken_back = attrs.evolve(second, ruling=Ruling.REJECTED, value=None)
    assert review.decide(first, taken_back).record == RECORD


def test_evidence_that_is_brought_later_lifts_a_forfeit() -> None:
    """The same value, now with evidence: the item had been forfeited for want of it."""
    bare = Observation(verified=Statement(4, unevidenced=True))
    review = Review(AGREEMENT, attrs.evolve(RECORD, values={**RECORD.values, "visits": bare}))
    review = review.object(Objection("visits", "补交巡查记录", claimed=4, evidence="巡查记录"))
    review = review.decide(Decision(review.objections[0], "upheld"))
    assert str(review.difference.total.change) == "5"
    assert "（无佐证）" in str(review.difference)


def test_a_plain_value_counts_as_verified() -> None:
    """Points given under an item's number, a statement, a value that was missing."""
    judged = one("3", claimed="4.5").decide(Decision("1", "upheld"))
    assert judged.record.values["3"] == Observation(verified="3.5", reviewed="4.5")
    assert str(judged.difference.total.change) == "1"
    missing = Review(AGREEMENT, attrs.evolve(RECORD, values={**RECORD.values, "3": MISSING}))
    missing = missing.object(Objection("3", claimed=5)).decide(Decision("1", "upheld"))
    assert missing.record.values["3"] == Observation(reviewed=5)
    assert (missing.before.total, str(missing.after.total)) == (None, "13")
    # What was saved with its review and is read again scores the same on both sides.
    again = Review(AGREEMENT, missing.record)
    assert (again.before.total, str(again.after.total)) == (None, "13")


def test_own_assessment_beside_the_verified_one() -> None:
    """Item by item; what the unit did not assess itself counts as it was verified."""
    difference = REVIEW.own_difference
    assert [(cause.number, str(cause.points)) for cause in difference.causes] == [
        ("1.1", "-1"),
        ("2", "-1"),
    ]
    assert difference.table().headings[2:4] == ("自评得分", "核实得分")
    assert "满意率：自评95% → 核实82%" in str(difference)
    assert REVIEW.difference.table("en").headings[2:4] == ("verified", "reviewed")


def test_the_course_has_every_step_in_order() -> None:
    """The stages of a value, then each objection with its decision; at the end what is lost."""
    review = one("rate", claimed="92%", by="南关站", reason="误判").object(Objection("9"))
    review = attrs.evolve(
        review, decisions=[Decision("1", "rejected", "问卷无误"), Decision("7", "upheld")]
    )
    told = [(step.kind.value, step.about, step.number) for step in review.steps]
    assert told == [
        ("self_assessed", "rate", ""),
        ("verified", "rate", ""),
        ("objected", "rate", "1"),
        ("decided", "rate", "1"),
        ("self_assessed", "visits", ""),
        ("verified", "visits", ""),
        ("objected", "9", "2"),
        ("decided", "", "7"),
    ]
    rows = review.course().rows
    assert rows[0] == ("满意率", "自评", "2024-12-02", "南关站", "95%", "", "")
    assert rows[2] == ("", "异议1", "2024-12-24", "南关站", "92%", "误判", "")
    assert rows[3][1:] == ("复核1：维持", "", "", "", "问卷无误", "")
    assert "decision 1: rejected" in review.course("en").text()
    assert review._repr_html_().startswith('<div class="healthduty"')
    assert repr(review) == "<Review 南关站: 2 objections, 1 open>"
    given = attrs.evolve(RECORD, values={"3": Observation(4, 3, 5), "rate": 1, "visits": 2})
    assert [step.kind.value for step in Review(AGREEMENT, given).steps] == [
        "self_assessed",
        "verified",
        "reviewed",
    ]
    assert "3 台账" in Review(AGREEMENT, given).course().text()


def test_a_wrong_call_is_refused() -> None:
    """A number that is taken, a decision on nothing, a language that nobody speaks."""
    review = one("rate", number="1")
    with pytest.raises(UsageError, match="number `1`"):
        review.object(Objection("visits", number="1"))
    assert [each.number for each in review.object(Objection("visits")).objections] == ["1", "2"]
    with pytest.raises(UnknownNameError, match="no objection `2`; there are `1`"):
        review.decide(Decision("2", "upheld"))
    with pytest.raises(UnknownNameError, match="none"):
        REVIEW.decide(Decision(Objection("rate"), "upheld"))
    with pytest.raises(UsageError, match="unknown language"):
        review.course("fr")  # type: ignore[arg-type]


def test_a_review_is_a_file() -> None:
    """Written, read back, written the same; all values have the form of data files."""
    review = one("rate", claimed=Ratio(184, 200)).object(
        Objection("visits", claimed=NOT_APPLICABLE), Objection("3", claimed=MISSING)
    )
    review = review.decide(Decision("1", "partly", value="86%", decided_on="2024-12-26"))
    text = write_review(review)
    again = read_review(text, AGREEMENT, RECORD, TERMS)
    assert (again.objections, again.decisions) == (review.objections, review.decisions)
    assert write_review(again) == text
    assert Review.from_dict(review.to_dict(), AGREEMENT, RECORD).objections == review.objections
    assert read_review(write_review(REVIEW), AGREEMENT, RECORD).objections == ()


def test_a_file_has_all_its_faults_at_once() -> None:
    """Unknown fields, wrong types, values of no form, numbers that are none: each with its path."""
    text = """{"format": "healthduty/review", "version": 1, "review": {
        "objections": [
            {"about": 5, "claimed": {"x": 1}, "raisd_on": "2024-12-24"},
            {"claimed": NaN, "about": "rate", "about": "visits"}
        ],
        "decisions": [
            {"objection": "1", "ruling": "maybe"},
            {"objection": "1", "ruling": "rejected", "value": 3},
            7
        ],
        "terms": {}
    }}"""
    with pytest.raises(SourceError) as caught:
        read_review(text, AGREEMENT, RECORD, name="复核.json")
    faults = "\n".join(map(str, caught.value.findings))
    for fault in (
        "$.review.objections[0].claimed: an object with `x` is no value",
        "$.review.objections[0].about: expected a text, found the number `5`",
        "$.review.objections[0]: `raisd_on`",
        "$.review.objections[1]: `about` stands here twice",
        "$.review.objections[1].claimed: expected a value of a record, found the number `NaN`",
        "$.review.decisions[0].ruling: `maybe` is none of",
        "a rejected objection leaves the verified value",
        "$.review.decisions[2]: expected an object, found the number `7`",
        "$.review.terms: `terms` is no field of a review",
    ):
        assert fault.replace("[0]: `raisd_on`", "[0].raisd_on: `raisd_on`") in faults
    assert len(caught.value.findings) == 9
    with pytest.raises(SourceError, match="expected a list"):
        Review.from_dict({"objections": 7}, AGREEMENT, RECORD)
