"""Canonical deductions and bonuses, read back: 满意率达到90%以上，每低5个百分点扣0.5分，最高扣2分.

A clause says what is counted, then the points, then how begun steps count, what multiplies the
points, and the most they come to.

Source: `healthduty.wording.tallies` and `healthduty.wording.rules` write what is read here.
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.canonical.conditions import bound, when
from healthduty.clauses.canonical.points import Done, done, most
from healthduty.clauses.canonical.scan import NotCanonicalError, Scanner
from healthduty.rules.condition import Comparator, Compare, Condition
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bonus, Deduction, Times
from healthduty.rules.tally import (
    ByAttribute,
    Cases,
    Counting,
    Lacking,
    StepsAbove,
    StepsBelow,
    Tally,
)
from healthduty.wording.figures import step_unit, unit_of

_STEPS_FOLLOW = re.compile("，(?:每低|每超|按未完成比例扣分，|按超出比例扣分，)")
_BONUS_STEPS_FOLLOW = re.compile("的，(?:每低|每超|按未完成比例加分，|按超出比例加分，)")
_EACH: dict[str, type[StepsBelow | StepsAbove]] = {"每低": StepsBelow, "每超": StepsAbove}
_SHARE: dict[str, type[StepsBelow | StepsAbove]] = {
    "按未完成比例": StepsBelow,
    "按超出比例": StepsAbove,
}
_WHOLE = {StepsBelow: "全部未完成", StepsAbove: "超出一倍"}
_WORD = {Effect.LOSE: "扣", Effect.ADD: "加"}
_SIGNS = {
    (StepsBelow, Effect.LOSE): Comparator.AT_LEAST,
    (StepsAbove, Effect.LOSE): Comparator.AT_MOST,
    (StepsBelow, Effect.ADD): Comparator.LESS,
    (StepsAbove, Effect.ADD): Comparator.MORE,
}
_CAP_FOLLOWS = re.compile("，最高[扣加][0-9]")
_IN_FULL = re.compile("(?=[，；）。])")
_FACTORS = {"加倍": Fraction(2), "减半": Fraction(1, 2)}


# --------------------------------------------------------------------------- steps


def steps_follow(scanner: Scanner) -> bool:
    """Tell whether what was read as a comparison is the target of steps."""
    return scanner.sees(_STEPS_FOLLOW) or scanner.sees(_BONUS_STEPS_FOLLOW)


def steps(scanner: Scanner, held: Condition) -> tuple[Tally, Done]:
    """Read steps = comparison [``的``] ``，`` (each stepped | share ``，`` whole done).

    Each = ``每低`` | ``每超``; whole = ``全部未完成`` | ``超出一倍``;
    share = (``按未完成比例`` | ``按超出比例``) (``扣分`` | ``加分``).
    """
    if not isinstance(held, Compare):
        raise NotCanonicalError
    scanner.take("的")
    scanner.need("，")
    shared = scanner.find(_SHARE)
    kind = shared or scanner.choose(_EACH)
    if shared:
        effect = _effect_of_share(scanner)
        scanner.need(_WHOLE[kind])
        tally: Tally = kind(held.measure, target=held.threshold)
        does = done(scanner)
    else:
        tally, does = _stepped(scanner, kind, held)
        effect = does.verb.effect
    if _SIGNS.get((kind, effect)) is not held.comparator:
        raise NotCanonicalError
    return tally, does


def _effect_of_share(scanner: Scanner) -> Effect:
    effect = Effect.LOSE if scanner.take("扣分，") else Effect.ADD
    if effect is Effect.ADD:
        scanner.need("加分，")
    return effect


def _stepped(
    scanner: Scanner, kind: type[StepsBelow | StepsAbove], held: Compare
) -> tuple[Tally, Done]:
    """Read stepped = [``目标值的``] figure done [``，`` counting]."""
    relative = scanner.take("目标值的")
    begun = scanner.place
    step = scanner.figure("%" if relative else step_unit(scanner.measure(held.measure)))
    size = scanner.text[begun : scanner.place]
    does = done(scanner)
    tally = kind(
        held.measure,
        target=held.threshold,
        step=step,
        relative=relative,
        counting=_counting(scanner, size, does.verb.effect),
    )
    return tally, does


def _counting(scanner: Scanner, size: str, effect: Effect) -> Counting:
    """Read counting = ``，不足`` size ``按`` size ``计`` | ``，按比例扣分`` | ``，按比例加分``."""
    if _takes(scanner, f"，不足{size}按{size}计"):
        return Counting.STARTED
    if effect in _WORD and _takes(scanner, f"，按比例{_WORD[effect]}分"):
        return Counting.PROPORTIONAL
    return Counting.COMPLETE


def _takes(scanner: Scanner, literal: str) -> bool:
    """Pass over a piece of a clause only where it ends there: a name may begin with its words."""
    place = scanner.place
    if scanner.take(literal) and scanner.sees(_IN_FULL):
        return True
    scanner.place = place
    return False


# --------------------------------------------------------------------- lacking, cases


def lacking(scanner: Scanner, code: str) -> tuple[Tally, Done]:
    """Read lacking = ``不少于`` bound [``（按考核月份折算）``] ``，每少`` figure done."""
    measure = scanner.measure(code)
    scanner.need("不少于")
    required = bound(scanner, measure)
    prorated = scanner.take("（按考核月份折算）")
    scanner.need("，每少")
    step = scanner.figure(unit_of(measure, "项"))
    return Lacking(code, required=required, step=step, prorated=prorated), done(scanner)


def cases(scanner: Scanner, code: str) -> tuple[Tally, Done]:
    """Read cases = [where] ``，每发现`` figure done [weights] [``，前`` figure ``不计``]."""
    where = _where(scanner) if scanner.at("（") else ()
    unit = unit_of(scanner.measure(code), "例")
    scanner.need("，每发现")
    step = scanner.figure(unit)
    does = done(scanner)
    by = _weights(scanner)
    free = _free(scanner, unit)
    return Cases(code, step=step, by=by, free=free, where=where), does


def _where(scanner: Scanner) -> tuple[tuple[str, str], ...]:
    """Read where = ``（`` word ``为`` word {``、`` word ``为`` word} ``）``."""
    pairs: list[tuple[str, str]] = []
    scanner.open()
    while not pairs or scanner.take("、"):
        attribute = scanner.name()
        scanner.need("为")
        pairs.append((attribute, scanner.name()))
    scanner.close()
    return tuple(pairs)


def _free(scanner: Scanner, unit: str) -> Fraction:
    place = scanner.place
    if scanner.take("，前"):
        try:
            free = scanner.figure(unit)
        except NotCanonicalError:
            free = Fraction(0)
        if free and _takes(scanner, "不计"):
            return free
    scanner.place = place
    return Fraction(0)


def _weights(scanner: Scanner) -> ByAttribute | None:
    """Read weights = ``，按`` word ``折算（`` weight {``、`` weight} [``、其余计`` figure] ``）``.

    Weight = word ``计`` figure.
    """
    place = scanner.place
    if not scanner.take("，按"):
        return None
    try:
        attribute = scanner.name()
    except NotCanonicalError:
        attribute = ""
    if not scanner.take("折算（"):
        scanner.place = place
        return None
    weights: list[tuple[str, Fraction]] = []
    otherwise = None
    while otherwise is None:
        if scanner.take("其余计"):
            otherwise = scanner.figure()
        else:
            value = scanner.name()
            scanner.need("计")
            weights.append((value, scanner.figure()))
        if not scanner.take("、"):
            break
    scanner.need("）")
    return ByAttribute(attribute, weights, otherwise=otherwise)


# ----------------------------------------------------------------- the rule around them


@attrs.frozen
class Occasion:
    """What stands before a clause: when it holds, and that the item has to be used up."""

    when: Condition | None = None
    exhausted: bool = False


def tallied(scanner: Scanner, occasion: Occasion, counted: tuple[Tally, Done]) -> Deduction | Bonus:
    """Read tallied = tally and points {``，`` times} [``，`` most]."""
    tally, does = counted
    times: list[Times] = []
    cap = None
    while cap is None and scanner.at("，"):
        capped = scanner.sees(_CAP_FOLLOWS)
        scanner.need("，")
        if capped:
            cap = most(scanner)
        else:
            times.append(_times(scanner))
    if does.verb.effect is Effect.LOSE:
        return Deduction(
            tally,
            points=does.points,
            cap=cap,
            reach=does.verb.reach,
            times=times,
            when=occasion.when,
            on_exhaustion=occasion.exhausted,
        )
    if does.verb.effect is not Effect.ADD or occasion.exhausted:
        raise NotCanonicalError
    return Bonus(
        tally, points=does.points, cap=cap, where=does.verb.where, times=times, when=occasion.when
    )


def _times(scanner: Scanner) -> Times:
    """Read times = when ``时`` (``加倍`` | ``减半`` | ``按`` figure ``倍计``)."""
    held = when(scanner)
    scanner.need("时")
    factor = scanner.find(_FACTORS)
    if factor is None:
        scanner.need("按")
        factor = scanner.figure("倍计")
    return Times(factor, held)
