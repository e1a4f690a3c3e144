"""A fault that stands in a list before one that scores is never lost (semantics 12).

Officials list faults between semicolons and print the points behind the last. Each of them is in a
name of the reading, or a finding says that no points were read for it.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from hypothesis import example, given
from hypothesis import strategies as st

from clauses import all_cases
from healthduty.clauses.clause import read_clause
from healthduty.clauses.reading import ClauseReading
from healthduty.rules.rule import Deduction, Forfeit

TEXTS = tuple(
    case.text
    for case in all_cases()
    if len(case.text) <= 60
    and case.text[0] not in "计得"  # 计10分 says what the item has
    and case.rules
    and all(isinstance(rule, (Deduction, Forfeit)) for rule in case.rules)
)
FAULTS = (
    "篡改病历的；",
    "未佩戴标牌的；",
    "泄露患者隐私的；",
    "擅自更换厂家；",
    "1.未按规定洗手；2.",
    "（一）虚开票据的；（二）",
)


def _words(value: object) -> Iterator[str]:
    """Go through all words of a record, without where it was read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from _words(member)
    elif attrs.has(kind := type(value)):
        for field in attrs.fields(kind):
            if field.name not in {"citation", "assumption"}:
                yield from _words(getattr(value, field.name))


def accounted(reading: ClauseReading, fault: str, at: int) -> bool:
    """Whether a fault is in a name, or told where it stands; a text without rules tells all."""
    scored = (*reading.rules, *reading.parts, *reading.targets, *reading.vetoes)
    if not (reading.rules or any(part.rules for part in reading.parts)):
        return True
    if any(fault in words for each in scored for words in _words(each)):
        return True
    spans = (f.citation.span for f in reading.findings if f.citation and f.code != "clause-assumed")
    return any(span is not None and span.start <= at < span.end for span in spans)


@given(st.sampled_from(FAULTS), st.sampled_from(TEXTS))
@example("篡改病历的；", "未登记的扣1分")
@example("1.未按规定洗手；2.", "操作不规范的，每项扣1分")
def test_every_fault_of_a_list_is_accounted_for(before: str, text: str) -> None:
    """Whoever commits the first of the faults does not go free without a word."""
    fault = before.lstrip("（一）1.").split("；", maxsplit=1)[0].rstrip("的")
    reading = read_clause(before + text)
    said = [str(finding) for finding in reading.findings]
    assert accounted(reading, fault, before.index(fault)), (before + text, said)
