"""What counts once for each matter: 同一事项按最高级别计, beside points for each rank.

Several matters add up, and of one matter only the highest rank is counted. So each rank counts its
cases, and whoever records a case records it under the rank that counts: an assumption. 就高不重复
without a matter, or of one unit, chooses among the rules themselves.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11.

>>> from healthduty.clauses.clause import read_clause
>>> read = read_clause("获国家级、省级表彰分别加3、2分，同一事项按最高级别计，累计不超过5分")
>>> [rule.tally.measure for rule in read.rules[0].rules], str(read.rules[0].cap)
(['获国家级表彰', '获省级表彰'], '5')
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.context import Context, Draft
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import words_of
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Pick
from healthduty.rules.rule import Assumption, Bonus, Deduction, Group, Rule
from healthduty.rules.tally import Cases, Once

_MATTER = re.compile(
    r"(?:同[一1]|每[一1]?[个项件]|[一1]项)[个项件篇]?"
    r"(?!单位|科室|部门|集体|机构|地区|乡镇|年|月|季|时|类|性质|级)[\u4e00-\u9fff]{2}"
)
"""One and the same matter; of one and the same unit there is only one."""
_BY_MATTER = Assumption(assumed.BY_MATTER)
_REACH = 40


def says_by_matter(context: Context, segment: Segment) -> bool:
    """Whether a choice is made within one matter: 同一事项就高; 同一稿件被多家采用，按最高计."""
    waiting = [words_of(held.tokens, context.plain)[:_REACH] for held in context.pending[-1:]]
    own = words_of(segment.tokens, context.plain)[:_REACH]
    return any(_MATTER.search(words) for words in (own, *waiting))


def count_by_matter(context: Context, drafts: list[Draft]) -> bool:
    """Let each of some rules count its matters; False where one of them is no count and no fact."""
    made = [_by_matter(context, draft.rule) for draft in drafts]
    rules = [rule for rule in made if rule is not None]
    if not rules or len(rules) < len(drafts):
        return False
    for draft, rule in zip(drafts, rules, strict=True):
        draft.rule = rule
    return True


def counts_by_matter(rule: Rule) -> bool:
    """Whether a rule counts its matters: 同一事项按最高级别计，不重复计分 says it twice."""
    members = rule.rules if isinstance(rule, Group) else (rule,)
    return any(
        isinstance(one, Bonus | Deduction) and one.assumption == _BY_MATTER for one in members
    )


def _by_matter(context: Context, rule: Rule) -> Rule | None:
    """Return a rule that counts its matters, None where it counts by something else."""
    match rule:
        case Group(pick=Pick.ALL, rules=members):
            made = [_by_matter(context, member) for member in members]
            counted = tuple(member for member in made if member is not None)
            return attrs.evolve(rule, rules=counted) if len(counted) == len(made) else None
        case Bonus(tally=Cases()) | Deduction(tally=Cases()):
            return attrs.evolve(rule, assumption=rule.assumption or _BY_MATTER)
        case Bonus(tally=Once(condition=Flag(measure=code, expected=True)), when=None):
            flag = context.quantities.known(code)
            if flag is None or context.quantities.was_given(flag):
                return None
            context.quantities.forget(code)
            cases = context.quantities.measure(flag.label, MeasureKind.CASES, "项")
            return attrs.evolve(rule, tally=Cases(cases), assumption=_BY_MATTER)
        case _:
            return None
