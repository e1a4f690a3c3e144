"""What a quantity is held against where no number stands: last year's, the approved one.

门诊人次比上年每下降1% counts steps below 上年门诊人次; 超过核定床位数的，每超1张 counts steps above
核定床位数. Such a number comes with the record.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 14.

>>> compared_in("门诊人次比上年"), compared_in("超过核定床位数的")
(('门诊人次', '上年'), ('', '核定床位数'))
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.context import Context
from healthduty.clauses.names.goal_names import led_by_group, rates_in
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Graded, Held, Occasion, Steps, Where
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Bounds, Tokens, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import AnyBand, Band, Bands, rule_measures
from healthduty.rules.threshold import Given

_OTHER = (
    r"(?P<other>上一?年度?(?:同期)?|去年(?:同期)?|往年(?:同期)?|上一?年同期|上期|上一?个?月(?:同期)?"
    r"|上一?个?季度|前[一二两三四五1-5]年(?:平均)?|(?:全[省市县区国]|[省市县区]级?)(?:平均|均)?|同级(?:医院|机构)?平均)"
    r"(?:同期)?的?(?:平均|实际)?(?:水平|值|数|线)?"
)
_APPROVED = (
    r"(?P<approved>(?:(?:上级|[省市县区](?:级|局|政府)?)下达|核定|核准|规定|批准|批复|编制|定额"
    r"|限定|计划|下达)的?[^,，、的\d]{0,8}?|(?:年度|年初|批复)?预算|(?:序时|时序)进度)"
)
_BESIDE = re.compile(
    rf"(?P<name>.*?)(?:与|同|和|较|比|跟){_OTHER}(?:相比较?|比较?|对比|相比)?(?P<way>[^,，]{{0,6}})"
)
_BESIDE_ALONE = re.compile(rf"(?:与|同|和|较|比|跟){_OTHER}(?:相比较?|比较?|对比)?[,，]?$")
_AS_STANDARD = re.compile(
    rf"(?P<name>.*?)(?:以|在){_OTHER}(?:为(?:考核)?(?:标准|基数|基准|准)值?|的?基[础数]之?上)"
)
_PASSES = re.compile(
    rf"(?P<name>.*?)(?<![不得能])(?:低于|高于|超过|超出|超(?=预算)|少于|多于|大于|小于|突破|未完成|(?:未|达不)?达?到(?=序时|时序)|未达到?|达不到|于)(?:{_OTHER}|{_APPROVED})"
    r"(?:要求|标准)?(?:的|者|,)*"
)
_PASSES_OTHERS = re.compile(rf".{{0,20}}?(?<![不得能])(?:低于|高于|超过|超出|少于|多于){_OTHER}")
_REACHES = re.compile(
    rf"(?P<name>.*?)(?:不低于|(?:达到|高于|大于|优于)(?:[或、及](?:等于|高于|超过|达到|优于))?|等于[或、](?:高于|大于)|≥)"
    rf"{_OTHER}(?:要求|标准)?(?:的|者|,)*"
)
"""At least as good as the others, which a fact says before what is lost below them."""
OF_THEM = re.compile(
    r"(?:[低高少大小]于|不低于|不足|未?达到|达不到)(?:[或、](?:等于|高于|低于|超过|达到))?"
    r"(?:该|此|这一)?(?:平均|基准|参考)(?:值|水平|数|线)?(?:的|者)*"
)
"""The others that were named before: 以全县平均值为基准，低于平均值的."""
_OF_STANDARD = re.compile(
    r"(?:低于|高于|超过|超出|等于|达到|符合|未达到?)(?:或(?:等于|达到))?(?:标准|目标|规定|要求|控制|参考)(?:值|线|范围|数)"
)
_HELD = re.compile(
    r"(?P<what>[^,，、]{2,20}?)(?P<deed>召开|开展|落实|执行|上报|报送|完成|使用|公示|整改|到位)情况"
)
_LOOKS = re.compile(r"^(?:查看|检查|考核|核查|了解)")
_SAME_TIME = re.compile(r"(?P<name>.*?)(?P<word>同比|环比)(?P<way>[^,，]{0,6})")
_YEARLY = re.compile(
    r"(?P<name>.{2,}?)(?:逐年|逐步|稳步|持续|不断)(?:提高|上升|增长|提升|增加|下降|降低|减少|缩短|压缩)"
)
_SHORT = {"同比": "上年同期", "环比": "上期"}
_WAY = re.compile(
    r"(?:有所|出现|均|逐[年步]|稳步|持续)?(?:持平|零增长|下降|上升|增长|减少|增加|降低|提高|提升|缩短|延长|上涨|变化|情况)?"
    r"(?:的|者|,)*"
)
_ONLY_WAY = re.compile(
    r"(?:同比|环比)?(?:仍|没有|未|有所)?(?:持平|下降|上升|增长|减少|增加|降低|提高|负增长|零增长)"
    r"(?:率|幅度)?|(?:同比|年)?(?:[增降]幅|增速)"
)
_ENDS_WAY = re.compile(r"(?P<name>.{2,}?)(?:持平|下降|上升|增长|减少|增加|降低|提高)")
_FALLEN = re.compile(r"(?:同比|环比)?(?:下降|减少|降低|负增长)")
_TURN = re.compile(
    r"(?:同比|环比|反而|[,，])?(?:(?:不升)?反?(?:下降|减少|降低|回落)|不[升增]反[降减]|负增长"
    r"|(?P<up>(?:不降)?反?(?:上升|增长|增加|提高|上涨)|不[降减]反[升增]))"
)
_STAYED = re.compile(
    r"(?:没有|未)(?:有所)?(?:(?P<up>上升|增长|增加|提高|上涨)|下降|减少|降低|回落)(?:的|者)*"
)
"""没有下降 behind bands over a fall: it is none at all, or a rise."""
_LEVEL = re.compile(
    r"(?:与?(?:上年|去年|上一年)度?(?:同期)?(?:相比)?)?(?:基本)?(?:持平|零增长|不变|无变化)"
    r"(?:(?:或者?|及|和|、)(?=.))?"
)
_ITS_WAY = re.compile(r"(?:(?P<up>上升|增长|增加|提高|上涨)|下降|减少|降低|回落)(?:率|幅度|比例)?$")
_NOT_YET = re.compile(r"(?:不|未)(?:[高低大小少多]|超过?)?$")
_AGAINST = re.compile(rf"(?:于)?(?:{_OTHER}|{_APPROVED})(?:要求|标准)?")
_RATE_ENDS = ("率", "比例", "占比", "比重", "水平", "度", "面", "幅")
_WHOLE = re.compile(
    r"(?:序时|时序)进度|(?:核定|核准|规定|批准|批复|编制|定额|限定|计划|下达)的?[^的]{2,}"
)
_DONE = re.compile(r"(?:责任|目标|任务)*(?:指标|任务)?完成(?:情况)?$")
_BRACKET = re.compile(r"[（(][^（()）]{1,30}[)）]$")
_PASSING = re.compile(r"(?:低于|高于|超出|超过|少于|多于|大于|小于|未超过?|未低于)(?=.{2,})")
_QUANTITIES = re.compile(
    r"(?:率|比例|占比|数|量|人次|费用?|金额|日|天数|时间|分|值|成本|支出|收入|面积)$"
)
_LONGEST_QUANTITY = 16
_LONGEST = 60
_NEAR = 2


def is_compared(words: str) -> bool:
    """Whether words between 每低于 and a number say with what is compared: 全市平均水平."""
    return _AGAINST.fullmatch(words) is not None


def compared_in(words: str) -> tuple[str, str] | None:
    """Return the quantity before a comparison, and what it is compared with; None without one."""
    if len(words) > _LONGEST:
        return None
    for pattern in (_BESIDE, _AS_STANDARD, _REACHES, _PASSES):
        found = pattern.fullmatch(words)
        if found is None or not _WAY.fullmatch(found.groupdict().get("way") or ""):
            continue
        with_what = found["other"] or found.groupdict().get("approved") or ""
        return name_of(_NOT_YET.sub("", found["name"])), with_what.strip("的")
    same = _SAME_TIME.fullmatch(words)
    if same is None or not _WAY.fullmatch(same["way"]):
        return None
    return name_of(same["name"]), _SHORT[same["word"]]


def compared_of_them(fact: str) -> tuple[str, str] | None:
    """Return the quantity and what it is compared with, which the words before may say.

    >>> compared_of_them("以全县平均值为基准，低于平均值")
    ('', '全县平均')
    """
    *leads, said = fact.split("，")
    own = compared_in(said)
    if own is not None or not OF_THEM.fullmatch(said):
        return own
    return next((named for lead in leads if (named := compared_in(lead)) is not None), None)


def hold_compared(
    context: Context, subject: str, against: str, *, below: bool | None, unit: str
) -> list[int]:
    """Hold the goals of steps away from what comes with the record; none where nothing is named.

    Of each of several: 门诊人次、住院人次较上年每下降1%. The comparison stands before 每
    (`subject`), behind it (`against`), in the words before the comma, or in the requirement's cell.
    """
    found = _found(context, subject, against)
    if found is None or below is None:
        return []
    names, other = rates_in(_DONE.sub("", found[0])), found[1]
    held = [_hold(context, name, other, below=below, unit=unit) for name in names]
    return [] if None in held else [index for index in held if index is not None]


def _hold(context: Context, name: str, other: str, *, below: bool, unit: str) -> int | None:
    """Hold the goal of one quantity; None where it has no name, or not this unit."""
    if not name:
        return None
    rate = _BRACKET.sub("", name).endswith(_RATE_ENDS)
    if unit != "%" and rate:
        return None
    given = Given(other if _WHOLE.search(other) else other + name)
    kept = ("%" if rate else "") if unit == "%" else unit
    if below:
        return context.hold_goal(name, Bounds(low=given, unit=kept))
    return context.hold_goal(name, Bounds(high=given, high_in=True, unit=kept))


def with_quantity(context: Context, occasion: Occasion) -> Occasion:
    """Give 低于全市平均水平, 同比下降 and 持平 the quantity that they leave out.

    次均费用低于上年得5分，持平得3分: 次均费用持平. Behind bands over growth, 下降 is less than 0.
    """
    if isinstance(occasion, Held):
        own = compared_in(occasion.subject)
        lacks = own is not None and not own[0]  # 高于全市平均水平5%以上
        name = (_name_before(context) if lacks else "") + occasion.subject
        name = led_by_group(changed(context, name), _banded_before(context))
        return occasion if name == occasion.subject else attrs.evolve(occasion, subject=name)
    if isinstance(occasion, Graded):
        return _looked_at(context, occasion.words) or occasion
    if not isinstance(occasion, Where) or len(occasion.facts) > 1:
        return occasion
    fact = occasion.facts[0]
    if _OF_STANDARD.fullmatch(fact) and not context.goals and len(context.earlier) == 1:
        return Where((context.earlier[0].strip("的情况") + fact,))
    looked = _looked_at(context, fact) or _of_nearby(context, fact)
    if looked is not None:
        return looked
    turned = _turned(context, fact)
    if turned is not None:
        return turned
    own = compared_in(fact)
    if not (_ONLY_WAY.fullmatch(fact) or (own is not None and not own[0])):
        return occasion
    if _over_growth(context) and _FALLEN.fullmatch(fact):
        return Held("", Bounds(high=Fraction(0), unit="%"))
    name = _name_before(context)
    ends = _ENDS_WAY.fullmatch(name)  # 剖宫产率下降 is asked: 剖宫产率持平
    name = name if ends is None else ends["name"]
    return Where((name + fact,)) if name and name not in fact else occasion


def _turned(context: Context, fact: str) -> Held | None:
    """Return 不降反升 behind 下降不足3%扣1分 as a fall of less than 0: it went the other way.

    持平 is a change from 0 on, 持平或下降 behind a growth one of 0 or less.
    """
    measure = _changing(context)
    way = None if measure is None else _ITS_WAY.search(measure.label)
    if measure is None or way is None:
        return None
    stayed = _STAYED.fullmatch(fact)
    if stayed is not None and (stayed["up"] is None) is (way["up"] is None):
        _begin_above_none(context, stayed)
        return Held(measure.label, Bounds(high=Fraction(0), high_in=True, unit=measure.unit))
    level = _LEVEL.match(fact)
    if level is not None and level.end() == len(fact):
        _begin_above_none(context, level)
        return Held(measure.label, Bounds(low=Fraction(0), unit=measure.unit))
    turn = _TURN.fullmatch(fact, 0 if level is None else level.end())
    if turn is None or (way["up"] is None) is (turn["up"] is None):
        return None
    _begin_above_none(context, level)
    return Held(
        measure.label, Bounds(high=Fraction(0), high_in=level is not None, unit=measure.unit)
    )


def _changing(context: Context) -> Measure | None:
    """Return the quantity that the rule right before is about, None where there is none."""
    last = context.last()
    if last is None or not (isinstance(last.rule, Bands) or last.sentence == context.sentence):
        return None
    found = map(context.quantities.known, rule_measures(last.rule))
    return next((one for one in found if one and one.kind is not MeasureKind.FLAG), None)


def _begin_above_none(context: Context, level: re.Match[str] | None) -> None:
    """Let 下降0.5%以内 begin behind 0, of which 持平 speaks."""
    last = context.last()
    if level is None or last is None or not isinstance(last.rule, Bands):
        return
    if last.rule.effect is Effect.EARN:
        last.rule = attrs.evolve(last.rule, bands=tuple(map(_above_none, last.rule.bands)))


def _above_none(band: AnyBand) -> AnyBand:
    """Return a band of 下降0.5%以内 without 0, of which 持平 speaks."""
    if not isinstance(band, Band) or band.low is not None or band.high == 0:
        return band
    return attrs.evolve(band, low=Fraction(0), low_in=False)


def _of_nearby(context: Context, fact: str) -> Where | None:
    """Return 平均住院日低于标准 for 低于标准, behind 平均住院日 or a fact about it; else None."""
    if not _PASSING.match(fact) or compared_in(fact) is not None:
        return None
    for before in context.said_facts()[-1:]:
        at = _PASSING.search(before)
        if at is not None and 1 < at.start() <= _LONGEST_QUANTITY:
            return Where((before[: at.start()] + fact,))
    words = context.last_waiting()
    named = name_of(words)
    short = 1 < len(named) <= _LONGEST_QUANTITY and not any(mark in named for mark in "、，,")
    if not short or not _QUANTITIES.search(named):
        return None
    context.use_pending()
    return Where((named + fact,))


def _looked_at(context: Context, fact: str) -> Where | None:
    """Return 例会按时召开 for 按时召开, behind 例会召开情况; None where nothing says so."""
    for held in context.heard[-_NEAR:]:
        topic = _HELD.fullmatch(words_of(held.tokens, context.plain).strip("的"))
        what = "" if topic is None else _LOOKS.sub("", topic["what"]).rstrip("的")
        if topic is not None and what and what not in fact and fact.endswith(topic["deed"]):
            context.explain(held, "what is looked at")
            return Where((what + fact,))
    return None


def changed(context: Context, way: str) -> str:
    """Return 肇事率下降 for 下降, of 考核肇事率下降情况 before it; other names as they are."""
    if not _ONLY_WAY.fullmatch(way):
        return way
    for held in reversed(context.pending[-_NEAR:]):
        name = name_of(words_of(held.tokens, context.plain)).removeprefix("考核")
        if name.endswith(way) and name != way:
            context.reclaim(held, Taken.RULE)
            return name
    before = _banded_before(context)
    if before.endswith(way):
        return before  # 人次较上年增长10%得3分，增长5%～10%得2分
    asked = context.goals[-1].name if context.goals else ""
    if asked.endswith(way) and asked != way:
        return asked  # 次均费用较上年增幅≤5%得满分，增幅超过10%不得分
    topic = "" if context.asked[1:] else _unchanged(context.topic)
    return topic if topic.endswith(way) else f"{topic}{way}"


def change_reached(context: Context, tokens: Tokens, step: Steps) -> Steps | Held:
    """Return 就诊率较上年提高3个百分点 of 得2分 as a change that is reached, and no step of it."""
    kinds = [token.kind for token in tokens]
    if not step.unsaid or Kind.NUMBER not in kinds:
        return step
    name = name_of(words_of(tokens[: kinds.index(Kind.NUMBER)], context.plain))
    again = name and _banded_before(context).endswith(name)  # …提高1个百分点得2分，提高0.5个
    if Kind.GROWTH not in kinds and not again:
        return step
    least = Bounds(step.step, step.step, high_in=True, unit=step.unit, bare=True)
    return Held(changed(context, name), least)


def _banded_before(context: Context) -> str:
    """Return what the bands of this sentence before are over; nothing where there are none."""
    last = context.last()
    rule = None if last is None or last.sentence != context.sentence else last.rule
    measure = context.quantities.known(rule.measure) if isinstance(rule, Bands) else None
    return "" if measure is None else measure.label


def _compared_before(context: Context) -> str:
    """Return what the last rule held against last year's, or the like; nothing for others."""
    last = context.last()
    goals = [context.goals[index] for index in (() if last is None else last.goals)]
    return next((goal.name for goal in goals if isinstance(goal.target, Given)), "")


def _over_growth(context: Context) -> bool:
    """Whether the rule before is bands over growth."""
    last = context.last()
    rule = None if last is None else last.rule
    measure = context.quantities.known(rule.measure) if isinstance(rule, Bands) else None
    return measure is not None and measure.kind is MeasureKind.GROWTH


def _name_before(context: Context) -> str:
    """Return the quantity that the fact before was about, or the one that is asked about."""
    last = context.last()
    before = None if last is None else last.occasion
    if isinstance(before, Where):
        own = compared_in(before.facts[0])
        if own is not None and own[0]:
            return own[0]
        ends = _ENDS_WAY.fullmatch(before.facts[0])
        if ends is not None:
            return ends["name"]
    asked = compared_in(context.topic) if context.topic else None
    topic = "" if context.asked[1:] else (asked[0] if asked else name_of(context.topic))
    return context.subject or topic or _banded_before(context) or _compared_before(context)


def goes_from_others(context: Context, subject: str) -> bool:
    """Whether 高于上年的 or 与上年比 stands right before, so that no number required is meant."""
    words = context.last_waiting()
    if _PASSES_OTHERS.fullmatch(words) is not None:
        return True
    return any(_BESIDE_ALONE.match(each) is not None for each in (subject, words))


def _found(context: Context, subject: str, against: str) -> tuple[str, str] | None:
    """Return the quantity and what it is compared with, where the words around steps say it."""
    last = context.goals[-1].name if context.goals else ""
    waiting = name_of(context.last_waiting())  # 收入占比逐年提高，较上年每下降1%
    waiting = waiting if compared_in(context.last_waiting()) is None else ""
    topic = _unchanged(context.topic)
    named = subject or context.subject or _unchanged(last) or topic
    inner = _AGAINST.fullmatch(against)
    if inner is not None:
        return named, (inner["other"] or inner["approved"]).removesuffix("的")
    own = compared_in(subject)
    if own is not None:
        if waiting and not own[0]:
            context.use_pending()
        name = own[0] or context.subject or waiting or topic or _unchanged(last)
        return name or _name_before(context), own[1]
    for held in reversed(context.pending[-_NEAR:]):
        before = compared_in(words_of(held.tokens, context.plain).strip("的者,，"))
        if before is not None:
            context.explain(held, "what it is compared with")
            return subject or before[0] or named or _name_before(context), before[1]
    for words in context.asked:
        asked = compared_in(words.strip("的者,，")) or _year_by_year(words)
        if asked is not None and (not subject or subject == asked[0]):
            return asked[0] or named, asked[1]
    return _as_before(context, subject, named)


def _year_by_year(words: str) -> tuple[str, str] | None:
    """Return 手术占比 and 上年 of 手术占比逐年提高: each year is held against the last."""
    found = _YEARLY.fullmatch(words[:_LONGEST].strip("的者,，。;↑↓"))
    return None if found is None else (name_of(found["name"]), "上年")


def _unchanged(name: str) -> str:
    """Return 平均住院日 of 平均住院日较上年下降: what changes, and not that it does."""
    own = compared_in(name)
    return name_of(name) if own is None else own[0]


def _as_before(context: Context, subject: str, named: str) -> tuple[str, str] | None:
    """Return what 满意度高于全市平均水平得满分 compares, for 每低1个百分点 behind it."""
    last = context.last()
    of_it = last is not None and last.sentence == context.sentence and not subject
    before = last.occasion if last is not None and of_it else None
    own = compared_of_them(before.facts[0]) if isinstance(before, Where) else None
    return None if own is None or not (own[0] or named) else (own[0] or named, own[1])
