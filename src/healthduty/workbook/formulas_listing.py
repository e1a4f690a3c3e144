"""The columns beside a list of cases, as formulas.

Each formula reads its own row, and the rows of the same facility where a case may stand twice. A
number in the file is compared letter by letter (EXACT), so that 001 and 1 are two cases.

Source: docs/en/explanation/live-formulas.md, “Cases”; `formulas_cases` has the same steps on
numbers.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from healthduty.workbook.formulas_cases import MOST_COUNT, CaseList, CaseTally
from healthduty.workbook.formulas_cells import FIRST, HERE, LAST, InputCells
from healthduty.workbook.formulas_entries import (
    CellFormulas,
    Typed,
    absence,
    bare_formula,
    number_state,
    over,
    text_literal,
)
from healthduty.workbook.formulas_inputs import GIVEN, LOST, Row
from healthduty.workbook.styles import column_letters

WHO, MEASURE, ID, ON, COUNT, ATTRIBUTES = range(6)
"""The columns that are filled in; attributes are the last of them, as many as there are."""

_OWN_ID = f"$C{HERE}"
_IDS = f"$C${FIRST}:$C${LAST}"


class CaseColumn(NamedTuple):
    """A grey column: what it holds, its letters, and its formula without the `=`."""

    key: Hashable
    letters: str
    formula: str

    def in_row(self, number: int) -> str:
        """Return its formula in a row (from 1).

        Every other row adds nothing to it, so that no two rows below each other have the same one:
        LibreOffice computes rows of one formula in threads, and then takes old numbers from cells
        that stand on the way. Rows that are copied keep their meaning, as `$` in front of the row
        would not let them.
        """
        nothing = "" if number % 2 else '&""' if self.key == "under" else "+0"
        return self.formula.replace(HERE, str(number)) + nothing


class CaseSite(NamedTuple):
    """The list as formulas see it: how they refer to its sheet, what its rules are called.

    `join` stands between the names of rules.
    """

    sheet: str
    names: tuple[str, ...]
    join: str


class CaseColumns:
    """The grey columns of a list, from left to right."""

    def __init__(
        self, listed: CaseList, prices: Sequence[str], site: CaseSite, typed: Typed
    ) -> None:
        """Write all formulas; `prices` are the cells with what each tally's rule charges.

        `typed` are the words that a person may type.
        """
        self.listed, self.typed = listed, typed
        self.columns: list[CaseColumn] = []
        self._letters: dict[Hashable, str] = {}
        self._add("under", "")  # stands first, and asks for all the others
        self._add("bad", _fault(listed))
        bad = self._own("bad")
        for place, label in enumerate(listed.labels):
            test = f"AND({bad}=0,EXACT($B{HERE},{text_literal(label)}))"
            self._add(("of", place), f"IF({test},N($E{HERE}),0)")
        for place, tally in enumerate(listed.tallies):
            self._matched(place, tally, prices[place])
        if listed.charges:
            self._chosen()
        for place, tally in enumerate(listed.tallies):
            self._added(place, tally)
        self.columns[0] = self.columns[0]._replace(formula=self._under(site.names, site.join))

    def sum(self, key: Hashable, sheet: str) -> str:
        """Return the sum over a facility's rows as another sheet refers to it."""
        letters = self._letters[key]
        return f"SUM({sheet}${letters}${FIRST}:${letters}${LAST})"

    def counted(self, row: Row, at: InputCells, sheet: str) -> CellFormulas:
        """Return the formulas of a row of inputs that has a measure's number of cases."""
        codes = [measure.code for measure in self.listed.measures]
        count = self.sum(("of", codes.index(str(row.key[1]))), sheet)
        return counted_formulas(row, at, (count, self.sum("bad", sheet)), self.typed)

    def weighed(self, row: Row, at: InputCells, counted: InputCells, sheet: str) -> CellFormulas:
        """Return the formulas of a row that has what one rule counts."""
        place = next(
            place for place, tally in enumerate(self.listed.tallies) if tally.place == row.slot
        )
        tally = self.listed.tallies[place]
        lacks = self.sum(("lacks", place), sheet) if tally.otherwise < 0 else ""
        count, adds = (self.sum(key, sheet) for key in (("of", tally.measure), ("adds", place)))
        return weighed_formulas(tally, at, counted, (count, adds, lacks))

    # --- cells -------------------------------------------------------------------------------

    def _add(self, key: Hashable, formula: str) -> None:
        place = ATTRIBUTES + len(self.listed.attributes) + len(self.columns)
        self._letters[key] = letters = column_letters(place)
        self.columns.append(CaseColumn(key, letters, formula))

    def _same(self, key: Hashable, other: Hashable) -> None:
        """Let a column be another one, whose cells would hold the same."""
        self._letters[key] = self._letters[other]

    def _own(self, key: Hashable) -> str:
        return f"${self._letters[key]}{HERE}"

    def _all(self, key: Hashable) -> str:
        letters = self._letters[key]
        return f"${letters}${FIRST}:${letters}${LAST}"

    def _so_far(self, key: Hashable) -> str:
        letters = self._letters[key]
        return f"${letters}${FIRST}:${letters}{HERE}"

    def _attribute(self, name: str) -> str:
        return f"${column_letters(ATTRIBUTES + self.listed.attributes.index(name))}{HERE}"

    # --- columns -----------------------------------------------------------------------------

    def _matched(self, place: int, tally: CaseTally, price: str) -> None:
        """Say whether a case counts, what it weighs, what the rule would charge for it."""
        of, counts = ("of", tally.measure), ("counts", place)
        tests = [
            f"EXACT({self._attribute(name)},{text_literal(value)})"
            for name, value in tally.slot.tally.where
        ]
        if tests:
            test = tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"
            self._add(counts, f"IF({test},{self._own(of)},0)")
        else:
            self._same(counts, of)
        if tally.slot.tally.by is not None:
            cell = self._attribute(tally.slot.tally.by.attribute)
            known = [f"EXACT({cell},{text_literal(value)})" for value, _ in tally.weights]
            weight = "+".join(
                f"{test}*{weight}" for test, (_, weight) in zip(known, tally.weights, strict=True)
            )
            formula = f"IF(OR({','.join(known)}),{weight},{tally.otherwise})"
            self._add(("weighs", place), formula)
        if tally.slot.charge is not None:
            charged = f"{price}*{self._weight(place, tally)}"
            self._add(("price", place), f"IF({self._own(counts)}>0,{charged},0)")

    def _weight(self, place: int, tally: CaseTally) -> str:
        if tally.slot.tally.by is None:
            return str(tally.scale)
        own = self._own(("weighs", place))
        return f"MAX({own},0)" if tally.otherwise < 0 else own

    def _chosen(self) -> None:
        """Find the dearest charge of a case, and the rule and the row that charge it."""
        charges = self.listed.charges
        prices = [self._own(("price", place)) for place in charges]
        self._add("most", f"MAX({','.join(prices)})")
        same = f"EXACT({_IDS},{_OWN_ID})"
        top = f"SUMPRODUCT(MAX({same}*{self._all('most')}))"
        self._add("dearest", f'IF({_OWN_ID}="",0,{top})')
        dearest = self._own("dearest")
        ranks = [f"({price}={dearest})*{len(charges) - rank}" for rank, price in enumerate(prices)]
        self._add("rule", f"IF({dearest}>0,MAX({','.join(ranks)}),0)")
        winner = f"SUMPRODUCT(MAX({same}*{self._all('rule')}))"
        self._add("first", f"IF({dearest}>0,{winner},0)")
        rule, first = self._own("rule"), self._own("first")
        before = f"EXACT($C${FIRST}:$C{HERE},{_OWN_ID})*({self._so_far('rule')}={first})"
        test = f"AND({rule}>0,{rule}={first})"
        self._add("here", f"IF({test},IF(SUMPRODUCT({before})=1,1,0),0)")

    def _added(self, place: int, tally: CaseTally) -> None:
        """Say what a case adds past the free ones, and whether its weight is lacking."""
        counts, kept = ("counts", place), ("kept", place)
        if tally.slot.charge is None:
            self._same(kept, counts)
        else:
            charges = self.listed.charges
            code = len(charges) - charges.index(place)
            here = f"AND({self._own('here')}=1,{self._own('first')}={code})"
            alone = f'OR({_OWN_ID}="",{self._own("dearest")}=0)'
            one = f"IF({here},MIN({self._own(counts)},1),0)"
            self._add(kept, f"IF({alone},{self._own(counts)},{one})")
        weight = self._weight(place, tally)
        paid = self._past(kept, tally.free)
        if weight == "1" and not tally.free:
            self._same(("adds", place), kept)
        else:
            self._add(("adds", place), f"{paid}*{weight}")
        if tally.otherwise < 0:
            unweighed = f"{self._own(('weighs', place))}<0"
            paid = self._past(counts, tally.free)
            self._add(("lacks", place), f"IF(AND({unweighed},{paid}>0),1,0)")

    def _under(self, names: Sequence[str], join: str) -> str:
        """Return the names of the rules under which a case adds to a tally."""
        pieces = "&".join(
            f'IF({self._own(("adds", place))}>0,{text_literal(join + name)},"")'
            for place, name in enumerate(names)
        )
        return f"MID({pieces},{len(join) + 1},999)"

    def _past(self, key: Hashable, free: int) -> str:
        """Return how many of a row lie past the first free ones."""
        own = self._own(key)
        if not free:
            return own
        so_far = f"SUM({self._so_far(key)})"
        return f"MAX(0,{so_far}-MAX({free},{so_far}-{own}))"


# --- what a facility's rows of inputs make of them -----------------------------------------------


def counted_formulas(row: Row, at: InputCells, sums: tuple[str, str], typed: Typed) -> CellFormulas:
    """Return the formulas of a number of cases: the list tells it, or, where none is, the cell.

    `sums` are those of the list's columns: how many there are, and which are none. A list and a
    number beside it, other than 0, is no number.
    """
    count, bad = sums
    alone = absence(row, at.value, number_state(row, at.value), typed)
    nothing = f'OR({at.value}="",{at.value}=0)'
    listed = f"IF(AND({nothing},{count}<={row.high}),{GIVEN},{LOST})"
    state = f"IF({bad}>0,{LOST},IF({count}>0,{listed},{alone}))"
    num = f"IF({at.state}>0,0,IF({count}>0,{count},N({at.value})))"
    return CellFormulas("", num, str(row.scale), state, bare_formula(row, at, typed))


def weighed_formulas(
    tally: CaseTally, at: InputCells, counted: InputCells, sums: tuple[str, str, str]
) -> CellFormulas:
    """Return the formulas of what one rule counts; `counted` are the cells of the number of cases.

    `sums` are those of the list's columns: how many there are, what they add, and how many lack a
    weight, empty where none can.
    """
    count, adds, lacks = sums
    from_list = f"IF({lacks}>0,{LOST},{GIVEN})" if lacks else str(GIVEN)
    bare, state = "0", f"IF({counted.num}>0,{LOST},{GIVEN})"
    if not tally.asks:
        free = tally.bare()
        bare = counted.num if tally.scale == 1 else f"{counted.num}*{tally.scale}"
        bare, state = (f"MAX(0,{bare}-{free})" if free else bare), str(GIVEN)
    known = state if state == from_list else f"IF({count}>0,{from_list},{state})"
    num = f"IF({at.state}>0,0,IF({count}>0,{adds},{bare}))"
    state = f"IF({counted.state}>0,{counted.state},{known})"
    shown = f'IF({at.state}>0,"",{over(at.num, tally.scale)})'
    return CellFormulas(shown, num, str(tally.scale), state)


def _fault(listed: CaseList) -> str:
    """Return 1 for a row that is no case: another measure, or no number of cases."""
    labels = ",".join(f"EXACT($B{HERE},{text_literal(label)})" for label in listed.labels)
    count = f"$E{HERE}"
    whole = f"IF(AND({count}>=0,{count}<={MOST_COUNT},INT({count})={count}),0,1)"
    known = f"IF(AND(OR({labels}),ISNUMBER({count})),{whole},1)"
    empty = f'AND($B{HERE}="",{_OWN_ID}="",{count}="")'
    return f"IF({empty},0,{known})"
