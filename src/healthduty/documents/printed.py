"""Columns that most tables leave blank, and others print: 扣分, 扣分原因, 加分, A | B | C.

A bureau's form has them for whoever assesses. Where they are printed, they are the standard: what
is wrong and what it costs, what is added, what each level earns. Where a column of results holds
marks, they only tell what was taken at a past assessment.

Source: the contract's “The header”; “merged and nested cells”.

>>> is_points("0.5分/项"), is_points("每低1%扣1分")
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from healthduty.clauses.names.bare import is_bare
from healthduty.clauses.text.lexicon import table
from healthduty.clauses.verbless import is_amiss
from healthduty.documents.column import Column
from healthduty.documents.graded import GRADES, earning
from healthduty.documents.spelling import fold, squeeze
from healthduty.grids.grid import Grid

STANDARD = frozenset({"考核标准", "考核办法", "考核细则", "标准", "考评标准", "考核评价标准"})
"""A requirement beside a column of scoring, the scoring standard where there is none."""

_POINTS_ALONE = re.compile(
    r"(?:[各每均]|每\w{1,2})?-?\d{1,3}(?:\.\d{1,2})?(?:-\d{1,3}(?:\.\d{1,2})?)?分?(?:[/每]\w{1,2})?"
    r"(?:[\n,、;]\s*[各每均]?-?\d{1,3}(?:\.\d{1,2})?分?(?:[/每]\w{1,2})?){0,12}"
)
_SCORES = re.compile(r"[扣减加得奖计][^,，。;；]{0,6}\d|不得分|否决|酌情|\d\s*分")
"""What a cell says that tells how something is scored."""
_LOSES = re.compile(r"[扣减加得][^,，。;；]{0,6}\d|不得分|得满分|\d\s*分(?![钟析类管])")
_MAY_SCORE = frozenset({Column.REMARK, Column.METHOD, Column.UNKNOWN})
_STANDARDS = frozenset({Column.SCORING, Column.GRADE, Column.FAULT, Column.DEED})
_NUMBERED = re.compile(r"^[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）.、．]\s*")
_MOSTLY = 2
"""At least one of so many cells says that something is wrong."""
_LOOKED_AT = 200
"""So many rows tell what a column holds."""
_RESULTS = frozenset(
    table("得分 实得分 实际得分 考核得分 考评得分 最终得分 核定得分 检查得分 评审得分")
)
"""Columns that are filled in once something was assessed: what is taken there is no standard."""

_WHY = frozenset({"扣分原因", "扣分理由", "扣分依据", "扣分因素", "存在问题", "存在的问题"})
"""Columns that are left blank for whoever assesses, or print what is wrong and costs points."""

_TAKEN = frozenset(
    table("扣分 应扣分 应扣 扣分值 扣分分值 每项扣分 扣分数 失分 扣罚分 记分 记分值 记分分值")
)
"""Columns that are left blank for whoever assesses, or print what is lost, a fault or a text."""

_ADDED = frozenset(table("加分 加分值 加分分值 奖励分 应加分 加分标准 奖励标准"))
"""Columns that are left blank as well, or print what a deed or the row's own goal adds."""

_ORDINAL = re.compile(r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:\.\d{1,2})*)\)?[、.]?")
_LONGEST_NAME = 14
_NOT_NAMED = re.compile(r"[\d,，;；。≥≤<>%]")
_UNITS = re.compile(
    r"(?:医院|卫生院|保健院|门诊部|血站|疾控|急救中心|服务中心|控制中心|中心|分院|服务站|卫生室|监督所|[一二三]级"
    r"|[甲乙丙一二三]类|一档|二档|三档)(?:组|单位)?$"
)
_PRINTED = _WHY | _TAKEN | _ADDED


def printed(
    grid: Grid, body: int, headings: Sequence[str], roles: Sequence[Column]
) -> tuple[Column, ...]:
    """Settle columns that are left blank in most tables, and print the standard in others.

    Where no column of scoring is, 扣分原因 | 应扣分 print the faults and what each costs, and 扣分
    with words in it is the standard. A column of scoring that says nothing of points is what is
    wrong where the next one prints what that costs, and what it costs where it is all points.
    """
    words = [squeeze(heading) for heading in headings]
    settled = list(roles)
    _settle_numbers(grid, body, settled)
    _settle_standard(grid, body, settled)
    _settle_added(grid, body, words, settled)
    _settle_grades(grid, body, headings, words, settled)
    _settle_kinds(grid, body, words, settled)
    before = tuple(settled)
    if any(word in _RESULTS and _texts(grid, body, at) for at, word in enumerate(words)):
        return before
    scoring = [column for column, role in enumerate(settled) if role is Column.SCORING]
    if any(_SCORES.search(text) for at in scoring for text in _texts(grid, body, at)):
        return before
    texts = {at: _texts(grid, body, at) for at, word in enumerate(words) if word in _PRINTED}
    stated = any(not _bare(_texts(grid, body, at)) for at in scoring if words[at] not in STANDARD)
    if stated and any(words[at] in _WHY and cells for at, cells in texts.items()):
        return before  # why points were taken, beside the standard
    for column, cells in texts.items():
        if settled[column] is Column.GAINED or (words[column] in _ADDED and _bare(cells)):
            continue
        lettered = not _bare(cells)
        if words[column] in _WHY and lettered:
            settled[column] = Column.FAULT
        elif words[column] in _TAKEN | _ADDED and cells:
            settled[column] = Column.SCORING if lettered else Column.LOST
    if Column.FAULT not in settled and Column.LOST in settled:
        _take_for_faults(grid, body, settled)
    if Column.FAULT in settled and _are_costs(grid, body, settled):
        settled[settled.index(Column.POINTS)] = Column.LOST
    costs = {Column.LOST, Column.SCORING} & {*settled}
    if Column.FAULT in settled and costs:
        return tuple(settled)
    blank = {Column.LOST} if costs else {Column.FAULT}  # half of it says nothing
    return tuple(old if new in blank else new for old, new in zip(before, settled, strict=True))


def _are_costs(grid: Grid, body: int, roles: Sequence[Column]) -> bool:
    """Whether the points of a table are its faults': each has some, and an item several faults."""
    if {Column.LOST, Column.SCORING} & {*roles} or roles.count(Column.POINTS) != 1:
        return False
    fault, points = roles.index(Column.FAULT), roles.index(Column.POINTS)
    last = min(body + _LOOKED_AT, len(grid.rows))
    rows = [row for row in range(body, last) if _names(grid, row, fault)]
    levels = [at for at, role in enumerate(roles) if role is Column.LEVEL]
    several = not levels or any(not _names(grid, row, levels[-1]) for row in rows)
    return several and all(_names(grid, row, points) for row in rows)


def _names(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell with text begins in a row, in its column alone."""
    cell = grid.at(row, column)
    return bool(cell.text) and cell.columns == 1 and grid.begins(row, column)


def _take_for_faults(grid: Grid, body: int, roles: list[Column]) -> None:
    """Take a column for faults beside which each row prints points: 推诿病人 | 5.

    That is one of scoring without a number in it, or, in a table without points and scoring, the
    innermost level, where nearly all of it is wrong.
    """
    lost = roles.index(Column.LOST)
    scoring = [at for at, role in enumerate(roles) if role is Column.SCORING]
    levels = [at for at, role in enumerate(roles) if role is Column.LEVEL]
    if len(scoring) != 1 and (scoring or not levels or Column.POINTS in roles):
        return
    named = scoring[0] if scoring else levels[-1]
    last = min(body + _LOOKED_AT, len(grid.rows))
    cells = [(grid.at(row, named), grid.at(row, lost)) for row in range(body, last)]
    rows = [(one.text, other.text) for one, other in cells if one.text and one.columns == 1]
    wrong = sum(is_amiss(_NUMBERED.sub("", text)) for text, _ in rows)
    if rows and all(cost for _, cost in rows) and (scoring or _MOSTLY * wrong >= len(rows)):
        roles[named] = Column.FAULT


def _settle_numbers(grid: Grid, body: int, roles: list[Column]) -> None:
    """Take a first level of nothing but numbers for these: 项目 over 一, 1, 2 beside 考核内容."""
    levels = [at for at, role in enumerate(roles) if role is Column.LEVEL]
    if len(levels) <= 1 or Column.NUMBER in roles:
        return
    texts = _texts(grid, body, levels[0])
    if texts and all(_ORDINAL.fullmatch(fold(text).strip()) for text in texts):
        roles[levels[0]] = Column.NUMBER


def _settle_standard(grid: Grid, body: int, roles: list[Column]) -> None:
    """Take 计算方法, 备注 or any other for the standard where none is, and most of it scores."""
    if any(role in _STANDARDS for role in roles):
        return
    for column, role in enumerate(roles):
        texts = _texts(grid, body, column) if role in _MAY_SCORE else []
        scoring = sum(_LOSES.search(text) is not None for text in texts)
        if scoring and _MOSTLY * scoring >= len(texts):
            roles[column] = Column.SCORING


def _settle_added(grid: Grid, body: int, words: Sequence[str], roles: list[Column]) -> None:
    """Take 加分 beside 加分内容 for the points of these."""
    for column, word in enumerate(words):
        if word in _ADDED and Column.DEED in roles and _texts(grid, body, column):
            roles[column] = Column.GAINED


def _settle_grades(
    grid: Grid, body: int, headings: Sequence[str], words: Sequence[str], roles: list[Column]
) -> None:
    """Take columns that say what they earn, or are headed by levels and print numbers for it."""
    for at in earning(headings):
        roles[at] = Column.GRADE
    levels = [at for at, word in enumerate(words) if word.removesuffix("级") in GRADES]
    if len(levels) > 1 and all(roles[at] is Column.UNKNOWN for at in levels):
        texts = [_texts(grid, body, at) for at in levels]
        if all(
            cells and all(map(str.isdecimal, "".join(cells).replace(".", ""))) for cells in texts
        ):
            for at in levels:
                roles[at] = Column.GRADE


def _settle_kinds(grid: Grid, body: int, words: Sequence[str], roles: list[Column]) -> None:
    """Take columns that are headed by units and hold nothing but bounds for their targets."""
    columns = [
        at
        for at, word in enumerate(words)
        if roles[at] is Column.UNKNOWN and is_of_units(word) and _are_bounds(grid, body, at)
    ]
    if len(columns) > 1 and Column.TARGET not in roles:
        for at in columns:
            roles[at] = Column.TARGET


def _are_bounds(grid: Grid, body: int, column: int) -> bool:
    cells = _texts(grid, body, column)
    return bool(cells) and all(is_bare(text) for text in cells)


_FIRST = re.compile(r"[,;。]")


def names_for_items(grid: Grid, body: int, roles: Sequence[Column]) -> tuple[Column, ...]:
    """Take the first of two columns of what is asked for the items, where it only names them.

    采供血 | 采血量 | 全年采集全血≥12吨
    """
    asked = [at for at, role in enumerate(roles) if role is Column.REQUIREMENT]
    levels = [at for at, role in enumerate(roles) if role is Column.LEVEL]
    if len(asked) <= 1 or not levels or levels[-1] > asked[0]:
        return tuple(roles)
    names = [fold(text).strip() for text in _texts(grid, body, asked[0])]
    short = all(len(name) <= _LONGEST_NAME and _NOT_NAMED.search(name) is None for name in names)
    if not short or len({*names}) != len(names) or len(names) <= 1:
        return tuple(roles)
    return tuple(Column.LEVEL if at == asked[0] else role for at, role in enumerate(roles))


def tasks_as_targets(grid: Grid, body: int, roles: Sequence[Column]) -> tuple[Column, ...]:
    """Take a last level for the targets, where it only says how much of what stands before it.

    健康讲座 | 每月1次; 老年人体检 | 2600人
    """
    levels = [at for at, role in enumerate(roles) if role is Column.LEVEL]
    if len(levels) <= 1 or Column.TARGET in roles or Column.REQUIREMENT in roles:
        return tuple(roles)
    *_, named, last = levels
    rows = range(body, min(body + _LOOKED_AT, len(grid.rows)))
    pairs = [(grid.at(row, named), grid.at(row, last)) for row in rows]
    pairs = [(name, task) for name, task in pairs if task.text and task.columns == 1]
    tasks = [fold(task.text) for _, task in pairs]
    own = len({name.text for name, _ in pairs}) == len(pairs) > 1
    numbered = all(any(each.isdecimal() for each in task) for task in tasks)
    bare = sum(is_bare(_FIRST.split(task)[0]) for task in tasks)  # 每季度1次，全年4次
    if not (own and numbered) or 2 * bare < len(tasks):
        return tuple(roles)
    return tuple(Column.TARGET if at == last else role for at, role in enumerate(roles))


def is_of_units(heading: str) -> bool:
    """Whether a heading names a unit, or a kind of units.

    >>> is_of_units("县医院"), is_of_units("二级医院"), is_of_units("目标值")
    (True, True, False)
    """
    return _UNITS.search(squeeze(heading)) is not None


def _bare(cells: Sequence[str]) -> bool:
    """Whether cells hold nothing but points, or none."""
    return all(map(is_points, cells))


def _texts(grid: Grid, body: int, column: int) -> list[str]:
    """Return what the cells of a column hold that lie in it alone, up to so many."""
    rows = range(body, min(body + _LOOKED_AT, len(grid.rows)))
    cells = (grid.at(row, column) for row in rows)
    return [cell.text for cell in cells if cell.text and cell.columns == 1]


def is_points(text: str) -> bool:
    """Whether a cell holds nothing but points: 2, 各1分, 0.5分/项, 1-2.

    >>> is_points("0.5分/项"), is_points("每低1%扣1分")
    (True, False)
    """
    return _POINTS_ALONE.fullmatch(fold(text)) is not None
