"""Clauses as officials write them, with what must be read from each."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from clauses.cases import ClauseCase

FILES = (
    "aside_deductions",
    "aside_mixed",
    "aside_earnings",
    "aside_rest",
    "fresh",
    "seeds45",
    "third",
    "printed",
    "printed_more",
    "left_out",
    "one_finding",
    "alternatives",
    "shapes",
    "beside",
    "operators",
    "kept",
    "of_all_asked",
    "about",
    "print_marks",
    "held_or_judged",
    "figures",
    "listed",
    "consequences",
    "outcomes",
    "usual",
    "recorded",
    "together",
    "under_headings",
    "in_cells",
    "shared_out",
    "changes",
    "ranks_and_ranges",
    "line_by_line",
    "letters",
    "rates_and_samples",
    "one_bound",
    "between_bounds",
    "unwanted",
    "earned_by_goal",
    "shares_of_tasks",
    "beside_others",
    "which_way",
    "distances_and_ends",
    "offices",
    "degrees_and_groups",
    "around_the_points",
    "kinds_of_facility",
    "of_several",
)
"""The files of cases; those called aside were written before the grammar."""


def all_cases() -> Iterator[ClauseCase]:
    """Go through the cases of all files."""
    for name in FILES:
        yield from cases_of(name)


def cases_of(name: str) -> tuple[ClauseCase, ...]:
    """Return the cases of one file."""
    cases: tuple[ClauseCase, ...] = importlib.import_module(f"clauses.{name}").CASES
    return cases
