"""Score the rows of a Spark data frame where they lie: `mapInArrow` over the very same plan.

Every worker gets the plan once and scores the Arrow batches that Spark hands it; nothing is
collected. The result is a data frame of Spark, with a row for each row: who, total, grade,
honours, money, and in `findings` what was found.

PySpark 4 needs Java 17 or later, and Arrow and this library on each worker. On one machine:

    PYSPARK_PYTHON=$(which python) SPARK_LOCAL_IP=127.0.0.1 python report.py

    from pyspark.sql import SparkSession
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "32768")
        .getOrCreate()
    )
    healthduty.spark.score(agreement, spark.read.parquet("年报/")).write.parquet("总分/")

Source: “Beyond one machine”; architecture, “One plan, two engines”.

>>> import pyarrow as pa
>>> from healthduty.model.indicator import Indicator
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> batch = pa.RecordBatch.from_pydict({"机构": ["南关"], "1": [3]})
>>> [made["total"].to_pylist() for made in score_batches(BatchScorer(agreement), [batch])]
[[Decimal('3.00')]]
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from healthduty.columns.arrow import pa
from healthduty.columns.batches import BatchScorer, batch_schema, score_batch
from healthduty.columns.references.counting import Counting, counting_of
from healthduty.columns.references.frozen import References
from healthduty.model.agreement import Agreement
from healthduty.results.references import Reference

_ENOUGH = 16_384
"""Batches are put together until they have so many rows: Spark's own are of 10,000."""


def score(
    agreement: Agreement,
    df: Any,  # noqa: ANN401 - of pyspark
    *,
    items: bool = False,
    references: References | None = None,
) -> Any:  # noqa: ANN401 - of pyspark
    """Return the scores of a `pyspark.sql.DataFrame`, as a data frame with as many rows.

    Its columns are headed as for `read_records`; those of the result are as of `score_batch`, with
    `items` those of every section, indicator and part too. Nothing runs before Spark is asked for
    rows. What only all rows together show, such as a facility that is there twice, is not told.
    `references` are what `freeze` froze of the rows, in a job before.

    Raises:
        UsageError: an agreement that is none.
        ImportError: without PySpark.
    """
    try:
        from pyspark.sql.pandas.types import from_arrow_schema  # an optional extra
    except ImportError as error:
        raise ImportError("Spark needs PySpark 4: pip install healthduty[spark]") from error
    scorer = BatchScorer(agreement, items=items, references=references)
    schema = from_arrow_schema(batch_schema(scorer, df.columns))
    return df.mapInArrow(functools.partial(score_batches, scorer), schema)


def freeze(
    agreement: Agreement,
    df: Any,  # noqa: ANN401 - of pyspark
    references: Iterable[Reference],
    *,
    last_year: Any = None,  # noqa: ANN401 - any table
    levels: Mapping[str, str] | None = None,
) -> References:
    """Work references of measures out over a data frame of Spark, in one job, and freeze them.

    Each partition counts where it lies; only counts are collected: sums, distinct values for ranks
    and percentiles, and eight bytes for each row's key. `last_year` is a table in memory, such as
    `df.toPandas()`; the rest is as for `freeze_references`.

    Raises:
        RuleError, UnknownNameError: a reference that the agreement can't have.
        UsageError: a reference of points, for which rows have to be scored.
    """
    counting = counting_of(agreement, references, last_year=last_year, levels=levels)
    counts = counting.nothing()
    for row in df.mapInArrow(functools.partial(count_batches, counting), "counts binary").collect():
        counts.join(pickle.loads(row["counts"]))  # noqa: S301 - what our own workers counted
    return counting.freeze(counts)


def count_batches(counting: Counting, batches: Iterable[Any]) -> Iterator[Any]:
    """Count one partition: Arrow batches in, one batch with what was counted out."""
    counts = counting.nothing()
    for batch in batches:
        counts.join(counting.count(batch))
    yield pa.RecordBatch.from_pydict({"counts": [pickle.dumps(counts)]})


def score_batches(scorer: BatchScorer, batches: Iterable[Any]) -> Iterator[Any]:
    """Score one partition: Arrow batches in, Arrow batches out."""
    waiting: list[Any] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= _ENOUGH:
            yield score_batch(scorer, _joined(waiting))
            waiting = []
    if waiting:
        yield score_batch(scorer, _joined(waiting))


def _joined(batches: list[Any]) -> Any:  # noqa: ANN401 - of pyarrow
    if len(batches) == 1:
        return batches[0]
    return pa.Table.from_batches(batches).combine_chunks().to_batches()[0]
