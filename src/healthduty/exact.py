"""Exact numbers, units, ratios and rounding: the only place that parses or rounds.

No binary floating point decides a point. Whatever comes in becomes a `fractions.Fraction`
(the number itself) or a `Ratio` (a pair that is never divided first); whatever goes out is
printed as a decimal. The ambient `decimal` context plays no part: all arithmetic is on
integers.

Source: semantics 1 (exact numbers), 2 (rates carry their unit) and 8 (rounding).

>>> to_fraction("0.1") * 3 == to_fraction(0.3)
True
>>> read_rate("83%", unit="%"), read_rate(Ratio(17, 20), unit="%")
(Fraction(83, 1), Fraction(85, 1))
"""

from __future__ import annotations

import enum
import functools
import math
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

import attrs

from healthduty.errors import NumberError, RuleError
from healthduty.said import Said, chinese
from healthduty.scalars import own

Number = int | str | Decimal | Fraction | float
"""What goes in where a number is asked for; a float means the shortest decimal that prints it."""

MOST_DIGITS = 40
"""Significant digits a number may have; money, people and points need far fewer."""

MOST_EXPONENT = 30
"""Places before or after the point that a number may reach."""

COMPUTED_DIGITS = 12
"""A float with more significant digits than this looks computed, not written down."""

MOST_PLACES = 6
"""Decimals that points may be rounded to."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PAIR = re.compile(r"([+-]?[\d.]+)\s*/\s*([\d.]+)")

UNIT_SCALES: dict[str, int] = {
    "%": 100,
    "‰": 1_000,
    "1/万": 10_000,
    "1/10万": 100_000,
    "1/100万": 1_000_000,
}
"""How many of a rate's unit make one whole."""

_UNIT_SPELLINGS: dict[str, str] = {
    "%": "%",
    "％": "%",
    "百分点": "%",
    "个百分点": "%",
    "pp": "%",
    "‰": "‰",
    "/千": "‰",
    "1/千": "‰",
    "/万": "1/万",
    "1/万": "1/万",
    "/10万": "1/10万",
    "1/10万": "1/10万",
    "/十万": "1/10万",
    "1/十万": "1/10万",
    "/100万": "1/100万",
    "1/100万": "1/100万",
    "/百万": "1/100万",
    "1/百万": "1/100万",
}
_LONGEST_FIRST = sorted(_UNIT_SPELLINGS, key=len, reverse=True)


def unit_of_rate(unit: str) -> str | None:
    """Return the one spelling of a rate's unit (`％` → `%`), or None where it is no rate's."""
    return _UNIT_SPELLINGS.get(unit.replace(" ", ""))


def _to_numerator(value: Number) -> Fraction:
    return to_fraction(value, "numerator")


def _to_denominator(value: Number) -> Fraction:
    return to_fraction(value, "denominator")


@attrs.frozen(repr=False)
class Ratio:
    """A rate as it was counted: a numerator over a denominator, never divided first.

    Counts or amounts in the same unit, e.g. 511 of 1,000 bed days. 0/0 means *not
    applicable*; n/0 with n > 0 is a fault of the data. `printed` is the rate as the report
    prints it beside the pair ("51.1%"); where they disagree the pair prevails, with a finding.
    Source: semantics 2.
    """

    numerator: Fraction = attrs.field(converter=_to_numerator)
    denominator: Fraction = attrs.field(converter=_to_denominator)
    printed: str | None = attrs.field(default=None, kw_only=True, eq=False)

    def __repr__(self) -> str:
        """Return the call that makes this pair."""
        return f"Ratio({show(self.numerator)}, {show(self.denominator)})"


class RoundingMode(enum.StrEnum):
    """What happens to the part that does not fit the place."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"


def _few_places(_: object, __: object, places: object) -> None:
    if type(places) is not int or not 0 <= places <= MOST_PLACES:
        raise RuleError(f"points are rounded to 0 to {MOST_PLACES} decimals, not `{places}`")


@attrs.frozen
class Rounding:
    """Where and how a line that does not come out even is rounded.

    `places` counts decimals (2 means 0.01 of a point); magnitudes are rounded, so −0.125
    becomes −0.13 under half up. Source: semantics 8.

    Raises:
        RuleError: places that are no whole number from 0 to 6.
    """

    places: int = attrs.field(default=2, validator=_few_places)
    mode: RoundingMode = attrs.field(default=RoundingMode.HALF_UP, converter=RoundingMode)

    @property
    def code(self) -> int:
        """The mode as the integer that a plan carries."""
        return _MODES.index(self.mode)


_MODES = tuple(RoundingMode)


def divide(numerator: int, denominator: int, mode: int = 0) -> int:
    """Round `numerator / denominator` to an integer; `denominator` > 0, `mode` a `Rounding.code`.

    >>> divide(5, 2), divide(-5, 2), divide(5, 2, 1), divide(5, 2, 2), divide(5, 2, 3)
    (3, -3, 2, 2, 3)
    """
    magnitude = abs(numerator)
    whole, rest = divmod(magnitude, denominator)
    if rest:
        double = 2 * rest
        if mode == 0:
            whole += double >= denominator
        elif mode == 1:
            whole += double > denominator or (double == denominator and whole % 2)
        elif mode == 3:  # noqa: PLR2004 - the code of RoundingMode.UP
            whole += 1
    return whole if numerator >= 0 else -whole


A_NUMBER = Said("number", "数值")
"""What a message calls a number that has no name."""


def to_fraction(value: Number, what: str = A_NUMBER) -> Fraction:
    """Take a number exactly as it is written.

    `what` names the field in the message. A float is the shortest decimal that prints it;
    one with more than 12 significant digits is refused here, because it was computed.

    Raises:
        NumberError: NaN, an infinity, a bool, an absurd exponent or length, or no number.
    """
    number, computed = read_number(value, what)
    if computed:
        raise NumberError(
            Said(
                f"{what} `{value}` looks computed: write it as a decimal string, or give both c"
                "ounts",
                f"{chinese(what)}`{value}`像是算出来的：请写成十进制数，或分别写出分子分母",
            )
        )
    return number


def read_number(value: object, what: str = A_NUMBER) -> tuple[Fraction, bool]:
    """Return the exact number, and whether it was a float that looks computed.

    Raises:
        NumberError: as `to_fraction`.
    """
    match value:
        case bool():
            raise NumberError(
                Said(
                    f"{what} is `{value}`: a yes or no is not a number",
                    f"{chinese(what)}是`{value}`：是否不是数",
                )
            )
        case Fraction():
            return _bounded(value, what), False
        case int():
            return Fraction(_bounded_int(value, what)), False
        case str():
            return _read_text(value, what), False
        case Decimal():
            return _read_decimal(value, what), False
        case float():
            return _read_float(value, what)
        case _ if (plain := own(value)) is not value and plain is not None:
            return read_number(plain, what)
        case _:
            raise NumberError(
                Said(
                    f"{what} is a `{type(value).__name__}`, not a number",
                    f"{chinese(what)}是`{type(value).__name__}`，不是数",
                )
            )


def _bounded_int(value: int, what: str) -> int:
    # bit_length is cheap; str() of a huge int is what an attacker would like us to do.
    if value.bit_length() > MOST_DIGITS * 4:
        raise NumberError(
            Said(
                f"{what} is too long: at most {MOST_DIGITS} digits are taken",
                f"{chinese(what)}过长：最多{MOST_DIGITS}位",
            )
        )
    return value


def _bounded(value: Fraction, what: str) -> Fraction:
    _bounded_int(value.numerator, what)
    _bounded_int(value.denominator, what)
    return value


def _read_decimal(value: Decimal, what: str) -> Fraction:
    if not value.is_finite():
        raise NumberError(
            Said(
                f"{what} is `{value}`: only finite numbers are taken",
                f"{chinese(what)}是`{value}`：只接受有限的数",
            )
        )
    _, digits, exponent = value.as_tuple()
    if len(digits) > MOST_DIGITS or not -MOST_EXPONENT <= int(exponent) <= MOST_EXPONENT:
        raise NumberError(
            Said(
                f"{what} is too long: at most {MOST_DIGITS} digits"
                f" and an exponent within ±{MOST_EXPONENT} are taken",
                f"{chinese(what)}过长：最多{MOST_DIGITS}位，指数在±{MOST_EXPONENT}之内",
            )
        )
    return Fraction(value)


def _read_float(value: float, what: str) -> tuple[Fraction, bool]:
    if not math.isfinite(value):
        raise NumberError(
            Said(
                f"{what} is `{value}`: only finite numbers are taken",
                f"{chinese(what)}是`{value}`：只接受有限的数",
            )
        )
    # By float's own repr: a subclass prints itself otherwise, numpy's as `np.float64(0.1)`.
    decimal = Decimal(float.__repr__(value))
    significant = "".join(map(str, decimal.as_tuple().digits)).strip("0")
    return _read_decimal(decimal, what), len(significant) > COMPUTED_DIGITS


def plain_text(text: str) -> str:
    """Fold full-width digits, letters and punctuation to ASCII and trim.

    >>> plain_text(" ８３．５％ ")
    '83.5%'
    """
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def number_text(text: str) -> str:
    """Fold a text that should hold a number, as `plain_text` does, but for the marks of notes.

    `85①` and `85²` are 85 with a footnote: folding their marks to digits would make them 851
    and 852. They stay, and the text is no number.

    >>> number_text("８５％"), number_text("85②")
    ('85%', '85②')
    """
    if text.isascii():
        return text.strip()
    return "".join(
        character
        if character.isnumeric() and not character.isdecimal()
        else unicodedata.normalize("NFKC", character)
        for character in text
    ).strip()


def _read_text(text: str, what: str) -> Fraction:
    if len(text) > 4 * MOST_DIGITS:
        raise NumberError(
            Said(
                f"{what} is too long: {len(text)} characters are no number of a record",
                f"{chinese(what)}过长：{len(text)}个字符不会是填报的数",
            )
        )
    folded = number_text(text)
    if _GROUPED.fullmatch(folded):
        folded = folded.replace(",", "")
    if not _NUMBER.fullmatch(folded):
        raise NumberError(
            Said(f"{what} is `{text}`: not a number", f"{chinese(what)}是`{text}`，不是数")
        )
    return _read_decimal(Decimal(folded), what)


def read_rate(value: object, unit: str, what: str = Said("rate", "比率")) -> Fraction | Ratio:
    """Read a rate in `unit`: `85`, `"85%"`, `"17/20"` and `Ratio(17, 20)` mean the same.

    Returns the number in that unit, and a `Ratio` unchanged only where its denominator is 0,
    which is for the reader of the record to judge. A text that carries another rate's unit is
    converted (`"8.3‰"` for a percent measure is 0.83).

    Raises:
        NumberError: as `to_fraction`.
    """
    scale = UNIT_SCALES[unit]
    if isinstance(value, str):
        value = _rate_text(value, unit, what)
    if isinstance(value, Ratio):
        if value.denominator == 0:
            return value
        return value.numerator * scale / value.denominator
    return read_number(value, what)[0]


def _rate_text(text: str, unit: str, what: str) -> Fraction | Ratio:
    folded = number_text(text)
    for spelling in _LONGEST_FIRST:
        if folded.endswith(spelling) and len(folded) > len(spelling):
            own = UNIT_SCALES[_UNIT_SPELLINGS[spelling]]
            number = _read_text(folded.removesuffix(spelling), what)
            return number * UNIT_SCALES[unit] / own
    if pair := _PAIR.fullmatch(folded):
        return Ratio(pair.group(1), pair.group(2))
    return _read_text(text, what)


def decimal_places(value: Fraction) -> int | None:
    """Return how many decimals `value` needs, or None where it never comes out even.

    >>> decimal_places(Fraction(1, 8)), decimal_places(Fraction(1, 3))
    (3, None)
    """
    denominator, twos, fives = value.denominator, 0, 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def one_unit(value: Fraction) -> Fraction:
    """Return one in the last decimal of a number; 1 where it has none, or has no end.

    >>> one_unit(Fraction(89)), one_unit(Fraction(91, 10))
    (Fraction(1, 1), Fraction(1, 10))
    """
    return Fraction(1, 10 ** (decimal_places(value) or 0))


def show(value: Fraction | int, places: int = 4) -> str:
    """Print a number as a plain decimal; one that never comes out even as `≈` and `places`.

    >>> show(Fraction(-5, 2)), show(Fraction(90)), show(Fraction(2, 3))
    ('-2.5', '90', '≈0.6667')
    """
    if value.denominator == 1:
        return str(value.numerator)
    needed = decimal_places(Fraction(value))
    if needed is None:
        scaled = divide(value.numerator * 10**places, value.denominator)
        return "≈" + show_scaled(scaled, places)
    return show_scaled(value.numerator * 10**needed // value.denominator, needed)


@functools.lru_cache(maxsize=65_536)
def show_pair(numerator: int, denominator: int) -> str:
    """Print numerator / denominator as `show` does; denominator > 0.

    >>> show_pair(167, 2), show_pair(90, 1)
    ('83.5', '90')
    """
    return show(Fraction(numerator, denominator))


@functools.lru_cache(maxsize=4096)
def show_scaled(value: int, places: int) -> str:
    """Print an integer of 10^−places as a plain decimal without trailing zeros.

    >>> show_scaled(-1250, 3), show_scaled(0, 2)
    ('-1.25', '0')
    """
    if places == 0:
        return str(value)
    whole, rest = divmod(abs(value), 10**places)
    sign = "-" if value < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{rest:0{places}d}".rstrip("0")


def to_decimal(value: Fraction) -> Decimal:
    """Return `value` as the exact Decimal; the ambient context has no say.

    Raises:
        NumberError: where `value` never comes out even.
    """
    places = decimal_places(value)
    if places is None:
        raise NumberError(f"`{value}` is no decimal")
    return scaled_decimal(value.numerator * 10**places // value.denominator, places)


def scaled_decimal(value: int, places: int) -> Decimal:
    """Return an integer of 10^−places as an exact Decimal, trailing zeros dropped.

    >>> scaled_decimal(1250, 3)
    Decimal('1.25')
    """
    # Built from text: the constructor is exact, while scaleb and normalize round by context.
    return Decimal(show_scaled(value, places))
