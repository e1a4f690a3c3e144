"""`healthduty doctor` and `completion`: what is here, what is missing, and how a shell helps."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess
import sys

import pytest

from healthduty.cli import DONE, MISUSED, main
from healthduty.cli.doctor import examine


def test_what_is_installed_stands_with_its_version() -> None:
    """Python, the library, and each package of the core and of every extra, each once."""
    rows = {what: state for _, what, state in examine("en").rows}
    assert rows["Python"] == platform.python_version()
    for package in ("healthduty", "attrs", "cattrs", "python-dateutil", "numpy"):
        assert rows[package] == importlib.metadata.version(package)
    packages = [what for _, what, _ in examine("en").rows]
    assert len(packages) == len(set(packages))


def test_what_is_missing_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is not there is named with the extra that brings it."""
    installed = importlib.metadata.version

    def version(package: str) -> str:
        if package == "pyspark":
            raise importlib.metadata.PackageNotFoundError(package)
        return installed(package)

    monkeypatch.setattr("importlib.metadata.version", version)
    rows = {what: state for _, what, state in examine("en").rows}
    assert rows["pyspark"] == "not installed: pip install healthduty[spark]"


def test_the_years_of_the_calendar_are_told() -> None:
    """Which years' holidays are known decides whether a deadline is a guess."""
    pytest.importorskip("chinese_calendar")
    rows = {what: state for _, what, state in examine("en").rows}
    assert rows["holidays"].startswith("known for 2004–20")


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """In Chinese where nothing else is asked for."""
    assert main(["doctor"]) == DONE
    assert capsys.readouterr().out == f"{examine('zh')}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_names_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A shell learns commands and options from the parser itself."""
    pytest.importorskip("shtab")
    assert main(["completion", shell]) == DONE
    out = capsys.readouterr().out
    for word in ("demo", "check", "score", "explain", "read", "doctor", "output"):
        assert word in out


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash is installed")
def test_bash_takes_the_completion(capsys: pytest.CaptureFixture[str]) -> None:
    """The script is a script, and completes a command that has been begun."""
    pytest.importorskip("shtab")
    main(["completion", "bash"])
    script = capsys.readouterr().out
    ask = 'COMP_WORDS=(healthduty exp); COMP_CWORD=1; _shtab_healthduty; echo "${COMPREPLY[@]}"'
    done = subprocess.run(
        [str(shutil.which("bash")), "-c", f"{script}\n{ask}"],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.split() == ["explain"]


def test_without_shtab_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is guessed: the message says what to install."""
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["completion", "bash"]) == MISUSED
    assert "pip install healthduty[completion]" in capsys.readouterr().err


def test_the_font_of_chinese_labels_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or that there is none, and what to install."""
    pytest.importorskip("matplotlib")
    from healthduty.plot import fonts

    rows = {what: state for _, what, state in examine("en").rows}
    try:
        assert rows["Chinese font"] == fonts.find_font()
    except fonts.FontError:
        assert rows["Chinese font"].startswith("none found")

    def none() -> str:
        raise fonts.FontError("no font")

    monkeypatch.setattr(fonts, "find_font", none)
    rows = {what: state for _, what, state in examine("en").rows}
    assert rows["Chinese font"].startswith("none found: install one")
