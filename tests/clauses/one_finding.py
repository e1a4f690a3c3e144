"""What was found, whole: on both sides of a comma, in each of a list, under the heading of a rate.

A finding has no word of fault always (水泵停转，影响供水); a duty before it is not part of it. A
member of a list takes what the first has, and a bare word of fault what stands nearest.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.rules.condition import AllOf, Compare, Flag
from healthduty.rules.rule import Bonus, Deduction, Forfeit, Judgement, Rule
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _case(
    text: str,
    *rules: Rule,
    asked: str = "",
    targets: tuple[Target, ...] = (),
    assumed: bool = False,
    unread: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="about",
        requirement=asked,
        rules=rules,
        targets=targets,
        assumed=assumed,
        unread=unread,
    )


_BOTH_SIDES = (
    _case("水泵停转，无法供水，扣3分", _once("水泵停转，无法供水", 3)),
    _case("水泵停转，影响供水的扣3分", _once("水泵停转，影响供水", 3)),
    _case("急救演练每年≥1次，未开展扣2分", _once("未开展急救演练", 2)),
    _case("有家属投诉，确因态度生硬引起的扣2分", _once("有家属投诉，确因态度生硬引起", 2)),
    _case("出现纠纷，经查确属护士责任的，每起扣2分", _each("出现纠纷，经查确属护士责任", 2)),
    _case("水泵停转；不能供水扣3分", _once("不能供水", 3)),
    _case(
        "水泵停转且不能供水扣3分",
        Deduction(Once(AllOf((Flag("水泵停转"), Flag("不能供水")))), points=3),
    ),
    _case("阀门锈死，致不能关闭，扣1分", _once("阀门锈死，致不能关闭", 1)),
    _case("走廊昏暗，地砖松动，扣1分", _once("走廊昏暗，地砖松动", 1)),
    _case("窗台积灰，墙面发霉，一处扣0.5分", _each("窗台积灰，墙面发霉", "0.5")),
    _case("走廊昏暗，指示牌脱落，地砖松动，扣2分", _once("走廊昏暗，指示牌脱落，地砖松动", 2)),
    _case(
        "对家属粗暴，互相推脱，造成不良影响扣5分", _once("对家属粗暴，互相推脱，造成不良影响", 5)
    ),
    _case("语气生硬，与家属发生口角，扣2分", _once("语气生硬，与家属发生口角", 2)),
    _case("换药室，敷料未密封一次扣1分", _each("换药室，敷料未密封", 1)),
    _case("标牌褪色，围栏倾斜各扣1分", _once("标牌褪色", 1), _once("围栏倾斜", 1)),
    _case("合理使用耗材，发现浪费耗材扣1分", _once("发现浪费耗材", 1)),
    _case("标识醒目，垃圾未分类扣1分", _once("垃圾未分类", 1)),
)

_DONE_AMISS = (
    _case("每发生1起扣5分", _each("锅炉爆炸事故", 5), asked="锅炉爆炸事故"),
    _case("每出现1次扣1分", _each("发药差错", 1), asked="发药差错"),
    # none of it is asked for: a 0 is no points
    _case("烫伤例数为0，发生一例扣3分", _each("烫伤", 3)),
    _case("每发生1起扣4分", _each("场所安全，发生问题", 4), asked="场所安全"),
    _case("出院病人按时回访，漏访一人扣1分", _each("出院病人按时回访，漏访", 1)),
    _case("处方及时归档，错归一张扣0.5分", _each("处方及时归档，错归", "0.5")),
    _case(
        "补助对象核定准确率100%，错1人扣1分，漏1人扣0.5分",
        _each("补助对象核定错", 1),
        _each("补助对象核定漏", "0.5"),
        targets=(Target("补助对象核定准确率", ">=", 100),),
    ),
    _case(
        "理论考试合格率达90%，低1人次扣0.5分",
        _each("理论考试合格率低", "0.5"),
        targets=(Target("理论考试合格率", ">=", 90),),
    ),
    _case("有一户未落实扣1分", _each("未落实改厕任务", 1), asked="改厕任务落实率100%"),
    _case("按时参加各类例会、培训，违者一次扣1分", _each("按时参加各类例会、培训，违反", 1)),
    _case("公车管理不及时登记，违者一次扣1分", _each("公车管理不及时登记", 1)),
)

_NEAREST = (
    _case("查看现场，没有的扣2分", _once("未设立母婴室", 2), asked="设立母婴室"),
    _case("查阅相关资料，没有不得分", Forfeit(Flag("未成立质控小组")), asked="成立质控小组"),
    _case("一项不符扣1分", _each("床单平整，腕带清楚，不符", 1), asked="床单平整，腕带清楚"),
    _case(
        "根据落实情况酌情计分，未落实的不得分",
        Judgement("执行首诊负责制", "earn"),
        Forfeit(Flag("执行首诊负责制，未落实")),
        asked="执行首诊负责制",
    ),
    _case(
        "院感科不定期督查，发现未洗手者，每次扣1分",
        _each("未洗手", 1),
    ),
    _case(
        "门诊日志抽查每月不少于50份，少一个月扣1分",
        _each("门诊日志抽查不足的月份", 1),
        targets=(Target("门诊日志抽查", ">=", 600),),
        assumed=True,
    ),
    _case(
        "每少1期扣1分",
        Deduction(Lacking("板报更换", required=6), points=1),
        asked="板报每2个月至少更换1次，全年不少于6期",
    ),
)

_OF_A_LIST = (
    _case(
        "铺巾方法不正确或污染无菌区或手套破损各扣1分",
        _once("铺巾方法不正确", 1),
        _once("污染无菌区", 1),
        _once("手套破损", 1),
    ),
    _case("按压过快或力度不够均扣2分", _once("按压过快", 2), _once("力度不够", 2)),
    _case("剂量不足或过大各扣1分", _once("剂量不足", 1), _once("剂量过大", 1)),
    _case("未测体温、血压各扣1分", _once("未测体温", 1), _once("未测血压", 1)),
    _case(
        "穿刺点偏左、右、上均扣1分",
        _once("穿刺点偏左", 1),
        _once("穿刺点偏右", 1),
        _once("穿刺点偏上", 1),
    ),
    _case(
        "下乡义诊不足1个月的每次加1分，1-3个月的每次加2分，3个月以上的每次加3分",
        Bonus(Cases("下乡义诊不足1个月"), points=1),
        Bonus(Cases("下乡义诊1-3个月"), points=2),
        Bonus(Cases("下乡义诊3个月以上"), points=3),
    ),
)

_QUANTITIES = (
    _case(
        "单苗接种率每低1%扣0.5分，低于90%不得分",
        Deduction(StepsBelow("儿童疫苗接种率", target=95, step=1), points="0.5"),
        Forfeit(Compare("儿童疫苗接种率", "<", 90)),
        asked="儿童疫苗接种率以乡为单位达95%以上",
        assumed=True,
    ),
    _case(
        "平均每门诊人次费用每超过2%扣1分",
        Deduction(
            StepsAbove("平均每门诊人次费用", target=Blank("平均每门诊人次费用"), step=2), points=1
        ),
        assumed=True,
        unread=True,
    ),
    _case(
        "体检人数未完成任务的，每少1%扣0.2分",
        Deduction(
            StepsBelow("体检人数", target=Blank("体检人数"), step=1, relative=True), points="0.2"
        ),
        assumed=True,
        unread=True,
    ),
    _case(
        "请假一年内超过5次的，每超一次扣0.5分",
        Deduction(StepsAbove("请假", target=5, step=1), points="0.5"),
        assumed=True,
    ),
)


def _added(words: str, points: int) -> Bonus:
    """Add these points once where the words hold."""
    return Bonus(Once(Flag(words)), points=points)


def _below(name: str, target: int) -> Deduction:
    """Lose a tenth of a point for each percent below the target."""
    return Deduction(StepsBelow(name, target=target, step=1), points="0.1")


_PRIZES = (
    _case(
        "护理竞赛获县级一等奖加3分，二等奖加2分",
        _added("护理竞赛获县级一等奖", 3),
        _added("护理竞赛获县级二等奖", 2),
    ),
    _case(
        "获县级金奖加3分、银奖加2分、铜奖加1分",
        _added("获县级金奖", 3),
        _added("获县级银奖", 2),
        _added("获县级铜奖", 1),
    ),
    _case(
        "获市级一等奖加4分，二等奖加3分；县级一等奖加2分，二等奖加1分",
        _added("获市级一等奖", 4),
        _added("获市级二等奖", 3),
        _added("县级一等奖", 2),
        _added("县级二等奖", 1),
    ),
    _case(
        "获市级一等奖加4分、二等奖加3分，县级加1分",
        _added("获市级一等奖", 4),
        _added("获市级二等奖", 3),
        _added("获县级奖", 1),
    ),
    _case("获市级一等奖加4分，县级加1分", _added("获市级一等奖", 4), _added("获县级一等奖", 1)),
    _case(
        "歌咏比赛一等奖加2分，书法比赛二等奖加1分",
        _added("歌咏比赛一等奖", 2),
        _added("书法比赛二等奖", 1),
    ),
    _case(
        "在省级报刊刊登稿件每篇加2分，市级报刊每篇加1分",
        Bonus(Cases("在省级报刊刊登稿件"), points=2),
        Bonus(Cases("在市级报刊刊登稿件"), points=1),
    ),
)

_WITHIN = (
    _case("会诊10分钟内到位率100%，每低1%扣0.1分", _below("会诊10分钟内到位率", 100), assumed=True),
    _case(
        "来信5个工作日内答复率95%，每低1%扣0.1分", _below("来信5个工作日内答复率", 95), assumed=True
    ),
    _case("产后7天内访视率≥85%，每低1%扣0.1分", _below("产后7天内访视率", 85), assumed=True),
    _case(
        "老年人、儿童中医药健康管理率分别达到65%、75%，每低1%扣0.1分",
        _below("老年人中医药健康管理率", 65),
        _below("儿童中医药健康管理率", 75),
        assumed=True,
    ),
)

_SAID = (
    _case("一站式结算未开通扣1分", _once("一站式结算未开通", 1)),
    _case("预约、一站式服务未落实扣1分", _once("预约、一站式服务未落实", 1)),
    _case("一人未落实扣1分", _each("未落实", 1)),
    _case(
        "每两月召开一次例会，少一次扣1分",
        Deduction(Lacking("例会", required=6), points=1),
        assumed=True,
    ),
    _case("12月5日前上交总结，每迟1天扣1分", _each("12月5日前上交总结，推迟", 1)),
)

CASES = (
    *_BOTH_SIDES,
    *_DONE_AMISS,
    *_NEAREST,
    *_OF_A_LIST,
    *_QUANTITIES,
    *_PRIZES,
    *_WITHIN,
    *_SAID,
)
