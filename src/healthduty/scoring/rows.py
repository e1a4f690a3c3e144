"""The commonest operations and items as plain tuples of integers, for loops of their own.

A named tuple says what its fields are, but an interpreter takes it apart four times as slowly as
a plain one; and most rules are of three kinds, most items of two. So a row is what such a rule or
item needs and no more, in an order that is told here and nowhere else; `loops` makes them.

Source: “How a point is lost”, sections 2 and 3.

>>> out, slot, target, weight, step_n, step_q, per = (0, 0, 90, 1, 5, 1, 50)
>>> (target - weight * 83) * step_q // step_n * per  # 83 instead of 90: one whole step of 5
50
"""

from __future__ import annotations

CountRow = tuple[int, int, int, int, int, int, int]
"""Complete steps from a fixed number, times the points: the commonest rule of all.

out, slot, target, weight, step_n, step_q, per: gap = target − weight × value, which carries the
sign; amount = whole steps in gap × step_q ÷ step_n, times per.
"""

ShareRow = tuple[int, int, int, int, int, int, int]
"""A share of the points for a gap, rounded half up to the granule.

out, slot, target, weight, n, d, granule: amount = gap × n ÷ d granules.
"""

BandRow = tuple[int, int, int, int, int, int, int]
"""A band: low_n, low_q, low_by, high_n, high_q, high_by, points.

Inside is what is at least `low_by` above the low bound and at least `high_by` below the high one,
counted in whole units of the common denominator: 0 where the bound belongs to the band, else 1.
"""

BandsRow = tuple[int, int, tuple[BandRow, ...], int]
"""Bands between fixed numbers, with whole points: out, slot, bands, points of no band."""

LoserRow = tuple[int, int, int, int, int, int]
"""An item that starts full and loses by one rule of its own: the commonest node.

node, parent, room, amount, cap, term; the room is its points down to its floor.
"""

EarnerRow = tuple[int, int, int, int, int]
"""An item that starts at 0 and earns by one rule: node, parent, most, amount, term."""
