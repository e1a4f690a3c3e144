"""Points that don't sum, and caps and rules that don't fit the points they stand beside.

Headers against items, declared bonuses against those that can be reached, caps above or below
the points, deductions that can't use the points up, points that nobody says how to lose.

Source: semantics 5 (from what to what), 16 (no points printed); row A2 (six items of 15 and one
of 10, and no rule that says how they are lost).

>>> from healthduty.model.indicator import Indicator, Section
>>> items = (Indicator("1.1", points=2), Indicator("1.2", points=2))
>>> [str(f) for f in check_sums(Agreement("示例", parts=(Section("1", points=5, parts=items),)))]
['error sum-section: item 1: its items make 4 points, the header says 5']
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from healthduty.checks.amounts import (
    Measures,
    measures_of,
    most_bonus,
    most_points,
    show_points,
    together,
    worth,
)
from healthduty.checks.codes import found
from healthduty.checks.firing import why_never
from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Part, Section
from healthduty.model.tree import (
    ZERO,
    Spot,
    each_rule,
    grow,
    has_open_points,
    has_rules,
    is_judged,
    is_scored,
    spots_of,
    takes_from_nothing,
    takes_points,
    walk,
)
from healthduty.rules.points import Effect, Placement, Reach, Share
from healthduty.rules.rule import (
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Rule,
    effect_of,
    placement_of,
    reach_of,
)
from healthduty.said import Said, chinese, joined

MOST_NAMED = 5
"""Items that one message names; the others are counted."""


def check_sums(agreement: Agreement) -> Iterator[Finding]:
    """Yield headers, indicators and totals that say other points than what they hold."""
    for spot in spots_of(agreement):
        stated = spot.node.points
        if stated is None or not spot.shared or _sums_up(spot, stated):
            continue
        if isinstance(spot.node, Agreement):
            code = "sum-total"
            held, header = Said("the items", "各条目"), Said("the agreement says", "责任书写明")
        elif isinstance(spot.node, Section):
            code = "sum-section"
            held, header = Said("its items", "各条目"), Said("the header says", "大项写明")
        else:
            code = "sum-indicator"
            held, header = Said("its parts", "各得分点"), Said("the indicator says", "指标写明")
        made = f"{held} make {show_points(spot.shared)}"
        yield found(
            code,
            Said(
                f"{made}, {header} {show(stated)}",
                f"{held.zh}合计{show(spot.shared)}分，{header.zh}{show(stated)}分",
            ),
            place=spot.place,
            citation=spot.node.citation,
        )


def _sums_up(spot: Spot, stated: Fraction) -> bool:
    # A child's own header may be the wrong one, which is said there: either sum will do.
    headers = sum(
        (child.full if child.node.points is None else child.node.points for child in spot.children),
        ZERO,
    )
    if stated in (spot.shared, headers):
        return True
    if stated > spot.shared:
        return has_open_points(spot)
    # 本项最多…分: items that make more than the header on purpose, cut to it.
    return isinstance(spot.node, (Section, Agreement)) and spot.node.cap == stated


def check_bonus(agreement: Agreement) -> Iterator[Finding]:
    """Yield a declared bonus that is not what the bonus rules can reach."""
    declared = agreement.bonus_points
    if declared is None:
        return
    bonus = most_bonus(grow(agreement), measures_of(agreement))
    if bonus is None:
        yield found(
            "bonus-unbounded",
            Said(
                f"bonuses have no upper bound, the agreement says {show_points(declared)}",
                f"加分没有上限，责任书写明{show(declared)}分",
            ),
            hint=Said(
                "give the bonus rules caps, or the agreement a `bonus_cap`",
                "给各条加分写上限，或给责任书写`bonus_cap`",
            ),
        )
    elif bonus != declared:
        yield found(
            "sum-bonus",
            Said(
                f"bonus rules reach {show_points(bonus)}, the agreement says {show(declared)}",
                f"加分规则最多加{show(bonus)}分，责任书写明{show(declared)}分",
            ),
        )


def check_caps(agreement: Agreement) -> Iterator[Finding]:
    """Yield caps above the points that they limit, or below the points that they close."""
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            yield from _cap_above(spot, rule)
        node = spot.node
        if not isinstance(node, (Section, Agreement)) or node.cap is None:
            continue
        points = spot.full if node.points is None else node.points
        if node.cap < points:
            yield found(
                "cap-below-points",
                Said(
                    f"the cap of {show(node.cap)} keeps the {show_points(points)} from being re"
                    "ached",
                    f"封顶{show(node.cap)}分，{show(points)}分永远得不到",
                ),
                place=spot.place,
                citation=node.citation,
            )


def _cap_above(spot: Spot, rule: Rule) -> Iterator[Finding]:
    limit = _limit(rule, spot.full)
    account = _account(spot, rule)
    if limit is None or account is None or not account.full:
        return
    room = _room(account) if effect_of(rule) is Effect.LOSE else account.full
    if room is None or limit <= room:
        return
    whose = Said("the item", "本项") if account is spot else _name(account)
    yield found(
        "cap-above-points",
        Said(
            f"the {kind_name(rule)} goes up to {show_points(limit)}, {whose} has "
            f"{show(account.full)}",
            f"这条{kind_name(rule).zh}规则最高到{show(limit)}分，{whose.zh}只有"
            f"{show(account.full)}分",
        ),
        place=spot.place,
        citation=rule.citation,
    )


def _limit(rule: Rule, full: Fraction) -> Fraction | None:
    """Return the points up to which a rule says that it goes, None where it says nothing."""
    if isinstance(rule, (Deduction, Bonus, Group)):
        return rule.cap
    if isinstance(rule, Judgement) and not isinstance(rule.most, Share):
        return rule.most
    if isinstance(rule, (Bands, Curve)) and rule.effect is not Effect.LOSE:
        paid = rule.bands if isinstance(rule, Bands) else rule.knots
        return max(worth(each.points, full) for each in paid)
    return None


def _account(spot: Spot, rule: Rule) -> Spot | None:
    """Return whose points a rule moves; None for bonuses beyond the points or apart."""
    if effect_of(rule) is Effect.LOSE:
        return spot.account(reach_of(rule))
    return None if placement_of(rule) in (Placement.BEYOND, Placement.APART) else spot


def _room(account: Spot) -> Fraction | None:
    """Return what can be taken from an account, None where there is no bottom (倒扣)."""
    floor = account.node.floor
    return None if floor is None else account.full - min(floor, ZERO)


def _name(spot: Spot) -> Said:
    if spot.number:
        return Said(f"item {spot.number}", f"{spot.number}项")
    return Said(spot.path, spot.path) if spot.path else Said("the agreement", "责任书")


def kind_name(rule: Rule) -> Said:
    """Return what a message calls a rule: `deduction`, `bonus`, `table of bands` …."""
    name = "table of bands" if isinstance(rule, Bands) else type(rule).__name__.lower()
    return Said(name, _KINDS[type(rule)])


_KINDS: dict[type, str] = {
    Deduction: "扣分",
    Bonus: "加分",
    Bands: "分档得分",
    Curve: "曲线得分",
    Judgement: "评判",
    Forfeit: "不得分",
    Group: "组合",
}


def check_floors(agreement: Agreement) -> Iterator[Finding]:
    """Yield floors above the points: what can't be lost can't be more than there is."""
    for spot in spots_of(agreement):
        floor = spot.node.floor
        if floor is not None and floor > 0 and spot.has_account and floor > spot.full:
            yield found(
                "floor-above-points",
                Said(
                    f"the floor of {show(floor)} is above the {show_points(spot.full)}",
                    f"保底{show(floor)}分，比分值{show(spot.full)}分还高",
                ),
                place=spot.place,
            )


def check_reach_of_rules(agreement: Agreement) -> Iterator[Finding]:
    """Yield points that no observation can lose, and points that none can earn."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        dead = any(why_never(rule, measures) for rule in each_rule(spot.node.rules))
        if not spot.full or dead:
            continue  # a rule that never fires is said by itself
        if any(effect_of(rule) is Effect.EARN for rule in spot.node.rules):
            yield from _earnings_short(spot, measures)
        elif isinstance(spot.node, Part) and not spot.children and spot.node.rules:
            yield from _deductions_short(spot, measures)


def _earnings_short(spot: Spot, measures: Measures) -> Iterator[Finding]:
    inside = [
        most_points(rule, spot.full, measures)
        for rule in spot.node.rules
        if effect_of(rule) is Effect.EARN or placement_of(rule) is Placement.INSIDE
    ]
    most = together([spot.shared, *inside])
    if most is not None and most < spot.full:
        yield found(
            "earnings-short",
            Said(
                f"rules earn at most {show(most)} of {show_points(spot.full)}",
                f"分值{show(spot.full)}分，各条规则最多得{show(most)}分",
            ),
            place=spot.place,
            citation=spot.node.citation,
        )


def most_lost(spot: Spot, measures: Measures) -> Fraction | None:
    """Return the most that an item's own rules can take from it, None where all of it."""
    node = spot.node
    if not isinstance(node, Part) or node.evidence_required:
        return None
    if any(isinstance(rule, Forfeit) and spot.account(rule.scope) is spot for rule in node.rules):
        return None
    taken = [
        most_points(rule, spot.full, measures)
        for rule in node.rules
        if takes_points(rule) and spot.account(reach_of(rule)) is spot
    ]
    return together(taken)


def _deductions_short(spot: Spot, measures: Measures) -> Iterator[Finding]:
    floor = spot.node.floor
    most = most_lost(spot, measures)
    losing = all(effect_of(rule) is Effect.LOSE for rule in spot.node.rules)
    if most is None or not losing or most >= spot.full - max(floor or ZERO, ZERO):
        return
    yield found(
        "deductions-short",
        Said(
            f"rules take at most {show(most)} of {show_points(spot.full)}",
            f"分值{show(spot.full)}分，各条规则最多扣{show(most)}分",
        ),
        place=spot.place,
        citation=spot.node.citation,
    )


def check_missing_points(agreement: Agreement) -> Iterator[Finding]:
    """Yield rules that need the points of an item that states none, or that move 0 points."""
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            need = None if spot.has_account else _need(rule)
            if need:
                yield found(
                    "points-missing",
                    Said(
                        f"the {kind_name(rule)} {need}, but no points are stated here",
                        f"这条{kind_name(rule).zh}规则{chinese(need)}，但这里没有列分值",
                    ),
                    place=spot.place,
                    citation=rule.citation,
                    hint=Said(
                        "state the item's points, or the rule's in numbers",
                        "写明本项分值，或把规则的分写成数",
                    ),
                )
            elif _moves_nothing(spot, rule):
                yield found(
                    "points-zero",
                    Said(
                        f"the {kind_name(rule)} can only move 0 points",
                        f"这条{kind_name(rule).zh}规则只能得扣0分",
                    ),
                    place=spot.place,
                    citation=rule.citation,
                )


def _need(rule: Rule) -> str:
    """Return why a rule needs its item's points, or nothing where it does not."""
    if isinstance(rule, Forfeit):
        return Said("takes what is left", "扣完剩余的分") if rule.scope is Reach.PART else ""
    if isinstance(rule, Group):
        return ""  # its members say it
    if any(isinstance(points, Share) for points in _points_named(rule)):
        return Said("counts in shares of the item's points", "按本项分值的比例计")
    if effect_of(rule) is Effect.EARN:
        return Said("earns the item's points", "得的是本项的分")
    return (
        Said("adds inside the item's points", "在本项分值之内加分")
        if placement_of(rule) is Placement.INSIDE
        else ""
    )


def _points_named(rule: Rule) -> list[Fraction | Share | None]:
    if isinstance(rule, (Deduction, Bonus)):
        return [rule.points]
    if isinstance(rule, Bands):
        return [*(band.points for band in rule.bands), rule.otherwise]
    if isinstance(rule, Curve):
        return [*(knot.points for knot in rule.knots), rule.below, rule.above]
    return [rule.most] if isinstance(rule, Judgement) else []


def _moves_nothing(spot: Spot, rule: Rule) -> bool:
    if isinstance(rule, Forfeit):
        return False
    if isinstance(rule, Group):
        return rule.cap == 0
    named = [worth(points, spot.full) for points in _points_named(rule) if points is not None]
    account = _account(spot, rule)
    return not any(named) or _limit(rule, spot.full) == 0 or _is_empty(account)


def _is_empty(account: Spot | None) -> bool:
    """Return whether an account states 0 points and may not fall below them."""
    if account is None or not account.has_account or account.full:
        return False
    return _room(account) == 0


def check_scores(agreement: Agreement) -> Iterator[Finding]:
    """Yield what can't be scored by rules: judged items, lists of deductions, no scores at all."""
    root = grow(agreement)
    for spot in walk(root):
        if is_judged(spot):
            yield found(
                "points-judged",
                Said(
                    f"no rule says how to lose its {show_points(spot.full)}: an assessor judges",
                    f"没有规则说明这{show(spot.full)}分怎么扣，由考核人评判",
                ),
                place=spot.place,
                citation=spot.node.citation,
            )
    yield from _list_of_deductions([spot for spot in walk(root) if takes_from_nothing(spot)])
    if not is_scored(root):
        bare = not has_rules(root) and not any(spot.node.points for spot in walk(root))
        message = (
            Said("the agreement has no points and no rules", "责任书没有分值，也没有规则")
            if bare
            else Said("nothing moves a point", "没有任何规则涉及得分扣分")
        )
        yield found("agreement-without-scores", message)


def _list_of_deductions(homeless: list[Spot]) -> Iterator[Finding]:
    if not homeless:
        return
    names = joined(_name(spot) for spot in homeless[:MOST_NAMED])
    left = len(homeless) - MOST_NAMED
    more = Said(f" and {left} more", f"等，另有{left}处") if left > 0 else Said("", "")
    yield found(
        "deductions-without-points",
        Said(
            f"rules take points where none are stated: {names}{more}",
            f"下列各处没有列分值，规则却要扣分：{names.zh}{more.zh}",
        ),
        hint=Said("the sheet is a list of deductions and has no total", "评分表只列扣分，没有总分"),
    )


POINTS_CHECKS = (
    check_sums,
    check_bonus,
    check_caps,
    check_floors,
    check_reach_of_rules,
    check_missing_points,
    check_scores,
)
"""Everything about points, in the order in which it is reported."""
