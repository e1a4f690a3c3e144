"""Spark: the rows of a data frame score where they lie, as they score by themselves.

One session of one thread for all tests; without PySpark 4 and Java they are skipped, and say so.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from columns.test_references import AGREEMENT as TOGETHER
from columns.test_references import NOW, THEN
from columns.test_references import REFERENCES as COMPARED
from columns.test_table import AGREEMENT
from healthduty.columns.many import score_many
from healthduty.errors import UsageError

pa = pytest.importorskip("pyarrow")

from healthduty import spark  # noqa: E402
from healthduty.columns.batches import BatchScorer  # noqa: E402

ROWS: list[tuple[Any, ...]] = [
    ("南关", 83.0, 1, 0, False, 8000),
    ("北关", 90.0, 2, 3, True, 12000),
    ("东关", Decimal("95.5"), 2, None, False, 32000),
    ("西关", None, 2, 1, False, 5),
]
HEADINGS = ["机构", "满意率", "surveys", "违规", "责任事故", "服务人口"]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Start Spark on this machine alone."""
    sql = pytest.importorskip("pyspark.sql", reason="pip install healthduty[spark]")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17 or later")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        for key in ("spark.driver.host", "spark.driver.bindAddress"):
            builder = builder.config(key, "127.0.0.1")
        started = builder.getOrCreate()
        started.sparkContext.setLogLevel("ERROR")
        yield started
        started.stop()


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_a_data_frame_scores_as_its_rows(session: Any) -> None:  # noqa: ANN401 - of pyspark
    """Totals, grades, honours, money and items, as decimals."""
    kinds = "`机构` string, `满意率` decimal(5,1), surveys int, `违规` bigint"
    rows = [(r[0], None if r[1] is None else Decimal(str(r[1])), *r[2:]) for r in ROWS]
    frame = session.createDataFrame(rows, f"{kinds}, `责任事故` boolean, `服务人口` int")
    made = spark.score(AGREEMENT, frame, items=True)
    assert dict(made.dtypes)["total"] == "decimal(18,2)"
    found = {row["facility"]: row for row in made.collect()}
    table = score_many(
        AGREEMENT, {key: list(c) for key, c in zip(HEADINGS, zip(*ROWS, strict=True), strict=True)}
    )
    for place, facility in enumerate(table.facilities):
        row = found[facility]
        assert row["total"] == table.totals[place]
        assert row["grade"] == table.grades[place]
        assert row["honour honour"] == table.honours["honour"][place]
        assert row["money pool"] == table.money["pool"][place]
        for number, earned in table.items.items():
            assert row[f"item {number}"] == earned[place]
    assert "value-missing" in found["西关"]["findings"]
    assert found["南关"]["findings"] is None


def test_small_batches_are_scored_together() -> None:
    """A batch of Spark's may be as small as a row; what comes back has all rows, in order."""
    columns = {key: list(c) for key, c in zip(HEADINGS, zip(*ROWS, strict=True), strict=True)}
    columns["满意率"] = [83.0, 90.0, 95.5, None]
    batch = pa.RecordBatch.from_pydict(columns)
    scorer = BatchScorer(AGREEMENT)
    made = list(spark.score_batches(scorer, [batch.slice(row, 1) for row in range(4)]))
    assert [each.num_rows for each in made] == [4]
    assert made[0]["total"].to_pylist() == score_many(AGREEMENT, columns).totals
    assert list(spark.score_batches(scorer, [])) == []


def test_what_is_no_agreement_is_refused_before_spark_runs() -> None:
    """The fault is told where the call stands."""
    pytest.importorskip("pyspark")
    with pytest.raises(UsageError, match="no agreement"):
        spark.score({}, None)  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_rows_are_compared_in_two_jobs(session: Any) -> None:  # noqa: ANN401 - of pyspark
    """Counted where they lie, frozen, scored: a mean of counts, a rank, last year's value."""
    rows = list(zip(*NOW.values(), strict=True))
    kinds = ("string", "string", "bigint", "bigint", "bigint")
    schema = ", ".join(f"`{name}` {kind}" for name, kind in zip(NOW, kinds, strict=True))
    frame = session.createDataFrame(rows, schema).repartition(3)
    references = COMPARED[:4]
    frozen = spark.freeze(TOGETHER, frame, references, last_year=THEN)
    whole = score_many(TOGETHER, NOW, references=references, last_year=THEN)
    assert whole.references is not None
    assert frozen.digest == whole.references.digest
    made = spark.score(TOGETHER, frame, references=frozen).collect()
    totals = dict(zip(whole.facilities, whole.totals, strict=True))
    assert {row["facility"]: row["total"] for row in made} == totals
