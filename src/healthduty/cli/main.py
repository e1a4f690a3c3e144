"""One command from beginning to end: arguments in, exit code out, every fault a sentence.

Source: the public face.

>>> main(["check", "school-clinic-posts", "--lang", "en"])
note agreement-without-scores: the agreement has no points and no rules
0
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from healthduty.cli.exits import CLOSED, FAULTY, INTERRUPTED, MISUSED, WrongUsageError
from healthduty.cli.helping import language_of_help
from healthduty.cli.output import complain, reason_of_system
from healthduty.cli.parser import build_parser
from healthduty.errors import HealthdutyError, SourceError, UnknownNameError
from healthduty.said import Said, chinese, reason_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Raises:
        SystemExit: after help, and for arguments that can't be understood (2).
    """
    # Chinese must not stop a report on a console with another code page.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    given = sys.argv[1:] if arguments is None else arguments
    options = build_parser(language_of_help(given)).parse_args(given)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
        sys.stdout.flush()
    except SourceError as error:
        complain(error.findings, options.lang)
        return FAULTY
    except (UnknownNameError, WrongUsageError, ImportError) as error:
        complain([_refusal(error)], options.lang)
        return MISUSED
    except HealthdutyError as error:
        complain([_refusal(error)], options.lang)
        return FAULTY
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough: let the interpreter flush the rest to nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    except OSError as error:
        why = reason_of_system(error)
        named = f"healthduty: {error.filename}: "
        complain([Said(named + why, named + why.zh)], options.lang)
        return MISUSED
    return code


def _refusal(error: Exception) -> Said:
    """Return what an error says, in both languages where it was raised in both."""
    reason = reason_of(error)
    return Said(f"healthduty: {reason}", f"healthduty: {chinese(reason)}")
