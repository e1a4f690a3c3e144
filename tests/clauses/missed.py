"""Clauses that are not read as their cases state, by how they begin, each with what is missed.

The list is honest bookkeeping: a case that is read after all must leave it.
"""

from __future__ import annotations

MISSED: dict[str, str] = {
    "使用无资质厂家生产的压力容器": "a bracket that says what the words before it include",
    "护士未佩戴胸牌上岗，发现一次": "有投诉查实: the verb behind the noun belongs to the name",
    "每招引1个项目加1分，属高新": "a verb between 每 and the number, with a noun behind",
    "按时发放补贴的，产区得2分，": "kinds of places as if they were facts",
    "健全师德师风评议档案,每季度": "a duty whose absence costs points is a target as well",
    "并组织对本校实验室每季度进行": "the duty stands behind the number, its place before",
    "高耗能设备总数控制在15台以": "one bound for two named places",
    "刑事案件发案率35.62/万": "a reported value beside the goal in the same sentence",
    "市民投訴反映問題情節較輕的,": (
        "two duties with deadlines in traditional characters, their names apart"
    ),
    "對按時完成綠化養護任務(考核": (
        "money that follows the score: the agreement reader reads it, not the clause reader"
    ),
    "工会经费未独立核算，不得分；": "a negated number of times (一年未公布一次)",
    "科主任未签字确认的视为未开展": "视为 between the fact and what it counts as",
    "购烟身份查验率95%以上不扣": "a band of 0 for 不扣分",
    "完成年度目标90%（含）以上": "a share of a target that the text itself names only so",
    "专家现场评价分为好、中、差三": "levels listed before their points",
    "临床用血评价全年60例，缺5": "缺5例 without 每",
    "公共卫生科应有专职人员4人及": "应有 inside the name",
    "住院患者腕带缺失1人扣0.5": "缺失 as a fault and not as a lack",
    "违规收费按例扣分，每例1分": "按例扣分 with the points behind",
    "接受中央媒体专访加3分，接受": "加分可累计 is reported though it says nothing new",
    "食堂每学期开展食品安全自查不": "开展 inside the name",
    "每超1个百分点扣0.5分": "no target anywhere: a blank, or no rule",
    "应设未设药事会，无正当理由超": "how long a fault lasts, behind the comma: one fact, not two",
    "科普讲座每少一次扣0.5分": "the requirement calls the quantity by other words",
    "被县级通报的每例扣2分，被市级": "分级加倍 has no one factor",
}


def missed(text: str) -> bool:
    """Return whether a clause is one of them."""
    return any(text.startswith(begins) for begins in MISSED)
