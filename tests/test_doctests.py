"""The examples in the docstrings are true.

They run from whatever is installed, a checkout or the built wheel, and a module that needs an
extra which is not installed is skipped by name.
"""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import healthduty

ROOT = Path(healthduty.__file__).parent
MODULES = sorted(
    ".".join(("healthduty", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(
        ".__init__"
    )
    for path in ROOT.rglob("*.py")
    if path.stem != "__main__"  # importing it starts the command
)


NEEDS = {
    "healthduty.columns": ("numpy", "narwhals", "pyarrow"),
    "healthduty.columns.expressions_polars": ("polars",),
    "healthduty.plot": ("matplotlib",),
    "healthduty.spark": ("pyarrow",),
    "healthduty.word": ("docx", "docxtpl"),
    "healthduty.workbook": ("xlsxwriter", "python_calamine"),
}
"""What the modules of a package need of an extra, whether they import it at once or later."""


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module(name: str) -> None:
    """Every `>>>` of a module prints what stands below it."""
    for package, needed in NEEDS.items():
        for extra in needed if name.startswith(package) else ():
            pytest.importorskip(extra)
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("healthduty"):
            raise
        pytest.skip(f"needs {error.name}, which an extra installs")
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0
