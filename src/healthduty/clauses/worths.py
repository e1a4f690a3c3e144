"""Points without a verb: （5分）, 其中制度2分, 各占1分, 优5分, and 得分=完成率×5分.

Source: the patterns of published scoring tables (nested points; by formula).

>>> from healthduty.clauses.clause import read_clause
>>> [str(part.points) for part in read_clause("其中制度2分，台账3分").parts]
['2', '3']
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.banded import build_otherwise
from healthduty.clauses.building import build
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import RECENT, Context, Fault
from healthduty.clauses.each_part import goals_listed
from healthduty.clauses.each_target import part_each
from healthduty.clauses.facts import untied, without_number
from healthduty.clauses.facts_worth import with_earlier
from healthduty.clauses.goals import read_goals
from healthduty.clauses.in_brackets import read_band_in_brackets, says_sum
from healthduty.clauses.itemised import EACH_ITEM
from healthduty.clauses.names.as_before import led_as_before
from healthduty.clauses.names.completing import all_waiting
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Else, Graded, Held, Many, Occasion, Where, counted_in
from healthduty.clauses.praised import add_for_praise
from healthduty.clauses.segments import Segment, bounds_score
from healthduty.clauses.text.lexicon import LEVELS, LEVELS_FAILED, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token
from healthduty.clauses.verbless import IS_LOST, is_amiss, read_cases
from healthduty.rules.points import Effect
from healthduty.rules.rule import Judgement, effect_of, rule_measures
from healthduty.said import Said

_FOR_EACH = re.compile(
    r"^(?:以上|上述)?每[一1]?(?:项|个|条|处|所|家|点|名|人|次|份|户|类|部分|方面)"
)
_TARGETS = frozenset({"指标", "目标", "考核指标", "任务", "内容"})
"""What the targets of a requirement are called together: 每项指标5分."""
_ONE_ITEM = re.compile(r"[一1][项个条]")
_SO_MANY = re.compile(
    r"(?:以上|上述|共)?(?:[二两三四五六七八]|\d)[项个者率](?:指标|任务|内容|工作)?"
)
_EACH_OF_SO_MANY = re.compile(
    r"(?:以上|上述)?[2-9二两三四五六七八九][项个](?:考核)?(?:指标|目标|任务)?(?:中)?每[1一]?[项个]"
)
"""三项指标每项, beside the targets themselves."""
_SPLIT = re.compile(r"[、]|和|及")
_ENDS = frozenset({Kind.STOP, None})
_LONGEST = 80
_SEVERAL = 2
_ALONE = 2  # a number, and that it is points
_OF_TITLES = frozenset({Kind.WORD, Kind.LIST, Kind.EXPLAINED})
_AROUND = frozenset({Kind.WORTH, Kind.FULL, Kind.SHARED})
_WORTH = re.compile(
    r"^(?:本项|该项|此项|单项|本指标|小计|合计|共|总计|总分|分值|标准分|满分|基[础准本]分?|权重|计|为|占|,|:)*$"
)

_OWN_WORTH = re.compile(
    r"(?=.)(?:[本该此](?:小|单|分)?项(?:指标|工作|内容)?)?(?:合计|共计|共|计|分值|满分|总分|占|为)*"
)
"""How points are led that a line is worth, behind what is lost of them."""

_AT_FIRST = re.compile(
    r"[^,，、\d](?:初始|起始|原始|基[本础准])(?:标准|积|考核)?(?:总?分值?|分数)?(?:标准)?[为是]?$"
)
"""How points are called that everybody starts from."""


def make_all(segments: list[Segment], worth: Fraction | None) -> bool:
    """Whether points end each sentence, and make the item's: 有专人，2分；有场所，3分.

    Behind a level (优秀3分) they are the level's.
    """
    stated = [segment for segment in segments if _states_points(segment)]
    points = [segment.tokens[-2].value or Fraction(0) for segment in stated]
    levels = any(segment.tokens[0].text in LEVELS for segment in stated)
    return len(points) > 1 and sum(points) == worth and not levels


def _states_points(segment: Segment) -> bool:
    """Whether a segment is points alone behind a comma, or words that end a sentence with them."""
    if segment.action is not None:
        return False
    *words, number, points = [None, *(token.kind for token in segment.tokens)][-3:]
    if [number, points] != [Kind.NUMBER, Kind.POINTS]:
        return False
    alone = segment.after is Kind.COMMA and len(segment.tokens) == _ALONE
    plain = all(token.kind in _OF_TITLES for token in segment.tokens[:-_ALONE])
    ends = words == [Kind.WORD] and segment.closed in _ENDS and not segment.inside
    return alone or (plain and ends)


def behind_rules(segments: list[Segment], worth: Fraction | None) -> list[Segment]:
    """Read 每低1%扣1分，此项共8分；…，此项共6分, which make the item's, as （8分） and （6分）."""
    ends = [
        at
        for at, segment in enumerate(segments)
        if at and segment.after is Kind.COMMA and segment.closed in _ENDS and _says_own(segment)
    ]
    points = [segments[at].tokens[-2].value or Fraction(0) for at in ends]
    if len(ends) < _SEVERAL or worth not in {None, sum(points)}:
        return segments
    found = list(segments)
    for at in ends:
        found[at - 1] = attrs.evolve(found[at - 1], closed=Kind.OPEN)
        found[at] = attrs.evolve(
            found[at], after=Kind.OPEN, closed=Kind.CLOSE, inside=True, action=None
        )
    return found


def _says_own(segment: Segment) -> bool:
    """Whether a segment says what its line is worth: 此项共8分, 满分8分, 计8分."""
    said = "".join(token.text for token in segment.tokens[:-_ALONE])
    kinds = [token.kind for token in segment.tokens[-_ALONE:]]
    return kinds == [Kind.NUMBER, Kind.POINTS] and _OWN_WORTH.fullmatch(said) is not None


def in_brackets(segments: list[Segment]) -> list[Segment]:
    """Read 有专人，2分；有场所，3分, which make the item's, as 有专人（2分）；有场所（3分）."""
    found = list(segments)
    if any(segment.action is not None for segment in found):
        return found  # 建档率≥90%，6分，每低1%扣1分
    for at in range(1, len(found)):
        alone = len(found[at].tokens) == _ALONE and _states_points(found[at])
        if alone and found[at].closed in _ENDS:
            found[at - 1] = attrs.evolve(found[at - 1], closed=Kind.OPEN)
            found[at] = attrs.evolve(found[at], after=Kind.OPEN, closed=Kind.CLOSE, inside=True)
    return found


def read_worth(context: Context, segment: Segment) -> bool:
    """Read `[其中] [words] [WORTH] NUMBER [POINTS]` at the end of a segment without a verb."""
    tokens = segment.tokens
    if segment.closed is Kind.MONEY or bounds_score(tokens, context.points):
        return False  # 60-70分扣100元; 低于90分，每1分扣0.5分
    if any(token.kind is Kind.MULTIPLY for token in tokens):
        return _unread_formula(context, segment)
    if _is_points_ahead(context, segment):
        context.claim(segment.first, segment.end, Taken.POINTS)
        return True
    if any(token.kind is Kind.PART_OF for token in tokens):
        _begin_parts(context)
        tokens = tuple(token for token in tokens if token.kind is not Kind.PART_OF)
    if [token.kind for token in tokens] == [Kind.WORTH, Kind.NUMBER]:
        return _whole(context, segment, tokens[1].value)  # 分值：4
    points = tokens[-2].value if len(tokens) > 1 else None
    if points is None or tokens[-1].kind is not Kind.POINTS:
        return False
    before = tokens[:-2]
    if before and before[-1].kind is Kind.DASH:
        before = before[:-1]  # 优秀—3分
    bare = tuple(token for token in before if token.kind not in _AROUND)
    words = words_of(bare, context.plain)
    if any(token.kind is Kind.SHARED for token in before):
        return _shared(context, segment, words, points)
    waits = not bare and not segment.inside
    if _starts(context, segment, points) or (waits and _waiting(context, segment, points)):
        return True
    if _WORTH.match(words):
        return _bracketed(context, segment, points)
    if _ONE_ITEM.fullmatch(words) and _effect_before(context) is not Effect.LOSE:
        return _each_item(context, segment, points)
    each = _EACH_OF_SO_MANY.fullmatch(words) and part_each(context, segment, points)
    return bool(each) or _worth_at(context, segment, bare, points)


def _starts(context: Context, segment: Segment, points: Fraction) -> bool:
    """Read 每名医师初始分值为12分: the points of the item, which all start from."""
    words = words_of(segment.tokens[:-_ALONE], context.plain)
    if not _AT_FIRST.search(words) or not _whole(context, segment, points):
        return False
    for at in range(segment.first, segment.end):
        context.claims[at] = (Taken.POINTS, "what all start from")
    return True


def _worth_at(
    context: Context, segment: Segment, bare: tuple[Token, ...], points: Fraction
) -> bool:
    """Read the points of a sentence that they end, else those of a thing that they stand behind."""
    if context.listed_worths and segment.closed in _ENDS and not segment.inside:
        return _ended_part(context, segment, bare, points)
    return _worth_of(context, segment, bare, points)


def _shared(context: Context, segment: Segment, words: str, points: Fraction) -> bool:
    """Read 制度、台账各1分; 有制度、有人员，各占2分; 各1分 beside a list in the requirement."""
    listed = goals_listed(context, points) if not words else []
    if listed:
        return _parts(context, segment, listed, points)
    if not words and context.pending:
        words = context.pending_words()
        context.use_pending()
    if not words or _SO_MANY.fullmatch(words):
        return _each_item(context, segment, points)
    return _parts(context, segment, _members(context, words, points), points)


def _each_item(context: Context, segment: Segment, points: Fraction) -> bool:
    """Read 各3分, 每项3分, 两项各3分 beside targets that are so many: a part for each of them.

    Any other is reported, which is taken back where the requirement lists the items.
    """
    if part_each(context, segment, points) or _split_part(context, segment, points):
        return True
    context.fault(segment, EACH_ITEM, hint=Said("state each part", "请逐项写明"))
    return True


def _split_part(context: Context, segment: Segment, points: Fraction) -> bool:
    """Read 甲率≥95%，乙率≥90%（10分，各5分）: the part of 10 points is one for each of them."""
    whole = context.parts[-1] if context.parts and context.in_parts else None
    beside = segment.inside and segment.after is Kind.COMMA
    ruled = any(draft.part == len(context.parts) for draft in context.drafts[-RECENT:])
    if whole is None or ruled or not beside or context.part_spans[-1][1] != segment.first - 1:
        return False
    after = context.part_spans[-_SEVERAL][1] if len(context.parts) > 1 else 0
    recent = range(max(0, len(context.goals) - RECENT), len(context.goals))
    spans = [(context.goals[index].name, context.goal_spans[index]) for index in recent]
    names = [name for name, span in spans if span is not None and span[0] >= after]
    names = list(dict.fromkeys(names))
    if len(names) < _SEVERAL or whole.points != len(names) * points:
        return False
    context.parts.pop()
    context.part_spans.pop()
    context.part_words.pop()
    for name in names:
        context.begin_part(segment, name, points)
    return True


def _unread_formula(context: Context, segment: Segment) -> bool:
    """Report points by a formula that is not ours: ×6分 behind a bracket."""
    if not any(token.kind is Kind.POINTS for token in segment.tokens):
        return False
    message = Said("points by a formula", "分数按公式计算")
    hint = Said("得分=完成率×本项分值 is read", "可以写成：得分=完成率×本项分值")
    context.fault(segment, message, hint=hint)
    return True


def _worth_of(
    context: Context, segment: Segment, bare: tuple[Token, ...], points: Fraction
) -> bool:
    """Read points for a level, bound or number (优秀5分), as before (，省级2分), or of a part."""
    goes_on = _effect_before(context)
    occasion = read_occasion(bare, context.plain)
    lost = goes_on is not Effect.EARN and occasion is not None
    praised = goes_on is Effect.LOSE and add_for_praise(context, segment, (bare, occasion), points)
    if praised or (lost and read_cases(context, segment, occasion, points)):
        return True
    if isinstance(occasion, Many) and _earns_each(context, occasion, goes_on):
        action = Action(done=Done.POINTS, effect=goes_on or Effect.EARN, amounts=(points,))
        build(context, segment, action, led_as_before(context, segment, occasion))
        return True
    if isinstance(occasion, Many) and (occasion.each or goes_on is not Effect.EARN):
        occasion = None  # 2年5分 goes on with 3年以上8分, and says nothing by itself
    if isinstance(occasion, Else) and goes_on is Effect.EARN:
        build_otherwise(context, segment, points)  # 优5分，良3分，其他1分
        return True
    if isinstance(occasion, Graded) and _is_fault(context, occasion):
        if goes_on is not Effect.LOSE:
            return _part(context, segment, occasion.words, points)  # 制度不健全3分 takes them
        occasion = Where((occasion.words,))  # 未加锁扣10分，账物不符合10分
    if isinstance(occasion, (Graded, Held, Many)) and not context.in_parts:
        action = Action(done=Done.POINTS, effect=goes_on or Effect.EARN, amounts=(points,))
        build(context, segment, action, occasion)
        context.pending.clear()
        return True
    if goes_on is not None and isinstance(occasion, Where) and not segment.inside:
        _go_on(context, segment, goes_on, occasion, points)
        return True
    if context.in_parts and isinstance(occasion, Held) and occasion.subject:
        for goal in read_goals(bare, context.plain, group=len(context.goals)):
            context.add_goal(goal, None)  # 满意度≥90%5分，每低5%扣1分
        return _part(context, segment, occasion.subject, points)
    if any(token.kind is Kind.NUMBER for token in bare):
        return False
    return _part(context, segment, name_of(words_of(bare, context.plain)), points)


def _ended_part(
    context: Context, segment: Segment, bare: tuple[Token, ...], points: Fraction
) -> bool:
    """Read 帐簿整洁，登记清楚，更正规范2分: a part of the whole sentence, whose points end it."""
    before, own = all_waiting(context), words_of(bare, context.plain)
    said = with_earlier(context, f"{before}，{own}" if before else own)
    context.pending.clear()
    return _part(context, segment, name_of(said) or said, points, said)


def _go_on(
    context: Context, segment: Segment, effect: Effect, occasion: Where, points: Fraction
) -> None:
    """Read a further fact with points, which do what those before it did: ，省级2分."""
    if effect is Effect.EARN and is_amiss(occasion.facts[0]):
        context.faults.append(Fault("clause-doubt", IS_LOST, segment.first, segment.end))
    action = Action(done=Done.POINTS, effect=effect, amounts=(points,))
    build(context, segment, action, led_as_before(context, segment, occasion))


def _earns_each(context: Context, occasion: Many, goes_on: Effect | None) -> bool:
    """Whether points stand for each of something that is named: 每项1分 names nothing."""
    named = occasion.subject != counted_in(occasion.unit) and not _FOR_EACH.match(occasion.subject)
    named = named and not (occasion.subject in _TARGETS and len(context.required()) > 1)
    gains = goes_on in {None, Effect.EARN, Effect.ADD} and not is_amiss(occasion.subject)
    return occasion.each and named and gains and not context.in_parts


def _is_fault(context: Context, occasion: Graded) -> bool:
    """Whether a level is a fault of its own thing, and none of several of one thing."""
    last = context.last()
    before = None if last is None else last.occasion
    goes_on = isinstance(before, Graded) and occasion.subject in {"", before.subject}
    return bool(occasion.subject) and not goes_on and LEVELS_FAILED.issuperset(occasion.levels)


def _effect_before(context: Context) -> Effect | None:
    """Return what points do that go on with a rule: 国家级加3分，省级2分."""
    last = context.last()
    if last is None or context.in_parts or last.sentence != context.sentence:
        return None
    return effect_of(last.rule)


def _is_points_ahead(context: Context, segment: Segment) -> bool:
    """Whether the item's points stand before a bracket with its rules: 10（未开展扣10分）."""
    first = segment.tokens[0]
    alone = len(segment.tokens) == 1 and segment.first == 0 and segment.closed is Kind.OPEN
    return alone and first.kind is Kind.NUMBER and first.value == context.points is not None


def _waiting(context: Context, segment: Segment, points: Fraction) -> bool:
    """Read 80%以上，5分: points for the bounds or the level that stand before the comma."""
    if not context.pending:
        return False
    occasion = read_occasion(context.pending[-1].tokens, context.plain)
    if context.in_parts or context.listed_worths:
        return _part_of_goal(context, segment, points, occasion)
    if not isinstance(occasion, (Graded, Held)):
        return False
    if isinstance(occasion, Graded) and occasion.words in occasion.levels:
        context.use_pending()  # 优秀，5分: a level is no name of its own
    action = Action(done=Done.POINTS, effect=Effect.EARN, amounts=(points,))
    build(context, segment, action, occasion)
    context.use_pending()
    return True


def _part_of_goal(
    context: Context, segment: Segment, points: Fraction, occasion: Occasion | None
) -> bool:
    """Read 满意度≥90%，5分 among numbered parts: a part, whose rules the bound is the goal of."""
    if isinstance(occasion, Held) and occasion.subject:
        name = occasion.subject
    else:
        name = name_of(all_waiting(context)) if context.listed_worths else ""
    if not name:
        return False
    context.pending.clear()
    return _part(context, segment, name, points)


def _begin_parts(context: Context) -> None:
    """组织管理10分，其中…: what was worth 10 points is the item itself."""
    if not context.in_parts or (len(context.parts) == 1 and not context.drafts):
        if len(context.parts) == 1:
            context.stated = context.parts.pop().points
            context.part_spans.clear()
        context.in_parts = True


def _whole(context: Context, segment: Segment, points: Fraction | None) -> bool:
    """Take points for the item's; 有制度，1分；有台账，1分 states them for several things."""
    if Kind.LIST in {segment.closed, segment.after} and not segment.inside:
        return False  # 10分、5分、2分是按风险大小定的: none of them is the item's
    again = context.stated is not None and context.pending and not segment.inside
    if points is None or again or context.stated not in {None, points}:
        return False
    context.stated = points
    context.claim(segment.first, segment.end, Taken.POINTS)
    return True


def _bracketed(context: Context, segment: Segment, points: Fraction) -> bool:
    """（5分）: of the part whose name stands before the bracket, or of the item."""
    if read_band_in_brackets(context, segment, points):
        return True
    apart = segment.inside or segment.tokens[0].kind is Kind.WORTH
    opened = bool(context.pending) and context.pending[-1].closed is Kind.OPEN
    if says_sum(context, segment, points):
        context.pending.clear()
        return _whole(context, segment, points)
    less = context.points is not None and points < context.points  # 每缺一项扣1分（4分） of 6
    rules = apart and not opened and (context.later_worths or less)
    if rules and _behind_rules(context, segment, points):
        return True
    all_of_it = points == context.points and not context.parts  # （6分，各2分）
    if not context.pending or not apart or not context.later_worths or all_of_it:
        return _whole(context, segment, points)
    said = _sentence(context) or with_earlier(context, all_waiting(context))
    name = name_of(said) or name_of(context.pending_words())
    if not name:
        return _whole(context, segment, points)
    context.pending.clear()
    return _part(context, segment, name, points, said)


def _sentence(context: Context) -> str:
    """Return 成立领导小组，明确2名专干 before its points: all of it has to hold."""
    waiting = context.pending[-RECENT:]
    said = "，".join(untied(words_of(held.tokens, context.plain)) for held in waiting)
    bound = any((held.first, held.end) in context.goal_spans[-RECENT:] for held in waiting)
    if not bound or len(waiting) == 1 or len(said) > _LONGEST:
        return ""
    for held in waiting:
        context.use_words(held)
    return said


def _behind_rules(context: Context, segment: Segment, points: Fraction) -> bool:
    """Read 出现一例未查处扣2分（5分）: points behind the rules that take from them."""
    before = len(context.parts) if context.in_parts else 0
    recent = context.drafts[-RECENT:]
    mine = [d for d in recent if d.sentence == context.sentence and d.part == before]
    if not mine or segment.closed is not Kind.CLOSE:
        return False
    names = (name for draft in mine for name in rule_measures(draft.rule))
    title = next(names, "") or context.subject
    judged = not title and len(mine) == 1 and isinstance(mine[0].rule, Judgement)
    title = name_of(all_waiting(context)) if judged else title  # 宣传到位，酌情打分（5分）
    if not title or not _part(context, segment, title, points):
        return False
    for draft in mine:
        draft.part = len(context.parts)
    return True


def _members(context: Context, words: str, points: Fraction) -> list[str]:
    """Split a list at each 、; at 和 and 及, too, unless the item's points say otherwise."""
    marked = words.split("、")
    return marked if len(marked) * points == context.points else _SPLIT.split(words)


def _parts(context: Context, segment: Segment, names: list[str], points: Fraction) -> bool:
    """制度、台账各1分: a part of so many points for each name."""
    for name in without_number(tuple(names)):
        _part(context, segment, name_of(name), points)
    return True


def _part(context: Context, segment: Segment, name: str, points: Fraction, said: str = "") -> bool:
    """Add a part of so many points; `said` are the words that its name is made of."""
    if _FOR_EACH.match(name):
        return _each_item(context, segment, points)
    words = said or words_of(segment.tokens[:-2], context.plain)
    alone = name in words and all(token.kind is not Kind.SHARED for token in segment.tokens)
    words = words if alone else name  # 建立台账1分: with its verb
    context.begin_part(segment, name, points, words)
    return True
