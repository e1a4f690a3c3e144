"""What a clause is about: names that bare words of fault take from what stands nearby.

The nearest words come first: those that wait, a head before a colon, what was looked at, the fault
before, the sentence before, the requirement's cell. Ways of checking are in no name, and a line
that only wraps is one phrase.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.points import FULL
from healthduty.rules.rule import (
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Knot,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Once, StepsBelow


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _earned(words: str, points: int | str) -> Rule:
    """Earn these points where the words hold."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _line(measure: str, points: int) -> Curve:
    """Earn these points by the share that was done."""
    return Curve(measure, "earn", (Knot(0, 0), Knot(100, points)))


def _case(
    text: str,
    *rules: Rule,
    asked: str = "",
    points: int | None = None,
    states: int | None = None,
    assumed: bool = False,
    unread: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="about",
        requirement=asked,
        points=points,
        rules=rules,
        states=states,
        assumed=assumed,
        unread=unread,
    )


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

_ALL_OF_THE_CELL = (
    _case(
        "未落实扣2分",
        _once("器械无锈蚀、无缺损，未落实", 2),
        asked="器械无锈蚀、无缺损。（2分）",
    ),
    _case("未做到扣1分", _once("走廊无杂物、无积水，未做到", 1), asked="走廊无杂物、无积水"),
    _case("未落实不得分", Forfeit(Flag("不串岗、不离岗，未落实")), asked="不串岗、不离岗"),
    _case("未达要求扣2分", _once("台账无涂改、缺页，未达要求", 2), asked="台账无涂改、缺页"),
    _case(
        "不符合要求扣3分",
        _once("每间诊室配备3名护士，1名医师，不符合要求", 3),
        asked="每间诊室配备3名护士，1名医师",
    ),
    _case("未设扣2分", _once("发热哨点，未设", 2), asked="发热哨点"),
    _case("没有扣2分", _once("没有培训方案", 2), asked="有培训方案"),
    _case("一处未落实拉1分", _each("垃圾分类存放，未落实", 1), asked="垃圾分类存放", assumed=True),
    _case("每处扣1分", _each("通道畅通，标识清楚，不符合", 1), asked="通道畅通，标识清楚"),
    _case("每篇加2分", Bonus(Cases("发表综述"), points=2), asked="发表综述"),
    _case(
        "所列条款，每查实一例扣1分",
        _each("合理检查，查实不符合", 1),
        asked="合理检查",
    ),
    _case(
        "上述各项，一项不符合扣1分",
        _each("账实相符，专柜加锁，不符合", 1),
        asked="账实相符，专柜加锁",
    ),
    _case("少参加一次扣1分", _each("少参加质控例会", 1), asked="按时参加质控例会"),
    _case("未掌握扣1分", _once("心肺复苏操作未掌握", 1), asked="熟练掌握心肺复苏操作"),
    _case(
        "不上报扣3分", _once("发生用药差错不上报", 3), asked="发生用药差错及时上报、登记并组织讨论"
    ),
    _case("如发生，此项不得分", Forfeit(Flag("火灾、爆炸")), asked="全年不发生火灾、不发生爆炸"),
)

_STANDS_NEARER = (
    _case("规范填表，得2分，每发现一例扣1分", _each("规范填表，发现不符合", 1), states=2),
    _case("工作时间玩游戏，发现一次，罚款20元，扣2分", _each("工作时间玩游戏", 2)),
    _case("严禁收取回扣，发现一例扣5分", _each("收取回扣", 5)),
    _case("推诿病人被投诉，经查实，每次扣2分", _each("推诿病人被投诉，经查实", 2)),
    _case("处方书写潦草的，一张处方扣1分", _each("处方书写潦草的处方", 1)),
    _case("未签承诺书的每名职工扣1分", _each("未签承诺书的职工", 1)),
    _case("违反用药规定，情节轻微者每次扣1分", _each("违反用药规定，情节轻微", 1)),
    _case("每季度一次演练，无扣2分", _once("无演练", 2)),
    _case("发生一例事故主责扣5分，次责扣3分", _each("事故主责", 5), _each("事故次责", 3)),
    _case(
        "科研成果获奖的，省级加3分；市级加2分",
        Bonus(Once(Flag("科研成果获奖，省级")), points=3),
        Bonus(Once(Flag("科研成果获奖，市级")), points=2),
    ),
    _case(
        "参保率较高得3分，一般得2分，较低得1分",
        Bands(
            "参保率",
            "earn",
            (LevelBand(("较高",), 3), LevelBand(("一般",), 2), LevelBand(("较低",), 1)),
        ),
    ),
)

_IN_PROPORTION = (
    _case(
        "少完成的按比例扣分",
        Deduction(StepsBelow("选送进修人员完成率", target=100), points=FULL),
        asked="选送进修人员",
        points=4,
    ),
    _case(
        "达到绿化面积标准得4分，不足的按比例扣分",
        _line("绿化面积达标率", 4),
        points=4,
    ),
    _case(
        "完成任务得6分，未完成按照完成比例得分",
        _line("献血招募完成率", 6),
        asked="献血招募",
        points=6,
    ),
    _case(
        "有不少于30平方米候诊区得2分，不足按比例扣分",
        Deduction(StepsBelow("候诊区", target=30), points=FULL),
        points=2,
    ),
)

_WHOSE = (
    _case("上班饮酒一次扣所在科室5分", _each("上班饮酒", 5), assumed=True),
    _case("损坏公物一次扣当事人3分", _each("损坏公物", 3), assumed=True),
    _case("病历不合格扣主管医师1分", _once("病历不合格", 1), assumed=True),
    _case("登记不规范，扣绩效分2分", _once("登记不规范", 2), assumed=True),
    _case("收到表扬信的，科室加2分", Bonus(Once(Flag("收到表扬信")), points=2), assumed=True),
    _case("漏报一例扣当事人2分，扣分管领导1分", _each("漏报", 2), assumed=True, unread=True),
    _case("未戴口罩扣1分，并扣责任人2分", _once("未戴口罩", 1), unread=True),
)

CASES = (
    *_ALL_OF_THE_CELL,
    *_STANDS_NEARER,
    *_IN_PROPORTION,
    *_WHOSE,
    *_IN_SHORT,
    *_WITHOUT_LEADS,
    *_IN_THE_SENTENCE,
    *_OF_A_HEAD,
    *_LOOKED_AT,
    *_SENTENCE_BEFORE,
    *_THE_REQUIREMENT,
    *_WRAPPED,
)
