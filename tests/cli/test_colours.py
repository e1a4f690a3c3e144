"""Colours and progress are for a person at a terminal, and for nobody else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.cli.terminal import Progress, coloured, paint
from healthduty.findings import Severity

pty = pytest.importorskip("pty", reason="this system has no pseudo terminals")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_only_the_severity_is_painted() -> None:
    """The rest of a finding stays as it can be copied."""
    line = paint("error sum-section: error 1", Severity.ERROR, on=True)
    assert line == "\x1b[31merror\x1b[0m sum-section: error 1"
    assert paint("error x", Severity.ERROR, on=False) == "error x"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_who_wants_no_colours_gets_none(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By no-color.org's variable, or by a terminal that has none."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert coloured(Terminal())
    assert not coloured(io.StringIO())
    monkeypatch.setenv(name, value)
    assert not coloured(Terminal())


def test_progress_is_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a second it is shown, a few times a second, and nothing of it stays."""
    clock = iter([0.0, 0.5, 1.5, 1.6, 2.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock, 9.0))
    stream = Terminal()
    assert list(Progress(stream).over("abcde", 5)) == list("abcde")
    text = stream.getvalue()
    assert "1 / 5 (20 %)" in text
    assert text.endswith("\r\x1b[K")
    assert "\n" not in text


def test_no_progress_into_a_file() -> None:
    """A stream that is no terminal stays empty."""
    stream = io.StringIO()
    progress = Progress(stream)
    progress(1_000_000, None)
    progress.close()
    assert stream.getvalue() == ""


def test_on_a_terminal_findings_have_colours_and_in_a_pipe_they_have_none(tmp_path: Path) -> None:
    """The same command, once at a pseudo terminal and once into a pipe."""
    path = tmp_path / "agreement.json"
    parts = (hd.Section("1", points=4, parts=(hd.Indicator("1.1", points=5),)),)
    hd.save(hd.Agreement("示例", parts=parts), path)
    command = [sys.executable, "-m", "healthduty", "check", str(path), "--lang", "en"]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment["TERM"] = "xterm"
    piped = subprocess.run(command, capture_output=True, env=environment, timeout=60, check=False)
    assert b"error sum-section" in piped.stdout
    assert b"\x1b" not in piped.stdout + piped.stderr
    master, slave = pty.openpty()
    with subprocess.Popen(command, stdout=slave, stderr=slave, env=environment) as program:
        program.wait(timeout=60)
    os.close(slave)
    shown = os.read(master, 65_536)
    os.close(master)
    assert b"\x1b[31merror\x1b[0m sum-section" in shown
