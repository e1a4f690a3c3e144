"""The patterns of tokens: a verb, a comparison or an occasion is a line here and nowhere else.

Each entry of `PATTERNS` is a kind of token and patterns over folded text; at a place in the text
the first entry that fits is taken. Every repetition is bounded, so a place is looked at a bounded
number of times.

Source: the patterns of published scoring tables.

>>> kind_of_words = {kind for kind, _ in PATTERNS}
>>> Kind.LOSE in kind_of_words
True
"""

from __future__ import annotations

from healthduty.clauses.text.fragments import (
    AMOUNT,
    ANY_UNIT,
    FIGURE,
    NUMBER_AHEAD,
    NUMERAL,
    PHRASE_END,
    POINTS,
    any_of,
)
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.numerals import NUMERALS
from healthduty.clauses.text.verbs import COUNTING, DOING, FOLLOWING, Lines

SCORE_UNIT = (
    r"分(?=\(不?包?含|(?:及其?)?以[上下内]"
    rf"|[-至到]{FIGURE}分(?:的|以|\(|得|,)|(?:的|,)?(?:得|扣){FIGURE}分|{FIGURE}分(?=[,;。、]|$)|(?:的|,)?(?:(?:全部?|一律)扣|不得?分)"
    r"|(?:为|才|算|即为?)?(?:及格|合格|达标)[,;。、)])"
)
"""分 as the unit of a quantity that is itself a score: 95分以上的得3分."""

# The words that begin an occasion or a comparison.
_APPEARS = any_of(
    "发现 发觉 发生 出现 查出 查实 存在 检出 有 出 增加? 完成 开展 新增 报送 组织 被查出"
)
_PER_HEAD = (
    r"(?:\d{1,2}|十)?[百千万](?:名|位|张|个)?(?:开放|编制|实有|常住|户籍|服务|辖区|农[村业]|城[镇乡])*"
    r"(?:人口|居民|床位?(?!,?[扣加]))"
)
"""每千人口, 每百张床位: what a number is reckoned by, and no case of it."""
_APPEARED = any_of("产生 漏报 漏 发现 发觉 发生 出现 查出 (?<!经)查实 检出 存在 有")
_SAMPLED = any_of(
    "抽查 抽取 抽检 抽样 抽访 抽问 抽考 抽看 任意?抽查? 任查 抽 查阅 走访 电话回访 提问 询问 访谈"
)
_NO_LESS = any_of(
    "达到 到达 不低于 不少于 不小于 不应低于 不应少于 不得低于 不得少于 不能低于 不能少于 不短于 "
    "至少 最低 最少 保持在 稳定在 达 (?<![未没])完成"
)
_NO_MORE = any_of(
    "不超过 不高于 不大于 不多于 不应超过 不宜超过 不应高于 不得超过 不得高于 "
    "不能超过 不得多于 控制在 限制在 控制到"
)
_UNDER = any_of(
    "低于于? 少于 小于 (?:(?<!次数)(?<!频次)不足|不足(?![1一][例人份户名])) 未达到 没有达到 达不到 "
    "未达 不达 (?<![做办找看遇])不到 未满 不满 没达到 未能达到 "
    r"未完成(?=\d{1,3}(?:\.\d)?%)"
)
_LESS = any_of(
    r"降低 下降 下滑 递减 递降 减(?=[\d一二]) 低于 低 落后 后退 退后 滞后 回落 慢 降 "
    "缩短 压缩 节约 节省"
)
_LACK = any_of("缺少 减少 少于 短缺 缺失 缺报 漏报 缺 少 漏 差额? (?<!拖)欠 未达到? 不足 相差")
_MORE = any_of(
    "超过 超出 超标 超 高于 高出 高 上升 升高 递增 递升 增加 增长 增 多出 多于 多 提高 提升 上浮 "
    "上涨 突破 大于"
)
_LACKED = any_of("缺少 缺失 短缺 缺 少 (?<!拖)欠 差")
_ASKED = (
    r"(?:规定|要求|目标|计划|标准|任务|应有)(?:的)?"
    r"(?:总数|数量?|值|量|任务数?|人数|次数)(?:的|(?=\d))"
)
_MOST_OF_IT = r"(?:[5-9]\d|100)(?:\.\d{1,2})?%"
_DONE = any_of(
    "报告 上报 报送 完成 开展 组织 举办 召开 参加 参与 培训 发布 发表 刊发 建立 建成 创建 登记 "
    "录入 签订 签约 检查 抽查 走访 随访 处理 处置 设置 配备 发放 制作 录用 采用 采纳 申报 "
    "否决 做 开 报 发 办 建 制定 制订 更新 巡查 督导 督查 演练 宣传 学习 消毒 检测 监测 复查 讲课 "
    "访视 评估 体检 管理 筛查 接种 建档 治疗 转诊 采样 采集 送检 监督 改造 新建 考核 更换"
)
_BETWEEN = r"(?:(?:(?![一二两三四五六七八九十半扣加减得奖])[\u4e00-\u9fff]){1,4}(?=\d))?"
_DID = "[测签查填记检培配设派建购采送训种筛管]"
_TYPO = rf"(?:每|没(?=.{{1,4}}{FIGURE}))"  # 没少一次 for 每少一次

_OF_THEM = (
    r"(?:(?:(?<=[率度例比])|(?<![^,;。\n])(?=每[1一]))"
    r"(?:每一?项|任[意何]?一项|各项|每个)(?:指标|目标)?)"
)
"""Behind a list of rates: 报告率、及时率每项每低1个百分点."""
_TWICE = (
    r"(?:上、?下半年|上半年[、和及]下半年|春、?秋(?:两|二)?季?|春季[、和及]秋季"
    r"|枯水期[、和及]丰水期|丰水期[、和及]枯水期|[枯丰]、?[枯丰]水期)"
)
"""Both halves of a year, in each of which something is to be done."""

_OF_CASES = any_of(
    "人次 户次 例次 件次 次 例 人 户 份 项 处 件 起 个 条 本 张 篇 场 期 家 台 天 日 月 周 季度 年"
)

_MARKS: Lines = (
    (
        Kind.STOP,
        r"[；;。！!\n]{1,20}|(?<=[\u4e00-\u9fff%‰)])\.(?=[\u4e00-\u9fff(]|$)",  # 10份档案.查阅系统
        r"(?<=[\u4e00-\u9fff%‰)])(?<![扣加减得奖记计给赋占低高少缺超差达为至到降升])\.(?=\d)",
        # 不客观扣2.遗漏扣1
        r"(?:(?<=[扣减]\d)|(?<=[扣减]0\.\d)|(?<=[扣减]\d\.5))\.(?=[\u4e00-\u9fff\n]|$)",
    ),
    (Kind.COMMA, r"[,，|]"),
    (
        Kind.ODDS,
        r"(?<!\d)1[:：](?=\d)\d{1,6}(?:\.\d{1,6})?(?!\d|[前后时点分])",
        r"(?<![\d.:：])\d{1,3}(?:\.\d)?[:：]1(?![\d.:：、分])(?=[\u4e00-\u9fff,;。)]|$)",  # 4:1
    ),
    (Kind.COLON, r"[:：]"),
    (Kind.INTERVAL, rf"[\[(]{FIGURE}{ANY_UNIT}?,{FIGURE}{ANY_UNIT}?[\])]"),
    (
        Kind.LABEL,
        r"(?<![\u4e00-\u9fff\d])[一二三四五六七八九十]是(?=[\u4e00-\u9fff])",
        # 1.2.1, 2.2项：
        r"(?<![\d.])\d{1,2}(?:(?:\.\d{1,2}){2,3}(?![\d.%‰])[.、]?|\.\d{1,2}项(?=:))",
        r"(?<![=/÷×+])[\u2460-\u249b](?![=/÷×+])",  # ②/① in a formula are numbers
        rf"[★☆▲△●◆■※]|\((?:\d{{1,2}}|{NUMERAL}{{1,3}})\)(?!分|[。;\n]|$)",
    ),
    (
        Kind.EXCLUDED,
        rf"\(不(?:包?含)(?:本数|{FIGURE}(?:{ANY_UNIT}|[万亿分])?)?\)",
        r"不(?:包?含)(?:本数)?(?=[\),])",
    ),
    (Kind.INCLUDED, rf"\((?:包?含)(?:本数|{FIGURE}(?:{ANY_UNIT}|[万亿分])?)?\)"),
    (Kind.BLANK, r"_{1,40}|\(\)"),
    (Kind.OPEN, r"[(\[]"),
    (Kind.CLOSE, r"[)\]]"),
)
"""Separators, brackets and blanks."""

_OCCASIONS: Lines = (
    (
        Kind.EVERY,
        r"每(?:[2346两二三四六]个月|[2346两二三四六双单]月(?!份|底|初|末|[上中下]旬|\d{1,2}[日号])|[2两二]周|半个月|[2-5两二三四五]年)",
        rf"{_TWICE}(?:各|分别)(?=[^,;。\d\n]{{0,8}}?{FIGURE}[次场期轮])",
        rf"{_TWICE}(?=[^,;。\d\n]{{1,8}}?各{FIGURE}[次场期轮])",
        r"(?:每|各)(?:个)?(?:年度?|半年|半月|学期|季度?|月|周|日|天|旬|星期)(?:度)?",
        r"(?:全年|年内|一年内|本年度?|年度内?|一年|年)(?=不少于|至少|不低于|累计|≥|>)|(?<![上下])半年(?=不少于|至少|不低于)",
        rf"一(?:年|季度?|月|周)(?={FIGURE}次)",
        # 隔月召开一次, 半年一次
        rf"(?<![上下每近前后满过续达余逢])(?:半年|(?<!间)隔月|[双单]月)(?=[^,;。\d\n发出违缺漏迟投未内以]{{0,8}}?{FIGURE}[次场期])",
        # 至少六个月一次, 三个月召开1次会议
        rf"(?<![近前后内满过续于达余每\d])(?:至少|最少|不少于|不得少于)?[2346两二三四六]个月(?=[^,;。\d\n发出违缺漏迟投未内以]{{0,8}}?{FIGURE}[次场期])",
        # 至少半年召开一次
        rf"(?:至少|最少|不少于|不得少于)(?:[1一]个?)?(?:半年|年|学期|季度?|月|周)度?(?=[^,;。\d\n]{{0,8}}?{FIGURE}[次场期])",
    ),
    (
        Kind.EACH_MORE,  # both ways: 每低于或高于1个百分点, 上下每浮动1%
        rf"每(?:不足|{_LESS})(?:了|于|或|者|、|/|每){{1,3}}{_MORE}(?:了|出|于)?(?={FIGURE}|个)",
        rf"每{_MORE}(?:了|出|于|或|者|、|/|每){{1,3}}(?:不足|{_LESS})(?:了|于)?(?={FIGURE}|个)",
        rf"(?:不足|低于?)(?:或者?|、){_MORE}(?:部分)?(?:的|者)?,?每(?={FIGURE}|个)",
        rf"{_MORE}(?:或者?|、)(?:不足|低于?)(?:部分)?(?:的|者)?,?每(?={FIGURE}|个)",
        rf"(?:上下|正负)?每(?:上下|正负)?(?:浮动|波动|偏离|偏差|增减|升降)(?:了)?(?={FIGURE}|个)",
    ),
    (
        Kind.EACH_LESS,  # less of a change is below it, whichever way it goes
        rf"{_TYPO}少(?:增长|增加|提高|上升|下降|降低|减少)(?:了)?(?={FIGURE}|个)",
    ),
    (Kind.EACH_LESS, rf"{_OF_THEM}?{_TYPO}(?:再|要|项|月)?{_LESS}(?:了|过|于)?满?"),
    (Kind.EACH_MORE, rf"{_OF_THEM}每{_MORE}(?:了|出|于)?(?={FIGURE}|个)"),
    (
        Kind.EACH_LACK,
        rf"{_TYPO}{_LACK}(?:了|于|{_DONE}|{_DID}(?={FIGURE}{ANY_UNIT}))?满?(?={FIGURE}?{ANY_UNIT}|于|目标)",
    ),
    (
        Kind.EACH_MORE,
        rf"(?!每[超逾][期时]{FIGURE}[件例份次项起单笔宗户人])[每没]再?{_MORE}(?:了|出|于)?满?{_BETWEEN}(?={FIGURE}|个)",
        rf"[每没]再?多{_DONE}(?={FIGURE}{ANY_UNIT})",
        rf"[每没]再?(?:超过|超出|高于|高出|大于)(?=(?:核定|核准|规定|批准|批复|编制|定额|限定|计划|上年|去年|全[省市县区])[^\d,，;。]{{0,10}}{FIGURE}(?:{ANY_UNIT}|%))",
        rf"(?<!不)超(?:出|额(?:完成)?)?(?=[1一]{ANY_UNIT}的?[扣加])",
        rf"(?<!不)超(?:额|过|出)?(?:完成)?(?:任务|目标|指标)?数?(?:部分)?的?,?每(?:增加|超过?|多)?(?={FIGURE}(?:%|{ANY_UNIT}))",
        rf"[每没]再?升了?(?={FIGURE}(?:{ANY_UNIT}|%)|个)",
    ),
    (
        Kind.EACH,
        rf"每(?:成功)?(?:创建|创成|建成|新建|命名)(?:成功)?(?={FIGURE}{ANY_UNIT})",
        rf"每(?!{_PER_HEAD})再?{_APPEARS}?(?={FIGURE}?{ANY_UNIT}|{FIGURE})",
        rf"每(?!{_PER_HEAD})(?=[\u4e00-\u9fff])",
        rf"没(?={ANY_UNIT}[扣加减])",
        rf"(?:按|逐)(?={_OF_CASES},?(?:扣|减|加|得|奖|给|计){AMOUNT})",  # 漏报按例扣1分
        rf"按(?={FIGURE}(?:小时|学时|课时|天)(?:授予?|计|记|折算?){AMOUNT})",  # 按6小时授予1学分
    ),
    (
        Kind.LACK,
        rf"(?:{_LACKED}|漏(?=[开做训]))(?:开|做|训)?(?={FIGURE}(?:{ANY_UNIT}|%))",
        rf"(?<![至最不减缺])(?<!每[发出][现生])[少缺](?:{_DONE}|{_DID})(?={FIGURE}{ANY_UNIT})",
    ),
    (
        Kind.FOUND,
        rf"(?<![仅只])(?<!每[发出][现生])凡?{_APPEARED}(?=(?:任何)?{FIGURE}{ANY_UNIT})(?!.?半年)",
    ),
    (
        Kind.ORDINAL,
        rf"第(?:\d{{1,6}}|{NUMERAL}{{1,6}})(?:次|例|起)(?:及?以上|及以后|以后|起)?|首次(?![^,;。\d]{{1,6}}率|病程|评估|访视|随访|就诊|建卡|产检|记录|查房|谈话|接诊|签发|申领|换发)|初次|再次(?!手术|[住入]院|就诊|转入|插管|评估|核对|确认)",
    ),
    (
        Kind.RANK,
        rf"(?:排名|位居|位列|名列|排在?)?(?:全[县市区省镇])?(?:排名|排)?[前后第](?:\d{{1,6}}|{NUMERAL}{{1,6}})(?:[-至到]第?(?:\d{{1,6}}|{NUMERAL}{{1,6}}))?(?:名|位)(?:及?以后|之后)?",
        rf"{FIGURE}[-至到]{FIGURE}(?:名|位(?=的?[加得扣奖计减]))|{FIGURE}名(?:以后|之后|以外)",
        rf"(?:位居|位列|名列|排在?)?(?:全[县市区省镇])?第(?:\d{{1,3}}|{NUMERAL}{{1,3}})(?=[的者,]?(?:加|奖|得)(?:\d|{NUMERAL}))",
    ),
    (
        Kind.SAMPLE,
        rf"(?:随机|现场|每次|实地)?{_SAMPLED}(?=了?{FIGURE}{ANY_UNIT})",
        rf"(?:(?<![\u4e00-\u9fff])|(?<=现场|随机|任意))查(?={FIGURE}(?:名|份|例|户|人|张|家|本|所|个(?!月)))",
    ),
    (
        Kind.OTHERWISE,
        rf"否则|(?:其余|其他|其它)(?:情[况形])?(?:的|者)?(?=得|扣|不|计|均|为|给|酌情?[得给计记赋]|{AMOUNT})(?!不(?:符|合|达|规))|反之",
    ),
    (Kind.PART_OF, r"其中"),
    (
        Kind.WORTH,
        rf"(?:分值|标准分|分数|权重):(?={FIGURE}[分。,;)\n]|{FIGURE}$)",
        rf"(?:占|共计|合计|总计|计|赋|为|共|满分|分值)(?:为)?(?={AMOUNT}(?:[)。,;:、\n]|$))",
    ),
    (
        Kind.SHARED,
        rf"分别|(?:各|(?<![平人户])均)(?=扣|减|得|加|占|计|记|给|{AMOUNT}|达|不低于|不超过|不高于|不少于|[≥≤><]|在|\|)",
    ),
)
"""What points are for."""

_COMPARISONS: Lines = (
    (
        Kind.VAGUE,
        r"左右|上下浮动|≠|不等于|正负(?=\d)|±(?=\d)|基本(?:达到|完成|实现)(?!的?[得扣])|力争(?:达到)?|若干|原则上|尽量|大约|争取(?:达到)?(?![^,;。\d]{0,6}(?:资金|经费|项目|政策|补助))|大幅度?|明显(?=高于|低于|提高|下降)",
    ),
    (
        Kind.AT_LEAST,
        rf"(?:要|应|需|须|应该|必须|力求|(?<![平人户])均|总体|确保|实现)?{_NO_LESS}(?:了|为)?{NUMBER_AHEAD}",
        rf"(?:[≥]=?|达到|完成|不低于){_ASKED}(?={FIGURE}(?:%|成))",
        rf"达到?(?=[^,;。\d\n]{{1,8}}的{FIGURE}%)",
        r"达到?(?=[^,;。\d\n]{0,6}(?:标准|计划|任务)[5-9]\d%?[-至到])",
        r"(?:达到?|要求|保持在?|稳定在)?(?:≥=?|>=)|大于等于|大于或等于|高于或等于|不低于|不少于|不得低于|不得少于",
    ),
    (
        Kind.AT_MOST,
        rf"(?:要|应|需|须|必须|(?<![平人户])均)?{_NO_MORE}(?:了|为)?{NUMBER_AHEAD}",
        r"≤=?|<=|小于等于|小于或等于|低于或等于|不超过|不高于|不得超过|不得高于|控制在",
    ),
    (
        Kind.LESS,
        rf"(?:<|低于|不足|少于){_ASKED}(?={FIGURE}(?:%|成))",
        rf"(?:低于|小于|不足|少于|达不到|未达到?)(?=[^,;。\d\n]{{1,8}}[的数]{FIGURE}%)",
        # 低于标准80% is short of it by a fifth; 低于标准5% by so much
        rf"(?:低于|小于|不足|少于|达不到|未达到?)(?=[^,;。\d\n]{{0,6}}(?:标准|计划|任务){_MOST_OF_IT})",
        rf"(?:低于|小于|不足|少于|达不到|未达到?)(?:规定|考核)?(?:目标|要求|指标)(?:值|的)?(?={_MOST_OF_IT})",
        # 少于每月1次
        rf"{_UNDER}(?=(?:每|一)个?(?:年|半年|季度?|月|周|天|日|学期)度?{FIGURE}[次场期])",
        rf"{_UNDER}{NUMBER_AHEAD}|<",
    ),
    (
        Kind.MORE,
        rf"{any_of('高于 大于 超过 多于 超出')}{NUMBER_AHEAD}|>",
        rf"(?:(?<=[,;。\n])|^)超(?={FIGURE}(?:{ANY_UNIT}|%|‰)(?:以上|的|者|[该此本]项|,){{0,3}}(?:不得分|得0分|全扣|0分))",
    ),
    (Kind.EQUAL, rf"(?:为|是|等于|在)(?={FIGURE}(?:%|‰|{ANY_UNIT}|-|/|分)|_)"),
    (Kind.AS_MOST, r"为(?:上限|最高限|限)"),
    (Kind.AS_LEAST, r"为(?:下限|目标|底线)"),
    (
        Kind.ABOVE,
        r"(?:及其?|或)?以上(?!年|一年|级主管|级下达)",
        # 90分及格
        rf"(?<=\d分)(?<![-至到]\d\d分)(?:为|才|算|即为?)?(?:及格|合格|达标){PHRASE_END}",
    ),
    (Kind.UNDER, r"(?:及其?|或)?以下"),
    (Kind.WITHIN, r"以内|之内|范围内"),
    (Kind.BEYOND, r"以外"),
    (
        Kind.GROWTH,
        r"(?:比|较|同比|与)(?:上一?年|去年|上年度|往年|同期|上年同期|去年同期)(?:同期)?(?:相比)?(?:增长|增加|提高|上升|下降|降低|减少)?",
    ),
)
"""What a value is held against, and how."""

_SIGNS: Lines = (
    (
        Kind.MULTIPLY,
        r"×(?=[\d\u4e00-\u9fff(])|[xX](?=[\d(]|分值|[该本]项|权重|标准分|满分)|乘以",  # no X光机
    ),
    (Kind.EQUALS, r"="),
    (
        Kind.DASH,
        r"-{1,8}|(?:至|(?<![迟早达得受做找遇收看听感])到)(?=\d|第|[百千]分之)",
        rf"[至到](?={NUMERAL}{{1,4}}分)",
    ),
    (Kind.PLUS, rf"\+(?={AMOUNT})"),
    (Kind.LIST, r"、"),
    (Kind.SLASH, r"/|÷"),
    (Kind.POINTS, POINTS),
)
"""Signs of formulas, ranges and lists; 分 behind a number."""

PATTERNS: tuple[tuple[Kind, str], ...] = tuple(
    (kind, "|".join(lines))
    for kind, *lines in (
        *_MARKS,
        *COUNTING,
        *FOLLOWING,
        *DOING,
        *_OCCASIONS,
        *_COMPARISONS,
        *_SIGNS,
    )
)
"""Each kind of token with its words, in the order in which they are tried."""

NUMBER = (
    r"\d+(?:\.\d+)?千(?=[元人份次件户张]|-\d+(?:\.\d+)?千)|0。\d+(?=分)"
    # 2万以上: 万元 and 万人次 are units
    r"|(?<![/\d])\d+(?:\.\d+)?[千万亿](?=[及以得扣加减的,;。、)份次件户张条字册]|[-至到]\d|$)"
    r"|\d{1,3}(?:,\d{3}){1,6}(?:\.\d+)?(?!\d)|\d*\.\d+|\d+"
)
"""A number in digits: 1,200, 0.5, 3千元; 0。5分 is what a scan makes of 0.5分."""

CHINESE = (
    rf"[百千]分之{NUMERAL}{{1,12}}(?:点{NUMERAL}{{1,12}})?"
    rf"|[{NUMERALS}半]{{1,12}}(?:点{NUMERAL}{{1,12}})?(?={ANY_UNIT}|{POINTS}|倍|[至到、]{NUMERAL}{{1,4}}分)"
)
"""A number in Chinese numerals, only where a unit or points follow."""
