"""What says that a reading may be wrong although all its numbers were used.

Here all that looks a finished reading over is called, and what is said of it as a whole, of its
names and of its vetoes. Each is a doubt: the rule stands; a person looks at it before it scores.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("每次扣1分").findings.codes
True
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator

from healthduty.clauses.consequences import doubt_consequences
from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.excepted import EXCEPTS
from healthduty.clauses.judged import BY_SIGHT
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.names.measured import says_unmet
from healthduty.clauses.names.quantities import is_alike, shares
from healthduty.clauses.occasions import Short, Steps, Where
from healthduty.clauses.second_look.at_odds import doubt_at_odds
from healthduty.clauses.second_look.good_states import doubt_good_states
from healthduty.clauses.second_look.holdings import is_share, texts_in
from healthduty.clauses.second_look.implausible import doubt_implausible
from healthduty.clauses.second_look.left_over import doubt_left_over
from healthduty.clauses.second_look.names import doubt_in_name, doubt_in_veto
from healthduty.clauses.second_look.not_targets import doubt_targets
from healthduty.clauses.second_look.of_which import doubt_of_which
from healthduty.clauses.second_look.operators import doubt_operators
from healthduty.clauses.second_look.overlaps import doubt_overlaps
from healthduty.clauses.second_look.passed_over import doubt_passed_over
from healthduty.clauses.second_look.prose import Named
from healthduty.clauses.second_look.reckoned import doubt_reckoned
from healthduty.clauses.second_look.rules import doubts_in_rules
from healthduty.clauses.second_look.times import doubt_times
from healthduty.clauses.second_look.unheard import doubt_unheard
from healthduty.clauses.second_look.unscored import doubt_unscored
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.idle import MONEY_NOTE
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.rule import Band, Bands, Bonus, Curve, LevelBand, Rule, rule_measures
from healthduty.said import Said

_SCORES = re.compile(r"\d|[扣得分判]|[评定]为|计算|比例")
_SIGN = re.compile(r"[%‰]|百分|千分|万分|\d/\d")
_GRADED = re.compile(r"(?:[认判评确]定|[评判定视])为[“\"]?[^,，]{0,2}(?:差|不|末|[甲乙丙丁][级等])")
"""What a veto does, where it was taken for one of which the text says nothing."""
_RECENT = 40
_RATES = ("率", "比例", "占比", "意度")

_TITLE = 8  # 满意率 alone is a title
_MARKS = frozenset({Kind.COMMA, Kind.LIST, Kind.OPEN, Kind.CLOSE})
_OF_VETO = frozenset({Kind.VETO, Kind.CANCEL})
_SAYS_NOTHING = frozenset({Taken.TEXT, Taken.NUMBER, Taken.SUBJECT, Taken.VETO})
_STEPS = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})


def report_doubts(context: Context, tokens: Tokens, read: Iterable[object]) -> None:
    """Add a fault for each doubt; `read` is what the reading holds besides its rules."""
    named = [(draft, tuple(dict.fromkeys(texts_in(draft.rule)))) for draft in context.drafts]
    context.faults.extend(doubts_in_rules(context))
    context.faults.extend(_of_wholes(context, tokens, named))
    context.faults.extend(_of_names(context, named))
    context.faults.extend(_of_vetoes(context, tokens))
    others = tuple(read)
    context.faults.extend(doubt_passed_over(context, tokens, named, texts_in(others)))
    context.faults.extend(doubt_left_over(context, tokens, others))
    context.faults.extend(doubt_operators(context, tokens))
    context.faults.extend(doubt_times(context, tokens))
    context.faults.extend(doubt_good_states(context, tokens))
    context.faults.extend(doubt_targets(context, tokens))
    context.faults.extend(doubt_overlaps(context, tokens))
    context.faults.extend(doubt_implausible(context))
    context.faults.extend(doubt_consequences(context, tokens))
    context.faults.extend(doubt_unheard(context, tokens))
    context.faults.extend(doubt_of_which(context, tokens))
    context.faults.extend(doubt_reckoned(context))
    context.faults.extend(doubt_at_odds(context))
    held = (*(name for _, names in named for name in names), *texts_in(others))
    context.faults.extend(doubt_unscored(context, tokens, "\n".join(held)))


def _of_wholes(context: Context, tokens: Tokens, named: Named) -> Iterator[Fault]:
    """Go through what the reading as a whole leaves out: all of it, a sign, a requirement."""
    if not tokens:
        return
    message = _of_nothing(context, tokens)
    if message is not None:
        yield Fault("clause-doubt", message, 0, len(tokens))
    texts = (context.text, *map(simplified, context.asked))
    if _compares_rates(context, named) and not any(_SIGN.search(text) for text in texts):
        message = Said("a rate without its sign: % is meant?", "比率没有写单位：是否为百分数？")
        yield Fault("clause-doubt", message, 0, len(tokens))
    yield from _bounds_without_points(context)
    yield from _exceptions(context, tokens, "\n".join(name for _, own in named for name in own))
    yield from _money(context, tokens)
    yield from _of_another(context)
    yield from _more_of_which(context)
    for draft in context.drafts:
        names = _left_out(context, draft)
        if names:
            listed = "、".join(names)
            message = Said(
                f"`{listed}` is asked for as well: the points stand for one of them?",
                f"还要求了`{listed}`：分值只对应其中一项？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)


_A_GRADE = re.compile(r"[甲乙丙丁]级(?:病[历案])?|(?:[轻中重]度?|严重|一般)缺陷")
_AS_ELSEWHERE = re.compile(r"(?:同|参[照见考]|比照|[〃″])(?!时|志|期|意|步)")


def _of_nothing(context: Context, tokens: Tokens) -> Said | None:
    """Return what to say of a standard of which nothing was read; a way of checking is one."""
    if not (context.asks or context.drafts) and _AS_ELSEWHERE.match(context.text):
        return Said(
            "as another item: its standard is not read here", "参照别的条目，没有读入评分标准"
        )
    own = any(span is not None for span in context.goal_spans)
    if context.drafts or context.vetoes or context.parts or own:
        return None
    spared = any(token.kind is Kind.SPARED for token in tokens)
    spared = spared or any(note == BY_SIGHT for _, note in context.claims.values())
    if spared or context.faults or context.asks:
        return None
    if context.over.faults and any(token.kind is Kind.WORD for token in tokens):
        return Said("a fault, and no points for it", "写了缺陷，没有写扣几分")
    if _A_GRADE.fullmatch(context.text.strip(" 。;；")):
        return Said("a grade, and no points for it", "写了等级，没有写分数")
    if context.points is not None and _SCORES.search(context.text):
        steps = any(token.kind in _STEPS for token in tokens)  # 合格率每降低5%
        unread = Said("no rule was read", "没有读出评分规则")
        asked = Said("steps without points: how many for each?", "写了扣分的步长，没有写分数")
        return asked if steps else unread
    kinds = {token.kind for token in tokens}
    words = not kinds.isdisjoint(_OF_VETO) or (Kind.WORD in kinds and len(context.text) > _TITLE)
    taken = {taken for taken, _ in context.claims.values()}
    paid = any(note == MONEY_NOTE for _, note in context.claims.values())
    if not words or paid or not taken <= _SAYS_NOTHING or is_check(context.plain):
        return None
    if any(doubt_consequences(context, tokens)):
        return None  # it says itself that what follows is no points
    return Said("nothing that scores was found in it", "没有读出与评分有关的内容")


def _exceptions(context: Context, tokens: Tokens, names: str) -> Iterator[Fault]:
    """Go through words that except something, and that no rule and no name has: …的除外."""
    for index, token in enumerate(tokens):
        said = token.kind is Kind.WORD and EXCEPTS.search(token.text) is not None
        if said and context.claims[index][0] is Taken.TEXT and token.text not in simplified(names):
            message = Said("an exception that no rule has", "例外情形没有读入规则")
            yield Fault("clause-doubt", message, index, index + 1)


def _money(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through money that is taken or paid: no rule of points has it."""
    paid = [index for index in sorted(context.claims) if context.claims[index][1] == MONEY_NOTE]
    alone = Said("money, and no points: no rule has it", "是金额，不是分数，没有读入规则")
    beside = Said("what follows besides is in no rule", "分数之外的后果没有读入规则")
    ends = [draft.end for draft in context.drafts]
    for _, run in itertools.groupby(enumerate(paid), key=lambda pair: pair[1] - pair[0]):
        held = [index for _, index in run]
        at = bisect.bisect_right(ends, held[0])
        scored = at > 0 and _one_phrase(tokens, ends[at - 1], held[0])  # 扣2分/次，扣30元/次
        code, message = ("clause-assumed", beside) if scored else ("clause-doubt", alone)
        yield Fault(code, message, held[0], held[-1] + 1)


def _one_phrase(tokens: Tokens, first: int, end: int) -> bool:
    """Whether only marks stand between what has points and what has not."""
    return all(token.kind in _MARKS for token in tokens[first:end])


def _compares_rates(context: Context, named: Named) -> bool:
    """Whether some rule holds a rate in per cent against a number."""
    names = {
        name
        for draft, own in named
        if not is_share(draft.rule) and not _is_of_none(draft.rule)
        for name in own
    }
    used = map(context.quantities.known, names)
    return any(measure is not None and measure.unit == "%" for measure in used)


def _is_of_none(rule: Rule) -> bool:
    """Whether bands only say whether there is any: 死亡率为0得满分，大于0不得分."""
    bands = rule.bands if isinstance(rule, Bands) else ()
    numbered = [band for band in bands if isinstance(band, Band)]
    ends = {end for band in numbered for end in (band.low, band.high)}
    return bool(bands) and len(numbered) == len(bands) and ends <= {None, 0}


def _bounds_without_points(context: Context) -> Iterator[Fault]:
    """Go through bounds for a quantity that has others: 优：率≥95%；良：75%≤率<95%."""
    seen: dict[str, object] = {}
    for index, span in enumerate(context.goal_spans):
        goal = context.goals[index]
        if span is None or index in context.used_goals:
            continue
        if goal.name in seen and seen[goal.name] != goal.target:
            message = Said(
                "several bounds for one quantity, and no points", "同一指标有多个界限，却没有分值"
            )
            yield Fault("clause-doubt", message, *span)
        seen[goal.name] = goal.target


def _left_out(context: Context, draft: Draft) -> list[str]:
    """Return the names of the requirement's goals that a rule could be about as well.

    A rule that names no quantity takes the last that fits; another of its unit, of which no rule
    is, may have been meant too.
    """
    occasion = draft.occasion
    steps = isinstance(occasion, (Steps, Short)) and not occasion.subject
    if not (steps or _is_unnamed_share(draft)) or not draft.goals:
        return []
    title = context.parts[draft.part - 1].title if 0 < draft.part <= len(context.parts) else ""
    if title and all(shares(title, context.goals[index].name) for index in draft.goals):
        return []  # 甲率（3分），每低5%扣1分：乙率 has a part of its own
    units = {context.goals[index].bounds.unit for index in draft.goals}
    own = {
        name for i in draft.goals for name in (context.goals[i].name, context.goal_measure(i).code)
    }
    if _all_said_again(context):
        return []
    return [
        goal.name
        for index, goal in enumerate(context.goals[:_RECENT])
        if context.goal_spans[index] is None
        and index not in context.used_goals
        and goal.bounds.unit in units
        and goal.group < 0
        and goal.name not in own
        and not _is_named(context, index)
    ]


def _is_unnamed_share(draft: Draft) -> bool:
    """Whether a share is lost or earned of what nothing names: 未达标按比例扣分."""
    unmet = isinstance(draft.occasion, Where) and says_unmet(draft.occasion.facts[0])
    return unmet and is_share(draft.rule)


def _all_said_again(context: Context) -> bool:
    """Whether the standard says the requirement's goals again, each with its bound, in order."""
    sides: tuple[list[object], list[object]] = ([], [])
    for goal, span in zip(context.goals[:_RECENT], context.goal_spans, strict=False):
        if span is not None or goal.group < 0:
            sides[span is None].append((goal.name[-1:], goal.bounds.unit, goal.target))
    own, asked = sides
    return len(asked) > 1 and own[: len(asked)] == asked


def _more_of_which(context: Context) -> Iterator[Fault]:
    """Go through points added for more of one quantity, where several may fall short.

    立案不少于40件，其中一般程序25件: 每少1件扣0.5分 is of both, and 每多1件加0.2分 of the last.
    """
    for before, draft in itertools.pairwise(context.drafts):
        bare = isinstance(draft.occasion, Steps) and not draft.occasion.subject
        alone = len(draft.goals) == 1 and isinstance(draft.rule, Bonus)
        beside = before.sentence == draft.sentence and len(before.goals) > 1
        if bare and alone and beside and set(draft.goals) < set(before.goals):
            message = Said("more of which of them?", "是其中哪一项的增加？")
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _of_another(context: Context) -> Iterator[Fault]:
    """Go through bands of a rate beside a requirement that asks for other rates, and for no such.

    So 同上 brings 访视率达90%得5分 of the row above to 系统管理率≥85%.
    """
    recent = range(min(len(context.goals), _RECENT))
    asked = [i for i in recent if context.goal_spans[i] is None and context.goals[i].group < 0]
    rated = asked and all(context.goals[i].name.endswith(_RATES) for i in asked)
    if not rated or any(i in context.used_goals or _is_named(context, i) for i in asked):
        return
    for draft in context.drafts:
        rule = draft.rule
        earns = rule.measure if isinstance(rule, (Bands, Curve)) else None
        measure = context.quantities.known(earns)
        numbers = isinstance(rule, Curve)
        if isinstance(rule, Bands):
            numbers = all(isinstance(band, Band) for band in rule.bands)
        if measure is not None and numbers and measure.unit == "%":
            name = context.goals[asked[0]].name
            message = Said(
                f"`{name}` is asked for, and `{measure.label}` earns the points: which is meant?",
                f"要求的是`{name}`，计分的却是`{measure.label}`：以哪一个为准？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _is_named(context: Context, index: int) -> bool:
    """Whether a rule is about a quantity that a goal asks for again, or in other words."""
    name = context.goals[index].name
    used = (n for draft in context.drafts[-_RECENT:] for n in rule_measures(draft.rule))
    known = filter(None, map(context.quantities.known, used))
    return any(measure.label == name or is_alike(measure.label, name) for measure in known)


def _of_names(context: Context, named: Named) -> Iterator[Fault]:
    """Go through the names of rules that say too little or too much."""
    told: set[str] = set()
    for name, first, end in itertools.chain(_in_rules(named), _in_targets(context)):
        doubt = None if name in told else doubt_in_name(context, name)
        told.add(name)
        if doubt is not None:
            yield Fault("clause-doubt", doubt, first, end)


def _in_rules(named: Named) -> Iterator[tuple[str, int, int]]:
    """Go through the names in rules, with the tokens of each."""
    for draft, names in named:
        bands = draft.rule.bands if isinstance(draft.rule, Bands) else ()
        levels = {level for band in bands if isinstance(band, LevelBand) for level in band.levels}
        for name in (each for each in names if each not in levels):
            yield name, draft.first, draft.end


def _in_targets(context: Context) -> Iterator[tuple[str, int, int]]:
    """Go through the names of what must be reached and no rule is about, with their tokens."""
    for index, span in enumerate(context.goal_spans):
        if span is not None and index not in context.used_goals:
            yield context.goal_measure(index).code, *span


def _of_vetoes(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through the events of vetoes that are cut, lead up to a list, or are nothing wrong.

    Each doubt is said once, at the first event that has it.
    """
    told: dict[Said, str] = {}
    if context.vetoes and (context.open_veto is not None or not context.veto_said):
        for at, token in enumerate(tokens):
            if context.claims[at][0] is Taken.VETO and _GRADED.search(token.text):
                message = Said(
                    "a grade is said: is that what the veto does?", "写了等次：是否否决的后果？"
                )
                yield Fault("clause-doubt", message, at, at + 1)
    for veto in context.vetoes:
        doubt = doubt_in_veto(veto.code)
        if doubt is not None:
            told.setdefault(doubt, veto.code)
    if not told:
        return
    taken = [index for index in sorted(context.claims) if context.claims[index][0] is Taken.VETO]
    for doubt, name in told.items() if taken else ():
        at = next((index for index in taken if tokens[index].text.strip("的") in name), taken[0])
        yield Fault("clause-doubt", doubt, at, at + 1)
