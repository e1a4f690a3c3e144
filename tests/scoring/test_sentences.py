"""The sentence of a line: the numbers that were scored, in Chinese and in English."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.records.record import NOT_APPLICABLE, Case, Sample, Statement
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level, Not
from healthduty.rules.points import Share
from healthduty.rules.rule import (
    Bands,
    Bonus,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    LevelBand,
    Times,
)
from healthduty.rules.tally import ByAttribute, Cases, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind, Given, Multiple
from scoring.making import (
    ACCIDENT,
    BREACHES,
    BY_BAND,
    BY_LINE,
    COMPLAINTS,
    DEATHS,
    EACH,
    FEW,
    HOMES,
    LAST,
    NO_LEDGER,
    PEERS,
    PRAISE,
    QUALITY,
    RATE,
    SHORT,
    UNKEPT,
    VISITS,
    item,
    make,
    scored,
    section,
    told,
)

WEIGHED = ByAttribute("程度", {"重": 2, "轻": "0.5"})
MONTHS = {f"{n}月": n for n in range(1, 7)}
LIGHT = Case("3", None, {"程度": "轻"})
UNGRADED = Case("4")
HEAVY_AND_LIGHT = (Case("1", None, {"程度": "重"}), Case("2", None, {"程度": "轻"}))

# Each case: what is scored, over which values, the last rule's sentence in both languages.
RULES: dict[str, tuple[Agreement, dict[str, Any], str, str]] = {
    "steps below": (
        make(SHORT),
        {"rate": "83%"},
        "满意率83%，目标90%，低7个百分点，每5个百分点扣0.5分，计1档，扣0.5分",
        (
            "满意率 83%, target 90%: short by 7 percentage points,"
            " 0.5 lost for each 5 percentage points, 1 counted, 0.5 lost"
        ),
    ),
    "a target that is met": (
        make(SHORT),
        {"rate": 90},
        "满意率90%，目标90%，达到，不扣分",
        "满意率 90%, target 90%: met, nothing lost",
    ),
    "steps above": (
        make(Deduction(StepsAbove(DEATHS, target=8, step=1), points=1)),
        {"deaths": "10.5‰"},
        "死亡率10.5‰，目标8‰，超2.5‰，每1‰扣1分，计2档，扣2分",
        "死亡率 10.5‰, target 8‰: over by 2.5‰, 1 lost for each 1‰, 2 counted, 2 lost",
    ),
    "started steps": (
        make(Deduction(StepsBelow(RATE, target=90, step=5, counting="started"), points="0.5")),
        {"rate": "83%"},
        "满意率83%，目标90%，低7个百分点，每5个百分点扣0.5分，计2档，扣1分",
        (
            "满意率 83%, target 90%: short by 7 percentage points,"
            " 0.5 lost for each 5 percentage points, 2 counted, 1 lost"
        ),
    ),
    "proportional steps": (
        make(Deduction(StepsBelow(RATE, target=90, step=3, counting="proportional"), points="0.5")),
        {"rate": "83%"},
        "满意率83%，目标90%，低7个百分点，每3个百分点扣0.5分，计≈2.3333档，扣1.17分",
        (
            "满意率 83%, target 90%: short by 7 percentage points,"
            " 0.5 lost for each 3 percentage points, ≈2.3333 counted, 1.17 lost"
        ),
    ),
    "the unmet share": (
        make(Deduction(StepsBelow(VISITS, target=12), points=6)),
        {"visits": 9},
        "巡查9次，目标12次，低3次，为目标的0.25倍，乘6分，扣1.5分",
        "巡查 9次, target 12次: short by 3次, 0.25 of the target, times 6, 1.5 lost",
    ),
    "a step that is a share of the target": (
        make(Deduction(StepsBelow(VISITS, target=20, step=10, relative=True), points=1)),
        {"visits": 15},
        "巡查15次，目标20次，低5次，每目标的10%扣1分，计2档，扣2分",
        (
            "巡查 15次, target 20次: short by 5次,"
            " 1 lost for each 10% of the target, 2 counted, 2 lost"
        ),
    ),
    "a target that is met, in shares": (
        make(Deduction(StepsBelow(VISITS, target=20, step=10, relative=True), points=1)),
        {"visits": 20},
        "巡查20次，目标20次，达到，不扣分",
        "巡查 20次, target 20次: met, nothing lost",
    ),
    "a target given with the record": (
        make(Deduction(StepsBelow(RATE, target=Given(LAST), step=2), points=1)),
        {"rate": 88, "last": "90.5%"},
        "满意率88%，目标90.5%，低2.5个百分点，每2个百分点扣1分，计1档，扣1分",
        (
            "满意率 88%, target 90.5%: short by 2.5 percentage points,"
            " 1 lost for each 2 percentage points, 1 counted, 1 lost"
        ),
    ),
    "a target that is a multiple": (
        make(Deduction(StepsBelow(VISITS, target=Multiple(4, HOMES), step=1), points=1)),
        {"visits": 18, "homes": 5},
        "巡查18次，目标20次，低2次，每1次扣1分，计2档，扣2分",
        "巡查 18次, target 20次: short by 2次, 1 lost for each 1次, 2 counted, 2 lost",
    ),
    "lacking": (
        make(FEW),
        {"visits": 1},
        "巡查1次，应有4次，计缺3，每缺1次扣1分，扣3分",
        "巡查 1次, required 4次: 3 counted as lacking, 1 lost for each 1次, 3 lost",
    ),
    "nothing lacking": (
        make(FEW),
        {"visits": 4},
        "巡查4次，应有4次，达到，不扣分",
        "巡查 4次, required 4次: met, nothing lost",
    ),
    "cases": (
        make(EACH),
        {"complaints": 2},
        "投诉2例，计2，每1例扣1分，扣2分",
        "投诉 2例: 2 counted, 1 lost for each 1例, 2 lost",
    ),
    "no cases": (
        make(EACH),
        {"complaints": 0},
        "投诉0例，不扣分",
        "投诉 0例, nothing lost",
    ),
    "cases past the free one, in twos": (
        make(Deduction(Cases(COMPLAINTS, free=1, step=2), points=1)),
        {"complaints": 6},
        "投诉6例，计2，每2例扣1分，扣2分",
        "投诉 6例: 2 counted, 1 lost for each 2例, 2 lost",
    ),
    "cases by weight": (
        make(Deduction(Cases(COMPLAINTS, by=WEIGHED), points=1)),
        {"complaints": HEAVY_AND_LIGHT},
        "投诉2例，其中程度重1例计2、轻1例计0.5，计2.5，每1例扣1分，扣2.5分",
        (
            "投诉 2例, by 程度: 1例 重 at 2, 1例 轻 at 0.5:"
            " 2.5 counted, 1 lost for each 1例, 2.5 lost"
        ),
    ),
    "cases by weight, the first one free": (
        make(Deduction(Cases(COMPLAINTS, by=attrs.evolve(WEIGHED, otherwise=1), free=1), points=1)),
        {"complaints": (*HEAVY_AND_LIGHT, LIGHT, UNGRADED)},
        "投诉4例，免计1例，其中程度轻2例各计0.5、其他1例计1，计2，每1例扣1分，扣2分",
        (
            "投诉 4例, 1例 free, by 程度: 2例 轻 at 0.5 each, 1例 others at 1:"
            " 2 counted, 1 lost for each 1例, 2 lost"
        ),
    ),
    "cases of many weights": (
        make(Deduction(Cases(COMPLAINTS, by=ByAttribute("月", MONTHS)), points=1)),
        {"complaints": tuple(Case(str(n), None, {"月": f"{n}月"}) for n in range(1, 7))},
        (
            "投诉6例，其中月1月1例计1、2月1例计2、3月1例计3、4月1例计4等，计21，"
            "每1例扣1分，应扣21分，只余10分，实扣10分"
        ),
        (
            "投诉 6例, by 月: 1例 1月 at 1, 1例 2月 at 2, 1例 3月 at 3, 1例 4月 at 4, …:"
            " 21 counted, 1 lost for each 1例, 21 due, 10 left, 10 lost"
        ),
    ),
    "cases by weight, and none was found": (
        make(Deduction(Cases(COMPLAINTS, by=WEIGHED), points=1)),
        {"complaints": 0},
        "投诉0例，不扣分",
        "投诉 0例, nothing lost",
    ),
    "cases with an attribute": (
        make(Deduction(Cases(COMPLAINTS, where={"程度": "轻"}), points=1)),
        {"complaints": (*HEAVY_AND_LIGHT, LIGHT)},
        "投诉3例，其中程度为轻的2例，计2，每1例扣1分，扣2分",
        "投诉 3例, of these 2例 with 程度 轻: 2 counted, 1 lost for each 1例, 2 lost",
    ),
    "cases that are charged under another rule": (
        make(
            item(Deduction(Cases(BREACHES), points=2), number="1"),
            item(EACH, number="2"),
            charge_once=True,
        ),
        {"complaints": HEAVY_AND_LIGHT, "breaches": (HEAVY_AND_LIGHT[0],)},
        "投诉2例，1例已按他项扣分，计1，每1例扣1分，扣1分",
        "投诉 2例, 1例 charged under another rule: 1 counted, 1 lost for each 1例, 1 lost",
    ),
    "a number of cases where one is charged once": (
        make(EACH, charge_once=True),
        {"complaints": 2},
        "投诉2例，计2，每1例扣1分，扣2分",
        "投诉 2例: 2 counted, 1 lost for each 1例, 2 lost",
    ),
    "a sample of which fewer were there": (
        make(FEW),
        {"visits": Sample(1, asked=4, available=3)},
        "巡查1次（抽查应查4次，实有3次，所缺不计），应有4次，计缺2，每缺1次扣1分，扣2分",
        (
            "巡查 1次 (3次 there of 4次 to look at: the rest don't count), required 4次:"
            " 2 counted as lacking, 1 lost for each 1次, 2 lost"
        ),
    ),
    "a sample of which all were there": (
        make(FEW),
        {"visits": Sample(3, asked=4, available=4)},
        "巡查3次，应有4次，计缺1，每缺1次扣1分，扣1分",
        "巡查 3次, required 4次: 1 counted as lacking, 1 lost for each 1次, 1 lost",
    ),
    "a third of the points for each step": (
        make(attrs.evolve(SHORT, points=Share(Fraction(1, 3)))),
        {"rate": 83},
        "满意率83%，目标90%，低7个百分点，每5个百分点扣10/3分，计1档，扣3.33分",
        (
            "满意率 83%, target 90%: short by 7 percentage points,"
            " 10/3 lost for each 5 percentage points, 1 counted, 3.33 lost"
        ),
    ),
    "doubled": (
        make(attrs.evolve(SHORT, times=Times(2, Flag(ACCIDENT)))),
        {"rate": 78, "accident": True},
        (
            "满意率78%，目标90%，低12个百分点，每5个百分点扣0.5分，计2档，"
            "「责任事故」为是，加倍计分，1×2＝2分，扣2分"
        ),
        (
            "满意率 78%, target 90%: short by 12 percentage points,"
            " 0.5 lost for each 5 percentage points, 2 counted,"
            " doubled as “责任事故” is yes, 1×2 = 2, 2 lost"
        ),
    ),
    "not doubled": (
        make(attrs.evolve(SHORT, times=Times(2, Flag(ACCIDENT)))),
        {"rate": 83, "accident": False},
        "满意率83%，目标90%，低7个百分点，每5个百分点扣0.5分，计1档，扣0.5分",
        (
            "满意率 83%, target 90%: short by 7 percentage points,"
            " 0.5 lost for each 5 percentage points, 1 counted, 0.5 lost"
        ),
    ),
    "nothing to double": (
        make(attrs.evolve(UNKEPT, times=Times(2, Flag(ACCIDENT)))),
        {"ledger": True, "accident": True},
        "台账：是，不扣分",
        "台账: yes, nothing lost",
    ),
    "halved, and a third of it": (
        make(
            attrs.evolve(
                UNKEPT,
                times=(
                    Times("0.5", Compare(VISITS, ">=", 4)),
                    Times(Fraction(1, 3), Flag(ACCIDENT)),
                ),
            )
        ),
        {"ledger": False, "accident": True, "visits": 5},
        (
            "台账：否，巡查达到4次以上（巡查5次），减半计分，「责任事故」为是，"
            "按1/3倍计分，2×0.5×1/3＝≈0.3333分，扣0.33分"
        ),
        (
            "台账: no, halved as 巡查 at least 4次 (巡查 5次), times 1/3 as"
            " “责任事故” is yes, 2×0.5×1/3 = ≈0.3333, 0.33 lost"
        ),
    ),
    "only where a condition holds": (
        make(attrs.evolve(EACH, when=Compare(VISITS, "<", 4))),
        {"complaints": 2, "visits": 3},
        "符合“巡查低于4次”的条件（巡查3次）：投诉2例，计2，每1例扣1分，扣2分",
        (
            "condition met: 巡查 below 4次 (巡查 3次): 投诉 2例: 2 counted, 1 lost for each 1例,"
            " 2 lost"
        ),
    ),
    "only where one of two facts holds": (
        make(attrs.evolve(EACH, when=AnyOf((NO_LEDGER, Flag(ACCIDENT))))),
        {"complaints": 2, "ledger": True, "accident": True},
        (
            "符合“「台账」为否或「责任事故」为是”的条件（台账：是、责任事故：是）："
            "投诉2例，计2，每1例扣1分，扣2分"
        ),
        (
            "condition met: “台账” is no or “责任事故” is yes (台账: yes, 责任事故: yes):"
            " 投诉 2例: 2 counted, 1 lost for each 1例, 2 lost"
        ),
    ),
    "bands where a condition holds": (
        make(attrs.evolve(BY_BAND, when=Compare(VISITS, ">=", 4))),
        {"rate": 85, "visits": 4},
        "符合“巡查达到4次以上”的条件（巡查4次）：满意率85%，第2档，得3分",
        "condition met: 巡查 at least 4次 (巡查 4次): 满意率 85%: band 2, 3 earned",
    ),
    "bands where a condition does not hold": (
        make(attrs.evolve(BY_BAND, when=Compare(VISITS, ">=", 4))),
        {"visits": 3},
        "不符合“巡查达到4次以上”的条件（巡查3次），不得分",
        "condition not met: 巡查 at least 4次 (巡查 3次), nothing earned",
    ),
    "once": (
        make(UNKEPT),
        {"ledger": "否"},
        "台账：否，扣2分",
        "台账: no, 2 lost",
    ),
    "once, where a number is held against another": (
        make(Deduction(Once(Compare(RATE, "<", Given(LAST))), points=1)),
        {"rate": 83, "last": 85},
        "满意率低于上年满意率（满意率83%、上年满意率85%）：是，扣1分",
        "满意率 below 上年满意率 (满意率 83%, 上年满意率 85%): yes, 1 lost",
    ),
    "once, by the level that was observed": (
        make(Deduction(Once(Level(QUALITY, ("良", "差"))), points=1)),
        {"quality": "差"},
        "档案质量差，扣1分",
        "档案质量 差, 1 lost",
    ),
    "once, and another level was observed": (
        make(Deduction(Once(Level(QUALITY, ("良", "差"))), points=1)),
        {"quality": "优"},
        "档案质量优，不扣分",
        "档案质量 优, nothing lost",
    ),
    "once, by cases of which there are any": (
        make(Deduction(Once(Flag(COMPLAINTS)), points=1)),
        {"complaints": 2},
        "投诉2例，扣1分",
        "投诉 2例, 1 lost",
    ),
    "once, by one of two facts": (
        make(Deduction(Once(AnyOf((NO_LEDGER, Flag(ACCIDENT)))), points=1)),
        {"ledger": True, "accident": True},
        "台账：是、责任事故：是，扣1分",
        "台账: yes, 责任事故: yes, 1 lost",
    ),
    "once, by two facts of which one did not happen": (
        make(Deduction(Once(AllOf((NO_LEDGER, Compare(VISITS, "<", 2)))), points=1)),
        {"ledger": False, "visits": 2},
        "「台账」为否且巡查低于2次（台账：否、巡查2次）：不成立，不扣分",
        "“台账” is no and 巡查 below 2次 (台账: no, 巡查 2次): does not hold, nothing lost",
    ),
    "once, and not at a level": (
        make(Deduction(Once(Not(Level(QUALITY, "优"))), points=1)),
        {"quality": "差"},
        "档案质量差，扣1分",
        "档案质量 差, 1 lost",
    ),
    "once, and it did not happen": (
        make(UNKEPT),
        {"ledger": "是"},
        "台账：是，不扣分",
        "台账: yes, nothing lost",
    ),
    "bands": (
        make(BY_BAND),
        {"rate": 85},
        "满意率85%，第2档，得3分",
        "满意率 85%: band 2, 3 earned",
    ),
    "in no band": (
        make(BY_BAND),
        {"rate": 70},
        "满意率70%，不在各档内，不得分",
        "满意率 70%: in no band, nothing earned",
    ),
    "a band of levels": (
        make(Bands(QUALITY, "lose", (LevelBand("良", 1), LevelBand("差", 3)))),
        {"quality": "差"},
        "档案质量差，第2档，扣3分",
        "档案质量 差: band 2, 3 lost",
    ),
    "a curve": (
        make(BY_LINE),
        {"rate": 75},
        "满意率75%，得5分",
        "满意率 75%, 5 earned",
    ),
    "a judgement": (
        make(Judgement("整洁", "lose", most=2)),
        {"整洁": "1.5"},
        "评判整洁：1.5分，扣1.5分",
        "judgement 整洁: 1.5, 1.5 lost",
    ),
    "an item without a rule": (
        make(item()),
        {"1": "7.25"},
        "评判7.25分，得7.25分",
        "judgement 7.25, 7.25 earned",
    ),
    "a cap": (
        make(attrs.evolve(SHORT, cap=1)),
        {"rate": 60},
        "满意率60%，目标90%，低30个百分点，每5个百分点扣0.5分，计6档，应扣3分，最高扣1分，实扣1分",
        (
            "满意率 60%, target 90%: short by 30 percentage points,"
            " 0.5 lost for each 5 percentage points, 6 counted, 3 due, at most 1, 1 lost"
        ),
    ),
    "what was left": (
        make(item(FEW, UNKEPT, points=4)),
        {"visits": 1, "ledger": False},
        "台账：否，应扣2分，只余1分，实扣1分",
        "台账: no, 2 due, 1 left, 1 lost",
    ),
    "a bonus": (
        make(SHORT, Bonus(Cases(PRAISE), points=1, cap=2)),
        {"rate": 90, "praise": 3},
        "表扬3次，计3，每1次加1分，应加3分，最高加2分，实加2分",
        "表扬 3次: 3 counted, 1 added for each 1次, 3 due, at most 2, 2 added",
    ),
    "a bonus apart": (
        make(SHORT, Bonus(Cases(PRAISE), points="0.5", where="apart")),
        {"rate": 90, "praise": 3},
        "表扬3次，计3，每1次加0.5分，加1.5分",
        "表扬 3次: 3 counted, 0.5 added for each 1次, 1.5 added",
    ),
    "not applicable": (
        make(SHORT),
        {"rate": NOT_APPLICABLE},
        "满意率：不适用，不计",
        "满意率: not applicable, no effect",
    ),
    "missing": (
        make(SHORT),
        {},
        "满意率：缺数据，无法计分",
        "满意率: no data, not scored",
    ),
    "an unknown kind of facility": (
        make(Deduction(StepsBelow(RATE, target=ByKind({"中心": 90}), step=5), points=1)),
        {"rate": 70},
        "机构类别：缺数据，无法计分",
        "kind of facility: no data, not scored",
    ),
    "a share of nothing": (
        make(Deduction(StepsBelow(VISITS, target=Given(HOMES)), points=1)),
        {"visits": 4, "homes": 0},
        "应访户、巡查：目标为0，无法按比例计算",
        "应访户, 巡查: a share of a target of 0 can't be told",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_told_in_both_languages(name: str) -> None:
    """Value, target, shortfall, count, points: an official can follow each figure."""
    agreement, values, chinese, english = RULES[name]
    sheet = scored(agreement, values)
    # The last line of a rule; what was capped, rounded or excused stands on lines behind it.
    place = max(i for i, line in enumerate(sheet.lines) if line.kind.value == "rule")
    assert sheet.sentences()[place] == chinese
    assert sheet.sentences("en")[place] == english


ADJUSTMENTS: dict[str, tuple[Agreement, dict[str, Any], str, str]] = {
    "a start at zero": (make(BY_BAND), {"rate": 95}, "起评：-10分", "starts at zero: -10"),
    "a cap": (make(attrs.evolve(SHORT, cap=1)), {"rate": 60}, "封顶：+2分", "cap: +2"),
    "a floor": (
        make(item(FEW, UNKEPT, points=4)),
        {"visits": 1, "ledger": False},
        "扣完为止：+1分",
        "nothing left: +1",
    ),
    "a ceiling": (
        make(BY_BAND, Bonus(Cases(PRAISE), points=2, where="inside")),
        {"rate": 95, "praise": 4},
        "已满分：-3分",
        "already full: -3",
    ),
    "a rounding": (
        make(BY_LINE),
        {"rate": 77},
        "尾数取舍：≈5.666667 按规定位数取舍",
        "rounding: ≈5.666667 rounded",
    ),
    "a forfeit": (
        make(SHORT, Forfeit(NO_LEDGER)),
        {"rate": 83, "ledger": False},
        "不得分：台账：否，余下9.5分不得",
        "forfeit: 台账: no, the 9.5 left are forfeited",
    ),
    "a forfeit by a number": (
        make(FEW, Forfeit(Compare(VISITS, "<", 2))),
        {"visits": 1},
        "不得分：巡查低于2次（巡查1次）：是，余下7分不得",
        "forfeit: 巡查 below 2次 (巡查 1次): yes, the 7 left are forfeited",
    ),
    "a forfeit that did not happen": (
        make(SHORT, Forfeit(NO_LEDGER)),
        {"rate": 83, "ledger": True},
        "不得分：台账：是，不属此情形",
        "forfeit: 台账: yes, nothing forfeited",
    ),
    "a forfeit by either of two facts, of which one is missing": (
        make(SHORT, Forfeit(AnyOf((NO_LEDGER, Flag(ACCIDENT))))),
        {"rate": 83, "ledger": True},
        "不得分：台账、责任事故：缺数据，无法计分",
        "forfeit: 台账, 责任事故: no data, not scored",
    ),
    "a forfeit of which the fact is missing": (
        make(SHORT, Forfeit(NO_LEDGER)),
        {"rate": 83},
        "不得分：台账：缺数据，无法计分",
        "forfeit: 台账: no data, not scored",
    ),
    "a forfeit of which the fact does not apply": (
        make(SHORT, Forfeit(NO_LEDGER)),
        {"rate": 83, "ledger": NOT_APPLICABLE},
        "不得分：台账：不适用，不计",
        "forfeit: 台账: not applicable, no effect",
    ),
    "no written evidence": (
        make(item(SHORT, evidence_required=True)),
        {"rate": Statement(95, unevidenced=True)},
        "不得分：无书面佐证：是，余下10分不得",
        "forfeit: no written evidence: yes, the 10 left are forfeited",
    ),
    "an excused item": (
        make(item(SHORT)),
        {"rate": NOT_APPLICABLE},
        "合理缺项：按满分计",
        "not applicable: counts as full",
    ),
    "an excused item that earns nothing": (
        make(item(SHORT), excused=ZeroPoints()),
        {"rate": NOT_APPLICABLE},
        "合理缺项：不得分",
        "not applicable: earns nothing",
    ),
    "an excused item whose points move": (
        make(item(SHORT), item(FEW, number="2", points=5), excused=MovedTo("2")),
        {"rate": NOT_APPLICABLE, "visits": 4},
        "合理缺项：10分移至2",
        "not applicable: its 10 move to 2",
    ),
    "an excused item whose points drop out": (
        make(item(SHORT), item(FEW, number="2", points=5), excused=Rescaled()),
        {"rate": NOT_APPLICABLE, "visits": 4},
        "合理缺项：10分不计，其余条目折算",
        "not applicable: its 10 drop out, the rest is scaled up",
    ),
    "an excused item that earns its peers' mean": (
        make(item(SHORT), excused=PeersMean(PEERS)),
        {"rate": NOT_APPLICABLE, "peers": "7.125"},
        "合理缺项：按同类均分7.125计7.13分",
        "not applicable: 同类均分 7.125, earns 7.13",
    ),
    "a peers' mean above the points": (
        make(item(SHORT), excused=PeersMean(PEERS)),
        {"rate": NOT_APPLICABLE, "peers": 12},
        "合理缺项：同类均分12不在0至10分之间，计10分",
        "not applicable: 同类均分 12 is not within 0 to 10, earns 10",
    ),
    "a peers' mean that is missing": (
        make(item(SHORT), excused=PeersMean(PEERS)),
        {"rate": NOT_APPLICABLE},
        "合理缺项：同类均分：缺数据，无法计分",
        "not applicable: 同类均分: no data, not scored",
    ),
    "a peers' mean that does not apply either": (
        make(item(SHORT), excused=PeersMean(PEERS)),
        {"rate": NOT_APPLICABLE, "peers": NOT_APPLICABLE},
        "合理缺项：同类均分：不适用，不计",
        "not applicable: 同类均分: not applicable, no effect",
    ),
    "the cap of a group": (
        make(Group((SHORT, UNKEPT), cap=3)),
        {"rate": 70, "ledger": False},
        "合并封顶：+1分（以下各项合计，最高扣3分：满意率达到90%以上，每低5个百分点扣0.5分；「台账」为否的，扣2分）",
        (
            "cap of the group: +1 (of the following together, at most 3 points deducted:"
            " 满意率 at least 90%, 0.5 points deducted for every 5 percentage points below;"
            " where “台账” is no, 2 points deducted)"
        ),
    ),
    "a rule that was not picked": (
        make(Group((SHORT, UNKEPT), pick="worst")),
        {"rate": 70, "ledger": False},
        "未取：+2分",
        "not picked: +2",
    ),
}


@pytest.mark.parametrize("name", ADJUSTMENTS)
def test_what_a_limit_did_is_told_in_both_languages(name: str) -> None:
    """Whatever moved points beside the rules says its name and how much."""
    agreement, values, chinese, english = ADJUSTMENTS[name]
    assert chinese in told(agreement, **values)
    assert english in told(agreement, "en", **values)


def test_an_unknown_language_is_refused() -> None:
    """A sheet speaks two languages, and names them."""
    with pytest.raises(UsageError, match="`fr`"):
        told(make(SHORT), "fr", rate=90)  # type: ignore[arg-type]


def test_a_gate_that_stayed_closed_says_why() -> None:
    """What counts only once an item is used up (扣满) says that the item is not."""
    late = Deduction(Once(NO_LEDGER), points=5, reach="section", on_exhaustion=True)
    agreement = make(section(item(FEW, late, number="1.1")))
    values = {"visits": 3, "ledger": False}
    assert told(agreement, **values)[1] == "台账：否，条目未扣完，不扣分"
    english = told(agreement, "en", **values)[1]
    assert english == "台账: no, the item is not used up, nothing lost"


def test_one_of_a_group_that_was_not_picked_does_not_say_that_nothing_was_left() -> None:
    """Of the worst of two, the other was due and took nothing; the line behind it says why."""
    agreement = make(Group((SHORT, UNKEPT), pick="worst"))
    sentences = told(agreement, rate=70, ledger=False)
    assert sentences[1:] == ("台账：否，应扣2分，实扣0分", "未取：+2分")


def test_a_line_is_told_again_in_the_same_words() -> None:
    """Words that are kept for a plan say the same for the next record, with its own numbers."""
    relative = Deduction(StepsBelow(RATE, target=90, step=10, relative=True), points=1)
    agreement = make(SHORT, relative, UNKEPT, FEW, Forfeit(NO_LEDGER))
    first = told(agreement, rate=70, visits=3, ledger=True)
    assert told(agreement, rate=60, visits=2, ledger=True) != first
    assert told(agreement, rate=70, visits=3, ledger=True) == first
