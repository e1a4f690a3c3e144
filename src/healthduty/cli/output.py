"""What a command prints and writes: results, remarks, files replaced in one step.

Results go to the standard output, remarks about them to the standard error. Texts in a table are
never a formula.

Source: the public face; the data safety rules.

>>> cell("=1+1")
"'=1+1"
"""

from __future__ import annotations

import argparse
import codecs
import csv
import errno
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from healthduty.cli.exits import DONE, FAULTY, WrongUsageError
from healthduty.cli.terminal import coloured, paint
from healthduty.convert.files import replace_file
from healthduty.display import printable
from healthduty.findings import Finding, Findings
from healthduty.records.record import Record
from healthduty.report.report import render_report
from healthduty.results.ranking import Ranked, ranking_rows, ranking_table
from healthduty.said import Language, Said, in_language, labelled
from healthduty.scoring.sheet import ScoreSheet
from healthduty.word.notice import notices_content
from healthduty.workbook.result import write_results

# --- remarks -----------------------------------------------------------------------------------


def report(findings: Findings, sheets: Sequence[ScoreSheet], lang: Language) -> int:
    """Print what is wrong, each thing once, and return the exit code."""
    complain(findings, lang)
    told = {(finding.code, finding.message) for finding in findings}
    faults = list(_faults(sheets))
    on = coloured(sys.stderr)
    for where, fault in faults:
        if (fault.code, fault.message) not in told:
            line = paint(one_line(fault.line(lang)), fault.severity, on=on)
            print(in_language(labelled(_plain(where), line), lang), file=sys.stderr)
    return FAULTY if findings.errors or faults else DONE


def _faults(sheets: Sequence[ScoreSheet]) -> Iterator[tuple[Said, Finding]]:
    """Go through the errors of all sheets; one that is on each of several is told once."""
    facilities: dict[Finding, list[Said]] = {}
    for sheet in sheets:
        for fault in sheet.findings.errors:
            facilities.setdefault(fault, []).append(_called(sheet.record))
    for fault, where in facilities.items():
        everywhere = len(where) == len(sheets) > 1
        yield from ((each, fault) for each in ([_EVERYWHERE] if everywhere else where))


_EVERYWHERE = Said("every facility", "所有单位")


def _called(record: Record) -> Said:
    """Return what a unit is called, and its key where that is another."""
    key, name = record.facility, record.name
    return Said(name, name) if key == name else Said(f"{name} ({key})", f"{name}（{key}）")


def _plain(text: Said) -> Said:
    return Said(one_line(text), one_line(text.zh))


def complain(remarks: Iterable[object], lang: Language) -> None:
    """Print remarks to the standard error, a line each."""
    on = coloured(sys.stderr)
    for remark in remarks:
        if isinstance(remark, Finding):
            line = paint(one_line(remark.line(lang)), remark.severity, on=on)
        else:
            line = one_line(in_language(remark, lang) if isinstance(remark, str) else str(remark))
        print(line, file=sys.stderr)


def one_line(remark: str) -> str:
    """Return a remark on one line, with nothing in it that moves a terminal."""
    return printable(remark).replace("\n", " ")


# --- what is printed ---------------------------------------------------------------------------


def sheet_text(sheet: ScoreSheet, lang: Language) -> str:
    """Return a sheet as text, and where it has no total, between what the total lies."""
    text = sheet.table(lang).text()
    if sheet.total is not None:
        return text
    around = sheet.bounds
    if around.low is None:
        return text
    between = "总分在{}与{}之间" if lang == "zh" else "the total lies between {} and {}"
    return f"{text}\n{between.format(around.low, around.high)}"


def scores(findings: Findings, ranked: Iterable[Ranked], lang: Language) -> dict[str, object]:
    """Return findings and sheets as plain data."""
    return {
        "findings": [finding.to_dict() for finding in findings],
        "sheets": [{"rank": entry.rank, **entry.sheet.to_dict(lang)} for entry in ranked],
    }


def json_text(data: object, *, ascii_only: bool = False) -> str:
    """Return plain data as JSON."""
    return json.dumps(data, ensure_ascii=ascii_only, indent=2) + "\n"


def print_json(data: object) -> None:
    """Print plain data as JSON."""
    # A console that has no Chinese would print question marks: there JSON escapes it instead.
    encoding = codecs.lookup(sys.stdout.encoding or "utf-8").name
    print(json_text(data, ascii_only=encoding != "utf-8"), end="")


# --- files -------------------------------------------------------------------------------------


def write(path: Path, content: bytes) -> None:
    """Write a file in one step, or say that it can't be written; an old one is then untouched."""
    try:
        replace_file(path, content)
    except OSError as error:  # it names the file beside the target, which nobody knows of
        raise WrongUsageError(unwritten(path, error)) from None


def unwritten(path: Path, error: OSError) -> Said:
    """Return why a file was not written, as the system says it."""
    why = reason_of_system(error)
    return Said(f"can't write `{path}`: {why}", f"无法写入`{path}`：{why.zh}")


def reason_of_system(error: OSError) -> Said:
    """Return the system's reason, in Chinese too where it is one that people meet.

    >>> reason_of_system(PermissionError(errno.EACCES, "Permission denied")).zh
    '没有权限，或者文件正在别的程序里打开着'
    """
    reason = error.strerror or str(error)
    return Said(reason, _REASONS.get(error.errno or 0, reason))


_REASONS = {
    errno.EACCES: "没有权限，或者文件正在别的程序里打开着",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}


def unwritable(path: Path, endings: Iterable[str]) -> Said:
    """Return what is said of a file whose ending stands for nothing that is written."""
    known = list(endings)
    return Said(
        f"can't write `{path}`: write {', '.join(known)}",
        f"无法写入`{path}`：可以写{'、'.join(known)}",
    )


def refuse_overwriting(targets: Iterable[Path | None], sources: Iterable[Path | None]) -> None:
    """Refuse to write over what is being read.

    Raises:
        WrongUsageError: always then.
    """
    read = {source.resolve() for source in sources if source is not None}
    for target in targets:
        if target is not None and target.resolve() in read:
            raise WrongUsageError(read_here(target))


def read_here(path: Path) -> Said:
    """Return what is said of a file that would be written over while it is read."""
    return Said(
        f"`{path}` is read here: write another file", f"`{path}`是要读取的文件：请写入另一个文件"
    )


TABLES = (".csv", ".json", ".txt")
"""What a command writes whose result is tables, by the file's ending."""


def refuse_ending(path: Path | None) -> None:
    """Refuse a file whose ending stands for none of the `TABLES`.

    Raises:
        WrongUsageError: always then.
    """
    if path is not None and path.suffix.lower() not in TABLES:
        raise WrongUsageError(unwritable(path, TABLES))


def show_tables(
    text: str,
    rows: Iterable[Iterable[object]],
    data: object,
    options: argparse.Namespace,
    also: Sequence[Path] = (),
) -> None:
    """Print a result, or write it as the file's ending says; name what was written, `also` too."""
    written = list(also)
    if options.output is not None:
        ending = options.output.suffix.lower()
        if ending == ".csv":
            write(options.output, csv_text(rows))
        else:
            write(options.output, (json_text(data) if ending == ".json" else f"{text}\n").encode())
        written.insert(0, options.output)
    if options.json:
        print_json(data)
        return
    if options.output is None:
        print(text)
    if written:
        print(written_text(written, options.lang))


def written_text(paths: Iterable[Path], lang: Language) -> str:
    """Return which files were written: one on the same line, several below it."""
    named = [str(path) for path in paths]
    head = in_language(_WRITTEN, lang)
    if len(named) == 1:
        return head + ("" if lang == "zh" else " ") + named[0]
    return "\n  ".join([head, *named])


_WRITTEN = Said("written:", "已写入：")


def json_file(findings: Findings, ranked: Sequence[Ranked], lang: Language) -> bytes:
    """Return all sheets with their lines as JSON."""
    return json_text(scores(findings, ranked, lang)).encode()


def csv_file(_findings: Findings, ranked: Sequence[Ranked], lang: Language) -> bytes:
    """Return the ranking as a table, a row a facility."""
    return csv_text(ranking_rows(ranked, lang))


def text_file(_findings: Findings, ranked: Sequence[Ranked], lang: Language) -> bytes:
    """Return the ranking and all sheets as they are printed."""
    texts = [ranking_table(ranked, lang).text()]
    texts += [sheet_text(entry.sheet, lang) for entry in ranked]
    return ("\n\n".join(texts) + "\n").encode()


def html_file(_findings: Findings, ranked: Sequence[Ranked], lang: Language) -> bytes:
    """Return the report: overview and all sheets as one page."""
    return render_report((entry.sheet for entry in ranked), lang).encode()


def word_file(_findings: Findings, ranked: Sequence[Ranked], _lang: Language) -> bytes:
    """Return a result notice for each facility, in one Word file; a notice is Chinese."""
    return notices_content(entry.sheet for entry in ranked)


def workbook_file(_findings: Findings, ranked: Sequence[Ranked], lang: Language) -> bytes:
    """Return the result workbook, its formulas live."""
    out = io.BytesIO()
    write_results(ranked, out, lang=lang)
    return out.getvalue()


def csv_text(rows: Iterable[Iterable[object]]) -> bytes:
    """Write rows for Chinese Excel: UTF-8 with a byte order mark, texts never a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "\uff20", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula: half and full width."""


def cell(value: object) -> str:
    """Return a value as a cell of a delimited table."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
