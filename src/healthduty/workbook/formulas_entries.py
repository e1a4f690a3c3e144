"""What a facility has in a row of inputs, and the formulas that make whole numbers of it.

The two say the same: what `entry_of` makes of a record is what the formulas make of the cells, and
the tests let LibreOffice compute them to prove it.

Source: docs/en/explanation/live-formulas.md, “From a cell to whole numbers”.

>>> from healthduty.workbook.formulas_inputs import Row
>>> cell_formulas(Row(("value", "surveys"), "问卷", high=99), 8).num
'IF(K8>0,0,N(D8))'
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from healthduty.exact import Ratio, decimal_places, plain_text
from healthduty.records.observe import MISSING_WORDS, State
from healthduty.records.record import MISSING, Missing, Record, Value, stated
from healthduty.rules.threshold import ByKind
from healthduty.scoring.ops import FilledSlot, Plan
from healthduty.workbook.formulas_inputs import (
    GIVEN,
    LOST,
    SILENT,
    Observed,
    Row,
    Sort,
    lack_of,
    pair_of,
)

VALUE, TOP, BOTTOM, EVIDENCE, NUM, DEN, STATE, BARE = "D", "E", "F", "H", "I", "J", "K", "L"
"""The columns of a row of inputs."""

NOT_APPLICABLE, YES, NO, BARE_WORD, BACKED_WORD = "不适用", "是", "否", "无", "有"
_SHOWN = 200


class Entry(NamedTuple):
    """What a facility has in a row: the cells, and the whole numbers behind them."""

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
        return Entry(NOT_APPLICABLE, den=row.scale, state=state)
    blank = absent is State.MISSING or raw is None
    return Entry(None if blank else str(raw)[:_SHOWN], den=row.scale, state=state)


def _given(
    row: Row, number: Fraction, raw: Value | None, record: Record, code: str
) -> Entry | None:
    if row.sort is Sort.LEVEL:
        place = int(number)
        return Entry(None if _is_blank(raw) else row.words[place], num=place)
    if row.sort is Sort.FLAG:
        word = YES if number else NO
        return Entry(None if _is_blank(raw) else word, num=int(number))
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


def cell_formulas(row: Row, number: int) -> CellFormulas:
    """Return the formulas of a row of inputs that stands in the row `number` of its sheet."""
    at = {name: f"{name}{number}" for name in (VALUE, TOP, BOTTOM, EVIDENCE, STATE, NUM)}
    value, state = at[VALUE], at[STATE]
    bare = f'IF({at[EVIDENCE]}="{BARE_WORD}",1,0)' if row.bare else ""
    match row.sort:
        case Sort.EVIDENCE:
            return CellFormulas(bare=bare)
        case Sort.KIND:
            return CellFormulas()
        case Sort.FLAG | Sort.LEVEL:
            words = (NO, YES) if row.sort is Sort.FLAG else row.words
            tests = [f"EXACT({value},{text_literal(word)})" for word in words]
            known = f"IF(OR({','.join(tests)}),{GIVEN},{LOST})"
            num = "+".join(f"{test}*{place}" for place, test in enumerate(tests) if place)
            return CellFormulas("", num or "0", str(row.scale), _absence(row, value, known), bare)
        case Sort.LOOKED_UP:
            raise TypeError("a threshold that is looked up asks for the cell of the kind")
        case Sort.NUMBER | Sort.JUDGED:
            pass
    plain = _scaled(f"N({value})", row.scale)
    checked = _absence(row, value, _number_state(row, value))
    if not row.parts:
        return CellFormulas("", f"IF({state}>0,0,{plain})", str(row.scale), checked, bare)
    top, bottom = at[TOP], at[BOTTOM]
    pair = _scaled(top, row.parts) + (f"*{row.whole}" if row.whole != 1 else "")
    given = f'AND({top}="",{bottom}="")'
    return CellFormulas(
        "",
        f"IF({state}>0,0,IF({given},{plain},{pair}))",
        f"IF(OR({state}>0,{given}),{row.scale},{_scaled(bottom, row.parts)})",
        f"IF({given},{checked},{_pair_state(row, top, bottom)})",
        bare,
    )


def looked_up_formulas(row: Row, number: int, kind_cell: str) -> CellFormulas:
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
    shown = f'IF({STATE}{number}>0,"",{NUM}{number}/{row.scale})'
    return CellFormulas(shown, num, str(row.scale), state)


def _scaled(cell: str, scale: int) -> str:
    return cell if scale == 1 else f"ROUND({cell}*{scale},0)"


def _absence(row: Row, value: str, known: str) -> str:
    blank = f'IF({value}="",{row.blank},{known})'
    return f'IF({value}="{NOT_APPLICABLE}",{SILENT},{blank})'


def _number_state(row: Row, value: str) -> str:
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
