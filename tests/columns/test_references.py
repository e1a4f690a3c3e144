"""References over columns, files and batches: what they come to, who is named, what a row gets."""

from __future__ import annotations

import csv
import pickle
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.columns.engine_numpy import Integers
from healthduty.columns.many import score_many
from healthduty.columns.references import packed
from healthduty.columns.references import places as placing
from healthduty.columns.references.frozen import References
from healthduty.columns.references.places import places_of, spread_of
from healthduty.columns.references.sums import (
    keys_of,
    scale_of,
    sum_exactly,
    sums_of,
    times,
    whole_of,
)
from healthduty.columns.references.work import freeze_references
from healthduty.errors import RuleError, UnknownNameError, UsageError
from healthduty.exact import Ratio
from healthduty.findings import Severity
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import PeersMean
from healthduty.model.indicator import Indicator
from healthduty.ranks import Direction, Ties, percentile, ranks
from healthduty.records.reading import read_records
from healthduty.records.record import NOT_APPLICABLE, Record, stated
from healthduty.results.cohort import resolve_references
from healthduty.results.references import Reference, peers_references
from healthduty.rules.condition import Compare
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Band, Bands, Deduction, Forfeit
from healthduty.rules.tally import StepsBelow
from healthduty.rules.threshold import Multiple
from healthduty.scoring.score import score

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402

from healthduty.columns.batches import BatchScorer, score_batch  # noqa: E402
from healthduty.columns.files import score_files  # noqa: E402
from healthduty.columns.references.counting import counting_of  # noqa: E402
from healthduty.columns.references.files import freeze_files  # noqa: E402
from healthduty.columns.references.keys import (  # noqa: E402
    PackedKeys,
    Shelf,
    TextKeys,
    index_of,
)
from healthduty.columns.text_bytes import Bytes  # noqa: E402

RATE = Measure("rate", "管理率", unit="%")
VISITS = Measure("visits", "门诊人次")
COUNTY = Measure("county", "全县管理率", unit="%")
PLACE = Measure("place", "名次")
SHARE = Measure("share", "超过比例", unit="%")
BEFORE = Measure("before", "上年人次")
BONUS = Measure("bonus", "总分名次")
AGREEMENT = Agreement(
    "示例县责任书",
    measures=(RATE, VISITS, COUNTY, PLACE, SHARE, BEFORE, BONUS),
    parts=(
        Indicator(
            "1",
            "管理率",
            points=60,
            rules=Deduction(StepsBelow(RATE, target=COUNTY, step=1), points="0.5", cap=20),
        ),
        Indicator(
            "2",
            "门诊",
            points=40,
            rules=(
                Forfeit(Compare(VISITS, "<", Multiple("0.5", BEFORE))),
                Deduction(StepsBelow(SHARE, target=50, step=25), points=3),
                Bands(PLACE, "add", [Band(2, high=1, high_in=True)]),
                Bands(BONUS, "add", [Band(5, high=1, high_in=True)]),
            ),
        ),
    ),
)
REFERENCES = (
    Reference("county", of=RATE),
    Reference("place", of=VISITS, way="rank", direction="higher", among="same_kind"),
    Reference("share", of=RATE, way="percentile_rank", direction="higher"),
    Reference("before", of=VISITS, way="last_year"),
    Reference("bonus", of="total", way="rank"),
)


def table(rows: int, seed: int = 1) -> dict[str, list[Any]]:
    """Return so many rows of a county."""
    drawn = np.random.default_rng(seed)
    bottoms = drawn.integers(50, 90, rows)
    return {
        "机构": [f"第{row}卫生院" for row in drawn.permutation(rows)],
        "类别": [("中心", "站", "村")[kind] for kind in drawn.integers(0, 3, rows)],
        "管理率分子": (bottoms - drawn.integers(0, 40, rows)).tolist(),
        "管理率分母": bottoms.tolist(),
        "门诊人次": drawn.integers(0, 60, rows).tolist(),
    }


def folder(path: Path, columns: dict[str, list[Any]], size: int) -> Path:
    """Write columns as files of so many rows."""
    path.mkdir()
    whole = pa.table(columns)
    for number, start in enumerate(range(0, whole.num_rows, size)):
        pq.write_table(whole.slice(start, size), path / f"{number:03}.parquet")
    return path


NOW, THEN = table(90), table(80, seed=2)


@pytest.fixture(scope="module")
def whole() -> Any:  # noqa: ANN401 - a score table
    """Score a county in memory."""
    return score_many(AGREEMENT, NOW, references=REFERENCES, last_year=THEN)


# -------------------------------------------------------------------------------- in memory


def test_a_county_scores_as_its_records(whole: Any) -> None:  # noqa: ANN401 - as above
    """Means of counts, ranks within kinds, shares beaten, last year, a rank of totals."""
    now, then = (
        read_records([dict(zip(each, row, strict=True)) for row in zip(*each.values())], AGREEMENT)  # noqa: B905
        for each in (NOW, THEN)
    )
    cohort = resolve_references(AGREEMENT, now, REFERENCES, last_year=then)
    assert whole.totals == [score(AGREEMENT, each).total for each in cohort.records]
    assert whole.references.findings == cohort.findings
    assert whole.references.figure("county").value == cohort.figure("county").value


def test_what_is_made_need_not_be_in_the_source(whole: Any) -> None:  # noqa: ANN401 - as above
    """No column is wanting that references become; another one is."""
    assert "record-column-missing" not in whole.findings.codes
    bare = {key: cells for key, cells in NOW.items() if key != "门诊人次"}
    assert (
        "record-column-missing" in score_many(AGREEMENT, bare, references=REFERENCES).findings.codes
    )


def test_a_sheet_explains_with_the_same_values(whole: Any) -> None:  # noqa: ANN401 - as above
    """Value, where it comes from, and the digest of the references."""
    sheet = whole.sheet(0)
    assert sheet.total == whole.totals[0]
    said = sheet.record.values["county"]
    assert said.value == whole.references.figure("county").value
    assert said.evidence == "全部90家管理率均值"
    assert sheet.digests["references"] == whole.references.digest == said.origin.digest


def test_the_digest_is_of_the_numbers_not_of_the_order(whole: Any) -> None:  # noqa: ANN401 - as above
    """Turned round, the set is the same; with one visit more, it is another."""
    turned = {key: cells[::-1] for key, cells in NOW.items()}
    again = freeze_references(AGREEMENT, turned, REFERENCES, last_year=THEN)
    assert again.digest == whole.references.digest
    other = {**NOW, "门诊人次": [NOW["门诊人次"][0] + 1, *NOW["门诊人次"][1:]]}
    assert freeze_references(AGREEMENT, other, REFERENCES, last_year=THEN).digest != again.digest


def test_the_table_says_what_everything_came_to(whole: Any) -> None:  # noqa: ANN401 - as above
    """One value for a group, or that each unit has its own."""
    text = whole.references.table("en").text()
    assert "each its own" in text
    assert "mean" in text
    assert str(whole.references).startswith("参照数据 ")
    assert whole.references._repr_html_().startswith('<div class="healthduty"')
    assert repr(whole.references).startswith("<References: 5, ")
    with pytest.raises(UsageError):
        whole.references.table("fr")


def test_a_value_that_stands_stays_and_is_told() -> None:
    """The county gave its own mean to two; the third gets what was worked out."""
    frame = {
        "机构": ["a", "b", "c"],
        "管理率": ["9/10", "5/10", "6/10"],
        "county": ["80%", "200/300", None],
    }
    made = score_many(AGREEMENT, frame, references=[Reference("county", of=RATE)])
    values = [stated(made.sheet(row).record.values["county"])[0] for row in range(3)]
    assert values == ["80%", "200/300", Ratio(20, 30)]
    told = [each for each in made.findings if each.code == "resolved-differs"]
    assert [(each.severity, each.place.row) for each in told] == [(Severity.WARNING, 1)]
    full = {**frame, "county": [80, 80, 80]}
    made = score_many(AGREEMENT, full, references=[Reference("county", of=RATE)])
    assert made.sheet(2).record.values["county"] == 80
    assert "; 3 rows" in next(
        str(each) for each in made.findings if each.code == "resolved-differs"
    )


def test_excused_items_get_their_peers_mean() -> None:
    """An item that does not apply earns what the others earned; who is excused is no peer."""
    mean = Measure("mean", "同类均分", kind="amount", unit="分")
    agreement = Agreement(
        "示例",
        measures=(RATE, mean),
        parts=(
            Indicator(
                "1",
                points=10,
                rules=Deduction(StepsBelow(RATE, target=90, step=5), points=1),
                excused=PeersMean("mean"),
            ),
        ),
    )
    frame = {"机构": ["a", "b", "c"], "管理率": [90, 80, "不适用"]}
    made = score_many(agreement, frame, references=peers_references(agreement))
    assert made.totals == [10, 8, 9]
    assert made.references.findings.codes == ("cohort-not-applicable",)


def test_whoever_stands_twice_leaves_nothing() -> None:
    """A facility that would count twice is told, this year's and last year's."""
    twice = {"机构": ["a", "a"], "门诊人次": [1, 2]}
    once = {"机构": ["a", "b"], "门诊人次": [1, 2]}
    reference = Reference("before", of=VISITS, way="last_year")
    for now, then in ((twice, once), (once, twice)):
        found = freeze_references(AGREEMENT, now, [reference], last_year=then)
        assert found.findings.codes == ("cohort-twice",)
        assert found.figures == ()


def test_last_years_points_are_those_of_its_table() -> None:
    """A total of last year, of whoever had one; without a table of scores nobody had."""
    then = score_many(
        AGREEMENT, {**THEN, "county": [80] * 80, "share": [60] * 80, "before": [0] * 80}
    )
    reference = Reference("bonus", of="1", way="last_year")
    made = score_many(AGREEMENT, NOW, references=[reference], last_year=then)
    row = NOW["机构"].index("第7卫生院")
    mine = then.items["1"][THEN["机构"].index("第7卫生院")]
    assert stated(made.sheet(row).record.values["bonus"])[0] == mine
    none = freeze_references(AGREEMENT, NOW, [reference], last_year=THEN)
    assert none.findings.codes == ("cohort-no-last-year",)


def test_records_are_a_source_as_any_other() -> None:
    """Values in stages, populations as people write them, levels by key."""
    records = [
        Record("a", {"visits": 4, "rate": NOT_APPLICABLE}, population=100),
        Record("b", {"visits": 8, "rate": "1/2"}, population=300),
    ]
    reference = Reference("before", of=VISITS, way="weighted_mean", among="same_level")
    found = freeze_references(
        AGREEMENT, records, [reference], levels={"a": "county", "b": "county"}
    )
    assert found.figure("before", "county").value == 7  # type: ignore[union-attr]  # it is there


def test_a_wrong_reference_is_refused_before_any_row() -> None:
    """What the agreement can't have, and what is no agreement."""
    with pytest.raises(UnknownNameError):
        score_many(AGREEMENT, NOW, references=[Reference("county", of="nothing")])
    with pytest.raises(RuleError):
        score_many(AGREEMENT, NOW, references=[Reference("place", of=VISITS, way="rank")])
    with pytest.raises(UsageError):
        freeze_references("agreement", NOW, REFERENCES)  # type: ignore[arg-type]


# -------------------------------------------------------------------------------- elsewhere


def test_a_row_of_another_set_has_no_place_in_this_one() -> None:
    """It gets what its group has, and no rank; that is told."""
    frozen = freeze_references(AGREEMENT, NOW, REFERENCES[:2])
    strange = {
        "机构": ["x", "y"],
        "类别": ["站", "站"],
        "管理率": ["1/2", "2/3"],
        "门诊人次": [999, 5],
    }
    made = score_many(AGREEMENT, strange, references=frozen)
    told = [each for each in made.findings if each.code == "reference-outside"]
    assert [each.place.row for each in told] == [1]
    one = made.sheet(0).record.values
    assert stated(one["county"])[0] == frozen.figure("county").value  # type: ignore[union-attr]
    assert "place" not in one


def test_batches_score_with_what_was_frozen(whole: Any) -> None:  # noqa: ANN401 - as above
    """A scorer with references pickles, and needs no other row."""
    scorer = pickle.loads(pickle.dumps(BatchScorer(AGREEMENT, references=whole.references)))  # noqa: S301 - our own
    batches = pa.table(NOW).to_batches(max_chunksize=7)
    made = [total for each in batches for total in score_batch(scorer, each)["total"].to_pylist()]
    assert made == whole.totals


def test_batches_are_counted_apart_and_joined(whole: Any) -> None:  # noqa: ANN401 - as above
    """Counts of parts, pickled, make the numbers of the whole; points can't be counted so."""
    counting = pickle.loads(pickle.dumps(counting_of(AGREEMENT, REFERENCES[:4], last_year=THEN)))  # noqa: S301 - our own
    counts = counting.nothing()
    for batch in pa.table(NOW).to_batches(max_chunksize=11):
        counts.join(pickle.loads(pickle.dumps(counting.count(batch))))  # noqa: S301 - as above
    frozen = counting.freeze(counts)
    assert [each.value for each in frozen.figures] == [
        each.value for each in whole.references.figures if each.reference.code != "bonus"
    ]
    again = pa.table(NOW).slice(0, 3).to_batches()[0]
    twice = counting.freeze(counting.count(again).join(counting.count(again)))
    assert twice.findings.codes == ("cohort-twice",)
    with pytest.raises(UsageError, match="of points"):
        counting_of(AGREEMENT, REFERENCES)


def test_files_score_as_memory_does(tmp_path: Path, whole: Any) -> None:  # noqa: ANN401 - as above
    """Two passes over a folder, one more for a rank of totals; last year's folder beside it."""
    now, then = folder(tmp_path / "now", NOW, 13), folder(tmp_path / "then", THEN, 17)
    scores = score_files(
        AGREEMENT, now, tmp_path / "out.parquet", references=REFERENCES, last_year=then
    )
    made = pq.read_table(tmp_path / "out.parquet")
    assert made["total"].to_pylist() == whole.totals
    codes = [each for each in scores.findings.codes if each.startswith(("cohort", "record"))]
    assert codes == [*whole.references.findings.codes]
    frozen = freeze_files(AGREEMENT, now, REFERENCES, last_year=str(then))
    assert frozen.digest == whole.references.digest
    same = score_files(AGREEMENT, now, references=frozen)
    assert (same.known, same.mean) == (scores.known, scores.mean)


def test_a_csv_is_read_twice_too(tmp_path: Path, whole: Any) -> None:  # noqa: ANN401 - as above
    """Texts of numbers, and last year's in memory."""
    source = tmp_path / "now.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([NOW, *zip(*NOW.values(), strict=True)])
    frozen = freeze_files(AGREEMENT, source, REFERENCES, last_year=THEN)
    assert [each.value for each in frozen.figures] == [
        each.value for each in whole.references.figures
    ]


def test_files_name_who_stands_twice(tmp_path: Path) -> None:
    """In this year's files, or in last year's."""
    twice = {key: [*cells, cells[3]] for key, cells in NOW.items()}
    now, again = folder(tmp_path / "now", NOW, 40), folder(tmp_path / "again", twice, 40)
    name = NOW["机构"][3]
    one = freeze_files(AGREEMENT, again, REFERENCES, last_year=now)
    assert str(one.findings[0]).startswith(f"error cohort-twice: `{name}` has two records (")
    two = freeze_files(AGREEMENT, now, REFERENCES, last_year=again)
    assert f"`{name}` has two records of last year" in str(two.findings[0])
    assert two.figures == ()


def test_ties_in_files_are_counted(tmp_path: Path) -> None:
    """Nobody keeps a million names for a remark."""
    source = folder(tmp_path / "now", {"机构": ["a", "b", "c"], "门诊人次": [1, 1, 2]}, 2)
    frozen = freeze_files(
        AGREEMENT, source, [Reference("place", of=VISITS, way="rank", direction="higher")]
    )
    assert frozen.findings[0].message == "`place`: 2 units share rank 2"
    assert frozen.findings[0].line() == "说明 cohort-tie：`place`：2个单位并列第2名"


def test_keys_that_share_a_hash_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is compared itself, however many share its hash."""
    module = "healthduty.columns.references.keys.hashes_of_bytes"
    monkeypatch.setattr(module, lambda texts: np.ones(len(texts), dtype=np.uint64))
    keys = TextKeys(Bytes.of(["a", "b", "c"]))
    assert keys.rows(["c", "a", "x", "b"]).tolist() == [2, 0, -1, 1]
    assert keys.twice() is None
    assert TextKeys(Bytes.of(["a", "b", "a"])).twice() == "a"
    assert TextKeys(Bytes.of([])).rows(["a"]).tolist() == [-1]


KEYS = st.lists(st.text("ab0\x00一é\ud800", max_size=6), max_size=30) | st.lists(
    st.text("0123456789ABC", min_size=12, max_size=18), max_size=30
)
"""Keys of all sorts: codes of one length or of several, some with a byte that no code has."""


@given(KEYS, KEYS, st.integers(1, 9), st.sampled_from([300, 2**20, 2**63 - 1]))
def test_keys_are_found_as_a_dict_finds_them(
    then: list[str], now: list[str], size: int, most: int
) -> None:
    """One number, several or a text, in however many parts: each key has its row, no other one."""
    with mock.patch.object(packed, "_MOST", most):
        _found_as_by_a_dict(then, now, size)


def _found_as_by_a_dict(then: list[str], now: list[str], size: int) -> None:
    then = list(dict.fromkeys(then))
    rows = {key: row for row, key in enumerate(then)}
    shelf = Shelf()
    for start in range(0, len(then), size):
        shelf.add(Bytes.of(then[start : start + size]))
    for keys in (shelf.index(), TextKeys(Bytes.of(then))):
        assert keys.rows(now).tolist() == [rows.get(key, -1) for key in now]
        assert keys.rows(then).tolist() == list(range(len(then)))
        assert list(keys.texts()) == then


@given(st.lists(st.from_regex("45[0-9]{1,3}", fullmatch=True), min_size=1))
def test_codes_are_numbers_and_say_themselves_again(codes: list[str]) -> None:
    """Codes that look alike are packed; one that stands twice is named."""
    keys = index_of(Bytes.of(codes))
    assert isinstance(keys, PackedKeys)
    assert list(keys.texts()) == codes
    repeated = {code for code in codes if codes.count(code) > 1}
    assert (keys.twice() or "") in (repeated or {""})


@given(
    st.lists(st.lists(st.integers(-5, 5), min_size=1, max_size=8), min_size=1, max_size=6),
    st.integers(1, 7),
)
def test_values_of_parts_are_counted_as_those_of_one(parts: list[list[int]], block: int) -> None:
    """However a set is cut, and however little is merged at a time, it has the same places."""
    spreads = [spread_of(Integers(np.array(part), 10)) for part in parts]
    whole = Counter(value for part in parts for value in part)
    with mock.patch.object(placing, "_BLOCK", block):
        made = places_of(spreads)
    assert made.keys.tolist() == sorted(whole)
    assert made.counts.tolist() == [whole[value] for value in sorted(whole)]


# -------------------------------------------------------------------------------- exactly


@pytest.mark.parametrize("high", [100, 2**31 - 1, 2**62, 10**30])
def test_no_sum_wraps(high: int) -> None:
    """Sums, products and sums by denominator are Python's, however large the numbers."""
    drawn = [high, high - 1, -high, 7, high]
    fits = high < 2**63
    values = np.array(drawn, dtype=np.int64 if fits else object)
    assert sum_exactly(values) == sum(drawn)
    assert times(values, 3).tolist() == [3 * each for each in drawn]
    assert times(values, values).tolist() == [each * each for each in drawn]
    dens = np.array([3, 7, 3, 7, 11])
    found = whole_of(sums_of(Integers(values, dens)))
    assert found == sum(Fraction(n, int(d)) for n, d in zip(drawn, dens, strict=True))
    weighted = whole_of(sums_of(Integers(values, 4), values))
    assert weighted == Fraction(sum(each * each for each in drawn), 4)


@pytest.mark.parametrize("most", [12, 2**20, 2**31 - 1, 2**40])
def test_fractions_keep_their_order_and_their_equals(most: int) -> None:
    """Keys order as fractions do; places, ranks and percentiles follow."""
    drawn = np.random.default_rng(most)
    dens = drawn.integers(max(1, most // 2), most + 1, 40)
    nums = drawn.integers(-5, 2 * most, 40)
    nums[:10], dens[:10] = nums[10:20] * 2, dens[10:20] * 2
    numbers = Integers(nums, dens)
    fractions = [Fraction(int(n), int(d)) for n, d in zip(nums, dens, strict=True)]
    keys = keys_of(numbers, scale_of((dens,))).tolist()
    order = sorted(set(fractions))
    assert [sorted(set(keys)).index(key) for key in keys] == [order.index(f) for f in fractions]
    places = places_of(
        [spread_of(Integers(nums[:25], dens[:25])), spread_of(Integers(nums[25:], dens[25:]))]
    )
    at = places.at(numbers)
    for direction in Direction:
        for ties in Ties:
            assert places.ranks(direction, ties)[at].tolist() == [
                *ranks(fractions, direction, ties)
            ]
        for share in (0, 33, 50, 100):
            expected = percentile(fractions, share, direction)
            assert places.percentile(Fraction(share), direction) == expected
    assert places.at(Integers(nums[:3] * 7 + 1, dens[:3] * 7)).tolist() == [-1, -1, -1]


def test_numbers_of_several_sorts_are_one_set() -> None:
    """Tenths, thirds, and a count of twenty digits: the order and the mean are exact."""
    frame = {"机构": list("abcd"), "管理率": ["1/3", 33.3, Decimal("33.34"), "33.4%"]}
    place = Reference("place", of=RATE, way="rank", direction="lower")
    mean = Reference("county", of=RATE, way="plain_mean")
    made = score_many(AGREEMENT, frame, references=[place, mean])
    got = [stated(made.sheet(row).record.values["place"])[0] for row in range(4)]
    assert got == [2, 1, 3, 4]
    whole = Fraction(100, 3) + Fraction(333, 10) + Fraction(3334, 100) + Fraction(334, 10)
    assert made.references is not None
    assert made.references.figure("county").value == whole / 4  # type: ignore[union-attr]
    huge = {"机构": list("ab"), "门诊人次": [10**20, 10**20 + 1]}
    found = freeze_references(AGREEMENT, huge, [Reference("before", of=VISITS)])
    assert found.figure("before").value == 10**20 + Fraction(1, 2)  # type: ignore[union-attr]


def test_references_pickle(whole: Any) -> None:  # noqa: ANN401 - as above
    """With figures, places and last year's values."""
    again: References = pickle.loads(pickle.dumps(whole.references))  # noqa: S301 - our own
    assert again.digest == whole.references.digest
    assert again.figures == whole.references.figures
