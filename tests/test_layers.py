"""The map of the house is a test: data flows one way, and imports run the same way.

`LAYERS` lists every module from the ground up. A file may import only what stands above it in
the list, which is to say from lower layers. docs/en/explanation/architecture.md says why each
module stands where it does; change the two together.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "healthduty"

# "x" is the module x, or the `__init__` of the package x; "x.*" is a package whose inner order
# is not fixed (it still may not loop). Names of modules that are not written yet do no harm.
LAYERS = (
    # what everything stands on
    "said",
    "errors",
    "scalars",
    "exact",
    "sources",
    "display",
    "findings",
    "json_faults",
    "strict_json",
    "calendars",
    "grids.*",
    # what it costs
    "rules.measure",
    "rules.threshold",
    "rules.condition",
    "rules.tally",
    "rules.points",
    "rules.rule",
    "rules",
    "ranks",
    "wording.*",
    # what was agreed
    "model.party",
    "model.excusal",
    "model.indicator",
    "model.listing",
    "model.grades",
    "model.funding",
    "model.veto",
    "model.obligation",
    "model.agreement",
    "model.tree",
    "model",
    "wording.effects",
    "checks.*",
    # what was observed
    "records.*",
    "convert.*",
    # text to rules
    "clauses.*",
    "documents.*",
    # how many points
    "scoring.*",
    "results.among",
    "results.references",
    "results.sightings",
    "results.resolved",
    "results.figure_findings",
    "results.figure_values",
    "results.figures",
    "columns.*",
    # what it means
    "results.*",
    "hierarchy",
    "year.*",
    # how it looks
    "workbook.*",
    "word.*",
    "plot.*",
    "report.*",
    "spark",
    # the doors
    "catalogue.*",
    "cli.*",
    "__init__",
    "__main__",
)

# What a function may import: optional extras, which most users do not have installed …
OPTIONAL = frozenset(
    {
        "chinese_calendar",
        "docx",
        "docxtpl",
        "matplotlib",
        "narwhals",
        "numba",
        "numpy",
        "opencc",
        "pandas",
        "polars",
        "pyarrow",
        "pyspark",
        "shtab",
        "python_calamine",
        "xlsxwriter",
        # … and what only the first look at `healthduty.__version__` should pay for.
        "importlib",
    }
)

ON_AN_EXTRA = frozenset({"columns.arrow", "columns.naming"})
"""Modules of the house that are written in terms of pyarrow throughout: whoever uses them asks for
them late, as for pyarrow itself, so that NumPy alone is enough for everything else."""


@dataclass(frozen=True)
class Import:
    """One import statement (or call) of one module, as written at a line of a module."""

    importer: str
    target: str
    line: int
    hidden: bool
    """Whether it stands inside a function."""

    def __str__(self) -> str:
        """Return it the way a fault begins: who imports what, and where."""
        return f"{self.importer}:{self.line} imports {self.target}"


def modules(package: Path) -> dict[str, Path]:
    """Return every module by its dotted name inside the package; the root is `__init__`."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if parts[-1] == "__init__" and len(parts) > 1:
            parts = parts[:-1]
        found[".".join(parts)] = path
    return found


def imports(package: Path) -> list[Import]:
    """Return every import of every module: inner ones by dotted name, outer ones by top name."""
    known = modules(package)
    return [
        Import(importer, _target(name, package.name, known), node.lineno, hidden)
        for importer, path in known.items()
        for node, hidden in _nodes(ast.parse(path.read_bytes()))
        for name in _imported(node, package.name, importer, is_package=path.stem == "__init__")
    ]


def _nodes(tree: ast.AST, *, hidden: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Yield every node and whether a function surrounds it."""
    for node in ast.iter_child_nodes(tree):
        yield node, hidden
        function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _nodes(node, hidden=hidden or function)


def _imported(node: ast.AST, package: str, importer: str, *, is_package: bool) -> list[str]:
    """Return the absolute names that a node imports, `import_module("…")` included."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module, names=names, level=level):
            base = _base(package, importer, level, is_package=is_package)
            prefix = ".".join(part for part in (base, module or "") if part)
            return [f"{prefix}.{alias.name}" for alias in names]
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            return [name if not name.startswith(".") else f"{package}{name}"]
    return []


def _base(package: str, importer: str, level: int, *, is_package: bool) -> str:
    """Return what the dots of a relative import stand for; nothing where there are none."""
    if level == 0:
        return ""
    full = [package] if importer == "__init__" else [package, *importer.split(".")]
    return ".".join(full[: len(full) - level + (1 if is_package else 0)])


def _target(name: str, package: str, known: Mapping[str, Path]) -> str:
    """Return the module that a name leads to: the longest that exists inside, the top outside."""
    top, *rest = name.split(".")
    if top != package:
        return top
    while rest and ".".join(rest) not in known:
        rest.pop()
    return ".".join(rest) or "__init__"


def height(module: str, layers: Sequence[str]) -> int | None:
    """Return a module's place in the list, its own name before a package's star, or nothing."""
    if module in layers:
        return layers.index(module)
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        star = ".".join(parts[:length]) + ".*"
        if star in layers:
            return layers.index(star)
    return None


def faults(package: Path, layers: Sequence[str]) -> list[str]:
    """Return everything that breaks the map, one line each."""
    known = modules(package)
    heights = {module: height(module, layers) for module in known}
    found = [
        f"{module} is not in the list of layers" for module in known if heights[module] is None
    ]
    inner = [each for each in imports(package) if each.target in known]
    for each in inner:
        own, other = heights[each.importer], heights[each.target]
        if own is not None and other is not None and own < other:
            found.append(f"{each}, which stands higher")
    found += [
        f"{each} inside a function"
        for each in imports(package)
        if each.hidden and each.target not in OPTIONAL | ON_AN_EXTRA
    ]
    return found + _loop(known, inner)


def _loop(known: Mapping[str, Path], inner: Sequence[Import]) -> list[str]:
    """Return one import loop, if there is any."""
    graph = {module: {each.target for each in inner if each.importer == module} for module in known}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return ["import loop: " + " ← ".join(error.args[1])]
    return []


# ------------------------------------------------------------------------- the house itself


def test_every_import_runs_down_the_map() -> None:
    """The library keeps its own map: order, no loop, no hidden import, no unlisted module."""
    assert faults(PACKAGE, LAYERS) == []


def test_no_layer_is_listed_twice() -> None:
    """A module has one place."""
    assert len(set(LAYERS)) == len(LAYERS)


# ----------------------------------------------------------------------- the checker's teeth

SMALL = ("low", "pack.inner", "pack", "free.*", "high", "__init__")
SOUND = {
    "__init__": "from house.high import roof\n",
    "low": "import sys\nfrom fractions import Fraction\n",
    "pack/inner": "from house.low import Fraction\n",
    "pack/__init__": "from house.pack.inner import Fraction\nfrom . import inner\n",
    "free/one": "import house.pack\nfrom ..low import Fraction\n",
    "free/two": "from house.free import one\n",
    "high": "from house import low\n\n\ndef roof():\n    import numpy\n\n    return numpy, low\n",
}


def build(folder: Path, files: Mapping[str, str]) -> Path:
    """Write a package `house` from its modules' texts."""
    for name, text in files.items():
        path = folder / "house" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "house"


def test_a_sound_house_has_no_faults(tmp_path: Path) -> None:
    """Absolute, relative and optional imports that run downwards are all right."""
    assert faults(build(tmp_path, SOUND), SMALL) == []


@pytest.mark.parametrize(
    ("module", "text", "fault"),
    [
        ("low", "from house.high import roof\n", "low:1 imports high, which stands higher"),
        ("low", "import house.high\n", "low:1 imports high, which stands higher"),
        ("low", "from house import high\n", "low:1 imports high, which stands higher"),
        ("low", "from . import high\n", "low:1 imports high, which stands higher"),
        ("low", "from .high import roof\n", "low:1 imports high, which stands higher"),
        ("low", "import house\n", "low:1 imports __init__, which stands higher"),
        ("high", "from house import roof\n", "high:1 imports __init__, which stands higher"),
        ("pack/inner", "from house.pack import x\n", "pack.inner:1 imports pack, which stands"),
        ("pack/inner", "from .. import high\n", "pack.inner:1 imports high, which stands higher"),
        ("pack/__init__", "from .. import high\n", "pack:1 imports high, which stands higher"),
        ("free/deep/three", "from ... import high\n", "free.deep.three:1 imports high, which"),
        (
            "low",
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import house.high\n",
            "low:4 imports high, which stands higher",
        ),
        (
            "low",
            "from importlib import import_module\n\nlater = import_module('house.high')\n",
            "low:3 imports high, which stands higher",
        ),
        (
            "high",
            "def roof():\n    from house import low\n",
            "high:2 imports low inside a function",
        ),
        ("high", "def roof():\n    import json\n", "high:2 imports json inside a function"),
        (
            "high",
            "class Roof:\n    async def lift(self):\n        if self:\n            import json\n",
            "high:4 imports json inside a function",
        ),
        (
            "high",
            "import importlib\n\nlater = lambda: importlib.import_module('house.low')\n",
            "high:3 imports low inside a function",
        ),
        ("free/one", "from house.free import two\n", "import loop: free.one ← free.two ← free.one"),
        ("cellar", "", "cellar is not in the list of layers"),
        ("pack/cellar", "", "pack.cellar is not in the list of layers"),
    ],
)
def test_each_way_to_break_the_map_is_caught(
    tmp_path: Path, module: str, text: str, fault: str
) -> None:
    """One wrong line in a sound house is one fault, with its module and line."""
    found = faults(build(tmp_path, {**SOUND, module: text}), SMALL)
    assert [line for line in found if line.startswith(fault)], found
