"""What a type checker must see of the public face: checked by mypy, never run.

Each line states a type that a user's editor shows. If one of them changes, users' own type checks
change with it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import assert_type

import healthduty as hd

satisfaction = hd.Measure("satisfaction", "满意率", unit="%")
surveys = hd.Measure("surveys", "问卷调查", unit="次")

# Numbers may be written in every exact way; what is kept is a Fraction.
deduction = hd.Deduction(hd.StepsBelow(satisfaction, target=90, step=5), points="0.5", cap=2)
hd.Deduction(hd.Lacking(surveys, required=Fraction(2)), points=Decimal("0.5"))
hd.Deduction(hd.Lacking("surveys", required=surveys), points=0.5)
assert_type(deduction.cap, Fraction | None)

item = hd.Indicator("2.1", "患者满意", points=3, rules=(deduction,))
section = hd.Section("2", "接受监督", parts=(item,))
agreement = hd.Agreement("示例目标责任书", measures=(satisfaction, surveys), parts=(section,))
assert_type(agreement.blanks(), tuple[str, ...])
assert_type(agreement.fill({"target": "90"}), hd.Agreement)
assert_type(agreement.points, Fraction | None)

record = hd.Record("nanguan", {"satisfaction": hd.Ratio(249, 300), "surveys": hd.MISSING})
assert_type(hd.check(agreement), hd.Findings)
assert_type(hd.check(agreement)[0], hd.Finding)

sheet = hd.score(agreement, record)
assert_type(sheet, hd.ScoreSheet)
assert_type(sheet.lines, tuple[hd.Line, ...])
assert_type(sheet.findings, hd.Findings)
assert_type(sheet.grade, str | None)
assert_type(sheet.explain("2.1"), str)

assert_type(hd.load("agreement.json"), hd.Agreement)
assert_type(hd.catalogue.names(), tuple[str, ...])
assert_type(hd.catalogue.get("township-hospital-targets"), hd.Agreement)
