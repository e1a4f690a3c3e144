"""Expressions for Polars and DuckDB: the points of `score_many`, or a refusal by items."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from columns.test_table import AGREEMENT
from healthduty.columns.many import score_many
from healthduty.columns.readings import Reading
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.grades import Grade, GradeScale
from healthduty.model.indicator import Indicator, Section
from healthduty.model.veto import CapGrade, ForceGrade, LowerGrade, Veto, ZeroSection, ZeroTotal
from healthduty.rules.condition import Flag, Level
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.rule import Curve, Deduction, Knot
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind, Given
from healthduty.scoring.ops import JudgedSlot
from healthduty.scoring.plan import plan
from strategies import agreements
from strategy_rules import KINDS, Draw

pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")

from healthduty.columns.expressions_polars import to_polars  # noqa: E402
from healthduty.columns.expressions_sql import to_sql  # noqa: E402

Columns = dict[str, list[Any]]


def frame_of(columns: Columns) -> Any:  # noqa: ANN401 - of polars
    """Return columns as a frame of whole numbers, words and truths."""
    return pl.DataFrame({key: pl.Series(cells, strict=True) for key, cells in columns.items()})


DATABASE = duckdb.connect()
DATABASE.execute("SET threads = 1")


def by_sql(agreement: Agreement, frame: Any, **options: Any) -> Any:  # noqa: ANN401 - of polars
    """Score a frame in DuckDB."""
    DATABASE.register("frame", frame.to_arrow())
    found = DATABASE.sql(to_sql(agreement, "frame", **options))
    rows = found.fetchall()
    return {name: [row[place] for row in rows] for place, name in enumerate(found.columns)}


def by_polars(agreement: Agreement, frame: Any, **options: Any) -> Any:  # noqa: ANN401 - of polars
    """Score a frame in Polars."""
    made = to_polars(agreement, **options).apply(frame)
    return {name: made[name].to_list() for name in made.columns}


WAYS = [by_polars, by_sql]


def agree(agreement: Agreement, columns: Columns, **options: Any) -> None:  # noqa: ANN401 - as to_sql
    """Hold both engines against `score_many` over the same columns, row by row."""
    table = score_many(agreement, frame_of(columns))
    for way in WAYS:
        made = way(agreement, frame_of(columns), items=True, **options)
        assert made["facility"] == table.facilities
        assert made["unread"] == [False] * len(table)
        assert made["total"] == table.totals, way
        assert made["earned"] == table.earned
        if agreement.grades is not None:
            assert made["grade"] == table.grades
        for number, earned in table.items.items():
            assert made[f"item {number}"] == earned, (way, number)


def _cell(draw: Draw, measure: Measure) -> Any:  # noqa: ANN401 - a cell
    if draw(st.integers(0, 11)) == 0:
        return None
    if measure.kind is MeasureKind.FLAG:
        return draw(st.booleans())
    if measure.kind is MeasureKind.LEVEL:
        return draw(st.sampled_from(measure.levels))
    return draw(
        st.sampled_from((0, 1, 2, 3, 5, 12, 55, 65, 83, 85, 90, 95, 100, 130, -1, -7, 40_000))
    )


@st.composite
def integer_tables(draw: Draw) -> tuple[Agreement, Columns]:
    """Draw an agreement and columns of whole numbers, words and truths."""
    agreement = draw(agreements())
    rows = draw(st.integers(1, 5))
    columns: Columns = {"facility": [f"f{row}" for row in range(rows)]}
    columns["kind"] = [draw(st.sampled_from(KINDS)) for _ in range(rows)]
    for measure in agreement.measures:
        columns[measure.code] = [_cell(draw, measure) for _ in range(rows)]
    for code in _judged(agreement):
        columns[code] = [draw(st.sampled_from((None, 0, 1, 2, 3, 9))) for _ in range(rows)]
    return agreement, columns


def _judged(agreement: Agreement) -> list[str]:
    slots = plan(agreement).plan.slots
    return list(dict.fromkeys(slot.code for slot in slots if isinstance(slot, JudgedSlot)))


def _said(agreement: Agreement) -> bool:
    """Return whether an agreement can be expressed; what can't be is refused with its items."""
    try:
        return bool(to_sql(agreement, "frame"))
    except UsageError as error:
        return not any(word in str(error) for word in ("items ", "no total", "a veto"))


@given(integer_tables())
@settings(max_examples=20)
def test_expressions_score_as_columns_do(drawn: tuple[Agreement, Columns]) -> None:
    """Law: totals, grades and items of Polars and DuckDB are those of `score_many`, or refused."""
    agreement, columns = drawn
    assume(_said(agreement))
    agree(agreement, columns)


RATE = Measure("rate", "管理率", unit="%")
FOUND = Measure("found", "发现", unit="例", kind="cases")
LAST = Measure("last", "上年增长", unit="%", kind="growth")
LEVEL = Measure("level", "评价", kind="level", levels=("优", "良", "差"))
EVENT = Measure("event", "责任事故", kind="flag")
BREACH = Measure("breach", "违纪", kind="flag")


def small(*rules: Any, **options: Any) -> Agreement:  # noqa: ANN401 - of an agreement
    """Return an agreement of one item of ten points."""
    measures = (RATE, FOUND, LAST, LEVEL, EVENT, BREACH)
    item = Indicator("1.1", "管理", points=10, rules=rules)
    parts = (Section("1", "一", parts=(item,)), Indicator("2", "台账", points=90))
    return Agreement("示例", measures=measures, parts=parts, **options)


def columns(**cells: list[Any]) -> Columns:
    """Return columns with a facility each, and full marks for what is judged."""
    rows = len(next(iter(cells.values())))
    return {"facility": [f"f{row}" for row in range(rows)], "2": [90] * rows, **cells}


STEPS = Deduction(StepsBelow(RATE, target=90, step=5), points="0.5")


def test_vetoes_and_grades_follow() -> None:
    """Zeroed sections and totals, grades lowered, capped and forced; unknown: no total."""
    vetoes = (
        Veto("section", when=Flag(EVENT), effects=(ZeroSection("1"), LowerGrade(1))),
        Veto(
            "total", when=Flag(BREACH), exempt=Flag(EVENT), effects=(ZeroTotal(), ForceGrade("差"))
        ),
        Veto("cap", when=Flag(BREACH), effects=CapGrade("中")),
    )
    grades = GradeScale((Grade("好", 95), Grade("中", 80), Grade("差")))
    agreement = small(STEPS, vetoes=vetoes, grades=grades)
    events = [None, True, False] * 3
    breaches = [None] * 3 + [True] * 3 + [False] * 3
    given = columns(rate=[90, 85, 84, 90, 89, 60, 95, 90, 10], event=events, breach=breaches)
    agree(agreement, given)
    assert score_many(agreement, frame_of(given)).totals[7] == Decimal(90)


def test_thresholds_by_kind_and_given_levels_and_curves() -> None:
    """What a row is held against may hang on its kind, or on another column, below 0 too."""
    by_kind = ByKind((("中心", 90), ("卫生院", "82.5")), default=70)
    knots = (Knot(60, 0), Knot(80, 3), Knot(95, 5))
    agreement = small(
        Deduction(StepsBelow(RATE, target=by_kind, step=5), points="0.5", cap=2),
        Deduction(Lacking(FOUND, required=Given(LAST)), points=1, cap=3),
        Deduction(Once(Level(LEVEL, ("良", "差"))), points=2),
        Curve(RATE, "lose", knots),
    )
    given = columns(
        rate=[82, 83, 95, 70, None, 61],
        found=[3, 0, None, 2, 7, -1],
        last=[-3, 2, 5, None, 7, 1],
        level=["优", "良", "差", None, "优", "良"],
        kind=["中心", "卫生院", None, "站", "中心", "中心"],
    )
    agree(agreement, given)


def test_tenths_score_as_the_numbers_they_are() -> None:
    """A column of tenths is read as such; half a case is a fault."""
    agreement = small(STEPS, Deduction(Cases(FOUND), points=1, cap=3))
    tenths = columns(rate=[900, 899, 851, 850, None, -5], found=[10, 0, 5, 20, 10, 30])
    plain = {**tenths}
    for code in ("rate", "found"):
        plain[code] = [None if cell is None else Decimal(cell) / 10 for cell in tenths[code]]
    table = score_many(agreement, plain)
    over = {code: Reading(code, over=10) for code in ("rate", "found")}
    for way in WAYS:
        assert way(agreement, frame_of(tenths), columns=over)["total"] == table.totals


def test_two_columns_of_counts_are_a_rate() -> None:
    """Nothing is divided; 0 of 0 is not applicable, 1 of 0 is at fault, one alone is unread."""
    agreement = small(STEPS)
    pairs = columns(top=[900, 899, 0, 1, 3, None, None], bottom=[1000, 1000, 0, 0, 2, None, 5])
    pairs_read = {"rate": Reading("top", of="bottom")}
    renamed = {**pairs, "管理率（分子）": pairs["top"], "管理率（分母）": pairs["bottom"]}
    del renamed["top"], renamed["bottom"]
    table = score_many(agreement, {key: cells[:6] for key, cells in renamed.items()})
    for way in WAYS:
        made = way(agreement, frame_of(pairs), columns=pairs_read)
        assert made["total"] == [*table.totals, None]
        assert made["unread"] == [False] * 6 + [True]


def test_a_row_that_only_score_many_reads_is_unread() -> None:
    """A number beyond what was said, a word that is none: no total, and never a wrong one."""
    agreement = small(STEPS, Deduction(Once(Level(LEVEL, ("优",))), points=2))
    given = columns(rate=[90, 2**40, 90], level=["优", "良", "优秀"])
    for way in WAYS:
        made = way(agreement, frame_of(given))
        assert made["unread"] == [False, True, True]
        assert made["total"] == [Decimal(98), None, None]
        wider = {"rate": Reading("rate", most=2**41)}
        assert way(agreement, frame_of(given), columns=wider)["unread"] == [False, False, True]


def test_numbers_beyond_64_bits_go_through_128() -> None:
    """The lanes are those of the proof; what needs more still is refused, by its items."""
    rule = Deduction(StepsBelow(RATE, target="1e9", step="0.00000000001"), points="0.000001")
    agreement = small(rule)
    given = columns(rate=[0, 3, 10**9 - 1, 10**9])
    assert "HUGEINT" in to_sql(agreement, "frame")
    agree(agreement, given)
    finer = small(Deduction(StepsAbove(LAST, target=90, step=f"0.{1:029}"), points=1))
    assert to_sql(finer, "frame", columns={"last": Reading("last", most=100)})
    with pytest.raises(UsageError, match=r"items 1\.1: their numbers may need more than 128 bits"):
        to_sql(finer, "frame", columns={"last": Reading("last", most=2**62)})


def test_what_no_expression_says_is_refused_with_its_items() -> None:
    """Cases weighed one by one; agreements without a total; columns of another kind."""
    weights = ByAttribute("级", (("重", 2), ("轻", 1)))
    agreement = small(Deduction(Cases(FOUND, by=weights), points=1))
    for to in (lambda: to_polars(agreement), lambda: to_sql(agreement, "frame")):
        with pytest.raises(UsageError, match=r"items 1\.1: what a case weighs"):
            to()
    with pytest.raises(UsageError, match="no total to express"):
        to_sql(Agreement("示例"), "frame")
    with pytest.raises(UsageError, match="`rate` holds Float64, not integers; `2` is missing"):
        to_polars(small(STEPS)).apply(pl.DataFrame({"facility": ["f"], "rate": [83.5]}))
    with pytest.raises(duckdb.BinderException):
        by_sql(small(STEPS), pl.DataFrame({"facility": ["f"], "rate": [83.5], "2": [1]}))
    for wrong in ({"over": 0}, {"most": 2**63}, {"of": "b", "over": 10}):
        with pytest.raises(UsageError, match="`over` is at least 1"):
            Reading("rate", **wrong)  # type: ignore[arg-type]


def test_names_of_columns_are_quoted() -> None:
    """A heading may hold anything, and is never SQL."""
    agreement = small(STEPS)
    name = 'x" FROM frame; DROP TABLE t; --'
    given = {key if key != "rate" else name: cells for key, cells in columns(rate=[84]).items()}
    for way in WAYS:
        made = way(agreement, frame_of(given), columns={"rate": name})
        assert made["total"] == [Decimal("99.5")]


def test_an_agreement_of_every_day_is_expressed() -> None:
    """The sample of the other tests, vetoes that bar honours included, but for its honours."""
    given = columns(satisfaction=[83, 90, None], surveys=[1, 2, 2], breaches=[0, 3, None])
    given["accident"] = [False, True, False]
    agree(AGREEMENT, {key: cells for key, cells in given.items() if key != "2"})


def test_lazy_frames_stay_lazy() -> None:
    """Nothing runs before the frame is collected."""
    scoring = to_polars(small(STEPS))
    made = scoring.apply(pl.LazyFrame(columns(rate=[84])))
    assert isinstance(made, pl.LazyFrame)
    assert made.collect(engine="streaming")["total"].to_list() == [Decimal("99.5")]
