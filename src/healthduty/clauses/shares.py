"""Points in proportion: 按比例得分, 未完成的按比例扣分, 按参保率得分.

What the share is of stands in the words before, is what was required, or is how much was done of
what is asked: 推荐运动员, beside which 少完成的按比例扣分 stands.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 4.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("少完成的按比例扣分", points=3, requirement="推荐运动员").rules[0]
>>> rule.tally.measure, str(rule.tally.target)
('推荐运动员完成率', '100')
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.actions import Action
from healthduty.clauses.context import RECENT, Context, Draft
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.names.measured import held_measure, says_needed, says_unmet
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.names.subjects import NONE, whole_of
from healthduty.clauses.occasions import (
    UNNAMED,
    Graded,
    Held,
    Many,
    Nothing,
    Occasion,
    Ranked,
    Where,
)
from healthduty.clauses.segments import Segment
from healthduty.clauses.share_of_others import share_of_others
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import RATE_UNITS, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.exact import to_fraction
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Effect, Points
from healthduty.rules.rule import (
    Band,
    Bands,
    CaseBand,
    Curve,
    Deduction,
    Knot,
    LevelBand,
    Rule,
    rule_measures,
)
from healthduty.rules.tally import StepsBelow
from healthduty.rules.threshold import Threshold
from healthduty.said import Said

_OF_NOTHING = re.compile(r"^(?:降低|下降|减少|未?完成|超出|提高)的?(?:比例|部分)$")
_BY_RATE = re.compile(
    r"按照?(.{2,60}?(?:率|比例|百分比|百分率|占比))(?:的(?:比例|百分比))?(?:计算|计分|记分|折算|赋分)?"
)
_OWN_SHARE = re.compile(
    r"按照?(?!实际|完成|目标|应|相应)([^,;。]{0,12}(?:人数|户数|次数|数量|[^指]数|量|人员)(?:所占|占[^,;。]{1,8})?的?(?:比例|百分比))"
)
_ALL_OF = re.compile(r"全部|全额|全数|全员|足额|100%|百分之百")
_BY_RULE = re.compile(r"^按(?:照?(?:政策|规定|要求|标准|计划)|时|期)")
_REACHED = re.compile(r"达到|达标|符合|满足")
_WHOLE = re.compile(
    rf"{_ALL_OF.pattern}|(?:均|都|按[时期])?(?:达到|达标|符合|满足|完成)(?:了|相应|全部)?"
    r"|(?:标准|要求|规定|目标|任务)(?:的|者)?$"
)
"""That all of what is asked was done: 全额, 达到面积标准, 完成任务."""
_HANDED_DOWN = re.compile(
    r"(?:[省市县区]级?|上级|[局委])?(?:下达|分解|交办|分配)的?|(?:年度|全年|当年|年初)(?=目标|任务|计划|指标|$)"
)
_NO_THING = frozenset({"任务", "目标", "标准", "要求", "指标", "工作"})
_LESS = re.compile(rf"{_OF_NOTHING.pattern}|^(?:未|没有|不)能?(?:{_ALL_OF.pattern})")
_STATE = re.compile(
    r"(?:每[年季月周]度?)?(?P<what>(?!根据|依据|视|按).{2,}(?:完成|落实|执行|开展|到位|覆盖))"
    r"(?:情况|程度|进度)"
)
_RATE_NAME = re.compile(r"率|比例|度$")
_SHORT = re.compile(
    r"(?:不足|不够|短少|欠缺|缺少|[少欠未没](?:有|能)?(?:全部|足额|按时)?(?:完成|达到?|做到?))(?:部分|的|者)*$"
)
"""That less was done than is asked: 不足的, 少完成的."""
_SHORT_OF = re.compile(
    r"(?:(?:如|凡|若|对))?(?P<what>[^,，、;；]{2,16}?)(?:尚?未(?:能)?(?:按[时期])?(?:全部|足额)?完成|完成不足|不足|不够)(?:任务|目标)?(?:部分)?[的者]?"
)
"""That one named thing was done in part: 改厕任务未完成的, 样品数量不足的."""
_NO_NAME = re.compile(
    r"(?:年度|全年|当年|下达|目标|任务|工作|指标|计划|上级|规定|要求|其他|各项|[本该此]项)+(?:任务|目标|工作|指标|要求)?$|[本该此]项|以上|上述"
)
_BOUND = re.compile(r"\d+(?:\.\d+)?")
_AVERAGE = "平均分"
_MARKED = re.compile(r"[，。；]")
_LONGEST = 24
_SEVERAL = 2


def build_share(context: Context, segment: Segment, action: Action, occasion: Occasion) -> None:
    """按比例得分: a straight line up to the goal; 按比例扣分: the unmet share."""
    if action.effect is Effect.ADD:
        context.fault(
            segment, Said("a bonus in proportion, without its step", "按比例加分，没有写步长")
        )
        return
    if isinstance(occasion, Ranked):
        context.fault(segment, Said("a share of the points of another place", "按别处分值的比例"))
        return
    if _build_own_share(context, segment, action):
        return
    if share_of_others(context, segment, action, occasion):
        return
    if _AVERAGE in words_of(segment.tokens, context.text):
        if context.asked[1:] and not context.goals:
            message = Said("an equal share for each of what is asked", "每项所占的平均分没有写明")
            context.fault(segment, message, hint=Said("state each part", "请逐项写明"))
            return
        occasion = _short_of_all(context)
    _build_share_of(context, segment, action, occasion)


def _short_of_all(context: Context) -> Occasion:
    """Return 缺1例 before 扣1人平均分 as what it comes to: the share that was not done."""
    for held in context.heard:
        context.explain(held, "how much of it was done")
    return Where(("未完成任务",))


def _build_share_of(context: Context, segment: Segment, action: Action, occasion: Occasion) -> None:
    """Make the line, or the share that is lost, of the quantity that an occasion names."""
    if isinstance(occasion, Graded) and (not occasion.subject or _SHORT.match(occasion.words)):
        occasion = Where((occasion.words,))  # 未完成, 少完成
    if _share_of_named(context, segment, action, occasion):
        return
    subject = _share_subject(occasion)
    loses = action.effect is Effect.LOSE and not subject and _falls_short(occasion)
    if loses and _share_each(context, segment):
        return
    part = "" if subject else _rate_of_part(context)
    indices = context.goals_for(part, RATE_UNITS) if part else _share_goals(context, subject)
    found = _share_of(context, occasion, subject or part, indices)
    short = _falls_short(occasion) or _by_completion(segment, occasion)
    if found is None and _share_of_done(context, segment, occasion):
        return
    if short:
        found = found or _share_of_asked(context)
        context.explain(segment, "how much of it was done")
    if found is None and _share_of_fact(context, segment, action, occasion):
        return
    if found is None:
        context.fault(
            segment, Said("a share of a quantity that nothing names", "按比例计，没有写指标")
        )
        return
    measure, target = found
    points = action.amounts[0] if action.amounts else FULL
    if action.effect is Effect.EARN:
        rule: Rule = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(target, points)))
    else:
        rule = Deduction(StepsBelow(measure, target=target), points=points)
    context.add([rule], segment, indices[-1:], occasion=occasion)


def _share_of_named(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Read 改厕任务未完成的按完成比例计分 as the share of that task, whatever else is asked."""
    shares = (token.text for token in segment.tokens if token.kind is Kind.PROPORTION)
    if not any("完成" in share for share in shares):
        return False
    match occasion:
        case Where(facts=(said,)) | Graded(words=said):
            pass
        case _:
            said = context.last_waiting() if isinstance(occasion, Nothing) else ""
    short = _SHORT_OF.fullmatch(said)
    name = "" if short is None else name_of(short["what"])
    units = RATE_UNITS | context.recent_units()
    if len(name) <= 1 or name in _NO_THING or _RATE_NAME.search(name[-2:]):
        return False
    if context.goals_for(name, units) or any(_NO_NAME.match(part) for part in (name, said)):
        return False
    if isinstance(occasion, Nothing):
        context.use_pending()
    share = context.quantities.measure(name.removesuffix("完成") + "完成率", None, "%")
    points = action.amounts[0] if action.amounts else FULL
    rule: Rule = Curve(share, Effect.EARN, (Knot(0, 0), Knot(100, points)))
    if action.effect is Effect.LOSE:
        rule = Deduction(StepsBelow(share, target=Fraction(100)), points=points)
    context.add([rule], segment, occasion=occasion)
    return True


def _share_each(context: Context, segment: Segment) -> bool:
    """Read 甲率达95%得2分；乙率达90%得2分；未达到的按比例扣分 as a line for each of them.

    Nothing is earned below the bounds that could be lost: the share is of what each earns. Behind
    a comma it is said of those of its own sentence, behind a stop of all.
    """
    bands: list[tuple[Draft, Knot]] = []
    for draft in reversed(context.drafts[-RECENT:]):
        beside = segment.after is Kind.STOP or draft.sentence == context.sentence
        match draft.rule:
            case Bands(
                effect=Effect.EARN,
                bands=(Band(low=Fraction() as low, high=None, points=Fraction() as points),),
                otherwise=None,
            ) if beside and low > 0:
                bands.append((draft, Knot(low, points)))
            case _:
                break
    if len(bands) < _SEVERAL:
        return False
    for draft, top in bands:
        draft.rule = Curve(next(rule_measures(draft.rule)), Effect.EARN, (Knot(0, 0), top))
    context.explain(segment, "how much of each was done")
    return True


def share_below(context: Context, segment: Segment) -> bool:
    """Read 低于90%按比例扣分 behind 达到90%得5分 or 达到90% as the share of it that is reached."""
    found = _BOUND.search(words_of(segment.tokens, context.text))
    bound = None if found is None else to_fraction(found.group())
    last = context.last()
    match last.rule if last is not None and last.sentence == context.sentence else None:
        case Bands(
            effect=Effect.EARN,
            bands=(Band(low=Fraction() as low, high=None, points=points),),
            otherwise=None,
            measure=code,
        ) if last is not None and low == bound:
            line = Curve(code, Effect.EARN, (Knot(0, 0), Knot(low, points)))
            context.extend(last, line, segment)
            return True
    indices = [i for i in context.goals_for("", RATE_UNITS) if i not in context.used_goals]
    if bound is None or len(indices) != 1 or context.goals[indices[0]].bounds.low != bound:
        return False
    steps = StepsBelow(context.goal_measure(indices[0]), target=bound)
    context.add([Deduction(steps, points=FULL)], segment, indices)
    return True


def _share_of_done(context: Context, segment: Segment, occasion: Occasion) -> bool:
    """Read 办证计8分，按完成比例计分: a line over how much of the fact before it was done.

    So is 全额上交得2分，未全额上交的按比例得分: all that is short of 全额 is a share.
    """
    last = context.last()
    if last is None or context.sentence - last.sentence > 1:
        return False
    words = (token.text for token in segment.tokens if token.kind is Kind.PROPORTION)
    done = last.sentence == context.sentence and any("完成" in text for text in words)
    less = _falls_short(occasion)
    fact, points = _earned(last.rule)
    if not fact or not (done or (less and _WHOLE.search(fact))):
        return False
    for name in rule_measures(last.rule):
        context.quantities.forget(name)
    context.explain(segment, "how much of it was done")
    if "完成" in fact:
        context.explain_rule(last, "all of it")  # 完成省下达目标
    measure = context.quantities.measure(_share_name(context, fact), None, "%")
    line = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(100, points)))
    context.extend(last, line, segment)
    last.occasion = None
    return True


def _earned(rule: Rule) -> tuple[str, Points]:
    """Return the one fact that a rule is earned for, or the level (全部完成), and its points."""
    match rule:
        case Bands(
            bands=(
                CaseBand(when=Flag(measure=fact), points=points)
                | LevelBand(levels=(fact,), points=points),
            ),
            effect=Effect.EARN,
            otherwise=None,
        ):
            level = isinstance(rule.bands[0], LevelBand) and rule.measure != UNNAMED
            return f"{rule.measure}{fact}" if level else fact, points
        case _:
            return "", FULL


def _share_name(context: Context, fact: str) -> str:
    """Return what the share is of: 征收上交比例 of 全额征收上交, 面积达标率 of 达到面积标准."""
    what = _WHOLE.sub("", _BY_RULE.sub("", fact.rpartition("，")[2]))
    what = name_of(_HANDED_DOWN.sub("", what))
    what = what if len(what) > 1 and what not in _NO_THING else _asked(context)
    if _ALL_OF.search(fact) and "完成" not in fact:
        return f"{what}比例"
    return what.removesuffix("完成") + ("达标率" if _REACHED.search(fact) else "完成率")


def _falls_short(occasion: Occasion) -> bool:
    """Whether an occasion only says that less was done than is asked: 不足的, 少完成的."""
    fact = occasion.facts[0].rpartition("，")[2] if isinstance(occasion, Where) else ""
    less = _LESS.search(fact) or _SHORT.search(fact)
    return bool(fact) and (less is not None or says_unmet(fact))


def _by_completion(segment: Segment, occasion: Occasion) -> bool:
    """Whether points stand alone by how much was done: 按完成比例得分."""
    shares = (token.text for token in segment.tokens if token.kind is Kind.PROPORTION)
    return isinstance(occasion, Nothing) and any("完成" in share for share in shares)


def _share_of_asked(context: Context) -> tuple[Measure, Threshold] | None:
    """Return how much was done of what the words around ask for: 推荐运动员 by 完成率."""
    share = share_name(context)
    return (context.quantities.measure(share, None, "%"), Fraction(100)) if share else None


def share_name(context: Context) -> str:
    """Return the name of how much was done of what the words around ask for, where they do."""
    name = _asked(context)
    if not name or _RATE_NAME.search(name):
        return name
    return name.removesuffix("完成") + "完成率"


def _asked(context: Context) -> str:
    """Return what the words around ask for, where that is a name."""
    asked = (context.subject, whole_of(context.earlier), context.topic, whole_of(context.asked))
    name = next((words for words in map(name_of, asked) if 1 < len(words) <= _LONGEST), "")
    return "" if _MARKED.search(name) else name


def _share_of_fact(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Read 体检未按要求的按比例扣分, and 核查完成情况按比例给分: the words name the share."""
    said = words_of(segment.occasion, context.plain).strip("的者,，")
    said = context.last_waiting() if isinstance(occasion, Nothing) else said
    fact = said if isinstance(occasion, (Where, Graded, Nothing)) else ""
    state = _STATE.fullmatch(fact)
    if action.effect is Effect.EARN and state is not None:
        name = f"{name_of(state['what'])}率"
    elif (
        action.effect is Effect.LOSE
        and SAYS_WRONG.search(simplified(fact))
        and fact not in NONE
        and not says_unmet(fact)
    ):
        name = f"{fact}比例"
    else:
        return False
    points = action.amounts[0] if action.amounts else FULL
    measure = context.quantities.measure(name, None, "%")
    context.add([Curve(measure, action.effect, (Knot(0, 0), Knot(100, points)))], segment)
    return True


def _build_own_share(context: Context, segment: Segment, action: Action) -> bool:
    """按未参检人数所占比例扣分: the words of the share name its own quantity."""
    texts = (token.text for token in segment.tokens if token.kind is Kind.PROPORTION)
    found = next((share for text in texts if (share := _OWN_SHARE.match(text))), None)
    if found is None:
        return False
    measure = context.quantities.measure(name_of(found.group(1)), None, "%")
    points = action.amounts[0] if action.amounts else FULL
    knots = (Knot(0, 0), Knot(100, points))
    context.add([Curve(measure, action.effect, knots)], segment)
    return True


def build_by_rate(context: Context, segment: Segment, words: str) -> bool:
    """按实际体检人数占应检人数的百分比计算, 按参保率得分: a line from 0 to 100 % of a rate."""
    found = _BY_RATE.fullmatch(words)
    name = "" if found is None else name_of(found.group(1))
    if not name or _OF_NOTHING.search(name):
        return False
    measure, target = context.quantities.measure(name, None, "%"), Fraction(100)
    indices = context.goals_for(name, RATE_UNITS)
    if indices and isinstance(goal := context.goals[indices[-1]].bounds.low, Fraction):
        context.quantities.forget(measure.code)
        measure, target = context.goal_measure(indices[-1]), goal
    line = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(target, FULL)))
    context.add([line], segment, indices[-1:])
    return True


def _share_subject(occasion: Occasion) -> str:
    """Return the quantity that the words before name; 未达标 names none."""
    match occasion:
        case Held() | Many():
            return occasion.subject
        case Where():
            fact = occasion.facts[0]
            unnamed = says_unmet(fact) or says_needed(fact) or _OF_NOTHING.search(fact)
            return "" if unnamed else fact
        case _:
            return ""


def _rate_of_part(context: Context) -> str:
    """Return the rate that the part before has points for: 任务完成率（3分）：按比例得分."""
    title = context.parts[-1].title if context.in_parts and context.parts else ""
    return title if _RATE_NAME.search(title[-2:]) else ""


def _share_goals(context: Context, subject: str) -> list[int]:
    """Return the goals that a share is of: that of the subject, else the last of any unit."""
    named = context.goals_for(subject, RATE_UNITS)
    return named or context.goals_for("", context.recent_units())


def _share_of(
    context: Context, occasion: Occasion, subject: str, indices: list[int]
) -> tuple[Measure, Threshold] | None:
    """Return the quantity of a share and what is all of it: the goal, or 100 % of a rate."""
    target: Threshold | None
    if indices:
        measure, target = context.goal_measure(indices[-1]), context.goals[indices[-1]].target
    elif isinstance(occasion, Held) and occasion.subject:
        measure, target = held_measure(context, occasion), occasion.bounds.high
        if target is None and occasion.bounds.unit == "%":  # 80%以上的按比例得分: up to all of it
            target = Fraction(100)
    else:
        name = subject or context.subject or context.topic
        if not _RATE_NAME.search(name):
            return None
        measure, target = context.quantities.measure(name, None, "%"), Fraction(100)
    return None if target is None else (measure, target)
