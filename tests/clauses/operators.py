"""Words that change what a score is, and are read: 按例, 首次不扣分, 只得, 之一, 同时存在, 下降.

Those that are not read are in `test_operators.py`: they are told.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.rules.condition import AllOf, AnyOf, Flag
from healthduty.rules.points import FULL
from healthduty.rules.rule import Band, Bands, Bonus, CaseBand, Deduction, Forfeit, Group
from healthduty.rules.tally import Cases, Once, StepsBelow
from healthduty.rules.threshold import Blank


def _each(words: str, points: int | str, *, free: int = 0) -> Deduction:
    """Lose these points for each case found, the first ones free."""
    return Deduction(Cases(words, free=free), points=points)


_EACH = (
    ClauseCase(
        text="死亡病例漏报按例扣2分",
        pattern="by the case",
        rules=(_each("死亡病例漏报", 2),),
    ),
    ClauseCase(
        text="未按时归档的按份扣0.2分，最高扣2分",
        pattern="by the case",
        rules=(Deduction(Cases("未按时归档"), points="0.2", cap=2),),
    ),
    ClauseCase(
        text="无故旷工按天扣1分",
        pattern="by the case",
        rules=(_each("无故旷工", 1),),
    ),
    ClauseCase(
        text="处方不合格，逐张扣0.1分",
        pattern="by the case",
        rules=(_each("处方不合格", "0.1"),),
    ),
    ClauseCase(
        text="简报采用按篇加0.5分",
        pattern="by the case",
        rules=(Bonus(Cases("简报采用"), points="0.5"),),
    ),
)

_FREE = (
    ClauseCase(
        text="日报迟报每次扣0.5分，首次不扣分",
        pattern="free",
        rules=(_each("日报迟报", "0.5", free=1),),
    ),
    ClauseCase(
        text="会议缺席每次扣1分，第一次免予扣分",
        pattern="free",
        rules=(_each("会议缺席", 1, free=1),),
    ),
    ClauseCase(
        text="病历缺页每例扣1分，初次发现的给予提醒，不扣分",
        pattern="free",
        rules=(_each("病历缺页", 1, free=1),),
    ),
)

_ONE_OR_ALL = (
    ClauseCase(
        text="有虚报、瞒报、拒报情形之一的不得分",
        pattern="any",
        rules=(Forfeit(AnyOf((Flag("虚报"), Flag("瞒报"), Flag("拒报")))),),
    ),
    ClauseCase(
        text="早退、脱岗同时存在的扣2分",
        pattern="all",
        rules=(Deduction(Once(AllOf((Flag("早退"), Flag("脱岗")))), points=2),),
    ),
    ClauseCase(
        text="获国家级表彰加3分，获省级表彰加2分，取其中最高一项",
        pattern="one of several",
        rules=(
            Group(
                (
                    Bonus(Once(Flag("获国家级表彰")), points=3),
                    Bonus(Once(Flag("获省级表彰")), points=2),
                ),
                pick="best",
            ),
        ),
    ),
    ClauseCase(
        text="床位不足仅扣1分",
        pattern="only",
        rules=(Deduction(Once(Flag("床位不足")), points=1),),
    ),
    ClauseCase(
        text="逾期上报总结的只得1分",
        pattern="only",
        rules=(
            Bands("逾期上报总结", "earn", (CaseBand(Flag("逾期上报总结"), 1),), otherwise=FULL),
        ),
        assumed=True,
    ),
)

_AVERAGES = (
    ClauseCase(
        text="各病区平均缺1份扣0.5分",
        pattern="averages",
        rules=(_each("各病区平均缺少", "0.5"),),
    ),
    ClauseCase(
        text="全县考核增幅排前3位加3分，4—6位加2分",
        pattern="ranks",
        rules=(
            Bands(
                "全县考核增幅",
                "add",
                (
                    Band(3, low=1, high=3, high_in=True),
                    Band(2, low=4, high=6, high_in=True),
                ),
            ),
        ),
    ),
)

_CHANGES = (
    ClauseCase(
        text="住院次均费用同比下降4%得3分",
        pattern="growth",
        rules=(Bands("住院次均费用同比下降", "earn", (Band(3, low=4),)),),
        assumed=True,
    ),
    ClauseCase(
        text="手术台次同比增长8%得2分",
        pattern="growth",
        rules=(Bands("手术台次同比增长", "earn", (Band(2, low=8),)),),
        assumed=True,
    ),
)

_BLANKS = (
    ClauseCase(
        text="群众满意度达到    %以上，每低1%扣1分",
        pattern="blanks",
        rules=(Deduction(StepsBelow("群众满意度", target=Blank("群众满意度"), step=1), points=1),),
    ),
    ClauseCase(
        text="设备购置投入人民币　　　万元，每少5%扣1分",
        pattern="blanks",
        rules=(
            Deduction(
                StepsBelow(
                    "设备购置投入人民币", target=Blank("设备购置投入人民币"), step=5, relative=True
                ),
                points=1,
            ),
        ),
    ),
)

CASES: tuple[ClauseCase, ...] = (*_EACH, *_FREE, *_ONE_OR_ALL, *_AVERAGES, *_CHANGES, *_BLANKS)
