"""The codes of files larger than memory: what can't be read, and what can't be written.

Source: “Larger than memory”; semantics 1 (nothing is cut).

>>> sorted(FILES)
['record-not-parquet', 'score-too-long']
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

_E = Severity.ERROR

FILES = {
    "record-not-parquet": Code(_E, "a Parquet file that can't be read", "Parquet文件无法读取"),
    "score-too-long": Code(
        _E,
        "points or money of more than 18 digits, which no column that is written holds",
        "分值或金额超过18位",
    ),
}
