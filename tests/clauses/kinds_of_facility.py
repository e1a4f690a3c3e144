"""One quantity of which each kind of facility has its own number, and kinds that stand in lists.

Reworded from the yearly tables of basic public health services, which ask more of a township's
health centre than of a village's clinic.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Cases, Lacking
from healthduty.rules.threshold import ByKind

_LECTURES = ByKind({"乡镇卫生院": 12, "社区卫生服务中心": 12, "村卫生室": 6, "社区卫生服务站": 6})


CASES = (
    ClauseCase(
        text="乡镇卫生院、社区卫生服务中心≥12次，村卫生室、社区卫生服务站≥6次，每少1次扣0.5分",
        pattern="lacking",
        points=3,
        requirement="知识讲座",
        rules=(Deduction(Lacking("知识讲座", required=_LECTURES), points="0.5"),),
    ),
    ClauseCase(
        text="每所乡镇卫生院和社区卫生服务中心每月至少举办1次知识讲座，村卫生室和社区卫生服务站每两个月至少举办1次知识讲座，少一次扣0.5分",
        pattern="lacking",
        points=3,
        rules=(Deduction(Lacking("知识讲座", required=_LECTURES), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="乡镇卫生院（社区卫生服务中心）全年不少于12次知识讲座，村卫生室（社区卫生服务站）不少于6次，少1次扣0.5分",
        pattern="lacking",
        points=3,
        rules=(Deduction(Lacking("知识讲座", required=_LECTURES), points="0.5"),),
    ),
    ClauseCase(
        text="乡镇卫生院每年至少开展9次义诊，村卫生室至少开展3次，少一次扣1分",
        pattern="lacking",
        points=3,
        rules=(
            Deduction(Lacking("义诊", required=ByKind({"乡镇卫生院": 9, "村卫生室": 3})), points=1),
        ),
    ),
    ClauseCase(
        text="中心、乡镇≥4场，站、室≥2场",
        pattern="target",
        points=3,
        requirement="义诊",
        targets=(Target("义诊", ">=", ByKind({"中心": 4, "乡镇": 4, "站": 2, "室": 2})),),
        assumed=True,
    ),
    # a price of a step for each kind: each has its own number, and its own quantity
    ClauseCase(
        text="乡镇卫生院至少9次，村卫生室至少6次；乡镇卫生院每少1次扣1分，村卫生室每少1次扣0.5分",
        pattern="lacking",
        points=5,
        requirement="义诊",
        rules=(
            Deduction(Lacking("乡镇卫生院义诊", required=9), points=1),
            Deduction(Lacking("村卫生室义诊", required=6), points="0.5"),
        ),
    ),
    # what each person is to have is no number for the year
    ClauseCase(
        text="慢阻肺患者每年随访不少于4次，每少一次扣0.5分",
        pattern="per case",
        points=5,
        rules=(Deduction(Cases("慢阻肺患者随访缺少"), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="少随访1次扣0.2分",
        pattern="per case",
        points=5,
        requirement="签约患者每年至少4次面对面随访",
        rules=(Deduction(Cases("签约患者面对面随访缺少"), points="0.2"),),
        assumed=True,
    ),
    ClauseCase(
        text="每少1次扣1分",
        pattern="lacking",
        points=5,
        requirement="居民健康讲座每年不少于6次",
        rules=(Deduction(Lacking("居民健康讲座", required=6), points=1),),
    ),
    # in each of several there may be several faults
    ClauseCase(
        text="每份病历1处涂改不规范扣0.1分",
        pattern="per case",
        points=5,
        rules=(Deduction(Cases("病历涂改不规范"), points="0.1"),),
    ),
    ClauseCase(
        text="书写缺陷每处扣0.1分，每份最多扣1分",
        pattern="per case",
        points=5,
        rules=(Deduction(Cases("书写缺陷"), points="0.1"),),
    ),
)
