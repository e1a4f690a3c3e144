"""The codes of references over columns, beyond those of a cohort.

Source: semantics 12 (nothing is dropped), 14 (what depends on others is resolved first).

>>> REFERENCES["reference-outside"].severity.value
'error'
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

REFERENCES = {
    "reference-outside": Code(
        Severity.ERROR,
        "a row is none of those that a rank was worked out from: it has no place among them",
        "不在参照单位之内",
    ),
}
"""Codes of references, with what each means."""
