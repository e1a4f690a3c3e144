"""What a finished reading leaves of its text: a number, 或 and 仅, a fault that says nothing wrong.

A reading is held against its text once more when it is done, whoever made it. Each number of a
rule is in that rule, in a name, or follows from those that are (a line through 4 次 for 8 分 says
每次2分); what ties two cases (或, 且) stands in a condition or a name; of a list of faults none is
only a thing. What does not is doubted: the rule may have lost it.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.context import Context
>>> from healthduty.clauses.names.quantities import Quantities
>>> list(doubt_left_over(Context("", "", Quantities(), None), (), ()))
[]
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from healthduty.clauses.context import RECENT, Context, Draft, Fault
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.judged_rows import GUIDE
from healthduty.clauses.second_look.holdings import members_of, numbers_in, texts_in
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import PER_YEAR, Tokens, kind_at
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token
from healthduty.clauses.verbless import is_amiss
from healthduty.exact import one_unit
from healthduty.rules.condition import AllOf, AnyOf, Flag
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, Bonus, Curve, Deduction, Forfeit, Judgement, Rule
from healthduty.rules.tally import Cases, Once
from healthduty.said import Said

IN_NO_RULE = Said("this number is in no rule", "这个数没有读入任何规则")
_PER = [Kind.UNIT, Kind.SLASH]
_TIES = re.compile(
    r"(?<!预)(?<!持平)或|且|仅|除外|同时|任一|例外|只有|以外|之外|^但(?=.{0,3}[未不没])"
)
_POOR = re.compile(
    r"[差少低超破脏乱违私虚慢滥冒欺]|擅自|投诉|事故|死亡|通报|推诿|仅|只|其他|套取|截留|挪用|陈旧|流失|占用|堵|^怕|过[度多大小少长短高低快慢早晚]|污染|潮湿"
)
_BUT = re.compile(r"未(?:能)?(?:达到?|达标|完成)[^,，]{0,8}但")
_FACILITIES = re.compile(
    r"(?P<who>[^未无没不,，]{0,12}?(?:[两三二]|其他|其它)?"
    r"(?:乡镇|街道|镇|乡|医院|卫生院|院|卫生室|城区|农村|县级|市级|村级|中心|机构|单位|站|所))"
    r"(?:[未无没不缺]|少于|低于)"
)
_WORSE = re.compile(
    r"(?:若|如)?(?:有|出现|存在|发生|造成)?(?:恶劣|不良|重大|严重|重要|特别|(?:情节|性质)[^,，未不没]{0,3}[恶严重大坏]|后果|影响)(?!责任事故|事故|疫情|突发|危险源|活动)"
)
_OF_ANY = re.compile(r"后果|影响|损失|问题|情[节形况]|事件|的|程度|者")
_FOUND = re.compile(r"^(?:出现|发生|存在|发现)")
_ALL_OF = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)分")
_LOOKED_AT = re.compile(r"(?:[查看察阅问访选]|抽取|调取|考核|座谈)$")
_OF_RULES = frozenset({Taken.RULE, Taken.TARGET})
_SEVERAL = 2
_MOST = 40
"""A reading with more rules or numbers is a table: what follows from what says nothing there."""

_SHARE, _TEN, _ALL = 50, 10, 100
_TENS = (Fraction(10), Fraction(100), Fraction(1, 100))
_OTHER_UNITS = (Fraction(1, 60), Fraction(1, 3600), Fraction(1, 10_000))
"""What 30秒, 10分钟 and 1000元 are multiplied by where the target is in 分钟, 小时 or 万元."""
_PERIODS = tuple(Fraction(times) for times in sorted(set(PER_YEAR.values())))
_FACTORS = (Fraction(1), *_PERIODS, *_TENS, *_OTHER_UNITS)


def doubt_left_over(context: Context, tokens: Tokens, read: Iterable[object]) -> Iterator[Fault]:
    """Go through what no rule has; `read` is what the reading holds besides its rules."""
    told = told_in(context)
    others = tuple(read)
    yield from _numbers(context, tokens, others, told)
    yield from _ties(context, tokens, told)
    yield from _buts(context, tokens, told)
    yield from _ties_of_targets(context, tokens, told)
    yield from _no_faults(context)
    yield from _asked_beside(context)
    yield from _of_some(context)
    yield from _worse(context)


def told_in(context: Context) -> set[int]:
    """Return the tokens about which something is reported."""
    told: set[int] = set()
    for fault in context.faults:
        if fault.code != "clause-assumed":
            told.update(range(fault.first, fault.end))
    return told


def _numbers(
    context: Context, tokens: Tokens, read: tuple[object, ...], told: set[int]
) -> Iterator[Fault]:
    """Go through the numbers of rules and targets that are in none of them."""
    known: _Known | None = None
    for index, token in enumerate(tokens):
        if token.kind is Kind.NOTHING and _is_bound(context, token):
            message = Said("a number that is not what the item has", "不是本项的分值")
            yield Fault("clause-doubt", message, index, index + 1)
        if token.kind is not Kind.NUMBER or token.value is None or index in told:
            continue
        taken, note = context.claims[index]
        if taken not in _OF_RULES or note or _is_sample(tokens, index):
            continue
        known = known or _Known(context, read)
        of_so_many = [kind_at(tokens, index - 2), kind_at(tokens, index - 1)] == _PER
        if known.lacks(token.text, token.value, of_so_many=of_so_many):  # ≥10例/百床
            yield Fault("clause-doubt", IN_NO_RULE, index, index + 1)


class _Known:
    """The names and numbers of a reading, and what follows from these numbers."""

    def __init__(self, context: Context, read: tuple[object, ...]) -> None:
        held = (*(draft.rule for draft in context.drafts), *read)
        self._names = "\n".join(texts_in(held))
        self._own = set(numbers_in(held[: _MOST + 1]))
        stated = (value for value in (context.points, context.stated) if value is not None)
        self._near = {Fraction(0), Fraction(1), *self._own, *stated}
        self._many = len(held) > _MOST or len(self._near) > _MOST

    def lacks(self, words: str, value: Fraction, *, of_so_many: bool) -> bool:
        """Whether a number is in no name, and neither among the numbers nor follows from them."""
        if words in self._names or self._many:
            return False
        if of_so_many:
            return True
        unit, tenth = one_unit(value), Fraction(1, 10)
        beside = {value + unit, value + tenth}  # 85—89 under 90
        if value.denominator != 1:
            beside.add(value - unit)  # ≤8天，8.1—9天
        near = value in self._near or not beside.isdisjoint(self._own)
        if value >= _SHARE and value % _TEN == _TEN - 1:  # 80%-89% of a number that is asked
            near = near or (value + unit) / _ALL in self._followed
        return not (near or any(value * factor in self._followed for factor in _FACTORS))

    @functools.cached_property
    def _followed(self) -> set[Fraction]:
        """The numbers with those that follow from two of them."""
        return self._near | {a / b for a in self._near for b in self._near if b}


def _is_bound(context: Context, token: Token) -> bool:
    """Whether 69分全扣 names another number than the item's: a bound that nothing was made of."""
    worth = _ALL_OF.match(token.text)
    return worth is not None and Fraction(worth[1]) not in {0, context.points or 0}


def _is_sample(tokens: Tokens, index: int) -> bool:
    """Whether a number is the size of a sample."""
    before = tokens[index - 1] if index else None
    return before is not None and (
        before.kind is Kind.SAMPLE or _LOOKED_AT.search(before.text) is not None
    )


def _ties(context: Context, tokens: Tokens, told: set[int]) -> Iterator[Fault]:
    """Go through words that tie two cases, or except one, and that their one rule does not have."""
    spans = Counter((draft.first, draft.end) for draft in context.drafts)
    for draft in context.drafts:
        rule = draft.rule
        if not isinstance(rule, (Deduction, Bonus, Forfeit, Judgement)) or _is_tied(rule):
            continue
        if spans[draft.first, draft.end] > 1:  # 无台账或无记录各扣1分
            continue
        names = "\n".join(texts_in(rule))
        counted = isinstance(rule, Deduction) and isinstance(rule.tally, Cases)
        for index in range(draft.first, draft.end):
            token = tokens[index]
            taken, note = context.claims[index]
            ours = token.kind is Kind.WORD and taken is Taken.RULE and note != GUIDE
            if not ours or index in told:
                continue
            judged = isinstance(rule, Judgement)  # 同时根据队员结构酌情评分
            found = _TIES.findall(token.text.removeprefix("同时") if judged else token.text)
            of_all = counted or judged or isinstance(rule, Forfeit)  # 不参加或不传达每次扣1分
            listed = of_all and "、" in names
            found = [word for word in found if not (listed and word == "或")]
            if any(word not in names and word != token.text for word in found):
                message = Said("a condition that the rule does not have", "规则中没有这一条件")
                yield Fault("clause-doubt", message, index, index + 1)


def _buts(context: Context, tokens: Tokens, told: set[int]) -> Iterator[Fault]:
    """Go through 未达到但较上年提高的, where no rule is only for those."""
    names: str | None = None
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or index in told or not _BUT.search(token.text):
            continue
        if names is None:
            names = "\n".join(texts_in(tuple(draft.rule for draft in context.drafts)))
        if "但" not in names:
            message = Said("a condition that the rule does not have", "规则中没有这一条件")
            yield Fault("clause-doubt", message, index, index + 1)


def _ties_of_targets(context: Context, tokens: Tokens, told: set[int]) -> Iterator[Fault]:
    """Go through conditions beside a target that it does not have: 12次且每次不少于半天."""
    names = "\n".join(goal.name for goal in context.goals[-RECENT:])
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or context.claims[index][0] is not Taken.TARGET:
            continue
        found = _TIES.findall(token.text) if index not in told else []
        again = token.text == "且" and kind_at(tokens, index + 1) is Kind.EACH
        lost = any(word not in names and word != token.text for word in found)
        if lost or again:
            message = Said("a condition that the target does not have", "目标中没有这一条件")
            yield Fault("clause-doubt", message, index, index + 1)


def _is_tied(value: object) -> bool:
    """Whether several conditions are tied somewhere in a rule."""
    return isinstance(value, (AllOf, AnyOf)) or any(map(_is_tied, members_of(value)))


def _no_faults(context: Context) -> Iterator[Fault]:
    """Go through faults of a list that name only a thing: 水杯 of 水杯、毛巾未消毒."""
    lists: dict[tuple[int, int], list[tuple[Draft, str]]] = {}
    for draft in context.drafts:
        for name in lost_for(draft.rule):
            lists.setdefault((draft.first, draft.end), []).append((draft, name))
    for members in lists.values():
        wrong = [_says_wrong(name, alone=len(members) == 1) for _, name in members]
        if not any(wrong) or all(wrong):
            continue
        for (draft, name), says in zip(members, wrong, strict=True):
            if not says:
                message = Said(f"`{name}` says nothing wrong by itself", f"`{name}`本身不是问题")
                yield Fault("clause-doubt", message, draft.first, draft.end)


def _says_wrong(name: str, *, alone: bool) -> bool:
    """Whether a name says what is wrong; in a list not by 出现 alone: 出现维稳、隐患不及时上报."""
    words = name if alone else _FOUND.sub("", name)
    return any((SAYS_WRONG.search(words), is_amiss(words), _POOR.search(words)))


def lost_for(rule: Rule) -> Iterator[str]:
    """Go through the facts for which a rule takes points."""
    match rule:
        case Judgement(code=code, effect=Effect.LOSE):
            yield code
        case Deduction(tally=Once(condition=condition)) | Forfeit(when=condition):
            members = condition.conditions if isinstance(condition, AnyOf) else (condition,)
            flagged = (member for member in members if isinstance(member, Flag))
            yield from (member.measure for member in flagged if member.expected)
        case _:
            return


def _takes(rule: Rule) -> bool:
    """Whether a rule takes points for facts, or for each case of one."""
    cases = isinstance(rule, Deduction) and isinstance(rule.tally, Cases)
    return cases or any(lost_for(rule))


def _asked_beside(context: Context) -> Iterator[Fault]:
    """Go through bands about one of several things that are asked alike: 折页和海报分别达到6种."""
    last = len(context.goals)
    recent = range(max(0, last - RECENT), last)
    codes: dict[int, str] = {}
    for draft in context.drafts:
        rule = draft.rule
        bands = isinstance(rule, Bands) and any(isinstance(band, Band) for band in rule.bands)
        if not isinstance(rule, (Bands, Curve)) or not (bands or isinstance(rule, Curve)):
            continue
        codes = codes or {i: context.goal_measure(i).code for i in recent}
        mine = [i for i in recent if codes[i] == rule.measure]
        spans = {context.goal_spans[i] for i in mine} - {None}
        names = [
            context.goals[i].name
            for i in recent
            if i not in context.used_goals
            and i not in mine
            and (context.goal_spans[i] in spans or (not bands and _is_like(context, i, mine)))
        ]
        if names:
            listed = "、".join(dict.fromkeys(names))
            message = Said(
                f"`{listed}` is asked for as well: the points stand for one of them?",
                f"还要求了`{listed}`：分值只对应其中一项？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _is_like(context: Context, index: int, mine: list[int]) -> bool:
    """Whether a goal stands in the sentence of others, with their unit: A≥90%，B≥90%，按比例."""
    return context.goal_spans[index] is not None and any(
        context.goal_sentences[index] == context.goal_sentences[own]
        and context.goals[index].bounds.unit == context.goals[own].bounds.unit
        for own in mine
    )


def _of_some(context: Context) -> Iterator[Fault]:
    """Go through rules behind one for some facilities only: 甲院未设专科扣5分，人员不足扣2分.

    Where another rule names other facilities, who it holds for is open.
    """
    scopes = [(draft, _scope(draft.rule)) for draft in context.drafts]
    named = {scope for _, scope in scopes if scope}
    if len(named) < _SEVERAL:
        return
    for (before, scope), (draft, own) in itertools.pairwise(scopes):
        within = draft.sentence == before.sentence and draft.part == before.part
        if (
            scope
            and not own
            and within
            and not any(s in t for s in named for t in texts_in(draft.rule))
        ):
            message = Said(f"for `{scope}` alone, or for all?", f"只对`{scope}`，还是对所有单位？")
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _scope(rule: Rule) -> str:
    """Return the facilities that a rule begins with, where they are not all."""
    for name in lost_for(rule):
        found = _FACILITIES.match(name)
        if found is not None:
            return found["who"]
    return ""


def _is_worse(name: str, before: Draft) -> bool:
    """Whether a name is a worse degree of what a rule before is about, and no other matter."""
    led = _WORSE.match(name)
    if led is None:
        return False
    rest, said = name[led.end() :], "".join(texts_in(before.rule))
    if len(rest) < _SEVERAL or _OF_ANY.match(rest):
        return True
    return any(rest[at : at + _SEVERAL] in said for at in range(len(rest) - 1))


def _worse(context: Context) -> Iterator[Fault]:
    """Go through faults that are worse degrees of the one before: 有缺项扣1分，有重大缺项扣3分."""
    for before, draft in itertools.pairwise(context.drafts):
        names = tuple(lost_for(draft.rule))
        beside = before.sentence == draft.sentence and before.part == draft.part
        if beside and _takes(before.rule) and any(_is_worse(name, before) for name in names):
            message = Said(
                "a worse degree of the fault before: instead of it, or on top?",
                "是前一情形的加重：代替，还是另计？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
