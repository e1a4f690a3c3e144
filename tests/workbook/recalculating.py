"""Let LibreOffice compute workbooks anew: every formula, whatever number stands beside it.

By default LibreOffice keeps the numbers that a file brings along, and a test of formulas would
prove nothing. A profile of its own, thrown away afterwards, tells it to recalculate always.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")

needs_soffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not installed: formulas are not recalculated"
)

_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>
"""

ALWAYS, NEVER = 0, 1


def recalculate(files: Mapping[str, bytes], folder: Path, mode: int = ALWAYS) -> dict[str, Path]:
    """Return the same workbooks, computed anew by one run of LibreOffice."""
    assert SOFFICE is not None
    profile, sources, results = folder / "profile", folder / "in", folder / "out"
    for each in (profile / "user", sources, results):
        each.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_REGISTRY.format(mode=mode))
    for name, content in files.items():
        (sources / f"{name}.xlsx").write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(results)]
    command += [str(sources / f"{name}.xlsx") for name in files]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return {name: results / f"{name}.xlsx" for name in files}
