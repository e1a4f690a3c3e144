r"""Floats as the shortest decimals that print them: integers over a power of ten.

With i ÷ 10^k equal to the float and i of at most 12 digits, i over 10^k is that decimal, since no
two decimals of up to 15 digits share a double. What has more decimals looks computed: it is read
by itself, and told.

Source: “How a point is lost”, section 1; semantics 1.

>>> values = np.array([0.1, 83.25, 90.0, 1 / 3])
>>> tops, places, known = decimals(values)
>>> tops.tolist(), places, known.tolist()
([10, 8325, 9000, 0], 2, [True, True, True, False])
"""

from __future__ import annotations

from healthduty.columns.engine_numpy import BLOCK
from healthduty.columns.extras import Array, np
from healthduty.exact import COMPUTED_DIGITS

MOST_PLACES = 6
"""Floats of up to so many decimals are taken by the whole array."""

SCALES = np.array([float(10**places) for places in range(MOST_PLACES + 1)])
"""The powers of ten that floats are multiplied by."""

EXACT = 10**COMPUTED_DIGITS
"""Below it, an integer over a power of ten is the shortest decimal of the float next to it."""

_INT32 = np.iinfo(np.int32)


def decimals(values: Array) -> tuple[Array, int, Array]:
    """Return floats as integers over 10^places, the places, and which floats these are.

    What has more decimals, or looks computed, or is no number, is 0 and not among them.
    """
    tops = np.zeros(len(values), dtype=np.int64)
    known = np.zeros(len(values), dtype=bool)
    places = 0
    with np.errstate(invalid="ignore", over="ignore"):
        while not _taken(values, tops, known, places):
            places += 1
    return narrowed(tops), places, known


def _taken(values: Array, tops: Array, known: Array, places: int) -> bool:
    """Fill in the floats of so many decimals; stop where some have more, if more are tried."""
    scale = SCALES[places]
    for start in range(0, len(values), BLOCK):
        rows = slice(start, start + BLOCK)
        part = values[rows]
        whole = np.rint(part * scale)
        fits = (whole / scale == part) & (np.abs(whole) < EXACT)
        if not fits.all():
            if places < MOST_PLACES and _more_help(part[~fits], places):
                return False
            whole[~fits] = 0
        tops[rows] = whole
        known[rows] = fits
    return True


def _more_help(values: Array, places: int) -> bool:
    """Return whether any of these floats comes out even with more decimals."""
    values = values[np.isfinite(values)]
    for more in range(places + 1, MOST_PLACES + 1):
        whole = np.rint(values * SCALES[more])
        if ((whole / SCALES[more] == values) & (np.abs(whole) < EXACT)).any():
            return True
    return False


def narrowed(tops: Array) -> Array:
    """Return integers in 32 bits where all of them fit."""
    if tops.dtype == object or tops.dtype.itemsize == 4 or not len(tops):  # noqa: PLR2004 - bytes
        return tops
    fits = tops.min() >= _INT32.min and tops.max() <= _INT32.max
    return tops.astype(np.int32) if fits else tops
