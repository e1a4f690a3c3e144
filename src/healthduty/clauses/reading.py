"""What was read from a clause: rules, what each part of the text was taken for, and findings.

A reading is plain data. Every digit and every scoring word of the text lies in one of its
`pieces`; what was not understood is a piece of its own, and a finding names its character.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> ClauseReading(text="").rules
()
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from healthduty.clauses.constructors import python_text
from healthduty.clauses.printing import marked_html, meanings, underlined
from healthduty.clauses.text.pieces import Piece as Piece  # noqa: PLC0414 - for those who read readings
from healthduty.clauses.text.pieces import Taken as Taken  # noqa: PLC0414
from healthduty.convert.writer import writer
from healthduty.findings import Findings
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import Veto
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Rule
from healthduty.wording import Language

_NO_FINDINGS = Findings()


_BELOW_ZERO = {"zh": "= 扣分不设下限，可以倒扣", "en": "= points may fall below 0"}


@attrs.frozen(kw_only=True, repr=False)
class ClauseReading:
    """A clause, understood as far as it could be.

    `rules` stand in written order, each citing its characters of `text`; `measures` are those
    that rules, targets and vetoes name, given or new; `targets` what must be reached where no
    rule says what falling short costs; `points` what the text itself states for the item;
    `floor` is None where points may fall below 0 without end.
    """

    text: str
    rules: tuple[Rule, ...] = ()
    measures: tuple[Measure, ...] = ()
    targets: tuple[Target, ...] = ()
    points: Fraction | None = None
    parts: tuple[Part, ...] = ()
    floor: Fraction | None = Fraction(0)
    vetoes: tuple[Veto, ...] = ()
    pieces: tuple[Piece, ...] = ()
    findings: Findings = _NO_FINDINGS

    @property
    def understood(self) -> bool:
        """Whether nothing that scores was left unread."""
        return not any(piece.taken is Taken.UNREAD for piece in self.pieces)

    def lines(self, lang: Language = "zh") -> tuple[str, ...]:
        """Return what was understood, one canonical line for each target, rule, part and veto.

        A last line says where points may fall below 0.
        """
        measures = {measure.code: measure for measure in self.measures}
        said = tuple(meanings(self.rules, self.targets, self.parts, self.vetoes, measures, lang))
        return said if self.floor is not None else (*said, _BELOW_ZERO[lang])

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as plain data for JSON: numbers as in agreement files."""
        write = writer().unstructure
        return {
            "text": self.text,
            "lines": list(self.lines()),
            "rules": [write(rule) for rule in self.rules],
            "targets": [write(target) for target in self.targets],
            "points": write(self.points),
            "parts": [write(part) for part in self.parts],
            "floor": write(self.floor),
            "vetoes": [write(veto) for veto in self.vetoes],
            "measures": [write(measure) for measure in self.measures],
            "pieces": [
                {
                    "start": piece.span.start,
                    "end": piece.span.end,
                    "taken": piece.taken.value,
                    "note": piece.note,
                }
                for piece in self.pieces
            ],
            "findings": [finding.to_dict() for finding in self.findings],
        }

    def python(self) -> str:
        """Return the Python that makes the measures and the rules, `healthduty` being `hd`."""
        made = [*self.measures, *self.targets, *self.rules, *self.parts, *self.vetoes]
        return "\n".join(python_text(thing) for thing in made)

    def text_in(self, lang: Language = "zh") -> str:
        """Return the text with what was understood underlined, what it means, the findings."""
        marked = underlined(self.text, self.pieces)
        told = (finding.line(lang) for finding in self.findings)
        return "\n".join((*marked, *self.lines(lang), *told))

    def __str__(self) -> str:
        """Return what `text_in` does, in Chinese."""
        return self.text_in()

    def __repr__(self) -> str:
        """Return what a console shows: the same as the text."""
        return str(self)

    def _repr_html_(self) -> str:
        table = self.findings.table().html() if self.findings else ""
        lines = "".join(f"<li>{_escaped(line)}</li>" for line in self.lines())
        return f"<div><p>{marked_html(self.text, self.pieces)}</p><ul>{lines}</ul>{table}</div>"


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;")
