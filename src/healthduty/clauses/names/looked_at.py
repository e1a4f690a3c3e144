"""How something is checked: 查阅资料, 现场查看台账, 与病人交谈 say where one looks.

Scoring standards begin with it. It asks for nothing, and nothing is scored for it, so it is in no
name; only 没有 behind it is about what was looked for (查培训记录，没有扣1分), and a bare fault
about what was looked at (现场检测余氯含量；不合格扣2分).

Source: vocabulary “Indicator” (考核方法); patterns of published tables.

>>> [is_check(words) for words in ("现场查看台账", "查阅相关文件资料", "检查制度", "查对制度健全")]
[True, True, False, False]
>>> looked_at("现场检测游泳池水余氯含量"), looked_at("查阅相关资料")
('游泳池水余氯含量', '')
"""

from __future__ import annotations

import re

from healthduty.clauses.context import Context
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken

_SPOT = r"(?:随机|现场|实地|当场|电话|入户|上门|网上)"
_LEADS = rf"(?:[并,，且及和与、再或]|采取|采用|通过|利用|结合|由[^,，]{{1,8}}?|{_SPOT})"
_ANYWHERE = (
    r"(?:查阅|查看|查验|查询|查核|察看|调阅|调取|翻阅|翻看|审阅|听取(?!意见)|抽查|抽取|抽看|抽检|抽问|抽考|抽阅"
    r"|询问[^,，]{0,10}[者人工属众员长士户医]|提问|访谈|暗访|明察暗访|核实|看(?=现场|资料|记录|台|文件|材料|档案|报表)|听汇报"
    r"|查(?!处(?!方)|[阅看验询核房对体实出找获封重新漏杀摆收问办堵干])|问卷调查)"
)
"""Verbs that say by themselves that somebody checks."""
_DUTIES_TOO = (
    r"检查|核查|考核|考查|测试|检测|测定|测量|抽测|核对|比对|观察|观看|了解|走访|访问|座谈|统计"
    r"|督查|巡查"
)
_ON_SITE = rf"(?:{_DUTIES_TOO}|查|看|问|听|评估|操作|演示)"
"""Verbs that are duties, too: they check where it is said to be on the spot, or of what."""
_DOCUMENTS = (
    r"(?:资料|材料|附[件表录][\d一二三四五六七八九十-]{0,4}|记录|纪录|登记|报表|报告|台账|台帐|账目|档案|病历|病案|处方|文件|文书|平台|系统|网报|数据|记载|影像|图片|照片"
    r"|单据|票据|凭证|合同|现场|实物|名单|信息|状况|情况|[簿册本表单]|患者|病人|家属|人员|职工|员工|医生|护士|群众|对象|学生|居民)"
)
_WRONG = (
    r"未|没|无(?!线|菌|纸|烟)|不(?!定期|同|良反)|缺(?!陷|勤)|漏|误|错|违|发现|存在|出现"
    r"|[内外处上下里]有(?![无效关])|逾|超[过出标]"
)
_STATES = (
    r"齐全|完整|规范|准确|清晰|合理|及时|真实|完善|健全|到位|达标|合格|正常|良好|一致|相符|符合.{0,8}|落实|整洁|明确|清楚|得当"
    r"|全面|有效|率|比例|以上|以下|要求|(?:下降|上升|增长|提高|降低|控制)情况"
)
_DUTIES = r"(?:制度|机制|工作|活动|方案|计划|小组|机构|流程|组织|会议?)"

_COMPOUND = r"结果|人员|机构|频|次|组|费|记录|登记|制度|报告(?!单)|方法|内容|中|项目|合格|出"
"""What goes on with the verb as one noun: 检测结果."""

_SEEN = re.compile(
    rf"(?!.{{0,80}}?(?:{_WRONG}))(?!.{{0,80}}?(?:{_STATES})$)"
    rf"(?:{_LEADS}{{0,4}}{_ANYWHERE}.{{0,60}}"
    rf"|[并,且]?{_SPOT}{{1,3}}{_ON_SITE}(?!.{{0,40}}{_DUTIES}$).{{0,60}}"
    rf"|[并,且]?(?:{_DUTIES_TOO})(?:(?!{_COMPOUND}).{{1,40}}{_DOCUMENTS}|处方|病历|现场)"
    r"|[^,，]{1,12}?(?:每[周月日天季年](?:度)?)?(?:(?:定期[和或、]?)?不定期|随机)(?:进行|开展|组织)?(?:抽查|检查|督查|督导|巡查|考核|核查|暗访)"
    r"|(?:(?:定期[和或、]?)?不定期|随机|现场|日常|平时)的?(?:抽样|抽查|检查|考核|提问|督查|暗访)|(?:通过|利用).{2,16}(?:平台|系统|网络|电话)"
    r"|通过(?:询问|查看|查阅|抽查|检查|访谈|观察|[、和及与])+"
    r"|(?:根据|依据)[^,，]{0,16}(?:反馈|投诉|记录|资料|台账|信息|举报|报表|数据|登记|调查|检查|考核|测评|通报)[^,，]{0,6}"
    r"|经核实或.{0,40}"
    r"|[^,，]{0,16}(?:单位|机构|部门|科室|中心|医院)提供.{2,60}(?:名单|清单|报表|数据|证明|证明材料|佐证材料)"
    r"|[^,，]{0,16}(?:通过|采取|由)[^,，]{1,12}(?:抽查|检查|核查|考核|暗访|巡查|督查|夜查|巡视)"
    r"|.{0,24}(?:交谈|座谈|(?<!被)核实|为准|(?:现场|实地|随机|同时|抽样)(?:查看|检查|核查|抽查|考核|提问)))$"
)
_BEFORE_SEEN = re.compile(rf"^{_LEADS}{{0,4}}(?:{_ANYWHERE}|{_ON_SITE})(?:了|其|相关|有关)?")
_GENERAL = re.compile(rf"(?:[^,，]{{0,4}}(?:相关|有关|各[类种项]|原始))?.{{0,2}}{_DOCUMENTS}")
_PAPERS = re.compile(
    rf"(?:相关|有关|各[类种项]|原始|{_DOCUMENTS}|{_SPOT}|查看|查阅|抽查|检查|察看|[和及与、])+"
)
"""What is looked through, and where: 相关文件、资料; 资料和实地查看."""
_ANYTHING = re.compile(
    r"(?:相关|有关|原始|各[类种项]|书面|纸质|佐证|文字|印证|所有|现场|实地|实物|资料|材料|文件|文档|情况|[和及与、])+"
)
"""What is looked through, whatever is looked for: 相关文件资料, 现场."""
_WHERE_FOUND = re.compile(
    r"(?:现场|日常|平时|随机|实地|不?定期|每次|上级|飞行)*(?:调查|检查|抽查|督查|核查|考核|巡查|暗访|督导|审核|评审|稽查|巡视)"
    r"(?:过程)?(?:中|时|期间)?"
)
"""Where a case was found, and not what it was: 现场调查中发现1例."""
_SEEN_AGAIN = re.compile(rf"^(?:{_LEADS}|根据|依据|经)|{_ANYWHERE}|[交座]谈$|核实$")
_AND_CHECKED = re.compile(
    r"(?<=[\u4e00-\u9fff]{4})(?:现场|实地)?(?:查阅|查看|抽查|核查|调阅)"
    r"(?:相关|有关|正式|会议|文件|资料|材料|记录|台账|台帐|档案|病历|处方|现场|[和及与、]){1,6}$"
)
_LOOKED_FOR = re.compile(rf"^(?:{_SPOT})?{_ANYWHERE}(?:[中时]?发现|[中时](?![间期段]))?")
_FAILS = re.compile(r"未|没有|无|不|缺|有")
_LONGEST = 100
_SHORT = 3


_GOES_BY = re.compile(
    r"(?:视|根据|依据)(?:其|具体)?(?:情节|情况|程度)(?:轻重|严重程度|大小)?|经[^,，]{0,8}(?:调查|测评|评议|考核|检查|抽查|核查)[中后]?"
    r"|以[^,，]{2,40}(?:为准|为依据|属实的?)|并?(?:统计|计算|测算)[^,，]{0,16}率"
)
"""By what it is judged, be it bad or a rate: 以被投诉属实的, 并统计知晓率."""


_COUNTED_BY = re.compile(r"[^,，%]{0,30}(?:按|以)[^,，%例率]{2,20}(?:计算?|统计)")
"""In brackets, how something is counted: 药品种类100种以下（按通用名计算）."""


_NARROWS = re.compile(r"(?:第一|署名|作者|主持|排名|独立|本级|本单位).{0,12}为准$")
"""Which of what is counted counts, and no way of checking: 以第一作者为准."""


def is_check(words: str) -> bool:
    """Whether words without a number only say how something is checked."""
    words = words.strip(",，;；。 ")
    return (
        1 < len(words) <= _LONGEST
        and not _NARROWS.search(words)
        and (_SEEN.match(words) is not None or _GOES_BY.fullmatch(words) is not None)
    )


def looked_at(words: str) -> str:
    """Return what is checked, nothing where that is only papers, people or the place."""
    what = _BEFORE_SEEN.sub("", words.strip(",，;；。 "), count=1).strip("的")
    listed = "、" in what and _SEEN_AGAIN.match(what) is None
    if listed:
        return what
    what = what.strip("的等")
    only = _GENERAL.fullmatch(what) or _SEEN_AGAIN.search(what)
    return "" if only else what


def is_anything(what: str) -> bool:
    """Whether what was looked at is only papers or the place, of which nothing is lacking.

    >>> is_anything("现场"), is_anything("相关文件资料"), is_anything("培训记录")
    (True, True, False)
    """
    return _ANYTHING.fullmatch(what) is not None


def says_where_found(words: str) -> bool:
    """Whether words say only where something was found: 现场调查中."""
    return _WHERE_FOUND.fullmatch(words) is not None


def as_found(name: str) -> str:
    """Return a fault without where it was looked for: 查院内有荒地, 抽查档案未建立档案.

    >>> as_found("查阅资料未制定实施方案"), as_found("抽查健康档案未建立健康档案")
    ('未制定实施方案', '未建立健康档案')
    """
    lead = _LOOKED_FOR.match(name) if len(name) <= _LONGEST else None
    if lead is None or not _FAILS.search(name):
        return name
    rest = name[lead.end() :].lstrip("的")
    at = _FAILS.search(rest)
    thing, fault = (rest[: at.start()], rest[at.start() :]) if at is not None else ("", rest)
    papers = (_GENERAL.fullmatch(thing) or _PAPERS.fullmatch(thing)) is not None or (
        len(thing) > 1 and thing in fault
    )
    return fault if papers and len(fault) > _SHORT else rest or name


def without_check(words: str) -> str:
    """Return what is asked without how it is checked, where two columns ran together.

    >>> without_check("制定工作方案查阅正式文件")
    '制定工作方案'
    """
    return _AND_CHECKED.sub("", words) if len(words) <= _LONGEST else words


def note_check(context: Context, segment: Segment) -> bool:
    """Keep what is looked at, where a segment only says how something is checked."""
    if segment.closed is Kind.OPEN or any(token.kind is Kind.NUMBER for token in segment.tokens):
        return False
    words = words_of(segment.tokens, context.text)
    counted = segment.inside and segment.action is None and _COUNTED_BY.fullmatch(words)
    if not (counted or is_check(words)):
        return False
    context.claim(segment.first, segment.end, Taken.TEXT, "how it is checked")
    if words_of(segment.tokens, context.text).endswith("情况"):
        context.heard.append(segment)  # 查看例会召开情况，按时召开加1分
    lead = _BEFORE_SEEN.match(words_of(segment.tokens, context.text))
    what = "" if lead is None else words_of(segment.tokens, context.plain)[lead.end() :]
    context.seen = (context.sentence, what.strip("的"))
    return True
