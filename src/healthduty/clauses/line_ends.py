"""What is said of the end of a line: 按完成比例得分，最高10分; 超额完成不加分; 超过100%按100%计.

A line ends at all the points that it can earn; whoever has more is no better off. To say so once
more changes nothing, where the number is that end's.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 4.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("按完成率得分，超额不加分，最高10分", points=10, requirement="讲座≥12次")
>>> len(reading.rules), len(reading.findings)
(1, 0)
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.context import Context
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import Curve

_ALL = r"(?:本|该)?(?:项|指标)?的?(?:满分值?|分值|标准分值?|权重分?值?|总分值?)"
_MOST = re.compile(
    rf"(?:(?:得分|分值)?(?:最高|最多|上限|封顶)(?:得分|可?得|计|为|不超过)*|(?:得分)?不超过)"
    rf"(?:{_ALL}|(?P<points>\d+(?:\.\d+)?)分?)?(?:封顶|为止|为限)?"
)
_BEYOND = re.compile(
    r"(?:完成率)?超(?:过|额|出)?(?:完成)?(?:部分|目标值?|任务数?|指标值?|计划数?|100%|满分)?的?(?:部分)?"
    rf"(?:不(?:再|另|予|重复)*(?:加分|计分|得分|计|奖分)|[均都只]?按?(?:照)?(?:{_ALL}|100%)(?:计算?|得|给)?分?"
    rf"|[得计记]{_ALL})"
)


def says_line_end(context: Context, segment: Segment) -> bool:
    """Take a segment that says of the line before it how much it earns at most."""
    last = context.last()
    rule = last.rule if last is not None else None
    if not isinstance(rule, Curve) or rule.effect is not Effect.EARN:
        return False
    words = words_of(segment.tokens, context.plain)
    most = _MOST.fullmatch(words)
    whole = rule.knots[-1].points
    all_of_it = context.points if whole == FULL else whole
    ends = _BEYOND.fullmatch(words) or (most and not (most["points"] and _differs(most, all_of_it)))
    if ends:
        context.claim(segment.first, segment.end, Taken.RULE, "where the line ends")
    return bool(ends)


def _differs(most: re.Match[str], points: object) -> bool:
    return points is None or Fraction(most["points"]) != points
