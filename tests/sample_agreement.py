"""One agreement and one record that hold every kind of thing that such a one can hold.

They make no sense together; whoever adds a field or a kind to the model adds it here, and a test
of the JSON Schema fails until that is done.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from healthduty.exact import Ratio, Rounding
from healthduty.model.agreement import Agreement, Supersedes
from healthduty.model.excusal import FullPoints, MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Part, Section, Target
from healthduty.model.obligation import Obligation
from healthduty.model.party import Party, Phase, ResponsiblePerson, Signature, Term
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
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Period,
    Record,
    Sample,
    Statement,
)
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level, Not
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import (
    Assumption,
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
    Reading,
    Times,
)
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple
from healthduty.sources import Citation, Span

MEASURES = (
    Measure("satisfaction", "满意率", unit="%", numerator="satisfied", denominator="asked"),
    Measure("surveys", "问卷调查", unit="次", absent="zero"),
    Measure("ledger", "台账", kind="flag"),
    Measure("hygiene", "环境卫生", levels=("优", "良", "差")),
    Measure("breaches", "违规", kind="cases"),
    Measure("growth", "增长率", unit="%", kind="growth"),
)

CONDITION = AllOf(
    (
        AnyOf((Flag("ledger", expected=False), Level("hygiene", ("差",)))),
        Not(Compare("satisfaction", "=", Blank("least satisfaction"))),
        Compare("surveys", "<", 1),
    )
)

CITATION = Citation("责任书", article="第二条", text="满意率达90%以上", span=Span(0, 3))

BY_THE_SHARE = Deduction(StepsBelow("satisfaction", target=90), points=2)

ASSUMED = Assumption(
    "不足5%是否计入", about="steps", readings=(Reading("proportional", BY_THE_SHARE),)
)

LOSING = (
    Deduction(
        StepsBelow("satisfaction", target=ByKind({"centre": 95}, default="90.5"), step="2.5"),
        points="0.5",
        cap=2,
        times=Times(Fraction(1, 3), CONDITION),
        citation=CITATION,
        assumption=ASSUMED,
    ),
    Deduction(
        StepsAbove(
            "growth", target=Given("satisfaction"), step=5, counting="started", relative=True
        ),
        points=Share("0.1"),
        reach="total",
        on_exhaustion=True,
    ),
    Deduction(
        Lacking("surveys", required=Multiple("0.5", "surveys", plus=1), step=2, prorated=True),
        points=1,
        when=Flag("ledger"),
    ),
    Deduction(
        Cases(
            "breaches",
            free=1,
            by=ByAttribute("severity", (("serious", 2), ("light", "0.5")), otherwise=1),
            where={"found by": "inspection"},
        ),
        points=1,
        reach="section",
    ),
    Deduction(Cases("breaches", step=2), points=1),
    Deduction(Once(CONDITION), points=FULL),
    Deduction(
        StepsBelow("surveys", target=4, step=10, counting="proportional", relative=True), points=1
    ),
    Judgement(
        "tidiness",
        "lose",
        least="0.5",
        most=2,
        reach="section",
        when=Flag("ledger"),
        citation=CITATION,
        assumption=ASSUMED,
    ),
    Bands("hygiene", "lose", (LevelBand("差", 1),), reach="indicator"),
    Curve("satisfaction", "lose", (Knot(60, 2), Knot(90, 0)), reach="total"),
    Forfeit(
        Flag("ledger", expected=False), scope="indicator", citation=CITATION, assumption=ASSUMED
    ),
    Group(
        (Deduction(Once(Flag("ledger")), points=1), Judgement("order", "lose", reach="part")),
        pick="worst",
        cap=3,
        citation=CITATION,
        assumption=ASSUMED,
    ),
)

EARNING = (
    Bands(
        "satisfaction",
        "earn",
        (
            Band(FULL, low=95, high=Given("growth"), low_in=False, high_in=True),
            LevelBand(("优", "良"), 1),
            CaseBand(CONDITION, "0.5"),
        ),
        otherwise=Share("0.25"),
        when=Flag("ledger"),
        citation=CITATION,
        assumption=ASSUMED,
    ),
    Curve(
        "satisfaction",
        "add",
        (Knot(60, 0), Knot(Given("growth"), 1), Knot(90, FULL)),
        below="0.5",
        above="2.5",
        where="inside",
        when=Flag("ledger"),
        citation=CITATION,
        assumption=ASSUMED,
    ),
    Bands("hygiene", "add", (LevelBand("优", 1),), where="inside"),
    Judgement("commended", "add", most=1, where="apart"),
    Bonus(
        StepsAbove("satisfaction", target=95, step=1),
        points="0.1",
        cap=2,
        where="apart",
        times=Times(2, Flag("ledger")),
        when=Flag("ledger"),
        citation=CITATION,
        assumption=Assumption("加分是否封顶"),
    ),
)

EVERYTHING = Agreement(
    "乡镇卫生院目标责任书",
    year=2024,
    version="2",
    parties=(
        Party("bureau", "县卫生局", role="issuer", level="county"),
        Party("hospital", "卫生院", role="responsible", parent="bureau", kind="centre"),
    ),
    responsible=(
        ResponsiblePerson(
            "院长",
            "direct",
            party="hospital",
            since="2024-01-01",
            until="届满",
            items=("1",),
            duties=("总责",),
        ),
    ),
    term=Term("2024-01-01", "2月30日", until_successor=True, successor_bound=True),
    measures=MEASURES,
    parts=(
        Section(
            "1",
            "接受监督",
            parts=(
                Indicator(
                    "1.1",
                    "患者满意",
                    points=3,
                    rules=LOSING,
                    floor="-1.5",
                    requirement="满意率达90%以上",
                    method="查看问卷",
                    targets=Target("satisfaction", ">=", 90),
                    evidence_required=True,
                    excused=MovedTo("1.2"),
                    office="医政科",
                    citation=CITATION,
                    assumption=ASSUMED,
                    parts=(
                        Part(
                            "1.1.1",
                            "问卷",
                            points=1,
                            rules=BY_THE_SHARE,
                            floor=None,
                            requirement="每年两次",
                            method="查看问卷",
                            targets=Target("surveys", ">=", 2),
                            evidence_required=True,
                            excused=ZeroPoints(),
                            office="医政科",
                            citation=CITATION,
                            assumption=ASSUMED,
                        ),
                        Indicator("1.1.2", "访谈", parts=(Part("1.1.2.1"),)),
                    ),
                ),
                Section("1.2", parts=(Indicator("1.2.1", rules=EARNING),)),
            ),
            points=10,
            rules=BY_THE_SHARE,
            floor=None,
            cap="10.5",
            text="本大项10分",
            office="办公室",
            excused=Rescaled("section"),
            citation=CITATION,
        ),
        Indicator("2", excused=PeersMean("growth")),
        Indicator("3", excused=FullPoints()),
    ),
    points=100,
    bonus_points=5,
    rules=Deduction(Once(Flag("ledger")), points=5),
    bonus_cap=5,
    cap=105,
    floor=None,
    rounding=Rounding(1, mode="half_even"),
    total_places=1,
    excused=Rescaled(),
    charge_once=True,
    vetoes=(
        Veto(
            "accident",
            "责任事故",
            when=Flag("ledger"),
            effects=(
                ForceGrade("不合格"),
                LowerGrade(2),
                CapGrade("合格"),
                BarHonours(("award",)),
                WithholdMoney("0.3", pool="supervision"),
                ZeroSection("1"),
                ZeroTotal(),
            ),
            exempt=Level("hygiene", ("优",)),
            subject="persons",
            lasts="一年",
            citation=CITATION,
        ),
    ),
    grades=GradeScale(
        (
            Grade("优秀", 90, low_in=False, when=Flag("ledger")),
            Grade("合格", 60),
            Grade("不合格"),
        )
    ),
    funding=(
        FundingPolicy(
            "supervision",
            "协管经费",
            per_head="1.25",
            fixed=1000,
            tiers=(Tier(80, 1), Tier(60, "0.7", low_in=False), Tier(None, "0.5")),
            overrides=(Override(Flag("ledger"), "0.5", "违法违纪"),),
        ),
    ),
    consequences=(Consequence("honour", "评先评优", grades=("优秀",), code="award"),),
    phases=(Phase("部署", last="2024-03-31"), Phase("推进", "2024-04-01", "2024-11-30")),
    obligations=(
        Obligation(
            "visits",
            "巡查",
            every="quarter",
            times=4,
            unit="户",
            per="单位",
            due="2024-12-31",
            by="12-end",
            within=5,
            working_days=True,
            late_counts=False,
            offsets=True,
            measure="surveys",
            party="hospital",
        ),
    ),
    signatures=(Signature("bureau", "局长", signed_on="2014-02-30"),),
    copies=2,
    supersedes=Supersedes("乡镇卫生院目标责任书", 2023, "1"),
    source="示例",
    citation=CITATION,
    assumption=ASSUMED,
)
"""Every class, every kind and every field of an agreement, each away from its default once."""

JUDGED = Judged("1.5", "台账不全", assessor="张科")

OBSERVED = Record(
    "nanguan",
    {
        "whole": 85,
        "decimal": Decimal("83.5"),
        "number": Fraction(5, 4),
        "third": Fraction(1, 3),
        "computed": 33.333333333333336,
        "text": "83%",
        "yes": True,
        "nothing": None,
        "missing": MISSING,
        "excused": NotApplicable("无此业务", approver="医政科"),
        "ratio": Ratio(511, 1000, printed="51.1%"),
        "sample": Sample(8, asked=10, available=9),
        "case": Case("7", "2024-03-01", {"severity": "light"}, note="已整改"),
        "cases": (Case("1"), Case("2", "二月三十日")),
        "judged": JUDGED,
        "assessors": (JUDGED, Judged(2)),
        "none": (),
        "stated": Statement("90%", assessor="李", on="2024-12-20", evidence="报表"),
        "bare": Statement(7),
        "staged": Observation("95%", Statement(90, unevidenced=True), Statement(None)),
        "2.1": Observation(reviewed=JUDGED),
    },
    kind="centre",
    population=52_300,
    period=Period("2024上半年", start="2024-01-01", end="2024-06-30"),
    name="南关街道社区卫生服务中心",
)
"""A record with every form that a value may take; a file of records keeps its digest."""
