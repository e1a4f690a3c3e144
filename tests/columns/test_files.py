"""Files larger than memory: scored batch by batch as `score_many` scores them in one piece."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from columns.test_table import AGREEMENT
from healthduty.columns.many import score_many
from healthduty.errors import SourceError, UsageError
from healthduty.model.agreement import Agreement
from strategy_columns import tables

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402

from healthduty.columns import doubles, feeding  # noqa: E402
from healthduty.columns.doubles import Doubles  # noqa: E402
from healthduty.columns.extras import np  # noqa: E402
from healthduty.columns.files import score_files  # noqa: E402
from healthduty.columns.naming import hashes_of, run_of, texts_of  # noqa: E402
from healthduty.columns.progress import Progress, Shown  # noqa: E402
from healthduty.columns.writing import Writer  # noqa: E402

COLUMNS: dict[str, list[Any]] = {
    "机构": [f"第{number}卫生院" for number in range(1, 10)],
    "满意率": [83.0, 90.0, 95.5, None, 100.0, 70.0, 88.8, 89.9, 90.1],
    "surveys": [1, 2, 2, 2, 0, 2, 2, 2, 2],
    "违规": [0, 3, None, 1, 0, 0, 0, 12, 0],
    "责任事故": [False, True, False, False, False, False, False, False, True],
    "服务人口": [8000, 12000, 32000, 5, 7, 8, 9, 10, 11],
}
SMALL = mock.patch.multiple(feeding, ROWS=4, _TEXT_ROWS=4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two Parquet files, of five rows and of four."""
    whole = tmp_path / "年报"
    whole.mkdir()
    table = pa.table(COLUMNS)
    pq.write_table(table.slice(0, 5), whole / "a.parquet", row_group_size=2)
    pq.write_table(table.slice(5), whole / "b.parquet")
    return whole


def test_a_folder_scores_as_its_table(folder: Path, tmp_path: Path) -> None:
    """Totals, grades, honours, money and items are those of `score_many`, in its order."""
    with SMALL:
        scores = score_files(AGREEMENT, folder, tmp_path / "总分.parquet", items=True)
    table = score_many(AGREEMENT, COLUMNS)
    made = pq.read_table(tmp_path / "总分.parquet")
    assert made["facility"].to_pylist() == table.facilities
    assert made["total"].to_pylist() == table.totals
    assert made["earned"].to_pylist() == table.earned
    assert made["grade"].to_pylist() == table.grades
    assert made["honour honour"].to_pylist() == table.honours["honour"]
    assert made["money pool"].to_pylist() == table.money["pool"]
    assert {name: made[f"item {name}"].to_pylist() for name in table.items} == table.items
    assert (scores.rows, scores.known) == (9, 8)
    assert scores.path == tmp_path / "总分.parquet"


def test_a_folder_that_fits_into_memory_is_a_table(folder: Path, tmp_path: Path) -> None:
    """`score_many` takes Parquet too, a file or a folder; what is none is told."""
    assert score_many(AGREEMENT, folder).totals == score_many(AGREEMENT, COLUMNS).totals
    assert score_many(AGREEMENT, folder / "a.parquet").facilities == COLUMNS["机构"][:5]
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    with pytest.raises(SourceError, match="can't be read as Parquet"):
        score_many(AGREEMENT, tmp_path / "b.parquet")


def test_what_all_rows_give_is_counted(folder: Path) -> None:
    """Grades, the ends and the mean of the totals, and the summary are exact."""
    with SMALL:
        scores = score_files(AGREEMENT, folder)
    table = score_many(AGREEMENT, COLUMNS)
    known = [total for total in table.totals if total is not None]
    assert scores.grades == {**dict.fromkeys(("优秀", "合格", "不合格", ""), 0)} | Counter(
        grade or "" for grade in table.grades
    )
    assert (scores.lowest, scores.highest) == (min(known), max(known))
    assert scores.mean == round(sum(known, Decimal(0)) / len(known), 4)
    assert scores.summary == table.summary()
    assert score_files(AGREEMENT, folder, summary=False).summary is None
    assert scores.path is None


def test_findings_name_file_and_row_and_are_counted(folder: Path) -> None:
    """One finding a column and kind, over all files, with the first rows."""
    with SMALL:
        scores = score_files(AGREEMENT, folder)
    told = [str(finding) for finding in scores.findings.errors]
    where, what = "a.parquet, row 4, column 满意率", "满意率: no value, or none that can be read"
    assert told == [f"error value-missing: {where}: {what}"]
    table = pa.table({**COLUMNS, "满意率": [None, *COLUMNS["满意率"][1:8], None]})
    pq.write_table(table.slice(0, 5), folder / "a.parquet")
    pq.write_table(table.slice(5), folder / "b.parquet")
    (finding,) = score_files(AGREEMENT, folder).findings.errors
    assert finding.message.endswith("; 3 rows: 1, 4, b.parquet 4")


def test_a_facility_that_is_there_twice_is_told(folder: Path) -> None:
    """In another batch or in another file; not where the periods differ."""
    table = pa.table({**COLUMNS, "机构": [*COLUMNS["机构"][:7], "第1卫生院", "第7卫生院"]})
    pq.write_table(table.slice(5), folder / "b.parquet")
    with SMALL:
        found = score_files(AGREEMENT, folder).findings
    (twice,) = [each for each in found if each.code == "record-facility-twice"]
    assert str(twice.place) == "b.parquet, row 3, column facility"
    assert twice.message.endswith("; 2 rows: 3, 4")
    year = pa.table({**COLUMNS, "机构": ["南关"] * 9, "period": [f"{year}" for year in range(9)]})
    pq.write_table(year, folder / "a.parquet")
    (folder / "b.parquet").unlink()
    codes = [each.code for each in score_files(AGREEMENT, folder).findings]
    assert "record-facility-twice" not in codes


def test_a_column_of_shares_is_told_only_when_every_row_is_one(folder: Path) -> None:
    """0.83 beside a target of 90 % in one batch may be a very low rate; in all it is a share."""
    shares = [None if rate is None else rate / 100 for rate in COLUMNS["满意率"]]
    pq.write_table(pa.table({**COLUMNS, "满意率": shares}), folder / "a.parquet")
    (folder / "b.parquet").unlink()
    with SMALL:
        codes = score_files(AGREEMENT, folder).findings.codes
    assert "record-rate-scale" in codes
    pq.write_table(pa.table({**COLUMNS, "满意率": [*shares[:8], 83.0]}), folder / "a.parquet")
    with SMALL:
        codes = score_files(AGREEMENT, folder).findings.codes
    assert "record-rate-scale" not in codes


def test_rows_of_totals_are_left_out_and_told(folder: Path, tmp_path: Path) -> None:
    """Their numbers are no facility's; the numbers of the others stay what they are."""
    names = [*COLUMNS["机构"]]
    names[2] = names[8] = "合计"
    rates = [*COLUMNS["满意率"][:8], None]
    pq.write_table(pa.table({**COLUMNS, "机构": names, "满意率": rates}), folder / "a.parquet")
    (folder / "b.parquet").unlink()
    with SMALL:
        scores = score_files(AGREEMENT, folder, tmp_path / "out.parquet")
    assert scores.rows == 7
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 7
    found = {each.code: str(each.place) for each in scores.findings}
    assert found["record-row-total"] == "a.parquet, row 3"
    assert found["value-missing"].startswith("a.parquet, row 4")


def test_nothing_stands_at_the_target_until_all_is_written(folder: Path, tmp_path: Path) -> None:
    """A fault half-way leaves what was there before, and no other file."""
    target = tmp_path / "out.parquet"
    target.write_bytes(b"last year's")

    def stop(progress: Progress) -> None:
        if progress.done > 4:
            raise KeyboardInterrupt

    with SMALL, pytest.raises(KeyboardInterrupt):
        score_files(AGREEMENT, folder, target, progress=stop)
    assert target.read_bytes() == b"last year's"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.parquet", "年报"]
    (folder / "b.parquet").write_bytes(b"PAR1 cut off")
    with pytest.raises(SourceError, match="can't be read"):
        score_files(AGREEMENT, folder, target)
    assert target.read_bytes() == b"last year's"


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_fault_of_writing_is_raised_and_leaves_nothing(
    folder: Path, tmp_path: Path, at: int
) -> None:
    """A disk that is full is told, whichever batch it meets; no file stands, whole or in part."""
    written = 0
    wrote = Writer.write

    def full(self: Writer, batch: Any) -> None:  # noqa: ANN401 - of pyarrow
        nonlocal written
        wrote(self, batch)
        written += 1
        if written > at:
            raise OSError(28, "No space left on device")

    aim = tmp_path / "总分.parquet"
    with SMALL, mock.patch.object(Writer, "write", full), pytest.raises(OSError, match="No space"):
        score_files(AGREEMENT, folder, aim)
    assert [*tmp_path.iterdir()] == [folder]
    assert written == at + 1


def test_headings_are_told_of_the_file_that_has_them(folder: Path) -> None:
    """A column that nobody knows stands in one file, and is told of that one."""
    table = pa.table({**COLUMNS, "备考": ["…"] * 9})
    pq.write_table(table, folder / "c.parquet")
    unread = [each for each in score_files(AGREEMENT, folder).findings if "备考" in each.message]
    assert [(each.code, each.place.source) for each in unread] == [
        ("record-column-unknown", "c.parquet")
    ]
    other = folder.rename(folder.with_name("下半年"))
    (other / "c.parquet").rename(other / "d.parquet")
    again = [each for each in score_files(AGREEMENT, other).findings if "备考" in each.message]
    assert [each.place.source for each in again] == ["d.parquet"]


def test_a_batch_has_fewer_rows_the_wider_they_are() -> None:
    """What is in memory does not grow with the number of columns, nor with that of items."""
    rows = [feeding.rows_a_batch(columns) for columns in (1, 61, 1_000, 10**9)]
    assert rows == sorted(rows, reverse=True)
    assert rows[1] == feeding.ROWS
    assert 1_000 * rows[2] <= feeding.CELLS
    assert rows[3] > 0
    assert feeding.rows_a_batch(61, 60) < rows[1]


def test_a_csv_is_written_for_spreadsheets(folder: Path, tmp_path: Path) -> None:
    """With the mark by which Excel knows UTF-8; a name that looks like a formula is text."""
    names = ["=1+1", *COLUMNS["机构"][1:]]
    pq.write_table(pa.table({**COLUMNS, "机构": names}), folder / "a.parquet")
    (folder / "b.parquet").unlink()
    score_files(AGREEMENT, folder, tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["facility", "total", "earned"]
    assert rows[1][:2] == ["'=1+1", "90.00"]
    assert rows[4][:2] == ["第4卫生院", ""]


def _csv(columns: dict[str, list[Any]], path: Path, encoding: str = "utf-8") -> Path:
    texts = {key: ["" if c is None else str(c) for c in cells] for key, cells in columns.items()}
    with path.open("w", encoding=encoding, newline="") as file:
        file.write("2024年考核数据\n\n")
        writer = csv.writer(file)
        writer.writerow(texts)
        writer.writerows(zip(*texts.values(), strict=True))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_scores_as_its_records(tmp_path: Path, encoding: str) -> None:
    """Titles above the header, blank rows, encodings: as `score_many` reads them."""
    columns = {**COLUMNS, "责任事故": ["是" if each else "否" for each in COLUMNS["责任事故"]]}
    source = _csv(columns, tmp_path / "数据.csv", encoding)
    with SMALL:
        scores = score_files(AGREEMENT, source, tmp_path / "out.parquet")
    table = score_many(AGREEMENT, source)
    assert pq.read_table(tmp_path / "out.parquet")["total"].to_pylist() == table.totals
    mine = [str(finding) for finding in scores.findings]
    assert sorted(mine) == sorted(map(str, table.findings))
    assert any("stands above the header" in line for line in mine)


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_every_engine_writes_the_same(folder: Path, tmp_path: Path, engine: str) -> None:
    """Which of them scores is a matter of speed; one that is none is refused."""
    if engine == "numba":
        pytest.importorskip("numba")
    with SMALL:
        score_files(AGREEMENT, folder, tmp_path / "out.parquet", items=True, engine=engine)
    table = score_many(AGREEMENT, COLUMNS, engine="numpy")
    made = pq.read_table(tmp_path / "out.parquet")
    assert made["total"].to_pylist() == table.totals
    assert {name: made[f"item {name}"].to_pylist() for name in table.items} == table.items
    with pytest.raises(UsageError, match="is no engine"):
        score_files(AGREEMENT, folder, engine="abacus")


def test_what_is_no_source_or_no_target_is_refused(folder: Path, tmp_path: Path) -> None:
    """Each is told before anything is read."""
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        score_files(AGREEMENT, tmp_path / "nowhere")
    with pytest.raises(UsageError, match=r"a \.parquet, a folder of them"):
        score_files(AGREEMENT, _csv(COLUMNS, tmp_path / "data.docx"))
    with pytest.raises(UsageError, match=r"a \.parquet or a \.csv"):
        score_files(AGREEMENT, folder, tmp_path / "out.xlsx")
    with pytest.raises(UsageError, match="no folder"):
        score_files(AGREEMENT, folder, tmp_path / "nowhere" / "out.csv")
    with pytest.raises(UsageError, match="lies in its own source"):
        score_files(AGREEMENT, folder, folder / "out.parquet")
    with pytest.raises(UsageError, match="lies in its own source"):
        score_files(AGREEMENT, folder / "a.parquet", folder / "a.parquet")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"holds no \.parquet"):
        score_files(AGREEMENT, tmp_path / "empty")
    with pytest.raises(UsageError, match="no agreement"):
        score_files({}, folder)  # type: ignore[arg-type]


def test_a_source_without_rows_is_refused(tmp_path: Path) -> None:
    """Nothing is written then; an empty file among others is only told."""
    pq.write_table(pa.table(COLUMNS).slice(0, 0), tmp_path / "a.parquet")
    with pytest.raises(SourceError, match="no row below"):
        score_files(AGREEMENT, tmp_path / "a.parquet", tmp_path / "out.csv")
    pq.write_table(pa.table(COLUMNS), tmp_path / "b.parquet")
    assert "record-no-rows" in score_files(AGREEMENT, tmp_path).findings.codes


def test_a_long_table_is_refused(tmp_path: Path) -> None:
    """Its rows are no facilities, and those of one may stand far apart."""
    source = tmp_path / "long.csv"
    source.write_text("机构,指标,数值\n南关,满意率,83\n", encoding="utf-8")
    with pytest.raises(UsageError, match="a long table"):
        score_files(AGREEMENT, source)


def test_files_that_name_their_rows_differently_are_refused(folder: Path, tmp_path: Path) -> None:
    """Their results would not make one table."""
    table = pa.table({"编码": list(range(9)), **COLUMNS})
    pq.write_table(
        table.rename_columns(["机构编码", "机构名称", *table.column_names[2:]]),
        folder / "b.parquet",
    )
    with pytest.raises(UsageError, match=r"otherwise than `a\.parquet`"):
        score_files(AGREEMENT, folder, tmp_path / "out.csv")


def test_files_that_a_writer_leaves_behind_are_no_source(folder: Path) -> None:
    """Spark's and our own files on their way are passed over."""
    (folder / "_temporary").mkdir()
    (folder / "_temporary" / "x.parquet").write_bytes(b"half")
    (folder / ".out.parquet").write_bytes(b"half")
    assert score_files(AGREEMENT, folder).rows == 9


def test_progress_goes_to_a_callback_or_to_a_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After each batch it is told how many of how many; a line is wiped off at the end."""
    told: list[Progress] = []
    with SMALL:
        score_files(AGREEMENT, folder, progress=told.append)
    assert [each.done for each in told] == [4, 5, 9]
    assert {each.rows for each in told} == {9}
    assert capsys.readouterr().err == ""
    score_files(AGREEMENT, folder, progress=True)
    shown = capsys.readouterr().err
    assert "facilities (" in shown
    assert shown.endswith("\r\x1b[K")
    assert Progress(5).text == "5 facilities"
    terminal = io.StringIO()
    with Shown(terminal):
        pass
    assert terminal.getvalue() == ""


def test_what_became_of_all_shows_itself_as_a_table(folder: Path, tmp_path: Path) -> None:
    """In a notebook and as text: how many, which grades, what is wrong, and where it stands."""
    scores = score_files(AGREEMENT, folder, tmp_path / "out.csv")
    assert "等次：优秀" in repr(scores)
    assert "grade 优秀" in scores.table("en").text()
    assert "value-missing" in repr(scores)
    assert "out.csv" in "".join(repr(scores).split())  # a long path goes on in the next line
    assert scores._repr_html_().startswith('<div class="healthduty"')


def test_repeats_are_found_part_by_part() -> None:
    """However the hashes are divided, the count and the first rows are the same."""
    hashes = np.random.default_rng(3).integers(0, 2**64, 5_000, dtype=np.uint64)
    hashes[[70, 4_000, 71]] = hashes[[5, 5, 9]]
    found = []
    for size in (2**21, 512):
        with mock.patch.multiple(doubles, _PART=size, _CHUNK=700), Doubles(5_000) as one:
            for start in range(0, 5_000, 999):
                one.add(hashes[start : start + 999])
            found.append(one.repeats())
    assert found == [(3, [(70, 5), (71, 9), (4_000, 70)])] * 2


@given(st.lists(st.lists(st.sampled_from(["", "a", "a0", "b", "é", "中", "𠮷"]), max_size=4)))
def test_keys_in_order_are_not_looked_at_and_others_are(batches: list[list[str]]) -> None:
    """Law: what is told of batches in order, and of those behind them, is what all rows hold."""
    keys = [key for batch in batches for key in batch]
    before = [(row, keys.index(key)) for row, key in enumerate(keys) if key in keys[:row]]
    with mock.patch.multiple(doubles, _PART=2, _CHUNK=3), Doubles(len(keys)) as one:
        for batch in batches:
            texts = texts_of(pa.array(batch, pa.string()))
            one.add(hashes_of(texts), run_of(texts))
        count, repeats = one.repeats()
        assert set(one.repeated()) == set(
            hashes_of(texts_of(pa.array(keys, pa.string())))[[row for row, _ in before]]
        )
    assert count == len(before)
    assert [row for row, _ in repeats] == [row for row, _ in before[: len(repeats)]]
    assert all(keys[row] == keys[above] and above < row for row, above in repeats)


@given(tables())
@settings(max_examples=20)
def test_files_score_as_a_table(drawn: tuple[Agreement, dict[str, Any]]) -> None:
    """Law: Parquet and CSV have the totals, grades and summary of `score_many`, batch by batch."""
    agreement, columns = drawn
    table = score_many(agreement, pa.table(columns))
    with tempfile.TemporaryDirectory() as name, SMALL:
        path = Path(name)
        pq.write_table(pa.table(columns), path / "in.parquet", row_group_size=3)
        scores = score_files(agreement, path / "in.parquet", path / "out.parquet")
        made = pq.read_table(path / "out.parquet")
        assert made["total"].to_pylist() == table.totals
        if agreement.grades is not None:
            assert made["grade"].to_pylist() == table.grades
        assert scores.summary == table.summary()
        mine = {(each.code, each.place.column, each.severity) for each in scores.findings}
        theirs = {(each.code, each.place.column, each.severity) for each in table.findings}
        assert mine == theirs
        source = _csv(columns, path / "in.csv")
        singly = score_many(agreement, source)
        score_files(agreement, source, path / "again.parquet")
        assert pq.read_table(path / "again.parquet")["total"].to_pylist() == singly.totals
