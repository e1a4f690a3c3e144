"""Files too large for memory, fed batch by batch: Parquet, folders of it, and delimited texts.

Of a Parquet file the columns are read that the agreement asks for, some ten thousand rows at a
time. A text is read row by row, as `read_records` reads it; a column of plain numbers becomes one
of numbers, which reads as the very same values, only faster.

Source: “Larger than memory”; semantics 12 (each file's headings are looked at).

>>> as_numbers(pa.array(["83", "83.25", "", None])).to_pylist()
[83.0, 83.25, None, None]
>>> as_numbers(pa.array(["83%", "90"])).to_pylist()
['83%', '90']
"""

from __future__ import annotations

import codecs
import csv
import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from healthduty.columns.arrow import ArrowArray, pa, pc
from healthduty.columns.batches import BatchScorer
from healthduty.columns.decoding import Slice, opened, slices
from healthduty.columns.headed import Headed
from healthduty.errors import UsageError
from healthduty.findings import Finding
from healthduty.records.encodings import read_text
from healthduty.records.headers import LONG_WORDS, Holds
from healthduty.records.intake import Intake, refuse
from healthduty.records.long import is_long
from healthduty.records.sheets import Sheet, rows_below, sheet_of_rows
from healthduty.records.tables import delimiter_of
from healthduty.rules.measure import MeasureKind
from healthduty.said import Said
from healthduty.sources import Place

ROWS = 98_304
"""Rows of a batch of Parquet, at most: each batch costs some milliseconds beside its rows, and the
pages of a row group are unpacked once for each of its slices."""

CELLS = 6_200_000
"""Cells of a batch, at most: two batches of them are at work, with what comes out of them."""

_EVEN = 8_192
"""Rows of a batch are so many times a number, where they are more: whole blocks of machine code."""

_FEWEST = 1_024

_TEXT_ROWS = 16_384
"""Rows of a batch of text: its cells are Python's own for a moment."""

_CHUNK = 2**20
TEXTS = (".csv", ".tsv", ".txt")


class Fed(NamedTuple):
    """A batch: of which file, what its rows are numbered there, and what was found on the way."""

    source: str
    numbers: Sequence[int]
    batch: Any
    findings: tuple[Finding, ...] = ()


Making = Callable[[], Fed]
"""What makes a batch when it is called: decodes it, where it is not decoded yet."""


class Feed(NamedTuple):
    """A source: its files, and how many rows they have, where that is known beforehand."""

    files: tuple[Path, ...]
    rows: int | None
    folder: Path | None = None

    def name(self, file: Path) -> str:
        """Return what findings call a file."""
        return file.name if self.folder is None else file.relative_to(self.folder).as_posix()


def feed_of(source: str | Path) -> Feed:
    """Return what a path holds: a file, or all Parquet files of a folder, by their names.

    Raises:
        UsageError: no such file or folder, one without Parquet files, or another format.
    """
    path = Path(source)
    if path.is_dir():
        found = sorted(file for file in path.rglob("*.parquet") if not _aside(file, path))
        if not found:
            raise UsageError(f"`{path}` holds no .parquet file")
        return Feed(tuple(found), sum(map(_rows, found)), path)
    if not path.is_file():
        raise UsageError(f"`{path}` is neither a file nor a folder")
    if path.suffix.lower() == ".parquet":
        return Feed((path,), _rows(path))
    if path.suffix.lower() in TEXTS:
        return Feed((path,), None)
    raise UsageError(f"`{path.name}`: a .parquet, a folder of them, or a .csv is read by batches")


def _aside(file: Path, folder: Path) -> bool:
    """Return whether a file, or a folder that it stands in, is not meant: `_temporary`, `.part`."""
    return any(part[:1] in ("_", ".") for part in file.relative_to(folder).parts)


def _rows(file: Path) -> int:
    return opened(file, file.name).rows


def pieces(feed: Feed, scorer: BatchScorer, *, kept: int = 0) -> Iterator[Making]:
    """Go through what makes a source's batches, file by file.

    `kept` is how much is kept of each row while it is scored, in columns of a batch.
    A batch of Parquet is decoded when it is made, by whoever makes it, on any thread.

    Raises:
        SourceError: a file that can't be read at all; or when a piece is made.
        UsageError: a long table, of which a row is no facility.
    """
    for file in feed.files:
        if file.suffix.lower() == ".parquet":
            yield from _parquet(file, feed.name(file), scorer, kept)
        else:
            yield from _text(file, feed.name(file), scorer)
        pa.default_memory_pool().release_unused()  # what its pages were unpacked into


def fed(feed: Feed, scorer: BatchScorer) -> Iterator[Fed]:
    """Go through a source's batches, one after the other.

    Raises:
        SourceError, UsageError: as `pieces`.
    """
    for make in pieces(feed, scorer):
        yield make()


def _refuse_long(headings: Sequence[str], intake: Intake, source: str) -> None:
    if is_long(headings, intake):
        raise UsageError(f"`{source}` is a long table, of which a row is no facility: `score_many`")


# --- Parquet -------------------------------------------------------------------------------------


def _parquet(file: Path, source: str, scorer: BatchScorer, kept: int) -> Iterator[Making]:
    one = opened(file, source)
    names = one.names
    head = scorer.headed(names)
    _refuse_long(names, Intake(scorer.agreement, source), source)
    findings = head.told(source)
    columns = [names[index] for index in sorted(head.used)]
    for each in slices(one, columns, rows_a_batch(len(columns), kept), source):
        yield functools.partial(_decoded, source, each, findings)
        findings = ()
        del each  # where it is decoded already, whoever scores it is the last to hold it
    if not one.rows:
        empty = Fed(source, range(0), _no_rows(names), (*findings, _empty(source)))
        yield functools.partial(_made, empty)


def _decoded(source: str, each: Slice, findings: tuple[Finding, ...]) -> Fed:
    batch = each.decode()
    first = each.start + 1
    return Fed(source, range(first, first + batch.num_rows), batch, findings)


def _made(each: Fed) -> Fed:
    return each


def rows_a_batch(columns: int, kept: int = 0) -> int:
    """Return how many rows at most: the fewer, the more columns go in and are kept of each."""
    most = max(_FEWEST, CELLS // (columns + kept + 1))
    return min(ROWS, most - most % _EVEN if most > _EVEN else most)


def _empty(source: str) -> Finding:
    message = Said("there is a header, but no row below it", "只有表头，下面没有数据")
    return Finding("record-no-rows", message, place=Place(source))


def _no_rows(names: Sequence[str]) -> Any:  # noqa: ANN401 - of pyarrow
    return pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in names})


# --- texts ---------------------------------------------------------------------------------------


def _text(file: Path, source: str, scorer: BatchScorer) -> Iterator[Making]:
    with file.open(encoding=_encoding_of(file, source), newline="") as lines:
        head = "".join(itertools.islice(lines, 12))
        lines.seek(0)
        reader = csv.reader(lines, delimiter=delimiter_of(head), strict=True)
        yield from _batches(_rows_of(reader, source), source, scorer)


def _rows_of(reader: Any, source: str) -> Iterator[list[str]]:  # noqa: ANN401 - of csv
    """Go through rows; quotation marks that don't pair are told with their row."""
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if number == 1:
                row = [row[0].removeprefix("\ufeff"), *row[1:]] if row else row  # noqa: PLW2901
                row = [] if row[:1] and row[0].lower() == "sep=" else row  # noqa: PLW2901
            yield row
    except csv.Error as error:
        place = Place(source, row=number + 1)
        refuse(
            source,
            Finding(
                "record-quotes",
                Said(f"this row can't be read: {error}", f"这一行读不出来：`{error}`"),
                place=place,
            ),
        )


def _batches(rows: Iterator[list[str]], source: str, scorer: BatchScorer) -> Iterator[Making]:
    """Make batches of rows; the first has the header."""
    above = list(itertools.islice(rows, _TEXT_ROWS))
    if not any(cell.strip() for row in above for cell in row):
        refuse(
            source,
            Finding(
                "record-empty", Said("the file holds nothing", "文件是空的"), place=Place(source)
            ),
        )
    intake = Intake(scorer.agreement, source)
    sheet = sheet_of_rows(
        above, intake, uses=functools.partial(intake.names.find, words=LONG_WORDS)
    )
    _refuse_long(sheet.headings, intake, source)
    head = scorer.headed(sheet.headings)
    intake.findings += head.told(source)
    read = len(above)
    while True:
        if sheet.rows:
            yield functools.partial(_made, _fed(sheet, head, intake))
            intake.findings.clear()
        more = list(itertools.islice(rows, _TEXT_ROWS))
        if not more:
            return
        below = tuple(rows_below(more, 0, sheet.headings, intake, before=read))
        sheet = Sheet(sheet.headings, sheet.place, below)
        read += len(more)


def _fed(sheet: Sheet, head: Headed, intake: Intake) -> Fed:
    numeric = _numeric(head)
    columns = zip(*(row.cells for row in sheet.rows), strict=True)
    arrays = [
        as_numbers(made) if place in numeric else made
        for place, made in enumerate(pa.array(column, pa.string()) for column in columns)
    ]
    numbers = [row.place.row or 0 for row in sheet.rows]
    batch = pa.RecordBatch.from_arrays(arrays, names=list(sheet.headings))
    return Fed(intake.source, numbers, batch, tuple(intake.findings))


_NUMERIC = frozenset(MeasureKind) - {MeasureKind.LEVEL, MeasureKind.FLAG}


def _numeric(head: Headed) -> frozenset[int]:
    """Return the columns in which a plain number is a number, whether text or not."""
    return frozenset(
        index
        for making in head.makings
        for slot in making.slots
        for holds in (Holds.VALUE, Holds.NUMERATOR, Holds.DENOMINATOR)
        for index in slot.columns.get(holds, ())
        if making.measure and making.measure.kind in _NUMERIC and not slot.units.get(holds)
    )


_PLAIN = r"^-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?$"
"""A number of at most 12 digits, written as numbers are: the float that it prints as is it."""


def as_numbers(texts: ArrowArray) -> ArrowArray:
    """Return a column of plain numbers as numbers; any other as it is."""
    blank = pc.equal(texts, "")
    filled = pc.if_else(blank, pa.scalar(None, pa.string()), texts)
    if not pc.all(pc.match_substring_regex(filled, _PLAIN)).as_py():
        return texts
    return filled.cast(pa.float64())


def _encoding_of(file: Path, source: str) -> str:
    """Return the encoding of a file, looked at piece by piece; a piece ends with a line.

    Raises:
        SourceError: no text, or one that is neither UTF-8 nor GB18030.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open("rb") as found:
        head = found.read(_CHUNK)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        try:
            for chunk in itertools.chain([head], iter(lambda: found.read(_CHUNK), b"")):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            found.seek(0)
            while chunk := found.read(_CHUNK) + found.readline():
                read_text(chunk, source)  # refuses what is neither, or both
            return "gb18030"
    read_text(head[: head.rfind(b"\n") + 1] or head, source)  # refuses other formats
    return "utf-8-sig"
