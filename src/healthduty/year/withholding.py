"""Withholding: money that is held back for a fault, released after correction, or returned.

An account is a unit's money of one pot on its way. Nothing in it is overwritten: every amount
that is held back, released or returned is a movement with its day and its reason, and what is
paid, withheld and returned is always what was due, to the fen.

Source: “withheld and released after correction”; row E1 (less for failed duty).

>>> account = Account("甲站", "协管经费", 750)
>>> held = withhold(account, share="0.2", reason="档案未建全", on="2024-07-10")
>>> show(held.paid), show(held.withheld)
('600', '150')
>>> show(release(held, reason="整改到位", on="2024-11-05").paid)
'750'
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.display import Table
from healthduty.errors import RuleError, UnknownNameError
from healthduty.exact import Number, divide, show, to_fraction
from healthduty.model.party import Day, to_optional_day
from healthduty.rules.measure import Word
from healthduty.said import Said
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language
from healthduty.year.money import Portion, yuan_text

_FEN = 100


class Move(Word):
    """What happens to money that was due."""

    WITHHOLD = "withhold"
    """Held back until a fault is corrected."""
    RELEASE = "release"
    """Paid after all."""
    RETURN = "return"
    """Not paid: it goes back to the pot, or to the treasury."""


@attrs.frozen
class Movement:
    """One amount in yuan that was held back, released or returned: why, and on which day."""

    move: Move = attrs.field(converter=Move)
    yuan: Fraction
    reason: str = ""
    on: Day | None = attrs.field(default=None, converter=to_optional_day)


def _to_yuan(amount: Number) -> Fraction:
    yuan = to_fraction(amount, Said("money due", "应付金额"))
    if yuan < 0 or (yuan * _FEN).denominator != 1:
        raise RuleError(f"`{show(yuan)}` yuan can't be due: money is paid in whole fen")
    return yuan


def _to_movements(movements: Iterable[Movement]) -> tuple[Movement, ...]:
    return tuple(movements)


@attrs.frozen
class Account:
    """A unit's money of one pot: what is due, in yuan, and every movement since.

    Raises:
        RuleError: an amount that is negative or no whole number of fen, more held back than was
            still paid, or more released or returned than was held back.
    """

    unit: str
    pot: str
    due: Fraction = attrs.field(converter=_to_yuan)
    movements: tuple[Movement, ...] = attrs.field(default=(), converter=_to_movements)

    def __attrs_post_init__(self) -> None:
        """Refuse money that moves without being there."""
        held, paid = Fraction(0), self.due
        for each in self.movements:
            back = each.yuan if each.move is Move.WITHHOLD else -each.yuan
            held += back
            paid -= Fraction(0) if each.move is Move.RETURN else back
            if min(held, paid, each.yuan) < 0:
                raise RuleError(
                    f"{yuan_text(each.yuan)} yuan can't be moved ({each.move.value}):"
                    f" {yuan_text(held - back)} are held back"
                )

    @classmethod
    def of(cls, portion: Portion) -> Account:
        """Return the account of a portion of a pot."""
        return cls(portion.unit, portion.pot, portion.yuan)

    @classmethod
    def of_sheet(cls, sheet: ScoreSheet, code: str) -> Account:
        """Return the account of what a sheet says that a unit gets of one funding policy.

        Raises:
            UnknownNameError: the agreement has no such policy.
            RuleError: an amount that can't be told, for want of a total or a population.
        """
        money = next((each for each in sheet.money if each.code == code), None)
        if money is None:
            known = ", ".join(f"`{each.code}`" for each in sheet.money) or "none"
            raise UnknownNameError(f"no money `{code}` on the sheet; there is {known}")
        if money.amount is None:
            raise RuleError(f"what `{sheet.record.name}` gets of `{code}` can't be told yet")
        return cls(sheet.record.name, money.name or money.code, money.amount)

    def _sum(self, move: Move) -> Fraction:
        return sum((each.yuan for each in self.movements if each.move is move), Fraction(0))

    @property
    def withheld(self) -> Fraction:
        """What is held back today."""
        held = self._sum(Move.WITHHOLD)
        return held - self._sum(Move.RELEASE) - self.returned

    @property
    def returned(self) -> Fraction:
        """What is lost for good."""
        return self._sum(Move.RETURN)

    @property
    def paid(self) -> Fraction:
        """What is paid today."""
        return self.due - self.withheld - self.returned

    def table(self, lang: Language = "zh") -> Table:
        """Return the course of the money.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        return _table(self, lang)

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


_HEADINGS = {"zh": ("日期", "事项", "金额（元）", "原因"), "en": ("day", "what", "yuan", "reason")}
_MOVES = {
    "zh": {Move.WITHHOLD: "暂扣", Move.RELEASE: "补发", Move.RETURN: "收回"},
    "en": {Move.WITHHOLD: "withheld", Move.RELEASE: "released", Move.RETURN: "returned"},
}
_SUMS = {"zh": ("应拨", "实拨", "暂扣余额"), "en": ("due", "paid", "still withheld")}


def _table(account: Account, lang: Language) -> Table:
    due, paid, held = _SUMS[lang]
    rows = (
        ("", due, yuan_text(account.due), ""),
        *(
            (str(each.on or ""), _MOVES[lang][each.move], yuan_text(each.yuan), each.reason)
            for each in account.movements
        ),
        ("", paid, yuan_text(account.paid), ""),
        ("", held, yuan_text(account.withheld), ""),
    )
    title = f"{account.pot} · {account.unit}"
    return Table(headings=_HEADINGS[lang], rows=rows, title=title, right=(2,))


def withhold(
    account: Account, *, share: Number, reason: str = "", on: Day | None = None
) -> Account:
    """Hold a share of what is due back, to the fen (half up), and no more than is still paid.

    Raises:
        RuleError: a share outside 0 to 1.
    """
    amount = min(_part(account.due, share), account.paid)
    return _moved(account, Move.WITHHOLD, amount, reason, on)


def release(
    account: Account, *, share: Number = 1, reason: str = "", on: Day | None = None
) -> Account:
    """Pay a share of what is held back, by default all of it.

    Raises:
        RuleError: a share outside 0 to 1.
    """
    return _moved(account, Move.RELEASE, _part(account.withheld, share), reason, on)


def give_back(
    account: Account, *, share: Number = 1, reason: str = "", on: Day | None = None
) -> Account:
    """Return a share of what is held back for good, by default all of it.

    Raises:
        RuleError: a share outside 0 to 1.
    """
    return _moved(account, Move.RETURN, _part(account.withheld, share), reason, on)


def _part(amount: Fraction, share: Number) -> Fraction:
    part = to_fraction(share, "share")
    if not 0 <= part <= 1:
        raise RuleError(f"a share of the money lies between 0 and 1, not `{show(part)}`")
    fen = amount * part * _FEN
    return Fraction(divide(fen.numerator, fen.denominator), _FEN)


def _moved(account: Account, move: Move, yuan: Fraction, reason: str, on: Day | None) -> Account:
    return attrs.evolve(account, movements=(*account.movements, Movement(move, yuan, reason, on)))
