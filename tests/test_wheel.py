"""What is installed is whole: version, types, data, command, and nothing that was not asked for.

`.ci/run` runs this file on the built wheel too, beside the oldest dependencies that are allowed.
"""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import healthduty

ROOT = Path(__file__).parents[1]
CORE = {"attr", "attrs", "cattr", "cattrs", "dateutil", "healthduty", "six", "typing_extensions"}
BUILT = bool(os.environ.get("HEALTHDUTY_BUILT_WHEEL"))


def python(code: str) -> str:
    """Return what a new interpreter prints, with warnings as errors."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, check=True, text=True
    )
    return ran.stdout


@pytest.mark.skipif(not BUILT, reason="only .ci/run builds the wheel and sets the variable")
def test_the_built_wheel_is_what_is_tested() -> None:
    """The checkout's own sources are out of reach, so a file that the wheel lacks is missed."""
    assert ROOT not in Path(healthduty.__file__).parents


def test_the_version_is_the_one_in_pyproject() -> None:
    """There is one version, and `healthduty.__version__` says it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        stated = tomllib.load(file)["project"]["version"]
    assert healthduty.__version__ == importlib.metadata.version("healthduty") == stated


def test_type_checkers_are_told_that_there_are_types() -> None:
    """Without py.typed every annotation of the library would be ignored."""
    assert importlib.resources.files("healthduty").joinpath("py.typed").is_file()


@pytest.mark.parametrize("name", healthduty.catalogue.names())
def test_every_agreement_of_the_catalogue_is_there(name: str) -> None:
    """The catalogue's data files are shipped, and each loads."""
    assert healthduty.catalogue.get(name).title


def test_the_catalogue_is_not_empty() -> None:
    """A wheel without data would have no names, and the test above nothing to do."""
    assert healthduty.catalogue.names()


def test_the_command_is_installed() -> None:
    """`healthduty` on the command line is `healthduty.cli.main`."""
    (script,) = importlib.metadata.entry_points(group="console_scripts", name="healthduty")
    assert script.value == "healthduty.cli:main"
    assert callable(script.load())


def test_importing_the_library_loads_no_extra() -> None:
    """Only the three core dependencies, and what they need themselves, come with the library."""
    code = (
        "import sys; before = set(sys.modules); import healthduty, json;"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(json.dumps(sorted(new - set(sys.stdlib_module_names))))"
    )
    assert set(json.loads(python(code))) <= CORE
