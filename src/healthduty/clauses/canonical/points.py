"""Canonical points, read back: 扣0.5分, 得满分, 另从总分中扣2分, 在本项分值内加本项分值的50%.

Source: `healthduty.wording.points` writes what is read here.

>>> from healthduty.wording.names import Vocabulary
>>> done(Scanner("从总分中扣2分", Vocabulary(()))).verb.reach
<Reach.TOTAL: 'total'>
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.clauses.canonical.scan import Scanner
from healthduty.rules.points import FULL, Effect, Placement, Points, Reach, Share

WORDS = {"扣": Effect.LOSE, "得": Effect.EARN, "加": Effect.ADD}
_FROM = {
    "从本指标总分中": Reach.INDICATOR,
    "从本大项总分中": Reach.SECTION,
    "从总分中": Reach.TOTAL,
}
_WHERE = {"在本项分值内": Placement.INSIDE, "单列": Placement.APART}


@attrs.frozen
class Verb:
    """What is done with points: the effect, from what, to where, and only then."""

    effect: Effect
    reach: Reach
    where: Placement
    further: bool


@attrs.frozen
class Done:
    """A verb with its points."""

    verb: Verb
    points: Points


def verb(scanner: Scanner) -> Verb:
    """Read verb = [``在本项分值内`` | ``单列``] [``另``] [from] (``扣`` | ``得`` | ``加``).

    From = ``从本指标总分中`` | ``从本大项总分中`` | ``从总分中``.
    """
    where = scanner.find(_WHERE) or Placement.BEYOND
    further = scanner.take("另")
    reach = scanner.find(_FROM) or Reach.PART
    return Verb(scanner.choose(WORDS), reach, where, further)


def done(scanner: Scanner) -> Done:
    """Read done = verb (points | ``满分``)."""
    does = verb(scanner)
    return Done(does, FULL if scanner.take("满分") else points(scanner))


def points(scanner: Scanner) -> Points:
    """Read points = figure ``分`` | ``本项全部分值`` | ``本项分值的`` (figure ``%`` | figure)."""
    if scanner.take("本项全部分值"):
        return FULL
    if not scanner.take("本项分值的"):
        return scanner.figure("分")
    part = scanner.figure()
    return Share(part / 100 if scanner.take("%") else part)


def most(scanner: Scanner) -> Fraction:
    """Read most = ``最高`` (``扣`` | ``得`` | ``加``) figure ``分``.

    That the verb is the rule's own is told when the rule is written again.
    """
    scanner.need("最高")
    scanner.choose(WORDS)
    return scanner.figure("分")
