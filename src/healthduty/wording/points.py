"""Points in words, and what is done with them: 扣0.5分, 得满分, 从总分中扣2分, 在本项分值内加1分.

Source: semantics 5 (from what to what); vocabulary “Deduction / earning / bonus rule”.

>>> Verb(Effect.LOSE, reach=Reach.TOTAL).text(Fraction(2), "zh")
'从总分中扣2分'
>>> Verb(Effect.EARN).text(FULL, "zh"), Verb(Effect.EARN).text(FULL, "en")
('得满分', "all the item's points earned")
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.exact import decimal_places
from healthduty.rules.points import FULL, Effect, Placement, Points, Reach, Share
from healthduty.said import Language
from healthduty.wording.figures import figure
from healthduty.wording.phrase import Phrase, check_language

_POINTS = Phrase("{0}分", "{0} points")
_ONE_POINT = Phrase("1分", "1 point")
_FULL = Phrase("本项全部分值", "all the item's points")
_FULL_EARNED = Phrase("满分", "all the item's points")
_SHARE = Phrase("本项分值的{0}", "{0} of the item's points")

_WORDS = {
    Effect.LOSE: Phrase("扣", "deducted"),
    Effect.EARN: Phrase("得", "earned"),
    Effect.ADD: Phrase("加", "added"),
}
_FROM = {
    Reach.PART: Phrase("", ""),
    Reach.INDICATOR: Phrase("从本指标总分中", " from the indicator"),
    Reach.SECTION: Phrase("从本大项总分中", " from the section"),
    Reach.TOTAL: Phrase("从总分中", " from the total"),
}
_WHERE = {
    Placement.BEYOND: Phrase("", ""),
    Placement.INSIDE: Phrase("在本项分值内", " within the item's points"),
    Placement.APART: Phrase("单列", " apart from the total"),
}
_FURTHER = Phrase("另", " further")
_DONE = Phrase("{0}{1}{2}{3}{4}", "{4}{1} {3}{2}{0}")


def points_text(points: Points, lang: Language) -> str:
    """Return points as 0.5分, or as a share of the points of the item that the rule stands in.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    if isinstance(points, Share):
        return _FULL(lang) if points == FULL else _SHARE(lang, _part(points.part))
    return _ONE_POINT(lang) if points == 1 else _POINTS(lang, figure(points))


def _part(part: Fraction) -> str:
    return figure(part) if decimal_places(part) is None else figure(part * 100, "%")


def effect_word(effect: Effect, lang: Language) -> str:
    """Return the word for what points do: 扣, 得, 加; deducted, earned, added.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    return _WORDS[effect](lang)


@attrs.frozen
class Verb:
    """What a rule does with its points: its effect, from what, to where, and only then."""

    effect: Effect
    reach: Reach = attrs.field(default=Reach.PART, kw_only=True)
    where: Placement = attrs.field(default=Placement.BEYOND, kw_only=True)
    further: bool = attrs.field(default=False, kw_only=True)

    def text(self, points: Points, lang: Language) -> str:
        """Return verb and points, with everything that the rule says about them."""
        return self.around(self._object(points, lang), lang)

    def around(self, amount: str, lang: Language) -> str:
        """Return the verb with an amount that is in words already."""
        return _DONE(
            lang,
            _WHERE[self.where](lang),
            _FURTHER(lang) if self.further else "",
            _FROM[self.reach](lang),
            effect_word(self.effect, lang),
            amount,
        )

    def _object(self, points: Points, lang: Language) -> str:
        if self.effect is Effect.EARN and points == FULL:
            return _FULL_EARNED(lang)
        return points_text(points, lang)
