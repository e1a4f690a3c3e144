"""Steps to expressions, level by level: what is used once stands inside what uses it.

What is used more than once gets a name, and a level below all that reads it; so the text stays as
long as the program, and no engine works anything out twice. Numbers are cast where the proof says
that they may leave 64 bits, and only there.

Source: “expressions on integers”; architecture, “Lane per op as proven”.

>>> from healthduty.columns.expressions_sql import Sql
>>> from healthduty.columns.spans import Span
>>> steps = (
...     Step("num", (0,), 32, Span(0, 100)),
...     Step("sub", (90, Ref(0)), 32, Span(-10, 90)),
...     Step("most", (Ref(1), 0), 32, Span(0, 90)),
... )
>>> program = Program(steps, {}, {"total": Ref(2)}, 2, (), {})
>>> levels_of(program, Sql())
([], {'total': 'GREATEST((90 - "n0"), 0)'})
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from healthduty.columns.expressions import Program
from healthduty.columns.spans import Span
from healthduty.columns.steps import INPUTS, Ref, Step

_NESTED = 40
"""Expressions are nested so deep at most: some engines refuse deeper ones."""


class Dialect(Protocol):
    """The words of an engine: how it writes numbers, choices, and what stands in a column."""

    def named(self, name: str) -> Any:  # noqa: ANN401 - of an engine
        """Return a column, ours or the user's."""

    def is_null(self, cell: Any) -> Any:  # noqa: ANN401 - as above
        """Return where a cell is null."""

    def integer(self, cell: Any, otherwise: int) -> Any:  # noqa: ANN401 - as above
        """Return a cell in 64 bits, and a number where it is null or does not fit."""

    def rest(self, number: Any, divisor: int) -> Any:  # noqa: ANN401 - as above
        """Return what is left of a division of a number that is not below 0."""

    def is_word(self, cell: Any, word: str) -> Any:  # noqa: ANN401 - as above
        """Return where a cell is a word; not where it is null."""

    def has_margin(self, cell: Any) -> Any:  # noqa: ANN401 - as above
        """Return where blanks stand around a word."""

    def is_true(self, cell: Any) -> Any:  # noqa: ANN401 - as above
        """Return where a cell is yes; not where it is null."""

    def is_kind(self, cell: Any, kind: str) -> Any:  # noqa: ANN401 - as above
        """Return whether a column holds integers, words or truths, as far as rows can tell."""

    def literal(self, value: int, *, wide: bool) -> Any:  # noqa: ANN401 - as above
        """Return a number."""

    def truth(self, *, holds: bool) -> Any:  # noqa: ANN401 - as above
        """Return yes or no."""

    def cast(self, value: Any, *, wide: bool) -> Any:  # noqa: ANN401 - as above
        """Return a number in 128 bits or in 64."""

    def op(self, name: str, args: Sequence[Any]) -> Any:  # noqa: ANN401 - as above
        """Return a step over what it reads."""

    def floor(self, top: Any, bottom: Any, *, signed: bool) -> Any:  # noqa: ANN401 - as above
        """Return a quotient rounded down; `signed` where the dividend may be below 0."""


class Level(NamedTuple):
    """Expressions that read only columns of the levels before, by the name that each gets."""

    made: Mapping[str, Any]


def levels_of(program: Program, dialect: Dialect) -> tuple[list[Level], dict[str, Any]]:
    """Return expressions level by level, and those of the results, which read all levels.

    Inputs are columns already: `n0`, `d0`, `l0`, `a0` are what stands in slot 0.
    """
    return _Staging(program, dialect).run()


class _Staging:
    """A program on its way: what is used more than once has a name, and stands a level higher."""

    def __init__(self, program: Program, dialect: Dialect) -> None:
        self.steps, self.program, self.dialect = program.steps, program, dialect
        self.uses: Counter[int] = Counter()
        self.level: dict[int, int] = {}
        self.depth: dict[int, int] = {}
        self.made: dict[int, Any] = {}

    def run(self) -> tuple[list[Level], dict[str, Any]]:
        asked = self._asked()
        levels: list[dict[str, Any]] = []
        for place in asked:
            step = self.steps[place]
            if step.op in INPUTS:
                self.level[place], self.depth[place] = 0, 0
                self.made[place] = self.dialect.named(f"{INPUT[step.op]}{step.args[0]}")
                continue
            reads = [arg.place for arg in step.args if isinstance(arg, Ref)]
            self.depth[place] = 1 + max((self.depth[read] for read in reads), default=0)
            self.level[place] = max((self.level[read] for read in reads), default=0)
            expression = self._written(step)
            if self.uses[place] == 1 and self.depth[place] < _NESTED:
                self.made[place] = expression
                continue
            while len(levels) <= self.level[place]:
                levels.append({})
            levels[self.level[place]][f"s{place}"] = expression
            self.made[place] = self.dialect.named(f"s{place}")
            self.level[place], self.depth[place] = self.level[place] + 1, 0
        results = {name: self._read(ref) for name, ref in self.program.outputs.items()}
        return [Level(made) for made in levels], results

    def _asked(self) -> list[int]:
        """Return the steps that the results rest on, in order, and count what reads each."""
        open_ = [ref.place for ref in self.program.outputs.values() if isinstance(ref, Ref)]
        self.uses.update(open_)
        asked = set(open_)
        while open_:
            step = self.steps[open_.pop()]
            if step.op in INPUTS:
                continue
            reads = [arg.place for arg in step.args if isinstance(arg, Ref)]
            self.uses.update(reads)
            open_ += {read for read in reads if read not in asked}
            asked.update(reads)
        return sorted(asked)

    def _span(self, arg: Ref | int) -> Span | None:
        return self.steps[arg.place].span if isinstance(arg, Ref) else Span(int(arg), int(arg))

    def _read(self, arg: Ref | int) -> Any:  # noqa: ANN401 - of an engine
        if isinstance(arg, Ref):
            return self.made[arg.place]
        if isinstance(arg, bool):
            return self.dialect.truth(holds=arg)
        return self.dialect.literal(arg, wide=not _fits(Span(arg, arg)))

    def _written(self, step: Step) -> Any:  # noqa: ANN401 - as above
        """Return a step over what it reads, as wide as its numbers are."""
        spans = [span for arg in step.args if (span := self._span(arg)) is not None]
        if step.op == "floor":
            top, bottom = spans
            spans.append(Span(top.lo - bottom.hi, top.hi))  # rounding down below 0 goes so far
        made_of = [*spans, step.span] if step.span is not None else spans
        wide = not all(_fits(span) for span in made_of)
        args = [self._operand(arg, wide=wide) for arg in step.args]
        if step.op == "floor":
            signed = spans[0].lo < 0
            made = self.dialect.floor(*args, signed=signed)
        else:
            made = self.dialect.op(step.op, args)
        if step.span is not None and wide and _fits(step.span):
            return self.dialect.cast(made, wide=False)
        return made

    def _operand(self, arg: Ref | int, *, wide: bool) -> Any:  # noqa: ANN401 - as above
        if isinstance(arg, bool) or not wide:
            return self._read(arg)
        if isinstance(arg, int):
            return self.dialect.literal(arg, wide=True)
        span = self._span(arg)
        made = self._read(arg)
        return made if span is None or not _fits(span) else self.dialect.cast(made, wide=True)


INPUT = {"num": "n", "den": "d", "lost": "l", "na": "a"}
"""What the columns of a slot are called: numerator, denominator, missing, not applicable."""


def _fits(span: Span) -> bool:
    return span.lo >= -(2**63) and span.hi < 2**63
