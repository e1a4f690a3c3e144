"""The command as a program of its own: consoles without Chinese, pipes that close, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.cli import CLOSED, DONE, INTERRUPTED

PROGRAM = (sys.executable, "-m", "healthduty")
# A shell may start what runs in the background without Ctrl-C; this gives it back.
INTERRUPTIBLE = (
    sys.executable,
    "-c",
    (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        " from healthduty.cli import main; sys.exit(main())"
    ),
)


def start(
    *arguments: str, encoding: str = "utf-8", program: tuple[str, ...] = PROGRAM
) -> subprocess.Popen[bytes]:
    """Start the program on a console with some encoding."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.Popen(
        [*program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> hd.Agreement:
    """Stand in a folder with a small agreement and the data of one facility."""
    monkeypatch.chdir(tmp_path)
    agreement = hd.Agreement("示例", parts=(hd.Indicator("1", "台账", points=5),))
    hd.save(agreement, "agreement.json")
    Path("data.csv").write_text("机构,1\n南关,4\n", encoding="utf-8")
    return agreement


def test_the_program_runs_by_its_module(small: hd.Agreement) -> None:
    """`python -m healthduty` prints UTF-8 and returns the exit code."""
    program = start("score", "agreement.json", "data.csv")
    out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (DONE, b"")
    ranked = hd.rank([hd.score(small, hd.Record("南关", {"1": 4}))])
    assert out.decode() == str(hd.ranking_table(ranked)) + "\n"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gb18030", "ascii:strict"])
def test_a_console_without_chinese_gets_what_it_can_show(encoding: str) -> None:
    """Nothing stops a report: a character that the console lacks is printed as a mark."""
    program = start("score", "agreement.json", "data.csv", encoding=encoding)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (DONE, b"")
    assert (b"?" in out) == (encoding != "gb18030")
    assert out.splitlines()[-1].split()[0] == b"1"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("encoding", ["ascii", "gb18030", "utf-8"])
def test_json_loses_nothing_on_any_console(encoding: str) -> None:
    """Where Chinese can't be printed JSON escapes it."""
    program = start("score", "agreement.json", "data.csv", "--json", encoding=encoding)
    out, _ = program.communicate(timeout=60)
    (sheet,) = json.loads(out.decode(encoding))["sheets"]
    assert (sheet["agreement"], sheet["facility"]) == ("示例", "南关")


def test_a_closed_pipe_is_no_failure() -> None:
    """`healthduty demo | head -1`: no traceback, and the code that a shell expects."""
    program = start("demo")
    assert program.stdout is not None
    assert program.stderr is not None
    assert program.stdout.readline()
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(timeout=60) == CLOSED


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe with a name")
@pytest.mark.usefixtures("small")
def test_an_interrupt_ends_quietly() -> None:
    """Ctrl-C while it waits for data: no traceback, and the code that a shell expects."""
    os.mkfifo("pipe.csv")
    program = start("score", "agreement.json", "pipe.csv", program=INTERRUPTIBLE)
    # Opening the other end waits until the program reads: from then on it can be interrupted.
    with Path("pipe.csv").open("wb"):
        time.sleep(0.1)
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err) == (INTERRUPTED, b"", b"")


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe with a name")
@pytest.mark.usefixtures("small")
def test_data_may_come_from_a_pipe() -> None:
    """What another program prints can be scored without a file between."""
    os.mkfifo("pipe.csv")
    program = start("score", "agreement.json", "pipe.csv")
    Path("pipe.csv").write_bytes(Path("data.csv").read_bytes())
    out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (DONE, b"")
    assert "南关" in out.decode()
