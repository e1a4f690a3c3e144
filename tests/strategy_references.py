"""Generators of sets: an agreement that asks about others, its references, and tables of cells."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import strategies as st

from healthduty.model.agreement import Agreement
from healthduty.model.excusal import FullPoints, PeersMean, Rescaled, ZeroPoints
from healthduty.model.indicator import Indicator, Section
from healthduty.model.party import Party
from healthduty.ranks import Direction, Ties
from healthduty.results.among import Among
from healthduty.results.references import (
    DIRECTED,
    OWN,
    Absentees,
    Reference,
    Way,
    check_references,
)
from healthduty.rules.condition import Compare
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Band, Bands, Deduction, Forfeit, LevelBand
from healthduty.rules.tally import Lacking, StepsAbove, StepsBelow
from healthduty.rules.threshold import Multiple
from strategy_rules import Draw

RATE = Measure("rate", "接种率", unit="%")
VISITS = Measure("visits", "门诊人次")
SPENT = Measure("spent", "支出", unit="万元", kind="amount")
LEVEL = Measure("level", "档案质量", levels=("优", "良", "差"))
FLAG = Measure("flag", "制度", kind="flag")
CASES = Measure("cases", "投诉", kind="cases", absent="none_found")
BASES = (RATE, VISITS, SPENT, LEVEL, FLAG, CASES)

OUT = Measure("out", "参照率", unit="%", kind="growth")
SHARE = Measure("share", "超过比例", unit="%", kind="rate")
NUMBER = Measure("number", "参照数", kind="amount")
PLACE = Measure("place", "名次")
BEST = Measure("best", "最好等级", levels=("优", "良", "差"))
PEERS = Measure("peers", "同类均分", unit="分", kind="amount")
BEFORE = Measure("before", "上年人次", absent="zero")
TARGETS = (OUT, SHARE, NUMBER, PLACE, BEST, PEERS, BEFORE)

_RULES = (
    Deduction(StepsBelow(RATE, target=OUT, step=1), points="0.5", cap=8),
    Deduction(StepsAbove(SPENT, target=NUMBER, step=2), points=1, cap=6),
    Deduction(Lacking(VISITS, required=Multiple("1.1", BEFORE)), points="0.1", cap=5),
    Deduction(StepsBelow(SHARE, target=50, step=10), points=1, cap=5),
    Forfeit(Compare(VISITS, "<", NUMBER)),
    Bands(PLACE, "add", [Band(4 - n, high=n, high_in=True) for n in (1, 2, 3)]),
    Bands(PLACE, "lose", [Band(1, high=1, high_in=True)]),
    Bands(BEST, "lose", [LevelBand("差", 2)]),
    Deduction(StepsAbove(CASES, target=0, step=1), points=1, cap=5),
)
_EXCUSALS = (None, FullPoints(), ZeroPoints(), Rescaled(), PeersMean("peers"))

_CELLS: dict[str, tuple[Any, ...]] = {
    "rate": ("9/10", "18/20", "300/400", "1/3", "0/5", "7/9", "0/0", "83%", 95, 90.5, "x", None),
    "visits": (0, 3, 5, 5, 900, 10**14, -1, 2.5, "1200", None, "不适用", "x"),
    "spent": (0, 1.5, -2.25, 1 / 3, 0.1 + 0.2, 10**6, "3.2", None, "不适用"),
    "level": ("优", "良", "良", "差", "中", None, "不适用"),
    "flag": (True, False, "是", None),
    "cases": (0, 1, 4, None, "不适用"),
}
_PLAIN: dict[str, tuple[Any, ...]] = {
    "rate": ("9/10", "18/20", "300/400", "1/3", "7/7"),
    "visits": (0, 3, 5, 900, 17),
    "spent": (0, 1.5, 2.25, 10.0),
    "level": ("优", "良", "差"),
    "flag": (True, False),
    "cases": (0, 1, 4),
}
_OWN: dict[str, tuple[Any, ...]] = {
    "out": (None, 85.5, "80%", "—"),
    "place": (None, 1, 2, "x"),
    "number": (None, 4.5),
    "before": (None, 800),
}


@attrs.frozen
class Drawn:
    """A set: an agreement, what it asks, this year's rows and last year's; sound or not."""

    agreement: Agreement
    references: tuple[Reference, ...]
    rows: list[dict[str, Any]]
    before: list[dict[str, Any]]
    sound: bool


@st.composite
def compared(draw: Draw) -> Agreement:
    """Draw an agreement whose items read what references become."""
    items = [
        Indicator(
            f"{place + 1}",
            f"项目{place + 1}",
            points=10,
            rules=tuple(draw(st.lists(st.sampled_from(_RULES), min_size=1, max_size=2))),
            excused=draw(st.sampled_from(_EXCUSALS)),
        )
        for place in range(draw(st.integers(1, 3)))
    ]
    return Agreement(
        "比较",
        measures=(*BASES, *TARGETS),
        parts=(Section("0", "大项", parts=tuple(items)),),
        parties=(
            Party("f0", level="county"),
            Party("f1", level="county"),
            Party("f2", level="town"),
        ),
    )


def _reference(draw: Draw, target: Measure, agreement: Agreement) -> Reference:
    """Draw a reference that the agreement can have."""
    way = draw(st.sampled_from(Way))
    of = draw(st.sampled_from(_SUBJECTS[way]))
    if of == "item":
        of = draw(st.sampled_from([each.number for each in agreement.nodes()]))
    asked = of in {"rate", "visits", "spent"} or (
        of not in {"level", "cases"} and draw(st.booleans())
    )
    own, ranked = way in OWN, way in {Way.RANK, Way.RANK_FROM_LAST}
    return Reference(
        target.code,
        of=of,
        way=way,
        among=Among.ALL if way is Way.LAST_YEAR else draw(st.sampled_from(_AMONG)),
        direction=draw(st.sampled_from(Direction)) if way in DIRECTED and asked else None,
        at=draw(st.sampled_from((0, 33, 50, 90, 100))) if way is Way.PERCENTILE else None,
        ties=draw(st.sampled_from(Ties)) if ranked else Ties.SHARED,
        absentees=draw(st.sampled_from(_ABSENTEES)),
        places=None if own else draw(st.sampled_from((None, None, 1))),
    )


_NUMBERS = ("rate", "visits", "spent", "cases", "total", "item")
_SUBJECTS = dict.fromkeys(Way, _NUMBERS) | {
    Way.MEAN: ("rate", "rate", *_NUMBERS),
    **dict.fromkeys((Way.BEST, Way.WORST), (*_NUMBERS, "level")),
    **dict.fromkeys((Way.RANK, Way.RANK_FROM_LAST, Way.PERCENTILE_RANK), (*_NUMBERS, "level")),
    Way.LAST_YEAR: ("rate", "visits", "spent", "cases", "level", "flag"),
}
_AMONG = (Among.ALL, Among.ALL, Among.SAME_KIND, Among.SAME_LEVEL)
_ABSENTEES = (Absentees.LEAVE_OUT, Absentees.LEAVE_OUT, Absentees.BLOCK)


@st.composite
def referring(draw: Draw, agreement: Agreement) -> tuple[Reference, ...]:
    """Draw references in an order of their own."""
    targets = draw(st.permutations(TARGETS))[: draw(st.integers(1, 5))]
    found = tuple(_reference(draw, each, agreement) for each in targets)
    check_references(found, agreement)
    return found


@st.composite
def rows(draw: Draw, *, plain: bool, own: bool = False) -> list[dict[str, Any]]:
    """Draw rows: of good cells alone, or of whatever stands in tables."""
    cells = _PLAIN if plain else _CELLS
    columns = {code: values for code, values in cells.items() if draw(st.integers(0, 9))}
    if own:
        columns |= {code: values for code, values in _OWN.items() if not draw(st.integers(0, 3))}
    keys = draw(st.permutations([f"f{n}" for n in range(6)]))[: draw(st.integers(1, 6))]
    if not draw(st.integers(0, 39)):
        keys = [*keys, keys[0]]
    return [
        {
            "facility": key,
            "kind": draw(st.sampled_from(("中心", "站", "站", None if not plain else "站"))),
            "population": draw(st.sampled_from((100, 300, "1.2万", None if not plain else 0))),
            **{code: draw(st.sampled_from(values)) for code, values in columns.items()},
        }
        for key in keys
    ]


@st.composite
def sets(draw: Draw) -> Drawn:
    """Draw a set."""
    agreement = draw(compared())
    sound = draw(st.booleans())
    return Drawn(
        agreement,
        draw(referring(agreement)),
        draw(rows(plain=sound, own=not sound and draw(st.booleans()))),
        draw(rows(plain=sound)),
        sound,
    )


def _pair(draw: Draw, *, blanks: bool) -> tuple[int | None, int | None]:
    bottom = draw(st.sampled_from((1, 3, 7, 20, 90, 2**21 + 1, 10**9)))
    top = draw(st.integers(0, min(bottom, 30)))
    odd = draw(st.integers(0, 9)) if blanks else 9
    return {0: (None, None), 1: (0, 0), 2: (bottom + 1, bottom)}.get(odd, (top, bottom))


@st.composite
def numeric(draw: Draw, *, blanks: bool) -> list[dict[str, Any]]:
    """Draw rows as frames hold them: pairs of counts, counts, floats, and blanks."""
    visits = draw(st.sampled_from(((0, 3, 5, 900), (0, 10**14, 10**14 + 1, 2**62), (-1, 4, 4, 7))))
    keys = draw(st.permutations([f"f{n}" for n in range(9)]))[: draw(st.integers(1, 9))]
    made = []
    for key in keys:
        top, bottom = _pair(draw, blanks=blanks)
        made.append(
            {
                "facility": key,
                "kind": draw(st.sampled_from(("中心", "站"))),
                "population": draw(st.integers(0, 9)) * 1000,
                "接种率分子": top,
                "接种率分母": bottom,
                "visits": draw(st.sampled_from((*visits, None) if blanks else visits)),
                "spent": draw(st.sampled_from((0.0, 1.5, -2.25, 83.25, 1 / 3, None))),
                "cases": draw(st.integers(0, 3)),
            }
        )
    return made


@st.composite
def numeric_sets(draw: Draw) -> Drawn:
    """Draw a set of frames."""
    agreement, blanks = draw(compared()), draw(st.booleans())
    references = draw(referring(agreement))
    now, then = draw(numeric(blanks=blanks)), draw(numeric(blanks=blanks))
    return Drawn(agreement, references, now, then, sound=False)
