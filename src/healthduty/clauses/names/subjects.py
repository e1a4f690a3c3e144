"""What a bare word of fault is about: 不合格, 未执行, 违反, 有责任 name no thing by themselves.

There is one order in which it is looked for, the nearest words first: what waits in the same
sentence, what a colon led up to, what was looked at, what the fault before was about, the sentence
before, and what the requirement's cell asks for, all of it. A name of one's own stays as it is.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> joined("个人卫生良好", "不合格"), joined("遵守操作规程", "违反")
('个人卫生不合格', '违反操作规程')
>>> joined("档案编码是否填写", "否"), joined("有健康证明", "无")
('档案编码未填写', '无健康证明')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG, untied
from healthduty.clauses.names.looked_at import looked_at
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import UNNAMED, Graded, Where
from healthduty.clauses.second_look.names import has_number_left, says_too_little
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import DEEDS
from healthduty.rules.rule import Bands

NONE = frozenset({"没有", "无", "没", "否", "不是", "未有"})
"""What says only that something is not so."""

_QUALITIES = (
    r"(?:真实|准确|完整|规范|及时|清晰|清楚|明确|明朗|齐全|齐|整洁|整齐|干净|合理|有效|正确|正常|良好|完善|健全|合格"
    r"|达标|一致|完好|全面?|安静|安全|到位|便|够用?|符合?(?:要求|规定|标准)?)"
)
_BARE = re.compile(
    r"(?:仍|还|再|如有?|若有?|凡|有)?(?:发现|出现|检查)?(?:有)?(?:任[何意]?(?:[1一][项个处条])?)?(?:"
    r"(?:未能?|没有?|不|达不)(?:能?(?:达到?|到|符合|按照?|满足))?(?:相关|有关|规定|上述|以上)?的?(?:要求|标准|规定)"
    r"|未[设建配做](?:置|立|有|备)?"
    r"|(?:未能?|没有?|不|未予|欠)(?:按[时期]|及时|按照?(?:要求|规定|标准|程序|制度)|认真|全部|严格|完全|够|太)?"
    rf"(?:做到?|执行|落实|遵守|完成|开展|进行|实施|履行|建立?|改正|整改|{_QUALITIES}{{1,3}})"
    r"|达不到(?:要求|标准)?|违反(?:规定|要求)?|违者?|违规|做不到|超时|拒绝|推诿|延误"
    r"|(?:有|无|负)?(?:主要|次要|全部|部分|同等|完全|直接|间接)责任|[有无]责任|无法分清责任"
    r"|突破(?:控制)?(?:指标|目标|限额|数)?|(?:已|有)?(?:过期|失效|破损|损坏|变质|老化|脱落)"
    r"|[甲乙丙]类|[轻中重]度"
    r"|(?:低于|高于|达到|未达到?|达不到|不足|超过)?[\d一二三四五六七八九十]{1,3}级(?:及?以[上下])?"
    r")"
)
_CANCELS = re.compile(
    r"^(?:严格|认真|切实|自觉|积极|必须|应当?|能够?|要|做好|能)*(?:遵守|执行|落实|贯彻|遵照|按照|按(?![时期月]))(?:执行|落实|好)?"
)
_NEGATES = re.compile(r"^(?:未|没有?|不)")
_COMPARES = re.compile(r"低于|高于|达[到不]|未达|不足|超过|[\d一二三四五六七八九十]{1,3}级")
_REACHES = re.compile(
    r"(?:要|应|须|必须|需)?(?:达到|不低于|≥|为|在)?[\d一二三四五六七八九十]{1,3}级(?:(?:及|或)?以上)?$"
)
BREAKS = frozenset({"违", "违者", "违反", "违反规定", "违反要求"})
_LACKS_THING = re.compile(r"无(?:组织|培训|活动|宣传|考核|检查|登记|签约|公示|监测|评估)")
"""无组织 names a thing that is not there, with a word for what is done."""
_NOT_DONE = re.compile(r"未(?!成年|来|婚|经)|没有|不(?:及时|规范|到位|完整|准确|认真|落实)")
"""What says what was not done, where 违者 adds nothing to it."""
_WHETHER = re.compile(r"(?P<what>.*?)[，、]?(?:有无[^，]*，)?(?:的)?是否(?P<how>[^，]{1,16})")
_HAS = re.compile(
    r"(?:应|须|要|必须|应当)?(?:有|具有|具备|配有|设有|备有)(?!关|效|序)(?P<what>.{2,})"
)
_TO_DO = re.compile(
    r"(?:设置|设立|建立|建成|建设|配备|配置|制[定订]|成立|安装|开展|组织|落实|公示|签订|张贴|悬挂|实施|实行|推行|完成)(?=..)"
)
"""What is to be done: where there is nothing of it, it was not done."""
_AND_HAS = re.compile(r"(?<=[、和及])有(?=..)")
_QUALITY = re.compile(rf"(?<![不未])(?:[、和及,，]?(?:全部|均|都)?{_QUALITIES}){{1,6}}$")
_BRACKET = re.compile(r"[(（][^()（）]{1,60}[)）]$")
_WORTH = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[、.])"
    r"|[(（]?\d{1,3}(?:\.\d+)?分(?!钟)[)）]?|(?<!\d)(?:为|≤|不超过)?[0０零]$"
)
"""An ordinal, points and 0 beside what is asked: 二、投诉（5分）."""
_KEEPS = re.compile(r"^(?:做到|确保|保证|保持)(?=.{2})")
_LISTS = re.compile(r"[，,、]")
_UNDONE = re.compile(
    rf"[迟漏缺晚错瞒]|做不到|[发出]现|发生|(?:仍|还|有)?(?:发现)?(?:有)?(?:未|没有?|不)(?!{_QUALITIES}{{1,3}}$)"
)
"""What was not done, which does not go on with a duty: 打击非法占用，未处理."""
_HAPPENS = frozenset({"发生", "出现"})
_HAPPENING = re.compile(
    r"(?:全?年度?)?(?P<what>[^,，]{2,}?)的?发生(?:率|次数|例数|起数|件数|人数)"
    r"|[^,，无未没不]*(?:事故|事件|纠纷|投诉|压疮|感染|坠床|跌倒|死亡|疫情|案件|差错|违纪|违法)"
)
"""What happens, or how often it did."""
"""What says nothing of what happens, where what is asked names no event: 网络安全，发生1起."""
_THING = re.compile(
    r"(?P<what>[^,，、未不无]{2,12})(?:未|不)[^,，、]{1,6}|(?:无|没有|未[建设配制成][立置备定]?)(?P<lacks>[^,，、未不]{2,12})"
)
_SHORT_THING = 16
_DEED = 2
_SO_OFTEN = re.compile(
    r"(?<=..)(?:每(?:个?月|季度?|周|年|半年|学期)|全年|[要应须]|至少|不少于|不低于|达到?|为|不超过|不多于|控制在|[≥>=≤<])*"
    r"\d{1,3}(?:次|场|期|篇|人次|课时|学时|例|起|件)(?:以上|[/每年月季周个度])*(?=$|[并且]?(?:有|做好?)?(?:记录|考核|总结|小结|签[名字到]))"
)
"""How often something is to be done: 业务讲座每月1次; 护士长每周检查1次有记录."""
_SIZED = re.compile(r"\d(?![.\d]*(?:%|‰|次|场|期|分|元))")
"""How much there has to be of something: 每个诊室配备2名医师."""
_TITLE = 3
_ASKED_FOR = "有无"
_LACKING = frozenset({"没有", "未有", "无", "没"})
_LONGEST = 80
_LONGEST_NAME = 40
"""Of longer names only the first thing that fits is kept: no table has room for more."""

_REFERS = re.compile(
    r"(?:所列|上述|以上|前述|上列|左列|本[项条款]|该[项条款])(?:各)?"
    r"(?:条款|内容|要求|规定|行为|情形|情况|问题|事项|标准|[项条款])?"
)
_SCOPE = re.compile(r"[时后前中内]$")
"""What says only when: 向病人提供服务时."""
_HEADS = re.compile(r"(?:基本|总体|具体|有关|相关|最低)?(?:要求|标准|内容|配置|条件|设备)")
_ALL = frozenset({"全部", "均", "都", "各项", "全面", "基本", "完全"})
_BY = frozenset({"根据", "依据", "按", "按照", "视", "由", "以"})
_SAME_AGAIN = re.compile(r"(?:发现|有)?不(?:合格|达标|符合?(?:要求|规定|标准)?)")
_FAULT_ENDS = re.compile(r"(?:不|未)(?![超低少得应准要宜许可]|能[有出])[^，,、无]{1,4}$")
_MOST = 200
_MARKS = "的,，、;；:：。. "


def is_bare(name: str) -> bool:
    """Whether a name says what is wrong, and not with what."""
    name = simplified(name)
    if _LACKS_THING.fullmatch(name) is not None:
        return False
    return _BARE.fullmatch(name) is not None or (
        says_too_little(name) and SAYS_WRONG.search(name) is not None
    )


def says_unmet_all(fact: str) -> bool:
    """Whether a fact is what is asked and that it is not so: 无积水、无杂物，未落实."""
    asked, _, fault = fact.rpartition("，")
    return bool(asked) and is_bare(fault)


def about(context: Context, name: str) -> str:
    """Return a bare name with what it is about, by the nearest words that say it; or nothing."""
    if not (is_bare(name) or name in NONE):
        return ""
    positive = _NEGATES.sub("", name)
    met = [fact for fact in context.said_facts() if fact.endswith(positive)]
    if positive != name and met:  # 病死率达标得2分，不达标扣1分; 按时上报得满分，未按时上报不得分
        head = met[-1].removesuffix(positive)
        return head + name if len(head) > 1 and not _LISTS.search(head) else ""
    for source in _sources(context, name):
        whole = joined(source, name)
        if whole:
            return whole
    return ""


def _sources(context: Context, name: str) -> Iterator[str]:
    """Go through the words around a bare fault, the nearest first."""
    yield context.subject
    sentence, seen = context.seen
    if sentence >= context.sentence - 1:
        what = looked_at(seen)
        yield what if "、" not in what else ""  # papers: 查阅通知、照片
    yield thing_before(context)
    yield whole_of(context.earlier, name)
    yield whole_of(context.asked, name)


def thing_before(context: Context) -> str:
    """Return what the fault before is about: 制度 of 无制度, of 制度不全 and of 制度完善."""
    last = context.last()
    if last is None or last.sentence != context.sentence:
        return ""
    if isinstance(last.rule, Bands):  # 考试第一名加5分，不及格扣5分
        measure = context.quantities.known(last.rule.measure)
        if measure is not None and measure.unit == "名" and measure.label != "排名":
            return measure.label
    match last.occasion:
        case Where(facts=(*_, fact)):
            return thing_of(fact)
        case Graded(subject=subject) if subject not in _ALL | _BY | {
            UNNAMED
        } and not _NEGATES.match(subject):
            return subject
        case _:
            return ""


def thing_of(fact: str) -> str:
    """Return the thing of a fault.

    >>> thing_of("无制度"), thing_of("制度不全")
    ('制度', '制度')
    """
    found = _THING.fullmatch(fact)
    return "" if found is None else found["what"] or found["lacks"] or ""


_COMPARED = re.compile(r"[≥≤<>＜＞]|\d(?:分钟|个?小时|秒钟?|[天日])(?:之|以)?内")


def whole_of(phrases: Sequence[str], fault: str = "") -> str:
    """Return phrases as one name: all of them, or the first where together they are a paragraph."""
    short = [phrase.strip(_MARKS) for phrase in phrases if len(phrase) <= _LONGEST]
    texts = [_KEEPS.sub("", _WORTH.sub("", phrase).strip(_MARKS)) for phrase in short]
    texts = [_SO_OFTEN.sub("", text) or text for text in texts]
    if not all(texts):
        return ""  # 有专人，1分: a part of its own
    if fault and any(_COMPARED.search(text) for text in texts):
        return ""  # 急诊报告≤30分钟, and 超时: a bound is no name
    sized = fault and all(_SIZED.search(text) or not has_number_left(text) for text in texts)
    kept = [text for text in texts if (sized or not has_number_left(text)) and text not in NONE]
    if len(kept) == len(phrases):
        return in_short(kept, fault)
    whole = [text for text in kept if not _SCOPE.search(text)] or kept
    first = next((text for text in whole if len(text) > _TITLE), "".join(kept[:1]))
    return f"{first}等" if first and len(first) < _LONGEST else ""


def in_short(texts: Sequence[str], fault: str = "") -> str:
    """Return phrases as one name, or the first that fits a fault where they are too long for one.

    >>> in_short(["布局合理", "标签整齐，" * 8, "地面清洁"], "不清洁")
    '地面清洁等'
    """
    whole = "，".join(texts)
    if len(whole) <= _LONGEST_NAME:
        return whole
    if len(texts) == 1:
        return whole if len(whole) <= _LONGEST else ""
    things = [text for text in texts if len(text) > 1 and not _HEADS.fullmatch(text)]
    things = [text for text in things if not _SCOPE.search(text)] or things
    quality = _NEGATES.sub("", fault)
    fits = [text for text in things if quality != fault and quality in text]
    first = next(iter((*fits, *things)), "")
    return f"{first}等" if first and len(first) < _LONGEST else ""


def refers(words: str) -> bool:
    """Whether some words only point at the requirement: 所列条款."""
    return _REFERS.fullmatch(words) is not None


def joined(source: str, name: str) -> str:
    """Return what a bare word says of some words; nothing where these name nothing."""
    if refers(source):
        return ""
    source = untied(source.strip(_MARKS)) if len(source) <= _MOST else ""
    if _COMPARES.match(name):  # 分级水平达到4级以上；低于4级
        source = _REACHES.sub("", source)
    happened = _HAPPENING.fullmatch(source) if name in _HAPPENS else None
    if happened is not None:
        return happened["what"] or source  # 年度压疮发生次数0, 安全事故为零: each of them
    name = f"{name}问题" if name in _HAPPENS else name
    whether = _WHETHER.fullmatch(source)
    if name in NONE:
        return _denied(source, whether, name)
    if whether is not None:
        how, source = whether["how"], whether["what"]
        name = f"{name[0]}{how}" if name[0] in "不未" and how.startswith(name[1:]) else name
    listed = _LISTS.search(_BRACKET.sub("", source))
    kept = source if listed or _UNDONE.match(name) else _without_quality(source)
    if len(kept) <= 1 or name in kept:
        return kept if len(kept) > len(name) else ""
    if name.removeprefix("有") in BREAKS:
        return _broken(kept)
    if _SAME_AGAIN.fullmatch(name) and _FAULT_ENDS.search(kept):
        return kept  # 操作规程不正确；不合格扣2分
    thing = name_of(kept)
    if _COMPARES.match(name) and not _LISTS.search(kept):
        return f"{thing or kept}{name}"
    short = 1 < len(thing) <= _SHORT_THING and not _LISTS.search(thing) and kept[-1] != "等"
    return f"{thing}{name}" if short and not _UNDONE.match(name) else f"{kept}，{name}"


def _broken(source: str) -> str:
    """Return 违反规章制度 of 爱岗敬业，遵守规章制度: what is to be kept, or all that is asked."""
    if _NOT_DONE.search(source):
        return source  # 信息联系不及时，违者扣2分
    kept = [text for text in source.split("，") if _CANCELS.match(text)]
    if not kept:
        return f"{source}，违反" if _LISTS.search(source) else f"违反{source}"
    return "违反" + "，".join(_CANCELS.sub("", text) or text for text in kept)


def says_well(words: str) -> bool:
    """Whether words say that all is well: 电线排列整齐、标识明确."""
    parts = [part for part in re.split(r"[，、]", words) if part[:1] not in {"", "无"}]
    well = all(_QUALITY.search(part) and not SAYS_WRONG.search(part) for part in parts)
    return bool(parts) and well and len(words) <= _MOST


def _without_quality(source: str) -> str:
    """Return 个人卫生 of 个人卫生良好(不留长指甲): the quality is what is lacking."""
    kept = _QUALITY.sub("", source) or source
    return _QUALITY.sub("", _BRACKET.sub("", kept)) or kept


def _denied(source: str, whether: re.Match[str] | None, name: str) -> str:
    """Return what 否 and 没有 say behind some words: 编码未填写, 无健康证明, 有预案，没有."""
    if whether is not None:
        how = whether["how"]
        no = "未" if how.startswith(tuple(DEEDS)) else "没" if how[0] == "有" else "不"
        return f"{whether['what']}{no}{how}"
    _, _, last = source.rpartition("，")
    if last.startswith(_ASKED_FOR) and len(last) > len(_ASKED_FOR) + 1:
        return last.removeprefix(_ASKED_FOR[0])  # 有无计划，无扣1分
    has = _HAS.fullmatch(source) or _HAS.fullmatch(last)
    if has is not None:
        return ("没有" if name not in {"无", "没"} else "无") + _AND_HAS.sub("", has["what"])
    if _TO_DO.match(source):
        return f"未{source}"  # 设立洗手池, 没有
    thing = len(source) <= _SHORT_THING and not _LISTS.search(source)
    if thing and len(source) > _DEED and source.endswith(tuple(DEEDS)):
        return f"{source[:-_DEED]}未{source[-_DEED:]}"  # 专柜设置，否
    if len(source) <= 1:
        return ""
    if name not in _LACKING:
        return f"{source}，{name}"
    return ("无" if thing and name == "无" else "没有") + _AND_HAS.sub("", source)
