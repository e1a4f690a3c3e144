"""What a segment without points asks to reach: its goals, named by the words around them.

Source: vocabulary “Target”; docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("使用率：门诊≤20%，住院≤60%").targets[1].measure
'住院使用率'
"""

from __future__ import annotations

import itertools
import re
from functools import partial

import attrs

from healthduty.clauses.accounts import SCORING
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.goals import Goal, in_period, named_blanks, read_goals
from healthduty.clauses.names.compared import changed
from healthduty.clauses.names.goal_names import NOT_HELD, is_kind, led_by
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.names.subjects import whole_of
from healthduty.clauses.one_each import is_one
from healthduty.clauses.outside import read_outside
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.idle import MONEY_NOTE
from healthduty.clauses.text.lexicon import TIMES, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.rule import Bands
from healthduty.rules.threshold import Blank
from healthduty.said import Said

SAMPLED = re.compile(
    r"随机|现场检查(?=.{2,16}$)|电话(?:核实|核查|随访|访问|调查|回访|抽查)|(?:入户|实地)(?:核实|核查|调查|访问)|(?:现场|每次)?(?:抽查|抽取|抽检|抽样|抽访|随访抽|任抽|任查|提问|询问|访谈|走访|查阅|调阅|审阅|翻阅|抽阅|查看)"
)
"""Words that lead up to the size of a sample, and to nothing that could be reached."""

_NO_NAME = re.compile(
    r"(?:各|本|全|每个?)?(?:科室?|单位|部门|病区|医院|院|卫生院|卫生室|中心|学校|村|乡镇|护士长|科主任|院长|主任|医[师生]|护士)"
    r"|[Xx×○□_]{2,}.{0,3}"
)
"""Who does something, and not what: 科室每月2次; a place left for a number: XX人次."""
_MONEY = frozenset({"元", "万元"})
_PAID = re.compile(
    r"(?:罚款?|罚金|处罚)(?:当事人|责任人|个人|科室)?$|[扣罚]|浮动?$|奖金$|[获得]奖$|[上下]浮"
    r"|^(?:并|另|各|同时)?(?:给予|予以)?(?:奖励?|奖金|奖励|扣款|扣发?(?:绩效|奖金|工资))$"
)
_WAGES = re.compile(r"工资|奖金|津贴|补贴|绩效(?!考核|评价|得分)")
"""What is paid or fined, which is neither points nor anything to reach: 罚款50元."""
_APPEARED = re.compile(r"(?:每|凡|如|若)?(?:发现|发生|出现|查出|查实|检出|存在)(?=.)(?!率)")
_WENT_WRONG = re.compile(
    r"(?:(?<!查)漏(?!补)|错|误|迟到|早退|旷工|缺席|脱岗|离岗|投诉|违[规纪反章]|差错|事故|逾期|丢失|遗失|损坏)[\u4e00-\u9fff]{0,2}$"
)
"""A number of what went wrong is nothing to reach: 漏用一次, 旷工2天."""
_MEANS = re.compile(r"是指|指的是|系指|即指|^指|所称|定义")
_BROUGHT = re.compile(
    r"记(?:严重|一般|重大)?(?:差错|大?过|不良)$"
    r"|^(?:[另各并]|同时|予以|给予)*(?:调(?=.{0,8}学习)|责令|停(?=[职诊岗薪])|通报|警告|约谈|检讨|待岗|罚)"
)
"""What somebody gets for a fault, which is no points: 记严重差错一次, 待岗学习两周."""
_GOVERNED = re.compile(
    r"(?:暂[停缓]|中止|停止(?:执业|服务|处方|医保|操作|考[核试])|离岗|停职|禁止|返[还回]|退[还回]|承担|延长|追加|不得办理|不予办理)"
    r"[^,，;；。\d]{0,16}[\d一二三四五六七八九十半]"
)
"""What somebody gets, and no item has: 暂停服务3个月, 返还10%."""
_ASKED = re.compile(r"不得?(?:超过|少于|低于|高于|多于)|达到|[≤≥]|每[年月季周半]|率$")
_BROUGHT_BY = re.compile(
    r"(?:给予|处以?|予以)[^,，;；。]{0,12}[\d一二三四五六七八九十](?:个?[月天日年])的?(?:暂[停缓]|停[业诊职]|整改|处罚)"
    r"|(?:只|全额|按[^,，;；。]{0,8}|[给予发])[^,，;；。\d]{0,4}\d{1,3}%的?"
    r"(?:奖(?!项)|补[助贴]|经费|发放|拨付|给予|兑现|返还)"
    r"|(?:秒|分钟|小时)(?:的|者|即|则)?(?:停止|终止|中止)|(?:以[上下内]|[天日月年次]|的)(?:不参加|不得?参[加与]|享受|不享受|按[^,，;；。]{1,10}(?:处理|论处|计算)|取消|暂停|停发)"
    r"|^(?:评为)?(?:优秀|良好|合格|基本合格)(?:等[次级]|档次)"
)
"""What a bound brings, or is a bound of: 累计半年以上不参加考核, 按90%发放, 优秀等次的出勤率."""
_PARTED = re.compile(r"分[为成][\d一二三四五六七八九十]{1,3}个?(?:类|种|级|等|档|组|部分|阶段|层)")
"""How many there are of something: 重点人群分为三类."""
_FOLLOWS = "what follows, and no points"
_UNDONE = re.compile(
    r"[未没](?!成年|婚|来|遂)[^,，;；]{1,16}(?:内|前|后)|(?:内|前)[^,，;；]{0,3}未"
)
_COMPUTED = "="
_SCORES = re.compile(r"[得评总]分|分数|成绩")
_SIZE = "the size of a sample"
_EACH_CHANGE = re.compile(r"每(?:升|降|延长|缩短|增|减|高|低|多|少|上升|下降|提高|超)")
SUFFERED = re.compile(
    r"(?:年度内|年内|全年)?(?:被(?!征)|受到|遭到)"
    r"(?!表[彰扬]|奖|好评|[^,，;；。]{0,8}?(?:采[用纳编]|录用|刊[登发载用]|转发|推广|评为|授予|命名))"
)
"""What nobody aims at: 受到处罚2次以上."""
_OR_FAULT = re.compile(r"(?:无|未|没有|不|缺)[^,，]{1,40}或")
"""A fault before 或 and a bound: 无台账或者建档率低于80%的."""
_CHANGED = re.compile(r"(?:较|比)[^,]{0,12}(?:下降|增长|提高|减少|上升|降低)(?!率)")
_GRADED = re.compile(
    r"(?:即|评|评定|定|划)?(?:为|属于?)(?:优秀|优良|良好|合格|基本合格|不合格|不达标|达标|[甲乙丙丁]级|[^,，]{1,3}级)"
)
_SHARED_OUT = re.compile(r"(?:奖金|绩效|奖励|经费|资金|工资|津贴|补助).{0,4}(?:分配|发放|核定)")
_TASKS = frozenset({"任务数", "目标数", "计划数", "任务量", "目标任务数", "年度任务数"})
_NO_MONEY = frozenset({"不奖不罚", "不奖", "不罚"})
_NEGATED = re.compile(r"未|没有?(?!收)|不(?!良|合格|达标|孕)")
_IN_ALL = frozenset({"", "全年", "累计", "合计", "共计", "共"})
_COMPARING = frozenset({Kind.AT_LEAST, Kind.AT_MOST, Kind.LESS, Kind.MORE})
_SIDES = frozenset({Kind.ABOVE, Kind.UNDER})
_STEPS = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})
_RATE_ENDS = ("率", "比例", "占比")
_SHORT_NAME = 8
_QUANTITY = re.compile(
    r"(?:住院日|天数|时间|时长|[人次件户例]数|数量|[总金费]额|费用|强度|年限|周期|比)$"
)
_PERIOD = re.compile(r"第?[一二三四1-4]季度|[上下]半年|\d{1,2}月底?|年中|前三季度|半年")
_QUANTITY_OF_PERIODS = re.compile(r"(?:率|比例|占比|进度)$")
_HELD = frozenset({"次", "场", "期", "篇", "项", "例", "件", "人次", "名", "个"})
"""Units of what an item asks to be done so often, called by what is done: 政策培训不少于4次."""
_ALONE = 3  # a number, its unit and 内
_AGE = re.compile(r"\d{1,3}(?:[-~至]\d{1,3})?(?:周?岁|个?月龄)")
"""Of whom: 65岁以上老年人体检15000人."""
_POINTS_END = 3  # a word, a number and 分


def read_asked(context: Context, segment: Segment) -> bool:
    """Read the goals of a segment; False where it asks for nothing that could be reached."""
    if segment.closed is Kind.MONEY:
        context.claim(segment.first, segment.end, Taken.NUMBER, "what money is paid for")
        return False
    kinds = {token.kind for token in segment.tokens}
    vague = Kind.VAGUE in kinds or context.hoped == context.sentence
    if vague:
        context.claim(
            segment.first, segment.end, Taken.TARGET, Said("no bound can be told", "看不出界限")
        )
    if Kind.SAMPLE in kinds:
        context.sampled = context.sentence
        context.claim(segment.first, segment.end, Taken.NUMBER, _SIZE)
    if _multiplies(segment) and Kind.EQUALS not in kinds:  # 检查得分×10%
        behind = segment.tokens[0].kind is Kind.MULTIPLY  # 检查得分 stands before it
        if behind or _SCORES.search(words_of(segment.tokens, context.text)):
            context.fault(segment, Said("points by a formula", "分数按公式计算"))
        else:
            context.claim(segment.first, segment.end, Taken.NUMBER, "how a rate is computed")
        return False
    if kinds == {Kind.NUMBER} or not SCORING.isdisjoint(kinds):
        return False  # 扣00分: what was not read as an action asks for nothing
    if vague or Kind.SAMPLE in kinds or not _STEPS.isdisjoint(kinds) or _is_amiss(context, segment):
        return False  # 每下降1个百分点，扣1分 asks for nothing
    if _ends_in_points(segment):
        message = Said("what the points are for was not understood", "分数是为什么事，没有读懂")
        context.fault(segment, message)
        return False
    if _runs_together(segment):
        message = Said("numbers of several columns with nothing between", "几栏的数字连在一起")
        context.fault(segment, message)
        return False
    goals = read_goals(segment.tokens, context.plain, group=len(context.goals))
    compares = segment.tokens[0].kind in _COMPARING  # 不超过9天
    negated = not compares and _NEGATED.match(words_of(segment.tokens, context.plain))
    if negated and any(not goal.bare for goal in goals):
        return True  # 未每月巡查2次以上，扣1分 is a fact
    before = context.goals[-1] if context.goal_sentences[-1:] == [context.sentence] else None
    for goal in map(named_blanks, map(partial(_named, context, segment), goals)):
        _take(context, segment, in_period(goal, before, segment.tokens))
    return bool(goals)


def is_aside(segment: Segment) -> bool:
    """Whether brackets tell a proportion, and hold nothing against it: （日客流量的1:2—3）."""
    if segment.action is not None or not segment.inside:
        return False
    kinds = {token.kind for token in segment.tokens}
    return Kind.ODDS in kinds and _COMPARING.isdisjoint(kinds)


def _runs_together(segment: Segment) -> bool:
    """Whether a bound has a bare number right behind it: 经费20万元以上20经费10万元以上10."""
    kinds = [token.kind for token in segment.tokens]
    for at in range(1, len(kinds) - 1):
        if kinds[at] in _SIDES and kinds[at - 1] is Kind.UNIT and kinds[at + 1] is Kind.NUMBER:
            behind = kinds[at + 2] if at + 2 < len(kinds) else None
            if behind in {None, Kind.WORD} and not segment.tokens[at + 1].spelt:
                return True
    return False


def _multiplies(segment: Segment) -> bool:
    """Whether something is multiplied by a number."""
    kinds = [token.kind for token in segment.tokens]
    return any(pair == (Kind.MULTIPLY, Kind.NUMBER) for pair in itertools.pairwise(kinds))


def _take(context: Context, segment: Segment, goal: Goal) -> None:
    """Keep a goal as what must be reached, or say what else its number is."""
    note = _instead(context, segment, goal)
    if _is_span(context, goal):
        context.claim(segment.first, segment.end, Taken.RULE, "where the steps count")
    elif _GRADED.match(goal.name):
        message = Said("a grade for a number, and no target", "这是等次标准，不是目标")
        context.fault(segment, message)
    elif _says_again(context, goal):
        context.claim(segment.first, segment.end, Taken.TARGET, "what was asked for before")
    elif note:
        context.claim(segment.first, segment.end, Taken.NUMBER, note)
        context.sampled = context.sentence if note == _SIZE else context.sampled
        if note == _FOLLOWS:
            message = Said("what follows is no points", "后果不是分数，没有读入规则")
            context.fault(segment, message, code="clause-doubt")
    elif goal.name and not _asks_nothing(goal):
        name = NOT_HELD.sub("", goal.name)
        denied = name != goal.name
        context.add_goal(attrs.evolve(goal, name=name), (segment.first, segment.end))
        for held in context.pending[-1:] if denied else ():
            context.explain(held, "that it was not held")
        said = goal.bounds.unit == "次" and "次" not in words_of(segment.tokens, context.text)
        context.claim(segment.first, segment.end, Taken.TARGET, "how often" if said else "")


def _says_again(context: Context, goal: Goal) -> bool:
    """Whether a bound without a name is the one before: 每季度随访1次，全年不少于4次."""
    beside = context.goal_sentences[-1:] == [context.sentence] and goal.name in _IN_ALL
    last = context.goals[-1] if beside else None
    return last is not None and (last.bounds.unit, last.target) == (goal.bounds.unit, goal.target)


def _is_span(context: Context, goal: Goal) -> bool:
    """Whether a range begins where nothing is lost: 240天不扣分，240天-180天，每少10天扣1分."""
    ends = {goal.bounds.low, goal.bounds.high}
    return None not in ends and any(
        at in context.used_goals and held.bounds.unit == goal.bounds.unit and held.target in ends
        for at, held in enumerate(context.goals[-RECENT:], max(0, len(context.goals) - RECENT))
        if context.goal_spans[at] is None and held.group >= 0
    )


def _asks_nothing(goal: Goal) -> bool:
    """Whether a number says what happened, or one that does not say what it is about.

    发现差错1例，罚款100元: what was found is nothing to reach; 5公里10分钟到达: two numbers, of
    which neither says that it is asked.
    """
    happened = _APPEARED.match(goal.name) or _EACH_CHANGE.match(goal.name)
    of_two = not goal.rate and goal.name[:1].isdecimal() and _AGE.match(goal.name) is None
    wrong = SUFFERED.match(goal.name) or _OR_FAULT.match(goal.name)
    wrong = wrong or (_WENT_WRONG.search(goal.name) if goal.bare and not goal.rate else None)
    return wrong is not None or bool(goal.bare and (happened or of_two))


def _instead(context: Context, segment: Segment, goal: Goal) -> str:
    """Return what a number is instead of something to reach; nothing for a goal."""
    words = words_of(segment.tokens, context.plain)
    late = goal.bounds.unit in TIMES and _UNDONE.search(words)
    if goal.name in _NO_MONEY or (_SHARED_OUT.search(context.subject) and goal.rate):
        return MONEY_NOTE  # 80—89分的不奖不罚; 奖金分配：科主任30%
    if _CHANGED.match(goal.name):
        return "a change that is reported"
    if _MEANS.search(goal.name):
        return "what a word means"
    if SAMPLED.match(goal.name) and goal.bounds.unit != "次":
        return _SIZE
    if _PARTED.search(words):
        return "how many there are"
    if _BROUGHT_BY.search(words) or (_GOVERNED.search(words) and not _ASKED.search(words)):
        return _FOLLOWS
    timed = segment.inside and goal.bounds.unit in TIMES
    first = segment.tokens[0].kind is Kind.NUMBER and len(segment.tokens) > _ALONE
    if timed and (first or goal.name.endswith(("后", "前", "起"))):
        return "when it is done"  # 访视率≥90%（出院后7天内）, （14天内再次手术）
    if late or not goal.bare:
        return "a deadline that is missed" if late else ""
    if _is_paid(segment, goal) or (goal.bounds.unit in _MONEY and _is_beside(context, segment)):
        return MONEY_NOTE
    taught = goal.bounds.unit in TIMES and goal.name.endswith("学习")  # 调病案室学习两周
    if taught or (_BROUGHT.search(goal.name) and not goal.name.endswith(_RATE_ENDS)):
        return _FOLLOWS
    if isinstance(goal.target, Blank) and segment.after is Kind.COLON and _COMPUTED in context.text:
        return "what is filled in"  # 应建档：____人，已建档：____人，建档率=②/①
    more = context.sampled == context.sentence and _is_more_of_it(goal)
    return _SIZE if more or (not goal.rate and SAMPLED.search(words)) else ""


def _is_more_of_it(goal: Goal) -> bool:
    """Whether a number goes on with a sample: 抽查病历10份，处方100张."""
    return not goal.by_period and goal.bounds.unit in {"份", "张", "例", "名", "人", "户", "本"}


def _is_paid(segment: Segment, goal: Goal) -> bool:
    """Whether a number is money that follows: 罚款50元, 每条20元, 效能工资下浮2%."""
    words = {token.kind for token in segment.tokens}
    each = Kind.EACH in words or Kind.LOSE in words or Kind.ADD in words
    if goal.bounds.unit in _MONEY:
        return each or _PAID.search(goal.name) is not None
    if not goal.rate or _WAGES.search(goal.name) is None:
        return False
    return each or bool(_WAGES.fullmatch(goal.name) or _PAID.search(goal.name))


def _is_beside(context: Context, segment: Segment) -> bool:
    """Whether brackets right behind points hold a number alone: 加5分（25元）."""
    alone = [token.kind for token in segment.tokens] == [Kind.NUMBER, Kind.UNIT]
    behind = any(draft.end == segment.first - 1 for draft in context.drafts[-1:])
    return segment.inside and alone and behind


def _ends_in_points(segment: Segment) -> bool:
    """Whether points without a verb end words that have another number: 有2年完成者6分."""
    kinds = [token.kind for token in segment.tokens]
    ends = kinds[-_POINTS_END:]
    behind = ends[:1] in ([Kind.WORD], [Kind.UNIT]) and ends[1:] == [Kind.NUMBER, Kind.POINTS]
    return behind and Kind.NUMBER in kinds[:-_POINTS_END]


def _is_amiss(context: Context, segment: Segment) -> bool:
    """Whether a number says what is lacking, was found or is paid: 缺1个科室, 5次以下每次2分.

    So does a range that is left: 温度超出2-8℃.
    """
    kinds = [token.kind for token in segment.tokens]
    if Kind.DASH in kinds and read_outside(segment.tokens, context.plain) is not None:
        return True
    paid = Kind.EACH in kinds and kinds[-2:] == [Kind.NUMBER, Kind.POINTS]
    if is_one(segment.tokens, 0) and SAYS_WRONG.search(words_of(segment.tokens[2:], context.plain)):
        return True  # 1份不合格，扣0.5分
    return paid or any(
        token.kind is Kind.LACK
        or (token.kind is Kind.FOUND and not token.text.endswith("有"))
        or (token.kind is Kind.EACH and token.text.endswith(("发生", "出现", "发现", "查实")))
        for token in segment.tokens
    )


def _named(context: Context, segment: Segment, goal: Goal) -> Goal:
    """Return a goal with the name that it has from the words before it."""
    last = context.goals[-1] if context.goals else None
    if goal.name in _TASKS:  # 任务数100人: what is held against it is how many were done
        return attrs.evolve(goal, name=context.topic or "完成数")
    if context.topic and _NO_NAME.fullmatch(goal.name):
        context.claim(segment.first, segment.first + 1, Taken.TARGET, "who does it")
        return attrs.evolve(goal, name=context.topic)  # 科室每月2次 beside 病例讨论
    if goal.growth and context.subject and goal.name in {"增长率", "下降率"}:
        return attrs.evolve(goal, name=context.subject + goal.name)
    if _PERIOD.fullmatch(goal.name) and _QUANTITY_OF_PERIODS.search(context.topic):
        return attrs.evolve(goal, name=goal.name + context.topic)  # 一季度不低于25%
    of_period = last is not None and context.topic and last.name.endswith(context.topic)
    if not goal.name and last is not None and of_period and _PERIOD.match(last.name):
        return attrs.evolve(goal, name=f"全年{context.topic}")  # 全年不低于98%
    if is_case_of(goal, context.subject):
        return attrs.evolve(goal, name=goal.name + context.subject)  # 使用率：门诊≤20%，住院≤60%
    if changed(context, goal.name) != goal.name:
        return attrs.evolve(goal, name=changed(context, goal.name))
    if goal.name and last is not None and _is_share_of(segment, goal, last):
        return attrs.evolve(goal, name=goal.name + last.name)  # 签约率达30%，其中老年人达60%
    if goal.name:
        return attrs.evolve(goal, name=led_by(goal.name, last.name)) if last else goal
    if segment.inside and last is not None and last.bare and context.goal_spans[-1] is not None:
        context.drop_goal()  # 死亡率为5.6‰（目标是控制在8‰以下）: what was reached, and the goal
        return attrs.evolve(goal, name=last.name)
    measured = context.topic.endswith(_RATE_ENDS) if goal.rate else _is_measured(goal, context)
    of_topic = context.topic if measured else ""
    of_topic = whole_of(context.asked) if goal.by_period else of_topic  # 每月一次 beside a duty
    return attrs.evolve(goal, name=_name_before(context) or _banded(context, goal) or of_topic)


def _is_measured(goal: Goal, context: Context) -> bool:
    """Whether the item is called by what a bound may be of: 平均住院日 of ≤9天, 培训 of ≥4次."""
    if goal.bare:
        return False
    held = goal.bounds.low is not None and goal.bounds.unit in _HELD
    return held or _QUANTITY.search(context.topic) is not None


def _is_share_of(segment: Segment, goal: Goal, last: Goal) -> bool:
    """Whether 其中 leads up to a rate that only says of whom the one before it is."""
    within = any(token.kind is Kind.PART_OF for token in segment.tokens)
    rates = goal.rate and last.rate and last.name.endswith(_RATE_ENDS)
    return within and rates and _is_case_of_it(goal.name)


def _banded(context: Context, goal: Goal) -> str:
    """Return what the bands before are over: 下降40%以上得2分；40%以下，得1分."""
    last = context.last()
    rule = None if last is None else last.rule
    measure = context.quantities.known(rule.measure) if isinstance(rule, Bands) else None
    same = measure is not None and measure.unit == goal.bounds.unit
    return measure.label if measure is not None and same else ""


def is_case_of(goal: Goal, subject: str) -> bool:
    """Whether a goal says only of whom or what the quantity before it is: 平均住院日：内科≤9天."""
    if goal.rate:
        return subject.endswith(_RATE_ENDS) and _is_case_of_it(goal.name)
    quantity = _QUANTITY.search(subject) is not None and _QUANTITY.search(goal.name) is None
    return quantity and not goal.bare and _is_case_of_it(goal.name)


def _is_case_of_it(name: str) -> bool:
    """Whether a name says only of whom a rate is: 门诊, after 使用率."""
    return 0 < len(name) <= _SHORT_NAME and not (name.endswith(_RATE_ENDS) or is_kind(name))


def _name_before(context: Context) -> str:
    """Return what a bound without a name is about: the words before it, or the subject."""
    name = name_of(context.pending_words())
    if context.topic and _NO_NAME.fullmatch(name):
        context.explain(context.pending[-1], "a place left for a number")
        return context.topic
    if name and not any(character.isdecimal() for character in name):
        return name
    return context.subject
