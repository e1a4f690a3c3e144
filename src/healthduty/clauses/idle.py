"""What scores nothing: dates and document numbers, headings, words that only look like scoring.

Each number here is explained by what it is; each word holds a scoring character (分管, 获得) or a
unit and is taken whole, so that nothing in it is read.

Source: the patterns of published scoring tables; semantics 12 (nothing is dropped).

>>> import re
>>> re.match(PLAIN_WORDS, "分管领导").group()
'分管'
>>> [what for what, pattern in EXPLAINED if re.match(pattern, "2024年底")][:1]
['a date']
"""

from __future__ import annotations

from healthduty.clauses.fragments import NUMERAL

_SUCH_AS = "(?:例如|比如|如)[:：,]?"

EXPLAINED = (
    ("nothing more than the points add up", r"(?:可|予以)?累计(?:扣分|加分|计分)(?=[)。,;、\n]|$)"),
    (
        "a standard or a period",
        r"以(?:\d{1,3}%为(?:考核)?标准|每?[年季月周]度?为(?:一个|1个)?(?:考核)?周期)(?=[)。,;\n]|$)",
    ),
    (
        "a standard",
        r"(?:GBZ?|GA|WS|AQ|JGJ|CJJ?|DB|YY|HJ|JB|QB|SL|ISO|IEC)(?:/[TZ])?\d{1,6}(?:\.\d{1,3})?(?:-(?:19|20)\d\d)?",
    ),
    ("a title", r"《[^》\n]{0,80}》"),
    ("a telephone number", r"(?:电话|热线|拨打)(?:为|是|号码)?:?[\d-]{3,16}"),
    (
        "a document number",
        r"[\u4e00-\u9fff]{1,6}\(?(?:19|20)\d\d\)?第?\d{1,6}号|第?\d{1,6}号(?:文件?|令)?",
    ),
    (
        "a date",
        r"(?:19|20)\d\d年(?:度|\d{1,2}月(?:\d{1,2}[日号])?)?(?:[底初末中前后]|以前|之前|起(?=[,，;；。]|$))?",
    ),
    ("a date", r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|(?:19|20)\d\d-(?:19|20)\d\d年?"),
    (
        "a date",
        r"(?:每月|每年|次月|当月)?\d{1,2}月(?:\d{1,2}[日号]|份|[底初末])(?:[底初末中前后]|以前|之前)?",
    ),
    (
        "a date",
        rf"(?<![缺少漏差欠]){NUMERAL}{{1,2}}月份(?:以前|之前|前)?",
    ),
    (
        "a date",
        r"(?:每月|每年|次月|当月)\d{1,2}[日号](?:前|以前|之前)?|\d{1,2}[日号](?:前|以前|之前)",
    ),
    ("an article", rf"第(?:\d{{1,6}}|{NUMERAL}{{1,12}})(?:条|款|章|节|部分|批|届|周期|季度|期)"),
    (
        "an item",
        rf"第(?:\d{{1,2}}|{NUMERAL}{{1,3}})(?:[、,和至-]第?(?:\d{{1,2}}|{NUMERAL}{{1,3}})){{0,6}}项",
    ),
    ("a period", rf"近(?:\d|{NUMERAL}{{1,2}})年(?:内|来|以来)?(?!度|级|平均|均值)"),
    (
        "how points are given",
        r"按(?:项目?|条目?|款|要点)(?:逐项)?(?:给|计|得|赋|评)分(?=[)。;\n]|$)",
    ),
    (
        "an example",
        rf"{_SUCH_AS}某[\u4e00-\u9fff]{{1,16}}(?:为|是)\d{{1,6}}(?:\.\d{{1,6}})?%[^。;；\n扣]{{0,80}}(?=[。;；\n]|$)",
    ),
    ("a telephone number", r"(?:0\d{2,3}-)?\d{7,8}(?![\d.%‰万元人次户份例])|1[3-9]\d{9}(?!\d)"),
    (
        "a group of ages",
        r"\d{1,3}(?:-\d{1,3})?(?:周?岁|月龄)(?:及?以[上下内]|儿童)?|\d{1,2}-\d{1,2}个?月(?=龄|婴|儿)",
    ),
    (
        "part of a name",
        r"[A-Za-z]{1,12}-?\d[\dA-Za-z]{0,12}|\d{1,6}[A-WYZa-wyz][A-Za-z]{0,12}\d{0,6}",
    ),
    (
        "part of a name",
        rf"\d{{1,6}}(?=型|号|级|度|联|价|胎|孩|代|楼|室|急救|热线|维|点制|分制)|{NUMERAL}{{1,12}}分制",
    ),
    ("part of a name", r"(?:7×)?24小时(?!内|以内)|8小时以?外"),
)
"""Numbers that score nothing, with what they are."""

HEADING = (
    r"(?:考核|检查)?(?:评分|扣分|计分|得分|加分|考核|赋分)(?:标准|细则|办法|方法|要求|规则|说明|原则|项)"
    r"(?:为|如下)?(?=[:)\]])(?![:：]-\d):?"
)
"""Words over a scoring standard that say nothing themselves."""

# Longer words stand first where one begins like another.
_PLAIN_WORDS = (
    r"最多跑一次|[“\"]一次办好[”\"]|(?<=[≤<≥>])得分|得分(?=[≥≤<>])",
    r"健全(?=分)|没有(?=分[析工管类级别解配])|评分|(?:测评|考核|评价|综合|满意度)得分(?=\d)",
    r"折扣|克扣|回扣|抵扣|扣押|扣压|扣留|扣件|扣子|扣眼|扣环|扣缴|扣款",
    r"扣发(?!.{0,12}(?:经费|资金|补助|绩效))|纽扣|不扣(?=款)",
    r"分别(?=是)|分管|分解|分析|分类|分级|分工|分组|分布|分诊|分娩|分配|分钟(?!以|之|内)|分支",
    r"分部|分期|分局|分院|分段|分泌",
    r"分享|分担|分流|分发|分歧|部分|充分|成分|十分|身份|一部分",
    r"加强|参加|更加|加快|加大|附加|加班|加工|加入|加盖|加以|加油|加深|加密|追加(?!扣|分)",
    r"添加|增加(?!\d|分)",
    r"取得|获得|不得(?!得?分|重复|低于|少于|超过|高于|多于|参|评|累|扣|加|超)|得到|得当",
    r"得力|值得(?!满|全|\d|分)|觉得|所得|心得",
    r"难得|使得|得以|得知|得出|得体|奖惩|奖金(?!的)|奖状|奖品|获奖|评奖|奖项|受奖|中奖",
    r"奖励(?!\d|分|加|[一二两三四五六七八九十半])",
    r"统一|一致|一般|一定|一律|一切|一次性|唯一|一体|一并|一级|二级|三级|三甲|一类|二类",
    r"一线|一旦|半年小结|半年(?=工作|总结)",
    r"满分率|达成|下达|传达|发达|到达|表达|青少年|多发|多数|多次|高血压|高危|高度|高效|低保",
    r"低血|缺陷|缺乏|差错|差距|出差",
    r"积极分子|代扣代缴|[百千万]分[比率]|不足之处|为了|为主|因为|作为|行为|认为|是否|按时|按照|按期|按要求|按规定|负责|积极",
    r"病例|条例|案例|比例|事项|项目|月份|年份",
)
PLAIN_WORDS = "|".join(_PLAIN_WORDS)
"""Words with a scoring character that score nothing."""
