"""What a clause case states: a text as an official writes it, and what must be read from it.

A case is judged by what scores: rules with their measures, targets, points, parts, vetoes, and
whether something had to be reported. Citations and the words of assumptions are not compared.
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.model.indicator import Part, Target
from healthduty.model.veto import Veto
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Rule


@attrs.frozen(kw_only=True)
class ClauseCase:
    """One clause with its expected reading; `pattern` groups cases in the report.

    `points`, `requirement`, `heading` and `measures` are what the reader is called with; `states`
    is what the text itself says the item is worth. `assumed`: some rule carries an assumption.
    `vague`: a finding says that no bound can be told. `unread`: something that scores must be
    reported as not understood (the rules are then those that could be read).
    """

    text: str
    pattern: str
    points: Fraction | int | str | None = None
    requirement: str = ""
    heading: str = ""
    measures: tuple[Measure, ...] = ()
    rules: tuple[Rule, ...] = ()
    targets: tuple[Target, ...] = ()
    parts: tuple[Part, ...] = ()
    states: Fraction | int | str | None = None
    vetoes: tuple[Veto, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    assumed: bool = False
    vague: bool = False
    unread: bool = False
