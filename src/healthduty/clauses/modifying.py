"""What follows a rule and changes it: 最高扣2分, 加倍扣分, 不足5%按5%计, 就高不重复.

A modifier is about the rule before it; where it counts rules (两项合计), about so many of them.

Source: docs/en/explanation/how-text-is-read.md; semantics 4 (counting), 5 (caps).

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("迟报每次扣0.5分，最高扣2分").rules[0].cap
Fraction(2, 1)
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.adding_up import count_up_to
from healthduty.clauses.assessed import build_up_to
from healthduty.clauses.context import MOST_IN_RULE, Context, Draft
from healthduty.clauses.continued import go_on_alike
from healthduty.clauses.names.measured import condition_of
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Nothing, Occasion, Where
from healthduty.clauses.on_top import cap_of_each, cap_with_base
from healthduty.clauses.once_or_each import each_up_to
from healthduty.clauses.part_steps import COUNTINGS, count_steps, hold_counting
from healthduty.clauses.per_matter import (
    count_by_matter,
    counts_by_matter,
    says_by_matter,
)
from healthduty.clauses.segments import Segment
from healthduty.clauses.shares import share_below
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.numerals import NUMERALS, chinese_number
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.points import Effect, Pick, Placement
from healthduty.rules.rule import (
    Assumption,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    Rule,
    Times,
    effect_of,
    placement_of,
    reach_of,
)
from healthduty.rules.tally import Cases, Once
from healthduty.said import Said

# 此项累计 is about one rule, 两项合计 about two.
_POINTS = re.compile(r"[\d一二两三四五六七八九十半]分")
_COUNT = re.compile(rf"(\d|[{NUMERALS}])(?=项|条|款|类)")
_TIMES_LAST = Assumption(assumed.TIMES_LAST)
_CAP_OF_ALL = Assumption(assumed.CAP_OF_ALL)
_BEST_OF_ALL = Assumption(assumed.BEST_OF_ALL)
_ONE = re.compile(r"^(?:此|该|本|每)")
_OF_ITEM = re.compile(r"^本项|^全项|^整项")
"""The item, where all that is added in it stands before: 论文加3分；立项加2分；本项最高加10分."""
_NUMBERED = re.compile(r"(?:^|[\n;；。])\s*(?:\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[)）]|[①-⑳])")
"""Lines with numbers, each of which may be called 本项."""
_BOTH_WAYS = re.compile(r"加[减扣]|[减扣]加|增减|奖[罚扣]")
_WHOLE = re.compile(r"总[分值](?:为|是)?")
_EACH_RULE = frozenset({"项", "个", "率"})
_ALL_BEFORE = re.compile(
    r"上述|以上(?=[\u4e00-\u9fff])|前述|上列|前列|各[项类](?:情[形况]|问题|差错|行为)"
)
"""What is said of all that stands before it: 凡县级检查发现上述差错的，加倍扣分."""
_OF_ONE = re.compile(r"(?:每|单)(?:1|一|个)?(?:份|人|名|户|例|家|本|床|台|苗|村)")
_EACH_UP_TO = Said(
    "a most for each of them, and a count of all knows none for one: no most is held",
    "这是对每一个的上限，而计数是合计的：没有读入上限",
)
_LEADING = re.compile(r"\d{1,20}(?:\.\d{1,20})?|[零一二两三四五六七八九十]{1,12}")


def modify(context: Context, segment: Segment, action: Action, occasion: Occasion) -> None:
    """Change the rules before a segment as it says, or report it."""
    if hold_counting(context, segment, action) or _says_whole(context, segment, action):
        return
    if action.done is Done.FREE:
        done = _freed(context, segment)
    else:
        done = _changed(context, segment, action, occasion)
        if done and context.drafts and context.free is None:
            context.drafts[-1].end = max(context.drafts[-1].end, segment.end)
    if done:
        context.claim(segment.first, segment.end, Taken.RULE)
    elif not (action.done is Done.CAP and build_up_to(context, segment, action)):
        # 单项奖惩与其他制度重复的，按就高原则执行 is about other rules than an item's
        apart = action.done is Done.BEST and _POINTS.search(context.plain) is None
        context.fault(
            segment,
            Said("there is no rule before it that this could be about", "前面没有它所说的规则"),
            code="clause-doubt" if apart else "clause-unread",
        )


def _says_whole(context: Context, segment: Segment, action: Action) -> bool:
    """Read 各项总分为100分 before any rule: how many points all of it has."""
    caps = [token.text for token in segment.tokens if token.kind is Kind.CAP]
    whole = action.amounts[0] if action.amounts else None
    if context.drafts or action.done is not Done.CAP or not isinstance(whole, Fraction):
        return False
    if len(caps) != 1 or not _WHOLE.fullmatch(caps[0]) or context.stated not in {None, whole}:
        return False
    context.stated = whole
    context.claim(segment.first, segment.end, Taken.POINTS)
    return True


def _changed(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Change the last rule, or the last few; False where there is none that this could be about."""
    last = context.last()
    if action.done is Done.PRORATED and share_below(context, segment):
        return True
    if last is None:
        return action.done is Done.BEST and _are_levels(context)
    match action.done:
        case Done.CAP:
            return _capped(context, segment, action, last)
        case Done.TIMES:
            return _multiplied(context, action, occasion, last)
        case Done.STARTED | Done.COMPLETED | Done.PRORATED:
            alike = any(token.text.endswith("类推") for token in segment.tokens)
            return (alike and go_on_alike(context)) or count_steps(context, COUNTINGS[action.done])
        case Done.PLACED:
            return _placed(last, Placement.APART)
        case Done.WITHIN_POINTS:
            return _placed(last, Placement.INSIDE)
        case Done.BEST:
            return _picked(context, segment, last)
        case _:
            raise AssertionError(f"{action.done} changes no rule")


def _alike(context: Context, effect: Effect) -> list[Draft]:
    """Return the drafts of one effect at the end, none of another between them; not too many."""
    found: list[Draft] = []
    for draft in reversed(context.drafts[-MOST_IN_RULE:]):
        if effect_of(draft.rule) is not effect or isinstance(draft.rule, (Bands, Forfeit)):
            break
        found.append(draft)
    return found[::-1]


def _are_levels(context: Context) -> bool:
    """Whether what was listed are levels, of which one holds anyway: 先进10分，一般6分 of 10."""
    worth = [part.points for part in context.parts]
    numbers = [points for points in worth if isinstance(points, Fraction)]
    return len(numbers) == len(worth) > 1 and max(numbers) == context.points


def _facts_earned(context: Context) -> list[Draft]:
    """Return the facts of the last sentence that points are earned for, one each."""
    found: list[Draft] = []
    for draft in reversed(context.drafts[-MOST_IN_RULE:]):
        one = isinstance(draft.rule, Bands) and len(draft.rule.bands) == 1
        fact = one and isinstance(draft.rule, Bands) and isinstance(draft.rule.bands[0], CaseBand)
        if not fact or (found and draft.sentence != found[-1].sentence):
            break
        found.append(draft)
    return found[::-1]


def _same_sentence(drafts: list[Draft]) -> list[Draft]:
    """Return those of some drafts that stand in the sentence of the last."""
    return [draft for draft in drafts if draft.sentence == drafts[-1].sentence]


def _capped(context: Context, segment: Segment, action: Action, last: Draft) -> bool:
    """最高扣2分: the cap of the rule before; 两项合计最多扣3分: of so many together."""
    cap = action.amounts[0]
    if _OF_ONE.match(words_of(segment.tokens, context.plain)) and isinstance(last.rule, Deduction):
        context.fault(segment, _EACH_UP_TO, code="clause-doubt")
        return True
    effect = action.effect if action.effect is Effect.ADD else effect_of(last.rule)
    drafts = _alike(context, effect)
    if isinstance(cap, Fraction) and (
        count_up_to(context, cap) or cap_of_each(context, action, cap)
    ):
        return True
    if not drafts or not isinstance(cap, Fraction):
        return False
    if any(t.kind is Kind.CAP and _BOTH_WAYS.match(t.text) for t in segment.tokens):
        return _capped_both_ways(context, last, cap)
    if isinstance(last.rule, Judgement) and any(t.kind is Kind.EACH for t in segment.tokens):
        return False  # 酌情扣分，每项最高扣10分: how many items there are is not known
    if not action.together and cap_with_base(context, action, cap):
        return True
    number = _number_together(segment, drafts) if action.together else 1
    if not 0 < number <= len(drafts) or len(drafts) == number == MOST_IN_RULE:
        return False
    if number > 1:
        _lines_up_to(drafts[-number:], cap)
        return _grouped(context, drafts[-number:], Pick.ALL, cap)
    own = action.per_unit in _EACH_RULE  # 最多扣5分/项
    listed = [] if own else _listed(context, segment, drafts)
    if len(listed) > 1:  # 迟到扣1分，早退扣1分，最多扣5分
        _lines_up_to(listed, cap)
        grouped = _grouped(context, listed, Pick.ALL, cap)
        rule = context.drafts[-1].rule
        context.drafts[-1].rule = attrs.evolve(rule, assumption=_CAP_OF_ALL)
        return grouped
    same = [d for d in drafts if d.first == drafts[-1].first and d.end == drafts[-1].end]
    return all(_cap_one(context, draft, cap) for draft in same)


def _capped_both_ways(context: Context, last: Draft, cap: Fraction) -> bool:
    """加减最多不超过5分: the most of the last rule that adds, and of the last that takes."""
    for effect in (Effect.ADD, Effect.LOSE):
        beside = [d for d in context.drafts[-MOST_IN_RULE:] if d.sentence == last.sentence]
        same = [d for d in beside if effect_of(d.rule) is effect]
        if not same or not _cap_one(context, same[-1], cap):
            return False
    return True


def _listed(context: Context, segment: Segment, drafts: list[Draft]) -> list[Draft]:
    """Return the rules that a most behind them is about: those of its sentence, or all before it.

    A most in a sentence of its own is about all; one that a rule has already ends them; 该项最高
    is about the last alone.
    """
    words = "".join(token.text for token in segment.tokens)
    of_item = _OF_ITEM.match(words) is not None and not _NUMBERED.search(context.text)
    found: list[Draft] = []
    for draft in reversed(drafts):
        counts = _is_uncapped(context, draft)
        last = drafts[-1]
        beside = draft.sentence == last.sentence or segment.after is Kind.STOP or of_item
        if not counts or not beside or draft.part != last.part:
            break
        found.append(draft)
    behind = segment.after in {Kind.COMMA, Kind.STOP} or _is_once(drafts[-1])
    apart = (_ONE.match(words) is not None and not of_item) or not behind
    return [] if apart else found[::-1]


def _is_once(draft: Draft) -> bool:
    """Whether a fault counts once: a most behind it (最多扣6分) is said of the others, too."""
    rule = draft.rule
    return isinstance(rule, Deduction) and isinstance(rule.tally, Once)


def _is_uncapped(context: Context, draft: Draft) -> bool:
    """Whether a rule goes by the number, or once, without a most of its own."""
    rule = draft.rule
    if isinstance(rule, Curve):  # 核心期刊每篇3分，普通期刊每篇1分，最高5分
        to_all = context.points is not None and rule.knots[-1].points == context.points
        return rule.effect is Effect.EARN and (draft.open or to_all)
    return isinstance(rule, (Deduction, Bonus)) and rule.cap is None


def _number_together(segment: Segment, drafts: list[Draft]) -> int:
    """Return how many rules 两项合计 or 以上合计 is about; 该项累计 is about one."""
    words = "".join(token.text for token in segment.tokens)
    if _ONE.match(words):
        return 1
    count = _COUNT.search(words)
    if count is None:
        return len(_same_sentence(drafts))
    words = count.group()
    return int(words) if words.isdecimal() else int(chinese_number(words))


def _cap_one(context: Context, draft: Draft, cap: Fraction) -> bool:
    """Cap one rule; False where it has a cap already."""
    rule = draft.rule
    if isinstance(rule, Curve):
        if not _is_uncapped(context, draft) and rule.knots[-1].points != cap:
            return False
        draft.rule, draft.open = _up_to(rule, cap), False
    elif isinstance(rule, Judgement):
        draft.rule = attrs.evolve(rule, most=cap)
    elif isinstance(rule, (Deduction, Bonus, Group)) and rule.cap is None:
        draft.rule = attrs.evolve(each_up_to(context, rule, cap), cap=cap)
    else:
        return False
    return True


def _lines_up_to(drafts: list[Draft], cap: Fraction) -> None:
    """Let each of several lines go on to the most of all of them, which caps them together."""
    for draft in drafts:
        if isinstance(draft.rule, Curve):
            draft.rule, draft.open = _up_to(draft.rule, cap), False


def _up_to(rule: Curve, most: Fraction) -> Curve:
    """每次得0.5分，最高得2分: the line goes on to where it reaches the most."""
    last = rule.knots[-1]
    if not isinstance(last.at, Fraction) or not isinstance(last.points, Fraction):
        return rule
    if last.points == most:
        return rule  # it ends there already, whatever knots it has
    return attrs.evolve(rule, knots=(rule.knots[0], Knot(last.at * most / last.points, most)))


def _is_nested(rule: Rule) -> bool:
    return isinstance(rule, Group) and any(isinstance(member, Group) for member in rule.rules)


def _grouped(context: Context, drafts: list[Draft], pick: Pick, cap: Fraction | None) -> bool:
    """Put rules into one group in the place of the first; False where they pull apart."""
    if len({(effect_of(d.rule), reach_of(d.rule), placement_of(d.rule)) for d in drafts}) > 1:
        return False
    if any(_is_nested(draft.rule) for draft in drafts):
        return False  # a group of groups of groups is nothing that anyone wrote
    first, last = drafts[0], drafts[-1]
    goals = tuple(goal for draft in drafts for goal in draft.goals)
    rule = Group(tuple(draft.rule for draft in drafts), pick=pick, cap=cap)
    made = Draft(rule, first.first, last.end, last.sentence, goals, part=last.part)
    context.drafts[-len(drafts) :] = [made]
    return True


def _multiplied(context: Context, action: Action, occasion: Occasion, last: Draft) -> bool:
    """瞒报加倍扣分: the rule before counts double where 瞒报 holds; 上述差错加倍: each before."""
    where = occasion if isinstance(occasion, Where) else None
    words = context.pending_words()
    if isinstance(occasion, Nothing) and words:
        where = Where((words,))
        context.use_pending()
    if where is None or action.factor is None or not isinstance(last.rule, (Deduction, Bonus)):
        return False
    rules = [last]
    if _ALL_BEFORE.search(where.facts[0]):
        rules = [d for d in _alike(context, effect_of(last.rule)) if d.part == last.part] or rules
    times = Times(action.factor, condition_of(context, where))
    further = sum(isinstance(draft.rule, (Deduction, Bonus)) for draft in context.drafts[-2:]) > 1
    made = [_times(draft.rule, times, tell=further and not rules[1:]) for draft in rules]
    for draft, rule in zip(rules, made, strict=True):
        draft.rule = rule or draft.rule
    return all(rule is not None for rule in made)


def _times(rule: Rule, times: Times, *, tell: bool) -> Rule | None:
    """Return a rule with a factor more, None where it takes none."""
    if not isinstance(rule, (Deduction, Bonus)):
        return None
    known = any(each.when == times.when for each in rule.times)
    if known or len(rule.times) >= MOST_IN_RULE:
        return None
    assumption = _TIMES_LAST if tell and rule.assumption is None else rule.assumption
    return attrs.evolve(rule, times=(*rule.times, times), assumption=assumption)


def _picked(context: Context, segment: Segment, last: Draft) -> bool:
    """就高不重复: of the rules before, the best for the unit; 不重复扣分: the dearest."""
    rule = last.rule
    if isinstance(rule, Group) and rule.pick is not Pick.ALL:
        return True  # the choice is made already
    if counts_by_matter(rule):
        return True
    if isinstance(rule, Bands):  # one band holds; of several facts the best is counted
        facts = _facts_earned(context)
        return len(facts) <= 1 or _grouped(context, facts, Pick.BEST, None)
    alike = _alike(context, effect_of(rule))
    drafts = _same_sentence(alike)
    apart = segment.after is Kind.STOP or last.sentence < context.sentence
    of_all = apart and not isinstance(rule, Group)
    if of_all:  # 获国家级表彰加3分；获省级表彰加2分。就高不重复
        drafts = [draft for draft in alike if draft.part == last.part]
    if says_by_matter(context, segment) and count_by_matter(context, drafts):
        for held in (*context.pending[-1:], segment):
            context.explain(held, "within one matter")
        context.pending.clear()
        return True
    if len(drafts) <= 1:  # of one rule there is nothing to choose from
        return "重复" in "".join(token.text for token in segment.tokens)
    if len(drafts) == MOST_IN_RULE:
        return False
    spans = drafts[0].sentence < last.sentence
    lost = effect_of(rule) is Effect.LOSE
    grouped = _grouped(context, drafts, Pick.WORST if lost else Pick.BEST, None)
    if grouped and spans:
        made = context.drafts[-1]
        made.rule = attrs.evolve(made.rule, assumption=_BEST_OF_ALL)
    return grouped


def _placed(last: Draft, where: Placement) -> bool:
    """（单列）, 不得超过该项满分: where the points of the bonus before count."""
    rule = last.rule
    if isinstance(rule, (Bonus, Bands, Judgement)) and effect_of(rule) is Effect.ADD:
        last.rule = attrs.evolve(rule, where=where)
        return True
    return where is Placement.INSIDE  # a loss can't pass the points anyway


def _freed(context: Context, segment: Segment) -> bool:
    """前2次不扣: the first so many cases of the rule before are free, or of the rule to come."""
    number = _LEADING.search(segment.tokens[-1].text)
    numeral = "1" if number is None else number.group()  # 首次不扣分
    free = Fraction(numeral) if numeral[0].isdecimal() else chinese_number(numeral)
    subject = name_of(words_of(segment.occasion, context.plain))
    last = context.last()
    if last is None or subject or not _free_cases(last, free):
        context.free = (free, subject)
    else:
        last.end = max(last.end, segment.end)
    return True


def _free_cases(draft: Draft, free: Fraction) -> bool:
    """Free the first cases of a rule; False where it counts none."""
    rule = draft.rule
    if not isinstance(rule, (Deduction, Bonus)) or not isinstance(rule.tally, Cases):
        return False
    draft.rule = attrs.evolve(rule, tally=attrs.evolve(rule.tally, free=free))
    return True
