"""The Python that is printed for a rule makes that rule.

A user copies it from the terminal into a notebook: it must run, and mean the same.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import healthduty
from healthduty.clauses.constructors import python_text
from strategies import measures as drawn_measures
from strategies import rules as drawn_rules


def made(text: str) -> object:
    """Run what was printed, as a user would."""
    return eval(text, {"hd": healthduty, "Fraction": Fraction})  # noqa: S307 - our own output is what is tested


@given(st.data())
def test_python_makes_the_rule_and_its_measures(data: st.DataObject) -> None:
    """Every kind of rule, nested or not, and every measure comes back equal."""
    measures = data.draw(drawn_measures())
    for measure in measures:
        assert made(python_text(measure)) == measure
    rule = data.draw(drawn_rules(measures))
    assert made(python_text(rule)) == rule
