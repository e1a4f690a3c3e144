"""The headings of a scoring table: which column holds what (分值, 评分标准, 考核方法 …).

Every bureau words its header anew. A heading is a known word or ends in one; a word is a line in
the table below. Words that can be two things are settled by the columns beside them.

Source: the contract's “The header”; “the header row in its many spellings”.

>>> [
...     role_of(heading).value
...     for heading in ("二级指标", "标准分值（分）", "年度考核指标", "评分细则")
... ]
['level', 'points', 'level', 'scoring']
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from healthduty.documents.column import Column
from healthduty.documents.graded import earning, earning_of
from healthduty.documents.periods import settle_periods
from healthduty.documents.printed import (
    STANDARD,
    is_of_units,
    names_for_items,
    printed,
    tasks_as_targets,
)
from healthduty.documents.spelling import fold, squeeze
from healthduty.grids.grid import Cell, Grid

_UNIT = frozenset({"单位"})
"""A unit beside a target, an office otherwise."""

_NAME = frozenset({"名称"})
"""Names the items where it stands alone: 单位名称 does not."""

_CONTENT = frozenset(
    {"考核内容", "内容", "工作内容", "目标任务", "工作任务", "考核要点", "任务", "评价内容", "事项"}
)
"""An innermost level where it divides the one before it, a requirement where it does not."""

_WORDS: Mapping[str, Column] = {
    word: column
    for column, words in {
        Column.NUMBER: "序号 编号 项次 顺序号 序列 No No. NO",
        Column.LEVEL: "一级指标 二级指标 三级指标 四级指标 一级 二级 三级 大项 小项 类别 项目"
        " 项目名称 考核项目 指标 考核指标 指标名称 考核类别 指标类别 评价指标 评分项目 评价项目"
        " 考评项目 考评指标 检查项目 工作项目 工作指标 任务指标 目标项目 条目 细项 子项 分类"
        " 模块 维度 得分点 操作步骤 步骤 操作流程 流程 操作内容 操作项目 环节 质控项目 评估项目 "
        + " ".join(sorted(_CONTENT)),
        Column.REQUIREMENT: "指标要求 考核要求 工作要求 目标要求 任务要求 工作标准 具体要求 要求"
        " 检查要点 评价要点 评审要点 质控要点 操作要点"
        " 基本要求 质量要求 指标说明 指标解释 指标释义 指标内涵 指标含义 指标定义 释义"
        " 工作目标 目标内容 指标内容 考评内容 考核目标",
        Column.TARGET: "目标值 指标值 目标 任务数 计划数 年度目标 标准值 任务目标 目标数 任务量"
        " 参考值 满分值标准 达标值",
        Column.BASE: "基准值 基线值 门槛值 底线值 起点值 底线目标 最低值 最低目标 保底值 保底目标"
        " 合格值 及格值 良好值 优秀值 挑战值 挑战目标 奋斗值 奋斗目标 力争目标 冲刺目标",
        Column.UNIT: "计量单位 计算单位 统计单位 数量单位",
        Column.DIRECTION: "指标导向 导向 指标方向 指标性质 指标属性 考核导向 趋势 指标趋势"
        " 变化方向",
        Column.POINTS: "分值 标准分 标准分值 满分 权重 分数 基本分 赋分 基础分 满分值 应得分"
        " 权重分 权重分值 总分 配分 参考分值 最高分 最高加分 最高加分值 加分上限 加分限额 上限分值",
        Column.SCORING: "评分标准 扣分标准 评分细则 计分办法 计分方法 评分办法 评分方法 得分标准"
        " 计分标准 扣分细则 扣分办法 评分规则 计分规则 赋分标准 评分说明 加分标准 加扣分标准"
        " 得分规则 得分办法 得分细则 记分规则 评定标准 打分标准 记分办法 记分标准 奖惩标准 评价标准"
        " 考核评分标准 考核计分办法",
        Column.METHOD: "考核方法 考核方式 检查方法 检查方式 评价方法 评价方式 查验方式 数据来源"
        " 考核依据 考核途径 查看资料 佐证材料 检查内容及方法 考评方法 考评方式 资料来源 支撑材料",
        Column.OFFICE: "责任科室 考核科室 牵头科室 责任部门 考核单位 评分部门 责任单位 考核部门"
        " 考核处室 责任处室 牵头处室 主管处室 业务科室 评分科室 考核机构 数据提供部门 牵头部门"
        " 牵头单位 配合单位 配合科室 责任人 科室 部门 负责科室 评分单位 主管科室",
        Column.FILLED: "得分 自评分 自评得分 考核得分 实得分 扣分 扣分原因 存在问题 完成情况"
        " 自查得分 自查情况 自评 考评得分 评分 核定得分 实际得分 检查情况 检查结果 扣分理由"
        " 扣分情况 最终得分 考核情况 考核结果 自评情况 复核得分 实得分值 评审得分 考核分 备查"
        " 完成值 实际值 应扣分 应扣 扣分值 扣分分值 每项扣分 扣分数 失分 扣分依据 扣分因素"
        " 存在的问题 加分 加分值 加分分值 奖励分 应加分 实加分 记分 记分值 记分分值 扣罚分"
        " 检查记录 检查分 自查分 抽查分",
        Column.FAULT: "缺陷内容 缺陷 缺陷项目 缺陷描述 常见缺陷 缺陷情况 扣分内容 扣分项目 扣分情形"
        " 扣分点 扣分项 扣分事项 减分内容 减分情形 减分项目 不合格项 违规行为 违规情形 违约情形"
        " 不良行为 不良执业行为 差错内容 不符合情形 不符合项 不符合内容 不合格情形 不合格内容"
        " 缺陷类型 差错类型 常见问题 主要问题 问题描述",
        Column.DEED: "加分内容 加分项目 加分项 加分情形 加分事项 加分行为 奖励内容"
        " 奖励事项 奖分内容",
        Column.REMARK: "备注 说明 其他说明 指标定义 定义 计算公式 指标公式 公式 计算方法 数据口径"
        " 指标口径 统计口径 完成时限 时限 完成时间 时间节点 考核周期 考核频次 考核频率 考核时间"
        " 评价周期",
        Column.UNKNOWN: "最高扣分 扣分上限 最高扣分值 扣分限额",
    }.items()
    for word in words.split()
}
_LONGEST_FIRST = sorted(
    (word for word in (*_WORDS, *STANDARD) if len(word) > 1 and not word.isascii()),
    key=len,
    reverse=True,
)
_LONGEST_HEADING = 16
"""A cell with more characters is no heading."""

_COSTS = re.compile(r"[扣加减得奖]\s*\d+(?:\.\d+)?\s*分")
_AND = re.compile(r"[及与和、/]")
"""What ties two headings over one column."""

_PLAINLY = 4
"""A row that names so many different roles is a header, however many headings are not known."""
_PERIOD = re.compile(
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|第?[一二三四1-4]季度|[上下]半年|半年|全年|年度|季度|月度|年终|平时)"
    r"(?:得分|考核得?分?|平均得?分?|自评得?分?|检查得?分?|合计|小计|评分|扣分|督导得?分?)?|平均分?|平均得分"
)
"""Columns for what was scored in each month or quarter."""
_RANKS = "一二三四"
_ASKED = frozenset(
    {
        *(Column.LEVEL, Column.REQUIREMENT, Column.TARGET, Column.SCORING),
        *(Column.FAULT, Column.DEED, Column.GRADE),
    }
)
HEAD = 20
"""The first header is sought in so many rows."""


def role_of(heading: str) -> Column:
    """Return what a column with this heading holds, as far as the heading alone tells.

    考核标准 and its like count as scoring, 单位 as an office.
    """
    word = squeeze(heading)
    if not word or len(word) > _LONGEST_HEADING:
        return Column.UNKNOWN
    if word in STANDARD:
        return Column.SCORING
    if word in _UNIT:
        return Column.OFFICE
    if word in _NAME:
        return Column.LEVEL
    if word in _WORDS:
        return _WORDS[word]
    if _PERIOD.fullmatch(word):
        return Column.FILLED
    named = {_of_ending(each) for each in _AND.split(word)}
    if Column.SCORING in named:
        return Column.SCORING  # 评分标准及考核方法
    if named == {Column.LEVEL, Column.POINTS}:
        return Column.LEVEL  # 项目及分值
    return _of_ending(word)


def _of_ending(word: str) -> Column:
    ending = _ending(word)
    return Column.SCORING if ending in STANDARD else _WORDS.get(ending, Column.UNKNOWN)


def _ending(word: str) -> str:
    """Return the longest known word that a heading ends in."""
    return next((known for known in _LONGEST_FIRST if word.endswith(known)), "")


@attrs.frozen
class Header:
    """The header of a table: its first row, how many rows it takes, what each column holds.

    `headings` are the columns' own words, `names` what stands lowest over them; `ranks` is how deep
    a level is said to be (一级 is 0), or -1 where only its place tells.
    """

    row: int
    height: int
    roles: tuple[Column, ...]
    headings: tuple[str, ...]
    names: tuple[str, ...] = ()

    @property
    def body(self) -> int:
        """The first row below the header."""
        return self.row + self.height

    def columns(self, role: Column) -> tuple[int, ...]:
        """Return the columns that hold something, from left to right."""
        return tuple(index for index, each in enumerate(self.roles) if each is role)

    def kinds(self) -> Mapping[int, str]:
        """Return the columns of targets that are each for a kind of units: 县医院 | 中医院."""
        columns = self.columns(Column.TARGET)
        named = {
            column: self.names[column] for column in columns if is_of_units(self.names[column])
        }
        several = len(columns) == len({*named.values()}) > 1
        return named if several else {}

    def levels(self) -> tuple[int, ...]:
        """Return the level columns, the outermost first: by 一级, 二级 … where all say so."""
        columns = self.columns(Column.LEVEL)
        ranks = {column: _rank(self.headings[column]) for column in columns}
        if 0 in ranks.values():
            return columns
        return tuple(sorted(columns, key=lambda column: (ranks[column], column)))


def _rank(heading: str) -> int:
    word = squeeze(heading)
    return _RANKS.index(word[0]) + 1 if word[1:2] == "级" and word[0] in _RANKS else 0


def find_header(grid: Grid, start: int = 0, stop: int | None = None) -> Header | None:
    """Return the first header between two rows, or None where no row is one."""
    last = len(grid.rows) if stop is None else min(stop, len(grid.rows))
    for row in range(start, last):
        if header := _header_at(grid, row):
            return header
    return None


def _header_at(grid: Grid, row: int) -> Header | None:
    cells = [cell for cell in grid.cells(row) if cell.text]
    if any(_COSTS.search(fold(cell.text)) and not earning_of(cell.text) for cell in cells):
        return None  # 加分 | 承担试点任务 | 每项加1分
    graded = earning([cell.text for cell in cells])
    known = [Column.GRADE if at in graded else role_of(cell.text) for at, cell in enumerate(cells)]
    named = [role for role in known if role is not Column.UNKNOWN]
    strangers = len(cells) - len(named)
    several = len(named) >= strangers or len({*named}) >= _PLAINLY
    if len({*named}) <= 1 or not _ASKED & {*named} or not several:
        return None
    height = _height(grid, row, cells)
    headings = tuple(_heading(grid, row, height, column) for column in range(grid.width))
    above = tuple(_above(grid, row, height, column) for column in range(grid.width))
    roles = settle_periods(above, headings, tuple(map(role_of, headings)))
    roles = printed(grid, row + height, headings, roles)
    roles = names_for_items(grid, row + height, _with_level(_settle(headings, roles)))
    roles = tasks_as_targets(grid, row + height, roles)
    if Column.LEVEL not in roles:
        return None
    lowest = min(row + height, len(grid.rows)) - 1
    names = tuple(grid.at(lowest, column).text for column in range(grid.width))
    return Header(row, height, roles, headings, names)


def _with_level(roles: tuple[Column, ...]) -> tuple[Column, ...]:
    """Take the faults, or the deeds, of a table that has nothing else for its items."""
    scored = {Column.LOST, Column.GAINED, Column.SCORING} & {*roles}
    for named in (Column.FAULT, Column.DEED):
        if Column.LEVEL not in roles and scored and named in roles:
            settled = list(roles)
            settled[roles.index(named)] = Column.LEVEL
            return tuple(settled)
    return roles


def _height(grid: Grid, row: int, cells: Sequence[Cell]) -> int:
    """Return how many rows a header takes: as its merged cells say, or two below a wide one."""
    height = max(cell.rows for cell in cells)
    wide = any(cell.columns > 1 for cell in cells)
    if height > 1 or not wide or row + 1 >= len(grid.rows):
        return height
    below = [cell for cell in grid.cells(row + 1) if cell.text]
    named = [
        cell for cell in below if role_of(cell.text) is not Column.UNKNOWN or earning_of(cell.text)
    ]
    return 2 if below and 2 * len(named) >= len(below) else 1


def _heading(grid: Grid, row: int, height: int, column: int) -> str:
    """Return a column's heading: the lowest cell that says something known, else the upper one."""
    texts = [grid.at(at, column).text for at in range(row, min(row + height, len(grid.rows)))]
    for text in reversed(texts):
        if role_of(text) is not Column.UNKNOWN or earning_of(text):
            return text
    return next((text for text in reversed(texts) if text), "")


def _above(grid: Grid, row: int, height: int, column: int) -> str:
    """Return what stands over a column in the upper rows of its header."""
    upper = range(row, min(row + height, len(grid.rows)) - 1)
    return " ".join(grid.at(at, column).text for at in upper)


def _settle(headings: Sequence[str], roles: Sequence[Column]) -> tuple[Column, ...]:
    """Settle the words that can be two things by the columns beside them."""
    words = [squeeze(heading) for heading in headings]
    settled = list(roles)
    scored = Column.LOST in roles or any(
        role is Column.SCORING and word not in STANDARD
        for word, role in zip(words, roles, strict=True)
    )
    for column, word in enumerate(words):
        if roles[column] is Column.SCORING and scored and _ends(word, STANDARD):
            asked = Column.METHOD if word.endswith("办法") else Column.REQUIREMENT
            settled[column] = asked  # 考核办法 beside 评分标准 is how it is looked at
        elif word in _UNIT and Column.TARGET in roles:
            settled[column] = Column.UNIT
    for asked in (Column.REQUIREMENT, Column.TARGET):  # 目标 | 目标值: the first names the items
        if Column.LEVEL not in settled and asked in settled:
            settled[settled.index(asked)] = Column.LEVEL
    return tuple(settled)


def _ends(word: str, words: frozenset[str]) -> bool:
    return word not in _WORDS and _ending(word) in words


def is_content(heading: str) -> bool:
    """Whether a heading names a level that is often a requirement (考核内容, 目标任务)."""
    return squeeze(heading) in _CONTENT
