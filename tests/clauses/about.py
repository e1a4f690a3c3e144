"""What a clause is about: names that bare words of fault take from what stands nearby.

The nearest words come first: those that wait, a head before a colon, what was looked at, the fault
before, the sentence before, the requirement's cell. Ways of checking are in no name, and a line
that only wraps is one phrase.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import Bands, Bonus, CaseBand, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Once


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _earned(words: str, points: int | str) -> Rule:
    """Earn these points where the words hold."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _case(text: str, *rules: Rule, asked: str = "", points: int | None = None) -> ClauseCase:
    return ClauseCase(text=text, pattern="about", requirement=asked, points=points, rules=rules)


_IN_THE_SENTENCE = (
    _case("药柜设置，否扣1分", _once("药柜未设置", 1)),
    _case("处方书写是否规范，否扣1分", _once("处方书写不规范", 1)),
    _case("病历首页是否填写，否扣0.5分", _once("病历首页未填写", "0.5")),
    _case("是否签订责任书，否，扣2分", _once("未签订责任书", 2)),
    _case("是否落实双人核对；没有扣1分", _once("未落实双人核对", 1)),
    _case("有无培训计划，无扣1分", _once("无培训计划", 1)),
    _case("床位是否够用，不够用扣1分", _once("床位不够用", 1)),
    _case("有方案，覆盖各科室，无扣3分", _once("无方案，覆盖各科室", 3)),
    _case("毒麻药专柜双锁，发现不合格扣2分", _once("毒麻药专柜双锁，发现不合格", 2)),
    _case(
        "月报表每月8日上报，迟报扣1分，漏报扣2分",
        _once("月报表每月8日上报，迟报", 1),
        _once("月报表每月8日上报，漏报", 2),
    ),
    _case(
        "发生跌倒有上报扣1分，无上报扣3分",
        _once("发生跌倒有上报", 1),
        _once("发生跌倒无上报", 3),
    ),
    _case("有收受礼品或被患者举报的，经查实扣4分", _once("有收受礼品或被患者举报，经查实", 4)),
    _case("回访一次不按时扣0.5分", _each("回访不按时", "0.5")),
    _case("窗口岗位有一人不在岗扣1分", _each("窗口岗位不在岗", 1)),
    _case(
        "次均药费，低于上级标准加1分，超出上级标准扣1分",
        Bonus(Once(Flag("次均药费低于上级标准")), points=1),
        _once("次均药费超出上级标准", 1),
    ),
    _case(
        "台账记录完成情况，按时完成加1分，未按时完成扣1分",
        Bonus(Once(Flag("台账记录按时完成")), points=1),
        _once("台账记录未按时完成", 1),
    ),
)

_OF_A_HEAD = (
    _case("廉洁纪律：违反一次扣10分", _each("违反廉洁纪律", 10)),
    _case("考勤：旷工一天扣5分，早退一次扣1分", _each("旷工", 5), _each("早退", 1)),
)

_LOOKED_AT = (
    _case("护理部通过抽查或夜查，着装不整洁扣1分", _once("着装不整洁", 1)),
    _case("以会议记录为准，未传达扣1分", _once("未传达", 1)),
    _case("现场检测泳池水温；不达标扣2分", _once("泳池水温不达标", 2)),
    _case("查急救药品；过期每支扣1分", _each("急救药品过期", 1)),
    _case("查演练方案、照片、小结，少一项扣1分", _each("演练方案、照片、小结缺少", 1)),
    _case("查台帐，未开展应急演练扣3分", _once("未开展应急演练", 3)),
    _case("与患者交谈，宣教不到位扣1分", _once("宣教不到位", 1)),
    _case(
        "根据反馈信息，经核实，推诿患者一次扣2分",
        _each("推诿患者", 2),
    ),
)

_SENTENCE_BEFORE = (
    _case(
        "成立健教小组；有宣传栏、有活动记录，缺一项扣0.5分",
        _each("成立健教小组，有宣传栏、有活动记录缺少", "0.5"),
    ),
    _case(
        "随访表不完整扣0.5分，没有扣2分",
        _once("随访表不完整", "0.5"),
        _once("没有随访表", 2),
    ),
    _case(
        "水杯、毛巾专人专用；不合格扣2分", _once("水杯、毛巾专人专用，不合格", 2), asked="3.卫生"
    ),
    _case("值班室整洁(无杂物、无异味)；不合格扣1分", _once("值班室不合格", 1)),
    _case("索证资料不齐全；缺一项扣1分", _each("索证资料不齐全", 1), asked="2.索证管理"),
    _case(
        "有方案、有台账、有总结；缺一项扣2分",
        _each("有方案、有台账、有总结缺少", 2),
        asked="组织保障10分",
    ),
    _case(
        "交接班登记，抢救登记，差错登记等，少1项扣1分",
        _each("交接班登记，抢救登记，差错登记等缺少", 1),
    ),
    _case("药品分类摆放；做不到扣1分", _once("药品分类摆放，做不到", 1)),
)

_THE_REQUIREMENT = (
    _case(
        "缺1项，不得分",
        Forfeit(Compare("抢救车、除颤仪、吸引器缺少", ">=", 1)),
        asked="抢救车、除颤仪、吸引器",
    ),
    _case("未開展扣2分", _once("未開展愛國衛生宣傳", 2), asked="開展愛國衛生宣傳"),
    _case(
        "未落实扣2分",
        _once("未落实防火巡查制度", 2),
        asked="落实防火巡查制度 查阅相关记录",
    ),
    _case("发现一次不团结现象扣1分", _each("不团结现象", 1), asked="加强协作，无不团结现象"),
    _case("违反一次扣2分", _each("违反手术分级管理制度", 2), asked="严格遵守手术分级管理制度"),
    _case("凡违反一条扣1分", _each("违反院规院纪", 1), asked="爱岗敬业，遵守院规院纪"),
    _case(
        "未执行一次扣0.5分/次",
        _each("转运患者由护士陪同，未执行", "0.5"),
        asked="转运患者由护士陪同",
    ),
    _case(
        "发现一次未做到，扣1分",
        _each("着装整齐，佩戴工牌，文明用语，未做到", 1),
        asked="着装整齐，佩戴工牌，文明用语",
    ),
    _case(
        "未执行的每次扣1分", _each("未执行首诊制、会诊制", 1), asked="1.执行首诊制；2.执行会诊制"
    ),
    _case(
        "未参加每次扣1分", _each("未参加义诊活动、公益活动", 1), asked="参加义诊活动，公益活动。"
    ),
    _case(
        "有责任扣0.5分/次\n无法分清责任扣0.2分/次",
        _each("医患纠纷有责任", "0.5"),
        _each("医患纠纷无法分清责任", "0.2"),
        asked="医患纠纷",
    ),
    _case(
        "甲类扣3分/例；乙类扣1分/例",
        _each("法定传染病漏报甲类", 3),
        _each("法定传染病漏报乙类", 1),
        asked="法定传染病漏报0",
    ),
    _case("每漏报1人扣0.2分/例", _each("院感病例漏报", "0.2"), asked="院感病例"),
    _case(
        "未建立的每缺1项扣2分", _each("未建立岗位台账、风险清单", 2), asked="建立岗位台账、风险清单"
    ),
    _case(
        "低于3级，不得分",
        Forfeit(Flag("医院智慧管理分级低于3级")),
        asked="医院智慧管理分级达到3级及以上",
    ),
    _case(
        "不安静、不整洁各扣1分",
        _once("病区不安静", 1),
        _once("病区不整洁", 1),
        asked="保持病区安静、整洁；物品有序",
    ),
    _case(
        "每年建成6个及以上的加5分",
        Bonus(Once(Compare("健康社区", ">=", 6)), points=5),
        asked="每年建成3个健康社区",
    ),
)

_WRAPPED = (
    _case(
        "首页填写不规范减1分，未记录重要病\n情变化减2分。上级医师查房后未在规\n定时间内审签减1分",
        _once("首页填写不规范", 1),
        _once("未记录重要病情变化", 2),
        _once("上级医师查房后未在规定时间内审签", 1),
    ),
    _case(
        "器械标识不清\n晰一处扣1分;\n物品放置不\n符合要求一次扣2分",
        _each("器械标识不清晰", 1),
        _each("物品放置不符合要求", 2),
    ),
    _case("诊疗记录不符合要求一次\n扣2分", _each("诊疗记录不符合要求", 2)),
    _case("未建档扣1分\n未随访扣2分", _once("未建档", 1), _once("未随访", 2)),
    _case(
        "配备轮椅、担\n架、平车，缺\n一样扣1分",
        _each("配备轮椅、担架、平车缺少", 1),
    ),
    _case("有场地得1分\n有人员得1分", _earned("有场地", 1), _earned("有人员", 1)),
)

_IN_SHORT = (
    _case(
        "不整洁扣1分",
        _once("床单位不整洁", 1),
        asked="护士按时巡视病房并做好交接，床单位整洁、被服干燥，抢救车物品账物相符，急救药品在有效期内使用，治疗盘摆放有序",
    ),
    _case(
        "每缺一项扣1分",
        _each("制定培训计划并报医务科等缺少", 1),
        asked="最低配置：制定培训计划并报医务科；每季度考核三基理论与操作；考核成绩与职称晋升挂钩；补考有记录",
    ),
    _case("一项不符合扣2分", _each("手卫生设施不符合", 2), asked="12做到手卫生设施齐全"),
    _case("有一处漏登扣1分，口完为止", _each("漏登", 1), asked="3-1.登记本填写完整"),
)

_WITHOUT_LEADS = (
    _case("抽查病案未建立病案索引扣2分", _once("未建立病案索引", 2)),
    _case("查阅资料未召开例会扣1分", _once("未召开例会", 1)),
    _case("检查发现超范围用药每种扣1分", _each("超范围用药", 1)),
    _case("如遇抢救未及时到位扣3分", _once("遇抢救未及时到位", 3)),
    _case("如有缺岗每人次扣1分", _each("有缺岗", 1)),
    _case("结核病患者，未按规定复查每人扣0.5分", _each("结核病患者，未按规定复查", "0.5")),
    _case("未按下列内容巡查的，每少一项内容，扣0.2分", _each("未按下列内容巡查的内容", "0.2")),
    _case("标识清晰、线路整齐，每发现一处扣0.1分", _each("标识清晰、线路整齐，不符合", "0.1")),
    _case("墙面干净，无蛛网、积尘有一项不合格扣1分", _each("墙面干净，无蛛网、积尘不合格", 1)),
)

CASES = (
    *_IN_SHORT,
    *_WITHOUT_LEADS,
    *_IN_THE_SENTENCE,
    *_OF_A_HEAD,
    *_LOOKED_AT,
    *_SENTENCE_BEFORE,
    *_THE_REQUIREMENT,
    *_WRAPPED,
)
