"""Clauses that are not read as their cases state, by how they begin, each with what is missed.

The list is honest bookkeeping: a case that is read after all must leave it.
"""

from __future__ import annotations

MISSED: dict[str, str] = {
    "住院分娩率达到99%得满分，": (
        "a line between two bands that is named afterwards (其间按线性插值)"
    ),
    "每千人口全科医生数不少于三人": "每千 is read as a number of each",
    "使用无资质厂家生产的压力容器": "a bracket that says what the words before it include",
    "未配合无主犬整治，造成犬只伤": (
        "two facts before 每起 are one case; the last one alone is read"
    ),
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
}


def missed(text: str) -> bool:
    """Return whether a clause is one of them."""
    return any(text.startswith(begins) for begins in MISSED)
