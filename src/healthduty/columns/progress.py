"""How far a long run has come: a line on a terminal, or whatever a callback makes of it.

Source: “with progress on a terminal or a callback”.

>>> Progress(12_345, 40_000).text
'12,345 of 40,000 facilities (30 %)'
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

import attrs

_EVERY = 0.2
"""Seconds between two lines on a terminal."""

_WHOLE = 100


@attrs.frozen
class Progress:
    """So many rows are done, of so many, where that is known."""

    done: int
    rows: int | None = None

    @property
    def text(self) -> str:
        """What a terminal shows."""
        if not self.rows:
            return f"{self.done:,} facilities"
        share = self.done * _WHOLE // self.rows
        return f"{self.done:,} of {self.rows:,} facilities ({share} %)"


Callback = Callable[[Progress], object]
"""Told after each batch."""


class Shown:
    """Progress as a line on a terminal that is written over and wiped off at the end."""

    def __init__(self, terminal: TextIO) -> None:
        """Take the terminal."""
        self._terminal = terminal
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        """Show it, if the last time is a moment ago."""
        now = time.monotonic()
        if now - self._last >= _EVERY:
            self._terminal.write(f"\r\x1b[K{progress.text}")
            self._terminal.flush()
            self._last = now

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wipe the line off."""
        if self._last:
            self._terminal.write("\r\x1b[K")
            self._terminal.flush()


class Silent:
    """Progress that goes to a callback, or to nobody."""

    def __init__(self, callback: Callback | None) -> None:
        """Take the callback."""
        self._callback = callback

    def __call__(self, progress: Progress) -> None:
        """Tell it."""
        if self._callback is not None:
            self._callback(progress)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing: there is no line to wipe off."""


def progress_of(wanted: Callback | bool | None) -> Shown | Silent:  # noqa: FBT001 - as asked
    """Return where progress goes: to a callback, to a terminal if there is one, or nowhere.

    None shows it where the standard error is a terminal, False never, True always.
    """
    if wanted is True or (wanted is None and sys.stderr.isatty()):
        return Shown(sys.stderr)
    return Silent(None if wanted is None or wanted is False else wanted)
