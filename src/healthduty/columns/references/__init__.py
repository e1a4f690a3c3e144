"""References over many facilities: worked out in a first pass over the columns, frozen, then used.

Source: semantics 14; “References over the whole set … in a first pass, frozen, then used”.
"""
