"""The columns of a ledger of duties (工作台账): which heading says what, in which row they stand.

A ledger has a row for each thing that was done. Its headings are the words below, in Chinese or
English; spaces, full-width characters and capitals make no difference, and a unit in brackets
(学时数（学时）) is left aside. What is none of these words is reported, and not read.

Source: “from submissions and dated cases”; semantics 12 (nothing is dropped).

>>> column_of("办结日期"), column_of(" 数量（次）"), column_of("天气")
(<Column.DATE: 'date'>, <Column.COUNT: 'count'>, None)
>>> period_label("2024年第一季度"), period_label("2024年3月"), period_label("年初")
('2024-Q1', '2024-03', '年初')
"""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Callable, Mapping, Sequence

from healthduty.exact import number_text
from healthduty.records.headers import LONG_WORDS, WIDE_WORDS, Holds, fold
from healthduty.said import Said


class Column(enum.StrEnum):
    """What a column of a ledger says of what was done."""

    DUTY = "duty"
    DATE = "date"
    COUNT = "count"
    OBJECT = "object"
    PERIOD = "period"
    CASE = "event"
    EVIDENCE = "evidence"
    CODE = "facility's code"
    NAME = "facility's name"
    UNUSED = "nothing that is read"


_SAME = {
    Holds.FACILITY: Column.CODE,
    Holds.NAME: Column.NAME,
    Holds.PERIOD: Column.PERIOD,
    Holds.DATE: Column.DATE,
    Holds.CASE: Column.CASE,
    Holds.EVIDENCE: Column.EVIDENCE,
    Holds.UNUSED: Column.UNUSED,
}
"""What means the same in a table of records: its words are words of a ledger too."""

_OWN = {
    Column.DUTY: "duty obligation task 工作要求 要求 工作任务 任务 工作事项 事项 工作内容 工作 项目"
    " 报送事项 报送内容 要求编码 要求代码",
    Column.DATE: "day done_on 时间 完成日期 完成时间 报送日期 报送时间 开展日期 开展时间 办结日期"
    " 办结时间 活动日期 检查日期 巡查日期",
    Column.COUNT: "count number times quantity hours 次数 数量 完成数 完成数量 完成次数 件数 份数"
    " 人数 学时 学时数 课时",
    Column.OBJECT: "object of household person for 对象 服务对象 户 户主编号 户号 人员 人员编号"
    " 被检查单位 被巡查单位 巡查单位 检查对象",
    Column.PERIOD: "for_period 期次 所属期 所属期次 报告期 月份 季度",
    Column.CASE: "event event_id 事件 投诉编号 受理编号",
    Column.EVIDENCE: "proof 佐证资料 附件 资料名称",
    Column.UNUSED: "填报人 经办人 记录人",
}

WORDS: Mapping[str, Column] = {
    **{
        word: _SAME[holds] for word, holds in {**LONG_WORDS, **WIDE_WORDS}.items() if holds in _SAME
    },
    # "时间" is the time of a record, and the day of what was done.
    **{word: column for column, words in _OWN.items() for word in words.split()},
}
"""The headings of a ledger."""

NEEDED = (Column.DUTY, Column.DATE)
"""What makes a row of headings the header of a ledger."""

SPREAD = frozenset(
    {Column.DUTY, Column.DATE, Column.PERIOD, Column.CASE, Column.CODE, Column.NAME}
    | {Column.OBJECT, Column.UNUSED}
)
"""What a merged cell may say of all rows that it covers; a count it could say of none."""

_UNIT = re.compile(r"(?P<base>.+)\([^()]*\)")
_HEAD = 10
"""The header is sought in so many rows; titles and remarks may stand above it."""


def column_of(heading: str) -> Column | None:
    """Return what a heading means; None where it is none of the words."""
    folded = fold(heading)
    if folded in WORDS:
        return WORDS[folded]
    inside = _UNIT.fullmatch(folded)
    return WORDS.get(inside["base"]) if inside else None


def nearest(heading: str) -> tuple[str, ...]:
    """Return up to two headings that an unknown one may have been meant for."""
    return tuple(difflib.get_close_matches(fold(heading), WORDS, n=2, cutoff=0.6))


def header_of(rows: Sequence[Sequence[str]], needed: Sequence[Column]) -> int | None:
    """Return which row is the header, counted from 0: the first that has what is needed."""
    for index, row in enumerate(rows[:_HEAD]):
        if set(needed) <= {column_of(cell) for cell in row}:
            return index
    return None


def columns_of(
    headings: Sequence[str], report: Callable[[str, int, str, str], None]
) -> dict[Column, int]:
    """Return where each column stands; what is unknown or there twice goes to `report`.

    `report` takes the code, the column counted from 0, the message and the hint.
    """
    found: dict[Column, int] = {}
    for index, heading in enumerate(headings):
        if not heading.strip():
            continue
        column, name = column_of(heading), " ".join(heading.split())
        if column is None:
            near = [f"`{word}`" for word in nearest(heading)]
            hint = Said(f"near it: {' or '.join(near)}", f"相近的有：{'、'.join(near)}")
            message = Said(
                f"`{name}` is no heading of a ledger: it is not read",
                f"`{name}`不是台账的表头，未读取",
            )
            report("submission-column-unknown", index, message, hint if near else "")
        elif column is Column.UNUSED:
            continue
        elif column in found:
            message = Said(
                f"`{name}` says the same as the column `{headings[found[column]]}`",
                f"`{name}`与`{headings[found[column]]}`列重复",
            )
            report("submission-column-twice", index, message, Said("leave one of them", "只留一列"))
        else:
            found[column] = index
    return found


# ------------------------------------------------------------------------------- periods

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?(?:份)?")
_PART = re.compile(r"(\d{4})(?:年度?|-)?(?:第?([一二三四1-4])季度?|Q([1-4]))", flags=re.IGNORECASE)
_HALF = re.compile(r"(\d{4})(?:年度?|-)?(?:(上|下)半年度?|H([12]))", flags=re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})(?:年)?-?(?:第(\d{1,2})周|W(\d{1,2}))", flags=re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})年度?")
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_HALVES = {"上": "1", "下": "2"}
_MONTHS = 12


def period_label(text: str) -> str:
    """Return a period by the label that occasions have; any other text stays as it is."""
    plain = "".join(number_text(text).split())
    if (month := _MONTH.fullmatch(plain)) and 1 <= int(month[2]) <= _MONTHS:
        return f"{month[1]}-{int(month[2]):02}"
    if part := _PART.fullmatch(plain):
        number = part[3] or _QUARTERS.get(part[2], part[2])
        return f"{part[1]}-Q{number}"
    if half := _HALF.fullmatch(plain):
        return f"{half[1]}-H{half[3] or _HALVES[half[2]]}"
    if week := _WEEK.fullmatch(plain):
        return f"{week[1]}-W{int(week[2] or week[3]):02}"
    if year := _YEAR.fullmatch(plain):
        return year[1]
    return text
