"""Law: the same digests always give the same score, however the values were written down.

A digest takes 1, "1", 1.0, "０１" and " 1.0 " for one value. So whoever reads a record must take
them for one too, whatever the measure: a count, a flag, a level that is called 1.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given, note
from hypothesis import strategies as st

from healthduty.convert.digest import digest
from healthduty.exact import Ratio, show
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.indicator import Indicator
from healthduty.records.observe import (
    MISSING_WORDS,
    NO,
    NOT_APPLICABLE_WORDS,
    YES,
    State,
    observe,
)
from healthduty.records.record import MISSING, NOT_APPLICABLE, Case, Judged, Record, Sample
from healthduty.rules.condition import Flag, Level
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction, Judgement
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.scoring.score import score

MEASURES = (
    Measure("rate", unit="%"),
    Measure("incidence", unit="1/10万", absent="zero"),
    Measure("completion", unit="%", kind="completion"),
    Measure("growth", unit="%", kind="growth"),
    Measure("count", unit="次"),
    Measure("beds", unit="0张"),  # a unit that begins like a number
    Measure("tens", unit="0"),  # and one that is nothing else
    Measure("amount", unit="万元"),
    Measure("grade", levels=("优", "良", "差")),
    Measure("level", levels=("1", "2", "3")),
    Measure("odd", levels=("01", "1.0", "inf", "①", "1E+300")),
    Measure("flag", kind="flag"),
    Measure("cases", kind="cases"),
)
WORDS = sorted(
    YES | NO | NOT_APPLICABLE_WORDS | MISSING_WORDS | {"优", "inf", "①", "85①", "1E+300"}
)
NUMBERS = st.sampled_from([0, 1, 2, 3, 10, 85, 1_000]) | st.decimals(-200, 1_100, places=2)
WAYS: tuple[Callable[[Decimal], object], ...] = (
    lambda number: number,
    Fraction,
    float,
    np.float64,
    lambda number: int(number) if number == int(number) else number,
    lambda number: show(Fraction(number)),
    lambda number: f" {number:.3f}\u3000",
    lambda number: f"{number:+09.2f}",
    lambda number: f"{number:,.2f}",
    lambda number: f"{number:e}",
    lambda number: show(Fraction(number)).translate(
        str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    ),
)
"""Ways to write down one number."""


@st.composite
def spelled(
    draw: st.DrawFn, numbers: st.SearchStrategy[int | Decimal] = NUMBERS
) -> tuple[object, object]:
    """Draw one number, written down in two ways."""
    number = Decimal(draw(numbers))
    ways = [draw(st.sampled_from(WAYS)) for _ in range(2)]
    return ways[0](number), ways[1](number)


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.tuples(st.sampled_from(WAYS), st.sampled_from([Decimal(0), Decimal(1), Decimal(85)])).map(
        lambda drawn: drawn[0](drawn[1])
    ),
    st.sampled_from(WORDS),
    st.sampled_from(
        [
            True,
            False,
            None,
            MISSING,
            NOT_APPLICABLE,
            Ratio(1, 2),
            Ratio(0, 0),
            Ratio(1, 1, printed="100%"),
            Sample(1, asked=10, available=8),
            Case("1"),
            (Case("1"),),
            [Case("1")],
            (),
            Judged(1),
            float("nan"),
            float("inf"),
            Decimal("NaN"),
            Decimal("1e300"),
            10**300,
            str(10**300),
        ]
    ),
)


def read(measure: Measure, value: object) -> tuple[int, int] | State:
    """Return what a measure makes of a value, as a fraction in lowest terms or a state."""
    pair = observe(measure, value, [])
    return pair if isinstance(pair, State) else Fraction(*pair).as_integer_ratio()


def digest_of(value: Any) -> str:  # noqa: ANN401 - any value
    """Return the digest of a record of one value."""
    return digest(Record("a", {"x": value}))


@given(spelled())
def test_one_number_is_one_value(values: tuple[object, object]) -> None:
    """Two ways to write one number have one digest, and are read alike under every measure."""
    one, other = values
    assert digest_of(one) == digest_of(other)
    for measure in MEASURES:
        assert read(measure, one) == read(measure, other), measure.code


@given(st.lists(VALUES, min_size=6, max_size=12))
def test_values_with_one_digest_are_read_alike(values: list[object]) -> None:
    """Words, absences, pairs, cases and what is no number among them."""
    known: dict[str, object] = {}
    for value in values:
        first = known.setdefault(digest_of(value), value)
        note(f"{first!r} and {value!r}")
        for measure in MEASURES:
            assert read(measure, value) == read(measure, first), measure.code


# ----------------------------------------------------------------------------- whole sheets

_TALLIES = (
    StepsBelow("rate", target=90, step=5),
    StepsAbove("incidence", target=1, step=1),
    StepsBelow("completion", target=100, step="0.5"),
    StepsBelow("growth", target=10),
    Lacking("count", required=3),
    StepsBelow("beds", target=100, step=1),
    StepsBelow("tens", target=100, step=1),
    StepsBelow("amount", target=500, step=10),
    Once(Level("level", ("2", "3"))),
    Once(Level("odd", "1.0")),
    Once(Flag("flag", expected=False)),
    Cases("cases"),
)
AGREEMENT = Agreement(
    "一事一分",
    measures=[measure for measure in MEASURES if measure.code != "grade"],
    parts=(
        *(
            Indicator(str(number), points=10, rules=Deduction(tally, points="0.5"))
            for number, tally in enumerate(_TALLIES, start=1)
        ),
        Indicator("tidiness", points=10, rules=Judgement("tidiness", "lose")),
        Indicator("judged", points=10),
    ),
    funding=(FundingPolicy("pool", per_head="1.25", tiers=(Tier(None, 1),)),),
)
SOUND = {"level": (1, 2, 3), "odd": (1,), "flag": (0, 1)}
"""What these three can be; everything else may be 0 to 10."""
PAIRS = {
    code: spelled(st.sampled_from(SOUND.get(code, (0, 1, 2, 3, 10))))
    for code in (*(each.code for each in AGREEMENT.measures), "tidiness", "judged", "people")
}


@given(st.fixed_dictionaries(PAIRS))
def test_records_with_one_digest_score_alike(pairs: dict[str, tuple[Any, Any]]) -> None:
    """Measures, judgements and the population: points, total and money are the same."""
    sheets = []
    for side in range(2):
        values = {code: pair[side] for code, pair in pairs.items() if code != "people"}
        sheets.append(score(AGREEMENT, Record("a", values, population=pairs["people"][side])))
    one, other = sheets
    assert one.digests == other.digests
    assert one.total is not None
    assert one.total == other.total
    assert one.money == other.money
    assert [line.effective for line in one.lines] == [line.effective for line in other.lines]
