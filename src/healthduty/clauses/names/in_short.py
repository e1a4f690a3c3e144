"""Which of several quantities a short name stands for: 管理率 beside those of two diseases.

A name that ends with the short one is what it stands for, and where several do, all of them: what
is lost for 管理率 is lost for each. One whose head makes another rate of it (规范管理率 for
管理率) is left out while others remain.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> stands_for("管理率", ["高血压患者管理率", "高血压患者规范管理率", "糖尿病患者管理率"])
[0, 2]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ANOTHER = re.compile(
    r"(?:规范化?|规律|系统|动态|及时|有效|优质|随机|早期|主动|重点|首诊|任务|电子|中医药?|不|未)$"
)
"""Heads that make another quantity of a rate: 规范管理率 is no 管理率."""
_LEAST = 2


def _alike(name: str) -> str:
    """Return a name as it is compared: 任务数完成率 is the 任务完成率."""
    return name.replace("数完成率", "完成率")


def stands_for(subject: str, names: Sequence[str]) -> list[int]:
    """Return the places of the names that a short one stands for, none where no name ends so."""
    if len(subject) < _LEAST:
        return []
    ends = [at for at, name in enumerate(names) if _alike(name).endswith(_alike(subject))]
    plain = [at for at in ends if not _ANOTHER.search(names[at][: -len(subject)])]
    return plain or ends
