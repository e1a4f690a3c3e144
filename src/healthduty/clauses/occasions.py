"""What points are for, as plain data: for each step, for each case, where something holds.

`满意率每低5%`, `少一次`, `未公示的`, `≥95%`, `第二次`, `优` are occasions. What the points do is
not known here yet; `causes` reads them, `building` makes rules of them.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> counted_by(Where(("迟报",)), "次")
Many(subject='迟报', step=Fraction(1, 1), unit='次', each=True, or_more=False)
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.clauses.text.phrases import Bounds


@attrs.frozen
class Steps:
    """每低5%, 每超1个百分点: steps of a quantity away from its target.

    `below` is None where the text says neither way; `complete`: 每低满5%; `against` is what the
    steps go away from where it is no number (每低于全市平均水平1%); `unsaid`: no 每 stands there;
    `both`: 每高于或低于1%, on either side; `apart`: 每差1%, short of a least or above a most.
    """

    subject: str
    below: bool | None
    step: Fraction
    unit: str
    bounds: Bounds | None = None
    complete: bool = False
    against: str = attrs.field(default="", repr=False)
    apart: bool = attrs.field(default=False, repr=False, kw_only=True)
    unsaid: bool = attrs.field(default=False, eq=False, repr=False)
    both: bool = attrs.field(default=False, repr=False)


@attrs.frozen
class Short:
    """每少一次, 缺1项: how many are lacking, by steps.

    `each`: the text says 每; `or_more`: 缺2项以上; `bounds`: 少于2次的每少一次; `verb` is what the
    cases are called by (缺少, 漏报); `others` are further units, of other duties: 每少1次（期）;
    `of_each`: of each person or paper, and of no total: 少1次扣0.2分/人.
    """

    subject: str
    step: Fraction
    unit: str
    each: bool = True
    or_more: bool = False
    bounds: Bounds | None = None
    verb: str = attrs.field(default="缺少", eq=False, repr=False)
    others: str = attrs.field(default="", repr=False)
    of_each: bool = attrs.field(default=False, repr=False)


@attrs.frozen
class Many:
    """每发现1例, 每次, 发现2处: how many were found, by steps; `each` and `or_more` as above.

    `behind`: the name stands behind the unit (每个病区); `carried`: 每 stands before another fault
    of its list, and the words are the name; `deed` is done with what is counted (每推行1个病区).
    """

    subject: str
    step: Fraction
    unit: str
    each: bool = True
    or_more: bool = False
    behind: bool = attrs.field(default=False, eq=False, repr=False)
    carried: bool = attrs.field(default=False, eq=False, repr=False)
    deed: str = attrs.field(default="", eq=False, repr=False)


@attrs.frozen
class Where:
    """未公示, 无制度、无检查: facts, in the words of the text."""

    facts: tuple[str, ...]
    every: bool = False


@attrs.frozen
class Held:
    """满意率低于60%, ≥95%: a quantity held against bounds; `period`: 每月少于1次."""

    subject: str
    bounds: Bounds
    period: str = attrs.field(default="", eq=False, repr=False)


@attrs.frozen
class Either:
    """报告率＜90%或准确率＜85%: several bounds or facts, of which one is enough, or all needed.

    `listed`: only commas stand between them.
    """

    parts: tuple[Held | Where, ...]
    every: bool = False
    listed: bool = False


UNNAMED = "等次"
"""What levels are called of which nothing says what they are levels of."""


@attrs.frozen
class Graded:
    """资料基本完整, 优: one or several levels of something.

    `linked`: 质量为差; `words` are the words of the text.
    """

    subject: str
    levels: tuple[str, ...]
    linked: bool = False
    words: str = attrs.field(default="", eq=False)


@attrs.frozen
class Nth:
    """第二次, 首次: which of several cases."""

    subject: str
    low: int
    and_more: bool = False


@attrs.frozen
class Ranked:
    """前三名, 第2至5名: places in a ranking; `each` place for itself where points are listed."""

    low: int
    high: int | None
    subject: str = ""


@attrs.frozen
class Else:
    """否则, 其余: what no other case holds for; `rest` is how it is counted (否则每次)."""

    rest: Occasion | None = None


@attrs.frozen
class Nothing:
    """No words before the points."""


Single = Steps | Short | Many | Where | Held | Graded | Nth | Ranked | Else | Nothing
"""The closed union of occasions that are one thing."""

Occasion = Single | Either
"""The closed union of occasions."""


def counted_in(unit: str) -> str:
    """Return what is counted in a unit that nothing names."""
    return {"次": "次数", "例": "例数"}.get(unit, f"{unit}数")


def counted_by(occasion: Occasion | None, unit: str) -> Occasion | None:
    """Return the cases that 扣1分/次 counts: those of the words before it."""
    match occasion:
        case Where():
            return Many("、".join(occasion.facts), Fraction(1), unit)
        case Graded():
            return Many(occasion.subject + "、".join(occasion.levels), Fraction(1), unit)
        case Nothing():
            return Many(counted_in(unit), Fraction(1), unit)
        case Else(rest=rest):
            counted = counted_by(rest or Nothing(), unit)
            return None if counted is None else Else(counted)
        case Many() | Short() if occasion.unit in {unit, ""}:
            return occasion
        case Many(each=True, step=1) if not occasion.or_more:
            return occasion  # 每漏报1人扣0.1分/例: the case is the person
        case Many(step=1, unit="项" | "处") if not occasion.or_more:
            return attrs.evolve(occasion, each=True)  # 错1处扣0.1分/份
        case Short(step=1) if not occasion.or_more:
            return attrs.evolve(occasion, each=True, of_each=True)  # 随访少1次扣0.2分/人
        case _:
            return None  # 重伤2人以上扣30分/次: two ways of counting at once
