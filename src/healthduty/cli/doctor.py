"""`healthduty doctor`: what is installed, what is missing, and what the calendar knows.

The extras are those of the installed package's own metadata, so the list can't fall behind.

Source: the public face.

>>> extra_of('numpy>=1.26; extra == "columns"')
('columns', 'numpy')
>>> extra_of("attrs>=25.4")
('', 'attrs')
"""

from __future__ import annotations

import datetime
import importlib
import importlib.metadata
import locale
import platform
import re
import sys
from collections.abc import Iterator, Sequence

from healthduty.calendars import OfficialCalendar
from healthduty.display import Table
from healthduty.wording import Language

_REQUIREMENT = re.compile(
    r"\s*(?P<name>[A-Za-z0-9._-]+)[^;]*(?:;.*extra\s*==\s*['\"](?P<extra>[^'\"]+)['\"])?"
)
_SELF = "healthduty"
_FIRST_YEAR = 2000
_NOT_FOR_USE = frozenset({"all", "dev"})

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "title": "healthduty 环境检查",
        "for": "用途",
        "what": "组件",
        "state": "状态",
        "core": "核心",
        "install": "未安装：pip install healthduty[{}]",
        "font": "中文字体",
        "no_font": "未找到：请安装 Noto Sans CJK 等中文字体",
        "calendar": "节假日安排",
        "years": "已知 {}—{} 年",
        "console": "终端编码",
    },
    "en": {
        "title": "healthduty: what is here",
        "for": "for",
        "what": "what",
        "state": "state",
        "core": "core",
        "install": "not installed: pip install healthduty[{}]",
        "font": "Chinese font",
        "no_font": "none found: install one, such as Noto Sans CJK",
        "calendar": "holidays",
        "years": "known for {}–{}",
        "console": "console encoding",
    },
}


def extra_of(requirement: str) -> tuple[str, str]:
    """Return which extra a requirement belongs to, "" for the core, and the package's name."""
    match = _REQUIREMENT.match(requirement)
    if match is None:
        return "", requirement
    return match["extra"] or "", match["name"]


def examine(lang: Language = "zh") -> Table:
    """Return what is installed for each use, what is missing, fonts, and the calendar's years."""
    words = _WORDS[lang]
    rows = [*_packages(words), *_surroundings(words)]
    return Table(
        headings=(words["for"], words["what"], words["state"]),
        rows=tuple(rows),
        title=words["title"],
    )


def _packages(words: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    yield words["core"], "Python", platform.python_version()
    yield words["core"], _SELF, importlib.metadata.version(_SELF)
    requirements = importlib.metadata.requires(_SELF) or []
    told = {_SELF}
    for extra, package in map(extra_of, requirements):
        if extra in _NOT_FOR_USE or package in told:
            continue
        told.add(package)
        yield extra or words["core"], package, _version(package, extra, words)


def _version(package: str, extra: str, words: dict[str, str]) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return words["install"].format(extra)


def _surroundings(words: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    font = _font()
    if font is not None:
        yield "plot", words["font"], font or words["no_font"]
    years = _years()
    if years:
        yield "calendar", words["calendar"], words["years"].format(years[0], years[-1])
    yield "", words["console"], f"{sys.stdout.encoding or '?'} ({locale.getpreferredencoding()})"


def _font() -> str | None:
    """Return the font of Chinese labels, "" where there is none, None without matplotlib."""
    try:
        # By name: the pictures need an extra, and this command has to say so where it lacks.
        fonts = importlib.import_module(f"{_SELF}.plot.fonts")
    except ImportError:
        return None
    try:
        return str(fonts.find_font())
    except fonts.FontError:
        return ""


def _years() -> Sequence[int]:
    """Return the years whose holidays are known, none where the extra is not installed."""
    try:
        calendar = OfficialCalendar()
    except ImportError:
        return ()
    last = datetime.datetime.now(tz=datetime.UTC).year + 2
    years = range(_FIRST_YEAR, last + 1)
    return [year for year in years if calendar.knows(datetime.date(year, 1, 1))]
