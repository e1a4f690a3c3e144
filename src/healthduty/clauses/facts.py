"""Facts in words: a level of something, one fact, a list of which any or all have to hold.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> read_facts("无制度、无检查的")
Where(facts=('无制度', '无检查'), every=False)
>>> read_facts("资料基本完整")
Graded(subject='资料', levels=('基本完整',), linked=False, words='资料基本完整')
"""

from __future__ import annotations

import re

from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Graded, Nothing, Where
from healthduty.clauses.text.lexicon import LEVELS
from healthduty.clauses.text.numerals import chinese_number

BEGINS_FACT = re.compile(r"^(?:无|未|没有|不|缺|发生|发现|出现|存在|违反)")
"""How words begin that say by themselves what is wrong."""

VERIFIED = re.compile(
    r"(?:且|并|但)?(?:被[^,，]{0,8}?(?:投诉|举报|反映)[,，]?)?(?:被|(?:一?经)[^,，]{0,6})?"
    r"(?:(?:查证|核实|查实|认定|调查|情况|确认)?属实|(?:核实|查实|认定|调查)为?有[效责](?:的?投[诉入])?|(?:调查|核查)?(?:查实|查证|核实|确认))"
)
"""That something was looked into and is so: 经查属实, 被投诉经查实."""

BLAMED = re.compile(
    r"(?:受到?|被)[^,，]{0,12}(?:批评|通报|处罚|处分|警告|投诉|曝光|查处)"
    r"|(?:不到位|不全|不齐全?|不规范|不及时|不落实|不健全|不完整|不符合?|未完成|未落实|未执行)$"
    r"|^(?:[^,，]{0,8})?未(?:按|经|及时|建立|制定|落实|执行|履行|开展)"
)
"""What somebody is blamed for, in the cell beside bare points: 受到通报批评 | 扣4分."""
SAYS_WRONG = re.compile(
    r"过于|(?<![经通超])过[多少长短快慢]$|颠倒|潦草|敷衍|未(?!成年|婚|来)|没|无(?!障碍|菌|烟|线|偿|害化|纸化|人机)|(?<!优)缺(?!点(?:点评|评价|分析))|(?<![查补防堵])漏|(?<![按准及])不(?!少于|低于|超过|断)|违反|逾期|超期|弄虚作假|造成(?!的)|(?<!可能)发生(?!的|率|地)|出现(?!的)"
    r"|过期|失效|破损|损坏|老化|脱落|遗失|丢失|泄露|霉变|变质|积水|积尘|锈蚀|混放"
    r"|迟|错|误|瞒|虚|拒|[较性率量力]差$|低下|混乱|凌乱|脏乱|滞后|松散|流于形式|引发|引起|被(?:投诉|通报|退|曝光)"
)
"""What says somewhere in some words that something is wrong."""

_LEVEL = (
    "|".join(sorted(LEVELS, key=len, reverse=True))
    + "|[A-E]{1,3}级|[A-E甲乙丙丁一二三四](?:档|级|等|类)"
)
_LEVEL_TAIL = re.compile(
    rf"^(.*?)(被?(?:评定?为|考核为|评价为|达到|为|属于))?"
    rf"[“「]?((?:{_LEVEL})(?:[、或/和及](?:{_LEVEL})){{0,4}})[”」]?"
    r"(?:等次|等级|档次|档|级)?(?:以上)?(?:的|者)?$"
)
_ONE_LEVEL = re.compile(_LEVEL)
_ENDS = re.compile(
    r"(?:(?:(?:给予|予以|进行)|(?<![\u4e00-\u9fff]))(?:通报(?:批评)?|批评教育|警告|约谈)(?:并|且)|的|(?<![患学记老读染带愿费触死伤病])(?<!第.作)(?<!第.完成)(?<!第.获奖)(?<!第.获)者|(?<![小及按准学课工超延定限临平随])时|,|、|每项|就|(?<![细准规原法守总附通])则|即|(?<!基本)情况|一律|一次性|直接|将|(?<![反相对供回响适呼效])应|予以|给予|分别|各|(?<![平人户])均|该项|本项|此项)$"
)
_NOMINAL = re.compile(
    r"(?:(?<![患学老读染带愿费触死伤病])(?<!第.作)(?<!第.完成)(?<!第.获奖)(?<!第.获)者|的)+$"
)
_AT_ONCE = re.compile(
    r"(?:情形|情况|问题|行为|现象)?(?:同时|均|都)(?:存在|发生|出现|具备)$|(?:两者|二者)?并存$"
)
_THERE_IS = re.compile(r"^(?:凡|如|若)?(?:有|存在|出现|发生)(?!无)")
_ONE_OF = re.compile(r"(?:等)?(?:情形|情况|行为|现象|问题)?(?:中)?(?:的)?(?:之一|任一项?)$")
_MOST_ENDS = 4
_ENDS_REACH = 8
_LIST = re.compile(r"[、]|或者?(?!以[上下])|以及|及其?(?=[无未不没缺])|和(?=[无未不没缺])|,")
_NAMES = re.compile(r"[、]|和|及(?![时其格])|或者?")
_TOGETHER = re.compile(r"且|并且|又(?=[无未不没])")
_WRONG_BEHIND = re.compile(
    r"(?:未|达?不|没有|无(?!障碍|菌|烟|线)|缺|(?<![查补防堵])漏)[^、]*$|(?:超标|超限|过期|失效|破损|损坏|老化|偏低|偏高|滞后|混乱)的?$"
)
_ACTS = (
    "设置|设立|设(?![备施计])|建立|配备|配置|制定|制订|开展|组织|落实|填写|描述|记录|公示|公开|签订|提供|执行|完成"
    "|张贴|安装|明确|体现|参加|召开|报送|上报|安排|进行|悬挂|使用|掌握|登记|书写"
)
_ACT = re.compile(_ACTS)
_WRONG_BEFORE = re.compile(
    rf"^(?P<no>未|不|没有|无|缺少?|漏)(?:按[时期要求规定]{{1,3}})?"
    rf"(?:{_ACTS}|[解戴穿洗剪脱贴填写签测量](?=[^,，、]{{2}}))?"
)
_WRONG_INSIDE = re.compile(
    rf"^(?P<no>[^,，、]{{1,12}}?(?:没有|未|无(?!障碍|菌|烟|线|偿|害|纸|人机)))"
    rf"(?!(?:{_ACTS})$)(?:{_ACTS})?(?=[^,，、]{{2,}}$)"
)
_ONE_RANK = (
    r"(?:国际|国家|中央|全国|部|自治区|我?省|全省|市|全市|州|县|全县|区|乡镇?|镇|街道|旗|科|院|校|厅"
    r"|局)(?:级(?:及?以上)?)?"
)
_RANKS = re.compile(
    rf"(?P<lead>[^、，,]{{0,20}}?)(?P<ranks>{_ONE_RANK}(?:[、/]{_ONE_RANK}){{0,5}}"
    rf"(?:[、/]|和|及|或){_ONE_RANK})(?P<tail>[^、，,或]{{2,30}}(?:或[^、，,]{{1,16}})?)"
)
"""A list of ranks of one thing, and what stands around it: 在国家、省、市级会议上交流."""
_CLASS = "[特一二三四五\u2160-\u2163甲乙丙丁金银铜轻中重A-D]"
_CLASSES = re.compile(
    rf"(?P<lead>[^、，,]{{0,30}}?)(?P<ranks>{_CLASS}(?:(?:[、/]|和|及|或){_CLASS}){{1,5}})"
    r"(?P<tail>(?:等奖|[级类名度期档型奖等])[^、，,]{0,30})"
)
_BETWEEN_RANKS = re.compile(r"[、/]|和|及|或")
_DEGREES = "特别重大|特大|重特大|重大|较大|一般|严重|较重|轻微|轻度|中度|重度|极重度|普通"
_DEGREED = re.compile(
    rf"(?P<lead>[^,，、]{{0,12}}?)(?P<degree>{_DEGREES})的?"
    r"(?P<of>[^,，、]{0,12}(?:事故|事件|案件|差错|缺陷|过错|疫情|灾害|隐患|纠纷|损害|伤害|残疾|反应))"
)
"""What happened, and how grave it was: 一般医疗事故."""
_DEGREE = re.compile(rf"(?P<degree>{_DEGREES})的?(?P<of>[^,，、]{{0,12}})")
_PRIZE = re.compile(r"(?:[特一二三四]等|优秀|[金银铜])奖$")
_PUBLISHED = ("发表", "刊登", "刊发", "采用", "录用")
_RANKED = re.compile(
    r"^(?P<lead>[^、，,]{0,16}?)(?P<rank>(?:国家|中央|部|省[部厅]?|省市|市厅?|地市|厅局?|州|县处|县区?|区县?|乡镇?|镇|街道|院|局|校|厅|处|科|[甲乙丙])"
    r"级(?:及其?以上|以上)?|国家|全国|中央|全省|全市|全县"
    r"|(?:[一二三四ⅠⅡⅢⅣ]|[1-9])级(?:及?以[上下])?(?!(?:综合|专科|公立)?医院|医疗机构)|[轻中重]度)(?P<tail>[^、，,]{0,30})$"
)
_TOO_MUCH = re.compile(
    r"过[度多大小少长短高低快慢早晚深浅强弱重轻猛]"
    r"|[太偏][多大小少长短高低快慢早晚深浅强弱重轻]|不足|不够"
)
"""What says that there is too much or too little of something: 气量不足或过大."""
_SPOILT = re.compile(r"污染|浪费|碰撞|碰翻|损坏|掉落|跌落|遗漏|混淆|违[反规]")
"""What was done to a thing, before it: 污染无菌区."""
_COMPARES = re.compile(r"低于|高于|少于|超过|超出|不足|下降|上升")
_OWN_FAULT = re.compile(r"[^未没无不缺]{2,10}(?:未|没有)(?!来|婚|成年).")
NTH_DOER = re.compile(r"第[一二三四五六\d](?:完成|获奖?|主持|参与|承担|作|负责)[者人]")
"""Who did something with others: 第二完成者."""
_THERE_INSIDE = re.compile(r"[^,，、未没无不]{2,12}?有(?=[^,，、有]{1,6}$)")
_THING = 6
_HAPPENS = re.compile(r"^(?:发生|出现)")
_PEOPLE = r"(?:党员|积极分子|干部|职工|儿童|妇女|孕产妇|老年人|居民|学生|高血压|糖尿病|结核病)"
_WHOSE = re.compile(rf"{_PEOPLE}$")
_WHOSE_PAPERS = re.compile(
    rf"{_PEOPLE}(?P<paper>(?:患者|学习|管理|健康|培训|随访){{0,2}}"
    r"(?:台账|台帐|档案|记录|资料|名单|名册|花名册|登记[簿本册表]|清单))$"
)
_BUT = re.compile(r"^[^、，,]{1,20}[、，,]?但是?(?=.)")
_GOVERNS = re.compile(r"(?:未|没有|不)(?:能)?(?:以|由|经|向|为|给|将|对)")
_OF_TWO = re.compile(r"(?<=的)(?:以?及|和|或者?)(?=[^,，、]{4,}$)")
"""What ties two cases that each end with 的: 进行交流的及受到表彰的."""
_EITHER = re.compile(r"或者?(?!以[上下])")
_DENIES = re.compile(r"(?:未|不|没有?|无)(?:能|得到)?$")
_SO_MANY = re.compile(
    r"(?<=.)(?:等|这|共)?(\d{1,2}|[二两三四五六七八九十]{1,2})"
    r"(?:项|个|方面|部分|类|条|点)+(?:内容|工作|要求)?$"
)
_ORDINAL = r"[\d一二三四五六七八九十]{1,3}"
_ITEMS = re.compile(rf"第(?P<numbers>{_ORDINAL}(?:[、,和及]第?{_ORDINAL}){{1,6}})项")
_ANY = re.compile(r"(?:凡|如|若)?(?:检查)?(?:发现)?(?:有)?(?:任[何意]?(?:[1一][项个处条])?)?")
"""What says of a level only that it was found: 发现不合格, 任一项不合格."""
_IF = re.compile(
    r"^(?:凡是?(?!士林)|若(?!干)|如果|如(?![实期厕下此何数约常意愿同法上前後后])|倘若|假如|一旦)(?=..)"
)
_SHORTEST = 4
_RUN_ON = 3  # so many members say that a run is a list
_MOST = 200
"""Longer words are a paragraph, not a fact."""
_UNREACHED = re.compile(r"(?:未|没有?|不)(?:能)?(?:达到?|符合|满足)(?:要求|标准|规定)|未能?完成")


def trimmed(words: str) -> str:
    """Return words without what only ties them to the points: 的, 者, 一律, 予以."""
    for _ in range(_MOST_ENDS):
        tail = _ENDS.search(words[-_ENDS_REACH:])
        if tail is None:
            break
        words = words[: len(words) - len(tail.group())]
    return words


def unreached(words: str) -> str:
    """Return 未达到要求 where it is all that is said of a case; it names nothing otherwise."""
    fact = trimmed(words)
    return fact if _UNREACHED.fullmatch(fact) else ""


def untied(words: str) -> str:
    """Return words without 的 around them and 者 behind, which 患者 and 感染者 keep.

    >>> untied("未登记者"), untied("的门诊患者")
    ('未登记', '门诊患者')
    """
    return _NOMINAL.sub("", words.strip("的"))


def without_if(words: str) -> str:
    """Return words without the 如, 若 or 凡 that leads up to a case.

    >>> without_if("如发生"), without_if("如实填写")
    ('发生', '如实填写')
    """
    return _IF.sub("", words)


def read_facts(words: str) -> Graded | Where | Nothing | None:
    """Read `level | fact (list fact)*`; None where the words are too many for a fact."""
    if len(words) > _MOST:
        return None
    fact = _IF.sub("", trimmed(words.strip(",，;；:：、的")))
    either = _either_of(fact)
    if either:
        return Where(either)
    if not fact:
        return Nothing()
    every = _all_of(fact)
    if every:
        return Where(every, every=True)
    if NTH_DOER.fullmatch(fact):
        return Where((fact,))
    level = _LEVEL_TAIL.match(fact)
    denied = level is not None and _DENIES.search(level.group(1))  # 不落实
    if level is not None and not denied and not re.search(r"[、,或]", level.group(1)):
        levels = tuple(_ONE_LEVEL.findall(level.group(3)))
        linked = bool(level.group(2))
        subject = "" if _ANY.fullmatch(level.group(1)) else name_of(level.group(1))
        return Graded(subject, levels, linked=linked, words=fact)
    return Where(_listed(fact))


def _either_of(words: str) -> tuple[str, ...]:
    """Split a list of which one is enough: 有缺报、迟报、漏报情形之一的."""
    listed = _ONE_OF.sub("", words)
    parts = [part.strip("、,的") for part in _LIST.split(_THERE_IS.sub("", listed))]
    several = listed != words and len(parts) > 1 and min(map(len, parts)) > 1
    return tuple(parts) if several else ()


def _all_of(words: str) -> tuple[str, ...]:
    """Split facts that have to hold together: 无培训且无考核, 既无制度又无记录."""
    both = _AT_ONCE.sub("", words)
    between = _LIST if both != words else _TOGETHER  # 迟报、漏报同时存在
    parts = [part.strip("、,，的") for part in between.split(both.removeprefix("既"))]
    return tuple(parts) if len(parts) > 1 and all(len(part) > 1 for part in parts) else ()


def _listed(words: str) -> tuple[str, ...]:
    """Split a list of facts where each member says by itself what is wrong."""
    parts = [part for part in (each.strip("、,和及或的") for each in _LIST.split(words)) if part]
    first, *others = parts or [words]
    if others and BEGINS_FACT.match(first) and all(map(_is_fault, others)):
        return tuple(parts)
    either = [part.strip("、,和及的") for part in _EITHER.split(words)]
    both = [part.strip("的") for part in _OF_TWO.split(words)]
    if len(both) > 1 and min(map(len, both)) >= _SHORTEST:
        return tuple(both)
    governed = _GOVERNS.match(words) and not SAYS_WRONG.search(either[-1])  # 未以甲或乙名义
    long = not governed and min(map(len, either)) >= _SHORTEST
    wrong = all(SAYS_WRONG.search(part) for part in either)  # 未设立委员会或小组 is one fact
    if len(either) > 1 and BEGINS_FACT.match(words) and long and wrong:
        return tuple(either)  # 未配备急救箱或箱内药品过期
    return (words,)


def _is_fault(words: str) -> bool:
    """Whether a member of a list says by itself what is wrong: 大班未测视力, not 不合格品台账."""
    return BEGINS_FACT.match(words) is not None or _OWN_FAULT.match(words) is not None


def names_in(words: str) -> tuple[str, ...]:
    """Split a list of names: 甲、乙和丙."""
    ranked = _of_ranks(words)
    if ranked:
        return ranked
    parts = without_number(tuple(part for part in _NAMES.split(words) if part))
    first, *others = parts or (words,)
    verb = _HAPPENS.match(first)
    if verb is None or any(_HAPPENS.match(other) for other in others):
        return (first, *others)
    return (first, *(verb.group() + other for other in others))  # 发生治安案件、刑事案件


def without_number(names: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out how many a list has: 制度、人员、经费三项."""
    counted = _SO_MANY.search(names[-1]) if names else None
    numeral = "" if counted is None else counted.group(1)
    number = int(numeral) if numeral.isdecimal() else int(chinese_number(numeral or "半"))
    if counted is None or number != len(names):
        return names
    return (*names[:-1], names[-1][: counted.start()])


def same_rank(named: str, other: str) -> str | None:
    """Return a rank in the words that another stands in; None where these are no ranks.

    >>> same_rank("获国家级表彰", "省级"), same_rank("获国家级表彰", "省级表彰")
    ('获省级表彰', '获省级表彰')
    >>> same_rank("获省科技进步一等奖", "二等奖")
    '获省科技进步二等奖'
    """
    prize = _PRIZE.search(named) if _PRIZE.fullmatch(other) else None
    if prize is not None:
        return named[: prize.start()] + other
    degree = _DEGREE.fullmatch(other)
    graded = _DEGREED.fullmatch(named) if degree is not None else None
    if degree is not None and graded is not None:
        alike = graded["degree"] != degree["degree"] and graded["of"].endswith(degree["of"])
        return f"{graded['lead']}{degree['degree']}{graded['of']}" if alike else None
    of, rank = _RANKED.match(named), _RANKED.match(other)
    if of is None or rank is None or of["rank"] == rank["rank"] or rank["lead"]:
        return None
    published = rank["tail"] and of["tail"].removeprefix(rank["tail"]).startswith(_PUBLISHED)
    if rank["tail"] not in {"", of["tail"]} and not published:
        return None  # 在国家级刊物发表论文, 省级刊物
    later = _PRIZE.search(of["tail"]) if not rank["tail"] else None
    if later is not None and not later.group().startswith(("特", "一", "金")):
        return f"{of['lead']}{rank['rank']}{of['tail'][: later.start()]}奖"  # …、二等奖，市级
    return f"{of['lead']}{rank['rank']}{of['tail']}"


def _of_ranks(words: str) -> tuple[str, ...]:
    """Give each of a list of ranks what stands around it: 受到国家、省、市级表彰; 获一、二等奖."""
    found = _RANKS.fullmatch(words) or _CLASSES.fullmatch(words)
    if found is None:
        return ()
    ranks = _BETWEEN_RANKS.split(found["ranks"])
    level = "级" if "级" in ranks[-1] else ""
    whole = (rank if level in rank else rank + level for rank in ranks)
    return tuple(f"{found['lead']}{rank}{found['tail']}" for rank in whole)


def _negated(lead: re.Match[str], part: str) -> str:
    """Return a part with the 未 before the list, unless it compares or negates by itself.

    未设置标识、护栏: the verb holds for both; 未设置标识、开展演练: only 未 does.
    """
    if SAYS_WRONG.search(part) or _COMPARES.search(part):
        return part
    return (lead["no"] if _ACT.match(part) else lead.group()) + part


def _led_inside(parts: tuple[str, ...]) -> tuple[str, ...] | None:
    """Split 水杯、毛巾未消毒或定期更换: of all that is named, each of what was not done.

    None where no member but the first begins what is wrong, or where one of the others does too.
    """
    found = ((at, _WRONG_INSIDE.match(part)) for at, part in enumerate(parts))
    at, lead = next(((at, match) for at, match in found if match is not None), (0, None))
    if not at or lead is None or any(SAYS_WRONG.search(part) for part in parts[at + 1 :]):
        return None
    of_all = "、".join((*parts[:at], lead["no"]))
    return ("、".join(parts[: at + 1]), *(of_all + part for part in parts[at + 1 :]))


def _there_is(parts: tuple[str, ...]) -> tuple[str, ...] | None:
    """Split 厕所、便池有尿垢、臭味: of all the places, each of what is there."""
    at = next((at for at, part in enumerate(parts) if _THERE_INSIDE.match(part)), None)
    if at is None or any("有" in part or len(part) > _THING for part in parts[at + 1 :]):
        return None
    found = _THERE_INSIDE.match(parts[at])
    if found is None or any(len(part) > _THING for part in parts[:at]):
        return None
    if at + 1 == len(parts):  # 地面、墙面有灰尘
        return (*(part + parts[at][found.end() - 1 :] for part in parts[:at]), parts[at])
    of_all = "、".join((*parts[:at], found.group()))
    return ("、".join(parts[: at + 1]), *(of_all + part for part in parts[at + 1 :]))


def _says_wrong(part: str) -> bool:
    said = SAYS_WRONG.search(part) or _TOO_MUCH.search(part) or _SPOILT.match(part)
    return said is not None


def _of_one_head(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Give each of a list what it is about: 位置靠左、右、上; 气量不足或过大.

    >>> _of_one_head(("位置靠左", "右", "上")), _of_one_head(("气量不足", "过大"))
    (('位置靠左', '位置靠右', '位置靠上'), ('气量不足', '气量过大'))
    """
    first, *others = parts
    much = _TOO_MUCH.search(first)
    if others and len(first) > 1 and max(map(len, others)) == 1:
        return (first, *(first[:-1] + other for other in others))
    if much is not None and much.start() > 1 and all(map(_TOO_MUCH.fullmatch, others)):
        return (first, *(first[: much.start()] + other for other in others))
    return parts


def _of_one_paper(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return 党员学习记录 for 党员 before 干部学习记录: whose papers they are."""
    found = _WHOSE_PAPERS.search(parts[-1])
    if found is None:
        return parts
    return tuple(f"{part}{found['paper']}" if _WHOSE.search(part) else part for part in parts)


def _run_on(words: str) -> tuple[str, ...]:
    """Split 怕脏怕累怕麻烦, whose members begin alike and have no mark between them."""
    parts = re.split(f"(?={re.escape(words[:1])})", words)[1:]
    several = len(parts) >= _RUN_ON and all(1 < len(part) <= _SHORTEST for part in parts)
    return tuple(parts) if several else (words,)


def facts_in(words: str) -> tuple[str, ...]:
    """Split 计划、总结未上报 for 各扣: what is said before or behind the list holds for each.

    >>> facts_in("计划、总结未上报"), facts_in("无计划、总结")
    (('计划未上报', '总结未上报'), ('无计划', '无总结'))
    """
    words = _BUT.sub(
        "", words
    )  # 设立宣传栏、但内容不符合要求或未更新各扣: only what follows is wrong
    items = _ITEMS.match(words)
    if items is not None:  # 第1、2项不符合要求各扣1分
        numbers = re.split(r"[、,和及]", items["numbers"])
        return tuple(f"第{number}项{words[items.end() :]}" for number in numbers)
    first, *others = _of_one_head(names_in(words) or (words,))
    if not others:
        return _run_on(words)
    behind = _WRONG_BEHIND.search(others[-1])
    if behind is not None and behind.start() > 0:
        lacking = (first, *others[:-1])  # 计划、总结未上报; 态度不好 says by itself what is wrong
        return (
            *(part if _says_wrong(part) else part + behind.group() for part in lacking),
            others[-1],
        )
    there = _there_is((first, *others)) if behind is None else None
    if there is not None:
        return there
    first, *others = _of_one_paper((first, *others))
    before = _WRONG_BEFORE.match(first) or _WRONG_INSIDE.match(first)
    led = None if before is not None or behind is not None else _led_inside((first, *others))
    if led is not None:
        return led
    if before is not None and behind is None:
        return (first, *(_negated(before, part) for part in others))
    return (first, *others)
