"""Points whose verb stands behind them: 未及时组织学习0.7分扣分.

Source: the patterns of published scoring tables.

>>> from healthduty.clauses.text.tokens import tokens_of
>>> action, end = read_verb_behind(tokens_of("0.7分扣分"), 0)
>>> action.effect.value, action.amounts, end
('lose', (Fraction(7, 10),), 4)
"""

from __future__ import annotations

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.rules.points import Effect

_VERBS = {Kind.LOSE: Effect.LOSE, Kind.ADD: Effect.ADD}
_PHRASE_ENDS = frozenset({None, Kind.COMMA, Kind.STOP, Kind.OPEN, Kind.CLOSE, Kind.LABEL})
_VERB = 2  # a number and 分 stand before it


def read_verb_behind(tokens: Tokens, at: int) -> tuple[Action, int] | None:
    """Read `NUMBER POINTS verb [POINTS]` at the end of a phrase."""
    value = tokens[at].value
    if value is None or kind_at(tokens, at + 1) is not Kind.POINTS:
        return None
    verb = kind_at(tokens, at + _VERB)
    if verb not in _VERBS:
        return None
    end = at + _VERB + 1
    end += kind_at(tokens, end) is Kind.POINTS
    if kind_at(tokens, end) not in _PHRASE_ENDS:
        return None
    return Action(done=Done.POINTS, effect=_VERBS[verb], amounts=(value,)), end
