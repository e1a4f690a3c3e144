"""Parts that do not fit their item: their sum, one alone, rules among them that are of none.

Points that are printed part by part say how the item is made up; a rule between two parts that
belongs to neither, or a forfeit that names something else than its part, was put somewhere.

Source: vocabulary “Part”; semantics 5 (from what to what).

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("组织领导1分；资料管理2分").findings.codes
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.occasions import Short, Where
from healthduty.clauses.text.folding import simplified
from healthduty.exact import show
from healthduty.rules.condition import condition_measures
from healthduty.rules.rule import Forfeit
from healthduty.said import Said

_SAYS_MET = re.compile(r"[未不没无有]|达标|达到|合格|要求|情况")
_TWO = 2


def doubt_parts(context: Context) -> Iterator[Fault]:
    """Go through what is doubtful in parts: their sum, one alone, several that nothing earns."""
    if not context.parts or not context.part_spans:
        return
    worth = context.points if context.points is not None else context.stated
    made = sum((part.points or 0 for part in context.parts), start=Fraction(0))
    first, end = context.part_spans[0][0], context.part_spans[-1][1]
    if worth is not None and made != worth:
        message = Said(
            f"parts of {show(made)} points in all, in an item of {show(worth)}",
            f"各部分合计{show(made)}分，本项{show(worth)}分",
        )
        yield Fault("clause-doubt", message, first, end)
    yield from _beside_parts(context)
    for draft in context.drafts:
        if _is_about_all(context, draft):
            message = Said("behind several parts: of which?", "前面有几部分：是指哪一部分？")
            yield Fault("clause-doubt", message, draft.first, draft.end)
    yield from _unruled(context)
    ruled = any(draft.part for draft in context.drafts)
    if not ruled and (worth is None or len(context.parts) == 1):
        message = Said("points of a part, and no rule for them", "写了分值，没有写如何得分、扣分")
        yield Fault("clause-doubt", message, first, end)


def _unruled(context: Context) -> Iterator[Fault]:
    """Go through parts without a rule where another has one: 甲（3分）、乙（3分），按比例."""
    ruled = {draft.part for draft in context.drafts}
    for number, (first, end, _) in enumerate(context.part_spans, start=1):
        if number not in ruled and any(ruled):
            message = Said("a part that no rule is about", "这一部分没有写如何得分、扣分")
            yield Fault("clause-doubt", message, first, end)


def _beside_parts(context: Context) -> Iterator[Fault]:
    """Go through rules of the whole among its parts, and a forfeit that may be of all of them."""
    if len(context.parts) < _TWO:
        return
    last = context.part_spans[-1][1]
    for draft in context.drafts:
        if not draft.part and draft.first < last:
            message = Said(
                "in no part, and stands among them", "写在各部分之间，却不属于任何一部分"
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
    forfeits = [draft for draft in context.drafts if isinstance(draft.rule, Forfeit)]
    for draft in forfeits if len(forfeits) == 1 else ():
        if _TWO <= draft.part <= len(context.part_spans) and _is_of_all(context, draft):
            message = Said("of this part, or of all of them?", "只取消这一部分的分，还是各部分？")
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _is_of_all(context: Context, draft: Draft) -> bool:
    """Whether the one forfeit stands behind all parts, or names something else than its own.

    …2分、总结1分；缺少的不得分; A达标（5分），B达标（5分），入户核查不达标不得分.
    """
    (_, _, before), (_, _, sentence) = context.part_spans[draft.part - 2 : draft.part]
    if draft.sentence > sentence and draft.part == len(context.parts):
        return True
    names = "".join(condition_measures(draft.rule.when)) if isinstance(draft.rule, Forfeit) else ""
    title = context.parts[draft.part - 1].title
    return before == sentence == draft.sentence and _has_other_words(names, title)


def _has_other_words(names: str, title: str) -> bool:
    """Whether no two characters of some names stand in a title: 入户核查 of 可及率达标."""
    said, own = (_SAYS_MET.sub("", simplified(words)) for words in (title, names))
    return not any(own[at : at + _TWO] in said for at in range(len(own) - 1))


def _is_about_all(context: Context, draft: Draft) -> bool:
    """Whether 缺一项扣2分 stands behind a list of parts, and names none of them."""
    if draft.part < _TWO:
        return False
    (_, _, before), (_, end, sentence) = context.part_spans[draft.part - 2 : draft.part]
    unnamed = isinstance(draft.occasion, Short) and not draft.occasion.subject
    unnamed = unnamed or draft.occasion in {Where(("缺一",)), Where(("缺一不可",))}
    return unnamed and before == sentence == draft.sentence and end <= draft.first
