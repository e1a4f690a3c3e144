"""The codes of samples in data files, and of cells that a measure has no place for.

Source: semantics 15 (the sample is kept with the record), 12 (nothing is dropped).

>>> SAMPLES["record-part-unused"].severity.value
'warning'
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

_E, _W = Severity.ERROR, Severity.WARNING

SAMPLES = {
    "record-sample-incomplete": Code(
        _E, "a sample of which one of its three numbers is blank", "抽查数未填全"
    ),
    "record-sample-exceeded": Code(
        _W, "more found in a sample than were available", "抽查结果多于实有数"
    ),
    "record-part-unused": Code(
        _W, "a part of a value that its measure does not have: not read", "数据项没有此栏"
    ),
}
