"""Canonical rules of every kind, read back; what they count is read by `canonical_tallies`.

Source: `healthduty.wording.rules` writes what is read here.
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.canonical.conditions import (
    adds_number,
    bound,
    condition,
    levels,
    tried,
    when,
)
from healthduty.clauses.canonical.points import WORDS, Done, Verb, done, most, points, verb
from healthduty.clauses.canonical.scan import NotCanonicalError, Scanner
from healthduty.clauses.canonical.tallies import (
    Occasion,
    cases,
    lacking,
    steps,
    steps_follow,
    tallied,
)
from healthduty.rules.points import FULL, Pick, Points, Reach
from healthduty.rules.rule import (
    AnyBand,
    Band,
    Bands,
    CaseBand,
    Curve,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Once
from healthduty.rules.threshold import Threshold
from healthduty.wording.names import VERB

_GROUP = "以下各项"
_PICKS = {
    "合计": Pick.ALL,
    "取扣分最少的一项": Pick.BEST,
    "取扣分最多的一项": Pick.WORST,
    "就高": Pick.BEST,
    "就低": Pick.WORST,
}
_FORFEITS = {
    "本项不得分": Reach.PART,
    "本指标不得分": Reach.INDICATOR,
    "本大项不得分": Reach.SECTION,
}
_CONDITION_BEGINS = re.compile("（|不满足（|[有无]「")
_CASES_FOLLOW = re.compile("，每发现|（")
_VERB_FOLLOWS = re.compile(VERB)
_BOUND_BEGINS = re.compile(r"-?[0-9]|____（|（")
_CLOSED = {"（含）": True, "（不含）": False}


def rule(scanner: Scanner) -> Rule:
    """Read rule = group | [``仅当`` when ``时，``] [``本项扣完的，``] clause."""
    if scanner.at(_GROUP):
        return group(scanner)
    held = None
    if scanner.take("仅当"):
        held = when(scanner)
        scanner.need("时，")
    return _clause(scanner, Occasion(held, scanner.take("本项扣完的，")))


def _clause(scanner: Scanner, occasion: Occasion) -> Rule:
    """Read clause = label (bands | curve | judgement | lacking | cases) | steps | once | forfeit.

    The name at the beginning is read a second time where it begins a condition.
    """
    found = None
    begun = scanner.place
    if not scanner.sees(_CONDITION_BEGINS):
        found = _named(scanner, occasion)
    if found is None:
        scanner.place = begun
        found = _held(scanner, occasion)
    return found


def _named(scanner: Scanner, occasion: Occasion) -> Rule | None:
    name = scanner.name()
    if not occasion.exhausted and scanner.take("酌情"):
        return _judgement(scanner, occasion, name)
    code = scanner.code_of(name)
    if scanner.at("不少于"):
        return tallied(scanner, occasion, lacking(scanner, code))
    if scanner.sees(_CASES_FOLLOW):
        return tallied(scanner, occasion, cases(scanner, code))
    if occasion.exhausted:
        return None
    if scanner.take("："):
        return _bands(scanner, occasion, code)
    if scanner.take("按直线内插："):
        return _curve(scanner, occasion, code)
    return None


def _held(scanner: Scanner, occasion: Occasion) -> Rule:
    """Read held = condition (steps | ``的，`` forfeit | ``的，`` done)."""
    held = condition(scanner)
    if steps_follow(scanner):
        return tallied(scanner, occasion, steps(scanner, held))
    scanner.need("的，")
    scope = scanner.find(_FORFEITS)
    if scope is None:
        return tallied(scanner, occasion, (Once(held), done(scanner)))
    if occasion != Occasion():
        raise NotCanonicalError
    return Forfeit(held, scope=scope)


def _judgement(scanner: Scanner, occasion: Occasion, code: str) -> Judgement:
    """Read judgement = name ``酌情`` verb (``分`` | figure ``分至`` points)."""
    does = verb(scanner)
    least = Fraction(0)
    highest: Points = FULL
    if not scanner.take("分"):
        least = scanner.figure("分")
        scanner.need("至")
        highest = points(scanner)
    return Judgement(
        code,
        does.effect,
        least=least,
        most=highest,
        reach=does.reach,
        where=does.where,
        when=occasion.when,
    )


# ------------------------------------------------------------------------ bands, curves


def _bands(scanner: Scanner, occasion: Occasion, code: str) -> Bands:
    """Read bands = label ``：`` band done {``，`` band done} [``，其余`` done]."""
    bands: list[AnyBand] = []
    verbs: list[Verb] = []
    otherwise: Points | None = None
    while otherwise is None:
        if scanner.take("其余"):
            otherwise = _said(scanner, verbs)
        else:
            bands.append(_band(scanner, code, verbs))
        if not scanner.take("，"):
            break
    return Bands(
        code,
        verbs[0].effect,
        bands,
        otherwise=otherwise,
        reach=verbs[0].reach,
        where=verbs[0].where,
        when=occasion.when,
    )


def _said(scanner: Scanner, verbs: list[Verb]) -> Points:
    """Return the points that follow; their verb is kept, and is the same in the whole table."""
    does: Done = done(scanner)
    verbs.append(does.verb)
    if does.verb != verbs[0] or does.verb.further:
        raise NotCanonicalError
    return does.points


def _band(scanner: Scanner, code: str, verbs: list[Verb]) -> AnyBand:
    """Read band = ``不论多少`` | exact | between | levels | condition ``的``, with what is done.

    Exact = ``等于`` bound; no name begins so. What begins like a bound is tried as one; otherwise
    what stands behind the first name tells.
    """
    if scanner.take("不论多少"):
        return Band(_said(scanner, verbs))
    if scanner.take("等于"):
        at = bound(scanner, scanner.measure(code))
        return Band(_said(scanner, verbs), low=at, high=at, high_in=True)
    kind = _kind_of_band(scanner)
    if kind is Band:
        low = tried(scanner, scanner.measure(code))
        if low is not None:
            return _between(scanner, code, low, verbs)
    elif kind is LevelBand:
        names = levels(scanner)
        return LevelBand(names, _said(scanner, verbs))
    held = condition(scanner)
    scanner.need("的")
    return CaseBand(held, _said(scanner, verbs))


def _kind_of_band(scanner: Scanner) -> type[AnyBand]:
    if scanner.sees(_BOUND_BEGINS):
        return Band
    if scanner.sees(_CONDITION_BEGINS):
        return CaseBand
    begun = scanner.place
    scanner.name()
    if scanner.at("、") or (scanner.sees(_VERB_FOLLOWS) and not adds_number(scanner)):
        kind: type[AnyBand] = LevelBand
    else:
        scanner.code()
        bounded = any(scanner.at(closed) for closed in _CLOSED) or adds_number(scanner)
        kind = Band if bounded else CaseBand
    scanner.place = begun
    return kind


def _between(scanner: Scanner, code: str, first: Threshold, verbs: list[Verb]) -> Band:
    """Read between = bound closure (``以上`` | ``以下`` | ``至`` bound closure)."""
    first_in = scanner.choose(_CLOSED)
    if scanner.take("以下"):
        return Band(_said(scanner, verbs), high=first, high_in=first_in)
    if scanner.take("以上"):
        return Band(_said(scanner, verbs), low=first, low_in=first_in)
    scanner.need("至")
    high = bound(scanner, scanner.measure(code))
    high_in = scanner.choose(_CLOSED)
    return Band(_said(scanner, verbs), low=first, low_in=first_in, high=high, high_in=high_in)


def _curve(scanner: Scanner, occasion: Occasion, code: str) -> Curve:
    """Read curve = label ``按直线内插：`` knots [``，低于首点`` done] [``，高于末点`` done].

    Knots = bound done {``，`` bound done}.
    """
    knots: list[Knot] = []
    verbs: list[Verb] = []
    ends: dict[str, Points | None] = {"低于首点": None, "高于末点": None}
    while True:
        end = next((words for words in ends if scanner.take(words)), None)
        if end is None:
            at = bound(scanner, scanner.measure(code), knot=True)
            knots.append(Knot(at, _said(scanner, verbs)))
        else:
            ends[end] = _said(scanner, verbs)
        if not scanner.take("，"):
            break
    return Curve(
        code,
        verbs[0].effect,
        knots,
        below=ends["低于首点"],
        above=ends["高于末点"],
        reach=verbs[0].reach,
        where=verbs[0].where,
        when=occasion.when,
    )


# ------------------------------------------------------------------------------- groups


def group(scanner: Scanner) -> Group:
    """Read group = ``以下各项`` pick [``，`` most] ``：`` member {``；`` member}."""
    scanner.need(_GROUP)
    pick = scanner.choose(_PICKS)
    effect = scanner.find(WORDS)
    if effect is not None:
        scanner.need("分")
    cap = None
    if scanner.take("，"):
        cap = most(scanner)
    scanner.need("：")
    members = [_group_member(scanner)]
    while scanner.take("；"):
        members.append(_group_member(scanner))
    return Group(members, pick=pick, cap=cap)


def _group_member(scanner: Scanner) -> Rule:
    """Read member = ``（`` group ``）`` | rule."""
    if not scanner.at("（" + _GROUP):
        return rule(scanner)
    scanner.open()
    inner = group(scanner)
    scanner.close()
    return inner
