"""What a finding's code is: how much it weighs, what it means, its short Chinese title.

Source: semantics 12 (nothing is dropped).

>>> Code(Severity.NOTE, "worth knowing", "提示").severity.value
'note'
"""

from __future__ import annotations

from typing import NamedTuple

from healthduty.findings import Severity


class Code(NamedTuple):
    """How much a code's findings weigh, what it means in one line, its short Chinese title."""

    severity: Severity
    meaning: str
    title: str = ""
