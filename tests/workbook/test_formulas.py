"""Plans on terms: they give the score, stay within what was proven, and are made once."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from healthduty.columns.spans import Span
from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.lines import LineKind
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.workbook.formulas_template import Template
from healthduty.workbook.formulas_terms import MOST, Term, Terms
from healthduty.workbook.formulas_text import lay_out
from healthduty.workbook.formulas_values import Evaluator, value_at
from strategies import scored

EITHER = st.booleans().flatmap(lambda missing: scored(missing=missing))


@settings(max_examples=60)
@given(EITHER)
def test_the_terms_give_the_score_and_stay_where_they_were_proven_to_be(
    drawn: tuple[Agreement, Record],
) -> None:
    """Points of every line, the total and the grade; and no number leaves its span."""
    sheet = score(*drawn)
    template = Template(plan(sheet.agreement).plan, [sheet])
    entries = template.entries(0)
    assert entries is not None
    values = template.values(0, entries)
    unit = 10**template.plan.places
    followed, written = template.followed, template.written
    assert bool(value_at(values, followed.known)) == (sheet.total is not None)
    if sheet.total is not None:
        assert Fraction(value_at(values, followed.total), unit) == Fraction(sheet.total)
    if sheet.earned is not None:
        assert Fraction(value_at(values, written.earned), unit) == Fraction(sheet.earned)
    assert_lines(template, sheet, values)
    grades = sheet.agreement.grades
    place = value_at(values, followed.grade)
    assert sheet.grade == (grades.grades[place].name if grades and place >= 0 else None)
    for term in template.terms.made:
        if not term.wide:
            assert term.span.lo <= values[term.place] <= term.span.hi
            assert abs(values[term.place]) < MOST


def assert_lines(template: Template, sheet: ScoreSheet, values: list[object]) -> None:
    """Hold every rule's line, and what no rule answers for, against the sheet's."""
    by_rule: dict[int, int] = {}
    own: dict[int, int] = {}
    for line in sheet.lines:
        if line.ref is not None:
            key = id(line.ref)
            by_rule[key] = by_rule.get(key, 0) + line.effective_units
        elif line.kind is not LineKind.START:
            own[id(line.node)] = own.get(id(line.node), 0) + line.effective_units
    for key, effective in template.written.lines.items():
        assert value_at(values, effective.points) == by_rule.get(key, 0)
    for node, ref in enumerate(template.plan.refs):
        assert value_at(values, template.written.adjusted.get(node, 0)) == own.get(id(ref), 0)


def test_the_same_step_is_one_term_and_one_cell() -> None:
    """What two results need stands in a cell of its own; a short step is written out twice."""
    x = Terms()
    rate = x.leaf("rate", Span(0, 100))
    gap = x.most(x.sub(x.mul(rate, 12_345), 678), 0)
    one, two = x.floor(gap, 7), x.mul(gap, 3)
    assert x.most(x.sub(x.mul(rate, 12_345), 678), 0) is gap
    laid = lay_out(x, [one, two], {"rate": "D9"}, lambda place: f"D{20 + place}")
    assert [row.formula for row in laid.rows] == ["MAX(D9*12345-678,0)", "INT(D20/7)", "D20*3"]


def test_signs_and_brackets_keep_their_meaning() -> None:
    """A difference of differences, a negative constant, a product of sums."""
    x = Terms()
    a, b = x.leaf("a", Span(-9, 9)), x.leaf("b", Span(1, 9))
    texts = {
        x.sub(a, x.sub(b, 1)): "A1-(B1-1)",
        x.mul(x.add(a, b), -3): "(A1+B1)*(-3)",
        x.floor(x.mul(a, b), x.mul(b, 2)): "INT(A1*B1/(B1*2))",
        x.where(x.compare(0, a, -3), a, 0): "IF(A1>=(-3),A1,0)",
        x.least(x.least(a, b), 4): "MIN(A1,B1,4)",
        x.no(x.both(x.compare(4, a, b), x.differs(b))): "NOT(AND(A1=B1,B1<>0))",
        x.either(x.among(a, (1, 2)), x.among(b, (3,))): "OR(A1=1,A1=2,B1=3)",
    }
    laid = lay_out(x, list(texts), {"a": "A1", "b": "B1"}, lambda place: f"D{1 + place}")
    assert {row.term: row.formula for row in laid.rows} == texts


def test_what_may_leave_the_range_is_wide() -> None:
    """A product that could reach 10^13 is, and all that is made of it; what is below is not."""
    x = Terms()
    a = x.leaf("a", Span(0, 10**7))
    near, far = x.mul(a, 10**5), x.mul(a, 10**6)
    assert isinstance(near, Term)
    assert isinstance(far, Term)
    assert (near.wide, far.wide) == (False, True)
    assert x.least(far, 5).wide  # type: ignore[union-attr]  # a term: the spans leave it open


@given(st.integers(-50, 50), st.integers(1, 50), st.integers(-50, 50))
def test_terms_are_computed_as_python_computes(a: int, b: int, c: int) -> None:
    """Each step, negative numbers too: a floor goes down, as INT does."""
    x = Terms()
    one, two, three = (x.leaf(name, Span(-50, 50)) for name in "abc")
    low = x.leaf("low", Span(1, 50))
    steps = [
        x.floor(one, low),
        x.sub(x.mul(one, two), three),
        x.least(one, x.most(two, three)),
        x.where(x.compare(1, one, three), one, x.add(two, 7)),
        x.among(one, (1, 2, 3)),
        x.no(x.either(x.differs(one), x.compare(4, two, three))),
    ]
    values = Evaluator(x).values({"a": a, "b": b, "c": c, "low": b})
    assert [value_at(values, step) for step in steps] == [
        a // b,
        a * b - c,
        min(a, max(b, c)),
        a if a > c else b + 7,
        a in (1, 2, 3),
        not (a != 0 or b == c),
    ]
