"""Law: full + Σ signed effective lines = earned, exactly, every cap and rounding being a line.

The same holds of the raw points, because what a cap gave back stands on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, note

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.lines import LineKind
from healthduty.scoring.score import score
from strategies import scored

GIVEN_BACK = (
    LineKind.CAP,
    LineKind.NOT_PICKED,
    LineKind.GROUP_CAP,
    LineKind.FLOOR,
    LineKind.CEILING,
)


def _sum(values: Iterable[Decimal]) -> Fraction:
    # Sums of Decimal follow the ambient context; sums of Fraction are exact.
    return sum(map(Fraction, values), Fraction(0))


@given(scored())
def test_full_points_and_all_lines_make_what_was_earned(
    drawn: tuple[Agreement, Record],
) -> None:
    """Full + Σ effective = earned, and full + Σ raw = earned."""
    sheet = score(*drawn)
    note(sheet.lines)
    if sheet.earned is None or sheet.full is None:
        return
    lost = Fraction(sheet.earned) - Fraction(sheet.full)
    assert _sum(line.effective for line in sheet.lines) == lost
    assert _sum(line.raw for line in sheet.lines) == lost


@given(scored())
def test_what_a_cap_gave_back_has_a_line_of_its_own(
    drawn: tuple[Agreement, Record],
) -> None:
    """Within each item the raw points, less what was given back, are the points that count."""
    sheet = score(*drawn)
    note(sheet.lines)
    for number in {line.number for line in sheet.lines}:
        own = [line for line in sheet.lines if line.number == number]
        assert _sum(line.raw for line in own) == _sum(line.effective for line in own)
    for line in sheet.lines:
        if line.kind in GIVEN_BACK:
            assert line.effective == 0
            assert line.raw != 0
        elif line.kind is not LineKind.RULE:
            assert line.raw == line.effective
