"""A law: whatever a table or a text is made of, each of its cells and lines is in the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from healthduty.clauses.reading import ClauseReading
from healthduty.documents.agreements import read_agreements
from healthduty.documents.documents import read_document
from healthduty.documents.passages import Passage, TakenFor
from healthduty.grids.grid import Area, grid_of_rows
from healthduty.sources import Place

_HEADS = (
    " 序号 一级指标 二级指标 项目 考核内容 指标要求 目标值 单位 分值 权重 评分标准"
    " 考核方法 责任科室 得分 备注 张三 考核标准 缺陷内容 扣分标准 扣分原因 应扣分 扣分"
    " 扣分项目 加分内容 加分 A B"
)
_CELLS = (
    "    一、管理（20分） 台账 1.1培训 5 20% ≥80% 每少一次扣1分 加分项（5分） 一票否决 合计 小计"
    " / 5-10 注：满分100分。 90分以上为优秀，80分以下为合格 (二)其他 签字： 甲方：示例局"
    " 示例县卫生院目标责任书 80分以上全额拨付，60分以下拨付50% 一票否决：发生重大医疗责任事故的"
    " 缺一件 2 0.5分/项 动作粗暴\n少一件 1\n2"
    " 建立制度并且逐项落实到人，每月检查记录完整真实，发现问题限期整改，年底全面复核归档备查"
)
_LINES = (
    "一、|（二）|3、|①|第四条 |- |建立台账|。|；|：|，|（5分）|\n|\n|示例局责任书|日期：|甲方："
    "|为做好工作，签订责任书|乙方：示例院|【篇二：示例书】|____%|2024年|一票否决|1.2|前言|附则"
    "|90分以上为优秀|一式两份|1|	"
)
HEADS = st.sampled_from(_HEADS.split(" "))
CELLS = st.sampled_from(_CELLS.split(" "))
LINES = st.lists(st.sampled_from(_LINES.split("|")), max_size=40).map("".join)


def read_nothing(  # noqa: PLR0913 - as `ClauseReader`
    text: str,
    *,
    points: Fraction | None = None,
    requirement: str | None = None,
    measures: object = (),
    known: object = (),
    heading: str = "",
    asks: bool = False,
) -> ClauseReading:
    """Return a reading without any rule: the law is about what is around clauses."""
    del points, requirement, measures, known, heading, asks
    return ClauseReading(text=text)


_CUT = re.compile(r"\n| \| | |；")
_NUMBERS = re.compile(
    r"[\s\0\d一二三四五六七八九十第篇条、.．:：;；，,。（）()【】①-⑳*-]*|(?:[（(]\d+分[)）])*"
)


def left_over(text: str, passages: Iterable[Passage]) -> str:
    """Return what of a text no passage holds, but for the numbers of items.

    Two cells that are read as one, a fault and its points, have a bar between them.
    """
    held = [False] * len(text)
    for told in {line for p in passages for line in _CUT.split(p.text) if line}:
        # Wherever it stands, over another one too: one text may begin as another ends.
        for start in (at for at in range(len(text)) if text.startswith(told, at)):
            held[start : start + len(told)] = [True] * len(told)
    marked = "".join("\0" if told else each for each, told in zip(text, held, strict=True))
    left = re.sub("\0+", "\0", marked)
    return "" if _NUMBERS.fullmatch(left) else left


def test_passages_that_overlap_hold_all_of_a_line() -> None:
    """What one of them ends with another may begin with, in the text twice."""
    texts = ["建立台账（二）", "（二）一、（二）"]
    passages = [Passage(each, Place(), TakenFor.NOTE) for each in texts]
    assert not left_over("建立台账（二）一、（二）一、（二）", passages)
    assert left_over("建立台账，公示", passages)


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[list[str]], list[Area]]:
    """Return rows of cells under a header, and areas that are merged."""
    width = draw(st.integers(1, 6))
    head = draw(st.lists(HEADS, min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=7))
    above = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=2))
    table = [*above, head, *rows]
    areas: list[Area] = []
    for _ in range(draw(st.integers(0, 2))):
        top, left = draw(st.integers(0, len(table) - 1)), draw(st.integers(0, width - 1))
        areas.append((top, left, top + draw(st.integers(0, 2)), left + draw(st.integers(0, 2))))
    return table, areas


@settings(max_examples=150)
@given(grids())
@example(([["序号", "一级指标", "序号", "一级指标"], ["", "", "", "签字："]], []))
@example(
    ([["应扣分", "扣分项目", "", "应扣分", "扣分项目"], ["", "", "", "一、管理（20分）", ""]], [])
)
def test_every_cell_is_in_the_reading(made: tuple[list[list[str]], list[Area]]) -> None:
    """Whatever the header says, and however cells are merged."""
    rows, merged = made
    grid = grid_of_rows(rows, Place("表"), merged=merged)
    passages = read_document((grid,), "表", read_nothing).passages
    for row in range(len(grid.rows)):
        for cell in grid.cells(row):
            near = [p for p in passages if p.place.row and abs(p.place.row - row - 1) <= len(rows)]
            assert not left_over(cell.text, near), cell


@settings(max_examples=150)
@given(LINES)
def test_every_line_is_in_a_reading(text: str) -> None:
    """What no passage holds of a line are the numbers of items and the marks around them."""
    if not text.strip() or sum("\t" in line.strip() for line in text.splitlines()) > 1:
        return
    passages = [
        p for reading in read_agreements(text, reader=read_nothing) for p in reading.passages
    ]
    for line in text.splitlines():
        assert not left_over(line, passages), line
