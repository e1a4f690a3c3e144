"""What a facility has in a row of inputs, and the formulas that make whole numbers of it.

The two say the same: what `entry_of` makes of a record is what the formulas make of the cells, and
the tests let LibreOffice compute them to prove it.

Source: docs/en/explanation/live-formulas.md, “From a cell to whole numbers”.

>>> from healthduty.workbook.formulas_inputs import Row
>>> cell_formulas(Row(("value", "surveys"), "问卷", high=99), cells_in_row(8), TYPED["zh"]).num
'IF(K8>0,0,N(D8))'
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple, assert_never

from healthduty.exact import Ratio, decimal_places, plain_text
from healthduty.records.observe import MISSING_WORDS, State
from healthduty.records.record import MISSING, Missing, Record, Value, stated
from healthduty.rules.measure import Measure
from healthduty.rules.threshold import ByKind
from healthduty.scoring.cases import case_list
from healthduty.scoring.ops import FilledSlot, Plan
from healthduty.scoring.prepare import Prepared
from healthduty.wording import Language
from healthduty.workbook.formulas_cells import InputCells
from healthduty.workbook.formulas_inputs import (
    GIVEN,
    LOST,
    SILENT,
    Observed,
    Row,
    Sort,
    counted_of,
    lack_of,
    pair_of,
)

VALUE, TOP, BOTTOM, EVIDENCE, NUM, DEN, STATE, BARE = "D", "E", "F", "H", "I", "J", "K", "L"
"""The columns of a row of inputs on a facility's own sheet."""


class Typed(NamedTuple):
    """The words that a person may type, in the language of the workbook."""

    not_applicable: str
    yes: str
    no: str
    bare: str
    backed: str


TYPED: Mapping[Language, Typed] = {
    "zh": Typed("不适用", "是", "否", "无", "有"),
    "en": Typed("n/a", "yes", "no", "none", "there"),
}
_SHOWN = 200


def cells_in_row(number: int) -> InputCells:
    """Return the cells of a row of inputs on a facility's own sheet."""
    columns = (VALUE, TOP, BOTTOM, EVIDENCE, NUM, DEN, STATE, BARE)
    return InputCells(*(f"{column}{number}" for column in columns))


class Entry(NamedTuple):
    """What a facility has in a row: the cells, and the whole numbers behind them.

    Where it is not applicable, or yes or no, state and number tell it, and the cell has the word.
    """

    value: Fraction | str | None = None
    top: Fraction | None = None
    bottom: Fraction | None = None
    bare: bool = False
    num: int = 0
    den: int = 1
    state: int = GIVEN


# --- from a record -----------------------------------------------------------------------------


def entry_of(row: Row, plan: Plan, observed: Observed) -> Entry | None:
    """Return what a facility has in a row; None where its numbers don't fit into the row."""
    record, prepared = observed
    bare = row.bare and stated(record.values.get(str(row.key[1]), MISSING))[1]
    match row.sort:
        case Sort.EVIDENCE:
            return Entry(bare=bare)
        case Sort.KIND:
            return Entry(record.kind or None)
        case Sort.LISTED:
            return _listed(row, plan, observed)._replace(bare=bare)
        case Sort.WEIGHED:
            return _weighed(row, prepared)
        case _ if row.key[0] == "people":
            return _people(row, record)
    absent = prepared.absent.get(row.slot)
    raw = _raw(row, plan, record)
    if absent is not None:
        return _absent(row, absent, raw)._replace(bare=bare)
    number = _number(row, plan, observed)
    entry = _given(row, number, raw, record, code_of(row, plan))
    return None if entry is None else entry._replace(bare=bare)


def code_of(row: Row, plan: Plan) -> str:
    """Return the code whose value stands in a row; none for what is looked up or computed."""
    slot = plan.slots[row.slot]
    if row.key[0] == "value":
        return str(row.key[1])
    return str(getattr(slot, "code", ""))


def _raw(row: Row, plan: Plan, record: Record) -> Value | None:
    code = code_of(row, plan)
    return stated(record.values.get(code, MISSING))[0] if code else None


def _number(row: Row, plan: Plan, observed: Observed) -> Fraction:
    record, prepared = observed
    slot = plan.slots[row.slot]
    number = Fraction(prepared.num[row.slot], prepared.den[row.slot])
    if isinstance(slot, FilledSlot):
        lack = lack_of(record, slot.measure.code)
        return lack if row.key[0] == "lack" else number - lack
    return number * row.high if row.key[0] == "months" else number


def _listed(row: Row, plan: Plan, observed: Observed) -> Entry:
    """Return how many cases there are: nothing beside a list, which tells it itself."""
    measure = getattr(plan.slots[row.slot], "measure", None)
    assert isinstance(measure, Measure)  # noqa: S101 - cases are of a measure
    counted = counted_of(observed.record, measure)
    raw = _raw(row, plan, observed.record)
    if isinstance(counted, State):
        return _absent(row, counted, raw)
    listed = bool(case_list(observed.record, measure.code))
    blank = listed or _is_blank(raw)
    return Entry(None if blank else Fraction(counted[0]), num=counted[0])


def _weighed(row: Row, prepared: Prepared) -> Entry | None:
    """Return what one rule counts: worked out from the list, or from the number of cases."""
    absent = prepared.absent.get(row.slot)
    if absent is not None:
        return _absent(row, absent, None)
    scaled = Fraction(prepared.num[row.slot], prepared.den[row.slot]) * row.scale
    fits = scaled.denominator == 1 and 0 <= scaled <= row.high
    return Entry(num=int(scaled), den=row.scale) if fits else None


def _people(row: Row, record: Record) -> Entry:
    if record.population is None:
        return Entry(state=LOST)
    try:
        number = Fraction(str(record.population))
    except ValueError:
        return Entry(str(record.population)[:_SHOWN], state=LOST)
    if number.denominator != 1 or not 0 <= number <= row.high:
        return Entry(number, state=LOST)
    return Entry(number, num=int(number))


def _absent(row: Row, absent: State, raw: Value | None) -> Entry:
    state = SILENT if absent is State.NOT_APPLICABLE else LOST
    pair = raw if isinstance(raw, Ratio) and row.parts else None
    if pair is not None and not pair.denominator:
        return Entry(top=pair.numerator, bottom=pair.denominator, den=row.scale, state=state)
    if state == SILENT:
        return Entry(den=row.scale, state=state)
    blank = absent is State.MISSING or raw is None
    return Entry(None if blank else str(raw)[:_SHOWN], den=row.scale, state=state)


def _given(
    row: Row, number: Fraction, raw: Value | None, record: Record, code: str
) -> Entry | None:
    if row.sort is Sort.LEVEL:
        place = int(number)
        return Entry(None if _is_blank(raw) else row.words[place], num=place)
    if row.sort is Sort.FLAG:
        return Entry(None if _is_blank(raw) else number, num=int(number))
    pair = pair_of(record, code, number, row.whole)
    if pair is not None and (row.parts or decimal_places(number) is None):
        return _as_pair(row, pair)
    scaled = number * row.scale
    if scaled.denominator != 1 or not row.low <= scaled <= row.high:
        return None
    blank = row.key[0] != "lack" and code and _is_blank(raw)
    return Entry(None if blank else number, num=int(scaled), den=row.scale)


def _as_pair(row: Row, pair: Ratio) -> Entry | None:
    tops = [pair.numerator * row.parts, pair.denominator * row.parts]
    if not row.parts or any(each.denominator != 1 or abs(each) > row.part for each in tops):
        return None
    top, bottom = map(int, tops)
    if top < 0 <= row.low:
        return None
    return Entry(top=pair.numerator, bottom=pair.denominator, num=top * row.whole, den=bottom)


def _is_blank(raw: Value | None) -> bool:
    if isinstance(raw, str):
        return plain_text(raw).lower() in MISSING_WORDS
    return raw is None or isinstance(raw, Missing)


# --- in the cells ------------------------------------------------------------------------------


class CellFormulas(NamedTuple):
    """What stands in the greyed cells of a row, without the `=`; empty where nothing does."""

    value: str = ""
    num: str = ""
    den: str = ""
    state: str = ""
    bare: str = ""


def cell_formulas(row: Row, at: InputCells, typed: Typed) -> CellFormulas:
    """Return the formulas of a row of inputs that stands in these cells."""
    value, state = at.value, at.state
    bare = bare_formula(row, at, typed)
    match row.sort:
        case Sort.EVIDENCE:
            return CellFormulas(bare=bare)
        case Sort.KIND:
            return CellFormulas()
        case Sort.FLAG | Sort.LEVEL:
            words = (typed.no, typed.yes) if row.sort is Sort.FLAG else row.words
            tests = [f"EXACT({value},{text_literal(word)})" for word in words]
            known = f"IF(OR({','.join(tests)}),{GIVEN},{LOST})"
            num = "+".join(f"{test}*{place}" for place, test in enumerate(tests) if place)
            state = absence(row, value, known, typed)
            return CellFormulas("", num or "0", str(row.scale), state, bare)
        case Sort.LOOKED_UP | Sort.LISTED | Sort.WEIGHED:
            raise TypeError("what is looked up or listed asks for other cells too")
        case Sort.NUMBER | Sort.JUDGED:
            pass
        case _:
            assert_never(row.sort)
    plain = _scaled(f"N({value})", row.scale)
    checked = absence(row, value, number_state(row, value), typed)
    if not row.parts:
        return CellFormulas("", f"IF({state}>0,0,{plain})", str(row.scale), checked, bare)
    top, bottom = at.top, at.bottom
    pair = _scaled(top, row.parts) + (f"*{row.whole}" if row.whole != 1 else "")
    given = f'AND({top}="",{bottom}="")'
    return CellFormulas(
        "",
        f"IF({state}>0,0,IF({given},{plain},{pair}))",
        f"IF(OR({state}>0,{given}),{row.scale},{_scaled(bottom, row.parts)})",
        f"IF({given},{checked},{_pair_state(row, top, bottom)})",
        bare,
    )


def bare_formula(row: Row, at: InputCells, typed: Typed) -> str:
    """Return the formula that says whether a value lacks written evidence."""
    return f'IF({at.evidence}="{typed.bare}",1,0)' if row.bare else ""


def looked_up_formulas(row: Row, at: InputCells, kind_cell: str) -> CellFormulas:
    """Return the formulas of a threshold by kind, which stands in `kind_cell`."""
    table = row.table
    assert isinstance(table, ByKind)  # noqa: S101 - only these rows are looked up
    tests = [f"EXACT({kind_cell},{text_literal(kind)})" for kind, _ in table.values]
    known = f"OR({','.join(tests)})"
    num = "+".join(
        f"{test}*({int(value * row.scale)})"
        for test, (_, value) in zip(tests, table.values, strict=True)
    )
    state = f"IF({known},{GIVEN},{LOST})"
    if table.default is not None:
        num, state = f"IF({known},{num},{int(table.default * row.scale)})", str(GIVEN)
    shown = f'IF({at.state}>0,"",{over(at.num, row.scale)})'
    return CellFormulas(shown, num, str(row.scale), state)


SHOWN_PLACES = 6


def over(cell: str, scale: int) -> str:
    """Return a whole number over its scale, to be looked at."""
    return cell if scale == 1 else f"ROUND({cell}/{scale},{SHOWN_PLACES})"


def _scaled(cell: str, scale: int) -> str:
    return cell if scale == 1 else f"ROUND({cell}*{scale},0)"


def absence(row: Row, value: str, known: str, typed: Typed) -> str:
    """Return the state of a cell: not applicable, blank, or what `known` says of it."""
    blank = f'IF({value}="",{row.blank},{known})'
    return f'IF({value}="{typed.not_applicable}",{SILENT},{blank})'


def number_state(row: Row, value: str) -> str:
    """Return the state of a number: within its range, with no more decimals than it may have."""
    low, high = _plain(Fraction(row.low, row.scale)), _plain(Fraction(row.high, row.scale))
    inside = f"{value}>={low},{value}<={high}"
    tests = f"AND({inside},ROUND({value}*{row.scale},0)/{row.scale}={value})"
    if row.least > 0:  # an assessor gives nothing, or at least so many points
        least = f"{value}*{row.least.denominator}>={row.least.numerator}"
        tests = f"AND({tests},OR({value}=0,{least}))"
    return f"IF(ISNUMBER({value}),IF({tests},{GIVEN},{LOST}),{LOST})"


def _pair_state(row: Row, top: str, bottom: str) -> str:
    most = _plain(Fraction(row.part, row.parts))
    low = f"-{most}" if row.low < 0 else "0"
    tests = [f"{top}>={low}", f"{top}<={most}", f"{bottom}>0", f"{bottom}<={most}"]
    tests += [f"ROUND({each}*{row.parts},0)/{row.parts}={each}" for each in (top, bottom)]
    if row.sort is Sort.JUDGED:  # the points of several assessors over how many they are
        most_points = Fraction(row.high, row.scale)
        tests.append(f"{top}*{most_points.denominator}<={bottom}*{most_points.numerator}")
    known = f"IF(AND({','.join(tests)}),{GIVEN},{LOST})"
    nothing = f"IF({bottom}=0,IF({top}=0,{SILENT},{LOST}),{known})"
    return f"IF(AND(ISNUMBER({top}),ISNUMBER({bottom})),{nothing},{LOST})"


def _plain(number: Fraction) -> str:
    """Return a number that comes out even as a formula has it."""
    whole, rest = divmod(abs(number.numerator), number.denominator)
    sign = "-" if number < 0 else ""
    places = decimal_places(number) or 0
    tail = f".{rest * 10**places // number.denominator:0{places}d}" if rest else ""
    return f"{sign}{whole}{tail}"


def yes_or_no(row: Row, number: Fraction, typed: Typed) -> str:
    """Return the word for the value of a flag; nothing for any other number."""
    return (typed.yes if number else typed.no) if row.sort is Sort.FLAG else ""


_MOST_LITERAL = 255


def text_literal(text: str) -> str:
    """Return a text as it stands in a formula; longer ones are put together.

    >>> text_literal('优"良')
    '"优""良"'
    """
    pieces = [text[start : start + _MOST_LITERAL] for start in range(0, len(text), _MOST_LITERAL)]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces or [""])


def leaves_of(rows: tuple[Row, ...], entries: tuple[Entry, ...]) -> dict[tuple[str, int], int]:
    """Return the numbers of a facility by the names of the leaves that they stand for."""
    leaves: dict[tuple[str, int], int] = {}
    for place, (row, entry) in enumerate(zip(rows, entries, strict=True)):
        leaves["num", place], leaves["den", place] = entry.num, entry.den
        leaves["state", place], leaves["bare", place] = entry.state, int(row.bare and entry.bare)
    return leaves
