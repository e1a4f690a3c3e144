"""What a command tells the shell: its exit code.

0 done; 1 the data or the agreement has errors, all listed with their place; 2 wrong usage.

Source: the public face.

>>> DONE, FAULTY, MISUSED
(0, 1, 2)
"""

from __future__ import annotations

DONE, FAULTY, MISUSED = 0, 1, 2
INTERRUPTED, CLOSED = 130, 141
"""What a shell reports of a program that was interrupted, or whose output nobody reads on."""


class WrongUsageError(Exception):
    """What was asked for can't be done as it was asked."""
