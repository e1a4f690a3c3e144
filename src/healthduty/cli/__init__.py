"""The command line: what a shell calls, and the exit codes that it gets."""

from healthduty.cli.exits import CLOSED, DONE, FAULTY, INTERRUPTED, MISUSED
from healthduty.cli.main import main

__all__ = ["CLOSED", "DONE", "FAULTY", "INTERRUPTED", "MISUSED", "main"]
