"""Points that are shared out over several parts, and one sentence of steps for all of them.

使用率、上传率各占2分，每低5%扣0.5分: what the first loses comes off its own 2 points.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; vocabulary “Part”.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "使用率100%，上传率95%"
>>> reading = read_clause("使用率、上传率各占2分，每低5%扣0.5分", requirement=asked)
>>> [len(part.rules) for part in reading.parts]
[1, 1]
"""

from __future__ import annotations

from healthduty.clauses.context import Context, Draft
from healthduty.rules.rule import rule_measures

_SEVERAL = 2


def share_parts(context: Context) -> None:
    """Give each rule behind a list of parts to the part whose name its quantity has."""
    if len(context.part_spans) < _SEVERAL or len(context.part_spans) != len(context.parts):
        return
    first = 0
    for last, span in enumerate(context.part_spans):
        if last + 1 < len(context.parts) and context.part_spans[last + 1] == span:
            continue
        if first < last:
            for draft in context.drafts:
                if draft.part == last + 1:
                    draft.part = _part_of(context, draft, first, last) or draft.part
        first = last + 1


def _part_of(context: Context, draft: Draft, first: int, last: int) -> int:
    """Return the number of the part that a rule's quantity names, 0 where none or several do."""
    names = set(rule_measures(draft.rule))
    found = [
        number
        for number in range(first, last + 1)
        for name in names
        if name in context.parts[number].title or context.parts[number].title in name
    ]
    return found[0] + 1 if len(set(found)) == 1 else 0
