"""What patterns are made of: a number, a unit, points, the end of a phrase.

Every repetition in these fragments is bounded, and so in every pattern made of them: that keeps
the time of reading linear in the text.

Source: the patterns of published scoring tables.

>>> import re
>>> re.match(QUANTITY, "90%以上").group(), re.match(AMOUNT, "0.5-2分").group()
('90%', '0.5-2分')
"""

from __future__ import annotations

from healthduty.clauses.text.lexicon import UNIT
from healthduty.clauses.text.numerals import NUMERALS


def any_of(words: str) -> str:
    """Return a pattern for one of some words, which stand between blanks; the first that fits."""
    return "(?:" + "|".join(words.split()) + ")"


NUMERAL = f"[{NUMERALS}]"
"""One Chinese numeral."""

FIGURE = rf"(?:\d{{1,20}}(?:\.\d{{1,20}})?|[{NUMERALS}半]{{1,12}})"
"""A number, in digits or in Chinese numerals."""

PHRASE_END = r"(?=[)。,;、\n]|$)"
"""Looks ahead for the end of a phrase."""

# 分 is points unless a word goes on with it (分钟, 分管).
AGED = r"(?:\d{1,2}[-~～—–至]\d{1,2}|[3-9]|\d{2})周?岁(?!末)|[12]型(?!号)"
LASTS = rf"(?:{AGED}|\d{{1,3}}(?:小时|个(?:工作日|月)|[天日](?:内|以内)|分钟))"
"""Quantities that a line begins with right behind its number: 2.2型糖尿病, 1.24小时内."""
POINTS = (
    rf"(?:(?<=[\d{NUMERALS}半])学)?分(?:(?<=\d分)(?=管理|院[长内]|发[现生]|配[备置]|组织|部门|工作)"
    r"|(?![别管析类级工组布诊娩配钟支部期局院段泌享担流发歧值摊担散])(?:(?<=[\d零一二三四五六七八九十半]分)|(?![层开离解成红批片科拣装区块隔户辨属众清明辩页项岗册店公司])))"
)
"""分 as points; so are the credits of a course (2学分), unless they are what is required."""

AMOUNT = rf"{FIGURE}(?:分?[-至到、/和与]{FIGURE}){{0,6}}{POINTS}"
"""A number of points, a range or a list of them."""

ANY_UNIT = f"(?:{UNIT})"
"""One unit, the longest that fits."""

QUANTITY = rf"{FIGURE}(?:/\d{{1,4}})?{ANY_UNIT}"
"""A number with its unit."""

NUMBER_AHEAD = rf"(?=约?(?:{FIGURE}|_|[百千]分之))"
"""Looks ahead for a number or a blank."""

ITEM = (
    r"(?:(?<=[,，的])[该本此]项(?:工作|内容|任务)|(?:该|本|此)?(?:大?项|指标|条|款|小项)?(?:目)?)"
    r"(?:(?<![达合到])标准|(?<![、和及或无未没])考核)?"
)
"""The item itself, where it is named: 该项, 本指标."""
