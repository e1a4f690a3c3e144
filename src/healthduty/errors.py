"""Exceptions: a fault in the *call* raises, a fault in the user's *data* is a finding.

Everything that healthduty raises on purpose descends from `HealthdutyError`, so that a
reporting script can catch one name. This module stands first in the house because even a
number that cannot be read must be refused under that root.

>>> from healthduty.errors import HealthdutyError, NumberError
>>> issubclass(NumberError, HealthdutyError)
True
"""

from __future__ import annotations


class HealthdutyError(Exception):
    """The root of every exception that healthduty raises on purpose."""


class NumberError(HealthdutyError, ValueError):
    """A number that cannot decide a point: NaN, an infinity, a bool, an absurd size, no number."""


class RuleError(HealthdutyError, ValueError):
    """A rule or a model record that cannot mean anything, as constructed in Python."""


class UsageError(HealthdutyError, TypeError):
    """A function was called with something it does not take."""


class UnknownNameError(HealthdutyError, KeyError):
    """A name that was asked for does not exist: a catalogue entry, an item, a blank."""

    def __str__(self) -> str:
        """Return the sentence itself; `KeyError` would print its repr."""
        return str(self.args[0]) if self.args else ""


class SourceError(HealthdutyError):
    """A file that can't be read for its faults. Carries every one of them, each with its place.

    `findings` is a tuple of `healthduty.findings.Finding`, in the order in which they were met;
    each prints itself as one line. Findings stand on this module, so it can't name their class:
    what it may say of them is that they are objects that print themselves.
    """

    def __init__(self, source: str, findings: tuple[object, ...]) -> None:
        """Keep the source's name and all its faults; the message lists them all."""
        self.source = source
        self.findings = findings
        count = len(findings)
        noun = "fault" if count == 1 else "faults"
        lines = "\n".join(f"  {finding}" for finding in findings)
        super().__init__(f"{source}: {count} {noun}\n{lines}")
