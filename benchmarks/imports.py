"""What it costs to import healthduty, beside its dependencies.

Fresh interpreters, in turns; medians of processor time, as multiples of what the
dependencies take: `import attrs, cattrs, dateutil`.

    python benchmarks/imports.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys

TURNS = 15
DEPENDENCIES = "import attrs, cattrs, dateutil"
ROWS = {
    "import healthduty": "import healthduty",
    "… and one name of it, Measure": "import healthduty; healthduty.Measure",
    "… and all that scoring needs": "import healthduty; healthduty.score",
    "… and the catalogue": "import healthduty; healthduty.catalogue.names()",
}
TIMED = "import time; start = time.process_time(); {}; print(time.process_time() - start)"


def seconds(statement: str) -> float:
    """Return what a statement takes in a fresh interpreter."""
    command = [sys.executable, "-c", TIMED.format(statement)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return float(ran.stdout)


def main() -> None:
    """Print the ratios."""
    taken: dict[str, list[float]] = {name: [] for name in (DEPENDENCIES, *ROWS)}
    for _ in range(TURNS):
        taken[DEPENDENCIES].append(seconds(DEPENDENCIES))
        for name, statement in ROWS.items():
            taken[name].append(seconds(statement))
    base = statistics.median(taken[DEPENDENCIES])
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:<34} {median / base:5.2f} ×   {median * 1e3:6.1f} ms")


if __name__ == "__main__":
    main()
