"""The codes of what was read and still asks for a second look.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> DOUBTS["clause-doubt"].severity.value
'warning'
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

DOUBTS = {
    "clause-doubt": Code(
        Severity.WARNING,
        "a clause was read, and something in its words or its rules says to look again",
        "读法存疑",
    ),
}
"""Codes of doubts, with what each means."""
