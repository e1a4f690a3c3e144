"""The face of the library: every public name is documented, importable and explained.

The reference page is the list that users read, `__all__` the one that Python reads; they say the
same. The docstrings are looked up as the documentation does it, in the sources, so that a
constant or a type alias needs one as much as a class.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import griffe
import pytest

import healthduty

ROOT = Path(__file__).parents[1]
DOCUMENTED = re.findall(
    r"^::: healthduty\.(\S+)$",
    (ROOT / "docs" / "en" / "reference.md").read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)
PUBLIC = [name for name in healthduty.__all__ if not name.startswith("__")]


@pytest.fixture(scope="module")
def sources() -> griffe.Module:
    """Return the package as the documentation reads it."""
    package = griffe.load("healthduty", search_paths=[ROOT / "src"], resolve_aliases=True)
    assert isinstance(package, griffe.Module)
    return package


def test_the_reference_lists_exactly_the_public_names() -> None:
    """Nothing public is undocumented, and nothing documented is not public."""
    assert sorted(DOCUMENTED) == sorted(PUBLIC)


def test_the_reference_lists_no_name_twice() -> None:
    """A name has one entry."""
    assert len(set(DOCUMENTED)) == len(DOCUMENTED)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_can_be_imported(name: str) -> None:
    """What `__all__` promises is there."""
    assert getattr(healthduty, name) is not None


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_has_a_docstring(name: str, sources: griffe.Module) -> None:
    """Whoever looks a name up finds a sentence."""
    entry = sources[name]
    if isinstance(entry, griffe.Alias):
        entry = entry.final_target
    assert entry.docstring is not None
    assert entry.docstring.value.strip()


def test_the_root_only_re_exports() -> None:
    """`__init__.py` holds imports, lists of names and the lazy look-up, and no other logic."""
    body = ast.parse((ROOT / "src" / "healthduty" / "__init__.py").read_bytes()).body
    strange = [ast.unparse(node) for node in body[1:] if not _belongs_in_the_root(node)]
    assert ast.get_docstring(ast.Module(body=body, type_ignores=[]))
    assert strange == []


def test_the_lazy_table_says_what_the_imports_say() -> None:
    """What type checkers read and what Python looks up are the same names from the same places."""
    tree = ast.parse((ROOT / "src" / "healthduty" / "__init__.py").read_bytes())
    imported = {
        alias.name: (node.module or "").removeprefix("healthduty").removeprefix(".")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("healthduty")
        for alias in node.names
    }
    imported["catalogue"] = "catalogue"
    table = healthduty._NAMES  # noqa: SLF001 - what is held to the imports
    looked_up = {name: module for module, names in table.items() for name in names}
    assert imported == looked_up
    assert set(looked_up) == set(healthduty.__all__)


def test_an_unknown_name_is_refused() -> None:
    """A typing error is told as such."""
    with pytest.raises(AttributeError, match="no attribute `scor`"):
        _ = healthduty.scor


def test_all_public_names_are_listed() -> None:
    """Completion in a notebook finds names that were not used yet."""
    assert set(healthduty.__all__) <= set(dir(healthduty))


def _belongs_in_the_root(node: ast.stmt) -> bool:
    """Return whether a statement is an import, the list of names, or the lazy version."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=[]):
            return all(isinstance(inner, ast.ImportFrom) for inner in body)
        case ast.Assign(targets=[ast.Name(id="__all__" | "_NAMES" | "_HOMES")]):
            return True
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.FunctionDef(name="__getattr__" | "__dir__"):
            return True
    return False
