"""The codes of what is found in a bureau's own Word template.

Source: “a bureau's own .docx template with placeholders”; semantics 12.

>>> sorted(WORD)
['template-broken', 'template-unknown', 'template-unsafe']
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

WORD: dict[str, Code] = {
    "template-broken": Code(
        Severity.ERROR,
        "a template whose tags can't be read, or that can't be filled",
        "模板无法填写",
    ),
    "template-unknown": Code(
        Severity.ERROR, "a placeholder that names nothing", "模板中的名称不存在"
    ),
    "template-unsafe": Code(
        Severity.ERROR,
        "a template that asks for more than values, loops and choices",
        "模板含有代码",
    ),
}
