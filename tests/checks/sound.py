"""An agreement with something of everything and no fault: its check has nothing to say."""

from __future__ import annotations

from checks.making import LOSES, make
from healthduty.model.agreement import Supersedes
from healthduty.model.excusal import MovedTo, PeersMean, Rescaled
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Part, Section, Target
from healthduty.model.obligation import Obligation
from healthduty.model.party import Party, ResponsiblePerson, Signature, Term
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    Veto,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level, Not
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Times,
)
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind, Given, Multiple

SATISFACTION = Indicator(
    "1.1",
    "患者满意",
    points=20,
    targets=(Target("rate", ">=", 90), Target("surveys", ">=", 2)),
    rules=(
        Deduction(Lacking("surveys", required=2, prorated=True), points=1),
        Deduction(StepsBelow("rate", target=90, step=5), points=1),
        Forfeit(Compare("rate", "<", 60)),
        Bonus(StepsAbove("rate", target=90, step=5), points=1, cap=2),
    ),
    evidence_required=True,
)
QUALITY = Indicator(
    "1.2",
    "档案质量",
    points=10,
    parts=(
        Part(
            "1.2.1",
            points=6,
            rules=Bands(
                "quality",
                "earn",
                (LevelBand("优", FULL), LevelBand("良", 3)),
                otherwise=0,
            ),
        ),
        Part("1.2.2", points=4, rules=Judgement("tidiness", "lose", least=1, most=4)),
    ),
)
GROWTH = Indicator(
    "2.1",
    "业务收入",
    points=10,
    rules=(
        Bands(
            "growth",
            "earn",
            (
                Band(10, low=10),
                Band(6, low=5, high=10),
                CaseBand(Compare("growth", "<", 0), 0),
                Band(2, high=5),
            ),
        ),
    ),
    excused=Rescaled("section"),
)
DEATHS = Indicator(
    "2.2",
    "死亡率",
    points=10,
    rules=(
        Deduction(
            StepsAbove("deaths", target=ByKind({"centre": 8}, default=10), step=1),
            points=1,
            times=Times(2, Flag("accident")),
        ),
        Group((LOSES, Deduction(Once(Flag("accident")), points=Share("0.5"))), pick="worst"),
        Deduction(Once(Level("quality", "差")), points=5, reach="total", on_exhaustion=True),
    ),
    excused=PeersMean("peers"),
)
VISITS = Indicator(
    "2.3",
    "巡查",
    points=10,
    rules=(
        Deduction(Lacking("visits", required=Multiple(4, "households")), points="0.5"),
        Bands("complaints", "lose", (Band("0.5", low=1, high=2), Band(FULL, low=2))),
    ),
    excused=MovedTo("2.4"),
)
CURVED = Indicator(
    "2.4",
    "完成率",
    points=40,
    rules=Curve("done", "earn", (Knot(Given("last_year"), 0), Knot(100, 40)), below=0),
)
CLOSED = AllOf((Not(Flag("accident")), AnyOf((Compare("rate", ">=", 60), Level("quality", "优")))))

SOUND = make(
    Section("1", "服务", points=30, cap=32, parts=(SATISFACTION, QUALITY)),
    Section("2", "绩效", points=70, parts=(GROWTH, DEATHS, VISITS, CURVED)),
    Section("3", "其他", parts=(Indicator("3.1", "台账", requirement="台账齐全"),)),
    year=2024,
    points=100,
    bonus_points=2,
    rules=(Deduction(Cases("complaints", by=ByAttribute("grade", {"重": 2})), points=1),),
    parties=(
        Party("bureau", "县卫生局", role="issuer"),
        Party("station", "卫生院", role="responsible", parent="bureau"),
    ),
    responsible=(
        ResponsiblePerson(
            "院长", party="station", since="2023-05-01", until="2024-06-30", items=("1", "2.3")
        ),
    ),
    term=Term("2023-11-01", "2024-10-31"),
    signatures=(Signature("bureau", signed_on="2023-12-28"), Signature("station")),
    supersedes=Supersedes("示例目标责任书", 2023),
    vetoes=(
        Veto("accident", when=Flag("accident"), effects=(ForceGrade("不合格"), BarHonours())),
        Veto("faked", when=Level("quality", "差"), effects=(LowerGrade(1), ZeroSection("2"))),
        Veto("cheated", when=Compare("complaints", ">", 9), exempt=CLOSED, effects=ZeroTotal()),
        Veto("late", when=Compare("visits", "<", 1), effects=(CapGrade("合格"), WithholdMoney())),
    ),
    grades=GradeScale((Grade("优秀", 90, when=CLOSED), Grade("合格", 60), Grade("不合格"))),
    consequences=(Consequence("honour", "评先评优", grades="优秀", code="honours"),),
    funding=(
        FundingPolicy(
            "aid",
            per_head="1.25",
            tiers=(Tier(90, 1), Tier(60, "0.7"), Tier(None, "0.5")),
            overrides=(Override(Flag("accident"), "0.5"),),
        ),
    ),
    obligations=(Obligation("patrol", "巡查", every="quarter", measure="visits", party="station"),),
)
