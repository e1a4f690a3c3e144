"""Names that can't be what is counted: cut in the middle, empty of meaning, or too much at once.

Source: vocabulary “Measure”; semantics 12 (nothing is dropped).

>>> _fault_of("次数"), _fault_of("并随访")
('a name that does not say what is counted', 'a name that begins or ends in the middle of a phrase')
"""

from __future__ import annotations

import re

from healthduty.clauses.context import Context
from healthduty.clauses.text.beginnings import led
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.fragments import ANY_UNIT
from healthduty.clauses.text.idle import SHARE_WITHIN
from healthduty.clauses.text.lexicon import COUNTED, DEEDS, LEVELS, table
from healthduty.exact import unit_of_rate
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.said import Said

_BEGINS = re.compile(
    r"的|若(?!干)|如果|倘若|了(?!解|断)|和(?!谐|平|睦|患|病|家|群)|与(?!会|.{1,24}(?:相关|有关|签[订署]|簽|吵|沟通|对接|联系|协调|合作|配合|联合|衔接|发生|不?[相]符|不?一致|不符|脱节))|或|及(?![时格早])|并(?![发轨网案])|且|而|则|也|者"
    r"|等(?![级次候待位])|根据|(?:按照|依据)(?!.{4,}(?:[,，]|等$))|项(?!目)|视(?![力频觉])|其(?![他它余内下])|该(?![出到报交上做开查]|.{1,6}[不未没])|此"
)
_BEGINS_COUNT = re.compile(
    r"于|均(?![次值衡等])|就(?![诊业医地餐近高])|即(?!时)|所(?![有属在辖])|须|被|将|把|按(?![时期规质需])"
    r"|为(?!民|.{1,16}(?:提供|开展|服务))|在(?![岗册编管校职院线用建位库治保园培训学读]|[^,，]{2,8}[内中里])|对(?![口外症账象接照讲])|应(?![急用对诊答聘付收检的])|由|向(?!.{2,10}(?:报送|上报|提供|报告|通报))|如"
)
_ENDS = re.compile(
    led(
        r"(?:的|了|于|(?<![饱总])和|(?<!参)与|或|(?<![普涉以])及|(?<![合])并|而|(?<![存所现])在|(?<![核应校查比不])对"
        r"|将|把|被|(?<![行作认])为|(?<![医])从|(?<![理自缘])由|至|(?<![去流意走动])向|未|无|没|(?<![人户年月日次例床村])均|(?<![反供相效感回响适])应|须|每"
        r"|(?<![平均中高初同不对末])等|(?<![予可所])以|(?<![纪主重摘概需])要|不|并且|依次|以及|或者|但)$"
    )
)
_GENERAL = frozenset(
    table(
        "上半年 下半年 全年 年底 年末 第一季度 第二季度 第三季度 第四季度 年中 "
        "次数 例数 人数 户数 处数 项数 个数 件数 份数 天数 起数 条数 台数 数值 比率 缺项 缺次 缺个 "
        "缺处 缺人 缺份 未名 超过 超出 不足 低于 高于 减少 增加 下降 上升 少于 多于 "
        "情况 情形 问题 内容 要求 其他 其它 其余 不符合 不合格 不达标 未达标 未达到 未完成 达标 "
        "未设 未建 未配 未做 完成 没有 无 没 缺失 缺少 缺乏 欠缺 "
        "发现 违反 过期 变质 有责任 无责任 参与人 主持人 轻度 中度 重度 降低 上升 提高 年度 累计 "
        "累计最低 计算公式 计算方法 未按要求 未按规定 不符合要求 不符合规定 "
        "未达到要求 达不到要求 符合要求 达到要求 按要求 "
    )
)
_POOR = re.compile(
    r"(?:仍|有|还)?[不欠](?:够|太|甚)?(?:正确|知道|了解|符|清洁|干净|卫生|整齐|整洁|全面?|详细?|属?实|[恰适得妥]?当|足|力|好|严格?|明确?|够|清楚?"
    r"|对|妥|准|齐|牢固?|熟|周|认真|科学|合适|稳定?|充分|具体|统一|配合|重视|美观|合规|合格式|同|合要求"
    r"|达标准|合标准|合规定|符合标准|执行|到位|完备|完好|连续|标准|熟知|理想|合法|良好)"
    r"|第[\d一二三四五六七八九十]{1,3}[次例起名位]?(?:及?以[上后]|起)?|从?第[\d一二三四五六七八九十]{1,3}[次例]起"
    r"|[达做办]不到(?:位|标准)?|没(?:有)?(?:做|达|办)到(?:位)?|未(?:做|办)到|(?:漏|错|误|差)(?:项|处)?"
    r"|(?:情节|后果|影响|问题)(?:较|特别|十分)?(?:严重|恶劣|较重)的?|(?:特别|较为)严重"
    rf"|缺(?!月份|个?季度){ANY_UNIT}|近|期间|其间"
)
"""A quality that something lacks, without that thing: 不正确, 达不到, 缺例."""
_WHEN_CHECKED = re.compile(r"^(?:年[度终](?:考核|检查)|经(?:考核|检查))")
_NEGATED = re.compile(
    r"^(?:未能?|没有?|不|无|少|缺|漏|迟)(?:按[时期]|及时|按(?:要求|规定)|认真|积极)?"
)
_LEFT_OUT = re.compile(r"有?[漏错](?:项|填|登记?|录入?|报告?|上报)|迟[到报]告?|迟上报")
"""What is counted and needs no thing: 漏登记1例, 漏项一处."""
_LACKING = re.compile(r"(?:无|没有)(?:培训|登记|公示|报告|通报|安排|告知|组织)")
"""What is lacking, where the deed is a noun."""
_POINTS_OF = re.compile(r"(?:单项|本项|该项|各项)?(?:基[准本础]|起始|常规|标准|满|初始)分?值?")
"""What points are called, and no quantity: 单项基准分6分."""
_BY_WHAT = re.compile(
    r"[,，](?:按照?|根据|依据|依照|视)(?!时|期|规定|要求|需|质|量)[^,，、未不没]{1,8}$"
    r"|(?<![未不])按(?:次|天|日|人|例|处|份|件|金)[^,，]{0,3}$"
)
"""How points go, at the end of what they are for: 违规，按违规金额."""
_SO_MANY = re.compile(rf"(?:{ANY_UNIT})数")
"""A number of things whose name is not said: 种数, 页数."""
_FOR_EACH_OF = re.compile(r"^各(?:类|级|个|科|单位|部门|村|乡镇?|街道)")
_ASIDE = re.compile(r"\((?:如|例如|包括|含)[^()]{1,60}\)")
"""What only gives examples: 疑难操作(如除颤、置管1次)."""
_DENIED = re.compile(
    r"未(?![婚来成])(?!.*[率数比例]$)|无(?!菌|偿|障碍|线|害|烟|纸|证|主)(?!.*[率数比例]$)|没有|杜绝"
)
"""What nothing can be counted of: 未组织演练 where 2 are required, 无事故 by its degree."""
_RANKED = re.compile(r"(?:排[名序位]|位次|名次)[^,，、]{0,4}[前后]$|^[前后]$")
_FINES = frozenset({"罚款", "罚", "处罚", "罚金", "并处罚款", "并罚款", "处罚款"})
_OPEN, _CLOSED = "(（《“「【[", ")）》”」】]"
_ONE_OF = re.compile(
    r"(?:[一1])(?:人|个|项|处|次|例|份|名|台|种|件|户)(?![一性]|.{1,6}(?:[不未]成功|[不未]通过))"
)
_EACH = re.compile(r"每.{0,2}")
_ITEM = re.compile(r"第[\d一二三四五六七八九十、,和及至-]{1,12}项")
_OF_WHOM = re.compile(rf"{SHARE_WITHIN}$")
_SIGNS = re.compile(r"[≥≤<>＜＞=＝×|]|^[+＋]")
_MARKED = re.compile(
    r"^[+|•]|\||^[一二三四五六七八九十]{1,2}、|^\d{1,2}[.．、](?!\d)|不得分|(?:得|加|记|计|奖|\+)\d+(?:\.\d+)?(?:分|$|最)"
)
"""What stands in a clause, and in no name: the mark of a list or a column, points."""
_LISTED_BELOW = re.compile(
    r"(?:下列|以下).{0,12}之一$|(?:情形|情况|行为)之一$"
    r"|^(?:有|出现|存在|发生|凡)*(?:下[列述]|以下)(?:任[何一意])?[情行]"
)
_BRACKETED = re.compile(
    r"[(（][^()（）]{1,80}[)）]|^与.{1,24}(?:相关|有关)的?"
    r"|^(?:未|没有?|不)能?[对将给为把向][^,，、]{1,30}的(?=[^,，、]{2})"
)
"""What a comparison in a name may be about: 未对评分≥30分的孕妇随访."""
_OF_DEEDS = frozenset({"次", "场", "期", "回", "学时", "学分", "课时", "小时", "天", "人次"})
_TIMES = frozenset({"次", "场", "期", "回", "篇", "条"})
_PERSONS = re.compile(
    r"^(?!走访|看望|慰问|培训|访视|约谈|联系|组织|考核).*(?:[医醫][师師生]|[护護]士长?|人[员員]|[领領][导導]|院[长長]|主任|[书書][记記]|[干幹]部|[组組][长長]|职工|員工|员工)$"
)
_ONLY_WHO = re.compile(
    r"[对由给]?(?:有关|相关|直接|责任|医务)*(?:人员)?(?:当事人|责任人|本人|个人|人员|单位|科室)"
)
_BARE_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:%|‰|以上|以下|以内)")
_COUNTED_UNIT = "|".join(map(re.escape, sorted(COUNTED, key=len, reverse=True)))
_NUMBER_LEFT = re.compile(
    rf"^\d{{1,2}}(?:\.\d+)?(?!\d|{ANY_UNIT}|个|周?岁|月龄|[级类型联号度价胎孩楼\d/.、-])"
    rf"|(?<!仅)(?<!仅有)(?<!只有)(?<![\d.第/])\d+(?:\.\d+)?(?:[%‰]|(?!个?(?:工作日|小时|月|季度|星期))(?:{_COUNTED_UNIT})(?!及以上|[(（]))"
)
"""An ordinal or a number that is no part of a fact: 2混放1处, 24小时内未上报1例."""
_SO_OFTEN = re.compile(r"每(?![次例人份项])[^,，]{0,12}\d")
_OF_ASKED = re.compile(r"，(?:未|没有?|不|做不到|达不到|违反)[^，、]{0,6}$")
"""That what is asked is not so, with its numbers: 每个诊室2名医师，未落实."""
_SCORED = re.compile(r"(?<![回克抵折暗])[扣减][\d一二三四五六七八九十半]")
"""Points in a name, whose rule was lost: 无签名扣2.2.无日期."""
_LONGEST_COUNT = 30
_SHORT_LIST = 6
_LONGEST = 90
_COUNTS = frozenset({MeasureKind.COUNT, MeasureKind.AMOUNT})

_EMPTY = Said("a name that does not say what is counted", "名称没有说明计的是什么")
_DEED = Said("a name that says what is done, and not with what", "名称只说了动作，没有说对象")
_CUT = Said("a name that begins or ends in the middle of a phrase", "名称在短语中间断开")
_ONCE = Said("one of several things: once, or for each of them?", "是只计一次，还是每个都计？")
_COMPARED = Said("a name with a comparison in it", "名称中含有比较符号")
_HALF = Said("a name with half a bracket", "名称中括号不成对")
_PARAGRAPH = Said("a name as long as a paragraph", "名称过长")
_NUMBERED = Said("a name with another number in it", "名称中含有另一个数")
_FACILITY = re.compile(
    r"(?:[一二三甲乙丙县市乡镇]?[级等]?(?:及?以[上下])?|基层|综合|各|中心|乡镇|村|一般)(?:综合|卫生)?(?:医院|卫生院|卫生室|医疗机构)"
    r"|[一二三]级|城区|农村|门诊|住院|急诊|机关|学校|社区"
)
_WELL = Said("an event that is nothing wrong", "否决的情形本身不是问题")
_NO_EVENT = re.compile(
    r"^(?:视情节|追[回缴]|年度(?!内)|当月|因此|发现一?[例人起次]$)|(?:评[先优]|等次作|年度|当月)$"
)
"""What tells of no event: 视情节给予通报批评或取消评优资格."""
_DENIES = re.compile(r"[不未没無无缺差]")
_DONE_WELL = re.compile(
    r"^(?:认真|切实|严格|积极|落实|确保|实行|坚持|此项|该项|每(?:[降升低高]|提))|(?:兑现|达到|被[县市省])$|^发现[一1]?人$"
)
"""An event that bars nobody: 认真兑现一票否决 is a duty."""
_BELOW = Said(
    "a name that leads up to a list, and none of it is read", "只是列举的引语，所列情形没有读入"
)
_WHO = Said("a name that says who, and not what", "名称只说了人，没有说事")
_OF_RANK = re.compile(r"，[^，、,]{1,4}级(?:及?以上)?$")
"""A rank behind what it is of: 稿件采用，省级."""
_SEVERAL = Said("one name for several quantities", "一个名称包含多项指标")
_NOT_THERE = Said("a number of what is not there", "没有发生、没有做的，却按数量计")
_LONG = Said("a number with so long a name", "指标名称过长")

_EXCEPTED = re.compile(r"\([^()]{2,60}\)$")


def doubt_in_name(context: Context, name: str) -> Said | None:
    """Return what is doubtful in a name that a rule uses, None where nothing is."""
    measure = context.quantities.known(name)
    if measure is None and name not in LEVELS and _is_poor(name):
        return _EMPTY  # 达不到扣5-10分: what is judged has no measure
    if measure is None or context.quantities.was_given(measure):
        return None
    fault = _fault_of(_EXCEPTED.sub("", simplified(measure.label)))
    if fault is _DEED and measure.unit in _OF_DEEDS:
        fault = None  # 培训2次, 培训20学时: the deed itself is what is counted
    if fault is _ONCE and measure.kind is MeasureKind.CASES:
        fault = None  # 一人一次未到岗扣1分 counts each time
    if measure.kind is MeasureKind.FLAG and _FOR_EACH_OF.match(measure.label):
        return _ONCE  # 各类人员无职责扣1分
    if measure.kind in {MeasureKind.CASES, MeasureKind.FLAG} and _ONLY_WHO.fullmatch(measure.label):
        return _WHO
    if fault in {_DEED, _EMPTY} and measure.kind is MeasureKind.CASES:
        fault = None if _LEFT_OUT.fullmatch(simplified(measure.label)) else fault
    return fault or _fault_of_kind(measure)


def _is_poor(name: str) -> bool:
    """Whether what is judged is only said to be amiss: 未达到要求."""
    bare = name in _GENERAL or _NEGATED.sub("", name) in DEEDS
    return _POOR.fullmatch(name) is not None or (bare and name[0] in "未不达没无缺")


def doubt_in_veto(name: str) -> Said | None:
    """Return what is doubtful in the name of an event: cut, or something that is done well."""
    fault = _fault_of(simplified(name))
    if fault in {_BELOW, _CUT, _HALF, _EMPTY, _COMPARED}:
        return fault
    if _NO_EVENT.search(simplified(name)):
        return _CUT
    well = _DONE_WELL.search(simplified(name)) and not _DENIES.search(name)
    return _WELL if well else None


def says_too_little(name: str) -> bool:
    """Whether a name does not say what is counted, or only what is done with it."""
    return _fault_of(name) in {_EMPTY, _DEED}


def has_number_left(name: str) -> bool:
    """Whether a number stands in a name that is no part of it: 2混放1处."""
    return _NUMBER_LEFT.search(name) is not None


def _fault_of(name: str) -> Said | None:
    """Return what is doubtful in the words alone."""
    name = _WHEN_CHECKED.sub("", name)
    if any(empty.fullmatch(name) for empty in (_POOR, _ITEM, _POINTS_OF, _SO_MANY)):
        return _EMPTY
    if name in _GENERAL or name in LEVELS or _EACH.fullmatch(name) or len(name) == 1:
        return _EMPTY
    if _NEGATED.sub("", name) in DEEDS and not _LACKING.fullmatch(name):
        return _DEED
    listed = name.endswith("等") and ("、" in name or "，" in name or len(name) > _SHORT_LIST)
    if _BEGINS.match(name) or (_ENDS.search(name) and not listed):
        return _CUT
    if _BY_WHAT.search(name):
        return _CUT
    if _ONE_OF.match(name):
        return _ONCE
    if _LISTED_BELOW.search(name):
        return _BELOW
    if _SIGNS.search(_OF_WHOM.sub("", _BRACKETED.sub("", name))):
        return _COMPARED
    sized = _SO_OFTEN.search(name) or _OF_ASKED.search(name)
    if _NUMBER_LEFT.search(_ASIDE.sub("", name)) and not sized:
        return _NUMBERED
    if _SCORED.search(name) or _MARKED.search(name):
        return _CUT
    if sum(name.count(mark) for mark in _OPEN) != sum(name.count(mark) for mark in _CLOSED):
        return _HALF
    return _PARAGRAPH if len(name) > _LONGEST else None


def _fault_of_kind(measure: Measure) -> Said | None:
    """Return what is doubtful in the name of a number: rates and counts are named in few words."""
    name, rate = measure.label, bool(unit_of_rate(measure.unit))
    if measure.kind is MeasureKind.LEVEL and _DENIED.match(name):
        return _NOT_THERE
    if not rate and measure.kind not in _COUNTS | {MeasureKind.CASES}:
        return None
    if rate and _RANKED.search(name):
        return _CUT  # 排名前30%的得5分: who is among them has less than 30
    if name in _FINES:
        return _EMPTY  # 罚款50元，不得分
    if measure.kind is not MeasureKind.CASES and _BEGINS_COUNT.match(name):
        return _CUT
    if measure.kind is not MeasureKind.CASES and _DENIED.match(name):
        return _NOT_THERE
    if (rate or measure.kind in _COUNTS) and "但" in name:
        return _CUT  # 低于上年但降幅
    if _BARE_NUMBER.search(name) and measure.kind is not MeasureKind.CASES:
        return _NUMBERED
    facility = measure.kind is not MeasureKind.CASES and _FACILITY.fullmatch(name)
    if facility or (measure.unit in _TIMES and _PERSONS.search(name)):
        return _WHO
    numbers = rate or measure.kind in _COUNTS
    if numbers and any(mark in _OF_RANK.sub("", _BRACKETED.sub("", name)) for mark in "、，,"):
        return _SEVERAL
    long = len(_BRACKETED.sub("", name)) > _LONGEST_COUNT
    return _LONG if numbers and long else None
