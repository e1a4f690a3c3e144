"""How often something counts: 各 that one rule has alone, 少一步 once, a line that ends at one.

各 says that several things count, 一处 that each of it does, and who earns by the case goes on
earning. A rule that has one name, holds once or stops at 1 has lost that.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("操作漏•步扣1分").findings.codes
True
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.second_look.holdings import texts_in
from healthduty.clauses.second_look.left_over import told_in
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import AllOf
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, Bonus, CaseBand, Curve, Deduction, Judgement, LevelBand
from healthduty.rules.tally import Lacking, Once
from healthduty.said import Said

_ONE = re.compile(
    r"(?<!仅)(?<!只有)(?<![每第])(?:[少缺漏错差][一1Il•-](?:[个名人例处份次张项步天科块条支苗针瓶页行]|科目)"
    r"|[一1I](?:个科室?|次|人|例|处|份)$)"
)
_EACH = re.compile(r"每")
_SHARES = re.compile(r"各|均")

_TOGETHER = Said("once for each of several, and one rule has it", "各计一次，规则只有一条")
_ONCE = Said("one of it: for each, or only once?", "写了“一”：每一个都计，还是只计一次？")
_STOPS = Said("a second one earns nothing: is that meant?", "第二个起不再得分：是否如此？")
_SELDOM = Said("a rhythm that no rule has", "频次要求没有读入规则")
_TWICE = Said("one thing with two numbers of points", "同一名称有两个分值")
_ELSE = Said("whether something holds otherwise is lost", "“否则”的条件没有读入规则")


def doubt_times(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through rules that count something less often than their words say."""
    told = told_in(context)
    spans = Counter((draft.first, draft.end) for draft in context.drafts)
    for draft in context.drafts:
        alone = spans[draft.first, draft.end] == 1 and not draft.part
        alone = alone and told.isdisjoint(range(draft.first, draft.end))
        for message, holds in (
            (_TOGETHER, alone and _shares_alone(draft, tokens)),
            (_ONCE, _is_of_one(draft)),
            (_STOPS, _stops_at_one(draft)),
            (_TWICE, _is_twice(draft)),
            (_ELSE, _forgets_else(draft, tokens)),
        ):
            if holds:
                yield Fault("clause-doubt", message, draft.first, draft.end)
    yield from _rhythms(context, tokens)


def _shares_alone(draft: Draft, tokens: Tokens) -> bool:
    """Whether 各 stands before the points of one rule that holds once."""
    rule = draft.rule
    once = isinstance(rule, (Deduction, Bonus)) and isinstance(rule.tally, Once)
    band = rule.bands[0] if isinstance(rule, Bands) and len(rule.bands) == 1 else None
    earned = band is not None and not (isinstance(band, CaseBand) and isinstance(band.when, AllOf))
    shared = any(
        token.kind is Kind.SHARED and _SHARES.search(token.text)
        for token in tokens[draft.first : draft.end]
    )
    return (once or earned) and shared


def _is_of_one(draft: Draft) -> bool:
    """Whether a rule holds once, and its name has a number of one in it: 少一步."""
    rule = draft.rule
    if not isinstance(rule, (Deduction, Bonus)) or not isinstance(rule.tally, Once):
        return False
    return any(_ONE.search(name) and not _EACH.search(name) for name in texts_in(rule))


def _stops_at_one(draft: Draft) -> bool:
    """Whether a line ends where one is reached: 每参加一次计1分."""
    rule = draft.rule
    return isinstance(rule, Curve) and rule.effect is Effect.EARN and rule.knots[-1].at == 1


def _is_twice(draft: Draft) -> bool:
    """Whether two bands of a rule hold for the same: 全国副主委4分…省主委4分、副主委3分."""
    bands = draft.rule.bands if isinstance(draft.rule, Bands) else ()
    levels = [level for band in bands if isinstance(band, LevelBand) for level in band.levels]
    cases = [band.when for band in bands if isinstance(band, CaseBand)]
    return len(set(levels)) < len(levels) or len(set(cases)) < len(cases)


def _forgets_else(draft: Draft, tokens: Tokens) -> bool:
    """Whether 否则 stands before what an assessor takes, and nothing says when."""
    rule = draft.rule
    if not isinstance(rule, Judgement) or rule.effect is not Effect.LOSE or rule.when is not None:
        return False
    said = rule.code.startswith("未做到")
    return not said and any(t.kind is Kind.OTHERWISE for t in tokens[draft.first : draft.end])


def _rhythms(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through 每月一次 before a rule that counts what is lacking of it by its name alone."""
    if any(_requires(draft) for draft in context.drafts):
        return
    for index, token in enumerate(tokens):
        if token.kind is not Kind.EVERY or context.claims[index][0] is not Taken.TEXT:
            continue
        counted = kind_at(tokens, index + 1) is Kind.NUMBER
        lacking = (Kind.LACK, Kind.EACH_LACK)
        if counted and any(kind_at(tokens, at) in lacking for at in range(index + 3, index + 6)):
            yield Fault("clause-doubt", _SELDOM, index, index + 3)


def _requires(draft: Draft) -> bool:
    """Whether a rule holds a number that is required."""
    return isinstance(draft.rule, Deduction) and isinstance(draft.rule.tally, Lacking)
