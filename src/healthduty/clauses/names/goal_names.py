"""The names before a bound: one, or a list whose members share their head or their lead.

Source: vocabulary “Measure”; patterns of published tables (高血压、糖尿病管理率).

>>> names_shared(["高血压", "糖尿病管理率"])
['高血压管理率', '糖尿病管理率']
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.names.quantities import name_of, only_leads
from healthduty.clauses.names.unwanted import is_unwanted
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import DEEDS, TIMES, Kind
from healthduty.clauses.text.phrases import Bounds, Tokens, is_share, kind_at

OBJECTS = frozenset({"户", "人", "村", "站", "家", "例", "名"})
"""What a number is asked for each of: 每户4次."""

_PLACE = re.compile(r"排名|名次|排位|位次")
_LATEST = re.compile(
    r"(?:归档|报告|出具|反馈|发放|响应|等[候待]|候诊|办结|办理|周转|到达|送达|完成|上交|上报|回复|答复|处置|审批|返回|入院|会诊)[^,，、]{0,4}时[间限]$|时限$"
)
"""Times within which something has to be done: 归档时间为3天 is at most."""

_HEADS = re.compile(
    r"(?:规范化?|健康|电子|动态|系统|及时|综合|中医药?){0,6}(?:管理|控制|建档|知晓|合格|使用|签约|接种|覆盖|检查|筛查|报告|及时|完成|治愈|随访"
    r"|满意|达标|更新|就诊|死亡|发病|感染|准确|完整|参与|上报|转诊|评估|体检|服务|处置|清运|持证|执行|发生|检出|治疗|建卡|走访|帮扶|巡查"
    r"|整改|到位|普及|处理|办结|回访|入学|开工|分类|送达|公开|响应|供应|回收|抽检|培训|考核|受理|核销|保存)(?:率|比例|度)$"
)
_SHARE = re.compile(r"[^占]{2,20}占[^占有]{2,20}(?<![率重比值例])")
_NEAR = 3
_KINDS = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4})(?:卫生院|卫生室|服务中心|服务站|中心|医院|诊所|保健院|疾控中心|县级|乡级|村级|城区|农村|城市|门诊部|医务室|村|社区|街道|乡|镇|学校|单位)$"
)
_KIND = (
    r"(?:[一二三]级(?:[甲乙丙]等)?(?:及?以[上下])?(?:综合|专科|公立|中医)?(?:医院|医疗机构)?"
    r"|[甲乙丙]等(?:医院|医疗机构)|基层(?:医疗(?:卫生)?机构)?"
    r"|[省市县区乡镇村]级(?:综合|公立|中医)?(?:医院|医疗机构)?|(?:中心|一般|乡镇?|镇)卫生院|村卫生室"
    r"|社区卫生服务(?:中心|站)|(?:综合|专科|中医|公立|民营)医院|[一二三甲乙丙]类(?:地区|乡镇?|镇|街道|县|市|村|单位|医院|机构)|城区|农村|城市|城镇|山区|平原)"
)
_TITLED = re.compile(
    r"(?:卫生|健康|文明|无烟|示范|先进|达标|星级)(?:村|乡镇|乡|镇|街道|社区|学校|单位|城市|农村)$"
)
"""A title that places are given, and no kind of them: 省级卫生村."""
_KINDS_LISTED = rf"{_KIND}(?:[、和及与(（]{_KIND}[)）]?){{0,7}}"
_KIND_LEADS = re.compile(rf"({_KINDS_LISTED})的?(.{{2,}})")
_KIND_ENDS = re.compile(rf"(.{{2,}}?)({_KINDS_LISTED})")
_KINDS_DO = re.compile(rf"(?:辖区内?|各|每)?[个所家]?({_KINDS_LISTED})")
_BETWEEN_KINDS = re.compile(r"[、和及与()（）]")
_SHORT_KINDS = frozenset({"站", "室", "院", "所"})
"""What kinds are called among others: 中心、站."""
_HAD = re.compile(r"(?:有|设有|配有|配备|设立)(?![关效限序])")
_HAS = re.compile(r"(?:配备?|设置?|建立?|有)$")
_DEEDS = DEEDS | {
    "更换",
    "张贴",
    "悬挂",
    "印发",
    "编印",
    "播放",
    "出版",
    "刊出",
    "清洗",
    "消毒",
    "巡查",
}
"""What is done with what stands behind the number: 更换1次宣传栏内容."""
_PERSONS = r"(?:患者|病人|孕妇|产妇|新生儿|婴儿|幼儿|儿童|老年人|老人|居民|对象|人群|家庭|残疾人)"
_ENDS_IN_PERSONS = re.compile(rf"{_PERSONS}$")
_DONE_TO_PERSONS = re.compile(
    rf"{_PERSONS}[^，,。]{{0,14}}(?:随访|面访|访视|走访|探访|体检|检查|检测|测量|评估|健康管理(?:服务)?|上门服务)$"
    r"|(?:高血压|糖尿病|慢性?病|[两四]病|精神障碍|结核病?)[^，,。]{0,8}(?:随访|面访|访视)$"
    r"|^(?:面对面|入户|上门|电话|定期|免费){0,2}(?:随访|面访|访视)(?:服务)?$"
)
_SUCH = re.compile(r"、.*等$")
"""Examples of what stands behind the number: 针灸、推拿等10种以上适宜技术."""
_DOES = re.compile(r"(?:进行|开展|举办|召开|举行|组织|实施)$")
_TOWARDS = re.compile(r"[对向给为][^,，、]{2,16}(?<![率数度量])$")
_QUANTITY = re.compile(r"^(.*?(?:率|比例|度|数|次数|人次))(.+)$")
_SPLIT = re.compile(r"[、]|和(?=[^和]*$)")
_ASKED = re.compile(r"(?:规定|要求|目标|计划|标准|任务|应有).*(?:的|数|值|量)$")
_RATES_LISTED = re.compile(r"、|(?<=率)(?:[和及与或且]|以及)")
_COLLECTED = re.compile(
    r"[^（(]{0,80}?(?:\d{1,2}|[二两三四五六七八九十])(?:项|个|大)?(?:率|指标|比例)[”」\"]?"
    r"[（(](?P<rates>[^（(）)、]{2,20}[率度例](?:、[^（(）)、]{2,20}[率度例]){1,9})[）)]"
)
NOT_HELD = re.compile(
    r"^(?:未|没有?)(?:按(?:要求|规定|时|期))?(?:组织|开展|召开|举办|举行|进行|参加)(?=..)"
)
"""What a fault says before what was to be held so often: 未开展演练（每年不少于2次）."""
_ACTS_ON = re.compile(
    r"(?:至少|最少|应当?|须|要|主动|专题|集中)*"
    r"(?P<deed>听取|(?:专题)?研究(?:部署)?|部署|分析|讨论|走访|慰问|约谈|调研|督查|督导|排查|学习|宣讲|通报)"
)
"""What is done to something that stands behind the number: 每年听取2次工作汇报."""
_RATE_ENDS = (
    "率",
    "依从性",
    "意度",
    "晓度",
    "比例",
    "占比",
    "比重",
    "额比",
    "数比",
    "种比",
    "量比",
)
_AT_LEAST = re.compile(r"(?<=..)(?:至少|最少)(?=..)")
_CHANGE = re.compile(r"增长|增加|提高|上升|下降|降低|减少")
_FALLS = frozenset({"下降", "降低", "减少"})
_OF_NAMES = frozenset(
    {
        Kind.WORD,
        Kind.LIST,
        Kind.EXPLAINED,
        Kind.NUMBER,
        Kind.DASH,
        Kind.ABOVE,
        Kind.FULL,
        Kind.WITHIN,
    }
)


_RANK = re.compile(
    r"(?:国家|中央|国际|省部?|地?市|市厅|州|县区?|区县?|县处|乡镇?|院|局|校|科)级(?:及?以上)?"
)
_NATIONAL = ("国家", "中央", "国际")
_PUBLISHED = frozenset({"篇", "条"})


def is_kind(name: str) -> bool:
    """Whether a name is a kind of facility, or several: 中心卫生院, 村卫生室、社区卫生服务站."""
    return bool(kinds_in(name))


def kinds_in(name: str) -> tuple[str, ...]:
    """Return the kinds of facility that a name lists, none where it is another name.

    >>> kinds_in("村卫生室和社区卫生服务站"), kinds_in("站、室"), kinds_in("老年人、儿童")
    (('村卫生室', '社区卫生服务站'), ('站', '室'), ())
    """
    parts = tuple(part for part in _BETWEEN_KINDS.split(name) if part)
    if not parts[1:]:
        return (name,) if _is_one_kind(name) else ()
    known = all(part in _SHORT_KINDS or _is_one_kind(part) for part in parts)
    return parts if known and len(set(parts)) == len(parts) else ()


def kinds_that_do(words: str) -> str:
    """Return the kinds of facility that some words begin with, before what they have to do."""
    found = _KINDS_DO.match(words)
    return "" if found is None else found.group(1)


def _is_one_kind(name: str) -> bool:
    named = _KINDS.fullmatch(simplified(name)) or re.fullmatch(_KIND, simplified(name))
    return named is not None and name[0] not in "每毎各" and not _TITLED.search(simplified(name))


def done_to_each(name: str) -> bool:
    """Whether a number of times is what each person is to have: 高血压患者随访4次.

    >>> done_to_each("高血压患者面对面随访"), done_to_each("随访"), done_to_each("居民健康讲座")
    (True, True, False)
    """
    return _DONE_TO_PERSONS.search(name) is not None


def ranks_what(name: str, unit: str, before: str = "") -> bool:
    """Whether a rank is that of what is counted, and no kind of facility: 国家级1篇、省级3篇.

    What is published has ranks, and so has everything that is asked for 国家级 just before.

    >>> ranks_what("省级", "篇"), ranks_what("省级", "次"), ranks_what("省级", "次", "国家级")
    (True, False, True)
    """
    if _RANK.fullmatch(name) is None:
        return False
    return unit in _PUBLISHED or name[:2] in _NATIONAL or any(rank in before for rank in _NATIONAL)


def kind_in(words: str) -> str:
    """Return the kind of facility that some words end with, or nothing."""
    found = None if _TITLED.search(simplified(words)) else _KINDS.search(simplified(words))
    return "" if found is None else words[found.start() : found.end()]


def split_kind(words: str) -> tuple[str, str]:
    """Split 签约率乡镇卫生院 or 三级医院药占比 into the quantity and the kind of facility.

    >>> split_kind("药占比三级医院"), split_kind("三级医院药占比")
    (('药占比', '三级医院'), ('药占比', '三级医院'))
    """
    leads, ends = _KIND_LEADS.fullmatch(words), _KIND_ENDS.fullmatch(words)
    if leads is not None and not is_kind(words):
        return name_of(leads.group(2)), leads.group(1)
    if ends is not None and not is_kind(words):
        return name_of(ends.group(1)), ends.group(2)
    head = _QUANTITY.match(words)
    if head is None:
        return "", words
    return name_of(head.group(1)), head.group(2).strip("为是：:")


def names_before(before: Tokens, behind: Tokens, text: str, values: int) -> list[str]:
    """Return the names before a bound: one, or those of a list that share their head."""
    words = plain_words(before, text)
    verb = _HAS.search(words) or _DOES.search(words) or words in _DEEDS or _SUCH.search(words)
    if only_leads(words) or verb or is_kind(words):  # 均配有1名护林员, 卫生院12次讲座
        said = plain_words(behind, text).strip("的者")
        words = words if said.startswith("或") else said or words
    elif _ENDS_IN_PERSONS.search(words):  # 患者每年至少4次面对面随访
        whole = words + plain_words(behind, text).strip("的者")
        words = whole if done_to_each(whole) else words
    acts = _ACTS_ON.fullmatch(words)
    if acts is not None:  # 至少听取一次分管领域的汇报
        words = acts["deed"] + plain_words(behind, text).strip("的者")
    often = any(token.kind is Kind.EVERY for token in before)
    if often and _TOWARDS.match(words):  # 对村卫生室每月一次巡查
        words = words[1:] + plain_words(behind, text).strip("的者")
    collected = collected_in(words)
    if collected:
        return list(collected)
    parts = [part for part in _SPLIT.split(words) if part]
    shared = any(token.kind is Kind.SHARED for token in before)
    if values == 1 and not shared and len(parts) > 1 and all(map(_HAD.match, parts)):
        parts = parts[-1:]  # 有办公室、有工作人员1人以上
        words = parts[0]
    if len(parts) <= 1 or not (shared or values > 1):
        return rates_in(name_of(words))
    if len(parts) > values > 1:  # 甲、乙等病人管理率、控制率 with two values: two names
        first = len(parts) - values + 1
        parts = ["、".join(parts[:first]), *parts[first:]]
    return names_shared([name_of(part) for part in parts])


def collected_in(name: str) -> tuple[str, ...]:
    """Return the rates that a name collects; nothing where it is one.

    >>> collected_in("管理两率（建档率、随访率）")
    ('建档率', '随访率')
    """
    found = _COLLECTED.fullmatch(name)
    return () if found is None else tuple(name_of(rate) for rate in found["rates"].split("、"))


def is_place(name: str) -> bool:
    """Whether a name is of a place among others, of which 1 is the best: 满意度排名."""
    return _PLACE.search(name) is not None


def rates_in(name: str) -> list[str]:
    """Return the rates of a list that names each in full: 建制率、公开率; else the name itself.

    So what ends alike: 门诊人次、住院人次.

    >>> rates_in("建制率、公开达标率"), rates_in("高血压、糖尿病管理率")
    (['建制率', '公开达标率'], ['高血压、糖尿病管理率'])
    """
    if _RATES_LISTED.search(name) is None:
        return [name]
    parts = [name_of(part) for part in _RATES_LISTED.split(name)]
    rates = all(part.endswith(_RATE_ENDS) and len(part) > 1 for part in parts)
    alike = len({part[-_END:] for part in parts}) == 1 and all(len(part) > _END for part in parts)
    if not (rates or alike):
        return [name]
    heads = [_HEADS.search(part) for part in parts]
    short = all(head is not None and head.start() == 0 for head in heads[1:])
    lead = parts[0][: heads[0].start()] if heads[0] is not None and short else ""
    return [parts[0], *(lead + part for part in parts[1:])]


_END = 2
_DONE = re.compile(
    r"(?:必须|应当?|须|要)?(?:进行|完成)?(?P<deed>报告|上报|报送|到位|到达|到岗|处置|处理|送达|会诊|办结|反馈|出诊|接诊|响应|随访|访视"
    r"|(?:网络)?直报|公示|回应|出动|消毒|核[查实]|(?:流行病学)?调查|流调|录入|审核|转诊|采样|送检)(?:完[毕成])?"
)
_COUNTERPARTS = re.compile(
    "门急?诊|住院|急诊|城区|农村居民|农村|城镇居民|城[镇市]居民|城镇|男性|女性|户籍|流动|西药|中药|公立|民营"
)
_DISEASES = re.compile(
    r"高血压|(?:[2二Ⅱ]型)?糖尿病|肺?结核病?|(?:严重|重性)精神(?:障碍|疾病)|慢阻肺|冠心病|脑卒中|慢性?病|肿瘤"
)
_GROUP = re.compile(
    r"[^,，、的率度（(]{0,12}?(?:人群|居民|人口|患者|病人|[儿童幼]童|[幼生婴]儿|老年人|老人|孕产妇|孕妇|产妇|妇女|学生"
    r"|职工|家庭(?!医生|病床)|残疾人|[贫脱]\w户)"
)
_RATE_OF = re.compile(r".{2,}(?:率|度|比例)$")
_RATE_FIRST = re.compile(rf"(?P<rate>.{{2,}}率)(?P<who>{_GROUP.pattern}|{_DISEASES.pattern})$")

_OF_A_TASK = re.compile(r"(?<=..)(?:(?:健康)?管理)?任务数?$")
"""What only the rate before is of: 高血压患者管理任务数完成率100%，规范管理率≥60%."""
_OF_PERSONS = ("知晓", "满意", "参与", "培训")
"""How rates begin that are of people, and of nothing that a rate before them is of."""


def is_counterpart(name: str, before: str) -> bool:
    """Whether a name only says what another of its kind than the goal before is of: 农村居民."""
    other = _COUNTERPARTS.search(before) if _COUNTERPARTS.fullmatch(name) else None
    return (other is not None and other.group() != name) or led_by_group(name, before) != name


def led_by_group(name: str, before: str) -> str:
    """Return the rate of another group of persons: 孕产妇 behind 老年人健康管理率.

    >>> led_by_group("孕产妇", "老年人健康管理率"), led_by_group("重点人群", "签约率常住人口")
    ('孕产妇健康管理率', '重点人群签约率')
    """
    group = next((kind for kind in (_DISEASES, _GROUP) if kind.fullmatch(name)), None)
    if group is None:
        return name
    first = _RATE_FIRST.fullmatch(before)
    rate = before if _HEADS.fullmatch(before) else "" if first is None else first["rate"]
    if rate or (before.startswith("家庭医生") and _RATE_OF.fullmatch(before)):
        return name + (rate or before)  # 重点人群家庭医生签约率
    other = group.search(before) if _RATE_OF.fullmatch(before) else None
    if other is None or (group is _GROUP and other.start()):
        return name
    return before[: other.start()] + name + before[other.end() :]


def of_head(name: str, head: str) -> str:
    """Return 城区反应时间 for 城区, behind the head 反应时间：; other names as they are."""
    return f"{name}{head}" if head and _COUNTERPARTS.fullmatch(name) else name


def led_by(name: str, before: str) -> str:
    """Return 准确率 with what leads up to 及时率 in the goal before: 信息报送准确率.

    门诊 behind 住院抗菌药物使用率 is about 门诊抗菌药物使用率.
    """
    other = _COUNTERPARTS.search(before)
    if other is not None and _COUNTERPARTS.fullmatch(name) and other.group() != name:
        return before[: other.start()] + name + before[other.end() :]
    grouped = led_by_group(name, before)
    if grouped != name:
        return grouped
    head, lead = _HEADS.fullmatch(name), _HEADS.search(before)
    if name.startswith(_OF_PERSONS):
        return name
    if head is None or lead is None:
        return name
    led = before[: lead.start()]
    return (led if name == before[lead.start() :] else _OF_A_TASK.sub("", led)) + name


def bare_bound(bounds: Bounds, name: str) -> Bounds:
    """Return what a bare number asks for: at least so many, at most of what nobody wants."""
    if not bounds.bare or (bounds.low == 0 and not bounds.unit):  # 漏报率为0
        return bounds
    if (bounds.unit in TIMES and _LATEST.search(name)) or bounds.low == 0 or is_unwanted(name):
        return attrs.evolve(bounds, low=None, low_in=True, high_in=True)
    return attrs.evolve(bounds, high=None, high_in=False, low_in=True)


def share_of(name: str, tokens: Tokens, at: int) -> str:
    """Return the name of the share that a comparison holds: 数量≥规定数的90%, or 总量的90%.

    >>> from healthduty.clauses.text.tokens import tokens_of
    >>> share_of("病种数量", tokens_of("≥规定数的90%"), 0)
    '病种数量占规定数的比例'
    """
    if not name:
        return name
    rated = any(token.text == "%" for token in tokens[at : at + _NEAR])
    if rated and _SHARE.fullmatch(name):
        return f"{name}的比例"  # 绩效占总分低于5%
    asked = _ASKED.search(tokens[at].text)
    if asked is not None:
        return f"{name}占{asked.group()}比例"
    if at > 1 and tokens[at - 2].kind is Kind.AT_LEAST and is_share(tokens, at - 1):
        whole = tokens[at - 1].text  # 床位数达到总床位数的2%—3%
        part = name.removesuffix(whole.removesuffix("的")).removesuffix("达到")
        return f"{part}占{whole.removesuffix('的')}的比例"
    of = tokens[at + 1].text.removesuffix("的") if is_share(tokens, at + 1) else ""
    return f"{name}占{of}的比例" if of else name


def done_within(behind: Tokens) -> str:
    """Return what has to be done within a time: 突发事件2小时内报告.

    >>> from healthduty.clauses.text.tokens import tokens_of
    >>> done_within(tokens_of("报告"))
    '报告'
    """
    found = _DONE.fullmatch(behind[0].text) if len(behind) == 1 else None
    return "" if found is None else found.group("deed")


def plain_words(tokens: Tokens, text: str) -> str:
    """Return the words of a name: without periods, comparisons and what is shared."""
    kept: list[str] = []
    each = False  # 每 stands before
    for at, token in enumerate(tokens):
        words = "、" if token.kind is Kind.LIST else text[token.start : token.end]
        if token.kind in _OF_NAMES:
            kept.append(words)
            each = False
        elif token.kind is Kind.EACH and kind_at(tokens, at + 1) in {Kind.WORD, Kind.NUMBER}:
            kept.append(words)  # 每千人口, 每百张床位
        elif token.kind is Kind.EACH and kept[-1:] in (["平均"], ["人均"]):
            kept.append(words)  # 平均每名医师
        elif token.kind is Kind.EACH:
            each = True
        elif token.kind is Kind.UNIT:
            if each and token.text not in OBJECTS:
                kept.append("每" + words)
            elif kept and not each:
                kept.append(words)
            each = False
        elif token.kind is Kind.GROWTH:
            kept.append(_change_in(token.text))
    return _AT_LEAST.sub("", "".join(kept))


def _change_in(words: str) -> str:
    """Return what 比上年增长 names: 增长率 or 下降率; 比上年 alone names nothing."""
    found = _CHANGE.search(words)
    if found is None:
        return ""
    return "下降率" if found.group() in _FALLS else "增长率"


def names_shared(names: list[str]) -> list[str]:
    """Give each name of a list what only its first or its last one has.

    高血压、糖尿病管理率 → 高血压管理率; 慢性病病人管理率、控制率 → 慢性病病人控制率.
    """
    heads = [_HEADS.search(name) for name in names]
    last = heads[-1]
    alike = names[-1].rfind(names[0][-1:])
    if not any(heads[:-1]) and 0 < alike + 1 < len(names[-1]):
        tail = names[-1][alike + 1 :]  # 低保户和特困户走访率: both end in 户 before it
        return [name + tail for name in names[:-1]] + names[-1:]
    if last is not None and all(head is None for head in heads[:-1]):
        return [name + last.group() for name in names[:-1]] + names[-1:]
    first = heads[0]
    if first is not None and all(head is not None and head.start() == 0 for head in heads[1:]):
        lead = names[0][: first.start()]
        return [names[0], *(lead + name for name in names[1:])]
    return names
