"""The person at a terminal: colours for what weighs, and how far a long run has come.

Neither is there where the output goes to a file, a pipe or another program, nor where `NO_COLOR`
is set or the terminal is `dumb`.

Source: the public face; no-color.org.

>>> paint("error sum-section: 95 points", Severity.ERROR, on=False)
'error sum-section: 95 points'
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

from healthduty.findings import Severity
from healthduty.said import Language

T = TypeVar("T")

_COLOURS = {
    Severity.ERROR: "31",  # red
    Severity.WARNING: "33",  # yellow
    Severity.ASSUMPTION: "36",  # cyan
    Severity.NOTE: "2",  # faint
}
_SHOWN_AFTER = 1.0  # seconds: a run that is over sooner needs no progress
_EVERY = 0.2


def coloured(stream: TextIO) -> bool:
    """Tell whether a stream is a person's terminal that shows colours."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


_SPOKEN: tuple[Language, ...] = ("zh", "en")


def paint(line: str, severity: Severity, *, on: bool) -> str:
    """Return a line of a finding, its severity coloured where that is `on`."""
    word = next((each for lang in _SPOKEN if (each := severity.text(lang)) in line), "")
    if not on or not word:
        return line
    before, after = line.split(word, 1)
    return f"{before}\x1b[{_COLOURS[severity]}m{word}\x1b[0m{after}"


class Progress:
    """How far a long run has come: one line that is written over, on a terminal only."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Tell it to `stream`, the standard error unless another is given."""
        self._stream = sys.stderr if stream is None else stream
        self._on = self._stream.isatty()
        self._shown = False
        self._next = time.monotonic() + _SHOWN_AFTER

    def __call__(self, done: int, total: int | None) -> None:
        """Show how many of how many are done; a total that is not known is None."""
        if not self._on or time.monotonic() < self._next:
            return
        of = "" if not total else f" / {total:,} ({100 * done // total} %)"
        self._stream.write(f"\r\x1b[K{done:,}{of}")
        self._stream.flush()
        self._shown = True
        self._next = time.monotonic() + _EVERY

    def close(self) -> None:
        """Take the line away again."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False

    def over(self, things: Iterable[T], total: int | None) -> Iterator[T]:
        """Go through things, showing how many have been taken."""
        try:
            for done, thing in enumerate(things):
                self(done, total)
                yield thing
        finally:
            self.close()
