"""Scalars of other libraries, as Python has them: what comes out of a data frame one by one.

A frame's cell is no `int` but a `numpy.int64`, no `bool` but a `numpy.bool`, and a blank one is
`pandas.NA` or `NaT`. They are known by what they are, and neither library is imported:

- an integer is whatever Python itself takes for one (`numbers.Integral`);
- a yes or no has no such sign; it is a scalar whose `dtype` says that it is boolean;
- a shorter float (`numpy.float32`) is the decimal that prints it, as a float is; one with more
  digits than it can vouch for becomes the long number that it really is, which is then reported
  as computed;
- `NA` and `NaT` say that a value is missing. NaN does not: it may be the result of a division,
  and stays what it is, for whoever reads the value to refuse.

Source: semantics 1 (exact numbers), 7 (absent data are different things).

>>> from http import HTTPStatus
>>> own(HTTPStatus.OK), own("83%")  # an integer of another library
(200, '83%')
"""

from __future__ import annotations

import math
import numbers
from decimal import Decimal, InvalidOperation

_OWN = frozenset({int, str, float, bool, Decimal, type(None)})
"""The types of nearly all values, which need no second look."""

_MISSING = frozenset({"NAType", "NaTType"})
"""What pandas calls the types of its two absent values."""

_VOUCHED = {2: 3, 4: 6}
"""Digits that a float of so many bytes keeps, whatever the number."""

_VOUCHED_BY_MOST = 15


def own(value: object) -> object:
    """Return the Python value that a scalar is; what is no such scalar comes back as it is."""
    kind = type(value)
    if kind in _OWN:
        return value
    if kind.__name__ in _MISSING and kind.__module__.partition(".")[0] == "pandas":
        return None
    if getattr(getattr(value, "dtype", None), "kind", "") == "b" and not hasattr(value, "__len__"):
        return bool(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, float):  # before Real: a subclass that is a double prints as one
        return float(value)
    if isinstance(value, numbers.Real) and not isinstance(value, numbers.Rational):
        return _float(value)
    return value


def _float(value: numbers.Real) -> object:
    """Return the float of the shortest decimal that prints a number, where that says it all."""
    try:
        written = Decimal(str(value))
    except InvalidOperation:
        return value
    digits = "".join(map(str, written.as_tuple().digits)).strip("0")
    vouched = _VOUCHED.get(getattr(value, "itemsize", 0), _VOUCHED_BY_MOST)
    if written.is_finite() and len(digits) <= vouched:
        return float(written)
    return float(value)


def is_nan(value: object) -> bool:
    """Return whether a value is NaN, as a float or as a Decimal.

    >>> is_nan(float("nan")), is_nan("nan")
    (True, False)
    """
    if isinstance(value, Decimal):
        return value.is_nan()
    return isinstance(value, float) and math.isnan(value)
