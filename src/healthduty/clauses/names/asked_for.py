"""What a bare word of fault is about: 1份不合格 of 抽查5份病历, 发生1起 beside 杜绝医疗事故.

Who writes 不准确每例扣0.5分 beside 档案填写真实、准确 leaves out what stands there; the name of the
cases takes it up: 档案填写不准确.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("不准确每例扣1分", requirement="档案填写真实、准确").rules[0].tally.measure
'档案填写不准确'
>>> read_clause("发生1起扣2分", requirement="杜绝医疗事故").rules[0].tally.measure
'医疗事故'
"""

from __future__ import annotations

import re

from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Where
from healthduty.clauses.second_look.names import says_too_little
from healthduty.clauses.text.fragments import ANY_UNIT
from healthduty.clauses.text.lexicon import DEEDS, table
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.rule import rule_measures

_APPEARS = re.compile(
    r"(?:凡|每|如|若)?(?:有|被)?(?:发现|发生|出现|存在|查实|查出|有|产生|次数|例数|人次数|起数|处数|人数|件数|项数|违反)"
)
_FORBIDS = re.compile(
    r"(?:近.{1,2}年|年内|全年|当年|考核期内?|本年度)?(?:辖区(?:内|范围内)?|[本全各]?(?:单位|医?院|科室?|系统|站|中心)(?:内|职工)?"
    r"|(?:干部|医院)?职工|医[务护]人员|工作人员|党员干部|班子成员)?(?:[(（][^()（）]{1,12}[)）])?(?:确保|做到|力争|严格)?"
    r"(?P<no>杜绝|无(?!故|正当)|没有|(?:未|不得?)(?:发生|出现)|不得有|不存在|防止|避免|严禁|禁止|零)"
    r"(?:发生|出现|有(?![效责关毒害]))?(?P<what>[^,，;；。\d]{2,24}?)(?:的?(?:发生|现象|行为|情况|情形|问题))?"
)
_NOR = re.compile(
    r"(?<=[、和])(?:(?:(?:不|未)(?:得|能)?|无|杜绝|严禁)(?:发生|出现|存在|有)|无(?=[^、和]{2}))"
)
"""That a further member of a list must not be either: 不发生案件、不发生事故."""
_BAD = re.compile(
    r"事故|事件|案件|疫情|投诉|纠纷|差错|违|感染|死角|现象|行为|上访|信访|脏|乱|过期|假|劣|隐患|死亡|暴发|漏|迟到|早退"
)
"""What nobody wants: 无事故 forbids, 无计划 says what is lacking."""
_EVENT = re.compile(
    r"[^,，、;；。\d不未无和及]{0,10}(?:事故|事件|案件|疫情|投诉|纠纷|差错|感染|死亡|暴发|缺陷|上访)"
)
"""A title that names what is counted: 医疗事故, whose 每发生1例 costs."""
_WANTED = re.compile(
    r"(?:记录|登记|名称|姓名|制度|签[字名]|人员|方案|预案|计划|台账|报告|措施|资料|档案|标识|设施|渠道|电话)$|[未不](?!良|正之风)"
)
"""What should be there, whatever it is about (无处理投诉记录); and what says a fault of its own."""
_FAILS = re.compile(
    r"(?:仍|有|还)?(?:不|未|没有?|欠)(?:能|够|太|完全|予|予以)?(?P<quality>[\u4e00-\u9fff]{1,4})"
)
_STATE = re.compile(
    r"不能?(?:正常|有效|及时)?(?:使用|运行|工作|运转|开启)|不(?:到位|规范|完整|完善|健全|全面?|齐全|清晰|清楚|明确|整洁|及时)"
    r"|(?:已)?(?:破损|过期|损坏|失效)|未(?:及时)?(?:更新|更换|维护|启用|使用|设置在.{2,8}|悬挂在.{2,8})"
)
"""What says of a thing that stands nearby how it is."""
_CHANGES = re.compile(r"(?:较|比)(?:上|去)年(?:度|同期)?(?!度)|同比|环比|逐年")
"""That something changed, before what did not say what: 较上年下降."""
_HAS_SUBJECT = re.compile(
    r"(?:无|没有|未(?:按[规要][定求])?(?:配备|设置|安装|建立|制定|设立|成立|配置))(?P<behind>[^,，、未不无]{2,12})"
    r"|(?P<before>[^,，、未不无]{2,12})(?:未|不)[^,，、]{2,6}"
)
_QUALITIES = (
    "真实|准确|完整|规范|及时|清晰|齐全|整洁|合理|有效|客观|全面|详实|详细|清楚|正确|干净|整齐|卫生|完善"
    "|健全|按时|按期|认真|严格|完好|连续|一致|到位|安静|安全"
)
_ENDS_LIST = re.compile(rf"(?:[、和及,]?(?:{_QUALITIES})[、和及,])+$")
_MANNER = frozenset(table("及时 规范 准确 完整 认真 按时 按期 严格 合理 正确 有效 全面"))
_MANNERS = frozenset(table("熟练 正确 严格 认真 全面 准确 及时 规范 切实 自觉 按时 积极 主动 基本"))
_ENDS_MANNER = re.compile(rf"(?<=..)(?:{'|'.join(_MANNERS - {'基本'})})$")
"""How the first of two is done: 经费按时足额发放, of which the second is not."""
_TAKEN_OF = re.compile(
    rf"(?:抽[查取检样访问考看]?|(?<![\u4e00-\u9fff])查|任[查意抽]+|提问|询问|访谈|走访|查阅|查看|检查|考核|核实|核查|随访|回访|访问|调查)了?\d{{1,4}}(?:-\d{{1,4}})?{ANY_UNIT}"
    r"(?:以上)?的?(?P<what>(?:\d{1,2}(?:-\d{1,2})?(?:岁|个?月|周)(?:龄|及?以[上下])*)?"
    r"(?!以[上下内])[^\d,，;；。]{2,16})"
)
_OF_TAKEN = re.compile(
    rf"(?P<what>[^\d,，;；。]{{2,24}}?)(?:各|均|分别)?(?:随机|每[月季年次])?(?:抽[查取检考测问]|提问|考核|测试)\d{{1,4}}{ANY_UNIT}"
)
_LEADS = re.compile(
    r"^(?:每[年月季周次村乡镇个家户]{1,2}|随机|现场|实地|各[县乡村镇]?|通过|在(?![岗册编校职院线建架]))*|(?:的?(?:情况|进行|并)|进行核实)$"
)
_HELD_TO = re.compile(r"率?(?:达到?|不?[低少]于|[≥≤><=]|[为在])?\d.*$")
"""What a quality's rate is held to: 规范管理率达60%."""
_ERRORS = frozenset({"漏", "错", "误", "漏项", "错项", "差错", "缺项", "缺失", "缺少"})
_SHORT_OF = frozenset({"低", "少", "差"})
_OF_QUALITY = re.compile(r"(?:准确|正确|完整|及时|合格|规范|达标|完好|有效|符合)?率$")
_CHECKED = frozenset({"核实", "检查", "核查", "考核", "了解", "确保", "保证", "保持", "做到"})
_SHORT_QUALITIES = frozenset("全齐准清实洁净明严符")
_NEAR = 4
_SHORT_FACT = 5


def named_in_full(context: Context, name: str) -> str:
    """Return a name with what it leaves out of the requirement's cell."""
    subject = _subject_before(context) if _STATE.fullmatch(name) else ""
    if not subject and _CHANGES.match(name) and context.goals:
        subject = context.goals[-1].name  # 献血率≥10‰…；较上年下降的另扣2分
    if subject:
        return subject + name
    little = says_too_little(name)
    bare = little or (len(name) <= _SHORT_FACT and _FAILS.fullmatch(name) is not None)
    return _failed(context, name) or name if bare else name


def _subject_before(context: Context) -> str:
    """Return 洗眼器 of 无洗眼器扣3分, before 不能正常使用扣1分."""
    for fact in context.said_facts()[:1]:
        found = _HAS_SUBJECT.fullmatch(fact)
        if found is not None and not context.pending:
            return found["behind"] or found["before"] or ""
    return ""


def named_before(context: Context, name: str) -> str:
    """Return what a bare name is about in the words before it; nothing where they do not say it.

    发现1起 behind 无医疗纠纷 counts 医疗纠纷; 1份不合格 behind 抽查5份病历 counts 病历不合格.
    """
    bare = says_too_little(name)
    found = _forbidden(context, name) or (_of_sample(context, name) if bare else "")
    return found or (_of_rate(context, name) if bare else "")


def _of_rate(context: Context, name: str) -> str:
    """Return 对象确认错 for 错, behind 对象确认准确率100%: each case that the rate is short of."""
    last = len(context.goals) - 1
    here = last >= 0 and context.goal_spans[last] is not None
    here = here and context.goal_sentences[last] == context.sentence
    rate = context.goals[last].name if here and name in _ERRORS | _SHORT_OF else ""
    if not rate.endswith("率"):
        return ""
    what = rate if name in _SHORT_OF else _OF_QUALITY.sub("", rate)
    return what + name if len(what) > 1 else ""


def _of_sample(context: Context, name: str) -> str:
    """Return 病历不合格 for 不合格, where 抽查5份病历 stands before, or before the last fault."""
    if not _FAILS.fullmatch(name) and name not in _ERRORS:
        return ""
    for held in reversed(context.pending[-_NEAR:]):
        words = words_of(held.tokens, context.plain)
        found = _TAKEN_OF.search(words) or _OF_TAKEN.fullmatch(words)
        what = "" if found is None else _LEADS.sub("", found["what"]).strip("的等")
        if len(what) > 1:
            context.reclaim(held, Taken.RULE)
            context.taken_of = what
            return what + name
    last = context.last()
    near = last is not None and last.sentence + 1 >= context.sentence and not context.pending
    names = rule_measures(last.rule) if last is not None and near else ()
    of_same = any(named.startswith(context.taken_of) for named in names)
    return context.taken_of + name if of_same and context.taken_of else ""


def _forbidden(context: Context, name: str) -> str:
    """Return 医疗事故 for 发生, where 杜绝医疗事故 is asked, or 无医疗事故 was said before."""
    if not _APPEARS.fullmatch(name):
        return ""
    last = context.last()
    before = last.occasion if last is not None and last.sentence == context.sentence else None
    said = before.facts if isinstance(before, Where) else ()
    for held in context.pending[-1:]:
        what = _what_forbidden(words_of(held.tokens, context.plain))
        if what:
            context.explain(held, "that it must not be")
            return what
    waiting = [words_of(held.tokens, context.plain) for held in context.pending[-_NEAR:]]
    waiting = [words for words in waiting if name not in words and not _APPEARS.fullmatch(words)]
    waits = any(map(SAYS_WRONG.search, waiting))
    asked = [part for text in context.asked for part in text.split("，")]
    for texts in (said,) if waits else (said, context.earlier, asked):
        found = [what for text in texts if (what := _what_forbidden(text))]
        if found:
            return "、".join(dict.fromkeys(found))
    none = [] if waits else [goal.name for goal in context.goals[:_NEAR] if goal.bounds.high == 0]
    if len(none) == 1 and none[0]:
        return none[0]  # 走失 | 0
    events = [] if waits else [text for text in context.asked if _EVENT.fullmatch(text)]
    return events[0] if len(events) == 1 else ""


def _what_forbidden(text: str) -> str:
    """Return what some words say must not be: 医疗事故 of 杜绝医疗事故, and of 无医疗事故."""
    found = _FORBIDS.fullmatch(text.strip("的者"))
    if found is None:
        return ""
    lacks = found["no"] in {"无", "没有", "零"} and (
        not _BAD.search(found["what"]) or _WANTED.search(found["what"]) is not None
    )
    return "" if lacks else _NOR.sub("", found["what"])


def _failed(context: Context, name: str) -> str:
    """Return 档案填写不准确 for 不准确, where 档案填写真实、准确 is asked."""
    fails = _FAILS.fullmatch(name)
    if fails is None and name not in _ERRORS:
        return ""
    quality = "" if fails is None else fails["quality"]
    if context.pending or any(quality.startswith(deed) for deed in DEEDS - {"符合"}):
        return ""
    if len(quality) == 1 and quality not in _SHORT_QUALITIES:
        return ""  # 不交 is no quality of what is asked
    holding = [text for text in context.asked if quality and quality in text]
    if len(holding) == 1 and name not in holding[0]:
        at = holding[0].find(quality)
        asked = holding[0][:at].removesuffix("是否")  # 登记本是否整洁
        before = name_of(_ENDS_LIST.sub("", asked)).removesuffix("相")
        before = _ENDS_MANNER.sub("", before)  # 经费按时足额发放
        joined = holding[0][at - 1 : at] in "及和与并、," and before == name_of(holding[0][:at])
        named = len(before) > 1 and before not in _CHECKED | _MANNERS and not joined
        if named and not any(c.isdecimal() for c in before):
            return before + name
        rest = name_of(_HELD_TO.sub("", holding[0][at + len(quality) :]))
        manner = quality in _MANNER or before in _MANNERS  # 熟练掌握急救技能
        if manner and len(rest) > 1:
            return rest + name
    return ""
