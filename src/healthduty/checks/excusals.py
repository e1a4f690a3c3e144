"""Where the points of items that don't apply would go, and whether they can go there.

Source: semantics 7 (points moved to a named item; 合理缺项 within section or total).

>>> from healthduty.model.indicator import Indicator
>>> item = Indicator("1", points=5, excused=MovedTo("7"))
>>> print(*check_excusals(Agreement("示例", parts=(item,))))
error excusal-target: item 1: excused points move to item `7`, which is not there
"""

from __future__ import annotations

from collections.abc import Iterator

from healthduty.checks.codes import found
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import MovedTo, Rescaled, Within
from healthduty.model.tree import Spot, excusal_of, has_rules, is_judged, spots_of
from healthduty.said import Said, chinese


def check_excusals(agreement: Agreement) -> Iterator[Finding]:
    """Yield excused points that move to nowhere, to themselves, or within no section."""
    spots = list(spots_of(agreement))
    by_number = {spot.number: spot for spot in reversed(spots) if spot.number}
    for spot in spots:
        stated = spot.node.excused
        if isinstance(stated, MovedTo):
            yield from _moved(spot, by_number.get(stated.number.strip()), stated)
        excusal = excusal_of(spot) if has_rules(spot) or is_judged(spot) else None
        if isinstance(excusal, MovedTo) and excusal.number.strip() == spot.number:
            yield found(
                "excusal-target",
                Said(
                    f"excused points of item `{spot.number}` would move to itself",
                    f"`{spot.number}`项缺项时，分值移给它自己",
                ),
                place=spot.place,
            )
        elif isinstance(excusal, Rescaled) and excusal.within is Within.SECTION:
            yield from _rescaled(spot)


def _moved(spot: Spot, target: Spot | None, stated: MovedTo) -> Iterator[Finding]:
    why = ""
    if target is None:
        why = Said("which is not there", "该项不存在")
    elif not target.full and target is not spot:
        why = Said("which has no points", "该项没有分值")
    if why:
        yield found(
            "excusal-target",
            Said(
                f"excused points move to item `{stated.number}`, {why}",
                f"缺项时分值移给`{stated.number}`项，{chinese(why)}",
            ),
            place=spot.place,
        )


def _rescaled(spot: Spot) -> Iterator[Finding]:
    if spot.section() is None:
        yield found(
            "excusal-nowhere",
            Said(
                "excused points are to be rescaled within the section, but there is none around it",
                "缺项分值要在本大项内折算，但它不在任何大项之内",
            ),
            place=spot.place,
        )


EXCUSAL_CHECKS = (check_excusals,)
"""Everything about excused items."""
