"""Quantities of which less is better: a bare number beside them is the most, not the least.

A table prints 药占比 | 30% and 孕产妇死亡率 | 18/10万 without a comparison; who reaches the target
is below it. What is done about something unwanted (死亡病例报告率) is wanted, and so is its fall.

Source: docs/en/explanation/how-text-is-read.md, “The required number”; semantics 3.

>>> [is_unwanted(name) for name in ("药占比", "孕产妇死亡率", "死亡病例报告率", "药占比下降率")]
[True, True, False, False]
"""

from __future__ import annotations

import functools
import re

_EVENTS = (
    "死亡|病死|发病|发生|感染|漏报|迟报|瞒报|漏诊|误诊|漏登|漏种|差错|缺陷|投诉|纠纷|违规|违法|违纪|不合格"
    "|不达标|返修|空置|并发症|再住院|再入院|再手术|非计划[^,，、率]{1,8}|失访|流失|脱落|剖宫产|超标|负债"
    "|抗菌药物使用|抗生素使用|激素使用|输液使用|静脉输液|抗菌药物联用|病案丙级|丙级病[历案]|拒付|扣款|退单|舆情|上访|信访|曝光|窒息|早产|压疮|跌倒|坠床|走失"
)
_SPENT = (
    "平均住院(?:日|天数?)|使用强度|[药耗]占比|(?:药品|耗材|卫生材料|材料|检查检验?)(?:收入|费用?)?(?:占比|比例|比重)"
    "|(?:药品|耗材|卫生材料|材料)(?:收入|费用)?占[^,，、]{2,8}比[例重]"
    "|(?:次均|均次|例均|人均|人次均|床日|单病种|百元)[^,，、降减]{0,10}(?:费用?|药费|药品费|消耗|支出|成本)"
    "|费用?(?:同比)?(?:增幅|增长率?|增长幅度|涨幅|上涨率)"
    "|(?:候诊|等候|等待|反应|响应|周转|滞留)时间|[能水电油]耗|资产负债率|管理费用率"
)
_UNWANTED = re.compile(
    rf"(?:(?:{_EVENTS})(?:率|比例|占比|[人例起件次]?数)?|{_SPENT})(?:控制)?(?:目标|指标)?$"
)


@functools.lru_cache(maxsize=1024)
def is_unwanted(name: str) -> bool:
    """Whether less of a quantity is better, as its name says."""
    return _UNWANTED.search(name) is not None
