"""Duties by the period as a saying has them: 一月一督查, 一季一通报, 半年一考评, 年终总考核.

Source: the patterns of published scoring tables; semantics 10 (periods).

>>> duties_said("坚持一月一督查、一季一通报制度"), duties_said("一人一档")
([('督查', '月'), ('通报', '季')], [])
"""

from __future__ import annotations

import re

_SAYING = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|坚持|落实|实行|执行|做到|建立|开展)"
    r"(?P<period>半年|[一每](?:年|季度?|月|周|日|天))一"
    r"(?P<deed>(?![次份户人个例项天日周月年般定些])[\u4e00-\u9fff]{2,4}?)(?=[”\"]|制度?$|$)"
    r"|(?:^|[^\u4e00-\u9fff])年[终底](?P<total>总(?:考核|考评|评比?|结))(?=[”\"]|$)"
)
_LONGEST = 16
_MOST = 80


def duties_said(words: str) -> list[tuple[str, str]]:
    """Return what is to be done, and by which period; nothing where some words are no saying."""
    said = [_duty(part[-_LONGEST:]) for part in words[:_MOST].split("、")]
    found = [duty for duty in said if duty is not None]
    return found if len(found) == len(said) else []


def _duty(words: str) -> tuple[str, str] | None:
    """Read one saying: the deed and the period, 年 for what is done at its end."""
    found = _SAYING.search(words)
    if found is None:
        return None
    if found["total"]:
        return found["total"], "年"
    period: str = found["period"]
    return found["deed"], period if period == "半年" else period[1:]
