"""Reading clauses: how many a second, and whether a hostile text takes longer than its length.

    python benchmarks/clauses.py [--turns N]

First ordinary clauses, each beside copying it through `re.sub` character by character: the work
that any reader of the text has at least. Then tables, beside reading their cells one by one: where
a row looks back at all those above, a longer table takes more of it. Then texts of 100 KB that are
made to send a reader back and forth, each beside copying it the same way, in turns. A reader that
is linear in the text shows ratios of one order for all of them; a quadratic one would show
thousands.
"""

from __future__ import annotations

import argparse
import platform
import re
import sys

from timing import Ratio, compare

from healthduty.clauses.clause import read_clause
from healthduty.documents.agreements import read_agreement

CLAUSES = (
    "满意率达90%以上，每低5%扣0.5分，最高扣2分",
    "问卷调查每年2次，每少一次扣0.5分",
    "未公示的扣0.5分，公示不全的酌情扣分，扣完为止",
    "≥95%得5分；90%（含）–95%得3分；低于90%不得分",
    "发现1例扣2分，瞒报的加倍扣分",
    "发生责任事故一票否决，取消评优资格",
    "优得5分，良得3分，差不得分",
    "无计划、无总结各扣1分；第一次扣0.5分，第二次不得分",
)
HOSTILE = (
    *("一", "1%", "扣", "每", "(", "、", "90%以上", "不足5%按5%计", "酌情", "扣1、", "甲(乙)"),
    *("卫生", "达到", "予以", "扣1分，", "≥90%得1分，", "未甲，", "每低1%扣1分，不足1%按1%计，"),
    "甲率≥90%（1分）；",
)
SIZE = 100_000  # bytes of UTF-8, as a file has them: 33,000 Chinese characters
EACH = re.compile(r"(?s).")


def copied(text: str) -> str:
    """Copy a text through `re.sub`, one match for each character."""
    return EACH.sub(r"\g<0>", text)


def ordinary(turns: int) -> Ratio:
    """Return the ratio of reading ordinary clauses to copying them a hundred times."""

    def read(_turn: int) -> None:
        for text in CLAUSES * 10:
            read_clause(text)

    def copy(_turn: int) -> None:
        for text in CLAUSES * 10:
            copied(text)

    return compare(read, copy, turns)


def hostile(piece: str, turns: int) -> Ratio:
    """Return the ratio of reading a piece over and over to copying it."""
    text = piece * (SIZE // len(piece.encode()))
    return compare(lambda _turn: _read(text), lambda _turn: _copy(text), turns)


def table(rows: int) -> tuple[str, list[tuple[str, str]]]:
    """Return a table in which each row names quantities of its own; its targets and standards."""
    units = "甲乙丙丁戊己庚辛壬癸"
    lines, cells = ["示例县考核表", "考核内容\t指标要求\t分值\t评分标准"], []
    for row in range(rows):
        place = "".join(units[row // of % 10] for of in (1, 10, 100, 1_000))
        name = f"{place}区签约率"
        lines.append(f"{name}\t≥90%\t5\t每低1个百分点扣0.5分")
        cells.append((f"{name}≥90%", "每低1个百分点扣0.5分"))
    return "\n".join(lines), cells


def tabular(rows: int, turns: int) -> Ratio:
    """Return the ratio of reading a table to reading its cells one by one."""
    text, cells = table(rows)

    def each(_turn: int) -> None:
        for asked, standard in cells:
            read_clause(asked, asks=True)
            read_clause(standard, points=5, requirement=asked)

    return compare(lambda _turn: _table(text), each, turns)


def _table(text: str) -> None:
    read_agreement(text)


def _read(text: str) -> None:
    read_clause(text)


def _copy(text: str) -> None:
    copied(text)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=4)
    turns = max(2, parser.parse_args().turns)
    print(f"CPython {platform.python_version()}, {sys.platform}; medians of {turns} turns")
    ratio = ordinary(turns * 4)
    count, length = len(CLAUSES) * 10, sum(map(len, CLAUSES)) * 10
    print(
        f"ordinary clauses: {count / ratio.seconds:,.0f} a second, "
        f"{length / ratio.seconds:,.0f} characters; {ratio.median:.0f} times copying"
    )
    print(f"\n{'a table of':<28}{'rows a second':>15}{'times its cells':>17}")
    for rows in (250, 2_000):
        ratio = tabular(rows, turns)
        print(f"{rows:>5} rows{rows / ratio.seconds:>33,.0f}{ratio.median:>17.2f}")
    print(f"\n{'100 KB of':<28}{'seconds':>9}{'times copying':>16}")
    for piece in HOSTILE:
        ratio = hostile(piece, turns)
        print(f"{piece:<20}\t{ratio.seconds:>9.2f}{ratio.median:>16.0f}")


if __name__ == "__main__":
    main()
