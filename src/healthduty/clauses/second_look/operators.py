"""Words that change what a score is: 依次, 加倍, 累加, 抵扣, 只得, 视同, 平均, 每, 最高.

Each such word has to show in a rule beside it: 加倍 in what multiplies, 最高 in a cap, 每 in a
tally. One that stands there and shows in none was passed over, or went into a name, and the score
is not what was meant: it is doubted, with what it may change. A word is a line of the table.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("漏报每例扣1分，主动报告的可抵扣0.5分")
>>> [str(f.message) for f in reading.findings if "抵扣" in str(f.message)]
['`主动报告的可抵扣`: `抵扣` shows in no rule: points are set off?']
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable, Iterator

import attrs

from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.second_look.left_over import told_in
from healthduty.clauses.text.beginnings import led
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token
from healthduty.rules.condition import AllOf
from healthduty.rules.points import Pick
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Group,
    Judgement,
    Rule,
    rule_measures,
)
from healthduty.rules.tally import Cases, Counting, Lacking, Once, StepsAbove, StepsBelow, Tally
from healthduty.said import Said, chinese

Shown = Callable[[Rule], bool]
"""Whether a word's effect shows in a rule."""


def _members(rule: Rule) -> tuple[Rule, ...]:
    """Return the rules in a rule: those of a group, or itself."""
    if not isinstance(rule, Group):
        return (rule,)
    return tuple(member for each in rule.rules for member in _members(each))


def _never(rule: Rule) -> bool:
    """No rule of the model has it."""
    del rule
    return False


def _multiplies(rule: Rule) -> bool:
    """Whether something multiplies what is lost or added, or each degree has points of its own."""
    return any(
        isinstance(each, Bands) or (isinstance(each, (Deduction, Bonus)) and bool(each.times))
        for each in _members(rule)
    )


def _counts(rule: Rule) -> bool:
    """Whether a rule goes by the number: steps, cases, bands, a line, an assessor's judgement."""
    return any(
        isinstance(each, (Bands, Curve, Judgement))
        or (isinstance(each, (Deduction, Bonus)) and not isinstance(each.tally, Once))
        for each in _members(rule)
    )


def _in_proportion(rule: Rule) -> bool:
    """Whether points go by a line, or steps are counted by their share."""
    return any(
        isinstance(each, (Curve, Judgement))
        or (
            isinstance(each, (Deduction, Bonus))
            and isinstance(each.tally, (StepsBelow, StepsAbove))
            and each.tally.counting is Counting.PROPORTIONAL
        )
        for each in _members(rule)
    )


def _starts(tally: Tally) -> bool:
    """Whether a tally counts by steps, and not only those that are complete."""
    if not isinstance(tally, (StepsBelow, StepsAbove)):
        return False
    return tally.counting is not Counting.COMPLETE


def _in_steps(rule: Rule) -> bool:
    """Whether a rule counts by steps, or by a share: 不足5%按5%计 says how."""
    return any(
        isinstance(each, (Curve, Judgement))
        or (
            isinstance(each, (Deduction, Bonus))
            and (isinstance(each.tally, Lacking) or _starts(each.tally))
        )
        for each in _members(rule)
    )


def _graded(rule: Rule) -> bool:
    """Whether several cases have points of their own."""
    return isinstance(rule, Group) or (isinstance(rule, Bands) and len(rule.bands) > 1)


def _any_once(rule: Rule) -> bool:
    """Whether a rule holds once, whichever of several it is, or by steps: not for each case."""
    return not any(
        isinstance(each, (Deduction, Bonus)) and isinstance(each.tally, Cases)
        for each in _members(rule)
    )


def _together(rule: Rule) -> bool:
    """Whether several have to hold at once, or one of several counts."""
    return _chooses(rule) or any(
        isinstance(each, (Deduction, Bonus))
        and isinstance(each.tally, Once)
        and isinstance(each.tally.condition, AllOf)
        for each in _members(rule)
    )


def _closed(rule: Rule) -> bool:
    """Whether no band goes on beyond the number it names: 仅1名 is not 1名以上."""
    if not isinstance(rule, Bands):
        return True
    bands = [band for band in rule.bands if isinstance(band, Band)]
    return len(bands) > 1 or all(band.high is not None for band in bands)


def _chooses(rule: Rule) -> bool:
    """Whether one of several counts."""
    return isinstance(rule, Bands) or (isinstance(rule, Group) and rule.pick is not Pick.ALL)


def _limited(rule: Rule) -> bool:
    """Whether a rule has a most."""
    capped = isinstance(rule, Group) and rule.cap is not None
    return capped or any(
        isinstance(each, (Bands, Curve, Judgement))
        or (isinstance(each, (Deduction, Bonus)) and each.cap is not None)
        for each in _members(rule)
    )


@attrs.frozen
class Operator:
    """Words that change a score, as a pattern; what they may change, and in what rule it shows."""

    words: str
    changes: Said
    shown: Shown = _never


_MULTIPLIED = Said("points are multiplied", "分值加倍或减少")
_FOR_EACH = Said("once for each", "每一个都计一次")

OPERATORS: tuple[Operator, ...] = (
    Operator(
        r"依次(?=[^,;。]{0,4}(?:减|加|扣|得|为|递|赋|计|给|下))|顺次|(?<![年步月内点每%])递[增减加]"
        r"|逐(?:次|级|档|名|位)(?=[减加增扣])|以下类推",
        Said("points that go on from one to the next", "分值依次变化"),
        _graded,
    ),
    Operator(
        r"翻倍|(?:扣分|加分)翻番|翻番(?=[扣加计])|双倍|加倍|成倍(?=[扣加计])|减半|折半|加重(?=扣|处罚|计)"
        r"|从[重轻严](?=扣|处|计|评|打|考核)",
        _MULTIPLIED,
        _multiplies,
    ),
    Operator(
        r"(?<!不)(?<!不再)(?:合并|累加|叠加|相加|加总)(?=$|[扣加计算得后即为,可的者])|(?:得分|分值|分数)之和",
        Said("points are added up", "分值合并计算"),
        _limited,
    ),
    Operator(
        r"线性|插值|内插",
        Said("what lies in between goes by a line", "中间的按直线折算"),
        _in_proportion,
    ),
    Operator(
        r"抵扣|抵消|抵减|冲抵|冲减|相抵|折抵|抵充|补回|返还(?=[^,;。]{0,4}分)",
        Said("points are set off", "分值可以抵扣"),
    ),
    Operator(
        r"(?:取|求|按|以|算)[^,;。\d]{0,8}平均(?:值|数|分|得分|成绩|$)|加权(?=平均|计|后|折)|四舍五入|取整"
        r"|(?<!分值)(?<!考核)权重(?=[为是依计折:]|分配|$)|折合(?=[^,;。]{0,4}分)|换算(?=[为成]|[^,;。]{0,4}分)|按权重",
        Said("points are averaged, weighted or rounded", "分值要平均、加权或取整"),
    ),
    Operator(
        r"(?:只|仅)(?:能|可)?(?:得|给|计|加|扣|算|记)(?!入|划|算)|(?:才能|才可|才|方可|方能)(?:得|给|计|加)分",
        Said("no more than these points", "只能得这些分"),
        _chooses,
    ),
    Operator(
        r"(?<!不)[只仅](?=完成|有|达|做|设|配|建|开展|报|提供|参加)",
        Said("no more than this number", "不超过这个数"),
        _closed,
    ),
    Operator(
        r"任何(?=[一1]|$)|任意(?=[一1])|任一|(?<![责主现就继上常离聘担])任$",
        Said("once for any of them, or for each", "任有一项只计一次，还是每项都计"),
        _any_once,
    ),
    Operator(
        r"同时(?=存在|发生|出现)|并存(?=$|[的者])|(?:两者|二者)(?:兼|同时)",
        Said("several have to hold at once", "几种情形同时存在"),
        _together,
    ),
    Operator(
        r"单独(?=存在|发生|出现)|仅存在",
        Said("one of several alone", "只有其中一种情形"),
    ),
    Operator(
        r"减免(?=扣|处|分|责|[的者]?(?:$|[,、]))|免(?:予|于)?(?:扣|考核|责|罚)|不予扣|豁免|可不扣|酌减|不在(?:此|扣分)(?:列|范围)|从宽",
        Said("who is let off", "免予扣分的情形"),
    ),
    Operator(
        r"(?<!不)(?:视同|视为|等同于?|视作)|(?:比照|参照)[^,;。\d]{1,10}(?:扣|处理|执行|计)",
        Said("one thing counts as another", "一种情形按另一种计算"),
    ),
    Operator(
        r"顶格|就高|就低|从高(?=[扣计加得])|择优(?=[计得加])|取大|取小|择一|二选一|取其一|任选其?一|不同时(?=[计得扣加])",
        Said("only one of several counts", "几项中只取一项"),
        _chooses,
    ),
    Operator(
        r"(?:其余|剩余|余下)(?:的|者|单位|[县区镇乡省市院]|名次|科室|医院|机构|情[况形]|人员|部分)?的?"
        r"(?=$|不?得|扣|加|均|按)",
        Said("what holds for the rest", "其余的如何计分"),
        _graded,
    ),
    Operator(
        r"[该此](?:份|例|户|人|张|本|次|名|件)[^,;。本]{0,4}$",
        Said("only the points of this one are lost", "只是这一个不得分"),
    ),
    Operator(
        r"靠[前后](?=$|[的者,扣加得])|优先(?=[扣得计加]|加分)",
        Said("how many places, or which first, is not said", "没有说明几名或先后"),
    ),
    Operator(
        r"(?:以后|此后|其后)$",
        Said("what holds from then on", "此后如何计分"),
        _counts,
    ),
    Operator(
        r"保底|起评|起步(?=$|分)",
        Said("points that are kept, or begun with", "保底分或起评分"),
    ),
    Operator(
        r"折算(?=$|后|得|计|成|为)",
        Said("a share of the points", "按比例折算"),
        _in_proportion,
    ),
    Operator(
        r"(?:超过|超出|不足|低于|欠缺|少于)(?:的)?部分",
        Said("only the part beyond is counted", "只按超出或不足的部分计算"),
        _counts,
    ),
    Operator(r"权重$", Said("a share of the points", "按比例折算"), _in_proportion),
    Operator(
        r"(?<=[级院室区县镇乡村会方类项部评核分])占$|所占权重|权重占",
        Said("a weight, and nothing to reach", "是权重，不是目标"),
    ),
    Operator(
        r"(?:(?<![未应])[退跌掉滑落]出|未能?进入?)(?:全[省市县区])?$",
        Said("out of the places that are named", "不在所列名次之内"),
    ),
    Operator(
        r"分摊|均摊|平摊|连带|(?:双方|两家|各方)(?:各|均|都)?(?=扣)",
        Said("points are shared among several", "分值由几方分担"),
    ),
    Operator(
        r"[按逐](?:人次|户次|例次|次|例|人|户|份|项|处|件|起|个|条|天|日|月|级)(?=[扣减加得奖给])",
        _FOR_EACH,
        _counts,
    ),
)
"""The words; a noun that looks like one (平均住院日, 医药费减免) is kept out by its line."""

KINDS: dict[Kind, tuple[Said, Shown]] = {
    Kind.TIMES: (_MULTIPLIED, _multiplies),
    Kind.CAP: (Said("no more than so many points", "分值有上限"), _limited),
    **dict.fromkeys(
        (Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE),
        (Said("points for each step", "每一档都计分"), _counts),
    ),
    Kind.EACH: (_FOR_EACH, _counts),
    Kind.STARTED: (Said("a started step counts", "不足一档的按一档计"), _in_steps),
}
"""Tokens of their own that change a score, with what they change and where it shows."""

_STEPS = frozenset({Kind.LACK, Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})
_NO_POINTS = Said("how many points it costs", "扣几分没有读出")
_TURN = Said("the first time or a further one", "是首次还是再次")
_ALL = re.compile(led("|".join(f"({operator.words})" for operator in OPERATORS)))
_SAID = frozenset({Taken.RULE, Taken.TARGET, Taken.TEXT, Taken.SUBJECT, Taken.POINTS})
_UNDERSTOOD = frozenset(
    {Kind.FREE, Kind.LOSE, Kind.EARN, Kind.ADD, Kind.SPARED, Kind.BEST, Kind.ONCE_ONLY}
)
"""Tokens that a production makes something of, or reports: 第一次免予扣分, 只得."""

_BESIDE = 2  # rules before and behind a word


def doubt_operators(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through the words that change a score and show in no rule, where nothing else is said."""
    if not (context.drafts or context.parts):
        return
    told = told_in(context)
    ends = [draft.end for draft in context.drafts]
    for index, token in enumerate(tokens):
        taken, note = context.claims.get(index, (Taken.TEXT, ""))
        if index in told or note or taken not in _SAID:
            continue
        near = functools.partial(_near, context.drafts, ends, index)
        if token.kind is Kind.ORDINAL:
            if any(_is_name(token.text, draft.rule) for draft in near()):
                yield _lost(token, token.text, _TURN, index)
        elif token.kind in KINDS and taken is Taken.RULE:
            if not any(KINDS[token.kind][1](draft.rule) for draft in near()):
                yield _lost(token, token.text, KINDS[token.kind][0], index)
        elif token.kind in _STEPS and taken is Taken.TEXT:
            if kind_at(tokens, index + 1) is Kind.NUMBER:
                yield _lost(token, token.text, _NO_POINTS, index)
        elif token.kind not in _UNDERSTOOD:
            yield from _in_words(token, near, index)


def _in_words(token: Token, near: Callable[[], list[Draft]], index: int) -> Iterator[Fault]:
    """Go through the operators in plain words."""
    for found in _ALL.finditer(token.text):
        operator = OPERATORS[(found.lastindex or 1) - 1]
        if not any(operator.shown(draft.rule) for draft in near()):
            yield _lost(token, found.group(), operator.changes, index)


def _is_name(ordinal: str, rule: Rule) -> bool:
    """Whether 首次 is in the name of what a rule counts: 初次发现责令整改, by the times."""
    match rule:
        case Bands():
            counts = any(isinstance(band, Band) for band in rule.bands)
        case Deduction(tally=Cases(free=free)):
            counts = bool(free) or ordinal.startswith("第")
        case _:
            counts = False
    return counts and any(ordinal in code for code in rule_measures(rule))


def _near(drafts: list[Draft], ends: list[int], index: int) -> list[Draft]:
    """Return the rules that a token stands in, else those around it; they are in written order."""
    at = bisect.bisect_right(ends, index)
    near = drafts[max(0, at - _BESIDE) : at + _BESIDE]
    return [draft for draft in near if draft.first <= index < draft.end] or near


def _lost(token: Token, word: str, changes: Said, index: int) -> Fault:
    """Report a word that shows in no rule; what is cited is its token, which may say it already."""
    named = "" if token.text == word else f"`{word}` "
    message = Said(
        f"{named}shows in no rule: {changes}?",
        f"{named.rstrip()}没有体现在规则中：{chinese(changes)}？",
    )
    return Fault("clause-doubt", message, index, index + 1)
