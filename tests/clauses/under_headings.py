"""What the heading over a clause says of it: faults and points in columns, 加分项, 一票否决."""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.model.veto import BarHonours, Veto
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import Band, Bands, Bonus, CaseBand, Deduction, Forfeit, Judgement
from healthduty.rules.tally import Cases, Once

FAULTS = "缺陷内容 | 扣分标准"


def _once(words: str, points: str) -> Deduction:
    """Lose these points where a fact holds."""
    return Deduction(Once(Flag(words)), points=points)


def _vetoed(words: str) -> Veto:
    """Lose the honours, an assumption, where an event happened."""
    return Veto(words, words, when=Flag(words), effects=(BarHonours(),))


def _part(number: str, words: str, points: str) -> Part:
    """Earn a part where a fact holds."""
    earned = Bands(words, "earn", (CaseBand(Flag(words), points),))
    return Part(number, words, points=points, rules=(earned,))


LINES = [
    ClauseCase(
        text="优：建档率达100% | 8\n良：90%≤建档率<100% | 5\n差：建档率<90% | 1",
        pattern="bands | points",
        points=8,
        heading="评估标准 | 分值",
        rules=(
            Bands(
                "建档率",
                "earn",
                (Band(8, low=100), Band(5, low=90, high=100), Band(1, high=90)),
            ),
        ),
    ),
    ClauseCase(
        text="85%以上 | 3\n70%—85% | 2\n70%以下 | 0",
        pattern="bands | points",
        points=3,
        requirement="知晓率",
        heading="标准 | 得分",
        rules=(
            Bands(
                "知晓率",
                "earn",
                (Band(3, low=85), Band(2, low=70, high=85), Band(0, high=70)),
            ),
        ),
    ),
    ClauseCase(
        text="1.有章程 | 2\n2.有名册 | 3",
        pattern="facts | points",
        points=5,
        parts=(_part("1", "有章程", "2"), _part("2", "有名册", "3")),
    ),
    ClauseCase(
        text="办理依据合法 | 2\n办理程序合法 | 2\n办理时限合法 | 2",
        pattern="facts | points",
        heading="评估标准 | 分值",
        parts=(
            _part("1", "办理依据合法", "2"),
            _part("2", "办理程序合法", "2"),
            _part("3", "办理时限合法", "2"),
        ),
    ),
]

COLUMNS = [
    *LINES,
    ClauseCase(
        text="推车时碰撞门框 | 2",
        pattern="fault | points",
        points=10,
        heading="扣分原因 | 应扣分",
        rules=(_once("推车时碰撞门框", "2"),),
    ),
    ClauseCase(
        text="出生日期写错 | 0.5分/处",
        pattern="fault | points",
        points=5,
        heading=FAULTS,
        rules=(Deduction(Cases("出生日期写错"), points="0.5"),),
    ),
    ClauseCase(
        text="少带一件 | 1",
        pattern="fault | points",
        points=5,
        requirement="用物齐全",
        heading="扣分内容 | 扣分",
        rules=(Deduction(Cases("少带"), points="1"),),
    ),
    ClauseCase(
        text="留长指甲、戴戒指 | 各1",
        pattern="fault | points",
        points=5,
        heading=FAULTS,
        rules=(_once("留长指甲", "1"), _once("戴戒指", "1")),
    ),
    ClauseCase(
        text="病史采集不全 | 1-3",
        pattern="fault | points",
        points=10,
        heading=FAULTS,
        rules=(Judgement("病史采集不全", "lose", least=1, most=3),),
    ),
    ClauseCase(
        text="无手术同意书 | 单项否决",
        pattern="fault | points",
        points=10,
        heading=FAULTS,
        rules=(Forfeit(Flag("无手术同意书")),),
        assumed=True,
    ),
    ClauseCase(
        text="报警器外壳破损(1分)",
        pattern="points under 扣分标准",
        points=6,
        heading="扣分标准",
        rules=(_once("报警器外壳破损", "1"),),
    ),
    ClauseCase(
        text="1分/处",
        pattern="points under 扣分标准",
        points=6,
        requirement="体温单绘制准确",
        heading="扣分标准",
        rules=(Deduction(Cases("体温单绘制准确，不符合"), points="1"),),
    ),
    ClauseCase(
        text="有章程1分，有名册1分",  # what is well is not lost, whatever the column is called
        pattern="points under 扣分标准",
        points=2,
        heading="扣分标准",
        parts=(_part("1", "有章程", "1"), _part("2", "有名册", "1")),
    ),
    ClauseCase(
        text="无排班表扣1分",
        pattern="points under 加分标准",
        points=2,
        heading="加分标准",  # a verb of its own stays
        rules=(_once("无排班表", "1"),),
    ),
    ClauseCase(
        text="获国家级命名5分，省级3分",
        pattern="points under 加分标准",
        heading="加分项目",
        rules=(
            Bonus(Once(Flag("获国家级命名")), points=5),
            Bonus(Once(Flag("获省级命名")), points=3),
        ),
    ),
]

VETOES = [
    ClauseCase(
        text="瞒报重大疫情",
        pattern="under 一票否决",
        heading="一票否决",
        vetoes=(_vetoed("瞒报重大疫情"),),
        assumed=True,
    ),
    ClauseCase(
        text="群众满意度低于75%",
        pattern="under 一票否决",
        requirement="一票否决指标",
        vetoes=(
            Veto(
                "群众满意度",
                "群众满意度",
                when=Compare("群众满意度", "<", 75),
                effects=(BarHonours(),),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="1、接到呼救后，未在5分钟内出车；2、违规收取费用；3、伪造病历",
        pattern="under 一票否决",
        heading="一票否决项",
        vetoes=(
            _vetoed("接到呼救后，未在5分钟内出车"),
            _vetoed("违规收取费用"),
            _vetoed("伪造病历"),
        ),
        assumed=True,
    ),
]

POINTS = [
    ClauseCase(
        text="1.伪造病历的；2.分解住院，套取基金的",
        pattern="points over cases",
        heading="一、扣12分情形如下",
        rules=(_once("伪造病历", "12"), _once("分解住院，套取基金", "12")),
    ),
    ClauseCase(
        text="超范围执业的，扣5分；转借证件",
        pattern="points over cases",
        heading="下列行为一次记2分",
        rules=(_once("超范围执业", "5"), Deduction(Cases("转借证件"), points="2")),
    ),
    ClauseCase(
        text="获国家级表彰；获省级表彰",
        pattern="points over cases",
        heading="每次加5分事项",
        rules=(Bonus(Cases("获国家级表彰"), points=5), Bonus(Cases("获省级表彰"), points=5)),
    ),
    ClauseCase(
        text="制度健全，责任明确",
        pattern="points over cases",
        points=10,
        heading="组织领导（10分，每项2分）",
    ),
]

CASES = (*COLUMNS, *VETOES, *POINTS)
