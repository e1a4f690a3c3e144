"""What cases are called: 虚假随访 of 发现虚假随访, and of 禁止虚假随访，发现一次.

Who counts cases names them in the words behind 每, before it, or in a sentence that says what must
not be. A word that only says that there was one (发现, 经查实, 次数) takes up what stands nearest.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("严禁私卖药品，发现一次扣2分").rules[0].tally.measure
'私卖药品'
"""

from __future__ import annotations

import re

from healthduty.clauses.context import Context
from healthduty.clauses.each import EACHES
from healthduty.clauses.facts import BEGINS_FACT, SAYS_WRONG, VERIFIED, without_if
from healthduty.clauses.names.asked_for import named_before, named_in_full
from healthduty.clauses.names.completing import all_waiting, counts, says_only_undone, undone_with
from healthduty.clauses.names.duties import says_duty
from healthduty.clauses.names.looked_at import as_found, is_check, says_where_found
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.names.subjects import about, is_bare, joined, refers, says_well, whole_of
from healthduty.clauses.names.unwanted import is_unwanted
from healthduty.clauses.occasions import Many, counted_in
from healthduty.clauses.one_each import is_one
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import DEEDS, DURATIONS, LEVELS_FAILED
from healthduty.clauses.text.phrases import words_of

FOUND = re.compile(
    r"^(?:凡是?|如果?|若)?(?:经?(?:抽查|检查|核查|督查|巡查)中?)?"
    r"(?:(?:发现|发觉|查出|查实)(?=..)|(?:发生|出现)(?=[^，,并]{2,}$)(?![了过]|问题|情况|异常|以上|上述))"
)
"""What only leads up to a case: 发现虚假随访, 发生压疮."""

_NONE_OF = re.compile(
    r"^(?:杜绝|(?:严禁|禁止|不[得准许])(?:有|出现|发生)?|不出现|不发生|未发生"
    r"|无(?!故|理|正|证|照|须|偿|关|力|资|效|据|视))(?=..)"
)
"""What is asked not to be: where it is counted, it was there."""
_IS_NONE = re.compile(
    r"(?:全?年度?)?(?P<what>[^,，]{2,}?)的?(?:发生)?(?:率|次数|例数|起数|件数|人数)?(?:控制)?(?:为|是)(?:零|0)"
)
"""That nothing of something is to happen: 低风险组死亡率为零, which names what is counted."""
_APPEARING = frozenset({"发现", "出现", "发生", "查出", "查实"})
_AMISS = re.compile(
    r"(?:不到位|不齐全?|不全|不规范|不及时|不落实|不健全|不完整)(?:等|$|[,，、])"
    r"|未(?:[按经建设制履]|及时|落实|执行)[^,，]{1,20}$"
)
"""What says by itself that something is wrong, where 不 and 无 may also forbid."""
_FORBIDDEN = re.compile(r"不得|不准|不许|不能|严禁|禁止|杜绝|无|不(?=[\u4e00-\u9fff])")
"""What says what must not be: 不迟到, 无差错."""
_NEVER = ("严禁", "禁止", "杜绝", "不得", "不准", "不许")
_WANTED = re.compile(
    r"计划|制度|记录|方案|总结|人员|机构|资料|登记|台账|预案|档案|标识|措施|报告|签[字名]|[证表册簿]"
)
"""What should be there, of which 无 says that it is lacking."""

_SAYS_NOTHING = frozenset(
    {"人", "人员", "次数", "例数", "发现", "查实", "查出", "有", "出现", "发生"}
)
_DELAY = re.compile(
    r"(?:每|再)?(?:延期|逾期|超期|延误|拖延|延长|推迟|延迟|延后|迟|拖)[拨报交付办送]?$"
)
_LATE = re.compile(r"(?<=，)迟$")
_OF_LIST = re.compile(
    r"[^不未]、[^不未]{2,}(?:不合格|不达标|不符合?(?:要求|规定|标准)?|未达标|未做到|做不到)$"
)
_DEGREE = re.compile(
    r"(?:情节|程度|后果|影响)?(?:较|特别)?(?:轻微?|一般|严重|重大?|恶劣)(?:者|的)?"
)
"""How bad something was, and not what: 违反制度，轻微者每次."""
_ITEMS = frozenset({"项", "条", "点", "款"})
_UNMET = re.compile(
    r"(?:有)?(?:不(?:符合?(?:要求|规定|标准)?|合格|达标|到位|落实)|未(?:达标|落实|达到(?:要求|标准)))"
)
"""That one of the items is not so, whichever."""
_MISDONE = re.compile(r"(?:漏(?!水|电|气)|迟(?!到)|错|瞒)[\u4e00-\u9fff]{1,2}")
_LEFT_UNDONE = re.compile(r"(?:未|没有?)(?:按[时期]|及时|定期|全部)?(?P<deed>[\u4e00-\u9fff]{1,3})")
"""A deed that was not done, without what it is done to."""
_FAILS = re.compile(r"[不未]能?(?P<quality>合格|达标|规范|及时|准确|正确|完整|真实|知晓|掌握|完好)")
_DEED = 4
_STEM = 2
_BEGINS = 6
"""A verb stands among the first characters of what is to be done: 牵头举办学术会议."""
_MOST_HEARD = 6


_FREE_OF = re.compile(
    r"(?:无|没有|[未不]发生|不得?出现|杜绝|严禁)[^,，]{0,8}?(?:违|事故|投诉|问题|案件|不良|纠纷|差错|失误)"
)
"""What must not be, which names nothing that was found: 无违纪违法行为，受警告处分1人次."""


def case_name(context: Context, occasion: Many, *, adds: bool = False) -> str:
    """Return what cases are called, with what a bare fault leaves out (发生1起).

    `adds`: points are added for them, so that what is asked is what is counted.
    """
    name = occasion.subject if occasion.carried else named_before(context, occasion.subject)
    if name:
        return name
    name = _LATE.sub("推迟", as_found(without_if(_case_name(context, occasion))))
    of_all = occasion.unit in _ITEMS and _UNMET.fullmatch(name)  # 一项不符 of all that is asked
    name = name if of_all and len(context.asked) > 1 else named_in_full(context, name)
    name = _fails_rate(context, name) or name
    whole = about(context, name)
    if whole or context.in_parts:
        return whole or name
    if adds:
        asked = whole_of(context.earlier) or whole_of(context.asked)
        bare = name == counted_in(occasion.unit) or (name in DEEDS and name in asked[:_BEGINS])
        return (asked if bare else "") or name
    return _found_of_asked(context, name, occasion.unit) or name


def _fails_rate(context: Context, name: str) -> str:
    """Return 三基考核不合格 for 不合格, where 三基考核合格率 alone is asked; else nothing."""
    found = _FAILS.fullmatch(name)
    if found is None:
        return ""
    rates = [goal.name for goal in context.goals[-_MOST_HEARD:] if goal.rate]
    stem = rates[0].removesuffix("率") if len(rates) == 1 else ""
    what = stem.removesuffix(found["quality"])
    return what + name if what and what != stem else ""


def _found_of_asked(context: Context, name: str, unit: str) -> str:
    """Return 违反劳动纪律 for 发现, beside a cell that says just that; 着装整齐，发现不符合.

    What the sentence has named its points for stands nearer than that: 填写规范，得2分，发现一例.
    """
    heard = _heard(context)
    asked = whole_of(context.earlier) or whole_of(context.asked)
    asked = heard if heard and not refers(heard) else asked
    found = name in _APPEARING or name == counted_in(unit)
    if not found or not asked or unit in DURATIONS:
        return ""
    name = name if name in _APPEARING else ""
    wrong = SAYS_WRONG.search(asked) is not None and not _FORBIDDEN.search(asked)
    wrong = wrong or is_unwanted(asked) or _AMISS.search(asked) is not None  # 有效投诉 | 1次扣5分
    wrong = wrong or any(goal.bounds.high == 0 for goal in context.goals[:_MOST_HEARD])  # 走失 | 0
    return asked if wrong else f"{asked}，{name}不符合"


def _heard(context: Context) -> str:
    """Return what the sentence asks for, before its points."""
    heard = [words_of(held.tokens, context.plain) for held in context.heard[-_MOST_HEARD:]]
    return whole_of([words for words in heard if not is_check(words)])


def _behind_all(context: Context, name: str) -> str:
    """Return what is wrong behind all that waits; 1份不合格，扣0.5分 waits itself."""
    whole = all_waiting(context, name)
    if is_one(context.pending[-1].tokens, 0):
        context.use_words(context.pending[-1])
    context.pending.clear()
    return joined(whole, name) or name


def _case_name(context: Context, occasion: Many) -> str:
    """Return what cases are called: 次数 alone takes the words before it."""
    name, words = occasion.subject, context.pending_words()
    name = "发现" if says_where_found(name) else name
    if refers(words):
        context.explain(context.pending.pop(), "what is asked for")  # 所列条款，每查实一次
        words = context.pending_words()
    nothing = name in _SAYS_NOTHING or name == counted_in(occasion.unit)
    nothing = nothing or VERIFIED.fullmatch(simplified(name)) is not None
    if before := _named_before(context, occasion, words, nothing=nothing):
        return before
    own = not words or _is_own(context.pending[-1], name, words)
    own = own and not (nothing and context.pending[1:])  # 私卖商品，发现一次，罚款，扣5分
    if own or (is_bare(name) and words.startswith(name)):  # 不按时上报一次，扣2分
        return undone_with(context, name) or FOUND.sub("", name) or name
    bare = is_bare(name) or name in LEVELS_FAILED or says_only_undone(name)
    bare = bare or _DEGREE.fullmatch(name) is not None or _is_misdone(name, words)
    if bare and name not in _SAYS_NOTHING:  # 项目齐全，字迹清晰，有一项不符合
        return _behind_all(context, name)
    if nothing or _same_verb(occasion, words):
        words, waited = all_waiting(context, "") or words, list(context.pending)
        context.use_pending()
        words = FOUND.sub("", words) or words
        lacks = _WANTED.search(words) or any(mark in words[1:] for mark in "未没不")
        forbids = name in _APPEARING and (words.startswith(_NEVER) or not lacks)
        if says_well(words):
            return f"{words}，不符合"  # 标识明确、摆放整齐，每发现一处
        return _happened(context, words, waited) if forbids else words
    if _OF_LIST.search(name) and occasion.unit in {"项", "处"}:  # 地面干净，无痰迹、异味一项不合格
        before = all_waiting(context)
        context.pending.clear()
        return f"{before}，{name}" if before else name
    person = not occasion.each and not SAYS_WRONG.search(name)  # 不熟悉流程，一名护士
    same = name[:_STEM] in words  # 无乱贴乱画，每发现一处乱贴乱画
    behind = (occasion.behind or person) and not same
    behind = behind or (person and occasion.step == 1 and SAYS_WRONG.search(words) is not None)
    if person and words.endswith(name):
        context.use_pending()
        return words  # 引起投诉的，一次投诉
    if behind and _is_fault(words) and not (SAYS_WRONG.search(name) or _FREE_OF.match(words)):
        context.use_pending()
        return f"{words}的{name}"  # 未按时消杀，每个病区
    if _DELAY.match(name) and SAYS_WRONG.search(words):  # 未按期收回，延期1天
        context.use_pending()
        return f"{words}，{name}"
    left = _LEFT_UNDONE.fullmatch(name)
    if left is not None and left["deed"] in words[-_DEED:]:  # 电梯定期检验，1台未检
        whole = all_waiting(context, "") or words
        context.pending.clear()
        return f"{whole}，{name}"
    return FOUND.sub("", name) or name


def _named_before(context: Context, occasion: Many, words: str, *, nothing: bool) -> str:
    """Return what words before the case name in full: 死亡率为零，发生一例死亡; else nothing.

    `nothing`: the case itself names nothing.
    """
    name, none = occasion.subject, _IS_NONE.fullmatch(words)
    if none is not None and (nothing or none["what"].endswith(name)):
        context.explain(context.pending.pop(), "that it must not be")
        return name_of(none["what"])
    if occasion.deed and occasion.deed in words[:_BEGINS] and not SAYS_WRONG.search(words):
        context.use_pending()
        named = name not in words and name != counted_in(occasion.unit)
        return f"{words}的{name}" if named else words  # 推行整体护理，每推行一个病区
    return ""


def _happened(context: Context, words: str, waited: list[Segment]) -> str:
    """Return 丙级病案 of 无丙级病案，每出现1份, and say what the words that waited are."""
    happened = _NONE_OF.sub("", words)
    for held in waited if happened != words else ():
        context.explain(held, "that it must not be")
    return happened


def _is_misdone(name: str, words: str) -> bool:
    """Whether something was done amiss, and a duty says with what: 死亡病例及时上报，漏报一例."""
    return _MISDONE.fullmatch(name) is not None and says_duty(words) and "通报" not in words


def _is_fault(words: str) -> bool:
    """Whether words say what is wrong with the thing behind them: 书写潦草的，一张处方."""
    return BEGINS_FACT.match(words) is not None or SAYS_WRONG.search(words) is not None


def _is_own(held: Segment, name: str, words: str) -> bool:
    """Whether the words that wait are the case itself: 每发现一处不符合要求的，扣1分."""
    each = any(token.kind in EACHES for token in held.tokens)
    return counts(held) or (each and name in words)


def _same_verb(occasion: Many, words: str) -> bool:
    """Whether a name only takes up the verb of the words before: 推广技术，每推广一项."""
    same = words.startswith(occasion.subject) or words.endswith(occasion.subject)
    same = same or (occasion.subject in DEEDS and occasion.subject in words[:_BEGINS])
    return occasion.each and len(occasion.subject) > 1 and same and not words.startswith("每")
