"""The law of the data workbook: what is filled in is what comes back.

For any agreement and any record of it: the workbook is written, filled in by another library, read
back, and holds the same record, whatever the layout and the stages.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")
pytest.importorskip("openpyxl")

from healthduty.convert.digest import digest
from healthduty.model.agreement import Agreement
from healthduty.records.headers import Stage
from healthduty.records.record import Record
from healthduty.records.samples import SAMPLED
from healthduty.workbook.filled import read_filled
from healthduty.workbook.template import write_template
from strategies import scored
from workbook.filling import as_filled, fill

STAGES = ((None,), (Stage.VERIFIED,), (Stage.SELF_ASSESSED, Stage.VERIFIED), tuple(Stage))


@given(
    drawn=scored(),
    layout=st.sampled_from(("county", "facility", "office")),
    stages=st.sampled_from(STAGES),
    sampled=st.booleans(),
)
# To shrink an example would take minutes: each writes, fills in and reads a workbook.
@settings(
    max_examples=12,
    phases=(Phase.generate,),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_what_is_filled_in_comes_back(
    drawn: tuple[Agreement, Record],
    layout: str,
    stages: tuple[Stage | None, ...],
    sampled: bool,  # noqa: FBT001 - Hypothesis gives it by name
) -> None:
    """`read_filled(fill(write_template(agreement), records), agreement)` holds the records."""
    agreement, record = drawn
    assume(record.values)
    counted = [measure.code for measure in agreement.measures if measure.kind in SAMPLED]
    samples = counted if sampled else None
    told = [
        as_filled(agreement, each, stages, layout, samples)
        for each in (record, attrs.evolve(record, facility="beiguan", name="北关"))
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "数据.xlsx"
        write_template(
            agreement, path, layout=layout, facilities=told, stages=stages, samples=samples
        )
        filled = fill(path.read_bytes(), agreement, told)
    read = read_filled(filled, agreement, name="数据.xlsx")
    assert [digest(each) for each in read] == [digest(each) for each in told], read.findings
